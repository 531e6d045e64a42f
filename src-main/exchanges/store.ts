import type { ExchangeTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
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
  customer: { id: number; name: string; phone: string } | null
}

function selectExchanges(r: ReadHandle) {
  return r
    .selectFrom('exchange')
    .innerJoin('receipt', 'receipt.id', 'exchange.receipt_id')
    .innerJoin('operator', 'operator.id', 'exchange.recorded_by')
    .innerJoin('refund', 'refund.exchange_id', 'exchange.id')
    .leftJoin('customer', 'customer.id', 'receipt.customer_id')
    .selectAll('exchange')
    .select([
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

/** Exchanges nobody has handed over yet, the oldest first. */
export async function listUnfinished(r: ReadHandle): Promise<ExchangeRecord[]> {
  const rows = await selectExchanges(r)
    .where('exchange.state', 'in', ['ordered', 'awaiting_handover'])
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
