/**
 * The layout kit: papers, type sizes and the blocks all documents are put together from.
 *
 * Everything here is pure: facts and labels in, page content out. Lengths are points (1/72 inch) unless
 * a name says millimetres.
 */
import { localTime } from '../foundation/business-date.ts'
import { compactDocumentNumber } from '../foundation/document-number.ts'
import { formatMoney } from '../foundation/money.ts'
import { toCapital } from '../foundation/rmb-capital.ts'
import { textWidth } from '../foundation/text.ts'
import { code128Cells, drawCells, qrCells } from './barcode.ts'
import type { Align, Block, Content, Margin, TableLayout } from './content.ts'
import type { LabelKey, Labels } from './labels.ts'
import type { PageMark } from './painter.ts'
import type { DynamicContent, Margins } from './pdfmake-parts.ts'

export type { Block, Content } from './content.ts'

/** Millimetres in points. */
export function mm(millimetres: number): number {
  return (millimetres * 72) / 25.4
}

export interface PaperPage {
  width: number
  /** `Infinity` on a roll: the page ends where its content does. */
  height: number
  margins: Margins
}

function page(width: number, height: number, sides: number, bottom: number): PaperPage {
  const margins = { left: mm(sides), top: mm(sides), right: mm(sides), bottom: mm(bottom) }
  return { width: mm(width), height: mm(height), margins }
}

/** The papers the desk prints on. Bottom margins hold the footer. */
export const PAPERS = {
  a4Portrait: page(210, 297, 14, 15),
  a4Landscape: page(297, 210, 12, 14),
  a5Landscape: page(210, 148, 9, 11),
  a6Portrait: page(105, 148, 6, 8),
  /** 80 mm roll: printers reach 72 mm of it. */
  roll80: page(80, Infinity, 4, 6),
  /** Label of 70 by 50 mm, one to a page. */
  label70: page(70, 50, 4, 4),
  /** 58 mm roll: printers reach 48 mm of it. */
  roll58: page(58, Infinity, 5, 6),
} satisfies Record<string, PaperPage>

/** What the renderer turns into PDF. */
export interface PaperDefinition {
  /** Document title: what a viewer shows in its window. */
  title: string
  /** The store. */
  author: string
  lang: 'zh-CN' | 'en'
  /** Instant of printing, UTC ISO; the only date in the file. */
  createdAt: string
  page: PaperPage
  content: Content[]
  header?: DynamicContent
  footer?: DynamicContent
  mark?: PageMark
  /** Files put into the document as they are, by SHA-256. */
  attached?: readonly string[]
  styles: Record<string, object>
  defaultStyle: object
  tableLayouts: Record<string, TableLayout>
}

/** Width between a page's margins. */
export function contentWidth({ width, margins }: PaperPage): number {
  return width - margins.left - margins.right
}

const INK = '#111111'
const SOFT = '#55595f'
const RULE = '#8d939a'
const HAIR = '#b9bec4'
const BAND = '#eef0f2'
const VOID_MARK = '#f6d6d6'
const PREVIEW_MARK = '#e9ecef'

/** Type sizes of one paper, in points. */
export interface TypeScale {
  text: number
  label: number
  /** Second-language labels. */
  second: number
  small: number
}

export const CARD_TYPE: TypeScale = { text: 7, label: 6, second: 4.8, small: 5.6 }
/** The card in two languages carries twice the labels on the same paper. */
export const BILINGUAL_CARD_TYPE: TypeScale = { text: 6.6, label: 5.7, second: 4.5, small: 5.3 }
export const SLIP_TYPE: TypeScale = { text: 8, label: 7, second: 5.8, small: 6.4 }
export const LABEL_TYPE: TypeScale = { text: 8, label: 6.5, second: 5.6, small: 5.6 }
export const SHEET_TYPE: TypeScale = { text: 7.5, label: 7, second: 5.6, small: 6.2 }
/** A sheet in two languages that is to stay one page. */
export const BILINGUAL_SHEET_TYPE: TypeScale = { text: 7.1, label: 6.5, second: 5.3, small: 5.9 }

