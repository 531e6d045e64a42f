import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { Stream } from './contract.ts'
import type { LineData } from './format.ts'

/** A line on its way into the book. */
export interface NewLine {
  stream: Stream
  key: string
  data: LineData
}

/** How far a source was read. */
export async function readProgress(r: ReadHandle, source: string): Promise<number> {
  const row = await r
    .selectFrom('head_office_progress')
    .select('last_id')
    .where('source', '=', source)
    .executeTakeFirst()
  return row?.last_id ?? 0
}

export async function writeProgress(w: WriteHandle, source: string, lastId: number): Promise<void> {
  await w
    .insertInto('head_office_progress')
    .values({ source, last_id: lastId })
    .onConflict((conflict) => conflict.column('source').doUpdateSet({ last_id: lastId }))
    .execute()
}

export async function insertLines(w: WriteHandle, lines: readonly NewLine[]): Promise<void> {
  if (lines.length === 0) return
  await w
    .insertInto('head_office_line')
    .values(lines.map(({ stream, key, data }) => ({ stream, key, data: JSON.stringify(data) })))
    .execute()
}

export async function lastSeq(r: ReadHandle): Promise<number> {
  const row = await r
    .selectFrom('head_office_line')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst()
  return row?.seq ?? 0
}

export interface BookLine {
  seq: number
  stream: Stream
  data: LineData
}

/** Lines of the book after `after`, up to `to`, in order. */
export async function listLines(
  r: ReadHandle,
  range: { after: number; to: number; limit: number },
): Promise<BookLine[]> {
  const rows = await r
    .selectFrom('head_office_line')
    .select(['seq', 'stream', 'data'])
    .where('seq', '>', range.after)
    .where('seq', '<=', range.to)
    .orderBy('seq')
    .limit(range.limit)
    .execute()
  return rows.map(({ seq, stream, data }) => ({ seq, stream, data: JSON.parse(data) as LineData }))
}
