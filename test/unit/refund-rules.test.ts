import { describe, expect, it } from 'vitest'
import { type RefundableLine, splitOverTenders, takeUnits } from '../../src-main/refunds/rules.ts'

const line: RefundableLine = {
  id: 1,
  kind: 'goods',
  name: '羊毛衫',
  units: 3,
  paidAmount: 1_000,
  returned: [],
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
      returnedBefore: 0,
    })
    const later = takeUnits({ ...line, returned: [back(1, 334), back(3, 333)] }, 1)
    expect(later).toEqual({
      units: [{ unitNo: 2, amount: 333 }],
      amount: 333,
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

describe('back the way it was paid', () => {
  const uncovered = { kind: 'other', label: '' }
  const tender = (tenderId: number | null, kind: string, paid: number, refundedBefore = 0) => ({
    tenderId,
    kind,
    label: '',
    paid,
    refundedBefore,
  })

  it('splits in proportion to what is left of each tender', () => {
    const tenders = [tender(1, 'cash', 3_000), tender(2, 'voucher', 1_000, 500)]
    expect(splitOverTenders(1_000, tenders, uncovered)).toEqual([
      { tenderId: 1, kind: 'cash', label: '', amount: 857 },
      { tenderId: 2, kind: 'voucher', label: '', amount: 143 },
    ])
  })

  it('names what no tender covers', () => {
    expect(splitOverTenders(500, [], uncovered)).toEqual([
      { tenderId: null, kind: 'other', label: '', amount: 500 },
    ])
    expect(
      splitOverTenders(500, [tender(1, 'cash', 300), tender(null, 'other', 100)], uncovered),
    ).toEqual([
      { tenderId: 1, kind: 'cash', label: '', amount: 300 },
      { tenderId: null, kind: 'other', label: '', amount: 200 },
    ])
  })

  it('of nothing is nothing', () => {
    expect(splitOverTenders(0, [tender(1, 'cash', 300)], uncovered)).toEqual([])
  })

  it('leaves out tenders that are used up, and change given back', () => {
    const tenders = [tender(1, 'cash', 300, 300), tender(2, 'cash', -50), tender(3, 'alipay', 200)]
    expect(splitOverTenders(100, tenders, uncovered)).toEqual([
      { tenderId: 3, kind: 'alipay', label: '', amount: 100 },
    ])
  })
})
