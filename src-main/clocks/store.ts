import type { CaseAnswerTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { ComplaintClass } from '../cases/contract.ts'
import type { OpeningHours } from './opening-hours.ts'

export interface StoredHours extends OpeningHours {
  version: number
}

export async function findHours(r: ReadHandle): Promise<StoredHours | undefined> {
  const row = await r.selectFrom('clock_hours').selectAll().executeTakeFirst()
  return (
    row && {
      weekdays: JSON.parse(row.weekdays) as OpeningHours['weekdays'],
      days: JSON.parse(row.days) as OpeningHours['days'],
      version: row.version,
    }
  )
}

/** @returns false when somebody else changed them since `version`. */
export async function writeHours(
  w: WriteHandle,
  { weekdays, days, version }: StoredHours,
): Promise<boolean> {
  const columns = {
    weekdays: JSON.stringify(weekdays),
    days: JSON.stringify(days),
    version: version + 1,
  }
  if (version === 0) {
    const result = await w
      .insertInto('clock_hours')
      .values({ id: 1, ...columns })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return result.numInsertedOrUpdatedRows === 1n
  }
  const result = await w
    .updateTable('clock_hours')
    .set(columns)
    .where('id', '=', 1)
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface ClockedCase {
  caseId: number
  complaintId: number
  number: string
  class: ComplaintClass
  text: string
  floor: string
  counter: string
  severity: 'slight' | 'ordinary' | 'serious'
  mode: 'on_site' | 'afterwards' | 'phone' | 'message' | 'letter' | 'authority'
  recordedAt: string
  /** When its last round began: the first, or the last reopening. */
  openedAt: string
  /** When its last round was solved; null while it is open. */
  closedAt: string | null
  ownerId: number
  ownerName: string
}

/** Letters of a complaint that a list shows. */
const shownLetters = 200

function selectCases(r: ReadHandle) {
  return (
    r
      .selectFrom('complaint')
      .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
      .innerJoin('operator', 'operator.id', 'case_file.owner_id')
      .innerJoin('complaint_round', 'complaint_round.complaint_id', 'complaint.id')
      .where((row) =>
        row(
          'complaint_round.no',
          '=',
          row
            .selectFrom('complaint_round as last')
            .select(({ fn }) => fn.max('last.no').as('no'))
            .whereRef('last.complaint_id', '=', 'complaint.id'),
        ),
      )
      // An enquiry or a tip has a promise at most; law and house clock complaints.
      .where('complaint.kind', '=', 'complaint')
      .select((row) => [
        'complaint.id',
        'complaint.case_id',
        'complaint.number',
        'complaint.class',
        row.fn<string>('substr', ['complaint.text', row.val(1), row.val(shownLetters)]).as('text'),
        'complaint.floor',
        'complaint.counter',
        'complaint.recorded_at',
        'complaint.severity',
        'complaint.mode',
        'complaint_round.opened_at',
        'complaint_round.solved_at',
        'case_file.owner_id',
        'operator.name as owner_name',
      ])
      .orderBy('complaint.id')
  )
}

type CaseRow = Awaited<ReturnType<ReturnType<typeof selectCases>['execute']>>[number]

function toCase(row: CaseRow): ClockedCase {
  return {
    caseId: row.case_id,
    complaintId: row.id,
    number: row.number,
    class: row.class,
    text: row.text,
    floor: row.floor,
    counter: row.counter,
    recordedAt: row.recorded_at,
    severity: row.severity,
    mode: row.mode,
    openedAt: row.opened_at,
    closedAt: row.solved_at,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
  }
}

/** The complaint that runs in a case, the one it began with where none does; undefined for a case without one: its remedies have clocks of their own. */
export async function findClockedCase(
  r: ReadHandle,
  caseId: number,
): Promise<ClockedCase | undefined> {
  const rows = await selectCases(r).where('complaint.case_id', '=', caseId).execute()
  const row = rows.find(({ solved_at }) => solved_at === null) ?? rows[0]
  return row && toCase(row)
}

/** Open complaints, of the whole store or of some cases, each case once: the one that has waited longest. */
export async function listOpenCases(
  r: ReadHandle,
  of: readonly number[] | 'all' = 'all',
): Promise<ClockedCase[]> {
  const open = selectCases(r).where('complaint.state', '=', 'open')
  const rows = await (of === 'all' ? open : open.where('complaint.case_id', 'in', of)).execute()
  const first = new Map<number, ClockedCase>()
  for (const row of rows) if (!first.has(row.case_id)) first.set(row.case_id, toCase(row))
  return [...first.values()]
}

export interface AnswerRecord {
  caseId: number
  kind: CaseAnswerTable['kind']
  channel: CaseAnswerTable['channel']
  text: string
  at: string
  by: string
}

/** Every time the customer of one of these cases was answered, oldest first. */
export async function listAnswers(r: ReadHandle, of: CaseChoice): Promise<AnswerRecord[]> {
  const rows = await r
    .selectFrom('case_answer')
    .innerJoin('operator', 'operator.id', 'case_answer.answered_by')
    .innerJoin('case_file', 'case_file.id', 'case_answer.case_id')
    .select(['case_id', 'kind', 'channel', 'text', 'answered_at', 'operator.name'])
    .where((row) =>
      of === 'open' ? row('case_file.state', '=', 'open') : row('case_file.id', 'in', idsOf(of)),
    )
    .orderBy('case_answer.id')
    .execute()
  return rows.map((row) => ({
    caseId: row.case_id,
    kind: row.kind,
    channel: row.channel,
    text: row.text,
    at: row.answered_at,
    by: row.name,
  }))
}

/** One case, some, or all that are open. */
type CaseChoice = number | readonly number[] | 'open'

function idsOf(of: number | readonly number[]): readonly number[] {
  return typeof of === 'number' ? [of] : of
}

/**
 * The last line of any case's history, and the cases of the lines after `since`; null for them where there are more
 * than `most`.
 */
export async function findLastEvent(
  r: ReadHandle,
  since: number,
  most: number,
): Promise<{ lastEvent: number; changed: number[] | null }> {
  const last = await r
    .selectFrom('case_event')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst()
  const lastEvent = last?.id ?? 0
  if (lastEvent <= since) return { lastEvent, changed: [] }
  if (lastEvent - since > most * 20) return { lastEvent, changed: null }
  const rows = await r
    .selectFrom('case_event')
    .select('case_id')
    .distinct()
    .where('id', '>', since)
    .limit(most + 1)
    .execute()
  return { lastEvent, changed: rows.length > most ? null : rows.map(({ case_id }) => case_id) }
}

export interface PauseRecord {
  id: number
  caseId: number
  reason: string
  note: string
  pausedAt: string
  pausedBy: string
  resumedAt: string | null
}

export async function listPauses(r: ReadHandle, of: CaseChoice): Promise<PauseRecord[]> {
  const rows = await r
    .selectFrom('clock_pause')
    .innerJoin('operator', 'operator.id', 'clock_pause.paused_by')
    .innerJoin('case_file', 'case_file.id', 'clock_pause.case_id')
    .select([
      'clock_pause.id',
      'case_id',
      'reason',
      'note',
      'paused_at',
      'resumed_at',
      'operator.name',
    ])
    .where((row) =>
      of === 'open' ? row('case_file.state', '=', 'open') : row('case_file.id', 'in', idsOf(of)),
    )
    .orderBy('clock_pause.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    reason: row.reason,
    note: row.note,
    pausedAt: row.paused_at,
    pausedBy: row.name,
    resumedAt: row.resumed_at,
  }))
}

export async function insertAnswer(
  w: WriteHandle,
  answer: Omit<AnswerRecord, 'by'> & { by: number },
): Promise<number> {
  const { id } = await w
    .insertInto('case_answer')
    .values({
      case_id: answer.caseId,
      kind: answer.kind,
      channel: answer.channel,
      text: answer.text,
      answered_at: answer.at,
      answered_by: answer.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function insertPause(
  w: WriteHandle,
  pause: { caseId: number; reason: string; note: string; at: string; by: number },
): Promise<number> {
  const { id } = await w
    .insertInto('clock_pause')
    .values({
      case_id: pause.caseId,
      reason: pause.reason,
      note: pause.note,
      paused_at: pause.at,
      paused_by: pause.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @returns false when the pause had ended already. */
export async function writeResumed(
  w: WriteHandle,
  id: number,
  resumed: { at: string; by: number },
): Promise<boolean> {
  const result = await w
    .updateTable('clock_pause')
    .set({ resumed_at: resumed.at, resumed_by: resumed.by })
    .where('id', '=', id)
    .where('resumed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
