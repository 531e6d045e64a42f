import type { ReadHandle, Store } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import {
  type ClockBook,
  type ClockFacts,
  type ClockState,
  higher,
  type Level,
  nextClock,
  type PlannedClock,
  standingOf,
  turnsOf,
} from './derive.ts'
import { type Gathered, gather } from './gather.ts'
import { type PlannedCase, readPlanned } from './planned.ts'
import { between } from './spans.ts'
import type { ClockedCase } from './store.ts'

/** A clock that stands, as far as a list sorts by it. */
export interface StandingClock {
  planned: PlannedClock
  state: ClockState
  dueAt: number | null
  told: Level | null
}

/** One open case with what presses most. */
export interface RunningCase {
  of: ClockedCase
  facts: ClockFacts
  next: StandingClock | null
  /** The highest step of the ladder that any of its clocks has reached. */
  told: Level | null
  overdue: number
  /** Where it stands in the list: by the instant its next clock runs out, behind all others where it rests. */
  place: number
}

/** Behind every case with a clock that runs. */
export const lastPlace = Number.MAX_SAFE_INTEGER

const runningBy = new WeakMap<Store, Gathered<PlannedCase, RunningCase>>()

/**
 * Open cases with clocks, what runs out first before the others, what rests last. The same list as long as nothing
 * changes and none of their clocks stands otherwise.
 */
export async function listRunning(
  r: ReadHandle,
  call: Call,
): Promise<{ book: ClockBook; cases: readonly RunningCase[] }> {
  const { book, cases } = await readPlanned(r, call)
  const now = call.now().getTime()
  const before = runningBy.get(call.store)
  let running = gather(cases, now, standingCase, before)
  // Sorting runs along what is in order already.
  if (running !== before) running = { ...running, items: running.items.toSorted(byUrgency) }
  runningBy.set(call.store, running)
  return { book, cases: running.items }
}

function standingCase({ of, facts, clocks }: PlannedCase, now: number) {
  const standing: StandingClock[] = []
  let told: Level | null = null
  let overdue = 0
  for (const planned of clocks) {
    const stands = standingOf(planned, now)
    told = higher(told, stands.told)
    if (stands.state === 'overdue') overdue += 1
    standing.push({ planned, dueAt: planned.dueAt, state: stands.state, told: stands.told })
  }
  const next = nextClock(standing)
  const row: RunningCase = { of, facts, next, told, overdue, place: placeOf(next) }
  return { items: [row], span: between(clocks.flatMap(turnsOf), now) }
}

function placeOf(next: StandingClock | null): number {
  return next?.dueAt == null || next.state === 'paused' ? lastPlace : next.dueAt
}

function byUrgency(a: RunningCase, b: RunningCase): number {
  return a.place - b.place || a.of.caseId - b.of.caseId
}
