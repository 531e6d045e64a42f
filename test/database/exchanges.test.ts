import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deskNow, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import {
  type ExchangeDraft,
  giveOut,
  recordExchange,
  sellFor,
  stock,
} from '../support/exchange-case.ts'
import { openHouse } from '../support/open-house.ts'
import { readPdf } from '../documents/support/read-pdf.ts'

let test: TestDesk
let goods: Record<string, number>

beforeAll(async () => {
  test = await openTestDesk()
  await test.write((w) => openHouse(w, ['refund', 'exchange', 'repair']))
  goods = await stock(
    test,
    { sku: 'COAT-M', name: '羊毛大衣 M', spec: 'M', brand: '雪峰', listPrice: 89_900 },
    {
      sku: 'COAT-L',
      name: '羊毛大衣 L',
      spec: 'L',
      brand: '雪峰',
      listPrice: 89_900,
      barcode: '6900000123454',
    },
    { sku: 'SCARF', name: '羊绒围巾', brand: '雪峰', listPrice: 39_900 },
    {
      sku: 'PHONE',
      name: '极致 X5',
      brand: '极致',
      model: 'JZ-X5',
      listPrice: 299_900,
      serialTracked: true,
    },
  )
})
afterAll(() => test.close())
beforeEach(() => test.setNow(deskNow))

let slips = 0

/** A coat in M for 719.20 instead of 899.00, paid in cash and by WeChat. */
async function sellCoat(paid = 71_920) {
  slips += 1
  const wechat = Math.floor(paid / 3)
  const sold = await sellFor(
    test,
    `HX-${slips}`,
    [
      {
        name: '羊毛大衣 M',
        product_id: goods['COAT-M'] ?? null,
        sku: 'COAT-M',
        list_amount: 89_900,
        paid_amount: paid,
      },
    ],
    [
      ['cash', paid - wechat],
      ['wechat', wechat],
    ],
  )
  return { receiptId: sold.receiptId, coat: sold.lineIds[0] ?? 0 }
}

/** Phones with their serial numbers on the slip. */
async function sellPhone(serialNo: string, units = 1) {
  slips += 1
  const sold = await sellFor(
    test,
    `HX-${slips}`,
    [
      {
        name: '极致 X5',
        product_id: goods['PHONE'] ?? null,
        sku: 'PHONE',
        serial_no: serialNo,
        units,
        qty_milli: units * 1_000,
        paid_amount: 299_900 * units,
      },
    ],
    [['wechat', 299_900 * units]],
  )
  return { receiptId: sold.receiptId, phone: sold.lineIds[0] ?? 0 }
}

const look = { condition: 'opened' as const, packagingIntact: true }

function swap(
  sale: { receiptId: number; coat: number },
  change: Partial<ExchangeDraft> = {},
): ExchangeDraft {
  return {
    receiptId: sale.receiptId,
    reason: 'size',
    lines: [{ saleLineId: sale.coat, units: 1, ...look }],
    given: [{ productId: goods['COAT-L'] }],
    ...change,
  }
}

function phoneSwap(
  sale: { receiptId: number; phone: number },
  serials: { back?: string[]; out?: string },
): ExchangeDraft {
  return {
    receiptId: sale.receiptId,
    reason: 'quality',
    lines: [
      {
        saleLineId: sale.phone,
        units: 1,
        condition: 'faulty',
        packagingIntact: true,
        serialNos: serials.back,
      },
    ],
    given: [{ productId: goods['PHONE'], serialNo: serials.out }],
  }
}

describe('a size swap', () => {
  it('keeps the price that was paid and is even, whatever the shelf says', async () => {
    const sale = await sellCoat()
    const done = await recordExchange(test, swap(sale))
    expect(done).toMatchObject({ state: 'awaiting_handover', difference: 0 })
    expect(done.preview.lines).toMatchObject([
      { pricing: 'kept', listAmount: 89_900, paidAmount: 71_920, isSameFamily: true },
    ])
    expect(done.preview).toMatchObject({
      credit: 71_920,
      given: 71_920,
      collect: null,
      tenders: [],
      flags: [],
      acceptance: 'owed',
      approval: { needed: null, amount: 0 },
    })
    expect(done.preview.carried.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['cash', 47_947],
      ['wechat', 23_973],
    ])
  })

  it('becomes a sale of the desk when it is handed over, paid as the old one was', async () => {
    const sale = await sellCoat()
    const done = await recordExchange(test, swap(sale))
    const { newReceiptId, lines } = await giveOut(test, done.id)
    const receipt = await test.clerk.client.sales.open({ receiptId: newReceiptId })
    expect(receipt).toMatchObject({
      receiptNo: done.number,
      till: '0312',
      businessDate: '2026-11-21',
      total: 71_920,
      lines: [
        { id: lines[0]?.newLineId, name: '羊毛大衣 L', listAmount: 89_900, paidAmount: 71_920 },
      ],
      tenders: [
        { kind: 'cash', amount: 47_947 },
        { kind: 'wechat', amount: 23_973 },
      ],
    })
    const opened = await test.clerk.client.exchanges.open({ exchangeId: done.id })
    expect(opened).toMatchObject({ state: 'handed_over', newReceiptId, next: null })
    const old = await test.clerk.client.sales.open({ receiptId: sale.receiptId })
    expect(old.refunds).toEqual([])
    expect(old.lines[0]?.returned).toMatchObject([{ number: done.number, unitNo: 1 }])
  })

  it('is found by its number and counted as no import', async () => {
    const sale = await sellCoat()
    const done = await recordExchange(test, swap(sale))
    const { newReceiptId } = await giveOut(test, done.id)
    const { sales, exchanges } = test.clerk.client
    for (const text of [done.number, done.number.slice(-6)]) {
      const { exact } = await sales.find({ text })
      expect(exact).toMatchObject({ kind: 'exchange', id: done.id, label: done.number })
    }
    for (const receiptId of [sale.receiptId, newReceiptId]) {
      expect(await exchanges.ofReceipt({ receiptId })).toMatchObject([{ id: done.id }])
    }
    const found = await test.clerk.client.sales.find({ text: `719.20 2026-11-21` })
    expect(found.groups.flatMap((group) => group.hits.map((hit) => hit.id))).toContain(newReceiptId)
    const imports = await test.manager.client.imports.list()
    expect(imports.map(({ fileName }) => fileName)).toEqual(['sales.csv'])
    const ofProduct = await test.clerk.client.sales.ofProduct({ productId: goods['COAT-L'] ?? 0 })
    expect(ofProduct.receipts.map(({ id }) => id)).toContain(newReceiptId)
  })
})

