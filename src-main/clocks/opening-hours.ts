import type { BusinessDate } from '../foundation/business-date.ts'

/** Minutes after midnight at which a store opens and closes; past 1440 where it closes after midnight. */
export interface OpenSpan {
  opens: number
  closes: number
}

/** When a store is open: a week, and the days that differ from it. */
export interface OpeningHours {
  /** Monday first; null where closed. */
  weekdays: readonly (OpenSpan | null)[]
  days: readonly { date: BusinessDate; hours: OpenSpan | null; note: string }[]
}

/** 10:00 to 22:00 every day, as most department stores; the store changes it in its settings. */
export const usualHours: OpeningHours = {
  weekdays: Array.from({ length: 7 }, () => ({ opens: 600, closes: 1320 })),
  days: [],
}

const dayMinutes = 1440

/**
 * What is wrong with opening hours, if anything: a week without one open day never lets a clock run; a day that
 * closes after the next one opens would count minutes twice; a date given twice has two answers.
 */
export function flawOfHours({
  weekdays,
  days,
}: OpeningHours): 'never_open' | 'overlap' | 'day_twice' | null {
  if (weekdays.every((span) => span === null)) return 'never_open'
  if (new Set(days.map(({ date }) => date)).size < days.length) return 'day_twice'
  const spans = [...weekdays, ...days.map(({ hours }) => hours)].filter((span) => span !== null)
  const firstOpens = Math.min(...spans.map(({ opens }) => opens))
  return spans.some(({ closes }) => closes - dayMinutes > firstOpens) ? 'overlap' : null
}
