/** A report on paper: what was asked, the chart, the table with what every share is of, and what must be said with it. */
import { foldRest } from '../../foundation/chart/data.ts'
import { drawLoadedChart } from '../../foundation/chart/loaded.ts'
import { estimateWidth } from '../../foundation/chart/fit-text.ts'
import { chartOfTable } from '../../foundation/chart/of-table.ts'
import { LIGHT_CHART, planChart } from '../../foundation/chart/options.ts'
import { writeChange, writeFigure } from '../../foundation/figure-text.ts'
import type { PaperField } from '../../printing/fields.ts'
import type { Labels } from '../../printing/labels.ts'
import {
  type Block,
  composePaper,
  type Content,
  contentWidth,
  drawing,
  headedTable,
  heading,
  joinKnown,
  legalLines,
  pageFooter,
  paperHead,
  type PaperDefinition,
  type PaperFrame,
  type PaperPage,
  PAPERS,
  SHEET_TYPE,
  signatureRow,
  storeWords,
} from '../../printing/layout.ts'
import type { BothWords, Label, ReportColumn, ReportRow, ReportTable } from './contract.ts'

/** Everything a report prints: the table of the screen. */
export interface ReportFacts {
  frame: PaperFrame
  table: ReportTable
  /** The same figures read by something else, on the same sheet. */
  more?: readonly ReportTable[]
}

/** What a store can set on a report; the notes that keep its figures honest always print. */
export const reportFields: readonly PaperField[] = [{ key: 'figures.meanings' }]

/** Points of one pixel of a chart: its 12 pixels become the size of a table's text. */
const PIXEL = SHEET_TYPE.text / 12
const LEAST_NAME = 110
const PADDING = 6

/** Composes the report, upright as long as its columns fit; pure. */
export function composeReport(
  { frame, table, more = [] }: ReportFacts,
  labels: Labels,
): PaperDefinition {
  const widths = widthsOf(table, labels)
  const needed = Math.max(
    ...[table, ...more].map((each) =>
      widthsOf(each, labels).reduce((sum, width) => sum + width + PADDING, LEAST_NAME),
    ),
  )
  const page = needed > contentWidth(PAPERS.a4Portrait) ? PAPERS.a4Landscape : PAPERS.a4Portrait
  const title = inBoth(table.title, labels)
  const period = `${table.from} – ${table.to}`
  return composePaper({
    title: `${title} ${period}`,
    labels,
    frame,
    page,
    type: SHEET_TYPE,
    footer: pageFooter(labels, frame, page, `${table.title[firstOf(labels)]} ${period}`),
    content: [
      paperHead({
        labels,
        title: table.title[firstOf(labels)],
        subtitle: joinKnown([secondOf(table.title, labels), period], '   ') ?? '',
        store: frame.store,
        copy: 0,
        size: 17,
      }),
      askedLine(table, labels),
      ...chartBlocks(table, labels, contentWidth(page)),
      tableBlock(table, labels, page, widths),
      ...more.map((each) => furtherTable(each, labels, page)),
      ...signatures(table, labels),
      ...noteBlocks([table, ...more], labels),
      ...storeWords(labels, frame),
    ],
  })
}

/** A short table stays with its heading on one page. */
function furtherTable(table: ReportTable, labels: Labels, page: PaperPage): Block {
  return {
    unbreakable: table.rows.length <= 20,
    stack: [
      heading(inBoth(table.rowHead, labels), 9, [0, 8, 0, 2]),
      tableBlock(table, labels, page, widthsOf(table, labels)),
    ],
  }
}

function widthsOf(table: ReportTable, labels: Labels): number[] {
  return table.columns.map((column) => columnWidth(column, table, labels))
}

/** Goods and slips go with such a sheet: desk, loss prevention and duty manager sign for them (domain.md §2.6). */
function signatures({ signed }: ReportTable, labels: Labels): Block[] {
  if (!signed) return []
  const row = signatureRow(
    labels,
    ['report.deskLead', 'report.lossPrevention', 'report.dutyManager'],
    16,
  )
  return [{ ...row, unbreakable: true, margin: [0, 10, 0, 0] }]
}

function firstOf({ language }: Labels): keyof BothWords {
  return language === 'en' ? 'en' : 'zh'
}

function secondOf(words: BothWords, { language }: Labels): string | null {
  return language === 'bilingual' && words.en !== words.zh ? words.en : null
}

function inBoth(words: BothWords, labels: Labels): string {
  return joinKnown([words[firstOf(labels)], secondOf(words, labels)], ' ') ?? ''
}

function sayLabel(label: Label, labels: Labels): string {
  return typeof label === 'string' ? label : inBoth(label, labels)
}

/** The question, and the report's parameters in words. */
function askedLine(table: ReportTable, labels: Labels): Block {
  const { compared } = table
  const parts: [name: string, value: string][] = [
    [labels.both('figures.period'), `${table.from} – ${table.to}`],
    ...(compared
      ? [[labels.both('figures.compared'), `${compared.from} – ${compared.to}`] as [string, string]]
      : []),
    [labels.both('figures.by'), inBoth(table.rowHead, labels)],
    ...table.narrowed.map(({ name, value }): [string, string] => [
      inBoth(name, labels),
      sayLabel(value, labels),
    ]),
  ]
  return {
    margin: [0, 0, 0, 6],
    stack: [
      { text: inBoth(table.question, labels), margin: [0, 0, 0, 2] },
      {
        text: parts.flatMap(([name, value]): Content[] => [
          { text: `${name}${labels.say('common.colon')}`, style: 'label' },
          `${value}      `,
        ]),
      },
    ],
  }
}

