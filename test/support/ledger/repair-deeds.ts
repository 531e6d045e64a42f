import type { Deed } from './deeds.ts'
import { unlessRefused } from './voucher-deeds.ts'
import { type Dice, pick, type World } from './world.ts'

const farOff = '2027-06-30T09:00:00.000Z'
const makers = ['清澜电器售后', '街角维修部'] as const
const remedies = ['exchange', 'refund'] as const
const places = ['floor', 'quarantine', 'vendor_return', 'repair', 'scrap'] as const

/** Goods of this history that a repair has now, or waits for, in an order that never changes. */
function itemsInRepair(world: World) {
  return world.test.write((w) =>
    w
      .selectFrom('repair_item')
      .select(['id as itemId', 'version', 'repair_id as repairId', 'reception', 'acceptance'])
      .select(['receipt_id as receiptId', 'sale_line_id as saleLineId', 'serial_no as serialNo'])
      .where('repair_id', 'in', world.repairIds)
      .where('reception', 'not in', ['handed_back', 'kept', 'cancelled'])
      .orderBy('id')
      .execute(),
  )
}

type Item = Awaited<ReturnType<typeof itemsInRepair>>[number]

/** A sold unit breaks, and now and then something from elsewhere comes along that is repaired for money. */
const takeIn: Deed = {
  name: 'take in for repair',
  run: async (world, { a, b, c }) => {
    const line = pick(await world.heldLines(), a)
    if (!line) return
    const { saleLineId, receiptId } = line
    const { id: rightsId } = await world.client.rights.freeze({
      receiptId,
      lines: [{ saleLineId, units: 1 }],
      answers: { all: { reason: 'quality', findings: [] } },
    })
    const unitNo = 1 + (b % line.units)
    const paid = {
      subject: { kind: 'elsewhere' as const },
      name: '旧收音机',
      fault: '没有声音',
      quote: { estimate: 1 + (b % 9_000), limit: 20_000 },
      consent: { how: 'phone' as const, by: '周先生' },
    }
    const taken = await unlessRefused(
      world.client.repairs.intake({
        items: [
          {
            subject: { kind: 'sold', saleLineId, unitNo },
            fault: '不工作',
            rightsId,
          },
          ...(c % 4 === 0 ? [paid] : []),
        ],
        contact: { name: '周先生', phone: '13812345521' },
        received: b % 5 !== 0,
        promise: { ownerId: world.test.clerk.id, text: '修好后电话通知', dueAt: farOff },
      }),
    )
    if (taken) world.repairIds.push(taken.id)
  },
}

/** What can happen next to goods in repair, and sometimes what comes after it. */
const goOnRepairing: Deed = {
  name: 'go on with a repair',
  run: async (world, dice) => {
    const chosen = pick(await itemsInRepair(world), dice.a)
    for (let step = 0; step <= dice.c % 4; step += 1) {
      const item = (await itemsInRepair(world)).find(({ itemId }) => itemId === chosen?.itemId)
      if (item) await stepOf(item, world, { ...dice, b: dice.b + step })
    }
  },
}

async function stepOf(item: Item, world: World, { b, c }: Dice): Promise<void> {
  const { repairs } = world.client
  const { itemId, version } = item
  const seen = { itemId, version }
  switch (item.reception) {
    case 'expected':
      if (b % 4 === 0) await repairs.cancel({ ...seen, reason: '不来了' })
      else await repairs.receive(seen)
      return
    case 'received':
      if (b % 5 === 0) await repairs.giveUp({ ...seen, reason: 'no_fault' })
      else if (b % 5 === 1) await repairs.finish(await worked(item, world, c))
      else {
        const name = pick(makers, c) ?? makers[0]
        await repairs.send({ ...seen, holder: 'maker', name })
      }
      return
    case 'with_repairer':
      await repairs.bringBack(b % 2 === 0 ? await worked(item, world, c) : seen)
      return
    case 'back': {
      const ok = b % 4 !== 0
      const now = ok ? await worked(item, world, c) : seen
      await repairs.check({ ...now, ok, note: ok ? '' : '还是响' })
      return
    }
    case 'ready':
      if (b % 6 === 0) await repairs.reopen({ ...seen, note: '又坏了' })
      else await handBack(item, world)
      return
    case 'handed_back':
    case 'kept':
    case 'cancelled':
  }
}

async function worked(item: Item, world: World, c: number) {
  const { itemId, version } = item
  const done = await world.client.repairs.recordWork({
    itemId,
    version,
    actualFault: '接触不良',
    work: '重新焊接',
    fees: [{ kind: 'labour', amount: c % 900 }],
  })
  return { itemId, version: done.version }
}

