import { z } from 'zod'
import { LONGEST_SCAN } from '../../foundation/card-code.ts'
import { approvalRequest, approverRoles, namedApproval } from '../../approvals/contract.ts'
import {
  businessDate,
  id,
  instant,
  line,
  money,
  procedure,
  text,
  version,
} from '../../foundation/procedure.ts'

/** `open`: being filled in; `given`: the new goods are the customer's, the signatures are missing. */
export const handoverStates = ['open', 'given', 'signed', 'waived', 'void'] as const

/** The five steps of the form, in the order of its keys. */
export const handoverSteps = [
  'goods_back',
  'papers_back',
  'new_checked',
  'papers_given',
  'signed',
] as const

export const receivers = ['self', 'family', 'agent'] as const

export const signatureParties = ['customer', 'store'] as const

/** What a form can lack; each names the step it belongs to. */
export const missingThings = [
  'goods',
  'goods_not_back',
  'accessories',
  'card',
  'manual',
  'invoice',
  'serial',
  'seal',
  'appearance',
  'new_manual',
  'new_accessories',
  'give',
  'receiver_name',
  'receiver_phone',
  'customer_signature',
  'store_signature',
] as const

/** What an open form may cost the store, by what it lacks. */
export const exposureKinds = ['not_recovered', 'not_signed', 'statutory'] as const

/** A waiver says why in at least so many characters. */
export const shortestWaiver = 10

/** Is it there? Null until somebody looked; where it is not as it should be, the reason why. */
const finding = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.object({ is: z.enum(values).nullable().default(null), reason: line(200).default('') })

const serialNo = line(60)

const backUnit = { saleLineId: id, unitNo: z.int().min(1) }
const givenUnit = { lineId: id, unitNo: z.int().min(1) }

/** ① The old goods and what belongs to them. */
const goodsBack = z.object({
  goods: finding(['back', 'missing']),
  accessories: finding(['complete', 'missing', 'none']),
  /** As read off the goods; empty where there is none to read. */
  serialNo: serialNo.default(''),
})

/** ② 三包凭证, manual and invoice of the old goods. */
const papersBack = z.object({
  card: finding(['back', 'missing', 'none']),
  /** Number of the card that was handed in: another item's is refused. */
  /** Scanned or typed: its number, or the signed code that has it inside. */
  cardNumber: line(LONGEST_SCAN).default(''),
  manual: finding(['back', 'missing', 'none']),
  /** 更换章 on the back of the invoice or slip. */
  invoice: finding(['stamped', 'missing', 'none']),
})

/** ③ The new goods before the customer's eyes. */
const newChecked = z.object({
  serialNo: serialNo.default(''),
  seal: finding(['opened_before_customer', 'was_open', 'none']),
  appearance: finding(['sound', 'flawed']),
})

/** ④ What goes with them, beside the new card. */
const papersGiven = z.object({
  manual: finding(['given', 'missing', 'none']),
  accessories: finding(['complete', 'missing', 'none']),
})

/** One unit that comes back, with what was found. */
export const handoverBack = goodsBack
  .extend(papersBack.shape)
  .extend(backUnit)
  .extend({
    name: z.string(),
    soldSerialNo: z.string(),
    value: money,
    /** The live card of the unit: it has to come back. */
    liveCard: z.object({ id, number: z.string() }).nullable(),
  })

/** One unit that goes out, with how it was checked and what went with it. */
export const handoverGiven = newChecked.extend(papersGiven.shape).extend(givenUnit).extend({
  name: z.string(),
  /** As it was recorded with the exchange; empty where none was. */
  expectedSerialNo: z.string(),
  needsSerial: z.boolean(),
  value: money,
})

const receiver = z.object({
  who: z.enum(receivers),
  name: line(40).default(''),
  phone: line(40).default(''),
})

