import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import { listWaits } from './course-store.ts'
import { repairRows } from './lists.ts'
import type { RepairListFacts, RepairListRow } from './papers/list.ts'

/** What came in and went out on a day, and what is late or waits for parts now. */
export async function repairListFacts(
  r: ReadHandle,
  call: Call,
  businessDate: string,
): Promise<RepairListFacts> {
  const open = await repairRows(r, call, { state: 'open' })
  const arrived = await repairRows(r, call, { businessDate })
  const left = await repairRows(r, call, { endedOn: businessDate })
  const itemIds = open.flatMap(({ goods }) => goods.map(({ itemId }) => itemId))
  const waits = (await listWaits(r, itemIds)).filter(({ endedOn }) => endedOn === null)
  const partsOf = ({ goods }: Row) =>
    waits
      .filter(({ itemId }) => goods.some((each) => each.itemId === itemId))
      .map(({ part, startedOn }) => `${part} (${startedOn})`)
  const rowOf = (row: Row): RepairListRow => ({
    number: row.number,
    goods: row.goods,
    customer: [row.customer, row.phoneMasked].filter(Boolean).join(' '),
    owner: row.ownerName,
    dueAt: row.promiseDueAt,
    parts: partsOf(row),
  })
  return {
    frame: frameOf(call),
    businessDate,
    groups: {
      late: open.filter((row) => row.overdue || row.promiseOverdue).map(rowOf),
      waiting: open.filter((row) => partsOf(row).length > 0).map(rowOf),
      in: arrived.map(rowOf),
      out: left.map(rowOf),
    },
  }
}

type Row = Awaited<ReturnType<typeof repairRows>>[number]
