import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { additionsUnderHold } from '../../src-main/database/hold.ts'
import { migrate } from '../../src-main/database/migrate.ts'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import { caseEventKinds } from '../../src-main/cases/contract.ts'
import { type DeskClient, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { keep } from '../support/keep-file.ts'
import { jpeg } from '../support/pictures.ts'
import { addCustomer, addReceipt } from '../support/sold.ts'

let test: TestDesk

beforeEach(async () => {
  test = await openTestDesk()
})
afterEach(() => test.close())

const held = { reason: 'cases.under_hold' }

/** A case with a complaint, a promise, a photo and a risk, held for a court. */
async function hold() {
  const { client } = test.clerk
  const receipt = await test.write(async (w) =>
    addReceipt(w, {
      receiptNo: 'R-1',
      businessDate: '2026-11-20',
      customerId: await addCustomer(w, { name: '王小明' }),
      lines: [{ name: '手表', paid_amount: 20_000 }],
    }),
  )
  const { id, caseId } = await client.complaints.record({
    class: 'counterfeit',
    text: '说这块表是假的',
    context: {
      receiptId: receipt.id,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '1F',
      counter: '',
    },
    contact: { name: '', phone: '' },
    risks: ['lawyer'],
    outcome: {
      kind: 'open',
      ownerId: test.clerk.id,
      promise: { text: '答复', dueAt: '2026-11-22T06:00:00.000Z' },
    },
  })
  const { sha256 } = await keep(client, { name: '手表.jpg', bytes: jpeg })
  const subject = { type: 'complaint' as const, id }
  const photo = await client.attachments.attach({ sha256, subject, role: 'photo', label: '' })
  const refund = await recordRefund(receipt, caseId)
  await test.manager.client.evidence.placeHold({
    caseId,
    reason: '顾客已起诉',
    reference: '（2026）民初 118 号',
  })
  return { id, caseId, attachmentId: photo.id, receipt, sha256, subject, refund }
}

/** A refund in the case before it is frozen, by the top. */
async function recordRefund(receipt: { id: number; lineIds: number[] }, caseId: number) {
  const { client } = test.manager
  const ask = {
    receiptId: receipt.id,
    caseId,
    reason: 'quality' as const,
    expectedAmount: 20_000,
    lines: [
      {
        saleLineId: receipt.lineIds[0] ?? 0,
        units: 1,
        condition: 'faulty' as const,
        packagingIntact: true,
      },
    ],
  }
  return client.refunds.record(ask)
}

describe('a case under legal hold', () => {
  it('takes no command that changes, voids, closes or carries out anything of it', async () => {
    const { id, caseId, attachmentId, refund } = await hold()
    const { client } = test.clerk
    const top = test.manager.client
    const { version, promises } = await client.complaints.open({ complaintId: id })
    const promise = promises[0]
    const { version: refundVersion } = await client.refunds.open({ refundId: refund.id })
    const doors: Record<string, () => Promise<unknown>> = {
      solve: () =>
        top.complaints.solve({ complaintId: id, solution: '和解', satisfied: true, version }),
      change: () =>
        client.complaints.change({ complaintId: id, details: { desired: '退款' }, version }),
      'clear a risk': () =>
        top.complaints.setRisks({ complaintId: id, risks: [], note: '', version }),
      promise: () =>
        client.complaints.promise({
          complaintId: id,
          ownerId: test.clerk.id,
          text: '再等等',
          dueAt: '2026-11-23T06:00:00.000Z',
          version,
        }),
      'keep a promise': () =>
        client.cases.settlePromise({
          promiseId: promise?.id ?? 0,
          kept: true,
          version: promise?.version ?? 1,
        }),
      pause: () => client.clocks.pause({ caseId, reason: 'customer' }),
      'take off a photo': () => client.attachments.void({ attachmentId, reason: '传错了' }),
      'void a refund': () =>
        top.refunds.void({ refundId: refund.id, reason: '办错了', version: refundVersion }),
      goodwill: () => top.approvals.giveGoodwill({ amount: 100, what: '果篮', caseId }),
      'decide it': () =>
        client.approvals.decideCase({ caseId, text: '全退', code: '001', pin: '2580' }),
      'another complaint in it': () =>
        client.complaints.record({
          class: 'service',
          text: '还有一件事',
          context: {
            receiptId: null,
            saleLineId: null,
            cardId: null,
            customerId: null,
            floor: '1F',
            counter: '',
          },
          contact: { name: '', phone: '' },
          caseId,
          outcome: {
            kind: 'open',
            ownerId: test.clerk.id,
            promise: { text: '答复', dueAt: '2026-11-22T06:00:00.000Z' },
          },
        }),
    }
    for (const [door, open] of Object.entries(doors)) {
      expect(await refusalOf(open()), door).toMatchObject(held)
    }
    const after = await client.complaints.open({ complaintId: id })
    expect(after).toMatchObject({ open: true, version, risks: ['lawyer'] })
  })

  it('takes what is added: notes, evidence, answers, a new owner, and the till’s own facts', async () => {
    const { caseId, sha256, subject } = await hold()
    const { client } = test.clerk
    await client.cases.note({ caseId, about: 'said', text: '律师来电', channel: 'phone' })
    await client.attachments.attach({ sha256, subject, role: 'photo', label: '表背' })
    await client.clocks.answer({ caseId, kind: 'heard', channel: 'phone', text: '已收到' })
    await test.manager.client.cases.reassign({
      caseId,
      toId: test.manager.id,
      reason: '由店长负责',
    })
    await client.alerts.escalate({ caseId, reason: '法院来函' }).catch(() => undefined)
    const { timeline } = await client.cases.file({ caseId })
    expect(timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['note_added', 'attachment_added', 'customer_answered']),
    )
  })

  it('is frozen in every table that names it, whatever a new one may be called', async () => {
    const { caseId } = await hold()
    const free = new Set([
      'alert',
      'case_hand_over',
      'case_second',
      'duty_call',
      'legal_hold',
      'pos_instruction',
      'voucher',
    ])
    const db = openSqlite(':memory:', { rollbackJournal: true })
    migrate(db, '/nonexistent', new Date(0))
    const names = (sql: string) => db.prepare(sql).pluck().all() as string[]
    const tables = names(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '% case_id INTEGER%'`,
    )
    const guards = new Set(names(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`))
    db.close()
    expect(tables.length).toBeGreaterThan(20)
    for (const table of tables.filter((name) => !free.has(name))) {
      expect(guards.has(`held_${table}_update`), table).toBe(true)
      expect(guards.has(`held_${table}_delete`), table).toBe(true)
    }
    const close = test.write((w) =>
      w.updateTable('case_file').set({ state: 'closed' }).where('id', '=', caseId).execute(),
    )
    await expect(close).rejects.toMatchObject({ reason: 'cases.under_hold' })
  })

  it('takes no line of its history but an addition, of all there are', async () => {
    const { caseId } = await hold()
    const additions: ReadonlySet<string> = new Set(additionsUnderHold)
    for (const kind of caseEventKinds) {
      const write = test.write((w) =>
        w
          .insertInto('case_event')
          .values({
            case_id: caseId,
            at: '2026-11-21T06:00:00.000Z',
            actor_id: test.clerk.id,
            kind,
            data: '{}',
          })
          .execute(),
      )
      if (additions.has(kind)) await write
      else await expect(write, kind).rejects.toMatchObject({ reason: 'cases.under_hold' })
    }
  })

  it('is released by the store manager with a reason, and everything goes on', async () => {
    const { id, caseId } = await hold()
    const { evidence } = test.manager.client
    const asClerk = (client: DeskClient) => client.evidence.releaseHold({ caseId, reason: '撤诉' })
    expect(await refusalOf(asClerk(test.clerk.client))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    expect(await refusalOf(asClerk(test.system))).toMatchObject({
      reason: 'approvals.people_only',
    })
    const again = evidence.placeHold({ caseId, reason: '再冻结', reference: 'x-1' })
    expect(await refusalOf(again)).toMatchObject({ reason: 'cases.held_already' })
    expect(await test.clerk.client.evidence.held()).toMatchObject([
      { caseId, reference: '（2026）民初 118 号' },
    ])
    await evidence.releaseHold({ caseId, reason: '原告撤诉' })
    const { version } = await test.clerk.client.complaints.open({ complaintId: id })
    await test.manager.client.complaints.solve({
      complaintId: id,
      solution: '和解',
      satisfied: true,
      version,
    })
    const { now, past } = await test.clerk.client.evidence.hold({ caseId })
    expect([now, past]).toMatchObject([null, [{ releasedBy: '李静', releaseReason: '原告撤诉' }]])
    expect(await refusalOf(evidence.releaseHold({ caseId, reason: '再来' }))).toMatchObject({
      reason: 'cases.not_held',
    })
  })
})
