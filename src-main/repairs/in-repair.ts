import type { Moment } from '../cases/index.ts'
import { reopenCase } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { listMovements } from './course-store.ts'
import { findLiveOfUnit, listKeptFor, listLiveOfReceipt, type LiveUnit } from './store.ts'
import { endWaits } from './steps.ts'
import { changeRepair, followUp, openWork, requireRepair, takeStep, type Work } from './ticket.ts'

type Remedy = 'exchange' | 'refund'

/** Units of a sale that are in a repair now, and the remedy each of these repairs leads to. */
export function unitsInRepair(r: ReadHandle, receiptId: number): Promise<LiveUnit[]> {
  return listLiveOfReceipt(r, receiptId)
}

/** A unit that was in a repair, as whoever takes it over finds it. */
export interface LeftRepair {
  saleLineId: number
  unitNo: number
  /** Whose workshop has it; null where it lies at the desk. */
  awayWith: string | null
}

/**
 * The exchange or refund a repair led to is written: its repair is over, and the unit stays with the store, wherever it
 * is. Goods that were only announced are no repair any more. Called in the transaction that writes the remedy, for every
 * unit of it, before anybody else takes the unit over. @returns the units that are here through their repair.
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
): Promise<LeftRepair[]> {
  const left: LeftRepair[] = []
  for (const { saleLineId, unitNo } of asked.units) {
    const live = await findLiveOfUnit(w, saleLineId, unitNo)
    if (!live) continue
    const work = await openWork(w, call, { itemId: live.itemId, version: live.version })
    if (live.reception === 'expected') await cancelFor(work, asked.number)
    else left.push({ saleLineId, unitNo, awayWith: await keepFor(work, asked) })
    await followUp(w, call, moment, work.repair.id)
  }
  return left
}

async function cancelFor(work: Work, number: string): Promise<void> {
  await takeStep(work, 'cancel', {
    movement: { holder: 'customer', note: number },
    event: 'repair_cancelled',
    data: { reason: number },
  })
}

async function keepFor(
  work: Work,
  { remedy, number }: { remedy: Remedy; number: string },
): Promise<string | null> {
  const { w, item, moment } = work
  const isAway = item.reception === 'with_repairer'
  const has = isAway ? await whoHasIt(w, item.id) : undefined
  await endWaits(work)
  await takeStep(work, 'keep', {
    columns: {
      ended_on: moment.today,
      outcome: remedy === 'exchange' ? 'replaced' : 'refunded',
      remedy_number: number,
    },
    movement: has,
    event: 'repair_kept',
    data: { remedy, remedyNumber: number },
  })
  return has ? has.holderName : null
}

/** The custody of goods that are not at the desk stays as it is. */
async function whoHasIt(r: ReadHandle, itemId: number) {
  const away = (await listMovements(r, [itemId])).findLast(
    ({ holder }) => holder !== 'desk' && holder !== 'customer',
  )
  return (
    away && {
      holder: away.holder,
      holderName: away.holderName,
      holderContact: away.holderContact,
      waybill: away.waybill,
    }
  )
}

/** Units whose repair ended in this remedy, with the number of the repair. */
export async function repairsEndedBy(
  r: ReadHandle,
  remedyNumber: string,
): Promise<{ saleLineId: number; unitNo: number; number: string }[]> {
  const units = []
  for (const { repairId, saleLineId, unitNo } of await listKeptFor(r, remedyNumber)) {
    if (saleLineId === null || unitNo === null) continue
    units.push({ saleLineId, unitNo, number: (await requireRepair(r, repairId)).number })
  }
  return units
}

/**
 * The remedy is void: the units that were kept for it are in repair again, and where they are: with the repairer who
 * never sent them back, at the desk otherwise. Called once nobody else has them any more; `away` says who has which.
 */
export async function resumeRepairsOf(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  remedyNumber: string,
  away: readonly { saleLineId: number; unitNo: number; awayWith: string | null }[],
): Promise<void> {
  for (const { id, version, saleLineId, unitNo } of await listKeptFor(w, remedyNumber)) {
    const work = await openWork(w, call, { itemId: id, version })
    const { repair } = work
    const had = away.find((each) => each.saleLineId === saleLineId && each.unitNo === unitNo)
    await takeStep(work, had && had.awayWith !== null ? 'restore_away' : 'restore', {
      columns: { ended_on: null, ready_on: null, outcome: null, remedy_number: null },
      movement: had && had.awayWith !== null ? await repairerOf(w, id, had.awayWith) : undefined,
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

/** The repairer it was sent to by the repair, or whoever the store gave it to since. */
async function repairerOf(r: ReadHandle, itemId: number, name: string) {
  const known = await whoHasIt(r, itemId)
  return known?.holderName === name ? known : { holder: 'repairer' as const, holderName: name }
}
