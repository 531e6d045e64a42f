import { describe, expect, it } from 'vitest'
import {
  gradeFee,
  keepForGifts,
  shareCost,
  usualFreightLiable,
  usualGiftRule,
} from '../../src-main/refunds/deductions.ts'
import {
  type LineChoice,
  reckonRefund,
  type RefundFacts,
  settleExchange,
} from '../../src-main/refunds/rules.ts'
import { roundCash, roundingUnit } from '../../src-main/refunds/rounding.ts'
import { writeStrip } from '../../src-main/refunds/strip.ts'
import {
  type PaidTender,
  redirectShares,
  splitOverTenders,
  usualTenderPolicy,
  withoutChange,
} from '../../src-main/refunds/tenders.ts'
import {
  allowForUnits,
  giveBackCharge,
  type RefundableLine,
  takeUnits,
} from '../../src-main/refunds/units.ts'

const line: RefundableLine = {
  id: 1,
  kind: 'goods',
  name: '羊毛衫',
  units: 3,
  listAmount: 1_200,
  paidAmount: 1_000,
  returned: [],
  allowances: [],
}

function back(unitNo: number, amount: number, time = '2026-11-20 10:00') {
  return { unitNo, amount, number: 'TH-0312-261120-0001-A', place: '0312', time }
}

describe('units that come back', () => {
  it('are the free ones with the lowest numbers, at what was paid for them', () => {
    expect(takeUnits(line, 2)).toEqual({
      units: [
        { unitNo: 1, amount: 334 },
        { unitNo: 2, amount: 333 },
      ],
      amount: 667,
      listShare: 800,
      paidShare: 667,
      returnedBefore: 0,
    })
    const later = takeUnits({ ...line, returned: [back(1, 334), back(3, 333)] }, 1)
    expect(later).toEqual({
      units: [{ unitNo: 2, amount: 333 }],
      amount: 333,
      listShare: 400,
      paidShare: 333,
      returnedBefore: 667,
    })
  })

  it('never bring more than is left of what was paid', () => {
    const generousTill = { ...line, returned: [back(1, 900)] }
    expect(takeUnits(generousTill, 2)).toMatchObject({
      units: [
        { unitNo: 2, amount: 100 },
        { unitNo: 3, amount: 0 },
      ],
      amount: 100,
    })
  })

  it('bring no more than their share where a till gave back less', () => {
    expect(takeUnits({ ...line, returned: [back(1, 100)] }, 2).amount).toBe(666)
  })

  it('of a free gift bring nothing', () => {
    expect(takeUnits({ ...line, paidAmount: 0 }, 3).amount).toBe(0)
  })

  it('that are back already are refused with the slip that took the last of them', () => {
    const returned = [
      back(1, 334, '2026-11-20 10:00'),
      { ...back(2, 333, '2026-11-21 09:30'), number: 'TH-0312-261121-0007-C' },
    ]
    expect(() => takeUnits({ ...line, returned }, 2)).toThrow(
      expect.objectContaining({
        reason: 'refunds.unit_already_returned',
        params: {
          name: '羊毛衫',
          asked: 2,
          left: 1,
          number: 'TH-0312-261121-0007-C',
          place: '0312',
          time: '2026-11-21 09:30',
        },
      }),
    )
  })

  it.each([
    ['non_goods', 1, 'refunds.not_goods'],
    ['return', 1, 'refunds.not_goods'],
    ['goods', 4, 'refunds.more_than_sold'],
  ])('%s, %i of them: %s', (kind, count, reason) => {
    expect(() => takeUnits({ ...line, kind }, count)).toThrow(expect.objectContaining({ reason }))
  })
})

describe('particular units', () => {
  it('come back as asked', () => {
    expect(takeUnits(line, 1, [3]).units).toEqual([{ unitNo: 3, amount: 333 }])
  })

  it.each([
    [[2], 'refunds.unit_already_returned'],
    [[4], 'refunds.more_than_sold'],
  ])('%j that are not there are refused', (unitNos, reason) => {
    const sold = { ...line, returned: [back(2, 333)] }
    expect(() => takeUnits(sold, 1, unitNos)).toThrow(expect.objectContaining({ reason }))
  })
})

describe('a price difference', () => {
  it('is shared over the units that stay, and taken off them when they come back after all', () => {
    const units = allowForUnits(line, 2, 101)
    expect(units).toEqual([
      { unitNo: 1, amount: 51 },
      { unitNo: 2, amount: 50 },
    ])
    expect(takeUnits({ ...line, allowances: units }, 3).amount).toBe(899)
  })

  it.each([
    [0, 'refunds.amount_not_positive'],
    [-800, 'refunds.amount_not_positive'],
    [335, 'refunds.more_than_paid'],
  ])('of %i for one unit is refused', (amount, reason) => {
    expect(() => allowForUnits(line, 1, amount)).toThrow(expect.objectContaining({ reason }))
  })
})

