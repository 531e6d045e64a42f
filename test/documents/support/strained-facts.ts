/** Facts that strain a paper: many lines, very long names, empty fields, rare letters, huge amounts, marks across it. */
import type { PaperFacts, PaperTemplate } from '../../../src-main/papers/templates.ts'
import { customerCard, longCustomerCard } from './customer-facts.ts'
import {
  card,
  complaintSlip,
  exchangedCard,
  frame,
  fridge,
  handover,
  manyHandedOver,
  manyRefundLines,
  noSlipRefusal,
  payBack,
  priceAdjustment,
  refund,
  refusal,
  shift,
  swap,
  usedVoucher,
  voucher,
  waivedHandover,
  workedExchange,
  workedRefund,
} from './example-facts.ts'
import { doneRepair, repair, repairedCard, twoRepairs } from './repair-facts.ts'

export interface Strained<Template extends PaperTemplate = PaperTemplate> {
  template: Template
  facts: PaperFacts[Template]
  /** What must stand on the paper whatever its format and language, white space aside. */
  says: readonly string[]
  /** Letters no font has, which are drawn □ and named. */
  missing?: readonly string[]
}

const LONG_GOODS = '手工编织加厚羊毛混纺双面呢中长款系带修身大衣'.repeat(5)
const LONG_CODE = 'X9'.repeat(45)
const LATIN = 'Zoë Müller-Østergård'
/** In the fonts, outside the common 20,000. */
const RARE = '㐂家'
/** In no font the papers have. */
const UNKNOWN = '𡈼'
const HUGE = 999_999_999_99

const voided = { on: '2026-11-22', reason: '顾客退货' }
const bare = { ...frame, store: { name: '小店' } }
const preview = { ...frame, preview: true }
const wordy = {
  ...frame,
  words: {
    zh: `营业时间 10:00–22:00，地铁二号线江城站 B 口。\n${'谢谢光临。'.repeat(20)}`,
    en: `Open 10 to 10, metro line 2.\n${'Thank you for coming. '.repeat(10)}`,
  },
}

function first<Item>(list: readonly Item[]): Item {
  const [item] = list
  if (item === undefined) throw new Error('example is empty')
  return item
}

const given = Array.from({ length: 40 }, (_, index) => ({
  ...first(swap.given),
  name: `${first(swap.given).name} 第 ${index + 1} 件`,
}))
const longFridge = { ...fridge, name: LONG_GOODS, model: LONG_CODE, serialNo: LONG_CODE }
const sparseFridge = {
  ...fridge,
  brand: null,
  model: null,
  sku: null,
  batchNo: null,
  origin: null,
  serialNo: null,
  installedOn: null,
  exchangeUntil: null,
  careTip: null,
  warranty: { ...fridge.warranty, unit: null, parts: [], providerName: null, repairer: null },
}

