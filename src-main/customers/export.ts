import { record } from '../audit/index.ts'
import type { Call } from '../handlers.ts'
import { requireRoot } from './card.ts'
import { dumpPerson, linkPerson } from './erase-store.ts'
import { listFamily } from './store.ts'

/**
 * Everything the store holds of a person as JSON: each table with the rows that hang on them (PIPL Art. 45). That it
 * was given out, to whom it was asked for and why, is written down.
 */
export async function exportPerson(
  call: Call,
  input: { customerId: number; reason: string },
): Promise<{ fileName: string; json: Blob }> {
  const { tables, id } = await call.store.read(async (r) => {
    const root = await requireRoot(r, input.customerId)
    const linked = await linkPerson(r, await listFamily(r, root.id))
    return { id: root.id, tables: await dumpPerson(r, linked) }
  })
  const counts = Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [table, rows.length]),
  )
  await call.commit(async (w) => {
    const told = { reason: input.reason, counts }
    await record(w, call, 'customers.export', { type: 'customer', id }, told)
    return null
  })
  const { name, city } = call.profile
  const content = {
    store: { name, city },
    customerId: id,
    madeAt: call.now().toISOString(),
    tables,
  }
  const json = new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' })
  return { fileName: `customer-${id}.json`, json }
}
