import type { ReadHandle } from '../../database/store.ts'
import { ledgerLine, noLine, sliceOf, type Source } from './source-store.ts'

const exchangeQuery = (r: ReadHandle) =>
  r
    .selectFrom('exchange')
    .innerJoin('receipt', 'receipt.id', 'exchange.receipt_id')
    .innerJoin('operator', 'operator.id', 'exchange.recorded_by')
    .leftJoin('operator as voider', 'voider.id', 'exchange.voided_by')
    .select(['exchange.id', 'exchange.number', 'exchange.case_id', 'exchange.currency'])
    .select(['exchange.credit', 'exchange.given', 'exchange.difference'])
    .select(['exchange.business_date', 'exchange.recorded_at'])
    .select(['exchange.voided_at', 'exchange.voided_on'])
    .select(['receipt.receipt_no', 'operator.code', 'voider.code as voider_code'])

export const exchanges: Source = async (r, { after, limit }) => {
  const rows = await exchangeQuery(r)
    .where('exchange.id', '>', after)
    .orderBy('exchange.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, after, limit, (row) =>
    ledgerLine(`exchange:${row.id}`, {
      kind: 'exchange',
      number: row.number,
      businessDate: row.business_date,
      at: row.recorded_at,
      amount: -row.difference,
      currency: row.currency,
      caseId: row.case_id,
      receiptNo: row.receipt_no,
      operator: row.code,
      how: `back:${row.credit} given:${row.given}`,
    }),
  )
}

export const exchangeVoids: Source = async (r, { limit }) => {
  const rows = await exchangeQuery(r)
    .where('exchange.voided_on', 'is not', null)
    .where(noLine('ledger', 'exchange-void:', 'exchange.id'))
    .orderBy('exchange.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, 0, limit, (row) =>
    ledgerLine(`exchange-void:${row.id}`, {
      kind: 'exchange',
      number: row.number,
      businessDate: row.voided_on ?? row.business_date,
      at: row.voided_at ?? '',
      amount: row.difference,
      currency: row.currency,
      caseId: row.case_id,
      receiptNo: row.receipt_no,
      operator: row.voider_code ?? '',
      reverses: row.number,
    }),
  )
}
