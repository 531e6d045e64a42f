import { record } from '../audit/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { type Call, command, query, type RoomHandlers, task } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import { findFormLength } from '../printing/store.ts'
import type { printersContract } from './contract.ts'
import { hasCups, listCupsPrinters, listTrays } from './cups-channel.ts'
import { codePageCheck, titleOf } from './lanes.ts'
import { isMediaSource, isQueueName, type JobAction, readAddress } from './rules.ts'
import {
  countOpenJobs,
  deleteRoute,
  findCalibration,
  findJob,
  findJobs,
  findJobsIn,
  findPrinter,
  insertJob,
  insertPrinter,
  type JobRow,
  listJobEvents,
  listJobs,
  type ListedJob,
  listPrinters,
  listRoutes,
  type Printer,
  readPrintSettings,
  retirePrinter,
  stepJob,
  updatePrinter,
  writePrintSettings,
  writeRoute,
} from './store.ts'

export const printersHandlers: RoomHandlers<typeof printersContract> = {
  list: query(async (r, call) => {
    const counts = await countOpenJobs(r)
    const printers = await listPrinters(r)
    return printers.map((printer) => {
      const hold = call.printers.lanes.holdOf(printer.id)
      const { retired: _, ...shown } = printer
      return {
        ...shown,
        waiting: countOf(counts, printer.id, ['queued']),
        sending: countOf(counts, printer.id, ['sending']),
        asking: countOf(counts, printer.id, ['unknown', 'failed']),
        trouble: hold?.trouble ?? null,
        detail: hold?.detail ?? '',
        nextTryAt: hold?.until.toISOString() ?? null,
      }
    })
  }),

  summary: query(async (r, call) => {
    const counts = await countOpenJobs(r)
    const printers = await listPrinters(r)
    const held = printers.find(({ id }) => call.printers.lanes.holdOf(id) !== null)
    const sum = (states: readonly string[]): number =>
      counts.filter(({ state }) => states.includes(state)).reduce((all, { jobs }) => all + jobs, 0)
    return {
      printers: printers.length,
      waiting: sum(['queued', 'sending']),
      asking: sum(['unknown', 'failed']),
      held: held?.name ?? null,
      heldBy: held ? (call.printers.lanes.holdOf(held.id)?.trouble ?? null) : null,
    }
  }),

  discover: task(async (call) => {
    const { host } = call.printers
    if (hasCups()) return { via: 'cups', found: await listCupsPrinters() }
    return host ? { via: 'host', found: await host.list() } : { via: 'none', found: [] }
  }),

  probe: task(async (call, { kind, target, options }) => {
    requireTarget(kind, target)
    return call.printers.lanes.look({ kind, target, options })
  }),

  look: task(async (call, { printerId }) => {
    const printer = await call.store.read((r) => requirePrinter(r, printerId))
    return call.printers.lanes.look(printer)
  }),

  trays: task(async (call, { printerId }) => {
    const { kind, target } = await call.store.read((r) => requirePrinter(r, printerId))
    return kind === 'system' && hasCups() ? listTrays(target) : []
  }),

  add: command(['printers'], async (w, call, input) => {
    requireTarget(input.kind, input.target)
    const at = call.now().toISOString()
    const printerId = await insertPrinter(w, { ...input, at, by: call.actor.id })
    if (printerId === undefined) refuse('printers.name_taken', { name: input.name })
    await record(w, call, 'printers.add', { type: 'printer', id: printerId }, input)
    return { printerId }
  }),

  change: command(['printers'], async (w, call, { printerId, ...input }) => {
    const before = await requirePrinter(w, printerId)
    requireTarget(before.kind, input.target)
    const done = await updatePrinter(w, { id: printerId, ...input })
    if (done === 'name_taken') refuse('printers.name_taken', { name: input.name })
    if (done === 'changed') refuse('desk.changed_meanwhile')
    const { name, target, options } = input
    const after = { name, target, options }
    await record(w, call, 'printers.change', { type: 'printer', id: printerId }, { before, after })
    return { version: input.version + 1 }
  }),

  retire: command(['printers'], async (w, call, { printerId, version }) => {
    const printer = await requirePrinter(w, printerId)
    const at = call.now().toISOString()
    if (!(await retirePrinter(w, { id: printerId, version, at }))) refuse('desk.changed_meanwhile')
    const waiting = [
      ...(await findJobsIn(w, 'queued', { printerId })),
      ...(await findJobsIn(w, 'failed', { printerId })),
    ]
    const cancelled = await stepAll(w, call, waiting, 'cancel')
    const subject = { type: 'printer', id: printerId }
    await record(w, call, 'printers.retire', subject, { name: printer.name, cancelled })
    return { cancelled }
  }),

  testPage: task((call, input) => printTestPage(call, input)),

  routes: query((r) => listRoutes(r)),

  setRoute: command(['printers'], async (w, call, route) => {
    if (route.printerId !== null) await requirePrinter(w, route.printerId)
    if (!isMediaSource(route.mediaSource)) {
      refuse('printers.tray_unreadable', { tray: route.mediaSource })
    }
    if (!(await writeRoute(w, route))) refuse('desk.changed_meanwhile')
    const { document, format, version, ...after } = route
    const subject = { type: 'print_route', id: `${document} ${format}` }
    await record(w, call, 'printers.set_route', subject, after)
    return { version: version + 1 }
  }),

  dropRoute: command(['printers'], async (w, call, route) => {
    if (!(await deleteRoute(w, route))) refuse('desk.changed_meanwhile')
    const subject = { type: 'print_route', id: `${route.document} ${route.format}` }
    await record(w, call, 'printers.drop_route', subject)
    return {}
  }),

  settings: query((r) => readPrintSettings(r)),

  changeSettings: command(['printers'], async (w, call, input) => {
    const before = await readPrintSettings(w)
    if (!(await writePrintSettings(w, input))) refuse('desk.changed_meanwhile')
    const { expiryMinutes } = input
    const data = { before: before.expiryMinutes, after: expiryMinutes }
    await record(w, call, 'printers.change_settings', { type: 'print_settings', id: 1 }, data)
    return { version: input.version + 1 }
  }),

  jobs: query(async (r, _call, input) => {
    const { jobs, total } = await listJobs(r, { view: input.view, printerId: input.printerId })
    return { jobs: jobs.map(shownJob), total }
  }),

  history: query(async (r, _call, { jobId }) => {
    const events = await listJobEvents(r, jobId)
    return events.map(({ printer_name: printerName, by_name: by, state, ...event }) => ({
      ...event,
      state: state as JobRow['state'],
      printerName,
      by,
    }))
  }),

  file: task(async (call, { jobId }) => {
    const job = await call.store.read((r) => findJob(r, jobId))
    const paper = job && (await call.printers.lanes.read(jobId))
    if (!paper) refuse('printers.pages_gone')
    const pdf = new Blob([new Uint8Array(paper.pdf)], { type: 'application/pdf' })
    return { fileName: `${titleOf(job)}.pdf`, pdf }
  }),

  retry: task(async (call, { jobIds, printerId }) => {
    const moved = await call.commit(async (w) => {
      const to = printerId === undefined ? null : await requirePrinter(w, printerId)
      const jobs = await findJobs(w, jobIds)
      if (jobs.some(({ cleared_at: cleared }) => cleared !== null)) refuse('printers.pages_gone')
      const lanes = new Set<number>()
      let queued = 0
      for (const job of jobs) {
        const lane = await queueAgain(w, call, job, to)
        if (lane === null) continue
        lanes.add(lane)
        queued += 1
      }
      if (queued === 0) refuse('printers.not_now')
      await record(w, call, 'printers.retry', subjectOf(jobIds), { queued, to: to?.name ?? null })
      return { queued, lanes: [...lanes] }
    })
    call.announce('printers')
    // Who asks for a paper again has seen to the printer: it is tried at once.
    for (const lane of moved.lanes) call.printers.lanes.release(lane)
    return { queued: moved.queued }
  }),

  cancel: task(async (call, { jobIds }) => {
    const result = await call.commit(async (w) => {
      const jobs = await findJobs(w, jobIds)
      const cancelled = await stepAll(w, call, jobs, 'cancel')
      const sending = jobs.filter(({ state }) => state === 'sending').map(({ id }) => id)
      if (cancelled + sending.length === 0) refuse('printers.not_now')
      await record(w, call, 'printers.cancel', subjectOf(jobIds), { cancelled, sending })
      return { cancelled, sending }
    })
    const stopped = result.sending.filter((jobId) => call.printers.lanes.stop(jobId))
    call.announce('printers', 'papers')
    return { cancelled: result.cancelled + stopped.length }
  }),

  answer: command(['printers'], async (w, call, { jobIds, cameOut }) => {
    const jobs = await findJobs(w, jobIds)
    const action = cameOut ? 'came_out' : 'did_not_come_out'
    const answered = await stepAll(w, call, jobs, action)
    if (answered === 0) refuse('printers.not_now')
    await record(w, call, 'printers.answer', subjectOf(jobIds), { cameOut, answered })
    return { answered }
  }),

  tryNow: task((call, { printerId }) => {
    call.printers.lanes.release(printerId)
    return Promise.resolve({})
  }),
}

