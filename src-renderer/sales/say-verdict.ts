import type { TFunction } from 'i18next'

import { formatMoney } from '../../src-main/foundation/money.ts'
import { writeDate, writeDistance } from '../ui/dates.ts'
import type { AllowedRemedy, Answer, RefusedRemedy, Remedy, Verdict } from '../ui/rights.ts'
import { mainRemedies } from '../ui/rights.ts'

interface Words {
  t: TFunction
  language: string
  today: string
  currency: string
  /** Something came free with the goods of this sale. */
  hasGift: boolean
  reason: (reason: RefusedRemedy['reasons'][number]) => string
}

/** What the clerk reads aloud for one line, in full sentences: what can be done, until when, what cannot and why. */
export function sayVerdict(verdict: Verdict, answer: Answer, words: Words): string[] {
  const { t } = words
  if (verdict.questions.includes('reason') && answer.reason === undefined) {
    return [t('sales:rights.say.askReason')]
  }
  const told = verdict.remedies.filter((each) => isTold(each, verdict, answer))
  const allowed = told.filter((each) => each.allowed)
  const refused = told.filter((each) => !each.allowed)
  const open = refused.filter((each) => each.open.length > 0)
  const sentences: string[] = []
  if (allowed.length > 0) {
    const because = answer.reason
      ? t('sales:rights.say.because', { reason: t(`sales:rights.reason.${answer.reason}`) })
      : ''
    const list = allowed.map((each) => sayAllowed(each, words))
    sentences.push(`${because}${list.join(t('sales:rights.say.or'))}${t('sales:rights.say.end')}`)
  }
  if (open.length > 0) {
    const what = open.map((each) => t(`sales:rights.open.${each.remedy}`))
    sentences.push(t('sales:rights.say.open', { what: what.join(t('sales:rights.say.and')) }))
  }
  for (const [why, kinds] of groupByReason(refused, words)) {
    const what = kinds.map((kind) => t(`sales:rights.say.not.${kind}`))
    sentences.push(
      t('sales:rights.say.refused', { what: what.join(t('sales:rights.say.comma')), why }),
    )
  }
  const first = allowed.find((each) => each.remedy !== 'paid_repair')
  if (first) sentences.push(...sayTerms(first, words))
  return sentences
}

/** What is refused for good, by its first reason: one sentence says it of all. */
function groupByReason(
  refused: readonly RefusedRemedy[],
  words: Words,
): Map<string, RefusedRemedy['remedy'][]> {
  const groups = new Map<string, RefusedRemedy['remedy'][]>()
  for (const each of refused) {
    if (each.open.length > 0) continue
    const why = each.reasons.slice(0, 1).map(words.reason).join('')
    groups.set(why, [...(groups.get(why) ?? []), each.remedy])
  }
  return groups
}

/** The three everybody asks about, and what remains when none of them is free. */
function isTold(each: Remedy, verdict: Verdict, answer: Answer): boolean {
  if (mainRemedies.some((main) => main === each.remedy)) return true
  if (each.remedy === 'price_difference' && answer.reason === 'price') return true
  if (!each.allowed) return false
  if (each.remedy === 'price_difference') return true
  return !verdict.remedies.some((other) => other.allowed && other.remedy !== 'paid_repair')
}

function sayAllowed(each: AllowedRemedy, words: Words): string {
  const { t, language, today, currency } = words
  const money = (amount: number) => formatMoney(amount, currency, language)
  const hasAmount = each.remedy === 'refund' || each.remedy === 'price_difference'
  const parts = [
    t(`sales:rights.say.can.${each.remedy}`, hasAmount ? { amount: money(each.amount) } : {}),
  ]
  if (each.fee.kind !== 'none' && each.fee.amount > 0) {
    parts.push(t(`sales:rights.say.fee.${each.fee.kind}`, { amount: money(each.fee.amount) }))
  }
  if (each.until !== null) {
    const left = writeDistance(each.until, today, t, true)
    parts.push(t('sales:rights.say.until', { date: writeDate(each.until, today, language), left }))
  }
  if (each.sameTermsUntil !== null && each.sameTermsUntil !== each.until) {
    const date = writeDate(each.sameTermsUntil, today, language)
    parts.push(t('sales:rights.say.sameTerms', { date }))
  }
  return parts.join(t('sales:rights.say.comma'))
}

function sayTerms(each: AllowedRemedy, { t, hasGift }: Words): string[] {
  const sentences = [t(`sales:rights.say.freight.${each.freight}`)]
  if (hasGift) sentences.push(t(`sales:rights.say.gift.${each.gift}`))
  if (each.chooser === 'customer') sentences.push(t('sales:rights.say.choice'))
  if (each.approver !== null && each.approver !== 'clerk') {
    sentences.push(t(`sales:rights.say.approver.${each.approver}`))
  }
  return sentences
}