const signature = z.discriminatedUnion('way', [
  /** Drawn on the screen: the picture's hash, as the attachments room keeps it. */
  z.object({ way: z.literal('drawn'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  /** On the printed form: whoever records it confirms to have seen it. */
  z.object({ way: z.literal('paper') }),
])

export const exposure = z.object({
  kind: z.enum(exposureKinds),
  name: z.string(),
  amount: money,
})

export const missing = z.object({
  step: z.enum(handoverSteps),
  what: z.enum(missingThings),
  /** The goods it is about; empty where it is about the form as a whole. */
  name: z.string(),
  saleLineId: id.nullable(),
  lineId: id.nullable(),
  unitNo: z.int().nullable(),
})

const seen = { handoverId: id, version }
const saved = z.object({ version, missing: z.array(missing) })

const handover = z.object({
  id,
  number: z.string(),
  exchangeId: id,
  exchangeNumber: z.string(),
  /** 2: of goods that were ordered while the rest went out. */
  part: z.int(),
  caseId: id,
  state: z.enum(handoverStates),
  businessDate,
  openedAt: instant,
  openedBy: z.string(),
  currency: z.string(),
  /** `simple`: this step has nothing of its own to scan, to name or to draw; one key may tick it. */
  steps: z.array(z.object({ step: z.enum(handoverSteps), done: z.boolean(), simple: z.boolean() })),
  /** Why the new goods cannot be given yet although the form allows it; null where nothing is in the way. */
  waitsFor: z.enum(['goods', 'receive', 'arrive']).nullable(),
  back: z.array(handoverBack),
  given: z.array(handoverGiven),
  receiver: z.object({
    who: z.enum(receivers).nullable(),
    name: z.string(),
    phoneMasked: z.string(),
  }),
  /** The customer of the sale, to start the receiver with. */
  customer: z.object({ name: z.string(), phoneMasked: z.string() }).nullable(),
  signatures: z.array(
    z.object({
      party: z.enum(signatureParties),
      way: z.enum(['drawn', 'paper']),
      sha256: z.string().nullable(),
      at: instant,
      confirmedBy: z.string(),
    }),
  ),
  givenAt: instant.nullable(),
  /** From the card and the rules: the day the term starts anew and its last day; null where nothing promises one. */
  restartsOn: businessDate.nullable(),
  endsOn: businessDate.nullable(),
  card: z.object({ id, number: z.string() }).nullable(),
  newReceiptId: id.nullable(),
  missing: z.array(missing),
  exposures: z.array(exposure),
  exposure: money,
  waiver: z
    .object({
      reason: z.string(),
      amount: money,
      exposures: z.array(exposure),
      missing: z.array(missing),
      at: instant,
      askedBy: z.string(),
    })
    .nullable(),
  approvedBy: z.array(namedApproval),
  /** What an approval of the waiver is asked for; null once the form is closed. */
  approval: approvalRequest
    .pick({ kinds: true, amount: true, currency: true, subject: true, summary: true })
    .extend({ atLeast: z.enum(approverRoles), needed: z.enum(approverRoles).nullable() })
    .nullable(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  prints: z.int(),
  version,
})

export const handoversContract = {
  /** The handover of an exchange, as far as it is; of two the one to work on. */
  ofExchange: procedure('sales.read')
    .input(z.object({ exchangeId: id }))
    .output(handover),
  /** Forms that lack a signature or more, the oldest first. */
  unsigned: procedure('sales.read').output(
    z.array(
      handover
        .pick({
          id: true,
          number: true,
          exchangeId: true,
          exchangeNumber: true,
          state: true,
          businessDate: true,
          openedAt: true,
        })
        .extend({ goods: z.string(), customer: z.string() }),
    ),
  ),
  saveGoodsBack: procedure('exchanges.record')
    .input(z.object({ ...seen, units: z.array(goodsBack.extend(backUnit)).min(1).max(1_000) }))
    .output(saved),
  savePapersBack: procedure('exchanges.record')
    .input(z.object({ ...seen, units: z.array(papersBack.extend(backUnit)).min(1).max(1_000) }))
    .output(saved),
  saveNewChecked: procedure('exchanges.record')
    .input(z.object({ ...seen, units: z.array(newChecked.extend(givenUnit)).min(1).max(1_000) }))
    .output(saved),
  /**
   * The new goods become the customer's, the old card is void, the new one is issued: one transaction. Refused while
   * an earlier step lacks something.
   */
  give: procedure('exchanges.record')
    .input(z.object({ ...seen, units: z.array(papersGiven.extend(givenUnit)).min(1).max(1_000) }))
    .output(
      saved.extend({ newReceiptId: id, card: z.object({ id, number: z.string() }).nullable() }),
    ),
  /** Who received, and the signatures as they come; with both of them the form is complete and the case closes. */
  sign: procedure('exchanges.record')
    .input(
      z.object({
        ...seen,
        receiver,
        customer: signature.nullable().default(null),
        store: signature.nullable().default(null),
      }),
    )
    .output(saved.extend({ state: z.enum(handoverStates) })),
  /** A store manager's written waiver: closes the form as it is, at the exposure that was shown. */
  waive: procedure('exchanges.record')
    .input(
      z.object({
        ...seen,
        reason: text(1000).min(shortestWaiver),
        /** The figure on the screen: refused when the form comes to another one meanwhile. */
        expectedExposure: money,
        approvalIds: z.array(id).max(20).default([]),
      }),
    )
    .output(z.object({ version, state: z.enum(handoverStates) })),
}