describe('a charge of the sale', () => {
  const charge = { saleLineId: 9, name: '运费', paidAmount: 2_000, refundedBefore: 500 }

  it('goes back in part or all that is left of it', () => {
    expect(giveBackCharge(charge, 800)).toBe(800)
    expect(giveBackCharge(charge, null)).toBe(1_500)
  })

  it.each([
    [{ ...charge, paidAmount: 0, refundedBefore: 0 }, null, 'refunds.nothing_paid'],
    [{ ...charge, refundedBefore: 2_000 }, null, 'refunds.nothing_paid'],
    [charge, 1_501, 'refunds.more_than_paid'],
    [charge, -1, 'refunds.amount_not_positive'],
  ])('%j: %j is refused', (sold, amount, reason) => {
    expect(() => giveBackCharge(sold, amount)).toThrow(expect.objectContaining({ reason }))
  })
})

function tender(
  tenderId: number | null,
  kind: PaidTender['kind'],
  paid: number,
  more: Partial<PaidTender> = {},
): PaidTender {
  const before = { refundedBefore: 0, giftPaid: 0, giftRefundedBefore: 0 }
  return { tenderId, kind, label: '', paid, ...before, ...more }
}

function share(tenderId: number | null, kind: PaidTender['kind'], amount: number, giftPart = 0) {
  return { tenderId, kind, label: '', amount, giftPart }
}

describe('back the way it was paid', () => {
  it('splits in proportion to what is left of each tender', () => {
    const tenders = [tender(1, 'cash', 3_000), tender(2, 'voucher', 1_000, { refundedBefore: 500 })]
    expect(splitOverTenders(1_000, tenders)).toEqual([
      share(1, 'cash', 857),
      share(2, 'voucher', 143),
    ])
  })

  it('names what no tender covers', () => {
    expect(splitOverTenders(500, [])).toEqual([share(null, 'other', 500)])
    expect(splitOverTenders(500, [tender(1, 'cash', 300), tender(null, 'other', 100)])).toEqual([
      share(1, 'cash', 300),
      share(null, 'other', 200),
    ])
  })

  it('of nothing is nothing', () => {
    expect(splitOverTenders(0, [tender(1, 'cash', 300)])).toEqual([])
  })

  it('leaves out tenders that are used up, and change given back', () => {
    const tenders = [
      tender(1, 'cash', 300, { refundedBefore: 300 }),
      tender(2, 'cash', -50),
      tender(3, 'alipay', 200),
    ]
    expect(splitOverTenders(100, tenders)).toEqual([share(3, 'alipay', 100)])
  })

  it('counts cash without the change that was given', () => {
    const tenders = [tender(1, 'bank_card', 5_000), tender(2, 'cash', 6_000)]
    expect(withoutChange(tenders, 10_500).map((each) => each.paid)).toEqual([5_000, 5_500])
    const written = [tender(1, 'cash', 300), tender(2, 'cash', -50)]
    expect(withoutChange(written, 250).map((each) => each.paid)).toEqual([250, -50])
    expect(withoutChange([tender(1, 'voucher', 100)], 80).map((each) => each.paid)).toEqual([100])
  })

  it('gives principal and gift of stored value back in proportion', () => {
    const card = tender(1, 'stored_value', 12_000, { giftPaid: 2_000 })
    expect(splitOverTenders(6_001, [card])).toEqual([share(1, 'stored_value', 6_001, 1_000)])
    const later = { ...card, refundedBefore: 6_001, giftRefundedBefore: 1_000 }
    expect(splitOverTenders(5_999, [later])).toEqual([share(1, 'stored_value', 5_999, 1_000)])
  })
})

