import type { ReadHandle } from '../../database/store.ts'
import { accountOf, listWorks } from '../../repairs/index.ts'
import type { NewLine } from '../book-store.ts'
import { ledgerLine, type Source } from './source-store.ts'

const handBackItems = (r: ReadHandle, handBackIds: readonly number[]) =>
  r
    .selectFrom('repair_hand_back_item as h')
    .innerJoin('repair_hand_back', 'repair_hand_back.id', 'h.hand_back_id')
    .innerJoin('repair_item', 'repair_item.id', 'h.item_id')
    .innerJoin('repair', 'repair.id', 'repair_item.repair_id')
    .leftJoin('receipt', 'receipt.id', 'repair_item.receipt_id')
    .innerJoin('operator', 'operator.id', 'repair_hand_back.by')
    .select(['h.item_id', 'repair_item.acceptance', 'repair_item.outcome'])
    .select(['repair_hand_back.business_date', 'repair_hand_back.at'])
    .select(['repair.number', 'repair.currency', 'repair.case_id', 'receipt.receipt_no'])
    .select('operator.code')
    .where('h.hand_back_id', 'in', handBackIds)
    .orderBy('h.hand_back_id')
    .orderBy('h.item_id')
    .execute()

type ItemRow = Awaited<ReturnType<typeof handBackItems>>[number]

function feeLine(row: ItemRow, due: number): NewLine | null {
  if (due === 0) return null
  return ledgerLine(`repair-fee:${row.item_id}`, {
    kind: 'repair_fee',
    number: row.number,
    businessDate: row.business_date,
    at: row.at,
    // What the customer pays comes to the store.
    amount: -due,
    currency: row.currency,
    caseId: row.case_id,
    receiptNo: row.receipt_no,
    how: row.outcome ?? '',
    operator: row.code,
  })
}

/** What customers paid for repairs when they took their goods home, one line an item; free repairs have none. */
export const repairFees: Source = async (r, { after, limit }) => {
  const handBacks = await r
    .selectFrom('repair_hand_back')
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  const ids = handBacks.map(({ id }) => id)
  const items = ids.length === 0 ? [] : await handBackItems(r, ids)
  const works = await listWorks(
    r,
    items.map((item) => item.item_id),
  )
  const dueOf = (item: ItemRow) =>
    accountOf(
      item,
      works.filter((work) => work.itemId === item.item_id),
    ).due
  return {
    lines: items.flatMap((item) => feeLine(item, dueOf(item)) ?? []),
    lastId: ids.at(-1) ?? after,
    more: ids.length === limit,
  }
}