function countOf(
  counts: Awaited<ReturnType<typeof countOpenJobs>>,
  printerId: number,
  states: readonly string[],
): number {
  return counts
    .filter((each) => each.printerId === printerId && states.includes(each.state))
    .reduce((sum, { jobs }) => sum + jobs, 0)
}

async function requirePrinter(r: ReadHandle, printerId: number): Promise<Printer> {
  const printer = await findPrinter(r, printerId)
  if (!printer || printer.retired) refuse('printers.unknown')
  return printer
}

/** An address that cannot be one is refused before anything is tried with it. */
function requireTarget(kind: Printer['kind'], target: string): void {
  if (kind === 'system' && !isQueueName(target) && hasCups()) {
    refuse('printers.queue_unreadable', { target })
  }
  if (kind === 'escpos' && !readAddress(target)) refuse('printers.address_unreadable', { target })
  const isFolder = kind === 'folder' || kind === 'pdf'
  if (isFolder && !/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(target)) {
    refuse('printers.folder_unreadable', { target })
  }
}

function subjectOf(jobIds: readonly number[]): { type: string; id: string } {
  return { type: 'print_job', id: jobIds.slice(0, 20).join(' ') }
}

/** Takes the same step with each job that can take it; returns how many did. */
async function stepAll(
  w: WriteHandle,
  call: Call,
  jobs: readonly JobRow[],
  action: JobAction,
): Promise<number> {
  const at = call.now().toISOString()
  let count = 0
  for (const job of jobs) {
    const trouble = action === 'did_not_come_out' ? 'did_not_come_out' : null
    if (await stepJob(w, job, { action, trouble, at, by: call.actor.id })) count += 1
  }
  return count
}

