import { momentOf } from '../cases/index.ts'
import { refuse } from '../foundation/errors.ts'
import { command, query, type RoomHandlers } from '../handlers.ts'
import type { posInstructionsContract } from './contract.ts'
import { exportToFolder, instructionsFile, requireFolder, unmatchedFile } from './export.ts'
import { listExports } from './export-store.ts'
import { openInstruction, pendingNow, reconcile } from './list.ts'
import { sumOpenOfCase } from './list-store.ts'
import { cancelInstruction } from './raise.ts'
import {
  matchByHand,
  matchTillPayments,
  settleByNumber,
  shareByHand,
  undoSettlement,
} from './settle.ts'
import { changeSettings, readSettings } from './settings.ts'
import { findInstructions } from './store.ts'

/** Files of the folder that are shown. */
const filesShown = 50

const scopes = ['instructions', 'refunds', 'sales', 'cases'] as const

export const posInstructionsHandlers: RoomHandlers<typeof posInstructionsContract> = {
  reconcile: query((r, call, input) => reconcile(r, call, input)),
  pending: query((r, call) => pendingNow(r, call)),
  ofCase: query((r, _call, { caseId }) => sumOpenOfCase(r, caseId)),
  open: query((r, call, { number }) => openInstruction(r, call, number)),

  settleByNumber: command(scopes, async (w, call, { instructions, ...told }) => {
    await settleByNumber(w, call, instructions, told)
    return { settled: instructions.length }
  }),

  matchByHand: command(scopes, async (w, call, { instructions, ...chosen }) => {
    await matchByHand(w, call, instructions, chosen)
    return { settled: instructions.length }
  }),

  shareByHand: command(scopes, async (w, call, { instructions, ...chosen }) => {
    await shareByHand(w, call, instructions, chosen)
    return { settled: instructions.length }
  }),

  undo: command(scopes, async (w, call, input) => {
    return { reopened: await undoSettlement(w, call, input) }
  }),

  cancel: command(scopes, async (w, call, { instruction: seen, reason }) => {
    const [found] = await findInstructions(w, [seen.id])
    if (!found) refuse('instructions.unknown')
    if (found.version !== seen.version) refuse('desk.changed_meanwhile')
    const moment = momentOf(call)
    await cancelInstruction(w, call, moment, found, reason)
    await matchTillPayments(w, call, moment)
    return { version: seen.version + 1 }
  }),

  match: command(scopes, (w, call) => matchTillPayments(w, call)),

  file: query(async (r, call, { what, ...order }) => {
    const make = what === 'instructions' ? instructionsFile : unmatchedFile
    const { fileName, rows, text } = await make(r, call, order)
    const type = order.format === 'csv' ? 'text/csv' : 'application/json'
    return { fileName, rows, content: new Blob([text], { type }) }
  }),

  exportToFolder: command(['instructions'], (w, call, input) => exportToFolder(w, call, input)),
  exports: query((r) => listExports(r, filesShown)),

  settings: query((r) => readSettings(r)),

  changeSettings: command(['instructions'], async (w, call, input) => {
    if (input.exportFolder !== '') requireFolder(input.exportFolder)
    return changeSettings(w, call, input)
  }),
}
