import { z } from 'zod'
import { approvalRequest, approverRoles, namedApproval } from '../approvals/contract.ts'
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
import { instruction } from '../pos-instructions/contract.ts'
import {
  conditions,
  payBack,
  refundAsk,
  refundQuote,
  refundReasons,
  returnChoice,
  tillReturnsSeen,
  figure as returnFigure,
} from '../refunds/contract.ts'
import { tenderKinds } from '../sales/contract.ts'

/** `ordered`: the replacement is not here yet; `awaiting_handover`: it is, and nobody has handed it over. */
export const exchangeStates = ['ordered', 'awaiting_handover', 'handed_over', 'void'] as const

/** Did we get the goods? */
export const receptions = ['awaited', 'received'] as const

/** Do we owe it: by the rules, or because somebody who may conceded it. */
export const acceptances = ['owed', 'conceded'] as const

/** The price of what goes out: what was paid for the goods it replaces, the shelf's, or the clerk's word. */
export const pricings = ['kept', 'catalogue', 'typed'] as const

/** Whether the old line's discount holds for other goods as well (domain.md §3.4). */
export const discountPolicies = ['none', 'same_rate'] as const

/** What may go out: anything, nothing cheaper than what came back, or the same model only. */
export const goodsPolicies = ['any', 'not_cheaper', 'same_family'] as const

/** A returned unit's serial number beside the one that was sold: `unknown` where the sale has none. */
export const serialFlags = ['match', 'mismatch', 'missing', 'unknown'] as const

/** What makes an exchange more than the rules give, and so takes an approval. */
export const exchangeFlags = [
  'not_granted',
  'serial_mismatch',
  'serial_missing',
  'typed_discount',
  'typed_price',
] as const

/** Figures of the exchange's strip, after those of the returned side. */
export const exchangeFigureKinds = [
  'credit',
  'goods',
  'kept_price',
  'rate_discount',
  'discount',
  'given',
  'rounding',
  'total',
] as const

export const tenderRoles = ['carried', 'offset', 'added'] as const

const serialNo = line(60)
const amount = money.min(0).max(1_000_000_000)

const returned = returnChoice.extend({
  /** Serial numbers read off the units that come back, in any order; fewer where some have none to read. */
  serialNos: z.array(serialNo.min(1)).max(1_000).default([]),
  /** The card that was shown for it: refused where it is another item's. */
  cardId: id.nullable().default(null),
})

/** Goods that go out: of the catalogue, or named and priced by the clerk. */
const given = z.object({
  productId: id.nullable().default(null),
  /** Where it is not in the catalogue. */
  name: line(120).default(''),
  units: z.int().min(1).max(10_000).default(1),
  /** Of one unit. Null: the catalogue's. */
  unitPrice: amount.nullable().default(null),
  /** The returned line it replaces; null: the first one it could. */
  replaces: id.nullable().default(null),
  /** False: at its own price, where it could keep the old one's. */
  keepPrice: z.boolean().default(true),
  /** Of the unit, or of the first of them. */
  serialNo: serialNo.default(''),
  /** Of several units, or of those after the first: each unit with a number becomes a line of its own. */
  serialNos: z.array(serialNo.min(1)).max(1_000).default([]),
  /** Taken off the whole line, beyond what the store's policy gives. */
  discount: z
    .object({ amount: amount.min(1), reason: line(200) })
    .nullable()
    .default(null),
})

/** How the customer pays what is missing; the till collects it. */
const collect = z.object({
  kind: z.enum(tenderKinds),
  label: line(40).default(''),
  /** A voucher of ours, redeemed at once; without its code the till takes it. */
  voucherCode: line(80).default(''),
})

/** Everything an exchange is reckoned from; preview and record are told the same. */
const ask = refundAsk.omit({ allowances: true, lines: true }).extend({
  lines: z.array(returned).max(500).default([]),
  given: z.array(given).max(100).default([]),
  collect: collect.default({ kind: 'cash', label: '', voucherCode: '' }),
})

export const exchangeAsk = ask

/** What is promised where the replacement is out of stock. */
const order = z.object({
  /** Positions in `given` of what is ordered while the rest goes out at once; empty: all of it is. */
  lines: z.array(z.int().min(0).max(99)).max(100).default([]),
  dueAt: instant,
  ownerId: id,
  supplier: line(80).default(''),
  text: line(200).min(2),
})

