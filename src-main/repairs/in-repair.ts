import type { Moment } from '../cases/index.ts'
import { reopenCase } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { listMovements } from './course-store.ts'
import { findLiveOfUnit, listKeptFor, listLiveOfReceipt, type LiveUnit } from './store.ts'
import { endWaits } from './steps.ts'
import { changeRepair, followUp, openWork, requireRepair, takeStep } from './ticket.ts'

type Remedy = 'exchange' | 'refund'

/** Units of a sale that are in a repair now, and the remedy each of these repairs leads to. */
export function unitsInRepair(r: ReadHandle, receiptId: number): Promise<LiveUnit[]> {
  return listLiveOfReceipt(r, receiptId)
}

/**
 * The exchange or refund a repair led to is written: the unit stays with the store, wherever it is, and its repair is
 * over. Called in the transaction that writes the remedy, for every unit of it.
 */
export async function endRepairsBy(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  asked: {
    units: readonly { saleLineId: number; unitNo: number }[]
    remedy: Remedy
    number: string
  },
): Promise<void> {
  const { remedy, number } = asked
  for (const { saleLineId, unitNo } of asked.units) {
    const live = await findLiveOfUnit(w, saleLineId, unitNo)
    if (!live) continue
    const work = await openWork(w, call, { itemId: live.itemId, version: live.version })
    const { repair, item } = work
    await endWaits(work)
    await takeStep(work, 'keep', {
      columns: {
        ended_on: moment.businessDate,
        outcome: remedy === 'exchange' ? 'replaced' : 'refunded',
        remedy_number: number,
      },
      movement: item.reception === 'with_repairer' ? await whoHasIt(w, item.id) : undefined,
      event: 'repair_kept',
      data: { remedy, remedyNumber: number },
    })
    await followUp(w, call, moment, repair.id)
  }
}

/** The custody of goods that are not at the desk stays as it is. */
async function whoHasIt(r: ReadHandle, itemId: number) {
  const last = (await listMovements(r, [itemId])).at(-1)
  return last && { holder: last.holder, holderName: last.holderName, waybill: last.waybill }
}

/** The remedy is void: the units that were kept for it are in repair again. */
export async function resumeRepairsOf(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  remedyNumber: string,
): Promise<void> {
  for (const { id, version } of await listKeptFor(w, remedyNumber)) {
    const work = await openWork(w, call, { itemId: id, version })
    const { repair } = work
    await takeStep(work, 'restore', {
      columns: { ended_on: null, ready_on: null, outcome: null, remedy_number: null },
      event: 'repair_restored',
      data: { remedyNumber },
    })
    if (repair.state === 'closed') {
      await reopenCase(w, repair.caseId)
      const fresh = await requireRepair(w, repair.id)
      await changeRepair(w, fresh, { state: 'open', closed_at: null, closed_on: null })
    }
    await followUp(w, call, moment, repair.id)
  }
}
