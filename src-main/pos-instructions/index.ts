/** What the desk tells the POS to pay out or to collect. */
export {
  cancelInstructions,
  instructionsOf,
  type MoneyMovement,
  raiseInstruction,
} from './raise.ts'
export type { InstructionRecord } from './store.ts'
export { matchTillPayments } from './settle.ts'
export { posInstructionsHandlers } from './service.ts'
export { putIntoFolder } from './export.ts'
export { readSettings } from './settings.ts'
export {
  countOpenInstructions,
  mirrorOf,
  type TillReturn,
  unclaimedReturnsOf,
} from './list-store.ts'
