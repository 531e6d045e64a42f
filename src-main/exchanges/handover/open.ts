import { record } from '../../audit/index.ts'
import type { Moment } from '../../cases/index.ts'
import { takeDocumentNumber } from '../../database/document-counter.ts'
import type { WriteHandle } from '../../database/store.ts'
import { refuse } from '../../foundation/errors.ts'
import { nextState } from '../../foundation/state-machine.ts'
import type { Call } from '../../handlers.ts'
import { type HandoverAction, handoverMachine, type HandoverState } from './rules.ts'
import {
  type HandoverRecord,
  insertHandover,
  insertHandoverEvent,
  listHandovers,
  type StepColumns,
  writeStep,
} from './store.ts'

/** Opens the form in the transaction that records the exchange: from then on its case waits for it. */
export async function openHandover(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  exchange: { id: number; number: string; caseId: number; part: 1 | 2 },
): Promise<{ id: number; number: string }> {
  const number = await takeDocumentNumber(w, 'JJ', call.profile.deskNo, moment.businessDate)
  const id = await insertHandover(w, {
    number,
    exchangeId: exchange.id,
    part: exchange.part,
    caseId: exchange.caseId,
    businessDate: moment.businessDate,
    openedAt: moment.at,
    openedBy: moment.actorId,
  })
  const data = { exchange: exchange.number }
  await writeHistory(w, call, moment, { id, number, state: 'open' }, 'open', data)
  return { id, number }
}

/**
 * Voids the forms of an exchange that is void, or the one of a part that is not handed over any more. Refuses once the
 * new goods are given (`handover.given_already`).
 */
export async function voidHandover(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  exchangeId: number,
  part: 1 | 2 | 'all' = 'all',
): Promise<void> {
  for (const handover of await listHandovers(w, exchangeId)) {
    if (part !== 'all' && handover.part !== part) continue
    if (!nextState(handoverMachine, handover.state, 'void')) {
      refuse('handover.given_already', { number: handover.number })
    }
    await takeStep(w, call, moment, handover, 'void', { columns: closing(moment) })
  }
}

/** Says why a form does not take a step now. */
export function refuseState({ number, state }: HandoverRecord, action: HandoverAction): never {
  if (action === 'signature' && state === 'open') refuse('handover.not_given_yet', { number })
  if (state === 'given') refuse('handover.given_already', { number })
  refuse('handover.closed', { number })
}

interface StepFacts {
  columns?: StepColumns
  data?: Record<string, unknown>
}

/** Takes one step of the table: state, history and audit. Each is durable by itself, so that work goes on from it. */
export async function takeStep(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  handover: HandoverRecord,
  action: HandoverAction,
  { columns = {}, data = {} }: StepFacts = {},
): Promise<HandoverState> {
  const state = nextState(handoverMachine, handover.state, action)
  if (!state) refuseState(handover, action)
  if (!(await writeStep(w, handover, { ...columns, state }))) refuse('desk.changed_meanwhile')
  await writeHistory(w, call, moment, { ...handover, state }, action, data)
  return state
}

async function writeHistory(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  handover: { id: number; number: string; state: HandoverState },
  action: HandoverAction | 'open',
  data: Record<string, unknown>,
): Promise<void> {
  await insertHandoverEvent(w, {
    handoverId: handover.id,
    at: moment.at,
    actorId: moment.actorId,
    action,
    state: handover.state,
    data,
  })
  await record(w, call, `handovers.${action}`, { type: 'handover', id: handover.number }, data)
}

/** The columns of a step that closes a form. */
export function closing(moment: Moment): StepColumns {
  return { closed_at: moment.at, closed_on: moment.businessDate, closed_by: moment.actorId }
}
