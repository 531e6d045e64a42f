import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPdf } from '../documents/support/read-pdf.ts'
import { complainedAt, type ComplaintEntry, recordComplaint } from '../support/complain.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { ownRule } from '../support/house-rules.ts'
import { decideFindings, itemOf, openComplaint, proposeSigned } from '../support/settle.ts'
import { addCustomer, addReceipt } from '../support/sold.ts'

let test: TestDesk

beforeEach(async () => {
  test = await openTestDesk()
})
afterEach(() => test.close())

async function complain(floor: string, change: Partial<ComplaintEntry> = {}) {
  const { id } = await recordComplaint(test, { context: complainedAt(floor), ...change })
  const { caseId } = await test.clerk.client.complaints.open({ complaintId: id })
  return { id, caseId }
}

async function solve(complaintId: number, points: number | null) {
  const { version } = await test.clerk.client.complaints.open({ complaintId })
  await test.clerk.client.complaints.solve({
    complaintId,
    solution: '换新',
    version,
    ...(points !== null && {
      satisfaction: { answer: 'given' as const, points, reason: null, note: '' },
    }),
  })
}

const november = { from: '2026-11-01', to: '2026-11-30' }

/** One solved at once, one answered and solved the same day, one solved a week later and opened again, one open. */
async function month() {
  await complain('1F', { outcome: { kind: 'solved', solution: '已道歉', satisfied: true } })
  const answered = await complain('2F')
  await test.clerk.client.clocks.answer({
    caseId: answered.caseId,
    kind: 'heard',
    channel: 'phone',
    text: '在处理',
  })
  await solve(answered.id, 5)
  const late = await complain('2F')
  const open = await complain('2F')
  await test.setNow('2026-11-28T06:00:00.000Z')
  await solve(late.id, 2)
  const { version } = await test.clerk.client.complaints.open({ complaintId: late.id })
  await test.clerk.client.complaints.reopen({ complaintId: late.id, reason: '又坏了', version })
  return { late, open }
}

describe('the evaluation of a period', () => {
  it('counts first contact, same day, satisfaction and promises by owner, floor and month, with what they are of', async () => {
    await month()
    const {
      all,
      owner,
      floor,
      month: months,
    } = await test.manager.client.reports.evaluation(november)
    expect(all).toMatchObject({
      received: 4,
      atOnce: { count: 1, of: 4 },
      sameDay: { count: 2, of: 4 },
      solved: 3,
      content: { count: 2, of: 3 },
      points: { sum: 7, of: 2 },
      days: { median: 0, ninetieth: 7 },
      inFifteenDays: { count: 3, of: 3 },
      reopened: { count: 1, of: 3 },
      kept: { count: 1, of: 3 },
    })
    expect(owner.map(({ name, received }) => [name, received])).toEqual([['赵敏', 4]])
    expect(floor.map(({ key, received, kept }) => [key, received, kept.of])).toEqual([
      ['1F', 1, 0],
      ['2F', 3, 3],
    ])
    expect(months.map(({ key }) => key)).toEqual(['2026-11'])
    const nobody = { ...november, ownerId: test.manager.id }
    expect((await test.manager.client.reports.evaluation(nobody)).all.received).toBe(0)
    const { reason } = await refusalOf(
      test.manager.client.reports.evaluation({ from: '2026-11-30', to: '2026-11-01' }),
    )
    expect(reason).toBe('promises.period_backwards')
  })

  it('stays with whoever had the case then, whoever has it later', async () => {
    const { client } = test.manager
    const handed = await complain('1F')
    const kept = await complain('2F')
    const toId = test.manager.id
    // Still on the day it was recorded: the report of the day names who had it at its end.
    await client.cases.reassign({ caseId: kept.caseId, toId, reason: '楼层的事' })
    await solve(handed.id, 5)
    const before = await client.reports.evaluation(november)
    await test.setNow('2026-11-22T06:00:00.000Z')
    const { version } = await client.complaints.open({ complaintId: handed.id })
    await client.complaints.reopen({ complaintId: handed.id, reason: '又坏了', version })
    await client.cases.reassign({ caseId: handed.caseId, toId, reason: '升级' })
    const after = await client.reports.evaluation(november)
    const told = ({ owner }: typeof after) =>
      owner.map(({ name, received, solved, content }) => [name, received, solved, content.count])
    expect(told(after)).toEqual(told(before))
    expect(Object.fromEntries(told(after).map(([name, ...rest]) => [name, rest]))).toEqual({
      赵敏: [1, 1, 1],
      李静: [1, 0, 0],
    })
    const day = await client.reports.day({ businessDate: '2026-11-21' })
    expect(day.complaints.map(({ ownerName }) => ownerName)).toEqual(['赵敏', '李静'])
    await solve(handed.id, null)
    const { owner } = await client.reports.evaluation(november)
    expect(owner.map(({ name, solved }) => [name, solved])).toEqual(
      expect.arrayContaining([
        ['赵敏', 1],
        ['李静', 1],
      ]),
    )
  })

  it('goes out as a file with counts and what they are of, and as a scorecard beside the store', async () => {
    await month()
    const { content, fileName } = await test.manager.client.reports.exportEvaluation({
      ...november,
      by: 'floor',
    })
    expect(fileName).toBe('evaluation-floor-2026-11-01-2026-11-30.csv')
    const lines = (await content.text()).trim().split('\r\n')
    expect(lines[0]).toContain('首次接触即解决,其中（受理）')
    expect(lines.map((line) => line.split(',')[0])).toEqual(['楼层', '1F', '2F', '合计'])
    expect(lines.at(-1)?.split(',').slice(1, 5)).toEqual(['4', '3', '1', '4'])
    const { pdf } = await test.manager.client.papers.preview({
      document: 'scorecard',
      ownerId: test.clerk.id,
      ...november,
    })
    const { text } = await readPdf(new Uint8Array(await pdf.arrayBuffer()))
    expect(text).toContain('赵敏')
    expect(text).toContain('2/3')
    expect(text).not.toContain('67%')
  })
})

