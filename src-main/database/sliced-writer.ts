import type { SqliteDatabase } from './sqlite.ts'

/** What the writer needs of a connection. */
export interface Transactions {
  begin(): void
  commit(): void
  rollback(): void
  checkpoint(): void
}

/** Of a connection that does nothing else; the database writes its WAL back by itself. */
export function plainTransactions(db: SqliteDatabase): Transactions {
  const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')]
  return {
    begin: () => begin.run(),
    commit: () => commit.run(),
    rollback: () => {
      if (db.inTransaction) db.exec('ROLLBACK')
    },
    checkpoint: () => undefined,
  }
}

interface Operation {
  run: () => void
  weight: number
}

/** The write lock is to be held no longer than this, commit included; the limit is 25 ms. */
const lockMs = 5
/** The shortest time worth a transaction of its own. */
const leastWorkMs = 2
const fewestRows = 60
const mostRows = 4_000
const commitsPerCheckpoint = 4

/**
 * Writes in short transactions so that the desk never waits long for the lock. Work is gathered while the lock is
 * free: the file is parsed between transactions, not inside them. How much goes into one adapts to the machine.
 */
export class SlicedWriter {
  readonly #store: Transactions
  readonly #queue: Operation[] = []
  #queuedRows = 0
  #targetRows = 400
  #commits = 0
  /** How long commits take of late. */
  #commitMs = 4
  /** How long a row takes of late. */
  #rowMs = 0.02
  longestLockMs = 0

  constructor(store: Transactions) {
    this.#store = store
  }

  /** Adds an operation that is written whole or not at all; `rows` is its size. */
  add(rows: number, run: () => void): void {
    this.#queue.push({ run, weight: rows })
    this.#queuedRows += rows
    if (this.#queuedRows >= this.#targetRows) this.flush()
  }

  flush(): void {
    let next = 0
    while (next < this.#queue.length) next = this.#slice(next)
    this.#queue.length = 0
    this.#queuedRows = 0
  }

  /** Forgets what is not written yet. */
  drop(): void {
    this.#queue.length = 0
    this.#queuedRows = 0
  }

  #slice(first: number): number {
    const queue = this.#queue
    let next = first
    let rows = 0
    this.#store.begin()
    const started = performance.now()
    const sliceMs = this.#sliceMs
    try {
      for (; next < queue.length; next += 1) {
        const operation = queue[next]
        if (!operation) break
        operation.run()
        rows += operation.weight
        if (performance.now() - started >= sliceMs) {
          next += 1
          break
        }
      }
      const beforeCommit = performance.now() - started
      this.#store.commit()
      this.#measure(beforeCommit, performance.now() - started, rows)
    } catch (error) {
      this.#store.rollback()
      throw error
    }
    this.#commits += 1
    if (this.#commits % commitsPerCheckpoint === 0) this.#store.checkpoint()
    return next
  }

  get #sliceMs(): number {
    return Math.max(leastWorkMs, lockMs - this.#commitMs)
  }

  /**
   * Learns from the quick transactions: one that was slow because another program had the processor says nothing about
   * the next, and shorter transactions would only write the same pages more often.
   */
  #measure(workMs: number, heldMs: number, rows: number): void {
    if (heldMs > this.longestLockMs) this.longestLockMs = heldMs
    this.#commitMs = Math.min(heldMs - workMs, this.#commitMs * 1.05 + 0.05)
    this.#rowMs = Math.min(workMs / Math.max(rows, 1), this.#rowMs * 1.05)
    const fits = this.#sliceMs / Math.max(this.#rowMs, 0.002)
    this.#targetRows = Math.round(Math.min(mostRows, Math.max(fewestRows, fits)))
  }
}
