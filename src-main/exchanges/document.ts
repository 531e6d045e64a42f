/** 换货单: the exchange slip on an 80 mm roll or on A5, both sides and the difference (domain.md §2.3, §3.4). */
import { formatMoney, sumMoney } from '../foundation/money.ts'
import { maskPhone } from '../foundation/phone.ts'
import type { FormatOf } from '../foundation/paper-formats.ts'
import type { PaperField } from '../printing/fields.ts'
import type { LabelKey, Labels } from '../printing/labels.ts'
import {
  type Block,
  composeSlip,
  type Content,
  type Field,
  fieldsOn,
  formatInstant,
  formatQuantity,
  goodsCell,
  heading,
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
import {
  codesOf,
  type FigureFacts,
  figureRow,
  shortName,
  type TenderFacts,
} from '../refunds/document.ts'
import type { exchangeFigureKinds } from './contract.ts'

/** Everything one exchange slip prints. */
export interface ExchangeSlipFacts {
  frame: PaperFrame
  paper: FormatOf<'exchange_slip'>
  /** `HH-…` with check character. */
  number: string
  /** Instant the exchange was recorded, UTC ISO. */
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
  customer: { name: string | null; phone: string | null } | null
  returned: ReturnedFacts[]
  given: GivenFacts[]
  /** How the credit came about, in the customer's order. */
  creditStrip: FigureFacts[]
  /** How the difference came about; sums to it. */
  figures: {
    kind: (typeof exchangeFigureKinds)[number]
    amount: number
    detail: Readonly<Record<string, string | number>>
  }[]
  /** Minor units: positive is collected, negative paid back. */
  difference: number
  /** What pays for the new goods; sums to what they cost. */
  carried: TenderFacts[]
  /** What the POS was told, each with a number of its own. */
  instructions: {
    number: string
    direction: 'pay_out' | 'collect'
    tender: string
    amount: number
  }[]
  vouchers: { number: string; amount: number }[]
  /** Replacement goods that are not here yet. */
  order: { dueOn: string; supplier: string | null } | null
  handledBy: string
  approvedBy: string | null
}

export interface ReturnedFacts {
  name: string
  sku: string | null
  serialNo: string | null
  qtyMilli: number
  unit: string | null
  /** Credited for this line, minor units. */
  amount: number
  /** Code of `refund.conditions`. */
  condition: string
  packagingIntact: boolean
  /** Code of `refund.reasons`. */
  reason: string
  note: string | null
}

export interface GivenFacts {
  name: string
  sku: string | null
  serialNo: string | null
  units: number
  unit: string | null
  listAmount: number
  paidAmount: number
  /** At the price that was paid for the one it replaces. */
  /** Ordered while the rest goes out; it comes with a handover of its own. */
  isLater: boolean
  keepsPrice: boolean
  discountReason: string | null
}

/** What a store can set on its exchange slip; the customer is off as on the refund slip (domain.md §5.3). */
export const exchangeFields: readonly PaperField[] = [
  { key: 'refund.customer', off: true },
  { key: 'exchange.due' },
  { key: 'refund.packaging' },
  { key: 'exchange.strip' },
  { key: 'exchange.carried' },
  { key: 'exchange.handledBy' },
  { key: 'refund.deskPhone' },
]

/** Composes the slip for its paper; pure. */
export function composeExchangeSlip(facts: ExchangeSlipFacts, labels: Labels): PaperDefinition {
  const stock = stockOf(facts.paper, labels, facts.frame)
  return composeSlip(stock, {
    ...facts,
    labels,
    title: 'exchange.title',
    content: stock.isRoll ? rollContent(facts, labels, stock) : sheetContent(facts, labels, stock),
  })
}

function rollContent(facts: ExchangeSlipFacts, labels: Labels, stock: Stock): Content[] {
  return [
    ...headFields(facts, labels, stock),
    rule(0.6, [0, 3, 0, 3]),
    heading(labels.both('exchange.returned'), 8.5, [0, 0, 0, 2]),
    ...facts.returned.map((line, index) => rollReturned(line, index, facts, labels)),
    rule(0.6, [0, 2, 0, 3]),
    heading(labels.both('exchange.given'), 8.5, [0, 0, 0, 2]),
    ...facts.given.map((line, index) => rollGiven(line, index, facts, labels)),
    rule(0.6, [0, 2, 0, 3]),
    ...strips(facts, labels),
    rule(1, [0, 3, 0, 2]),
    total(facts, labels, 11, true),
    ...carriedOver(facts, labels),
    instructions(facts, labels, stock),
    {
      ...signatureRow(labels, ['refund.customerSign', 'refund.storeSign'], 26),
      margin: [0, 6, 0, 4],
    },
    ...fieldsOn(stock, labels, handledBy(facts, labels), FIELD_WIDTHS),
    { ...legal(labels), margin: [0, 3, 0, 0] },
    ...storeWords(labels, facts.frame),
  ]
}

function sheetContent(facts: ExchangeSlipFacts, labels: Labels, stock: Stock): Content[] {
  const carried = carriedInLine(facts, labels)
  // Below the shorter of the two columns.
  const isLongRight = facts.instructions.length + facts.vouchers.length > 1
  return [
    ...headFields(facts, labels, stock),
    { ...returnedTable(facts, labels, stock), margin: [0, 3, 0, 0] },
    { ...givenTable(facts, labels, stock), margin: [0, 3, 0, 3] },
    {
      unbreakable: true,
      stack: [
        total(facts, labels, 11.5, false),
        {
          margin: [0, 3, 0, 0],
          columnGap: 12,
          columns: [
            {
              width: 214 * stock.scale,
              stack: [...strips(facts, labels), ...(isLongRight ? carried : [])],
            },
            {
              width: '*',
              stack: [
                { ...instructions(facts, labels, stock), margin: [0, 0, 0, 0] },
                ...(isLongRight ? [] : carried),
              ],
            },
          ],
        },
        {
          ...signatureRow(
            labels,
            ['refund.customerSign', 'refund.storeSign'],
            labels.language === 'zh' ? 13 : 8,
            { inline: true },
          ),
          margin: [0, 3, 0, 2],
        },
        legal(labels),
        ...storeWords(labels, facts.frame),
      ],
    },
  ]
}

const FIELD_WIDTHS = [62, 76] as const

function headFields(facts: ExchangeSlipFacts, labels: Labels, stock: Stock): Content[] {
  const fields = headFacts(facts, labels).map(([key, value]) => ({ key, value }))
  const all = stock.isRoll ? fields : [...fields, ...handledBy(facts, labels)]
  return fieldsOn(stock, labels, all, FIELD_WIDTHS)
}

function headFacts(facts: ExchangeSlipFacts, labels: Labels): [LabelKey, string | null][] {
  const { customer, frame, sale, order } = facts
  const till = sale.till && `${labels.say('refund.till')} ${sale.till}`
  const phone = customer?.phone ? maskPhone(customer.phone) : null
  const rows: [LabelKey, string | null][] = [
    ['refund.receiptNo', joinKnown([sale.receiptNo, till], '·')],
    ['refund.saleDate', sale.soldOn],
    ['refund.issuedAt', formatInstant(facts.issuedAt, frame.timeZone)],
    ['exchange.due', order && joinKnown([order.dueOn, order.supplier], '·')],
    ['refund.customer', customer && joinKnown([customer.name, phone], '·')],
  ]
  return rows.filter(([, value]) => value !== null)
}

interface RollLine {
  title: string
  quantity: string
  amount: string
  notes: (string | null)[]
}

function rollLine({ title, quantity, amount, notes }: RollLine): Block {
  return {
    unbreakable: true,
    margin: [0, 0, 0, 3],
    stack: [
      { text: title, bold: true },
      {
        columns: [
          { width: '*', text: quantity },
          { width: 'auto', text: amount, noWrap: true, bold: true },
        ],
      },
      ...notes.flatMap((text): Block[] => (text ? [{ text, style: 'label' }] : [])),
    ],
  }
}

function rollReturned(
  line: ReturnedFacts,
  index: number,
  facts: ExchangeSlipFacts,
  labels: Labels,
): Block {
  return rollLine({
    title: `${index + 1}. ${line.name}`,
    quantity: formatQuantity(line.qtyMilli, line.unit),
    amount: formatMoney(line.amount, facts.currency),
    notes: [codesOf(line, labels), stateOf(line, labels)],
  })
}

function rollGiven(
  line: GivenFacts,
  index: number,
  facts: ExchangeSlipFacts,
  labels: Labels,
): Block {
  return rollLine({
    title: `${index + 1}. ${line.name}`,
    quantity: formatQuantity(line.units * 1_000, line.unit),
    amount: formatMoney(line.paidAmount, facts.currency),
    notes: [codesOf(line, labels), priceOf(line, facts, labels)],
  })
}

function stateOf(line: ReturnedFacts, labels: Labels): string {
  const packaging = labels.say(line.packagingIntact ? 'common.yes' : 'common.no')
  return [
    labels.code('refund.reasons', line.reason),
    labels.code('refund.conditions', line.condition),
    ...(labels.prints('refund.packaging')
      ? [`${labels.say('refund.packaging')} ${packaging}`]
      : []),
    ...(line.note ? [line.note] : []),
  ].join('·')
}

/** How the price came about where it is not the list price. */
function priceOf(line: GivenFacts, facts: ExchangeSlipFacts, labels: Labels): string | null {
  const amount = formatMoney(line.listAmount, facts.currency)
  const { discountReason } = line
  return joinKnown(
    [
      line.listAmount === line.paidAmount ? null : labels.say('exchange.list', { amount }),
      line.isLater && facts.order
        ? labels.say('exchange.later', { date: facts.order.dueOn })
        : null,
      line.keepsPrice ? labels.say('exchange.keptPrice') : null,
      discountReason && labels.say('exchange.discountFor', { reason: discountReason }),
    ],
    '·',
  )
}

function returnedTable(facts: ExchangeSlipFacts, labels: Labels, stock: Stock): Block {
  return listOn(
    stock,
    labels,
    [
      { key: 'refund.line', width: 18 },
      { key: 'exchange.returned', width: '*' },
      { key: 'refund.quantity', width: 40, align: 'right' },
      { key: 'exchange.worth', width: 66, align: 'right' },
      { key: 'refund.condition', width: 52, align: 'center' },
      { key: 'refund.packaging', width: 52, align: 'center' },
      { key: 'refund.reason', width: 92 },
    ],
    facts.returned.map((line, index) => [
      String(index + 1),
      goodsCell(line.name, codesOf(line, labels)),
      formatQuantity(line.qtyMilli, line.unit),
      { text: formatMoney(line.amount, facts.currency), bold: true },
      labels.code('refund.conditions', line.condition),
      labels.say(line.packagingIntact ? 'common.yes' : 'common.no'),
      joinKnown([labels.code('refund.reasons', line.reason), line.note], '·') ?? '',
    ]),
  )
}

function givenTable(facts: ExchangeSlipFacts, labels: Labels, stock: Stock): Block {
  return listOn(
    stock,
    labels,
    [
      { key: 'refund.line', width: 18 },
      { key: 'exchange.given', width: '*' },
      { key: 'refund.quantity', width: 40, align: 'right' },
      { key: 'exchange.price', width: 66, align: 'right' },
      { key: 'refund.serialNo', width: 112 },
    ],
    facts.given.map((line, index) => [
      String(index + 1),
      goodsCell(line.name, joinKnown([line.sku, priceOf(line, facts, labels)], ' · ')),
      formatQuantity(line.units * 1_000, line.unit),
      { text: formatMoney(line.paidAmount, facts.currency), bold: true },
      line.serialNo ?? '—',
    ]),
  )
}

const totals = {
  collect: 'exchange.toCollect',
  pay: 'exchange.toPayBack',
  even: 'exchange.even',
} as const

function total(facts: ExchangeSlipFacts, labels: Labels, size: number, narrow: boolean): Block {
  const { currency, difference } = facts
  const way = difference > 0 ? 'collect' : difference < 0 ? 'pay' : 'even'
  return moneyLine({
    labels,
    key: totals[way],
    amount: Math.abs(difference),
    currency,
    size,
    narrow,
  })
}

/** How the credit came about, then how the difference did; the total itself stands below, with its capitals. */
function strips(facts: ExchangeSlipFacts, labels: Labels): Block[] {
  if (!labels.prints('exchange.strip')) return []
  const { currency } = facts
  const figures = facts.figures.filter(({ kind }) => kind !== 'total')
  const isPlain = facts.creditStrip.length <= 1
  const credit = -sumMoney(
    figures.filter(({ kind }) => kind === 'credit').map(({ amount }) => amount),
  )
  return [
    {
      unbreakable: facts.creditStrip.length + figures.length < 14,
      margin: [0, 0, 0, 2],
      stack: [
        { ...label(labels, 'exchange.strip', true), margin: [0, 0, 0, 1] },
        ...(isPlain ? [] : facts.creditStrip.map((each) => figureRow(each, currency, labels))),
        ...(isPlain || credit === 0 ? [] : [subtotal(credit, currency, labels)]),
        ...figures.map((each) => sumRow(each, facts, labels)),
      ],
    },
  ]
}

/** What the returned goods come to, where more than one figure leads to it. */
function subtotal(credit: number, currency: string, labels: Labels): Block {
  return {
    margin: [0, 0, 0, 3],
    columnGap: 6,
    columns: [
      { width: '*', text: labels.both('exchange.credit') },
      { width: 'auto', text: formatMoney(credit, currency), noWrap: true, bold: true },
    ],
  }
}

function sumRow(
  { kind, amount, detail }: ExchangeSlipFacts['figures'][number],
  { currency }: ExchangeSlipFacts,
  labels: Labels,
): Block {
  const key = `exchange.figures.${kind}` as const
  const named = { ...detail, name: shortName(String(detail['name'] ?? '')) }
  // Goods have one name in every language.
  const second = kind === 'goods' ? null : labels.second(key, named)
  const isResult = kind === 'given' || kind === 'credit'
  return {
    columnGap: 6,
    columns: [
      {
        width: '*',
        text: [
          { text: labels.say(key, named) },
          ...(second ? [{ text: ` ${second}`, style: 'second' } as const] : []),
        ],
      },
      { width: 'auto', text: formatMoney(amount, currency), noWrap: true, bold: isResult },
    ],
  }
}

/** What pays for the new goods, so that nobody has to ask the old sale later. */
function carriedOver(facts: ExchangeSlipFacts, labels: Labels): Block[] {
  if (facts.carried.length === 0 || !labels.prints('exchange.carried')) return []
  return [
    {
      margin: [0, 3, 0, 0],
      stack: [
        label(labels, 'exchange.carried', true),
        ...facts.carried.map(({ tender, amount }): Block => ({
          columns: [
            { width: '*', text: labels.code('refund.tenders', tender) },
            { width: 'auto', text: formatMoney(amount, facts.currency), noWrap: true },
          ],
        })),
      ],
    },
  ]
}

/** The same on a sheet: one row of it. */
function carriedInLine(facts: ExchangeSlipFacts, labels: Labels): Block[] {
  if (facts.carried.length === 0 || !labels.prints('exchange.carried')) return []
  const parts = facts.carried.map(
    ({ tender, amount }) =>
      `${labels.code('refund.tenders', tender)}\u00a0${formatMoney(amount, facts.currency)}`,
  )
  return [
    {
      margin: [0, 3, 0, 0],
      text: [label(labels, 'exchange.carried', true), { text: `  ${parts.join(' · ')}` }],
    },
  ]
}

/** What the cashier has to do: the desk decides, the till collects and pays. */
function instructions(facts: ExchangeSlipFacts, labels: Labels, stock: Stock): Block {
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
              { text: labels.both('exchange.instructions'), bold: true },
              ...steps(facts, labels, stock),
            ],
          },
        ],
      ],
    },
  }
}

