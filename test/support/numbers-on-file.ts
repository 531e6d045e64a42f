import type { Store } from '../../src-main/database/store.ts'

/** The numbers of all documents of a kind, in the order they were recorded: shows what an impatient hand did twice. */
export function numbersOnFile(
  store: Pick<Store, 'read'>,
  table: 'exchange' | 'refund' | 'repair' | 'voucher',
): Promise<string[]> {
  return store.read(async (r) => {
    const rows = await r.selectFrom(table).select('number').orderBy('id').execute()
    return rows.map(({ number }) => number)
  })
}