export const strained = {
  card: { template: 'card', facts: card, says: [card.number, fridge.name] },
  'card, void copy': {
    template: 'card',
    facts: { ...card, copy: 12, voided },
    says: [voided.on, voided.reason, '12'],
  },
  'card, preview of Latin names': {
    template: 'card',
    facts: { ...card, frame: preview, consumer: { ...consumer(), name: LATIN } },
    says: [LATIN],
  },
  'card, little known': {
    template: 'card',
    facts: {
      ...card,
      frame: bare,
      consumer: null,
      sale: { ...card.sale, till: null, invoiceNo: null },
      lines: [sparseFridge],
    },
    says: ['小店', card.number],
  },
  'card, very long names': {
    template: 'card',
    facts: { ...card, lines: [longFridge] },
    says: [LONG_GOODS, LONG_CODE],
  },
  'card, five lines': {
    template: 'card',
    facts: { ...card, lines: [fridge, sparseFridge, fridge, fridge, sparseFridge] },
    says: [card.number],
  },
  'card, exchanged': { template: 'card', facts: exchangedCard, says: [exchangedCard.number] },
  'card, repaired': { template: 'card', facts: repairedCard, says: [repairedCard.number] },
  refund: { template: 'refund', facts: workedRefund, says: [workedRefund.number] },
  'refund, 40 lines': {
    template: 'refund',
    facts: manyRefundLines(40),
    says: ['第 1 件', '第 40 件'],
  },
  'refund, huge amounts': {
    template: 'refund',
    facts: {
      ...refund,
      lines: [{ ...first(refund.lines), name: LONG_GOODS, sku: LONG_CODE, amount: HUGE }],
      total: HUGE,
      strip: [],
      refundTenders: [payBack('现金', HUGE)],
      originalTenders: [{ tender: '现金', amount: HUGE }],
    },
    says: ['¥999,999,999.99', LONG_GOODS],
  },
  'refund, rare letters': {
    template: 'refund',
    facts: {
      ...refund,
      customer: { name: `${RARE}${UNKNOWN} ${LATIN}`, phone: '+44 20 7946 0958' },
    },
    says: [RARE, LATIN],
    missing: [UNKNOWN],
  },
  'refund, void preview with the store’s words': {
    template: 'refund',
    facts: { ...refund, frame: { ...wordy, preview: true }, copy: 3, voided },
    says: [voided.reason],
  },
  'refund, nothing but the goods': {
    template: 'refund',
    facts: { ...refund, frame: bare, caseNo: null, customer: null, strip: [], originalTenders: [] },
    says: ['小店'],
  },
  'price adjustment': {
    template: 'refund',
    facts: priceAdjustment,
    says: [priceAdjustment.number],
  },
  exchange: { template: 'exchange', facts: workedExchange, says: [workedExchange.number] },
  'exchange, 40 lines': {
    template: 'exchange',
    facts: { ...swap, given, copy: 1 },
    says: ['第 1 件', '第 40 件'],
  },
  'exchange, very long names': {
    template: 'exchange',
    facts: {
      ...workedExchange,
      frame: preview,
      customer: { name: LATIN, phone: '13912345678' },
      returned: workedExchange.returned.map((line) => ({ ...line, name: LONG_GOODS })),
      given: workedExchange.given.map((line) => ({ ...line, name: LONG_GOODS, sku: LONG_CODE })),
      order: { dueOn: '2026-11-25', supplier: LONG_GOODS },
    },
    says: [LATIN, LONG_GOODS, '139****5678'],
  },
  handover: { template: 'handover', facts: handover, says: [handover.number] },
  'handover, waived, copy': {
    template: 'handover',
    facts: { ...waivedHandover, copy: 2 },
    says: [waivedHandover.number],
  },
  'handover, nine units, void': {
    template: 'handover',
    facts: { ...manyHandedOver(9), voided, frame: wordy },
    says: [voided.reason],
  },
  'repair sheet': { template: 'repair_sheet', facts: repair, says: [repair.number] },
  'repair sheet, two items of long names': {
    template: 'repair_sheet',
    facts: { ...longRepair(twoRepairs), copy: 1 },
    says: [LONG_GOODS, LATIN],
  },
  'repair record': { template: 'repair_record', facts: doneRepair, says: [doneRepair.number] },
  'repair record, long names': {
    template: 'repair_record',
    facts: longRepair(doneRepair),
    says: [LONG_GOODS],
  },
  'claim stub': { template: 'repair_stub', facts: twoRepairs, says: [twoRepairs.number] },
  'claim stub, long names': {
    template: 'repair_stub',
    facts: { ...longRepair(twoRepairs), copy: 2, frame: wordy },
    says: [LONG_GOODS],
  },
  complaint: {
    template: 'complaint_slip',
    facts: complaintSlip,
    says: [complaintSlip.number, complaintSlip.owner.name],
  },
  'complaint, nobody named, long words': {
    template: 'complaint_slip',
    facts: {
      ...complaintSlip,
      copy: 1,
      text: LONG_GOODS,
      customer: { name: '', phone: '' },
      promises: Array.from({ length: 6 }, () => ({
        ...first(complaintSlip.promises),
        text: LONG_GOODS,
      })),
    },
    says: [LONG_GOODS],
  },
  voucher: { template: 'voucher', facts: voucher, says: [voucher.number] },
  'voucher, preview of Latin names': {
    template: 'voucher',
    facts: { ...voucher, frame: preview, holder: { name: LATIN, phone: '13912345678' } },
    says: [LATIN],
  },
  'voucher, used, huge': {
    template: 'voucher',
    facts: { ...usedVoucher, amount: HUGE, balance: 1, copy: 3, reason: LONG_GOODS },
    says: ['¥999,999,999.99', LONG_GOODS],
  },
  refusal: { template: 'refusal', facts: refusal, says: [refusal.number] },
  'refusal without a slip, long words': {
    template: 'refusal',
    facts: { ...noSlipRefusal, copy: 1, goods: LONG_GOODS, statement: `${LATIN}：${LONG_GOODS}` },
    says: [LONG_GOODS, LATIN],
  },
  'customer card': { template: 'customer_card', facts: customerCard, says: [customerCard.number] },
  'customer card, long': {
    template: 'customer_card',
    facts: longCustomerCard,
    says: [longCustomerCard.number],
  },
  'shift hand-over': { template: 'shift', facts: shift, says: [shift.number] },
} satisfies Record<string, Strained>

function consumer(): NonNullable<PaperFacts['card']['consumer']> {
  if (!card.consumer) throw new Error('example has no consumer')
  return card.consumer
}

function longRepair(of: PaperFacts['repair_sheet']): PaperFacts['repair_sheet'] {
  const long = { name: LONG_GOODS, serialNo: LONG_CODE, fault: LONG_GOODS, appearance: LONG_GOODS }
  return {
    ...of,
    customer: { name: LATIN, phone: '****0958' },
    note: LONG_GOODS,
    items: of.items.map((item) => ({ ...item, ...long })),
  }
}
