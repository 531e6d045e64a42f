import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type DeskClient,
  managerSignature,
  openTestDesk,
  refusalOf,
  type TestDesk,
} from '../support/desk.ts'
import { sellFor, stock } from '../support/exchange-case.ts'

let test: TestDesk

beforeEach(async () => {
  test = await openTestDesk()
})
afterEach(() => test.close())

type Entry = Parameters<DeskClient['complaints']['record']>[0]

const entry = (more: Partial<Entry> = {}): Entry => ({
  class: 'goods',
  text: '说要找记者曝光',
  context: {
    receiptId: null,
    saleLineId: null,
    cardId: null,
    customerId: null,
    floor: '2F',
    counter: '',
  },
  contact: { name: '', phone: '' },
  outcome: {
    kind: 'open',
    ownerId: test.clerk.id,
    promise: { text: '答复', dueAt: '2026-11-22T06:00:00.000Z' },
  },
  ...more,
})

async function atRisk(risks: Entry['risks'] = ['media'], more: Partial<Entry> = {}) {
  const recorded = await test.clerk.client.complaints.record(entry({ risks, ...more }))
  return recorded
}

async function solve(client: DeskClient, complaintId: number) {
  const { version } = await test.clerk.client.complaints.open({ complaintId })
  return client.complaints.solve({ complaintId, solution: '已和解', satisfied: true, version })
}

const needsTop = { reason: 'approvals.case_needs_top' }

