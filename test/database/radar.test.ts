import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countRowsOf } from '../support/count-rows.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { addCustomer, addProduct, addReceipt } from '../support/sold.ts'

let test: TestDesk
let boot: number
let lines: { lineId: number; receiptId: number }[]

type Entry = Parameters<TestDesk['clerk']['client']['complaints']['record']>[0]

const nobody = { name: '', phone: '' }
const solved = { kind: 'solved', solution: '当场换了一双', satisfied: true } as const

function contextOf(sold: { lineId: number; receiptId: number } | null): Entry['context'] {
  return {
    receiptId: sold?.receiptId ?? null,
    saleLineId: sold?.lineId ?? null,
    cardId: null,
    customerId: null,
    floor: '',
    counter: '',
  }
}

function complain(text: string, at: number, change: Partial<Entry> = {}) {
  return test.clerk.client.complaints.record({
    class: 'goods',
    text,
    context: contextOf(lines[at] ?? null),
    contact: nobody,
    outcome: solved,
    ...change,
  })
}

const reasonOf = async (call: Promise<unknown>) => (await refusalOf(call)).reason
const countAlerts = async () => (await countRowsOf(test, ['radar_alert']))[0] ?? 0
const scan = () => test.manager.client.radar.scan({ dimension: null })
const bootKey = () => `product:${boot}|sole_off`

beforeAll(async () => {
  test = await openTestDesk()
  lines = await test.write(async (w) => {
    boot = await addProduct(w, {
      sku: 'B1',
      name: '女式短靴',
      brand: '步云里',
      barcode: '6900000000017',
    })
    const others: number[] = []
    for (let at = 0; at < 6; at += 1) {
      others.push(await addProduct(w, { sku: `O${at}`, name: `女式单鞋 ${at}`, brand: '远足' }))
    }
    const sold = []
    for (let at = 0; at < 40; at += 1) {
      const own = { name: '女式短靴', product_id: boot, paid_amount: 39_900 }
      const receipt = await addReceipt(w, {
        receiptNo: `B-${at}`,
        businessDate: at < 20 ? '2026-11-02' : '2026-10-20',
        lines: [{ ...own, floor: '2F', counter: '女鞋', vendor: '步云里鞋业' }],
      })
      sold.push({ lineId: receipt.lineIds[0] ?? 0, receiptId: receipt.id })
    }
    for (let at = 0; at < 150; at += 1) {
      const product = { name: '女式单鞋', product_id: others[at % 6] ?? null }
      await addReceipt(w, {
        receiptNo: `O-${at}`,
        lines: [{ ...product, units: 20, qty_milli: 20_000, paid_amount: 19_900, counter: '单鞋' }],
      })
    }
    return sold
  })
})
afterAll(() => test.close())

