import { type ComplaintKind, complaintKinds, kindRules } from '../complaints/contract.ts'
import type { ReadHandle } from '../database/store.ts'
import { listGoodwill } from './figures/goodwill-ledger-store.ts'
import type { Period } from './figures/rules.ts'

const complaintsOnly: readonly ComplaintKind[] = complaintKinds.filter(
  (kind) => kindRules[kind].isComplaint,
)

/** Goods that came back in a period by reason: refunds, and the returned side of exchanges. */
export async function countReturns(r: ReadHandle, { from, to }: Period, floor?: string) {
  return r
    .selectFrom('refund')
    .select((row) => [
      'refund.reason',
      row.fn.countAll<number>().as('count'),
      row.fn
        .sum<number>(row.case().when('refund.exchange_id', 'is', null).then(0).else(1).end())
        .as('exchanges'),
      row.fn
        .sum<number>(
          row
            .case()
            .when('refund.exchange_id', 'is', null)
            .then(row.ref('refund.amount'))
            .else(0)
            .end(),
        )
        .as('amount'),
    ])
    .where('refund.business_date', '>=', from)
    .where('refund.business_date', '<=', to)
    .where('refund.state', '=', 'recorded')
    .where('refund.slip_kind', '=', 'return')
    .$if(floor !== undefined, (all) =>
      all.where((row) =>
        row.exists(
          row
            .selectFrom('refund_line')
            .innerJoin('sale_line', 'sale_line.id', 'refund_line.sale_line_id')
            .select('refund_line.id')
            .whereRef('refund_line.refund_id', '=', 'refund.id')
            .where('sale_line.floor', '=', floor ?? ''),
        ),
      ),
    )
    .groupBy('refund.reason')
    .execute()
}

/** Own rules that were signed, the newest first, with the day they began to hold. */
export async function listSignedRules(r: ReadHandle, limit: number) {
  return r
    .selectFrom('policy_decision')
    .innerJoin('policy_version', (join) =>
      join
        .onRef('policy_version.rule_id', '=', 'policy_decision.rule_id')
        .onRef('policy_version.version', '=', 'policy_decision.version'),
    )
    .select([
      'policy_decision.rule_id',
      'policy_decision.version',
      'policy_decision.effective_on',
      'policy_version.valid_from',
      'policy_version.rule',
      'policy_version.note',
    ])
    .where('policy_decision.decision', '=', 'signed')
    .orderBy('policy_decision.id', 'desc')
    .limit(limit)
    .execute()
}

/** What a stretch of days came to, beside the sales it stands against. */
export async function countDays(r: ReadHandle, { from, to }: Period) {
  const sales = await r
    .selectFrom('receipt')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('business_date', '>=', from)
    .where('business_date', '<=', to)
    .where('kind', '=', 'sale')
    .executeTakeFirstOrThrow()
  const complaints = await r
    .selectFrom('complaint')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('business_date', '>=', from)
    .where('business_date', '<=', to)
    .where('kind', 'in', complaintsOnly)
    .executeTakeFirstOrThrow()
  const returns = await countReturns(r, { from, to })
  const refusals = await r
    .selectFrom('claim_refusal')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('business_date', '>=', from)
    .where('business_date', '<=', to)
    .executeTakeFirstOrThrow()
  const goodwill = await listGoodwill(r, { from, to })
  return {
    sales: sales.count,
    complaints: complaints.count,
    returns: returns.reduce((sum, { count }) => sum + count, 0),
    returnAmount: returns.reduce((sum, { amount }) => sum + amount, 0),
    refusals: refusals.count,
    goodwill: goodwill.length,
    goodwillAmount: goodwill.reduce((sum, { amount }) => sum + amount, 0),
  }
}
