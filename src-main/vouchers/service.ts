import { giveGoodwill, limitsFor, requireApproval, subjectHash } from '../approvals/index.ts'
import type { ApprovalKind } from '../approvals/rules.ts'
import { record } from '../audit/index.ts'
import { findOpenRisks, type Moment, momentOf } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { isRefusal, refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import { maskPhone, phoneDigits } from '../foundation/phone.ts'
import { type Call, command, query, type RoomHandlers, task } from '../handlers.ts'
import { countPrints } from '../printing/store.ts'
import {
  cashOut,
  paymentsOf,
  requirePayOut,
  requireRest,
  restOf,
  standingPayOut,
  undoCashOut,
} from './cash-out.ts'
import type { approvedSteps, vouchersContract } from './contract.ts'
import { lawsHere, nameOfLaw, readVoucherSettings } from './law.ts'
import {
  extendVoucher,
  issueVoucher,
  lastUseOf,
  redeemVoucher,
  replaceLost,
  requireVoucher,
  undoRedemption,
  voidVoucher,
  voucherOfCode,
} from './ledger.ts'
import { brokenTerm, isExpired, lowestCap, requireRedeemable } from './rules.ts'
import {
  findRedemption,
  listMovements,
  listOfReceipt,
  listRedemptions,
  listVouchers,
  type MovementRecord,
  sumDay,
  sumOutstanding,
  type VoucherRecord,
  writeVoucherSettings,
} from './store.ts'

type Step = (typeof approvedSteps)[number]

/** Rows of one page of the list. */
const pageSize = 50

function rowOf(call: Call, voucher: VoucherRecord) {
  const { id, number, state, source, currency, amount, balance, holder, version } = voucher
  return {
    id,
    number,
    state,
    expired: isExpired(voucher, call.today),
    source,
    currency,
    amount,
    balance,
    holder: holder && { name: holder.name, phoneMasked: maskPhone(holder.phone) },
    businessDate: voucher.businessDate,
    expiresOn: voucher.expiresOn,
    version,
  }
}

/** A voucher in the version its caller saw. */
async function requireSeen(
  w: WriteHandle,
  seen: { voucherId: number; version: number },
): Promise<VoucherRecord> {
  const voucher = await requireVoucher(w, seen.voucherId)
  if (voucher.version !== seen.version) refuse('desk.changed_meanwhile')
  return voucher
}

/** Why a voucher cannot be used now; null where it can. */
async function refusalNow(r: ReadHandle, call: Call, voucher: VoucherRecord) {
  const lastUse = await lastUseOf(r, call, voucher)
  const replacedBy = voucher.replacedBy?.number ?? null
  try {
    requireRedeemable({ ...voucher, replacedBy, lastUse }, 0, call.today, String)
    return null
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { reason: error.reason, params: { ...error.params } }
  }
}

/**
 * What authority a step takes: declaring money void or putting spent money back is abnormal, and so is a loss report
 * by somebody whose phone number is not the holder's, and paying a rest out that neither law nor the store's rule
 * grants. The holder's own report must be accepted (domain.md R29).
 */
async function questionOf(
  r: ReadHandle,
  voucher: VoucherRecord,
  step: Step,
  { amount, isOwed }: { amount: number; isOwed: boolean },
) {
  const kinds: ApprovalKind[] = [isOwed ? 'normal' : 'abnormal']
  const { caseId } = voucher
  const risks =
    caseId === null ? [] : await findOpenRisks(r, { receiptId: null, customerId: null, caseId })
  if (risks.length > 0) kinds.push('risk_flag')
  const { number, currency } = voucher
  return {
    kinds,
    // The holder's own report moves nothing from anybody.
    amount: step === 'loss' && isOwed ? 0 : amount,
    currency,
    subject: {
      type: 'voucher',
      id: `${number} ${step}`,
      hash: subjectHash({ number, step, amount, currency }),
    },
  }
}

function isHoldersPhone({ holder }: VoucherRecord, phone: string): boolean {
  return holder !== null && phoneDigits(phone) === phoneDigits(holder.phone)
}

async function amountOfStep(
  r: ReadHandle,
  voucher: VoucherRecord,
  { step, redemptionId, payment }: { step: Step; redemptionId?: number; payment?: string },
): Promise<number> {
  if (step === 'cash_out_undo') return -(await requirePayOut(r, voucher, payment)).amount
  if (redemptionId === undefined) return voucher.balance
  const redemption = await findRedemption(r, redemptionId)
  if (redemption?.voucherId !== voucher.id) refuse('vouchers.not_redeemed')
  return redemption.amount
}

async function approve(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  question: Awaited<ReturnType<typeof questionOf>>,
  { number, approvalIds }: { number: string; approvalIds: readonly number[] },
): Promise<number | null> {
  const approval = await requireApproval(w, call, moment, {
    ...question,
    approvalIds,
    usedFor: { type: 'voucher', id: number },
  })
  return approval?.approvalId ?? null
}

/** A named voucher is replaced at its holder's word; a bearer's cannot be told from one that was spent. */
function requireNamed(voucher: VoucherRecord): void {
  if (voucher.holder === null) refuse('vouchers.bearer_loss', { number: voucher.number })
}

export const vouchersHandlers: RoomHandlers<typeof vouchersContract> = {
  list: query(async (r, call, { state, text, before }) => {
    const found = await listVouchers(r, {
      state: state === 'all' ? null : state,
      text,
      before,
      limit: pageSize + 1,
    })
    return {
      vouchers: found.slice(0, pageSize).map((each) => rowOf(call, each)),
      more: found.length > pageSize,
    }
  }),

  open: query(async (r, call, input) => {
    const voucher = await requireVoucher(r, input.voucherId)
    const standing = (await listRedemptions(r, voucher.id)).filter(({ live }) => live)
    const { number, code, reason, caseId, issuedAt, issuedBy, replaces, replacedBy } = voucher
    const movements = await listMovements(r, voucher.id)
    const instructions = await paymentsOf(r, voucher)
    const isPaid = (payment: string) =>
      instructions.some((each) => each.number === payment && each.state === 'settled')
    const openPayment = ({ kind, ref }: MovementRecord) =>
      kind === 'cash_out' && ref && !isPaid(ref.number) && standingPayOut(movements, ref.number)
        ? ref.number
        : null
    return {
      ...rowOf(call, voucher),
      codeTail: code.slice(-4),
      reason,
      caseId,
      issuedAt,
      issuedBy,
      replaces,
      replacedBy,
      instructions,
      rest: await restOf(r, call, voucher),
      movements: movements.map((each) => ({
        ...each,
        openPayment: openPayment(each),
        redemptionId: standing.find(({ movementId }) => movementId === each.id)?.id ?? null,
      })),
      prints: await countPrints(r, 'voucher', number),
    }
  }),

  ofReceipt: query((r, _call, { receiptId }) => listOfReceipt(r, receiptId)),

  lookUp: query(async (r, call, input) => {
    const voucher = await voucherOfCode(r, input.scan)
    return { voucher: rowOf(call, voucher), refusal: await refusalNow(r, call, voucher) }
  }),

  redeem: command(['vouchers', 'cases'], async (w, call, input) => {
    const moment = momentOf(call)
    const { receiptNo, till } = input
    const receiptDate = input.receiptDate ?? moment.today
    if (receiptDate > moment.today) {
      refuse('vouchers.receipt_in_future', { date: receiptDate })
    }
    const { voucherId, number, balance } = await redeemVoucher(w, call, moment, {
      code: input.scan,
      amount: input.amount,
      for: { type: 'receipt', receiptNo, till, receiptDate },
    })
    return { voucherId, number, balance }
  }),

  approvalFor: query(async (r, call, { voucherId, phone, ...asked }) => {
    const { step } = asked
    const voucher = await requireVoucher(r, voucherId)
    if (step === 'loss') requireNamed(voucher)
    const amount = await amountOfStep(r, voucher, asked)
    const isOwed =
      step === 'cash_out'
        ? (await restOf(r, call, voucher)).ground !== null
        : step === 'loss' && isHoldersPhone(voucher, phone)
    const question = await questionOf(r, voucher, step, { amount, isOwed })
    const { needed } = await limitsFor(r, call, question)
    const money = formatMoney(amount, voucher.currency, call.profile.language)
    return { ...question, needed, summary: `${voucher.number} · ${money}` }
  }),

  undoRedemption: command(['vouchers', 'cases', 'approvals'], async (w, call, input) => {
    const moment = momentOf(call)
    const voucher = await requireSeen(w, input)
    const redemption = await findRedemption(w, input.redemptionId)
    const isStanding = redemption?.voucherId === voucher.id && redemption.live
    if (!isStanding) refuse('vouchers.not_redeemed')
    if (redemption.forType !== 'receipt') refuse('vouchers.undo_with_exchange')
    const question = await questionOf(w, voucher, 'undo', {
      amount: redemption.amount,
      isOwed: false,
    })
    const approvalId = await approve(w, call, moment, question, { ...voucher, ...input })
    await undoRedemption(w, call, moment, redemption, { reason: input.reason, approvalId })
    return { version: voucher.version + 1 }
  }),

  cashOut: command(['vouchers', 'cases', 'approvals', 'instructions'], async (w, call, input) => {
    const moment = momentOf(call)
    const voucher = await voucherOfCode(w, input.scan)
    await requireRest(w, call, voucher, input)
    const { ground } = await restOf(w, call, voucher)
    const question = await questionOf(w, voucher, 'cash_out', {
      amount: voucher.balance,
      isOwed: ground !== null,
    })
    const approvalId = await approve(w, call, moment, question, { ...voucher, ...input })
    const instruction = await cashOut(w, call, moment, voucher, { ...input, approvalId })
    return { voucherId: voucher.id, number: voucher.number, instruction }
  }),

  undoCashOut: command(
    ['vouchers', 'cases', 'approvals', 'instructions'],
    async (w, call, input) => {
      const moment = momentOf(call)
      const voucher = await requireSeen(w, input)
      const payOut = await requirePayOut(w, voucher, input.payment)
      const question = await questionOf(w, voucher, 'cash_out_undo', {
        amount: -payOut.amount,
        isOwed: false,
      })
      const approvalId = await approve(w, call, moment, question, { ...voucher, ...input })
      await undoCashOut(w, call, moment, voucher, { payOut, reason: input.reason, approvalId })
      return { version: voucher.version + 1 }
    },
  ),

  issueGoodwill: command(['vouchers', 'cases', 'approvals'], async (w, call, input) => {
    const moment = momentOf(call)
    const { amount, what, holder, caseId, approvalId } = input
    const toWhom = holder ? holder.name : input.toWhom
    const gift = await giveGoodwill(w, call, { amount, what, toWhom, caseId, approvalId })
    return issueVoucher(w, call, moment, {
      source: { type: 'goodwill', id: gift.id, number: '' },
      caseId,
      amount,
      currency: call.profile.currency,
      holder,
      reason: what,
      approvalId: gift.approvalId,
    })
  }),

  extend: command(['vouchers', 'cases'], async (w, call, input) => {
    const voucher = await requireSeen(w, input)
    const { until, reason } = input
    const { number, expiresOn } = voucher
    if (expiresOn === null) refuse('vouchers.never_ends', { number })
    const isLater = until === null || (until > expiresOn && until >= call.today)
    if (!isLater) refuse('vouchers.not_later', { number, date: expiresOn })
    await extendVoucher(w, call, momentOf(call), voucher, { until, reason })
    return { version: voucher.version + 1 }
  }),

  reportLoss: command(['vouchers', 'cases', 'approvals'], async (w, call, input) => {
    const moment = momentOf(call)
    const voucher = await requireSeen(w, input)
    requireNamed(voucher)
    const isHolder = isHoldersPhone(voucher, input.phone)
    const question = await questionOf(w, voucher, 'loss', {
      amount: voucher.balance,
      isOwed: isHolder,
    })
    const approvalId = isHolder
      ? null
      : await approve(w, call, moment, question, { ...voucher, ...input })
    return replaceLost(w, call, moment, voucher, { reason: input.reason, approvalId })
  }),

  void: command(['vouchers', 'cases', 'approvals'], async (w, call, input) => {
    const moment = momentOf(call)
    const voucher = await requireSeen(w, input)
    const question = await questionOf(w, voucher, 'void', {
      amount: voucher.balance,
      isOwed: false,
    })
    const approvalId = await approve(w, call, moment, question, { ...voucher, ...input })
    await voidVoucher(w, call, moment, voucher, { reason: input.reason, approvalId })
    return { version: voucher.version + 1 }
  }),

  caps: query(async (r, call, input) => {
    const { issuer = (await readVoucherSettings(r)).issuer } = input
    const laws = lawsHere(call)
    const capOf = (holder: 'named' | 'bearer') => {
      const lowest = lowestCap(laws, issuer, holder)
      return lowest && { ...lowest.cap, law: nameOfLaw(call, lowest.law) }
    }
    return { named: capOf('named'), bearer: capOf('bearer') }
  }),

  day: query(async (r, call, { businessDate }) => {
    const { currency } = call.profile
    return {
      businessDate,
      currency,
      movements: await sumDay(r, businessDate, currency),
      outstanding: await sumOutstanding(r, businessDate, currency),
    }
  }),

  revealPhone: task(async (call, input) => {
    // Only the fact is logged, once per request: the number itself stays out of the command log.
    await call.commit(async (w) => {
      const { number } = await requireVoucher(w, input.voucherId)
      const subject = { type: 'voucher', id: number }
      await record(w, call, 'vouchers.reveal_phone', subject, { reason: input.reason })
      return null
    })
    const { holder } = await call.store.read((r) => requireVoucher(r, input.voucherId))
    return { phone: holder?.phone ?? '' }
  }),

  settings: query((r) => readVoucherSettings(r)),

  changeSettings: command(['vouchers'], async (w, call, input) => {
    const { version, ...settings } = input
    const broken = brokenTerm(lawsHere(call), settings.expiryMonths)
    if (broken) {
      const law = nameOfLaw(call, broken.law)
      refuse('vouchers.term_too_short', { months: broken.minMonths, law })
    }
    const before = await readVoucherSettings(w)
    if (!(await writeVoucherSettings(w, version, settings))) refuse('desk.changed_meanwhile')
    const subject = { type: 'voucher_settings', id: call.profile.name }
    await record(w, call, 'vouchers.change_settings', subject, { before, after: settings })
    return { version: version + 1 }
  }),
}
