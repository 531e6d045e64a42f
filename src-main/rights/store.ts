import { sql } from 'kysely'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { FrozenRow } from '../policy/frozen-store.ts'
import type { RightsLine, RightsSale } from './rules.ts'

/**
 * A sale with everything the rules ask of it, in seven reads whatever its length: head, voucher, exchange, lines with the
 * product, units that are back, price differences given, and live cards.
 */
export async function readRightsSale(
  r: ReadHandle,
  receiptId: number,
): Promise<Omit<RightsSale, 'mirrorOf'> | undefined> {
  const head = await r
    .selectFrom('receipt')
    .leftJoin('customer', 'customer.id', 'receipt.customer_id')
    .select(['receipt.id', 'receipt_no', 'kind', 'business_date', 'currency', 'customer_id'])
    .select(['receipt.member_no', 'tier'])
    .where('receipt.id', '=', receiptId)
    .executeTakeFirst()
  if (!head) return undefined
  const voucher = await r
    .selectFrom('tender')
    .select('id')
    .where('receipt_id', '=', receiptId)
    .where('kind', '=', 'voucher')
    .limit(1)
    .executeTakeFirst()
  return {
    id: head.id,
    receiptNo: head.receipt_no,
    kind: head.kind,
    businessDate: head.business_date,
    currency: head.currency,
    memberNo: head.member_no,
    customerId: head.customer_id,
    tier: head.tier || null,
    exchange: await readExchange(r, head),
    paidByVoucher: voucher !== undefined,
    lines: await readLines(r, receiptId),
  }
}

/** Of goods given in exchange: back to the sale the first of them were bought by, however often they were exchanged. */
async function readExchange(
  r: ReadHandle,
  head: { id: number; business_date: string },
): Promise<RightsSale['exchange']> {
  let soldOn = head.business_date
  let receiptId = head.id
  for (;;) {
    const before = await r
      .selectFrom('exchange')
      .innerJoin('receipt', 'receipt.id', 'exchange.receipt_id')
      .select(['receipt.id', 'receipt.business_date'])
      .where('exchange.new_receipt_id', '=', receiptId)
      .executeTakeFirst()
    if (!before) break
    soldOn = before.business_date
    receiptId = before.id
  }
  return receiptId === head.id ? null : { soldOn, handedOverOn: head.business_date }
}

/** Lines of a sale of the desk that are paid for and not handed over: they were ordered, or do not come any more. */
export async function listUndelivered(
  r: ReadHandle,
  receiptId: number,
): Promise<{ saleLineId: number; name: string }[]> {
  const rows = await r
    .selectFrom('exchange')
    .innerJoin('exchange_line as l', 'l.exchange_id', 'exchange.id')
    .innerJoin('handover as h', (join) =>
      join.onRef('h.exchange_id', '=', 'exchange.id').onRef('h.part', '=', 'l.part'),
    )
    .select(['l.new_line_id', 'l.name'])
    .where('exchange.new_receipt_id', '=', receiptId)
    .where('l.part', '=', 2)
    .where('h.state', 'in', ['open', 'void'])
    .execute()
  return rows.map((row) => ({ saleLineId: row.new_line_id ?? 0, name: row.name }))
}

async function readLines(r: ReadHandle, receiptId: number): Promise<RightsLine[]> {
  const rows = await r
    .selectFrom('sale_line')
    .leftJoin('product', 'product.id', 'sale_line.product_id')
    .where('sale_line.receipt_id', '=', receiptId)
    .orderBy('sale_line.line_no')
    .select(['sale_line.id', 'sale_line.kind', 'sale_line.name', 'sale_line.sku', 'brand'])
    .select(['category', 'sale_line.counter', 'promo', 'units', 'qty_milli', 'list_amount'])
    .select(['paid_amount', 'list_price', 'product.source'])
    .execute()
  const returned = await readReturned(r, receiptId)
  const cards = await readCards(r, receiptId)
  const allowances = await readAllowances(r, receiptId)
  const toCome = new Set((await listUndelivered(r, receiptId)).map((each) => each.saleLineId))
  return rows.map((row) => {
    const back = returned.get(row.id) ?? []
    const backNos = new Set(back.map((each) => each.unitNo))
    const card = cards.get(row.id)?.find((each) => !backNos.has(each.unitNo))
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      sku: row.sku,
      brand: row.brand ?? '',
      categoryWords: row.category ?? '',
      counter: row.counter,
      promo: row.promo,
      units: row.units,
      qtyMilli: row.qty_milli,
      listAmount: row.list_amount,
      paidAmount: row.paid_amount,
      // A price seen only on sales is what was paid then, not what the shelf says today.
      listPrice: row.source === 'catalogue' ? row.list_price : null,
      returned: back,
      allowances: allowances.get(row.id) ?? [],
      card: card
        ? {
            unitMonths: card.unitMonths,
            partMonths: card.partMonths,
            startsOn: card.startsOn,
            installedOn: card.installedOn,
          }
        : null,
      repairs: [],
      toCome: toCome.has(row.id),
    }
  })
}

