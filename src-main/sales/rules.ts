import {
  addDays,
  type BusinessDate,
  fromDayNumber,
  dayNumber,
  isBusinessDate,
} from '../foundation/business-date.ts'
import { bigramQuery, foldName } from '../foundation/bigrams.ts'
import { hasValidCheckCharacter } from '../foundation/check-character.ts'
import { canonicalDocumentNumber, DOCUMENT_TYPES } from '../foundation/document-number.ts'
import { phoneDigits } from '../foundation/phone.ts'
import { searchKey, toHalfWidth } from '../foundation/text.ts'
import { parseVoucherCode } from '../foundation/voucher-code.ts'

/** Everything a text in the one box could mean; each part that is not null is one way to look. */
export interface Question {
  /** A paper of this desk, in its canonical spelling. */
  documentNumber: string | null
  /** Set instead when the text has a paper's shape and a check character that does not fit. */
  misreadNumber: string | null
  /** What clerks say aloud of a paper's number: `0057-K`. */
  shortNumber: string | null
  /** The code of a voucher, its check letter right. */
  voucherCode: string | null
  /** The pickup code of goods in repair, its check character right. */
  pickupCode: string | null
  /** The text as codes are compared: receipt, SKU, member card. */
  code: string | null
  /** True where a part of a receipt number or of an SKU is long enough to look by. */
  partial: boolean
  /** Spellings under which a till may have written a serial number. */
  serials: string[]
  /** Spellings of a trade barcode whose check digit fits: a UPC-A is an EAN-13 with a leading zero. */
  barcodes: string[]
  /** The last digits of a phone number or all of it, at least four. */
  phone: string | null
  /** A name or a part of one, as typed. */
  name: string | null
  /** The same for the full-text index. */
  grams: string
  /** Letters that may be pinyin: full or initials. */
  sound: string | null
  /** Minor units. */
  amount: number | null
  date: BusinessDate | null
}

/** What the parser has to know of the store. */
export interface Desk {
  today: BusinessDate
  /** Decimal digits of the currency. */
  minorDigits: number
}

/** A tail shorter than this fits half the store. */
export const shortestTail = 4

/** Reads a text from the box into everything it could mean. Pure: the same text and day, the same question. */
export function readQuestion(typed: string, desk: Desk): Question {
  const text = toHalfWidth(typed).trim()
  const documentNumber = canonicalDocumentNumber(withoutPlace(text))
  if (documentNumber !== null) return { ...nothing, documentNumber }
  const money = readMoney(text, desk)
  if (money?.certain) {
    return {
      ...nothing,
      code: money.amount === null ? codeOf(text) : null,
      amount: money.amount,
      date: money.date,
    }
  }
  const code = codeOf(text)
  const name = /\p{L}/u.test(text) ? text : null
  return {
    documentNumber: null,
    misreadNumber: looksLikeDocument(text) ? text.toUpperCase() : null,
    shortNumber: readShortNumber(text),
    voucherCode: parseVoucherCode(text),
    pickupCode: readPickupCode(code),
    code,
    partial: code !== null && code.length >= shortestTail && /^[0-9A-Z]*\d[0-9A-Z]*$/.test(code),
    serials: code === null ? [] : [...new Set([text, text.toUpperCase(), code])],
    barcodes: readBarcode(text),
    phone: readPhone(text),
    name,
    grams: name === null ? '' : bigramQuery(text),
    sound: readSound(text),
    amount: money?.amount ?? null,
    date: null,
  }
}

const nothing: Question = {
  documentNumber: null,
  misreadNumber: null,
  shortNumber: null,
  voucherCode: null,
  pickupCode: null,
  code: null,
  partial: false,
  serials: [],
  barcodes: [],
  phone: null,
  name: null,
  grams: '',
  sound: null,
  amount: null,
  date: null,
}

function codeOf(text: string): string | null {
  const key = searchKey(text)
  return key === '' || key.length > 60 ? null : key
}

const documentShape = new RegExp(`^(?:${Object.keys(DOCUMENT_TYPES).join('|')})\\d{14}[0-9A-Z]$`)

/** A paper's number with one character misread or mistyped: everything fits but the check character. */
function looksLikeDocument(text: string): boolean {
  return documentShape.test(searchKey(text))
}

/** Six characters as the claim stub of a repair has them; a wrong one among them is found by the last. */
function readPickupCode(code: string | null): string | null {
  const isShaped = code !== null && /^[2-9ACDEFGHJKMNPQRTUVWXY]{6}$/.test(code)
  return isShaped && hasValidCheckCharacter(code) ? code : null
}

function readShortNumber(text: string): string | null {
  const match = /^(\d{4})[-\s]?([0-9A-Z])$/.exec(text.toUpperCase())
  return match ? `${match[1]}-${match[2]}` : null
}

function readPhone(text: string): string | null {
  if (!/^\+?[\d\s().\-–—]+$/.test(text)) return null
  const digits = phoneDigits(text)
  return digits.length >= shortestTail && digits.length <= 15 ? digits : null
}

/** Letters only, spaces and the apostrophe of xi'an between them. */
function readSound(text: string): string | null {
  const letters = foldName(text).replace(/[\s'’]/g, '')
  return /^[a-z]{2,60}$/.test(letters) ? letters : null
}

/** EAN-8, UPC-A, EAN-13 and GTIN-14 with their check digit right, in every length a till may have written. */
function readBarcode(text: string): string[] {
  const digits = text.replace(/[\s-]/g, '')
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits) || !hasTradeCheckDigit(digits)) return []
  if (digits.length === 8) return [digits]
  const bare = digits.replace(/^0+/, '')
  const widths = [12, 13, 14].filter((width) => width >= bare.length)
  return widths.map((width) => bare.padStart(width, '0'))
}

