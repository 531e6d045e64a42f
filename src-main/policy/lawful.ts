import { type Choice, isOn, placeInTime } from './in-force.ts'
import { findWeakened, rulesOfStore, type Weakened } from './layers.ts'
import type { Place } from './places.ts'
import type { Rule } from './rule.ts'

/** What a store may choose among the shipped rules without giving less than law (domain.md §1.5, §1.6). */

export interface WeakerChoice {
  rule: Rule
  weakened: Weakened
}

/**
 * The first shipped rule that a choice puts in force although it gives less than the law of the place: a switched one,
 * one that ships switched on, one of a chosen profile. A profile that is law itself is a choice between texts: what a
 * province says stands above a national one.
 *
 * @param law of the place under that choice, see `lawOf`
 */
export function findWeakerChoice(
  shipped: readonly Rule[],
  choice: Choice,
  place: Place,
  law: readonly Rule[],
): WeakerChoice | null {
  const here = { ...place, profiles: choice.profiles }
  const chosen = shipped
    .filter((rule) => isOn(rule, choice) && (!rule.statutory || rule.profile !== undefined))
    .filter(({ validTo }) => validTo === null || validTo >= choice.effectiveOn)
    .map((rule) => from(rule, choice))
  for (const rule of rulesOfStore(chosen, here)) {
    const above = rule.statutory ? law.filter((one) => isAbove(one, rule)) : law
    const weakened = findWeakened({ ...rule, statutory: false }, above)
    if (weakened) return { rule, weakened }
  }
  return null
}

/** As it would count: on, and from the day of the choice at the earliest, so that law of the past does not speak. */
function from(rule: Rule, { effectiveOn }: Choice): Rule {
  const validFrom = rule.validFrom > effectiveOn ? rule.validFrom : effectiveOn
  return { ...rule, enabled: true, validFrom }
}

function isAbove(law: Rule, rule: Rule): boolean {
  return law.layer === 'region' && rule.layer === 'national'
}

/**
 * The law that a store would leave by choosing another place than the one it stands in: in force for it on the day,
 * and no longer so under the choice. Null where it stays, or where its profile names no province.
 */
export function findLawLeft(
  stands: Place,
  chosen: Place,
  law: { now: readonly Rule[]; next: readonly Rule[] },
  on: string,
): Rule | null {
  const moves = stands.country !== chosen.country || stands.region !== chosen.region
  if (stands.region === null || !moves) return null
  const kept = new Set(law.next.map(({ id }) => id))
  const left = law.now.filter(
    ({ id, jurisdiction, validFrom, validTo }) =>
      !kept.has(id) &&
      (jurisdiction === stands.region || jurisdiction === stands.country) &&
      placeInTime([{ from: validFrom, to: validTo }], on) === 'in_force',
  )
  return left.find(({ jurisdiction }) => jurisdiction === stands.region) ?? left[0] ?? null
}
