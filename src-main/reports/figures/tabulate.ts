/** From ledger entries to the cells of a table, and from a cell back to its entries; pure. */
import { quantileOf } from '../../foundation/quantile.ts'
import type { Cell, CellKind, Dimension, ReportFilters, ReportRow } from './contract.ts'
import type { BaseEntry, LedgerName, Ledgers } from './ledgers.ts'
import { ledgerDimensions } from './ledgers.ts'
import { isTime, timeKey } from './rules.ts'

/** Entries of the ledgers a report reads, each once. */
export type Books = { readonly [Name in LedgerName]?: readonly Ledgers[Name][] }

interface Meaning<Entry> {
  /** Which entries it counts; of a share, which of those it is of. All where it is left out. */
  counts?: (entry: Entry) => boolean
  /** Which entries a share is of; all where it is left out. */
  of?: (entry: Entry) => boolean
  /** What an entry adds: money, or the days or minutes a median is taken of; null adds nothing and is not listed. */
  value?: (entry: Entry) => number | null
  /** How far up the sorted days or minutes; the one in the middle where it is left out. */
  place?: number
}

/** A figure of a report: a column, before it is counted. */
export interface Figure {
  key: string
  kind: CellKind
  ledger: LedgerName
  /** Only where a report is read by one of these. */
  only: readonly Dimension[] | null
  /** The count an amount rests on, for the care with small numbers. */
  restsOn: string | null
  adds: boolean
  /** How far up the sorted values its middle lies. */
  place: number
  /** Counts entries into groups. */
  tally(books: Books, keyOf: KeyOf, into: (key: string) => Tally): void
  /** The entries behind it, with what each adds. */
  list(books: Books, keyOf: KeyOf, asked: { row: string | null; part: 'count' | 'of' }): Listed[]
}

export interface Listed {
  entry: BaseEntry
  value: number | null
}

type KeyOf = (entry: BaseEntry) => string | null

/** What a group came to so far. */
export interface Tally {
  count: number
  of: number
  sum: number
  values: number[]
}

export function emptyTally(): Tally {
  return { count: 0, of: 0, sum: 0, values: [] }
}

interface Options {
  only?: readonly Dimension[]
  restsOn?: string
  /** False for a count that does not sum, as different customers of different months. */
  adds?: boolean
}

/** A figure of one ledger. */
export function figure<Name extends LedgerName>(
  ledger: Name,
  key: string,
  kind: CellKind,
  meaning: Meaning<Ledgers[Name]> = {},
  { only, restsOn, adds }: Options = {},
): Figure {
  const isOf = meaning.of ?? (() => true)
  const isCounted = meaning.counts ?? (() => true)
  const valueOf = meaning.value
  const isMiddle = kind === 'days' || kind === 'minutes'
  const read = (books: Books): readonly Ledgers[Name][] => books[ledger] ?? []
  return {
    key,
    kind,
    ledger,
    only: only ?? null,
    restsOn: restsOn ?? null,
    adds: adds ?? (kind === 'count' || kind === 'money' || kind === 'share'),
    place: meaning.place ?? 0.5,
    tally: (books, keyOf, into) => {
      for (const entry of read(books)) {
        if (!isOf(entry)) continue
        const row = keyOf(entry)
        if (row === null) continue
        const tally = into(row)
        tally.of += 1
        if (!isCounted(entry)) continue
        if (valueOf === undefined) {
          tally.count += 1
          continue
        }
        const value = valueOf(entry)
        if (value === null) continue
        tally.count += 1
        tally.sum += value
        if (isMiddle) tally.values.push(value)
      }
    },
    list: (books, keyOf, { row, part }) =>
      read(books).flatMap((entry): Listed[] => {
        if (!isOf(entry)) return []
        const key = keyOf(entry)
        if (key === null || (row !== null && key !== row)) return []
        if (part === 'of') return [{ entry, value: null }]
        if (!isCounted(entry)) return []
        const value = valueOf?.(entry)
        return value === null ? [] : [{ entry, value: value ?? null }]
      }),
  }
}

/** A tally as a cell; a median nobody stands behind is not known. */
export function cellOf({ kind, place }: Pick<Figure, 'kind' | 'place'>, tally: Tally): Cell {
  switch (kind) {
    case 'money':
      return tally.sum
    case 'share':
      return { count: tally.count, of: tally.of }
    case 'days':
    case 'minutes':
      return quantileOf(
        tally.values.toSorted((a, b) => a - b),
        place,
      )
    case 'count':
    case 'text':
    case 'date':
      return tally.count
  }
}

/** The row an entry belongs to; null where its ledger knows nothing of that. */
export function keyBy(by: Dimension): KeyOf {
  if (isTime(by)) return (entry) => timeKey(by, entry.on)
  return (entry) => entry[by] ?? null
}

/** True where a ledger can be read by this. */
export function knows(ledger: LedgerName, by: Dimension): boolean {
  const known: readonly Dimension[] = ledgerDimensions[ledger]
  return isTime(by) || known.includes(by)
}

const dimensionOf: Record<keyof ReportFilters, Dimension> = {
  floor: 'floor',
  counter: 'counter',
  vendor: 'vendor',
  category: 'category',
  class: 'class',
  person: 'person',
}

function askedFilters(filters: ReportFilters): [Dimension, string][] {
  const names = Object.keys(dimensionOf) as (keyof ReportFilters)[]
  return names.flatMap((name): [Dimension, string][] => {
    const value = filters[name]
    return value === undefined ? [] : [[dimensionOf[name], String(value)]]
  })
}

/** True where the ledger knows everything a report is narrowed to. */
export function canNarrow(ledger: LedgerName, filters: ReportFilters): boolean {
  return askedFilters(filters).every(([by]) => knows(ledger, by))
}

/** Entries a report is narrowed to. */
export function narrow<Entry extends BaseEntry>(
  entries: readonly Entry[],
  filters: ReportFilters,
): readonly Entry[] {
  const asked = askedFilters(filters)
  if (asked.length === 0) return entries
  return entries.filter((entry) => asked.every(([by, value]) => keyBy(by)(entry) === value))
}

/** The column of what the rows so far come to. */
export const upTo = 'upTo'

/** What the rows so far come to of all, from the most frequent one down (domain.md §3.6 row 123). */
export function addUpTo(rows: readonly Pick<ReportRow, 'cells'>[], pareto: string): void {
  const valueOf = ({ cells }: Pick<ReportRow, 'cells'>) => {
    const cell = cells[pareto]
    return typeof cell === 'number' ? cell : 0
  }
  const of = rows.reduce((sum, row) => sum + valueOf(row), 0)
  let count = 0
  for (const row of rows.toSorted((a, b) => valueOf(b) - valueOf(a))) {
    count += valueOf(row)
    row.cells[upTo] = { count, of }
  }
}
