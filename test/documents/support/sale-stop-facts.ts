import type { SaleStopFacts } from '../../../src-main/radar/document.ts'
import { frame } from './example-facts.ts'

export const saleStop: SaleStopFacts = {
  frame,
  number: 'XJ-0312-261121-0001-B',
  copy: 0,
  goods: '步云里 女式短靴 黑 37',
  barcode: '6900000000017',
  brand: '步云里',
  model: '',
  batchNo: '2609B',
  reason: '三周内四双开胶，均为 9 月批次，等待联营商检测。',
  effectiveOn: '2026-11-21',
  issuedBy: '李静',
  issuedOn: '2026-11-21',
  incident: 'SJ-0312-261121-0001-F',
  lifted: null,
  counters: [
    { counter: '2F 步云里女鞋', person: '柜长小刘', units: 12, on: '2026-11-21' },
    { counter: '1F 花车', person: '', units: null, on: '' },
  ],
}

/** Texts as long as the form takes them, more counters than one page holds, and lifted again. */
export const longSaleStop: SaleStopFacts = {
  ...saleStop,
  copy: 2,
  goods: saleStop.goods.repeat(12).slice(0, 160),
  brand: saleStop.brand.repeat(20),
  model: 'DR-18*'.repeat(10),
  batchNo: '',
  reason: saleStop.reason.repeat(30).slice(0, 600),
  lifted: { on: '2026-12-01', reason: '检测合格，恢复销售。'.repeat(20).slice(0, 200) },
  counters: Array.from({ length: 60 }, (_, at) => ({
    counter: `${(at % 6) + 1}F ${'步云里女鞋特卖花车'.repeat(at % 3 === 0 ? 8 : 1)} ${at}`,
    person: at % 2 === 0 ? '柜长小刘' : '',
    units: at % 2 === 0 ? at : null,
    on: at % 2 === 0 ? '2026-11-22' : '',
  })),
}
