import {
  addDays,
  type BusinessDate,
  type BusinessDay,
  instantOfLocal,
} from '../foundation/business-date.ts'
import { compareFloors } from '../foundation/floors.ts'
import { sumMoney } from '../foundation/money.ts'

/** The two ends of a business day: instants, UTC ISO; `until` is the first one of the next day. */
export interface DaySpan {
  businessDate: BusinessDate
  from: string
  until: string
}

/** The instants between which a store's clocks count a business date. */
export function spanOf(
  businessDate: BusinessDate,
  { timeZone, cutoffMinutes }: BusinessDay,
): DaySpan {
  const pad = (part: number) => String(part).padStart(2, '0')
  const clock = `${pad(Math.floor(cutoffMinutes / 60))}:${pad(cutoffMinutes % 60)}:00`
  const turn = (date: BusinessDate) => instantOfLocal(`${date}T${clock}`, timeZone).toISOString()
  return { businessDate, from: turn(businessDate), until: turn(addDays(businessDate, 1)) }
}

/** A complaint recorded on the day, as it stood at the day's end. */
export interface ReportedComplaint<Class extends string = string> {
  class: Class
  floor: string
  open: boolean
  solvedOnSpot: boolean
  satisfied: boolean | null
}

export interface ComplaintTotals {
  received: number
  solvedOnSpot: number
  closedSameDay: number
  satisfied: number
  dissatisfied: number
  notAsked: number
}

/** Counts the day's complaints; received = closed the same day + still open. */
export function totalComplaints(complaints: readonly ReportedComplaint[]): ComplaintTotals {
  const closed = complaints.filter((each) => !each.open)
  const said = (answer: boolean | null) => closed.filter((each) => each.satisfied === answer).length
  return {
    received: complaints.length,
    solvedOnSpot: complaints.filter((each) => each.solvedOnSpot).length,
    closedSameDay: closed.length,
    satisfied: said(true),
    dissatisfied: said(false),
    notAsked: said(null),
  }
}

export interface ClassCount<Class extends string> {
  class: Class
  count: number
}

/** How many complaints each class got, in the order of `classes`, those without any left out. */
export function countByClass<Class extends string>(
  complaints: readonly ReportedComplaint<Class>[],
  classes: readonly Class[],
): ClassCount<Class>[] {
  return classes
    .map((each) => ({
      class: each,
      count: complaints.filter((complaint) => complaint.class === each).length,
    }))
    .filter((row) => row.count > 0)
}

export interface FloorCount<Class extends string> {
  floor: string
  total: number
  counts: ClassCount<Class>[]
}

/** The same by floor: floors in the order of their names (2F before 10F), "not stated" last. */
export function countByFloor<Class extends string>(
  complaints: readonly ReportedComplaint<Class>[],
  classes: readonly Class[],
): FloorCount<Class>[] {
  const floors = [...new Set(complaints.map((each) => each.floor))].sort(compareFloors)
  return floors.map((floor) => {
    const here = complaints.filter((each) => each.floor === floor)
    return { floor, total: here.length, counts: countByClass(here, classes) }
  })
}

/** When a promise was given, until when, and what became of it. */
export interface PromiseLife {
  dueAt: string
  dueOn: BusinessDate
  createdAt: string
  state: 'open' | 'kept' | 'broken'
  settledAt: string | null
}

/** True while nobody had settled the promise by the end of the day. */
export function wasOpen(promise: PromiseLife, day: DaySpan): boolean {
  return (
    promise.createdAt < day.until && (promise.settledAt === null || promise.settledAt >= day.until)
  )
}

/**
 * True for a promise due by the end of the day and not kept by then. A broken one stops counting on the day after it
 * was settled: it was told once, on the day it was owned up to.
 */
export function wasOverdue(promise: PromiseLife, day: DaySpan): boolean {
  if (promise.dueOn > day.businessDate || promise.createdAt >= day.until) return false
  if (wasOpen(promise, day)) return promise.dueAt < day.until
  return promise.state === 'broken' && (promise.settledAt ?? '') >= day.from
}

/** Promises due on the next business day first, each group by its time. */
export function comparePromises(
  a: { dueOn: BusinessDate; dueAt: string },
  b: { dueOn: BusinessDate; dueAt: string },
  businessDate: BusinessDate,
): number {
  const tomorrow = addDays(businessDate, 1)
  const rank = (promise: { dueOn: BusinessDate }) => (promise.dueOn === tomorrow ? 0 : 1)
  return rank(a) - rank(b) || a.dueAt.localeCompare(b.dueAt)
}

/** Number and amount of the refunds that stand, and of price adjustments, where no goods came back; minor units. */
export function totalRefunds(
  slips: readonly { kind: 'return' | 'price_adjustment'; amount: number }[],
): {
  refunds: number
  refundAmount: number
  priceAdjustments: number
  priceAdjustmentAmount: number
} {
  const amounts = (kind: 'return' | 'price_adjustment') =>
    slips.filter((each) => each.kind === kind).map((each) => each.amount)
  const [returns, adjustments] = [amounts('return'), amounts('price_adjustment')]
  return {
    refunds: returns.length,
    refundAmount: sumMoney(returns),
    priceAdjustments: adjustments.length,
    priceAdjustmentAmount: sumMoney(adjustments),
  }
}
