import { record } from '../audit/index.ts'
import { addEvent, type Moment } from '../cases/index.ts'
import type { WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { insertDeskSale } from '../sales/index.ts'
import { requireFreeSerials } from './free-serials.ts'
import { linkNewSale, readOldSale, setSerial } from './give-store.ts'
import { exchangeMachine } from './rules.ts'
import { serialKey } from './serials.ts'
import {
  type ExchangeRecord,
  type GivenLineRecord,
  listExchangeTenders,
  listGivenLines,
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
): Promise<{ newReceiptId: number; lines: { id: number; newLineId: number }[] }> {
  const { id, number, caseId } = exchange
  if (nextState(exchangeMachine, exchange.state, 'hand_over') !== 'handed_over') {
    refuse('exchanges.no_such_step', { number, state: exchange.state })
  }
  if (exchange.reception !== 'received' && !withoutReturn) {
    refuse('exchanges.not_received', { number })
  }
  const lines = await withSerials(w, call, exchange, serials)
  const tenders = await listExchangeTenders(w, id)
  const sale = await insertDeskSale(w, {
    ...(await readOldSale(w, exchange)),
    deskNo: call.profile.deskNo,
    businessDate: moment.businessDate,
    soldAt: moment.at,
    number,
    cashier: call.actor.name,
    cashierId: moment.actorId,
    currency: exchange.currency,
    lines,
    tenders,
  })
  const newReceiptId = sale.receiptId
  const newLines = lines.map((line, at) => ({ id: line.id, newLineId: sale.lineIds[at] ?? 0 }))
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
      goods: lines.map(({ name, units, serialNo }) => ({ name, units, serialNo })),
      serials,
    },
  )
  return { newReceiptId, lines: newLines }
}

/** The lines with the serial numbers that were read now; every one of them still has to be free. */
async function withSerials(
  w: WriteHandle,
  call: Call,
  exchange: ExchangeRecord,
  serials: readonly GivenSerial[],
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
  const going = read.flatMap(({ line, serialNo, own }) => (line.units === 1 ? [{ serialNo }] : own))
  const units = await listSerials(w, exchange.id)
  await requireFreeSerials(w, call, going, { exchangeId: exchange.id, units })
  for (const { line, serialNo } of read) {
    if (serialKey(serialNo) !== serialKey(line.serialNo)) await setSerial(w, line.id, serialNo)
  }
  return read.map(({ line, serialNo }) => ({ ...line, serialNo }))
}
