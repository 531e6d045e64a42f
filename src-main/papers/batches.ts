/**
 * Cards printed together, through a PDF worker of their own and slice by slice, into one PDF. A card is counted before
 * it is set and written down with its batch: a batch that is stopped hands over what was counted and says so, and one
 * whose worker died, or whose desk was closed, goes on where it was with the numbers that were given.
 */
import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import { record } from '../audit/index.ts'
import { cardsOfDay } from '../cards/index.ts'
import type { ReadHandle, Store, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, query, type RoomHandlers, task } from '../handlers.ts'
import { findStandingJobs, planJob } from '../printers/index.ts'
import { insertPrint } from '../printing/store.ts'
import {
  type BatchItem,
  type BatchRecord,
  findBatch,
  insertBatch,
  listBatches,
  listItems,
  writeBatchState,
  writeCounted,
} from './batch-store.ts'
import type { cardBatch, cardBatchesContract } from './contract.ts'
import type { PaperStackJob } from './printing.ts'
import { PaperRenderCrash, type PaperJob } from './render-queue.ts'
import { readSetUpPaper } from './service.ts'

/** Cards of one slice: those of one A4 sheet. */
const SLICE = 4
const SHOWN = 5

/** What a batch has that no restart keeps. */
interface Run {
  isStopped: boolean
  isRunning: boolean
  done: number
  pdf: Uint8Array | null
  pages: number
}

const runs = new WeakMap<Store, Map<number, Run>>()

function runsOf({ store }: Call): Map<number, Run> {
  const found = runs.get(store) ?? new Map<number, Run>()
  runs.set(store, found)
  return found
}

export const cardBatchesHandlers: RoomHandlers<typeof cardBatchesContract> = {
  ofDay: query(async (r, _call, { soldOn }) => {
    const cards = await cardsOfDay(r, soldOn)
    return { all: cards.length, unprinted: cards.filter(({ prints }) => prints === 0).length }
  }),

  list: query(async (r, call) => {
    const views: z.input<typeof cardBatch>[] = []
    const batches = await listBatches(r, SHOWN)
    const sent = await findStandingJobs(r, batchDocument, batches.map(subjectOf))
    for (const batch of batches) {
      const view = await viewOf(r, call, batch)
      views.push({ ...view, sentTo: sent.get(subjectOf(batch)) ?? null })
    }
    return views
  }),

  start: task(async (call, asked) => {
    if ([...runsOf(call).values()].some(({ isRunning }) => isRunning))
      refuse('papers.batch_running')
    const at = call.now().toISOString()
    const { batchId, total } = await call.commit(async (w) => {
      const cardIds = 'cardIds' in asked.cards ? asked.cards.cardIds : await idsOf(w, asked.cards)
      if (cardIds.length === 0) refuse('papers.batch_empty')
      const { format, language = null } = asked
      const distinct = [...new Set(cardIds)]
      const id = await insertBatch(w, {
        format,
        language,
        cardIds: distinct,
        at,
        by: call.actor.id,
      })
      const subject = { type: 'card_batch', id }
      await record(w, call, 'papers.start_batch', subject, { cards: distinct.length, format })
      return { batchId: id, total: distinct.length }
    })
    begin(call, batchId)
    return { batchId, total }
  }),

  cancel: task(async (call, { batchId }) => {
    const run = runsOf(call).get(batchId)
    if (run?.isRunning) run.isStopped = true
    return { batchId }
  }),

  resume: task(async (call, { batchId }) => {
    const batch =
      (await call.store.read((r) => findBatch(r, batchId))) ?? refuse('papers.unknown_batch')
    const all = runsOf(call)
    if ([...all.values()].some(({ isRunning }) => isRunning)) refuse('papers.batch_running')
    if (batch.state === 'done' || batch.state === 'cancelled') refuse('papers.batch_over')
    begin(call, batchId)
    return { batchId }
  }),

  print: task(async (call, { batchId }) => {
    const run = runsOf(call).get(batchId)
    if (!run?.pdf) refuse('papers.batch_no_file')
    const { pdf, pages } = run
    const job = await call.commit((w) => planBatch(w, call, batchId))
    if (job) await call.printers.lanes.spool(job.jobId, { pdf, slip: null, pages })
    return { printer: job?.printer ?? null }
  }),

  file: task(async (call, { batchId }) => {
    const run = runsOf(call).get(batchId)
    if (!run?.pdf) refuse('papers.batch_no_file')
    return {
      fileName: `cards-${batchId}.pdf`,
      pdf: new Blob([new Uint8Array(run.pdf)], { type: 'application/pdf' }),
      pages: run.pages,
    }
  }),
}

/** What the pages of a batch are called among print jobs. */
const batchDocument = 'card_batch'

function subjectOf({ id }: Pick<BatchRecord, 'id'>): string {
  return String(id)
}

/** One job for all pages; its cards are counted already, so that calling it off gives no number back. */
async function planBatch(w: WriteHandle, call: Call, batchId: number) {
  const batch = (await findBatch(w, batchId)) ?? refuse('papers.unknown_batch')
  const subject = subjectOf(batch)
  const printer = (await findStandingJobs(w, batchDocument, [subject])).get(subject)
  if (printer !== undefined) refuse('papers.batch_sent', { printer })
  const { format } = batch
  const pages = { printId: null, document: batchDocument, like: 'card', subject, format, copyNo: 0 }
  const job = await planJob(w, call, pages)
  if (job) {
    const to = { type: 'card_batch', id: batchId }
    await record(w, call, 'papers.print_batch', to, { printer: job.printer, copies: job.copies })
  }
  return job
}

