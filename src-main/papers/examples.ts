/**
 * Made-up facts of each paper a store sets up: what its preview shows and what a design is measured with, an ordinary
 * paper of one piece of goods. Nobody of them is a customer; only the store is the real one, because its name and
 * address take their place on a paper, too.
 */
import type { CardFacts } from '../cards/document.ts'
import type { ComplaintFormFacts } from '../complaints/form-document.ts'
import type { ExchangeSlipFacts } from '../exchanges/document.ts'
import type { HandoverFormFacts } from '../exchanges/handover/document.ts'
import { type DocumentType, formatDocumentNumber } from '../foundation/document-number.ts'
import type { PaperFrame } from '../printing/layout.ts'
import type { ComplaintSlipFacts } from '../promises/document.ts'
import type { RefundFacts } from '../refunds/document.ts'
import type { RepairFacts } from '../repairs/papers/facts.ts'
import type { RefusalFacts } from '../rights/document.ts'
import type { VoucherFacts } from '../vouchers/document.ts'

const DAY = '2026-11-21'
const currency = 'CNY'
const clerk = '1001 李敏'
const customer = { name: '张晓梅', phone: '13800001234' }
const sale = { receiptNo: '07-20261115-0912', soldOn: '2026-11-15', till: '07' }
const plain = { copy: 0, voided: null, currency }

/** A document number of the example day. */
export function exampleNumber(type: DocumentType, serial = 1): string {
  return formatDocumentNumber({ type, desk: '0001', businessDate: DAY, serial })
}

/** As long as a signed card's, and signed by nobody. */
const EXAMPLE_CODE = 'EXAMPLE '.repeat(32).trim()

const coat = {
  name: '织禾云 女士中长款羽绒服 雾霾蓝 165/88A',
  sku: '6931234567895',
  serialNo: null,
  qtyMilli: 1_000,
  unit: '件',
  amount: 89_910,
  condition: 'opened',
  packagingIntact: true,
  reason: 'quality',
  note: '左袖口开线',
}

const paidStrip: RefundFacts['strip'] = [
  { kind: 'list', amount: 99_900, detail: {} },
  { kind: 'discount', amount: -9_990, detail: {} },
  { kind: 'paid', amount: 89_910, detail: {} },
]

export function exampleCard(frame: PaperFrame, paper: CardFacts['paper']): CardFacts {
  return {
    ...plain,
    frame,
    paper,
    code: EXAMPLE_CODE,
    number: exampleNumber('XY'),
    issuedOn: DAY,
    sale: { ...sale, invoiceNo: '24442000000012345678' },
    replaces: [],
    consumer: { ...customer, address: '城西路 32 号 7 栋 1602', postcode: '528401' },
    repairs: [],
    lines: [
      {
        name: '清澜 BCD-510 对开门风冷无霜冰箱 510 升',
        brand: '清澜 Qinglan',
        model: 'BCD-510WGHTD14S8U1',
        sku: '100012043978',
        batchNo: '2026083117',
        origin: '山东青岛',
        serialNo: 'BA0AC8E0K00QCR3F0042',
        qtyMilli: 1_000,
        unit: '台',
        paid: 429_900,
        floor: '4F',
        counter: '家电区',
        clerk: '2107 陈志强',
        installedOn: DAY,
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
            name: '清澜特约维修中心',
            phone: '0760-8882 5566',
            address: '中山三路 66 号',
            postcode: '528403',
          },
        },
        exchangeUntil: '2026-12-06',
        careTip: '四周留 10 厘米散热空间；搬运后静置 2 小时再通电。',
        exchanged: null,
      },
    ],
  }
}

export function exampleRefund(frame: PaperFrame, paper: RefundFacts['paper']): RefundFacts {
  return {
    ...plain,
    frame,
    paper,
    number: exampleNumber('TH'),
    caseNo: exampleNumber('TS'),
    issuedAt: frame.printedAt,
    sale,
    customer,
    kind: 'return',
    adjusted: [],
    vouchers: [],
    lines: [{ ...coat, unitPaid: coat.amount }],
    originalTenders: [{ tender: 'wechat', amount: 89_910 }],
    refundTenders: [
      {
        tender: 'wechat',
        amount: 89_910,
        instruction: exampleNumber('ZF'),
        isExpense: false,
        giftPart: 0,
        insteadOf: null,
      },
    ],
    strip: paidStrip,
    total: 89_910,
    handledBy: clerk,
    approvedBy: '2001 王丽',
    posRefundNo: null,
  }
}

