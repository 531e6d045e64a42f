import { parentPort, workerData } from 'node:worker_threads'

import type { ImportJob, JobState } from './job.ts'
import { runImport } from './run.ts'

/** What the worker is started with. */
export interface ImportWorkerData {
  job: ImportJob
  /** One 32-bit number, not 0 when the import is to stop. */
  cancel: SharedArrayBuffer
}

const { job, cancel } = workerData as ImportWorkerData
const flag = new Int32Array(cancel)

const final: JobState = await runImport(job, {
  now: () => new Date(),
  isCancelled: () => Atomics.load(flag, 0) !== 0,
  onProgress: (state) => parentPort?.postMessage(state),
})
parentPort?.postMessage(final)
