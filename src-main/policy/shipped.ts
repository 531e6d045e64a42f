import { loadPolicyFiles, shippedPolicyFiles } from './files.ts'
import type { PolicyFile, Rule } from './rule.ts'

/** The rules that come with the desk: read once, never written. */
export interface Shipped {
  files: readonly PolicyFile[]
  rules: readonly Rule[]
  ids: ReadonlySet<string>
}

let read: Shipped | undefined

/** The files of resources/policies. Refuses with `policy.file_*` where one cannot be used. */
export function shippedPolicies(): Shipped {
  if (!read) {
    const rules = loadPolicyFiles()
    read = { files: shippedPolicyFiles(), rules, ids: new Set(rules.map((rule) => rule.id)) }
  }
  return read
}
