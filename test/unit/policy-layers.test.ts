import { describe, expect, it } from 'vitest'
import { ZodError } from 'zod'
import {
  compileRules,
  findWeakened,
  type RuleChoice,
  rulesOfStore,
} from '../../src-main/policy/layers.ts'
import { type Rule, rule } from '../../src-main/policy/rule.ts'
import {
  coversCategory,
  matchesScope,
  nearnessOf,
  scopeCovers,
  scopesOverlap,
} from '../../src-main/policy/scope.ts'
import {
  factsOf,
  type FactsGiven,
  houseRule,
  lawOf,
  lawRule,
  shippedRules,
} from '../support/policy-rules.ts'

const china: RuleChoice = { country: 'CN', region: null, profiles: {} }

describe('a scope', () => {
  it.each([
    ['phone', 'phone', true],
    ['phone', 'phone.battery', true],
    ['phone.battery', 'phone', false],
    ['phone', 'phonecase', false],
    ['phone', 'phone-case.battery', false],
    ['home.phone', 'home.phone.battery.cell', true],
  ])('%s covers %s: %s', (code, category, covered) => {
    expect(coversCategory(code, category)).toBe(covered)
  })

  it.each<[string, object, FactsGiven, boolean]>([
    ['no word', {}, {}, true],
    ['its category', { categories: ['fridge'] }, {}, true],
    ['another category', { categories: ['washer', 'fri'] }, {}, false],
    [
      'a category for unknown goods',
      { categories: ['fridge'] },
      { line: { category: null } },
      false,
    ],
    ['its sku', { skus: ['X', 'BCD-216'] }, {}, true],
    ['another brand', { brands: ['极光'] }, {}, false],
    ['another counter', { counters: ['B02'] }, {}, false],
    ['its channel', { channels: ['counter'] }, {}, true],
    ['another channel', { channels: ['online', 'delivery'] }, {}, false],
    ['a tier for nobody', { tiers: ['gold'] }, {}, false],
    ['a tier for a member', { tiers: ['gold'] }, { tier: 'gold' }, true],
    ['one of its tags', { tags: ['special', 'gift'] }, { line: { tags: ['gift'] } }, true],
    ['no tag of it', { tags: ['special'] }, {}, false],
    ['two words, one wrong', { categories: ['fridge'], brands: ['极光'] }, {}, false],
    ['a band', { paidFrom: 300_000, paidTo: 300_000 }, {}, true],
    ['a band above', { paidFrom: 300_001 }, {}, false],
    ['goods taken out', { not: { brands: ['雪原'] } }, {}, false],
    ['other goods taken out', { not: { brands: ['雪原'], skus: ['X'] } }, {}, true],
    ['nothing taken out', { not: {} }, {}, true],
  ])('with %s', (_, scope, given, matches) => {
    expect(matchesScope(scope, factsOf(given))).toBe(matches)
  })

  it('names a category more or less exactly', () => {
    expect(nearnessOf({}, 'phone.battery')).toBe(0)
    expect(nearnessOf({ categories: ['phone', 'phone.battery'] }, 'phone.battery')).toBe(13)
    expect(nearnessOf({ categories: ['phone'] }, 'phone.battery')).toBe(5)
    expect(nearnessOf({ categories: ['phone'] }, null)).toBe(0)
  })

  it.each<[object, object, boolean, boolean]>([
    [{}, {}, true, true],
    [{}, { categories: ['shoes'] }, true, true],
    [{ categories: ['shoes'] }, {}, true, false],
    [{ categories: ['shoes'] }, { categories: ['shoes.leather'] }, true, true],
    [{ categories: ['shoes.leather'] }, { categories: ['shoes'] }, true, false],
    [{ categories: ['shoes'] }, { categories: ['bags'] }, false, false],
    [{ categories: ['shoes'] }, { categories: ['shoes', 'bags'] }, true, false],
    [{ channels: ['online'] }, { channels: ['counter'] }, false, false],
    [{ channels: ['online'] }, {}, true, false],
    [{ tags: ['special'] }, { tags: ['gift'] }, false, false],
    [{ tags: ['special'] }, {}, true, false],
    [{ brands: ['a', 'b'] }, { brands: ['b'] }, true, true],
    [{ paidTo: 99 }, { paidFrom: 100 }, false, false],
    [{ paidTo: 100 }, { paidFrom: 100 }, true, false],
    [{ paidFrom: 50 }, { paidFrom: 100, paidTo: 200 }, true, true],
    [{ not: { categories: ['shoes'] } }, { categories: ['shoes.leather'] }, false, false],
    [{ not: { categories: ['shoes.leather'] } }, { categories: ['shoes'] }, true, false],
    [{ not: { categories: ['shoes'] } }, { categories: ['bags'] }, true, true],
    [{ not: { tags: ['special'] } }, { not: { tags: ['special'] } }, true, true],
    [{ not: {} }, { categories: ['shoes'] }, true, true],
  ])('%j and %j overlap: %s; the first covers the second: %s', (one, other, overlap, covers) => {
    expect(scopesOverlap(one, other)).toBe(overlap)
    expect(scopesOverlap(other, one)).toBe(overlap)
    expect(scopeCovers(one, other)).toBe(covers)
  })
})

