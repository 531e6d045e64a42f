import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import { findCategory, findTerm, tagsOf } from '../../src-main/policy/categories.ts'
import {
  goodsCategories,
  joinPolicyFiles,
  loadPolicyFiles,
  parsePolicyFile,
  shippedPolicyFiles,
} from '../../src-main/policy/files.ts'
import { findWeakened, rulesOfStore } from '../../src-main/policy/layers.ts'
import type { PolicyFile, Rule } from '../../src-main/policy/rule.ts'
import { policySchema, policyTable, tableMarks } from '../support/policy-papers.ts'
import { ROOT } from '../support/run-command.ts'

const folder = path.join(ROOT, 'resources', 'policies')
const fileNames = readdirSync(folder).filter(
  (name) => name !== 'categories.json' && name !== 'policy.schema.json',
)
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8')

const rules = loadPolicyFiles()
const byId = new Map(rules.map((rule) => [rule.id, rule]))
const rulesOf = (file: string) => shippedPolicyFiles().find(({ id }) => id === file)?.rules ?? []

/** Refusal of some work as reason and parameters. */
function refusalOf(work: () => unknown) {
  try {
    work()
  } catch (error) {
    if (isRefusal(error)) return { reason: error.reason, ...error.params }
    throw error
  }
  return undefined
}

describe('the files that come with the program', () => {
  it('are all bundled, each under its own name', () => {
    expect(
      shippedPolicyFiles()
        .map(({ id }) => `${id}.json`)
        .toSorted(),
    ).toEqual(fileNames.toSorted())
  })

  const published = z.fromJSONSchema(policySchema() as Parameters<typeof z.fromJSONSchema>[0])

  it.each(fileNames)('%s is valid, by the program and by the published schema', (name) => {
    const text = read(name)
    expect(`${parsePolicyFile(text, name).id}.json`).toBe(name)
    expect(published.safeParse(JSON.parse(text)).success).toBe(true)
  })

  it('have a published schema that is up to date (npm run policies)', () => {
    const plain: unknown = JSON.parse(JSON.stringify(policySchema()))
    expect(JSON.parse(read('policy.schema.json'))).toEqual(plain)
  })

  it('have a schema that knows an unknown field', () => {
    const file = JSON.parse(read('us.json')) as { rules: object[] }
    file.rules[0] = { ...file.rules[0], colour: 'red' }
    expect(published.safeParse(file).success).toBe(false)
  })

  it('stand in docs/policies.md as they are (npm run policies)', () => {
    const doc = readFileSync(path.join(ROOT, 'docs', 'policies.md'), 'utf8')
    const table = doc.split(tableMarks.begin)[1]?.split(tableMarks.end)[0]
    expect(table?.trim()).toBe(policyTable().trim())
  })

  it('say where every rule is from, in both languages, each in its own script', () => {
    for (const { id, text, basis, source } of rules) {
      for (const each of [text, basis]) {
        expect(each.zh, id).toMatch(/[\u4e00-\u9fff]/)
        expect(each.en, id).not.toMatch(/[\u4e00-\u9fff]/)
      }
      expect(source, id).toMatch(/domain\.md §|第.+条/)
    }
  })

  it('write Chinese with full-width punctuation', () => {
    const wrong = rules.filter(({ text, basis }) =>
      /[\u4e00-\u9fff][,;?!]|[,;?!][\u4e00-\u9fff]/.test(text.zh + basis.zh),
    )
    expect(wrong.map(({ id }) => id)).toEqual([])
  })

  it('flag whatever domain.md leaves open: [M], a conflict, a figure that is missing', () => {
    const open = rules.filter(
      (rule) =>
        /conflict|\(Not verified\)/.test(rule.source + rule.text.en) ||
        (rule.effect === 'term' && rule.unitMonths === null),
    )
    expect(open.filter(({ unverified }) => !unverified).map(({ id }) => id)).toEqual([])
  })

  it('flag rules of the base text whose days count from delivery: domain.md §1.1 verifies the sale alone', () => {
    const flagged = [
      'cn.sb-07',
      'cn.sb-15',
      'cn.phone.day-15',
      'cn.cpl-24.later',
      'cn.reg-2024.clock',
    ]
    for (const id of flagged) {
      expect(rules.find((rule) => rule.id === id)?.unverified, id).toBe(true)
    }
    const unsaid = rules.filter(
      (rule) =>
        rule.effect === 'remedy' &&
        rule.id.startsWith('cn.sb-') &&
        typeof rule.window === 'object' &&
        rule.window.start.includes('delivery') &&
        !rule.unverified,
    )
    expect(unsaid.map(({ id }) => id)).toEqual([])
  })

  it('say it in the text where the store must decide a term', () => {
    for (const rule of rules.filter((each) => each.effect === 'term')) {
      if (rule.unitMonths !== null && rule.parts.every(({ months }) => months !== null)) continue
      expect(rule.text.zh, rule.id).toContain('由本店确定')
      expect(rule.text.en, rule.id).toContain('the store must decide')
    }
  })

  it('call law only what a country or a province says', () => {
    const law = rules.filter(({ statutory }) => statutory)
    expect(new Set(law.map(({ layer }) => layer))).toEqual(new Set(['national', 'region']))
  })

  it.each(['cn-33-zhejiang', 'cn-11-beijing', 'cn-31-shanghai', 'cn-37-shandong'])(
    'ship %s off',
    (file) => {
      const overlay = rulesOf(file)
      expect(overlay.length).toBeGreaterThan(0)
      for (const rule of overlay) {
        expect([rule.id, rule.enabled, rule.layer]).toEqual([rule.id, false, 'region'])
        expect(rule.jurisdiction).toBe(file.slice(0, 5).toUpperCase())
      }
    },
  )

  it('ship the sample store policies off, and none of them as law', () => {
    for (const rule of rulesOf('store-samples')) {
      expect([rule.id, rule.enabled, rule.statutory]).toEqual([rule.id, false, false])
    }
  })

  it.each(['store-samples', 'cn-footwear'])(
    'ship %s so that a store under national law can switch each rule on',
    (file) => {
      const own = rulesOfStore(rules, { country: 'CN', region: null, profiles: {} })
      const refused = rulesOf(file).filter((rule) => findWeakened({ ...rule, enabled: true }, own))
      expect(refused.map(({ id }) => id)).toEqual([])
    },
  )

  it('ship footwear as three profiles that exclude each other', () => {
    const profiles = rulesOf('cn-footwear').map(({ profile }) => profile)
    expect(new Set(profiles.map((profile) => profile?.group))).toEqual(new Set(['cn-footwear']))
    expect(new Set(profiles.map((profile) => profile?.code))).toEqual(new Set(['a', 'b', 'c']))
  })

  it.each(['gb', 'eu', 'us'])('ship %s for stores of that country alone', (file) => {
    const there = rulesOf(file)
    expect(new Set(there.map(({ jurisdiction }) => jurisdiction))).toEqual(
      new Set([file.toUpperCase()]),
    )
  })
})

