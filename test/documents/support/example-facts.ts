/** Facts of example papers: realistic, fixed, and used by tests, pictures and the bench. */
import type { ExchangeSlipFacts } from '../../../src-main/exchanges/document.ts'
import type { CardFacts, CardLineFacts } from '../../../src-main/cards/document.ts'
import {
  type DocumentType,
  formatDocumentNumber,
} from '../../../src-main/foundation/document-number.ts'
import type { HandoverFormFacts } from '../../../src-main/exchanges/handover/document.ts'
import type { GoodsLabelFacts } from '../../../src-main/goods/document.ts'
import type { DrawnInk, PaperFrame } from '../../../src-main/printing/layout.ts'
import {
  exampleDayClose,
  exampleDayComplaint,
  exampleDayOf,
  exampleDayReport,
} from '../../../src-main/papers/day-examples.ts'
import type { RefusalFacts } from '../../../src-main/rights/document.ts'
import type {
  PayBackFacts,
  RefundFacts,
  RefundLineFacts,
} from '../../../src-main/refunds/document.ts'
import type { DayReport, DayReportFacts } from '../../../src-main/reports/document.ts'
import type { ComplaintSlipFacts } from '../../../src-main/promises/document.ts'
import type { DayCloseFacts } from '../../../src-main/day-closes/document.ts'
import type { ShiftFacts } from '../../../src-main/shifts/document.ts'
import { sealCard } from '../../../src-main/seals/keys.ts'
import type { VoucherFacts } from '../../../src-main/vouchers/document.ts'
import { codeFacts, fixedKey } from '../../support/seal-key.ts'

export const frame: PaperFrame = {
  store: {
    name: '鹤翔百货中山店',
    address: '广东省中山市石岐区悦来南路 18 号',
    postcode: '528400',
    phone: '0760-8880 1234',
  },
  desk: '总服务台 01',
  printedAt: '2026-11-21T10:05:00Z',
  timeZone: 'Asia/Shanghai',
  printedBy: '1001 李敏',
}

export function numberOf(type: DocumentType, serial: number): string {
  return formatDocumentNumber({ type, desk: '0001', businessDate: '2026-11-21', serial })
}

export const fridge: CardLineFacts = {
  name: '清澜 BCD-510WGHTD14S8U1 对开门风冷无霜冰箱 510 升',
  brand: '清澜 Qinglan',
  model: 'BCD-510WGHTD14S8U1',
  sku: '100012043978',
  batchNo: '2026083117',
  origin: '山东青岛',
  serialNo: 'BA0AC8E0K00QCR3F0042',
  qtyMilli: 1000,
  unit: '台',
  paid: 429_900,
  floor: '4F',
  counter: '家电区',
  clerk: '2107 陈志强',
  installedOn: '2026-11-23',
  warranty: {
    unit: { months: 12, endsOn: '2027-11-21' },
    parts: [
      { name: '压缩机', months: 36, endsOn: '2029-11-21' },
      { name: '温控器', months: 36, endsOn: '2029-11-21' },
    ],
    provider: 'maker',
    providerName: '青岛清澜电冰箱有限公司',
    providerContact: '400-000-7100',
    scope: '非人为损坏的性能故障；不含灯泡、门封条等易损件',
    costBearer: 'maker',
    repairer: {
      name: '清澜中山特约维修中心',
      phone: '0760-8882 5566',
      address: '中山市东区中山三路 66 号',
      postcode: '528403',
    },
  },
  exchangeUntil: '2026-12-06',
  exchanged: null,
  careTip: '四周留 10 厘米散热空间；搬运后静置 2 小时再通电。',
}

export const watch: CardLineFacts = {
  ...fridge,
  name: 'Seiko Presage Cocktail Time automatic watch, blue dial, leather strap',
  brand: 'Seiko',
  model: 'SRPB41J1',
  sku: '4954628447623',
  batchNo: null,
  origin: 'Japan',
  serialNo: '8N1234',
  unit: '只',
  paid: 298_000,
  floor: '1F',
  counter: '钟表',
  clerk: '1033 周婷',
  installedOn: null,
  warranty: {
    unit: { months: 6, endsOn: '2027-05-21' },
    parts: [{ name: '机芯 movement', months: 24, endsOn: '2028-11-21' }],
    provider: 'vendor',
    providerName: '中山亨得利钟表有限公司',
    providerContact: '0760-8331 0099',
    scope: '机芯走时故障；表带、表镜外力损坏除外',
    costBearer: 'vendor',
    repairer: null,
  },
  careTip: null,
}

