import type { ShiftHandoverTable } from '../database/schema.ts'
import { matchGrams } from '../database/name-index.ts'
import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, Store, WriteHandle } from '../database/store.ts'
import { bigramQuery, bigramsOf } from '../foundation/bigrams.ts'
import type { ShiftList } from './lists-store.ts'

export interface ShiftRecord {
  id: number
  number: string
  businessDate: string
  state: ShiftHandoverTable['state']
  lists: ShiftList[]
  note: string
  remark: string
  givenAt: string
  givenById: number
  givenBy: string
  settledAt: string | null
  settledBy: string | null
  version: number
}

function selectShifts(r: ReadHandle) {
  return r
    .selectFrom('shift_handover')
    .innerJoin('operator as giver', 'giver.id', 'shift_handover.given_by')
    .leftJoin('operator as settler', 'settler.id', 'shift_handover.settled_by')
    .selectAll('shift_handover')
    .select(['giver.name as giver_name', 'settler.name as settler_name'])
}

type ShiftRow = Awaited<ReturnType<ReturnType<typeof selectShifts>['execute']>>[number]

function toShift(row: ShiftRow): ShiftRecord {
  return {
    id: row.id,
    number: row.number,
    businessDate: row.business_date,
    state: row.state,
    lists: JSON.parse(row.lists) as ShiftList[],
    note: row.note,
    remark: row.remark,
    givenAt: row.given_at,
    givenById: row.given_by,
    givenBy: row.giver_name,
    settledAt: row.settled_at,
    settledBy: row.settler_name,
    version: row.version,
  }
}

export async function findShift(r: ReadHandle, id: number): Promise<ShiftRecord | undefined> {
  const row = await selectShifts(r).where('shift_handover.id', '=', id).executeTakeFirst()
  return row && toShift(row)
}

/** The hand-over of a desk that nobody has accepted yet. */
export async function findWaiting(r: ReadHandle, deskNo: string): Promise<ShiftRecord | undefined> {
  const row = await selectShifts(r)
    .where('desk_no', '=', deskNo)
    .where('state', '=', 'given')
    .executeTakeFirst()
  return row && toShift(row)
}

/** So many hand-overs before an id, the newest first. */
export async function listShifts(
  r: ReadHandle,
  before: number | undefined,
  count: number,
): Promise<ShiftRecord[]> {
  const rows = await selectShifts(r)
    .$if(before !== undefined, (all) => all.where('shift_handover.id', '<', before ?? 0))
    .orderBy('shift_handover.id', 'desc')
    .limit(count)
    .execute()
  return rows.map(toShift)
}

