/**
 * 信誉卡 / 三包凭证: the A6 warranty card (domain.md §2.2). Front: the legal fields, filled in by the
 * seller; back: place for the exchange stamp and the repair record.
 */
import { compactDocumentNumber, shortDocumentNumber } from '../foundation/document-number.ts'
import { formatMoney } from '../foundation/money.ts'
import { maskPhone } from '../foundation/phone.ts'
import { type FormatOf, usualFormLength } from '../foundation/paper-formats.ts'
import type { Margin } from '../printing/content.ts'
import type { PaperField } from '../printing/fields.ts'
import type { Labels } from '../printing/labels.ts'
import {
  barcodeBlock,
  BILINGUAL_CARD_TYPE,
  type Block,
  CARD_TYPE,
  centred,
  composeSlip,
  type Content,
  type Field,
  fieldsOn,
  formatQuantity,
  heading,
  joinKnown,
  label,
  legalLines,
  listOn,
  mm,
  type PaperDefinition,
  type PaperFrame,
  PAPERS,
  qrBlock,
  stampBox,
  type Stock,
  stockOf,
  storeWords,
  type VoidFacts,
} from '../printing/layout.ts'

/** Everything one card prints. Unknown fields are null or empty and leave their cell blank for writing in. */
export interface CardFacts {
  frame: PaperFrame
  paper: FormatOf<'card'>
  /** `XY-…` with check character. */
  number: string
  /** Text of the QR code, signed where the key is: the key never comes to where papers are set. */
  code: string
  /** Business date of issue. */
  issuedOn: string
  /** 0 on the original, n on the n-th reprint. */
  copy: number
  voided: VoidFacts | null
  currency: string
  sale: {
    receiptNo: string
    /** Business date. */
    soldOn: string
    till: string | null
    /** Tax invoice, where one was made out. */
    invoiceNo: string | null
  }
  /** Cards this one stands in for after an exchange. */
  replaces: string[]
  consumer: {
    name: string | null
    address: string | null
    postcode: string | null
    /** Printed masked, whatever is passed (domain.md §5.3). */
    phone: string | null
  } | null
  lines: CardLineFacts[]
  /** What was repaired so far, oldest first: the card is the customer's evidence of it. */
  repairs: CardRepairFacts[]
}

export interface CardRepairFacts {
  /** `WX-…` of the repair. */
  number: string
  /** Which repair of the unit it was. */
  count: number
  handedIn: string
  /** Null while it is in repair. */
  handedBack: string | null
  fault: string
  cause: string
  treatment: string
}

/** One covered sale line. */
export interface CardLineFacts {
  name: string
  brand: string | null
  model: string | null
  sku: string | null
  /** Factory or batch number. */
  batchNo: string | null
  origin: string | null
  serialNo: string | null
  qtyMilli: number
  unit: string | null
  /** What was paid for these units, minor units. */
  paid: number
  floor: string | null
  counter: string | null
  clerk: string | null
  /** Business date of installation or commissioning. */
  installedOn: string | null
  warranty: WarrantyFacts
  /** Last day of the store's exchange or return window, inclusive. */
  exchangeUntil: string | null
  careTip: string | null
  /** Set once the unit was exchanged: the day, the handover's number and the new card's, where there is one. */
  exchanged: { on: string; under: string; card: string | null } | null
}

export interface WarrantyFacts {
  /** The whole unit; null when no term was agreed. */
  unit: CoverFacts | null
  /** Main parts with a term of their own, one or several named together. */
  parts: (CoverFacts & { name: string })[]
  provider: 'maker' | 'store' | 'vendor'
  providerName: string | null
  providerContact: string | null
  scope: string | null
  costBearer: 'maker' | 'store' | 'vendor' | 'customer'
  repairer: {
    name: string
    phone: string | null
    address: string | null
    postcode: string | null
  } | null
}

