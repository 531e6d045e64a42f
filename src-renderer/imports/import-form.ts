import type { InferClientInputs, InferClientOutputs } from '@orpc/client'
import type { TFunction } from 'i18next'

import { fields } from '../../src-main/imports/contract.ts'
import type { importKinds } from '../../src-main/imports/contract.ts'
import type { desk } from '../app/client.ts'

export type Inspection = InferClientOutputs<typeof desk>['imports']['inspect']
export type Mapping = InferClientInputs<typeof desk>['imports']['start']['mapping']
export type Job = InferClientOutputs<typeof desk>['imports']['job']
export type PastImport = InferClientOutputs<typeof desk>['imports']['list'][number]
export type Kind = (typeof importKinds)[number]
export type Field = (typeof fields)[number]
export type Params = Record<string, string | number>

const goods: readonly Field[] = [
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
]
const place: readonly Field[] = ['floor', 'counter', 'vendor']
const customer: readonly Field[] = ['memberNo', 'customerName', 'customerPhone', 'customerAddress']
const receipt: readonly Field[] = [
  'receiptNo',
  'lineNo',
  'store',
  'till',
  'date',
  'time',
  'saleType',
  'status',
  'originalReceiptNo',
  'returned',
]
const amounts: readonly Field[] = [
  'qty',
  'unitPrice',
  'listAmount',
  'discountAmount',
  'discountRate',
  'paidAmount',
  'receiptTotal',
  'refundAmount',
  'paidAt',
  'tender',
  'tenderReference',
  'promo',
]
const warranty: readonly Field[] = [
  'serialTracked',
  'warrantyUnitMonths',
  'warrantyPartMonths',
  'warrantyMainParts',
  'warrantyProvider',
  'warrantyProviderName',
  'warrantyProviderPhone',
]

/** Fields a column of each kind of file can hold, in the groups a person looks for them. */
export const fieldGroups: Record<Kind, readonly { name: string; fields: readonly Field[] }[]> = {
  sales: [
    { name: 'receipt', fields: receipt },
    { name: 'goods', fields: [...goods, 'serialNo'] },
    { name: 'amounts', fields: amounts },
    { name: 'place', fields: [...place, 'clerk', 'cashier'] },
    { name: 'customer', fields: customer },
    { name: 'other', fields: ['origin', 'note'] },
  ],
  returns: [
    { name: 'receipt', fields: receipt },
    { name: 'goods', fields: [...goods, 'serialNo'] },
    { name: 'amounts', fields: amounts },
    { name: 'place', fields: [...place, 'clerk', 'cashier'] },
    { name: 'customer', fields: customer },
    { name: 'other', fields: ['note'] },
  ],
  products: [
    { name: 'goods', fields: [...goods, 'origin', 'listPrice', 'unitPrice'] },
    { name: 'warranty', fields: warranty },
    { name: 'place', fields: place },
    { name: 'other', fields: ['note'] },
  ],
  customers: [
    { name: 'customer', fields: [...customer, 'joinedOn', 'points', 'tier'] },
    { name: 'other', fields: ['date', 'store', 'note'] },
  ],
}

/** Puts `field` on column `index` and takes it from any other; null leaves the column unused. */
export function assignField(mapping: Mapping, index: number, field: Field | null): Mapping {
  const columns: Mapping['columns'] = {}
  for (const each of fields) {
    const at = mapping.columns[each]
    if (at !== undefined && at !== index && each !== field) columns[each] = at
  }
  if (field !== null) columns[field] = index
  return { ...mapping, columns }
}

const dateFields: readonly Field[] = ['date', 'paidAt', 'joinedOn']
const yearLast = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}(?!\d)/

/** How the dates of these cells are written; null where day and month could change places. */
export function readDateOrder(samples: readonly string[]): Mapping['dateOrder'] {
  const parts = samples.flatMap((sample) => {
    const match = yearLast.exec(sample)
    return match ? [[Number(match[1]), Number(match[2])] as const] : []
  })
  if (parts.length === 0) return 'ymd'
  if (parts.some(([first]) => first > 12)) return 'dmy'
  return parts.some(([, second]) => second > 12) ? 'mdy' : null
}

export function isDateField(field: Field | null): boolean {
  return field !== null && dateFields.includes(field)
}

export function fieldOfColumn(mapping: Mapping, index: number): Field | null {
  return fields.find((field) => mapping.columns[field] === index) ?? null
}

/** Draft key of the mapping of a file; the run that follows reads it again. */
export function mappingKey(fileId: string, kind: string): string {
  return `import-${fileId}-${kind}`
}

/** Dates are read from these; without one the order of day and month does not matter. */
export function hasDates(mapping: Mapping): boolean {
  return dateFields.some((field) => mapping.columns[field] !== undefined)
}

/** Field and kind names inside a reason's parameters, as the screen calls them. */
function writeParams(params: Params, t: TFunction): Params {
  const written = { ...params }
  if (typeof params['fields'] === 'string') {
    written['fields'] = params['fields']
      .split(' ')
      .filter(Boolean)
      .map((field) => t(`imports:fields.${field}`, { defaultValue: field }))
      .join(t('imports:join'))
  }
  if (typeof params['kind'] === 'string') {
    written['kind'] = t(`imports:kinds.${params['kind']}`, { defaultValue: params['kind'] })
  }
  return written
}

/** The sentence for a reason of the importer. */
export function describeReason(reason: string, params: Params, t: TFunction): string {
  return t([`errors:${reason}`, `imports:${reason}`], {
    ...writeParams(params, t),
    defaultValue: reason,
  })
}

/** A reason in a few words, for counting rows by it. */
export function nameReason(reason: string, t: TFunction): string {
  return t(`imports-screen:reasonName.${reason.replace(/^import\./, '')}`, {
    defaultValue: describeReason(reason, {}, t),
  })
}

/** `1234.5` as `1,234.50`: exact, because a file may carry more decimals than money has. */
export function writeDecimal(text: string, language: string): string {
  const format = new Intl.NumberFormat(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  })
  return format.format(text as `${number}`)
}

export function writeCount(count: number, language: string): string {
  return new Intl.NumberFormat(language).format(count)
}
