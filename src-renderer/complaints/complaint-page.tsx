import {
  BulbOutlined,
  CheckCircleOutlined,
  EditOutlined,
  FileSearchOutlined,
  ReloadOutlined,
  FieldTimeOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'

import { kindRules } from '../../src-main/complaints/contract.ts'
import { api, desk } from '../app/client.ts'
import { type About as Subject, paths } from '../app/paths.ts'
import { useSession } from '../app/session.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import type { Action } from '../ui/action-bar.tsx'
import { AttachmentsPanel } from '../ui/attachment-list.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { CaseClocks } from '../ui/case-clocks.tsx'
import { SatisfactionText } from '../ui/closing-fields.tsx'
import { ComplaintSlip } from '../ui/complaint-slip.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { HoldMark } from '../ui/hold-mark.tsx'
import { MaskedPhone } from '../ui/masked-phone.tsx'
import { Money } from '../ui/money.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { MoneyPending } from '../ui/pos-instructions.tsx'
import { PaperKey } from '../ui/paper-key.tsx'
import { ReasonDialog } from '../ui/reason-dialog.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { SimilarCases } from '../ui/similar-cases.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useCommand } from '../ui/use-command.ts'
import { useSubject } from '../ui/use-subject.ts'
import { ClassIcon } from './class-icon.tsx'
import type { Complaint } from './complaint-form.ts'
import { PartsPanel, StoryPanel } from './case-parts.tsx'
import { CaseTabs } from './case-tabs.tsx'
import { guideSubject } from './complaint-form.ts'
import { ComplaintState } from './complaints-page.tsx'
import { DetailDialog } from './detail-dialog.tsx'
import { LosingTag } from './losing-tag.tsx'
import { ItemsDialog } from './items-dialog.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { OffersPanel } from './offers-panel.tsx'
import { StartPanel } from './start-panel.tsx'
import { GuidePanel } from './guide-panel.tsx'
import { type CaseFile, OwnerPanel } from './owner-panel.tsx'
import { PromiseDialog } from './promise-dialog.tsx'
import { PromiseList } from './promise-list.tsx'
import { RiskDialog } from './risk-dialog.tsx'
import { RiskTags } from './risk-tags.tsx'
import { StatementText } from './statement-text.tsx'
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

type Dialog = 'solve' | 'promise' | 'risk' | 'detail' | 'items' | 'link' | 'reopen'

function ComplaintView({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const cache = useQueryClient()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const { receipt, caseId } = complaint
  const file = useQuery(api.cases.file.queryOptions({ input: { caseId } }))
  const lineIds = complaint.items.filter(({ type }) => type === 'sale_line').map(({ id }) => id)
  const about = { ...(receipt ? { receiptId: receipt.id, lineIds } : {}), caseId }
  useSubject(about)
  const close = () => setDialog(null)
  const reopen = useCommand(desk.complaints.reopen, {
    onDone: () => {
      close()
      void cache.invalidateQueries({ queryKey: [['complaints']] })
      void cache.invalidateQueries({ queryKey: [['cases']] })
    },
  })
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
      {
        keys: 'Alt+E',
        label: t('complaints:detail.fill'),
        icon: <EditOutlined />,
        run: () => setDialog('detail'),
      },
    )
  } else if (may('complaints.record')) {
    actions.push({
      keys: 'Alt+O',
      label: t('complaints:reopen.action'),
      icon: <ReloadOutlined />,
      run: () => setDialog('reopen'),
    })
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
            <ClassIcon of={complaint.class} />{' '}
            {complaint.kind === 'complaint'
              ? t(`complaints:class.${complaint.class}`)
              : t(`complaints:kind.${complaint.kind}`)}{' '}
            · {complaint.number}
          </>
        }
        mark={
          <>
            <ComplaintState row={complaint} /> <Marks complaint={complaint} />{' '}
            <RiskTags risks={complaint.risks} /> <MoneyPending caseId={complaint.caseId} />{' '}
            <HoldMark caseId={complaint.caseId} />
          </>
        }
        facts={[
          <Moment key="at" at={complaint.recordedAt} />,
          t('complaints:one.recordedBy', { name: complaint.recordedBy }),
          <strong key="owner">
            {t('complaints:one.owner', { name: complaint.ownerName })} {file.data?.owner.phone}
          </strong>,
          [complaint.floor, complaint.counter].filter(Boolean).join(' ') || null,
        ]}
        aside={
          <div className="paper-keys">
            <ComplaintSlip
              complaintId={complaint.id}
              number={complaint.number}
              revision={complaint.version}
            />
            <PaperKey
              keys="Shift+F9"
              label={t('complaints:form.show')}
              title={t('complaints:form.label', { number: complaint.number })}
              paper={{ document: 'complaint_form', complaintId: complaint.id }}
              revision={complaint.version}
            />
          </div>
        }
      />
      <CaseTabs caseId={caseId} complaintId={complaint.id} open={complaint.open}>
        <Overview
          complaint={complaint}
          file={file.data}
          error={file.error}
          about={about}
          ask={setDialog}
        />
      </CaseTabs>
      {dialog === 'detail' ? <DetailDialog complaint={complaint} close={close} /> : null}
      {dialog === 'items' ? <ItemsDialog complaint={complaint} close={close} /> : null}
      {dialog === 'link' ? <LinkDialog complaint={complaint} close={close} /> : null}
      <ReasonDialog
        open={dialog === 'reopen'}
        title={t('complaints:reopen.title', { number: complaint.number })}
        hint={t('complaints:reopen.hint')}
        label={t('complaints:reopen.reason')}
        confirmLabel={t('complaints:reopen.action')}
        error={reopen.error}
        busy={reopen.isPending}
        onCancel={close}
        onReason={(reason) =>
          reopen.mutate({ complaintId: complaint.id, reason, version: complaint.version })
        }
      />
      <SolveDialog complaint={complaint} open={dialog === 'solve'} close={close} />
      {dialog === 'risk' ? <RiskDialog complaint={complaint} close={close} /> : null}
      <PromiseDialog complaint={complaint} open={dialog === 'promise'} close={close} />
    </Page>
  )
}

