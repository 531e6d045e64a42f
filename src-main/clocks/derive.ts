import { addDays, type BusinessDate } from '../foundation/business-date.ts'
import type { clockModes, clockStates, clockStops, ladderLevels, severities } from './contract.ts'
import { type HouseRule, measureFor } from './house.ts'
import type { ClockRule, Ladder } from './rule.ts'
import type { OpenDay, StoreTime, Stretch } from './store-time.ts'

export type ClockState = (typeof clockStates)[number]
export type Level = (typeof ladderLevels)[number]
export type Severity = (typeof severities)[number]

const minute = 60_000

/** What a case's clocks hang on; instants in milliseconds since 1970. */
export interface ClockFacts {
  class: NonNullable<ClockRule['for']['classes']>[number]
  severity: Severity
  mode: (typeof clockModes)[number]
  firstRecordedAt: number
  /** When it was opened last: reopening starts the store's own clocks anew, never a legal one. */
  openedAt: number
  /** The customer heard from us for the first time since it was opened. */
  answeredAt: number | null
  /** The customer was told what will be done. */
  plannedAt: number | null
  closedAt: number | null
  /** In order; the last one may still run: `to` null. One that named its end is over by then. */
  pauses: readonly Pause[]
}

export interface Pause {
  from: number
  to: number | null
  /** When it ends by itself; absent where it waits to be ended by hand. */
  until?: number | null
}

/** One clock as it stands. */
export interface Clock {
  rule: ClockRule
  measure: ClockRule['measure']
  state: ClockState
  startedAt: number | null
  dueAt: number | null
  stoppedAt: number | null
  leftMs: number | null
  told: Level | null
}

/** Rules that hold for a complaint. */
export function rulesFor(rules: readonly HouseRule[], facts: ClockFacts): HouseRule[] {
  return rules.filter(({ for: { classes, severities, modes } }) => {
    const isClass = !classes || classes.includes(facts.class)
    const isSeverity = !severities || severities.includes(facts.severity)
    return isClass && isSeverity && (!modes || modes.includes(facts.mode))
  })
}

/**
 * When a clock that began at `start` runs out. The store's own clocks run in its opening hours only and rest while
 * the case is paused; a legal line counts whole days of the calendar, and neither pause nor closed day moves it.
 * Instants in milliseconds since 1970.
 */
export function dueOf(
  rule: Pick<ClockRule, 'measure' | 'legal'>,
  start: number,
  pauses: readonly Stretch[],
  time: StoreTime,
): number {
  const { measure } = rule
  if (measure.unit === 'natural_days' || rule.legal) {
    return legalEnd(rule, start, time)
  }
  switch (measure.unit) {
    case 'store_minutes':
      return runOpen(start, measure.amount * minute, pauses, time)
    case 'open_days':
      return runDays(start, measure.amount, pauses, time, () => true)
    case 'same_day': {
      const day = time.dayAt(start)
      const share = (day.to - Math.max(day.from, start)) / lengthOf(day)
      const close = runDays(start, share, pauses, time, () => true)
      return Math.max(close, runOpen(start, measure.atLeastMinutes * minute, pauses, time))
    }
    case 'working_days': {
      const first = time.dayAt(start)
      const counts = (date: BusinessDate) => date > first.date && time.isStoreWorkday(date)
      return runDays(first.to, measure.amount, pauses, time, counts)
    }
  }
}

/** Days of the calendar or of work, the last one to its end: no store closes law. */
function legalEnd({ measure }: Pick<ClockRule, 'measure'>, start: number, time: StoreTime): number {
  let date = time.dateOf(start)
  const days = 'amount' in measure ? measure.amount : 0
  if (measure.unit !== 'working_days') return time.endOfDate(addDays(date, days))
  for (let left = days; left > 0;) {
    date = addDays(date, 1)
    if (time.isWorkday(date)) left -= 1
  }
  return time.endOfDate(date)
}

/** The instant after so many open milliseconds that were not paused. */
function runOpen(
  start: number,
  milliseconds: number,
  pauses: readonly Stretch[],
  time: StoreTime,
): number {
  let left = milliseconds
  for (let day = time.dayAt(start); ; day = time.nextDay(day.date)) {
    for (const piece of runningPieces(day, start, pauses)) {
      if (piece.to - piece.from >= left) return piece.from + left
      left -= piece.to - piece.from
    }
  }
}

/**
 * The instant after so many days that count, each worth one however long the store is open on it, without what was
 * paused of it.
 */