export interface CoverFacts {
  months: number
  /** Last day of the term, inclusive. */
  endsOn: string
}

/** What a store can set on its card. The fields of the law stay (domain.md §2.2, the eleven of the 三包凭证). */
export const cardFields: readonly PaperField[] = [
  { key: 'card.name', law: 'card' },
  { key: 'card.brand', law: 'card' },
  { key: 'card.model', law: 'card' },
  { key: 'card.batchNo', law: 'card' },
  { key: 'card.origin', law: 'card' },
  { key: 'card.serialNo', law: 'card' },
  { key: 'card.seller', law: 'card' },
  { key: 'card.invoiceNo', law: 'card' },
  { key: 'card.saleDate', law: 'card' },
  { key: 'card.installedOn', law: 'card' },
  { key: 'card.consumer', law: 'card' },
  { key: 'card.repairer', law: 'card' },
  { key: 'card.repairs', law: 'card' },
  { key: 'card.warranty', law: 'card' },
  { key: 'card.receiptNo' },
  { key: 'card.till' },
  { key: 'card.issuedOn' },
  { key: 'card.paid' },
  { key: 'card.counter' },
  { key: 'card.clerk' },
  { key: 'card.provider' },
  { key: 'card.scope' },
  { key: 'card.cost' },
  { key: 'card.exchangeUntil' },
  { key: 'card.careTip' },
  { key: 'card.scanHint' },
]

/** Widths of the labels on A6 and on a form that is wider than a card. */
const LABEL_WIDTHS = [43, 43] as const
const WIDE_LABEL_WIDTHS = [58, 62] as const
/** A signed code has up to 69 modules: a third of a millimetre each, for a cheap scanner and a worn card. */
const QR_SIDE = mm(23)
const QUIET = 6
const BLANK_REPAIRS = { zh: 8, en: 8, bilingual: 6 }
const BLANK_REPAIRS_ON_FORM = { zh: 5, en: 5, bilingual: 4 }

/**
 * Composes the card; pure, the same facts give the same pages. On A4 the pages of A6 stand on sheets to be cut; a roll
 * is a copy alone, for its print fades long before the warranty ends (domain.md §2.1).
 */
export function composeCard(facts: CardFacts, labels: Labels): PaperDefinition {
  const stock = cardStock(facts, labels)
  const definition = composeSlip(stock, {
    ...facts,
    labels,
    title: 'card.title',
    subtitle: subtitleOf(labels),
    withoutBars: stock.format === 'A6',
    content: stock.isRoll
      ? rollContent(facts, labels, stock)
      : [...front(facts, labels, stock), ...back(facts, labels, stock)],
  })
  return facts.paper === 'A4' ? { ...definition, sheet: PAPERS.a4Portrait } : definition
}

function cardStock({ paper, frame }: CardFacts, labels: Labels): Stock {
  if (paper === '80mm' || paper === '241mm') return stockOf(paper, labels, frame)
  const type = labels.language === 'bilingual' ? BILINGUAL_CARD_TYPE : CARD_TYPE
  return { ...stockOf('A6', labels), type }
}

function subtitleOf(labels: Labels): string {
  const subtitle = labels.say('card.subtitle')
  return labels.language === 'bilingual' ? `${subtitle} ${labels.second('card.title')}` : subtitle
}

function rollContent(facts: CardFacts, labels: Labels, stock: Stock): Content[] {
  return [
    { text: labels.both('card.rollCopy', {}, '\n'), bold: true, margin: [0, 0, 0, 3] },
    saleForm(facts, labels, stock),
    ...facts.lines.map((line, index) => lineBlock(line, index, facts, labels, stock)),
    partiesForm(facts, labels, stock),
    ...repairsInLines(facts, labels),
    { ...legalLines(labels.lines('card.legal')), margin: [0, 5, 0, 0] },
    ...storeWords(labels, facts.frame),
  ]
}

