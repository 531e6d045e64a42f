import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { quickCheck, snapshot } from '../../src-main/database/backup.ts'
import { checkDatabase, writeSnapshot } from '../../src-main/database/maintenance.ts'
import { takeDocumentNumber } from '../../src-main/database/document-counter.ts'
import { openDataFolder } from '../../src-main/database/folder.ts'
import { restoreBackup } from '../../src-main/database/restore.ts'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import { isRefusal } from '../../src-main/foundation/errors.ts'
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

describe('a restore', () => {
  const target = () => path.join(folder.dir, 'again')
  const reasonOf = (snapshotFile: string, dir = target()): string => {
    try {
      restoreBackup(snapshotFile, dir)
    } catch (error) {
      if (isRefusal(error)) return error.reason
      throw error
    }
    return 'restored'
  }
  const backUp = async () => (await writeSnapshot(folder, 'on-demand', at)).file

  it('puts the store as it was into a new folder, and begins again where it was interrupted', async () => {
    await folder.store.write((w) => addCustomer(w, { name: '张伟' }))
    const file = await backUp()
    mkdirSync(target())
    writeFileSync(path.join(target(), 'restore.unfinished'), '')
    writeFileSync(path.join(target(), 'desk.sqlite.part'), 'half')
    expect(reasonOf(file)).toBe('restored')
    expect(readdirSync(target())).toEqual(['desk.sqlite'])
    expect(namesIn(path.join(target(), 'desk.sqlite'))).toEqual(['张伟'])
  })

  it('gives out no number again that may stand on a paper written after the backup', async () => {
    const { store } = folder
    const take = (of: typeof store, date: string) =>
      of.write((w) => takeDocumentNumber(w, 'TS', '0312', date))
    expect(await take(store, '2026-11-21')).toContain('-0001-')
    const file = await backUp()
    expect(await take(store, '2026-11-21')).toContain('-0002-')
    const now = new Date('2026-11-21T06:00:00.000Z')
    restoreBackup(file, target(), now)
    const restored = openDataFolder(target(), 'cli', now)
    expect(await take(restored.store, '2026-11-21')).toContain('-5001-')
    expect(await take(restored.store, '2026-11-22')).toContain('-5001-')
    expect(await take(restored.store, '2026-11-25')).toContain('-0001-')
    await restored.close()
  })

  it('never writes over anything', async () => {
    const file = await backUp()
    expect(reasonOf(file, folder.dir)).toBe('restore.folder_not_empty')
    mkdirSync(target())
    writeFileSync(path.join(target(), 'letter.txt'), 'mine')
    expect(reasonOf(file)).toBe('restore.folder_not_empty')
    rmSync(path.join(target(), 'letter.txt'))
    // A store came into being since, whatever an interrupted restore left beside it.
    writeFileSync(path.join(target(), 'restore.unfinished'), '')
    writeFileSync(path.join(target(), 'desk.sqlite'), 'a store')
    expect(reasonOf(file)).toBe('restore.folder_not_empty')
    expect(readFileSync(path.join(target(), 'desk.sqlite'), 'utf8')).toBe('a store')
  })

  it('refuses what is no backup, and a damaged one, before anything is written', async () => {
    const file = await backUp()
    const wrong = path.join(folder.dir, 'wrong.sqlite')
    expect(reasonOf(wrong)).toBe('restore.no_backup')
    expect(reasonOf(folder.dir)).toBe('restore.no_backup')
    writeFileSync(wrong, 'a shopping list')
    expect(reasonOf(wrong)).toBe('restore.not_a_backup')
    rmSync(wrong)
    openSqlite(wrong).close()
    expect(reasonOf(wrong)).toBe('restore.not_a_backup')
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(7, Math.floor(bytes.length / 2)))
    expect(reasonOf(file)).toBe('restore.damaged')
    expect(existsSync(target())).toBe(false)
  })
})

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
