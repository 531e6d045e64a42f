import fs from 'node:fs'
import path from 'node:path'
import { isRefusal, refuse } from '../foundation/errors.ts'
import { quickCheck } from './backup.ts'
import { migrate } from './migrate.ts'
import { isBusy, isDamage, isFull, openSqlite, type SqliteDatabase } from './sqlite.ts'
import { openStore, type Store } from './store.ts'

/** Where everything of one store lives. */
export interface DataFolder {
  dir: string
  databaseFile: string
  backupDir: string
  /** Files received for import, until they are imported. */
  incomingDir: string
  /** Rows an import refused, as CSV. */
  rejectDir: string
  /** Photos and papers kept as evidence, by the hash of their bytes. */
  evidenceDir: string
  /** Papers on their way to printers. */
  spoolDir: string
  /** Small pictures of them; made again where one is missing. */
  thumbnailDir: string
  store: Store
  close(): Promise<void>
}

/**
 * Takes a data folder for this process, checks and migrates its database and opens the store. Refuses with
 * `desk.folder_in_use`, `desk.folder_unusable`, `database.damaged` or `database.newer_schema`, and leaves the folder
 * as it was.
 */
export function openDataFolder(dir: string, host: string, now: Date): DataFolder {
  makeFolder(dir)
  const lock = takeLock(dir, host, now)
  try {
    const databaseFile = path.join(dir, 'desk.sqlite')
    const backupDir = path.join(dir, 'backups')
    if (lock.unclean) clearUnfinished(backupDir)
    prepareDatabase(databaseFile, backupDir, now, lock.unclean)
    const store = openStore(databaseFile)
    return {
      dir,
      databaseFile,
      backupDir,
      incomingDir: path.join(dir, 'incoming'),
      rejectDir: path.join(dir, 'rejects'),
      evidenceDir: path.join(dir, 'evidence'),
      spoolDir: path.join(dir, 'spool'),
      thumbnailDir: path.join(dir, 'thumbnails'),
      store,
      close: async () => {
        await store.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

function makeFolder(dir: string): void {
  try {
    fs.mkdirSync(dir, { recursive: true })
    fs.accessSync(dir, fs.constants.W_OK)
  } catch (error) {
    refuse(
      'desk.folder_unusable',
      { dir, cause: String((error as NodeJS.ErrnoException).code) },
      error,
    )
  }
}

/** What a crash left of a copy is no backup, and as large as one. */
function clearUnfinished(backupDir: string): void {
  if (!fs.existsSync(backupDir)) return
  for (const name of fs.readdirSync(backupDir)) {
    if (/\.sqlite\.part(?:-journal)?$/.test(name)) {
      fs.rmSync(path.join(backupDir, name), { force: true })
    }
  }
}

/** Reads the whole file only after a crash: on a large store that takes seconds, and the window waits for it. */
function prepareDatabase(file: string, backupDir: string, now: Date, unclean: boolean): void {
  let db: SqliteDatabase | undefined
  try {
    db = openSqlite(file)
    if (unclean && quickCheck(db) !== 'ok') refuseDamaged(file, backupDir)
    migrate(db, backupDir, now)
  } catch (error) {
    if (!isRefusal(error) && isDamage(error)) refuseDamaged(file, backupDir, error)
    throw error
  } finally {
    db?.close()
  }
}

function refuseDamaged(file: string, backupDir: string, cause?: unknown): never {
  refuse('database.damaged', { file, snapshot: newestSnapshot(backupDir) ?? '—' }, cause)
}

/** The last verified copy: what to go back to when the database is damaged. */
export function newestSnapshot(backupDir: string): string | undefined {
  if (!fs.existsSync(backupDir)) return undefined
  const files = fs.readdirSync(backupDir).filter((name) => name.endsWith('.sqlite'))
  const newest = files.sort().at(-1)
  return newest === undefined ? undefined : path.join(backupDir, newest)
}

/** A lock nobody refers to is garbage, and collecting it would open the folder to everybody. */
const heldLocks = new Set<SqliteDatabase>()

/**
 * One process owns a data folder. The lock is an exclusive SQLite transaction on a file of its own: the operating
 * system releases it when the process dies, however it dies. A second file says who holds it.
 */
function takeLock(dir: string, host: string, now: Date): { unclean: boolean; release(): void } {
  const lock = openSqliteLock(path.join(dir, 'desk.lock'))
  const ownerFile = path.join(dir, 'desk.owner.json')
  if (lock === undefined) refuse('desk.folder_in_use', { dir, ...readOwner(ownerFile) })
  heldLocks.add(lock)
  // Removed at every orderly end: a file left behind tells of a crash.
  const unclean = fs.existsSync(ownerFile)
  writeOwner(ownerFile, { pid: process.pid, host, since: now.toISOString() })
  return {
    unclean,
    release: () => {
      fs.rmSync(ownerFile, { force: true })
      heldLocks.delete(lock)
      lock.close()
    },
  }
}

function writeOwner(file: string, owner: { pid: number; host: string; since: string }): void {
  try {
    fs.writeFileSync(file, JSON.stringify(owner))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') refuse('database.disk_full', {}, error)
    throw error
  }
}

function openSqliteLock(file: string): SqliteDatabase | undefined {
  let lock: SqliteDatabase | undefined
  try {
    // Settling the pragmas already touches the file, so a held lock shows here first.
    lock = openSqlite(file, { busyTimeoutMs: 0, rollbackJournal: true })
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock?.close()
    if (isBusy(error)) return undefined
    if (isFull(error)) refuse('database.disk_full', {}, error)
    throw error
  }
}

function readOwner(file: string): { host: string; pid: number; since: string } {
  try {
    const owner = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>
    return {
      host: String(owner['host']),
      pid: Number(owner['pid']),
      since: String(owner['since']),
    }
  } catch {
    return { host: '?', pid: 0, since: '?' }
  }
}
