import { plainTransactions, SlicedWriter } from '../database/sliced-writer.ts'
import type { SqliteDatabase } from '../database/sqlite.ts'
import { addDays, weekdayOf } from '../foundation/business-date.ts'
import { familyName } from '../foundation/family-name.ts'
import { proposeFault, safetyFaults } from './faults.ts'
import type { Failure, Goods, RadarInput, RadarRule, Sold, SoldBatch } from './rules.ts'

/** Sale lines counted in one transaction: few enough that nobody waits for the lock. */
const linesAtOnce = 2_000

/** The Monday of a day's week. */
export function weekOf(date: string): string {
  return addDays(date, -((weekdayOf(date) + 6) % 7))
}

/** How a counter is named in the radar: with its floor, as two floors may have one of the same name. */
export function placeOf(floor: string, counter: string): string {
  return [floor, counter].filter(Boolean).join(' ')
}

/**
 * Adds the units of every sale line that is newer than the last count to the weeks they were sold in. Each slice is one
 * short transaction with its own mark, so a count that breaks off is taken up by the next.
 */
export function countSold(db: SqliteDatabase): void {
  const writer = new SlicedWriter(plainTransactions(db))
  const newest = numberOf(db, 'SELECT coalesce(max(id), 0) FROM sale_line')
  let from = numberOf(db, 'SELECT line_id FROM radar_progress')
  const add = db.prepare(
    `INSERT INTO radar_sold (week, product_id, counter, vendor, units) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (week, product_id, counter, vendor) DO UPDATE SET units = units + excluded.units`,
  )
  const mark = db.prepare('UPDATE radar_progress SET line_id = ? WHERE line_id = ?')
  while (from < newest) {
    const to = Math.min(newest, from + linesAtOnce)
    const weeks = sumLines(db, from, to)
    // The mark must be written with the units it stands for: one transaction.
    const before = from
    writer.add(1, () => {
      if (mark.run(to, before).changes === 0) throw new Error('sales are counted elsewhere as well')
      for (const row of weeks) add.run(...row)
    })
    writer.flush()
    from = to
  }
}

type WeekRow = [week: string, productId: number, counter: string, vendor: string, units: number]

function sumLines(db: SqliteDatabase, from: number, to: number): WeekRow[] {
  const rows = db
    .prepare(
      `SELECT business_date, product_id, floor, counter, vendor, units
         FROM sale_line JOIN receipt ON receipt.id = sale_line.receipt_id
        WHERE sale_line.id > ? AND sale_line.id <= ? AND product_id IS NOT NULL
          AND sale_line.kind = 'goods' AND receipt.kind = 'sale' AND units > 0`,
    )
    .raw(true)
    .iterate(from, to) as Iterable<[string, number, string, string, string, number]>
  const weeks = new Map<string, string>()
  const sums = new Map<string, WeekRow>()
  for (const [date, productId, floor, counter, vendor, units] of rows) {
    const week = weeks.get(date) ?? weekOf(date)
    weeks.set(date, week)
    const place = placeOf(floor, counter)
    const key = `${week}\n${productId}\n${place}\n${vendor}`
    const known = sums.get(key)
    if (known) known[4] += units
    else sums.set(key, [week, productId, place, vendor, units])
  }
  return [...sums.values()].sort(([a, b], [c, d]) => (a < c ? -1 : a > c ? 1 : b - d))
}

function numberOf(db: SqliteDatabase, sql: string): number {
  return db.prepare(sql).pluck().get() as number
}

interface FailureRow {
  caseId: number
  productId: number
  on: string
  receiptId: number | null
  customerId: number | null
  phone: string
  vendor: string
  counter: string
  floor: string
  batch: string | null
  text: string
  name: string
}

const goodsOf = `line.receipt_id AS receiptId, line.product_id AS productId, line.vendor AS vendor,
  line.counter AS counter, line.floor AS floor, line.name AS name,
  (SELECT max(card_line.batch_no) FROM card_line WHERE card_line.sale_line_id = line.id) AS batch`

