import { record } from '../audit/index.ts'
import { momentOf, requireOwner } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import type { Reader, Roster } from './rules.ts'
import { type DutyRecord, insertDuty, listDuty, listFloors, raiseAlert } from './store.ts'

/** Who has the duty of each floor of a day: what was said last. */
export async function readDuty(r: ReadHandle, businessDate: string): Promise<DutyRecord[]> {
  const latest = new Map<string, DutyRecord>()
  for (const row of await listDuty(r, businessDate)) latest.set(row.floor, row)
  return [...latest.values()].toSorted((a, b) => a.floor.localeCompare(b.floor))
}

export function rosterOf(duty: readonly DutyRecord[]): Roster {
  return { floors: duty.map(({ floor }) => floor) }
}

/** The caller as a reader of messages today. */
export function readerOf(call: Call, duty: readonly DutyRecord[]): Reader {
  const { id, role } = call.actor
  return { id, role, duty: duty.filter((row) => row.operator.id === id).map(({ floor }) => floor) }
}

/** Whoever has the duty of a floor now: of the floor itself, else of the whole store, else of any. */
export function dutyOf(
  duty: readonly DutyRecord[],
  floor: string,
): DutyRecord['operator'] | undefined {
  const found =
    duty.find((row) => floor !== '' && row.floor === floor) ??
    duty.find((row) => row.floor === '') ??
    duty[0]
  return found?.operator
}

/** A manager sets it; whoever has the duty hands it over. */
function maySet(call: Call, duty: readonly DutyRecord[]): boolean {
  return call.may('cases.assign') || duty.some(({ operator }) => operator.id === call.actor.id)
}

export async function openDuty(r: ReadHandle, call: Call, businessDate: string) {
  const history = await listDuty(r, businessDate)
  const now = await readDuty(r, businessDate)
  return {
    businessDate,
    now,
    history: history.toReversed(),
    floors: await listFloors(r),
    maySet: maySet(call, now),
  }
}

/**
 * Gives the duty of a day and a floor to somebody, who is told of it. Refuses a day that is over
 * (`alerts.duty_in_past`), and who is no manager (`cases.no_manager`).
 */
export async function setDuty(
  w: WriteHandle,
  call: Call,
  input: { businessDate: string; floor: string; operatorId: number; note: string },
) {
  const moment = momentOf(call)
  const { businessDate, floor, operatorId, note } = input
  if (businessDate < moment.today) refuse('alerts.duty_in_past')
  const before = await readDuty(w, businessDate)
  if (!maySet(call, before)) refuse('alerts.duty_not_yours')
  const to = await requireOwner(w, operatorId)
  if (to.role === 'clerk') refuse('cases.no_manager', { name: to.name })
  const had = before.find((row) => row.floor === floor)
  if (had?.operator.id === operatorId) refuse('alerts.duty_already', { name: to.name })
  const id = await insertDuty(w, { ...input, at: moment.at, by: moment.actorId })
  await record(
    w,
    call,
    'alerts.set_duty',
    { type: 'duty', id: businessDate },
    { floor, operatorId, before: had?.operator.id ?? null, note },
  )
  if (operatorId !== moment.actorId) {
    await raiseAlert(w, moment, {
      key: `duty:${id}`,
      kind: 'duty_given',
      severity: 'info',
      to: { operatorId },
      subject: { type: 'duty', id: businessDate },
      caseId: null,
      params: { businessDate, floor, note, from: had?.operator.name ?? '' },
    })
  }
  return { id }
}