describe('the quality radar', () => {
  it('counts what was sold, and finds nothing where nothing failed', async () => {
    const { sold, failures, cells, rule } = await scan()
    expect({ sold, failures, cells }).toEqual({ sold: 3_040, failures: 0, cells: [] })
    expect(rule).toMatchObject({ minimumFailures: 3, failureDays: 90 })
  })

  it('finds a boot whose soles come off, says why, and raises it once', async () => {
    await complain('靴子穿了没几天就开胶了', 0)
    await complain('鞋底脱胶', 1)
    expect((await scan()).cells).toEqual([])
    await complain('短靴鞋底开胶，要求退货', 2)
    await complain('开胶', 3, { contact: { name: '王', phone: '13800001111' } })
    const found = await scan()
    expect(found.cells.map(({ key }) => key)).toEqual([bootKey()])
    const [cell] = found.cells
    expect(cell).toMatchObject({ failures: 4, sold: 40, label: '女式短靴', fault: 'sole_off' })
    expect(cell?.alert).toMatchObject({ level: cell?.level, decision: null })
    expect(found.open).toBe(1)
    const { cases } = await test.clerk.client.radar.explain({ key: bootKey() })
    expect(cases).toHaveLength(4)
    expect(cases[0]).toMatchObject({ fault: 'sole_off', chosen: false, daysSinceSale: 19 })
    await scan()
    expect(await countAlerts()).toBe(1)
  })

  it('counts a customer once, however many papers say the same', async () => {
    await complain('还是开胶', 3, { contact: { name: '王', phone: '13800001111' } })
    await complain('第二双也开胶', 4, { contact: { name: '王', phone: '138 0000 1111' } })
    expect((await scan()).cells[0]).toMatchObject({ failures: 4 })
  })

  it('is quiet about what was decided until it gets worse', async () => {
    const alert = (await scan()).cells[0]?.alert
    if (!alert) throw new Error('nothing was raised')
    await expect(
      test.clerk.client.radar.decide({ alertId: alert.id, decision: 'watch', version: 1 }),
    ).rejects.toThrow('staff.not_allowed')
    const decide = {
      alertId: alert.id,
      decision: 'notify_vendor',
      note: '已通知',
      version: 1,
    } as const
    await test.manager.client.radar.decide(decide)
    expect(await reasonOf(test.manager.client.radar.decide(decide))).toBe('radar.decided_already')
    const before = await countAlerts()
    for (let at = 6; at < 12; at += 1) await complain('鞋底开胶', at)
    const found = await scan()
    const raised = (await countAlerts()) - before
    const isWorse = found.cells[0]?.level !== alert.level
    expect(raised).toBe(isWorse ? 1 : 0)
    expect(found.cells[0]).toMatchObject({ level: 'alarm', suggestion: 'pull_from_sale' })
  })

  it('takes the fault somebody chose for the one the words speak of, and leaves out sound goods', async () => {
    const { id } = await complain('鞋子有问题', 13)
    const { caseId } = await test.clerk.client.complaints.open({ complaintId: id })
    const facts = () => test.clerk.client.radar.caseFacts({ caseId })
    expect(await facts()).toMatchObject({ proposed: null, others: 10 })
    const before = (await scan()).cells[0]?.failures
    await test.clerk.client.radar.setFault({ caseId, fault: 'sole_off', batchNo: 'B7' })
    expect((await scan()).cells[0]?.failures).toBe((before ?? 0) + 1)
    expect(await facts()).toMatchObject({
      seen: { fault: 'sole_off', chosen: true },
      batchNo: 'B7',
    })
    await test.clerk.client.radar.setFault({ caseId, fault: '' })
    expect((await scan()).cells[0]?.failures).toBe(before)
    expect(await reasonOf(test.clerk.client.radar.setFault({ caseId, fault: 'nonsense' }))).toBe(
      'radar.unknown_fault',
    )
    const { events } = await test.clerk.client.complaints.open({ complaintId: id })
    expect(events.filter(({ kind }) => kind === 'fault_set')).toHaveLength(2)
  })

  it('tells at intake how many had the same', async () => {
    const sold = lines[20]
    const told = await test.clerk.client.radar.warnings({
      saleLineId: sold?.lineId,
      text: '刚买的靴子开胶了',
    })
    expect(told).toMatchObject({ fault: 'sole_off', others: 10 })
    const other = await test.clerk.client.radar.warnings({
      saleLineId: sold?.lineId,
      text: '没有开胶，就是颜色不喜欢',
    })
    expect(other).toMatchObject({ fault: null, others: 0 })
  })
})

