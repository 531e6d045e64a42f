import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signFor } from '../support/approve.ts'
import {
  type DeskClient,
  managerSignature,
  openTestDesk,
  refusalOf,
  type TestDesk,
} from '../support/desk.ts'
import { openHouse } from '../support/open-house.ts'
import { addCustomer, addProduct, addReceipt } from '../support/sold.ts'

let test: TestDesk
let customerId: number

beforeEach(async () => {
  test = await openTestDesk()
  customerId = await test.write((w) => addCustomer(w, { name: '王小明' }))
})
afterEach(() => test.close())

type Risks = NonNullable<Parameters<DeskClient['complaints']['record']>[0]['risks']>

let nextNo = 1
async function sell(ofCustomer: number | null = null, paid = 10_000) {
  const { id, lineIds } = await test.write((w) =>
    addReceipt(w, {
      receiptNo: `R-${nextNo++}`,
      businessDate: '2026-11-20',
      ...(ofCustomer !== null && { customerId: ofCustomer }),
      lines: [{ name: '电吹风', paid_amount: paid }],
    }),
  )
  return { receiptId: id, lineId: lineIds[0] ?? 0 }
}

type Sold = Awaited<ReturnType<typeof sell>>

/** A fault on the second day: within the clerk's limit, and what law gives. */
const refundOf = ({ receiptId, lineId }: Sold) => ({
  receiptId,
  reason: 'quality' as const,
  expectedAmount: 10_000,
  lines: [{ saleLineId: lineId, units: 1, condition: 'faulty' as const, packagingIntact: true }],
})

const needs = async (sold: Sold, client = test.clerk.client) => {
  const { approval } = await client.refunds.preview(refundOf(sold))
  return { needed: approval.needed, isRisk: approval.kinds.includes('risk_flag') }
}

function complain(
  about: { receiptId?: number; customerId?: number },
  risks: Risks,
  kind: 'open' | 'solved' = 'open',
) {
  return test.clerk.client.complaints.record({
    class: 'safety',
    text: '烫伤了手，要找记者',
    context: {
      receiptId: about.receiptId ?? null,
      saleLineId: null,
      cardId: null,
      customerId: about.customerId ?? null,
      floor: '',
      counter: '',
    },
    contact: { name: '', phone: '' },
    risks,
    outcome:
      kind === 'solved'
        ? { kind, satisfied: null }
        : {
            kind,
            ownerId: test.manager.id,
            promise: { text: '答复', dueAt: '2026-11-22T06:00:00.000Z' },
          },
  })
}

