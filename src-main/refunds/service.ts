import type { z } from 'zod'
import { record } from '../audit/index.ts'
import { addEvent, momentOf, openCase } from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { localTime } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney, sumMoney } from '../foundation/money.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import { countPrints } from '../printing/store.ts'
import type { refundRecord, refundsContract } from './contract.ts'
import {
  findRefund,
  findRefundSale,
  insertRefund,
  insertRefundLine,
  insertRefundTenders,
  listRefundLines,
  listRefundTenders,
  listReturnedUnits,
  type RefundRecord,
  type RefundSale,
  type RefundSaleLine,
  sumRefundedTenders,
  sumTillReturns,
  writeVoid,
} from './store.ts'
import { type PaidTender, splitOverTenders, type TenderShare } from './tenders.ts'
import { takeUnits } from './units.ts'

interface Choice {
  saleLineId: number
  units: number
}

/** What a choice of units comes to: preview and record are told the same by the same rules. */
interface Quote<Chosen extends Choice> {
  currency: string
  amount: number
  lines: {
    choice: Chosen
    saleLineId: number
    name: string
    units: { unitNo: number; amount: number }[]
    paidAmount: number
    returnedBefore: number
    amount: number
  }[]
  tenders: TenderShare[]
}

async function requireSale(r: ReadHandle, receiptId: number): Promise<RefundSale> {
  const sale = await findRefundSale(r, receiptId)
  if (!sale) refuse('refunds.unknown_sale')
  if (sale.kind === 'return') refuse('refunds.return_receipt', { receiptNo: sale.receiptNo })
  return sale
}

export async function requireRefund(r: ReadHandle, refundId: number): Promise<RefundRecord> {
  return (await findRefund(r, refundId)) ?? refuse('refunds.unknown_refund')
}

async function quoteOf<Chosen extends Choice>(
  r: ReadHandle,
  call: Call,
  sale: RefundSale,
  choices: readonly Chosen[],
): Promise<Quote<Chosen>> {
  const lines: Quote<Chosen>['lines'] = []
  for (const choice of choices) {
    const line = sale.lines.find((each) => each.id === choice.saleLineId)
    if (!line) refuse('refunds.line_not_of_sale')
    if (lines.some((each) => each.saleLineId === line.id)) {
      refuse('refunds.line_twice', { name: line.name })
    }
    const back = takeUnits(await refundable(r, call, line), choice.units)
    lines.push({
      choice,
      saleLineId: line.id,
      name: line.name,
      units: back.units,
      paidAmount: line.paidAmount,
      returnedBefore: back.returnedBefore,
      amount: back.amount,
    })
  }
  const amount = sumMoney(lines.map((line) => line.amount))
  const tenders = splitOverTenders(amount, await listPaidTenders(r, sale))
  return { currency: sale.currency, amount, lines, tenders }
}

async function refundable(r: ReadHandle, call: Call, line: RefundSaleLine) {
  const returned = await listReturnedUnits(r, line.id)
  return {
    ...line,
    allowances: [],
    // The time a refusal reads out: the store's clock, to the minute.
    returned: returned.map((each) => ({
      ...each,
      time: localTime(new Date(each.time), call.profile.timeZone).replace('T', ' ').slice(0, 16),
    })),
  }
}

/** How the sale was paid and what went back since, at this desk and at tills; the uncovered rest as `other`. */
async function listPaidTenders(r: ReadHandle, sale: RefundSale): Promise<PaidTender[]> {
  const atDesk = await sumRefundedTenders(r, sale.id)
  const atTills = await sumTillReturns(r, sale.id)
  const tenders = sale.tenders.map((tender) => {
    const atDeskSum = atDesk.get(tender.id) ?? 0
    const room = Math.max(tender.amount - atDeskSum, 0)
    const atTill = Math.min(room, atTills.get(tender.kind) ?? 0)
    atTills.set(tender.kind, (atTills.get(tender.kind) ?? 0) - atTill)
    return {
      tenderId: tender.id,
      kind: tender.kind,
      label: tender.label,
      paid: tender.amount,
      refundedBefore: atDeskSum + atTill,
      giftPaid: 0,
      giftRefundedBefore: 0,
    }
  })
  const uncovered: PaidTender = {
    tenderId: null,
    kind: 'other',
    label: '',
    paid: Math.max(sale.total - sumMoney(sale.tenders.map((tender) => tender.amount)), 0),
    refundedBefore: atDesk.get(null) ?? 0,
    giftPaid: 0,
    giftRefundedBefore: 0,
  }
  return [...tenders, uncovered]
}

