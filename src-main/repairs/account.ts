import type { Moment } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { type MinorUnits, sumMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import { cancelInstructions, instructionsOf, raiseInstruction } from '../pos-instructions/index.ts'
import { listWorks, type WorkRecord } from './course-store.ts'
import { costOfWork, dueOf } from './rules.ts'
import type { RepairItemRecord, RepairRecord } from './store.ts'

/** All fees of an item, and what of them the customer pays. Minor units. */
export function accountOf(
  item: Pick<RepairItemRecord, 'acceptance' | 'outcome'>,
  works: readonly WorkRecord[],
): { fees: MinorUnits; due: MinorUnits } {
  const costs = works.map(costOfWork)
  return { fees: sumMoney(costs.map(({ all }) => all)), due: dueOf(item, costs) }
}

/** What the customer of some items has to pay. */
export async function dueOfItems(
  r: ReadHandle,
  items: readonly RepairItemRecord[],
): Promise<MinorUnits> {
  const works = await listWorks(
    r,
    items.map(({ id }) => id),
  )
  return sumMoney(
    items.map(
      (item) =>
        accountOf(
          item,
          works.filter((each) => each.itemId === item.id),
        ).due,
    ),
  )
}

/** What the POS was told of a repair: collected and paid out together, and what of it is not confirmed yet. */
export async function toldOf(
  r: ReadHandle,
  repairId: number,
): Promise<{ told: MinorUnits; pending: MinorUnits }> {
  const live = (await instructionsOf(r, { type: 'repair', id: repairId })).filter(
    ({ state }) => state !== 'cancelled',
  )
  const signed = live.map(({ direction, amount, state }) => ({
    amount: direction === 'collect' ? amount : -amount,
    isPending: state !== 'settled',
  }))
  return {
    told: sumMoney(signed.map(({ amount }) => amount)),
    pending: sumMoney(signed.filter(({ isPending }) => isPending).map(({ amount }) => amount)),
  }
}

/**
 * Tells the POS the difference between what the customer owes and what it was told before, so that all instructions
 * of a repair together always come to what is due: more to collect, or some of it to pay out again.
 */
export async function settleAccount(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  repair: RepairRecord,
  items: readonly RepairItemRecord[],
): Promise<void> {
  const due = await dueOfItems(w, items)
  const source = { type: 'repair', id: repair.id } as const
  const { told, pending } = await toldOf(w, repair.id)
  if (told === due) return
  const isAllPending = told === pending
  if (due < told && isAllPending) {
    await cancelInstructions(w, call, moment, source, repair.number)
    return raise(w, call, moment, { repair, items, amount: due })
  }
  return raise(w, call, moment, { repair, items, amount: due - told })
}

async function raise(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  asked: { repair: RepairRecord; items: readonly RepairItemRecord[]; amount: MinorUnits },
): Promise<void> {
  const { repair, items, amount } = asked
  if (amount === 0) return
  await raiseInstruction(w, call, moment, {
    kind: amount > 0 ? 'collect' : 'pay_out',
    source: { type: 'repair', id: repair.id, number: repair.number },
    caseId: repair.caseId,
    receiptId: items.find(({ receiptId }) => receiptId !== null)?.receiptId ?? null,
    // The customer chooses at the till how to pay.
    tender: { kind: 'other', label: '', reference: '' },
    amount: Math.abs(amount),
    currency: repair.currency,
  })
}
