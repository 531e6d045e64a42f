/**
 * Document numbers `TYPE-DESK-YYMMDD-NNNN-K` (domain.md §2.10): the desk is inside, so desks number
 * their papers offline without colliding; K is the check character over everything before it.
 */

import { computeCheckCharacter, hasValidCheckCharacter } from './check-character.ts'
import { ByteReader, dateOfDay, plainCode, readLetters } from './code-text.ts'

/** What a number can belong to, by its two letters. */
export const DOCUMENT_TYPES = {
  XY: 'card',
  TH: 'refund',
  TJ: 'price_adjustment',
  HH: 'exchange',
  WX: 'repair',
  TS: 'complaint',
  PZ: 'voucher',
  JJ: 'handover',
  JS: 'refusal',
  ZF: 'instruction',
  JB: 'shift_handover',
  HJ: 'settlement',
  BC: 'compensation',
  LY: 'vendor_claim',
  KK: 'deduction_list',
  ZQ: 'apology_letter',
  SJ: 'incident',
  XJ: 'sale_stop',
  JC: 'corrective_action',
  ZJ: 'evidence_pack',
} as const

export type DocumentType = keyof typeof DOCUMENT_TYPES

export interface DocumentNumberParts {
  type: DocumentType
  /** Four digits of the issuing desk, for example `0312`. */
  desk: string
  /** Business date of issue, `YYYY-MM-DD`. */
  businessDate: string
  /** Running number of that desk, type and day: 1 to 9999. */
  serial: number
}

const SHAPE = new RegExp(
  `^(${Object.keys(DOCUMENT_TYPES).join('|')})(\\d{4})(\\d{2})(\\d{2})(\\d{2})(\\d{4})([0-9A-Z])$`,
)

/**
 * Writes a document number with its check character.
 *
 * @throws RangeError when a part does not fit: a number that cannot be read back must not be issued
 */
export function formatDocumentNumber(parts: DocumentNumberParts): string {
  const date = /^20(\d{2})-(\d{2})-(\d{2})$/.exec(parts.businessDate)
  if (!date || !isCalendarDay(parts.businessDate)) {
    throw new RangeError(`not a business date of this century: ${parts.businessDate}`)
  }
  if (!/^\d{4}$/.test(parts.desk)) throw new RangeError(`not a desk number: ${parts.desk}`)
  if (!Number.isInteger(parts.serial) || parts.serial < 1 || parts.serial > 9999) {
    throw new RangeError(`not a serial number: ${parts.serial}`)
  }
  const day = `${date[1]}${date[2]}${date[3]}`
  const serial = String(parts.serial).padStart(4, '0')
  const check = computeCheckCharacter(parts.type + parts.desk + day + serial)
  return `${parts.type}-${parts.desk}-${day}-${serial}-${check}`
}

/**
 * Reads a document number as scanned or typed: with or without separators, in any case, half or full
 * width, alone, as the second field of a paper's QR text, or inside a card's signed code (whose signature is not
 * looked at here: `cards.verify` does that).
 *
 * @returns its parts, or null when it is not a document number or its check character is wrong
 */
export function parseDocumentNumber(text: string): DocumentNumberParts | null {
  const compact = compactScan(text)
  const match = SHAPE.exec(compact)
  if (!match || !hasValidCheckCharacter(compact)) return null
  const [, type, desk, year, month, day, serial] = match
  const businessDate = `20${year}-${month}-${day}`
  if (!isCalendarDay(businessDate) || serial === '0000') return null
  return { type: type as DocumentType, desk: desk ?? '', businessDate, serial: Number(serial) }
}

/** The canonical spelling of a scanned or typed document number, or null when it is none. */
export function canonicalDocumentNumber(text: string): string | null {
  const parts = parseDocumentNumber(text)
  return parts && formatDocumentNumber(parts)
}

const INSIDE = new RegExp(
  `(?:${Object.keys(DOCUMENT_TYPES).join('|')})[-\\s]?\\d{4}[-\\s]?\\d{6}[-\\s]?\\d{4}[-\\s]?[0-9A-Z](?![0-9A-Z])`,
  'g',
)

/** Every document number a text names, in canonical spelling and each once: a cashier's remark, a field of a file. */
export function findDocumentNumbers(text: string): string[] {
  const plain = text.normalize('NFKC').toUpperCase()
  const found = [...plain.matchAll(INSIDE)].map(([each]) => canonicalDocumentNumber(each))
  return [...new Set(found.filter((each) => each !== null))]
}

/**
 * The form printed inside a Code 128: without separators, because its run of digits then packs two to
 * a symbol and the bars come out a third wider on the same paper.
 */
export function compactDocumentNumber(documentNumber: string): string {
  return documentNumber.replaceAll('-', '')
}

/** The part clerks say aloud: serial and check character, for example `0057-K`. */
export function shortDocumentNumber(documentNumber: string): string {
  return documentNumber.split('-').slice(-2).join('-')
}

/** First field of the text inside a paper's QR code; the document number is the second. */
export const QR_TEXT_MARK = 'GWD1'

/** What the signed code of a card begins with. */
export const CARD_CODE_MARK = 'GWC1'

/** Letters of a code that its number stands in: length, key id, desk, day and serial take 13 bytes. */
const CODE_HEAD_LETTERS = 24

function compactScan(text: string): string {
  const plain = text.normalize('NFKC').trim().toUpperCase()
  if (plain.startsWith(CARD_CODE_MARK)) return numberInCode(plain)
  const fields = plain.split('|')
  const number = fields[0] === QR_TEXT_MARK ? (fields[1] ?? '') : plain
  return number.replaceAll(/[\s\-_‐-―−]/g, '')
}

/** The number inside a card's code, as it is compared; empty where there is none. */
function numberInCode(code: string): string {
  const letters = plainCode(code).slice(
    CARD_CODE_MARK.length,
    CARD_CODE_MARK.length + CODE_HEAD_LETTERS,
  )
  const bytes = letters.length < CODE_HEAD_LETTERS ? null : readLetters(letters)
  if (!bytes) return ''
  const reader = new ByteReader(bytes.subarray(7))
  const desk = String(reader.pair()).padStart(4, '0')
  const [, year, month, day] = /^20(\d{2})-(\d{2})-(\d{2})$/.exec(dateOfDay(reader.pair())) ?? []
  const serial = String(reader.pair()).padStart(4, '0')
  const number = `XY${desk}${year}${month}${day}${serial}`
  return SHAPE.test(`${number}0`) ? number + computeCheckCharacter(number) : ''
}

function isCalendarDay(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text)
}
