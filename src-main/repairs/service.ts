import { record } from '../audit/index.ts'
import { command, query, type RoomHandlers, task } from '../handlers.ts'
import { refuse } from '../foundation/errors.ts'
import type { repairsContract } from './contract.ts'
import { handBackHandlers } from './hand-back.ts'
import { takeIn } from './intake.ts'
import { listHandlers } from './lists.ts'
import { loanHandlers } from './loans.ts'
import { settingsHandlers } from './settings.ts'
import { stepHandlers } from './steps.ts'
import { findItem, readPrivateNote } from './store.ts'
import { requireRepair } from './ticket.ts'
import { viewRepair } from './view.ts'

export const repairsHandlers: RoomHandlers<typeof repairsContract> = {
  ...settingsHandlers,
  ...loanHandlers,
  ...listHandlers,
  ...stepHandlers,
  ...handBackHandlers,

  intake: command(['repairs', 'cases', 'sales', 'rights', 'instructions'], takeIn),

  open: query((r, call, { repairId }) => viewRepair(r, call, repairId)),

  revealNote: task(async (call, { itemId, reason }) => {
    // Only the fact is logged, once per request: the note itself stays out of the command log.
    await call.commit(async (w) => {
      const item = await findItem(w, itemId)
      if (!item) refuse('repairs.unknown_item')
      if ((await readPrivateNote(w, itemId)) === undefined) refuse('repairs.no_note')
      const { number } = await requireRepair(w, item.repairId)
      const subject = { type: 'repair', id: number }
      await record(w, call, 'repairs.reveal_note', subject, { item: item.position, reason })
      return null
    })
    const note = await call.store.read((r) => readPrivateNote(r, itemId))
    if (note === null) refuse('repairs.note_erased')
    return { note: note ?? '' }
  }),

  revealPhone: task(async (call, { repairId, reason }) => {
    // Only the fact is logged, once per request: the number itself stays out of the command log.
    await call.commit(async (w) => {
      const { number } = await requireRepair(w, repairId)
      await record(w, call, 'repairs.reveal_phone', { type: 'repair', id: number }, { reason })
      return null
    })
    const { contact } = await call.store.read((r) => requireRepair(r, repairId))
    return { phone: contact.phone }
  }),
}
