import type { ReadHandle } from '../../database/store.ts'
import type { PaymentEntry, SlipEntry, UnitEntry } from './ledgers.ts'
import { type Period, placeName } from './rules.ts'

function selectSlips(r: ReadHandle, { from, to }: Period) {
  return r
    .selectFrom('refund')
    .where('refund.business_date', '>=', from)
    .where('refund.business_date', '<=', to)
    .where('refund.state', '=', 'recorded')
    .select([
      'refund.id',
      'refund.business_date',
      'refund.reason',
      'refund.recorded_by',
      'refund.exchange_id',
      'refund.slip_kind',
    ])
    .orderBy('refund.business_date')
    .orderBy('refund.id')
}

interface SlipRow {
  id: number
  business_date: string
  reason: string
  recorded_by: number
  exchange_id: number | null
  slip_kind: 'return' | 'price_adjustment'
}

function slipOf(row: SlipRow) {
  return {
    id: row.id,
    on: row.business_date,
    reason: row.reason,
    person: String(row.recorded_by),
    kind: row.exchange_id === null ? row.slip_kind : 'exchange',
  }
}

/** Slips recorded in a period that stand, in order; `person` is who recorded them. */
export async function listSlips(r: ReadHandle, period: Period): Promise<SlipEntry[]> {
  const rows = await selectSlips(r, period)
    .select(['refund.amount', 'refund.compensation'])
    .execute()
  return rows.map((row) => ({
    ...slipOf(row),
    amount: row.exchange_id === null ? row.amount : 0,
    beyondOwed: row.compensation,
  }))
}

/** What refunds and price adjustments paid back, by the way it went; what an exchange settles is not paid out by them. */
export async function listPayments(r: ReadHandle, period: Period): Promise<PaymentEntry[]> {
  const rows = await selectSlips(r, period)
    .leftJoin('refund_tender', (join) =>
      join.onRef('refund_tender.refund_id', '=', 'refund.id').on('refund_tender.carried', '=', 0),
    )
    .select([
      'refund.amount as whole',
      'refund_tender.kind',
      'refund_tender.paid_kind',
      'refund_tender.amount',
    ])
    .where('refund.exchange_id', 'is', null)
    .orderBy('refund_tender.id')
    .execute()
  return rows.map((row) => ({
    ...slipOf(row),
    // Where the till's file does not say how a sale was paid, nobody knows how it is paid back.
    tender: row.paid_kind ?? row.kind ?? '',
    amount: row.amount ?? row.whole,
    otherWay: row.paid_kind !== null && row.paid_kind !== row.kind,
  }))
}

/** Every unit that came back with a slip of a period, and where it was to go. */
export async function listUnits(r: ReadHandle, period: Period): Promise<UnitEntry[]> {
  const rows = await selectSlips(r, period)
    .innerJoin('returned_unit', 'returned_unit.refund_id', 'refund.id')
    .innerJoin('sale_line', 'sale_line.id', 'returned_unit.sale_line_id')
    .leftJoin('product', 'product.id', 'sale_line.product_id')
    .select((row) => [
      'returned_unit.amount',
      'sale_line.floor',
      'sale_line.counter',
      'sale_line.vendor',
      'product.brand',
      'product.category',
      row
        .selectFrom('goods_unit')
        .select('goods_unit.destination')
        .whereRef('goods_unit.sale_line_id', '=', 'returned_unit.sale_line_id')
        .whereRef('goods_unit.unit_no', '=', 'returned_unit.unit_no')
        .where((each) =>
          each.or([
            each.and([
              each('goods_unit.source_type', '=', 'refund'),
              each('goods_unit.source_id', '=', each.ref('refund.id')),
            ]),
            each.and([
              each('goods_unit.source_type', '=', 'exchange'),
              each('goods_unit.source_id', '=', each.ref('refund.exchange_id')),
            ]),
          ]),
        )
        .orderBy('goods_unit.id', 'desc')
        .limit(1)
        .as('destination'),
    ])
    .where('returned_unit.live', '=', 1)
    .orderBy('returned_unit.id')
    .execute()
  return rows.map((row) => ({
    ...slipOf(row),
    floor: row.floor,
    counter: placeName(row.floor, row.counter),
    vendor: row.vendor,
    brand: row.brand ?? '',
    category: row.category ?? '',
    destination: row.destination ?? '',
    value: row.amount,
  }))
}
