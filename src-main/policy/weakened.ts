import type { RuleRef } from './facts.ts'
import type { AdjustmentRule, DutyRule, Fee, RemedyRule, Rule, TermRule, Window } from './rule.ts'
import { scopeCovers, scopesOverlap } from './scope.ts'

/** The rule of law that a house rule would weaken, and the field by which. */
export interface Weakened {
  rule: RuleRef
  field: string
}

/** Two rules that speak on the same goods, and with reasons on the same claims. */
type Law<E extends Rule['effect']> = Extract<Rule, { effect: E }>

/**
 * Finds the field by which a rule of chain, store, brand or tier gives less than law, or takes away what law gives
 * (消费者权益保护法 Art. 26, domain.md §1.5, §7.1); null where it weakens nothing. An approver or an order of offers
 * weakens nothing.
 *
 * @param all the rules a store is under, see `rulesOfStore`
 */
export function findWeakened(candidate: Rule, all: readonly Rule[]): Weakened | null {
  if (candidate.statutory) return null
  const laws = all
    .filter((rule) => rule.statutory && rule.enabled && livesWith(rule, candidate))
    .toSorted((a, b) => breadthOf(b, candidate) - breadthOf(a, candidate) || byNewestOf(a, b))
  for (const law of laws) {
    const field = findField(candidate, law, laws)
    if (field !== null) return { rule: { id: law.id, version: law.version }, field }
  }
  return null
}

/** The broader law says more to who wrote the rule: the one on all goods before the one on cars. */
function breadthOf(law: Rule, candidate: Rule): number {
  const categories = law.scope.categories?.length ?? 1_000
  return categories + (scopeCovers(law.scope, candidate.scope) ? 10_000 : 0)
}

function byNewestOf(a: Rule, b: Rule): number {
  return a.id === b.id ? b.version - a.version : a.id < b.id ? -1 : 1
}

/** In force at the same time, about some of the same goods, for some of the same reasons. */
function livesWith(law: Rule, rule: Rule): boolean {
  const meet =
    (law.validTo === null || law.validTo >= rule.validFrom) &&
    (rule.validTo === null || rule.validTo >= law.validFrom)
  const [a, b] = [reasonsOf(law), reasonsOf(rule)]
  const sameReason = !a || !b || a.some((reason) => b.includes(reason))
  return meet && sameReason && scopesOverlap(law.scope, rule.scope)
}

function reasonsOf(rule: Rule): readonly string[] | undefined {
  return 'reasons' in rule ? rule.reasons : undefined
}

function findField(candidate: Rule, law: Rule, laws: readonly Rule[]): string | null {
  switch (candidate.effect) {
    case 'remedy':
      if (law.effect === 'remedy') return lessThanLaw(candidate, law, laws)
      return law.effect === 'adjustment' ? againstLaw(candidate, law) : null
    case 'term':
      return law.effect === 'term' ? shorterTerm(candidate, law) : null
    case 'exclusion':
      return law.effect === 'remedy' && sharesRemedy(candidate.remedies, law) ? 'remedies' : null
    case 'void': {
      if (law.effect !== 'remedy') return null
      const known = laws.flatMap((one) =>
        one.effect === 'void' && scopeCovers(one.scope, candidate.scope) ? one.findings : [],
      )
      return candidate.findings.every((one) => known.includes(one)) ? null : 'findings'
    }
    case 'adjustment':
      if (law.effect === 'remedy') return shiftsCost(candidate, law)
      return law.effect === 'adjustment' ? worseAdjustment(candidate, law) : null
    case 'duty':
      return law.effect === 'duty' ? laterDuty(candidate, law) : null
    case 'exposure':
      return null
  }
}

function sharesRemedy(remedies: readonly string[], law: Law<'remedy'>): boolean {
  return law.remedies.some(({ remedy }) => remedies.includes(remedy))
}

/**
 * A house rule on goods that law covers wholly, for the same thing that happened, while law's own days run. Giving
 * more in one point (a kept gift, a lower fee) it may give less in days: it adds to law.
 */
