import { addDays, type BusinessDate, daysBetween } from '../foundation/business-date.ts'
import { daysInRepair, type Days, lastHandBack } from './clocks.ts'
import type { AllowedRemedy, Question, Reason, ReasonKey, RepairFact, RuleRef } from './facts.ts'
import { type Compiled, isInForce } from './layers.ts'
import { hangsOnCondition, noFee, reckonFee } from './money.ts'
import type { Remedy, RemedyRule, Trigger } from './rule.ts'
import { matchesScope } from './scope.ts'
import { daysOf, type Situation } from './situation.ts'

/** How one remedy rule stands to the facts. */
export interface Ruling {
  compiled: Compiled<RemedyRule>
  /** `open`: hangs on facts nobody knows yet; `later`: everything is met but its first day. */
  state: 'yes' | 'open' | 'later' | 'no'
  reasons: readonly Reason[]
  open: readonly Question[]
  days: Days
  /** Rules that took it away: a finding, an exclusion. */
  against: readonly RuleRef[]
}

/** One remedy of a rule, with its fee, the rules that shaped the fee, and what took it away. */
export interface Grant {
  ruling: Ruling
  remedy: Remedy
  state: Ruling['state']
  fee: AllowedRemedy['fee']
  used: Set<RuleRef>
  excludedBy: RuleRef | null
}

const always: Days = { from: null, until: null }
const derivedTriggers: ReadonlySet<string> = new Set([
  'exchange_without_stock',
  'exchange_declined',
])

/** Rulings that were made before under the same clocks and findings; see {@link ruleOn}. */
export type Known = Map<Compiled<RemedyRule>, Ruling>

/**
 * Asks every remedy rule of the situation, those that build on a right to an exchange after the others. In the order
 * of ids.
 *
 * @param known rulings of the same facts for another reason, and receives those of this one; a rule that builds on an
 *   exchange is asked anew, because other reasons know other exchanges
 */
export function ruleOn(situation: Situation, known?: Known): readonly Ruling[] {
  const { remedies } = situation.candidates
  const ask = (one: Compiled<RemedyRule>): Ruling => {
    const before = known?.get(one)
    if (before) return before
    const ruling = judge(one, situation, noRulings)
    known?.set(one, ruling)
    return ruling
  }
  const rulings = remedies.map((one) => (buildsOnExchange(one) ? null : ask(one)))
  const first = rulings.filter((one) => one !== null)
  if (first.length === rulings.length) return first
  return rulings.map(
    (done, at) => done ?? judge(remedies[at] as Compiled<RemedyRule>, situation, first),
  )
}

function buildsOnExchange({ rule }: Compiled<RemedyRule>): boolean {
  return derivedTriggers.has(rule.trigger.kind)
}

const noRulings: readonly Ruling[] = []

function judge(
  compiled: Compiled<RemedyRule>,
  situation: Situation,
  earlier: readonly Ruling[],
): Ruling {
  const { rule } = compiled
  const { facts, claim } = situation
  const no = (reason: Reason): Ruling => ({
    compiled,
    state: 'no',
    reasons: [reason],
    open: [],
    days: always,
    against: [],
  })
  if (!isInForce(compiled, facts.dates.sold, claim))
    return no({ key: 'reason.not_in_force', params: {} })
  if (!matchesScope(rule.scope, facts)) return no({ key: 'reason.other_goods', params: {} })
  const found = new Findings()
  const days = checkDays(compiled, situation, found)
  const within = checkTrigger(rule.trigger, compiled, days, situation, earlier, found)
  checkKilometres(rule, situation, found)
  checkNeeds(rule, situation, found)
  checkVoids(rule, situation, found)
  return found.toRuling(compiled, within)
}

/** Collects what stands against a rule. */
class Findings {
  reasons: Reason[] = []
  open: Question[] = []
  against: RuleRef[] = []
  later = false

  deny(key: ReasonKey, params: Reason['params'] = {}): void {
    this.reasons.push({ key, params })
  }