function steps(facts: ExchangeSlipFacts, labels: Labels, stock: Stock): Block[] {
  const vouchers = facts.vouchers.map(({ number, amount }) =>
    amountRow(labels.both('exchange.voucherIssued', { number }), amount, facts),
  )
  if (facts.instructions.length === 0) {
    // Money of goods that all have to be ordered moves when they are here.
    const isWaiting = facts.order !== null && !facts.given.some((line) => line.isLater)
    const isOpen = isWaiting && facts.difference !== 0
    const words = isOpen ? 'exchange.afterArrival' : 'exchange.nothingToPay'
    const says = facts.vouchers.length > 0 && !isOpen ? [] : [saying(words, labels)]
    return [...says, ...vouchers]
  }
  return [
    saying('exchange.instructionText', labels),
    ...facts.instructions.map((each) => payment(each, facts, labels, stock)),
    ...vouchers,
  ]
}

function payment(
  { number, direction, tender, amount }: ExchangeSlipFacts['instructions'][number],
  facts: ExchangeSlipFacts,
  labels: Labels,
  stock: Stock,
): Block {
  const way = labels.both(direction === 'collect' ? 'exchange.collect' : 'exchange.payOut')
  const words = `${way} · ${labels.code('refund.tenders', tender)}`
  if (!stock.isRoll) {
    const what = { text: words, bold: true }
    return scannedPayment(stock, what, number, formatMoney(amount, facts.currency))
  }
  return {
    unbreakable: true,
    margin: [0, 2, 0, 2],
    stack: [
      amountRow(words, amount, facts),
      { ...paymentBars(stock, number), margin: [0, 2, 0, 0] },
    ],
  }
}