/** Goods and safety complaints, refunds and exchanges for quality, and repairs that were no mistake. */
const failureQueries = [
  `SELECT complaint.case_id AS caseId, complaint.business_date AS "on", complaint.customer_id AS customerId,
          complaint.contact_digits AS phone, complaint.text AS text, complaint.receipt_id AS receiptId,
          coalesce(line.product_id, complaint.product_id) AS productId,
          coalesce(nullif(line.vendor, ''), complaint.vendor) AS vendor,
          coalesce(line.counter, complaint.counter) AS counter, coalesce(line.floor, complaint.floor) AS floor,
          coalesce(line.name, product.name, '') AS name,
          (SELECT max(card_line.batch_no) FROM card_line
            WHERE card_line.sale_line_id = line.id OR card_line.card_id = complaint.card_id) AS batch
     FROM complaint
     LEFT JOIN sale_line AS line ON line.id = coalesce(complaint.sale_line_id,
       (SELECT card_line.sale_line_id FROM card_line WHERE card_line.card_id = complaint.card_id ORDER BY card_line.id LIMIT 1))
     LEFT JOIN product ON product.id = complaint.product_id
    WHERE complaint.kind = 'complaint' AND complaint.class IN ('goods', 'safety', 'counterfeit')
      AND complaint.business_date BETWEEN ? AND ?
      AND coalesce(line.product_id, complaint.product_id) IS NOT NULL`,
  `SELECT refund.case_id AS caseId, refund.business_date AS "on", receipt.customer_id AS customerId, '' AS phone,
          refund.note AS text, ${goodsOf}
     FROM refund JOIN receipt ON receipt.id = refund.receipt_id
     JOIN refund_line ON refund_line.refund_id = refund.id
     JOIN sale_line AS line ON line.id = refund_line.sale_line_id
    WHERE refund.state = 'recorded' AND refund.slip_kind = 'return'
      AND (refund.reason = 'quality' OR refund_line.condition = 'faulty')
      AND refund.business_date BETWEEN ? AND ? AND line.product_id IS NOT NULL`,
  `SELECT repair.case_id AS caseId, repair.business_date AS "on", repair.customer_id AS customerId,
          '' AS phone, repair_item.fault AS text, ${goodsOf}
     FROM repair JOIN repair_item ON repair_item.repair_id = repair.id
     JOIN sale_line AS line ON line.id = repair_item.sale_line_id
    WHERE repair.business_date BETWEEN ? AND ? AND repair_item.reception <> 'cancelled'
      AND coalesce(repair_item.outcome, '') NOT IN ('no_fault', 'withdrawn') AND line.product_id IS NOT NULL`,
]

/** Everything one scan looks at, on `today`. */
export function readRadarInput(db: SqliteDatabase, today: string, rule: RadarRule): RadarInput {
  const failuresFrom = addDays(today, 1 - rule.failureDays)
  const soldFrom = weekOf(addDays(today, 1 - rule.soldDays))
  const rows = failureQueries.flatMap(
    (sql) => db.prepare(sql).all(failuresFrom, today) as FailureRow[],
  )
  const sold = db
    .prepare(
      `SELECT product_id AS productId, counter, vendor, sum(units) AS units FROM radar_sold
        WHERE week >= ? GROUP BY product_id, counter, vendor`,
    )
    .all(soldFrom) as Sold[]
  const batches = db
    .prepare(
      `SELECT sale_line.product_id AS productId, card_line.batch_no AS batch, count(*) AS units
         FROM card_line JOIN sale_line ON sale_line.id = card_line.sale_line_id
        WHERE card_line.batch_no <> '' AND card_line.starts_on >= ? AND sale_line.product_id IS NOT NULL
        GROUP BY 1, 2`,
    )
    .all(soldFrom) as SoldBatch[]
  return {
    failures: failuresOf(db, rows, soldFrom),
    sold,
    batches,
    goods: readGoods(db, new Set([...sold, ...rows].map(({ productId }) => productId))),
    safety: safetyFaults,
  }
}

function readGoods(db: SqliteDatabase, wanted: ReadonlySet<number>): Map<number, Goods> {
  const goods = new Map<number, Goods>()
  const sizes = new Map<string, number>()
  const rows = db
    .prepare('SELECT id, category, brand, model, name, spec FROM product')
    .raw(true)
    .iterate()
  for (const [id, category, brand, model, name, spec] of rows as Iterable<ProductRow>) {
    if (!wanted.has(id)) continue
    const style = [brand, model || familyName({ name, spec })].filter(Boolean).join(' · ')
    sizes.set(style, (sizes.get(style) ?? 0) + 1)
    goods.set(id, { category, brand, style })
  }
  for (const one of goods.values()) if ((sizes.get(one.style) ?? 0) < 2) one.style = ''
  return goods
}

type ProductRow = [
  id: number,
  category: string,
  brand: string,
  model: string,
  name: string,
  spec: string,
]

/** Failures with who had them and what was wrong; those whose goods were sold before the period are left out. */
function failuresOf(db: SqliteDatabase, rows: readonly FailureRow[], soldFrom: string): Failure[] {
  const soldOn = new Map<number, string>()
  const receipt = db.prepare('SELECT business_date FROM receipt WHERE id = ?').pluck()
  const isRecent = ({ receiptId }: FailureRow) => {
    if (receiptId === null) return true
    const date = soldOn.get(receiptId) ?? (receipt.get(receiptId) as string)
    soldOn.set(receiptId, date)
    return date >= soldFrom
  }
  const recent = rows.filter(isRecent)
  const parties = partiesOf(recent)
  const chosen = readChosen(db, new Set(recent.map(({ caseId }) => caseId)))
  const words = wordsOfCases(recent)
  return recent.flatMap((row, at): Failure[] => {
    const choice = chosen.get(row.caseId)
    // Somebody looked and found the goods sound.
    if (choice?.fault === '') return []
    return [
      {
        party: parties[at] ?? '',
        caseId: row.caseId,
        productId: row.productId,
        vendor: row.vendor,
        counter: placeOf(row.floor, row.counter),
        batch: choice?.batch || row.batch || '',
        fault:
          choice?.fault ?? proposeFault(words.get(row.caseId) ?? '', row.name) ?? 'other_fault',
        on: row.on,
      },
    ]
  })
}

