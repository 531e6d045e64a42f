import { businessDateOf, instantOfLocal, localTime } from '../foundation/business-date.ts'
import { canonicalDocumentNumber, findDocumentNumbers } from '../foundation/document-number.ts'
import type { RefusalParams } from '../foundation/errors.ts'
import type { Columns, ImportField } from './headers.ts'
import { headerUnit, isFooterLabel } from './headers.ts'
import { hashHalves, hexOf } from './hash.ts'
import { usedWidth } from './layout.ts'
import { isNonGoods, readSaleType, readStatus, readUnit } from './line-kinds.ts'
import type { Row } from './tokenizer.ts'
import type { DateOrder, DecimalMark, LocalMoment, Micro } from './values.ts'
import {
  ExactSum,
  isYearLast,
  microPerUnit,
  parseAmount,
  parseCode,
  parseFlag,
  parseMoment,
  parseQuantity,
  parseTime,
  tidy,
  tidyText,
} from './values.ts'

/** What a reader has to know about the store and the file. */
export interface ReadingContext {
  storeCode: string
  timeZone: string
  cutoffMinutes: number
  /** Minor units a millionth-based amount is rounded to: 10 000 for currencies with two decimals. */
  microPerMinor: number
  header: readonly string[]
  /** Cells a row may have; more is a row shifted by an unquoted delimiter. */
  width: number
  columns: Columns
  dateOrder: DateOrder | null
  decimalMark: DecimalMark
  /** Columns of numbers that are names and were written as floats (`17850.0`). */
  floatCodes: ReadonlySet<ImportField>
  /** Bytes that are no text of the encoding show as U+FFFD. */
  mayHoldUndecodable: boolean
}

export type LineKind = 'goods' | 'non_goods' | 'return' | 'adjustment'

/** One understood row of a sales file. */
export interface SaleRow {
  line: number
  raw: string
  /** Names the receipt the row belongs to. */
  key: string
  storeCode: string
  till: string
  businessDate: string
  receiptNo: string
  /** Local wall clock `YYYY-MM-DDTHH:mm:ss[.SSS]`. */
  soldAtLocal: string
  kind: LineKind
  sku: string
  barcode: string
  name: string
  spec: string
  brand: string
  model: string
  category: string
  unit: string
  serialNo: string
  qtyMilli: number
  /** Signed amount paid for the line, exact. */
  amount: Micro
  /** Signed amount before discounts, exact; null where the file does not say. */
  listAmount: Micro | null
  /** For files with the receipt's total and no amounts per line: the total to share. */
  receiptTotal: Micro | null
  /** Paid back later, of an order-level row. */
  refund: Micro
  promo: string
  floor: string
  counter: string
  vendor: string
  clerk: string
  cashier: string
  memberNo: string
  customerName: string
  customerPhone: string
  tender: string
  tenderReference: string
  originalReceiptNo: string
  /** Numbers of this desk's papers its fields name: the cashier scanned a slip. */
  mentions: readonly string[]
  /** The row is a whole order without its goods. */
  isWholeOrder: boolean
}

export interface RejectedRow {
  reason: string
  params: RefusalParams
  /** The row's amount where that much could be read. */
  amount: Micro | null
}

export type RowOutcome =
  | { row: SaleRow }
  | { skip: string; amount: Micro | null }
  | { reject: RejectedRow }

/** Which receipt a row belongs to, or why that cannot be said. */
export type Identity =
  | { key: string; date: string; local: string; store: string; till: string; receiptNo: string }
  | { problem: RejectedRow }

const separator = '\u001f'

const noMentions: readonly string[] = []
/** A document number without its separators. */
const shortestMention = 17

/** What a receipt is known by. */
export const identityFields = [
  'store',
  'till',
  'date',
  'time',
  'receiptNo',
] as const satisfies readonly ImportField[]

