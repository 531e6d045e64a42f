import { useTranslation } from 'react-i18next'

import { BusinessDate } from '../ui/business-date.tsx'
import { Money } from '../ui/money.tsx'
import { useStore } from '../ui/store-context.ts'
import type { LineRights, RemedyKind } from '../ui/rights.ts'
import { remedyOf } from '../ui/rights.ts'
import { useReasonText } from '../ui/use-reason-text.ts'

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
  if (line.foreseen.length > 0) return <Foreseen line={line} remedy={remedy} />
  if (!answer.allowed && answer.open.length > 0) {
    return (
      <span className="verdict verdict-open">
        <span className="verdict-word">
          <span aria-hidden="true">?</span> {t(`sales:rights.open.${remedy}`)}
        </span>
        <span className="verdict-note">
          {answer.open.map((each) => t(`sales:rights.ask.${each}`)).join(' ')}
        </span>
      </span>
    )
  }
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

/** Goods there is nothing to decide about: they are back, not handed over yet, or a paper of this desk has them. */
type SettledLine = LineRights & { state: 'all_back' | 'to_come' | 'mirrored' }

export function isSettled(line: LineRights | undefined): line is SettledLine {
  return line !== undefined && line.state !== 'open' && line.state !== 'not_goods'
}

/** In place of the remedies: no more of them, and the slip that has the goods. */
export function Settled({ line: { state, papers } }: { line: SettledLine }) {
  const { t } = useTranslation()
  return (
    <span className="verdict verdict-no">
      <span className="verdict-word">
        <span aria-hidden="true">✗</span> {t(`sales:rights.settled.${state}`)}
      </span>
      {papers.length > 0 ? (
        <span className="verdict-note">
          {t('sales:rights.settled.papers', { papers: papers.join(' · ') })}
        </span>
      ) : null}
    </span>
  )
}

/** Before the reason is known: what a fault allows, and what a change of mind. */
function Foreseen({ line, remedy }: { line: LineRights; remedy: RemedyKind }) {
  const { t } = useTranslation()
  return (
    <span className="verdict">
      {line.foreseen.map(({ reason, remedies }) => {
        const each = remedies.find((one) => one.remedy === remedy)
        const state = each?.allowed == null ? 'open' : each.allowed ? 'yes' : 'no'
        return (
          <span key={reason} className={`verdict-foreseen verdict-${state}`}>
            <span className="verdict-if">{t(`sales:rights.if.${reason}`)}</span>
            <span className="verdict-word">
              <span aria-hidden="true">{marks[state]}</span> {t(`sales:rights.${state}.${remedy}`)}
            </span>
            {each?.until ? (
              <span className="verdict-note">
                {t('sales:rights.until')} <ShortDate date={each.until} />
              </span>
            ) : null}
          </span>
        )
      })}
    </span>
  )
}

const marks = { yes: '✓', no: '✗', open: '?' } as const

/** A last day in little room; the weekday comes with the full verdict. */
function ShortDate({ date }: { date: string }) {
  const { today } = useStore()
  const same = date.slice(0, 4) === today.slice(0, 4)
  return <time dateTime={date}>{same ? date.slice(5) : date}</time>
}
