import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { approverRoles } from '../../src-main/approvals/contract.ts'
import { rankOf } from '../../src-main/approvals/rules.ts'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import { findFlaws, nextState } from '../../src-main/foundation/state-machine.ts'
import { itemKinds, moneyKinds, payHows } from '../../src-main/settlements/contract.ts'
import {
  declineOf,
  isMoney,
  type Item,
  kindsOf,
  levelAfter,
  mostOf,
  requireSound,
  type SettlementAction,
  settlementMachine,
  type SettlementState,
  totalOf,
  totalsOf,
} from '../../src-main/settlements/rules.ts'

const item: fc.Arbitrary<Item> = fc.record({
  kind: fc.constantFrom(...itemKinds),
  what: fc.constantFrom('', '补偿交通费'),
  amount: fc.integer({ min: 0, max: 1_000_000 }),
  borneBy: fc.constantFrom('store', 'vendor', 'carrier'),
  borneName: fc.constantFrom('', '步云里商贸'),
  payHow: fc.option(fc.constantFrom(...payHows)),
  outlayId: fc.option(fc.integer({ min: 1, max: 3 })),
})
const option = fc.record({
  title: fc.constant('方案'),
  items: fc.array(item, { minLength: 1, maxLength: 4 }),
})
const options = fc.array(option, { minLength: 1, maxLength: 3 })
const outlays = [
  { id: 1, amount: 5_000 },
  { id: 2, amount: 900_000 },
]

function isSound(list: readonly { title: string; items: readonly Item[] }[]): boolean {
  try {
    requireSound(list, outlays)
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

describe('what is approved of a proposal', () => {
  it('covers whichever option the customer chooses', () => {
    fc.assert(
      fc.property(options, (list) => {
        const most = mostOf(list)
        for (const { items } of list) expect(totalOf(items)).toBeLessThanOrEqual(most)
        expect(list.map(({ items }) => totalOf(items))).toContain(most)
      }),
    )
  })

  it('is compensation wherever money goes beyond the goods, and goes to the top at risk', () => {
    fc.assert(
      fc.property(options, fc.boolean(), (list, atRisk) => {
        const kinds: readonly string[] = kindsOf(list, atRisk)
        const hasMoney = list.some(({ items }) => items.some(({ kind }) => isMoney(kind)))
        expect(kinds.includes('compensation')).toBe(hasMoney)
        expect(kinds.includes('risk_flag')).toBe(atRisk)
      }),
    )
  })
})

describe('a sound option', () => {
  it('pays only money, says how, pays nothing owed by voucher, and no outlay beyond what it was', () => {
    fc.assert(
      fc.property(option, (one) => {
        if (!isSound([one])) return
        const used = one.items.flatMap(({ outlayId }) => outlayId ?? [])
        expect(new Set(used).size).toBe(used.length)
        for (const { kind, payHow, amount, outlayId } of one.items) {
          expect(payHow !== null).toBe(isMoney(kind))
          if (isMoney(kind)) expect(amount).toBeGreaterThan(0)
          if (payHow === 'voucher') expect(kind).toBe('goodwill')
          expect(outlayId !== null).toBe(kind === 'reimbursement')
          const outlay = outlays.find(({ id }) => id === outlayId)
          if (outlayId !== null) expect(amount).toBeLessThanOrEqual(outlay?.amount ?? 0)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('the ledger of compensations', () => {
  const line = fc.record({
    kind: fc.constantFrom(...moneyKinds),
    amount: fc.integer({ min: 1, max: 1_000_000 }),
    borneBy: fc.constantFrom('store', 'vendor', 'carrier', 'maker'),
    borneName: fc.constantFrom('', '步云里商贸', '顺行物流'),
    voided: fc.option(fc.constant({})),
  })
  const sum = (list: readonly { amount: number }[]) =>
    list.reduce((all, { amount }) => all + amount, 0)

  it('balances: who bears it and what it is come to the same, without what was taken back', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (entries) => {
        const { total, byParty, byKind } = totalsOf(entries)
        const standing = entries.filter(({ voided }) => voided === null)
        expect(total).toBe(sum(standing))
        expect(sum(byParty)).toBe(total)
        expect(sum(byKind)).toBe(total)
        const named = byParty.map(({ party, name }) => `${party} ${name}`)
        expect(new Set(named).size).toBe(named.length)
      }),
    )
  })
})

describe('the rounds of a settlement', () => {
  it('end after the third no, whoever proposes', () => {
    expect(findFlaws(settlementMachine)).toEqual({ unreachable: [], ambiguous: [] })
    let state: SettlementState = settlementMachine.initial
    for (const round of [1, 2, 3]) {
      const action: SettlementAction = declineOf(round)
      state = nextState(settlementMachine, state, action) ?? 'void'
      if (round < 3) state = nextState(settlementMachine, state, 'propose') ?? 'void'
    }
    expect(state).toBe('failed')
    expect(settlementMachine.transitions.some(({ from }) => from === 'failed')).toBe(false)
  })

  it('go up a level after the second no', () => {
    for (const role of approverRoles) {
      expect(levelAfter(1, role)).toBe('clerk')
      const next = levelAfter(2, role)
      expect(rankOf(next)).toBe(Math.min(rankOf(role) + 1, rankOf('store_manager')))
    }
  })
})
