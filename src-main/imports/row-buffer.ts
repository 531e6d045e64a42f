import type { StatementCache } from '../database/sqlite.ts'

/** Rows of one statement: enough that its overhead no longer shows. */
const rowsAtOnce = 16

/**
 * Gathers rows of one table and writes sixteen with one statement, which takes a third less time than one by one. Ids
 * are given ahead, counted up from the table's last one, so that other rows can name a row before it is written; only
 * the import adds rows to these tables, one import at a time.
 */
export class RowBuffer {
  readonly #statements: StatementCache
  readonly #table: string
  readonly #columns: readonly string[]
  readonly #values: unknown[] = []
  #lastId = 0

  constructor(statements: StatementCache, table: string, columns: readonly string[]) {
    this.#statements = statements
    this.#table = table
    this.#columns = ['id', ...columns]
  }

  /** Call when a transaction begins: whatever was gathered before is gone with the one it belonged to. */
  begin(): void {
    this.#values.length = 0
    const row = this.#statements.get(`SELECT max(id) AS last FROM ${this.#table}`).get()
    this.#lastId = (row as { last: number | null } | undefined)?.last ?? 0
  }

  /** @returns the id the row will have. */
  add(values: readonly unknown[]): number {
    this.#lastId += 1
    this.#values.push(this.#lastId, ...values)
    return this.#lastId
  }

  get isFull(): boolean {
    return this.#values.length >= this.#columns.length * rowsAtOnce * 4
  }

  flush(): void {
    const width = this.#columns.length
    for (let at = 0; at < this.#values.length;) {
      const rows = Math.min(rowsAtOnce, (this.#values.length - at) / width)
      this.#statements.get(this.#sql(rows)).run(this.#values.slice(at, at + rows * width))
      at += rows * width
    }
    this.#values.length = 0
  }

  readonly #texts = new Map<number, string>()

  #sql(rows: number): string {
    let text = this.#texts.get(rows)
    if (text === undefined) {
      const row = `(${this.#columns.map(() => '?').join(', ')})`
      text = `INSERT INTO ${this.#table} (${this.#columns.join(', ')}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`
      this.#texts.set(rows, text)
    }
    return text
  }
}
