import { beforeAll, describe, expect, it } from 'vitest'
import { verifyCardCode } from '../../src-main/seals/verify.ts'
import { stubQrText } from '../../src-main/repairs/papers/stub.ts'
import { voucherQrText } from '../../src-main/vouchers/document.ts'
import {
  compactDocumentNumber,
  parseDocumentNumber,
} from '../../src-main/foundation/document-number.ts'
import type { PaperFacts, PaperTemplate } from '../../src-main/papers/templates.ts'
import type { PaperLanguage } from '../../src-main/printing/labels.ts'
import { mm } from '../../src-main/printing/layout.ts'
import { toCapital } from '../../src-main/foundation/rmb-capital.ts'
import type { RenderedPaper } from '../../src-main/printing/render-paper.ts'
import { decodeCode128, widthsOfBars } from './support/code128.ts'
import {
  card,
  complaint,
  complaintSlip,
  dayReport,
  emptyDay,
  frame,
  exchangedCard,
  fridge,
  handover,
  manyHandedOver,
  goodsLabel,
  manyRefundLines,
  payBack,
  priceAdjustment,
  refund,
  noSlipRefusal,
  orderedExchange,
  refusal,
  reportOf,
  dayClose,
  drawnDayClose,
  shift,
  swap,
  paidOutVoucher,
  usedVoucher,
  voucher,
  waivedHandover,
  watch,
  twoForTwo,
  workedExchange,
  workedRefund,
} from './support/example-facts.ts'
import { codeFacts, fixedKey } from '../support/seal-key.ts'
import { designed } from './support/design-facts.ts'
import {
  complaintForm,
  longComplaintForm,
  openComplaintForm,
  promiseList,
  repairList,
} from './support/list-facts.ts'
import { apology, settlement } from './support/settlement-facts.ts'
import { longSaleStop, saleStop } from './support/sale-stop-facts.ts'
import { customerCard, erasure, longCustomerCard } from './support/customer-facts.ts'
import { evidencePack } from './support/evidence-facts.ts'
import { briefing, longBriefing } from './support/briefing-facts.ts'
import { decodeQr } from './support/qr.ts'
import {
  contentStreams,
  countPictures,
  findOutside,
  findOverlaps,
  readCells,
  readPdf,
  type ReadPdf,
} from './support/read-pdf.ts'
import { reportOf as figuresOf } from './support/report-facts.ts'
import { renderExample } from './support/render-example.ts'
import {
  deductionsOf,
  faultSheet,
  longNotice,
  longSheet,
  vendorNotice,
} from './support/vendor-facts.ts'
import { doneRepair, repair, repairedCard, twoRepairs } from './support/repair-facts.ts'

const LANGUAGES: PaperLanguage[] = ['zh', 'en', 'bilingual']
const LONG_NAME = '手工编织加厚羊毛混纺双面呢中长款系带修身大衣'.repeat(5)
const LONG_CODE = 'X9'.repeat(90)

const wordy = {
  ...frame,
  words: {
    zh: `营业时间 10:00–22:00，地铁二号线江城站 B 口。\n${'谢谢光临。'.repeat(20)}`,
    en: `Open 10 to 10, metro line 2.\n${'Thank you for coming. '.repeat(10)}`,
  },
}
const voided = { on: '2026-11-22', reason: '顾客退货' }
const openReport = dayReport(7)
const closedReport: PaperFacts['day_report'] = {
  ...openReport,
  report: {
    ...openReport.report,
    closed: { version: 2, closedAt: '2026-11-21T14:02:00Z', hash: '9'.repeat(64), late: 2 },
  },
}

const openDayClose: PaperFacts['day_close'] = {
  ...dayClose,
  day: { ...dayClose.day, state: 'open', signers: 2, signatures: [], close: null, versions: [] },
}