describe('other goods', () => {
  it('cost what the shelf says; what is missing is collected at the till', async () => {
    const sale = await sellCoat(71_920)
    const draft = swap(sale, {
      given: [{ productId: goods['PHONE'], serialNo: 'P-1' }],
      collect: { kind: 'alipay' },
    })
    const done = await recordExchange(test, draft)
    expect(done.difference).toBe(299_900 - 71_920)
    expect(done.preview.collect).toEqual({ kind: 'alipay', label: '', amount: 227_980 })
    const opened = await test.clerk.client.exchanges.open({ exchangeId: done.id })
    expect(opened.instructions).toMatchObject([
      { direction: 'collect', tender: { kind: 'alipay' }, amount: 227_980, state: 'pending' },
    ])
    const { newReceiptId } = await giveOut(test, done.id)
    const receipt = await test.clerk.client.sales.open({ receiptId: newReceiptId })
    expect(receipt.tenders.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['cash', 47_947],
      ['wechat', 23_973],
      ['alipay', 227_980],
    ])
  })

  it('cheaper ones are paid back the way the sale was paid, and the rest is carried over', async () => {
    const sale = await sellCoat(60_000)
    const done = await recordExchange(test, swap(sale, { given: [{ productId: goods['SCARF'] }] }))
    expect(done.difference).toBe(39_900 - 60_000)
    expect(done.preview.tenders.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['cash', 13_400],
      ['wechat', 6_700],
    ])
    expect(done.preview.carried.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['cash', 26_600],
      ['wechat', 13_300],
    ])
    const opened = await test.clerk.client.exchanges.open({ exchangeId: done.id })
    expect(opened.instructions.map(({ direction, amount }) => [direction, amount])).toEqual([
      ['pay_out', 13_400],
      ['pay_out', 6_700],
    ])
  })

  it('have the old line’s discount rate again where the store gives it', async () => {
    const { exchanges } = test.manager.client
    const before = await exchanges.settings()
    await exchanges.changeSettings({ ...before, discountPolicy: 'same_rate' })
    const sale = await sellCoat(71_920)
    const draft = swap(sale, {
      given: [{ productId: goods['SCARF'] }, { name: '皮手套', unitPrice: 33_333 }],
    })
    const { lines, figures } = await test.clerk.client.exchanges.preview(draft)
    expect(lines.map((line) => [line.pricing, line.listAmount, line.rateDiscount])).toEqual([
      ['catalogue', 39_900, 7_980],
      ['typed', 33_333, 6_667],
    ])
    expect(figures.at(-1)).toMatchObject({ kind: 'total', amount: 58_586 - 71_920 })
    await exchanges.changeSettings({ ...before, version: before.version + 1 })
  })

  it('many go out for one, one for many', async () => {
    slips += 1
    const { receiptId, lineIds } = await sellFor(
      test,
      `HX-${slips}`,
      [
        {
          name: '羊毛大衣 M',
          product_id: goods['COAT-M'] ?? null,
          units: 3,
          qty_milli: 3_000,
          paid_amount: 200_000,
        },
        { name: '帽子', paid_amount: 5_000 },
      ],
      [['wechat', 205_000]],
    )
    const [coats = 0, hat = 0] = lineIds
    const one = await recordExchange(test, {
      receiptId,
      reason: 'preference',
      lines: [
        { saleLineId: coats, units: 2, ...look },
        { saleLineId: hat, units: 1, ...look },
      ],
      given: [{ productId: goods['PHONE'], serialNo: 'P-2' }],
    })
    expect(one.difference).toBe(299_900 - 66_667 - 66_667 - 5_000)
    const many = await recordExchange(test, {
      receiptId,
      reason: 'size',
      lines: [{ saleLineId: coats, units: 1, ...look }],
      given: [{ productId: goods['COAT-L'] }, { productId: goods['SCARF'] }],
    })
    expect(many.preview.lines.map((line) => [line.pricing, line.paidAmount])).toEqual([
      ['kept', 66_666],
      ['catalogue', 39_900],
    ])
    expect(many.difference).toBe(39_900)
  })

  it('a discount of the clerk takes an approval and stands on the record with its reason', async () => {
    const sale = await sellCoat()
    const given = [{ productId: goods['SCARF'], discount: { amount: 5_000, reason: '展示品' } }]
    const draft = swap(sale, { given })
    const preview = await test.clerk.client.exchanges.preview(draft)
    expect(preview).toMatchObject({
      flags: ['typed_discount'],
      acceptance: 'conceded',
      approval: { needed: 'floor_manager' },
    })
    const alone = { ...draft, expectedDifference: preview.difference }
    expect(await refusalOf(test.clerk.client.exchanges.record(alone))).toMatchObject({
      reason: 'approvals.needed',
    })
    const done = await recordExchange(test, draft)
    const opened = await test.clerk.client.exchanges.open({ exchangeId: done.id })
    expect(opened.approvedBy).toMatchObject([{ approverName: '李静' }])
    expect(opened.lines).toMatchObject([
      { discount: 5_000, discountReason: '展示品', paidAmount: 34_900 },
    ])
  })
})

