import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TenderTable } from '../../src-main/database/schema.ts'
import { recordSigned } from '../support/approve.ts'
import type { AllowedRemedy } from '../../src-main/policy/facts.ts'
import { hashFrozen, readFrozenRow, writeContent } from '../../src-main/policy/frozen.ts'
import { findFrozen } from '../../src-main/policy/frozen-store.ts'
import { insertFrozen } from '../../src-main/rights/store.ts'
import { countRowsOf } from '../support/count-rows.ts'
import { type DeskClient, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { addReceipt } from '../support/sold.ts'

type Ask = Parameters<DeskClient['refunds']['preview']>[0]
type Settings = Parameters<DeskClient['refunds']['changeSettings']>[0]

let test: TestDesk

beforeAll(async () => {
  test = await openTestDesk()
})
afterAll(() => test.close())

let receipts = 0

interface Sale {
  receiptId: number
  /** Coat, three socks, a gift and the delivery, in this order. */
  coat: number
  socks: number
  gift: number
  delivery: number
  tenders: number[]
}

/** A coat for 899.00 of 999.00, three pairs of socks for 100.00, a gift worth 39.00, delivery 20.00: 1,019.00. */
async function sell(
  tenders: [TenderTable['kind'], number, string?][] = [['wechat', 101_900]],
  more: { currency?: string } = {},
): Promise<Sale> {
  receipts += 1
  return test.write(async (w) => {
    const { id, lineIds } = await addReceipt(w, {
      receiptNo: `MONEY-${receipts}`,
      lines: [
        { name: '羽绒服', list_amount: 99_900, paid_amount: 89_900 },
        { name: '羊毛袜', units: 3, qty_milli: 3_000, list_amount: 10_000, paid_amount: 10_000 },
        { name: '护理套装（赠）', list_amount: 3_900, paid_amount: 0 },
        { name: '送货费', kind: 'non_goods', units: 0, list_amount: 2_000, paid_amount: 2_000 },
      ],
    })
    if (more.currency) {
      await w.updateTable('receipt').set({ currency: more.currency }).where('id', '=', id).execute()
    }
    const ids: number[] = []
    for (const [kind, amount, label = ''] of tenders) {
      const row = await w
        .insertInto('tender')
        .values({ receipt_id: id, kind, label, amount })
        .returning('id')
        .executeTakeFirstOrThrow()
      ids.push(row.id)
    }
    const [coat = 0, socks = 0, gift = 0, delivery = 0] = lineIds
    return { receiptId: id, coat, socks, gift, delivery, tenders: ids }
  })
}

const clerk = () => test.clerk.client.refunds

function preview(sale: Sale, ask: Omit<Ask, 'receiptId'>) {
  return clerk().preview({ receiptId: sale.receiptId, ...ask })
}

/** Records what was previewed and opens the slip. */
async function refund(
  sale: Sale,
  ask: Omit<Ask, 'receiptId' | 'reason'> & {
    reason?: 'quality' | 'size' | 'preference' | 'damaged'
  },
) {
  const reason = ask.reason ?? 'quality'
  const { amount } = await preview(sale, { ...ask, reason })
  const { id } = await recordSigned(test, {
    receiptId: sale.receiptId,
    ...ask,
    reason,
    expectedAmount: amount,
    lines: (ask.lines ?? []).map((line) => ({
      ...line,
      condition: line.condition ?? 'opened',
      packagingIntact: true,
    })),
  })
  return clerk().open({ refundId: id })
}

const kinds = (strip: readonly { kind: string; amount: number }[]) =>
  strip.map(({ kind, amount }) => [kind, amount])

async function changeSettings(change: Partial<Settings>): Promise<void> {
  const settings = await test.manager.client.refunds.settings()
  await test.manager.client.refunds.changeSettings({ ...settings, ...change })
}

/** Rows of every table a refund writes. */
const countRows = () =>
  countRowsOf(test, [
    'case_file',
    'case_event',
    'refund',
    'refund_line',
    'refund_tender',
    'refund_figure',
    'refund_charge',
    'refund_allowance',
    'refund_gift',
    'refund_cost',
    'carrier_claim',
    'tender_gift',
    'returned_unit',
    'document_counter',
    'audit_log',
  ])

describe('the strip of a refund', () => {
  it('stands on the slip as it stood on the screen', async () => {
    const sale = await sell()
    const ask = {
      reason: 'preference' as const,
      lines: [{ saleLineId: sale.coat, units: 1 }],
      freight: { amount: 1_500, paidBy: 'store' as const },
    }
    const quote = await preview(sale, ask)
    expect(kinds(quote.strip)).toEqual([
      ['list', 99_900],
      ['discount', -10_000],
      ['paid', 89_900],
      ['freight', -1_500],
      ['total', 88_400],
    ])
    expect(quote.usualLiable).toBe('customer')
    const slip = await refund(sale, ask)
    expect(slip.strip).toEqual(quote.strip)
    expect(slip.amount).toBe(88_400)
  })

  it('counts a price difference off the unit when it comes back after all', async () => {
    const sale = await sell()
    const first = await refund(sale, {
      allowances: [{ saleLineId: sale.coat, units: 1, amount: 5_000 }],
    })
    expect(kinds(first.strip)).toEqual([
      ['allowance', 5_000],
      ['total', 5_000],
    ])
    const second = await refund(sale, { lines: [{ saleLineId: sale.coat, units: 1 }] })
    expect(kinds(second.strip)).toEqual([
      ['list', 99_900],
      ['discount', -10_000],
      ['paid', 89_900],
      ['before', -5_000],
      ['total', 84_900],
    ])
    const report = await clerk().preview({
      receiptId: sale.receiptId,
      allowances: [{ saleLineId: sale.socks, units: 3, amount: 1_000 }],
    })
    expect(report.amount).toBe(1_000)
  })

  it('gives the delivery back, once', async () => {
    const sale = await sell()
    expect((await preview(sale, {})).charges).toEqual([
      { saleLineId: sale.delivery, name: '送货费', left: 2_000 },
    ])
    await refund(sale, { charges: [{ saleLineId: sale.delivery, amount: 500 }] })
    const rest = await refund(sale, { charges: [{ saleLineId: sale.delivery }] })
    expect(rest.amount).toBe(1_500)
    const again = preview(sale, { charges: [{ saleLineId: sale.delivery }] })
    expect(await refusalOf(again)).toMatchObject({ reason: 'refunds.nothing_paid' })
  })

  it("keeps what the verdict says, or the store's grade where nobody is at fault", async () => {
    await changeSettings({ grades: { used: 300_000 } })
    const sale = await sell()
    const line = { saleLineId: sale.coat, units: 1, condition: 'used' as const }
    const graded = await preview(sale, { reason: 'preference', lines: [line] })
    expect(graded.lines[0]?.fee).toBe(26_970)
    const faulty = await preview(sale, { reason: 'quality', lines: [line] })
    expect(faulty.amount).toBe(89_900)
    const fee = { kind: 'depreciation' as const, amount: 4_495, days: 50 }
    const slip = await refund(sale, { lines: [{ ...line, fee }] })
    expect(slip.amount).toBe(85_405)
    expect(slip.lines[0]).toMatchObject({ amount: 89_900, fee: 4_495 })
    expect(slip.strip.find((each) => each.kind === 'depreciation')?.detail).toEqual({
      name: '羽绒服',
      days: 50,
    })
    await changeSettings({ grades: {} })
  })
})

describe('gifts', () => {
  const everything = (sale: Sale) => [
    { saleLineId: sale.coat, units: 1 },
    { saleLineId: sale.socks, units: 3 },
  ]

  it('are recognised, and given back or paid when everything comes back without a fault', async () => {
    const sale = await sell()
    const kept = await preview(sale, { reason: 'preference', lines: everything(sale) })
    expect(kept.gifts).toEqual({
      rule: 'return_or_value',
      out: [{ saleLineId: sale.gift, name: '护理套装（赠）', units: 1, value: 3_900 }],
    })
    expect(kept.amount).toBe(99_900 - 3_900)
    const back = await preview(sale, {
      reason: 'preference',
      lines: [...everything(sale), { saleLineId: sale.gift, units: 1 }],
    })
    expect(back.amount).toBe(99_900)
    const faulty = await preview(sale, { reason: 'quality', lines: everything(sale) })
    expect(faulty.gifts.rule).toBe('keep')
    expect(faulty.amount).toBe(99_900)
  })

  it('that have to come back stop the refund, vouchers that were earned are counted', async () => {
    const sale = await sell()
    const lines = everything(sale)
    const must = preview(sale, { reason: 'size', lines, gifts: { rule: 'return' } })
    expect(await refusalOf(must)).toMatchObject({ reason: 'refunds.gift_must_come_back' })
    const voucher = { kind: 'voucher' as const, name: '满减券', value: 2_000, cameBack: false }
    const slip = await refund(sale, {
      reason: 'size',
      lines,
      gifts: { rule: 'return_or_value', earned: [voucher] },
    })
    expect(slip.amount).toBe(99_900 - 3_900 - 2_000)
  })
})

/** Writes a decision down for three units of the socks and the coat, with such terms of a refund. */
async function decide(sale: Sale, terms: Partial<AllowedRemedy>): Promise<number> {
  const { id } = await test.clerk.client.rights.freeze({
    receiptId: sale.receiptId,
    lines: [
      { saleLineId: sale.coat, units: 1 },
      { saleLineId: sale.socks, units: 3 },
    ],
    answers: { all: { reason: 'quality' }, lines: [] },
  })
  return test.write(async (w) => {
    const row = await findFrozen(w, id)
    if (!row) throw new Error('nothing was frozen')
    const lines = readFrozenRow(row).lines.map((line) => {
      const refund: AllowedRemedy = {
        remedy: 'refund',
        allowed: true,
        until: null,
        daysLeft: null,
        sameTermsUntil: null,
        price: line.facts.line.paid,
        amount: line.facts.line.paid,
        fee: { kind: 'none', amount: 0, ppm: 0, days: 0 },
        chooser: 'customer',
        freight: 'store',
        gift: 'keep',
        approver: null,
        statutory: true,
        basis: [],
        because: [],
        ...terms,
      }
      return { ...line, verdict: { ...line.verdict, remedies: [refund] } }
    })
    const content = writeContent(lines)
    return insertFrozen(w, { ...row, content, hash: hashFrozen(row, content) })
  })
}

describe('a refund by a written decision', () => {
  it('keeps what was decided, whatever the form says, and no grade beside it', async () => {
    await changeSettings({ grades: { used: 300_000 } })
    const sale = await sell()
    const rightsId = await decide(sale, {
      fee: { kind: 'depreciation', amount: 1_000, ppm: 500, days: 63 },
    })
    const fee = { kind: 'restock' as const, amount: 1, days: 0 }
    const quote = await preview(sale, {
      rightsId,
      reason: 'quality',
      lines: [
        { saleLineId: sale.coat, units: 1, condition: 'used', fee },
        { saleLineId: sale.socks, units: 2, condition: 'used' },
      ],
    })
    expect(kinds(quote.strip).slice(-3)).toEqual([
      ['depreciation', -1_000],
      ['depreciation', -667],
      ['total', 89_900 + 6_667 - 1_667],
    ])
    const free = await decide(sale, {})
    const lines = [{ saleLineId: sale.coat, units: 1, condition: 'used' as const }]
    expect((await preview(sale, { rightsId: free, reason: 'quality', lines })).amount).toBe(89_900)
    const changedMind = { rightsId: free, reason: 'preference' as const, lines }
    expect((await preview(sale, changedMind)).amount).toBe(62_930)
    await changeSettings({ grades: {} })
  })

  it('goes by its rules for freight and gifts, and adds what law adds to the price', async () => {
    const sale = await sell()
    const rightsId = await decide(sale, {
      freight: 'customer',
      gift: 'return_or_value',
      price: 95_000,
    })
    const coat = { saleLineId: sale.coat, units: 1 }
    const socks = { saleLineId: sale.socks, units: 3 }
    const freight = { amount: 1_500, paidBy: 'store' as const }
    const some = await preview(sale, { rightsId, reason: 'quality', lines: [coat], freight })
    expect(kinds(some.strip).slice(3)).toEqual([
      ['price_rise', 5_100],
      ['freight', -1_500],
      ['total', 93_500],
    ])
    expect(some.usualLiable).toBe('customer')
    const all = await preview(sale, { rightsId, reason: 'quality', lines: [coat, socks] })
    expect(all.gifts.rule).toBe('return_or_value')
    expect(all.strip.find((each) => each.kind === 'gift')?.amount).toBe(-3_900)
  })

  it('of another sale, or none, is refused', async () => {
    const [sale, other] = [await sell(), await sell()]
    const rightsId = await decide(other, {})
    const lines = [{ saleLineId: sale.coat, units: 1 }]
    const unknown = { reason: 'refunds.unknown_rights' }
    expect(await refusalOf(preview(sale, { rightsId, lines }))).toMatchObject(unknown)
    expect(await refusalOf(preview(sale, { rightsId: 999_999, lines }))).toMatchObject(unknown)
  })
})

describe('freight', () => {
  it('the carrier is liable for is advanced, paid beside the tenders, and claimed', async () => {
    const sale = await sell()
    const slip = await refund(sale, {
      reason: 'damaged',
      lines: [{ saleLineId: sale.coat, units: 1, condition: 'damaged' }],
      freight: { amount: 2_400, paidBy: 'customer', carrier: '顺达快运', waybill: 'SD20261121' },
    })
    expect(slip.tenders).toMatchObject([
      { kind: 'wechat', amount: 89_900, purpose: 'goods' },
      { kind: 'cash', amount: 2_400, purpose: 'expenses' },
    ])
    expect(slip.carrierClaim).toMatchObject({
      carrier: '顺达快运',
      waybill: 'SD20261121',
      freightAmount: 2_400,
      goodsAmount: 89_900,
      state: 'open',
    })
    const claimId = slip.carrierClaim?.id ?? 0
    expect(await clerk().claims()).toEqual([expect.objectContaining({ id: claimId })])
    const settle = (change: object) =>
      test.manager.client.refunds.settleClaim({
        claimId,
        outcome: 'settled',
        version: 1,
        ...change,
      })
    expect(await refusalOf(settle({}))).toMatchObject({ reason: 'refunds.claim_needs_amount' })
    expect(await refusalOf(settle({ outcome: 'dropped' }))).toMatchObject({
      reason: 'refunds.claim_needs_reason',
    })
    await settle({ receivedAmount: 50_000 })
    expect(await refusalOf(settle({ receivedAmount: 50_000 }))).toMatchObject({
      reason: 'refunds.claim_closed',
    })
    const closed = await clerk().open({ refundId: slip.id })
    expect(closed.carrierClaim).toMatchObject({ state: 'settled', receivedAmount: 50_000 })
  })

  it('is claimed no longer when the slip is void', async () => {
    const sale = await sell()
    const slip = await refund(sale, {
      reason: 'damaged',
      lines: [{ saleLineId: sale.coat, units: 1, condition: 'damaged' }],
      freight: { amount: 2_400, paidBy: 'store' },
    })
    const { id, version } = slip
    await test.manager.client.refunds.void({ refundId: id, reason: '扫错商品', version })
    expect((await clerk().open({ refundId: id })).carrierClaim).toMatchObject({
      state: 'dropped',
      note: '扫错商品',
    })
  })

  it('that is shared costs each their part, and a test the one who has to bear it', async () => {
    const sale = await sell()
    const quote = await preview(sale, {
      lines: [{ saleLineId: sale.coat, units: 1 }],
      freight: { amount: 1_001, paidBy: 'customer', liable: 'shared', sharedPpm: 300_000 },
      testFee: { amount: 3_000, paidBy: 'store', bearer: 'customer' },
    })
    expect(kinds(quote.strip).slice(-3)).toEqual([
      ['freight', 701],
      ['test_fee', -3_000],
      ['total', 87_601],
    ])
  })
})

describe('another tender', () => {
  it('goes as the store allows, is marked on the slip, and a manager is asked for it', async () => {
    const sale = await sell([
      ['wechat', 50_000],
      ['bank_card', 51_900, '招行'],
    ])
    const [, card = 0] = sale.tenders
    const ask = {
      lines: [{ saleLineId: sale.coat, units: 1 }],
      otherTenders: [{ tenderId: card, to: 'cash' as const, reason: '卡已注销' }],
    }
    const quote = await preview(sale, ask)
    expect(quote.managerAmount).toBe(45_788)
    expect(quote.tenders[1]?.ways).toEqual([
      { to: 'cash', needs: 'manager' },
      { to: 'voucher', needs: 'form' },
    ])
    const slip = await refund(sale, ask)
    expect(slip.tenders[1]).toMatchObject({
      kind: 'cash',
      tenderId: card,
      insteadOf: { kind: 'bank_card', label: '招行', needs: 'manager', reason: '卡已注销' },
    })
    const rest = await preview(sale, { lines: [{ saleLineId: sale.socks, units: 3 }] })
    expect(rest.tenders.map((tender) => tender.amount)).toEqual([4_907, 5_093])
  })

  it('is refused where the original one is mandatory, unknown, or not listed', async () => {
    const sale = await sell()
    const [wechat = 0] = sale.tenders
    const asked = (tenderId: number, to: 'cash' | 'points') =>
      preview(sale, {
        lines: [{ saleLineId: sale.coat, units: 1 }],
        otherTenders: [{ tenderId, to, reason: '换手机了' }],
      })
    expect(await refusalOf(asked(999_999, 'cash'))).toMatchObject({
      reason: 'refunds.unknown_tender',
    })
    const notAllowed = { reason: 'refunds.tender_not_allowed' }
    expect(await refusalOf(asked(wechat, 'points'))).toMatchObject(notAllowed)
    await changeSettings({ originalOnly: true })
    expect(await refusalOf(asked(wechat, 'cash'))).toMatchObject(notAllowed)
    await changeSettings({ originalOnly: false })
    expect((await asked(wechat, 'cash')).managerAmount).toBe(89_900)
  })
})

describe('stored value', () => {
  it('goes back with principal and gift in proportion, as somebody said once', async () => {
    const sale = await sell([['stored_value', 101_900, '会员卡']])
    const [card = 0] = sale.tenders
    const lines = [{ saleLineId: sale.coat, units: 1 }]
    const unsplit = await preview(sale, { lines })
    expect(unsplit.storedValue).toEqual([{ tenderId: card, label: '会员卡', paid: 101_900 }])
    const first = await refund(sale, { lines, giftParts: [{ tenderId: card, amount: 20_380 }] })
    expect(first.tenders).toMatchObject([{ amount: 89_900, giftPart: 17_980 }])
    const rest = {
      lines: [{ saleLineId: sale.socks, units: 3 }],
      charges: [{ saleLineId: sale.delivery }],
    }
    const other = preview(sale, { ...rest, giftParts: [{ tenderId: card, amount: 1 }] })
    expect(await refusalOf(other)).toMatchObject({ reason: 'refunds.gift_part_known' })
    const second = await refund(sale, rest)
    expect(second.tenders).toMatchObject([{ amount: 12_000, giftPart: 2_400 }])
  })

  it('knows the gift balance a till keeps as a payment of its own', async () => {
    const sale = await sell([
      ['stored_value', 81_520, '储值卡'],
      ['stored_value', 20_380, '储值赠送'],
    ])
    const quote = await preview(sale, { lines: [{ saleLineId: sale.coat, units: 1 }] })
    expect(quote.tenders).toMatchObject([
      { amount: 71_920, giftPart: 0 },
      { amount: 17_980, giftPart: 17_980 },
    ])
  })
})

describe('rounding cash', () => {
  it('is a figure of its own, and in the end the customer has what he paid', async () => {
    await changeSettings({ roundingStep: 'jiao' })
    const sale = await sell([['cash', 101_900]])
    const sock = () => refund(sale, { lines: [{ saleLineId: sale.socks, units: 1 }] })
    const slips = [await sock(), await sock(), await sock()]
    expect(slips.map((slip) => slip.amount)).toEqual([3_330, 3_340, 3_330])
    expect(kinds(slips[0]?.strip ?? []).slice(-2)).toEqual([
      ['rounding', -4],
      ['total', 3_330],
    ])
    const rest = await refund(sale, {
      lines: [{ saleLineId: sale.coat, units: 1 }],
      charges: [{ saleLineId: sale.delivery }],
    })
    expect(3_330 + 3_340 + 3_330 + rest.amount).toBe(101_900)
    await changeSettings({ roundingStep: 'none' })
  })
})

describe("the store's rules for refund money", () => {
  it("are the manager's to change, one at a time, without contradictions", async () => {
    const settings = await clerk().settings()
    expect(await refusalOf(clerk().changeSettings(settings))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    const stale = { ...settings, version: settings.version + 5 }
    const manager = test.manager.client.refunds
    expect(await refusalOf(manager.changeSettings(stale))).toMatchObject({
      reason: 'desk.changed_meanwhile',
    })
    const ways = [{ from: 'cash' as const, to: 'cash' as const, needs: 'form' as const }]
    expect(await refusalOf(manager.changeSettings({ ...settings, ways }))).toMatchObject({
      reason: 'refunds.ways_contradict',
    })
  })
})

describe('what cannot be', () => {
  it.each([
    [
      'more units than were sold',
      'refunds.more_than_sold',
      (s: Sale) => ({ lines: [{ saleLineId: s.socks, units: 4 }] }),
    ],
    [
      'a unit that was never sold',
      'refunds.more_than_sold',
      (s: Sale) => ({ lines: [{ saleLineId: s.socks, units: 1, unitNos: [4] }] }),
    ],
    [
      'another currency',
      'refunds.other_currency',
      (s: Sale) => ({ currency: 'USD', lines: [{ saleLineId: s.coat, units: 1 }] }),
    ],
    [
      'a line twice over',
      'refunds.line_twice',
      (s: Sale) => ({
        lines: [
          { saleLineId: s.coat, units: 1 },
          { saleLineId: s.coat, units: 1 },
        ],
      }),
    ],
    [
      'a price difference beside goods that come back',
      'refunds.price_apart',
      (s: Sale) => ({
        lines: [{ saleLineId: s.coat, units: 1 }],
        allowances: [{ saleLineId: s.socks, units: 1, amount: 1 }],
      }),
    ],
    [
      'a price difference beside a charge given back',
      'refunds.price_apart',
      (s: Sale) => ({
        charges: [{ saleLineId: s.delivery }],
        allowances: [{ saleLineId: s.socks, units: 1, amount: 1 }],
      }),
    ],
    [
      'more than was paid',
      'refunds.more_than_paid',
      (s: Sale) => ({ allowances: [{ saleLineId: s.coat, units: 1, amount: 89_901 }] }),
    ],
    [
      'goods as a charge',
      'refunds.nothing_paid',
      (s: Sale) => ({ charges: [{ saleLineId: s.coat }] }),
    ],
    [
      'a charge of another sale',
      'refunds.line_not_of_sale',
      () => ({ charges: [{ saleLineId: 999_999 }] }),
    ],
    [
      'deductions beyond the refund',
      'refunds.deductions_exceed',
      (s: Sale) => ({
        reason: 'size' as const,
        lines: [{ saleLineId: s.socks, units: 1 }],
        freight: { amount: 9_999, paidBy: 'store' as const },
      }),
    ],
    [
      'a gift part beyond its card',
      'refunds.unknown_tender',
      (s: Sale) => ({ giftParts: [{ tenderId: s.tenders[0] ?? 0, amount: 1 }] }),
    ],
    ['nothing', 'refunds.nothing_chosen', () => ({})],
  ] as const)('%s is refused and nothing is written', async (_what, reason, askFor) => {
    const sale = await sell()
    const before = await countRows()
    const ask = askFor(sale) as Omit<Ask, 'receiptId'>
    const attempt = clerk().record({
      receiptId: sale.receiptId,
      ...ask,
      reason: ask.reason ?? 'quality',
      expectedAmount: 0,
      lines: (ask.lines ?? []).map((line) => ({
        ...line,
        condition: 'opened',
        packagingIntact: true,
      })),
    })
    expect(await refusalOf(attempt)).toMatchObject({ reason })
    expect(await countRows()).toEqual(before)
  })

  it("a sale charged in another currency than the store's is refused, unless it is asked for in its own", async () => {
    const sale = await sell([['cash', 101_900]], { currency: 'USD' })
    const lines = [{ saleLineId: sale.coat, units: 1 }]
    expect(await refusalOf(preview(sale, { lines }))).toEqual({
      reason: 'refunds.other_currency',
      params: { sale: 'USD', asked: 'CNY' },
    })
    expect(await preview(sale, { lines, currency: 'USD' })).toMatchObject({
      currency: 'USD',
      amount: 89_900,
    })
  })

  it('leaves the approval and the rights it was decided by on the slip', async () => {
    const sale = await sell()
    const { id: rightsId } = await test.clerk.client.rights.freeze({
      receiptId: sale.receiptId,
      lines: [{ saleLineId: sale.coat, units: 1 }],
      answers: { all: { reason: 'quality' }, lines: [] },
    })
    const { id } = await recordSigned(test, {
      receiptId: sale.receiptId,
      reason: 'quality',
      expectedAmount: 89_900,
      lines: [{ saleLineId: sale.coat, units: 1, condition: 'faulty', packagingIntact: false }],
      rightsId,
    })
    const slip = await clerk().open({ refundId: id })
    expect(slip).toMatchObject({
      approvalIds: [expect.any(Number)],
      approvedBy: [{ approverName: '李静', approverCode: '001', role: 'store_manager' }],
      rightsId,
    })
  })
})
