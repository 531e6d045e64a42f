import { sql } from 'kysely'
import type { ReadHandle } from '../database/store.ts'
import type { InstructionAction, InstructionState } from './rules.ts'
import type { Source } from './store.ts'

/** What a list says of an instruction beside the instruction itself. */
export interface InstructionContext {
  receiptNo: string | null
  till: string | null
  soldOn: string | null
  raisedBy: string
}

/** Where instructions come from, by their id. */
export async function readContexts(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, InstructionContext>> {
  const contexts = new Map<number, InstructionContext>()
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const rows = await r
      .selectFrom('pos_instruction as i')
      .innerJoin('operator', 'operator.id', 'i.raised_by')
      .leftJoin('receipt', 'receipt.id', 'i.receipt_id')
      .select(['i.id', 'operator.name', 'receipt.receipt_no', 'receipt.till'])
      .select('receipt.business_date')
      .where('i.id', 'in', ids.slice(from, from + idsAtOnce))
      .execute()
    for (const row of rows) {
      contexts.set(row.id, {
        receiptNo: row.receipt_no,
        till: row.till,
        soldOn: row.business_date,
        raisedBy: row.name,
      })
    }
  }
  return contexts
}

/** Below SQLite's limit of variables. */
const idsAtOnce = 500

interface Days {
  from: string
  to: string
}

