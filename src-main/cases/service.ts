import { record } from '../audit/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { businessDateOf } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState } from '../foundation/state-machine.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import { findOperator } from '../staff/index.ts'
import { type CaseEventKind, type casesContract, type RiskFlag, riskFlags } from './contract.ts'
import {
  type CaseAction,
  caseMachine,
  isOverdue,
  outcomeWhenSolved,
  promiseMachine,
} from './rules.ts'
import {
  type CaseRecord,
  type EventData,
  findCase,
  findPromise,
  insertCase,
  insertEvent,
  insertPromise,
  insertRisk,
  listOpenPromises,
  listPromises,
  listRisks,
  type PromiseRecord,
  writeClosed,
  writeOwner,
  writePromiseOwner,
  writeRiskCleared,
  writeReopened,
  writeSettled,
} from './store.ts'

/** Who does something to a case and when: taken once per use case, so that all its rows agree. */
export interface Moment {
  at: string
  businessDate: string
  actorId: number
}

export function momentOf(call: Call): Moment {
  const now = call.now()
  return {
    at: now.toISOString(),
    businessDate: businessDateOf(now, call.profile),
    actorId: call.actor.id,
  }
}

/** Opens a case, or writes down one that is done as it is recorded. */
export function openCase(
  w: WriteHandle,
  moment: Moment,
  subject: {
    state: 'open' | 'closed'
    ownerId: number
    receiptId: number | null
    customerId: number | null
  },
): Promise<number> {
  return insertCase(w, {
    ...subject,
    at: moment.at,
    businessDate: moment.businessDate,
    openedBy: moment.actorId,
  })
}

/** Adds a line to a case's history. */
export function addEvent(
  w: WriteHandle,
  moment: Moment,
  caseId: number,
  kind: CaseEventKind,
  data: EventData,
): Promise<void> {
  return insertEvent(w, { caseId, at: moment.at, actorId: moment.actorId, kind, data })
}

/** Refuses with `cases.already_closed` unless the case table allows `action` now. */
export async function requireStep(
  w: WriteHandle,
  caseId: number,
  action: CaseAction,
): Promise<CaseRecord> {
  const found = await findCase(w, caseId)
  if (!found) throw new Error(`no case ${caseId}`)
  if (!nextState(caseMachine, found.state, action)) refuse('cases.already_closed')
  return found
}

/** True while a case is open. */
export async function isCaseOpen(r: ReadHandle, caseId: number): Promise<boolean> {
  return (await findCase(r, caseId))?.state === 'open'
}

/** Closes an open case: its open promises become kept, or broken where they are overdue. */
export async function closeCase(w: WriteHandle, moment: Moment, caseId: number): Promise<void> {
  await requireStep(w, caseId, 'close')
  await settlePromises(w, moment, caseId)
  if (!(await writeClosed(w, caseId, moment.at, moment.businessDate)))
    refuse('cases.already_closed')
}

/** The remedy that ended a case is void: there is something to do again. */
export async function reopenCase(w: WriteHandle, caseId: number): Promise<void> {
  await requireStep(w, caseId, 'reopen')
  await writeReopened(w, caseId)
}

/** What was promised is done now: open promises become kept, or broken where they are overdue. */
export async function settlePromises(
  w: WriteHandle,
  moment: Moment,
  caseId: number,
): Promise<void> {
  for (const promise of await listPromises(w, caseId)) {
    if (promise.state !== 'open') continue
    await settle(w, moment, promise, outcomeWhenSolved(promise.dueAt, moment.at), '')
  }
}

/**
 * Gives the customer of an open case a promise: what will be done, by whom, until when. Refuses a time that has
 * passed (`cases.promise_in_past`) and an owner who does not work here (`cases.unknown_owner`).
 */
export async function givePromise(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  promise: { caseId: number; ownerId: number; text: string; dueAt: string },
): Promise<void> {
  await requireStep(w, promise.caseId, 'promise')
  const dueAt = new Date(promise.dueAt).toISOString()
  if (dueAt <= moment.at) refuse('cases.promise_in_past')
  const owner = await requireOwner(w, promise.ownerId)
  const id = await insertPromise(w, {
    ...promise,
    dueAt,
    dueOn: businessDateOf(new Date(dueAt), call.profile),
    at: moment.at,
  })
  await addEvent(w, moment, promise.caseId, 'promised', {
    promiseId: id,
    ownerId: owner.id,
    owner: owner.name,
    text: promise.text,
    dueAt,
  })
}

