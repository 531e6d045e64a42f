import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import { feeBearerOf, liableParties } from '../../src-main/investigations/contract.ts'
import { feeOwed, splitLiability } from '../../src-main/investigations/rules.ts'

const total = fc.integer({ min: 1, max: 100_000_000 })
const parties = fc
  .uniqueArray(
    fc.record({
      party: fc.constantFrom(...liableParties),
      name: fc.constantFrom('步云里商贸', '顺行物流', '鹤翔厂'),
      weight: fc.integer({ min: 0, max: 1_000_000 }),
    }),
    { minLength: 1, maxLength: 8, selector: ({ party, name }) => `${party} ${name}` },
  )
  .filter((list) => list.some(({ weight }) => weight > 0))

const sum = (amounts: readonly number[]) => amounts.reduce((all, each) => all + each, 0)

describe('a split of liability', () => {
  it('sums exactly to its total, and nobody without a weight bears anything', () => {
    fc.assert(
      fc.property(total, parties, (amount, list) => {
        const shares = splitLiability(amount, list)
        expect(sum(shares.map((each) => each.amount))).toBe(amount)
        for (const share of shares) {
          expect(share.amount).toBeGreaterThanOrEqual(0)
          if (share.weight === 0) expect(share.amount).toBe(0)
        }
      }),
    )
  })

  it('is off by less than one minor unit for everybody', () => {
    fc.assert(
      fc.property(total, parties, (amount, list) => {
        const weights = sum(list.map(({ weight }) => weight))
        for (const { weight, amount: got } of splitLiability(amount, list)) {
          expect(Math.abs(got - (amount * weight) / weights)).toBeLessThan(1)
        }
      }),
    )
  })

  it('of amounts that sum to the total is those amounts', () => {
    fc.assert(
      fc.property(parties, (list) => {
        const whole = sum(list.map(({ weight }) => weight))
        const shares = splitLiability(whole, list)
        expect(shares.map(({ amount }) => amount)).toEqual(list.map(({ weight }) => weight))
      }),
    )
  })

  it('names everybody once, and vendors, carriers and makers by name', () => {
    const split = (list: Parameters<typeof splitLiability>[1]) => {
      try {
        splitLiability(100, list)
        return null
      } catch (error) {
        return isRefusal(error) ? error.reason : 'bug'
      }
    }
    const store = { party: 'store', name: '', weight: 1 } as const
    expect(split([store, store])).toBe('investigations.party_twice')
    expect(split([{ party: 'carrier', name: '', weight: 1 }])).toBe('investigations.party_unnamed')
    expect(split([{ ...store, weight: 0 }])).toBe('investigations.no_weight')
    expect(split([store])).toBeNull()
  })
})

describe('the fee of a test', () => {
  it('is owed by one side at most, never more than it was, and never to whoever bears it', () => {
    const sides = fc.constantFrom('store', 'customer') satisfies fc.Arbitrary<string>
    const bearers = fc.constantFrom('store', 'customer', 'shared')
    fc.assert(
      fc.property(fc.nat(10_000_000), sides, bearers, (fee, paidBy, bearer) => {
        const { toCustomer, byCustomer } = feeOwed(fee, paidBy, bearer)
        expect(Math.min(toCustomer, byCustomer)).toBe(0)
        expect(toCustomer + byCustomer).toBeLessThanOrEqual(fee)
        if (paidBy === bearer) expect(toCustomer + byCustomer).toBe(0)
      }),
    )
  })

  it('is borne by who loses; by the store where nobody can tell', () => {
    expect(feeBearerOf).toEqual({ fault: 'store', no_fault: 'customer', unknown: 'store' })
    expect(feeOwed(301, 'customer', 'shared')).toEqual({ toCustomer: 151, byCustomer: 0 })
  })
})
