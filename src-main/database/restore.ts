import fs from 'node:fs'
import path from 'node:path'
import { DOCUMENT_TYPES } from '../foundation/document-number.ts'
import { isRefusal, refuse } from '../foundation/errors.ts'
import { quickCheck, writeVerifiedCopy } from './backup.ts'
import { copyNamedEvidence } from './evidence.ts'
import { isFull, openSqlite, type SqliteDatabase } from './sqlite.ts'

/** Stands in the folder while a store is put back: one that was interrupted can be begun again. */
const unfinishedMark = 'restore.unfinished'

/**
 * Puts a backup into an empty folder: first the photos and papers its book names, from `evidence` beside the snapshot,
 * then the database, so that a folder with a database is a whole store; its numbers of these days go on behind a gap.
 * Nothing is ever written over. Refuses with
 * `restore.no_backup`, `restore.not_a_backup`, `restore.damaged`, `restore.folder_not_empty`, `desk.folder_unusable`
 * and `database.disk_full`, and leaves the folder as it was.
 */
export function restoreBackup(snapshot: string, dir: string, now = new Date()): void {
  if (!fs.existsSync(snapshot) || fs.statSync(snapshot).isDirectory()) {
    refuse('restore.no_backup', { file: snapshot })
  }
  const db = openBackup(snapshot)
  try {
    makeEmptyFolder(dir)
    fillFolder(db, snapshot, dir)
    reserveNumbers(path.join(dir, 'desk.sqlite'), now)
  } finally {
    db.close()
  }
}

/** Where the numbers of a day begin again after a backup was put back: no desk writes so many papers of one type. */
const firstAfterRestore = 5_000
/** How much further they begin where the backup itself was one that had been put back that day. */
const stepAfterRestore = 1_000
const lastSerial = 9_999

/**
 * Leaves a gap in the numbers of the days around now. What was written after the backup is lost to the book, but its
 * papers are with customers: a number that may stand on one of them is not given out again.
 */
function reserveNumbers(file: string, now: Date): void {
  const db = openSqlite(file)
  try {
    const desks = db
      .prepare('SELECT desk_no FROM store_profile UNION SELECT desk_no FROM document_counter')
      .pluck()
      .all() as string[]
    const reserve =
      db.prepare(`INSERT INTO document_counter (type, desk_no, business_date, last_serial)
      VALUES (?, ?, ?, ${firstAfterRestore}) ON CONFLICT DO UPDATE SET last_serial =
      iif(last_serial < ${firstAfterRestore}, ${firstAfterRestore}, min(last_serial + ${stepAfterRestore}, ${lastSerial}))`)
    db.transaction(() => {
      for (const desk of desks) {
        for (const type of Object.keys(DOCUMENT_TYPES)) {
          for (const date of datesAround(now)) reserve.run(type, desk, date)
        }
      }
    }).immediate()
  } finally {
    db.close()
  }
}

/** Yesterday, today and tomorrow of the calendar of UTC: the business date of every store is one of them. */
function datesAround(now: Date): string[] {
  return [-1, 0, 1].map((days) =>
    new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10),
  )
}

function openBackup(file: string): SqliteDatabase {
  let db: SqliteDatabase | undefined
  try {
    db = openSqlite(file, { readonly: true })
    if (!hasTable(db, 'audit_log')) refuse('restore.not_a_backup', { file })
    const verdict = quickCheck(db)
    if (verdict !== 'ok') refuse('restore.damaged', { file, verdict })
    return db
  } catch (error) {
    db?.close()
    if (isRefusal(error)) throw error
    const { code = '', message } = error as { code?: string; message: string }
    if (code.startsWith('SQLITE_CORRUPT'))
      refuse('restore.damaged', { file, verdict: message }, error)
    refuse('restore.not_a_backup', { file }, error)
  }
}

function hasTable(db: SqliteDatabase, name: string): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== undefined
}

function makeEmptyFolder(dir: string): void {
  // Whatever else is there, a folder with a database has a store of its own.
  const isBegun =
    fs.existsSync(path.join(dir, unfinishedMark)) && !fs.existsSync(path.join(dir, 'desk.sqlite'))
  try {
    if (!isBegun && fs.existsSync(dir) && fs.readdirSync(dir).length > 0) {
      refuse('restore.folder_not_empty', { dir })
    }
    fs.mkdirSync(dir, { recursive: true })
    fs.writeFileSync(path.join(dir, unfinishedMark), '')
  } catch (error) {
    if (isRefusal(error)) throw error
    if (isNoRoom(error)) refuse('database.disk_full', {}, error)
    const cause = String((error as NodeJS.ErrnoException).code)
    refuse('desk.folder_unusable', { dir, cause }, error)
  }
}

function fillFolder(db: SqliteDatabase, snapshot: string, dir: string): void {
  const evidenceDir = path.join(dir, 'evidence')
  try {
    // The first versions of the program kept no files.
    if (hasTable(db, 'evidence_file')) {
      copyNamedEvidence(db, path.join(path.dirname(snapshot), 'evidence'), evidenceDir)
    }
    writeVerifiedCopy(db, path.join(dir, 'desk.sqlite'))
  } catch (error) {
    fs.rmSync(evidenceDir, { recursive: true, force: true })
    if (isNoRoom(error)) refuse('database.disk_full', {}, error)
    throw error
  } finally {
    fs.rmSync(path.join(dir, unfinishedMark), { force: true })
  }
}

function isNoRoom(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EDQUOT' || isFull(error)
}
