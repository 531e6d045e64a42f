import { z } from 'zod'
import { businessDate, id, procedure } from '../foundation/procedure.ts'

/** Which paper: a card (A6), a refund slip (80 mm roll or A5) or the complaint report of a day (A4 landscape). */
export const paper = z.discriminatedUnion('document', [
  z.object({ document: z.literal('card'), cardId: id }),
  z.object({
    document: z.literal('refund_slip'),
    refundId: id,
    format: z.enum(['80mm', 'A5']),
  }),
  z.object({ document: z.literal('day_report'), businessDate }),
])

const file = z.object({
  fileName: z.string(),
  pdf: z.instanceof(Blob),
  /** Letters the paper fonts do not have, drawn as □. */
  missingGlyphs: z.array(z.string()),
})

export const papersContract = {
  /** The paper as it would come out, marked as preview; counts nothing. */
  preview: procedure('papers.print').input(paper).output(file),
  /** The paper to hand over. The first is the original, every later one is counted and marked 副本/COPY. */
  print: procedure('papers.print')
    .input(paper)
    .output(file.extend({ copyNo: z.int() })),
}
