import { describe, expect, it } from 'vitest'
import { addDays, businessDateOf } from '../../src-main/foundation/business-date.ts'
import { addWorkdays, chinaCalendar, moveOffHoliday } from '../../src-main/foundation/holidays.ts'
import {
  countedRepairs,
  daysInRepair,
  daysOfWindow,
  extendEnd,
  repairSpans,
} from '../../src-main/policy/clocks.ts'
import type { Clock, RepairFact } from '../../src-main/policy/facts.ts'
import { decideRights } from '../../src-main/policy/rules.ts'
import type { Window } from '../../src-main/policy/rule.ts'
import { allowed, factsOf, type FactsGiven, houseRule, rulesOf } from '../support/policy-rules.ts'

const clocksOf = (given: FactsGiven, ...rules: Parameters<typeof rulesOf>) =>
  new Map(decideRights(factsOf(given), rulesOf(...rules)).clocks.map((one) => [one.of, one]))
const clockOf = (given: FactsGiven, of = 'unit', ...rules: Parameters<typeof rulesOf>) =>
  clocksOf(given, ...rules).get(of) as Clock
const repair = (given: Partial<RepairFact>): RepairFact =>
  factsOf({ repairs: [given] }).repairs[0] as RepairFact

describe('the clock of the whole unit', () => {
  it.each([
    ['2026-03-02', '2027-03-02', 'the anniversary itself counts'],
    ['2024-02-29', '2025-02-28', 'a leap day ends with February'],
    ['2027-02-28', '2028-02-28', 'and a common one does not wait for it'],
    ['2025-08-31', '2026-08-31', 'month ends stay'],
    ['2025-12-31', '2026-12-31', 'year ends stay'],
    ['2025-10-01', '2026-10-08', 'National Day runs to the 7th'],
    ['2025-01-01', '2026-01-04', 'a Sunday worked in lieu is the next workday'],
    ['2025-05-09', '2026-05-09', 'a Saturday worked in lieu is a day like any other'],
  ])('of a sale on %s ends on %s: %s', (sold, endsOn) => {
    const today = addDays(sold, 1)
    expect(clockOf({ today, dates: { sold } }).endsOn).toBe(endsOn)
  })

  it('says which day a holiday moved', () => {
    const clock = clockOf({ today: '2025-10-02', dates: { sold: '2025-10-01' } })
    expect(clock.rolledFrom).toBe('2026-10-01')
    expect(clockOf({}).rolledFrom).toBeNull()
  })

  it('knows no holidays where the store has no calendar', () => {
    const dates = { sold: '2025-10-01' }
    expect(clockOf({ today: '2025-10-02', dates, calendar: null }).endsOn).toBe('2026-10-01')
  })

  it('starts at installation, else at delivery, else at the sale', () => {
    const at = (dates: FactsGiven['dates']) => clockOf({ today: '2026-06-01', dates }).startsOn
    expect(at({ installed: '2026-03-20', delivered: '2026-03-10' })).toBe('2026-03-20')
    expect(at({ delivered: '2026-03-10' })).toBe('2026-03-10')
    expect(at({})).toBe('2026-03-02')
  })

  it('starts anew on the day of an exchange and forgets the repairs of the old unit', () => {
    const repairs = [{ handedIn: '2026-04-01', handedBack: '2026-05-01' }]
    const clock = clockOf({ today: '2026-08-01', dates: { exchanged: '2026-07-15' }, repairs })
    expect(clock).toMatchObject({
      startsOn: '2026-07-15',
      endsOn: '2027-07-15',
      extendedDays: 0,
    })
  })

  it('stands on the card where the card promises more, never where it promises less', () => {
    const card = { partMonths: null, startsOn: '2026-03-02' }
    expect(clockOf({ card: { ...card, unitMonths: 24 } }).endsOn).toBe('2028-03-02')
    expect(clockOf({ card: { ...card, unitMonths: 3 } }).endsOn).toBe('2027-03-02')
  })

  it('runs by the card alone for goods that no rule warrants', () => {
    const card = { unitMonths: 6, partMonths: 12, startsOn: '2026-03-02' }
    const clocks = clocksOf({ line: { category: 'furniture' }, card })
    expect(clocks.get('unit')?.endsOn).toBe('2026-09-02')
    expect(clocks.get('parts')?.endsOn).toBe('2027-03-02')
    expect(clocksOf({ line: { category: 'furniture' } }).size).toBe(0)
  })

  it('has no end where nobody settled the term, and the store may settle it', () => {
    const line = { category: 'clock_watch' }
    const given = { line, today: '2026-03-05' }
    expect(clockOf(given).endsOn).toBeNull()
    expect(decideRights(factsOf(given), rulesOf()).undecided).toEqual([
      'unit_months',
      'part_months',
    ])
    const own = houseRule('term', 'own.watch', { scope: { categories: ['clock_watch'] } })
    expect(clockOf(given, 'unit', null, [own]).endsOn).toBe('2028-03-02')
  })

  it('takes the longer of law and house', () => {
    const longer = houseRule('term', 'own.all', { unitMonths: 18 })
    const shorter = houseRule('term', 'own.all', { unitMonths: 6 })
    expect(clockOf({}, 'unit', null, [longer]).endsOn).toBe('2027-09-02')
    expect(clockOf({}, 'unit', null, [shorter]).endsOn).toBe('2027-03-02')
  })
})

