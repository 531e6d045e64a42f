import { refuse } from '../foundation/errors.ts'
import { findUnfairTerm } from '../foundation/unfair-terms.ts'
import { ownLayers } from './contract.ts'
import { parsePolicyFile } from './files.ts'
import { findWeakened } from './layers.ts'
import type { Rule } from './rule.ts'
import type { OwnLayer } from './store.ts'

export type OwnRule = Rule & { layer: OwnLayer; statutory: false }

/** What a new rule is checked against. */
export interface Surroundings {
  /** Ids that ship with the desk and cannot be written over. */
  shippedIds: ReadonlySet<string>
  /** Every rule that counts for the store now or later. */
  inForce: readonly Rule[]
}

/**
 * A rule from a form, checked as a policy file is: unknown fields, missing translations and impossible windows are
 * refused as `policy.file_*` with their place.
 */
export function readRule(candidate: Readonly<Record<string, unknown>>, id: string): Rule {
  const title = { zh: id, en: id }
  const file = { format: 1, id: 'own', title, extends: [], rules: [candidate] }
  const [rule] = parsePolicyFile(JSON.stringify(file), id).rules
  return rule ?? refuse('policy.unknown_rule', { id })
}

/** A rule is read to customers: words that law forbids on a notice are no better here. */
function refuseUnfairWords(rule: Rule): void {
  for (const text of [rule.text.zh, rule.text.en, rule.basis.zh, rule.basis.en]) {
    const term = findUnfairTerm(text)
    // What an exclusion may take away is decided by what it does, not by how it is put.
    if (term && !(term.law === 'rights' && rule.effect === 'exclusion')) {
      refuse(`papers.unfair_${term.law}`, { words: term.words })
    }
  }
}

/**
 * Refuses what a store may not write: law, an id that ships with the desk, or less than law gives
 * (`policy.weaker_than_law` names the rule and the field).
 */
export function requireOwn(rule: Rule, { shippedIds, inForce }: Surroundings): OwnRule {
  if (shippedIds.has(rule.id)) refuse('policy.shipped_rule', { id: rule.id })
  refuseUnfairWords(rule)
  const layer = ownLayers.find((each) => each === rule.layer)
  if (rule.statutory || layer === undefined) refuse('policy.layer_is_law', { id: rule.id })
  const law = inForce.filter((each) => each.statutory)
  const weakened = findWeakened(rule, law)
  if (weakened) {
    const { id } = weakened.rule
    const title = law.find((each) => each.id === id)?.basis
    refuse('policy.weaker_than_law', {
      id,
      title: title ? `${title.zh} / ${title.en}` : id,
      field: weakened.field,
    })
  }
  return { ...rule, layer, statutory: false }
}
