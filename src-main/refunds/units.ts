import { refuse } from '../foundation/errors.ts'
import { allocate, type MinorUnits, shareOfUnit, sumMoney } from '../foundation/money.ts'

/** A unit that is back in the store, at this desk or at a till, and what was credited for it. */
export interface ReturnedUnit {
  unitNo: number
  amount: MinorUnits
  /** The slip of the desk, or the return receipt of the till, and where and when it was written. */
  number: string
  place: string
  time: string
  /** Who wrote it; absent where a till did. */
  by?: string | undefined
}

/** Money given back for a unit that stayed with the customer: a price difference. */
export interface UnitAllowance {
  unitNo: number
  amount: MinorUnits
}

/** What the sale says about a line that comes back. */
export interface RefundableLine {
  id: number
  kind: string
  name: string
  units: number
  /** At list price, and what was paid after all discounts, as the import shared them. */
  listAmount: MinorUnits
  paidAmount: MinorUnits
  returned: readonly ReturnedUnit[]
  allowances: readonly UnitAllowance[]
  /** Units that are in repair now; absent where nobody looked. */
  inRepair?: readonly UnitInRepair[]
}

/** A unit in repair, and whether its repair leads to what is asked for now. */
export interface UnitInRepair {
  unitNo: number
  /** Of the repair. */
  number: string
  leadsHere: boolean
  /** The store has it, or somebody for it; false where the repair was only announced. */
  isHere: boolean
}

/** The line of a sale a choice names (`refunds.line_not_of_sale`). */
export function lineOf<Line extends { id: number }>(
  lines: readonly Line[],
  saleLineId: number,
): Line {
  return lines.find((each) => each.id === saleLineId) ?? refuse('refunds.line_not_of_sale')
}

/** Units of one line that come back, and what they were paid for. */
export interface LineReturn {
  units: UnitAllowance[]
  /** Credited for them: what was paid, less what went back for them before. */
  amount: MinorUnits
  /** Their share of the list price and of what was paid. */
  listShare: MinorUnits
  paidShare: MinorUnits
  /** What the line gave back before: units and price differences. */
  returnedBefore: MinorUnits
}

/**
 * Takes `count` units of a line back, or the very units asked for: the free ones with the lowest numbers, at what was
 * paid for them (domain.md §5.4). A unit's share depends on nothing but paid, units and its number, so whatever the
 * order of returns, all units together give back exactly what was paid; a price difference given for a unit before is
 * taken off its share. Where a till gave back more than a unit's share, the rest is what is left: never more than paid.
 *
 * Refuses what is not goods (`refunds.not_goods`), more units than were sold (`refunds.more_than_sold`), units that
 * are back already (`refunds.unit_already_returned`) and units in a repair that leads elsewhere
 * (`refunds.unit_in_repair`).
 */
export function takeUnits(
  line: RefundableLine,
  count: number,
  unitNos: readonly number[] = [],
): LineReturn {
  requireSold(line, Math.max(count, ...unitNos))
  const free = freeUnits(line)
  const taken = unitNos.length > 0 ? [...new Set(unitNos)] : free.slice(0, count)
  if (taken.length < count || taken.some((unitNo) => !free.includes(unitNo))) {
    refuseReturned(line, count, free.length)
  }
  refuseInRepair(line, taken)
  const returnedBefore = givenBack(line)
  let left = Math.max(line.paidAmount - returnedBefore, 0)
  const units = taken.map((unitNo) => {
    const amount = Math.min(worthOf(line, unitNo), left)
    left -= amount
    return { unitNo, amount }
  })
  return {
    units,
    amount: sumMoney(units.map((unit) => unit.amount)),
    listShare: sharesOf(line.listAmount, line.units, taken),
    paidShare: sharesOf(line.paidAmount, line.units, taken),
    returnedBefore,
  }
}

/**
 * Gives money back for `count` units that the customer keeps (price difference, domain.md §1.7): for those that are
 * still there at the highest price, the dearest coming down first, so that a unit whose price was adjusted before is
 * not adjusted below the others.
 *
 * Refuses nothing or less (`refunds.amount_not_positive`), more than is left of them (`refunds.more_than_paid`), and
 * what `takeUnits` refuses.
 */
export function allowForUnits(
  line: RefundableLine,
  count: number,
  amount: MinorUnits,
): UnitAllowance[] {
  requireSold(line, count)
  const free = freeUnits(line)
  if (free.length < count) refuseReturned(line, count, free.length)
  const kept = dearestFirst(free.map((unitNo) => ({ unitNo, worth: worthOf(line, unitNo) }))).slice(
    0,
    count,
  )
  const worth = kept.map((unit) => unit.worth)
  const left = Math.max(line.paidAmount - givenBack(line), 0)
  requireWithin(line.name, amount, Math.min(sumMoney(worth), left))
  const parts = levelDown(worth, amount)
  return kept
    .map(({ unitNo }, index) => ({ unitNo, amount: parts[index] ?? 0 }))
    .filter((unit) => unit.amount > 0)
}