describe('the clocks of main parts', () => {
  it('run beside the unit, each to its own end', () => {
    const clocks = clocksOf({})
    expect([...clocks.keys()]).toEqual(['unit', 'compressor', 'thermostat'])
    expect(clocks.get('compressor')).toMatchObject({
      startsOn: '2026-03-02',
      endsOn: '2029-03-02',
      name: expect.objectContaining({ zh: expect.any(String) }),
    })
  })

  it('may end before the unit: a phone battery is covered for six months', () => {
    const line = { category: 'phone_mobile' }
    expect(clockOf({ line }).endsOn).toBe('2027-03-02')
    expect(clockOf({ line }, 'battery').endsOn).toBe('2026-09-02')
  })

  it('are extended by repairs like the unit', () => {
    const repairs = [{ handedIn: '2026-04-01', handedBack: '2026-04-11' }]
    const given = { today: '2026-06-01', repairs }
    expect(clockOf(given, 'compressor')).toMatchObject({ endsOn: '2029-03-12', extendedDays: 10 })
  })

  it('start again at hand-back in Zhejiang; others only lose no time', () => {
    const repairs = [{ part: 'compressor', handedIn: '2026-09-01', handedBack: '2026-09-11' }]
    const given = { today: '2026-10-20', repairs }
    expect(clockOf(given, 'compressor', 'CN-33')).toMatchObject({
      startsOn: '2026-09-11',
      endsOn: '2029-09-11',
    })
    expect(clockOf(given, 'thermostat', 'CN-33').endsOn).toBe('2029-03-12')
    expect(clockOf(given, 'compressor').endsOn).toBe('2029-03-12')
  })

  it('do not start again by a repair after their end', () => {
    const repairs = [{ part: 'battery', handedIn: '2026-10-01', handedBack: '2026-10-09' }]
    const given = { today: '2026-11-01', repairs, line: { category: 'phone_mobile' } }
    expect(clockOf(given, 'battery', 'CN-33').endsOn).toBe('2026-09-02')
  })
})

