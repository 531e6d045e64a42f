import { listHandovers } from './handover/store.ts'
import { approversOf } from '../approvals/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { maskPhone } from '../foundation/phone.ts'
import { type Call, query, type RoomHandlers } from '../handlers.ts'
import { instructionsOf } from '../pos-instructions/index.ts'
import { countPrints } from '../printing/store.ts'
import { readReturn } from '../refunds/index.ts'
import type { exchangesContract } from './contract.ts'
import {
  findTillReceipt,
  type ExchangeRecord,
  findExchange,
  listCardsOfReturned,
  listExchangeTenders,
  listFigures,
  listGivenLines,
  listGoodsOf,
  listOfReceipt,
  listOrders,
  listRecent,
  listSerials,
  listUnfinished,
  type OrderRecord,
} from './store.ts'

export async function requireExchange(r: ReadHandle, exchangeId: number): Promise<ExchangeRecord> {
  return (await findExchange(r, exchangeId)) ?? refuse('exchanges.unknown_exchange')
}

/** What the desk does next with an exchange; null where nothing is left to do. */
function nextStep(
  { state, reception, later }: Pick<ExchangeRecord, 'state' | 'reception' | 'later'>,
  order: Pick<OrderRecord, 'arrivedAt'> | undefined,
) {
  if (state === 'ordered') return 'arrive' as const
  if (state === 'handed_over' && later === 'open') {
    return order?.arrivedAt === null ? ('arrive' as const) : ('hand_over' as const)
  }
  if (state !== 'awaiting_handover') return null
  return reception === 'awaited' ? ('receive' as const) : ('hand_over' as const)
}

async function rowsOf(r: ReadHandle, exchanges: readonly ExchangeRecord[]) {
  const ids = exchanges.map((each) => each.id)
  const goods = await listGoodsOf(r, ids)
  const orders = await listOrders(r, ids)
  return exchanges.map((exchange) => {
    const order = orders.get(exchange.id)
    const next = nextStep(exchange, order)
    return {
      ...exchange,
      customer: exchange.customer?.name ?? '',
      returnedGoods: goods.get(exchange.id)?.returned ?? '',
      givenGoods: goods.get(exchange.id)?.given ?? '',
      next,
      dueOn: next === 'arrive' ? (order?.dueOn ?? null) : null,
    }
  })
}

function orderView(order: OrderRecord, call: Call) {
  const { exchangeId: _, ...view } = order
  return { ...view, overdue: order.arrivedAt === null && order.dueAt < call.now().toISOString() }
}

async function openExchange(r: ReadHandle, call: Call, exchangeId: number) {
  const exchange = await requireExchange(r, exchangeId)
  const { id, number, refundId } = exchange
  const back = await readReturn(r, refundId)
  const serials = await listSerials(r, id)
  const cards = await listCardsOfReturned(r, refundId)
  const order = (await listOrders(r, [id])).get(id)
  return {
    ...exchange,
    customer: exchange.customer && {
      id: exchange.customer.id,
      name: exchange.customer.name,
      phoneMasked: exchange.customer.phone && maskPhone(exchange.customer.phone),
    },
    next: nextStep(exchange, order),
    dueOn: order?.dueOn ?? null,
    returned: back.lines.map((line) => ({
      ...line,
      serials: serials.filter((each) => each.saleLineId === line.saleLineId),
      cards: cards.filter((each) => each.saleLineId === line.saleLineId),
    })),
    lines: await listGivenLines(r, id),
    tenders: await listExchangeTenders(r, id),
    payBacks: back.payBacks,
    strip: back.strip,
    figures: await listFigures(r, id),
    order: order ? orderView(order, call) : null,
    forms: (await listHandovers(r, id)).map((form) => ({
      id: form.id,
      number: form.number,
      part: form.part,
      card: form.card,
    })),
    tillReceipt: (await findTillReceipt(r, id)) ?? null,
    instructions: await instructionsOf(r, { type: 'exchange', id }),
    approvedBy: await approversOf(r, { type: 'exchange', id: number }),
    prints: await countPrints(r, 'exchange_slip', number),
  }
}

export const viewHandlers: Pick<
  RoomHandlers<typeof exchangesContract>,
  'open' | 'ofReceipt' | 'unfinished' | 'recent'
> = {
  open: query((r, call, input) => openExchange(r, call, input.exchangeId)),

  ofReceipt: query(async (r, _call, input) => rowsOf(r, await listOfReceipt(r, input.receiptId))),

  unfinished: query(async (r) => rowsOf(r, await listUnfinished(r))),

  recent: query(async (r, _call, input) => {
    const found = await listRecent(r, input.before, input.limit + 1)
    const exchanges = await rowsOf(r, found.slice(0, input.limit))
    return { exchanges, more: found.length > input.limit }
  }),
}