/** Every row of domain.md §1.1 to §1.8, and the rules that hold it. */
const rows: Record<string, string[]> = {
  '§1.1 SB-07': ['cn.sb-07'],
  '§1.1 SB-15': ['cn.sb-15'],
  '§1.1 SB-2R': ['cn.sb-2r'],
  '§1.1 SB-13a': ['cn.sb-13a'],
  '§1.1 SB-13b': ['cn.sb-13b'],
  '§1.1 SB-90': ['cn.sb-90'],
  '§1.1 SB-30': ['cn.sb-30'],
  '§1.1 SB-30Q': ['cn.sb-30q'],
  '§1.1 SB-5Y': ['cn.sb-5y'],
  '§1.1 SB-14': ['cn.sb-14'],
  '§1.1 SB-08': ['cn.sb-08', 'cn.sb-08.proof'],
  '§1.1 SB-VOID': ['cn.sb-void'],
  '§1.1 SB-SELLER': ['cn.sb-seller', 'cn.sb-recover'],
  '§1.1 free repair within the term': ['cn.sb-repair'],
  '§1.2 mobile phone': ['cn.phone.day-15', 'cn.phone.two-repairs', 'cn.phone.parts-60'],
  '§1.2 fixed phone': ['cn.phone.fixed-loan', 'cn.phone.fixed-30', 'cn.phone.fixed-exchange'],
  '§1.2 phone contract rate': ['cn.phone.contract-rate'],
  '§1.2 pc': ['cn.pc.lost-card', 'cn.pc.maker-terms'],
  '§1.2 home AV': ['cn.home-av.void', 'cn.home-av.scope'],
  '§1.2 car': [
    'cn.car.repair',
    'cn.car.reply-10',
    'cn.car.finish-20',
    'cn.car.loan-6',
    'cn.car.records-6y',
    'cn.car.card',
  ],
  '§1.4 Art. 22': ['cn.cpl-22'],
  '§1.4 Art. 23 (3)': ['cn.cpl-23'],
  '§1.4 Art. 24': [
    'cn.cpl-24.return',
    'cn.cpl-24.later',
    'cn.cpl-24.later-repair',
    'cn.cpl-24.damaged',
    'cn.cpl-24.transport',
  ],
  '§1.4 Art. 25': ['cn.cpl-25', 'cn.cpl-25.pay-back', 'cn.cpl-25.exceptions'],
  '§1.4 Art. 26': ['cn.cpl-26'],
  '§1.4 Art. 54': ['cn.cpl-54'],
  '§1.4 Art. 55': ['cn.cpl-55'],
  '§1.4 food Art. 148': ['cn.fsl-148', 'cn.fsl-148.first', 'cn.fsl-148.refund'],
  '§1.4 penalties Art. 8-9': ['cn.penalty-8', 'cn.penalty-9', 'cn.penalty-9.opened'],
  '§1.4 penalties Art. 12': ['cn.penalty-12'],
  '§1.4 regulation 2024': [
    'cn.reg-2024.prepaid',
    'cn.reg-2024.clock',
    'cn.reg-2024.price',
    'cn.reg-2024.no-widening',
    'cn.reg-2024.intact',
    'cn.reg-2024.abuse',
    'cn.reg-2024.consent',
  ],
  '§1.4 prepaid interpretation': [
    'cn.prepaid-2025.return-7',
    'cn.prepaid-2025.refund',
    'cn.prepaid-2025.card',
  ],
  '§1.4 complaints to the regulator': ['cn.complaint.accept', 'cn.complaint.mediate'],
  '§1.4 12315 ODR': ['cn.odr-10'],
  '§1.5 depreciation': ['cn-33.no-depreciation', 'cn-11.no-fee', 'cn-37.invoice-price'],
  '§1.5 repair limit': ['cn-33.repair-5', 'cn-37.repair-30'],
  '§1.5 cumulative repair': ['cn-33.two-repairs', 'cn-33.cumulative-35'],
  '§1.5 repaired part': ['cn-33.repaired-part', 'cn-37.repairer-30'],
  '§1.5 uncatalogued goods': [
    'cn-33.catalogue',
    'cn-11.six-months',
    'cn-11.three-months',
    'cn-31.repair-6-months',
  ],
  '§1.5 price moved': ['cn-11.price'],
  '§1.5 gifts': ['cn-33.gift', 'cn-31.gift', 'cn-37.gift'],
  '§1.5 test': ['cn-33.burden', 'cn-33.evidence', 'cn-11.test'],
  '§1.5 lost time and transport': [
    'cn-33.transport',
    'cn-11.lost-time',
    'cn-31.transport',
    'cn-37.transport',
  ],
  '§1.5 consent proof': ['cn-31.consent-5y'],
  '§1.6 A': [
    'cn-footwear.a.day-7',
    'cn-footwear.a.repair-30',
    'cn-footwear.a.repair-90',
    'cn-footwear.a.two-repairs-30',
    'cn-footwear.a.two-repairs-90',
    'cn-footwear.a.leather-3-months',
    'cn-footwear.a.other-1-month',
    'cn-footwear.a.test',
  ],
  '§1.6 B': [
    'cn-footwear.b.leather',
    'cn-footwear.b.other',
    'cn-footwear.b.mismatch',
    'cn-footwear.b.month-1',
    'cn-footwear.b.refund-daily-leather',
    'cn-footwear.b.refund-daily-other',
  ],
  '§1.6 C': [
    'cn-footwear.c.leather',
    'cn-footwear.c.rubber',
    'cn-footwear.c.other',
    'cn-footwear.c.children',
    'cn-footwear.c.leather-second',
    'cn-footwear.c.week',
  ],
  '§1.7 胖东来': [
    'sample.pdl.return-15',
    'sample.pdl.clothing-7',
    'sample.pdl.food-7',
    'sample.pdl.quality-1-month',
    'sample.pdl.leather-coat',
    'sample.pdl.leather-shoes',
    'sample.pdl.other-shoes',
    'sample.pdl.price-drop-7',
    'sample.pdl.excluded',
    'sample.pdl.specials',
  ],
  '§1.7 阳光百货': [
    'sample.ygbh.day-7',
    'sample.ygbh.day-15',
    'sample.ygbh.repair-30',
    'sample.ygbh.voucher',
    'sample.ygbh.swap-price',
    'sample.ygbh.member-price',
    'sample.ygbh.one-stop',
  ],
  '§1.7 营专03-0014': [
    'sample.yz14.clothing-1',
    'sample.yz14.never',
    'sample.yz14.quality-1-month',
    'sample.yz14.shoes',
    'sample.yz14.counter-first',
  ],
  '§1.7 manual': [
    'sample.r40.original-state',
    'sample.r40.used-fault',
    'sample.r40.two-repairs',
    'sample.r40.no-stock',
    'sample.r40.cosmetics',
    'sample.r40.allergy',
    'sample.r40.crafts',
  ],
  '§1.7 supermarket': ['sample.r41.return-5', 'sample.r41.excluded', 'sample.r41.specials'],
  '§1.7 grading table': ['sample.r42.bags', 'sample.r42.shoes', 'sample.r42.shirts'],
  '§1.7 store chain': ['sample.r43.refund-7', 'sample.r43.exchange-15', 'sample.r43.shelf'],
  '§1.7 jewellery': ['sample.jewellery'],
  '§1.8 UK': [
    'gb.cra.reject-30',
    'gb.cra.repair',
    'gb.cra.final-6-months',
    'gb.cra.presumption',
    'gb.cra.refund-14',
  ],
  '§1.8 EU': ['eu.conformity-2-years', 'eu.presumption', 'eu.rescission', 'eu.withdrawal-14'],
  '§1.8 US': ['us.post-policy'],
}

