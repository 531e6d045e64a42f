import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Dimension, ReportParams } from '../../src-main/reports/figures/contract.ts'
import { readPdf } from '../documents/support/read-pdf.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { openHouse } from '../support/open-house.ts'
import { repairsBy, sellThingsThatBreak } from '../support/repair-desk.ts'
import { addCustomer, addProduct, addReceipt } from '../support/sold.ts'
import { readWorkbook } from '../support/workbook.ts'

let test: TestDesk
const ids: Record<string, { id: number; caseId: number }> = {}

type Entry = Parameters<TestDesk['clerk']['client']['complaints']['record']>[0]

const nothing = { receiptId: null, saleLineId: null, cardId: null, customerId: null }
const later = '2026-11-25T02:00:00.000Z'

async function complain(name: string, floor: string, change: Partial<Entry> = {}) {
  const { client } = test.clerk
  const { id } = await client.complaints.record({
    class: 'goods',
    text: name,
    context: { ...nothing, floor, counter: '' },
    contact: { name: '', phone: '' },
    outcome: {
      kind: 'open',
      ownerId: test.clerk.id,
      promise: { text: '回电', dueAt: later },
    },
    ...change,
  })
  const { caseId } = await client.complaints.open({ complaintId: id })
  ids[name] = { id, caseId }
}

const promised = (dueAt: string): Pick<Entry, 'outcome'> => ({
  outcome: { kind: 'open', ownerId: test.clerk.id, promise: { text: '回电', dueAt } },
})

async function versionOf(name: string) {
  return (await test.clerk.client.complaints.open({ complaintId: ids[name]?.id ?? 0 })).version
}

/**
 * Two days. On the 21st: one complaint is solved at once on 1F, its customer gets goodwill; on 2F one is answered and
 * solved with five points, one is left unanswered past its promise. Three things come back, one of them exchanged for
 * nothing, and two go into repair. On the 22nd the solved one of 2F comes up again, one more comes in, a repair gets
 * ready, and the customer who was given goodwill buys again. It is 14:00 of the 22nd.
 */
beforeAll(async () => {
  test = await openTestDesk()
  await test.write((w) => openHouse(w))
  const sold = await test.write(async (w) => {
    const given = await addCustomer(w, { name: '王小明', phone: '13812345521' })
    const without = await addCustomer(w, { name: '刘芳', phone: '13912345522' })
    const jumper = await addProduct(w, { sku: 'J-1', name: '羊毛衫', brand: '织禾云' })
    await w.updateTable('product').set({ category: '女装' }).where('id', '=', jumper).execute()
    const sale = await addReceipt(w, {
      receiptNo: 'POS-1',
      lines: [
        {
          name: '羊毛衫',
          product_id: jumper,
          units: 3,
          qty_milli: 3_000,
          paid_amount: 30_000,
          floor: '2F',
          counter: '女装',
          vendor: '甲公司',
        },
        { name: '围巾', paid_amount: 4_500, floor: '1F', counter: '饰品', vendor: '乙公司' },
      ],
    })
    await w
      .insertInto('tender')
      .values({ receipt_id: sale.id, kind: 'alipay', amount: 34_500 })
      .execute()
    return { ...sale, given, without }
  })
  const [jumper = 0, scarf = 0] = sold.lineIds
  const { client } = test.clerk
  await complain('当场道歉', '1F', {
    class: 'service',
    context: { ...nothing, customerId: sold.given, floor: '1F', counter: '' },
    outcome: { kind: 'solved', solution: '道歉', satisfied: true },
  })
  await complain('袖口开线', '2F', {
    context: { ...nothing, saleLineId: jumper, floor: '2F', counter: '女装' },
  })
  await client.clocks.answer({
    caseId: ids['袖口开线']?.caseId ?? 0,
    kind: 'heard',
    channel: 'phone',
    text: '在处理',
  })
  await complain('没人理', '2F', {
    context: { ...nothing, customerId: sold.without, floor: '2F', counter: '' },
    ...promised('2026-11-21T10:00:00.000Z'),
  })
  await client.complaints.solve({
    complaintId: ids['袖口开线']?.id ?? 0,
    solution: '换新',
    version: await versionOf('袖口开线'),
    satisfaction: { answer: 'given', points: 5, reason: null, note: '' },
  })
  await client.approvals.giveGoodwill({
    amount: 3_000,
    what: '交通费',
    caseId: ids['当场道歉']?.caseId ?? null,
  })
  await client.approvals.giveGoodwill({ amount: 1_000, what: '饮料' })
  const refund = (reason: 'size' | 'quality', saleLineId: number, units: number, amount: number) =>
    client.refunds.record({
      receiptId: sold.id,
      reason,
      expectedAmount: amount,
      lines: [{ saleLineId, units, condition: 'opened', packagingIntact: true }],
    })
  await refund('size', jumper, 2, 20_000)
  await refund('quality', scarf, 1, 4_500)
  const repairs = repairsBy({
    client,
    ownerId: test.clerk.id,
    store: test.desk.folder.store,
    sale: await test.write(sellThingsThatBreak),
  })
  const first = await repairs.takeIn([repairs.sold(0, { rightsId: await repairs.decide(0) })])
  await repairs.takeIn([repairs.sold(2)])
  await client.approvals.request({
    kinds: ['normal'],
    amount: 60_000,
    currency: 'CNY',
    subject: { type: 'test', id: 'S1', hash: 'a'.repeat(64) },
    summary: '短靴 37',
    reason: '质量问题',
  })

  await test.setNow('2026-11-22T05:00:00.000Z')
  await repairs.mend(first.id)
  await client.complaints.reopen({
    complaintId: ids['袖口开线']?.id ?? 0,
    reason: '又开线',
    version: await versionOf('袖口开线'),
  })
  await complain('刚来的', '2F')
  await test.write((w) =>
    addReceipt(w, {
      receiptNo: 'POS-2',
      businessDate: '2026-11-22',
      customerId: sold.given,
      lines: [{ name: '手套', paid_amount: 9_900 }],
    }),
  )
  await test.setNow('2026-11-22T06:00:00.000Z')
}, 60_000)
afterAll(() => test.close())

