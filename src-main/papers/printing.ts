/** Papers as PDF: what other rooms and the desk use of printing. */
import type { PaperFacts, PaperTemplate } from './templates.ts'
import type { PaperLanguage } from '../printing/labels.ts'
import type { PaperSize, RenderedPaper } from '../printing/render-paper.ts'
import { RenderQueue, type PaperJob } from './render-queue.ts'

export type { PaperFacts, PaperTemplate } from './templates.ts'
export type { PaperLanguage } from '../printing/labels.ts'
export type { PaperFrame, StoreFacts, VoidFacts } from '../printing/layout.ts'
export type { RenderedPaper } from '../printing/render-paper.ts'
export { PaperRenderCrash, type PaperJob } from './render-queue.ts'
export type { MissingGlyph } from '../printing/text-layout.ts'

export interface PrintingOptions {
  /** Folder holding the Noto Sans SC files; the bundled package when not given. */
  fontsDir?: string
  /** Another worker program, for tests. */
  workerUrl?: URL
  /** Where a paper that shows □ for a character no font has is noted. */
  log?: { warn(details: object, message: string): void }
}

export interface Printing {
  /**
   * Sets a paper in the PDF worker. Jobs run one after another, in the order given.
   *
   * @throws PaperRenderCrash when the worker ended on this very job; the next job gets a new one
   * @throws Error when the facts cannot be set; nothing is printed half
   */
  renderPdf(job: PaperJob): Promise<Uint8Array>
  /** As `renderPdf`, with the number of pages and the characters that could not be shown. */
  renderPaper(job: PaperJob): Promise<RenderedPaper>
  /** How much paper a job takes: what a design is measured by, at a part of the cost of the paper. */
  measurePaper(job: PaperJob): Promise<PaperSize>
  /**
   * As `renderPaper`, in a worker of its own that ends with it: a long document keeps no clerk's paper waiting, and
   * `signal` ends it.
   */
  renderAside(
    job: PaperJob,
    on: {
      signal: AbortSignal
      progress: (progress: { done: number; total: number }) => void
    },
  ): Promise<RenderedPaper>
  /** Papers into one PDF, in a worker of their own: nobody else's paper waits, and a crash is theirs alone. */
  openStack(): PaperStackJob
  /** Starts the worker early. */
  warmUp(): void
  close(): Promise<void>
}

/** One PDF of many papers while it is made. */
export interface PaperStackJob {
  /** @throws PaperRenderCrash when the worker ended: all that was added is lost */
  add(jobs: readonly PaperJob[]): Promise<void>
  finish(): Promise<RenderedPaper>
  /** Ends the worker; call it however the stack ended. */
  close(): Promise<void>
}

/** Opens printing; costs nothing until the first paper or `warmUp`. */
export function createPrinting(options: PrintingOptions = {}): Printing {
  const queue = new RenderQueue(options)
  const renderPaper = async (job: PaperJob) => {
    const paper = await queue.add(job)
    if (paper.missingGlyphs.length > 0) {
      const glyphs = paper.missingGlyphs.map(({ codePoints }) => codePoints)
      options.log?.warn({ paper: job.template, glyphs }, 'characters missing in the paper fonts')
    }
    return paper
  }
  return {
    renderPaper,
    measurePaper: (job) => queue.measure(job),
    renderAside: async (job, { signal, progress }) => {
      const aside = new RenderQueue(options)
      const stop = () => void aside.close()
      signal.addEventListener('abort', stop)
      try {
        signal.throwIfAborted()
        return await aside.add(job, progress)
      } finally {
        signal.removeEventListener('abort', stop)
        await aside.close()
      }
    },
    openStack: () => {
      const own = new RenderQueue(options)
      return {
        add: (jobs) => own.addToStack(jobs),
        finish: () => own.finishStack(),
        close: () => own.close(),
      }
    },
    renderPdf: async (job) => (await renderPaper(job)).pdf,
    warmUp: () => queue.warmUp(),
    close: () => queue.close(),
  }
}

/** A job with its types tied together: `paperJob('card', facts, 'zh')`. */
export function paperJob<Template extends PaperTemplate>(
  template: Template,
  facts: PaperFacts[Template],
  language: PaperLanguage,
): PaperJob {
  // A generic template and its facts belong together; the union of jobs cannot express it.
  return { template, facts, language } as PaperJob
}
