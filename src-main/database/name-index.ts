import { sql } from 'kysely'
import type { ReadHandle } from './store.ts'

/**
 * Ids of the products, customers or complaints whose text has all grams of an FTS5 query (`foundation/bigrams.ts`),
 * newest first; only those older than `before`, where given. Full text is where the database dialects differ, hence
 * here.
 */
export async function matchGrams(
  r: ReadHandle,
  table: 'product_grams' | 'customer_grams' | 'complaint_grams' | 'shift_diary_grams',
  query: string,
  limit: number,
  before?: number | null,
): Promise<number[]> {
  const rows = await r
    .selectFrom(table)
    .select('rowid')
    .where(sql<boolean>`${sql.ref(table)} match ${query}`)
    .$if(typeof before === 'number', (rows) => rows.where('rowid', '<', before ?? 0))
    .orderBy('rowid', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row.rowid)
}