function lessThanLaw(own: RemedyRule, law: RemedyRule, laws: readonly Rule[]): string | null {
  if (
    !sharesRemedy(
      own.remedies.map(({ remedy }) => remedy),
      law,
    )
  )
    return null
  if (own.trigger.kind !== law.trigger.kind || !scopeCovers(law.scope, own.scope)) return null
  const [ownDays, lawDays] = [lengthOf(own, laws, 31), lengthOf(law, laws, 28)]
  if (typeof own.window === 'object' && lawDays !== null && startDays(own.window) > lawDays) {
    return null
  }
  const costlier = own.remedies.some(({ remedy, fee }) => {
    const lawful = law.remedies.find((one) => one.remedy === remedy)
    return lawful !== undefined && isHigherFee(fee, lawful.fee)
  })
  if (costlier) return 'remedies.fee'
  if (own.freight === 'customer' || own.freight === 'shared') {
    if (law.freight === 'store') return 'freight'
  }
  if (own.gift !== 'keep' && law.gift === 'keep') return 'gift'
  if (own.chooser === 'store' && law.chooser === 'customer') return 'chooser'
  if ((own.kilometresTo ?? Infinity) < (law.kilometresTo ?? Infinity)) return 'kilometresTo'
  const limit = longerLimit(own, law)
  if (limit !== null) return limit
  // Asking for more than law it may add days that law does not give; asking for less it may give fewer.
  const longer = lawDays !== null && (ownDays === null || ownDays > lawDays)
  const extra = longer ? null : extraNeed(own, law)
  if (extra !== null) return extra
  const shorter = ownDays !== null && (lawDays === null || ownDays < lawDays)
  return shorter && !givesMore(own, law) ? 'window.to' : null
}

/** Days of a rule's window; null without end. A term is as long as law makes it for these goods. */
function lengthOf(rule: RemedyRule, laws: readonly Rule[], daysOfMonth: number): number | null {
  const { window } = rule
  if (typeof window === 'object') {
    if (window.to === null) return null
    return window.unit === 'months' ? window.to * daysOfMonth : window.to
  }
  const months = laws.flatMap((one) =>
    one.effect === 'term' && one.unitMonths !== null && scopesOverlap(one.scope, rule.scope)
      ? [one.unitMonths]
      : [],
  )
  // Without a known term nothing can be said to be shorter.
  return rule.statutory && months.length === 0 ? 0 : Math.min(...months) * daysOfMonth
}

function startDays({ from, unit }: Window): number {
  return unit === 'months' ? from * 31 : from
}

/** Fees of different kinds cannot be compared; any is higher than none. */
function isHigherFee(own: Fee, law: Fee): boolean {
  if (own.kind === 'none') return false
  if (law.kind === 'none') return true
  if (own.kind === 'grade' && law.kind === 'grade') {
    return Object.entries(own.ppm).some(
      ([grade, ppm]) => ppm > (law.ppm[grade as keyof typeof law.ppm] ?? 0),
    )
  }
  if (own.kind !== law.kind || !('ppm' in own) || !('ppm' in law)) return false
  return Number(own.ppm) > Number(law.ppm)
}

function longerLimit({ trigger: own }: RemedyRule, { trigger: law }: RemedyRule): string | null {
  if ('days' in own && 'days' in law && own.kind !== 'failed_after_repair') {
    return own.days > law.days ? 'trigger.days' : null
  }
  if ('count' in own && 'count' in law) return own.count > law.count ? 'trigger.count' : null
  return null
}

function extraNeed({ needs: own }: RemedyRule, { needs: law }: RemedyRule): string | null {
  for (const need of [
    'complete',
    'receipt',
    'memberCard',
    'repairRecords',
    'medicalProof',
  ] as const) {
    if (own[need] === true && law[need] !== true) return `needs.${need}`
  }
  if (!own.conditions) return null
  const lawful = law.conditions
  return lawful?.every((one) => own.conditions?.includes(one)) === true ? null : 'needs.conditions'
}

