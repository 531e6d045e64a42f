import { readFile } from 'node:fs/promises'
import { record } from '../audit/index.ts'
import { addEvent, type Moment, momentOf } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { isRefusal, refuse } from '../foundation/errors.ts'
import { type Call, command, query, type RoomHandlers, task } from '../handlers.ts'
import { readAside, settleAside } from './ask-worker.ts'
import { mediaTypeOf } from './content.ts'
import {
  type attachmentsContract,
  largestFile,
  largestThumbnail,
  type Subject,
  thumbnailSide,
} from './contract.ts'
import { type SettledFile, type StoredFile, thumbnailPlace, writeKept } from './files.ts'
import { type Ink, inkOfPicture } from './ink.ts'
import { prepareFile } from './prepare.ts'
import { type AttachmentRole, fitsRole } from './rules.ts'
import {
  findAttachment,
  findCaseOf,
  findFile,
  findLive,
  insertAttachment,
  insertFile,
  listOfSubject,
  writeVoided,
} from './store.ts'
import { refuseSize } from './uploads.ts'

/**
 * Keeps a file: into the data folder first, without the place it was taken at, then into the book. The same bytes are
 * kept once. Refuses with `attachments.too_large`, `.wrong_type`, `.damaged`, `.too_many_pixels`, `database.disk_full`.
 */
export async function keepFile(
  call: Call,
  file: { name: string; bytes: Uint8Array },
): Promise<SettledFile> {
  if (file.bytes.length > largestFile) refuseSize(file.name)
  const kept = await settleAside(call.folder.evidenceDir, file)
  await call.store.write(async (w) => {
    const isNew = await insertFile(w, { ...kept, at: call.now().toISOString(), by: call.actor.id })
    if (!isNew) return
    const { sha256, mediaType, bytes, untouched } = kept
    const facts = { mediaType, bytes, ...(untouched === null ? {} : { untouched }) }
    await record(w, call, 'attachments.keep', { type: 'file', id: sha256 }, facts)
  })
  return kept
}

/**
 * Attaches a kept file to what it belongs to, inside the caller's transaction; its hash goes into the audit chain and
 * into the case. The same file in the same role is attached once under the same label: again gives the same id; a photo can
 * show two items, each named by a label. Refuses a file that was
 * never kept (`attachments.unknown_file`), one that does not fit its role (`attachments.not_a_photo`) and a signature
 * without ink (`attachments.signature_empty`).
 */
export async function attach(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  asked: {
    sha256: string
    subject: Subject
    caseId: number | null
    role: AttachmentRole
    label: string
  },
): Promise<number> {
  const file = (await findFile(w, asked.sha256)) ?? refuse('attachments.unknown_file')
  if (!fitsRole(asked.role, file)) refuseRole(asked.role, file)
  const before = await findLive(w, asked)
  if (before !== undefined) return before
  const id = await insertAttachment(w, {
    ...asked,
    businessDate: moment.businessDate,
    at: moment.at,
    by: moment.actorId,
  })
  const { sha256, role, label, subject, caseId } = asked
  const facts = { attachmentId: id, sha256, role, label }
  if (caseId !== null) await addEvent(w, moment, caseId, 'attachment_added', facts)
  await record(w, call, 'attachments.attach', subject, {
    ...facts,
    mediaType: file.mediaType,
    bytes: file.bytes,
  })
  return id
}

function refuseRole(role: AttachmentRole, { name }: StoredFile): never {
  if (role === 'signature') refuse('attachments.signature_empty')
  refuse('attachments.not_a_photo', { name })
}

/** Everything attached to a subject, the oldest first, with what was taken off. */
export function listAttachments(r: ReadHandle, subject: Subject) {
  return listOfSubject(r, subject)
}

/** Refuses with `attachments.unknown_file` where a file was never kept. */
export async function requireFile(r: ReadHandle, sha256: string): Promise<StoredFile> {
  return (await findFile(r, sha256)) ?? refuse('attachments.unknown_file')
}

/** Refuses a file that was never kept, and one that is no drawing or has no ink (`attachments.signature_empty`). */
export async function requireSignature(r: ReadHandle, sha256: string): Promise<void> {
  const file = await requireFile(r, sha256)
  if (!fitsRole('signature', file)) refuseRole('signature', file)
}

