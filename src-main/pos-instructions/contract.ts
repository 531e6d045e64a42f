import { z } from 'zod'
import {
  businessDate,
  currencyCode,
  id,
  instant,
  line,
  money,
  procedure,
  version,
} from '../foundation/procedure.ts'
import { tenderKinds } from '../sales/contract.ts'

export const instructionStates = ['pending', 'ambiguous', 'settled', 'cancelled'] as const
export const directions = ['pay_out', 'collect'] as const
export const sourceTypes = [
  'refund',
  'exchange',
  'repair',
  'voucher',
  'price_adjustment',
  'compensation',
] as const

/** Why a person has to look at an instruction. */
export const doubts = ['none', 'several', 'amount_differs', 'tender_differs'] as const

/** What agreed, or did not, between an instruction and a payment. */
export const grounds = [
  'number',
  'source_number',
  'typed',
  'original',
  'amount',
  'net',
  'amount_differs',
  'tender',
  'tender_differs',
  'tender_unknown',
  'goods',
  'goods_differ',
  'date',
  'date_far',
] as const

export const settledHow = ['number', 'original', 'by_hand', 'typed'] as const

const source = z.object({ type: z.enum(sourceTypes), id, number: z.string() })

/** One movement of money the POS is told to make, as the papers and pages of its document show it. */
export const instruction = z.object({
  id,
  /** `ZF-…` with check character. */
  number: z.string(),
  direction: z.enum(directions),
  tender: z.object({ kind: z.enum(tenderKinds), label: z.string(), reference: z.string() }),
  amount: money,
  currency: currencyCode,
  state: z.enum(instructionStates),
  businessDate,
  /** Number the POS gave the payment, once it is known. */
  posNumber: z.string().nullable(),
  settledOn: businessDate.nullable(),
  cancelReason: z.string().nullable(),
  version,
})

/** An instruction in a list of all of them. */
const listed = instruction.extend({
  source,
  caseId: id.nullable(),
  receiptId: id.nullable(),
  receiptNo: z.string().nullable(),
  till: z.string().nullable(),
  soldOn: businessDate.nullable(),
  raisedAt: instant,
  raisedBy: z.string(),
  doubt: z.enum(doubts),
  /** Days since it was raised. */
  age: z.int(),
})

/** Money a till moved that stands for nothing of the desk yet. */
const tillPayment = z.object({
  receiptId: id,
  receiptNo: z.string(),
  kind: z.enum(['sale', 'return']),
  till: z.string(),
  businessDate,
  /** False where the file tells only the day of the sale. */
  isDated: z.boolean(),
  soldAt: instant,
  direction: z.enum(directions),
  amount: money,
  currency: currencyCode,
  /** By tender; null where the file does not say. */
  parts: z.array(z.object({ tender: z.string(), amount: money })).nullable(),
  goods: z.string(),
  originalReceiptId: id.nullable(),
  /** Papers of this desk it names. */
  mentions: z.array(z.string()),
  age: z.int(),
})

/** Two that could belong together, with what speaks for it and what against. */
const candidate = z.object({
  instructionId: id,
  receiptId: id,
  grounds: z.array(z.enum(grounds)),
})

/** A payment of the POS that stands for a document of the desk, and why. */
const settlement = z.object({
  id,
  how: z.enum(settledHow),
  posNumber: z.string(),
  till: z.string(),
  date: businessDate,
  receiptId: id.nullable(),
  /** What the till moved, once an import has told. */
  posAmount: money.nullable(),
  why: z.array(z.enum(grounds)),
  madeAt: instant,
  madeBy: z.string(),
  instructions: z.array(instruction.extend({ source })),
})

const total = z.object({
  businessDate,
  side: z.enum(['desk', 'till']),
  direction: z.enum(directions),
  /** A kind of tender, `other` with its label, or `unknown` where the file does not say. */
  tender: z.string(),
  currency: currencyCode,
  count: z.int(),
  amount: money,
})

export const exportFormats = ['csv', 'json'] as const

const exportedFile = z.object({
  businessDate,
  sequence: z.int(),
  format: z.enum(exportFormats),
  fileName: z.string(),
  folder: z.string(),
  rows: z.int(),
  sha256: z.string(),
  exportedAt: instant,
  exportedBy: z.string(),
})

const seen = z.object({ id, version })

