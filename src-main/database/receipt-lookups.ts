import { reverseText } from '../foundation/text.ts'
import type { WriteHandle } from './store.ts'

/**
 * Makes a receipt that the desk wrote itself known to the look-up tables of sales, in the transaction that writes it:
 * nobody waits for the next import to find it. How far the tables reach is moved on only where nothing older is
 * missing; an import that is under way looks up what came between by itself.
 */
export async function lookUpReceipt(
  w: WriteHandle,
  { receiptId, lineIds }: { receiptId: number; lineIds: readonly number[] },
): Promise<void> {
  const receipt = await w
    .selectFrom('receipt')
    .select(['receipt_key', 'business_date', 'total'])
    .where('id', '=', receiptId)
    .executeTakeFirstOrThrow()
  const goods = await w
    .selectFrom('sale_line')
    .select('product_id')
    .where('receipt_id', '=', receiptId)
    .where('product_id', 'is not', null)
    .execute()
  const productIds = new Set(goods.flatMap((each) => each.product_id ?? []))
  for (const product_id of productIds) {
    await w
      .insertInto('receipt_of_product')
      .values({ product_id, receipt_id: receiptId })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  await w
    .insertInto('receipt_by_tail')
    .values({
      receipt_key_reversed: reverseText(receipt.receipt_key),
      business_date: receipt.business_date,
      receipt_id: receiptId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await w
    .insertInto('receipt_by_amount')
    .values({
      total: receipt.total,
      business_date: receipt.business_date,
      receipt_id: receiptId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await moveOn(w, receiptId, lineIds)
}

async function moveOn(
  w: WriteHandle,
  receiptId: number,
  lineIds: readonly number[],
): Promise<void> {
  const firstLine = Math.min(...lineIds)
  const lineBefore = await w
    .selectFrom('sale_line')
    .select((row) => row.fn.max('id').as('id'))
    .where('id', '<', firstLine)
    .executeTakeFirst()
  const receiptBefore = await w
    .selectFrom('receipt')
    .select((row) => row.fn.max('id').as('id'))
    .where('id', '<', receiptId)
    .executeTakeFirst()
  await w
    .updateTable('sale_lookup_progress')
    .set({ line_id: Math.max(...lineIds), receipt_id: receiptId })
    .where('line_id', '>=', lineBefore?.id ?? 0)
    .where('receipt_id', '>=', receiptBefore?.id ?? 0)
    .execute()
}