export class SalesReader {
  readonly #context: ReadingContext
  readonly #columns: Columns
  readonly isOrderLevel: boolean
  readonly #qtyUnit: string
  /** Columns a cashier's scan of a slip can end up in. */
  readonly #mentionColumns: readonly number[]
  /** Order-level files show what was paid either before or after refunds; the whole file decides. */
  paidIsNetOfRefunds = false
  #lastDateCell = ''
  #lastTimeCell = ''
  #lastMoment: { date: string; local: string } | { problem: string } | null = null
  readonly #offsets = new Map<string, number>()
  /** Exact sums of the money columns over every row whose cell can be read, whatever became of the row. */
  readonly columnSums = new Map<ImportField, ExactSum>()

  constructor(context: ReadingContext) {
    this.#context = context
    this.#columns = context.columns
    const has = (field: ImportField) => this.#columns[field] !== undefined
    this.isOrderLevel =
      !has('sku') &&
      !has('barcode') &&
      !has('qty') &&
      !has('unitPrice') &&
      (has('paidAmount') || has('receiptTotal'))
    const { note, tenderReference, originalReceiptNo } = this.#columns
    this.#mentionColumns = [note, tenderReference, originalReceiptNo].filter(
      (column) => column !== undefined,
    )
    const qtyColumn = this.#columns.qty
    this.#qtyUnit =
      qtyColumn === undefined ? '' : readUnit(headerUnit(context.header[qtyColumn] ?? ''))
  }

  /** Why a row is no data row at all: blank, a repeated header, a row of totals; null when it is one. */
  notData(row: Row): string | null {
    const { cells } = row
    if (row.broken) return null
    const first = cells.find((cell) => cell.trim() !== '')
    if (first === undefined) return 'import.blank_line'
    const dateCell = this.#cell(cells, 'date').trim()
    if (/\d/.test(dateCell)) return null
    if (dateCell !== '' && tidy(dateCell) === this.#context.header[this.#columns.date ?? -1]) {
      return 'import.header_repeated'
    }
    if (isFooterLabel(first) || isFooterLabel(this.#cell(cells, 'receiptNo')))
      return 'import.totals_row'
    return usedWidth(cells) === 1 && this.#context.width > 2 ? 'import.remark_row' : null
  }

  /** The receipt a row belongs to; rows of a file without receipt numbers are receipts of their own. */
  identity(cells: readonly string[]): Identity {
    const when = this.#when(cells)
    if ('problem' in when) {
      return { problem: this.#rejected(cells, when.problem, this.#timeProblemField(when.problem)) }
    }
    const store = this.#code(cells, 'store')
    const till = this.#code(cells, 'till')
    const receiptNo = this.#code(cells, 'receiptNo')
    if (store === null) return { problem: this.#rejected(cells, 'import.code_damaged', 'store') }
    if (till === null) return { problem: this.#rejected(cells, 'import.code_damaged', 'till') }
    if (receiptNo === null)
      return { problem: this.#rejected(cells, 'import.code_damaged', 'receiptNo') }
    if (receiptNo === '' && this.#columns.receiptNo !== undefined) {
      return { problem: this.#rejected(cells, 'import.missing_value', 'receiptNo') }
    }
    const storeCode = store === '' ? this.#context.storeCode : store
    const key =
      receiptNo === ''
        ? ''
        : storeCode + separator + till + separator + when.date + separator + receiptNo
    return { key, date: when.date, local: when.local, store: storeCode, till, receiptNo }
  }

  /**
   * Reads one data row whose identity is known. `occurrence` counts rows that are alike, for files without receipt
   * numbers.
   */
  read(row: Row, identity: Identity, occurrence: (print: string) => number): RowOutcome {
    const { cells } = row
    const shifted = this.#shifted(cells)
    if (shifted) return { reject: shifted }
    const status =
      this.#columns.status === undefined ? 'sold' : readStatus(this.#cell(cells, 'status'))
    const money = this.#money(cells)
    if ('problem' in money) return this.#rejectedOutcome(cells, money.problem, money.field)
    const unpaid = status === 'unsold' && money.refund === 0
    const amount = money.amount === null ? null : money.amount - money.refund
    if (unpaid) return { skip: 'import.not_a_sale', amount }
    if (this.isOrderLevel && this.#isUnpaidOrder(cells, money)) {
      return { skip: 'import.unpaid_order', amount }
    }
    if ('problem' in identity) return { reject: { ...identity.problem, amount } }
    const built = this.#build(row, identity, money)
    if ('problem' in built) {
      return { reject: { ...this.#rejected(cells, built.problem, built.field), amount } }
    }
    if (status === 'refunded' && built.refund === 0 && built.amount > 0 && built.kind === 'goods') {
      built.refund = built.amount
    }
    if (built.receiptNo === '') this.#giveNumber(built, occurrence)
    return { row: built }
  }

  /** The local moment of the row's receipt as a UTC instant, ISO text. */
  instant(local: string): string {
    const hour = local.slice(0, 13)
    let offset = this.#offsets.get(hour)
    if (offset === undefined) {
      const start = `${hour}:00:00`
      offset = Date.parse(`${start}Z`) - instantOfLocal(start, this.#context.timeZone).getTime()
      if (this.#offsets.size > 20_000) this.#offsets.clear()
      this.#offsets.set(hour, offset)
    }
    return new Date(Date.parse(`${local}Z`) - offset).toISOString()
  }

  #cell(cells: readonly string[], field: ImportField): string {
    const index = this.#columns[field]
    return index === undefined ? '' : (cells[index] ?? '')
  }

  #text(cells: readonly string[], field: ImportField): string {
    const index = this.#columns[field]
    if (index === undefined) return ''
    const cell = cells[index]
    return cell === undefined || cell === '' ? '' : tidyText(cell)
  }

  /** A code, or null when a spreadsheet has destroyed it. */
  #code(cells: readonly string[], field: ImportField): string | null {
    const index = this.#columns[field]
    if (index === undefined) return ''
    const cell = cells[index]
    if (cell === undefined || cell === '') return ''
    const parsed = parseCode(cell)
    if (parsed === 'import.code_damaged') return null
    const { code } = parsed
    return code.endsWith('.0') && this.#context.floatCodes.has(field) ? code.slice(0, -2) : code
  }

  /** Why no cell of a row can be trusted, so that nobody knows which receipt it is of; null when they can. */
  unreadable(row: Row): RejectedRow | null {
    if (row.broken) return { reason: 'import.broken_quote', params: {}, amount: null }
    if (this.#context.mayHoldUndecodable && row.raw.includes('\ufffd')) {
      return { reason: 'import.undecodable', params: {}, amount: null }
    }
    return null
  }

  /** The highest column among those of `fields`; all of them with `all`, else only those that name a receipt. */
  lastColumnOf(fields: readonly ImportField[], all: boolean): number {
    const wanted = fields.filter((field) => all || identityFields.some((known) => known === field))
    return Math.max(0, ...wanted.map((field) => this.#columns[field] ?? 0))
  }

  /** A row with more cells than the header has columns was shifted by an unquoted delimiter. */
  #shifted(cells: readonly string[]): RejectedRow | null {
    const expected = this.#context.width
    if (cells.length <= expected) return null
    const found = usedWidth(cells)
    if (found <= expected) return null
    return { reason: 'import.row_shifted', params: { expected, found }, amount: null }
  }

  #rejected(cells: readonly string[], reason: string, field: ImportField): RejectedRow {
    const index = this.#columns[field]
    return {
      reason,
      params: {
        column: (index === undefined ? '' : this.#context.header[index]) || field,
        value: this.#cell(cells, field).trim().slice(0, 80),
      },
      amount: null,
    }
  }

  #rejectedOutcome(cells: readonly string[], reason: string, field: ImportField): RowOutcome {
    return { reject: this.#rejected(cells, reason, field) }
  }

  #timeProblemField(problem: string): ImportField {
    return problem === 'import.bad_time' && this.#columns.time !== undefined ? 'time' : 'date'
  }

  #when(cells: readonly string[]): { date: string; local: string } | { problem: string } {
    const dateCell = this.#cell(cells, 'date')
    const timeCell = this.#cell(cells, 'time')
    if (this.#lastMoment && dateCell === this.#lastDateCell && timeCell === this.#lastTimeCell) {
      return this.#lastMoment
    }
    this.#lastDateCell = dateCell
    this.#lastTimeCell = timeCell
    this.#lastMoment = this.#readWhen(dateCell, timeCell)
    return this.#lastMoment
  }

  #readWhen(
    dateCell: string,
    timeCell: string,
  ): { date: string; local: string } | { problem: string } {
    const order = this.#context.dateOrder
    const moment = parseMoment(dateCell, order)
    if (moment === null) return { problem: 'import.missing_value' }
    if (typeof moment === 'string') return { problem: moment }
    if (order === null && isYearLast(dateCell)) return { problem: 'import.date_ambiguous' }
    const time = moment.time ?? timeIn(timeCell, order)
    if (time === 'import.bad_time') return { problem: time }
    return this.#businessMoment({ ...moment, time })
  }

  #businessMoment(moment: LocalMoment): { date: string; local: string } {
    const { cutoffMinutes, timeZone } = this.#context
    if (moment.time === null) {
      const opening = `${pad(Math.floor(cutoffMinutes / 60))}:${pad(cutoffMinutes % 60)}:00`
      return { date: moment.date, local: `${moment.date}T${opening}` }
    }
    if (moment.offset !== null) {
      const instant = new Date(
        Date.parse(`${moment.date}T${moment.time}Z`) - moment.offset * 60_000,
      )
      return { date: businessDateOf(instant, this.#context), local: localTime(instant, timeZone) }
    }
    const minutes = Number(moment.time.slice(0, 2)) * 60 + Number(moment.time.slice(3, 5))
    const date = minutes < cutoffMinutes ? dayBefore(moment.date) : moment.date
    return { date, local: `${moment.date}T${moment.time}` }
  }

  /** The row's money and quantity: what was paid for it and what came back of that. */
  #money(cells: readonly string[]): RowMoney | { problem: string; field: ImportField } {
    const money: RowMoney = {
      qtyMilli: null,
      amount: null,
      list: null,
      price: null,
      refund: 0,
      total: null,
    }
    const qty =
      this.#columns.qty === undefined
        ? null
        : parseQuantity(this.#cell(cells, 'qty'), this.#context.decimalMark)
    if (typeof qty === 'string') return { problem: qty, field: 'qty' }
    money.qtyMilli = qty
    for (const field of amountFields) {
      const problem = this.#readAmount(cells, field, money)
      if (problem !== null) return { problem, field }
    }
    if (money.amount === null) {
      const problem = this.#computedAmount(cells, money)
      if (problem) return problem
    }
    if (this.isOrderLevel) {
      if (money.amount === null) money.amount = money.total
      if (this.paidIsNetOfRefunds && money.amount !== null) money.amount += money.refund
    }
    return money
  }

  #readAmount(
    cells: readonly string[],
    field: (typeof amountFields)[number],
    money: RowMoney,
  ): string | null {
    const index = this.#columns[field]
    if (index === undefined) return null
    const amount = parseAmount(cells[index] ?? '', this.#context.decimalMark)
    if (amount === null) return null
    if (typeof amount === 'string') return amount
    this.#addToColumn(field, amount.micro)
    if (field === 'paidAmount') money.amount = amount.micro
    else if (field === 'unitPrice') money.price = amount.micro
    else if (field === 'listAmount') money.list = amount.micro
    else if (field === 'receiptTotal') money.total = amount.micro
    else money.refund += Math.abs(amount.micro)
    if (amount.refunded !== undefined) money.refund += amount.refunded
    return null
  }

  #addToColumn(field: ImportField, micro: Micro): void {
    if (field === 'unitPrice') return
    let sum = this.columnSums.get(field)
    if (!sum) {
      sum = new ExactSum()
      this.columnSums.set(field, sum)
    }
    sum.add(micro)
  }

  /** Without a column of what was paid: the list amount, or quantity × price, less the discount. */
  #computedAmount(
    cells: readonly string[],
    money: RowMoney,
  ): { problem: string; field: ImportField } | null {
    if (this.isOrderLevel || this.#columns.paidAmount !== undefined) return null
    const { decimalMark } = this.#context
    const discount = parseAmount(this.#cell(cells, 'discountAmount'), decimalMark)
    if (typeof discount === 'string') return { problem: discount, field: 'discountAmount' }
    const rate =
      this.#columns.discountRate === undefined ? 0 : discountOf(this.#cell(cells, 'discountRate'))
    if (rate !== 0) return { problem: 'import.discount_unclear', field: 'discountRate' }
    const before =
      money.list ??
      (money.price === null || money.qtyMilli === null
        ? null
        : timesQuantity(money.price, money.qtyMilli))
    if (before === null) return null
    const off = Math.abs(discount?.micro ?? 0)
    money.list = before
    money.amount = before < 0 ? before + off : before - off
    return null
  }

  #isUnpaidOrder(cells: readonly string[], money: RowMoney): boolean {
    if (money.refund > 0) return false
    const paidAt = this.#columns.paidAt
    if (paidAt !== undefined && (cells[paidAt] ?? '').trim() === '') return true
    return money.amount === 0
  }

  #build(
    row: Row,
    identity: Exclude<Identity, { problem: unknown }>,
    money: RowMoney,
  ): SaleRow | { problem: string; field: ImportField } {
    const { cells } = row
    const sku = this.#code(cells, 'sku')
    if (sku === null) return { problem: 'import.code_damaged', field: 'sku' }
    const barcode = this.#code(cells, 'barcode')
    if (barcode === null) return { problem: 'import.code_damaged', field: 'barcode' }
    const memberNo = this.#code(cells, 'memberNo')
    if (memberNo === null) return { problem: 'import.code_damaged', field: 'memberNo' }
    const original = this.#code(cells, 'originalReceiptNo')
    if (original === null) return { problem: 'import.code_damaged', field: 'originalReceiptNo' }
    const type =
      this.#columns.saleType === undefined ? 'sale' : readSaleType(this.#cell(cells, 'saleType'))
    if (type === null) return { problem: 'import.unknown_sale_type', field: 'saleType' }
    const returned =
      parseFlag(this.#cell(cells, 'returned')) === true && this.#columns.returned !== undefined
    // Where the slip of the desk was scanned for the old number, the file names the desk's paper and no sale.
    const isPaper = original !== '' && canonicalDocumentNumber(original) !== null
    const isReturn = type === 'return' || (original !== '' && !isPaper)
    const signed = this.#signed(money, isReturn)
    if ('problem' in signed) return signed
    if (this.isOrderLevel && money.refund > signed.amount) {
      return { problem: 'import.refund_exceeds_paid', field: 'refundAmount' }
    }
    const name = this.#name(cells)
    if (!this.isOrderLevel && sku === '' && barcode === '' && name === '') {
      return {
        problem: 'import.missing_goods',
        field: this.#columns.sku === undefined ? 'name' : 'sku',
      }
    }
    const out = this.#details(cells, row, identity)
    out.sku = sku
    out.barcode = barcode
    out.memberNo = memberNo
    out.originalReceiptNo = isPaper ? '' : original
    out.name = name
    out.qtyMilli = signed.qtyMilli
    out.amount = signed.amount
    out.listAmount = this.#listAmount(money, signed)
    out.receiptTotal = this.#sharedTotal(money)
    out.refund =
      signed.amount <= 0 ? 0 : money.refund > 0 ? money.refund : returned ? signed.amount : 0
    out.kind = this.#kind(out, isReturn)
    return out
  }

  /** Quantity and amount with the one sign they must share; contradictions are refused. */
  #signed(
    money: RowMoney,
    isReturn: boolean,
  ): { qtyMilli: number; amount: Micro } | { problem: string; field: ImportField } {
    if (money.amount === null) {
      return { problem: 'import.missing_value', field: this.#amountField() }
    }
    let qty = money.qtyMilli
    if (qty === null) {
      if (this.#columns.qty !== undefined) return { problem: 'import.missing_value', field: 'qty' }
      qty = money.amount < 0 ? -1000 : 1000
    }
    if (isReturn) return { qtyMilli: -Math.abs(qty), amount: -Math.abs(money.amount) || 0 }
    if (qty === 0 && money.amount !== 0) return { problem: 'import.bad_quantity', field: 'qty' }
    if (qty < 0 && money.amount > 0)
      return { problem: 'import.signs_contradict', field: this.#amountField() }
    return { qtyMilli: qty, amount: money.amount }
  }

  #amountField(): ImportField {
    const { paidAmount, receiptTotal, listAmount } = this.#columns
    if (paidAmount !== undefined) return 'paidAmount'
    if (this.isOrderLevel && receiptTotal !== undefined) return 'receiptTotal'
    return listAmount === undefined ? 'unitPrice' : 'listAmount'
  }

  #listAmount(money: RowMoney, signed: { qtyMilli: number; amount: Micro }): Micro | null {
    const list =
      money.list ?? (money.price === null ? null : timesQuantity(money.price, signed.qtyMilli))
    if (list === null || this.isOrderLevel) return money.total
    return signed.amount < 0 ? -Math.abs(list) : list
  }

  #sharedTotal(money: RowMoney): Micro | null {
    return this.isOrderLevel || this.#columns.paidAmount !== undefined ? null : money.total
  }

  #name(cells: readonly string[]): string {
    const name = this.#text(cells, 'name')
    if (name !== '' || this.isOrderLevel) return name
    const group =
      this.#text(cells, 'categorySmall') ||
      this.#text(cells, 'categoryMiddle') ||
      this.#text(cells, 'category')
    const spec = this.#text(cells, 'spec')
    return [group, spec].filter((part) => part !== '').join(' ')
  }

  #kind(row: SaleRow, isReturn: boolean): LineKind {
    if (isNonGoods(row.sku, row.name)) return 'non_goods'
    if (row.qtyMilli >= 0 && row.amount >= 0) return 'goods'
    if (row.qtyMilli > 0) return 'adjustment'
    const named = row.memberNo !== '' || row.customerName !== '' || row.customerPhone !== ''
    const isNote = /^C\d/i.test(row.receiptNo)
    return row.amount === 0 && !named && !isReturn && !isNote ? 'adjustment' : 'return'
  }

  #details(
    cells: readonly string[],
    row: Row,
    identity: Exclude<Identity, { problem: unknown }>,
  ): SaleRow {
    const columns = this.#columns
    const text = (field: ImportField) =>
      columns[field] === undefined ? '' : this.#text(cells, field)
    const unit = columns.unit === undefined ? this.#qtyUnit : readUnit(this.#text(cells, 'unit'))
    return {
      line: row.line,
      raw: row.raw,
      key: identity.key,
      storeCode: identity.store,
      till: identity.till,
      businessDate: identity.date,
      receiptNo: identity.receiptNo,
      soldAtLocal: identity.local,
      kind: 'goods',
      sku: '',
      barcode: '',
      name: '',
      spec: text('spec'),
      brand: text('brand'),
      model: text('model'),
      category: this.#category(cells),
      unit,
      serialNo: text('serialNo'),
      qtyMilli: 0,
      amount: 0,
      listAmount: null,
      receiptTotal: null,
      refund: 0,
      promo: promoText(text('promo')),
      floor: text('floor'),
      counter: text('counter'),
      vendor: text('vendor'),
      clerk: text('clerk'),
      cashier: text('cashier'),
      memberNo: '',
      customerName: text('customerName'),
      customerPhone: text('customerPhone'),
      tender: text('tender'),
      tenderReference: text('tenderReference'),
      originalReceiptNo: '',
      mentions: this.#mentions(cells),
      isWholeOrder: this.isOrderLevel,
    }
  }

  #mentions(cells: readonly string[]): readonly string[] {
    let found = noMentions
    for (const column of this.#mentionColumns) {
      const cell = cells[column]
      if (cell !== undefined && cell.length >= shortestMention && /[A-Z]{2}/i.test(cell)) {
        found = [...found, ...findDocumentNumbers(cell)]
      }
    }
    return found
  }

  #category(cells: readonly string[]): string {
    const { category, categoryMiddle, categorySmall } = this.#columns
    if (categoryMiddle === undefined && categorySmall === undefined) {
      return category === undefined ? '' : this.#text(cells, 'category')
    }
    return joinCategory([
      this.#text(cells, 'category'),
      this.#text(cells, 'categoryMiddle'),
      this.#text(cells, 'categorySmall'),
    ])
  }

  /**
   * A row without a receipt number gets one that is the same whenever the file, or one that overlaps it, is read
   * again: made of its date, time, customer, goods, quantity and amount, and a count for rows that are all alike.
   */
  #giveNumber(row: SaleRow, occurrence: (print: string) => number): void {
    const print = [
      row.storeCode,
      row.till,
      row.soldAtLocal,
      row.memberNo || row.customerPhone || row.customerName,
      row.sku || row.barcode || row.name,
      row.qtyMilli,
      row.amount,
    ].join(separator)
    const [a, b] = hashHalves(print)
    const count = occurrence(print)
    row.receiptNo = `N${row.businessDate.slice(2).replaceAll('-', '')}-${hexOf(a, b).slice(0, 10)}-${count}`
    row.key =
      row.storeCode +
      separator +
      row.till +
      separator +
      row.businessDate +
      separator +
      row.receiptNo
  }
}

