import type { ReadHandle } from '../database/store.ts'
import { type BusinessDate, daysBetween } from '../foundation/business-date.ts'
import { listWaits, listWorks } from './course-store.ts'
import type { UnitRepair } from './rules.ts'
import { findLastOfSerial, findRepair, listItemsOfReceipt, type RepairItemRecord } from './store.ts'

/** The repairs of all units of a sale, as rights and repairs reckon with them. */
export async function repairsOfSale(r: ReadHandle, receiptId: number): Promise<UnitRepair[]> {
  const items = await listItemsOfReceipt(r, receiptId)
  return withWaits(r, items)
}

/** A repair as the record on a card has it. */
export interface RepairRecordRow {
  number: string
  count: number
  handedIn: BusinessDate
  handedBack: BusinessDate | null
  fault: string
  cause: string
  treatment: string
}

/** What was repaired of these units of a sale, oldest first; goods that never came are no repair. */
export async function repairRecordsOf(
  r: ReadHandle,
  receiptId: number,
  units: readonly { saleLineId: number; unitNo: number }[],
): Promise<RepairRecordRow[]> {
  const all = await listItemsOfReceipt(r, receiptId)
  const items = all.filter(
    (item) =>
      item.receivedOn !== null &&
      units.some(
        ({ saleLineId, unitNo }) => saleLineId === item.saleLineId && unitNo === item.unitNo,
      ),
  )
  const works = await listWorks(
    r,
    items.map(({ id }) => id),
  )
  const rows: RepairRecordRow[] = []
  for (const item of items) {
    const own = works.filter(({ itemId }) => itemId === item.id)
    const count = items.filter(
      ({ id, saleLineId, unitNo }) =>
        id <= item.id && saleLineId === item.saleLineId && unitNo === item.unitNo,
    ).length
    rows.push({
      number: (await findRepair(r, item.repairId))?.number ?? '',
      count,
      handedIn: item.receivedOn ?? '',
      handedBack: item.endedOn,
      fault: item.fault,
      cause: own.map(({ actualFault }) => actualFault).join('；'),
      treatment: own.map(({ work }) => work).join('；'),
    })
  }
  return rows
}

export async function withWaits(
  r: ReadHandle,
  items: readonly RepairItemRecord[],
): Promise<UnitRepair[]> {
  if (items.length === 0) return []
  const waits = await listWaits(
    r,
    items.map((item) => item.id),
  )
  return items.map((item) => ({
    itemId: item.id,
    saleLineId: item.saleLineId ?? 0,
    unitNo: item.unitNo ?? 1,
    part: item.part,
    reception: item.reception,
    acceptance: item.acceptance,
    basis: item.basis,
    receivedOn: item.receivedOn,
    readyOn: item.readyOn,
    endedOn: item.endedOn,
    outcome: item.outcome,
    delayedBy: item.delayedBy,
    waits: waits.filter((wait) => wait.itemId === item.id),
  }))
}

/** The repair that goods come back from. */
export interface Former {
  itemId: number
  repairId: number
  number: string
  endedOn: BusinessDate
  outcome: NonNullable<RepairItemRecord['outcome']>
  actualFault: string
  daysSince: number
  /** Within the days the repair is good for. */
  isRefailure: boolean
}

/** Days a repair holds at least where nobody wrote down more. */
export function isWithinWarranty(
  item: Pick<RepairItemRecord, 'outcome' | 'endedOn' | 'warrantyDays'>,
  on: BusinessDate,
): boolean {
  if (item.outcome !== 'repaired' || item.endedOn === null) return false
  return daysBetween(item.endedOn, on) <= (item.warrantyDays ?? 0)
}

export async function formerOfItem(
  r: ReadHandle,
  item: RepairItemRecord,
  on: BusinessDate,
): Promise<Former | null> {
  if (item.endedOn === null || item.outcome === null) return null
  const repair = await findRepair(r, item.repairId)
  const works = await listWorks(r, [item.id])
  return {
    itemId: item.id,
    repairId: item.repairId,
    number: repair?.number ?? '',
    endedOn: item.endedOn,
    outcome: item.outcome,
    actualFault: works.at(-1)?.actualFault ?? '',
    daysSince: daysBetween(item.endedOn, on),
    isRefailure: isWithinWarranty(item, on),
  }
}

/** The last repair of a sold unit that was handed back. */
export function lastOfUnit(
  items: readonly RepairItemRecord[],
  saleLineId: number,
  unitNo: number,
): RepairItemRecord | undefined {
  return items
    .filter((each) => each.saleLineId === saleLineId && each.unitNo === unitNo)
    .filter((each) => each.reception === 'handed_back')
    .toSorted((a, b) => ((a.endedOn ?? '') < (b.endedOn ?? '') ? -1 : 1) || a.id - b.id)
    .at(-1)
}

/** The last repair of goods from elsewhere, by the serial number on them. */
export function lastOfSerial(
  r: ReadHandle,
  serialNo: string,
): Promise<RepairItemRecord | undefined> {
  return findLastOfSerial(r, serialNo)
}
