import { lastEventId, listCasesChangedSince, listRisks } from '../cases/index.ts'
import type { ReadHandle, Store } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { factsOf, readBook } from './book.ts'
import {
  type ClockBook,
  type ClockFacts,
  type ClockState,
  higher,
  type Level,
  nextClock,
  type PlannedClock,
  planClocks,
  standingOf,
} from './derive.ts'
import {
  type CaseChoice,
  type ClockedCase,
  listAnswers,
  listOpenCases,
  listPauses,
} from './store.ts'

interface Entry {
  of: ClockedCase
  facts: ClockFacts
  /** Where nobody has ended its pause: the instants between which the plan says how its clocks stand. */
  holds: { from: number; until: number } | null
  clocks: PlannedClock[]
}

/**
 * The open cases of a desk with their clocks as planned, kept between two questions. What happens to a case is an event
 * of it, so that only the cases with a new one are planned again; other hours or rules plan all of them. A kept plan
 * is a result, never a fact: dropping it changes no answer.
 */
interface Kept {
  book: ClockBook
  /** The last event that has been looked at. */
  eventId: number
  cases: Map<number, Entry>
}

const keptBy = new WeakMap<Store, Kept>()

/** More cases with news than this are read as all of them are. */
const mostChanged = 500

function groupByCase<Item extends { caseId: number }>(items: readonly Item[]): Map<number, Item[]> {
  const groups = new Map<number, Item[]>()
  for (const item of items) {
    const group = groups.get(item.caseId)
    if (group) group.push(item)
    else groups.set(item.caseId, [item])
  }
  return groups
}

async function planCases(
  r: ReadHandle,
  book: ClockBook,
  of: CaseChoice,
  now: number,
): Promise<Map<number, Entry>> {
  const cases = await listOpenCases(r, of)
  const answers = groupByCase(await listAnswers(r, of))
  const pauses = groupByCase(await listPauses(r, of))
  const risks = await listRisks(r, of === 'open' ? 'any' : cases.map(({ caseId }) => caseId))
  return new Map(
    cases.map((each) => {
      const facts = factsOf(each, {
        answers: answers.get(each.caseId) ?? [],
        pauses: pauses.get(each.caseId) ?? [],
        isRisky: risks.has(each.caseId),
      })
      return [each.caseId, planned(book, each, facts, now)]
    }),
  )
}

function planned(book: ClockBook, of: ClockedCase, facts: ClockFacts, now: number): Entry {
  const pause = facts.pauses.find(({ to }) => to === null)
  const ends = pause?.until ?? Infinity
  const holds = pause ? { from: now, until: ends > now ? ends : Infinity } : null
  return { of, facts, holds, clocks: planClocks(book, facts, now) }
}

/** Never inside a write: what is rolled back must not be kept. */
async function readKept(r: ReadHandle, call: Call): Promise<Kept> {
  const book = await readBook(r, call)
  const now = call.now().getTime()
  const eventId = await lastEventId(r)
  const before = keptBy.get(call.store)
  if (before?.book === book && before.eventId >= eventId) return replanResting(before, now)
  const changed =
    before?.book === book
      ? await listCasesChangedSince(r, before.eventId, mostChanged + 1)
      : undefined
  if (before === undefined || changed === undefined || changed.length > mostChanged) {
    return keep(call.store, { book, eventId, cases: await planCases(r, book, 'open', now) })
  }
  const fresh = await planCases(r, book, changed, now)
  const cases = new Map(before.cases)
  for (const caseId of changed) {
    const entry = fresh.get(caseId)
    if (entry) cases.set(caseId, entry)
    else cases.delete(caseId)
  }
  return replanResting(keep(call.store, { book, eventId, cases }), now)
}

/** Of two readers at once the one that saw more is kept. */
function keep(store: Store, fresh: Kept): Kept {
  const now = keptBy.get(store)
  if (!now || now.book !== fresh.book || now.eventId <= fresh.eventId) keptBy.set(store, fresh)
  return fresh
}

/** A pause that named its end is over by then; and a computer put back knows less than it did. */
function replanResting(kept: Kept, now: number): Kept {
  const due = [...kept.cases].filter(
    ([, { holds }]) => holds !== null && (now < holds.from || now >= holds.until),
  )
  if (due.length === 0) return kept
  const cases = new Map(kept.cases)
  for (const [caseId, { of, facts }] of due) {
    cases.set(caseId, planned(kept.book, of, facts, now))
  }
  kept.cases = cases
  return kept
}

/** A clock that stands, as far as a list sorts by it. */
export interface StandingClock {
  planned: PlannedClock
  state: ClockState
  dueAt: number | null
  told: Level | null
}

/** Open cases with their clocks as planned, by case: the same map as long as nothing of it changes. */
export async function readPlanned(
  r: ReadHandle,
  call: Call,
): Promise<ReadonlyMap<number, { of: ClockedCase; clocks: readonly PlannedClock[] }>> {
  return (await readKept(r, call)).cases
}

/** One open case with what presses most. */
export interface RunningCase {
  of: ClockedCase
  facts: ClockFacts
  next: StandingClock | null
  /** The highest step of the ladder that any of its clocks has reached. */
  told: Level | null
  overdue: number
}

/** Open cases with clocks, what runs out first before the others, what rests last. */
export async function listRunning(
  r: ReadHandle,
  call: Call,
): Promise<{ book: ClockBook; cases: RunningCase[] }> {
  const { book, cases } = await readKept(r, call)
  const now = call.now().getTime()
  const rows: RunningCase[] = []
  for (const { of, facts, clocks } of cases.values()) {
    const standing: StandingClock[] = []
    let told: Level | null = null
    let overdue = 0
    for (const clock of clocks) {
      const stands = standingOf(clock, now)
      told = higher(told, stands.told)
      if (stands.state === 'overdue') overdue += 1
      standing.push({ planned: clock, dueAt: clock.dueAt, state: stands.state, told: stands.told })
    }
    rows.push({ of, facts, next: nextClock(standing), told, overdue })
  }
  return { book, cases: rows.sort(byUrgency) }
}

/** Where a case stands in the list: by its place, then by its number. */
export function placeOf({ next }: Pick<RunningCase, 'next'>): number {
  return next?.dueAt == null || next.state === 'paused' ? Number.MAX_SAFE_INTEGER : next.dueAt
}

function byUrgency(a: RunningCase, b: RunningCase): number {
  return placeOf(a) - placeOf(b) || a.of.caseId - b.of.caseId
}