const settings = z.object({
  /** An absolute path; empty where files are made on demand only. */
  exportFolder: line(400),
  windowDays: z.int().min(0).max(60),
  version: z.int().nonnegative(),
})

export const posInstructionsContract = {
  /**
   * What does not agree between the desk and the tills: open instructions of any day, and what tills paid in these
   * days that nobody here knows of.
   */
  reconcile: procedure('sales.read')
    .input(z.object({ from: businessDate, to: businessDate }))
    .output(
      z.object({
        desk: z.array(listed),
        moreAtDesk: z.boolean(),
        till: z.array(tillPayment),
        moreAtTills: z.boolean(),
        candidates: z.array(candidate),
        /** Settled with another amount than was told. */
        differing: z.array(settlement),
        /** Settled in these days, newest first. */
        settled: z.array(settlement),
        totals: z.array(total),
      }),
    ),
  /** What waits for the POS now: how many and how much, by direction. */
  pending: procedure('signed_in').output(
    z.object({
      count: z.int(),
      ambiguous: z.int(),
      payOut: money,
      collect: money,
      /** The oldest few. */
      oldest: z.array(listed),
    }),
  ),
  /** What a case still waits for, beside its own state. */
  ofCase: procedure('sales.read')
    .input(z.object({ caseId: id }))
    .output(z.object({ count: z.int(), ambiguous: z.int(), payOut: money, collect: money })),
  /** One instruction by its id or its number, with what happened to it. */
  open: procedure('sales.read')
    .input(z.object({ number: line(40).min(1) }))
    .output(
      listed.extend({
        settlement: settlement.omit({ instructions: true }).nullable(),
        events: z.array(
          z.object({
            id,
            at: instant,
            actor: z.string(),
            action: z.string(),
            state: z.enum(instructionStates),
            data: z.record(z.string(), z.unknown()),
          }),
        ),
      }),
    ),
  /** The POS's own number, typed or scanned, for instructions of one document. */
  settleByNumber: procedure('instructions.settle')
    .input(
      z.object({
        instructions: z.array(seen).min(1).max(20),
        posNumber: line(40).min(1),
        till: line(20).default(''),
        date: businessDate,
        reason: line(200).default(''),
      }),
    )
    .output(z.object({ settled: z.int() })),
  /** A till's receipt a person has chosen for instructions of one document. */
  matchByHand: procedure('instructions.settle')
    .input(
      z.object({
        instructions: z.array(seen).min(1).max(20),
        receiptId: id,
        reason: line(200).default(''),
      }),
    )
    .output(z.object({ settled: z.int() })),
  /** One receipt of a till that paid several documents: each has what it was told as its share. */
  shareByHand: procedure('instructions.manage')
    .input(
      z.object({
        instructions: z.array(seen).min(2).max(20),
        receiptId: id,
        reason: line(200).min(2),
      }),
    )
    .output(z.object({ settled: z.int() })),
  /** Takes a match or a told number back; the two are not matched again by themselves. */
  undo: procedure('instructions.manage')
    .input(z.object({ settlementId: id, reason: line(200).min(2) }))
    .output(z.object({ reopened: z.int() })),
  /** The POS will not make this payment; the document itself stays. */
  cancel: procedure('instructions.manage')
    .input(z.object({ instruction: seen, reason: line(200).min(2) }))
    .output(z.object({ version })),
  /** Looks for matches again, as every import does. */
  match: procedure('instructions.settle').output(
    z.object({ matched: z.int(), confirmed: z.int(), ambiguous: z.int() }),
  ),
  /** A file of a day to save anywhere: what the POS was told, or what does not agree. */
  file: procedure('sales.read')
    .input(
      z.object({
        businessDate,
        format: z.enum(exportFormats),
        what: z.enum(['instructions', 'unmatched']).default('instructions'),
      }),
    )
    .output(z.object({ fileName: z.string(), rows: z.int(), content: z.instanceof(Blob) })),
  /** Writes a day's instructions into the folder of the POS, as the next file of that day. */
  exportToFolder: procedure('instructions.settle')
    .input(z.object({ businessDate, format: z.enum(exportFormats) }))
    .output(exportedFile.omit({ exportedBy: true })),
  /** Files that went into the folder, newest first. */
  exports: procedure('sales.read').output(z.array(exportedFile)),
  settings: procedure('signed_in').output(settings),
  changeSettings: procedure('settings.change')
    .input(settings)
    .output(z.object({ version: z.int() })),
}
