import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDesk, refusalOf, type TestDesk } from '../support/desk.ts'
import { type ExchangeDraft, recordExchange, sellFor, stock } from '../support/exchange-case.ts'
import { openHouse } from '../support/open-house.ts'
import { importText } from '../support/till-import.ts'

let test: TestDesk
let goods: Record<string, number>

beforeAll(async () => {
  test = await openTestDesk()
  await test.write((w) => openHouse(w, ['refund', 'exchange', 'repair']))
  goods = await stock(
    test,
    { sku: 'COAT-M', name: '羊毛大衣 M', spec: 'M', brand: '雪峰', listPrice: 89_900 },
    { sku: 'COAT-L', name: '羊毛大衣 L', spec: 'L', brand: '雪峰', listPrice: 89_900 },
    { sku: 'FUR', name: '貂绒大衣', brand: '雪峰', listPrice: 99_900 },
  )
})
afterAll(() => test.close())

let slips = 0

/** A coat in M for 719.20 by WeChat. */
async function sellCoat() {
  slips += 1
  const no = `HX-${slips}`
  const sold = await sellFor(
    test,
    no,
    [
      {
        name: '羊毛大衣 M',
        product_id: goods['COAT-M'] ?? null,
        sku: 'COAT-M',
        list_amount: 89_900,
        paid_amount: 71_920,
      },
    ],
    [['wechat', 71_920]],
  )
  return { no, receiptId: sold.receiptId, coat: sold.lineIds[0] ?? 0 }
}

function exchangeFor(sale: { receiptId: number; coat: number }, sku: string) {
  return recordExchange(test, draftFor(sale, sku))
}

function draftFor(sale: { receiptId: number; coat: number }, sku: string): ExchangeDraft {
  return {
    receiptId: sale.receiptId,
    reason: 'size',
    lines: [{ saleLineId: sale.coat, units: 1, condition: 'opened', packagingIntact: true }],
    given: [{ productId: goods[sku] }],
  }
}

const header = '小票号,销售日期,销售时间,收银机号,货号,品名,数量,实收金额,收款方式,备注'

const imported = (...rows: string[]) => importText(test.system, `${[header, ...rows].join('\n')}\n`)

async function receiptIdOf(no: string, kind: 'sale' | 'return' = 'sale') {
  const row = await test.desk.folder.store.read((r) =>
    r
      .selectFrom('receipt')
      .select('id')
      .where('receipt_no', '=', no)
      .where('kind', '=', kind)
      .executeTakeFirstOrThrow(),
  )
  return row.id
}

const openSale = (receiptId: number) => test.clerk.client.sales.open({ receiptId })

