import type { DeskClient } from './desk.ts'

/** A complaint that photos can be added to. */
export async function recordScratch(client: DeskClient): Promise<number> {
  const { id } = await client.complaints.record({
    class: 'goods',
    text: '冰箱门有划痕',
    context: {
      receiptId: null,
      saleLineId: null,
      cardId: null,
      customerId: null,
      floor: '',
      counter: '',
    },
    contact: { name: '', phone: '' },
    outcome: { kind: 'solved', solution: '已道歉', satisfied: null },
  })
  return id
}
