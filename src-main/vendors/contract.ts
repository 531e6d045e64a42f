import { z } from 'zod'
import { approverRoles } from '../approvals/contract.ts'
import {
  businessDate,
  id,
  instant,
  line,
  money,
  procedure,
  qtyMilli,
  text,
  version,
} from '../foundation/procedure.ts'

/** Whom the store settles with beside the customer: who sells under its roof, and who carries for it. */
export const vendorKinds = ['vendor', 'carrier'] as const
export type VendorKind = (typeof vendorKinds)[number]

export const claimStates = [
  'drafted',
  'sent',
  'negotiating',
  'escalated',
  'disputed',
  'agreed',
  'deemed',
  'ruled',
  'withdrawn',
  'reversed',
] as const

/** How something was said or sent. */
export const claimChannels = ['in_person', 'phone', 'message', 'mail', 'letter', 'courier'] as const

export const directions = ['to_customer', 'from_customer', 'to_vendor', 'from_vendor'] as const

/** What the store gave for a case, and what of it can be passed on (domain.md §3.5). */
export const costKinds = ['goods', 'freight', 'test_fee', 'compensation', 'repair'] as const

export const listFormats = ['csv', 'csv_gb18030', 'xlsx'] as const
export type ListFormat = (typeof listFormats)[number]

export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

const terms = z.object({
  contact: line(60),
  phone: line(40),
  address: line(200),
  contractNo: line(60),
  /** Ten-thousandths of the sales: 2500 is 25 %. */
  deductionRate: z.int().min(0).max(10_000).nullable(),
  /** 31 is the last day of any month. */
  paymentDay: z.int().min(1).max(31).nullable(),
  /** After-sale duties as the contract has them. */
  duties: text(4000),
  /** Workdays of the store a notice may stay without an answer. */
  responseDays: z.int().min(1).max(90),
  /** What silence means. */
  silence: z.enum(['accepts', 'open']),
  /** Days within which a claim has to reach a carrier. */
  claimDays: z.int().min(1).max(3660).nullable(),
  note: text(2000),
})
export type Terms = z.output<typeof terms>

const writtenTerms = terms.extend({
  /** 0 where nothing was ever written. */
  version: z.int().min(0),
  writtenAt: instant.nullable(),
  writtenBy: z.string().nullable(),
})

const vendorName = z.object({ id, kind: z.enum(vendorKinds), name: z.string() })

const costLine = z.object({
  kind: z.enum(costKinds),
  /** The paper it stands on; empty for what has none. */
  number: z.string(),
  amount: money,
})

/** How near the day of an answer is. */
const dueMark = z.enum(['none', 'later', 'soon', 'overdue'])

const claimLine = z.object({
  id,
  number: z.string(),
  caseId: id,
  vendor: vendorName,
  state: z.enum(claimStates),
  goods: z.string(),
  currency: z.string(),
  asked: money,
  /** What the other side bears; null while that is open. */
  agreed: money.nullable(),
  sentOn: businessDate.nullable(),
  replyBy: businessDate.nullable(),
  due: dueMark,
  openedOn: businessDate,
  version,
})

const claimDeeds = [
  'send',
  'reply',
  'offer',
  'note',
  'agree',
  'deem',
  'rule',
  'escalate',
  'dispute',
  'withdraw',
  'reverse',
] as const

