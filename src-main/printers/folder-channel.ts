/** Folders as printers: one that another program empties, and one in which people look for their papers. */
import { access, constants, stat } from 'node:fs/promises'
import path from 'node:path'
import { isDiskFull, writeWhole } from '../database/whole-file.ts'
import { type PrintChannel, PrintFailure, type PrintWork } from './channel.ts'

/**
 * Writes each paper as a PDF into a folder that is there. For a spool folder (`numbered`) the name begins with the
 * job, so that whoever empties it takes them in order; for people it is the paper's own, with a number where it is
 * taken. Copies are the other program's affair: the name says how many.
 */
export function openFolderChannel(dir: string, { numbered }: { numbered: boolean }): PrintChannel {
  return {
    send: async (work) => {
      await requireFolder(dir)
      const place = numbered
        ? path.join(dir, `${numberedName(work)}.pdf`)
        : await freePlace(dir, work.title)
      try {
        await writeWhole(place, work.pdf)
      } catch (error) {
        throw failureOf(error)
      }
      return { state: 'confirmed', reference: place }
    },
    look: async () => {
      try {
        await requireFolder(dir)
        return { state: 'ready', detail: dir }
      } catch (error) {
        return { state: 'unreachable', detail: error instanceof Error ? error.message : dir }
      }
    },
  }
}

function numberedName({ jobId, title, copies }: PrintWork): string {
  const number = String(jobId).padStart(8, '0')
  return copies === 1 ? `${number}-${title}` : `${number}-${title}-x${copies}`
}

/** A folder that is missing is not made: a network drive that is away must not turn into a folder of this disk. */
async function requireFolder(dir: string): Promise<void> {
  try {
    const found = await stat(dir)
    if (!found.isDirectory()) throw new PrintFailure('folder_unusable', 'nothing', dir)
    await access(dir, constants.W_OK)
  } catch (error) {
    throw failureOf(error)
  }
}

async function freePlace(dir: string, title: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const place = path.join(dir, count === 1 ? `${title}.pdf` : `${title} (${count}).pdf`)
    const isTaken = await stat(place).then(
      () => true,
      () => false,
    )
    if (!isTaken) return place
  }
}

function failureOf(error: unknown): PrintFailure {
  if (error instanceof PrintFailure) return error
  const detail = error instanceof Error ? error.message : String(error)
  const trouble = isDiskFull(error) ? 'disk_full' : 'folder_unusable'
  return new PrintFailure(trouble, 'nothing', detail, { cause: error })
}
