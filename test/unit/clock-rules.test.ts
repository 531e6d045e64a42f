import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flawOfHours, usualHours } from '../../src-main/clocks/opening-hours.ts'
import { clockFile } from '../../src-main/clocks/rule.ts'
import {
  type ClockFacts,
  clocksOf,
  dueOf,
  nextClock,
  stepsOf,
  stretchesOf,
} from '../../src-main/clocks/derive.ts'
import { shippedClocks } from '../../src-main/clocks/shipped.ts'
import { createStoreTime } from '../../src-main/clocks/store-time.ts'
import { localTime } from '../../src-main/foundation/business-date.ts'
import { chinaCalendar } from '../../src-main/foundation/holidays.ts'
import { ROOT } from '../support/run-command.ts'

const { rules, ladders, pauseReasons } = shippedClocks()
const zone = 'Asia/Shanghai'
const time = createStoreTime(usualHours, zone, chinaCalendar)
const book = { rules, ladders, time }

/** Beijing time has no daylight saving and is eight hours ahead. */
const at = (local: string) => Date.parse(`${local}:00+08:00`)
const say = (instant: number | null | undefined, timeZone = zone) =>
  instant == null ? null : localTime(new Date(instant), timeZone).slice(0, 16)

function ruleOf(id: string) {
  const found = rules.find((rule) => rule.id === id)
  if (!found) throw new Error(id)
  return found
}

const due = (id: string, start: string, pauses: readonly [string, string][] = []) =>
  say(
    dueOf(
      ruleOf(id),
      at(start),
      pauses.map(([from, to]) => ({ from: at(from), to: at(to) })),
      time,
    ),
  )

describe('the file of clocks', () => {
  it('is described by the schema beside it', () => {
    const folder = path.join(ROOT, 'resources', 'clocks')
    const schema: unknown = JSON.parse(readFileSync(path.join(folder, 'clock.schema.json'), 'utf8'))
    expect(schema).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(clockFile))))
  })

  it('names every rule and every reason in both languages, with its source', () => {
    for (const { name, source } of [...rules, ...pauseReasons]) {
      for (const words of [name, source]) {
        expect(words.zh).toMatch(/\p{Script=Han}/u)
        expect(words.en).not.toMatch(/\p{Script=Han}/u)
      }
    }
  })

  it('has a ladder for every clock, whatever its severity', () => {
    for (const legal of [true, false]) {
      for (const severity of ['ordinary', 'serious'] as const) {
        const found = ladders.filter(
          (each) => each.legal === legal && (each.severities ?? [severity]).includes(severity),
        )
        expect(found).toHaveLength(1)
      }
    }
  })

  it('marks as legal what law or a regulator says, and nothing else', () => {
    expect(rules.filter(({ legal }) => legal).map(({ id }) => id)).toEqual(['odr', 'legal_15_days'])
  })
})