describe('one exchange, once', () => {
  it('is recorded once however often the request comes', async () => {
    const sale = await sellCoat()
    const client = test.withRequestId('swap-1')
    const draft = { ...swap(sale), expectedDifference: 0 }
    const [first, second] = await Promise.all([
      client.exchanges.record(draft),
      client.exchanges.record(draft),
    ])
    expect(second).toEqual(first)
  })

  it('of two desks one wins, and the other is told the slip, the desk, the person and the time', async () => {
    const sale = await sellCoat()
    const draft = { ...swap(sale), expectedDifference: 0 }
    const outcomes = await Promise.allSettled([
      test.clerk.client.exchanges.record(draft),
      test.manager.client.exchanges.record(draft),
    ])
    const won = outcomes.filter((each) => each.status === 'fulfilled')
    expect(won).toHaveLength(1)
    const lost = outcomes.find((each) => each.status === 'rejected')
    expect(await refusalOf(Promise.reject(lost?.reason))).toMatchObject({
      reason: 'refunds.unit_already_returned',
      params: {
        number: won[0]?.value.number,
        place: expect.stringMatching(/^0312 · (赵敏|李静)$/),
        time: '2026-11-21 14:00',
      },
    })
  })

  it('a unit that was exchanged cannot be refunded, nor one that was refunded exchanged', async () => {
    const sale = await sellCoat()
    await recordExchange(test, swap(sale))
    const refund = {
      receiptId: sale.receiptId,
      reason: 'size' as const,
      lines: [{ saleLineId: sale.coat, units: 1, ...look }],
    }
    expect(await refusalOf(test.clerk.client.refunds.preview(refund))).toMatchObject({
      reason: 'refunds.unit_already_returned',
    })
    const other = await sellCoat()
    await test.manager.client.refunds.record({
      receiptId: other.receiptId,
      reason: 'size',
      expectedAmount: 71_920,
      lines: [{ saleLineId: other.coat, units: 1, ...look }],
    })
    expect(await refusalOf(test.clerk.client.exchanges.preview(swap(other)))).toMatchObject({
      reason: 'refunds.unit_already_returned',
    })
  })

  it('a figure that moved meanwhile is refused', async () => {
    const sale = await sellCoat()
    const draft = { ...swap(sale), expectedDifference: 100 }
    expect(await refusalOf(test.clerk.client.exchanges.record(draft))).toEqual({
      reason: 'exchanges.difference_changed',
      params: { shown: '¥1.00', now: '¥0.00' },
    })
  })

  it('and its returned side is no refund of its own', async () => {
    const sale = await sellCoat()
    const done = await recordExchange(test, swap(sale))
    const { refundId } = await test.clerk.client.exchanges.open({ exchangeId: done.id })
    expect(await refusalOf(test.clerk.client.refunds.open({ refundId }))).toEqual({
      reason: 'refunds.part_of_exchange',
      params: { number: done.number },
    })
    const report = await test.manager.client.reports.day({ businessDate: '2026-11-21' })
    expect(report.refunds.map(({ number }) => number)).not.toContain(done.number)
    expect(report.totals.exchanges).toBeGreaterThan(5)
    expect(report.totals.exchangeCollected).toBeGreaterThan(227_980)
  })
})

describe('a chain of exchanges', () => {
  it('keeps the day of the first sale, starts the term anew, and never gives more back than was paid', async () => {
    const sale = await sellCoat()
    const first = await recordExchange(test, swap(sale))
    const one = await giveOut(test, first.id)
    await test.setNow('2026-11-22T06:00:00.000Z')
    const second = await recordExchange(test, {
      receiptId: one.newReceiptId,
      reason: 'size',
      lines: [{ saleLineId: one.lines[0]?.newLineId ?? 0, units: 1, ...look }],
      given: [{ productId: goods['COAT-M'] }],
    })
    expect(second.difference).toBe(0)
    const two = await giveOut(test, second.id)
    const line = two.lines[0]?.newLineId ?? 0
    const { rightsId } = await test.clerk.client.exchanges.open({ exchangeId: second.id })
    expect(rightsId).not.toBeNull()
    const frozen = await test.write((w) =>
      w
        .selectFrom('rights_verdict')
        .select('content')
        .where('id', '=', rightsId ?? 0)
        .executeTakeFirstOrThrow(),
    )
    expect(JSON.parse(frozen.content)).toMatchObject({
      lines: [{ facts: { dates: { sold: '2026-11-20', exchanged: '2026-11-21' } } }],
    })
    const refund = await test.manager.client.refunds.record({
      receiptId: two.newReceiptId,
      reason: 'size',
      expectedAmount: 71_920,
      lines: [{ saleLineId: line, units: 1, ...look }],
    })
    const { tenders } = await test.clerk.client.refunds.open({ refundId: refund.id })
    expect(tenders.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['cash', 47_947],
      ['wechat', 23_973],
    ])
  })
})

