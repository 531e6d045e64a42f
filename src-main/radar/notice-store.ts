import { sql } from 'kysely'
import type { RecallTable, SaleStopTable } from '../database/schema.ts'
import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { GoodsSeen } from './match.ts'

export interface StopRecord {
  id: number
  number: string
  productId: number | null
  goods: string
  barcode: string
  brand: string
  model: string
  batchNo: string
  reason: string
  effectiveOn: string
  state: SaleStopTable['state']
  businessDate: string
  issuedBy: string
  issuedAt: string
  liftedBy: string | null
  liftedAt: string | null
  liftReason: string
  incident: { id: number; number: string } | null
  counters: {
    counter: string
    person: string
    units: number | null
    acknowledgedAt: string | null
  }[]
  version: number
}

function selectStops(r: ReadHandle) {
  return r
    .selectFrom('sale_stop')
    .innerJoin('operator as issuer', 'issuer.id', 'sale_stop.issued_by')
    .leftJoin('operator as lifter', 'lifter.id', 'sale_stop.lifted_by')
    .leftJoin('incident', 'incident.id', 'sale_stop.incident_id')
    .selectAll('sale_stop')
    .select([
      'issuer.name as issuer_name',
      'lifter.name as lifter_name',
      'incident.number as incident_number',
    ])
}

type StopRow = Awaited<ReturnType<ReturnType<typeof selectStops>['execute']>>[number]

async function toStops(r: ReadHandle, rows: readonly StopRow[]): Promise<StopRecord[]> {
  if (rows.length === 0) return []
  const counters = await r
    .selectFrom('sale_stop_counter')
    .selectAll()
    .where(
      'stop_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('counter')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    productId: row.product_id,
    goods: row.goods,
    barcode: row.barcode,
    brand: row.brand,
    model: row.model,
    batchNo: row.batch_no,
    reason: row.reason,
    effectiveOn: row.effective_on,
    state: row.state,
    businessDate: row.business_date,
    issuedBy: row.issuer_name,
    issuedAt: row.issued_at,
    liftedBy: row.lifter_name,
    liftedAt: row.lifted_at,
    liftReason: row.lift_reason,
    incident:
      row.incident_id === null ? null : { id: row.incident_id, number: row.incident_number ?? '' },
    counters: counters
      .filter((each) => each.stop_id === row.id)
      .map(({ counter, person, units, acknowledged_at: acknowledgedAt }) => ({
        counter,
        person,
        units,
        acknowledgedAt,
      })),
    version: row.version,
  }))
}

/** Notices in force, or all: the newest first. */
export async function listStops(r: ReadHandle, lifted: boolean): Promise<StopRecord[]> {
  const rows = await selectStops(r)
    .$if(!lifted, (all) => all.where('sale_stop.state', '=', 'in_force'))
    .orderBy('sale_stop.id', 'desc')
    .limit(200)
    .execute()
  return toStops(r, rows)
}

export async function findStop(r: ReadHandle, id: number): Promise<StopRecord | undefined> {
  const rows = await selectStops(r).where('sale_stop.id', '=', id).execute()
  return (await toStops(r, rows))[0]
}

export function listStopsOf(r: ReadHandle, incidentId: number) {
  return r
    .selectFrom('sale_stop')
    .select(['id', 'number', 'state'])
    .where('incident_id', '=', incidentId)
    .orderBy('id')
    .execute()
}

