import type { DataFolder } from '../database/folder.ts'
import type { WriteHandle } from '../database/store.ts'
import { isDiskFull } from '../database/whole-file.ts'
import { refuse } from '../foundation/errors.ts'
import { PrintFailure, type PrinterCondition, type PrintWork, type Sent } from './channel.ts'
import type { OpenChannel } from './channels.ts'
import { movePages } from './move-pages.ts'
import { actionAfterFailure, clearingInstants, expiryInstant } from './rules.ts'
import { Spool, type SpooledPaper } from './spool.ts'
import {
  findBusyPrinters,
  findClearable,
  findJob,
  findJobsIn,
  findNextJob,
  findPrinter,
  type JobRow,
  type JobStep,
  markCleared,
  markSpooled,
  type Printer,
  readPrintSettings,
  stepJob,
} from './store.ts'

export interface PrintLanesOptions {
  folder: DataFolder
  openChannel: OpenChannel
  now: () => Date
  /** Tells screens that something about jobs changed. */
  announce: () => void
  log: { error(details: object, message: string): void }
  /** How long a printer in trouble is left alone, in milliseconds. */
  tryAgainMs?: number
}

/** What holds a lane up. */
export interface Hold {
  trouble: string
  detail: string
  until: Date
}

const usualTryAgainMs = 20_000

/**
 * Takes papers to their printers, one lane for each printer: one that is dead keeps nobody waiting but its own papers.
 * What has gone out is known by the book alone, so that a crash at any moment leaves nothing printed twice.
 */
export class PrintLanes {
  readonly #options: PrintLanesOptions
  readonly #spool: Spool
  readonly #running = new Map<number, Promise<void>>()
  /** Lanes that were woken while they ran: what came in may have been too late for their last look. */
  readonly #woken = new Set<number>()
  readonly #holds = new Map<number, Hold>()
  readonly #timers = new Map<number, NodeJS.Timeout>()
  /** Jobs being sent, each with what stops it. */
  readonly #sending = new Map<number, AbortController>()
  readonly #calledOff = new Set<number>()
  #ready: Promise<void> = Promise.resolve()
  #isOpen = false
  #isClosing = false

  constructor(options: PrintLanesOptions) {
    this.#options = options
    this.#spool = new Spool(options.folder.spoolDir)
  }

