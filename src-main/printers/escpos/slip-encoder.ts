/** The slip worker and the slips it is working on. */
import { Worker } from 'node:worker_threads'
import type { SlipContent } from '../../printing/slip.ts'
import { workerUrl } from '../../worker-url.ts'
import type { EncodedSlip } from './encode.ts'
import type { EscposOptions } from './options.ts'
import type { SlipOffset } from './roll.ts'

export interface EncodeRequest {
  id: number
  slip: SlipContent
  options: EscposOptions
  copies: number
  offset: SlipOffset
}

export interface EncodeReply {
  id: number
  encoded?: EncodedSlip
  error?: string
}

interface Waiting {
  resolve(encoded: EncodedSlip): void
  reject(error: Error): void
}

/**
 * Turns slips into the bytes of a receipt printer in a worker thread, which starts with the first one and keeps no
 * process alive.
 */
export class SlipEncoder {
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #nextId = 1

  /** Rejects when the worker ends before it has answered; the next slip gets a new one. */
  encode(
    slip: SlipContent,
    options: EscposOptions,
    { copies, offset }: Pick<EncodeRequest, 'copies' | 'offset'>,
  ): Promise<EncodedSlip> {
    const worker = (this.#worker ??= this.#start())
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      this.#waiting.set(id, { resolve, reject })
      worker.ref()
      worker.postMessage({ id, slip, options, copies, offset } satisfies EncodeRequest)
    })
  }

  /** Ends the worker; slips not answered are rejected. */
  async close(): Promise<void> {
    const worker = this.#worker
    if (!worker) return
    this.#lose(worker, 'printing was closed')
    await worker.terminate()
  }

  #start(): Worker {
    const worker = new Worker(workerUrl('slip-worker', new URL('./worker.ts', import.meta.url)), {
      name: 'slip',
    })
    worker.unref()
    worker.on('message', ({ id, encoded, error }: EncodeReply) => {
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (this.#waiting.size === 0) worker.unref()
      if (encoded) waiting?.resolve(encoded)
      else waiting?.reject(new Error(error ?? 'slip not set'))
    })
    worker.on('error', (error) => this.#lose(worker, String(error)))
    worker.on('exit', (code) => this.#lose(worker, `exit code ${code}`))
    return worker
  }

  #lose(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return
    this.#worker = null
    const lost = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const slip of lost) slip.reject(new Error(`the slip worker ended: ${reason}`))
  }
}