/** A settlement is agreed and paid: so much from the store, so much from the carrier. */
async function compensate(complaintId: number, store: number, carrier: number) {
  const { client } = test.clerk
  await decideFindings(client, complaintId)
  await proposeSigned(test, complaintId, [
    {
      title: '补偿',
      items: [
        itemOf({ kind: 'goodwill', amount: store, borneBy: 'store', borneName: '' }),
        itemOf({ kind: 'compensation', amount: carrier }),
      ],
    },
  ])
  const [offer] = (await client.settlements.of({ complaintId })).settlements
  if (!offer) throw new Error('nothing is on offer')
  const option = offer.options[0]
  let { version } = await client.settlements.answer({
    settlementId: offer.id,
    accepts: true,
    optionId: option?.id ?? 0,
    channel: 'on_site',
    words: '可以',
    executorId: test.clerk.id,
    version: offer.version,
  })
  for (const { id } of option?.items ?? []) {
    const step = { settlementId: offer.id, itemId: id, version }
    version = (await client.settlements.execute(step)).version
  }
}

describe('what the store gave beyond its duty', () => {
  it('counts goodwill and compensations once each, with the cases behind them and what others bear', async () => {
    const { client } = test.clerk
    const customerId = await test.write((w) =>
      addCustomer(w, { name: '林晓梅', phone: '13800001234' }),
    )
    const { id, caseId } = await openComplaint(test, '鞋面有划痕', { customerId })
    await client.approvals.giveGoodwill({ amount: 1_000, what: '饮料', caseId })
    await compensate(id, 2_000, 10_000)
    await test.setNow('2026-11-28T06:00:00.000Z')
    await test.write((w) =>
      addReceipt(w, {
        receiptNo: 'POS-9',
        businessDate: '2026-11-27',
        customerId,
        lines: [{ name: '手套', paid_amount: 9_900 }],
      }),
    )
    const params = { from: '2026-11-01', to: '2026-11-28' }
    const run = (by: 'group' | 'kind') =>
      test.manager.client.reports.run({ report: 'goodwill', params: { ...params, by } })
    const { rows, totals } = await run('group')
    expect(totals.cells).toMatchObject({
      goodwillGiven: 1,
      goodwillCost: 1_000,
      compensations: 2,
      compensationCost: 12_000,
      byOthers: 10_000,
      storeCost: 3_000,
    })
    expect(rows.map(({ key, cells }) => [key, cells['customers'], cells['boughtLater']])).toEqual([
      ['given', 1, 9_900],
    ])
    const kinds = await run('kind')
    expect(
      Object.fromEntries(kinds.rows.map(({ key, cells }) => [key, cells['storeCost']])),
    ).toEqual({ gift: 1_000, settled_goodwill: 2_000, settled_compensation: 0 })
    const behind = (column: string) =>
      test.manager.client.reports.cases({
        report: 'goodwill',
        params: { ...params, by: 'group' },
        row: null,
        column,
      })
    const paid = await behind('compensationCost')
    expect(paid).toMatchObject({ total: 2, sum: 12_000 })
    expect(paid.items.map(({ link, kind }) => [kind, link])).toEqual(
      Array.from({ length: 2 }, () => ['compensation', { page: 'complaint', id }]),
    )
    const gifts = await behind('goodwillCost')
    expect(gifts.items.map(({ link }) => link)).toEqual([{ page: 'case', id: caseId }])
    // The ledger of settlements and the report of the day say the same.
    const ledger = await client.settlements.ledger({ month: '2026-11' })
    expect(ledger.total).toBe(totals.cells['compensationCost'])
    const { beyond } = await client.reports.day({ businessDate: '2026-11-21' })
    expect(beyond).toMatchObject({
      goodwill: 1,
      goodwillAmount: 1_000,
      compensations: 2,
      compensationAmount: 12_000,
    })
  })
})