describe('another tender than the original', () => {
  const shares = [share(1, 'bank_card', 800), share(2, 'stored_value', 200, 50)]
  const form = { reason: '卡已注销' }

  it('is allowed as the store says, and remembers what it stands for', () => {
    const [card] = redirectShares(shares, [{ tenderId: 1, to: 'cash', ...form }], usualTenderPolicy)
    expect(card).toEqual({
      ...share(1, 'cash', 800),
      insteadOf: { kind: 'bank_card', label: '', needs: 'manager', reason: '卡已注销' },
    })
  })

  it('never turns the gift of a stored-value card into money', () => {
    const back = redirectShares(shares, [{ tenderId: 2, to: 'cash', ...form }], usualTenderPolicy)
    expect(back.slice(1).map(({ kind, amount, giftPart }) => [kind, amount, giftPart])).toEqual([
      ['cash', 150, 0],
      ['stored_value', 50, 50],
    ])
  })

  it.each([
    [{ tenderId: 9, to: 'cash', ...form } as const, usualTenderPolicy, 'refunds.unknown_tender'],
    [
      { tenderId: 1, to: 'points', ...form } as const,
      usualTenderPolicy,
      'refunds.tender_not_allowed',
    ],
    [
      { tenderId: 1, to: 'cash', ...form } as const,
      { ...usualTenderPolicy, originalOnly: true },
      'refunds.tender_not_allowed',
    ],
    [
      { tenderId: 1, to: 'cash', reason: ' ' } as const,
      usualTenderPolicy,
      'refunds.form_needs_reason',
    ],
  ])('%j is refused where it may not be', (request, policy, reason) => {
    expect(() => redirectShares(shares, [request], policy)).toThrow(
      expect.objectContaining({ reason }),
    )
  })
})

describe('rounding cash', () => {
  const cash = (amount: number) => ({ kind: 'cash', amount, rounding: 0 })
  const facts = { unit: 10, mode: 'half_up', carried: 0, takesRest: false, most: 10_000 } as const

  it('knows its coins', () => {
    expect(roundingUnit('none', 'CNY')).toBe(1)
    expect(roundingUnit('jiao', 'CNY')).toBe(10)
    expect(roundingUnit('yuan', 'CNY')).toBe(100)
    expect(roundingUnit('yuan', 'JPY')).toBe(1)
  })

  it.each([
    ['half_up', 10, 335, 340],
    ['half_up', 10, 334, 330],
    ['down', 10, 339, 330],
    ['half_up', 100, 349, 300],
    ['half_up', 1, 337, 337],
  ] as const)('%s to %i: %i is paid as %i', (mode, unit, amount, paid) => {
    expect(roundCash([cash(amount)], { ...facts, mode, unit })).toEqual([
      { kind: 'cash', amount: paid, rounding: paid - amount },
    ])
  })

  it('leaves every other tender as it is', () => {
    const rows = [{ kind: 'wechat', amount: 777, rounding: 0 }, cash(223)]
    expect(roundCash(rows, facts)).toEqual([rows[0], { kind: 'cash', amount: 220, rounding: -3 }])
  })

  it('settles what earlier roundings kept, and pays the rest exactly', () => {
    expect(roundCash([cash(333)], { ...facts, carried: -3 })[0]?.amount).toBe(340)
    expect(roundCash([cash(334)], { ...facts, carried: -3, takesRest: true })[0]?.amount).toBe(337)
    expect(roundCash([cash(2)], { ...facts, carried: 5 })[0]?.amount).toBe(0)
  })

  it('never pays more cash than the sale took', () => {
    expect(roundCash([cash(337)], { ...facts, most: 338 })[0]?.amount).toBe(338)
  })
})

describe('what is kept', () => {
  const table = { used: 300_000, opened: 125_000 }

  it('is graded by the state of the goods, rounded half up once, and only where nobody is at fault', () => {
    expect(gradeFee(820, 'opened', table, 'preference')).toEqual({
      kind: 'grade',
      amount: 103,
      days: 0,
    })
    expect(gradeFee(820, 'sealed', table, 'preference')).toBeNull()
    expect(gradeFee(820, 'used', table, 'quality')).toBeNull()
    expect(gradeFee(820, 'used', table, null)).toBeNull()
  })

  it.each([
    [{ amount: 1_501, customerPpm: 500_000, paidBy: 'store' }, 751, 750, -751],
    [{ amount: 1_501, customerPpm: 500_000, paidBy: 'customer' }, 751, 750, 750],
    [{ amount: 1_500, customerPpm: 0, paidBy: 'store' }, 0, 1_500, 0],
    [{ amount: 1_500, customerPpm: 1_000_000, paidBy: 'customer' }, 1_500, 0, 0],
  ] as const)('for costs like %j', (cost, customer, store, effect) => {
    expect(shareCost(cost)).toEqual({ customer, store, effect })
  })

  it('of freight goes by who is liable', () => {
    expect(usualFreightLiable('size')).toBe('customer')
    expect(usualFreightLiable('damaged')).toBe('carrier')
    expect(usualFreightLiable('quality')).toBe('store')
  })

  it('for gifts follows the rule', () => {
    const gift = {
      saleLineId: 2,
      kind: 'gift',
      name: '护理套装',
      value: 3_900,
      cameBack: false,
    } as const
    expect(keepForGifts('keep', [gift])).toEqual([])
    expect(keepForGifts('return_or_value', [gift, { ...gift, cameBack: true }])).toEqual([
      { gift, kept: 3_900 },
    ])
    expect(() => keepForGifts('return', [gift])).toThrow(
      expect.objectContaining({ reason: 'refunds.gift_must_come_back' }),
    )
    expect(usualGiftRule('preference', true)).toBe('return_or_value')
    expect(usualGiftRule('preference', false)).toBe('keep')
    expect(usualGiftRule('quality', true)).toBe('keep')
  })
})

