import path from 'node:path'
import { createRouterClient } from '@orpc/server'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import type { Desk } from '../../src-main/desk.ts'
import type { DeskClient } from './desk.ts'
import { openQuietDesk } from './hosted-desk.ts'

/** Works on a data folder that no desk has open, as the command line does, on today's date. */
export async function workOnFolder<Result>(
  dataDir: string,
  work: (desk: Desk, client: DeskClient) => Promise<Result>,
): Promise<Result> {
  const desk = await openQuietDesk(dataDir, () => new Date())
  try {
    return await work(desk, createRouterClient(desk.router, { context: { trusted: true } }))
  } finally {
    await desk.close()
  }
}

/** The secret a customer has on paper, read from the file of a desk that is at work. */
export function codeOnFile(
  dataDir: string,
  of: { voucher: string } | { repairId: number },
): string {
  const db = openSqlite(path.join(dataDir, 'desk.sqlite'), { readonly: true })
  try {
    const [query, key] =
      'voucher' in of
        ? ['SELECT code FROM voucher WHERE number = ?', of.voucher]
        : ['SELECT pickup_code AS code FROM repair WHERE id = ?', of.repairId]
    const row = db.prepare(query).get(key) as { code: string } | undefined
    return row?.code ?? ''
  } finally {
    db.close()
  }
}