describe('the rules of a store', () => {
  const ids = (choice: Partial<RuleChoice>, rules: readonly Rule[]) =>
    compileRules(rules, { ...china, ...choice }).rules.map(({ id }) => id)

  it('are those of its country, its region and its own', () => {
    const rules = [
      lawRule('remedy', 'cn'),
      lawRule('remedy', 'cn-33', { jurisdiction: 'CN-33', layer: 'region' }),
      lawRule('remedy', 'eu', { jurisdiction: 'EU' }),
      lawRule('remedy', 'gb', { jurisdiction: 'GB' }),
      houseRule('remedy', 'own'),
    ]
    expect(ids({}, rules)).toEqual(['cn', 'own'])
    expect(ids({ region: 'CN-33' }, rules)).toEqual(['cn', 'cn-33', 'own'])
    expect(ids({ country: 'FR' }, rules)).toEqual(['eu', 'own'])
    expect(ids({ country: 'GB' }, rules)).toEqual(['gb', 'own'])
    expect(ids({ country: 'CH' }, rules)).toEqual(['own'])
  })

  it('leave out what is switched off and profiles that are not picked', () => {
    const rules = [
      houseRule('remedy', 'a', { profile: { group: 'shoes', code: 'a' } }),
      houseRule('remedy', 'b', { profile: { group: 'shoes', code: 'b' } }),
      houseRule('remedy', 'off', { enabled: false }),
    ]
    expect(ids({}, rules)).toEqual([])
    expect(ids({ profiles: { shoes: 'b' } }, rules)).toEqual(['b'])
    expect(ids({ profiles: { bags: 'b' } }, rules)).toEqual([])
    const choice = { ...china, profiles: { shoes: 'a' } }
    expect(rulesOfStore(rules, choice).map(({ id }) => id)).toEqual(['a'])
  })

  it('are found by category and reason', () => {
    const set = compileRules(
      [
        houseRule('remedy', 'all'),
        houseRule('remedy', 'shoes', { scope: { categories: ['shoes'] } }),
        houseRule('remedy', 'leather', { scope: { categories: ['shoes.leather'] } }),
        houseRule('remedy', 'size', { reasons: ['size'] }),
        houseRule('term', 'term', { scope: { categories: ['shoes'] } }),
      ],
      china,
    )
    const found = (category: string | null, reason: 'quality' | 'size') => {
      const { all, remedies } = set.candidatesFor(category, reason)
      expect(all.length - remedies.length).toBe(category?.startsWith('shoes') ? 1 : 0)
      return remedies.map((one) => one.rule.id)
    }
    expect(found('shoes.leather', 'quality')).toEqual(['all', 'leather', 'shoes'])
    expect(found('shoes', 'quality')).toEqual(['all', 'shoes'])
    expect(found(null, 'quality')).toEqual(['all'])
    expect(found('bags', 'size')).toEqual(['size'])
  })

  it('stay apart for texts that never end', () => {
    const set = compileRules([houseRule('remedy', 'all')], china)
    for (let number = 0; number < 12_000; number += 1) {
      expect(set.candidatesFor(`free text ${number}`, 'quality').remedies).toHaveLength(1)
    }
  })
})