describe('days in repair', () => {
  it('are added to the end, waiting for parts included', () => {
    const repairs = [
      { handedIn: '2026-04-01', handedBack: '2026-04-06', waitedForParts: 3 },
      { handedIn: '2026-07-10', handedBack: '2026-07-30' },
    ]
    const clock = clockOf({ today: '2026-08-01', repairs })
    expect(clock).toMatchObject({ endsOn: '2027-03-27', extendedDays: 25 })
  })

  it('count once where two repairs overlap', () => {
    const repairs = [
      repair({ handedIn: '2026-04-01', handedBack: '2026-04-11' }),
      repair({ handedIn: '2026-04-05', handedBack: '2026-04-15', part: 'compressor' }),
    ]
    expect(repairSpans(repairs, '2026-05-01')).toEqual([{ from: '2026-04-01', to: '2026-04-15' }])
  })

  it('go on while the unit is away, to today', () => {
    const away = [repair({ handedIn: '2026-04-01', handedBack: null })]
    const days = (today: string) => daysInRepair(repairSpans(away, today), '2026-01-01')
    expect([days('2026-04-01'), days('2026-04-02'), days('2026-05-01')]).toEqual([0, 1, 30])
  })

  it('count the waiting that outlasts the repair, but not beyond today', () => {
    const waited = [repair({ handedBack: '2026-04-03', waitedForParts: 20 })]
    expect(daysInRepair(repairSpans(waited, '2026-06-01'), '2026-01-01')).toBe(20)
    expect(daysInRepair(repairSpans(waited, '2026-04-10'), '2026-01-01')).toBe(9)
  })

  it('need a written record and belong to this unit', () => {
    const facts = factsOf({
      dates: { exchanged: '2026-05-01' },
      repairs: [{ recorded: false }, {}, { handedIn: '2026-05-01', handedBack: '2026-05-02' }],
    })
    expect(countedRepairs(facts).map(({ handedIn }) => handedIn)).toEqual(['2026-05-01'])
  })

  it('add nothing when they began after the end', () => {
    const end = (from: string) =>
      extendEnd('2026-09-30', '2025-09-30', [{ from, to: addDays(from, 5) }], chinaCalendar)
    expect(end('2026-09-30')).toMatchObject({ extendedDays: 5, rolledFrom: '2026-10-05' })
    expect(end('2026-10-01')).toEqual({ endsOn: '2026-09-30', extendedDays: 0, rolledFrom: null })
  })

  it('count on the days a holiday adds', () => {
    const end = extendEnd(
      '2026-10-01',
      '2025-10-01',
      [{ from: '2026-10-08', to: '2026-10-18' }],
      chinaCalendar,
    )
    expect(end).toEqual({ endsOn: '2026-10-11', extendedDays: 10, rolledFrom: null })
  })

  it('chain: an extension brings a later repair into the term', () => {
    const spans = [
      { from: '2026-02-20', to: '2026-03-02' },
      { from: '2026-03-05', to: '2026-03-08' },
    ]
    expect(extendEnd('2026-03-01', '2025-03-01', spans, null).endsOn).toBe('2026-03-14')
  })
})

const days = (window: Partial<Window>, given: FactsGiven = {}) => {
  const facts = factsOf({ today: '2026-06-01', ...given })
  const whole: Window = {
    from: 0,
    to: 7,
    unit: 'days',
    dayKind: 'calendar',
    start: ['sale'],
    ...window,
  }
  return daysOfWindow(whole, facts, countedRepairs(facts), repairSpans(facts.repairs, facts.today))
}

describe('the days of a window', () => {
  it.each([
    ['2026-03-02', '2026-03-09', 'a Monday'],
    ['2024-02-22', '2024-02-29', 'a leap day'],
    ['2025-02-22', '2025-03-01', 'a month end'],
    ['2025-12-28', '2026-01-04', 'New Year 2026 ends with a Sunday that is worked'],
    ['2026-02-09', '2026-02-24', 'Spring Festival 2026: the 15th to the 23rd'],
    ['2026-02-06', '2026-02-13', 'the last Friday before it'],
  ])('day 7 of %s is %s: %s', (sold, until) => {
    expect(days({}, { dates: { sold }, today: '2026-12-01' })?.until).toBe(until)
  })

  it('count workdays where a rule says so', () => {
    const until = (to: number) => days({ to, dayKind: 'working' })?.until
    expect(until(5)).toBe('2026-03-09')
    expect(days({ to: 3, dayKind: 'working' }, { dates: { sold: '2026-09-30' } })?.until).toBe(
      '2026-10-10',
    )
    expect(addWorkdays('2026-03-06', 1, null)).toBe('2026-03-09')
  })

  it('take the first start that is known', () => {
    const start = ['exchange', 'installation', 'delivery', 'sale'] as const
    const until = (dates: FactsGiven['dates']) => days({ start: [...start] }, { dates })?.until
    expect(until({})).toBe('2026-03-09')
    expect(until({ delivered: '2026-03-04' })).toBe('2026-03-11')
    expect(until({ delivered: '2026-03-04', installed: '2026-03-06' })).toBe('2026-03-13')
    expect(until({ installed: '2026-03-06', exchanged: '2026-05-20' })).toBe('2026-05-27')
  })

  it('count from the sale where a delivery was never noted, and never from what never happened', () => {
    expect(days({ start: ['delivery'] })?.until).toBe('2026-03-09')
    expect(days({ start: ['exchange'] })).toBeNull()
    expect(days({ start: ['repair_end'] })).toBeNull()
  })

  it('count from the last hand-back', () => {
    const repairs = [
      { handedIn: '2026-04-01', handedBack: '2026-04-06' },
      { handedIn: '2026-05-02', handedBack: '2026-05-11' },
    ]
    expect(days({ start: ['repair_end'], to: 10 }, { repairs })?.until).toBe('2026-05-21')
  })

  it('pause during a repair where a rule says so (UK short-term right to reject)', () => {
    const repairs = [{ handedIn: '2026-03-10', handedBack: '2026-03-20' }]
    expect(days({ to: 30 }, { repairs })?.until).toBe('2026-04-01')
    expect(days({ to: 30, extendedByRepairs: true }, { repairs })?.until).toBe('2026-04-11')
  })

  it('have no end where a rule has none', () => {
    expect(days({ to: null })).toEqual({ from: null, until: null })
  })
})

