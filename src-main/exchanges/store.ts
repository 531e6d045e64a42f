import type { ExchangeTable, HandoverTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { Goods } from './family.ts'
import type { ExchangeState, Reception } from './rules.ts'

/** An exchange as it stands, with what it was given for. */
export interface ExchangeRecord {
  id: number
  number: string
  state: ExchangeState
  reception: Reception
  acceptance: ExchangeTable['acceptance']
  caseId: number
  refundId: number
  receiptId: number
  receiptNo: string
  till: string
  saleDate: string
  newReceiptId: number | null
  businessDate: string
  recordedAt: string
  recordedBy: string
  reason: ExchangeTable['reason']
  note: string
  currency: string
  credit: number
  given: number
  rounding: number
  difference: number
  rightsId: number | null
  handedOverOn: string | null
  voidedOn: string | null
  voidReason: string | null
  version: number
  /** Where the handover of part 2 is; null where there is none. */
  later: HandoverTable['state'] | null
  customer: { id: number; name: string; phone: string } | null
}

/** The receipt of a till that an exchange stands for. */
export async function findTillReceipt(
  r: ReadHandle,
  exchangeId: number,
): Promise<{ id: number; receiptNo: string } | undefined> {
  const row = await r
    .selectFrom('exchange')
    .innerJoin('receipt', 'receipt.id', 'exchange.pos_receipt_id')
    .select(['receipt.id', 'receipt.receipt_no'])
    .where('exchange.id', '=', exchangeId)
    .executeTakeFirst()
  return row && { id: row.id, receiptNo: row.receipt_no }
}

function selectExchanges(r: ReadHandle) {
  return r
    .selectFrom('exchange')
    .innerJoin('receipt', 'receipt.id', 'exchange.receipt_id')
    .innerJoin('operator', 'operator.id', 'exchange.recorded_by')
    .innerJoin('refund', 'refund.exchange_id', 'exchange.id')
    .leftJoin('customer', 'customer.id', 'receipt.customer_id')
    .leftJoin('handover as later', (join) =>
      join.onRef('later.exchange_id', '=', 'exchange.id').on('later.part', '=', 2),
    )
    .selectAll('exchange')
    .select([
      'later.state as later_state',
      'refund.id as refund_id',
      'receipt.receipt_no',
      'receipt.till',
      'receipt.business_date as sale_date',
      'operator.name as recorded_by_name',
      'customer.id as customer_id',
      'customer.name as customer_name',
      'customer.phone as customer_phone',
    ])
}

type ExchangeRow = Awaited<ReturnType<ReturnType<typeof selectExchanges>['execute']>>[number]

function recordOf(row: ExchangeRow): ExchangeRecord {
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    reception: row.reception,
    acceptance: row.acceptance,
    caseId: row.case_id,
    refundId: row.refund_id,
    receiptId: row.receipt_id,
    receiptNo: row.receipt_no,
    till: row.till,
    saleDate: row.sale_date,
    newReceiptId: row.new_receipt_id,
    businessDate: row.business_date,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by_name,
    reason: row.reason,
    note: row.note,
    currency: row.currency,
    credit: row.credit,
    given: row.given,
    rounding: row.rounding,
    difference: row.difference,
    rightsId: row.rights_id,
    handedOverOn: row.handed_over_on,
    voidedOn: row.voided_on,
    voidReason: row.void_reason,
    version: row.version,
    later: row.later_state,
    customer:
      row.customer_id === null
        ? null
        : { id: row.customer_id, name: row.customer_name ?? '', phone: row.customer_phone ?? '' },
  }
}

export async function findExchange(r: ReadHandle, id: number): Promise<ExchangeRecord | undefined> {
  const row = await selectExchanges(r).where('exchange.id', '=', id).executeTakeFirst()
  return row && recordOf(row)
}

/** Exchanges of the goods of a sale, and the one that made it where it is the desk's; newest first. */
export async function listOfReceipt(r: ReadHandle, receiptId: number): Promise<ExchangeRecord[]> {
  const rows = await selectExchanges(r)
    .where((each) =>
      each.or([
        each('exchange.receipt_id', '=', receiptId),
        each('exchange.new_receipt_id', '=', receiptId),
      ]),
    )
    .orderBy('exchange.id', 'desc')
    .execute()
  return rows.map(recordOf)
}

