/** 退货单: the refund slip on an 80 mm roll or on A5 (domain.md §2.3). */
import { formatMoney } from '../foundation/money.ts'
import { maskPhone } from '../foundation/phone.ts'
import { textWidth } from '../foundation/text.ts'
import type { FormatOf } from '../foundation/paper-formats.ts'
import type { PaperField } from '../printing/fields.ts'
import type { LabelKey, LabelParameters, Labels } from '../printing/labels.ts'
import {
  type Block,
  composeSlip,
  type Content,
  type Field,
  fieldsOn,
  formatInstant,
  formatQuantity,
  goodsCell,
  joinKnown,
  label,
  legalLines,
  listOn,
  moneyLine,
  type PaperDefinition,
  type PaperFrame,
  paymentBars,
  rule,
  scannedPayment,
  signatureRow,
  type Stock,
  stockOf,
  storeWords,
  type VoidFacts,
} from '../printing/layout.ts'
import { freightLiables } from './contract.ts'
import type { FigureKind } from './strip.ts'

/** Everything one refund slip prints. */
export interface RefundFacts {
  frame: PaperFrame
  paper: FormatOf<'refund_slip'>
  /** `TH-…` with check character. */
  number: string
  /** Number of the case the refund belongs to. */
  caseNo: string | null
  /** Instant the refund was recorded, UTC ISO. */
  issuedAt: string
  /** 0 on the original, n on the n-th reprint. */
  copy: number
  voided: VoidFacts | null
  currency: string
  sale: {
    receiptNo: string
    /** Business date. */
    soldOn: string
    till: string | null
  }
  /** Printed only with a phone number to reach somebody: a lost slip must not tell who bought what. */
  customer: { name: string | null; phone: string | null } | null
  /** Goods that came back, or a price that fell for goods the customer keeps. */
  kind: 'return' | 'price_adjustment'
  lines: RefundLineFacts[]
  /** Of a price adjustment: the goods that stay. */
  adjusted: AdjustedLineFacts[]
  /** What this desk put on vouchers instead of having it paid at the till. */
  vouchers: { number: string; amount: number; how: 'issued' | 'credited' }[]
  /** How the original sale was paid, minor units. */
  originalTenders: TenderFacts[]
  /** What goes back to which tender; sums to `total`. */
  refundTenders: PayBackFacts[]
  /** How `total` came about, in the customer's order; empty on slips older than the strip. */
  strip: FigureFacts[]
  /** Minor units. */
  total: number
  handledBy: string
  approvedBy: string | null
  /** Number the till gave the payment, once it is known. */
  posRefundNo: string | null
}

export interface RefundLineFacts {
  name: string
  sku: string | null
  serialNo: string | null
  qtyMilli: number
  unit: string | null
  /** Paid per unit, minor units; not printed for weighed goods, which are not sold by the unit. */
  unitPaid: number
  /** Refunded for this line, minor units. */
  amount: number
  /** Code of `refund.conditions` or the store's own word. */
  condition: string
  /** Null when it was not looked at. */
  packagingIntact: boolean | null
  /** Code of `refund.reasons` or the store's own word. */
  reason: string
  note: string | null
}

export type AdjustedLineFacts = Omit<RefundLineFacts, 'condition' | 'packagingIntact' | 'reason'>

export interface TenderFacts {
  /** Code of `refund.tenders`, or as the till names it. */
  tender: string
  /** Minor units. */
  amount: number
}

export interface PayBackFacts extends TenderFacts {
  /** `ZF-…`: what the till scans to pay it; null where the till has nothing to pay or was told before there were any. */
  instruction: string | null
  /** The customer's expenses, beside what the sale paid. */
  isExpense: boolean
  /** Part that goes back to the gift balance of a stored-value card. */
  giftPart: number
  /** What it was paid with, where it goes back another way at the customer's request. */
  insteadOf: { tender: string; needsManager: boolean; reason: string } | null
}

export interface FigureFacts {
  kind: Exclude<FigureKind, 'total'>
  amount: number
  /** Fills the places of its sentence; `liable` is a code of `refund.liable`. */
  detail: Readonly<Record<string, string | number>>
}