  ask(question: 'condition' | 'complete' | 'same_model_in_stock'): void {
    if (!this.open.includes(question)) this.open.push(question)
  }

  toRuling(compiled: Compiled<RemedyRule>, days: Days): Ruling {
    const { reasons, open, against, later } = this
    const refused = reasons.length > (later ? 1 : 0)
    if (refused) return { compiled, state: 'no', reasons, open: noQuestions, days, against }
    const state = open.length > 0 ? 'open' : later ? 'later' : 'yes'
    for (const one of open) this.deny(askKeys[one] ?? 'reason.ask_reason')
    return { compiled, state, reasons, open, days, against }
  }
}

const noQuestions: readonly Question[] = []
const askKeys: Partial<Record<Question, ReasonKey>> = {
  condition: 'reason.ask_condition',
  complete: 'reason.ask_complete',
  same_model_in_stock: 'reason.ask_same_model_in_stock',
}

function checkDays({ rule }: Compiled<RemedyRule>, situation: Situation, found: Findings): Days {
  const days = daysOf(rule.window, situation)
  if (typeof days === 'string') {
    found.deny(dayReasons[days])
    return always
  }
  const { claim, facts } = situation
  const { season } = rule
  const inSeason =
    season && facts.dates.sold >= season.soldFrom && facts.dates.sold <= season.soldTo
  const until =
    inSeason && days.until !== null && season.until > days.until ? season.until : days.until
  if (until !== null && claim > until) found.deny('reason.window_over', { until })
  else if (days.from !== null && claim < days.from) {
    found.later = true
    found.deny('reason.not_yet', { from: days.from })
  }
  return { from: days.from, until }
}

const dayReasons = {
  not_started: 'reason.not_started',
  no_term: 'reason.no_term',
  undecided: 'reason.term_undecided',
} as const

/** @returns the days, cut where what happened only counts for so long */
function checkTrigger(
  trigger: Trigger,
  compiled: Compiled<RemedyRule>,
  days: Days,
  situation: Situation,
  earlier: readonly Ruling[],
  found: Findings,
): Days {
  const { facts, claim, spans } = situation
  switch (trigger.kind) {
    case 'none':
      return days
    case 'failed_repairs': {
      const failed = repairsOfClaim(situation).filter(
        (one) => one.failed && (days.until === null || one.handedIn <= days.until),
      )
      const [count, needed] = [failed.length, trigger.count]
      if (count < needed) found.deny('reason.too_few_repairs', { count, needed })
      return days
    }
    case 'parts_missing': {
      const waiting = longestUnderWay(situation, (one) => one.waitedForParts > 0)
      if (waiting <= trigger.days) {
        found.deny('reason.parts_not_missing', { days: waiting, limit: trigger.days })
      }
      return days
    }
    case 'repair_overdue': {
      const taking = longestUnderWay(
        situation,
        (one) => trigger.cause === 'any' || isRepairersDelay(one),
      )
      if (taking <= trigger.days) {
        found.deny('reason.repair_not_overdue', { days: taking, limit: trigger.days })
      }
      return days
    }
    case 'cumulative_repair': {
      const sum = daysInRepair(spans, facts.dates.sold)
      if (sum <= trigger.days) {
        found.deny('reason.repairs_not_long', { days: sum, limit: trigger.days })
      }
      return days
    }
    case 'failed_after_repair': {
      const back = lastHandBack(repairsOfClaim(situation).filter((one) => one.failed))
      const until = back === null ? null : addDays(back, trigger.days)
      if (until === null || claim > until) {
        found.deny('reason.not_failed_again', { limit: trigger.days })
        return days
      }
      return { from: days.from, until: earlierOf(days.until, until) }
    }
    case 'found_substandard':
      if (!facts.foundSubstandard) found.deny('reason.not_found_substandard')
      return days
    case 'price_fell': {
      const { paid, currentPrice } = facts.line
      if (currentPrice === null) found.deny('reason.price_unknown')
      else if (currentPrice >= paid) found.deny('reason.price_not_fallen')
      return days
    }
    case 'exchange_without_stock':
    case 'exchange_declined':
      return checkExchange(trigger.kind, compiled, days, situation, earlier, found)
  }
}