function saying(key: LabelKey, labels: Labels): Block {
  return { text: labels.both(key, {}, '\n'), style: 'label', margin: [0, 1, 0, 2] }
}

function amountRow(words: string, amount: number, { currency }: ExchangeSlipFacts): Block {
  return {
    columnGap: 6,
    columns: [
      { width: '*', text: words, bold: true },
      { width: 'auto', text: formatMoney(amount, currency), noWrap: true, bold: true },
    ],
  }
}

function legal(labels: Labels): Block {
  const goods = 'exchange.noteGoods'
  const money = 'exchange.note'
  const second = joinKnown([labels.second(goods), labels.second(money)], ' ')
  const gap = labels.language === 'en' ? ' ' : ''
  return legalLines([
    `${labels.say(goods)}${gap}${labels.say(money)}`,
    ...(second === null ? [] : [second]),
  ])
}

function handler(facts: ExchangeSlipFacts, labels: Labels): string {
  const approved = facts.approvedBy && `${labels.say('refund.approvedBy')} ${facts.approvedBy}`
  return joinKnown([facts.handledBy, approved], '·') ?? ''
}

function handledBy(facts: ExchangeSlipFacts, labels: Labels): Field[] {
  return [
    { key: 'exchange.handledBy', value: handler(facts, labels) },
    { key: 'refund.deskPhone', value: facts.frame.store.phone || null },
  ]
}
