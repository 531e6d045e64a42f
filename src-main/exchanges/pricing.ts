import { refuse } from '../foundation/errors.ts'
import { allocate, type MinorUnits, sumMoney } from '../foundation/money.ts'
import type { discountPolicies, exchangeFigureKinds, goodsPolicies, pricings } from './contract.ts'
import { type Goods, isSameFamily } from './family.ts'

export type Pricing = (typeof pricings)[number]

/** A returned line as far as it prices what is given for it. */
export interface ReturnedWorth {
  saleLineId: number
  goods: Goods
  /** Credited for each unit that comes back, in their order. */
  unitAmounts: readonly MinorUnits[]
  /** Share of these units at list price and as paid. */
  listShare: MinorUnits
  paidShare: MinorUnits
}

/** Goods the clerk wants to give out. */
export interface GivenChoice {
  goods: Goods
  units: number
  /** What the clerk says one unit costs; null where the catalogue says it. */
  typedPrice: MinorUnits | null
  replaces: number | null
  keepPrice: boolean
  discount: { amount: MinorUnits; reason: string } | null
}

/** A priced line: list − what keeping the price takes off − both discounts + rounding = paid. */
export interface GivenFigures {
  choice: GivenChoice
  /** The returned line it replaces. */
  replaces: number
  isSameFamily: boolean
  pricing: Pricing
  listAmount: MinorUnits
  rateDiscount: MinorUnits
  discount: MinorUnits
  rounding: MinorUnits
  paidAmount: MinorUnits
}

export interface PricePolicy {
  /** Whether the old line's discount rate holds for other goods as well. */
  discountPolicy: (typeof discountPolicies)[number]
  goodsPolicy: (typeof goodsPolicies)[number]
}

/**
 * Prices what goes out (domain.md §3.4): the same model in another size keeps what was paid for the old one, so that a
 * size swap is even whatever the shelf says today; other goods cost what the shelf says, less the old line's discount
 * rate where the store gives it again, less what the clerk takes off.
 *
 * Refuses what replaces nothing (`exchanges.replaces_unknown`), goods nobody has a price for
 * (`exchanges.price_needed`), another price than the catalogue's (`exchanges.price_from_catalogue`), discounts beyond
 * the line (`exchanges.discount_too_large`) or without a reason (`exchanges.discount_needs_reason`), and what the
 * store's policy does not let go out (`exchanges.same_family_only`).
 */
export function priceGiven(
  given: readonly GivenChoice[],
  returned: readonly ReturnedWorth[],
  policy: PricePolicy,
): GivenFigures[] {
  if (given.length > 0 && returned.length === 0) refuse('exchanges.nothing_returned')
  const left = new Map(returned.map((line) => [line.saleLineId, [...line.unitAmounts]]))
  const lines = given.map((choice) => {
    const line = replacedBy(choice, returned, left)
    const sameFamily = isSameFamily(line.goods, choice.goods)
    if (!sameFamily && policy.goodsPolicy === 'same_family') {
      refuse('exchanges.same_family_only', { name: choice.goods.name })
    }
    const units = left.get(line.saleLineId) ?? []
    const keeps = sameFamily && choice.keepPrice && units.length >= choice.units
    const kept = keeps ? sumMoney(units.splice(0, choice.units)) : null
    return { choice, line, sameFamily, kept, listAmount: listAmountOf(choice, kept) }
  })
  const rates = rateDiscounts(lines, policy)
  return lines.map(({ choice, line, sameFamily, kept, listAmount }, index) => {
    const rateDiscount = rates[index] ?? 0
    const before = kept ?? listAmount - rateDiscount
    const discount = discountOf(choice, before)
    return {
      choice,
      replaces: line.saleLineId,
      isSameFamily: sameFamily,
      pricing: kept !== null ? 'kept' : choice.goods.listPrice === null ? 'typed' : 'catalogue',
      listAmount,
      rateDiscount,
      discount,
      rounding: 0,
      paidAmount: before - discount,
    }
  })
}

/** The returned line a given one stands for: the one named, else the first of its family, else the first with units left. */
function replacedBy(
  choice: GivenChoice,
  returned: readonly ReturnedWorth[],
  left: ReadonlyMap<number, readonly MinorUnits[]>,
): ReturnedWorth {
  if (choice.replaces !== null) {
    const named = returned.find((line) => line.saleLineId === choice.replaces)
    return named ?? refuse('exchanges.replaces_unknown', { name: choice.goods.name })
  }
  const open = returned.filter((line) => (left.get(line.saleLineId)?.length ?? 0) > 0)
  const found =
    open.find((line) => isSameFamily(line.goods, choice.goods)) ?? open[0] ?? returned[0]
  if (!found) refuse('exchanges.nothing_returned')
  return found
}

