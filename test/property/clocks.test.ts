import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  flawOfHours,
  type OpeningHours,
  type OpenSpan,
} from '../../src-main/clocks/opening-hours.ts'
import type { ClockRule } from '../../src-main/clocks/rule.ts'
import {
  type ClockFacts,
  clocksOf,
  dueOf,
  stepsOf,
  stretchesOf,
} from '../../src-main/clocks/derive.ts'
import { shippedClocks } from '../../src-main/clocks/shipped.ts'
import { createStoreTime, type StoreTime, type Stretch } from '../../src-main/clocks/store-time.ts'
import { addDays } from '../../src-main/foundation/business-date.ts'
import { chinaCalendar } from '../../src-main/foundation/holidays.ts'

const { rules, ladders } = shippedClocks()
const storeRules = rules.filter(({ legal }) => !legal)
const legalRules = rules.filter(({ legal }) => legal)

/** Zones with and without daylight saving, at whole and half hours. */
const zone = fc.constantFrom(
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
)

const span: fc.Arbitrary<OpenSpan> = fc
  .record({ opens: fc.integer({ min: 360, max: 900 }), open: fc.integer({ min: 30, max: 840 }) })
  .map(({ opens, open }) => ({ opens, closes: opens + open }))

const firstDate = '2026-01-01'
const date = fc.nat(420).map((days) => addDays(firstDate, days))

const hours: fc.Arbitrary<OpeningHours> = fc
  .record({
    weekdays: fc.array(fc.option(span, { freq: 5 }), { minLength: 7, maxLength: 7 }),
    days: fc.uniqueArray(fc.record({ date, hours: fc.option(span), note: fc.constant('') }), {
      selector: (day) => day.date,
      maxLength: 12,
    }),
  })
  .filter((each) => flawOfHours(each) === null)

/** Any minute of the year, and the seconds in it. */
const instant = fc
  .record({ minute: fc.nat(365 * 1440), second: fc.nat(59) })
  .map(
    ({ minute, second }) => Date.parse(`${firstDate}T00:00:00Z`) + minute * 60_000 + second * 1000,
  )

/** Up to a week later, mostly within the same day. */
const later = fc.oneof(fc.nat(86_400_000), fc.nat(7 * 86_400_000))

const timeOf = (each: OpeningHours, timeZone: string) =>
  createStoreTime(each, timeZone, chinaCalendar)

const storeTime = fc.tuple(hours, zone).map(([each, timeZone]) => timeOf(each, timeZone))

/** Pauses one after another, from half a minute after a start, each up to six days long. */
const pauses = fc.array(
  fc.record({
    after: fc.integer({ min: 30, max: 500_000 }),
    seconds: fc.integer({ min: 1, max: 500_000 }),
  }),
  { maxLength: 4 },
)

function pausesFrom(start: number, gaps: readonly { after: number; seconds: number }[]): Stretch[] {
  let at = start
  return gaps.map(({ after, seconds }) => {
    const from = at + after * 1000
    at = from + seconds * 1000
    return { from, to: at }
  })
}

/** In the opening hours, their last instant included. */
const isWithin = (time: StoreTime, at: number) => time.isOpen(at) || time.isOpen(at - 1)

const anyRule = (of: readonly ClockRule[]) => fc.constantFrom(...of)

describe('the time of a store', () => {
  it('never runs outside its hours: what a clock was given it spends while the store is open', () => {
    fc.assert(
      fc.property(
        storeTime,
        instant,
        fc.integer({ min: 1, max: 3_000 }),
        (time, start, minutes) => {
          const end = time.addOpen(start, minutes * 60_000)
          expect(time.openBetween(start, end)).toBe(minutes * 60_000)
          expect(isWithin(time, end)).toBe(true)
          const back = time.subtractOpen(end, minutes * 60_000)
          expect(time.openBetween(back, end)).toBe(minutes * 60_000)
        },
      ),
    )
  })

  it('adds up: two stretches are as long as both together', () => {
    fc.assert(
      fc.property(storeTime, fc.tuple(instant, instant, instant), (time, three) => {
        const [a, b, c] = three.toSorted((x, y) => x - y) as [number, number, number]
        expect(time.openBetween(a, b) + time.openBetween(b, c)).toBe(time.openBetween(a, c))
      }),
    )
  })
})

