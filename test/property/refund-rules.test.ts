import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import { sumMoney } from '../../src-main/foundation/money.ts'
import type { RefundReason } from '../../src-main/refunds/deductions.ts'
import { reckonRefund, type RefundFacts } from '../../src-main/refunds/rules.ts'
import { resultKinds, sumOfStrip } from '../../src-main/refunds/strip.ts'
import {
  type PaidTender,
  splitOverTenders,
  usualTenderPolicy,
} from '../../src-main/refunds/tenders.ts'
import {
  allowForUnits,
  type RefundableLine,
  type ReturnedUnit,
  takeUnits,
} from '../../src-main/refunds/units.ts'

const slip = { number: 'TH', place: '0312', time: '2026-11-21 10:00' }
const untouched = { returned: [], allowances: [] }

/** Brings a line back in steps of the given sizes, the last step taking what is left. */
function returnInSteps(paidAmount: number, units: number, steps: readonly number[]) {
  const returned: ReturnedUnit[] = []
  const amounts: number[] = []
  for (const step of [...steps, units]) {
    const count = Math.min(step, units - returned.length)
    if (count === 0) continue
    const line = {
      id: 1,
      kind: 'goods',
      name: '衫',
      units,
      listAmount: paidAmount,
      paidAmount,
      returned,
      allowances: [],
    }
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
        const sold = {
          id: 1,
          kind: 'goods',
          name: '衫',
          units,
          listAmount: paid,
          paidAmount: paid,
          returned,
          allowances: [],
        }
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
    kind: fc.constantFrom('cash' as const, 'alipay' as const, 'voucher' as const),
    label: fc.constant(''),
    paid: fc.integer({ min: -1_000, max: 10_000_000 }),
    refundedBefore: fc.constant(0),
    giftPaid: fc.constant(0),
    giftRefundedBefore: fc.constant(0),
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
            const split = splitOverTenders(amount, now)
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
            now = spend(now, splitOverTenders(amount, now))
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

describe('stored value', () => {
  it('goes back with principal and gift in proportion at every step, and both are used up at the end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.nat(1_000_000),
        fc.array(fc.nat(3_000_000), { maxLength: 12 }),
        (paid, giftPpm, steps) => {
          const giftPaid = Math.floor((paid * giftPpm) / 1_000_000)
          let card: PaidTender = {
            tenderId: 1,
            kind: 'stored_value',
            label: '',
            paid,
            refundedBefore: 0,
            giftPaid,
            giftRefundedBefore: 0,
          }
          for (const step of [...steps, paid]) {
            const amount = Math.min(step, paid - card.refundedBefore)
            const [back] = splitOverTenders(amount, [card])
            if (!back) continue
            expect(back.giftPart).toBeGreaterThanOrEqual(0)
            expect(back.giftPart).toBeLessThanOrEqual(back.amount)
            card = {
              ...card,
              refundedBefore: card.refundedBefore + back.amount,
              giftRefundedBefore: card.giftRefundedBefore + back.giftPart,
            }
            const exact = (giftPaid * card.refundedBefore) / paid
            expect(Math.abs(card.giftRefundedBefore - exact)).toBeLessThanOrEqual(1)
          }
          expect(card.giftRefundedBefore).toBe(giftPaid)
        },
      ),
    )
  })
})

