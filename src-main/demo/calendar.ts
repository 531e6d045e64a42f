import {
  addDays,
  type BusinessDate,
  businessDateOf,
  instantOfLocal,
  localTime,
} from '../foundation/business-date.ts'

export const businessDay = { timeZone: 'Asia/Shanghai', cutoffMinutes: 240 }

/** The demo store's last two weeks, counted back from now. */
export class DemoCalendar {
  readonly now: Date
  readonly today: BusinessDate

  constructor(now: Date) {
    this.now = now
    this.today = businessDateOf(now, businessDay)
  }

  /** Minutes of today's calendar day that are over; all of them after midnight, before the day turns. */
  get minutesOver(): number {
    const local = localTime(this.now, businessDay.timeZone)
    if (!local.startsWith(this.today)) return 24 * 60 - 1
    return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16))
  }

  date(daysAgo: number): BusinessDate {
    return addDays(this.today, -daysAgo)
  }

  /** The moment `daysAgo` at a clock time; today, at a share of the business day that is over, never in the future. */
  moment(daysAgo: number, at: string | number): Date {
    if (typeof at === 'string') return this.#local(this.date(daysAgo), at)
    const start = this.#local(this.today, '04:00').getTime()
    return new Date(Math.floor(start + (this.now.getTime() - start) * at))
  }

  #local(date: BusinessDate, clock: string): Date {
    return instantOfLocal(`${date}T${clock}:00`, businessDay.timeZone)
  }
}
