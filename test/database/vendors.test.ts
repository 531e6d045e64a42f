import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyChain } from '../../src-main/audit/index.ts'
import { refusalOf, type TestDesk } from '../support/desk.ts'
import { addProduct } from '../support/sold.ts'
import { openVendorDesk, type VendorDesk } from '../support/vendor-visit.ts'

let house: VendorDesk
let test: TestDesk

beforeAll(async () => {
  house = await openVendorDesk()
  test = house.test
})
afterAll(() => test.close())

const clerk = () => test.clerk.client.vendors
const manager = () => test.manager.client.vendors

const usual = {
  contact: '王经理',
  phone: '13928061207',
  address: '',
  contractNo: 'LY-2026-17',
  deductionRate: 2_500,
  paymentDay: 25,
  duties: '质量问题七日内无条件退货。',
  responseDays: 3,
  silence: 'accepts' as const,
  claimDays: null,
  note: '',
}

describe('the register', () => {
  it('knows everybody whose name stands on goods, a page at a time', async () => {
    await test.write(async (w) => {
      for (let index = 0; index < 45; index += 1) {
        const id = await addProduct(w, { sku: `S${index}`, name: '袜子' })
        const vendor = `供应商${String(index).padStart(2, '0')}`
        await w.updateTable('product').set({ vendor }).where('id', '=', id).execute()
      }
    })
    const first = await clerk().list({ words: '供应商' })
    expect(first.rows).toHaveLength(40)
    const second = await clerk().list({ words: '供应商', after: first.next })
    expect(second).toMatchObject({ next: null })
    const names = [...first.rows, ...second.rows].map(({ name }) => name)
    expect(new Set(names).size).toBe(45)
    expect(names).toEqual(names.toSorted())
    const twice = manager().add({ kind: 'vendor', name: '供应商07' })
    expect(await refusalOf(twice)).toMatchObject({ reason: 'vendors.known' })
  })

  it('keeps every version of a contract, and refuses one written over another', async () => {
    const vendorId = await house.vendorId('供应商01')
    const save = (version: number, change: object = {}) =>
      manager().saveTerms({ vendorId, ...usual, ...change, version })
    await save(0)
    await save(1, { responseDays: 5 })
    expect(await refusalOf(save(1))).toMatchObject({ reason: 'desk.changed_meanwhile' })
    expect(await refusalOf(clerk().saveTerms({ vendorId, ...usual, version: 2 }))).toMatchObject({
      reason: 'staff.not_allowed',
    })
    const { terms, history } = await clerk().open({ vendorId })
    expect(terms).toMatchObject({ version: 2, responseDays: 5, writtenBy: '李静' })
    expect(history.map(({ responseDays }) => responseDays)).toEqual([5, 3])
  })
})