describe('every row of the trade has its rules', () => {
  it.each(Object.entries(rows))('%s', (_row, ids) => {
    expect(ids.filter((id) => !byId.has(id))).toEqual([])
  })
})

/** domain.md §1.2: months of the whole unit, of the main parts, daily depreciation in parts per million. */
const catalogue: [string, number | null, number | null, number | null, boolean][] = [
  ['bicycle', 12, 24, 500, false],
  ['tv_color', 12, 36, 1000, false],
  ['tv_flat', 12, 36, 1000, true],
  ['tv_bw', 12, 36, 500, false],
  ['vcr', 12, 12, 1000, false],
  ['camcorder', 12, null, 1000, false],
  ['fridge', 12, 36, 500, true],
  ['washer', 12, 36, 500, true],
  ['fan', 12, 36, 500, true],
  ['vacuum', 12, 36, 500, true],
  ['microwave', 12, null, 500, true],
  ['aircon', 12, 36, 1000, true],
  ['hood', 12, null, 500, false],
  ['gas_heater', 12, null, 500, false],
  ['radio_tape', null, null, null, true],
  ['e_organ', null, null, null, true],
  ['sewing', null, null, null, true],
  ['clock_watch', null, null, null, true],
  ['motorcycle', null, null, null, true],
  ['phone_batt', 6, null, null, false],
  ['phone_charger', null, null, null, true],
  ['phone_earphone', 3, null, null, false],
  ['phone_datacard', 12, null, null, false],
  ['phone_sim_terminal', 12, null, null, false],
  ['phone_fixed', null, null, null, true],
  ['pc', 12, 24, 2500, false],
  ['home_av', 12, 24, null, false],
]

