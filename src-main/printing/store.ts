import type { ReadHandle, WriteHandle } from '../database/store.ts'

/** One paper handed out. `subject` is its number, or the business date of a report. */
export interface PrintRecord {
  document: string
  subject: string
  format: string
  printedAt: string
  printedBy: number
}

/** How many times a paper came out: 0 means the next one is the original. */
export async function countPrints(
  r: ReadHandle,
  document: string,
  subject: string,
): Promise<number> {
  const { prints } = await r
    .selectFrom('print_record')
    .select((row) => row.fn.countAll<number>().as('prints'))
    .where('document', '=', document)
    .where('subject', '=', subject)
    .executeTakeFirstOrThrow()
  return prints
}

/** Writes a print down and returns its copy number: 0 for the original, n for the n-th copy. */
export async function insertPrint(w: WriteHandle, print: PrintRecord): Promise<number> {
  const copyNo = await countPrints(w, print.document, print.subject)
  await w
    .insertInto('print_record')
    .values({
      document: print.document,
      subject: print.subject,
      format: print.format,
      copy_no: copyNo,
      printed_at: print.printedAt,
      printed_by: print.printedBy,
    })
    .execute()
  return copyNo
}
