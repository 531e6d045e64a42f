import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { raiseAlert } from '../../src-main/alerts/index.ts'
import { type DeskClient, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'

let test: TestDesk
let floor: { id: number; client: DeskClient }

beforeEach(async () => {
  test = await openTestDesk()
  const { id } = await test.system.staff.add({
    code: '003',
    name: '陈国强',
    role: 'floor_manager',
    pin: '8642',
  })
  floor = { id, client: await test.signIn('003', '8642') }
})
afterEach(() => test.close())

async function complain(severity: 'ordinary' | 'serious' = 'ordinary') {
  const { client } = test.clerk
  const { id } = await client.complaints.record({
    class: 'service',
    text: '等了半个钟头没人理',
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '2F',
      counter: '',
    },
    contact: { name: '', phone: '' },
    details: { severity },
    outcome: {
      kind: 'open',
      ownerId: test.clerk.id,
      promise: { text: '答复', dueAt: '2026-11-29T06:00:00.000Z' },
    },
  })
  const { caseId } = await client.complaints.open({ complaintId: id })
  return { id, caseId }
}

const kindsOf = async (client: DeskClient) =>
  (await client.alerts.inbox()).map(({ kind, case: about }) => `${kind} ${about?.number ?? ''}`)

describe('the ladder of clocks', () => {
  it('is in the inbox of the level it has reached, never before, and writes nothing by itself', async () => {
    const { caseId } = await complain()
    expect(await test.clerk.client.alerts.count()).toEqual({ mine: 0, unseen: 0, urgent: 0 })
    // 14:00 in the store; the answer of the same day is due at 22:00, its owner told two hours before.
    await test.setNow('2026-11-21T12:00:00.000Z')
    const [mine] = await test.clerk.client.alerts.inbox()
    expect(mine).toMatchObject({ kind: 'clock', dueAt: '2026-11-21T14:00:00.000Z', mine: true })
    expect(await floor.client.alerts.count()).toMatchObject({ mine: 0 })
    // At midnight nobody is told: the level above hears of it when the store opens.
    await test.setNow('2026-11-21T16:00:00.000Z')
    expect(await floor.client.alerts.count()).toMatchObject({ mine: 0 })
    await test.setNow('2026-11-22T02:00:00.000Z')
    floor.client = await test.signIn('003', '8642')
    expect(await floor.client.alerts.count()).toMatchObject({ mine: 1, unseen: 1 })
    const rows = await test.desk.folder.store.read((r) =>
      r.selectFrom('alert').select('key').execute(),
    )
    expect(rows).toEqual([])
    await test.clerk.client.clocks.answer({
      caseId,
      kind: 'heard',
      channel: 'phone',
      text: '已经道歉',
    })
    const left = await floor.client.alerts.inbox()
    expect(left.filter(({ params }) => params['zh'] === mine?.params['zh'])).toEqual([])
  })

  it('writes down who saw and who took it on, in the history of the case', async () => {
    const { caseId } = await complain('serious')
    await test.setNow('2026-11-21T08:00:00.000Z')
    const inbox = await floor.client.alerts.inbox()
    const [row] = inbox
    if (!row) throw new Error('nobody was told')
    expect(row).toMatchObject({ severity: 'warning', seenByMe: false, case: { id: caseId } })
    expect(await floor.client.alerts.see({ keys: [row.key] })).toEqual({ seen: 1 })
    expect(await floor.client.alerts.see({ keys: [row.key] })).toEqual({ seen: 0 })
    expect(await floor.client.alerts.count()).toMatchObject({ mine: 1, unseen: 0 })
    await floor.client.alerts.answer({ key: row.key, note: '我去打电话' })
    expect(await floor.client.alerts.count()).toMatchObject({ mine: 0 })
    const again = floor.client.alerts.answer({ key: row.key })
    expect(await refusalOf(again)).toMatchObject({
      reason: 'alerts.answered',
      params: { name: '陈国强' },
    })
    const { timeline } = await test.clerk.client.cases.file({ caseId })
    expect(timeline.slice(-2)).toMatchObject([
      { kind: 'alert_seen', actor: '陈国强' },
      { kind: 'alert_answered', data: { alert: 'clock', note: '我去打电话' } },
    ])
  })

  it('says nothing while it rests, and nothing once the complaint is solved', async () => {
    const { id, caseId } = await complain()
    await test.clerk.client.clocks.pause({ caseId, reason: 'customer' })
    await test.setNow('2026-11-21T13:30:00.000Z')
    expect(await kindsOf(test.clerk.client)).toEqual([])
    await test.clerk.client.clocks.resume({ caseId })
    const { version } = await test.clerk.client.complaints.open({ complaintId: id })
    await test.clerk.client.complaints.solve({
      complaintId: id,
      solution: '道歉',
      satisfied: true,
      version,
    })
    await test.setNow('2026-11-21T15:00:00.000Z')
    expect(await kindsOf(test.clerk.client)).toEqual([])
  })
})

