import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrate, migrations } from '../../src-main/database/migrate.ts'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import { largestStatement } from '../../src-main/complaints/contract.ts'
import { deskNow, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { realFile } from '../support/import-file.ts'
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
        { name: '短靴', paid_amount: 59_900, floor: '2F', counter: '女鞋' },
        { name: '围巾', paid_amount: 4_500, floor: '2F', counter: '女装' },
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

type Entry = Parameters<TestDesk['clerk']['client']['complaints']['record']>[0]

function record(change: Partial<Entry> = {}) {
  return test.clerk.client.complaints.record({
    class: 'service',
    text: '收银排队太久',
    context: nowhere,
    contact: { name: '', phone: '' },
    outcome: { kind: 'solved', satisfied: null },
    ...change,
  })
}

const toFollowUp = (ownerId: number): Entry['outcome'] => ({
  kind: 'open',
  ownerId,
  promise: { text: '回电答复', dueAt: '2026-11-22T09:00:00.000Z' },
})

const open = (complaintId: number) => test.clerk.client.complaints.open({ complaintId })

describe('what was said', () => {
  it('is kept byte for byte: four-byte Hanzi, private-use letters, tabs and line breaks', async () => {
    const text = ' 𠮷野家\t𣲷\r\n\r\n\ue001\u{f0000}👨‍👩‍👧\u0000 ﻿完 '
    const { id } = await record({ text })
    const kept = (await open(id)).text
    expect(Buffer.from(kept)).toEqual(Buffer.from(text))
  })

  it('may be a mebibyte long; lists show its beginning', async () => {
    const text = `${'顾客很生气。'.repeat(58_254)}完`
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(largestStatement)
    const { id, caseId } = await record({ text, outcome: toFollowUp(test.clerk.id) })
    expect(hash((await open(id)).text)).toBe(hash(text))
    const { client } = test.clerk
    const answers = [
      await client.complaints.list({ state: 'open' }),
      await client.cases.duePromises(),
      await client.cases.file({ caseId }),
      await client.reports.board(),
      await client.reports.day({ businessDate: '2026-11-21' }),
    ]
    for (const answer of answers) expect(JSON.stringify(answer).length).toBeLessThan(60_000)
  })

  it('is refused clearly where it is empty, too long or broken, and nothing is recorded', async () => {
    const before = (await test.clerk.client.complaints.list({ state: 'day' })).length
    expect(await refusalOf(record({ text: ' \n\t' }))).toEqual({
      reason: 'complaints.empty_statement',
      params: {},
    })
    const text = 'a'.repeat(largestStatement + 1)
    expect(await refusalOf(record({ text }))).toEqual({
      reason: 'complaints.statement_too_long',
      params: { letters: largestStatement + 1, limit: largestStatement },
    })
    expect(await refusalOf(record({ text: '半个字\ud842' }))).toMatchObject({
      reason: 'complaints.broken_statement',
    })
    expect((await test.clerk.client.complaints.list({ state: 'day' })).length).toBe(before)
  })

  it('survives as real customers wrote it', async ({ skip }) => {
    const reviews = realFile('cn-negative-reviews/waimai_negative_gb18030.csv')
    const letters = realFile('cn-citizen-complaints/consumer_trade_48.csv')
    if (reviews.missing ?? letters.missing) skip(reviews.missing ?? letters.missing)
    const texts = [
      ...iconv.decode(readFileSync(reviews.file), 'gb18030').split('\n').slice(1, 60),
      readFileSync(letters.file, 'utf8'),
      ...readFileSync(letters.file, 'utf8').split('\n'),
    ].filter((text) => text.trim() !== '')
    for (const text of texts) {
      const { id } = await record({ text })
      expect((await open(id)).text).toBe(text)
    }
  })
})

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

describe('what is none', () => {
  it('is recorded as what it is, with what its kind asks for', async () => {
    const place = { ...nowhere, floor: '1F', counter: '收银台 3' }
    expect(await refusalOf(record({ kind: 'enquiry', class: null }))).toMatchObject({
      reason: 'complaints.needs_solution',
    })
    expect(await refusalOf(record({ kind: 'complaint', class: null }))).toMatchObject({
      reason: 'complaints.needs_class',
    })
    expect(
      await refusalOf(
        record({ kind: 'staff_tip', class: null, outcome: toFollowUp(test.clerk.id) }),
      ),
    ).toMatchObject({ reason: 'complaints.needs_place' })
    const answered = { kind: 'solved', solution: '三楼左转', satisfied: true } as const
    const enquiry = await record({ kind: 'enquiry', class: null, outcome: answered })
    const tip = await record({ kind: 'staff_tip', class: null, context: place, outcome: answered })
    const alarm = await record({ kind: 'exit_alarm', context: place, outcome: answered })
    const till = await record({
      kind: 'cashier_error',
      context: { ...nowhere, receiptId: sale.id },
      outcome: answered,
    })
    expect(await open(enquiry.id)).toMatchObject({ kind: 'enquiry', complainant: 'customer' })
    expect(await open(tip.id)).toMatchObject({ kind: 'staff_tip', complainant: 'staff' })
    expect(await open(alarm.id)).toMatchObject({ kind: 'exit_alarm', counter: '收银台 3' })
    expect(await open(till.id)).toMatchObject({
      kind: 'cashier_error',
      receipt: { receiptNo: 'POS-1' },
    })
    const list = await test.clerk.client.complaints.list({ state: 'day', kind: 'enquiry' })
    expect(list.map(({ id }) => id)).toEqual([enquiry.id])
    const report = await test.clerk.client.reports.day({ businessDate: '2026-11-21' })
    const reported = report.complaints.map(({ id }) => id)
    expect(reported).toContain(till.id)
    expect(reported).not.toContain(enquiry.id)
    expect(reported).not.toContain(tip.id)
  })

  it('of a cashier without a slip stays open until the slip is linked', async () => {
    const { id } = await record({
      kind: 'cashier_error',
      class: null,
      outcome: toFollowUp(test.clerk.id),
    })
    const { client } = test.clerk
    expect((await open(id)).missing).toContainEqual({ field: 'receipt', must: true })
    const solve = (version: number) =>
      client.complaints.solve({ complaintId: id, solution: '已退差额', satisfied: true, version })
    expect(await refusalOf(solve(1))).toMatchObject({ reason: 'complaints.needs_receipt' })
    await client.complaints.change({ complaintId: id, receiptId: sale.id, version: 1 })
    await solve(2)
    expect(await open(id)).toMatchObject({ open: false, receipt: { id: sale.id } })
  })
})

describe('a serious complaint', () => {
  it('is written down at once and filled in later, with every change in its history', async () => {
    const { id } = await record({
      class: 'goods',
      outcome: toFollowUp(test.clerk.id),
      details: { severity: 'serious', mode: 'phone' },
    })
    const { client } = test.clerk
    expect((await open(id)).missing.filter(({ must }) => must).map(({ field }) => field)).toEqual([
      'desired',
      'demand',
    ])
    await client.complaints.change({
      complaintId: id,
      details: { desired: '全额退款并道歉', demand: 'refund', demandAmount: 59_900 },
      contact: { name: '李女士', phone: '139 8765 4321' },
      items: { lineIds: sale.lineIds, cardIds: [], repairIds: [] },
      version: 1,
    })
    const complaint = await open(id)
    expect(complaint).toMatchObject({
      desired: '全额退款并道歉',
      demand: 'refund',
      demandAmount: 59_900,
      currency: 'CNY',
      mode: 'phone',
      severity: 'serious',
      goods: '短靴、围巾',
      floor: '2F',
      counter: '女鞋',
      contact: { name: '李女士', phoneMasked: '139****4321' },
      receipt: { id: sale.id },
      missing: [],
    })
    expect(complaint.items.map(({ label }) => label)).toEqual(['短靴', '围巾'])
    expect(complaint.events.at(-1)?.kind).toBe('complaint_changed')
    const [lineId = 0] = sale.lineIds
    await client.complaints.change({
      complaintId: id,
      items: { lineIds: [lineId], cardIds: [], repairIds: [] },
      version: 2,
    })
    expect((await open(id)).items.map(({ label }) => label)).toEqual(['短靴'])
    const audit = await test.desk.folder.store.read((r) =>
      r.selectFrom('audit_log').select('data').where('action', '=', 'complaints.change').execute(),
    )
    expect(JSON.stringify(audit)).not.toMatch(/李女士|8765/)
  })

  it('is about things that exist', async () => {
    const items = { lineIds: [], cardIds: [], repairIds: [9_999] }
    expect(await refusalOf(record({ items }))).toMatchObject({
      reason: 'complaints.unknown_subject',
    })
  })
})

describe('one visit', () => {
  it('is one case with a complaint and a return, open until both are done', async () => {
    const visit = await test.write((w) =>
      addReceipt(w, { receiptNo: 'POS-V', lines: [{ name: '毛衣', paid_amount: 20_000 }] }),
    )
    const { client } = test.manager
    const complaint = await record({
      kind: 'cashier_error',
      class: null,
      outcome: toFollowUp(test.manager.id),
    })
    const { caseId } = complaint
    const [saleLineId = 0] = visit.lineIds
    const refund = await client.refunds.record({
      receiptId: visit.id,
      caseId,
      reason: 'other',
      note: '顾客要求',
      expectedAmount: 20_000,
      lines: [{ saleLineId, units: 1, condition: 'sealed', packagingIntact: true }],
    })
    const file = await client.cases.file({ caseId })
    expect(file).toMatchObject({ state: 'open', receipt: { receiptNo: 'POS-V' } })
    expect(file.parts.map(({ type, id }) => [type, id])).toEqual([
      ['complaint', complaint.id],
      ['refund', refund.id],
    ])
    await client.complaints.change({ complaintId: complaint.id, receiptId: visit.id, version: 1 })
    await client.complaints.solve({
      complaintId: complaint.id,
      solution: '已退差额并道歉',
      satisfied: true,
      version: 2,
    })
    expect((await client.cases.file({ caseId })).state).toBe('closed')
    const second = await record({ caseId, outcome: toFollowUp(test.clerk.id) })
    expect(second).toMatchObject({ caseId, repeats: null })
    const again = await client.cases.file({ caseId })
    expect(again).toMatchObject({ state: 'open', owner: { name: '赵敏' } })
    expect(again.parts).toHaveLength(3)
    expect(again.timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['sold', 'refund_recorded', 'complaint_solved', 'case_reopened']),
    )
  })

  it('names a case that exists', async () => {
    expect(await refusalOf(record({ caseId: 99_999 }))).toMatchObject({
      reason: 'cases.unknown_case',
    })
  })
})

