import { z } from 'zod'
import { id, instant, line, procedure } from '../foundation/procedure.ts'

const hold = z.object({
  id,
  reason: z.string(),
  /** Court, authority or claim number. */
  reference: z.string(),
  placedAt: instant,
  placedBy: z.string(),
  releasedAt: instant.nullable(),
  releasedBy: z.string().nullable(),
  releaseReason: z.string(),
})

const jobId = z.string().max(64)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const packJob = z.object({
  jobId: z.string(),
  caseId: id,
  state: z.enum(['reading', 'setting', 'done', 'failed', 'cancelled']),
  /** Parts that are set, of how many. */
  done: z.int(),
  total: z.int(),
  number: z.string().nullable(),
  pages: z.int(),
  /** Why it failed, as a refusal names it. */
  reason: z.string().nullable(),
})

export const evidenceContract = {
  /** The hold of a case, and those there were. */
  hold: procedure('sales.read')
    .input(z.object({ caseId: id }))
    .output(z.object({ now: hold.nullable(), past: z.array(hold) })),
  /** Every case under hold. */
  held: procedure('sales.read').output(
    z.array(hold.extend({ caseId: id, number: z.string(), complaintId: id.nullable() })),
  ),
  /** Freezes a case: nothing of it changes until the hold is released; notes and evidence can be added. */
  placeHold: procedure('cases.hold')
    .input(
      z.object({
        caseId: id,
        reason: line(300).min(2),
        reference: line(120).min(2),
      }),
    )
    .output(z.object({ id })),
  /** Begins the pack of a case, or joins the one that is being made; it goes on by itself. */
  pack: procedure('cases.assign')
    .input(
      z.object({
        caseId: id,
        /** For whom and why: printed on it and kept. */
        reason: line(300).min(2),
        /** Takes what points at other people out of free text. */
        masked: z.boolean(),
      }),
    )
    .output(z.object({ jobId: z.string() })),
  packJob: procedure('cases.assign').input(z.object({ jobId })).output(packJob),
  cancelPack: procedure('cases.assign')
    .input(z.object({ jobId }))
    .output(z.object({ jobId: z.string() })),
  /** The finished document; kept until a few later ones are made. */
  packFile: procedure('cases.assign')
    .input(z.object({ jobId }))
    .output(z.object({ fileName: z.string(), pdf: z.instanceof(Blob), pages: z.int() })),
  /** Sends the finished document the way of packs, else that of A4. Null where no printer is set up for them. */
  printPack: procedure('cases.assign')
    .input(z.object({ jobId }))
    .output(z.object({ printer: z.string().nullable() })),
  /** Packs of a case that were handed out, the newest first. */
  packs: procedure('sales.read')
    .input(z.object({ caseId: id }))
    .output(
      z.array(
        z.object({
          id,
          number: z.string(),
          reason: z.string(),
          masked: z.boolean(),
          parts: z.int(),
          pages: z.int(),
          pdfHash: z.string(),
          madeAt: instant,
          madeBy: z.string(),
        }),
      ),
    ),
  /** Whether a document, by the SHA-256 of its bytes, is a pack of this store and all it names is as it was. */
  verifyPack: procedure('cases.assign')
    .input(z.object({ sha256 }))
    .output(
      z.object({
        ok: z.boolean(),
        number: z.string(),
        caseId: id,
        caseNumber: z.string(),
        madeAt: instant,
        madeBy: z.string(),
        reason: z.string(),
        masked: z.boolean(),
        pages: z.int(),
        parts: z.int(),
        partsOk: z.boolean(),
        files: z.int(),
        /** Kept files that are gone or changed, by hash. */
        lost: z.array(z.string()),
        auditOk: z.boolean(),
        auditEntries: z.int(),
        auditHead: z.string(),
      }),
    ),
  releaseHold: procedure('cases.hold')
    .input(z.object({ caseId: id, reason: line(300).min(2) }))
    .output(z.object({ id })),
}
