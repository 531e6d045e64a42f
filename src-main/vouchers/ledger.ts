import { createHash, randomInt } from 'node:crypto'
import { record } from '../audit/index.ts'
import { addEvent, type Moment } from '../cases/index.ts'
import type { CaseEventKind } from '../cases/contract.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { localTime } from '../foundation/business-date.ts'
import { canonicalDocumentNumber, parseDocumentNumber } from '../foundation/document-number.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import { phoneDigits } from '../foundation/phone.ts'
import { nextState } from '../foundation/state-machine.ts'
import { searchKey } from '../foundation/text.ts'
import { makeVoucherCode, parseVoucherCode } from '../foundation/voucher-code.ts'
import type { Call } from '../handlers.ts'
import { lawsHere, readVoucherSettings, requireWithinCaps } from './law.ts'
import {
  expiryOf,
  type LastUse,
  requireRedeemable,
  type VoucherAction,
  voucherMachine,
} from './rules.ts'
import {
  endRedemption,
  findVoucher,
  findVoucherByCode,
  findVoucherByNumber,
  type Holder,
  insertMovement,
  insertRedemption,
  insertVoucher,
  listRedeemedForExchange,
  listRedeemedForReceipt,
  listRedemptions,
  type MovementKind,
  type NewRedemption,
  type RedemptionRecord,
  type ReferenceType,
  sumGivenBack,
  type VoucherRecord,
  type VoucherSource,
  writeExpiry,
} from './store.ts'

/** What a voucher is issued for. */
export interface Source {
  type: Exclude<VoucherSource, 'loss'>
  /** Row of the remedy, where it has one. */
  id: number | null
  /** Its number, as papers name it; empty for goodwill without a case. */
  number: string
}

export interface Issue {
  source: Source
  caseId: number | null
  /** Minor units. */
  amount: number
  currency: string
  /** Null for a bearer voucher. */
  holder: Holder | null
  customerId?: number | null
  reason: string
  approvalId?: number | null
}

export interface IssuedVoucher {
  id: number
  number: string
}

/** What a voucher is redeemed for: a sale at a till, which takes it as tender, or the difference of an exchange. */
export type RedeemFor =
  | { type: 'receipt'; receiptNo: string; receiptDate: string; till: string }
  | { type: 'exchange'; number: string; caseId: number | null }

/**
 * Issues a voucher within the caller's transaction. Refuses what law forbids (`requireWithinCaps`), nothing or less
 * (`vouchers.amount_not_positive`) and a holder without name or phone (`vouchers.holder_incomplete`).
 */
export async function issueVoucher(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  issue: Issue,
): Promise<IssuedVoucher> {
  const { amount, currency } = issue
  const holder = holderOf(issue.holder)
  if (amount <= 0) refuse('vouchers.amount_not_positive')
  await requireWithinCaps(w, call, { amount, currency, holder })
  const settings = await readVoucherSettings(w)
  const expiresOn = expiryOf(lawsHere(call), settings, {
    isGift: issue.source.type === 'goodwill',
    isNamed: holder !== null,
    issuedOn: moment.today,
  })
  return writeVoucher(w, call, moment, {
    ...issue,
    holder,
    customerId: issue.customerId ?? null,
    approvalId: issue.approvalId ?? null,
    expiresOn,
    replacesId: null,
  })
}

/** Null for a bearer; half a holder is none: a loss could not be told apart from a find. */
function holderOf(holder: Holder | null): Holder | null {
  if (!holder) return null
  const name = holder.name.trim()
  const phone = phoneDigits(holder.phone)
  if (name === '' && phone === '') return null
  if (name === '' || phone.length < 5) refuse('vouchers.holder_incomplete')
  return { name, phone }
}

type Written = Omit<Issue, 'source'> & {
  source: { type: VoucherSource; id: number | null; number: string }
  customerId: number | null
  approvalId: number | null
  expiresOn: string | null
  replacesId: number | null
  /** What is on it from the start, where that is less than its face: a lost one's rest. */
  opening?: number
  redemptionId?: number
}

