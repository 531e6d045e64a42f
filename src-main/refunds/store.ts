import { sql } from 'kysely'
import { isUniqueViolation } from '../database/sqlite.ts'
import type { TenderTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { Role } from '../staff/index.ts'
import { refuse } from '../foundation/errors.ts'
import type { conditions, refundKinds, refundReasons } from './contract.ts'
import type { LineFee } from './deductions.ts'
import type { PayBack } from './rules.ts'
import type { ReturnedUnit } from './units.ts'

export type TenderKind = TenderTable['kind']

type Condition = (typeof conditions)[number]
type Reason = (typeof refundReasons)[number]

export interface RefundSaleLine {
  id: number
  kind: string
  name: string
  units: number
  listAmount: number
  paidAmount: number
}

export interface RefundSale {
  id: number
  receiptNo: string
  kind: 'sale' | 'return'
  businessDate: string
  currency: string
  total: number
  customerId: number | null
  lines: RefundSaleLine[]
  tenders: { id: number; kind: TenderKind; label: string; amount: number; reference: string }[]
}

/** The sale goods come back from, with its lines and the way it was paid. */
export async function findRefundSale(
  r: ReadHandle,
  receiptId: number,
): Promise<RefundSale | undefined> {
  const receipt = await r
    .selectFrom('receipt')
    .select(['id', 'receipt_no', 'kind', 'business_date', 'currency', 'total', 'customer_id'])
    .where('id', '=', receiptId)
    .executeTakeFirst()
  if (!receipt) return undefined
  const lines = await r
    .selectFrom('sale_line')
    .select([
      'id',
      'kind',
      'name',
      'units',
      'list_amount as listAmount',
      'paid_amount as paidAmount',
    ])
    .where('receipt_id', '=', receiptId)
    .orderBy('line_no')
    .execute()
  const tenders = await r
    .selectFrom('tender')
    .select(['id', 'kind', 'label', 'amount', 'reference'])
    .where('receipt_id', '=', receiptId)
    .orderBy('id')
    .execute()
  return {
    id: receipt.id,
    receiptNo: receipt.receipt_no,
    kind: receipt.kind,
    businessDate: receipt.business_date,
    currency: receipt.currency,
    total: receipt.total,
    customerId: receipt.customer_id,
    lines,
    tenders,
  }
}

/** Name and phone of the customer of a sale; null where the till did not know. */
export async function findSaleCustomer(
  r: ReadHandle,
  receiptId: number,
): Promise<{ name: string; phone: string } | null> {
  const row = await r
    .selectFrom('receipt')
    .innerJoin('customer', 'customer.id', 'receipt.customer_id')
    .select(['customer.name', 'customer.phone'])
    .where('receipt.id', '=', receiptId)
    .executeTakeFirst()
  return row ?? null
}

/** Units of a sale that are back, at this desk or at a till, by line; `time` is an instant. */
export async function listReturnedUnits(
  r: ReadHandle,
  receiptId: number,
): Promise<Map<number, ReturnedUnit[]>> {
  const rows = await r
    .selectFrom('returned_unit')
    .innerJoin('sale_line', 'sale_line.id', 'returned_unit.sale_line_id')
    .leftJoin('refund', 'refund.id', 'returned_unit.refund_id')
    .leftJoin('operator', 'operator.id', 'refund.recorded_by')
    .leftJoin('sale_line as pos_line', 'pos_line.id', 'returned_unit.pos_return_line_id')
    .leftJoin('receipt as pos', 'pos.id', 'pos_line.receipt_id')
    .select([
      'returned_unit.sale_line_id',
      'returned_unit.unit_no',
      'returned_unit.amount',
      'refund.number',
      'refund.recorded_at',
      'operator.name',
      'pos.receipt_no',
      'pos.till',
      'pos.sold_at',
    ])
    .where('sale_line.receipt_id', '=', receiptId)
    .where('returned_unit.live', '=', 1)
    .orderBy('returned_unit.unit_no')
    .execute()
  const lines = new Map<number, ReturnedUnit[]>()
  for (const row of rows) {
    const units = lines.get(row.sale_line_id) ?? []
    units.push({
      unitNo: row.unit_no,
      amount: row.amount,
      number: row.number ?? row.receipt_no ?? '',
      place: row.number?.split('-')[1] ?? row.till ?? '',
      time: row.recorded_at ?? row.sold_at ?? '',
      ...(row.name !== null && { by: row.name }),
    })
    lines.set(row.sale_line_id, units)
  }
  return lines
}

/**
 * What tills gave back by each kind of tender on return receipts of a sale, as positive amounts. A receipt that stands
 * for a document of this desk is not counted: the desk's own figures have it.
 */
export async function sumTillReturns(
  r: ReadHandle,
  receiptId: number,
): Promise<Map<TenderKind, number>> {
  const rows = await r
    .selectFrom('tender')
    .innerJoin('receipt', 'receipt.id', 'tender.receipt_id')
    .select((row) => ['tender.kind', row.fn.sum<number>('tender.amount').as('sum')])
    .leftJoin('pos_settlement as s', (join) =>
      join.onRef('s.receipt_id', '=', 'receipt.id').on('s.live', '=', sql.lit(1)),
    )
    .where('receipt.original_receipt_id', '=', receiptId)
    .where('receipt.kind', '=', 'return')
    .where('s.id', 'is', null)
    .groupBy('tender.kind')
    .execute()
  return new Map(rows.map((row) => [row.kind, Math.abs(row.sum)]))
}

/**
 * What went back on a receipt on a business day with nobody's approval, recorded by people of these roles; of an
 * exchange, what was paid back beside the goods.
 */
export async function sumUnapproved(
  r: ReadHandle,
  receiptId: number,
  { businessDate, roles }: { businessDate: string; roles: readonly Role[] },
): Promise<{ amount: number; compensation: number }> {
  const unapproved = r
    .selectFrom('refund')
    .innerJoin('operator', 'operator.id', 'refund.recorded_by')
    .where('refund.receipt_id', '=', receiptId)
    // After the day's close it is booked on the next one: one limit for both.
    .where('refund.business_date', '>=', businessDate)
    .where('refund.state', '=', 'recorded')
    .where('refund.approval_ids', '=', '[]')
    .where('operator.role', 'in', roles)
  const paid = await unapproved
    .innerJoin('refund_tender', 'refund_tender.refund_id', 'refund.id')
    .select((refund) => refund.fn.sum<number | null>('refund_tender.amount').as('sum'))
    .where('refund_tender.carried', '=', 0)
    .executeTakeFirst()
  const beyond = await unapproved
    .select((refund) => refund.fn.sum<number | null>('refund.compensation').as('sum'))
    .executeTakeFirst()
  return { amount: paid?.sum ?? 0, compensation: beyond?.sum ?? 0 }
}

/** Goods that came back, or a price difference for goods that stayed. */
export type SlipKind = (typeof refundKinds)[number]

export interface NewRefund {
  number: string
  caseId: number
  receiptId: number
  businessDate: string
  recordedAt: string
  recordedBy: number
  reason: Reason
  note: string
  currency: string
  amount: number
  /** How much of it nobody owed. */
  compensation: number
  approvalIds: readonly number[]
  rightsId: number | null
  /** The exchange whose returned side it is. */
  exchangeId: number | null
  kind: SlipKind
}

export async function insertRefund(w: WriteHandle, refund: NewRefund): Promise<number> {
  const { id } = await w
    .insertInto('refund')
    .values({
      number: refund.number,
      case_id: refund.caseId,
      receipt_id: refund.receiptId,
      state: 'recorded',
      business_date: refund.businessDate,
      recorded_at: refund.recordedAt,
      recorded_by: refund.recordedBy,
      reason: refund.reason,
      note: refund.note,
      currency: refund.currency,
      amount: refund.amount,
      compensation: refund.compensation,
      approval_ids: JSON.stringify(refund.approvalIds),
      rights_id: refund.rightsId,
      exchange_id: refund.exchangeId,
      slip_kind: refund.kind,
      voided_at: null,
      voided_on: null,
      voided_by: null,
      void_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface NewRefundLine {
  saleLineId: number
  name: string
  units: { unitNo: number; amount: number }[]
  amount: number
  condition: Condition
  packagingIntact: boolean
  fee: LineFee | null
  priceRise: number
}

/** Rows written with one statement at most, well below SQLite's limit of variables. */
const rowsPerStatement = 500

/** Writes one line and its units; the unique index refuses a unit that is back already. */
export async function insertRefundLine(
  w: WriteHandle,
  refundId: number,
  line: NewRefundLine,
): Promise<void> {
  await w
    .insertInto('refund_line')
    .values({
      refund_id: refundId,
      sale_line_id: line.saleLineId,
      units: line.units.length,
      amount: line.amount,
      condition: line.condition,
      packaging_intact: line.packagingIntact ? 1 : 0,
      fee_kind: line.fee?.kind ?? null,
      fee: line.fee?.amount ?? 0,
      fee_days: line.fee?.days ?? 0,
      price_rise: line.priceRise,
    })
    .execute()
  const rows = line.units.map((unit) => ({
    sale_line_id: line.saleLineId,
    unit_no: unit.unitNo,
    amount: unit.amount,
    refund_id: refundId,
    pos_return_line_id: null,
  }))
  try {
    for (let start = 0; start < rows.length; start += rowsPerStatement) {
      await w
        .insertInto('returned_unit')
        .values(rows.slice(start, start + rowsPerStatement))
        .execute()
    }
  } catch (error) {
    if (isUniqueViolation(error)) refuse('refunds.units_taken', { name: line.name }, error)
    throw error
  }
}

export async function insertRefundTenders(
  w: WriteHandle,
  refundId: number,
  tenders: readonly PayBack[],
  gone: 'paid_back' | 'carried',
): Promise<void> {
  if (tenders.length === 0) return
  await w
    .insertInto('refund_tender')
    .values(
      tenders.map((tender) => ({
        refund_id: refundId,
        tender_id: tender.tenderId,
        kind: tender.kind,
        label: tender.label,
        amount: tender.amount,
        purpose: tender.purpose,
        rounding: tender.rounding,
        gift_part: tender.giftPart,
        paid_kind: tender.insteadOf?.kind ?? null,
        paid_label: tender.insteadOf?.label ?? '',
        needs: tender.insteadOf?.needs ?? null,
        form_reason: tender.insteadOf?.reason ?? '',
        carried: gone === 'carried' ? 1 : 0,
      })),
    )
    .execute()
}

export interface RefundRecord {
  id: number
  number: string
  state: 'recorded' | 'void'
  caseId: number
  receiptId: number
  receiptNo: string
  till: string
  saleDate: string
  soldAt: string
  businessDate: string
  recordedAt: string
  recordedBy: string
  reason: Reason
  note: string
  currency: string
  amount: number
  voidedOn: string | null
  voidReason: string | null
  version: number
  approvalIds: number[]
  rightsId: number | null
  /** The exchange whose returned side it is. */
  kind: SlipKind
  exchangeId: number | null
  customer: { name: string; phone: string; memberNo: string | null } | null
}

export async function findRefund(r: ReadHandle, id: number): Promise<RefundRecord | undefined> {
  const row = await r
    .selectFrom('refund')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt_id')
    .innerJoin('operator', 'operator.id', 'refund.recorded_by')
    .leftJoin('customer', 'customer.id', 'receipt.customer_id')
    .selectAll('refund')
    .select([
      'receipt.receipt_no',
      'receipt.till',
      'receipt.sold_at',
      'receipt.business_date as sale_date',
      'operator.name as recorded_by_name',
      'customer.id as customer_id',
      'customer.name as customer_name',
      'customer.phone as customer_phone',
      'customer.member_no',
    ])
    .where('refund.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    caseId: row.case_id,
    receiptId: row.receipt_id,
    receiptNo: row.receipt_no,
    till: row.till,
    saleDate: row.sale_date,
    soldAt: row.sold_at,
    businessDate: row.business_date,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by_name,
    reason: row.reason,
    note: row.note,
    currency: row.currency,
    amount: row.amount,
    voidedOn: row.voided_on,
    voidReason: row.void_reason,
    version: row.version,
    approvalIds: JSON.parse(row.approval_ids) as number[],
    rightsId: row.rights_id,
    exchangeId: row.exchange_id,
    kind: row.slip_kind,
    customer:
      row.customer_id === null
        ? null
        : {
            name: row.customer_name ?? '',
            phone: row.customer_phone ?? '',
            memberNo: row.member_no,
          },
  }
}

export interface RefundLineRecord {
  saleLineId: number
  name: string
  units: number
  amount: number
  condition: Condition
  packagingIntact: boolean
  /** What was kept from it. */
  fee: number
  sku: string
  barcode: string
  unit: string
  lineUnits: number
  qtyMilli: number
  paidAmount: number
  serialNo: string
  floor: string
  counter: string
  vendor: string
  clerk: string
}

export async function listRefundLines(
  r: ReadHandle,
  refundId: number,
): Promise<RefundLineRecord[]> {
  const rows = await r
    .selectFrom('refund_line')
    .innerJoin('sale_line', 'sale_line.id', 'refund_line.sale_line_id')
    .select([
      'refund_line.sale_line_id',
      'sale_line.name',
      'refund_line.units',
      'refund_line.amount',
      'refund_line.condition',
      'refund_line.packaging_intact',
      'refund_line.fee',
      'sale_line.sku',
      'sale_line.barcode',
      'sale_line.unit',
      'sale_line.units as line_units',
      'sale_line.qty_milli',
      'sale_line.paid_amount',
      'sale_line.serial_no',
      'sale_line.floor',
      'sale_line.counter',
      'sale_line.vendor',
      'sale_line.clerk',
    ])
    .where('refund_line.refund_id', '=', refundId)
    .orderBy('refund_line.id')
    .execute()
  return rows.map((row) => ({
    saleLineId: row.sale_line_id,
    name: row.name,
    units: row.units,
    amount: row.amount,
    condition: row.condition,
    packagingIntact: row.packaging_intact === 1,
    fee: row.fee,
    sku: row.sku,
    barcode: row.barcode,
    unit: row.unit,
    lineUnits: row.line_units,
    qtyMilli: row.qty_milli,
    paidAmount: row.paid_amount,
    serialNo: row.serial_no,
    floor: row.floor,
    counter: row.counter,
    vendor: row.vendor,
    clerk: row.clerk,
  }))
}

/** A row that was paid out, with the payment it stands for. */
export type PaidBack = PayBack & {
  reference: string
  /** Of an exchange: it went into the new sale and is not paid out. */
  carried: boolean
}

export async function listRefundTenders(r: ReadHandle, refundId: number): Promise<PaidBack[]> {
  const rows = await r
    .selectFrom('refund_tender')
    .leftJoin('tender', 'tender.id', 'refund_tender.tender_id')
    .selectAll('refund_tender')
    .select('tender.reference')
    .where('refund_tender.refund_id', '=', refundId)
    .orderBy('refund_tender.id')
    .execute()
  return rows.map((row) => ({
    tenderId: row.tender_id,
    kind: row.kind,
    label: row.label,
    amount: row.amount,
    purpose: row.purpose,
    rounding: row.rounding,
    giftPart: row.gift_part,
    insteadOf:
      row.paid_kind === null || row.needs === null
        ? null
        : {
            kind: row.paid_kind,
            label: row.paid_label,
            needs: row.needs,
            reason: row.form_reason,
          },
    reference: row.reference ?? '',
    carried: row.carried === 1,
  }))
}

/**
 * Declares a refund void and frees its units; the slip's number and rows stay.
 *
 * @returns false when somebody else changed the refund since `version`.
 */
export async function writeVoid(
  w: WriteHandle,
  refund: { id: number; version: number },
  voided: { at: string; on: string; by: number; reason: string },
): Promise<boolean> {
  const result = await w
    .updateTable('refund')
    .set({
      state: 'void',
      voided_at: voided.at,
      voided_on: voided.on,
      voided_by: voided.by,
      void_reason: voided.reason,
      version: refund.version + 1,
    })
    .where('id', '=', refund.id)
    .where('version', '=', refund.version)
    .where('state', '=', 'recorded')
    .executeTakeFirst()
  if (result.numUpdatedRows !== 1n) return false
  await w.updateTable('returned_unit').set({ live: 0 }).where('refund_id', '=', refund.id).execute()
  return true
}

/** The units of a returned side, as whoever takes them in sees them. */
export async function listUnitsOfReturn(r: ReadHandle, refundId: number) {
  const rows = await r
    .selectFrom('returned_unit')
    .innerJoin('refund_line', (join) =>
      join
        .onRef('refund_line.refund_id', '=', 'returned_unit.refund_id')
        .onRef('refund_line.sale_line_id', '=', 'returned_unit.sale_line_id'),
    )
    .select(['returned_unit.sale_line_id', 'unit_no', 'condition', 'packaging_intact'])
    .where('returned_unit.refund_id', '=', refundId)
    .orderBy('returned_unit.id')
    .execute()
  return rows.map((row) => ({
    saleLineId: row.sale_line_id,
    unitNo: row.unit_no,
    condition: row.condition,
    packagingIntact: row.packaging_intact === 1,
  }))
}

/** Goods whose price a slip adjusted and which came back since, at the lower price; undefined where none did. */
export async function findAdjustedThenReturned(
  r: ReadHandle,
  refundId: number,
): Promise<{ name: string } | undefined> {
  return r
    .selectFrom('refund_allowance')
    .innerJoin('returned_unit', (join) =>
      join
        .onRef('returned_unit.sale_line_id', '=', 'refund_allowance.sale_line_id')
        .onRef('returned_unit.unit_no', '=', 'refund_allowance.unit_no')
        .on('returned_unit.live', '=', 1),
    )
    .innerJoin('sale_line', 'sale_line.id', 'refund_allowance.sale_line_id')
    .select('sale_line.name')
    .where('refund_allowance.refund_id', '=', refundId)
    .limit(1)
    .executeTakeFirst()
}

/** Units of a line whose price was adjusted, and by how much together. */
export interface AdjustedLine {
  saleLineId: number
  name: string
  units: number
  amount: number
  sku: string
  serialNo: string
  unit: string
  /** What these units were paid for. */
  paidAmount: number
  lineUnits: number
  qtyMilli: number
}

export async function listAdjustedLines(r: ReadHandle, refundId: number): Promise<AdjustedLine[]> {
  const rows = await r
    .selectFrom('refund_allowance')
    .innerJoin('sale_line', 'sale_line.id', 'refund_allowance.sale_line_id')
    .select((row) => [
      'sale_line.id',
      'name',
      'sku',
      'serial_no',
      'unit',
      'sale_line.units as line_units',
      'paid_amount',
      'qty_milli',
      row.fn.countAll<number>().as('units'),
      row.fn.sum<number>('refund_allowance.amount').as('amount'),
    ])
    .where('refund_id', '=', refundId)
    .groupBy('sale_line.id')
    .orderBy('sale_line.line_no')
    .execute()
  return rows.map((row) => ({
    saleLineId: row.id,
    name: row.name,
    units: row.units,
    amount: row.amount,
    sku: row.sku,
    serialNo: row.serial_no,
    unit: row.unit,
    paidAmount: row.paid_amount,
    lineUnits: row.line_units,
    qtyMilli: row.qty_milli,
  }))
}
