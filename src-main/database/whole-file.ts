import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** What the name of a file ends in until all of it is written; one that a crash left behind is nobody's. */
export const partEnding = '.part'

/**
 * Writes a file that is there whole or not at all, whenever the power goes.
 *
 * @throws what the system says; nothing is left behind then
 */
export async function writeWhole(place: string, bytes: Uint8Array): Promise<void> {
  // Two who write the same place at once each have a file of their own to finish.
  const unfinished = `${place}.${randomUUID()}${partEnding}`
  try {
    await mkdir(path.dirname(place), { recursive: true })
    await writeFile(unfinished, bytes, { flush: true })
    await rename(unfinished, place)
    await settleFolder(path.dirname(place))
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** A new name is safe only once its folder is written too; where folders cannot be opened, the system sees to it. */
async function settleFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/** True for what the system says of a disk without room. */
export function isDiskFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EDQUOT'
}