/** Whether a kept file is still there with the bytes it was kept with. */
export async function isKept(call: Call, sha256: string): Promise<boolean> {
  try {
    await readAside(call.folder.evidenceDir, { sha256, name: '' })
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

/** The ink of a drawn signature, for papers. Refuses a file that was never kept or is lost. */
export async function inkOf(r: ReadHandle, call: Call, sha256: string): Promise<Ink> {
  const file = await requireFile(r, sha256)
  return inkOfPicture(await readAside(call.folder.evidenceDir, file))
}

async function takeOff(
  w: WriteHandle,
  call: Call,
  { attachmentId, reason }: { attachmentId: number; reason: string },
): Promise<{ done: boolean }> {
  const moment = momentOf(call)
  const found = (await findAttachment(w, attachmentId)) ?? refuse('attachments.unknown')
  // What somebody signed stands as long as what they signed.
  if (found.role === 'signature') refuse('attachments.signature_stays')
  const voided = { id: attachmentId, at: moment.at, by: moment.actorId, reason }
  if (!(await writeVoided(w, voided))) refuse('attachments.voided_before')
  const { sha256, role, label, subject, caseId } = found
  const facts = { attachmentId, sha256, role, label, reason }
  if (caseId !== null) await addEvent(w, moment, caseId, 'attachment_voided', facts)
  await record(w, call, 'attachments.void', subject, facts)
  return { done: true }
}

/** A small picture for lists: what is none, or no smaller, is left out, and the screen shows the file. */
async function keepThumbnail(call: Call, sha256: string, thumbnail: Blob): Promise<boolean> {
  if (thumbnail.size === 0 || thumbnail.size > largestThumbnail) return false
  const file = await call.store.read((r) => requireFile(r, sha256))
  if (!file.mediaType.startsWith('image/')) return false
  const bytes = new Uint8Array(await thumbnail.arrayBuffer())
  const small = prepareThumbnail(file.name, bytes)
  if (!small) return false
  await writeKept(thumbnailPlace(call.folder.thumbnailDir, sha256), small)
  return true
}

function prepareThumbnail(name: string, bytes: Uint8Array): Uint8Array | null {
  try {
    const small = prepareFile({ name, bytes })
    const side = Math.max(small.width ?? Infinity, small.height ?? Infinity)
    return side <= thumbnailSide ? small.bytes : null
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

async function readThumbnail(call: Call, sha256: string): Promise<Blob | null> {
  const bytes = await readFile(thumbnailPlace(call.folder.thumbnailDir, sha256)).catch(() => null)
  const type = bytes && mediaTypeOf(bytes)
  return bytes && type ? new Blob([new Uint8Array(bytes)], { type }) : null
}

export const attachmentsHandlers: RoomHandlers<typeof attachmentsContract> = {
  upload: task((call, input) => call.uploads.receive(input)),

  keep: task(async (call, { uploadId }) => {
    const upload = call.uploads.whole(uploadId)
    if ('kept' in upload) return shown(upload.kept)
    const kept = await keepFile(call, upload)
    call.uploads.settle(uploadId, kept)
    return shown(kept)
  }),

  keepThumbnail: task(async (call, { sha256, thumbnail }) => ({
    done: await keepThumbnail(call, sha256, thumbnail),
  })),

  thumbnail: task((call, { sha256 }) => readThumbnail(call, sha256)),

  file: task(async (call, { sha256 }) => {
    const file = await call.store.read((r) => requireFile(r, sha256))
    const bytes = await readAside(call.folder.evidenceDir, file)
    return new Blob([new Uint8Array(bytes)], { type: file.mediaType })
  }),

  attach: command(['attachments', 'cases'], async (w, call, input) => {
    const caseId = await findCaseOf(w, input.subject)
    if (caseId === undefined) refuse('attachments.unknown_subject')
    return { id: await attach(w, call, momentOf(call), { ...input, caseId }) }
  }),

  list: query((r, _call, { subject }) => listOfSubject(r, subject)),

  void: command(['attachments', 'cases'], takeOff),
}

function shown({ sha256, mediaType, bytes, name, inked, untouched }: SettledFile) {
  return { sha256, mediaType, bytes, name, inked, untouched }
}