/** Exchanges nobody has handed over yet, the oldest first. */
export async function listUnfinished(r: ReadHandle): Promise<ExchangeRecord[]> {
  const rows = await selectExchanges(r)
    .where((each) =>
      each.or([
        each('exchange.state', 'in', ['ordered', 'awaiting_handover']),
        each.and([each('exchange.state', '=', 'handed_over'), each('later.state', '=', 'open')]),
      ]),
    )
    .orderBy('exchange.recorded_at')
    .orderBy('exchange.id')
    .execute()
  return rows.map(recordOf)
}

/** The last exchanges, newest first; `before` is the last one of the page before. */
export async function listRecent(
  r: ReadHandle,
  before: number | undefined,
  limit: number,
): Promise<ExchangeRecord[]> {
  const rows = await selectExchanges(r)
    .where('exchange.id', '<', before ?? Number.MAX_SAFE_INTEGER)
    .orderBy('exchange.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(recordOf)
}

/** What came back and what goes out by each exchange, in the order of the lines. */
export async function listGoodsOf(
  r: ReadHandle,
  exchangeIds: readonly number[],
): Promise<Map<number, { returned: string; given: string }>> {
  if (exchangeIds.length === 0) return new Map()
  const back = await r
    .selectFrom('refund_line')
    .innerJoin('refund', 'refund.id', 'refund_line.refund_id')
    .innerJoin('sale_line', 'sale_line.id', 'refund_line.sale_line_id')
    .select(['refund.exchange_id', 'sale_line.name', 'refund_line.units'])
    .where('refund.exchange_id', 'in', exchangeIds)
    .orderBy('refund_line.id')
    .execute()
  const out = await r
    .selectFrom('exchange_line')
    .select(['exchange_id', 'name', 'units'])
    .where('exchange_id', 'in', exchangeIds)
    .orderBy('id')
    .execute()
  const say = (rows: readonly { exchange_id: number | null; name: string; units: number }[]) => {
    const goods = new Map<number | null, string[]>()
    for (const { exchange_id, name, units } of rows) {
      const list = goods.get(exchange_id) ?? []
      goods.set(exchange_id, [...list, units > 1 ? `${name} ×${units}` : name])
    }
    return (id: number) => goods.get(id)?.join('、') ?? ''
  }
  const returned = say(back)
  const given = say(out)
  return new Map(exchangeIds.map((id) => [id, { returned: returned(id), given: given(id) }]))
}

export interface OrderRecord {
  exchangeId: number
  supplier: string
  dueAt: string
  dueOn: string
  ownerId: number
  owner: string
  arrivedAt: string | null
}

/** The orders of exchanges, by exchange. */
export async function listOrders(
  r: ReadHandle,
  exchangeIds: readonly number[],
): Promise<Map<number, OrderRecord>> {
  if (exchangeIds.length === 0) return new Map()
  const rows = await r
    .selectFrom('exchange_order')
    .innerJoin('operator', 'operator.id', 'exchange_order.owner_id')
    .select([
      'exchange_id as exchangeId',
      'supplier',
      'due_at as dueAt',
      'due_on as dueOn',
      'owner_id as ownerId',
      'operator.name as owner',
      'arrived_at as arrivedAt',
    ])
    .where('exchange_id', 'in', exchangeIds)
    .execute()
  return new Map(rows.map((row) => [row.exchangeId, row]))
}

/** Goods that go out, as they were priced. */
export async function listGivenLines(r: ReadHandle, exchangeId: number) {
  const rows = await r
    .selectFrom('exchange_line')
    .leftJoin('product', 'product.id', 'exchange_line.product_id')
    .selectAll('exchange_line')
    .select(['product.serial_tracked', 'product.floor', 'product.counter', 'product.vendor'])
    .where('exchange_id', '=', exchangeId)
    .orderBy('line_no')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    lineNo: row.line_no,
    part: row.part,
    productId: row.product_id,
    sku: row.sku,
    barcode: row.barcode,
    name: row.name,
    serialNo: row.serial_no,
    serialTracked: row.serial_tracked === 1,
    unit: row.unit,
    units: row.units,
    replaces: row.replaces_line_id,
    pricing: row.pricing,
    listAmount: row.list_amount,
    rateDiscount: row.rate_discount,
    discount: row.discount,
    discountReason: row.discount_reason,
    rounding: row.rounding,
    paidAmount: row.paid_amount,
    newLineId: row.new_line_id,
    floor: row.floor ?? '',
    counter: row.counter ?? '',
    vendor: row.vendor ?? '',
  }))
}

