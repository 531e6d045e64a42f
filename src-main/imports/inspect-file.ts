import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import path from 'node:path'

import { refuse, type RefusalParams, type RefusalReason } from '../foundation/errors.ts'
import { detectEncoding, readText } from './encoding.ts'
import { columnsFor, type ImportField, type ImportKind, missingFields } from './headers.ts'
import type { FileForm, Mapping } from './job.ts'
import { looksLikeJson, readJsonTable } from './json-rows.ts'
import { findLayout, type Layout, suggest, type Suggestion } from './layout.ts'

/** Text looked at to find the header and to show samples. */
const inspectedBytes = 512 * 1024
/** A look must not keep a window waiting: the import itself checks the encoding of the whole file. */
const encodingLookBytes = 32 * 1024 * 1024
/** A JSON list is read whole. */
const largestJson = 64 * 1024 * 1024

/** What a look at a file finds out. */
export interface Inspection {
  form: FileForm
  layout: Layout
  /** Null where the header tells no kind. */
  kind: ImportKind | null
  mapping: Mapping
  firstLines: { lineNo: number; text: string }[]
  problems: { reason: string; params: RefusalParams }[]
  /** Why the header is none of a file the desk imports; null where it is one. */
  foreign: { reason: RefusalReason; params: RefusalParams } | null
}

/**
 * Looks at a file and suggests how to read it. Refuses with a reason of its own what can never be imported: a folder,
 * an empty file, a spreadsheet or PDF, a file without a grid. What a person could still map is a problem, not a
 * refusal.
 *
 * @param name what the file is called on screen; the path may be a temporary one.
 */
export function inspectFile(
  file: string,
  name: string,
  wanted: ImportKind | null = null,
): Inspection {
  requireText(file, name)
  const { encoding, bomLength } = detectEncoding(file, encodingLookBytes)
  let text = ''
  for (const chunk of readText(file, { encoding, bomLength }, inspectedBytes)) text += chunk.text
  const size = statSync(file).size
  const isJson = looksLikeJson(text)
  const layout = isJson
    ? jsonLayout(file, { encoding, bomLength }, size)
    : findLayout(wholeLines(text, size))
  if (!layout) refuse('import.no_header', { fileName: name })
  const found = suggest(layout)
  const kind = wanted ?? (found.kind === 'payment_bill' ? null : found.kind)
  const foreign = foreignFile(name, layout, found)
  const mapping: Mapping = {
    kind: kind ?? 'sales',
    columns: columnsFor(kind ?? 'sales', found.columns),
    dateOrder: found.dateOrder,
    decimalMark: found.decimalMark,
  }
  return {
    form: {
      path: file,
      name,
      size,
      encoding,
      bomLength,
      delimiter: layout.delimiter,
      headerLine: layout.headerLine,
      header: layout.header,
      width: layout.width,
      floatCodes: floatCodes(layout, mapping),
    },
    layout,
    kind,
    mapping,
    firstLines: firstLinesOf(text),
    problems: problemsOf(name, layout, mapping, kind, foreign),
    foreign,
  }
}

/**
 * Refuses a mapping that lacks a column it cannot do without, with the one that is missing; a file that is plainly
 * something else is refused as what it is.
 */
export function requireMapping(inspection: Inspection, mapping: Mapping): void {
  const [first, ...others] = missingFields(mapping.kind, mapping.columns)
  if (first === undefined) return
  const { foreign } = inspection
  if (foreign && (others.length > 0 || foreign.reason === 'import.payment_bill')) {
    refuse(foreign.reason, foreign.params)
  }
  refuse(`import.lacks_${first}`, { fileName: inspection.form.name })
}

/** The form and mapping an import of `inspection` with the person's own `mapping` runs on. */
export function formFor(inspection: Inspection, mapping: Mapping): FileForm {
  return { ...inspection.form, floatCodes: floatCodes(inspection.layout, mapping) }
}

const magic: [type: string, bytes: string][] = [
  ['XLSX', '504b0304'],
  ['ZIP', '504b0506'],
  ['PDF', '25504446'],
  ['PNG', '89504e47'],
  ['JPEG', 'ffd8ff'],
  ['XLS', 'd0cf11e0'],
  ['GZIP', '1f8b'],
  ['RAR', '526172211a'],
  ['7Z', '377abcaf'],
  ['SQLite', '53514c697465'],
  ['RTF', '7b5c727466'],
]

/** Endings of text files: bytes no text has are then damage, or another file under this name. */
const namesOfText = new Set(['', 'CSV', 'TSV', 'TXT', 'TAB', 'JSON'])

