import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deskNow, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { addCustomer, addReceipt } from '../support/sold.ts'

let test: TestDesk
let customerId: number
let sale: { id: number; lineIds: number[] }

beforeAll(async () => {
  test = await openTestDesk()
  await test.write(async (w) => {
    customerId = await addCustomer(w, { name: '王小明', phone: '13812345521' })
    sale = await addReceipt(w, {
      receiptNo: 'POS-1',
      customerId,
      lines: [
        { name: '羊毛衫', paid_amount: 10_000, floor: '2F', counter: '女装', vendor: '雪峰' },
        { name: '围巾', paid_amount: 4_500 },
      ],
    })
  })
})
afterAll(() => test.close())
beforeEach(() => test.setNow(deskNow))

const nowhere = {
  receiptId: null,
  saleLineId: null,
  cardId: null,
  customerId: null,
  floor: '',
  counter: '',
}
const nobody = { name: '', phone: '' }

type Entry = Parameters<TestDesk['clerk']['client']['complaints']['record']>[0]

function record(change: Partial<Entry> = {}, client = test.clerk.client) {
  return client.complaints.record({
    class: 'service',
    text: '收银排队太久',
    context: nowhere,
    contact: nobody,
    outcome: { kind: 'solved', satisfied: true },
    ...change,
  })
}

function promised(dueAt: string, ownerId = test.manager.id): Partial<Entry> {
  return { outcome: { kind: 'open', ownerId, promise: { text: '回电答复', dueAt } } }
}

const open = (complaintId: number) => test.clerk.client.complaints.open({ complaintId })
const kindsOf = (complaint: { events: { kind: string }[] }) =>
  complaint.events.map((event) => event.kind)

describe('a complaint solved on the spot', () => {
  it('is closed the moment it is recorded', async () => {
    const { id, number } = await record()
    expect(number).toMatch(/^TS-0312-261121-\d{4}-.$/)
    const complaint = await open(id)
    expect(complaint).toMatchObject({
      number,
      class: 'service',
      text: '收银排队太久',
      open: false,
      solvedOnSpot: true,
      satisfied: true,
      ownerName: '赵敏',
      recordedBy: '赵敏',
      closedAt: deskNow,
      promises: [],
      nextPromiseDueAt: null,
      overdue: false,
      receipt: null,
      goods: '',
      contact: { name: '', phoneMasked: '' },
    })
    expect(kindsOf(complaint)).toEqual(['complaint_recorded'])
  })

  it('is recorded once for one request', async () => {
    const client = test.withRequestId('complaint-once')
    const results = await Promise.all([record({}, client), record({}, client)])
    expect(results[0]).toEqual(results[1])
  })

  it('keeps twenty thousand characters whole', async () => {
    const text = `${'很长的话。\n'.repeat(3_000)}完\n`
    const { id } = await record({ text })
    expect((await open(id)).text).toBe(text)
  })
})

describe('what a complaint is about', () => {
  it('comes from the sale line: floor, counter, vendor, receipt and customer', async () => {
    const { id } = await record({
      class: 'goods',
      context: { ...nowhere, saleLineId: sale.lineIds[0] ?? 0 },
    })
    const complaint = await open(id)
    expect(complaint).toMatchObject({
      floor: '2F',
      counter: '女装',
      goods: '羊毛衫',
      receipt: { id: sale.id, receiptNo: 'POS-1', businessDate: '2026-11-12' },
      contact: { name: '王小明', phoneMasked: '138****5521' },
    })
    const row = await test.desk.folder.store.read((r) =>
      r
        .selectFrom('complaint')
        .select(['vendor', 'customer_id'])
        .where('id', '=', id)
        .executeTakeFirst(),
    )
    expect(row).toEqual({ vendor: '雪峰', customer_id: customerId })
  })

  it('comes from the card, which names the sale and its only line', async () => {
    const card = await test.clerk.client.cards.issue({
      receiptId: sale.id,
      consumer: { ...nobody, address: '', postcode: '' },
      paperLanguage: 'zh',
      units: [
        {
          saleLineId: sale.lineIds[0] ?? 0,
          unitNo: 1,
          brand: '',
          model: '',
          name: '羊毛衫',
          serialNo: '',
          batchNo: '',
          origin: '',
          installedOn: null,
          unitMonths: 3,
          partMonths: null,
          mainParts: '',
          provider: 'store',
          providerName: '',
          providerPhone: '',
          scope: '',
          costBearer: 'store',
        },
      ],
    })
    const { id } = await record({ context: { ...nowhere, cardId: card.id } })
    expect(await open(id)).toMatchObject({
      goods: '羊毛衫',
      counter: '女装',
      receipt: { id: sale.id },
    })
  })

  it('is what the clerk typed, where the clerk typed it', async () => {
    const { id } = await record({
      context: { ...nowhere, saleLineId: sale.lineIds[0] ?? 0, floor: '5F', counter: '餐饮' },
      contact: { name: '李女士', phone: '0760 8880 1234' },
    })
    expect(await open(id)).toMatchObject({
      floor: '5F',
      counter: '餐饮',
      contact: { name: '李女士', phoneMasked: '076****1234' },
    })
  })

  it('is refused where it does not exist or does not belong together', async () => {
    for (const context of [
      { receiptId: 999 },
      { saleLineId: 999 },
      { cardId: 999 },
      { customerId: 999 },
    ]) {
      expect(await refusalOf(record({ context: { ...nowhere, ...context } }))).toMatchObject({
        reason: 'complaints.unknown_subject',
      })
    }
    const other = await test.write((w) =>
      addReceipt(w, { receiptNo: 'POS-2', lines: [{ name: '鞋', paid_amount: 1 }] }),
    )
    const mixed = record({
      context: { ...nowhere, receiptId: other.id, saleLineId: sale.lineIds[0] ?? 0 },
    })
    expect(await refusalOf(mixed)).toMatchObject({ reason: 'complaints.subjects_differ' })
  })
})

