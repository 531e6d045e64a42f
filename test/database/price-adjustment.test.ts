import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signFor } from '../support/approve.ts'
import {
  type DeskClient,
  managerSignature,
  openTestDesk,
  refusalOf,
  type TestDesk,
} from '../support/desk.ts'
import { promisePriceDrop } from '../support/price-rule.ts'
import { addProduct, addReceipt } from '../support/sold.ts'

type Ask = Parameters<DeskClient['refunds']['preview']>[0]
type Allowance = NonNullable<Ask['allowances']>[number]

let test: TestDesk
let coatId: number

beforeAll(async () => {
  test = await openTestDesk()
  coatId = await test.write(async (w) => {
    await promisePriceDrop(w, test.manager.id)
    return addProduct(w, { sku: 'COAT-1', name: '羽绒服' })
  })
})
afterAll(() => test.close())

const refunds = () => test.clerk.client.refunds
let receipts = 0

/** Coats at 300.00 each, paid in cash, six days ago unless told otherwise. */
async function sell(units = 1, businessDate = '2026-11-15') {
  receipts += 1
  return test.write(async (w) => {
    const { id, lineIds } = await addReceipt(w, {
      receiptNo: `PRICE-${receipts}`,
      businessDate,
      lines: [
        {
          name: '羽绒服',
          product_id: coatId,
          units,
          qty_milli: units * 1_000,
          list_amount: 30_000 * units,
          paid_amount: 30_000 * units,
        },
      ],
    })
    await w
      .insertInto('tender')
      .values({ receipt_id: id, kind: 'cash', label: '', amount: 30_000 * units })
      .execute()
    return { receiptId: id, coat: lineIds[0] ?? 0 }
  })
}
type Sale = Awaited<ReturnType<typeof sell>>

/** The shelf says so from now on. */
async function priceIs(listPrice: number | null): Promise<void> {
  await test.write((w) =>
    w.updateTable('product').set({ list_price: listPrice }).where('id', '=', coatId).execute(),
  )
}

const draft = async (sale: Sale, units?: number, seenPrice: number | null = null) => {
  const lines = units === undefined ? [] : [{ saleLineId: sale.coat, units, seenPrice }]
  const drafted = await refunds().priceDraft({ receiptId: sale.receiptId, lines })
  return drafted.lines[0]
}

/** Pays a difference, signed for where the clerk may not alone. */
async function adjust(sale: Sale, allowance: Omit<Allowance, 'saleLineId'>, signed = false) {
  const ask = {
    receiptId: sale.receiptId,
    reason: 'price' as const,
    allowances: [{ saleLineId: sale.coat, ...allowance }],
  }
  const { amount } = await refunds().preview(ask)
  const record = { ...ask, expectedAmount: amount }
  const approvalIds = signed ? await signFor(test.clerk.client, record) : []
  const { id } = await refunds().record({ ...record, approvalIds })
  return refunds().open({ refundId: id })
}