describe('serial numbers', () => {
  it('the returned one is the one sold, and a free one goes out', async () => {
    const sale = await sellPhone('SN-100')
    const done = await recordExchange(test, phoneSwap(sale, { back: ['sn100'], out: 'SN-101' }))
    expect(done.preview).toMatchObject({ difference: 0, flags: [], acceptance: 'owed' })
    const opened = await test.clerk.client.exchanges.open({ exchangeId: done.id })
    expect(opened.returned[0]?.serials).toMatchObject([
      { soldSerialNo: 'SN-100', serialNo: 'sn100', flag: 'match' },
    ])
    expect(opened.lines).toMatchObject([{ serialNo: 'SN-101', serialTracked: true }])
    const audit = await test.write((w) =>
      w
        .selectFrom('audit_log')
        .select('data')
        .where('subject_id', '=', done.number)
        .where('action', '=', 'exchanges.record')
        .executeTakeFirstOrThrow(),
    )
    expect(audit.data).toContain('SN-101')
    expect(audit.data).toContain('sn100')
  })

  it('another one coming back, or none, is flagged and takes an approval', async () => {
    const sale = await sellPhone('SN-110')
    const { exchanges } = test.clerk.client
    const wrong = await exchanges.preview(phoneSwap(sale, { back: ['SN-999'], out: 'SN-111' }))
    expect(wrong).toMatchObject({ flags: ['serial_mismatch'], acceptance: 'conceded' })
    expect(wrong.approval.kinds).toContain('abnormal')
    const none = await exchanges.preview(phoneSwap(sale, { out: 'SN-111' }))
    expect(none.flags).toEqual(['serial_missing'])
    const done = await recordExchange(test, phoneSwap(sale, { back: ['SN-999'], out: 'SN-111' }))
    const opened = await exchanges.open({ exchangeId: done.id })
    expect(opened).toMatchObject({ acceptance: 'conceded', approvedBy: [{ approverName: '李静' }] })
  })

  it('swapped ones are told apart', async () => {
    const sale = await sellPhone('SN-120')
    const { exchanges } = test.clerk.client
    expect(
      await refusalOf(exchanges.preview(phoneSwap(sale, { back: ['SN-121'], out: 'SN-120' }))),
    ).toEqual({
      reason: 'exchanges.serials_swapped',
      params: { serialNo: 'SN-120', returned: 'SN-121' },
    })
    expect(
      await refusalOf(exchanges.preview(phoneSwap(sale, { back: ['SN-120'], out: 'SN 120' }))),
    ).toMatchObject({
      reason: 'exchanges.same_unit',
    })
  })

  it('one that is with a customer, on a card or in another exchange cannot go out', async () => {
    const sale = await sellPhone('SN-130')
    const other = await sellPhone('SN-131')
    const { exchanges } = test.clerk.client
    expect(
      await refusalOf(exchanges.preview(phoneSwap(sale, { back: ['SN-130'], out: 'SN-131' }))),
    ).toMatchObject({
      reason: 'exchanges.serial_sold',
      params: { serialNo: 'SN-131', place: '01' },
    })
    const done = await recordExchange(test, phoneSwap(other, { back: ['SN-131'], out: 'SN-132' }))
    expect(
      await refusalOf(exchanges.preview(phoneSwap(sale, { back: ['SN-130'], out: 'SN-132' }))),
    ).toMatchObject({
      reason: 'exchanges.serial_in_exchange',
      params: { number: done.number, place: '0312', time: '2026-11-21 14:00' },
    })
    await giveOut(test, done.id)
    expect(
      await refusalOf(exchanges.preview(phoneSwap(sale, { back: ['SN-130'], out: 'SN-132' }))),
    ).toMatchObject({
      reason: 'exchanges.serial_sold',
      params: { number: done.number, place: '0312' },
    })
  })

  it('one that came back broken never goes out again', async () => {
    const sale = await sellPhone('SN-140')
    await recordExchange(test, phoneSwap(sale, { back: ['SN-140'], out: 'SN-141' }))
    const other = await sellPhone('SN-142')
    const draft = phoneSwap(other, { back: ['SN-142'], out: 'SN-140' })
    expect(await refusalOf(test.clerk.client.exchanges.preview(draft))).toMatchObject({
      reason: 'exchanges.serial_broken',
    })
  })

  it('one that came back sound may go out again', async () => {
    const sale = await sellPhone('SN-150')
    const back = phoneSwap(sale, { back: ['SN-150'], out: 'SN-151' })
    const lines = back.lines.map((line) => ({ ...line, condition: 'sealed' as const }))
    await recordExchange(test, { ...back, reason: 'preference', lines })
    const other = await sellPhone('SN-152')
    const again = await recordExchange(test, phoneSwap(other, { back: ['SN-152'], out: 'SN-150' }))
    const { newReceiptId } = await giveOut(test, again.id)
    const receipt = await test.clerk.client.sales.open({ receiptId: newReceiptId })
    expect(receipt.lines).toMatchObject([{ serialNo: 'SN-150' }])
  })

  it('is asked for before goods go out that have one', async () => {
    const sale = await sellPhone('SN-160')
    const draft = { ...phoneSwap(sale, { back: ['SN-160'] }), expectedDifference: 0 }
    const { exchanges } = test.clerk.client
    expect(await refusalOf(exchanges.record(draft))).toMatchObject({
      reason: 'exchanges.serial_needed',
    })
    const two = await sellPhone('SN-161,SN-162', 2)
    const { lines, given, ...rest } = phoneSwap(two, { back: ['SN-161'] })
    const half = { ...rest, lines, given: [{ ...given[0], units: 2, serialNos: ['SN-163'] }] }
    const { difference: expectedDifference } = await exchanges.preview(half)
    expect(await refusalOf(exchanges.record({ ...half, expectedDifference }))).toMatchObject({
      reason: 'exchanges.serial_needed',
    })
  })

  it('of several units of one line are read one by one, back and out', async () => {
    const sale = await sellPhone('SN-180,SN-181', 2)
    const { exchanges, sales } = test.clerk.client
    const draftOf = (back: string[], out: string[]): ExchangeDraft => {
      const { lines, given, ...rest } = phoneSwap(sale, { back })
      const [line] = lines
      if (!line) throw new Error('nothing comes back')
      return {
        ...rest,
        lines: [{ ...line, units: 2 }],
        given: [{ ...given[0], units: 2, serialNos: out }],
      }
    }
    const flagsOf = async (back: string[]) => {
      const { returned } = await exchanges.preview(draftOf(back, ['SN-182', 'SN-183']))
      return returned[0]?.serials.map(({ serialNo, flag }) => [serialNo, flag])
    }
    expect(await flagsOf(['SN-181', 'SN-180'])).toEqual([
      ['SN-180', 'match'],
      ['SN-181', 'match'],
    ])
    expect(await flagsOf(['SN-181', 'SN-99'])).toEqual([
      ['SN-181', 'match'],
      ['SN-99', 'mismatch'],
    ])
    const refusalFor = async (...out: string[]) =>
      refusalOf(exchanges.preview(draftOf(['SN-180', 'SN-181'], out)))
    expect(await refusalFor('SN-182', 'sn 182')).toMatchObject({ reason: 'exchanges.serial_twice' })
    expect(await refusalFor('SN-182', 'SN-181')).toMatchObject({ reason: 'exchanges.same_unit' })
    const other = await sellPhone('SN-184')
    expect(other.phone).toBeGreaterThan(0)
    expect(await refusalFor('SN-182', 'SN-184')).toMatchObject({ reason: 'exchanges.serial_sold' })
    expect(await refusalFor('SN-182', 'SN-183', 'SN-185')).toMatchObject({
      reason: 'exchanges.too_many_serials',
    })
    const draft = draftOf(['SN-180', 'SN-181'], ['SN-182', 'SN-183'])
    const done = await recordExchange(test, draft)
    expect(done.preview).toMatchObject({
      difference: 0,
      lines: [
        { units: 1, serialNo: 'SN-182', paidAmount: 299_900, asked: 0 },
        { units: 1, serialNo: 'SN-183', paidAmount: 299_900, asked: 0 },
      ],
    })
    const { newReceiptId } = await giveOut(test, done.id)
    const receipt = await sales.open({ receiptId: newReceiptId })
    expect(receipt.lines.map(({ serialNo, units }) => [serialNo, units])).toEqual([
      ['SN-182', 1],
      ['SN-183', 1],
    ])
  })

  it('one that came back is not taken for its twin on the slip', async () => {
    const sale = await sellPhone('SN-190,SN-191', 2)
    await recordExchange(test, phoneSwap(sale, { back: ['SN-190'], out: 'SN-192' }))
    const again = await test.clerk.client.exchanges.preview(
      phoneSwap(sale, { back: ['SN-190'], out: 'SN-193' }),
    )
    expect(again.flags).toEqual(['serial_mismatch'])
    expect(again.returned).toMatchObject([
      { soldSerialNos: ['SN-191'], serials: [{ serialNo: 'SN-190', flag: 'mismatch' }] },
    ])
  })

  it('a card of another item is refused', async () => {
    const sale = await sellPhone('SN-170')
    const other = await sellPhone('SN-171')
    const { cards } = test.clerk.client
    const drafted = await cards.draft({ receiptId: other.receiptId })
    const units = drafted.units.map((unit) => ({
      ...unit,
      unitMonths: 12,
      provider: 'maker' as const,
      costBearer: 'maker' as const,
    }))
    const card = await cards.issue({
      receiptId: other.receiptId,
      consumer: drafted.consumer,
      paperLanguage: 'zh',
      units,
    })
    const draft = phoneSwap(sale, { back: ['SN-170'], out: 'SN-172' })
    const lines = draft.lines.map((line) => ({ ...line, cardId: card.id }))
    expect(await refusalOf(test.clerk.client.exchanges.preview({ ...draft, lines }))).toEqual({
      reason: 'exchanges.card_of_other_item',
      params: { number: card.number, name: '极致 X5' },
    })
  })
})