interface RowMoney {
  qtyMilli: number | null
  amount: Micro | null
  list: Micro | null
  price: Micro | null
  refund: Micro
  total: Micro | null
}

const amountFields = [
  'paidAmount',
  'unitPrice',
  'listAmount',
  'receiptTotal',
  'refundAmount',
] as const

/** Price × quantity in millionths; exact unless both carry more decimals than six together, then rounded half up. */
export function timesQuantity(price: Micro, qtyMilli: number): Micro {
  if (qtyMilli % 1000 === 0) {
    const product = price * (qtyMilli / 1000)
    if (Number.isSafeInteger(product)) return product || 0
  }
  const exact = BigInt(price) * BigInt(qtyMilli)
  const half = exact < 0n ? -500n : 500n
  return Number((exact + half) / 1000n) || 0
}

/** `大类 / 中类 / 小类` without empty and repeated levels. */
export function joinCategory(levels: readonly string[]): string {
  return levels.filter((level, index) => level !== '' && level !== levels[index - 1]).join(' / ')
}

function discountOf(cell: string): number {
  const parsed = parseAmount(cell.replace(/[%％]\s*$/, ''))
  return parsed === null || typeof parsed === 'string' ? 0 : parsed.micro / microPerUnit
}

/** `否` and `None` name no promotion; `是` alone says only that there was one. */
function promoText(text: string): string {
  return /^(?:否|none|no|n|无|0)$/i.test(text) ? '' : text
}

/** A column of times may hold the date once more. */
function timeIn(cell: string, order: DateOrder | null): ReturnType<typeof parseTime> {
  const time = parseTime(cell)
  if (time !== 'import.bad_time') return time
  const moment = parseMoment(cell, order)
  return moment === null || typeof moment === 'string' ? time : moment.time
}

function pad(figure: number): string {
  return String(figure).padStart(2, '0')
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
