import type { z } from 'zod'
import type { NamedApproval } from '../approvals/index.ts'
import { addEvent, closeCase, joinCase, type Moment, openCase } from '../cases/index.ts'
import type { WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { GoodsSource } from '../goods/contract.ts'
import { giveBackUnits, routeUnits } from '../goods/index.ts'
import type { Call } from '../handlers.ts'
import { listUndelivered, openCaseOfProofs, writeFrozen } from '../rights/index.ts'
import {
  cancelInstructions,
  type MoneyMovement,
  raiseInstruction,
} from '../pos-instructions/index.ts'
import { endRepairsBy, repairsEndedBy, resumeRepairsOf } from '../repairs/index.ts'
import { withdrawVouchers } from '../vouchers/index.ts'
import { beyondOf } from './authority.ts'
import { dropClaim, openClaim } from './claims.ts'
import type { refundRecord } from './contract.ts'
import { shareCost } from './deductions.ts'
import {
  insertAllowances,
  insertCharge,
  insertCost,
  insertFigures,
  insertGift,
  insertTenderGift,
} from './money-store.ts'
import type { ReturnQuote } from './quote.ts'
import type { PayBack } from './rules.ts'
import {
  insertRefund,
  insertRefundLine,
  insertRefundTenders,
  type SlipKind,
  writeVoid,
} from './store.ts'
import type { Figure } from './strip.ts'
import { type Payments, writeVouchers } from './vouchers.ts'

type RecordInput = Pick<
  z.output<typeof refundRecord>,
  'reason' | 'note' | 'lines' | 'freight' | 'giftParts'
>

/** What a customer is paid by. */
export type PaidSource = MoneyMovement['source'] & {
  type: 'refund' | 'exchange' | 'price_adjustment'
}

/** The returned side of a refund or an exchange, ready to be written. */
export interface ReturnRecord {
  /** The refund's own, or the exchange's. */
  number: string
  caseId: number
  quote: ReturnQuote
  input: RecordInput
  paid: {
    /** What the goods come to: what is paid back and what is carried over. */
    amount: number
    payBacks: readonly PayBack[]
    carried: readonly PayBack[]
    strip: readonly Figure[]
  }
  approvalIds: readonly number[]
  rightsId: number | null
  exchangeId: number | null
  /** False while the customer still has the goods: they are taken in when they come. */
  isHere: boolean
  /** What the slip is about; the returned side of an exchange is goods. */
  kind?: SlipKind
}

/**
 * Writes goods that come back, with everything they were reckoned from, and ends the repairs that led to it. @returns the id
 * of the refund row.
 */
export async function writeReturn(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  back: ReturnRecord,
): Promise<number> {
  const { number, caseId, quote, input, paid } = back
  const { sale } = quote
  // The repair lets go of its units before they come back: no unit is in two places (docs/goods.md).
  const left = await endRepairsBy(w, call, moment, {
    units: unitsOf(quote),
    remedy: back.exchangeId === null ? 'refund' : 'exchange',
    number,
  })
  const id = await insertRefund(w, {
    number,
    caseId,
    receiptId: sale.id,
    businessDate: moment.businessDate,
    recordedAt: moment.at,
    recordedBy: moment.actorId,
    reason: input.reason,
    note: input.note,
    currency: sale.currency,
    amount: paid.amount,
    compensation: beyondOf(quote),
    approvalIds: back.approvalIds,
    rightsId: back.rightsId,
    exchangeId: back.exchangeId,
    kind: back.kind ?? 'return',
  })
  await writeGoods(w, id, quote, input)
  await writeCosts(w, id, quote)
  await writeGiftParts(w, moment, quote, input)
  await insertRefundTenders(w, id, paid.payBacks, 'paid_back')
  await insertRefundTenders(w, id, paid.carried, 'carried')
  await insertFigures(w, id, paid.strip)
  const { exchangeId } = back
  await takeIn(w, call, moment, {
    ...back,
    left,
    source:
      exchangeId === null
        ? { type: 'refund', id, number }
        : { type: 'exchange', id: exchangeId, number },
  })
  return id
}

function unitsOf(quote: ReturnQuote): { saleLineId: number; unitNo: number }[] {
  return quote.lines.flatMap(({ choice, units }) =>
    units.map(({ unitNo }) => ({ saleLineId: choice.line.id, unitNo })),
  )
}

/**
 * Every unit that came back goes somewhere: its label and custody log begin with the paper it came by. What was in
 * repair is here, or with the repairer, even where the customer still has the rest.
 */
async function takeIn(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  back: Pick<ReturnRecord, 'caseId' | 'quote' | 'input' | 'isHere'> & {
    source: GoodsSource
    left: Awaited<ReturnType<typeof endRepairsBy>>
  },
): Promise<void> {
  const { source, caseId, quote, input, left } = back
  // What never left the store does not come back to it: it is not here yet, and the money alone goes back.
  const never = new Set((await listUndelivered(w, quote.sale.id)).map((each) => each.saleLineId))
  const units = quote.lines.flatMap(({ choice, units: own }, at) =>
    own.flatMap(({ unitNo }) => {
      const saleLineId = choice.line.id
      if (never.has(saleLineId)) return []
      const repaired = left.find((each) => each.saleLineId === saleLineId && each.unitNo === unitNo)
      if (!back.isHere && !repaired) return []
      return {
        saleLineId,
        unitNo,
        condition: choice.condition,
        packagingIntact: input.lines[at]?.packagingIntact ?? false,
        awayWith: repaired?.awayWith ?? null,
      }
    }),
  )
  await routeUnits(w, call, moment, { source, caseId, reason: input.reason, units })
}

/** What a carrier owes for goods that come back is claimed from him. */
export async function claimFromCarrier(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  back: Pick<ReturnRecord, 'number' | 'caseId' | 'quote' | 'input'> & { refundId: number },
): Promise<void> {
  const { refundId, caseId, number, quote, input } = back
  if (!quote.carrierClaim) return
  const { carrier = '', waybill = '' } = input.freight ?? {}
  const { currency } = quote.sale
  const claim = { refundId, caseId, number, currency, carrier, waybill, ...quote.carrierClaim }
  await openClaim(w, call, moment, claim)
}

/**
 * Pays the customer: vouchers are issued and given back to at this desk, and the POS has one instruction for each
 * payment it has to make. What this desk puts on its own vouchers moves no money (domain.md §2.8); what comes to
 * nothing needs nobody.
 */
export async function payCustomer(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  paid: Payments & {
    source: PaidSource
    caseId: number
    note: string
    voucherHolder: Parameters<typeof writeVouchers>[5]
  },
): Promise<void> {
  const { source, caseId, sale } = paid
  const forPos = await writeVouchers(w, call, moment, paid, paid, paid.voucherHolder)
  for (const { tenderId, kind, label, amount } of forPos) {
    if (amount === 0) continue
    const original = sale.tenders.find((tender) => tender.id === tenderId && tender.kind === kind)
    await raiseInstruction(w, call, moment, {
      kind: 'pay_out',
      source,
      caseId,
      receiptId: sale.id,
      tender: { kind, label, reference: original?.reference ?? '' },
      amount,
      currency: sale.currency,
    })
  }
}

/**
 * Undoes what came back: its units are free again, nothing is claimed for them any more, and what the POS and the
 * vouchers were told to pay is taken back. Refuses where money or a voucher is out already.
 */
export async function voidReturn(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  refund: {
    id: number
    version: number
    source: PaidSource
  },
  reason: string,
): Promise<void> {
  const { source } = refund
  const voided = { at: moment.at, on: moment.businessDate, by: moment.actorId, reason }
  if (!(await writeVoid(w, refund, voided))) refuse('desk.changed_meanwhile')
  await dropClaim(w, call, moment, refund.id, reason)
  await cancelInstructions(w, call, moment, source, reason)
  await withdrawVouchers(w, call, moment, source, reason)
  const { type } = source
  if (type === 'price_adjustment') return
  const repairs = await repairsEndedBy(w, source.number)
  const given = await giveBackUnits(
    w,
    call,
    moment,
    { ...source, type },
    {
      reason,
      repairOf: ({ saleLineId, unitNo }) =>
        repairs.find((each) => each.saleLineId === saleLineId && each.unitNo === unitNo)?.number ??
        null,
    },
  )
  await resumeRepairsOf(w, call, moment, source.number, given)
}

/**
 * What comes back settles the claim it began as, where the slip was lost; else it joins the case the clerk came from,
 * or is one of its own. A refund is done at once, an exchange when its goods are handed over.
 */
export async function caseOf(
  w: WriteHandle,
  moment: Moment,
  { decision, sale }: Pick<ReturnQuote, 'decision' | 'sale'>,
  { state, joins }: { state: 'open' | 'closed'; joins: number | null },
): Promise<number> {
  const proofSetId = decision.written?.proofSetId ?? null
  const claim = proofSetId === null ? null : await openCaseOfProofs(w, proofSetId)
  if (claim !== null) {
    if (state === 'closed') await closeCase(w, moment, claim)
    return claim
  }
  const { id: receiptId, customerId } = sale
  const subject = { state, ownerId: moment.actorId, receiptId, customerId }
  return joins === null ? openCase(w, moment, subject) : joinCase(w, moment, joins, subject)
}

/** The decision it went by, written down now where it was not before; null where the rules had no say. */
export async function writtenDecision(
  w: WriteHandle,
  call: Call,
  { decision, sale }: Pick<ReturnQuote, 'decision' | 'sale'>,
): Promise<number | null> {
  if (!decision.isNew) return decision.written?.id ?? null
  const lines = [...decision.lines, ...decision.allowances].filter((line) => line !== null)
  const proofSetId = decision.written?.proofSetId ?? null
  const { id } = await writeFrozen(w, call, { receiptId: sale.id, proofSetId, lines })
  return id
}

/** Whoever let it happen stands in the case's history. */
export async function noteApproval(
  w: WriteHandle,
  moment: Moment,
  caseId: number,
  approval: NamedApproval | null,
): Promise<void> {
  if (!approval) return
  const { approvalId, approverName } = approval
  await addEvent(w, moment, caseId, 'approval_used', { approvalId, approver: approverName })
}

async function writeGoods(
  w: WriteHandle,
  refundId: number,
  quote: ReturnQuote,
  input: RecordInput,
): Promise<void> {
  for (const [index, line] of quote.lines.entries()) {
    const { choice, units, amount, fee } = line
    const asked = input.lines[index]
    await insertRefundLine(w, refundId, {
      saleLineId: choice.line.id,
      name: choice.line.name,
      units,
      amount,
      condition: choice.condition,
      packagingIntact: asked?.packagingIntact ?? false,
      fee,
      priceRise: choice.priceRise,
    })
  }
  for (const { line, units } of quote.allowances) {
    await insertAllowances(w, refundId, line.id, units)
  }
  for (const { charge, amount } of quote.charges) {
    await insertCharge(w, refundId, { saleLineId: charge.saleLineId, amount })
  }
  for (const gift of quote.facts.gifts.items) {
    const kept = quote.keptGifts.find((each) => each.gift === gift)?.kept ?? 0
    await insertGift(w, refundId, { gift, kept })
  }
}

async function writeCosts(w: WriteHandle, refundId: number, quote: ReturnQuote): Promise<void> {
  const { freight, testFee } = quote.facts
  if (freight && quote.freight) {
    await insertCost(w, refundId, { kind: 'freight', ...freight, ...quote.freight })
  }
  if (!testFee) return
  const shares = shareCost(testFee)
  await insertCost(w, refundId, { kind: 'test_fee', liable: null, ...testFee, ...shares })
}

/** What was said of stored value holds for the next refund of the sale as well. */
async function writeGiftParts(
  w: WriteHandle,
  { at, actorId }: Moment,
  quote: ReturnQuote,
  input: RecordInput,
): Promise<void> {
  for (const { tenderId, amount } of input.giftParts) {
    if (quote.knownGifts.has(tenderId)) continue
    await insertTenderGift(w, { tenderId, amount, at, by: actorId })
  }
}
