import {
  addDays,
  addMonths,
  type BusinessDate,
  daysBetween,
} from '../../foundation/business-date.ts'
import { leastForPercent, percentOf, type Share } from '../../foundation/share.ts'
import type { Cell, CellKind, Change, Dimension, ReportParams } from './contract.ts'

/** First and last business day, both counted. */
export interface Period {
  from: BusinessDate
  to: BusinessDate
}

/** The longest period a report is made of; years. */
export const mostYears = 10

/** What is wrong with a period, if anything. */
export function flawOfPeriod(
  { from, to }: Period,
  today: BusinessDate,
): 'backwards' | 'in_future' | 'too_long' | null {
  if (from > to) return 'backwards'
  if (to > today) return 'in_future'
  return addMonths(from, mostYears * 12) <= to ? 'too_long' : null
}

/** The period a report is held against; whole months are held against whole months. */
export function comparedPeriod(
  { from, to }: Period,
  compareWith: NonNullable<ReportParams['compareWith']>,
): Period {
  if (compareWith.kind === 'custom') return { from: compareWith.from, to: compareWith.to }
  const months = wholeMonths({ from, to })
  if (compareWith.kind === 'year_before') {
    if (months > 0) return shiftMonths({ from, to }, -12)
    return { from: addMonths(from, -12), to: addMonths(to, -12) }
  }
  if (months > 0) return shiftMonths({ from, to }, -months)
  const days = daysBetween(from, to) + 1
  return { from: addDays(from, -days), to: addDays(from, -1) }
}

/** From the first of a month to the last of one: so many months; 0 for anything else. */
function wholeMonths({ from, to }: Period): number {
  const next = addDays(to, 1)
  if (!from.endsWith('-01') || !next.endsWith('-01')) return 0
  return monthNumber(next) - monthNumber(from)
}

function monthNumber(date: BusinessDate): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))
}

function shiftMonths({ from, to }: Period, months: number): Period {
  return { from: addMonths(from, months), to: addDays(addMonths(addDays(to, 1), months), -1) }
}

const timeKeys = {
  day: (date: BusinessDate) => date,
  month: (date: BusinessDate) => date.slice(0, 7),
  quarter: (date: BusinessDate) =>
    `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`,
} as const

/** Dimensions that are stretches of time: their rows follow each other without a gap. */
export function isTime(by: Dimension): by is keyof typeof timeKeys {
  return by in timeKeys
}

/** The stretch of time a business day belongs to: the day, `2026-11` or `2026-Q4`. */
export function timeKey(by: keyof typeof timeKeys, date: BusinessDate): string {
  return timeKeys[by](date)
}

/** Every stretch of a period in order, those without anything too. */
export function stretchesIn(by: keyof typeof timeKeys, { from, to }: Period): string[] {
  const keys: string[] = []
  for (let day = from; day <= to; day = nextStart(by, day)) keys.push(timeKey(by, day))
  return keys
}

function nextStart(by: keyof typeof timeKeys, day: BusinessDate): BusinessDate {
  if (by === 'day') return addDays(day, 1)
  const first = `${day.slice(0, 7)}-01`
  if (by === 'month') return addMonths(first, 1)
  return addMonths(first, 3 - ((Number(day.slice(5, 7)) - 1) % 3))
}

/** How a counter is named: with its floor, as two floors may have one of the same name. */
export function placeName(floor: string, counter: string): string {
  return [floor, counter].filter(Boolean).join(' ')
}

/**
 * What became of a figure: the difference, and a percentage only where enough stood behind it before. `behind` is the
 * count that an amount rests on.
 */
export function changeOf(
  kind: CellKind,
  { now, before, behind }: { now: Cell; before: Cell; behind: number },
): Change {
  if (isShare(now) && isShare(before)) {
    const [is, was] = [percentOf(now), percentOf(before)]
    return { by: is === null || was === null ? null : is - was, percent: null }
  }
  if (typeof now !== 'number' || typeof before !== 'number') return { by: null, percent: null }
  const by = now - before
  const rests = kind === 'count' ? before : behind
  const mayTell = (kind === 'count' || kind === 'money') && before > 0 && rests >= leastForPercent
  return { by, percent: mayTell ? Math.round((by / before) * 100) : null }
}

function isShare(cell: Cell): cell is Share {
  return typeof cell === 'object' && cell !== null
}
