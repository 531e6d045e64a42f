/** Made-up facts of the papers of the office: for vendors, for settled complaints, lists to work through, what is kept. */
import type { CustomerCardFacts } from '../customers/document.ts'
import type { BriefingFacts } from '../lessons/document.ts'
import type { PaperFrame } from '../printing/layout.ts'
import type { PromiseListFacts } from '../promises/list-document.ts'
import type { RefundFacts } from '../refunds/document.ts'
import type { RepairListFacts, RepairListRow } from '../repairs/papers/list.ts'
import type { ApologyLetterFacts, SettlementSlipFacts } from '../settlements/document.ts'
import type { DeductionListFacts } from '../vendors/list-document.ts'
import type { VendorNoticeFacts } from '../vendors/notice-document.ts'
import type { EvidenceFacts, EvidencePart } from './evidence-pages.ts'
import { exampleNumber as numberOf, exampleRefund } from './examples.ts'

export function exampleSettlement(frame: PaperFrame): SettlementSlipFacts {
  return {
    frame,
    number: numberOf('HJ', 4),
    copy: 0,
    complaintNumber: numberOf('TS', 12),
    customer: '林晓梅',
    recordedOn: '2026-11-20',
    agreedAt: '2026-11-21T07:40:00Z',
    executor: '李敏',
    dueAt: '2026-11-27T14:00:00Z',
    title: '补偿 150 元，报销粘底费，店长致歉',
    currency: 'CNY',
    total: 19_500,
    items: [
      {
        kind: 'compensation',
        what: '鞋面划痕影响外观',
        amount: 15_000,
        payHow: 'wechat',
        done: numberOf('BC', 3),
      },
      { kind: 'reimbursement', what: '自费粘底', amount: 4_500, payHow: 'cash', done: null },
      { kind: 'apology', what: '', amount: 0, payHow: null, done: numberOf('ZQ', 1) },
    ],
    payments: [{ number: numberOf('ZF', 21), amount: 15_000 }],
    voided: null,
  }
}

export function exampleApology(frame: PaperFrame): ApologyLetterFacts {
  return {
    frame,
    number: numberOf('ZQ', 1),
    copy: 0,
    addressee: '林晓梅 女士',
    businessDate: '2026-11-21',
    bodyZh: [
      '您于 2026-11-20 向我店反映“女式短靴 37 码”的问题（投诉编号 TS-0001-261120-0012-X），我们已认真核查。',
      '经核实，原因为：运输中受压。由此给您带来的不便和困扰，我们郑重向您致歉。',
      '针对此事，我们已与您商定并将落实：补偿 150 元，报销粘底费。',
      '我们已就此改进工作，避免类似情况再次发生。感谢您的指正，恳请您继续监督。本函不影响您依法享有的任何权利。',
    ].join('\n\n'),
    bodyEn: [
      "On 2026-11-20 you told us about women's ankle boots 37 (complaint TS-0001-261120-0012-X). We have looked into it carefully.",
      'We found this cause: pressed in transport. We sincerely apologise for the trouble it has caused you.',
      'We agreed with you on, and will carry out: compensation of 150 yuan, and the cost of gluing the sole.',
      'We have changed how we work so that it does not happen again. This letter does not affect any of your rights under law.',
    ].join('\n\n'),
    signer: '李静',
    signerTitle: '店长',
    voided: null,
  }
}