export const exchangeRecord = ask.extend({
  reason: z.enum(refundReasons),
  note: text(1000).default(''),
  /** The signed figure on the clerk's screen: refused when the rules come to another one meanwhile. */
  expectedDifference: money,
  lines: z
    .array(returned.extend({ condition: z.enum(conditions), packagingIntact: z.boolean() }))
    .min(1)
    .max(500),
  given: z.array(given).min(1).max(100),
  approvalIds: z.array(id).max(20).default([]),
  tillReturnsSeen,
  /** False while the customer still has them, as with a fridge that is fetched on delivery. */
  goodsReceived: z.boolean().default(true),
  order: order.nullable().default(null),
})

const tenderView = z.object({ kind: z.enum(tenderKinds), label: z.string(), amount: money })

const figure = z.object({
  kind: z.enum(exchangeFigureKinds),
  amount: money,
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
})

const givenLine = z.object({
  name: z.string(),
  units: z.int(),
  serialNo: z.string(),
  pricing: z.enum(pricings),
  replaces: id.nullable(),
  listAmount: money,
  rateDiscount: money,
  discount: money,
  discountReason: z.string(),
  rounding: money,
  paidAmount: money,
})

/** What the choice comes to: computed by the same rules that `record` uses. */
const quote = refundQuote
  .pick({
    currency: true,
    tenders: true,
    strip: true,
    managerAmount: true,
    gifts: true,
    charges: true,
    storedValue: true,
    usualLiable: true,
    carrierClaim: true,
    tillReturns: true,
  })
  .extend({
    /** What the returned side is worth, what goes out costs, and what is paid: positive by the customer. */
    credit: money,
    given: money,
    difference: money,
    rounding: money,
    returned: z.array(
      z.object({
        saleLineId: id,
        name: z.string(),
        units: z.int(),
        unitNos: z.array(z.int()),
        amount: money,
        fee: money,
        /** Serial numbers the sale and its cards know of these units. */
        soldSerialNos: z.array(z.string()),
        serials: z.array(
          z.object({ unitNo: z.int(), serialNo: z.string(), flag: z.enum(serialFlags) }),
        ),
        /** Null while the rules have no say yet: no reason, or not goods. */
        granted: z.boolean().nullable(),
      }),
    ),
    /** `asked`: the position of what was asked for; units that are told apart are lines of their own. */
    lines: z.array(givenLine.extend({ isSameFamily: z.boolean(), asked: z.int() })),
    carried: z.array(tenderView),
    collect: tenderView.nullable(),
    figures: z.array(figure),
    flags: z.array(z.enum(exchangeFlags)),
    acceptance: z.enum(acceptances),
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

const orderView = z.object({
  supplier: z.string(),
  dueAt: instant,
  dueOn: businessDate,
  ownerId: id,
  owner: z.string(),
  overdue: z.boolean(),
  arrivedAt: instant.nullable(),
})

const row = z.object({
  id,
  number: z.string(),
  state: z.enum(exchangeStates),
  reception: z.enum(receptions),
  businessDate,
  recordedAt: instant,
  recordedBy: z.string(),
  receiptId: id,
  receiptNo: z.string(),
  customer: z.string(),
  returnedGoods: z.string(),
  givenGoods: z.string(),
  currency: z.string(),
  difference: money,
  /** What the desk does next with it; null where nothing is left to do. */
  next: z.enum(['receive', 'arrive', 'hand_over']).nullable(),
  dueOn: businessDate.nullable(),
  version,
})

const exchange = row.omit({ returnedGoods: true, givenGoods: true, customer: true }).extend({
  caseId: id,
  refundId: id,
  saleDate: businessDate,
  /** The sale of the desk, once the goods are handed over. */
  newReceiptId: id.nullable(),
  acceptance: z.enum(acceptances),
  reason: z.enum(refundReasons),
  note: z.string(),
  credit: money,
  given: money,
  rounding: money,
  customer: z.object({ id, name: z.string(), phoneMasked: z.string() }).nullable(),
  returned: z.array(
    z.object({
      saleLineId: id,
      name: z.string(),
      units: z.int(),
      amount: money,
      condition: z.enum(conditions),
      packagingIntact: z.boolean(),
      fee: money,
      serials: z.array(
        z.object({
          unitNo: z.int(),
          soldSerialNo: z.string(),
          serialNo: z.string(),
          flag: z.enum(serialFlags),
        }),
      ),
      /** Live cards of these units. */
      cards: z.array(z.object({ cardId: id, number: z.string(), unitNo: z.int() })),
    }),
  ),
  lines: z.array(
    givenLine.extend({
      id,
      /** 2: ordered while the rest went out at once; it has a handover of its own. */
      part: z.int(),
      productId: id.nullable(),
      serialTracked: z.boolean(),
      /** Its line in the desk's sale. */
      newLineId: id.nullable(),
    }),
  ),
  tenders: z.array(tenderView.extend({ role: z.enum(tenderRoles) })),
  payBacks: z.array(payBack),
  strip: z.array(returnFigure),
  figures: z.array(figure),
  order: orderView.nullable(),
  /** Where the handover of part 2 is; null where there is none. */
  later: z.enum(['open', 'given', 'signed', 'waived', 'void']).nullable(),
  /** The handover forms, in the order of their parts, each with the card it issued. */
  forms: z.array(
    z.object({
      id,
      number: z.string(),
      part: z.int(),
      card: z.object({ id, number: z.string() }).nullable(),
    }),
  ),
  /** The till's own receipt of this exchange, once an import brought it. */
  tillReceipt: z.object({ id, receiptNo: z.string() }).nullable(),
  /** What the POS was told to pay out or to collect. */
  instructions: z.array(instruction),
  approvedBy: z.array(namedApproval),
  rightsId: id.nullable(),
  prints: z.int(),
  handedOverOn: businessDate.nullable(),
  voidReason: z.string().nullable(),
})

/** Something that can go out. */
const goods = z.object({
  productId: id,
  sku: z.string(),
  barcode: z.string(),
  name: z.string(),
  brand: z.string(),
  model: z.string(),
  spec: z.string(),
  unit: z.string(),
  listPrice: money.nullable(),
  serialTracked: z.boolean(),
  /** Of the model it is to replace: it keeps the price. */
  isSameFamily: z.boolean(),
})

const settings = z.object({
  discountPolicy: z.enum(discountPolicies),
  goodsPolicy: z.enum(goodsPolicies),
  /** Days a replacement is promised in where nobody says otherwise. */
  orderDays: z.int().min(1).max(60),
  version,
})

const seen = { exchangeId: id, version }

export const exchangesContract = {
  preview: procedure('exchanges.record').input(exchangeAsk).output(quote),
  record: procedure('exchanges.record')
    .input(exchangeRecord)
    .output(
      z.object({
        id,
        number: z.string(),
        caseId: id,
        state: z.enum(exchangeStates),
        difference: money,
      }),
    ),
  open: procedure('sales.read')
    .input(z.object({ exchangeId: id }))
    .output(exchange),
  /** Exchanges that took goods of a sale back, and the one whose goods it is; newest first. */
  ofReceipt: procedure('sales.read')
    .input(z.object({ receiptId: id }))
    .output(z.array(row.extend({ newReceiptId: id.nullable() }))),
  /** Exchanges somebody has to go on with, the oldest first. */
  unfinished: procedure('sales.read').output(z.array(row)),
  /** The last exchanges, newest first. */
  recent: procedure('sales.read')
    .input(z.object({ before: id.optional(), limit: z.int().min(1).max(100).default(50) }))
    .output(z.object({ exchanges: z.array(row), more: z.boolean() })),
  /** The customer's goods are here now. */
  receive: procedure('exchanges.record').input(z.object(seen)).output(z.object({ version })),
  /** Ordered goods are here: the exchange goes on with their serial numbers. */
  arrive: procedure('exchanges.record')
    .input(
      z.object({
        ...seen,
        serials: z
          .array(z.object({ lineId: id, serialNo: serialNo.min(1) }))
          .max(100)
          .default([]),
      }),
    )
    .output(z.object({ version })),
  /** A new promise for ordered goods; the old one counts as broken where its time is over. */
  promiseAgain: procedure('exchanges.record')
    .input(order.omit({ supplier: true, lines: true }).extend(seen))
    .output(z.object({ version })),
  /**
   * Ordered goods of part 2 do not come any more: refused until the customer has their money back, by a refund of
   * them on the desk's sale.
   */
  dropOrder: procedure('exchanges.record').input(z.object(seen)).output(z.object({ version })),
  /** Undoes an exchange that nothing was handed over for; the units can come back again. */
  void: procedure('exchanges.void')
    .input(z.object({ ...seen, reason: line(200).min(2) }))
    .output(z.object({ version })),
  /** What a scanned or typed code, or a part of a name, stands for among goods that can go out. */
  goods: procedure('sales.read')
    .input(
      z.object({
        text: line(120).min(1),
        replaces: id.nullable().default(null),
        limit: z.int().min(1).max(50).default(10),
      }),
    )
    .output(z.object({ exact: goods.nullable(), goods: z.array(goods) })),
  /** Other sizes and colours of what came back. */
  siblings: procedure('sales.read')
    .input(z.object({ saleLineId: id }))
    .output(z.array(goods)),
  settings: procedure('signed_in').output(settings),
  changeSettings: procedure('settings.change').input(settings).output(z.object({ version })),
}
