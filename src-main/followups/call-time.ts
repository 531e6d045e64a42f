import type { StoreTime } from '../clocks/index.ts'
import {
  addDays,
  type BusinessDate,
  instantOfLocal,
  localTime,
} from '../foundation/business-date.ts'

/** Between which minutes of the day customers are called, and whether on public holidays. */
export interface CallHours {
  from: number
  until: number
  onHolidays: boolean
}

export const dayParts = ['morning', 'afternoon', 'evening'] as const
export type DayPart = (typeof dayParts)[number]

/** Minutes after midnight at which each part of the day begins. */
const partBegins: Record<DayPart, number> = { morning: 0, afternoon: 12 * 60, evening: 17 * 60 }
const partEnds: Record<DayPart, number> = { morning: 12 * 60, afternoon: 17 * 60, evening: 1440 }

/** Days looked ahead for another time of day; after that any time will do. */
const daysForPart = 7
/** A store that is closed longer calls in its call hours all the same, and never in quiet ones. */
const longestClosed = 60

const minute = 60_000

/** When customers may be called: in store hours, never in quiet hours, never on a holiday. Instants in milliseconds. */
export interface CallTime {
  isCallable(at: number): boolean
  /** The first instant not before `at` at which a customer may be called. */
  next(at: number): number
  /** The same, in one of these parts of the day where one comes within a week. */
  nextIn(at: number, parts: readonly DayPart[]): number
  /** When a step is due: so many days of the calendar after `start`, as soon as customers may be called. */
  dueAfter(start: number, days: number): number
  /** The first instant of a date, or of one after it, at which customers may be called. */
  onDate(date: BusinessDate): number
  partOf(at: number): DayPart
}

interface Window {
  from: number
  to: number
}

export function createCallTime(
  time: StoreTime,
  hours: CallHours,
  isHoliday: (date: BusinessDate) => boolean,
): CallTime {
  const at = (date: BusinessDate, minutes: number): number => {
    const day = addDays(date, Math.floor(minutes / 1440))
    const rest = minutes % 1440
    const clock = `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`
    return instantOfLocal(`${day}T${clock}:00`, time.timeZone).getTime()
  }

  const minutesOf = (instant: number): number => {
    const local = localTime(new Date(instant), time.timeZone)
    return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16))
  }

  /** The end of calling hours; where a clock put forward skips it, no later than the skip. */
  const endAt = (date: BusinessDate, minutes: number): number => {
    const end = at(date, minutes)
    const skipped = minutesOf(end) - (minutes % 1440)
    return skipped > 0 ? end - skipped * minute : end
  }

  /** When customers may be called on a date; null on days they are not. */
  const windowOf = (
    date: BusinessDate,
    from: number,
    to: number,
    isClosedToo: boolean,
  ): Window | null => {
    if (!hours.onHolidays && isHoliday(date)) return null
    const open = time.hoursOf(date)
    if (!open && !isClosedToo) return null
    const quietEnds = at(date, Math.max(hours.from, from))
    const quietBegins = endAt(date, Math.min(hours.until, to))
    const window = {
      from: open && !isClosedToo ? Math.max(open.from, quietEnds) : quietEnds,
      to: open && !isClosedToo ? Math.min(open.to, quietBegins) : quietBegins,
    }
    return window.from < window.to ? window : null
  }

  const search = (
    from: number,
    days: number,
    part: { from: number; to: number },
    isClosedToo = false,
  ): number | null => {
    let date = time.dateOf(from)
    for (let left = days; left > 0; left -= 1) {
      const window = windowOf(date, part.from, part.to, isClosedToo)
      if (window && from < window.to) return Math.max(from, window.from)
      date = addDays(date, 1)
    }
    return null
  }

  const wholeDay = { from: 0, to: 1440 }
  const next = (from: number): number => {
    const found =
      search(from, longestClosed, wholeDay) ?? search(from, longestClosed, wholeDay, true)
    if (found === null) throw new Error('no hour of the year to call anybody')
    return found
  }

  const partOf = (instant: number): DayPart => {
    const minutes = minutesOf(instant)
    return dayParts.findLast((part) => minutes >= partBegins[part]) ?? 'morning'
  }

  return {
    isCallable: (instant) => next(instant) === instant,
    next,
    nextIn: (from, parts) => {
      const found = parts
        .map((part) => search(from, daysForPart, { from: partBegins[part], to: partEnds[part] }))
        .filter((instant) => instant !== null)
      return found.length > 0 ? Math.min(...found) : next(from)
    },
    dueAfter: (start, days) => {
      const date = addDays(time.dateOf(start), days)
      return next(Math.max(start, at(date, 0)))
    },
    onDate: (date) => next(at(date, 0)),
    partOf,
  }
}

/**
 * When to try again after nobody answered: so many minutes later, and where the rule says so at a time of day that was
 * tried least. `tried` are the instants of the tries so far, this one last.
 */
export function nextTry(
  time: CallTime,
  tried: readonly number[],
  retry: { minutesBetween: number; otherTimeOfDay: boolean },
): number {
  const last = tried.at(-1) ?? 0
  const from = last + retry.minutesBetween * minute
  if (!retry.otherTimeOfDay) return time.next(from)
  const count = (part: DayPart) => tried.filter((at) => time.partOf(at) === part).length
  const others = dayParts.filter((part) => part !== time.partOf(last))
  const fewest = Math.min(...others.map(count))
  return time.nextIn(
    from,
    others.filter((part) => count(part) === fewest),
  )
}