const anyBrand = (category: string) => ({ category, sku: '', brand: '', counter: '' })

describe('the catalogue', () => {
  it.each(catalogue)('%s', (code, unitMonths, partMonths, dailyPpm, unverified) => {
    const term = findTerm(rules, anyBrand(code), '2026-01-01')
    expect(term).toMatchObject({ unitMonths, dailyPpm, unverified })
    expect(new Set(term?.parts.map(({ months }) => months))).toEqual(
      new Set(term?.parts.length ? [partMonths] : []),
    )
  })

  it('has a clock for each thing in the box of a phone', () => {
    const term = findTerm(rules, anyBrand('phone_mobile'), '2026-01-01')
    expect(term).toMatchObject({ unitMonths: 12, dailyPpm: 5000 })
    expect(Object.fromEntries(term?.parts.map(({ part, months }) => [part, months]) ?? [])).toEqual(
      { battery: 6, charger: null, earphone: 3, data_card: 12 },
    )
  })

  it('gives way to a longer promise of the house, for the goods it speaks of', () => {
    const law = findTerm(rules, anyBrand('pc'), '2026-01-01')
    if (!law) throw new Error('no term')
    const scope = { categories: ['pc'], brands: ['极昼'] }
    const house: Rule = {
      ...law,
      id: 'own.pc',
      layer: 'brand',
      statutory: false,
      unitMonths: 36,
      scope,
    }
    const all = [...rules, house]
    const own = { ...anyBrand('pc'), brand: '极昼' }
    expect(findTerm(all, own, '2026-01-01')?.unitMonths).toBe(36)
    expect(findTerm(all, anyBrand('pc'), '2026-01-01')?.unitMonths).toBe(12)
    expect(findTerm(all, own, '1990-01-01')).toBeUndefined()
  })

  it('has one term rule for each category with a warranty, and a category for each term rule', () => {
    const withTerm = rulesOf('cn-catalogue').flatMap(({ scope }) => scope.categories ?? [])
    expect(new Set(withTerm).size).toBe(withTerm.length)
    expect(withTerm).toEqual(
      goodsCategories.categories.filter(({ wholeOnly }) => wholeOnly).map(({ code }) => code),
    )
  })
})