const acceptedShift: PaperFacts['shift'] = {
  ...shift,
  paper: 'A5',
  acceptedAt: '2026-11-21T08:10:00Z',
  acceptedBy: '陈国强',
  remark: '隔离区少一件，已找到',
}
const papers: [string, PaperTemplate, PaperFacts[PaperTemplate]][] = [
  ['card', 'card', card],
  ['card, copy', 'card', { ...card, copy: 3 }],
  ['card of a few known fields', 'card', sparseCard()],
  ['card of five lines', 'card', { ...card, lines: [fridge, watch, watch, fridge, watch] }],
  ['card of very long names', 'card', longCard()],
  ['refund slip', 'refund', refund],
  ['refund slip A5', 'refund', { ...refund, paper: 'A5' }],
  ['refund slip A5, copy', 'refund', { ...refund, paper: 'A5', copy: 1 }],
  ['refund slip with the store’s words', 'refund', { ...refund, frame: wordy }],
  ['refund slip A5 with the store’s words', 'refund', { ...refund, paper: 'A5', frame: wordy }],
  ['card with the store’s words', 'card', { ...card, frame: wordy }],
  ['exchange slip with the store’s words', 'exchange', { ...swap, frame: wordy }],
  ['exchange slip A5 with the store’s words', 'exchange', { ...swap, paper: 'A5', frame: wordy }],
  ['voucher with the store’s words', 'voucher', { ...voucher, frame: wordy }],
  ['voucher A6 with the store’s words', 'voucher', { ...voucher, paper: 'A6', frame: wordy }],
  ['handover form with the store’s words', 'handover', { ...handover, frame: wordy }],
  ['repair sheet with the store’s words', 'repair_sheet', { ...repair, frame: wordy }],
  [
    'repair sheet on a roll with the store’s words',
    'repair_sheet',
    { ...repair, paper: '80mm', frame: wordy },
  ],
  [
    'claim stub with the store’s words',
    'repair_stub',
    { ...twoRepairs, paper: '58mm', frame: wordy },
  ],
  ['repair record with the store’s words', 'repair_record', { ...doneRepair, frame: wordy }],
  ['refund slip with everything', 'refund', workedRefund],
  ['refund slip A5 with everything', 'refund', { ...workedRefund, paper: 'A5' }],
  ['refund slip of 40 lines', 'refund', manyRefundLines(40)],
  ['refund slip A5 of 40 lines', 'refund', { ...manyRefundLines(40), paper: 'A5' }],
  ['refund slip of long names', 'refund', longRefund('80mm')],
  ['refund slip A5 of long names', 'refund', longRefund('A5')],
  ['exchange slip', 'exchange', swap],
  ['exchange slip A5', 'exchange', { ...swap, paper: 'A5' }],
  ['exchange slip, copy', 'exchange', { ...swap, copy: 1 }],
  ['exchange slip with everything', 'exchange', workedExchange],
  ['exchange slip A5 with everything', 'exchange', { ...workedExchange, paper: 'A5', copy: 1 }],
  ['exchange slip of an order', 'exchange', orderedExchange],
  ['exchange slip A5, two for two', 'exchange', { ...twoForTwo, paper: 'A5' }],
  ['exchange slip A5 of an order', 'exchange', { ...orderedExchange, paper: 'A5' }],
  ['exchange slip of long names', 'exchange', longExchange('80mm')],
  ['exchange slip A5 of long names', 'exchange', longExchange('A5')],
  ['refusal slip', 'refusal', refusal],
  ['refusal slip A4', 'refusal', { ...refusal, paper: 'A4' }],
  ['refusal slip without a slip', 'refusal', noSlipRefusal],
  ['refusal slip A4 without a slip', 'refusal', { ...noSlipRefusal, paper: 'A4' }],
  ['refusal slip, copy', 'refusal', { ...refusal, copy: 2 }],
  ['refusal slip of long texts', 'refusal', longRefusal('80mm')],
  ['refusal slip A4 of long texts', 'refusal', longRefusal('A4')],
  ['price adjustment slip', 'refund', priceAdjustment],
  ['price adjustment slip A5', 'refund', { ...priceAdjustment, paper: 'A5' }],
  ['voucher', 'voucher', voucher],
  ['voucher A6', 'voucher', { ...voucher, paper: 'A6' }],
  ['voucher that was used, copy', 'voucher', usedVoucher],
  ['voucher A6 that was used, copy', 'voucher', { ...usedVoucher, paper: 'A6' }],
  ['voucher paid out', 'voucher', paidOutVoucher],
  ['voucher A6 paid out', 'voucher', { ...paidOutVoucher, paper: 'A6' }],
  ['voucher of long texts', 'voucher', longVoucher('80mm')],
  ['voucher A6 of long texts', 'voucher', longVoucher('A6')],
  ['complaint form', 'complaint_form', complaintForm],
  ['complaint form of little that is known', 'complaint_form', openComplaintForm],
  ['complaint form of a long statement, copy', 'complaint_form', longComplaintForm],
  ['repair list', 'repair_list', repairList()],
  ['repair list of many', 'repair_list', repairList(60)],
  ['promise list', 'promise_list', promiseList()],
  ['promise list of many', 'promise_list', promiseList(60)],
  ['refund slip as a store set it up', 'refund', { ...refund, frame: designed(true) }],
  [
    'refund slip A5 as a store set it up, copy',
    'refund',
    { ...refund, paper: 'A5', copy: 2, frame: designed(false) },
  ],
  ['card as a store set it up', 'card', { ...card, frame: designed(false) }],
  ['complaint slip', 'complaint_slip', complaintSlip],
  ['complaint slip, copy', 'complaint_slip', { ...complaintSlip, copy: 2 }],
  ['complaint slip A5', 'complaint_slip', { ...complaintSlip, paper: 'A5' }],
  [
    'complaint slip A5 of a solved one',
    'complaint_slip',
    { ...complaintSlip, paper: 'A5', solution: '换新，已道歉' },
  ],
  ['complaint slip with the store’s words', 'complaint_slip', { ...complaintSlip, frame: wordy }],
  [
    'complaint slip of a solved one',
    'complaint_slip',
    { ...complaintSlip, solution: '换新，已道歉' },
  ],
  ['day report of a closed day', 'day_report', closedReport],
  ['day close sheet', 'day_close', dayClose],
  ['day close sheet on a roll', 'day_close', { ...dayClose, paper: '80mm' }],
  ['day close sheet to be signed on paper', 'day_close', openDayClose],
  ['day close sheet signed on the screen', 'day_close', drawnDayClose],
  [
    'day close sheet signed on the screen on a roll',
    'day_close',
    { ...drawnDayClose, paper: '80mm' },
  ],
  ['shift hand-over', 'shift', shift],
  ['shift hand-over A5, accepted', 'shift', acceptedShift],
  ['exchanged card', 'card', { ...exchangedCard, voided: null }],
  ['handover form', 'handover', handover],
  ['handover form on a roll', 'handover', { ...handover, paper: '80mm' }],
  ['handover form, copy', 'handover', { ...handover, copy: 1 }],
  ['waived handover form', 'handover', waivedHandover],
  ['waived handover form on a roll', 'handover', { ...waivedHandover, paper: '80mm' }],
  ['handover form of nine units', 'handover', manyHandedOver(9)],
  ['handover form of nine units on a roll', 'handover', { ...manyHandedOver(9), paper: '80mm' }],
  ['handover form of long texts', 'handover', longHandover('A5')],
  ['handover form of long texts on a roll', 'handover', longHandover('80mm')],
  ['repaired card', 'card', repairedCard],
  ['repair sheet', 'repair_sheet', repair],
  ['repair sheet of two items, copy', 'repair_sheet', { ...twoRepairs, copy: 1 }],
  ['repair sheet on a roll', 'repair_sheet', { ...twoRepairs, paper: '80mm' }],
  ['repair sheet of long texts', 'repair_sheet', longRepair('A5')],
  ['repair sheet of long texts on a roll', 'repair_sheet', longRepair('80mm')],
  ['claim stub', 'repair_stub', { ...twoRepairs, paper: '80mm' }],
  ['claim stub on the narrow roll', 'repair_stub', { ...twoRepairs, paper: '58mm', copy: 1 }],
  ['claim stub of long texts', 'repair_stub', longRepair('58mm')],
  ['repair labels', 'repair_tag', { ...twoRepairs, paper: '70x50' }],
  ['repair labels of long texts', 'repair_tag', longRepair('70x50')],
  ['repair record', 'repair_record', doneRepair],
  ['repair record on a roll', 'repair_record', { ...doneRepair, paper: '80mm' }],
  ['repair record of long texts', 'repair_record', longRepair('A5')],
  ['repair record of long texts on a roll', 'repair_record', longRepair('80mm')],
  ['goods labels', 'goods_label', goodsLabel],
  ['goods labels, copy', 'goods_label', { ...goodsLabel, copy: 12 }],
  ['goods labels of long texts', 'goods_label', longLabel()],
  ['notice of goods off sale', 'sale_stop', saleStop],
  ['notice of goods off sale of long texts, lifted, copy', 'sale_stop', longSaleStop],
  ['settlement slip', 'settlement', settlement],
  [
    'settlement slip of long texts, copy',
    'settlement',
    {
      ...settlement,
      copy: 2,
      title: LONG_NAME,
      items: settlement.items.map((item) => ({ ...item, what: LONG_NAME })),
    },
  ],
  ['letter of apology', 'apology', apology],
  [
    'letter of apology of three pages, copy',
    'apology',
    {
      ...apology,
      copy: 1,
      addressee: '',
      bodyZh: Array.from({ length: 30 }, () => LONG_NAME).join('\n\n'),
      bodyEn: Array.from({ length: 30 }, () => LONG_NAME).join('\n\n'),
    },
  ],
  ['morning sheet', 'briefing', briefing],
  ['morning sheet of long texts', 'briefing', longBriefing],
  ['notice to a vendor', 'vendor_notice', vendorNotice],
  ['notice to a carrier of long texts, copy', 'vendor_notice', longNotice],
  ['deduction list', 'deduction_list', deductionsOf(6)],
  ['deduction list of 120 entries', 'deduction_list', deductionsOf(120)],
  [
    'deduction list of a month that is open',
    'deduction_list',
    { ...deductionsOf(3), number: null },
  ],
  ['fault sheet', 'fault_sheet', faultSheet],
  ['fault sheet of long texts', 'fault_sheet', longSheet],
  ['customer card', 'customer_card', customerCard],
  ['customer card of long texts', 'customer_card', longCustomerCard],
  ['copy of personal data', 'customer_card', { ...longCustomerCard, paper: 'A4' }],
  ['report of an erasure', 'erasure', erasure],
  ['evidence pack', 'evidence', evidencePack],
  ['day report', 'day_report', dayReport(7)],
  ['day report of 200 complaints', 'day_report', dayReport(200)],
  ['day report of an empty day', 'day_report', emptyDay],
  ['day report of long texts', 'day_report', longReport()],
  ['report', 'report', figuresOf({ rows: 20 })],
  ['report of 500 rows', 'report', figuresOf({ rows: 500, chart: 'bar' })],
  [
    'report against another period',
    'report',
    figuresOf({
      rows: 30,
      chart: 'bar',
      compared: true,
      columns: ['received', 'stillOpen', 'atOnce', 'solved', 'content', 'paidBack', 'daysMedian'],
    }),
  ],
  ['report by day', 'report', figuresOf({ rows: 0, by: 'day', chart: 'line' })],
  ['report of nothing', 'report', figuresOf({ rows: 0 })],
]