describe('a price that fell since the sale', () => {
  it('is made good without goods, by the rule’s amount and window, on a slip of its own', async () => {
    await priceIs(25_000)
    const sale = await sell(2)
    expect(await draft(sale)).toMatchObject({
      units: 2,
      paid: 60_000,
      price: 50_000,
      amount: 10_000,
      until: '2026-11-22',
      basis: [{ zh: '本店买贵退差规定' }],
    })
    expect(await draft(sale, 1)).toMatchObject({ paid: 30_000, amount: 5_000 })
    const slip = await adjust(sale, { units: 2, amount: 10_000 })
    expect(slip).toMatchObject({
      kind: 'price_adjustment',
      amount: 10_000,
      lines: [],
      adjusted: [{ name: '羽绒服', units: 2, amount: 10_000 }],
    })
    expect(slip.number).toMatch(/^TJ-0312-261121-0001-/)
    expect(slip.instructions).toMatchObject([{ amount: 10_000 }])
    const { lines, refunds: history } = await test.clerk.client.sales.open({
      receiptId: sale.receiptId,
    })
    expect(lines[0]?.returned).toEqual([])
    expect(history).toMatchObject([{ kind: 'price_adjustment', amount: 10_000 }])
  })

  it('stands in the report of the day beside the returns, not among them', async () => {
    await priceIs(25_000)
    const before = await test.clerk.client.reports.day({ businessDate: '2026-11-21' })
    await adjust(await sell(), { units: 1, amount: 5_000 })
    const { totals, refunds: slips } = await test.clerk.client.reports.day({
      businessDate: '2026-11-21',
    })
    expect(totals.refunds).toBe(before.totals.refunds)
    expect(totals.priceAdjustments).toBe(before.totals.priceAdjustments + 1)
    expect(totals.priceAdjustmentAmount).toBe(before.totals.priceAdjustmentAmount + 5_000)
    expect(slips.at(-1)).toMatchObject({ kind: 'price_adjustment', goods: '羽绒服' })
  })

  it('is not made good twice for the same unit, but again where it falls further', async () => {
    await priceIs(25_000)
    const sale = await sell()
    await adjust(sale, { units: 1, amount: 5_000 })
    expect(await draft(sale)).toMatchObject({ paid: 25_000, given: 5_000, amount: 0 })
    const again = adjust(sale, { units: 1, amount: 5_000 })
    expect((await refusalOf(again)).reason).toBe('approvals.needed')
    await priceIs(23_000)
    expect(await draft(sale)).toMatchObject({ amount: 2_000 })
    await adjust(sale, { units: 1, amount: 2_000 })
    expect(await draft(sale)).toMatchObject({ amount: 0 })
  })

  it('of one unit leaves its twin to be asked about', async () => {
    await priceIs(25_000)
    const sale = await sell(2)
    await adjust(sale, { units: 1, amount: 5_000 })
    expect(await draft(sale, 1)).toMatchObject({ paid: 30_000, amount: 5_000 })
    await adjust(sale, { units: 1, amount: 5_000 })
    expect(await draft(sale, 1)).toMatchObject({ amount: 0 })
    expect(await draft(sale, 2)).toMatchObject({ paid: 50_000, amount: 0 })
  })

  it('leaves paid less the difference for the unit when it comes back later', async () => {
    await priceIs(25_000)
    const sale = await sell(2)
    await adjust(sale, { units: 1, amount: 5_000 })
    const back = { saleLineId: sale.coat, condition: 'faulty' as const, packagingIntact: true }
    const one = await refunds().preview({
      receiptId: sale.receiptId,
      reason: 'quality',
      lines: [{ ...back, units: 1, unitNos: [1] }],
    })
    expect(one.amount).toBe(25_000)
    const both = await refunds().preview({
      receiptId: sale.receiptId,
      reason: 'quality',
      lines: [{ ...back, units: 2 }],
    })
    expect(both.amount).toBe(55_000)
  })

  it('takes somebody above the clerk where the price was seen elsewhere than in the catalogue', async () => {
    await priceIs(null)
    const sale = await sell()
    expect(await draft(sale)).toMatchObject({ price: null, amount: 0 })
    expect(await draft(sale, 1, 26_000)).toMatchObject({ price: 26_000, amount: 4_000 })
    const seen = { units: 1, amount: 4_000, seenPrice: 26_000 }
    expect((await refusalOf(adjust(sale, seen))).reason).toBe('approvals.needed')
    const slip = await adjust(sale, seen, true)
    expect(slip.approvedBy).toHaveLength(1)
  })

  it('is over with the rule’s window, and where the price did not fall', async () => {
    await priceIs(25_000)
    const late = await sell(1, '2026-11-13')
    const said = await draft(late)
    expect(said?.amount).toBe(0)
    expect(said?.reasons.length).toBeGreaterThan(0)
    expect((await refusalOf(adjust(late, { units: 1, amount: 5_000 }))).reason).toBe(
      'approvals.needed',
    )
    await priceIs(31_000)
    expect(await draft(await sell())).toMatchObject({
      amount: 0,
      reasons: [{ key: 'reason.price_not_fallen' }],
    })
  })

  it('cannot be declared void once the unit came back at the lower price', async () => {
    await priceIs(25_000)
    const sale = await sell()
    const { id, version, number } = await adjust(sale, { units: 1, amount: 5_000 })
    const back = {
      receiptId: sale.receiptId,
      reason: 'quality' as const,
      lines: [
        { saleLineId: sale.coat, units: 1, condition: 'faulty' as const, packagingIntact: true },
      ],
      expectedAmount: 25_000,
    }
    const approvalIds = await signFor(test.clerk.client, back)
    await refunds().record({ ...back, approvalIds })
    const voiding = test.manager.client.refunds.void({ refundId: id, reason: '看错', version })
    expect(await refusalOf(voiding)).toMatchObject({
      reason: 'refunds.adjusted_unit_back',
      params: { number, name: '羽绒服' },
    })
  })

  it('declared void on its day can be made good again', async () => {
    await priceIs(25_000)
    const sale = await sell()
    const { id, version } = await adjust(sale, { units: 1, amount: 5_000 })
    await test.manager.client.refunds.void({ refundId: id, reason: '看错价签', version })
    expect(await draft(sale)).toMatchObject({ given: 0, amount: 5_000 })
    const again = await adjust(sale, { units: 1, amount: 5_000 })
    expect(again.state).toBe('recorded')
  })

  it('is given as a voucher where the customer asks for one', async () => {
    await priceIs(25_000)
    const sale = await sell()
    const { tenders } = await test.clerk.client.sales.open({ receiptId: sale.receiptId })
    const ask = {
      receiptId: sale.receiptId,
      reason: 'price' as const,
      allowances: [{ saleLineId: sale.coat, units: 1, amount: 5_000 }],
      otherTenders: [{ tenderId: tenders[0]?.id ?? 0, to: 'voucher' as const, reason: '下次还来' }],
    }
    const { id } = await refunds().record({ ...ask, expectedAmount: 5_000 })
    const slip = await refunds().open({ refundId: id })
    expect(slip.vouchers).toMatchObject([{ amount: 5_000, how: 'issued' }])
    expect(slip.instructions).toEqual([])
    const voucher = await test.clerk.client.vouchers.open({
      voucherId: slip.vouchers[0]?.voucherId ?? 0,
    })
    expect(voucher.source).toMatchObject({ type: 'price_adjustment', number: slip.number })
  })
})

