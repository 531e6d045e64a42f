import type { RefundReason } from './deductions.ts'
import type { Quote, ReturnQuote } from './quote.ts'
import type { PayBack } from './rules.ts'
import type { Figure } from './strip.ts'
import { waysFor } from './tenders.ts'

/** A quote as the contract tells it. */
export function describeQuote(quote: Quote, reason: RefundReason | null) {
  return {
    ...describeReturn(quote, quote, reason),
    amount: quote.amount,
    lines: quote.lines.map(({ choice, units, amount, fee, returnedBefore }) => ({
      saleLineId: choice.line.id,
      name: choice.line.name,
      units: units.length,
      unitNos: units.map((unit) => unit.unitNo),
      paidAmount: choice.line.paidAmount,
      returnedBefore,
      amount,
      fee: fee?.amount ?? 0,
    })),
    rounding: quote.rounding,
  }
}

/** What a preview says of the returned side of either remedy. */
export function describeReturn(
  quote: ReturnQuote,
  paid: { payBacks: readonly PayBack[]; strip: readonly Figure[]; managerAmount: number },
  reason: RefundReason | null,
) {
  const { sale, facts, settings } = quote
  return {
    currency: sale.currency,
    tillReturns: quote.tillReturns,
    tenders: paid.payBacks.map((row) => ({
      ...row,
      ways:
        row.purpose === 'goods' ? waysFor(settings.policy, row.insteadOf?.kind ?? row.kind) : [],
    })),
    strip: paid.strip.map((each) => ({ ...each, detail: { ...each.detail } })),
    managerAmount: paid.managerAmount,
    gifts: {
      rule: facts.gifts.rule,
      out: quote.giftsOut,
    },
    charges: quote.chargesLeft.map(({ saleLineId, name, paidAmount, refundedBefore }) => ({
      saleLineId,
      name,
      left: paidAmount - refundedBefore,
    })),
    storedValue: quote.unsplit.map(({ tenderId, label, paid: amount }) => ({
      tenderId: tenderId ?? 0,
      label,
      paid: amount,
    })),
    usualLiable: reason && quote.usualLiable,
    carrierClaim: quote.carrierClaim,
  }
}
