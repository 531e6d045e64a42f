import type { WriteHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { findPrinter, findRoute, insertJob } from './store.ts'

/** A paper that is about to be printed, as the print log names it. */
interface PaperToPrint {
  /** Null for pages that the log counts otherwise, or not. */
  printId: number | null
  document: string
  /** The paper whose way it goes where it has none of its own. */
  like?: string
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
  const { like, ...job } = paper
  const documents = like === undefined ? [job.document] : [job.document, like]
  const route = await findRoute(w, documents, job.format)
  const printer = route?.printerId ? await findPrinter(w, route.printerId) : undefined
  if (!route || !printer) return null
  const at = call.now().toISOString()
  const to = { ...route, printerId: printer.id }
  const jobId = await insertJob(w, { ...job, route: to, at, by: call.actor.id })
  return { jobId, printer: printer.name, copies: route.copies }
}
