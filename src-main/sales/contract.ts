import { z } from 'zod'
import { LONGEST_SCAN } from '../foundation/card-code.ts'
import {
  businessDate,
  id,
  instant,
  line,
  money,
  procedure,
  qtyMilli,
} from '../foundation/procedure.ts'

export const hitKinds = [
  'receipt',
  'card',
  'refund',
  'price_adjustment',
  'exchange',
  'complaint',
  'refusal',
  'instruction',
  'voucher',
  'repair',
  'serial',
  'product',
  'customer',
] as const

/** One row of the find box. `id` is the id of what `kind` names; `receiptId` the sale it opens, where it has one. */
export const hit = z.object({
  kind: z.enum(hitKinds),
  id,
  receiptId: id.nullable(),
  /** Number, code or name as the clerk would read it aloud. */
  label: z.string(),
  /** What tells it from its neighbours: goods, counter, masked phone. */
  note: z.string(),
  businessDate: businessDate.nullable(),
  amount: money.nullable(),
})

export const lineKinds = ['goods', 'non_goods', 'return', 'adjustment'] as const

export const tenderKinds = [
  'cash',
  'bank_card',
  'alipay',
  'wechat',
  'stored_value',
  'voucher',
  'points',
  'other',
] as const

export const tender = z.object({ id, kind: z.enum(tenderKinds), label: z.string(), amount: money })

export const customerBrief = z.object({
  id,
  name: z.string(),
  memberNo: z.string().nullable(),
  phoneMasked: z.string(),
  /** As the store's club names it; empty for none. */
  tier: z.string(),
})

export const saleLine = z.object({
  id,
  lineNo: z.int(),
  kind: z.enum(lineKinds),
  productId: id.nullable(),
  sku: z.string(),
  barcode: z.string(),
  name: z.string(),
  brand: z.string(),
  category: z.string(),
  serialNo: z.string(),
  unit: z.string(),
  qtyMilli,
  /** Units that can come back one by one: pieces, or 1 for a weighed quantity; 0 for what is not goods. */
  units: z.int(),
  listAmount: money,
  paidAmount: money,
  promo: z.string(),
  floor: z.string(),
  counter: z.string(),
  vendor: z.string(),
  clerk: z.string(),
  /** Units of this line that came back, at this desk or at a till. */
  returned: z.array(
    z.object({
      unitNo: z.int(),
      amount: money,
      by: z.enum(['desk', 'pos']),
      /** The slip of the desk or the return receipt of the till. */
      number: z.string(),
      refundId: id.nullable(),
      receiptId: id.nullable(),
      businessDate,
    }),
  ),
  /** Live cards on units of this line. */
  cards: z.array(
    z.object({ cardId: id, number: z.string(), unitNo: z.int(), unitEndsOn: businessDate }),
  ),
})

/** The paper of this desk that a receipt of a till stands for: what the till did because of it. */
const deskPaper = z.object({ type: z.string(), id, number: z.string() })

export const receipt = z.object({
  id,
  receiptNo: z.string(),
  storeCode: z.string(),
  till: z.string(),
  businessDate,
  soldAt: instant,
  kind: z.enum(['sale', 'return']),
  cashier: z.string(),
  currency: z.string(),
  total: money,
  /** Business days are counted from the sale: 0 on the day itself. */
  daysSince: z.int(),
  customer: customerBrief.nullable(),
  lines: z.array(saleLine),
  tenders: z.array(tender),
  /** The sale a till return belongs to, where the file said so. */
  original: z.object({ id, receiptNo: z.string(), businessDate }).nullable(),
  /** Till returns of this sale. */
  posReturns: z.array(
    z.object({
      id,
      receiptNo: z.string(),
      businessDate,
      total: money,
      standsFor: deskPaper.nullable(),
    }),
  ),
  /** Set where a till repeats what this desk did: the goods are refunded there, not here. */
  standsFor: deskPaper.nullable(),
  refunds: z.array(
    z.object({
      id,
      number: z.string(),
      businessDate,
      amount: money,
      state: z.enum(['recorded', 'void']),
      /** Goods that came back, or a price difference for goods that stayed. */
      kind: z.enum(['return', 'price_adjustment']),
    }),
  ),
  complaints: z.array(
    z.object({
      id,
      number: z.string(),
      businessDate,
      class: z.string(),
      text: z.string(),
      open: z.boolean(),
    }),
  ),
  cards: z.array(
    z.object({ id, number: z.string(), businessDate, state: z.enum(['active', 'void']) }),
  ),
})

export const receiptRow = z.object({
  id,
  receiptNo: z.string(),
  businessDate,
  kind: z.enum(['sale', 'return']),
  total: money,
  currency: z.string(),
  goods: z.string(),
})

export const salesContract = {
  /**
   * The one box: receipt number (whole, without its prefix, or its tail), card (number or signed code), slip or case number, barcode or
   * SKU, serial number, phone (whole or last four), name, pinyin or initials, amount with a date.
   */
  find: procedure('sales.read')
    .input(z.object({ text: line(LONGEST_SCAN).min(1), limit: z.int().min(1).max(50).default(8) }))
    .output(
      z.object({
        /** The one thing the text names exactly, to be opened without asking. */
        exact: hit.nullable(),
        groups: z.array(
          z.object({ kind: z.enum(hitKinds), hits: z.array(hit), more: z.boolean() }),
        ),
      }),
    ),
  open: procedure('sales.read')
    .input(z.object({ receiptId: id }))
    .output(receipt),
  /** Receipts with a product, newest first. */
  ofProduct: procedure('sales.read')
    .input(z.object({ productId: id, before: id.optional() }))
    .output(
      z.object({
        product: z.object({ id, sku: z.string(), barcode: z.string(), name: z.string() }),
        receipts: z.array(receiptRow),
        more: z.boolean(),
      }),
    ),
  /** A customer's receipts, newest first. */
  ofCustomer: procedure('sales.read')
    .input(z.object({ customerId: id, before: id.optional() }))
    .output(
      z.object({ customer: customerBrief, receipts: z.array(receiptRow), more: z.boolean() }),
    ),
}