/** What every paper carries in its frame: who, where, when, which copy. */
export interface PaperFrame {
  store: StoreFacts
  /** Desk that prints, as the store calls it. */
  desk: string
  /** Instant of printing, UTC ISO. */
  printedAt: string
  /** IANA zone the store's clocks show. */
  timeZone: string
  /** Operator as printed: code, name or both. */
  printedBy: string
  /** True for a paper to look at, not to hand over: it says so across every page. */
  preview?: boolean
  /** What the store says under this paper, in both languages; an empty one prints nothing. */
  words?: { zh: string; en: string }
}

export interface StoreFacts {
  name: string
  address?: string | null
  postcode?: string | null
  phone?: string | null
}

/** Set when a paper has been declared void: it prints across the page. */
export interface VoidFacts {
  /** Business date. */
  on: string
  reason: string
}

/** Joins content and frame into a definition with the kit's styles. */
export function composePaper(parts: {
  title: string
  labels: Labels
  frame: PaperFrame
  page: PaperPage
  type: TypeScale
  content: Content[]
  header?: DynamicContent
  footer?: DynamicContent
  voided?: VoidFacts | null
}): PaperDefinition {
  const { type, labels, frame } = parts
  return {
    title: parts.title,
    author: frame.store.name,
    lang: labels.lang,
    createdAt: frame.printedAt,
    page: parts.page,
    content: parts.content,
    ...(parts.header && { header: parts.header }),
    ...(parts.footer && { footer: parts.footer }),
    ...pageMark(labels, frame, parts.voided),
    styles: {
      label: { fontSize: type.label, color: SOFT },
      second: { fontSize: type.second, color: SOFT },
      small: { fontSize: type.small, color: SOFT },
      strong: { bold: true },
    },
    defaultStyle: { fontSize: type.text, color: INK },
    tableLayouts: { form: formLayout, list: listLayout, bare: bareLayout, box: boxLayout },
  }
}

const FORM_PADDING = 3
const FORM_LINE = 0.4
const LIST_PADDING = 3

function pageMark(
  labels: Labels,
  frame: PaperFrame,
  voided: VoidFacts | null | undefined,
): { mark?: PageMark } {
  if (voided) return { mark: { text: labels.say('common.void'), color: VOID_MARK } }
  return frame.preview ? { mark: { text: labels.say('common.preview'), color: PREVIEW_MARK } } : {}
}

const formLayout: TableLayout = {
  hLineWidth: () => FORM_LINE,
  vLineWidth: () => FORM_LINE,
  hLineColor: () => RULE,
  vLineColor: () => RULE,
  paddingLeft: () => FORM_PADDING,
  paddingRight: () => FORM_PADDING,
  paddingTop: () => 1.2,
  paddingBottom: () => 1.2,
}

const listLayout: TableLayout = {
  hLineWidth: (line, node) =>
    line === 0 || line === node.table.headerRows || line === node.table.body.length ? 0.7 : 0.3,
  vLineWidth: () => 0,
  hLineColor: (line, node) =>
    line === 0 || line === node.table.headerRows || line === node.table.body.length ? INK : HAIR,
  fillColor: (row, node) => (row < (node.table.headerRows ?? 0) ? BAND : null),
  paddingLeft: () => LIST_PADDING,
  paddingRight: () => LIST_PADDING,
  paddingTop: () => 1.7,
  paddingBottom: () => 1.7,
}

const boxLayout: TableLayout = {
  hLineWidth: () => 0.9,
  vLineWidth: () => 0.9,
  paddingLeft: () => 5,
  paddingRight: () => 5,
  paddingTop: () => 3,
  paddingBottom: () => 3.5,
}

const bareLayout: TableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 0,
  paddingTop: () => 0,
  paddingBottom: () => 0,
}