/** What a store can set on its refund slip: a lost slip must not tell who bought what (domain.md §5.3), so the name is off. */
export const refundFields: readonly PaperField[] = [
  { key: 'refund.customer', off: true },
  { key: 'refund.phone' },
  { key: 'refund.caseNo' },
  { key: 'refund.packaging' },
  { key: 'refund.originalTenders' },
  { key: 'refund.strip.title' },
  { key: 'refund.handledBy' },
  { key: 'refund.deskPhone' },
]

/** Composes the slip for its paper; pure. */
export function composeRefundSlip(facts: RefundFacts, labels: Labels): PaperDefinition {
  const stock = stockOf(facts.paper, labels, facts.frame)
  return composeSlip(stock, {
    ...facts,
    labels,
    title: titleOf(facts),
    content: stock.isRoll ? rollContent(facts, labels, stock) : sheetContent(facts, labels, stock),
  })
}

function isReturn({ kind }: RefundFacts): boolean {
  return kind === 'return'
}

function titleOf(facts: RefundFacts): LabelKey {
  return isReturn(facts) ? 'refund.title' : 'refund.adjustment.title'
}

function rollContent(facts: RefundFacts, labels: Labels, stock: Stock): Content[] {
  return [
    ...saleFields(facts, labels, stock),
    rule(0.6, [0, 3, 0, 3]),
    ...facts.lines.map((line, index) => rollLine(line, index, facts, labels)),
    ...facts.adjusted.map((line, index) => rollAdjusted(line, index, facts, labels)),
    ...strip(facts, labels),
    rule(1, [0, 3, 0, 2]),
    total(facts, labels, 11, true),
    rule(0.6, [0, 3, 0, 3]),
    tenders('refund.originalTenders', facts.originalTenders, facts, labels),
    instruction(facts, labels, stock),
    {
      ...signatureRow(labels, ['refund.customerSign', 'refund.storeSign'], 26),
      margin: [0, 6, 0, 4],
    },
    ...fieldsOn(stock, labels, handledBy(facts, labels), FIELD_WIDTHS),
    { ...legalLines([labels.both('refund.note', {}, '\n')]), margin: [0, 3, 0, 0] },
    ...storeWords(labels, facts.frame),
  ]
}

function sheetContent(facts: RefundFacts, labels: Labels, stock: Stock): Content[] {
  return [
    ...saleFields(facts, labels, stock),
    ...(facts.lines.length > 0
      ? [{ ...goodsTable(facts, labels, stock), margin: [0, 5, 0, 4] } satisfies Block]
      : []),
    ...(facts.adjusted.length > 0
      ? [{ ...adjustedTable(facts, labels, stock), margin: [0, 5, 0, 4] } satisfies Block]
      : []),
    {
      unbreakable: true,
      stack: [
        total(facts, labels, 12, false),
        { ...payment(facts, labels, stock), margin: [0, 4, 0, 0] },
        {
          ...signatureRow(
            labels,
            ['refund.customerSign', 'refund.storeSign'],
            signingRoom(labels),
            {
              inline: true,
            },
          ),
          margin: [0, 5, 0, 3],
        },
        legalLines([labels.both('refund.note', {}, '\n')]),
        ...storeWords(labels, facts.frame),
      ],
    },
  ]
}

function signingRoom({ language }: Labels): number {
  return language === 'zh' ? 18 : 13
}

const FIELD_WIDTHS = [62, 76] as const

function saleFields(facts: RefundFacts, labels: Labels, stock: Stock): Content[] {
  const fields = saleFacts(facts, labels).map(([key, value]) => ({ key, value }))
  const all = stock.isRoll ? fields : [...fields, ...handledBy(facts, labels)]
  return fieldsOn(stock, labels, all, FIELD_WIDTHS)
}

function saleFacts(facts: RefundFacts, labels: Labels): [LabelKey, string | null][] {
  const { customer, frame, sale } = facts
  const till = sale.till && `${labels.say('refund.till')} ${sale.till}`
  const rows: [LabelKey, string | null][] = [
    ['refund.receiptNo', joinKnown([sale.receiptNo, till], '·')],
    ['refund.saleDate', sale.soldOn],
    ['refund.issuedAt', formatInstant(facts.issuedAt, frame.timeZone)],
    ['refund.caseNo', facts.caseNo],
  ]
  if (customer) {
    rows.push(
      ['refund.customer', customer.name],
      ['refund.phone', customer.phone && maskPhone(customer.phone)],
    )
  }
  return rows.filter(([, value]) => value !== null)
}