export const card: CardFacts = {
  frame,
  paper: 'A6',
  number: numberOf('XY', 57),
  code: sealCard(codeFacts, fixedKey(1)),
  issuedOn: '2026-11-21',
  copy: 0,
  voided: null,
  currency: 'CNY',
  sale: {
    receiptNo: '03-20261121-0184',
    soldOn: '2026-11-21',
    till: '03',
    invoiceNo: '24442000000012345678',
  },
  replaces: [],
  consumer: {
    name: '欧阳静怡',
    address: '中山市西区富华道 32 号 7 栋 1602',
    postcode: '528401',
    phone: '13812345521',
  },
  lines: [fridge],
  repairs: [],
}

const shirt = {
  name: '织禾云 女士中长款羽绒服 B30142008 雾霾蓝 165/88A',
  sku: '6931234567895',
  serialNo: null,
  qtyMilli: 1000,
  unit: '件',
  unitPaid: 89_910,
  amount: 89_910,
  condition: 'opened',
  packagingIntact: true,
  reason: 'quality',
  note: '左袖口开线',
} satisfies RefundLineFacts

/** A payment, with the number of its instruction where the till was told by one. */
export function payBack(tender: string, amount: number, instruction?: number): PayBackFacts {
  return {
    tender,
    amount,
    instruction: instruction === undefined ? null : numberOf('ZF', instruction),
    isExpense: false,
    giftPart: 0,
    insteadOf: null,
  }
}

export const refund: RefundFacts = {
  frame,
  paper: '80mm',
  number: numberOf('TH', 12),
  caseNo: 'AL-0001-261121-0031',
  issuedAt: '2026-11-21T09:48:00Z',
  copy: 0,
  voided: null,
  currency: 'CNY',
  sale: { receiptNo: '07-20261115-0912', soldOn: '2026-11-15', till: '07' },
  customer: { name: '张*', phone: '13912348888' },
  kind: 'return',
  adjusted: [],
  vouchers: [],
  lines: [
    shirt,
    {
      ...shirt,
      name: '红富士苹果 特级',
      sku: '2400123005350',
      qtyMilli: 535,
      unit: 'kg',
      unitPaid: 799,
      amount: 799,
      condition: 'damaged',
      packagingIntact: null,
      reason: 'quality',
      note: null,
    },
  ],
  originalTenders: [
    { tender: '微信支付', amount: 60_000 },
    { tender: '储值卡 ****3301', amount: 50_709 },
  ],
  refundTenders: [
    payBack('微信支付', 60_000, 21),
    { ...payBack('储值卡 ****3301', 30_709, 22), giftPart: 5_000 },
  ],
  strip: [
    { kind: 'list', amount: 100_799, detail: {} },
    { kind: 'discount', amount: -10_090, detail: {} },
    { kind: 'paid', amount: 90_709, detail: {} },
  ],
  total: 90_709,
  handledBy: '1001 李敏',
  approvedBy: null,
  posRefundNo: null,
}

/** A refund with everything that can come to it: deductions, freight, another tender and rounded cash. */
export const workedRefund: RefundFacts = {
  ...refund,
  lines: [shirt],
  originalTenders: [
    { tender: 'bank_card', amount: 89_910 },
    { tender: 'cash', amount: 799 },
  ],
  refundTenders: [
    {
      ...payBack('cash', 77_410, 23),
      insteadOf: { tender: '招行 ****0912', needsManager: true, reason: '银行卡已注销' },
    },
    { ...payBack('cash', 1_200, 24), isExpense: true },
  ],
  strip: [
    { kind: 'list', amount: 99_900, detail: {} },
    { kind: 'discount', amount: -9_990, detail: {} },
    { kind: 'paid', amount: 89_910, detail: {} },
    { kind: 'depreciation', amount: -8_496, detail: { name: shirt.name, days: 63 } },
    { kind: 'gift', amount: -3_900, detail: { name: '护理套装（赠）' } },
    { kind: 'freight', amount: 1_200, detail: { liable: 'carrier' } },
    { kind: 'test_fee', amount: -100, detail: {} },
    { kind: 'rounding', amount: -4, detail: {} },
  ],
  total: 78_610,
  approvedBy: '2001 王丽',
}