/** Repairs that a claim can point to: of the part that failed, and those of the unit as a whole. */
function repairsOfClaim({ facts, repairs }: Situation): readonly RepairFact[] {
  if (facts.part === null || facts.part === 'unit') return repairs
  return repairs.filter(({ part }) => part === null || part === facts.part)
}

/** Days since hand-in of the longest repair that is still under way. */
function longestUnderWay(situation: Situation, counts: (one: RepairFact) => boolean): number {
  const { facts, repairs } = situation
  const underWay = repairs.filter((one) => one.handedBack === null && counts(one))
  return Math.max(0, ...underWay.map(({ handedIn }) => daysBetween(handedIn, facts.today)))
}

/** Waiting for parts is the maker's delay; any other one is the repairer's until somebody else's is on record. */
function isRepairersDelay({ delayedBy, waitedForParts }: RepairFact): boolean {
  return delayedBy === 'repairer' || (delayedBy === null && waitedForParts === 0)
}

/** A right that follows from the right to an exchange lasts as long as that one. */
function checkExchange(
  kind: 'exchange_without_stock' | 'exchange_declined',
  { rule }: Compiled<RemedyRule>,
  days: Days,
  situation: Situation,
  earlier: readonly Ruling[],
  found: Findings,
): Days {
  const { facts } = situation
  const exchanges = earlier.filter(
    ({ compiled }) =>
      compiled.rule.remedies.some(({ remedy }) => remedy === 'exchange') &&
      (!rule.statutory || compiled.rule.statutory) &&
      exclusionOf(compiled, 'exchange', situation) === null,
  )
  const rights = exchanges.filter(({ state }) => state === 'yes')
  if (rights.length === 0) {
    const open = exchanges.filter(({ state }) => state === 'open').flatMap((one) => one.open)
    if (open.length === 0) found.deny('reason.no_exchange_right')
    else found.open.push(...open.filter((one) => !found.open.includes(one)))
  }
  const wantsStock = kind === 'exchange_declined'
  if (facts.sameModelInStock === null) found.ask('same_model_in_stock')
  else if (facts.sameModelInStock !== wantsStock) {
    found.deny(wantsStock ? 'reason.same_model_missing' : 'reason.same_model_there')
  }
  const until = unbrokenUntil(
    rights.map((one) => one.days),
    exchanges.filter(({ state }) => state === 'later').map((one) => one.days),
  )
  return { from: days.from, until: earlierOf(days.until, until) }
}

function checkKilometres(
  { kilometresTo }: RemedyRule,
  { facts }: Situation,
  found: Findings,
): void {
  const { kilometres } = facts
  if (kilometresTo === undefined || kilometres == null || kilometres <= kilometresTo) return
  found.deny('reason.too_many_kilometres', { kilometres, limit: kilometresTo })
}

/** What the goods and papers must be like. */
function checkNeeds({ needs }: RemedyRule, { facts }: Situation, found: Findings): void {
  const { condition, complete, proof } = facts
  if (needs.conditions) {
    if (condition === null) found.ask('condition')
    else if (!needs.conditions.includes(condition)) found.deny(`reason.condition_${condition}`)
  }
  if (needs.complete === true) {
    if (complete === null) found.ask('complete')
    else if (!complete) found.deny('reason.incomplete')
  }
  if (needs.receipt === true && !proof.receipt) found.deny('reason.needs_receipt')
  if (needs.memberCard === true && !proof.memberCard) found.deny('reason.needs_member_card')
  if (needs.repairRecords === true && !proof.repairRecords) {
    found.deny('reason.needs_repair_records')
  }
  if (needs.medicalProof === true && !proof.medical) found.deny('reason.needs_medical_proof')
}

/**
 * Findings end what they can end: a house cannot end a right of law by its own finding, and what an authority found
 * substandard stays so whatever the desk sees.
 */
