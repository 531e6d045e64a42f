import type { z } from 'zod'
import { approversOf } from '../approvals/index.ts'
import { record } from '../audit/index.ts'
import { addEvent, closeCase, type Moment, momentOf, openCase } from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import { cancelInstructions, instructionsOf, raiseInstruction } from '../pos-instructions/index.ts'
import { countPrints } from '../printing/store.ts'
import { authorityFor, requireAuthority } from './authority.ts'
import { claimsHandlers, dropClaim, openClaim } from './claims.ts'
import { findClaimOfRefund } from './claim-store.ts'
import type { refundRecord, refundsContract } from './contract.ts'
import { shareCost } from './deductions.ts'
import {
  insertAllowances,
  insertCharge,
  insertCost,
  insertFigures,
  insertGift,
  insertTenderGift,
  listFigures,
} from './money-store.ts'
import { type Quote, quoteOf } from './quote.ts'
import { type PayBack, requireChoice } from './rules.ts'
import { openCaseOfProofs, writeFrozen } from '../rights/index.ts'
import { settingsHandlers } from './settings.ts'
import {
  findRefund,
  insertRefund,
  insertRefundLine,
  insertRefundTenders,
  listRefundLines,
  listRefundTenders,
  type RefundRecord,
  writeVoid,
} from './store.ts'
import { vouchersOf, withdrawVouchers } from '../vouchers/index.ts'
import { waysFor } from './tenders.ts'
import { requireVoucherLawful, writeVouchers } from './vouchers.ts'

type RecordInput = z.output<typeof refundRecord>

export async function requireRefund(r: ReadHandle, refundId: number): Promise<RefundRecord> {
  return (await findRefund(r, refundId)) ?? refuse('refunds.unknown_refund')
}

async function recordRefund(w: WriteHandle, call: Call, input: RecordInput) {
  const moment = momentOf(call)
  const quote = await quoteOf(w, call, input)
  requireChoice(quote.facts)
  const { sale, amount } = quote
  const { currency } = sale
  if (amount !== input.expectedAmount) {
    refuseOtherAmount(call, input.expectedAmount, { amount, currency })
  }
  const number = await takeDocumentNumber(w, 'TH', call.profile.deskNo, moment.businessDate)
  const approval = await requireAuthority(w, call, moment, { ...input, quote, number })
  const caseId = await caseOf(w, moment, quote)
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
    approvalIds: approval ? [approval.approvalId] : [],
    rightsId: await writtenDecision(w, call, quote),
  })
  await writeFigures(w, moment, id, quote, input)
  const slip = { id, number, caseId, note: input.note }
  const forPos = await writeVouchers(w, call, moment, slip, quote, input.voucherHolder)
  await addEvent(w, moment, caseId, 'refund_recorded', { refundId: id, number, amount, currency })
  if (approval) {
    const { approvalId, approverName } = approval
    await addEvent(w, moment, caseId, 'approval_used', { approvalId, approver: approverName })
  }
  if (quote.carrierClaim) {
    await openClaim(w, call, moment, {
      refundId: id,
      caseId,
      number,
      currency,
      carrier: input.freight?.carrier ?? '',
      waybill: input.freight?.waybill ?? '',
      ...quote.carrierClaim,
    })
  }
  await tellPos(w, call, moment, slip, sale, forPos)
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
      rounding: quote.rounding,
      strip: quote.strip.map(({ kind, amount: figure }) => [kind, figure]),
      approvalId: approval?.approvalId ?? null,
      approver: approval?.approverCode ?? null,
      otherTenders: quote.payBacks
        .filter((row) => row.insteadOf)
        .map((row) => ({ from: row.insteadOf?.kind, to: row.kind, amount: row.amount })),
    },
  )
  return { id, number, amount }
}

/**
 * One instruction for each payment the POS has to make. What this desk puts on its own vouchers moves no money
 * (domain.md §2.8); what comes to nothing needs nobody.
 */
async function tellPos(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  refund: { id: number; number: string; caseId: number },
  sale: Quote['sale'],
  payments: readonly PayBack[],
): Promise<void> {
  for (const { tenderId, kind, label, amount } of payments) {
    if (amount === 0) continue
    const paid = sale.tenders.find((tender) => tender.id === tenderId && tender.kind === kind)
    await raiseInstruction(w, call, moment, {
      kind: 'pay_out',
      source: { type: 'refund', id: refund.id, number: refund.number },
      caseId: refund.caseId,
      receiptId: sale.id,
      tender: { kind, label, reference: paid?.reference ?? '' },
      amount,
      currency: sale.currency,
    })
  }
}

/** A refund settles the claim it began as, where the slip was lost; else it is a case of its own, done at once. */
async function caseOf(w: WriteHandle, moment: Moment, quote: Quote): Promise<number> {
  const { decision, sale } = quote
  const proofSetId = decision.written?.proofSetId ?? null
  const claim = proofSetId === null ? null : await openCaseOfProofs(w, proofSetId)
  if (claim !== null) {
    await closeCase(w, moment, claim)
    return claim
  }
  return openCase(w, moment, {
    state: 'closed',
    ownerId: moment.actorId,
    receiptId: sale.id,
    customerId: sale.customerId,
  })
}