interface OverviewProps {
  complaint: Complaint
  file: CaseFile | undefined
  error: Error | null
  about: Subject
  ask: (dialog: 'items' | 'link') => void
}

/** What was said and what happened on the left; whose turn it is and what is due on the right. */
function Overview({ complaint, file, error, about, ask }: OverviewProps) {
  const { t } = useTranslation()
  const { may } = useSession()
  const mayChange = may('complaints.record')
  const mayLink =
    mayChange && complaint.firstNumber === null && kindRules[complaint.kind].isComplaint
  useHotkeys([
    {
      keys: 'Alt+L',
      label: t('cases:items.action'),
      when: complaint.open && mayChange,
      run: () => ask('items'),
    },
    { keys: 'Alt+U', label: t('cases:link.action'), when: mayLink, run: () => ask('link') },
  ])
  return (
    <div className="complaint-columns">
      <div>
        <Panel title={t('complaints:one.said')}>
          <StatementText text={complaint.text} />
        </Panel>
        <RefusalAlert error={error} />
        {file ? <StoryPanel file={file} /> : <LoadingState />}
      </div>
      <div>
        {file ? <OwnerPanel file={file} /> : null}
        <Missing complaint={complaint} />
        <Repeats complaint={complaint} />
        <CaseClocks caseId={complaint.caseId} />
        <PromiseList
          promises={complaint.promises}
          open={file?.state === 'open'}
          of={complaint.id}
          parts={file?.parts ?? []}
        />
        <OffersPanel caseId={complaint.caseId} open={file?.state === 'open'} />
        {complaint.open ? null : <Solution complaint={complaint} />}
        <AttachmentsPanel
          subject={{ type: 'complaint', id: complaint.id }}
          label={complaint.goods || complaint.number}
        />
        <About
          complaint={complaint}
          {...(complaint.open && mayChange ? { change: () => ask('items') } : {})}
          {...(mayLink ? { link: () => ask('link') } : {})}
        />
        {file && mayChange ? <StartPanel about={about} /> : null}
        {file ? <PartsPanel file={file} complaintId={complaint.id} /> : null}
        {complaint.open ? <Guide complaint={complaint} /> : null}
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
  )
}