const claim = claimLine.extend({
  fault: z.string(),
  asks: z.string(),
  silence: z.enum(['accepts', 'open']),
  units: z.array(z.object({ saleLineId: id.nullable(), unitNo: z.int() })),
  openedBy: z.string(),
  split: z
    .object({
      basis: z.enum(['agreed', 'deemed', 'ruled']),
      total: money,
      vendorAmount: money,
      storeAmount: money,
      signer: z.string(),
      onPaper: z.boolean(),
      signature: z.string().nullable(),
      grounds: z.string(),
      at: instant,
      by: z.string(),
      approvedBy: z.string().nullable(),
    })
    .nullable(),
  /** Oldest first. */
  log: z.array(
    z.object({
      id,
      at: instant,
      actor: z.string(),
      action: z.string(),
      saidBy: z.enum(['store', 'vendor']),
      person: z.string(),
      channel: z.enum(claimChannels).nullable(),
      amount: money.nullable(),
      text: z.string(),
    }),
  ),
  /** Deductions: the charge, and what took it back. */
  charges: z.array(
    z.object({
      id,
      kind: z.enum(['charge', 'reversal']),
      amount: money,
      businessDate,
      listNumber: z.string().nullable(),
    }),
  ),
  may: z.array(z.enum(claimDeeds)),
  /** The most that can still be passed on with it. */
  most: money,
})

/** From the slip to who sold it, whose it is and which batch (domain.md §3.6 row 170). */
const trace = z.object({
  saleLineId: id,
  receiptId: id,
  receiptNo: z.string(),
  soldOn: businessDate,
  name: z.string(),
  sku: z.string(),
  clerk: z.string(),
  cashier: z.string(),
  floor: z.string(),
  counter: z.string(),
  vendor: vendorName.nullable(),
  batches: z.array(z.string()),
  serials: z.array(z.string()),
  units: z.int(),
  paid: money,
  currency: z.string(),
  /** Other cases of the same product, and of the same batch. */
  sameProduct: z.int(),
  sameBatch: z.int(),
})

const shipment = z.object({
  id,
  caseId: id,
  direction: z.enum(directions),
  carrier: z.string(),
  waybill: z.string(),
  goods: z.string(),
  sentOn: businessDate,
  recordedBy: z.string(),
  arrivedOn: businessDate.nullable(),
  arrivalNote: z.string(),
})

const ledgerEntry = z.object({
  id,
  kind: z.enum(['charge', 'reversal']),
  amount: money,
  currency: z.string(),
  reason: z.string(),
  businessDate,
  by: z.string(),
  claimId: id,
  claimNumber: z.string(),
  caseId: id,
  goods: z.string(),
  fault: z.string(),
  basis: z.enum(['agreed', 'deemed', 'ruled']),
  /** The deduction list it stands on; null while it waits for one. */
  listNumber: z.string().nullable(),
})

const deductionList = z.object({
  /** Null while it is open. */
  id: id.nullable(),
  number: z.string().nullable(),
  vendor: vendorName,
  month,
  currency: z.string(),
  total: money,
  entries: z.array(ledgerEntry),
  closedOn: businessDate.nullable(),
  closedBy: z.string().nullable(),
  mayClose: z.boolean(),
})

const faultRow = z.object({
  productId: id.nullable(),
  sku: z.string(),
  product: z.string(),
  /** What was wrong: a class of complaints, a reason of returns, a fault of a repair. */
  fault: z.string(),
  source: z.enum(['complaint', 'return', 'repair']),
  counter: z.string(),
  batch: z.string(),
  count: z.int(),
  /** Units of this product sold in the period; null where the product is not known. */
  sold: qtyMilli.nullable(),
})

const file = z.object({ fileName: z.string(), content: z.instanceof(Blob) })
const seen = { claimId: id, version }
const said = {
  person: line(60),
  channel: z.enum(claimChannels),
  text: text(20_000),
}