describe('an incident', () => {
  it('holds several cases, proposes those like them, and has one timeline', async () => {
    const { cases } = await test.manager.client.radar.explain({ key: bootKey() })
    const [first, second, third] = cases.map(({ caseId }) => caseId)
    if (!first || !second || !third) throw new Error('the boot has no cases')
    const { incidentId, number } = await test.manager.client.radar.openIncident({
      title: '短靴批量开胶',
      cell: bootKey(),
      productId: boot,
      fault: 'sole_off',
      ownerId: test.manager.id,
      caseIds: [first, second],
    })
    expect(number).toMatch(/^SJ-0312-261121-0001-.$/)
    const open = () => test.clerk.client.radar.incident({ incidentId })
    const before = await open()
    expect(before.members).toHaveLength(2)
    expect(before.proposals.map(({ caseId }) => caseId)).toContain(third)
    await test.clerk.client.radar.addCases({
      incidentId,
      caseIds: [third],
      version: before.version,
    })
    const again = { incidentId, caseIds: [third], version: before.version + 1 }
    expect(await reasonOf(test.clerk.client.radar.addCases(again))).toBe('radar.case_taken')
    const out = { incidentId, caseId: third, reason: '不是同一款', version: before.version + 1 }
    await test.manager.client.radar.removeCase(out)
    const after = await open()
    expect(after.proposals.map(({ caseId }) => caseId)).not.toContain(third)
    expect(after.timeline.map(({ kind }) => kind)).toEqual([
      'opened',
      'case_added',
      'case_added',
      'case_added',
      'case_removed',
    ])
    const facts = await test.clerk.client.radar.caseFacts({ caseId: first })
    expect(facts.seen.incident).toEqual({ id: incidentId, number })
    const told = await test.clerk.client.radar.warnings({ productId: boot })
    expect(told.warnings).toEqual([expect.objectContaining({ kind: 'incident', number })])
  })

  it('is contained and closed with words, and opened again with a reason', async () => {
    const [row] = await test.clerk.client.radar.incidents({})
    const incidentId = row?.id ?? 0
    const step = async (action: 'contain' | 'close' | 'reopen', note: string) => {
      const { version } = await test.clerk.client.radar.incident({ incidentId })
      return test.manager.client.radar.stepIncident({ incidentId, action, note, version })
    }
    expect(await reasonOf(step('contain', ''))).toBe('radar.needs_words')
    expect(await reasonOf(step('reopen', '又来了'))).toBe('radar.no_such_step')
    await step('contain', '已撤柜封存')
    await step('close', '胶水批次问题，厂家召回')
    expect(await test.clerk.client.radar.incidents({})).toEqual([])
    const closed = await test.clerk.client.radar.incident({ incidentId })
    expect(closed).toMatchObject({
      state: 'closed',
      conclusion: '胶水批次问题，厂家召回',
      proposals: [],
    })
    await step('reopen', '又有顾客反映')
    expect((await test.clerk.client.radar.incident({ incidentId })).state).toBe('open')
  })
})

describe('goods out of sale', () => {
  it('are told wherever they are looked up, signed for counter by counter, and lifted with a reason', async () => {
    const goods = await test.manager.client.radar.countersOf({ productId: boot })
    expect(goods.counters).toEqual(['2F 女鞋'])
    const [incident] = await test.clerk.client.radar.incidents({})
    const { stopId, number } = await test.manager.client.radar.issueStop({
      incidentId: incident?.id ?? null,
      productId: boot,
      goods: goods.goods,
      reason: '连续开胶，等待厂家检测',
      effectiveOn: '2026-11-21',
      counters: ['2F 女鞋', '1F 花车'],
    })
    const told = await test.clerk.client.radar.warnings({ receiptId: lines[0]?.receiptId })
    expect(told.warnings).toContainEqual(
      expect.objectContaining({ kind: 'stop', number, certain: true }),
    )
    expect(told.law.length).toBeGreaterThan(0)
    const sign = { stopId, counter: '2F 女鞋', person: '柜长小刘', units: 12 }
    await test.clerk.client.radar.acknowledgeStop(sign)
    expect(await reasonOf(test.clerk.client.radar.acknowledgeStop(sign))).toBe(
      'radar.acknowledged_already',
    )
    const paper = await test.clerk.client.papers.print({ document: 'sale_stop', stopId })
    expect(paper.fileName).toContain(number)
    const [stop] = await test.clerk.client.radar.stops({})
    const lift = { stopId, reason: '检测合格', version: stop?.version ?? 0 }
    await test.manager.client.radar.liftStop(lift)
    expect(await reasonOf(test.manager.client.radar.liftStop(lift))).toBe('radar.stop_lifted')
    const after = await test.clerk.client.radar.warnings({ receiptId: lines[0]?.receiptId })
    expect(after.warnings.map(({ kind }) => kind)).toEqual(['incident'])
  })
})

