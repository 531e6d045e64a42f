import { record } from '../audit/index.ts'
import { addEvent, type Moment, momentOf } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { canonicalDocumentNumber } from '../foundation/document-number.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import { searchKey, toHalfWidth } from '../foundation/text.ts'
import type { Call } from '../handlers.ts'
import { type Match, matchPayments, type MatchingResult } from './matching.ts'
import {
  findReceiptKey,
  findSettledNumber,
  findSettlement,
  insertSettlement,
  listByPosNumber,
  listShares,
  listRelatedReceipts,
  type NewSettlement,
  readFreePayments,
  readMentioned,
  readMentionedExchanges,
  readOpenInstructions,
  readRejected,
  readTold,
  releaseUnits,
  retakeUnits,
  type SettlementRecord,
  sourceKey,
  type TillPaymentRecord,
  writeReceiptOf,
  writeTillReceipt,
  writeUndone,
} from './matching-store.ts'
import { takeStep } from './raise.ts'
import type { Ground } from './rules.ts'
import { readSettings } from './settings.ts'
import { findInstructions, type InstructionRecord, listOfSettlement } from './store.ts'

/** What a run of the matching came to. */
export interface MatchingReport {
  matched: number
  confirmed: number
  ambiguous: number
}

/** Everything the matching goes by, in one snapshot. */
async function readFacts(r: ReadHandle) {
  const instructions = await readOpenInstructions(r)
  const told = await readTold(r)
  const related = await listRelatedReceipts(r, {
    saleIds: [...new Set(instructions.flatMap(({ receiptId }) => receiptId ?? []))],
    posKeys: [...new Set(told.map(({ posKey }) => posKey))],
  })
  const payments = await readFreePayments(r, related)
  const { windowDays } = await readSettings(r)
  const known = await readMentioned(r)
  const rejected = await readRejected(r)
  const exchanges = await readMentionedExchanges(r)
  const repeatable = new Set(exchanges.map(({ id }) => sourceKey({ type: 'exchange', id })))
  return { instructions, payments, told, known, rejected, repeatable, windowDays }
}

/**
 * Matches what is open at the desk with what the tills brought: exact keys only, nothing guessed
 * (docs/decisions/0014). Run after every import and after every decision of a person; running it again changes
 * nothing.
 */
export async function matchTillPayments(
  w: WriteHandle,
  call: Call,
  moment: Moment = momentOf(call),
): Promise<MatchingReport> {
  const facts = await readFacts(w)
  const result = matchPayments(facts)
  const payments = new Map(facts.payments.map((payment) => [payment.receiptId, payment]))
  for (const { settlementId, receiptId } of result.confirmations) {
    await confirm(w, call, moment, settlementId, requirePayment(payments, receiptId))
  }
  for (const match of result.matches) {
    await settleMatch(w, call, moment, match, requirePayment(payments, match.receiptId))
  }
  for (const { source, receiptId } of result.mirrors) {
    await settleMirror(w, call, moment, source, requirePayment(payments, receiptId))
  }
  await writeDoubts(w, moment, result)
  return {
    matched: result.matches.reduce((sum, each) => sum + each.instructionIds.length, 0),
    confirmed: result.confirmations.length,
    ambiguous: result.doubts.size,
  }
}

function requirePayment(
  payments: ReadonlyMap<number, TillPaymentRecord>,
  receiptId: number,
): TillPaymentRecord {
  const payment = payments.get(receiptId)
  if (!payment) throw new Error(`no payment on receipt ${receiptId}`)
  return payment
}

/** A receipt that moves no money of its own: it repeats an exchange, so it can be refunded there alone. */
async function settleMirror(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  source: string,
  payment: TillPaymentRecord,
): Promise<void> {
  const exchangeId = Number(source.replace('exchange ', ''))
  await insertSettlement(w, {
    ...numberOf(payment),
    source: { type: 'exchange', id: exchangeId },
    direction: payment.direction,
    how: 'number',
    receiptId: payment.receiptId,
    posAmount: payment.amount,
    why: ['source_number', 'net'],
    at: moment.at,
    by: moment.actorId,
  })
  await releaseUnits(w, payment.receiptId)
  if (payment.kind === 'sale') await writeTillReceipt(w, exchangeId, payment.receiptId)
  await record(
    w,
    call,
    'instructions.mirror',
    { type: 'exchange', id: exchangeId },
    { receiptNo: payment.receiptNo, amount: payment.amount },
  )
}

