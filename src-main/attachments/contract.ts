import { z } from 'zod'
import { id, instant, line, procedure } from '../foundation/procedure.ts'

/** Largest file taken in, in bytes: a phone's photo is 3 to 12 MB; more would only fill the disk. */
export const largestFile = 20 * 1024 * 1024

/** Largest piece of a file sent at once, in bytes: taking one in must never hold the desk up. */
export const largestPiece = 1024 * 1024

/** A thumbnail's longer side in pixels, and its bytes: more is a picture of its own. */
export const thumbnailSide = 480
export const largestThumbnail = 150 * 1024

export const attachmentRoles = ['photo', 'signature', 'document'] as const

/** What a file can be attached to. */
export const subjectTypes = [
  'complaint',
  'proof',
  'refund',
  'exchange',
  'handover',
  'repair',
  'voucher',
  'vendor_claim',
] as const

export const mediaTypes = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const subject = z.object({ type: z.enum(subjectTypes), id })
export type Subject = z.output<typeof subject>

/** A file in the data folder, under the hash of its bytes. */
export const keptFile = z.object({
  sha256,
  mediaType: z.enum(mediaTypes),
  bytes: z.int(),
  name: z.string(),
})

export const attachment = keptFile.extend({
  id,
  role: z.enum(attachmentRoles),
  label: z.string(),
  attachedAt: instant,
  attachedBy: z.string(),
  /** When it was taken off, by whom and why; the file itself stays. */
  voided: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
})

export const attachmentsContract = {
  /** Takes a file in piece by piece, up to 20 MB; the first piece names no upload and gets one. */
  upload: procedure('attachments.add')
    .input(
      z.object({
        uploadId: z.string().max(64).nullable(),
        name: line(200).min(1),
        /** Bytes of the whole file: what is too large is refused before it is sent. */
        size: z.int().min(0),
        offset: z.int().min(0),
        piece: z.instanceof(Blob),
      }),
    )
    .output(z.object({ uploadId: z.string(), received: z.int() })),
  /** Keeps a file that arrived whole: checked by its bytes, without what cameras and programs wrote beside it. */
  keep: procedure('attachments.add')
    .input(z.object({ uploadId: z.string().max(64) }))
    .output(
      keptFile.extend({
        inked: z.boolean(),
        /** Why a PDF keeps what its program wrote beside the pages; null where it is gone. */
        untouched: z.enum(['signed', 'encrypted', 'unreadable']).nullable(),
      }),
    ),
  /** Keeps a small picture of a kept one, made by the screen; one that is none is left out without a word. */
  keepThumbnail: procedure('attachments.add')
    .input(z.object({ sha256, thumbnail: z.instanceof(Blob) }))
    .output(z.object({ done: z.boolean() })),
  /** The small picture, or null where there is none (yet): the screen then makes it of the file. */
  thumbnail: procedure('sales.read')
    .input(z.object({ sha256 }))
    .output(z.instanceof(Blob).nullable()),
  file: procedure('sales.read').input(z.object({ sha256 })).output(z.instanceof(Blob)),
  /** Attaches a kept file; the same file in the same role once. */
  attach: procedure('attachments.add')
    .input(
      z.object({
        sha256,
        subject,
        role: z.enum(attachmentRoles),
        label: line(200).default(''),
      }),
    )
    .output(z.object({ id })),
  /** What is attached, the oldest first, with what was taken off again. */
  list: procedure('sales.read').input(z.object({ subject })).output(z.array(attachment)),
  /** Takes a file off with a reason. It stays in the data folder and in the history. */
  void: procedure('attachments.add')
    .input(z.object({ attachmentId: id, reason: line(200).min(2) }))
    .output(z.object({ done: z.boolean() })),
}
