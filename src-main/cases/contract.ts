import { z } from 'zod'
import {
  businessDate,
  id,
  instant,
  line,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'

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
  /** What it was given for: one of these, or its case as a whole. */
  complaintId: id.nullable(),
  repairId: id.nullable(),
  exchangeId: id.nullable(),
  version,
})

/** As the consumer associations report them (domain.md §5.1). */
export const complaintClasses = [
  'goods',
  'service',
  'price',
  'safety',
  'counterfeit',
  'promotion',
  'contract',
  'metering',
  'dignity',
  'other',
] as const
export type ComplaintClass = (typeof complaintClasses)[number]

/** What came of asking a customer how content they are; the last two are no answers and are counted apart. */
export const satisfactionAnswers = ['given', 'not_asked', 'would_not_say'] as const

/** Five is very content, one not at all; the reason is a code of `resources/cases/closing.json`. */
export const satisfaction = z.object({
  answer: z.enum(satisfactionAnswers),
  points: z.int().min(1).max(5).nullable(),
  reason: line(40).nullable(),
  note: line(300),
})

/** Does the customer stay with the store, as far as anybody can tell (domain.md §3.6 rows 49, 164). */
export const retentions = ['stays', 'lost', 'unknown'] as const
export const retention = z.object({
  outcome: z.enum(retentions),
  reason: line(40).nullable(),
  note: line(300),
})

const reasonWords = z.object({ zh: z.string(), en: z.string() })

/** Who or what stands behind a case beside the customer: each sends its money to the top (domain.md §3.2). */
export const riskFlags = ['media', 'lawyer', 'regulator', 'injury'] as const
export type RiskFlag = (typeof riskFlags)[number]

/** What a case's history can say; the screens have a text for each. */
export const caseEventKinds = [
  'complaint_recorded',
  'complaint_solved',
  'complaint_reopened',
  'complaint_changed',
  'complaint_repeats',
  'complaint_repeats_not',
  'case_reopened',
  'case_reassigned',
  'promises_moved',
  'hand_over_offered',
  'hand_over_accepted',
  'hand_over_declined',
  'hand_over_taken_back',
  'second_joined',
  'second_left',
  'manager_called',
  'manager_arrived',
  'manager_called_off',
  'note_added',
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
  'alert_raised',
  'alert_seen',
  'alert_answered',
  'case_escalated',
  'top_decided',
  'hold_placed',
  'hold_released',
  'evidence_packed',
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
  'vendor_claim_opened',
  'vendor_notice_sent',
  'vendor_replied',
  'vendor_offer',
  'vendor_noted',
  'vendor_agreed',
  'vendor_deemed',
  'vendor_ruled',
  'vendor_escalated',
  'vendor_disputed',
  'vendor_withdrawn',
  'vendor_reversed',
  'goods_shipped',
  'goods_arrived',
  'customer_answered',
  'clock_paused',
  'clock_resumed',
  'followup_planned',
  'followup_tried',
  'followup_called_off',
  'contact_banned',
  'contact_allowed',
  'case_reviewed',
  'review_answered',
  'lesson_shown',
  'lesson_withdrawn',
  'investigation_fact',
  'investigation_decided',
  'investigation_reopened',
  'investigation_certificate',
  'investigation_outlay',
  'investigation_effort',
  'investigation_split',
  'investigation_voided',
  'settlement_proposed',
  'settlement_accepted',
  'settlement_declined',
  'settlement_escalated',
  'settlement_item_done',
  'settlement_item_undone',
  'settlement_completed',
  'settlement_failed',
  'settlement_voided',
  'compensation_paid',
  'compensation_voided',
  'apology_signed',
  'apology_voided',
  'fault_set',
  'incident_joined',
  'incident_left',
  'action_linked',
] as const

export type CaseEventKind = (typeof caseEventKinds)[number]

/** What stands on the timeline of a case beside its own history. */
export const aroundKinds = ['sold', 'returned_at_till', 'card_issued', 'card_voided'] as const

/** What a note is about: said by the customer, done by us, found out, a contact, a word given at the sale. */
export const noteKinds = ['said', 'done', 'found', 'contact', 'seller_promise'] as const

/** How a customer was spoken to (domain.md §3.6 row 62). */
export const channels = ['on_site', 'phone', 'message', 'letter', 'visit'] as const

