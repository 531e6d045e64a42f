import type { BusinessDate } from '../foundation/business-date.ts'
import type { RuleRef } from './facts.ts'
import {
  type AdjustmentRule,
  type DutyRule,
  type ExclusionRule,
  type ExposureRule,
  layers,
  type ReasonClass,
  type Remedy,
  type RemedyRule,
  type Rule,
  type TermRule,
  type VoidRule,
} from './rule.ts'
import { coversCategory } from './scope.ts'

export { findWeakened, type Weakened } from './weakened.ts'

/** Which rules a store is under: where it stands, and what it picked where several texts exclude each other. */
export interface RuleChoice {
  /** ISO 3166: `CN`, and `CN-33` for a province; null where none is known. */
  country: string
  region: string | null
  /** Code of the picked profile by its group: `{ footwear: 'A' }`. Rules of another profile do not count. */
  profiles: Readonly<Record<string, string>>
}

/** A rule with what every verdict needs of it. */
export interface Compiled<R extends Rule = Rule> {
  rule: R
  ref: RuleRef
  /** Place of its layer: 0 for national law, higher for more special voices. */
  rank: number
  /** Later versions of the same rule: one of them in force on the day puts this one out of force. */
  newer: readonly Rule[]
}

/** The rules that can speak on one category and reason; each list in the order of ids. */
export interface Candidates {
  /** All of them, whatever their effect. */
  all: readonly Compiled[]
  terms: readonly Compiled<TermRule>[]
  remedies: readonly Compiled<RemedyRule>[]
  exclusions: readonly Compiled<ExclusionRule>[]
  adjustments: readonly Compiled<AdjustmentRule>[]
  voids: readonly Compiled<VoidRule>[]
  exposures: readonly Compiled<ExposureRule>[]
  duties: readonly Compiled<DutyRule>[]
  /** Rules on goods with or without some tag that can give, take or shape a right. */
  tagged: readonly Compiled[]
  /** Every remedy that one of them can give, each once. */
  given: readonly Remedy[]
}

export interface RuleSet extends RuleChoice {
  /** In force for this store on some day, in the order of ids and versions. */
  rules: readonly Rule[]
  candidatesFor(category: string | null, reason: ReasonClass): Candidates
}

/**
 * Makes the rules ready for {@link decideRights}: picks those of the store's country, region and profiles and indexes
 * them by category, reason and effect. The order of `rules` is of no consequence.
 */
export function compileRules(rules: readonly Rule[], choice: RuleChoice): RuleSet {
  const chosen = rules.filter((rule) => isChosen(rule, choice)).toSorted(byId)
  const compiled = chosen
    .map((rule) => compileRule(rule, chosen))
    .filter(({ rule }) => rule.enabled)
  const known = new Map<string, Candidates>()
  return {
    ...choice,
    rules: compiled.map(({ rule }) => rule),
    candidatesFor(category, reason) {
      const key = `${reason} ${category ?? ''}`
      let found = known.get(key)
      if (!found) {
        // Categories are a few hundred; a till that sends free text must not fill the memory.
        if (known.size >= 5_000) known.clear()
        known.set(key, (found = findCandidates(compiled, category, reason)))
      }
      return found
    },
  }
}

/** The rules a store is under today or was once: of its jurisdiction and profiles, switched on. */
export function rulesOfStore(rules: readonly Rule[], choice: RuleChoice): Rule[] {
  return rules.filter((rule) => rule.enabled && isChosen(rule, choice))
}

function isChosen({ jurisdiction, profile }: Rule, choice: RuleChoice): boolean {
  const here =
    jurisdiction === '' ||
    jurisdiction === choice.country ||
    jurisdiction === choice.region ||
    (jurisdiction === 'EU' && membersOfEu.has(choice.country))
  return here && (!profile || choice.profiles[profile.group] === profile.code)
}

const membersOfEu: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)

function byId(a: Rule, b: Rule): number {
  return a.id === b.id ? a.version - b.version : a.id < b.id ? -1 : 1
}

/** What the desk must do, and what a court may add, are no rights. */
function shapesRights({ effect }: Rule): boolean {
  return effect !== 'duty' && effect !== 'exposure'
}

/** Every tag a rule speaks of, for or against. */
export function tagsOf({ scope }: Rule): string[] {
  return [...(scope.tags ?? []), ...(scope.not?.tags ?? [])]
}

function compileRule(rule: Rule, all: readonly Rule[]): Compiled {
  return {
    rule,
    // Every verdict shares it.
    ref: Object.freeze({ id: rule.id, version: rule.version }),
    rank: layers.indexOf(rule.layer),
    newer: all.filter((other) => other.id === rule.id && other.version > rule.version),
  }
}

function findCandidates(
  all: readonly Compiled[],
  category: string | null,
  reason: ReasonClass,
): Candidates {
  const about = all.filter(({ rule }) => {
    const codes = rule.scope.categories
    const named = codes?.some((code) => category !== null && coversCategory(code, category)) ?? true
    const reasons: readonly ReasonClass[] | undefined = 'reasons' in rule ? rule.reasons : undefined
    return named && (reasons?.includes(reason) ?? true)
  })
  const having = <E extends Rule['effect']>(effect: E) =>
    about.filter((one): one is Compiled<Extract<Rule, { effect: E }>> => one.rule.effect === effect)
  const remedies = having('remedy')
  return {
    all: about,
    terms: having('term'),
    remedies,
    tagged: about.filter(({ rule }) => shapesRights(rule) && tagsOf(rule).length > 0),
    given: [...new Set(remedies.flatMap(({ rule }) => rule.remedies.map(({ remedy }) => remedy)))],
    exclusions: having('exclusion'),
    adjustments: having('adjustment'),
    voids: having('void'),
    exposures: having('exposure'),
    duties: having('duty'),
  }
}

/** Is the rule in force for a sale of that day and a claim of the other, and no later version of it? */
export function isInForce(
  { rule, newer }: Compiled,
  sold: BusinessDate,
  claimed: BusinessDate,
): boolean {
  const holds = (one: Rule) => {
    const day = one.validBy === 'sale' ? sold : claimed
    return day >= one.validFrom && (one.validTo === null || day <= one.validTo)
  }
  return holds(rule) && !newer.some(holds)
}
