import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { Worker } from 'node:worker_threads'

import type { DataFolder } from '../database/folder.ts'
import { refuse } from '../foundation/errors.ts'
import { workerUrl } from '../worker-url.ts'
import type { ImportKind } from './headers.ts'
import type { Inspection } from './inspect-file.ts'
import { emptyTotals, type ImportJob, type JobState } from './job.ts'
import { reserveFile } from './space-reserve.ts'
import type { ImportWorkerData, InspectionReply } from './worker.ts'

export interface ImportJobsOptions {
  folder: DataFolder
  log: {
    warn(details: object, message: string): void
    error(details: object, message: string): void
  }
  now: () => Date
}

/** A file that was handed over, until it is imported or the desk restarts. */
interface UploadedFile {
  id: string
  name: string
  path: string
  size: number
  /** The last look at it, by the kind that was asked for. */
  inspection: { kind: ImportKind | null; result: Inspection } | null
}

interface RunningJob {
  id: string
  fileName: string
  dryRun: boolean
  state: JobState
  worker: Worker | null
  cancel: Int32Array
  done: Promise<JobState>
}

const importWorker = workerUrl('import-worker', new URL('./worker.ts', import.meta.url))
const largestFile = 4 * 1024 ** 3
/** Rows live for a moment: room for more of them means collecting far less often. */
const maxYoungGenerationSizeMb = 64
/** Finished jobs kept for the screen that asks how they ended. */
const keptJobs = 20

/** Receives files and runs one import at a time in a worker thread. */
export class ImportJobs {
  readonly #options: ImportJobsOptions
  readonly #files = new Map<string, UploadedFile>()
  readonly #jobs = new Map<string, RunningJob>()

  constructor(options: ImportJobsOptions) {
    this.#options = options
    rmSync(options.folder.incomingDir, { recursive: true, force: true })
    rmSync(reserveFile(options.folder.dir), { force: true })
  }

  /** Adds a piece at `offset` to a file; the first piece names no file and gets one. */
  async receive(piece: {
    fileId: string | null
    fileName: string
    offset: number
    chunk: Blob
  }): Promise<{ fileId: string; size: number }> {
    const file = piece.fileId === null ? this.#newFile(piece.fileName) : this.#file(piece.fileId)
    if (piece.offset !== file.size) refuse('import.piece_out_of_order', { fileName: file.name })
    const bytes = new Uint8Array(await piece.chunk.arrayBuffer())
    if (file.size + bytes.length > largestFile) {
      refuse('import.file_too_large', { fileName: file.name, limitMb: largestFile / 1024 ** 2 })
    }
    await append(file, bytes)
    file.inspection = null
    return { fileId: file.id, size: file.size }
  }