describe('a complaint that comes up again', () => {
  it('keeps its number, with a reason and a round of its own; past reports stay as they were', async () => {
    const { id, number } = await record({ text: '又坏了' })
    const { client } = test.clerk
    const reportOf = (businessDate: string) => client.reports.day({ businessDate })
    const before = await reportOf('2026-11-21')
    await test.setNow('2026-11-23T06:00:00.000Z')
    await client.complaints.reopen({ complaintId: id, reason: '修好又坏', version: 1 })
    expect(await open(id)).toMatchObject({ number, open: true, reopened: 1, closedAt: null })
    expect(
      await refusalOf(client.complaints.reopen({ complaintId: id, reason: '再来', version: 2 })),
    ).toEqual({ reason: 'complaints.still_open', params: { number } })
    await client.complaints.solve({
      complaintId: id,
      solution: '换新',
      satisfied: true,
      version: 2,
    })
    const complaint = await open(id)
    expect(complaint.rounds.map(({ no, reason, solution }) => [no, reason, solution])).toEqual([
      [1, '', ''],
      [2, '修好又坏', '换新'],
    ])
    expect(await reportOf('2026-11-21')).toEqual(before)
    expect((await reportOf('2026-11-23')).totals).toMatchObject({ closedFromEarlier: 1 })
  })
})

