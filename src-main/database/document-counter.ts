import { refuse } from '../foundation/errors.ts'
import { type DocumentType, formatDocumentNumber } from '../foundation/document-number.ts'
import type { WriteHandle } from './store.ts'

/** The serial has four digits (domain.md §2.10). */
const lastSerial = 9999

/**
 * Takes the next document number of a desk, type and business date. It belongs to the caller's transaction: rolled
 * back with it, so numbers have no holes. Refuses with `desk.numbers_used_up` after 9999.
 */
export async function takeDocumentNumber(
  w: WriteHandle,
  type: DocumentType,
  desk: string,
  businessDate: string,
): Promise<string> {
  const taken = await w
    .insertInto('document_counter')
    .values({ type, desk_no: desk, business_date: businessDate, last_serial: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['type', 'desk_no', 'business_date'])
        .doUpdateSet((row) => ({ last_serial: row('document_counter.last_serial', '+', 1) }))
        .where('document_counter.last_serial', '<', lastSerial),
    )
    .returning('last_serial')
    .executeTakeFirst()
  if (!taken) refuse('desk.numbers_used_up', { type, desk, businessDate })
  return formatDocumentNumber({ type, desk, businessDate, serial: taken.last_serial })
}