export function manyRefundLines(count: number): RefundFacts {
  const lines = Array.from({ length: count }, (_, index) => ({
    ...shirt,
    name: `${shirt.name} 第 ${index + 1} 件`,
    amount: 89_910 + index,
  }))
  const total = lines.reduce((sum, line) => sum + line.amount, 0)
  return { ...refund, lines, total, refundTenders: [payBack('现金', total)], strip: [] }
}

/** A size swap: even, nothing for the till to do. */
export const swap: ExchangeSlipFacts = {
  frame,
  paper: '80mm',
  number: numberOf('HH', 7),
  issuedAt: '2026-11-21T09:52:00Z',
  copy: 0,
  voided: null,
  currency: 'CNY',
  sale: refund.sale,
  customer: refund.customer,
  returned: [{ ...shirt, reason: 'size', note: null, packagingIntact: true }],
  given: [
    {
      name: '织禾云 女士中长款羽绒服 B30142008 雾霾蓝 170/92A',
      sku: '6931234567901',
      serialNo: null,
      units: 1,
      unit: '件',
      listAmount: 99_900,
      paidAmount: 89_910,
      isLater: false,
      keepsPrice: true,
      discountReason: null,
    },
  ],
  creditStrip: [
    { kind: 'list', amount: 99_900, detail: {} },
    { kind: 'discount', amount: -9_990, detail: {} },
    { kind: 'paid', amount: 89_910, detail: {} },
  ],
  figures: [
    { kind: 'goods', amount: 99_900, detail: { name: shirt.name, units: 1 } },
    { kind: 'kept_price', amount: -9_990, detail: { name: shirt.name } },
    { kind: 'given', amount: 89_910, detail: {} },
    { kind: 'credit', amount: -89_910, detail: {} },
    { kind: 'total', amount: 0, detail: {} },
  ],
  difference: 0,
  carried: [
    { tender: 'wechat', amount: 60_000 },
    { tender: '储值卡 ****3301', amount: 29_910 },
  ],
  instructions: [],
  vouchers: [],
  order: null,
  handledBy: '1001 李敏',
  approvedBy: null,
}

/** An exchange with everything that can come to it: two for one, freight, a discount, serial numbers and a till. */
export const workedExchange: ExchangeSlipFacts = {
  ...swap,
  returned: [
    {
      ...shirt,
      name: '极致 JZ-X5 手机 12GB+256GB 深空灰',
      sku: 'JZ-X5-256-GR',
      serialNo: '86JZX5007342',
      amount: 299_900,
      condition: 'faulty',
      reason: 'quality',
      note: '通话断续，已检测',
    },
    { ...shirt, name: '极致 原装保护壳', sku: 'JZ-X5-CASE', amount: 9_900, note: null },
  ],
  given: [
    {
      name: '极致 JZ-X5 Pro 手机 16GB+512GB 曜石黑',
      sku: 'JZ-X5P-512-BK',
      serialNo: '86JZX5P00118',
      units: 1,
      unit: '台',
      listAmount: 429_900,
      paidAmount: 419_900,
      isLater: false,
      keepsPrice: false,
      discountReason: '展示机',
    },
  ],
  creditStrip: [
    { kind: 'paid', amount: 309_800, detail: {} },
    { kind: 'freight', amount: 1_200, detail: { liable: 'store' } },
  ],
  figures: [
    { kind: 'goods', amount: 429_900, detail: { name: '极致 JZ-X5 Pro 手机', units: 1 } },
    {
      kind: 'discount',
      amount: -10_000,
      detail: { name: '极致 JZ-X5 Pro 手机', reason: '展示机' },
    },
    { kind: 'given', amount: 419_900, detail: {} },
    { kind: 'credit', amount: -311_000, detail: {} },
    { kind: 'total', amount: 108_900, detail: {} },
  ],
  difference: 108_900,
  carried: [
    { tender: 'wechat', amount: 309_800 },
    { tender: 'cash', amount: 1_200 },
    { tender: 'alipay', amount: 108_900 },
  ],
  instructions: [
    { number: numberOf('ZF', 31), direction: 'collect', tender: 'alipay', amount: 108_900 },
  ],
  approvedBy: '2001 王丽',
}