async function settleMatch(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  { instructionIds, how, why }: Match,
  payment: TillPaymentRecord,
): Promise<void> {
  const instructions = await findInstructions(w, instructionIds)
  await settle(w, call, moment, instructions, { ...numberOf(payment), how, why, payment })
}

/**
 * What of a payment the instructions are about, minor units: vouchers of the desk are no matter of the till, even
 * where it writes them down.
 */
function movedFor(
  instructions: readonly InstructionRecord[],
  { amount, parts }: TillPaymentRecord,
  why: readonly Ground[] = [],
): number {
  // Two receipts that come to it together.
  if (why.includes('net')) return instructions.reduce((sum, each) => sum + each.amount, 0)
  if (instructions.some(({ tender }) => tender.kind === 'voucher')) return amount
  const vouchers = (parts ?? []).filter(({ tender }) => tender === 'voucher')
  return amount - vouchers.reduce((sum, part) => sum + part.amount, 0)
}

/** A payment as a settlement names it. */
function numberOf({ receiptNo, posKey, till, businessDate }: TillPaymentRecord) {
  return { posNumber: receiptNo, posKey, till, date: businessDate }
}

interface Settling extends Pick<
  NewSettlement,
  'posNumber' | 'posKey' | 'till' | 'date' | 'how' | 'why'
> {
  /** Null while no import has brought it. */
  payment: TillPaymentRecord | null
  reason?: string
  /** A part of a payment that several documents share: the settlement that holds its receipt, null for that one. */
  share?: { of: number | null }
}

/** Writes that a payment of the POS is the answer to instructions of one document. */
async function settle(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  instructions: readonly InstructionRecord[],
  { payment, reason = '', share, ...settling }: Settling,
): Promise<number | null> {
  const [first] = instructions
  if (!first) return null
  const isFurther = share !== undefined && share.of !== null
  const own = instructions.reduce((sum, each) => sum + each.amount, 0)
  const settlementId =
    (await sameSettlement(w, first, settling)) ??
    (await insertSettlement(w, {
      ...settling,
      source: first.source,
      direction: first.direction,
      receiptId: isFurther ? null : (payment?.receiptId ?? null),
      ...(isFurther ? { sharesId: share.of ?? 0 } : {}),
      posAmount: share ? own : payment && movedFor(instructions, payment, settling.why),
      at: moment.at,
      by: moment.actorId,
    }))
  if (payment) await releaseUnits(w, payment.receiptId)
  if (payment?.kind === 'sale' && first.source.type === 'exchange') {
    await writeTillReceipt(w, first.source.id, payment.receiptId)
  }
  const { posNumber, how, why } = settling
  for (const instruction of instructions) {
    await takeStep(w, moment, instruction, 'settle', {
      columns: {
        settlement_id: settlementId,
        settled_at: moment.at,
        settled_on: moment.businessDate,
        settled_by: moment.actorId,
      },
      data: { posNumber, how, why, receiptId: payment?.receiptId ?? null, reason },
    })
    const { number, caseId, amount, currency } = instruction
    const data = { number, posNumber, how, amount, currency }
    if (caseId !== null) {
      await addEvent(w, moment, caseId, 'instruction_settled', { ...data, reason })
    }
    await record(
      w,
      call,
      'instructions.settle',
      { type: 'instruction', id: number },
      { posNumber, how, why, amount, reason },
    )
  }
  return settlementId
}

/** One number of the POS can pay several tenders of one document. */
async function sameSettlement(
  r: ReadHandle,
  { source, direction }: InstructionRecord,
  { posKey, till, date }: Pick<Settling, 'posKey' | 'till' | 'date'>,
): Promise<number | null> {
  const known = await listByPosNumber(r, { direction, posKey, date })
  const same = known.find(
    (each) =>
      each.source.type === source.type && each.source.id === source.id && each.till === till,
  )
  return same?.id ?? null
}