describe('figures the law itself gives', () => {
  it.each([
    ['cn.sb-07', { window: { to: 7, unit: 'days' }, chooser: 'customer', freight: 'store' }],
    ['cn.sb-15', { window: { to: 15, unit: 'days' } }],
    ['cn.sb-2r', { trigger: { kind: 'failed_repairs', count: 2 } }],
    ['cn.sb-90', { trigger: { kind: 'parts_missing', days: 90 } }],
    ['cn.phone.parts-60', { trigger: { kind: 'parts_missing', days: 60 } }],
    ['cn.sb-30', { trigger: { kind: 'repair_overdue', days: 30, cause: 'repairer' } }],
    ['cn.cpl-23', { window: { to: 6, unit: 'months' }, burdenOfProof: 'seller' }],
    ['cn.cpl-55', { times: 3, floor: 50_000 }],
    ['cn.fsl-148', { times: 10, floor: 100_000 }],
    ['cn.penalty-8', { delayDays: 15 }],
    ['cn.odr-10', { withinDays: 10, dayKind: 'working' }],
    ['cn.car.reply-10', { withinDays: 10, dayKind: 'working' }],
    ['cn.car.finish-20', { withinDays: 20, dayKind: 'working' }],
    ['cn-33.no-depreciation', { depreciation: 'forbidden' }],
    ['cn-33.cumulative-35', { trigger: { kind: 'cumulative_repair', days: 35 } }],
    ['cn-33.gift', { gift: 'keep' }],
    ['cn-11.price', { priceBasis: 'higher_of_paid_and_current' }],
    ['cn-11.test', { testFee: { fault: 'store', noFault: 'customer', unknown: 'store' } }],
    ['cn-31.gift', { gift: 'return_or_value' }],
    ['gb.cra.reject-30', { window: { to: 30, extendedByRepairs: true } }],
  ])('%s', (id, expected) => {
    expect(byId.get(id)).toMatchObject(expected)
  })

  it('keep the 90 days off telephones, which have 60', () => {
    expect(byId.get('cn.sb-90')?.scope.categories).not.toContain('phone_mobile')
  })
})

