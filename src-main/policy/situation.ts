import type { BusinessDate } from '../foundation/business-date.ts'
import {
  claimDay,
  countedRepairs,
  type Days,
  daysOfWindow,
  otherParts,
  type RepairSpan,
  repairSpans,
  runClocks,
} from './clocks.ts'
import type { Clock, RepairFact, RightsFacts, RuleRef } from './facts.ts'
import { type Candidates, type Compiled, isInForce, type RuleSet } from './layers.ts'
import type {
  AdjustmentRule,
  ClockStart,
  ExclusionRule,
  ReasonClass,
  TermRule,
  VoidRule,
  Window,
} from './rule.ts'
import { matchesScope, nearnessOf } from './scope.ts'

/** One sold line, one reason, one day: what all rules are then asked about. */
export interface Situation {
  facts: RightsFacts
  reason: ReasonClass
  claim: BusinessDate
  repairs: readonly RepairFact[]
  spans: readonly RepairSpan[]
  candidates: Candidates
  terms: readonly Compiled<TermRule>[]
  clocks: readonly Clock[]
  adjustments: readonly Compiled<AdjustmentRule>[]
  exclusions: readonly Compiled<ExclusionRule>[]
  voids: readonly Compiled<VoidRule>[]
}

/** What of a line does not hang on the reason, read once for all reasons that are tried out. */
export interface Reading {
  facts: RightsFacts
  claim: BusinessDate
  repairs: readonly RepairFact[]
  spans: readonly RepairSpan[]
  terms: readonly Compiled<TermRule>[]
  /** In force that day and about these goods. */
  isLive: (one: Compiled) => boolean
  /** The clocks, where a repaired part starts its term again and where it does not. */
  clocks: (partsRestart: boolean) => readonly Clock[]
}

export function readLine(facts: RightsFacts, rules: RuleSet): Reading {
  const claim = claimDay(facts)
  const repairs = countedRepairs(facts)
  const spans = repairSpans(repairs, facts.today)
  const isLive = (one: Compiled) =>
    isInForce(one, facts.dates.sold, claim) && matchesScope(one.rule.scope, facts)
  const { category } = facts.line
  // A term speaks on every reason alike.
  const promised = rules.candidatesFor(category, 'quality').terms
  const terms = pickTerms(promised.filter(isLive), category)
  const run = new Map<boolean, readonly Clock[]>()
  const clocks = (partsRestart: boolean) => {
    let found = run.get(partsRestart)
    if (!found) {
      const ofTerms = { rules: terms.map(({ rule }) => rule), partsRestart }
      run.set(partsRestart, (found = runClocks(ofTerms, facts, repairs, spans)))
    }
    return found
  }
  return { facts, claim, repairs, spans, terms, isLive, clocks }
}

export function readSituation(reading: Reading, reason: ReasonClass, rules: RuleSet): Situation {
  const { facts, claim, repairs, spans, terms, isLive } = reading
  const candidates = rules.candidatesFor(facts.line.category, reason)
  const adjustments = candidates.adjustments.filter(isLive).toSorted((a, b) => a.rank - b.rank)
  const restart = adjustments.some(({ rule }) => rule.repairedPartRestarts === true)
  const situation: Situation = {
    facts,
    reason,
    claim,
    repairs,
    spans,
    candidates,
    terms,
    clocks: reading.clocks(restart),
    adjustments,
    exclusions: candidates.exclusions.filter(isLive),
    voids: candidates.voids.filter(isLive),
  }
  if (adjustments.every(({ rule }) => rule.window === undefined)) return situation
  return { ...situation, adjustments: adjustments.filter(({ rule }) => isOpen(rule, situation)) }
}

/** Of law the rule that names the category most exactly (a phone's battery is no phone); a house may add to it. */
function pickTerms(
  terms: readonly Compiled<TermRule>[],
  category: string | null,
): readonly Compiled<TermRule>[] {
  const nearness = (one: Compiled<TermRule>) => nearnessOf(one.rule.scope, category)
  const nearest = Math.max(
    -1,
    ...terms.filter(({ rule }) => rule.statutory).map((one) => nearness(one)),
  )
  return terms.filter((one) => !one.rule.statutory || nearness(one) === nearest)
}

/** The clock that a claim in a term runs by: of the part that failed, or of the unit. */
export function clockOf(situation: Situation, window: 'term' | 'unit_term'): Clock | undefined {
  const { clocks, facts } = situation
  const unit = clocks[0]
  if (window === 'unit_term' || facts.part === null || facts.part === 'unit') return unit
  return clocks.find(({ of }) => of === facts.part || of === otherParts) ?? unit
}

