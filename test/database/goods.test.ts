import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyChain } from '../../src-main/audit/index.ts'
import { managerSignature, openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { openHouse } from '../support/open-house.ts'
import { addReceipt, type SoldLine } from '../support/sold.ts'

let desk: TestDesk

beforeAll(async () => {
  desk = await openTestDesk()
  await desk.write(openHouse)
})
afterAll(() => desk.close())

const client = () => desk.clerk.client
let receipts = 0

async function sell(...lines: SoldLine[]) {
  receipts += 1
  return desk.write((w) => addReceipt(w, { receiptNo: `G-${receipts}`, lines }))
}

interface Back {
  units?: number
  condition?: 'sealed' | 'opened' | 'used' | 'faulty' | 'damaged'
  packagingIntact?: boolean
  reason?: 'size' | 'quality' | 'preference'
}

/** A refund of the first line of a sale, as the manager may. */
async function takeBack(sale: { id: number; lineIds: number[] }, back: Back = {}) {
  const { units = 1, condition = 'opened', packagingIntact = true, reason = 'size' } = back
  const lines = [{ saleLineId: sale.lineIds[0] ?? 0, units, condition, packagingIntact }]
  const asked = { receiptId: sale.id, reason, lines }
  const quote = await desk.manager.client.refunds.preview(asked)
  return desk.manager.client.refunds.record({ ...asked, expectedAmount: quote.amount })
}

const unitsOf = (refundId: number) => client().goods.ofSource({ type: 'refund', id: refundId })

describe('goods that come back', () => {
  it('get a label, a destination with its reason, and the first line of their log', async () => {
    const sale = await sell({ name: '羊毛衫', units: 3, qty_milli: 3_000, paid_amount: 10_000 })
    const { id, number } = await takeBack(sale, { units: 2 })
    const units = await unitsOf(id)
    expect(units).toMatchObject([
      { unitNo: 1, state: 'at_desk', destination: 'floor', value: 3_334, qtyMilli: 1_000 },
      { unitNo: 2, state: 'at_desk', destination: 'floor', value: 3_333 },
    ])
    expect(units[0]?.tag).toBe(`${number.replaceAll('-', '')}.1`)
    expect(units[0]?.why.zh).toContain('当天回卖场')
    const { log } = await client().goods.open({ unitId: units[0]?.id ?? 0 })
    expect(log).toMatchObject([{ actor: '李静', action: 'receive', from: null, to: 'at_desk' }])
    expect(await client().goods.byTag({ tag: units[1]?.tag.toLowerCase() ?? '' })).toEqual({
      unitId: units[1]?.id,
    })
  })

  it.each([
    ['faulty goods of a vendor', { vendor: '雪峰' }, { condition: 'faulty' }, 'vendor_return'],
    ['faulty goods of the store', {}, { condition: 'faulty' }, 'quarantine'],
    ['sealed goods', {}, { condition: 'sealed' }, 'floor'],
    ['used goods', {}, { condition: 'used' }, 'quarantine'],
    ['opened goods without packaging', {}, { packagingIntact: false }, 'quarantine'],
    ['sealed food', { name: '盒装牛奶' }, { condition: 'sealed' }, 'scrap'],
    ['faulty food', { name: '盒装牛奶' }, { condition: 'faulty' }, 'quarantine'],
    ['opened underwear', { name: '男士内裤' }, { condition: 'opened' }, 'scrap'],
    ['sealed underwear', { name: '男士内裤' }, { condition: 'sealed' }, 'floor'],
  ] as const)('%s go where the rules say', async (_what, line, back, destination) => {
    const sale = await sell({ name: '羊毛衫', paid_amount: 5_000, ...line })
    const { id } = await takeBack(sale, back)
    expect((await unitsOf(id))[0]).toMatchObject({ destination })
  })

  it('with a safety complaint are kept apart', async () => {
    const sale = await sell({ name: '电热水壶', paid_amount: 9_900 })
    await client().complaints.record({
      class: 'safety',
      text: '漏电',
      context: {
        receiptId: sale.id,
        saleLineId: sale.lineIds[0] ?? null,
        cardId: null,
        customerId: null,
        floor: '',
        counter: '',
      },
      contact: { name: '', phone: '' },
      outcome: { kind: 'solved', solution: '已道歉', satisfied: null },
    })
    const { id } = await takeBack(sale, { condition: 'sealed' })
    const [unit] = await unitsOf(id)
    expect(unit).toMatchObject({ destination: 'quarantine' })
    expect(unit?.why.en).toContain('safety')
  })

  it('of a serial number that is held already are kept apart', async () => {
    const first = await sell({ name: '相机', serial_no: 'SN77', paid_amount: 100 })
    await takeBack(first, { condition: 'sealed' })
    const second = await sell({ name: '相机', serial_no: 'SN77', paid_amount: 100 })
    const { id } = await takeBack(second, { condition: 'sealed' })
    expect((await unitsOf(id))[0]).toMatchObject({ serialNo: 'SN77', destination: 'quarantine' })
  })
})

describe('a unit', () => {
  async function one(back: Back = {}, line: Partial<SoldLine> = {}) {
    const { id } = await takeBack(await sell({ name: '羊毛衫', paid_amount: 5_000, ...line }), back)
    const [unit] = await unitsOf(id)
    if (!unit) throw new Error('no unit')
    return { ...unit, unitId: unit.id, refundId: id }
  }

  it('goes where it was sent without a word, elsewhere with a reason', async () => {
    const sent = await one()
    await client().goods.move({ unitId: sent.unitId, to: 'floor', version: 1 })
    const other = await one()
    const silent = client().goods.move({ unitId: other.unitId, to: 'repair', version: 1 })
    expect(await refusalOf(silent)).toMatchObject({ reason: 'goods.reason_needed' })
    await client().goods.redirect({
      unitId: other.unitId,
      to: 'repair',
      reason: '拉链要修',
      version: 1,
    })
    await client().goods.move({
      unitId: other.unitId,
      to: 'repair',
      place: '维修间 2 号架',
      version: 2,
    })
    const { state, destination, log } = await client().goods.open({ unitId: other.unitId })
    expect([state, destination]).toEqual(['in_repair', 'repair'])
    expect(log.map(({ action, reason, place }) => [action, reason, place])).toEqual([
      ['receive', '', ''],
      ['redirect', '拉链要修', ''],
      ['to_repair', '', '维修间 2 号架'],
    ])
  })

  it('that may never be sold again never goes to the floor, whoever says so', async () => {
    const milk = await one({ condition: 'sealed' }, { name: '盒装牛奶' })
    const asked = { unitId: milk.unitId, to: 'floor' as const, reason: '没开封', version: 1 }
    const never = { reason: 'goods.never_food' }
    expect(await refusalOf(desk.manager.client.goods.move(asked))).toMatchObject(never)
    expect(await refusalOf(desk.manager.client.goods.redirect(asked))).toMatchObject(never)
    expect(milk.never.map(({ destination }) => destination)).toEqual(['floor'])
  })

  it('is scrapped by the clerk up to their limit, above it with an approval', async () => {
    const cheap = await one({ condition: 'used' }, { paid_amount: 1_000 })
    await client().goods.move({
      unitId: cheap.unitId,
      to: 'scrap',
      reason: '无法再售',
      version: 1,
    })
    const dear = await one({ condition: 'used' }, { paid_amount: 900_000 })
    const asked = { unitId: dear.unitId, to: 'scrap' as const, reason: '无法再售', version: 1 }
    expect(await refusalOf(client().goods.move(asked))).toMatchObject({
      reason: 'approvals.needed',
    })
    const question = await client().goods.scrapQuestion({ unitId: dear.unitId })
    expect(question).toMatchObject({ amount: 900_000, needed: 'store_manager' })
    const { needed: _needed, ...request } = question
    const { id: approvalId } = await client().approvals.request({ ...request, reason: '报废' })
    await client().approvals.sign({ approvalId, ...managerSignature })
    await client().goods.move({ ...asked, approvalId })
    const { state, log } = await client().goods.open({ unitId: dear.unitId })
    expect(state).toBe('scrapped')
    expect(log.at(-1)).toMatchObject({ action: 'to_scrap', approvedBy: '李静' })
  })

  it('leaves with the vendor and can be sent back', async () => {
    const faulty = await one({ condition: 'faulty' }, { vendor: '雪峰' })
    const { unitId } = faulty
    await client().goods.move({ unitId, to: 'vendor_return', version: 1 })
    await client().goods.vendor({ unitId, took: true, place: '雪峰 王师傅', version: 2 })
    const back = { unitId, took: false, place: '雪峰 王师傅', reason: '检测无故障', version: 3 }
    await client().goods.vendor(back)
    expect((await client().goods.open({ unitId })).state).toBe('in_quarantine')
    expect(await refusalOf(client().goods.vendor({ ...back, version: 4 }))).toMatchObject({
      reason: 'goods.no_such_step',
    })
  })

  it('moved at two desks is moved once', async () => {
    const { unitId } = await one()
    const ask = () => client().goods.move({ unitId, to: 'floor', version: 1 })
    const both = await Promise.allSettled([ask(), ask()])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('goes back to the customer with a voided refund, and comes again as another', async () => {
    const { unitId, refundId, saleLineId } = await one()
    await desk.manager.client.refunds.void({ refundId, reason: '写错了', version: 1 })
    const { state, log } = await client().goods.open({ unitId })
    expect(state).toBe('with_customer')
    expect(log.at(-1)).toMatchObject({ action: 'give_back', reason: '写错了' })
    const sale = await desk.desk.folder.store.read((r) =>
      r
        .selectFrom('sale_line')
        .select('receipt_id')
        .where('id', '=', saleLineId)
        .executeTakeFirstOrThrow(),
    )
    const again = await takeBack({ id: sale.receipt_id, lineIds: [saleLineId] })
    expect(await unitsOf(again.id)).toMatchObject([{ state: 'at_desk' }])
  })

  it('that is scrapped keeps its refund from being voided', async () => {
    const { unitId, refundId } = await one({ condition: 'used' }, { paid_amount: 100 })
    await client().goods.move({ unitId, to: 'scrap', reason: '无法再售', version: 1 })
    const undo = desk.manager.client.refunds.void({ refundId, reason: '写错了', version: 1 })
    expect(await refusalOf(undo)).toMatchObject({ reason: 'goods.gone' })
    expect(await desk.manager.client.refunds.open({ refundId })).toMatchObject({
      state: 'recorded',
    })
  })
})

describe('the lists', () => {
  it('show each place with its oldest first, and count what waits', async () => {
    const before = await client().goods.counts()
    const { id } = await takeBack(await sell({ name: '找得到的衫', paid_amount: 5_000 }), {
      condition: 'used',
    })
    const [unit] = await unitsOf(id)
    await client().goods.move({ unitId: unit?.id ?? 0, to: 'quarantine', version: 1 })
    expect((await client().goods.counts()).inQuarantine).toBe(before.inQuarantine + 1)
    const found = await client().goods.list({ view: 'in_quarantine', text: '找得到' })
    expect(found).toMatchObject([{ name: '找得到的衫', age: 0 }])
    expect(await client().goods.list({ view: 'in_quarantine', text: '100%' })).toEqual([])
  })

  it('stand on an unbroken chain', async () => {
    const chain = await desk.desk.folder.store.read((r) => verifyChain(r))
    expect(chain.brokenAt).toBeNull()
    const del = desk.write((w) => w.deleteFrom('goods_movement').execute())
    await expect(del).rejects.toThrow('append-only')
  })
})