function runDays(
  start: number,
  days: number,
  pauses: readonly Stretch[],
  time: StoreTime,
  counts: (date: BusinessDate) => boolean,
): number {
  let left = days
  for (let day = time.dayAt(start); ; day = time.nextDay(day.date)) {
    if (!counts(day.date)) continue
    for (const piece of runningPieces(day, start, pauses)) {
      const share = (piece.to - piece.from) / lengthOf(day)
      // Shares of days are fractions: what is left after the last one may be a hair above nothing.
      if (share + 1e-9 >= left) {
        return Math.min(piece.to, Math.round(piece.from + left * lengthOf(day)))
      }
      left -= share
    }
  }
}

function lengthOf(day: OpenDay): number {
  return day.to - day.from
}

/** What is left of a day after its start and its pauses. */
function runningPieces(day: OpenDay, start: number, pauses: readonly Stretch[]): Stretch[] {
  const pieces: Stretch[] = []
  let from = Math.max(day.from, start)
  for (const pause of pauses) {
    if (pause.to <= from) continue
    if (pause.from >= day.to) break
    if (pause.from > from) pieces.push({ from, to: Math.min(pause.from, day.to) })
    from = Math.max(from, pause.to)
  }
  if (from < day.to) pieces.push({ from, to: day.to })
  return pieces
}

/** A pause that holds the clocks at an instant: nobody has ended it, and the end it named has not come. */
export function isResting({ to, until = null }: Pause, now: number): boolean {
  return to === null && (until === null || now < until)
}

function hasRunningPause(pauses: readonly Pause[], now: number): boolean {
  return pauses.some((pause) => isResting(pause, now))
}

/**
 * Pauses as stretches in order, without overlaps; one that runs lasts until now, one that named its end no longer than
 * that. What a computer with a wrong clock wrote backwards lasted no time.
 */
export function stretchesOf(pauses: readonly Pause[], now: number): Stretch[] {
  const stretches: Stretch[] = []
  const inOrder = pauses
    .map(({ from, to, until = null }) => ({
      from,
      to: Math.min(to ?? Math.max(from, now), until ?? Infinity),
    }))
    .filter(({ from, to }) => to > from)
    .toSorted((a, b) => a.from - b.from)
  for (const { from, to } of inOrder) {
    const last = stretches.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else stretches.push({ from, to })
  }
  return stretches
}

/**
 * The instants at which each level of the ladder is told, in order: counted in open minutes from the instant a clock
 * runs out, so that nobody is told at midnight (domain.md §3.3, I40–I44).
 */
export function stepsOf(
  ladder: Ladder,
  dueAt: number,
  time: StoreTime,
): { tell: Level; at: number }[] {
  return ladder.steps.map(({ tell, minutes }) => {
    const distance = minutes * minute
    const at = minutes < 0 ? time.subtractOpen(dueAt, -distance) : time.addOpen(dueAt, distance)
    // The minute the store closes belongs to the next opening: nobody reads anything then.
    return { tell, at: time.addOpen(at, 0) }
  })
}

/** The ladder that a clock climbs. */
function ladderFor(ladders: readonly Ladder[], rule: ClockRule, facts: ClockFacts): Ladder {
  const found = ladders.find(
    ({ legal, severities }) =>
      legal === rule.legal && (!severities || severities.includes(facts.severity)),
  )
  if (!found) throw new Error(`no ladder for ${rule.id}`)
  return found
}

/** Everything a clock needs beside the facts of its case. */
export interface ClockBook {
  rules: readonly HouseRule[]
  ladders: readonly Ladder[]
  time: StoreTime
}

/** What of a clock does not change from one minute to the next: only a pause that runs moves it. */
export interface PlannedClock {
  rule: ClockRule
  /** How it counts in this store for this complaint. */
  measure: ClockRule['measure']
  startedAt: number | null
  dueAt: number | null
  stoppedAt: number | null
  /** Who is told when, as long as it runs. */
  steps: readonly { tell: Level; at: number }[]
  /** A pause holds it now. */
  rests: boolean
  /** It had run out when it was planned: one that rests cannot run out while it does. */
  isOver: boolean
}

/** The clocks of a case: when each began, ends, and who hears of it. Holds while nothing happens and no pause runs. */
export function planClocks(book: ClockBook, facts: ClockFacts, now: number): PlannedClock[] {
  const pauses = stretchesOf(facts.pauses, now)
  const isPaused = facts.closedAt === null && hasRunningPause(facts.pauses, now)
  return rulesFor(book.rules, facts).map((rule) => {
    const startedAt = startOf(rule, facts)
    const stoppedAt = stopOf(rule, facts)
    const measure = measureFor(rule, facts)
    if (startedAt === null) {
      return {
        rule,
        measure,
        startedAt,
        dueAt: null,
        stoppedAt,
        steps: [],
        rests: false,
        isOver: false,
      }
    }
    const dueAt = dueOf(
      { legal: rule.legal, measure },
      startedAt,
      rule.legal ? [] : pauses,
      book.time,
    )
    const steps =
      stoppedAt === null ? stepsOf(ladderFor(book.ladders, rule, facts), dueAt, book.time) : []
    const rests = isPaused && !rule.legal
    return { rule, measure, startedAt, dueAt, stoppedAt, steps, rests, isOver: now > dueAt }
  })
}

