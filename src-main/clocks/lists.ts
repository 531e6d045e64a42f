import type { z } from 'zod'
import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import type { clocksContract, runningViews } from './contract.ts'
import { type ClockBook, clockAt, planClocks } from './derive.ts'
import { lastPlace, listRunning, type RunningCase } from './running.ts'
import { listShown, type ShownComplaint } from './store.ts'
import { viewOf } from './view.ts'

type View = (typeof runningViews)[number]
type Asked = z.output<NonNullable<(typeof clocksContract.running)['~orpc']['inputSchema']>>

/** The owner's own once they are told, and what has climbed to the level of a manager. */
export function isForMe({ of, told }: RunningCase, { id, role }: Call['actor']): boolean {
  if (role === 'store_manager' && told === 'store_manager') return true
  if (role === 'floor_manager' && told !== null && told !== 'owner') return true
  return of.ownerId === id && told !== null
}

function seesOf(call: Call): Record<View, (row: RunningCase) => boolean> {
  return {
    forMe: (row) => isForMe(row, call.actor),
    overdue: ({ overdue }) => overdue > 0,
    due: ({ next }) => next?.state === 'soon',
    all: () => true,
  }
}

function countsOf(call: Call, cases: readonly RunningCase[]): Record<View, number> {
  const sees = seesOf(call)
  const count = (view: View) => cases.filter(sees[view]).length
  return { forMe: count('forMe'), overdue: count('overdue'), due: count('due'), all: cases.length }
}

export async function countRunning(r: ReadHandle, call: Call) {
  return countsOf(call, (await listRunning(r, call)).cases)
}

/** What rests is planned anew where it is shown: each minute of a pause moves its end. */
function nextView(call: Call, book: ClockBook, { next, facts }: RunningCase) {
  const now = call.now().getTime()
  if (next === null) return null
  const fresh = next.planned.rests
    ? planClocks(book, facts, now).find(({ rule }) => rule === next.planned.rule)
    : undefined
  return viewOf(clockAt(fresh ?? next.planned, now, book.time))
}

/** A page of the open cases a view sees; only the rows of the page are read. */
export async function pageOfRunning(r: ReadHandle, call: Call, asked: Asked) {
  const { book, cases: everywhere } = await listRunning(r, call)
  const { floor, after, limit } = asked
  const cases = floor === undefined ? everywhere : everywhere.filter(({ of }) => of.floor === floor)
  const seen = cases.filter(seesOf(call)[asked.view])
  const place = after && (after.dueAt === null ? lastPlace : Date.parse(after.dueAt))
  const isAfter = (row: RunningCase) =>
    after === undefined ||
    place === undefined ||
    row.place > place ||
    (row.place === place && row.of.caseId > after.caseId)
  const from = seen.findIndex(isAfter)
  const page = from === -1 ? [] : seen.slice(from, from + limit)
  const last = from === -1 || from + limit >= seen.length ? undefined : page.at(-1)
  return {
    rows: await showRunning(r, call, book, page),
    next: last ? { dueAt: cursorOf(last), caseId: last.of.caseId } : null,
    counts: countsOf(call, cases),
  }
}

/** Running cases as a list shows them, with what they say and whose they are. */
export async function showRunning(
  r: ReadHandle,
  call: Call,
  book: ClockBook,
  cases: readonly RunningCase[],
) {
  const shown = await listShown(
    r,
    cases.map(({ of }) => of.complaintId),
  )
  return cases.map((row) => rowOf(call, book, row, shown.get(row.of.complaintId)))
}

function cursorOf({ place }: RunningCase): string | null {
  return place === lastPlace ? null : new Date(place).toISOString()
}

function rowOf(call: Call, book: ClockBook, row: RunningCase, shown: ShownComplaint | undefined) {
  const { of } = row
  return {
    caseId: of.caseId,
    complaintId: of.complaintId,
    number: of.number,
    text: shown?.text ?? '',
    floor: of.floor,
    counter: shown?.counter ?? '',
    ownerId: of.ownerId,
    ownerName: shown?.ownerName ?? '',
    next: nextView(call, book, row),
    told: row.told,
    overdue: row.overdue,
    waitedMs: book.time.openBetween(Date.parse(of.recordedAt), call.now().getTime()),
  }
}

/** What comes due next in some cases; those without clocks are left out. */
export async function nextOfCases(r: ReadHandle, call: Call, { caseIds }: { caseIds: number[] }) {
  const { book, cases } = await listRunning(r, call)
  const asked = new Set(caseIds)
  return cases
    .filter(({ of }) => asked.has(of.caseId))
    .map((row) => ({ caseId: row.of.caseId, next: nextView(call, book, row), told: row.told }))
}
