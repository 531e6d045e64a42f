import type { z } from 'zod'
import { record } from '../audit/index.ts'
import {
  addEvent,
  breakOverduePromises,
  closeCase,
  givePromise,
  isCaseOpen,
  type Moment,
  momentOf,
  settlePromises,
} from '../cases/index.ts'
import type { WriteHandle } from '../database/store.ts'
import { businessDateOf } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState } from '../foundation/state-machine.ts'
import { type Call, command, type RoomHandlers } from '../handlers.ts'
import { routeUnits } from '../goods/index.ts'
import { repairsEndedBy } from '../repairs/index.ts'
import { findRefundSale, listUnitsOfReturn, readReturn, voidReturn } from '../refunds/index.ts'
import { undoRedemptionsOf } from '../vouchers/index.ts'
import type { exchangesContract } from './contract.ts'
import { requireFreeSerials } from './free-serials.ts'
import { voidHandover } from './handover/open.ts'
import { listHandovers } from './handover/store.ts'
import {
  countOwedUnits,
  dropLines,
  isClaimWithProofs,
  setSerial,
  writeArrival,
  writeNewPromise,
} from './give-store.ts'
import { isRedeemed, settleMoney } from './money.ts'
import {
  type ExchangeAction,
  exchangeMachine,
  type ExchangeState,
  receptionMachine,
} from './rules.ts'
import {
  type ExchangeRecord,
  listExchangeTenders,
  listGivenLines,
  listOrders,
  listSerials,
  type StepColumns,
  writeStep,
} from './store.ts'
import { requireExchange } from './views.ts'

type Input<Name extends keyof typeof exchangesContract> = z.output<
  NonNullable<(typeof exchangesContract)[Name]['~orpc']['inputSchema']>
>

/** An exchange in the version its caller saw. */
async function requireSeen(
  w: WriteHandle,
  seen: { exchangeId: number; version: number },
): Promise<ExchangeRecord> {
  const exchange = await requireExchange(w, seen.exchangeId)
  if (exchange.version !== seen.version) refuse('desk.changed_meanwhile')
  return exchange
}

/** The state an action leads to; refuses what the table does not allow now (`exchanges.no_such_step`). */
function stepOf(exchange: ExchangeRecord, action: ExchangeAction): ExchangeState {
  const { number, state } = exchange
  const next = nextState(exchangeMachine, state, action)
  if (next && next !== 'recorded') return next
  refuse('exchanges.no_such_step', { number, state })
}

async function write(w: WriteHandle, exchange: ExchangeRecord, columns: StepColumns) {
  if (!(await writeStep(w, exchange, columns))) refuse('desk.changed_meanwhile')
}

/** Writes down that the customer's goods are here: the axis of reception (`exchanges.already_received`). */
async function receiveGoods(w: WriteHandle, call: Call, input: Input<'receive'>) {
  const moment = momentOf(call)
  const exchange = await requireSeen(w, input)
  const { number, state } = exchange
  if (state === 'void') refuse('exchanges.no_such_step', { number, state })
  const reception = nextState(receptionMachine, exchange.reception, 'receive')
  if (!reception) refuse('exchanges.already_received', { number })
  await write(w, exchange, {
    reception,
    received_at: moment.at,
    received_by: moment.actorId,
  })
  await addEvent(w, moment, exchange.caseId, 'exchange_goods_received', { number })
  // What came through a repair has been here all the time.
  const repaired = await repairsEndedBy(w, number)
  const units = (await listUnitsOfReturn(w, exchange.refundId)).filter(
    (unit) =>
      !repaired.some((one) => one.saleLineId === unit.saleLineId && one.unitNo === unit.unitNo),
  )
  await routeUnits(w, call, moment, {
    source: { type: 'exchange', id: exchange.id, number },
    caseId: exchange.caseId,
    reason: exchange.reason,
    units,
  })
  await record(w, call, 'exchanges.receive', { type: 'exchange', id: number })
  return { version: exchange.version + 1 }
}

