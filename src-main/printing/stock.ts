/** What a paper is printed on, and all that follows from it, so that one document is written once for every format. */
import { compactDocumentNumber } from '../foundation/document-number.ts'
import { isRoll, type PaperFormat, usualFormLength } from '../foundation/paper-formats.ts'
import { composePaper, type PaperDefinition, type PaperFrame, type VoidFacts } from './compose.ts'
import type { Block, Content } from './content.ts'
import { barcodeBlock, numberBars } from './codes.ts'
import { type Column, type Field, formGrid, labelled, listTable } from './forms.ts'
import { pageFooter, paperHead, printedText, rollHead, voidLine } from './heads.ts'
import type { LabelKey, Labels } from './labels.ts'
import {
  BILINGUAL_SHEET_TYPE,
  contentWidth,
  continuousForm,
  IMPACT_TYPE,
  mm,
  type PaperPage,
  PAPERS,
  SHEET_TYPE,
  SLIP_TYPE,
  type TypeScale,
  WIDE_SHEET_TYPE,
} from './pages.ts'
import { centred } from './parts.ts'

export interface Stock {
  format: PaperFormat
  page: PaperPage
  type: TypeScale
  /** Width between the margins. */
  width: number
  isRoll: boolean
  /** The roll of 58 mm: labels stand above their values. */
  isNarrow: boolean
  /** How wide the columns of a sheet are beside those that are given for A5. */
  scale: number
  /** Bars of the paper's number: width of the thinnest, and height. */
  bars: { module: number; height: number }
  /** Size of the paper's name. */
  title: number
}

const PAGES: Record<Exclude<PaperFormat, '241mm'>, PaperPage> = {
  '80mm': PAPERS.roll80,
  '58mm': PAPERS.roll58,
  A6: PAPERS.a6Portrait,
  A5: PAPERS.a5Landscape,
  A4: PAPERS.a4Portrait,
}

/** Narrow rolls take thinner bars, as thin as a scanner reads; the needles of an impact printer need wider ones. */
const BARS: Record<PaperFormat, Stock['bars']> = {
  '80mm': { module: 0.85, height: mm(11) },
  '58mm': { module: 0.71, height: mm(10) },
  A6: { module: 0.75, height: mm(6) },
  A5: { module: 0.75, height: mm(6) },
  A4: { module: 0.85, height: mm(9) },
  '241mm': { module: 1, height: mm(7) },
}

const TITLES: Record<PaperFormat, number> = {
  '80mm': 15,
  '58mm': 14,
  A6: 14,
  A5: 18,
  A4: 20,
  '241mm': 17,
}

/** The paper of a format, set for the languages of `labels`; a form of 241 mm is as long as the store's of `frame`. */
export function stockOf(format: PaperFormat, labels: Labels, frame?: PaperFrame): Stock {
  const page =
    format === '241mm' ? continuousForm(frame?.formLength ?? usualFormLength) : PAGES[format]
  return {
    format,
    page,
    type: typeOf(format, labels),
    width: contentWidth(page),
    isRoll: isRoll(format),
    isNarrow: format === '58mm',
    scale: format === '241mm' ? 1.12 : 1,
    bars: BARS[format],
    title: TITLES[format],
  }
}

function typeOf(format: PaperFormat, { language }: Labels): TypeScale {
  if (isRoll(format)) return SLIP_TYPE
  if (format === '241mm') return IMPACT_TYPE
  if (format === 'A4') return WIDE_SHEET_TYPE
  return language === 'bilingual' && format === 'A5' ? BILINGUAL_SHEET_TYPE : SHEET_TYPE
}

interface Slip {
  labels: Labels
  title: LabelKey
  number: string
  frame: PaperFrame
  copy: number
  voided?: VoidFacts | null
  content: Content[]
  /** Stands behind its name on a sheet; the name in the second language where absent. */
  subtitle?: string
  /** Without the bars of its number in the head: it has others. */
  withoutBars?: boolean
}

