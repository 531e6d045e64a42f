import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordSigned } from '../support/approve.ts'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { openHouse } from '../support/open-house.ts'
import { addCustomer, addProduct, addReceipt } from '../support/sold.ts'

let test: TestDesk
let customerId: number
let bicycleId: number

beforeAll(async () => {
  test = await openTestDesk()
  await test.write(openHouse)
  await test.write(async (w) => {
    customerId = await addCustomer(w, { name: '王小明', phone: '13812345521', memberNo: '88001' })
    bicycleId = await addProduct(w, { sku: '0301', name: '飞鸽 26 寸山地车', brand: '飞鸽' })
    await w
      .updateTable('product')
      .set({ category: '自行车', serial_tracked: 1, model: 'FG-26', origin: '天津' })
      .where('id', '=', bicycleId)
      .execute()
  })
})
afterAll(() => test.close())

let receipts = 0

/** A sale of two bicycles at an odd price, a bag charge, and a kettle nobody knows a warranty of. */
async function sell(businessDate = '2026-11-12') {
  receipts += 1
  const { id, lineIds } = await test.write((w) =>
    addReceipt(w, {
      receiptNo: `POS-${receipts}`,
      businessDate,
      customerId,
      lines: [
        {
          name: '飞鸽 26 寸山地车',
          product_id: bicycleId,
          qty_milli: 2_000,
          units: 2,
          paid_amount: 179_999,
          floor: '3F',
          counter: '文体',
        },
        { name: '购物袋', kind: 'non_goods', units: 0, paid_amount: 50 },
        { name: '电水壶', paid_amount: 9_900, serial_no: 'KT-1' },
      ],
    }),
  )
  const [bicycle = 0, bag = 0, kettle = 0] = lineIds
  return { receiptId: id, bicycle, bag, kettle }
}

const consumer = { name: '王小明', phone: '13812345521', address: '', postcode: '' }

function unit(saleLineId: number, change: Record<string, unknown> = {}) {
  return {
    saleLineId,
    unitNo: 1,
    brand: '飞鸽',
    model: 'FG-26',
    name: '飞鸽 26 寸山地车',
    serialNo: `SN-${saleLineId}-1`,
    batchNo: '',
    origin: '天津',
    installedOn: null,
    unitMonths: 12,
    partMonths: 24,
    mainParts: '车架、变速器',
    provider: 'store' as const,
    providerName: '',
    providerPhone: '',
    scope: '性能故障',
    costBearer: 'store' as const,
    ...change,
  }
}

function issue(receiptId: number, units: ReturnType<typeof unit>[], client = test.clerk.client) {
  return client.cards.issue({ receiptId, consumer, paperLanguage: 'zh', units })
}

