import { z } from 'zod'
import { approvalRequest, approverRoles } from '../approvals/contract.ts'
import {
  businessDate,
  id,
  instant,
  line,
  money,
  procedure,
  refusalData,
  version,
} from '../foundation/procedure.ts'
import { instruction } from '../pos-instructions/contract.ts'

export const voucherStates = ['active', 'spent', 'void', 'lost'] as const

/** What a voucher came from. */
export const voucherSources = [
  'refund',
  'exchange',
  'repair',
  'price_adjustment',
  'goodwill',
  'loss',
] as const

export const movementKinds = [
  'issue',
  'redeem',
  'redeem_undo',
  'credit',
  'credit_undo',
  'cash_out',
  'cash_out_undo',
  'extend',
  'loss',
  'void',
] as const

/** What a movement was for. */
export const referenceTypes = [
  'receipt',
  'exchange',
  'refund',
  'repair',
  'price_adjustment',
  'goodwill',
  'voucher',
  'instruction',
] as const

/** Law has other caps for companies than for other traders. */
export const issuers = ['legal_person', 'other'] as const

/** What a refund does with what the sale took of a voucher. */
export const giveBackWays = ['credit', 'new_voucher'] as const

/** Steps that may take somebody else's approval. */
export const approvedSteps = ['void', 'undo', 'loss', 'cash_out', 'cash_out_undo'] as const

/** How what is left is paid out. */
export const cashOutWays = ['cash', 'bank_card'] as const

/** Whom a named voucher belongs to. */
export const voucherHolder = z.object({ name: line(40), phone: line(40) })

/** A code as scanned or typed: the QR text carries number and code. */
const scan = line(200).min(1)
const reason = line(200).min(2)
const months = z.int().min(1).max(120).nullable()

/** A voucher without its code: who has the code has the money. */
export const voucherRow = z.object({
  id,
  number: z.string(),
  state: z.enum(voucherStates),
  /** Its last day is over; the balance is not. */
  expired: z.boolean(),
  source: z.object({ type: z.enum(voucherSources), id: id.nullable(), number: z.string() }),
  currency: z.string(),
  amount: money,
  balance: money,
  /** Null for a bearer voucher. */
  holder: z.object({ name: z.string(), phoneMasked: z.string() }).nullable(),
  businessDate,
  /** Last day, inclusive; null where it never ends. */
  expiresOn: businessDate.nullable(),
  version,
})

const voucherLink = z.object({ id, number: z.string() })

const movement = z.object({
  id,
  kind: z.enum(movementKinds),
  amount: money,
  balance: money,
  at: instant,
  actor: z.string(),
  /** Who let it happen, where the clerk could not alone. */
  approvedBy: z.string().nullable(),
  deskNo: z.string(),
  ref: z.object({ type: z.enum(referenceTypes), number: z.string() }).nullable(),
  reason: z.string(),
  /** The redemption it wrote, while that stands. */
  redemptionId: id.nullable(),
  /** The payment it told the till to make, while that can be taken back. */
  openPayment: z.string().nullable(),
})

const cap = z.object({
  amount: money,
  /** Of one voucher, or of all a consumer holds together. */
  per: z.enum(['voucher', 'consumer']),
  law: z.string(),
})

const settings = z.object({
  issuer: z.enum(issuers),
  /** Null where vouchers never end. */
  expiryMonths: months,
  /** The same for what the store gave away. */
  giftExpiryMonths: months,
  giveBack: z.enum(giveBackWays),
  cashOutUpTo: money.min(1).nullable(),
  version,
})

