import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { isDiskFull, writeWhole } from '../database/whole-file.ts'
import { refuse } from '../foundation/errors.ts'
import type { MediaType } from './content.ts'
import { prepareFile } from './prepare.ts'
import type { Untouched } from './strip-pdf.ts'

/** A kept file as the book names it. */
export interface StoredFile {
  sha256: string
  mediaType: MediaType
  bytes: number
  name: string
  width: number | null
  height: number | null
  inked: boolean
}

/** A file as it was just kept. */
export interface SettledFile extends StoredFile {
  /** Why what a program wrote beside the pages of a PDF is kept; null where it is gone. */
  untouched: Untouched | null
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function placeOf(dir: string, sha256: string): string {
  return path.join(dir, sha256.slice(0, 2), sha256)
}

/**
 * Prepares a file and keeps it under the hash of what is kept, so that the same photo is kept once and none can be
 * exchanged unseen. It gets its name only when all of it is on the disk. Refuses like `prepareFile` and with
 * `database.disk_full`.
 */
export async function settleFile(
  evidenceDir: string,
  file: { name: string; bytes: Uint8Array },
): Promise<SettledFile> {
  const { bytes, ...prepared } = prepareFile(file)
  const sha256 = hashOf(bytes)
  const place = placeOf(evidenceDir, sha256)
  // A copy that was damaged since is written anew.
  const isThere = await readFile(place).then(
    (found) => hashOf(found) === sha256,
    () => false,
  )
  if (!isThere) await writeKept(place, bytes)
  return { ...prepared, sha256, bytes: bytes.length, name: file.name }
}

/** Writes a file whole; refuses with `database.disk_full`. */
export async function writeKept(place: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeWhole(place, bytes)
  } catch (error) {
    if (isDiskFull(error)) refuse('database.disk_full', {}, error)
    throw error
  }
}

/** The bytes of a kept file; refuses one that is gone or no longer what was kept (`attachments.lost`). */
export async function readStored(
  evidenceDir: string,
  file: { sha256: string; name: string },
): Promise<Uint8Array> {
  const bytes = await readFile(placeOf(evidenceDir, file.sha256)).catch(() => null)
  if (bytes === null || hashOf(bytes) !== file.sha256) {
    refuse('attachments.lost', { name: file.name })
  }
  return bytes
}

/** Where a kept file is, for a worker that reads it by itself. */
export function keptPlace(evidenceDir: string, sha256: string): string {
  return placeOf(evidenceDir, sha256)
}

/** Where the small picture of a kept file is. */
export function thumbnailPlace(thumbnailDir: string, sha256: string): string {
  return placeOf(thumbnailDir, sha256)
}

/** Takes a kept file and its small picture away: only for a person who is erased, never to tidy up. */
export async function removeKept(
  folder: { evidenceDir: string; thumbnailDir: string },
  sha256: string,
): Promise<void> {
  await rm(placeOf(folder.evidenceDir, sha256), { force: true })
  await rm(placeOf(folder.thumbnailDir, sha256), { force: true })
}
