import fs from 'node:fs'
import path from 'node:path'
import { openSqlite, type SqliteDatabase } from './sqlite.ts'

export interface Snapshot {
  file: string
  bytes: number
}

/**
 * Writes a copy of the database as it stands (`VACUUM INTO`, never a file copy: design.md §8), opens the copy,
 * checks it and compares schema version and row counts. Only a verified copy gets its final name.
 */
export function snapshot(db: SqliteDatabase, dir: string, label: string, now: Date): Snapshot {
  fs.mkdirSync(dir, { recursive: true })
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('.', '-')
  const file = path.join(dir, `desk-${stamp}-${label}.sqlite`)
  writeVerifiedCopy(db, file)
  return { file, bytes: fs.statSync(file).size }
}

/** Copies a database into a file that is there only when the copy is whole and the same. */
export function writeVerifiedCopy(db: SqliteDatabase, file: string): void {
  const unverified = `${file}.part`
  fs.rmSync(unverified, { force: true })
  try {
    db.prepare('VACUUM INTO ?').run(unverified)
    verifyCopy(db, unverified)
    fs.renameSync(unverified, file)
  } finally {
    fs.rmSync(unverified, { force: true })
  }
}

/** What SQLite says about a file: `ok`, or the first damage it finds. */
export function quickCheck(db: SqliteDatabase): string {
  return String(db.pragma('quick_check(1)', { simple: true }))
}

function verifyCopy(original: SqliteDatabase, copyFile: string): void {
  const copy = openSqlite(copyFile, { readonly: true })
  try {
    const verdict = quickCheck(copy)
    if (verdict !== 'ok') throw new Error(`the snapshot is damaged: ${verdict}`)
    const left = fingerprint(original)
    const right = fingerprint(copy)
    if (left !== right) throw new Error(`the snapshot differs: ${left} / ${right}`)
  } finally {
    copy.close()
  }
}

function fingerprint(db: SqliteDatabase): string {
  const tables = db
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%STRICT%' ORDER BY name`,
    )
    .pluck()
    .all() as string[]
  const counts = tables.map(
    (table) => `${table}:${String(db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get())}`,
  )
  return [`v${String(db.pragma('user_version', { simple: true }))}`, ...counts].join(' ')
}
