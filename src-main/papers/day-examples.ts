/** Made-up facts of the papers of a day and of a period: what their previews show and what a design is measured with. */
import { complaintClasses } from '../complaints/contract.ts'
import type { DayCloseFacts } from '../day-closes/document.ts'
import type { PaperFrame } from '../printing/layout.ts'
import type { DayReport, DayReportFacts } from '../reports/document.ts'
import type { ReportColumn } from '../reports/figures/contract.ts'
import type { ReportFacts } from '../reports/figures/document.ts'
import {
  columnName,
  dimensionName,
  meaningOf,
  noteOf,
  questionOf,
  rowLabel,
  titleOf,
} from '../reports/figures/words.ts'
import { exampleNumber as numberOf } from './examples.ts'

type ComplaintFacts = DayReport['complaints'][number]

const STORIES = [
  [
    'goods',
    '2F',
    '女装',
    '顾客反映 11 月 15 日购买的羽绒服第三天左袖口开线跑绒，要求退货。',
    '检验属实，按质量问题全额退款 899.10 元，已原路退回，顾客接受。',
  ],
  [
    'service',
    '1F',
    '化妆品',
    '专柜导购推销时态度生硬，顾客询问成分时回答“不买别问”，顾客要求道歉并希望加强培训。',
    '楼层经理当面致歉，导购已谈话，列入次日早会案例。',
  ],
  ['price', 'B1', '超市', '货架标价 12.80 元，收银 15.80 元。', '退还差价 3.00 元并更换价签。'],
  [
    'contract',
    '4F',
    '家电区',
    '洗衣机报修后约定周四上门未到，电话无人接听，顾客请假等候一天，要求赔偿误工费。',
    '',
  ],
  [
    'safety',
    '3F',
    '童装',
    '自动扶梯三楼出口处地面湿滑，老人险些摔倒。',
    '保洁已处理并设警示牌；工程部检查空调冷凝水管。',
  ],
  [
    'promotion',
    '1F',
    '服务台',
    '宣传单写“满 300 减 100”，结账时被告知部分专柜不参加。',
    '核实宣传单字体过小，按活动补减 100 元。',
  ],
] as const

export function exampleDayComplaint(index: number): ComplaintFacts {
  const [name, floor, counter, text, solution] = STORIES[index % STORIES.length] ?? STORIES[0]
  const minute = index % 600
  const hour = String(1 + Math.floor(minute / 60)).padStart(2, '0')
  return {
    id: index + 1,
    number: numberOf('TS', index + 1),
    recordedAt: `2026-11-21T${hour}:${String(minute % 60).padStart(2, '0')}:00Z`,
    class: name,
    text,
    solution,
    floor,
    counter,
    customer: ['张**', '王*', '138****5521', ''][index % 4] ?? '',
    goods: index % STORIES.length === 0 ? '织禾云 女士中长款羽绒服' : '',
    open: solution === '',
    solvedOnSpot: name === 'price',
    satisfied: solution === '' ? null : ([true, null, true, null, false, null][index % 6] ?? null),
    ownerName: ['李敏', '周楼层', '陈志强'][index % 3] ?? '',
    recordedBy: '李敏',
    promise:
      solution === ''
        ? { text: '联系厂家售后，次日上午 10 点前答复上门时间', dueAt: '2026-11-22T02:00:00Z' }
        : null,
  }
}