describe('a case that carries a risk', () => {
  it('sends every refund of its sale to the top, at preview and at commit, from desk and command line', async () => {
    const sold = await sell()
    expect(await needs(sold)).toEqual({ needed: null, isRisk: false })
    await complain({ receiptId: sold.receiptId }, ['media', 'injury'])
    for (const client of [test.clerk.client, test.system]) {
      expect(await needs(sold, client)).toEqual({ needed: 'store_manager', isRisk: true })
      expect(await refusalOf(client.refunds.record(refundOf(sold)))).toMatchObject({
        reason: 'approvals.needed',
        params: { role: 'store_manager', kind: 'risk_flag' },
      })
    }
    const approvalIds = await signFor(test.clerk.client, refundOf(sold))
    const { number } = await test.clerk.client.refunds.record({ ...refundOf(sold), approvalIds })
    expect(number).toMatch(/^TH-/)
  })

  it('sends every sale of its customer there, and leaves other people alone', async () => {
    const [theirs, anothers, nobodys] = [
      await sell(customerId),
      await sell(await test.write((w) => addCustomer(w, { name: '李红' }))),
      await sell(),
    ]
    await complain({ customerId }, ['regulator'])
    expect((await needs(theirs)).isRisk).toBe(true)
    expect((await needs(anothers)).isRisk).toBe(false)
    expect((await needs(nobodys)).isRisk).toBe(false)
  })

  it('does so only while it is open', async () => {
    const sold = await sell()
    const { id } = await complain({ receiptId: sold.receiptId }, ['lawyer'])
    expect((await needs(sold)).isRisk).toBe(true)
    const { version } = await test.clerk.client.complaints.open({ complaintId: id })
    await test.manager.client.complaints.solve({
      complaintId: id,
      solution: '已和解',
      satisfied: true,
      version,
    })
    expect((await needs(sold)).isRisk).toBe(false)
  })

  it('voids an approval that was given before anybody knew of it', async () => {
    const sold = await sell(null, 60_000)
    const ask = { ...refundOf(sold), expectedAmount: 60_000 }
    const approvalIds = await signFor(test.clerk.client, ask)
    await complain({ receiptId: sold.receiptId }, ['media'])
    expect(
      await refusalOf(test.clerk.client.refunds.record({ ...ask, approvalIds })),
    ).toMatchObject({ reason: 'approvals.changed' })
  })

  it('can be told anew, with history and audit, and nothing of it is deleted', async () => {
    const { client } = test.clerk
    const { id, number } = await complain({}, ['media'])
    const before = await client.complaints.open({ complaintId: id })
    expect(before.risks).toEqual(['media'])
    const tell = {
      complaintId: id,
      risks: ['lawyer' as const],
      note: '记者已撤稿',
      version: before.version,
    }
    expect(await refusalOf(client.complaints.setRisks(tell))).toMatchObject({
      reason: 'approvals.clear_needs_top',
    })
    await test.manager.client.complaints.setRisks(tell)
    const after = await client.complaints.open({ complaintId: id })
    expect(after.risks).toEqual(['lawyer'])
    const changes = after.events.filter(({ kind }) => kind === 'risks_changed')
    expect(changes.at(-1)).toMatchObject({
      data: { raised: 'lawyer', cleared: 'media', note: '记者已撤稿' },
    })
    const [row] = await client.complaints.list({ state: 'open' })
    expect(row?.risks).toEqual(['lawyer'])
    const stale = client.complaints.setRisks({
      complaintId: id,
      risks: [],
      version: before.version,
    })
    expect(await refusalOf(stale)).toMatchObject({ reason: 'desk.changed_meanwhile' })
    const audited = await test.desk.folder.store.read((r) =>
      r
        .selectFrom('audit_log')
        .select('data')
        .where('action', '=', 'complaints.set_risks')
        .execute(),
    )
    expect(audited).toHaveLength(1)
    expect(number).toMatch(/^TS-/)
    await expect(test.write((w) => w.deleteFrom('case_risk').execute())).rejects.toThrow('cleared')
  })
})

