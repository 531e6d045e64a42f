import { record } from '../audit/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { command, query, type RoomHandlers } from '../handlers.ts'
import type { repairsContract } from './contract.ts'
import { findSettings, type SettingsRow, writeSettings } from './hand-store.ts'

/** A month for the customer to come, no fee, and the thirty days a repair has to hold (domain.md §1.1 SB-30Q). */
const usual: SettingsRow = {
  storageDays: 30,
  storageFee: 0,
  warrantyDays: 30,
  promiseDays: 7,
  version: 0,
}

/** The store's numbers for repairs; version 0 while nobody changed them. */
export async function readRepairSettings(r: ReadHandle): Promise<SettingsRow> {
  return (await findSettings(r)) ?? usual
}

export const settingsHandlers: Pick<
  RoomHandlers<typeof repairsContract>,
  'settings' | 'changeSettings'
> = {
  settings: query((r) => readRepairSettings(r)),

  changeSettings: command(['repairs'], async (w, call, input) => {
    const { version, ...after } = input
    const before = await readRepairSettings(w)
    if (!(await writeSettings(w, version, after))) refuse('desk.changed_meanwhile')
    const subject = { type: 'repair_settings', id: call.profile.name }
    await record(w, call, 'repairs.change_settings', subject, { before, after })
    return { version: version + 1 }
  }),
}