/** Two things back, two out, and two payments: what a slip has to hold on one page. */
export const twoForTwo: ExchangeSlipFacts = {
  ...swap,
  returned: [
    ...swap.returned,
    { ...shirt, name: '织禾云 女士羊绒围巾', sku: '6931234567999', amount: 39_900, note: null },
  ],
  given: [
    ...swap.given,
    {
      name: '织禾云 女士羊绒围巾 浅灰',
      sku: '6931234568000',
      serialNo: null,
      units: 1,
      unit: '条',
      listAmount: 29_900,
      paidAmount: 29_900,
      isLater: false,
      keepsPrice: false,
      discountReason: null,
    },
  ],
  creditStrip: [{ kind: 'paid', amount: 129_810, detail: {} }],
  figures: [
    { kind: 'goods', amount: 99_900, detail: { name: shirt.name, units: 1 } },
    { kind: 'kept_price', amount: -9_990, detail: { name: shirt.name } },
    { kind: 'goods', amount: 29_900, detail: { name: '织禾云 女士羊绒围巾 浅灰', units: 1 } },
    { kind: 'given', amount: 119_810, detail: {} },
    { kind: 'credit', amount: -129_810, detail: {} },
    { kind: 'total', amount: -10_000, detail: {} },
  ],
  difference: -10_000,
  carried: [
    { tender: 'wechat', amount: 79_810 },
    { tender: 'cash', amount: 40_000 },
  ],
  instructions: [
    { number: numberOf('ZF', 41), direction: 'pay_out', tender: 'wechat', amount: 6_000 },
    { number: numberOf('ZF', 42), direction: 'pay_out', tender: 'cash', amount: 4_000 },
  ],
}

/** Cheaper goods that had to be ordered, with money back and a voucher. */
export const orderedExchange: ExchangeSlipFacts = {
  ...swap,
  given: swap.given.map((line) => ({
    ...line,
    name: '织禾云 女士羊绒围巾',
    paidAmount: 39_900,
    listAmount: 39_900,
    isLater: false,
    keepsPrice: false,
  })),
  figures: [
    { kind: 'goods', amount: 39_900, detail: { name: '织禾云 女士羊绒围巾', units: 1 } },
    { kind: 'given', amount: 39_900, detail: {} },
    { kind: 'credit', amount: -89_910, detail: {} },
    { kind: 'total', amount: -50_010, detail: {} },
  ],
  difference: -50_010,
  carried: [{ tender: 'wechat', amount: 39_900 }],
  order: { dueOn: '2026-11-25', supplier: '织禾云服饰' },
}

export function complaint(index: number): DayReport['complaints'][number] {
  return exampleDayComplaint(index)
}

/** The report of a day with these complaints, its totals counted from them. */
export function reportOf(complaints: DayReport['complaints']): DayReport {
  return exampleDayOf(frame, complaints)
}

export function dayReport(count: number): DayReportFacts {
  return exampleDayReport(frame, count)
}

export const emptyDay: DayReportFacts = dayReport(0)

export const refusal: RefusalFacts = {
  frame,
  paper: '80mm',
  number: numberOf('JS', 3),
  issuedAt: '2026-11-21T09:48:00Z',
  copy: 0,
  sale: { receiptNo: '07-20261101-0912', soldOn: '2026-11-01' },
  proofs: null,
  notProven: false,
  decidedBy: null,
  customer: { name: '张*', phone: '13912348888' },
  goods: '步云里 短靴 37 黑',
  units: 1,
  claim: 'refund',
  reason: 'quality',
  statement: '没穿几天就开胶了，要求退货。',
  note: '已当面与顾客一起验看，鞋底无破损。',
  grounds: [
    { zh: '期限已于 2026-11-08 届满', en: 'the time for it ended on 2026-11-08' },
    { zh: '现在没有换货的权利，不能由此改为退货', en: 'there is no right to an exchange yet' },
  ],
  rules: [
    {
      id: 'cn.sb-07',
      version: 1,
      text: {
        zh: '自售出之日起七日内发生性能故障的，可以选择退货、换货或修理。',
        en: 'A performance fault within seven days: refund, exchange or repair, as the customer chooses.',
      },
      basis: {
        zh: '《部分商品修理更换退货责任规定》第九条',
        en: 'Provisions on Repair, Replacement and Return of Certain Goods, Article 9',
      },
    },
  ],
  wayOns: [
    { kind: 'exchange', until: '2026-11-30' },
    { kind: 'paid_repair', until: null },
    { kind: 'test', until: null },
    { kind: 'manager', until: null },
    { kind: 'hotline_12315', until: null },
  ],
  owner: '李敏',
  ownerPhone: '0760-8880 1299',
  handledBy: '1001 李敏',
}

