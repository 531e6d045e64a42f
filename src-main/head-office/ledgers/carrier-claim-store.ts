import { sql } from 'kysely'
import { ledgerLine, sliceOf, type Source } from './source-store.ts'

/** Charges on carriers that were made of this claim: the claim's money is told there while one of them stands. */
const charges = sql`charge_back AS c JOIN vendor_claim AS v ON v.id = c.claim_id
  WHERE v.carrier_claim_id = carrier_claim.id`
const isCharged = sql<number>`(SELECT coalesce(sum(c.amount), 0) <> 0 FROM ${charges})`
const chargedAt = sql<string | null>`(SELECT max(c.at) FROM ${charges})`
/** How often this claim was told; its first, third, … line says that the money came, the others take that back. */
const told = sql<number>`(SELECT count(*) FROM head_office_line AS told WHERE told.stream = 'ledger'
  AND told.key > 'carrier-claim:' || carrier_claim.id || ':'
  AND told.key < 'carrier-claim:' || carrier_claim.id || ';')`

/**
 * What carriers paid for damage without a charge in the vendors' book, which has its own line; taken back where a charge
 * is made of it later, so that the money is told once.
 */
export const carrierClaims: Source = async (r, { limit, dayOf }) => {
  const rows = await r
    .selectFrom('carrier_claim')
    .innerJoin('refund', 'refund.id', 'carrier_claim.refund_id')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt_id')
    .innerJoin('operator', 'operator.id', 'carrier_claim.closed_by')
    .select(['carrier_claim.id', 'carrier_claim.case_id', 'carrier_claim.carrier'])
    .select(['carrier_claim.currency', 'carrier_claim.received_amount', 'carrier_claim.closed_at'])
    .select(['carrier_claim.freight_amount', 'carrier_claim.goods_amount', 'refund.number'])
    .select(['receipt.receipt_no', 'operator.code'])
    .select([told.as('told'), isCharged.as('is_charged'), chargedAt.as('charged_at')])
    .where('carrier_claim.state', '=', 'settled')
    .where(sql<boolean>`${told} % 2 = ${isCharged}`)
    .orderBy('carrier_claim.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, 0, limit, (row) => {
    const isBack = row.is_charged === 1
    const received = row.received_amount ?? 0
    const closedAt = row.closed_at ?? ''
    const at = row.told === 0 ? closedAt : (row.charged_at ?? closedAt)
    return ledgerLine(`carrier-claim:${row.id}:${row.told + 1}`, {
      kind: 'carrier_claim',
      number: row.number,
      businessDate: dayOf(at),
      at,
      // What a carrier pays comes to the store.
      amount: isBack ? received : -received,
      currency: row.currency,
      caseId: row.case_id,
      receiptNo: row.receipt_no,
      party: row.carrier,
      how: `freight:${row.freight_amount} goods:${row.goods_amount}`,
      operator: row.code,
      ...(isBack && { reverses: row.number }),
    })
  })
}
