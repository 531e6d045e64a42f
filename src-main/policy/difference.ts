import type { Rule } from './rule.ts'

/** One field that two versions of a rule say differently, written as JSON; '' where one does not have it. */
export interface FieldDifference {
  path: string
  before: string
  after: string
}

/** Leaves in which two rules differ, by path (`window.to`); the version's own number is no difference. */
export function differenceOf(before: Rule, after: Rule): FieldDifference[] {
  const old = leavesOf(before)
  const fresh = leavesOf(after)
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((path) => path !== 'version' && old.get(path) !== fresh.get(path))
    .map((path) => ({ path, before: old.get(path) ?? '', after: fresh.get(path) ?? '' }))
}

function leavesOf(value: unknown, path = '', into = new Map<string, string>()) {
  if (typeof value !== 'object' || value === null) {
    into.set(path, typeof value === 'string' ? value : JSON.stringify(value ?? null))
    return into
  }
  // A list of plain words is read as one thing: which position a word has in it says little.
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) {
    into.set(path, value.join(', '))
    return into
  }
  for (const [key, inner] of Object.entries(value)) {
    leavesOf(inner, path === '' ? key : `${path}.${key}`, into)
  }
  return into
}
