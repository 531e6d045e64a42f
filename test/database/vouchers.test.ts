import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { verifyChain } from '../../src-main/audit/index.ts'
import { momentOf } from '../../src-main/cases/index.ts'
import { spellVoucherCode } from '../../src-main/foundation/voucher-code.ts'
import type { Call } from '../../src-main/handlers.ts'
import { redeemVoucher, undoRedemptionsOf, voucherOf } from '../../src-main/vouchers/index.ts'
import { decodeQr } from '../documents/support/qr.ts'
import { contentStreams, readCells, readPdf } from '../documents/support/read-pdf.ts'
import { recordSigned } from '../support/approve.ts'
import {
  deskNow,
  type DeskClient,
  managerSignature,
  openTestDesk,
  refusalOf,
  type TestDesk,
} from '../support/desk.ts'
import { addCustomer, addReceipt } from '../support/sold.ts'

let test: TestDesk
/** The clerk at the next desk. */
let other: DeskClient

beforeAll(async () => {
  test = await openTestDesk()
  await test.manager.client.staff.add({ code: '003', name: '王芳', role: 'clerk', pin: '1593' })
  other = await test.signIn('003', '1593')
})
afterAll(() => test.close())
beforeEach(() => test.setNow(deskNow))

const clerk = () => test.clerk.client.vouchers
const holder = { name: '周梅', phone: '138 1234 5521' }

/** A voucher out of goodwill, with its code as the customer reads it from the paper. */
async function give(
  amount: number,
  to: { name: string; phone: string } | null = holder,
): Promise<{ id: number; number: string; code: string }> {
  const client = test.manager.client.vouchers
  const { id, number } = await client.issueGoodwill({
    amount,
    what: '久等致歉',
    holder: to,
    toWhom: to ? '' : '穿红衣的顾客',
  })
  return { id, number, code: await codeOf(id) }
}

/** What only the paper says. */
function codeOf(id: number): Promise<string> {
  return test.desk.folder.store.read(async (r) => {
    const row = await r
      .selectFrom('voucher')
      .select('code')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return row.code
  })
}

let receipts = 0

/** A coat for 300.00, paid as told. */
async function sellCoat(
  tenders: { kind: 'cash' | 'voucher' | 'wechat'; amount: number; reference?: string }[],
  more: { customerId?: number; receiptNo?: string } = {},
) {
  receipts += 1
  const receiptNo = more.receiptNo ?? `V-${receipts}`
  return test.write(async (w) => {
    const { id, lineIds } = await addReceipt(w, {
      receiptNo,
      businessDate: '2026-11-20',
      ...(more.customerId && { customerId: more.customerId }),
      lines: [{ name: '羽绒服', paid_amount: 30_000 }],
    })
    const tenderIds: number[] = []
    for (const tender of tenders) {
      const row = await w
        .insertInto('tender')
        .values({ receipt_id: id, ...tender })
        .returning('id')
        .executeTakeFirstOrThrow()
      tenderIds.push(row.id)
    }
    return { receiptId: id, receiptNo, coat: lineIds[0] ?? 0, tenderIds }
  })
}
type Coat = Awaited<ReturnType<typeof sellCoat>>

type Holder = { name: string; phone: string } | null

async function refundCoat(sale: Coat, more: { asVoucher?: boolean; voucherHolder?: Holder } = {}) {
  const ask = {
    receiptId: sale.receiptId,
    reason: 'quality' as const,
    lines: [
      { saleLineId: sale.coat, units: 1, condition: 'faulty' as const, packagingIntact: true },
    ],
    otherTenders: more.asVoucher
      ? sale.tenderIds.map((tenderId) => ({
          tenderId,
          to: 'voucher' as const,
          reason: '顾客要凭证',
        }))
      : [],
    ...('voucherHolder' in more && { voucherHolder: more.voucherHolder }),
  }
  const { amount } = await test.clerk.client.refunds.preview(ask)
  const { id, number } = await recordSigned(test, { ...ask, expectedAmount: amount })
  const { vouchers, version } = await test.clerk.client.refunds.open({ refundId: id })
  return { id, number, vouchers, version }
}

async function approvalOf(ask: Parameters<DeskClient['vouchers']['approvalFor']>[0]) {
  const { needed, ...request } = await clerk().approvalFor(ask)
  expect(needed).not.toBeNull()
  const { id } = await test.clerk.client.approvals.request(request)
  await test.clerk.client.approvals.sign({ approvalId: id, ...managerSignature })
  return [id]
}

/** Σ movements = balance, for every voucher there is. */
async function expectBalanced(): Promise<void> {
  const rows = await test.desk.folder.store.read((r) =>
    r
      .selectFrom('voucher')
      .innerJoin('voucher_movement', 'voucher_movement.voucher_id', 'voucher.id')
      .select((row) => [
        'voucher.number',
        'voucher.balance',
        row.fn.sum<number>('voucher_movement.amount').as('moved'),
      ])
      .groupBy('voucher.id')
      .execute(),
  )
  for (const row of rows) expect(row).toMatchObject({ balance: row.moved })
}