  /**
   * Puts the book right after a crash and goes on with what waits: what was being sent may have come out, and a paper
   * whose pages were never written did not.
   */
  start(): void {
    this.#isOpen = true
    this.#ready = this.#recover().catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'print jobs could not be put right')
    })
    void this.#ready.then(() => this.#wakeAll())
  }

  async #recover(): Promise<void> {
    const { store } = this.#options.folder
    await store.write(async (w) => {
      for (const job of await findJobsIn(w, 'sending')) {
        await stepJob(w, job, { action: 'lose', trouble: 'interrupted', ...this.#byItself() })
      }
      for (const job of await findJobsIn(w, 'queued')) {
        if (job.spooled_at !== null) continue
        await stepJob(w, job, { action: 'cancel', trouble: 'never_set', ...this.#byItself() })
      }
    })
    await this.#spool.tidy()
    await this.#clear()
  }

  #byItself(): { at: string; by: null } {
    return { at: this.#options.now().toISOString(), by: null }
  }

  async #wakeAll(): Promise<void> {
    const printers = await this.#options.folder.store.read((r) => findBusyPrinters(r))
    for (const printerId of printers) this.wake(printerId)
  }

  /**
   * Writes a job's pages down and lets its lane have it. Refuses with `printers.disk_full` where there is no room and
   * `printers.spool_unusable` where the folder cannot be written; the job is called off then, and its number is free.
   */
  async spool(jobId: number, paper: SpooledPaper & { pages: number }): Promise<void> {
    const { store } = this.#options.folder
    const planned = await store.read((r) => findJob(r, jobId))
    if (planned?.state === 'cancelled') refuse('printers.called_off')
    // The same request again: its pages are there.
    if (planned?.spooled_at !== null) return
    try {
      await this.#spool.write(jobId, paper)
    } catch (error) {
      await this.withdraw(jobId, 'never_set')
      if (isDiskFull(error)) refuse('printers.disk_full', {}, error)
      refuse('printers.spool_unusable', { folder: this.#options.folder.spoolDir }, error)
    }
    const job = await store.write(async (w) => {
      await markSpooled(w, { id: jobId, pages: paper.pages, at: this.#byItself().at })
      return findJob(w, jobId)
    })
    this.#options.announce()
    if (job) this.wake(job.printer_id)
  }

  /** Calls a job off whose pages could not be made: nothing came out, and its number is free again. */
  async withdraw(jobId: number, trouble: string): Promise<void> {
    await this.#options.folder.store.write(async (w) => {
      const job = await findJob(w, jobId)
      if (job?.state === 'queued' && job.spooled_at === null) {
        await stepJob(w, job, { action: 'cancel', trouble, ...this.#byItself() })
      }
    })
    await this.#spool.remove([jobId])
    this.#options.announce()
  }

  /** The pages of a job; null where they are gone. */
  read(jobId: number): Promise<SpooledPaper | null> {
    return this.#spool.read(jobId)
  }

  /** How a printer is now. */
  look(printer: Pick<Printer, 'kind' | 'target' | 'options'>): Promise<PrinterCondition> {
    return this.#options.openChannel(printer).look(AbortSignal.timeout(longestLookMs))
  }

  holdOf(printerId: number): Hold | null {
    return this.#holds.get(printerId) ?? null
  }

  /** Stops a job on its way. @returns false where it is not on its way. */
  stop(jobId: number): boolean {
    const control = this.#sending.get(jobId)
    if (!control) return false
    this.#calledOff.add(jobId)
    control.abort()
    return true
  }

  /** Lets a held-up lane go on at once. */
  release(printerId: number): void {
    this.#holds.delete(printerId)
    this.wake(printerId)
  }

  /** Starts the lane of a printer where it stands still. */
  wake(printerId: number): void {
    if (!this.#isOpen || this.#isClosing) return
    if (this.#holds.has(printerId)) return
    if (this.#running.has(printerId)) {
      this.#woken.add(printerId)
      return
    }
    const lane = this.#run(printerId)
      .catch((error: unknown) => {
        this.#options.log.error({ err: error, printerId }, 'a print lane stopped')
      })
      .finally(() => {
        this.#running.delete(printerId)
        if (this.#woken.delete(printerId)) this.wake(printerId)
      })
    this.#running.set(printerId, lane)
  }

  async #run(printerId: number): Promise<void> {
    await this.#ready
    while (!this.#isClosing && !this.#holds.has(printerId)) {
      const taken = await this.#take(printerId)
      if (!taken) break
      await this.#send(taken.job, taken.printer)
      this.#options.announce()
    }
    await this.#clear()
  }

  /** Takes the lane's next job; those that have waited too long are left for a person. */
  #take(printerId: number): Promise<{ job: JobRow; printer: Printer } | null> {
    return this.#options.folder.store.write(async (w) => {
      await this.#expire(w, printerId)
      const job = await findNextJob(w, printerId)
      const printer = await findPrinter(w, printerId)
      if (!job || !printer) return null
      await stepJob(w, job, { action: 'send', ...this.#byItself() })
      return { job: (await findJob(w, job.id)) ?? job, printer }
    })
  }

  async #expire(w: WriteHandle, printerId: number): Promise<void> {
    const { expiryMinutes } = await readPrintSettings(w)
    const queuedBefore = expiryInstant(this.#options.now(), expiryMinutes)
    for (const job of await findJobsIn(w, 'queued', { printerId, queuedBefore })) {
      if (job.spooled_at === null) continue
      await stepJob(w, job, { action: 'expire', trouble: 'expired', ...this.#byItself() })
    }
  }

  async #send(job: JobRow, printer: Printer): Promise<void> {
    this.#options.announce()
    const control = new AbortController()
    this.#sending.set(job.id, control)
    const outcome = await this.#deliver(job, printer, control.signal)
    this.#sending.delete(job.id)
    const step = this.#stepAfter(outcome)
    if (step.action === 'wait' && !this.#isClosing) this.#hold(job.printer_id, step)
    const isCalledOff = this.#calledOff.delete(job.id)
    await this.#options.folder.store.write(async (w) => {
      await stepJob(w, job, { ...step, ...this.#byItself() })
      const after = await findJob(w, job.id)
      const mayCancel = after?.state === 'queued' || after?.state === 'failed'
      if (after && isCalledOff && mayCancel) {
        await stepJob(w, after, { action: 'cancel', ...this.#byItself() })
      }
    })
  }

  async #deliver(job: JobRow, printer: Printer, signal: AbortSignal): Promise<Sent | PrintFailure> {
    try {
      const paper = await this.#spool.read(job.id)
      if (!paper) return new PrintFailure('failed', 'nothing', lostPages)
      return await this.#options.openChannel(printer).send(workOf(job, paper), signal)
    } catch (error) {
      if (error instanceof PrintFailure) return error
      if (signal.aborted) return new PrintFailure('interrupted', 'perhaps')
      this.#options.log.error({ err: error, jobId: job.id }, 'a paper was not sent')
      const detail = error instanceof Error ? error.message : String(error)
      return new PrintFailure('failed', 'perhaps', detail, { cause: error })
    }
  }

  #stepAfter(outcome: Sent | PrintFailure): Omit<JobStep, 'at' | 'by'> {
    if (!(outcome instanceof PrintFailure)) {
      const { state, reference } = outcome
      return { action: state === 'confirmed' ? 'save' : 'deliver', reference }
    }
    const { trouble, reached, message: detail } = outcome
    if (detail === lostPages) return { action: 'fail', trouble: 'pages_gone' }
    if (reached === 'nothing' && this.#isClosing) return { action: 'wait', trouble, detail }
    return { action: actionAfterFailure(trouble, reached), trouble, detail }
  }

  #hold(printerId: number, { trouble, detail }: Pick<JobStep, 'trouble' | 'detail'>): void {
    const { tryAgainMs = usualTryAgainMs, now } = this.#options
    const until = new Date(now().getTime() + tryAgainMs)
    this.#holds.set(printerId, { trouble: trouble ?? '', detail: detail ?? '', until })
    clearTimeout(this.#timers.get(printerId))
    const timer = setTimeout(() => this.release(printerId), tryAgainMs)
    timer.unref()
    this.#timers.set(printerId, timer)
  }

  /** Takes files away that nobody needs any more. */
  async #clear(): Promise<void> {
    const { store } = this.#options.folder
    const before = clearingInstants(this.#options.now())
    const jobIds = await store.read((r) => findClearable(r, before))
    if (jobIds.length === 0) return
    await this.#spool.remove(jobIds)
    await store.write((w) => markCleared(w, jobIds, this.#byItself().at))
  }

  /** Stops what is on its way: what may have come out is asked about at the next start, the rest goes on then. */
  async close(): Promise<void> {
    this.#isClosing = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    for (const control of this.#sending.values()) control.abort()
    await this.#ready
    await Promise.all(this.#running.values())
  }
}

const longestLookMs = 5_000

/** Told apart from what a printer says. */
const lostPages = '\0pages'

function workOf(job: JobRow, { pdf, slip }: SpooledPaper): PrintWork {
  return {
    jobId: job.id,
    title: titleOf(job),
    pdf: movePages(pdf, job.offset_x, job.offset_y),
    format: job.format,
    pages: job.pages,
    copies: job.copies,
    slip,
    offset: { right: job.offset_x, down: job.offset_y },
    isCodePageCheck: job.document === codePageCheck,
    mediaSource: job.media_source,
    sides: job.sides,
  }
}

/** The document of a page by which a code page is found. */
export const codePageCheck = 'code_page_check'

/** What a job is called in queues and folders. */
export function titleOf(job: Pick<JobRow, 'document' | 'subject' | 'format'>): string {
  const name = `${job.document.replaceAll('_', '-')}-${job.subject}-${job.format}`
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 120)
}
