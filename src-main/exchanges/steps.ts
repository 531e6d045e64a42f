import { record } from '../audit/index.ts'
import { addEvent, type Moment, momentOf } from '../cases/index.ts'
import type { WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState } from '../foundation/state-machine.ts'
import { type Call, command, type RoomHandlers } from '../handlers.ts'
import type { exchangesContract } from './contract.ts'

import { receptionMachine } from './rules.ts'
import { type ExchangeRecord, type StepColumns, writeStep } from './store.ts'
import { requireExchange } from './views.ts'

/** An exchange in the version its caller saw. */
async function requireSeen(
  w: WriteHandle,
  seen: { exchangeId: number; version: number },
): Promise<ExchangeRecord> {
  const exchange = await requireExchange(w, seen.exchangeId)
  if (exchange.version !== seen.version) refuse('desk.changed_meanwhile')
  return exchange
}

async function write(w: WriteHandle, exchange: ExchangeRecord, columns: StepColumns) {
  if (!(await writeStep(w, exchange, columns))) refuse('desk.changed_meanwhile')
}

/** Writes down that the customer's goods are here: the axis of reception (refuses `exchanges.already_received`). */
async function receiveGoods(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  exchange: ExchangeRecord,
): Promise<void> {
  const { number } = exchange
  if (exchange.state === 'void') refuse('exchanges.no_such_step', { number, state: exchange.state })
  const reception = nextState(receptionMachine, exchange.reception, 'receive')
  if (!reception) refuse('exchanges.already_received', { number })
  const received = { reception, received_at: moment.at, received_by: moment.actorId }
  await write(w, exchange, received)
  await addEvent(w, moment, exchange.caseId, 'exchange_goods_received', { number })
  await record(w, call, 'exchanges.receive', { type: 'exchange', id: number })
}

export const stepHandlers: Pick<RoomHandlers<typeof exchangesContract>, 'receive'> = {
  receive: command(['exchanges', 'cases'], async (w, call, input) => {
    const exchange = await requireSeen(w, input)
    await receiveGoods(w, call, momentOf(call), exchange)
    return { version: input.version + 1 }
  }),
}