export async function insertStop(
  w: WriteHandle,
  stop: {
    number: string
    incidentId: number | null
    productId: number | null
    goods: string
    barcode: string
    brand: string
    model: string
    batchNo: string
    reason: string
    effectiveOn: string
    businessDate: string
    at: string
    by: number
    counters: readonly string[]
  },
): Promise<number> {
  const { id } = await w
    .insertInto('sale_stop')
    .values({
      number: stop.number,
      incident_id: stop.incidentId,
      product_id: stop.productId,
      goods: stop.goods,
      barcode: stop.barcode,
      brand: stop.brand,
      model: stop.model,
      batch_no: stop.batchNo,
      reason: stop.reason,
      effective_on: stop.effectiveOn,
      state: 'in_force',
      business_date: stop.businessDate,
      issued_at: stop.at,
      issued_by: stop.by,
      lifted_at: null,
      lifted_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const counter of new Set(stop.counters)) {
    await w
      .insertInto('sale_stop_counter')
      .values({
        stop_id: id,
        counter,
        acknowledged_at: null,
        acknowledged_by: null,
        units: null,
      })
      .execute()
  }
  return id
}

/** @returns false where the counter is not asked, or has answered already. */
export async function writeAcknowledged(
  w: WriteHandle,
  of: { stopId: number; counter: string },
  answer: { person: string; units: number; at: string; by: number },
): Promise<boolean> {
  const result = await w
    .updateTable('sale_stop_counter')
    .set({
      acknowledged_at: answer.at,
      acknowledged_by: answer.by,
      person: answer.person,
      units: answer.units,
    })
    .where('stop_id', '=', of.stopId)
    .where('counter', '=', of.counter)
    .where('acknowledged_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false when somebody else changed it since `version`. */
export async function writeLifted(
  w: WriteHandle,
  stop: { id: number; version: number },
  lifted: { at: string; by: number; reason: string },
): Promise<boolean> {
  const result = await w
    .updateTable('sale_stop')
    .set({
      state: 'lifted',
      lifted_at: lifted.at,
      lifted_by: lifted.by,
      lift_reason: lifted.reason,
      version: stop.version + 1,
    })
    .where('id', '=', stop.id)
    .where('version', '=', stop.version)
    .where('state', '=', 'in_force')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface RecallRecord {
  id: number
  kind: RecallTable['kind']
  authority: string
  number: string
  title: string
  issuedOn: string
  barcode: string
  brand: string
  model: string
  batchNo: string
  duty: string
  state: RecallTable['state']
  enteredBy: string
  enteredAt: string
  withdrawReason: string
  version: number
}

/** The list in force, or all of it: the newest first. */
export function listRecalls(r: ReadHandle, withdrawn: boolean): Promise<RecallRecord[]> {
  return r
    .selectFrom('recall')
    .innerJoin('operator', 'operator.id', 'recall.entered_by')
    .select([
      'recall.id',
      'kind',
      'authority',
      'number',
      'title',
      'issued_on as issuedOn',
      'barcode',
      'brand',
      'model',
      'batch_no as batchNo',
      'duty',
      'state',
      'operator.name as enteredBy',
      'entered_at as enteredAt',
      'withdraw_reason as withdrawReason',
      'recall.version',
    ])
    .$if(!withdrawn, (all) => all.where('state', '=', 'in_force'))
    .orderBy('issued_on', 'desc')
    .orderBy('recall.id', 'desc')
    .execute()
}

export type NewRecall = Omit<
  RecallRecord,
  'id' | 'state' | 'enteredBy' | 'enteredAt' | 'withdrawReason' | 'version'
>

/** @returns undefined where the same is on the list already. */
export async function insertRecall(
  w: WriteHandle,
  recall: NewRecall,
  entered: { source: RecallTable['source']; at: string; by: number },
): Promise<number | undefined> {
  try {
    const { id } = await w
      .insertInto('recall')
      .values({
        kind: recall.kind,
        authority: recall.authority,
        number: recall.number,
        title: recall.title,
        issued_on: recall.issuedOn,
        barcode: recall.barcode,
        brand: recall.brand,
        model: recall.model,
        batch_no: recall.batchNo,
        duty: recall.duty,
        source: entered.source,
        state: 'in_force',
        entered_at: entered.at,
        entered_by: entered.by,
        withdrawn_at: null,
        withdrawn_by: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    if (isUniqueViolation(error)) return undefined
    throw error
  }
}

/** @returns false when somebody else changed it since `version`. */
export async function writeWithdrawn(
  w: WriteHandle,
  recall: { recallId: number; version: number },
  withdrawn: { at: string; by: number; reason: string },
): Promise<boolean> {
  const result = await w
    .updateTable('recall')
    .set({
      state: 'withdrawn',
      withdrawn_at: withdrawn.at,
      withdrawn_by: withdrawn.by,
      withdraw_reason: withdrawn.reason,
      version: recall.version + 1,
    })
    .where('id', '=', recall.recallId)
    .where('version', '=', recall.version)
    .where('state', '=', 'in_force')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Goods of a sale, a line, a card, or a product as they are compared with notices; each with the batches cards name. */
export async function listGoodsSeen(
  r: ReadHandle,
  of: {
    receiptId?: number | undefined
    saleLineId?: number | undefined
    cardId?: number | undefined
    productIds?: readonly number[] | undefined
  },
): Promise<GoodsSeen[]> {
  const { receiptId = null, saleLineId = null, cardId = null, productIds = [] } = of
  const seen: GoodsSeen[] = []
  if (receiptId !== null || saleLineId !== null || cardId !== null) {
    const { rows } = await sql<GoodsSeen>`
      SELECT DISTINCT sale_line.product_id AS productId,
        coalesce(nullif(sale_line.barcode, ''), product.barcode, '') AS barcode,
        coalesce(product.brand, '') AS brand, coalesce(product.model, '') AS model, sale_line.name AS name,
        coalesce(card_line.batch_no, '') AS batchNo
      FROM sale_line
      LEFT JOIN product ON product.id = sale_line.product_id
      LEFT JOIN card_line ON card_line.sale_line_id = sale_line.id AND card_line.live = 1
      WHERE sale_line.kind = 'goods' AND (sale_line.receipt_id = ${receiptId} OR sale_line.id = ${saleLineId}
        OR sale_line.id IN (SELECT card_line.sale_line_id FROM card_line WHERE card_line.card_id = ${cardId}))`.execute(
      r,
    )
    seen.push(...rows)
  }
  if (productIds.length > 0) {
    const rows = await r
      .selectFrom('product')
      .select(['id as productId', 'barcode', 'brand', 'model', 'name'])
      .where('id', 'in', productIds)
      .execute()
    seen.push(...rows.map((row) => ({ ...row, batchNo: '' })))
  }
  return seen
}
