import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { openHouse } from '../support/open-house.ts'
import { addCustomer, addReceipt } from '../support/sold.ts'

let test: TestDesk
const ids: Record<string, { id: number; number: string }> = {}

const contextless = {
  receiptId: null,
  saleLineId: null,
  cardId: null,
  customerId: null,
  floor: '',
  counter: '',
}

type Entry = Parameters<TestDesk['clerk']['client']['complaints']['record']>[0]

async function complain(name: string, change: Partial<Entry>): Promise<void> {
  ids[name] = await test.clerk.client.complaints.record({
    class: 'goods',
    text: name,
    context: contextless,
    contact: { name: '', phone: '' },
    outcome: { kind: 'solved', satisfied: true },
    ...change,
  })
}

function openUntil(dueAt: string): Pick<Entry, 'outcome'> {
  return {
    outcome: { kind: 'open', ownerId: test.manager.id, promise: { text: '回电', dueAt } },
  }
}

const idOf = (name: string) => ids[name]?.id ?? 0
const day = (businessDate: string) => test.clerk.client.reports.day({ businessDate })

/**
 * Two business days (cut-off 04:00 in Shanghai, 20:00 UTC). On the 20th: one solved on the spot, one solved in the
 * evening, one left open with a promise for the 21st. On the 21st that one goes to another owner and is solved; one
 * more is left open; refunds are written and one declared void.
 */
beforeAll(async () => {
  test = await openTestDesk()
  await test.write(openHouse)
  await test.setNow('2026-11-20T02:00:00.000Z')
  const sold = await test.write(async (w) => {
    const customerId = await addCustomer(w, { name: '王小明', phone: '13812345521' })
    return addReceipt(w, {
      receiptNo: 'POS-1',
      customerId,
      lines: [
        {
          name: '羊毛衫',
          units: 3,
          qty_milli: 3_000,
          paid_amount: 30_000,
          floor: '2F',
          counter: '女装',
        },
        { name: '围巾', paid_amount: 4_500 },
      ],
    })
  })
  const [jumper = 0, scarf = 0] = sold.lineIds
  await complain('spot', {
    class: 'service',
    outcome: { kind: 'solved', solution: '道歉', satisfied: true },
  })
  await complain('evening', {
    ...openUntil('2026-11-20T12:00:00.000Z'),
    context: { ...contextless, saleLineId: jumper },
  })
  await complain('left', openUntil('2026-11-21T02:00:00.000Z'))
  await test.setNow('2026-11-20T18:00:00.000Z')
  await test.clerk.client.complaints.solve({
    complaintId: idOf('evening'),
    solution: '已换货',
    satisfied: false,
    version: 1,
  })

  await test.setNow('2026-11-21T03:00:00.000Z')
  await test.clerk.client.complaints.promise({
    complaintId: idOf('left'),
    ownerId: test.clerk.id,
    text: '再回电',
    dueAt: '2026-11-21T10:00:00.000Z',
    version: 1,
  })
  await test.clerk.client.complaints.solve({
    complaintId: idOf('left'),
    solution: '退款',
    satisfied: null,
    version: 2,
  })
  await complain('today', {
    ...openUntil('2026-11-22T03:00:00.000Z'),
    contact: { name: '', phone: '13987654321' },
  })
  const refund = (saleLineId: number, units: number, expectedAmount: number) =>
    test.clerk.client.refunds.record({
      receiptId: sold.id,
      reason: 'size',
      expectedAmount,
      lines: [{ saleLineId, units, condition: 'opened', packagingIntact: true }],
    })
  await refund(jumper, 2, 20_000)
  const mistake = await refund(scarf, 1, 4_500)
  await test.manager.client.refunds.void({ refundId: mistake.id, reason: '扫错', version: 1 })
})
afterAll(() => test.close())

