import type { z } from 'zod'
import { approversOf } from '../approvals/index.ts'
import { isOverdue, listEvents, listPromises } from '../cases/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { addDays, type BusinessDate } from '../foundation/business-date.ts'
import { maskPhone } from '../foundation/phone.ts'
import { sumMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import { countPrints } from '../printing/store.ts'
import { accountOf, toldOf } from './account.ts'
import type { repairItem } from './contract.ts'
import {
  type CheckRecord,
  listChecks,
  listMovements,
  listQuotes,
  listWaits,
  listWorks,
  type MovementRecord,
  type QuoteRecord,
  type WorkRecord,
} from './course-store.ts'
import { photosOf } from './evidence.ts'
import { listSoldGoods, type SoldGoods } from './goods-store.ts'
import { listHandBacks, listLoans, listReminders } from './hand-store.ts'
import { formerOfItem, repairsOfSale, withWaits } from './history.ts'
import { exchangeRightOf, limitsOf } from './limits.ts'
import { repairDays, stepsOf, storageFeeOf, type UnitRepair, waitedDays } from './rules.ts'
import {
  type AccessoryRecord,
  findItem,
  listAccessories,
  listItems,
  listLater,
  listPrivateNotes,
  type RepairItemRecord,
  type RepairRecord,
} from './store.ts'
import { requireRepair } from './ticket.ts'

type ItemView = z.output<typeof repairItem>

/** What every item of a ticket is told from, read once for all of them. */
interface Course {
  accessories: AccessoryRecord[]
  notes: { itemId: number; erasedAt: string | null }[]
  movements: MovementRecord[]
  works: WorkRecord[]
  checks: CheckRecord[]
  quotes: QuoteRecord[]
  waits: Awaited<ReturnType<typeof listWaits>>
  later: Awaited<ReturnType<typeof listLater>>
  sold: Map<number, SoldGoods>
  photos: Awaited<ReturnType<typeof photosOf>>
  history: UnitRepair[]
  /** A unit of the store is with the customer. */
  onLoan: boolean
}

async function readCourse(
  r: ReadHandle,
  repair: RepairRecord,
  items: readonly RepairItemRecord[],
): Promise<Course> {
  const ids = items.map(({ id }) => id)
  const receiptIds = [...new Set(items.flatMap(({ receiptId }) => receiptId ?? []))]
  const history: UnitRepair[] = await withWaits(
    r,
    items.filter(({ receiptId }) => receiptId === null),
  )
  for (const receiptId of receiptIds) history.push(...(await repairsOfSale(r, receiptId)))
  return {
    accessories: await listAccessories(r, ids),
    notes: await listPrivateNotes(r, ids),
    movements: await listMovements(r, ids),
    works: await listWorks(r, ids),
    checks: await listChecks(r, ids),
    quotes: await listQuotes(r, ids),
    waits: await listWaits(r, ids),
    later: await listLater(r, ids),
    sold: await listSoldGoods(
      r,
      items.flatMap(({ saleLineId }) => saleLineId ?? []),
    ),
    photos: await photosOf(r, repair.id),
    onLoan: (await listLoans(r, { repairIds: [repair.id], isOut: true })).length > 0,
    history,
  }
}

/** The repairs of the very goods of an item. */
function historyOf(item: RepairItemRecord, history: readonly UnitRepair[]): UnitRepair[] {
  if (item.saleLineId === null) return history.filter(({ itemId }) => itemId === item.id)
  return history.filter(
    ({ saleLineId, unitNo }) => saleLineId === item.saleLineId && unitNo === item.unitNo,
  )
}

/** The number on the label of an item, and of an accessory of it. */
export function tagNoOf(number: string, position: number, accessory?: number): string {
  return `${number}/${position}${accessory === undefined ? '' : `.${accessory}`}`
}

async function viewItem(
  r: ReadHandle,
  call: Call,
  repair: RepairRecord,
  item: RepairItemRecord,
  course: Course,
): Promise<ItemView> {
  const { today } = call
  const own = <Row extends { itemId: number }>(rows: readonly Row[]) =>
    rows.filter(({ itemId }) => itemId === item.id)
  const history = historyOf(item, course.history)
  const unit = history.find(({ itemId }) => itemId === item.id)
  const works = own(course.works)
  const movements = own(course.movements)
  const held = movements.at(-1)
  const note = course.notes.find(({ itemId }) => itemId === item.id)
  const formerItem = item.formerItemId === null ? undefined : await findItem(r, item.formerItemId)
  const { leadsTo, remedyNumber } = item
  return {
    ...item,
    tagNo: tagNoOf(repair.number, item.position),
    receiptNo: course.sold.get(item.saleLineId ?? 0)?.receiptNo ?? null,
    accessories: own(course.accessories).map((each) => ({
      id: each.id,
      tagNo: tagNoOf(repair.number, item.position, each.position),
      name: each.name,
      note: each.note,
      returned: each.returnedAt !== null,
    })),
    photos: course.photos(item.position),
    hasNote: note !== undefined && note.erasedAt === null,
    noteErasedAt: note?.erasedAt ?? null,
    steps: stepsOf(item.reception, item.acceptance),
    holder: held ? { kind: held.holder, name: held.holderName, since: held.at } : null,
    leadsTo,
    remedyNumber,
    former: formerItem
      ? await formerOfItem(r, formerItem, item.receivedOn ?? repair.businessDate)
      : null,
    later: course.later.find(({ formerItemId }) => formerItemId === item.id) ?? null,
    exchangeRight: await exchangeRightOf(r, call, { item, history }),
    quotes: own(course.quotes),
    waits: own(course.waits),
    movements,
    works,
    checks: own(course.checks),
    ...accountOf(item, works),
    repairDays: repairDays(item, today),
    waitDays: unit ? waitedDays(unit, today) : 0,
    warrantyUntil: warrantyEnd(item),
    limits: unit
      ? await limitsOf(r, call, { item, own: unit, history, onLoan: course.onLoan })
      : [],
  }
}

/** The last day the repair is good for; null before the goods are handed back repaired. */
export function warrantyEnd(
  item: Pick<RepairItemRecord, 'outcome' | 'endedOn' | 'warrantyDays'>,
): BusinessDate | null {
  if (item.outcome !== 'repaired' || item.endedOn === null || item.warrantyDays === null)
    return null
  return addDays(item.endedOn, item.warrantyDays)
}

/** The day from which a storage fee can be asked for; null while something is not ready, or nothing is left. */
export function storageFrom(
  repair: Pick<RepairRecord, 'storageDays'>,
  items: readonly Pick<RepairItemRecord, 'reception' | 'readyOn'>[],
): BusinessDate | null {
  const here = items.filter(({ reception }) => reception === 'ready')
  const since = here
    .map(({ readyOn }) => readyOn ?? '')
    .toSorted()
    .at(-1)
  return since === undefined ? null : addDays(since, repair.storageDays + 1)
}

/** Everything about a repair, as its page and its papers tell it; the pickup code and private notes stay out. */
export async function viewRepair(r: ReadHandle, call: Call, repairId: number) {
  const repair = await requireRepair(r, repairId)
  const items = await listItems(r, [repair.id])
  const course = await readCourse(r, repair, items)
  const views: ItemView[] = []
  for (const item of items) views.push(await viewItem(r, call, repair, item, course))
  const at = call.now().toISOString()
  const from = storageFrom(repair, items)
  const approvals = await approversOf(r, { type: 'repair', id: repair.number })
  const { contact, number } = repair
  const { storageDays: days, storageFee: feePerDay } = repair
  return {
    id: repair.id,
    number,
    caseId: repair.caseId,
    state: repair.state,
    currency: repair.currency,
    businessDate: repair.businessDate,
    recordedAt: repair.recordedAt,
    recordedBy: repair.recordedBy,
    contact: { name: contact.name, phoneMasked: contact.phone && maskPhone(contact.phone) },
    note: repair.note,
    signature: repair.signature,
    items: views,
    loans: await listLoans(r, { repairIds: [repair.id] }),
    handBacks: (await listHandBacks(r, repair.id)).map(({ approvalId, phone, ...each }) => ({
      ...each,
      phoneMasked: phone && maskPhone(phone),
      approvedBy: approvals.find((one) => one.approvalId === approvalId)?.approverName ?? null,
    })),
    reminders: await listReminders(r, [repair.id]),
    storage: { days, feePerDay, from, fee: storageFeeOf({ feePerDay, from }, call.today) },
    promises: (await listPromises(r, repair.caseId))
      .filter(({ repairId }) => repairId === repair.id)
      .map((each) => ({ ...each, overdue: isOverdue(each, at) })),
    events: await listEvents(r, repair.caseId),
    due: sumMoney(views.map(({ due }) => due)),
    pending: (await toldOf(r, repair.id)).pending,
    prints: {
      sheet: await countPrints(r, 'repair_sheet', number),
      stub: await countPrints(r, 'repair_stub', number),
      tag: await countPrints(r, 'repair_tag', number),
      record: await countPrints(r, 'repair_record', number),
    },
    closedAt: repair.closedAt,
    version: repair.version,
  }
}
