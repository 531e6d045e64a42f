import { useTranslation } from 'react-i18next'

import { BusinessDate } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import type { LineRights, RemedyKind } from './rights.ts'
import { remedyOf } from './rights.ts'
import { useReasonText } from './use-reason-text.ts'

interface VerdictCellProps {
  line: LineRights | undefined
  remedy: RemedyKind
  currency: string
}

/** One remedy of one line: ✓ or ✗ with the word, the last day, the days left, the amount; never colour alone. */
export function VerdictCell({ line, remedy, currency }: VerdictCellProps) {
  const { t } = useTranslation()
  const say = useReasonText()
  if (line?.state !== 'open' || !line.verdict) return <span className="row-note">—</span>
  const answer = remedyOf(line.verdict, remedy)
  if (!answer) return <span className="row-note">—</span>
  if (!answer.allowed) {
    const why = answer.reasons.map(say)
    return (
      <span className="verdict verdict-no">
        <span className="verdict-word">
          <span aria-hidden="true">✗</span> {t(`sales:rights.no.${remedy}`)}
        </span>
        {why[0] ? (
          <span className="verdict-note" title={why.join(' ')}>
            {why[0]}
          </span>
        ) : null}
      </span>
    )
  }
  return (
    <span className="verdict verdict-yes">
      <span className="verdict-word">
        <span aria-hidden="true">✓</span> {t(`sales:rights.yes.${remedy}`)}
        {remedy === 'refund' ? (
          <>
            {' '}
            <Money amount={answer.amount} currency={currency} />
          </>
        ) : null}
      </span>
      <span className="verdict-note">
        {answer.until === null ? (
          t('sales:rights.noEnd')
        ) : (
          <>
            {t('sales:rights.until')} <BusinessDate date={answer.until} distance="left" />
          </>
        )}
      </span>
    </span>
  )
}
