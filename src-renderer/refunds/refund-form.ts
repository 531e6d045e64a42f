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
export interface RefundValues extends ReturnValues {
  /** Money back for goods the customer keeps, in place of taking them back; null for what the rules grant. */
  keeps: Record<string, number | null>
}

/** Part of the form that changes, worked out from how it stands where it builds on that. */
export type RefundChange = Partial<RefundValues> | ((now: RefundValues) => Partial<RefundValues>)

/** Lines whose goods stay with the customer, who gets a price difference. */
export function isKept(values: RefundValues, lineId: number): boolean {
  return values.reason === 'price' && values.keeps[lineId] !== undefined
}

/** What the rules grant of a price difference, by line, for so many units together. */
export type Granted = ReadonlyMap<number, { units: number; amount: number }>

/** The part of it for some of the units, never more than their own; minor units. */
export function grantedFor(granted: Granted, lineId: number, units: number): number {
  const found = granted.get(lineId)
  if (!found || found.units === 0) return 0
  if (units >= found.units) return found.amount
  return Math.floor((found.amount * units) / found.units)
}

/**
 * What the form asks the desk to reckon. Empty amounts are left out, and so is what does not fit the choice any more,
 * so that a half-filled form shows the figures of what is there. `earnedName` is what the strip and the slip call
 * vouchers and points the goods earned.
 */
export function askOf(
  sale: Sale,
  values: RefundValues,
  earnedName: string,
  granted: Granted = new Map(),
): Ask {
  const chosen = chosenLines(sale, values)
  const back = chosen.filter((line) => !isKept(values, line.saleLineId))
  const kept = chosen.filter((line) => isKept(values, line.saleLineId))
  return {
    receiptId: sale.id,
    reason: values.reason,
    lines: back.map((line) => ({ ...line, condition: conditionOf(values, line.saleLineId) })),
    allowances: kept.flatMap((line) => {
      const { saleLineId, units } = line
      const amount = values.keeps[saleLineId] ?? grantedFor(granted, saleLineId, units)
      return amount > 0 ? [{ ...line, amount }] : []
    }),
    ...askOfExtras(sale, values, earnedName),
    ...askOfHolder(values),
  }
}

/** Why the form cannot be committed yet, or null. */
export function missingOf(
  values: RefundValues,
  ask: Ask,
): 'goods' | 'reason' | 'form' | 'holder' | null {
  const chosen = [...(ask.lines ?? []), ...(ask.allowances ?? []), ...(ask.charges ?? [])]
  if (chosen.length === 0) return 'goods'
  if (values.reason === null) return 'reason'
  const asksOther = (ask.otherTenders ?? []).length > 0
  if (asksOther && values.otherReason.trim() === '') return 'form'
  return lacksHolder(values) ? 'holder' : null
}
