import type { TestDesk } from './desk.ts'

export type ComplaintEntry = Parameters<TestDesk['clerk']['client']['complaints']['record']>[0]

/** A complaint the clerk records: open, theirs, of nobody known, with an answer promised; `change` says what is different. */
export function recordComplaint(test: TestDesk, change: Partial<ComplaintEntry> = {}) {
  return test.clerk.client.complaints.record({
    class: 'goods',
    text: '鞋底开胶',
    context: complainedAt('2F'),
    contact: { name: '', phone: '' },
    outcome: {
      kind: 'open',
      ownerId: test.clerk.id,
      promise: { text: '回电', dueAt: '2026-11-21T10:00:00.000Z' },
    },
    ...change,
  })
}

/** A place in the store, without goods or papers. */
export function complainedAt(floor: string, counter = '女鞋'): ComplaintEntry['context'] {
  return { receiptId: null, saleLineId: null, cardId: null, customerId: null, floor, counter }
}

/** Somebody who waited too long, and left name and number. */
export function recordWait(test: TestDesk) {
  return recordComplaint(test, {
    class: 'service',
    text: '等了很久没人理',
    context: complainedAt('2F', ''),
    contact: { name: '王小明', phone: '13812345521' },
    outcome: {
      kind: 'open',
      ownerId: test.clerk.id,
      promise: { text: '回电答复', dueAt: '2026-11-22T06:00:00.000Z' },
    },
  })
}
