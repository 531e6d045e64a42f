import type { GoodsMovementTable, GoodsUnitTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { Destination, GoodsSource, listViews, UnitAction, UnitState } from './contract.ts'

/** Rows of one list: more than a desk ever holds; who needs an older one finds it by its label. */
const mostListed = 500

/** What the sale and the catalogue say of a line. */
export interface GoodsLine {
  saleLineId: number
  receiptId: number
  units: number
  qtyMilli: number
  unit: string
  name: string
  serialNo: string
  /** The catalogue's word for its kind. */
  categoryWords: string
  floor: string
  counter: string
  vendor: string
  paidAmount: number
  currency: string
}

export async function findLine(r: ReadHandle, saleLineId: number): Promise<GoodsLine | undefined> {
  return r
    .selectFrom('sale_line')
    .innerJoin('receipt', 'receipt.id', 'sale_line.receipt_id')
    .leftJoin('product', 'product.id', 'sale_line.product_id')
    .select((row) => [
      'sale_line.id as saleLineId',
      'receipt.id as receiptId',
      'sale_line.units',
      'sale_line.qty_milli as qtyMilli',
      'sale_line.unit',
      'sale_line.name',
      'sale_line.serial_no as serialNo',
      row.fn.coalesce('product.category', row.val('')).as('categoryWords'),
      'sale_line.floor',
      'sale_line.counter',
      'sale_line.vendor',
      'sale_line.paid_amount as paidAmount',
      'receipt.currency',
    ])
    .where('sale_line.id', '=', saleLineId)
    .executeTakeFirst()
}

/** True where a complaint about safety or fakes names the line, or its whole receipt. */
export async function hasSafetyComplaint(
  r: ReadHandle,
  { saleLineId, receiptId }: Pick<GoodsLine, 'saleLineId' | 'receiptId'>,
): Promise<boolean> {
  const found = await r
    .selectFrom('complaint')
    .select('id')
    .where('class', 'in', ['safety', 'counterfeit'])
    .where((row) =>
      row.or([
        row('sale_line_id', '=', saleLineId),
        row.and([row('sale_line_id', 'is', null), row('receipt_id', '=', receiptId)]),
      ]),
    )
    .executeTakeFirst()
  return found !== undefined
}

/** True where goods of this serial number are held already, as another unit. */
export async function isSerialHeld(
  r: ReadHandle,
  unit: { serialNo: string; saleLineId: number },
): Promise<boolean> {
  if (unit.serialNo === '') return false
  const found = await r
    .selectFrom('goods_unit')
    .select('id')
    .where('live', '=', 1)
    .where('serial_no', '=', unit.serialNo)
    .where('sale_line_id', '<>', unit.saleLineId)
    .executeTakeFirst()
  return found !== undefined
}

/** How many units one paper brought back so far: places on it are numbered on. */
export async function countOfNumber(r: ReadHandle, number: string): Promise<number> {
  const { count } = await r
    .selectFrom('goods_unit')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('source_number', '=', number)
    .executeTakeFirstOrThrow()
  return count
}

export interface NewUnit {
  tag: string
  unitNo: number
  name: string
  serialNo: string
  qtyMilli: number
  condition: GoodsUnitTable['condition']
  category: string | null
  value: number
  line: GoodsLine
  source: GoodsSource
  caseId: number | null
  state: UnitState
  destination: Destination
  ruleId: string
  businessDate: string
  at: string
  by: number
}

/** Rows written at once: SQLite takes so many values in one statement. */
const rowsAtOnce = 400

/** Writes units; @returns their ids by tag. */
export async function insertUnits(
  w: WriteHandle,
  units: readonly NewUnit[],
): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (let at = 0; at < units.length; at += rowsAtOnce) {
    const rows = await w
      .insertInto('goods_unit')
      .values(units.slice(at, at + rowsAtOnce).map(rowOf))
      .returning(['id', 'tag'])
      .execute()
    for (const { id, tag } of rows) ids.set(tag, id)
  }
  return ids
}