function longHandover(paper: 'A5' | '80mm'): PaperFacts['handover'] {
  const reason = LONG_NAME.slice(0, 60)
  return {
    ...waivedHandover,
    paper,
    back: waivedHandover.back.map((unit) => ({
      ...unit,
      name: LONG_NAME,
      serialNo: LONG_CODE.slice(0, 60),
      goods: { is: 'missing', reason },
    })),
    given: waivedHandover.given.map((unit) => ({
      ...unit,
      name: LONG_NAME,
      seal: { is: 'was_open', reason },
    })),
    receiver: { who: 'agent', name: LONG_NAME.slice(0, 30), phone: '+44 20 7946 0958' },
    waiver: {
      reason: LONG_NAME,
      amount: 999_999_999_99,
      approvedBy: LONG_NAME.slice(0, 40),
      on: '2026-11-21',
    },
  }
}

function sparseCard(): PaperFacts['card'] {
  const line = { ...fridge, brand: null, model: null, sku: null, batchNo: null, origin: null }
  const warranty = { ...fridge.warranty, unit: null, parts: [], providerName: null, repairer: null }
  return {
    ...card,
    frame: { ...frame, store: { name: '小店' } },
    consumer: null,
    sale: { ...card.sale, till: null, invoiceNo: null },
    lines: [
      { ...line, serialNo: null, installedOn: null, exchangeUntil: null, careTip: null, warranty },
    ],
  }
}

function longCard(): PaperFacts['card'] {
  const line = {
    ...fridge,
    name: LONG_NAME,
    model: LONG_CODE,
    serialNo: LONG_CODE,
    counter: LONG_NAME,
  }
  return {
    ...card,
    frame: { ...frame, store: { ...frame.store, name: LONG_NAME.slice(0, 40) } },
    consumer: {
      name: 'Bartholomew Featherstonehaugh-Cholmondeley III',
      address: LONG_NAME,
      postcode: '528400',
      phone: '+44 20 7946 0958',
    },
    lines: [line],
  }
}

function longLabel(): PaperFacts['goods_label'] {
  const [unit] = goodsLabel.units
  if (!unit) throw new Error('example has no unit')
  const wide = { ...unit, name: LONG_NAME, serialNo: LONG_CODE, vendor: LONG_NAME }
  return {
    ...goodsLabel,
    copy: 3,
    units: [
      { ...wide, tag: unit.tag.replace(/1$/, '10000') },
      { ...wide, destination: 'quarantine', name: LONG_CODE },
    ],
  }
}

function longVoucher(paper: '80mm' | 'A6'): PaperFacts['voucher'] {
  const [movement] = usedVoucher.movements
  if (!movement) throw new Error('example has no movement')
  return {
    ...usedVoucher,
    paper,
    reason: LONG_NAME,
    amount: 99_999_999,
    balance: 99_999_999,
    holder: { name: 'Bartholomew Featherstonehaugh-Cholmondeley', phone: '+44 20 7946 0958' },
    movements: [movement, { ...movement, ref: LONG_CODE }],
  }
}

function longRepair(paper: PaperFacts['repair_sheet']['paper']): PaperFacts['repair_sheet'] {
  const [item] = doneRepair.items
  if (!item) throw new Error('example has no item')
  const accessories = item.accessories.map((each) => ({
    ...each,
    name: LONG_NAME,
    note: LONG_NAME,
  }))
  const works = item.works.map((work) => ({
    ...work,
    actualFault: LONG_NAME,
    work: LONG_NAME,
    parts: work.parts.map((part) => ({ ...part, name: LONG_NAME, partNo: LONG_CODE })),
  }))
  const long = { name: LONG_NAME, serialNo: LONG_CODE, fault: LONG_NAME, appearance: LONG_NAME }
  return {
    ...doneRepair,
    paper,
    customer: { name: 'Bartholomew Featherstonehaugh-Cholmondeley', phone: '****0958' },
    note: LONG_NAME,
    items: [{ ...item, ...long, accessories, works }],
  }
}

function longRefund(paper: '80mm' | 'A5'): PaperFacts['refund'] {
  const [line] = refund.lines
  if (!line) throw new Error('example has no line')
  return {
    ...refund,
    paper,
    sale: { ...refund.sale, receiptNo: LONG_CODE.slice(0, 60) },
    lines: [{ ...line, name: LONG_NAME, sku: LONG_CODE, amount: 999_999_999_99, note: LONG_NAME }],
    total: 999_999_999_99,
    refundTenders: [payBack(LONG_NAME.slice(0, 30), 999_999_999_99)],
  }
}

function longExchange(paper: '80mm' | 'A5'): PaperFacts['exchange'] {
  const { returned, given, figures } = workedExchange
  const long = { name: LONG_NAME, sku: LONG_CODE, serialNo: LONG_CODE }
  return {
    ...workedExchange,
    paper,
    returned: returned.map((line) => ({ ...line, ...long, note: LONG_NAME })),
    given: [...given, ...given].map((line) => ({ ...line, ...long, discountReason: LONG_NAME })),
    figures: figures.map((each) => ({ ...each, detail: { ...each.detail, name: LONG_NAME } })),
    order: { dueOn: '2026-11-25', supplier: LONG_NAME },
  }
}

