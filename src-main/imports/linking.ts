/**
 * Which sale a till return belongs to, where the file does not say: the same customer bought the same goods not later
 * than the return, at the same price before any other, then a line of exactly that quantity, then the newest. How good
 * the link is stays written beside it (`link_kind`), because it is a deduction.
 */
export interface ReturnLine {
  id: number
  receiptId: number
  sku: string
  barcode: string
  name: string
  /** Negative thousandths. */
  qtyMilli: number
  units: number
  /** Negative or zero minor units. */
  paidAmount: number
  linkKind: string | null
  customerId: number | null
  /** Somebody with a card or a phone number; a name alone is shared by many. */
  customerIsIdentified: 0 | 1 | null
  soldAt: string
  storeCode: string
  receiptKey: string
  originalReceiptId: number | null
  importId: number
}

/** A sold line that could have come back. */
export interface Candidate {
  lineId: number
  receiptId: number
  sku: string
  barcode: string
  name: string
  qtyMilli: number
  units: number
  paidAmount: number
  soldAt: string
}

export type LinkKind =
  | 'full_line'
  | 'partial_line'
  | 'full_line_other_price'
  | 'partial_line_other_price'
  | 'more_than_any_single_purchase'
  | 'purchase_only_after_return'
  | 'no_purchase_ever'
  | 'original_not_found'
  | 'no_reference'

export interface Link {
  kind: LinkKind
  /** The lines of one receipt with these goods at this price, first the one that holds the whole return. */
  lines: Candidate[]
}

/** The same goods at the same price on one receipt, which tills may write on several lines. */
interface Purchase {
  lines: Candidate[]
  qtyMilli: number
  paidAmount: number
  soldAt: string
  order: number
}

/** Finds the purchase among `candidates`, oldest first, all of the return's goods or of others. */
export function matchReturn(line: ReturnLine, candidates: readonly Candidate[]): Link {
  const purchases = groupPurchases(candidates.filter((candidate) => sameGoods(line, candidate)))
  if (purchases.length === 0) return { kind: 'no_purchase_ever', lines: [] }
  const before = purchases.filter((purchase) => purchase.soldAt <= line.soldAt)
  if (before.length === 0) return { kind: 'purchase_only_after_return', lines: [] }
  const wanted = -line.qtyMilli
  const large = before.filter((purchase) => purchase.qtyMilli >= wanted)
  if (large.length === 0) return { kind: 'more_than_any_single_purchase', lines: [] }
  const best = large.reduce((left, right) => (isBetter(right, left, line) ? right : left))
  const isFull = best.qtyMilli === wanted
  const isOther = !samePrice(best, { qtyMilli: wanted, paidAmount: -line.paidAmount })
  const kind: LinkKind = isFull
    ? isOther
      ? 'full_line_other_price'
      : 'full_line'
    : isOther
      ? 'partial_line_other_price'
      : 'partial_line'
  return { kind, lines: wholeFirst(best.lines, wanted) }
}

function sameGoods(line: ReturnLine, candidate: Candidate): boolean {
  if (line.sku !== '') return candidate.sku === line.sku
  if (line.barcode !== '') return candidate.barcode === line.barcode
  return candidate.name === line.name
}

function groupPurchases(candidates: readonly Candidate[]): Purchase[] {
  const purchases: Purchase[] = []
  for (const candidate of candidates) {
    const found = purchases.find(
      (purchase) =>
        purchase.lines[0]?.receiptId === candidate.receiptId && samePrice(purchase, candidate),
    )
    if (!found) {
      const { qtyMilli, paidAmount, soldAt } = candidate
      purchases.push({ lines: [candidate], qtyMilli, paidAmount, soldAt, order: purchases.length })
      continue
    }
    found.lines.push(candidate)
    found.qtyMilli += candidate.qtyMilli
    found.paidAmount += candidate.paidAmount
  }
  return purchases
}

interface Priced {
  qtyMilli: number
  paidAmount: number
}

/** True when two lines can have had one unit price, given that their amounts are rounded to minor units. */
export function samePrice(left: Priced, right: Priced): boolean {
  if (left.paidAmount * right.qtyMilli === right.paidAmount * left.qtyMilli) return true
  const difference = Math.abs(left.paidAmount * right.qtyMilli - right.paidAmount * left.qtyMilli)
  return difference < (left.qtyMilli + right.qtyMilli) / 2
}

function isBetter(left: Purchase, right: Purchase, line: ReturnLine): boolean {
  const wanted = { qtyMilli: -line.qtyMilli, paidAmount: -line.paidAmount }
  const [leftSame, rightSame] = [samePrice(left, wanted), samePrice(right, wanted)]
  if (leftSame !== rightSame) return leftSame
  const [leftFull, rightFull] = [
    left.qtyMilli === wanted.qtyMilli,
    right.qtyMilli === wanted.qtyMilli,
  ]
  if (leftFull !== rightFull) return leftFull
  if (left.soldAt !== right.soldAt) return left.soldAt > right.soldAt
  return left.order > right.order
}

function wholeFirst(lines: readonly Candidate[], wanted: number): Candidate[] {
  const whole = lines.find((line) => line.qtyMilli >= wanted)
  return whole ? [whole, ...lines.filter((line) => line !== whole)] : [...lines]
}
