import type { ReadHandle, WriteHandle } from '../database/store.ts'

/** The floor an operator chose last: null for the whole store, as for somebody who never chose. */
export async function findChoice(r: ReadHandle, operatorId: number): Promise<string | null> {
  const row = await r
    .selectFrom('board_choice')
    .select('floor')
    .where('operator_id', '=', operatorId)
    .executeTakeFirst()
  return row?.floor ?? null
}

export async function writeChoice(
  w: WriteHandle,
  operatorId: number,
  floor: string | null,
): Promise<void> {
  await w
    .insertInto('board_choice')
    .values({ operator_id: operatorId, floor })
    .onConflict((conflict) => conflict.column('operator_id').doUpdateSet({ floor }))
    .execute()
}