/** Price differences given with slips that stand. */
async function readAllowances(r: ReadHandle, receiptId: number) {
  const rows = await r
    .selectFrom('refund_allowance')
    .innerJoin('refund', 'refund.id', 'refund_allowance.refund_id')
    .where('refund.receipt_id', '=', receiptId)
    .where('refund.state', '=', 'recorded')
    .select(['sale_line_id', 'unit_no', 'refund_allowance.amount'])
    .execute()
  return groupByLine(
    rows.map(({ sale_line_id, unit_no, amount }) => ({
      lineId: sale_line_id,
      unit: { unitNo: unit_no, amount },
    })),
  )
}

function groupByLine<Unit>(rows: readonly { lineId: number; unit: Unit }[]): Map<number, Unit[]> {
  const byLine = new Map<number, Unit[]>()
  for (const { lineId, unit } of rows) {
    const units = byLine.get(lineId)
    if (units) units.push(unit)
    else byLine.set(lineId, [unit])
  }
  return byLine
}

async function readReturned(r: ReadHandle, receiptId: number) {
  const rows = await r
    .selectFrom('sale_line')
    .innerJoin('returned_unit', 'returned_unit.sale_line_id', 'sale_line.id')
    .where('sale_line.receipt_id', '=', receiptId)
    .where('returned_unit.live', '=', sql.lit(1))
    .leftJoin('refund', 'refund.id', 'returned_unit.refund_id')
    .leftJoin('sale_line as back', 'back.id', 'returned_unit.pos_return_line_id')
    .leftJoin('receipt as till', 'till.id', 'back.receipt_id')
    .select(['returned_unit.sale_line_id', 'unit_no', 'returned_unit.amount'])
    .select(['refund.number', 'till.receipt_no'])
    .orderBy('unit_no')
    .execute()
  const back = rows.map(({ sale_line_id, unit_no, amount, number, receipt_no }) => ({
    lineId: sale_line_id,
    unit: { unitNo: unit_no, amount, number: number ?? receipt_no ?? '' },
  }))
  return groupByLine(back)
}

interface CardTerms {
  unitNo: number
  unitMonths: number
  partMonths: number | null
  startsOn: string
  installedOn: string | null
}

async function readCards(r: ReadHandle, receiptId: number): Promise<Map<number, CardTerms[]>> {
  const rows = await r
    .selectFrom('card')
    .innerJoin('card_line', 'card_line.card_id', 'card.id')
    .where('card.receipt_id', '=', receiptId)
    .where('card_line.live', '=', 1)
    .orderBy('unit_no')
    .select(['sale_line_id', 'unit_no', 'unit_months', 'part_months', 'starts_on', 'installed_on'])
    .execute()
  const byLine = new Map<number, CardTerms[]>()
  for (const row of rows) {
    const terms = {
      unitNo: row.unit_no,
      unitMonths: row.unit_months,
      partMonths: row.part_months,
      startsOn: row.starts_on,
      installedOn: row.installed_on,
    }
    const list = byLine.get(row.sale_line_id)
    if (list) list.push(terms)
    else byLine.set(row.sale_line_id, [terms])
  }
  return byLine
}

export async function insertFrozen(w: WriteHandle, row: Omit<FrozenRow, 'id'>): Promise<number> {
  const { id } = await w
    .insertInto('rights_verdict')
    .values({
      receipt_id: row.receiptId,
      proof_set_id: row.proofSetId,
      business_date: row.businessDate,
      decided_at: row.decidedAt,
      decided_by: row.decidedBy,
      content: row.content,
      hash: row.hash,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
