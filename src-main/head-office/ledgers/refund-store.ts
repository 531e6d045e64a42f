import type { ReadHandle } from '../../database/store.ts'
import type { NewLine } from '../book-store.ts'
import { ledgerLine, noLine, sliceOf, type Source } from './source-store.ts'

const refundQuery = (r: ReadHandle) =>
  r
    .selectFrom('refund')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt_id')
    .innerJoin('operator', 'operator.id', 'refund.recorded_by')
    .leftJoin('operator as voider', 'voider.id', 'refund.voided_by')
    .select(['refund.id', 'refund.number', 'refund.case_id', 'refund.amount', 'refund.currency'])
    .select(['refund.business_date', 'refund.recorded_at', 'refund.slip_kind'])
    .select(['refund.exchange_id', 'refund.voided_at', 'refund.voided_on'])
    .select(['receipt.receipt_no', 'operator.code', 'voider.code as voider_code'])

type RefundRow = Awaited<ReturnType<ReturnType<typeof refundQuery>['execute']>>[number]

/** The goods that come back in an exchange are no money by themselves: its difference is. */
function refundLine(row: RefundRow, how: string): NewLine | null {
  if (row.exchange_id !== null) return null
  return ledgerLine(`refund:${row.id}`, {
    kind: row.slip_kind === 'return' ? 'refund' : row.slip_kind,
    number: row.number,
    businessDate: row.business_date,
    at: row.recorded_at,
    amount: row.amount,
    currency: row.currency,
    caseId: row.case_id,
    receiptNo: row.receipt_no,
    operator: row.code,
    how,
  })
}

async function tendersOf(r: ReadHandle, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await r
    .selectFrom('refund_tender')
    .select(['refund_id', 'kind', 'amount'])
    .where('refund_id', 'in', ids)
    .orderBy('id')
    .execute()
  const tenders = new Map<number, string[]>()
  for (const { refund_id: of, kind, amount } of rows) {
    tenders.set(of, [...(tenders.get(of) ?? []), `${kind}:${amount}`])
  }
  return new Map([...tenders].map(([of, parts]) => [of, parts.join(' ')]))
}

export const refunds: Source = async (r, { after, limit }) => {
  const rows = await refundQuery(r)
    .where('refund.id', '>', after)
    .orderBy('refund.id')
    .limit(limit)
    .execute()
  const tenders = await tendersOf(
    r,
    rows.map(({ id }) => id),
  )
  return sliceOf(rows, after, limit, (row) => refundLine(row, tenders.get(row.id) ?? ''))
}

export const refundVoids: Source = async (r, { limit }) => {
  const rows = await refundQuery(r)
    .where('refund.voided_on', 'is not', null)
    .where('refund.exchange_id', 'is', null)
    .where(noLine('ledger', 'refund-void:', 'refund.id'))
    .orderBy('refund.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, 0, limit, (row) =>
    ledgerLine(`refund-void:${row.id}`, {
      kind: row.slip_kind === 'return' ? 'refund' : row.slip_kind,
      number: row.number,
      businessDate: row.voided_on ?? row.business_date,
      at: row.voided_at ?? '',
      amount: -row.amount,
      currency: row.currency,
      caseId: row.case_id,
      receiptNo: row.receipt_no,
      operator: row.voider_code ?? '',
      reverses: row.number,
    }),
  )
}
