import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { CardBatchTable } from '../database/schema.ts'

export interface BatchRecord {
  id: number
  format: CardBatchTable['format']
  language: CardBatchTable['language']
  state: CardBatchTable['state']
  askedAt: string
  askedBy: string
}

export interface BatchItem {
  cardId: number
  number: string
  /** Null until it is counted. */
  copyNo: number | null
}

/** The batches asked for last, the newest first. */
export async function listBatches(r: ReadHandle, most: number): Promise<BatchRecord[]> {
  const rows = await batchesOf(r).orderBy('card_batch.id', 'desc').limit(most).execute()
  return rows.map(batchOf)
}

export async function findBatch(r: ReadHandle, batchId: number): Promise<BatchRecord | undefined> {
  const row = await batchesOf(r).where('card_batch.id', '=', batchId).executeTakeFirst()
  return row && batchOf(row)
}

function batchesOf(r: ReadHandle) {
  return r
    .selectFrom('card_batch')
    .innerJoin('operator', 'operator.id', 'card_batch.asked_by')
    .selectAll('card_batch')
    .select('operator.name as asked_by_name')
}

function batchOf(row: {
  id: number
  format: BatchRecord['format']
  language: BatchRecord['language']
  state: BatchRecord['state']
  asked_at: string
  asked_by_name: string
}): BatchRecord {
  const { id, format, language, state } = row
  return { id, format, language, state, askedAt: row.asked_at, askedBy: row.asked_by_name }
}

/** The cards of a batch in their order. */
export async function listItems(r: ReadHandle, batchId: number): Promise<BatchItem[]> {
  return r
    .selectFrom('card_batch_item')
    .innerJoin('card', 'card.id', 'card_batch_item.card_id')
    .select(['card.id as cardId', 'card.number', 'card_batch_item.copy_no as copyNo'])
    .where('batch_id', '=', batchId)
    .orderBy('position')
    .execute()
}

export async function insertBatch(
  w: WriteHandle,
  batch: {
    format: BatchRecord['format']
    language: BatchRecord['language']
    cardIds: readonly number[]
    at: string
    by: number
  },
): Promise<number> {
  const { id } = await w
    .insertInto('card_batch')
    .values({
      format: batch.format,
      language: batch.language,
      state: 'running',
      asked_at: batch.at,
      asked_by: batch.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const rows = batch.cardIds.map((cardId, index) => ({
    batch_id: id,
    position: index + 1,
    card_id: cardId,
    print_id: null,
    copy_no: null,
  }))
  for (let from = 0; from < rows.length; from += 100) {
    await w
      .insertInto('card_batch_item')
      .values(rows.slice(from, from + 100))
      .execute()
  }
  return id
}

/** Writes down which print a card of a batch is; a card that is counted stays so. */
export async function writeCounted(
  w: WriteHandle,
  counted: { batchId: number; cardId: number; printId: number; copyNo: number },
): Promise<void> {
  await w
    .updateTable('card_batch_item')
    .set({ print_id: counted.printId, copy_no: counted.copyNo })
    .where('batch_id', '=', counted.batchId)
    .where('card_id', '=', counted.cardId)
    .execute()
}

export async function writeBatchState(
  w: WriteHandle,
  batchId: number,
  state: BatchRecord['state'],
): Promise<void> {
  await w.updateTable('card_batch').set({ state }).where('id', '=', batchId).execute()
}
