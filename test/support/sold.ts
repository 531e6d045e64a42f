import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Insertable } from 'kysely'
import { type DataFolder, openDataFolder } from '../../src-main/database/folder.ts'
import type { SaleLineTable } from '../../src-main/database/schema.ts'
import type { WriteHandle } from '../../src-main/database/store.ts'
import { bigramsOf } from '../../src-main/foundation/bigrams.ts'
import { phoneDigits } from '../../src-main/foundation/phone.ts'
import { namePinyin, wordPinyin } from '../../src-main/foundation/pinyin.ts'
import { searchKey } from '../../src-main/foundation/text.ts'
import { lookUpReceipt } from './sale-lookups.ts'

/** Rows as an import leaves them, for tests that need a few particular sales. */

export const soldAt = '2026-11-12T04:00:00.000Z'

/** A migrated data folder of its own, and how to be rid of it. */
export function freshFolder(): { folder: DataFolder; remove: () => Promise<void> } {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'goodwill-desk-'))
  const folder = openDataFolder(dir, 'cli', new Date(soldAt))
  return {
    folder,
    remove: async () => {
      await folder.close()
      rmSync(dir, { recursive: true })
    },
  }
}

/** The import and the operator every row hangs on. */
export async function writeFrame(w: WriteHandle): Promise<void> {
  await w
    .insertInto('operator')
    .values({
      id: 1,
      code: 'LJ01',
      name: '李静',
      role: 'clerk',
      pin_hash: null,
      locked_until: null,
      created_at: soldAt,
    })
    .execute()
  await writeSalesImport(w, 1)
}

/** The import that the receipts here hang on. */
export async function writeSalesImport(
  w: WriteHandle,
  operatorId: number | null = null,
): Promise<void> {
  await w
    .insertInto('import_batch')
    .values({
      id: 1,
      kind: 'sales',
      file_name: 'sales.csv',
      file_size: 0,
      file_sha256: '',
      encoding: 'utf-8',
      delimiter: ',',
      header_line: 1,
      mapping: '{}',
      state: 'finished',
      operator_id: operatorId,
      started_at: soldAt,
      finished_at: soldAt,
      failure: null,
      reject_file: null,
    })
    .execute()
}

export async function addCustomer(
  w: WriteHandle,
  customer: { name: string; phone?: string; memberNo?: string; tier?: string },
): Promise<number> {
  const { full, initials } = namePinyin(customer.name)
  const digits = phoneDigits(customer.phone ?? '')
  const { id } = await w
    .insertInto('customer')
    .values({
      member_no: customer.memberNo ?? null,
      name: customer.name,
      name_pinyin: full,
      name_initials: initials,
      phone: customer.phone ?? '',
      phone_digits: digits,
      phone_tail: digits.slice(-4),
      joined_on: null,
      points: null,
      ...(customer.tier && { tier: customer.tier }),
      import_id: 1,
      created_at: soldAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await w
    .insertInto('customer_grams')
    .values({ rowid: id, grams: bigramsOf(customer.name) })
    .execute()
  return id
}

export async function addProduct(
  w: WriteHandle,
  product: {
    sku: string
    name: string
    barcode?: string
    brand?: string
    model?: string
    spec?: string
    listPrice?: number
    serialTracked?: boolean
  },
): Promise<number> {
  const { full, initials } = wordPinyin(product.name)
  const { id } = await w
    .insertInto('product')
    .values({
      sku: product.sku,
      sku_key: searchKey(product.sku),
      barcode: product.barcode ?? '',
      name: product.name,
      name_pinyin: full,
      name_initials: initials,
      brand: product.brand ?? '',
      model: product.model ?? '',
      spec: product.spec ?? '',
      serial_tracked: product.serialTracked ? 1 : 0,
      list_price: product.listPrice ?? null,
      warranty_unit_months: null,
      warranty_part_months: null,
      warranty_provider: null,
      source: 'catalogue',
      import_id: 1,
      created_at: soldAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const grams = bigramsOf([product.name, product.brand ?? ''].join(' '))
  await w.insertInto('product_grams').values({ rowid: id, grams }).execute()
  return id
}

export interface SoldLine extends Partial<Omit<Insertable<SaleLineTable>, 'id' | 'receipt_id'>> {
  name: string
  paid_amount: number
}

export interface SoldReceipt {
  receiptNo: string
  businessDate?: string
  till?: string
  kind?: 'sale' | 'return'
  customerId?: number
  originalReceiptId?: number
  lines: readonly SoldLine[]
}

/** A receipt with its lines; returns its id and theirs. */
export async function addReceipt(
  w: WriteHandle,
  sold: SoldReceipt,
): Promise<{ id: number; lineIds: number[] }> {
  const key = searchKey(sold.receiptNo)
  const businessDate = sold.businessDate ?? '2026-11-12'
  const { id } = await w
    .insertInto('receipt')
    .values({
      store_code: '',
      till: sold.till ?? '01',
      business_date: businessDate,
      receipt_no: sold.receiptNo,
      receipt_key: key,
      kind: sold.kind ?? 'sale',
      sold_at: `${businessDate}T04:00:00.000Z`,
      customer_id: sold.customerId ?? null,
      currency: 'CNY',
      total: sold.lines.reduce((sum, line) => sum + line.paid_amount, 0),
      line_count: sold.lines.length,
      original_receipt_id: sold.originalReceiptId ?? null,
      content_hash: '',
      import_id: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const lineIds = []
  for (const [index, line] of sold.lines.entries()) {
    const row = await w
      .insertInto('sale_line')
      .values({
        receipt_id: id,
        line_no: index + 1,
        kind: 'goods',
        qty_milli: 1000,
        units: 1,
        list_amount: line.paid_amount,
        product_id: null,
        original_line_id: null,
        link_kind: null,
        file_amount: null,
        ...line,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    lineIds.push(row.id)
  }
  await lookUpReceipt(w, id)
  return { id, lineIds }
}