describe('a case at risk', () => {
  it('is told to the store manager at once, who is called to it, and both stand in its history', async () => {
    const { caseId } = await atRisk(['media', 'lawyer'])
    const inbox = await test.manager.client.alerts.inbox()
    expect(inbox.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['manager_called', 'urgent'],
      ['risk_raised', 'urgent'],
    ])
    const { dutyCall, timeline } = await test.clerk.client.cases.file({ caseId })
    expect(dutyCall).toMatchObject({ state: 'called', manager: { id: test.manager.id } })
    expect(timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['risks_changed', 'alert_raised', 'manager_called']),
    )
  })

  it('is told to the duty manager of the day as well', async () => {
    const { id } = await test.system.staff.add({
      code: '003',
      name: '陈国强',
      role: 'floor_manager',
      pin: '8642',
    })
    await test.manager.client.alerts.setDuty({ businessDate: '2026-11-21', operatorId: id })
    const floor = await test.signIn('003', '8642')
    const { caseId } = await atRisk(['injury'])
    const kinds = async (client: DeskClient) =>
      (await client.alerts.inbox()).map(({ kind }) => kind).filter((kind) => kind !== 'duty_given')
    expect(await kinds(floor)).toEqual(['manager_called', 'risk_raised'])
    expect(await kinds(test.manager.client)).toEqual(['risk_raised'])
    const { dutyCall } = await test.clerk.client.cases.file({ caseId })
    expect(dutyCall?.manager.id).toBe(id)
  })

  it('is solved by nobody below the top: at the desk, on the floor, on the spot, or by command line', async () => {
    await test.system.staff.add({ code: '003', name: '陈国强', role: 'floor_manager', pin: '8642' })
    const floor = await test.signIn('003', '8642')
    const { id } = await atRisk()
    for (const client of [test.clerk.client, floor, test.system]) {
      expect(await refusalOf(solve(client, id))).toMatchObject(needsTop)
    }
    const onTheSpot = entry({
      risks: ['regulator'],
      outcome: { kind: 'solved', solution: '送了礼品', satisfied: true },
    })
    for (const client of [test.clerk.client, floor, test.system]) {
      expect(await refusalOf(client.complaints.record(onTheSpot))).toMatchObject(needsTop)
    }
    const byHand = test.write((w) =>
      w.updateTable('complaint').set({ state: 'solved' }).where('id', '=', id).execute(),
    )
    await expect(byHand).rejects.toThrow('settled by the top')
    expect((await test.clerk.client.complaints.open({ complaintId: id })).open).toBe(true)
  })

  it('is solved with the top’s signed word, which covers what stood when it was said and no more', async () => {
    const { id, caseId } = await atRisk()
    const { client } = test.clerk
    const word = { caseId, text: '退一赔一，由我答复记者' }
    const asClerk = client.approvals.decideCase({ ...word, code: '002', pin: '1379' })
    expect(await refusalOf(asClerk)).toMatchObject({ reason: 'approvals.no_authority' })
    await client.approvals.decideCase({ ...word, ...managerSignature })
    expect(await client.approvals.caseTop({ caseId })).toMatchObject({
      exposed: true,
      decided: true,
      decisions: [{ text: '退一赔一，由我答复记者', by: '李静' }],
    })
    const { version } = await client.complaints.open({ complaintId: id })
    await client.complaints.setRisks({
      complaintId: id,
      risks: ['media', 'lawyer'],
      note: '',
      version,
    })
    expect(await refusalOf(solve(client, id))).toMatchObject(needsTop)
    await client.approvals.decideCase({ ...word, ...managerSignature })
    await solve(client, id)
    const reopened = await client.complaints.open({ complaintId: id })
    await client.complaints.reopen({ complaintId: id, reason: '又来了', version: reopened.version })
    expect(await refusalOf(solve(client, id))).toMatchObject(needsTop)
    await solve(test.manager.client, id)
    const { decisions } = await client.approvals.caseTop({ caseId })
    expect(decisions.map(({ text }) => text)).toEqual([
      '已和解',
      '退一赔一，由我答复记者',
      '退一赔一，由我答复记者',
    ])
    const rewrite = test.write((w) => w.updateTable('top_decision').set({ text: 'x' }).execute())
    await expect(rewrite).rejects.toThrow('append-only')
  })

  it('gives nothing away below the top through any other door', async () => {
    const goods = await stock(test, { sku: 'DRY-1', name: '电吹风', listPrice: 10_000 })
    const sale = await sellFor(
      test,
      'R-1',
      [{ name: '电吹风', sku: 'DRY-1', product_id: goods['DRY-1'] ?? 0, paid_amount: 10_000 }],
      [['cash', 10_000]],
    )
    const { receiptId } = sale
    const saleLineId = sale.lineIds[0] ?? 0
    const context = { ...entry().context, receiptId }
    const { caseId } = await atRisk(['media'], { context })
    const line = { saleLineId, units: 1, condition: 'faulty' as const, packagingIntact: true }
    const refund = {
      receiptId,
      reason: 'quality' as const,
      expectedAmount: 10_000,
      lines: [line],
    }
    const swap = {
      receiptId,
      reason: 'quality' as const,
      lines: [line],
      given: [{ productId: goods['DRY-1'] ?? 0 }],
      expectedDifference: 0,
    }
    const gift = { amount: 100, what: '果篮', toWhom: '王女士', caseId }
    const allowance = {
      receiptId,
      reason: 'price' as const,
      expectedAmount: 500,
      allowances: [{ saleLineId, units: 1, amount: 500 }],
    }
    const doors: Record<string, (client: DeskClient) => Promise<unknown>> = {
      refund: (client) => client.refunds.record(refund),
      'price adjustment': (client) => client.refunds.record(allowance),
      exchange: (client) => client.exchanges.record(swap),
      goodwill: (client) => client.approvals.giveGoodwill(gift),
      voucher: (client) =>
        client.vouchers.issueGoodwill({ ...gift, holder: null, approvalId: null }),
    }
    for (const [door, open] of Object.entries(doors)) {
      for (const client of [test.clerk.client, test.system]) {
        expect(await refusalOf(open(client)), door).toMatchObject({
          reason: 'approvals.needed',
          params: { role: 'store_manager', kind: 'risk_flag' },
        })
      }
    }
  })
})

describe('a case of high value', () => {
  it('is the top’s from the amount of the limits on, however it became known', async () => {
    const { client } = test.clerk
    const { id, caseId } = await atRisk([], { details: { demandAmount: 999_900 } })
    expect(await client.approvals.caseTop({ caseId })).toMatchObject({
      exposed: false,
      threshold: 1_000_000,
    })
    expect(await test.manager.client.alerts.count()).toMatchObject({ mine: 0 })
    const { version } = await client.complaints.open({ complaintId: id })
    await client.complaints.change({
      complaintId: id,
      details: { demandAmount: 2_000_000 },
      version,
    })
    const inbox = await test.manager.client.alerts.inbox()
    expect(inbox.map(({ kind }) => kind)).toEqual(['manager_called', 'high_value'])
    expect(await refusalOf(solve(client, id))).toMatchObject(needsTop)
    expect(await refusalOf(solve(test.system, id))).toMatchObject(needsTop)
    await client.approvals.decideCase({ caseId, text: '按合同退款', ...managerSignature })
    await solve(client, id)
  })
})