describe('a claim on a vendor', () => {
  it('is proposed from what the store gave, sent, answered, signed by both and charged once', async () => {
    const { caseId, lineId } = await house.takeBack({ vendor: '雪峰', amount: 30_000 })
    const before = await clerk().ofCase({ caseId })
    expect(before).toMatchObject({
      given: 30_000,
      left: 30_000,
      costs: [{ kind: 'goods', amount: 30_000 }],
      trace: [{ clerk: '周莉', counter: '女装三组', vendor: { name: '雪峰' } }],
    })
    expect(before.proposals).toMatchObject([
      { vendor: { name: '雪峰' }, amount: 30_000, units: [{ saleLineId: lineId, unitNo: 1 }] },
    ])
    const { id, number } = await house.claim(caseId)
    expect(number).toMatch(/^LY-0312-/)
    const { replyBy } = await house.send(id)
    expect(replyBy > '2026-11-21').toBe(true)
    const sent = await house.read(caseId, id)
    await clerk().say({
      claimId: id,
      version: sent.version,
      saidBy: 'vendor',
      person: '王经理',
      channel: 'phone',
      text: '只愿承担一半。',
      amount: 15_000,
    })
    const { chargeBackId } = await house.agree(id, 20_000)
    expect(chargeBackId).not.toBeNull()
    const done = await house.read(caseId, id)
    expect(done).toMatchObject({
      state: 'agreed',
      agreed: 20_000,
      split: { total: 30_000, vendorAmount: 20_000, storeAmount: 10_000, approvedBy: '李静' },
      charges: [{ kind: 'charge', amount: 20_000, listNumber: null }],
    })
    expect(done.log.map(({ action }) => action)).toEqual(['open', 'send', 'offer', 'agree'])
    const { timeline } = await test.clerk.client.cases.file({ caseId })
    expect(timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['vendor_claim_opened', 'vendor_notice_sent', 'vendor_agreed']),
    )
    expect((await clerk().ofCase({ caseId })).proposals).toEqual([])
    expect(await test.desk.folder.store.read(verifyChain)).toMatchObject({ brokenAt: null })
  })

  it('takes a signature of the other side and of somebody with the authority', async () => {
    const { caseId } = await house.takeBack({ vendor: '雪峰', amount: 50_000 })
    const { id } = await house.claim(caseId)
    const agree = (vendorAmount: number) =>
      clerk().agree({ claimId: id, version: 1, vendorAmount, signer: '王经理', signature: null })
    expect(await refusalOf(agree(50_000))).toMatchObject({ reason: 'approvals.needed' })
    expect(await refusalOf(agree(50_001))).toMatchObject({ reason: 'vendors.more_than_given' })
    await house.agree(id, 0)
    expect(await house.read(caseId, id)).toMatchObject({ state: 'agreed', charges: [] })
  })

  it('is made once for each unit of a case; a withdrawn one sets the unit free', async () => {
    const { caseId } = await house.takeBack({ vendor: '雪峰', units: 2 })
    const { proposals } = await clerk().ofCase({ caseId })
    const units = proposals[0]?.units ?? []
    expect(units).toHaveLength(2)
    const { id } = await house.claim(caseId)
    const again = (change: object = {}) =>
      clerk().openClaim({
        caseId,
        vendorId: proposals[0]?.vendor.id ?? 0,
        goods: '羊毛衫',
        fault: '脱线',
        asks: '退款',
        askedAmount: 100,
        units: units.slice(0, 1),
        ...change,
      })
    expect(await refusalOf(again())).toMatchObject({ reason: 'vendors.claimed_before' })
    const anyUnit = [{ saleLineId: units[0]?.saleLineId ?? null, unitNo: 0 }]
    expect(await refusalOf(again({ units: anyUnit }))).toMatchObject({
      reason: 'vendors.claimed_before',
    })
    // The database says so too, whatever a program asks.
    await expect(
      test.write(async (w) => {
        const row = await w
          .selectFrom('vendor_claim_unit')
          .selectAll()
          .where('claim_id', '=', id)
          .executeTakeFirstOrThrow()
        const { id: _id, ...copy } = row
        await w.insertInto('vendor_claim_unit').values(copy).execute()
      }),
    ).rejects.toThrow(/UNIQUE/)
    await clerk().move({ claimId: id, version: 1, action: 'withdraw', reason: '是顾客洗坏的' })
    await again()
  })

  it('nobody answered is a yes only where the contract says so, and only after its day', async () => {
    const { caseId } = await house.takeBack({ vendor: '听涛', amount: 12_000 })
    const vendorId = await house.vendorId('听涛')
    await manager().saveTerms({ vendorId, ...usual, version: 0 })
    const open = await house.takeBack({ vendor: '无言', amount: 12_000 })
    const { id } = await house.claim(caseId, 9_000)
    const other = await house.claim(open.caseId)
    const { replyBy } = await house.send(id)
    await house.send(other.id)
    const deem = (claimId: number, vendorAmount = 9_000) =>
      manager().decide({
        claimId,
        version: 2,
        basis: 'deemed',
        vendorAmount,
        grounds: '合同第八条',
      })
    expect(await refusalOf(deem(id))).toMatchObject({
      reason: 'vendors.still_time',
      params: { date: replyBy },
    })
    await test.setNow('2026-12-10T06:00:00.000Z')
    expect(await clerk().claims({ view: 'overdue' })).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ id, due: 'overdue' })]),
    })
    expect(await refusalOf(deem(other.id))).toMatchObject({ reason: 'vendors.silence_open' })
    expect(await refusalOf(deem(id, 9_001))).toMatchObject({ reason: 'vendors.deemed_beyond' })
    expect((await house.read(caseId, id)).may).not.toContain('deem')
    await deem(id)
    expect(await house.read(caseId, id)).toMatchObject({
      state: 'deemed',
      split: { basis: 'deemed', signer: '', grounds: '合同第八条' },
      charges: [{ amount: 9_000 }],
    })
    await clerk().move({
      claimId: other.id,
      version: 2,
      action: 'escalate',
      reason: '打了三次电话没人接',
    })
    const ruling = { claimId: other.id, version: 3, basis: 'ruled' as const, vendorAmount: 6_000 }
    const ruled = { ...ruling, grounds: '商场经营部裁定，双方各半' }
    expect(await refusalOf(clerk().decide(ruled))).toMatchObject({ reason: 'staff.not_allowed' })
    await manager().decide(ruled)
    expect(await house.read(open.caseId, other.id)).toMatchObject({ state: 'ruled', agreed: 6_000 })
  })

  it('never asks for more than the store gave, whoever else bears a part', async () => {
    const { caseId } = await house.takeBack({
      vendor: '雪峰',
      amount: 20_000,
      reason: 'damaged',
      freight: { amount: 2_000, paidBy: 'customer', carrier: '顺达快运' },
    })
    const { given, proposals } = await clerk().ofCase({ caseId })
    expect(given).toBe(22_000)
    expect(proposals.map(({ vendor, basis }) => [vendor.kind, basis])).toEqual([
      ['vendor', 'cost'],
      ['carrier', 'carrier_claim'],
    ])
    const { id } = await house.claim(caseId)
    await house.agree(id, 15_000)
    const left = await clerk().ofCase({ caseId })
    expect(left).toMatchObject({ left: 7_000, proposals: [{ amount: 7_000 }] })
    const carrier = await house.claim(caseId)
    expect(await refusalOf(house.agree(carrier.id, 7_001))).toMatchObject({
      reason: 'vendors.more_than_given',
    })
    await house.agree(carrier.id, 7_000)
    expect(await clerk().ofCase({ caseId })).toMatchObject({ left: 0 })
  })

  it('is charged to the other side in an entry that only a reversal takes back, whole and once', async () => {
    const { caseId } = await house.takeBack({ vendor: '听涛', amount: 8_000 })
    const { id } = await house.claim(caseId)
    await house.agree(id, 8_000)
    const seen = { claimId: id, version: 2 }
    const reverse = (client: typeof clerk) =>
      client().reverse({ ...seen, reason: '对方举证人为损坏' })
    expect(await refusalOf(reverse(clerk))).toMatchObject({ reason: 'staff.not_allowed' })
    await reverse(manager)
    expect(await house.read(caseId, id)).toMatchObject({
      state: 'reversed',
      charges: [{ amount: 8_000 }, { kind: 'reversal', amount: -8_000 }],
    })
    expect(
      await refusalOf(manager().reverse({ ...seen, version: 3, reason: '再冲一次' })),
    ).toMatchObject({ reason: 'vendors.no_such_step' })
    for (const change of ['update charge_back set amount = 1', 'delete from charge_back']) {
      await expect(
        test.write(async (w) => {
          await sql.raw(change).execute(w)
        }),
      ).rejects.toThrow(/append-only/)
    }
    // The unit can be claimed anew.
    expect((await clerk().ofCase({ caseId })).proposals).toHaveLength(1)
  })
})

