import type { Schema } from '../../src-main/database/schema.ts'
import type { TestDesk } from './desk.ts'

/** How many rows each of these tables has: the same before and after what must write nothing. */
export function countRowsOf(test: TestDesk, tables: readonly (keyof Schema)[]): Promise<number[]> {
  return test.desk.folder.store.read((r) =>
    Promise.all(
      tables.map(async (table) => {
        const { count } = await r
          .selectFrom(table)
          .select((row) => row.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow()
        return count
      }),
    ),
  )
}
