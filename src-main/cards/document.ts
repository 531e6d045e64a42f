/**
 * 信誉卡 / 三包凭证: the A6 warranty card (domain.md §2.2). Front: the legal fields, filled in by the
 * seller; back: place for the exchange stamp and the repair record.
 */
import { compactDocumentNumber, shortDocumentNumber } from '../foundation/document-number.ts'
import { formatMoney } from '../foundation/money.ts'
import { maskPhone } from '../foundation/phone.ts'
import type { Labels } from '../printing/labels.ts'
import {
  barcodeBlock,
  BILINGUAL_CARD_TYPE,
  CARD_TYPE,
  composePaper,
  contentWidth,
  formatQuantity,
  formGrid,
  heading,
  joinKnown,
  label,
  legalLines,
  listTable,
  mm,
  pageFooter,
  paperHead,
  PAPERS,
  qrBlock,
  stampBox,
  storeWords,
  voidLine,
  type Block,
  type Content,
  type Field,
  type PaperDefinition,
  type PaperFrame,
  type TypeScale,
  type VoidFacts,
} from '../printing/layout.ts'

/** Everything one card prints. Unknown fields are null or empty and leave their cell blank for writing in. */
export interface CardFacts {
  frame: PaperFrame
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

const PAGE = PAPERS.a6Portrait
const WIDTH = contentWidth(PAGE)
const LABEL_WIDTH = { zh: 43, en: 44, bilingual: 42 }
/** A signed code has up to 69 modules: a third of a millimetre each, for a cheap scanner and a worn card. */
const QR_SIDE = mm(23)
const STAMP_WIDTH = 66
const BLANK_REPAIRS = { zh: 8, en: 8, bilingual: 6 }

/** Composes the card; pure, the same facts give the same pages. */
export function composeCard(facts: CardFacts, labels: Labels): PaperDefinition {
  const title = `${labels.both('card.title')} ${facts.number}`
  return composePaper({
    title,
    labels,
    frame: facts.frame,
    page: PAGE,
    type: typeOf(labels),
    content: [...front(facts, labels), ...back(facts, labels)],
    footer: pageFooter(labels, facts.frame, PAGE, facts.number),
    voided: facts.voided,
  })
}

function typeOf({ language }: Labels): TypeScale {
  return language === 'bilingual' ? BILINGUAL_CARD_TYPE : CARD_TYPE
}

function front(facts: CardFacts, labels: Labels): Content[] {
  const lines = facts.lines.map((line, index) => lineBlock(line, index, facts, labels))
  return [
    head(facts, labels),
    ...voidLine(labels, facts.voided),
    saleForm(facts, labels),
    // With several lines the parties come first: what concerns all of them must not trail on a last page.
    ...(facts.lines.length > 1
      ? [partiesForm(facts, labels), ...lines]
      : [...lines, partiesForm(facts, labels)]),
  ]
}

function head(facts: CardFacts, labels: Labels): Content {
  return paperHead({
    labels,
    title: labels.say('card.title'),
    subtitle:
      labels.language === 'bilingual'
        ? `${labels.say('card.subtitle')} ${labels.second('card.title')}`
        : labels.say('card.subtitle'),
    store: facts.frame.store,
    copy: facts.copy,
    size: 14,
  })
}

function grid(labels: Labels, fields: Field[], width = WIDTH): Block {
  return formGrid(labels, fields, LABEL_WIDTH[labels.language], width, typeOf(labels).text)
}

/** The sale and, beside it, the QR code with the white it needs around it. */
function saleForm(facts: CardFacts, labels: Labels): Block {
  const { sale } = facts
  const till = sale.till && `${labels.say('card.till')} ${sale.till}`
  const fields: Field[] = [
    { key: 'card.number', value: { text: facts.number, bold: true }, wide: true },
    ...(facts.replaces.length > 0
      ? [{ key: 'card.replaces' as const, value: facts.replaces.join(' · '), wide: true }]
      : []),
    { key: 'card.issuedOn', value: facts.issuedOn },
    { key: 'card.saleDate', value: sale.soldOn },
    { key: 'card.receiptNo', value: joinKnown([sale.receiptNo, till], '·'), wide: true },
    { key: 'card.invoiceNo', value: sale.invoiceNo, wide: true },
  ]
  const quiet = 6
  return {
    columns: [
      { width: '*', stack: [grid(labels, fields, WIDTH - QR_SIDE - quiet)] },
      { ...qrBlock(facts.code, QR_SIDE), width: QR_SIDE + quiet, margin: [quiet, 1, 0, 2] },
    ],
  }
}

function lineBlock(line: CardLineFacts, index: number, facts: CardFacts, labels: Labels): Content {
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
      goodsForm(line, facts, labels),
      { ...warrantyTable(line.warranty, labels), margin: [0, 2, 0, 2] },
      warrantyForm(line, labels),
    ],
  }
}

