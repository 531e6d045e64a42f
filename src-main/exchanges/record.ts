import type { z } from 'zod'
import { record } from '../audit/index.ts'
import { addEvent, givePromise, type Moment, momentOf } from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { WriteHandle } from '../database/store.ts'
import { businessDateOf } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import { nextState } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { requireSaleable } from '../radar/index.ts'
import {
  caseOf,
  claimFromCarrier,
  noteApproval,
  type PayBack,
  requireTillReturnsSeen,
  writeReturn,
  writtenDecision,
} from '../refunds/index.ts'
import { type ExchangeFlag, requireAuthority } from './authority.ts'
import type { exchangeRecord } from './contract.ts'
import { requireFreeSerials } from './free-serials.ts'
import { openHandover } from './handover/open.ts'
import { settleMoney, takeCollection } from './money.ts'
import { type ExchangeQuote, type GivenLine, quoteExchange } from './quote.ts'
import {
  insertExchange,
  insertExchangeTenders,
  insertFigures,
  insertGivenLines,
  insertOrder,
  insertSerials,
} from './record-store.ts'
import { exchangeMachine } from './rules.ts'

type RecordInput = z.output<typeof exchangeRecord>

/**
 * Records an exchange: what comes back, what goes out and the money between them, in one transaction. Whatever is
 * missing for it refuses the whole; a process that ends before has recorded nothing, one that ends after goes on from
 * the list of unfinished exchanges.
 */
export async function recordExchange(w: WriteHandle, call: Call, input: RecordInput) {
  const moment = momentOf(call)
  const ordered = orderedOf(input)
  const quote = await quoteExchange(w, call, { ...input, ordered })
  const parts = partsOf(quote, ordered)
  const { difference } = quote
  const { sale } = quote.back
  if (difference !== input.expectedDifference) {
    refuseOtherDifference(call, input.expectedDifference, difference, sale.currency)
  }
  requireTillReturnsSeen(call, quote.back, input.tillReturnsSeen)
  requireSerials(quote.lines.filter((each) => !ordered?.has(each.asked)))
  await requireFreeSerials(w, call, quote.lines, { exchangeId: null, units: unitsOf(quote) })
  await requireSaleable(
    w,
    call,
    quote.lines.map(({ product, choice }) => ({
      productId: product?.productId ?? null,
      barcode: product?.barcode ?? '',
      name: choice.goods.name,
    })),
  )
  const number = await takeDocumentNumber(w, 'HH', call.profile.deskNo, moment.businessDate)
  const { approval, flags, acceptance } = await requireAuthority(w, call, moment, {
    ...input,
    quote,
    number,
  })
  const caseId = await caseOf(w, moment, quote.back, { state: 'open', joins: input.caseId })
  const approvalIds = approval ? [approval.approvalId] : []
  const rightsId = await writtenDecision(w, call, quote.back)
  const isHere = input.goodsReceived || isAllInRepair(quote)
  const state = nextState(exchangeMachine, 'recorded', parts === 'ordered' ? 'order' : 'give')
  if (state !== 'ordered' && state !== 'awaiting_handover') throw new Error('no way to begin')
  const id = await insertExchange(w, {
    number,
    case_id: caseId,
    receipt_id: sale.id,
    state,
    reception: isHere ? 'received' : 'awaited',
    acceptance,
    business_date: moment.businessDate,
    recorded_at: moment.at,
    recorded_by: moment.actorId,
    reason: input.reason,
    note: input.note,
    currency: sale.currency,
    credit: quote.credit,
    given: quote.given,
    rounding: quote.settlement.rounding,
    difference,
    approval_ids: JSON.stringify(approvalIds),
    rights_id: rightsId,
  })
  const refundId = await writeReturn(w, call, moment, {
    number,
    caseId,
    quote: quote.back,
    input,
    paid: {
      amount: quote.credit + quote.settlement.rounding,
      payBacks: quote.settlement.payBacks,
      carried: quote.carried.map(asPayBack),
      strip: quote.settlement.strip,
    },
    approvalIds,
    rightsId,
    exchangeId: id,
    isHere,
  })
  const isLater = (line: GivenLine) => parts === 'both' && ordered?.has(line.asked) === true
  await insertGivenLines(
    w,
    id,
    quote.lines.map((line) => ({ ...line, part: isLater(line) ? 2 : 1 })),
  )
  await insertSerials(w, id, quote.serials)
  await insertFigures(w, id, quote.figures)
  const { currency } = sale
  await addEvent(w, moment, caseId, 'exchange_recorded', {
    exchangeId: id,
    number,
    amount: difference,
    currency,
  })
  await noteApproval(w, moment, caseId, approval)
  await claimFromCarrier(w, call, moment, { refundId, number, caseId, quote: quote.back, input })
  const isWaiting = parts === 'ordered'
  await writeMoney(w, call, moment, { id, number, caseId, isWaiting }, quote, input)
  await openHandover(w, call, moment, { id, number, caseId, part: 1 })
  if (parts === 'both') await openHandover(w, call, moment, { id, number, caseId, part: 2 })
  if (input.order) await orderGoods(w, call, moment, { id, number, caseId }, input.order)
  await record(
    w,
    call,
    'exchanges.record',
    { type: 'exchange', id: number },
    auditOf(quote, { ...input, state, flags, approval }),
  )
  return { id, number, caseId, state, difference }
}

