import { approversOf, type NamedApproval } from '../approvals/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { shareOfUnit } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import { type InstructionRecord, instructionsOf } from '../pos-instructions/index.ts'
import { frameOf } from '../printing/frame.ts'
import type { PayBackFacts, RefundFacts, RefundLineFacts } from './document.ts'
import { listFigures } from './money-store.ts'
import { vouchersOf } from '../vouchers/index.ts'
import { requireRefund } from './service.ts'
import {
  findRefundSale,
  listAdjustedLines,
  listRefundLines,
  listRefundTenders,
  type PaidBack,
  type RefundLineRecord,
  type RefundRecord,
} from './store.ts'

/** Everything a refund slip prints, as an original: whoever prints it knows which copy it is. */
export async function refundSlipFacts(
  r: ReadHandle,
  call: Call,
  refundId: number,
  paper: RefundFacts['paper'] = 'A5',
): Promise<RefundFacts> {
  const refund = await requireRefund(r, refundId)
  const lines = await listRefundLines(r, refund.id)
  const sale = await findRefundSale(r, refund.receiptId)
  const type = refund.kind === 'return' ? 'refund' : refund.kind
  const instructions = (await instructionsOf(r, { type, id: refund.id })).filter(
    ({ state }) => state !== 'cancelled',
  )
  return {
    frame: frameOf(call),
    paper,
    number: refund.number,
    caseNo: null,
    issuedAt: refund.recordedAt,
    copy: 0,
    voided:
      refund.voidedOn === null ? null : { on: refund.voidedOn, reason: refund.voidReason ?? '' },
    currency: refund.currency,
    sale: { receiptNo: refund.receiptNo, soldOn: refund.saleDate, till: known(refund.till) },
    customer: refund.customer && {
      name: known(refund.customer.name),
      phone: known(refund.customer.phone),
    },
    kind: refund.kind,
    lines: lines.map((line, index) => lineFacts(line, refund, index === 0)),
    adjusted:
      refund.kind === 'return'
        ? []
        : (await listAdjustedLines(r, refund.id)).map((line, index) => ({
            name: line.name,
            sku: known(line.sku),
            serialNo: known(line.serialNo),
            qtyMilli: line.lineUnits > 1 ? line.units * 1_000 : line.qtyMilli,
            unit: known(line.unit),
            unitPaid: shareOfUnit(line.paidAmount, line.lineUnits, 1),
            amount: line.amount,
            note: index === 0 ? known(refund.note) : null,
          })),
    vouchers: (await vouchersOf(r, { type, number: refund.number })).map(
      ({ number, amount, how }) => ({ number, amount, how }),
    ),
    originalTenders: (sale?.tenders ?? []).map(tenderFacts),
    refundTenders: payBackFacts(await listRefundTenders(r, refund.id), instructions),
    strip: (await listFigures(r, refund.id)).flatMap(({ kind, amount, detail }) =>
      kind === 'total' ? [] : [{ kind, amount, detail }],
    ),
    total: refund.amount,
    handledBy: refund.recordedBy,
    approvedBy: namesOf(await approversOf(r, { type: 'refund', id: refund.number })),
    posRefundNo: posNumberOf(instructions),
  }
}

/** By name and code: two people can have the same name. */
function namesOf(approvals: readonly NamedApproval[]): string | null {
  const names = approvals.map(({ approverName, approverCode }) => `${approverName} ${approverCode}`)
  return names.length > 0 ? names.join('、') : null
}

/** Null where nobody knows: the paper leaves a place to write. */
function known(text: string): string | null {
  return text === '' ? null : text
}

/** A line of the slip; the note of the whole refund stands on the first. */
function lineFacts(
  line: RefundLineRecord,
  refund: RefundRecord,
  isFirst: boolean,
): RefundLineFacts {
  return {
    name: line.name,
    sku: known(line.sku),
    serialNo: known(line.serialNo),
    qtyMilli: line.lineUnits > 1 ? line.units * 1_000 : line.qtyMilli,
    unit: known(line.unit),
    unitPaid: shareOfUnit(line.paidAmount, line.lineUnits, 1),
    amount: line.amount,
    condition: line.condition,
    packagingIntact: line.packagingIntact,
    reason: refund.reason,
    note: isFirst ? known(refund.note) : null,
  }
}

/** Rows with the instruction each was told the till by: both stand in the order of the payments. */
function payBackFacts(
  rows: readonly PaidBack[],
  instructions: readonly InstructionRecord[],
): PayBackFacts[] {
  const left = [...instructions]
  return rows.map((row) => {
    const at = left.findIndex(
      ({ tender, amount }) => tender.kind === row.kind && amount === row.amount,
    )
    const [told] = at < 0 ? [] : left.splice(at, 1)
    return payBackFact(row, told?.number ?? null)
  })
}

/** The number of the payment where all of it is known. */
function posNumberOf(instructions: readonly InstructionRecord[]): string | null {
  const numbers = new Set(instructions.flatMap(({ posNumber }) => posNumber ?? []))
  const isWhole = instructions.every(({ posNumber }) => posNumber !== null)
  return isWhole && numbers.size > 0 ? [...numbers].join(' / ') : null
}

function payBackFact(row: PaidBack, instruction: string | null): PayBackFacts {
  const { insteadOf, purpose, giftPart } = row
  return {
    ...tenderFacts(row),
    instruction,
    isExpense: purpose === 'expenses',
    giftPart,
    insteadOf: insteadOf && {
      tender: insteadOf.label || insteadOf.kind,
      needsManager: insteadOf.needs === 'manager',
      reason: insteadOf.reason,
    },
  }
}

function tenderFacts(tender: { kind: string; label: string; amount: number }) {
  return { tender: tender.label || tender.kind, amount: tender.amount }
}
