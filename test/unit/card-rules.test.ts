import { describe, expect, it } from 'vitest'
import { clocksOf, draftTerms, plainSerial } from '../../src-main/cards/rules.ts'
import {
  chinaCalendar,
  endOfTerm,
  type HolidayCalendar,
  holidaysOf,
} from '../../src-main/foundation/holidays.ts'
import { findCategory, findTerm, promisableTerms } from '../../src-main/policy/categories.ts'
import { goodsCategories, loadPolicyFiles } from '../../src-main/policy/files.ts'

/** The category with a warranty that goods belong to, and its terms as a card can promise them. */
function findWarranty(goods: { category: string; name: string }) {
  const category = findCategory(goodsCategories, goods)
  const term =
    category &&
    findTerm(
      loadPolicyFiles(),
      { category: category.code, sku: '', brand: '', counter: '' },
      '2026-01-01',
    )
  return term && { code: category.code, ...promisableTerms(term) }
}

describe('the last day of a term', () => {
  it('is the anniversary, inclusive', () => {
    // The commentary's own example; 1996-12-01 is a Sunday and stays (domain.md §1.1).
    expect(endOfTerm('1995-12-01', 12, chinaCalendar)).toBe('1996-12-01')
  })

  it.each([
    ['2025-10-01', 12, '2026-10-08', 'National Day 2026 is announced to the 7th'],
    ['2025-01-01', 12, '2026-01-04', 'the Sunday after New Year 2026 is a make-up workday'],
    ['2025-02-17', 12, '2026-02-24', 'Spring Festival 2026 is announced to the 23rd'],
    [
      '2025-01-26',
      36,
      '2028-01-31',
      'Spring Festival 2028 is not announced: its days by law, then a weekend',
    ],
    ['2027-04-04', 12, '2028-04-05', '清明 2028'],
    ['2027-05-28', 12, '2028-05-29', '端午 2028'],
    ['2027-10-03', 12, '2028-10-04', '中秋 and National Day fall together in 2028'],
    ['2025-05-09', 12, '2026-05-09', 'a Saturday worked in lieu is a day like any other'],
    ['2025-07-04', 12, '2026-07-04', 'a plain Saturday does not move it'],
  ])('%s + %i months is %s: %s', (start, months, end) => {
    expect(endOfTerm(start, months, chinaCalendar)).toBe(end)
  })

  it('does not move outside China', () => {
    expect(endOfTerm('2025-10-01', 12, holidaysOf('HKD'))).toBe('2026-10-01')
  })

  it('asks the calendar it is given', () => {
    const strike: HolidayCalendar = {
      isHoliday: (date) => date === '2026-03-03',
      isWorkday: (date) => date > '2026-03-05',
    }
    expect(endOfTerm('2026-02-03', 1, strike)).toBe('2026-03-06')
  })
})

describe('the clocks of a warranty', () => {
  const terms = { unitMonths: 12, partMonths: 36, installedOn: null }

  it('start on the day of sale, or of installation', () => {
    expect(clocksOf(terms, '2025-07-04', null)).toEqual({
      startsOn: '2025-07-04',
      unitEndsOn: '2026-07-04',
      partEndsOn: '2028-07-04',
    })
    expect(clocksOf({ ...terms, installedOn: '2025-07-10' }, '2025-07-04', null)).toMatchObject({
      startsOn: '2025-07-10',
      unitEndsOn: '2026-07-10',
    })
  })

  it('have none for parts where parts have no term', () => {
    expect(clocksOf({ ...terms, partMonths: null }, '2025-07-04', null).partEndsOn).toBeNull()
  })
})

describe('the category of goods', () => {
  it.each([
    ['自行车', '飞鸽 26 寸', 'bicycle'],
    ['家电/微波炉', '', 'microwave'],
    ['', '华为 Mate 70 手机 12+512', 'phone_mobile'],
    ['手机电池', '', 'phone_batt'],
    ['', '联想小新 笔记本电脑', 'pc'],
    ['空调', '格力 1.5 匹', 'aircon'],
    ['Mobile Phone', 'Galaxy S26', 'phone_mobile'],
    ['', '有线耳机 3.5mm', 'phone_earphone'],
  ])('%s / %s is %s', (category, name, code) => {
    expect(findWarranty({ category, name })?.code).toBe(code)
  })

  it.each([
    ['', '手机壳 透明'],
    ['手机配件', '数据线'],
    ['自行车', '自行车锁'],
    ['', '空调被 夏凉被'],
    ['家具', '电视柜'],
    ['', 'CCTV 纪念册'],
    ['', '电视遥控器'],
    ['女鞋', '短靴'],
    ['', ''],
  ])('%s / %s has none', (category, name) => {
    expect(findWarranty({ category, name })).toBeUndefined()
  })

  it('has no term where none was verified', () => {
    const microwave = findWarranty({ category: '微波炉', name: '' })
    expect(microwave).toMatchObject({ unitMonths: null, partMonths: null, mainParts: null })
  })
})

describe('the terms a card starts with', () => {
  const papers = {
    covers: goodsCategories.covers,
    language: 'zh' as const,
    store: { name: '鹤翔百货', phone: '0760' },
    vendor: '飞鸽专柜',
  }
  const unknown = {
    unitMonths: null,
    partMonths: null,
    mainParts: '',
    provider: null,
    providerName: '',
    providerPhone: '',
  }
  const bicycle = findWarranty({ category: '自行车', name: '' })

  it('name the store where nobody else is named', () => {
    expect(draftTerms(unknown, undefined, papers)).toEqual({
      ...unknown,
      provider: 'store',
      providerName: '鹤翔百货',
      providerPhone: '0760',
      scope: '',
      costBearer: 'store',
    })
  })

  it('name the vendor of the line where the vendor provides', () => {
    expect(draftTerms({ ...unknown, provider: 'vendor' }, bicycle, papers)).toMatchObject({
      unitMonths: 12,
      provider: 'vendor',
      providerName: '飞鸽专柜',
      providerPhone: '',
      costBearer: 'vendor',
    })
  })

  it('are written in the languages of the paper', () => {
    expect(draftTerms(unknown, bicycle, { ...papers, language: 'bilingual' })).toMatchObject({
      mainParts: '车架、变速器 / frame, gears',
      scope: '性能故障 / performance faults',
    })
  })

  it('do not mix the term of a product with the parts of its category', () => {
    expect(draftTerms({ ...unknown, unitMonths: 24 }, bicycle, papers)).toMatchObject({
      unitMonths: 24,
      partMonths: null,
      mainParts: '',
    })
  })
})

describe('a serial number', () => {
  it('keeps its case and zeros', () => {
    expect(plainSerial(' ００ab－１ ')).toBe('00ab-1')
  })
})
