import { statSync } from 'node:fs'
import { erasedKey, type ErasedKind } from '../database/erased-key.ts'
import { bigramsOf } from '../foundation/bigrams.ts'
import { phoneDigits } from '../foundation/phone.ts'
import { namePinyin, type PinyinKeys, wordPinyin } from '../foundation/pinyin.ts'
import { searchKey } from '../foundation/text.ts'
import { SaleLookups } from '../database/sale-lookups.ts'
import type { SlicedWriter } from '../database/sliced-writer.ts'
import { openSqlite, type SqliteDatabase, StatementCache } from '../database/sqlite.ts'
import type { Statement } from 'better-sqlite3'
import type { ImportKind } from './headers.ts'
import type { Candidate, ReturnLine } from './linking.ts'
import { type Column, RowBuffer } from './row-buffer.ts'
import type { FileLine, FileReceipt, FileTender } from './receipts.ts'

/** What an import writes about itself when it starts. */
export interface NewBatch {
  kind: ImportKind
  fileName: string
  fileSize: number
  fileSha256: string
  encoding: string
  delimiter: string
  headerLine: number
  mapping: string
  operatorId: number | null
  startedAt: string
}

export interface BatchResult {
  state: 'finished' | 'cancelled' | 'failed'
  finishedAt: string
  failure: string | null
  rows: number
  accepted: number
  unchanged: number
  skipped: number
  rejected: number
  rejectFile: string | null
  summary: string
}

export interface ProductValues {
  sku: string
  barcode: string
  name: string
  brand: string
  model: string
  category: string
  spec: string
  unit: string
  origin: string
  floor: string
  counter: string
  vendor: string
  serialTracked: 0 | 1
  listPrice: number | null
  warrantyUnitMonths: number | null
  warrantyPartMonths: number | null
  warrantyMainParts: string
  warrantyProvider: 'maker' | 'store' | 'vendor' | null
  warrantyProviderName: string
  warrantyProviderPhone: string
}

export interface CustomerValues {
  memberNo: string | null
  name: string
  phone: string
  address: string
  joinedOn: string | null
  points: number | null
  tier: string
  note: string
}

/** What names a receipt and says whose it is. */
export type ReceiptHead = Pick<
  FileReceipt,
  'storeCode' | 'till' | 'businessDate' | 'receiptNo' | 'kind' | 'memberNo' | 'cashier' | 'total'
>

export interface StoredReceipt {
  id: number
  contentHash: string
}

/**
 * How large the WAL may grow before it is written back. Short transactions write the pages of the indexes again and
 * again; the longer the WAL, the fewer of them reach the database file more than once.
 */
const checkpointBytes = 64 * 1024 * 1024

/** New rows touch pages all over the indexes: a larger cache than the desk's own spares reading them again and again. */
const cacheKib = 256 * 1024

interface ImportStoreOptions {
  readonly?: boolean
  maxPages?: number | undefined
  /** Called before each transaction. */
  beforeWriting?: () => void
}

/**
 * The import's own connection: a second writer beside the desk's, in short immediate transactions. Ids of rows come
 * from the database; nothing here keeps a transaction open between calls of `transact`.
 */
export class ImportStore {
  readonly #db: SqliteDatabase
  readonly #statements: StatementCache
  readonly #walFile: string
  readonly #beforeWriting: (() => void) | undefined
  #isReading = false
  readonly #days = new Map<string, boolean>()
  readonly #receipts: RowBuffer
  readonly #lines: RowBuffer
  readonly #tenders: RowBuffer
  readonly #buffers: readonly RowBuffer[]

  /** Sounds of names to come, worked out while the lock is free. */
  readonly #sounds = new Map<string, PinyinKeys>()

  #someErased: boolean | undefined

