import { dropGuards, type Guard, putGuards, readNames } from './guards.ts'
import type { SqliteDatabase } from './sqlite.ts'

/**
 * A closed business day is frozen by the database itself: no row of the ledger is dated into it, none of its rows
 * changes its number, date, amount or units, and none is deleted (docs/day-close.md).
 */

interface LedgerTable {
  /** Further dates on which the same row enters another day's ledger: nothing is dated into a closed day. */
  also?: readonly string[]
  /** What of a row stands in the ledger and never changes. */
  facts: readonly string[]
}

/** Everything a desk's day is made of, by table. Each has a `business_date`. */
export const ledgerTables: Readonly<Record<string, LedgerTable>> = {
  approval: { facts: ['amount', 'currency', 'subject_id'] },
  card: { facts: ['number'] },
  charge_back: { facts: ['amount'] },
  claim_refusal: { facts: ['number', 'units'] },
  compensation: { facts: ['number', 'amount', 'currency'] },
  complaint: { facts: ['number', 'recorded_at'] },
  exchange: {
    also: ['handed_over_on', 'voided_on'],
    facts: ['number', 'recorded_at', 'credit', 'given', 'rounding', 'difference', 'currency'],
  },
  goods_movement: { facts: ['action', 'to_state'] },
  goods_unit: { facts: ['tag', 'value', 'qty_milli'] },
  goodwill_entry: { facts: ['amount', 'currency'] },
  handover: { also: ['closed_on'], facts: ['number', 'opened_at'] },
  offer: { facts: ['amount', 'currency'] },
  pos_instruction: {
    also: ['settled_on'],
    facts: ['number', 'direction', 'tender_kind', 'amount', 'currency'],
  },
  refund: { also: ['voided_on'], facts: ['number', 'recorded_at', 'amount', 'currency'] },
  repair: { also: ['closed_on'], facts: ['number', 'recorded_at'] },
  repair_hand_back: { facts: ['repair_id', 'at'] },
  repair_movement: { facts: ['item_id', 'action'] },
  settlement_execution: { facts: ['item_id', 'proof_number'] },
  vendor_claim: { facts: ['number'] },
  voucher: { facts: ['number', 'amount', 'currency'] },
  voucher_movement: { facts: ['kind', 'amount', 'balance'] },
}

/** Lines of a document: they live and are frozen with its row. */
export const ledgerLines: Readonly<
  Record<string, { of: string; key: string; facts: readonly string[] }>
> = {
  card_line: { of: 'card', key: 'card_id', facts: ['unit_no', 'paid_amount'] },
  exchange_line: { of: 'exchange', key: 'exchange_id', facts: ['units', 'paid_amount'] },
  exchange_tender: { of: 'exchange', key: 'exchange_id', facts: ['kind', 'amount'] },
  refund_line: { of: 'refund', key: 'refund_id', facts: ['units', 'amount'] },
  refund_tender: { of: 'refund', key: 'refund_id', facts: ['kind', 'amount'] },
}

const closed = 'this business day is closed'

const refusal = `BEGIN SELECT RAISE(ABORT, '${closed}'); END`

const isClosed = (date: string) =>
  `EXISTS (SELECT 1 FROM day_close WHERE day_close.business_date = ${date} AND day_close.reopened_at IS NULL)`

const row = (state: 'OLD' | 'NEW', columns: readonly string[]) =>
  `(${columns.map((column) => `${state}.${column}`).join(', ')})`

function guardsOf([table, { also = [], facts }]: [string, LedgerTable]): Guard[] {
  const moved = also.map(
    (column) => `(NEW.${column} IS NOT OLD.${column} AND ${isClosed(`NEW.${column}`)})`,
  )
  const fixed = ['business_date', ...facts]
  const changed = `(${row('OLD', fixed)} IS NOT ${row('NEW', fixed)}
    AND (${isClosed('OLD.business_date')} OR ${isClosed('NEW.business_date')}))`
  const dates = ['business_date', ...also].map((column) => isClosed(`NEW.${column}`))
  return [
    {
      name: `closed_${table}_insert`,
      sql: `BEFORE INSERT ON ${table} WHEN ${dates.join(' OR ')} ${refusal}`,
    },
    {
      name: `closed_${table}_update`,
      sql: `BEFORE UPDATE OF ${[...fixed, ...also].join(', ')} ON ${table} WHEN ${[changed, ...moved].join(' OR ')} ${refusal}`,
    },
    {
      name: `closed_${table}_delete`,
      sql: `BEFORE DELETE ON ${table} WHEN ${isClosed('OLD.business_date')} ${refusal}`,
    },
  ]
}

function guardsOfLines([table, { of, key, facts }]: [
  string,
  (typeof ledgerLines)[string],
]): Guard[] {
  const day = (state: 'OLD' | 'NEW') =>
    isClosed(`(SELECT business_date FROM ${of} WHERE id = ${state}.${key})`)
  return [
    {
      name: `closed_${table}_insert`,
      sql: `BEFORE INSERT ON ${table} WHEN ${day('NEW')} ${refusal}`,
    },
    {
      name: `closed_${table}_update`,
      sql: `BEFORE UPDATE OF ${facts.join(', ')} ON ${table}
        WHEN ${row('OLD', facts)} IS NOT ${row('NEW', facts)} AND ${day('OLD')} ${refusal}`,
    },
    {
      name: `closed_${table}_delete`,
      sql: `BEFORE DELETE ON ${table} WHEN ${day('OLD')} ${refusal}`,
    },
  ]
}

/** Takes the guards off: a step of the schema may have to rewrite rows of a closed day. */
export function unguardClosedDays(db: SqliteDatabase): void {
  dropGuards(db, 'closed')
}

/** Puts the guards on every table of the ledger; does nothing where all of them stand. */
export function guardClosedDays(db: SqliteDatabase): void {
  const isSetUp = readNames(db, "SELECT name FROM sqlite_schema WHERE name = 'day_close'")
  if (isSetUp.length === 0) return
  putGuards(db, 'closed', [
    ...Object.entries(ledgerTables).flatMap(guardsOf),
    ...Object.entries(ledgerLines).flatMap(guardsOfLines),
  ])
}

/** True where a guard of a closed day refused. */
export function isDayClosed(error: unknown): boolean {
  return error instanceof Error && error.message === closed
}
