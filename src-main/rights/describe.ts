import type { RuleRef } from '../policy/facts.ts'
import type { Rule } from '../policy/rule.ts'

/** What the named rules say of themselves, each once, in the order they are named. */
export function describeRules(rules: readonly Rule[], refs: readonly RuleRef[]) {
  const wanted = new Map(refs.map((ref) => [`${ref.id}@${ref.version}`, ref]))
  const found = new Map(rules.map((rule) => [`${rule.id}@${rule.version}`, rule]))
  return [...wanted.keys()].flatMap((key) => {
    const rule = found.get(key)
    if (!rule) return []
    const { id, version, text, basis, source, layer, statutory, unverified } = rule
    return [{ id, version, text, basis, source, layer, statutory, unverified }]
  })
}