function checkVoids(rule: RemedyRule, { facts, reason, voids }: Situation, found: Findings): void {
  if (!facts.findings || facts.findings.length === 0) return
  if (rule.trigger.kind === 'found_substandard' || rule.trigger.kind === 'price_fell') return
  for (const one of voids) {
    if (rule.statutory && !one.rule.statutory) continue
    if (one.rule.reasons && !one.rule.reasons.includes(reason)) continue
    for (const finding of one.rule.findings) {
      if (!facts.findings.includes(finding)) continue
      found.deny(`reason.void_${finding}`)
      if (!found.against.includes(one.ref)) found.against.push(one.ref)
    }
  }
}

/** What takes a remedy away that a house gave on the same layer or below; never a right of law (domain.md §7.1). */
function exclusionOf(
  { rule, rank }: Compiled<RemedyRule>,
  remedy: Remedy,
  { exclusions }: Situation,
): RuleRef | null {
  if (rule.statutory) return null
  const one = exclusions.find((each) => each.rank >= rank && each.rule.remedies.includes(remedy))
  return one?.ref ?? null
}

export function earlierOf(a: BusinessDate | null, b: BusinessDate | null): BusinessDate | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}

/** Last day of an unbroken run: what holds now, and what begins before that ends. Null without end. */
export function unbrokenUntil(now: readonly Days[], later: readonly Days[]): BusinessDate | null {
  if (now.some(({ until }) => until === null)) return null
  let end = now.reduce((last, { until }) => (until !== null && until > last ? until : last), '')
  if (end === '') return null
  for (const next of later.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))) {
    if (next.from !== null && next.from > addDays(end, 1)) break
    if (next.until === null) return null
    if (next.until > end) end = next.until
  }
  return end
}

/** The remedies of all rules, each with its fee and whether it stands. */
export function grantsOf(rulings: readonly Ruling[], situation: Situation): Grant[] {
  const grants: Grant[] = []
  for (const ruling of rulings) {
    for (const { remedy, fee } of ruling.compiled.rule.remedies) {
      const excludedBy = exclusionOf(ruling.compiled, remedy, situation)
      if (excludedBy || ruling.state === 'no') {
        grants.push({ ruling, remedy, state: 'no', fee: noFee, used: noRules, excludedBy })
        continue
      }
      const used = new Set<RuleRef>()
      const reckoned = reckonFee(fee, situation, used)
      const state = reckoned ? ruling.state : 'open'
      grants.push({ ruling, remedy, state, fee: reckoned ?? noFee, used, excludedBy })
    }
  }
  return grants
}

const noRules: Set<RuleRef> = new Set()

/** How one remedy of a rule stands, as in {@link grantsOf}, without its fee. */
export function stateOf(
  ruling: Ruling,
  { remedy, fee }: RemedyRule['remedies'][number],
  situation: Situation,
): Ruling['state'] {
  if (ruling.state === 'no' || exclusionOf(ruling.compiled, remedy, situation)) return 'no'
  return hangsOnCondition(fee, situation) ? 'open' : ruling.state
}

/** Facts that a grant hangs on; a fee by condition hangs on the condition. */
export function openQuestions({ ruling, remedy, state, fee }: Grant): readonly Question[] {
  if (state !== 'open') return []
  const asked = ruling.compiled.rule.remedies.find((one) => one.remedy === remedy)?.fee.kind
  const needsGrade = asked === 'grade' && fee.kind === 'none' && !ruling.open.includes('condition')
  return needsGrade ? [...ruling.open, 'condition'] : ruling.open
}

/** Sentences that say why a grant does not stand. */
export function reasonsAgainst(grant: Grant): readonly Reason[] {
  const { ruling, excludedBy } = grant
  if (excludedBy) return [{ key: 'reason.excluded', params: {} }, ...ruling.reasons]
  const waits = openQuestions(grant).length > ruling.open.length
  return waits ? [...ruling.reasons, { key: 'reason.ask_condition', params: {} }] : ruling.reasons
}