describe('an open complaint', () => {
  it('has an owner and a promise', async () => {
    const { id } = await record(promised('2026-11-22T09:00:00.000Z'))
    const complaint = await open(id)
    expect(complaint).toMatchObject({
      open: true,
      solvedOnSpot: false,
      ownerId: test.manager.id,
      ownerName: '李静',
      nextPromiseDueAt: '2026-11-22T09:00:00.000Z',
      overdue: false,
      closedAt: null,
      promises: [
        { text: '回电答复', dueOn: '2026-11-22', state: 'open', ownerName: '李静', overdue: false },
      ],
    })
    expect(kindsOf(complaint)).toEqual(['complaint_recorded', 'promised'])
    const due = await test.clerk.client.cases.duePromises()
    expect(due.find((each) => each.complaintId === id)).toMatchObject({
      complaintNumber: complaint.number,
      complaintText: '收银排队太久',
    })
  })

  it('is not promised into the past, nor to somebody who does not work here', async () => {
    expect(await refusalOf(record(promised(deskNow)))).toMatchObject({
      reason: 'cases.promise_in_past',
    })
    expect(await refusalOf(record(promised('2026-11-22T09:00:00.000Z', 9_999)))).toMatchObject({
      reason: 'cases.unknown_owner',
    })
    const system = await test.desk.folder.store.read((r) =>
      r.selectFrom('operator').select('id').where('role', '=', 'system').executeTakeFirstOrThrow(),
    )
    expect(await refusalOf(record(promised('2026-11-22T09:00:00.000Z', system.id)))).toMatchObject({
      reason: 'cases.unknown_owner',
    })
  })

  it('is listed with those promised earliest first, and among those of its day', async () => {
    const later = await record(promised('2026-11-25T09:00:00.000Z'))
    const sooner = await record(promised('2026-11-21T09:00:00.000Z'))
    const { client } = test.clerk
    const ids = (await client.complaints.list({ state: 'open' })).map((each) => each.id)
    expect(ids.indexOf(sooner.id)).toBeLessThan(ids.indexOf(later.id))
    const ofDay = await client.complaints.list({ state: 'day' })
    expect(ofDay.map((each) => each.id)).toContain(later.id)
    expect(await client.complaints.list({ state: 'day', businessDate: '2026-11-20' })).toEqual([])
  })

  it('solved in time keeps its promise', async () => {
    const { id } = await record(promised('2026-11-22T09:00:00.000Z'))
    await test.setNow('2026-11-22T09:00:00.000Z')
    const { version } = await test.clerk.client.complaints.solve({
      complaintId: id,
      solution: '换新',
      satisfied: false,
      version: 1,
    })
    const complaint = await open(id)
    expect(complaint).toMatchObject({
      open: false,
      version,
      solution: '换新',
      satisfied: false,
      solvedOnSpot: false,
      closedAt: '2026-11-22T09:00:00.000Z',
      promises: [{ state: 'kept' }],
    })
    expect(kindsOf(complaint).slice(2)).toEqual(['promise_kept', 'complaint_solved'])
  })

  it('solved too late breaks its promise', async () => {
    const { id } = await record(promised('2026-11-22T09:00:00.000Z'))
    await test.setNow('2026-11-22T09:00:00.001Z')
    expect((await open(id)).overdue).toBe(true)
    await test.clerk.client.complaints.solve({
      complaintId: id,
      solution: '换新',
      satisfied: null,
      version: 1,
    })
    expect((await open(id)).promises).toEqual([expect.objectContaining({ state: 'broken' })])
  })

  it('is solved once, by who saw its newest state', async () => {
    const { id, number } = await record(promised('2026-11-22T09:00:00.000Z'))
    const solve = (version: number) =>
      test.clerk.client.complaints.solve({
        complaintId: id,
        solution: '换新',
        satisfied: null,
        version,
      })
    expect(await refusalOf(solve(7))).toMatchObject({ reason: 'desk.changed_meanwhile' })
    const results = await Promise.allSettled([solve(1), solve(1)])
    expect(results.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await refusalOf(solve(2))).toEqual({
      reason: 'complaints.already_solved',
      params: { number },
    })
    const late = test.clerk.client.complaints.promise({
      complaintId: id,
      ownerId: test.clerk.id,
      text: '再看看',
      dueAt: '2026-11-23T09:00:00.000Z',
      version: 2,
    })
    expect(await refusalOf(late)).toMatchObject({ reason: 'complaints.already_solved' })
  })

  it('gets a new promise, kept by somebody else than its owner; the missed one stays broken', async () => {
    const { id } = await record(promised('2026-11-22T09:00:00.000Z'))
    await test.setNow('2026-11-22T10:00:00.000Z')
    await test.clerk.client.complaints.promise({
      complaintId: id,
      ownerId: test.clerk.id,
      text: '到货即换',
      dueAt: '2026-11-23T09:00:00.000Z',
      version: 1,
    })
    const complaint = await open(id)
    expect(complaint).toMatchObject({
      version: 2,
      ownerName: '李静',
      nextPromiseDueAt: '2026-11-23T09:00:00.000Z',
      overdue: false,
    })
    expect(complaint.promises.map((each) => [each.state, each.ownerName])).toEqual([
      ['broken', '李静'],
      ['open', '赵敏'],
    ])
    expect(kindsOf(complaint).slice(2)).toEqual(['promise_broken', 'promised'])
  })
})

