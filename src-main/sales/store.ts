import { type SelectQueryBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Schema } from '../database/schema.ts'
import type { ReadHandle } from '../database/store.ts'
import { maskPhone } from '../foundation/phone.ts'
import type { customerBrief, receipt, receiptRow } from './contract.ts'

export type ReceiptView = z.infer<typeof receipt>
export type ReceiptRow = z.infer<typeof receiptRow>
export type CustomerBrief = z.infer<typeof customerBrief>

/**
 * A receipt with everything that happened to it, in a fixed number of reads whatever its length. Undefined when there
 * is no such receipt. `daysSince` is left to the caller, who knows what day it is.
 */
export async function readReceipt(
  r: ReadHandle,
  receiptId: number,
): Promise<Omit<ReceiptView, 'daysSince'> | undefined> {
  const head = await readHead(r, receiptId)
  if (!head) return undefined
  const { posReturns, standsFor } = await readPosReturns(r, receiptId)
  return {
    ...head,
    posReturns,
    standsFor,
    lines: await readLines(r, receiptId),
    tenders: await readTenders(r, receiptId),
    refunds: await readRefunds(r, receiptId),
    complaints: await readComplaints(r, receiptId),
    cards: await readCards(r, receiptId),
  }
}

async function readHead(r: ReadHandle, receiptId: number) {
  const row = await r
    .selectFrom('receipt')
    .leftJoin('customer', 'customer.id', 'receipt.customer_id')
    .leftJoin('receipt as original', 'original.id', 'receipt.original_receipt_id')
    .where('receipt.id', '=', receiptId)
    .select(['receipt.id', 'receipt.receipt_no', 'receipt.store_code', 'receipt.till'])
    .select(['receipt.business_date', 'receipt.sold_at', 'receipt.kind', 'receipt.cashier'])
    .select(['receipt.currency', 'receipt.total', 'receipt.customer_id'])
    .select(['customer.name', 'customer.member_no', 'customer.phone', 'customer.tier'])
    .select(['original.id as original_id', 'original.receipt_no as original_no'])
    .select('original.business_date as original_date')
    .executeTakeFirst()
  if (!row) return undefined
  return {
    id: row.id,
    receiptNo: row.receipt_no,
    storeCode: row.store_code,
    till: row.till,
    businessDate: row.business_date,
    soldAt: row.sold_at,
    kind: row.kind,
    cashier: row.cashier,
    currency: row.currency,
    total: row.total,
    customer:
      row.customer_id === null
        ? null
        : briefOf({
            id: row.customer_id,
            name: row.name ?? '',
            member_no: row.member_no,
            phone: row.phone ?? '',
            tier: row.tier ?? '',
          }),
    original:
      row.original_id === null
        ? null
        : {
            id: row.original_id,
            receiptNo: row.original_no ?? '',
            businessDate: row.original_date ?? '',
          },
  }
}

function briefOf(row: {
  id: number
  name: string
  member_no: string | null
  phone: string
  tier: string
}): CustomerBrief {
  return {
    id: row.id,
    name: row.name,
    memberNo: row.member_no,
    phoneMasked: row.phone === '' ? '' : maskPhone(row.phone),
    tier: row.tier,
  }
}

async function readLines(r: ReadHandle, receiptId: number): Promise<ReceiptView['lines']> {
  const rows = await r
    .selectFrom('sale_line')
    .leftJoin('product', 'product.id', 'sale_line.product_id')
    .where('sale_line.receipt_id', '=', receiptId)
    .orderBy('sale_line.line_no')
    .select(['sale_line.id', 'line_no', 'sale_line.kind', 'product_id', 'sale_line.sku'])
    .select(['sale_line.barcode', 'sale_line.name', 'serial_no', 'sale_line.unit', 'qty_milli'])
    .select(['units', 'list_amount', 'paid_amount', 'promo', 'sale_line.floor'])
    .select(['sale_line.counter', 'sale_line.vendor', 'clerk', 'brand', 'category'])
    .execute()
  const returned = groupByLine(await readReturnedUnits(r, receiptId))
  const cards = groupByLine(await readCardUnits(r, receiptId))
  return rows.map((row) => ({
    id: row.id,
    lineNo: row.line_no,
    kind: row.kind,
    productId: row.product_id,
    sku: row.sku,
    barcode: row.barcode,
    name: row.name,
    brand: row.brand ?? '',
    category: row.category ?? '',
    serialNo: row.serial_no,
    unit: row.unit,
    qtyMilli: row.qty_milli,
    units: row.units,
    listAmount: row.list_amount,
    paidAmount: row.paid_amount,
    promo: row.promo,
    floor: row.floor,
    counter: row.counter,
    vendor: row.vendor,
    clerk: row.clerk,
    returned: returned.get(row.id) ?? [],
    cards: cards.get(row.id) ?? [],
  }))
}