describe('an exchange that a till writes down', () => {
  it('as one receipt of the difference is its answer and can be refunded only here', async () => {
    const sale = await sellCoat()
    const done = await exchangeFor(sale, 'FUR')
    const number = done.number
    const before = await test.clerk.client.exchanges.open({ exchangeId: done.id })
    const [told] = before.instructions
    expect(told).toMatchObject({ direction: 'collect', state: 'pending' })
    const difference = ((told?.amount ?? 0) / 100).toFixed(2)
    await imported(
      `E0001,2026-11-21,14:00,01,FUR,貂绒大衣,1,${difference},${nameOf(told)},${number}`,
    )
    const after = await test.clerk.client.exchanges.open({ exchangeId: done.id })
    expect(after.instructions[0]).toMatchObject({ state: 'settled', posNumber: 'E0001' })
    const receiptId = await receiptIdOf('E0001')
    const till = await openSale(receiptId)
    expect(till.standsFor).toEqual({ type: 'exchange', id: done.id, number })
    expect(
      await refusalOf(
        test.clerk.client.refunds.preview({
          receiptId,
          lines: [{ saleLineId: till.lines[0]?.id ?? 0, units: 1 }],
        }),
      ),
    ).toMatchObject({ reason: 'refunds.mirrored_sale', params: { number } })
    const { lines } = await test.clerk.client.rights.ofReceipt({ receiptId })
    expect(lines).toEqual([
      expect.objectContaining({ state: 'mirrored', papers: [number], verdict: null, foreseen: [] }),
    ])
    expect(
      await refusalOf(
        test.clerk.client.rights.freeze({
          receiptId,
          lines: [{ saleLineId: till.lines[0]?.id ?? 0, units: 1 }],
          answers: { all: { reason: 'quality' } },
        }),
      ),
    ).toMatchObject({ reason: 'refunds.mirrored_sale', params: { number } })
  })

  it('as a return and a sale is its answer when both come to the difference', async () => {
    const sale = await sellCoat()
    const done = await exchangeFor(sale, 'FUR')
    const { instructions } = await test.clerk.client.exchanges.open({ exchangeId: done.id })
    const [told] = instructions
    const given = ((71_920 + (told?.amount ?? 0)) / 100).toFixed(2)
    const tender = nameOf(told)
    await imported(
      `E0011,2026-11-21,14:00,01,COAT-M,羊毛大衣 M,-1,-719.20,${tender},${done.number}`,
      `E0012,2026-11-21,14:01,01,FUR,貂绒大衣,1,${given},${tender},${done.number}`,
    )
    const after = await test.clerk.client.exchanges.open({ exchangeId: done.id })
    expect(after.instructions[0]).toMatchObject({ state: 'settled', posNumber: 'E0012' })
    const { lines, posReturns } = await openSale(sale.receiptId)
    expect(lines[0]?.returned.map(({ by }) => by)).toEqual(['desk'])
    expect(posReturns.map(({ standsFor }) => standsFor?.number)).toEqual([done.number])
    const { differing } = await test.clerk.client.posInstructions.reconcile({
      from: '2026-11-20',
      to: '2026-11-22',
    })
    expect(differing).toEqual([])
  })

  it('evenly is no second sale, though no money moves', async () => {
    const sale = await sellCoat()
    const done = await exchangeFor(sale, 'COAT-L')
    expect(done.difference).toBe(0)
    await imported(
      `E0021,2026-11-21,14:00,01,COAT-M,羊毛大衣 M,-1,-719.20,微信,${done.number}`,
      `E0022,2026-11-21,14:00,01,COAT-L,羊毛大衣 L,1,719.20,微信,${done.number}`,
    )
    for (const [no, kind] of [
      ['E0021', 'return'],
      ['E0022', 'sale'],
    ] as const) {
      const receiptId = await receiptIdOf(no, kind)
      const { standsFor } = await openSale(receiptId)
      expect(standsFor?.number).toBe(done.number)
      const rights = await test.clerk.client.rights.ofReceipt({ receiptId })
      expect(rights.lines.map(({ state, papers }) => [state, papers])).toEqual([
        ['mirrored', [done.number]],
      ])
    }
    const old = await test.clerk.client.rights.ofReceipt({ receiptId: sale.receiptId })
    expect(old.lines[0]).toMatchObject({ state: 'all_back', papers: [done.number] })
    const { lines } = await openSale(sale.receiptId)
    expect(lines[0]?.returned).toHaveLength(1)
  })

  it('after a till took goods of the line back asks whether it is another unit', async () => {
    const rows = [
      `${header},原小票号`,
      'E0040,2026-11-20,10:00,01,COAT-M,羊毛大衣 M,2,1438.40,微信,,',
      'E0041,2026-11-20,18:00,01,COAT-M,羊毛大衣 M,-1,-719.20,微信,,E0040',
    ]
    await importText(test.system, `${rows.join('\n')}\n`)
    const sold = await openSale(await receiptIdOf('E0040'))
    const sale = { receiptId: sold.id, coat: sold.lines[0]?.id ?? 0 }
    const draft = draftFor(sale, 'COAT-L')
    const { tillReturns } = await test.clerk.client.exchanges.preview(draft)
    const receiptId = await receiptIdOf('E0041', 'return')
    expect(tillReturns).toEqual([
      expect.objectContaining({ receiptId, receiptNo: 'E0041', amount: 71_920 }),
    ])
    expect(await refusalOf(recordExchange(test, draft))).toMatchObject({
      reason: 'refunds.till_returned',
      params: { receiptNo: 'E0041' },
    })
    const done = await recordExchange(test, { ...draft, tillReturnsSeen: [receiptId] })
    expect(done.state).toBe('awaiting_handover')
    const rights = await test.clerk.client.rights.ofReceipt({ receiptId: sale.receiptId })
    expect(rights.lines[0]).toMatchObject({ state: 'all_back', papers: ['E0041', done.number] })
  })

  it('at another difference is left to a person', async () => {
    const sale = await sellCoat()
    const done = await exchangeFor(sale, 'FUR')
    await imported(`E0031,2026-11-21,14:00,01,FUR,貂绒大衣,1,1.00,微信,${done.number}`)
    const { instructions } = await test.clerk.client.exchanges.open({ exchangeId: done.id })
    expect(instructions[0]).toMatchObject({ state: 'ambiguous' })
  })
})

/** The tender as a till's file names it. */
function nameOf(told: { tender: { kind: string } } | undefined): string {
  return { cash: '现金', wechat: '微信', alipay: '支付宝' }[told?.tender.kind ?? ''] ?? '现金'
}
