import { describe, expect, it } from 'vitest'
import { type Goods, isSameFamily } from '../../src-main/exchanges/family.ts'
import { familyName } from '../../src-main/foundation/family-name.ts'
import {
  type GivenChoice,
  priceGiven,
  type PricePolicy,
  type ReturnedWorth,
  withRounding,
  writeExchangeStrip,
} from '../../src-main/exchanges/pricing.ts'
import { compareSerials, serialKey, unitsBySerial } from '../../src-main/exchanges/serials.ts'

const plain = { productId: null, brand: '', model: '', spec: '', listPrice: null }
const goods = (name: string, more: Partial<Goods> = {}): Goods => ({ ...plain, name, ...more })

describe('the same model', () => {
  it.each([
    ['耐克跑鞋 42码', '耐克跑鞋 43码'],
    ['羊毛大衣 M', '羊毛大衣 XXL'],
    ['西裤 170/88A', '西裤 175/92A'],
    ['童装外套 110cm', '童装外套 120cm'],
    ['Runner 42.5码', 'RUNNER 41码'],
  ])('is known by its name without the size: %s, %s', (a, b) => {
    expect(isSameFamily(goods(a), goods(b))).toBe(true)
  })

  it('takes sizes and colours from the catalogue where it has them', () => {
    const black = goods('单鞋 37码 黑色', { spec: '37码 黑色' })
    expect(familyName(black)).toBe('单鞋')
    expect(isSameFamily(black, goods('单鞋 38码 裸色', { spec: '38码 裸色' }))).toBe(true)
    expect(isSameFamily(black, goods('单鞋 38码 裸色'))).toBe(false)
  })

  it('goes by the model number where both have one, and by the brand where both have one', () => {
    const phone = goods('手机', { model: 'JZ-X5', brand: '极致' })
    expect(isSameFamily(phone, goods('手机 深空灰', { model: 'JZ-X5', brand: '极致' }))).toBe(true)
    expect(isSameFamily(phone, goods('手机', { model: 'JZ-L3', brand: '极致' }))).toBe(false)
    expect(isSameFamily(phone, goods('手机', { model: 'JZ-X5', brand: '启辰' }))).toBe(false)
  })

  it('is not what the shelf prices differently, nor another thing', () => {
    const cream = goods('面霜', { listPrice: 45_900 })
    expect(isSameFamily(cream, goods('面霜', { listPrice: 89_900 }))).toBe(false)
    expect(isSameFamily(cream, goods('面霜', { listPrice: null }))).toBe(true)
    expect(isSameFamily(goods('围巾'), goods('手套'))).toBe(false)
  })

  it('keeps a name that is nothing but a size', () => {
    expect(familyName(goods('XL'))).toBe('xl')
  })
})

const coat = (unitAmounts: number[], paid: number, list: number, id = 1): ReturnedWorth => ({
  saleLineId: id,
  goods: goods('大衣 M', { productId: id, listPrice: 10_000 }),
  unitAmounts,
  paidShare: paid,
  listShare: list,
})

const give = (name: string, more: Partial<GivenChoice> & { price?: number } = {}): GivenChoice => ({
  goods: goods(name, { listPrice: more.price ?? null }),
  units: 1,
  typedPrice: null,
  replaces: null,
  keepPrice: true,
  discount: null,
  ...more,
})

const usual: PricePolicy = { discountPolicy: 'none', goodsPolicy: 'any' }
const paidOf = (lines: readonly { paidAmount: number }[]) => lines.map((line) => line.paidAmount)