describe('a complaint that repeats another', () => {
  it('is linked to the first by item, else by customer, and counted', async () => {
    const [boot = 0, scarf = 0] = (
      await test.write((w) =>
        addReceipt(w, {
          receiptNo: 'POS-R',
          lines: [
            { name: '电饭煲', paid_amount: 30_000 },
            { name: '水壶', paid_amount: 9_900 },
          ],
        }),
      )
    ).lineIds
    const about = (saleLineId: number) => ({ context: { ...nowhere, saleLineId } })
    const phone = { contact: { name: '', phone: '139-0000-1111' } }
    const first = await record({ class: 'goods', ...about(boot), ...phone })
    expect(first.repeats).toBeNull()
    await test.setNow('2026-12-01T06:00:00.000Z')
    const second = await record({ class: 'service', ...about(boot) })
    expect(second.repeats).toMatchObject({
      complaintId: first.id,
      number: first.number,
      basis: 'item',
      days: 10,
    })
    const third = await record({ ...about(scarf), contact: { name: '', phone: '13900001111' } })
    expect(third.repeats).toMatchObject({ complaintId: first.id, basis: 'customer', days: 10 })
    expect((await open(first.id)).repeats.map(({ complaintId }) => complaintId)).toEqual([
      second.id,
      third.id,
    ])
    const { client } = test.clerk
    const listed = await client.complaints.list({ state: 'day', businessDate: '2026-12-01' })
    expect(listed[0]).toMatchObject({ id: third.id, firstNumber: first.number })
    await test.setNow('2027-01-05T06:00:00.000Z')
    expect((await record({ ...about(boot) })).repeats).toBeNull()
  })

  it('can be taken off with a reason, and linked by hand', async () => {
    const one = await record({ contact: { name: '', phone: '13700002222' } })
    const two = await record({ contact: { name: '', phone: '13700002222' } })
    expect(two.repeats).toMatchObject({ complaintId: one.id })
    const { client } = test.clerk
    await client.complaints.dropLink({ complaintId: two.id, reason: '两件事', version: 1 })
    expect(await open(two.id)).toMatchObject({ first: null, firstNumber: null })
    expect(
      await refusalOf(
        client.complaints.dropLink({ complaintId: two.id, reason: '两件事', version: 2 }),
      ),
    ).toMatchObject({ reason: 'complaints.repeats_nothing' })
    const link = (complaintId: number, firstNumber: string, version: number) =>
      client.complaints.linkFirst({ complaintId, firstNumber, version })
    expect(await refusalOf(link(two.id, 'TS-0', 2))).toMatchObject({
      reason: 'complaints.unknown_number',
    })
    expect(await refusalOf(link(two.id, two.number, 2))).toMatchObject({
      reason: 'complaints.repeats_later',
    })
    await link(two.id, one.number, 2)
    expect((await open(two.id)).first).toMatchObject({ complaintId: one.id, basis: 'by_hand' })
    expect((await open(two.id)).events.map(({ kind }) => kind).slice(-2)).toEqual([
      'complaint_repeats_not',
      'complaint_repeats',
    ])
  })

  it('within the days the store says, by what the store says', async () => {
    const { client } = test.manager
    const { version, ...settings } = await client.complaints.settings()
    await client.complaints.changeSettings({ ...settings, byCustomer: false, version })
    const contact = { name: '', phone: '13600003333' }
    await record({ contact })
    expect((await record({ contact })).repeats).toBeNull()
    await client.complaints.changeSettings({ ...settings, version: version + 1 })
    expect((await record({ contact })).repeats).toMatchObject({ basis: 'customer' })
    expect(
      await refusalOf(test.clerk.client.complaints.changeSettings({ ...settings, version: 3 })),
    ).toMatchObject({ reason: 'staff.not_allowed' })
  })
})