describe('the list of recalled and banned goods', () => {
  const list = [
    '编号,发布机关,产品,日期,品牌,型号,条码,批次,类型,要求',
    'ZJ-001,市场监管总局,短靴,2026/11/1,,,6900000000017,,召回,停止销售',
    'ZJ-002,市场监管总局,"电热毯,双人",2026年3月5日,暖家,DR-*,,2025*,禁令,',
    ',市场监管总局,没有编号,2026-01-01,某牌,,,,,',
    'ZJ-003,市场监管总局,没有商品,2026-01-01,,,,,,',
  ].join('\r\n')

  it('is taken over from a file, what cannot be read told by its line', async () => {
    const import_ = () => test.manager.client.radar.importRecalls({ text: `\ufeff${list}` })
    expect(await import_()).toEqual({
      added: 2,
      known: 0,
      rejected: [
        { line: 4, why: 'no_number' },
        { line: 5, why: 'no_goods' },
      ],
    })
    expect(await import_()).toMatchObject({ added: 0, known: 2 })
    const nonsense = test.manager.client.radar.importRecalls({ text: 'a,b\n1,2' })
    expect(await reasonOf(nonsense)).toBe('radar.not_a_recall_list')
    const { recalls } = await test.clerk.client.radar.recalls({})
    expect(recalls.map(({ number, kind }) => [number, kind])).toEqual([
      ['ZJ-001', 'recall'],
      ['ZJ-002', 'ban'],
    ])
  })

  it('is checked when goods are looked up; goods that fit but for the batch are to be looked at', async () => {
    const told = await test.clerk.client.radar.warnings({ productId: boot })
    expect(told.warnings).toContainEqual(
      expect.objectContaining({ kind: 'recall', number: 'ZJ-001', certain: true }),
    )
    const blanket = await test.write((w) =>
      addProduct(w, { sku: 'E1', name: '电热毯', brand: '暖家', model: 'DR-180' }),
    )
    const maybe = await test.clerk.client.radar.warnings({ productId: blanket })
    expect(maybe.warnings).toEqual([
      expect.objectContaining({ kind: 'ban', number: 'ZJ-002', certain: false }),
    ])
  })

  it('tells whoever has the duty when somebody brings recalled goods', async () => {
    const { id } = await complain('想问问召回的事', 25)
    const { events } = await test.clerk.client.complaints.open({ complaintId: id })
    expect(events.find(({ kind }) => kind === 'alert_raised')?.data).toMatchObject({
      alert: 'recall_hit',
      severity: 'urgent',
    })
  })

  it('takes what is added by hand, once, and lets it be withdrawn with a reason', async () => {
    const entry = {
      kind: 'recall',
      authority: '市场监管总局',
      number: 'ZJ-009',
      title: '儿童雨衣',
      issuedOn: '2026-11-20',
      barcode: '',
      brand: '雨点',
      model: '',
      batchNo: '',
      duty: '',
    } as const
    const { recallId } = await test.manager.client.radar.addRecall(entry)
    expect(await reasonOf(test.manager.client.radar.addRecall(entry))).toBe('radar.recall_known')
    const nothing = { ...entry, brand: '', number: 'ZJ-010' }
    expect(await reasonOf(test.manager.client.radar.addRecall(nothing))).toBe('radar.needs_goods')
    await test.manager.client.radar.withdrawRecall({ recallId, reason: '登记错误', version: 1 })
    expect((await test.clerk.client.radar.recalls({})).recalls.map(({ id }) => id)).not.toContain(
      recallId,
    )
  })
})

