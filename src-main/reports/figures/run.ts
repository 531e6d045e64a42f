import type { ReadHandle } from '../../database/store.ts'
import { refuse } from '../../foundation/errors.ts'
import { compareFloors } from '../../foundation/floors.ts'
import { leastForPercent } from '../../foundation/share.ts'
import { type Report, reports } from './catalog.ts'
import { requireKnown } from './choices.ts'
import type {
  Cells,
  Change,
  Dimension,
  FigureAsked,
  ReportColumn,
  ReportItem,
  ReportParams,
  ReportRow,
  ReportTable,
} from './contract.ts'
import { readItems } from './items.ts'
import type { BaseEntry, LedgerName } from './ledgers.ts'
import { listPeople } from './name-store.ts'
import { type LedgerReader, openLedgers, readLedger, type Setting } from './read.ts'
import { changeOf, comparedPeriod, isTime, type Period, stretchesIn } from './rules.ts'
import {
  addUpTo,
  type Books,
  canNarrow,
  cellOf,
  emptyTally,
  type Figure,
  keyBy,
  knows,
  narrow,
  type Tally,
  upTo,
} from './tabulate.ts'
import {
  columnName,
  dimensionName,
  meaningOf,
  noteOf,
  questionOf,
  rowLabel,
  titleOf,
} from './words.ts'

/** A report as it was asked for: which table of it. */
export interface Asked {
  report: string
  params: ReportParams
}

interface Chosen {
  report: Report
  by: Dimension
  figures: Figure[]
}

/** The report that is meant, and its figures as far as their ledgers know what it is read by and narrowed to. */
function chooseReport({ report: id, params }: Asked): Chosen {
  const report = reports.find((each) => each.id === id) ?? refuse('reports.unknown_report')
  const by = params.by ?? report.by[0] ?? refuse('reports.unknown_report')
  if (!report.by.includes(by)) refuse('reports.unknown_view')
  const figures = report.figures.filter(
    ({ ledger, only }) =>
      knows(ledger, by) &&
      canNarrow(ledger, params.filters) &&
      (only === null || only.includes(by)),
  )
  if (figures.length === 0) refuse('reports.cannot_narrow')
  return { report, by, figures }
}

async function readBooks(
  reader: LedgerReader,
  figures: readonly Figure[],
  { period, params }: { period: Period; params: ReportParams },
): Promise<Books> {
  const books: { -readonly [Name in LedgerName]?: readonly BaseEntry[] } = {}
  for (const name of new Set(figures.map(({ ledger }) => ledger))) {
    books[name] = narrow(await readLedger(reader, name, period), params.filters)
  }
  return books as Books
}

/** Every row's tallies, figure by figure, and those of all rows together. */
interface Counted {
  rows: Map<string, Tally[]>
  totals: Tally[]
}

function count(figures: readonly Figure[], by: Dimension, books: Books): Counted {
  const rows = new Map<string, Tally[]>()
  const keyOf = keyBy(by)
  const totals = figures.map(emptyTally)
  figures.forEach((figure, at) => {
    figure.tally(books, keyOf, (key) => {
      let row = rows.get(key)
      if (row === undefined) {
        row = figures.map(emptyTally)
        rows.set(key, row)
      }
      return row[at] ?? emptyTally()
    })
    const total = totals[at] ?? emptyTally()
    figure.tally(
      books,
      (entry) => (keyOf(entry) === null ? null : ''),
      () => total,
    )
  })
  return { rows, totals }
}

function cellsOf(figures: readonly Figure[], tallies: readonly Tally[] | undefined): Cells {
  return Object.fromEntries(
    figures.map((figure, at) => [figure.key, cellOf(figure, tallies?.[at] ?? emptyTally())]),
  )
}

function changesOf(figures: readonly Figure[], now: Cells, before: Cells): Record<string, Change> {
  const numberOf = (key: string) => {
    const cell = before[key]
    return typeof cell === 'number' ? cell : 0
  }
  return Object.fromEntries(
    figures.map(({ key, kind, restsOn }) => [
      key,
      changeOf(kind, {
        now: now[key] ?? null,
        before: before[key] ?? null,
        behind: restsOn === null ? 0 : numberOf(restsOn),
      }),
    ]),
  )
}

/** Rows without a name of their own come last; places in their order, the rest by how much there is. */
function sortKeys(
  by: Dimension,
  figures: readonly Figure[],
  keys: readonly string[],
  counted: readonly Counted[],
): string[] {
  if (by === 'floor') return keys.toSorted(compareFloors)
  const weights = new Map(
    keys.map((key) => [
      key,
      counted.map(({ rows }) =>
        figures.map((_, at) => {
          const tally = rows.get(key)?.[at]
          return tally === undefined ? 0 : Math.max(tally.of, Math.abs(tally.sum))
        }),
      ),
    ]),
  )
  const first = (key: string) => weights.get(key)?.flat() ?? []
  return keys.toSorted((a, b) => {
    if ((a === '') !== (b === '')) return a === '' ? 1 : -1
    const [left, right] = [first(a), first(b)]
    for (const [at, weight] of left.entries()) {
      const other = right[at] ?? 0
      if (weight !== other) return other - weight
    }
    return a.localeCompare(b)
  })
}

