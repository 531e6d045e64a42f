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

const dayLength = 86_400_000

/** True for a real calendar date written `YYYY-MM-DD`: 2025-02-29 is not one. */
export function isBusinessDate(text: string): text is BusinessDate {
  return !Number.isNaN(parseDay(text))
}

/** Days since 1970-01-01 of a business date. */
export function dayNumber(date: BusinessDate): number {
  const day = parseDay(date)
  if (Number.isNaN(day)) throw new RangeError(`not a date: ${date}`)
  return day
}

/** Days since 1970-01-01, or NaN for what is no date. The engine of rights counts days a lot: no Date objects here. */
function parseDay(text: string): number {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return Number.NaN
  const year = parseDigits(text, 0, 4)
  const month = parseDigits(text, 5, 7)
  const day = parseDigits(text, 8, 10)
  const isDate = year >= 100 && month >= 1 && month <= 12 && day >= 1
  return isDate && day <= daysOfMonth(year, month) ? countDays(year, month, day) : Number.NaN
}

function parseDigits(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Years begin in March here, so that the leap day is the last of its year. */
function countDays(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year
  const century = Math.floor(marchYear / 100)
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  return (
    marchYear * 365 + Math.floor(marchYear / 4) - century + (century >> 2) + dayOfYear - 719_468
  )
}

export function fromDayNumber(day: number): BusinessDate {
  const fromMarch0 = day + 719_468
  const era = Math.floor(fromMarch0 / 146_097)
  const dayOfEra = fromMarch0 - era * 146_097
  const leapDays =
    Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  if (!(year >= 100 && year <= 9_999)) throw new RangeError(`no business date: day ${day}`)
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  return `${year < 1_000 ? '0' : ''}${year}-${twoDigits[month]}-${twoDigits[dayOfMonth]}`
}

const twoDigits = Array.from({ length: 32 }, (_, value) => String(value).padStart(2, '0'))

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
  const index = parseDigits(date, 0, 4) * 12 + parseDigits(date, 5, 7) - 1 + months
  const year = Math.floor(index / 12)
  const month = index - year * 12 + 1
  const day = Math.min(parseDigits(date, 8, 10), daysOfMonth(year, month))
  return fromDayNumber(countDays(year, month, day))
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