describe('a replacement that is out of stock', () => {
  const order = {
    dueAt: '2026-11-25T09:00:00.000Z',
    ownerId: 0,
    text: '大衣 L 到货打电话',
    supplier: '雪峰服饰',
  }

  it('is ordered with a promise, arrives, and goes on from there; money moves only then', async () => {
    const sale = await sellCoat(60_000)
    const done = await recordExchange(
      test,
      swap(sale, {
        given: [{ productId: goods['PHONE'] }],
        order: { ...order, ownerId: test.clerk.id },
      }),
    )
    expect(done.state).toBe('ordered')
    const { exchanges, cases } = test.clerk.client
    const waiting = await exchanges.open({ exchangeId: done.id })
    expect(waiting).toMatchObject({
      next: 'arrive',
      instructions: [],
      order: { supplier: '雪峰服饰', dueOn: '2026-11-25', overdue: false },
    })
    expect((await cases.duePromises()).map(({ text }) => text)).toContain('大衣 L 到货打电话')
    expect((await exchanges.unfinished()).find(({ id }) => id === done.id)).toMatchObject({
      next: 'arrive',
      dueOn: '2026-11-25',
      returnedGoods: '羊毛大衣 M',
      givenGoods: '极致 X5',
    })
    const seen = { exchangeId: done.id, version: waiting.version }
    expect(await refusalOf(exchanges.arrive(seen))).toMatchObject({
      reason: 'exchanges.serial_needed',
    })
    const lineId = waiting.lines[0]?.id ?? 0
    await exchanges.arrive({ ...seen, serials: [{ lineId, serialNo: 'SN-200' }] })
    const here = await exchanges.open({ exchangeId: done.id })
    expect(here).toMatchObject({
      state: 'awaiting_handover',
      next: 'hand_over',
      lines: [{ serialNo: 'SN-200' }],
      instructions: [{ direction: 'collect', amount: 239_900 }],
    })
    expect((await cases.duePromises()).map(({ caseId }) => caseId)).not.toContain(done.caseId)
    await giveOut(test, done.id)
  })

  it('is promised again when it does not come, and can be called off on any day', async () => {
    const sale = await sellCoat(60_000)
    const done = await recordExchange(
      test,
      swap(sale, { order: { ...order, ownerId: test.clerk.id } }),
    )
    await test.setNow('2026-11-26T02:00:00.000Z')
    const { exchanges } = test.clerk.client
    const open = await exchanges.open({ exchangeId: done.id })
    expect(open.order).toMatchObject({ overdue: true })
    const { version } = await exchanges.promiseAgain({
      exchangeId: done.id,
      version: open.version,
      dueAt: '2026-11-30T09:00:00.000Z',
      ownerId: test.clerk.id,
      text: '厂家补发，月底到',
    })
    expect((await exchanges.open({ exchangeId: done.id })).order).toMatchObject({
      dueOn: '2026-11-30',
      overdue: false,
    })
    await test.manager.client.exchanges.void({
      exchangeId: done.id,
      version,
      reason: '厂家停产，改退款',
    })
    const refund = await test.manager.client.refunds.record({
      receiptId: sale.receiptId,
      reason: 'size',
      expectedAmount: 60_000,
      lines: [{ saleLineId: sale.coat, units: 1, ...look }],
    })
    expect(refund.amount).toBe(60_000)
  })
})