/** The days of a window; in words where it has none: nothing started it, no term is promised, or none is settled. */
export function daysOf(
  window: Window | 'term' | 'unit_term',
  situation: Situation,
): Days | 'not_started' | 'no_term' | 'undecided' {
  if (typeof window === 'object') {
    const { facts, repairs, spans } = situation
    return daysOfWindow(window, facts, repairs, spans) ?? 'not_started'
  }
  const clock = clockOf(situation, window)
  if (!clock) return 'no_term'
  return clock.endsOn === null ? 'undecided' : { from: null, until: clock.endsOn }
}

/** Does the claim fall into the adjustment's own days? */
function isOpen(rule: AdjustmentRule, situation: Situation): boolean {
  if (rule.window === undefined) return true
  const days = daysOf(rule.window, situation)
  if (typeof days === 'string') return false
  const { claim } = situation
  return (days.from === null || claim >= days.from) && (days.until === null || claim <= days.until)
}

/** Do the days of a window hang on a date of this kind? */
export function countsFrom(
  window: Window | 'term' | 'unit_term',
  start: ClockStart,
  { terms }: Situation,
): boolean {
  if (typeof window === 'object') return window.start.includes(start)
  return terms.some(({ rule }) => rule.start.includes(start))
}

/**
 * Value of one field of a remedy after the adjustments. On a right of law a later law has the last word and a house
 * may only improve; what a house gives it may shape, down to what law asks of every remedy.
 *
 * @param order values from the best to the worst for the customer
 * @param used receives the rules that changed something
 */
export function adjust<F extends 'gift' | 'freight', V extends NonNullable<AdjustmentRule[F]>>(
  field: F,
  base: V,
  statutory: boolean,
  adjustments: readonly Compiled<AdjustmentRule>[],
  order: readonly V[],
  used: Set<RuleRef>,
): V {
  let value = base
  for (const law of [statutory, !statutory]) {
    for (const { rule, ref } of adjustments) {
      const said = rule[field] as V | undefined
      if (said === undefined || rule.statutory !== law || said === value) continue
      if (law !== statutory && order.indexOf(said) > order.indexOf(value)) continue
      value = said
      used.add(ref)
    }
  }
  return value
}

/** Who pays a test, who has to prove, whether lost time is paid: law first, a house may only improve. */
export interface AgreedTerms {
  testFee: TestFee | null
  burdenOfProof: 'seller' | 'customer' | null
  lostTime: boolean
  because: readonly RuleRef[]
}

type TestFee = NonNullable<AdjustmentRule['testFee']>

export function agreeOnTerms({ adjustments }: Situation): AgreedTerms {
  const because = new Set<RuleRef>()
  const speaking = (field: 'testFee' | 'burdenOfProof' | 'lostTime') =>
    adjustments.filter(({ rule, ref }) => {
      if (rule[field] === undefined) return false
      because.add(ref)
      return true
    })
  const fees = speaking('testFee')
  const proofs = speaking('burdenOfProof')
  const lawFee = fees.findLast(({ rule }) => rule.statutory)?.rule.testFee
  const lawProof = proofs.findLast(({ rule }) => rule.statutory)?.rule.burdenOfProof
  const houseFee = fees.findLast(({ rule }) => !rule.statutory)?.rule.testFee
  const houseProof = proofs.findLast(({ rule }) => !rule.statutory)?.rule.burdenOfProof
  return {
    testFee: lawFee && houseFee ? cheaperTest(lawFee, houseFee) : (lawFee ?? houseFee ?? null),
    burdenOfProof: houseProof === 'seller' ? houseProof : (lawProof ?? houseProof ?? null),
    lostTime: speaking('lostTime').some(({ rule }) => rule.lostTime),
    because: [...because],
  }
}

/** Outcome by outcome what is cheaper for the customer. */
function cheaperTest(a: TestFee, b: TestFee): TestFee {
  const payers = ['store', 'shared', 'customer'] as const
  const cheaper = <P extends (typeof payers)[number]>(one: P, other: P): P =>
    payers.indexOf(one) <= payers.indexOf(other) ? one : other
  return {
    fault: cheaper(a.fault, b.fault),
    noFault: cheaper(a.noFault, b.noFault),
    unknown: cheaper(a.unknown, b.unknown),
  }
}