describe('a promise', () => {
  it('is settled once, kept or broken, with a note in the history', async () => {
    const { id } = await record(promised('2026-11-22T09:00:00.000Z'))
    const promise = (await open(id)).promises[0]
    const settle = (version: number) =>
      test.clerk.client.cases.settlePromise({
        promiseId: promise?.id ?? 0,
        kept: true,
        note: '已回电',
        version,
      })
    expect(await refusalOf(settle(5))).toMatchObject({ reason: 'desk.changed_meanwhile' })
    await expect(settle(1)).resolves.toEqual({ version: 2 })
    expect(await refusalOf(settle(2))).toMatchObject({ reason: 'cases.promise_settled' })
    const complaint = await open(id)
    expect(complaint).toMatchObject({ open: true, nextPromiseDueAt: null })
    expect(complaint.events.at(-1)).toMatchObject({
      kind: 'promise_kept',
      actor: '赵敏',
      data: { text: '回电答复', note: '已回电' },
    })
  })

  it('that is unknown is refused', async () => {
    const attempt = test.clerk.client.cases.settlePromise({
      promiseId: 9_999,
      kept: true,
      version: 1,
    })
    expect(await refusalOf(attempt)).toMatchObject({ reason: 'cases.unknown_promise' })
  })
})

describe('the whole phone number', () => {
  it('is shown for a reason, which is audited; the number itself is kept nowhere else', async () => {
    const { id } = await record({ contact: { name: '李女士', phone: '13987654321' } })
    const { client } = test.clerk
    const reason = '回电答复'
    expect(await client.complaints.revealPhone({ complaintId: id, reason })).toEqual({
      phone: '13987654321',
    })
    expect(await client.customers.revealPhone({ customerId, reason })).toEqual({
      phone: '13812345521',
    })
    const logs = await test.desk.folder.store.read(async (r) => ({
      commands: await r.selectFrom('command_log').selectAll().execute(),
      audit: await r.selectFrom('audit_log').selectAll().execute(),
    }))
    expect(JSON.stringify(logs)).not.toMatch(/13987654321|13812345521/)
    expect(logs.audit.slice(-2)).toEqual([
      expect.objectContaining({ action: 'complaints.reveal_phone', actor_id: test.clerk.id }),
      expect.objectContaining({
        action: 'customers.reveal_phone',
        data: JSON.stringify({ reason }),
      }),
    ])
  })

  it('is masked everywhere else', async () => {
    const customer = await test.clerk.client.customers.open({ customerId })
    expect(customer).toMatchObject({ name: '王小明', phoneMasked: '138****5521' })
    expect(JSON.stringify(customer)).not.toContain('13812345521')
    expect(await refusalOf(test.clerk.client.customers.open({ customerId: 999 }))).toMatchObject({
      reason: 'customers.unknown_customer',
    })
  })
})

describe('the history of a case', () => {
  it('only grows', async () => {
    const change = test.write((w) => w.updateTable('case_event').set({ data: '{}' }).execute())
    await expect(change).rejects.toThrow('append-only')
    const removal = test.write((w) => w.deleteFrom('complaint').execute())
    await expect(removal).rejects.toThrow('never deleted')
  })
})