/** Writes a voucher under a fresh number and code, with its first movement. */
export async function writeVoucher(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  issue: Written,
): Promise<IssuedVoucher> {
  const { amount, currency, source, caseId } = issue
  const number = await takeDocumentNumber(w, 'PZ', call.profile.deskNo, moment.businessDate)
  const code = await freshCode(w)
  const id = await insertVoucher(w, {
    ...issue,
    number,
    code,
    businessDate: moment.businessDate,
    issuedAt: moment.at,
    issuedBy: moment.actorId,
  })
  const refType: ReferenceType = source.type === 'loss' ? 'voucher' : source.type
  await move(w, call, moment, await requireVoucher(w, id), null, {
    kind: 'issue',
    amount: issue.opening ?? amount,
    redemptionId: issue.redemptionId ?? null,
    ref: { type: refType, number: source.number },
    reason: issue.reason,
    approvalId: issue.approvalId,
  })
  if (caseId !== null) {
    await addEvent(w, moment, caseId, 'voucher_issued', { voucherId: id, number, amount, currency })
  }
  await record(
    w,
    call,
    'vouchers.issue',
    { type: 'voucher', id: number },
    {
      amount,
      currency,
      source: `${source.type} ${source.number}`.trim(),
      isNamed: issue.holder !== null,
      codeHash: createHash('sha256').update(code).digest('hex'),
      expiresOn: issue.expiresOn,
      approvalId: issue.approvalId,
    },
  )
  return { id, number }
}

/** Chance alone would take centuries to give a code twice; the unique index would refuse it. */
async function freshCode(r: ReadHandle): Promise<string> {
  for (;;) {
    const code = makeVoucherCode((below) => randomInt(below))
    if (!(await findVoucherByCode(r, code))) return code
  }
}

interface Move {
  kind: MovementKind
  amount: number
  ref: { type: ReferenceType; number: string } | null
  reason?: string
  approvalId?: number | null
  redemptionId?: number | null
}

/**
 * Takes one step of the table and writes the movement that goes with it. Refuses a step the table does not have
 * (`vouchers.no_such_step`) and a voucher that moved meanwhile (`desk.changed_meanwhile`).
 */
export async function move(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  voucher: VoucherRecord,
  action: VoucherAction | null,
  step: Move,
): Promise<number> {
  const state = action === null ? voucher.state : nextState(voucherMachine, voucher.state, action)
  if (!state) refuse('vouchers.no_such_step', { number: voucher.number })
  const id = await insertMovement(w, voucher, state, {
    kind: step.kind,
    amount: step.amount,
    at: moment.at,
    businessDate: moment.businessDate,
    actorId: moment.actorId,
    deskNo: call.profile.deskNo,
    ref: step.ref,
    reason: step.reason ?? '',
    approvalId: step.approvalId ?? null,
    redemptionId: step.redemptionId ?? null,
  })
  if (id === null) refuse('desk.changed_meanwhile')
  return id
}

export async function requireVoucher(r: ReadHandle, id: number): Promise<VoucherRecord> {
  return (await findVoucher(r, id)) ?? refuse('vouchers.unknown')
}

/** The voucher a scanned or typed code names; a number alone is no proof that somebody holds the paper. */
export async function voucherOfCode(r: ReadHandle, scan: string): Promise<VoucherRecord> {
  const code = parseVoucherCode(scan)
  if (code === null) {
    if (parseDocumentNumber(scan)?.type === 'PZ') refuse('vouchers.number_is_no_code')
    refuse('vouchers.misread_code')
  }
  return (await findVoucherByCode(r, code)) ?? refuse('vouchers.unknown_code')
}

/** A voucher by its number or its code, as references on receipts carry either; undefined for other texts. */
export async function voucherOf(r: ReadHandle, text: string): Promise<VoucherRecord | undefined> {
  const code = parseVoucherCode(text)
  const byCode = code === null ? undefined : await findVoucherByCode(r, code)
  if (byCode) return byCode
  const number = canonicalDocumentNumber(text)
  return number === null ? undefined : findVoucherByNumber(r, number)
}

/** Where and when a voucher was last taken, for whoever comes with it again. */
export async function lastUseOf(
  r: ReadHandle,
  call: Call,
  voucher: Pick<VoucherRecord, 'id'>,
): Promise<LastUse | null> {
  const last = (await listRedemptions(r, voucher.id)).findLast(({ live }) => live)
  return last ? sayUse(call, last) : null
}

function sayUse(call: Call, { at, deskNo, actor, till, forNumber }: RedemptionRecord): LastUse {
  return {
    time: localTime(new Date(at), call.profile.timeZone).replace('T', ' ').slice(0, 16),
    place: deskNo,
    what: till === '' ? forNumber : `${till} · ${forNumber}`,
    who: actor,
  }
}

