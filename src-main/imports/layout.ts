import type { DateOrder, DecimalMark } from './values.ts'
import { dateOrderEvidence, decimalEvidence, isYearLast, tidy } from './values.ts'
import type { Columns, ImportKind } from './headers.ts'
import { countLabels, isPaymentBill, kindOf, mapColumns } from './headers.ts'
import type { Row } from './tokenizer.ts'
import { tokenize } from './tokenizer.ts'

/** How a file is laid out, found from its first lines. */
export interface Layout {
  delimiter: string
  /** Physical line of the header, 1-based. */
  headerLine: number
  header: string[]
  /** Cells a data row has: at least the header's, more where every row carries more. */
  width: number
  /** The first data rows, for samples. */
  sample: Row[]
}

export const delimiters = [',', '\t', ';', '|', '，', '；'] as const

/** A preamble longer than this is not one. */
const searchedRows = 80
const sampledRows = 400

/**
 * Finds the delimiter and the header row together: the row with most known labels under the delimiter that shows
 * them. A file with no known label at all falls back to the first row of the most regular grid. Null when the text is
 * no grid of at least two columns.
 */
export function findLayout(text: string): Layout | null {
  let best: { score: number; delimiter: string; rows: Row[]; at: number } | null = null
  for (const delimiter of delimiters) {
    if (!text.includes(delimiter)) continue
    const rows = firstRows(text, delimiter)
    rows.slice(0, searchedRows).forEach((row, at) => {
      if (row.broken || row.cells.length < 2) return
      const labels = countLabels(row.cells)
      if (labels < 2) return
      const follow = likeRows(rows, at)
      const score = labels * 10 + Math.min(follow, 5) - at * 0.01
      if (!best || score > best.score) best = { score, delimiter, rows, at }
    })
  }
  const found = best ?? regularGrid(text)
  return found ? layoutAt(found.delimiter, found.rows, found.at) : null
}

function firstRows(text: string, delimiter: string): Row[] {
  const rows = tokenize(text, { delimiter })
  return rows.length > searchedRows + sampledRows ? rows.slice(0, searchedRows + sampledRows) : rows
}

/** How many of the next rows have about as many cells as the row at `at`. */
function likeRows(rows: readonly Row[], at: number): number {
  const width = usedWidth(rows[at]?.cells ?? [])
  return rows.slice(at + 1, at + 11).filter((row) => Math.abs(row.cells.length - width) <= 2).length
}

function regularGrid(text: string) {
  let best: { score: number; delimiter: string; rows: Row[]; at: number } | null = null
  for (const delimiter of delimiters) {
    if (!text.includes(delimiter)) continue
    const rows = firstRows(text, delimiter)
    const at = rows.findIndex((row) => !row.broken && row.cells.length > 1)
    if (at === -1) continue
    const width = rows[at]?.cells.length ?? 0
    const score = rows.filter((row) => row.cells.length === width).length * width
    if (!best || score > best.score) best = { score, delimiter, rows, at }
  }
  return best
}

function layoutAt(delimiter: string, rows: readonly Row[], at: number): Layout {
  const headerRow = rows[at]
  const header = (headerRow?.cells ?? []).map(tidy)
  while (header.length > 1 && header.at(-1) === '') header.pop()
  const sample = rows
    .slice(at + 1)
    .filter((row) => row.cells.some((cell) => cell.trim() !== ''))
    .slice(0, sampledRows)
  return {
    delimiter,
    headerLine: headerRow?.line ?? 1,
    header,
    width: Math.max(header.length, commonWidth(sample)),
    sample,
  }
}

/** The number of filled cells nine of ten rows have. */
function commonWidth(rows: readonly Row[]): number {
  const widths = new Map<number, number>()
  for (const row of rows) {
    const width = usedWidth(row.cells)
    widths.set(width, (widths.get(width) ?? 0) + 1)
  }
  for (const [width, count] of widths) if (count >= rows.length * 0.9) return width
  return 0
}

/** Cells up to the last one with anything in it. */
export function usedWidth(cells: readonly string[]): number {
  let width = cells.length
  while (width > 0 && (cells[width - 1] ?? '').trim() === '') width -= 1
  return width
}

export interface Suggestion {
  kind: ImportKind | 'payment_bill' | null
  columns: Columns
  dateOrder: DateOrder | null
  decimalMark: DecimalMark
}

const amountFields = [
  'paidAmount',
  'unitPrice',
  'receiptTotal',
  'refundAmount',
  'listAmount',
  'discountAmount',
  'listPrice',
] as const

/** What the header and the first rows suggest: the kind, the columns, the order of day and month, the decimal mark. */
export function suggest(layout: Layout): Suggestion {
  const columns = mapColumns(layout.header)
  const goods =
    columns.sku !== undefined || columns.barcode !== undefined || columns.qty !== undefined
  const kind = isPaymentBill(layout.header) && !goods ? 'payment_bill' : kindOf(columns)
  const cells = (index: number | undefined) =>
    index === undefined ? [] : layout.sample.map((row) => row.cells[index] ?? '')
  const dates = cells(columns.date ?? columns.joinedOn)
  const amounts = amountFields.flatMap((field) => cells(columns[field]))
  return {
    kind,
    columns,
    dateOrder: dates.some(isYearLast) ? columnDateOrder(dates) : 'ymd',
    decimalMark: columnDecimalMark(amounts, layout.delimiter) ?? '.',
  }
}

/** What a whole column proves; null when nothing does, or two cells contradict each other. */
export function columnDateOrder(cells: Iterable<string>): DateOrder | null {
  let found: DateOrder | null = null
  for (const cell of cells) {
    const proof = dateOrderEvidence(cell)
    if (proof === null) continue
    if (found !== null && found !== proof) return null
    found = proof
  }
  return found
}

/** The decimal mark most cells of a column prove; null when no cell does. */
export function columnDecimalMark(cells: readonly string[], delimiter: string): DecimalMark | null {
  let points = 0
  let commas = 0
  for (const cell of cells) {
    const proof = decimalEvidence(tidy(cell))
    if (proof === '.') points += 1
    else if (proof === ',') commas += 1
  }
  if (points === 0 && commas === 0) return null
  if (points === commas) return delimiter === ';' ? ',' : '.'
  return points > commas ? '.' : ','
}
