import type { ReadHandle } from '../database/store.ts'
import type { Person } from './format.ts'

/** People as they are in the book of customers now, by their number; merged rows stand for themselves. */
export async function listPeople(r: ReadHandle, ids: readonly number[]): Promise<Person[]> {
  if (ids.length === 0) return []
  const rows = await r
    .selectFrom('customer')
    .select(['id', 'name', 'phone', 'member_no', 'erased_at'])
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    customerRef: row.id,
    erased: row.erased_at !== null,
    name: row.name,
    phone: row.phone,
    memberNo: row.member_no ?? '',
  }))
}
