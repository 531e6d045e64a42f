import { readPdf } from '../documents/support/read-pdf.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recordSigned, signFor } from '../support/approve.ts'
import { countRowsOf } from '../support/count-rows.ts'
import {
  type DeskClient,
  deskNow,
  openTestDesk,
  refusalOf,
  type TestDesk,
} from '../support/desk.ts'
import { openHouse } from '../support/open-house.ts'
import { addReceipt } from '../support/sold.ts'

let test: TestDesk

beforeAll(async () => {
  test = await openTestDesk()
  await test.write(openHouse)
})
afterAll(() => test.close())
beforeEach(() => test.setNow(deskNow))

let receipts = 0

/** Three jumpers for 100.00, a scarf, half a kilo of nuts and a bag; paid by two tenders. */
async function sell(
  tenders: [string, number][] = [
    ['wechat', 9_000],
    ['voucher', 6_550],
  ],
) {
  receipts += 1
  const { id, lineIds } = await test.write(async (w) => {
    const sold = await addReceipt(w, {
      receiptNo: `POS-${receipts}`,
      lines: [
        { name: '羊毛衫', units: 3, qty_milli: 3_000, paid_amount: 10_000, vendor: '雪峰' },
        { name: '围巾', paid_amount: 4_500 },
        { name: '腰果', units: 1, qty_milli: 535, unit: 'kg', paid_amount: 1_000 },
        { name: '购物袋', kind: 'non_goods', units: 0, paid_amount: 50 },
      ],
    })
    for (const [kind, amount] of tenders) {
      await w
        .insertInto('tender')
        .values({ receipt_id: sold.id, kind: kind as 'cash', label: '', amount })
        .execute()
    }
    return sold
  })
  const [jumper = 0, scarf = 0, nuts = 0, bag = 0] = lineIds
  return { receiptId: id, jumper, scarf, nuts, bag }
}

const look = { condition: 'opened' as const, packagingIntact: true }

function refund(
  receiptId: number,
  lines: { saleLineId: number; units: number }[],
  expectedAmount: number,
  client: DeskClient = test.clerk.client,
) {
  return client.refunds.record({
    receiptId,
    reason: 'size',
    expectedAmount,
    lines: lines.map((line) => ({ ...line, ...look })),
  })
}

describe('the preview of a refund', () => {
  it('says what comes back, for how much, and which way', async () => {
    const sale = await sell()
    const quote = await test.clerk.client.refunds.preview({
      receiptId: sale.receiptId,
      lines: [
        { saleLineId: sale.jumper, units: 2 },
        { saleLineId: sale.nuts, units: 1 },
      ],
    })
    expect(quote).toMatchObject({
      currency: 'CNY',
      amount: 7_667,
      lines: [
        {
          saleLineId: sale.jumper,
          name: '羊毛衫',
          units: 2,
          unitNos: [1, 2],
          paidAmount: 10_000,
          returnedBefore: 0,
          amount: 6_667,
        },
        {
          saleLineId: sale.nuts,
          name: '腰果',
          units: 1,
          unitNos: [1],
          paidAmount: 1_000,
          returnedBefore: 0,
          amount: 1_000,
        },
      ],
      tenders: [
        { kind: 'wechat', label: '', amount: 4_437 },
        { kind: 'voucher', label: '', amount: 3_230 },
      ],
    })
  })

  it('of nothing chosen yet is nothing', async () => {
    const sale = await sell()
    const quote = await test.clerk.client.refunds.preview({ receiptId: sale.receiptId, lines: [] })
    expect(quote).toMatchObject({ currency: 'CNY', amount: 0, lines: [], tenders: [] })
  })

  it('writes nothing', async () => {
    const before = await countRows()
    const sale = await sell()
    await test.clerk.client.refunds.preview({
      receiptId: sale.receiptId,
      lines: [{ saleLineId: sale.scarf, units: 1 }],
    })
    expect(await countRows()).toEqual(before)
  })
})

/** Rows of every table a refund writes. */
const countRows = () =>
  countRowsOf(test, [
    'case_file',
    'case_event',
    'refund',
    'refund_line',
    'refund_tender',
    'returned_unit',
    'document_counter',
  ])