/** A label: the first language, the second smaller below it (or behind it, with `inline`). */
export function label(labels: Labels, key: LabelKey, inline = false): Block {
  const second = labels.second(key)
  if (!second) return { text: labels.say(key), style: 'label' }
  return {
    text: [{ text: labels.say(key) }, { text: `${inline ? ' ' : '\n'}${second}`, style: 'second' }],
    style: 'label',
    lineHeight: inline ? 1 : 0.86,
  }
}

/** A label with its value behind it, as slips on a roll have them. */
export function labelled(labels: Labels, key: LabelKey, value: string | null): Block {
  return {
    margin: [0, 0, 0, 1],
    columns: [
      { ...label(labels, key, true), width: labels.language === 'zh' ? 58 : 84 },
      { width: '*', text: value ?? '' },
    ],
  }
}

/** Head of a slip on a roll: the store, the paper's name, which copy it is, and its number as bars. */
export function rollHead(parts: {
  labels: Labels
  title: LabelKey
  store: StoreFacts
  copy: number
  voided: VoidFacts | null
  number: string
}): Content[] {
  const { labels, copy } = parts
  const mark: Content[] =
    copy > 0
      ? [{ text: copyText(labels, copy), bold: true, fontSize: 10, alignment: 'center' }]
      : []
  return [
    { text: parts.store.name, bold: true, fontSize: 10, alignment: 'center' },
    {
      text: labels.both(parts.title),
      bold: true,
      fontSize: 15,
      alignment: 'center',
      margin: [0, 1, 0, 1],
    },
    ...mark,
    ...voidLine(labels, parts.voided),
    centred(numberBars(parts.number, 0.85, mm(11))),
    rule(1, [0, 3, 0, 3]),
  ]
}

/** Goods with what is said of them behind their name: a line of its own only where both do not fit in one. */
export function goodsCell(name: string, notes: string | null): Block {
  if (notes === null) return { text: name }
  return { text: [{ text: `${name}  ` }, { text: notes, style: 'label' }] }
}

/** Head of a paper: its name to the left, the store and the copy mark to the right. */
export function paperHead(parts: {
  labels: Labels
  title: string
  subtitle: string
  store: StoreFacts
  copy: number
  size: number
  /** Stands at the right end, for example a bar code. */
  aside?: Block
}): Block {
  const { labels, store, size } = parts
  return {
    stack: [
      {
        columns: [
          {
            width: '*',
            text: [
              { text: parts.title, bold: true, fontSize: size },
              { text: `  ${parts.subtitle}`, fontSize: size * 0.5, color: SOFT },
            ],
          },
          {
            width: 'auto',
            text: store.name,
            bold: true,
            fontSize: size * 0.55,
            alignment: 'right',
            margin: [8, size * 0.28, 0, 0],
          },
          ...copyMark(labels, parts.copy, size),
          ...(parts.aside ? [parts.aside] : []),
        ],
      },
      rule(1.1, [0, 1.5, 0, 3]),
    ],
  }
}

/** The boxed words 副本 / COPY with the copy's number; nothing on an original. */
function copyMark(labels: Labels, copy: number, size: number): Block[] {
  if (copy === 0) return []
  const words =
    labels.language === 'en'
      ? labels.say('common.copy', { n: copy })
      : `${labels.say('common.copy', { n: '' }).trim()} / COPY ${copy}`
  return [
    {
      width: 'auto',
      margin: [6, size * 0.2, 0, 0],
      layout: 'form',
      table: { body: [[{ text: words, bold: true, fontSize: size * 0.5, noWrap: true }]] },
    },
  ]
}

/** A line that says when and why a paper was declared void. */
export function voidLine(labels: Labels, voided: VoidFacts | null | undefined): Content[] {
  if (!voided) return []
  const text = labels.say('common.voidedOn', { date: voided.on, reason: voided.reason })
  return [{ text, bold: true, margin: [0, 0, 0, 3] }]
}

/** A rule across the width it stands in. */
export function rule(width: number, margin: Margin = [0, 2, 0, 2]): Block {
  return {
    margin,
    layout: {
      ...bareLayout,
      hLineWidth: (line) => (line === 0 ? width : 0),
      hLineColor: () => INK,
    },
    table: { widths: ['*'], heights: [0], body: [[{ text: '', fontSize: 0.1 }]] },
  }
}

