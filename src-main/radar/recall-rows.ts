import { isBusinessDate } from '../foundation/business-date.ts'
import type { NewRecall } from './notice-store.ts'

/** Heads of columns a list may use, whatever their order. */
const heads: Readonly<Record<keyof NewRecall, readonly string[]>> = {
  kind: ['类型', '性质', 'kind', 'type'],
  authority: ['发布机关', '机关', '发布单位', 'authority'],
  number: ['编号', '公告编号', '召回编号', '文号', 'number'],
  title: ['标题', '名称', '产品', '商品', 'title', 'product'],
  issuedOn: ['发布日期', '日期', '公告日期', 'date', 'issued_on'],
  barcode: ['条码', '条形码', '商品条码', 'barcode'],
  brand: ['品牌', '商标', 'brand'],
  model: ['型号', '规格型号', 'model'],
  batchNo: ['批次', '批号', '生产批号', 'batch'],
  duty: ['要求', '措施', '处置要求', 'duty'],
}

export type RowTrouble =
  | 'no_authority'
  | 'no_number'
  | 'no_title'
  | 'no_date'
  | 'no_goods'
  | 'too_long'

export interface RecallRows {
  rows: NewRecall[]
  rejected: { line: number; why: RowTrouble }[]
}

/** Longest entry of a field; the same limits as by hand. */
const longest: Readonly<Record<keyof NewRecall, number>> = {
  kind: 20,
  authority: 80,
  number: 60,
  title: 200,
  issuedOn: 10,
  barcode: 40,
  brand: 60,
  model: 60,
  batchNo: 60,
  duty: 1_000,
}

/** Cuts a CSV into cells; quotes may hold commas, quotes and line breaks. */
export function parseCells(text: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  let line = 1
  let begins = 1
  const endRow = () => {
    cells.push(cell)
    if (cells.some((each) => each.trim() !== '')) rows.push({ line: begins, cells })
    cells = []
    cell = ''
  }
  const source = text.replace(/^\ufeff/u, '')
  for (let at = 0; at < source.length; at += 1) {
    const letter = source.charAt(at)
    if (letter === '\n') line += 1
    if (isQuoted) {
      if (letter !== '"') cell += letter
      else if (source.charAt(at + 1) === '"') {
        cell += '"'
        at += 1
      } else isQuoted = false
    } else if (letter === '"' && cell === '') isQuoted = true
    else if (letter === ',' || letter === '\t') {
      cells.push(cell)
      cell = ''
    } else if (letter === '\n') {
      endRow()
      begins = line
    } else if (letter !== '\r') cell += letter
  }
  endRow()
  return rows
}

/** Reads a list of recalled goods; null where its first line names no column the list needs. */
export function readRecallRows(text: string): RecallRows | null {
  const [head, ...body] = parseCells(text)
  if (!head) return null
  const names = head.cells.map((cell) => cell.trim().toLowerCase())
  const columns = new Map<keyof NewRecall, number>()
  for (const field of Object.keys(heads) as (keyof NewRecall)[]) {
    const at = names.findIndex((name) => heads[field].includes(name))
    if (at >= 0) columns.set(field, at)
  }
  if (!columns.has('number') || !columns.has('authority')) return null
  const result: RecallRows = { rows: [], rejected: [] }
  for (const { line, cells } of body) {
    const field = (name: keyof NewRecall) => {
      const at = columns.get(name)
      return at === undefined ? '' : (cells[at] ?? '').replaceAll(/\p{Cc}/gu, ' ').trim()
    }
    const row = rowOf(field)
    const trouble = troubleOf(row)
    if (trouble) result.rejected.push({ line, why: trouble })
    else result.rows.push(row)
  }
  return result
}

function rowOf(field: (name: keyof NewRecall) => string): NewRecall {
  return {
    kind: /禁|ban/iu.test(field('kind')) ? 'ban' : 'recall',
    authority: field('authority'),
    number: field('number'),
    title: field('title'),
    issuedOn: plainDate(field('issuedOn')),
    barcode: field('barcode').replace(/^'/u, ''),
    brand: field('brand'),
    model: field('model'),
    batchNo: field('batchNo'),
    duty: field('duty'),
  }
}

/** 2026/3/5, 2026.03.05, 2026年3月5日 and 20260305 as `2026-03-05`. */
function plainDate(text: string): string {
  const found = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?$/u.exec(text)
  if (!found) return ''
  const [, year = '', month = '', day = ''] = found
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function troubleOf(row: NewRecall): RowTrouble | null {
  const tooLong = (Object.keys(longest) as (keyof NewRecall)[]).some(
    (name) => row[name].length > longest[name],
  )
  if (tooLong) return 'too_long'
  if (row.authority.length < 2) return 'no_authority'
  if (row.number === '') return 'no_number'
  if (row.title.length < 2) return 'no_title'
  if (!isBusinessDate(row.issuedOn)) return 'no_date'
  return row.barcode === '' && row.brand === '' && row.model === '' ? 'no_goods' : null
}
