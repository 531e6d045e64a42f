import { allocate } from '../foundation/money.ts'
import { hashHalves, hexOf } from './hash.ts'
import { isWeighedUnit, readTender, type TenderKind } from './line-kinds.ts'
import type { LineKind, SaleRow } from './sales-rows.ts'
import type { Micro } from './values.ts'
import { readTenderParts } from './tender-cell.ts'
import { decimalText } from './values.ts'

/** A receipt of the file, whole, as it goes into the store. Amounts are minor units, signed as the till wrote them. */
export interface FileReceipt {
  kind: 'sale' | 'return'
  storeCode: string
  till: string
  businessDate: string
  receiptNo: string
  soldAtLocal: string
  cashier: string
  memberNo: string
  customerName: string
  customerPhone: string
  total: number
  contentHash: string
  originalReceiptNo: string
  /** Numbers of this desk's papers, each once. */
  mentions: readonly string[]
  lines: FileLine[]
  tenders: FileTender[]
  rows: SaleRow[]
}

export interface FileLine {
  lineNo: number
  kind: LineKind
  sku: string
  barcode: string
  name: string
  serialNo: string
  unit: string
  qtyMilli: number
  units: number
  listAmount: number
  paidAmount: number
  fileAmount: string | null
  row: SaleRow
}

export interface FileTender {
  kind: TenderKind
  label: string
  amount: number
  reference: string
}

/** Half up, away from zero, to whole minor units. */
export function roundToMinor(micro: Micro, microPerMinor: number): number {
  const size = Math.abs(micro)
  const rounded =
    Math.floor(size / microPerMinor) + (size % microPerMinor >= microPerMinor / 2 ? 1 : 0)
  return micro < 0 ? -rounded || 0 : rounded
}

/**
 * Rounds the exact amounts of one receipt's lines to minor units so that they sum to the rounded total of the
 * receipt: each is cut off and the missing units go to the largest remainders, earlier lines first (domain.md §5.4).
 */
