import type { ReadHandle } from '../../database/store.ts'

/** Names of everybody who ever worked with the desk, by id. */
export async function listPeople(r: ReadHandle): Promise<Map<string, string>> {
  const rows = await r.selectFrom('operator').select(['id', 'name']).execute()
  return new Map(rows.map(({ id, name }) => [String(id), name]))
}

/** Names that stand in the ledger, in order: what a report can be narrowed to. */
export async function listPlaces(r: ReadHandle): Promise<{ floor: string; counter: string }[]> {
  const complaints = await r
    .selectFrom('complaint')
    .select(['floor', 'counter'])
    .distinct()
    .execute()
  const products = await r.selectFrom('product').select(['floor', 'counter']).distinct().execute()
  return [...complaints, ...products]
}

/** Every vendor there is a name of. */
export async function listVendorNames(r: ReadHandle): Promise<string[]> {
  const rows = await r
    .selectFrom('vendor')
    .select('name')
    .where('kind', '=', 'vendor')
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}

/** Every class of goods. */
export async function listCategories(r: ReadHandle): Promise<string[]> {
  const rows = await r
    .selectFrom('product')
    .select('category')
    .distinct()
    .where('category', '<>', '')
    .orderBy('category')
    .execute()
  return rows.map(({ category }) => category)
}

export async function hasVendor(r: ReadHandle, name: string): Promise<boolean> {
  const row = await r
    .selectFrom('vendor')
    .select('id')
    .where('kind', '=', 'vendor')
    .where('name', '=', name)
    .executeTakeFirst()
  return row !== undefined
}

export async function hasCategory(r: ReadHandle, category: string): Promise<boolean> {
  const row = await r
    .selectFrom('product')
    .select('id')
    .where('category', '=', category)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
