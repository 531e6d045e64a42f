import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slipKinds } from '../../src-main/day-closes/contract.ts'
import { hashLedger } from '../../src-main/day-closes/hash.ts'
import {
  bookingDay,
  canonicalLines,
  countSlips,
  differingNumbers,
  type LedgerLine,
} from '../../src-main/day-closes/rules.ts'
import { addDays, fromDayNumber } from '../../src-main/foundation/business-date.ts'

const line: fc.Arbitrary<LedgerLine> = fc.record({
  kind: fc.constantFrom('refund', 'refund.void', 'exchange', 'card', 'goods'),
  number: fc.string({ minLength: 1, maxLength: 12 }),
  at: fc.constantFrom('2026-11-20T14:00:00.000Z', '2026-11-21T04:00:00.000Z'),
  facts: fc.array(fc.oneof(fc.integer(), fc.string({ maxLength: 6 })), { maxLength: 4 }),
  slip: fc.constantFrom(...slipKinds, null),
  isVoid: fc.boolean(),
  amount: fc.integer({ min: -1_000_000, max: 1_000_000 }),
})

const hashOf = (lines: readonly LedgerLine[]) => hashLedger(canonicalLines(lines))

describe('the ledger of a day', () => {
  it('has one hash, in whatever order it is read', () => {
    fc.assert(
      fc.property(
        fc
          .array(line, { maxLength: 12 })
          .chain((lines) =>
            fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
          ),
        ([lines, shuffled]) => hashOf(lines) === hashOf(shuffled),
      ),
    )
  })

  it('has another hash once a fact of it differs, and names the document', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(line, { minLength: 1, maxLength: 8, selector: ({ number }) => number }),
        fc.nat(),
        (lines, place) => {
          const at = place % lines.length
          const altered = lines.map((each, index) =>
            index === at ? { ...each, facts: [...each.facts, 1] } : each,
          )
          expect(hashOf(altered)).not.toBe(hashOf(lines))
          expect(differingNumbers(canonicalLines(lines), canonicalLines(altered))).toEqual([
            lines[at]?.number,
          ])
        },
      ),
    )
  })

  it('counts every slip once, and its sums are those of its lines', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const counts = countSlips(lines, slipKinds, '2026-11-20T20:00:00.000Z')
        const slips = lines.filter(({ slip }) => slip !== null)
        const total = (pick: (each: (typeof counts)[number]) => number) =>
          counts.reduce((sum, each) => sum + pick(each), 0)
        expect(total(({ count, voided }) => count + voided)).toBe(slips.length)
        expect(total(({ amount }) => amount)).toBe(
          slips.reduce((sum, { isVoid, amount }) => sum + (isVoid ? -amount : amount), 0),
        )
        expect(total(({ late }) => late)).toBeLessThanOrEqual(total(({ count }) => count))
      }),
    )
  })
})

describe('the day something is booked on', () => {
  const date = fc.integer({ min: 20_000, max: 21_000 }).map(fromDayNumber)

  it('is open, never before today, and today wherever today is open', () => {
    fc.assert(
      fc.property(date, fc.array(fc.nat({ max: 6 })), (today, offsets) => {
        const closed = new Set(offsets.map((days) => addDays(today, days)))
        const booked = bookingDay(today, closed, (each) => addDays(each, 1))
        expect(closed.has(booked)).toBe(false)
        expect(booked >= today).toBe(true)
        if (!closed.has(today)) expect(booked).toBe(today)
      }),
    )
  })
})