function longRefusal(paper: '80mm' | 'A4'): PaperFacts['refusal'] {
  const text = { zh: LONG_NAME, en: 'Featherstonehaugh '.repeat(30).trim() }
  return {
    ...refusal,
    paper,
    sale: null,
    goods: LONG_NAME,
    statement: LONG_NAME,
    grounds: Array.from({ length: 8 }, () => text),
    rules: refusal.rules.flatMap((rule) => [rule, { ...rule, text, basis: text }]),
  }
}

function longReport(): PaperFacts['day_report'] {
  const story = Array.from({ length: 120 }, (_, index) => `第${index + 1}句，顾客陈述如此。`).join(
    '',
  )
  const complaints = Array.from({ length: 6 }, (_, index) => ({
    ...complaint(index),
    text: `${index} 始 ${story} 终 ${index}`,
    solution: LONG_NAME,
    goods: LONG_NAME,
    counter: LONG_NAME.slice(0, 20),
    ownerName: 'Featherstonehaugh',
  }))
  return { frame, report: reportOf(complaints) }
}

describe.each(papers)('%s', (_name, template, facts) => {
  describe.each(LANGUAGES)('in %s', (language) => {
    let paper: RenderedPaper
    let pdf: ReadPdf

    beforeAll(async () => {
      paper = await renderExample(template, facts as never, language)
      pdf = await readPdf(paper.pdf)
    })

    it('prints no two texts over each other', () => {
      expect(pdf.pages.flatMap(findOverlaps)).toEqual([])
    })

    it('keeps inside its margins', () => {
      for (const page of pdf.pages) expect(findOutside(page, mm(4))).toEqual([])
      for (const stream of contentStreams(paper.pdf)) {
        for (const [x = 0, , w = 0] of readCells(stream).flat()) {
          expect(x).toBeGreaterThanOrEqual(mm(4))
          expect(x + w).toBeLessThanOrEqual((pdf.pages[0]?.width ?? 0) - mm(4) + 0.5)
        }
      }
    })

    it('counts its pages and embeds subsets of its fonts', () => {
      const raw = Buffer.from(paper.pdf).toString('latin1')
      const fonts = [...raw.matchAll(/\/BaseFont \/(\S+)/g)].map((match) => match[1])
      expect(fonts.length).toBeGreaterThan(0)
      for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+NotoSansSC-/)
      expect(raw.match(/\/FontFile2 /g)?.length).toBe(new Set(fonts).size)
      expect(paper.pages).toBe(pdf.pages.length)
    })

    it('shows every character: no empty glyph, nothing missing', () => {
      expect(paper.missingGlyphs).toEqual([])
      const codes = contentStreams(paper.pdf).flatMap((stream) =>
        [...stream.matchAll(/<([0-9a-f]+)> Tj/g)].flatMap(
          ([, hex = '']) => hex.match(/.{4}/g) ?? [],
        ),
      )
      expect(codes.length).toBeGreaterThan(50)
      expect(codes).not.toContain('0000')
    })

    it('says its title and language', () => {
      expect(pdf.info['Title']).toContain(
        ['day_report', 'briefing', 'fault_sheet'].includes(template)
          ? '2026-11-21'
          : ((facts as { number: string | null }).number ?? '2026-11'),
      )
      expect(pdf.lang).toBe(language === 'en' ? 'en' : 'zh-CN')
    })
  })
})

/** Text without any white space: what line breaks cannot change. */
function squeeze(text: string): string {
  return text.replaceAll(/\s/g, '')
}

async function read(...parts: Parameters<typeof renderExample>): Promise<ReadPdf> {
  return readPdf((await renderExample(...parts)).pdf)
}

describe('card', () => {
  it('prints every legal field, in both languages', async () => {
    const pdf = await read('card', card, 'bilingual')
    const text = squeeze(pdf.text)
    for (const word of [
      card.number,
      '清澜Qinglan',
      'BCD-510WGHTD14S8U1',
      '2026083117',
      '山东青岛',
      'BA0AC8E0K00QCR3F0042',
      '鹤翔百货中山店',
      '悦来南路18号',
      '528400',
      '0760-88801234',
      '24442000000012345678',
      '03-20261121-0184',
      '2026-11-21',
      '2026-11-23',
      '欧阳静怡',
      '富华道32号',
      '528401',
      '清澜中山特约维修中心',
      '0760-88825566',
      '压缩机',
      '2027-11-21',
      '2029-11-21',
      '¥4,299.00',
      '送修日期',
      'Handedin',
      '更换章',
      'Exchangestamp',
      '销售者（盖章）',
      "Seller'sstamp",
      '2107陈志强',
      '400-000-7100',
      '2026-12-06',
      '四周留10厘米散热空间',
    ]) {
      expect(text).toContain(word)
    }
    expect(pdf.pages).toHaveLength(2)
    expect(pdf.pages[0]?.width).toBeCloseTo(mm(105), 1)
    expect(pdf.pages[0]?.height).toBeCloseTo(mm(148), 1)
  })

  it('never prints a whole phone number of a customer', async () => {
    const { text } = await read('card', card, 'zh')
    expect(text).toContain('138****5521')
    expect(text).not.toContain('13812345521')
  })

  it('fits front and back on two pages in every language', async () => {
    for (const language of LANGUAGES) {
      expect((await renderExample('card', card, language)).pages).toBe(2)
    }
  })

  it('prints copies and void cards as such', async () => {
    expect((await read('card', card, 'zh')).text).not.toMatch(/副本|作废/)
    expect((await read('card', { ...card, copy: 2 }, 'zh')).text).toContain('副本 / COPY 2')
    const pdf = await read('card', { ...card, voided }, 'zh')
    for (const page of pdf.pages) expect(page.text).toContain('作废')
    expect(pdf.text).toContain('顾客退货')
    expect((await read('card', { ...card, voided }, 'en')).text).toContain('VOID')
  })

  it('says across every page that it is a preview', async () => {
    const pdf = await read('card', { ...card, frame: { ...frame, preview: true } }, 'zh')
    for (const page of pdf.pages) expect(page.text).toContain('预览')
  })

  it('carries its number in the bar code, in figures and in the QR text', async () => {
    const { pdf } = await renderExample('card', card, 'zh')
    const codes = contentStreams(pdf).flatMap(readCells)
    const bars = codes.find((cells) => new Set(cells.map(([, y]) => y)).size === 1) ?? []
    expect(decodeCode128(widthsOfBars(bars, 0.76))).toBe(compactDocumentNumber(card.number))
    const square = codes.find((cells) => cells !== bars) ?? []
    const read = decodeQr(square)
    expect(read).toBe(card.code)
    const known = { publicKey: fixedKey(1).publicKey, store: '', deskNo: '0001', voidFrom: null }
    expect(verifyCardCode(read, [known])).toMatchObject({ verdict: 'genuine', facts: codeFacts })
    expect(parseDocumentNumber(read)).toEqual(parseDocumentNumber(card.number))
    // Three dots of a 203 dpi printer for each module, as far as an A6 front has room.
    const module = Math.min(...square.map(([, , , height]) => height))
    expect(module).toBeGreaterThan(mm(0.33))
  })
})

