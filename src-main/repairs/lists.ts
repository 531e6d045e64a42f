import { isOverdue, nextPromises } from '../cases/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { addDays, daysBetween } from '../foundation/business-date.ts'
import { maskPhone } from '../foundation/phone.ts'
import { shareOfUnit, sumMoney } from '../foundation/money.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, query, type RoomHandlers } from '../handlers.ts'
import { accountOf } from './account.ts'
import type { repairsContract } from './contract.ts'
import { listMovements, listWorks } from './course-store.ts'
import { findProvenGoods, findReceiptOfCard, findRepairSale } from './goods-store.ts'
import { listLoans, listReminders } from './hand-store.ts'
import { formerOfItem, lastOfSerial, lastOfUnit, repairsOfSale, withWaits } from './history.ts'
import { type Limit, limitsOf } from './limits.ts'
import { repairFacts, storageFeeOf, type UnitRepair } from './rules.ts'
import { readRepairSettings } from './settings.ts'
import {
  listItems,
  listItemsOfReceipt,
  listLiveOfReceipt,
  listRepairs,
  type RepairHead,
  type RepairItemRecord,
  type RepairListFilter,
} from './store.ts'
import { storageFrom } from './view.ts'

/** Units of one line that are offered: nobody takes ten thousand bags in for repair. */
const draftedUnitsPerLine = 50

/** Days before a limit of the rules on which it begins to be shown. */
const warnDays = 7

type Lists = Pick<
  RoomHandlers<typeof repairsContract>,
  'draft' | 'formerOf' | 'list' | 'ofReceipt' | 'overdue' | 'unclaimed'
>

export const listHandlers: Lists = {
  draft: query(async (r, call, input) => {
    const receiptId =
      input.receiptId ?? (input.cardId === null ? null : await receiptOfCard(r, input.cardId))
    const settings = await readRepairSettings(r)
    const { version: _version, ...numbers } = settings
    const promiseOn = addDays(call.today, settings.promiseDays)
    const nobody = { name: '', phone: '' }
    if (receiptId === null) {
      const { currency } = call.profile
      const nothing = { currency, receipt: null, units: [], settings: numbers, promiseOn }
      if (input.proofSetId === null) return { ...nothing, proven: null, contact: nobody }
      const found = await findProvenGoods(r, input.proofSetId)
      if (!found) refuse('repairs.unknown_goods')
      const { name, phone } = found.contact
      return {
        ...nothing,
        proven: { proofSetId: found.id, name: found.goods, soldOn: found.soldOn },
        contact: { name, phone: phone && maskPhone(phone) },
      }
    }
    const sale = await findRepairSale(r, receiptId)
    if (!sale) refuse('repairs.unknown_goods')
    const { customer } = sale
    return {
      currency: sale.currency,
      receipt: { id: sale.id, receiptNo: sale.receiptNo, businessDate: sale.businessDate },
      proven: null,
      contact: customer
        ? { name: customer.name, phone: customer.phone && maskPhone(customer.phone) }
        : nobody,
      units: await draftUnits(r, call, sale),
      settings: numbers,
      promiseOn,
    }
  }),

  formerOf: query(async (r, call, { serialNo }) => {
    const item = await lastOfSerial(r, serialNo)
    const former = item && (await formerOfItem(r, item, call.today))
    return former ? { ...former, name: item.name } : null
  }),

  list: query(async (r, call, { state, businessDate }) =>
    repairRows(r, call, filterOf(state, businessDate ?? call.today)),
  ),

  ofReceipt: query(async (r, call, { receiptId }) => repairRows(r, call, { receiptId })),

  overdue: query(overdueOf),

  unclaimed: query(unclaimedOf),
}

async function receiptOfCard(r: ReadHandle, cardId: number): Promise<number> {
  return (await findReceiptOfCard(r, cardId)) ?? refuse('repairs.unknown_goods')
}

type Sale = NonNullable<Awaited<ReturnType<typeof findRepairSale>>>

