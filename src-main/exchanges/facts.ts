import { approversOf, type NamedApproval } from '../approvals/index.ts'
import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { instructionsOf } from '../pos-instructions/index.ts'
import { frameOf } from '../printing/frame.ts'
import { readReturn } from '../refunds/index.ts'
import { vouchersOf } from '../vouchers/index.ts'
import type { ExchangeSlipFacts, GivenFacts, ReturnedFacts } from './document.ts'
import {
  type ExchangeRecord,
  type GivenLineRecord,
  listExchangeTenders,
  listFigures,
  listGivenLines,
  listOrders,
  listSerials,
} from './store.ts'
import { requireExchange } from './views.ts'

/** Everything an exchange slip prints, as an original: whoever prints it knows which copy it is. */
export async function exchangeSlipFacts(
  r: ReadHandle,
  call: Call,
  exchangeId: number,
  paper: ExchangeSlipFacts['paper'] = '80mm',
): Promise<ExchangeSlipFacts> {
  const exchange = await requireExchange(r, exchangeId)
  const { id, number } = exchange
  const back = await readReturn(r, exchange.refundId)
  const order = (await listOrders(r, [id])).get(id)
  const instructions = await instructionsOf(r, { type: 'exchange', id })
  const vouchers = await vouchersOf(r, { type: 'exchange', number })
  return {
    frame: frameOf(call),
    paper,
    number,
    issuedAt: exchange.recordedAt,
    copy: 0,
    voided:
      exchange.voidedOn === null
        ? null
        : { on: exchange.voidedOn, reason: exchange.voidReason ?? '' },
    currency: exchange.currency,
    sale: {
      receiptNo: exchange.receiptNo,
      soldOn: exchange.saleDate,
      till: known(exchange.till),
    },
    customer: exchange.customer && {
      name: known(exchange.customer.name),
      phone: known(exchange.customer.phone),
    },
    returned: await returnedFacts(r, exchange, back.lines),
    given: (await listGivenLines(r, id)).map(givenFacts),
    creditStrip: back.strip.flatMap(({ kind, amount, detail }) =>
      kind === 'total' ? [] : [{ kind, amount, detail }],
    ),
    figures: await listFigures(r, id),
    difference: exchange.difference,
    carried: (await listExchangeTenders(r, id)).map(({ kind, label, amount }) => ({
      tender: label || kind,
      amount,
    })),
    instructions: instructions
      .filter(({ state }) => state !== 'cancelled')
      .map(({ number: no, direction, tender, amount }) => ({
        number: no,
        direction,
        tender: tender.label || tender.kind,
        amount,
      })),
    vouchers: vouchers.map(({ number: no, amount }) => ({ number: no, amount })),
    order:
      order && order.arrivedAt === null
        ? { dueOn: order.dueOn, supplier: known(order.supplier) }
        : null,
    handledBy: exchange.recordedBy,
    approvedBy: namesOf(await approversOf(r, { type: 'exchange', id: number })),
  }
}

/** The goods that came back with the serial numbers that were read off them; the note stands on the first. */
async function returnedFacts(
  r: ReadHandle,
  exchange: ExchangeRecord,
  lines: Awaited<ReturnType<typeof readReturn>>['lines'],
): Promise<ReturnedFacts[]> {
  const serials = await listSerials(r, exchange.id)
  return lines.map((line, index) => {
    const read = serials.filter((each) => each.saleLineId === line.saleLineId)
    const numbers = read.map((each) => each.serialNo).filter((each) => each !== '')
    return {
      name: line.name,
      sku: known(line.sku),
      serialNo: known(numbers.join('、')),
      qtyMilli: line.lineUnits > 1 ? line.units * 1_000 : line.qtyMilli,
      unit: known(line.unit),
      amount: line.amount,
      condition: line.condition,
      packagingIntact: line.packagingIntact,
      reason: exchange.reason,
      note: index === 0 ? known(exchange.note) : null,
    }
  })
}

function givenFacts(line: GivenLineRecord): GivenFacts {
  return {
    name: line.name,
    sku: known(line.sku),
    serialNo: known(line.serialNo),
    units: line.units,
    unit: known(line.unit),
    listAmount: line.listAmount,
    paidAmount: line.paidAmount,
    isLater: line.part === 2,
    keepsPrice: line.pricing === 'kept',
    discountReason: known(line.discountReason),
  }
}

/** By name and code: two people can have the same name. */
function namesOf(approvals: readonly NamedApproval[]): string | null {
  const names = approvals.map(({ approverName, approverCode }) => `${approverName} ${approverCode}`)
  return known(names.join('、'))
}

/** Null where nobody knows: the paper leaves it out. */
function known(text: string): string | null {
  return text === '' ? null : text
}
