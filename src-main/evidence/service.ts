import { command, query, type RoomHandlers } from '../handlers.ts'
import type { evidenceContract } from './contract.ts'
import { listHeld, openHold, placeHold, releaseHold } from './hold.ts'

export const evidenceHandlers: RoomHandlers<typeof evidenceContract> = {
  hold: query((r, _call, { caseId }) => openHold(r, caseId)),

  held: query((r) => listHeld(r)),

  placeHold: command(['evidence', 'cases', 'alerts'], placeHold),

  releaseHold: command(['evidence', 'cases', 'alerts'], releaseHold),
}
