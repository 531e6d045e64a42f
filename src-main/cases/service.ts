import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { type BusinessDate, businessDateOf } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { findOperator, type Operator } from '../staff/index.ts'
import { type CaseEventKind, type RiskFlag, riskFlags } from './contract.ts'
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
  findLiveSettlement,
  hasOpenWork,
  insertCase,
  insertEvent,
  insertPromise,
  insertRisk,
  listPromises,
  listRisks,
  type PromiseAbout,
  type PromiseRecord,
  writeClosed,
  writeOwner,
  writePromiseOwner,
  writeRiskCleared,
  writeReopened,
  writeSettled,
  writeSubject,
} from './store.ts'
import { lapseHandOver, releasePeople } from './people-store.ts'

/** Who does something to a case and when: taken once per use case, so that all its rows agree. */
export interface Moment {
  at: string
  /** The day its rows are booked on: the next open one once today is closed (docs/day-close.md). */
  businessDate: BusinessDate
  /** The day it is, whatever is closed: what the customer is entitled to goes by this one. */
  today: BusinessDate
  actorId: number
}

export function momentOf(call: Call): Moment {
  return {
    at: call.now().toISOString(),
    businessDate: call.bookedOn,
    today: call.today,
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

/**
 * Closes an open case once nothing of it is under way any more: a complaint, an exchange or a repair that is still open
 * keeps it open, and its promises with it. What closes becomes kept, or broken where it is overdue; nobody is asked,
 * offered or called for it after that.
 */
export async function closeCase(w: WriteHandle, moment: Moment, caseId: number): Promise<void> {
  await requireStep(w, caseId, 'close')
  if (await hasOpenWork(w, caseId)) return
  await settlePromises(w, moment, caseId)
  await releasePeople(w, { caseId, at: moment.at, by: moment.actorId })
  if (!(await writeClosed(w, caseId, moment.at, moment.businessDate)))
    refuse('cases.already_closed')
}

/**
 * A complaint is not closed while its settlement is on offer or being carried out (`settlements.under_way`): what was
 * agreed with the customer is done first, or taken back by name.
 */
export async function requireNothingUnderWay(r: ReadHandle, complaintId: number): Promise<void> {
  const live = await findLiveSettlement(r, complaintId)
  if (live) refuse('settlements.under_way', live)
}

/** There is something to do again: a remedy is void, or the customer is back. */
export async function reopenCase(w: WriteHandle, caseId: number): Promise<void> {
  await requireStep(w, caseId, 'reopen')
  await writeReopened(w, caseId)
}

/**
 * Puts something into a case that is there already: one visit can bring a complaint and a return. A closed case is
 * opened again by what is open, and goes to whoever takes that on; what the case did not know yet is filled in.
 */
export async function joinCase(
  w: WriteHandle,
  moment: Moment,
  caseId: number,
  joins: {
    state: 'open' | 'closed'
    ownerId: number
    receiptId: number | null
    customerId: number | null
  },
): Promise<number> {
  const found = (await findCase(w, caseId)) ?? refuse('cases.unknown_case')
  await writeSubject(w, caseId, joins)
  if (joins.state === 'open' && found.state === 'closed') {
    await reopenCase(w, caseId)
    await addEvent(w, moment, caseId, 'case_reopened', { reason: '' })
    await changeOwner(w, moment, caseId, joins.ownerId)
  }
  return caseId
}

/**
 * What was promised is done now: open promises become kept, or broken where they are overdue. With `about`, those alone
 * that were given for it: what is done for one complaint keeps nothing that was promised for another.
 */
export async function settlePromises(
  w: WriteHandle,
  moment: Moment,
  caseId: number,
  about?: PromiseAbout,
): Promise<void> {
  for (const promise of await listPromises(w, caseId)) {
    if (promise.state !== 'open' || !isAbout(promise, about)) continue
    await settle(w, moment, promise, outcomeWhenSolved(promise.dueAt, moment.at), '')
  }
}

function isAbout(promise: PromiseRecord, about: PromiseAbout | undefined): boolean {
  if (about === undefined) return true
  return (['complaintId', 'repairId', 'exchangeId'] as const).every(
    (what) => promise[what] === (about[what] ?? null),
  )
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
  about: PromiseAbout = {},
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
    about,
  })
  await addEvent(w, moment, promise.caseId, 'promised', {
    promiseId: id,
    ownerId: owner.id,
    owner: owner.name,
    text: promise.text,
    dueAt,
  })
}

/** Breaks promises about something whose time has passed: a new promise does not make an old one good. */
export async function breakOverduePromises(
  w: WriteHandle,
  moment: Moment,
  caseId: number,
  about: PromiseAbout,
): Promise<void> {
  for (const promise of await listPromises(w, caseId)) {
    if (isOverdue(promise, moment.at) && isAbout(promise, about))
      await settle(w, moment, promise, 'broken', '')
  }
}

/** Hands a case and the open promises of who had it to another operator; an offer to a third one is over. */
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
  await writePromiseOwner(w, caseId, { from: found.ownerId, to: ownerId })
  await lapseHandOver(w, { caseId, at: moment.at, by: moment.actorId })
  await addEvent(w, moment, caseId, 'owner_changed', { ownerId, owner: owner.name })
}

/**
 * Sets the risks a case carries to exactly these, or adds them where `only` says so; what changed goes into its
 * history.
 */
export async function setRisks(
  w: WriteHandle,
  moment: Moment,
  caseId: number,
  { risks, note, only }: { risks: readonly RiskFlag[]; note: string; only?: 'raise' },
): Promise<{ raised: RiskFlag[]; cleared: RiskFlag[] }> {
  const before = (await listRisks(w, [caseId])).get(caseId) ?? []
  const raised = riskFlags.filter((flag) => risks.includes(flag) && !before.includes(flag))
  const cleared = only === 'raise' ? [] : before.filter((flag) => !risks.includes(flag))
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
export async function requireOwner(w: WriteHandle, ownerId: number): Promise<Operator> {
  const owner = await findOperator(w, ownerId)
  if (!owner?.active || owner.role === 'system') refuse('cases.unknown_owner')
  return owner
}

/** Ends an open promise, with a note of how. */
export async function settle(
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