/** The report of a day with these complaints, its totals counted from them. */
export function exampleDayOf(frame: PaperFrame, complaints: ComplaintFacts[]): DayReport {
  const count = (matches: (each: ComplaintFacts) => boolean) => complaints.filter(matches).length
  const closed = count(({ open }) => !open)
  const satisfied = count((each) => each.satisfied === true)
  const dissatisfied = count((each) => each.satisfied === false)
  const open = complaints.filter((each) => each.open)
  const byClass = (of: ComplaintFacts[]) =>
    complaintClasses.map((name) => ({
      class: name,
      count: of.filter((each) => each.class === name).length,
    }))
  return {
    businessDate: '2026-11-21',
    storeName: frame.store.name,
    deskNo: '0001',
    closed: null,
    currency: 'CNY',
    totals: {
      received: complaints.length,
      solvedOnSpot: count(({ solvedOnSpot }) => solvedOnSpot),
      closedSameDay: closed,
      closedFromEarlier: complaints.length > 0 ? 2 : 0,
      carriedOver: open.length,
      overduePromises: 0,
      satisfied,
      dissatisfied,
      notAsked: closed - satisfied - dissatisfied,
      refunds: complaints.length * 2,
      refundAmount: complaints.length * 183_350,
      exchanges: complaints.length,
      exchangeCollected: complaints.length * 12_900,
      exchangePaidBack: complaints.length * 4_050,
      moneyPending: 2,
      pendingAmount: 183_350,
      priceAdjustments: complaints.length > 0 ? 2 : 0,
      priceAdjustmentAmount: complaints.length > 0 ? 20_000 : 0,
      cardsIssued: complaints.length * 5,
    },
    note: complaints.length > 0 ? '小雨 12–18℃；周年庆满 300 减 100' : '',
    shifts:
      complaints.length > 0
        ? [
            {
              number: 'JB-0001-261121-0001-K',
              givenAt: '2026-11-21T07:30:00.000Z',
              givenBy: '李敏',
              takenBy: '陈志强',
            },
          ]
        : [],
    topVendors: [
      { vendor: '中山织禾云服饰有限公司', count: 3 },
      { vendor: '广州达芙妮商贸', count: 2 },
      { vendor: '佛山顺德小家电供应链管理有限公司', count: 1 },
    ].slice(0, complaints.length),
    beyond: {
      compensations: complaints.length > 0 ? 1 : 0,
      compensationAmount: complaints.length > 0 ? 30_000 : 0,
      goodwill: complaints.length > 0 ? 2 : 0,
      goodwillAmount: complaints.length > 0 ? 11_000 : 0,
      goodwillLimit: 20_000,
      goodwillMostByOne: complaints.length > 0 ? 8_000 : 0,
      granted: complaints.length,
      grantedAmount: complaints.length * 99_900,
      denied: complaints.length > 0 ? 1 : 0,
    },
    repairs: {
      takenIn: complaints.length,
      givenBack: Math.floor(complaints.length / 2),
      inRepair: complaints.length * 3,
      overdue: complaints.length > 0 ? 2 : 0,
    },
    promisesTomorrow: open.length,
    findings:
      complaints.length > 0
        ? [
            {
              id: 1,
              label: '女士中筒靴 37 码',
              fault: { zh: '鞋底开胶', en: 'Sole came off' },
              level: 'alarm' as const,
              failures: 4,
              sold: 61,
            },
          ]
        : [],
    lesson:
      complaints.length > 0
        ? {
            complaintId: 1,
            number: complaints[0]?.number ?? '',
            title: '羽绒服开线：当场退款，第二天回访',
            takeaway: '质量问题先办后查，别让顾客等厂家回话。',
          }
        : null,
    byClass: byClass(complaints),
    byFloor: ['B1', '1F', '2F', '3F', '4F'].flatMap((floor) => {
      const of = complaints.filter((each) => each.floor === floor)
      return of.length > 0 ? [{ floor, total: of.length, counts: byClass(of) }] : []
    }),
    complaints,
    refunds: [],
    openPromises: open.slice(0, 12).map((each) => ({
      id: each.id,
      ownerName: each.ownerName,
      text: each.promise?.text ?? '',
      dueAt: each.promise?.dueAt ?? '',
      dueOn: '2026-11-22',
      overdue: false,
      complaintNumber: each.number,
      customer: each.customer,
    })),
  }
}

/** A day of so many complaints. */
export function exampleDayReport(frame: PaperFrame, count: number): DayReportFacts {
  const complaints = Array.from({ length: count }, (_, index) => exampleDayComplaint(index))
  return { frame, report: exampleDayOf(frame, complaints) }
}

const firstClose = {
  id: 1,
  version: 1,
  hash: '5f2a9c0e7b14d863a90cbb27f1e4d5568c3a7e91b204f6d7c8e9a0b1c2d3e4f5',
  closedAt: '2026-11-21T13:40:00Z',
  closedBy: '李敏',
  reopened: { at: '2026-11-21T13:55:00Z', by: '张建华', reason: '隔离区少点了一件，重新清点' },
}