/** A payment told by its number: the import has its receipt. */
async function confirm(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  settlementId: number,
  payment: TillPaymentRecord,
): Promise<void> {
  const { receiptId, till, businessDate: date } = payment
  const instructions = await listOfSettlement(w, settlementId)
  const amount = movedFor(instructions, payment)
  await writeReceiptOf(w, settlementId, { id: receiptId, amount, till, date })
  await releaseUnits(w, receiptId)
  for (const instruction of instructions) {
    await takeStep(w, moment, instruction, 'confirm', {
      columns: {},
      data: { receiptId, posAmount: amount },
    })
    await record(
      w,
      call,
      'instructions.confirm',
      { type: 'instruction', id: instruction.number },
      { receiptNo: payment.receiptNo, posAmount: amount },
    )
  }
}

/** What a person has to look at, and what nobody has to look at any more. */
async function writeDoubts(
  w: WriteHandle,
  moment: Moment,
  { doubts, matches }: MatchingResult,
): Promise<void> {
  const settled = new Set(matches.flatMap(({ instructionIds }) => instructionIds))
  const open = (await readOpenInstructions(w)).map(({ id }) => id)
  if (open.length === 0) return
  for (const instruction of await findInstructions(w, open)) {
    const doubt = doubts.get(instruction.id) ?? 'none'
    if (settled.has(instruction.id) || doubt === instruction.doubt) continue
    await takeStep(w, moment, instruction, doubt === 'none' ? 'clear' : 'doubt', {
      columns: { doubt },
      data: { doubt },
    })
  }
}

/** Instructions that a person settles, in the versions they saw: of one document, or of `several`. */
async function requireOpen(
  w: WriteHandle,
  seen: readonly { id: number; version: number }[],
  several = false,
): Promise<InstructionRecord[]> {
  const found = await findInstructions(
    w,
    seen.map(({ id }) => id),
  )
  const [first] = found
  if (!first || found.length !== new Set(seen.map(({ id }) => id)).size) {
    refuse('instructions.unknown')
  }
  for (const each of found) {
    if (!several && sourceKey(each.source) !== sourceKey(first.source)) {
      refuse('instructions.several_papers')
    }
    if (each.direction !== first.direction) refuse('instructions.several_directions')
    if (each.state === 'settled' || each.state === 'cancelled') {
      refuse('instructions.no_such_step', { number: each.number, state: each.state })
    }
    if (each.version !== seen.find(({ id }) => id === each.id)?.version) {
      refuse('desk.changed_meanwhile')
    }
  }
  return found
}

