import synonyms from '../../resources/imports/header-synonyms.json' with { type: 'json' }
import { fields, type importKinds } from './contract.ts'
import { tidy } from './values.ts'

export type ImportField = (typeof fields)[number]
export type ImportKind = (typeof importKinds)[number]
export type Columns = Partial<Record<ImportField, number>>

/** A header cell as it is compared: half width, lower case, without blanks, brackets and joining marks. */
export function headerKey(cell: string): string {
  return tidy(cell)
    .toLowerCase()
    .replace(/[(（[【].*?[)）\]】]/g, '')
    .replace(/[\s_\-.:：/\\*#'"]/g, '')
}

/** The unit a header names in brackets: `销量(千克)` → `千克`; a currency is no unit. */
export function headerUnit(cell: string): string {
  const inner = /[(（]([^()（）]+)[)）]/.exec(tidy(cell))?.[1]?.trim() ?? ''
  return /^(?:元|¥|￥|rmb|cny|usd|gbp|eur)$/i.test(inner) || inner.includes('/') ? '' : inner
}

interface Meaning {
  field: ImportField
  /** 0 for the field's best label; the lower one wins when two columns mean the same field. */
  rank: number
}

const meanings = new Map<string, Meaning[]>()
for (const [field, labels] of Object.entries(synonyms.fields)) {
  labels.forEach((label, rank) => {
    const key = headerKey(label)
    const found = meanings.get(key) ?? []
    if (isField(field)) found.push({ field, rank })
    meanings.set(key, found)
  })
}

function isField(name: string): name is ImportField {
  return (fields as readonly string[]).includes(name)
}

const billLabels = new Set(synonyms.paymentBill.labels.map(headerKey))
const billSigns = new Set(synonyms.paymentBill.signs.map(headerKey))
const footerWords = new Set(synonyms.footer.map(headerKey))

/** How many cells of a row are known labels of any kind of file: what tells a header from a preamble. */
export function countLabels(cells: readonly string[]): number {
  const seen = new Set<string>()
  for (const cell of cells) {
    const key = headerKey(cell)
    if (meanings.has(key) || billLabels.has(key)) seen.add(key)
  }
  return seen.size
}

/** Which column holds which field, by the labels alone: each column and each field at most once, best label first. */
export function mapColumns(header: readonly string[]): Columns {
  const bids: { field: ImportField; rank: number; index: number }[] = []
  header.forEach((cell, index) => {
    for (const { field, rank } of meanings.get(headerKey(cell)) ?? [])
      bids.push({ field, rank, index })
  })
  bids.sort((a, b) => a.rank - b.rank || a.index - b.index)
  const columns: Columns = {}
  const taken = new Set<number>()
  for (const { field, index } of bids) {
    if (columns[field] !== undefined || taken.has(index)) continue
    columns[field] = index
    taken.add(index)
  }
  return columns
}

/** True for a bill of Alipay, JD, WeChat Pay and the like: payments of one account, not what a till sold. */
export function isPaymentBill(header: readonly string[]): boolean {
  const keys = header.map(headerKey)
  const labels = keys.filter((key) => billLabels.has(key)).length
  return labels >= 4 && keys.some((key) => billSigns.has(key))
}

/** True for the label of a row of totals: 合计, 总计, Total … */
export function isFooterLabel(cell: string): boolean {
  const key = headerKey(cell)
  return key !== '' && key.length <= 12 && footerWords.has(key)
}

/**
 * What kind of file a mapping describes, or null. A list of returned orders has an order number and a flag and no
 * money; a catalogue has codes and no date; a customer list has people and no goods.
 */
export function kindOf(columns: Columns): ImportKind | null {
  const has = (field: ImportField) => columns[field] !== undefined
  const hasAmount =
    has('paidAmount') ||
    has('receiptTotal') ||
    (has('qty') && has('unitPrice')) ||
    has('listAmount')
  const hasGoods = has('sku') || has('barcode')
  if (has('date') && hasAmount && (has('receiptNo') || hasGoods || has('name'))) return 'sales'
  if ((has('receiptNo') || has('originalReceiptNo')) && has('returned') && !hasAmount)
    return 'returns'
  if ((has('memberNo') || has('customerPhone')) && has('customerName') && !hasGoods && !hasAmount) {
    return 'customers'
  }
  const describesGoods = has('name') || has('category') || has('brand') || has('spec')
  if (hasGoods && describesGoods && !has('receiptNo') && !has('date')) return 'products'
  return null
}

/** A field that has to have a column, or one of several of which one suffices; `import.lacks_…` in `errors.json`. */
export type MissingField = 'date' | 'amount' | 'receiptNo' | 'sku' | 'name' | 'person'

/** What a mapping lacks to be imported as `kind`; empty when it can be. */
export function missingFields(kind: ImportKind, columns: Columns): MissingField[] {
  const has = (field: ImportField) => columns[field] !== undefined
  const missing: MissingField[] = []
  if (kind === 'sales') {
    if (!has('date')) missing.push('date')
    const amounts = has('paidAmount') || has('receiptTotal') || has('listAmount')
    if (!amounts && !(has('qty') && has('unitPrice'))) missing.push('amount')
    if (!has('receiptNo') && !has('sku') && !has('barcode') && !has('name'))
      missing.push('receiptNo')
  } else if (kind === 'returns') {
    if (!has('receiptNo') && !has('originalReceiptNo')) missing.push('receiptNo')
  } else if (kind === 'products') {
    if (!has('sku') && !has('barcode')) missing.push('sku')
    if (!has('name') && !has('category') && !has('spec') && !has('brand')) missing.push('name')
  } else {
    if (!has('memberNo') && !has('customerPhone') && !has('customerName')) missing.push('person')
  }
  return missing
}

/** The fields each kind of file uses: what the mapping screen offers. */
export const fieldsOfKind: Record<ImportKind, readonly ImportField[]> = {
  sales: fields.filter(
    (field) =>
      !['joinedOn', 'points', 'tier', 'serialTracked', 'listPrice', 'returned', 'origin'].includes(
        field,
      ) && !field.startsWith('warranty'),
  ),
  returns: ['receiptNo', 'originalReceiptNo', 'returned', 'date', 'note'],
  products: [
    'sku',
    'barcode',
    'name',
    'spec',
    'brand',
    'model',
    'category',
    'categoryMiddle',
    'categorySmall',
    'unit',
    'listPrice',
    'floor',
    'counter',
    'vendor',
    'origin',
    'serialTracked',
    'warrantyUnitMonths',
    'warrantyPartMonths',
    'warrantyMainParts',
    'warrantyProvider',
    'warrantyProviderName',
    'warrantyProviderPhone',
  ],
  customers: [
    'memberNo',
    'customerName',
    'customerPhone',
    'customerAddress',
    'joinedOn',
    'points',
    'tier',
    'note',
  ],
}

/** The mapping narrowed to what `kind` uses. */
export function columnsFor(kind: ImportKind, columns: Columns): Columns {
  const kept: Columns = {}
  for (const field of fieldsOfKind[kind])
    if (columns[field] !== undefined) kept[field] = columns[field]
  return kept
}

/** What names a header across files: its labels, so that a saved mapping is found again. */
export function headerSignature(header: readonly string[]): string {
  const keys = header.map(headerKey)
  while (keys.length > 0 && keys.at(-1) === '') keys.pop()
  return keys.join('|')
}
