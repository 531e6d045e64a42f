import { ledgerLine, sliceOf, type Source } from './source-store.ts'

export const chargeBacks: Source = async (r, { after, limit }) => {
  const rows = await r
    .selectFrom('charge_back as c')
    .innerJoin('vendor_claim', 'vendor_claim.id', 'c.claim_id')
    .innerJoin('vendor', 'vendor.id', 'c.vendor_id')
    .innerJoin('operator', 'operator.id', 'c.by')
    .select(['c.id', 'c.kind', 'c.amount', 'c.currency', 'c.business_date', 'c.at'])
    .select(['vendor_claim.number', 'vendor_claim.case_id', 'vendor.name as vendor'])
    .select('operator.code')
    .where('c.id', '>', after)
    .orderBy('c.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, after, limit, (row) =>
    ledgerLine(`charge-back:${row.id}`, {
      kind: 'charge_back',
      number: row.number,
      businessDate: row.business_date,
      at: row.at,
      // What a vendor bears comes to the store.
      amount: -row.amount,
      currency: row.currency,
      caseId: row.case_id,
      party: row.vendor,
      operator: row.code,
      ...(row.kind === 'reversal' && { reverses: row.number }),
    }),
  )
}
