import type { ReadHandle } from '../../database/store.ts'
import type { SlipEntry } from './ledgers.ts'
import type { Period } from './rules.ts'

/** Slips recorded in a period that stand, in order; `person` is who recorded them. */
export async function listSlips(r: ReadHandle, { from, to }: Period): Promise<SlipEntry[]> {
  const rows = await r
    .selectFrom('refund')
    .select([
      'id',
      'business_date as on',
      'reason',
      'recorded_by',
      'amount',
      'exchange_id',
      'slip_kind',
    ])
    .where('business_date', '>=', from)
    .where('business_date', '<=', to)
    .where('state', '=', 'recorded')
    .orderBy('business_date')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    on: row.on,
    reason: row.reason,
    person: String(row.recorded_by),
    kind: row.exchange_id === null ? row.slip_kind : 'exchange',
    amount: row.exchange_id === null ? row.amount : 0,
    isExchange: row.exchange_id !== null,
    isReturn: row.slip_kind === 'return',
  }))
}