async function handBack({ itemId, repairId }: Item, world: World): Promise<void> {
  const { version } = await world.client.repairs.open({ repairId })
  const { pickup_code: code } = await world.test.write((w) =>
    w
      .selectFrom('repair')
      .select('pickup_code')
      .where('id', '=', repairId)
      .executeTakeFirstOrThrow(),
  )
  await world.client.repairs.handBack({
    repairId,
    version,
    itemIds: [itemId],
    code,
    taker: { whom: 'self', name: '周先生' },
    signature: null,
    signedOnPaper: true,
  })
}

/** A repair comes to nothing: the customer gets other goods, or the money, wherever the unit is now. */
const turnRepairInto: Deed = {
  name: 'turn a repair into an exchange or a refund',
  run: async (world, { a, b, c }) => {
    const sold = (await itemsInRepair(world)).filter(({ saleLineId }) => saleLineId !== null)
    const item = pick(sold, a)
    if (!item || item.saleLineId === null || item.receiptId === null) return
    const remedy = pick(remedies, b) ?? 'refund'
    const { itemId, version, receiptId, saleLineId } = item
    await world.client.repairs.leadTo({ itemId, version, remedy, rightsId: null })
    const back = {
      receiptId,
      reason: 'quality' as const,
      lines: [{ saleLineId, units: 1, condition: 'faulty' as const, packagingIntact: false }],
    }
    if (remedy === 'refund') {
      const quote = await unlessRefused(world.client.refunds.preview(back))
      if (!quote) return
      const { id } = await world.client.refunds.record({ ...back, expectedAmount: quote.amount })
      world.refundIds.push(id)
      return
    }
    const draft = {
      ...back,
      given: [{ productId: world.goods['L-COAT-L'] ?? null }],
      collect: { kind: 'cash' as const },
      goodsReceived: c % 2 === 0,
    }
    const quote = await unlessRefused(world.client.exchanges.preview(draft))
    if (!quote) return
    const { id } = await world.client.exchanges.record({
      ...draft,
      expectedDifference: quote.difference,
    })
    world.exchangeIds.push(id)
  },
}

/** What came back goes on to where it is sent, or somewhere else. */
const moveGoods: Deed = {
  name: 'move goods that came back',
  run: async (world, { a, b }) => {
    const unit = pick(await goodsOf(world), a)
    if (!unit) return
    const to = pick(places, b) ?? 'quarantine'
    await unlessRefused(world.client.goods.move({ ...unit, to, reason: '验看之后' }))
  },
}

function goodsOf(world: World) {
  return world.test.write((w) =>
    w
      .selectFrom('goods_unit')
      .innerJoin('sale_line', 'sale_line.id', 'goods_unit.sale_line_id')
      .select(['goods_unit.id as unitId', 'goods_unit.version'])
      .where('sale_line.receipt_id', 'in', world.receiptIds)
      .where('goods_unit.live', '=', 1)
      .orderBy('goods_unit.id')
      .execute(),
  )
}

/** What a repair ended in is declared void: the repair goes on, with whoever has the goods. */
const thinkAgain: Deed = {
  name: 'void what a repair ended in',
  run: async (world, { a }) => {
    const kept = await world.test.write((w) =>
      w
        .selectFrom('repair_item')
        .innerJoin('refund', 'refund.number', 'repair_item.remedy_number')
        .leftJoin('exchange', 'exchange.id', 'refund.exchange_id')
        .select(['refund.id as refundId', 'refund.version', 'exchange.id as exchangeId'])
        .select(['exchange.version as exchangeVersion', 'exchange.state'])
        .where('repair_id', 'in', world.repairIds)
        .where('repair_item.reception', '=', 'kept')
        .orderBy('repair_item.id')
        .execute(),
    )
    const one = pick(
      kept.filter(({ state }) => state === null || state === 'awaiting_handover'),
      a,
    )
    if (!one) return
    const { refundId, version, exchangeId, exchangeVersion } = one
    const reason = '顾客反悔'
    await unlessRefused(
      exchangeId === null
        ? world.client.refunds.void({ refundId, version, reason })
        : world.client.exchanges.void({ exchangeId, version: exchangeVersion ?? 0, reason }),
    )
  },
}

/** Each thing once that can happen to goods in repair. */
export const repairsAndTheirEnds: readonly Deed[] = [
  takeIn,
  goOnRepairing,
  turnRepairInto,
  thinkAgain,
  moveGoods,
]

/** A history of nothing but repairs; the more often something happens, the more often it stands here. */
export const repairDeeds: readonly Deed[] = [
  ...repairsAndTheirEnds,
  takeIn,
  goOnRepairing,
  turnRepairInto,
  thinkAgain,
]