function dearestFirst<Unit extends { unitNo: number; worth: MinorUnits }>(units: Unit[]): Unit[] {
  return units.toSorted((a, b) => b.worth - a.worth || a.unitNo - b.unitNo)
}

/** Takes `amount` off amounts that fall, the highest first, until they are level; each part is what one loses. */
function levelDown(amounts: readonly MinorUnits[], amount: MinorUnits): MinorUnits[] {
  let level = amounts.length
  for (let count = 1; count < amounts.length; count += 1) {
    const rest = sumMoney(amounts.slice(0, count)) - amount
    if (rest >= count * (amounts[count] ?? 0)) {
      level = count
      break
    }
  }
  const lowered = amounts.slice(0, level)
  const rest = allocate(
    sumMoney(lowered) - amount,
    lowered.map(() => 1),
  )
  return amounts.map((each, index) => (index < level ? each - (rest[index] ?? 0) : 0))
}

/** A line of the sale that is money and no goods: delivery, gift wrapping. */
export interface PaidCharge {
  saleLineId: number
  name: string
  paidAmount: MinorUnits
  refundedBefore: MinorUnits
}

/**
 * Gives a charge of the sale back, all that is left of it where no amount is named.
 *
 * Refuses a charge nothing was paid for or nothing is left of (`refunds.nothing_paid`) and an amount beyond it.
 */
export function giveBackCharge(charge: PaidCharge, amount: MinorUnits | null): MinorUnits {
  const left = Math.max(charge.paidAmount - charge.refundedBefore, 0)
  if (left === 0) refuse('refunds.nothing_paid', { name: charge.name })
  if (amount === null) return left
  requireWithin(charge.name, amount, left)
  return amount
}

function requireWithin(name: string, amount: MinorUnits, most: MinorUnits): void {
  if (amount <= 0) refuse('refunds.amount_not_positive', { name })
  if (amount > most) refuse('refunds.more_than_paid', { name })
}

function requireSold(line: RefundableLine, count: number): void {
  const { name } = line
  if (line.kind !== 'goods') refuse('refunds.not_goods', { name })
  if (count > line.units) refuse('refunds.more_than_sold', { name, units: line.units })
}

/** What is left of a unit's share after price differences. */
function worthOf(line: RefundableLine, unitNo: number): MinorUnits {
  const allowed = line.allowances.filter((each) => each.unitNo === unitNo)
  const share = shareOfUnit(line.paidAmount, line.units, unitNo)
  return Math.max(share - sumMoney(allowed.map((each) => each.amount)), 0)
}

/** What a line gave back so far. A price difference for a unit that came back later is part of neither twice. */
function givenBack(line: RefundableLine): MinorUnits {
  return sumMoney([...line.returned, ...line.allowances].map((each) => each.amount))
}

function sharesOf(whole: MinorUnits, units: number, unitNos: readonly number[]): MinorUnits {
  return sumMoney(unitNos.map((unitNo) => shareOfUnit(whole, units, unitNo)))
}

/** Goods in repair are somewhere else: they come back through their repair, or not before it is over. */
function refuseInRepair({ name, inRepair = [] }: RefundableLine, taken: readonly number[]): void {
  const held = inRepair.find(({ unitNo, leadsHere }) => !leadsHere && taken.includes(unitNo))
  if (held) refuse('refunds.unit_in_repair', { name, number: held.number })
}

/**
 * The unit numbers that are not back yet: first those whose repair leads to what is asked for, then the others, those in
 * any other repair last; lowest first.
 */
export function freeUnits(line: RefundableLine): number[] {
  const back = new Set(line.returned.map((each) => each.unitNo))
  const free = Array.from({ length: line.units }, (_, index) => index + 1).filter(
    (unitNo) => !back.has(unitNo),
  )
  const { inRepair = [] } = line
  if (inRepair.length === 0) return free
  const held = new Map(inRepair.map(({ unitNo, leadsHere }) => [unitNo, leadsHere ? 0 : 2]))
  return free.toSorted((a, b) => (held.get(a) ?? 1) - (held.get(b) ?? 1) || a - b)
}

/** Says who took the unit that is missing: the last return of the line. */
function refuseReturned(line: RefundableLine, asked: number, left: number): never {
  const last = line.returned.reduce<ReturnedUnit | null>(
    (latest, each) => (latest && latest.time >= each.time ? latest : each),
    null,
  )
  refuse('refunds.unit_already_returned', {
    name: line.name,
    asked,
    left,
    number: last?.number ?? '',
    place: [last?.place, last?.by].filter(Boolean).join(' · '),
    time: last?.time ?? '',
  })
}