function groupByLine<T>(rows: readonly { lineId: number; unit: T }[]): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const { lineId, unit } of rows) {
    const group = groups.get(lineId)
    if (group) group.push(unit)
    else groups.set(lineId, [unit])
  }
  return groups
}

/** Units of a receipt that came back: by a slip of this desk, or by a return the till recorded. */
async function readReturnedUnits(r: ReadHandle, receiptId: number) {
  const rows = await r
    .selectFrom('sale_line')
    .innerJoin('returned_unit', 'returned_unit.sale_line_id', 'sale_line.id')
    .leftJoin('refund', 'refund.id', 'returned_unit.refund_id')
    .leftJoin('sale_line as back', 'back.id', 'returned_unit.pos_return_line_id')
    .leftJoin('receipt as back_receipt', 'back_receipt.id', 'back.receipt_id')
    .where('sale_line.receipt_id', '=', receiptId)
    .where('returned_unit.live', '=', sql.lit(1))
    .orderBy('returned_unit.sale_line_id')
    .orderBy('returned_unit.unit_no')
    .select(['returned_unit.sale_line_id', 'unit_no', 'returned_unit.amount', 'refund_id'])
    .select(['refund.number', 'refund.business_date as refunded_on'])
    .select(['back_receipt.id as back_id', 'back_receipt.receipt_no as back_no'])
    .select('back_receipt.business_date as back_on')
    .execute()
  return rows.map((row) => ({
    lineId: row.sale_line_id,
    unit: {
      unitNo: row.unit_no,
      amount: row.amount,
      by: row.refund_id === null ? ('pos' as const) : ('desk' as const),
      number: row.number ?? row.back_no ?? '',
      refundId: row.refund_id,
      receiptId: row.back_id,
      businessDate: row.refunded_on ?? row.back_on ?? '',
    },
  }))
}

async function readCardUnits(r: ReadHandle, receiptId: number) {
  const rows = await r
    .selectFrom('card')
    .innerJoin('card_line', 'card_line.card_id', 'card.id')
    .where('card.receipt_id', '=', receiptId)
    .where('card_line.live', '=', 1)
    .orderBy('card_line.unit_no')
    .select(['card_line.sale_line_id', 'card.id', 'card.number'])
    .select(['card_line.unit_no', 'card_line.unit_ends_on'])
    .execute()
  return rows.map((row) => ({
    lineId: row.sale_line_id,
    unit: {
      cardId: row.id,
      number: row.number,
      unitNo: row.unit_no,
      unitEndsOn: row.unit_ends_on,
    },
  }))
}

async function readTenders(r: ReadHandle, receiptId: number): Promise<ReceiptView['tenders']> {
  return r
    .selectFrom('tender')
    .select(['id', 'kind', 'label', 'amount'])
    .where('receipt_id', '=', receiptId)
    .orderBy('id')
    .execute()
}

/** What tills gave back of a sale, and which papers of the desk that and the sale itself stand for. */
async function readPosReturns(
  r: ReadHandle,
  receiptId: number,
): Promise<Pick<ReceiptView, 'posReturns' | 'standsFor'>> {
  const rows = await r
    .selectFrom('receipt')
    .select(['id', 'receipt_no', 'business_date', 'total'])
    .where('original_receipt_id', '=', receiptId)
    .where('original_receipt_id', 'is not', null)
    .orderBy('id')
    .execute()
  const papers = await readDeskPapers(r, [receiptId, ...rows.map(({ id }) => id)])
  const posReturns = rows.map((row) => ({
    id: row.id,
    receiptNo: row.receipt_no,
    businessDate: row.business_date,
    total: row.total,
    standsFor: papers.get(row.id) ?? null,
  }))
  return { posReturns, standsFor: papers.get(receiptId) ?? null }
}

/** Which papers of the desk receipts of tills stand for. */
async function readDeskPapers(
  r: ReadHandle,
  receiptIds: readonly number[],
): Promise<Map<number, NonNullable<ReceiptView['standsFor']>>> {
  const rows = await r
    .selectFrom('pos_settlement as s')
    .leftJoin('pos_instruction as i', 'i.settlement_id', 's.id')
    .leftJoin('exchange as e', (join) =>
      join.onRef('e.id', '=', 's.source_id').on('s.source_type', '=', 'exchange'),
    )
    .select(['s.receipt_id', 's.source_type', 's.source_id', 'i.source_number', 'e.number'])
    .where('s.receipt_id', 'in', receiptIds)
    .where('s.live', '=', sql.lit(1))
    .execute()
  return new Map(
    rows.map((row) => [
      row.receipt_id ?? 0,
      { type: row.source_type, id: row.source_id, number: row.source_number ?? row.number ?? '' },
    ]),
  )
}

