import { refuse } from '../foundation/errors.ts'
import type { Row } from './tokenizer.ts'

/** A list of records as exports in JSON write it, seen as a table. */
export interface JsonTable {
  header: string[]
  rows: Row[]
}

/** True for text that begins like a JSON list. */
export function looksLikeJson(text: string): boolean {
  return /^\s*\[\s*(?:\{|\])/.test(text)
}

/**
 * Reads `[{…}, {…}]` of flat records: each record is a row on the physical line it begins on, each key a column.
 * Refuses with `import.bad_json` what is no such list.
 */
export function readJsonTable(text: string): JsonTable {
  const records = splitRecords(text)
  const header: string[] = []
  const known = new Map<string, number>()
  const parsed = records.map((record) => ({ ...record, value: parseRecord(record.raw) }))
  for (const { value } of parsed) {
    for (const key of Object.keys(value ?? {})) {
      if (known.has(key)) continue
      known.set(key, header.length)
      header.push(key)
    }
  }
  const rows = parsed.map(({ raw, line, value }): Row => {
    if (!value) return { cells: [raw], line, raw, broken: 'quote' }
    const cells = header.map((key) => cellOf(value[key]))
    return { cells, line, raw }
  })
  return { header, rows }
}

function parseRecord(raw: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(raw)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function cellOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return value === null || value === undefined ? '' : JSON.stringify(value)
}

/** The records of the outermost list, each with the line it begins on. */
function splitRecords(text: string): { raw: string; line: number }[] {
  const records: { raw: string; line: number }[] = []
  let depth = 0
  let line = 1
  let start = -1
  let startLine = 1
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]
    if (letter === '\n') line += 1
    if (inString) {
      if (letter === '\\') at += 1
      else if (letter === '"') inString = false
    } else if (letter === '"') inString = true
    else if (letter === '{' || letter === '[') {
      depth += 1
      if (depth === 2 && letter === '{') {
        start = at
        startLine = line
      }
    } else if (letter === '}' || letter === ']') {
      depth -= 1
      if (depth === 1 && start !== -1) {
        records.push({ raw: text.slice(start, at + 1), line: startLine })
        start = -1
      }
    }
  }
  if (depth !== 0 || records.length === 0) refuse('import.bad_json')
  return records
}
