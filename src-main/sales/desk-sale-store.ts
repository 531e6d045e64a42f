import { lookUpReceipt } from '../database/receipt-lookups.ts'
import type { TenderTable } from '../database/schema.ts'
import type { WriteHandle } from '../database/store.ts'
import { searchKey } from '../foundation/text.ts'

/** Goods the desk gave out, as a sale: rights, cards, refunds and find work on it as on any other. */
export interface DeskSale {
  storeCode: string
  deskNo: string
  businessDate: string
  soldAt: string
  /** Number of the paper by which they were given out. */
  number: string
  customerId: number | null
  memberNo: string
  cashier: string
  cashierId: number
  currency: string
  lines: readonly {
    productId: number | null
    sku: string
    barcode: string
    name: string
    serialNo: string
    unit: string
    units: number
    listAmount: number
    paidAmount: number
    floor: string
    counter: string
    vendor: string
  }[]
  tenders: readonly {
    kind: TenderTable['kind']
    label: string
    reference: string
    amount: number
    /** Of stored value: how much of it is the store's gift. */
    giftPart: number
  }[]
}

/** The serial number of goods the desk sold before they were here. */
export async function nameDeskSerial(
  w: WriteHandle,
  saleLineId: number,
  serialNo: string,
): Promise<void> {
  await w
    .updateTable('sale_line')
    .set({ serial_no: serialNo })
    .where('id', '=', saleLineId)
    .execute()
}

/** Writes a sale of the desk. @returns its ids, lines and tenders in the order given. */
export async function insertDeskSale(
  w: WriteHandle,
  sale: DeskSale,
): Promise<{ receiptId: number; lineIds: number[]; tenderIds: number[] }> {
  const total = sale.lines.reduce((sum, line) => sum + line.paidAmount, 0)
  const { id: receiptId } = await w
    .insertInto('receipt')
    .values({
      store_code: sale.storeCode,
      till: sale.deskNo,
      business_date: sale.businessDate,
      receipt_no: sale.number,
      receipt_key: searchKey(sale.number),
      kind: 'sale',
      sold_at: sale.soldAt,
      customer_id: sale.customerId,
      member_no: sale.memberNo,
      cashier: sale.cashier,
      currency: sale.currency,
      total,
      line_count: sale.lines.length,
      original_receipt_id: null,
      content_hash: `desk ${sale.number}`,
      import_id: await deskBatch(w, sale),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const lineIds: number[] = []
  for (const [index, line] of sale.lines.entries()) {
    lineIds.push(await insertLine(w, receiptId, index + 1, line))
  }
  const tenderIds: number[] = []
  for (const tender of sale.tenders) tenderIds.push(await insertTender(w, receiptId, sale, tender))
  await lookUpReceipt(w, { receiptId, lineIds })
  return { receiptId, lineIds, tenderIds }
}

async function insertLine(
  w: WriteHandle,
  receiptId: number,
  lineNo: number,
  line: DeskSale['lines'][number],
): Promise<number> {
  const { id } = await w
    .insertInto('sale_line')
    .values({
      receipt_id: receiptId,
      line_no: lineNo,
      kind: 'goods',
      product_id: line.productId,
      sku: line.sku,
      barcode: line.barcode,
      stray_barcode: null,
      name: line.name,
      serial_no: line.serialNo,
      unit: line.unit,
      qty_milli: line.units * 1_000,
      units: line.units,
      list_amount: line.listAmount,
      paid_amount: line.paidAmount,
      floor: line.floor,
      counter: line.counter,
      vendor: line.vendor,
      original_line_id: null,
      link_kind: null,
      file_amount: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function insertTender(
  w: WriteHandle,
  receiptId: number,
  { soldAt, cashierId }: Pick<DeskSale, 'soldAt' | 'cashierId'>,
  { giftPart, kind, label, reference, amount }: DeskSale['tenders'][number],
): Promise<number> {
  const { id } = await w
    .insertInto('tender')
    .values({ receipt_id: receiptId, kind, label, reference, amount })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (kind === 'stored_value') {
    await w
      .insertInto('tender_gift')
      .values({
        tender_id: id,
        gift_amount: giftPart,
        recorded_at: soldAt,
        recorded_by: cashierId,
      })
      .execute()
  }
  return id
}

/** Every receipt belongs to a batch: one stands for the desk, and is no import. */
async function deskBatch(w: WriteHandle, { soldAt, cashierId }: DeskSale): Promise<number> {
  const found = await w
    .selectFrom('import_batch')
    .select('id')
    .where('source', '=', 'desk')
    .executeTakeFirst()
  if (found) return found.id
  const { id } = await w
    .insertInto('import_batch')
    .values({
      kind: 'sales',
      file_name: '',
      file_size: 0,
      file_sha256: '',
      encoding: '',
      delimiter: '',
      header_line: 0,
      mapping: '{}',
      state: 'finished',
      operator_id: cashierId,
      started_at: soldAt,
      finished_at: soldAt,
      failure: null,
      reject_file: null,
      source: 'desk',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
