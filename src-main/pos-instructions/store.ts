import type { PosInstructionTable, TenderTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { Doubt, InstructionAction, InstructionState } from './rules.ts'

export type Direction = PosInstructionTable['direction']
export type SourceType = PosInstructionTable['source_type']

/** The document of the desk that moves money. */
export interface Source {
  type: SourceType
  id: number
}

export interface NewInstruction {
  number: string
  direction: Direction
  source: Source & { number: string }
  caseId: number | null
  receiptId: number | null
  tender: { kind: TenderTable['kind']; label: string; reference: string }
  amount: number
  currency: string
  businessDate: string
  raisedAt: string
  raisedBy: number
}

export async function insertInstruction(
  w: WriteHandle,
  instruction: NewInstruction,
): Promise<number> {
  const { source, tender } = instruction
  const { id } = await w
    .insertInto('pos_instruction')
    .values({
      number: instruction.number,
      direction: instruction.direction,
      source_type: source.type,
      source_id: source.id,
      source_number: source.number,
      case_id: instruction.caseId,
      receipt_id: instruction.receiptId,
      tender_kind: tender.kind,
      tender_label: tender.label,
      tender_reference: tender.reference,
      amount: instruction.amount,
      currency: instruction.currency,
      state: 'pending',
      business_date: instruction.businessDate,
      raised_at: instruction.raisedAt,
      raised_by: instruction.raisedBy,
      settlement_id: null,
      settled_at: null,
      settled_on: null,
      settled_by: null,
      cancelled_at: null,
      cancelled_by: null,
      cancel_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface InstructionRecord {
  id: number
  number: string
  direction: Direction
  source: Source & { number: string }
  caseId: number | null
  receiptId: number | null
  tender: { kind: TenderTable['kind']; label: string; reference: string }
  amount: number
  currency: string
  state: InstructionState
  doubt: Doubt | 'none'
  businessDate: string
  raisedAt: string
  settlementId: number | null
  /** Number the POS gave the payment, once it is known. */
  posNumber: string | null
  settledOn: string | null
  cancelReason: string | null
  version: number
}

/** Every movement of money of a document, in the order it was told. */
export async function listOfSource(r: ReadHandle, source: Source): Promise<InstructionRecord[]> {
  const rows = await selectInstructions(r)
    .where('i.source_type', '=', source.type)
    .where('i.source_id', '=', source.id)
    .orderBy('i.id')
    .execute()
  return rows.map(recordOf)
}

function selectInstructions(r: ReadHandle) {
  return r
    .selectFrom('pos_instruction as i')
    .leftJoin('pos_settlement as s', 's.id', 'i.settlement_id')
    .selectAll('i')
    .select('s.pos_number')
}

type InstructionRow = Awaited<
  ReturnType<ReturnType<typeof selectInstructions>['executeTakeFirstOrThrow']>
>

function recordOf(row: InstructionRow): InstructionRecord {
  return {
    id: row.id,
    number: row.number,
    direction: row.direction,
    source: { type: row.source_type, id: row.source_id, number: row.source_number },
    caseId: row.case_id,
    receiptId: row.receipt_id,
    tender: { kind: row.tender_kind, label: row.tender_label, reference: row.tender_reference },
    amount: row.amount,
    currency: row.currency,
    state: row.state,
    doubt: row.doubt,
    businessDate: row.business_date,
    raisedAt: row.raised_at,
    settlementId: row.settlement_id,
    posNumber: row.pos_number,
    settledOn: row.settled_on,
    cancelReason: row.cancel_reason,
    version: row.version,
  }
}

export async function findInstructions(
  r: ReadHandle,
  ids: readonly number[],
): Promise<InstructionRecord[]> {
  const rows = await selectInstructions(r).where('i.id', 'in', ids).orderBy('i.id').execute()
  return rows.map(recordOf)
}

/** What a settlement settled. */
export async function listOfSettlement(
  r: ReadHandle,
  settlementId: number,
): Promise<InstructionRecord[]> {
  const rows = await selectInstructions(r)
    .where('i.settlement_id', '=', settlementId)
    .orderBy('i.id')
    .execute()
  return rows.map(recordOf)
}

/** Adds to an instruction's history. */
export async function insertInstructionEvent(
  w: WriteHandle,
  event: {
    instructionId: number
    at: string
    actorId: number
    action: InstructionAction | 'raise'
    state: InstructionState
    data: Readonly<Record<string, unknown>>
  },
): Promise<void> {
  await w
    .insertInto('pos_instruction_event')
    .values({
      instruction_id: event.instructionId,
      at: event.at,
      actor_id: event.actorId,
      action: event.action,
      state: event.state,
      data: JSON.stringify(event.data),
    })
    .execute()
}

/** Columns a step may set beside the state. */
export type StepColumns = Partial<
  Pick<
    PosInstructionTable,
    | 'settlement_id'
    | 'settled_at'
    | 'settled_on'
    | 'settled_by'
    | 'cancelled_at'
    | 'cancelled_by'
    | 'cancel_reason'
  >
> & { doubt?: Doubt | 'none' }

/** @returns false when somebody else changed the instruction since `version`. */
export async function writeInstruction(
  w: WriteHandle,
  seen: { id: number; version: number },
  state: InstructionState,
  columns: StepColumns,
): Promise<boolean> {
  const result = await w
    .updateTable('pos_instruction')
    .set({ doubt: 'none', ...columns, state, version: seen.version + 1 })
    .where('id', '=', seen.id)
    .where('version', '=', seen.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