  #newFile(name: string): UploadedFile {
    const { incomingDir } = this.#options.folder
    mkdirSync(incomingDir, { recursive: true })
    const id = randomUUID()
    const file: UploadedFile = {
      id,
      name: path.basename(name),
      path: path.join(incomingDir, id),
      size: 0,
      inspection: null,
    }
    this.#files.set(id, file)
    return file
  }

  #file(id: string): UploadedFile {
    return this.#files.get(id) ?? refuse('import.file_unknown')
  }

  /**
   * Looks at a received file, in a worker because it may have to read a lot of it; a look at the same file for the
   * same kind is remembered. Refuses like `inspectFile`.
   */
  async inspect(fileId: string, kind: ImportKind | null): Promise<Inspection> {
    const file = this.#file(fileId)
    if (file.inspection && file.inspection.kind === kind) return file.inspection.result
    const { path: uploaded, name } = file
    const reply = await this.#ask({ task: 'inspect', path: uploaded, name, kind })
    if ('refusal' in reply) refuse(reply.refusal.reason, reply.refusal.params)
    file.inspection = { kind, result: reply.inspection }
    return reply.inspection
  }

  #ask(look: ImportWorkerData & { task: 'inspect' }): Promise<InspectionReply> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(importWorker, { workerData: look })
      worker.once('message', resolve)
      worker.once('error', reject)
    })
  }

  /** Starts a job under an id of the caller's; a second start of the same id is the same job. */
  start(
    jobId: string,
    fileId: string,
    job: ImportJob,
    whenDone: (state: JobState) => Promise<void>,
  ): void {
    if (this.#jobs.has(jobId)) return
    if (this.isBusy()) refuse('import.busy')
    const cancel = new SharedArrayBuffer(4)
    const running: RunningJob = {
      id: jobId,
      fileName: job.form.name,
      dryRun: job.dryRun,
      state: startState(job),
      worker: null,
      cancel: new Int32Array(cancel),
      done: Promise.resolve(startState(job)),
    }
    this.#forgetOldJobs()
    this.#jobs.set(jobId, running)
    const clockAheadMs = this.#options.now().getTime() - Date.now()
    const data = { task: 'import', job, cancel, clockAheadMs } as const
    running.done = this.#run(running, data).then(async (state) => {
      await whenDone(state).catch((error: unknown) => {
        this.#options.log.error({ err: error }, 'import could not be recorded')
      })
      if (!job.dryRun && state.state === 'finished') this.#forgetFile(fileId)
      running.state = state
      return state
    })
  }

  #run(running: RunningJob, data: ImportWorkerData & { task: 'import' }): Promise<JobState> {
    const { store } = this.#options.folder
    store.leaveCheckpoints(true)
    return new Promise((resolve) => {
      const worker = new Worker(importWorker, {
        workerData: data,
        resourceLimits: { maxYoungGenerationSizeMb },
      })
      running.worker = worker
      let last: JobState = running.state
      worker.on('message', (state: JobState) => {
        last = state
        // Its end is told only when everything about it is written.
        if (state.state === 'running') running.state = state
      })
      worker.on('error', (error) => {
        this.#options.log.error({ err: error }, 'import worker failed')
      })
      worker.on('exit', () => {
        running.worker = null
        store.leaveCheckpoints(false)
        resolve(last.state === 'running' ? crashed(last, data.job) : last)
      })
    })
  }

  #forgetFile(fileId: string): void {
    const file = this.#files.get(fileId)
    this.#files.delete(fileId)
    if (file) rmSync(file.path, { force: true })
  }

  #forgetOldJobs(): void {
    for (const id of [...this.#jobs.keys()].slice(0, Math.max(0, this.#jobs.size - keptJobs))) {
      this.#jobs.delete(id)
    }
  }

  job(jobId: string): { fileName: string; dryRun: boolean; state: JobState } {
    return this.#jobs.get(jobId) ?? refuse('import.job_unknown')
  }

  /** True while a job is under way. */
  isBusy(): boolean {
    return [...this.#jobs.values()].some(({ state }) => state.state === 'running')
  }

  /** Asks a job to stop; what it has written is whole. False when it is over already. */
  cancel(jobId: string): boolean {
    const running = this.#jobs.get(jobId) ?? refuse('import.job_unknown')
    if (running.state.state !== 'running') return false
    Atomics.store(running.cancel, 0, 1)
    return true
  }

  /** How a job ended. */
  async finished(jobId: string): Promise<JobState> {
    const running = this.#jobs.get(jobId) ?? refuse('import.job_unknown')
    return running.done
  }

  /** Stops what runs and waits for it. */
  async close(): Promise<void> {
    for (const running of this.#jobs.values()) Atomics.store(running.cancel, 0, 1)
    await Promise.all([...this.#jobs.values()].map(({ done }) => done))
    rmSync(this.#options.folder.incomingDir, { recursive: true, force: true })
  }
}

export function createImportJobs(options: ImportJobsOptions): ImportJobs {
  return new ImportJobs(options)
}

async function append(file: UploadedFile, bytes: Uint8Array): Promise<void> {
  const handle = await open(file.path, 'a').catch((error: unknown) => refuseFull(file, error))
  try {
    await handle.appendFile(bytes)
    file.size += bytes.length
  } catch (error) {
    await handle.truncate(file.size).catch(() => undefined)
    refuseFull(file, error)
  } finally {
    await handle.close()
  }
}

function refuseFull(file: UploadedFile, error: unknown): never {
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
    refuse('import.disk_full', { fileName: file.name }, error)
  }
  throw error
}

function startState(job: ImportJob): JobState {
  return {
    state: 'running',
    bytesRead: 0,
    bytesTotal: statSync(job.form.path, { throwIfNoEntry: false })?.size ?? job.form.size,
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

function crashed(last: JobState, job: ImportJob): JobState {
  return {
    ...last,
    state: 'failed',
    failure: { reason: 'import.crashed', params: { fileName: job.form.name } },
  }
}
