import { record } from '../audit/index.ts'
import { addEvent, type Moment } from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { listFreeReturns, retakeUnits } from './matching-store.ts'
import { type InstructionAction, instructionMachine } from './rules.ts'
import {
  type Direction,
  insertInstruction,
  insertInstructionEvent,
  type InstructionRecord,
  listOfSource,
  type NewInstruction,
  type Source,
  type StepColumns,
  writeInstruction,
} from './store.ts'

/** A movement of money the POS has to make for a document of the desk. */
export interface MoneyMovement {
  kind: Direction
  source: Source & { number: string }
  caseId: number | null
  /** The sale the money belongs to. */
  receiptId: number | null
  tender: NewInstruction['tender']
  /** Minor units, more than zero. */
  amount: number
  currency: string
}

/**
 * Tells the POS to pay out or to collect: one instruction with a number of its own, which the slip carries as a
 * barcode. The desk never moves money itself (domain.md §5.4). Belongs to the caller's transaction.
 */
export async function raiseInstruction(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  movement: MoneyMovement,
): Promise<{ id: number; number: string }> {
  const { kind: direction, source, caseId, tender, amount, currency } = movement
  const number = await takeDocumentNumber(w, 'ZF', call.profile.deskNo, moment.businessDate)
  const id = await insertInstruction(w, {
    number,
    direction,
    source,
    caseId,
    receiptId: movement.receiptId,
    tender,
    amount,
    currency,
    businessDate: moment.businessDate,
    raisedAt: moment.at,
    raisedBy: moment.actorId,
  })
  const data = { direction, tender: tender.kind, amount, currency }
  await insertInstructionEvent(w, {
    instructionId: id,
    at: moment.at,
    actorId: moment.actorId,
    action: 'raise',
    state: instructionMachine.initial,
    data,
  })
  if (caseId !== null) await addEvent(w, moment, caseId, 'instruction_raised', { number, ...data })
  await record(
    w,
    call,
    'instructions.raise',
    { type: 'instruction', id: number },
    { source: source.number, ...data },
  )
  return { id, number }
}

/**
 * Takes back what the POS was told for a document that is void. Refuses with `instructions.already_settled` where the
 * POS has made the payment: the money is out, and the document stands. Of one payment alone where `only` names it.
 */
export async function cancelInstructions(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  source: Source,
  reason: string,
  only?: string,
): Promise<void> {
  const live = (await listOfSource(w, source)).filter(
    ({ state, number }) => state !== 'cancelled' && number === (only ?? number),
  )
  const settled = live.find((each) => each.state === 'settled')
  if (settled) {
    refuse('instructions.already_settled', {
      number: settled.number,
      posNumber: settled.posNumber ?? '',
    })
  }
  for (const instruction of live) await cancelInstruction(w, call, moment, instruction, reason)
  // Units the void has freed may have come back at a till meanwhile.
  const sales = new Set(live.flatMap(({ receiptId }) => receiptId ?? []))
  for (const back of await listFreeReturns(w, [...sales])) await retakeUnits(w, back)
}

/** Takes one instruction back: what it asked for will not be paid. */
export async function cancelInstruction(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  instruction: InstructionRecord,
  reason: string,
): Promise<void> {
  await takeStep(w, moment, instruction, 'cancel', {
    columns: {
      cancelled_at: moment.at,
      cancelled_by: moment.actorId,
      cancel_reason: reason,
    },
    data: { reason },
  })
  const { number, caseId, amount, currency } = instruction
  if (caseId !== null) {
    await addEvent(w, moment, caseId, 'instruction_cancelled', { number, amount, currency, reason })
  }
  await record(w, call, 'instructions.cancel', { type: 'instruction', id: number }, { reason })
}

/** Takes one step of the table and writes it into the instruction's history. */
export async function takeStep(
  w: WriteHandle,
  moment: Moment,
  instruction: InstructionRecord,
  action: InstructionAction,
  { columns, data }: { columns: StepColumns; data: Readonly<Record<string, unknown>> },
): Promise<void> {
  const state = nextState(instructionMachine, instruction.state, action)
  if (!state) {
    refuse('instructions.no_such_step', { number: instruction.number, state: instruction.state })
  }
  if (!(await writeInstruction(w, instruction, state, columns))) refuse('desk.changed_meanwhile')
  await insertInstructionEvent(w, {
    instructionId: instruction.id,
    at: moment.at,
    actorId: moment.actorId,
    action,
    state,
    data,
  })
}

/** What the POS was told for a document, in the order of its payments; empty where that was before there were any. */
export function instructionsOf(r: ReadHandle, source: Source): Promise<InstructionRecord[]> {
  return listOfSource(r, source)
}
