import { addDays, addMonths, type BusinessDate, dayNumber } from '../foundation/business-date.ts'
import { addWorkdays, type HolidayCalendar, moveOffHoliday } from '../foundation/holidays.ts'
import type { Clock, RepairFact, RightsFacts } from './facts.ts'
import type { ClockStart, TermRule, Window } from './rule.ts'

/**
 * Terms and windows in business dates: the last day counts, a public holiday moves it to the next workday, days in
 * repair are added, an exchange starts everything anew (domain.md §1.1, §1.3).
 */

/** Days on which the unit was with the repairer, `from` inclusive, `to` exclusive; parts-waiting days included. */
export interface RepairSpan {
  from: BusinessDate
  to: BusinessDate
}

/** The day the customer asked for it: the day that decides whether it was in time. */
export function claimDay(facts: Pick<RightsFacts, 'claimedOn' | 'today'>): BusinessDate {
  return facts.claimedOn ?? facts.today
}

/**
 * Repairs that count: with a written record (domain.md §1.3), and of this unit: an exchange ends the history of the
 * unit it replaces. In order of hand-in.
 */
export function countedRepairs(facts: RightsFacts): readonly RepairFact[] {
  if (facts.repairs.length === 0) return facts.repairs
  const { exchanged } = facts.dates
  return facts.repairs
    .filter((one) => one.recorded && (exchanged === null || one.handedIn >= exchanged))
    .toSorted(byHandIn)
}

function byHandIn(a: RepairFact, b: RepairFact): number {
  const key = (one: RepairFact) => `${one.handedIn} ${one.handedBack ?? '9999'} ${one.part ?? ''}`
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0
}

/** Days lost to repairs, each day once however many repairs ran on it; a repair under way runs until today. */
export function repairSpans(repairs: readonly RepairFact[], today: BusinessDate): RepairSpan[] {
  const spans: RepairSpan[] = []
  for (const one of repairs) {
    const from = one.handedIn
    const waited = one.waitedForParts > 0 ? addDays(from, one.waitedForParts) : from
    const back = one.handedBack ?? today
    const end = waited > back ? waited : back
    const to = end > today ? today : end
    const last = spans.at(-1)
    if (last && from < last.to) last.to = to > last.to ? to : last.to
    else if (to > from) spans.push({ from, to })
  }
  return spans
}

/** Days of all spans that lie on or after a day. */
export function daysInRepair(spans: readonly RepairSpan[], since: BusinessDate): number {
  return spans.reduce((sum, span) => sum + spanDays(span, since), 0)
}

function spanDays(span: RepairSpan, since: BusinessDate): number {
  return Math.max(0, dayNumber(span.to) - dayNumber(span.from > since ? span.from : since))
}

export interface End {
  endsOn: BusinessDate
  extendedDays: number
  rolledFrom: BusinessDate | null
}

/**
 * Where a period really ends: the repairs that began inside it are added one after another, then a holiday moves the
 * day. One that began after the end adds nothing.
 */
export function extendEnd(
  plainEnd: BusinessDate,
  startsOn: BusinessDate,
  spans: readonly RepairSpan[],
  calendar: HolidayCalendar | null,
): End {
  let end = plainEnd
  let extendedDays = 0
  for (const span of spans) {
    if (span.from > rollOff(end, calendar)) break
    const days = spanDays(span, startsOn)
    extendedDays += days
    end = addDays(end, days)
  }
  const endsOn = rollOff(end, calendar)
  return { endsOn, extendedDays, rolledFrom: endsOn === end ? null : end }
}

/** What days off do to last days, by calendar: few dates come up, and far ones are costly to look up. */
const rolled = new WeakMap<HolidayCalendar, Map<BusinessDate, BusinessDate>>()
const rolledDatesKept = 20_000

function rollOff(date: BusinessDate, calendar: HolidayCalendar | null): BusinessDate {
  if (!calendar) return date
  let known = rolled.get(calendar)
  if (!known) rolled.set(calendar, (known = new Map()))
  let end = known.get(date)
  if (end === undefined) {
    if (known.size >= rolledDatesKept) known.clear()
    known.set(date, (end = moveOffHoliday(date, calendar)))
  }
  return end
}

/**
 * The day a window counts from: the first start of its list that is known. Goods whose delivery or installation was
 * not noted count from the sale; a start that never happened (no exchange, no repair) gives null.
 */
export function startOf(
  starts: readonly ClockStart[],
  facts: RightsFacts,
  repairs: readonly RepairFact[],
): BusinessDate | null {
  const { sold, delivered, installed, exchanged } = facts.dates
  for (const start of starts) {
    if (start === 'sale') return sold
    if (start === 'delivery' && delivered !== null) return delivered
    if (start === 'installation' && installed !== null) return installed
    if (start === 'exchange' && exchanged !== null) return exchanged
    const back = start === 'repair_end' ? lastHandBack(repairs) : null
    if (back !== null) return back
  }
  return starts.includes('delivery') || starts.includes('installation') ? (delivered ?? sold) : null
}

export function lastHandBack(repairs: readonly RepairFact[]): BusinessDate | null {
  let last: BusinessDate | null = null
  for (const { handedBack } of repairs) {
    if (handedBack !== null && (last === null || handedBack > last)) last = handedBack
  }
  return last
}

