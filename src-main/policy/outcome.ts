import { type BusinessDate, daysBetween } from '../foundation/business-date.ts'
import type {
  AllowedRemedy,
  Question,
  Reason,
  ReasonKey,
  RefusedRemedy,
  RightsFacts,
  RuleRef,
} from './facts.ts'
import {
  type Grant,
  grantsOf,
  openQuestions,
  reasonsAgainst,
  ruleOn,
  type Ruling,
  unbrokenUntil,
} from './grants.ts'
import type { RuleSet } from './layers.ts'
import { noFee, reckonMoney } from './money.ts'
import { approverRoles, type Bilingual, type ReasonClass, type Remedy, remedies } from './rule.ts'
import { adjust, type Reading, readLine, readSituation, type Situation } from './situation.ts'

/** What all rules together give for one reason: the best of every grant, or why there is none. */
export interface Outcome {
  situation: Situation
  rulings: readonly Ruling[]
  grants: readonly Grant[]
  remedies: readonly (AllowedRemedy | RefusedRemedy)[]
}

/** @param reading of the same facts, where it was made before */
export function reachOutcome(
  facts: RightsFacts,
  reason: ReasonClass,
  rules: RuleSet,
  reading: Reading = readLine(facts, rules),
): Outcome {
  const situation = readSituation(reading, reason, rules)
  const rulings = ruleOn(situation)
  const grants = grantsOf(rulings, situation)
  const settled = remedies.map((remedy) => {
    const own = grants.filter((grant) => grant.remedy === remedy)
    return own.some(({ state }) => state === 'yes')
      ? allow(remedy, own, situation)
      : refuseRemedy(remedy, own, situation)
  })
  const withRepair = settlePaidRepair(settled, rulings, grants, situation)
  return { situation, rulings, grants, remedies: inOrderOfOffer(withRepair, situation) }
}

const freightOrder = ['store', 'by_liability', 'shared', 'customer'] as const
const giftOrder = ['keep', 'return_or_value', 'return'] as const

interface Terms extends Pick<AllowedRemedy, 'freight' | 'gift' | 'chooser' | 'approver' | 'fee'> {
  grant: Grant
  statutory: boolean
}

function allow(remedy: Remedy, grants: readonly Grant[], situation: Situation): AllowedRemedy {
  const standing = grants.filter(({ state }) => state === 'yes')
  const later = grants.filter(({ state }) => state === 'later')
  const terms = standing.map((grant) => termsOf(grant, situation)).toSorted(byCustomersGood)
  const best = terms[0] as Terms
  const { fee, chooser, freight, gift, approver, statutory } = best
  const used = best.grant.used
  const money = reckonMoney(remedy, fee, situation, used)
  const until = untilOf(standing, later)
  const likeBest = (one: Grant) => {
    const { rule } = one.ruling.compiled
    const sameFee = one.fee.kind === fee.kind && one.fee.ppm === fee.ppm
    return sameFee && rule.chooser === chooser && rule.approver === approver
  }
  return {
    remedy,
    allowed: true,
    until,
    daysLeft: until === null ? null : daysBetween(situation.claim, until),
    sameTermsUntil: untilOf(standing.filter(likeBest), later.filter(likeBest)),
    ...money,
    chooser,
    freight,
    gift,
    approver,
    statutory,
    ...groundsOf(terms, situation),
  }
}

function untilOf(standing: readonly Grant[], later: readonly Grant[]): BusinessDate | null {
  const days = (one: Grant) => one.ruling.days
  return unbrokenUntil(standing.map(days), later.map(days))
}

function termsOf(grant: Grant, { adjustments }: Situation): Terms {
  const { rule } = grant.ruling.compiled
  const { statutory, chooser, approver } = rule
  return {
    grant,
    statutory,
    chooser,
    approver,
    fee: grant.fee,
    freight: adjust('freight', rule.freight, statutory, adjustments, freightOrder, grant.used),
    gift: adjust('gift', rule.gift, statutory, adjustments, giftOrder, grant.used),
  }
}