/** Repairs the desk did, on a roll: one below the other. */
function repairsInLines({ repairs }: CardFacts, labels: Labels): Content[] {
  if (repairs.length === 0) return []
  return [
    heading(labels.both('card.repairs'), 8.5, [0, 5, 0, 2]),
    ...repairs.map((repair): Block => ({
      margin: [0, 0, 0, 2],
      stack: [
        {
          text: `${repair.count}. ${joinKnown([repair.handedIn, repair.handedBack], ' – ')}  ${repair.number}`,
          bold: true,
        },
        { text: joinKnown([repair.fault, repair.cause, repair.treatment], ' · ') ?? '' },
      ],
    })),
  ]
}

function front(facts: CardFacts, labels: Labels, stock: Stock): Content[] {
  const [only] = facts.lines
  if (isWide(stock) && only && facts.lines.length === 1) {
    // The code is taller than the sale: the goods fill the space beside it, and the stamp the space below it.
    const goods = (beside: Stock): Block[] => [
      { stack: [goodsForm(only, facts, labels, beside)], margin: [0, 3, 0, 0] },
    ]
    return [
      saleForm(facts, labels, stock, goods, (width) =>
        stampBox(labels, 'card.stamp', width - 7, 34),
      ),
      ...termsOf(only, labels, stock),
      { ...partiesGrid(facts, labels, stock, stock.width), margin: [0, 2.5, 0, 0] },
    ]
  }
  const lines = facts.lines.map((line, index) => lineBlock(line, index, facts, labels, stock))
  return [
    saleForm(facts, labels, stock),
    // With several lines the parties come first: what concerns all of them must not trail on a last page.
    ...(facts.lines.length > 1
      ? [partiesForm(facts, labels, stock), ...lines]
      : [...lines, partiesForm(facts, labels, stock)]),
  ]
}

function isWide({ format }: Stock): boolean {
  return format === '241mm'
}

function grid(stock: Stock, labels: Labels, fields: Field[], width = stock.width): Block {
  // What takes a whole row of a card shares one on a wide form, where it fits.
  const placed = isWide(stock)
    ? fields.map((field) => (typeof field.value === 'string' ? { ...field, wide: false } : field))
    : fields
  const widths = isWide(stock) ? WIDE_LABEL_WIDTHS : LABEL_WIDTHS
  return { stack: fieldsOn({ ...stock, width }, labels, placed, widths) }
}

/**
 * The sale, what stands below it, and beside both the QR code with the white it needs around it, with what stands under
 * it; on a roll below it.
 */
function saleForm(
  facts: CardFacts,
  labels: Labels,
  stock: Stock,
  below: (beside: Stock) => Content[] = () => [],
  under: ((width: number) => Block) | null = null,
): Block {
  const { sale } = facts
  const till = labels.prints('card.till') && sale.till && `${labels.say('card.till')} ${sale.till}`
  const receipt: Field = {
    key: 'card.receiptNo',
    value: joinKnown([sale.receiptNo, till || null], '·'),
    wide: true,
  }
  const invoice: Field = { key: 'card.invoiceNo', value: sale.invoiceNo, wide: true }
  const fields: Field[] = [
    { key: 'card.number', value: { text: facts.number, bold: true }, wide: !isWide(stock) },
    ...(facts.replaces.length > 0
      ? [{ key: 'card.replaces' as const, value: facts.replaces.join(' · '), wide: true }]
      : []),
    { key: 'card.issuedOn', value: facts.issuedOn },
    { key: 'card.saleDate', value: sale.soldOn },
    ...(isWide(stock) ? [invoice, receipt] : [receipt, invoice]),
  ]
  // Thermal dots and needles are coarser than toner.
  const side = QR_SIDE * (stock.isRoll || stock.page.impact ? 1.3 : 1)
  const qr = qrBlock(facts.code, side)
  if (stock.isRoll) {
    return { stack: [grid(stock, labels, fields), { ...centred(qr), margin: [0, 10, 0, 10] }] }
  }
  const width = stock.width - side - QUIET
  return {
    columns: [
      { width: '*', stack: [grid(stock, labels, fields, width), ...below({ ...stock, width })] },
      {
        width: side + QUIET,
        margin: [QUIET, 1, 0, 2],
        stack: [qr, ...(under ? [{ ...under(side), margin: [0, QUIET, 0, 0] as Margin }] : [])],
      },
    ],
  }
}

