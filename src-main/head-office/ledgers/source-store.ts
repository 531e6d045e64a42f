import { sql } from 'kysely'
import type { ReadHandle } from '../../database/store.ts'
import type { BusinessDate } from '../../foundation/business-date.ts'
import type { NewLine } from '../book-store.ts'
import type { Stream } from '../contract.ts'

/** Rows of one source after `after`: what becomes a line, and the id up to which it was read. */
export interface Slice {
  lines: NewLine[]
  lastId: number
  more: boolean
}

/** Reads one slice of a ledger; those that only grow go by their ids, steps taken later by what has no line yet. */
export type Source = (
  r: ReadHandle,
  from: {
    after: number
    limit: number
    /** The business date of an instant, where a step was written down without one. */
    dayOf: (at: string) => BusinessDate
  },
) => Promise<Slice>

export function sliceOf<Row extends { id: number }>(
  rows: readonly Row[],
  after: number,
  limit: number,
  lineOf: (row: Row) => NewLine | null,
): Slice {
  return {
    lines: rows.flatMap((row) => lineOf(row) ?? []),
    lastId: rows.at(-1)?.id ?? after,
    more: rows.length === limit,
  }
}

/** Steps that are taken on a row later: those without a line, whenever they were taken. */
export const noLine = (stream: Stream, prefix: string, id: string) =>
  sql<boolean>`NOT EXISTS (SELECT 1 FROM head_office_line AS told WHERE told.stream = ${sql.lit(stream)}
    AND told.key = ${sql.lit(prefix)} || ${sql.ref(id)})`

/** A ledger line; `amount` is what the store gives (or adds to a voucher), negative what it gets. */
export function ledgerLine(
  key: string,
  of: {
    kind: string
    number: string
    businessDate: string
    at: string
    amount: number
    currency: string
    operator: string
    balance?: number
    how?: string
    caseId?: number | null
    receiptNo?: string | null
    party?: string
    reverses?: string
  },
): NewLine {
  const { reverses = '' } = of
  return {
    stream: 'ledger',
    key,
    data: {
      businessDate: of.businessDate,
      at: of.at,
      kind: of.kind,
      reversed: reverses !== '',
      number: of.number,
      amount: of.amount,
      currency: of.currency,
      balance: of.balance ?? null,
      how: of.how ?? '',
      caseId: of.caseId ?? null,
      receiptNo: of.receiptNo ?? '',
      party: of.party ?? '',
      operator: of.operator,
      reverses,
    },
  }
}
