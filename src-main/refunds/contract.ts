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

/** Who is liable for the way there and back, and so bears the freight (domain.md §3.1 row 10). */
export const freightLiables = ['store', 'carrier', 'vendor', 'customer', 'shared'] as const

/** What happens to something the customer got for nothing with the goods. */
export const giftRules = ['return', 'keep', 'return_or_value'] as const
export const giftKinds = ['gift', 'voucher', 'points'] as const

export const lineFeeKinds = ['depreciation', 'grade', 'restock', 'daily'] as const

/** What another way than the original tender takes: the customer's signed form, or the form and a manager. */
export const otherTenderNeeds = ['form', 'manager'] as const

/** To which coin cash is rounded (抹零), and which way. */
export const roundingSteps = ['none', 'jiao', 'yuan'] as const
export const roundingModes = ['half_up', 'down'] as const

/** Figures of the money strip, in the order the customer reads them. */
export const figureKinds = [
  'list',
  'discount',
  'paid',
  'before',
  'price_rise',
  'allowance',
  'charge',
  'depreciation',
  'grade',
  'restock',
  'daily',
  'gift',
  'freight',
  'test_fee',
  'rounding',
  'total',
] as const

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
