import type { DeskClient, TestDesk } from '../desk.ts'
import { sellFor, stock } from '../exchange-case.ts'
import { openHouse } from '../open-house.ts'

/** Three numbers from which a deed takes whatever it has to choose. */
export interface Dice {
  a: number
  b: number
  c: number
}

/** A line of goods some of which are still with the customer. */
export interface HeldLine {
  receiptId: number
  saleLineId: number
  name: string
  units: number
  free: number
  serialNo: string
}

/** What has happened in one history: a few sales of its own in a store that others use too. */
export class World {
  readonly test: TestDesk
  readonly goods: Readonly<Record<string, number>>
  readonly receiptIds: number[] = []
  readonly exchangeIds: number[] = []
  readonly refundIds: number[] = []
  readonly repairIds: number[] = []
  #serials = 0
  #slips = 0
  readonly #name: string

  constructor(test: TestDesk, goods: Readonly<Record<string, number>>, name: string) {
    this.test = test
    this.goods = goods
    this.#name = name
  }

  get client(): DeskClient {
    return this.test.manager.client
  }

  /** A serial number nobody has had yet. */
  freshSerial(): string {
    this.#serials += 1
    return `${this.#name}-SN-${this.#serials}`
  }

  async sell(
    lines: Parameters<typeof sellFor>[2],
    tenders: Parameters<typeof sellFor>[3],
  ): Promise<string> {
    this.#slips += 1
    const receiptNo = `${this.#name}-${this.#slips}`
    const { receiptId } = await sellFor(this.test, receiptNo, lines, tenders)
    this.receiptIds.push(receiptId)
    return receiptNo
  }

  /** Goods that are with customers, in an order that never changes. */
  heldLines(): Promise<HeldLine[]> {
    return this.test.write(async (w) => {
      const rows = await w
        .selectFrom('sale_line')
        .select(['receipt_id', 'id', 'name', 'units', 'serial_no'])
        .select((line) =>
          line
            .selectFrom('returned_unit')
            .select((row) => row.fn.countAll<number>().as('back'))
            .whereRef('returned_unit.sale_line_id', '=', 'sale_line.id')
            .where('returned_unit.live', '=', 1)
            .as('back'),
        )
        .where('receipt_id', 'in', this.receiptIds)
        .orderBy('id')
        .execute()
      return rows
        .map((row) => ({
          receiptId: row.receipt_id,
          saleLineId: row.id,
          name: row.name,
          units: row.units,
          free: row.units - (row.back ?? 0),
          serialNo: row.serial_no,
        }))
        .filter((line) => line.free > 0)
    })
  }

  /** Exchanges of this history in a state, in the order they were recorded. */
  exchangesIn(state: 'ordered' | 'awaiting_handover') {
    return this.test.write((w) =>
      w
        .selectFrom('exchange')
        .select(['id', 'version'])
        .where('id', 'in', this.exchangeIds)
        .where('state', '=', state)
        .orderBy('id')
        .execute(),
    )
  }
}

/** A store in which everything may come back, with goods to give for it. */
export async function openWorldStore(test: TestDesk): Promise<Record<string, number>> {
  await test.write((w) => openHouse(w, ['refund', 'exchange', 'repair']))
  return stock(
    test,
    { sku: 'L-COAT-M', name: '羊毛大衣 M', spec: 'M', listPrice: 89_900 },
    { sku: 'L-COAT-L', name: '羊毛大衣 L', spec: 'L', listPrice: 89_900 },
    { sku: 'L-SOCKS', name: '羊毛袜', listPrice: 1_333 },
    { sku: 'L-PHONE', name: '极致 X5', model: 'JZ-X5', listPrice: 299_900, serialTracked: true },
  )
}

/** One of a list, by a number that may be anything. */
export function pick<Item>(items: readonly Item[], die: number): Item | undefined {
  return items.length === 0 ? undefined : items[die % items.length]
}
