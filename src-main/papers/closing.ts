import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type ClosingWork, takeClosingWork } from '../day-closes/index.ts'
import type { Call } from '../handlers.ts'
import { printPaper } from './service.ts'

/**
 * Makes the papers the store wants at closing time, once a day: to their printer where they have a route, else as PDF
 * into `closing-papers` of the data folder. Each is a command of its own; `openCall` gives a call for it.
 *
 * @returns how many were made
 */
export async function printAtClosing(openCall: () => Call): Promise<number> {
  const work = await takeClosingWork(openCall())
  if (!work) return 0
  for (const paper of work.papers) await make(openCall(), work.businessDate, paper)
  return work.papers.length
}

async function make(
  call: Call,
  businessDate: string,
  paper: ClosingWork['papers'][number],
): Promise<void> {
  const { pdf, fileName, job } = await printPaper(
    call,
    paper === 'day_close'
      ? { document: 'day_close', businessDate, format: 'A4' }
      : { document: 'day_report', businessDate },
    'route',
  )
  if (job) return
  const folder = path.join(call.folder.dir, 'closing-papers')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, fileName)
  writeFileSync(`${file}.part`, new Uint8Array(await pdf.arrayBuffer()))
  renameSync(`${file}.part`, file)
}