describe('what a changed rule brought', () => {
  it('stands beside as many days before it, counted as the reports count', async () => {
    await complain('1F')
    await test.setNow('2026-11-23T06:00:00.000Z')
    const { id: _id, version: _version, ...rule } = ownRule()
    const { policy, reports } = test.manager.client
    const saved = await policy.save({
      ruleId: null,
      version: null,
      rule: { ...rule, validFrom: '2026-11-23' },
    })
    await policy.sign({ ruleId: saved.id, version: saved.version, pin: '2580' })
    const asked = { ruleId: saved.id, version: saved.version, days: 7 }
    expect((await reports.ruleEffect(asked)).after).toBeNull()
    const solved = { kind: 'solved' as const, solution: '已道歉', satisfied: true }
    await complain('2F', { outcome: solved })
    await complain('2F', { outcome: solved })
    await test.clerk.client.approvals.giveGoodwill({ amount: 1_000, what: '饮料' })
    const sale = await test.write((w) =>
      addReceipt(w, {
        receiptNo: 'POS-1',
        businessDate: '2026-11-23',
        lines: [{ name: '围巾', paid_amount: 4_500 }],
      }),
    )
    await test.clerk.client.refunds.record({
      receiptId: sale.id,
      reason: 'quality',
      expectedAmount: 4_500,
      lines: [
        { saleLineId: sale.lineIds[0] ?? 0, units: 1, condition: 'opened', packagingIntact: true },
      ],
    })
    await test.setNow('2026-11-25T06:00:00.000Z')
    expect(await reports.signedRules()).toMatchObject([
      { ruleId: saved.id, effectiveOn: '2026-11-23' },
    ])
    const { before, after } = await reports.ruleEffect(asked)
    expect(before).toMatchObject({
      from: '2026-11-21',
      to: '2026-11-22',
      days: 2,
      sales: 0,
      complaints: 1,
      returns: 0,
      goodwill: 0,
    })
    expect(after).toMatchObject({
      from: '2026-11-23',
      to: '2026-11-24',
      days: 2,
      sales: 1,
      complaints: 2,
      returns: 1,
      returnAmount: 4_500,
      refusals: 0,
      goodwill: 1,
      goodwillAmount: 1_000,
    })
  })

  it('is refused of a rule nobody signed', async () => {
    expect(await test.manager.client.reports.signedRules()).toEqual([])
    const { reason } = await refusalOf(
      test.manager.client.reports.ruleEffect({ ruleId: 'own.x', version: 1, days: 30 }),
    )
    expect(reason).toBe('reports.unknown_rule')
  })
})
