import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { addDays, addMonths, type BusinessDate, weekdayOf } from './business-date.ts'

/** Which days are public holidays and which are workdays; a store's country has one, or none that moves a term. */
export interface HolidayCalendar {
  isHoliday(date: BusinessDate): boolean
  isWorkday(date: BusinessDate): boolean
}

/** Days off and make-up workdays as the State Council announced them, by date; each year about two months ahead. */
const daysOff: ReadonlyMap<string, string> = new Map(Object.entries(published.holidays))
const workdays: ReadonlyMap<string, string> = new Map(Object.entries(published.workdays))
const publishedYears: ReadonlySet<string> = new Set(
  [...daysOff.keys()].map((date) => date.slice(0, 4)),
)

/**
 * China's public holidays. Where a year's arrangement is not announced yet, only the statutory days themselves count
 * (全国年节及纪念日放假办法): a term printed today may end years from now.
 */
export const chinaCalendar: HolidayCalendar = {
  isHoliday: (date) =>
    publishedYears.has(date.slice(0, 4)) ? daysOff.has(date) : isStatutoryHoliday(date),
  isWorkday: (date) =>
    workdays.has(date) || (!chinaCalendar.isHoliday(date) && weekdayOf(date) <= 5),
}

/**
 * Last day of a term, inclusive: the anniversary itself, and where that is a public holiday the next workday
 * (domain.md §1.1, §1.3). A plain weekend does not move it.
 */
export function endOfTerm(
  startsOn: BusinessDate,
  months: number,
  calendar: HolidayCalendar | null,
): BusinessDate {
  return moveOffHoliday(addMonths(startsOn, months), calendar)
}

/**
 * The day itself, or where it is a public holiday the next workday. A weekend that follows a holiday belongs to it,
 * so that a later last day never ends before an earlier one; a plain weekend moves nothing.
 */
export function moveOffHoliday(date: BusinessDate, calendar: HolidayCalendar | null): BusinessDate {
  if (!calendar || !isInHoliday(date, calendar)) return date
  let end = date
  while (!calendar.isWorkday(end)) end = addDays(end, 1)
  return end
}

/** The `count`th workday after a day; without a calendar Monday to Friday are workdays. */
export function addWorkdays(
  date: BusinessDate,
  count: number,
  calendar: HolidayCalendar | null,
): BusinessDate {
  let day = date
  for (let left = count; left > 0;) {
    day = addDays(day, 1)
    if (calendar ? calendar.isWorkday(day) : weekdayOf(day) <= 5) left -= 1
  }
  return day
}

/** No run of days off is longer. */
const longestRun = 31

function isInHoliday(date: BusinessDate, calendar: HolidayCalendar): boolean {
  for (let day = date, back = 0; back < longestRun; day = addDays(day, -1), back += 1) {
    if (calendar.isHoliday(day)) return true
    if (calendar.isWorkday(day)) return false
  }
  return false
}

/** The calendar that moves the last day of a term; outside China none does. */
export function holidaysOf(currency: string): HolidayCalendar | null {
  return currency === 'CNY' ? chinaCalendar : null
}

const fixedDays: ReadonlySet<string> = new Set([
  '01-01',
  '05-01',
  '05-02',
  '10-01',
  '10-02',
  '10-03',
])

/** First to third day of the first month, Dragon Boat and Mid-Autumn, as month/day of the Chinese calendar. */
const lunarDays: ReadonlySet<string> = new Set(['1/1', '1/2', '1/3', '5/5', '8/15'])

function isStatutoryHoliday(date: string): boolean {
  return (
    fixedDays.has(date.slice(5)) ||
    date === clearAndBright(Number(date.slice(0, 4))) ||
    lunarDays.has(lunarDay(date)) ||
    lunarDay(addDays(date, 1)) === '1/1'
  )
}

/** 清明 by the rule of thumb that holds for 2000–2099. */
function clearAndBright(year: number): string {
  const ofCentury = year % 100
  const day = Math.floor(ofCentury * 0.2422 + 4.81) - Math.floor(ofCentury / 4)
  return `${year}-04-0${day}`
}

const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
})

/** `8/15`; a leap month reads `5bis/5` and is no festival. */
function lunarDay(date: string): string {
  const parts = lunar.formatToParts(new Date(`${date}T12:00:00Z`))
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('month')}/${part('day')}`
}