describe('the draft of a card', () => {
  it('offers every unit of the goods with what catalogue and category say', async () => {
    const sale = await sell()
    const draft = await test.clerk.client.cards.draft({ receiptId: sale.receiptId })
    expect(draft.consumer).toEqual({
      name: '王小明',
      phone: '138****5521',
      address: '',
      postcode: '',
    })
    expect(draft.units.map((each) => [each.saleLineId, each.unitNo, each.paidAmount])).toEqual([
      [sale.bicycle, 1, 90_000],
      [sale.bicycle, 2, 89_999],
      [sale.kettle, 1, 9_900],
    ])
    expect(draft.units[0]).toMatchObject({
      model: 'FG-26',
      unitMonths: 12,
      partMonths: 24,
      mainParts: '车架、变速器',
      scope: '性能故障',
      provider: 'store',
      providerName: '鹤翔百货中山店',
      providerPhone: '0760-88801234',
      serialTracked: true,
      blocked: null,
    })
    expect(draft.units[2]).toMatchObject({
      unitMonths: null,
      partMonths: null,
      scope: '',
      serialNo: 'KT-1',
      serialTracked: false,
    })
  })

  it('takes the terms of the product before those of its category', async () => {
    const sale = await sell()
    await test.write((w) =>
      w
        .updateTable('product')
        .set({
          warranty_unit_months: 36,
          warranty_provider: 'maker',
          warranty_provider_name: '飞鸽',
        })
        .where('id', '=', bicycleId)
        .execute(),
    )
    const draft = await test.clerk.client.cards.draft({ receiptId: sale.receiptId })
    expect(draft.units[0]).toMatchObject({
      unitMonths: 36,
      partMonths: null,
      mainParts: '',
      provider: 'maker',
      providerName: '飞鸽',
      costBearer: 'maker',
    })
    await test.write((w) =>
      w
        .updateTable('product')
        .set({ warranty_unit_months: null, warranty_provider: null, warranty_provider_name: '' })
        .where('id', '=', bicycleId)
        .execute(),
    )
  })

  it('says which units have a card already, and which came back', async () => {
    const sale = await sell()
    const { number } = await issue(sale.receiptId, [unit(sale.bicycle)])
    await test.clerk.client.refunds.record({
      receiptId: sale.receiptId,
      reason: 'quality',
      expectedAmount: 9_900,
      lines: [{ saleLineId: sale.kettle, units: 1, condition: 'faulty', packagingIntact: false }],
    })
    const draft = await test.clerk.client.cards.draft({ receiptId: sale.receiptId })
    expect(draft.units.map((each) => [each.blocked, each.cardNumber])).toEqual([
      ['has_card', number],
      [null, null],
      ['returned', null],
    ])
  })

  it('of a line of ten thousand bags offers a hundred', async () => {
    const { id } = await test.write((w) =>
      addReceipt(w, {
        receiptNo: 'BULK',
        lines: [{ name: '纸袋', units: 10_000, qty_milli: 10_000_000, paid_amount: 50_000 }],
      }),
    )
    const draft = await test.clerk.client.cards.draft({ receiptId: id })
    expect(draft.units).toHaveLength(100)
  })
})

