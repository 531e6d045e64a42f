/** The real PDF worker, ending at once on a card whose number is CRASH. */
import { parentPort } from 'node:worker_threads'
import '../../../src-main/papers/worker.ts'

parentPort?.on('message', (request: { job: { facts: { number?: string } } }) => {
  if (request.job.facts.number === 'CRASH') process.exit(3)
})
