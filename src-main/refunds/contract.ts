import { z } from 'zod'
import { approvalRequest, approverRoles, namedApproval } from '../approvals/contract.ts'
import {
  businessDate,
  currencyCode,
  id,
  instant,
  line,
  money,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'
import { instruction } from '../pos-instructions/contract.ts'
import { tenderKinds } from '../sales/contract.ts'
import { voucherHolder, voucherStates } from '../vouchers/contract.ts'

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

/** What a slip is about: goods that came back, or a price that fell for goods the customer keeps (domain.md §1.7). */
export const refundKinds = ['return', 'price_adjustment'] as const

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

const share = z.int().min(0).max(1_000_000)
const cost = money.min(0).max(100_000_000)

/** Units of a line that come back, and in which state. */
export const returnChoice = z.object({
  saleLineId: id,
  units: z.int().min(1).max(10_000),
  /** Particular units of the line, those of a card for example; empty for any. */
  unitNos: z.array(z.int().min(1)).max(10_000).default([]),
  condition: z.enum(conditions).default('opened'),
  packagingIntact: z.boolean().optional(),
  /** What the verdict keeps from it; null where it says nothing and the store's grades decide. */
  fee: z
    .object({ kind: z.enum(lineFeeKinds), amount: cost, days: z.int().min(0).default(0) })
    .nullable()
    .default(null),
  /** What law adds where the shelf price rose since the sale. */
  priceRise: cost.default(0),
})

/** Freight of the way there and back. */
const freight = z.object({
  amount: cost,
  paidBy: z.enum(['store', 'customer']),
  /** Null: as the reason usually has it. */
  liable: z.enum(freightLiables).nullable().default(null),
  /** Where it is shared: parts per million the customer bears. */
  sharedPpm: share.default(500_000),
  /** Where the carrier is liable: whom the store claims it from. */
  carrier: line(80).default(''),
  waybill: line(60).default(''),
})

const testFee = z.object({
  amount: cost,
  paidBy: z.enum(['store', 'customer']),
  bearer: z.enum(['store', 'customer', 'shared']),
})

const gifts = z.object({
  /** Null: as the reason usually has it. */
  rule: z.enum(giftRules).nullable().default(null),
  /** What the slip does not list: vouchers and points that were earned with the goods. */
  earned: z
    .array(
      z.object({
        kind: z.enum(giftKinds),
        name: line(80).min(1),
        value: cost,
        cameBack: z.boolean(),
      }),
    )
    .max(20)
    .default([]),
})

const otherTender = z.object({
  /** Null for the part of the sale no tender in the file covers. */
  tenderId: id.nullable(),
  to: z.enum(tenderKinds),
  /** What the customer's form gives as the reason. */
  reason: line(200),
})

/** Everything a refund is reckoned from; preview and record are told the same. */
const ask = z.object({
  receiptId: id,
  /** Currency of the amounts; the store's where it is absent. A sale in another one is refused. */
  currency: currencyCode.optional(),
  lines: z.array(returnChoice).max(500).default([]),
  /** Money back for units the customer keeps (price difference): `amount` for all of them together. */
  allowances: z
    .array(
      z.object({
        saleLineId: id,
        units: z.int().min(1).max(10_000),
        amount: money,
        /** What one unit costs today, where it was seen elsewhere than in the catalogue: somebody above looks at it. */
        seenPrice: cost.nullable().default(null),
      }),
    )
    .max(100)
    .default([]),
  /** Money lines of the sale (delivery); null gives all that is left of it back. */
  charges: z
    .array(z.object({ saleLineId: id, amount: money.nullable().default(null) }))
    .max(20)
    .default([]),
  gifts: gifts.default({ rule: null, earned: [] }),
  freight: freight.nullable().default(null),
  testFee: testFee.nullable().default(null),
  otherTenders: z.array(otherTender).max(20).default([]),
  /** The case it belongs to: one visit can bring a complaint and a return. */
  caseId: id.nullable().default(null),
  /** The written decision it follows: its rules may ask for an approver. */
  rightsId: id.nullable().default(null),
  /** Of stored-value payments: how much of each was the store's gift, where the till's file does not say. */
  giftParts: z
    .array(z.object({ tenderId: id, amount: cost }))
    .max(20)
    .default([]),
  /** Whose voucher it is where part of it becomes one: left out for the sale's customer, null for the bearer. */
  voucherHolder: voucherHolder.nullable().optional(),
})

export const refundAsk = ask.extend({ reason: z.enum(refundReasons).nullable().default(null) })

/** Returns of tills the clerk was shown and says are others than this one. */
export const tillReturnsSeen = z.array(id).max(100).default([])

export const refundRecord = ask.extend({
  reason: z.enum(refundReasons),
  note: text(1000).default(''),
  /** The figure on the clerk's screen: refused when the rules come to another one meanwhile. */
  expectedAmount: money,
  lines: z
    .array(returnChoice.extend({ condition: z.enum(conditions), packagingIntact: z.boolean() }))
    .max(500)
    .default([]),
  /** Approvals it is recorded under. */
  approvalIds: z.array(id).max(20).default([]),
  tillReturnsSeen,
})

/** A return a till recorded of goods that are to come back here: the same goods, or others of the line? */
const tillReturn = z.object({
  receiptId: id,
  receiptNo: z.string(),
  till: z.string(),
  businessDate,
  amount: money,
})

/** A price complaint: of all goods, or of some units of a line at a price that was seen. */
export const priceAsk = z.object({
  receiptId: id,
  lines: z
    .array(
      z.object({
        saleLineId: id,
        units: z.int().min(1).max(10_000),
        seenPrice: cost.nullable().default(null),
      }),
    )
    .max(500)
    .default([]),
})

const bilingual = z.object({ zh: z.string(), en: z.string() })

const refundTender = z.object({ kind: z.enum(tenderKinds), label: z.string(), amount: money })

/** A row of what is paid out, with the way it came where that is another one. */
export const payBack = refundTender.extend({
  tenderId: id.nullable(),
  /** The customer's expenses are paid beside what the sale paid. */
  purpose: z.enum(['goods', 'expenses']),
  /** What cash rounding changed `amount` by. */
  rounding: money,
  /** Part of it that goes back to the gift balance of a stored-value card. */
  giftPart: money,
  insteadOf: z
    .object({
      kind: z.enum(tenderKinds),
      label: z.string(),
      needs: z.enum(otherTenderNeeds),
      reason: z.string(),
    })
    .nullable(),
})

/** One figure of the strip; `detail` fills the places of its sentence. */
export const figure = z.object({
  kind: z.enum(figureKinds),
  amount: money,
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
})

/** What the choice comes to: computed by the same rules that `record` uses. */
export const refundQuote = z.object({
  currency: z.string(),
  amount: money,
  /** Recording refuses while any of them has not been looked at. */
  tillReturns: z.array(tillReturn),
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
      fee: money,
    }),
  ),
  /** Back the way it was paid, never more per tender than that tender paid. */
  tenders: z.array(
    payBack.extend({
      /** Other ways the store allows for it, and what each takes. */
      ways: z.array(z.object({ to: z.enum(tenderKinds), needs: z.enum(otherTenderNeeds) })),
    }),
  ),
  strip: z.array(figure),
  rounding: money,
  /** What needs a manager because it goes another way than it came. */
  managerAmount: money,
  gifts: z.object({
    /** The rule that holds: the one asked for, or the usual one. */
    rule: z.enum(giftRules),
    /** Gifts of the sale that are still with the customer. */
    out: z.array(z.object({ saleLineId: id, name: z.string(), units: z.int(), value: money })),
  }),
  /** Money lines of the sale that something is left of. */
  charges: z.array(z.object({ saleLineId: id, name: z.string(), left: money })),
  /** Stored-value payments whose gift part nobody has said yet. */
  storedValue: z.array(z.object({ tenderId: id, label: z.string(), paid: money })),
  /** Who bears freight for this reason, where nobody says otherwise. */
  usualLiable: z.enum(freightLiables).nullable(),
  carrierClaim: z.object({ freight: money, goods: money }).nullable(),
  /** What an approval of it is asked for, word for word; `needed` is null where the clerk may alone. */
  approval: approvalRequest
    .pick({
      kinds: true,
      amount: true,
      compensation: true,
      currency: true,
      subject: true,
      summary: true,
    })
    .extend({ atLeast: z.enum(approverRoles).nullable() })
    .extend({ needed: z.enum(approverRoles).nullable() }),
})

