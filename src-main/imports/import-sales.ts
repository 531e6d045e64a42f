import type { Row } from './tokenizer.ts'
import type { ImportRun } from './run.ts'
import { hashNumber } from './hash.ts'
import { Catalogue } from './catalogue.ts'
import { linkReturns, returnUnits } from './import-links.ts'
import { buildReceipt, buildRefund, type FileLine, type FileReceipt } from './receipts.ts'
import { RunIndex } from './runs.ts'
import { identityFields, SalesReader, type Identity, type SaleRow } from './sales-rows.ts'
import type { SoldLine } from './store.ts'
import { columnDateOrder } from './layout.ts'
import { parseAmount } from './values.ts'

/** Marks the hash of a receipt some of whose rows were refused, so that a corrected file may complete it. */
const incomplete = '!'

interface OpenReceipt {
  rows: SaleRow[]
  isIncomplete: boolean
}

/**
 * Imports a file of sales. The first reading finds where each receipt ends; the second writes a receipt whole as soon
 * as its last row is read, so that stopping at any moment leaves no half receipt.
 */
export function importSales(run: ImportRun): void {
  const { job } = run
  const order = job.mapping.dateOrder ?? columnDateOrder(dateCells(run))
  const reader = new SalesReader({
    ...job.store,
    header: job.form.header,
    width: job.form.width,
    columns: job.mapping.columns,
    dateOrder: order,
    decimalMark: job.mapping.decimalMark,
    floatCodes: new Set(job.form.floatCodes),
    mayHoldUndecodable: job.form.encoding === 'gb18030',
  })
  run.tally.columnSums = reader.columnSums
  const runs = new RunIndex(job.form.size / 60)
  surveyRows(run, reader, runs)
  if (run.isStopped()) return
  new SalesWriter(run, reader, runs).readAll()
}

function* dateCells(run: ImportRun): Generator<string> {
  const index = run.job.mapping.columns.date
  if (index === undefined) return
  for (const row of run.rows(0)) yield row.cells[index] ?? ''
}

/** First reading: where receipts end, and whether paid amounts of orders are what is left after refunds. */
function surveyRows(run: ImportRun, reader: SalesReader, runs: RunIndex): void {
  const { columns, decimalMark } = run.job.mapping
  const watchesRefunds =
    reader.isOrderLevel && columns.refundAmount !== undefined && columns.paidAmount !== undefined
  const wanted = reader.lastColumnOf(
    [...identityFields, 'paidAmount', 'refundAmount'],
    watchesRefunds,
  )
  for (const row of run.rows(0.3, wanted + 1)) {
    if (reader.notData(row) !== null || reader.unreadable(row)) continue
    const identity = reader.identity(row.cells)
    if (!('problem' in identity) && identity.key !== '') runs.note(identity.key)
    if (!watchesRefunds || reader.paidIsNetOfRefunds) continue
    const paid = parseAmount(row.cells[columns.paidAmount ?? -1] ?? '', decimalMark)
    const refund = parseAmount(row.cells[columns.refundAmount ?? -1] ?? '', decimalMark)
    if (paid === null || refund === null || typeof paid === 'string' || typeof refund === 'string')
      continue
    // An order cannot have more paid back than was paid: where one shows it, paid is what was left after refunds.
    if (refund.micro > paid.micro) reader.paidIsNetOfRefunds = true
  }
  runs.rewind()
}

class SalesWriter {
  readonly #run: ImportRun
  readonly #reader: SalesReader
  readonly #runs: RunIndex
  readonly #catalogue: Catalogue
  readonly #occurrences = new Map<number, number>()
  /** Receipts whose rows stand in several places of the file. */
  readonly #waiting = new Map<string, OpenReceipt>()
  #currentKey = ''
  #current: OpenReceipt | null = null
  /** Customers whose purchases this import changed: returns of theirs may find their sale now. */
  readonly #touchedCustomers = new Set<number>()
  /** The sale a return receipt names, by the return's id. */
  readonly #originals = new Map<number, string>()
  /** Receipts that name a paper of the desk. */
  readonly #mentioning = new Set<number>()