export function exampleExchange(
  frame: PaperFrame,
  paper: ExchangeSlipFacts['paper'],
): ExchangeSlipFacts {
  const larger = '织禾云 女士中长款羽绒服 雾霾蓝 170/92A'
  return {
    ...plain,
    frame,
    paper,
    number: exampleNumber('HH'),
    issuedAt: frame.printedAt,
    sale,
    customer,
    returned: [{ ...coat, reason: 'size', note: null }],
    given: [
      {
        name: larger,
        sku: '6931234567901',
        serialNo: null,
        units: 1,
        unit: '件',
        listAmount: 109_900,
        paidAmount: 109_900,
        isLater: false,
        keepsPrice: false,
        discountReason: null,
      },
    ],
    creditStrip: [{ kind: 'paid', amount: 89_910, detail: {} }],
    figures: [
      { kind: 'goods', amount: 109_900, detail: { name: larger, units: 1 } },
      { kind: 'given', amount: 109_900, detail: {} },
      { kind: 'credit', amount: -89_910, detail: {} },
      { kind: 'total', amount: 19_990, detail: {} },
    ],
    difference: 19_990,
    carried: [
      { tender: 'wechat', amount: 89_910 },
      { tender: 'alipay', amount: 19_990 },
    ],
    instructions: [
      { number: exampleNumber('ZF'), direction: 'collect', tender: 'alipay', amount: 19_990 },
    ],
    vouchers: [],
    order: null,
    handledBy: clerk,
    approvedBy: null,
  }
}

const inOrder = (is: string) => ({ is, reason: '' })

export function exampleHandover(
  frame: PaperFrame,
  paper: HandoverFormFacts['paper'],
): HandoverFormFacts {
  const name = '清澜 BCD-510 对开门风冷无霜冰箱 510 升'
  return {
    ...plain,
    frame,
    paper,
    number: exampleNumber('JJ'),
    before: null,
    exchangeNumber: exampleNumber('HH'),
    openedAt: frame.printedAt,
    sale,
    back: [
      {
        name,
        serialNo: 'BA0AC8E0K00QCR3F0042',
        value: 429_900,
        goods: inOrder('back'),
        accessories: inOrder('complete'),
        card: { ...inOrder('back'), number: exampleNumber('XY', 57) },
        manual: inOrder('back'),
        invoice: inOrder('stamped'),
      },
    ],
    given: [
      {
        name,
        serialNo: 'BA0AC8E0K00QCR3F0311',
        seal: inOrder('opened_before_customer'),
        appearance: inOrder('sound'),
        manual: inOrder('given'),
        accessories: inOrder('complete'),
      },
    ],
    newCard: exampleNumber('XY', 61),
    term: { startsOn: DAY, endsOn: '2027-11-21' },
    receiver: { who: 'self', ...customer },
    signatures: { customer: null, store: null },
    waiver: null,
    handledBy: clerk,
  }
}

/** Taken in for the sheet and the stub; handed back, with what was done, for the record. */
export function exampleRepair(
  frame: PaperFrame,
  paper: RepairFacts['paper'],
  isDone: boolean,
): RepairFacts {
  const number = exampleNumber('WX')
  return {
    frame,
    paper,
    number,
    copy: 0,
    currency,
    recordedAt: frame.printedAt,
    recordedBy: '李敏',
    customer: { name: customer.name, phone: '138****1234' },
    promise: { text: '修好后电话通知', dueAt: frame.printedAt, owner: '李敏' },
    note: '',
    pickupCode: 'K7M4QX',
    storage: { days: 30, feePerDay: 200, from: null },
    loans: [{ code: 'BY-02', name: '备用手机', serialNo: '869999000011112', isBack: isDone }],
    items: [
      {
        tagNo: `${number}/1`,
        kind: 'sold',
        receiptNo: '05-20260902-0117',
        soldOn: '2026-09-02',
        name: '清澜 X3 智能手机 128G 石墨黑',
        brand: '清澜 Qinglan',
        model: 'QL-X3',
        serialNo: '861234567890123',
        fault: '充电到一半就停，机身发烫。',
        appearance: '屏幕右上角细划痕一道',
        accessories: [{ tagNo: `${number}/1.1`, name: '原装充电器', note: '', returned: isDone }],
        acceptance: 'free',
        quote: null,
        isExpected: false,
        receivedOn: DAY,
        endedOn: isDone ? '2026-11-27' : null,
        outcome: isDone ? 'repaired' : null,
        outcomeNote: '',
        remedyNumber: null,
        count: 1,
        former: null,
        days: isDone ? 6 : 0,
        waitDays: 0,
        works: isDone
          ? [
              {
                actualFault: '尾插接触不良',
                work: '更换尾插小板',
                doneBy: '清澜特约维修中心 周师傅',
                minutes: 30,
                hourFee: 0,
                parts: [{ name: '尾插小板', partNo: 'TC-X3', serialNo: '' }],
                fees: [],
              },
            ]
          : [],
        fees: 0,
        due: 0,
        warrantyDays: isDone ? 30 : null,
        warrantyUntil: isDone ? '2026-12-27' : null,
        exchangeRight: null,
        handBack: isDone
          ? { at: frame.printedAt, name: customer.name, whom: 'self', proof: 'code', by: '李敏' }
          : null,
      },
    ],
    due: 0,
  }
}

