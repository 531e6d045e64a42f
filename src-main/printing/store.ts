import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { type FormLength, formLengths, usualFormLength } from '../foundation/paper-formats.ts'

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
  const { prints } = await printsOf(r, document, subject)
    .select((row) => row.fn.countAll<number>().as('prints'))
    .executeTakeFirstOrThrow()
  return prints
}

/** Prints that stand: one whose job was called off never came out, and counts for nothing. */
function printsOf(r: ReadHandle, document: string, subject: string) {
  return r
    .selectFrom('print_record')
    .where('document', '=', document)
    .where('subject', '=', subject)
    .where((on) =>
      on.not(
        on.exists(
          on
            .selectFrom('print_job')
            .select('print_job.id')
            .whereRef('print_job.print_id', '=', 'print_record.id')
            .where('print_job.state', '=', 'cancelled'),
        ),
      ),
    )
}

/** Writes a print down and returns its copy number: 0 for the original, n for the n-th copy. */
export async function insertPrint(
  w: WriteHandle,
  print: PrintRecord,
): Promise<{ id: number; copyNo: number }> {
  const { document, subject } = print
  const { last } = await printsOf(w, document, subject)
    .select((row) => row.fn.max('copy_no').as('last'))
    .executeTakeFirstOrThrow()
  const copyNo = last === null ? 0 : last + 1
  const { round } = await w
    .selectFrom('print_record')
    .select((row) => row.fn.countAll<number>().as('round'))
    .where('document', '=', document)
    .where('subject', '=', subject)
    .where('copy_no', '=', copyNo)
    .executeTakeFirstOrThrow()
  const { id } = await w
    .insertInto('print_record')
    .values({
      document,
      subject,
      format: print.format,
      copy_no: copyNo,
      round,
      printed_at: print.printedAt,
      printed_by: print.printedBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, copyNo }
}

/** Millimetres of the store's continuous forms, as its papers are set up now. */
export async function findFormLength(r: ReadHandle): Promise<FormLength> {
  const row = await r
    .selectFrom('paper_design')
    .select('design')
    .where('place', '=', 'sign')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const { formLength } = JSON.parse(row?.design ?? '{}') as { formLength?: number }
  return formLengths.find((length) => length === formLength) ?? usualFormLength
}