describe('when a clock runs out', () => {
  it.each([
    ['in the morning', 'first_reply', '2026-11-20T10:30', '2026-11-20T22:00'],
    ['at night it is the next day', 'first_reply', '2026-11-20T23:30', '2026-11-21T22:00'],
    ['just before closing an hour is left', 'first_reply', '2026-11-20T21:50', '2026-11-21T10:50'],
    ['two open hours over night', 'first_reply_serious', '2026-11-20T21:00', '2026-11-21T11:00'],
    ['24 hours: the same time next day', 'answer_24h', '2026-11-20T14:10', '2026-11-21T14:10'],
    ['24 hours from the night', 'answer_24h', '2026-11-20T02:00', '2026-11-20T22:00'],
    ['a week later over a weekend', 'carry_out', '2026-11-20T14:00', '2026-11-27T22:00'],
    [
      'over National Day, with its make-up day',
      'carry_out',
      '2026-09-29T14:00',
      '2026-10-12T22:00',
    ],
    ['over Spring Festival', 'carry_out', '2026-02-13T14:00', '2026-02-27T22:00'],
    ['ten working days, the last to its end', 'odr', '2026-11-20T14:00', '2026-12-05T00:00'],
    ['fifteen days of the calendar', 'legal_15_days', '2026-09-25T14:00', '2026-10-11T00:00'],
  ])('%s', (_, id, start, end) => {
    expect(due(id, start)).toBe(end)
  })

  it('rests while it is paused, and a legal line does not', () => {
    const pause: [string, string][] = [['2026-11-20T16:00', '2026-11-23T16:00']]
    expect(due('answer_24h', '2026-11-20T14:00', pause)).toBe('2026-11-24T14:00')
    expect(due('carry_out', '2026-11-20T14:00', pause)).toBe('2026-11-30T16:00')
    expect(due('legal_15_days', '2026-11-20T14:00', pause)).toBe('2026-12-06T00:00')
    expect(due('odr', '2026-11-20T14:00', pause)).toBe('2026-12-05T00:00')
  })

  it('skips the days the store is closed', () => {
    const shut = createStoreTime(
      { ...usualHours, days: [{ date: '2026-11-21', hours: null, note: '盘点' }] },
      zone,
      chinaCalendar,
    )
    const start = at('2026-11-20T14:00')
    expect(say(dueOf(ruleOf('answer_24h'), start, [], shut))).toBe('2026-11-22T14:00')
  })

  it('follows the clocks when they are put forward and back', () => {
    const berlin = createStoreTime(usualHours, 'Europe/Berlin', null)
    // 29 March 2026: two o'clock is three; 25 October: three o'clock is two.
    for (const [start, end] of [
      ['2026-03-28T14:00:00+01:00', '2026-03-29T14:00'],
      ['2026-10-24T14:00:00+02:00', '2026-10-25T14:00'],
    ] as const) {
      const out = dueOf(ruleOf('answer_24h'), Date.parse(start), [], berlin)
      expect(say(out, 'Europe/Berlin')).toBe(end)
    }
    const all = {
      weekdays: Array.from({ length: 7 }, () => ({ opens: 0, closes: 1440 })),
      days: [],
    }
    const always = createStoreTime(all, 'Europe/Berlin', null)
    const day = (date: string) => {
      const hours = always.hoursOf(date)
      return hours && (hours.to - hours.from) / 3_600_000
    }
    expect(['2026-03-29', '2026-03-30', '2026-10-25'].map(day)).toEqual([23, 24, 25])
  })

  it('counts the days a store is open as its workdays where it opens at weekends only', () => {
    const weekend = [null, null, null, null, null, ...usualHours.weekdays.slice(5)]
    const market = createStoreTime({ weekdays: weekend, days: [] }, zone, chinaCalendar)
    expect(say(dueOf(ruleOf('carry_out'), at('2026-11-20T14:00'), [], market))).toBe(
      '2026-12-06T22:00',
    )
  })

  it('counts a day that ends after midnight as one day', () => {
    const late = createStoreTime(
      { weekdays: Array.from({ length: 7 }, () => ({ opens: 1080, closes: 1560 })), days: [] },
      zone,
      chinaCalendar,
    )
    expect(say(dueOf(ruleOf('first_reply'), at('2026-11-21T00:30'), [], late))).toBe(
      '2026-11-21T02:00',
    )
  })
})

const facts: ClockFacts = {
  class: 'goods',
  severity: 'ordinary',
  mode: 'store',
  firstRecordedAt: at('2026-11-20T14:00'),
  openedAt: at('2026-11-20T14:00'),
  answeredAt: null,
  plannedAt: null,
  closedAt: null,
  pauses: [],
}

const states = (of: Partial<ClockFacts>, now: string) =>
  Object.fromEntries(
    clocksOf(book, { ...facts, ...of }, at(now)).map(({ rule, state }) => [rule.id, state]),
  )

