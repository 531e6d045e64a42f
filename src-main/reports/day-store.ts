/** What the report of a business day says beside complaints and refunds, as it stood at the day's end. */
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { addDays } from '../foundation/business-date.ts'
import { sumMoney } from '../foundation/money.ts'
import type { DaySpan } from './rules.ts'

/** The last wording of the day's note; empty where nobody wrote one. */
export async function findDayNote(r: ReadHandle, businessDate: string): Promise<string> {
  const row = await r
    .selectFrom('day_note')
    .select('note')
    .where('business_date', '=', businessDate)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.note ?? ''
}

export async function insertDayNote(
  w: WriteHandle,
  { businessDate, note, at, by }: { businessDate: string; note: string; at: string; by: number },
): Promise<void> {
  await w
    .insertInto('day_note')
    .values({ business_date: businessDate, note, written_at: at, written_by: by })
    .execute()
}

/** Hand-overs of a desk that were given on the day and not taken back. */
export async function listDayShifts(r: ReadHandle, deskNo: string, { businessDate }: DaySpan) {
  const rows = await r
    .selectFrom('shift_handover')
    .innerJoin('operator as giver', 'giver.id', 'shift_handover.given_by')
    .leftJoin('operator as taker', 'taker.id', 'shift_handover.settled_by')
    .select([
      'shift_handover.number',
      'shift_handover.given_at as givenAt',
      'shift_handover.state',
      'giver.name as givenBy',
      'taker.name as taker',
    ])
    .where('shift_handover.business_date', '=', businessDate)
    .where('shift_handover.desk_no', '=', deskNo)
    .where('shift_handover.state', '<>', 'withdrawn')
    .orderBy('shift_handover.id')
    .execute()
  return rows.map(({ state, taker, ...row }) => ({
    ...row,
    takenBy: state === 'accepted' ? taker : null,
  }))
}

/** What one clerk may give as goodwill on a business day, by the limits that held at the day's end; minor units. */
export async function goodwillLimitOf(r: ReadHandle, { until }: DaySpan): Promise<number> {
  const row = await r
    .selectFrom('approval_matrix')
    .select('goodwill_per_day')
    // The first one came with the program and held before anybody changed it.
    .where((each) => each.or([each('changed_at', '<', until), each('version', '=', 1)]))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.goodwill_per_day ?? 0
}

/** Approvals that were granted or refused on the day, each by its last word of that day. */
export async function countDayDecisions(
  r: ReadHandle,
  { from, until }: DaySpan,
): Promise<{ granted: number; grantedAmount: number; denied: number }> {
  const rows = await r
    .selectFrom('approval_event')
    .innerJoin('approval', 'approval.id', 'approval_event.approval_id')
    .select(['approval.id', 'approval.amount', 'approval_event.action'])
    .where('approval_event.at', '>=', from)
    .where('approval_event.at', '<', until)
    .where('approval_event.action', 'in', ['grant', 'deny'])
    .orderBy('approval_event.id')
    .execute()
  const last = [...new Map(rows.map((row) => [row.id, row])).values()]
  const granted = last.filter(({ action }) => action === 'grant')
  return {
    granted: granted.length,
    grantedAmount: sumMoney(granted.map(({ amount }) => amount)),
    denied: last.length - granted.length,
  }
}

/** Days a repairer has by the rules of 1995 (domain.md §1.1 SB-30). */
const repairDays = 30

/** Goods taken in and given back on the day, and what was in repair at its end, over thirty days among it. */
export async function countDayRepairs(
  r: ReadHandle,
  { businessDate }: DaySpan,
): Promise<{ takenIn: number; givenBack: number; inRepair: number; overdue: number }> {
  const moved = await r
    .selectFrom('repair_movement')
    .select(['item_id', 'action'])
    .distinct()
    .where('business_date', '=', businessDate)
    .where('action', 'in', ['receive', 'hand_back'])
    .execute()
  const open = await r
    .selectFrom('repair_item')
    .select('received_on')
    .where('received_on', '<=', businessDate)
    .where((row) => row.or([row('ready_on', 'is', null), row('ready_on', '>', businessDate)]))
    .where((row) => row.or([row('ended_on', 'is', null), row('ended_on', '>', businessDate)]))
    .execute()
  const latest = addDays(businessDate, -repairDays)
  return {
    takenIn: moved.filter(({ action }) => action === 'receive').length,
    givenBack: moved.filter(({ action }) => action === 'hand_back').length,
    inRepair: open.length,
    overdue: open.filter(({ received_on: on }) => on !== null && on < latest).length,
  }
}

/** What the quality radar raised on the day, the gravest first. */
export async function listDayFindings(r: ReadHandle, { businessDate }: DaySpan) {
  const rows = await r
    .selectFrom('radar_alert')
    .select(['id', 'label', 'fault', 'level', 'failures', 'sold'])
    .where('business_date', '=', businessDate)
    .orderBy('id')
    .execute()
  const rank = { alarm: 0, alert: 1, watch: 2 }
  return rows.toSorted((a, b) => rank[a.level] - rank[b.level] || a.id - b.id)
}

/** The example that was chosen on the day and stood at its end; the first of several. */
export async function findDayLesson(r: ReadHandle, { businessDate, until }: DaySpan) {
  const row = await r
    .selectFrom('lesson')
    .innerJoin('complaint', 'complaint.id', 'lesson.complaint_id')
    .innerJoin('lesson_text', (join) =>
      join
        .onRef('lesson_text.lesson_id', '=', 'lesson.id')
        .onRef('lesson_text.version', '=', 'lesson.version'),
    )
    .select([
      'lesson.complaint_id as complaintId',
      'complaint.number',
      'lesson_text.title',
      'lesson_text.takeaway',
    ])
    .where('lesson.business_date', '=', businessDate)
    .where((each) =>
      each.or([each('lesson.withdrawn_at', 'is', null), each('lesson.withdrawn_at', '>=', until)]),
    )
    .orderBy('lesson.id')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}
