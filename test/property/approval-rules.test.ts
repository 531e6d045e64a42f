import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { approvalKinds, approverRoles } from '../../src-main/approvals/contract.ts'
import {
  type Limit,
  type Matrix,
  maySettle,
  neededApproval,
  rankOf,
  requireSoundMatrix,
} from '../../src-main/approvals/rules.ts'
import { subjectHash } from '../../src-main/approvals/subject.ts'

const amount = fc.nat(20_000_000)

/** Sound limits: they rise with the role and end with the store manager. */
const ladder = fc
  .tuple(fc.option(amount), fc.option(amount))
  .map(([a, b]) => [a, b].filter((each) => each !== null).sort((x, y) => x - y))
const matrix: fc.Arbitrary<Matrix> = fc
  .tuple(
    fc.array(ladder, { minLength: 8, maxLength: 8 }),
    fc.option(fc.integer({ min: 1, max: 20_000_000 })),
  )
  .map(([ladders, highValueFrom]) => ({
    currency: 'CNY',
    goodwillPerDay: 0,
    highValueFrom,
    limits: approvalKinds.flatMap((kind, index): Limit[] => {
      const steps = ladders[index] ?? []
      const [clerk, floor] = steps.length === 2 ? steps : [undefined, steps[0]]
      return [
        ...(clerk === undefined ? [] : [{ kind, role: 'clerk' as const, upTo: clerk }]),
        ...(floor === undefined ? [] : [{ kind, role: 'floor_manager' as const, upTo: floor }]),
        { kind, role: 'store_manager' as const, upTo: null },
      ]
    }),
  }))

const kinds = fc.uniqueArray(fc.constantFrom(...approvalKinds), { minLength: 1 })
const role = fc.constantFrom(...approverRoles, 'system' as const)
const left = fc.option(amount)

/** 0 for nobody, then the rank of the role that is needed. */
function height(needed: { role: (typeof approverRoles)[number] } | null): number {
  return needed ? 1 + rankOf(needed.role) : 0
}

describe('whatever sound limits a store has', () => {
  it('finds the generated ones sound', () => {
    fc.assert(fc.property(matrix, ({ limits }) => requireSoundMatrix(limits)))
  })

  it('a higher amount never needs a lower role', () => {
    fc.assert(
      fc.property(
        matrix,
        kinds,
        role,
        left,
        amount,
        amount,
        (given, asked, requesterRole, goodwillLeft, a, b) => {
          const at = (sum: number) =>
            height(
              neededApproval(
                { kinds: asked, amount: sum, currency: 'CNY', requesterRole, goodwillLeft },
                given,
              ),
            )
          expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)))
        },
      ),
    )
  })

  it('one more kind never needs a lower role, and another currency never a lower one than the own', () => {
    fc.assert(
      fc.property(matrix, kinds, kinds, role, amount, (given, some, more, requesterRole, sum) => {
        const at = (asked: typeof some, currency = 'CNY') =>
          height(neededApproval({ kinds: asked, amount: sum, currency, requesterRole }, given))
        expect(at([...some, ...more])).toBeGreaterThanOrEqual(at(some))
        const { highValueFrom } = given
        if (highValueFrom === null || sum < highValueFrom) {
          expect(at(some, 'USD')).toBeGreaterThanOrEqual(at(some))
        }
      }),
    )
  })

  it('whoever is needed may settle it and stands above whoever asks', () => {
    fc.assert(
      fc.property(
        matrix,
        kinds,
        role,
        left,
        amount,
        (given, asked, requesterRole, goodwillLeft, sum) => {
          const question = { kinds: asked, amount: sum, currency: 'CNY' }
          const needed = neededApproval({ ...question, requesterRole, goodwillLeft }, given)
          expect(maySettle(needed?.role ?? requesterRole, question, given)).toBe(true)
          if (!needed) return
          if (requesterRole !== 'store_manager') {
            expect(rankOf(needed.role)).toBeGreaterThan(rankOf(requesterRole))
          }
        },
      ),
    )
  })
})

describe('the hash of a draft', () => {
  it('is the same for the same facts however they are ordered, and another for others', () => {
    const facts = fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.boolean()))
    fc.assert(
      fc.property(facts, facts, (a, b) => {
        const turned = Object.fromEntries(Object.entries(a).reverse())
        expect(subjectHash(turned)).toBe(subjectHash(a))
        const same = isDeepStrictEqual(new Map(Object.entries(a)), new Map(Object.entries(b)))
        expect(subjectHash(a) === subjectHash(b)).toBe(same)
      }),
    )
  })
})
