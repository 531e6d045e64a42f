import { record } from '../audit/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { mayDo } from '../staff/index.ts'
import {
  findCall,
  findHandOver,
  findLastCall,
  findOffered,
  findPerson,
  findSecond,
  type HandOverRecord,
  insertDutyCall,
  insertHandOver,
  insertSecond,
  listCasesOf,
  writeCallAnswer,
  writeHandOverAnswer,
  writeSecondEnded,
} from './people-store.ts'
import {
  type CaseDeed,
  dutyCallMachine,
  type HandOverAction,
  handOverMachine,
  mayDeed,
  type Standing,
} from './rules.ts'
import { addEvent, changeOwner, type Moment, momentOf, requireOwner } from './service.ts'
import { type CaseRecord, findCase, listPromisesOf, writePromiseOwner } from './store.ts'

/** What the caller is to a case. */
export async function standingsOf(
  r: ReadHandle,
  call: Call,
  found: CaseRecord,
): Promise<Standing[]> {
  const { id } = call.actor
  const second = await findSecond(r, found.id)
  const offered = await findOffered(r, found.id)
  const is: Record<Exclude<Standing, 'anyone'>, boolean> = {
    owner: found.ownerId === id,
    second: second?.person.id === id,
    offered_to: offered?.to.id === id,
    offered_by: offered?.offeredBy.id === id,
    manager: mayDo(call.actor.role, 'cases.assign'),
  }
  return [
    'anyone' as const,
    ...(['owner', 'second', 'offered_to', 'offered_by', 'manager'] as const).filter(
      (each) => is[each],
    ),
  ]
}

/** An open case on which the caller may do this; refuses with whose case it is. */
async function requireDeed(
  r: ReadHandle,
  call: Call,
  caseId: number,
  deed: CaseDeed,
): Promise<CaseRecord> {
  const found = (await findCase(r, caseId)) ?? refuse('cases.unknown_case')
  if (found.state !== 'open') refuse('cases.already_closed')
  if (!mayDeed(deed, await standingsOf(r, call, found))) refuse('cases.not_yours')
  return found
}

/** Offers a case to somebody: it stays with its owner until they say yes. */
export async function offerCase(
  w: WriteHandle,
  call: Call,
  input: { caseId: number; toId: number; reason: string },
) {
  const moment = momentOf(call)
  const { caseId, reason } = input
  const found = await requireDeed(w, call, caseId, 'offer')
  const to = await requireOwner(w, input.toId)
  if (to.id === found.ownerId) refuse('cases.has_it_already', { name: to.name })
  const waiting = await findOffered(w, caseId)
  if (waiting) refuse('cases.offered_already', { name: waiting.to.name })
  const id = await insertHandOver(w, {
    caseId,
    fromId: found.ownerId,
    toId: to.id,
    reason,
    at: moment.at,
    by: moment.actorId,
  })
  await addEvent(w, moment, caseId, 'hand_over_offered', { to: to.name, reason })
  await record(w, call, 'cases.offer', { type: 'case', id: caseId }, { to: to.id, reason })
  return { handOverId: id }
}

const answers = {
  accept: { deed: 'accept', event: 'hand_over_accepted' },
  decline: { deed: 'decline', event: 'hand_over_declined' },
  take_back: { deed: 'take_back', event: 'hand_over_taken_back' },
} as const

/** Says yes or no to a case, or takes the offer back. Only a yes moves the case, its promises with it. */
export async function answerOffer(
  w: WriteHandle,
  call: Call,
  input: { handOverId: number; answer: keyof typeof answers; reason: string },
) {
  const moment = momentOf(call)
  const offer = await requireOffer(w, input.handOverId, input.answer)
  const { deed, event } = answers[input.answer]
  await requireDeed(w, call, offer.caseId, deed)
  if (input.answer === 'decline' && input.reason === '') refuse('cases.needs_reason')
  const state = nextState(handOverMachine, offer.state, input.answer)
  if (!state) refuse('cases.offer_answered')
  const step = { at: moment.at, by: moment.actorId, text: input.reason }
  if (!(await writeHandOverAnswer(w, offer.id, { state, ...step }))) refuse('cases.offer_answered')
  await addEvent(w, moment, offer.caseId, event, {
    to: offer.to.name,
    from: offer.from.name,
    reason: input.reason,
  })
  if (input.answer === 'accept') await changeOwner(w, moment, offer.caseId, offer.to.id)
  const subject = { type: 'case', id: offer.caseId }
  await record(w, call, `cases.${input.answer}`, subject, { to: offer.to.id, reason: input.reason })
  return { caseId: offer.caseId }
}

async function requireOffer(
  r: ReadHandle,
  id: number,
  action: HandOverAction,
): Promise<HandOverRecord> {
  const offer = (await findHandOver(r, id)) ?? refuse('cases.unknown_offer')
  if (!nextState(handOverMachine, offer.state, action)) refuse('cases.offer_answered')
  return offer
}

/** A manager gives a case to somebody at once, as when its owner left the store. */
export async function reassignCase(
  w: WriteHandle,
  call: Call,
  input: { caseId: number; toId: number; reason: string },
) {
  const moment = momentOf(call)
  const { caseId, toId, reason } = input
  const found = await requireDeed(w, call, caseId, 'reassign')
  const to = await requireOwner(w, toId)
  if (to.id === found.ownerId) refuse('cases.has_it_already', { name: to.name })
  await addEvent(w, moment, caseId, 'case_reassigned', { to: to.name, reason })
  await changeOwner(w, moment, caseId, toId)
  await record(w, call, 'cases.reassign', { type: 'case', id: caseId }, { to: toId, reason })
  return { caseId }
}

