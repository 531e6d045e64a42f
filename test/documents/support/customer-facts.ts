import type { CustomerCardFacts, ErasureFacts } from '../../../src-main/customers/document.ts'
import { exampleCustomerCard } from '../../../src-main/papers/office-examples.ts'
import { frame } from './example-facts.ts'

export const customerCard: CustomerCardFacts = exampleCustomerCard(frame, 'A6')

const long = '顾客说了很多话都要写下来而且没有标点也不知道什么时候能写完所以这一行会很长很长'

export const longCustomerCard: CustomerCardFacts = {
  ...customerCard,
  name: '阿卜杜勒·艾合买提·买买提江·吐尔逊',
  memberNos: ['8800100018', 'VIP-2019-00000123456', '0000000000000000042'],
  address: long,
  tier: '钻石卡（集团采购）',
  notes: Array.from({ length: 8 }, () => ({ kind: 'visit', text: long + long, on: '2026-11-02' })),
  purchases: Array.from({ length: 30 }, (_, index) => ({
    on: '2026-11-12',
    number: `0000000000${index}`,
    goods: long,
    amount: 123_456_789,
    currency: 'CNY',
  })),
  services: Array.from({ length: 8 }, () => ({
    on: '2026-11-15',
    kind: 'repair',
    number: 'WX-0312-261115-0003-K',
    text: long,
    amount: '¥1,234,567.89',
  })),
}

export const erasure: ErasureFacts = {
  frame,
  copy: 0,
  number: 'KH-1207',
  erasedAt: '2026-11-21T06:00:00.000Z',
  reason: '顾客书面要求删除个人信息',
  askedBy: '李静',
  confirmedBy: '陈国强',
  rows: 46,
  tables: 14,
  files: 3,
  auditEntries: 7,
}