function lineBlock(
  line: CardLineFacts,
  index: number,
  facts: CardFacts,
  labels: Labels,
  stock: Stock,
): Content {
  const of = facts.lines.length
  return {
    unbreakable: true,
    margin: [0, of > 1 ? 3 : 2.5, 0, 0],
    stack: [
      ...(of > 1
        ? [
            heading(
              labels.both('card.goodsOf', { n: index + 1, of }),
              CARD_TYPE.text,
              [0, 0, 0, 1.5],
            ),
          ]
        : []),
      goodsForm(line, facts, labels, stock),
      ...termsOf(line, labels, stock),
    ],
  }
}

function termsOf(line: CardLineFacts, labels: Labels, stock: Stock): Content[] {
  return [
    { ...warrantyTable(line.warranty, labels, stock), margin: [0, 2, 0, 2] },
    warrantyForm(line, labels, stock),
  ]
}

function goodsForm(line: CardLineFacts, facts: CardFacts, labels: Labels, stock: Stock): Content {
  const { exchanged } = line
  const mark = exchanged && ` 【${labels.both('card.exchangedOn', { date: exchanged.on })}】`
  const clerk =
    labels.prints('card.clerk') && line.clerk && `${labels.say('card.clerk')} ${line.clerk}`
  return grid(stock, labels, [
    { key: 'card.name', value: { text: `${line.name}${mark ?? ''}`, bold: true }, wide: true },
    { key: 'card.brand', value: line.brand },
    { key: 'card.origin', value: line.origin },
    { key: 'card.batchNo', value: line.batchNo },
    { key: 'card.installedOn', value: line.installedOn },
    {
      key: 'card.paid',
      value: {
        text: [
          { text: formatMoney(line.paid, facts.currency), bold: true },
          { text: ` × ${formatQuantity(line.qtyMilli, line.unit)}`, style: 'label' },
        ],
      },
    },
    { key: 'card.model', value: line.model || line.sku },
    { key: 'card.serialNo', value: line.serialNo, wide: true },
    {
      key: 'card.counter',
      value: joinKnown([line.floor, line.counter, clerk || null], '·'),
      wide: true,
    },
  ])
}

function warrantyTable(warranty: WarrantyFacts, labels: Labels, stock: Stock): Block {
  const rows: Content[][] = [
    ...(warranty.unit
      ? [coverRow(labels.both('card.wholeUnit', {}, ' / '), warranty.unit, labels)]
      : []),
    ...warranty.parts.map((part) => coverRow(part.name, part, labels)),
  ]
  if (rows.length === 0) rows.push([{ text: labels.both('card.noWarranty'), colSpan: 3 }, '', ''])
  return listOn(
    stock,
    labels,
    [
      { key: 'card.item', width: '*' },
      { key: 'card.term', width: stock.isRoll ? 50 : 62 },
      { key: 'card.ends', width: stock.isRoll ? 56 : 78, align: 'right' },
    ],
    rows,
  )
}

function coverRow(name: string, cover: CoverFacts, labels: Labels): Content[] {
  return [name, termText(cover.months, labels), { text: cover.endsOn, bold: true }]
}

function termText(months: number, labels: Labels): string {
  const years = months / 12
  const [n, period] = Number.isInteger(years)
    ? [years, 'year' as const]
    : [months, 'month' as const]
  return labels.both(`terms.${period}${n === 1 ? '_one' : ''}`, { n }, ' / ')
}

