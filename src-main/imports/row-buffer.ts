import type { StatementCache } from '../database/sqlite.ts'

/** Rows of one statement: enough that its overhead no longer shows. */
const rowsAtOnce = 16

/** A column and what it holds where a row says nothing else: the default of the table. */
export type Column = readonly [name: string, fallback?: string | null]

/**
 * Gathers rows of one table and writes sixteen with one statement, which takes a third less time than one by one, and
 * leaves out the columns in which all of them hold the table's default: most tills fill half of them. Ids are given
 * ahead, counted up from the table's last one, so that other rows can name a row before it is written; only the
 * import adds rows to these tables, one import at a time.
 */
export class RowBuffer {
  readonly #statements: StatementCache
  readonly #table: string
  readonly #columns: readonly Column[]
  readonly #rows: (readonly unknown[])[] = []
  #lastId = 0

  constructor(statements: StatementCache, table: string, columns: readonly Column[]) {
    this.#statements = statements
    this.#table = table
    this.#columns = columns
  }

  /** Call when a transaction begins: whatever was gathered before is gone with the one it belonged to. */
  begin(): void {
    this.#rows.length = 0
    const row = this.#statements.get(`SELECT max(id) AS last FROM ${this.#table}`).get()
    this.#lastId = (row as { last: number | null } | undefined)?.last ?? 0
  }

  /** @returns the id the row will have. */
  add(values: readonly unknown[]): number {
    this.#rows.push(values)
    this.#lastId += 1
    return this.#lastId
  }

  get isFull(): boolean {
    return this.#rows.length >= rowsAtOnce * 4
  }

  flush(): void {
    const firstId = this.#lastId - this.#rows.length + 1
    for (let at = 0; at < this.#rows.length; at += rowsAtOnce) {
      this.#write(this.#rows.slice(at, at + rowsAtOnce), firstId + at)
    }
    this.#rows.length = 0
  }

  #write(rows: readonly (readonly unknown[])[], firstId: number): void {
    const used = this.#usedColumns(rows)
    const values: unknown[] = []
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? []
      values.push(firstId + index)
      for (const column of used) values.push(row[column])
    }
    this.#statements.get(this.#sql(used, rows.length)).run(values)
  }

  /** Columns in which some row differs from the default. */
  #usedColumns(rows: readonly (readonly unknown[])[]): number[] {
    const used: number[] = []
    this.#columns.forEach(([, fallback], column) => {
      if (fallback === undefined || rows.some((row) => row[column] !== fallback)) used.push(column)
    })
    return used
  }

  readonly #texts = new Map<string, string>()

  #sql(used: readonly number[], rows: number): string {
    const key = `${rows}:${used.join()}`
    let text = this.#texts.get(key)
    if (text === undefined) {
      const row = `(?${', ?'.repeat(used.length)})`
      const names = used.map((column) => this.#columns[column]?.[0])
      text = `INSERT INTO ${this.#table} (${['id', ...names].join(', ')}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`
      if (this.#texts.size >= 200) this.#texts.clear()
      this.#texts.set(key, text)
    }
    return text
  }
}
