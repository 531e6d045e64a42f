import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  businessDateOf,
  daysBetween,
  instantOfLocal,
  isBusinessDate,
  isTimeZone,
  localTime,
  weekdayOf,
} from '../../src-main/foundation/business-date.ts'

const shanghai = { timeZone: 'Asia/Shanghai', cutoffMinutes: 240 }

describe('a business date', () => {
  it.each([
    ['2024-02-29', true],
    ['2025-02-29', false],
    ['2025-2-9', false],
    ['2025-13-01', false],
    ['2025-04-31', false],
    ['', false],
  ])('%s: %s', (text, valid) => {
    expect(isBusinessDate(text)).toBe(valid)
  })

  it('turns at the cut-off of the store, not at midnight and not in UTC', () => {
    const dateAt = (instant: string) => businessDateOf(new Date(instant), shanghai)
    expect(dateAt('2026-11-20T19:59:59.999Z')).toBe('2026-11-20')
    expect(dateAt('2026-11-20T20:00:00.000Z')).toBe('2026-11-21')
    expect(dateAt('2026-11-21T15:59:59.000Z')).toBe('2026-11-21')
    expect(
      businessDateOf(new Date('2026-11-20T16:00:00Z'), { ...shanghai, cutoffMinutes: 0 }),
    ).toBe('2026-11-21')
  })

  it('counts days and weekdays', () => {
    expect(daysBetween('2026-02-27', '2026-03-01')).toBe(2)
    expect(daysBetween('2026-03-01', '2026-02-27')).toBe(-2)
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(weekdayOf('2026-11-21')).toBe(6)
    expect(weekdayOf('1970-01-01')).toBe(4)
  })
})

describe('months later', () => {
  it.each([
    ['1995-12-01', 12, '1996-12-01'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
  ])('%s + %i is %s', (date, months, later) => {
    expect(addMonths(date, months)).toBe(later)
  })
})

describe('a clock on the wall', () => {
  it('shows the zone it hangs in', () => {
    expect(localTime(new Date('2026-11-21T06:30:15Z'), 'Asia/Shanghai')).toBe('2026-11-21T14:30:15')
  })

  it('names one instant, also where daylight saving skips or repeats an hour', () => {
    const at = (local: string, zone: string) => instantOfLocal(local, zone).toISOString()
    expect(at('2026-11-21T04:00:00', 'Asia/Shanghai')).toBe('2026-11-20T20:00:00.000Z')
    expect(at('2026-03-29T02:30:00', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
    expect(at('2026-10-25T02:30:00', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
    expect(() => instantOfLocal('yesterday', 'Asia/Shanghai')).toThrow(RangeError)
  })

  it('knows real zones only', () => {
    expect(isTimeZone('Asia/Urumqi')).toBe(true)
    expect(isTimeZone('Asia/Nowhere')).toBe(false)
  })
})
