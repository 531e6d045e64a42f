import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { momentOf } from '../../src-main/cases/index.ts'
import type { WriteHandle } from '../../src-main/database/store.ts'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import { sumMoney } from '../../src-main/foundation/money.ts'
import {
  makeVoucherCode,
  parseVoucherCode,
  spellVoucherCode,
  voucherCodeLength,
} from '../../src-main/foundation/voucher-code.ts'
import { giveBackToVouchers, withdrawVouchers } from '../../src-main/vouchers/give-back.ts'
import {
  issueVoucher,
  redeemVoucher,
  replaceLost,
  requireVoucher,
  undoRedemption,
  voidVoucher,
} from '../../src-main/vouchers/ledger.ts'
import { brokenCap, expiryOf, lawsOf, type VoucherLaw } from '../../src-main/vouchers/rules.ts'
import { findRedemption, sumDay, sumOutstanding } from '../../src-main/vouchers/store.ts'
import lawData from '../../resources/vouchers/law.json' with { type: 'json' }
import { callAt } from '../support/desk-call.ts'
import { addReceipt, freshFolder, writeFrame } from '../support/sold.ts'

const digits = fc.infiniteStream(fc.nat(1_000_000))

/** A code from a stream of numbers instead of chance. */
const code = digits.map((stream) => {
  const iterator = stream[Symbol.iterator]()
  return makeVoucherCode((below) => Number(iterator.next().value ?? 0) % below)
})

describe('any code', () => {
  it('is read back however it is written', () => {
    fc.assert(
      fc.property(code, (made) => {
        expect(made).toHaveLength(voucherCodeLength)
        const written = [
          made,
          spellVoucherCode(made),
          spellVoucherCode(made).toLowerCase(),
          ` ${spellVoucherCode(made).replaceAll('-', ' ')} `,
          `GWD1|PZ-0312-261121-0001-X|${made}`,
        ]
        for (const text of written) expect(parseVoucherCode(text)).toBe(made)
      }),
    )
  })

  it('with one wrong letter, or two that changed places, is none', () => {
    const letters = '23456789ACDEFHJKMNPRTXY'
    const place = fc.nat(voucherCodeLength - 1)
    fc.assert(
      fc.property(code, place, place, fc.constantFrom(...letters), (made, at, other, letter) => {
        const wrong = made.slice(0, at) + letter + made.slice(at + 1)
        expect(parseVoucherCode(wrong)).toBe(wrong === made ? made : null)
        const swapped = [...made]
        swapped[at] = made.charAt(other)
        swapped[other] = made.charAt(at)
        const text = swapped.join('')
        expect(parseVoucherCode(text)).toBe(text === made ? made : null)
      }),
    )
  })
})

describe('whatever the laws of a place', () => {
  const laws = lawData as VoucherLaw[]
  const place = fc.constantFrom(
    { country: 'CN', region: 'CN-33' },
    { country: 'CN', region: null },
    { country: 'GB', region: null },
  )
  const issuer = fc.constantFrom('legal_person' as const, 'other' as const)

  it('a smaller amount breaks nothing that a larger one does not, and a name never makes it worse', () => {
    fc.assert(
      fc.property(place, issuer, fc.nat(600_000), fc.nat(600_000), (where, who, a, b) => {
        const here = lawsOf(laws, where)
        const [small, large] = [Math.min(a, b), Math.max(a, b)]
        const ask = (amount: number, isNamed: boolean) =>
          brokenCap(here, { issuer: who, isNamed, amount, heldByHolder: 0 })
        for (const isNamed of [true, false]) {
          if (ask(small, isNamed)) expect(ask(large, isNamed)).not.toBeNull()
        }
        if (ask(large, true)) expect(ask(large, false)).not.toBeNull()
      }),
    )
  })

  it('no bought named voucher ends where law forbids it', () => {
    fc.assert(
      fc.property(place, fc.option(fc.integer({ min: 1, max: 120 })), (where, months) => {
        const here = lawsOf(laws, where)
        const settings = { expiryMonths: months, giftExpiryMonths: months }
        const named = { isGift: false, isNamed: true, issuedOn: '2026-11-21' }
        const isForbidden = here.some(({ expiry }) => expiry?.named === 'forbidden')
        const until = expiryOf(here, settings, named)
        expect(until !== null).toBe(months !== null && !isForbidden)
      }),
    )
  })
})

const NOW = '2026-11-21T06:00:00.000Z'

type Step =
  | { kind: 'issue'; amount: number; named: boolean }
  | { kind: 'redeem'; voucher: number; amount: number; receipt: number }
  | { kind: 'undo'; redemption: number }
  | { kind: 'give_back'; receipt: number; amount: number; refund: number }
  | { kind: 'withdraw'; refund: number }
  | { kind: 'lose'; voucher: number }
  | { kind: 'void'; voucher: number }

