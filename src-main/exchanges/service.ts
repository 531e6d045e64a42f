import { command, query, type RoomHandlers } from '../handlers.ts'
import { refuse } from '../foundation/errors.ts'
import type { exchangesContract } from './contract.ts'
import { settingsHandlers } from './settings.ts'
import { stepHandlers } from './steps.ts'
import { viewHandlers } from './views.ts'

const notYet = query<unknown, never>(async () => refuse('exchanges.unavailable'))
const notYetWritten = command<unknown, never>(['exchanges'], async () =>
  refuse('exchanges.unavailable'),
)

export const exchangesHandlers: RoomHandlers<typeof exchangesContract> = {
  ...settingsHandlers,
  ...viewHandlers,
  ...stepHandlers,
  preview: notYet,
  goods: notYet,
  siblings: notYet,
  record: notYetWritten,
  arrive: notYetWritten,
  promiseAgain: notYetWritten,
  void: notYetWritten,
}
