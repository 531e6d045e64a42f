import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumMoney } from '../../src-main/foundation/money.ts'
import {
  type PaidTender,
  type ReturnedUnit,
  splitOverTenders,
  takeUnits,
} from '../../src-main/refunds/rules.ts'

const slip = { number: 'TH', place: '0312', time: '2026-11-21 10:00' }
const uncovered = { kind: 'other', label: '' }

/** Brings a line back in steps of the given sizes, the last step taking what is left. */
function returnInSteps(paidAmount: number, units: number, steps: readonly number[]) {
  const returned: ReturnedUnit[] = []
  const amounts: number[] = []
  for (const step of [...steps, units]) {
    const count = Math.min(step, units - returned.length)
    if (count === 0) continue
    const line = { id: 1, kind: 'goods', name: '衫', units, paidAmount, returned }
    const taken = takeUnits(line, count)
    amounts.push(taken.amount)
    returned.push(...taken.units.map((unit) => ({ ...unit, ...slip })))
  }
  return { returned, amounts }
}

const line = fc.record({
  paid: fc.nat(100_000_000),
  units: fc.integer({ min: 1, max: 60 }),
  steps: fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 30 }),
})

describe('any sequence of partial refunds of a line', () => {
  it('gives back exactly what was paid, each unit once', () => {
    fc.assert(
      fc.property(line, ({ paid, units, steps }) => {
        const { returned, amounts } = returnInSteps(paid, units, steps)
        expect(sumMoney(amounts)).toBe(paid)
        expect(new Set(returned.map((unit) => unit.unitNo)).size).toBe(units)
      }),
    )
  })

  it('never goes beyond what was paid on the way, whatever tills gave back before', () => {
    fc.assert(
      fc.property(line, fc.nat(200_000_000), ({ paid, units }, tillAmount) => {
        const returned = [{ unitNo: units, amount: tillAmount, ...slip }]
        if (units === 1) return
        const sold = { id: 1, kind: 'goods', name: '衫', units, paidAmount: paid, returned }
        const { amount } = takeUnits(sold, units - 1)
        expect(amount).toBeGreaterThanOrEqual(0)
        expect(amount + tillAmount).toBeLessThanOrEqual(Math.max(paid, tillAmount))
      }),
    )
  })

  it('gives a unit the same share in whichever step it comes back', () => {
    fc.assert(
      fc.property(
        line,
        fc.array(fc.integer({ min: 1, max: 20 })),
        ({ paid, units, steps }, others) => {
          const shares = (sizes: readonly number[]) =>
            returnInSteps(paid, units, sizes).returned.map(({ unitNo, amount }) => [unitNo, amount])
          expect(shares(steps)).toEqual(shares(others))
        },
      ),
    )
  })
})

const tenders = fc.array(
  fc.record({
    tenderId: fc.integer({ min: 1 }),
    kind: fc.constantFrom('cash', 'alipay', 'voucher'),
    label: fc.constant(''),
    paid: fc.integer({ min: -1_000, max: 10_000_000 }),
    refundedBefore: fc.constant(0),
  }),
  { maxLength: 6 },
)

function spend(paid: readonly PaidTender[], split: { tenderId: number | null; amount: number }[]) {
  return paid.map((tender) => ({
    ...tender,
    refundedBefore:
      tender.refundedBefore +
      (split.find((share) => share.tenderId === tender.tenderId)?.amount ?? 0),
  }))
}

const unique = tenders.map((each) =>
  each.map((tender, index) => ({ ...tender, tenderId: index + 1 })),
)

describe('splitting refunds over tenders', () => {
  it('sums to the refund and never gives a tender more than it paid, over any sequence of refunds', () => {
    fc.assert(
      fc.property(
        unique,
        fc.array(fc.nat(5_000_000), { maxLength: 8 }),
        (paid: PaidTender[], amounts) => {
          let now = paid
          for (const amount of amounts) {
            const split = splitOverTenders(amount, now, uncovered)
            expect(sumMoney(split.map((share) => share.amount))).toBe(amount)
            expect(split.every((share) => share.amount > 0)).toBe(true)
            now = spend(now, split)
            for (const tender of now) {
              expect(tender.refundedBefore).toBeLessThanOrEqual(Math.max(tender.paid, 0))
            }
          }
        },
      ),
    )
  })

  it('uses every tender up when everything comes back, in however many steps', () => {
    fc.assert(
      fc.property(
        unique,
        fc.array(fc.nat(3_000_000), { maxLength: 8 }),
        (paid: PaidTender[], steps) => {
          const room = sumMoney(paid.map((tender) => Math.max(tender.paid, 0)))
          let now = paid
          let left = room
          for (const step of [...steps, room]) {
            const amount = Math.min(step, left)
            now = spend(now, splitOverTenders(amount, now, uncovered))
            left -= amount
          }
          expect(now.map((tender) => tender.refundedBefore)).toEqual(
            paid.map((tender) => Math.max(tender.paid, 0)),
          )
        },
      ),
    )
  })
})
