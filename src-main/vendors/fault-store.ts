import type { ReadHandle } from '../database/store.ts'

/** A fault of a vendor's goods, as one row of many: what, where, which batch. Codes only, nobody's words. */
export interface Fault {
  productId: number | null
  sku: string
  product: string
  fault: string
  source: 'complaint' | 'return' | 'repair'
  counter: string
  batch: string
  count: number
}

interface Period {
  vendor: string
  from: string
  to: string
}

/** Complaints about a vendor's goods, returns for a fault, and repairs, each counted once. */
export async function listFaults(r: ReadHandle, period: Period): Promise<Fault[]> {
  return [
    ...(await complaintFaults(r, period)),
    ...(await returnFaults(r, period)),
    ...(await repairFaults(r, period)),
  ]
}

/** What each of the three counts says of its goods; names are missing where nobody knows the goods. */
interface Counted {
  product_id: number | null
  sku: string | null
  name: string | null
  counter: string
  batch_no: string | null
  count: number
}

function toFault(source: Fault['source'], fault: string, row: Counted): Fault {
  return {
    productId: row.product_id,
    sku: row.sku ?? '',
    product: row.name ?? '',
    fault,
    source,
    counter: row.counter,
    batch: row.batch_no ?? '',
    count: row.count,
  }
}

async function complaintFaults(r: ReadHandle, { vendor, from, to }: Period): Promise<Fault[]> {
  const rows = await r
    .selectFrom('complaint')
    .leftJoin('product', 'product.id', 'complaint.product_id')
    .leftJoin('card_line', (join) =>
      join
        .onRef('card_line.sale_line_id', '=', 'complaint.sale_line_id')
        .onRef('card_line.card_id', '=', 'complaint.card_id'),
    )
    .select(['complaint.product_id', 'product.sku', 'product.name', 'complaint.class'])
    .select(['complaint.counter', 'card_line.batch_no'])
    .select((row) => row.fn.count<number>('complaint.id').distinct().as('count'))
    .where('complaint.vendor', '=', vendor)
    .where('complaint.kind', '=', 'complaint')
    .where('complaint.business_date', '>=', from)
    .where('complaint.business_date', '<=', to)
    .groupBy([
      'complaint.product_id',
      'product.sku',
      'product.name',
      'complaint.class',
      'complaint.counter',
      'card_line.batch_no',
    ])
    .execute()
  return rows.map((row) => toFault('complaint', row.class, row))
}

async function returnFaults(r: ReadHandle, { vendor, from, to }: Period): Promise<Fault[]> {
  const rows = await r
    .selectFrom('refund')
    .innerJoin('returned_unit', 'returned_unit.refund_id', 'refund.id')
    .innerJoin('sale_line', 'sale_line.id', 'returned_unit.sale_line_id')
    .leftJoin('card_line', (join) =>
      join
        .onRef('card_line.sale_line_id', '=', 'returned_unit.sale_line_id')
        .onRef('card_line.unit_no', '=', 'returned_unit.unit_no'),
    )
    .select(['sale_line.product_id', 'sale_line.sku', 'sale_line.name', 'refund.reason'])
    .select(['sale_line.counter', 'card_line.batch_no'])
    .select((row) => row.fn.count<number>('returned_unit.id').distinct().as('count'))
    .where('sale_line.vendor', '=', vendor)
    .where('refund.state', '=', 'recorded')
    .where('refund.reason', 'in', ['quality', 'damaged', 'wrong_item'])
    .where('refund.business_date', '>=', from)
    .where('refund.business_date', '<=', to)
    .groupBy([
      'sale_line.product_id',
      'sale_line.sku',
      'sale_line.name',
      'refund.reason',
      'sale_line.counter',
      'card_line.batch_no',
    ])
    .execute()
  return rows.map((row) => toFault('return', row.reason, row))
}

async function repairFaults(r: ReadHandle, { vendor, from, to }: Period): Promise<Fault[]> {
  const rows = await r
    .selectFrom('repair_item')
    .innerJoin('repair', 'repair.id', 'repair_item.repair_id')
    .innerJoin('sale_line', 'sale_line.id', 'repair_item.sale_line_id')
    .leftJoin('card_line', (join) =>
      join
        .onRef('card_line.sale_line_id', '=', 'repair_item.sale_line_id')
        .onRef('card_line.unit_no', '=', 'repair_item.unit_no'),
    )
    .select(['sale_line.product_id', 'sale_line.sku', 'sale_line.name'])
    .select(['sale_line.counter', 'card_line.batch_no', 'repair_item.fault_code'])
    .select((row) => row.fn.count<number>('repair_item.id').distinct().as('count'))
    .where('sale_line.vendor', '=', vendor)
    .where('repair_item.reception', '<>', 'cancelled')
    .where('repair.business_date', '>=', from)
    .where('repair.business_date', '<=', to)
    .groupBy([
      'sale_line.product_id',
      'sale_line.sku',
      'sale_line.name',
      'repair_item.fault_code',
      'sale_line.counter',
      'card_line.batch_no',
    ])
    .execute()
  return rows.map((row) => toFault('repair', row.fault_code ?? '', row))
}

/** Sales of each product of a vendor in a period, in thousandths and money. */
export async function listSold(r: ReadHandle, { vendor, from, to }: Period) {
  return r
    .selectFrom('product')
    .innerJoin('sale_line', 'sale_line.product_id', 'product.id')
    .innerJoin('receipt', 'receipt.id', 'sale_line.receipt_id')
    .select('product.id')
    .select((row) => [
      row.fn.sum<number>('sale_line.qty_milli').as('qtyMilli'),
      row.fn.sum<number>('sale_line.paid_amount').as('amount'),
    ])
    .where('product.vendor', '=', vendor)
    .where('sale_line.kind', '=', 'goods')
    .where('receipt.kind', '=', 'sale')
    .where('receipt.business_date', '>=', from)
    .where('receipt.business_date', '<=', to)
    .groupBy('product.id')
    .execute()
}

/** Money that went back for a vendor's goods in a period, and what he was charged in it. */
export async function sumMoneyOf(
  r: ReadHandle,
  { vendor, vendorId, from, to }: Period & { vendorId: number },
): Promise<{ returned: number; charged: number; cases: number }> {
  const back = await r
    .selectFrom('refund_line')
    .innerJoin('refund', 'refund.id', 'refund_line.refund_id')
    .innerJoin('sale_line', 'sale_line.id', 'refund_line.sale_line_id')
    .select((row) => row.fn.sum<number | null>('refund_line.amount').as('sum'))
    .where('sale_line.vendor', '=', vendor)
    .where('refund.state', '=', 'recorded')
    .where('refund.business_date', '>=', from)
    .where('refund.business_date', '<=', to)
    .executeTakeFirst()
  const charged = await r
    .selectFrom('charge_back')
    .select((row) => row.fn.sum<number | null>('amount').as('sum'))
    .where('vendor_id', '=', vendorId)
    .where('business_date', '>=', from)
    .where('business_date', '<=', to)
    .executeTakeFirst()
  const cases = await r
    .selectFrom('complaint')
    .select((row) => row.fn.count<number>('case_id').distinct().as('count'))
    .where('vendor', '=', vendor)
    .where('business_date', '>=', from)
    .where('business_date', '<=', to)
    .executeTakeFirst()
  return { returned: back?.sum ?? 0, charged: charged?.sum ?? 0, cases: cases?.count ?? 0 }
}