async function draftUnits(r: ReadHandle, call: Call, sale: Sale) {
  const before = await listItemsOfReceipt(r, sale.id)
  const repairs = await repairsOfSale(r, sale.id)
  const live = await listLiveOfReceipt(r, sale.id)
  const units = []
  for (const line of sale.lines) {
    if (line.kind !== 'goods' || sale.kind === 'return') continue
    for (let unitNo = 1; unitNo <= Math.min(line.units, draftedUnitsPerLine); unitNo += 1) {
      const card = line.cards.get(unitNo)
      const last = lastOfUnit(before, line.id, unitNo)
      const inRepair = live.find((one) => one.saleLineId === line.id && one.unitNo === unitNo)
      const own = repairs.filter((one) => one.saleLineId === line.id && one.unitNo === unitNo)
      const isReturned = line.returnedUnits.has(unitNo)
      units.push({
        saleLineId: line.id,
        unitNo,
        name: line.name,
        brand: line.brand,
        model: line.model,
        serialNo: card?.serialNo || (line.units === 1 ? line.serialNo : ''),
        paid: shareOfUnit(line.paidAmount, line.units, unitNo),
        cardId: card?.id ?? null,
        cardNumber: card?.number ?? null,
        blocked: isReturned ? ('returned' as const) : inRepair ? ('in_repair' as const) : null,
        repair: inRepair ? { id: inRepair.repairId, number: inRepair.number } : null,
        former: last ? await formerOfItem(r, last, call.today) : null,
        failedRepairs: failedOf(own, call),
      })
    }
  }
  return units
}

/** Repairs that have failed if the goods are brought again now. */
function failedOf(repairs: readonly UnitRepair[], call: Call): number {
  return repairFacts(repairs, { today: call.today, claimed: true }).filter(({ failed }) => failed)
    .length
}

function filterOf(
  state: 'open' | 'ready' | 'away' | 'undecided' | 'day' | 'closed',
  businessDate: string,
): RepairListFilter {
  switch (state) {
    case 'open':
      return { state: 'open' }
    case 'closed':
      return { state: 'closed', limit: 200 }
    case 'day':
      return { businessDate }
    case 'ready':
      return { state: 'open', receptions: ['ready'] }
    case 'away':
      return { state: 'open', receptions: ['with_repairer'] }
    case 'undecided':
      return { state: 'open', undecided: true }
  }
}

/** Tickets by what is asked for, newest first, as lists show them. */
export async function repairRows(r: ReadHandle, call: Call, filter: RepairListFilter) {
  return rowsOf(r, call, await listRepairs(r, filter))
}

async function rowsOf(r: ReadHandle, call: Call, heads: readonly RepairHead[]) {
  const ids = heads.map(({ id }) => id)
  const items = await listItems(r, ids)
  const itemIds = items.map(({ id }) => id)
  const works = await listWorks(r, itemIds)
  const movements = await listMovements(r, itemIds)
  const loans = await listLoans(r, { repairIds: ids, isOut: true })
  const limits = await limitsByRepair(r, call, items)
  const promises = await nextPromises(r, ids)
  const at = call.now().toISOString()
  const rows = []
  for (const head of heads) {
    const own = items.filter(({ repairId }) => repairId === head.id)
    const next = promises.get(head.id)
    rows.push({
      id: head.id,
      number: head.number,
      state: head.state,
      businessDate: head.businessDate,
      recordedAt: head.recordedAt,
      goods: own.map((item) => ({
        itemId: item.id,
        name: item.name,
        serialNo: item.serialNo,
        reception: item.reception,
        acceptance: item.acceptance,
        holder: movements.findLast(({ itemId }) => itemId === item.id)?.holderName ?? '',
      })),
      customer: head.contactName,
      phoneMasked: head.contactPhone && maskPhone(head.contactPhone),
      ownerName: head.ownerName,
      promiseDueAt: next?.dueAt ?? null,
      promiseOverdue: next !== undefined && isOverdue(next, at),
      overdue: limits.some(({ item, limit }) => item.repairId === head.id && limit.overdue),
      readyOn: own.find(({ reception }) => reception === 'ready')?.readyOn ?? null,
      loansOut: loans.filter(({ repairId }) => repairId === head.id).length,
      due: sumMoney(
        own.map(
          (item) =>
            accountOf(
              item,
              works.filter((one) => one.itemId === item.id),
            ).due,
        ),
      ),
    })
  }
  return rows
}