/** One field of a form: its label and value; `wide` fields take a row of their own. */
export interface Field {
  key: LabelKey
  value: Content | null | undefined
  wide?: boolean
}

/**
 * A ruled form of labelled fields, two to a row, `width` wide. Column widths are fixed, so that a long
 * code breaks inside its cell instead of pushing the form off the paper. An empty value leaves its cell blank for writing in:
 * the law asks for the field even when the store does not know it yet.
 */
export function formGrid(
  labels: Labels,
  fields: Field[],
  labelWidth: number,
  width: number,
  size: number,
): Block {
  const valueWidth = width / 2 - labelWidth - 4 * FORM_PADDING - 2.5 * FORM_LINE
  const body: Content[][] = []
  let open: [Block, Block] | null = null
  for (const field of fields) {
    const pair: [Block, Block] = [labelCell(labels, field.key), valueCell(field.value)]
    if (field.wide || isLonger(field.value, valueWidth, size)) {
      if (open) body.push(closeRow(open))
      open = null
      body.push(closeRow(pair))
    } else if (open) {
      body.push([...open, ...pair])
      open = null
    } else {
      open = pair
    }
  }
  if (open) body.push(closeRow(open))
  const widths = [labelWidth, valueWidth, labelWidth, valueWidth]
  return { layout: 'form', table: { widths, body, dontBreakRows: true } }
}

/** Tells from typical widths whether a value outgrows half a row; then a code stays in one piece. */
function isLonger(value: Field['value'], width: number, size: number): boolean {
  return typeof value === 'string' && (textWidth(value) / 2) * 1.24 * size > width
}

function closeRow([name, value]: [Block, Block]): Content[] {
  return [name, { ...value, colSpan: 3 }, '', '']
}

function labelCell(labels: Labels, key: LabelKey): Block {
  return { ...label(labels, key), fillColor: BAND }
}

function valueCell(value: Content | null | undefined): Block {
  if (value === null || value === undefined || value === '') return { text: ' ' }
  return asBlock(value)
}

function asBlock(content: Content): Block {
  return typeof content === 'string' ? { text: content } : content
}

/** One column of a list; `width` in points or `*` for a share of the rest. */
export interface Column {
  key: LabelKey
  width: number | '*'
  align?: Align
}

/**
 * A list whose header is repeated on every page it runs over. A row goes to the next page rather than
 * being split; only a row taller than a page runs on.
 */
export function listTable(
  labels: Labels,
  columns: Column[],
  rows: Content[][],
  width: number,
  layout: 'list' | 'form' = 'list',
): Block {
  const head = columns.map(({ key, align = 'left' }) => ({
    ...label(labels, key),
    bold: true,
    alignment: align,
  }))
  const body = rows.map((row) =>
    row.map((cell, index) => alignCell(cell, columns[index]?.align ?? 'left')),
  )
  return {
    layout,
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columnWidths(columns, width, layout),
      body: [head, ...body],
    },
  }
}

/** Shares what fixed columns leave among the `*` columns. */
function columnWidths(columns: Column[], width: number, layout: 'list' | 'form'): number[] {
  const lines = layout === 'form' ? (columns.length + 1) * FORM_LINE : 0
  const padding = columns.length * 2 * (layout === 'form' ? FORM_PADDING : LIST_PADDING)
  const fixed = columns.reduce((sum, each) => sum + (each.width === '*' ? 0 : each.width), 0)
  const stars = columns.filter((each) => each.width === '*').length
  const star = (width - lines - padding - fixed) / Math.max(stars, 1)
  return columns.map((each) => (each.width === '*' ? star : each.width))
}

function alignCell(cell: Content, alignment: Align): Block {
  return { alignment, ...asBlock(cell) }
}

/** A heading above a block. */
export function heading(text: string, size: number, margin: Margin): Block {
  return { text, bold: true, fontSize: size, margin }
}

