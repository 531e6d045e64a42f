/** What the writer needs of a connection. */
export interface Transactions {
  begin(): void
  commit(): void
  rollback(): void
  checkpoint(): void
}

interface Operation {
  run: () => void
  weight: number
}

/** The write lock is to be held no longer than this, commit included; the limit is 25 ms. */
const lockMs = 16
/** The shortest time worth a transaction of its own. */
const leastWorkMs = 4
const fewestRows = 40
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

  #measure(workMs: number, heldMs: number, rows: number): void {
    if (heldMs > this.longestLockMs) this.longestLockMs = heldMs
    this.#commitMs = this.#commitMs * 0.8 + (heldMs - workMs) * 0.2
    const fits = (rows * this.#sliceMs) / Math.max(workMs, 0.2)
    const target = this.#targetRows * 0.7 + fits * 0.3
    this.#targetRows = Math.round(Math.min(mostRows, Math.max(fewestRows, target)))
  }
}
