import type { InferClientInputs, InferClientOutputs } from '@orpc/client'

import type { desk } from '../app/client.ts'
import {
  askOfExtras,
  askOfHolder,
  chosenLines,
  conditionOf,
  lacksHolder,
} from '../ui/return-form.ts'
import type { ReturnValues, Sale } from '../ui/return-form.ts'

export type Quote = InferClientOutputs<typeof desk>['refunds']['preview']
type Ask = InferClientInputs<typeof desk>['refunds']['preview']
export type Refund = InferClientOutputs<typeof desk>['refunds']['open']

/** Everything the clerk chooses; kept as a draft. */
export type RefundValues = ReturnValues

/** Part of the form that changes, worked out from how it stands where it builds on that. */
export type RefundChange = Partial<RefundValues> | ((now: RefundValues) => Partial<RefundValues>)

/**
 * What the form asks the desk to reckon. Empty amounts are left out, and so is what does not fit the choice any more,
 * so that a half-filled form shows the figures of what is there. `earnedName` is what the strip and the slip call
 * vouchers and points the goods earned.
 */
export function askOf(sale: Sale, values: RefundValues, earnedName: string): Ask {
  return {
    receiptId: sale.id,
    reason: values.reason,
    lines: chosenLines(sale, values).map((line) => ({
      ...line,
      condition: conditionOf(values, line.saleLineId),
    })),
    ...askOfExtras(sale, values, earnedName),
    ...askOfHolder(values),
  }
}

/** Why the form cannot be committed yet, or null. */
export function missingOf(
  values: RefundValues,
  ask: Ask,
): 'goods' | 'reason' | 'form' | 'holder' | null {
  const chosen = [...(ask.lines ?? []), ...(ask.charges ?? [])]
  if (chosen.length === 0) return 'goods'
  if (values.reason === null) return 'reason'
  const asksOther = (ask.otherTenders ?? []).length > 0
  if (asksOther && values.otherReason.trim() === '') return 'form'
  return lacksHolder(values) ? 'holder' : null
}
