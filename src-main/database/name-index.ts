import { sql } from 'kysely'
import type { ReadHandle } from './store.ts'

/**
 * Ids of the products or customers whose name has all grams of an FTS5 query (`foundation/bigrams.ts`), newest first.
 * Full text is where the database dialects differ, hence here.
 */
export async function matchGrams(
  r: ReadHandle,
  table: 'product_grams' | 'customer_grams',
  query: string,
  limit: number,
): Promise<number[]> {
  const rows = await r
    .selectFrom(table)
    .select('rowid')
    .where(sql<boolean>`${sql.ref(table)} match ${query}`)
    .orderBy('rowid', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row.rowid)
}
