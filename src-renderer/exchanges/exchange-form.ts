import type { InferClientInputs, InferClientOutputs } from '@orpc/client'

import type { desk } from '../app/client.ts'
import type { PromiseValues } from '../ui/promise-form.ts'
import {
  askOfExtras,
  askOfHolder,
  chosenLines,
  conditionOf,
  lacksHolder,
  packagingOf,
} from '../ui/return-form.ts'
import type { ReturnValues, Sale, SaleLine, TenderKind } from '../ui/return-form.ts'

type Inputs = InferClientInputs<typeof desk>['exchanges']
type Outputs = InferClientOutputs<typeof desk>['exchanges']
export type Quote = Outputs['preview']
export type Goods = Outputs['siblings'][number]
export type Exchange = Outputs['open']
export type ExchangeRow = Outputs['unfinished'][number]
type Ask = Inputs['preview']
type RecordInput = Inputs['record']

/** Goods that go out, as they are being put together. */
export interface GivenValues {
  /** Tells two lines of the same goods apart. */
  key: string
  productId: number | null
  name: string
  /** What tells it from its neighbours: brand, model, size. */
  note: string
  units: number
  /** The catalogue's, of one unit; null where it has none. */
  listPrice: number | null
  /** Typed by the clerk, of one unit. */
  unitPrice: number | null
  serialTracked: boolean
  isSameFamily: boolean
  /** False: at its own price, where it could keep the old one's. */
  keepPrice: boolean
  /** As typed or scanned: of several units one number each. */
  serialNo: string
  discount: number | null
  discountReason: string
}

/** Everything the clerk chooses; kept as a draft. */
export interface ExchangeValues extends ReturnValues {
  /** Serial numbers read off what comes back, by line, as typed or scanned. */
  serials: Record<string, string>
  given: GivenValues[]
  collect: TenderKind
  /** Code of our own voucher, where the customer pays with one. */
  voucherCode: string
  /** False while the customer still has the old goods. */
  goodsReceived: boolean
  /** Out of stock: what is promised, and the keys of the lines that go out today all the same. */
  order: (PromiseValues & { supplier: string; here: string[] }) | null
}

export type ExchangeChange =
  | Partial<ExchangeValues>
  | ((now: ExchangeValues) => Partial<ExchangeValues>)

/** Units of one line that go out are one row; the same goods once more are one unit more. */
export function addGoods(given: readonly GivenValues[], goods: Goods, key: string): GivenValues[] {
  const known = given.find((each) => each.productId === goods.productId)
  if (known && !goods.serialTracked) {
    return given.map((each) => (each === known ? { ...each, units: each.units + 1 } : each))
  }
  return [
    ...given,
    {
      key,
      productId: goods.productId,
      name: goods.name,
      note: [goods.brand, goods.model, goods.spec].filter(Boolean).join(' · '),
      units: 1,
      listPrice: goods.listPrice,
      unitPrice: null,
      serialTracked: goods.serialTracked,
      isSameFamily: goods.isSameFamily,
      keepPrice: true,
      serialNo: '',
      discount: null,
      discountReason: '',
    },
  ]
}

/** Goods that are in no catalogue: the clerk names and prices them. */
export function addTyped(given: readonly GivenValues[], name: string, key: string): GivenValues[] {
  const typed: GivenValues = {
    key,
    productId: null,
    name,
    note: '',
    units: 1,
    listPrice: null,
    unitPrice: null,
    serialTracked: false,
    isSameFamily: false,
    keepPrice: true,
    serialNo: '',
    discount: null,
    discountReason: '',
  }
  return [...given, typed]
}

/** What was typed or scanned, one number each; blanks and commas part them. */
export function readSerials(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,，、;；]+/).filter(Boolean)
}

/** A price is missing where neither the catalogue nor the old goods give one. */
export function needsPrice(line: GivenValues): boolean {
  return line.listPrice === null && !(line.isSameFamily && line.keepPrice)
}

function isPriced(line: GivenValues): boolean {
  return !needsPrice(line) || line.unitPrice !== null
}

/** The receipt's own tender, where a till can take it once more. */
export function usualCollect(sale: Sale): TenderKind {
  const payable: readonly TenderKind[] = ['cash', 'bank_card', 'alipay', 'wechat', 'stored_value']
  return sale.tenders.map(({ kind }) => kind).find((kind) => payable.includes(kind)) ?? 'cash'
}

/**
 * Lines with the units the clerk wants, even where somebody else took them meanwhile: the desk then says who and when.
 */
export function wantedLines(
  sale: Sale,
  values: ExchangeValues,
): { saleLineId: number; units: number }[] {
  return sale.lines.flatMap((line) => {
    const units = line.kind === 'goods' ? (values.units[line.id] ?? 0) : 0
    return units > 0 ? [{ saleLineId: line.id, units }] : []
  })
}

