import { addDays, type BusinessDate } from '../foundation/business-date.ts'
import type { Rule } from './rule.ts'

/** Days from which to which something holds, both inclusive; null is without end on that side. */
export interface Span {
  from: BusinessDate | null
  to: BusinessDate | null
}

/** A version of a rule of the store's own, with what was decided about it. */
export interface VersionState {
  version: number
  rule: Rule
  signedOn: BusinessDate | null
  /** First day it no longer holds. */
  withdrawnFrom: BusinessDate | null
}

/** What the store chose, from a day on: it replaces what was chosen before. */
export interface Choice {
  effectiveOn: BusinessDate
  profiles: Readonly<Record<string, string>>
  /** Shipped rules switched on or off, by id. */
  switches: Readonly<Record<string, boolean>>
}

const firstDay: BusinessDate = '0000-01-01'
const lastDay: BusinessDate = '9999-12-31'

const earlier = (a: BusinessDate, b: BusinessDate): BusinessDate => (a < b ? a : b)
const later = (a: BusinessDate, b: BusinessDate): BusinessDate => (a > b ? a : b)
const dayBefore = (date: BusinessDate): BusinessDate => addDays(date, -1)

/**
 * The days each signed version holds, by the rule's own calendar (day of sale, or today where `validBy` says so). A
 * later signature takes over from its first day on and never reaches back before the day it was signed: what customers
 * were promised until then stays promised. A version withdrawn before it began is as if never signed.
 */
export function spansOfVersions(versions: readonly VersionState[]): Map<number, Span> {
  const signed = versions
    .filter((each) => each.signedOn !== null)
    .toSorted((a, b) => a.version - b.version)
  const spans: { version: number; from: BusinessDate; to: BusinessDate }[] = []
  for (const { version, rule, signedOn, withdrawnFrom } of signed) {
    const from =
      spans.length === 0 ? rule.validFrom : later(rule.validFrom, signedOn ?? rule.validFrom)
    const until = withdrawnFrom === null ? lastDay : dayBefore(withdrawnFrom)
    const to = earlier(rule.validTo ?? lastDay, until)
    if (to < from) continue
    for (const before of spans) before.to = earlier(before.to, dayBefore(from))
    spans.push({ version, from, to })
  }
  return new Map(
    spans
      .filter(({ from, to }) => from <= to)
      .map(({ version, from, to }) => [version, { from, to: to === lastDay ? null : to }]),
  )
}

/** The days on which each choice counts; the first span, without a choice, is what ships. */
function periodsOf(choices: readonly Choice[]): { span: Span; choice: Choice | null }[] {
  const periods: { from: BusinessDate; to: BusinessDate; choice: Choice | null }[] = [
    { from: firstDay, to: lastDay, choice: null },
  ]
  for (const choice of choices) {
    for (const before of periods) before.to = earlier(before.to, dayBefore(choice.effectiveOn))
    periods.push({ from: choice.effectiveOn, to: lastDay, choice })
  }
  return periods
    .filter(({ from, to }) => from <= to)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .map(({ from, to, choice }) => ({
      span: { from: from === firstDay ? null : from, to: to === lastDay ? null : to },
      choice,
    }))
}

/** True where a shipped rule counts under a choice: law always does, a profile where it is chosen. */
export function isOn(rule: Rule, choice: Choice | null): boolean {
  if (rule.profile) return choice?.profiles[rule.profile.group] === rule.profile.code
  return choice?.switches[rule.id] ?? rule.enabled
}

/** The days a shipped rule counts for this store, its own dates included; empty while it is off. */
export function spansOfShipped(rule: Rule, choices: readonly Choice[]): Span[] {
  const spans: Span[] = []
  for (const { span, choice } of periodsOf(choices)) {
    if (!isOn(rule, choice)) continue
    const last = spans.at(-1)
    if (last && last.to !== null && span.from === addDays(last.to, 1)) last.to = span.to
    else spans.push({ ...span })
  }
  return spans.flatMap((span) => {
    const from = later(rule.validFrom, span.from ?? firstDay)
    const to = earlier(rule.validTo ?? lastDay, span.to ?? lastDay)
    return from <= to ? [{ from, to: to === lastDay ? null : to }] : []
  })
}

/** A rule as the engine gets it: switched on, and valid on these days only. */
function during(rule: Rule, { from, to }: Span): Rule {
  const { profile: _chosen, ...rest } = rule
  return { ...rest, enabled: true, validFrom: from ?? rule.validFrom, validTo: to }
}

/**
 * Every rule that counts for the store on some day, past or to come, each with the days it counts on. The same id can
 * appear more than once, with days that do not meet.
 */
export function rulesInForce(
  shipped: readonly Rule[],
  own: ReadonlyMap<string, readonly VersionState[]>,
  choices: readonly Choice[],
): Rule[] {
  const ofLaw = shipped.flatMap((rule) =>
    spansOfShipped(rule, choices).map((span) => during(rule, span)),
  )
  const ofStore = [...own.values()].flatMap((versions) => {
    const spans = spansOfVersions(versions)
    return versions.flatMap(({ version, rule }) => {
      const span = spans.get(version)
      return span && rule.enabled ? [during(rule, span)] : []
    })
  })
  return [...ofLaw, ...ofStore]
}

/** Where a day stands to some spans. */
export function placeInTime(
  spans: readonly Span[],
  today: BusinessDate,
): 'in_force' | 'scheduled' | 'ended' | 'never' {
  if (spans.some(({ from, to }) => (from ?? firstDay) <= today && today <= (to ?? lastDay)))
    return 'in_force'
  if (spans.some(({ from }) => (from ?? firstDay) > today)) return 'scheduled'
  return spans.length > 0 ? 'ended' : 'never'
}

/** Fields a rule leaves open because nobody verified them: the store must decide (domain.md §1.2). */
export function undecidedOf(rule: Rule): string[] {
  if (rule.effect !== 'term') return []
  return [
    ...(rule.unitMonths === null ? ['unitMonths'] : []),
    ...rule.parts.flatMap((part) => (part.months === null ? [`parts.${part.part}`] : [])),
    ...(rule.dailyPpm === null ? ['dailyPpm'] : []),
  ]
}
