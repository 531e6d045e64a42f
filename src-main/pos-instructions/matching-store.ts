import { sql } from 'kysely'
import { shareOfUnit } from '../foundation/money.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { OpenInstruction, TillPayment, ToldPayment } from './matching.ts'
import type { Ground } from './rules.ts'
import type { Direction, Source } from './store.ts'

const open = ['pending', 'ambiguous'] as const

/** A document as the matching names it. */
export function sourceKey({ type, id }: Source): string {
  return `${type} ${id}`
}

/** What tells a tender from another: tills name the kinds nobody else has. */
export function tenderKey(tender: { kind: string; label: string }): string {
  return tender.kind === 'other' ? `other ${tender.label}` : tender.kind
}

/** Every instruction the POS has not answered yet. */
export async function readOpenInstructions(r: ReadHandle): Promise<OpenInstruction[]> {
  const rows = await r
    .selectFrom('pos_instruction')
    .selectAll()
    .where('state', 'in', open)
    .orderBy('id')
    .execute()
  const lines = await readSourceLines(
    r,
    rows.map((row) => ({ type: row.source_type, id: row.source_id })),
  )
  return rows.map((row) => {
    const source = sourceKey({ type: row.source_type, id: row.source_id })
    return {
      id: row.id,
      number: row.number,
      source,
      sourceNumber: row.source_number,
      direction: row.direction,
      receiptId: row.receipt_id,
      tender: tenderKey({ kind: row.tender_kind, label: row.tender_label }),
      amount: row.amount,
      currency: row.currency,
      businessDate: row.business_date,
      raisedAt: row.raised_at,
      lineIds: lines.get(source) ?? [],
    }
  })
}

/** The sold lines each document took back, where it is a refund or an exchange. */
async function readSourceLines(
  r: ReadHandle,
  sources: readonly Source[],
): Promise<Map<string, number[]>> {
  const lines = new Map<string, number[]>()
  for (const [type, column] of [
    ['refund', 'refund.id'],
    ['exchange', 'refund.exchange_id'],
  ] as const) {
    const ids = [...new Set(sources.filter((each) => each.type === type).map(({ id }) => id))]
    for (let from = 0; from < ids.length; from += idsAtOnce) {
      const rows = await r
        .selectFrom('refund')
        .innerJoin('refund_line', 'refund_line.refund_id', 'refund.id')
        .select([`${column} as source_id`, 'refund_line.sale_line_id'])
        .where(column, 'in', ids.slice(from, from + idsAtOnce))
        .orderBy('refund_line.id')
        .execute()
      for (const row of rows) {
        const key = sourceKey({ type, id: row.source_id ?? 0 })
        lines.set(key, [...(lines.get(key) ?? []), row.sale_line_id])
      }
    }
  }
  return lines
}

/** Payments a person told by number whose receipt no import has brought yet. */
export async function readTold(r: ReadHandle): Promise<ToldPayment[]> {
  const rows = await r
    .selectFrom('pos_settlement as s')
    .innerJoin('pos_instruction as i', 'i.settlement_id', 's.id')
    .select(['s.id', 's.source_type', 's.source_id', 's.direction', 's.pos_key', 's.pos_till'])
    .select(['s.pos_date', (row) => row.fn.sum<number>('i.amount').as('amount')])
    .where('s.live', '=', sql.lit(1))
    .where('s.receipt_id', 'is', null)
    .where('s.shares_id', 'is', null)
    .groupBy('s.id')
    .orderBy('s.id')
    .execute()
  return rows.map((row) => ({
    settlementId: row.id,
    source: sourceKey({ type: row.source_type, id: row.source_id }),
    direction: row.direction,
    posKey: row.pos_key,
    till: row.pos_till,
    date: row.pos_date,
    amount: row.amount,
  }))
}

