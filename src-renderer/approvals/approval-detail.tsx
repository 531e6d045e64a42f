import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { DOCUMENT_TYPES, parseDocumentNumber } from '../../src-main/foundation/document-number.ts'
import { api } from '../app/client.ts'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { ApprovalState } from './approval-state.tsx'
import { kindsOf, type OpenApproval, reasonText } from './approval.ts'

/** One request with everything that was said about it. */
export function ApprovalDetail({ approvalId }: { approvalId: number }) {
  const { t } = useTranslation()
  const open = useQuery(api.approvals.open.queryOptions({ input: { approvalId } }))
  if (open.error) return <RefusalAlert error={open.error} retry={open.refetch} />
  if (!open.data) return <LoadingState />
  const approval = open.data
  return (
    <Panel className="approval-detail">
      <p className="approval-amount">
        <Money amount={approval.amount} currency={approval.currency} size="big" />
        <ApprovalState approval={approval} />
      </p>
      <h2 className="approval-summary">{approval.summary}</h2>
      <Facts approval={approval} />
      <h3>{t('approvals:history.title')}</h3>
      <ol className="approval-events">
        {approval.events.map((event) => (
          <li key={event.id}>
            <strong>{t(`approvals:event.${event.action}`)}</strong>{' '}
            <span className="row-note">
              {event.actor} · <Moment at={event.at} />
              {event.action === 'escalate' ? ` · ${t(`app:role.${event.level}`)}` : ''}
            </span>
            {event.reason ? <p className="approval-reason">{reasonText(event.reason, t)}</p> : null}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

/** A price adjustment is kept among the refunds; its number says what it is. */
function paperOf({ type, id }: NonNullable<OpenApproval['usedFor']>): string {
  const parts = parseDocumentNumber(id)
  return parts ? DOCUMENT_TYPES[parts.type] : type
}

function Facts({ approval }: { approval: OpenApproval }) {
  const { t } = useTranslation()
  const { requestedBy, decidedBy, usedFor, approvers } = approval
  return (
    <dl className="approval-facts">
      <dt>{t('approvals:fact.kinds')}</dt>
      <dd>{kindsOf(approval.kinds, t)}</dd>
      {approval.compensation === null ? null : (
        <>
          <dt>{t('approvals:fact.compensation')}</dt>
          <dd>
            <Money amount={approval.compensation} currency={approval.currency} />
          </dd>
        </>
      )}
      <dt>{t('approvals:fact.requestedBy')}</dt>
      <dd>
        {requestedBy.name} {requestedBy.code}
      </dd>
      {approval.reason ? (
        <>
          <dt>{t('approvals:fact.reason')}</dt>
          <dd>{approval.reason}</dd>
        </>
      ) : null}
      {decidedBy ? (
        <>
          <dt>{t('approvals:fact.decidedBy')}</dt>
          <dd>
            {decidedBy.name} {decidedBy.code}
            {approval.decidedRole ? ` · ${t(`app:role.${approval.decidedRole}`)}` : ''}
          </dd>
        </>
      ) : null}
      {approval.validUntil ? (
        <>
          <dt>{t('approvals:fact.validUntil')}</dt>
          <dd>
            <BusinessDate date={approval.validUntil} />
          </dd>
        </>
      ) : null}
      {approvers.length > 0 ? (
        <>
          <dt>{t('approvals:fact.approvers')}</dt>
          <dd>{approvers.map((each) => `${each.name} ${each.code}`).join('、')}</dd>
        </>
      ) : null}
      {usedFor ? (
        <>
          <dt>{t('approvals:fact.usedFor')}</dt>
          <dd>
            {t(`approvals:subject.${paperOf(usedFor)}`, { defaultValue: usedFor.type })}{' '}
            {usedFor.id}
          </dd>
        </>
      ) : null}
    </dl>
  )
}
