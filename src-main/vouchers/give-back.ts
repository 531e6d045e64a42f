import { record } from '../audit/index.ts'
import type { Moment } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { sumMoney } from '../foundation/money.ts'
import { nextState } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { readVoucherSettings } from './law.ts'
import {
  followLoss,
  move,
  note,
  requireVoucher,
  type Source,
  takeOff,
  voucherOf,
  writeVoucher,
} from './ledger.ts'
import { isExpired, voucherMachine } from './rules.ts'
import {
  findReceiptKey,
  listIssuedFor,
  listRedeemedForExchange,
  listRedeemedForReceipt,
  sumCredits,
  sumCreditsOfReceipt,
  type VoucherRecord,
} from './store.ts'

/** A payment of a sale by voucher that goes back to the customer. */
export interface GiveBackAsk {
  source: Source
  caseId: number | null
  receiptId: number
  /** Reference of the payment in the till's file: a voucher's number or code, or empty. */
  reference: string
  /** Minor units. */
  amount: number
  currency: string
}

export interface GivenBack {
  voucherId: number
  number: string
  amount: number
  how: 'credited' | 'issued'
}

/**
 * Gives what a sale took of our vouchers back to them (stored-value principal stays stored value): to the voucher the
 * payment names, else to those redeemed for that receipt. By the store's policy onto the same voucher, or a new one
 * for the same holder; always a new one where the old one is void or over. What is left after all of them was paid
 * with something that is none of our vouchers: the caller pays it as the till took it.
 */
export async function giveBackToVouchers(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  ask: GiveBackAsk,
): Promise<GivenBack[]> {
  const given: GivenBack[] = []
  let left = ask.amount
  for (const { voucher, room } of await vouchersThatPaid(w, call, moment, ask)) {
    const amount = Math.min(left, room)
    if (amount <= 0) continue
    given.push(await giveBack(w, call, moment, voucher, amount, ask))
    left -= amount
  }
  return given
}

interface Payer {
  voucher: VoucherRecord
  /** Most that can go back to it for this receipt. */
  room: number
}

async function vouchersThatPaid(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  { receiptId, reference, amount, currency }: GiveBackAsk,
): Promise<Payer[]> {
  const receipt = await findReceiptKey(w, receiptId)
  if (!receipt) return []
  const redeemed = [
    ...(await listRedeemedForReceipt(w, receipt)),
    ...(await listRedeemedForExchange(w, receipt.receiptNo)),
  ]
  const named = await voucherOf(w, reference)
  if (named && named.currency === currency) {
    const isKnown = redeemed.some(({ voucherId }) => voucherId === named.id)
    if (!isKnown) await catchUp(w, call, moment, named, { amount, receipt })
    return [{ voucher: await requireVoucher(w, named.id), room: amount }]
  }
  const credited = await sumCreditsOfReceipt(w, receiptId)
  const payers: Payer[] = []
  for (const voucherId of new Set(redeemed.map((each) => each.voucherId))) {
    const voucher = await requireVoucher(w, voucherId)
    const taken = redeemed.filter((each) => each.voucherId === voucherId)
    const sum = sumMoney(taken.map((each) => each.amount))
    if (voucher.currency !== currency) continue
    payers.push({ voucher, room: sum - (credited.get(voucherId) ?? 0) })
  }
  return payers
}

/** The till took it and nobody told the desk: the receipt says so, and the balance has to know before it grows. */
async function catchUp(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  voucher: VoucherRecord,
  {
    amount,
    receipt,
  }: { amount: number; receipt: { receiptNo: string; receiptDate: string; till: string } },
): Promise<void> {
  const missing = Math.min(amount - (voucher.amount - voucher.balance), voucher.balance)
  if (missing <= 0 || voucher.state !== 'active') return
  await takeOff(w, call, moment, voucher, missing, { type: 'receipt', ...receipt })
}

