import type { Selectable } from 'kysely'
import type { RepairItemTable } from '../database/schema.ts'
import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { faultCodes } from './contract.ts'

type FaultCode = (typeof faultCodes)[number]

export interface RepairRecord {
  id: number
  number: string
  caseId: number
  state: 'open' | 'closed'
  customerId: number | null
  contact: { name: string; phone: string }
  currency: string
  note: string
  pickupCode: string
  wrongCodes: number
  storageDays: number
  storageFee: number
  signature: string | null
  businessDate: string
  recordedAt: string
  recordedBy: string
  closedAt: string | null
  version: number
}

export interface NewRepair {
  number: string
  caseId: number
  customerId: number | null
  contact: { name: string; phone: string }
  currency: string
  note: string
  pickupCode: string
  storageDays: number
  storageFee: number
  signature: string | null
  businessDate: string
  recordedAt: string
  recordedBy: number
}

export async function insertRepair(w: WriteHandle, repair: NewRepair): Promise<number> {
  const { id } = await w
    .insertInto('repair')
    .values({
      number: repair.number,
      case_id: repair.caseId,
      customer_id: repair.customerId,
      contact_name: repair.contact.name,
      contact_phone: repair.contact.phone,
      currency: repair.currency,
      note: repair.note,
      pickup_code: repair.pickupCode,
      storage_days: repair.storageDays,
      storage_fee: repair.storageFee,
      signature_sha256: repair.signature,
      business_date: repair.businessDate,
      recorded_at: repair.recordedAt,
      recorded_by: repair.recordedBy,
      closed_at: null,
      closed_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function findRepair(r: ReadHandle, id: number): Promise<RepairRecord | undefined> {
  const row = await r
    .selectFrom('repair')
    .innerJoin('operator', 'operator.id', 'repair.recorded_by')
    .selectAll('repair')
    .select('operator.name as recorded_by_name')
    .where('repair.id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      number: row.number,
      caseId: row.case_id,
      state: row.state,
      customerId: row.customer_id,
      contact: { name: row.contact_name, phone: row.contact_phone },
      currency: row.currency,
      note: row.note,
      pickupCode: row.pickup_code,
      wrongCodes: row.wrong_codes,
      storageDays: row.storage_days,
      storageFee: row.storage_fee,
      signature: row.signature_sha256,
      businessDate: row.business_date,
      recordedAt: row.recorded_at,
      recordedBy: row.recorded_by_name,
      closedAt: row.closed_at,
      version: row.version,
    }
  )
}

/**
 * Changes a ticket that is still as it was seen.
 *
 * @returns false when somebody else changed it meanwhile.
 */
export async function writeRepair(
  w: WriteHandle,
  seen: { id: number; version: number },
  columns: Partial<{
    state: 'open' | 'closed'
    closed_at: string | null
    closed_on: string | null
    pickup_code: string
    wrong_codes: number
  }>,
): Promise<boolean> {
  const result = await w
    .updateTable('repair')
    .set({ ...columns, version: seen.version + 1 })
    .where('id', '=', seen.id)
    .where('version', '=', seen.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Counts a wrong pickup code; the ticket stays as it is seen, for the clerk may try again. */
export async function countWrongCode(w: WriteHandle, id: number): Promise<void> {
  await w
    .updateTable('repair')
    .set((row) => ({ wrong_codes: row('wrong_codes', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

type ItemRow = Selectable<RepairItemTable>

export interface RepairItemRecord {
  id: number
  repairId: number
  position: number
  kind: ItemRow['kind']
  receiptId: number | null
  saleLineId: number | null
  unitNo: number | null
  cardId: number | null
  proofSetId: number | null
  rightsId: number | null
  formerItemId: number | null
  isRefailure: boolean
  name: string
  brand: string
  model: string
  category: string
  serialNo: string
  fault: string
  faultCode: FaultCode | null
  part: string | null
  appearance: string
  reception: ItemRow['reception']
  acceptance: ItemRow['acceptance']
  basis: ItemRow['basis']
  receivedOn: string | null
  readyOn: string | null
  endedOn: string | null
  outcome: ItemRow['outcome']
  outcomeNote: string
  leadsTo: ItemRow['leads_to']
  remedyNumber: string | null
  delayedBy: ItemRow['delayed_by']
  warrantyDays: number | null
  version: number
}

function toItem(row: ItemRow): RepairItemRecord {
  return {
    id: row.id,
    repairId: row.repair_id,
    position: row.position,
    kind: row.kind,
    receiptId: row.receipt_id,
    saleLineId: row.sale_line_id,
    unitNo: row.unit_no,
    cardId: row.card_id,
    proofSetId: row.proof_set_id,
    rightsId: row.rights_id,
    formerItemId: row.former_item_id,
    isRefailure: row.is_refailure === 1,
    name: row.name,
    brand: row.brand,
    model: row.model,
    category: row.category,
    serialNo: row.serial_no,
    fault: row.fault,
    faultCode: row.fault_code as FaultCode | null,
    part: row.part,
    appearance: row.appearance,
    reception: row.reception,
    acceptance: row.acceptance,
    basis: row.basis,
    receivedOn: row.received_on,
    readyOn: row.ready_on,
    endedOn: row.ended_on,
    outcome: row.outcome,
    outcomeNote: row.outcome_note,
    leadsTo: row.leads_to,
    remedyNumber: row.remedy_number,
    delayedBy: row.delayed_by,
    warrantyDays: row.warranty_days,
    version: row.version,
  }
}

export type NewItem = Pick<
  RepairItemRecord,
  | 'repairId'
  | 'position'
  | 'kind'
  | 'receiptId'
  | 'saleLineId'
  | 'unitNo'
  | 'cardId'
  | 'proofSetId'
  | 'rightsId'
  | 'formerItemId'
  | 'isRefailure'
  | 'name'
  | 'brand'
  | 'model'
  | 'category'
  | 'serialNo'
  | 'fault'
  | 'faultCode'
  | 'part'
  | 'appearance'
  | 'reception'
  | 'acceptance'
  | 'basis'
  | 'receivedOn'
>

/**
 * Writes one item; the unique index refuses a unit that is in a repair already (`repairs.unit_in_repair`, which names
 * it).
 */
export async function insertItem(w: WriteHandle, item: NewItem): Promise<number> {
  try {
    const { id } = await w
      .insertInto('repair_item')
      .values({
        repair_id: item.repairId,
        position: item.position,
        kind: item.kind,
        receipt_id: item.receiptId,
        sale_line_id: item.saleLineId,
        unit_no: item.unitNo,
        card_id: item.cardId,
        proof_set_id: item.proofSetId,
        rights_id: item.rightsId,
        former_item_id: item.formerItemId,
        is_refailure: item.isRefailure ? 1 : 0,
        name: item.name,
        brand: item.brand,
        model: item.model,
        category: item.category,
        serial_no: item.serialNo,
        fault: item.fault,
        fault_code: item.faultCode,
        part: item.part,
        appearance: item.appearance,
        reception: item.reception,
        acceptance: item.acceptance,
        basis: item.basis,
        received_on: item.receivedOn,
        ready_on: null,
        ended_on: null,
        outcome: null,
        leads_to: null,
        remedy_number: null,
        delayed_by: null,
        warranty_days: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const live = await findLiveOfUnit(w, item.saleLineId ?? 0, item.unitNo ?? 0)
    refuse('repairs.unit_in_repair', { name: item.name, number: live?.number ?? '' }, error)
  }
}

/** The columns of an item that its steps change. */
export type ItemStep = Partial<
  Pick<
    ItemRow,
    | 'reception'
    | 'acceptance'
    | 'basis'
    | 'rights_id'
    | 'part'
    | 'serial_no'
    | 'appearance'
    | 'received_on'
    | 'ready_on'
    | 'ended_on'
    | 'outcome'
    | 'outcome_note'
    | 'leads_to'
    | 'remedy_number'
    | 'delayed_by'
    | 'warranty_days'
  >
>

/** @returns false when somebody else changed the item since `version`. */
export async function writeItem(
  w: WriteHandle,
  seen: { id: number; version: number },
  columns: ItemStep,
): Promise<boolean> {
  const result = await w
    .updateTable('repair_item')
    .set({ ...columns, version: seen.version + 1 })
    .where('id', '=', seen.id)
    .where('version', '=', seen.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function findItem(r: ReadHandle, id: number): Promise<RepairItemRecord | undefined> {
  const row = await r.selectFrom('repair_item').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toItem(row)
}

/** The items of some tickets, in order. */
export async function listItems(
  r: ReadHandle,
  repairIds: readonly number[],
): Promise<RepairItemRecord[]> {
  if (repairIds.length === 0) return []
  const rows = await r
    .selectFrom('repair_item')
    .selectAll()
    .where('repair_id', 'in', repairIds)
    .orderBy('repair_id')
    .orderBy('position')
    .execute()
  return rows.map(toItem)
}

export interface LiveUnit {
  repairId: number
  itemId: number
  number: string
  saleLineId: number
  unitNo: number
  reception: ItemRow['reception']
  leadsTo: ItemRow['leads_to']
  version: number
}

function selectLive(r: ReadHandle) {
  return r
    .selectFrom('repair_item')
    .innerJoin('repair', 'repair.id', 'repair_item.repair_id')
    .select([
      'repair_item.id as itemId',
      'repair_item.repair_id as repairId',
      'repair_item.version',
      'repair_item.reception',
      'repair_item.leads_to as leadsTo',
      'repair.number',
    ])
    .select((row) => [
      row.ref('repair_item.sale_line_id').$notNull().as('saleLineId'),
      row.ref('repair_item.unit_no').$notNull().as('unitNo'),
    ])
    .where('repair_item.sale_line_id', 'is not', null)
    .where('repair_item.reception', 'not in', ['handed_back', 'kept', 'cancelled'])
}

/** The repair a unit is in now; undefined where it is in none. */
export async function findLiveOfUnit(
  r: ReadHandle,
  saleLineId: number,
  unitNo: number,
): Promise<LiveUnit | undefined> {
  return selectLive(r)
    .where('repair_item.sale_line_id', '=', saleLineId)
    .where('repair_item.unit_no', '=', unitNo)
    .executeTakeFirst()
}

/** Every unit of a sale that is in a repair now. */
export function listLiveOfReceipt(r: ReadHandle, receiptId: number): Promise<LiveUnit[]> {
  return selectLive(r)
    .where('repair_item.receipt_id', '=', receiptId)
    .orderBy('repair_item.id')
    .execute()
}

/** Every repair of the units of a sale there ever was, oldest first. */
export async function listItemsOfReceipt(
  r: ReadHandle,
  receiptId: number,
): Promise<RepairItemRecord[]> {
  const rows = await r
    .selectFrom('repair_item')
    .selectAll()
    .where('receipt_id', '=', receiptId)
    .orderBy('id')
    .execute()
  return rows.map(toItem)
}

/** Finished repairs of goods that no sale is known of, by serial number, newest first. */
export async function findLastOfSerial(
  r: ReadHandle,
  serialNo: string,
): Promise<RepairItemRecord | undefined> {
  const row = await r
    .selectFrom('repair_item')
    .selectAll()
    .where('serial_no', '=', serialNo)
    .where('serial_no', '<>', '')
    .where('reception', '=', 'handed_back')
    .orderBy('ended_on', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toItem(row)
}

/** Items whose former repair is one of these. */
export async function listLater(
  r: ReadHandle,
  itemIds: readonly number[],
): Promise<{ formerItemId: number; repairId: number; number: string }[]> {
  if (itemIds.length === 0) return []
  return r
    .selectFrom('repair_item')
    .innerJoin('repair', 'repair.id', 'repair_item.repair_id')
    .select(['repair.id as repairId', 'repair.number'])
    .select((row) => row.ref('repair_item.former_item_id').$notNull().as('formerItemId'))
    .where('former_item_id', 'in', itemIds)
    .where('repair_item.reception', '<>', 'cancelled')
    .execute()
}

/** The item that was kept for a remedy, by the number of the remedy. */
export async function listKeptFor(
  r: ReadHandle,
  remedyNumber: string,
): Promise<RepairItemRecord[]> {
  const rows = await r
    .selectFrom('repair_item')
    .selectAll()
    .where('remedy_number', '=', remedyNumber)
    .where('reception', '=', 'kept')
    .execute()
  return rows.map(toItem)
}

export interface RepairListFilter {
  state?: 'open' | 'closed'
  businessDate?: string
  receiptId?: number
  receptions?: readonly ItemRow['reception'][]
  undecided?: boolean
  /** Some of it was handed back or stayed with the store on this day. */
  endedOn?: string
  limit?: number
}

export interface RepairHead {
  id: number
  number: string
  caseId: number
  state: 'open' | 'closed'
  businessDate: string
  recordedAt: string
  contactName: string
  contactPhone: string
  ownerName: string
  storageDays: number
  storageFee: number
}

/** Tickets by what is asked for, newest first. */
export async function listRepairs(r: ReadHandle, filter: RepairListFilter): Promise<RepairHead[]> {
  const { state, businessDate, receiptId, receptions, undecided, endedOn } = filter
  let query = r
    .selectFrom('repair')
    .innerJoin('case_file', 'case_file.id', 'repair.case_id')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .select([
      'repair.id',
      'repair.number',
      'repair.case_id as caseId',
      'repair.state',
      'repair.business_date as businessDate',
      'repair.recorded_at as recordedAt',
      'repair.contact_name as contactName',
      'repair.contact_phone as contactPhone',
      'operator.name as ownerName',
      'repair.storage_days as storageDays',
      'repair.storage_fee as storageFee',
    ])
    .orderBy('repair.id', 'desc')
    .limit(filter.limit ?? 500)
  if (state) query = query.where('repair.state', '=', state)
  if (businessDate) query = query.where('repair.business_date', '=', businessDate)
  if (receiptId !== undefined || receptions || undecided || endedOn) {
    query = query.where((row) => {
      let items = row
        .selectFrom('repair_item')
        .select('repair_item.id')
        .whereRef('repair_item.repair_id', '=', 'repair.id')
      if (receiptId !== undefined) items = items.where('repair_item.receipt_id', '=', receiptId)
      if (endedOn) items = items.where('repair_item.ended_on', '=', endedOn)
      if (receptions) items = items.where('repair_item.reception', 'in', [...receptions])
      if (undecided) {
        items = items
          .where('repair_item.acceptance', 'in', ['undecided', 'paid'])
          .where('repair_item.reception', 'not in', ['handed_back', 'kept', 'cancelled'])
      }
      return row.exists(items)
    })
  }
  return query.execute()
}

export interface AccessoryRecord {
  id: number
  itemId: number
  position: number
  name: string
  note: string
  returnedAt: string | null
}

/** Adds accessories after those that are there. */
export async function insertAccessories(
  w: WriteHandle,
  itemId: number,
  accessories: readonly { name: string; note: string }[],
): Promise<void> {
  if (accessories.length === 0) return
  const { last } = await w
    .selectFrom('repair_accessory')
    .select((row) => row.fn.max('position').as('last'))
    .where('item_id', '=', itemId)
    .executeTakeFirstOrThrow()
  await w
    .insertInto('repair_accessory')
    .values(
      accessories.map(({ name, note }, index) => ({
        item_id: itemId,
        position: (last ?? 0) + index + 1,
        name,
        note,
        returned_at: null,
      })),
    )
    .execute()
}

export async function listAccessories(
  r: ReadHandle,
  itemIds: readonly number[],
): Promise<AccessoryRecord[]> {
  if (itemIds.length === 0) return []
  return r
    .selectFrom('repair_accessory')
    .select(['id', 'item_id as itemId', 'position', 'name', 'note', 'returned_at as returnedAt'])
    .where('item_id', 'in', itemIds)
    .orderBy('item_id')
    .orderBy('position')
    .execute()
}

export async function writeAccessoriesReturned(
  w: WriteHandle,
  ids: readonly number[],
  at: string,
): Promise<void> {
  if (ids.length === 0) return
  await w.updateTable('repair_accessory').set({ returned_at: at }).where('id', 'in', ids).execute()
}

export async function insertPrivateNote(
  w: WriteHandle,
  itemId: number,
  note: string,
  at: string,
): Promise<void> {
  await w
    .insertInto('repair_private_note')
    .values({ item_id: itemId, note, kept_at: at, erased_at: null })
    .execute()
}

/** Overwrites the notes of these items; that there was one stays known. */
export async function erasePrivateNotes(
  w: WriteHandle,
  itemIds: readonly number[],
  at: string,
): Promise<number> {
  const result = await w
    .updateTable('repair_private_note')
    .set({ note: null, erased_at: at })
    .where('item_id', 'in', itemIds)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

export async function listPrivateNotes(
  r: ReadHandle,
  itemIds: readonly number[],
): Promise<{ itemId: number; erasedAt: string | null }[]> {
  if (itemIds.length === 0) return []
  return r
    .selectFrom('repair_private_note')
    .select(['item_id as itemId', 'erased_at as erasedAt'])
    .where('item_id', 'in', itemIds)
    .execute()
}

/** The words of a private note; undefined where there is none, null where it was erased. */
export async function readPrivateNote(
  r: ReadHandle,
  itemId: number,
): Promise<string | null | undefined> {
  const row = await r
    .selectFrom('repair_private_note')
    .select('note')
    .where('item_id', '=', itemId)
    .executeTakeFirst()
  return row?.note ?? (row ? null : undefined)
}

/** Repairs with goods that are ready to be collected. */
export async function countReady(r: ReadHandle): Promise<number> {
  const { count } = await r
    .selectFrom('repair_item')
    .select((row) => row.fn.count<number>('repair_id').distinct().as('count'))
    .where('reception', '=', 'ready')
    .executeTakeFirstOrThrow()
  return count
}