export function exampleVendorNotice(frame: PaperFrame): VendorNoticeFacts {
  return {
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
}

const LONG_GOODS = '手工编织加厚羊毛混纺双面呢中长款系带修身大衣'

const entry = (index: number): DeductionListFacts['entries'][number] => ({
  businessDate: `2026-11-${String((index % 28) + 1).padStart(2, '0')}`,
  claimNumber: numberOf('LY', index + 1),
  kind: index % 9 === 8 ? 'reversal' : 'charge',
  basis: (['agreed', 'deemed', 'ruled'] as const)[index % 3] ?? 'agreed',
  goods: index % 5 === 4 ? LONG_GOODS : '澜石 电饭煲 4升',
  reason: index % 9 === 8 ? '对方举证为人为损坏，双方复核后冲回' : '',
  amount: index % 9 === 8 ? -31_920 : 12_345 + index * 100,
})

/** So many deductions of a month; every ninth is taken back. */
export function exampleDeductions(frame: PaperFrame, count: number): DeductionListFacts {
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

function repairRow(serial: number, more: Partial<RepairListRow> = {}): RepairListRow {
  return {
    number: numberOf('WX', serial),
    goods: [
      {
        name: '清澜 X3 智能手机 128G 石墨黑',
        serialNo: '861234567890123',
        reception: 'with_repairer',
        holder: '清澜中山特约维修中心',
      },
    ],
    customer: '欧阳静怡 138****5521',
    owner: '李敏',
    dueAt: '2026-11-20T10:00:00Z',
    parts: [],
    ...more,
  }
}

export function exampleRepairList(frame: PaperFrame, count: number): RepairListFacts {
  const many = Array.from({ length: count }, (_, index) => repairRow(index + 1))
  return {
    frame,
    businessDate: '2026-11-21',
    groups: {
      late: many,
      waiting: [repairRow(7, { parts: ['压缩机 ZB-36（2026-11-12）', '温控器（2026-11-18）'] })],
      in: [
        repairRow(8, {
          dueAt: null,
          goods: [
            { name: '熊猫牌收音机', serialNo: '', reception: 'received', holder: '' },
            { name: '皮鞋 41 黑', serialNo: '', reception: 'received', holder: '' },
          ],
        }),
      ],
      out: [],
    },
  }
}

export function examplePromiseList(frame: PaperFrame, count: number): PromiseListFacts {
  return {
    frame,
    businessDate: '2026-11-21',
    floor: null,
    owners: ['李敏', '周楼层'].map((name, owner) => ({
      name,
      promises: Array.from({ length: count }, (_, index) => ({
        text: index % 2 === 0 ? '检验结果出来后给顾客回电话' : '新货到店后送货上门并取回旧机',
        dueAt: `2026-11-2${index % 3}T0${(index + owner) % 9}:00:00Z`,
        isLate: index % 3 === 0,
        floor: ['4F', '2F', ''][index % 3] ?? '',
        subject: index % 2 === 0 ? numberOf('TS', index + 1) : numberOf('WX', index + 1),
      })),
    })),
    leftOut: count > 50 ? 12 : 0,
  }
}

export function exampleCustomerCard(
  frame: PaperFrame,
  paper: CustomerCardFacts['paper'],
): CustomerCardFacts {
  return {
    frame,
    paper,
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
}

export function exampleBriefing(frame: PaperFrame): BriefingFacts {
  return {
    frame,
    businessDate: '2026-11-21',
    lessons: [
      {
        title: '短靴三天开胶，当场换新',
        class: 'goods',
        goods: '女式短靴 黑 37',
        story:
          '某女士反映短靴穿了三天鞋底开胶，要求换一双。导购一开始请顾客找厂家，顾客到总服务台。',
        handling: '总服务台检查属实，按三包换了同款新鞋，并为导购的说法道歉。',
        takeaway: '七天内有质量问题，退、换、修由顾客选，不许往厂家推。',
      },
      {
        title: '价签没换，多收三元',
        class: 'price',
        goods: '',
        story: '货架标价 42.90 元的洗衣液，收银按 45.90 元结算。',
        handling: '核对为价签未更换，按标价退差并更换价签。',
        takeaway: '改价当天开门前，柜长逐个核对价签。',
      },
      {
        title: '冰箱夜里响',
        class: 'goods',
        goods: '冷藏冷冻箱 BCD-456',
        story: '顾客反映冰箱夜里噪音大，要求退货。',
        handling: '上门调平底脚后正常，三天后回访满意。',
        takeaway: '送货安装时当面调平，请顾客听一遍。',
      },
    ],
  }
}

const hash = (letter: string) => letter.repeat(64)

const evidenceParts = (refund: RefundFacts): EvidencePart[] => [
  {
    title: '顾客原话 TS-0312-261121-0007-M',
    sha256: hash('a'),
    note: '假冒 · 王小明 138****5521 · 李静 · 2026-11-21 10:12',
    body: {
      kind: 'text',
      text: '这块表是假的，我要退一赔三。卖的时候说是原装进口。\n不解决就找报社。',
    },
  },
  {
    title: '经过',
    sha256: hash('b'),
    note: '',
    body: {
      kind: 'table',
      heads: ['时间', '谁', '内容'],
      widths: [86, 64, '*'],
      rows: [
        ['2026-11-21 10:12', '李静', '登记投诉 TS-0312-261121-0007-M'],
        ['2026-11-21 10:13', '李静', '风险标记有变\n媒体介入'],
        ['2026-11-21 11:05', '周建国', '店长决定\n退一，是否赔三等鉴定结果'],
        ['2026-11-21 15:40', '周建国', '证据冻结（（2026）民初 118 号）\n顾客已起诉'],
        ['2026-11-22 09:30', '李静', '往经过里写一条 〔冻结期间补记〕\n律师来电，要求书面答复'],
      ],
    },
  },
  {
    title: '退换货单 TH-0312-261121-0031-9',
    sha256: hash('c'),
    note: '按打印时所依据的数据重新排印',
    body: { kind: 'paper', template: 'refund', facts: refund },
  },
  {
    title: '审计记录',
    sha256: hash('d'),
    note: `共 1840 条，逐条核对无误；最后一条的哈希 ${hash('e')}`,
    body: {
      kind: 'table',
      heads: ['#', '时间', '谁', '内容', 'SHA-256'],
      widths: [30, 82, 52, '*', 150],
      rows: [
        [
          '1832',
          '2026-11-21 10:12',
          '李静',
          'complaints.record · complaint TS-0312-261121-0007-M',
          hash('f'),
        ],
        ['1839', '2026-11-21 15:40', '周建国', 'evidence.place_hold · case 512', hash('0')],
      ],
    },
  },
]

/** A pack without photos: those come with the job, not with the facts. */
export function exampleEvidence(frame: PaperFrame): EvidenceFacts {
  return {
    frame,
    number: 'ZJ-0312-261121-0001-0',
    title: '证据包',
    subtitle: 'ZJ-0312-261121-0001-0   TS-0312-261121-0007-M',
    cover: [
      ['编号', 'ZJ-0312-261121-0001-0'],
      ['个案', 'TS-0312-261121-0007-M'],
      ['为谁、为什么', '中山市第一人民法院调取'],
      ['制作', '2026-11-22 10:05 · 001 周建国'],
      ['个人信息', '按原文，未遮盖'],
      ['证据冻结', '（2026）民初 118 号 · 顾客已起诉'],
      ['审计链', `共 1840 条，逐条核对无误；最后一条的哈希 ${hash('e')}`],
      ['目录哈希', hash('9')],
      [
        '怎样核对',
        '在本店的机器上运行 desk verify-pack 文件名；或用任何 SHA-256 工具计算照片等原件，与目录所列比较。',
      ],
    ],
    heads: {
      no: '序',
      part: '内容',
      page: '页',
      hash: 'SHA-256',
      index: '目录',
      sha256: 'SHA-256',
    },
    parts: evidenceParts(exampleRefund(frame, 'A5')),
    attached: [],
    pages: [2, 3, 4, 5],
  }
}
