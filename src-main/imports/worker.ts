import { parentPort, workerData } from 'node:worker_threads'

import { isRefusal, type RefusalParams, type RefusalReason } from '../foundation/errors.ts'
import type { ImportKind } from './headers.ts'
import { type Inspection, inspectFile } from './inspect-file.ts'
import type { ImportJob, JobState } from './job.ts'
import { runImport } from './run.ts'

/** What the worker is started with: a look at a file, or a job. */
export type ImportWorkerData =
  | { task: 'inspect'; path: string; name: string; kind: ImportKind | null }
  | {
      task: 'import'
      job: ImportJob
      /** One 32-bit number, not 0 when the import is to stop. */
      cancel: SharedArrayBuffer
      /** Milliseconds the desk's clock is ahead of the machine's. */
      clockAheadMs: number
    }

/** The answer to a look: what was found, or why the file can never be imported. */
export type InspectionReply =
  | { inspection: Inspection }
  | { refusal: { reason: RefusalReason; params: RefusalParams } }

const data = workerData as ImportWorkerData
parentPort?.postMessage(data.task === 'inspect' ? inspect(data) : await runJob(data))

function inspect({ path, name, kind }: ImportWorkerData & { task: 'inspect' }): InspectionReply {
  try {
    return { inspection: inspectFile(path, name, kind) }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { refusal: { reason: error.reason, params: error.params } }
  }
}

function runJob({
  job,
  cancel,
  clockAheadMs,
}: ImportWorkerData & { task: 'import' }): Promise<JobState> {
  const flag = new Int32Array(cancel)
  return runImport(job, {
    now: () => new Date(Date.now() + clockAheadMs),
    isCancelled: () => Atomics.load(flag, 0) !== 0,
    onProgress: (state) => parentPort?.postMessage(state),
  })
}
