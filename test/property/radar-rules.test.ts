import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assessCell, type Failure, scanFailures, upperTail } from '../../src-main/radar/rules.ts'
import { seeded, shippedRule, syntheticStore } from '../support/radar-data.ts'

/** Sums of a hundred terms agree to about so much. */
const slack = 1 + 1e-9

const beside = fc.record({
  rate: fc.double({ min: 1e-7, max: 0.4, noNaN: true }),
  spread: fc.double({ min: 2, max: 1_000, noNaN: true }),
})
const counts = fc.record({
  failures: fc.integer({ min: 1, max: 80 }),
  sold: fc.integer({ min: 0, max: 50_000 }),
})

describe('one cell', () => {
  it('is never less alarming with one failure more', () => {
    fc.assert(
      fc.property(counts, beside, (own, around) => {
        const more = assessCell({ ...own, failures: own.failures + 1 }, around)
        expect(more.p).toBeLessThanOrEqual(assessCell(own, around).p * slack)
      }),
    )
  })

  it('is never more alarming with more sales', () => {
    fc.assert(
      fc.property(counts, beside, fc.integer({ min: 1, max: 5_000 }), (own, around, further) => {
        const more = assessCell({ ...own, sold: own.sold + further }, around)
        expect(more.p * slack).toBeGreaterThanOrEqual(assessCell(own, around).p)
      }),
    )
  })

  it('depends on what is expected alone: twice the sales at half the rate say the same', () => {
    fc.assert(
      fc.property(counts, beside, (own, { rate, spread }) => {
        fc.pre(own.sold >= own.failures)
        const once = assessCell(own, { rate, spread })
        const scaled = assessCell({ ...own, sold: own.sold * 2 }, { rate: rate / 2, spread })
        expect(scaled.p).toBeCloseTo(once.p, 9)
        expect(scaled.ratio).toBeCloseTo(once.ratio, 9)
      }),
    )
  })

  it('has chances between 0 and 1 that fall with the count', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 1e-6, max: 400, noNaN: true }),
        fc.double({ min: 2, max: 1_000, noNaN: true }),
        (count, mean, spread) => {
          const chance = upperTail(count, mean, spread)
          expect(chance).toBeGreaterThanOrEqual(0)
          expect(chance).toBeLessThanOrEqual(1)
          expect(upperTail(count + 1, mean, spread)).toBeLessThanOrEqual(chance + 1e-9)
        },
      ),
    )
  })
})

describe('a whole scan', () => {
  const shuffled = <T>(items: readonly T[], seed: number): T[] => {
    const chance = seeded(seed)
    return items
      .map((item) => ({ item, at: chance() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item)
  }

  it('says the same in whatever order cases and sales come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (seed) => {
        const input = syntheticStore(seed, [{ productId: 41, fault: 'sole_off', failures: 6 }])
        const other = {
          ...input,
          failures: shuffled(input.failures, seed),
          sold: shuffled(input.sold, seed + 1),
        }
        const rounded = (each: typeof input) =>
          scanFailures(each, shippedRule).cells.map(({ key, p, level, caseIds }) => ({
            key,
            level,
            caseIds,
            p: p.toPrecision(9),
          }))
        expect(rounded(other)).toEqual(rounded(input))
      }),
      { numRuns: 10 },
    )
  })

  it('never makes goods less suspicious when one more of them fails', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 1, max: 300 }),
        (seed, productId) => {
          const input = syntheticStore(seed, [{ productId, fault: 'sole_off', failures: 3 }])
          const pOf = (failures: readonly Failure[]) =>
            scanFailures({ ...input, failures }, shippedRule).cells.find(
              ({ key }) => key === `product:${productId}|sole_off`,
            )?.p ?? 1
          const last = input.failures.at(-1)
          if (!last) throw new Error('nothing was planted')
          const more = [...input.failures, { ...last, party: 'one more', caseId: 1_000_000 }]
          expect(pOf(more)).toBeLessThanOrEqual(pOf(input.failures) * slack)
        },
      ),
      { numRuns: 15 },
    )
  })
})
