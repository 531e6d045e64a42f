import type { ReadHandle, WriteHandle } from '../../database/store.ts'
import type { Counts, Mapping, Totals } from '../job.ts'
import { emptyTotals } from '../job.ts'

export interface BatchRow {
  id: number
  kind: Mapping['kind']
  fileName: string
  state: 'running' | 'finished' | 'cancelled' | 'failed'
  startedAt: string
  finishedAt: string | null
  operator: string
  counts: Counts
  totals: Totals
  rejectFile: string | null
}

/** The newest imports, last first. */
export async function listBatches(r: ReadHandle): Promise<BatchRow[]> {
  const rows = await r
    .selectFrom('import_batch as b')
    .leftJoin('operator as o', 'o.id', 'b.operator_id')
    .select([
      'b.id',
      'b.kind',
      'b.file_name',
      'b.state',
      'b.started_at',
      'b.finished_at',
      'b.rows_total',
      'b.rows_accepted',
      'b.rows_unchanged',
      'b.rows_skipped',
      'b.rows_rejected',
      'b.reject_file',
      'b.summary',
      'o.name as operator',
    ])
    .where('b.source', '=', 'file')
    .orderBy('b.id', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    fileName: row.file_name,
    state: row.state,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    operator: row.operator ?? '',
    counts: {
      rows: row.rows_total,
      accepted: row.rows_accepted,
      unchanged: row.rows_unchanged,
      skipped: row.rows_skipped,
      rejected: row.rows_rejected,
    },
    totals: totalsOf(row.summary),
    rejectFile: row.reject_file,
  }))
}

function totalsOf(summary: string): Totals {
  const { totals } = JSON.parse(summary) as { totals?: Partial<Totals> }
  return { ...emptyTotals, ...totals }
}

/** Marks imports a crash broke off, so that none stands as running for ever; call it while none is under way. */
export async function failUnfinished(w: WriteHandle, at: string): Promise<void> {
  const rows = await w
    .selectFrom('import_batch')
    .select(['id', 'file_name'])
    .where('state', '=', 'running')
    .execute()
  for (const { id, file_name: fileName } of rows) {
    await w
      .updateTable('import_batch')
      .set({
        state: 'failed',
        finished_at: at,
        failure: JSON.stringify({ reason: 'import.interrupted', params: { fileName } }),
      })
      .where('id', '=', id)
      .execute()
  }
}

export async function findBatchFile(r: ReadHandle, importId: number): Promise<string | null> {
  const row = await r
    .selectFrom('import_batch')
    .select('reject_file')
    .where('id', '=', importId)
    .executeTakeFirst()
  return row?.reject_file ?? null
}

export interface SavedProfile {
  id: number
  name: string
  kind: Mapping['kind']
  mapping: Mapping
}

export async function listProfiles(r: ReadHandle): Promise<SavedProfile[]> {
  const rows = await r
    .selectFrom('import_profile')
    .select(['id', 'name', 'kind', 'mapping'])
    .orderBy('name')
    .execute()
  return rows.map((row) => ({ ...row, mapping: JSON.parse(row.mapping) as Mapping }))
}

/** The profile saved last for files with this very header. */
export async function findProfileByHeader(
  r: ReadHandle,
  signature: string,
): Promise<SavedProfile | null> {
  const row = await r
    .selectFrom('import_profile')
    .select(['id', 'name', 'kind', 'mapping'])
    .where('header_signature', '=', signature)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { ...row, mapping: JSON.parse(row.mapping) as Mapping } : null
}

/** Keeps a mapping under its name; the same name again replaces it. */
export async function saveProfile(
  w: WriteHandle,
  profile: { name: string; mapping: Mapping; headerSignature: string; createdAt: string },
): Promise<number> {
  const values = {
    kind: profile.mapping.kind,
    header_signature: profile.headerSignature,
    mapping: JSON.stringify(profile.mapping),
  }
  const row = await w
    .insertInto('import_profile')
    .values({ name: profile.name, ...values, created_at: profile.createdAt })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((eb) => ({
        ...values,
        version: eb(eb.ref('import_profile.version'), '+', 1),
      })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}
