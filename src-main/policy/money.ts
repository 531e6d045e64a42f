import { assertMinorUnits, type MinorUnits } from '../foundation/money.ts'
import { type BusinessDate, daysBetween } from '../foundation/business-date.ts'
import { daysInRepair, type RepairSpan, startOf } from './clocks.ts'
import type { AllowedRemedy, RuleRef } from './facts.ts'
import type { Compiled } from './layers.ts'
import type { Fee, Remedy, TermRule } from './rule.ts'
import type { Situation } from './situation.ts'

/** What a remedy costs the customer and what a refund comes to (domain.md §1.3). */

const million = 1_000_000

/**
 * A share of an amount, `times` over: rounded half up, once.
 *
 * @param ppm parts per million
 */
export function shareOf(amount: MinorUnits, ppm: number, times = 1): MinorUnits {
  assertMinorUnits(amount)
  const product = amount * ppm * times
  if (Number.isSafeInteger(product)) return Math.floor((product + million / 2) / million)
  return Number(
    (BigInt(amount) * BigInt(ppm) * BigInt(times) + BigInt(million / 2)) / BigInt(million),
  )
}

/** Law that forbids a fee has the word over every grant; among laws the later layer, and a house may forbid too. */
export function isFeeForbidden(situation: Situation, used: Set<RuleRef>): boolean {
  let byLaw: Compiled | null = null
  let byHouse: Compiled | null = null
  for (const one of situation.adjustments) {
    const said = one.rule.depreciation
    if (said === undefined) continue
    if (one.rule.statutory) byLaw = said === 'forbidden' ? one : null
    else if (said === 'forbidden') byHouse = one
  }
  const forbidding = byLaw ?? byHouse
  if (forbidding) used.add(forbidding.ref)
  return forbidding !== null
}

/** Parts per million of the price per day of use: the lowest that a rule of the category says; null: not settled. */
export function dailyRate(
  terms: readonly Compiled<TermRule>[],
  situation: Situation,
  used: Set<RuleRef>,
): number | null {
  let lowest: Compiled<TermRule> | null = null
  for (const one of terms) {
    const rate = one.rule.dailyPpm
    if (rate !== null && (lowest?.rule.dailyPpm == null || rate < lowest.rule.dailyPpm))
      lowest = one
  }
  if (lowest === null || lowest.rule.dailyPpm === null) return null
  used.add(lowest.ref)
  return capDaily(lowest.rule.dailyPpm, situation, used)
}

function capDaily(rate: number, situation: Situation, used: Set<RuleRef>): number {
  let capped = rate
  for (const { rule, ref } of situation.adjustments) {
    if (rule.dailyPpmAtMost === undefined || rule.dailyPpmAtMost >= capped) continue
    capped = rule.dailyPpmAtMost
    used.add(ref)
  }
  return capped
}

/** Days of use that may be charged for: until the claim, without the days in repair (domain.md §1.3). */
export function usageDays(situation: Situation): number {
  const { facts, claim, spans, terms } = situation
  const { sold, delivered, exchanged } = facts.dates
  const starts = terms.map(({ rule }) => startOf(rule.start, facts, []) ?? sold)
  const begun = exchanged ?? starts.reduce((a, b) => (a > b ? a : b), delivered ?? sold)
  return Math.max(0, daysBetween(begun, claim) - daysInRepair(upTo(spans, claim), begun))
}

function upTo(spans: readonly RepairSpan[], day: BusinessDate): RepairSpan[] {
  return spans
    .filter(({ from }) => from < day)
    .map(({ from, to }) => ({ from, to: to > day ? day : to }))
}

/** A fee by condition is not known before somebody looked, unless none may be charged. */
export function hangsOnCondition(fee: Fee, situation: Situation): boolean {
  return (
    fee.kind === 'grade' &&
    situation.facts.condition === null &&
    !isFeeForbidden(situation, new Set())
  )
}

/**
 * The fee of a remedy today; null where it hangs on the condition and nobody looked. A rate that is not settled
 * charges nothing: the verdict says so under `undecided`.
 */
export function reckonFee(
  fee: Fee,
  situation: Situation,
  used: Set<RuleRef>,
): AllowedRemedy['fee'] | null {
  if (fee.kind === 'none' || isFeeForbidden(situation, used)) return noFee
  const { paid } = situation.facts.line
  const charge = (ppm: number, days = 1): AllowedRemedy['fee'] => ({
    kind: fee.kind,
    amount: Math.min(paid, shareOf(paid, ppm, days)),
    ppm,
    days: perDay.has(fee.kind) ? days : 0,
  })
  switch (fee.kind) {
    case 'depreciation':
      return charge(dailyRate(situation.terms, situation, used) ?? 0, usageDays(situation))
    case 'daily':
      return charge(capDaily(fee.ppm, situation, used), usageDays(situation))
    case 'restock':
      return charge(fee.ppm)
    case 'grade': {
      const { condition } = situation.facts
      return condition === null ? null : charge(fee.ppm[condition] ?? 0)
    }
  }
}

const perDay: ReadonlySet<string> = new Set(['depreciation', 'daily'])
export const noFee: AllowedRemedy['fee'] = Object.freeze({
  kind: 'none',
  amount: 0,
  ppm: 0,
  days: 0,
})

/** What a refund is reckoned from: the paid price, or today's where a rule says so and it is higher. */
export function refundPrice(situation: Situation, used: Set<RuleRef>): MinorUnits {
  const { paid, currentPrice } = situation.facts.line
  if (currentPrice === null || currentPrice <= paid) return paid
  let byLaw: Compiled | null = null
  let byHouse: Compiled | null = null
  for (const one of situation.adjustments) {
    const said = one.rule.priceBasis
    if (said === undefined) continue
    const risen = said === 'higher_of_paid_and_current' ? one : null
    if (one.rule.statutory) byLaw = risen
    else byHouse = risen
  }
  const rule = byLaw ?? byHouse
  if (rule) used.add(rule.ref)
  return rule ? currentPrice : paid
}

/** Price, fee and what the customer gets: money only for a refund and a price difference. */
export function reckonMoney(
  remedy: Remedy,
  fee: AllowedRemedy['fee'],
  situation: Situation,
  used: Set<RuleRef>,
): Pick<AllowedRemedy, 'price' | 'amount' | 'fee'> {
  const { paid, currentPrice } = situation.facts.line
  if (remedy === 'refund') {
    const price = refundPrice(situation, used)
    return { price, amount: price - fee.amount, fee }
  }
  const fallen = remedy === 'price_difference' ? Math.max(0, paid - (currentPrice ?? paid)) : 0
  return { price: paid, amount: fallen, fee }
}