describe('the report of a business day', () => {
  it('shows it as it stood at its end, though much happened since', async () => {
    const report = await day('2026-11-20')
    expect(report).toMatchObject({
      businessDate: '2026-11-20',
      storeName: '鹤翔百货中山店',
      deskNo: '0312',
      currency: 'CNY',
      totals: {
        received: 3,
        solvedOnSpot: 1,
        closedSameDay: 2,
        closedFromEarlier: 0,
        carriedOver: 1,
        overduePromises: 1,
        satisfied: 1,
        dissatisfied: 1,
        notAsked: 0,
        refunds: 0,
        refundAmount: 0,
        exchanges: 0,
        exchangeCollected: 0,
        exchangePaidBack: 0,
        moneyPending: 0,
        pendingAmount: 0,
        cardsIssued: 0,
      },
      byClass: [
        { class: 'goods', count: 2 },
        { class: 'service', count: 1 },
      ],
      byFloor: [
        { floor: '2F', total: 1 },
        { floor: '', total: 2 },
      ],
    })
    expect(
      report.complaints.map((each) => [each.text, each.open, each.solution, each.ownerName]),
    ).toEqual([
      ['spot', false, '道歉', '赵敏'],
      ['evening', false, '已换货', '李静'],
      ['left', true, '', '李静'],
    ])
    expect(report.complaints[1]).toMatchObject({ goods: '羊毛衫', customer: '王**', promise: null })
    expect(report.complaints[2]?.promise).toEqual({
      text: '回电',
      dueAt: '2026-11-21T02:00:00.000Z',
    })
    expect(report.openPromises).toEqual([
      expect.objectContaining({
        complaintNumber: ids['left']?.number,
        ownerName: '李静',
        dueOn: '2026-11-21',
        overdue: false,
      }),
    ])
  })

  it('counts what was closed from earlier days, what is carried over, and refunds that stand', async () => {
    const report = await day('2026-11-21')
    expect(report.totals).toEqual({
      received: 1,
      solvedOnSpot: 0,
      closedSameDay: 0,
      closedFromEarlier: 1,
      carriedOver: 1,
      overduePromises: 1,
      satisfied: 0,
      dissatisfied: 0,
      notAsked: 0,
      refunds: 1,
      refundAmount: 20_000,
      // No till has been seen paying it.
      exchanges: 0,
      exchangeCollected: 0,
      exchangePaidBack: 0,
      moneyPending: 1,
      pendingAmount: 20_000,
      priceAdjustments: 0,
      priceAdjustmentAmount: 0,
      cardsIssued: 0,
    })
    expect(report.refunds).toEqual([
      expect.objectContaining({ reason: 'size', goods: '羊毛衫 ×2', amount: 20_000 }),
    ])
    expect(report.complaints[0]).toMatchObject({ customer: '139****4321', open: true })
    expect(report.openPromises).toEqual([
      expect.objectContaining({ complaintNumber: ids['today']?.number, customer: '139****4321' }),
    ])
  })

  it('shows no whole phone number', async () => {
    expect(JSON.stringify(await day('2026-11-21'))).not.toContain('13987654321')
  })

  it('is honest about a day on which nothing happened', async () => {
    const report = await day('2026-11-19')
    expect(report).toMatchObject({
      totals: { received: 0, carriedOver: 0, refunds: 0 },
      byClass: [],
      byFloor: [],
      complaints: [],
      refunds: [],
      openPromises: [],
    })
  })

  it('carries an open complaint into the days after it, and has no report of a day to come', async () => {
    const { reason } = await refusalOf(day('2026-11-22'))
    expect(reason).toBe('reports.in_future')
    const now = test.now().toISOString()
    await test.setNow('2026-11-22T10:00:00.000Z')
    const report = await day('2026-11-22')
    await test.setNow(now)
    expect(report.totals).toMatchObject({ received: 0, carriedOver: 1, overduePromises: 1 })
    expect(report.openPromises).toEqual([expect.objectContaining({ overdue: true })])
  })

  it('adds up by floor and class', async () => {
    for (const date of ['2026-11-20', '2026-11-21']) {
      const { totals, byClass, byFloor, complaints } = await day(date)
      const sum = (counts: number[]) => counts.reduce((total, each) => total + each, 0)
      expect(sum(byClass.map((row) => row.count))).toBe(totals.received)
      expect(sum(byFloor.map((row) => row.total))).toBe(totals.received)
      expect(complaints).toHaveLength(totals.received)
      expect(totals.closedSameDay + complaints.filter((each) => each.open).length).toBe(
        totals.received,
      )
    }
  })
})

describe('the other reports', () => {
  it('list the days on which something happened, newest first', async () => {
    expect(await test.clerk.client.reports.days()).toEqual([
      { businessDate: '2026-11-21', complaints: 1, refunds: 1 },
      { businessDate: '2026-11-20', complaints: 3, refunds: 0 },
    ])
  })

  it('show what waits, what today came to and what was done last', async () => {
    const board = await test.clerk.client.reports.board()
    expect(board).toMatchObject({
      businessDate: '2026-11-21',
      today: { complaints: 1, solvedOnSpot: 0, refunds: 1, refundAmount: 20_000, cards: 0 },
      openComplaints: 1,
      overduePromises: 0,
      receiptsInStore: 1,
      lastImportAt: expect.any(String) as string,
    })
    expect(board.recent.map((deed) => [deed.kind, deed.note, deed.amount])).toEqual([
      ['refund', '羊毛衫 ×2', 20_000],
      ['complaint', 'today', null],
      ['complaint', 'left', null],
      ['complaint', 'evening', null],
      ['complaint', 'spot', null],
    ])
  })

  it('print the figures of the screen', async () => {
    const paper = await test.clerk.client.papers.print({
      document: 'day_report',
      businessDate: '2026-11-20',
    })
    expect(paper.copyNo).toBe(0)
    expect(paper.pdf.size).toBeGreaterThan(1_000)
  })
})