describe('a clock of the store', () => {
  it('runs out while the store is open, paused or not', () => {
    fc.assert(
      fc.property(anyRule(storeRules), storeTime, instant, pauses, (rule, time, start, gaps) => {
        const due = dueOf(rule, start, pausesFrom(start, gaps), time)
        expect(due).toBeGreaterThan(start)
        expect(isWithin(time, due)).toBe(true)
      }),
    )
  })

  it('started later never runs out earlier', () => {
    fc.assert(
      fc.property(
        anyRule(rules),
        storeTime,
        instant,
        later,
        pauses,
        (rule, time, early, by, gaps) => {
          const late = early + by
          const rests = pausesFrom(late, gaps)
          expect(dueOf(rule, early, rests, time)).toBeLessThanOrEqual(
            dueOf(rule, late, rests, time),
          )
        },
      ),
    )
  })

  it('runs out later, never earlier, for a longer pause', () => {
    fc.assert(
      fc.property(
        anyRule(storeRules),
        storeTime,
        instant,
        pauses,
        fc.nat(500_000),
        (rule, time, start, gaps, more) => {
          const rests = pausesFrom(start, gaps)
          const longer = stretchesOf(
            rests.map(({ from, to }, at) => ({ from, to: at === 0 ? to + more * 1000 : to })),
            0,
          )
          const plain = dueOf(rule, start, [], time)
          const paused = dueOf(rule, start, rests, time)
          expect(paused).toBeGreaterThanOrEqual(plain)
          expect(dueOf(rule, start, longer, time)).toBeGreaterThanOrEqual(paused)
        },
      ),
    )
  })

  it('is never brought forward by a day the store closes', () => {
    fc.assert(
      fc.property(
        anyRule(rules),
        hours,
        zone,
        instant,
        pauses,
        fc.nat(14),
        (rule, each, timeZone, start, gaps, after) => {
          const closed = addDays(timeOf(each, timeZone).dateOf(start), after)
          const days = each.days.filter((day) => day.date !== closed)
          const open = { ...each, days }
          const shut = { ...each, days: [...days, { date: closed, hours: null, note: '' }] }
          // A day closed looking back, on which the case came in, is not one to count from.
          fc.pre(timeOf(open, timeZone).dayAt(start).date !== closed)
          const rests = pausesFrom(start, gaps)
          expect(dueOf(rule, start, rests, timeOf(shut, timeZone))).toBeGreaterThanOrEqual(
            dueOf(rule, start, rests, timeOf(open, timeZone)) - roundingMs,
          )
        },
      ),
    )
  })
})

/** Shares of a day are rounded to whole milliseconds, once for each day they touch. */
const roundingMs = 1

describe('a legal line', () => {
  it('is moved by no pause, no closed day and no hours', () => {
    fc.assert(
      fc.property(
        anyRule(legalRules),
        fc.tuple(hours, hours),
        zone,
        instant,
        pauses,
        (rule, [one, other], timeZone, start, gaps) => {
          expect(dueOf(rule, start, pausesFrom(start, gaps), timeOf(one, timeZone))).toBe(
            dueOf(rule, start, [], timeOf(other, timeZone)),
          )
        },
      ),
    )
  })
})

describe('the ladder', () => {
  it('tells nobody while the store is closed, and the higher never before the lower', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ladders),
        anyRule(rules),
        storeTime,
        instant,
        (ladder, rule, time, start) => {
          const steps = stepsOf(ladder, dueOf(rule, start, [], time), time)
          for (const { at } of steps) expect(time.isOpen(at)).toBe(true)
          const instants = steps.map(({ at }) => at)
          expect(instants).toEqual(instants.toSorted((a, b) => a - b))
        },
      ),
    )
  })
})

describe('the clocks of a case', () => {
  const facts = fc
    .record({
      start: instant,
      class: fc.constantFrom('goods' as const, 'service' as const, 'dignity' as const),
      severity: fc.constantFrom('ordinary' as const, 'serious' as const),
      mode: fc.constantFrom('store' as const, 'odr' as const),
      gaps: pauses,
      answered: fc.option(fc.nat(900_000)),
      planned: fc.option(fc.nat(900_000)),
    })
    .map(({ start, gaps, answered, planned, ...rest }): ClockFacts => ({
      ...rest,
      firstRecordedAt: start,
      openedAt: start,
      answeredAt: answered === null ? null : start + answered * 1000,
      plannedAt: planned === null ? null : start + planned * 1000,
      closedAt: null,
      pauses: pausesFrom(start, gaps),
    }))

  it('depend on the facts alone: not on the order they are told in, nor on what was asked before', () => {
    fc.assert(
      fc.property(hours, zone, facts, fc.nat(9_000_000), (each, timeZone, of, later) => {
        const now = of.openedAt + later * 1000
        const time = timeOf(each, timeZone)
        const first = clocksOf({ rules, ladders, time }, of, now)
        clocksOf({ rules, ladders, time }, { ...of, pauses: [] }, now + 9e9)
        const shuffled = { ...of, pauses: of.pauses.toReversed() }
        expect(clocksOf({ rules, ladders, time }, shuffled, now)).toEqual(first)
        expect(clocksOf({ rules, ladders, time: timeOf(each, timeZone) }, of, now)).toEqual(first)
      }),
    )
  })

  it('stand still while the case is paused: nothing of the store runs out', () => {
    fc.assert(
      fc.property(storeTime, facts, fc.nat(9_000_000), (time, of, later) => {
        const last = of.pauses.at(-1)
        fc.pre(last !== undefined)
        const from = last?.from ?? 0
        const paused = { ...of, pauses: [...of.pauses.slice(0, -1), { from, to: null }] }
        const at = (now: number) =>
          clocksOf({ rules, ladders, time }, paused, now)
            .filter(({ rule, state }) => !rule.legal && state === 'paused')
            .map(({ rule, leftMs }) => [rule.id, leftMs])
        for (const [id, left] of at(from + later * 1000)) {
          const before = at(from).find(([same]) => same === id)
          // Shares of days of different length are worth different minutes.
          if (before && id === 'first_reply_serious') expect(left).toBe(before[1])
          expect(left).toBeGreaterThan(0)
        }
      }),
    )
  })
})