/** The total in figures and in capitals; other currencies than the renminbi have no capital form. */
export function moneyLine(parts: {
  labels: Labels
  key: LabelKey
  amount: number
  currency: string
  size: number
  /** On a roll the capitals take a line of their own. */
  narrow?: boolean
}): Block {
  const { labels, amount, currency, size } = parts
  const figures = { text: formatMoney(amount, currency), bold: true, fontSize: size }
  const name: Block = {
    text: `${labels.both(parts.key)}${labels.say('common.colon')}`,
    style: 'label',
  }
  if (currency !== 'CNY') return { text: [name, figures] }
  if (parts.narrow) {
    return { stack: [{ text: [name, figures] }, { text: toCapital(amount), bold: true }] }
  }
  return {
    columns: [
      { width: 'auto', text: [name, figures], noWrap: true },
      {
        width: '*',
        alignment: 'right',
        margin: [6, size * 0.2, 0, 0],
        text: [
          {
            text: `${labels.both('common.capitals')}${labels.say('common.colon')}`,
            style: 'label',
          },
          { text: toCapital(amount), bold: true, fontSize: size * 0.78 },
        ],
      },
    ],
  }
}

/** Sentences in small print. */
export function legalLines(lines: string[]): Block {
  return { stack: lines.map((text): Block => ({ text, style: 'small', margin: [0, 0, 0, 1.2] })) }
}

/**
 * What the store wrote to stand under this kind of paper, as small print: its Chinese words on a Chinese paper, its
 * English ones on an English paper, the Chinese before the English on a paper in both. One line for each written
 * line, blank ones left out; no block at all where the store wrote nothing in the paper's language.
 */
export function storeWords(labels: Labels, { words }: PaperFrame): Block[] {
  if (!words) return []
  const { language } = labels
  const texts = [language === 'en' ? '' : words.zh, language === 'zh' ? '' : words.en]
  const lines = texts.flatMap((each) => each.split('\n')).filter((each) => each.trim() !== '')
  return lines.length === 0 ? [] : [{ ...legalLines(lines), margin: [0, 3, 0, 0] }]
}

/**
 * Places to sign, side by side: a label, a line, and the date below; `inline` where every label stands on one line,
 * the date beside the signature.
 */
export function signatureRow(
  labels: Labels,
  keys: LabelKey[],
  room: number,
  { inline = false } = {},
): Block {
  const cells = keys.map((key): Block => {
    // A block is set once: each signature has a date of its own.
    const date = label(labels, 'common.date', true)
    if (!inline) {
      const name = { ...label(labels, key), margin: [0, 0, 0, room] as Margin }
      return { stack: [name, rule(0.6, [0, 0, 8, 1]), date] }
    }
    const name = label(labels, key, true)
    const columns: Block[] = [
      { ...name, width: '*' },
      { ...date, width: 96 },
    ]
    return { stack: [{ columns, margin: [0, 0, 0, room] as Margin }, rule(0.6, [0, 0, 8, 1])] }
  })
  return {
    layout: 'bare',
    unbreakable: true,
    table: { widths: keys.map(() => '*'), body: [cells] },
  }
}

/** A dashed box for a rubber stamp, empty or with what the desk stamps itself. */
export function stampBox(
  labels: Labels,
  key: LabelKey,
  width: number,
  height: number,
  stamped: Content[] = [],
): Block {
  return {
    layout: {
      ...formLayout,
      hLineStyle: () => ({ dash: { length: 2, space: 1.6 } }),
      vLineStyle: () => ({ dash: { length: 2, space: 1.6 } }),
    },
    table: {
      widths: [width],
      heights: [height],
      body: [[{ stack: [{ ...label(labels, key), alignment: 'center' }, ...stamped] }]],
    },
  }
}

/** What stands on every paper but the original, in the languages of the paper. */
export function copyText(labels: Labels, copy: number): string {
  const words = labels.say('common.copy', { n: copy })
  return labels.language === 'en' ? words : `${words} · COPY ${copy}`
}