export function exampleVoucher(frame: PaperFrame, paper: VoucherFacts['paper']): VoucherFacts {
  return {
    ...plain,
    frame,
    paper,
    number: exampleNumber('PZ'),
    code: 'MK47XC2HEP9J',
    amount: 30_850,
    balance: 30_850,
    source: { type: 'refund', number: exampleNumber('TH') },
    holder: customer,
    issuedAt: frame.printedAt,
    issuedBy: '李敏',
    expiresOn: '2029-11-21',
    reason: null,
    movements: [],
    payOut: null,
  }
}

export function exampleRefusal(frame: PaperFrame, paper: RefusalFacts['paper']): RefusalFacts {
  return {
    frame,
    paper,
    number: exampleNumber('JS'),
    issuedAt: frame.printedAt,
    copy: 0,
    sale: { receiptNo: sale.receiptNo, soldOn: sale.soldOn },
    proofs: null,
    notProven: false,
    decidedBy: null,
    customer,
    goods: '步云里 短靴 37 黑',
    units: 1,
    claim: 'refund',
    reason: 'preference',
    statement: '穿了两次觉得不合脚，要求退货。',
    note: '已当面与顾客一起验看，鞋底有穿着痕迹。',
    grounds: [{ zh: '商品已经使用，不再完好', en: 'the goods were used and are not intact' }],
    rules: [
      {
        id: 'store.example',
        version: 1,
        text: {
          zh: '非质量问题，七日内未使用、不影响再次销售的可以退货。',
          en: 'Without a fault, unused goods fit to be sold again are taken back within seven days.',
        },
        basis: { zh: '本店承诺（示例）', en: 'Promise of this store (example)' },
      },
    ],
    wayOns: [
      { kind: 'paid_repair', until: null },
      { kind: 'manager', until: null },
      { kind: 'hotline_12315', until: null },
    ],
    owner: '李敏',
    ownerPhone: null,
    handledBy: clerk,
  }
}

export function exampleComplaint(
  frame: PaperFrame,
  paper: ComplaintSlipFacts['paper'],
): ComplaintSlipFacts {
  return {
    frame,
    paper,
    number: exampleNumber('TS'),
    copy: 0,
    recordedAt: frame.printedAt,
    recordedBy: '李敏',
    class: 'goods',
    text: '羽绒服穿了三天左袖口就开线跑绒，要求退货。',
    customer,
    owner: { name: '李敏', phone: '0760-8880 1299' },
    promises: [
      { text: '检验后给答复', dueAt: frame.printedAt, owner: '李敏', phone: '0760-8880 1299' },
    ],
    solution: null,
  }
}

export function exampleComplaintForm(frame: PaperFrame): ComplaintFormFacts {
  return {
    frame,
    number: exampleNumber('TS'),
    copy: 0,
    storeNo: '0001',
    currency,
    recordedAt: frame.printedAt,
    recordedBy: '李敏',
    customer: {
      name: customer.name,
      phone: '138****1234',
      memberNo: '8800123',
      address: '城西路 32 号',
    },
    mode: 'afterwards',
    complainant: 'customer',
    class: 'goods',
    severity: 'ordinary',
    department: '2F · 女装',
    receipt: `${sale.receiptNo} · ${sale.soldOn}`,
    goods: coat.name,
    text: '羽绒服穿了三天左袖口就开线跑绒，要求退货。',
    leftOut: 0,
    desired: '全额退款',
    demand: 'refund',
    demandAmount: coat.amount,
    verified: {
      at: frame.printedAt,
      by: '陈国强',
      finding: 'founded',
      cause: '做工：袖口锁边漏针',
      opinion: '检验属实，按质量问题处理。',
    },
    owner: '李敏',
    liable: ['vendor'],
    liableNames: '织禾云服饰',
    rounds: [{ at: frame.printedAt, offer: '全额退款', accepts: true, words: '可以', by: '李敏' }],
    promises: [{ text: '检验后给答复', dueAt: frame.printedAt, owner: '李敏', isOpen: false }],
    solution: '全额退款 899.10 元，已原路退回。',
    satisfied: true,
    whyNot: null,
    measures: [],
    followUps: [],
  }
}