export type GivenLineRecord = Awaited<ReturnType<typeof listGivenLines>>[number]

/** Serial numbers of the units that came back. */
export function listSerials(r: ReadHandle, exchangeId: number) {
  return r
    .selectFrom('exchange_serial')
    .select([
      'sale_line_id as saleLineId',
      'unit_no as unitNo',
      'sold_serial_no as soldSerialNo',
      'serial_no as serialNo',
      'flag',
    ])
    .where('exchange_id', '=', exchangeId)
    .orderBy('id')
    .execute()
}

/** What pays for the goods that go out. */
export function listExchangeTenders(r: ReadHandle, exchangeId: number) {
  return r
    .selectFrom('exchange_tender')
    .select([
      'id',
      'role',
      'from_tender_id as fromTenderId',
      'kind',
      'label',
      'reference',
      'amount',
      'gift_part as giftPart',
    ])
    .where('exchange_id', '=', exchangeId)
    .orderBy('id')
    .execute()
}

export async function listFigures(r: ReadHandle, exchangeId: number) {
  const rows = await r
    .selectFrom('exchange_figure')
    .select(['kind', 'amount', 'detail'])
    .where('exchange_id', '=', exchangeId)
    .orderBy('position')
    .execute()
  return rows.map((row) => ({
    ...row,
    detail: JSON.parse(row.detail) as Record<string, string | number>,
  }))
}

/** Live cards of the units an exchange takes back. */
export function listCardsOfReturned(r: ReadHandle, refundId: number) {
  return r
    .selectFrom('returned_unit')
    .innerJoin('card_line', (join) =>
      join
        .onRef('card_line.sale_line_id', '=', 'returned_unit.sale_line_id')
        .onRef('card_line.unit_no', '=', 'returned_unit.unit_no'),
    )
    .innerJoin('card', 'card.id', 'card_line.card_id')
    .select([
      'card_line.sale_line_id as saleLineId',
      'card_line.unit_no as unitNo',
      'card.id as cardId',
      'card.number',
    ])
    .where('returned_unit.refund_id', '=', refundId)
    .where('card_line.live', '=', 1)
    .orderBy('card_line.id')
    .execute()
}

/** The columns of a step; each moves the version on. */
export type StepColumns = Partial<
  Pick<
    ExchangeTable,
    | 'state'
    | 'reception'
    | 'new_receipt_id'
    | 'received_at'
    | 'received_by'
    | 'handed_over_at'
    | 'handed_over_on'
    | 'handed_over_by'
    | 'voided_at'
    | 'voided_on'
    | 'voided_by'
    | 'void_reason'
  >
>

