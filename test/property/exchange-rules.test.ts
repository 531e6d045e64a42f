import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumMoney } from '../../src-main/foundation/money.ts'
import { reckonCredit, type RefundFacts, settleCredit } from '../../src-main/refunds/rules.ts'
import { sumOfStrip } from '../../src-main/refunds/strip.ts'
import { type PaidTender, roomOf, usualTenderPolicy } from '../../src-main/refunds/tenders.ts'

const money = fc.nat(2_000_000)

const tender = (tenderId: number, kind: PaidTender['kind']) =>
  fc
    .record({ paid: money, beforePpm: fc.nat(1_000_000), giftPpm: fc.nat(1_000_000) })
    .map(({ paid, beforePpm, giftPpm }): PaidTender => ({
      tenderId,
      kind,
      label: '',
      paid,
      refundedBefore: Math.floor((paid * beforePpm) / 1_000_000),
      giftPaid: kind === 'stored_value' ? Math.floor((paid * giftPpm) / 1_000_000) : 0,
      giftRefundedBefore: 0,
    }))

/** One line that comes back whole, against goods of any price. */
const exchange = fc.record({
  worth: money,
  replacement: money,
  freight: fc.option(
    fc.record({
      amount: fc.nat(50_000),
      paidBy: fc.constantFrom('store' as const, 'customer' as const),
    }),
  ),
  tenders: fc.tuple(tender(1, 'cash'), tender(2, 'wechat'), tender(3, 'stored_value')),
  step: fc.constantFrom('none' as const, 'jiao' as const, 'yuan' as const),
  mode: fc.constantFrom('half_up' as const, 'down' as const),
  collect: fc.constantFrom('cash' as const, 'bank_card' as const),
})

type Exchange = typeof exchange extends fc.Arbitrary<infer Value> ? Value : never

function factsOf({ worth, freight, tenders, step, mode }: Exchange): RefundFacts {
  return {
    currency: 'CNY',
    reason: 'quality',
    grades: {},
    lines: [
      {
        line: {
          id: 1,
          kind: 'goods',
          name: '衫',
          units: 1,
          listAmount: worth,
          paidAmount: worth,
          returned: [],
          allowances: [],
        },
        units: 1,
        unitNos: [],
        condition: 'opened',
        fee: null,
        isDecided: true,
        priceRise: 0,
      },
    ],
    allowances: [],
    charges: [],
    gifts: { rule: 'keep', items: [] },
    // A customer who paid the way has it back: what the store owes him beside the goods.
    freight: freight && { ...freight, liable: 'store', sharedPpm: 0 },
    testFee: null,
    tenders: [
      ...tenders,
      {
        tenderId: null,
        kind: 'other',
        label: '',
        paid: Math.max(worth - sumMoney(tenders.map(roomOf)), 0),
        refundedBefore: 0,
        giftPaid: 0,
        giftRefundedBefore: 0,
      },
    ],
    otherTenders: [],
    policy: usualTenderPolicy,
    rounding: { step, mode, carried: 0 },
  }
}

function settle(asked: Exchange) {
  const facts = factsOf(asked)
  const credit = reckonCredit(facts)
  return { facts, credit, ...settleCredit(facts, credit, asked.replacement, asked.collect) }
}

const sumOf = (rows: readonly { amount: number }[]) => sumMoney(rows.map((row) => row.amount))

describe('多退少补', () => {
  it('pays the new goods with what was carried over and what is added, exactly', () => {
    fc.assert(
      fc.property(exchange, (asked) => {
        const { carried, toCollect, collectRounding } = settle(asked)
        expect(sumOf(carried) + toCollect).toBe(asked.replacement + collectRounding)
      }),
    )
  })

  it('leaves nothing of the credit over: it is carried or paid back', () => {
    fc.assert(
      fc.property(exchange, (asked) => {
        const { credit, carried, payBacks, rounding, strip } = settle(asked)
        expect(sumOf(carried) + sumOf(payBacks) - rounding).toBe(credit.due)
        expect(sumOfStrip(strip)).toBe(credit.due)
      }),
    )
  })

  it('pays back or collects, never both, and is even where both sides are', () => {
    fc.assert(
      fc.property(exchange, (asked) => {
        const { credit, payBacks, toCollect, difference, rounding } = settle(asked)
        expect(Math.min(sumOf(payBacks), toCollect)).toBe(0)
        expect(difference).toBe(toCollect - sumOf(payBacks))
        if (asked.replacement === credit.due) expect(difference).toBe(0)
        if (asked.step === 'none')
          expect([rounding, difference]).toEqual([0, asked.replacement - credit.due])
      }),
    )
  })

  it('takes no more from a tender than is left of it, gift balance and principal apart', () => {
    fc.assert(
      fc.property(exchange, (asked) => {
        const { facts, carried, payBacks } = settle(asked)
        for (const { tenderId, giftPaid, ...tender } of facts.tenders) {
          const gone = [
            ...carried,
            ...payBacks.map((row) => ({ ...row, amount: row.amount - row.rounding })),
          ].filter((row) => row.tenderId === tenderId && row.purpose === 'goods')
          expect(sumOf(gone)).toBeLessThanOrEqual(roomOf({ tenderId, giftPaid, ...tender }))
          expect(sumMoney(gone.map((row) => row.giftPart))).toBeLessThanOrEqual(giftPaid)
          for (const row of gone) expect(row.giftPart).toBeLessThanOrEqual(row.amount)
        }
      }),
    )
  })
})