function listAmountOf(choice: GivenChoice, kept: MinorUnits | null): MinorUnits {
  const { goods, units, typedPrice } = choice
  const { name, listPrice } = goods
  if (listPrice !== null && typedPrice !== null && typedPrice !== listPrice) {
    refuse('exchanges.price_from_catalogue', { name })
  }
  const price = listPrice ?? typedPrice
  if (price === null && kept === null) refuse('exchanges.price_needed', { name })
  // A price that fell below what was paid is no discount on it.
  return Math.max((price ?? 0) * units, kept ?? 0)
}

/** The old lines' discount rates on the new goods: rounded half up once for each old line, shared by largest remainder. */
function rateDiscounts(
  lines: readonly { line: ReturnedWorth; kept: MinorUnits | null; listAmount: MinorUnits }[],
  { discountPolicy }: PricePolicy,
): MinorUnits[] {
  const discounts = lines.map(() => 0)
  if (discountPolicy === 'none') return discounts
  for (const old of new Set(lines.map((each) => each.line))) {
    const { listShare, paidShare } = old
    if (paidShare >= listShare || listShare <= 0) continue
    const isOther = (each: (typeof lines)[number]) => each.line === old && each.kept === null
    const lists = lines.map((each) => (isOther(each) ? each.listAmount : 0))
    const total = sumMoney(lists)
    const off = total - timesRate(total, paidShare, listShare)
    if (off <= 0) continue
    allocate(off, lists).forEach((part, index) => {
      discounts[index] = (discounts[index] ?? 0) + part
    })
  }
  return discounts
}

/** `amount` × numerator ÷ denominator, half up; all of them not negative. */
function timesRate(amount: MinorUnits, numerator: number, denominator: number): MinorUnits {
  const product = 2n * BigInt(amount) * BigInt(numerator) + BigInt(denominator)
  return Number(product / (2n * BigInt(denominator)))
}

function discountOf({ discount, goods }: GivenChoice, before: MinorUnits): MinorUnits {
  if (!discount) return 0
  const { name } = goods
  if (discount.reason.trim() === '') refuse('exchanges.discount_needs_reason', { name })
  if (discount.amount > before) refuse('exchanges.discount_too_large', { name })
  return discount.amount
}

/** Puts what rounding of cash changed the collection by on the lines, in proportion, so that they sum to what is paid. */
export function withRounding(lines: readonly GivenFigures[], rounding: MinorUnits): GivenFigures[] {
  if (rounding === 0) return [...lines]
  const parts = allocate(
    rounding,
    lines.map((line) => line.paidAmount),
  )
  return lines.map((line, index) => {
    const part = parts[index] ?? 0
    return { ...line, rounding: part, paidAmount: line.paidAmount + part }
  })
}

export interface ExchangeFigure {
  kind: (typeof exchangeFigureKinds)[number]
  /** Signed: what it adds to what the customer pays. `given` and `total` are results of what stands above them. */
  amount: MinorUnits
  detail: Readonly<Record<string, string | number>>
}

/**
 * The strip of an exchange in the customer's order: what goes out at list price, what comes off, what it comes to,
 * less the credit, rounding, and what is paid. Throws where it does not add up: such a strip must never be printed.
 */
export function writeExchangeStrip(facts: {
  lines: readonly GivenFigures[]
  credit: MinorUnits
  rounding: MinorUnits
  difference: MinorUnits
}): ExchangeFigure[] {
  const { lines, credit, rounding, difference } = facts
  const parts = lines
    .flatMap(figuresOf)
    .filter(({ kind, amount }) => kind === 'goods' || amount !== 0)
  const given = sumMoney(parts.map((each) => each.amount))
  const collected = sumMoney(lines.map((line) => line.rounding))
  const cash = collected - rounding
  if (given - credit + cash !== difference) throw new Error('the strip does not come to its total')
  return [
    ...parts,
    figure('given', given),
    figure('credit', -credit),
    ...(cash === 0 ? [] : [figure('rounding', cash)]),
    figure('total', difference),
  ]
}

function figuresOf(line: GivenFigures): ExchangeFigure[] {
  const { name } = line.choice.goods
  const net = line.paidAmount - line.rounding
  const kept = net + line.rateDiscount + line.discount - line.listAmount
  const reason = line.choice.discount?.reason ?? ''
  return [
    figure('goods', line.listAmount, { name, units: line.choice.units }),
    figure('kept_price', kept, { name }),
    figure('rate_discount', -line.rateDiscount, { name }),
    figure('discount', -line.discount, { name, reason }),
  ]
}

function figure(
  kind: ExchangeFigure['kind'],
  amount: MinorUnits,
  detail: ExchangeFigure['detail'] = {},
): ExchangeFigure {
  return { kind, amount: amount || 0, detail }
}