function requireText(file: string, name: string): void {
  const handle = openForReading(file, name)
  try {
    const stat = fstatSync(handle)
    if (stat.isDirectory()) refuse('import.is_directory', { fileName: name })
    if (!stat.isFile()) refuse('import.wrong_file_type', { fileName: name, type: '?' })
    const head = Buffer.alloc(Math.min(4096, stat.size))
    const got = readSync(handle, head, 0, head.length, 0)
    if (got === 0) refuse('import.empty_file', { fileName: name })
    const bytes = head.subarray(0, got)
    const hex = bytes.subarray(0, 8).toString('hex')
    const type = magic.find(([, start]) => hex.startsWith(start))?.[0]
    if (type !== undefined) {
      const extension = path.extname(name).slice(1).toUpperCase()
      const isOffice = type === 'XLSX' && extension !== '' && extension !== 'CSV'
      refuse('import.wrong_file_type', { fileName: name, type: isOffice ? extension : type })
    }
    const isUtf16 = hex.startsWith('fffe') || hex.startsWith('feff')
    if (!isUtf16 && bytes.includes(0)) {
      const extension = path.extname(name).slice(1).toUpperCase()
      if (namesOfText.has(extension)) refuse('import.not_text', { fileName: name })
      refuse('import.wrong_file_type', { fileName: name, type: extension })
    }
    const text = bytes.toString('latin1')
    if (/^\s*(?:<!doctype|<html|<table|<\?xml)/i.test(text.replace(/^ï»¿/, ''))) {
      refuse('import.wrong_file_type', {
        fileName: name,
        type: /<\?xml/i.test(text) ? 'XML' : 'HTML',
      })
    }
    if (text.replace(/^ï»¿/, '').trim() === '' && stat.size <= got) {
      refuse('import.empty_file', { fileName: name })
    }
  } finally {
    closeSync(handle)
  }
}

function openForReading(file: string, name: string): number {
  try {
    return openSync(file, 'r')
  } catch (error) {
    const cause = String((error as NodeJS.ErrnoException).code)
    refuse('import.file_unreadable', { fileName: name, cause }, error)
  }
}

function jsonLayout(
  file: string,
  encoding: ReturnType<typeof detectEncoding>,
  size: number,
): Layout | null {
  if (size > largestJson) {
    refuse('import.file_too_large', {
      fileName: path.basename(file),
      limitMb: largestJson / 1024 / 1024,
    })
  }
  let whole = ''
  for (const { text } of readText(file, encoding)) whole += text
  const { header, rows } = readJsonTable(whole)
  return {
    delimiter: 'json',
    headerLine: 1,
    header,
    width: header.length,
    sample: rows.slice(0, 400),
  }
}

/** Drops a last line the inspected piece may have cut. */
function wholeLines(text: string, size: number): string {
  if (size <= inspectedBytes) return text
  const end = text.lastIndexOf('\n')
  return end === -1 ? text : text.slice(0, end + 1)
}

function firstLinesOf(text: string): { lineNo: number; text: string }[] {
  return text
    .split(/\r\n|\n|\r/, 60)
    .slice(0, 50)
    .map((line, index) => ({ lineNo: index + 1, text: line.slice(0, 500) }))
}

/** Columns of numbers that are names whose every sample was written as a float: `17850.0`. */
function floatCodes(layout: Layout, mapping: Mapping): ImportField[] {
  const fields: ImportField[] = [
    'memberNo',
    'receiptNo',
    'sku',
    'barcode',
    'till',
    'store',
    'originalReceiptNo',
  ]
  return fields.filter((field) => {
    const index = mapping.columns[field]
    if (index === undefined) return false
    const cells = layout.sample
      .map((row) => (row.cells[index] ?? '').trim())
      .filter((cell) => cell !== '')
    return cells.length > 0 && cells.every((cell) => /^\d+\.0$/.test(cell))
  })
}

function foreignFile(name: string, layout: Layout, found: Suggestion): Inspection['foreign'] {
  if (found.kind === 'payment_bill')
    return { reason: 'import.payment_bill', params: { fileName: name } }
  if (found.kind !== null) return null
  if (layout.header.length === 2 && layout.header.every((label) => label.includes('单位'))) {
    return { reason: 'import.units_table', params: { fileName: name } }
  }
  const header = layout.header.slice(0, 12).join(' | ').slice(0, 160)
  return { reason: 'import.not_sales_file', params: { fileName: name, header } }
}

function problemsOf(
  name: string,
  layout: Layout,
  mapping: Mapping,
  kind: ImportKind | null,
  foreign: Inspection['foreign'],
): Inspection['problems'] {
  if (foreign && (kind === null || foreign.reason === 'import.payment_bill')) return [foreign]
  const problems: Inspection['problems'] = missingFields(mapping.kind, mapping.columns).map(
    (field) => ({
      reason: `import.lacks_${field}`,
      params: { fileName: name },
    }),
  )
  if (mapping.dateOrder === null && mapping.columns.date !== undefined) {
    const index = mapping.columns.date
    problems.push({
      reason: 'import.date_ambiguous',
      params: {
        column: layout.header[index] ?? '',
        value: (layout.sample[0]?.cells[index] ?? '').slice(0, 80),
      },
    })
  }
  return problems
}