/** Every limit that runs for some items; a sale's repairs are read once, however many of its goods are there. */
async function limitsByRepair(
  r: ReadHandle,
  call: Call,
  items: readonly RepairItemRecord[],
): Promise<{ item: RepairItemRecord; limit: Limit }[]> {
  const running = items.filter(({ reception }) =>
    ['received', 'with_repairer', 'back'].includes(reception),
  )
  const loans = await listLoans(r, {
    repairIds: [...new Set(running.map(({ repairId }) => repairId))],
    isOut: true,
  })
  const lent = new Set(loans.map(({ repairId }) => repairId))
  const sales = new Map<number, UnitRepair[]>()
  const found: { item: RepairItemRecord; limit: Limit }[] = []
  for (const item of running) {
    const history = await historyOf(r, item, sales)
    const own = history.find(({ itemId }) => itemId === item.id)
    if (!own) continue
    const onLoan = lent.has(item.repairId)
    for (const limit of await limitsOf(r, call, { item, own, history, onLoan })) {
      found.push({ item, limit })
    }
  }
  return found
}

async function historyOf(
  r: ReadHandle,
  item: RepairItemRecord,
  sales: Map<number, UnitRepair[]>,
): Promise<UnitRepair[]> {
  const { receiptId, saleLineId, unitNo } = item
  if (receiptId === null) return withWaits(r, [item])
  const known = sales.get(receiptId) ?? (await repairsOfSale(r, receiptId))
  sales.set(receiptId, known)
  return known.filter((one) => one.saleLineId === saleLineId && one.unitNo === unitNo)
}

/** Repairs past a limit of the rules, the longest first, then those that reach one within a week. */
export async function overdueOf(r: ReadHandle, call: Call) {
  const heads = await listRepairs(r, { state: 'open', limit: 10_000 })
  const items = await listItems(
    r,
    heads.map(({ id }) => id),
  )
  const movements = await listMovements(
    r,
    items.map(({ id }) => id),
  )
  const rows = (await limitsByRepair(r, call, items)).flatMap(({ item, limit }) => {
    if (limit.dueOn === null) return []
    const daysOver = daysBetween(limit.dueOn, call.today)
    if (daysOver < -warnDays) return []
    const { id: itemId, repairId, name, reception } = item
    const number = heads.find(({ id }) => id === repairId)?.number ?? ''
    const holder = movements.findLast((one) => one.itemId === itemId)?.holderName ?? ''
    return [{ ...limit, repairId, number, itemId, name, reception, holder, daysOver }]
  })
  return rows.toSorted((a, b) => b.daysOver - a.daysOver || a.itemId - b.itemId)
}

/** Goods that are ready and nobody came for since the days the ticket says, the longest first. */
export async function unclaimedOf(r: ReadHandle, call: Call) {
  const heads = await listRepairs(r, { state: 'open', receptions: ['ready'], limit: 10_000 })
  const ids = heads.map(({ id }) => id)
  const items = await listItems(r, ids)
  const reminders = await listReminders(r, ids)
  const rows = heads.flatMap((head) => {
    const ready = items.filter((one) => one.repairId === head.id && one.reception === 'ready')
    const readyOn = ready
      .map((one) => one.readyOn ?? '')
      .toSorted()
      .at(-1)
    const from = storageFrom(head, ready)
    if (readyOn === undefined || from === null || call.today < from) return []
    const own = reminders.filter(({ repairId }) => repairId === head.id)
    return [
      {
        repairId: head.id,
        number: head.number,
        goods: ready.map(({ name }) => name).join('、'),
        customer: head.contactName,
        phoneMasked: head.contactPhone && maskPhone(head.contactPhone),
        readyOn,
        days: daysBetween(readyOn, call.today),
        storageFrom: from,
        storageFee: storageFeeOf({ feePerDay: head.storageFee, from }, call.today),
        reminders: own.length,
        remindedOn: own.at(-1)?.businessDate ?? null,
      },
    ]
  })
  return rows.toSorted((a, b) => b.days - a.days || a.repairId - b.repairId)
}
