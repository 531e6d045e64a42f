import { addDays, type BusinessDate } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { addWorkdays } from '../foundation/holidays.ts'
import { assertMinorUnits } from '../foundation/money.ts'
import { claimDay } from './clocks.ts'
import type {
  Exposure,
  Reason,
  RefusedRemedy,
  RightsFacts,
  RuleRef,
  TraceStep,
  Verdict,
} from './facts.ts'
import type { Ruling } from './grants.ts'
import { type Compiled, isInForce, type RuleSet } from './layers.ts'
import { noRule, type Outcome, reachOutcome } from './outcome.ts'
import { foreseeReasons } from './prospects.ts'
import { findQuestions } from './questions.ts'
import type { Remedy } from './rule.ts'
import { matchesScope } from './scope.ts'
import { agreeOnTerms, type Situation } from './situation.ts'

/**
 * What the customer may have today for the asked units, and why (domain.md §1). Depends on nothing but its arguments:
 * the same facts under the same rules give the same answer, whatever order rules and repairs come in.
 *
 * Refuses facts that cannot be: a claim before the sale, a sale in another currency, more units than are left.
 */
export function decideRights(facts: RightsFacts, rules: RuleSet): Verdict {
  requirePossible(facts)
  if (facts.reason === null) return decideWithoutReason(facts, rules)
  const outcome = reachOutcome(facts, facts.reason, rules)
  return { ...tell(outcome), questions: findQuestions(outcome, facts.reason, rules) }
}

/** Nothing is granted before the reason is known, unless it does not matter. */
function decideWithoutReason(facts: RightsFacts, rules: RuleSet): Verdict {
  const { same, offered, reachable, clocks } = foreseeReasons(facts, rules)
  if (same) return { ...tell(same), questions: [] }
  const remedies = offered.map((remedy): RefusedRemedy => {
    const open = reachable.has(remedy)
    return {
      remedy,
      allowed: false,
      reasons: open ? askReason : [noRule],
      open: open ? ['reason'] : [],
      basis: [],
      because: [],
    }
  })
  return { ...nothingSaid, clocks, remedies, questions: ['reason'] }
}

const askReason: readonly Reason[] = [{ key: 'reason.ask_reason', params: {} }]

const nothingSaid = {
  undecided: [],
  duties: [],
  exposures: [],
  testFee: null,
  burdenOfProof: null,
  lostTime: false,
  trace: [],
  rules: [],
} as const

/** Refuses facts under which no rule can be asked: each one with what is wrong. */
function requirePossible(facts: RightsFacts): void {
  const { line, dates, today } = facts
  const { sold } = dates
  const claimed = claimDay(facts)
  assertMinorUnits(line.paid)
  if (claimed < sold) refuse('policy.claim_before_sale', { claimed, sold })
  if (claimed > today) refuse('policy.claim_in_future', { claimed, today })
  if (line.currency !== facts.currency) {
    refuse('policy.other_currency', { sale: line.currency, store: facts.currency })
  }
  const left = line.unitsSold - line.unitsReturned
  if (line.units > left) refuse('policy.too_many_units', { units: line.units, left })
  if (line.units < 1) refuse('policy.no_units')
  for (const date of [dates.delivered, dates.installed, dates.exchanged]) {
    if (date !== null && date < sold) refuse('policy.handed_over_before_sale', { date, sold })
  }
  for (const { handedIn, handedBack } of facts.repairs) {
    if (handedIn < sold) refuse('policy.repair_before_sale', { handedIn, sold })
    if (handedIn > today) refuse('policy.repair_in_future', { handedIn, today })
    if (handedBack !== null && handedBack < handedIn) {
      refuse('policy.repair_ends_before_start', { handedIn, handedBack })
    }
    if (handedBack !== null && handedBack > today) {
      refuse('policy.hand_back_in_future', { handedBack, today })
    }
  }
}

/** The outcome with everything that goes with it: duties, warnings, trace. */
function tell(outcome: Outcome): Omit<Verdict, 'questions'> {
  const { situation, remedies } = outcome
  const duties = dutiesOf(outcome)
  const exposures = exposuresOf(outcome)
  const agreed = agreeOnTerms(situation)
  const rules = new Set<RuleRef>(agreed.because)
  for (const { because } of remedies) for (const ref of because) rules.add(ref)
  for (const { rule } of [...duties, ...exposures]) rules.add(rule)
  return {
    remedies,
    clocks: situation.clocks,
    undecided: undecidedOf(outcome),
    duties,
    exposures,
    testFee: agreed.testFee,
    burdenOfProof: agreed.burdenOfProof,
    lostTime: agreed.lostTime,
    trace: traceOf(outcome),
    rules: situation.candidates.all.flatMap(({ ref }) => (rules.has(ref) ? [ref] : [])),
  }
}