/** A claim without a slip that the proofs do not carry. */
export const noSlipRefusal: RefusalFacts = {
  ...refusal,
  number: numberOf('JS', 4),
  sale: null,
  proofs: { soldOn: '2026-11-18', kinds: ['original_box', 'staff_memory'], score: 24 },
  notProven: true,
  goods: '电热水壶 1.7L',
  statement: '小票丢了，就是在你们这里买的。',
  note: null,
  grounds: [
    {
      zh: '现有凭证合计 24 分（满分 100 分），还不足以证明这件商品是在本店购买的。',
      en: 'The proofs shown so far come to 24 of 100: not enough to show that the goods were bought here.',
    },
  ],
  rules: [],
  wayOns: [
    { kind: 'paid_repair', until: null },
    { kind: 'more_proof', until: null },
    { kind: 'manager', until: null },
    { kind: 'hotline_12315', until: null },
  ],
  decidedBy: '李静 9001',
}

/** 买贵退差: the shirt costs less since Sunday, and stays with the customer. */
export const priceAdjustment: RefundFacts = {
  ...refund,
  kind: 'price_adjustment',
  number: numberOf('TJ', 3),
  lines: [],
  adjusted: [
    {
      name: shirt.name,
      sku: shirt.sku,
      serialNo: null,
      qtyMilli: 2_000,
      unit: '件',
      unitPaid: 59_900,
      amount: 20_000,
      note: '门店价签 ¥499.00',
    },
  ],
  refundTenders: [payBack('wechat', 15_000), payBack('voucher', 5_000)],
  vouchers: [{ number: numberOf('PZ', 9), amount: 5_000, how: 'credited' }],
  strip: [{ kind: 'allowance', amount: 20_000, detail: { name: shirt.name } }],
  total: 20_000,
}

export const voucher: VoucherFacts = {
  frame,
  paper: '80mm',
  number: numberOf('PZ', 7),
  code: 'MK47XC2HEP9J',
  copy: 0,
  voided: null,
  currency: 'CNY',
  amount: 30_850,
  balance: 30_850,
  source: { type: 'refund', number: numberOf('TH', 12) },
  holder: { name: '张小妹', phone: '13912348888' },
  issuedAt: '2026-11-21T09:48:00Z',
  issuedBy: '李敏',
  expiresOn: null,
  reason: null,
  movements: [],
  payOut: null,
}

/** One whose small rest the till is told to pay out. */
export const paidOutVoucher: VoucherFacts = {
  ...voucher,
  balance: 0,
  movements: [
    { on: '2026-11-23', kind: 'redeem', ref: '03-20261123-0455', amount: -30_000, balance: 850 },
    { on: '2026-11-29', kind: 'cash_out', ref: numberOf('ZF', 5), amount: -850, balance: 0 },
  ],
  payOut: { number: numberOf('ZF', 5), amount: 850, way: 'cash', receiver: '张小妹' },
}

/** One that was used twice, given back to, and belongs to the bearer. */
export const usedVoucher: VoucherFacts = {
  ...voucher,
  copy: 2,
  balance: 18_850,
  holder: null,
  expiresOn: '2029-11-21',
  source: { type: 'goodwill', number: '' },
  reason: '空调安装等了三次，向顾客致歉',
  movements: [
    { on: '2026-11-23', kind: 'redeem', ref: '03-20261123-0455', amount: -10_000, balance: 20_850 },
    { on: '2026-11-29', kind: 'redeem', ref: '11-20261129-1201', amount: -5_000, balance: 15_850 },
    { on: '2026-12-02', kind: 'credit', ref: numberOf('TH', 31), amount: 3_000, balance: 18_850 },
  ],
}

const asItShouldBe = (is: string) => ({ is, reason: '' })