/** The chart, as the screen draws it, and what is not on it. */
function chartBlocks(table: ReportTable, labels: Labels, width: number): Block[] {
  const data = chartOfTable(table, firstOf(labels))
  if (data === null) return []
  const restName = (count: number) => labels.say('figures.rest', { count })
  const { data: shown, left, rest } = foldRest(data, restName)
  const look = {
    width: Math.round(width / PIXEL),
    colors: LIGHT_CHART,
    font: 'Noto Sans SC',
    accumulated: labels.say('figures.accumulated'),
  }
  const { height } = planChart(shown, { ...look, widthOf: estimateWidth })
  const figures = rest.map((value, at) => `${shown.series[at]?.name ?? ''} ${shown.write(value)}`)
  const note =
    figures.length > 0
      ? labels.say('figures.restSum', {
          count: left,
          figures: figures.join(labels.say('common.listComma')),
        })
      : labels.say('figures.restTable', { count: left })
  return [
    {
      ...drawing(
        { width, height: height * PIXEL },
        (widthOf) => drawLoadedChart(shown, { ...look, widthOf }).svg,
      ),
      margin: [0, 2, 0, left > 0 ? 1 : 8],
    },
    ...(left > 0 ? [{ ...legalLines([note]), margin: [0, 0, 0, 6] } as Block] : []),
  ]
}

function tableBlock(
  table: ReportTable,
  labels: Labels,
  page: PaperPage,
  widths: readonly number[],
): Block {
  const full = contentWidth(page)
  const room = full - LEAST_NAME - PADDING * (widths.length + 1)
  const wanted = widths.reduce((sum, width) => sum + width, 0)
  const squeeze = Math.min(1, room / wanted)
  const columns = [
    { head: headOf(table.rowHead, labels), width: '*' as const },
    ...table.columns.map(({ label, kind }, at) => ({
      head: headOf(label, labels),
      width: (widths[at] ?? 0) * squeeze,
      align: kind === 'text' ? ('left' as const) : ('right' as const),
    })),
  ]
  if (table.rows.length === 0) {
    const empty: Block = { text: labels.both('figures.none'), style: 'label' }
    return { stack: [{ ...empty, alignment: 'center', margin: [0, 14, 0, 14] }] }
  }
  const rows = table.rows.map((row): Content[] => [
    sayLabel(row.label, labels),
    ...table.columns.map((column) => figureCell(column, row, table, labels)),
  ])
  const totals: Content[] = [
    { text: labels.both('figures.total'), bold: true },
    ...table.columns.map((column) => ({
      ...figureCell(column, table.totals, table, labels),
      bold: true,
    })),
  ]
  return headedTable(columns, [...rows, totals], full)
}

function headOf(words: BothWords, labels: Labels): Block {
  const second = secondOf(words, labels)
  const text = words[firstOf(labels)]
  if (second === null) return { text, style: 'label' }
  return { text: [{ text }, { text: `\n${second}`, style: 'second' }], style: 'label' }
}

/** A figure, what a percentage is of behind it, and the figure of the other period below. */
function figureCell(
  { key, kind }: ReportColumn,
  row: Pick<ReportRow, 'cells' | 'before' | 'change'>,
  { currency }: ReportTable,
  labels: Labels,
): Block {
  const { text, note } = writeFigure(row.cells[key] ?? null, kind, currency)
  const parts: Content[] = [{ text }]
  if (note !== null) parts.push({ text: ` ${note}`, style: 'small' })
  const before = row.before?.[key] ?? null
  const isKnown = before !== null && !(typeof before === 'object' && before.of === 0)
  if (isKnown) {
    const was = writeFigure(before, kind, currency)
    const points = labels.say('figures.points')
    const change = writeChange(row.change?.[key], kind, currency, points)
    const value = joinKnown([was.text, was.note && `(${was.note})`], ' ') ?? ''
    const then = labels.say('figures.before', { value })
    parts.push({ text: `\n${joinKnown([then, change], ' · ')}`, style: 'second' })
  }
  return { text: parts }
}

const KIND_WIDTH = { text: 70, count: 34, money: 62, share: 58, minutes: 40, days: 40, date: 52 }

/** As wide as its figures and half its head, in points. */
function columnWidth({ kind, label }: ReportColumn, table: ReportTable, labels: Labels): number {
  const words = [label[firstOf(labels)], secondOf(label, labels) ?? '']
  const head = Math.max(...words.map((text) => estimateWidth(text, SHEET_TYPE.label))) / 2 + 8
  const figures = KIND_WIDTH[kind] + (table.compared === null ? 0 : 30)
  return Math.min(Math.max(head, figures), 120)
}

/** What must be said with the tables, and what each of their figures counts: once each. */
function noteBlocks(tables: readonly [ReportTable, ...ReportTable[]], labels: Labels): Block[] {
  const [table] = tables
  const columns = [
    ...new Map(
      tables.flatMap((each) => each.columns.map((column) => [column.key, column] as const)),
    ).values(),
  ]
  const hasShares = columns.some(({ kind }) => kind === 'share')
  const notes = [
    ...table.notes.map(({ text }) => inBoth(text, labels)),
    ...(hasShares ? [labels.both('figures.least', { count: table.leastForPercent })] : []),
  ]
  const meanings = columns.map(
    ({ label, meaning }) =>
      `${label[firstOf(labels)]}${labels.say('common.colon')}${inBoth(meaning, labels)}`,
  )
  const part = (title: string, lines: string[]): Block[] =>
    lines.length === 0 ? [] : [heading(title, 8, [0, 8, 0, 2]), legalLines(lines)]
  return [
    ...part(labels.both('figures.notes'), notes),
    ...part(labels.both('figures.meanings'), labels.prints('figures.meanings') ? meanings : []),
  ]
}
