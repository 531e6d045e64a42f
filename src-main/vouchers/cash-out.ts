import { record } from '../audit/index.ts'
import type { Moment } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import {
  cancelInstructions,
  type InstructionRecord,
  instructionsOf,
  raiseInstruction,
} from '../pos-instructions/index.ts'
import type { cashOutWays } from './contract.ts'
import { lawsHere, nameOfLaw, readVoucherSettings } from './law.ts'
import { followLoss, lastUseOf, move, note, requireVoucher } from './ledger.ts'
import { brokenCashLimit, isExpired, requireRedeemable, restGroundOf } from './rules.ts'
import { listMovements, type MovementRecord, type VoucherRecord } from './store.ts'

/** What the till is told of a voucher, and what came of it; the one it belongs to stays the one that was scanned. */
export function paymentsOf(
  r: ReadHandle,
  { id }: Pick<VoucherRecord, 'id'>,
): Promise<InstructionRecord[]> {
  return instructionsOf(r, { type: 'voucher', id })
}

/** Whether the store gave it away; a lost one's replacement is what the first of them was. */
async function isGift(r: ReadHandle, voucher: VoucherRecord): Promise<boolean> {
  let first = voucher
  while (first.replaces) first = await requireVoucher(r, first.replaces.id)
  return first.source.type === 'goodwill'
}

/** Whether what is left on a voucher may be paid out now without anybody's approval, and by whose word. */
export async function restOf(r: ReadHandle, call: Call, voucher: VoucherRecord) {
  const found = restGroundOf(lawsHere(call), await readVoucherSettings(r), {
    balance: voucher.balance,
    isGift: await isGift(r, voucher),
    isOver: isExpired(voucher, call.today),
  })
  const limit = brokenCashLimit(lawsHere(call), Number.MAX_SAFE_INTEGER)
  return {
    ground: found?.ground ?? null,
    law: found?.law ? nameOfLaw(call, { law: found.law }) : null,
    cashUpTo: limit && { amount: limit.cashUpTo, law: nameOfLaw(call, limit) },
  }
}

/** Who gets the money stands before the reason, in the voucher's own table. */
const receiverMark = ' · '

/** Who got a rest. */
export function receiverOf({ reason }: Pick<MovementRecord, 'reason'>): string {
  return reason.split(receiverMark)[0] ?? ''
}

export interface CashOut {
  way: (typeof cashOutWays)[number]
  receiver: string
  reason: string
  expectedAmount: number
}

/**
 * Refuses what cannot be paid out: a voucher that cannot be used at all (like `requireRedeemable`, except that one
 * whose day is over is just the one to pay out), nothing left (`vouchers.used_up`), another amount than was seen
 * (`desk.changed_meanwhile`), and more in cash than law allows (`vouchers.cash_limit`).
 */
export async function requireRest(
  r: ReadHandle,
  call: Call,
  voucher: VoucherRecord,
  { way, expectedAmount }: Pick<CashOut, 'way' | 'expectedAmount'>,
): Promise<void> {
  const { balance, currency, number } = voucher
  const say = (minor: number) => formatMoney(minor, currency, call.profile.language)
  requireRedeemable(
    {
      ...voucher,
      expiresOn: null,
      replacedBy: voucher.replacedBy?.number ?? null,
      lastUse: await lastUseOf(r, call, voucher),
    },
    0,
    call.today,
    say,
  )
  if (balance !== expectedAmount) refuse('desk.changed_meanwhile')
  const broken = way === 'cash' ? brokenCashLimit(lawsHere(call), balance) : null
  if (!broken) return
  const cap = say(broken.cashUpTo)
  refuse('vouchers.cash_limit', { number, amount: say(balance), cap, law: nameOfLaw(call, broken) })
}

/**
 * Tells the till to pay out all that is left on a voucher and takes it off, within the caller's transaction: whoever
 * comes with the code again finds nothing on it. `requireRest` stands before it.
 */
export async function cashOut(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  voucher: VoucherRecord,
  { way, receiver, reason, approvalId }: CashOut & { approvalId: number | null },
): Promise<string> {
  const { id, number, caseId, balance: amount, currency } = voucher
  const instruction = await raiseInstruction(w, call, moment, {
    kind: 'pay_out',
    source: { type: 'voucher', id, number },
    caseId,
    receiptId: null,
    tender: { kind: way, label: '', reference: '' },
    amount,
    currency,
  })
  await move(w, call, moment, voucher, 'cash_out', {
    kind: 'cash_out',
    amount: -amount,
    ref: { type: 'instruction', number: instruction.number },
    reason: [receiver, reason].join(receiverMark),
    approvalId,
  })
  const { ground } = await restOf(w, call, voucher)
  const data = { voucherId: id, number, amount, currency, instruction: instruction.number, reason }
  await note(w, moment, caseId, 'voucher_cashed_out', data)
  const subject = { type: 'voucher', id: number }
  await record(w, call, 'vouchers.cash_out', subject, {
    ...data,
    way,
    receiver,
    ground,
    approvalId,
  })
  return instruction.number
}

/** The pay-out a payment belongs to, while nobody took it back; undefined for any other. */
export function standingPayOut(
  movements: readonly MovementRecord[],
  payment: string,
): MovementRecord | undefined {
  const isOf = (each: MovementRecord) =>
    each.ref?.type === 'instruction' && each.ref.number === payment
  if (movements.some((each) => each.kind === 'cash_out_undo' && isOf(each))) return undefined
  return movements.find((each) => each.kind === 'cash_out' && isOf(each))
}

/** The pay-out to be taken back. Refuses what is none, or was taken back (`vouchers.not_paid_out`). */
export async function requirePayOut(
  r: ReadHandle,
  voucher: VoucherRecord,
  payment: string | undefined,
): Promise<MovementRecord> {
  const movements = await listMovements(r, voucher.id)
  return (
    standingPayOut(movements, payment ?? '') ??
    refuse('vouchers.not_paid_out', { number: voucher.number })
  )
}

/**
 * Takes a pay-out back that no till has made: its instruction is cancelled and the money is on the voucher again, or
 * on the one that took its place. Refuses like `cancelInstructions` where the till has paid, and a voucher declared
 * void since (`vouchers.is_void`).
 */
export async function undoCashOut(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  voucher: VoucherRecord,
  {
    payOut,
    reason,
    approvalId,
  }: { payOut: MovementRecord; reason: string; approvalId: number | null },
): Promise<void> {
  const payment = payOut.ref?.number ?? ''
  await cancelInstructions(w, call, moment, { type: 'voucher', id: voucher.id }, reason, payment)
  const live = await followLoss(w, voucher)
  const { number, currency } = live
  if (live.state === 'void') refuse('vouchers.is_void', { number })
  const amount = -payOut.amount
  await move(w, call, moment, live, 'undo_cash_out', {
    kind: 'cash_out_undo',
    amount,
    ref: { type: 'instruction', number: payment },
    reason,
    approvalId,
  })
  const data = { voucherId: live.id, number, amount, currency, instruction: payment, reason }
  await note(w, moment, voucher.caseId, 'voucher_cash_out_undone', data)
  const subject = { type: 'voucher', id: number }
  await record(w, call, 'vouchers.undo_cash_out', subject, { ...data, approvalId })
}
