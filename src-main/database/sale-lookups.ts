import { reverseText } from '../foundation/text.ts'
import type { SlicedWriter } from './sliced-writer.ts'
import { type SqliteDatabase, StatementCache } from './sqlite.ts'

/** Lines read and sorted at once: the more, the fewer pages are written twice; a few dozen megabytes. */
const linesAtOnce = 250_000
/** Rows of one statement. */
const rowsAtOnce = 48

interface Progress {
  lineId: number
  receiptId: number
}

type Entry = readonly (string | number)[]

/**
 * Fills the look-up tables of sales (product, tail of the number, amount) for every line and receipt that is newer
 * than they are: read in one go, sorted, and written in short transactions. Doing it again does no harm, so a run
 * that breaks off is simply taken up by the next.
 */
export class SaleLookups {
  readonly #statements: StatementCache
  readonly #writer: SlicedWriter

  constructor(db: SqliteDatabase, writer: SlicedWriter) {
    this.#statements = new StatementCache(db)
    this.#writer = writer
  }

  /** True when lines or receipts are not in the look-up tables yet. */
  isBehind(): boolean {
    const { lineId, receiptId } = this.#progress()
    return lineId < this.#newest('sale_line') || receiptId < this.#newest('receipt')
  }

  /** Brings the look-ups up to the newest sale; what the writer still holds is written first. */
  catchUp(): void {
    this.#writer.flush()
    while (this.isBehind()) this.#step(this.#progress())
  }

  #step(from: Progress): void {
    const lineId = Math.min(from.lineId + linesAtOnce, this.#newest('sale_line'))
    const receiptId = Math.min(from.receiptId + linesAtOnce, this.#newest('receipt'))
    const goods = this.#rows(
      `SELECT product_id, receipt_id FROM sale_line
        WHERE id > ? AND id <= ? AND product_id IS NOT NULL`,
      [from.lineId, lineId],
    ) as [number, number][]
    goods.sort(([a, b], [c, d]) => a - c || b - d)
    this.#insert('receipt_of_product', 'product_id, receipt_id', goods)
    const range = [from.receiptId, receiptId]
    const receipts = this.#rows(
      'SELECT receipt_key, business_date, id FROM receipt WHERE id > ? AND id <= ?',
      range,
    ) as [string, string, number][]
    const tails = receipts.map(([key, date, id]) => [reverseText(key), date, id] as const)
    tails.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    this.#insert('receipt_by_tail', 'receipt_key_reversed, business_date, receipt_id', tails)
    const amounts = this.#rows(
      'SELECT total, business_date, id FROM receipt WHERE id > ? AND id <= ? ORDER BY 1, 2, 3',
      range,
    )
    this.#insert('receipt_by_amount', 'total, business_date, receipt_id', amounts)
    this.#writer.add(1, () =>
      this.#statements
        .get('UPDATE sale_lookup_progress SET line_id = ?, receipt_id = ?')
        .run(lineId, receiptId),
    )
    this.#writer.flush()
  }

  #insert(table: string, columns: string, rows: readonly Entry[]): void {
    const row = `(${columns.replaceAll(/\w+/g, '?')})`
    const head = `INSERT OR IGNORE INTO ${table} (${columns}) VALUES `
    const whole = head + Array.from({ length: rowsAtOnce }, () => row).join(', ')
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      const part = rows.slice(at, at + rowsAtOnce)
      const sql = part.length === rowsAtOnce ? whole : head + part.map(() => row).join(', ')
      this.#writer.add(part.length, () => this.#statements.get(sql).run(part.flat()))
    }
  }

  #progress(): Progress {
    return this.#statements
      .get('SELECT line_id AS lineId, receipt_id AS receiptId FROM sale_lookup_progress')
      .get() as Progress
  }

  #newest(table: 'sale_line' | 'receipt'): number {
    const row = this.#statements.get(`SELECT coalesce(max(id), 0) AS id FROM ${table}`).get()
    return (row as { id: number }).id
  }

  #rows(sql: string, parameters: readonly number[]): Entry[] {
    return this.#statements.get(sql).raw(true).all(parameters) as Entry[]
  }
}
