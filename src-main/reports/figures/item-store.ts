/** What stands on the list behind a figure: one page at a time. */
import type { ReadHandle } from '../../database/store.ts'
import type { ReportItem } from './contract.ts'

/** An item before its date and value are put beside it. */
export type Described = Omit<ReportItem, 'date' | 'value'>

/** Letters of a text that a list shows. */
const shownLetters = 80

export async function describeComplaints(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('complaint')
    .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .select((row) => [
      'complaint.id',
      'complaint.number',
      'operator.name',
      row.fn<string>('substr', ['complaint.text', row.val(1), row.val(shownLetters)]).as('text'),
    ])
    .where('complaint.id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ id, number, name, text }) => [
      id,
      { kind: 'complaint', id, number, owner: name, text, link: { page: 'complaint', id } },
    ]),
  )
}

export async function describePromises(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('promise')
    .innerJoin('operator', 'operator.id', 'promise.owner_id')
    .leftJoin('complaint', 'complaint.id', 'promise.complaint_id')
    .leftJoin('repair', 'repair.id', 'promise.repair_id')
    .leftJoin('exchange', 'exchange.id', 'promise.exchange_id')
    .select((row) => [
      'promise.id',
      'promise.case_id',
      'operator.name',
      row.fn
        .coalesce('complaint.number', 'repair.number', 'exchange.number', row.val(''))
        .as('number'),
      row.fn<string>('substr', ['promise.text', row.val(1), row.val(shownLetters)]).as('text'),
    ])
    .where('promise.id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ id, case_id, number, name, text }) => [
      id,
      { kind: 'promise', id, number, owner: name, text, link: { page: 'case', id: case_id } },
    ]),
  )
}

/** Refunds, exchanges by their own number, and price adjustments. */
export async function describeSlips(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('refund')
    .innerJoin('operator', 'operator.id', 'refund.recorded_by')
    .leftJoin('exchange', 'exchange.id', 'refund.exchange_id')
    .select((row) => [
      'refund.id',
      'refund.number',
      'refund.note',
      'refund.exchange_id',
      'exchange.number as exchange_number',
      'operator.name',
      row
        .selectFrom('refund_line')
        .innerJoin('sale_line', 'sale_line.id', 'refund_line.sale_line_id')
        .select('sale_line.name')
        .whereRef('refund_line.refund_id', '=', 'refund.id')
        .orderBy('refund_line.id')
        .limit(1)
        .as('goods'),
    ])
    .where('refund.id', 'in', ids)
    .execute()
  return new Map(
    rows.map((row): [number, Described] => {
      const { id, exchange_id: exchangeId } = row
      const said = { owner: row.name, text: row.goods ?? row.note }
      if (exchangeId === null) {
        const link = { page: 'refund' as const, id }
        return [id, { kind: 'refund', id, number: row.number, ...said, link }]
      }
      const number = row.exchange_number ?? row.number
      const link = { page: 'exchange' as const, id: exchangeId }
      return [id, { kind: 'exchange', id: exchangeId, number, ...said, link }]
    }),
  )
}
