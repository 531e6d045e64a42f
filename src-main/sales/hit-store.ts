import { type SelectQueryBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Schema } from '../database/schema.ts'
import type { ReadHandle } from '../database/store.ts'
import { maskName, maskPhone } from '../foundation/phone.ts'
import type { hit, hitKinds } from './contract.ts'
import { goodsOf } from './store.ts'

export type Hit = z.infer<typeof hit>
export type HitKind = (typeof hitKinds)[number]

/** The rows of the box for these ids, in any order; an id that is gone has none. */
export function describeHits(r: ReadHandle, kind: HitKind, ids: readonly number[]): Promise<Hit[]> {
  return describers[kind](r, [...ids])
}

const describers: Record<HitKind, (r: ReadHandle, ids: number[]) => Promise<Hit[]>> = {
  receipt: describeReceipts,
  card: describeCards,
  refund: (r, ids) => describeRefunds(r, ids, 'refund'),
  price_adjustment: (r, ids) => describeRefunds(r, ids, 'price_adjustment'),
  exchange: describeExchanges,
  complaint: describeComplaints,
  refusal: describeRefusals,
  instruction: describeInstructions,
  voucher: describeVouchers,
  repair: describeRepairs,
  serial: describeSerials,
  product: describeProducts,
  customer: describeCustomers,
}

/** Facts side by side, as they are read aloud: no words of our own, so no language. */
function noteOf(...facts: readonly (string | null)[]): string {
  return facts.filter((fact) => fact !== null && fact !== '').join(' · ')
}

function person(name: string | null, phone: string | null): string {
  return [name === null ? '' : maskName(name), phone ? maskPhone(phone) : ''].join(' ').trim()
}

async function describeReceipts(r: ReadHandle, ids: number[]): Promise<Hit[]> {
  const rows = await withFirstLine(r.selectFrom('receipt').where('receipt.id', 'in', ids))
    .leftJoin('customer', 'customer.id', 'receipt.customer_id')
    .select(['receipt.id', 'receipt_no', 'till', 'business_date', 'total', 'line_count'])
    .select(['first.name as goods', 'first.floor', 'first.counter'])
    .select(['customer.name as customer', 'customer.phone'])
    .execute()
  return rows.map((row) => ({
    kind: 'receipt',
    id: row.id,
    receiptId: row.id,
    label: row.receipt_no,
    note: noteOf(
      goodsOf(row.goods, row.line_count),
      [row.floor, row.counter].filter(Boolean).join(' ') || row.till,
      person(row.customer, row.phone),
    ),
    businessDate: row.business_date,
    amount: row.total,
  }))
}

/** The first line of each receipt; its number is looked up in the index, not guessed to be 1. */
function withFirstLine<O>(receipts: SelectQueryBuilder<Schema, 'receipt', O>) {
  return receipts.leftJoin('sale_line as first', (join) =>
    join.onRef('first.receipt_id', '=', 'receipt.id').on('first.line_no', '=', (eb) =>
      eb
        .selectFrom('sale_line as any_line')
        .select((one) => one.fn.min('any_line.line_no').as('line_no'))
        .whereRef('any_line.receipt_id', '=', 'receipt.id'),
    ),
  )
}

async function describeCards(r: ReadHandle, ids: number[]): Promise<Hit[]> {
  const rows = await r
    .selectFrom('card')
    .where('card.id', 'in', ids)
    .select(['id', 'number', 'receipt_id', 'business_date', 'consumer_name', 'consumer_phone'])
    .select((eb) =>
      eb
        .selectFrom('card_line')
        .select('card_line.name')
        .whereRef('card_line.card_id', '=', 'card.id')
        .orderBy('card_line.id')
        .limit(1)
        .as('goods'),
    )
    .select((eb) =>
      eb
        .selectFrom('card_line')
        .select(sql<number>`count(*)`.as('units'))
        .whereRef('card_line.card_id', '=', 'card.id')
        .as('units'),
    )
    .execute()
  return rows.map((row) => ({
    kind: 'card',
    id: row.id,
    receiptId: row.receipt_id,
    label: row.number,
    note: noteOf(goodsOf(row.goods, row.units ?? 1), person(row.consumer_name, row.consumer_phone)),
    businessDate: row.business_date,
    amount: null,
  }))
}

