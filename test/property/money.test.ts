import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate, formatDecimal, shareOfUnit, sumMoney } from '../../src-main/foundation/money.ts'

const amount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 })
const weights = fc.array(fc.nat(1_000_000_000), { minLength: 1, maxLength: 40 })

describe('sharing an amount', () => {
  it('gives parts that sum to the whole, each within one minor unit of its exact share', () => {
    fc.assert(
      fc.property(amount, weights, (total, shares) => {
        const parts = allocate(total, shares)
        expect(sumMoney(parts)).toBe(total)
        const even = shares.every((each) => each === 0)
        const whole = even
          ? BigInt(shares.length)
          : shares.reduce((sum, each) => sum + BigInt(each), 0n)
        parts.forEach((part, index) => {
          const weight = even ? 1n : BigInt(shares[index] ?? 0)
          const distance = BigInt(part) * whole - BigInt(total) * weight
          expect(distance > -whole && distance < whole).toBe(true)
        })
      }),
    )
  })

  it('never gives a part more than its weight when there is enough to go round', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (rooms, share) => {
        const room = sumMoney(rooms)
        const parts = allocate(Math.floor(room * share), rooms)
        if (room > 0)
          parts.forEach((part, index) => expect(part).toBeLessThanOrEqual(rooms[index] ?? 0))
      }),
    )
  })
})

describe('the share of a unit', () => {
  it('sums to what was paid, differs by one minor unit at most and knows nothing of other units', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 300 }), (paid, units) => {
        const shares = Array.from({ length: units }, (_, index) =>
          shareOfUnit(paid, units, index + 1),
        )
        expect(sumMoney(shares)).toBe(paid)
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
        expect(shares).toEqual(
          allocate(
            paid,
            shares.map(() => 1),
          ),
        )
      }),
    )
  })
})

describe('decimal text', () => {
  it('reads back to the same amount', () => {
    fc.assert(
      fc.property(amount, (total) => {
        const [whole = '', fraction = ''] = formatDecimal(total, 'CNY').replace('-', '').split('.')
        expect(fraction).toHaveLength(2)
        expect(Number(whole) * 100 + Number(fraction)).toBe(Math.abs(total))
      }),
    )
  })
})