describe('card of texts longer than its paper', () => {
  it('prints them whole over more pages', async () => {
    const scope = Array.from({ length: 400 }, (_, index) => `第${index}条`).join('，')
    const warranty = { ...fridge.warranty, scope }
    const { text, pages } = await read(
      'card',
      { ...card, lines: [{ ...fridge, warranty }, watch] },
      'zh',
    )
    expect(pages.length).toBeGreaterThan(3)
    expect(text.match(/条/g)).toHaveLength(400)
    expect(text).toContain('Presage')
    expect(pages.flatMap(findOverlaps)).toEqual([])
  })
})

describe('refund slip', () => {
  it('prints what the desk decided and what the till has to do', async () => {
    for (const paper of ['80mm', 'A5'] as const) {
      const text = squeeze((await read('refund', { ...refund, paper }, 'zh')).text)
      for (const word of [
        refund.number,
        '07-20261115-0912',
        '2026-11-15',
        '2026-11-2117:48',
        '织禾云',
        '¥899.10',
        '0.535kg',
        '¥7.99',
        '已拆封',
        '质量问题',
        '左袖口开线',
        '¥907.09',
        '人民币玖佰零柒元零玖分',
        '微信支付',
        '¥600.00',
        '¥307.09',
        'POS退款指令',
        '顾客签字',
        '门店签字（盖章）',
        '1001李敏',
        '139****8888',
      ]) {
        expect(text).toContain(word)
      }
    }
  })

  it('carries a number the till can scan for each payment, and none where it was told before there were any', async () => {
    for (const paper of ['80mm', 'A5'] as const) {
      const text = squeeze((await read('refund', { ...refund, paper }, 'zh')).text)
      expect(text).toContain('逐笔扫描下面的条码')
      for (const { instruction } of refund.refundTenders) expect(text).toContain(instruction)
      const refundTenders = refund.refundTenders.map((row) => ({ ...row, instruction: null }))
      const old = squeeze((await read('refund', { ...refund, paper, refundTenders }, 'zh')).text)
      expect(old).toContain('请扫描单号条码')
      expect(old).not.toContain('ZF-')
    }
  })

  it('shows how every figure came about, and what goes another way', async () => {
    for (const paper of ['80mm', 'A5'] as const) {
      const text = squeeze((await read('refund', { ...workedRefund, paper }, 'zh')).text)
      for (const word of [
        '标价',
        '¥999.00',
        '优惠分摊',
        '-¥99.90',
        '当时实付',
        '63天',
        '-¥84.96',
        '赠品未退回（护理套装（赠））',
        '运费（承运方承担）',
        '¥12.00',
        '现金抹零',
        '-¥0.04',
        '人民币柒佰捌拾陆元壹角',
        '原招行****0912，按顾客申请',
        '须经理批准',
        '银行卡已注销',
        '运费等垫付款',
      ]) {
        expect(text).toContain(word)
      }
    }
    const both = (await read('refund', workedRefund, 'bilingual')).text.replaceAll(/\s+/g, ' ')
    expect(both).toContain('Freight (borne by the carrier)')
  })

  it('is a roll as long as its content', async () => {
    const short = (await read('refund', refund, 'zh')).pages
    const long = (await read('refund', manyRefundLines(40), 'zh')).pages
    expect([short.length, long.length]).toEqual([1, 1])
    expect(short[0]?.width).toBeCloseTo(mm(80), 1)
    expect(long[0]?.height).toBeGreaterThan((short[0]?.height ?? 0) * 3)
    const lowest = Math.max(...(short[0]?.pieces.map(({ bottom }) => bottom) ?? []))
    expect((short[0]?.height ?? 0) - lowest).toBeLessThan(mm(10))
  })

  it('repeats the head of the goods table on every A5 page it runs over', async () => {
    const { pages } = await read('refund', { ...manyRefundLines(40), paper: 'A5' }, 'zh')
    expect(pages.length).toBeGreaterThan(3)
    for (const page of pages.slice(0, -1)) expect(page.text).toContain('实付单价')
    pages.forEach((page, index) => {
      expect(page.text).toContain(`第 ${index + 1} 页 / 共 ${pages.length} 页`)
    })
    expect(pages.at(-1)?.text).toContain('POS 退款指令')
  })

  it('writes no capitals for other currencies', async () => {
    const { text } = await read('refund', { ...refund, currency: 'HKD' }, 'en')
    expect(text).not.toContain('人民币')
  })

  it('has a bar code the till can read', async () => {
    const { pdf } = await renderExample('refund', refund, 'zh')
    const [bars = []] = contentStreams(pdf).flatMap(readCells)
    expect(decodeCode128(widthsOfBars(bars, 0.85))).toBe(compactDocumentNumber(refund.number))
  })
})

describe('a paper as a store set it up', () => {
  it('shows sign, terms and stamp box, and nothing of what it leaves out', async () => {
    const frameOf = { roll: designed(true), sheet: designed(false) }
    const shown: [PaperTemplate, PaperFacts[PaperTemplate], string[], string[]][] = [
      [
        'refund',
        { ...refund, frame: frameOf.roll },
        ['退货专用章', '羽绒制品'],
        ['张*', '原包装完好'],
      ],
      [
        'refund',
        { ...refund, paper: 'A5', frame: frameOf.sheet },
        ['退货专用章', '服务热线'],
        ['张*', '原包装完好'],
      ],
      ['card', { ...card, frame: frameOf.sheet }, ['服务热线', '羽绒制品'], ['营业员', '收银机']],
    ]
    for (const [template, facts, there, gone] of shown) {
      const { pdf } = await renderExample(template, facts as never)
      const { text } = await readPdf(pdf)
      for (const words of there) expect(text).toContain(words)
      for (const words of gone) expect(text).not.toContain(words)
      expect(countPictures(pdf)).toBe(1)
    }
  })
})

describe('slips on A5', () => {
  it('of two goods and two payments stay one page in every language', async () => {
    for (const language of ['zh', 'en', 'bilingual'] as const) {
      for (const facts of [refund, workedRefund]) {
        const { pages } = await renderExample('refund', { ...facts, paper: 'A5' }, language)
        expect([language, facts.number, pages]).toEqual([language, facts.number, 1])
      }
      for (const facts of [twoForTwo, workedExchange]) {
        const { pages } = await renderExample('exchange', { ...facts, paper: 'A5' }, language)
        expect([language, facts.number, pages]).toEqual([language, facts.number, 1])
      }
    }
  })
})