describe('recording a refund', () => {
  it('gives it a number, a closed case with a history, and a slip to open', async () => {
    const sale = await sell()
    const done = await refund(sale.receiptId, [{ saleLineId: sale.jumper, units: 1 }], 3_334)
    expect(done).toMatchObject({
      number: expect.stringMatching(/^TH-0312-261121-\d{4}-.$/) as string,
      amount: 3_334,
    })
    const slip = await test.clerk.client.refunds.open({ refundId: done.id })
    expect(slip).toMatchObject({
      number: done.number,
      state: 'recorded',
      businessDate: '2026-11-21',
      recordedBy: '赵敏',
      reason: 'size',
      note: '',
      amount: 3_334,
      lines: [{ saleLineId: sale.jumper, name: '羊毛衫', units: 1, amount: 3_334, ...look }],
      prints: 0,
      voidReason: null,
      version: 1,
    })
    expect(slip.tenders.map((tender) => tender.amount)).toEqual([1_930, 1_404])
    const file = await test.desk.folder.store.read((r) =>
      r
        .selectFrom('case_file')
        .innerJoin('case_event', 'case_event.case_id', 'case_file.id')
        .select(['state', 'closed_on', 'kind', 'data'])
        .where('case_file.id', '=', slip.caseId)
        .execute(),
    )
    expect(file).toEqual([
      expect.objectContaining({
        state: 'closed',
        closed_on: '2026-11-21',
        kind: 'refund_recorded',
        data: expect.stringContaining(done.number) as string,
      }),
      // A coupon that is none of this desk's vouchers is the till's to give back, like the rest.
      expect.objectContaining({ kind: 'instruction_raised' }),
      expect.objectContaining({ kind: 'instruction_raised' }),
    ])
  })

  it('over a day of partial refunds gives back exactly what was paid, by line and by tender', async () => {
    const sale = await sell()
    await refund(sale.receiptId, [{ saleLineId: sale.jumper, units: 2 }], 6_667)
    await refund(sale.receiptId, [{ saleLineId: sale.nuts, units: 1 }], 1_000)
    await refund(
      sale.receiptId,
      [
        { saleLineId: sale.scarf, units: 1 },
        { saleLineId: sale.jumper, units: 1 },
      ],
      7_833,
    )
    const tenders = await test.desk.folder.store.read((r) =>
      r
        .selectFrom('refund_tender')
        .innerJoin('refund', 'refund.id', 'refund_tender.refund_id')
        .select((row) => ['kind', row.fn.sum<number>('refund_tender.amount').as('amount')])
        .where('receipt_id', '=', sale.receiptId)
        .groupBy('kind')
        .execute(),
    )
    const sums = new Map(tenders.map((row) => [row.kind, row.amount]))
    expect((sums.get('wechat') ?? 0) + (sums.get('voucher') ?? 0)).toBe(15_500)
    expect(sums.get('wechat')).toBeLessThanOrEqual(9_000)
    expect(sums.get('voucher')).toBeLessThanOrEqual(6_550)
  })

  it('without tenders in the file says honestly that it does not know the way', async () => {
    const sale = await sell([])
    const { id } = await refund(sale.receiptId, [{ saleLineId: sale.scarf, units: 1 }], 4_500)
    const slip = await test.clerk.client.refunds.open({ refundId: id })
    expect(slip.tenders).toMatchObject([{ kind: 'other', label: '', amount: 4_500 }])
  })

  it('happens once for one request, however often Enter is pressed', async () => {
    const sale = await sell()
    const before = await countRows()
    const again = () =>
      refund(
        sale.receiptId,
        [{ saleLineId: sale.jumper, units: 1 }],
        3_334,
        test.withRequestId('refund-once'),
      )
    const results = await Promise.all([again(), again(), again()])
    expect(new Set(results.map((each) => each.number)).size).toBe(1)
    const after = await countRows()
    expect(after[5]).toBe((before[5] ?? 0) + 1)
  })

  it('under a used request id is refused', async () => {
    const sale = await sell()
    const client = test.withRequestId('refund-reused')
    await refund(sale.receiptId, [{ saleLineId: sale.jumper, units: 1 }], 3_334, client)
    const other = refund(sale.receiptId, [{ saleLineId: sale.scarf, units: 1 }], 4_500, client)
    expect(await refusalOf(other)).toMatchObject({ reason: 'desk.request_reused' })
  })

  it('is won by one where two want the same unit, and the other is told by whom', async () => {
    const sale = await sell()
    const want = () => refund(sale.receiptId, [{ saleLineId: sale.scarf, units: 1 }], 4_500)
    const [first, second] = await Promise.allSettled([want(), want()])
    expect(first.status).toBe('fulfilled')
    expect(second.status).toBe('rejected')
    expect(await refusalOf(want())).toEqual({
      reason: 'refunds.unit_already_returned',
      params: {
        name: '围巾',
        asked: 1,
        left: 0,
        number: first.status === 'fulfilled' ? first.value.number : '',
        place: '0312 · 赵敏',
        time: '2026-11-21 14:00',
      },
    })
  })

  it('tells of a unit that came back at a till', async () => {
    const sale = await sell()
    await test.write(async (w) => {
      const till = await addReceipt(w, {
        receiptNo: 'RET-77',
        till: '05',
        kind: 'return',
        businessDate: '2026-11-13',
        originalReceiptId: sale.receiptId,
        lines: [{ name: '围巾', kind: 'return', units: 0, qty_milli: -1_000, paid_amount: -4_500 }],
      })
      await w
        .insertInto('returned_unit')
        .values({
          sale_line_id: sale.scarf,
          unit_no: 1,
          amount: 4_500,
          refund_id: null,
          pos_return_line_id: till.lineIds[0] ?? 0,
        })
        .execute()
      await w
        .insertInto('tender')
        .values({ receipt_id: till.id, kind: 'voucher', amount: -4_500 })
        .execute()
    })
    const attempt = refund(sale.receiptId, [{ saleLineId: sale.scarf, units: 1 }], 4_500)
    expect(await refusalOf(attempt)).toMatchObject({
      params: { number: 'RET-77', place: '05', time: '2026-11-13 12:00' },
    })
    const quote = await test.clerk.client.refunds.preview({
      receiptId: sale.receiptId,
      lines: [{ saleLineId: sale.jumper, units: 3 }],
    })
    // The till took 45.00 of the 65.50 voucher: 20.50 of it are left beside 90.00 by WeChat.
    expect(quote.tenders).toMatchObject([
      { kind: 'wechat', label: '', amount: 8_145 },
      { kind: 'voucher', label: '', amount: 1_855 },
    ])
  })

  it('is refused when the figure on the screen is another one', async () => {
    const sale = await sell()
    const before = await countRows()
    const attempt = refund(sale.receiptId, [{ saleLineId: sale.jumper, units: 1 }], 3_333)
    expect(await refusalOf(attempt)).toEqual({
      reason: 'refunds.amount_changed',
      params: { shown: '¥33.33', now: '¥33.34' },
    })
    expect(await countRows()).toEqual(before)
  })

  it.each([
    ['what is no goods', 'bag', 1, 'refunds.not_goods'],
    ['more than was sold', 'jumper', 4, 'refunds.more_than_sold'],
  ] as const)('refuses %s', async (_what, line, units, reason) => {
    const sale = await sell()
    const attempt = refund(sale.receiptId, [{ saleLineId: sale[line], units }], 0)
    expect(await refusalOf(attempt)).toMatchObject({ reason })
  })

  it('refuses a line twice, a line of another sale, an unknown sale and a return receipt', async () => {
    const [sale, other] = [await sell(), await sell()]
    const twice = refund(
      sale.receiptId,
      [
        { saleLineId: sale.jumper, units: 1 },
        { saleLineId: sale.jumper, units: 1 },
      ],
      6_667,
    )
    expect(await refusalOf(twice)).toMatchObject({ reason: 'refunds.line_twice' })
    const foreign = refund(sale.receiptId, [{ saleLineId: other.scarf, units: 1 }], 4_500)
    expect(await refusalOf(foreign)).toMatchObject({ reason: 'refunds.line_not_of_sale' })
    const unknown = refund(999_999, [{ saleLineId: sale.scarf, units: 1 }], 4_500)
    expect(await refusalOf(unknown)).toMatchObject({ reason: 'refunds.unknown_sale' })
    const { id, lineIds } = await test.write((w) =>
      addReceipt(w, {
        receiptNo: 'RET-1',
        kind: 'return',
        lines: [{ name: '围巾', kind: 'return', units: 0, paid_amount: -4_500 }],
      }),
    )
    const back = refund(id, [{ saleLineId: lineIds[0] ?? 0, units: 1 }], 4_500)
    expect(await refusalOf(back)).toEqual({
      reason: 'refunds.return_receipt',
      params: { receiptNo: 'RET-1' },
    })
  })

  it('is refused by the database even when the rules are passed by', async () => {
    const sale = await sell()
    const { id } = await refund(sale.receiptId, [{ saleLineId: sale.scarf, units: 1 }], 4_500)
    const bypass = test.write((w) =>
      w
        .insertInto('returned_unit')
        .values({
          sale_line_id: sale.scarf,
          unit_no: 1,
          amount: 4_500,
          refund_id: id,
          pos_return_line_id: null,
        })
        .execute(),
    )
    await expect(bypass).rejects.toThrow('UNIQUE')
  })

  it('cannot be rewritten afterwards', async () => {
    const sale = await sell()
    const { id } = await refund(sale.receiptId, [{ saleLineId: sale.scarf, units: 1 }], 4_500)
    const change = test.write((w) =>
      w.updateTable('refund_line').set({ amount: 1 }).where('refund_id', '=', id).execute(),
    )
    await expect(change).rejects.toThrow('append-only')
  })

  it('takes a line of ten thousand back', async () => {
    const { id, lineIds } = await test.write((w) =>
      addReceipt(w, {
        receiptNo: 'BULK-1',
        lines: [{ name: '纸袋', units: 10_000, qty_milli: 10_000_000, paid_amount: 123_457 }],
      }),
    )
    const done = await recordSigned(test, {
      receiptId: id,
      reason: 'size',
      expectedAmount: 123_457,
      lines: [{ saleLineId: lineIds[0] ?? 0, units: 10_000, ...look }],
    })
    expect(done.amount).toBe(123_457)
  })
})