async function describeRefunds(
  r: ReadHandle,
  ids: number[],
  kind: 'refund' | 'price_adjustment',
): Promise<Hit[]> {
  const rows = await r
    .selectFrom('refund')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt_id')
    .where('refund.id', 'in', ids)
    .select(['refund.id', 'number', 'refund.receipt_id', 'refund.business_date', 'amount'])
    .select('receipt.receipt_no')
    .execute()
  return rows.map((row) => ({
    kind,
    id: row.id,
    receiptId: row.receipt_id,
    label: row.number,
    note: row.receipt_no,
    businessDate: row.business_date,
    amount: row.amount,
  }))
}

async function describeExchanges(r: ReadHandle, ids: number[]): Promise<Hit[]> {
  const rows = await r
    .selectFrom('exchange')
    .innerJoin('receipt', 'receipt.id', 'exchange.receipt_id')
    .where('exchange.id', 'in', ids)
    .select(['exchange.id', 'number', 'exchange.receipt_id', 'exchange.business_date'])
    .select(['difference', 'receipt.receipt_no'])
    .select((each) =>
      each
        .selectFrom('exchange_line')
        .select('exchange_line.name')
        .whereRef('exchange_line.exchange_id', '=', 'exchange.id')
        .orderBy('exchange_line.line_no')
        .limit(1)
        .as('goods'),
    )
    .execute()
  return rows.map((row) => ({
    kind: 'exchange',
    id: row.id,
    receiptId: row.receipt_id,
    label: row.number,
    note: noteOf(row.receipt_no, row.goods ?? ''),
    businessDate: row.business_date,
    amount: row.difference,
  }))
}

async function describeRefusals(r: ReadHandle, ids: number[]): Promise<Hit[]> {
  const rows = await r
    .selectFrom('claim_refusal')
    .where('id', 'in', ids)
    .select(['id', 'number', 'receipt_id', 'business_date', 'goods'])
    .select(['contact_name', 'contact_phone'])
    .execute()
  return rows.map((row) => ({
    kind: 'refusal',
    id: row.id,
    receiptId: row.receipt_id,
    label: row.number,
    note: noteOf(row.goods, person(row.contact_name, row.contact_phone)),
    businessDate: row.business_date,
    amount: null,
  }))
}

async function describeInstructions(r: ReadHandle, ids: number[]): Promise<Hit[]> {
  const rows = await r
    .selectFrom('pos_instruction')
    .where('id', 'in', ids)
    .select(['id', 'number', 'receipt_id', 'business_date', 'amount', 'source_number'])
    .select('tender_label')
    .execute()
  return rows.map((row) => ({
    kind: 'instruction',
    id: row.id,
    receiptId: row.receipt_id,
    label: row.number,
    note: noteOf(row.source_number, row.tender_label),
    businessDate: row.business_date,
    amount: row.amount,
  }))
}

async function describeVouchers(r: ReadHandle, ids: number[]): Promise<Hit[]> {
  const rows = await r
    .selectFrom('voucher')
    .where('id', 'in', ids)
    .select(['id', 'number', 'business_date', 'balance', 'source_number'])
    .select(['holder_name', 'holder_phone'])
    .execute()
  return rows.map((row) => ({
    kind: 'voucher',
    id: row.id,
    receiptId: null,
    label: row.number,
    note: noteOf(person(row.holder_name, row.holder_phone), row.source_number),
    businessDate: row.business_date,
    amount: row.balance,
  }))
}

