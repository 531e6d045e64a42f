import { ORPCError } from '@orpc/server'
import { parseVoucherCode } from '../../../src-main/foundation/voucher-code.ts'
import type { Deed } from './deeds.ts'
import { pick, type World } from './world.ts'

/** Refusals that are part of the game; any other is a fault of the test or of the desk. */
const expected = [
  'vouchers.over_cap',
  'vouchers.over_cap_bearer',
  'vouchers.over_cap_consumer',
  'vouchers.spent_meanwhile',
  'refunds.more_than_paid',
  'refunds.nothing_chosen',
  'refunds.adjusted_unit_back',
  'refunds.unit_in_repair',
  'repairs.unit_in_repair',
  'repairs.unit_returned',
  'goods.gone',
  'goods.never_hygiene',
  'goods.no_such_step',
]

/** Does it unless the desk says no for a reason of the game. @returns null where it did. */
export async function unlessRefused<Result>(deed: Promise<Result>): Promise<Result | null> {
  try {
    return await deed
  } catch (error) {
    const data: unknown = error instanceof ORPCError ? error.data : null
    const reason = typeof data === 'object' && data !== null && 'reason' in data ? data.reason : ''
    if (expected.includes(String(reason))) return null
    throw error
  }
}

/** Vouchers there are money on, in an order that never changes. */
function liveVouchers(world: World) {
  return world.test.write((w) =>
    w
      .selectFrom('voucher')
      .select(['id', 'number', 'code', 'balance'])
      .where('state', '=', 'active')
      .orderBy('id')
      .execute(),
  )
}

/** A voucher the customer can add the difference of an exchange with, every other time there is one. */
export async function voucherFor(world: World, difference: number, die: number) {
  if (difference <= 0) return undefined
  // Cash is rounded, a voucher is not: it needs a little more on it than the rounded difference.
  const least = difference + 100
  const enough = (await liveVouchers(world)).filter(({ balance }) => balance >= least)
  return die % 2 === 0 ? pick(enough, die) : undefined
}

/** Goods come back, and all of it becomes a voucher instead of what was paid with. */
export const refundAsVoucher: Deed = {
  name: 'refund as a voucher',
  run: async (world, { a, b }) => {
    const line = pick(await world.heldLines(), a)
    if (!line) return
    const { tenders } = await world.client.sales.open({ receiptId: line.receiptId })
    const draft = {
      receiptId: line.receiptId,
      reason: 'quality' as const,
      lines: [
        {
          saleLineId: line.saleLineId,
          units: 1 + (b % line.free),
          condition: 'faulty' as const,
          packagingIntact: true,
          serialNos: line.serialNo === '' ? [] : [line.serialNo],
        },
      ],
      voucherHolder: { name: '周梅', phone: '13812345521' },
    }
    const plain = await unlessRefused(world.client.refunds.preview(draft))
    if (!plain) return
    const back = plain.tenders.filter((each) => each.ways.some(({ to }) => to === 'voucher'))
    const otherTenders = tenders
      .filter(({ id }) => back.some((each) => each.tenderId === id))
      .map(({ id }) => ({ tenderId: id, to: 'voucher' as const, reason: '下次还来' }))
    const ask = { ...draft, otherTenders }
    const quote = await unlessRefused(world.client.refunds.preview(ask))
    if (!quote) return
    const done = await unlessRefused(
      world.client.refunds.record({ ...ask, expectedAmount: quote.amount }),
    )
    if (done) world.refundIds.push(done.id)
  },
}

/** A till takes a voucher for a sale of its own, and the desk is told. */
export const payWithVoucher: Deed = {
  name: 'sell for a voucher',
  run: async (world, { a, b, c }) => {
    const voucher = pick(await liveVouchers(world), a)
    if (!voucher || parseVoucherCode(voucher.code) === null) return
    const amount = 1 + (b % voucher.balance)
    const cash = c % 5_000
    const paid = amount + cash
    const line = {
      name: '羊毛大衣 M',
      product_id: world.goods['L-COAT-M'] ?? null,
      list_amount: paid,
      paid_amount: paid,
    }
    const tenders = [
      ['voucher', amount],
      ['cash', cash],
    ] as const
    const receiptNo = await world.sell(
      [line],
      tenders.filter(([, each]) => each > 0),
    )
    await world.client.vouchers.redeem({
      scan: voucher.code,
      amount,
      receiptNo,
      till: '01',
      receiptDate: '2026-11-20',
    })
  },
}

/** The price fell: the goods stay, a part of what was paid comes back. */
export const adjustPrice: Deed = {
  name: 'adjust a price',
  run: async (world, { a, b, c }) => {
    const line = pick(await world.heldLines(), a)
    if (!line) return
    const units = 1 + (b % line.free)
    const ask = {
      receiptId: line.receiptId,
      reason: 'price' as const,
      allowances: [{ saleLineId: line.saleLineId, units, amount: 1 + (c % 9_000) }],
    }
    const quote = await unlessRefused(world.client.refunds.preview(ask))
    if (!quote) return
    const { id } = await world.client.refunds.record({ ...ask, expectedAmount: quote.amount })
    world.refundIds.push(id)
  },
}

/** A named voucher gets lost, and is replaced. */
export const loseVoucher: Deed = {
  name: 'lose a voucher',
  run: async (world, { a }) => {
    const voucher = pick(await liveVouchers(world), a)
    if (!voucher) return
    const { version, holder } = await world.client.vouchers.open({ voucherId: voucher.id })
    if (!holder) return
    await world.client.vouchers.reportLoss({
      voucherId: voucher.id,
      phone: '13812345521',
      reason: '丢了',
      version,
    })
  },
}
