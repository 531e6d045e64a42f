import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { SqliteDatabase } from './sqlite.ts'

/** How the kept files stand to the book that names them. */
export interface EvidenceCheck {
  /** Files the book names. */
  files: number
  /** Named and not there. */
  missing: EvidenceName[]
  /** There, with other bytes than were kept, or attached in place of another one. */
  changed: EvidenceName[]
  /** There and not named, as after a crash between the file and the book: told, never deleted. */
  orphans: string[]
}

export interface EvidenceName {
  sha256: string
  name: string
}

const sha256 = /^[0-9a-f]{64}$/
/** Files are read in pieces: a worker needs no more memory for large ones. */
const pieceBytes = 1024 * 1024

/**
 * Copies evidence that is not in the backups yet; a file is named by its hash and never changes, so one copy serves
 * every snapshot. It comes before the database, which must not name what the copy lacks. A copy gets its name only
 * when all of it is there, so that one that broke off is made again.
 */
export function copyEvidence(evidenceDir: string, backupDir: string): void {
  const targetDir = path.join(backupDir, 'evidence')
  for (const hash of listHashes(evidenceDir)) copyFile(evidenceDir, targetDir, hash)
}

/** Copies the files a book names, as far as they are there; what a backup kept for other snapshots stays behind. */
export function copyNamedEvidence(db: SqliteDatabase, fromDir: string, toDir: string): void {
  const there = new Set(listHashes(fromDir))
  const named = db
    .prepare('SELECT sha256 FROM evidence_file WHERE erased_at IS NULL')
    .pluck()
    .all() as string[]
  for (const hash of named) if (there.has(hash)) copyFile(fromDir, toDir, hash)
}

function copyFile(fromDir: string, toDir: string, hash: string): void {
  const target = placeOf(toDir, hash)
  if (fs.existsSync(target)) return
  fs.mkdirSync(path.dirname(target), { recursive: true })
  const unfinished = `${target}.part`
  fs.copyFileSync(placeOf(fromDir, hash), unfinished)
  fs.renameSync(unfinished, target)
}

/** Reads every kept file again and holds it against its hash and against the book. */
export function checkEvidence(db: SqliteDatabase, evidenceDir: string): EvidenceCheck {
  const named = db
    .prepare('SELECT sha256, name FROM evidence_file WHERE erased_at IS NULL')
    .all() as EvidenceName[]
  const there = new Set(listHashes(evidenceDir))
  const missing = named.filter((file) => !there.has(file.sha256))
  const changed = named.filter(
    (file) => there.has(file.sha256) && hashFile(placeOf(evidenceDir, file.sha256)) !== file.sha256,
  )
  for (const file of named) there.delete(file.sha256)
  const orphans = [...there].sort()
  return { files: named.length, missing, changed: [...changed, ...findExchanged(db)], orphans }
}

/** Attachments that name another file now than the audit chain says was attached. */
function findExchanged(db: SqliteDatabase): EvidenceName[] {
  return db
    .prepare(
      `WITH written AS MATERIALIZED (
         SELECT data ->> 'attachmentId' AS id, data ->> 'sha256' AS sha256
         FROM audit_log WHERE action = 'attachments.attach'
       )
       SELECT file.sha256, file.name FROM attachment JOIN evidence_file AS file USING (sha256)
       WHERE NOT EXISTS (
         SELECT 1 FROM written WHERE written.id = attachment.id AND written.sha256 = attachment.sha256
       )`,
    )
    .all() as EvidenceName[]
}

function placeOf(dir: string, hash: string): string {
  return path.join(dir, hash.slice(0, 2), hash)
}

/** The whole files of a folder of evidence, by their hashes. */
function listHashes(dir: string): string[] {
  if (!fs.existsSync(dir)) return []
  return fs
    .readdirSync(dir)
    .filter((name) => name.length === 2)
    .flatMap((name) => fs.readdirSync(path.join(dir, name)))
    .filter((name) => sha256.test(name))
}

function hashFile(file: string): string {
  const hash = createHash('sha256')
  const handle = fs.openSync(file, 'r')
  try {
    const piece = Buffer.alloc(pieceBytes)
    for (;;) {
      const read = fs.readSync(handle, piece, 0, piece.length, null)
      if (read === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, read))
    }
  } finally {
    fs.closeSync(handle)
  }
}
