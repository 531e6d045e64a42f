import { type MinorUnits, sumMoney } from '../foundation/money.ts'
import { figureKinds } from './contract.ts'

export type FigureKind = (typeof figureKinds)[number]

/** One figure of the strip the customer can read: what it is, how much, and the facts its sentence names. */
export interface Figure {
  kind: FigureKind
  /** Signed: what it adds to the refund. `paid` and `total` are results of what stands above them. */
  amount: MinorUnits
  detail: Readonly<Record<string, string | number>>
}

/** Figures that say what the ones above come to and add nothing themselves. */
export const resultKinds: readonly FigureKind[] = ['paid', 'total']

/** What the strip is written from. */
export interface StripFacts {
  /** Shares of the units that come back: at list price, as paid, and what of it is left to credit. */
  listShare: MinorUnits
  paidShare: MinorUnits
  credited: MinorUnits
  /** Every other figure, in any order; those of nothing are left out. */
  others: readonly Figure[]
  total: MinorUnits
}

/** What stands between what was paid and the total, in the customer's order. */
const order: readonly FigureKind[] = figureKinds.slice(
  figureKinds.indexOf('price_rise'),
  figureKinds.indexOf('total'),
)

/**
 * Writes the strip: list price and discount where there was one, what was paid, what went back before, then every
 * addition and deduction in the customer's order, and the total they come to. Throws where they do not add up: a
 * strip that does not prove its total must never be printed.
 */
export function writeStrip(facts: StripFacts): Figure[] {
  const { listShare, paidShare, credited } = facts
  const strip: Figure[] = []
  const add = (kind: FigureKind, amount: MinorUnits) => strip.push({ kind, amount, detail: {} })
  if (listShare > paidShare) {
    add('list', listShare)
    add('discount', paidShare - listShare)
  }
  if (paidShare > 0) add('paid', paidShare)
  if (credited !== paidShare) add('before', credited - paidShare)
  for (const kind of order) {
    strip.push(...facts.others.filter((each) => each.kind === kind && each.amount !== 0))
  }
  add('total', facts.total)
  if (sumOfStrip(strip) !== facts.total) throw new Error('the strip does not come to its total')
  return strip
}

/** What the figures of a strip come to, without those that only repeat a result. */
export function sumOfStrip(strip: readonly Figure[]): MinorUnits {
  const hasList = strip.some((each) => each.kind === 'list')
  const counted = strip.filter(({ kind }) => kind !== 'total' && (kind !== 'paid' || !hasList))
  return sumMoney(counted.map((each) => each.amount))
}
