import { type ComplaintKind, complaintKinds, kindRules } from '../complaints/contract.ts'
import type { ReadHandle } from '../database/store.ts'
import type { BusinessDate } from '../foundation/business-date.ts'

export interface Period {
  from: BusinessDate
  to: BusinessDate
}

const complaintsOnly: readonly ComplaintKind[] = complaintKinds.filter(
  (kind) => kindRules[kind].isComplaint,
)

/** Complaints recorded in a period, with when the customer first heard from the store. */
export async function listReceived(r: ReadHandle, { from, to }: Period) {
  return r
    .selectFrom('complaint')
    .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .select((row) => [
      'complaint.business_date',
      'complaint.class',
      'complaint.floor',
      'complaint.solved_on_spot',
      'case_file.owner_id',
      'operator.name',
      row
        .selectFrom('case_answer')
        .select((each) => each.fn.min('case_answer.answered_at').as('at'))
        .whereRef('case_answer.case_id', '=', 'complaint.case_id')
        .whereRef('case_answer.answered_at', '>=', 'complaint.recorded_at')
        .as('answered_at'),
      row
        .selectFrom('complaint_round')
        .select('complaint_round.solved_on')
        .whereRef('complaint_round.complaint_id', '=', 'complaint.id')
        .where('complaint_round.no', '=', 1)
        .as('solved_on'),
      row
        .selectFrom('recomplaint')
        .select('recomplaint.first_id')
        .whereRef('recomplaint.complaint_id', '=', 'complaint.id')
        .where('recomplaint.dropped_at', 'is', null)
        .as('first_id'),
    ])
    .where('complaint.business_date', '>=', from)
    .where('complaint.business_date', '<=', to)
    .where('complaint.kind', 'in', complaintsOnly)
    .execute()
}

/** Rounds of complaints solved in a period. */
export async function listSolved(r: ReadHandle, { from, to }: Period) {
  return r
    .selectFrom('complaint_round')
    .innerJoin('complaint', 'complaint.id', 'complaint_round.complaint_id')
    .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .leftJoin('complaint_round as later', (join) =>
      join
        .onRef('later.complaint_id', '=', 'complaint_round.complaint_id')
        .on((on) => on('later.no', '=', on('complaint_round.no', '+', 1))),
    )
    .select([
      'complaint.class',
      'complaint.floor',
      'case_file.owner_id',
      'operator.name',
      'complaint_round.opened_on',
      'complaint_round.solved_on',
      'complaint_round.satisfied',
      'complaint_round.points',
      'later.no as later_no',
    ])
    .where('complaint_round.solved_on', '>=', from)
    .where('complaint_round.solved_on', '<=', to)
    .where('complaint.kind', 'in', complaintsOnly)
    .execute()
}

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

/** What was given as goodwill in a period, with the customer of its case where one is known. */
export async function listGoodwill(r: ReadHandle, { from, to }: Period) {
  return r
    .selectFrom('goodwill_entry')
    .leftJoin('case_file', 'case_file.id', 'goodwill_entry.case_id')
    .select(['goodwill_entry.business_date', 'goodwill_entry.amount', 'case_file.customer_id'])
    .where('goodwill_entry.business_date', '>=', from)
    .where('goodwill_entry.business_date', '<=', to)
    .execute()
}

/** What a customer bought after a day and by another, less what they brought back to the tills; minor units. */
export async function sumSalesAfter(
  r: ReadHandle,
  customerId: number,
  period: { after: BusinessDate; to: BusinessDate },
): Promise<{ receipts: number; amount: number }> {
  const row = await r
    .selectFrom('receipt')
    .select((each) => [
      each.fn
        .coalesce(
          each.fn.sum<number>(each.case().when('kind', '=', 'sale').then(1).else(0).end()),
          each.val(0),
        )
        .as('receipts'),
      each.fn
        .coalesce(
          each.fn.sum<number>(
            each
              .case()
              .when('kind', '=', 'sale')
              .then(each.ref('total'))
              .else(each.neg(each.fn<number>('abs', ['total'])))
              .end(),
          ),
          each.val(0),
        )
        .as('amount'),
    ])
    .where('customer_id', '=', customerId)
    .where('business_date', '>', period.after)
    .where('business_date', '<=', period.to)
    .executeTakeFirstOrThrow()
  return { receipts: row.receipts, amount: row.amount }
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
