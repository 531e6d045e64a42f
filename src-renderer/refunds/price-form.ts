import type { InferClientInputs, InferClientOutputs } from '@orpc/client'

import type { desk } from '../app/client.ts'
import type { RefundValues } from './refund-form.ts'

type Draft = InferClientOutputs<typeof desk>['refunds']['priceDraft']
export type DraftLine = Draft['lines'][number]
type Ask = InferClientInputs<typeof desk>['refunds']['priceDraft']
type Allowance = NonNullable<
  InferClientInputs<typeof desk>['refunds']['preview']['allowances']
>[number]

/** What the clerk says of one line; what is left out is as the desk has it. */
export interface AdjustedLine {
  isChosen?: boolean
  units?: number
  /** What one unit costs today, seen elsewhere than in the catalogue. */
  seenPrice?: number | null
  /** Written over what the rules grant. */
  amount?: number | null
}

/** Everything the clerk chooses; kept as a draft. */
export interface PriceValues {
  payment: RefundValues
  lines: Record<string, AdjustedLine>
}

/** What the desk is asked about: only what differs from "all of it at the catalogue's price". */
export function priceAskOf(receiptId: number, { lines }: PriceValues): Ask {
  return {
    receiptId,
    lines: Object.entries(lines).flatMap(([saleLineId, { units, seenPrice }]) =>
      units === undefined && seenPrice == null
        ? []
        : [
            {
              saleLineId: Number(saleLineId),
              units: units ?? 10_000,
              seenPrice: seenPrice ?? null,
            },
          ],
    ),
  }
}

/** A line is taken where the clerk says so; else where it was chosen on the sale, or the rules grant something. */
export function isAdjusted(
  line: DraftLine,
  said: AdjustedLine | undefined,
  lineIds: readonly number[],
): boolean {
  if (said?.isChosen !== undefined) return said.isChosen
  if (lineIds.length > 0) return lineIds.includes(line.saleLineId)
  return line.amount > 0
}

/** What the customer gets for a line: as it was written, else what the rules grant. */
export function amountOf(line: DraftLine, said: AdjustedLine | undefined): number {
  return said?.amount ?? line.amount
}

/** The differences the preview and the record are asked for. */
export function allowancesOf(
  drafted: readonly DraftLine[],
  { lines }: PriceValues,
  lineIds: readonly number[],
): Allowance[] {
  return drafted.flatMap((line) => {
    const said = lines[line.saleLineId]
    const amount = amountOf(line, said)
    if (!isAdjusted(line, said, lineIds) || amount <= 0) return []
    const { saleLineId, units } = line
    return [{ saleLineId, units, amount, seenPrice: said?.seenPrice ?? null }]
  })
}