/** @returns the lane that has the job now; null where it cannot be sent again. */
async function queueAgain(
  w: WriteHandle,
  call: Call,
  job: JobRow,
  to: Printer | null,
): Promise<number | null> {
  const step = { at: call.now().toISOString(), by: call.actor.id }
  if (!to || to.id === job.printer_id) {
    const printer = await findPrinter(w, job.printer_id)
    if (!printer || printer.retired) refuse('printers.unknown')
    return (await stepJob(w, job, { action: 'retry', ...step })) ? job.printer_id : null
  }
  const route = await findCalibration(w, to.id, job.format)
  const { offsetX, offsetY, mediaSource } = route ?? { offsetX: 0, offsetY: 0, mediaSource: '' }
  const place = { printerId: to.id, offsetX, offsetY, mediaSource }
  return (await stepJob(w, job, { action: 'move', ...step }, place)) ? to.id : null
}

function shownJob(job: ListedJob) {
  return {
    id: job.id,
    printerId: job.printer_id,
    printerName: job.printer_name,
    document: job.document,
    subject: job.subject,
    format: job.format,
    copyNo: job.copy_no,
    copies: job.copies,
    pages: job.pages,
    state: job.state,
    trouble: job.trouble,
    detail: job.detail,
    attempts: job.attempts,
    reference: job.reference,
    createdAt: job.created_at,
    createdBy: job.created_by_name,
    changedAt: job.changed_at,
    hasFile: job.spooled_at !== null && job.cleared_at === null,
  }
}

/** A page to measure the printer by; it counts as no paper of a case. */
async function printTestPage(
  call: Call,
  { printerId, format, what }: { printerId: number; format: string; what: 'marks' | 'code_pages' },
): Promise<{ jobId: number }> {
  const planned = await call.commit(async (w) => {
    const printer = await requirePrinter(w, printerId)
    const route = await findCalibration(w, printerId, format)
    const at = call.now().toISOString()
    const { offsetX, offsetY, mediaSource } = route ?? { offsetX: 0, offsetY: 0, mediaSource: '' }
    const jobId = await insertJob(w, {
      printId: null,
      route: { printerId, copies: 1, offsetX, offsetY, mediaSource, sides: 'one' },
      document: what === 'code_pages' ? codePageCheck : 'test_page',
      subject: printer.name,
      format,
      copyNo: 0,
      at,
      by: call.actor.id,
    })
    return { jobId, name: printer.name, offsetX, offsetY, formLength: await findFormLength(w) }
  })
  const { jobId, name, offsetX, offsetY, formLength } = planned
  const { lanes } = call.printers
  try {
    const paper = await call.printing.renderPaper({
      template: 'test_page',
      facts: { frame: { ...frameOf(call), formLength }, printer: name, format, offsetX, offsetY },
      language: call.profile.paperLanguage,
    })
    await lanes.spool(jobId, paper)
  } catch (error) {
    await lanes.withdraw(jobId, 'never_set')
    throw error
  }
  return { jobId }
}
