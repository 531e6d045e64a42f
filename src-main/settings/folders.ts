import { randomUUID } from 'node:crypto'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { record } from '../audit/index.ts'
import type { Call } from '../handlers.ts'
import type { WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { findFolders, type OutgoingFolders, writeFolders } from './store.ts'

/**
 * Refuses what is no folder of this computer (`settings.folder_missing`) and one that takes no file
 * (`settings.folder_unwritable`): found out by writing one, because rights alone do not say it of a shared drive.
 */
export function requireWritableFolder(folder: string): void {
  const isFolder =
    path.isAbsolute(folder) && (statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false)
  if (!isFolder) refuse('settings.folder_missing', { folder })
  const probe = path.join(folder, `.goodwill-${randomUUID()}.part`)
  try {
    writeFileSync(probe, '', { flag: 'wx' })
  } catch (error) {
    const { code = 'UNKNOWN' } = error as NodeJS.ErrnoException
    refuse('settings.folder_unwritable', { folder, cause: code }, error)
  }
  rmSync(probe, { force: true })
}

/** Where drafts for the mail program are when no folder is named. */
export function usualDraftFolder(call: Pick<Call, 'folder'>): string {
  return path.join(call.folder.dir, 'outbox')
}

/** Changes the folders; each that is named has to take files. */
export async function changeFolders(
  w: WriteHandle,
  call: Call,
  { version, ...next }: OutgoingFolders & { version: number },
): Promise<{ version: number }> {
  for (const folder of [next.exports, next.drafts]) {
    if (folder !== '') requireWritableFolder(folder)
  }
  const before = await findFolders(w)
  if (!(await writeFolders(w, next, version))) refuse('desk.changed_meanwhile')
  const subject = { type: 'outgoing_folders', id: 1 }
  await record(w, call, 'settings.change_folders', subject, { before, after: next })
  return { version: version + 1 }
}