/** Instructions by day, oldest first: those raised on these days, or those still open whenever they were raised. */
export async function listInstructionIds(
  r: ReadHandle,
  which: Days | 'open',
  limit: number,
): Promise<number[]> {
  const rows = await r
    .selectFrom('pos_instruction')
    .select('id')
    .$if(which === 'open', (all) => all.where('state', 'in', ['pending', 'ambiguous']))
    .$if(which !== 'open', (all) =>
      which === 'open'
        ? all
        : all.where('business_date', '>=', which.from).where('business_date', '<=', which.to),
    )
    .orderBy('business_date')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** How much waits for the POS, by day, direction and tender. */
export async function sumOpen(r: ReadHandle) {
  return r
    .selectFrom('pos_instruction')
    .select(['business_date', 'direction', 'tender_kind', 'tender_label', 'currency'])
    .select((row) => [
      row.fn.countAll<number>().as('count'),
      row.fn.sum<number>('amount').as('sum'),
    ])
    .where('state', 'in', ['pending', 'ambiguous'])
    .groupBy(['business_date', 'direction', 'tender_kind', 'tender_label', 'currency'])
    .orderBy('business_date')
    .execute()
}

/** What the tills have not been seen paying or collecting, by how many and how much; minor units. */
export async function countOpenInstructions(
  r: ReadHandle,
): Promise<{ count: number; ambiguous: number; payOut: number; collect: number }> {
  const rows = await r
    .selectFrom('pos_instruction')
    .select(['direction', 'state'])
    .select((row) => [
      row.fn.countAll<number>().as('count'),
      row.fn.sum<number>('amount').as('sum'),
    ])
    .where('state', 'in', ['pending', 'ambiguous'])
    .groupBy(['direction', 'state'])
    .execute()
  const open = { count: 0, ambiguous: 0, payOut: 0, collect: 0 }
  for (const { direction, state, count, sum } of rows) {
    open.count += count
    if (state === 'ambiguous') open.ambiguous += count
    open[direction === 'pay_out' ? 'payOut' : 'collect'] += sum
  }
  return open
}

/** Receipts of tills on which goods came back in these days and that stand for nothing of the desk, oldest first. */
export async function listUnclaimedReturns(
  r: ReadHandle,
  { from, to }: Days,
  limit: number,
): Promise<number[]> {
  const rows = await r
    .selectFrom('receipt')
    .leftJoin('pos_settlement as s', (join) =>
      join.onRef('s.receipt_id', '=', 'receipt.id').on('s.live', '=', sql.lit(1)),
    )
    .innerJoin('import_batch as b', 'b.id', 'receipt.import_id')
    .select('receipt.id')
    .where('b.source', '=', 'file')
    // Written out for the partial index of exactly these words.
    .where(sql<boolean>`(receipt.kind = 'return' OR receipt.original_receipt_id IS NOT NULL)`)
    .where('receipt.business_date', '>=', from)
    .where('receipt.business_date', '<=', to)
    .where('receipt.total', '<>', 0)
    .where('s.id', 'is', null)
    .orderBy('receipt.business_date')
    .orderBy('receipt.id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Settlements made on these days, newest first; those whose payment differs from what was told whenever they were. */
export async function listSettlementIds(
  r: ReadHandle,
  { from, to }: Days,
  limit: number,
): Promise<number[]> {
  const rows = await r
    .selectFrom('pos_instruction')
    .select('settlement_id')
    .distinct()
    .where('settled_on', '>=', from)
    .where('settled_on', '<=', to)
    .where('settlement_id', 'is not', null)
    .orderBy('settlement_id', 'desc')
    .limit(limit)
    .execute()
  return rows.flatMap(({ settlement_id }) => settlement_id ?? [])
}

/** Settlements whose payment is another amount than their instructions come to. */
export async function listDifferingIds(r: ReadHandle): Promise<number[]> {
  const rows = await r
    .selectFrom('pos_settlement as s')
    .innerJoin('pos_instruction as i', 'i.settlement_id', 's.id')
    .select('s.id')
    .where('s.live', '=', sql.lit(1))
    .where('s.pos_amount', 'is not', null)
    .groupBy('s.id')
    .having((row) => row(row.ref('s.pos_amount'), '<>', row.fn.sum<number>('i.amount')))
    .orderBy('s.id', 'desc')
    .execute()
  return rows.map(({ id }) => id)
}

/** What happened to an instruction, oldest first. */
export async function listInstructionEvents(r: ReadHandle, instructionId: number) {
  const rows = await r
    .selectFrom('pos_instruction_event as e')
    .innerJoin('operator', 'operator.id', 'e.actor_id')
    .select(['e.id', 'e.at', 'e.action', 'e.state', 'e.data', 'operator.name'])
    .where('e.instruction_id', '=', instructionId)
    .orderBy('e.id')
    .execute()
  return rows.map((row): InstructionEvent => ({
    id: row.id,
    at: row.at,
    actor: row.name,
    action: row.action,
    state: row.state,
    data: JSON.parse(row.data) as Record<string, unknown>,
  }))
}

export interface InstructionEvent {
  id: number
  at: string
  actor: string
  action: InstructionAction | 'raise'
  state: InstructionState
  data: Record<string, unknown>
}

/** The instruction with a number, whole or as clerks say it (`0057-K`); the newest of several. */
export async function findByNumber(r: ReadHandle, number: string): Promise<number | null> {
  const row = await r
    .selectFrom('pos_instruction')
    .select('id')
    .where((each) => each.or([each('number', '=', number), each('short_no', '=', number)]))
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row?.id ?? null
}

/** What a case still waits for from the POS; amounts are minor units. */
export async function sumOpenOfCase(r: ReadHandle, caseId: number) {
  const rows = await r
    .selectFrom('pos_instruction')
    .select(['direction', 'state', 'amount'])
    .where('case_id', '=', caseId)
    .where('case_id', 'is not', null)
    .where('state', 'in', ['pending', 'ambiguous'])
    .execute()
  const sumOf = (direction: 'pay_out' | 'collect') =>
    rows.filter((row) => row.direction === direction).reduce((sum, { amount }) => sum + amount, 0)
  return {
    count: rows.length,
    ambiguous: rows.filter(({ state }) => state === 'ambiguous').length,
    payOut: sumOf('pay_out'),
    collect: sumOf('collect'),
  }
}

/** A till's return of a sale that no document of the desk stands for. */
export interface TillReturn {
  receiptId: number
  receiptNo: string
  till: string
  businessDate: string
  /** Positive, minor units. */
  amount: number
  /** Sold lines it gave back. */
  lineIds: number[]
}

/** What tills gave back of a sale by themselves, oldest first. */
export async function unclaimedReturnsOf(r: ReadHandle, saleId: number): Promise<TillReturn[]> {
  const rows = await r
    .selectFrom('receipt')
    .innerJoin('sale_line', 'sale_line.receipt_id', 'receipt.id')
    .leftJoin('pos_settlement as s', (join) =>
      join.onRef('s.receipt_id', '=', 'receipt.id').on('s.live', '=', sql.lit(1)),
    )
    .select(['receipt.id', 'receipt.receipt_no', 'receipt.till', 'receipt.business_date'])
    .select(['receipt.total', 'sale_line.original_line_id'])
    .where('receipt.original_receipt_id', '=', saleId)
    .where('sale_line.original_line_id', 'is not', null)
    .where('s.id', 'is', null)
    .orderBy('receipt.id')
    .execute()
  const returns = new Map<number, TillReturn>()
  for (const row of rows) {
    const found = returns.get(row.id) ?? {
      receiptId: row.id,
      receiptNo: row.receipt_no,
      till: row.till,
      businessDate: row.business_date,
      amount: Math.abs(row.total),
      lineIds: [],
    }
    found.lineIds.push(row.original_line_id ?? 0)
    returns.set(row.id, found)
  }
  return [...returns.values()]
}

/** The document of the desk a till's receipt stands for; null for the till's own. */
export async function mirrorOf(
  r: ReadHandle,
  receiptId: number,
): Promise<(Source & { number: string }) | null> {
  const row = await r
    .selectFrom('pos_settlement as s')
    .leftJoin('pos_instruction as i', 'i.settlement_id', 's.id')
    .leftJoin('exchange as e', (join) =>
      join.onRef('e.id', '=', 's.source_id').on('s.source_type', '=', 'exchange'),
    )
    .select(['s.source_type', 's.source_id', 'i.source_number', 'e.number'])
    .where('s.receipt_id', '=', receiptId)
    .where('s.live', '=', sql.lit(1))
    .executeTakeFirst()
  if (!row) return null
  return {
    type: row.source_type,
    id: row.source_id,
    number: row.source_number ?? row.number ?? '',
  }
}