async function idsOf(
  r: ReadHandle,
  { soldOn, isUnprinted }: { soldOn: string; isUnprinted: boolean },
): Promise<number[]> {
  const cards = await cardsOfDay(r, soldOn)
  return cards.filter(({ prints }) => !isUnprinted || prints === 0).map(({ id }) => id)
}

async function viewOf(r: ReadHandle, call: Call, batch: BatchRecord) {
  const items = await listItems(r, batch.id)
  const run = runsOf(call).get(batch.id)
  const { id, format, language, askedAt, askedBy } = batch
  const isRunning = run?.isRunning === true
  // What the database calls running without a run here was left by a desk that closed.
  const kept = batch.state === 'running' ? ('interrupted' as const) : batch.state
  const state = isRunning ? ('running' as const) : kept
  return {
    id,
    format,
    language,
    askedAt,
    askedBy,
    state,
    total: items.length,
    done: isRunning ? run.done : items.filter(isCounted).length,
    printed: items.filter(isCounted).map(({ number }) => number),
    left: items.filter((item) => !isCounted(item)).map(({ number }) => number),
    hasFile: run !== undefined && run.pdf !== null,
  }
}

function isCounted({ copyNo }: BatchItem): boolean {
  return copyNo !== null
}

/** The last batch's file is kept until the next one begins, or the desk closes. */
function begin(call: Call, batchId: number): void {
  const all = runsOf(call)
  for (const run of all.values()) run.pdf = null
  const run: Run = { isStopped: false, isRunning: true, done: 0, pdf: null, pages: 0 }
  all.set(batchId, run)
  void printBatch(call, batchId, run)
    .catch(async () => {
      await call.store.write((w) => writeBatchState(w, batchId, 'failed'))
    })
    // A desk that is closing has no database left: the batch is found interrupted.
    .catch(() => undefined)
    .finally(() => {
      run.isRunning = false
      call.announce('papers')
    })
}

async function printBatch(call: Call, batchId: number, run: Run): Promise<void> {
  const batch = await call.store.read((r) => findBatch(r, batchId))
  if (!batch) return
  await call.store.write((w) => writeBatchState(w, batchId, 'running'))
  const paper = await setAll(call, batch, run).catch((error: unknown) => {
    // A worker that died once may have had a bad moment; what was counted keeps its numbers.
    if (!(error instanceof PaperRenderCrash)) throw error
    return setAll(call, batch, run)
  })
  Object.assign(run, { pdf: paper?.pdf ?? null, pages: paper?.pages ?? 0 })
  const left = (await call.store.read((r) => listItems(r, batchId))).filter(
    (each) => !isCounted(each),
  )
  const state = left.length > 0 ? 'cancelled' : 'done'
  await call.store.write((w) => writeBatchState(w, batchId, state))
}

/** Sets what was counted already, then counts and sets the rest, until it is stopped. */
async function setAll(call: Call, batch: BatchRecord, run: Run) {
  const items = await call.store.read((r) => listItems(r, batch.id))
  const stack = call.printing.openStack()
  run.done = 0
  try {
    for (let from = 0; from < items.length; from += SLICE) {
      const slice = items.slice(from, from + SLICE)
      const counted = run.isStopped ? slice.filter(isCounted) : await countSlice(call, batch, slice)
      if (counted.length === 0) break
      await addSlice(call, batch, counted, stack)
      run.done += counted.length
      call.announce('papers')
    }
    return run.done > 0 ? await stack.finish() : null
  } finally {
    await stack.close()
  }
}

/** Counts what is not counted yet; all of it or nothing. */
async function countSlice(call: Call, batch: BatchRecord, slice: readonly BatchItem[]) {
  const { format } = batch
  if (slice.every(isCounted)) return slice
  return call.store.write(async (w) => {
    const counted: BatchItem[] = []
    for (const item of slice) {
      if (isCounted(item)) {
        counted.push(item)
        continue
      }
      const { id, copyNo } = await insertPrint(w, {
        document: 'card',
        subject: item.number,
        format,
        printedAt: call.now().toISOString(),
        printedBy: call.actor.id,
      })
      await writeCounted(w, { batchId: batch.id, cardId: item.cardId, printId: id, copyNo })
      const subject = { type: 'card', id: item.number }
      await record(w, call, 'papers.print', subject, { copy: copyNo, format, batch: batch.id })
      counted.push({ ...item, copyNo })
    }
    return counted
  })
}

async function addSlice(
  call: Call,
  { format, language }: BatchRecord,
  slice: readonly BatchItem[],
  stack: PaperStackJob,
): Promise<void> {
  const jobs: PaperJob[] = []
  for (const { cardId, copyNo } of slice) {
    const choice = { document: 'card', cardId, format, ...(language && { language }) } as const
    const { job } = await call.store.read((r) => readSetUpPaper(r, call, choice))
    jobs.push({ ...job, facts: { ...job.facts, copy: copyNo ?? 0 } } as PaperJob)
    // One card at a time: other clerks' calls come between.
    await setImmediate()
  }
  await stack.add(jobs)
}
