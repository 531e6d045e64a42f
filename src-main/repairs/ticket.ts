import { record } from '../audit/index.ts'
import { addEvent, closeCase, type Moment, momentOf, settlePromises } from '../cases/index.ts'
import type { CaseEventKind } from '../cases/contract.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { settleAccount } from './account.ts'
import { insertMovement, type Movement } from './course-store.ts'
import { listLoans } from './hand-store.ts'
import {
  acceptanceMachine,
  type AcceptanceAction,
  isDone,
  receptionAfter,
  type ReceptionAction,
  repairMachine,
} from './rules.ts'
import {
  findItem,
  findRepair,
  type ItemStep,
  listItems,
  type RepairItemRecord,
  type RepairRecord,
  writeItem,
  writeRepair,
} from './store.ts'

export async function requireRepair(r: ReadHandle, repairId: number): Promise<RepairRecord> {
  return (await findRepair(r, repairId)) ?? refuse('repairs.unknown_repair')
}

/** A ticket in the version its caller saw. */
export async function requireSeenRepair(
  r: ReadHandle,
  seen: { repairId: number; version: number },
): Promise<RepairRecord> {
  const repair = await requireRepair(r, seen.repairId)
  if (repair.version !== seen.version) refuse('desk.changed_meanwhile')
  return repair
}

/** Changes a ticket in the version it was read in. */
export async function changeRepair(
  w: WriteHandle,
  repair: RepairRecord,
  columns: Parameters<typeof writeRepair>[2] = {},
): Promise<number> {
  if (!(await writeRepair(w, repair, columns))) refuse('desk.changed_meanwhile')
  return repair.version + 1
}

/** An item at work: who does what to which goods, and when. */
export interface Work {
  w: WriteHandle
  call: Call
  moment: Moment
  repair: RepairRecord
  item: RepairItemRecord
}

/** The item in the version its caller saw, with its ticket; refuses one that is gone from the desk. */
export async function openWork(
  w: WriteHandle,
  call: Call,
  seen: { itemId: number; version: number },
): Promise<Work> {
  const item = await findItem(w, seen.itemId)
  if (!item) refuse('repairs.unknown_item')
  if (item.version !== seen.version) refuse('desk.changed_meanwhile')
  const repair = await requireRepair(w, item.repairId)
  return { w, call, moment: momentOf(call), repair, item }
}

/** What a step writes beside the state. */
export interface StepWriting {
  columns?: ItemStep
  movement?: Partial<
    Omit<Movement, 'itemId' | 'at' | 'businessDate' | 'actorId' | 'action' | 'reception'>
  >
  event: CaseEventKind
  data?: Record<string, string | number | boolean | null>
  audit?: Record<string, unknown>
}

/**
 * Takes one step of the goods' table: state, custody, the case's history and the audit, all or nothing. Refuses with
 * `repairs.no_such_step` what the table does not allow now.
 */
export async function takeStep(
  work: Work,
  action: ReceptionAction,
  { columns, movement, event, data, audit }: StepWriting,
): Promise<RepairItemRecord> {
  const { w, item, moment } = work
  const reception = receptionAfter(item.reception, action)
  if (!reception) {
    refuse('repairs.no_such_step', { name: item.name, state: item.reception, action })
  }
  const next = await change(work, { ...columns, reception })
  await insertMovement(w, {
    itemId: item.id,
    at: moment.at,
    businessDate: moment.businessDate,
    actorId: moment.actorId,
    action,
    reception,
    holder: 'desk',
    ...movement,
  })
  await tell(work, `repairs.${action}`, { event, data, audit })
  return next
}

/** Takes one step of the table of who pays. Refuses with `repairs.no_such_answer`. */
export async function takeAnswer(
  work: Work,
  action: AcceptanceAction,
  { columns, event, data, audit }: Omit<StepWriting, 'movement'>,
): Promise<RepairItemRecord> {
  const { item } = work
  const acceptance = nextState(acceptanceMachine, item.acceptance, action)
  if (!acceptance || isDone(item.reception)) {
    refuse('repairs.no_such_answer', { name: item.name, state: item.acceptance, action })
  }
  const next = await change(work, { ...columns, acceptance })
  await tell(work, `repairs.${action}`, { event, data, audit })
  return next
}

/** Changes an item without a step: its state stays. */
export async function change(work: Work, columns: ItemStep): Promise<RepairItemRecord> {
  const { w, item } = work
  if (!(await writeItem(w, item, columns))) refuse('desk.changed_meanwhile')
  return (await findItem(w, item.id)) ?? item
}

/** Writes into the history of the case and into the audit log. */
export async function tell(
  { w, call, moment, repair, item }: Work,
  action: string,
  { event, data = {}, audit = {} }: Pick<StepWriting, 'event' | 'data' | 'audit'>,
): Promise<void> {
  const { number, caseId } = repair
  await addEvent(w, moment, caseId, event, { number, name: item.name, itemId: item.id, ...data })
  await record(
    w,
    call,
    action,
    { type: 'repair', id: number },
    { item: item.position, serialNo: item.serialNo, ...data, ...audit },
  )
}

/**
 * What follows from a step for the ticket: the money it comes to, promises kept once everything is ready, and its end
 * once all goods are gone and no loan unit is out. @returns the version of the ticket, and whether it is closed.
 */
export async function followUp(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  repairId: number,
): Promise<{ closed: boolean; version: number }> {
  const repair = await requireRepair(w, repairId)
  const items = await listItems(w, [repairId])
  await settleAccount(w, call, moment, repair, items)
  const isReady = items.every(({ reception }) => reception === 'ready' || isDone(reception))
  if (isReady && repair.state === 'open') {
    await settlePromises(w, moment, repair.caseId, { repairId })
  }
  const loans = await listLoans(w, { repairIds: [repairId], isOut: true })
  const isOver = items.every(({ reception }) => isDone(reception)) && loans.length === 0
  const state = isOver ? nextState(repairMachine, repair.state, 'close') : undefined
  if (!state) return { closed: repair.state === 'closed', version: repair.version }
  const version = await changeRepair(w, repair, {
    state,
    closed_at: moment.at,
    closed_on: moment.businessDate,
  })
  await closeCase(w, moment, repair.caseId)
  await record(w, call, 'repairs.close', { type: 'repair', id: repair.number }, {})
  return { closed: true, version }
}
