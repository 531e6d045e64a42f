import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appendAudit, verifyChain } from '../../src-main/audit/index.ts'
import type { WriteHandle } from '../../src-main/database/store.ts'
import { freshFolder, soldAt, writeFrame } from '../support/sold.ts'

let { folder, remove } = freshFolder()
beforeEach(async () => {
  await remove()
  ;({ folder, remove } = freshFolder())
  await folder.store.write(writeFrame)
  for (let index = 1; index <= 5; index += 1) await append(`第${index}笔`)
})
afterEach(async () => {
  await remove()
  ;({ folder, remove } = freshFolder())
})

function append(reason: string): Promise<void> {
  return folder.store.write((w) =>
    appendAudit(w, {
      at: soldAt,
      actorId: 1,
      action: 'cards.void',
      subjectType: 'card',
      subjectId: 7,
      data: { reason },
    }),
  )
}

const verdict = () => folder.store.read((r) => verifyChain(r))

/** Somebody with the file and a database tool: the triggers are the first thing they drop. */
function tamper(statement: string): Promise<unknown> {
  return folder.store.write(async (w: WriteHandle) => {
    await sql`DROP TRIGGER audit_log_no_update`.execute(w)
    await sql`DROP TRIGGER audit_log_no_delete`.execute(w)
    await sql`PRAGMA defer_foreign_keys = ON`.execute(w)
    await sql.raw(statement).execute(w)
  })
}

describe('the audit chain', () => {
  it('is whole as the desk writes it', async () => {
    expect(await verdict()).toEqual({ entries: 5, brokenAt: null })
  })

  it('is whole after entries written at the same time', async () => {
    await Promise.all(['甲', '乙', '丙'].map(append))
    expect(await verdict()).toEqual({ entries: 8, brokenAt: null })
  })

  it('loses what a failed unit of work added', async () => {
    const attempt = folder.store.write(async (w) => {
      await appendAudit(w, {
        at: soldAt,
        actorId: null,
        action: 'x.y',
        subjectType: 'x',
        subjectId: 1,
        data: {},
      })
      throw new Error('no')
    })
    await expect(attempt).rejects.toThrow('no')
    expect(await verdict()).toEqual({ entries: 5, brokenAt: null })
  })

  it.each([
    ['another reason', `UPDATE audit_log SET data = '{"reason":"好意"}' WHERE seq = 3`, 3],
    ['another actor', 'UPDATE audit_log SET actor_id = NULL WHERE seq = 2', 2],
    ['an entry taken out', 'DELETE FROM audit_log WHERE seq = 4', 5],
    ['the first taken out', 'DELETE FROM audit_log WHERE seq = 1', 2],
    ['a link bent', `UPDATE audit_log SET prev_hash = hash WHERE seq = 5`, 5],
  ])('shows %s', async (_what, statement, brokenAt) => {
    await tamper(statement)
    expect(await verdict()).toMatchObject({ brokenAt })
  })

  it('cannot be changed by the desk itself', async () => {
    await expect(
      folder.store.write((w) => w.updateTable('audit_log').set({ data: '{}' }).execute()),
    ).rejects.toThrow('append-only')
    await expect(folder.store.write((w) => w.deleteFrom('audit_log').execute())).rejects.toThrow(
      'append-only',
    )
  })
})
