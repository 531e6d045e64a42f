import { createHash, randomUUID } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { migrations } from '../../src-main/database/migrate.ts'
import { SaleLookups } from '../../src-main/database/sale-lookups.ts'
import { plainTransactions, SlicedWriter } from '../../src-main/database/sliced-writer.ts'
import { openSqlite, type SqliteDatabase } from '../../src-main/database/sqlite.ts'
import { counters } from '../../src-main/demo/goods.ts'
import { inventAddress, inventName } from '../../src-main/demo/people.ts'
import { type Chance, seededChance } from '../../src-main/demo/random.ts'
import { bigramsOf } from '../../src-main/foundation/bigrams.ts'
import { addDays } from '../../src-main/foundation/business-date.ts'
import { formatDocumentNumber } from '../../src-main/foundation/document-number.ts'
import { namePinyin, wordPinyin } from '../../src-main/foundation/pinyin.ts'
import { searchKey } from '../../src-main/foundation/text.ts'

/** Counted up when the generator writes something else. */
const generation = 5

export const largeStoreDay = '2026-11-20'

export interface LargeStoreSize {
  lines: number
  products: number
  customers: number
  /** Every so many-th receipt has twenty lines; none where absent. */
  longSlipEvery?: number
}

export const millionLines: LargeStoreSize = {
  lines: 1_000_000,
  products: 60_000,
  customers: 100_000,
}

/** Ten years of a big store, with slips of twenty lines among the short ones. */
export const tenMillionLines: LargeStoreSize = {
  lines: 10_000_000,
  products: 60_000,
  customers: 400_000,
  longSlipEvery: 500,
}

/**
 * A department store of this size, three years back from `largeStoreDay`: made once per schema and generation and
 * kept in the system's temporary folder. Rows are written straight into the tables, as an import leaves them.
 *
 * @returns the path of its database file; open it read-only
 */
export function largeStore(size: LargeStoreSize): string {
  const version = createHash('sha256')
    .update(JSON.stringify([generation, migrations.map(({ sql }) => sql), size]))
    .digest('hex')
    .slice(0, 12)
  const file = path.join(os.tmpdir(), `goodwill-desk-large-${version}.sqlite`)
  if (existsSync(file)) return file
  const unfinished = `${file}.${randomUUID()}`
  const db = openSqlite(unfinished)
  try {
    build(db, size)
    db.close()
    renameSync(unfinished, file)
    return file
  } catch (error) {
    db.close()
    rmSync(unfinished, { force: true })
    throw error
  }
}

function build(db: SqliteDatabase, size: LargeStoreSize): void {
  db.pragma('synchronous = OFF')
  for (const { sql } of migrations) db.exec(sql)
  const indexes = db
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    .all() as { name: string; sql: string }[]
  for (const { name } of indexes) db.exec(`DROP INDEX ${name}`)
  const chance = seededChance(7)
  db.exec('BEGIN')
  writeFrame(db)
  writeCustomers(db, chance, size.customers)
  const goods = writeProducts(db, chance, size.products)
  writeSales(db, chance, size, goods)
  writePapers(db, chance)
  db.exec('COMMIT')
  for (const { sql } of indexes) db.exec(sql)
  new SaleLookups(db, new SlicedWriter(plainTransactions(db))).catchUp()
  db.exec("INSERT INTO product_grams(product_grams) VALUES ('optimize')")
  db.exec("INSERT INTO customer_grams(customer_grams) VALUES ('optimize')")
}

const at = '2026-11-20T02:00:00.000Z'

function writeFrame(db: SqliteDatabase): void {
  insert(db, 'store_profile', {
    id: 1,
    name: '江城百货',
    store_code: '',
    desk_no: '0312',
    province: '湖北',
    city: '江城',
    currency: 'CNY',
    time_zone: 'Asia/Shanghai',
    cutoff_minutes: 240,
    language: 'zh-CN',
    paper_language: 'zh',
    idle_lock_minutes: 10,
    created_at: at,
  })
  insert(db, 'operator', { id: 1, code: 'SYSTEM', name: 'SYSTEM', role: 'system', created_at: at })
  insert(db, 'import_batch', {
    id: 1,
    kind: 'sales',
    file_name: 'sales.csv',
    file_size: 0,
    file_sha256: '',
    encoding: 'gb18030',
    delimiter: ',',
    header_line: 1,
    mapping: '{}',
    state: 'finished',
    started_at: at,
  })
}