describe('the category of goods', () => {
  it.each([
    ['家用电器', '清澜 变频冰箱 480升', 'fridge'],
    ['厨房电器', '澜石 电热水壶 1.7升', 'appliance'],
    ['手机', '极昼 蓝牙耳机', 'electronics_accessory'],
    ['手机', '65W快速充电器', 'phone_charger'],
    ['女鞋', '步云里 羊皮单鞋', 'footwear.leather'],
    ['女鞋', '步云里 短靴', 'footwear'],
    ['男装', '远岫 免烫衬衫', 'clothing'],
    ['男装', '远岫 真皮腰带', 'clothing'],
    ['', '步云里 牛皮短靴', 'footwear.leather'],
    ['内衣', '织禾 无痕文胸', 'clothing.underwear'],
    ['运动', '驰野 缓震跑鞋', 'footwear.travel'],
    ['生鲜', '五花肉', 'food.fresh.meat'],
    ['食品百货', '禾丰 五常大米 5kg', 'food.grain_oil'],
    ['食品百货', '禾丰 洗衣液 3kg', 'toiletries'],
    ['珠宝首饰', '足金转运珠手链', 'jewellery.gold'],
    ['化妆品', '雅缇 防晒霜 SPF50', 'cosmetics'],
    ['', '电视柜 胡桃木', 'furniture'],
    ['F1 专柜', '瑜伽垫', 'sports'],
    ['Womenswear', 'Silk dress', 'clothing'],
    ['服装鞋帽', '李宁 悟道2.0跑鞋', 'footwear.travel'],
    ['粮油/袋装速食面/牛肉口味', '', 'food.grain_oil'],
    ['酒饮/啤酒/国产黄啤', '', 'food.alcohol'],
    ['生鲜/蔬果/水果', '红富士', 'food.fresh.produce'],
    ['运动', '驰野 速干T恤', 'clothing'],
  ])('%s / %s is %s', (category, name, code) => {
    expect(findCategory(goodsCategories, { category, name })?.code).toBe(code)
  })

  it.each([
    ['女鞋', '鞋护理套装'],
    ['', '送货费'],
    ['', '真皮腰带'],
  ])('%s / %s has none', (category, name) => {
    expect(findCategory(goodsCategories, { category, name })).toBeUndefined()
  })

  it('hands its tags down', () => {
    expect(tagsOf(goodsCategories, 'food.fresh.meat')).toEqual(['perishable'])
    expect(tagsOf(goodsCategories, 'food.grain_oil')).toEqual([])
  })

  it('has codes whose upper codes exist, each once', () => {
    const codes = goodsCategories.categories.map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes.filter((each) => each.includes('.'))) {
      expect(codes).toContain(code.slice(0, code.lastIndexOf('.')))
    }
  })
})

