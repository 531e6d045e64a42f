import { type Figure, type FigureKind, groupDigits, writeFigure } from '../figure-text.ts'
import { minorDigits } from '../money.ts'
import { percentOf } from '../share.ts'
import type { ChartData, ChartKind, ChartSeries } from './data.ts'

type Words = { zh: string; en: string }
type Language = keyof Words
type Cells = Readonly<Record<string, Figure>>

/** What a chart reads of a report; `reports/figures/contract.ts` has it all. */
export interface ChartedTable {
  by: string
  currency: string
  columns: readonly { key: string; label: Words; kind: FigureKind; adds: boolean }[]
  rows: readonly { label: string | Words; cells: Cells; before: Cells | null }[]
  chart: { kind: ChartKind; series: readonly string[] } | null
  compared: { from: string; to: string } | null
}

/** The chart a report asks for, in one language; null where there is none, or nothing on it. */
export function chartOfTable(table: ChartedTable, language: Language): ChartData | null {
  const { chart, rows, currency } = table
  const columns = table.columns.filter(({ key }) => chart?.series.includes(key))
  const kind = columns[0]?.kind
  if (chart === null || kind === undefined) return null
  const series = columns.flatMap((column): ChartSeries[] => {
    const name = column.label[language]
    const now = { name, values: rows.map(({ cells }) => heightOf(cells[column.key] ?? null)) }
    // Twice as many lines or shares of a bar as there are columns could not be told apart.
    if (table.compared === null || columns.length > 1) return [now]
    const { from, to } = table.compared
    const values = rows.map(({ before }) => heightOf(before?.[column.key] ?? null))
    return [now, { name: `${name} ${from} – ${to}`, values, before: true }]
  })
  if (series.every(({ values }) => values.every((value) => value === null || value === 0))) {
    return null
  }
  return {
    kind: chart.kind,
    labels: shortenDates(
      rows.map(({ label }) => (typeof label === 'string' ? label : label[language])),
      table.by,
    ),
    series,
    time: isTime(table.by),
    additive: columns.every(({ adds }) => adds),
    ...scaleOf(kind, currency),
  }
}

/** A share is drawn as its percentage, and not at all where too few stand behind it. */
function heightOf(figure: Figure): number | null {
  if (typeof figure === 'object' && figure !== null) return percentOf(figure)
  return typeof figure === 'number' ? figure : null
}

function scaleOf(
  kind: FigureKind,
  currency: string,
): Pick<ChartData, 'step' | 'most' | 'write' | 'tick'> {
  if (kind === 'share') {
    const percent = (value: number) => `${value}%`
    return { step: 1, most: 100, write: percent, tick: percent }
  }
  const write = (value: number) => writeFigure(value, kind, currency).text
  if (kind !== 'money') return { step: 1, write, tick: write }
  const unit = 10 ** minorDigits(currency)
  return { step: unit, write, tick: (value) => groupDigits(Math.round(value / unit)) }
}

function isTime(by: string): boolean {
  return by === 'day' || by === 'month' || by === 'quarter'
}

/** Days of one year without it: the head of the report has it. */
function shortenDates(labels: readonly string[], by: string): string[] {
  const years = new Set(labels.map((label) => label.slice(0, 4)))
  return by === 'day' && years.size === 1 ? labels.map((label) => label.slice(5)) : [...labels]
}