  constructor(file: string, options: ImportStoreOptions = {}) {
    this.#walFile = `${file}-wal`
    this.#beforeWriting = options.beforeWriting
    this.#db = openSqlite(file, options)
    this.#statements = new StatementCache(this.#db)
    this.#receipts = new RowBuffer(this.#statements, 'receipt', receiptColumns)
    this.#lines = new RowBuffer(this.#statements, 'sale_line', lineColumns)
    this.#tenders = new RowBuffer(this.#statements, 'tender', tenderColumns)
    this.#buffers = [this.#receipts, this.#lines, this.#tenders]
    if (options.readonly) return
    if (options.maxPages !== undefined) this.#db.pragma(`max_page_count = ${options.maxPages}`)
    // Checkpoints run between transactions: a commit that had to write the WAL back would hold the lock too long.
    this.#db.pragma('wal_autocheckpoint = 0')
    // Every id written here was looked up or inserted on this connection, and rows of these tables are never deleted:
    // checking each reference again costs a quarter of the time. A test checks all of them after an import.
    this.#db.pragma('foreign_keys = OFF')
    this.#db.pragma(`cache_size = -${cacheKib}`)
    this.#setDurable(false)
  }

  /** The look-up tables of sales, filled through this connection. */
  lookups(writer: SlicedWriter): SaleLookups {
    return new SaleLookups(this.#db, writer)
  }

  /** Works out how a product's or a person's name sounds before it is written. */
  prepareName(name: string, of: 'product' | 'person'): void {
    if (this.#sounds.size > 20_000) this.#sounds.clear()
    const sounds = of === 'product' ? wordPinyin : namePinyin
    this.#sounds.set(name, sounds(name))
  }

  #soundsOf(name: string, sounds: (name: string) => PinyinKeys): PinyinKeys {
    const prepared = this.#sounds.get(name)
    if (!prepared) return sounds(name)
    this.#sounds.delete(name)
    return prepared
  }

  close(): void {
    this.#endReading()
    this.#db.close()
  }

  begin(): void {
    this.#endReading()
    this.#beforeWriting?.()
    this.#statements.get('BEGIN IMMEDIATE').run()
    for (const buffer of this.#buffers) buffer.begin()
  }

  commit(): void {
    this.#flushRows()
    this.#statements.get('COMMIT').run()
  }

  /** Writes gathered rows, receipts before what belongs to them. */
  #flushRows(): void {
    for (const buffer of this.#buffers) buffer.flush()
  }

  /** Look-ups between two transactions share one snapshot: taking a new one for each costs more than the look-up. */
  #read(sql: string): Statement {
    if (!this.#db.inTransaction) {
      this.#statements.get('BEGIN').run()
      this.#isReading = true
    }
    return this.#statements.get(sql)
  }

  #endReading(): void {
    if (!this.#isReading) return
    this.#isReading = false
    this.#statements.get('COMMIT').run()
  }

  rollback(): void {
    this.#isReading = false
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK')
  }

  /** Writes a grown WAL back without keeping anybody waiting. */
  checkpoint(): void {
    this.#endReading()
    const size = statSync(this.#walFile, { throwIfNoEntry: false })?.size ?? 0
    if (size > checkpointBytes) this.#db.pragma('wal_checkpoint(PASSIVE)')
  }

  /**
   * Whether a commit waits for the disk. While rows come in it need not: the WAL keeps their order, so a power cut
   * can only take the newest receipts, whole, of an import that was never reported as finished and can be repeated.
   * The commit that says it is finished waits, and with it everything before.
   */
  #setDurable(durable: boolean): void {
    this.#db.pragma(`synchronous = ${durable ? 'FULL' : 'NORMAL'}`)
  }

  /** The commit of what `work` writes waits until all of the import is on the disk. */
  writeDurably(work: () => void): void {
    this.#endReading()
    // Whatever is not on the disk yet is sent there now: the commit would wait for it with the lock in its hands.
    this.#db.pragma('wal_checkpoint(PASSIVE)')
    this.#setDurable(true)
    try {
      this.begin()
      work()
      this.commit()
    } catch (error) {
      this.rollback()
      throw error
    } finally {
      this.#setDurable(false)
    }
  }

  insertBatch(batch: NewBatch): number {
    return this.#insert(
      `INSERT INTO import_batch (kind, file_name, file_size, file_sha256, encoding, delimiter, header_line, mapping,
        state, operator_id, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?)`,
      [
        batch.kind,
        batch.fileName,
        batch.fileSize,
        batch.fileSha256,
        batch.encoding,
        batch.delimiter,
        batch.headerLine,
        batch.mapping,
        batch.operatorId,
        batch.startedAt,
      ],
    )
  }