/** Which document each number of a paper belongs to, for the numbers tills mention. */
export async function readMentioned(r: ReadHandle): Promise<Map<string, string>> {
  const rows = await r
    .selectFrom('till_mention')
    .innerJoin('pos_instruction as i', (join) =>
      join.on((eb) =>
        eb.or([
          eb('i.number', '=', eb.ref('till_mention.number')),
          eb('i.source_number', '=', eb.ref('till_mention.number')),
        ]),
      ),
    )
    .leftJoin('pos_settlement as s', (join) =>
      join.onRef('s.receipt_id', '=', 'till_mention.receipt_id').on('s.live', '=', sql.lit(1)),
    )
    .select(['till_mention.number', 'i.source_type', 'i.source_id'])
    .where('s.id', 'is', null)
    .distinct()
    .execute()
  const exchanges = await readMentionedExchanges(r)
  return new Map([
    ...exchanges.map(({ number, id }) => [number, sourceKey({ type: 'exchange', id })] as const),
    ...rows.map(
      (row) => [row.number, sourceKey({ type: row.source_type, id: row.source_id })] as const,
    ),
  ])
}

/** Exchanges tills name: an even one has no instruction, and a till may write it down all the same. */
export async function readMentionedExchanges(
  r: ReadHandle,
): Promise<{ id: number; number: string }[]> {
  return r
    .selectFrom('till_mention')
    .innerJoin('exchange', 'exchange.number', 'till_mention.number')
    .leftJoin('pos_settlement as s', (join) =>
      join.onRef('s.receipt_id', '=', 'till_mention.receipt_id').on('s.live', '=', sql.lit(1)),
    )
    .select(['exchange.id', 'exchange.number'])
    .where('exchange.state', '<>', 'void')
    .where('s.id', 'is', null)
    .distinct()
    .execute()
}

/** Notes which receipt of the till is an exchange of the desk; null takes it back. */
export async function writeTillReceipt(
  w: WriteHandle,
  exchangeId: number,
  receiptId: number | null,
): Promise<void> {
  await w
    .updateTable('exchange')
    .set({ pos_receipt_id: receiptId })
    .where('id', '=', exchangeId)
    .execute()
}

/** Matches people have undone: these two do not belong together. */
export async function readRejected(r: ReadHandle): Promise<Set<string>> {
  const rows = await r
    .selectFrom('pos_settlement')
    .select(['source_type', 'source_id', 'receipt_id'])
    .where('live', '=', 0)
    .where('receipt_id', 'is not', null)
    .execute()
  return new Set(
    rows.map(
      (row) => `${sourceKey({ type: row.source_type, id: row.source_id })} ${row.receipt_id}`,
    ),
  )
}

/** What a till moved, with what a person needs to recognise it. */
export interface TillPaymentRecord extends TillPayment {
  receiptNo: string
  kind: 'sale' | 'return'
  soldAt: string
  goods: string
}

/** Receipts of tills that stand for no document of the desk yet, among these ids. */
export async function readFreePayments(
  r: ReadHandle,
  receiptIds: readonly number[],
): Promise<TillPaymentRecord[]> {
  const found: TillPaymentRecord[] = []
  const ids = [...new Set(receiptIds)].toSorted((a, b) => a - b)
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    found.push(...(await readPayments(r, ids.slice(from, from + idsAtOnce))))
  }
  return found
}

/** Below SQLite's limit of variables. */
const idsAtOnce = 500