function isLive({ facts, claim }: Situation, one: Compiled): boolean {
  return isInForce(one, facts.dates.sold, claim) && matchesScope(one.rule.scope, facts)
}

/** Duties of the remedy the customer asks for, or of every one that is to be had. */
function dutiesOf({ situation, remedies }: Outcome): Verdict['duties'] {
  const { facts, claim } = situation
  const allowed = remedies.filter((one) => one.allowed).map(({ remedy }) => remedy)
  const { wish } = facts
  const meant: readonly Remedy[] = wish !== null && allowed.includes(wish) ? [wish] : allowed
  return situation.candidates.duties.flatMap((one) => {
    const { rule, ref } = one
    const comesWith = rule.remedies.filter((remedy) => meant.includes(remedy))
    if (comesWith.length === 0 || !isLive(situation, one)) return []
    const dueOn = dueDay(claim, rule.withinDays, rule.dayKind === 'working', situation)
    return [{ rule: ref, remedies: comesWith, text: rule.text, basis: rule.basis, dueOn }]
  })
}

function dueDay(
  claim: BusinessDate,
  days: number | null,
  working: boolean,
  { facts }: Situation,
): BusinessDate | null {
  if (days === null) return null
  return working ? addWorkdays(claim, days, facts.calendar) : addDays(claim, days)
}

/** Warnings to staff; a delay can only be one where law grants something (domain.md §1.4). */
function exposuresOf({ situation, remedies }: Outcome): Exposure[] {
  const { paid } = situation.facts.line
  const owed = remedies.some((one) => one.allowed && one.statutory)
  return situation.candidates.exposures.flatMap((one) => {
    const { rule, ref } = one
    const { delayDays } = rule
    if ((delayDays !== null && !owed) || !isLive(situation, one)) return []
    return [
      {
        rule: ref,
        amount: delayDays === null ? Math.max(rule.floor, paid * rule.times) : null,
        delayDays,
        dueOn: delayDays === null ? null : addDays(situation.claim, delayDays),
        text: rule.text,
        basis: rule.basis,
      },
    ]
  })
}

function undecidedOf({ situation, remedies }: Outcome): Verdict['undecided'] {
  const undecided: Verdict['undecided'][number][] = []
  const [unit, ...parts] = situation.clocks
  if (unit?.endsOn === null) undecided.push('unit_months')
  if (parts.some(({ endsOn }) => endsOn === null)) undecided.push('part_months')
  const charges = remedies.some((one) => one.allowed && one.fee.kind === 'depreciation')
  const settled = situation.terms.some(({ rule }) => rule.dailyPpm !== null)
  if (charges && !settled) undecided.push('daily_ppm')
  return undecided
}

/** Every rule that could speak on goods and reason, in the order of ids: does it apply, and if not, why. */
function traceOf({ situation, rulings, grants }: Outcome): TraceStep[] {
  const { terms, adjustments, claim, facts } = situation
  const excluded = new Set(grants.filter((one) => one.excludedBy).map(({ ruling }) => ruling))
  for (const one of grants) if (!one.excludedBy) excluded.delete(one.ruling)
  let judged = 0
  return situation.candidates.all.map((one): TraceStep => {
    if (one.rule.effect === 'remedy') {
      const ruling = rulings[judged++] as Ruling
      const { state, reasons } = ruling
      if (excluded.has(ruling)) return stepWithout(one.ref, [...excludedBy, ...reasons])
      return { rule: one.ref, applies: state === 'yes', reasons }
    }
    if (!isInForce(one, facts.dates.sold, claim)) return stepWithout(one.ref, notInForce)
    if (!matchesScope(one.rule.scope, facts)) return stepWithout(one.ref, otherGoods)
    const mine: readonly Compiled[] | null =
      one.rule.effect === 'term' ? terms : one.rule.effect === 'adjustment' ? adjustments : null
    return { rule: one.ref, applies: mine?.includes(one) ?? true, reasons: [] }
  })
}

const excludedBy: readonly Reason[] = [{ key: 'reason.excluded', params: {} }]
const notInForce: readonly Reason[] = [{ key: 'reason.not_in_force', params: {} }]
const otherGoods: readonly Reason[] = [{ key: 'reason.other_goods', params: {} }]

function stepWithout(rule: RuleRef, reasons: readonly Reason[]): TraceStep {
  return { rule, applies: false, reasons }
}
