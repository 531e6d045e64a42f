import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import { openTestDesk, managerSignature, refusalOf, type TestDesk } from '../support/desk.ts'
import { keep } from '../support/keep-file.ts'
import { makePng } from '../support/pictures.ts'
import { addReceipt } from '../support/sold.ts'
import { importText } from '../support/till-import.ts'

/** What says who she is, and nobody else in the store has. */
const person = {
  name: '欧阳疏影',
  phone: '13977665544',
  memberNo: 'VIP900017',
  address: '中山市东区起湾道 66 号',
}
const traces = [person.name, person.phone, '139 7766 5544', person.memberNo, '起湾道']

const floorManager = { code: '003', pin: '8642' }
let desk: TestDesk
let customerId: number
let receiptId: number
let complaintId: number
let photo: string

const keptAs = (dir: string): string => path.join(desk.dir, dir, photo.slice(0, 2), photo)

beforeAll(async () => {
  desk = await openTestDesk()
  await desk.manager.client.staff.add({
    ...floorManager,
    name: '陈国强',
    phone: '',
    role: 'floor_manager',
  })
  const { clerk, manager } = desk
  ;({ id: customerId } = await clerk.client.customers.add({ ...person, note: '生日喜欢白茶' }))
  receiptId = await desk.write(async (w) => {
    const sold = await addReceipt(w, {
      receiptNo: 'E-1',
      businessDate: '2026-11-20',
      customerId,
      lines: [{ name: '真丝围巾', paid_amount: 45_900 }],
    })
    await w.updateTable('receipt').set({ member_no: person.memberNo }).execute()
    return sold.id
  })
  const { id } = await clerk.client.complaints.record({
    class: 'goods',
    text: `我是${person.name}，围巾勾丝了，打我电话 139 7766 5544 或 ${person.phone}`,
    context: { receiptId, saleLineId: null, cardId: null, customerId, floor: '', counter: '' },
    contact: { name: person.name, phone: '139 7766 5544' },
    outcome: {
      kind: 'open',
      ownerId: clerk.id,
      promise: { text: `给${person.name}回电`, dueAt: '2026-11-22T02:00:00.000Z' },
    },
  })
  complaintId = id
  const file = await keep(clerk.client, { name: `${person.name}.png`, bytes: makePng() })
  photo = file.sha256
  mkdirSync(path.dirname(keptAs('thumbnails')), { recursive: true })
  writeFileSync(keptAs('thumbnails'), 'small picture')
  await clerk.client.attachments.attach({
    subject: { type: 'complaint', id: complaintId },
    sha256: photo,
    role: 'photo',
    label: `${person.name}的围巾`,
  })
  await clerk.client.customers.addNote({ customerId, kind: 'visit', text: `${person.name}爱丝巾` })
  await clerk.client.shifts.writeDiary({ text: `明早回 ${person.phone} ${person.name}` })
  await clerk.client.customers.revealPhone({ customerId, reason: `${person.name}要求回电` })
  const { version } = await manager.client.customers.open({ customerId })
  await manager.client.customers.setGrade({
    customerId,
    tier: '金卡',
    reason: `${person.name}买得多`,
    version,
  })
})

afterAll(() => desk.close())

/** Where any of these words stands in the database file: every text of every table. */
function findIn(words: readonly string[]): string[] {
  const db = openSqlite(path.join(desk.dir, 'desk.sqlite'), { readonly: true })
  try {
    const tables = db
      .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
      .pluck()
      .all() as string[]
    return tables.flatMap((table) => {
      const rows = db.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[]
      return rows.flatMap((row) =>
        Object.entries(row).flatMap(([column, value]) =>
          words.some((word) => typeof value === 'string' && value.includes(word))
            ? [`${table}.${column}`]
            : [],
        ),
      )
    })
  } finally {
    db.close()
  }
}

function schemaOf(): unknown[] {
  const db = openSqlite(path.join(desk.dir, 'desk.sqlite'), { readonly: true })
  try {
    return db.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY name').all()
  } finally {
    db.close()
  }
}

const erase = (client = desk.manager.client, signature = floorManager) =>
  client.customers.erase({ customerId, reason: `${person.name}书面要求`, signature })

describe('a copy of everything the store holds of a person', () => {
  it('has their card, sales, papers and events, no secrets, and is written down', async () => {
    const { customers } = desk.manager.client
    const { json, fileName } = await customers.exportData({ customerId, reason: '本人申请' })
    expect(fileName).toBe(`customer-${customerId}.json`)
    const { tables } = JSON.parse(await json.text()) as {
      tables: Record<string, Record<string, unknown>[]>
    }
    expect(Object.keys(tables)).toEqual(
      expect.arrayContaining([
        'attachment',
        'case_event',
        'case_file',
        'complaint',
        'customer',
        'customer_grade',
        'customer_note',
        'promise',
        'receipt',
        'sale_line',
      ]),
    )
    expect(tables['customer']).toMatchObject([{ name: person.name, phone: person.phone }])
    expect(tables['sale_line']).toMatchObject([{ name: '真丝围巾', paid_amount: 45_900 }])
    expect(
      await desk.write((w) =>
        w
          .selectFrom('audit_log')
          .select('subject_id')
          .where('action', '=', 'customers.export')
          .execute(),
      ),
    ).toEqual([{ subject_id: String(customerId) }])
    expect(
      await refusalOf(desk.clerk.client.customers.exportData({ customerId, reason: '看看' })),
    ).toMatchObject({ reason: 'staff.not_allowed' })
  })
})