const reasons = ['quality', 'size', 'preference', 'damaged', 'other'] as const
const wholeSale = fc.record({
  lines: fc.array(
    fc.record({
      paid: fc.nat(500_000),
      list: fc.nat(600_000),
      units: fc.integer({ min: 1, max: 6 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  cashPpm: fc.nat(1_000_000),
  walletPpm: fc.nat(1_000_000),
  /** Which line comes back at each step, and how many of it. */
  steps: fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 })), { maxLength: 12 }),
  step: fc.constantFrom('none' as const, 'jiao' as const, 'yuan' as const),
  mode: fc.constantFrom('half_up' as const, 'down' as const),
  reason: fc.constantFrom<RefundReason>(...reasons),
})
const coin = { none: 1, jiao: 10, yuan: 100 }

/** A sale and the books of what went back, as the desk keeps them. */
class Books {
  lines: RefundableLine[]
  tenders: PaidTender[]
  carried = 0
  paidOut = new Map<number, number>()

  constructor(sale: {
    lines: { paid: number; list: number; units: number }[]
    cashPpm: number
    walletPpm: number
  }) {
    this.lines = sale.lines.map((each, index) => ({
      id: index + 1,
      kind: 'goods',
      name: `${index + 1}`,
      units: each.units,
      listAmount: each.list,
      paidAmount: each.paid,
      ...untouched,
    }))
    const total = sumMoney(sale.lines.map((each) => each.paid))
    const cash = Math.floor((total * sale.cashPpm) / 1_000_000)
    const wallet = Math.floor(((total - cash) * sale.walletPpm) / 1_000_000)
    const before = { label: '', refundedBefore: 0, giftPaid: 0, giftRefundedBefore: 0 }
    this.tenders = [
      { tenderId: 1, kind: 'cash', paid: cash, ...before },
      { tenderId: 2, kind: 'wechat', paid: wallet, ...before },
      { tenderId: 3, kind: 'stored_value', paid: total - cash - wallet, ...before },
    ]
  }

  /** Refunds and writes it down. */
  refund(index: number, units: number, facts: Partial<RefundFacts>) {
    const line = this.lines[index]
    if (!line) return null
    const count = Math.min(units, line.units - line.returned.length)
    if (count === 0) return null
    const refund = reckonRefund({
      currency: 'CNY',
      reason: 'quality',
      grades: {},
      lines: [
        {
          line,
          units: count,
          unitNos: [],
          condition: 'used',
          fee: null,
          isDecided: false,
          priceRise: 0,
        },
      ],
      allowances: [],
      charges: [],
      gifts: { rule: 'keep', items: [] },
      freight: null,
      testFee: null,
      tenders: this.tenders,
      otherTenders: [],
      policy: usualTenderPolicy,
      rounding: { step: 'none', mode: 'half_up', carried: 0 },
      ...facts,
    })
    const back = refund.lines.flatMap((each) => each.units).map((unit) => ({ ...unit, ...slip }))
    this.lines[index] = { ...line, returned: [...line.returned, ...back] }
    this.carried += refund.rounding
    for (const row of refund.payBacks) {
      if (row.tenderId === null) continue
      this.paidOut.set(row.tenderId, (this.paidOut.get(row.tenderId) ?? 0) + row.amount)
      this.tenders = this.tenders.map((each) =>
        each.tenderId === row.tenderId
          ? {
              ...each,
              refundedBefore: each.refundedBefore + row.amount - row.rounding,
              giftRefundedBefore: each.giftRefundedBefore + row.giftPart,
            }
          : each,
      )
    }
    return refund
  }
}

describe('a sale that comes back in parts', () => {
  it('sums exactly at every step and pays out exactly what was paid in the end, per tender, whatever the order', () => {
    fc.assert(
      fc.property(wholeSale, (sale) => {
        const books = new Books(sale)
        const all = sale.lines.map((each, index) => [index, each.units] as const)
        for (const [index, units] of [...sale.steps, ...all]) {
          const rounding = { step: sale.step, mode: sale.mode, carried: books.carried }
          const refund = books.refund(index, units, { rounding, reason: sale.reason })
          if (!refund) continue
          expect(sumMoney(refund.payBacks.map((row) => row.amount))).toBe(refund.amount)
          expect(sumOfStrip(refund.strip)).toBe(refund.amount)
          expect(refund.strip.at(-1)).toMatchObject({ kind: 'total', amount: refund.amount })
          expect(
            refund.strip.filter((each) => resultKinds.includes(each.kind)).length,
          ).toBeLessThanOrEqual(2)
          for (const each of books.tenders) {
            expect(books.paidOut.get(each.tenderId ?? 0) ?? 0).toBeLessThanOrEqual(each.paid)
          }
        }
        for (const each of books.tenders) {
          expect(books.paidOut.get(each.tenderId ?? 0) ?? 0).toBe(each.paid)
        }
        expect(books.carried).toBe(0)
      }),
    )
  })

  it('counts price differences given before as part of what was paid, never beside it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500_000 }),
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.nat(1_000_000)), { maxLength: 6 }),
        (paid, units, differences) => {
          let line: RefundableLine = {
            id: 1,
            kind: 'goods',
            name: '衫',
            units,
            listAmount: paid,
            paidAmount: paid,
            ...untouched,
          }
          let given = 0
          for (const [count, ppm] of differences) {
            const amount = Math.floor(((paid - given) * ppm) / 1_000_000)
            try {
              const back = allowForUnits(line, Math.min(count, units), amount)
              expect(sumMoney(back.map((unit) => unit.amount))).toBe(amount)
              line = { ...line, allowances: [...line.allowances, ...back] }
              given += amount
            } catch (error) {
              if (!isRefusal(error)) throw error
            }
          }
          expect(given).toBeLessThanOrEqual(paid)
          expect(takeUnits(line, units).amount).toBe(paid - given)
        },
      ),
    )
  })

  it('rounds cash alone, to a coin the till has, by less than that coin', () => {
    fc.assert(
      fc.property(wholeSale, (sale) => {
        const books = new Books(sale)
        for (const [index, units] of sale.steps) {
          const rounding = { step: sale.step, mode: sale.mode, carried: books.carried }
          const before = books.tenders
          const refund = books.refund(index, units, { rounding })
          if (!refund) continue
          expect(Math.abs(refund.rounding)).toBeLessThan(coin[sale.step])
          for (const row of refund.payBacks) {
            if (row.kind !== 'cash') expect(row.rounding).toBe(0)
          }
          const cash = refund.payBacks.find((row) => row.kind === 'cash')
          const left = (before[0]?.paid ?? 0) - (before[0]?.refundedBefore ?? 0)
          const nearEnd = cash && cash.amount - cash.rounding + coin[sale.step] > left
          if (cash && !nearEnd) expect(cash.amount % coin[sale.step]).toBe(0)
        }
      }),
    )
  })

  it('keeps what deductions say and no more, and freight costs nobody twice', () => {
    fc.assert(
      fc.property(wholeSale, fc.nat(1_000_000), fc.nat(30_000), (sale, ppm, cost) => {
        const books = new Books(sale)
        for (const [index, units] of sale.steps) {
          const freight = {
            amount: cost,
            paidBy: 'customer',
            liable: 'shared',
            sharedPpm: ppm,
          } as const
          const refund = books.refund(index, units, {
            reason: 'size',
            grades: { used: ppm },
            freight,
          })
          if (!refund) continue
          expect((refund.freight?.customer ?? 0) + (refund.freight?.store ?? 0)).toBe(cost)
          const credited = sumMoney(refund.lines.map((each) => each.amount))
          const kept = sumMoney(refund.lines.map((each) => each.fee?.amount ?? 0))
          expect(refund.amount).toBe(credited - kept + (refund.freight?.store ?? 0))
          expect(refund.amount).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })
})