describe('a corrective action', () => {
  const plan = {
    title: '更换胶水供应商并加验',
    cause: 'product',
    rootCause: '9 月批次胶水固化不足',
    what: '联营商更换胶水，到货每箱抽两双做剥离检查',
    dueOn: '2026-11-22',
  } as const

  it('is planned for an incident, done with proof, and judged with the figures of before and after', async () => {
    const [incident] = await test.clerk.client.radar.incidents({})
    const { actionId, number } = await test.manager.client.actions.plan({
      ...plan,
      ownerId: test.manager.id,
      incidentId: incident?.id ?? null,
    })
    expect(number).toMatch(/^JC-/)
    const open = () => test.clerk.client.actions.open({ actionId })
    expect(await open()).toMatchObject({ state: 'planned', effect: null, overdue: false })
    const tomorrow = { actionId, doneOn: '2026-11-22', proof: '送检报告', version: 1 }
    expect(await reasonOf(test.clerk.client.actions.done(tomorrow))).toBe('actions.too_early')
    await test.clerk.client.actions.done({ ...tomorrow, doneOn: '2026-11-21' })
    const early = { actionId, helped: true, note: '没有再发生', version: 2 }
    expect(await reasonOf(test.manager.client.actions.judge(early))).toBe('actions.check_too_early')

    await test.write((w) =>
      addReceipt(w, {
        receiptNo: 'N-1',
        businessDate: '2026-12-15',
        lines: [
          { name: '女式短靴', product_id: boot, paid_amount: 39_900, units: 60, qty_milli: 60_000 },
        ],
      }),
    )
    await test.setNow('2027-01-21T06:00:00.000Z')
    const done = await open()
    expect(done).toMatchObject({ state: 'done', checkOn: '2027-01-20', overdue: true })
    expect(done.effect).toMatchObject({
      before: { failures: 0, sold: 40 },
      after: { sold: 60 },
    })
    await test.manager.client.actions.judge(early)
    const judged = await open()
    expect(judged.state).toBe('effective')
    expect(judged.events.map(({ kind }) => kind)).toEqual(['planned', 'do', 'judge_good'])
    expect(judged.events.at(-1)?.data).toMatchObject({ soldAfter: 60 })
    const { timeline } = await test.clerk.client.radar.incident({ incidentId: incident?.id ?? 0 })
    expect(timeline.map(({ kind }) => kind)).toContain('action_judge_good')
  })

  it('is linked to its complaints, overdue when its day is over, and taken up again where it did not help', async () => {
    const { id } = await complain('断底', 30)
    const { caseId } = await test.clerk.client.complaints.open({ complaintId: id })
    const { actionId } = await test.manager.client.actions.plan({
      ...plan,
      ownerId: test.manager.id,
      dueOn: '2027-01-22',
      caseIds: [caseId],
    })
    const [linked] = await test.clerk.client.actions.list({ caseId })
    expect(linked).toMatchObject({ id: actionId, goods: '女式短靴', overdue: false })
    await test.setNow('2027-01-25T06:00:00.000Z')
    expect((await test.clerk.client.actions.list({}))[0]).toMatchObject({
      id: actionId,
      overdue: true,
    })
    await test.clerk.client.actions.done({
      actionId,
      doneOn: '2027-01-25',
      proof: '照片',
      version: 1,
    })
    await test.manager.client.actions.judge({ actionId, helped: false, note: '又断了', version: 2 })
    const again = { ...plan, actionId, ownerId: test.manager.id, version: 3 }
    await test.manager.client.actions.planAgain(again)
    expect(await test.clerk.client.actions.open({ actionId })).toMatchObject({
      state: 'planned',
      doneOn: null,
      cases: [{ caseId }],
    })
    const cancel = { actionId, reason: '停售', version: 4 }
    await test.manager.client.actions.cancel(cancel)
    expect(await reasonOf(test.manager.client.actions.cancel({ ...cancel, version: 5 }))).toBe(
      'actions.no_such_step',
    )
    const nothing = { ...plan, ownerId: test.manager.id }
    expect(await reasonOf(test.manager.client.actions.plan(nothing))).toBe('actions.needs_subject')
  })
})

describe('what the radar keeps', () => {
  it('only grows', async () => {
    await test.write(async (w) => {
      const customerId = await addCustomer(w, {
        memberNo: 'M1',
        name: '林女士',
        phone: '13900001111',
      })
      expect(customerId).toBeGreaterThan(0)
      for (const table of ['case_fault', 'incident_event', 'corrective_action_event'] as const) {
        await expect(w.deleteFrom(table).execute()).rejects.toThrow('append-only')
      }
      for (const table of ['radar_alert', 'incident', 'sale_stop', 'recall'] as const) {
        await expect(w.deleteFrom(table).execute()).rejects.toThrow('never deleted')
      }
    })
  })
})