/** How a clock stands at an instant, and who has been told. */
export function standingOf(
  { dueAt, stoppedAt, steps, rests, isOver }: PlannedClock,
  now: number,
): { state: ClockState; told: Level | null } {
  if (dueAt === null) return { state: 'not_started', told: null }
  if (stoppedAt !== null) return { state: stoppedAt <= dueAt ? 'met' : 'late', told: null }
  if (rests && !isOver) return { state: 'paused', told: null }
  let told: Level | null = null
  for (const { tell, at } of steps) if (at <= now) told = tell
  return { state: stateOf(now > dueAt, told), told }
}

/** The instants at which a clock begins to stand otherwise, as long as nothing happens to its case. */
export function turnsOf({ dueAt, stoppedAt, steps }: PlannedClock): number[] {
  if (dueAt === null || stoppedAt !== null) return []
  // It has run out when its last instant is over.
  return [...steps.map(({ at }) => at), dueAt + 1]
}

/** A planned clock as it stands at an instant, with the time it has left. */
export function clockAt(planned: PlannedClock, now: number, time: StoreTime): Clock {
  const { rule, measure, startedAt, dueAt, stoppedAt } = planned
  const runs = dueAt !== null && stoppedAt === null
  const leftMs = runs ? leftOf(rule, dueAt, now, time) : null
  return { rule, measure, startedAt, dueAt, stoppedAt, leftMs, ...standingOf(planned, now) }
}

/** The clocks of a case as they stand at `now`: derived from facts alone, never ticked. */
export function clocksOf(book: ClockBook, facts: ClockFacts, now: number): Clock[] {
  return planClocks(book, facts, now).map((planned) => clockAt(planned, now, book.time))
}

function stateOf(isOver: boolean, told: Level | null): ClockState {
  if (isOver) return 'overdue'
  return told === null ? 'running' : 'soon'
}

function startOf({ starts }: ClockRule, facts: ClockFacts): number | null {
  if (starts === 'first_recorded') return facts.firstRecordedAt
  return starts === 'opened' ? facts.openedAt : facts.plannedAt
}

/** A case that is closed has nothing left to answer: its closing is an answer, too. */
function stopOf(rule: { stops: (typeof clockStops)[number] }, facts: ClockFacts): number | null {
  const { answeredAt, plannedAt, closedAt } = facts
  if (rule.stops === 'closed') return closedAt
  const ends = rule.stops === 'answered' ? [answeredAt, plannedAt, closedAt] : [plannedAt, closedAt]
  const reached = ends.filter((at) => at !== null)
  return reached.length === 0 ? null : Math.min(...reached)
}

/** Time left as the clock counts it: open time, or plain time for a legal line; negative after it. */
function leftOf({ legal }: ClockRule, dueAt: number, now: number, time: StoreTime): number {
  if (legal) return dueAt - now
  return now <= dueAt ? time.openBetween(now, dueAt) : -time.openBetween(dueAt, now)
}

const levels: readonly Level[] = ['owner', 'floor_manager', 'store_manager']

export function higher(a: Level | null, b: Level | null): Level | null {
  const rank = (level: Level | null) => (level === null ? -1 : levels.indexOf(level))
  return rank(a) >= rank(b) ? a : b
}

/** One that runs comes before one that rests; what has not begun or is over does not come at all. */
function rankOf(state: ClockState): number {
  if (state === 'paused') return 1
  return state === 'running' || state === 'soon' || state === 'overdue' ? 2 : 0
}

/** The clock that matters next: of those that run, the one that runs out first; one that is paused comes last. */
export function nextClock<C extends { state: ClockState; dueAt: number | null }>(
  clocks: readonly C[],
): C | null {
  let first: C | null = null
  for (const clock of clocks) {
    const rank = rankOf(clock.state)
    if (rank === 0) continue
    const before = first === null ? 0 : rankOf(first.state)
    const isSooner = first === null || (clock.dueAt ?? 0) < (first.dueAt ?? 0)
    if (rank > before || (rank === before && isSooner)) first = clock
  }
  return first
}
