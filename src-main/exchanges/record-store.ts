import { isUniqueViolation } from '../database/sqlite.ts'
import type { ExchangeTable } from '../database/schema.ts'
import type { WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Collection } from './money.ts'
import type { ExchangeFigure } from './pricing.ts'
import type { CarriedTender, GivenLine, ReturnedSerials } from './quote.ts'

export type NewExchange = Pick<
  ExchangeTable,
  | 'number'
  | 'case_id'
  | 'receipt_id'
  | 'reception'
  | 'acceptance'
  | 'business_date'
  | 'recorded_at'
  | 'recorded_by'
  | 'reason'
  | 'currency'
  | 'credit'
  | 'given'
  | 'rounding'
  | 'difference'
  | 'rights_id'
> & { state: 'ordered' | 'awaiting_handover'; note: string; approval_ids: string }

export async function insertExchange(w: WriteHandle, exchange: NewExchange): Promise<number> {
  const isHere = exchange.reception === 'received'
  const { id } = await w
    .insertInto('exchange')
    .values({
      ...exchange,
      new_receipt_id: null,
      pos_receipt_id: null,
      received_at: isHere ? exchange.recorded_at : null,
      received_by: isHere ? exchange.recorded_by : null,
      handed_over_at: null,
      handed_over_on: null,
      handed_over_by: null,
      voided_at: null,
      voided_on: null,
      voided_by: null,
      void_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Writes what goes out; the unique index refuses a serial number another exchange is about to hand over. */
export async function insertGivenLines(
  w: WriteHandle,
  exchangeId: number,
  lines: readonly (GivenLine & { part: 1 | 2 })[],
): Promise<void> {
  for (const [index, line] of lines.entries()) {
    const { choice, product, serialNo } = line
    try {
      await w
        .insertInto('exchange_line')
        .values({
          exchange_id: exchangeId,
          line_no: index + 1,
          part: line.part,
          product_id: product?.productId ?? null,
          sku: product?.sku ?? '',
          barcode: product?.barcode ?? '',
          name: choice.goods.name,
          serial_no: serialNo,
          unit: product?.unit ?? '',
          units: choice.units,
          replaces_line_id: line.replaces,
          pricing: line.pricing,
          list_amount: line.listAmount,
          rate_discount: line.rateDiscount,
          discount: line.discount,
          discount_reason: choice.discount?.reason ?? '',
          rounding: line.rounding,
          paid_amount: line.paidAmount,
          new_line_id: null,
        })
        .execute()
    } catch (error) {
      if (isUniqueViolation(error)) refuse('exchanges.serial_reserved', { serialNo }, error)
      throw error
    }
  }
}

export async function insertSerials(
  w: WriteHandle,
  exchangeId: number,
  serials: readonly ReturnedSerials[],
): Promise<void> {
  const rows = serials.flatMap(({ saleLineId, units }) =>
    units
      .filter((unit) => unit.serialNo !== '' || unit.soldSerialNo !== '')
      .map((unit) => ({
        exchange_id: exchangeId,
        sale_line_id: saleLineId,
        unit_no: unit.unitNo,
        sold_serial_no: unit.soldSerialNo,
        serial_no: unit.serialNo,
        flag: unit.flag,
      })),
  )
  if (rows.length > 0) await w.insertInto('exchange_serial').values(rows).execute()
}

export async function insertExchangeTenders(
  w: WriteHandle,
  exchangeId: number,
  carried: readonly CarriedTender[],
  added: Collection | null,
): Promise<void> {
  const rows = carried.map((share) => ({
    exchange_id: exchangeId,
    role: share.purpose === 'expenses' ? ('offset' as const) : ('carried' as const),
    from_tender_id: share.tenderId,
    kind: share.kind,
    label: share.label,
    reference: share.reference,
    amount: share.amount,
    gift_part: share.giftPart,
    tender_id: null,
  }))
  const addedRows = added
    ? [
        {
          exchange_id: exchangeId,
          role: 'added' as const,
          from_tender_id: null,
          kind: added.kind,
          label: added.label,
          reference: added.reference,
          amount: added.amount,
          gift_part: 0,
          tender_id: null,
        },
      ]
    : []
  if (rows.length + addedRows.length === 0) return
  await w
    .insertInto('exchange_tender')
    .values([...rows, ...addedRows])
    .execute()
}

export async function insertFigures(
  w: WriteHandle,
  exchangeId: number,
  figures: readonly ExchangeFigure[],
): Promise<void> {
  await w
    .insertInto('exchange_figure')
    .values(
      figures.map(({ kind, amount, detail }, position) => ({
        exchange_id: exchangeId,
        position,
        kind,
        amount,
        detail: JSON.stringify(detail),
      })),
    )
    .execute()
}

export async function insertOrder(
  w: WriteHandle,
  order: {
    exchangeId: number
    supplier: string
    dueAt: string
    dueOn: string
    ownerId: number
    at: string
  },
): Promise<void> {
  await w
    .insertInto('exchange_order')
    .values({
      exchange_id: order.exchangeId,
      supplier: order.supplier,
      due_at: order.dueAt,
      due_on: order.dueOn,
      owner_id: order.ownerId,
      ordered_at: order.at,
      arrived_at: null,
      arrived_by: null,
    })
    .execute()
}
