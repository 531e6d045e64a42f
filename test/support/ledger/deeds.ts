import { giveOut } from '../exchange-case.ts'
import { repairsAndTheirEnds } from './repair-deeds.ts'
import {
  adjustPrice,
  loseVoucher,
  payWithVoucher,
  refundAsVoucher,
  unlessRefused,
  voucherFor,
} from './voucher-deeds.ts'
import { type Dice, type HeldLine, pick, type World } from './world.ts'

/** Something people do at a desk. It does nothing where there is nothing to do it to. */
export interface Deed {
  name: string
  run(world: World, dice: Dice): Promise<void>
}

const conditions = ['sealed', 'opened', 'used', 'faulty'] as const
const collects = ['cash', 'wechat', 'bank_card'] as const

const sell: Deed = {
  name: 'sell',
  run: async (world, { a, b, c }) => {
    const units = 1 + (a % 3)
    const coat = 20_000 + (b % 69_900)
    const lines = [
      {
        name: '羊毛大衣 M',
        product_id: world.goods['L-COAT-M'] ?? null,
        units,
        qty_milli: units * 1_000,
        list_amount: 89_900 * units,
        paid_amount: coat * units - (c % 7),
      },
      ...(c % 2 === 0
        ? [
            {
              name: '极致 X5',
              product_id: world.goods['L-PHONE'] ?? null,
              serial_no: world.freshSerial(),
              paid_amount: 199_900 + (b % 100_000),
            },
          ]
        : []),
    ]
    const total = lines.reduce((sum, line) => sum + line.paid_amount, 0)
    const cash = Math.floor((total * (a % 101)) / 100)
    const card = Math.floor(((total - cash) * (b % 101)) / 100)
    const tenders = [
      ['cash', cash],
      ['stored_value', card],
      ['wechat', total - cash - card],
    ] as const
    await world.sell(
      lines,
      tenders.filter(([, amount]) => amount > 0),
    )
  },
}

const refund: Deed = {
  name: 'refund',
  run: async (world, { a, b, c }) => {
    const line = pick(await world.heldLines(), a)
    if (!line) return
    const draft = {
      receiptId: line.receiptId,
      reason: 'quality' as const,
      lines: [backOf(line, b, c)],
      giftParts: [],
    }
    const quote = await unlessRefused(world.client.refunds.preview(draft))
    if (!quote) return
    const { id } = await world.client.refunds.record({ ...draft, expectedAmount: quote.amount })
    world.refundIds.push(id)
  },
}

const voidRefund: Deed = {
  name: 'void a refund',
  run: async (world, { a }) => {
    const refundId = pick(world.refundIds, a)
    if (refundId === undefined) return
    const { state, version } = await world.client.refunds.open({ refundId })
    if (state === 'void') return
    // A voucher it issued may be spent since: then the slip stands.
    await unlessRefused(world.client.refunds.void({ refundId, version, reason: '开错' }))
  },
}

/** One or two lines of a sale for one or two things of any price; every fourth time they have to be ordered. */
const exchange: Deed = {
  name: 'exchange',
  run: async (world, { a, b, c }) => {
    const held = await world.heldLines()
    const first = pick(held, a)
    if (!first) return
    const others = held.filter(
      (each) => each.receiptId === first.receiptId && each.saleLineId !== first.saleLineId,
    )
    const second = c % 3 === 0 ? pick(others, b) : undefined
    const draft = {
      receiptId: first.receiptId,
      reason: 'quality' as const,
      lines: [backOf(first, b, c), ...(second ? [backOf(second, a, b)] : [])],
      given: givenBy(world, b, c),
      collect: { kind: pick(collects, a) ?? ('cash' as const) },
    }
    const order =
      a % 4 === 0
        ? { dueAt: '2026-11-28T09:00:00.000Z', ownerId: world.test.clerk.id, text: '到货通知' }
        : null
    const plain = await unlessRefused(world.client.exchanges.preview(draft))
    if (!plain) return
    // What is ordered is paid when it comes; until then no voucher is taken.
    const voucher = order === null ? await voucherFor(world, plain.difference, b) : undefined
    const asked = voucher
      ? { ...draft, collect: { kind: 'voucher' as const, voucherCode: voucher.code } }
      : draft
    const { difference } = await world.client.exchanges.preview(asked)
    const { id } = await world.client.exchanges.record({
      ...asked,
      order,
      expectedDifference: difference,
    })
    world.exchangeIds.push(id)
  },
}

function givenBy(world: World, b: number, c: number) {
  const phone = { productId: world.goods['L-PHONE'] ?? null, serialNo: world.freshSerial() }
  const choices = [
    [{ productId: world.goods['L-COAT-L'] ?? null, units: 1 + (c % 2) }],
    [phone],
    [{ productId: world.goods['L-SOCKS'] ?? null, units: 1 + (c % 5) }],
    [{ name: '皮手套', unitPrice: 1 + ((b * 37) % 150_000) }, phone],
  ]
  return pick(choices, b) ?? []
}

function backOf(line: HeldLine, b: number, c: number) {
  return {
    saleLineId: line.saleLineId,
    units: 1 + (b % line.free),
    condition: pick(conditions, c) ?? ('opened' as const),
    packagingIntact: true,
    serialNos: line.serialNo === '' ? [] : [line.serialNo],
  }
}

const handOver: Deed = {
  name: 'hand over',
  run: async (world, { a }) => {
    const waiting = pick(await world.exchangesIn('awaiting_handover'), a)
    if (!waiting) return
    const { reception, version } = await world.client.exchanges.open({ exchangeId: waiting.id })
    if (reception === 'awaited') {
      await world.client.exchanges.receive({ exchangeId: waiting.id, version })
    }
    const { newReceiptId } = await giveOut(world.test, waiting.id)
    world.receiptIds.push(newReceiptId)
  },
}

const arrive: Deed = {
  name: 'ordered goods arrive',
  run: async (world, { a }) => {
    const ordered = pick(await world.exchangesIn('ordered'), a)
    if (!ordered) return
    await world.client.exchanges.arrive({ exchangeId: ordered.id, version: ordered.version })
  },
}

const voidExchange: Deed = {
  name: 'void an exchange',
  run: async (world, { a, b }) => {
    const state = b % 2 === 0 ? 'ordered' : 'awaiting_handover'
    const open = pick(await world.exchangesIn(state), a)
    if (!open) return
    const seen = { exchangeId: open.id, version: open.version }
    await unlessRefused(world.client.exchanges.void({ ...seen, reason: '顾客反悔' }))
  },
}

/** What can happen; the more often it does in a store, the more often it stands here. */
export const deeds: readonly Deed[] = [
  sell,
  refund,
  exchange,
  exchange,
  exchange,
  handOver,
  handOver,
  handOver,
  arrive,
  voidExchange,
  voidRefund,
  refundAsVoucher,
  payWithVoucher,
  payWithVoucher,
  adjustPrice,
  loseVoucher,
  ...repairsAndTheirEnds,
]