describe('money beyond what was paid for the goods', () => {
  it('is compensation: a price difference no rule grants, a price rise only the form speaks of', async () => {
    const { receiptId, lineId } = await sell()
    const { client } = test.clerk
    const allowance = await client.refunds.preview({
      receiptId,
      reason: 'price',
      allowances: [{ saleLineId: lineId, units: 1, amount: 500 }],
    })
    expect(allowance.approval).toMatchObject({
      kinds: ['normal', 'abnormal', 'compensation'],
      needed: 'floor_manager',
    })
    const old = await test.write((w) =>
      addReceipt(w, {
        receiptNo: 'R-old',
        businessDate: '2024-01-05',
        lines: [{ name: '羊毛衫', paid_amount: 10_000 }],
      }),
    )
    const rise = await client.refunds.preview({
      receiptId: old.id,
      reason: 'preference',
      lines: [{ saleLineId: old.lineIds[0] ?? 0, units: 1, condition: 'opened', priceRise: 2_000 }],
    })
    expect(rise.approval.kinds).toContain('compensation')
  })

  it('is compensation as an offer, too, whatever it is called', async () => {
    const { receiptId } = await sell()
    const { id } = await complain({ receiptId }, [])
    const { caseId } = await test.clerk.client.complaints.open({ complaintId: id })
    const offer = (amount: number) =>
      test.clerk.client.approvals.recordOffer({
        kind: 'normal',
        amount,
        what: '多退一点',
        toWhom: '王女士',
        caseId,
        madeBy: { operatorId: test.clerk.id },
      })
    expect(await offer(10_000)).toMatchObject({ authorised: true })
    expect(await offer(10_001)).toMatchObject({ authorised: false, neededRole: 'floor_manager' })
  })

  it('in a case at risk is given by nobody below the top, and once signed it is', async () => {
    const { receiptId } = await sell()
    const { id } = await complain({ receiptId }, ['media'])
    const { caseId } = await test.clerk.client.complaints.open({ complaintId: id })
    const { approvals } = test.clerk.client
    const gift = { amount: 1_000, what: '果篮', toWhom: '王女士' }
    expect(await approvals.giveGoodwill(gift)).toMatchObject({ id: expect.any(Number) })
    const inCase = { ...gift, caseId }
    expect(await refusalOf(approvals.giveGoodwill(inCase))).toMatchObject({
      reason: 'approvals.needed',
      params: { role: 'store_manager', kind: 'risk_flag' },
    })
    const { kinds, ...subject } = await approvals.goodwillSubject(inCase)
    expect(kinds).toEqual(['goodwill', 'risk_flag'])
    const request = { kinds, amount: 1_000, currency: 'CNY', subject, summary: '果篮', reason: '' }
    const { id: approvalId } = await approvals.request(request)
    await approvals.sign({ approvalId, ...managerSignature })
    expect(await approvals.giveGoodwill({ ...inCase, approvalId })).toMatchObject({
      id: expect.any(Number),
    })
  })

  it('in a case at risk is offered by nobody below the top', async () => {
    const { receiptId } = await sell()
    const { id } = await complain({ receiptId }, ['media'])
    const { caseId } = await test.clerk.client.complaints.open({ complaintId: id })
    const offer = await test.clerk.client.approvals.recordOffer({
      kind: 'goodwill',
      amount: 1_000,
      what: '果篮',
      caseId,
      madeBy: { operatorId: test.clerk.id },
    })
    expect(offer).toMatchObject({ authorised: false, neededRole: 'store_manager' })
  })
})

describe('a brand the store watches', () => {
  it('sends its refunds to the top whatever they come to, and leaves other brands with the clerk', async () => {
    const brands = { 名表: 'store_manager', 平价: null } as const
    const sold = new Map<string, Sold>()
    for (const [brand, approver] of Object.entries(brands)) {
      await test.write(async (w) => {
        await openHouse(w, ['refund'], {
          id: approver ? 'own.watched' : 'own.plain',
          scope: { brands: [brand] },
          approver,
        })
        const product_id = await addProduct(w, { sku: brand, name: `${brand}手表`, brand })
        const { id, lineIds } = await addReceipt(w, {
          receiptNo: `B-${brand}`,
          businessDate: '2026-11-20',
          lines: [{ name: `${brand}手表`, paid_amount: 10_000, product_id }],
        })
        sold.set(brand, { receiptId: id, lineId: lineIds[0] ?? 0 })
      })
    }
    const sizeOf = (brand: string) => {
      const ask = refundOf(sold.get(brand) ?? { receiptId: 0, lineId: 0 })
      const lines = ask.lines.map((line) => ({ ...line, condition: 'sealed' as const }))
      return { ...ask, reason: 'size' as const, lines }
    }
    for (const client of [test.clerk.client, test.system]) {
      expect(await refusalOf(client.refunds.record(sizeOf('名表')))).toMatchObject({
        reason: 'approvals.needed',
        params: { role: 'store_manager' },
      })
    }
    expect((await test.clerk.client.refunds.record(sizeOf('平价'))).number).toMatch(/^TH-/)
  })
})
