import type { ReadHandle } from '../../database/store.ts'
import { ledgerLine, noLine, sliceOf, type Source } from './source-store.ts'

const compensationQuery = (r: ReadHandle) =>
  r
    .selectFrom('compensation')
    .innerJoin('operator', 'operator.id', 'compensation.by')
    .leftJoin('operator as voider', 'voider.id', 'compensation.voided_by')
    .select(['compensation.id', 'compensation.number', 'compensation.case_id'])
    .select(['compensation.kind', 'compensation.amount', 'compensation.currency'])
    .select(['compensation.borne_by', 'compensation.paid_how', 'compensation.business_date'])
    .select(['compensation.at', 'compensation.voided_at'])
    .select(['operator.code', 'voider.code as voider_code'])

export const compensations: Source = async (r, { after, limit }) => {
  const rows = await compensationQuery(r)
    .where('compensation.id', '>', after)
    .orderBy('compensation.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, after, limit, (row) =>
    ledgerLine(`compensation:${row.id}`, {
      kind: `compensation.${row.kind}`,
      number: row.number,
      businessDate: row.business_date,
      at: row.at,
      amount: row.amount,
      currency: row.currency,
      caseId: row.case_id,
      how: row.paid_how,
      party: row.borne_by,
      operator: row.code,
    }),
  )
}

export const compensationVoids: Source = async (r, { limit, dayOf }) => {
  const rows = await compensationQuery(r)
    .where('compensation.voided_at', 'is not', null)
    .where(noLine('ledger', 'compensation-void:', 'compensation.id'))
    .orderBy('compensation.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, 0, limit, (row) =>
    ledgerLine(`compensation-void:${row.id}`, {
      kind: `compensation.${row.kind}`,
      number: row.number,
      businessDate: dayOf(row.voided_at ?? row.at),
      at: row.voided_at ?? '',
      amount: -row.amount,
      currency: row.currency,
      caseId: row.case_id,
      how: row.paid_how,
      party: row.borne_by,
      operator: row.voider_code ?? '',
      reverses: row.number,
    }),
  )
}