function warrantyForm(line: CardLineFacts, labels: Labels, stock: Stock): Content {
  const { warranty } = line
  const provider = joinKnown(
    [
      labels.both(`card.providers.${warranty.provider}`, {}, ' / '),
      warranty.providerName,
      warranty.providerContact,
    ],
    '·',
  )
  const fields: Field[] = [
    { key: 'card.provider', value: provider, wide: true },
    { key: 'card.scope', value: warranty.scope, wide: true },
    { key: 'card.cost', value: labels.both(`card.costs.${warranty.costBearer}`, {}, ' / ') },
    ...(line.exchangeUntil
      ? [{ key: 'card.exchangeUntil' as const, value: line.exchangeUntil }]
      : []),
    { key: 'card.repairer', value: address(warranty.repairer, labels), wide: true },
    ...(line.careTip ? [{ key: 'card.careTip' as const, value: line.careTip, wide: true }] : []),
  ]
  return grid(stock, labels, fields)
}

/** Seller and consumer, and beside them the place for the seller's stamp: a copy on a roll is not stamped. */
function partiesForm(facts: CardFacts, labels: Labels, stock: Stock): Block {
  if (stock.isRoll) {
    return { ...partiesGrid(facts, labels, stock, stock.width), margin: [0, 3, 0, 0] }
  }
  const stamp = 66 * stock.scale
  const formWidth = stock.width - stamp - 11
  return {
    unbreakable: true,
    margin: [0, 2.5, 0, 0],
    columns: [
      { width: formWidth, stack: [partiesGrid(facts, labels, stock, formWidth)] },
      { ...stampBox(labels, 'card.stamp', stamp, 38), width: 'auto', margin: [4, 0, 0, 0] },
    ],
  }
}

function partiesGrid(facts: CardFacts, labels: Labels, stock: Stock, width: number): Block {
  const { consumer, frame } = facts
  const masked = consumer && { ...consumer, phone: consumer.phone && maskPhone(consumer.phone) }
  const fields: Field[] = [
    { key: 'card.seller', value: address(frame.store, labels), wide: true },
    { key: 'card.consumer', value: address(masked, labels), wide: true },
  ]
  return grid(stock, labels, fields, width)
}

interface Party {
  name: string | null
  address?: string | null
  postcode?: string | null
  phone?: string | null
}

/** Name, phone, address and postcode, numbers unbroken; blank to write on when nothing is known. */
function address(party: Party | null, labels: Labels): Content {
  if (!party) return ' '
  const parts: Content[] = [
    party.name ?? '',
    labelledPart('common.phone', party.phone, labels),
    labelledPart('common.address', party.address, labels),
    labelledPart('common.postcode', party.postcode, labels),
  ].filter((part) => part !== '')
  return { text: parts.flatMap((part, index) => (index > 0 ? ['   ', part] : [part])) }
}

function labelledPart(
  key: 'common.address' | 'common.postcode' | 'common.phone',
  value: string | null | undefined,
  labels: Labels,
): Content {
  if (!value) return ''
  const text = `${labels.say(key)} ${value}`
  return key === 'common.address' || text.length > 24 ? text : { text, noWrap: true }
}

function back(facts: CardFacts, labels: Labels, stock: Stock): Block[] {
  return [
    // Pages are the sides of a card; on a form of any other length it goes on where it is.
    {
      ...backHead(facts, labels, stock),
      unbreakable: true,
      margin: [0, 12, 0, 0],
      ...(hasBack(stock, facts) && {
        pageBreak: 'before' as const,
        margin: [0, 0, 0, 0] as Margin,
      }),
    },
    heading(labels.both('card.repairs'), 8.5, [0, 7, 0, 2.5]),
    repairRecord(facts, labels, stock),
    { ...legalLines(labels.lines('card.legal')), margin: [0, 5, 0, 0] },
    ...storeWords(labels, facts.frame),
  ]
}

