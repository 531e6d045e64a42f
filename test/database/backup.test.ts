import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { quickCheck, snapshot } from '../../src-main/database/backup.ts'
import { checkDatabase, writeSnapshot } from '../../src-main/database/maintenance.ts'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import { addCustomer, freshFolder, writeFrame } from '../support/sold.ts'

const at = new Date('2026-11-21T06:00:00.123Z')

let { folder, remove } = freshFolder()
beforeEach(async () => {
  ;({ folder, remove } = freshFolder())
  await folder.store.write(writeFrame)
})
afterEach(() => remove())

function namesIn(file: string): unknown[] {
  const copy = openSqlite(file, { readonly: true })
  try {
    return copy.prepare('SELECT name FROM customer ORDER BY id').pluck().all()
  } finally {
    copy.close()
  }
}

describe('a snapshot', () => {
  it('holds what was committed, written while the desk works', async () => {
    await folder.store.write((w) => addCustomer(w, { name: '张伟' }))
    const [copy] = await Promise.all([
      writeSnapshot(folder, 'on-demand', at),
      folder.store.write((w) => addCustomer(w, { name: '李静' })),
    ])
    expect(path.basename(copy.file)).toBe('desk-20261121T060000-123Z-on-demand.sqlite')
    expect(namesIn(copy.file)[0]).toBe('张伟')
    expect(copy.bytes).toBeGreaterThan(0)
    await expect(checkDatabase(copy.file)).resolves.toEqual({
      integrity: 'ok',
      foreignKeyViolations: 0,
    })
  })

  it('opens as a data folder of its own', async () => {
    await folder.store.write((w) => addCustomer(w, { name: '张伟' }))
    const { file } = await writeSnapshot(folder, 'on-demand', at)
    const copy = openSqlite(file, { readonly: true })
    expect(quickCheck(copy)).toBe('ok')
    expect(copy.pragma('user_version', { simple: true })).toBeGreaterThan(0)
    copy.close()
  })

  it('has no final name where it cannot be written', () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'goodwill-backup-'))
    const db = openSqlite(folder.databaseFile)
    try {
      db.pragma('query_only = ON')
      const blocked = path.join(dir, 'file-in-the-way')
      db.exec(`ATTACH '${blocked}' AS other`)
      expect(() => snapshot(db, path.join(dir, 'none', '\0'), 'x', at)).toThrow()
      expect(readdirSync(dir).filter((name) => name.endsWith('.sqlite'))).toEqual([])
    } finally {
      db.close()
      rmSync(dir, { recursive: true })
    }
  })

  it('leaves no unfinished file behind', async () => {
    const { file } = await writeSnapshot(folder, 'on-demand', at)
    expect(existsSync(`${file}.part`)).toBe(false)
    expect(readdirSync(folder.backupDir)).toEqual([path.basename(file)])
  })

  it('fails where the job fails, and says why', async () => {
    await expect(checkDatabase(path.join(folder.dir, 'no-such.sqlite'))).rejects.toThrow(
      'unable to open database file',
    )
  })
})