describe('a difference beyond what the rules grant', () => {
  const ask = (sale: Sale, units: number, amount: number) => ({
    receiptId: sale.receiptId,
    reason: 'price' as const,
    allowances: [{ saleLineId: sale.coat, units, amount }],
  })

  it('is compared with the limit for compensation by the part beyond alone', async () => {
    await priceIs(25_000)
    // The rule grants 600.00; a floor manager may give up to 500.00 of compensation, and gives 30.00.
    const { approval } = await refunds().preview(ask(await sell(12), 12, 63_000))
    expect(approval).toMatchObject({ amount: 63_000, compensation: 3_000 })
    expect(approval.kinds).toContain('compensation')
    expect(approval.needed).toBe('floor_manager')
    const far = await refunds().preview(ask(await sell(12), 12, 110_001))
    expect(far.approval).toMatchObject({ compensation: 50_001, needed: 'store_manager' })
    const granted = await refunds().preview(ask(await sell(2), 2, 10_000))
    expect(granted.approval).toMatchObject({ compensation: null, needed: null })
  })

  it('can be signed by whom the part beyond is within the limit of', async () => {
    await priceIs(25_000)
    const sale = await sell(12)
    const floor = { code: '009', pin: '909090' }
    await test.manager.client.staff.add({ ...floor, name: '楼层周', role: 'floor_manager' })
    const { approval, amount } = await refunds().preview(ask(sale, 12, 63_000))
    const { needed, ...request } = approval
    expect(needed).toBe('floor_manager')
    const { id } = await test.clerk.client.approvals.request(request)
    await test.clerk.client.approvals.sign({ approvalId: id, ...floor })
    const approvalIds = [id]
    const record = { ...ask(sale, 12, 63_000), expectedAmount: amount, approvalIds }
    const slip = await refunds().open({ refundId: (await refunds().record(record)).id })
    expect(slip.approvedBy).toMatchObject([{ approverName: '楼层周' }])
    const { compensation, usedFor } = await test.clerk.client.approvals.open({ approvalId: id })
    expect({ compensation, usedFor: usedFor?.id }).toEqual({
      compensation: 3_000,
      usedFor: slip.number,
    })
  })

  it('is not got around by asking for an approval of a smaller part', async () => {
    await priceIs(25_000)
    const sale = await sell(12)
    const { approval, amount } = await refunds().preview(ask(sale, 12, 110_001))
    const { needed: _needed, ...request } = approval
    const { id } = await test.clerk.client.approvals.request({ ...request, compensation: 1 })
    await test.clerk.client.approvals.sign({ approvalId: id, ...managerSignature })
    const record = { ...ask(sale, 12, 110_001), expectedAmount: amount, approvalIds: [id] }
    expect((await refusalOf(refunds().record(record))).reason).toBe('approvals.changed')
  })
})

describe('the paper’s own name', () => {
  it('is what find, the last deeds and the lists call it: a price adjustment, no return', async () => {
    await priceIs(25_000)
    const { id, number } = await adjust(await sell(), { units: 1, amount: 5_000 })
    const { client } = test.clerk
    expect((await client.sales.find({ text: number })).exact).toMatchObject({
      kind: 'price_adjustment',
      id,
      label: number,
    })
    const short = await client.sales.find({ text: number.slice(-6) })
    expect(short.groups.map(({ kind }) => kind)).toContain('price_adjustment')
    expect(short.groups.map(({ kind }) => kind)).not.toContain('refund')
    const { recent } = await client.reports.board()
    expect(recent.find((each) => each.number === number)).toMatchObject({
      kind: 'price_adjustment',
    })
  })
})