export const caseEvent = z.object({
  id,
  at: instant,
  actor: z.string(),
  kind: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

/** Somebody a case names, whether they still work here or not. */
const person = z.object({
  id,
  name: z.string(),
  phone: z.string(),
  role: z.enum(['clerk', 'floor_manager', 'store_manager', 'system']),
  active: z.boolean(),
})

const handOver = z.object({
  id,
  caseId: id,
  from: person,
  to: person,
  offeredBy: person,
  offeredAt: instant,
  reason: z.string(),
})

const dutyCall = z.object({
  id,
  caseId: id,
  manager: person,
  reason: z.string(),
  state: z.enum(['called', 'arrived', 'called_off']),
  calledAt: instant,
  calledBy: person,
  answeredAt: instant.nullable(),
})

/** Somebody who does not work here any more, with what is still theirs. */
const leaver = z.object({ operatorId: id, name: z.string(), cases: z.int(), promises: z.int() })

/** What people call a case by. */
const named = { number: z.string(), complaintId: id.nullable(), text: z.string() }

const eventLine = caseEvent.omit({ id: true }).extend({
  key: z.string(),
  /** Where a line of the sale or of another case leads. */
  link: z.object({ type: z.enum(['sale', 'card', 'case']), id }).nullable(),
})

/** What the caller may do with who works on a case. */
export const caseDeedNames = [
  'offer',
  'accept',
  'decline',
  'take_back',
  'reassign',
  'ask_second',
  'end_second',
  'call',
  'answer_call',
  'note',
] as const

const reason = line(200).min(2)

export const casesContract = {
  /** A case with everything that hangs on it and happened around it. */
  file: procedure('sales.read')
    .input(z.object({ caseId: id }))
    .output(
      z.object({
        id,
        state: z.enum(['open', 'closed']),
        openedAt: instant,
        openedBy: z.string(),
        businessDate,
        closedAt: instant.nullable(),
        receipt: z.object({ id, receiptNo: z.string(), businessDate }).nullable(),
        customer: z.object({ id, name: z.string(), phoneMasked: z.string() }).nullable(),
        owner: person,
        /** The offer that waits for an answer. */
        handOver: handOver.nullable(),
        second: z.object({ person, reason: z.string(), since: instant }).nullable(),
        /** The last call of the duty manager. */
        dutyCall: dutyCall.nullable(),
        risks: z.array(z.enum(riskFlags)),
        parts: z.array(
          z.object({
            type: z.enum(['complaint', 'refund', 'exchange', 'repair', 'voucher', 'refusal']),
            id,
            number: z.string(),
            at: instant,
            open: z.boolean(),
            isVoid: z.boolean(),
            note: z.string(),
          }),
        ),
        promises: z.array(promise),
        /** Oldest first. */
        timeline: z.array(eventLine),
        may: z.array(z.enum(caseDeedNames)),
      }),
    ),
  /** Why customers are content or not, stay or leave: codes with their words. */
  closingReasons: procedure('signed_in').output(
    z.object({
      satisfaction: z.array(
        z.object({ id: z.string(), points: z.array(z.int()), words: reasonWords }),
      ),
      retention: z.array(
        z.object({ id: z.string(), outcomes: z.array(z.enum(retentions)), words: reasonWords }),
      ),
    }),
  ),
  /** What waits for the caller's answer, and what a manager has to give somebody. */
  forMe: procedure('signed_in').output(
    z.object({
      offers: z.array(handOver.extend(named)),
      unanswered: z.array(handOver.extend(named)),
      calls: z.array(dutyCall.extend({ ...named, isMine: z.boolean() })),
      orphans: z.array(z.object({ caseId: id, ownerId: id, ownerName: z.string(), ...named })),
      /** Who left with open cases or promises, all of which can be given to somebody at once. */
      leavers: z.array(leaver),
    }),
  ),
  /** Offers a case to a colleague; it stays where it is until they accept. */
  offer: procedure('complaints.record')
    .input(z.object({ caseId: id, toId: id, reason }))
    .output(z.object({ handOverId: id })),
  /** A no needs its reason. */
  answerOffer: procedure('complaints.record')
    .input(
      z.object({
        handOverId: id,
        answer: z.enum(['accept', 'decline', 'take_back']),
        reason: line(200).default(''),
      }),
    )
    .output(z.object({ caseId: id })),
  /** Gives a case to somebody at once. */
  reassign: procedure('cases.assign')
    .input(z.object({ caseId: id, toId: id, reason }))
    .output(z.object({ caseId: id })),
  /** Gives everything that is still open of somebody who left to somebody who is here. */
  reassignAll: procedure('cases.assign')
    .input(z.object({ fromId: id, toId: id, reason }))
    .output(z.object({ cases: z.int(), promises: z.int() })),
  /** Asks a second person to a case; null lets the one there go. */
  setSecond: procedure('complaints.record')
    .input(z.object({ caseId: id, operatorId: id.nullable(), reason }))
    .output(z.object({ caseId: id })),
  callManager: procedure('complaints.record')
    .input(z.object({ caseId: id, managerId: id, reason }))
    .output(z.object({ callId: id })),
  answerCall: procedure('complaints.record')
    .input(z.object({ callId: id, answer: z.enum(['arrive', 'call_off']) }))
    .output(z.object({ caseId: id })),
  /** Writes a line into the story of an open case. */
  note: procedure('complaints.record')
    .input(
      z.object({
        caseId: id,
        about: z.enum(noteKinds),
        channel: z.enum(channels).nullable().default(null),
        text: text(20_000).min(1),
      }),
    )
    .output(z.object({ caseId: id })),
  /** Open promises, the most urgent first, each with the complaint it was given for. */
  duePromises: procedure('signed_in').output(
    z.array(
      promise.extend({
        complaintNumber: z.string().nullable(),
        complaintText: z.string().nullable(),
        repairNumber: z.string().nullable(),
      }),
    ),
  ),
  settlePromise: procedure('complaints.record')
    .input(z.object({ promiseId: id, kept: z.boolean(), note: line(200).default(''), version }))
    .output(z.object({ version })),
}