/** @returns false when somebody else changed the exchange since `version`. */
export async function writeStep(
  w: WriteHandle,
  exchange: { id: number; version: number },
  columns: StepColumns,
): Promise<boolean> {
  const result = await w
    .updateTable('exchange')
    .set({ ...columns, version: exchange.version + 1 })
    .where('id', '=', exchange.id)
    .where('version', '=', exchange.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The store's rules for exchanges as they are kept; undefined while they are the usual ones. */
export function findExchangeSettings(r: ReadHandle) {
  return r
    .selectFrom('exchange_settings')
    .select([
      'discount_policy as discountPolicy',
      'goods_policy as goodsPolicy',
      'order_days as orderDays',
      'version',
    ])
    .executeTakeFirst()
}

export type ExchangeSettings = NonNullable<Awaited<ReturnType<typeof findExchangeSettings>>>

/** @returns false when somebody else changed them since. */
export async function writeExchangeSettings(
  w: WriteHandle,
  { version, ...settings }: ExchangeSettings,
): Promise<boolean> {
  const columns = {
    discount_policy: settings.discountPolicy,
    goods_policy: settings.goodsPolicy,
    order_days: settings.orderDays,
    version: version + 1,
  }
  if (!(await findExchangeSettings(w))) {
    if (version !== 1) return false
    await w
      .insertInto('exchange_settings')
      .values({ id: 1, ...columns })
      .execute()
    return true
  }
  const result = await w
    .updateTable('exchange_settings')
    .set(columns)
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Goods of the catalogue that can go out. */
export async function listProducts(r: ReadHandle, ids: readonly number[]) {
  if (ids.length === 0) return []
  const rows = await r
    .selectFrom('product')
    .select(['id', 'sku', 'barcode', 'name', 'brand', 'model', 'spec', 'unit', 'source'])
    .select(['list_price', 'serial_tracked'])
    .where('id', 'in', [...ids])
    .execute()
  return rows.map((row) => ({
    productId: row.id,
    sku: row.sku,
    barcode: row.barcode,
    name: row.name,
    brand: row.brand,
    model: row.model,
    spec: row.spec,
    unit: row.unit,
    // A price seen only on sales is what was paid then, not what the shelf says today.
    listPrice: row.source === 'catalogue' ? row.list_price : null,
    serialTracked: row.serial_tracked === 1,
  }))
}

export type ProductRecord = Awaited<ReturnType<typeof listProducts>>[number]

function selectSoldGoods(r: ReadHandle) {
  return r
    .selectFrom('sale_line')
    .leftJoin('product', 'product.id', 'sale_line.product_id')
    .select(['sale_line.id', 'sale_line.name', 'sale_line.product_id', 'sale_line.serial_no'])
    .select(['brand', 'model', 'spec', 'list_price', 'source'])
}

type SoldRow = Awaited<ReturnType<ReturnType<typeof selectSoldGoods>['execute']>>[number]

function goodsOf(row: SoldRow): Goods {
  return {
    productId: row.product_id,
    name: row.name,
    brand: row.brand ?? '',
    model: row.model ?? '',
    spec: row.spec ?? '',
    listPrice: row.source === 'catalogue' ? row.list_price : null,
  }
}

/** What the sale says of the goods of its lines, by line. */
export async function listSoldGoods(
  r: ReadHandle,
  receiptId: number,
): Promise<Map<number, { goods: Goods; serialNo: string }>> {
  const rows = await selectSoldGoods(r).where('sale_line.receipt_id', '=', receiptId).execute()
  return new Map(rows.map((row) => [row.id, { goods: goodsOf(row), serialNo: row.serial_no }]))
}

/** The goods of one line of any sale. */
export async function findSoldGoods(r: ReadHandle, saleLineId: number): Promise<Goods | undefined> {
  const row = await selectSoldGoods(r).where('sale_line.id', '=', saleLineId).executeTakeFirst()
  return row && goodsOf(row)
}

/** Serial numbers that live cards give the units of a sale, by line. */
export function listCardSerials(r: ReadHandle, receiptId: number) {
  return r
    .selectFrom('card_line')
    .innerJoin('card', 'card.id', 'card_line.card_id')
    .select(['card_line.sale_line_id as saleLineId', 'unit_no as unitNo', 'serial_no as serialNo'])
    .where('card.receipt_id', '=', receiptId)
    .where('card_line.live', '=', 1)
    .where('card_line.serial_no', '<>', '')
    .execute()
}

/** Serial numbers under which units of a sale came back for others, by line. */
export function listSerialsBack(r: ReadHandle, receiptId: number) {
  return r
    .selectFrom('exchange')
    .innerJoin('exchange_serial as s', 's.exchange_id', 'exchange.id')
    .innerJoin('returned_unit as u', (join) =>
      join.onRef('u.sale_line_id', '=', 's.sale_line_id').onRef('u.unit_no', '=', 's.unit_no'),
    )
    .select(['s.sale_line_id as saleLineId', 's.sold_serial_no as serialNo'])
    .where('exchange.receipt_id', '=', receiptId)
    .where('exchange.state', '<>', 'void')
    .where('u.live', '=', 1)
    .where('s.sold_serial_no', '<>', '')
    .execute()
}

/** The lines a card covers, with what it is for; undefined where there is no such card. */
export async function findCardLines(r: ReadHandle, cardId: number) {
  const rows = await r
    .selectFrom('card')
    .innerJoin('card_line', 'card_line.card_id', 'card.id')
    .select(['card.number', 'card.state', 'card_line.sale_line_id', 'card_line.name'])
    .where('card.id', '=', cardId)
    .execute()
  const [first] = rows
  return (
    first && {
      number: first.number,
      state: first.state,
      name: first.name,
      saleLineIds: rows.map((row) => row.sale_line_id),
    }
  )
}

/** Where a serial number is, that it cannot go out again: the paper that says so, where and when it was written. */
export interface SerialHolder {
  how: 'sold' | 'card' | 'exchange'
  number: string
  place: string
  at: string
}

/**
 * Who has the unit of a serial number: a customer by a sale or a card, unless it came back since, or an exchange that
 * has yet to hand it over. Undefined where it is free.
 */
export async function findSerialHolder(
  r: ReadHandle,
  spellings: readonly string[],
  exceptExchangeId: number | null,
): Promise<SerialHolder | undefined> {
  const sold = await r
    .selectFrom('sale_line')
    .innerJoin('receipt', 'receipt.id', 'sale_line.receipt_id')
    .select(['receipt.receipt_no as number', 'receipt.till as place', 'receipt.sold_at as at'])
    .where('sale_line.serial_no', 'in', spellings)
    .where('sale_line.serial_no', '<>', '')
    .where('sale_line.kind', '=', 'goods')
    .where('receipt.kind', '=', 'sale')
    .where((line) =>
      line(
        'sale_line.units',
        '>',
        line
          .selectFrom('returned_unit')
          .select((row) => row.fn.countAll<number>().as('back'))
          .whereRef('returned_unit.sale_line_id', '=', 'sale_line.id')
          .where('returned_unit.live', '=', 1),
      ),
    )
    .orderBy('sale_line.id', 'desc')
    .executeTakeFirst()
  if (sold) return { how: 'sold', ...sold }
  const waiting = await r
    .selectFrom('exchange_line')
    .innerJoin('exchange', 'exchange.id', 'exchange_line.exchange_id')
    .select(['exchange.number', 'exchange.recorded_at as at'])
    .where('exchange_line.serial_no', 'in', spellings)
    .where('exchange_line.serial_no', '<>', '')
    .where('exchange_line.live', '=', 1)
    .where('exchange_line.exchange_id', '<>', exceptExchangeId ?? 0)
    .executeTakeFirst()
  if (waiting) return { how: 'exchange', place: waiting.number.split('-')[1] ?? '', ...waiting }
  const card = await r
    .selectFrom('card_line')
    .innerJoin('card', 'card.id', 'card_line.card_id')
    .leftJoin('returned_unit', (join) =>
      join
        .onRef('returned_unit.sale_line_id', '=', 'card_line.sale_line_id')
        .onRef('returned_unit.unit_no', '=', 'card_line.unit_no')
        .on('returned_unit.live', '=', 1),
    )
    .select(['card.number', 'card.issued_at as at'])
    .where('card_line.serial_no', 'in', spellings)
    .where('card_line.serial_no', '<>', '')
    .where('card_line.live', '=', 1)
    .where('returned_unit.id', 'is', null)
    .executeTakeFirst()
  return card && { how: 'card', place: card.number.split('-')[1] ?? '', ...card }
}

/** The slip by which the unit of a serial number last came back broken; undefined where it did not. */
export async function findBrokenReturn(
  r: ReadHandle,
  spellings: readonly string[],
): Promise<string | undefined> {
  const row = await r
    .selectFrom('sale_line')
    .innerJoin('returned_unit', 'returned_unit.sale_line_id', 'sale_line.id')
    .innerJoin('refund_line', (join) =>
      join
        .onRef('refund_line.sale_line_id', '=', 'sale_line.id')
        .onRef('refund_line.refund_id', '=', 'returned_unit.refund_id'),
    )
    .innerJoin('refund', 'refund.id', 'refund_line.refund_id')
    .select(['refund.number', 'refund_line.condition'])
    .where('sale_line.serial_no', 'in', spellings)
    .where('sale_line.serial_no', '<>', '')
    .where('returned_unit.live', '=', 1)
    .orderBy('refund.id', 'desc')
    .executeTakeFirst()
  return row && ['faulty', 'damaged'].includes(row.condition) ? row.number : undefined
}
