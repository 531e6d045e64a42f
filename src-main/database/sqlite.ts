import BetterSqlite, { type Database as SqliteDatabase, type Statement } from 'better-sqlite3'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Schema } from './schema.ts'

export type { SqliteDatabase }

/** Milliseconds a blocking caller (worker, CLI) waits for the write lock; the desk itself never blocks on it. */
const busyTimeout = 5_000

interface OpenOptions {
  readonly?: boolean
  /** 0 where the caller retries without blocking its thread. */
  busyTimeoutMs?: number
  /** For a lock file: no WAL, whose shared-memory files would outlive it. */
  rollbackJournal?: boolean
}

/**
 * Opens a desk database with the settings every connection must have, and reads them back: a file system that
 * refuses WAL or a build that ignores a pragma must not go unnoticed (design.md §4, §8).
 */
export function openSqlite(file: string, options: OpenOptions = {}): SqliteDatabase {
  const nativeBinding = unpackagedBinding()
  const db = new BetterSqlite(file, {
    readonly: options.readonly ?? false,
    fileMustExist: options.readonly ?? false,
    timeout: options.busyTimeoutMs ?? busyTimeout,
    ...(nativeBinding === undefined ? {} : { nativeBinding }),
  })
  try {
    if (!options.readonly && !options.rollbackJournal) {
      db.pragma('journal_mode = WAL')
      expectPragma(db, 'journal_mode', 'wal')
    }
    db.pragma('synchronous = FULL')
    expectPragma(db, 'synchronous', 2)
    db.pragma('foreign_keys = ON')
    expectPragma(db, 'foreign_keys', 1)
    db.pragma('trusted_schema = OFF')
    expectPragma(db, 'trusted_schema', 0)
    db.pragma('cache_size = -65536')
    db.pragma('temp_store = MEMORY')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function expectPragma(db: SqliteDatabase, name: string, expected: string | number): void {
  const found: unknown = db.pragma(name, { simple: true })
  if (found !== expected) throw new Error(`SQLite keeps ${name} = ${String(found)}`)
}

/**
 * Lets unpackaged runs load the addon from elsewhere, for runtimes the packaged prebuild does not fit. A packaged app
 * takes the variable out of its environment before it opens anything; a worker thread could not tell the difference.
 */
function unpackagedBinding(): string | undefined {
  return process.env['GOODWILL_SQLITE_BINDING'] || undefined
}

/** True for "another connection holds the lock": worth trying again. */
export function isBusy(error: unknown): boolean {
  return error instanceof BetterSqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/** True when the disk (or the page limit) is full. */
export function isFull(error: unknown): boolean {
  return (
    error instanceof BetterSqlite.SqliteError &&
    (error.code.startsWith('SQLITE_FULL') || error.code === 'SQLITE_IOERR_WRITE')
  )
}

/** True when the file is no database, or some of its pages are not what was written; also for errors of a worker. */
export function isDamage(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
}

/** True when a unique index refused a row. */
export function isUniqueViolation(error: unknown): boolean {
  return (
    error instanceof BetterSqlite.SqliteError &&
    (error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
  )
}

/** Statements of one connection, prepared once each. */
export class StatementCache {
  readonly #db: SqliteDatabase
  readonly #statements = new Map<string, Statement>()

  constructor(db: SqliteDatabase) {
    this.#db = db
  }

  get(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (!statement) {
      if (this.#statements.size >= 500) this.#statements.clear()
      statement = this.#db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

/**
 * A Kysely that runs on one open unit of work. `close` makes it throw, so a handle kept after its unit of work
 * cannot write outside a transaction (design.md §8: a root connection is never importable).
 */
export function openHandle(statements: StatementCache): { kysely: Kysely<Schema>; close(): void } {
  const connection = new UnitConnection(statements)
  const kysely = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new UnitDriver(connection),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  return { kysely, close: () => connection.close() }
}

class UnitConnection implements DatabaseConnection {
  readonly #statements: StatementCache
  #open = true

  constructor(statements: StatementCache) {
    this.#statements = statements
  }

  close(): void {
    this.#open = false
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (!this.#open) throw new Error('this unit of work is over')
    const statement = this.#statements.get(query.sql)
    if (statement.reader) return { rows: statement.all(query.parameters) as R[] }
    const { changes, lastInsertRowid } = statement.run(query.parameters)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('reads are not streamed: page them')
  }
}

class UnitDriver implements Driver {
  readonly #connection: UnitConnection

  constructor(connection: UnitConnection) {
    this.#connection = connection
  }

  init(): Promise<void> {
    return Promise.resolve()
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(this.#connection)
  }

  beginTransaction(): Promise<void> {
    throw new Error('a unit of work is a transaction already')
  }

  commitTransaction(): Promise<void> {
    throw new Error('the store commits')
  }

  rollbackTransaction(): Promise<void> {
    throw new Error('the store rolls back')
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve()
  }

  destroy(): Promise<void> {
    return Promise.resolve()
  }
}