function goodsForm(line: CardLineFacts, facts: CardFacts, labels: Labels): Content {
  const { exchanged } = line
  const mark = exchanged && ` 【${labels.both('card.exchangedOn', { date: exchanged.on })}】`
  const clerk = line.clerk && `${labels.say('card.clerk')} ${line.clerk}`
  return grid(labels, [
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
    { key: 'card.counter', value: joinKnown([line.floor, line.counter, clerk], '·'), wide: true },
  ])
}

function warrantyTable(warranty: WarrantyFacts, labels: Labels): Block {
  const rows: Content[][] = [
    ...(warranty.unit
      ? [coverRow(labels.both('card.wholeUnit', {}, ' / '), warranty.unit, labels)]
      : []),
    ...warranty.parts.map((part) => coverRow(part.name, part, labels)),
  ]
  if (rows.length === 0) rows.push([{ text: labels.both('card.noWarranty'), colSpan: 3 }, '', ''])
  return listTable(
    labels,
    [
      { key: 'card.item', width: '*' },
      { key: 'card.term', width: 62 },
      { key: 'card.ends', width: 78, align: 'right' },
    ],
    rows,
    WIDTH,
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

function warrantyForm(line: CardLineFacts, labels: Labels): Content {
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
  return grid(labels, fields)
}

/** Seller and consumer, and beside them the place for the seller's stamp. */
function partiesForm(facts: CardFacts, labels: Labels): Block {
  const { consumer } = facts
  const masked = consumer && { ...consumer, phone: consumer.phone && maskPhone(consumer.phone) }
  const fields: Field[] = [
    { key: 'card.seller', value: address(facts.frame.store, labels), wide: true },
    { key: 'card.consumer', value: address(masked, labels), wide: true },
  ]
  const formWidth = WIDTH - STAMP_WIDTH - 11
  return {
    unbreakable: true,
    margin: [0, 2.5, 0, 0],
    columns: [
      { width: formWidth, stack: [grid(labels, fields, formWidth)] },
      { ...stampBox(labels, 'card.stamp', STAMP_WIDTH, 38), width: 'auto', margin: [4, 0, 0, 0] },
    ],
  }
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

function back(facts: CardFacts, labels: Labels): Block[] {
  return [
    { ...backHead(facts, labels), pageBreak: 'before' },
    heading(labels.both('card.repairs'), 8.5, [0, 7, 0, 2.5]),
    repairRecord(facts, labels),
    { ...legalLines(labels.lines('card.legal')), margin: [0, 5, 0, 0] },
    ...storeWords(labels, facts.frame),
  ]
}

/** Bar code for desks with a laser scanner, and the place for the exchange stamp. */
function backHead(facts: CardFacts, labels: Labels): Block {
  const stamps = facts.lines.flatMap((line) => (line.exchanged ? [line.exchanged] : []))
  return {
    columns: [
      {
        width: '*',
        stack: [
          barcodeBlock({
            encoded: compactDocumentNumber(facts.number),
            readable: facts.number,
            module: 0.76,
            height: mm(9),
            size: 7.5,
          }),
          { text: labels.both('card.scanHint'), style: 'small', margin: [0, 4, 8, 0] },
        ],
      },
      {
        width: 112,
        stack: [
          stampBox(labels, 'card.exchangeStamp', 105, 50, exchangeStamp(stamps, labels)),
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
function repairRecord({ repairs }: CardFacts, labels: Labels): Block {
  const blank: Block = { text: '\n\n' }
  const left = Math.max(BLANK_REPAIRS[labels.language] - 2 * repairs.length, 2)
  return listTable(
    labels,
    [
      { key: 'card.handedInOn', width: 30 },
      { key: 'card.repairCount', width: 15 },
      { key: 'card.fault', width: '*' },
      { key: 'card.cause', width: '*' },
      { key: 'card.treatment', width: '*' },
      { key: 'card.handedBackOn', width: 30 },
      { key: 'card.repairerSign', width: 32 },
    ],
    [
      ...repairs.map(repairRow),
      ...Array.from({ length: left }, () => Array.from({ length: 7 }, () => ({ ...blank }))),
    ],
    WIDTH,
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
