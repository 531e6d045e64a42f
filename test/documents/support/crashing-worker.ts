/** The real PDF worker, ending at once on a card whose number is CRASH. */
import { parentPort } from 'node:worker_threads'
import '../../../src-main/papers/worker.ts'

parentPort?.on('message', (request: { work: { facts?: { number?: string } } }) => {
  if (request.work.facts?.number === 'CRASH') process.exit(3)
})