const small = fc.nat(7)
const sum = fc.integer({ min: 1, max: 5_000 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('issue' as const), amount: sum, named: fc.boolean() }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('redeem' as const),
      voucher: small,
      amount: sum,
      receipt: small,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), redemption: small }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('give_back' as const),
      receipt: small,
      amount: sum,
      refund: small,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), refund: small }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), voucher: small }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('void' as const), voucher: small }) },
)

describe('over any history of several desks', () => {
  let house: ReturnType<typeof freshFolder>
  const receipts: number[] = []

  beforeAll(async () => {
    house = freshFolder()
    await house.folder.store.write(async (w) => {
      await writeFrame(w)
      for (let index = 0; index < 8; index += 1) {
        const { id } = await addReceipt(w, {
          receiptNo: `P${index}`,
          lines: [{ name: '羽绒服', paid_amount: 30_000 }],
        })
        receipts.push(id)
      }
    })
  })
  afterAll(() => house.remove())

  const call = callAt(NOW, 1)
  const moment = momentOf({ ...call, actor: call.actor })

  async function take(w: WriteHandle, each: Step): Promise<void> {
    const vouchers = await w.selectFrom('voucher').select(['id', 'code']).orderBy('id').execute()
    const pick = (at: number) => vouchers[at % Math.max(vouchers.length, 1)]
    switch (each.kind) {
      case 'issue':
        await issueVoucher(w, call, moment, {
          source: { type: 'goodwill', id: null, number: '' },
          caseId: null,
          amount: each.amount,
          currency: 'CNY',
          holder: each.named ? { name: '周梅', phone: '13812345521' } : null,
          reason: '',
        })
        return
      case 'redeem': {
        const voucher = pick(each.voucher)
        if (!voucher) return
        await redeemVoucher(w, call, moment, {
          code: voucher.code,
          amount: each.amount,
          for: {
            type: 'receipt',
            receiptNo: `P${each.receipt}`,
            receiptDate: '2026-11-12',
            till: '01',
          },
        })
        return
      }
      case 'undo': {
        const found = await findRedemption(w, each.redemption + 1)
        if (found) await undoRedemption(w, call, moment, found, { reason: 'x' })
        return
      }
      case 'give_back':
        await giveBackToVouchers(w, call, moment, {
          source: { type: 'refund', id: null, number: `TH-${each.refund}` },
          caseId: null,
          receiptId: receipts[each.receipt] ?? 0,
          reference: '',
          amount: each.amount,
          currency: 'CNY',
        })
        return
      case 'withdraw': {
        const number = `TH-${each.refund}`
        await withdrawVouchers(w, call, moment, { type: 'refund', number }, 'x')
        return
      }
      case 'lose':
      case 'void': {
        const found = pick(each.voucher)
        if (!found) return
        const voucher = await requireVoucher(w, found.id)
        const why = { reason: 'x', approvalId: null }
        if (each.kind === 'void') await voidVoucher(w, call, moment, voucher, why)
        else if (voucher.holder) await replaceLost(w, call, moment, voucher, why)
      }
    }
  }

  /** What the books say after everything that happened so far. */
  async function expectSound(): Promise<void> {
    await house.folder.store.read(async (r) => {
      const vouchers = await r.selectFrom('voucher').selectAll().execute()
      const movements = await r.selectFrom('voucher_movement').selectAll().orderBy('seq').execute()
      for (const voucher of vouchers) {
        const own = movements.filter((each) => each.voucher_id === voucher.id)
        expect(sumMoney(own.map((each) => each.amount))).toBe(voucher.balance)
        expect(own.every((each) => each.balance >= 0 && each.balance <= voucher.amount)).toBe(true)
        expect(own.map((each) => each.seq)).toEqual(own.map((_each, index) => index + 1))
        expect(voucher.balance > 0 && voucher.state !== 'active').toBe(false)
        expect(voucher.balance === 0 && voucher.state === 'active').toBe(false)
      }
      const redemptions = await r.selectFrom('voucher_redemption').selectAll().execute()
      const live = redemptions.filter((each) => each.live === 1)
      const uses = live.map((each) => `${each.voucher_id} ${each.receipt_key}`)
      expect(new Set(uses).size).toBe(uses.length)
      const day = await sumDay(r, '2026-11-21', 'CNY')
      const outstanding = await sumOutstanding(r, '2026-11-21', 'CNY')
      expect(outstanding).toBe(sumMoney(day.map((each) => each.amount)))
      expect(outstanding).toBe(sumMoney(vouchers.map((each) => each.balance)))
    })
  }

  it('every voucher balances, is never negative, and the day is the sum of all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        // All at once: whoever is refused leaves no trace.
        const done = await Promise.allSettled(
          steps.map((each) => house.folder.store.write((w) => take(w, each))),
        )
        for (const each of done) {
          if (each.status === 'rejected') expect(isRefusal(each.reason)).toBe(true)
        }
        await expectSound()
      }),
      { numRuns: 40 },
    )
  })
})