/** First and last day of a window, both inclusive; `from` null where it is open from the start. */
export interface Days {
  from: BusinessDate | null
  until: BusinessDate | null
}

/** Null where what the window counts from never happened. */
export function daysOfWindow(
  window: Window,
  facts: RightsFacts,
  repairs: readonly RepairFact[],
  spans: readonly RepairSpan[],
): Days | null {
  const start = startOf(window.start, facts, repairs)
  if (start === null) return null
  const from = window.from === 0 ? null : addPeriod(start, window.from, window, facts.calendar)
  if (window.to === null) return { from, until: null }
  const plainEnd = addPeriod(start, window.to, window, facts.calendar)
  const counted = window.extendedByRepairs === true ? spans : []
  return { from, until: extendEnd(plainEnd, start, counted, facts.calendar).endsOn }
}

function addPeriod(
  start: BusinessDate,
  count: number,
  window: Window,
  calendar: HolidayCalendar | null,
): BusinessDate {
  if (window.unit === 'months') return addMonths(start, count)
  return window.dayKind === 'working' ? addWorkdays(start, count, calendar) : addDays(start, count)
}

/** The clock of a main part that a card covers where the catalogue names none. */
export const otherParts = 'parts'

/** Term rules that apply to the goods. */
export interface Terms {
  rules: readonly TermRule[]
  /** A repaired part starts its term again at hand-back. */
  partsRestart: boolean
}

/**
 * The clock of the unit and one for each main part; each ends on the latest day anybody promised. Empty where nothing
 * promises a term; a clock without end where the store has to decide its length.
 */
export function runClocks(
  terms: Terms,
  facts: RightsFacts,
  repairs: readonly RepairFact[],
  spans: readonly RepairSpan[],
): Clock[] {
  const { rules } = terms
  if (rules.length === 0 && facts.card === null) return []
  const run = (of: string, name: Clock['name'], promises: readonly Promised[]): Clock => {
    const own = terms.partsRestart && of !== 'unit' ? repairs.filter((one) => one.part === of) : []
    const clocks = promises.map((promise) => runClock(promise, own, spans, facts.calendar))
    return { of, name, ...latest(clocks) }
  }
  const starts = rules.map((rule) => facts.dates.exchanged ?? startOfTerm(rule, facts))
  const unit = rules.map((rule, at) => ({ months: rule.unitMonths, startsOn: starts[at] ?? '' }))
  const clocks = [run('unit', null, [...unit, ...cardPromise(facts, facts.card?.unitMonths)])]
  const ofCard = cardPromise(facts, facts.card?.partMonths)
  for (const part of partsOf(rules)) {
    const promises = rules.flatMap((rule, at) =>
      rule.parts
        .filter((one) => one.part === part.part)
        .map((one) => ({ months: one.months, startsOn: starts[at] ?? '' })),
    )
    clocks.push(run(part.part, part.name, [...promises, ...ofCard]))
  }
  if (clocks.length === 1 && ofCard.length > 0) clocks.push(run(otherParts, null, ofCard))
  return clocks
}

interface Promised {
  months: number | null
  startsOn: BusinessDate
}

/** A term counts from the day its list names; what stands on no such list counts from the sale. */
function startOfTerm(rule: TermRule, facts: RightsFacts): BusinessDate {
  return startOf(rule.start, facts, []) ?? facts.dates.sold
}

function cardPromise(facts: RightsFacts, months: number | null | undefined): Promised[] {
  if (!facts.card || months == null) return []
  const { exchanged } = facts.dates
  const startsOn = facts.card.startsOn
  return [{ months, startsOn: exchanged !== null && exchanged > startsOn ? exchanged : startsOn }]
}

function partsOf(rules: readonly TermRule[]): TermRule['parts'] {
  if (rules.length === 1) return rules[0]?.parts ?? []
  const parts = new Map(rules.flatMap((rule) => rule.parts).map((one) => [one.part, one]))
  return [...parts.values()]
}

type Run = Omit<Clock, 'of' | 'name'>

function runClock(
  promise: Promised,
  ownRepairs: readonly RepairFact[],
  spans: readonly RepairSpan[],
  calendar: HolidayCalendar | null,
): Run {
  const { months } = promise
  if (months === null) {
    return { startsOn: promise.startsOn, endsOn: null, extendedDays: 0, rolledFrom: null }
  }
  const from = (startsOn: BusinessDate): Run & End => ({
    startsOn,
    ...extendEnd(addMonths(startsOn, months), startsOn, spans, calendar),
  })
  let run = from(promise.startsOn)
  for (const { handedIn, handedBack } of ownRepairs) {
    if (handedBack === null || handedIn > run.endsOn) continue
    const again = from(handedBack)
    if (again.endsOn > run.endsOn) run = again
  }
  return run
}

/** The best promise counts; one without a length says nothing where another has one. */
function latest(runs: readonly Run[]): Run {
  return runs.reduce((best, run) =>
    run.endsOn !== null && (best.endsOn === null || run.endsOn > best.endsOn) ? run : best,
  )
}
