import type { Store, WriteHandle } from '../../src-main/database/store.ts'
import type { Answer } from '../../src-main/rights/contract.ts'
import type { DeskClient, TestDesk } from './desk.ts'
import { addCustomer, addProduct, addReceipt } from './sold.ts'

type Intake = Parameters<DeskClient['repairs']['intake']>[0]
type Item = Intake['items'][number]

/** A desk that has sold goods which break, and what a clerk does to them in one call each. */
export interface RepairDesk extends RepairHands {
  desk: TestDesk
}

/** What is done with sold goods that break, by one operator. */
export interface RepairHands {
  client: DeskClient
  sale: { id: number; lineIds: number[] }
  /** One sold unit as the intake form sends it; `line` is the place on the sale. */
  sold(line: number, more?: Partial<Item>, unitNo?: number): Item
  /** A decision of the rules, written down. */
  decide(line: number, answer?: Answer): Promise<number>
  takeIn(
    items: Item[],
    more?: Partial<Omit<Intake, 'items'>>,
  ): Promise<{ id: number; number: string }>
  open(repairId: number): ReturnType<DeskClient['repairs']['open']>
  /** The only item of a ticket. */
  item(repairId: number): Promise<Awaited<ReturnType<DeskClient['repairs']['open']>>['items'][0]>
  /** From the desk to the repairer and back, worked on and looked over: ready for the customer. */
  mend(
    repairId: number,
    work?: Partial<Parameters<DeskClient['repairs']['recordWork']>[0]>,
  ): Promise<void>
  codeOf(repairId: number): Promise<string>
  handBack(repairId: number): Promise<void>
}

export const soldOn = '2026-09-01'

let sales = 0

/** A fridge, two kettles and a phone, sold on 2026-09-01 to a known customer; a sale of its own each time. */
export async function sellThingsThatBreak(
  w: WriteHandle,
): Promise<{ id: number; lineIds: number[] }> {
  sales += 1
  const customerId = await addCustomer(w, { name: '王小明', phone: '13812345521' })
  const product = async (sku: string, name: string, category: string) => {
    const id = await addProduct(w, { sku: `${sku}-${sales}`, name, brand: '清澜' })
    await w.updateTable('product').set({ category }).where('id', '=', id).execute()
    return id
  }
  return addReceipt(w, {
    receiptNo: `031200000000${4_820 + sales}`,
    businessDate: soldOn,
    customerId,
    lines: [
      {
        name: '清澜 对开门冰箱 510 升',
        paid_amount: 429_900,
        product_id: await product('F-1', '清澜 对开门冰箱 510 升', '电冰箱'),
        serial_no: 'QL510A0093321',
      },
      {
        name: '电热水壶 1.7 升',
        paid_amount: 25_800,
        units: 2,
        qty_milli: 2_000,
        product_id: await product('K-1', '电热水壶 1.7 升', '小家电'),
      },
      {
        name: '清澜 手机 X3 128G',
        paid_amount: 199_900,
        product_id: await product('P-1', '清澜 手机 X3 128G', '手机'),
        serial_no: '861234567890123',
      },
    ],
  })
}

/** A desk that has just sold them. */
export async function openRepairDesk(desk: TestDesk): Promise<RepairDesk> {
  const sale = await desk.write(sellThingsThatBreak)
  const { id: ownerId, client } = desk.clerk
  const { store } = desk.desk.folder
  return { desk, ...repairsBy({ client, ownerId, store, sale }) }
}

interface Hands {
  client: DeskClient
  /** Who keeps the promises. */
  ownerId: number
  store: Store
  sale: RepairHands['sale']
}

export function repairsBy({ client, ownerId, store, sale }: Hands): RepairHands {
  const open = (repairId: number) => client.repairs.open({ repairId })
  const item = async (repairId: number) => {
    const [only] = (await open(repairId)).items
    if (!only) throw new Error('a ticket without goods')
    return only
  }
  const seen = async (repairId: number) => {
    const { id, version } = await item(repairId)
    return { itemId: id, version }
  }
  const codeOf = async (repairId: number) => {
    const row = await store.read((r) =>
      r.selectFrom('repair').select('pickup_code').where('id', '=', repairId).executeTakeFirst(),
    )
    return row?.pickup_code ?? ''
  }
  return {
    client,
    sale,
    sold: (line, more = {}, unitNo = 1) => ({
      subject: { kind: 'sold', saleLineId: sale.lineIds[line] ?? 0, unitNo },
      fault: '不制冷，压缩机一直响',
      ...more,
    }),
    decide: async (line, answer = {}) => {
      const { id } = await client.rights.freeze({
        receiptId: sale.id,
        lines: [{ saleLineId: sale.lineIds[line] ?? 0, units: 1 }],
        answers: { all: { reason: 'quality', findings: [], ...answer } },
      })
      return id
    },
    takeIn: (items, more = {}) =>
      client.repairs.intake({
        items,
        contact: { name: '王小明', phone: '13812345521' },
        promise: { ownerId, text: '修好后电话通知', dueAt: farOff },
        ...more,
      }),
    open,
    item,
    mend: async (repairId, work = {}) => {
      const to = { holder: 'maker', name: '清澜电器售后', contact: '400-800-1234' } as const
      await client.repairs.send({ ...(await seen(repairId)), ...to, waybill: 'SF1234567890' })
      await client.repairs.recordWork({
        ...(await seen(repairId)),
        actualFault: '压缩机启动器损坏',
        work: '更换启动器，抽真空，加制冷剂',
        parts: [{ name: '启动器', partNo: 'QD-88', serialNo: 'A2291' }],
        ...work,
      })
      await client.repairs.bringBack(await seen(repairId))
      await client.repairs.check({ ...(await seen(repairId)), ok: true })
    },
    codeOf,
    handBack: async (repairId) => {
      const { version, items } = await open(repairId)
      await client.repairs.handBack({
        repairId,
        version,
        itemIds: items.filter(({ reception }) => reception === 'ready').map(({ id }) => id),
        code: await codeOf(repairId),
        taker: { whom: 'self', name: '王小明' },
        signature: null,
        signedOnPaper: true,
      })
    },
  }
}

/** Longer than any test goes on. */
const farOff = '2027-06-30T09:00:00.000Z'