async function readPayments(r: ReadHandle, ids: readonly number[]): Promise<TillPaymentRecord[]> {
  const rows = await r
    .selectFrom('receipt')
    .innerJoin('import_batch as b', 'b.id', 'receipt.import_id')
    .leftJoin('receipt as original', 'original.id', 'receipt.original_receipt_id')
    .leftJoin('pos_settlement as s', (join) =>
      join.onRef('s.receipt_id', '=', 'receipt.id').on('s.live', '=', sql.lit(1)),
    )
    .select(['receipt.id', 'receipt.receipt_no', 'receipt.receipt_key', 'receipt.till'])
    .select(['receipt.kind', 'receipt.business_date', 'receipt.sold_at', 'receipt.currency'])
    .select(['receipt.total', 'receipt.original_receipt_id', 'b.started_at', 'b.finished_at'])
    .select(['original.receipt_no as original_no', 'original.business_date as original_date'])
    .where('receipt.id', 'in', ids)
    // What the desk itself gave out is no receipt of a till.
    .where('b.source', '=', 'file')
    .where('s.id', 'is', null)
    .orderBy('receipt.id')
    .execute()
  const tenders = await readTillTenders(r, ids)
  const lines = await readTillLines(r, ids)
  const mentions = await readMentions(r, ids)
  // A receipt that comes to nothing is an answer only where it says to what.
  const counted = rows.filter((row) => row.total !== 0 || mentions.has(row.id))
  return counted.map((row) => {
    const paid = tenders.get(row.id) ?? []
    const ofLines = lines.get(row.id) ?? []
    return {
      receiptId: row.id,
      receiptNo: row.receipt_no,
      kind: row.kind,
      direction: row.total < 0 ? ('pay_out' as const) : ('collect' as const),
      posKey: row.receipt_key,
      till: row.till,
      businessDate: row.business_date,
      soldAt: row.sold_at,
      isDated: row.receipt_no !== row.original_no || row.business_date !== row.original_date,
      currency: row.currency,
      amount: Math.abs(row.total),
      parts: partsOf(paid, row.total),
      mentions: mentions.get(row.id) ?? [],
      originalReceiptId: row.original_receipt_id,
      lineIds: ofLines.flatMap(({ originalLineId }) => originalLineId ?? []),
      goods: ofLines.map(({ name }) => name).join('、'),
      knownAt: row.finished_at ?? row.started_at,
    }
  })
}

interface TillTender {
  kind: string
  label: string
  amount: number
}

/** By tender and positive; null where the file does not say, empty where money went both ways. */
function partsOf(tenders: readonly TillTender[], total: number): TillPayment['parts'] {
  const isLumped = tenders.some(({ kind, label }) => kind === 'other' && label.includes(' + '))
  if (tenders.length === 0 || isLumped) return null
  if (tenders.some(({ amount }) => amount < 0 !== total < 0)) return []
  return tenders.map((tender) => ({ tender: tenderKey(tender), amount: Math.abs(tender.amount) }))
}

