import { ledgerLine, sliceOf, type Source } from './source-store.ts'

export const vouchers: Source = async (r, { after, limit }) => {
  const rows = await r
    .selectFrom('voucher_movement as m')
    .innerJoin('voucher', 'voucher.id', 'm.voucher_id')
    .innerJoin('operator', 'operator.id', 'm.actor_id')
    .select(['m.id', 'm.seq', 'm.kind', 'm.amount', 'm.balance', 'm.at', 'm.business_date'])
    .select(['voucher.number', 'voucher.case_id', 'voucher.currency', 'voucher.source_number'])
    .select('operator.code')
    .where('m.id', '>', after)
    .orderBy('m.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, after, limit, (row) =>
    ledgerLine(`voucher:${row.id}`, {
      kind: `voucher.${row.kind}`,
      number: row.number,
      businessDate: row.business_date,
      at: row.at,
      amount: row.amount,
      currency: row.currency,
      balance: row.balance,
      caseId: row.case_id,
      how: row.source_number,
      operator: row.code,
    }),
  )
}
