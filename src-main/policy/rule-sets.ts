import type { ReadHandle, Store } from '../database/store.ts'
import type { BusinessDate } from '../foundation/business-date.ts'
import { takeTurns } from '../foundation/turns.ts'
import type { Call } from '../handlers.ts'
import { type Choice, rulesInForce, type VersionState } from './in-force.ts'
import { compileRules, findWeakened, type RuleSet, rulesOfStore, type Weakened } from './layers.ts'
import { type Place, placeOfStore } from './places.ts'
import type { Rule } from './rule.ts'
import { shippedPolicies } from './shipped.ts'
import {
  type ChoiceRecord,
  listChoices,
  listVersions,
  readMark,
  type VersionRecord,
} from './store.ts'

/** Everything the store wrote and chose. */
export interface OwnPolicy {
  versions: Map<string, VersionRecord[]>
  choices: ChoiceRecord[]
}

interface Kept {
  mark: string
  own: OwnPolicy
  inForce: Rule[]
  sets: Map<string, RuleSet>
  /** House rules that give less than the law of a place, by place and id. */
  weaker: Map<string, ReadonlyMap<string, Weakened>>
}

/** One entry for each open store: what was read and compiled last, while nothing has changed. */
const kept = new WeakMap<Store, Kept>()

/**
 * What the store wrote and chose, and all rules that count on some day; read again only after a change. In a unit of
 * work that writes rules it comes before the first write: what is rolled back must not be kept.
 */
export async function ownPolicyOf(r: ReadHandle, call: Call): Promise<Kept> {
  const mark = await readMark(r)
  const before = kept.get(call.store)
  if (before?.mark === mark) return before
  const own = { versions: await listVersions(r), choices: await listChoices(r) }
  const inForce = rulesInForce(shippedPolicies().rules, own.versions, own.choices)
  const fresh = {
    mark,
    own,
    inForce,
    sets: new Map<string, RuleSet>(),
    weaker: new Map<string, ReadonlyMap<string, Weakened>>(),
  }
  kept.set(call.store, fresh)
  return fresh
}

/**
 * House rules, the newest version of own ones and every shipped one, that give less than the law of a place: law was
 * switched on after they were written, or they ship for other places. Law prevails over them all the same.
 */
export async function weakerThanLaw(
  r: ReadHandle,
  call: Call,
  giveWay = takeTurns(),
): Promise<ReadonlyMap<string, Weakened>> {
  const policy = await ownPolicyOf(r, call)
  const place = placeOf(policy.own.choices, call)
  const key = keyOf(place)
  const before = policy.weaker.get(key)
  if (before) return before
  const law = lawOf(policy.inForce, place)
  const house = [
    ...shippedPolicies().rules.filter((rule) => !rule.statutory),
    ...[...policy.own.versions.values()].flatMap((versions) => versions.at(-1)?.rule ?? []),
  ]
  const found = new Map<string, Weakened>()
  for (const rule of house) {
    const weakened = findWeakened({ ...rule, enabled: true }, law)
    if (weakened) found.set(rule.id, weakened)
    await giveWay()
  }
  policy.weaker.set(key, found)
  return found
}

/** The law a store is under in a place, past and to come. */
export function lawOf(inForce: readonly Rule[], place: Place): Rule[] {
  return rulesOfStore(inForce, { ...place, profiles: {} }).filter((rule) => rule.statutory)
}

function keyOf({ country, region }: Place): string {
  return `${country} ${region ?? ''}`
}

/** Where the store's rules place it on a day: as last chosen, else as its profile says. */
export function placeOf(choices: readonly ChoiceRecord[], call: Call): Place {
  return placeChosen(choiceOn(choices, call.today), call)
}

/** The place of a choice; without a region of its own, that of the store profile. */
export function placeChosen(choice: Place | undefined, call: Call): Place {
  const implied = placeOfStore(call.profile)
  if (!choice) return implied
  return {
    country: choice.country,
    region: choice.region ?? (choice.country === implied.country ? implied.region : null),
  }
}

/** The choice that counts on a day: the last one made among those that have begun. */
export function choiceOn<C extends Choice>(choices: readonly C[], on: BusinessDate): C | undefined {
  return choices.findLast((each) => each.effectiveOn <= on)
}

/**
 * The rules of this store, compiled: shipped ones as chosen, own ones as signed, each with the days it counts on, so
 * that a rule signed today for next month changes nothing today. Kept until a rule or a choice changes.
 */
export async function ruleSetOf(r: ReadHandle, call: Call): Promise<RuleSet> {
  const policy = await ownPolicyOf(r, call)
  const place = placeOf(policy.own.choices, call)
  const key = keyOf(place)
  const before = policy.sets.get(key)
  if (before) return before
  const set = compile(policy.inForce, place)
  policy.sets.set(key, set)
  return set
}

/** The same as if a version were signed today; compiled for this question alone. */
export async function ruleSetWith(r: ReadHandle, call: Call, ruleId: string): Promise<RuleSet> {
  const { own } = await ownPolicyOf(r, call)
  const versions: Map<string, readonly VersionState[]> = new Map(own.versions)
  versions.set(ruleId, signedToday(versions.get(ruleId) ?? [], call.today))
  const rules = rulesInForce(shippedPolicies().rules, versions, own.choices)
  return compile(rules, placeOf(own.choices, call))
}

function signedToday(versions: readonly VersionState[], today: BusinessDate): VersionState[] {
  const newest = versions.at(-1)
  return versions.map((each) =>
    each === newest ? { ...each, signedOn: each.signedOn ?? today } : each,
  )
}

/** Profiles are settled by then: only the chosen ones are left, as plain rules. */
function compile(rules: readonly Rule[], place: Place): RuleSet {
  return compileRules(rules, { ...place, profiles: {} })
}
