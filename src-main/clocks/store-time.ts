import {
  addDays,
  type BusinessDate,
  instantOfLocal,
  localTime,
  weekdayOf,
} from '../foundation/business-date.ts'
import type { HolidayCalendar } from '../foundation/holidays.ts'
import type { OpeningHours } from './opening-hours.ts'

/** One day of a store, in milliseconds since 1970. */
export interface OpenDay {
  date: BusinessDate
  from: number
  to: number
}

/** A stretch of time, in milliseconds since 1970; an open end is written as the time it is now. */
export interface Stretch {
  from: number
  to: number
}

/**
 * The time of a store: when it is open, which days are workdays, and where its midnights are. Everything is derived
 * from opening hours, zone and calendar; nothing here knows what time it is.
 */
export interface StoreTime {
  timeZone: string
  /** The store's day that an instant falls in, or the next one where it is closed. */
  dayAt(instant: number): OpenDay
  /** The next day the store is open after one of its days. */
  nextDay(date: BusinessDate): OpenDay
  /** The store's hours of a date; null where it is closed. */
  hoursOf(date: BusinessDate): OpenDay | null
  isOpen(instant: number): boolean
  /** A workday of the country's calendar: 调休 counts, weekends and public holidays do not. */
  isWorkday(date: BusinessDate): boolean
  /** A day that counts as a workday of the store: in one that opens at weekends only, every day it is open. */
  isStoreWorkday(date: BusinessDate): boolean
  /** Calendar date of an instant. */
  dateOf(instant: number): BusinessDate
  /** The instant a calendar date ends. */
  endOfDate(date: BusinessDate): number
  /** Open milliseconds between two instants; 0 where the second is not after the first. */
  openBetween(from: number, to: number): number
  /** The instant after so many open milliseconds; with none, the next instant the store is open. */
  addOpen(from: number, milliseconds: number): number
  /** The latest instant from which so many open milliseconds are left until `to`. */
  subtractOpen(to: number, milliseconds: number): number
}

/** Dates and their ends that are not reckoned twice: of a few years, by the quarter of an hour. */
const mostRemembered = 200_000

export function createStoreTime(
  hours: OpeningHours,
  timeZone: string,
  calendar: HolidayCalendar | null,
): StoreTime {
  const special = new Map(hours.days.map((day) => [day.date, day.hours]))
  const known = new Map<BusinessDate, OpenDay | null>()

  const at = (date: BusinessDate, minutes: number): number => {
    const day = addDays(date, Math.floor(minutes / 1440))
    const rest = minutes % 1440
    const time = `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`
    return instantOfLocal(`${day}T${time}:00`, timeZone).getTime()
  }

  const isWorkday = (date: BusinessDate): boolean =>
    calendar ? calendar.isWorkday(date) : weekdayOf(date) <= 5
  const opensInTheWeek = hours.weekdays.slice(0, 5).some((span) => span !== null)

  const hoursOf = (date: BusinessDate): OpenDay | null => {
    let day = known.get(date)
    if (day === undefined) {
      const span = special.has(date) ? special.get(date) : hours.weekdays[weekdayOf(date) - 1]
      const found = span ? { date, from: at(date, span.opens), to: at(date, span.closes) } : null
      // A daylight saving jump can swallow a short day whole.
      day = found && found.to > found.from ? found : null
      known.set(date, day)
    }
    return day
  }

  // Zones differ by whole quarters of an hour, so that all of one quarter have the same date.
  const dates = new Map<number, BusinessDate>()
  const dateOf = (instant: number): BusinessDate => {
    const quarter = Math.floor(instant / 900_000)
    let date = dates.get(quarter)
    if (date === undefined) {
      if (dates.size >= mostRemembered) dates.clear()
      date = localTime(new Date(quarter * 900_000), timeZone).slice(0, 10)
      dates.set(quarter, date)
    }
    return date
  }
  const ends = new Map<BusinessDate, number>()
  const endOfDate = (date: BusinessDate): number => {
    let end = ends.get(date)
    if (end === undefined) {
      if (ends.size >= mostRemembered) ends.clear()
      end = at(addDays(date, 1), 0)
      ends.set(date, end)
    }
    return end
  }

  const nextDay = (date: BusinessDate): OpenDay => {
    for (let next = addDays(date, 1); ; next = addDays(next, 1)) {
      const day = hoursOf(next)
      if (day) return day
    }
  }

  const dayBefore = (date: BusinessDate): OpenDay => {
    for (let before = addDays(date, -1); ; before = addDays(before, -1)) {
      const day = hoursOf(before)
      if (day) return day
    }
  }

  const dayAt = (instant: number): OpenDay => {
    // Yesterday's hours may reach past midnight.
    let day = nextDay(addDays(dateOf(instant), -2))
    while (day.to <= instant) day = nextDay(day.date)
    return day
  }

  return {
    timeZone,
    dayAt,
    nextDay,
    hoursOf,
    dateOf,
    isOpen: (instant) => dayAt(instant).from <= instant,
    isWorkday,
    isStoreWorkday: (date) => !opensInTheWeek || isWorkday(date),
    endOfDate,
    openBetween: (from, to) => {
      let open = 0
      if (to <= from) return open
      for (let day = dayAt(from); day.from < to; day = nextDay(day.date)) {
        open += Math.min(day.to, to) - Math.max(day.from, from)
      }
      return open
    },
    addOpen: (from, milliseconds) => {
      let day = dayAt(from)
      let start = Math.max(day.from, from)
      let left = milliseconds
      while (day.to - start < left) {
        left -= day.to - start
        day = nextDay(day.date)
        start = day.from
      }
      return start + left
    },
    subtractOpen: (to, milliseconds) => {
      let day = dayAt(to)
      if (day.from >= to) day = dayBefore(day.date)
      let end = Math.min(day.to, to)
      let left = milliseconds
      while (end - day.from < left) {
        left -= end - day.from
        day = dayBefore(day.date)
        end = day.to
      }
      return end - left
    },
  }
}