/** Least cost first; at equal cost a right of law, which nobody has to approve, before a favour of the house. */
function byCustomersGood(a: Terms, b: Terms): number {
  const rankOf = (one: Terms) => (one.approver === null ? -1 : approverRoles.indexOf(one.approver))
  const until = (one: Terms) => one.grant.ruling.days.until ?? '9999'
  const idOf = (one: Terms) => one.grant.ruling.compiled.rule.id
  return (
    a.fee.amount - b.fee.amount ||
    Number(a.fee.kind !== 'none') - Number(b.fee.kind !== 'none') ||
    Number(b.statutory) - Number(a.statutory) ||
    rankOf(a) - rankOf(b) ||
    compareText(a.chooser, b.chooser) ||
    freightOrder.indexOf(a.freight) - freightOrder.indexOf(b.freight) ||
    giftOrder.indexOf(a.gift) - giftOrder.indexOf(b.gift) ||
    compareText(until(b), until(a)) ||
    compareText(idOf(a), idOf(b))
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The rules a remedy stands on, best first, then those that shaped it. */
function groundsOf(
  terms: readonly Terms[],
  situation: Situation,
): Pick<AllowedRemedy, 'basis' | 'because'> {
  const because = new Set<RuleRef>()
  const basis: Bilingual[] = []
  for (const { grant } of terms) {
    because.add(grant.ruling.compiled.ref)
    basis.push(grant.ruling.compiled.rule.basis)
  }
  if (terms.some(({ grant }) => typeof grant.ruling.compiled.rule.window === 'string')) {
    for (const { ref } of situation.terms) because.add(ref)
  }
  const shaping = terms[0]?.grant.used ?? new Set()
  for (const { ref, rule } of situation.adjustments) {
    if (!shaping.has(ref)) continue
    because.add(ref)
    basis.push(rule.basis)
  }
  for (const ref of shaping) because.add(ref)
  return { basis, because: [...because] }
}

function refuseRemedy(
  remedy: Remedy,
  grants: readonly Grant[],
  situation: Situation,
): RefusedRemedy {
  const misses = grants.toSorted(byNearness)
  const open = new Set<Question>(misses.flatMap(openQuestions))
  const because = new Set<RuleRef>()
  for (const { ruling, excludedBy } of misses) {
    if (isBesideThePoint(ruling)) continue
    because.add(ruling.compiled.ref)
    for (const ref of ruling.against) because.add(ref)
    if (excludedBy) because.add(excludedBy)
  }
  const reasons = tellOnce(misses.flatMap(reasonsAgainst))
  return {
    remedy,
    allowed: false,
    reasons: reasons.length > 0 ? reasons : [noRule],
    open: [...open],
    basis: basisAgainst(misses, because, situation),
    because: [...because],
  }
}

/** What took the remedy away comes first, then the rules that were missed by least; three lines fit a slip. */
function basisAgainst(
  misses: readonly Grant[],
  because: ReadonlySet<RuleRef>,
  { voids, exclusions }: Situation,
): Bilingual[] {
  const taking = [...voids, ...exclusions].filter(({ ref }) => because.has(ref))
  const missed = misses.filter(({ ruling }) => !isBesideThePoint(ruling))
  const lines = [
    ...taking.map(({ rule }) => rule.basis),
    ...missed.map(({ ruling }) => ruling.compiled.rule.basis),
  ]
  return [...new Map(lines.map((line) => [line.zh, line])).values()].slice(0, 3)
}

export const noRule: Reason = { key: 'reason.no_rule', params: {} }
const besideThePoint: ReadonlySet<ReasonKey> = new Set([
  'reason.other_goods',
  'reason.not_in_force',
])

function isBesideThePoint({ reasons }: Ruling): boolean {
  return reasons.some(({ key }) => besideThePoint.has(key))
}

/** The rule that was missed by least says most: small obstacles first, law before the house. */
function byNearness(a: Grant, b: Grant): number {
  const far = ({ ruling, state }: Grant) =>
    (state === 'open' ? 0 : 10) + ruling.reasons.reduce((sum, { key }) => sum + hurdleOf(key), 0)
  const law = ({ ruling }: Grant) => Number(ruling.compiled.rule.statutory)
  const idOf = ({ ruling }: Grant) => ruling.compiled.rule.id
  return far(a) - far(b) || law(b) - law(a) || compareText(idOf(a), idOf(b))
}

/** How far a reason is from a yes: a paper can still be brought, days do not come back, events did not happen. */
function hurdleOf(key: ReasonKey): number {
  if (besideThePoint.has(key)) return 100
  if (key.startsWith('reason.needs_') || key.startsWith('reason.void_')) return 1
  if (key.startsWith('reason.condition_') || key === 'reason.incomplete') return 1
  const isOver = key === 'reason.window_over' || key === 'reason.too_many_kilometres'
  return isOver || key === 'reason.not_yet' ? 2 : 3
}

/** Each sentence once, with the figure that is best for the customer; what is beside the point is not told. */
function tellOnce(reasons: readonly Reason[]): Reason[] {
  const told = new Map<ReasonKey, Reason>()
  for (const reason of reasons) {
    if (besideThePoint.has(reason.key)) continue
    const known = told.get(reason.key)
    if (!known || isNearer(reason, known)) told.set(reason.key, reason)
  }
  return [...told.values()].toSorted((a, b) => tellingOrder(a) - tellingOrder(b))
}

function isNearer(a: Reason, b: Reason): boolean {
  if (a.key === 'reason.window_over') return String(a.params.until) > String(b.params.until)
  if (a.key === 'reason.not_yet') return String(a.params.from) < String(b.params.from)
  if (a.key === 'reason.too_few_repairs') return Number(a.params.needed) < Number(b.params.needed)
  return Number(a.params.limit) < Number(b.params.limit)
}

/** A finding or an exclusion explains a refusal best, then what is not known, then the rule missed by least. */
function tellingOrder({ key }: Reason): number {
  if (key.startsWith('reason.void_')) return 0
  if (key === 'reason.excluded') return 1
  return key.startsWith('reason.ask_') || key === 'reason.term_undecided' ? 2 : 3
}

/** Reasons under which goods are repaired. */
export const repairable: ReadonlySet<ReasonClass> = new Set(['quality', 'damaged', 'other'])

/** Goods with a term are repaired, and those of which a rule says so. */
export function canBeRepaired({ reason, clocks }: Situation, rulings: readonly Ruling[]): boolean {
  if (!repairable.has(reason)) return false
  return clocks.length > 0 || rulings.some(speaksOfRepair)
}

function speaksOfRepair(ruling: Ruling): boolean {
  const { remedies: given } = ruling.compiled.rule
  const repairs = given.some(({ remedy }) => remedy === 'repair' || remedy === 'paid_repair')
  return repairs && !isBesideThePoint(ruling)
}

/** A paid repair is what remains of goods that can be repaired when no repair is free. */
function settlePaidRepair(
  settled: readonly (AllowedRemedy | RefusedRemedy)[],
  rulings: readonly Ruling[],
  grants: readonly Grant[],
  situation: Situation,
): (AllowedRemedy | RefusedRemedy)[] {
  const free = settled.some(({ remedy, allowed }) => remedy === 'repair' && allowed)
  const canRepair = canBeRepaired(situation, rulings)
  return settled.map((one) => {
    if (one.remedy !== 'paid_repair') return one
    if (free) return refusedPaidRepair('reason.repair_is_free')
    if (one.allowed) return one
    return canRepair ? paidRepair(grants, situation) : refusedPaidRepair('reason.nothing_to_repair')
  })
}

function refusedPaidRepair(key: ReasonKey): RefusedRemedy {
  return {
    remedy: 'paid_repair',
    allowed: false,
    reasons: [{ key, params: {} }],
    open: [],
    basis: [],
    because: [],
  }
}

function paidRepair(grants: readonly Grant[], situation: Situation): AllowedRemedy {
  const against = new Set(grants.flatMap(({ ruling }) => ruling.against))
  const voids = situation.voids.filter(({ ref }) => against.has(ref))
  return {
    remedy: 'paid_repair',
    allowed: true,
    until: null,
    daysLeft: null,
    sameTermsUntil: null,
    price: situation.facts.line.paid,
    amount: 0,
    fee: noFee,
    chooser: 'customer',
    freight: 'customer',
    gift: 'keep',
    approver: null,
    statutory: false,
    basis: voids.map(({ rule }) => rule.basis),
    because: voids.map(({ ref }) => ref),
  }
}

/** Allowed ones first, both in the order in which the store's most special voice likes to offer them. */
export function inOrderOfOffer<R extends { remedy: Remedy; allowed: boolean }>(
  settled: readonly R[],
  { adjustments }: Situation,
): R[] {
  const preferred = adjustments.findLast(({ rule }) => rule.offerOrder)?.rule.offerOrder ?? []
  const place = ({ remedy, allowed }: R) => {
    const at = preferred.indexOf(remedy)
    return (allowed ? 0 : 100) + (at < 0 ? 10 + remedies.indexOf(remedy) : at)
  }
  return settled.toSorted((a, b) => place(a) - place(b))
}
