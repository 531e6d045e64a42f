import { z } from 'zod'
import { caseEvent, promise, riskFlags } from '../cases/contract.ts'
import {
  businessDate,
  id,
  instant,
  line,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'

const risks = z.array(z.enum(riskFlags)).max(riskFlags.length)

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

/** What the complaint is about, as far as the clerk knows it: ids, or a floor and counter. */
export const complaintContext = z.object({
  receiptId: id.nullable(),
  saleLineId: id.nullable(),
  cardId: id.nullable(),
  customerId: id.nullable(),
  floor: line(40),
  counter: line(60),
})

const complaintRow = z.object({
  id,
  number: z.string(),
  caseId: id,
  class: z.enum(complaintClasses),
  text: z.string(),
  businessDate,
  recordedAt: instant,
  floor: z.string(),
  counter: z.string(),
  open: z.boolean(),
  solvedOnSpot: z.boolean(),
  ownerName: z.string(),
  nextPromiseDueAt: instant.nullable(),
  overdue: z.boolean(),
  /** Who stands behind it beside the customer. */
  risks,
})

export const complaintEntry = z.object({
  class: z.enum(complaintClasses),
  text: text(20_000).min(1),
  context: complaintContext,
  contact: z.object({ name: line(40), phone: line(40) }),
  risks: risks.default([]),
  outcome: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('solved'),
      solution: text(4000).default(''),
      satisfied: z.boolean().nullable(),
    }),
    z.object({
      kind: z.literal('open'),
      ownerId: id,
      promise: z.object({ text: line(200).min(1), dueAt: instant }),
    }),
  ]),
})

export const complaintsContract = {
  record: procedure('complaints.record')
    .input(complaintEntry)
    .output(z.object({ id, number: z.string() })),
  open: procedure('sales.read')
    .input(z.object({ complaintId: id }))
    .output(
      complaintRow.extend({
        solution: z.string(),
        satisfied: z.boolean().nullable(),
        recordedBy: z.string(),
        ownerId: id,
        contact: z.object({ name: z.string(), phoneMasked: z.string() }),
        receipt: z.object({ id, receiptNo: z.string(), businessDate }).nullable(),
        goods: z.string(),
        promises: z.array(promise),
        events: z.array(caseEvent),
        closedAt: instant.nullable(),
        version,
      }),
    ),
  list: procedure('sales.read')
    .input(z.object({ state: z.enum(['open', 'day']), businessDate: businessDate.optional() }))
    .output(z.array(complaintRow)),
  /** Closes an open complaint; its open promises count as kept when due later than now, broken otherwise. */
  solve: procedure('complaints.record')
    .input(
      z.object({
        complaintId: id,
        solution: text(4000).min(1),
        satisfied: z.boolean().nullable(),
        version,
      }),
    )
    .output(z.object({ version })),
  /** Says anew who stands behind an open complaint; what was raised or cleared stays in its history. */
  setRisks: procedure('complaints.record')
    .input(z.object({ complaintId: id, risks, note: line(200).default(''), version }))
    .output(z.object({ version })),
  /** Gives an open complaint a new owner and a new promise. */
  promise: procedure('complaints.record')
    .input(
      z.object({
        complaintId: id,
        ownerId: id,
        text: line(200).min(1),
        dueAt: instant,
        version,
      }),
    )
    .output(z.object({ version })),
  /** The whole phone number left with a complaint, to call back: audited with its reason (domain.md §5.3). */
  revealPhone: procedure('customers.reveal')
    .input(z.object({ complaintId: id, reason: line(200).min(2) }))
    .output(z.object({ phone: z.string() })),
}
