import type { ReadHandle, Store, WriteHandle } from '../database/store.ts'
import { bigramsOf } from '../foundation/bigrams.ts'

/** Beyond this a statement is not looked up word by word, so that no single complaint holds the desk up; characters. */
const indexedCharacters = 20_000

/** How the full text of complaints knows the goods they are about, as a word that nobody types. */
export function productGram(productId: number): string {
  return `productno${productId}x`
}

/**
 * Writes a complaint's row of the full text: statement, solution, and the goods with their brand. Whoever changes one
 * of them calls it in the same transaction.
 */
export async function indexComplaint(w: WriteHandle, complaintId: number): Promise<void> {
  const complaint = await w
    .selectFrom('complaint')
    .select(['text', 'solution', 'sale_line_id', 'card_id'])
    .where('id', '=', complaintId)
    .executeTakeFirstOrThrow()
  const goods = await listGoods(w, complaint.sale_line_id, complaint.card_id)
  const words = [
    complaint.text.slice(0, indexedCharacters),
    complaint.solution,
    ...goods.flatMap(({ name, brand, category }) => [name, brand, category]),
    ...goods.flatMap(({ productId }) => (productId === null ? [] : [productGram(productId)])),
  ]
  await w.deleteFrom('complaint_grams').where('rowid', '=', complaintId).execute()
  await w
    .insertInto('complaint_grams')
    .values({ rowid: complaintId, grams: bigramsOf(words.join(' ')) })
    .execute()
}

export interface ComplaintGoods {
  name: string
  productId: number | null
  brand: string
  category: string
}

/** The goods a complaint is about: its line, or else what its card covers. */
export async function listGoods(
  r: ReadHandle,
  saleLineId: number | null,
  cardId: number | null,
): Promise<ComplaintGoods[]> {
  if (saleLineId === null && cardId === null) return []
  const rows = await r
    .selectFrom('sale_line')
    .leftJoin('product', 'product.id', 'sale_line.product_id')
    .select(['sale_line.name', 'sale_line.product_id', 'product.brand', 'product.category'])
    .where('sale_line.id', 'in', (lines) =>
      saleLineId === null
        ? lines
            .selectFrom('card_line')
            .select('card_line.sale_line_id')
            .where('card_line.card_id', '=', cardId)
        : lines.selectFrom('sale_line as own').select('own.id').where('own.id', '=', saleLineId),
    )
    .orderBy('sale_line.id')
    .execute()
  return rows.map((row) => ({
    name: row.name,
    productId: row.product_id,
    brand: row.brand ?? '',
    category: row.category ?? '',
  }))
}

/** Complaints indexed in one transaction: other writers wait no longer than for one of their own. */
const atOnce = 10

/**
 * Indexes the complaints that are older than the full text, a few at a time, while the desk works. Stops between two
 * of them when `stop` is aborted; the next start goes on.
 */
export async function catchUpComplaintGrams(store: Store, stop: AbortSignal): Promise<void> {
  for (let after = 0; !stop.aborted;) {
    const missing = await store.read((r) => listMissing(r, after))
    const last = missing.at(-1)
    if (last === undefined) return
    await store.write(async (w) => {
      for (const id of missing) await indexComplaint(w, id)
    })
    after = last
  }
}

async function listMissing(r: ReadHandle, after: number): Promise<number[]> {
  const rows = await r
    .selectFrom('complaint')
    .leftJoin('complaint_grams as indexed', 'indexed.rowid', 'complaint.id')
    .select('complaint.id')
    .where('complaint.id', '>', after)
    .where('indexed.rowid', 'is', null)
    .orderBy('complaint.id')
    .limit(atOnce)
    .execute()
  return rows.map(({ id }) => id)
}
