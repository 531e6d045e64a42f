import type { WriteHandle } from '../../src-main/database/store.ts'
import { reverseText, searchKey } from '../../src-main/foundation/text.ts'

/** Enters a receipt that a test wrote by hand, with its lines, into the look-up tables an import would fill. */
export async function lookUpReceipt(w: WriteHandle, receiptId: number): Promise<void> {
  const receipt = await w
    .selectFrom('receipt')
    .select(['receipt_no', 'business_date', 'total'])
    .where('id', '=', receiptId)
    .executeTakeFirstOrThrow()
  const entry = { business_date: receipt.business_date, receipt_id: receiptId }
  const receipt_key_reversed = reverseText(searchKey(receipt.receipt_no))
  await w
    .insertInto('receipt_by_tail')
    .values({ ...entry, receipt_key_reversed })
    .execute()
  await w
    .insertInto('receipt_by_amount')
    .values({ ...entry, total: receipt.total })
    .execute()
  const lines = await w
    .selectFrom('sale_line')
    .select(['id', 'product_id'])
    .where('receipt_id', '=', receiptId)
    .execute()
  for (const product_id of new Set(lines.map((line) => line.product_id))) {
    if (product_id === null) continue
    await w.insertInto('receipt_of_product').values({ product_id, receipt_id: receiptId }).execute()
  }
  const line_id = Math.max(0, ...lines.map((line) => line.id))
  await w.updateTable('sale_lookup_progress').set({ receipt_id: receiptId, line_id }).execute()
}
