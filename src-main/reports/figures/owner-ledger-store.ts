import { sql } from 'kysely'
import type { ReadHandle } from '../../database/store.ts'

/** Since when somebody had a case. */
interface Held {
  at: string
  ownerId: number
}

/** Cases that changed hands, each with who had it since when, in order; every other one is still with its first owner. */
export type OwnersThen = ReadonlyMap<number, readonly Held[]>

export async function readOwners(r: ReadHandle): Promise<OwnersThen> {
  // The literal lets SQLite take the index of these events alone; a bound value would read all of them.
  const changed = sql<boolean>`kind = 'owner_changed'`
  const rows = await r
    .selectFrom('case_event')
    .select(['case_id', 'at', 'data'])
    .where('kind', 'in', ['complaint_recorded', 'owner_changed'])
    .where('case_id', 'in', (row) =>
      row.selectFrom('case_event').select('case_id').where(changed).distinct(),
    )
    .orderBy('case_id')
    .orderBy('id')
    .execute()
  const owners = new Map<number, Held[]>()
  for (const { case_id: caseId, at, data } of rows) {
    const { ownerId } = JSON.parse(data) as { ownerId?: number }
    if (ownerId === undefined) continue
    const held = owners.get(caseId) ?? []
    held.push({ at, ownerId })
    owners.set(caseId, held)
  }
  return owners
}

/**
 * Who had a case at an instant: what was recorded or solved then stays theirs, whoever has the case later. Whoever has
 * it now where it never changed hands, or nothing is known of that time.
 */
export function ownerAt(
  owners: OwnersThen,
  { case_id: caseId, owner_id: now }: { case_id: number; owner_id: number },
  instant: string,
): number {
  return owners.get(caseId)?.findLast(({ at }) => at <= instant)?.ownerId ?? now
}