function rowOf(unit: NewUnit) {
  const { line, source } = unit
  return {
    tag: unit.tag,
    sale_line_id: line.saleLineId,
    unit_no: unit.unitNo,
    name: unit.name,
    serial_no: unit.serialNo,
    qty_milli: unit.qtyMilli,
    unit: line.unit,
    condition: unit.condition,
    category: unit.category,
    floor: line.floor,
    counter: line.counter,
    vendor: line.vendor,
    value: unit.value,
    currency: line.currency,
    source_type: source.type,
    source_id: source.id,
    source_number: source.number,
    case_id: unit.caseId,
    state: unit.state,
    destination: unit.destination,
    rule_id: unit.ruleId,
    live: 1 as const,
    business_date: unit.businessDate,
    received_at: unit.at,
    received_by: unit.by,
    moved_at: unit.at,
  }
}

export interface UnitChange {
  state: UnitState
  destination: Destination
  live: 0 | 1
  at: string
}

/** Writes where a unit is now; false where somebody else moved it meanwhile. */
export async function writeUnit(
  w: WriteHandle,
  unit: { id: number; version: number },
  change: UnitChange,
): Promise<boolean> {
  const result = await w
    .updateTable('goods_unit')
    .set({
      state: change.state,
      destination: change.destination,
      live: change.live,
      moved_at: change.at,
      version: unit.version + 1,
    })
    .where('id', '=', unit.id)
    .where('version', '=', unit.version)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export interface NewMovement {
  unitId: number
  at: string
  businessDate: string
  by: number
  action: UnitAction
  from: UnitState | null
  to: UnitState
  destination: Destination
  reason: string
  place: string
  approvalId: number | null
}

export async function insertMovements(
  w: WriteHandle,
  movements: readonly NewMovement[],
): Promise<void> {
  for (let at = 0; at < movements.length; at += rowsAtOnce) {
    const rows = movements.slice(at, at + rowsAtOnce).map((movement) => ({
      goods_unit_id: movement.unitId,
      at: movement.at,
      business_date: movement.businessDate,
      actor_id: movement.by,
      action: movement.action,
      from_state: movement.from,
      to_state: movement.to,
      destination: movement.destination,
      reason: movement.reason,
      place: movement.place,
      approval_id: movement.approvalId,
    }))
    await w.insertInto('goods_movement').values(rows).execute()
  }
}

function selectUnits(r: ReadHandle) {
  return r
    .selectFrom('goods_unit')
    .innerJoin('operator', 'operator.id', 'goods_unit.received_by')
    .selectAll('goods_unit')
    .select('operator.name as received_by_name')
}

type UnitRow = Awaited<ReturnType<ReturnType<typeof selectUnits>['executeTakeFirstOrThrow']>>

export interface UnitRecord {
  id: number
  tag: string
  saleLineId: number
  unitNo: number
  name: string
  serialNo: string
  qtyMilli: number
  unit: string
  condition: GoodsUnitTable['condition']
  category: string | null
  floor: string
  counter: string
  vendor: string
  value: number
  currency: string
  source: GoodsSource
  caseId: number | null
  state: UnitState
  destination: Destination
  ruleId: string
  receivedOn: string
  receivedAt: string
  receivedBy: string
  movedAt: string
  version: number
}

function recordOf(row: UnitRow): UnitRecord {
  return {
    id: row.id,
    tag: row.tag,
    saleLineId: row.sale_line_id,
    unitNo: row.unit_no,
    name: row.name,
    serialNo: row.serial_no,
    qtyMilli: row.qty_milli,
    unit: row.unit,
    condition: row.condition,
    category: row.category,
    floor: row.floor,
    counter: row.counter,
    vendor: row.vendor,
    value: row.value,
    currency: row.currency,
    source: { type: row.source_type, id: row.source_id, number: row.source_number },
    caseId: row.case_id,
    state: row.state,
    destination: row.destination,
    ruleId: row.rule_id,
    receivedOn: row.business_date,
    receivedAt: row.received_at,
    receivedBy: row.received_by_name,
    movedAt: row.moved_at,
    version: row.version,
  }
}

export async function findUnit(r: ReadHandle, id: number): Promise<UnitRecord | undefined> {
  const row = await selectUnits(r).where('goods_unit.id', '=', id).executeTakeFirst()
  return row && recordOf(row)
}

export async function findUnitByTag(r: ReadHandle, tag: string): Promise<number | undefined> {
  const row = await r
    .selectFrom('goods_unit')
    .select('id')
    .where('tag', '=', tag)
    .executeTakeFirst()
  return row?.id
}

/** Units of a line that are held now, by whatever paper they came. */
export async function listHeld(r: ReadHandle, saleLineId: number): Promise<UnitRecord[]> {
  const rows = await selectUnits(r)
    .where('sale_line_id', '=', saleLineId)
    .where('live', '=', 1)
    .execute()
  return rows.map(recordOf)
}

export async function listOfSource(
  r: ReadHandle,
  source: Pick<GoodsSource, 'type' | 'id'>,
): Promise<UnitRecord[]> {
  const rows = await selectUnits(r)
    .where('source_type', '=', source.type)
    .where('source_id', '=', source.id)
    .orderBy('goods_unit.id')
    .execute()
  return rows.map(recordOf)
}

const goneStates = [
  'on_floor',
  'with_vendor',
  'scrapped',
  'with_customer',
  'back_in_repair',
] as const

/** Goods in one place, the oldest first; what is gone, the latest first. */
export async function listUnits(
  r: ReadHandle,
  view: (typeof listViews)[number],
  text: string,
): Promise<UnitRecord[]> {
  let rows = selectUnits(r)
  rows =
    view === 'gone'
      ? rows
          .where('state', 'in', goneStates)
          .orderBy('moved_at', 'desc')
          .orderBy('goods_unit.id', 'desc')
      : rows.where('state', '=', view).orderBy('goods_unit.id')
  if (text !== '') {
    const part = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    rows = rows.where((row) =>
      row.or(
        (['goods_unit.name', 'tag', 'serial_no', 'vendor', 'counter'] as const).map((column) =>
          row(column, 'like', part),
        ),
      ),
    )
  }
  return (await rows.limit(mostListed).execute()).map(recordOf)
}

/** Units held in each place, with the first day of the oldest. */
export async function countHeld(
  r: ReadHandle,
): Promise<{ state: UnitState; count: number; oldestOn: string }[]> {
  return r
    .selectFrom('goods_unit')
    .select((row) => [
      'state',
      row.fn.countAll<number>().as('count'),
      row.fn.min('business_date').as('oldestOn'),
    ])
    .where('live', '=', 1)
    .groupBy('state')
    .execute()
}

export interface MovementRecord {
  id: number
  at: string
  actor: string
  action: GoodsMovementTable['action']
  from: UnitState | null
  to: UnitState
  destination: Destination
  reason: string
  place: string
  approvedBy: string | null
}

/** Where a unit was, the first step first. */
export async function listMovements(r: ReadHandle, unitId: number): Promise<MovementRecord[]> {
  return r
    .selectFrom('goods_movement')
    .innerJoin('operator as actor', 'actor.id', 'goods_movement.actor_id')
    .leftJoin('approval', 'approval.id', 'goods_movement.approval_id')
    .leftJoin('operator as approver', 'approver.id', 'approval.decided_by')
    .select([
      'goods_movement.id',
      'goods_movement.at',
      'actor.name as actor',
      'goods_movement.action',
      'from_state as from',
      'to_state as to',
      'destination',
      'goods_movement.reason',
      'place',
      'approver.name as approvedBy',
    ])
    .where('goods_unit_id', '=', unitId)
    .orderBy('goods_movement.id')
    .execute()
}

/** The place the log of a unit said last; empty where nobody said one. */
export async function lastPlaceOf(r: ReadHandle, unitId: number): Promise<string> {
  const row = await r
    .selectFrom('goods_movement')
    .select('place')
    .where('goods_unit_id', '=', unitId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.place ?? ''
}