  finishBatch(id: number, result: BatchResult): void {
    this.#statements
      .get(
        `UPDATE import_batch SET state = ?, finished_at = ?, failure = ?, rows_total = ?, rows_accepted = ?,
          rows_unchanged = ?, rows_skipped = ?, rows_rejected = ?, reject_file = ?, summary = ? WHERE id = ?`,
      )
      .run(
        result.state,
        result.finishedAt,
        result.failure,
        result.rows,
        result.accepted,
        result.unchanged,
        result.skipped,
        result.rejected,
        result.rejectFile,
        result.summary,
        id,
      )
  }

  insertReject(importId: number, line: number, reason: string, detail: string, raw: string): void {
    this.#statements
      .get(
        'INSERT INTO import_reject (import_id, line_no, reason, detail, raw) VALUES (?, ?, ?, ?, ?)',
      )
      .run(importId, line, reason, detail, raw)
  }

  /** A receipt that was there before this import; each of the file's own comes only once. */
  findReceipt(
    receipt: Pick<FileReceipt, 'storeCode' | 'till' | 'businessDate' | 'receiptNo' | 'kind'>,
  ): StoredReceipt | null {
    if (!this.#hadReceipts(receipt.storeCode, receipt.till, receipt.businessDate)) return null
    const row = this.#read(
      `SELECT id, content_hash AS contentHash FROM receipt
          WHERE store_code = ? AND till = ? AND business_date = ? AND receipt_no = ? AND kind = ?`,
    ).get(receipt.storeCode, receipt.till, receipt.businessDate, receipt.receiptNo, receipt.kind)
    return (row as StoredReceipt | undefined) ?? null
  }

