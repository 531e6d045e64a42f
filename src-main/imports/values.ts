/**
 * What a cell says, read strictly: a value that can be read two ways, or not at all, is refused with a reason instead
 * of guessed (domain.md §5.5). Decimals are held as integer millionths (`micro`), so sums are exact.
 */
export type Micro = number

/** Why a cell could not be read; keys of `errors.json`. */
export type CellProblem =
  | 'import.bad_amount'
  | 'import.amount_ambiguous'
  | 'import.amount_too_large'
  | 'import.bad_quantity'
  | 'import.quantity_too_fine'
  | 'import.bad_date'
  | 'import.impossible_date'
  | 'import.date_ambiguous'
  | 'import.date_serial'
  | 'import.bad_time'
  | 'import.code_damaged'

export type DecimalMark = '.' | ','
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

export const microPerUnit = 1_000_000

const plainDecimal = /^-?\d{1,9}(?:\.\d{1,6})?$/
const decorated =
  /^(?:人民币|CNY|RMB|USD|GBP|EUR|HKD)?([¥￥£$€]|HK\$|US\$)?([\d.,'\s]+)([¥￥£$€元圆])?(?:CNY|RMB|USD|GBP|EUR|HKD)?整?$/i
const refundNote = /^(.*?)[(（]已(?:全额)?退款\s*[¥￥]?([\d.,]*)[)）]$/

export interface Amount {
  micro: Micro
  /** The cell says that this much of it was paid back already: `131.77(已退款89.84)`. */
  refunded?: Micro
}

/** An amount of money, or why it is none. An empty cell is `null`. */
export function parseAmount(cell: string, mark: DecimalMark = '.'): Amount | null | CellProblem {
  if (mark === '.' && plainDecimal.test(cell)) return { micro: plainMicro(cell) }
  const text = tidy(cell)
  if (text === '') return null
  const note = refundNote.exec(text)
  if (note) return amountWithRefund(note[1] ?? '', note[2] ?? '', mark)
  const micro = parseDecimal(text, mark)
  return typeof micro === 'string' ? micro : { micro }
}

function amountWithRefund(amount: string, refund: string, mark: DecimalMark): Amount | CellProblem {
  const micro = parseDecimal(amount, mark)
  if (typeof micro === 'string') return micro
  if (refund === '') return { micro, refunded: micro }
  const refunded = parseDecimal(refund, mark)
  if (typeof refunded === 'string') return refunded
  return refunded > micro ? 'import.bad_amount' : { micro, refunded }
}

/** Fast path: digits with at most six decimals, no separators. */
function plainMicro(text: string): Micro {
  const point = text.indexOf('.')
  if (point === -1) return Number(text) * microPerUnit
  const whole = Number(text.slice(0, point))
  const rest = text.slice(point + 1)
  const fraction = Number(rest) * 10 ** (6 - rest.length)
  const negative = text.charCodeAt(0) === 45
  return (
    Math.abs(whole) * microPerUnit * (negative ? -1 : 1) + (negative ? -fraction : fraction) || 0
  )
}

/** Cells come padded, wrapped as `="0012"` for spreadsheets, in full-width digits, with no-break spaces. */
export function tidy(cell: string): string {
  let text = cell
  if (/[\u0080-\uffff]/.test(text)) {
    text = text.replace(/[\u200b-\u200d\u2060\ufeff]/g, '').normalize('NFKC')
  }
  text = text.trim()
  const wrapped = /^="(.*)"$/s.exec(text)
  return wrapped ? (wrapped[1] ?? '').trim() : text
}

function parseDecimal(text: string, mark: DecimalMark): Micro | CellProblem {
  let body = text.trim()
  let negative = false
  const bracketed = /^[(（](.*)[)）]$/.exec(body)
  if (bracketed) {
    negative = true
    body = (bracketed[1] ?? '').trim()
  }
  const signed = /^([¥￥£$€]?)\s*([+\-−－])\s*(.*)$/.exec(body) ?? /^()(.*?)\s*([-−])$/.exec(body)
  if (signed) {
    const trailing = /^[-−]$/.test(signed[3] ?? '')
    const sign = trailing ? '-' : (signed[2] ?? '')
    body = (signed[1] ?? '') + (trailing ? (signed[2] ?? '') : (signed[3] ?? ''))
    if (sign !== '+') negative = !negative
  }
  const match = decorated.exec(body)
  if (!match) return 'import.bad_amount'
  const micro = separatedDecimal((match[2] ?? '').trim().replace(/[\s']/g, ''), mark)
  if (typeof micro === 'string') return micro
  return negative ? -micro || 0 : micro
}

const grouped = { '.': /^\d{1,3}(?:,\d{3})+$/, ',': /^\d{1,3}(?:\.\d{3})+$/ }
const indianGrouped = /^\d{1,3}(?:,\d{2})*,\d{3}$/

/** Digits with separators: the last separator is the decimal mark unless it plainly groups thousands. */
function separatedDecimal(digits: string, mark: DecimalMark): Micro | CellProblem {
  const other = mark === '.' ? ',' : '.'
  const at = digits.lastIndexOf(mark)
  const whole = at === -1 ? digits : digits.slice(0, at)
  const fraction = at === -1 ? '' : digits.slice(at + 1)
  if (!/^\d*$/.test(fraction) || (whole === '' && fraction === '')) return 'import.bad_amount'
  let plainWhole = whole
  if (whole.includes(other)) {
    const fits = grouped[mark].test(whole) || (mark === '.' && indianGrouped.test(whole))
    if (!fits) return 'import.bad_amount'
    plainWhole = whole.replaceAll(other, '')
  }
  if (!/^\d*$/.test(plainWhole)) return 'import.bad_amount'
  return toMicro(plainWhole || '0', fraction)
}

/** More than six decimals are the noise of printed floats: rounded half up at the sixth. */
function toMicro(whole: string, fraction: string): Micro | CellProblem {
  if (whole.replace(/^0+/, '').length > 9) return 'import.amount_too_large'
  const kept = fraction.slice(0, 6).padEnd(6, '0')
  const roundsUp = (fraction.charCodeAt(6) || 48) >= 53
  return Number(whole) * microPerUnit + Number(kept) + (roundsUp ? 1 : 0)
}

/** What a column of amounts says about its decimal mark: a comma no thousands separator would stand at decides. */
export function decimalEvidence(cell: string): DecimalMark | null {
  if (!cell.includes(',')) return /\d\.(?:\d{1,2}|\d{4,})\D*$/.test(cell) ? '.' : null
  const comma = cell.lastIndexOf(',')
  const point = cell.lastIndexOf('.')
  if (point !== -1) return point > comma ? '.' : ','
  const after = /^,(\d+)\D*$/.exec(cell.slice(comma))?.[1] ?? ''
  const commas = cell.split(',').length - 1
  return commas === 1 && after.length !== 3 ? ',' : null
}

/** A quantity in thousandths; more than three decimals are finer than any scale of a till and refused. */
export function parseQuantity(cell: string, mark: DecimalMark = '.'): number | null | CellProblem {
  if (/^-?\d{1,7}$/.test(cell)) return Number(cell) * 1000 || 0
  const text = tidy(cell).replace(/\s*(?:件|个|只|盒|袋|瓶|箱|条|双|套|台|公斤|千克|kg|pcs)$/i, '')
  if (text === '') return null
  if (/[¥￥£$€元]/.test(text)) return 'import.bad_quantity'
  const micro = parseDecimal(text, mark)
  if (typeof micro === 'string') return 'import.bad_quantity'
  if (Math.abs(micro) > 9_000_000 * microPerUnit) return 'import.bad_quantity'
  return micro % 1000 === 0 ? micro / 1000 || 0 : 'import.quantity_too_fine'
}

const excelDamage = /^[+-]?\d+(?:[.,]\d+)?E\+\d+$/i

/**
 * A number that is a name: kept as it stands, leading zeros included, without the padding exports put around it.
 * `6.9E+12` is a code a spreadsheet has destroyed: refused.
 */
export function parseCode(cell: string): { code: string } | 'import.code_damaged' {
  const code = tidyCode(cell)
  if (code.includes('+') && excelDamage.test(code)) return 'import.code_damaged'
  if (code.startsWith('###')) return 'import.code_damaged'
  return { code }
}

/** Blanks of any script and marks nobody sees. */
function isPadding(code: number): boolean {
  return (
    code <= 32 ||
    code === 0xa0 ||
    code === 0x3000 ||
    (code >= 0x2000 && code <= 0x206f) ||
    code === 0xfeff
  )
}

/** A text as it stands, without the padding and the invisible marks exports put around it, on one line. */
export function tidyText(cell: string): string {
  let text = cell
  const first = text.charCodeAt(0)
  if (isPadding(first) || isPadding(text.charCodeAt(text.length - 1))) {
    text = text.replace(/^[\u200b-\u200d\u2060\ufeff]+|[\u200b-\u200d\u2060\ufeff]+$/g, '').trim()
  }
  const wrapped = first === 61 ? /^="(.*)"$/s.exec(text) : null
  if (wrapped) text = (wrapped[1] ?? '').trim()
  return text.includes('\n') || text.includes('\r') ? text.replace(/\s*[\r\n]+\s*/g, ' ') : text
}

export function tidyCode(cell: string): string {
  let text = cell
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  if (first <= 32 || last <= 32 || first > 127 || last > 127) text = tidy(text)
  if (first === 61) text = tidy(text)
  return text.charCodeAt(0) === 39 ? text.slice(1) : text
}

/** A time of day, `HH:mm:ss[.SSS]`. */
export type ClockTime = `${string}:${string}:${string}`

/** The figures of a date and time, in the wall clock of the file. */
export interface LocalMoment {
  date: string
  /** Null where the cell has a date alone. */
  time: ClockTime | null
  /** Minutes east of UTC where the cell says so; else the store's own zone is meant. */
  offset: number | null
}

const isoLike = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(.+))?$/
const chinese = /^(\d{4})年(\d{1,2})月(\d{1,2})日?(?:\s*(.+))?$/
const compact = /^(\d{4})(\d{2})(\d{2})(?:[T\s]*(\d{2}:?\d{2}(?::?\d{2}(?:\.\d{1,3})?)?))?$/
const dayFirst = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T\s]+(.+))?$/
const serial = /^[2-6]\d{4}(?:\.\d+)?$/

/**
 * A date with or without its time: 2025/7/4, 2025-07-04, 20250704, 2025年7月4日, 2024/1/1 8:41, ISO with zone. Day or
 * month first is read only in the order the whole column proves; an impossible date such as 29 February 2025 is
 * refused.
 */
export function parseMoment(
  cell: string,
  order: DateOrder | null = null,
): LocalMoment | null | CellProblem {
  const text = tidy(cell)
  if (text === '') return null
  const yearFirst = compact.exec(text) ?? isoLike.exec(text) ?? chinese.exec(text)
  if (yearFirst) return moment(yearFirst[1], yearFirst[2], yearFirst[3], yearFirst[4])
  const other = dayFirst.exec(text)
  if (other) {
    const resolved = order === 'dmy' || order === 'mdy' ? order : dateOrderEvidence(text)
    if (resolved === null || resolved === 'ymd') return 'import.date_ambiguous'
    const [day, month] = resolved === 'dmy' ? [other[1], other[2]] : [other[2], other[1]]
    return moment(other[3], month, day, other[4])
  }
  return serial.test(text) ? 'import.date_serial' : 'import.bad_date'
}

function moment(year = '', month = '', day = '', rest?: string): LocalMoment | CellProblem {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  if (m < 1 || m > 12 || d < 1 || d > daysInMonth(y, m)) return 'import.impossible_date'
  if (y < 1990 || y > 2100) return 'import.impossible_date'
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (rest === undefined || rest.trim() === '') return { date, time: null, offset: null }
  const zone = /\s*(Z|[+-]\d{2}:?\d{2})$/i.exec(rest)
  const clock = zone ? rest.slice(0, zone.index) : rest
  const time = parseTime(clock)
  if (time === null || time === 'import.bad_time') return 'import.bad_time'
  return { date, time, offset: zone ? zoneMinutes(zone[1] ?? 'Z') : null }
}

function zoneMinutes(zone: string): number {
  if (/^z$/i.test(zone)) return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

const clockTime =
  /^(上午|下午|中午|凌晨|晚上)?\s*(\d{1,2})\s*[:时点]\s*(\d{1,2})(?:\s*[:分]\s*(?:(\d{1,2})(?:[.,](\d{1,7}))?)?)?秒?\s*(AM|PM|A\.M\.|P\.M\.)?$/i

/** A time of day as `HH:mm:ss[.SSS]`: 8:41, 09:15:07.924, 081500, 下午2:30, 2:30 PM, 14时30分. */
export function parseTime(cell: string): ClockTime | null | 'import.bad_time' {
  const text = tidy(cell)
  if (text === '') return null
  const digits = /^(\d{2})(\d{2})(\d{2})?$/.exec(text)
  if (digits) return timeOf(Number(digits[1]), digits[2] ?? '', digits[3] ?? '00', '')
  const match = clockTime.exec(text)
  if (!match) return 'import.bad_time'
  const hour = Number(match[2])
  const half = match[1] ?? match[6] ?? ''
  const isAfternoon = /^(?:下午|晚上|PM|P\.M\.)$/i.test(half)
  const isMorning = /^(?:上午|凌晨|AM|A\.M\.)$/i.test(half)
  if ((isAfternoon || isMorning) && match[6] && (hour < 1 || hour > 12)) return 'import.bad_time'
  const hour24 = isAfternoon && hour < 12 ? hour + 12 : isMorning && hour === 12 ? 0 : hour
  return timeOf(hour24, match[3] ?? '', match[4] ?? '00', match[5] ?? '')
}

function timeOf(
  hour: number,
  minute: string,
  second: string,
  fraction: string,
): ClockTime | 'import.bad_time' {
  if (hour > 23 || Number(minute) > 59 || Number(second) > 59) return 'import.bad_time'
  const millis = fraction === '' ? '' : `.${fraction.slice(0, 3).padEnd(3, '0')}`
  return `${String(hour).padStart(2, '0')}:${minute.padStart(2, '0')}:${second.padStart(2, '0')}${millis}`
}

/** What one cell proves about the order of day and month: 13/2/2025 is day first; 3/2/2025 proves nothing. */
export function dateOrderEvidence(cell: string): DateOrder | null {
  const match = dayFirst.exec(tidy(cell))
  if (!match) return null
  const [first, second] = [Number(match[1]), Number(match[2])]
  if (first > 12 && second <= 12) return 'dmy'
  if (second > 12 && first <= 12) return 'mdy'
  return null
}

/** True for a date written with the year last, whose order of day and month has to be proved. */
export function isYearLast(cell: string): boolean {
  return dayFirst.test(tidy(cell))
}

const yes = new Set([
  '是',
  'y',
  'yes',
  'true',
  '1',
  '√',
  '✓',
  'x',
  '退回',
  '已退回',
  '退货',
  '已退货',
  '有',
  'returned',
])
const no = new Set(['否', 'n', 'no', 'false', '0', '', '无', '×', '-', 'none'])

/** A yes/no cell; null when it is neither. */
export function parseFlag(cell: string): boolean | null {
  const text = tidy(cell).toLowerCase()
  if (yes.has(text)) return true
  return no.has(text) ? false : null
}

/** A whole number of months: `12`, `12个月`, `1年`, `2 years`; null when the cell has none. */
export function parseMonths(cell: string): number | null | 'import.bad_months' {
  const text = tidy(cell)
  if (text === '' || text === '0' || text === '无') return null
  const match = /^(\d{1,3})\s*(个月|月|months?|mo|年|years?|y)?$/i.exec(text)
  if (!match) return 'import.bad_months'
  return Number(match[1]) * (/^(?:年|y)/i.test(match[2] ?? '') ? 12 : 1)
}

/** Exact sum of millionths, whatever the number of rows. */
export class ExactSum {
  #carried = 0n
  #open = 0

  add(micro: Micro): void {
    this.#open += micro
    if (this.#open > 4e15 || this.#open < -4e15) {
      this.#carried += BigInt(this.#open)
      this.#open = 0
    }
  }

  addExact(micro: bigint): void {
    this.#carried += micro
  }

  get micro(): bigint {
    return this.#carried + BigInt(this.#open)
  }

  /** Decimal text with at least two decimals and no more than needed. */
  toString(): string {
    return decimalText(this.micro)
  }
}

/** `129696000n` → `129.696`, `5000000n` → `5.00`. */
export function decimalText(micro: bigint): string {
  const sign = micro < 0n ? '-' : ''
  const digits = (micro < 0n ? -micro : micro).toString().padStart(7, '0')
  const fraction = digits.slice(-6).replace(/0+$/, '').padEnd(2, '0')
  return `${sign}${digits.slice(0, -6)}.${fraction}`
}