/** A block in the middle of the paper. */
export function centred(block: Block): Block {
  return {
    columns: [
      { width: '*', text: '' },
      { ...block, width: 'auto' },
      { width: '*', text: '' },
    ],
  }
}

/** The barcode of a document's number. */
export function numberBars(number: string, module: number, height: number): Block {
  return barcodeBlock({
    encoded: compactDocumentNumber(number),
    readable: number,
    module,
    height,
    size: 8,
  })
}

/**
 * Code 128 of a number with the number in plain figures under it: a scanner may fail, eyes do not. Null for `readable`
 * where the number stands right beside the bars.
 */
export function barcodeBlock(parts: {
  encoded: string
  readable: string | null
  module: number
  height: number
  size: number
}): Block {
  const box = code128Cells(parts.encoded, parts.module, parts.height)
  if (parts.readable === null) return drawCells(box)
  return {
    layout: 'bare',
    table: {
      widths: [box.width],
      body: [
        [drawCells(box)],
        [
          {
            text: parts.readable,
            fontSize: parts.size,
            alignment: 'center',
            noWrap: true,
            margin: [0, 1, 0, 0],
          },
        ],
      ],
    },
  }
}

/** What the till pays or collects, on a sheet: the words, the bars it scans beside them, and the amount. */
export function scannedPayment(what: Block, number: string, amount: string): Block {
  const bars = { encoded: compactDocumentNumber(number), readable: null, size: 7.5 }
  return {
    columnGap: 8,
    margin: [0, 1, 0, 4],
    columns: [
      { width: '*', stack: [what, { text: number, fontSize: 7.5 }] },
      { ...barcodeBlock({ ...bars, module: 0.75, height: mm(6) }), width: 'auto' },
      { width: 58, text: amount, noWrap: true, bold: true, alignment: 'right' },
    ],
  }
}

/** QR code of a text. The white around it (four cells) is the caller's margin. */
export function qrBlock(text: string, side: number): Block {
  return drawCells(qrCells(text, side))
}

/** Footer of every page: document number, print time and operator, page x of y. */
export function pageFooter(
  labels: Labels,
  frame: PaperFrame,
  paper: PaperPage,
  number: string,
): DynamicContent {
  const { left, right, bottom } = paper.margins
  const printed = printedText(labels, frame)
  return (current, pages) => ({
    margin: [left, bottom * 0.28, right, 0],
    style: 'small',
    columns: [
      { width: '*', text: number },
      { width: 'auto', text: printed, alignment: 'center' },
      {
        width: '*',
        alignment: 'right',
        text: labels.say('common.page', { page: current, pages }),
      },
    ],
  })
}

/** `打印于 2026-11-21 18:05 · 1001 李敏`. */
export function printedText(labels: Labels, frame: PaperFrame): string {
  const time = formatInstant(frame.printedAt, frame.timeZone)
  return labels.say('common.printed', { time, operator: frame.printedBy })
}

/** An instant as the store's clock shows it: `2026-11-21 18:05`. */
export function formatInstant(instant: string, timeZone: string): string {
  return localTime(new Date(instant), timeZone).replace('T', ' ').slice(0, 16)
}

/** Thousandths as a decimal without trailing zeros: 1000 → 1, 535 → 0.535. */
export function formatQuantity(qtyMilli: number, unit?: string | null): string {
  const digits = String(Math.abs(qtyMilli)).padStart(4, '0')
  const fraction = digits.slice(-3).replace(/0+$/, '')
  const number = `${qtyMilli < 0 ? '-' : ''}${digits.slice(0, -3)}${fraction && `.${fraction}`}`
  return unit ? `${number} ${unit}` : number
}

/** Joins what is known of a list of parts; null when nothing is. */
export function joinKnown(parts: (string | null | undefined)[], separator: string): string | null {
  const known = parts.filter((part) => part !== null && part !== undefined && part.trim() !== '')
  return known.length > 0 ? known.join(separator) : null
}
