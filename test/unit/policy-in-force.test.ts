import { describe, expect, it } from 'vitest'
import {
  type Choice,
  placeInTime,
  rulesInForce,
  spansOfShipped,
  spansOfVersions,
  undecidedOf,
  type VersionState,
} from '../../src-main/policy/in-force.ts'
import { placeOfStore, regionOfProvince } from '../../src-main/policy/places.ts'
import { lawRule, ownRule, termRule } from '../support/house-rules.ts'

const version = (
  number: number,
  change: Partial<VersionState> & { from?: string; to?: string },
) => {
  const { from = '2026-01-01', to, ...state } = change
  const rule = { ...ownRule(), version: number, validFrom: from, validTo: to ?? null }
  return { version: number, rule, signedOn: '2025-12-01', withdrawnFrom: null, ...state }
}
const choice = (effectiveOn: string, rest: Partial<Choice> = {}): Choice => ({
  effectiveOn,
  profiles: {},
  switches: {},
  ...rest,
})
const spans = (...versions: VersionState[]) => Object.fromEntries(spansOfVersions(versions))

describe('versions of an own rule', () => {
  it('hold from their first day once signed, a draft never', () => {
    expect(spans(version(1, {}), version(2, { signedOn: null }))).toEqual({
      1: { from: '2026-01-01', to: null },
    })
  })

  it('give way to the next one on its first day, not before', () => {
    expect(
      spans(version(1, {}), version(2, { from: '2026-12-01', signedOn: '2026-11-21' })),
    ).toEqual({ 1: { from: '2026-01-01', to: '2026-11-30' }, 2: { from: '2026-12-01', to: null } })
  })

  it('never reach back over what was promised before they were signed', () => {
    expect(
      spans(version(1, {}), version(2, { from: '2026-02-01', signedOn: '2026-11-21' })),
    ).toEqual({ 1: { from: '2026-01-01', to: '2026-11-20' }, 2: { from: '2026-11-21', to: null } })
  })

  it('leave nothing behind when the newer one has an end: a promise with an end is over then', () => {
    const december = { from: '2026-12-01', to: '2026-12-31', signedOn: '2026-11-21' }
    expect(spans(version(1, {}), version(2, december))).toEqual({
      1: { from: '2026-01-01', to: '2026-11-30' },
      2: { from: '2026-12-01', to: '2026-12-31' },
    })
  })

  it('end the day before they are withdrawn; withdrawn before they begin, they never were', () => {
    expect(spans(version(1, { withdrawnFrom: '2026-11-21' }))).toEqual({
      1: { from: '2026-01-01', to: '2026-11-20' },
    })
    const planned = { from: '2026-12-01', signedOn: '2026-11-21', withdrawnFrom: '2026-11-25' }
    expect(spans(version(1, {}), version(2, planned))).toEqual({
      1: { from: '2026-01-01', to: null },
    })
  })

  it('planned for later are gone when a newer one begins earlier', () => {
    const later = version(2, { from: '2027-01-01', signedOn: '2026-11-21' })
    const sooner = version(3, { from: '2026-12-01', signedOn: '2026-11-22' })
    expect(Object.keys(spans(version(1, {}), later, sooner))).toEqual(['1', '3'])
  })
})

describe('shipped rules', () => {
  it('count as shipped until something is chosen', () => {
    expect(spansOfShipped(lawRule(), [])).toEqual([{ from: '1995-08-25', to: null }])
    expect(spansOfShipped({ ...lawRule(), enabled: false }, [])).toEqual([])
  })

  it('count from the day they are switched on to the day before they are switched off', () => {
    const rule = { ...lawRule(), id: 'zj', enabled: false }
    const choices = [
      choice('2026-03-01', { switches: { zj: true } }),
      choice('2026-09-01', { switches: { zj: false } }),
    ]
    expect(spansOfShipped(rule, choices)).toEqual([{ from: '2026-03-01', to: '2026-08-31' }])
  })

  it('of a profile count while it is the chosen one, whatever a switch says', () => {
    const profile = { group: 'footwear', code: 'b' }
    const rule = { ...lawRule(), profile }
    const choices = [
      choice('2026-03-01', { profiles: { footwear: 'a' } }),
      choice('2026-05-01', { profiles: { footwear: 'b' } }),
      choice('2026-06-01', { profiles: { footwear: 'b' } }),
    ]
    expect(spansOfShipped(rule, choices)).toEqual([{ from: '2026-05-01', to: null }])
  })

  it('keep their own last day', () => {
    const rule = { ...lawRule(), validTo: '2000-01-01' }
    expect(spansOfShipped(rule, [choice('2026-03-01')])).toEqual([
      { from: '1995-08-25', to: '2000-01-01' },
    ])
  })
})

describe('what the engine gets', () => {
  it('is every rule with the days it counts on, past and to come', () => {
    const own = new Map([
      ['own', [version(1, {}), version(2, { from: '2026-12-01', signedOn: '2026-11-21' })]],
    ])
    const given = rulesInForce([lawRule()], own, [])
    expect(
      given.map(({ id, version: number, validFrom, validTo }) => [id, number, validFrom, validTo]),
    ).toEqual([
      ['law.seven-days', 1, '1995-08-25', null],
      ['own', 1, '2026-01-01', '2026-11-30'],
      ['own', 2, '2026-12-01', null],
    ])
  })

  it('leaves out a version that was signed as switched off, and what came before it ends', () => {
    const off = version(2, { from: '2026-12-01', signedOn: '2026-11-21' })
    const own = new Map([
      ['own', [version(1, {}), { ...off, rule: { ...off.rule, enabled: false } }]],
    ])
    expect(rulesInForce([], own, []).map(({ validTo }) => validTo)).toEqual(['2026-11-30'])
  })
})

describe('where a day stands', () => {
  it.each([
    ['2026-11-21', 'in_force'],
    ['2026-11-30', 'in_force'],
    ['2026-12-01', 'ended'],
    ['2026-10-01', 'scheduled'],
  ])('%s is %s', (today, stands) => {
    expect(placeInTime([{ from: '2026-11-01', to: '2026-11-30' }], today)).toBe(stands)
  })

  it('is nowhere without days', () => {
    expect(placeInTime([], '2026-11-21')).toBe('never')
  })
})

describe('what the store must decide', () => {
  it('is every empty value of a term', () => {
    const open = termRule({
      unitMonths: null,
      dailyPpm: null,
      parts: [{ part: 'battery', name: { zh: '电池', en: 'battery' }, months: null }],
    })
    expect(undecidedOf(open)).toEqual(['unitMonths', 'parts.battery', 'dailyPpm'])
    expect(undecidedOf(lawRule())).toEqual([])
  })
})

describe('where a store stands', () => {
  it.each([
    ['浙江', 'CN-33'],
    ['浙江省', 'CN-33'],
    ['Zhejiang', 'CN-33'],
    ['内蒙古自治区', 'CN-15'],
    ['Bavaria', null],
    ['', null],
  ])('%s is %s', (province, code) => {
    expect(regionOfProvince(province)).toBe(code)
  })

  it('follows from the province, else from the currency', () => {
    expect(placeOfStore({ province: '四川', currency: 'CNY' })).toEqual({
      country: 'CN',
      region: 'CN-51',
    })
    expect(placeOfStore({ province: 'Kent', currency: 'GBP' })).toEqual({
      country: 'GB',
      region: null,
    })
  })
})