/** The GS1 check digit: weights 3 and 1 alternating from the right, the check digit itself with 1. */
export function hasTradeCheckDigit(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const fromRight = digits.length - 1 - index
    sum += Number(digits[index]) * (fromRight % 2 === 0 ? 1 : 3)
  }
  return sum % 10 === 0
}

interface Money {
  amount: number | null
  date: BusinessDate | null
  /** False for a bare whole number, which may as well be a code. */
  certain: boolean
}

/** `599 11-12`, `11月12日 599元`, `¥599`, `599`, `昨天`; null when the text is neither amount nor date. */
function readMoney(text: string, desk: Desk): Money | null {
  const alone = readAmount(text, desk.minorDigits)
  if (alone) return { amount: alone.amount, date: null, certain: alone.certain }
  for (const { date, rest } of readDates(text, desk.today)) {
    if (rest === '') return { amount: null, date, certain: true }
    const amount = readAmount(rest, desk.minorDigits)
    if (amount) return { amount: amount.amount, date, certain: true }
  }
  return null
}

const amountPattern =
  /^(?<sign>[¥￥$€£]?)\s?(?<whole>\d{1,3}(?:,\d{3})+|\d{1,9})(?<fraction>\.\d{1,3})?\s?(?<unit>元|块|圆|rmb|cny)?$/i

function readAmount(
  text: string,
  minorDigits: number,
): { amount: number; certain: boolean } | null {
  const found = amountPattern.exec(text)?.groups
  if (!found) return null
  const whole = (found['whole'] ?? '').replaceAll(',', '')
  const fraction = (found['fraction'] ?? '').slice(1)
  const marked = [found['sign'], found['unit'], found['fraction']].some(Boolean)
  const certain = marked || (found['whole'] ?? '').includes(',')
  if (!certain && (whole.length > 7 || (whole.length > 1 && whole.startsWith('0')))) return null
  if (fraction.length > minorDigits && !/^0*$/.test(fraction.slice(minorDigits))) return null
  const minor = fraction.slice(0, minorDigits).padEnd(minorDigits, '0')
  return { amount: Number(whole + minor), certain }
}

const relativeDays: Record<string, number> = {
  今天: 0,
  昨天: -1,
  前天: -2,
  大前天: -3,
  today: 0,
  yesterday: -1,
}

const datePattern =
  /(?:^|\s)(?:(?<word>今天|昨天|大前天|前天|today|yesterday)|(?<year>\d{4})[-/.年](?<month>\d{1,2})[-/.月](?<day>\d{1,2})日?|(?<compact>20\d{6})|(?<m>\d{1,2})(?:[-/]|月)(?<d>\d{1,2})[日号]?)(?=\s|$|[¥￥])/gi

function readDates(text: string, today: BusinessDate): { date: BusinessDate; rest: string }[] {
  const found = []
  for (const match of text.matchAll(datePattern)) {
    const date = dateOf(match.groups ?? {}, today)
    const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`.trim()
    // A bare run of digits is a code, not a day, unless an amount stands beside it.
    if (date && !(rest === '' && match.groups?.['compact'])) found.push({ date, rest })
  }
  return found
}

function dateOf(
  parts: Record<string, string | undefined>,
  today: BusinessDate,
): BusinessDate | null {
  if (parts['word']) return addDays(today, relativeDays[parts['word'].toLowerCase()] ?? 0)
  if (parts['compact']) {
    return realDate(
      parts['compact'].slice(0, 4),
      parts['compact'].slice(4, 6),
      parts['compact'].slice(6),
    )
  }
  if (parts['year']) return realDate(parts['year'], parts['month'], parts['day'])
  return latestDay(parts['m'], parts['d'], today)
}

/** A month and day without a year: the last time it was that day. */
function latestDay(
  month: string | undefined,
  day: string | undefined,
  today: BusinessDate,
): BusinessDate | null {
  const year = Number(today.slice(0, 4))
  for (let back = 0; back <= 8; back += 1) {
    const date = realDate(String(year - back), month, day)
    if (date !== null && date <= today) return date
  }
  return null
}

function realDate(year: string, month = '', day = ''): BusinessDate | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isBusinessDate(text) ? fromDayNumber(dayNumber(text)) : null
}

/**
 * How well a hit answers, best first: `whole` names it and nothing else; `exact` is what it carries (its amount, its
 * phone's tail, its name); then names and codes that begin so, then those that contain or end so.
 */
export type Strength = 0 | 1 | 2 | 3
export const whole = 0
export const exact = 1
export const begins = 2
export const contains = 3

/** How a name answers a typed part of it; null when the pairs were there and the words were not. */
export function nameStrength(name: string, typed: string): Strength | null {
  const found = foldName(name)
  const asked = foldName(typed).trim()
  if (found === asked) return exact
  if (found.startsWith(asked)) return begins
  const words = asked.split(/[\s\p{P}\p{S}]+/u).filter((word) => word !== '')
  return words.every((word) => found.includes(word)) ? contains : null
}

/**
 * The label of goods names the paper they came back by, a dot and their place on it; that of goods in repair the
 * ticket, a stroke and the place, and what came with them a dot and its own (`/2.1`).
 */
function withoutPlace(text: string): string {
  return text.trim().replace(/(?<=[0-9A-Za-z])(?:\/\d{1,5})?(?:\.\d{1,5})?$/, '')
}
