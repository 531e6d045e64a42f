import { describe, expect, it } from 'vitest'
import {
  allocate,
  assertMinorUnits,
  formatDecimal,
  formatMoney,
  minorDigits,
  partOf,
  shareOfUnit,
  sumMoney,
} from '../../src-main/foundation/money.ts'

describe('an amount', () => {
  it('is a safe integer of minor units and nothing else', () => {
    for (const bad of [0.5, Number.NaN, Infinity, 2 ** 53]) {
      expect(() => assertMinorUnits(bad)).toThrow(RangeError)
    }
    expect(() => sumMoney([Number.MAX_SAFE_INTEGER, 1])).toThrow('out of range')
  })

  it.each([
    [129_900, 'CNY', 'zh-CN', '¥1,299.00'],
    [-5, 'CNY', 'zh-CN', '-¥0.05'],
    [0, 'CNY', 'en', '¥0.00'],
    [1_299, 'JPY', 'en', '¥1,299'],
    [1_234_567, 'KWD', 'en', 'KWD 1,234.567'],
    [9_007_199_254_740_991, 'CNY', 'zh-CN', '¥90,071,992,547,409.91'],
  ])('%s %s in %s reads %s', (amount, currency, language, text) => {
    expect(formatMoney(amount, currency, language).replaceAll('\u00a0', ' ')).toBe(text)
  })

  it('is plain decimal text in a form', () => {
    expect(formatDecimal(129_905, 'CNY')).toBe('1299.05')
    expect(formatDecimal(-7, 'CNY')).toBe('-0.07')
    expect(formatDecimal(1_299, 'JPY')).toBe('1299')
    expect(minorDigits('KWD')).toBe(3)
  })
})

describe('a part by rate', () => {
  it.each([
    [820, 125_000, 103],
    [-820, 125_000, -103],
    [819, 125_000, 102],
    [999, 0, 0],
    [9_007_199_254_740_991, 1_000_000, 9_007_199_254_740_991],
  ])('of %i at %i ppm is %i, rounded half up once', (amount, ppm, part) => {
    expect(partOf(amount, ppm)).toBe(part)
  })

  it('has a rate that is a share', () => {
    for (const bad of [-1, 0.5, Number.NaN]) expect(() => partOf(100, bad)).toThrow(RangeError)
  })
})

describe('sharing', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [100, [0, 0], [50, 50]],
    [10, [3, 0, 1], [8, 0, 2]],
    [1, [1, 2], [0, 1]],
    [0, [], []],
  ])('%s over %j is %j', (total, weights, parts) => {
    expect(allocate(total, weights)).toEqual(parts)
  })

  it('never makes minus zero', () => {
    expect(allocate(-1, [1, 1]).every((part) => !Object.is(part, -0))).toBe(true)
  })

  it('refuses weights that are no weights', () => {
    expect(() => allocate(1, [-1, 2])).toThrow(RangeError)
    expect(() => allocate(1, [0.5])).toThrow(RangeError)
    expect(() => allocate(1, [])).toThrow(RangeError)
  })

  it('gives the earlier units the odd minor units', () => {
    expect([1, 2, 3].map((unitNo) => shareOfUnit(1_000, 3, unitNo))).toEqual([334, 333, 333])
    expect([1, 2, 3].map((unitNo) => shareOfUnit(-1_000, 3, unitNo))).toEqual([-334, -333, -333])
    expect(() => shareOfUnit(1_000, 3, 4)).toThrow(RangeError)
    expect(() => shareOfUnit(1_000, 3, 0)).toThrow(RangeError)
    expect(() => shareOfUnit(1_000, 0, 1)).toThrow(RangeError)
  })
})
