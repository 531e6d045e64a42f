/** Papers for vendors: a notice, a month's list, what keeps going wrong. */
import { formatDocumentNumber } from '../../../src-main/foundation/document-number.ts'
import type { FaultSheetFacts } from '../../../src-main/vendors/fault-document.ts'
import type { DeductionListFacts } from '../../../src-main/vendors/list-document.ts'
import type { VendorNoticeFacts } from '../../../src-main/vendors/notice-document.ts'
import { frame } from './example-facts.ts'

const numberOf = (type: 'LY' | 'KK', serial: number) =>
  formatDocumentNumber({ type, desk: '0312', businessDate: '2026-11-21', serial })

const long = '手工编织加厚羊毛混纺双面呢中长款系带修身大衣'

export const vendorNotice: VendorNoticeFacts = {
  frame,
  number: numberOf('LY', 12),
  copy: 0,
  kind: 'vendor',
  businessDate: '2026-11-21',
  to: {
    name: '佛山澜石厨房电器有限公司',
    contact: '王志远',
    phone: '0760-88123456',
    address: '佛山市禅城区澜石二路 18 号',
    contractNo: 'LY-2026-017',
  },
  goods: [
    {
      name: '澜石 电饭煲 4升',
      sku: '1130001',
      receiptNo: '0312-401-261109-0018',
      soldOn: '2026-11-09',
      counter: '4F 澜石厨电',
      clerk: '曾文华',
      batch: 'B2609-3',
      serial: 'F40B268065294',
      qtyMilli: 1_000,
    },
  ],
  what: '澜石 电饭煲 4升',
  fault:
    '顾客购买第五天使用时内胆涂层起泡脱落，饭粒粘连。门店当面查验，涂层脱落约三厘米见方，外观无磕碰和人为刮痕，已按三包规定全额退货。同批次本月另有两件同样情况。',
  asks: '承担本案退货款及检测费；书面说明原因；本批商品全部下架自查。',
  amount: 39_900,
  currency: 'CNY',
  replyBy: '2026-11-26',
  silence: 'accepts',
  evidence: [
    {
      name: 'IMG_2041.jpg',
      label: '内胆',
      at: '2026-11-14T16:02:11',
      sha256: '3f1c9a07be4d52866f0a7b1d9c3e58f2a4b6c8d0e1f2031425364758697a8b9c',
    },
    {
      name: 'IMG_2042.jpg',
      label: '铭牌',
      at: '2026-11-14T16:02:40',
      sha256: '91d2f0c4ab37e6559c8b7a6d5e4f30211203f4e5d6c7b8a990817263544536a1',
    },
  ],
}

const entry = (index: number): DeductionListFacts['entries'][number] => ({
  businessDate: `2026-11-${String((index % 28) + 1).padStart(2, '0')}`,
  claimNumber: numberOf('LY', index + 1),
  kind: index % 9 === 8 ? 'reversal' : 'charge',
  basis: (['agreed', 'deemed', 'ruled'] as const)[index % 3] ?? 'agreed',
  goods: index % 5 === 4 ? long : '澜石 电饭煲 4升',
  reason: index % 9 === 8 ? '对方举证为人为损坏，双方复核后冲回' : '',
  amount: index % 9 === 8 ? -31_920 : 12_345 + index * 100,
})

export function deductionsOf(count: number): DeductionListFacts {
  const entries = Array.from({ length: count }, (_, index) => entry(index))
  return {
    frame,
    number: numberOf('KK', 3),
    copy: 0,
    kind: 'vendor',
    vendor: {
      name: '佛山澜石厨房电器有限公司',
      contact: '王志远',
      phone: '0760-88123456',
      contractNo: 'LY-2026-017',
      paymentDay: 25,
    },
    month: '2026-11',
    closedOn: '2026-11-30',
    closedBy: '陈国强',
    currency: 'CNY',
    total: entries.reduce((sum, each) => sum + each.amount, 0),
    entries,
  }
}

export const faultSheet: FaultSheetFacts = {
  frame,
  vendor: { name: '佛山澜石厨房电器有限公司', contact: '王志远' },
  from: '2026-08-24',
  to: '2026-11-21',
  rows: Array.from({ length: 9 }, (_, index) => ({
    sku: `113000${index}`,
    product: index === 3 ? long : (['澜石 电饭煲 4升', '澜石 破壁料理机'][index % 2] ?? ''),
    fault: (['goods', 'quality', ''] as const)[index % 3] ?? '',
    source: (['complaint', 'return', 'repair'] as const)[index % 3] ?? 'complaint',
    counter: '澜石厨电',
    batch: index % 2 === 0 ? 'B2609-3' : '',
    count: 9 - index,
    sold: index === 8 ? null : 190_000 - index * 10_000,
  })),
  soldUnits: 412_000,
  soldAmount: 18_301_50,
  cases: 11,
  returned: 239_400,
  charged: 191_520,
  waiting: 31_920,
  currency: 'CNY',
  openClaims: [
    {
      number: numberOf('LY', 13),
      goods: '澜石 破壁料理机',
      sentOn: '2026-11-20',
      replyBy: '2026-11-25',
    },
  ],
  replies: { sent: 9, answered: 8, inTime: 7, median: 2 },
}

/** Everything as long as it can be. */
export const longNotice: VendorNoticeFacts = {
  ...vendorNotice,
  kind: 'carrier',
  copy: 2,
  to: { ...vendorNotice.to, name: long.repeat(3), address: long.repeat(4) },
  goods: Array.from({ length: 30 }, (_, index) => ({
    ...(vendorNotice.goods[0] as VendorNoticeFacts['goods'][number]),
    name: long,
    batch: 'X9'.repeat(20),
    serial: `${'S8'.repeat(20)}${index}`,
  })),
  fault: long.repeat(40),
  evidence: Array.from({ length: 40 }, () => ({
    ...(vendorNotice.evidence[0] as VendorNoticeFacts['evidence'][number]),
    name: `${'IMG'.repeat(30)}.jpg`,
    label: long,
  })),
}

export const longSheet: FaultSheetFacts = {
  ...faultSheet,
  vendor: { name: long.repeat(3), contact: long },
  rows: Array.from({ length: 60 }, (_, index) => ({
    ...(faultSheet.rows[3] as FaultSheetFacts['rows'][number]),
    counter: long.slice(0, 20),
    batch: `B${'9'.repeat(20)}${index}`,
  })),
  openClaims: Array.from({ length: 20 }, () => ({
    ...(faultSheet.openClaims[0] as FaultSheetFacts['openClaims'][number]),
    goods: long.repeat(2),
  })),
}
