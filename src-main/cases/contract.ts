import { z } from 'zod'
import { businessDate, id, instant, line, procedure, version } from '../foundation/procedure.ts'

export const promise = z.object({
  id,
  caseId: id,
  ownerId: id,
  ownerName: z.string(),
  text: z.string(),
  dueAt: instant,
  dueOn: businessDate,
  state: z.enum(['open', 'kept', 'broken']),
  overdue: z.boolean(),
  version,
})

/** Who or what stands behind a case beside the customer: each sends its money to the top (domain.md §3.2). */
export const riskFlags = ['media', 'lawyer', 'regulator', 'injury'] as const
export type RiskFlag = (typeof riskFlags)[number]

/** What a case's history can say; the screens have a text for each. */
export const caseEventKinds = [
  'complaint_recorded',
  'complaint_solved',
  'refund_recorded',
  'price_adjusted',
  'refund_voided',
  'exchange_recorded',
  'exchange_ordered',
  'exchange_arrived',
  'exchange_goods_received',
  'exchange_handed_over',
  'exchange_voided',
  'carrier_claim_opened',
  'carrier_claim_closed',
  'handover_given',
  'handover_signed',
  'handover_waived',
  'promised',
  'promise_kept',
  'promise_broken',
  'owner_changed',
  'risks_changed',
  'approval_asked',
  'approval_granted',
  'approval_denied',
  'approval_escalated',
  'approval_used',
  'offer_recorded',
  'goodwill_given',
  'claim_refused',
  'proofs_recorded',
  'proofs_settled',
  'instruction_raised',
  'instruction_settled',
  'instruction_undone',
  'instruction_cancelled',
  'voucher_issued',
  'voucher_redeemed',
  'voucher_redemption_undone',
  'voucher_credited',
  'voucher_credit_undone',
  'voucher_extended',
  'voucher_lost',
  'voucher_voided',
  'voucher_cashed_out',
  'voucher_cash_out_undone',
  'attachment_added',
  'attachment_voided',
  'repair_recorded',
  'repair_expected',
  'repair_received',
  'repair_cancelled',
  'repair_free',
  'repair_paid',
  'repair_quoted',
  'repair_consented',
  'repair_declined',
  'repair_sent',
  'repair_back',
  'repair_waits',
  'repair_waited',
  'repair_delay_noted',
  'repair_worked',
  'repair_checked',
  'repair_ready',
  'repair_given_up',
  'repair_reopened',
  'repair_to_exchange',
  'repair_to_refund',
  'repair_to_repair',
  'repair_handed_back',
  'repair_kept',
  'repair_restored',
  'repair_reminded',
  'repair_code_renewed',
  'loan_out',
  'loan_back',
  'goods_moved',
  'customer_answered',
  'clock_paused',
  'clock_resumed',
] as const

export type CaseEventKind = (typeof caseEventKinds)[number]

export const caseEvent = z.object({
  id,
  at: instant,
  actor: z.string(),
  kind: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

export const casesContract = {
  /** Open promises, the most urgent first, each with the complaint it was given for. */
  duePromises: procedure('signed_in').output(
    z.array(
      promise.extend({
        complaintId: id.nullable(),
        complaintNumber: z.string().nullable(),
        complaintText: z.string().nullable(),
        /** The repair it was given for. */
        repairId: id.nullable(),
        repairNumber: z.string().nullable(),
      }),
    ),
  ),
  settlePromise: procedure('complaints.record')
    .input(z.object({ promiseId: id, kept: z.boolean(), note: line(200).default(''), version }))
    .output(z.object({ version })),
}
