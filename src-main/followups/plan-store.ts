import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { CallHours } from './call-time.ts'
import type { Plan } from './rules.ts'

export interface StoredPlan {
  planId: string
  version: number
  inUse: boolean
  plan: Plan
  note: string
  writtenAt: string | null
  writtenBy: string | null
}

/** What the store wrote, the newest version of each plan first; of one plan, or of all. */
export async function listPlanVersions(
  r: ReadHandle,
  planId: string | null,
): Promise<StoredPlan[]> {
  const rows = await r
    .selectFrom('followup_plan')
    .innerJoin('operator', 'operator.id', 'followup_plan.written_by')
    .selectAll('followup_plan')
    .select('operator.name')
    .$if(planId !== null, (query) => query.where('plan_id', '=', planId ?? ''))
    .orderBy('plan_id')
    .orderBy('version', 'desc')
    .execute()
  return rows.map((row) => ({
    planId: row.plan_id,
    version: row.version,
    inUse: row.in_use === 1,
    plan: JSON.parse(row.body) as Plan,
    note: row.note,
    writtenAt: row.written_at,
    writtenBy: row.name,
  }))
}

export async function insertPlan(
  w: WriteHandle,
  fresh: {
    planId: string
    version: number
    plan: Plan
    inUse: boolean
    note: string
    at: string
    by: number
  },
): Promise<void> {
  await w
    .insertInto('followup_plan')
    .values({
      plan_id: fresh.planId,
      version: fresh.version,
      body: JSON.stringify(fresh.plan),
      in_use: fresh.inUse ? 1 : 0,
      note: fresh.note,
      written_at: fresh.at,
      written_by: fresh.by,
    })
    .execute()
}

export interface StoredHours extends CallHours {
  version: number
}

export async function readCallHours(r: ReadHandle): Promise<StoredHours> {
  const row = await r.selectFrom('followup_settings').selectAll().executeTakeFirstOrThrow()
  return {
    from: row.call_from,
    until: row.call_until,
    onHolidays: row.on_holidays === 1,
    version: row.version,
  }
}

/** @returns false when somebody else changed them since `version`. */
export async function writeCallHours(w: WriteHandle, next: StoredHours): Promise<boolean> {
  const result = await w
    .updateTable('followup_settings')
    .set({
      call_from: next.from,
      call_until: next.until,
      on_holidays: next.onHolidays ? 1 : 0,
      version: next.version + 1,
    })
    .where('version', '=', next.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
