import type { z } from 'zod'
import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import type { repairItem } from './contract.ts'
import { listSoldGoods, type SoldGoods } from './goods-store.ts'
import type { RepairFacts, RepairItemFacts } from './papers/facts.ts'
import { findItem, listItemsOfReceipt } from './store.ts'
import { requireRepair } from './ticket.ts'
import { viewRepair } from './view.ts'

type ItemView = z.output<typeof repairItem>
type RepairView = Awaited<ReturnType<typeof viewRepair>>

/**
 * Everything the papers of a repair print, as originals: whoever prints them knows which copy it is. The pickup code
 * stands on the claim stub only.
 */
export async function repairFacts(
  r: ReadHandle,
  call: Call,
  repairId: number,
  paper: RepairFacts['paper'],
  document: 'repair_sheet' | 'repair_stub' | 'repair_tag' | 'repair_record',
): Promise<RepairFacts> {
  const view = await viewRepair(r, call, repairId)
  const sold = await listSoldGoods(
    r,
    view.items.flatMap(({ saleLineId }) => saleLineId ?? []),
  )
  const items: RepairItemFacts[] = []
  for (const item of view.items) items.push(await itemFacts(r, view, item, sold))
  const promise = view.promises.findLast(({ state }) => state === 'open') ?? view.promises.at(-1)
  const { pickupCode } = await requireRepair(r, repairId)
  return {
    frame: frameOf(call),
    paper,
    number: view.number,
    copy: 0,
    currency: view.currency,
    recordedAt: view.recordedAt,
    recordedBy: view.recordedBy,
    customer: { name: view.contact.name, phone: view.contact.phoneMasked },
    promise: promise
      ? { text: promise.text, dueAt: promise.dueAt, owner: promise.ownerName }
      : null,
    note: view.note,
    pickupCode: document === 'repair_stub' ? pickupCode : '',
    storage: view.storage,
    loans: view.loans.map(({ code, name, serialNo, backAt }) => ({
      code,
      name,
      serialNo,
      isBack: backAt !== null,
    })),
    items,
    due: view.due,
  }
}

async function itemFacts(
  r: ReadHandle,
  view: RepairView,
  item: ItemView,
  sold: ReadonlyMap<number, SoldGoods>,
): Promise<RepairItemFacts> {
  const quote = item.quotes.findLast(({ state }) => state !== 'superseded')
  const handBack = view.handBacks.find(({ itemIds }) => itemIds.includes(item.id))
  const { exchangeRight, former } = item
  return {
    tagNo: item.tagNo,
    kind: item.kind,
    receiptNo: item.receiptNo,
    soldOn: sold.get(item.saleLineId ?? 0)?.soldOn ?? null,
    name: item.name,
    brand: item.brand,
    model: item.model,
    serialNo: item.serialNo,
    fault: item.fault,
    appearance: item.appearance,
    accessories: item.accessories,
    acceptance: item.acceptance,
    quote: quote
      ? {
          estimate: quote.estimate,
          limit: quote.limit,
          consent:
            quote.state === 'consented' && quote.consentHow !== null
              ? { by: quote.consentBy, how: quote.consentHow, at: quote.consentAt ?? quote.at }
              : null,
        }
      : null,
    isExpected: item.reception === 'expected',
    receivedOn: item.receivedOn,
    endedOn: item.endedOn,
    outcome: item.outcome,
    outcomeNote: item.outcomeNote,
    remedyNumber: item.remedyNumber,
    count: await countOf(r, item),
    former: former && {
      number: former.number,
      endedOn: former.endedOn,
      isRefailure: former.isRefailure,
    },
    days: item.repairDays,
    waitDays: item.waitDays,
    works: item.works,
    fees: item.fees,
    due: item.due,
    warrantyDays: item.warrantyDays,
    warrantyUntil: item.warrantyUntil,
    exchangeRight:
      exchangeRight && exchangeRight.failed > 0
        ? {
            reached: exchangeRight.reached,
            failed: exchangeRight.failed,
            text: exchangeRight.text,
            basis: exchangeRight.basis,
          }
        : null,
    handBack: handBack
      ? {
          at: handBack.at,
          name: handBack.name,
          whom: handBack.whom,
          proof: handBack.proof,
          by: handBack.by,
        }
      : null,
  }
}

/** Which repair of these goods it is: 1 for the first. Goods that never came do not count. */
async function countOf(r: ReadHandle, item: ItemView): Promise<number> {
  if (item.receiptId !== null) {
    const all = await listItemsOfReceipt(r, item.receiptId)
    const own = all.filter(
      ({ saleLineId, unitNo, reception }) =>
        saleLineId === item.saleLineId && unitNo === item.unitNo && reception !== 'cancelled',
    )
    return own.findIndex(({ id }) => id === item.id) + 1 || 1
  }
  let count = 1
  let before = item.former?.itemId ?? null
  while (before !== null) {
    count += 1
    before = (await findItem(r, before))?.formerItemId ?? null
  }
  return count
}