/** What the form asks the desk to reckon: what is complete of it, so that a half-filled form shows its figures. */
export function askOf(
  sale: Sale,
  values: ExchangeValues,
  rightsId: number | null,
  earnedName: string,
): Ask {
  return {
    receiptId: sale.id,
    reason: values.reason,
    rightsId,
    lines: wantedLines(sale, values).map((line) => ({
      ...line,
      condition: conditionOf(values, line.saleLineId),
      serialNos: readSerials(values.serials[line.saleLineId]).slice(0, line.units),
    })),
    given: values.given.filter(isPriced).map((line) => ({
      productId: line.productId,
      name: line.productId === null ? line.name : '',
      units: line.units,
      unitPrice: line.unitPrice,
      keepPrice: line.keepPrice,
      ...(line.units === 1
        ? { serialNo: line.serialNo.trim() }
        : { serialNos: readSerials(line.serialNo) }),
      discount:
        line.discount !== null && line.discount > 0
          ? { amount: line.discount, reason: line.discountReason.trim() || pendingReason }
          : null,
    })),
    collect: {
      kind: values.collect,
      voucherCode: values.collect === 'voucher' ? values.voucherCode.trim() : '',
    },
    ...askOfExtras(sale, values, earnedName),
    ...askOfHolder(values),
  }
}

/** What the desk says of a line that goes out; units with serial numbers of their own together. */
export function figuresOf(
  quote: Quote | undefined,
  given: readonly GivenValues[],
  line: GivenValues,
): { paidAmount: number; pricing: Quote['lines'][number]['pricing'] } | undefined {
  const at = given.filter(isPriced).indexOf(line)
  const own = quote?.lines.filter((each) => each.asked === at) ?? []
  const [first] = own
  if (!first) return undefined
  const paidAmount = own.reduce((sum, each) => sum + each.paidAmount, 0)
  return { paidAmount, pricing: first.pricing }
}

/** One unit more: of goods with serial numbers a line of its own, which asks for its number. */
export function oneMore(
  given: readonly GivenValues[],
  line: GivenValues,
  key: string,
): GivenValues[] {
  return given.flatMap((each) => {
    if (each.key !== line.key) return [each]
    if (!line.serialTracked) return [{ ...each, units: each.units + 1 }]
    return [each, { ...each, key, serialNo: '', discount: null, discountReason: '' }]
  })
}

/** Shows the figures of a discount while its reason is still being written; nothing is recorded with it. */
const pendingReason = '…'

export type ExchangeMissing =
  | 'goods'
  | 'given'
  | 'reason'
  | 'price'
  | 'serial'
  | 'discount'
  | 'form'
  | 'holder'
  | 'order'

/** Why the form cannot be committed yet, or null. */
export function missingOf(
  sale: Sale,
  values: ExchangeValues,
  dueAt: string | null,
): ExchangeMissing | null {
  const { given, order } = values
  if (chosenLines(sale, values).length === 0) return 'goods'
  if (given.length === 0) return 'given'
  if (values.reason === null) return 'reason'
  if (!given.every(isPriced)) return 'price'
  const isHere = (line: GivenValues) => !isOrdered(order, line)
  if (given.some((line) => isHere(line) && line.serialTracked && line.serialNo.trim() === '')) {
    return 'serial'
  }
  if (given.some((line) => line.discount && line.discountReason.trim() === '')) return 'discount'
  const asksOther = Object.keys(values.otherWays).length > 0
  if (asksOther && values.otherReason.trim() === '') return 'form'
  if (lacksHolder(values)) return 'holder'
  const promised = order?.ownerId != null && order.promiseText.trim() !== '' && dueAt !== null
  if (order && !given.some((line) => isOrdered(order, line))) return 'order'
  return order && !promised ? 'order' : null
}

/** Whether a line that goes out has to be ordered. */
export function isOrdered(order: ExchangeValues['order'], line: GivenValues): boolean {
  return order !== null && !order.here.includes(line.key)
}

/** Where in the ask the ordered lines stand; none named where all of them are. */
function orderedAt(order: ExchangeValues['order'], given: readonly GivenValues[]): number[] {
  const places = given.flatMap((line, at) => (isOrdered(order, line) ? [at] : []))
  return places.length === given.length ? [] : places
}

/** The record of what is on screen, at the difference that is on screen. */
export function recordOf(
  values: ExchangeValues,
  ask: Ask,
  seen: {
    difference: number
    dueAt: string | null
    approvalId: number | null
    tillReturns: number[]
  },
): RecordInput | null {
  const { reason, order } = values
  if (reason === null) return null
  const lines = (ask.lines ?? []).map((line) => ({
    ...line,
    condition: conditionOf(values, line.saleLineId),
    packagingIntact: packagingOf(values, line.saleLineId),
  }))
  return {
    ...ask,
    reason,
    lines,
    given: ask.given ?? [],
    note: values.note,
    expectedDifference: seen.difference,
    goodsReceived: values.goodsReceived,
    approvalIds: seen.approvalId === null ? [] : [seen.approvalId],
    tillReturnsSeen: seen.tillReturns,
    order:
      order && order.ownerId !== null && seen.dueAt !== null
        ? {
            lines: orderedAt(order, values.given),
            dueAt: seen.dueAt,
            ownerId: order.ownerId,
            supplier: order.supplier,
            text: order.promiseText.trim(),
          }
        : null,
  }
}

/** The line a scanned code belongs to: serial numbers first, they are unique. */
export function lineOfScan(lines: readonly SaleLine[], code: string): SaleLine | undefined {
  const wanted = code.toUpperCase()
  const matches = (text: string) => text !== '' && text.toUpperCase() === wanted
  return (
    lines.find((line) => matches(line.serialNo)) ??
    lines.find((line) => matches(line.barcode) || matches(line.sku))
  )
}

export function isSerialOf(line: SaleLine, code: string): boolean {
  return line.serialNo !== '' && line.serialNo.toUpperCase() === code.toUpperCase()
}
