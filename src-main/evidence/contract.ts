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
  releaseHold: procedure('cases.hold')
    .input(z.object({ caseId: id, reason: line(300).min(2) }))
    .output(z.object({ id })),
}