async function readTillTenders(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, TillTender[]>> {
  const rows = await r
    .selectFrom('tender')
    .select(['receipt_id', 'kind', 'label', 'amount'])
    .where('receipt_id', 'in', ids)
    .where('amount', '<>', 0)
    .orderBy('id')
    .execute()
  const tenders = new Map<number, TillTender[]>()
  for (const { receipt_id: id, ...tender } of rows) {
    tenders.set(id, [...(tenders.get(id) ?? []), tender])
  }
  return tenders
}

async function readTillLines(r: ReadHandle, ids: readonly number[]) {
  const rows = await r
    .selectFrom('sale_line')
    .select(['receipt_id', 'name', 'original_line_id'])
    .where('receipt_id', 'in', ids)
    .orderBy('receipt_id')
    .orderBy('line_no')
    .execute()
  const lines = new Map<number, { name: string; originalLineId: number | null }[]>()
  for (const row of rows) {
    const line = { name: row.name, originalLineId: row.original_line_id }
    lines.set(row.receipt_id, [...(lines.get(row.receipt_id) ?? []), line])
  }
  return lines
}

async function readMentions(r: ReadHandle, ids: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await r
    .selectFrom('till_mention')
    .select(['receipt_id', 'number'])
    .where('receipt_id', 'in', ids)
    .orderBy('number')
    .execute()
  const mentions = new Map<number, string[]>()
  for (const row of rows) {
    mentions.set(row.receipt_id, [...(mentions.get(row.receipt_id) ?? []), row.number])
  }
  return mentions
}

/** Receipts that can have to do with what is open: of the same sale, naming a paper, or told by number. */
export async function listRelatedReceipts(
  r: ReadHandle,
  { saleIds, posKeys }: { saleIds: readonly number[]; posKeys: readonly string[] },
): Promise<number[]> {
  const ids = new Set<number>()
  const mentioned = await r
    .selectFrom('till_mention')
    .leftJoin('pos_settlement as s', (join) =>
      join.onRef('s.receipt_id', '=', 'till_mention.receipt_id').on('s.live', '=', sql.lit(1)),
    )
    .select('till_mention.receipt_id')
    .where('s.id', 'is', null)
    .distinct()
    .execute()
  for (const row of mentioned) ids.add(row.receipt_id)
  for (let from = 0; from < saleIds.length; from += idsAtOnce) {
    const rows = await r
      .selectFrom('receipt')
      .select('id')
      .where('original_receipt_id', 'in', saleIds.slice(from, from + idsAtOnce))
      .execute()
    for (const { id } of rows) ids.add(id)
  }
  for (let from = 0; from < posKeys.length; from += idsAtOnce) {
    const rows = await r
      .selectFrom('receipt')
      .select('id')
      .where('receipt_key', 'in', posKeys.slice(from, from + idsAtOnce))
      .execute()
    for (const { id } of rows) ids.add(id)
  }
  return [...ids]
}

export interface NewSettlement {
  source: Source
  direction: Direction
  how: 'number' | 'original' | 'by_hand' | 'typed'
  posNumber: string
  posKey: string
  till: string
  date: string
  receiptId: number | null
  posAmount: number | null
  why: readonly Ground[]
  /** The settlement that holds the receipt, where this is a share of it. */
  sharesId?: number
  at: string
  by: number
}

export async function insertSettlement(w: WriteHandle, made: NewSettlement): Promise<number> {
  const { id } = await w
    .insertInto('pos_settlement')
    .values({
      source_type: made.source.type,
      source_id: made.source.id,
      direction: made.direction,
      how: made.how,
      pos_number: made.posNumber,
      pos_key: made.posKey,
      pos_till: made.till,
      pos_date: made.date,
      receipt_id: made.receiptId,
      pos_amount: made.posAmount,
      why: JSON.stringify(made.why),
      made_at: made.at,
      made_by: made.by,
      undone_at: null,
      undone_by: null,
      undo_reason: null,
      shares_id: made.sharesId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface SettlementRecord {
  id: number
  live: boolean
  source: Source
  direction: Direction
  how: NewSettlement['how']
  posNumber: string
  till: string
  date: string
  receiptId: number | null
  sharesId: number | null
  posAmount: number | null
  why: Ground[]
  madeAt: string
  madeBy: string
}

export async function findSettlement(
  r: ReadHandle,
  id: number,
): Promise<SettlementRecord | undefined> {
  const row = await selectSettlements(r).where('s.id', '=', id).executeTakeFirst()
  return row && settlementOf(row)
}

function selectSettlements(r: ReadHandle) {
  return r
    .selectFrom('pos_settlement as s')
    .innerJoin('operator', 'operator.id', 's.made_by')
    .selectAll('s')
    .select('operator.name as made_by_name')
}

type SettlementRow = Awaited<
  ReturnType<ReturnType<typeof selectSettlements>['executeTakeFirstOrThrow']>
>

function settlementOf(row: SettlementRow): SettlementRecord {
  return {
    id: row.id,
    live: row.live === 1,
    source: { type: row.source_type, id: row.source_id },
    direction: row.direction,
    how: row.how,
    posNumber: row.pos_number,
    till: row.pos_till,
    date: row.pos_date,
    receiptId: row.receipt_id,
    sharesId: row.shares_id,
    posAmount: row.pos_amount,
    why: JSON.parse(row.why) as Ground[],
    madeAt: row.made_at,
    madeBy: row.made_by_name,
  }
}

/** A live settlement with those it shares its payment with, the one that holds the receipt first. */
export async function listShares(
  r: ReadHandle,
  settlement: SettlementRecord,
): Promise<SettlementRecord[]> {
  const first = settlement.sharesId ?? settlement.id
  const rows = await selectSettlements(r)
    .where('s.live', '=', sql.lit(1))
    .where((row) => row.or([row('s.id', '=', first), row('s.shares_id', '=', first)]))
    .orderBy('s.id')
    .execute()
  return rows.map(settlementOf)
}

/** Live settlements that carry a number of the POS on a day. */
export async function listByPosNumber(
  r: ReadHandle,
  told: { direction: Direction; posKey: string; date: string },
): Promise<SettlementRecord[]> {
  const rows = await selectSettlements(r)
    .where('s.live', '=', sql.lit(1))
    .where('s.direction', '=', told.direction)
    .where('s.pos_key', '=', told.posKey)
    .where('s.pos_date', '=', told.date)
    .orderBy('s.id')
    .execute()
  return rows.map(settlementOf)
}

/** Number of the first instruction that a settlement settled. */
export async function findSettledNumber(r: ReadHandle, settlementId: number): Promise<string> {
  const row = await r
    .selectFrom('pos_instruction')
    .select('number')
    .where('settlement_id', '=', settlementId)
    .orderBy('id')
    .executeTakeFirst()
  return row?.number ?? ''
}

/** How a receipt's number is looked for. */
export async function findReceiptKey(r: ReadHandle, id: number): Promise<string | undefined> {
  const row = await r
    .selectFrom('receipt')
    .select('receipt_key')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.receipt_key
}

/** Ties a told payment to the receipt an import brought. */
export async function writeReceiptOf(
  w: WriteHandle,
  settlementId: number,
  receipt: { id: number; amount: number; till: string; date: string },
): Promise<void> {
  await w
    .updateTable('pos_settlement')
    .set({
      receipt_id: receipt.id,
      pos_amount: receipt.amount,
      pos_till: receipt.till,
      pos_date: receipt.date,
    })
    .where('id', '=', settlementId)
    .execute()
}

export async function writeUndone(
  w: WriteHandle,
  settlementId: number,
  undone: { at: string; by: number; reason: string },
): Promise<void> {
  await w
    .updateTable('pos_settlement')
    .set({ live: 0, undone_at: undone.at, undone_by: undone.by, undo_reason: undone.reason })
    .where('id', '=', settlementId)
    .where('live', '=', 1)
    .execute()
}

/** The till's return is the desk's refund: the unit is back once, by the desk's slip. */
export async function releaseUnits(w: WriteHandle, receiptId: number): Promise<void> {
  await w
    .updateTable('returned_unit')
    .set({ live: 0 })
    .where('live', '=', 1)
    .where('pos_return_line_id', 'in', (lines) =>
      lines.selectFrom('sale_line').select('id').where('receipt_id', '=', receiptId),
    )
    .execute()
}

/** What a till's return takes by itself, where it stands for nothing of the desk: units that are still out. */
export async function retakeUnits(w: WriteHandle, receiptId: number): Promise<void> {
  const lines = await w
    .selectFrom('sale_line as back')
    .innerJoin('sale_line as sold', 'sold.id', 'back.original_line_id')
    .select(['back.id', 'back.units', 'back.paid_amount'])
    .select(['sold.id as sold_id', 'sold.units as sold_units'])
    .where('back.receipt_id', '=', receiptId)
    .where('back.kind', '=', 'return')
    .orderBy('back.line_no')
    .execute()
  for (const line of lines) await retakeLine(w, line)
}

async function retakeLine(
  w: WriteHandle,
  line: { id: number; units: number; paid_amount: number; sold_id: number; sold_units: number },
): Promise<void> {
  const taken = await w
    .selectFrom('returned_unit')
    .select(['unit_no', 'pos_return_line_id'])
    .where('sale_line_id', '=', line.sold_id)
    .where('live', '=', 1)
    .execute()
  const own = taken.filter((each) => each.pos_return_line_id === line.id).length
  const gone = new Set(taken.map((each) => each.unit_no))
  let position = own
  for (let unitNo = 1; unitNo <= line.sold_units && position < line.units; unitNo += 1) {
    if (gone.has(unitNo)) continue
    position += 1
    await w
      .insertInto('returned_unit')
      .values({
        sale_line_id: line.sold_id,
        unit_no: unitNo,
        amount: shareOfUnit(-line.paid_amount, line.units, position),
        refund_id: null,
        pos_return_line_id: line.id,
      })
      .execute()
  }
}

/** Till returns of sales that stand for no document of the desk. */
export async function listFreeReturns(
  r: ReadHandle,
  saleIds: readonly number[],
): Promise<number[]> {
  if (saleIds.length === 0) return []
  const rows = await r
    .selectFrom('receipt')
    .leftJoin('pos_settlement as s', (join) =>
      join.onRef('s.receipt_id', '=', 'receipt.id').on('s.live', '=', sql.lit(1)),
    )
    .select('receipt.id')
    .where('receipt.original_receipt_id', 'in', saleIds)
    .where('s.id', 'is', null)
    .orderBy('receipt.id')
    .execute()
  return rows.map(({ id }) => id)
}