describe('a whole refund', () => {
  const choice: LineChoice = {
    line,
    units: 3,
    unitNos: [],
    condition: 'opened',
    fee: null,
    isDecided: false,
    priceRise: 0,
  }
  const facts: RefundFacts = {
    currency: 'CNY',
    reason: 'size',
    grades: {},
    lines: [choice],
    allowances: [],
    charges: [],
    gifts: { rule: 'keep', items: [] },
    freight: null,
    testFee: null,
    tenders: [tender(1, 'wechat', 600), tender(2, 'cash', 400)],
    otherTenders: [],
    policy: usualTenderPolicy,
    rounding: { step: 'none', mode: 'half_up', carried: 0 },
  }
  const kinds = (strip: readonly { kind: string; amount: number }[]) =>
    strip.map(({ kind, amount }) => [kind, amount])

  it('shows how every figure came about', () => {
    const refund = reckonRefund({
      ...facts,
      grades: { opened: 100_000 },
      gifts: {
        rule: 'return_or_value',
        items: [{ saleLineId: null, kind: 'voucher', name: '满减券', value: 50, cameBack: false }],
      },
      freight: { amount: 120, paidBy: 'store', liable: 'customer', sharedPpm: 0 },
      testFee: { amount: 33, customerPpm: 0, paidBy: 'customer' },
      rounding: { step: 'jiao', mode: 'half_up', carried: 0 },
    })
    expect(kinds(refund.strip)).toEqual([
      ['list', 1_200],
      ['discount', -200],
      ['paid', 1_000],
      ['grade', -100],
      ['gift', -50],
      ['freight', -120],
      ['test_fee', 33],
      ['rounding', 5],
      ['total', 768],
    ])
    expect(refund.payBacks.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['wechat', 458],
      ['cash', 310],
    ])
  })

  it('pays what the customer advanced in cash, beside the tenders of the sale', () => {
    const refund = reckonRefund({
      ...facts,
      tenders: [tender(1, 'wechat', 1_000)],
      freight: { amount: 1_200, paidBy: 'customer', liable: 'carrier', sharedPpm: 0 },
      lines: [{ ...choice, condition: 'damaged' }],
    })
    expect(refund.payBacks).toMatchObject([
      { kind: 'wechat', amount: 1_000, purpose: 'goods' },
      { kind: 'cash', amount: 1_200, purpose: 'expenses' },
    ])
    expect(refund.carrierClaim).toEqual({ freight: 1_200, goods: 1_000 })
  })

  it('names what needs a manager', () => {
    const otherTenders = [{ tenderId: 1, to: 'cash' as const, reason: '微信已注销' }]
    expect(reckonRefund({ ...facts, otherTenders }).managerAmount).toBe(600)
    expect(reckonRefund(facts).managerAmount).toBe(0)
  })

  it('takes what law adds where the price rose', () => {
    const refund = reckonRefund({ ...facts, lines: [{ ...choice, priceRise: 80 }] })
    expect(refund.amount).toBe(1_080)
    expect(refund.payBacks.at(-1)).toMatchObject({ purpose: 'expenses', amount: 80 })
  })

  it('keeps no more than there is', () => {
    const freight = { amount: 1_001, paidBy: 'store', liable: 'customer', sharedPpm: 0 } as const
    expect(() => reckonRefund({ ...facts, freight })).toThrow(
      expect.objectContaining({
        reason: 'refunds.deductions_exceed',
        params: { credit: '10.00', kept: '10.01' },
      }),
    )
    const fee = { kind: 'depreciation', amount: 1_001, days: 90 } as const
    expect(() => reckonRefund({ ...facts, lines: [{ ...choice, fee }] })).toThrow(
      expect.objectContaining({ reason: 'refunds.fee_beyond_line' }),
    )
  })

  it('never prints a strip that does not prove its total', () => {
    const wrong = { listShare: 10, paidShare: 10, credited: 10, others: [], total: 11 }
    expect(() => writeStrip(wrong)).toThrow('does not come to its total')
  })

  it('in an exchange pays or collects the difference to what was paid', () => {
    expect(settleExchange(599, 599)).toEqual({ toRefund: 0, toCollect: 0 })
    expect(settleExchange(599, 499)).toEqual({ toRefund: 100, toCollect: 0 })
    expect(settleExchange(599, 699)).toEqual({ toRefund: 0, toCollect: 100 })
  })
})