describe('declaring a refund void', () => {
  it('frees its units on its own business day, which ends at the cut-off', async () => {
    const sale = await sell()
    const { id, number } = await refund(
      sale.receiptId,
      [{ saleLineId: sale.scarf, units: 1 }],
      4_500,
    )
    await test.setNow('2026-11-21T19:59:00.000Z')
    const declare = (version: number) =>
      test.manager.client.refunds.void({ refundId: id, reason: '扫错商品', version })
    expect(await refusalOf(declare(2))).toMatchObject({ reason: 'desk.changed_meanwhile' })
    await expect(declare(1)).resolves.toEqual({ version: 2 })
    expect(await refusalOf(declare(2))).toEqual({
      reason: 'refunds.already_void',
      params: { number },
    })
    expect(await test.clerk.client.refunds.open({ refundId: id })).toMatchObject({
      state: 'void',
      voidReason: '扫错商品',
      version: 2,
    })
    const again = await refund(sale.receiptId, [{ saleLineId: sale.scarf, units: 1 }], 4_500)
    expect(again.number).not.toBe(number)
  })

  it('gives its tenders back their room', async () => {
    const sale = await sell([['wechat', 15_550]])
    const { id } = await refund(sale.receiptId, [{ saleLineId: sale.jumper, units: 3 }], 10_000)
    await test.manager.client.refunds.void({ refundId: id, reason: '扫错商品', version: 1 })
    const all = await refund(
      sale.receiptId,
      [
        { saleLineId: sale.jumper, units: 3 },
        { saleLineId: sale.scarf, units: 1 },
        { saleLineId: sale.nuts, units: 1 },
      ],
      15_500,
    )
    const slip = await test.clerk.client.refunds.open({ refundId: all.id })
    expect(slip.tenders).toMatchObject([{ kind: 'wechat', label: '', amount: 15_500 }])
  })

  it('is too late the next business day', async () => {
    const sale = await sell()
    const { id, number } = await refund(
      sale.receiptId,
      [{ saleLineId: sale.scarf, units: 1 }],
      4_500,
    )
    await test.setNow('2026-11-21T20:00:00.000Z')
    const late = test.manager.client.refunds.void({ refundId: id, reason: '扫错商品', version: 1 })
    expect(await refusalOf(late)).toEqual({
      reason: 'refunds.void_too_late',
      params: { number, businessDate: '2026-11-21' },
    })
  })

  it('is not for clerks', async () => {
    const sale = await sell()
    const { id } = await refund(sale.receiptId, [{ saleLineId: sale.scarf, units: 1 }], 4_500)
    const attempt = test.clerk.client.refunds.void({ refundId: id, reason: '扫错商品', version: 1 })
    expect(await refusalOf(attempt)).toMatchObject({ reason: 'staff.not_allowed' })
  })
})