describe('refusal slip', () => {
  it('prints rule, reason and what the customer can still do, on both papers', async () => {
    for (const paper of ['80mm', 'A4'] as const) {
      const text = squeeze((await read('refusal', { ...refusal, paper }, 'zh')).text)
      for (const word of [
        '拒绝受理说明',
        refusal.number,
        '鹤翔百货中山店',
        '07-20261101-0912',
        '2026-11-01',
        '步云里短靴37黑×1',
        '退货',
        '质量问题',
        '没穿几天就开胶了',
        '不能办理的原因',
        '期限已于2026-11-08届满',
        '第九条',
        'cn.sb-07v1',
        '您还可以',
        '换同型号商品。（截至2026-11-30）',
        '付费维修',
        '请本店经理复核',
        '12315',
        '李敏',
        '0760-88801299',
        '顾客签字（仅表示收到）',
        '门店签字（盖章）',
        '不影响您依法享有的权利',
        '139****8888',
      ]) {
        expect(text).toContain(word)
      }
      expect(text).not.toContain('13912348888')
    }
  })

  it('says all of it in both languages for customers who do not read Chinese', async () => {
    const text = squeeze((await read('refusal', { ...refusal, paper: 'A4' }, 'bilingual')).text)
    for (const word of ['拒绝受理说明', 'Claimrefused', 'Article9', 'call12315', '拨打12315']) {
      expect(text).toContain(word)
    }
  })

  it('fits on one A4 page and on a roll as long as its content', async () => {
    expect((await renderExample('refusal', { ...refusal, paper: 'A4' }, 'bilingual')).pages).toBe(1)
    expect((await renderExample('refusal', refusal, 'zh')).pages).toBe(1)
  })

  it('has a bar code any desk can read', async () => {
    const { pdf } = await renderExample('refusal', refusal, 'zh')
    const [bars = []] = contentStreams(pdf).flatMap(readCells)
    expect(decodeCode128(widthsOfBars(bars, 0.85))).toBe(compactDocumentNumber(refusal.number))
  })
})

describe('the store’s own words', () => {
  it.each(papers.filter(([name]) => name.endsWith('with the store’s words')))(
    'stand on the %s in the languages of the paper',
    async (_name, template, facts) => {
      for (const language of LANGUAGES) {
        const words = squeeze((await read(template, facts, language)).text)
        expect(words.includes('地铁二号线江城站')).toBe(language !== 'en')
        expect(words.includes('metroline2')).toBe(language !== 'zh')
      }
    },
  )
})

describe('price adjustment slip', () => {
  it.each(['80mm', 'A5'] as const)(
    'is no return: goods stay, the difference is paid (%s)',
    async (paper) => {
      const { text } = await read('refund', { ...priceAdjustment, paper }, 'zh')
      const words = squeeze(text)
      for (const word of [
        '价格调整单',
        priceAdjustment.number,
        '商品由顾客保留',
        '¥200.00',
        '退差价合计',
        '商品不退',
        `已退回凭证${priceAdjustment.vouchers[0]?.number}`,
      ]) {
        expect(words).toContain(word)
      }
      expect(words).not.toContain('退货单')
    },
  )
})

describe('complaint slip', () => {
  it('on A5 says the same, with a place and a date for both signatures', async () => {
    const { text } = await read('complaint_slip', { ...complaintSlip, paper: 'A5' }, 'zh')
    const words = squeeze(text)
    for (const told of ['陈国强', '13928061207', '请厂家工程师上门检测，并把结果告诉您']) {
      expect(words).toContain(told)
    }
    expect(words).not.toContain('13812345521')
    expect(words.match(/日期/g)).toHaveLength(2)
  })

  it('names who answers for it with a phone, and what was promised until when', async () => {
    for (const language of LANGUAGES) {
      const { pdf } = await renderExample('complaint_slip', complaintSlip, language)
      const [bars = []] = contentStreams(pdf).flatMap(readCells)
      expect(decodeCode128(widthsOfBars(bars, 0.85))).toBe(
        compactDocumentNumber(complaintSlip.number),
      )
      const text = (await readPdf(pdf)).text.replaceAll(/\s/g, '')
      for (const told of [
        '陈国强',
        '13928061207',
        '请厂家工程师上门检测，并把结果告诉您',
        '2026-11-2216:00',
      ]) {
        expect(text).toContain(told)
      }
      expect(text).toContain('138****5521')
      expect(text).not.toContain('13812345521')
    }
  })
})

describe('voucher', () => {
  const each = ['80mm', 'A6'] as const

  it.each(each)('carries its own code on the original and on every copy (%s)', async (paper) => {
    for (const facts of [voucher, { ...voucher, copy: 1 }, { ...usedVoucher, voided }]) {
      const { pdf } = await renderExample('voucher', { ...facts, paper }, 'zh')
      const painted = contentStreams(pdf).flatMap(readCells)
      const [qr = [], bars = []] = painted
      expect(painted).toHaveLength(2)
      expect(decodeQr(qr)).toBe(voucherQrText(facts))
      expect(decodeCode128(widthsOfBars(bars, paper === 'A6' ? 0.92 : 0.95))).toBe(facts.code)
      const { text } = await readPdf(pdf)
      expect(text).toContain('MK47-XC2H-EP9J')
    }
  })

  it('of another voucher carries another code', async () => {
    const other = { ...voucher, number: 'PZ-0001-261121-0008-A', code: '2A3C4D5E6F7H' }
    const { pdf } = await renderExample('voucher', other, 'zh')
    const [qr = []] = contentStreams(pdf).flatMap(readCells)
    expect(decodeQr(qr)).toBe('GWD1|PZ-0001-261121-0008-A|2A3C4D5E6F7H')
  })

  it.each(each)('keeps its code out of a preview (%s)', async (paper) => {
    const preview = { ...voucher, paper, frame: { ...frame, preview: true } }
    const { pdf } = await renderExample('voucher', preview, 'zh')
    const [qr = []] = contentStreams(pdf).flatMap(readCells)
    expect(decodeQr(qr)).toBe(`GWD1|${voucher.number}`)
    const { text } = await readPdf(pdf)
    expect(text.replaceAll('-', '')).not.toContain(voucher.code)
  })

  it.each(each)('tells the till to pay its rest out, by a code of its own (%s)', async (paper) => {
    const facts = { ...paidOutVoucher, paper }
    const { pdf } = await renderExample('voucher', facts, 'bilingual')
    const [qr = [], bars = [], payment = []] = contentStreams(pdf).flatMap(readCells)
    expect(decodeQr(qr)).toBe(voucherQrText(facts))
    expect(decodeCode128(widthsOfBars(bars, paper === 'A6' ? 0.92 : 0.95))).toBe(facts.code)
    const number = facts.payOut?.number ?? ''
    expect(decodeCode128(widthsOfBars(payment, 0.75))).toBe(number.replaceAll('-', ''))
    const { text } = await readPdf(pdf)
    for (const word of ['余额兑付', '¥8.50', '人民币捌元伍角', number, '领款人签字']) {
      expect(text.replaceAll(' ', '')).toContain(word)
    }
  })

  it('says the amount in figures and capitals, what is left, and for whom', async () => {
    const named = await read('voucher', voucher, 'zh')
    for (const word of [
      '储值凭证',
      '¥308.50',
      '人民币叁佰零捌元伍角',
      '张小妹',
      '139****8888',
      '长期有效',
    ]) {
      expect(named.text).toContain(word)
    }
    expect(named.text).not.toContain('13912348888')
    const used = await read('voucher', usedVoucher, 'zh')
    for (const word of ['¥188.50', '不记名', '2029-11-21', '03-20261123-0455']) {
      expect(used.text).toContain(word)
    }
  })
})