describe('goods of which one is out of stock', () => {
  const order = { dueAt: '2026-11-25T09:00:00.000Z', text: '手机到货打电话', supplier: '极致' }

  /** A coat back; a coat in L goes out at once, a phone is ordered. */
  async function recordBoth() {
    const sale = await sellCoat(60_000)
    const done = await recordExchange(
      test,
      swap(sale, {
        given: [{ productId: goods['COAT-L'] }, { productId: goods['PHONE'] }],
        order: { ...order, ownerId: test.clerk.id, lines: [1] },
      }),
    )
    return { ...done, sale }
  }
  const open = (exchangeId: number) => test.clerk.client.exchanges.open({ exchangeId })

  /** Everything of the form that is to be worked on, signed on paper by both. */
  async function handOverAll(exchangeId: number, serialNo = '') {
    const { handovers } = test.clerk.client
    const form = async () => handovers.ofExchange({ exchangeId })
    const seen = async () => {
      const { id: handoverId, version } = await form()
      return { handoverId, version }
    }
    const { back, given } = await form()
    const none = { is: 'none' as const, reason: '' }
    if (back.length > 0) {
      const backUnits = back.map(({ saleLineId, unitNo }) => ({ saleLineId, unitNo }))
      const goodsBack = { goods: { is: 'back' as const }, accessories: none }
      await handovers.saveGoodsBack({
        ...(await seen()),
        units: backUnits.map((unit) => ({ ...unit, ...goodsBack })),
      })
      await handovers.savePapersBack({
        ...(await seen()),
        units: backUnits.map((unit) => ({ ...unit, card: none, manual: none, invoice: none })),
      })
    }
    const units = given.map(({ lineId, unitNo }) => ({ lineId, unitNo }))
    await handovers.saveNewChecked({
      ...(await seen()),
      units: units.map((unit) => ({
        ...unit,
        serialNo,
        seal: none,
        appearance: { is: 'sound' as const },
      })),
    })
    await handovers.give({
      ...(await seen()),
      units: units.map((unit) => ({ ...unit, manual: none, accessories: none })),
    })
    await handovers.sign({
      ...(await seen()),
      receiver: { who: 'self' },
      customer: { way: 'paper' },
      store: { way: 'paper' },
    })
  }

  const caseState = (caseId: number) =>
    test.write((w) =>
      w.selectFrom('case_file').select('state').where('id', '=', caseId).executeTakeFirst(),
    )

  it('go out on two days, each with a handover, on one slip and in one sale', async () => {
    const { exchanges, handovers, sales, cases } = test.clerk.client
    const done = await recordBoth()
    const { difference } = done
    expect(done.state).toBe('awaiting_handover')
    const recorded = await open(done.id)
    expect(recorded).toMatchObject({
      next: 'hand_over',
      later: 'open',
      order: { dueOn: '2026-11-25', arrivedAt: null },
      lines: [
        { part: 1, name: '羊毛大衣 L' },
        { part: 2, name: '极致 X5', serialNo: '' },
      ],
      // The customer takes goods along, so the money of all of them moves now.
      instructions: [{ direction: 'collect', amount: difference }],
    })
    const first = await handovers.ofExchange({ exchangeId: done.id })
    expect(first).toMatchObject({ part: 1, waitsFor: null, given: [{ name: '羊毛大衣 L' }] })
    await handOverAll(done.id)
    expect(await caseState(done.caseId)).toEqual({ state: 'open' })

    const waiting = await open(done.id)
    expect(waiting).toMatchObject({ state: 'handed_over', next: 'arrive', later: 'open' })
    expect((await exchanges.unfinished()).find(({ id }) => id === done.id)).toMatchObject({
      next: 'arrive',
      dueOn: '2026-11-25',
    })
    const second = await handovers.ofExchange({ exchangeId: done.id })
    expect(second).toMatchObject({ part: 2, waitsFor: 'arrive', back: [] })
    expect(second.given.map(({ name }) => name)).toEqual(['极致 X5'])
    const early = { handoverId: second.id, version: second.version }
    const none = { is: 'none' as const }
    const unit = {
      lineId: second.given[0]?.lineId ?? 0,
      unitNo: 1,
      manual: none,
      accessories: none,
    }
    expect(await refusalOf(handovers.give({ ...early, units: [unit] }))).toMatchObject({
      reason: 'handover.not_arrived',
    })
    const receiptId = waiting.newReceiptId ?? 0
    const sold = await sales.open({ receiptId })
    expect(sold.total).toBe(60_000 + difference)
    const phone = sold.lines.find(({ name }) => name === '极致 X5')?.id ?? 0
    const listed = await test.manager.client.rights.ofReceipt({ receiptId })
    expect(listed.lines.find(({ saleLineId }) => saleLineId === phone)).toMatchObject({
      state: 'to_come',
      verdict: null,
    })
    const swapPhone = {
      ...swap({ receiptId, coat: phone }),
      given: [{ productId: goods['PHONE'], serialNo: 'SN-207' }],
    }
    expect(await refusalOf(exchanges.preview(swapPhone))).toMatchObject({
      reason: 'exchanges.not_delivered',
    })

    const seen = { exchangeId: done.id, version: waiting.version }
    expect(await refusalOf(exchanges.arrive(seen))).toMatchObject({
      reason: 'exchanges.serial_needed',
    })
    const lineId = waiting.lines[1]?.id ?? 0
    await exchanges.arrive({ ...seen, serials: [{ lineId, serialNo: 'SN-206' }] })
    expect(await open(done.id)).toMatchObject({ state: 'handed_over', next: 'hand_over' })
    expect((await cases.duePromises()).map(({ caseId }) => caseId)).not.toContain(done.caseId)
    await handOverAll(done.id, 'SN-206')
    expect(await open(done.id)).toMatchObject({ next: null, later: 'signed' })
    expect(await caseState(done.caseId)).toEqual({ state: 'closed' })
    const both = await sales.open({ receiptId })
    expect(both.lines.find(({ id }) => id === phone)).toMatchObject({ serialNo: 'SN-206' })
  })

  it('are promised again, and called off once the customer has the money back', async () => {
    const { exchanges, refunds } = test.manager.client
    const done = await recordBoth()
    await handOverAll(done.id)
    const waiting = await open(done.id)
    const { version } = await exchanges.promiseAgain({
      exchangeId: done.id,
      version: waiting.version,
      dueAt: '2026-11-30T09:00:00.000Z',
      ownerId: test.clerk.id,
      text: '月底到货',
    })
    const seen = { exchangeId: done.id, version }
    expect(await refusalOf(exchanges.dropOrder(seen))).toMatchObject({
      reason: 'exchanges.order_unpaid',
      params: { units: 1 },
    })
    const receiptId = waiting.newReceiptId ?? 0
    const { lines } = await test.clerk.client.sales.open({ receiptId })
    const saleLineId = lines.find(({ name }) => name === '极致 X5')?.id ?? 0
    const refund = await refunds.record({
      receiptId,
      reason: 'other',
      expectedAmount: 299_900,
      lines: [{ saleLineId, units: 1, ...look }],
    })
    // It was never here, so nothing of it is to be put anywhere.
    expect(Number(await unitsHeld(refund.number))).toBe(0)
    await exchanges.dropOrder(seen)
    expect(await open(done.id)).toMatchObject({ next: null, later: 'void' })
    expect(await caseState(done.caseId)).toEqual({ state: 'closed' })
  })

  it('are void together while nothing is handed over', async () => {
    const done = await recordBoth()
    const { version } = await open(done.id)
    const gone = { exchangeId: done.id, version, reason: '顾客改主意' }
    await test.manager.client.exchanges.void(gone)
    expect(await open(done.id)).toMatchObject({ state: 'void', later: 'void', next: null })
    expect(await caseState(done.caseId)).toEqual({ state: 'closed' })
  })
})

