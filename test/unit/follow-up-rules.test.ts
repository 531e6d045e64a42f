import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createStoreTime } from '../../src-main/clocks/index.ts'
import { usualHours } from '../../src-main/clocks/opening-hours.ts'
import { complaintKinds } from '../../src-main/complaints/contract.ts'
import { createCallTime, nextTry } from '../../src-main/followups/call-time.ts'
import { planFile, shippedPlans } from '../../src-main/followups/plans.ts'
import { choosePlan, countSatisfaction, stepAfter } from '../../src-main/followups/rules.ts'
import { localTime } from '../../src-main/foundation/business-date.ts'
import { chinaCalendar } from '../../src-main/foundation/holidays.ts'
import { ROOT } from '../support/run-command.ts'

const zone = 'Asia/Shanghai'
const store = createStoreTime(usualHours, zone, chinaCalendar)
const time = createCallTime(store, { from: 570, until: 1200, onHolidays: false }, (date) =>
  chinaCalendar.isHoliday(date),
)
const at = (local: string) => Date.parse(`${local}+08:00`)
const say = (instant: number) => localTime(new Date(instant), zone).slice(0, 16)

const plans = shippedPlans().map(({ id, plan }) => ({ planId: id, plan }))
const solved = {
  kind: 'complaint',
  class: 'goods',
  severity: 'ordinary',
  onSpot: false,
  retention: null,
  points: null,
  goods: ['女式短靴'],
}

describe('the plans that come with the desk', () => {
  it('are described by the schema beside them', () => {
    const file = path.join(ROOT, 'resources', 'followups', 'plan.schema.json')
    const schema: unknown = JSON.parse(readFileSync(file, 'utf8'))
    expect(schema).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(planFile))))
  })

  it('are in both languages and name kinds there are', () => {
    const kinds: readonly string[] = complaintKinds
    for (const { plan, source } of shippedPlans()) {
      for (const words of [plan.name, source, ...plan.steps.flatMap(({ ask }) => ask)]) {
        expect(words.zh).toMatch(/\p{Script=Han}/u)
        expect(words.en).not.toMatch(/\p{Script=Han}/u)
      }
      expect((plan.for.kinds ?? []).filter((kind) => !kinds.includes(kind))).toEqual([])
    }
  })

  it('call three days after a reply, twice in thirty days for installed goods, once for one matter', () => {
    const chosen = (change: Partial<Omit<typeof solved, 'retention'>> & { retention?: string }) =>
      choosePlan(plans, { ...solved, ...change })
    expect(chosen({})?.planId).toBe('after_reply')
    expect(chosen({})?.plan.steps.map(({ afterDays }) => afterDays)).toEqual([3])
    expect(chosen({ goods: ['格力 空调 1.5 匹'] })?.planId).toBe('installed_twice')
    const twice = chosen({ goods: ['空调'] })?.plan.steps ?? []
    expect(twice).toHaveLength(2)
    expect(twice.every(({ afterDays }) => afterDays <= 30)).toBe(true)
    expect(chosen({ goods: ['空调'], retention: 'lost' })?.planId).toBe('win_back')
    expect(chosen({ kind: 'opinion', onSpot: true })?.planId).toBe('thanks')
    expect(chosen({ onSpot: true })).toBeUndefined()
    expect(chosen({ kind: 'enquiry' })).toBeUndefined()
  })
})

describe('when customers are called', () => {
  it.each([
    ['2026-11-23T08:00', '2026-11-23T10:00'],
    ['2026-11-23T10:00', '2026-11-23T10:00'],
    ['2026-11-23T19:59', '2026-11-23T19:59'],
    ['2026-11-23T20:00', '2026-11-24T10:00'],
    // The first of January is a holiday.
    ['2026-12-31T20:30', '2027-01-02T10:00'],
  ])('%s: %s', (asked, next) => {
    expect(say(time.next(at(asked)))).toBe(next)
    expect(time.isCallable(at(asked))).toBe(asked === next)
  })

  it('never at midnight, whenever it was solved', () => {
    expect(say(time.dueAfter(at('2026-11-21T23:59'), 3))).toBe('2026-11-24T10:00')
    expect(say(time.dueAfter(at('2026-11-21T03:00'), 0))).toBe('2026-11-21T10:00')
  })

  it('tries again at a time of day that was tried least', () => {
    const retry = { minutesBetween: 60, otherTimeOfDay: true }
    const first = at('2026-11-23T10:30')
    const second = nextTry(time, [first], retry)
    expect(say(second)).toBe('2026-11-23T12:00')
    const third = nextTry(time, [first, second], retry)
    expect(say(third)).toBe('2026-11-23T17:00')
    expect(say(nextTry(time, [first, second, third], retry))).toBe('2026-11-24T10:00')
    expect(say(nextTry(time, [first], { minutesBetween: 60, otherTimeOfDay: false }))).toBe(
      '2026-11-23T11:30',
    )
  })

  it('in a store that never opens in call hours by its call hours alone', () => {
    const nights = {
      weekdays: Array.from({ length: 7 }, () => ({ opens: 1260, closes: 1380 })),
      days: [],
    }
    const late = createCallTime(
      createStoreTime(nights, zone, null),
      { from: 570, until: 1200, onHolidays: true },
      () => false,
    )
    expect(say(late.next(at('2026-11-23T21:30')))).toBe('2026-11-24T09:30')
  })
})

describe('a try', () => {
  it('leads where the rule of the plan says', () => {
    expect(stepAfter('content', 0, 3)).toEqual({ action: 'reach', result: 'content' })
    expect(stepAfter('not_content', 0, 3)).toEqual({ action: 'reach', result: 'not_content' })
    expect(stepAfter('no_answer', 2, 3)).toEqual({ action: 'try_again', result: null })
    expect(stepAfter('no_answer', 3, 3)).toEqual({ action: 'give_up', result: 'no_answer' })
    expect(stepAfter('wrong_number', 1, 3)).toEqual({ action: 'give_up', result: 'wrong_number' })
    expect(stepAfter('postponed', 1, 3)).toEqual({ action: 'postpone', result: null })
  })
})

describe('satisfaction', () => {
  it('has its denominators: asked is who answered or would not say, the rate is of those who answered', () => {
    const given = (points: number | null, content: boolean) => ({
      answer: 'given' as const,
      points,
      content,
    })
    const unsaid = { answer: 'would_not_say' as const, points: null, content: null }
    const unasked = { answer: 'not_asked' as const, points: null, content: null }
    expect(
      countSatisfaction([given(5, true), given(3, false), given(null, true), unsaid, unasked]),
    ).toEqual({
      all: 5,
      asked: 4,
      notAsked: 1,
      wouldNotSay: 1,
      answered: 3,
      content: 2,
      points: [0, 0, 1, 0, 1],
    })
  })
})
