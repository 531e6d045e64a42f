import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync } from 'node:fs'
import path from 'node:path'

import type { SaleLookups } from '../database/sale-lookups.ts'
import { SlicedWriter } from '../database/sliced-writer.ts'
import { isFull } from '../database/sqlite.ts'
import { isRefusal, refuse, type RefusalParams } from '../foundation/errors.ts'
import { detectEncoding } from './encoding.ts'
import { importCustomers, importProducts } from './import-lists.ts'
import { importReturnsList } from './import-returns.ts'
import { importSales } from './import-sales.ts'
import type { ImportJob, JobHooks, JobState } from './job.ts'
import { emptyTotals } from './job.ts'
import { RejectFile } from './reject-file.ts'
import { dataRows } from './rows.ts'
import { SpaceReserve } from './space-reserve.ts'
import { ImportStore } from './store.ts'
import { Tally } from './tally.ts'
import type { Row } from './tokenizer.ts'

const progressEveryMs = 100
/** Rows kept in the database beside the reject file. */
const storedRejects = 500

/**
 * Runs one import (or a dry run of it) to its end, on the calling thread, with its own connection. Never throws for
 * what a file or a disk can do: the state says how it ended. Written receipts are whole whenever it stops.
 */
export async function runImport(asked: ImportJob, hooks: JobHooks): Promise<JobState> {
  const started = performance.now()
  let run: ImportRun | null = null
  let reserve: SpaceReserve | null = null
  let job = asked
  try {
    job = { ...asked, form: { ...asked.form, ...detectEncoding(asked.form.path) } }
    const sha256 = await fileHash(job.form.path)
    if (!job.dryRun) {
      mkdirSync(job.rejectDir, { recursive: true })
      reserve = SpaceReserve.take(job)
    }
    run = new ImportRun(job, { hooks, sha256, started, reserve })
    run.work()
    return run.finish(hooks.isCancelled() ? 'cancelled' : 'finished', null)
  } catch (error) {
    const failure = failureOf(error, job)
    if (run) return run.finish('failed', failure)
    return { ...emptyState(job), state: 'failed', failure }
  } finally {
    run?.close()
    reserve?.release()
  }
}

/** What a run begins with. */
interface ImportStart {
  hooks: JobHooks
  sha256: string
  /** `performance.now()` when it was asked for. */
  started: number
  /** None for a dry run. */
  reserve: SpaceReserve | null
}

/** One import under way: what its parts share. */
export class ImportRun {
  readonly job: ImportJob
  readonly store: ImportStore
  readonly writer: SlicedWriter
  readonly #lookups: SaleLookups
  readonly tally: Tally
  readonly importId: number
  readonly startedAt: string
  /** Codes of a list met so far, with the row that had them. */
  readonly seen = new Map<string, string>()
  readonly #hooks: JobHooks
  readonly #rejects: RejectFile | null
  readonly #rejectName: string
  readonly #started: number
  #bytesRead = 0
  #lastProgress = 0
  #rowsSinceCheck = 0