/** The table of a report; its periods are sound. Refuses names nobody knows. */
export async function makeTable(
  r: ReadHandle,
  setting: Setting,
  asked: Asked,
): Promise<ReportTable> {
  const { report, by, figures } = chooseReport(asked)
  const { params } = asked
  await requireKnown(r, params.filters)
  const period = { from: params.from, to: params.to }
  const compared = params.compareWith === null ? null : comparedPeriod(period, params.compareWith)
  const reader = openLedgers(r, setting)
  const read = (of: Period) => readBooks(reader, figures, { period: of, params })
  const now = count(figures, by, await read(period))
  const before = compared && count(figures, by, await read(compared))
  const people = await listPeople(r)
  const keys = rowKeys({ by, figures, period, compared, now, before })
  const rows = keys.map(({ key, beforeKey }): ReportRow => {
    const label = rowLabel(by, key, people)
    return {
      key,
      label,
      ...rowOf(figures, now.rows.get(key), before && before.rows.get(beforeKey)),
    }
  })
  // Floors stand in their own order: what the rows so far come to says nothing there.
  const pareto = isTime(by) || by === 'floor' ? null : report.pareto
  if (pareto !== null) addUpTo(rows, pareto)
  const chart = report.chart(by)
  const known = new Set(figures.map(({ key }) => key))
  const series = chart?.series.filter((key) => known.has(key)) ?? []
  return {
    id: report.id,
    title: titleOf(report.id),
    question: questionOf(report.id),
    ...period,
    by,
    compared,
    narrowed: narrowedTo(params, people),
    rowHead: dimensionName(by),
    currency: setting.currency,
    columns: columnsOf(figures, pareto),
    rows,
    totals: rowOf(figures, now.totals, before && before.totals),
    chart:
      chart === null || series.length === 0
        ? null
        : { kind: chart.kind, series, line: chart.kind === 'pareto' ? upTo : null },
    notes: report.notes.map((key) => ({ key, text: noteOf(key) })),
    signed: report.signed ?? false,
    leastForPercent,
    madeAt: setting.now,
  }
}

interface Keyed {
  key: string
  /** The same stretch of the other period; the same name of anything else. */
  beforeKey: string
}

function rowKeys(of: {
  by: Dimension
  figures: readonly Figure[]
  period: Period
  compared: Period | null
  now: Counted
  before: Counted | null
}): Keyed[] {
  const { by, figures, period, compared, now, before } = of
  if (isTime(by)) {
    const others = compared ? stretchesIn(by, compared) : []
    return stretchesIn(by, period).map((key, at) => ({ key, beforeKey: others[at] ?? '' }))
  }
  const counted = before ? [now, before] : [now]
  const keys = [...new Set(counted.flatMap(({ rows }) => [...rows.keys()]))]
  return sortKeys(by, figures, keys, counted).map((key) => ({ key, beforeKey: key }))
}

function rowOf(
  figures: readonly Figure[],
  now: readonly Tally[] | undefined,
  before: readonly Tally[] | null | undefined,
): Pick<ReportRow, 'cells' | 'before' | 'change'> {
  const cells = cellsOf(figures, now)
  if (before === null) return { cells, before: null, change: null }
  const others = cellsOf(figures, before)
  return { cells, before: others, change: changesOf(figures, cells, others) }
}

function columnsOf(figures: readonly Figure[], pareto: string | null): ReportColumn[] {
  return figures.flatMap(({ key, kind, adds }): ReportColumn[] => {
    const column = {
      key,
      label: columnName(key),
      kind,
      meaning: meaningOf(key),
      adds,
      opens: true,
    }
    if (key !== pareto) return [column]
    const sum = { key: upTo, label: columnName(upTo), meaning: meaningOf(upTo) }
    return [column, { ...sum, kind: 'share', adds: false, opens: false }]
  })
}

function narrowedTo(
  { filters }: ReportParams,
  people: ReadonlyMap<string, string>,
): ReportTable['narrowed'] {
  const names = ['floor', 'counter', 'vendor', 'category', 'class', 'person'] as const
  return names.flatMap((name) => {
    const value = filters[name]
    if (value === undefined) return []
    return [{ name: dimensionName(name), value: rowLabel(name, String(value), people) }]
  })
}

/** A page of what is behind a figure, and what all of it comes to. */
export interface FigureList {
  total: number
  sum: number | null
  items: ReportItem[]
}

/** What is behind one figure of a report: as many entries as it counts, the oldest first. */
export async function listFigure(
  r: ReadHandle,
  setting: Setting,
  asked: FigureAsked & { offset: number; limit: number },
): Promise<FigureList> {
  const { by, figures } = chooseReport(asked)
  const { params } = asked
  await requireKnown(r, params.filters)
  const figure = figures.find(({ key }) => key === asked.column) ?? refuse('reports.unknown_figure')
  const own = { from: params.from, to: params.to }
  const other = params.compareWith && comparedPeriod(own, params.compareWith)
  if (asked.compared && other === null) refuse('reports.unknown_figure')
  const period = asked.compared && other ? other : own
  const books = await readBooks(openLedgers(r, setting), [figure], { period, params })
  const row = asked.compared && isTime(by) ? stretchBefore(by, own, period, asked.row) : asked.row
  const listed = figure
    .list(books, keyBy(by), { row, part: asked.part })
    .toSorted((a, b) => a.entry.on.localeCompare(b.entry.on) || a.entry.id - b.entry.id)
  const page = listed.slice(asked.offset, asked.offset + asked.limit)
  return {
    total: listed.length,
    sum:
      figure.kind === 'money' ? listed.reduce((total, { value }) => total + (value ?? 0), 0) : null,
    items: await readItems(r, figure.ledger, page),
  }
}

function stretchBefore(
  by: 'day' | 'month' | 'quarter',
  own: Period,
  other: Period,
  row: string | null,
): string | null {
  if (row === null) return null
  return stretchesIn(by, other)[stretchesIn(by, own).indexOf(row)] ?? ''
}