/**
 * Gives everything that is still open of somebody who left to somebody who is here, in one step: their cases with the
 * promises in them, and what they promised in cases of others. Refuses somebody who still works here: their cases are
 * offered, or given one by one.
 */
export async function reassignAll(
  w: WriteHandle,
  call: Call,
  input: { fromId: number; toId: number; reason: string },
) {
  const moment = momentOf(call)
  const { fromId, toId, reason } = input
  const from = await findPerson(w, fromId)
  if (from.active) refuse('cases.still_here', { name: from.name })
  const to = await requireOwner(w, toId)
  const caseIds = await listCasesOf(w, fromId)
  const own = await listPromisesOf(w, fromId)
  for (const caseId of caseIds) {
    await addEvent(w, moment, caseId, 'case_reassigned', { to: to.name, reason })
    await changeOwner(w, moment, caseId, toId)
  }
  // In cases of others: what is theirs in their own cases went along with them.
  for (const caseId of new Set(own.map((each) => each.caseId))) {
    if (caseIds.includes(caseId)) continue
    await writePromiseOwner(w, caseId, { from: fromId, to: toId })
    await addEvent(w, moment, caseId, 'promises_moved', { from: from.name, to: to.name, reason })
  }
  const counts = { cases: caseIds.length, promises: own.length }
  const subject = { type: 'operator', id: fromId }
  await record(w, call, 'cases.reassign_all', subject, {
    to: toId,
    reason,
    ...counts,
    caseIds: caseIds.join(' '),
  })
  return counts
}

/** Asks a second person to a hard case, or lets the one there go (domain.md §3.6 row 113). */
export async function setSecond(
  w: WriteHandle,
  call: Call,
  input: { caseId: number; operatorId: number | null; reason: string },
) {
  const moment = momentOf(call)
  const { caseId, operatorId, reason } = input
  const step = { caseId, at: moment.at, by: moment.actorId }
  const found = await requireDeed(
    w,
    call,
    caseId,
    operatorId === null ? 'end_second' : 'ask_second',
  )
  const before = await findSecond(w, caseId)
  await writeSecondEnded(w, step)
  if (operatorId === null) {
    if (!before) refuse('cases.no_second')
    await addEvent(w, moment, caseId, 'second_left', { name: before.person.name, reason })
  } else {
    const { name } = await requireOwner(w, operatorId)
    if (operatorId === found.ownerId) refuse('cases.second_is_owner', { name })
    if (before?.person.id === operatorId) refuse('cases.second_already', { name })
    await insertSecond(w, { ...step, operatorId, reason })
    await addEvent(w, moment, caseId, 'second_joined', { name, reason })
  }
  const subject = { type: 'case', id: caseId }
  await record(w, call, 'cases.set_second', subject, { operatorId, reason })
  return { caseId }
}

/** Calls the duty manager to the desk: one call at a time, until somebody comes or it is called off. */
export async function callManager(
  w: WriteHandle,
  call: Call,
  input: { caseId: number; managerId: number; reason: string },
) {
  const moment = momentOf(call)
  const { caseId, managerId, reason } = input
  await requireDeed(w, call, caseId, 'call')
  const manager = await requireOwner(w, managerId)
  if (!mayDo(manager.role, 'cases.assign')) refuse('cases.no_manager', { name: manager.name })
  const last = await findLastCall(w, caseId)
  if (last?.state === 'called') refuse('cases.called_already', { name: last.manager.name })
  const step = { caseId, at: moment.at, by: moment.actorId }
  const callId = await insertDutyCall(w, { ...step, managerId, reason })
  await addEvent(w, moment, caseId, 'manager_called', { name: manager.name, reason })
  const subject = { type: 'case', id: caseId }
  await record(w, call, 'cases.call_manager', subject, { managerId, reason })
  return { callId }
}

const callAnswers = {
  arrive: 'manager_arrived',
  call_off: 'manager_called_off',
} as const

/** Logs that the manager came, with the minutes it took, or calls it off (domain.md §3.6 row 163). */
export async function answerCall(
  w: WriteHandle,
  call: Call,
  input: { callId: number; answer: keyof typeof callAnswers },
) {
  const moment = momentOf(call)
  const asked = (await findCall(w, input.callId)) ?? refuse('cases.unknown_call')
  const { caseId, manager } = asked
  await requireDeed(w, call, caseId, 'answer_call')
  const state = nextState(dutyCallMachine, asked.state, input.answer)
  if (state !== 'arrived' && state !== 'called_off') refuse('cases.call_answered')
  const step = { state, at: moment.at, by: moment.actorId }
  if (!(await writeCallAnswer(w, asked.id, step))) refuse('cases.call_answered')
  await addEvent(w, moment, caseId, callAnswers[input.answer], {
    name: manager.name,
    minutes: minutesBetween(asked.calledAt, moment.at),
  })
  const subject = { type: 'case', id: caseId }
  await record(w, call, `cases.${callAnswers[input.answer]}`, subject, { managerId: manager.id })
  return { caseId }
}

/** Whole minutes from one instant to another. */
function minutesBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 60_000)
}

/** Writes a line into the story of a case: what was said, done, found out, or promised at the sale. */
export async function addNote(
  w: WriteHandle,
  call: Call,
  input: { caseId: number; about: string; channel: string | null; text: string },
) {
  const moment: Moment = momentOf(call)
  const { caseId, about, channel, text } = input
  await requireDeed(w, call, caseId, 'note')
  await addEvent(w, moment, caseId, 'note_added', { about, channel, text })
  await record(w, call, 'cases.note', { type: 'case', id: caseId }, { about, channel })
  return { caseId }
}
