import { createHash } from 'node:crypto'

/** Facts of a draft, in any order of their names. */
export type DraftFacts =
  | string
  | number
  | boolean
  | null
  | readonly DraftFacts[]
  | { readonly [name: string]: DraftFacts }

/**
 * Stands for everything an approver was shown: the same facts have the same hash, whatever the order of their names;
 * another line, unit, tender or amount has another.
 */
export function subjectHash(facts: DraftFacts): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(facts)))
    .digest('hex')
}

function inOrder(facts: DraftFacts): unknown {
  if (typeof facts !== 'object' || facts === null) return facts
  if (isList(facts)) return facts.map(inOrder)
  const entries = Object.entries(facts)
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, fact]) => [name, inOrder(fact)])
}

function isList(facts: object): facts is readonly DraftFacts[] {
  return Array.isArray(facts)
}
