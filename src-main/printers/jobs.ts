import type { WriteHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { findPrinter, findRoute, insertJob } from './store.ts'

/** A paper that is about to be printed, as the print log names it. */
interface PaperToPrint {
  printId: number
  document: string
  subject: string
  format: string
  copyNo: number
}

/**
 * Writes down that a paper goes to the printer its route names; its pages follow. Null where no printer is set up for
 * it, or the route says to ask.
 */
export async function planJob(
  w: WriteHandle,
  call: Call,
  paper: PaperToPrint,
): Promise<{ jobId: number; printer: string; copies: number } | null> {
  // The command line ends before a printer would have answered.
  if (call.host === 'cli') return null
  const route = await findRoute(w, paper.document, paper.format)
  const printer = route?.printerId ? await findPrinter(w, route.printerId) : undefined
  if (!route || !printer) return null
  const at = call.now().toISOString()
  const to = { ...route, printerId: printer.id }
  const jobId = await insertJob(w, { ...paper, route: to, at, by: call.actor.id })
  return { jobId, printer: printer.name, copies: route.copies }
}