function givesMore(own: RemedyRule, law: RemedyRule): boolean {
  const cheaper = own.remedies.some(({ remedy, fee }) =>
    law.remedies.some((one) => one.remedy === remedy && isHigherFee(one.fee, fee)),
  )
  return (
    cheaper ||
    (own.gift === 'keep' && law.gift !== 'keep') ||
    (own.freight === 'store' && law.freight !== 'store') ||
    (own.chooser === 'customer' && law.chooser !== 'customer')
  )
}

/** A house remedy that asks for what law forbids to ask for. */
function againstLaw(own: RemedyRule, law: AdjustmentRule): string | null {
  const fees = own.remedies.map(({ fee }) => fee)
  if (law.depreciation === 'forbidden' && fees.some(({ kind }) => kind !== 'none')) {
    return 'remedies.fee'
  }
  const cap = law.dailyPpmAtMost
  if (cap !== undefined && fees.some((fee) => fee.kind === 'daily' && fee.ppm > cap)) {
    return 'remedies.fee'
  }
  if (law.gift === 'keep' && own.gift !== 'keep') return 'gift'
  return law.freight === 'store' && isOnCustomer(own.freight) ? 'freight' : null
}

function isOnCustomer(freight: string | undefined): boolean {
  return freight === 'customer' || freight === 'shared'
}

function shiftsCost(own: AdjustmentRule, law: RemedyRule): string | null {
  if (law.freight === 'store' && isOnCustomer(own.freight)) return 'freight'
  return law.gift === 'keep' && own.gift !== undefined && own.gift !== 'keep' ? 'gift' : null
}

function worseAdjustment(own: AdjustmentRule, law: AdjustmentRule): string | null {
  if (law.freight === 'store' && isOnCustomer(own.freight)) return 'freight'
  if (law.gift === 'keep' && own.gift !== undefined && own.gift !== 'keep') return 'gift'
  if (law.depreciation === 'forbidden' && own.depreciation === 'allowed') return 'depreciation'
  if ((own.dailyPpmAtMost ?? 0) > (law.dailyPpmAtMost ?? Infinity)) return 'dailyPpmAtMost'
  if (law.burdenOfProof === 'seller' && own.burdenOfProof === 'customer') return 'burdenOfProof'
  if (law.priceBasis === 'higher_of_paid_and_current' && own.priceBasis === 'paid') {
    return 'priceBasis'
  }
  if (law.repairedPartRestarts && own.repairedPartRestarts === false) return 'repairedPartRestarts'
  if (law.lostTime && own.lostTime === false) return 'lostTime'
  const payers = ['store', 'shared', 'customer']
  for (const result of ['fault', 'noFault', 'unknown'] as const) {
    const [mine, lawful] = [own.testFee?.[result], law.testFee?.[result]]
    if (mine && lawful && payers.indexOf(mine) > payers.indexOf(lawful)) return `testFee.${result}`
  }
  return null
}

/** A term of goods that law covers wholly; a rule on all goods adds only where law gives less. */
function shorterTerm(own: TermRule, law: TermRule): string | null {
  if (!scopeCovers(law.scope, own.scope)) return null
  if (isLess(own.unitMonths, law.unitMonths)) return 'unitMonths'
  const part = own.parts.find((mine) =>
    law.parts.some((one) => one.part === mine.part && isLess(mine.months, one.months)),
  )
  if (part) return `parts.${part.part}`
  return isLess(law.dailyPpm, own.dailyPpm) ? 'dailyPpm' : null
}

function isLess(a: number | null, b: number | null): boolean {
  return a !== null && b !== null && a < b
}

/** The days in which a repair has to be done. */
function laterDuty(own: DutyRule, law: DutyRule): string | null {
  const repair = (duty: DutyRule) => duty.remedies.length === 1 && duty.remedies[0] === 'repair'
  if (!repair(own) || !repair(law) || law.withinDays === null) return null
  // Law that knows no loan instead is not met by one.
  if (own.metByLoan === true && law.metByLoan !== true) return 'withinDays'
  const scale = (duty: DutyRule) => (duty.dayKind === 'working' ? 7 / 5 : 1)
  const ownDays = (own.withinDays ?? 0) * scale(own)
  return ownDays > law.withinDays * scale(law) ? 'withinDays' : null
}
