import type { CaseAnswerTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { ComplaintClass } from '../cases/contract.ts'
import type { HouseClocks } from './house.ts'
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

/** What the clocks of a case hang on. */
export interface ClockedCase {
  caseId: number
  complaintId: number
  number: string
  class: ComplaintClass
  floor: string
  severity: 'slight' | 'ordinary' | 'serious'
  mode: 'on_site' | 'afterwards' | 'phone' | 'message' | 'letter' | 'authority'
  recordedAt: string
  /** When its last round began: the first, or the last reopening. */
  openedAt: string
  /** When its last round was solved; null while it is open. */
  closedAt: string | null
  ownerId: number
}

/** Letters of a complaint that a list shows. */
const shownLetters = 200

function selectCases(r: ReadHandle) {
  return (
    r
      .selectFrom('complaint')
      .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
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
      .select([
        'complaint.id',
        'complaint.case_id',
        'complaint.number',
        'complaint.class',
        'complaint.floor',
        'complaint.recorded_at',
        'complaint.severity',
        'complaint.mode',
        'complaint_round.opened_at',
        'complaint_round.solved_at',
        'case_file.owner_id',
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
    floor: row.floor,
    recordedAt: row.recorded_at,
    severity: row.severity,
    mode: row.mode,
    openedAt: row.opened_at,
    closedAt: row.solved_at,
    ownerId: row.owner_id,
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

/** Open complaints, each case once: the one that has waited longest. */
export async function listOpenCases(r: ReadHandle, of: CaseChoice): Promise<ClockedCase[]> {
  const rows = await selectCases(r)
    .where('complaint.state', '=', 'open')
    .$if(of !== 'open', (all) => all.where('complaint.case_id', 'in', of === 'open' ? [] : of))
    .execute()
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
      of === 'open' ? row('case_file.state', '=', 'open') : row('case_file.id', 'in', of),
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

/** Some cases, or all that are open. */
export type CaseChoice = readonly number[] | 'open'

/** What a list shows of a complaint beside its clocks. */
export interface ShownComplaint {
  text: string
  counter: string
  ownerName: string
}

/** What a page of a list shows of its complaints, by their ids. */
export async function listShown(
  r: ReadHandle,
  complaintIds: readonly number[],
): Promise<Map<number, ShownComplaint>> {
  if (complaintIds.length === 0) return new Map()
  const rows = await r
    .selectFrom('complaint')
    .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .select((row) => [
      'complaint.id',
      'complaint.counter',
      'operator.name',
      row.fn<string>('substr', ['complaint.text', row.val(1), row.val(shownLetters)]).as('text'),
    ])
    .where('complaint.id', 'in', complaintIds)
    .execute()
  return new Map(
    rows.map((row) => [row.id, { text: row.text, counter: row.counter, ownerName: row.name }]),
  )
}

export interface StoredHouse extends HouseClocks {
  version: number
  reason: string
  changedAt: string
  changedBy: string
}

function selectHouse(r: ReadHandle) {
  return r
    .selectFrom('clock_rules')
    .innerJoin('operator', 'operator.id', 'clock_rules.changed_by')
    .select([
      'clock_rules.version',
      'clock_rules.body',
      'clock_rules.reason',
      'clock_rules.changed_at',
      'operator.name',
    ])
    .orderBy('clock_rules.version', 'desc')
}

/** The store's own targets and ladders as they hold now; undefined while it has none. */
export async function findHouse(r: ReadHandle): Promise<StoredHouse | undefined> {
  const row = await selectHouse(r).limit(1).executeTakeFirst()
  return row && toHouse(row)
}

/** Every version there was, the newest first. */
export async function listHouses(r: ReadHandle, limit: number): Promise<StoredHouse[]> {
  return (await selectHouse(r).limit(limit).execute()).map(toHouse)
}

function toHouse(row: {
  version: number
  body: string
  reason: string
  changed_at: string
  name: string
}): StoredHouse {
  const { targets, ladders } = JSON.parse(row.body) as HouseClocks
  const { version, reason, changed_at: changedAt, name: changedBy } = row
  return { version, targets, ladders, reason, changedAt, changedBy }
}

/** @returns false when that version exists already. */
export async function insertHouse(
  w: WriteHandle,
  house: HouseClocks & { version: number; reason: string; at: string; by: number },
): Promise<boolean> {
  const { version, targets, ladders, reason, at, by } = house
  const result = await w
    .insertInto('clock_rules')
    .values({
      version,
      body: JSON.stringify({ targets, ladders }),
      reason,
      changed_at: at,
      changed_by: by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export interface PauseRecord {
  id: number
  caseId: number
  reason: string
  note: string
  pausedAt: string
  pausedBy: string
  resumedAt: string | null
  /** When it ends by itself. */
  endsAt: string | null
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
      'ends_at',
      'operator.name',
    ])
    .where((row) =>
      of === 'open' ? row('case_file.state', '=', 'open') : row('case_file.id', 'in', of),
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
    endsAt: row.ends_at,
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
  pause: {
    caseId: number
    reason: string
    note: string
    at: string
    by: number
    endsAt: string | null
  },
): Promise<number> {
  const { id } = await w
    .insertInto('clock_pause')
    .values({
      case_id: pause.caseId,
      reason: pause.reason,
      note: pause.note,
      paused_at: pause.at,
      paused_by: pause.by,
      ends_at: pause.endsAt,
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
