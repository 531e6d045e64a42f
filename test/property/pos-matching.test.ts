import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../src-main/foundation/business-date.ts'
import {
  type MatchingFacts,
  matchPayments,
  type OpenInstruction,
  pairKey,
  type TillPayment,
} from '../../src-main/pos-instructions/matching.ts'

const day = '2026-11-21'
const tenders = ['cash', 'alipay', 'wechat'] as const

interface Told {
  source: number
  sale: number
  tender: (typeof tenders)[number]
  amount: number
  lines: number[]
}

/** Few sales, few amounts: neighbours of one amount are the rule. */
const told: fc.Arbitrary<Told> = fc.record({
  source: fc.integer({ min: 1, max: 4 }),
  sale: fc.constant(0),
  tender: fc.constantFrom(...tenders),
  amount: fc.constantFrom(1_000, 2_000, 5_000),
  lines: fc.constant([]),
})

const paid = fc.record({
  sale: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
  parts: fc.option(
    fc.array(
      fc.record({
        tender: fc.constantFrom(...tenders),
        amount: fc.constantFrom(1_000, 2_000, 5_000),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    { nil: null },
  ),
  lump: fc.constantFrom(1_000, 2_000, 5_000, 7_000),
  later: fc.integer({ min: -3, max: 12 }),
  names: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
  direction: fc.constantFrom('pay_out' as const, 'pay_out' as const, 'collect' as const),
})

/** A document belongs to one sale. */
const saleOf = (source: number) => (source % 3) + 1

function instructionsOf(rows: readonly Told[]): OpenInstruction[] {
  return rows.map((row, index) => ({
    id: index + 1,
    number: `ZF-${index + 1}`,
    source: `refund ${row.source}`,
    sourceNumber: `TH-${row.source}`,
    direction: 'pay_out',
    receiptId: saleOf(row.source),
    tender: row.tender,
    amount: row.amount,
    currency: 'CNY',
    businessDate: day,
    raisedAt: '2026-11-21T06:00:00.000Z',
    lineIds: [],
  }))
}

const facts: fc.Arbitrary<MatchingFacts> = fc
  .tuple(
    fc.array(told, { maxLength: 8 }),
    fc.array(paid, { maxLength: 8 }),
    fc.integer({ min: 0, max: 10 }),
  )
  .map(([rows, payments, windowDays]) => {
    const instructions = instructionsOf(rows)
    return {
      instructions,
      payments: payments.map((each, index): TillPayment => ({
        receiptId: 100 + index,
        direction: each.direction,
        posKey: `R${index}`,
        till: '01',
        businessDate: addDays(day, each.later),
        isDated: true,
        currency: 'CNY',
        amount: each.parts ? each.parts.reduce((sum, part) => sum + part.amount, 0) : each.lump,
        parts: each.parts,
        mentions: each.names === null ? [] : [`TH-${each.names}`],
        originalReceiptId: each.sale,
        lineIds: [],
        knownAt: '2026-11-22T00:00:00.000Z',
      })),
      told: [],
      rejected: new Set<string>(),
      known: new Map(instructions.map((each) => [each.sourceNumber, each.source])),
      repeatable: new Set<string>(),
      windowDays,
    }
  })

const shuffled = (whole: MatchingFacts) =>
  fc
    .tuple(
      fc.shuffledSubarray([...whole.instructions], { minLength: whole.instructions.length }),
      fc.shuffledSubarray([...whole.payments], { minLength: whole.payments.length }),
    )
    .map(([instructions, payments]) => ({ ...whole, instructions, payments }))

describe('matching', () => {
  it('comes to the same in whatever order the facts are told', () => {
    fc.assert(
      fc.property(
        facts.chain((whole) => fc.tuple(fc.constant(whole), shuffled(whole))),
        ([whole, other]) => {
          const sorted = (result: ReturnType<typeof matchPayments>) => ({
            matches: result.matches.toSorted((a, b) => a.receiptId - b.receiptId),
            doubts: [...result.doubts].toSorted(([a], [b]) => a - b),
          })
          expect(sorted(matchPayments(other))).toEqual(sorted(matchPayments(whole)))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('never gives one payment to two, nor two payments to one instruction', () => {
    fc.assert(
      fc.property(facts, (whole) => {
        const { matches, doubts } = matchPayments(whole)
        const receipts = matches.map(({ receiptId }) => receiptId)
        const settled = matches.flatMap(({ instructionIds }) => instructionIds)
        expect(new Set(receipts).size).toBe(receipts.length)
        expect(new Set(settled).size).toBe(settled.length)
        for (const id of doubts.keys()) expect(settled).not.toContain(id)
      }),
      { numRuns: 500 },
    )
  })

  it('settles exactly what was paid, by tender where the till says how, within the days', () => {
    fc.assert(
      fc.property(facts, (whole) => {
        for (const match of matchPayments(whole).matches) {
          const payment = whole.payments.find((each) => each.receiptId === match.receiptId)
          const taken = whole.instructions.filter(({ id }) => match.instructionIds.includes(id))
          expect(new Set(taken.map(({ source }) => source)).size).toBe(1)
          expect(taken.reduce((sum, each) => sum + each.amount, 0)).toBe(payment?.amount)
          for (const tender of payment?.parts ? tenders : []) {
            const sum = (rows: readonly { tender: string; amount: number }[]) =>
              rows
                .filter((each) => each.tender === tender)
                .reduce((all, each) => all + each.amount, 0)
            expect(sum(taken)).toBe(sum(payment?.parts ?? []))
          }
          if (match.how === 'original') {
            expect(payment?.originalReceiptId).toBe(taken[0]?.receiptId)
            expect(payment?.businessDate.localeCompare(addDays(day, -1))).toBeGreaterThanOrEqual(0)
            expect(
              payment?.businessDate.localeCompare(addDays(day, whole.windowDays)),
            ).toBeLessThanOrEqual(0)
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it('never guesses: with a second payment or a second refund just like it, neither is matched', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tenders),
        fc.constantFrom(1_000, 2_000),
        fc.boolean(),
        (tender, amount, atTill) => {
          const one = { source: 1, sale: 1, tender, amount, lines: [] }
          // Refunds 1 and 4 are of the same sale.
          const instructions = instructionsOf(atTill ? [one] : [one, { ...one, source: 4 }])
          const payment = (receiptId: number): TillPayment => ({
            receiptId,
            direction: 'pay_out',
            posKey: `R${receiptId}`,
            till: '01',
            businessDate: day,
            isDated: true,
            currency: 'CNY',
            amount,
            parts: [{ tender, amount }],
            mentions: [],
            originalReceiptId: saleOf(1),
            lineIds: [],
            knownAt: '2026-11-22T00:00:00.000Z',
          })
          const payments = atTill ? [payment(1), payment(2)] : [payment(1)]
          const whole = {
            instructions,
            payments,
            told: [],
            rejected: new Set<string>(),
            known: new Map<string, string>(),
            repeatable: new Set<string>(),
            windowDays: 7,
          }
          const result = matchPayments(whole)
          expect(result.matches).toEqual([])
          expect([...result.doubts.values()]).toEqual(instructions.map(() => 'several'))
          // What a person has said does not belong together is out of the question, and one is left.
          const rejected = new Set([pairKey(atTill ? 'refund 1' : 'refund 4', 1)])
          expect(matchPayments({ ...whole, rejected }).matches).toHaveLength(1)
        },
      ),
    )
  })

  it('run again over what is left finds nothing new', () => {
    fc.assert(
      fc.property(facts, (whole) => {
        const { matches } = matchPayments(whole)
        const settled = new Set(matches.flatMap(({ instructionIds }) => instructionIds))
        const used = new Set(matches.map(({ receiptId }) => receiptId))
        const left = {
          ...whole,
          instructions: whole.instructions.filter(({ id }) => !settled.has(id)),
          payments: whole.payments.filter(({ receiptId }) => !used.has(receiptId)),
        }
        // A neighbour that was in doubt because of what is now settled may be decided; nothing is decided twice.
        for (const match of matchPayments(left).matches) {
          expect(used.has(match.receiptId)).toBe(false)
        }
      }),
      { numRuns: 300 },
    )
  })
})