/** Breaks the promises of a case whose time has passed: a new promise does not make an old one good. */
export async function breakOverduePromises(
  w: WriteHandle,
  moment: Moment,
  caseId: number,
): Promise<void> {
  for (const promise of await listPromises(w, caseId)) {
    if (isOverdue(promise, moment.at)) await settle(w, moment, promise, 'broken', '')
  }
}

/** Hands a case and its open promises to another operator. */
export async function changeOwner(
  w: WriteHandle,
  moment: Moment,
  caseId: number,
  ownerId: number,
): Promise<void> {
  const found = await requireStep(w, caseId, 'promise')
  if (found.ownerId === ownerId) return
  const owner = await requireOwner(w, ownerId)
  await writeOwner(w, caseId, ownerId)
  await writePromiseOwner(w, caseId, ownerId)
  await addEvent(w, moment, caseId, 'owner_changed', { ownerId, owner: owner.name })
}

/** Sets the risks a case carries to exactly these; what changed goes into its history. */
export async function setRisks(
  w: WriteHandle,
  moment: Moment,
  caseId: number,
  { risks, note }: { risks: readonly RiskFlag[]; note: string },
): Promise<{ raised: RiskFlag[]; cleared: RiskFlag[] }> {
  const before = (await listRisks(w, [caseId])).get(caseId) ?? []
  const raised = riskFlags.filter((flag) => risks.includes(flag) && !before.includes(flag))
  const cleared = before.filter((flag) => !risks.includes(flag))
  const step = { caseId, at: moment.at, by: moment.actorId }
  for (const flag of raised) await insertRisk(w, { ...step, flag })
  for (const flag of cleared) await writeRiskCleared(w, { ...step, flag })
  if (raised.length > 0 || cleared.length > 0) {
    await addEvent(w, moment, caseId, 'risks_changed', {
      raised: raised.join(' '),
      cleared: cleared.join(' '),
      note,
    })
  }
  return { raised, cleared }
}

/** The operator who will own a case: somebody who works here and can be asked. */
export async function requireOwner(
  w: WriteHandle,
  ownerId: number,
): Promise<{ id: number; name: string }> {
  const owner = await findOperator(w, ownerId)
  if (!owner?.active || owner.role === 'system') refuse('cases.unknown_owner')
  return owner
}

async function settle(
  w: WriteHandle,
  moment: Moment,
  promise: PromiseRecord,
  state: 'kept' | 'broken',
  note: string,
): Promise<void> {
  if (!nextState(promiseMachine, promise.state, state === 'kept' ? 'keep' : 'break')) {
    refuse('cases.promise_settled')
  }
  if (!(await writeSettled(w, promise, { state, at: moment.at, by: moment.actorId }))) {
    refuse('desk.changed_meanwhile')
  }
  await addEvent(w, moment, promise.caseId, state === 'kept' ? 'promise_kept' : 'promise_broken', {
    promiseId: promise.id,
    text: promise.text,
    note,
  })
}

export const casesHandlers: RoomHandlers<typeof casesContract> = {
  duePromises: query(async (r, call) => {
    const at = call.now().toISOString()
    const promises = await listOpenPromises(r)
    return promises.map((each) => ({ ...each, overdue: isOverdue(each, at) }))
  }),

  settlePromise: command(['cases', 'complaints'], async (w, call, input) => {
    const moment = momentOf(call)
    const promise = await findPromise(w, input.promiseId)
    if (!promise) refuse('cases.unknown_promise')
    await requireStep(w, promise.caseId, 'settle')
    if (promise.version !== input.version) refuse('desk.changed_meanwhile')
    const state = input.kept ? 'kept' : 'broken'
    await settle(w, moment, promise, state, input.note)
    await record(w, call, 'cases.settle_promise', { type: 'promise', id: promise.id }, { state })
    return { version: promise.version + 1 }
  }),
}
