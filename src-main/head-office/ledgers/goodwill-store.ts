import { ledgerLine, sliceOf, type Source } from './source-store.ts'

export const goodwill: Source = async (r, { after, limit }) => {
  const rows = await r
    .selectFrom('goodwill_entry as g')
    .innerJoin('operator', 'operator.id', 'g.operator_id')
    .select(['g.id', 'g.at', 'g.business_date', 'g.amount', 'g.currency', 'g.case_id'])
    .select('operator.code')
    .where('g.id', '>', after)
    .orderBy('g.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, after, limit, (row) =>
    ledgerLine(`goodwill:${row.id}`, {
      kind: 'goodwill',
      number: `G${row.id}`,
      businessDate: row.business_date,
      at: row.at,
      amount: row.amount,
      currency: row.currency,
      caseId: row.case_id,
      operator: row.code,
    }),
  )
}