async function describeRepairs(r: ReadHandle, ids: number[]): Promise<Hit[]> {
  const rows = await r
    .selectFrom('repair')
    .where('repair.id', 'in', ids)
    .select(['id', 'number', 'business_date', 'contact_name', 'contact_phone'])
    .select((eb) =>
      eb
        .selectFrom('repair_item')
        .select('repair_item.name')
        .whereRef('repair_item.repair_id', '=', 'repair.id')
        .orderBy('repair_item.position')
        .limit(1)
        .as('goods'),
    )
    .select((eb) =>
      eb
        .selectFrom('repair_item')
        .select(sql<number>`count(*)`.as('items'))
        .whereRef('repair_item.repair_id', '=', 'repair.id')
        .as('items'),
    )
    .execute()
  return rows.map((row) => ({
    kind: 'repair',
    id: row.id,
    receiptId: null,
    label: row.number,
    note: noteOf(goodsOf(row.goods, row.items ?? 1), person(row.contact_name, row.contact_phone)),
    businessDate: row.business_date,
    amount: null,
  }))
}

async function describeComplaints(r: ReadHandle, ids: number[]): Promise<Hit[]> {
  const rows = await r
    .selectFrom('complaint')
    .where('id', 'in', ids)
    .select(['id', 'number', 'receipt_id', 'business_date', 'contact_name'])
    .select((row) => [
      'contact_phone',
      'floor',
      'counter',
      row.fn<string>('substr', ['text', row.val(1), row.val(80)]).as('text'),
    ])
    .execute()
  return rows.map((row) => ({
    kind: 'complaint',
    id: row.id,
    receiptId: row.receipt_id,
    label: row.number,
    note: noteOf(
      shorten(row.text),
      [row.floor, row.counter].filter(Boolean).join(' '),
      person(row.contact_name, row.contact_phone),
    ),
    businessDate: row.business_date,
    amount: null,
  }))
}

function shorten(text: string): string {
  const line = [...text.replace(/\s+/g, ' ')]
  return line.length > 40 ? `${line.slice(0, 40).join('')}…` : line.join('')
}

async function describeSerials(r: ReadHandle, ids: number[]): Promise<Hit[]> {
  const rows = await r
    .selectFrom('sale_line')
    .innerJoin('receipt', 'receipt.id', 'sale_line.receipt_id')
    .where('sale_line.id', 'in', ids)
    .select(['sale_line.id', 'receipt_id', 'serial_no', 'name', 'floor', 'counter', 'paid_amount'])
    .select(['receipt.receipt_no', 'receipt.business_date'])
    .select((eb) =>
      eb
        .selectFrom('card_line')
        .select('card_line.serial_no')
        .whereRef('card_line.sale_line_id', '=', 'sale_line.id')
        .where('card_line.live', '=', sql.lit(1))
        .limit(1)
        .as('card_serial'),
    )
    .execute()
  return rows.map((row) => ({
    kind: 'serial',
    id: row.id,
    receiptId: row.receipt_id,
    label: row.serial_no || (row.card_serial ?? ''),
    note: noteOf(row.name, [row.floor, row.counter].filter(Boolean).join(' '), row.receipt_no),
    businessDate: row.business_date,
    amount: row.paid_amount,
  }))
}

async function describeProducts(r: ReadHandle, ids: number[]): Promise<Hit[]> {
  const rows = await r
    .selectFrom('product')
    .where('id', 'in', ids)
    .select(['id', 'sku', 'barcode', 'name', 'brand', 'spec', 'floor', 'counter', 'list_price'])
    .execute()
  return rows.map((row) => ({
    kind: 'product',
    id: row.id,
    receiptId: null,
    label: row.name,
    note: noteOf(
      row.brand,
      row.spec,
      row.sku,
      row.barcode,
      [row.floor, row.counter].filter(Boolean).join(' '),
    ),
    businessDate: null,
    amount: row.list_price,
  }))
}

async function describeCustomers(r: ReadHandle, ids: number[]): Promise<Hit[]> {
  const rows = await r
    .selectFrom('customer')
    .where('id', 'in', ids)
    .select(['id', 'name', 'member_no', 'phone'])
    .execute()
  return rows.map((row) => ({
    kind: 'customer',
    id: row.id,
    receiptId: null,
    label: row.name || (row.member_no ?? ''),
    note: noteOf(row.phone ? maskPhone(row.phone) : '', row.name === '' ? '' : row.member_no),
    businessDate: null,
    amount: null,
  }))
}
