import type { TenderTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { FreightLiable, Gift } from './deductions.ts'
import type { Figure } from './strip.ts'
import type { UnitAllowance } from './units.ts'

/** Every slip of a sale that stands. */
function standing(r: ReadHandle, receiptId: number) {
  return r
    .selectFrom('refund')
    .select('id')
    .where('receipt_id', '=', receiptId)
    .where('state', '=', 'recorded')
}

/** What went back by one tender of a sale with slips that stand, before cash was rounded. */
export interface RefundedTender {
  amount: number
  giftPart: number
}

/** What went back by each tender of a sale, the uncovered part under id null; expenses are no part of it. */
export async function sumRefundedTenders(
  r: ReadHandle,
  receiptId: number,
): Promise<Map<number | null, RefundedTender>> {
  const rows = await r
    .selectFrom('refund_tender')
    .select((row) => [
      'tender_id',
      row.fn.sum<number>('amount').as('amount'),
      row.fn.sum<number>('rounding').as('rounding'),
      row.fn.sum<number>('gift_part').as('gift_part'),
    ])
    .where('refund_id', 'in', standing(r, receiptId))
    .where('purpose', '=', 'goods')
    .groupBy('tender_id')
    .execute()
  return new Map(
    rows.map((row) => [
      row.tender_id,
      { amount: row.amount - row.rounding, giftPart: row.gift_part },
    ]),
  )
}

/** What rounding gave or kept in all slips of a sale that stand. */
export async function sumRounding(r: ReadHandle, receiptId: number): Promise<number> {
  const { sum } = await r
    .selectFrom('refund_tender')
    .select((row) => row.fn.sum<number | null>('rounding').as('sum'))
    .where('refund_id', 'in', standing(r, receiptId))
    .executeTakeFirstOrThrow()
  return sum ?? 0
}

/** Price differences given for the units of each line of a sale, and what went back of its charges. */
export async function listGivenBack(
  r: ReadHandle,
  receiptId: number,
): Promise<{ allowances: Map<number, UnitAllowance[]>; charges: Map<number, number> }> {
  const allowed = await r
    .selectFrom('refund_allowance')
    .select(['sale_line_id', 'unit_no', 'amount'])
    .where('refund_id', 'in', standing(r, receiptId))
    .execute()
  const charged = await r
    .selectFrom('refund_charge')
    .select((row) => ['sale_line_id', row.fn.sum<number>('amount').as('amount')])
    .where('refund_id', 'in', standing(r, receiptId))
    .groupBy('sale_line_id')
    .execute()
  const allowances = new Map<number, UnitAllowance[]>()
  for (const row of allowed) {
    const of = allowances.get(row.sale_line_id) ?? []
    allowances.set(row.sale_line_id, [...of, { unitNo: row.unit_no, amount: row.amount }])
  }
  return { allowances, charges: new Map(charged.map((row) => [row.sale_line_id, row.amount])) }
}

/** The gift parts of a sale's stored-value payments that somebody wrote down. */
export async function listTenderGifts(
  r: ReadHandle,
  receiptId: number,
): Promise<Map<number, number>> {
  const rows = await r
    .selectFrom('tender_gift')
    .innerJoin('tender', 'tender.id', 'tender_gift.tender_id')
    .select(['tender_gift.tender_id', 'tender_gift.gift_amount'])
    .where('tender.receipt_id', '=', receiptId)
    .execute()
  return new Map(rows.map((row) => [row.tender_id, row.gift_amount]))
}

export async function insertTenderGift(
  w: WriteHandle,
  gift: { tenderId: number; amount: number; at: string; by: number },
): Promise<void> {
  await w
    .insertInto('tender_gift')
    .values({
      tender_id: gift.tenderId,
      gift_amount: gift.amount,
      recorded_at: gift.at,
      recorded_by: gift.by,
    })
    .execute()
}

export async function insertFigures(
  w: WriteHandle,
  refundId: number,
  strip: readonly Figure[],
): Promise<void> {
  await w
    .insertInto('refund_figure')
    .values(
      strip.map(({ kind, amount, detail }, position) => ({
        refund_id: refundId,
        position,
        kind,
        amount,
        detail: JSON.stringify(detail),
      })),
    )
    .execute()
}

/** The strip of a slip as it was shown and printed; slips older than the strip have none. */
export async function listFigures(r: ReadHandle, refundId: number): Promise<Figure[]> {
  const rows = await r
    .selectFrom('refund_figure')
    .select(['kind', 'amount', 'detail'])
    .where('refund_id', '=', refundId)
    .orderBy('position')
    .execute()
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as Figure['detail'] }))
}