export const vendorsContract = {
  /** By name, a page at a time: the next one begins `after` the last row of the one before. */
  list: procedure('sales.read')
    .input(
      z.object({
        kind: z.enum(vendorKinds).default('vendor'),
        words: line(80).default(''),
        after: z.object({ name: z.string(), id }).nullable().default(null),
      }),
    )
    .output(
      z.object({
        rows: z.array(
          vendorName.extend({
            contact: z.string(),
            phone: z.string(),
            openClaims: z.int(),
            overdueClaims: z.int(),
            /** Charged and on no list yet. */
            waiting: money,
          }),
        ),
        next: z.object({ name: z.string(), id }).nullable(),
      }),
    ),
  /** Somebody whose name stands on no sale yet. */
  add: procedure('vendors.manage')
    .input(z.object({ kind: z.enum(vendorKinds), name: line(80).min(1) }))
    .output(z.object({ id })),
  open: procedure('sales.read')
    .input(z.object({ vendorId: id }))
    .output(
      vendorName.extend({
        counters: z.array(z.string()),
        terms: writtenTerms,
        /** Newest first. */
        history: z.array(writtenTerms),
        openClaims: z.array(claimLine),
        /** Answers to notices of the last year, in days. */
        replies: z.object({
          sent: z.int(),
          answered: z.int(),
          inTime: z.int(),
          median: z.int().nullable(),
        }),
        ledger: z.array(ledgerEntry),
        waiting: money,
        currency: z.string(),
      }),
    ),
  saveTerms: procedure('vendors.manage')
    .input(terms.extend({ vendorId: id, version: z.int().min(0) }))
    .output(z.object({ version: z.int() })),
  /** What came back from a vendor's goods in a period, beside what was sold of them. */
  faults: procedure('sales.read')
    .input(z.object({ vendorId: id, from: businessDate, to: businessDate }))
    .output(
      z.object({
        rows: z.array(faultRow),
        soldUnits: qtyMilli,
        soldAmount: money,
        cases: z.int(),
        returned: money,
        charged: money,
        currency: z.string(),
      }),
    ),

  /** Everything of a case that concerns others than the customer. */
  ofCase: procedure('sales.read')
    .input(z.object({ caseId: id }))
    .output(
      z.object({
        claims: z.array(claim),
        /** What the store gave, line by line, and what of it nobody was charged for yet. */
        costs: z.array(costLine),
        given: money,
        left: money,
        currency: z.string(),
        /** With whom a claim can be opened, and what is proposed. */
        proposals: z.array(
          z.object({
            vendor: vendorName,
            carrierClaimId: id.nullable(),
            goods: z.string(),
            fault: z.string(),
            amount: money,
            basis: z.enum(['liability', 'cost', 'carrier_claim']),
            units: z.array(z.object({ saleLineId: id.nullable(), unitNo: z.int() })),
            /** The last day a claim on a carrier can reach it. */
            claimUntil: businessDate.nullable(),
            due: dueMark,
          }),
        ),
        trace: z.array(trace),
        shipments: z.array(shipment),
      }),
    ),
  /** Claims that are open, by the day their answer is due; those of one vendor where asked. */
  claims: procedure('sales.read')
    .input(
      z.object({
        view: z.enum(['open', 'overdue', 'ended']).default('open'),
        words: line(80).default(''),
        before: id.nullable().default(null),
      }),
    )
    .output(z.object({ rows: z.array(claimLine), next: id.nullable() })),
  counts: procedure('sales.read').output(
    z.object({
      open: z.int(),
      overdue: z.int(),
      /** Carrier claims that nobody has told the carrier of yet. */
      carriersUntold: z.int(),
    }),
  ),
  openClaim: procedure('vendors.record')
    .input(
      z.object({
        caseId: id,
        vendorId: id,
        carrierClaimId: id.nullable().default(null),
        goods: line(200).min(1),
        fault: text(4000).min(2),
        asks: text(2000).min(2),
        askedAmount: money.min(0),
        units: z
          .array(z.object({ saleLineId: id.nullable(), unitNo: z.int().min(0) }))
          .min(1)
          .max(200),
      }),
    )
    .output(z.object({ id, number: z.string() })),
  /** The notice is on its way: by what, to whom, and until which day an answer is asked for. */
  send: procedure('vendors.record')
    .input(z.object({ ...seen, ...said, replyBy: businessDate.nullable().default(null) }))
    .output(z.object({ version, replyBy: businessDate })),
  /** What was said by either side; an amount makes it an offer. */
  say: procedure('vendors.record')
    .input(
      z.object({
        ...seen,
        ...said,
        saidBy: z.enum(['store', 'vendor']),
        amount: money.min(0).nullable().default(null),
      }),
    )
    .output(z.object({ version })),
  /** What signing a split takes: whose authority, for what. */
  splitQuestion: procedure('sales.read')
    .input(z.object({ claimId: id, vendorAmount: money.min(0) }))
    .output(
      z.object({
        kinds: z.array(z.enum(['normal'])),
        amount: money,
        currency: z.string(),
        atLeast: z.enum(approverRoles),
        needed: z.enum(approverRoles).nullable(),
        subject: z.object({ type: z.string(), id: z.string(), hash: z.string() }),
        summary: z.string(),
        caseId: id,
      }),
    ),
  /** Both sides have agreed: signed by the other side, and by us with the authority the amount takes. */
  agree: procedure('vendors.record')
    .input(
      z.object({
        ...seen,
        vendorAmount: money.min(0),
        signer: line(60).min(1),
        signature: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .nullable(),
        text: text(4000).default(''),
        approvalId: id.nullable().default(null),
      }),
    )
    .output(z.object({ version, chargeBackId: id.nullable() })),
  /** Settled without their signature: by the contract's rule on silence, or by a ruling. */
  decide: procedure('vendors.manage')
    .input(
      z.object({
        ...seen,
        basis: z.enum(['deemed', 'ruled']),
        vendorAmount: money.min(0),
        grounds: text(4000).min(2),
        approvalId: id.nullable().default(null),
      }),
    )
    .output(z.object({ version, chargeBackId: id.nullable() })),
  /** Goes up (no answer), is contested by them, or is given up. */
  move: procedure('vendors.record')
    .input(
      z.object({
        ...seen,
        action: z.enum(['escalate', 'dispute', 'withdraw']),
        reason: text(2000).min(2),
      }),
    )
    .output(z.object({ version })),
  /** Takes a charge back, whole, by an entry of its own. */
  reverse: procedure('vendors.manage')
    .input(z.object({ ...seen, reason: text(2000).min(2) }))
    .output(z.object({ version, chargeBackId: id })),

  /** What a month has for every vendor: lists that are closed, and what waits for one. */
  month: procedure('sales.read')
    .input(z.object({ month }))
    .output(
      z.object({
        month,
        currency: z.string(),
        rows: z.array(
          z.object({
            vendor: vendorName,
            list: z.object({ id, number: z.string(), closedOn: businessDate }).nullable(),
            entries: z.int(),
            total: money,
          }),
        ),
        exportFolder: z.boolean(),
      }),
    ),
  deductionList: procedure('sales.read')
    .input(z.object({ vendorId: id, month }))
    .output(deductionList),
  /** Closes a list once, as it was seen. Later entries go to the next month's. */
  closeMonth: procedure('vendors.manage')
    .input(
      z.object({
        vendorId: id,
        month,
        expected: z.object({ entries: z.int(), total: money }),
      }),
    )
    .output(z.object({ id, number: z.string() })),
  listFile: procedure('sales.read')
    .input(z.object({ vendorId: id, month, format: z.enum(listFormats) }))
    .output(file),
  /** Puts the closed lists of a month into the folder the POS reads from, one file for each. */
  exportMonth: procedure('vendors.manage')
    .input(z.object({ month, format: z.enum(listFormats) }))
    .output(z.object({ folder: z.string(), files: z.array(z.string()) })),
  /** A notice as a table of its facts. */
  noticeFile: procedure('sales.read')
    .input(z.object({ claimId: id }))
    .output(file),

  ship: procedure('vendors.record')
    .input(
      z.object({
        caseId: id,
        direction: z.enum(directions),
        carrier: line(60).min(1),
        waybill: line(60).min(3),
        goods: line(200),
        sentOn: businessDate,
      }),
    )
    .output(z.object({ id })),
  arrive: procedure('vendors.record')
    .input(z.object({ shipmentId: id, arrivedOn: businessDate, note: line(200).default('') }))
    .output(z.object({ id })),
  findShipments: procedure('sales.read')
    .input(z.object({ waybill: line(60).min(3) }))
    .output(z.array(shipment)),
}
