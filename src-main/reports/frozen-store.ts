import type { ReadHandle } from '../database/store.ts'
import type { BusinessDate } from '../foundation/business-date.ts'
import type { DayReport } from './service.ts'

/** The report of a day as its close froze it (docs/day-close.md); undefined while the day is open. */
export async function findFrozenReport(
  r: ReadHandle,
  date: BusinessDate,
): Promise<
  { report: DayReport; late: number; version: number; closedAt: string; hash: string } | undefined
> {
  const row = await r
    .selectFrom('day_close')
    .select(['facts', 'late', 'version', 'closed_at', 'hash'])
    .where('business_date', '=', date)
    .where('reopened_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const { report } = JSON.parse(row.facts) as { report: DayReport }
  const { late, version, hash, closed_at: closedAt } = row
  return { report, late, version, closedAt, hash }
}
