import { Worker } from 'node:worker_threads'
import type { Store } from '../../database/store.ts'
import { type RefusalParams, type RefusalReason, refuse } from '../../foundation/errors.ts'
import { workerUrl } from '../../worker-url.ts'
import type { Choices } from './choices.ts'
import type { FigureAsked, ReportTable } from './contract.ts'
import type { Evaluation, EvaluationAsked, Stretch } from '../evaluation-read.ts'
import type { Setting } from './read.ts'
import type { Period } from './rules.ts'
import type { Asked, FigureList } from './run.ts'

interface Jobs {
  table: { asked: Asked; result: ReportTable }
  cases: { asked: FigureAsked & { offset: number; limit: number }; result: FigureList }
  evaluation: { asked: EvaluationAsked; result: Evaluation }
  stretch: { asked: Period; result: Stretch }
  choices: { asked: null; result: Choices }
}

export type ReportJob = {
  [Kind in keyof Jobs]: {
    id: number
    kind: Kind
    file: string
    setting: Setting
    asked: Jobs[Kind]['asked']
  }
}[keyof Jobs]

export interface ReportReply {
  id: number
  result?: Jobs[keyof Jobs]['result']
  refused?: { reason: RefusalReason; params: RefusalParams }
  failed?: { message: string; stack: string }
}

const url = workerUrl('report-worker', new URL('./worker.ts', import.meta.url))

/** How long a worker waits for the next report before it ends. */
const idleMs = 60_000

interface Waiting {
  job: ReportJob
  /** Null: nobody waits for it any more. */
  resolve: (reply: ReportReply | null) => void
  reject: (error: Error) => void
}

/**
 * One worker and the reports waiting for it. A report nobody waits for any more is stopped by ending the worker: a
 * query cannot be interrupted otherwise, and starting another costs less than finishing it.
 */
class ReportQueue {
  readonly #waiting: Waiting[] = []
  #current: Waiting | null = null
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | null = null

  ask(job: ReportJob, signal?: AbortSignal): Promise<ReportReply | null> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        resolve(null)
        return
      }
      const waiting = { job, resolve, reject }
      signal?.addEventListener('abort', () => this.#abandon(waiting), { once: true })
      this.#waiting.push(waiting)
      this.#next()
    })
  }

  #next(): void {
    if (this.#current !== null) return
    const next = this.#waiting.shift()
    if (next === undefined) {
      this.#rest()
      return
    }
    if (this.#idle !== null) clearTimeout(this.#idle)
    this.#idle = null
    this.#current = next
    this.#worker ??= this.#start()
    this.#worker.ref()
    this.#worker.postMessage(next.job)
  }

  #start(): Worker {
    const worker = new Worker(url)
    worker.on('message', (reply: ReportReply) => {
      if (this.#worker !== worker) return
      this.#current?.resolve(reply)
      this.#current = null
      this.#next()
    })
    const ended = (error: Error) => {
      if (this.#worker !== worker) return
      this.#worker = null
      this.#current?.reject(error)
      this.#current = null
      this.#next()
    }
    worker.once('error', ended)
    worker.once('exit', (code) => ended(new Error(`the report worker ended with ${code}`)))
    return worker
  }

  /** Nothing to do: it must not keep the program from ending, and ends itself after a while. */
  #rest(): void {
    const worker = this.#worker
    if (worker === null) return
    worker.unref()
    if (this.#idle !== null) clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.#stop(), idleMs)
    this.#idle.unref()
  }

  #stop(): void {
    const worker = this.#worker
    this.#worker = null
    void worker?.terminate()
  }

  #abandon(waiting: Waiting): void {
    const at = this.#waiting.indexOf(waiting)
    if (at >= 0) this.#waiting.splice(at, 1)
    else if (this.#current === waiting) {
      this.#current = null
      this.#stop()
    } else return
    waiting.resolve(null)
    this.#next()
  }
}

const queues = new WeakMap<Store, ReportQueue>()
let lastId = 0

/** Has a report, or the list behind one of its figures, made by the worker of this store. */
export async function askReports<Kind extends keyof Jobs>(
  store: Store,
  kind: Kind,
  {
    setting,
    asked,
    signal,
  }: { setting: Setting; asked: Jobs[Kind]['asked']; signal?: AbortSignal | undefined },
): Promise<Jobs[Kind]['result']> {
  const queue = queues.get(store) ?? new ReportQueue()
  queues.set(store, queue)
  lastId += 1
  const job = { id: lastId, kind, file: store.file, setting, asked } as ReportJob
  const reply = await queue.ask(job, signal)
  if (reply === null) refuse('reports.abandoned')
  const { result, refused, failed } = reply
  if (refused) refuse(refused.reason, refused.params)
  if (failed) throw Object.assign(new Error(failed.message), { stack: failed.stack })
  return result as Jobs[Kind]['result']
}
