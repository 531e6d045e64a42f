/** Makes reports beside the desk: a year of a big store takes longer than anybody may wait for a key. */
import { parentPort } from 'node:worker_threads'
import { readOnce } from '../../database/store.ts'
import { isRefusal } from '../../foundation/errors.ts'
import type { ReportJob, ReportReply } from './ask.ts'
import { listFigure, makeTable } from './run.ts'

parentPort?.on('message', (job: ReportJob) => {
  void answer(job).then((reply) => parentPort?.postMessage(reply))
})

async function answer(job: ReportJob): Promise<ReportReply> {
  const { setting } = job
  try {
    const result = await readOnce(job.file, async (r) =>
      job.kind === 'table' ? makeTable(r, setting, job.asked) : listFigure(r, setting, job.asked),
    )
    return { id: job.id, result }
  } catch (error) {
    if (isRefusal(error)) {
      return { id: job.id, refused: { reason: error.reason, params: { ...error.params } } }
    }
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    return { id: job.id, failed: { message, stack } }
  }
}