describe('a bad policy file is refused', () => {
  type Loose = Record<string, unknown>

  /** A file of one rule that is sound, with something spoilt. */
  function spoil(change: Loose, fileChange: Loose = {}): string {
    const rule = { ...structuredClone(byId.get('cn.sb-07')), ...change }
    return JSON.stringify({
      format: 1,
      id: 'own',
      title: { zh: '本店', en: 'Own' },
      extends: [],
      rules: [rule],
      ...fileChange,
    })
  }
  const refusal = (text: string) => refusalOf(() => parsePolicyFile(text, 'own.json'))
  const own = { file: 'own.json', rule: 'cn.sb-07' }
  const window = { from: 0, to: 7, unit: 'days', dayKind: 'calendar', start: ['sale'] }

  it('but a sound one is not', () => {
    expect(refusal(spoil({}))).toBeUndefined()
  })

  it.each<[string, string, object]>([
    ['that is not JSON', '{', { reason: 'policy.file_not_json', file: 'own.json' }],
    [
      'with an unknown field',
      spoil({ colour: 'red' }),
      { reason: 'policy.file_unknown_field', ...own, field: 'colour' },
    ],
    [
      'with an unknown field within a field',
      spoil({ window: { ...window, until: 8 } }),
      { reason: 'policy.file_unknown_field', ...own, field: 'window.until' },
    ],
    [
      'with an unknown field of the file itself',
      spoil({}, { author: 'x' }),
      { reason: 'policy.file_unknown_field', file: 'own.json', rule: '—', field: 'author' },
    ],
    [
      'without a translation',
      spoil({ text: { zh: '可退' } }),
      { reason: 'policy.file_missing_translation', ...own, field: 'text.en' },
    ],
    [
      'with a blank translation',
      spoil({ basis: { zh: ' ', en: 'Law' } }),
      { reason: 'policy.file_missing_translation', ...own, field: 'basis.zh' },
    ],
    [
      'without a translation of its title',
      spoil({}, { title: { zh: '本店' } }),
      {
        reason: 'policy.file_missing_translation',
        file: 'own.json',
        rule: '—',
        field: 'title.en',
      },
    ],
    [
      'with a window that ends before it begins',
      spoil({ window: { ...window, from: 8 } }),
      { reason: 'policy.file_impossible_window', ...own, field: 'window.to' },
    ],
    [
      'with a validity that ends before it begins',
      spoil({ validTo: '1990-01-01' }),
      { reason: 'policy.file_impossible_window', ...own, field: 'validTo' },
    ],
    [
      'with a season that ends before its sales do',
      spoil({ season: { soldFrom: '2026-01-01', soldTo: '2026-02-01', until: '2026-01-31' } }),
      { reason: 'policy.file_impossible_window', ...own, field: 'season.until' },
    ],
    [
      'with a price band turned round',
      spoil({ scope: { paidFrom: 100, paidTo: 99 } }),
      { reason: 'policy.file_impossible_window', ...own, field: 'scope.paidTo' },
    ],
    [
      'with a day that is not in the calendar',
      spoil({ validFrom: '2025-02-29' }),
      { reason: 'policy.file_bad_value', ...own, field: 'validFrom' },
    ],
    [
      'without a source',
      spoil({ source: undefined }),
      { reason: 'policy.file_bad_value', ...own, field: 'source' },
    ],
    [
      'with an effect nobody knows',
      spoil({ effect: 'blessing' }),
      { reason: 'policy.file_bad_value', ...own, field: 'effect' },
    ],
    [
      'with law made by a store',
      spoil({ layer: 'store' }),
      { reason: 'policy.file_bad_value', ...own, field: 'statutory' },
    ],
    [
      'with a category nobody knows',
      spoil({ scope: { not: { categories: ['flying_carpet'] } } }),
      { reason: 'policy.file_unknown_category', ...own, category: 'flying_carpet' },
    ],
    [
      'with a rule twice',
      spoil({}, { rules: [byId.get('cn.sb-07'), byId.get('cn.sb-07')] }),
      { reason: 'policy.file_duplicate_rule', ...own, version: 1 },
    ],
  ])('%s', (_what, text, expected) => {
    expect(refusal(text)).toEqual(expected)
  })

  it('names a rule without a name by its place', () => {
    expect(refusal(spoil({ id: undefined }))).toMatchObject({ rule: '#1', field: 'id' })
  })

  const file = (id: string, bases: string[], held: Rule[] = []): PolicyFile => ({
    format: 1,
    id,
    title: { zh: id, en: id },
    extends: bases,
    rules: held,
  })

  it('that builds on one that is not there', () => {
    expect(refusalOf(() => joinPolicyFiles([file('a', ['b'])]))).toEqual({
      reason: 'policy.file_unknown_base',
      file: 'a',
      base: 'b',
    })
  })

  it('in a circle with others, or with itself', () => {
    const circle = [file('a', ['b']), file('b', ['c']), file('c', ['a'])]
    expect(refusalOf(() => joinPolicyFiles(circle))).toEqual({
      reason: 'policy.file_cycle',
      path: 'a → b → c → a',
    })
    expect(refusalOf(() => joinPolicyFiles([file('a', ['a'])]))).toMatchObject({
      reason: 'policy.file_cycle',
    })
  })

  it('with a rule another file has, but not with a later version of it', () => {
    const [rule] = rules
    if (!rule) throw new Error('no rules')
    expect(
      refusalOf(() => joinPolicyFiles([file('a', [], [rule]), file('b', [], [rule])])),
    ).toEqual({ reason: 'policy.file_duplicate_rule', file: 'a, b', rule: rule.id, version: 1 })
    const later = { ...rule, version: 2 }
    expect(joinPolicyFiles([file('a', [], [rule]), file('b', [], [later])])).toHaveLength(2)
  })
})
