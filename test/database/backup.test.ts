import { existsSync, readdirSync, writeFileSync } from 'node:fs'
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
    const { evidenceDir } = folder
    await expect(checkDatabase({ databaseFile: copy.file, evidenceDir })).resolves.toEqual({
      integrity: 'ok',
      foreignKeyViolations: 0,
      evidence: { files: 0, missing: [], changed: [], orphans: [] },
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

  it('is refused where it cannot be written, and leaves nothing there', () => {
    const blocked = path.join(folder.dir, 'file-in-the-way')
    writeFileSync(blocked, '')
    const db = openSqlite(folder.databaseFile)
    try {
      expect(() => snapshot(db, blocked, 'on-demand', at)).toThrow('EEXIST')
    } finally {
      db.close()
    }
    expect(readdirSync(folder.dir).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('leaves no unfinished file behind', async () => {
    const { file } = await writeSnapshot(folder, 'on-demand', at)
    expect(existsSync(`${file}.part`)).toBe(false)
    expect(readdirSync(folder.backupDir)).toEqual([path.basename(file)])
  })

  it('fails where the job fails, and says why', async () => {
    await expect(
      checkDatabase({
        databaseFile: path.join(folder.dir, 'no-such.sqlite'),
        evidenceDir: folder.evidenceDir,
      }),
    ).rejects.toThrow('unable to open database file')
  })
})
