import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { refuse } from '../foundation/errors.ts'
import { isDayClosed } from './closed-days.ts'
import { isUnderHold } from './hold.ts'
import type { Schema } from './schema.ts'
import {
  isBusy,
  isDamage,
  isFull,
  openHandle,
  openSqlite,
  type SqliteDatabase,
  StatementCache,
} from './sqlite.ts'

/** Reads one consistent state of the store. Valid only inside the `read` or `write` it was given to. */
export type ReadHandle = Pick<
  Kysely<Schema>,
  'selectFrom' | 'with' | 'withRecursive' | 'selectNoFrom' | 'fn'
> & {
  getExecutor: Kysely<Schema>['getExecutor']
}

/** Reads and writes inside one immediate transaction. Valid only inside the `write` it was given to. */
export type WriteHandle = Kysely<Schema>

/** The only way to the data: units of work that are over when their function is. */
export interface Store {
  /** Runs `work` on a read-only connection in one snapshot. */
  read<T>(work: (handle: ReadHandle) => Promise<T>): Promise<T>
  /**
   * Runs `work` in one immediate transaction, after those already waiting. Commits when it resolves, rolls back
   * when it rejects. `work` may await only its handle: anything slower keeps every other writer waiting.
   */
  write<T>(work: (handle: WriteHandle) => Promise<T>): Promise<T>
  /**
   * While a worker writes a lot it also writes the WAL back; a commit here would otherwise do that on this thread,
   * tens of megabytes at a time.
   */
  leaveCheckpoints(toOthers: boolean): void
  /** Path of the database file, for backups and workers. */
  readonly file: string
  close(): Promise<void>
}

const idleReaders = 4
/** How long a unit of work waits for a writer in another thread before it gives up. */
const lockPatienceMs = 10_000

class Connection {
  readonly db: SqliteDatabase
  readonly statements: StatementCache

  constructor(file: string, readonly: boolean) {
    this.db = openSqlite(file, { readonly, busyTimeoutMs: readonly ? 1_000 : 0 })
    this.statements = new StatementCache(this.db)
  }
}

/** Opens the store on a migrated database file. */
export function openStore(file: string): Store {
  return new SqliteStore(file)
}

/** Reads one snapshot on a connection of its own and closes it: for workers, which have no store. */
export async function readOnce<T>(
  file: string,
  work: (handle: ReadHandle) => Promise<T>,
): Promise<T> {
  const { db, statements } = new Connection(file, true)
  const unit = openHandle(statements)
  try {
    db.exec('BEGIN')
    return await work(unit.kysely)
  } finally {
    unit.close()
    db.close()
  }
}

class SqliteStore implements Store {
  readonly file: string
  readonly #writer: Connection
  readonly #readers: Connection[] = []
  #lastWrite: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(file: string) {
    this.file = file
    this.#writer = new Connection(file, false)
  }

  async read<T>(work: (handle: ReadHandle) => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error('the store is closed')
    const connection = this.#readers.pop() ?? new Connection(this.file, true)
    const unit = openHandle(connection.statements)
    try {
      connection.db.exec('BEGIN')
      return await work(unit.kysely)
    } catch (error) {
      if (isDamage(error)) {
        // A commit would fail on the damaged file, too, and hide this error.
        connection.db.exec('ROLLBACK')
        refuse('database.damage_found', {}, error)
      }
      throw error
    } finally {
      unit.close()
      if (connection.db.inTransaction) connection.db.exec('COMMIT')
      if (this.#closed || this.#readers.length >= idleReaders) connection.db.close()
      else this.#readers.push(connection)
    }
  }

  write<T>(work: (handle: WriteHandle) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Error('the store is closed'))
    const turn = this.#lastWrite.then(() => this.#transact(work))
    this.#lastWrite = turn.catch(() => undefined)
    return turn
  }

  async #transact<T>(work: (handle: WriteHandle) => Promise<T>): Promise<T> {
    const { db, statements } = this.#writer
    await beginImmediate(db)
    const unit = openHandle(statements)
    try {
      const result = await work(unit.kysely)
      unit.close()
      db.exec('COMMIT')
      return result
    } catch (error) {
      unit.close()
      if (db.inTransaction) db.exec('ROLLBACK')
      if (isFull(error)) refuse('database.disk_full', {}, error)
      if (isDamage(error)) refuse('database.damage_found', {}, error)
      if (isUnderHold(error)) refuse('cases.under_hold', {}, error)
      if (isDayClosed(error)) refuse('day_closes.day_is_closed', {}, error)
      throw error
    }
  }

  leaveCheckpoints(toOthers: boolean): void {
    if (!this.#closed) this.#writer.db.pragma(`wal_autocheckpoint = ${toOthers ? 0 : 1_000}`)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#lastWrite
    for (const reader of this.#readers.splice(0)) reader.db.close()
    this.#optimize()
    this.#writer.db.close()
  }

  /** Statistics for the next start; without room for them it starts as well. */
  #optimize(): void {
    try {
      this.#writer.db.pragma('optimize')
    } catch (error) {
      if (!isFull(error) && !isDamage(error)) throw error
    }
  }
}

/** Takes the write lock without ever blocking the thread: an import in a worker holds it for a few milliseconds at a time. */
async function beginImmediate(db: SqliteDatabase): Promise<void> {
  const deadline = Date.now() + lockPatienceMs
  for (;;) {
    try {
      db.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if (!isBusy(error)) throw error
      if (Date.now() > deadline) refuse('database.locked', {}, error)
      await sleep(1)
    }
  }
}
