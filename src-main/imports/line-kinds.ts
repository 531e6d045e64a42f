import kinds from '../../resources/imports/line-kinds.json' with { type: 'json' }
import words from '../../resources/imports/cell-words.json' with { type: 'json' }
import { tidy } from './values.ts'

const codes = new Set(kinds.codes)
const codePatterns = kinds.codePatterns.map((pattern) => new RegExp(pattern, 'i'))
const namePatterns = kinds.namePatterns.map((pattern) => new RegExp(pattern, 'i'))
const known = new Map<string, { name: string; answer: boolean }>()
const knownLimit = 100_000

/**
 * True for a line that is no goods: postage, carriage, bank charges, manual corrections, discounts, samples, bags,
 * gift vouchers. Codes and names are data (resources/imports/line-kinds.json).
 */
export function isNonGoods(sku: string, name: string): boolean {
  const before = sku === '' ? undefined : known.get(sku)
  if (before !== undefined && before.name === name) return before.answer
  const answer =
    codes.has(sku.toUpperCase()) || matches(codePatterns, sku) || matches(namePatterns, name.trim())
  if (known.size >= knownLimit) known.clear()
  if (sku !== '') known.set(sku, { name, answer })
  return answer
}

function matches(patterns: readonly RegExp[], text: string): boolean {
  return patterns.some((pattern) => pattern.test(text))
}

const returnWords = new Set(words.return)
const saleWords = new Set(words.sale)
const unsoldStatus = new Set(words.notASale)
const refundedStatus = new Set(words.refundedStatus)

/** What a cell of 销售类型 says; null when it is neither a sale nor a return. */
export function readSaleType(cell: string): 'sale' | 'return' | null {
  const text = tidy(cell).toLowerCase()
  if (text === '' || saleWords.has(text)) return 'sale'
  return returnWords.has(text) ? 'return' : null
}

/** What an order's status means for the money: nothing was sold, it was sold, or it was sold and paid back. */
export function readStatus(cell: string): 'unsold' | 'sold' | 'refunded' {
  const text = tidy(cell).toLowerCase()
  if (unsoldStatus.has(text)) return 'unsold'
  return refundedStatus.has(text) ? 'refunded' : 'sold'
}

export type TenderKind =
  | 'cash'
  | 'bank_card'
  | 'alipay'
  | 'wechat'
  | 'stored_value'
  | 'voucher'
  | 'points'
  | 'other'

const tenderOf = new Map<string, TenderKind>()
for (const [kind, labels] of Object.entries(words.tenders)) {
  for (const label of labels) tenderOf.set(label, kind as TenderKind)
}

/** The kind of a payment by its label; several at once, or an unknown one, are `other`. */
export function readTender(label: string): TenderKind {
  return tenderOf.get(label) ?? tenderOf.get(tidy(label).toLowerCase()) ?? 'other'
}

const unitOf = new Map<string, string>()
for (const [unit, spellings] of Object.entries(words.units)) {
  for (const spelling of spellings) unitOf.set(spelling, unit)
}
const weighed = new Set(words.weighedUnits)

/** A unit as tills spell it (`KG`, `公斤`, `d袋`) in its one spelling; what is no unit (`160g`, `0`) is dropped. */
export function readUnit(cell: string): string {
  const text = tidy(cell)
  const found = unitOf.get(text.toLowerCase())
  if (found !== undefined) return found
  return /^\d/.test(text) ? '' : text
}

/** True for goods sold by weight, which come back as one piece however many grams they are. */
export function isWeighedUnit(unit: string): boolean {
  return weighed.has(unit.toLowerCase())
}
