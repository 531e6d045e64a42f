import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, weekdayOf } from '../../src-main/foundation/business-date.ts'
import { sumMoney } from '../../src-main/foundation/money.ts'
import { pagesOf } from '../../src-main/vendors/list-document.ts'
import {
  entriesForMonth,
  lastDayOf,
  medianOf,
  mostToPassOn,
  partRefund,
  replyDay,
  shareOfVendor,
  splitOf,
} from '../../src-main/vendors/rules.ts'

const amount = fc.integer({ min: 1, max: 9_999_999 })
const months = ['2026-09', '2026-10', '2026-11', '2026-12']

/** What happens to one vendor, in order: a charge, a charge taken back, a month closed. */
const doing = fc.oneof(
  fc.record({ kind: fc.constant('charge' as const), amount }),
  fc.record({ kind: fc.constant('reverse' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('close' as const) }),
  fc.record({ kind: fc.constant('days' as const), days: fc.integer({ min: 1, max: 40 }) }),
)

interface Entry {
  id: number
  amount: number
  businessDate: string
}

/** Plays it through the rules as the room does. */
function play(doings: readonly (typeof doing extends fc.Arbitrary<infer Each> ? Each : never)[]) {
  const ledger: Entry[] = []
  const reversed = new Set<number>()
  const lists: { month: string; entries: Entry[] }[] = []
  const listed = new Set<number>()
  let today = '2026-09-01'
  const closeMonth = (month: string) => {
    if (lists.some((each) => each.month >= month)) return
    const entries = entriesForMonth(ledger, listed, month)
    if (entries.length === 0) return
    for (const { id } of entries) listed.add(id)
    lists.push({ month, entries })
  }
  for (const each of doings) {
    if (each.kind === 'days') today = addDays(today, each.days)
    if (each.kind === 'close') closeMonth(today.slice(0, 7))
    if (each.kind === 'charge') {
      ledger.push({ id: ledger.length + 1, amount: each.amount, businessDate: today })
    }
    if (each.kind === 'reverse') {
      const charges = ledger.filter(({ id, amount: sum }) => sum > 0 && !reversed.has(id))
      const charge = charges[each.which % Math.max(charges.length, 1)]
      if (!charge) continue
      reversed.add(charge.id)
      ledger.push({ id: ledger.length + 1, amount: -charge.amount, businessDate: today })
    }
  }
  closeMonth('2099-12')
  return { ledger, lists, reversed }
}

describe('deduction lists', () => {
  it('hold every entry of the ledger exactly once, and add up to it', () => {
    fc.assert(
      fc.property(fc.array(doing, { maxLength: 60 }), (doings) => {
        const { ledger, lists } = play(doings)
        const all = lists.flatMap(({ entries }) => entries.map(({ id }) => id))
        expect(all.toSorted((a, b) => a - b)).toEqual(ledger.map(({ id }) => id))
        const totals = lists.map(({ entries }) => sumMoney(entries.map((each) => each.amount)))
        expect(sumMoney(totals)).toBe(sumMoney(ledger.map((each) => each.amount)))
        for (const { month, entries } of lists) {
          expect(entries.every(({ businessDate }) => businessDate <= lastDayOf(month))).toBe(true)
        }
      }),
    )
  })

  it('come to nothing when every charge is taken back', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 20 }), (amounts) => {
        const back = amounts.map((_, which) => ({ kind: 'reverse' as const, which }))
        const charges = amounts.map((each) => ({ kind: 'charge' as const, amount: each }))
        const { lists, reversed } = play([...charges, { kind: 'close' as const }, ...back])
        expect(reversed.size).toBe(amounts.length)
        expect(sumMoney(lists.flatMap(({ entries }) => entries.map((each) => each.amount)))).toBe(0)
      }),
    )
  })

  it('are printed page by page without losing or repeating a line', () => {
    const entry = fc.record({
      businessDate: fc.constant('2026-11-21'),
      claimNumber: fc.constant('LY-0312-261121-0001-A'),
      kind: fc.constantFrom('charge' as const, 'reversal' as const),
      basis: fc.constant('agreed' as const),
      goods: fc.string({ maxLength: 200 }),
      reason: fc.string({ maxLength: 400 }),
      amount: fc.integer({ min: -9_999, max: 9_999 }),
    })
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 200 }), fc.boolean(), (entries, two) => {
        const pages = pagesOf(entries, 180, two)
        expect(pages.flat()).toEqual(entries)
        expect(pages.slice(0, -1).every((page) => page.length > 0)).toBe(true)
      }),
    )
  })

  it('of a month end on its last day', () => {
    expect(months.map(lastDayOf)).toEqual(['2026-09-30', '2026-10-31', '2026-11-30', '2026-12-31'])
  })
})