describe('handover form', () => {
  const each = ['A5', '80mm'] as const

  it.each(each)('says what came back, what went out and who took it (%s)', async (paper) => {
    const { text } = await read('handover', { ...handover, paper }, 'zh')
    for (const word of [
      '换货交接单',
      'BA0AC8E0K00QCR3F0042',
      'BA0AC8E0K00QCR3F0311',
      '已收回XY-0001-261121-0057',
      '少一只蛋架，顾客留用',
      '当面拆封',
      '新三包凭证XY-0001-261121-0061',
      '2026-11-21至2027-11-21（含当日）',
      '家人欧阳建国139****5678',
      '李敏见证',
      '已在纸面签字，李敏确认',
      '更换章',
    ]) {
      expect(squeeze(text)).toContain(squeeze(word))
    }
    expect(text).not.toContain('13912345678')
  })

  it.each(each)(
    'prints the drawn signature, and room for one that is missing (%s)',
    async (paper) => {
      const cellsOf = async (facts: PaperFacts['handover']) =>
        contentStreams((await renderExample('handover', { ...facts, paper }, 'zh')).pdf).flatMap(
          readCells,
        )
      const [, ink = []] = await cellsOf(handover)
      expect(ink.length).toBe(handover.signatures.customer?.ink?.runs.length)
      const unsigned = await cellsOf({ ...handover, signatures: { customer: null, store: null } })
      expect(unsigned.filter((cells) => cells.length > 0)).toHaveLength(1)
    },
  )

  it('says who waived it, why, and at what exposure', async () => {
    const { text } = await read('handover', waivedHandover, 'bilingual')
    for (const word of [
      '书面豁免',
      'waived in writing',
      '¥8,598.00',
      '旧机三日内由物流上门取回',
      '王丽 3001',
    ]) {
      expect(squeeze(text)).toContain(squeeze(word))
    }
  })

  it('fits on one A5 page where one is exchanged for one, in every language', async () => {
    for (const language of LANGUAGES) {
      expect((await renderExample('handover', handover, language)).pages).toBe(1)
      expect((await renderExample('handover', waivedHandover, language)).pages).toBe(1)
    }
  })

  it('has a bar code any desk can read', async () => {
    const { pdf } = await renderExample('handover', handover, 'zh')
    const [bars = []] = contentStreams(pdf).flatMap(readCells)
    expect(decodeCode128(widthsOfBars(bars, 0.75))).toBe(compactDocumentNumber(handover.number))
  })
})

describe('card of exchanged goods', () => {
  it('carries the exchange stamp with the handover and the new card', async () => {
    const { text } = await read('card', exchangedCard, 'zh')
    for (const word of ['已换货 2026-11-21', handover.number, `新卡 ${handover.newCard}`]) {
      expect(squeeze(text)).toContain(squeeze(word))
    }
  })

  it('is named by the one that stands in for it', async () => {
    const { text } = await read('card', { ...card, replaces: [exchangedCard.number] }, 'zh')
    expect(squeeze(text)).toContain(squeeze(`替换原卡 ${exchangedCard.number}`))
  })
})

describe('day report', () => {
  it.each(LANGUAGES)(
    'keeps an ordinary day on one page, signatures and all, in %s',
    async (language) => {
      const { pages, text } = await read('day_report', dayReport(7), language)
      expect(pages).toHaveLength(1)
      expect(text).toContain(language === 'en' ? 'Duty manager' : '值班经理')
    },
  )

  it('prints its figures with what they are parts of', async () => {
    const { text } = await read('day_report', dayReport(7), 'zh')
    const table = text
      .slice(text.indexOf('楼层 × 类别'), text.indexOf('投诉最多的联营商'))
      .trim()
      .split('\n')
    expect(table.slice(-7)).toEqual(['2', '1', '1', '1', '1', '1', '7'])
    for (const word of [
      '星期六',
      '其中当场解决 1 件',
      '当日受理 7 件',
      '3 / 4',
      '办结未询问 2 件',
      '¥12,834.50',
      '14 单',
      '当场解决',
      '不满意',
      '未询问',
      '服务台主管',
      '商品：织禾云 女士中长款羽绒服',
      '李敏 → 陈志强 15:30',
      '小雨 12–18℃；周年庆满 300 减 100',
      '2 笔 · 一人最多 ¥80.00 / 日限额 ¥200.00',
      '批准 7 件 · 拒绝 1 件',
      '其中超过 30 日 2 件',
      '女士中筒靴 37 码 · 鞋底开胶',
      '4 / 61',
      '质量问题先办后查，别让顾客等厂家回话。',
    ]) {
      expect(text).toContain(word)
    }
  })

  it('marks overdue promises', async () => {
    const { report } = dayReport(7)
    const openPromises = report.openPromises.map((each) => ({ ...each, overdue: true }))
    const { text } = await read('day_report', { frame, report: { ...report, openPromises } }, 'zh')
    expect(text).toContain('11-22 10:00 逾期')
  })

  it('is honest about an empty day', async () => {
    const { text, pages } = await read('day_report', emptyDay, 'zh')
    expect(pages).toHaveLength(1)
    for (const word of [
      '本日无投诉登记',
      '未询问',
      '无办结案件',
      '¥0.00',
      '无未兑现的承诺',
      '值班经理',
    ]) {
      expect(text).toContain(word)
    }
    expect((await read('day_report', emptyDay, 'en')).text).toContain('No complaint was recorded')
  })

  it.each([200, 500])('lists all %i complaints under repeated headers', async (count) => {
    const { pages, text } = await read('day_report', dayReport(count), 'zh')
    expect(pages.length).toBeGreaterThan(count / 40)
    for (const page of pages.slice(0, -1)) expect(page.text).toContain('投诉内容')
    const numbers = text.match(/TS-0001-261121-\d{4}-[0-9A-Z]/g) ?? []
    expect(new Set(numbers).size).toBe(count)
    expect(pages.flatMap(findOverlaps)).toEqual([])
    expect(pages.at(-1)?.text).toContain('值班经理')
  })

  it('prints long texts whole', async () => {
    const facts = longReport()
    const { text, pages } = await read('day_report', facts, 'zh')
    expect(pages.length).toBeGreaterThan(facts.report.complaints.length)
    expect(text.match(/句/g)).toHaveLength(facts.report.complaints.length * 120)
    expect(text.match(/顾|客|陈|述|如|此/g)?.length).toBeGreaterThan(
      facts.report.complaints.length * 120 * 6 - 1,
    )
    facts.report.complaints.forEach((_, index) => {
      expect(text).toContain(`${index} 始`)
      expect(text).toContain(`终 ${index}`)
    })
  })
})