describe('a rule that cannot be', () => {
  const broken = (fields: object) => () => houseRule('remedy', 'own', { ...fields })
  const window = { from: 0, to: 7, unit: 'days', dayKind: 'calendar', start: ['sale'] }

  it.each([
    ['a window that ends before it begins', { window: { ...window, from: 8 } }],
    ['a validity that does', { validFrom: '2026-02-01', validTo: '2026-01-31' }],
    ['a band that does', { scope: { paidFrom: 2, paidTo: 1 } }],
    [
      'a season that does',
      { season: { soldFrom: '2026-02-01', soldTo: '2026-01-01', until: '2026-03-01' } },
    ],
    [
      'a season over before its last sale',
      { season: { soldFrom: '2026-02-01', soldTo: '2026-03-01', until: '2026-02-20' } },
    ],
    ['law made by a store', { statutory: true }],
    ['law of nowhere', { statutory: true, layer: 'national', jurisdiction: '' }],
    ['an unknown field', { colour: 'red' }],
    ['a missing translation', { text: { zh: '退货', en: ' ' } }],
    ['a day no calendar has', { validFrom: '2025-02-29' }],
  ])('%s is no rule', (_, fields) => {
    expect(broken(fields)).toThrow(ZodError)
  })

  it('is not confused with one that can', () => {
    expect(rule.safeParse(houseRule('remedy', 'own', { validTo: '2020-01-01' })).success).toBe(true)
  })
})

const national = rulesOfStore(lawOf(null), china)
const inZhejiang = rulesOfStore(lawOf('CN-33'), { ...china, region: 'CN-33' })
const inBeijing = rulesOfStore(lawOf('CN-11'), { ...china, region: 'CN-11' })
const days = (from: number, to: number | null) => ({
  from,
  to,
  unit: 'days',
  dayKind: 'calendar',
  start: ['sale'],
})
const fridge = { scope: { categories: ['fridge'] } }
const refund = (fee: object) => ({ remedies: [{ remedy: 'refund', fee }] })

