import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { record } from '../audit/index.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { findFolders, requireWritableFolder, usualDraftFolder } from '../settings/index.ts'

/** A paper with its pictures; far below what a mail server takes. */
const largestDraft = 40 * 2 ** 20

/** What a file name keeps of a paper's: nothing that leads out of the folder, and no more than a disk takes. */
function plainName(fileName: string): string {
  const plain = path.basename(fileName).replaceAll(/[\p{Cc}<>:"/\\|?*]/gu, '_')
  const stem = plain.replace(/^\.+/, '').replace(/\.eml$/i, '')
  return `${stem.slice(0, 60) || 'paper'}.eml`
}

/** The folder of the settings, which has to take files, or that of the data folder, which is made. */
async function draftFolder(call: Call): Promise<string> {
  const { drafts } = await call.store.read(findFolders)
  if (drafts !== '') {
    requireWritableFolder(drafts)
    return drafts
  }
  const usual = usualDraftFolder(call)
  await mkdir(usual, { recursive: true, mode: 0o700 })
  return usual
}

/**
 * Puts a mail draft into the outbox and opens it with the machine's mail program; the desk sends nothing. Answers that
 * it was not opened where the host has no way to, and writes nothing then.
 */
export async function openDraft(
  call: Call,
  input: { fileName: string; draft: Blob },
): Promise<{ opened: boolean }> {
  if (!call.openFile) return { opened: false }
  if (input.draft.size > largestDraft) refuse('papers.draft_too_large')
  const dir = await draftFolder(call)
  const name = plainName(input.fileName)
  const file = path.join(dir, name)
  try {
    await writeFile(`${file}.part`, Buffer.from(await input.draft.arrayBuffer()), { mode: 0o600 })
    await rename(`${file}.part`, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') refuse('database.disk_full', {}, error)
    throw error
  }
  const opened = await call.openFile(file)
  await call.store.write((w) =>
    record(w, call, 'papers.draft_mail', { type: 'mail_draft', id: name }, { opened }),
  )
  return { opened }
}
