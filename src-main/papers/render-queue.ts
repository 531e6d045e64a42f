/** One PDF worker and the jobs waiting for it. */
import { Worker } from 'node:worker_threads'
import type { PaperFacts, PaperTemplate } from './templates.ts'
import { workerUrl } from '../worker-url.ts'
import type { PaperLanguage } from '../printing/labels.ts'
import type { PaperSize, RenderedPaper } from '../printing/render-paper.ts'

/** One paper to set: plain facts, because they travel to the worker. */
export type PaperJob<Template extends PaperTemplate = PaperTemplate> = {
  [Each in Template]: {
    template: Each
    facts: PaperFacts[Each]
    language: PaperLanguage
    /** Files it brings along: read by the worker, where they must be what their names say. */
    files?: readonly JobFile[]
  }
}[Template]

/** How the worker's complaint about a file that is gone begins; its name follows. */
export const lostFile = 'lost file: '

/** A kept file a job brings along. */
export interface JobFile {
  sha256: string
  /** Where it lies, or what it is. */
  content: { place: string } | { text: string }
  name: string
  mediaType: string
  /** The paper does without it where it is gone. */
  optional?: true
}

export interface RenderRequest {
  id: number
  work: PaperJob | StackWork | { measure: PaperJob }
}

/** Papers that come into one PDF: some more of them, or the end. */
export type StackWork = { add: readonly PaperJob[] } | { finish: true }

export interface RenderReply {
  id: number
  /** Parts that are done, of how many; the paper follows. */
  progress?: { done: number; total: number }
  paper?: RenderedPaper
  size?: PaperSize
  /** Papers that were added to the stack. */
  added?: number
  error?: { message: string; stack?: string }
}

interface Waiting {
  request: RenderRequest
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined
  resolve(done: Pick<RenderReply, 'paper' | 'size'>): void
  reject(error: Error): void
}

/** Megabytes of heap a worker may take; one that takes more ends, and the next paper gets a new one. */
const MOST_MEMORY = 1024

/** The worker ended while it set a paper; other jobs are not touched. */
export class PaperRenderCrash extends Error {
  override readonly name = 'PaperRenderCrash'
}

/**
 * Sends jobs to the worker one at a time, so that a crash names its job. The worker starts with the
 * first job, stays for the next ones, and is replaced when it ends.
 */
export class RenderQueue {
  readonly #options: { fontsDir?: string; workerUrl?: URL }
  readonly #waiting: Waiting[] = []
  #current: Waiting | null = null
  #worker: Worker | null = null
  #nextId = 1
  #closed = false

  constructor(options: { fontsDir?: string; workerUrl?: URL } = {}) {
    this.#options = options
  }

  /** Starts the worker ahead of the first job, so that a clerk's first print does not wait for it. */
  warmUp(): void {
    if (!this.#closed) this.#worker ??= this.#start()
  }

  async add(
    job: PaperJob,
    onProgress?: (progress: { done: number; total: number }) => void,
  ): Promise<RenderedPaper> {
    return required((await this.#ask(job, onProgress)).paper)
  }

  /** How much paper a job takes, without making it. */
  async measure(job: PaperJob): Promise<PaperSize> {
    return required((await this.#ask({ measure: job })).size)
  }

  /** Sets papers into the stack of this queue's worker. */
  async addToStack(jobs: readonly PaperJob[]): Promise<void> {
    await this.#ask({ add: jobs })
  }

  /** Closes the stack: all that was added, as one PDF. */
  async finishStack(): Promise<RenderedPaper> {
    return required((await this.#ask({ finish: true })).paper)
  }

  #ask(
    work: RenderRequest['work'],
    onProgress?: (progress: { done: number; total: number }) => void,
  ): Promise<Pick<RenderReply, 'paper' | 'size'>> {
    if (this.#closed) return Promise.reject(new Error('printing is closed'))
    return new Promise((resolve, reject) => {
      const request = { id: this.#nextId++, work }
      this.#waiting.push({ request, onProgress, resolve, reject })
      this.#sendNext()
    })
  }

  /** Ends the worker; jobs not finished are rejected. */
  async close(): Promise<void> {
    this.#closed = true
    const abandoned = [...(this.#current ? [this.#current] : []), ...this.#waiting.splice(0)]
    this.#current = null
    for (const job of abandoned) job.reject(new Error('printing was closed'))
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }

  #sendNext(): void {
    if (this.#current || this.#closed) return
    const next = this.#waiting.shift()
    if (!next) return
    this.#current = next
    this.#worker ??= this.#start()
    this.#worker.ref()
    try {
      this.#worker.postMessage(next.request)
    } catch (error) {
      // Facts that cannot be copied are the caller's mistake; the worker has not seen them.
      this.#finish((job) => job.reject(error instanceof Error ? error : new Error(String(error))))
    }
  }

  #start(): Worker {
    const url =
      this.#options.workerUrl ?? workerUrl('pdf-worker', new URL('./worker.ts', import.meta.url))
    const { fontsDir } = this.#options
    const worker = new Worker(url, {
      name: 'pdf',
      workerData: { fontsDir },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
    })
    // An idle worker must not keep the process alive.
    worker.unref()
    worker.on('message', (reply: RenderReply) => this.#receive(reply))
    worker.on('error', (error) => this.#lose(worker, error))
    worker.on('exit', (code) => this.#lose(worker, new Error(`exit code ${code}`)))
    return worker
  }

  #receive(reply: RenderReply): void {
    if (reply.id !== this.#current?.request.id) return
    const { paper, size, error, progress, added } = reply
    if (progress) {
      this.#current.onProgress?.(progress)
      return
    }
    if (paper || size || added !== undefined) this.#finish((job) => job.resolve(reply))
    else this.#finish((job) => job.reject(remoteError(error)))
  }

  #lose(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return
    this.#worker = null
    const reason = cause instanceof Error ? cause.message : String(cause)
    this.#finish((job) => job.reject(new PaperRenderCrash(`the PDF worker ended: ${reason}`)))
  }

  #finish(settle: (job: Waiting) => void): void {
    const job = this.#current
    this.#current = null
    this.#worker?.unref()
    if (job) settle(job)
    this.#sendNext()
  }
}

function required<Result>(result: Result | undefined): Result {
  if (result === undefined) throw new Error('no paper came back')
  return result
}

function remoteError(error: RenderReply['error']): Error {
  const copy = new Error(error?.message ?? 'paper not rendered')
  if (error?.stack) copy.stack = error.stack
  return copy
}
