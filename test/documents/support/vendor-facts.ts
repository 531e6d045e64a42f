/** Papers for vendors: a notice, a month's list, what keeps going wrong. */
import { formatDocumentNumber } from '../../../src-main/foundation/document-number.ts'
import type { FaultSheetFacts } from '../../../src-main/vendors/fault-document.ts'
import type { DeductionListFacts } from '../../../src-main/vendors/list-document.ts'
import type { VendorNoticeFacts } from '../../../src-main/vendors/notice-document.ts'
import { exampleDeductions, exampleVendorNotice } from '../../../src-main/papers/office-examples.ts'
import { frame } from './example-facts.ts'

const numberOf = (type: 'LY' | 'KK', serial: number) =>
  formatDocumentNumber({ type, desk: '0312', businessDate: '2026-11-21', serial })

const long = '手工编织加厚羊毛混纺双面呢中长款系带修身大衣'

export const vendorNotice: VendorNoticeFacts = exampleVendorNotice(frame)

export function deductionsOf(count: number): DeductionListFacts {
  return exampleDeductions(frame, count)
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