/** Ordered goods are here: their serial numbers are checked, and the money of the exchange moves now. */
async function arrive(w: WriteHandle, call: Call, input: Input<'arrive'>) {
  const moment = momentOf(call)
  const exchange = await requireSeen(w, input)
  const { id, number, caseId } = exchange
  const isLater = await isLaterOrdered(w, exchange)
  const state = isLater ? exchange.state : stepOf(exchange, 'arrive')
  const all = await listGivenLines(w, id)
  const lines = all.filter(({ part }) => !isLater || part === 2)
  for (const { lineId, serialNo } of input.serials) {
    const line = lines.find((each) => each.id === lineId)
    if (!line) refuse('exchanges.line_not_of_exchange', { number })
    if (line.units > 1) refuse('exchanges.serial_is_one_unit', { name: line.name })
    line.serialNo = serialNo
  }
  for (const { serialTracked, units, serialNo, name } of lines) {
    if (serialTracked && units === 1 && serialNo === '') refuse('exchanges.serial_needed', { name })
  }
  const units = await listSerials(w, id)
  // What went out already is in the desk's sale: a number of it is taken there.
  const going = exchange.newReceiptId === null ? all : lines
  await requireFreeSerials(w, call, going, { exchangeId: id, units })
  for (const { lineId, serialNo } of input.serials) await setSerial(w, lineId, serialNo)
  await writeArrival(w, id, { at: moment.at, by: moment.actorId })
  await write(w, exchange, { state })
  await addEvent(w, moment, caseId, 'exchange_arrived', { number })
  await settlePromises(w, moment, caseId, { exchangeId: id })
  // What went out with the rest is settled since then.
  if (!isLater) await moveMoney(w, call, moment, exchange)
  await record(
    w,
    call,
    'exchanges.arrive',
    { type: 'exchange', id: number },
    { goods: lines.map(({ name, units: count, serialNo }) => ({ name, units: count, serialNo })) },
  )
  return { version: exchange.version + 1 }
}

/** Whether part 2 of an exchange is ordered and not here yet. */
async function isLaterOrdered(w: WriteHandle, { id, state, later }: ExchangeRecord) {
  if (state === 'ordered' || later !== 'open') return false
  return (await listOrders(w, [id])).get(id)?.arrivedAt === null
}

/**
 * Ordered goods of part 2 do not come any more: their handover is void, and with it the last thing the case waits for.
 * Refuses what is not waited for (`exchanges.no_such_step`), and while the customer has not had his money back, which
 * is a refund of them on the desk's sale (`exchanges.order_unpaid`).
 */
async function dropOrder(w: WriteHandle, call: Call, input: Input<'dropOrder'>) {
  const moment = momentOf(call)
  const exchange = await requireSeen(w, input)
  const { id, number, caseId, state, later } = exchange
  if (state !== 'handed_over' || later !== 'open') {
    refuse('exchanges.no_such_step', { number, state })
  }
  const owed = await countOwedUnits(w, id)
  if (owed > 0) refuse('exchanges.order_unpaid', { number, units: owed })
  await dropLines(w, id)
  await write(w, exchange, {})
  await voidHandover(w, call, moment, id, 2)
  await breakOverduePromises(w, moment, caseId, { exchangeId: id })
  await settlePromises(w, moment, caseId, { exchangeId: id })
  const isSigned = (await listHandovers(w, id)).every((each) => each.closedAt !== null)
  if (isSigned && (await isCaseOpen(w, caseId))) await closeCase(w, moment, caseId)
  await record(w, call, 'exchanges.drop_order', { type: 'exchange', id: number })
  return { version: exchange.version + 1 }
}

