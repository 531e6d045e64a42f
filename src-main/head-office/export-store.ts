import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { PeopleChoice } from './contract.ts'

export interface ExportRecord {
  id: number
  target: string
  fromSeq: number
  toSeq: number
  people: PeopleChoice
  reason: string
  folder: string
  store: string
  deskNo: string
  state: 'begun' | 'finished'
  previous: string
  manifestSha256: string | null
  begunAt: string
  begunBy: string
  finishedAt: string | null
}

/** Exports of one target or of all, newest first. */
export async function listExports(
  r: ReadHandle,
  { target, id, limit }: { target?: string; id?: number; limit: number },
): Promise<ExportRecord[]> {
  let query = r
    .selectFrom('head_office_export')
    .innerJoin('operator', 'operator.id', 'head_office_export.begun_by')
    .selectAll('head_office_export')
    .select('operator.name as begun_by_name')
  if (target !== undefined) query = query.where('target', '=', target)
  if (id !== undefined) query = query.where('head_office_export.id', '=', id)
  const rows = await query.orderBy('head_office_export.id', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    id: row.id,
    target: row.target,
    fromSeq: row.from_seq,
    toSeq: row.to_seq,
    people: row.people,
    reason: row.reason,
    folder: row.folder,
    store: row.store,
    deskNo: row.desk_no,
    state: row.state,
    previous: row.previous,
    manifestSha256: row.manifest_sha256,
    begunAt: row.begun_at,
    begunBy: row.begun_by_name,
    finishedAt: row.finished_at,
  }))
}

export async function findExport(r: ReadHandle, id: number): Promise<ExportRecord | undefined> {
  const [found] = await listExports(r, { id, limit: 1 })
  return found
}

export async function insertExport(
  w: WriteHandle,
  made: Omit<ExportRecord, 'id' | 'state' | 'manifestSha256' | 'begunBy' | 'finishedAt'> & {
    begunBy: number
  },
): Promise<number> {
  const { id } = await w
    .insertInto('head_office_export')
    .values({
      target: made.target,
      from_seq: made.fromSeq,
      to_seq: made.toSeq,
      people: made.people,
      reason: made.reason,
      folder: made.folder,
      store: made.store,
      desk_no: made.deskNo,
      state: 'begun',
      previous: made.previous,
      begun_at: made.begunAt,
      begun_by: made.begunBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** An interrupted export goes on with what is chosen now; its range stays. */
export async function writeChoice(
  w: WriteHandle,
  id: number,
  choice: { people: PeopleChoice; reason: string; folder: string },
): Promise<void> {
  await w.updateTable('head_office_export').set(choice).where('id', '=', id).execute()
}

export async function writeFinished(
  w: WriteHandle,
  id: number,
  finished: { manifestSha256: string; at: string },
): Promise<void> {
  await w
    .updateTable('head_office_export')
    .set({ state: 'finished', manifest_sha256: finished.manifestSha256, finished_at: finished.at })
    .where('id', '=', id)
    .where('state', '=', 'begun')
    .execute()
}