export function exampleDayClose(frame: PaperFrame, paper: DayCloseFacts['paper']): DayCloseFacts {
  return {
    frame,
    paper,
    copy: 0,
    inks: {},
    day: {
      businessDate: '2026-11-21',
      state: 'closed',
      currency: 'CNY',
      slips: [
        { kind: 'refund', count: 14, voided: 1, late: 1, amount: 486_250 },
        { kind: 'price_adjustment', count: 2, voided: 0, late: 0, amount: 12_000 },
        { kind: 'exchange', count: 6, voided: 0, late: 0, amount: -3_500 },
        { kind: 'handover', count: 6, voided: 0, late: 0, amount: 0 },
        { kind: 'repair_in', count: 5, voided: 0, late: 0, amount: 0 },
        { kind: 'repair_out', count: 3, voided: 0, late: 0, amount: 0 },
        { kind: 'card', count: 21, voided: 0, late: 0, amount: 0 },
        { kind: 'voucher', count: 2, voided: 0, late: 0, amount: 26_000 },
        { kind: 'complaint', count: 11, voided: 0, late: 1, amount: 0 },
        { kind: 'goodwill', count: 1, voided: 0, late: 0, amount: 5_000 },
      ],
      money: [
        {
          direction: 'pay_out',
          tender: 'alipay',
          done: { count: 8, amount: 301_250 },
          pending: { count: 1, amount: 59_900 },
        },
        {
          direction: 'pay_out',
          tender: 'cash',
          done: { count: 5, amount: 137_100 },
          pending: { count: 0, amount: 0 },
        },
        {
          direction: 'collect',
          tender: 'wechat',
          done: { count: 2, amount: 16_500 },
          pending: { count: 0, amount: 0 },
        },
      ],
      goods: [
        {
          destination: 'floor',
          recorded: 9,
          count: { recorded: 9, counted: 9, note: '', at: '2026-11-21T13:20:00Z', by: '李敏' },
        },
        {
          destination: 'quarantine',
          recorded: 4,
          count: {
            recorded: 4,
            counted: 3,
            note: '一件羊毛衫由女装柜组长 20:45 取走，明早补办移交',
            at: '2026-11-21T13:58:00Z',
            by: '李敏',
          },
        },
      ],
      checks: [
        {
          kind: 'unmatched',
          state: 'done',
          count: 1,
          note: '支付宝退款 59.90 银行侧处理中，明早核对',
        },
        { kind: 'handovers', state: 'done', count: 1, note: '王先生明早十点来签字' },
        { kind: 'loans', state: 'done', count: 2, note: '' },
      ],
      late: [
        {
          number: numberOf('TH', 1),
          kind: 'refund',
          at: '2026-11-20T14:12:00Z',
          on: '2026-11-20',
        },
        {
          number: numberOf('TS', 1),
          kind: 'complaint',
          at: '2026-11-20T14:20:00Z',
          on: '2026-11-20',
        },
      ],
      remark: '三楼扶梯停运，下午客诉较多。',
      signatures: [
        { role: 'desk_lead', operatorId: 2, name: '李敏', how: 'pin', sha256: null },
        { role: 'floor_manager', operatorId: 3, name: '周涛', how: 'paper', sha256: null },
        { role: 'duty_manager', operatorId: 1, name: '陈国强', how: 'pin', sha256: null },
      ],
      signers: 3,
      lines: 96,
      ledgerHash: 'c'.repeat(64),
      close: {
        id: 2,
        version: 2,
        hash: '91c04b7de3526fa8d17700e8c5b9a2f4316e8d0c7a5b4f3e2d1c0b9a88776655',
        closedAt: '2026-11-21T14:02:00Z',
        closedBy: '李敏',
        reopened: null,
      },
      versions: [
        {
          id: 2,
          version: 2,
          hash: '91c04b7de3526fa8d17700e8c5b9a2f4316e8d0c7a5b4f3e2d1c0b9a88776655',
          closedAt: '2026-11-21T14:02:00Z',
          closedBy: '李敏',
          reopened: null,
        },
        firstClose,
      ],
    },
  }
}

const reasons = ['quality', 'size', 'preference', 'wrong_item'] as const

/** 退换货汇总表 of a month, by reason. */
export function exampleReport(frame: PaperFrame): ReportFacts {
  const kinds = { slips: 'count', refunds: 'count', exchanges: 'count', paidBack: 'money' } as const
  const columns = Object.entries(kinds).map(([key, kind]): ReportColumn => ({
    key,
    label: columnName(key),
    kind,
    meaning: meaningOf(key),
    adds: true,
    opens: true,
  }))
  const cellsOf = (slips: number) => ({
    slips,
    refunds: slips - Math.floor(slips / 3),
    exchanges: Math.floor(slips / 3),
    paidBack: (slips - Math.floor(slips / 3)) * 21_350,
  })
  const plain = { before: null, change: null }
  return {
    frame,
    table: {
      id: 'returns',
      title: titleOf('returns'),
      question: questionOf('returns'),
      from: '2026-11-01',
      to: '2026-11-21',
      by: 'reason',
      compared: null,
      narrowed: [],
      rowHead: dimensionName('reason'),
      currency: 'CNY',
      columns,
      rows: reasons.map((key, at) => ({
        key,
        label: rowLabel('reason', key, new Map()),
        cells: cellsOf(42 - at * 9),
        ...plain,
      })),
      totals: { cells: cellsOf(114), ...plain },
      chart: { kind: 'bar', series: ['slips'], line: null },
      notes: ['exchangeAmount', 'unitsValue'].map((key) => ({ key, text: noteOf(key) })),
      signed: true,
      leastForPercent: 20,
      madeAt: frame.printedAt,
    },
  }
}
