import type { Row } from 'write-excel-file/node'
import writeExcelFile from 'write-excel-file/node'
import { csvText } from '../../foundation/csv.ts'
import { formatDecimal, minorDigits } from '../../foundation/money.ts'
import type {
  BothWords,
  Cell,
  exportFormats,
  Label,
  ReportColumn,
  ReportRow,
  ReportTable,
} from './contract.ts'
import { fileWord } from './words.ts'

type Language = keyof BothWords
type Format = (typeof exportFormats)[number]

interface Wanted {
  format: Format
  language: Language
  storeName: string
}

const mediaTypes: Record<Format, string> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** A report as a file: the same rows and figures as on the screen. Named by report, view and period. */
export async function reportFile(
  table: ReportTable,
  { format, language, storeName }: Wanted,
): Promise<{ fileName: string; content: Blob }> {
  const name = [table.title[language], table.rowHead[language], table.from, table.to]
    .join('-')
    .replaceAll(/[\\/:*?"<>|\p{Cc}\s]+/gu, '-')
  const fileName = `${name}.${format}`
  const type = mediaTypes[format]
  if (format === 'csv') {
    return { fileName, content: new Blob([csvText(csvRows(table, language))], { type }) }
  }
  const bytes = await workbook(table, language, storeName)
  return { fileName, content: new Blob([bytes], { type }) }
}

function say(label: Label, language: Language): string {
  return typeof label === 'string' ? label : label[language]
}

/** One column of a file: of a share there are two, what counts and what it is of. */
interface FileColumn {
  head: string
  kind: 'number' | 'money' | 'date' | 'text'
  read: (row: Pick<ReportRow, 'cells' | 'before' | 'change'>) => number | string | null
}

function fileColumns(table: ReportTable, language: Language): FileColumn[] {
  return table.columns.flatMap((column) => {
    const name = column.label[language]
    const now = valueColumns(column, name, language, ({ cells }) => cells[column.key] ?? null)
    if (table.compared === null) return now
    const word = (key: Parameters<typeof fileWord>[0]) => fileWord(key)[language]
    return [
      ...now,
      ...valueColumns(
        column,
        `${name} ${word('before')}`,
        language,
        ({ before }) => before?.[column.key] ?? null,
      ),
      {
        head: `${name} ${word('change')}`,
        kind: column.kind === 'money' ? ('money' as const) : ('number' as const),
        read: ({ change }) => change?.[column.key]?.by ?? null,
      },
      {
        head: `${name} ${word('changePercent')}`,
        kind: 'number' as const,
        read: ({ change }) => change?.[column.key]?.percent ?? null,
      },
    ]
  })
}

function valueColumns(
  { kind }: ReportColumn,
  head: string,
  language: Language,
  cell: (row: Pick<ReportRow, 'cells' | 'before' | 'change'>) => Cell,
): FileColumn[] {
  const plain = (row: Parameters<typeof cell>[0]) => {
    const value = cell(row)
    return typeof value === 'object' ? null : value
  }
  if (kind === 'share') {
    const part = (key: 'count' | 'of') => (row: Parameters<typeof cell>[0]) => {
      const value = cell(row)
      return typeof value === 'object' && value !== null ? value[key] : null
    }
    return [
      { head, kind: 'number', read: part('count') },
      { head: `${head} (${fileWord('of')[language]})`, kind: 'number', read: part('of') },
    ]
  }
  if (kind === 'money' || kind === 'date' || kind === 'text') return [{ head, kind, read: plain }]
  return [{ head, kind: 'number', read: plain }]
}

function csvRows(table: ReportTable, language: Language): string[][] {
  const columns = fileColumns(table, language)
  const text = ({ kind, read }: FileColumn, row: Parameters<FileColumn['read']>[0]) => {
    const value = read(row)
    if (value === null) return ''
    return kind === 'money' ? formatDecimal(Number(value), table.currency) : String(value)
  }
  return [
    [table.rowHead[language], ...columns.map(({ head }) => head)],
    ...table.rows.map((row) => [
      say(row.label, language),
      ...columns.map((column) => text(column, row)),
    ]),
    [fileWord('total')[language], ...columns.map((column) => text(column, table.totals))],
  ]
}

async function workbook(
  table: ReportTable,
  language: Language,
  storeName: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const columns = fileColumns(table, language)
  const digits = minorDigits(table.currency)
  const moneyFormat = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`
  const cellOf = ({ kind, read }: FileColumn, row: Parameters<FileColumn['read']>[0]) => {
    const value = read(row)
    if (value === null) return null
    // A spreadsheet knows no minor units: the figure is written from its decimal text, and the format shows it whole.
    if (kind === 'money') {
      const amount = Number(formatDecimal(Number(value), table.currency))
      return { type: Number, value: amount, format: moneyFormat }
    }
    if (kind === 'number') return { type: Number, value: Number(value), format: '#,##0' }
    if (kind === 'date') {
      return { type: Date, value: new Date(`${value}T00:00:00Z`), format: 'yyyy-mm-dd' }
    }
    return { type: String, value: String(value) }
  }
  const bold = (value: string) => ({ type: String, value, fontWeight: 'bold' as const })
  const nameOf = (row: ReportRow) =>
    table.by === 'day'
      ? { type: Date, value: new Date(`${row.key}T00:00:00Z`), format: 'yyyy-mm-dd' }
      : { type: String, value: say(row.label, language) }
  const rows: Row[] = [
    [bold(table.rowHead[language]), ...columns.map(({ head }) => bold(head))],
    ...table.rows.map((row) => [nameOf(row), ...columns.map((column) => cellOf(column, row))]),
    [
      bold(fileWord('total')[language]),
      ...columns.map((column) => {
        const cell = cellOf(column, table.totals)
        return cell && { ...cell, fontWeight: 'bold' as const }
      }),
    ],
  ]
  const file = writeExcelFile([
    {
      data: rows,
      sheet: table.title[language].slice(0, 31),
      columns: [{ width: 24 }, ...columns.map(() => ({ width: 14 }))],
      orientation: 'landscape',
      stickyRowsCount: 1,
    },
    {
      data: noteRows(table, language, storeName),
      sheet: fileWord('notes')[language],
      columns: [{ width: 24 }, { width: 100 }],
    },
  ])
  return new Uint8Array(await file.toBuffer())
}

/** What the figures are and what they are not: a sheet of its own, so that the first one stays a plain table. */
function noteRows(table: ReportTable, language: Language, storeName: string): Row[] {
  const word = (key: Parameters<typeof fileWord>[0]) => fileWord(key)[language]
  const { compared } = table
  const pairs: [string, string][] = [
    [word('store'), storeName],
    [word('question'), table.question[language]],
    [word('period'), `${table.from} – ${table.to}`],
    ...(compared
      ? [[word('compared'), `${compared.from} – ${compared.to}`] as [string, string]]
      : []),
    ...table.narrowed.map(({ name, value }): [string, string] => [
      `${word('narrowed')}: ${name[language]}`,
      say(value, language),
    ]),
    [word('madeAt'), table.madeAt],
    ...table.columns.map(({ label, meaning }): [string, string] => [
      label[language],
      meaning[language],
    ]),
    ...table.notes.map(({ text }): [string, string] => [word('notes'), text[language]]),
  ]
  return pairs.map(([name, text]) => [
    { type: String, value: name, fontWeight: 'bold' },
    { type: String, value: text },
  ])
}
