import { afterAll, beforeAll, expect, it } from 'vitest'
import { openHandle, openSqlite, StatementCache } from '../../src-main/database/sqlite.ts'
import type { WriteHandle } from '../../src-main/database/store.ts'
import {
  listReceiptsOfCustomer,
  listReceiptsOfProduct,
  readReceipt,
} from '../../src-main/sales/store.ts'
import {
  addCustomer,
  addProduct,
  addReceipt,
  freshFolder,
  soldAt,
  writeFrame,
} from '../support/sold.ts'

const { folder, remove } = freshFolder()
let saleId = 0
let boots = 0
let customer = 0

beforeAll(() => folder.store.write(writeSale))
afterAll(remove)

/** A sale of three lines of which one unit came back at the desk and one at the till, with a card and a complaint. */
async function writeSale(w: WriteHandle): Promise<void> {
  await writeFrame(w)
  customer = await addCustomer(w, { name: '张伟', phone: '13800005521', memberNo: '88001' })
  boots = await addProduct(w, { sku: '0101', name: '尖头短靴', brand: '步云里' })
  const sale = await addReceipt(w, {
    receiptNo: 'POS-1',
    customerId: customer,
    lines: [
      { name: '尖头短靴', paid_amount: 59900, product_id: boots },
      { name: '羊毛袜', paid_amount: 6001, qty_milli: 2000, units: 2, promo: '满300减30' },
      { name: '购物袋', paid_amount: 50, kind: 'non_goods', units: 0 },
    ],
  })
  saleId = sale.id
  await w
    .insertInto('tender')
    .values({ receipt_id: saleId, kind: 'wechat', label: '微信', amount: 65951 })
    .execute()
  const [bootsLine = 0, socksLine = 0] = sale.lineIds
  const back = await addReceipt(w, {
    receiptNo: 'POS-9',
    businessDate: '2026-11-14',
    kind: 'return',
    originalReceiptId: saleId,
    lines: [
      {
        name: '羊毛袜',
        paid_amount: -3000,
        qty_milli: -1000,
        kind: 'return',
        original_line_id: socksLine,
      },
    ],
  })
  await w
    .insertInto('case_file')
    .values({
      id: 1,
      state: 'open',
      business_date: '2026-11-15',
      opened_at: soldAt,
      opened_by: 1,
      owner_id: 1,
      receipt_id: saleId,
      customer_id: null,
      closed_at: null,
      closed_on: null,
    })
    .execute()
  await w
    .insertInto('refund')
    .values({
      id: 1,
      number: 'TH-0312-261115-0001-A',
      case_id: 1,
      receipt_id: saleId,
      state: 'recorded',
      business_date: '2026-11-15',
      recorded_at: soldAt,
      recorded_by: 1,
      reason: 'size',
      currency: 'CNY',
      amount: 3001,
      voided_at: null,
      voided_on: null,
      voided_by: null,
      void_reason: null,
    })
    .execute()
  await w
    .insertInto('returned_unit')
    .values([
      {
        sale_line_id: socksLine,
        unit_no: 1,
        amount: 3001,
        live: 1,
        refund_id: 1,
        pos_return_line_id: null,
      },
      {
        sale_line_id: socksLine,
        unit_no: 2,
        amount: 3000,
        live: 1,
        refund_id: null,
        pos_return_line_id: back.lineIds[0] ?? 0,
      },
      {
        sale_line_id: bootsLine,
        unit_no: 1,
        amount: 59900,
        live: 0,
        refund_id: 1,
        pos_return_line_id: null,
      },
    ])
    .execute()
  await w
    .insertInto('card')
    .values({
      id: 1,
      number: 'XY-0312-261112-0001-A',
      receipt_id: saleId,
      customer_id: null,
      state: 'active',
      business_date: '2026-11-12',
      issued_at: soldAt,
      issued_by: 1,
      paper_language: 'zh',
      voided_at: null,
      voided_by: null,
      void_reason: null,
    })
    .execute()
  await w
    .insertInto('card_line')
    .values({
      card_id: 1,
      sale_line_id: bootsLine,
      unit_no: 1,
      name: '尖头短靴',
      paid_amount: 59900,
      starts_on: '2026-11-12',
      installed_on: null,
      unit_months: 3,
      unit_ends_on: '2027-02-12',
      part_months: null,
      part_ends_on: null,
      provider: 'vendor',
      cost_bearer: 'vendor',
    })
    .execute()
  await w
    .insertInto('complaint')
    .values({
      number: 'TS-0312-261115-0001-A',
      case_id: 1,
      class: 'goods',
      text: '开胶',
      solved_on_spot: 0,
      business_date: '2026-11-15',
      recorded_at: soldAt,
      recorded_by: 1,
      receipt_id: saleId,
      sale_line_id: bootsLine,
      card_id: null,
      customer_id: null,
      satisfied: null,
    })
    .execute()
  for (let day = 1; day <= 9; day += 1) {
    await addReceipt(w, {
      receiptNo: `B-${day}`,
      businessDate: `2026-10-0${day}`,
      customerId: customer,
      lines: [
        { name: '尖头短靴', paid_amount: 100, product_id: boots },
        { name: '尖头短靴', paid_amount: 100, product_id: boots },
      ],
    })
  }
}

