import { sql } from 'kysely'
import type { z } from 'zod'
import type { ComplaintTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { lessonText } from './contract.ts'
import type { KnownPersons } from './redact.ts'

type LessonText = z.output<typeof lessonText>

/** A complaint as an example is made of it. */
export interface Source {
  complaintId: number
  caseId: number
  number: string
  isOpen: boolean
  text: string
  solution: string
  known: KnownPersons
}

/** The complaint, and every name and number by which its case points at somebody. */
export async function findSource(r: ReadHandle, complaintId: number): Promise<Source | undefined> {
  const row = await r
    .selectFrom('complaint')
    .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
    .innerJoin('operator as recorder', 'recorder.id', 'complaint.recorded_by')
    .innerJoin('operator as owner', 'owner.id', 'case_file.owner_id')
    .leftJoin('customer', 'customer.id', 'complaint.customer_id')
    .leftJoin('receipt', 'receipt.id', 'complaint.receipt_id')
    .leftJoin('card', 'card.id', 'complaint.card_id')
    .leftJoin('sale_line', 'sale_line.id', 'complaint.sale_line_id')
    .select([
      'complaint.id',
      'complaint.case_id',
      'complaint.number',
      'complaint.text',
      'complaint.solution',
      'complaint.contact_name',
      'complaint.state',
      'recorder.name as recorder',
      'owner.name as owner',
      'customer.name as customer',
      'customer.member_no',
      'receipt.receipt_no',
      'card.number as card_no',
      'sale_line.serial_no',
      'sale_line.clerk',
    ])
    .where('complaint.id', '=', complaintId)
    .executeTakeFirst()
  return (
    row && {
      complaintId: row.id,
      caseId: row.case_id,
      number: row.number,
      isOpen: row.state === 'open',
      text: row.text,
      solution: row.solution,
      known: {
        customers: filled([row.contact_name, row.customer]),
        staff: filled([row.recorder, row.owner, row.clerk]),
        numbers: filled([row.number, row.receipt_no, row.card_no, row.serial_no, row.member_no]),
      },
    }
  )
}

function filled(words: readonly (string | null)[]): string[] {
  return words.filter((word): word is string => word !== null && word !== '')
}

export interface LessonRecord extends LessonText {
  id: number
  complaintId: number
  complaintNumber: string
  saleLineId: number | null
  cardId: number | null
  class: ComplaintTable['class']
  state: 'shown' | 'withdrawn'
  businessDate: string
  markedBy: string
  writtenAt: string
  writtenBy: string
  withdrawReason: string | null
  version: number
}

function selectLessons(r: ReadHandle) {
  return r
    .selectFrom('lesson')
    .innerJoin('lesson_text', (join) =>
      join
        .onRef('lesson_text.lesson_id', '=', 'lesson.id')
        // A withdrawal is a version without a wording of its own.
        .on('lesson_text.version', '=', (newest) =>
          newest
            .selectFrom('lesson_text as any_text')
            .whereRef('any_text.lesson_id', '=', 'lesson.id')
            .select((each) => each.fn.max('any_text.version').as('version')),
        ),
    )
    .innerJoin('complaint', 'complaint.id', 'lesson.complaint_id')
    .innerJoin('operator as marker', 'marker.id', 'lesson.marked_by')
    .innerJoin('operator as writer', 'writer.id', 'lesson_text.written_by')
    .select([
      'lesson.id',
      'lesson.complaint_id as complaintId',
      'complaint.number as complaintNumber',
      'complaint.sale_line_id as saleLineId',
      'complaint.card_id as cardId',
      'complaint.class',
      'lesson.state',
      'lesson.business_date as businessDate',
      'marker.name as markedBy',
      'lesson_text.title',
      'lesson_text.story',
      'lesson_text.handling',
      'lesson_text.takeaway',
      'lesson_text.written_at as writtenAt',
      'writer.name as writtenBy',
      'lesson.withdraw_reason as withdrawReason',
      'lesson.version',
    ])
}

/** Examples that are shown, newest first; only those older than `before`, where given. */
export function listLessons(
  r: ReadHandle,
  { before, limit }: { before: number | null; limit: number },
): Promise<LessonRecord[]> {
  return selectLessons(r)
    .where('lesson.state', '=', 'shown')
    .$if(before !== null, (rows) => rows.where('lesson.id', '<', before ?? 0))
    .orderBy('lesson.id', 'desc')
    .limit(limit)
    .execute()
}

export function findLesson(r: ReadHandle, lessonId: number): Promise<LessonRecord | undefined> {
  return selectLessons(r).where('lesson.id', '=', lessonId).executeTakeFirst()
}

/** The example made of a complaint, where it is shown. */
export function findLessonOf(
  r: ReadHandle,
  complaintId: number,
): Promise<LessonRecord | undefined> {
  return selectLessons(r)
    .where('lesson.complaint_id', '=', complaintId)
    .where('lesson.state', '=', 'shown')
    .executeTakeFirst()
}

export async function insertLesson(
  w: WriteHandle,
  fresh: { complaintId: number; businessDate: string; at: string; by: number },
): Promise<number> {
  const { id } = await w
    .insertInto('lesson')
    .values({
      complaint_id: fresh.complaintId,
      state: 'shown',
      business_date: fresh.businessDate,
      marked_at: fresh.at,
      marked_by: fresh.by,
      withdrawn_at: null,
      withdrawn_by: null,
      withdraw_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function insertLessonText(
  w: WriteHandle,
  lessonId: number,
  version: number,
  written: LessonText & { at: string; by: number },
): Promise<void> {
  await w
    .insertInto('lesson_text')
    .values({
      lesson_id: lessonId,
      version,
      title: written.title,
      story: written.story,
      handling: written.handling,
      takeaway: written.takeaway,
      written_at: written.at,
      written_by: written.by,
    })
    .execute()
}

/** @returns false when somebody else changed the example since `version`. */
export async function writeLesson(
  w: WriteHandle,
  lesson: { id: number; version: number },
  withdrawn: { at: string; by: number; reason: string } | null,
): Promise<boolean> {
  const result = await w
    .updateTable('lesson')
    .set({
      version: sql<number>`version + 1`,
      ...(withdrawn && {
        state: 'withdrawn' as const,
        withdrawn_at: withdrawn.at,
        withdrawn_by: withdrawn.by,
        withdraw_reason: withdrawn.reason,
      }),
    })
    .where('id', '=', lesson.id)
    .where('version', '=', lesson.version)
    .where('state', '=', 'shown')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
