import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'

/** Whose sale it is: as the one the goods came back from. */
export async function readOldSale(r: ReadHandle, { receiptId }: { receiptId: number }) {
  return r
    .selectFrom('receipt')
    .select(['store_code as storeCode', 'customer_id as customerId', 'member_no as memberNo'])
    .where('id', '=', receiptId)
    .executeTakeFirstOrThrow()
}

/** The serial number of goods that are given out; refuses one that another exchange is about to hand over. */
export async function setSerial(w: WriteHandle, lineId: number, serialNo: string): Promise<void> {
  try {
    await w
      .updateTable('exchange_line')
      .set({ serial_no: serialNo })
      .where('id', '=', lineId)
      .where('live', '=', 1)
      .execute()
  } catch (error) {
    if (isUniqueViolation(error)) refuse('exchanges.serial_reserved', { serialNo }, error)
    throw error
  }
}

/** Links what was given to the desk's sale of it; the serial numbers are the sale's from now on. */
export async function linkNewSale(
  w: WriteHandle,
  exchangeId: number,
  links: {
    lines: readonly { id: number; newLineId: number; part: 1 | 2 }[]
    tenders: readonly { id: number; newId: number }[]
  },
): Promise<void> {
  for (const { id, newLineId, part } of links.lines) {
    await w
      .updateTable('exchange_line')
      // What is still ordered keeps the serial number it may have.
      .set({ new_line_id: newLineId, live: part === 2 ? 1 : 0 })
      .where('id', '=', id)
      .where('exchange_id', '=', exchangeId)
      .execute()
  }
  for (const { id, newId } of links.tenders) {
    await w
      .updateTable('exchange_tender')
      .set({ tender_id: newId })
      .where('id', '=', id)
      .where('exchange_id', '=', exchangeId)
      .execute()
  }
}

/** A line of part 2 of which something came back before it was handed over; undefined where nothing did. */
export async function findReturnedLine(r: ReadHandle, exchangeId: number) {
  return r
    .selectFrom('exchange_line')
    .innerJoin('returned_unit', 'returned_unit.sale_line_id', 'exchange_line.new_line_id')
    .select('exchange_line.name')
    .where('exchange_line.exchange_id', '=', exchangeId)
    .where('exchange_line.part', '=', 2)
    .where('returned_unit.live', '=', 1)
    .executeTakeFirst()
}

/** Units of part 2 the customer has not had his money back for. */
export async function countOwedUnits(r: ReadHandle, exchangeId: number): Promise<number> {
  const rows = await r
    .selectFrom('exchange_line')
    .leftJoin('returned_unit', (join) =>
      join
        .onRef('returned_unit.sale_line_id', '=', 'exchange_line.new_line_id')
        .on('returned_unit.live', '=', 1),
    )
    .select(['exchange_line.id', 'exchange_line.units'])
    .select((row) => row.fn.count<number>('returned_unit.id').as('back'))
    .where('exchange_line.exchange_id', '=', exchangeId)
    .where('exchange_line.part', '=', 2)
    .groupBy(['exchange_line.id', 'exchange_line.units'])
    .execute()
  return rows.reduce((sum, { units, back }) => sum + units - Number(back), 0)
}

/** Lets go of the serial numbers an exchange kept: its sale has them, or it is void. */
export async function dropLines(w: WriteHandle, exchangeId: number): Promise<void> {
  await w
    .updateTable('exchange_line')
    .set({ live: 0 })
    .where('exchange_id', '=', exchangeId)
    .execute()
}

export async function writeArrival(
  w: WriteHandle,
  exchangeId: number,
  arrived: { at: string; by: number },
): Promise<void> {
  await w
    .updateTable('exchange_order')
    .set({ arrived_at: arrived.at, arrived_by: arrived.by })
    .where('exchange_id', '=', exchangeId)
    .execute()
}

export async function writeNewPromise(
  w: WriteHandle,
  exchangeId: number,
  order: { dueAt: string; dueOn: string; ownerId: number },
): Promise<void> {
  await w
    .updateTable('exchange_order')
    .set({ due_at: order.dueAt, due_on: order.dueOn, owner_id: order.ownerId })
    .where('exchange_id', '=', exchangeId)
    .execute()
}

/** Whether a case began as a claim without the slip: it goes on when what was done for it is void. */
export async function isClaimWithProofs(r: ReadHandle, caseId: number): Promise<boolean> {
  const row = await r
    .selectFrom('proof_set')
    .select('id')
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  return row !== undefined
}