describe('the price of what goes out', () => {
  it('is what was paid for the units it replaces, odd 分 and all', () => {
    const back = [coat([3_334, 3_333, 3_333], 10_000, 30_000)]
    const one = give('大衣 L', { price: 10_000 })
    expect(paidOf(priceGiven([one, one, one], back, usual))).toEqual([3_334, 3_333, 3_333])
    expect(paidOf(priceGiven([{ ...one, units: 3 }], back, usual))).toEqual([10_000])
  })

  it('is the shelf’s for more of them than come back', () => {
    const lines = priceGiven(
      [give('大衣 L', { price: 10_000, units: 2 })],
      [coat([8_000], 8_000, 10_000)],
      usual,
    )
    expect(lines).toMatchObject([{ pricing: 'catalogue', paidAmount: 20_000, isSameFamily: true }])
  })

  it('is the shelf’s where the clerk says so', () => {
    const asked = give('大衣 L', { price: 10_000, keepPrice: false })
    expect(paidOf(priceGiven([asked], [coat([8_000], 8_000, 10_000)], usual))).toEqual([10_000])
  })

  it('has no discount in it where the shelf has become cheaper', () => {
    const [line] = priceGiven(
      [give('大衣 L', { price: 10_000 })],
      [coat([12_000], 12_000, 15_000)],
      usual,
    )
    expect(line).toMatchObject({ listAmount: 12_000, paidAmount: 12_000, rateDiscount: 0 })
  })

  it('shares the old discount rate by largest remainder, rounded once for each old line', () => {
    const policy = { ...usual, discountPolicy: 'same_rate' } as const
    const lines = priceGiven(
      [
        give('帽子', { price: 3_333 }),
        give('手套', { price: 3_333 }),
        give('袜子', { price: 3_333 }),
      ],
      [coat([6_667], 6_667, 10_000)],
      policy,
    )
    const off = lines.map((line) => line.rateDiscount)
    expect(off.reduce((a, b) => a + b)).toBe(9_999 - 6_666)
    expect(Math.max(...off) - Math.min(...off)).toBeLessThanOrEqual(1)
  })

  it.each([
    ['exchanges.nothing_returned', [give('帽子', { price: 1 })], []],
    ['exchanges.price_needed', [give('帽子')], [coat([1], 1, 1)]],
    [
      'exchanges.price_from_catalogue',
      [give('帽子', { price: 5, typedPrice: 4 })],
      [coat([1], 1, 1)],
    ],
    ['exchanges.replaces_unknown', [give('帽子', { price: 5, replaces: 9 })], [coat([1], 1, 1)]],
    [
      'exchanges.discount_needs_reason',
      [give('帽子', { price: 5, discount: { amount: 1, reason: ' ' } })],
      [coat([1], 1, 1)],
    ],
    [
      'exchanges.discount_too_large',
      [give('帽子', { price: 5, discount: { amount: 6, reason: '旧' } })],
      [coat([1], 1, 1)],
    ],
  ])('is refused: %s', (reason, asked, back) => {
    expect(() => priceGiven(asked, back, usual)).toThrow(expect.objectContaining({ reason }))
  })

  it('stands in a strip that comes to the difference, rounding and all', () => {
    const priced = priceGiven(
      [
        give('帽子', { price: 5_005 }),
        give('手套', { price: 7_001, discount: { amount: 100, reason: '旧' } }),
      ],
      [coat([8_000], 8_000, 10_000)],
      usual,
    )
    const lines = withRounding(priced, -6)
    const strip = writeExchangeStrip({ lines, credit: 8_000, rounding: 0, difference: 3_900 })
    expect(strip.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['goods', 5_005],
      ['goods', 7_001],
      ['discount', -100],
      ['given', 11_906],
      ['credit', -8_000],
      ['rounding', -6],
      ['total', 3_900],
    ])
    const wrong = { lines, credit: 8_000, rounding: 0, difference: 3_901 }
    expect(() => writeExchangeStrip(wrong)).toThrow('does not come to its total')
  })
})

describe('serial numbers', () => {
  it('are compared without blanks, hyphens, width and case', () => {
    expect(serialKey(' ｓｎ-10 0x')).toBe('SN100X')
  })

  it('tell which units of a line came back, or nothing', () => {
    const sold = [
      { unitNo: 1, serialNo: 'A1' },
      { unitNo: 2, serialNo: 'A2' },
    ]
    expect(unitsBySerial(['a2'], sold, 1)).toEqual([2])
    expect(unitsBySerial(['a2', 'a1'], sold, 2)).toEqual([1, 2])
    expect(unitsBySerial(['a2'], sold, 2)).toBeNull()
    expect(unitsBySerial(['B9'], sold, 1)).toBeNull()
  })

  it('match, differ, are missing, or have nothing to be compared with', () => {
    const sold = [{ unitNo: 1, serialNo: 'A1' }]
    const flagsOf = (scanned: string[], known: Parameters<typeof compareSerials>[3]) =>
      compareSerials('手机', [1, 2], scanned, known).map(({ flag, serialNo }) => [flag, serialNo])
    expect(flagsOf(['a1', 'B2'], sold)).toEqual([
      ['match', 'a1'],
      ['unknown', 'B2'],
    ])
    expect(flagsOf(['B2', 'B3'], sold)).toEqual([
      ['mismatch', 'B2'],
      ['unknown', 'B3'],
    ])
    expect(flagsOf([], sold)).toEqual([
      ['missing', ''],
      ['unknown', ''],
    ])
    const onSlip = [
      { unitNo: null, serialNo: 'A1' },
      { unitNo: null, serialNo: 'A2' },
    ]
    expect(flagsOf(['A2', 'A1'], onSlip).map(([flag]) => flag)).toEqual(['match', 'match'])
  })

  it('are refused twice, and more of them than units', () => {
    expect(() => compareSerials('手机', [1, 2], ['A1', 'a-1'], [])).toThrow(
      expect.objectContaining({ reason: 'exchanges.serial_twice' }),
    )
    expect(() => compareSerials('手机', [1], ['A1', 'A2'], [])).toThrow(
      expect.objectContaining({ reason: 'exchanges.too_many_serials' }),
    )
  })
})