describe('what the findings say', () => {
  it('is proposed, with the words of the complaint but not the customer, and goes up when nobody answers', async () => {
    const { caseId, lineId } = await house.takeBack({ vendor: '雪峰', amount: 40_000 })
    const { id: complaintId } = await test.clerk.client.complaints.record({
      class: 'goods',
      text: '羊毛衫穿一次就脱线，请打 13812345521 找欧阳静怡女士。',
      context: {
        receiptId: null,
        saleLineId: lineId,
        cardId: null,
        customerId: null,
        floor: '',
        counter: '',
      },
      caseId,
      contact: { name: '欧阳静怡', phone: '13812345521' },
      outcome: { kind: 'solved', solution: '已退货', satisfied: null },
    })
    const stamp = { at: test.now().toISOString(), by: test.manager.id }
    await test.write(async (w) => {
      const { id: investigationId } = await w
        .insertInto('investigation')
        .values({
          complaint_id: complaintId,
          case_id: caseId,
          state: 'open',
          fault: null,
          finding: null,
          opened_at: stamp.at,
          opened_by: stamp.by,
          decided_at: null,
          decided_by: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const { id: splitId } = await w
        .insertInto('liability_split')
        .values({
          investigation_id: investigationId,
          case_id: caseId,
          total: 40_000,
          currency: 'CNY',
          ...stamp,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      for (const [party, amount] of [
        ['vendor', 28_000],
        ['store', 12_000],
      ] as const) {
        await w
          .insertInto('liability_share')
          .values({ split_id: splitId, case_id: caseId, party, weight: 1, amount })
          .execute()
      }
      await w.updateTable('liability_split').set({ sealed: 1 }).where('id', '=', splitId).execute()
    })
    const [proposal] = (await clerk().ofCase({ caseId })).proposals
    expect(proposal).toMatchObject({ basis: 'liability', amount: 28_000 })
    expect(proposal?.fault).toContain('脱线')
    expect(proposal?.fault).not.toMatch(/欧阳|13812345521/)

    const { id } = await house.claim(caseId)
    await house.send(id)
    await clerk().move({ claimId: id, version: 2, action: 'escalate', reason: '一直没人接' })
    const inbox = await test.manager.client.alerts.inbox()
    expect(inbox.map(({ kind }) => kind)).toContain('vendor_silent')
  })
})

describe('a carrier', () => {
  it('that nobody told yet is counted, with the last day a claim can reach it', async () => {
    const { caseId } = await house.takeBack({
      vendor: '',
      amount: 5_000,
      reason: 'damaged',
      freight: { amount: 800, paidBy: 'store', carrier: '飞马速运' },
    })
    const { rows } = await clerk().list({ kind: 'carrier', words: '飞马' })
    const vendorId = rows[0]?.id ?? 0
    await manager().saveTerms({ vendorId, ...usual, claimDays: 3, version: 0 })
    const { carriersUntold } = await clerk().counts()
    const [proposal] = (await clerk().ofCase({ caseId })).proposals
    expect(proposal).toMatchObject({ basis: 'carrier_claim', amount: 5_800, due: 'soon' })
    const { id } = await house.claim(caseId)
    await house.send(id)
    expect((await clerk().counts()).carriersUntold).toBe(carriersUntold - 1)
  })
})

describe('a parcel of a case', () => {
  it('has its number, goes on the timeline, is found by it, and arrives once', async () => {
    const { caseId } = await house.takeBack({ vendor: '雪峰' })
    const parcel = {
      caseId,
      direction: 'to_vendor' as const,
      carrier: '顺丰',
      waybill: 'SF1234567890',
      goods: '羊毛衫',
      sentOn: test.now().toISOString().slice(0, 10),
    }
    const { id } = await clerk().ship(parcel)
    expect(await refusalOf(clerk().ship(parcel))).toMatchObject({
      reason: 'vendors.shipped_before',
    })
    const arrive = () =>
      clerk().arrive({ shipmentId: id, arrivedOn: parcel.sentOn, note: '外包装完好' })
    await arrive()
    expect(await refusalOf(arrive())).toMatchObject({ reason: 'vendors.arrived_before' })
    expect(await clerk().findShipments({ waybill: parcel.waybill })).toMatchObject([
      { caseId, arrivedOn: parcel.sentOn, arrivalNote: '外包装完好' },
    ])
    const { timeline } = await test.clerk.client.cases.file({ caseId })
    expect(timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['goods_shipped', 'goods_arrived']),
    )
  })
})

describe('faults of a vendor', () => {
  it('are counted by product, kind, counter and batch, beside what was sold', async () => {
    const vendorId = await house.vendorId('听涛')
    const { rows, returned, charged } = await clerk().faults({
      vendorId,
      from: '2026-11-01',
      to: '2026-12-31',
    })
    expect(rows).toMatchObject([
      { product: '羊毛衫', fault: 'quality', source: 'return', counter: '女装三组', count: 2 },
    ])
    expect({ returned, charged }).toEqual({ returned: 20_000, charged: 9_000 })
  })
})