function hasBack(stock: Stock, { frame }: CardFacts): boolean {
  return !isWide(stock) || (frame.formLength ?? usualFormLength) === usualFormLength
}

/** Bar code for desks with a laser scanner, and the place for the exchange stamp. */
function backHead(facts: CardFacts, labels: Labels, stock: Stock): Block {
  const stamps = facts.lines.flatMap((line) => (line.exchanged ? [line.exchanged] : []))
  return {
    columns: [
      {
        width: '*',
        stack: [
          barcodeBlock({
            encoded: compactDocumentNumber(facts.number),
            readable: facts.number,
            module: Math.max(stock.bars.module, 0.76),
            height: mm(9),
            size: 7.5,
          }),
          ...(labels.prints('card.scanHint')
            ? [
                {
                  text: labels.both('card.scanHint'),
                  style: 'small',
                  margin: [0, 4, 8, 0],
                } satisfies Block,
              ]
            : []),
        ],
      },
      {
        width: 112 * stock.scale,
        stack: [
          stampBox(
            labels,
            'card.exchangeStamp',
            105 * stock.scale,
            50,
            exchangeStamp(stamps, labels),
          ),
          { ...label(labels, 'card.exchangeHint'), style: 'second', margin: [0, 2, 0, 0] },
        ],
      },
    ],
  }
}

/** What the store stamps on a card whose goods were exchanged (domain.md §1.1, SB-14); empty while they were not. */
function exchangeStamp(
  stamps: readonly NonNullable<CardLineFacts['exchanged']>[],
  labels: Labels,
): Content[] {
  const [first, ...others] = stamps
  if (!first) return []
  const line = (text: string, bold = false): Block => ({ text, bold, alignment: 'center' })
  const cards = [...new Set(stamps.flatMap(({ card }) => (card === null ? [] : [card])))]
  return [
    line(labels.both('card.exchangedOn', { date: first.on }), true),
    line(others.length > 0 ? `${first.under} (${stamps.length})` : first.under),
    ...cards.map((number) => line(labels.both('card.newCard', { number }))),
  ]
}

/** Repairs the desk did, and empty rows for others to write on: the paper is the evidence of how often it was. */
function repairRecord({ repairs }: CardFacts, labels: Labels, stock: Stock): Block {
  const blank: Block = { text: '\n\n' }
  const rows = (isWide(stock) ? BLANK_REPAIRS_ON_FORM : BLANK_REPAIRS)[labels.language]
  const left = Math.max(rows - 2 * repairs.length, 2)
  const day = stock.page.impact ? 44 : 30
  return listOn(
    stock,
    labels,
    [
      { key: 'card.handedInOn', width: day },
      { key: 'card.repairCount', width: day / 2 },
      { key: 'card.fault', width: '*' },
      { key: 'card.cause', width: '*' },
      { key: 'card.treatment', width: '*' },
      { key: 'card.handedBackOn', width: day },
      { key: 'card.repairerSign', width: day + 2 },
    ],
    [
      ...repairs.map(repairRow),
      ...Array.from({ length: left }, () => Array.from({ length: 7 }, () => ({ ...blank }))),
    ],
    'form',
  )
}

function repairRow(repair: CardRepairFacts): Content[] {
  const day = (date: string | null) =>
    date === null ? ' ' : `${date.slice(0, 4)}\n${date.slice(5)}`
  return [
    day(repair.handedIn),
    { text: String(repair.count), alignment: 'center' },
    shorten(repair.fault),
    shorten(repair.cause),
    shorten(repair.treatment),
    day(repair.handedBack),
    { text: shortDocumentNumber(repair.number), style: 'second' },
  ]
}

/** The record sheet of the repair has it in full. */
const longestWords = 18

function shorten(text: string): string {
  const letters = [...text.replaceAll(/\s+/g, ' ')]
  return letters.length > longestWords ? `${letters.slice(0, longestWords - 1).join('')}…` : text
}