async function giveBack(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  paid: VoucherRecord,
  amount: number,
  { source, caseId, currency }: GiveBackAsk,
): Promise<GivenBack> {
  const voucher = await followLoss(w, paid)
  const { giveBack: policy } = await readVoucherSettings(w)
  const takesBack =
    policy === 'credit' &&
    nextState(voucherMachine, voucher.state, 'credit') !== undefined &&
    (voucher.expiresOn === null || voucher.expiresOn >= moment.businessDate) &&
    voucher.balance + amount <= voucher.amount
  if (!takesBack) {
    const fresh = await writeVoucher(w, call, moment, {
      source,
      caseId,
      amount,
      currency,
      holder: voucher.holder,
      customerId: voucher.customerId,
      reason: voucher.number,
      approvalId: null,
      // What law forbids to end does not begin to end because it came back.
      expiresOn: isExpired(voucher, moment.businessDate) ? null : voucher.expiresOn,
      replacesId: null,
    })
    return { voucherId: fresh.id, number: fresh.number, amount, how: 'issued' }
  }
  const { id, number } = voucher
  await move(w, call, moment, voucher, 'credit', {
    kind: 'credit',
    amount,
    ref: { type: source.type, number: source.number },
  })
  await note(w, moment, caseId, 'voucher_credited', { voucherId: id, number, amount, currency })
  await record(
    w,
    call,
    'vouchers.credit',
    { type: 'voucher', id: number },
    {
      amount,
      currency,
      source: `${source.type} ${source.number}`,
    },
  )
  return { voucherId: id, number, amount, how: 'credited' }
}

/**
 * Takes back what a remedy put on vouchers, when it is declared void: those it issued become void, what it credited
 * comes off again. Refuses where some of it was spent meanwhile (`vouchers.spent_meanwhile`).
 */
export async function withdrawVouchers(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  source: Pick<Source, 'type' | 'number'>,
  reason: string,
): Promise<void> {
  const ref = { type: source.type, number: source.number }
  for (const issued of await listIssuedFor(w, source)) {
    const voucher = await followLoss(w, issued)
    const { number, balance } = voucher
    if (voucher.state === 'void') continue
    if (balance < issued.amount) refuse('vouchers.spent_meanwhile', { number })
    await move(w, call, moment, voucher, 'void', { kind: 'void', amount: -balance, ref, reason })
    await note(w, moment, voucher.caseId, 'voucher_voided', {
      voucherId: voucher.id,
      number,
      reason,
    })
    await record(
      w,
      call,
      'vouchers.void',
      { type: 'voucher', id: number },
      { reason, amount: balance },
    )
  }
  for (const [voucherId, credited] of await sumCredits(w, ref)) {
    const voucher = await followLoss(w, await requireVoucher(w, voucherId))
    const { number, currency } = voucher
    if (voucher.balance < credited) refuse('vouchers.spent_meanwhile', { number })
    const rest = voucher.balance - credited
    await move(w, call, moment, voucher, rest === 0 ? 'redeem_rest' : 'redeem_part', {
      kind: 'credit_undo',
      amount: -credited,
      ref,
      reason,
    })
    await note(w, moment, voucher.caseId, 'voucher_credit_undone', {
      voucherId: voucher.id,
      number,
      amount: credited,
      currency,
      reason,
    })
    await record(
      w,
      call,
      'vouchers.undo_credit',
      { type: 'voucher', id: number },
      {
        amount: credited,
        currency,
        reason,
      },
    )
  }
}

/** What a remedy issued and credited, for its page and its slip. */
export async function vouchersOf(
  r: ReadHandle,
  source: Pick<Source, 'type' | 'number'>,
): Promise<(GivenBack & { state: VoucherRecord['state'] })[]> {
  const issued = (await listIssuedFor(r, source)).map((each) => ({
    voucherId: each.id,
    number: each.number,
    amount: each.amount,
    how: 'issued' as const,
    state: each.state,
  }))
  const credits = await sumCredits(r, source)
  const credited = await Promise.all(
    [...credits].map(async ([voucherId, amount]) => {
      const { number, state } = await requireVoucher(r, voucherId)
      return { voucherId, number, amount, how: 'credited' as const, state }
    }),
  )
  return [...issued, ...credited]
}