/** The fridge of the case that cost double: this time with everything that was forgotten then. */
export const handover: HandoverFormFacts = {
  frame,
  paper: 'A5',
  number: numberOf('JJ', 3),
  before: null,
  exchangeNumber: numberOf('HH', 3),
  openedAt: '2026-11-21T09:48:00Z',
  copy: 0,
  voided: null,
  currency: 'CNY',
  sale: { receiptNo: '03-20261109-0184', soldOn: '2026-11-09' },
  back: [
    {
      name: fridge.name,
      serialNo: 'BA0AC8E0K00QCR3F0042',
      value: 429_900,
      goods: asItShouldBe('back'),
      accessories: { is: 'missing', reason: '少一只蛋架，顾客留用' },
      card: { ...asItShouldBe('back'), number: numberOf('XY', 57) },
      manual: asItShouldBe('back'),
      invoice: asItShouldBe('stamped'),
    },
  ],
  given: [
    {
      name: fridge.name,
      serialNo: 'BA0AC8E0K00QCR3F0311',
      seal: asItShouldBe('opened_before_customer'),
      appearance: asItShouldBe('sound'),
      manual: asItShouldBe('given'),
      accessories: asItShouldBe('complete'),
    },
  ],
  newCard: numberOf('XY', 61),
  term: { startsOn: '2026-11-21', endsOn: '2027-11-21' },
  receiver: { who: 'family', name: '欧阳建国', phone: '13912345678' },
  signatures: {
    customer: { at: '2026-11-21T10:02:00Z', ink: scribble(), confirmedBy: '李敏' },
    store: { at: '2026-11-21T10:03:00Z', ink: null, confirmedBy: '李敏' },
  },
  waiver: null,
  handledBy: '1001 李敏',
}

/** The old card of the fridge, as it stays in the drawer. */
export const exchangedCard: CardFacts = {
  ...card,
  voided: { on: '2026-11-21', reason: handover.number },
  lines: [
    {
      ...fridge,
      exchanged: { on: '2026-11-21', under: handover.number, card: handover.newCard },
    },
  ],
}

/** Before anybody has signed, with what a manager took upon the store. */
export const waivedHandover: HandoverFormFacts = {
  ...handover,
  back: handover.back.map((unit) => ({
    ...unit,
    goods: { is: 'missing', reason: '顾客搬家，旧机留在旧址' },
    card: { ...unit.card, is: 'missing', reason: '顾客说找不到了' },
  })),
  receiver: null,
  signatures: { customer: null, store: null },
  waiver: {
    reason: '旧机三日内由物流上门取回，顾客已写保证书；延误由本店承担。',
    amount: 859_800,
    approvedBy: '王丽 3001',
    on: '2026-11-21',
  },
}

/** One for one, nothing to tick but goods: what a size swap prints. */
export function manyHandedOver(count: number): HandoverFormFacts {
  const none = asItShouldBe('none')
  const name = '步云里 女士真皮加绒短靴 37 黑色'
  return {
    ...handover,
    back: Array.from({ length: count }, () => ({
      name,
      serialNo: null,
      value: 59900,
      goods: asItShouldBe('back'),
      accessories: none,
      card: {
        ...none,
        number: null,
      },
      manual: none,
      invoice: asItShouldBe('stamped'),
    })),
    given: Array.from({ length: count + 1 }, () => ({
      name,
      serialNo: null,
      seal: none,
      appearance: asItShouldBe('sound'),
      manual: none,
      accessories: none,
    })),
    newCard: null,
    term: null,
    receiver: { who: 'self', name: null, phone: null },
    signatures: { customer: null, store: null },
  }
}

/** A drawn name: loops of ink, as a pad makes them. */
function scribble(): DrawnInk {
  const runs: [number, number, number][] = []
  for (let step = 0; step < 900; step += 1) {
    const x = Math.round(20 + step * 0.3 + 26 * Math.sin(step / 22))
    const y = Math.round(60 + 38 * Math.sin(step / 40) * Math.cos(step / 17))
    runs.push([x, y, 3], [x, y + 1, 3])
  }
  return { width: 320, height: 120, runs }
}
const labelledKettle: GoodsLabelFacts['units'][number] = {
  tag: `${numberOf('TH', 57).replaceAll('-', '')}.1`,
  name: '沸时 1.7L 电热水壶 304 不锈钢',
  serialNo: 'K1726080055',
  qtyMilli: 1_000,
  unit: '台',
  destination: 'vendor_return',
  condition: 'faulty',
  sourceNumber: numberOf('TH', 57),
  receivedOn: '2026-11-21',
  counter: '4F 小家电',
  vendor: '沸时电器（中山）有限公司',
}

