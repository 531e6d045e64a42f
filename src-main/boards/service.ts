import type { z } from 'zod'
import { countAlerts } from '../alerts/index.ts'
import { countForMe } from '../approvals/index.ts'
import { listForMe, listSecondOf } from '../cases/index.ts'
import { isForMe, listRunning, type RunningCase, showRunning } from '../clocks/index.ts'
import { countOpenByFloor } from '../complaints/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { compareFloors } from '../foundation/floors.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import { countOpenInstructions } from '../pos-instructions/index.ts'
import { countPromises } from '../promises/index.ts'
import { countRepairs } from '../repairs/index.ts'
import type { board, boardsContract } from './contract.ts'
import { findChoice, writeChoice } from './store.ts'

type Board = z.input<typeof board>
type FloorRow = Board['floors'][number]

/** What runs out first is shown in so many rows. */
const urgentShown = 8

/** Open entries of all kinds by floor, beside those of them whose clocks have run out or soon will. */
export function countFloors(
  open: readonly { floor: string; count: number }[],
  running: readonly Pick<RunningCase, 'of' | 'overdue' | 'next'>[],
): FloorRow[] {
  const floors = new Map<string, FloorRow>()
  const rowOf = (floor: string): FloorRow => {
    let row = floors.get(floor)
    if (!row) floors.set(floor, (row = { floor, open: 0, overdue: 0, soon: 0 }))
    return row
  }
  for (const { floor, count } of open) rowOf(floor).open += count
  for (const { of, overdue, next } of running) {
    const row = rowOf(of.floor)
    if (overdue > 0) row.overdue += 1
    else if (next?.state === 'soon') row.soon += 1
  }
  return [...floors.values()].sort((a, b) => compareFloors(a.floor, b.floor))
}

function sumFloors(rows: readonly FloorRow[]) {
  const sum = { open: 0, overdue: 0, soon: 0 }
  for (const row of rows) {
    sum.open += row.open
    sum.overdue += row.overdue
    sum.soon += row.soon
  }
  return sum
}

/** Everything the board shows, from the stores of the rooms it belongs to. */
async function makeBoard(
  r: ReadHandle,
  call: Call,
  asked: { floor?: string | null | undefined; mine?: boolean | undefined },
): Promise<Board> {
  const { id, role } = call.actor
  const floor = asked.floor === undefined ? await findChoice(r, id) : asked.floor
  const mine = asked.mine ?? role === 'clerk'
  const { book, cases } = await listRunning(r, call)
  const running = mine ? cases.filter(({ of }) => of.ownerId === id) : cases
  const floors = countFloors(await countOpenByFloor(r, mine ? id : undefined), running)
  const here = floor === null ? running : running.filter(({ of }) => of.floor === floor)
  const at = call.now().toISOString()
  const alerts = await countAlerts(r, call)
  return {
    at,
    businessDate: call.today,
    floor,
    mine,
    cases: sumFloors(floor === null ? floors : floors.filter((row) => row.floor === floor)),
    floors,
    promises: await countPromises(r, {
      at,
      today: call.today,
      ...(mine && { ownerId: id }),
      ...(floor !== null && { floor }),
    }),
    waiting: {
      cases: (await listWaiting(r, call)).length,
      approvals: await countForMe(r, call),
      clocks: cases.filter((row) => isForMe(row, call.actor)).length,
      alerts: alerts.mine,
      urgentAlerts: alerts.urgent,
    },
    money: await countOpenInstructions(r),
    repairs: await countRepairs(r, call),
    urgent: isLocked(call) ? [] : await showRunning(r, call, book, here.slice(0, urgentShown)),
  }
}

function isLocked(call: Call): boolean {
  return call.sessions.find(call.sessionToken, call.now())?.locked ?? false
}

async function listWaiting(r: ReadHandle, call: Call) {
  const { calls, offers, unanswered, orphans } = await listForMe(r, call)
  const seconds = await listSecondOf(r, call.actor.id)
  const row = (
    why: 'call' | 'offer' | 'unanswered' | 'orphan' | 'second',
    of: { caseId: number; complaintId: number | null; number: string; text: string },
    who: string,
    since: string | null,
  ) => {
    const { caseId, complaintId, number, text } = of
    return { why, caseId, complaintId, number, text, who, since }
  }
  return [
    ...calls.map((each) => row('call', each, each.manager.name, each.calledAt)),
    ...orphans.map((each) => row('orphan', each, each.ownerName, null)),
    ...offers.map((each) => row('offer', each, each.from.name, each.offeredAt)),
    ...unanswered.map((each) => row('unanswered', each, each.to.name, each.offeredAt)),
    ...seconds.map((each) => row('second', each, each.ownerName, each.since)),
  ]
}

export const boardsHandlers: RoomHandlers<typeof boardsContract> = {
  now: query((r, call, input) => makeBoard(r, call, input)),

  // A preference of one person, like the language: nothing an audit asks for.
  choose: command(['boards'], async (w, call, { floor }) => {
    await writeChoice(w, call.actor.id, floor)
    return { done: true }
  }),

  waiting: query(listWaiting),
}