type Profile = Awaited<ReturnType<DeskClient['settings']['read']>>
type Settings = Awaited<ReturnType<DeskClient['vouchers']['settings']>>

async function moveTo(province: string, issuer: 'legal_person' | 'other') {
  const profile = await test.manager.client.settings.read()
  const settings = await test.manager.client.vouchers.settings()
  await test.manager.client.settings.change({ ...profile, province })
  await test.manager.client.vouchers.changeSettings({ ...settings, issuer })
  return { profile, settings }
}

async function moveBack(profile: Profile, settings: Settings): Promise<void> {
  const now = await test.manager.client.settings.read()
  await test.manager.client.settings.change({ ...profile, version: now.version })
  const { version } = await test.manager.client.vouchers.settings()
  await test.manager.client.vouchers.changeSettings({ ...settings, version })
}

describe('a voucher for a refund', () => {
  it('is issued instead of cash, named after the customer of the sale, with no expiry', async () => {
    const customerId = await test.write((w) =>
      addCustomer(w, { name: '陈静', phone: '13900001111' }),
    )
    const sale = await sellCoat([{ kind: 'cash', amount: 30_000 }], { customerId })
    const { number, vouchers } = await refundCoat(sale, { asVoucher: true })
    expect(vouchers).toHaveLength(1)
    expect(vouchers[0]).toMatchObject({ amount: 30_000, how: 'issued', state: 'active' })
    const voucher = await clerk().open({ voucherId: vouchers[0]?.voucherId ?? 0 })
    expect(voucher).toMatchObject({
      source: { type: 'refund', number },
      balance: 30_000,
      holder: { name: '陈静', phoneMasked: '139****1111' },
      expiresOn: null,
    })
    expect(JSON.stringify(voucher)).not.toContain(await codeOf(voucher.id))
  })

  it('belongs to the bearer where nobody is named, up to the cap of the law', async () => {
    const sale = await sellCoat([{ kind: 'cash', amount: 30_000 }])
    const { vouchers } = await refundCoat(sale, { asVoucher: true, voucherHolder: null })
    const voucher = await clerk().open({ voucherId: vouchers[0]?.voucherId ?? 0 })
    expect(voucher.holder).toBeNull()
  })

  it('is taken back when the slip is declared void, and only while it is unspent', async () => {
    const first = await refundCoat(await sellCoat([{ kind: 'cash', amount: 30_000 }]), {
      asVoucher: true,
    })
    const { refunds } = test.manager.client
    const reason = '写错了'
    await refunds.void({ refundId: first.id, reason, version: first.version })
    const voided = await clerk().open({ voucherId: first.vouchers[0]?.voucherId ?? 0 })
    expect(voided).toMatchObject({ state: 'void', balance: 0 })
    const second = await refundCoat(await sellCoat([{ kind: 'cash', amount: 30_000 }]), {
      asVoucher: true,
    })
    const spent = second.vouchers[0]?.voucherId ?? 0
    await clerk().redeem({ scan: await codeOf(spent), amount: 100, receiptNo: 'R-100' })
    const refusal = await refusalOf(
      refunds.void({ refundId: second.id, reason, version: second.version }),
    )
    expect(refusal.reason).toBe('vouchers.spent_meanwhile')
  })
})