  /** Whether a till had receipts of a day when it was first asked for: mostly not, which spares a look-up for each. */
  #hadReceipts(storeCode: string, till: string, businessDate: string): boolean {
    const key = `${storeCode}\u001f${till}\u001f${businessDate}`
    let had = this.#days.get(key)
    if (had === undefined) {
      const row = this.#read(
        'SELECT 1 FROM receipt WHERE store_code = ? AND till = ? AND business_date = ? LIMIT 1',
      ).get(storeCode, till, businessDate)
      had = row !== undefined
      this.#days.set(key, had)
    }
    return had
  }

  insertReceipt(
    receipt: ReceiptHead,
    more: {
      soldAt: string
      customerId: number | null
      currency: string
      importId: number
      originalReceiptId: number | null
      contentHash: string
      lineCount: number
    },
  ): number {
    return this.#receipts.add([
      receipt.storeCode,
      receipt.till,
      receipt.businessDate,
      receipt.receiptNo,
      searchKey(receipt.receiptNo),
      receipt.kind,
      more.soldAt,
      more.customerId,
      receipt.memberNo,
      receipt.cashier,
      more.currency,
      receipt.total,
      more.lineCount,
      more.originalReceiptId,
      more.contentHash,
      more.importId,
    ])
  }

  insertLine(
    receiptId: number,
    line: FileLine,
    product: KnownProduct | null,
    link: { originalLineId: number | null; linkKind: string | null },
  ): number {
    const { row } = line
    if (this.#lines.isFull) this.#flushRows()
    return this.#lines.add([
      receiptId,
      line.lineNo,
      line.kind,
      product?.id ?? null,
      line.sku,
      line.barcode,
      line.barcode === '' || line.barcode === product?.barcode ? null : line.barcode,
      line.name,
      line.serialNo,
      line.unit,
      line.qtyMilli,
      line.units,
      line.listAmount,
      line.paidAmount,
      row.promo,
      row.floor,
      row.counter,
      row.vendor,
      row.clerk,
      link.originalLineId,
      link.linkKind,
      line.fileAmount,
    ])
  }

  insertTender(receiptId: number, tender: FileTender): void {
    this.#tenders.add([receiptId, tender.kind, tender.label, tender.amount, tender.reference])
  }

  /** Notes that a receipt names a paper of the desk. */
  insertMention(receiptId: number, number: string): void {
    this.#flushRows()
    this.#statements
      .get('INSERT OR IGNORE INTO till_mention (receipt_id, number) VALUES (?, ?)')
      .run(receiptId, number)
  }

  /** Goods of the sale that a paper named on a receipt belongs to. */
  goodsOfMentioned(receiptId: number): Candidate[] {
    return this.#read(
      `SELECT ${candidateColumns} FROM receipt r JOIN sale_line l ON l.receipt_id = r.id
          WHERE l.kind = 'goods' AND r.id IN (
            SELECT i.receipt_id FROM till_mention m JOIN pos_instruction i
              ON i.number = m.number OR i.source_number = m.number WHERE m.receipt_id = ?)
          ORDER BY r.sold_at, r.id, l.line_no`,
    ).all(receiptId) as Candidate[]
  }

  findProductBySku(sku: string): KnownProduct | null {
    const row = this.#read('SELECT id, barcode FROM product WHERE sku = ?').get(sku)
    return (row as KnownProduct | undefined) ?? null
  }

  /** The product with a barcode, when exactly one has it. */
  findProductByBarcode(barcode: string): KnownProduct | null {
    const rows = this.#read(
      "SELECT id, barcode FROM product WHERE barcode = ? AND barcode <> '' LIMIT 2",
    ).all(barcode) as KnownProduct[]
    return rows.length === 1 ? (rows[0] ?? null) : null
  }

  findProduct(id: number): (ProductValues & { source: 'catalogue' | 'sale' }) | null {
    const row = this.#read(
      `SELECT sku, barcode, name, brand, model, category, spec, unit, origin, floor, counter, vendor,
          serial_tracked AS serialTracked, list_price AS listPrice, warranty_unit_months AS warrantyUnitMonths,
          warranty_part_months AS warrantyPartMonths, warranty_main_parts AS warrantyMainParts,
          warranty_provider AS warrantyProvider, warranty_provider_name AS warrantyProviderName,
          warranty_provider_phone AS warrantyProviderPhone, source FROM product WHERE id = ?`,
    ).get(id)
    return (row as (ProductValues & { source: 'catalogue' | 'sale' }) | undefined) ?? null
  }

  insertProduct(
    values: ProductValues,
    more: { source: 'catalogue' | 'sale'; importId: number; createdAt: string },
  ): number {
    const sounds = this.#soundsOf(values.name, wordPinyin)
    const id = this.#insert(
      `INSERT INTO product (sku, sku_key, barcode, name, name_pinyin, name_initials, brand, model, category, spec, unit,
        origin, floor, counter, vendor, serial_tracked, list_price, warranty_unit_months, warranty_part_months,
        warranty_main_parts, warranty_provider, warranty_provider_name, warranty_provider_phone, source, import_id,
        created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        values.sku,
        searchKey(values.sku),
        values.barcode,
        values.name,
        sounds.full,
        sounds.initials,
        ...productColumns(values),
        more.source,
        more.importId,
        more.createdAt,
      ],
    )
    this.#writeGrams('product_grams', id, productText(values))
    return id
  }

  /** Replaces a catalogue row's content; its sku stays. */
  updateProduct(id: number, values: ProductValues, importId: number): void {
    const sounds = this.#soundsOf(values.name, wordPinyin)
    // Lines sold under the barcode the product had are found by it still.
    this.#statements
      .get(
        `UPDATE sale_line SET stray_barcode = barcode WHERE product_id = ? AND stray_barcode IS NULL
          AND barcode NOT IN ('', ?) AND (SELECT barcode FROM product WHERE id = ?) <> ?`,
      )
      .run(id, values.barcode, id, values.barcode)
    this.#statements
      .get(
        `UPDATE product SET barcode = ?, name = ?, name_pinyin = ?, name_initials = ?, brand = ?, model = ?,
          category = ?, spec = ?, unit = ?, origin = ?, floor = ?, counter = ?, vendor = ?, serial_tracked = ?,
          list_price = ?, warranty_unit_months = ?, warranty_part_months = ?, warranty_main_parts = ?,
          warranty_provider = ?, warranty_provider_name = ?, warranty_provider_phone = ?, source = 'catalogue',
          import_id = ?, version = version + 1 WHERE id = ?`,
      )
      .run(
        values.barcode,
        values.name,
        sounds.full,
        sounds.initials,
        ...productColumns(values),
        importId,
        id,
      )
    this.#statements.get('DELETE FROM product_grams WHERE rowid = ?').run(id)
    this.#writeGrams('product_grams', id, productText(values))
  }

  findCustomerByMember(memberNo: string): number | null {
    return this.#id('SELECT id FROM customer WHERE member_no = ?', memberNo)
  }

  /** The customer with this phone and name, for people without a card. */
  findCustomerByPhone(phone: string, name: string): number | null {
    const row = this.#read(
      'SELECT id FROM customer WHERE phone_digits = ? AND name = ? AND phone_digits <> ? LIMIT 1',
    ).get(phoneDigits(phone), name, '')
    return (row as { id: number } | undefined)?.id ?? null
  }

  /** The customer known by a name alone: no card, no phone. */
  findCustomerByNameAlone(name: string): number | null {
    return this.#id(
      "SELECT id FROM customer WHERE name = ? AND member_no IS NULL AND phone_digits = '' LIMIT 1",
      name,
    )
  }

  findCustomer(id: number): CustomerValues | null {
    const row = this.#read(
      `SELECT member_no AS memberNo, name, phone, address, joined_on AS joinedOn, points, tier, note
          FROM customer          WHERE id = ?`,
    ).get(id)
    return (row as CustomerValues | undefined) ?? null
  }

  insertCustomer(values: CustomerValues, more: { importId: number; createdAt: string }): number {
    const sounds = this.#soundsOf(values.name, namePinyin)
    const digits = phoneDigits(values.phone)
    const id = this.#insert(
      `INSERT INTO customer (member_no, name, name_pinyin, name_initials, phone, phone_digits, phone_tail, address,
        joined_on, points, tier, note, import_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        values.memberNo,
        values.name,
        sounds.full,
        sounds.initials,
        values.phone,
        digits,
        digits.slice(-4),
        values.address,
        values.joinedOn,
        values.points,
        values.tier,
        values.note,
        more.importId,
        more.createdAt,
      ],
    )
    if (values.name !== '') this.#writeGrams('customer_grams', id, values.name)
    return id
  }

  /**
   * Whether a phone or member number belonged to somebody who was erased: they come back only when they ask for it.
   * Costs nothing in a store where nobody was.
   */
  isErased(kind: ErasedKind, value: string): boolean {
    if (value === '' || !this.#hasErased()) return false
    const { secret } = this.#read('SELECT secret FROM erasure_secret').get() as { secret: string }
    const hash = erasedKey(secret, kind, value)
    return this.#read('SELECT 1 FROM erased_key WHERE hash = ?').get(hash) !== undefined
  }

  #hasErased(): boolean {
    this.#someErased ??= this.#read('SELECT 1 FROM erased_key LIMIT 1').get() !== undefined
    return this.#someErased
  }

  /** What a customer's row says by itself where fields of a merged one lie over it (docs/customers.md). */
  findOwn(id: number): Partial<CustomerValues> | null {
    const row = this.#read('SELECT own FROM customer_own WHERE customer_id = ?').get(id) as
      | { own: string }
      | undefined
    if (!row) return null
    const own = JSON.parse(row.own) as Omit<CustomerValues, 'tier'> & { tier: { tier: string } }
    return { ...own, tier: own.tier.tier }
  }

  /** Whether somebody here gave the grade by hand: the file's waits until it is given back. */
  hasGivenTier(id: number): boolean {
    return this.#id("SELECT id FROM customer WHERE id = ? AND tier_source = 'hand'", id) !== null
  }

  updateCustomer(
    id: number,
    values: CustomerValues,
    more: { importId: number; at: string; before: string },
  ): void {
    const { importId } = more
    if (values.tier !== more.before) {
      this.#insert(
        `INSERT INTO customer_grade (customer_id, before, tier, source, given_at) VALUES (?, ?, ?, 'import', ?)`,
        [id, more.before, values.tier, more.at],
      )
    }
    const sounds = this.#soundsOf(values.name, namePinyin)
    const digits = phoneDigits(values.phone)
    this.#statements
      .get(
        `UPDATE customer SET member_no = ?, name = ?, name_pinyin = ?, name_initials = ?, phone = ?, phone_digits = ?,
          phone_tail = ?, address = ?, joined_on = ?, points = ?, tier = ?, note = ?, import_id = ?, version = version + 1
          WHERE id = ?`,
      )
      .run(
        values.memberNo,
        values.name,
        sounds.full,
        sounds.initials,
        values.phone,
        digits,
        digits.slice(-4),
        values.address,
        values.joinedOn,
        values.points,
        values.tier,
        values.note,
        importId,
        id,
      )
    this.#statements.get('DELETE FROM customer_grams WHERE rowid = ?').run(id)
    if (values.name !== '') this.#writeGrams('customer_grams', id, values.name)
  }

  /** Return lines not linked to a sale yet, a page at a time, in the order they were written. */
  unlinkedReturns(after: { receiptId: number; id: number }, limit: number): ReturnLine[] {
    return this.#read(
      `SELECT l.id, l.receipt_id AS receiptId, l.sku, l.barcode, l.name, l.qty_milli AS qtyMilli, l.units,
          l.paid_amount AS paidAmount, l.link_kind AS linkKind, r.customer_id AS customerId, r.sold_at AS soldAt,
          r.store_code AS storeCode, r.receipt_key AS receiptKey, r.original_receipt_id AS originalReceiptId,
          r.import_id AS importId,
          (c.member_no IS NOT NULL OR c.phone_digits <> '') AS customerIsIdentified
          FROM sale_line l INDEXED BY sale_line_unlinked
          JOIN receipt r ON r.id = l.receipt_id LEFT JOIN customer c ON c.id = r.customer_id
          WHERE l.kind = 'return' AND l.original_line_id IS NULL AND (l.receipt_id, l.id) > (?, ?)
          ORDER BY l.receipt_id, l.id LIMIT ?`,
    ).all(after.receiptId, after.id, limit) as ReturnLine[]
  }

  /** Goods a customer bought, oldest first. */
  goodsOfCustomer(customerId: number): Candidate[] {
    return this.#read(
      `SELECT ${candidateColumns} FROM receipt r JOIN sale_line l ON l.receipt_id = r.id
          WHERE r.customer_id = ? AND l.kind = 'goods' ORDER BY r.sold_at, r.id, l.line_no`,
    ).all(customerId) as Candidate[]
  }

  /** Goods of every sale with a number in a store. */
  goodsOfReceiptNo(storeCode: string, receiptKey: string): Candidate[] {
    return this.#read(
      `SELECT ${candidateColumns} FROM receipt r JOIN sale_line l ON l.receipt_id = r.id
          WHERE r.receipt_key = ? AND r.store_code = ? AND l.kind = 'goods' ORDER BY r.sold_at, r.id, l.line_no`,
    ).all(receiptKey, storeCode) as Candidate[]
  }

  /** Sales with a number, in any store. */
  salesByNumber(receiptNo: string): SaleHead[] {
    return this.#read(
      `SELECT id, store_code AS storeCode, till, business_date AS businessDate, receipt_no AS receiptNo,
          sold_at AS soldAt, customer_id AS customerId, member_no AS memberNo, currency FROM receipt
          WHERE receipt_key = ? AND receipt_no = ? AND kind = 'sale' ORDER BY id`,
    ).all(searchKey(receiptNo), receiptNo) as SaleHead[]
  }

  linesOf(receiptId: number): SoldLine[] {
    return this.#read(
      `SELECT l.id, l.line_no AS lineNo, l.kind, l.product_id AS productId, l.sku, l.barcode, l.name,
          l.serial_no AS serialNo, l.unit, l.qty_milli AS qtyMilli, l.units, l.list_amount AS listAmount,
          l.paid_amount AS paidAmount, l.promo, l.floor, l.counter, l.vendor, l.clerk, l.file_amount AS fileAmount,
          (SELECT count(*) FROM returned_unit u WHERE u.sale_line_id = l.id AND u.live = 1) AS returnedUnits
          FROM sale_line l WHERE l.receipt_id = ? ORDER BY l.line_no`,
    ).all(receiptId) as SoldLine[]
  }

  /** Writes a line of a till return of a whole sale: the sold line with its signs turned. */
  insertReturnOf(
    receiptId: number,
    lineNo: number,
    line: SoldLine,
    back: {
      qtyMilli: number
      units: number
      amount: number
      fileAmount: string | null
      linkKind: string
    },
  ): number {
    return this.#lines.add([
      receiptId,
      lineNo,
      line.kind === 'goods' ? 'return' : 'non_goods',
      line.productId,
      line.sku,
      line.barcode,
      null,
      line.name,
      line.serialNo,
      line.unit,
      -back.qtyMilli,
      back.units,
      -back.amount,
      -back.amount,
      line.promo,
      line.floor,
      line.counter,
      line.vendor,
      line.clerk,
      line.id,
      back.linkKind,
      back.fileAmount,
    ])
  }

  /** Unit numbers of a sold line that have come back already. */
  returnedUnits(saleLineId: number): number[] {
    const rows = this.#read(
      'SELECT unit_no AS unitNo FROM returned_unit WHERE sale_line_id = ? AND live = 1 ORDER BY unit_no',
    ).all(saleLineId) as { unitNo: number }[]
    return rows.map(({ unitNo }) => unitNo)
  }

  insertReturnedUnit(
    saleLineId: number,
    unitNo: number,
    amount: number,
    returnLineId: number,
  ): void {
    this.#flushRows()
    this.#insert(
      // A return that stands for a document of the desk takes nothing: the desk's slip has taken the unit.
      `INSERT INTO returned_unit (sale_line_id, unit_no, amount, pos_return_line_id) SELECT ?, ?, ?, l.id
        FROM sale_line l WHERE l.id = ? AND NOT EXISTS (
          SELECT 1 FROM pos_settlement s WHERE s.receipt_id = l.receipt_id AND s.live = 1)
        ON CONFLICT DO NOTHING`,
      [saleLineId, unitNo, amount, returnLineId],
    )
  }

  linkReturn(returnLineId: number, originalLineId: number | null, linkKind: string): void {
    this.#flushRows()
    this.#statements
      .get('UPDATE sale_line SET original_line_id = ?, link_kind = ? WHERE id = ?')
      .run(originalLineId, linkKind, returnLineId)
  }

  /** Names the sale a return receipt belongs to, where none is named yet. */
  linkReceipt(returnReceiptId: number, saleReceiptId: number): void {
    this.#flushRows()
    this.#statements
      .get(
        'UPDATE receipt SET original_receipt_id = ? WHERE id = ? AND original_receipt_id IS NULL',
      )
      .run(saleReceiptId, returnReceiptId)
  }

  /** What a receipt written in part holds, to see whether a fuller reading contains it. */
  completeReceipt(id: number, total: number, lineCount: number, contentHash: string): void {
    this.#flushRows()
    this.#statements
      .get('UPDATE receipt SET total = ?, line_count = ?, content_hash = ? WHERE id = ?')
      .run(total, lineCount, contentHash, id)
    // Find compares what it finds by amount with the receipt, so the entry for the old total does no harm.
    this.#statements
      .get(
        `INSERT OR IGNORE INTO receipt_by_amount (total, business_date, receipt_id)
          SELECT total, business_date, id FROM receipt WHERE id = ?`,
      )
      .run(id)
  }

  #writeGrams(table: 'product_grams' | 'customer_grams', id: number, text: string): void {
    this.#statements
      .get(`INSERT INTO ${table} (rowid, grams) VALUES (?, ?)`)
      .run(id, bigramsOf(text))
  }

  #insert(sql: string, values: readonly unknown[]): number {
    return Number(this.#statements.get(sql).run(values).lastInsertRowid)
  }

  #id(sql: string, value: string | number): number | null {
    const row = this.#read(sql).get(value) as { id: number } | undefined
    return row?.id ?? null
  }
}

