import { z } from 'zod'
import {
  businessDate,
  id,
  instant,
  line,
  money,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'
import { tenderKinds } from '../sales/contract.ts'

export const refundReasons = [
  'quality',
  'size',
  'preference',
  'wrong_item',
  'damaged',
  'price',
  'other',
] as const

export const conditions = ['sealed', 'opened', 'used', 'faulty', 'damaged'] as const

const choice = z.object({ saleLineId: id, units: z.int().min(1).max(10_000) })

const refundTender = z.object({ kind: z.enum(tenderKinds), label: z.string(), amount: money })

export const refundRecord = z.object({
  receiptId: id,
  reason: z.enum(refundReasons),
  note: text(1000).default(''),
  /** The figure on the clerk's screen: refused when the rules come to another one meanwhile. */
  expectedAmount: money,
  lines: z
    .array(choice.extend({ condition: z.enum(conditions), packagingIntact: z.boolean() }))
    .min(1)
    .max(500),
})

/** What the choice comes to: computed by the same rules that `record` uses. */
const quote = z.object({
  currency: z.string(),
  amount: money,
  lines: z.array(
    z.object({
      saleLineId: id,
      name: z.string(),
      units: z.int(),
      unitNos: z.array(z.int()),
      /** What was paid for the whole line, what came back before, what comes back now. */
      paidAmount: money,
      returnedBefore: money,
      amount: money,
    }),
  ),
  /** Back the way it was paid, never more per tender than that tender paid. */
  tenders: z.array(refundTender),
})

export const refundsContract = {
  preview: procedure('refunds.record')
    .input(z.object({ receiptId: id, lines: z.array(choice).max(500) }))
    .output(quote),
  record: procedure('refunds.record')
    .input(refundRecord)
    .output(z.object({ id, number: z.string(), amount: money })),
  open: procedure('sales.read')
    .input(z.object({ refundId: id }))
    .output(
      z.object({
        id,
        number: z.string(),
        state: z.enum(['recorded', 'void']),
        caseId: id,
        receiptId: id,
        receiptNo: z.string(),
        saleDate: businessDate,
        businessDate,
        recordedAt: instant,
        recordedBy: z.string(),
        reason: z.enum(refundReasons),
        note: z.string(),
        currency: z.string(),
        amount: money,
        lines: z.array(
          z.object({
            saleLineId: id,
            name: z.string(),
            units: z.int(),
            amount: money,
            condition: z.enum(conditions),
            packagingIntact: z.boolean(),
          }),
        ),
        tenders: z.array(refundTender),
        prints: z.int(),
        voidReason: z.string().nullable(),
        version,
      }),
    ),
  /** Undoes a slip written by mistake on its own business day; the units can come back again. */
  void: procedure('refunds.void')
    .input(z.object({ refundId: id, reason: line(200).min(2), version }))
    .output(z.object({ version })),
}