describe('the clocks of a case', () => {
  it('run, come due and are missed', () => {
    expect(states({}, '2026-11-20T14:05')).toEqual({
      first_reply: 'running',
      answer_24h: 'running',
      carry_out: 'not_started',
      legal_15_days: 'running',
    })
    expect(states({}, '2026-11-20T20:30')['first_reply']).toBe('soon')
    expect(states({}, '2026-11-20T22:01')['first_reply']).toBe('overdue')
  })

  it('a first answer ends the first clock for good, whatever is done to the case later', () => {
    const answered = { answeredAt: at('2026-11-20T15:00') }
    expect(states(answered, '2026-11-24T12:00')).toMatchObject({
      first_reply: 'met',
      answer_24h: 'overdue',
    })
  })

  it('a plan is an answer, too, and starts the clock for carrying it out', () => {
    expect(states({ plannedAt: at('2026-11-20T23:00') }, '2026-11-21T12:00')).toMatchObject({
      first_reply: 'late',
      answer_24h: 'met',
      carry_out: 'running',
    })
  })

  it('rest while somebody else has to do something; the legal line goes on', () => {
    const paused = { pauses: [{ from: at('2026-11-20T15:00'), to: null }] }
    expect(states(paused, '2026-12-20T12:00')).toMatchObject({
      first_reply: 'paused',
      answer_24h: 'paused',
      legal_15_days: 'overdue',
    })
  })

  it('a case reopened starts the clocks of the store anew, not the legal one', () => {
    const clocks = clocksOf(
      book,
      { ...facts, openedAt: at('2026-11-28T11:00') },
      at('2026-11-28T12:00'),
    )
    const ends = Object.fromEntries(clocks.map(({ rule, dueAt }) => [rule.id, say(dueAt)]))
    expect(ends).toMatchObject({
      first_reply: '2026-11-28T22:00',
      legal_15_days: '2026-12-06T00:00',
    })
  })

  it('the one that runs out first is next; what rests is next only when all do', () => {
    const next = (of: Partial<ClockFacts>, now: string) =>
      nextClock(clocksOf(book, { ...facts, ...of }, at(now)))?.rule.id
    expect(next({}, '2026-11-20T15:00')).toBe('first_reply')
    const paused = { pauses: [{ from: at('2026-11-20T15:00'), to: null }] }
    expect(next(paused, '2026-11-20T16:00')).toBe('legal_15_days')
    expect(next({ closedAt: at('2026-11-20T16:00') }, '2026-11-20T17:00')).toBeUndefined()
  })

  it('a computer put back in time neither breaks them nor makes anything overdue', () => {
    const before = states(
      { pauses: [{ from: at('2026-11-20T15:00'), to: null }] },
      '2026-11-01T12:00',
    )
    expect(Object.values(before)).not.toContain('overdue')
  })
})

describe('pauses', () => {
  it('overlap, touch and run backwards without counting twice', () => {
    const pauses = [
      { from: 50, to: 70 },
      { from: 10, to: 20 },
      { from: 15, to: 30 },
      { from: 40, to: 35 },
      { from: 90, to: null },
    ]
    expect(stretchesOf(pauses, 100)).toEqual([
      { from: 10, to: 30 },
      { from: 50, to: 70 },
      { from: 90, to: 100 },
    ])
    expect(stretchesOf([{ from: 90, to: null }], 80)).toEqual([])
  })
})

describe('the ladder', () => {
  const steps = (id: string, dueAt: string) => {
    const ladder = ladders.find((each) => each.id === id)
    if (!ladder) throw new Error(id)
    return stepsOf(ladder, at(dueAt), time).map(({ tell, at: when }) => `${tell} ${say(when)}`)
  }

  it('climbs in open time: the owner before it, the floor manager with it, the store manager after it', () => {
    expect(steps('usual', '2026-11-20T15:00')).toEqual([
      'owner 2026-11-20T13:00',
      'floor_manager 2026-11-20T15:00',
      'store_manager 2026-11-20T19:00',
    ])
  })

  it('tells nobody at closing time or at midnight', () => {
    expect(steps('usual', '2026-11-20T22:00')).toEqual([
      'owner 2026-11-20T20:00',
      'floor_manager 2026-11-21T10:00',
      'store_manager 2026-11-21T14:00',
    ])
  })

  it('is over before a legal line is: everybody knows while it can still be held', () => {
    expect(steps('legal', '2026-12-06T00:00')).toEqual([
      'owner 2026-12-01T10:00',
      'floor_manager 2026-12-03T10:00',
      'store_manager 2026-12-05T10:00',
    ])
  })
})

describe('opening hours', () => {
  const week = (opens: number, closes: number) =>
    Array.from({ length: 7 }, () => ({ opens, closes }))

  it('are ten to ten every day until the store says otherwise', () => {
    expect(flawOfHours(usualHours)).toBeNull()
    expect(usualHours.weekdays).toEqual(week(600, 1320))
  })

  it.each([
    ['never_open', { weekdays: Array.from({ length: 7 }, () => null), days: [] }],
    ['overlap', { weekdays: week(60, 1560), days: [] }],
    [
      'day_twice',
      {
        ...usualHours,
        days: [
          { date: '2026-10-01', hours: null, note: '' },
          { date: '2026-10-01', hours: { opens: 600, closes: 700 }, note: '' },
        ],
      },
    ],
  ])('are refused: %s', (flaw, hours) => {
    expect(flawOfHours(hours)).toBe(flaw)
  })
})