/** The money of an exchange that waited for its goods, as it was reckoned when it was recorded. */
async function moveMoney(w: WriteHandle, call: Call, moment: Moment, exchange: ExchangeRecord) {
  const { id, number, caseId, note } = exchange
  const sale = await findRefundSale(w, exchange.receiptId)
  if (!sale) throw new Error(`exchange ${number} has no sale`)
  const { payBacks } = await readReturn(w, exchange.refundId)
  const added = (await listExchangeTenders(w, id)).find((each) => each.role === 'added')
  await settleMoney(w, call, moment, {
    source: { type: 'exchange', id, number },
    caseId,
    sale,
    note,
    payBacks,
    collection: added ? { ...added, isRedeemed: isRedeemed(added) } : null,
    voucherHolder: undefined,
  })
}

/** A new date for ordered goods: the promise before counts as broken where its time is over. */
async function promiseAgain(w: WriteHandle, call: Call, input: Input<'promiseAgain'>) {
  const moment = momentOf(call)
  const exchange = await requireSeen(w, input)
  const { id, number, caseId, state } = exchange
  if (state !== 'ordered' && !(await isLaterOrdered(w, exchange))) {
    refuse('exchanges.no_such_step', { number, state })
  }
  const { ownerId, text } = input
  const dueAt = new Date(input.dueAt).toISOString()
  const dueOn = businessDateOf(new Date(dueAt), call.profile)
  await breakOverduePromises(w, moment, caseId, { exchangeId: id })
  await givePromise(w, call, moment, { caseId, ownerId, text, dueAt }, { exchangeId: id })
  await writeNewPromise(w, id, { dueAt, dueOn, ownerId })
  await write(w, exchange, {})
  await record(w, call, 'exchanges.promise', { type: 'exchange', id: number }, { dueAt, text })
  return { version: exchange.version + 1 }
}

/**
 * Undoes an exchange that nothing was handed over for. What was recorded today a floor manager may; an older one whose
 * customer never came for the goods takes the store manager (`exchanges.void_too_late`), ordered goods that do not
 * come excepted. Refuses where the POS has paid or collected, or a voucher was spent.
 */
async function voidExchange(w: WriteHandle, call: Call, input: Input<'void'>) {
  const moment = momentOf(call)
  const exchange = await requireSeen(w, input)
  const { id, number, caseId, businessDate, refundId } = exchange
  const { reason } = input
  if (exchange.state === 'void') refuse('exchanges.already_void', { number })
  if (exchange.state === 'handed_over') refuse('exchanges.handed_over_already', { number })
  const state = stepOf(exchange, 'void')
  const isOld = exchange.state !== 'ordered' && businessDate !== moment.businessDate
  if (isOld && call.actor.role !== 'store_manager') {
    refuse('exchanges.void_too_late', { number, businessDate })
  }
  await dropLines(w, id)
  await write(w, exchange, {
    state,
    voided_at: moment.at,
    voided_on: moment.businessDate,
    voided_by: moment.actorId,
    void_reason: reason,
  })
  await addEvent(w, moment, caseId, 'exchange_voided', { number, reason })
  const source = { type: 'exchange', id, number } as const
  const { version } = await readReturn(w, refundId)
  await voidReturn(w, call, moment, { id: refundId, version, source }, reason)
  await undoRedemptionsOf(w, call, moment, exchange, reason)
  await voidHandover(w, call, moment, id)
  const goesOn = await isClaimWithProofs(w, caseId)
  if (!goesOn && (await isCaseOpen(w, caseId))) await closeCase(w, moment, caseId)
  await record(w, call, 'exchanges.void', { type: 'exchange', id: number }, { reason })
  return { version: exchange.version + 1 }
}

const touched = ['exchanges', 'refunds', 'sales', 'cases', 'instructions', 'vouchers'] as const

export const stepHandlers: Pick<
  RoomHandlers<typeof exchangesContract>,
  'receive' | 'arrive' | 'promiseAgain' | 'dropOrder' | 'void'
> = {
  receive: command(['exchanges', 'cases', 'goods'], receiveGoods),
  arrive: command(touched, arrive),
  promiseAgain: command(['exchanges', 'cases'], promiseAgain),
  dropOrder: command(['exchanges', 'handovers', 'cases'], dropOrder),
  void: command(touched, voidExchange),
}