async function readRefunds(r: ReadHandle, receiptId: number): Promise<ReceiptView['refunds']> {
  const rows = await r
    .selectFrom('refund')
    .select(['id', 'number', 'business_date', 'amount', 'state', 'slip_kind as kind'])
    .where('receipt_id', '=', receiptId)
    .where('exchange_id', 'is', null)
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ business_date, ...row }) => ({ ...row, businessDate: business_date }))
}

/** Letters of a complaint that stand in the history of its sale. */
const firstWords = 240

async function readComplaints(
  r: ReadHandle,
  receiptId: number,
): Promise<ReceiptView['complaints']> {
  const rows = await r
    .selectFrom('complaint')
    .select((row) => [
      'id',
      'number',
      'business_date',
      'class',
      row.fn<string>('substr', ['text', row.val(1), row.val(firstWords)]).as('text'),
      'state',
    ])
    .where('receipt_id', '=', receiptId)
    .where('receipt_id', 'is not', null)
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ business_date, state, ...row }) => ({
    ...row,
    businessDate: business_date,
    open: state === 'open',
  }))
}

async function readCards(r: ReadHandle, receiptId: number): Promise<ReceiptView['cards']> {
  const rows = await r
    .selectFrom('card')
    .select(['id', 'number', 'business_date', 'state'])
    .where('receipt_id', '=', receiptId)
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ business_date, ...row }) => ({ ...row, businessDate: business_date }))
}

export async function findProductBrief(r: ReadHandle, productId: number) {
  return r
    .selectFrom('product')
    .select(['id', 'sku', 'barcode', 'name'])
    .where('id', '=', productId)
    .executeTakeFirst()
}

export async function findCustomerBrief(
  r: ReadHandle,
  customerId: number,
): Promise<CustomerBrief | undefined> {
  const row = await r
    .selectFrom('customer')
    .select(['id', 'name', 'member_no', 'phone', 'tier'])
    .where('id', '=', customerId)
    .executeTakeFirst()
  return row && briefOf(row)
}

/** Receipts with a product, those imported last first; `before` is the last receipt of the page before. */
export async function listReceiptsOfProduct(
  r: ReadHandle,
  productId: number,
  before: number | undefined,
  limit: number,
): Promise<ReceiptRow[]> {
  const lines = await r
    .selectFrom('receipt_of_product')
    .select('receipt_id')
    .where('product_id', '=', productId)
    .where('receipt_id', '<', before ?? Number.MAX_SAFE_INTEGER)
    .orderBy('receipt_id', 'desc')
    .limit(limit)
    .execute()
  if (lines.length === 0) return []
  const ids = lines.map((line) => line.receipt_id)
  return readRows(
    r.selectFrom('receipt').where('receipt.id', 'in', ids).orderBy('receipt.id', 'desc'),
  )
}

/** Receipts of one person under all their rows, newest first; `before` is the last receipt of the page before. */
export async function listReceiptsOfCustomer(
  r: ReadHandle,
  customerIds: readonly number[],
  before: number | undefined,
  limit: number,
): Promise<ReceiptRow[]> {
  const cursor =
    before === undefined
      ? undefined
      : await r.selectFrom('receipt').select('sold_at').where('id', '=', before).executeTakeFirst()
  return readRows(
    r
      .selectFrom('receipt')
      .where('receipt.customer_id', 'in', [...customerIds])
      .where('receipt.customer_id', 'is not', null)
      .$if(cursor !== undefined, (rows) =>
        rows.where((eb) =>
          eb(
            eb.refTuple('receipt.sold_at', 'receipt.id'),
            '<',
            eb.tuple(cursor?.sold_at ?? '', before ?? 0),
          ),
        ),
      )
      .orderBy('receipt.sold_at', 'desc')
      .orderBy('receipt.id', 'desc')
      .limit(limit),
  )
}

async function readRows<O>(
  receipts: SelectQueryBuilder<Schema, 'receipt', O>,
): Promise<ReceiptRow[]> {
  const rows = await receipts
    .select(['receipt.id', 'receipt.receipt_no', 'receipt.business_date', 'receipt.kind'])
    .select(['receipt.total', 'receipt.currency', 'receipt.line_count'])
    .select((eb) =>
      eb
        .selectFrom('sale_line')
        .select('sale_line.name')
        .whereRef('sale_line.receipt_id', '=', 'receipt.id')
        .orderBy('sale_line.line_no')
        .limit(1)
        .as('first_name'),
    )
    .execute()
  return rows.map((row) => ({
    id: row.id,
    receiptNo: row.receipt_no,
    businessDate: row.business_date,
    kind: row.kind,
    total: row.total,
    currency: row.currency,
    goods: goodsOf(row.first_name, row.line_count),
  }))
}

/** The first thing on a slip and how many lines follow: `羊毛大衣 +2`; no words, so no language. */
export function goodsOf(name: string | null, lineCount: number): string {
  if (name === null) return ''
  return lineCount > 1 ? `${name} +${lineCount - 1}` : name
}