async function recordRefund(w: WriteHandle, call: Call, input: z.output<typeof refundRecord>) {
  const { profile } = call
  const moment = momentOf(call)
  const sale = await requireSale(w, input.receiptId)
  const quote = await quoteOf(w, call, sale, input.lines)
  if (quote.amount !== input.expectedAmount) refuseOtherAmount(call, input.expectedAmount, quote)
  const number = await takeDocumentNumber(w, 'TH', profile.deskNo, moment.businessDate)
  const caseId = await openCase(w, moment, {
    state: 'closed',
    ownerId: moment.actorId,
    receiptId: sale.id,
    customerId: sale.customerId,
  })
  const { amount, currency } = quote
  const id = await insertRefund(w, {
    number,
    caseId,
    receiptId: sale.id,
    businessDate: moment.businessDate,
    recordedAt: moment.at,
    recordedBy: moment.actorId,
    reason: input.reason,
    note: input.note,
    currency,
    amount,
  })
  for (const line of quote.lines) {
    const { condition, packagingIntact } = line.choice
    await insertRefundLine(w, id, { ...line, condition, packagingIntact })
  }
  await insertRefundTenders(w, id, quote.tenders)
  await addEvent(w, moment, caseId, 'refund_recorded', { refundId: id, number, amount, currency })
  await record(
    w,
    call,
    'refunds.record',
    { type: 'refund', id: number },
    {
      receiptNo: sale.receiptNo,
      amount,
      currency,
      reason: input.reason,
    },
  )
  return { id, number, amount }
}

function refuseOtherAmount(
  call: Call,
  expected: number,
  quote: { amount: number; currency: string },
): never {
  const money = (amount: number) => formatMoney(amount, quote.currency, call.profile.language)
  refuse('refunds.amount_changed', { shown: money(expected), now: money(quote.amount) })
}

export const refundsHandlers: RoomHandlers<typeof refundsContract> = {
  preview: query(async (r, call, input) => {
    const sale = await requireSale(r, input.receiptId)
    const quote = await quoteOf(r, call, sale, input.lines)
    return {
      ...quote,
      lines: quote.lines.map((line) => ({
        ...line,
        units: line.units.length,
        unitNos: line.units.map((unit) => unit.unitNo),
      })),
    }
  }),

  record: command(['refunds', 'sales', 'cases'], recordRefund),

  open: query(async (r, _call, input) => {
    const refund = await requireRefund(r, input.refundId)
    return {
      ...refund,
      lines: await listRefundLines(r, refund.id),
      tenders: await listRefundTenders(r, refund.id),
      prints: await countPrints(r, 'refund_slip', refund.number),
    }
  }),

  void: command(['refunds', 'sales', 'cases'], async (w, call, input) => {
    const moment = momentOf(call)
    const refund = await requireRefund(w, input.refundId)
    const { number, businessDate } = refund
    if (refund.state === 'void') refuse('refunds.already_void', { number })
    if (businessDate !== moment.businessDate)
      refuse('refunds.void_too_late', { number, businessDate })
    const voided = {
      at: moment.at,
      on: moment.businessDate,
      by: moment.actorId,
      reason: input.reason,
    }
    if (!(await writeVoid(w, { id: refund.id, version: input.version }, voided))) {
      refuse('desk.changed_meanwhile')
    }
    await addEvent(w, moment, refund.caseId, 'refund_voided', { number, reason: input.reason })
    await record(w, call, 'refunds.void', { type: 'refund', id: number }, { reason: input.reason })
    return { version: input.version + 1 }
  }),
}