describe('a house rule that weakens law', () => {
  const weakens = (candidate: Rule, laws: readonly Rule[] = national) => {
    const found = findWeakened(candidate, laws)
    return found && `${found.rule.id} ${found.field}`
  }

  it.each<[string, Rule, string]>([
    [
      'a week that is five days',
      houseRule('remedy', 'own', { ...fridge, window: days(0, 5) }),
      'cn.sb-07 window.to',
    ],
    [
      'a fee in the free week',
      houseRule('remedy', 'own', { ...fridge, ...refund({ kind: 'restock', ppm: 1 }) }),
      'cn.sb-07 remedies.fee',
    ],
    [
      'freight on the customer',
      houseRule('remedy', 'own', { ...fridge, freight: 'customer' }),
      'cn.cpl-24.transport freight',
    ],
    [
      'half the freight on the customer',
      houseRule('remedy', 'own', { ...fridge, freight: 'shared' }),
      'cn.cpl-24.transport freight',
    ],
    [
      'the store chooses',
      houseRule('remedy', 'own', { ...fridge, chooser: 'store' }),
      'cn.sb-07 chooser',
    ],
    [
      'no slip, no refund',
      houseRule('remedy', 'own', { ...fridge, window: days(0, 7), needs: { receipt: true } }),
      'cn.sb-07 needs.receipt',
    ],
    [
      'only sealed goods come back',
      houseRule('remedy', 'own', {
        ...fridge,
        window: days(0, 7),
        needs: { conditions: ['sealed'] },
      }),
      'cn.sb-07 needs.conditions',
    ],
    [
      'three repairs before an exchange',
      houseRule('remedy', 'own', {
        ...fridge,
        window: 'unit_term',
        trigger: { kind: 'failed_repairs', count: 3 },
        needs: { repairRecords: true },
        remedies: [{ remedy: 'exchange', fee: { kind: 'none' } }],
      }),
      'cn.sb-2r trigger.count',
    ],
    [
      'four months for parts',
      houseRule('remedy', 'own', {
        ...fridge,
        window: 'unit_term',
        trigger: { kind: 'parts_missing', days: 120 },
        remedies: [{ remedy: 'exchange', fee: { kind: 'none' } }],
      }),
      'cn.sb-90 trigger.days',
    ],
    [
      'a repair within three months instead of the term',
      houseRule('remedy', 'own', {
        ...fridge,
        window: { ...days(0, 3), unit: 'months' },
        remedies: [{ remedy: 'repair', fee: { kind: 'none' } }],
      }),
      'cn.sb-repair window.to',
    ],
    [
      'half a year of warranty',
      houseRule('term', 'own', { ...fridge, unitMonths: 6 }),
      'cn.term.fridge unitMonths',
    ],
    [
      'a year for the compressor',
      houseRule('term', 'own', {
        ...fridge,
        parts: [{ part: 'compressor', name: { zh: '压缩机', en: 'Compressor' }, months: 12 }],
      }),
      'cn.term.fridge parts.compressor',
    ],
    [
      'twice the depreciation',
      houseRule('term', 'own', { ...fridge, dailyPpm: 1_000 }),
      'cn.term.fridge dailyPpm',
    ],
    [
      'specials never come back, not even broken',
      houseRule('exclusion', 'own', { scope: { tags: ['special'] }, reasons: ['quality'] }),
      'cn.cpl-54 remedies',
    ],
    [
      'no return of what was bought at a distance',
      houseRule('exclusion', 'own', { reasons: ['preference'] }),
      'cn.cpl-25 remedies',
    ],
    [
      'a finding that law does not know',
      houseRule('void', 'own', { scope: { categories: ['furniture'] }, findings: ['no_proof'] }),
      'cn.cpl-24.later findings',
    ],
    [
      'freight on the customer for all faults',
      houseRule('adjustment', 'own', { freight: 'customer' }),
      'cn.cpl-24.transport freight',
    ],
  ])('%s', (_, candidate, found) => {
    expect(weakens(candidate)).toBe(found)
  })

  it.each<[string, Rule, string]>([
    [
      'a fee for a fault in Zhejiang',
      houseRule('remedy', 'own', {
        ...fridge,
        window: days(8, 30),
        gift: 'keep',
        ...refund({ kind: 'depreciation' }),
      }),
      'cn-33.no-depreciation remedies.fee',
    ],
    [
      'the gift comes back for a fault',
      houseRule('remedy', 'own', { ...fridge, window: days(0, 30) }),
      'cn-33.gift gift',
    ],
    [
      'the same as an adjustment',
      houseRule('adjustment', 'own', { gift: 'return' }),
      'cn-33.gift gift',
    ],
    [
      'depreciation allowed again',
      houseRule('adjustment', 'own', { ...fridge, depreciation: 'allowed' }),
      'cn-33.no-depreciation depreciation',
    ],
    [
      'the customer proves',
      houseRule('adjustment', 'own', { ...fridge, burdenOfProof: 'customer' }),
      'cn-33.burden burdenOfProof',
    ],
    [
      'a test at the cost of the customer',
      houseRule('adjustment', 'own', {
        testFee: { fault: 'store', noFault: 'customer', unknown: 'customer' },
      }),
      'cn-33.test testFee.unknown',
    ],
    [
      'no new term for a repaired part',
      houseRule('adjustment', 'own', { ...fridge, repairedPartRestarts: false }),
      'cn-33.repaired-part repairedPartRestarts',
    ],
    [
      'ten days for a repair',
      houseRule('duty', 'own', { ...fridge, withinDays: 10 }),
      'cn-33.repair-5 withinDays',
    ],
    [
      'five workdays for a repair',
      houseRule('duty', 'own', { ...fridge, withinDays: 5, dayKind: 'working' }),
      'cn-33.repair-5 withinDays',
    ],
    [
      'more than 40 days of repairs',
      houseRule('remedy', 'own', {
        ...fridge,
        gift: 'keep',
        window: 'unit_term',
        trigger: { kind: 'cumulative_repair', days: 40 },
      }),
      'cn-33.cumulative-35 trigger.days',
    ],
  ])('in Zhejiang: %s', (_, candidate, found) => {
    expect(weakens(candidate, inZhejiang)).toBe(found)
  })

  it('in Beijing: the old price, and lost time unpaid', () => {
    const price = houseRule('adjustment', 'own', { priceBasis: 'paid' })
    expect(weakens(price, inBeijing)).toBe('cn-11.price priceBasis')
    const time = houseRule('adjustment', 'own', { lostTime: false })
    expect(weakens(time, inBeijing)).toBe('cn-11.lost-time lostTime')
  })

  it('names the rule by version', () => {
    const found = findWeakened(
      houseRule('remedy', 'own', { ...fridge, window: days(0, 5) }),
      national,
    )
    expect(found).toEqual({ rule: { id: 'cn.sb-07', version: 1 }, field: 'window.to' })
  })

  it('is found whatever the order of the rules', () => {
    const candidate = houseRule('adjustment', 'own', { freight: 'customer' })
    expect(findWeakened(candidate, national.toReversed())).toEqual(
      findWeakened(candidate, national),
    )
  })
})

