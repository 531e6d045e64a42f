import { refuse } from '../foundation/errors.ts'
import { type MinorUnits, partOf, shareOfUnit, sumMoney } from '../foundation/money.ts'
import type {
  conditions,
  freightLiables,
  giftKinds,
  giftRules,
  lineFeeKinds,
  refundReasons,
} from './contract.ts'

export type RefundReason = (typeof refundReasons)[number]
export type ConditionGrade = (typeof conditions)[number]

const whole = 1_000_000

/**
 * What is kept from a line's refund. Depreciation, restocking and daily fees come as amounts from the verdict; a
 * grade is reckoned here from the store's table.
 */
export interface LineFee {
  kind: (typeof lineFeeKinds)[number]
  amount: MinorUnits
  /** Days of use a depreciation counts; 0 elsewhere. */
  days: number
}

/** By condition, parts per million of the paid amount that the store keeps (domain.md §1.7). */
export type GradeTable = Readonly<Partial<Record<ConditionGrade, number>>>

/** Reasons that are nobody's fault but the customer's wish: only there may goods be graded (domain.md §1.4, §1.5). */
const withoutFault: readonly RefundReason[] = ['size', 'preference', 'other']

export function mayGrade(reason: RefundReason | null): boolean {
  return reason !== null && withoutFault.includes(reason)
}

/**
 * The fee for the condition goods come back in: rounded half up, once for the line. Nothing is kept where the goods
 * were at fault, whatever the table says.
 */
export function gradeFee(
  amount: MinorUnits,
  condition: ConditionGrade,
  table: GradeTable,
  reason: RefundReason | null,
): LineFee | null {
  const ppm = mayGrade(reason) ? Math.min(table[condition] ?? 0, whole) : 0
  const fee = partOf(amount, ppm)
  return fee === 0 ? null : { kind: 'grade', amount: fee, days: 0 }
}

export type FreightLiable = (typeof freightLiables)[number]

const usualLiables: Record<RefundReason, FreightLiable> = {
  quality: 'store',
  wrong_item: 'store',
  price: 'store',
  damaged: 'carrier',
  size: 'customer',
  preference: 'customer',
  other: 'customer',
}

/** Who is liable where nobody says otherwise: law has the seller pay for a fault, a wrong size is the customer's way. */
export function usualFreightLiable(reason: RefundReason): FreightLiable {
  return usualLiables[reason]
}

/** A cost of the refund beside the goods: freight, a test. */
export interface Cost {
  amount: MinorUnits
  /** Parts per million of it that the customer bears. */
  customerPpm: number
  /** Who has paid it so far. */
  paidBy: 'store' | 'customer'
}

export interface CostShares {
  customer: MinorUnits
  store: MinorUnits
  /** What the refund changes by: negative is kept from it, positive is paid back to the customer. */
  effect: MinorUnits
}

/** The customer's part, rounded half up once; the store's is the rest. */
export function shareCost(cost: Cost): CostShares {
  if (cost.amount < 0) refuse('refunds.cost_negative')
  const customer = partOf(cost.amount, Math.min(cost.customerPpm, whole))
  const store = cost.amount - customer
  const effect = (cost.paidBy === 'store' ? -customer : store) || 0
  return { customer, store, effect }
}

/**
 * The customer's part of freight by who is liable: nothing where the store, its vendor or the carrier is, all where
 * the customer is, the agreed part where it is shared. For the carrier the store pays first and claims afterwards.
 */
export function freightPpm(liable: FreightLiable, sharedPpm: number): number {
  if (liable === 'customer') return whole
  return liable === 'shared' ? sharedPpm : 0
}

export type GiftRule = (typeof giftRules)[number]

export interface Gift {
  /** The gift's line of the sale; null for vouchers and points that the slip does not list. */
  saleLineId: number | null
  kind: (typeof giftKinds)[number]
  name: string
  value: MinorUnits
  cameBack: boolean
}

/** A line of the sale that was given for nothing. */
export function isGiftLine(line: { kind: string; paidAmount: MinorUnits; units: number }): boolean {
  return line.kind === 'goods' && line.units > 0 && line.paidAmount === 0
}

/** Value of gift units that are still with the customer, at list price. */
export function giftValue(
  line: { units: number; listAmount: MinorUnits },
  unitNos: readonly number[],
): MinorUnits {
  return sumMoney(unitNos.map((unitNo) => shareOfUnit(line.listAmount, line.units, unitNo)))
}

/**
 * The rule where no verdict gives one: gifts stay with the customer, as long as the goods had a fault or some of what
 * was paid for is kept; who gives everything back without a fault gives the gift or its value back (domain.md §1.5).
 */
export function usualGiftRule(reason: RefundReason | null, everythingBack: boolean): GiftRule {
  return mayGrade(reason) && everythingBack ? 'return_or_value' : 'keep'
}

/**
 * What is kept for gifts that did not come back: nothing where they may be kept, their value where that may replace
 * them. Refuses where the gift itself has to come back (`refunds.gift_must_come_back`).
 */
export function keepForGifts(
  rule: GiftRule,
  gifts: readonly Gift[],
): { gift: Gift; kept: MinorUnits }[] {
  if (rule === 'keep') return []
  return gifts
    .filter((gift) => !gift.cameBack)
    .map((gift) => {
      if (rule === 'return') refuse('refunds.gift_must_come_back', { name: gift.name })
      if (gift.value < 0) refuse('refunds.cost_negative')
      return { gift, kept: gift.value }
    })
    .filter(({ kept }) => kept > 0)
}

/** What the store claims from a carrier: the freight it bore, and the goods that arrived damaged. */
export function claimFromCarrier(
  liable: FreightLiable | null,
  storeFreight: MinorUnits,
  damaged: readonly MinorUnits[],
): { freight: MinorUnits; goods: MinorUnits } | null {
  return liable === 'carrier' ? { freight: storeFreight, goods: sumMoney(damaged) } : null
}