/** A paper with its head and its foot: across a sheet, down a roll. */
export function composeSlip(stock: Stock, slip: Slip): PaperDefinition {
  const { labels, frame, number } = slip
  const { page, type } = stock
  const printed: Block = {
    text: printedText(labels, frame),
    style: 'small',
    margin: [0, 2, 0, 0],
  }
  return composePaper({
    title: `${labels.both(slip.title)} ${number}`,
    labels,
    frame,
    page,
    type,
    voided: slip.voided ?? null,
    ...(!stock.isRoll && { footer: pageFooter(labels, frame, page, number) }),
    content: [...headOf(stock, slip), ...slip.content, ...(stock.isRoll ? [printed] : [])],
  })
}

function headOf(stock: Stock, slip: Slip): Content[] {
  const { labels, frame, copy, title } = slip
  const { module, height } = stock.bars
  const voided = slip.voided ?? null
  const bars = slip.withoutBars ? null : numberBars(slip.number, module, height)
  if (stock.isRoll)
    return rollHead({ labels, title, store: frame.store, copy, voided, size: stock.title, bars })
  return [
    paperHead({
      labels,
      title: labels.say(title),
      subtitle: slip.subtitle ?? labels.second(title) ?? '',
      store: frame.store,
      copy,
      size: stock.title,
      ...(bars && { aside: { ...bars, width: 'auto', margin: [14, 0, 0, 1] } }),
    }),
    ...voidLine(labels, voided),
  ]
}

/**
 * Labelled fields: a ruled form on a sheet, one below the other on a roll, where unknown ones are left out. `wide` is
 * what a label in another language than Chinese takes.
 */
export function fieldsOn(
  stock: Stock,
  labels: Labels,
  fields: Field[],
  [narrow, wide]: readonly [number, number],
): Content[] {
  if (stock.isRoll) {
    return fields.flatMap(({ key, value }) =>
      value === null || value === undefined || value === ''
        ? []
        : [labelled(labels, key, value, { narrow: stock.isNarrow })],
    )
  }
  return [
    formGrid(
      labels,
      fields,
      labelWidth(stock, labels, narrow, wide),
      stock.width,
      stock.type.text,
      {
        inline: stock.page.impact === true,
      },
    ),
  ]
}

/** A list as wide as the paper; its columns' widths are given for A5. */
export function listOn(
  stock: Stock,
  labels: Labels,
  columns: Column[],
  rows: Content[][],
  layout: 'list' | 'form' = 'list',
): Block {
  const scaled = columns.map((column) =>
    column.width === '*' ? column : { ...column, width: column.width * stock.scale },
  )
  return listTable(labels, scaled, rows, stock.width, layout)
}

/** The bars a till scans to pay or collect, on a roll. */
export function paymentBars(stock: Stock, number: string): Block {
  const module = Math.min(stock.bars.module, 0.8)
  return centred(numberBars(number, module, mm(8)))
}

/** What the till pays or collects, on a sheet: the words, the bars it scans beside them, and the amount. */
export function scannedPayment(stock: Stock, what: Block, number: string, amount: string): Block {
  const bars = { encoded: compactDocumentNumber(number), readable: null, size: 7.5 }
  return {
    columnGap: 8,
    margin: [0, 1, 0, 4],
    columns: [
      { width: '*', stack: [what, { text: number, fontSize: 7.5 }] },
      { ...barcodeBlock({ ...bars, module: stock.bars.module, height: mm(6) }), width: 'auto' },
      { width: 58 * stock.scale, text: amount, noWrap: true, bold: true, alignment: 'right' },
    ],
  }
}

function labelWidth(stock: Stock, { language }: Labels, narrow: number, wide: number): number {
  if (language === 'zh') return narrow * stock.scale
  // The second language is as large as the first where no type may be small: it stands behind it.
  return wide * (language === 'bilingual' && stock.page.impact ? 1.7 : stock.scale)
}