/** Goods that are in repair need not be brought: the store has them already. */
function isAllInRepair({ back }: ExchangeQuote): boolean {
  return back.lines.every(({ choice, units }) =>
    units.every(({ unitNo }) =>
      choice.line.inRepair?.some((each) => each.unitNo === unitNo && each.isHere),
    ),
  )
}

function asPayBack({ purpose, ...share }: ExchangeQuote['carried'][number]): PayBack {
  return { ...share, purpose, rounding: 0, insteadOf: null }
}

function unitsOf(quote: ExchangeQuote) {
  return quote.serials.flatMap((line) => line.units)
}

/** Positions of what has to be ordered; null where all of it is here. Refuses others (`exchanges.order_of_nothing`). */
function orderedOf({ order, given }: RecordInput): ReadonlySet<number> | null {
  if (!order) return null
  if (order.lines.some((each) => each >= given.length)) refuse('exchanges.order_of_nothing')
  return new Set(order.lines.length > 0 ? order.lines : given.keys())
}

/** Whether it goes out at once, has to be ordered, or goes out on two days. */
function partsOf(quote: ExchangeQuote, ordered: ReadonlySet<number> | null) {
  if (!ordered) return 'here'
  return quote.lines.every((line) => ordered.has(line.asked)) ? 'ordered' : 'both'
}

/** Refuses goods that are told apart by their serial number without one (`exchanges.serial_needed`). */
function requireSerials(lines: readonly GivenLine[]): void {
  for (const { product, serialNo, choice } of lines) {
    if (product?.serialTracked && choice.units === 1 && serialNo === '') {
      refuse('exchanges.serial_needed', { name: choice.goods.name })
    }
  }
}

/**
 * What pays for the new goods, and what the POS is told. Where all of them have to be ordered, the till moves no money
 * before they are here; a voucher of ours is taken off at once, so that nobody spends it meanwhile, and given back with a void.
 */
async function writeMoney(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  exchange: { id: number; number: string; caseId: number; isWaiting: boolean },
  quote: ExchangeQuote,
  input: RecordInput,
): Promise<void> {
  const { id, number, caseId } = exchange
  const { sale } = quote.back
  const { voucherCode } = input.collect
  const collection = await takeCollection(w, call, moment, {
    number,
    caseId,
    currency: sale.currency,
    collect: quote.collect,
    voucherCode,
  })
  await insertExchangeTenders(w, id, quote.carried, collection)
  if (exchange.isWaiting) return
  await settleMoney(w, call, moment, {
    source: { type: 'exchange', id, number },
    caseId,
    sale,
    note: input.note,
    payBacks: quote.settlement.payBacks,
    collection,
    voucherHolder: input.voucherHolder,
  })
}

async function orderGoods(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  exchange: { id: number; number: string; caseId: number },
  order: NonNullable<RecordInput['order']>,
): Promise<void> {
  const { id, number, caseId } = exchange
  const { ownerId, supplier, text } = order
  const dueAt = new Date(order.dueAt).toISOString()
  const dueOn = businessDateOf(new Date(dueAt), call.profile)
  await insertOrder(w, { exchangeId: id, supplier, dueAt, dueOn, ownerId, at: moment.at })
  await addEvent(w, moment, caseId, 'exchange_ordered', { number, supplier, dueOn })
  await givePromise(w, call, moment, { caseId, ownerId, text, dueAt }, { exchangeId: id })
}

function auditOf(
  quote: ExchangeQuote,
  recorded: {
    state: string
    reason: string
    flags: readonly ExchangeFlag[]
    approval: { approvalId: number; approverCode: string } | null
    goodsReceived: boolean
  },
) {
  const { back, settlement, credit, given, difference } = quote
  const { approval, flags, reason, state, goodsReceived } = recorded
  return {
    receiptNo: back.sale.receiptNo,
    state,
    goodsReceived,
    reason,
    currency: back.sale.currency,
    credit,
    given,
    difference,
    rounding: settlement.rounding,
    returned: back.lines.map((line, at) => ({
      name: line.choice.line.name,
      units: line.units.map((unit) => unit.unitNo),
      amount: line.amount,
      serials: quote.serials[at]?.units.map(({ serialNo, soldSerialNo, flag }) => ({
        serialNo,
        soldSerialNo,
        flag,
      })),
    })),
    goods: quote.lines.map((line) => ({
      name: line.choice.goods.name,
      sku: line.product?.sku ?? '',
      units: line.choice.units,
      serialNo: line.serialNo,
      amount: line.paidAmount,
      discount: line.discount,
      discountReason: line.choice.discount?.reason ?? '',
    })),
    figures: quote.figures.map((each) => [each.kind, each.amount]),
    carried: quote.carried.map((share) => ({ kind: share.kind, amount: share.amount })),
    flags,
    approvalId: approval?.approvalId ?? null,
    approver: approval?.approverCode ?? null,
    otherTenders: settlement.payBacks
      .filter((row) => row.insteadOf)
      .map((row) => ({ from: row.insteadOf?.kind, to: row.kind, amount: row.amount })),
  }
}

function refuseOtherDifference(call: Call, shown: number, now: number, currency: string): never {
  const say = (amount: number) => formatMoney(amount, currency, call.profile.language)
  refuse('exchanges.difference_changed', { shown: say(shown), now: say(now) })
}
