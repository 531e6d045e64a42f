import { record } from '../audit/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { addDays } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState, type StateMachine } from '../foundation/state-machine.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import { rowsOfList, shiftListKinds, type shiftsContract } from './contract.ts'
import { listReaders, type ShiftList } from './lists-store.ts'
import {
  findShift,
  findWaiting,
  insertDiary,
  insertShift,
  listDiary,
  listShifts,
  type ShiftRecord,
  writeSettled,
} from './store.ts'

type ShiftState = ShiftRecord['state']

/** A hand-over waits until somebody of the next shift has read it, or is taken back. */
export const shiftMachine: StateMachine<ShiftState, 'accept' | 'withdraw'> = {
  initial: 'given',
  states: ['given', 'accepted', 'withdrawn'],
  transitions: [
    { from: 'given', action: 'accept', to: 'accepted', needs: ['somebody else than the giver'] },
    { from: 'given', action: 'withdraw', to: 'withdrawn', needs: ['reason'] },
  ],
}

/** Rows of a page. */
const pageSize = 30

/** What the desk leaves behind now: promises until tomorrow, and everything else that is open. */
async function readLists(r: ReadHandle, call: Call): Promise<ShiftList[]> {
  const lists: ShiftList[] = []
  for (const kind of shiftListKinds) {
    const rows = await listReaders[kind](r, addDays(call.today, 1))
    lists.push({ kind, count: rows.length, rows: rows.slice(0, rowsOfList) })
  }
  return lists
}

async function requireShift(r: ReadHandle, shiftId: number): Promise<ShiftRecord> {
  return (await findShift(r, shiftId)) ?? refuse('shifts.unknown_shift')
}

async function settle(
  w: WriteHandle,
  call: Call,
  asked: { shiftId: number; version: number },
  step: { action: 'accept' | 'withdraw'; remark: string },
) {
  const shift = await requireShift(w, asked.shiftId)
  const state = nextState(shiftMachine, shift.state, step.action)
  if (state === undefined || state === 'given') refuse('shifts.settled', { number: shift.number })
  if (shift.version !== asked.version) refuse('desk.changed_meanwhile')
  const { remark } = step
  const at = call.now().toISOString()
  if (!(await writeSettled(w, shift, { state, remark, at, by: call.actor.id }))) {
    refuse('desk.changed_meanwhile')
  }
  const subject = { type: 'shift_handover', id: shift.number }
  await record(w, call, `shifts.${step.action}`, subject, { remark })
  return { version: shift.version + 1 }
}

/** A page and where the next one begins. */
function pageOf<Row extends { id: number }>(found: readonly Row[]) {
  const rows = found.slice(0, pageSize)
  return { rows, next: found.length > pageSize ? (rows.at(-1)?.id ?? null) : null }
}

export const shiftsHandlers: RoomHandlers<typeof shiftsContract> = {
  now: query(async (r, call) => ({
    lists: await readLists(r, call),
    waiting: (await findWaiting(r, call.profile.deskNo)) ?? null,
  })),

  list: query(async (r, _call, { before }) => pageOf(await listShifts(r, before, pageSize + 1))),

  open: query((r, _call, { shiftId }) => requireShift(r, shiftId)),

  give: command(['shifts'], async (w, call, { note }) => {
    const { deskNo } = call.profile
    if (await findWaiting(w, deskNo)) refuse('shifts.one_waits')
    const number = await takeDocumentNumber(w, 'JB', deskNo, call.bookedOn)
    const lists = await readLists(w, call)
    const at = call.now().toISOString()
    const shift = {
      number,
      deskNo,
      businessDate: call.bookedOn,
      lists,
      note,
      at,
      by: call.actor.id,
    }
    const id = await insertShift(w, shift)
    if (id === undefined) refuse('shifts.one_waits')
    const counts = Object.fromEntries(lists.map(({ kind, count }) => [kind, count]))
    await record(
      w,
      call,
      'shifts.give',
      { type: 'shift_handover', id: number },
      { ...counts, note },
    )
    return { id, number }
  }),

  accept: command(['shifts'], async (w, call, input) => {
    const shift = await requireShift(w, input.shiftId)
    if (shift.givenById === call.actor.id) refuse('shifts.own_shift')
    return settle(w, call, input, { action: 'accept', remark: input.remark })
  }),

  withdraw: command(['shifts'], (w, call, input) =>
    settle(w, call, input, { action: 'withdraw', remark: input.reason }),
  ),

  writeDiary: command(['shifts'], async (w, call, { text }) => {
    const at = call.now().toISOString()
    const { deskNo } = call.profile
    const entry = { deskNo, businessDate: call.bookedOn, text, at, by: call.actor.id }
    const id = await insertDiary(w, entry)
    await record(w, call, 'shifts.write_diary', { type: 'shift_diary', id }, { text })
    return { id }
  }),

  diary: query(async (r, _call, filter) => pageOf(await listDiary(r, filter, pageSize + 1))),
}