describe('repair papers', () => {
  it('fill the repair record of the card, which stays on its two pages', async () => {
    for (const language of LANGUAGES) {
      const { pages, text } = await read('card', repairedCard, language)
      expect(pages).toHaveLength(2)
      for (const word of ['10-28', '11-05', '11-21', '更换尾插小板', '0003-']) {
        expect(squeeze(text)).toContain(word)
      }
    }
  })

  const roll = { ...twoRepairs, paper: '80mm' as const }

  it('say what was left, in what state, and what was agreed', async () => {
    for (const paper of ['A5', '80mm'] as const) {
      const text = squeeze((await read('repair_sheet', { ...twoRepairs, paper }, 'zh')).text)
      for (const word of [
        repair.number,
        '861234567890123',
        '充电到一半就停',
        '屏幕右上角细划痕一道',
        '1.1原装充电器（线皮破）',
        '1.2手机壳',
        '保修期内再次故障',
        '2026-11-2818:00',
        'BY-02',
        '估价¥60.00，最多¥80.00',
        '欧阳静怡，签字，2026-11-2110:20',
        '138****5521',
        '顾客签字',
        '每天¥2.00',
      ]) {
        expect(text).toContain(word)
      }
    }
  })

  it('keep the terms on the page that is signed, in every language', async () => {
    for (const language of LANGUAGES) {
      const { pages } = await read('repair_sheet', repair, language)
      expect(pages).toHaveLength(1)
    }
  })

  it('carry the pickup code on the stub and its copies alone, never on a preview', async () => {
    for (const copy of [0, 1, 2]) {
      expect((await read('repair_stub', { ...roll, copy }, 'zh')).text).toContain('K7M 4QX')
    }
    const preview = { ...roll, frame: { ...frame, preview: true } }
    expect(squeeze((await read('repair_stub', preview, 'zh')).text)).not.toContain('K7M4QX')
    expect(stubQrText(preview)).not.toContain('K7M')
    const { pdf } = await renderExample('repair_stub', roll, 'zh')
    const codes = contentStreams(pdf).flatMap(readCells)
    const square = codes.find((cells) => new Set(cells.map(([, y]) => y)).size > 10) ?? []
    expect(decodeQr(square)).toBe(stubQrText(roll))
    expect(parseDocumentNumber(stubQrText(roll))).toEqual(parseDocumentNumber(repair.number))
  })

  it('print a label for every item and every accessory, each scannable, none naming the customer', async () => {
    const label = { ...twoRepairs, paper: '70x50' as const }
    const { pages } = await read('repair_tag', label, 'zh')
    expect(pages.map(({ text }) => squeeze(text).slice(0, 3))).toEqual(['100', '1.1', '1.2', '200'])
    for (const page of pages) {
      expect(page.text).not.toContain('欧阳静怡')
      expect(page.text).not.toContain('5521')
      expect(page.width).toBeCloseTo(mm(70), 1)
    }
    const { pdf } = await renderExample('repair_tag', label, 'zh')
    const bars = contentStreams(pdf).flatMap(readCells)
    expect(bars).toHaveLength(4)
    for (const each of bars) {
      expect(decodeCode128(widthsOfBars(each, 0.76))).toBe(compactDocumentNumber(repair.number))
    }
  })

  it('give the customer a record that proves count, days, work, parts, fees and the right it raises', async () => {
    for (const paper of ['A5', '80mm'] as const) {
      const text = squeeze((await read('repair_record', { ...doneRepair, paper }, 'zh')).text)
      for (const word of [
        '第2次',
        '12天，其中等配件7天',
        '2026-11-21',
        '2026-12-03',
        '电源管理芯片短路',
        'B2611180077',
        'BL-X3-4500',
        '工时1.5小时×¥80.00',
        '¥120.00',
        '费用合计¥249.00',
        '免费维修，顾客不付费',
        '2次维修仍不能正常使用，可以凭维修记录换货',
        '第十一条',
        '未归还的随附物品',
        '到2027-01-02为止（30天）',
        '顾客应付：¥58.00',
        '维修人签字',
      ]) {
        expect(text).toContain(word)
      }
    }
  })
})

describe('papers for vendors', () => {
  const textOf = async (paper: Promise<RenderedPaper>) => {
    const pdf = await readPdf((await paper).pdf)
    return { pdf, text: pdf.pages.map((page) => page.text).join('\n') }
  }

  it('a notice names goods, fault, sum, day of answer and every piece of evidence by its hash', async () => {
    const { text } = await textOf(renderExample('vendor_notice', vendorNotice))
    const plain = text.replaceAll(/\s/g, '')
    for (const words of [
      '商品质量问题通知单（联营商告知函）',
      '佛山澜石厨房电器有限公司',
      '人民币叁佰玖拾玖元整',
      '请在2026-11-26前书面或当面答复',
      '逾期未答复视为同意承担',
      ...vendorNotice.evidence.map(({ sha256 }) => sha256),
    ]) {
      expect(plain).toContain(words)
    }
    const open = await textOf(renderExample('vendor_notice', { ...vendorNotice, silence: 'open' }))
    expect(open.text.replaceAll(/\s/g, '')).not.toContain('视为同意')
  })

  it('a deduction list sums every page, all of them together, and the total in capitals', async () => {
    const facts = deductionsOf(120)
    const { pdf, text } = await textOf(renderExample('deduction_list', facts))
    const plain = text.replaceAll(/\s/g, '')
    const sums = [...plain.matchAll(/本页小计：([-¥\d,.]+?\.\d\d)/g)].map(([, sum]) =>
      Math.round(Number(sum?.replaceAll(/[¥,]/g, '')) * 100),
    )
    expect(sums.length).toBeGreaterThan(2)
    expect(sums.reduce((sum, each) => sum + each, 0)).toBe(facts.total)
    expect(pdf.pages.length - sums.length).toBeLessThanOrEqual(1)
    // No page spills over its sum, in two languages neither: only the total may need a page of its own.
    for (const language of LANGUAGES) {
      const other = await textOf(renderExample('deduction_list', facts, language))
      const count = [...other.text.matchAll(/本页小计|Page total/g)].length
      const perPage = language === 'bilingual' ? count / 2 : count
      expect(other.pdf.pages.length - perPage).toBeLessThanOrEqual(1)
    }
    expect(plain).toContain(toCapital(facts.total).replaceAll(/\s/g, ''))
    for (const { claimNumber } of facts.entries) expect(plain).toContain(claimNumber)
  })

  it('a fault sheet stays one page, however much went wrong, in every language', async () => {
    for (const language of LANGUAGES) {
      const { pdf } = await textOf(renderExample('fault_sheet', longSheet, language))
      expect(pdf.pages).toHaveLength(1)
    }
  })
})