/** A number of the POS as it is typed or scanned: letters, digits and joining marks. */
const numberShape = /^[\p{L}\p{N}][\p{L}\p{N} ._/#-]{1,39}$/u

/** What a person says of a payment. */
export interface ToldNumber {
  posNumber: string
  /** Empty where the number alone says which it is. */
  till: string
  date: string
  reason: string
}

/**
 * Settles instructions of one document by the POS's own number, typed or scanned. The receipt is tied to it at once
 * where it is there, else when an import brings it.
 *
 * Refuses what cannot be a number of the POS (`instructions.bad_number`), one of this desk's own papers
 * (`instructions.own_number`), the number of the sale itself (`instructions.number_of_sale`), one that stands for
 * another document (`instructions.number_used`), and a payment of another amount unless the caller may decide that
 * and says why (`instructions.amount_differs`).
 */
export async function settleByNumber(
  w: WriteHandle,
  call: Call,
  seen: readonly { id: number; version: number }[],
  told: ToldNumber,
): Promise<void> {
  const moment = momentOf(call)
  const instructions = await requireOpen(w, seen)
  const posNumber = toHalfWidth(told.posNumber).trim()
  if (!numberShape.test(posNumber) || !/\p{N}/u.test(posNumber)) refuse('instructions.bad_number')
  if (canonicalDocumentNumber(posNumber) !== null) {
    refuse('instructions.own_number', { number: posNumber })
  }
  if (told.date > moment.today) refuse('instructions.date_to_come')
  const posKey = searchKey(posNumber)
  await refuseUsed(w, instructions, { ...told, posNumber, posKey })
  const payment = await findTold(w, instructions, { ...told, posKey })
  if (!payment) await refuseSale(w, instructions, posKey, posNumber)
  if (payment) requireAmount(call, instructions, payment, told.reason)
  await settle(w, call, moment, instructions, {
    ...(payment ? numberOf(payment) : { posNumber, posKey, till: told.till, date: told.date }),
    how: 'typed',
    why: payment ? ['typed', ...agreement(instructions, payment)] : ['typed'],
    payment,
    reason: told.reason,
  })
  await matchTillPayments(w, call, moment)
}

/** The same number cannot be the payment of two documents. */
async function refuseUsed(
  r: ReadHandle,
  instructions: readonly InstructionRecord[],
  told: ToldNumber & { posKey: string },
): Promise<void> {
  const [first] = instructions
  if (!first) return
  const { direction, source } = first
  const known = await listByPosNumber(r, { direction, posKey: told.posKey, date: told.date })
  const other = known.find(
    (each) =>
      (each.source.type !== source.type || each.source.id !== source.id) &&
      (each.till === '' || told.till === '' || each.till === told.till),
  )
  if (!other) return
  refuse('instructions.number_used', {
    posNumber: told.posNumber,
    number: await findSettledNumber(r, other.id),
  })
}

/** The receipt with a told number, where it is there and stands for nothing else; several are told apart by till. */
async function findTold(
  r: ReadHandle,
  instructions: readonly InstructionRecord[],
  told: ToldNumber & { posKey: string },
): Promise<TillPaymentRecord | null> {
  const ids = await listRelatedReceipts(r, { saleIds: [], posKeys: [told.posKey] })
  const payments = await readFreePayments(r, ids)
  const numbered = payments.filter(
    (payment) =>
      payment.posKey === told.posKey &&
      payment.direction === instructions[0]?.direction &&
      payment.businessDate === told.date &&
      (told.till === '' || payment.till === told.till),
  )
  if (numbered.length > 1) refuse('instructions.number_of_several', { posNumber: told.posNumber })
  return numbered[0] ?? null
}

/** The number of the slip that was bought with is no payment. */
async function refuseSale(
  r: ReadHandle,
  instructions: readonly InstructionRecord[],
  posKey: string,
  posNumber: string,
): Promise<void> {
  const saleId = instructions[0]?.receiptId
  if (saleId === null || saleId === undefined) return
  if ((await findReceiptKey(r, saleId)) === posKey) {
    refuse('instructions.number_of_sale', { posNumber })
  }
}

/** Another amount than was told is a matter for somebody who may decide it, with a reason. */
function requireAmount(
  call: Call,
  instructions: readonly InstructionRecord[],
  payment: TillPaymentRecord,
  reason: string,
): void {
  const asked = instructions.reduce((sum, { amount }) => sum + amount, 0)
  const [first] = instructions
  const paid = movedFor(instructions, payment)
  if (!first || (asked === paid && first.currency === payment.currency)) return
  if (call.may('instructions.manage') && reason !== '') return
  const money = (amount: number, currency: string) =>
    formatMoney(amount, currency, call.profile.language)
  refuse('instructions.amount_differs', {
    posNumber: payment.receiptNo,
    paid: money(paid, payment.currency),
    asked: money(asked, first.currency),
  })
}

/** What agrees between instructions and the payment a person says is theirs. */
function agreement(
  instructions: readonly InstructionRecord[],
  payment: TillPaymentRecord,
): Ground[] {
  const asked = instructions.reduce((sum, { amount }) => sum + amount, 0)
  const why: Ground[] = []
  if (
    payment.originalReceiptId !== null &&
    payment.originalReceiptId === instructions[0]?.receiptId
  ) {
    why.push('original')
  }
  why.push(asked === movedFor(instructions, payment) ? 'amount' : 'amount_differs')
  return why
}

/**
 * Settles instructions of one document with a till's receipt that a person has chosen. Refuses like `settleByNumber`,
 * and a receipt that stands for something already (`instructions.receipt_taken`).
 */
export async function matchByHand(
  w: WriteHandle,
  call: Call,
  seen: readonly { id: number; version: number }[],
  chosen: { receiptId: number; reason: string },
): Promise<void> {
  const moment = momentOf(call)
  const instructions = await requireOpen(w, seen)
  const [payment] = await readFreePayments(w, [chosen.receiptId])
  if (!payment) refuse('instructions.receipt_taken')
  if (payment.direction !== instructions[0]?.direction) refuse('instructions.other_direction')
  requireAmount(call, instructions, payment, chosen.reason)
  await settle(w, call, moment, instructions, {
    ...numberOf(payment),
    how: 'by_hand',
    why: agreement(instructions, payment),
    payment,
    reason: chosen.reason,
  })
  await matchTillPayments(w, call, moment)
}

/**
 * Settles instructions of several documents with one receipt of a till: the cashier paid them together. Each document
 * has the amount it was told as its share, and the shares come to the whole, else it is refused with both sums
 * (`instructions.shares_differ`). A manager does that, with a reason; the matching never does.
 */
export async function shareByHand(
  w: WriteHandle,
  call: Call,
  seen: readonly { id: number; version: number }[],
  chosen: { receiptId: number; reason: string },
): Promise<void> {
  const moment = momentOf(call)
  const instructions = await requireOpen(w, seen, true)
  const [payment] = await readFreePayments(w, [chosen.receiptId])
  if (!payment) refuse('instructions.receipt_taken')
  if (payment.direction !== instructions[0]?.direction) refuse('instructions.other_direction')
  const told = instructions.reduce((sum, { amount }) => sum + amount, 0)
  const paid = movedFor(instructions, payment)
  const money = (amount: number) => formatMoney(amount, payment.currency, call.profile.language)
  if (told !== paid || instructions.some(({ currency }) => currency !== payment.currency)) {
    refuse('instructions.shares_differ', {
      posNumber: payment.receiptNo,
      paid: money(paid),
      asked: money(told),
    })
  }
  const sources = new Map<string, InstructionRecord[]>()
  for (const each of instructions) {
    const key = sourceKey(each.source)
    sources.set(key, [...(sources.get(key) ?? []), each])
  }
  let of: number | null = null
  for (const shared of sources.values()) {
    const settlementId = await settle(w, call, moment, shared, {
      ...numberOf(payment),
      how: 'by_hand',
      why: ['amount'],
      payment,
      reason: chosen.reason,
      share: { of },
    })
    of ??= settlementId
  }
  await matchTillPayments(w, call, moment)
}

/**
 * Undoes a match or a told number: its instructions wait again, the till's return takes its units back where they are
 * free, and the two are not matched again by themselves. What several documents share is undone for all of them.
 *
 * @returns how many instructions wait again.
 */
export async function undoSettlement(
  w: WriteHandle,
  call: Call,
  undone: { settlementId: number; reason: string },
): Promise<number> {
  const moment = momentOf(call)
  const settlement = await findSettlement(w, undone.settlementId)
  if (!settlement?.live) refuse('instructions.unknown_match')
  const shares = await listShares(w, settlement)
  // A share is released before what it is a share of.
  let reopened = 0
  for (const share of shares.toReversed()) {
    reopened += await undoShare(w, call, moment, share, undone.reason)
  }
  await matchTillPayments(w, call, moment)
  return reopened
}

async function undoShare(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  settlement: SettlementRecord,
  reason: string,
): Promise<number> {
  const instructions = await listOfSettlement(w, settlement.id)
  for (const instruction of instructions) {
    await takeStep(w, moment, instruction, 'undo', {
      columns: { settlement_id: null, settled_at: null, settled_on: null, settled_by: null },
      data: { posNumber: settlement.posNumber, reason },
    })
    const { number, caseId, amount, currency } = instruction
    if (caseId !== null) {
      const data = { number, amount, currency, reason }
      await addEvent(w, moment, caseId, 'instruction_undone', data)
    }
    await record(
      w,
      call,
      'instructions.undo',
      { type: 'instruction', id: number },
      { posNumber: settlement.posNumber, reason },
    )
  }
  await writeUndone(w, settlement.id, {
    at: moment.at,
    by: moment.actorId,
    reason,
  })
  if (settlement.source.type === 'exchange') await writeTillReceipt(w, settlement.source.id, null)
  if (settlement.receiptId !== null) await retakeUnits(w, settlement.receiptId)
  return instructions.length
}
