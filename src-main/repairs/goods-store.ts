import type { ReadHandle } from '../database/store.ts'

/** What the desk's books know of goods that are brought for repair. */

export interface RepairSale {
  id: number
  receiptNo: string
  kind: 'sale' | 'return'
  businessDate: string
  currency: string
  customer: { id: number; name: string; phone: string } | null
  lines: RepairSaleLine[]
}

export interface RepairSaleLine {
  id: number
  kind: string
  name: string
  sku: string
  brand: string
  model: string
  category: string
  counter: string
  serialNo: string
  units: number
  paidAmount: number
  returnedUnits: Set<number>
  /** Live cards by unit. */
  cards: Map<number, { id: number; number: string; serialNo: string }>
}

/** The sale goods are brought from, with the state of every unit of its goods. */
export async function findRepairSale(
  r: ReadHandle,
  receiptId: number,
): Promise<RepairSale | undefined> {
  const head = await r
    .selectFrom('receipt')
    .leftJoin('customer', 'customer.id', 'receipt.customer_id')
    .select([
      'receipt.id',
      'receipt.receipt_no as receiptNo',
      'receipt.kind',
      'receipt.business_date as businessDate',
      'receipt.currency',
      'customer.id as customerId',
      'customer.name as customerName',
      'customer.phone as customerPhone',
    ])
    .where('receipt.id', '=', receiptId)
    .executeTakeFirst()
  if (!head) return undefined
  const { customerId, customerName, customerPhone, ...receipt } = head
  return {
    ...receipt,
    customer:
      customerId === null
        ? null
        : { id: customerId, name: customerName ?? '', phone: customerPhone ?? '' },
    lines: await listLines(r, receiptId),
  }
}

async function listLines(r: ReadHandle, receiptId: number): Promise<RepairSaleLine[]> {
  const rows = await r
    .selectFrom('sale_line')
    .leftJoin('product', 'product.id', 'sale_line.product_id')
    .select(['sale_line.id', 'sale_line.kind', 'sale_line.name', 'sale_line.sku'])
    .select(['sale_line.counter', 'sale_line.serial_no', 'sale_line.units'])
    .select(['sale_line.paid_amount', 'product.brand', 'product.model', 'product.category'])
    .where('sale_line.receipt_id', '=', receiptId)
    .orderBy('sale_line.line_no')
    .execute()
  const returned = await r
    .selectFrom('returned_unit')
    .innerJoin('sale_line', 'sale_line.id', 'returned_unit.sale_line_id')
    .select(['returned_unit.sale_line_id', 'returned_unit.unit_no'])
    .where('sale_line.receipt_id', '=', receiptId)
    .where('returned_unit.live', '=', 1)
    .execute()
  const cards = await r
    .selectFrom('card_line')
    .innerJoin('card', 'card.id', 'card_line.card_id')
    .select(['card.id', 'card.number', 'card_line.sale_line_id', 'card_line.unit_no'])
    .select('card_line.serial_no')
    .where('card.receipt_id', '=', receiptId)
    .where('card_line.live', '=', 1)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    sku: row.sku,
    brand: row.brand ?? '',
    model: row.model ?? '',
    category: row.category ?? '',
    counter: row.counter,
    serialNo: row.serial_no,
    units: row.units,
    paidAmount: row.paid_amount,
    returnedUnits: new Set(
      returned.filter((each) => each.sale_line_id === row.id).map((each) => each.unit_no),
    ),
    cards: new Map(
      cards
        .filter((each) => each.sale_line_id === row.id)
        .map((each) => [
          each.unit_no,
          { id: each.id, number: each.number, serialNo: each.serial_no },
        ]),
    ),
  }))
}

export async function findReceiptOfLine(
  r: ReadHandle,
  saleLineId: number,
): Promise<number | undefined> {
  const row = await r
    .selectFrom('sale_line')
    .select('receipt_id')
    .where('id', '=', saleLineId)
    .executeTakeFirst()
  return row?.receipt_id
}

export async function findReceiptOfCard(
  r: ReadHandle,
  cardId: number,
): Promise<number | undefined> {
  const row = await r
    .selectFrom('card')
    .select('receipt_id')
    .where('id', '=', cardId)
    .executeTakeFirst()
  return row?.receipt_id
}

export interface ProvenGoods {
  id: number
  caseId: number
  receiptId: number | null
  goods: string
  category: string
  soldOn: string
  customerId: number | null
  contact: { name: string; phone: string }
}

/** Goods whose purchase is proven without a slip. */
export async function findProvenGoods(
  r: ReadHandle,
  proofSetId: number,
): Promise<ProvenGoods | undefined> {
  const row = await r
    .selectFrom('proof_set')
    .select(['id', 'case_id', 'receipt_id', 'goods', 'category', 'sold_on', 'customer_id'])
    .select(['contact_name', 'contact_phone'])
    .where('id', '=', proofSetId)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      caseId: row.case_id,
      receiptId: row.receipt_id,
      goods: row.goods,
      category: row.category,
      soldOn: row.sold_on,
      customerId: row.customer_id,
      contact: { name: row.contact_name, phone: row.contact_phone },
    }
  )
}

export interface SoldGoods {
  saleLineId: number
  receiptNo: string
  soldOn: string
  currency: string
  sku: string
  counter: string
  paid: number
  units: number
}

/** What the rules ask of the sold goods of some repairs. */
export async function listSoldGoods(
  r: ReadHandle,
  saleLineIds: readonly number[],
): Promise<Map<number, SoldGoods>> {
  if (saleLineIds.length === 0) return new Map()
  const rows = await r
    .selectFrom('sale_line')
    .innerJoin('receipt', 'receipt.id', 'sale_line.receipt_id')
    .select(['sale_line.id as saleLineId', 'receipt.receipt_no as receiptNo'])
    .select(['receipt.business_date as soldOn', 'receipt.currency', 'sale_line.sku'])
    .select(['sale_line.counter', 'sale_line.paid_amount as paid', 'sale_line.units'])
    .where('sale_line.id', 'in', [...saleLineIds])
    .execute()
  return new Map(rows.map((row) => [row.saleLineId, row]))
}