const days = { from: '2026-11-21', to: '2026-11-22' }

function run(report: string, by: Dimension, change: Partial<ReportParams> = {}) {
  return test.manager.client.reports.run({ report, params: { ...days, by, ...change } })
}

/** Rows by their keys, and the totals under ''. */
async function cellsOf(report: string, by: Dimension, change: Partial<ReportParams> = {}) {
  const { rows, totals } = await run(report, by, change)
  return {
    ...Object.fromEntries(rows.map(({ key, cells }) => [key, cells])),
    all: totals.cells,
  } as Record<string, Record<string, unknown>>
}

const share = (count: number, of: number) => ({ count, of })

describe('counted by hand', () => {
  it('service: replies and solutions in time, what customers said, and what came again', async () => {
    const { '1F': first, '2F': second, all } = await cellsOf('service', 'floor')
    expect(first).toMatchObject({
      received: 1,
      repliedInTime: share(1, 1),
      atOnce: share(1, 1),
      atOnceStayed: share(1, 1),
      solvedInTime: share(1, 1),
    })
    expect(second).toMatchObject({
      received: 3,
      // The one of today may still be answered in time: it is neither.
      repliedInTime: share(1, 2),
      sameDay: share(1, 3),
      solved: 1,
      solvedInTime: share(1, 1),
      inFifteenDays: share(1, 1),
      daysMedian: 0,
      content: share(1, 1),
      reopened: share(1, 1),
      // The promise of the one that was solved was due on the 25th.
      kept: share(0, 1),
    })
    expect(all).toMatchObject({ received: 4, repliedInTime: share(2, 3), content: share(2, 2) })
  })

  it('complaints: by vendor, brand and class of goods, each once, unknown goods apart', async () => {
    expect(await cellsOf('complaints', 'vendor')).toMatchObject({
      甲公司: { received: 1, upTo: share(4, 4) },
      '': { received: 3, stillOpen: 2, upTo: share(3, 4) },
    })
    expect(await cellsOf('complaints', 'brand')).toMatchObject({ 织禾云: { received: 1 } })
    expect(await cellsOf('complaints', 'category')).toMatchObject({ 女装: { received: 1 } })
    const { rows } = await run('complaints', 'class', { filters: { floor: '2F' } })
    expect(rows.map(({ key, cells }) => [key, cells['received']])).toEqual([['goods', 3]])
  })

  it('promises: due, kept, overdue', async () => {
    expect((await cellsOf('promises', 'person'))['all']).toEqual({
      fellDue: 1,
      kept: share(0, 1),
      broken: 0,
      overdue: 1,
    })
  })

  it('re-complaints: what came again', async () => {
    const { '2F': second } = await cellsOf('recomplaints', 'floor')
    expect(second).toMatchObject({ cameAgain: share(1, 3), reopened: share(1, 1) })
  })

  it('returns: by reason, way of payment, destination, place', async () => {
    expect(await cellsOf('returns', 'reason')).toMatchObject({
      size: { slips: 1, refunds: 1, exchanges: 0, paidBack: 20_000, units: 2, unitsValue: 20_000 },
      quality: { slips: 1, paidBack: 4_500, units: 1 },
      all: { slips: 2, paidBack: 24_500, units: 3, unitsValue: 24_500 },
    })
    expect(await cellsOf('returns', 'tender')).toMatchObject({
      alipay: { payments: 2, paidThisWay: 24_500, otherWay: 0 },
    })
    expect(await cellsOf('returns', 'counter')).toMatchObject({
      '2F 女装': { units: 2, unitsValue: 20_000 },
      '1F 饰品': { units: 1, unitsValue: 4_500 },
    })
    const { all, ...destinations } = await cellsOf('returns', 'destination')
    expect(all?.['units']).toBe(3)
    expect(Object.keys(destinations)).not.toContain('')
  })

  it('repairs: how long, by whom, and what is not ready', async () => {
    const cells = await cellsOf('repairs', 'repairer')
    expect(cells['清澜电器售后']).toMatchObject({
      takenIn: 1,
      notReady: 0,
      gotReady: 1,
      repairMedian: 1,
      repairNinetieth: 1,
      inThirtyDays: share(1, 1),
    })
    expect(cells['']).toMatchObject({ takenIn: 1, notReady: 1, overThirtyDays: 0, gotReady: 0 })
    expect(cells['']?.['repairMedian']).toBeNull()
  })

  it('goodwill: the cost beside what its customers bought later, and those who were given nothing', async () => {
    expect(await cellsOf('goodwill', 'group')).toMatchObject({
      given: {
        goodwillGiven: 1,
        goodwillCost: 3_000,
        customers: 1,
        cameBack: share(1, 1),
        boughtLater: 9_900,
      },
      without: { goodwillGiven: 0, customers: 1, cameBack: share(0, 1), boughtLater: 0 },
      unknown: { goodwillGiven: 1, goodwillCost: 1_000, customers: 0 },
    })
  })

  it('approvals and what went past the rules', async () => {
    expect((await cellsOf('approvals', 'kind'))['all']).toMatchObject({
      approvalsAsked: 1,
      granted: share(0, 0),
      undecided: 1,
      grantedAmount: 0,
      decisionMedian: null,
    })
    expect((await cellsOf('overrides', 'kind'))['all']).toEqual({
      overrides: 0,
      overrideAmount: 0,
      upTo: undefined,
    })
  })

  it('the scorecard says what the evaluation says', async () => {
    const { all } = await test.manager.client.reports.evaluation(days)
    const { totals } = await run('scorecard', 'month')
    expect(totals.cells).toMatchObject({
      received: all.received,
      atOnce: all.atOnce,
      solved: all.solved,
      content: all.content,
      reopened: all.reopened,
      repeats: all.repeats,
      kept: all.kept,
    })
  })

  it('the day report says what the reports say of its day', async () => {
    const day = await test.manager.client.reports.day({ businessDate: '2026-11-21' })
    const only = { from: '2026-11-21', to: '2026-11-21' }
    const { all: complaints } = await cellsOf('complaints', 'floor', only)
    const { all: returns } = await cellsOf('returns', 'reason', only)
    expect(complaints?.['received']).toBe(day.totals.received)
    expect(returns).toMatchObject({
      refunds: day.totals.refunds,
      paidBack: day.totals.refundAmount + day.totals.priceAdjustmentAmount,
    })
    // The day's figures open these rows: the same number stands there.
    const { return: refunds } = await cellsOf('returns', 'kind', only)
    const { 甲公司: vendor } = await cellsOf('complaints', 'vendor', only)
    const floors = await cellsOf('complaints', 'floor', only)
    const { all: goodwill } = await cellsOf('goodwill', 'person', only)
    const { all: repairs } = await cellsOf('repairs', 'repairer', only)
    expect(refunds).toMatchObject({ slips: day.totals.refunds, paidBack: day.totals.refundAmount })
    expect(vendor?.['received']).toBe(day.topVendors[0]?.count)
    for (const { floor, total } of day.byFloor) expect(floors[floor]?.['received']).toBe(total)
    expect(goodwill?.['goodwillCost']).toBe(day.beyond.goodwillAmount)
    expect(repairs?.['takenIn']).toBe(day.repairs.takenIn)
    expect(day).toMatchObject({
      topVendors: [{ vendor: '甲公司', count: 1 }],
      beyond: {
        goodwill: 2,
        goodwillAmount: 4_000,
        goodwillLimit: 20_000,
        goodwillMostByOne: 4_000,
        granted: 0,
      },
      repairs: { takenIn: 2, givenBack: 0, inRepair: 2, overdue: 0 },
      promisesTomorrow: 0,
    })
  })
})

