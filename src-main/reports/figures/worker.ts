/** Makes reports beside the desk: a year of a big store takes longer than anybody may wait for a key. */
import { parentPort } from 'node:worker_threads'
import { type ReadHandle, readOnce } from '../../database/store.ts'
import { isRefusal } from '../../foundation/errors.ts'
import { readEvaluation, readStretch } from '../evaluation-read.ts'
import { readChoices } from './choices.ts'
import type { ReportJob, ReportReply } from './ask.ts'
import { listFigure, makeTable } from './run.ts'

parentPort?.on('message', (job: ReportJob) => {
  void answer(job).then((reply) => parentPort?.postMessage(reply))
})

async function answer(job: ReportJob): Promise<ReportReply> {
  try {
    return { id: job.id, result: await readOnce(job.file, (r) => make(r, job)) }
  } catch (error) {
    if (isRefusal(error)) {
      return { id: job.id, refused: { reason: error.reason, params: { ...error.params } } }
    }
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    return { id: job.id, failed: { message, stack } }
  }
}

function make(r: ReadHandle, job: ReportJob): Promise<ReportReply['result']> {
  const { setting } = job
  switch (job.kind) {
    case 'table':
      return makeTable(r, setting, job.asked)
    case 'cases':
      return listFigure(r, setting, job.asked)
    case 'evaluation':
      return readEvaluation(r, setting, job.asked)
    case 'stretch':
      return readStretch(r, setting, job.asked)
    case 'choices':
      return readChoices(r)
  }
}