describe('a refund beyond the clerk', () => {
  /** A coat for 800.00, far over what a clerk may alone. */
  async function sellCoat() {
    receipts += 1
    const { id, lineIds } = await test.write((w) =>
      addReceipt(w, {
        receiptNo: `COAT-${receipts}`,
        lines: [
          { name: '羊毛大衣', paid_amount: 80_000 },
          { name: '手套', units: 2, qty_milli: 2_000, paid_amount: 60_000 },
        ],
      }),
    )
    const [coat = 0, gloves = 0] = lineIds
    return { receiptId: id, coat, gloves }
  }

  const askFor = (receiptId: number, saleLineId: number, expectedAmount: number) => ({
    receiptId,
    reason: 'quality' as const,
    expectedAmount,
    lines: [{ saleLineId, units: 1, ...look }],
  })

  it('is refused without an approval, by the clerk and by the command line alike, and writes nothing', async () => {
    const sale = await sellCoat()
    const ask = askFor(sale.receiptId, sale.coat, 80_000)
    const before = await countRows()
    for (const client of [test.clerk.client, test.system]) {
      expect(await refusalOf(client.refunds.record(ask))).toEqual({
        reason: 'approvals.needed',
        params: { role: 'floor_manager', kind: 'normal', amount: '¥800.00', limit: '¥500.00' },
      })
    }
    expect(await countRows()).toEqual(before)
  })

  it('names its approver on the slip and in the case', async () => {
    const sale = await sellCoat()
    const done = await recordSigned(test, askFor(sale.receiptId, sale.coat, 80_000))
    const slip = await test.clerk.client.refunds.open({ refundId: done.id })
    expect(slip.approvedBy).toEqual([
      expect.objectContaining({ approverName: '李静', approverCode: '001', role: 'store_manager' }),
    ])
    const facts = await test.desk.folder.store.read((r) =>
      r
        .selectFrom('case_event')
        .select(['kind', 'data'])
        .where('case_id', '=', slip.caseId)
        .where('kind', '=', 'approval_used')
        .execute(),
    )
    expect(facts).toEqual([
      expect.objectContaining({ data: expect.stringContaining('李静') as string }),
    ])
    const paper = { document: 'refund_slip' as const, refundId: done.id, format: 'A5' as const }
    const { pdf } = await test.clerk.client.papers.preview(paper)
    const { pages } = await readPdf(new Uint8Array(await pdf.arrayBuffer()))
    const words = pages.flatMap((page) => page.pieces.map((piece) => piece.text)).join('')
    expect(words.replaceAll(/\s/g, '')).toContain('批准人李静001')
    const used = await test.manager.client.approvals.open({ approvalId: slip.approvalIds[0] ?? 0 })
    expect(used).toMatchObject({ state: 'used', usedFor: { type: 'refund', id: done.number } })
  })

  it('needs nobody where a manager works at the desk', async () => {
    const sale = await sellCoat()
    const ask = askFor(sale.receiptId, sale.coat, 80_000)
    await expect(test.manager.client.refunds.record(ask)).resolves.toMatchObject({ amount: 80_000 })
  })

  it('takes no approval of another receipt, and none of other goods of the same', async () => {
    const [sale, other] = [await sellCoat(), await sellCoat()]
    const ask = askFor(sale.receiptId, sale.coat, 80_000)
    const approvalIds = await signFor(test.clerk.client, ask)
    const replay = { ...askFor(other.receiptId, other.coat, 80_000), approvalIds }
    expect(await refusalOf(test.clerk.client.refunds.record(replay))).toMatchObject({
      reason: 'approvals.other_subject',
    })
    const changed = {
      ...ask,
      lines: [{ saleLineId: sale.coat, units: 1, ...look, condition: 'used' as const }],
    }
    const attempt = test.clerk.client.refunds.record({ ...changed, approvalIds })
    expect(await refusalOf(attempt)).toMatchObject({ reason: 'approvals.changed' })
    expect(
      await refusalOf(test.clerk.client.refunds.record({ ...ask, approvalIds })),
    ).toMatchObject({ reason: 'approvals.void' })
  })

  it('cannot be had in slices: what went back on the receipt today counts', async () => {
    const sale = await sellCoat()
    const glove = askFor(sale.receiptId, sale.gloves, 30_000)
    await test.clerk.client.refunds.record(glove)
    expect(await refusalOf(test.clerk.client.refunds.record(glove))).toMatchObject({
      reason: 'approvals.needed',
      params: { amount: '¥600.00' },
    })
    await expect(recordSigned(test, glove)).resolves.toMatchObject({ amount: 30_000 })
  })

  it('counts nothing against the clerk that a manager recorded', async () => {
    const sale = await sellCoat()
    await test.manager.client.refunds.record(askFor(sale.receiptId, sale.coat, 80_000))
    const glove = askFor(sale.receiptId, sale.gloves, 30_000)
    await expect(test.clerk.client.refunds.record(glove)).resolves.toMatchObject({ amount: 30_000 })
  })

  it('of two desks with one approval is recorded by exactly one', async () => {
    const sale = await sellCoat()
    const ask = askFor(sale.receiptId, sale.coat, 80_000)
    const approvalIds = await signFor(test.clerk.client, ask)
    const want = () => test.clerk.client.refunds.record({ ...ask, approvalIds })
    const both = await Promise.allSettled([want(), want()])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('a refund by a written decision', () => {
  async function decide(receipt: boolean) {
    receipts += 1
    const { id, lineIds } = await test.write((w) =>
      addReceipt(w, {
        receiptNo: `RIGHTS-${receipts}`,
        lines: [{ name: '羊毛衫', paid_amount: 10_000 }],
      }),
    )
    const [jumper = 0] = lineIds
    const { id: rightsId } = await test.clerk.client.rights.freeze({
      receiptId: id,
      lines: [{ saleLineId: jumper, units: 1 }],
      answers: { all: { reason: 'quality', receipt }, lines: [] },
    })
    return {
      receiptId: id,
      reason: 'quality' as const,
      expectedAmount: 10_000,
      lines: [{ saleLineId: jumper, units: 1, ...look }],
      rightsId,
    }
  }

  it('without a slip takes a manager, however small it is', async () => {
    const ask = await decide(false)
    const { approval } = await test.clerk.client.refunds.preview(ask)
    expect(approval).toMatchObject({ needed: 'floor_manager' })
    expect(approval.kinds).toContain('no_slip')
    expect(await refusalOf(test.clerk.client.refunds.record(ask))).toMatchObject({
      reason: 'approvals.needed',
    })
    await expect(recordSigned(test, ask)).resolves.toMatchObject({ amount: 10_000 })
  })

  it('refuses a decision that is of another sale or of none', async () => {
    const [ask, other] = [await decide(true), await decide(true)]
    for (const rightsId of [other.rightsId, 999_999]) {
      expect(await refusalOf(test.clerk.client.refunds.record({ ...ask, rightsId }))).toMatchObject(
        { reason: 'refunds.unknown_rights' },
      )
    }
  })
})