/** The decision the refund went by, written down now where it was not before; null where the rules had no say. */
async function writtenDecision(w: WriteHandle, call: Call, quote: Quote): Promise<number | null> {
  const { decision, sale } = quote
  if (!decision.isNew) return decision.written?.id ?? null
  const { id } = await writeFrozen(w, call, {
    receiptId: sale.id,
    proofSetId: decision.written?.proofSetId ?? null,
    lines: [...decision.lines, ...decision.allowances].filter((line) => line !== null),
  })
  return id
}

/** Writes everything a refund consists of, as it was reckoned. */
async function writeFigures(
  w: WriteHandle,
  moment: Moment,
  refundId: number,
  quote: Quote,
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
  const { freight, testFee } = quote.facts
  if (freight && quote.freight) {
    await insertCost(w, refundId, { kind: 'freight', ...freight, ...quote.freight })
  }
  if (testFee) {
    const shares = shareCost(testFee)
    await insertCost(w, refundId, { kind: 'test_fee', liable: null, ...testFee, ...shares })
  }
  await writeGiftParts(w, moment, quote, input)
  await insertRefundTenders(w, refundId, quote.payBacks)
  await insertFigures(w, refundId, quote.strip)
}

/** What was said of stored value holds for the next refund of the sale as well. */
async function writeGiftParts(
  w: WriteHandle,
  { at, actorId }: Moment,
  quote: Quote,
  input: RecordInput,
): Promise<void> {
  for (const { tenderId, amount } of input.giftParts) {
    if (quote.knownGifts.has(tenderId)) continue
    await insertTenderGift(w, { tenderId, amount, at, by: actorId })
  }
}

function refuseOtherAmount(
  call: Call,
  expected: number,
  quote: { amount: number; currency: string },
): never {
  const money = (amount: number) => formatMoney(amount, quote.currency, call.profile.language)
  refuse('refunds.amount_changed', { shown: money(expected), now: money(quote.amount) })
}

/** A quote as the contract tells it. */
function describeQuote(quote: Quote, reason: RecordInput['reason'] | null) {
  const { sale, facts, settings } = quote
  return {
    currency: sale.currency,
    amount: quote.amount,
    lines: quote.lines.map(({ choice, units, amount, fee, returnedBefore }) => ({
      saleLineId: choice.line.id,
      name: choice.line.name,
      units: units.length,
      unitNos: units.map((unit) => unit.unitNo),
      paidAmount: choice.line.paidAmount,
      returnedBefore,
      amount,
      fee: fee?.amount ?? 0,
    })),
    tenders: quote.payBacks.map((row) => ({
      ...row,
      ways:
        row.purpose === 'goods' ? waysFor(settings.policy, row.insteadOf?.kind ?? row.kind) : [],
    })),
    strip: quote.strip.map((each) => ({ ...each, detail: { ...each.detail } })),
    rounding: quote.rounding,
    managerAmount: quote.managerAmount,
    gifts: {
      rule: facts.gifts.rule,
      out: quote.giftsOut,
    },
    charges: quote.chargesLeft.map(({ saleLineId, name, paidAmount, refundedBefore }) => ({
      saleLineId,
      name,
      left: paidAmount - refundedBefore,
    })),
    storedValue: quote.unsplit.map(({ tenderId, label, paid }) => ({
      tenderId: tenderId ?? 0,
      label,
      paid,
    })),
    usualLiable: reason && quote.usualLiable,
    carrierClaim: quote.carrierClaim,
  }
}

export const refundsHandlers: RoomHandlers<typeof refundsContract> = {
  ...settingsHandlers,
  ...claimsHandlers,

  preview: query(async (r, call, input) => {
    const quote = await quoteOf(r, call, input)
    await requireVoucherLawful(r, call, quote, input.voucherHolder)
    return {
      ...describeQuote(quote, input.reason),
      approval: await authorityFor(r, call, quote, input),
    }
  }),

  record: command(
    ['refunds', 'sales', 'cases', 'approvals', 'instructions', 'vouchers'],
    recordRefund,
  ),

  open: query(async (r, _call, input) => {
    const refund = await requireRefund(r, input.refundId)
    const strip = await listFigures(r, refund.id)
    return {
      ...refund,
      lines: await listRefundLines(r, refund.id),
      tenders: await listRefundTenders(r, refund.id),
      strip: strip.map((each) => ({ ...each, detail: { ...each.detail } })),
      carrierClaim: (await findClaimOfRefund(r, refund.id)) ?? null,
      instructions: await instructionsOf(r, { type: 'refund', id: refund.id }),
      approvedBy: await approversOf(r, { type: 'refund', id: refund.number }),
      vouchers: await vouchersOf(r, { type: 'refund', number: refund.number }),
      prints: await countPrints(r, 'refund_slip', refund.number),
    }
  }),

  void: command(
    ['refunds', 'sales', 'cases', 'instructions', 'vouchers'],
    async (w, call, input) => {
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
      await dropClaim(w, call, moment, refund.id, input.reason)
      await cancelInstructions(w, call, moment, { type: 'refund', id: refund.id }, input.reason)
      await withdrawVouchers(w, call, moment, { type: 'refund', number }, input.reason)
      await record(
        w,
        call,
        'refunds.void',
        { type: 'refund', id: number },
        { reason: input.reason },
      )
      return { version: input.version + 1 }
    },
  ),
}
