import { record } from '../audit/index.ts'
import { addEvent, type Moment, momentOf, requireOwner } from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState, type StateMachine } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { listSeen } from './case-store.ts'
import { isFault } from './faults.ts'
import {
  type EventData,
  findIncident,
  findProduct,
  type IncidentRecord,
  type IncidentState,
  insertIncident,
  insertIncidentEvent,
  insertMember,
  listMembers,
  listTaken,
  listTimeline,
  writeIncident,
  writeMemberRemoved,
} from './incident-store.ts'
import { listStopsOf } from './notice-store.ts'
import { casesLike } from './others.ts'
import type { Scan } from './scan.ts'

export type IncidentAction = 'contain' | 'close' | 'reopen'

/** An incident is open until its goods are out of reach, and over when its cause is dealt with. */
export const incidentMachine: StateMachine<IncidentState, IncidentAction> = {
  initial: 'open',
  states: ['open', 'contained', 'closed'],
  transitions: [
    { from: 'open', action: 'contain', to: 'contained', needs: ['what was done'] },
    { from: 'open', action: 'close', to: 'closed', needs: ['conclusion'] },
    { from: 'contained', action: 'close', to: 'closed', needs: ['conclusion'] },
    { from: 'contained', action: 'reopen', to: 'open', needs: ['reason'] },
    { from: 'closed', action: 'reopen', to: 'open', needs: ['reason'] },
  ],
}

export async function requireIncident(r: ReadHandle, id: number): Promise<IncidentRecord> {
  return (await findIncident(r, id)) ?? refuse('radar.unknown_incident')
}

/** Adds a line to an incident's timeline. */
export function addIncidentEvent(
  w: WriteHandle,
  moment: Moment,
  incidentId: number,
  kind: string,
  data: EventData,
): Promise<void> {
  const { at, actorId } = moment
  return insertIncidentEvent(w, { incidentId, at, actorId, kind, data })
}

/** Refuses a fault the vocabulary does not have. */
export function requireFault(fault: string): void {
  if (fault !== '' && !isFault(fault)) refuse('radar.unknown_fault')
}

interface Opening {
  title: string
  cell: string | null
  productId: number | null
  batchNo: string
  fault: string | null
  ownerId: number
  caseIds: readonly number[]
}

export async function openIncident(w: WriteHandle, call: Call, input: Opening) {
  const moment = momentOf(call)
  if (input.fault !== null) requireFault(input.fault)
  const owner = await requireOwner(w, input.ownerId)
  const product = input.productId === null ? undefined : await findProduct(w, input.productId)
  const number = await takeDocumentNumber(w, 'SJ', call.profile.deskNo, moment.businessDate)
  const incidentId = await insertIncident(w, {
    number,
    title: input.title,
    goods: product?.name ?? '',
    brand: product?.brand ?? '',
    vendor: product?.vendor ?? '',
    productId: product?.id ?? null,
    batchNo: input.batchNo,
    fault: input.fault,
    cell: input.cell,
    ownerId: owner.id,
    businessDate: moment.businessDate,
    openedAt: moment.at,
    openedBy: moment.actorId,
  })
  const { title } = input
  await addIncidentEvent(w, moment, incidentId, 'opened', { title, owner: owner.name })
  await addMembers(w, moment, { id: incidentId, number }, input.caseIds)
  const subject = { type: 'incident', id: number }
  await record(w, call, 'radar.open_incident', subject, { ...input, caseIds: [...input.caseIds] })
  return { incidentId, number }
}

/** Refuses a case that is part of another incident (`radar.case_taken`). */
async function addMembers(
  w: WriteHandle,
  moment: Moment,
  incident: { id: number; number: string },
  caseIds: readonly number[],
): Promise<void> {
  const seen = await listSeen(w, [...new Set(caseIds)])
  if (seen.length < new Set(caseIds).size) refuse('cases.unknown_case')
  const { at, actorId: by } = moment
  for (const { caseId, number } of seen) {
    if (!(await insertMember(w, { incidentId: incident.id, caseId, at, by }))) {
      refuse('radar.case_taken', { number })
    }
    await addEvent(w, moment, caseId, 'incident_joined', {
      incidentId: incident.id,
      number: incident.number,
    })
    await addIncidentEvent(w, moment, incident.id, 'case_added', { caseId, number })
  }
}

