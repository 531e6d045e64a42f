import type { z } from 'zod'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { guideBody, GuideSubject } from './contract.ts'

type Body = z.output<typeof guideBody>

export interface GuideVersion {
  version: number
  body: Body
  note: string
  writtenAt: string
  writtenBy: string
}

function selectGuides(r: ReadHandle) {
  return r
    .selectFrom('complaint_guide as guide')
    .innerJoin('operator', 'operator.id', 'guide.written_by')
    .select([
      'guide.id',
      'guide.subject',
      'guide.body',
      'guide.note',
      'guide.written_at',
      'operator.name',
    ])
}

type GuideRow = Awaited<ReturnType<ReturnType<typeof selectGuides>['execute']>>[number]

function toVersion(row: GuideRow): GuideVersion {
  return {
    version: row.id,
    body: JSON.parse(row.body) as Body,
    note: row.note,
    writtenAt: row.written_at,
    writtenBy: row.name,
  }
}

/** What the store wrote last for each subject. */
export async function listNewestGuides(r: ReadHandle): Promise<Map<GuideSubject, GuideVersion>> {
  const rows = await selectGuides(r)
    .where('guide.id', 'in', (row) =>
      row
        .selectFrom('complaint_guide as newest')
        .select((each) => each.fn.max('newest.id').as('id'))
        .groupBy('newest.subject'),
    )
    .execute()
  return new Map(rows.map((row) => [row.subject, toVersion(row)]))
}

/** What the store wrote for a subject, the newest first. */
export async function listGuideVersions(
  r: ReadHandle,
  subject: GuideSubject,
): Promise<GuideVersion[]> {
  const rows = await selectGuides(r)
    .where('guide.subject', '=', subject)
    .orderBy('guide.id', 'desc')
    .execute()
  return rows.map(toVersion)
}

/** @returns the number of the new version. */
export async function insertGuide(
  w: WriteHandle,
  guide: { subject: GuideSubject; body: Body; note: string; at: string; by: number },
): Promise<number> {
  const { id } = await w
    .insertInto('complaint_guide')
    .values({
      subject: guide.subject,
      body: JSON.stringify(guide.body),
      note: guide.note,
      written_at: guide.at,
      written_by: guide.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
