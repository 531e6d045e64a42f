import type { CustomerCardFacts, ErasureFacts } from '../../../src-main/customers/document.ts'
import { frame } from './example-facts.ts'

export const customerCard: CustomerCardFacts = {
  frame,
  paper: 'A6',
  copy: 0,
  number: 'KH-1207',
  name: '王丽华',
  memberNos: ['8800100018'],
  phone: '138****5521',
  address: '中山市石岐区悦来南路 18 号 3 栋 502',
  joinedOn: '2023-05-01',
  points: 11_166,
  tier: '金卡',
  referredBy: '马艳',
  bought: { receipts: 23, total: '¥18,420.50', lastOn: '2026-11-12' },
  contact: [
    { rule: 'never', channel: 'phone', until: '2027-01-31', note: '白天上课' },
    { rule: 'prefers', channel: 'message', until: null, note: '' },
  ],
  notes: [
    { kind: 'size', text: '鞋 37 码，脚背高；外套 M', on: '2026-11-11' },
    { kind: 'visit', text: '上门看洗衣机时说厨房要换整套', on: '2026-11-02' },
    { kind: 'care', text: '对羊毛过敏', on: '2026-10-20' },
  ],
  details: [{ field: 'occupation', value: '教师', agreedOn: '2026-09-01' }],
  promises: [{ text: '新靴到货后电话通知', dueAt: '2026-11-22T02:00:00.000Z', owner: '李静' }],
  purchases: [
    {
      on: '2026-11-12',
      number: '4821',
      goods: '女式短靴 黑 37 +2',
      amount: 65_900,
      currency: 'CNY',
    },
    { on: '2026-10-30', number: '1180', goods: '真丝围巾', amount: 45_900, currency: 'CNY' },
    {
      on: '2026-10-02',
      number: '0093',
      goods: '冷藏冷冻箱 BCD-456',
      amount: 329_900,
      currency: 'CNY',
    },
  ],
  services: [
    {
      on: '2026-11-15',
      kind: 'complaint',
      number: 'TS-0312-261115-0003-K',
      text: '短靴开胶',
      amount: '',
    },
    {
      on: '2026-11-15',
      kind: 'exchange',
      number: 'HH-0312-261115-0001-4',
      text: '换同款',
      amount: '¥0.00',
    },
    { on: '2026-10-03', kind: 'card', number: 'XY-0312-261003-0002-9', text: '', amount: '' },
  ],
}

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