/** What makes this one different from the others at a glance. */
function Marks({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation()
  return (
    <>
      {complaint.severity === 'serious' ? (
        <Tag tone="risk">{t('complaints:severity.serious')}</Tag>
      ) : null}
      {complaint.reopened > 0 ? (
        <Tag tone="soon">{t('complaints:reopen.count', { count: complaint.reopened })}</Tag>
      ) : null}
      {complaint.firstNumber ? <Tag tone="soon">{t('complaints:repeats.title')}</Tag> : null}
      <LosingTag signs={complaint.losing} />
    </>
  )
}

/** What is not known yet: a list to work through, not an error after the click. */
function Missing({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation()
  const missing = complaint.missing.filter(({ field }) => field !== 'solution')
  if (missing.length === 0) return null
  return (
    <Panel title={t('complaints:lacks.title')}>
      <ul className="case-parts">
        {missing.map(({ field, must }) => (
          <li key={field}>
            {t(`complaints:lacks.${field}`)}{' '}
            {must ? <Tag tone="risk">{t('complaints:lacks.must')}</Tag> : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** The complaint it repeats, and those that repeat it. */
function Repeats({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation()
  const cache = useQueryClient()
  const [dropping, setDropping] = useState(false)
  const drop = useCommand(desk.complaints.dropLink, {
    onDone: () => {
      setDropping(false)
      void cache.invalidateQueries({ queryKey: [['complaints']] })
    },
  })
  const { first, repeats } = complaint
  if (!first && repeats.length === 0) return null
  return (
    <Panel
      title={
        first
          ? t('complaints:repeats.title')
          : t('complaints:repeats.count', { count: repeats.length })
      }
    >
      <ul className="case-parts">
        {(first ? [first] : repeats).map((each) => (
          <li key={each.complaintId}>
            <Link to={paths.complaint(each.complaintId)}>{each.number}</Link>{' '}
            <span className="row-note">
              {t('complaints:repeats.line', {
                days: each.days,
                basis: t(`complaints:repeats.${each.basis}`),
              })}
            </span>
            <p className="row-note part-note">{each.text}</p>
          </li>
        ))}
      </ul>
      {first ? (
        <Button size="small" onClick={() => setDropping(true)}>
          {t('complaints:repeats.drop')}
        </Button>
      ) : null}
      <ReasonDialog
        open={dropping}
        title={t('complaints:repeats.drop')}
        hint={t('complaints:repeats.dropHint')}
        label={t('complaints:reopen.reason')}
        confirmLabel={t('complaints:repeats.drop')}
        error={drop.error}
        busy={drop.isPending}
        onCancel={() => setDropping(false)}
        onReason={(reason) =>
          drop.mutate({ complaintId: complaint.id, reason, version: complaint.version })
        }
      />
    </Panel>
  )
}

function Guide({ complaint }: { complaint: Complaint }) {
  const subject = guideSubject(complaint)
  return subject ? <GuidePanel subject={subject} /> : null
}

function Solution({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation()
  const end = complaint.rounds.at(-1)
  return (
    <Panel title={t('complaints:one.solution')}>
      <p className="complaint-text">{complaint.solution || t('complaints:one.noSolution')}</p>
      <p className="row-note">
        {complaint.closedAt ? <Moment at={complaint.closedAt} /> : null} ·{' '}
        {t('complaints:satisfied.title')}
        {t('complaints:one.colon')}
        <SatisfactionText value={end?.satisfaction ?? null} satisfied={complaint.satisfied} />
        {end?.retention ? (
          <>
            {' · '}
            {t('complaints:retention.title')}
            {t('complaints:one.colon')}
            {t(`complaints:retention.${end.retention.outcome}`)}
          </>
        ) : null}
      </p>
    </Panel>
  )
}

/** Whoever complains; known customers lead to their card. */
function ContactName({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation()
  const { contact, customerId } = complaint
  const name = contact.name || contact.phoneMasked ? contact.name : t('complaints:one.anonymous')
  if (customerId === null) return name
  return <Link to={paths.customer(customerId)}>{name || t('customers:card')}</Link>
}

interface AboutProps {
  complaint: Complaint
  /** Changes which goods, cards and repairs it is about. */
  change?: () => void
  /** Says by hand which earlier complaint it repeats. */
  link?: () => void
}

function About({ complaint, change, link }: AboutProps) {
  const { t } = useTranslation()
  const { contact, receipt, goods } = complaint
  const others = complaint.items.filter(({ type }) => type !== 'sale_line')
  return (
    <Panel title={t('complaints:one.about')}>
      <dl className="facts-list">
        {complaint.desired ? (
          <>
            <dt>{t('complaints:detail.desired')}</dt>
            <dd>{complaint.desired}</dd>
          </>
        ) : null}
        {complaint.demand ? (
          <>
            <dt>{t('complaints:detail.demand')}</dt>
            <dd>
              {t(`complaints:demand.${complaint.demand}`)}{' '}
              {complaint.demandAmount === null ? null : <Money amount={complaint.demandAmount} />}
            </dd>
          </>
        ) : null}
        <dt>{t('complaints:detail.mode')}</dt>
        <dd>
          {t(`complaints:mode.${complaint.mode}`)} ·{' '}
          {t(`complaints:severity.${complaint.severity}`)} ·{' '}
          {t(`complaints:complainant.${complaint.complainant}`)}
        </dd>
        <dt>{t('complaints:one.goods')}</dt>
        <dd>{goods || t('complaints:one.notStated')}</dd>
        {others.length > 0 ? (
          <>
            <dt>{t('cases:items.others')}</dt>
            <dd>
              {others.map((each) => (
                <Link
                  key={`${each.type} ${each.id}`}
                  to={each.type === 'card' ? paths.card(each.id) : paths.repair(each.id)}
                >
                  {each.label}{' '}
                </Link>
              ))}
            </dd>
          </>
        ) : null}
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
          <ContactName complaint={complaint} />{' '}
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
      {change || link ? (
        <p className="people-keys about-keys">
          {change ? (
            <Button size="small" onClick={change}>
              {t('cases:items.action')} <KeyCap keys="Alt+L" />
            </Button>
          ) : null}
          {link ? (
            <Button size="small" onClick={link}>
              {t('cases:link.action')} <KeyCap keys="Alt+U" />
            </Button>
          ) : null}
        </p>
      ) : null}
    </Panel>
  )
}