it('opens a sale with everything that happened to it', async () => {
  const view = await folder.store.read((r) => readReceipt(r, saleId))
  expect(view).toMatchObject({
    receiptNo: 'POS-1',
    businessDate: '2026-11-12',
    soldAt,
    kind: 'sale',
    total: 65951,
    customer: { name: '张伟', memberNo: '88001', phoneMasked: '138****5521' },
    original: null,
    posReturns: [{ receiptNo: 'POS-9', businessDate: '2026-11-14', total: -3000 }],
    refunds: [{ number: 'TH-0312-261115-0001-A', amount: 3001, state: 'recorded' }],
    complaints: [{ number: 'TS-0312-261115-0001-A', class: 'goods', text: '开胶', open: true }],
    cards: [{ number: 'XY-0312-261112-0001-A', state: 'active' }],
    tenders: [{ kind: 'wechat', label: '微信', amount: 65951 }],
  })
  expect(view?.lines).toMatchObject([
    {
      lineNo: 1,
      brand: '步云里',
      returned: [],
      cards: [{ cardId: 1, unitNo: 1, unitEndsOn: '2027-02-12' }],
    },
    {
      lineNo: 2,
      units: 2,
      promo: '满300减30',
      returned: [
        {
          unitNo: 1,
          amount: 3001,
          by: 'desk',
          number: 'TH-0312-261115-0001-A',
          refundId: 1,
          receiptId: null,
          businessDate: '2026-11-15',
        },
        {
          unitNo: 2,
          amount: 3000,
          by: 'pos',
          number: 'POS-9',
          refundId: null,
          businessDate: '2026-11-14',
        },
      ],
      cards: [],
    },
    { lineNo: 3, kind: 'non_goods', units: 0 },
  ])
})

it('opens a till return with the sale it belongs to', async () => {
  const sale = await folder.store.read((r) => readReceipt(r, saleId))
  const back = await folder.store.read((r) => readReceipt(r, sale?.posReturns[0]?.id ?? 0))
  expect(back).toMatchObject({ kind: 'return', original: { id: saleId, receiptNo: 'POS-1' } })
})

it('knows no receipt it does not have', async () => {
  expect(await folder.store.read((r) => readReceipt(r, 9_999))).toBeUndefined()
})

it('reads a sale in as many queries whatever its length, each by an index', async () => {
  const db = openSqlite(folder.databaseFile, { readonly: true })
  const asked: string[] = []
  class Listening extends StatementCache {
    override get(sql: string) {
      asked.push(sql)
      return super.get(sql)
    }
  }
  const { kysely } = openHandle(new Listening(db))
  await readReceipt(kysely, saleId)
  await listReceiptsOfProduct(kysely, boots, undefined, 5)
  await listReceiptsOfCustomer(kysely, [customer], saleId, 5)
  const plans = asked.flatMap((sql) => {
    const values = Array.from({ length: sql.split('?').length - 1 }, () => 1)
    return db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values) as { detail: string }[]
  })
  db.close()
  expect(asked.length).toBeLessThanOrEqual(14)
  expect(plans.map((plan) => plan.detail).filter((detail) => detail.startsWith('SCAN'))).toEqual([])
})

it('pages through the receipts with a product and of a customer', async () => {
  const pages = async (list: typeof listReceiptsOfProduct, id: number) => {
    const numbers: string[] = []
    let before: number | undefined
    for (;;) {
      const from = before
      const page = await folder.store.read((r) => list(r, id, from, 4))
      if (page.length === 0) return numbers
      numbers.push(...page.map((row) => row.receiptNo))
      before = page.at(-1)?.id
    }
  }
  const newestFirst = ['B-9', 'B-8', 'B-7', 'B-6', 'B-5', 'B-4', 'B-3', 'B-2', 'B-1']
  expect(await pages(listReceiptsOfProduct, boots)).toEqual([...newestFirst, 'POS-1'])
  const ofCustomer: typeof listReceiptsOfProduct = (r, id, before, limit) =>
    listReceiptsOfCustomer(r, [id], before, limit)
  expect(await pages(ofCustomer, customer)).toEqual(['POS-1', ...newestFirst])
})
