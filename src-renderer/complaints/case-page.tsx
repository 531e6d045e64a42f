import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useLocation, useParams } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { HoldMark } from '../ui/hold-mark.tsx'
import { Page, PageHeader } from '../ui/page.tsx'
import { MoneyPending } from '../ui/pos-instructions.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useSubject } from '../ui/use-subject.ts'
import { CaseTabs } from './case-tabs.tsx'
import { PartsPanel, StoryPanel } from './case-parts.tsx'
import { type CaseFile, OwnerPanel } from './owner-panel.tsx'
import { OffersPanel } from './offers-panel.tsx'
import { PromiseList } from './promise-list.tsx'
import { RiskTags } from './risk-tags.tsx'
import { StartPanel } from './start-panel.tsx'
import './complaints.css'

/** A case file: what a visit or affair came to. One with a single complaint is that complaint's page. */
export default function CasePage() {
  const { t } = useTranslation()
  const caseId = Number(useParams()['caseId'])
  const file = useQuery(api.cases.file.queryOptions({ input: { caseId } }))
  const [only, ...more] = file.data?.parts.filter(({ type }) => type === 'complaint') ?? []
  const { search } = useLocation()
  if (only && more.length === 0) {
    return <Navigate to={`${paths.complaint(only.id)}${search}`} replace />
  }
  if (file.data) return <CaseView key={file.data.id} file={file.data} />
  return (
    <Page title={t('complaints:parts.case')}>
      <PageHeader title={t('complaints:parts.case')} />
      {file.error ? <RefusalAlert error={file.error} /> : <LoadingState />}
    </Page>
  )
}

function CaseView({ file }: { file: CaseFile }) {
  const { t } = useTranslation()
  const { receipt, customer } = file
  const about = { ...(receipt ? { receiptId: receipt.id } : {}), caseId: file.id }
  useSubject(about)
  const title = `${t('complaints:parts.case')} ${file.parts[0]?.number ?? file.id}`
  return (
    <Page title={title}>
      <PageHeader
        title={title}
        mark={
          <>
            {file.state === 'open' ? (
              <Tag tone="soon">{t('complaints:state.open')}</Tag>
            ) : (
              <Tag tone="good">{t('complaints:state.closed')}</Tag>
            )}{' '}
            <RiskTags risks={file.risks} /> <MoneyPending caseId={file.id} />{' '}
            <HoldMark caseId={file.id} />
          </>
        }
        facts={[
          <Moment key="at" at={file.openedAt} />,
          t('complaints:one.recordedBy', { name: file.openedBy }),
          <strong key="owner">{t('complaints:one.owner', { name: file.owner.name })}</strong>,
          receipt ? (
            <Link key="sale" to={paths.sale(receipt.id)}>
              {receipt.receiptNo} <BusinessDate date={receipt.businessDate} />
            </Link>
          ) : null,
          customer ? (
            <Link key="customer" to={paths.customer(customer.id)}>
              {customer.name} {customer.phoneMasked}
            </Link>
          ) : null,
        ]}
      />
      <CaseTabs caseId={file.id} complaintId={null} open={file.state === 'open'}>
        <div className="complaint-columns">
          <StoryPanel file={file} />
          <div>
            <OwnerPanel file={file} />
            <PromiseList promises={file.promises} open={file.state === 'open'} parts={file.parts} />
            <OffersPanel caseId={file.id} open={file.state === 'open'} />
            <StartPanel about={about} />
            <PartsPanel file={file} />
          </div>
        </div>
      </CaseTabs>
    </Page>
  )
}