/** Goods that stay: how many, what they were paid for, and what comes back of it. */
function rollAdjusted(
  line: AdjustedLineFacts,
  index: number,
  facts: RefundFacts,
  labels: Labels,
): Block {
  const kept = [labels.both('refund.adjustment.kept'), line.note].filter(Boolean).join('·')
  return {
    unbreakable: true,
    margin: [0, 0, 0, 3.5],
    stack: [...lineHead(line, index, facts, labels), { text: kept, style: 'label' }],
  }
}

function adjustedTable(facts: RefundFacts, labels: Labels, stock: Stock): Block {
  const money = (amount: number) => formatMoney(amount, facts.currency)
  return listOn(
    stock,
    labels,
    [
      { key: 'refund.line', width: 18 },
      { key: 'refund.goods', width: '*' },
      { key: 'refund.quantity', width: 38, align: 'right' },
      { key: 'refund.unitPaid', width: 66, align: 'right' },
      { key: 'refund.adjustment.amount', width: 72, align: 'right' },
      { key: 'refund.adjustment.remark', width: 130 },
    ],
    facts.adjusted.map((line, index) => [
      String(index + 1),
      goodsCell(line.name, codesOf(line, labels)),
      formatQuantity(line.qtyMilli, line.unit),
      isWeighed(line) ? '—' : money(line.unitPaid),
      { text: money(line.amount), bold: true },
      joinKnown([labels.say('refund.adjustment.kept'), line.note], '·') ?? '',
    ]),
  )
}

function lineHead(
  line: AdjustedLineFacts,
  index: number,
  facts: RefundFacts,
  labels: Labels,
): Block[] {
  const codes = codesOf(line, labels)
  return [
    { text: `${index + 1}. ${line.name}`, bold: true },
    ...(codes ? [{ text: codes, style: 'label' } satisfies Block] : []),
    {
      columns: [
        { width: '*', text: quantityOf(line, facts) },
        {
          width: 'auto',
          text: formatMoney(line.amount, facts.currency),
          noWrap: true,
          bold: true,
        },
      ],
    },
  ]
}

function rollLine(line: RefundLineFacts, index: number, facts: RefundFacts, labels: Labels): Block {
  return {
    unbreakable: true,
    margin: [0, 0, 0, 3.5],
    stack: [
      ...lineHead(line, index, facts, labels),
      { text: stateOf(line, labels), style: 'label' },
    ],
  }
}

/** Quantity and unit price; of weighed goods the quantity alone, because the price is that of all of it. */
function quantityOf(line: AdjustedLineFacts, facts: RefundFacts): string {
  const quantity = formatQuantity(line.qtyMilli, line.unit)
  return isWeighed(line) ? quantity : `${quantity} × ${formatMoney(line.unitPaid, facts.currency)}`
}

function isWeighed({ qtyMilli }: AdjustedLineFacts): boolean {
  return qtyMilli % 1000 !== 0
}

/** What tells goods from others: article and serial number. */
export function codesOf(
  { sku, serialNo }: Pick<AdjustedLineFacts, 'sku' | 'serialNo'>,
  labels: Labels,
): string | null {
  return joinKnown([sku, serialNo && `${labels.say('refund.serialNo')} ${serialNo}`], '·')
}

function stateOf(line: RefundLineFacts, labels: Labels): string {
  return [
    labels.code('refund.reasons', line.reason),
    labels.code('refund.conditions', line.condition),
    ...(labels.prints('refund.packaging')
      ? [`${labels.say('refund.packaging')} ${packaging(line, labels)}`]
      : []),
    ...(line.note ? [line.note] : []),
  ].join('·')
}

function packaging(line: RefundLineFacts, labels: Labels): string {
  if (line.packagingIntact === null) return '—'
  return labels.say(line.packagingIntact ? 'common.yes' : 'common.no')
}