/** @returns undefined when one waits at this desk already. */
export async function insertShift(
  w: WriteHandle,
  shift: {
    number: string
    deskNo: string
    businessDate: string
    lists: readonly ShiftList[]
    note: string
    at: string
    by: number
  },
): Promise<number | undefined> {
  try {
    const { id } = await w
      .insertInto('shift_handover')
      .values({
        number: shift.number,
        desk_no: shift.deskNo,
        business_date: shift.businessDate,
        state: 'given',
        lists: JSON.stringify(shift.lists),
        note: shift.note,
        given_at: shift.at,
        given_by: shift.by,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    if (isUniqueViolation(error)) return undefined
    throw error
  }
}

/** @returns false when somebody else settled it since `version`. */
export async function writeSettled(
  w: WriteHandle,
  shift: { id: number; version: number },
  settled: { state: 'accepted' | 'withdrawn'; remark: string; at: string; by: number },
): Promise<boolean> {
  const result = await w
    .updateTable('shift_handover')
    .set({
      state: settled.state,
      remark: settled.remark,
      settled_at: settled.at,
      settled_by: settled.by,
      version: shift.version + 1,
    })
    .where('id', '=', shift.id)
    .where('version', '=', shift.version)
    .where('state', '=', 'given')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function insertDiary(
  w: WriteHandle,
  entry: { deskNo: string; businessDate: string; text: string; at: string; by: number },
): Promise<number> {
  const { id } = await w
    .insertInto('shift_diary')
    .values({
      desk_no: entry.deskNo,
      business_date: entry.businessDate,
      text: entry.text,
      written_at: entry.at,
      written_by: entry.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await indexDiary(w, [{ id, text: entry.text }])
  return id
}

async function indexDiary(
  w: WriteHandle,
  entries: readonly { id: number; text: string }[],
): Promise<void> {
  const rows = entries.map(({ id, text }) => ({ rowid: id, grams: bigramsOf(text) }))
  await w.insertInto('shift_diary_grams').values(rows).execute()
}

/** Entries indexed in one transaction: other writers wait no longer than for one of their own. */
const atOnce = 50

/**
 * Indexes the entries that are older than the full text, while the desk works. Stops between two transactions when
 * `stop` is aborted; the next start goes on.
 */
export async function catchUpDiaryGrams(store: Store, stop: AbortSignal): Promise<void> {
  for (let after = 0; !stop.aborted;) {
    const missing = await store.read((r) => listUnindexed(r, after))
    const last = missing.at(-1)
    if (last === undefined) return
    await store.write((w) => indexDiary(w, missing))
    after = last.id
  }
}

async function listUnindexed(r: ReadHandle, after: number) {
  return r
    .selectFrom('shift_diary')
    .leftJoin('shift_diary_grams as indexed', 'indexed.rowid', 'shift_diary.id')
    .select(['shift_diary.id', 'shift_diary.text'])
    .where('shift_diary.id', '>', after)
    .where('indexed.rowid', 'is', null)
    .orderBy('shift_diary.id')
    .limit(atOnce)
    .execute()
}

export interface DiaryFilter {
  words: string
  on?: string | undefined
  authorId?: number | undefined
  before?: number | undefined
}

/** Entries that are looked through at once for what really has the words. */
const searchedAtOnce = 200

/**
 * So many entries, the newest first; the words stand in the text as they were typed. They are looked up in the full
 * text, where a word of letters is found by its beginning; what is no word at all, as `%_`, is read for.
 */
export async function listDiary(r: ReadHandle, filter: DiaryFilter, count: number) {
  const grams = bigramQuery(filter.words)
  if (grams === '') return selectDiary(r, filter, count)
  const found: Awaited<ReturnType<typeof selectDiary>> = []
  let before = filter.before ?? null
  for (;;) {
    const ids = await matchGrams(r, 'shift_diary_grams', grams, searchedAtOnce, before)
    if (ids.length > 0) found.push(...(await selectDiary(r, filter, count - found.length, ids)))
    if (ids.length < searchedAtOnce || found.length >= count) return found
    before = ids.at(-1) ?? null
  }
}

async function selectDiary(
  r: ReadHandle,
  { words, on, authorId, before }: DiaryFilter,
  count: number,
  among?: readonly number[],
) {
  const rows = await r
    .selectFrom('shift_diary')
    .innerJoin('operator', 'operator.id', 'shift_diary.written_by')
    .select([
      'shift_diary.id',
      'shift_diary.business_date',
      'shift_diary.text',
      'shift_diary.written_at',
      'operator.name',
    ])
    .$if(among !== undefined, (all) => all.where('shift_diary.id', 'in', among ?? []))
    .$if(words !== '', (all) =>
      all.where((row) =>
        row(row.fn<number>('instr', ['shift_diary.text', row.val(words)]), '>', 0),
      ),
    )
    .$if(on !== undefined, (all) => all.where('shift_diary.business_date', '=', on ?? ''))
    .$if(authorId !== undefined, (all) => all.where('shift_diary.written_by', '=', authorId ?? 0))
    .$if(before !== undefined, (all) => all.where('shift_diary.id', '<', before ?? 0))
    .orderBy('shift_diary.id', 'desc')
    .limit(count)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    businessDate: row.business_date,
    text: row.text,
    at: row.written_at,
    by: row.name,
  }))
}