const receiptColumns: readonly Column[] = [
  ['store_code'],
  ['till'],
  ['business_date'],
  ['receipt_no'],
  ['receipt_key'],
  ['kind'],
  ['sold_at'],
  ['customer_id', null],
  ['member_no', ''],
  ['cashier', ''],
  ['currency'],
  ['total'],
  ['line_count'],
  ['original_receipt_id', null],
  ['content_hash'],
  ['import_id'],
]
const lineColumns: readonly Column[] = [
  ['receipt_id'],
  ['line_no'],
  ['kind'],
  ['product_id', null],
  ['sku', ''],
  ['barcode', ''],
  ['stray_barcode', null],
  ['name'],
  ['serial_no', ''],
  ['unit', ''],
  ['qty_milli'],
  ['units'],
  ['list_amount'],
  ['paid_amount'],
  ['promo', ''],
  ['floor', ''],
  ['counter', ''],
  ['vendor', ''],
  ['clerk', ''],
  ['original_line_id', null],
  ['link_kind', null],
  ['file_amount', null],
]
const tenderColumns: readonly Column[] = [
  ['receipt_id'],
  ['kind'],
  ['label', ''],
  ['amount'],
  ['reference', ''],
]

/** A product as lines refer to it. */
export interface KnownProduct {
  id: number
  barcode: string
}