/** Labels of a kettle for the vendor and of two scarves, one for the floor. */
export const goodsLabel: GoodsLabelFacts = {
  frame,
  number: numberOf('TH', 57),
  copy: 0,
  units: [
    labelledKettle,
    {
      ...labelledKettle,
      tag: `${numberOf('TH', 57).replaceAll('-', '')}.2`,
      name: '羊绒围巾 米白',
      serialNo: '',
      destination: 'floor',
      condition: 'opened',
      counter: '1F 围巾手套',
      vendor: '',
    },
    {
      ...labelledKettle,
      tag: `${numberOf('TH', 57).replaceAll('-', '')}.3`,
      name: '羊绒围巾 藏青',
      serialNo: '',
      destination: 'quarantine',
      condition: 'used',
      counter: '1F 围巾手套',
      vendor: '',
    },
  ],
}

export const complaintSlip: ComplaintSlipFacts = {
  frame,
  paper: '80mm',
  number: numberOf('TS', 7),
  copy: 0,
  recordedAt: '2026-11-21T06:12:00Z',
  recordedBy: '李敏',
  class: 'goods',
  text: '冰箱送到第三天就不制冷了，冷冻室的东西全化了，打了两次电话没人回。',
  customer: { name: '王小明', phone: '13812345521' },
  owner: { name: '陈国强', phone: '139 2806 1207' },
  promises: [
    {
      text: '请厂家工程师上门检测，并把结果告诉您',
      dueAt: '2026-11-22T08:00:00Z',
      owner: '陈国强',
      phone: '139 2806 1207',
    },
    {
      text: '回电告知换货安排',
      dueAt: '2026-11-23T02:00:00Z',
      owner: '李敏',
      phone: '0760-8880 1234',
    },
  ],
  solution: null,
}

export const dayClose: DayCloseFacts = exampleDayClose(frame, 'A4')

/** The same day with the floor manager's name drawn on the screen. */
export const drawnDayClose: DayCloseFacts = {
  ...dayClose,
  inks: { floor_manager: scribble() },
  day: {
    ...dayClose.day,
    signatures: dayClose.day.signatures.map((each) =>
      each.role === 'floor_manager' ? { ...each, how: 'drawn', sha256: 'a'.repeat(64) } : each,
    ),
  },
}

export const shift: ShiftFacts = {
  frame,
  paper: 'A4',
  number: numberOf('JB', 1),
  copy: 0,
  businessDate: '2026-11-21',
  givenAt: '2026-11-21T08:00:00Z',
  givenBy: '李敏',
  acceptedAt: null,
  acceptedBy: null,
  remark: '',
  note: '王先生 19 点来取鞋，鞋在 3 号架；三楼扶梯停运，厂家 20 点到。',
  currency: 'CNY',
  lists: [
    {
      kind: 'promises',
      count: 2,
      rows: [
        {
          number: numberOf('TS', 7),
          text: '请厂家工程师上门检测，并把结果告诉您',
          who: '陈国强',
          dueAt: '2026-11-22T08:00:00Z',
          amount: null,
        },
        {
          number: numberOf('WX', 3),
          text: '修好后打电话请您来取',
          who: '李敏',
          dueAt: '2026-11-22T02:00:00Z',
          amount: null,
        },
      ],
    },
    {
      kind: 'cases',
      count: 43,
      rows: [
        {
          number: numberOf('TS', 7),
          text: '冰箱送到第三天就不制冷了，冷冻室的东西全化了，打了两次电话没人回。',
          who: '陈国强',
          dueAt: null,
          amount: null,
        },
      ],
    },
    { kind: 'handovers', count: 0, rows: [] },
    { kind: 'repairs', count: 0, rows: [] },
    {
      kind: 'money',
      count: 1,
      rows: [
        {
          number: numberOf('ZF', 12),
          text: numberOf('TH', 9),
          who: '李敏',
          dueAt: null,
          amount: -59_900,
        },
      ],
    },
    { kind: 'goods', count: 0, rows: [] },
    { kind: 'approvals', count: 0, rows: [] },
  ],
}