/** What was said of a case in all its papers. */
function wordsOfCases(rows: readonly FailureRow[]): Map<number, string> {
  const words = new Map<number, string>()
  for (const { caseId, text } of rows) words.set(caseId, `${words.get(caseId) ?? ''}\n${text}`)
  return words
}

function readChosen(
  db: SqliteDatabase,
  caseIds: ReadonlySet<number>,
): Map<number, { fault: string; batch: string }> {
  const chosen = new Map<number, { fault: string; batch: string }>()
  const rows = db.prepare('SELECT case_id, fault, batch_no FROM case_fault ORDER BY id').raw(true)
  for (const [caseId, fault, batch] of rows.iterate() as Iterable<[number, string, string]>) {
    if (caseIds.has(caseId)) chosen.set(caseId, { fault, batch })
  }
  return chosen
}

/** Who had each failure: rows of one case, receipt, customer or phone are one party, however they hang together. */
export function partiesOf(
  rows: readonly Pick<FailureRow, 'caseId' | 'receiptId' | 'customerId' | 'phone'>[],
): string[] {
  const parent = new Map<string, string>()
  const rootOf = (key: string): string => {
    let root = key
    for (let next = parent.get(root); next !== undefined && next !== root;) {
      root = next
      next = parent.get(root)
    }
    parent.set(key, root)
    return root
  }
  const keys = rows.map(({ caseId, receiptId, customerId, phone }) => [
    `case:${caseId}`,
    ...(receiptId === null ? [] : [`receipt:${receiptId}`]),
    ...(customerId === null ? [] : [`customer:${customerId}`]),
    ...(phone === '' ? [] : [`phone:${phone}`]),
  ])
  for (const [first = '', ...others] of keys) {
    for (const other of others) parent.set(rootOf(other), rootOf(first))
  }
  return keys.map(([first = '']) => rootOf(first))
}

/** Failures and units sold of one cell (`Cell.key`) between two days, both included. */
export function countCell(
  db: SqliteDatabase,
  cell: string,
  period: { from: string; to: string },
): { failures: number; sold: number } {
  const split = cell.lastIndexOf('|')
  const [dimension, of] = splitOnce(cell.slice(0, split), ':')
  const fault = cell.slice(split + 1)
  const rows = failureQueries.flatMap(
    (sql) => db.prepare(sql).all(period.from, period.to) as FailureRow[],
  )
  const failures = failuresOf(db, rows, '0000-01-01')
  const all = db.prepare('SELECT DISTINCT product_id FROM radar_sold').pluck().all() as number[]
  const goods = readGoods(db, new Set([...all, ...rows.map(({ productId }) => productId)]))
  const own = failures.filter(
    (failure) =>
      (fault === '*' || failure.fault === fault) &&
      ofDimension(dimension, failure, goods.get(failure.productId)) === of,
  )
  return {
    failures: new Set(own.map(({ party }) => party)).size,
    sold:
      dimension === 'style'
        ? countStyle(db, goods, of, period)
        : countUnits(db, dimension, of, period),
  }
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return [text.slice(0, at), text.slice(at + 1)]
}

function ofDimension(dimension: string, failure: Failure, goods: Goods | undefined): string {
  switch (dimension) {
    case 'batch':
      return `${failure.productId}/${failure.batch}`
    case 'product':
      return String(failure.productId)
    case 'style':
      return goods?.style ?? ''
    case 'brand':
      return goods?.brand ?? ''
    case 'counter':
      return failure.counter
    default:
      return failure.vendor
  }
}

function countStyle(
  db: SqliteDatabase,
  goods: ReadonlyMap<number, Goods>,
  style: string,
  { from, to }: { from: string; to: string },
): number {
  const rows = db
    .prepare('SELECT product_id, sum(units) FROM radar_sold WHERE week BETWEEN ? AND ? GROUP BY 1')
    .raw(true)
    .all(from, to) as [number, number][]
  const own = rows.filter(([productId]) => goods.get(productId)?.style === style)
  return own.reduce((sum, [, units]) => sum + units, 0)
}

/** Weeks count where their Monday falls into the period. A batch is held against all units of its goods. */
function countUnits(
  db: SqliteDatabase,
  dimension: string,
  of: string,
  { from, to }: { from: string; to: string },
): number {
  const column: Record<string, string> = {
    batch: 'product_id',
    product: 'product_id',
    brand: 'product.brand',
    counter: 'radar_sold.counter',
    vendor: 'radar_sold.vendor',
  }
  const value = dimension === 'batch' ? of.slice(0, of.indexOf('/')) : of
  const isId = dimension === 'batch' || dimension === 'product'
  return db
    .prepare(
      `SELECT coalesce(sum(units), 0) FROM radar_sold JOIN product ON product.id = product_id
        WHERE week BETWEEN ? AND ? AND ${column[dimension] ?? 'product_id'} = ?`,
    )
    .pluck()
    .get(from, to, isId ? Number(value) : value) as number
}
