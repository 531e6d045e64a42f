import type { Store, WriteHandle } from '../../src-main/database/store.ts'
import { bigramsOf } from '../../src-main/foundation/bigrams.ts'
import { namePinyin, wordPinyin } from '../../src-main/foundation/pinyin.ts'
import { searchKey } from '../../src-main/foundation/text.ts'
import { lookUpReceipt } from './sale-lookups.ts'

interface SeedLine {
  sku: string
  barcode: string
  name: string
  units: number
  paid: number
  list?: number
  serialNo?: string
  promo?: string
  goods?: boolean
}

interface SeedReceipt {
  receiptNo: string
  businessDate: string
  soldAt: string
  kind?: 'sale' | 'return'
  customerId?: number
  originalReceiptId?: number
  lines: readonly SeedLine[]
}

/** Ids of what `seedSales` wrote. */
export interface SeededSales {
  shoes: number
  socks: number
  tillReturn: number
  customer: number
}

const AT = '2026-11-20T12:00:00.000Z'

/** Three receipts as a POS export would leave them: a mixed sale, a small one, and a till return of the small one. */
export function seedSales(store: Store): Promise<SeededSales> {
  return store.write(async (w) => {
    const { id: importId } = await w
      .insertInto('import_batch')
      .values({
        kind: 'sales',
        file_name: 'sales.csv',
        file_size: 1,
        file_sha256: '0',
        encoding: 'utf-8',
        delimiter: ',',
        header_line: 1,
        mapping: '{}',
        state: 'finished',
        operator_id: null,
        started_at: AT,
        finished_at: AT,
        failure: null,
        reject_file: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const customer = await insertCustomer(w, importId)
    const shoes = await insertReceipt(w, importId, {
      receiptNo: '0312000000004821',
      businessDate: '2026-11-12',
      soldAt: '2026-11-12T11:42:00.000Z',
      customerId: customer,
      lines: [
        {
          sku: 'DF-37-B',
          barcode: '6901234567892',
          name: '步云里 短靴 37 黑',
          units: 1,
          paid: 59900,
          serialNo: 'DF37000918',
        },
        {
          sku: 'GIFT-1',
          barcode: '6901234567908',
          name: '护理套装',
          units: 1,
          paid: 0,
          list: 3900,
          promo: '满500赠',
        },
        {
          sku: 'SOCK-3',
          barcode: '6901234567915',
          name: '羊毛袜',
          units: 2,
          paid: 6000,
          list: 7800,
        },
        { sku: 'BAG', barcode: '', name: '购物袋', units: 1, paid: 50, goods: false },
      ],
    })
    const socks = await insertReceipt(w, importId, {
      receiptNo: '0312000000004900',
      businessDate: '2026-11-18',
      soldAt: '2026-11-18T03:00:00.000Z',
      lines: [{ sku: 'SOCK-3', barcode: '6901234567915', name: '羊毛袜', units: 1, paid: 3900 }],
    })
    const tillReturn = await insertReceipt(w, importId, {
      receiptNo: '0312000000004988',
      businessDate: '2026-11-19',
      soldAt: '2026-11-19T03:00:00.000Z',
      kind: 'return',
      originalReceiptId: socks,
      lines: [{ sku: 'SOCK-3', barcode: '6901234567915', name: '羊毛袜', units: 1, paid: -3900 }],
    })
    return { shoes, socks, tillReturn, customer }
  })
}

async function insertCustomer(w: WriteHandle, importId: number): Promise<number> {
  const name = '王小明'
  const sounds = namePinyin(name)
  const { id } = await w
    .insertInto('customer')
    .values({
      member_no: 'M000123',
      name,
      name_pinyin: sounds.full,
      name_initials: sounds.initials,
      phone: '13812345521',
      phone_digits: '13812345521',
      phone_tail: '5521',
      joined_on: null,
      points: null,
      import_id: importId,
      created_at: AT,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await w
    .insertInto('customer_grams')
    .values({ rowid: id, grams: bigramsOf(name) })
    .execute()
  return id
}

async function productOf(w: WriteHandle, importId: number, line: SeedLine): Promise<number> {
  const known = await w
    .selectFrom('product')
    .select('id')
    .where('sku', '=', line.sku)
    .executeTakeFirst()
  if (known) return known.id
  const sounds = wordPinyin(line.name)
  const { id } = await w
    .insertInto('product')
    .values({
      sku: line.sku,
      sku_key: searchKey(line.sku),
      barcode: line.barcode,
      name: line.name,
      name_pinyin: sounds.full,
      name_initials: sounds.initials,
      list_price: null,
      warranty_unit_months: null,
      warranty_part_months: null,
      warranty_provider: null,
      source: 'sale',
      import_id: importId,
      created_at: AT,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await w
    .insertInto('product_grams')
    .values({ rowid: id, grams: bigramsOf(line.name) })
    .execute()
  return id
}

async function insertReceipt(
  w: WriteHandle,
  importId: number,
  receipt: SeedReceipt,
): Promise<number> {
  const key = searchKey(receipt.receiptNo)
  const total = receipt.lines.reduce((sum, line) => sum + line.paid, 0)
  const { id } = await w
    .insertInto('receipt')
    .values({
      store_code: '',
      till: '03',
      business_date: receipt.businessDate,
      receipt_no: receipt.receiptNo,
      receipt_key: key,
      kind: receipt.kind ?? 'sale',
      sold_at: receipt.soldAt,
      customer_id: receipt.customerId ?? null,
      cashier: '陈',
      currency: 'CNY',
      total,
      line_count: receipt.lines.length,
      original_receipt_id: receipt.originalReceiptId ?? null,
      content_hash: receipt.receiptNo,
      import_id: importId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const [index, line] of receipt.lines.entries()) {
    const isGoods = line.goods !== false
    await w
      .insertInto('sale_line')
      .values({
        receipt_id: id,
        line_no: index + 1,
        kind: receipt.kind === 'return' ? 'return' : isGoods ? 'goods' : 'non_goods',
        product_id: isGoods ? await productOf(w, importId, line) : null,
        sku: line.sku,
        barcode: line.barcode,
        name: line.name,
        serial_no: line.serialNo ?? '',
        unit: '双',
        qty_milli: line.units * 1000,
        units: isGoods ? line.units : 0,
        list_amount: line.list ?? line.paid,
        paid_amount: line.paid,
        promo: line.promo ?? '',
        floor: '2F',
        counter: '女鞋',
        vendor: '步云里鞋业',
        original_line_id: null,
        link_kind: null,
        file_amount: null,
      })
      .execute()
  }
  await w
    .insertInto('tender')
    .values({ receipt_id: id, kind: 'alipay', label: '支付宝', amount: total })
    .execute()
  await lookUpReceipt(w, id)
  return id
}
