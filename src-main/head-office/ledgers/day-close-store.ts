import type { ReadHandle } from '../../database/store.ts'
import type { NewLine } from '../book-store.ts'
import { noLine, sliceOf, type Source } from './source-store.ts'

const closeQuery = (r: ReadHandle) =>
  r
    .selectFrom('day_close as d')
    .innerJoin('operator', 'operator.id', 'd.closed_by')
    .leftJoin('operator as opener', 'opener.id', 'd.reopened_by')
    .select(['d.id', 'd.desk_no', 'd.business_date', 'd.version', 'd.ledger', 'd.ledger_hash'])
    .select(['d.late', 'd.facts', 'd.hash', 'd.prev_hash', 'd.closed_at', 'd.reopened_at'])
    .select(['operator.code', 'opener.code as opener_code'])

type CloseRow = Awaited<ReturnType<ReturnType<typeof closeQuery>['execute']>>[number]

function closeLine(row: CloseRow, reopened: boolean): NewLine {
  const { slips = [], money = [] } = JSON.parse(row.facts) as {
    slips?: unknown[]
    money?: unknown[]
  }
  return {
    stream: 'day_close',
    key: `${reopened ? 'reopened' : 'closed'}:${row.id}`,
    data: {
      deskNo: row.desk_no,
      businessDate: row.business_date,
      version: row.version,
      reopened,
      at: reopened ? (row.reopened_at ?? '') : row.closed_at,
      operator: reopened ? (row.opener_code ?? '') : row.code,
      lines: (JSON.parse(row.ledger) as unknown[]).length,
      late: row.late,
      ledgerHash: row.ledger_hash,
      hash: row.hash,
      prevHash: row.prev_hash,
      slips,
      money,
    },
  }
}

export const dayCloses: Source = async (r, { after, limit }) => {
  const rows = await closeQuery(r).where('d.id', '>', after).orderBy('d.id').limit(limit).execute()
  return sliceOf(rows, after, limit, (row) => closeLine(row, false))
}

export const reopenings: Source = async (r, { limit }) => {
  const rows = await closeQuery(r)
    .where('d.reopened_at', 'is not', null)
    .where(noLine('day_close', 'reopened:', 'd.id'))
    .orderBy('d.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, 0, limit, (row) => closeLine(row, true))
}