/**
 * Takes `amount` off the voucher whose code was scanned, once for one receipt or exchange, within the caller's
 * transaction: of two desks exactly one wins, and the other is told when and where it was used. Refuses like
 * `requireRedeemable`, another currency (`vouchers.other_currency`) and the same use again (`vouchers.used_for_this`).
 */
export async function redeemVoucher(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  ask: { code: string; amount: number; currency?: string; for: RedeemFor },
): Promise<{ voucherId: number; number: string; balance: number; redemptionId: number }> {
  const voucher = await voucherOfCode(w, ask.code)
  const { amount } = ask
  if (amount <= 0) refuse('vouchers.amount_not_positive')
  if ((ask.currency ?? voucher.currency) !== voucher.currency) {
    refuse('vouchers.other_currency', { voucher: voucher.currency, asked: ask.currency ?? '' })
  }
  await refuseSameUse(w, call, voucher, ask.for)
  const say = (minor: number) => formatMoney(minor, voucher.currency, call.profile.language)
  requireRedeemable(
    {
      ...voucher,
      replacedBy: voucher.replacedBy?.number ?? null,
      lastUse: await lastUseOf(w, call, voucher),
    },
    amount,
    moment.today,
    say,
  )
  const redemptionId = await takeOff(w, call, moment, voucher, amount, ask.for)
  return {
    voucherId: voucher.id,
    number: voucher.number,
    balance: voucher.balance - amount,
    redemptionId,
  }
}

async function refuseSameUse(
  r: ReadHandle,
  call: Call,
  voucher: VoucherRecord,
  use: RedeemFor,
): Promise<void> {
  const standing =
    use.type === 'exchange'
      ? await listRedeemedForExchange(r, use.number)
      : await listRedeemedForReceipt(r, { ...use, receiptKey: searchKey(use.receiptNo) })
  const same = standing.find(({ voucherId }) => voucherId === voucher.id)
  if (!same) return
  const amount = formatMoney(same.amount, voucher.currency, call.profile.language)
  refuse('vouchers.used_for_this', { number: voucher.number, amount, ...sayUse(call, same) })
}

export async function takeOff(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  voucher: VoucherRecord,
  amount: number,
  use: RedeemFor,
): Promise<number> {
  const { number, currency } = voucher
  const what = use.type === 'receipt' ? use.receiptNo : use.number
  const rest = voucher.balance - amount
  const movementId = await move(
    w,
    call,
    moment,
    voucher,
    rest === 0 ? 'redeem_rest' : 'redeem_part',
    { kind: 'redeem', amount: -amount, ref: { type: use.type, number: what } },
  )
  const redemptionId = await insertRedemption(w, redemptionOf(voucher.id, movementId, amount, use))
  if (redemptionId === null) {
    const last = await lastUseOf(w, call, voucher)
    refuse('vouchers.used_for_this', {
      number,
      amount: formatMoney(amount, currency, call.profile.language),
      time: last?.time ?? '',
      place: last?.place ?? '',
      what,
      who: last?.who ?? '',
    })
  }
  const caseId = use.type === 'exchange' ? use.caseId : voucher.caseId
  const data = { voucherId: voucher.id, number, amount, currency, for: what }
  await note(w, moment, caseId, 'voucher_redeemed', data)
  await record(
    w,
    call,
    'vouchers.redeem',
    { type: 'voucher', id: number },
    {
      amount,
      currency,
      balance: rest,
      for: use.type === 'receipt' ? [use.receiptDate, use.till, use.receiptNo] : [use.number],
    },
  )
  return redemptionId
}

function redemptionOf(
  voucherId: number,
  movementId: number,
  amount: number,
  use: RedeemFor,
): NewRedemption {
  const isReceipt = use.type === 'receipt'
  return {
    voucherId,
    movementId,
    amount,
    forType: use.type,
    forNumber: isReceipt ? use.receiptNo : use.number,
    till: isReceipt ? use.till : '',
    receiptDate: isReceipt ? use.receiptDate : null,
    receiptKey: isReceipt ? searchKey(use.receiptNo) : '',
  }
}

export async function note(
  w: WriteHandle,
  moment: Moment,
  caseId: number | null,
  kind: CaseEventKind,
  data: Record<string, string | number | boolean | null>,
): Promise<void> {
  if (caseId !== null) await addEvent(w, moment, caseId, kind, data)
}

/**
 * Takes a redemption back: the money is on the voucher again, or on the one that took its place. Refuses one that was
 * taken back before (`vouchers.not_redeemed`) or given back by a refund (`vouchers.given_back`), and a voucher declared
 * void since (`vouchers.is_void`).
 */