export interface SaleHead {
  id: number
  storeCode: string
  till: string
  businessDate: string
  receiptNo: string
  soldAt: string
  customerId: number | null
  memberNo: string
  currency: string
}

export interface SoldLine {
  id: number
  lineNo: number
  kind: string
  productId: number | null
  sku: string
  barcode: string
  name: string
  serialNo: string
  unit: string
  qtyMilli: number
  units: number
  listAmount: number
  paidAmount: number
  promo: string
  floor: string
  counter: string
  vendor: string
  clerk: string
  fileAmount: string | null
  returnedUnits: number
}

const candidateColumns = `l.id AS lineId, l.receipt_id AS receiptId, l.sku, l.barcode, l.name,
  l.qty_milli AS qtyMilli, l.units, l.paid_amount AS paidAmount, r.sold_at AS soldAt`

function productColumns(values: ProductValues): unknown[] {
  return [
    values.brand,
    values.model,
    values.category,
    values.spec,
    values.unit,
    values.origin,
    values.floor,
    values.counter,
    values.vendor,
    values.serialTracked,
    values.listPrice,
    values.warrantyUnitMonths,
    values.warrantyPartMonths,
    values.warrantyMainParts,
    values.warrantyProvider,
    values.warrantyProviderName,
    values.warrantyProviderPhone,
  ]
}

function productText(values: ProductValues): string {
  return [values.name, values.brand, values.model, values.category]
    .filter((part) => part !== '')
    .join(' ')
}