  constructor(run: ImportRun, reader: SalesReader, runs: RunIndex) {
    this.#run = run
    this.#reader = reader
    this.#runs = runs
    this.#catalogue = new Catalogue(run)
  }

  readAll(): void {
    const { tally } = this.#run
    for (const row of this.#run.rows(1)) {
      tally.counts.rows += 1
      const note = this.#reader.notData(row)
      if (note !== null) tally.skip(note)
      else this.#readRow(row)
    }
    if (this.#run.isStopped()) return
    this.#closeCurrent()
    for (const open of this.#waiting.values()) this.#flush(open)
    this.#run.writer.flush()
    if (!this.#run.job.dryRun) {
      linkReturns(this.#run, {
        touchedCustomers: this.#touchedCustomers,
        originals: this.#originals,
        mentioning: this.#mentioning,
      })
    }
  }

  #readRow(row: Row): void {
    const { tally } = this.#run
    const unreadable = this.#reader.unreadable(row)
    if (unreadable) {
      tally.reject(row.line, row.raw, unreadable.reason, unreadable.params)
      return
    }
    const identity = this.#reader.identity(row.cells)
    const open = this.#openReceipt(identity)
    const outcome = this.#reader.read(row, identity, (print) => this.#occurrence(print))
    if ('skip' in outcome) tally.skip(outcome.skip, outcome.amount)
    else if ('reject' in outcome) {
      const { reason, params, amount } = outcome.reject
      if (open) open.isIncomplete = true
      tally.reject(row.line, row.raw, reason, params, amount)
    } else if (open) open.rows.push(outcome.row)
    else this.#flush({ rows: [outcome.row], isIncomplete: false })
  }

  #occurrence(print: string): number {
    const hash = hashNumber(print)
    const count = (this.#occurrences.get(hash) ?? 0) + 1
    this.#occurrences.set(hash, count)
    return count
  }

  /** The receipt a row adds to; null for rows that are receipts of their own or belong to none. */
  #openReceipt(identity: Identity): OpenReceipt | null {
    if ('problem' in identity || identity.key === '') return null
    if (this.#runs.enter(identity.key)) {
      this.#closeCurrent()
      this.#currentKey = identity.key
      this.#current = this.#waiting.get(identity.key) ?? { rows: [], isIncomplete: false }
      if (this.#runs.comesAgain(identity.key)) this.#waiting.set(identity.key, this.#current)
      else this.#waiting.delete(identity.key)
    }
    return this.#current
  }

  #closeCurrent(): void {
    const open = this.#current
    this.#current = null
    if (open && !this.#waiting.has(this.#currentKey)) this.#flush(open)
  }