export function roundLines(amounts: readonly Micro[], microPerMinor: number): number[] {
  if (amounts.every((amount) => amount % microPerMinor === 0)) {
    return amounts.map((amount) => amount / microPerMinor || 0)
  }
  const exact = amounts.reduce((sum, amount) => sum + amount, 0)
  const parts = amounts.map((amount) => Math.floor(amount / microPerMinor))
  let left = roundToMinor(exact, microPerMinor) - parts.reduce((sum, part) => sum + part, 0)
  const byRemainder = amounts
    .map((amount, index) => ({ index, rest: amount - (parts[index] ?? 0) * microPerMinor }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index)
  for (const { index } of byRemainder) {
    if (left <= 0) break
    parts[index] = (parts[index] ?? 0) + 1
    left -= 1
  }
  return parts
}

/**
 * Makes a receipt of its rows. It is a return when nothing in it was bought and something came back; a receipt with
 * both stays a sale whose returned lines say so.
 */
export function buildReceipt(rows: readonly SaleRow[], microPerMinor: number): FileReceipt {
  const first = rows[0]
  if (!first) throw new RangeError('a receipt without rows')
  const paid = paidOf(rows, microPerMinor)
  const lines = rows.map((row, index) => buildLine(row, index + 1, paid[index] ?? 0, microPerMinor))
  const total = paid.reduce((sum, amount) => sum + amount, 0)
  const named = rows.find((row) => row.memberNo !== '' || row.customerName !== '') ?? first
  return {
    kind: isReturnReceipt(rows) ? 'return' : 'sale',
    storeCode: first.storeCode,
    till: first.till,
    businessDate: first.businessDate,
    receiptNo: first.receiptNo,
    soldAtLocal: earliest(rows),
    cashier: first.cashier,
    memberNo: named.memberNo,
    customerName: named.customerName,
    customerPhone: named.customerPhone,
    total,
    contentHash: contentHash(rows),
    originalReceiptNo: rows.find((row) => row.originalReceiptNo !== '')?.originalReceiptNo ?? '',
    mentions: mentionsOf(rows),
    lines,
    tenders: tendersOf(rows, total, microPerMinor),
    rows: [...rows],
  }
}

/** What was paid for each line; a receipt's own total, where lines have none, is shared over them by list amount. */
function paidOf(rows: readonly SaleRow[], microPerMinor: number): number[] {
  const total = rows[0]?.receiptTotal ?? null
  const amounts = rows.map((row) => row.amount)
  const sum = amounts.reduce((left, right) => left + right, 0)
  const shared =
    total !== null && total !== sum && total >= 0 && amounts.every((amount) => amount >= 0)
  if (!shared || total > sum || rows.some((row) => row.receiptTotal !== total)) {
    return roundLines(amounts, microPerMinor)
  }
  return allocate(roundToMinor(total, microPerMinor), amounts)
}

function buildLine(
  row: SaleRow,
  lineNo: number,
  paidAmount: number,
  microPerMinor: number,
): FileLine {
  return {
    lineNo,
    kind: row.kind,
    sku: row.sku,
    barcode: row.barcode,
    name: row.name,
    serialNo: row.serialNo,
    unit: row.unit,
    qtyMilli: row.qtyMilli,
    units: unitsOf(row),
    listAmount: row.listAmount === null ? paidAmount : roundToMinor(row.listAmount, microPerMinor),
    paidAmount,
    fileAmount: row.amount % microPerMinor === 0 ? null : decimalText(BigInt(row.amount)),
    row,
  }
}

/** Pieces that can come back one by one: a weighed quantity is one piece, what is no goods has none. */
export function unitsOf(row: Pick<SaleRow, 'kind' | 'qtyMilli' | 'unit'>): number {
  if (row.kind === 'non_goods' || row.kind === 'adjustment' || row.qtyMilli === 0) return 0
  const size = Math.abs(row.qtyMilli)
  return size % 1000 !== 0 || isWeighedUnit(row.unit) ? 1 : size / 1000
}

function isReturnReceipt(rows: readonly SaleRow[]): boolean {
  let comesBack = false
  for (const row of rows) {
    if (row.kind === 'adjustment') continue
    if (row.qtyMilli > 0 && row.amount >= 0) return false
    if (row.qtyMilli < 0 || row.amount < 0) comesBack = true
  }
  return comesBack
}

function mentionsOf(rows: readonly SaleRow[]): readonly string[] {
  if (rows.every((row) => row.mentions.length === 0)) return []
  return [...new Set(rows.flatMap((row) => row.mentions))]
}

function earliest(rows: readonly SaleRow[]): string {
  let found = rows[0]?.soldAtLocal ?? ''
  for (const row of rows) if (row.soldAtLocal < found) found = row.soldAtLocal
  return found
}

/** How a slip was paid: its one label, or the parts its cell splits it into where they come to the total. */
function tendersOf(rows: readonly SaleRow[], total: number, microPerMinor: number): FileTender[] {
  const [first] = rows
  if (!first) return []
  const reference = first.tenderReference
  const labels = labelsOf(rows, first.tender)
  if (labels.length === 0) return []
  const label = labels.join(' + ')
  if (labels.length > 1) return [{ kind: 'other', label, amount: total, reference }]
  const parts = /\d/.test(label) ? readTenderParts(label) : null
  const tenders = (parts ?? []).map((part) => ({
    kind: readTender(part.label),
    label: part.label,
    amount: roundToMinor(part.micro, microPerMinor),
    reference,
  }))
  if (tenders.length > 0 && tenders.reduce((sum, part) => sum + part.amount, 0) === total) {
    return tenders
  }
  return [{ kind: readTender(label), label, amount: total, reference }]
}

/** The different labels of a slip's rows; nearly always all carry the same one. */
function labelsOf(rows: readonly SaleRow[], first: string): string[] {
  if (rows.every((row) => row.tender === first)) return first === '' ? [] : [first]
  return [...new Set(rows.map((row) => row.tender).filter((label) => label !== ''))]
}

/**
 * What the file says came back of a sale, as a return of its own with the sale's number and day (files with refund
 * columns name no other); null when nothing did. Pieces are told from the money: a part that is no whole number of
 * pieces counts as one begun.
 */
export function buildRefund(sale: FileReceipt, microPerMinor: number): FileReceipt | null {
  const refunded = sale.lines.filter((line) => line.row.refund > 0 && line.paidAmount > 0)
  if (refunded.length === 0) return null
  const lines = refunded.map((line, index) => refundLine(line, index + 1, microPerMinor))
  const total = lines.reduce((sum, line) => sum + line.paidAmount, 0)
  const hash = lines.map((line) => `${line.sku}\u001f${line.row.refund}`).join('\u001e')
  return {
    ...sale,
    kind: 'return',
    total,
    lines,
    contentHash: hexOf(...hashHalves(hash)),
    tenders: refundedTenders(sale, total),
  }
}

/** Back the way it was paid: whole sales to each payment, a part of a sale paid in two ways to both together. */
function refundedTenders(sale: FileReceipt, total: number): FileTender[] {
  const { tenders } = sale
  if (tenders.length < 2) return tenders.map((tender) => ({ ...tender, amount: total }))
  if (total === -sale.total) return tenders.map((tender) => ({ ...tender, amount: -tender.amount }))
  const label = tenders.map((tender) => tender.label).join(' + ')
  return [{ kind: 'other', label, amount: total, reference: tenders[0]?.reference ?? '' }]
}

function refundLine(line: FileLine, lineNo: number, microPerMinor: number): FileLine {
  const { row } = line
  const isWhole = row.refund === row.amount
  const share = row.amount / line.units
  const units = isWhole ? line.units : Math.min(line.units, Math.ceil(row.refund / share))
  const paidAmount = isWhole ? -line.paidAmount : -roundToMinor(row.refund, microPerMinor)
  return {
    ...line,
    lineNo,
    kind: line.kind === 'goods' ? 'return' : line.kind,
    qtyMilli: isWhole || line.units <= 1 ? -line.qtyMilli : -units * 1000,
    units,
    listAmount: paidAmount,
    paidAmount,
    fileAmount: row.refund % microPerMinor === 0 ? null : decimalText(BigInt(-row.refund)),
  }
}

/**
 * Says whether two readings of a receipt are the same sale: goods, quantities and exact amounts, whatever the order
 * of the rows.
 */
export function contentHash(rows: readonly SaleRow[]): string {
  let a = rows.length
  let b = 0
  for (const row of rows) {
    const [left, right] = hashHalves(
      `${row.sku}\u001f${row.barcode}\u001f${row.sku === '' && row.barcode === '' ? row.name : ''}\u001f${row.qtyMilli}\u001f${row.amount}\u001f${row.serialNo}`,
    )
    a = (a + left) >>> 0
    b = (b + right) >>> 0
  }
  return hexOf(a, b)
}