  constructor(job: ImportJob, start: ImportStart) {
    const { hooks, sha256, started, reserve } = start
    this.job = job
    this.#hooks = hooks
    this.#started = started
    this.startedAt = hooks.now().toISOString()
    this.store = new ImportStore(job.databaseFile, {
      readonly: job.dryRun,
      maxPages: job.maxPages,
      beforeWriting: () => reserve?.makeRoom(),
    })
    this.writer = new SlicedWriter(this.store)
    this.#lookups = this.store.lookups(this.writer)
    this.importId = job.dryRun ? 0 : this.#insertBatch(sha256)
    const safeName = path
      .parse(job.form.name)
      .name.replace(/[^\p{L}\p{N}._-]+/gu, '_')
      .slice(0, 60)
    this.#rejectName = `${this.importId}-${safeName}-rejected.csv`
    this.#rejects = job.dryRun
      ? null
      : new RejectFile(path.join(job.rejectDir, this.#rejectName), job.store.language)
    this.tally = new Tally(this.#rejects)
  }

  #insertBatch(sha256: string): number {
    const { job } = this
    this.store.begin()
    try {
      const id = this.store.insertBatch({
        kind: job.mapping.kind,
        fileName: job.form.name,
        fileSize: job.form.size,
        fileSha256: sha256,
        encoding: job.form.encoding,
        delimiter: job.form.delimiter,
        headerLine: job.form.headerLine,
        mapping: JSON.stringify(job.mapping),
        operatorId: job.operatorId,
        startedAt: this.startedAt,
      })
      this.store.commit()
      return id
    } catch (error) {
      this.store.rollback()
      throw error
    }
  }

  work(): void {
    switch (this.job.mapping.kind) {
      case 'sales':
        return importSales(this)
      case 'returns':
        return importReturnsList(this)
      case 'products':
        return importProducts(this)
      case 'customers':
        return importCustomers(this)
    }
  }

  /**
   * The file's data rows, in a first reading (`share` below 1 of the whole work) or the last (1); ends early when the
   * import is cancelled. With `cells` only so many of each row.
   */
  *rows(share: number, cells?: number): Generator<Row> {
    const note = (bytes: number) => {
      const before = share === 1 ? 0.3 : 0
      const part = share === 1 ? 0.7 : share
      const read = Math.round(this.job.form.size * before + bytes * part)
      if (read > this.#bytesRead) this.#bytesRead = read
      this.#tick()
    }
    for (const row of dataRows(this.job.form, note, cells)) {
      this.#rowsSinceCheck += 1
      if (this.#rowsSinceCheck >= 200) {
        this.#rowsSinceCheck = 0
        if (this.isStopped()) return
        this.#tick()
      }
      yield row
    }
  }

  isStopped(): boolean {
    return this.#hooks.isCancelled()
  }

  /** Queues a write of `rows` rows that happens whole or not at all; a dry run only counts. */
  write(rows: number, operation: () => void): void {
    if (!this.job.dryRun) this.writer.add(rows, operation)
  }

  /** Lets find reach what is written so far by product, amount and the tail of a number. */
  catchUpLookups(): void {
    if (!this.job.dryRun) this.#lookups.catchUp()
  }

  #tick(): void {
    const now = performance.now()
    if (now - this.#lastProgress < progressEveryMs) return
    this.#lastProgress = now
    this.#hooks.onProgress(this.#state('running'))
  }

  #state(state: JobState['state']): JobState {
    const { tally, job } = this
    const seconds = (performance.now() - this.#started) / 1000
    return {
      state,
      bytesRead: Math.min(this.#bytesRead, job.form.size),
      bytesTotal: job.form.size,
      rowsPerSecond: Math.round(tally.counts.rows / Math.max(seconds, 0.001)),
      counts: { ...tally.counts },
      totals: tally.totals(job.form.header, job.mapping.columns),
      rejectReasons: tally.rejectReasons,
      skipReasons: tally.skipReasons,
      rejects: tally.rejects,
      rejectFile: null,
      failure: null,
      importId: this.importId === 0 ? null : this.importId,
      longestLockMs: Math.round(this.writer.longestLockMs * 10) / 10,
    }
  }

  /** Writes how it ended and returns it. */
  finish(state: 'finished' | 'cancelled' | 'failed', failure: JobState['failure']): JobState {
    if (state !== 'finished') this.writer.drop()
    const hasRejects = this.#closeRejects()
    const result: JobState = { ...this.#state(state), failure }
    if (state === 'finished') result.bytesRead = result.bytesTotal
    result.rejectFile = hasRejects ? this.#rejectName : null
    if (!this.job.dryRun) this.#finishBatch(result)
    return result
  }

  #closeRejects(): boolean {
    try {
      return this.#rejects?.close() ?? false
    } catch {
      this.#rejects?.discard()
      return false
    }
  }

  #finishBatch(result: JobState): void {
    const { totals, rejectReasons, skipReasons, longestLockMs } = result
    const write = () => {
      for (const { lineNo, reason, params, raw } of result.rejects.slice(0, storedRejects)) {
        this.store.insertReject(this.importId, lineNo, reason, JSON.stringify(params), raw)
      }
      this.store.finishBatch(this.importId, {
        state: result.state === 'running' ? 'failed' : result.state,
        finishedAt: this.#hooks.now().toISOString(),
        failure: result.failure && JSON.stringify(result.failure),
        ...result.counts,
        rejectFile: result.rejectFile,
        summary: JSON.stringify({ totals, rejectReasons, skipReasons, longestLockMs }),
      })
    }
    try {
      this.catchUpLookups()
      this.store.writeDurably(write)
    } catch (error) {
      // On a full disk even this does not fit; the next look at the imports marks it as broken off.
      if (!isFull(error)) throw error
    }
    this.store.checkpoint()
  }

  close(): void {
    this.store.close()
  }
}

function emptyState(job: ImportJob): JobState {
  return {
    state: 'running',
    bytesRead: 0,
    bytesTotal: job.form.size,
    rowsPerSecond: 0,
    counts: { rows: 0, accepted: 0, unchanged: 0, skipped: 0, rejected: 0 },
    totals: emptyTotals,
    rejectReasons: [],
    skipReasons: [],
    rejects: [],
    rejectFile: null,
    failure: null,
    importId: null,
    longestLockMs: 0,
  }
}

function failureOf(error: unknown, job: ImportJob): { reason: string; params: RefusalParams } {
  if (isFull(error) || (error as NodeJS.ErrnoException | null)?.code === 'ENOSPC') {
    return { reason: 'import.disk_full', params: { fileName: job.form.name } }
  }
  if (!isRefusal(error)) throw error
  const params =
    'fileName' in error.params ? { ...error.params, fileName: job.form.name } : error.params
  return { reason: error.reason, params }
}

/** SHA-256 of the file as it is now, hex. */
function fileHash(file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256')
    createReadStream(file)
      .on('data', (chunk) => hash.update(chunk))
      .on('end', () => resolve(hash.digest('hex')))
      .on('error', (error) => reject(asRefusal(error, file)))
  })
}

function asRefusal(error: unknown, file: string): unknown {
  try {
    refuse('import.file_changed', { fileName: path.basename(file) }, error)
  } catch (refusal) {
    return refusal
  }
}