export const vouchersContract = {
  /** The newest first; `text` is a number, a code, a holder's name or the last digits of a phone number. */
  list: procedure('sales.read')
    .input(
      z.object({
        state: z.enum([...voucherStates, 'all']).default('all'),
        text: line(80).default(''),
        before: id.optional(),
      }),
    )
    .output(z.object({ vouchers: z.array(voucherRow), more: z.boolean() })),
  open: procedure('sales.read')
    .input(z.object({ voucherId: id }))
    .output(
      voucherRow.extend({
        /** Last letters of the code, to tell two papers apart. */
        codeTail: z.string(),
        reason: z.string(),
        caseId: id.nullable(),
        issuedAt: instant,
        issuedBy: z.string(),
        replaces: voucherLink.nullable(),
        replacedBy: voucherLink.nullable(),
        movements: z.array(movement),
        /** What the till was told to pay of it. */
        instructions: z.array(instruction),
        /** Whether what is left may be paid out, by whose word, and up to which amount in cash. */
        rest: z.object({
          ground: z.enum(['law', 'store']).nullable(),
          law: z.string().nullable(),
          cashUpTo: z.object({ amount: money, law: z.string() }).nullable(),
        }),
        prints: z.int(),
      }),
    ),
  /** What a sale has to do with vouchers: those its remedies issued, and what it was paid with; newest first. */
  ofReceipt: procedure('sales.read')
    .input(z.object({ receiptId: id }))
    .output(
      z.array(
        z.object({
          kind: z.enum(['issued', 'used', 'given_back']),
          /** Of the voucher. */
          id,
          number: z.string(),
          state: z.enum(voucherStates),
          businessDate,
          amount: money,
          /** The paper it came with; the receipt or exchange it paid for. */
          ref: z.string(),
        }),
      ),
    ),
  /** The voucher of a scanned code, and why it cannot be used now, if it cannot. */
  lookUp: procedure('vouchers.redeem')
    .input(z.object({ scan }))
    .output(z.object({ voucher: voucherRow, refusal: refusalData.nullable() })),
  /** Writes down that a till took a voucher: exactly once for one receipt, whatever desks and pictures there are. */
  redeem: procedure('vouchers.redeem')
    .input(
      z.object({
        scan,
        amount: money.min(1),
        receiptNo: line(60).min(1),
        till: line(20).default(''),
        /** The till's business date; today where it is left out. */
        receiptDate: businessDate.optional(),
      }),
    )
    .output(z.object({ voucherId: id, number: z.string(), balance: money })),
  /** What an approval of a step is asked for, word for word; `needed` is null where the clerk may alone. */
  approvalFor: procedure('vouchers.issue')
    .input(
      z.object({
        voucherId: id,
        step: z.enum(approvedSteps),
        redemptionId: id.optional(),
        /** For taking a pay-out back: the payment it told the till to make. */
        payment: z.string().optional(),
        /** Of whoever reports the loss. */
        phone: line(40).default(''),
      }),
    )
    .output(
      approvalRequest
        .pick({ kinds: true, amount: true, currency: true, subject: true, summary: true })
        .extend({ needed: z.enum(approverRoles).nullable() }),
    ),
  /** Takes a redemption back that was a mistake: the money is on the voucher again. */
  undoRedemption: procedure('vouchers.issue')
    .input(
      z.object({
        voucherId: id,
        redemptionId: id,
        reason,
        approvalIds: z.array(id).max(20).default([]),
        version,
      }),
    )
    .output(z.object({ version })),
  /**
   * Pays out what is left on the voucher of a scanned code: the till is told to pay it, the voucher is empty. Where
   * neither law nor the store's rule grants it, it takes an approval.
   */
  cashOut: procedure('vouchers.issue')
    .input(
      z.object({
        scan,
        way: z.enum(cashOutWays),
        /** Who gets the money, as the paper names them. */
        receiver: line(40).min(1),
        reason,
        expectedAmount: money.min(1),
        approvalIds: z.array(id).max(20).default([]),
      }),
    )
    .output(z.object({ voucherId: id, number: z.string(), instruction: z.string() })),
  /** Takes a pay-out back that no till has made: the money is on the voucher again. */
  undoCashOut: procedure('vouchers.issue')
    .input(
      z.object({
        voucherId: id,
        payment: z.string(),
        reason,
        approvalIds: z.array(id).max(20).default([]),
        version,
      }),
    )
    .output(z.object({ version })),
  /** Gives a voucher out of goodwill; beyond the clerk's day it needs an approval. */
  issueGoodwill: procedure('vouchers.issue')
    .input(
      z.object({
        amount: money.min(1).max(100_000_000),
        what: reason,
        holder: voucherHolder.nullable(),
        /** For a bearer voucher: to whom it was handed, as the clerk would say it. */
        toWhom: line(80).default(''),
        caseId: id.nullable().default(null),
        approvalId: id.nullable().default(null),
      }),
    )
    .output(z.object({ id, number: z.string() })),
  /** A later last day, at no charge; null for none. */
  extend: procedure('vouchers.issue')
    .input(z.object({ voucherId: id, until: businessDate.nullable(), reason, version }))
    .output(z.object({ version })),
  /** Accepts a loss report for a named voucher: its code is dead, the balance goes on under a new one. */
  reportLoss: procedure('vouchers.issue')
    .input(
      z.object({
        voucherId: id,
        /** Of whoever reports it: the holder's own, or somebody above the clerk decides. */
        phone: line(40),
        reason,
        approvalIds: z.array(id).max(20).default([]),
        version,
      }),
    )
    .output(z.object({ id, number: z.string() })),
  void: procedure('vouchers.issue')
    .input(
      z.object({ voucherId: id, reason, approvalIds: z.array(id).max(20).default([]), version }),
    )
    .output(z.object({ version })),
  /** What law lets vouchers hold here; for another issuer than the store's own, to see what that would change. */
  caps: procedure('signed_in')
    .input(z.object({ issuer: z.enum(issuers).optional() }).default({}))
    .output(z.object({ named: cap.nullable(), bearer: cap.nullable() })),
  /** What one business day did to all vouchers, and what they hold together at its end. */
  day: procedure('reports.read')
    .input(z.object({ businessDate }))
    .output(
      z.object({
        businessDate,
        currency: z.string(),
        movements: z.array(
          z.object({ kind: z.enum(movementKinds), count: z.int(), amount: money }),
        ),
        outstanding: money,
      }),
    ),
  revealPhone: procedure('customers.reveal')
    .input(z.object({ voucherId: id, reason }))
    .output(z.object({ phone: z.string() })),
  settings: procedure('signed_in').output(settings),
  /** Refuses a term that law forbids, with the rule. */
  changeSettings: procedure('settings.change').input(settings).output(z.object({ version })),
}