/** Units of a paper that are in the store's hands. */
async function unitsHeld(number: string): Promise<number> {
  const { held } = await test.write((w) =>
    w
      .selectFrom('goods_unit')
      .select((row) => row.fn.countAll<number>().as('held'))
      .where('source_number', '=', number)
      .executeTakeFirstOrThrow(),
  )
  return held
}

describe('goods the customer still has', () => {
  it('are taken in before anything is handed over', async () => {
    const sale = await sellCoat()
    const done = await recordExchange(test, swap(sale, { goodsReceived: false }))
    const { exchanges } = test.clerk.client
    const open = await exchanges.open({ exchangeId: done.id })
    expect(open).toMatchObject({ reception: 'awaited', next: 'receive' })
    await expect(giveOut(test, done.id)).rejects.toMatchObject({ reason: 'exchanges.not_received' })
    const heldBefore = await unitsHeld(done.number)
    await exchanges.receive({ exchangeId: done.id, version: open.version })
    expect([heldBefore, await unitsHeld(done.number)]).toEqual([0, 1])
    expect(
      await refusalOf(exchanges.receive({ exchangeId: done.id, version: open.version + 1 })),
    ).toMatchObject({
      reason: 'exchanges.already_received',
    })
    await giveOut(test, done.id)
    await expect(giveOut(test, done.id)).rejects.toMatchObject({ reason: 'exchanges.no_such_step' })
  })
})

