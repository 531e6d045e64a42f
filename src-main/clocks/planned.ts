import { lastEventId, listCasesChangedSince, listRisks } from '../cases/index.ts'
import type { ReadHandle, Store } from '../database/store.ts'
import { takeTurns } from '../foundation/turns.ts'
import type { Call } from '../handlers.ts'
import { factsOf, readBook } from './book.ts'
import { type ClockBook, type ClockFacts, type PlannedClock, planClocks } from './derive.ts'
import { always, holdsAt, meet, type Span } from './spans.ts'
import {
  type CaseChoice,
  type ClockedCase,
  listAnswers,
  listOpenCases,
  listPauses,
} from './store.ts'

/** An open case with its clocks: another object once something of it has changed. */
export interface PlannedCase {
  of: ClockedCase
  facts: ClockFacts
  clocks: readonly PlannedClock[]
  /** Where nobody has ended its pause, the plan says how its clocks stand between two instants only. */
  holds: Span
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
  cases: ReadonlyMap<number, PlannedCase>
  /** When every plan holds. */
  holds: Span
}

const keptBy = new WeakMap<Store, Kept>()

/** More news than this is read as all cases are. */
const mostNews = 500

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
): Promise<Map<number, PlannedCase>> {
  const giveWay = takeTurns()
  const cases = await listOpenCases(r, of)
  await giveWay()
  const answers = groupByCase(await listAnswers(r, of))
  await giveWay()
  const pauses = groupByCase(await listPauses(r, of))
  const risks = await listRisks(r, of === 'open' ? 'any' : cases.map(({ caseId }) => caseId))
  const planned = new Map<number, PlannedCase>()
  for (const each of cases) {
    await giveWay()
    const facts = factsOf(each, {
      answers: answers.get(each.caseId) ?? [],
      pauses: pauses.get(each.caseId) ?? [],
      isRisky: risks.has(each.caseId),
    })
    planned.set(each.caseId, planCase(book, each, facts, now))
  }
  return planned
}

function planCase(book: ClockBook, of: ClockedCase, facts: ClockFacts, now: number): PlannedCase {
  return { of, facts, holds: spanOf(facts, now), clocks: planClocks(book, facts, now) }
}

/** How long what is planned now holds: a pause that runs moves it once it ends by itself. */
function spanOf({ pauses }: ClockFacts, now: number): Span {
  const pause = pauses.find(({ to }) => to === null)
  if (!pause) return always
  // On a computer that was put back a pause may be to come; until then every instant is another.
  if (pause.from > now) return { from: now, until: now + 1 }
  const ends = pause.until ?? Infinity
  return { from: now, until: ends > now ? ends : Infinity }
}

/**
 * Open cases with their clocks as planned, by case, and the book they were planned by: the same map as long as nothing
 * of it changes. Within a write it is asked before the first change only: what is rolled back must not be kept.
 */
export async function readPlanned(r: ReadHandle, call: Call): Promise<Omit<Kept, 'eventId'>> {
  const book = await readBook(r, call)
  const now = call.now().getTime()
  const eventId = await lastEventId(r)
  const before = keptBy.get(call.store)
  const isCurrent = before?.book === book
  if (isCurrent && before.eventId >= eventId) return replanResting(call.store, before, now)
  const changed = isCurrent ? await listCasesChangedSince(r, before.eventId, mostNews) : undefined
  if (before === undefined || changed === undefined) {
    return keep(call.store, book, eventId, await planCases(r, book, 'open', now))
  }
  const fresh = await planCases(r, book, changed, now)
  const cases = new Map(before.cases)
  for (const caseId of changed) {
    const planned = fresh.get(caseId)
    if (planned) cases.set(caseId, planned)
    else cases.delete(caseId)
  }
  return replanResting(call.store, keep(call.store, book, eventId, cases), now)
}

/** Of two readers at once the one that saw more is kept. */
function keep(
  store: Store,
  book: ClockBook,
  eventId: number,
  cases: ReadonlyMap<number, PlannedCase>,
): Kept {
  let holds = always
  for (const each of cases.values()) if (each.holds !== always) holds = meet(holds, each.holds)
  const fresh = { book, eventId, cases, holds }
  const now = keptBy.get(store)
  if (!now || now.book !== book || now.eventId <= eventId) keptBy.set(store, fresh)
  return fresh
}

/** A pause that named its end is over by then; and a computer put back knows less than it did. */
function replanResting(store: Store, kept: Kept, now: number): Kept {
  if (holdsAt(kept.holds, now)) return kept
  const cases = new Map(kept.cases)
  for (const [caseId, { of, facts, holds }] of kept.cases) {
    if (!holdsAt(holds, now)) cases.set(caseId, planCase(kept.book, of, facts, now))
  }
  return keep(store, kept.book, kept.eventId, cases)
}
