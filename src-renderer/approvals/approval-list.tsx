import { useTranslation } from 'react-i18next'

import { Moment } from '../ui/business-date.tsx'
import { PickRow } from '../ui/list-detail.tsx'
import { Money } from '../ui/money.tsx'
import { RowList } from '../ui/row-list.tsx'
import { ApprovalState } from './approval-state.tsx'
import { type Approval, kindsOf } from './approval.ts'

interface ApprovalListProps {
  label: string
  approvals: readonly Approval[]
  currentId: number | undefined
  onChoose: (id: number) => void
}

/** Requests, one to a row: what for, how much, who asks. ↑↓ go through them, the chosen one stands beside. */
export function ApprovalList({ label, approvals, currentId, onChoose }: ApprovalListProps) {
  const { t } = useTranslation()
  return (
    <RowList label={label}>
      {approvals.map((approval) => (
        <PickRow
          key={approval.id}
          current={approval.id === currentId}
          onChoose={() => onChoose(approval.id)}
        >
          <span className="row-main">
            <span className="row-title">{approval.summary}</span>
            <span className="row-note">
              {kindsOf(approval.kinds, t)} · {approval.requestedBy.name} ·{' '}
              <Moment at={approval.requestedAt} short />
            </span>
          </span>
          <span className="row-side">
            <Money amount={approval.amount} currency={approval.currency} size="large" />
            <ApprovalState approval={approval} />
          </span>
        </PickRow>
      ))}
    </RowList>
  )
}