describe('declaring an exchange void', () => {
  it('frees its units and serial numbers, and takes back what the POS was told', async () => {
    const sale = await sellPhone('SN-300')
    const draft = phoneSwap(sale, { back: ['SN-300'], out: 'SN-301' })
    const done = await recordExchange(test, {
      ...draft,
      given: [...draft.given, { productId: goods['SCARF'] }],
    })
    const { exchanges } = test.manager.client
    const { version } = await exchanges.open({ exchangeId: done.id })
    const asked = { exchangeId: done.id, version, reason: '选错商品' }
    expect(await refusalOf(test.clerk.client.exchanges.void(asked))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    await exchanges.void(asked)
    const open = await exchanges.open({ exchangeId: done.id })
    expect(open).toMatchObject({
      state: 'void',
      voidReason: '选错商品',
      instructions: [{ state: 'cancelled' }],
    })
    expect((await exchanges.unfinished()).map(({ id }) => id)).not.toContain(done.id)
    const again = await recordExchange(test, draft)
    expect(again.difference).toBe(0)
  })

  it('is over once the goods are handed over, and on another day the store manager’s', async () => {
    const sale = await sellCoat()
    const done = await recordExchange(test, swap(sale))
    await giveOut(test, done.id)
    const { exchanges } = test.manager.client
    const { version } = await exchanges.open({ exchangeId: done.id })
    const asked = { exchangeId: done.id, version, reason: '顾客反悔' }
    expect(await refusalOf(exchanges.void(asked))).toMatchObject({
      reason: 'exchanges.handed_over_already',
    })

    await test.system.staff.add({ code: '003', name: '周强', role: 'floor_manager', pin: '9731' })
    const left = await recordExchange(test, swap(await sellCoat()))
    await test.setNow('2026-11-22T06:00:00.000Z')
    const floor = await test.signIn('003', '9731')
    const old = await floor.exchanges.open({ exchangeId: left.id })
    const late = { exchangeId: left.id, version: old.version, reason: '顾客没有来取' }
    expect(await refusalOf(floor.exchanges.void(late))).toMatchObject({
      reason: 'exchanges.void_too_late',
    })
    await test.manager.client.exchanges.void(late)
  })
})

describe('freight and rules', () => {
  it('freight the customer bears is added to what he pays, what he advanced is set off', async () => {
    const sale = await sellCoat()
    const freight = { amount: 1_500, paidBy: 'store' as const, liable: 'customer' as const }
    const own = await test.clerk.client.exchanges.preview(swap(sale, { freight }))
    expect(own).toMatchObject({ credit: 70_420, difference: 1_500 })
    const advanced = swap(sale, {
      reason: 'quality',
      freight: { ...freight, paidBy: 'customer', liable: 'store' },
      given: [{ productId: goods['COAT-L'] }, { name: '衣架', unitPrice: 1_000 }],
    })
    const done = await recordExchange(test, advanced)
    expect(done.difference).toBe(-500)
    expect(done.preview.tenders).toMatchObject([{ purpose: 'expenses', kind: 'cash', amount: 500 }])
    const { newReceiptId } = await giveOut(test, done.id)
    const receipt = await test.clerk.client.sales.open({ receiptId: newReceiptId })
    expect(receipt.tenders.map(({ amount }) => amount)).toEqual([47_947, 23_973, 1_000])
  })

  it('goods the store’s own rule does not let out are refused', async () => {
    const { exchanges } = test.manager.client
    const before = await exchanges.settings()
    await exchanges.changeSettings({ ...before, goodsPolicy: 'same_family' })
    const sale = await sellCoat()
    const other = swap(sale, { given: [{ productId: goods['SCARF'] }] })
    expect(await refusalOf(test.clerk.client.exchanges.preview(other))).toMatchObject({
      reason: 'exchanges.same_family_only',
    })
    await exchanges.changeSettings({
      ...before,
      goodsPolicy: 'not_cheaper',
      version: before.version + 1,
    })
    expect(await refusalOf(test.clerk.client.exchanges.preview(other))).toMatchObject({
      reason: 'exchanges.not_cheaper',
    })
    await exchanges.changeSettings({ ...before, version: before.version + 2 })
  })
})

describe('goods to give out', () => {
  it('are found by barcode, SKU and name; other sizes of what came back are offered', async () => {
    const sale = await sellCoat()
    const { exchanges } = test.clerk.client
    const scanned = await exchanges.goods({ text: '6900000123454', replaces: sale.coat })
    expect(scanned.exact).toMatchObject({ sku: 'COAT-L', isSameFamily: true, listPrice: 89_900 })
    expect((await exchanges.goods({ text: 'scarf' })).exact).toMatchObject({ sku: 'SCARF' })
    expect((await exchanges.goods({ text: '围巾' })).goods).toMatchObject([
      { sku: 'SCARF', isSameFamily: false },
    ])
    const siblings = await exchanges.siblings({ saleLineId: sale.coat })
    expect(siblings.map(({ sku }) => sku)).toEqual(['COAT-L', 'COAT-M'])
  })
})

describe('the slip', () => {
  it('says both sides, the difference in capitals, and what the till has to do', async () => {
    const sale = await sellPhone('SN-400')
    const draft = phoneSwap(sale, { back: ['SN-400'], out: 'SN-401' })
    const done = await recordExchange(test, {
      ...draft,
      given: [...draft.given, { productId: goods['SCARF'] }],
      collect: { kind: 'alipay' },
    })
    const asked = { document: 'exchange_slip', exchangeId: done.id, format: '80mm' } as const
    const { papers, exchanges } = test.clerk.client
    const first = await papers.print(asked)
    expect(first).toMatchObject({ copyNo: 0, fileName: `exchange-slip-${done.number}-80mm.pdf` })
    const { text } = await readPdf(new Uint8Array(await first.pdf.arrayBuffer()))
    const { instructions } = await exchanges.open({ exchangeId: done.id })
    for (const words of [
      done.number,
      'SN-400',
      'SN-401',
      '羊绒围巾',
      '¥399.00',
      '人民币叁佰玖拾玖元整',
      instructions[0]?.number ?? 'no instruction',
    ]) {
      expect(text.replaceAll(/\s/g, '')).toContain(words.replaceAll(/\s/g, ''))
    }
    expect((await papers.print({ ...asked, format: 'A5' })).copyNo).toBe(1)
    expect((await exchanges.open({ exchangeId: done.id })).prints).toBe(2)
  })
})

describe('vouchers', () => {
  const wang = { name: '王建国', phone: '13912348888' }

  it('are given for what is paid back, and taken for what is missing; void undoes both', async () => {
    const sale = await sellCoat(60_000)
    const cheaper = swap(sale, { given: [{ productId: goods['SCARF'] }], voucherHolder: wang })
    const { tenders } = await test.clerk.client.exchanges.preview(cheaper)
    const otherTenders = tenders.map(({ tenderId }) => ({
      tenderId,
      to: 'voucher' as const,
      reason: '顾客要凭证',
    }))
    const given = await recordExchange(test, { ...cheaper, otherTenders })
    const open = await test.clerk.client.exchanges.open({ exchangeId: given.id })
    expect(open.instructions).toEqual([])
    const issued = await test.write((w) =>
      w.selectFrom('voucher').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow(),
    )
    expect(issued).toMatchObject({ amount: 20_100, balance: 20_100 })
    const other = await sellCoat(30_000)
    const dearer = swap(other, {
      given: [{ productId: goods['SCARF'] }],
      collect: { kind: 'voucher', voucherCode: issued.code },
    })
    const taken = await recordExchange(test, dearer)
    const balance = () =>
      test.write((w) =>
        w.selectFrom('voucher').select('balance').where('id', '=', issued.id).executeTakeFirst(),
      )
    expect(await balance()).toEqual({ balance: 20_100 - 9_900 })
    const opened = await test.manager.client.exchanges.open({ exchangeId: taken.id })
    expect(opened.instructions).toEqual([])
    const { version } = opened
    await test.manager.client.exchanges.void({ exchangeId: taken.id, version, reason: '开错' })
    expect(await balance()).toEqual({ balance: 20_100 })

    // Goods that have to be ordered: taken off at once, and not asked for again when they are here.
    const ordered = await recordExchange(test, {
      ...dearer,
      order: { dueAt: '2026-11-25T09:00:00.000Z', ownerId: test.clerk.id, text: '围巾到货打电话' },
    })
    expect(await balance()).toEqual({ balance: 20_100 - 9_900 })
    const waiting = await test.clerk.client.exchanges.open({ exchangeId: ordered.id })
    await test.clerk.client.exchanges.arrive({ exchangeId: ordered.id, version: waiting.version })
    const here = await test.manager.client.exchanges.open({ exchangeId: ordered.id })
    expect(here).toMatchObject({ state: 'awaiting_handover', instructions: [] })
    expect(await balance()).toEqual({ balance: 20_100 - 9_900 })
    const calledOff = { exchangeId: ordered.id, version: here.version, reason: '顾客不要了' }
    await test.manager.client.exchanges.void(calledOff)
    expect(await balance()).toEqual({ balance: 20_100 })
  })
})

describe('goods that are recalled or off sale', () => {
  const entry = {
    kind: 'ban',
    authority: '市场监管总局',
    number: 'JY-1',
    title: '羊毛大衣 L',
    issuedOn: '2026-11-20',
    barcode: '6900000123454',
    brand: '',
    model: '',
    batchNo: '',
    duty: '',
  } as const

  it('are never handed out, neither when the exchange is written nor when it is fetched', async () => {
    const { radar } = test.manager.client
    const done = await recordExchange(test, swap(await sellCoat()))
    const { recallId } = await radar.addRecall(entry)
    const banned = { reason: 'radar.banned', params: { goods: '羊毛大衣 L' } }
    expect(await refusalOf(recordExchange(test, swap(await sellCoat())))).toMatchObject(banned)
    await expect(giveOut(test, done.id)).rejects.toThrow('radar.banned')
    await radar.withdrawRecall({ recallId, reason: '登记错误', version: 1 })
    const { stopId } = await radar.issueStop({
      incidentId: null,
      productId: goods['COAT-L'] ?? null,
      goods: '羊毛大衣 L',
      reason: '等待检测',
      effectiveOn: '2026-11-21',
      counters: ['2F 女装'],
    })
    expect(await refusalOf(recordExchange(test, swap(await sellCoat())))).toMatchObject({
      reason: 'radar.stopped',
    })
    await radar.liftStop({ stopId, reason: '检测合格', version: 1 })
    expect(await giveOut(test, done.id)).toMatchObject({ lines: [{}] })
  })
})