export async function undoRedemption(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  redemption: RedemptionRecord,
  { reason, approvalId = null }: { reason: string; approvalId?: number | null },
): Promise<void> {
  if (!redemption.live) refuse('vouchers.not_redeemed')
  const voucher = await followLoss(w, await requireVoucher(w, redemption.voucherId))
  const { number, currency } = voucher
  if (voucher.state === 'void') refuse('vouchers.is_void', { number })
  const { amount, forNumber, forType } = redemption
  if ((await sumGivenBack(w, redemption.id)) > 0) {
    refuse('vouchers.given_back', { number, what: forNumber })
  }
  await endRedemption(w, redemption.id)
  await move(w, call, moment, voucher, 'credit', {
    kind: 'redeem_undo',
    amount,
    ref: { type: forType, number: forNumber },
    reason,
    approvalId,
  })
  const data = { voucherId: voucher.id, number, amount, currency, for: forNumber, reason }
  await note(w, moment, voucher.caseId, 'voucher_redemption_undone', data)
  await record(w, call, 'vouchers.undo_redemption', { type: 'voucher', id: number }, data)
}

/** Takes back every redemption of an exchange that is declared void, within the caller's transaction. */
export async function undoRedemptionsOf(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  exchange: { number: string },
  reason: string,
): Promise<void> {
  for (const redemption of await listRedeemedForExchange(w, exchange.number)) {
    await undoRedemption(w, call, moment, redemption, { reason })
  }
}

/** The voucher that carries a lost one's balance now, however often it was lost. */
export async function followLoss(r: ReadHandle, voucher: VoucherRecord): Promise<VoucherRecord> {
  let live = voucher
  while (live.replacedBy) live = await requireVoucher(r, live.replacedBy.id)
  return live
}

/** A named voucher reported lost: its code is dead, its balance goes on under a new number and code. */
export async function replaceLost(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  voucher: VoucherRecord,
  { reason, approvalId }: { reason: string; approvalId: number | null },
): Promise<IssuedVoucher> {
  const { id, number, balance, currency } = voucher
  await move(w, call, moment, voucher, 'report_loss', {
    kind: 'loss',
    amount: -balance,
    ref: null,
    reason,
    approvalId,
  })
  const fresh = await writeVoucher(w, call, moment, {
    source: { type: 'loss', id, number },
    caseId: voucher.caseId,
    // The same face with what was left on it: what was spent before the loss can still come back.
    amount: voucher.amount,
    opening: balance,
    currency,
    holder: voucher.holder,
    customerId: voucher.customerId,
    reason,
    approvalId,
    expiresOn: voucher.expiresOn,
    replacesId: id,
  })
  const data = { voucherId: id, number, replacement: fresh.number, amount: balance, currency }
  await note(w, moment, voucher.caseId, 'voucher_lost', data)
  await record(
    w,
    call,
    'vouchers.report_loss',
    { type: 'voucher', id: number },
    { ...data, reason, approvalId },
  )
  return fresh
}

/** Declares a voucher void: what was not spent of it is gone. */
export async function voidVoucher(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  voucher: VoucherRecord,
  { reason, approvalId }: { reason: string; approvalId: number | null },
): Promise<void> {
  const { id, number, balance: amount, currency } = voucher
  await move(w, call, moment, voucher, 'void', {
    kind: 'void',
    amount: -amount,
    ref: null,
    reason,
    approvalId,
  })
  await note(w, moment, voucher.caseId, 'voucher_voided', {
    voucherId: id,
    number,
    amount,
    currency,
    reason,
  })
  await record(
    w,
    call,
    'vouchers.void',
    { type: 'voucher', id: number },
    { amount, currency, reason, approvalId },
  )
}

/** Lets a voucher be used longer, at no charge; without a day it never ends. */
export async function extendVoucher(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  voucher: VoucherRecord,
  { until, reason }: { until: string | null; reason: string },
): Promise<void> {
  const { id, number } = voucher
  await move(w, call, moment, voucher, 'extend', { kind: 'extend', amount: 0, ref: null, reason })
  await writeExpiry(w, id, until)
  const data = { voucherId: id, number, before: voucher.expiresOn, until, reason }
  await note(w, moment, voucher.caseId, 'voucher_extended', data)
  await record(w, call, 'vouchers.extend', { type: 'voucher', id: number }, data)
}
