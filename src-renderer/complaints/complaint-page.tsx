import {
  BulbOutlined,
  CheckCircleOutlined,
  FileSearchOutlined,
  FieldTimeOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'

import { api, desk } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { AttachmentsPanel } from '../ui/attachment-list.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { CaseClocks } from '../ui/case-clocks.tsx'
import { ComplaintSlip } from '../ui/complaint-slip.tsx'
import { MaskedPhone } from '../ui/masked-phone.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { MoneyPending } from '../ui/pos-instructions.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { SimilarCases } from '../ui/similar-cases.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useSubject } from '../ui/use-subject.ts'
import { ClassIcon } from './class-icon.tsx'
import { CaseTimeline } from '../ui/case-timeline.tsx'
import type { Complaint } from './complaint-form.ts'
import { ComplaintState } from './complaints-page.tsx'
import { PromiseDialog } from './promise-dialog.tsx'
import { PromiseList } from './promise-list.tsx'
import { RiskDialog } from './risk-dialog.tsx'
import { RiskTags } from './risk-tags.tsx'
import { SolveDialog } from './solve-dialog.tsx'
import './complaints.css'

/** One complaint: what was said, what was promised, what was done, and what is still to do. */
export default function ComplaintPage() {
  const { t } = useTranslation()
  const complaintId = Number(useParams()['complaintId'])
  const complaint = useQuery(api.complaints.open.queryOptions({ input: { complaintId } }))
  if (complaint.data) return <ComplaintView key={complaint.data.id} complaint={complaint.data} />
  return (
    <Page title={t('complaints:one.title')}>
      <PageHeader title={t('complaints:one.title')} />
      {complaint.error ? <RefusalAlert error={complaint.error} /> : <LoadingState />}
    </Page>
  )
}

function ComplaintView({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const [dialog, setDialog] = useState<'solve' | 'promise' | 'risk' | null>(null)
  const { receipt } = complaint
  useSubject(receipt ? { receiptId: receipt.id } : {})
  const close = () => setDialog(null)
  const actions: Action[] = []
  if (complaint.open && may('complaints.record')) {
    actions.push(
      {
        keys: 'Ctrl+Enter',
        label: t('complaints:one.solve'),
        icon: <CheckCircleOutlined />,
        primary: true,
        run: () => setDialog('solve'),
      },
      {
        keys: 'Alt+P',
        label: t('complaints:one.promise'),
        icon: <FieldTimeOutlined />,
        run: () => setDialog('promise'),
      },
      {
        keys: 'Alt+R',
        label: t('complaints:risk.action'),
        icon: <WarningOutlined />,
        run: () => setDialog('risk'),
      },
    )
  }
  if (!complaint.open && may('lessons.manage')) {
    actions.push({
      keys: 'Alt+G',
      label: t('lessons:write.open'),
      icon: <BulbOutlined />,
      run: () => void navigate(paths.writeLesson(complaint.id)),
    })
  }
  if (receipt) {
    actions.push({
      keys: 'Ctrl+↑',
      label: t('complaints:one.toSale'),
      icon: <FileSearchOutlined />,
      run: () => void navigate(paths.sale(receipt.id)),
    })
  }
  return (
    <Page
      title={`${t('complaints:one.title')} ${complaint.number}`}
      footer={
        actions.length > 0 ? (
          <ActionBar actions={actions}>
            {complaint.open ? t('complaints:one.openHint') : t('complaints:one.closedHint')}
          </ActionBar>
        ) : undefined
      }
    >
      <PageHeader
        title={
          <>
            <ClassIcon of={complaint.class} /> {t(`complaints:class.${complaint.class}`)} ·{' '}
            {complaint.number}
          </>
        }
        mark={
          <>
            <ComplaintState row={complaint} /> <RiskTags risks={complaint.risks} />{' '}
            <MoneyPending caseId={complaint.caseId} />
          </>
        }
        facts={[
          <Moment key="at" at={complaint.recordedAt} />,
          t('complaints:one.recordedBy', { name: complaint.recordedBy }),
          <strong key="owner">{t('complaints:one.owner', { name: complaint.ownerName })}</strong>,
          [complaint.floor, complaint.counter].filter(Boolean).join(' ') || null,
        ]}
        aside={
          <ComplaintSlip
            complaintId={complaint.id}
            number={complaint.number}
            revision={complaint.version}
          />
        }
      />
      <div className="complaint-columns">
        <div>
          <Panel title={t('complaints:one.said')}>
            <p className="complaint-text">{complaint.text}</p>
          </Panel>
          <Panel title={t('complaints:one.timeline')}>
            <CaseTimeline events={complaint.events} />
          </Panel>
        </div>
        <div>
          <CaseClocks caseId={complaint.caseId} />
          <PromiseList promises={complaint.promises} open={complaint.open} />
          {complaint.open ? null : <Solution complaint={complaint} />}
          <AttachmentsPanel
            subject={{ type: 'complaint', id: complaint.id }}
            label={complaint.goods || complaint.number}
          />
          <About complaint={complaint} />
          <SimilarCases
            linked
            asked={{
              text: complaint.text,
              class: complaint.class,
              saleLineId: null,
              cardId: null,
              counter: complaint.counter,
              except: complaint.id,
            }}
          />
        </div>
      </div>
      <SolveDialog complaint={complaint} open={dialog === 'solve'} close={close} />
      {dialog === 'risk' ? <RiskDialog complaint={complaint} close={close} /> : null}
      <PromiseDialog complaint={complaint} open={dialog === 'promise'} close={close} />
    </Page>
  )
}

function Solution({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation()
  const satisfied = complaint.satisfied === null ? 'not_asked' : complaint.satisfied ? 'yes' : 'no'
  return (
    <Panel title={t('complaints:one.solution')}>
      <p className="complaint-text">{complaint.solution || t('complaints:one.noSolution')}</p>
      <p className="row-note">
        {complaint.closedAt ? <Moment at={complaint.closedAt} /> : null} ·{' '}
        {t('complaints:satisfied.title')}
        {t('complaints:one.colon')}
        {t(`complaints:satisfied.${satisfied}`)}
      </p>
    </Panel>
  )
}

function About({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation()
  const { contact, receipt, goods } = complaint
  return (
    <Panel title={t('complaints:one.about')}>
      <dl className="facts-list">
        <dt>{t('complaints:one.goods')}</dt>
        <dd>{goods || t('complaints:one.notStated')}</dd>
        <dt>{t('complaints:one.receipt')}</dt>
        <dd>
          {receipt ? (
            <>
              <Link to={paths.sale(receipt.id)}>{receipt.receiptNo}</Link>{' '}
              <BusinessDate date={receipt.businessDate} />
            </>
          ) : (
            t('complaints:one.notStated')
          )}
        </dd>
        <dt>{t('complaints:one.customer')}</dt>
        <dd>
          {contact.name || contact.phoneMasked ? contact.name : t('complaints:one.anonymous')}{' '}
          {contact.phoneMasked ? (
            <MaskedPhone
              masked={contact.phoneMasked}
              reveal={(reason) =>
                desk.complaints.revealPhone({ complaintId: complaint.id, reason })
              }
            />
          ) : null}
        </dd>
      </dl>
    </Panel>
  )
}
