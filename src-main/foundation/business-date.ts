/**
 * Business dates are `YYYY-MM-DD` strings in the store's own calendar: a sale at 01:30 belongs to the day before
 * when the store's business day ends at 04:00. Instants are UTC ISO strings. Rules compute on business dates only
 * (domain.md §1.3), so no rule depends on a time zone.
 */
export type BusinessDate = string

/** How a store cuts its days: an IANA time zone and the minutes after midnight at which the business day turns. */
export interface BusinessDay {
  timeZone: string
  cutoffMinutes: number
}

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/
const dayLength = 86_400_000

/** True for a real calendar date written `YYYY-MM-DD`: 2025-02-29 is not one. */
export function isBusinessDate(text: string): text is BusinessDate {
  const match = datePattern.exec(text)
  if (!match) return false
  const day = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])))
  return day.toISOString().slice(0, 10) === text
}

/** Days since 1970-01-01 of a business date. */
export function dayNumber(date: BusinessDate): number {
  if (!isBusinessDate(date)) throw new RangeError(`not a date: ${date}`)
  return Date.parse(`${date}T00:00:00Z`) / dayLength
}

export function fromDayNumber(day: number): BusinessDate {
  return new Date(day * dayLength).toISOString().slice(0, 10)
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: BusinessDate, to: BusinessDate): number {
  return dayNumber(to) - dayNumber(from)
}

export function addDays(date: BusinessDate, days: number): BusinessDate {
  return fromDayNumber(dayNumber(date) + days)
}

/**
 * The same day `months` later; a day the month does not have becomes its last day (01-31 + 1 month = 02-28/29).
 * A warranty of one year from 1995-12-01 ends on 1996-12-01 inclusive (domain.md §1.1).
 */
export function addMonths(date: BusinessDate, months: number): BusinessDate {
  if (!isBusinessDate(date)) throw new RangeError(`not a date: ${date}`)
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const index = year * 12 + (month - 1) + months
  const lastDay = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate()
  return fromDayNumber(
    Date.UTC(Math.floor(index / 12), index % 12, Math.min(day, lastDay)) / dayLength,
  )
}

/** ISO weekday: 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: BusinessDate): number {
  return ((dayNumber(date) + 3) % 7) + 1
}

/** The business date an instant falls on in a store. */
export function businessDateOf(instant: Date, day: BusinessDay): BusinessDate {
  const shifted = new Date(instant.getTime() - day.cutoffMinutes * 60_000)
  return localParts(shifted, day.timeZone).slice(0, 10)
}

/** Wall-clock time of an instant in a zone, as `YYYY-MM-DDTHH:mm:ss`. */
export function localTime(instant: Date, timeZone: string): string {
  return localParts(instant, timeZone)
}

/**
 * The instant at which a wall clock in `timeZone` shows `local` (`YYYY-MM-DDTHH:mm:ss[.SSS]`). A time skipped by
 * daylight saving maps to the instant the clock would have reached; a repeated one to the earlier instant.
 */
export function instantOfLocal(local: string, timeZone: string): Date {
  const asUtc = Date.parse(`${local}Z`)
  if (Number.isNaN(asUtc)) throw new RangeError(`not a local time: ${local}`)
  const before = asUtc - offsetAt(asUtc - dayLength / 2, timeZone)
  const after = asUtc - offsetAt(asUtc + dayLength / 2, timeZone)
  for (const candidate of [Math.min(before, after), Math.max(before, after)]) {
    if (candidate + offsetAt(candidate, timeZone) === asUtc) return new Date(candidate)
  }
  return new Date(before)
}

/** True when the runtime knows the IANA zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    zoneFormat(timeZone)
    return true
  } catch {
    return false
  }
}

function offsetAt(instant: number, timeZone: string): number {
  const seconds = Math.floor(instant / 1000) * 1000
  return Date.parse(`${localParts(new Date(seconds), timeZone)}Z`) - seconds
}

function localParts(instant: Date, timeZone: string): string {
  const parts = zoneFormat(timeZone).formatToParts(instant)
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>()

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  let format = zoneFormats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    zoneFormats.set(timeZone, format)
  }
  return format
}
