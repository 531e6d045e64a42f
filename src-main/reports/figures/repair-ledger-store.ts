import type { ReadHandle } from '../../database/store.ts'
import { type BusinessDate, daysBetween } from '../../foundation/business-date.ts'
import type { RepairEntry } from './ledgers.ts'
import { type Period, placeName } from './rules.ts'

/** Goods that were taken in for repair, or got ready, in a period; what was called off before is not among them. */
async function listRepairs(
  r: ReadHandle,
  on: 'repair_item.received_on' | 'repair_item.ready_on',
  { from, to }: Period,
  today: BusinessDate,
): Promise<RepairEntry[]> {
  const rows = await r
    .selectFrom('repair_item')
    .innerJoin('repair', 'repair.id', 'repair_item.repair_id')
    .innerJoin('case_file', 'case_file.id', 'repair.case_id')
    .leftJoin('sale_line', 'sale_line.id', 'repair_item.sale_line_id')
    .leftJoin('product', 'product.id', 'sale_line.product_id')
    .select((row) => [
      'repair_item.id',
      'repair_item.received_on',
      'repair_item.ready_on',
      'repair_item.ended_on',
      'repair_item.outcome',
      'repair_item.is_refailure',
      'repair_item.brand',
      'repair_item.category',
      'product.brand as product_brand',
      'product.category as product_category',
      'sale_line.floor',
      'sale_line.counter',
      'sale_line.vendor',
      'case_file.owner_id',
      row
        .selectFrom('repair_movement')
        .select((each) =>
          each.fn
            .coalesce(
              each.fn<string | null>('nullif', ['repair_movement.holder_name', each.val('')]),
              'repair_movement.holder',
            )
            .as('who'),
        )
        .whereRef('repair_movement.item_id', '=', 'repair_item.id')
        .where('repair_movement.holder', 'not in', ['desk', 'customer'])
        .orderBy('repair_movement.id', 'desc')
        .limit(1)
        .as('repairer'),
      row
        .selectFrom('case_fault')
        .select('case_fault.fault')
        .whereRef('case_fault.case_id', '=', 'repair.case_id')
        .orderBy('case_fault.id', 'desc')
        .limit(1)
        .as('fault'),
    ])
    .where(on, '>=', from)
    .where(on, '<=', to)
    .where('repair_item.reception', '<>', 'cancelled')
    .orderBy(on)
    .orderBy('repair_item.id')
    .execute()
  return rows.map((row) => {
    const receivedOn = row.received_on ?? row.ready_on ?? ''
    return {
      id: row.id,
      on: (on === 'repair_item.received_on' ? row.received_on : row.ready_on) ?? receivedOn,
      floor: row.floor ?? '',
      counter: placeName(row.floor ?? '', row.counter ?? ''),
      vendor: row.vendor ?? '',
      brand: row.product_brand || row.brand,
      category: row.product_category || row.category,
      person: String(row.owner_id),
      repairer: row.repairer ?? '',
      fault: row.fault ?? '',
      outcome: row.outcome ?? '',
      receivedOn,
      days: row.ready_on === null ? null : daysBetween(receivedOn, row.ready_on),
      overThirtyDays:
        row.ready_on === null && row.ended_on === null && daysBetween(receivedOn, today) > 30,
      isOver: row.ready_on !== null || row.ended_on !== null,
      refailed: row.is_refailure === 1,
    }
  })
}

/** Goods taken in in a period, in order. */
export function listTakenIn(
  r: ReadHandle,
  period: Period,
  today: BusinessDate,
): Promise<RepairEntry[]> {
  return listRepairs(r, 'repair_item.received_on', period, today)
}

/** Goods that got ready to be collected in a period, in order. */
export function listGotReady(
  r: ReadHandle,
  period: Period,
  today: BusinessDate,
): Promise<RepairEntry[]> {
  return listRepairs(r, 'repair_item.ready_on', period, today)
}
