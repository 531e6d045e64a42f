import { record } from '../audit/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { findSettings, type InstructionSettings, writeSettings } from './export-store.ts'

/** What holds while nobody has set anything: no folder, and a week for the POS to pay. */
const usual: InstructionSettings = { exportFolder: '', windowDays: 7, version: 0 }

export async function readSettings(r: ReadHandle): Promise<InstructionSettings> {
  return (await findSettings(r)) ?? usual
}

/** Refuses settings somebody else has changed since `version`. */
export async function changeSettings(
  w: WriteHandle,
  call: Call,
  asked: InstructionSettings,
): Promise<{ version: number }> {
  const settings = { ...asked, version: asked.version + 1 }
  if (!(await writeSettings(w, settings))) refuse('desk.changed_meanwhile')
  const { exportFolder, windowDays } = settings
  await record(
    w,
    call,
    'instructions.settings',
    { type: 'store', id: 1 },
    { exportFolder, windowDays },
  )
  return { version: settings.version }
}