function goodsTable(facts: RefundFacts, labels: Labels, stock: Stock): Block {
  const money = (amount: number) => formatMoney(amount, facts.currency)
  return listOn(
    stock,
    labels,
    [
      { key: 'refund.line', width: 18 },
      { key: 'refund.goods', width: '*' },
      { key: 'refund.quantity', width: 38, align: 'right' },
      { key: 'refund.unitPaid', width: 56, align: 'right' },
      { key: 'refund.amount', width: 62, align: 'right' },
      { key: 'refund.condition', width: 48, align: 'center' },
      { key: 'refund.packaging', width: 48, align: 'center' },
      { key: 'refund.reason', width: 82 },
    ],
    facts.lines.map((line, index) => [
      String(index + 1),
      goodsCell(line.name, codesOf(line, labels)),
      formatQuantity(line.qtyMilli, line.unit),
      isWeighed(line) ? '—' : money(line.unitPaid),
      { text: money(line.amount), bold: true },
      labels.code('refund.conditions', line.condition),
      packaging(line, labels),
      joinKnown([labels.code('refund.reasons', line.reason), line.note], '·') ?? '',
    ]),
  )
}

function total(facts: RefundFacts, labels: Labels, size: number, narrow: boolean): Block {
  const { currency } = facts
  const key = isReturn(facts) ? 'refund.total' : 'refund.adjustment.total'
  return moneyLine({ labels, key, amount: facts.total, currency, size, narrow })
}

function tenders(key: LabelKey, list: TenderFacts[], facts: RefundFacts, labels: Labels): Block {
  if (!labels.prints(key)) return { stack: [] }
  return {
    stack: [
      label(labels, key, true),
      ...list.map(({ tender, amount }): Block => ({
        columns: [
          { width: '*', text: labels.code('refund.tenders', tender) },
          { width: 'auto', text: formatMoney(amount, facts.currency), noWrap: true },
        ],
      })),
    ],
  }
}

/** How the amount came about; the total itself stands below it, with its capitals. */
function strip(facts: RefundFacts, labels: Labels): Block[] {
  if (facts.strip.length === 0 || !labels.prints('refund.strip.title')) return []
  return [
    {
      unbreakable: facts.strip.length < 12,
      margin: [0, 0, 0, 2],
      stack: [
        { ...label(labels, 'refund.strip.title', true), margin: [0, 0, 0, 1] },
        ...facts.strip.map((figure) => figureRow(figure, facts.currency, labels)),
      ],
    },
  ]
}

/** One figure of the strip: its sentence and its amount. */
export function figureRow(figure: FigureFacts, currency: string, labels: Labels): Block {
  return {
    columns: [
      { width: '*', ...sayFigure(figure, labels) },
      {
        width: 'auto',
        text: formatMoney(figure.amount, currency),
        noWrap: true,
        bold: figure.kind === 'paid',
      },
    ],
    columnGap: 6,
  }
}

/** A figure's sentence in every language of the paper, each with its own words for who bears it. */
function sayFigure({ kind, detail }: FigureFacts, labels: Labels): Block {
  const key = `refund.strip.${kind}` as const
  const liable = freightLiables.find((each) => each === detail['liable'])
  const facts = (bearer: string | null): LabelParameters => ({
    ...detail,
    // The goods stand above with their whole name.
    name: shortName(String(detail['name'] ?? '')),
    bearer: bearer ?? '',
  })
  const second = labels.second(key, facts(liable ? labels.second(`refund.liable.${liable}`) : null))
  return {
    text: [
      { text: labels.say(key, facts(liable ? labels.say(`refund.liable.${liable}`) : null)) },
      ...(second ? [{ text: ` ${second}`, style: 'second' } as const] : []),
    ],
  }
}

/** Columns of a name in the strip: ten Hanzi. */
const longestName = 20

/** A name short enough to stand beside its amount. */
export function shortName(name: string): string {
  if (textWidth(name) <= longestName) return name
  let short = ''
  for (const sign of name) {
    if (textWidth(short + sign) >= longestName) break
    short += sign
  }
  return `${short.trimEnd()}…`
}

/** What the cashier has to do: the desk decides, the till pays. */
function instruction(facts: RefundFacts, labels: Labels, stock: Stock): Block {
  const isScanned = facts.refundTenders.some((row) => row.instruction !== null)
  const plain = isReturn(facts) ? 'refund.instructionText' : 'refund.adjustment.instructionText'
  const text = labels.both(
    isScanned && isReturn(facts) ? 'refund.instructionScan' : plain,
    { receipt: facts.sale.receiptNo },
    '\n',
  )
  const amounts = facts.refundTenders.flatMap((row) => payBackRows(row, facts, labels, stock))
  return {
    unbreakable: true,
    margin: [0, 4, 0, 0],
    layout: 'box',
    table: {
      widths: ['*'],
      body: [
        [
          {
            stack: [
              { text: labels.both('refund.instruction'), bold: true },
              { text, style: 'label', margin: [0, 1, 0, 2] },
              ...amounts,
              ...voucherNotes(facts, labels),
              ...(facts.vouchers.length > 0 && !isScanned ? [] : [posNumber(facts, labels)]),
            ],
          },
        ],
      ],
    },
  }
}