describe('guides', () => {
  it('come with the program, are written anew by managers, and keep every version', async () => {
    const { client } = test.manager
    const guides = await client.complaints.guides()
    expect(guides).toHaveLength(15)
    const goods = guides.find(({ subject }) => subject === 'goods')
    expect(goods?.version).toBe(0)
    const body = {
      'zh-CN': { steps: ['请坐'], scripts: ['对不起'] },
      en: { steps: ['Offer a seat'], scripts: [] },
    }
    const written = { subject: 'goods', body, note: '缩短', version: 0 } as const
    expect(await refusalOf(test.clerk.client.complaints.writeGuide(written))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    const { version } = await client.complaints.writeGuide(written)
    const now = (await test.clerk.client.complaints.guides()).find(
      ({ subject }) => subject === 'goods',
    )
    expect(now).toMatchObject({ version, body, writtenBy: '李静' })
    const versions = await client.complaints.guideVersions({ subject: 'goods' })
    expect(versions.map((each) => [each.version, each.note])).toEqual([
      [version, '缩短'],
      [0, ''],
    ])
    // Written from an older one it would cover up what somebody else wrote meanwhile.
    expect(await refusalOf(client.complaints.writeGuide(written))).toMatchObject({
      reason: 'desk.changed_meanwhile',
    })
    const change = test.write((w) => w.updateTable('complaint_guide').set({ note: '' }).execute())
    await expect(change).rejects.toThrow('append-only')
  })
})

describe('complaints from before', () => {
  it('keep their words, state and history', () => {
    const db = openSqlite(':memory:', { rollbackJournal: true })
    const before = migrations.filter(({ version }) => version < 18)
    migrate(db, '/nonexistent', new Date(0), before)
    db.exec(`
      INSERT INTO operator (id, code, name, role, created_at) VALUES (1, '001', '李静', 'clerk', '2026-01-01');
      INSERT INTO case_file (id, state, business_date, opened_at, opened_by, owner_id, closed_at, closed_on) VALUES
        (1, 'open', '2026-11-20', '2026-11-20T01:00:00.000Z', 1, 1, NULL, NULL),
        (2, 'closed', '2026-11-20', '2026-11-20T01:00:00.000Z', 1, 1, '2026-11-21T01:00:00.000Z', '2026-11-21');
      INSERT INTO complaint (id, number, case_id, class, text, solution, solved_on_spot, business_date, recorded_at, recorded_by, contact_phone, satisfied) VALUES
        (1, 'TS-1', 1, 'goods', '开胶', '', 0, '2026-11-20', '2026-11-20T01:00:00.000Z', 1, '0760 8880-1234', NULL),
        (2, 'TS-2', 2, 'goods', '断底', '换新', 0, '2026-11-20', '2026-11-20T01:00:00.000Z', 1, '', 1);
    `)
    const step = migrations.find(({ version }) => version === 18)
    db.exec(step?.sql ?? '')
    const rows = db
      .prepare(
        `SELECT complaint.id, kind, complaint.state, contact_digits AS digits, no, solved_on AS solvedOn,
           complaint_round.solution FROM complaint JOIN complaint_round ON complaint_id = complaint.id ORDER BY 1`,
      )
      .all()
    expect(rows).toEqual([
      {
        id: 1,
        kind: 'complaint',
        state: 'open',
        digits: '076088801234',
        no: 1,
        solvedOn: null,
        solution: '',
      },
      {
        id: 2,
        kind: 'complaint',
        state: 'solved',
        digits: '',
        no: 1,
        solvedOn: '2026-11-21',
        solution: '换新',
      },
    ])
    db.close()
  })
})