describe('a sale near midnight', () => {
  const facts = (sale: string, claim: string, timeZone: string, cutoffMinutes: number) => {
    const day = { timeZone, cutoffMinutes }
    return factsOf({
      today: businessDateOf(new Date(claim), day),
      dates: { sold: businessDateOf(new Date(sale), day) },
      calendar: null,
    })
  }
  const until = (...given: Parameters<typeof facts>) =>
    allowed(decideRights(facts(...given), rulesOf()), 'refund').sameTermsUntil

  it('belongs to the business day the store says, and so do its seven days', () => {
    // 23:59 and 01:30 in Shanghai; the second belongs to the day before when the day turns at four.
    const [late, night] = ['2026-03-02T15:59:59Z', '2026-03-02T17:30:00Z']
    const claim = '2026-03-04T04:00:00Z'
    expect(until(late, claim, 'Asia/Shanghai', 0)).toBe('2026-03-09')
    expect(until(night, claim, 'Asia/Shanghai', 0)).toBe('2026-03-10')
    expect(until(night, claim, 'Asia/Shanghai', 240)).toBe('2026-03-09')
  })

  it('counts the same number of days over a change of clocks', () => {
    // New York goes to summer time on 2026-03-08, Berlin on 2026-03-29, back on 2026-10-25.
    expect(until('2026-03-07T04:30:00Z', '2026-03-08T12:00:00Z', 'America/New_York', 0)).toBe(
      '2026-03-13',
    )
    expect(until('2026-03-28T22:59:00Z', '2026-03-29T12:00:00Z', 'Europe/Berlin', 0)).toBe(
      '2026-04-04',
    )
    expect(until('2026-10-24T22:30:00Z', '2026-10-26T12:00:00Z', 'Europe/Berlin', 0)).toBe(
      '2026-11-01',
    )
  })

  it('ends its last day with the business day, not at midnight', () => {
    const sale = '2026-03-02T04:00:00Z'
    const decide = (claim: string) =>
      decideRights(facts(sale, claim, 'Asia/Shanghai', 240), rulesOf())
    // 2026-03-10 03:59 in Shanghai is still the ninth; 04:00 is not.
    expect(allowed(decide('2026-03-09T19:59:59Z'), 'refund').fee.kind).toBe('none')
    expect(allowed(decide('2026-03-09T20:00:00Z'), 'refund').fee.kind).toBe('depreciation')
  })
})

describe('a last day on a holiday', () => {
  it('moves to the next workday; a plain weekend stays', () => {
    expect(moveOffHoliday('2026-10-04', chinaCalendar)).toBe('2026-10-08')
    expect(moveOffHoliday('2026-07-04', chinaCalendar)).toBe('2026-07-04')
    expect(moveOffHoliday('2026-10-04', null)).toBe('2026-10-04')
  })

  it('takes the weekend after it along, so that no later day ends earlier', () => {
    // 2027-01-01 is a Friday, and that year is not announced yet: the law's own day, then a weekend.
    const ends = ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04'].map((date) =>
      moveOffHoliday(date, chinaCalendar),
    )
    expect(new Set(ends)).toEqual(new Set(['2027-01-04']))
  })
})