describe('law', () => {
  it('caps named and bearer vouchers and names the rule', async () => {
    const caps = await clerk().caps()
    expect(caps).toMatchObject({ named: { amount: 500_000 }, bearer: { amount: 100_000 } })
    const bearer = await refusalOf(give(100_001, null))
    expect(bearer.reason).toBe('vouchers.over_cap_bearer')
    expect(bearer.params).toMatchObject({ cap: '¥1,000.00', law: caps.bearer?.law })
    expect((await refusalOf(give(500_001))).reason).toBe('vouchers.over_cap')
    await give(500_000)
  })

  it('of 浙江 counts what one consumer holds of a trader who is no company', async () => {
    const { profile, settings } = await moveTo('浙江省', 'other')
    const someone = { name: '吴敏', phone: '13700002222' }
    await give(150_000, someone)
    const refusal = await refusalOf(give(50_001, someone))
    expect(refusal.reason).toBe('vouchers.over_cap_consumer')
    expect(refusal.params).toMatchObject({ held: '¥1,500.00', cap: '¥2,000.00' })
    expect(refusal.params['law']).toContain('浙江')
    expect((await refusalOf(give(50_001, null))).reason).toBe('vouchers.over_cap_bearer')
    await give(50_000, someone)
    await moveBack(profile, settings)
  })

  it('lets no voucher end too early', async () => {
    const settings = await test.manager.client.vouchers.settings()
    const tooShort = test.manager.client.vouchers.changeSettings({ ...settings, expiryMonths: 12 })
    expect((await refusalOf(tooShort)).reason).toBe('vouchers.term_too_short')
    const { version } = await test.manager.client.vouchers.changeSettings({
      ...settings,
      expiryMonths: 36,
      giftExpiryMonths: 6,
    })
    const sale = await sellCoat([{ kind: 'cash', amount: 30_000 }])
    const named = await refundCoat(sale, { asVoucher: true, voucherHolder: holder })
    const open = (id: number) => clerk().open({ voucherId: id })
    expect((await open(named.vouchers[0]?.voucherId ?? 0)).expiresOn).toBeNull()
    const bearer = await refundCoat(await sellCoat([{ kind: 'cash', amount: 30_000 }]), {
      asVoucher: true,
    })
    expect((await open(bearer.vouchers[0]?.voucherId ?? 0)).expiresOn).toBe('2029-11-21')
    const gift = await give(1_000)
    expect((await open(gift.id)).expiresOn).toBe('2027-05-21')
    await test.setNow('2027-05-22T06:00:00.000Z')
    const redeem = { scan: gift.code, amount: 1_000, receiptNo: 'R-200' }
    expect((await refusalOf(clerk().redeem(redeem))).reason).toBe('vouchers.expired')
    const over = await open(gift.id)
    expect(over).toMatchObject({ expired: true, balance: 1_000 })
    const seen = { voucherId: gift.id, reason: '顾客来延期', version: over.version }
    expect((await refusalOf(clerk().extend({ ...seen, until: '2027-05-21' }))).reason).toBe(
      'vouchers.not_later',
    )
    await clerk().extend({ ...seen, until: '2027-11-30' })
    expect(await clerk().redeem(redeem)).toMatchObject({ balance: 0 })
    await test.setNow(deskNow)
    await test.manager.client.vouchers.changeSettings({ ...settings, version })
  })
})