describe('a house rule that weakens nothing', () => {
  it.each<[string, Rule]>([
    ['thirty days for a fault', houseRule('remedy', 'own', { window: days(0, 30) })],
    [
      'a fee once law gives nothing',
      houseRule('remedy', 'own', {
        ...fridge,
        window: days(16, 30),
        ...refund({ kind: 'restock', ppm: 100_000 }),
      }),
    ],
    [
      'a return without fault at the counter',
      houseRule('remedy', 'own', {
        scope: { channels: ['counter'] },
        reasons: ['preference'],
        freight: 'customer',
        needs: { conditions: ['sealed'], receipt: true },
      }),
    ],
    [
      'an approver',
      houseRule('remedy', 'own', {
        ...fridge,
        window: days(0, 7),
        approver: 'store_manager',
      }),
    ],
    [
      'fewer days in which the gift stays',
      houseRule('remedy', 'own', {
        ...fridge,
        window: days(0, 3),
        gift: 'keep',
      }),
    ],
    [
      'specials at the counter stay sold',
      houseRule('exclusion', 'own', {
        scope: {
          tags: ['special'],
          channels: ['counter'],
          not: { categories: ['prepaid_card'] },
        },
        reasons: ['preference', 'size'],
      }),
    ],
    ['a longer term', houseRule('term', 'own', { ...fridge, unitMonths: 36, dailyPpm: 400 })],
    [
      'a term for goods law says nothing on',
      houseRule('term', 'own', {
        scope: { categories: ['furniture'] },
        unitMonths: 1,
      }),
    ],
    [
      'a shorter term on all goods, which law overrules',
      houseRule('term', 'own', { unitMonths: 6 }),
    ],
    ['an order of offers', houseRule('adjustment', 'own', { offerOrder: ['repair', 'exchange'] })],
    ['a gift that stays', houseRule('adjustment', 'own', { gift: 'keep', freight: 'store' })],
    ['a lower rate', houseRule('adjustment', 'own', { dailyPpmAtMost: 100 })],
    ['a duty', houseRule('duty', 'own', { withinDays: 1 })],
    ['a warning', houseRule('exposure', 'own')],
    ['a finding law knows', houseRule('void', 'own', { ...fridge, findings: ['misuse'] })],
    [
      'what was in force before law was',
      houseRule('adjustment', 'own', {
        freight: 'customer',
        validFrom: '1990-01-01',
        validTo: '1995-08-24',
      }),
    ],
  ])('%s', (_, candidate) => {
    expect(findWeakened(candidate, national)).toBeNull()
  })

  it('is law itself', () => {
    for (const one of shippedRules.filter(({ statutory }) => statutory)) {
      expect(findWeakened(one, national)).toBeNull()
    }
  })

  it('is one that only a law switched off would forbid', () => {
    const candidate = houseRule('adjustment', 'own', { gift: 'return' })
    const off = lawOf(null).filter(({ jurisdiction }) => jurisdiction === 'CN-33')
    expect(findWeakened(candidate, off)).toBeNull()
  })
})