describe('one period against another', () => {
  it('shows both values and the change, and no percentage of a handful', async () => {
    const today = { from: '2026-11-22', to: '2026-11-22' }
    const { rows, totals, compared } = await run('complaints', 'floor', {
      ...today,
      compareWith: { kind: 'previous' },
    })
    expect(compared).toEqual({ from: '2026-11-21', to: '2026-11-21' })
    expect(
      rows.map(({ key, cells, before, change }) => [
        key,
        cells['received'],
        before?.['received'],
        change?.['received'],
      ]),
    ).toEqual([
      ['1F', 0, 1, { by: -1, percent: null }],
      ['2F', 1, 2, { by: -1, percent: null }],
    ])
    expect(totals.before).toMatchObject({ received: 3 })
    const { total, items } = await test.manager.client.reports.cases({
      report: 'complaints',
      params: { ...today, by: 'floor', compareWith: { kind: 'previous' } },
      row: '2F',
      column: 'received',
      compared: true,
    })
    expect([total, items.map(({ text }) => text)]).toEqual([2, ['袖口开线', '没人理']])
  })
})

describe('a file', () => {
  it('is a CSV spreadsheets open, with shares as two numbers and money with its decimals', async () => {
    const { fileName, content } = await test.manager.client.reports.export({
      report: 'returns',
      params: { ...days, by: 'reason' },
      format: 'csv',
      language: 'zh',
    })
    expect(fileName).toBe('退换货汇总-退换原因-2026-11-21-2026-11-22.csv')
    const bytes = new Uint8Array(await content.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = (await content.text()).trim().split('\r\n')
    expect(lines[0]?.split(',').slice(0, 3)).toEqual(['退换原因', '单数', '退货'])
    expect(lines[1]).toMatch(/^质量|^尺码/)
    expect(lines.at(-1)?.startsWith('合计,2,2,0,0,245.00')).toBe(true)
  })

  it('runs nothing: a name that would be a formula gets a sign before it', async () => {
    await test.write((w) =>
      w.updateTable('operator').set({ name: '=1+1' }).where('id', '=', test.clerk.id).execute(),
    )
    const { content } = await test.manager.client.reports.export({
      report: 'promises',
      params: { ...days, by: 'person' },
      format: 'csv',
      language: 'en',
    })
    expect(await content.text()).toContain(`'=1+1,1,0,1`)
  })

  it('is a workbook with numbers as numbers and a sheet of notes', async () => {
    const { fileName, content } = await test.manager.client.reports.export({
      report: 'returns',
      params: { ...days, by: 'reason' },
      format: 'xlsx',
      language: 'en',
    })
    expect(fileName).toBe('Returns-and-exchanges-Reason-of-return-2026-11-21-2026-11-22.xlsx')
    const cells = readWorkbook(new Uint8Array(await content.arrayBuffer()))
    expect(cells).toContain('245')
    expect(cells).toContain('Paid back')
  })
})

describe('the paper of returns', () => {
  it('has places to sign for whoever counts slips and goods at the end of the day', async () => {
    const { pdf } = await test.manager.client.papers.preview({
      document: 'report',
      report: 'returns',
      params: { ...days, by: 'destination' },
    })
    const { text } = await readPdf(new Uint8Array(await pdf.arrayBuffer()))
    expect(text).toContain('退换货汇总')
    // By reason, way of payment and counter on the same sheet.
    for (const name of ['尺码', '支付宝', '2F 女装']) expect(text).toContain(name)
    for (const signer of ['服务台主管', '防损员', '值班经理']) expect(text).toContain(signer)
  })
})

describe('a report nobody waits for any more', () => {
  it('is stopped, and the next one is made all the same', async () => {
    const stop = new AbortController()
    const asked = { report: 'complaints', params: { ...days, by: 'floor' as const } }
    const left = test.manager.client.reports.run(asked, { signal: stop.signal })
    stop.abort()
    expect((await refusalOf(left)).reason).toBe('reports.abandoned')
    expect((await test.manager.client.reports.run(asked)).rows).toHaveLength(2)
  })

  it('is refused in words that reach through the worker', async () => {
    const { reason } = await refusalOf(
      test.manager.client.reports.cases({
        report: 'complaints',
        params: { ...days, by: 'floor' },
        row: null,
        column: 'nothing',
      }),
    )
    expect(reason).toBe('reports.unknown_figure')
  })
})

describe('the note of a day', () => {
  it('is a manager’s to write, stands on the report, and its last wording holds', async () => {
    const businessDate = '2026-11-22'
    const write = (note: string) => test.manager.client.reports.writeDayNote({ businessDate, note })
    await write('小雨')
    await write('小雨；周年庆')
    const { note } = await test.clerk.client.reports.day({ businessDate })
    expect(note).toBe('小雨；周年庆')
    expect(
      await refusalOf(test.clerk.client.reports.writeDayNote({ businessDate, note: '晴' })),
    ).toMatchObject({ reason: 'staff.not_allowed' })
    const { reason } = await refusalOf(
      test.manager.client.reports.writeDayNote({ businessDate: '2026-11-23', note: '晴' }),
    )
    expect(reason).toBe('reports.in_future')
  })
})