describe('erasing a person', () => {
  it('waits for open cases and takes two people', async () => {
    expect(await desk.manager.client.customers.obstacles({ customerId })).toMatchObject({
      cases: [expect.stringMatching(/^TS-/)],
    })
    expect(await refusalOf(erase())).toMatchObject({ reason: 'customers.case_open' })
    expect(await refusalOf(erase(desk.manager.client, managerSignature))).toMatchObject({
      reason: 'customers.second_person',
    })
    const clerkSignature = { code: '002', pin: '1379' }
    expect(await refusalOf(erase(desk.manager.client, clerkSignature))).toMatchObject({
      reason: 'staff.not_allowed',
    })
  })

  it('leaves no trace of them, money and numbers as they were, and the chain whole', async () => {
    const { complaints, settings, sales, customers, cases } = desk.manager.client
    const { version, promises } = await complaints.open({ complaintId })
    for (const { id, version: seen } of promises) {
      await cases.settlePromise({ promiseId: id, kept: true, version: seen })
    }
    await complaints.solve({
      complaintId,
      solution: `已为${person.name}换新`,
      satisfied: true,
      version,
    })
    const { number, caseId } = await complaints.open({ complaintId })
    await desk.write((w) =>
      w
        .insertInto('legal_hold')
        .values({
          case_id: caseId,
          reason: '律师函',
          reference: '(2026)粤 2071 民初 1 号',
          placed_at: desk.now().toISOString(),
          placed_by: desk.manager.id,
          released_at: null,
          released_by: null,
        })
        .execute(),
    )
    expect(await refusalOf(erase())).toMatchObject({
      reason: 'customers.case_held',
      params: { number },
    })
    await desk.write((w) =>
      w
        .updateTable('legal_hold')
        .set({
          released_at: desk.now().toISOString(),
          released_by: desk.manager.id,
          release_reason: '撤诉',
        })
        .execute(),
    )
    const schema = schemaOf()
    expect(findIn(traces)).not.toEqual([])
    const { erasureId } = await erase()
    expect(findIn(traces)).toEqual([])
    expect(schemaOf()).toEqual(schema)
    expect(await settings.verify()).toMatchObject({
      ok: true,
      auditBrokenAt: null,
      foreignKeyViolations: 0,
      evidence: { missing: [], changed: [], orphans: [] },
    })
    expect(existsSync(keptAs('evidence'))).toBe(false)
    expect(existsSync(keptAs('thumbnails'))).toBe(false)
    expect(await sales.open({ receiptId })).toMatchObject({ total: 45_900 })
    expect(await complaints.open({ complaintId })).toMatchObject({
      number,
      text: expect.stringContaining('围巾勾丝了'),
      contact: { name: '' },
    })
    expect(await customers.open({ customerId })).toMatchObject({ name: '', phoneMasked: '' })
    expect((await customers.open({ customerId })).erasedAt).not.toBeNull()
    expect(
      await desk.write((w) =>
        w.selectFrom('customer_erasure').selectAll().where('id', '=', erasureId).execute(),
      ),
    ).toMatchObject([{ reason: '〔已删除〕书面要求', asked_by: desk.manager.id }])
    expect(await refusalOf(erase())).toMatchObject({ reason: 'customers.erased' })
  })

  it('leaves nobody to be found, edited or merged', async () => {
    const { customers } = desk.manager.client
    for (const text of [person.name, '5544', person.memberNo, 'ouyang']) {
      expect((await customers.list({ text })).rows).toEqual([])
    }
    expect(
      await refusalOf(customers.addNote({ customerId, kind: 'care', text: '还在' })),
    ).toMatchObject({ reason: 'customers.erased' })
  })

  it('does not let them come back with a file, nor by hand unasked', async () => {
    const { client } = desk.manager
    const file = `会员卡号,姓名,手机\n${person.memberNo},${person.name},${person.phone}\nK77,高山,13511112222\n`
    const job = await importText(client, file, 'customers')
    expect(job).toMatchObject({ counts: { accepted: 1, rejected: 1 } })
    expect(job.rejects).toMatchObject([{ reason: 'import.person_erased' }])
    const sale = `小票号,销售日期,品名,数量,实收金额,会员卡号\n9001,2026-11-21,茶杯,1,9.00,${person.memberNo}\n`
    const sold = await importText(client, sale)
    expect(sold).toMatchObject({ counts: { accepted: 1 }, totals: { erasedCustomers: 1 } })
    expect(
      await desk.write((w) =>
        w
          .selectFrom('receipt')
          .select(['customer_id', 'member_no'])
          .where('receipt_no', '=', '9001')
          .execute(),
      ),
    ).toEqual([{ customer_id: null, member_no: '' }])
    expect(findIn(traces)).toEqual([])
    const again = { ...person, memberNo: null, note: '' }
    expect(await refusalOf(client.customers.add(again))).toMatchObject({
      reason: 'customers.was_erased',
    })
    expect(await client.customers.add({ ...again, again: true })).toMatchObject({
      id: expect.any(Number),
    })
  })
})

describe('the audit chain', () => {
  it('still tells a change that no erasing accounts for', async () => {
    const db = openSqlite(path.join(desk.dir, 'desk.sqlite'))
    db.exec('DROP TRIGGER audit_log_no_update')
    db.prepare("UPDATE audit_log SET data = '{}' WHERE seq = 2").run()
    db.close()
    expect(await desk.manager.client.settings.verify()).toMatchObject({
      ok: false,
      auditBrokenAt: 2,
    })
  })
})