describe('messages', () => {
  it('are raised once per key, whatever raises them, and stay in the history of their case', async () => {
    const { caseId } = await complain()
    const raise = () =>
      test.write((w) =>
        raiseAlert(
          w,
          {
            at: test.now().toISOString(),
            businessDate: '2026-11-21',
            today: '2026-11-21',
            actorId: test.clerk.id,
          },
          {
            key: 'recall:7',
            kind: 'recall_hit',
            severity: 'urgent',
            to: { role: 'floor_manager' },
            subject: { type: 'recall', id: 7 },
            caseId,
            params: { text: '电热毯' },
          },
        ),
      )
    expect([await raise(), await raise()]).toEqual([true, false])
    expect(await kindsOf(floor.client)).toHaveLength(1)
    const change = test.write((w) =>
      w.updateTable('alert').set({ kind: 'message' }).where('key', '=', 'recall:7').execute(),
    )
    await expect(change).rejects.toThrow('never changed')
    const erase = test.write((w) => w.deleteFrom('alert').execute())
    await expect(erase).rejects.toThrow('never deleted')
  })

  it('climb while nobody takes them on, in open minutes', async () => {
    const { clerk, manager } = test
    const { key } = await clerk.client.alerts.send({
      to: { operatorId: floor.id },
      severity: 'urgent',
      text: '顾客要见负责人',
    })
    expect(await manager.client.alerts.count()).toMatchObject({ mine: 0 })
    await test.setNow('2026-11-21T06:40:00.000Z')
    const [row] = await manager.client.alerts.inbox()
    // Nobody is on the roster: the store manager stands in for the duty manager.
    expect(row).toMatchObject({ key, climbed: 'store_manager', mine: true })
    expect(await refusalOf(clerk.client.alerts.answer({ key }))).toMatchObject({
      reason: 'alerts.not_yours',
    })
    await manager.client.alerts.answer({ key, note: '' })
    expect(await floor.client.alerts.count()).toMatchObject({ mine: 0 })
    const { rows } = await clerk.client.alerts.list({ state: 'answered' })
    expect(rows).toMatchObject([{ key, answered: { by: '李静' } }])
  })

  it('go up a level with a key, a reason and a line in the case, and no further than the top', async () => {
    const { caseId } = await complain()
    const { client } = test.clerk
    const up = (reason: string) => client.alerts.escalate({ caseId, reason })
    expect(await up('顾客不接受')).toEqual({ to: 'floor_manager' })
    await floor.client.alerts.setDuty({
      businessDate: '2026-11-21',
      operatorId: floor.id,
    })
    expect(await up('楼层处理不了')).toEqual({ to: 'duty_manager' })
    expect(await up('要店长决定')).toEqual({ to: 'store_manager' })
    expect(await refusalOf(up('再上报'))).toMatchObject({ reason: 'alerts.no_higher_level' })
    expect(await kindsOf(test.manager.client)).toHaveLength(1)
    const { rows, next } = await client.alerts.ofCase({ caseId })
    expect([rows.length, next]).toEqual([3, null])
    const { timeline } = await client.cases.file({ caseId })
    expect(timeline.filter(({ kind }) => kind === 'case_escalated')).toMatchObject([
      { data: { role: 'floor_manager', reason: '顾客不接受' } },
      { data: { role: 'duty_manager' } },
      { data: { role: 'store_manager' } },
    ])
  })

  it('call the manager at every screen until the arrival is logged', async () => {
    const { caseId } = await complain()
    const { callId } = await test.clerk.client.cases.callManager({
      caseId,
      managerId: floor.id,
      reason: '顾客情绪激动',
    })
    expect(await floor.client.alerts.inbox()).toMatchObject([
      { kind: 'manager_called', severity: 'urgent', params: { reason: '顾客情绪激动' } },
    ])
    await test.clerk.client.cases.answerCall({ callId, answer: 'arrive' })
    expect(await floor.client.alerts.count()).toMatchObject({ mine: 0 })
  })
})

describe('the duty of a day', () => {
  it('is set by a manager, handed over by whoever has it, and told to whoever gets it', async () => {
    const { client } = test.clerk
    const set = { businessDate: '2026-11-21', operatorId: floor.id }
    expect(await refusalOf(client.alerts.setDuty(set))).toMatchObject({
      reason: 'alerts.duty_not_yours',
    })
    const clerkOnDuty = { ...set, operatorId: test.clerk.id }
    expect(await refusalOf(test.manager.client.alerts.setDuty(clerkOnDuty))).toMatchObject({
      reason: 'cases.no_manager',
    })
    await test.manager.client.alerts.setDuty({ ...set, floor: '2F' })
    expect(await floor.client.alerts.inbox()).toMatchObject([
      { kind: 'duty_given', params: { floor: '2F' } },
    ])
    await floor.client.alerts.setDuty({
      ...set,
      floor: '2F',
      operatorId: test.manager.id,
      note: '交班',
    })
    const { now, history } = await client.alerts.duty({})
    expect(now).toMatchObject([{ floor: '2F', operator: { name: '李静' }, note: '交班' }])
    expect(history).toHaveLength(2)
    const past = { ...set, businessDate: '2026-11-20' }
    expect(await refusalOf(test.manager.client.alerts.setDuty(past))).toMatchObject({
      reason: 'alerts.duty_in_past',
    })
  })
})