/** What is on vouchers of this desk already: the till pays none of it. */
function voucherNotes({ vouchers, currency }: RefundFacts, labels: Labels): Block[] {
  return vouchers.map(({ number, amount, how }) => ({
    text: `${labels.both(`refund.vouchers.${how}`, { number })} ${formatMoney(amount, currency)}`,
    style: 'label',
    margin: [0, 2, 0, 0],
  }))
}

/**
 * One payment: tender, amount, and the barcode the till scans for it, well apart from its neighbours so that the right
 * one is hit. A sheet is wide enough to have the bars beside the words.
 */
function payBackRows(row: PayBackFacts, facts: RefundFacts, labels: Labels, stock: Stock): Block[] {
  const { instruction: number } = row
  const what: Block = {
    text: [
      { text: labels.code('refund.tenders', row.tender), bold: true },
      ...payBackNotes(row, facts, labels),
    ],
  }
  const amount: Block = {
    text: formatMoney(row.amount, facts.currency),
    noWrap: true,
    bold: true,
  }
  const plain: Block = {
    columnGap: 6,
    columns: [
      { ...what, width: '*' },
      { ...amount, width: 'auto' },
    ],
  }
  if (number === null) return [plain]
  if (stock.isRoll) return [plain, { ...paymentBars(stock, number), margin: [0, 4, 0, 7] }]
  return [scannedPayment(stock, what, number, formatMoney(row.amount, facts.currency))]
}

/** What the cashier must know of a payment beside its amount, in the paper's first language. */
function payBackNotes(row: PayBackFacts, facts: RefundFacts, labels: Labels): Block[] {
  const notes: string[] = []
  if (row.isExpense) notes.push(labels.say('refund.expenses'))
  if (row.giftPart > 0) {
    const amount = formatMoney(row.giftPart, facts.currency)
    notes.push(labels.say('refund.giftPart', { amount }))
  }
  if (row.insteadOf) {
    const tender = labels.code('refund.tenders', row.insteadOf.tender)
    notes.push(labels.say('refund.insteadOf', { tender }))
    if (row.insteadOf.needsManager) notes.push(labels.say('refund.needsManager'))
    const reason = labels.say('refund.formReason')
    notes.push(`${reason}${labels.say('common.colon')}${row.insteadOf.reason}`)
  }
  return notes.length > 0 ? [{ text: `  ${notes.join(' · ')}`, style: 'label' }] : []
}

function posNumber(facts: RefundFacts, labels: Labels): Block {
  return {
    margin: [0, 5, 0, 0],
    columns: [
      { ...label(labels, 'refund.posRefundNo', true), width: 'auto' },
      facts.posRefundNo
        ? { width: '*', text: facts.posRefundNo, margin: [6, 0, 0, 0] }
        : { width: '*', stack: [rule(0.6, [6, 9, 0, 0])] },
    ],
  }
}

function payment(facts: RefundFacts, labels: Labels, stock: Stock): Block {
  return {
    columnGap: 12,
    columns: [
      {
        width: 190 * stock.scale,
        stack: [
          ...strip(facts, labels),
          tenders('refund.originalTenders', facts.originalTenders, facts, labels),
        ],
      },
      { width: '*', ...instruction(facts, labels, stock), margin: [0, 0, 0, 0] },
    ],
  }
}

function handler(facts: RefundFacts, labels: Labels): string {
  const approved = facts.approvedBy && `${labels.say('refund.approvedBy')} ${facts.approvedBy}`
  return joinKnown([facts.handledBy, approved], '·') ?? ''
}

function handledBy(facts: RefundFacts, labels: Labels): Field[] {
  return [
    { key: 'refund.handledBy', value: handler(facts, labels) },
    { key: 'refund.deskPhone', value: facts.frame.store.phone || null },
  ]
}
