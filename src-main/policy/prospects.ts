import type { Clock, RightsFacts } from './facts.ts'
import { type Known, ruleOn, stateOf } from './grants.ts'
import type { RuleSet } from './layers.ts'
import { canBeRepaired, inOrderOfOffer, type Outcome, reachOutcome, repairable } from './outcome.ts'
import { rightsAndTerms } from './questions.ts'
import { type ReasonClass, reasonClasses, type Remedy, remedies } from './rule.ts'
import { type Reading, readLine, readSituation, type Situation } from './situation.ts'

/**
 * What a customer who has not said why may hope for. The ten reasons are tried out, but no further than the answer
 * needs: whether two of them differ, and which remedies any of them could lead to. Fees, days and the grounds of a
 * refusal are reckoned only where all reasons grant the same remedies.
 */

export interface Prospects {
  clocks: readonly Clock[]
  /** All remedies, in the order in which the store offers them for a fault. */
  offered: readonly Remedy[]
  /** Remedies that some reason grants, or would grant once more is known. */
  reachable: ReadonlySet<Remedy>
  /** The one outcome of all reasons; null where two of them differ. */
  same: Outcome | null
}

/** Reasons under which goods are repaired come first: with them most of what can be had has been had. */
const reasonsInTurn = [...new Set<ReasonClass>(['quality', ...repairable, ...reasonClasses])]

export function foreseeReasons(facts: RightsFacts, rules: RuleSet): Prospects {
  const reading = readLine(facts, rules)
  const known = new Map<readonly Clock[], Known>()
  const reachable = new Set<Remedy>()
  let first: Prospect | undefined
  let differ = false
  for (const reason of reasonsInTurn) {
    if (first && differ && !canAdd(reason, facts, rules, reachable)) continue
    const prospect = prospectOf(readSituation(reading, reason, rules), known)
    first ??= prospect
    differ ||= prospect.states.some((state, at) => state !== first?.states[at])
    for (const [at, state] of prospect.states.entries()) {
      if (state !== 'no') reachable.add(remedies[at] as Remedy)
    }
  }
  if (!first) throw new Error('no reason was tried')
  return {
    clocks: first.situation.clocks,
    offered: offersOf(first),
    reachable,
    same: differ ? null : findSame(reading, rules),
  }
}

/** How each of `remedies` stands under one reason. */
interface Prospect {
  situation: Situation
  states: readonly ('yes' | 'open' | 'no')[]
}

function prospectOf(situation: Situation, known: Map<readonly Clock[], Known>): Prospect {
  const rulings = ruleOn(situation, knownRulings(situation, known))
  const best = new Map<Remedy, 'yes' | 'open'>()
  for (const ruling of rulings) {
    if (ruling.state === 'no') continue
    for (const given of ruling.compiled.rule.remedies) {
      if (best.get(given.remedy) === 'yes') continue
      const state = stateOf(ruling, given, situation)
      if (state === 'yes' || state === 'open') best.set(given.remedy, state)
    }
  }
  const states = remedies.map((remedy) => {
    if (remedy !== 'paid_repair') return best.get(remedy) ?? 'no'
    if (best.get('repair') === 'yes') return 'no'
    return best.get(remedy) === 'yes' || canBeRepaired(situation, rulings) ? 'yes' : 'no'
  })
  return { situation, states }
}

/** A ruling holds for every reason with the same clocks; a finding may end the claims of some reasons only. */
function knownRulings(
  { facts, clocks }: Situation,
  known: Map<readonly Clock[], Known>,
): Known | undefined {
  if (facts.findings !== null && facts.findings.length > 0) return undefined
  let found = known.get(clocks)
  if (!found) known.set(clocks, (found = new Map()))
  return found
}

function offersOf({ situation, states }: Prospect): Remedy[] {
  const settled = remedies.map((remedy, at) => ({ remedy, allowed: states[at] === 'yes' }))
  return inOrderOfOffer(settled, situation).map(({ remedy }) => remedy)
}

/** Could this reason lead to a remedy that none before it did? */
function canAdd(
  reason: ReasonClass,
  { line }: RightsFacts,
  rules: RuleSet,
  reachable: ReadonlySet<Remedy>,
): boolean {
  if (repairable.has(reason) && !reachable.has('paid_repair')) return true
  const { given } = rules.candidatesFor(line.category, reason)
  return given.some((remedy) => !reachable.has(remedy))
}

/** Where all reasons grant the same remedies, they can still differ in money and days. */
function findSame(reading: Reading, rules: RuleSet): Outcome | null {
  let first: Outcome | null = null
  for (const reason of reasonsInTurn) {
    const outcome = reachOutcome(reading.facts, reason, rules, reading)
    first ??= outcome
    if (rightsAndTerms(outcome) !== rightsAndTerms(first)) return null
  }
  return first
}
