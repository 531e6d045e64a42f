import { command, query, type RoomHandlers, task } from '../handlers.ts'
import type { evidenceContract } from './contract.ts'
import { listHeld, openHold, placeHold, releaseHold } from './hold.ts'
import { cancelPack, jobView, packFile, printPack, startPack, verifyPack } from './pack.ts'
import { listPacks } from './store.ts'

export const evidenceHandlers: RoomHandlers<typeof evidenceContract> = {
  hold: query((r, _call, { caseId }) => openHold(r, caseId)),

  held: query((r) => listHeld(r)),

  placeHold: command(['evidence', 'cases', 'alerts'], placeHold),

  releaseHold: command(['evidence', 'cases', 'alerts'], releaseHold),

  pack: task(startPack),

  packJob: query((_r, call, { jobId }) => Promise.resolve(jobView(call, jobId))),

  cancelPack: task((call, { jobId }) => cancelPack(call, jobId)),

  packFile: task((call, { jobId }) => Promise.resolve(packFile(call, jobId))),

  printPack: task((call, { jobId }) => printPack(call, jobId)),

  packs: query(async (r, _call, { caseId }) => {
    const packs = await listPacks(r, caseId)
    return packs.map(({ id, number, reason, masked, parts, pages, pdfHash, madeAt, madeBy }) => ({
      id,
      number,
      reason,
      masked,
      parts: parts.length,
      pages,
      pdfHash,
      madeAt,
      madeBy,
    }))
  }),

  verifyPack: task((call, { sha256 }) => verifyPack(call, sha256)),
}
