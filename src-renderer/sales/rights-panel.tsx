import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { formatMoney } from '../../src-main/foundation/money.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { writeDate } from '../ui/dates.ts'
import { sayVerdict } from './say-verdict.ts'
import type { Answer, Rights, Verdict } from '../ui/rights.ts'
import type { SaleLine } from './sale.ts'
import { unusualFacts } from './told-facts.ts'
import { useReasonText } from '../ui/use-reason-text.ts'

interface RightsPanelProps {
  line: SaleLine
  verdict: Verdict
  answer: Answer
  rights: Rights
  /** The verdict belongs to what has been answered up to now. */
  settled: boolean
  onWhy: () => void
  onDetails: () => void
  onUndo: (() => void) | undefined
  /** The question on screen. */
  children: ReactNode
}

/** Below the lines: what is still asked, the sentence to read aloud, on which law it stands, and what to beware of. */
export function RightsPanel(props: RightsPanelProps) {
  const { line, verdict, answer, rights, settled, onWhy, onDetails, onUndo, children } = props
  const { t, i18n } = useTranslation()
  const { today } = useStore()
  const reason = useReasonText()
  const language = i18n.language
  const sentences = sayVerdict(verdict, answer, {
    t,
    language,
    today,
    currency: rights.currency,
    hasGift: rights.lines.some((each) => each.isGift),
    reason,
  })
  return (
    <section
      className="rights-panel panel"
      aria-label={t('sales:rights.title')}
      aria-busy={!settled}
    >
      {children}
      <div className="rights-said">
        <p className="rights-line">
          <strong>{line.name}</strong>
          <Said answer={answer} verdict={verdict} />
          {onUndo ? (
            <Button size="small" onClick={onUndo}>
              {t('sales:rights.undo')} <KeyCap keys="Ctrl+Z" />
            </Button>
          ) : null}
        </p>
        <p className="rights-sentence" aria-live="polite">
          {sentences.join(language === 'zh-CN' ? '' : ' ')}
        </p>
        <p className="rights-basis">
          <span className="rights-law">
            {answer.reason ? (
              <>
                {t('sales:rights.basis')} <Basis verdict={verdict} rights={rights} />
              </>
            ) : null}
          </span>
          <Button size="small" onClick={onDetails}>
            {t('sales:rights.details.open')} <KeyCap keys="Alt+M" />
          </Button>
          <Button size="small" onClick={onWhy}>
            {t('sales:rights.why')} <KeyCap keys="F1" />
          </Button>
        </p>
        <Warnings verdict={verdict} currency={rights.currency} />
        <Duties verdict={verdict} />
      </div>
    </section>
  )
}

/** What has been answered, in words. */
function Said({ answer, verdict }: { answer: Answer; verdict: Verdict }) {
  const { t, i18n } = useTranslation()
  const words: string[] = []
  if (answer.reason) words.push(t(`sales:rights.reason.${answer.reason}`))
  if (answer.condition) words.push(t(`sales:rights.condition.${answer.condition}`))
  if (answer.complete !== undefined) {
    words.push(t(answer.complete ? 'sales:rights.complete.yes' : 'sales:rights.complete.no'))
  }
  for (const finding of answer.findings ?? []) words.push(t(`sales:rights.finding.${finding}`))
  if (answer.findings?.length === 0) words.push(t('sales:rights.finding.none'))
  if (answer.part !== undefined) {
    const name = verdict.clocks.find((clock) => clock.of === answer.part)?.name
    words.push(
      answer.part === 'unit'
        ? t('sales:rights.part.unit')
        : (name?.[i18n.language === 'zh-CN' ? 'zh' : 'en'] ?? answer.part),
    )
  }
  if (answer.sameModelInStock !== undefined) {
    words.push(t(answer.sameModelInStock ? 'sales:rights.stock.yes' : 'sales:rights.stock.no'))
  }
  if (answer.carFault) words.push(t(`sales:rights.carFault.${answer.carFault}`))
  if (answer.kilometres !== undefined) {
    words.push(t('sales:rights.kilometres.said', { count: answer.kilometres }))
  }
  for (const { field, value } of unusualFacts(answer)) {
    const name = t(`sales:rights.details.${field}`)
    words.push(value === null ? name : t(`sales:rights.details.value.${value}`))
  }
  return (
    <>
      {words.map((word) => (
        <Tag key={word} tone="teal">
          {word}
        </Tag>
      ))}
    </>
  )
}

/** The legal lines of what is offered first; of what is refused where nothing is. */
function Basis({ verdict, rights }: { verdict: Verdict; rights: Rights }) {
  const { t, i18n } = useTranslation()
  const tongue = i18n.language === 'zh-CN' ? 'zh' : 'en'
  const first = verdict.remedies.find((each) => each.allowed && each.remedy !== 'paid_repair')
  const named = first ?? verdict.remedies.find((each) => !each.allowed)
  const rules = (named?.because ?? []).flatMap(
    (ref) => rights.rules.find((each) => each.id === ref.id && each.version === ref.version) ?? [],
  )
  const lines = new Set(
    first?.allowed
      ? first.basis.map((each) => each[tongue])
      : rules.map((each) => each.basis[tongue]),
  )
  return (
    <>
      {lines.size > 0 ? [...lines].join('；') : t('sales:rights.noBasis')}
      {rules.some((each) => each.unverified) ? (
        <>
          {' '}
          <Tag tone="soon">{t('sales:rights.unverified')}</Tag>
        </>
      ) : null}
    </>
  )
}

/** What a court may add: for staff, and no advice. */
function Warnings({ verdict, currency }: { verdict: Verdict; currency: string }) {
  const { t, i18n } = useTranslation()
  const exposures = verdict.exposures.filter((each) => each.amount !== null)
  if (exposures.length === 0) return null
  const tongue = i18n.language === 'zh-CN' ? 'zh' : 'en'
  return (
    <div className="rights-warning" role="note">
      <p>
        <strong>⚠ {t('sales:rights.exposure.title')}</strong> {t('sales:rights.exposure.notAdvice')}
      </p>
      <ul>
        {exposures.map((each) => (
          <li key={each.rule.id}>
            {each.text[tongue]}{' '}
            {each.amount === null ? null : (
              <strong>
                {t('sales:rights.exposure.amount', {
                  amount: formatMoney(each.amount, currency, i18n.language),
                })}
              </strong>
            )}{' '}
            <span className="row-note">{each.basis[tongue]}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What the desk must do or say, in one line; F1 has all of it. */
function Duties({ verdict }: { verdict: Verdict }) {
  const { t, i18n } = useTranslation()
  const { today } = useStore()
  const tongue = i18n.language === 'zh-CN' ? 'zh' : 'en'
  const all = [
    ...verdict.exposures.filter((each) => each.amount === null),
    ...verdict.duties.toSorted((a, b) => Number(b.dueOn !== null) - Number(a.dueOn !== null)),
  ]
  if (all.length === 0) return null
  const words = all.map((each) =>
    each.dueOn === null
      ? each.text[tongue]
      : `${t('sales:rights.dueOn', { date: writeDate(each.dueOn, today, i18n.language) })} ${each.text[tongue]}`,
  )
  return (
    <p className="rights-duties" title={words.join('\n')}>
      <strong>{t('sales:rights.duties', { count: all.length })}</strong> {words.join(' ')}
    </p>
  )
}