describe('what is left', () => {
  /** A named voucher that was paid for, with so much left on it. */
  async function paidFor(left: number, voucherHolder: Holder = holder) {
    const sale = await sellCoat([{ kind: 'cash', amount: 30_000 }])
    const { number, vouchers } = await refundCoat(sale, { asVoucher: true, voucherHolder })
    const id = vouchers[0]?.voucherId ?? 0
    const code = await codeOf(id)
    if (left < 30_000) {
      await clerk().redeem({ scan: code, amount: 30_000 - left, receiptNo: `REST-${id}` })
    }
    return { id, code, sale, slip: number }
  }

  const payOutOf = (code: string, expectedAmount: number) => ({
    scan: code,
    way: 'cash' as const,
    receiver: '周梅',
    reason: '余额太小用不上',
    expectedAmount,
  })

  /** What the store pays out to whoever asks. */
  async function payOutUpTo(cashOutUpTo: number | null): Promise<void> {
    const settings = await test.manager.client.vouchers.settings()
    await test.manager.client.vouchers.changeSettings({ ...settings, cashOutUpTo })
  }

  it('is paid out by the till where the store’s rule says so, and the voucher is used up', async () => {
    await payOutUpTo(1_000)
    const { id, code } = await paidFor(850)
    expect((await clerk().open({ voucherId: id })).rest.ground).toBe('store')
    const { instruction } = await clerk().cashOut(payOutOf(code, 850))
    const voucher = await clerk().open({ voucherId: id })
    expect(voucher).toMatchObject({ state: 'spent', balance: 0 })
    expect(voucher.instructions).toMatchObject([
      { number: instruction, direction: 'pay_out', amount: 850, state: 'pending' },
    ])
    expect(voucher.movements.at(-1)).toMatchObject({
      kind: 'cash_out',
      amount: -850,
      ref: { type: 'instruction', number: instruction },
      reason: '周梅 · 余额太小用不上',
      openPayment: instruction,
    })
    const again = clerk().redeem({ scan: code, amount: 1, receiptNo: 'REST-LATE' })
    expect((await refusalOf(again)).reason).toBe('vouchers.used_up')
    const twice = clerk().cashOut(payOutOf(code, 850))
    expect((await refusalOf(twice)).reason).toBe('vouchers.used_up')
    const told = await test.clerk.client.posInstructions.open({ number: instruction })
    expect(told.source).toMatchObject({ type: 'voucher', number: voucher.number })
    const paper = { document: 'voucher', voucherId: id, format: '80mm' } as const
    const { pdf } = await test.clerk.client.papers.print(paper)
    const { text } = await readPdf(new Uint8Array(await pdf.arrayBuffer()))
    for (const words of ['余额兑付', instruction, '人民币捌元伍角', '周梅']) {
      expect(text).toContain(words)
    }
    await payOutUpTo(null)
    await expectBalanced()
  })

  it('takes an approval where nobody grants it, and what was given away is never granted', async () => {
    const { id, code } = await paidFor(850)
    expect((await refusalOf(clerk().cashOut(payOutOf(code, 850)))).reason).toBe('approvals.needed')
    const approvalIds = await approvalOf({ voucherId: id, step: 'cash_out' })
    await clerk().cashOut({ ...payOutOf(code, 850), approvalIds })
    await payOutUpTo(1_000)
    const gift = await give(500)
    expect((await clerk().open({ voucherId: gift.id })).rest.ground).toBeNull()
    expect((await refusalOf(clerk().cashOut(payOutOf(gift.code, 500)))).reason).toBe(
      'approvals.needed',
    )
    const { version } = await clerk().open({ voucherId: gift.id })
    const lost = { voucherId: gift.id, phone: holder.phone, reason: '钱包丢了', version }
    const replacement = await clerk().reportLoss(lost)
    expect((await clerk().open({ voucherId: replacement.id })).rest.ground).toBeNull()
    await payOutUpTo(null)
  })

  it('is the customer’s by the law of 浙江 once the last day is over', async () => {
    const { profile, settings } = await moveTo('浙江省', 'legal_person')
    const { version } = await test.manager.client.vouchers.settings()
    await test.manager.client.vouchers.changeSettings({ ...settings, version, expiryMonths: 36 })
    const { id, code } = await paidFor(30_000, null)
    expect((await clerk().open({ voucherId: id })).rest.ground).toBeNull()
    await test.setNow('2029-11-22T06:00:00.000Z')
    const over = await clerk().open({ voucherId: id })
    expect(over).toMatchObject({ expired: true, rest: { ground: 'law' } })
    expect(over.rest.law).toContain('浙江')
    const cash = await refusalOf(clerk().cashOut(payOutOf(code, 30_000)))
    expect(cash.reason).toBe('vouchers.cash_limit')
    expect(cash.params).toMatchObject({ amount: '¥300.00', cap: '¥100.00' })
    await clerk().cashOut({ ...payOutOf(code, 30_000), way: 'bank_card' })
    expect((await clerk().open({ voucherId: id })).instructions).toMatchObject([
      { amount: 30_000, tender: { kind: 'bank_card' } },
    ])
    await test.setNow(deskNow)
    await moveBack(profile, settings)
  })

  it('is paid once for two desks at once', async () => {
    await payOutUpTo(1_000)
    const { id, code } = await paidFor(850)
    const both = await Promise.allSettled([
      clerk().cashOut(payOutOf(code, 850)),
      other.vouchers.cashOut(payOutOf(code, 850)),
      other.vouchers.redeem({ scan: code, amount: 850, receiptNo: 'REST-RACE' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    const voucher = await clerk().open({ voucherId: id })
    expect(voucher.balance).toBe(0)
    expect(voucher.instructions.length).toBeLessThanOrEqual(1)
    await payOutUpTo(null)
  })

  it('comes back onto the voucher while no till has paid it, and only then', async () => {
    await payOutUpTo(1_000)
    const { id, code } = await paidFor(850)
    const { instruction } = await clerk().cashOut(payOutOf(code, 850))
    const undo = async () => {
      const { version } = await clerk().open({ voucherId: id })
      const step = { voucherId: id, step: 'cash_out_undo' as const, payment: instruction }
      const approvalIds = await approvalOf(step)
      return clerk().undoCashOut({
        voucherId: id,
        payment: instruction,
        reason: '顾客改主意',
        approvalIds,
        version,
      })
    }
    await undo()
    const back = await clerk().open({ voucherId: id })
    expect(back).toMatchObject({ state: 'active', balance: 850 })
    expect(back.instructions).toMatchObject([{ state: 'cancelled' }])
    expect((await refusalOf(undo())).reason).toBe('vouchers.not_paid_out')
    const second = await clerk().cashOut(payOutOf(code, 850))
    const [, open] = (await clerk().open({ voucherId: id })).instructions
    await settleAtTill(open ?? null)
    const paid = await clerk().open({ voucherId: id })
    expect(paid.movements.at(-1)).toMatchObject({ kind: 'cash_out', openPayment: null })
    const late = clerk().undoCashOut({
      voucherId: id,
      payment: second.instruction,
      reason: '顾客改主意',
      approvalIds: await approvalOf({
        voucherId: id,
        step: 'cash_out_undo',
        payment: second.instruction,
      }),
      version: paid.version,
    })
    expect((await refusalOf(late)).reason).toBe('instructions.already_settled')
    await payOutUpTo(null)
    await expectBalanced()
  })

  async function settleAtTill(open: { id: number; version: number } | null): Promise<void> {
    if (!open) throw new Error('nothing was told')
    await test.clerk.client.posInstructions.settleByNumber({
      instructions: [{ id: open.id, version: open.version }],
      posNumber: 'PAY-0001',
      date: '2026-11-21',
    })
  }
})

describe('the history of a sale', () => {
  it('has the voucher a refund of it issued, and those it was paid with', async () => {
    const payer = await give(5_000)
    const sale = await sellCoat([{ kind: 'cash', amount: 30_000 }])
    await clerk().redeem({
      scan: payer.code,
      amount: 4_000,
      receiptNo: sale.receiptNo,
      receiptDate: '2026-11-20',
    })
    const { number, vouchers } = await refundCoat(sale, { asVoucher: true })
    const seen = await clerk().ofReceipt({ receiptId: sale.receiptId })
    expect(seen).toHaveLength(2)
    expect(seen).toContainEqual(
      expect.objectContaining({
        kind: 'used',
        number: payer.number,
        amount: 4_000,
        ref: sale.receiptNo,
      }),
    )
    expect(seen).toContainEqual(
      expect.objectContaining({
        kind: 'issued',
        id: vouchers[0]?.voucherId,
        amount: 30_000,
        ref: number,
      }),
    )
    const untouched = await sellCoat([{ kind: 'cash', amount: 30_000 }])
    expect(await clerk().ofReceipt({ receiptId: untouched.receiptId })).toEqual([])
  })

  it('has what went back to a voucher, until the slip is void', async () => {
    const { code, number } = await give(10_000)
    const sale = await sellCoat([
      { kind: 'voucher', amount: 6_000, reference: number },
      { kind: 'cash', amount: 24_000 },
    ])
    await clerk().redeem({
      scan: code,
      amount: 6_000,
      receiptNo: sale.receiptNo,
      receiptDate: '2026-11-20',
    })
    const slip = await refundCoat(sale)
    const kindsOf = async () =>
      (await clerk().ofReceipt({ receiptId: sale.receiptId })).map(({ kind }) => kind).sort()
    expect(await kindsOf()).toEqual(['given_back', 'used'])
    await test.manager.client.refunds.void({
      refundId: slip.id,
      reason: '看错了',
      version: slip.version,
    })
    expect(await kindsOf()).toEqual(['used'])
  })
})

describe('goodwill', () => {
  it('counts against the day of the clerk, beyond it somebody approves', async () => {
    const gift = { amount: 5_000, what: '排队太久', holder: null, toWhom: '一位顾客' }
    await clerk().issueGoodwill(gift)
    const { left } = await test.clerk.client.approvals.goodwill()
    expect(left).toBe(15_000)
    const large = { ...gift, amount: 8_000 }
    expect((await refusalOf(clerk().issueGoodwill(large))).reason).toBe('approvals.needed')
    const subject = await test.clerk.client.approvals.goodwillSubject({
      amount: 8_000,
      what: gift.what,
      toWhom: gift.toWhom,
      caseId: null,
    })
    const { id } = await test.clerk.client.approvals.request({
      kinds: ['goodwill'],
      amount: 8_000,
      currency: 'CNY',
      subject,
      summary: gift.what,
    })
    await test.clerk.client.approvals.sign({ approvalId: id, ...managerSignature })
    const voucher = await clerk().issueGoodwill({ ...large, approvalId: id })
    const { movements } = await clerk().open({ voucherId: voucher.id })
    expect(movements[0]).toMatchObject({ kind: 'issue', amount: 8_000, approvedBy: '李静' })
    expect((await test.clerk.client.approvals.goodwill()).left).toBe(15_000)
  })
})

describe('redeeming', () => {
  it('takes parts until nothing is left', async () => {
    const { id, code } = await give(10_000)
    const first = await clerk().redeem({ scan: code, amount: 4_000, receiptNo: 'R-1', till: '03' })
    expect(first.balance).toBe(6_000)
    const short = await refusalOf(clerk().redeem({ scan: code, amount: 6_001, receiptNo: 'R-2' }))
    expect(short.reason).toBe('vouchers.balance_short_used')
    expect(short.params).toMatchObject({ balance: '¥60.00', what: '03 · R-1', place: '0312' })
    await clerk().redeem({ scan: spellVoucherCode(code), amount: 6_000, receiptNo: 'R-2' })
    const voucher = await clerk().open({ voucherId: id })
    expect(voucher).toMatchObject({ state: 'spent', balance: 0 })
    expect(voucher.movements.map(({ kind, amount, balance }) => [kind, amount, balance])).toEqual([
      ['issue', 10_000, 10_000],
      ['redeem', -4_000, 6_000],
      ['redeem', -6_000, 0],
    ])
  })

  it('happens once for two desks at once, and the second is told when and where', async () => {
    const { id, code } = await give(10_000)
    const ask = { scan: code, amount: 10_000 }
    const both = await Promise.allSettled([
      clerk().redeem({ ...ask, receiptNo: 'R-10', till: '01' }),
      other.vouchers.redeem({ ...ask, receiptNo: 'R-11', till: '02' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const wonBy = both[0]?.status === 'fulfilled' ? '01 · R-10' : '02 · R-11'
    const late = await refusalOf(other.vouchers.redeem({ ...ask, receiptNo: 'R-12' }))
    expect(late.reason).toBe('vouchers.used_up')
    expect(late.params).toMatchObject({ time: '2026-11-21 14:00', place: '0312', what: wonBy })
    expect((await clerk().open({ voucherId: id })).movements).toHaveLength(2)
  })

  it('is one redemption for a double Enter, and refused for the same receipt again', async () => {
    const { id, code } = await give(10_000)
    const ask = { scan: code, amount: 1_000, receiptNo: 'R-20' }
    const twice = test.withRequestId('redeem-once').vouchers
    const [first, second] = await Promise.all([twice.redeem(ask), twice.redeem(ask)])
    expect(second).toEqual(first)
    const again = await refusalOf(other.vouchers.redeem(ask))
    expect(again.reason).toBe('vouchers.used_for_this')
    expect(again.params).toMatchObject({ what: 'R-20', who: '赵敏', amount: '¥10.00' })
    expect(await clerk().open({ voucherId: id })).toMatchObject({ balance: 9_000 })
  })

  it('says what is wrong with a code', async () => {
    const { number, code } = await give(1_000)
    const ask = { amount: 100, receiptNo: 'R-30' }
    const reasonOf = async (scan: string) =>
      (await refusalOf(clerk().redeem({ ...ask, scan }))).reason
    expect(await reasonOf(number)).toBe('vouchers.number_is_no_code')
    const swapped = [...code]
    const at = swapped.findIndex((letter, index) => letter !== swapped[index + 1])
    ;[swapped[at], swapped[at + 1]] = [swapped[at + 1] ?? '', swapped[at] ?? '']
    expect(await reasonOf(swapped.join(''))).toBe('vouchers.misread_code')
    await give(1_000)
    const { voucher, refusal } = await clerk().lookUp({
      scan: `gwd1|${number}|${code.toLowerCase()}`,
    })
    expect(voucher).toMatchObject({ number, balance: 1_000 })
    expect(refusal).toBeNull()
  })

  it('can be taken back with an approval, once', async () => {
    const { id, code } = await give(1_000)
    await clerk().redeem({ scan: code, amount: 1_000, receiptNo: 'R-40' })
    const spent = await clerk().open({ voucherId: id })
    const redemptionId = spent.movements[1]?.redemptionId ?? 0
    const ask = { voucherId: id, redemptionId, reason: '小票作废', version: spent.version }
    expect((await refusalOf(clerk().undoRedemption(ask))).reason).toBe('approvals.needed')
    const approvalIds = await approvalOf({ voucherId: id, step: 'undo', redemptionId })
    await clerk().undoRedemption({ ...ask, approvalIds })
    const back = await clerk().open({ voucherId: id })
    expect(back).toMatchObject({ state: 'active', balance: 1_000 })
    const again = clerk().undoRedemption({ ...ask, approvalIds, version: back.version })
    expect((await refusalOf(again)).reason).toBe('vouchers.not_redeemed')
    await clerk().redeem({ scan: code, amount: 1_000, receiptNo: 'R-40' })
  })
})

describe('a loss report', () => {
  it('kills the code and carries the rest on under another', async () => {
    const { id, number, code } = await give(10_000)
    await clerk().redeem({ scan: code, amount: 2_500, receiptNo: 'R-50' })
    const { version } = await clerk().open({ voucherId: id })
    const fresh = await clerk().reportLoss({
      voucherId: id,
      phone: '13812345521',
      reason: '钱包丢了',
      version,
    })
    const [old, next] = [
      await clerk().open({ voucherId: id }),
      await clerk().open({ voucherId: fresh.id }),
    ]
    expect(old).toMatchObject({ state: 'lost', balance: 0, replacedBy: { number: fresh.number } })
    expect(next).toMatchObject({ state: 'active', balance: 7_500, replaces: { number } })
    expect(next.holder).toEqual(old.holder)
    const dead = await refusalOf(clerk().redeem({ scan: code, amount: 1, receiptNo: 'R-51' }))
    expect(dead).toMatchObject({
      reason: 'vouchers.is_lost',
      params: { replacement: fresh.number },
    })
    const live = await codeOf(fresh.id)
    expect(live).not.toBe(code)
    await clerk().redeem({ scan: live, amount: 7_500, receiptNo: 'R-51' })
  })

  it('of a bearer voucher is refused, of a named one by somebody else it takes a manager', async () => {
    const bearer = await give(1_000, null)
    const { version } = await clerk().open({ voucherId: bearer.id })
    const ask = { phone: '13812345521', reason: '丢了', version }
    expect((await refusalOf(clerk().reportLoss({ voucherId: bearer.id, ...ask }))).reason).toBe(
      'vouchers.bearer_loss',
    )
    const named = await give(1_000)
    const seen = await clerk().open({ voucherId: named.id })
    const stranger = {
      voucherId: named.id,
      phone: '13800000000',
      reason: '换了号码',
      version: seen.version,
    }
    expect((await refusalOf(clerk().reportLoss(stranger))).reason).toBe('approvals.needed')
    const approvalIds = await approvalOf({
      voucherId: named.id,
      step: 'loss',
      phone: stranger.phone,
    })
    const fresh = await clerk().reportLoss({ ...stranger, approvalIds })
    expect(fresh.number).not.toBe(named.number)
  })
})

describe('declaring void', () => {
  it('takes a reason and an approval, and only what is unspent', async () => {
    const { id, code } = await give(1_000)
    await clerk().redeem({ scan: code, amount: 400, receiptNo: 'R-60' })
    const { version } = await clerk().open({ voucherId: id })
    const ask = { voucherId: id, reason: '开错了', version }
    expect((await refusalOf(clerk().void(ask))).reason).toBe('approvals.needed')
    const approvalIds = await approvalOf({ voucherId: id, step: 'void' })
    await clerk().void({ ...ask, approvalIds })
    const voided = await clerk().open({ voucherId: id })
    expect(voided).toMatchObject({ state: 'void', balance: 0 })
    expect(voided.movements.at(-1)).toMatchObject({ kind: 'void', amount: -600 })
    const redeem = clerk().redeem({ scan: code, amount: 1, receiptNo: 'R-61' })
    expect((await refusalOf(redeem)).reason).toBe('vouchers.is_void')
  })
})

describe('a sale that was paid partly by voucher', () => {
  it('gives back to the voucher it names, which the till took without the desk', async () => {
    const { id, number } = await give(10_000)
    const sale = await sellCoat([
      { kind: 'voucher', amount: 10_000, reference: number },
      { kind: 'cash', amount: 20_000 },
    ])
    const { vouchers } = await refundCoat(sale)
    expect(vouchers).toEqual([
      { voucherId: id, number, amount: 10_000, how: 'credited', state: 'active' },
    ])
    const { movements, balance } = await clerk().open({ voucherId: id })
    expect(balance).toBe(10_000)
    expect(movements.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['issue', 10_000],
      ['redeem', -10_000],
      ['credit', 10_000],
    ])
  })

  it('gives back to what the desk recorded for the receipt, and takes it off when the slip is void', async () => {
    const { id, code } = await give(10_000)
    const receiptNo = 'POS-7001'
    await clerk().redeem({
      scan: code,
      amount: 6_000,
      receiptNo,
      till: '01',
      receiptDate: '2026-11-20',
    })
    const sale = await sellCoat(
      [
        { kind: 'voucher', amount: 6_000 },
        { kind: 'cash', amount: 24_000 },
      ],
      { receiptNo },
    )
    const refund = await refundCoat(sale)
    expect(refund.vouchers).toMatchObject([{ voucherId: id, amount: 6_000, how: 'credited' }])
    expect((await clerk().open({ voucherId: id })).balance).toBe(10_000)
    const voiding = { refundId: refund.id, reason: '写错了', version: refund.version }
    await test.manager.client.refunds.void(voiding)
    expect((await clerk().open({ voucherId: id })).balance).toBe(4_000)
    expect((await refundCoat(sale)).vouchers).toMatchObject([{ amount: 6_000 }])
    expect((await clerk().open({ voucherId: id })).balance).toBe(10_000)
  })

  it('gets a new voucher where the old one is void, and under that policy', async () => {
    const settings = await test.manager.client.vouchers.settings()
    const { version } = await test.manager.client.vouchers.changeSettings({
      ...settings,
      giveBack: 'new_voucher',
    })
    const { number } = await give(10_000)
    const sale = await sellCoat([
      { kind: 'voucher', amount: 10_000, reference: number },
      { kind: 'cash', amount: 20_000 },
    ])
    const { vouchers } = await refundCoat(sale)
    expect(vouchers).toMatchObject([{ amount: 10_000, how: 'issued' }])
    expect(vouchers[0]?.number).not.toBe(number)
    await test.manager.client.vouchers.changeSettings({ ...settings, version })
  })

  it('goes back as the till took it where the voucher is none of ours', async () => {
    const sale = await sellCoat([
      { kind: 'voucher', amount: 10_000, reference: '商场券 8812' },
      { kind: 'cash', amount: 20_000 },
    ])
    expect((await refundCoat(sale)).vouchers).toEqual([])
  })
})

describe('the difference of an exchange', () => {
  it('takes a voucher once, in its own transaction, and gives it back when it is void', async () => {
    const { id, code } = await give(10_000)
    const exchange = { type: 'exchange', number: 'HH-0312-261121-0001-X', caseId: null } as const
    const redeem = (amount: number) =>
      test.write((w) =>
        redeemVoucher(w, callOfClerk(), momentOf(callOfClerk()), { code, amount, for: exchange }),
      )
    expect((await redeem(3_000)).balance).toBe(7_000)
    await expect(redeem(1_000)).rejects.toMatchObject({ reason: 'vouchers.used_for_this' })
    const found = await test.desk.folder.store.read((r) => voucherOf(r, code))
    expect(found).toMatchObject({ id, balance: 7_000 })
    const { version, movements } = await clerk().open({ voucherId: id })
    const undo = clerk().undoRedemption({
      voucherId: id,
      redemptionId: movements[1]?.redemptionId ?? 0,
      reason: '换货作废',
      version,
    })
    expect((await refusalOf(undo)).reason).toBe('vouchers.undo_with_exchange')
    await test.write((w) =>
      undoRedemptionsOf(w, callOfClerk(), momentOf(callOfClerk()), exchange, '换货作废'),
    )
    expect((await clerk().open({ voucherId: id })).balance).toBe(10_000)
    expect((await redeem(10_000)).balance).toBe(0)
  })

  /** As the exchange's own command calls it. */
  function callOfClerk(): Call {
    return {
      actor: { id: test.clerk.id },
      now: () => new Date(deskNow),
      today: '2026-11-21',
      bookedOn: '2026-11-21',
      profile: {
        deskNo: '0312',
        currency: 'CNY',
        province: '广东省',
        language: 'zh-CN',
        timeZone: 'Asia/Shanghai',
        cutoffMinutes: 240,
      },
    } as Call
  }
})

describe('the paper', () => {
  it('carries the code of its voucher, the original and every copy', async () => {
    const { id, number, code } = await give(10_000)
    const printed = async (format: '80mm' | 'A6') => {
      const paper = { document: 'voucher', voucherId: id, format } as const
      const { copyNo, pdf } = await test.clerk.client.papers.print(paper)
      const bytes = new Uint8Array(await pdf.arrayBuffer())
      const [qr = []] = contentStreams(bytes).flatMap(readCells)
      return [copyNo, decodeQr(qr)]
    }
    const own = `GWD1|${number}|${code}`
    expect(await printed('80mm')).toEqual([0, own])
    await clerk().redeem({ scan: code, amount: 100, receiptNo: 'R-70' })
    await give(10_000)
    expect(await printed('80mm')).toEqual([1, own])
    expect(await printed('A6')).toEqual([2, own])
    expect((await clerk().open({ voucherId: id })).prints).toBe(3)
  })
})

describe('the books', () => {
  it('are found by number, code, name and the tail of a phone number', async () => {
    const someone = { name: '欧阳修文', phone: '13612340987' }
    const { id, number, code } = await give(1_000, someone)
    for (const text of [number, number.slice(-6), spellVoucherCode(code), '欧阳修文', '0987']) {
      const { vouchers } = await clerk().list({ text })
      expect(vouchers.map((each) => each.id)).toEqual([id])
    }
    expect((await clerk().list({ text: '没有这个人' })).vouchers).toEqual([])
  })

  it('sum up by day and balance for every voucher', async () => {
    const day = await clerk().day({ businessDate: '2026-11-21' })
    const moved = day.movements.reduce((sum, each) => sum + each.amount, 0)
    expect(day.outstanding).toBe(moved)
    await expectBalanced()
  })

  it('keep codes out of the audit log, whose chain holds', async () => {
    const { code } = await give(1_000)
    const rows = await test.desk.folder.store.read((r) =>
      r.selectFrom('audit_log').select('data').where('subject_type', '=', 'voucher').execute(),
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.some(({ data }) => data.includes(code))).toBe(false)
    const chain = await test.desk.folder.store.read((r) => verifyChain(r))
    expect(chain.brokenAt).toBeNull()
  })

  it('are refused by the database itself where they would not balance', async () => {
    const { id } = await give(1_000)
    const movement = {
      voucher_id: id,
      seq: 2,
      kind: 'redeem' as const,
      amount: -100,
      balance: 950,
      at: deskNow,
      business_date: '2026-11-21',
      actor_id: 1,
      desk_no: '0312',
      ref_type: null,
      approval_id: null,
    }
    const insert = (row: typeof movement) =>
      test.write((w) => w.insertInto('voucher_movement').values(row).execute())
    await expect(insert(movement)).rejects.toThrow('balance')
    await expect(insert({ ...movement, amount: -1_100, balance: -100 })).rejects.toThrow('CHECK')
    await expect(insert({ ...movement, seq: 3, balance: 900 })).rejects.toThrow('balance')
    await expect(
      test.write((w) =>
        w.updateTable('voucher').set({ balance: 5 }).where('id', '=', id).execute(),
      ),
    ).rejects.toThrow('last movement')
  })
})
