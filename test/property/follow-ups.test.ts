import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawSample } from '../../src-main/case-reviews/rules.ts'
import { createStoreTime } from '../../src-main/clocks/index.ts'
import { flawOfHours } from '../../src-main/clocks/opening-hours.ts'
import { createCallTime, nextTry } from '../../src-main/followups/call-time.ts'
import { outcomes } from '../../src-main/followups/contract.ts'
import { countSatisfaction, followUpMachine, stepAfter } from '../../src-main/followups/rules.ts'
import { localTime } from '../../src-main/foundation/business-date.ts'
import { chinaCalendar } from '../../src-main/foundation/holidays.ts'
import { nextState } from '../../src-main/foundation/state-machine.ts'

const span = fc
  .record({ opens: fc.integer({ min: 0, max: 1200 }), length: fc.integer({ min: 30, max: 800 }) })
  .map(({ opens, length }) => ({ opens, closes: Math.min(opens + length, 1700) }))

const openingHours = fc
  .array(fc.option(span, { nil: null }), { minLength: 7, maxLength: 7 })
  .map((weekdays) => ({ weekdays, days: [] }))
  .filter((hours) => flawOfHours(hours) === null)

const callHours = fc
  .record({
    from: fc.integer({ min: 0, max: 1380 }),
    length: fc.integer({ min: 30, max: 900 }),
    onHolidays: fc.boolean(),
  })
  .map(({ from, length, onHolidays }) => ({
    from,
    until: Math.min(from + length, 1440),
    onHolidays,
  }))

const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York')
const instant = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 11, 31) })

const minutesOf = (at: number, timeZone: string) => {
  const local = localTime(new Date(at), timeZone)
  return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16))
}

const callTime = fc.record({ hours: openingHours, calls: callHours, zone }).map((each) => {
  const store = createStoreTime(each.hours, each.zone, chinaCalendar)
  const time = createCallTime(store, each.calls, (date) => chinaCalendar.isHoliday(date))
  return { ...each, store, time }
})

describe('no call', () => {
  it('falls into the quiet that begins in an hour which the clock skips', () => {
    const always = {
      weekdays: Array.from({ length: 7 }, () => ({ opens: 0, closes: 1440 })),
      days: [],
    }
    const calls = { from: 90, until: 150, onHolidays: true }
    const store = createStoreTime(always, 'Europe/Berlin', null)
    const time = createCallTime(store, calls, () => false)
    // On this night the clock goes from 02:00 to 03:00.
    for (let at = Date.UTC(2026, 2, 29); at < Date.UTC(2026, 2, 29, 3); at += 60_000) {
      const minutes = minutesOf(at, 'Europe/Berlin')
      const isQuiet = minutes < calls.from || minutes >= calls.until
      expect(isQuiet && time.isCallable(at)).toBe(false)
    }
  })

  it('is ever planned in quiet hours or on a holiday, first or after any number of tries', () => {
    fc.assert(
      fc.property(
        callTime,
        instant,
        fc.integer({ min: 0, max: 40 }),
        fc.record({
          minutesBetween: fc.integer({ min: 30, max: 3_000 }),
          otherTimeOfDay: fc.boolean(),
        }),
        ({ time, calls, zone: at, store }, start, days, retry) => {
          const tried = [time.dueAfter(start, days)]
          for (let more = 0; more < 4; more += 1) tried.push(nextTry(time, tried, retry))
          for (const [index, call] of tried.entries()) {
            const minutes = minutesOf(call, at)
            expect(minutes).toBeGreaterThanOrEqual(calls.from)
            expect(minutes).toBeLessThan(calls.until)
            if (!calls.onHolidays) {
              expect(chinaCalendar.isHoliday(store.dateOf(call))).toBe(false)
            }
            expect(time.isCallable(call)).toBe(true)
            const before = tried[index - 1]
            if (before !== undefined) {
              expect(call - before).toBeGreaterThanOrEqual(retry.minutesBetween * 60_000)
            }
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('tries', () => {
  it('never exceed the rule, whatever came of each', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...outcomes), { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (happened, mostTries) => {
          let state: string = followUpMachine.initial
          let unanswered = 0
          for (const outcome of happened) {
            if (state !== 'waiting') break
            if (outcome === 'no_answer') unanswered += 1
            const { action, result } = stepAfter(outcome, unanswered, mostTries)
            state = nextState(followUpMachine, 'waiting', action) ?? 'nowhere'
            expect(state === 'waiting').toBe(result === null)
          }
          expect(unanswered).toBeLessThanOrEqual(mostTries)
          expect(state).not.toBe('nowhere')
        },
      ),
    )
  })
})

describe('rates', () => {
  it('add up: all are asked or not, the asked answered or would not say, the content among them', () => {
    const row = fc.oneof(
      fc.record({
        answer: fc.constant('given' as const),
        points: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
        content: fc.boolean(),
      }),
      fc.record({
        answer: fc.constantFrom('not_asked' as const, 'would_not_say' as const),
        points: fc.constant(null),
        content: fc.constant(null),
      }),
    )
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const count = countSatisfaction(rows)
        expect(count.all).toBe(count.asked + count.notAsked)
        expect(count.asked).toBe(count.answered + count.wouldNotSay)
        expect(count.content).toBeLessThanOrEqual(count.answered)
        expect(count.points.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(
          count.answered,
        )
      }),
    )
  })
})

describe('a sample of closed cases', () => {
  const closed = fc
    .array(
      fc.record({
        floor: fc.constantFrom('1F', '2F', ''),
        class: fc.constantFrom('goods', 'service'),
        isSerious: fc.boolean(),
      }),
      { maxLength: 80 },
    )
    .map((rows) =>
      rows.map((row, at) => ({ ...row, complaintId: at + 1, roundNo: 1, number: `TS-${at + 1}` })),
    )

  it('is the same whatever order they come in, has every serious one, and its share of each stratum', () => {
    fc.assert(
      fc.property(closed, fc.string(), fc.integer({ min: 1, max: 100 }), (rows, seed, share) => {
        const rule = { share, leastOfStratum: 1 }
        const sample = drawSample(rows, seed, rule)
        expect(drawSample(rows.toReversed(), seed, rule)).toEqual(sample)
        const serious = sample.filter(({ why }) => why === 'serious')
        expect(serious).toHaveLength(rows.filter(({ isSerious }) => isSerious).length)
        for (const floor of ['1F', '2F', '']) {
          for (const name of ['goods', 'service']) {
            const inStratum = (each: { floor: string; class: string; isSerious: boolean }) =>
              each.floor === floor && each.class === name && !each.isSerious
            const all = rows.filter(inStratum).length
            const wanted =
              all === 0 ? 0 : Math.min(all, Math.max(1, Math.ceil((all * share) / 100)))
            expect(sample.filter(inStratum)).toHaveLength(wanted)
          }
        }
      }),
    )
  })
})
