import type { InferClientOutputs } from '@orpc/client'

import { refundReasons } from '../../src-main/refunds/contract.ts'
import type { conditions } from '../../src-main/refunds/contract.ts'
import type { desk } from '../app/client.ts'

export type Sale = InferClientOutputs<typeof desk>['sales']['open']
export type SaleLine = Sale['lines'][number]
export type Quote = InferClientOutputs<typeof desk>['refunds']['preview']
export type Refund = InferClientOutputs<typeof desk>['refunds']['open']
export type Reason = (typeof refundReasons)[number]
export type Condition = (typeof conditions)[number]

/** Digits of the reasons: in their order from 1, the last one, "other", on 9 (screens.md). */
export const reasonKeys: readonly { key: string; value: Reason }[] = refundReasons.map(
  (value, index) => ({ key: value === 'other' ? '9' : String(index + 1), value }),
)

/** Everything the clerk chooses; kept as a draft. */
export interface RefundValues {
  /** Lines the sale screen had chosen when the form was opened; another choice starts the units anew. */
  askedLines: string
  units: Record<string, number>
  /** What the clerk has said of a line's goods; where nothing was said the reason decides. */
  condition: Record<string, Condition>
  packaging: Record<string, boolean>
  reason: Reason | null
  note: string
}

/** Part of the form that changes, worked out from how it stands where it builds on that. */
export type RefundChange = Partial<RefundValues> | ((now: RefundValues) => Partial<RefundValues>)

/** Units of a line that can still come back. */
export function unitsLeft(line: SaleLine): number {
  return line.kind === 'goods' ? Math.max(0, line.units - line.returned.length) : 0
}

/** One unit of each line asked for, or of the only line there is: more is one key away, too much is a mistake. */
export function startUnits(sale: Sale, lineIds: readonly number[]): Record<string, number> {
  const free = sale.lines.filter((line) => unitsLeft(line) > 0)
  const asked = free.filter((line) => lineIds.includes(line.id))
  const first = asked.length > 0 ? asked : free.length === 1 ? free : []
  return Object.fromEntries(first.map((line) => [line.id, 1]))
}

const usualCondition: Record<Reason, Condition> = {
  quality: 'faulty',
  size: 'opened',
  preference: 'opened',
  wrong_item: 'sealed',
  damaged: 'damaged',
  price: 'opened',
  other: 'opened',
}

/** The condition a line is taken back in: what the clerk said, else what the reason makes likely. */
export function conditionOf(values: RefundValues, lineId: number): Condition {
  return values.condition[lineId] ?? (values.reason ? usualCondition[values.reason] : 'opened')
}

export function packagingOf(values: RefundValues, lineId: number): boolean {
  return values.packaging[lineId] ?? true
}

/** Chosen lines with their units, never more than are left. */
export function chosenLines(
  sale: Sale,
  values: RefundValues,
): { saleLineId: number; units: number }[] {
  return sale.lines.flatMap((line) => {
    const units = Math.min(values.units[line.id] ?? 0, unitsLeft(line))
    return units > 0 ? [{ saleLineId: line.id, units }] : []
  })
}
