import type { z } from 'zod'
import { approversOf } from '../approvals/index.ts'
import { record } from '../audit/index.ts'
import { addEvent, momentOf } from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import { instructionsOf } from '../pos-instructions/index.ts'
import { countPrints } from '../printing/store.ts'
import { authorityFor, requireAuthority } from './authority.ts'
import { claimsHandlers } from './claims.ts'
import { findClaimOfRefund } from './claim-store.ts'
import type { refundRecord, refundsContract } from './contract.ts'
import { listFigures } from './money-store.ts'
import { describeQuote } from './describe.ts'
import { draftPrices } from './price-draft.ts'
import { type Quote, quoteOf } from './quote.ts'
import { requireTillReturnsSeen } from './returned.ts'
import { requireChoice } from './rules.ts'
import { settingsHandlers } from './settings.ts'
import {
  findAdjustedThenReturned,
  findRefund,
  listAdjustedLines,
  listRefundLines,
  listRefundTenders,
  type RefundRecord,
  type SlipKind,
} from './store.ts'
import { vouchersOf } from '../vouchers/index.ts'
import { requireVoucherLawful } from './vouchers.ts'
import {
  caseOf,
  claimFromCarrier,
  noteApproval,
  payCustomer,
  voidReturn,
  writeReturn,
  writtenDecision,
} from './write.ts'

type RecordInput = z.output<typeof refundRecord>

/** A refund slip; what comes back for an exchange is none of its own (`refunds.part_of_exchange`). */
export async function requireRefund(r: ReadHandle, refundId: number): Promise<RefundRecord> {
  const refund = (await findRefund(r, refundId)) ?? refuse('refunds.unknown_refund')
  if (refund.exchangeId !== null) refuse('refunds.part_of_exchange', { number: refund.number })
  return refund
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
  requireTillReturnsSeen(call, quote, input.tillReturnsSeen)
  const kind = kindOf(quote)
  const type = kind === 'return' ? 'TH' : 'TJ'
  const number = await takeDocumentNumber(w, type, call.profile.deskNo, moment.businessDate)
  const approval = await requireAuthority(w, call, moment, { ...input, quote, number })
  const caseId = await caseOf(w, moment, quote, { state: 'closed', joins: input.caseId })
  const id = await writeReturn(w, call, moment, {
    number,
    caseId,
    quote,
    input,
    paid: { ...quote, carried: [] },
    approvalIds: approval ? [approval.approvalId] : [],
    rightsId: await writtenDecision(w, call, quote),
    exchangeId: null,
    isHere: true,
    kind,
  })
  const event = kind === 'return' ? 'refund_recorded' : 'price_adjusted'
  await addEvent(w, moment, caseId, event, { refundId: id, number, amount, currency })
  await noteApproval(w, moment, caseId, approval)
  await claimFromCarrier(w, call, moment, { refundId: id, number, caseId, quote, input })
  await payCustomer(w, call, moment, {
    source: sourceOf({ id, number, kind }),
    caseId,
    note: input.note,
    sale,
    payBacks: quote.payBacks,
    voucherHolder: input.voucherHolder,
  })
  await record(
    w,
    call,
    kind === 'return' ? 'refunds.record' : 'refunds.adjust_price',
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

/** A price difference for goods the customer keeps is no return; the two never share a slip. */
function kindOf({ facts }: Quote): SlipKind {
  return facts.allowances.length > 0 ? 'price_adjustment' : 'return'
}

/** How the POS and the vouchers name it. */
function sourceOf({ id, number, kind }: Pick<RefundRecord, 'id' | 'number' | 'kind'>) {
  return { type: kind === 'return' ? 'refund' : kind, id, number } as const
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

  priceDraft: query(draftPrices),

  record: command(
    ['refunds', 'sales', 'cases', 'approvals', 'instructions', 'vouchers', 'repairs', 'goods'],
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
      adjusted: await listAdjustedLines(r, refund.id),
      instructions: await instructionsOf(r, sourceOf(refund)),
      approvedBy: await approversOf(r, { type: 'refund', id: refund.number }),
      vouchers: await vouchersOf(r, sourceOf(refund)),
      prints: await countPrints(r, 'refund_slip', refund.number),
    }
  }),

  void: command(
    ['refunds', 'sales', 'cases', 'instructions', 'vouchers', 'repairs', 'goods'],
    async (w, call, input) => {
      const moment = momentOf(call)
      const refund = await requireRefund(w, input.refundId)
      const { id, number, state, businessDate, caseId } = refund
      if (state === 'void') refuse('refunds.already_void', { number })
      if (businessDate !== moment.businessDate)
        refuse('refunds.void_too_late', { number, businessDate })
      const back = await findAdjustedThenReturned(w, id)
      if (back) refuse('refunds.adjusted_unit_back', { number, name: back.name })
      const { reason, version } = input
      await addEvent(w, moment, caseId, 'refund_voided', { number, reason })
      await voidReturn(w, call, moment, { id, version, source: sourceOf(refund) }, reason)
      await record(w, call, 'refunds.void', { type: 'refund', id: number }, { reason })
      return { version: version + 1 }
    },
  ),
}
