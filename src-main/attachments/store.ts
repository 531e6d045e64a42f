import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { Subject } from './contract.ts'
import type { StoredFile } from './files.ts'
import type { AttachmentRole } from './rules.ts'

/** Writes a kept file into the book, once. @returns whether it was new. */
export async function insertFile(
  w: WriteHandle,
  file: StoredFile & { at: string; by: number },
): Promise<boolean> {
  const result = await w
    .insertInto('evidence_file')
    .values({
      sha256: file.sha256,
      media_type: file.mediaType,
      bytes: file.bytes,
      name: file.name,
      width: file.width,
      height: file.height,
      inked: file.inked ? 1 : 0,
      stored_at: file.at,
      stored_by: file.by,
    })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function findFile(r: ReadHandle, sha256: string): Promise<StoredFile | undefined> {
  const row = await r
    .selectFrom('evidence_file')
    .select(['sha256', 'media_type as mediaType', 'bytes', 'name', 'width', 'height', 'inked'])
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  return row && { ...row, inked: row.inked === 1 }
}

/** The case a subject belongs to; null for one without a case, undefined for one that does not exist. */
export async function findCaseOf(
  r: ReadHandle,
  { type, id }: Subject,
): Promise<number | null | undefined> {
  const row = await r
    .selectFrom(tableOf[type])
    .select('case_id')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.case_id
}

/** Where the subjects are. */
const tableOf = {
  complaint: 'complaint',
  proof: 'proof_set',
  refund: 'refund',
  exchange: 'exchange',
  handover: 'handover',
  repair: 'repair',
  voucher: 'voucher',
  vendor_claim: 'vendor_claim',
} as const

export interface NewAttachment {
  sha256: string
  subject: Subject
  caseId: number | null
  role: AttachmentRole
  label: string
  businessDate: string
  at: string
  by: number
}

export async function insertAttachment(w: WriteHandle, row: NewAttachment): Promise<number> {
  const { id } = await w
    .insertInto('attachment')
    .values({
      sha256: row.sha256,
      subject_type: row.subject.type,
      subject_id: row.subject.id,
      case_id: row.caseId,
      role: row.role,
      label: row.label,
      business_date: row.businessDate,
      attached_at: row.at,
      attached_by: row.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The file as it is attached to the subject in this role and under these words now. */
export async function findLive(
  r: ReadHandle,
  asked: { sha256: string; subject: Subject; role: AttachmentRole; label: string },
): Promise<number | undefined> {
  const row = await r
    .selectFrom('attachment')
    .select('id')
    .where('subject_type', '=', asked.subject.type)
    .where('subject_id', '=', asked.subject.id)
    .where('sha256', '=', asked.sha256)
    .where('role', '=', asked.role)
    .where('label', '=', asked.label)
    .where('voided_at', 'is', null)
    .executeTakeFirst()
  return row?.id
}

export async function findAttachment(r: ReadHandle, id: number) {
  const row = await r.selectFrom('attachment').selectAll().where('id', '=', id).executeTakeFirst()
  return (
    row && {
      id: row.id,
      sha256: row.sha256,
      subject: { type: row.subject_type as Subject['type'], id: row.subject_id },
      caseId: row.case_id,
      role: row.role,
      label: row.label,
      voidedAt: row.voided_at,
    }
  )
}

/** Takes an attachment off; false where somebody did already. */
export async function writeVoided(
  w: WriteHandle,
  voided: { id: number; at: string; by: number; reason: string },
): Promise<boolean> {
  const result = await w
    .updateTable('attachment')
    .set({ voided_at: voided.at, voided_by: voided.by, void_reason: voided.reason })
    .where('id', '=', voided.id)
    .where('voided_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Everything attached to a subject, the oldest first, with what was taken off. */
export async function listOfSubject(r: ReadHandle, subject: Subject) {
  const rows = await r
    .selectFrom('attachment')
    .innerJoin('evidence_file as file', 'file.sha256', 'attachment.sha256')
    .innerJoin('operator as attacher', 'attacher.id', 'attachment.attached_by')
    .leftJoin('operator as remover', 'remover.id', 'attachment.voided_by')
    .selectAll('attachment')
    .select(['file.media_type', 'file.bytes', 'file.name'])
    .select(['attacher.name as attached_by_name', 'remover.name as voided_by_name'])
    .where('subject_type', '=', subject.type)
    .where('subject_id', '=', subject.id)
    .orderBy('attachment.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    sha256: row.sha256,
    mediaType: row.media_type,
    bytes: row.bytes,
    name: row.name,
    role: row.role,
    label: row.label,
    attachedAt: row.attached_at,
    attachedBy: row.attached_by_name,
    voided:
      row.voided_at === null
        ? null
        : { at: row.voided_at, by: row.voided_by_name ?? '', reason: row.void_reason ?? '' },
  }))
}
