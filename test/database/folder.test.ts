import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  closeSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DataFolder, openDataFolder } from '../../src-main/database/folder.ts'
import { checkDatabase, writeSnapshot } from '../../src-main/database/maintenance.ts'
import { openSqlite } from '../../src-main/database/sqlite.ts'
import { addCustomer, writeFrame } from '../support/sold.ts'

const now = new Date('2026-11-21T06:00:00.000Z')
const holder = fileURLToPath(new URL('../support/hold-folder.ts', import.meta.url))

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'goodwill-folder-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const open = () => openDataFolder(dir, 'web', now)

/** What opening is refused with. */
function refusal(): unknown {
  let folder: DataFolder
  try {
    folder = open()
  } catch (error) {
    return error
  }
  void folder.close()
  return undefined
}

async function fill(): Promise<string> {
  const folder = open()
  await folder.store.write(async (w) => {
    await writeFrame(w)
    for (let index = 0; index < 300; index += 1) await addCustomer(w, { name: `顾客${index}` })
  })
  const { file } = await writeSnapshot(folder, 'on-demand', now)
  await folder.close()
  return file
}

describe('a data folder', () => {
  it('is made where there is none, and opened again as it was left', async () => {
    dir = path.join(dir, 'deep', 'er')
    const folder = open()
    await folder.store.write(writeFrame)
    await folder.close()
    const again = open()
    const rows = await again.store.read((r) => r.selectFrom('operator').select('code').execute())
    expect(rows).toEqual([{ code: 'LJ01' }])
    await again.close()
    expect(existsSync(path.join(dir, 'desk.owner.json'))).toBe(false)
  })

  it('refuses a place that is no folder', () => {
    writeFileSync(path.join(dir, 'file'), '')
    dir = path.join(dir, 'file')
    expect(refusal()).toMatchObject({ reason: 'desk.folder_unusable', params: { dir } })
    dir = path.dirname(dir)
  })
})

describe('two at one data folder', () => {
  it('in one program: the second is refused', async () => {
    const folder = open()
    expect(refusal()).toMatchObject({ reason: 'desk.folder_in_use', params: { host: 'web' } })
    await folder.close()
    expect(refusal()).toBeUndefined()
  })

  it('in two programs: the second is told who, and gets in when the first is killed', async () => {
    const other = spawn(process.execPath, [holder, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      await once(other.stdout, 'data')
      expect(refusal()).toMatchObject({
        reason: 'desk.folder_in_use',
        params: { dir, host: 'cli', pid: other.pid ?? 0, since: now.toISOString() },
      })
      other.kill('SIGKILL')
      await once(other, 'exit')
      expect(refusal()).toBeUndefined()
    } finally {
      other.kill('SIGKILL')
    }
  })
})

describe('after a crash', () => {
  it('what was left of an unfinished copy is cleared away, and the copies stay', async () => {
    const snapshot = await fill()
    const left = [`${snapshot}.part`, `${snapshot}.part-journal`]
    for (const file of left) writeFileSync(file, 'half')
    writeFileSync(path.join(dir, 'desk.owner.json'), '{}')
    await open().close()
    expect(left.filter((file) => existsSync(file))).toEqual([])
    expect(existsSync(snapshot)).toBe(true)
  })
})

describe('a damaged database', () => {
  it('that is no database is refused with the newest snapshot, and left as it is', async () => {
    const snapshot = await fill()
    const file = path.join(dir, 'desk.sqlite')
    writeFileSync(file, '不是数据库'.repeat(1_000))
    const before = readFileSync(file)
    expect(refusal()).toMatchObject({ reason: 'database.damaged', params: { file, snapshot } })
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(refusal()).toMatchObject({ reason: 'database.damaged' })
  })

  it('with torn pages is refused the same way', async () => {
    const snapshot = await fill()
    const file = path.join(dir, 'desk.sqlite')
    tear(file)
    expect(refusal()).toMatchObject({ reason: 'database.damaged', params: { file, snapshot } })
  })

  it('can be put back from the snapshot it named', async () => {
    const snapshot = await fill()
    const file = path.join(dir, 'desk.sqlite')
    tear(file)
    copyFileSync(snapshot, file)
    const folder = open()
    const { count } = await folder.store.read((r) =>
      r
        .selectFrom('customer')
        .select((row) => row.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow(),
    )
    expect(count).toBe(300)
    await folder.close()
  })

  it('that was opened before a page went bad says so to whoever reads, checks or copies it', async () => {
    await fill()
    const file = path.join(dir, 'desk.sqlite')
    const db = openSqlite(file)
    const page = db
      .prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'customer'`)
      .pluck()
      .get() as number
    const pageSize = db.pragma('page_size', { simple: true }) as number
    db.close()
    const handle = openSync(file, 'r+')
    writeSync(handle, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (page - 1) * pageSize)
    closeSync(handle)
    const folder = open()
    const found = { reason: 'database.damage_found' }
    const read = folder.store.read((r) => r.selectFrom('customer').selectAll().execute())
    await expect(read).rejects.toMatchObject(found)
    const write = folder.store.write((w) => addCustomer(w, { name: '张伟' }))
    await expect(write).rejects.toMatchObject(found)
    await expect(checkDatabase(folder)).rejects.toMatchObject(found)
    await expect(writeSnapshot(folder, 'on-demand', now)).rejects.toMatchObject(found)
    await folder.close()
  })

  it('of a newer program is refused untouched', async () => {
    await fill()
    const file = path.join(dir, 'desk.sqlite')
    const db = openSqlite(file)
    db.pragma('user_version = 999')
    db.close()
    expect(refusal()).toMatchObject({ reason: 'database.newer_schema', params: { found: 999 } })
    const again = openSqlite(file, { readonly: true })
    expect(again.pragma('user_version', { simple: true })).toBe(999)
    again.close()
  })
})

/** Overwrites everything behind the first pages with noise, as a dying disk does. */
function tear(file: string): void {
  const { size } = statSync(file)
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(size - 3 * 4096, 0xa5), 0, size - 3 * 4096, 3 * 4096)
  closeSync(handle)
}