type Row = Record<string, string | number | null>

/** A prepared insert of rows that all have the same columns. */
function inserter(db: SqliteDatabase, table: string, columns: readonly string[]) {
  const places = columns.map(() => '?').join(', ')
  const statement = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`)
  return (row: Row) => statement.run(columns.map((column) => row[column] ?? null))
}

function insert(db: SqliteDatabase, table: string, row: Row): void {
  inserter(db, table, Object.keys(row))(row)
}

function writeCustomers(db: SqliteDatabase, chance: Chance, count: number): void {
  const put = inserter(db, 'customer', [
    'id',
    'member_no',
    'name',
    'name_pinyin',
    'name_initials',
    'phone',
    'phone_digits',
    'phone_tail',
    'address',
    'created_at',
  ])
  const index = inserter(db, 'customer_grams', ['rowid', 'grams'])
  const sounds = new Map<string, { full: string; initials: string }>()
  for (let id = 1; id <= count; id += 1) {
    const name = inventName(chance)
    const sound = sounds.get(name) ?? namePinyin(name)
    sounds.set(name, sound)
    const phone = `1${chance.pick(['3', '5', '8'])}${String(chance.int(0, 999_999_999)).padStart(9, '0')}`
    put({
      id,
      member_no: `88${String(id).padStart(8, '0')}`,
      name,
      name_pinyin: sound.full,
      name_initials: sound.initials,
      phone,
      phone_digits: phone,
      phone_tail: phone.slice(-4),
      address: inventAddress(chance),
      created_at: at,
    })
    index({ rowid: id, grams: bigramsOf(name) })
  }
}

interface Goods {
  id: number
  sku: string
  barcode: string
  name: string
  price: number
  serial: boolean
  floor: string
  counter: string
  vendor: string
}

function writeProducts(db: SqliteDatabase, chance: Chance, count: number): Goods[] {
  const put = inserter(db, 'product', [
    'id',
    'sku',
    'sku_key',
    'barcode',
    'name',
    'name_pinyin',
    'name_initials',
    'brand',
    'category',
    'unit',
    'floor',
    'counter',
    'vendor',
    'list_price',
    'source',
    'created_at',
  ])
  const index = inserter(db, 'product_grams', ['rowid', 'grams'])
  const articles = counters.flatMap((counter) =>
    counter.articles.map((article) => ({ counter, article })),
  )
  const looks = [
    '经典款',
    '轻奢',
    '加厚',
    '秋冬',
    '新款',
    '简约',
    '复古',
    '家用',
    '便携',
    '大容量',
    'PRO',
    'Classic',
  ]
  const goods: Goods[] = []
  for (let id = 1; id <= count; id += 1) {
    const { counter, article } = chance.pick(articles)
    const name = `${article.name} ${chance.pick(looks)}${chance.pick(looks)} ${chance.int(100, 999)}`
    const sku = String(1_000_000 + id)
    const barcode = withCheckDigit(`6900${String(id).padStart(8, '0')}`)
    const sound = wordPinyin(name)
    const price = Math.max(Math.round((article.price * chance.int(60, 140)) / 10_000) * 100, 100)
    put({
      id,
      sku,
      sku_key: sku,
      barcode,
      name,
      name_pinyin: sound.full,
      name_initials: sound.initials,
      brand: counter.brand,
      category: counter.category,
      unit: article.unit ?? '件',
      floor: counter.floor,
      counter: counter.name,
      vendor: counter.vendor,
      list_price: price,
      source: 'catalogue',
      created_at: at,
    })
    index({ rowid: id, grams: bigramsOf([name, counter.brand, '', counter.category].join(' ')) })
    const serial = article.warranty?.serial !== undefined
    const { floor, vendor } = counter
    goods.push({ id, sku, barcode, name, price, serial, floor, counter: counter.name, vendor })
  }
  return goods
}

export function withCheckDigit(digits: string): string {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    sum += Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 3 : 1)
  }
  return digits + String((10 - (sum % 10)) % 10)
}

const days = 1_095
const tills = 8

function writeSales(
  db: SqliteDatabase,
  chance: Chance,
  size: LargeStoreSize,
  goods: readonly Goods[],
): void {
  const putReceipt = inserter(db, 'receipt', [
    'id',
    'store_code',
    'till',
    'business_date',
    'receipt_no',
    'receipt_key',
    'kind',
    'sold_at',
    'customer_id',
    'cashier',
    'currency',
    'total',
    'line_count',
    'content_hash',
    'import_id',
  ])
  const putLine = inserter(db, 'sale_line', [
    'receipt_id',
    'line_no',
    'kind',
    'product_id',
    'sku',
    'barcode',
    'name',
    'serial_no',
    'unit',
    'qty_milli',
    'units',
    'list_amount',
    'paid_amount',
    'floor',
    'counter',
    'vendor',
  ])
  const putTender = inserter(db, 'tender', ['receipt_id', 'kind', 'label', 'amount'])
  const perDay = Math.ceil(size.lines / 2.5 / days)
  let receiptId = 0
  let lines = 0
  for (let day = 0; day < days && lines < size.lines; day += 1) {
    const date = addDays(largeStoreDay, day - days + 1)
    for (let sale = 0; sale < perDay && lines < size.lines; sale += 1) {
      receiptId += 1
      const till = String((sale % tills) + 1).padStart(2, '0')
      const serial = String(Math.floor(sale / tills) + 1).padStart(4, '0')
      const receiptNo = `${till}-${date.replaceAll('-', '')}-${serial}`
      const isLong = size.longSlipEvery !== undefined && receiptId % size.longSlipEvery === 0
      const bought = Array.from({ length: isLong ? 20 : chance.int(1, 4) }, () =>
        chance.pick(goods),
      )
      const units = bought.map(() => (chance.happens(0.15) ? 2 : 1))
      const total = bought.reduce((sum, one, at) => sum + one.price * (units[at] ?? 1), 0)
      const key = searchKey(receiptNo)
      putReceipt({
        id: receiptId,
        store_code: '',
        till,
        business_date: date,
        receipt_no: receiptNo,
        receipt_key: key,
        kind: 'sale',
        sold_at: `${date}T04:00:00.000Z`,
        customer_id: chance.happens(0.4) ? chance.int(1, size.customers) : null,
        cashier: '',
        currency: 'CNY',
        total,
        line_count: bought.length,
        content_hash: '',
        import_id: 1,
      })
      bought.forEach((one, at) => {
        const count = units[at] ?? 1
        putLine({
          receipt_id: receiptId,
          line_no: at + 1,
          kind: 'goods',
          product_id: one.id,
          sku: one.sku,
          barcode: one.barcode,
          name: one.name,
          serial_no: one.serial ? `SN${String(receiptId * 10 + at)}` : '',
          unit: '件',
          qty_milli: count * 1000,
          units: count,
          list_amount: one.price * count,
          paid_amount: one.price * count,
          floor: one.floor,
          counter: one.counter,
          vendor: one.vendor,
        })
        lines += 1
      })
      putTender({ receipt_id: receiptId, kind: 'wechat', label: '微信', amount: total })
    }
  }
}

/** Cards on the receipts of the last weeks, one in ten. */
function writePapers(db: SqliteDatabase, chance: Chance): void {
  const put = inserter(db, 'card', [
    'id',
    'number',
    'receipt_id',
    'state',
    'business_date',
    'issued_at',
    'issued_by',
    'consumer_name',
    'consumer_phone',
    'paper_language',
  ])
  const receipts = db
    .prepare('SELECT id, business_date FROM receipt ORDER BY id DESC LIMIT 100000')
    .all() as { id: number; business_date: string }[]
  const serials = new Map<string, number>()
  let id = 0
  for (const receipt of receipts.reverse()) {
    if (!chance.happens(0.1)) continue
    const serial = (serials.get(receipt.business_date) ?? 0) + 1
    serials.set(receipt.business_date, serial)
    id += 1
    put({
      id,
      receipt_id: receipt.id,
      state: 'active',
      business_date: receipt.business_date,
      issued_at: at,
      issued_by: 1,
      number: formatDocumentNumber({
        type: 'XY',
        desk: '0312',
        businessDate: receipt.business_date,
        serial,
      }),
      consumer_name: inventName(chance),
      consumer_phone: `138${String(chance.int(0, 99_999_999)).padStart(8, '0')}`,
      paper_language: 'zh',
    })
  }
}
