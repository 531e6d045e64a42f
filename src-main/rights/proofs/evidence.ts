import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { refuse } from '../../foundation/errors.ts'
import type { EvidenceFile } from './store.ts'

/** A photo of a slip is far smaller; more would only fill the disk. */
export const largestPhoto = 8 * 1024 * 1024

/** What the bytes say they are; names and headers of a browser can say anything. */
function typeOf(bytes: Uint8Array): EvidenceFile['mediaType'] | null {
  const begins = (...start: number[]) => start.every((byte, at) => bytes[at] === byte)
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  const word = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  return begins(0x52, 0x49, 0x46, 0x46) && word(8) === 'WEBP' ? 'image/webp' : null
}

function placeOf(evidenceDir: string, sha256: string): string {
  return path.join(evidenceDir, sha256.slice(0, 2), sha256)
}

/**
 * Keeps a photo in the folder of evidence under the hash of its bytes, so that the same photo is kept once and none can be
 * exchanged unseen. Refuses what is too large (`rights.photo_too_large`), empty, or no photo (`rights.not_a_photo`).
 */
export async function keepPhoto(
  evidenceDir: string,
  photo: { name: string; bytes: Uint8Array },
): Promise<EvidenceFile> {
  const { bytes, name } = photo
  if (bytes.length > largestPhoto) {
    refuse('rights.photo_too_large', { name, limitMb: largestPhoto / 1024 / 1024 })
  }
  const mediaType = typeOf(bytes)
  if (mediaType === null) refuse('rights.not_a_photo', { name })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const place = placeOf(evidenceDir, sha256)
  const isThere = await stat(place).then(
    (found) => found.size === bytes.length,
    () => false,
  )
  if (!isThere) {
    await mkdir(path.dirname(place), { recursive: true })
    const unfinished = `${place}.${process.pid}.part`
    try {
      await writeFile(unfinished, bytes, { flush: true })
      await rename(unfinished, place)
    } catch (error) {
      await rm(unfinished, { force: true })
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
        refuse('database.disk_full', {}, error)
      throw error
    }
  }
  return { sha256, mediaType, bytes: bytes.length, name }
}

/** The bytes of a kept photo; refuses one that is gone or no longer what was kept (`rights.photo_lost`). */
export async function readPhoto(evidenceDir: string, file: EvidenceFile): Promise<Uint8Array> {
  const bytes = await readFile(placeOf(evidenceDir, file.sha256)).catch(() => null)
  const isSame = bytes !== null && createHash('sha256').update(bytes).digest('hex') === file.sha256
  if (!isSame) refuse('rights.photo_lost', { name: file.name })
  return bytes
}
