import { raiseAlert } from '../alerts/index.ts'
import { record } from '../audit/index.ts'
import { addEvent, findCaseOwner, listCaseNames, momentOf } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { insertHold, listHolds, listStanding, writeReleased } from './store.ts'

export async function openHold(r: ReadHandle, caseId: number) {
  const holds = await listHolds(r, caseId)
  return {
    now: holds.find(({ releasedAt }) => releasedAt === null) ?? null,
    past: holds.filter(({ releasedAt }) => releasedAt !== null),
  }
}

export async function listHeld(r: ReadHandle) {
  const holds = await listStanding(r)
  const names = await listCaseNames(
    r,
    holds.map(({ caseId }) => caseId),
  )
  return holds.map((hold) => ({
    ...hold,
    number: names.get(hold.caseId)?.number ?? `#${hold.caseId}`,
    complaintId: names.get(hold.caseId)?.complaintId ?? null,
  }))
}

/** A hold is somebody's word: whoever runs the machine gives none. */
function refuseMachine(call: Call): void {
  if (call.actor.role === 'system') refuse('approvals.people_only')
}

/**
 * Freezes a case for a court, an authority or a claim (domain.md §3.6 row 31). From then on the database itself takes
 * nothing but additions (`database/hold.ts`). Refuses a second hold (`cases.held_already`).
 */
export async function placeHold(
  w: WriteHandle,
  call: Call,
  input: { caseId: number; reason: string; reference: string },
) {
  refuseMachine(call)
  const moment = momentOf(call)
  const { caseId, reason, reference } = input
  const owner = (await findCaseOwner(w, caseId)) ?? refuse('cases.unknown_case')
  const id = await insertHold(w, { ...input, at: moment.at, by: moment.actorId })
  if (id === undefined) refuse('cases.held_already')
  await addEvent(w, moment, caseId, 'hold_placed', { reason, reference })
  await record(w, call, 'evidence.place_hold', { type: 'case', id: caseId }, { reason, reference })
  await tellOwner(w, call, { caseId, ownerId: owner.id, reason, id, kind: 'hold_placed' })
  return { id }
}

export async function releaseHold(
  w: WriteHandle,
  call: Call,
  input: { caseId: number; reason: string },
) {
  refuseMachine(call)
  const moment = momentOf(call)
  const { caseId, reason } = input
  const owner = (await findCaseOwner(w, caseId)) ?? refuse('cases.unknown_case')
  const step = { caseId, reason, at: moment.at, by: moment.actorId }
  const id = await writeReleased(w, step)
  if (id === undefined) refuse('cases.not_held')
  await addEvent(w, moment, caseId, 'hold_released', { reason })
  await record(w, call, 'evidence.release_hold', { type: 'case', id: caseId }, { reason })
  await tellOwner(w, call, { caseId, ownerId: owner.id, reason, id, kind: 'hold_released' })
  return { id }
}

/** Whoever has the case is told, unless it was they who did it. */
async function tellOwner(
  w: WriteHandle,
  call: Call,
  told: {
    caseId: number
    ownerId: number
    reason: string
    id: number
    kind: 'hold_placed' | 'hold_released'
  },
): Promise<void> {
  if (told.ownerId === call.actor.id) return
  await raiseAlert(w, momentOf(call), {
    key: `${told.kind}:${told.id}`,
    kind: told.kind,
    severity: 'warning',
    to: { operatorId: told.ownerId },
    subject: { type: 'case', id: told.caseId },
    caseId: told.caseId,
    params: { reason: told.reason },
  })
}