const carrierClaim = z.object({
  id,
  refundId: id,
  refundNumber: z.string(),
  caseId: id,
  carrier: z.string(),
  waybill: z.string(),
  currency: z.string(),
  freightAmount: money,
  goodsAmount: money,
  state: z.enum(['open', 'settled', 'dropped']),
  openedOn: businessDate,
  receivedAmount: money.nullable(),
  note: z.string(),
  version,
})

/** The store's own rules for refund money. */
const refundSettings = z.object({
  /** The original tender is mandatory. */
  originalOnly: z.boolean(),
  ways: z
    .array(
      z.object({
        from: z.enum(tenderKinds),
        to: z.enum(tenderKinds),
        needs: z.enum(otherTenderNeeds),
      }),
    )
    .max(100),
  roundingStep: z.enum(roundingSteps),
  roundingMode: z.enum(roundingModes),
  /** Kept by condition where the customer changes his mind: parts per million of what was paid. */
  grades: z.partialRecord(z.enum(conditions), share),
  version,
})

export const refundsContract = {
  preview: procedure('refunds.record').input(refundAsk).output(refundQuote),
  /** What the rules grant where a price has fallen: the goods stay, the difference is paid (domain.md §1.7). */
  priceDraft: procedure('refunds.record')
    .input(priceAsk)
    .output(
      z.object({
        currency: z.string(),
        lines: z.array(
          z.object({
            saleLineId: id,
            name: z.string(),
            unitsLeft: z.int(),
            /** The amounts are for so many units. */
            units: z.int(),
            /** Paid, less differences given before. */
            paid: money,
            given: money,
            /** Today's; null where nobody knows. */
            price: money.nullable(),
            /** 0 where no rule grants any. */
            amount: money,
            until: businessDate.nullable(),
            basis: z.array(bilingual),
            reasons: z.array(
              z.object({
                key: z.string(),
                params: z.record(z.string(), z.union([z.string(), z.number()])),
              }),
            ),
          }),
        ),
      }),
    ),
  record: procedure('refunds.record')
    .input(refundRecord)
    .output(z.object({ id, number: z.string(), amount: money })),
  open: procedure('sales.read')
    .input(z.object({ refundId: id }))
    .output(
      z.object({
        id,
        number: z.string(),
        kind: z.enum(refundKinds),
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
            fee: money,
          }),
        ),
        /** Goods the customer keeps at a price that fell since. */
        adjusted: z.array(
          z.object({ saleLineId: id, name: z.string(), units: z.int(), amount: money }),
        ),
        tenders: z.array(payBack),
        strip: z.array(figure),
        carrierClaim: carrierClaim.nullable(),
        /** What the POS was told; empty for refunds older than instructions. */
        instructions: z.array(instruction),
        approvalIds: z.array(id),
        /** Who let it happen, where the clerk could not alone. */
        approvedBy: z.array(namedApproval),
        rightsId: id.nullable(),
        /** Vouchers it issued, or put money back on. */
        vouchers: z.array(
          z.object({
            voucherId: id,
            number: z.string(),
            amount: money,
            how: z.enum(['issued', 'credited']),
            state: z.enum(voucherStates),
          }),
        ),
        prints: z.int(),
        voidReason: z.string().nullable(),
        version,
      }),
    ),
  /** Undoes a slip written by mistake on its own business day; the units can come back again. */
  void: procedure('refunds.void')
    .input(z.object({ refundId: id, reason: line(200).min(2), version }))
    .output(z.object({ version })),
  /** Claims on carriers that are still open, oldest first. */
  claims: procedure('sales.read').output(z.array(carrierClaim)),
  /** Closes a claim: what the carrier paid, or why it was dropped. */
  settleClaim: procedure('refunds.void')
    .input(
      z.object({
        claimId: id,
        outcome: z.enum(['settled', 'dropped']),
        receivedAmount: cost.default(0),
        note: line(200).default(''),
        version,
      }),
    )
    .output(z.object({ version })),
  settings: procedure('signed_in').output(refundSettings),
  changeSettings: procedure('settings.change').input(refundSettings).output(z.object({ version })),
}