  #flush(open: OpenReceipt): void {
    if (open.rows.length === 0) return
    const { microPerMinor } = this.#run.job.store
    const sale = buildReceipt(open.rows, microPerMinor)
    const refund = buildRefund(sale, microPerMinor)
    const stored = this.#run.store.findReceipt(sale)
    if (stored === null) this.#writeNew(sale, open.isIncomplete, refund)
    else this.#meetStored(sale, stored, open.isIncomplete, refund)
  }

  #writeNew(sale: FileReceipt, isIncomplete: boolean, refund: FileReceipt | null): void {
    const { tally } = this.#run
    tally.accept(sale.rows.length)
    this.#count(sale)
    if (refund) this.#count(refund)
    this.#catalogue.prepare(sale)
    const contentHash = (isIncomplete ? incomplete : '') + sale.contentHash
    const soldAt = this.#reader.instant(sale.soldAtLocal)
    this.#run.write(sale.lines.length + (refund?.lines.length ?? 0), () => {
      const { receiptId, lineIds, customerId } = this.#insertSale(sale, soldAt, contentHash)
      if (refund) this.#insertRefund(refund, { sale, soldAt, receiptId, lineIds, customerId })
    })
  }

  #count(receipt: FileReceipt): void {
    const { tally } = this.#run
    const isReturn = receipt.kind === 'return'
    const isRefund = isReturn && (receipt.lines[0]?.row.refund ?? 0) > 0
    if (isReturn) tally.returnReceipts += 1
    else tally.receipts += 1
    tally.lines += receipt.lines.length
    for (const line of receipt.lines) {
      const amount = isRefund ? -line.row.refund : line.row.amount
      if (isReturn || line.kind === 'return') {
        tally.returnLines += 1
        tally.addReturn(amount)
      } else tally.addSale(amount)
      if (line.kind === 'non_goods') tally.nonGoodsLines += 1
    }
  }

  #insertSale(sale: FileReceipt, soldAt: string, contentHash: string) {
    const { store, importId } = this.#run
    const customerId = this.#catalogue.customerOf(sale)
    if (customerId !== null) this.#touchedCustomers.add(customerId)
    const isErased = customerId === null && this.#catalogue.isErased(sale)
    const receiptId = store.insertReceipt(isErased ? { ...sale, memberNo: '' } : sale, {
      soldAt,
      customerId,
      currency: this.#run.job.store.currency,
      importId,
      originalReceiptId: null,
      contentHash,
      lineCount: sale.lines.length,
    })
    if (sale.originalReceiptNo !== '') this.#originals.set(receiptId, sale.originalReceiptNo)
    const lineIds = sale.lines.map((line) =>
      store.insertLine(receiptId, line, this.#catalogue.productOf(line), unlinked),
    )
    for (const tender of sale.tenders) store.insertTender(receiptId, tender)
    this.#insertMentions(receiptId, sale)
    return { receiptId, lineIds, customerId }
  }

  #insertRefund(refund: FileReceipt, of: WrittenSale): void {
    const { store, importId, tally } = this.#run
    const { sale } = of
    const receiptId = store.insertReceipt(refund, {
      soldAt: of.soldAt,
      customerId: of.customerId,
      currency: this.#run.job.store.currency,
      importId,
      originalReceiptId: of.receiptId,
      contentHash: refund.contentHash,
      lineCount: refund.lines.length,
    })
    for (const line of refund.lines) {
      const soldIndex = sale.lines.findIndex((sold) => sold.row === line.row)
      const soldId = of.lineIds[soldIndex] ?? null
      const linkKind = line.row.refund === line.row.amount ? 'full_line' : 'partial_line'
      tally.addLink(linkKind)
      const link = { originalLineId: soldId, linkKind }
      const lineId = store.insertLine(receiptId, line, this.#catalogue.productOf(line), link)
      if (soldId !== null && line.kind === 'return') {
        const sold = { id: soldId, units: sale.lines[soldIndex]?.units ?? 0 }
        returnUnits(store, lineId, -line.paidAmount, line.units, [sold])
      }
    }
    for (const tender of refund.tenders) store.insertTender(receiptId, tender)
    this.#insertMentions(receiptId, refund)
  }

  #insertMentions(receiptId: number, { mentions }: FileReceipt): void {
    for (const number of mentions) {
      this.#run.store.insertMention(receiptId, number)
      this.#mentioning.add(receiptId)
    }
  }

  /** The receipt is there already: the same again, a fuller reading of it, or another sale under its number. */
  #meetStored(
    sale: FileReceipt,
    stored: { id: number; contentHash: string },
    isIncomplete: boolean,
    refund: FileReceipt | null,
  ): void {
    const isSame = stored.contentHash.replace(incomplete, '') === sale.contentHash
    if (isSame) {
      this.#keepOrRefund(sale, stored.id, refund)
      return
    }
    const held = matchLines(this.#run.store.linesOf(stored.id), sale.lines)
    if (stored.contentHash.startsWith(incomplete) && held.unmatchedStored === 0) {
      this.#complete(sale, stored.id, held.missing, isIncomplete)
    } else if (isIncomplete && held.missing.length === 0) {
      this.#keepOrRefund(sale, stored.id, null)
    } else this.#rejectReceipt(sale)
  }

  #keepOrRefund(sale: FileReceipt, saleId: number, refund: FileReceipt | null): void {
    const { store, tally } = this.#run
    const storedRefund = refund && store.findReceipt(refund)
    if (refund && storedRefund && storedRefund.contentHash !== refund.contentHash) {
      this.#rejectReceipt(sale)
      return
    }
    if (!refund || storedRefund) {
      tally.unchanged(sale.rows.length, netOf(sale.rows))
      return
    }
    // The sale is known, that it was paid back is news.
    tally.accept(sale.rows.length)
    this.#count(refund)
    for (const row of sale.rows) tally.addSale(row.amount)
    this.#catalogue.prepare(sale)
    const soldAt = this.#reader.instant(sale.soldAtLocal)
    const lineIds = store.linesOf(saleId).map(({ id }) => id)
    this.#run.write(refund.lines.length, () => {
      const customerId = this.#catalogue.customerOf(sale)
      this.#insertRefund(refund, { sale, soldAt, receiptId: saleId, lineIds, customerId })
    })
  }

  #complete(
    sale: FileReceipt,
    receiptId: number,
    missing: FileLine[],
    isIncomplete: boolean,
  ): void {
    const { store, tally } = this.#run
    const kept = sale.rows.filter((row) => !missing.some((line) => line.row === row))
    tally.unchanged(kept.length, netOf(kept))
    tally.accept(missing.length)
    this.#count({ ...sale, lines: missing, rows: missing.map(({ row }) => row) })
    this.#catalogue.prepare(sale)
    this.#run.write(missing.length, () => {
      const next = sale.lines.length - missing.length
      missing.forEach((line, index) => {
        const numbered = { ...line, lineNo: next + index + 1 }
        store.insertLine(receiptId, numbered, this.#catalogue.productOf(line), unlinked)
      })
      const contentHash = (isIncomplete ? incomplete : '') + sale.contentHash
      store.completeReceipt(receiptId, sale.total, sale.lines.length, contentHash)
    })
  }

  #rejectReceipt(sale: FileReceipt): void {
    for (const row of sale.rows) {
      const params = { receiptNo: sale.receiptNo, date: sale.businessDate }
      this.#run.tally.reject(
        row.line,
        row.raw,
        'import.receipt_differs',
        params,
        row.amount - row.refund,
      )
    }
  }
}

/** A sale that is in the store, for the refund that belongs to it. */
interface WrittenSale {
  sale: FileReceipt
  soldAt: string
  receiptId: number
  lineIds: readonly number[]
  customerId: number | null
}

const unlinked = { originalLineId: null, linkKind: null }

function netOf(rows: readonly SaleRow[]): number {
  return rows.reduce((sum, row) => sum + row.amount - row.refund, 0)
}

/** Which lines of a reading a stored receipt lacks, and how many of its own the reading lacks. */
function matchLines(stored: readonly SoldLine[], read: readonly FileLine[]) {
  const print = (line: {
    sku: string
    barcode: string
    name: string
    qtyMilli: number
    paidAmount: number
  }) => [line.sku, line.barcode, line.name, line.qtyMilli, line.paidAmount].join('\u001f')
  const left = new Map<string, number>()
  for (const line of stored) left.set(print(line), (left.get(print(line)) ?? 0) + 1)
  const missing: FileLine[] = []
  for (const line of read) {
    const count = left.get(print(line)) ?? 0
    if (count === 0) missing.push(line)
    else left.set(print(line), count - 1)
  }
  let unmatchedStored = 0
  for (const count of left.values()) unmatchedStored += count
  return { missing, unmatchedStored }
}
