import { refuse } from '../foundation/errors.ts'
import { allocate, type MinorUnits, shareOfUnit, sumMoney } from '../foundation/money.ts'

/** A unit that is back in the store, at this desk or at a till, and the amount that was paid out for it. */
export interface ReturnedUnit {
  unitNo: number
  amount: MinorUnits
  /** The slip of the desk, or the return receipt of the till, and where and when it was written. */
  number: string
  place: string
  time: string
}

/** What the sale says about a line that comes back. */
export interface RefundableLine {
  id: number
  kind: string
  name: string
  units: number
  paidAmount: MinorUnits
  returned: readonly ReturnedUnit[]
}

/** Units of one line that come back, and what they were paid for. */
export interface LineReturn {
  units: { unitNo: number; amount: MinorUnits }[]
  amount: MinorUnits
  returnedBefore: MinorUnits
}

/**
 * Takes `count` units of a line back: the free ones with the lowest numbers, at what was paid for them
 * (domain.md §5.4). A unit's share depends on nothing but paid, units and its number, so whatever the order of
 * returns, all units together give back exactly what was paid. Where a till gave back more than a unit's share, the
 * rest is what is left: never more than paid.
 *
 * Refuses what is not goods (`refunds.not_goods`), more units than were sold (`refunds.more_than_sold`) and units
 * that are back already (`refunds.unit_already_returned`).
 */
export function takeUnits(line: RefundableLine, count: number): LineReturn {
  const { name } = line
  if (line.kind !== 'goods') refuse('refunds.not_goods', { name })
  if (count > line.units) refuse('refunds.more_than_sold', { name, units: line.units })
  const free = freeUnits(line, count)
  if (free.length < count) refuseReturned(line, count)
  const returnedBefore = sumMoney(line.returned.map((each) => each.amount))
  let left = Math.max(line.paidAmount - returnedBefore, 0)
  const units = free.map((unitNo) => {
    const share = Math.max(shareOfUnit(line.paidAmount, line.units, unitNo), 0)
    const amount = Math.min(share, left)
    left -= amount
    return { unitNo, amount }
  })
  return { units, amount: sumMoney(units.map((unit) => unit.amount)), returnedBefore }
}

/** The `count` lowest unit numbers that are not back yet, or as many as there are. */
function freeUnits(line: RefundableLine, count: number): number[] {
  const back = new Set(line.returned.map((each) => each.unitNo))
  const free: number[] = []
  for (let unitNo = 1; unitNo <= line.units && free.length < count; unitNo += 1) {
    if (!back.has(unitNo)) free.push(unitNo)
  }
  return free
}

/** Says who took the unit that is missing: the last return of the line. */
function refuseReturned(line: RefundableLine, count: number): never {
  const last = line.returned.reduce((latest, each) => (each.time > latest.time ? each : latest))
  refuse('refunds.unit_already_returned', {
    name: line.name,
    asked: count,
    left: line.units - line.returned.length,
    number: last.number,
    place: last.place,
    time: last.time,
  })
}

/** One way a sale was paid and what went back that way before. */
export interface PaidTender<Kind extends string = string> {
  /** Null for the part of the sale no tender in the file covers. */
  tenderId: number | null
  kind: Kind
  label: string
  paid: MinorUnits
  refundedBefore: MinorUnits
}

export interface TenderShare<Kind extends string = string> {
  tenderId: number | null
  kind: Kind
  label: string
  amount: MinorUnits
}

/**
 * Splits a refund back the way the sale was paid: in proportion to what is left of each tender, by largest remainder,
 * never more than that tender paid (domain.md §5.4). What no tender covers goes to `uncovered`.
 */
export function splitOverTenders<Kind extends string>(
  amount: MinorUnits,
  tenders: readonly PaidTender<Kind>[],
  uncovered: { kind: Kind; label: string },
): TenderShare<Kind>[] {
  const left = tenders.map((tender) => Math.max(tender.paid - tender.refundedBefore, 0))
  const covered = Math.min(amount, sumMoney(left))
  const shares = covered > 0 ? allocate(covered, left) : left.map(() => 0)
  const split: TenderShare<Kind>[] = tenders.map((tender, index) => ({
    tenderId: tender.tenderId,
    kind: tender.kind,
    label: tender.label,
    amount: shares[index] ?? 0,
  }))
  split.push({ tenderId: null, ...uncovered, amount: amount - covered })
  return joinUncovered(split.filter((share) => share.amount > 0))
}

/** One row for what no tender covers, whichever way it arose. */
function joinUncovered<Kind extends string>(split: TenderShare<Kind>[]): TenderShare<Kind>[] {
  const uncovered = split.filter((share) => share.tenderId === null)
  const first = uncovered[0]
  if (!first || uncovered.length === 1) return split
  const amount = sumMoney(uncovered.map((share) => share.amount))
  return [...split.filter((share) => share.tenderId !== null), { ...first, amount }]
}
