import type { RightsFacts } from './facts.ts'
import type { Scope } from './rule.ts'

/** Which sold goods a rule is about, and how two such circles lie to each other. */

type Selector = Omit<Scope, 'not'>

/** The lists of a selector; each one that is given has to be met by one of its members. */
const listFields = ['skus', 'brands', 'counters', 'channels', 'tiers', 'tags'] as const

/** True when `code` is the category itself or one above it: `phone` covers `phone.battery`, not `phonecase`. */
export function coversCategory(code: string, category: string): boolean {
  return (
    category.startsWith(code) && (category.length === code.length || category[code.length] === '.')
  )
}

/** Is this sold line one of the goods the rule is about? A category that is not known is in no list of categories. */
export function matchesScope(scope: Scope, facts: RightsFacts): boolean {
  return matchesSelector(scope, facts) && (scope.not === undefined || !excludes(scope.not, facts))
}

/** An empty `not` takes nothing out. */
function excludes(not: Selector, facts: RightsFacts): boolean {
  return !isEmpty(not) && matchesSelector(not, facts)
}

function matchesSelector(scope: Selector, facts: RightsFacts): boolean {
  const { line } = facts
  return (
    (scope.categories === undefined || hasCategory(scope.categories, line.category)) &&
    (scope.skus === undefined || scope.skus.includes(line.sku)) &&
    (scope.brands === undefined || scope.brands.includes(line.brand)) &&
    (scope.counters === undefined || scope.counters.includes(line.counter)) &&
    (scope.channels === undefined || scope.channels.includes(facts.channel)) &&
    (scope.tiers === undefined || (facts.tier !== null && scope.tiers.includes(facts.tier))) &&
    (scope.tags === undefined || scope.tags.some((tag) => line.tags.includes(tag))) &&
    (scope.paidFrom === undefined || line.paid >= scope.paidFrom * line.units) &&
    (scope.paidTo === undefined || line.paid <= scope.paidTo * line.units)
  )
}

function hasCategory(codes: readonly string[], category: string | null): boolean {
  return category !== null && codes.some((code) => coversCategory(code, category))
}

/** How exactly a scope names a category: the length of the code that matches; 0 where it names none. */
export function nearnessOf(scope: Scope, category: string | null): number {
  if (scope.categories === undefined || category === null) return 0
  const codes = scope.categories.filter((code) => coversCategory(code, category))
  return Math.max(0, ...codes.map((code) => code.length))
}

/**
 * Are there goods that both scopes are about? Says yes where it cannot tell; tags of different names are taken for
 * different goods (specials are no prepaid cards), though a line may carry both.
 */
export function scopesOverlap(one: Scope, other: Scope): boolean {
  if (one.not && !isEmpty(one.not) && selectorCovers(one.not, other)) return false
  if (other.not && !isEmpty(other.not) && selectorCovers(other.not, one)) return false
  const categories =
    !one.categories ||
    !other.categories ||
    one.categories.some((a) =>
      other.categories?.some((b) => coversCategory(a, b) || coversCategory(b, a)),
    )
  const lists = listFields.every((field) => {
    const [a, b] = [one[field] as readonly string[] | undefined, other[field]]
    return !a || !b || (b as readonly string[]).some((each) => a.includes(each))
  })
  const from = Math.max(one.paidFrom ?? 0, other.paidFrom ?? 0)
  const to = Math.min(one.paidTo ?? Infinity, other.paidTo ?? Infinity)
  return categories && lists && from <= to
}

/** Are all goods of `inner` goods of `outer` as well? Says no where it cannot tell. */
export function scopeCovers(outer: Scope, inner: Scope): boolean {
  if (!selectorCovers(outer, inner)) return false
  if (!outer.not || isEmpty(outer.not)) return true
  return (
    !scopesOverlap(outer.not, inner) ||
    (inner.not !== undefined && !isEmpty(inner.not) && selectorCovers(inner.not, outer.not))
  )
}

function selectorCovers(outer: Selector, inner: Selector): boolean {
  const categories =
    !outer.categories ||
    inner.categories?.every((b) => outer.categories?.some((a) => coversCategory(a, b))) === true
  const lists = listFields.every((field) => {
    const [a, b] = [outer[field] as readonly string[] | undefined, inner[field]]
    return !a || (b as readonly string[] | undefined)?.every((each) => a.includes(each)) === true
  })
  return (
    categories &&
    lists &&
    (outer.paidFrom ?? 0) <= (inner.paidFrom ?? 0) &&
    (outer.paidTo ?? Infinity) >= (inner.paidTo ?? Infinity)
  )
}

function isEmpty(selector: Selector): boolean {
  return Object.values(selector).every((value) => value === undefined)
}