describe('what can be passed on', () => {
  it('is what the store really gave, whoever had advanced the expenses', () => {
    const cost = fc
      .record({
        kind: fc.constantFrom('freight' as const, 'test_fee' as const),
        amount: fc.integer({ min: 0, max: 50_000 }),
        part: fc.integer({ min: 0, max: 100 }),
        paidBy: fc.constantFrom('store' as const, 'customer' as const),
      })
      .map(({ kind, amount: whole, part, paidBy }) => {
        const customerAmount = Math.floor((whole * part) / 100)
        return { kind, amount: whole, paidBy, customerAmount, storeAmount: whole - customerAmount }
      })
    fc.assert(
      fc.property(
        fc.integer({ min: 100_000, max: 900_000 }),
        fc.array(cost, { maxLength: 2 }),
        (goods, costs) => {
          // As a refund pays out: what the customer advanced for the store on top, his own part taken off.
          const advanced = sumMoney(
            costs.map((each) => (each.paidBy === 'customer' ? each.storeAmount : 0)),
          )
          const setOff = sumMoney(
            costs.map((each) => (each.paidBy === 'store' ? each.customerAmount : 0)),
          )
          const parts = partRefund({ paidOut: goods + advanced - setOff, costs })
          expect(parts.goods).toBe(goods)
          expect(parts.freight + parts.testFee).toBe(
            sumMoney(costs.map((each) => each.storeAmount)),
          )
        },
      ),
    )
  })

  it('is shared among vendors to the last fen, and never more than is left', () => {
    const line = fc.record({ vendor: fc.constantFrom('甲', '乙', ''), amount })
    fc.assert(
      fc.property(
        amount,
        fc.array(line, { minLength: 1, maxLength: 8 }),
        amount,
        (goods, lines, born) => {
          const shares = ['甲', '乙', ''].map((vendor) => shareOfVendor(goods, lines, vendor))
          expect(sumMoney(shares)).toBe(goods)
          const most = mostToPassOn(goods, born)
          expect(most).toBe(Math.max(goods - born, 0))
          expect(splitOf(most, most + 1)).toBeNull()
          const split = splitOf(most, Math.floor(most / 3))
          expect((split?.vendorAmount ?? 0) + (split?.storeAmount ?? 0)).toBe(most)
        },
      ),
    )
  })
})

describe('the day of an answer', () => {
  it('is as many workdays off as the contract gives, and a workday', () => {
    const isWorkday = (date: string) => weekdayOf(date) <= 5
    fc.assert(
      fc.property(fc.nat(2_000), fc.integer({ min: 1, max: 90 }), (offset, days) => {
        const sentOn = addDays('2026-01-01', offset)
        const day = replyDay(sentOn, days, isWorkday)
        expect(isWorkday(day)).toBe(true)
        let counted = 0
        for (let at = addDays(sentOn, 1); at <= day; at = addDays(at, 1)) {
          if (isWorkday(at)) counted += 1
        }
        expect(counted).toBe(days)
      }),
    )
    expect(replyDay('2026-11-21', 7, () => false)).toBe('2026-11-28')
    expect(medianOf([])).toBeNull()
    expect(medianOf([5, 1, 3])).toBe(3)
  })
})