export async function insertAllowances(
  w: WriteHandle,
  refundId: number,
  saleLineId: number,
  units: readonly UnitAllowance[],
): Promise<void> {
  if (units.length === 0) return
  await w
    .insertInto('refund_allowance')
    .values(
      units.map(({ unitNo, amount }) => ({
        refund_id: refundId,
        sale_line_id: saleLineId,
        unit_no: unitNo,
        amount,
      })),
    )
    .execute()
}

export async function insertCharge(
  w: WriteHandle,
  refundId: number,
  charge: { saleLineId: number; amount: number },
): Promise<void> {
  await w
    .insertInto('refund_charge')
    .values({ refund_id: refundId, sale_line_id: charge.saleLineId, amount: charge.amount })
    .execute()
}

export async function insertGift(
  w: WriteHandle,
  refundId: number,
  { gift, kept }: { gift: Gift; kept: number },
): Promise<void> {
  await w
    .insertInto('refund_gift')
    .values({
      refund_id: refundId,
      sale_line_id: gift.saleLineId,
      kind: gift.kind,
      name: gift.name,
      value: gift.value,
      came_back: gift.cameBack ? 1 : 0,
      kept,
    })
    .execute()
}

export async function insertCost(
  w: WriteHandle,
  refundId: number,
  cost: {
    kind: 'freight' | 'test_fee'
    liable: FreightLiable | null
    amount: number
    paidBy: 'store' | 'customer'
    customer: number
    store: number
  },
): Promise<void> {
  await w
    .insertInto('refund_cost')
    .values({
      refund_id: refundId,
      kind: cost.kind,
      liable: cost.liable,
      amount: cost.amount,
      paid_by: cost.paidBy,
      customer_amount: cost.customer,
      store_amount: cost.store,
    })
    .execute()
}

/** The store's rules for refund money as they are kept; undefined while they are the usual ones. */
export async function findRefundSettings(r: ReadHandle) {
  return r.selectFrom('refund_settings').selectAll().executeTakeFirst()
}

export interface RefundSettingsRow {
  originalOnly: boolean
  ways: readonly { from: TenderTable['kind']; to: TenderTable['kind']; needs: 'form' | 'manager' }[]
  roundingStep: 'none' | 'jiao' | 'yuan'
  roundingMode: 'half_up' | 'down'
  grades: Readonly<Record<string, number>>
}

/** @returns false when somebody else changed them since `version`. */
export async function writeRefundSettings(
  w: WriteHandle,
  version: number,
  settings: RefundSettingsRow,
): Promise<boolean> {
  const columns = {
    original_only: settings.originalOnly ? (1 as const) : (0 as const),
    ways: JSON.stringify(settings.ways),
    rounding_step: settings.roundingStep,
    rounding_mode: settings.roundingMode,
    grades: JSON.stringify(settings.grades),
    version: version + 1,
  }
  const found = await findRefundSettings(w)
  if (!found) {
    if (version !== 1) return false
    await w
      .insertInto('refund_settings')
      .values({ id: 1, ...columns })
      .execute()
    return true
  }
  const result = await w
    .updateTable('refund_settings')
    .set(columns)
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
