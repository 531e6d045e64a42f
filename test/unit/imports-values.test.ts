import { describe, expect, it } from 'vitest'
import {
  decimalEvidence,
  decimalText,
  ExactSum,
  parseAmount,
  parseCode,
  parseFlag,
  parseMoment,
  parseMonths,
  parseQuantity,
  parseTime,
} from '../../src-main/imports/values.ts'

describe('amounts', () => {
  it.for([
    ['1299', 1_299_000_000],
    ['1,299.00', 1_299_000_000],
    ['1,00,000.50', 100_000_500_000],
    ['¥1299', 1_299_000_000],
    ['￥ 1,299.5', 1_299_500_000],
    ['£3.20', 3_200_000],
    ['-¥3.2', -3_200_000],
    ['¥-3.2', -3_200_000],
    ['12.50-', -12_500_000],
    ['(12.50)', -12_500_000],
    ['9.9元', 9_900_000],
    ['１２．５', 12_500_000],
    ['129.696', 129_696_000],
    ['1.16 ', 1_160_000],
    ['\t0.0', 0],
    ['19.990000000000002', 19_990_000],
    ['="45.10"', 45_100_000],
  ] as const)('%s', ([cell, micro]) => expect(parseAmount(cell)).toEqual({ micro }))

  it.for([
    ['2,55', 2_550_000],
    ['1.299,50', 1_299_500_000],
    ['1.299', 1_299_000_000],
    ['-2,5', -2_500_000],
  ] as const)('%s with a decimal comma', ([cell, micro]) =>
    expect(parseAmount(cell, ',')).toEqual({ micro }),
  )

  it.for(['abc', '1,29', '1.2.3', '6.9E+12', '-', '12,5.0', '--3'])('refuses %s', (cell) =>
    expect(parseAmount(cell)).toBe('import.bad_amount'),
  )

  it('refuses what no till takes', () => {
    expect(parseAmount('12345678901.00')).toBe('import.amount_too_large')
    expect(parseAmount('12.5', ',')).toBe('import.bad_amount')
  })

  it('reads what was paid back from its note', () => {
    expect(parseAmount('131.77(已退款89.84)')).toEqual({ micro: 131_770_000, refunded: 89_840_000 })
    expect(parseAmount('468.32(已全额退款)')).toEqual({ micro: 468_320_000, refunded: 468_320_000 })
    expect(parseAmount('10.00(已退款20.00)')).toBe('import.bad_amount')
    expect(parseAmount('')).toBeNull()
  })

  it('takes a comma for decimal only where thousands cannot be', () => {
    expect(['2,55', '1.299,50', '1,299', '1,299.00', '12.50', '7'].map(decimalEvidence)).toEqual([
      ',',
      ',',
      null,
      '.',
      '.',
      null,
    ])
  })

  it('sums exactly, whatever the number of rows', () => {
    const sum = new ExactSum()
    for (let index = 0; index < 100_000; index += 1) sum.add(100_000_000_001)
    expect(sum.toString()).toBe('10000000000.10')
    expect([decimalText(129_696_000n), decimalText(-5_000_000n), decimalText(1n)]).toEqual([
      '129.696',
      '-5.00',
      '0.000001',
    ])
  })
})

describe('quantities', () => {
  it('keeps grams and refuses what is finer', () => {
    expect(
      ['-1', '0.293', '2件', '1.000', '-0.5kg', '1,000', ''].map((cell) => parseQuantity(cell)),
    ).toEqual([-1000, 293, 2000, 1000, -500, 1_000_000, null])
    expect(parseQuantity('0.2931')).toBe('import.quantity_too_fine')
    expect(parseQuantity('many')).toBe('import.bad_quantity')
  })
})

describe('codes', () => {
  it('keeps leading zeros and refuses what a spreadsheet destroyed', () => {
    expect(parseCode('000122521')).toEqual({ code: '000122521' })
    expect(parseCode(' 102900005115168\t')).toEqual({ code: '102900005115168' })
    expect(parseCode('="0012"')).toEqual({ code: '0012' })
    expect(parseCode("'0012")).toEqual({ code: '0012' })
    expect(parseCode('84029E')).toEqual({ code: '84029E' })
    for (const cell of ['6.9E+12', '6,9E+12', '6E+12', '########']) {
      expect(parseCode(cell)).toBe('import.code_damaged')
    }
  })
})

describe('dates', () => {
  it.for([
    ['2025/7/4', '2025-07-04', null],
    ['2025-07-04', '2025-07-04', null],
    ['20250704', '2025-07-04', null],
    ['2025.7.4', '2025-07-04', null],
    ['2025年7月4日', '2025-07-04', null],
    ['2025年7月4日 14时30分', '2025-07-04', '14:30:00'],
    ['2024/1/1 8:41', '2024-01-01', '08:41:00'],
    ['2020-02-20 23:59:54\t', '2020-02-20', '23:59:54'],
    ['2025-07-04 09:15:07.924', '2025-07-04', '09:15:07.924'],
    ['2025-07-04 下午2:30', '2025-07-04', '14:30:00'],
    ['20250704143005', '2025-07-04', '14:30:05'],
    ['2024-02-29', '2024-02-29', null],
  ] as const)('%s', ([cell, date, time]) =>
    expect(parseMoment(cell)).toEqual({ date, time, offset: null }),
  )

  it('reads the zone where a cell names one', () => {
    expect(parseMoment('2025-07-04T14:30:00Z')).toMatchObject({ time: '14:30:00', offset: 0 })
    expect(parseMoment('2025-07-04T14:30:00+08:00')).toMatchObject({ offset: 480 })
  })

  it('refuses days that do not exist and orders that cannot be known', () => {
    expect(parseMoment('20250229')).toBe('import.impossible_date')
    expect(parseMoment('2025-13-01')).toBe('import.impossible_date')
    expect(parseMoment('4/7/2025')).toBe('import.date_ambiguous')
    expect(parseMoment('45842')).toBe('import.date_serial')
    expect(parseMoment('tomorrow')).toBe('import.bad_date')
    expect(parseMoment('2025-07-04 25:00')).toBe('import.bad_time')
    expect(parseMoment('')).toBeNull()
  })

  it('follows the order the column proves', () => {
    expect(parseMoment('4/7/2025', 'dmy')).toMatchObject({ date: '2025-07-04' })
    expect(parseMoment('4/7/2025', 'mdy')).toMatchObject({ date: '2025-04-07' })
    expect(parseMoment('13/7/2025', 'mdy')).toBe('import.impossible_date')
  })

  it('reads times of day', () => {
    expect(
      ['9:15:07.924', '081500', '8:41', '2:30 PM', '12:05 AM', '下午2:30', '24:00'].map(parseTime),
    ).toEqual([
      '09:15:07.924',
      '08:15:00',
      '08:41:00',
      '14:30:00',
      '00:05:00',
      '14:30:00',
      'import.bad_time',
    ])
  })
})

it('reads yes and no, and months', () => {
  expect(['是', 'Y', '否', '', 'maybe'].map(parseFlag)).toEqual([true, true, false, false, null])
  expect(['12', '12个月', '1年', '2 years', '无', ''].map(parseMonths)).toEqual([
    12,
    12,
    12,
    24,
    null,
    null,
  ])
  expect(parseMonths('long')).toBe('import.bad_months')
})