async function requireOpen(
  w: WriteHandle,
  input: { incidentId: number; version: number },
): Promise<IncidentRecord> {
  const incident = await requireIncident(w, input.incidentId)
  if (incident.state === 'closed') refuse('radar.incident_closed', { number: incident.number })
  if (incident.version !== input.version) refuse('desk.changed_meanwhile')
  return incident
}

export async function addCases(
  w: WriteHandle,
  call: Call,
  input: { incidentId: number; caseIds: number[]; version: number },
) {
  const incident = await requireOpen(w, input)
  if (!(await writeIncident(w, incident))) refuse('desk.changed_meanwhile')
  await addMembers(w, momentOf(call), incident, input.caseIds)
  const subject = { type: 'incident', id: incident.number }
  await record(w, call, 'radar.add_cases', subject, { caseIds: input.caseIds })
  return { version: incident.version + 1 }
}

export async function removeCase(
  w: WriteHandle,
  call: Call,
  input: { incidentId: number; caseId: number; reason: string; version: number },
) {
  const moment = momentOf(call)
  const incident = await requireOpen(w, input)
  const { caseId, reason } = input
  const { id: incidentId, number } = incident
  if (!(await writeIncident(w, incident))) refuse('desk.changed_meanwhile')
  const removed = { at: moment.at, by: moment.actorId, reason }
  if (!(await writeMemberRemoved(w, { incidentId, caseId }, removed))) refuse('radar.not_a_member')
  const [seen] = await listSeen(w, [caseId])
  await addEvent(w, moment, caseId, 'incident_left', { incidentId, number, reason })
  const data = { caseId, number: seen?.number ?? '', reason }
  await addIncidentEvent(w, moment, incidentId, 'case_removed', data)
  await record(w, call, 'radar.remove_case', { type: 'incident', id: number }, { caseId, reason })
  return { version: incident.version + 1 }
}

export async function stepIncident(
  w: WriteHandle,
  call: Call,
  input: {
    incidentId: number
    action: IncidentAction | 'note' | 'assign'
    note: string
    ownerId?: number | undefined
    version: number
  },
) {
  const moment = momentOf(call)
  const incident = await requireIncident(w, input.incidentId)
  if (incident.version !== input.version) refuse('desk.changed_meanwhile')
  const { action, note } = input
  const owner =
    action === 'assign' ? await requireOwner(w, input.ownerId ?? refuse('radar.needs_owner')) : null
  if (action !== 'assign' && note.length < 2) refuse('radar.needs_words')
  const columns = owner ? { owner_id: owner.id } : stateColumns(incident, action, note, moment)
  if (!(await writeIncident(w, incident, columns))) refuse('desk.changed_meanwhile')
  const data = { note, ...(owner && { owner: owner.name }) }
  await addIncidentEvent(w, moment, incident.id, action, data)
  const subject = { type: 'incident', id: incident.number }
  await record(w, call, `radar.incident_${action}`, subject, data)
  return { version: incident.version + 1 }
}

function stateColumns(
  incident: IncidentRecord,
  action: IncidentAction | 'note' | 'assign',
  note: string,
  moment: Moment,
) {
  if (action === 'note' || action === 'assign') return {}
  const state =
    nextState(incidentMachine, incident.state, action) ??
    refuse('radar.no_such_step', { number: incident.number })
  return {
    state,
    closed_at: state === 'closed' ? moment.at : null,
    ...(state === 'closed' && { conclusion: note }),
  }
}

/** How many cases are proposed at once. */
const mostProposed = 30

/** An incident with its cases, its one timeline, and the cases that look like it. */
export async function readIncident(r: ReadHandle, scan: Scan | null, incidentId: number) {
  const incident = await requireIncident(r, incidentId)
  const members = await listMembers(r, incidentId)
  const taken = await listTaken(r, incidentId)
  const like = scan && incident.state !== 'closed' ? casesLike(scan, incident) : []
  const proposed = like.filter((caseId) => !taken.has(caseId)).slice(-mostProposed)
  return {
    ...incident,
    members: await listSeen(r, members),
    proposals: await listSeen(r, proposed),
    stops: await listStopsOf(r, incidentId),
    timeline: await listTimeline(r, incidentId),
  }
}
