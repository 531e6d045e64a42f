import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'

/** One version of how something is set up. */
export interface StoredDesign {
  /** JSON, as it was written. */
  design: unknown
  /** 0 where nothing was ever set up. */
  version: number
  restores: number | null
  changedAt: string | null
  changedBy: string | null
}

const nothing: StoredDesign = {
  design: {},
  version: 0,
  restores: null,
  changedAt: null,
  changedBy: null,
}

/** How a paper, or the store's `sign`, is set up now. */
export async function findDesign(r: ReadHandle, place: string): Promise<StoredDesign> {
  const [newest] = await listDesigns(r, place, 1)
  return newest ?? nothing
}

/** Versions of a place, the newest first. */
export async function listDesigns(
  r: ReadHandle,
  place: string,
  count: number,
): Promise<StoredDesign[]> {
  const rows = await r
    .selectFrom('paper_design')
    .innerJoin('operator', 'operator.id', 'paper_design.changed_by')
    .select(['design', 'paper_design.version', 'restores', 'changed_at', 'operator.name'])
    .where('place', '=', place)
    .orderBy('paper_design.version', 'desc')
    .limit(count)
    .execute()
  return rows.map((row) => ({
    design: JSON.parse(row.design) as unknown,
    version: row.version,
    restores: row.restores,
    changedAt: row.changed_at,
    changedBy: row.name,
  }))
}

/** @returns false when somebody else wrote this version first. */
export async function insertDesign(
  w: WriteHandle,
  row: {
    place: string
    version: number
    design: unknown
    restores: number | null
    at: string
    by: number
  },
): Promise<boolean> {
  try {
    await w
      .insertInto('paper_design')
      .values({
        place: row.place,
        version: row.version,
        design: JSON.stringify(row.design),
        restores: row.restores,
        changed_at: row.at,
        changed_by: row.by,
      })
      .execute()
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}
