import { record } from '../audit/index.ts'
import { addEvent, type Moment } from '../cases/index.ts'
import type { WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { requireSaleable } from '../radar/index.ts'
import { insertDeskSale, nameDeskSerial } from '../sales/index.ts'
import { requireFreeSerials } from './free-serials.ts'
import { dropLines, findReturnedLine, linkNewSale, readOldSale, setSerial } from './give-store.ts'
import { exchangeMachine } from './rules.ts'
import { serialKey } from './serials.ts'
import {
  type ExchangeRecord,
  type GivenLineRecord,
  listExchangeTenders,
  listGivenLines,
  listOrders,
  listSerials,
  writeStep,
} from './store.ts'

/** A unit that goes out with the serial number that was read off it in front of the customer. */
interface GivenSerial {
  lineId: number
  unitNo: number
  serialNo: string
}

interface HandOverAsk {
  serials: readonly GivenSerial[]
  /** On a store manager's waiver: the customer's goods are not here, and may never be. */
  withoutReturn?: boolean
}

/** The desk's sale of what was given out, and the line of each of the exchange's lines there. */
interface Released {
  newReceiptId: number
  lines: { id: number; newLineId: number }[]
}

/**
 * Hands the goods over: they become a sale of the desk, paid with what was carried over and what was added, so that
 * rights, cards, refunds and a second exchange work on them as on anything sold. Belongs to the transaction of the
 * handover form, which leaves the case open until it is signed.
 *
 * Refuses a state from which nothing can be handed over (`exchanges.no_such_step`), goods of the customer that are not
 * here (`exchanges.not_received`), and serial numbers like `requireFreeSerials`.
 *
 * @returns the sale and, for each line given, its line there.
 */
export async function handOver(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  exchange: ExchangeRecord,
  { serials, withoutReturn = false }: HandOverAsk,
): Promise<Released> {
  const { id, number, caseId } = exchange
  if (nextState(exchangeMachine, exchange.state, 'hand_over') !== 'handed_over') {
    refuse('exchanges.no_such_step', { number, state: exchange.state })
  }
  if (exchange.reception !== 'received' && !withoutReturn) {
    refuse('exchanges.not_received', { number })
  }
  const lines = await withSerials(w, call, exchange, serials, 1)
  await requireSaleable(w, call, lines)
  const tenders = await listExchangeTenders(w, id)
  const sale = await insertDeskSale(w, {
    ...(await readOldSale(w, exchange)),
    deskNo: call.profile.deskNo,
    businessDate: moment.today,
    soldAt: moment.at,
    number,
    cashier: call.actor.name,
    cashierId: moment.actorId,
    currency: exchange.currency,
    // What is still ordered has no number before it is handed over.
    lines: lines.map((line) => (line.part === 2 ? { ...line, serialNo: '' } : line)),
    tenders,
  })
  const newReceiptId = sale.receiptId
  const newLines = lines.map(({ id: lineId, part }, at) => ({
    id: lineId,
    part,
    newLineId: sale.lineIds[at] ?? 0,
  }))
  await linkNewSale(w, id, {
    lines: newLines,
    tenders: tenders.map((tender, at) => ({ id: tender.id, newId: sale.tenderIds[at] ?? 0 })),
  })
  const columns = {
    state: 'handed_over',
    new_receipt_id: newReceiptId,
    handed_over_at: moment.at,
    handed_over_on: moment.businessDate,
    handed_over_by: moment.actorId,
  } as const
  if (!(await writeStep(w, exchange, columns))) refuse('desk.changed_meanwhile')
  await addEvent(w, moment, caseId, 'exchange_handed_over', { number, newReceiptId })
  await record(
    w,
    call,
    'exchanges.hand_over',
    { type: 'exchange', id: number },
    {
      newReceiptId,
      goods: lines.map(({ name, units, serialNo, part }) => ({ name, units, serialNo, part })),
      serials,
    },
  )
  return { newReceiptId, lines: newLines.filter((line) => line.part === 1) }
}

/**
 * Hands over what had to be ordered while the rest went out: it stands in the desk's sale since then, paid for, and
 * gets its serial numbers there. Refuses what is not here (`handover.not_arrived`), before the first handover
 * (`handover.first_part`), and what the customer has his money back for (`exchanges.later_returned`).
 */
export async function deliverLater(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  exchange: ExchangeRecord,
  { serials }: Pick<HandOverAsk, 'serials'>,
): Promise<Released> {
  const { id, number, caseId, newReceiptId } = exchange
  if (newReceiptId === null) refuse('handover.first_part')
  const order = (await listOrders(w, [id])).get(id)
  if (order?.arrivedAt === null) refuse('handover.not_arrived')
  const lines = (await withSerials(w, call, exchange, serials, 2)).filter(({ part }) => part === 2)
  await requireSaleable(w, call, lines)
  const back = await findReturnedLine(w, id)
  if (back) refuse('exchanges.later_returned', { name: back.name })
  for (const { newLineId, serialNo } of lines) {
    if (newLineId !== null && serialNo !== '') await nameDeskSerial(w, newLineId, serialNo)
  }
  await dropLines(w, id)
  await addEvent(w, moment, caseId, 'exchange_handed_over', { number, newReceiptId })
  const goods = lines.map(({ name, units, serialNo, part }) => ({ name, units, serialNo, part }))
  const data = { newReceiptId, goods, serials }
  await record(w, call, 'exchanges.hand_over', { type: 'exchange', id: number }, data)
  const released = lines.map((line) => ({ id: line.id, newLineId: line.newLineId ?? 0 }))
  return { newReceiptId, lines: released }
}

/** The lines with the serial numbers that were read now; every one of a part still has to be free. */
async function withSerials(
  w: WriteHandle,
  call: Call,
  exchange: ExchangeRecord,
  serials: readonly GivenSerial[],
  part: 1 | 2,
): Promise<GivenLineRecord[]> {
  const lines = await listGivenLines(w, exchange.id)
  const read = lines.map((line) => {
    const own = serials.filter((each) => each.lineId === line.id && each.serialNo !== '')
    return {
      line,
      serialNo: (line.units === 1 ? own[0]?.serialNo : undefined) ?? line.serialNo,
      own,
    }
  })
  const now = read.filter(({ line }) => line.part === part)
  const going = now.flatMap(({ line, serialNo, own }) => (line.units === 1 ? [{ serialNo }] : own))
  const units = await listSerials(w, exchange.id)
  await requireFreeSerials(w, call, going, { exchangeId: exchange.id, units })
  for (const { line, serialNo } of now) {
    if (serialKey(serialNo) !== serialKey(line.serialNo)) await setSerial(w, line.id, serialNo)
  }
  return read.map(({ line, serialNo }) => ({ ...line, serialNo }))
}
