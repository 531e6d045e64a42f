import type { ReadHandle, WriteHandle } from '../database/store.ts'

export interface HoldRecord {
  id: number
  caseId: number
  reason: string
  reference: string
  placedAt: string
  placedBy: string
  releasedAt: string | null
  releasedBy: string | null
  releaseReason: string
}

function selectHolds(r: ReadHandle) {
  return r
    .selectFrom('legal_hold')
    .innerJoin('operator as placer', 'placer.id', 'legal_hold.placed_by')
    .leftJoin('operator as releaser', 'releaser.id', 'legal_hold.released_by')
    .select([
      'legal_hold.id',
      'legal_hold.case_id as caseId',
      'reason',
      'reference',
      'placed_at as placedAt',
      'placer.name as placedBy',
      'released_at as releasedAt',
      'releaser.name as releasedBy',
      'release_reason as releaseReason',
    ])
}

/** Holds of a case, the newest first. */
export async function listHolds(r: ReadHandle, caseId: number): Promise<HoldRecord[]> {
  return selectHolds(r)
    .where('legal_hold.case_id', '=', caseId)
    .orderBy('legal_hold.id', 'desc')
    .execute()
}

/** Every hold that stands, the newest first. */
export async function listStanding(r: ReadHandle): Promise<HoldRecord[]> {
  return selectHolds(r).where('released_at', 'is', null).orderBy('legal_hold.id', 'desc').execute()
}

/** @returns the new row's id; undefined where a hold stands already. */
export async function insertHold(
  w: WriteHandle,
  hold: { caseId: number; reason: string; reference: string; at: string; by: number },
): Promise<number | undefined> {
  const row = await w
    .insertInto('legal_hold')
    .values({
      case_id: hold.caseId,
      reason: hold.reason,
      reference: hold.reference,
      placed_at: hold.at,
      placed_by: hold.by,
      released_at: null,
      released_by: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** @returns the released hold's id; undefined where none stood. */
export async function writeReleased(
  w: WriteHandle,
  released: { caseId: number; at: string; by: number; reason: string },
): Promise<number | undefined> {
  const row = await w
    .updateTable('legal_hold')
    .set({
      released_at: released.at,
      released_by: released.by,
      release_reason: released.reason,
    })
    .where('case_id', '=', released.caseId)
    .where('released_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row?.id
}