describe('issuing', () => {
  it('numbers the card, starts its clocks and shows it with the phone masked', async () => {
    const sale = await sell('2025-10-01')
    const { id, number } = await issue(sale.receiptId, [
      unit(sale.bicycle),
      unit(sale.bicycle, { unitNo: 2, serialNo: ' ＳＮ-2 ', installedOn: '2025-10-09' }),
    ])
    expect(number).toMatch(/^XY-0312-261121-\d{4}-[0-9A-Z]$/)
    const card = await test.clerk.client.cards.open({ cardId: id })
    expect(card).toMatchObject({
      number,
      state: 'active',
      saleDate: '2025-10-01',
      businessDate: '2026-11-21',
      issuedBy: '赵敏',
      consumer: { name: '王小明', phoneMasked: '138****5521' },
      prints: 0,
      version: 1,
    })
    expect(card.units).toEqual([
      expect.objectContaining({
        startsOn: '2025-10-01',
        // 2026-10-01 to 07 are holidays; the 8th is a workday.
        unitEndsOn: '2026-10-08',
        partEndsOn: '2027-10-04',
        daysLeft: -44,
        paidAmount: 90_000,
        returned: false,
      }),
      expect.objectContaining({
        serialNo: 'SN-2',
        startsOn: '2025-10-09',
        unitEndsOn: '2026-10-09',
        paidAmount: 89_999,
      }),
    ])
  })

  it('happens once for one request', async () => {
    const sale = await sell()
    const twice = await Promise.all([
      issue(sale.receiptId, [unit(sale.bicycle)], test.withRequestId('card-once')),
      issue(sale.receiptId, [unit(sale.bicycle)], test.withRequestId('card-once')),
    ])
    expect(twice[0]).toEqual(twice[1])
  })

  it('keeps the number on file where the draft showed it masked, and refuses any other asterisks', async () => {
    const sale = await sell()
    const masked = { ...consumer, phone: '138****5521' }
    const input = { receiptId: sale.receiptId, paperLanguage: 'zh' as const }
    const { id } = await test.clerk.client.cards.issue({
      ...input,
      consumer: masked,
      units: [unit(sale.bicycle)],
    })
    const phones = await test.desk.folder.store.read((r) =>
      r.selectFrom('card').select('consumer_phone').where('id', '=', id).execute(),
    )
    expect(phones).toEqual([{ consumer_phone: '13812345521' }])
    const other = test.clerk.client.cards.issue({
      ...input,
      consumer: { ...consumer, phone: '139****0000' },
      units: [unit(sale.bicycle, { unitNo: 2, serialNo: 'X' })],
    })
    expect(await refusalOf(other)).toMatchObject({ reason: 'cards.phone_masked' })
  })

  it('refuses a unit that has a card, with that card, and leaves no half card and no lost number', async () => {
    const sale = await sell()
    const first = await issue(sale.receiptId, [unit(sale.bicycle)])
    const second = issue(sale.receiptId, [
      unit(sale.bicycle, { unitNo: 2, serialNo: `SN-${sale.bicycle}-2` }),
      unit(sale.bicycle, { serialNo: 'other' }),
    ])
    expect(await refusalOf(second)).toEqual({
      reason: 'cards.unit_has_card',
      params: { name: '飞鸽 26 寸山地车', unitNo: 1, number: first.number },
    })
    const next = await issue(sale.receiptId, [
      unit(sale.bicycle, { unitNo: 2, serialNo: `SN-${sale.bicycle}-2` }),
    ])
    const serialOf = (number: string) => Number(number.split('-')[3])
    expect(serialOf(next.number)).toBe(serialOf(first.number) + 1)
  })

  it('leaves one card where two clerks want the same unit at once', async () => {
    const sale = await sell()
    const results = await Promise.allSettled([
      issue(sale.receiptId, [unit(sale.bicycle)]),
      issue(sale.receiptId, [unit(sale.bicycle)]),
    ])
    expect(results.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is refused by the database even when the rules are passed by', async () => {
    const sale = await sell()
    await issue(sale.receiptId, [unit(sale.bicycle)])
    const copy = test.write(async (w) => {
      const line = await w
        .selectFrom('card_line')
        .selectAll()
        .where('sale_line_id', '=', sale.bicycle)
        .executeTakeFirstOrThrow()
      const { id: _id, ...columns } = line
      await w.insertInto('card_line').values(columns).execute()
    })
    await expect(copy).rejects.toThrow('UNIQUE')
  })

  it.each([
    ['what is not goods', 'bag', {}, 'cards.not_goods'],
    ['a unit that was not sold', 'bicycle', { unitNo: 3 }, 'cards.no_such_unit'],
    ['a tracked unit without its serial', 'bicycle', { serialNo: ' ' }, 'cards.serial_missing'],
    [
      'an installation before the sale',
      'bicycle',
      { installedOn: '2026-11-11' },
      'cards.installed_before_sale',
    ],
  ] as const)('refuses %s', async (_what, line, change, reason) => {
    const sale = await sell()
    const attempt = issue(sale.receiptId, [unit(sale[line], change)])
    expect(await refusalOf(attempt)).toMatchObject({ reason })
  })

  it('refuses the same unit or the same serial twice on one card', async () => {
    const sale = await sell()
    const twice = issue(sale.receiptId, [unit(sale.bicycle), unit(sale.bicycle, { serialNo: 'B' })])
    expect(await refusalOf(twice)).toMatchObject({ reason: 'cards.unit_twice' })
    const serial = issue(sale.receiptId, [
      unit(sale.bicycle, { serialNo: 'A' }),
      unit(sale.bicycle, { unitNo: 2, serialNo: 'A' }),
    ])
    expect(await refusalOf(serial)).toMatchObject({ reason: 'cards.serial_twice' })
  })

  it('refuses goods of another sale and sales that are none', async () => {
    const [one, other] = [await sell(), await sell()]
    const foreign = issue(one.receiptId, [unit(other.bicycle)])
    expect(await refusalOf(foreign)).toMatchObject({ reason: 'cards.line_not_of_sale' })
    expect(await refusalOf(issue(999_999, [unit(one.bicycle)]))).toMatchObject({
      reason: 'cards.unknown_sale',
    })
    const { id } = await test.write((w) =>
      addReceipt(w, {
        receiptNo: 'RET-1',
        kind: 'return',
        lines: [{ name: '山地车', kind: 'return', units: 0, paid_amount: -100 }],
      }),
    )
    expect(await refusalOf(test.clerk.client.cards.draft({ receiptId: id }))).toMatchObject({
      reason: 'cards.return_receipt',
    })
  })

  it('refuses a serial that is on another live card, until that unit came back', async () => {
    const [first, second] = [await sell(), await sell()]
    const { number } = await issue(first.receiptId, [unit(first.bicycle, { serialNo: 'DUP-1' })])
    const again = () => issue(second.receiptId, [unit(second.bicycle, { serialNo: 'DUP-1' })])
    expect(await refusalOf(again())).toEqual({
      reason: 'cards.serial_on_other_card',
      params: { serialNo: 'DUP-1', number },
    })
    await recordSigned(test, {
      receiptId: first.receiptId,
      reason: 'preference',
      expectedAmount: 90_000,
      lines: [{ saleLineId: first.bicycle, units: 1, condition: 'sealed', packagingIntact: true }],
    })
    await expect(again()).resolves.toMatchObject({ number: expect.any(String) as string })
  })

  it('refuses a unit that came back', async () => {
    const sale = await sell()
    await recordSigned(test, {
      receiptId: sale.receiptId,
      reason: 'preference',
      expectedAmount: 90_000,
      lines: [{ saleLineId: sale.bicycle, units: 1, condition: 'sealed', packagingIntact: true }],
    })
    const attempt = issue(sale.receiptId, [unit(sale.bicycle)])
    expect(await refusalOf(attempt)).toMatchObject({ reason: 'cards.unit_returned' })
  })
})

describe('declaring a card void', () => {
  it('keeps its number, frees its units and needs the version seen', async () => {
    const sale = await sell()
    const { id, number } = await issue(sale.receiptId, [unit(sale.bicycle)])
    const declare = (version: number) =>
      test.manager.client.cards.void({ cardId: id, reason: '写错型号', version })
    expect(await refusalOf(declare(9))).toMatchObject({ reason: 'desk.changed_meanwhile' })
    await expect(declare(1)).resolves.toEqual({ version: 2 })
    expect(await refusalOf(declare(2))).toEqual({
      reason: 'cards.already_void',
      params: { number },
    })
    const card = await test.clerk.client.cards.open({ cardId: id })
    expect(card).toMatchObject({ number, state: 'void', voidReason: '写错型号', version: 2 })
    await expect(issue(sale.receiptId, [unit(sale.bicycle)])).resolves.toMatchObject({
      number: expect.not.stringContaining(number) as string,
    })
  })

  it('is not for clerks', async () => {
    const sale = await sell()
    const { id } = await issue(sale.receiptId, [unit(sale.bicycle)])
    const attempt = test.clerk.client.cards.void({ cardId: id, reason: '写错型号', version: 1 })
    expect(await refusalOf(attempt)).toMatchObject({ reason: 'staff.not_allowed' })
  })

  it('leaves its trace', async () => {
    const { auditEntries, ok } = await test.manager.client.settings.verify()
    expect(ok).toBe(true)
    expect(auditEntries).toBeGreaterThan(5)
    const actions = await test.desk.folder.store.read((r) =>
      r.selectFrom('audit_log').select('action').distinct().execute(),
    )
    const names = actions.map((row) => row.action)
    expect(names).toEqual(expect.arrayContaining(['cards.issue', 'cards.void', 'refunds.record']))
  })
})

describe('what a card prints', () => {
  it('counts each paper handed out', async () => {
    const sale = await sell()
    const { id } = await issue(sale.receiptId, [unit(sale.bicycle)])
    const { client } = test.clerk
    const first = await client.papers.print({ document: 'card', cardId: id })
    const second = await client.papers.print({ document: 'card', cardId: id })
    expect([first.copyNo, second.copyNo]).toEqual([0, 1])
    expect(await client.cards.open({ cardId: id })).toMatchObject({ prints: 2 })
  })
})
