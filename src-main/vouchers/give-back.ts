import { record } from '../audit/index.ts'
import type { Moment } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
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
  type Credit,
  findReceiptKey,
  listCredits,
  listIssuedFor,
  listMovements,
  listRedeemedForExchange,
  listRedeemedForReceipt,
  type ReceiptKey,
  sumGivenBack,
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
  for (const payer of await vouchersThatPaid(w, call, moment, ask)) {
    const amount = Math.min(left, payer.room)
    if (amount <= 0) continue
    given.push(await giveBack(w, call, moment, payer, amount, ask))
    left -= amount
  }
  return given
}

interface Payer {
  voucherId: number
  /** What it was taken for; null where the payment was carried over from a sale that was exchanged. */
  redemptionId: number | null
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
  const named = await voucherOf(w, reference)
  const isOurs = named?.currency === currency
  if (isOurs) await catchUp(w, call, moment, named, { amount, receipt })
  const redeemed = [
    ...(await listRedeemedForReceipt(w, receipt)),
    ...(await listRedeemedForExchange(w, receipt.receiptNo)),
  ]
  const payers: Payer[] = []
  for (const { id, voucherId, amount: taken } of redeemed) {
    if (isOurs && voucherId !== named.id) continue
    const voucher = await requireVoucher(w, voucherId)
    if (voucher.currency !== currency) continue
    payers.push({ voucherId, redemptionId: id, room: taken - (await sumGivenBack(w, id)) })
  }
  if (!isOurs || payers.length > 0) return payers
  return [{ voucherId: named.id, redemptionId: null, room: named.amount - named.balance }]
}

/** The till took it and nobody told the desk: the receipt says so, and the balance has to know before it grows. */
async function catchUp(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  voucher: VoucherRecord,
  { amount, receipt }: { amount: number; receipt: ReceiptKey },
): Promise<void> {
  const known = await listRedeemedForReceipt(w, receipt)
  const isKnown = known.some(({ voucherId }) => voucherId === voucher.id)
  const missing = Math.min(amount - (voucher.amount - voucher.balance), voucher.balance)
  if (isKnown || missing <= 0 || voucher.state !== 'active') return
  await takeOff(w, call, moment, voucher, missing, { type: 'receipt', ...receipt })
}

async function giveBack(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  { voucherId, redemptionId }: Payer,
  amount: number,
  { source, caseId, currency }: GiveBackAsk,
): Promise<GivenBack> {
  const voucher = await followLoss(w, await requireVoucher(w, voucherId))
  const { giveBack: policy } = await readVoucherSettings(w)
  const takesBack =
    policy === 'credit' &&
    nextState(voucherMachine, voucher.state, 'credit') !== undefined &&
    (voucher.expiresOn === null || voucher.expiresOn >= moment.today) &&
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
      expiresOn: isExpired(voucher, moment.today) ? null : voucher.expiresOn,
      replacesId: null,
      ...(redemptionId !== null && { redemptionId }),
    })
    return { voucherId: fresh.id, number: fresh.number, amount, how: 'issued' }
  }
  const { id, number } = voucher
  await move(w, call, moment, voucher, 'credit', {
    kind: 'credit',
    amount,
    redemptionId,
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
  for (const issued of await listIssuedFor(w, source)) {
    await withdrawIssued(w, call, moment, issued, source, reason)
  }
  for (const credit of await creditsOf(w, source)) {
    await withdrawCredit(w, call, moment, credit, source, reason)
  }
}

async function withdrawIssued(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  issued: VoucherRecord,
  ref: Pick<Source, 'type' | 'number'>,
  reason: string,
): Promise<void> {
  const voucher = await followLoss(w, issued)
  const { id, number, balance } = voucher
  if (voucher.state === 'void') return
  if (balance < issued.amount) refuse('vouchers.spent_meanwhile', { number })
  const [first] = await listMovements(w, issued.id)
  const redemptionId = first?.gaveBack ?? null
  const { type, number: refNumber } = ref
  await move(w, call, moment, voucher, 'void', {
    kind: 'void',
    amount: -balance,
    ref: { type, number: refNumber },
    reason,
    redemptionId,
  })
  await note(w, moment, voucher.caseId, 'voucher_voided', { voucherId: id, number, reason })
  const data = { reason, amount: balance }
  await record(w, call, 'vouchers.void', { type: 'voucher', id: number }, data)
}

async function withdrawCredit(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  credit: Credit,
  ref: Pick<Source, 'type' | 'number'>,
  reason: string,
): Promise<void> {
  const voucher = await requireVoucher(w, credit.voucherId)
  const { id, number, currency, balance } = voucher
  const { amount, redemptionId } = credit
  if (balance < amount) refuse('vouchers.spent_meanwhile', { number })
  await move(w, call, moment, voucher, balance === amount ? 'redeem_rest' : 'redeem_part', {
    kind: 'credit_undo',
    amount: -amount,
    ref: { type: ref.type, number: ref.number },
    reason,
    redemptionId,
  })
  const data = { voucherId: id, number, amount, currency, reason }
  await note(w, moment, voucher.caseId, 'voucher_credit_undone', data)
  await record(w, call, 'vouchers.undo_credit', { type: 'voucher', id: number }, data)
}

/** What a remedy gave back and what stands of it, on the vouchers that carry it now, however often they were lost. */
async function creditsOf(
  r: ReadHandle,
  source: Pick<Source, 'type' | 'number'>,
): Promise<Credit[]> {
  const standing = new Map<string, Credit>()
  for (const credit of await listCredits(r, source)) {
    const { id } = await followLoss(r, await requireVoucher(r, credit.voucherId))
    const key = `${id} ${credit.redemptionId}`
    const before = standing.get(key)?.amount ?? 0
    standing.set(key, { ...credit, voucherId: id, amount: before + credit.amount })
  }
  return [...standing.values()].filter(({ amount }) => amount > 0)
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
  const credited = await Promise.all(
    (await creditsOf(r, source)).map(async ({ voucherId, amount }) => {
      const { number, state } = await requireVoucher(r, voucherId)
      return { voucherId, number, amount, how: 'credited' as const, state }
    }),
  )
  return [...issued, ...credited]
}
