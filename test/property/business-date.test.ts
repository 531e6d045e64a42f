import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  businessDateOf,
  dayNumber,
  daysBetween,
  fromDayNumber,
  instantOfLocal,
  localTime,
} from '../../src-main/foundation/business-date.ts'

const date = fc.integer({ min: 0, max: 40_000 }).map(fromDayNumber)
const zone = fc.constantFrom(
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'UTC',
)
const instant = fc
  .integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2037, 0, 1) })
  .map((ms) => new Date(ms))

describe('business dates', () => {
  it('count days there and back', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -4_000, max: 4_000 }), (start, days) => {
        expect(daysBetween(start, addDays(start, days))).toBe(days)
      }),
    )
  })

  it('a month later is a later day of the right month, never beyond its end', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 600 }), (start, months) => {
        const end = addMonths(start, months)
        const index = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
        expect(index(end) - index(start)).toBe(months)
        expect(Number(end.slice(8))).toBeLessThanOrEqual(Number(start.slice(8)))
        expect(dayNumber(end)).toBeGreaterThan(dayNumber(start))
      }),
    )
  })

  it('never go backwards with time', () => {
    fc.assert(
      fc.property(
        instant,
        fc.nat(200_000_000),
        zone,
        fc.nat(1_439),
        (at, later, timeZone, cutoffMinutes) => {
          const day = { timeZone, cutoffMinutes }
          const first = businessDateOf(at, day)
          expect(businessDateOf(new Date(at.getTime() + later), day) >= first).toBe(true)
        },
      ),
    )
  })

  it('a wall clock names an instant that shows it again', () => {
    fc.assert(
      fc.property(instant, zone, (at, timeZone) => {
        const shown = localTime(at, timeZone)
        expect(localTime(instantOfLocal(shown, timeZone), timeZone)).toBe(shown)
      }),
    )
  })
})
