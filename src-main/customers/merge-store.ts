import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { CustomerField } from './contract.ts'
import type { CustomerFields, LiveMerge } from './rules.ts'

export interface MergeRecord extends LiveMerge {
  reason: string
  mergedAt: string
  mergedBy: string
}

/** Merges that stand, onto any of these rows, the earliest first. */
export async function listMerges(
  r: ReadHandle,
  survivorIds: readonly number[],
): Promise<MergeRecord[]> {
  const rows = await r
    .selectFrom('customer_merge as merge')
    .innerJoin('operator', 'operator.id', 'merge.merged_by')
    .select(['merge.id', 'merge.survivor_id', 'merge.merged_id', 'merge.reason', 'merge.taken'])
    .select(['merge.merged_at', 'operator.name'])
    .where('merge.survivor_id', 'in', [...survivorIds])
    .where('merge.undone_at', 'is', null)
    .orderBy('merge.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    survivorId: row.survivor_id,
    mergedId: row.merged_id,
    reason: row.reason,
    taken: JSON.parse(row.taken) as CustomerField[],
    mergedAt: row.merged_at,
    mergedBy: row.name,
  }))
}

export async function findMerge(r: ReadHandle, id: number) {
  const row = await r
    .selectFrom('customer_merge')
    .select(['id', 'survivor_id as survivorId', 'merged_id as mergedId', 'undone_at as undoneAt'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row
}

export async function insertMerge(
  w: WriteHandle,
  merge: {
    survivorId: number
    mergedId: number
    taken: readonly CustomerField[]
    reason: string
    at: string
    by: number
  },
): Promise<number> {
  const { id } = await w
    .insertInto('customer_merge')
    .values({
      survivor_id: merge.survivorId,
      merged_id: merge.mergedId,
      reason: merge.reason,
      taken: JSON.stringify(merge.taken),
      merged_at: merge.at,
      merged_by: merge.by,
      undone_at: null,
      undone_by: null,
      undo_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await writeMergedInto(w, merge.mergedId, merge.survivorId)
  return id
}

async function writeMergedInto(
  w: WriteHandle,
  customerId: number,
  into: number | null,
): Promise<void> {
  await w.updateTable('customer').set({ merged_into: into }).where('id', '=', customerId).execute()
}

/** @returns false when it was undone already. */
export async function writeUndone(
  w: WriteHandle,
  merge: { id: number; mergedId: number },
  undo: { reason: string; at: string; by: number },
): Promise<boolean> {
  const result = await w
    .updateTable('customer_merge')
    .set({ undone_at: undo.at, undone_by: undo.by, undo_reason: undo.reason })
    .where('id', '=', merge.id)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  if (result.numUpdatedRows !== 1n) return false
  await writeMergedInto(w, merge.mergedId, null)
  return true
}

export async function writeTaken(
  w: WriteHandle,
  mergeId: number,
  taken: readonly CustomerField[],
): Promise<void> {
  await w
    .updateTable('customer_merge')
    .set({ taken: JSON.stringify(taken) })
    .where('id', '=', mergeId)
    .execute()
}

/** What survivors' rows said by themselves, and what was put there. */
export async function listOwn(
  r: ReadHandle,
  customerIds: readonly number[],
): Promise<Map<number, { own: CustomerFields; shown: CustomerFields }>> {
  const rows = await r
    .selectFrom('customer_own')
    .selectAll()
    .where('customer_id', 'in', [...customerIds])
    .execute()
  return new Map(
    rows.map((row) => [
      row.customer_id,
      {
        own: JSON.parse(row.own) as CustomerFields,
        shown: JSON.parse(row.shown) as CustomerFields,
      },
    ]),
  )
}

/** Null: nobody is under it any more, and its row is its own again. */
export async function writeOwn(
  w: WriteHandle,
  customerId: number,
  kept: { own: CustomerFields; shown: CustomerFields } | null,
): Promise<void> {
  await w.deleteFrom('customer_own').where('customer_id', '=', customerId).execute()
  if (kept === null) return
  await w
    .insertInto('customer_own')
    .values({
      customer_id: customerId,
      own: JSON.stringify(kept.own),
      shown: JSON.stringify(kept.shown),
    })
    .execute()
}

/** Those somebody found to be other people than this one. */
export async function listDistinct(r: ReadHandle, customerId: number): Promise<number[]> {
  const rows = await r
    .selectFrom('customer_distinct')
    .select(['lower_id', 'higher_id'])
    .where((row) => row.or([row('lower_id', '=', customerId), row('higher_id', '=', customerId)]))
    .execute()
  return rows.map((row) => (row.lower_id === customerId ? row.higher_id : row.lower_id))
}

export async function insertDistinct(
  w: WriteHandle,
  pair: readonly [number, number],
  moment: { at: string; by: number },
): Promise<void> {
  await w
    .insertInto('customer_distinct')
    .values({
      lower_id: Math.min(...pair),
      higher_id: Math.max(...pair),
      said_at: moment.at,
      said_by: moment.by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
