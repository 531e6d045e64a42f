import type { Selectable } from 'kysely'
import type { PrinterTable, PrintJobTable, PrintRouteTable } from '../database/schema.ts'
import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { nextState } from '../foundation/state-machine.ts'
import { type JobAction, type JobState, printJobMachine, usualExpiryMinutes } from './rules.ts'

export type PrinterRow = Selectable<PrinterTable>
export type JobRow = Selectable<PrintJobTable>
type RouteRow = Selectable<PrintRouteTable>

/** What a kind of printer is told besides its address. */
export type PrinterOptions = Record<string, string | number | boolean>

export interface Printer {
  id: number
  name: string
  kind: PrinterRow['kind']
  target: string
  options: PrinterOptions
  version: number
  retired: boolean
}

function printerOf(row: PrinterRow): Printer {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    target: row.target,
    options: JSON.parse(row.options) as PrinterOptions,
    version: row.version,
    retired: row.retired_at !== null,
  }
}

/** Printers in use, by name. */
export async function listPrinters(r: ReadHandle): Promise<Printer[]> {
  const rows = await r
    .selectFrom('printer')
    .selectAll()
    .where('retired_at', 'is', null)
    .orderBy('name')
    .execute()
  return rows.map(printerOf)
}

/** A printer, in use or not. */
export async function findPrinter(r: ReadHandle, printerId: number): Promise<Printer | undefined> {
  const row = await r
    .selectFrom('printer')
    .selectAll()
    .where('id', '=', printerId)
    .executeTakeFirst()
  return row && printerOf(row)
}

/** @returns undefined where another printer in use has the name. */
export async function insertPrinter(
  w: WriteHandle,
  printer: Pick<Printer, 'name' | 'kind' | 'target' | 'options'> & { at: string; by: number },
): Promise<number | undefined> {
  try {
    const { id } = await w
      .insertInto('printer')
      .values({
        name: printer.name,
        kind: printer.kind,
        target: printer.target,
        options: JSON.stringify(printer.options),
        version: 1,
        created_at: printer.at,
        created_by: printer.by,
        retired_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    if (isUniqueViolation(error)) return undefined
    throw error
  }
}

/** @returns what stood in the way, if anything. */
export async function updatePrinter(
  w: WriteHandle,
  printer: Pick<Printer, 'id' | 'version' | 'name' | 'target' | 'options'>,
): Promise<'done' | 'changed' | 'name_taken'> {
  try {
    const { numUpdatedRows } = await w
      .updateTable('printer')
      .set({
        name: printer.name,
        target: printer.target,
        options: JSON.stringify(printer.options),
        version: printer.version + 1,
      })
      .where('id', '=', printer.id)
      .where('version', '=', printer.version)
      .where('retired_at', 'is', null)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n ? 'done' : 'changed'
  } catch (error) {
    if (isUniqueViolation(error)) return 'name_taken'
    throw error
  }
}

/** Takes a printer out of use, and its routes with it. @returns false when somebody changed it meanwhile. */
export async function retirePrinter(
  w: WriteHandle,
  { id, version, at }: { id: number; version: number; at: string },
): Promise<boolean> {
  const { numUpdatedRows } = await w
    .updateTable('printer')
    .set({ retired_at: at, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return false
  await w.deleteFrom('print_route').where('printer_id', '=', id).execute()
  return true
}

export interface Route {
  document: string
  format: string
  printerId: number | null
  copies: number
  offsetX: number
  offsetY: number
  mediaSource: string
  sides: RouteRow['sides']
  version: number
}

function routeOf(row: RouteRow): Route {
  return {
    document: row.document,
    format: row.format,
    printerId: row.printer_id,
    copies: row.copies,
    offsetX: row.offset_x,
    offsetY: row.offset_y,
    mediaSource: row.media_source,
    sides: row.sides,
    version: row.version,
  }
}

export async function listRoutes(r: ReadHandle): Promise<Route[]> {
  const rows = await r
    .selectFrom('print_route')
    .selectAll()
    .orderBy('document')
    .orderBy('format')
    .execute()
  return rows.map(routeOf)
}

/** The way of a paper known by these names: that of the first that has one, else that of its format, else none. */
export async function findRoute(
  r: ReadHandle,
  documents: readonly string[],
  format: string,
): Promise<Route | undefined> {
  const rows = await r
    .selectFrom('print_route')
    .selectAll()
    .where('format', '=', format)
    .where('document', 'in', [...documents, '*'])
    .execute()
  const own = documents.map((name) => rows.find(({ document }) => document === name))
  const row = own.find((each) => each !== undefined) ?? rows[0]
  return row && routeOf(row)
}

/** How a printer takes a format, where any route says so: a paper moved to it is calibrated for it. */
export async function findCalibration(
  r: ReadHandle,
  printerId: number,
  format: string,
): Promise<Route | undefined> {
  const row = await r
    .selectFrom('print_route')
    .selectAll()
    .where('printer_id', '=', printerId)
    .where('format', '=', format)
    .orderBy('document')
    .executeTakeFirst()
  return row && routeOf(row)
}

/** @returns false when somebody changed the route meanwhile. */
export async function writeRoute(w: WriteHandle, route: Route): Promise<boolean> {
  const { document, format, version } = route
  const values = {
    printer_id: route.printerId,
    copies: route.copies,
    offset_x: route.offsetX,
    offset_y: route.offsetY,
    media_source: route.mediaSource,
    sides: route.sides,
    version: version + 1,
  }
  if (version === 0) {
    const row = await w
      .insertInto('print_route')
      .values({ document, format, ...values })
      .onConflict((conflict) => conflict.columns(['document', 'format']).doNothing())
      .returning('version')
      .executeTakeFirst()
    return row !== undefined
  }
  const { numUpdatedRows } = await w
    .updateTable('print_route')
    .set(values)
    .where('document', '=', document)
    .where('format', '=', format)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** @returns false when somebody changed the route meanwhile. */
export async function deleteRoute(
  w: WriteHandle,
  route: Pick<Route, 'document' | 'format' | 'version'>,
): Promise<boolean> {
  const { numDeletedRows } = await w
    .deleteFrom('print_route')
    .where('document', '=', route.document)
    .where('format', '=', route.format)
    .where('version', '=', route.version)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

export async function readPrintSettings(
  r: ReadHandle,
): Promise<{ expiryMinutes: number; version: number }> {
  const row = await r.selectFrom('print_settings').selectAll().executeTakeFirst()
  return row
    ? { expiryMinutes: row.expiry_minutes, version: row.version }
    : { expiryMinutes: usualExpiryMinutes, version: 0 }
}

/** @returns false when somebody changed them meanwhile. */
export async function writePrintSettings(
  w: WriteHandle,
  { expiryMinutes, version }: { expiryMinutes: number; version: number },
): Promise<boolean> {
  const before = await readPrintSettings(w)
  if (before.version !== version) return false
  const values = { expiry_minutes: expiryMinutes, version: version + 1 }
  await w
    .insertInto('print_settings')
    .values({ id: 1, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
  return true
}

/** A paper for a printer, before its pages are there. */
export interface NewJob {
  printId: number | null
  route: Omit<Route, 'printerId' | 'version' | 'document' | 'format'> & { printerId: number }
  document: string
  subject: string
  format: string
  copyNo: number
  at: string
  by: number
}

export async function insertJob(w: WriteHandle, job: NewJob): Promise<number> {
  const { route } = job
  const { id } = await w
    .insertInto('print_job')
    .values({
      print_id: job.printId,
      printer_id: route.printerId,
      document: job.document,
      subject: job.subject,
      format: job.format,
      copy_no: job.copyNo,
      pages: 0,
      copies: route.copies,
      offset_x: route.offsetX,
      offset_y: route.offsetY,
      media_source: route.mediaSource,
      sides: route.sides,
      state: 'queued',
      trouble: null,
      detail: '',
      attempts: 0,
      reference: null,
      spooled_at: null,
      cleared_at: null,
      queued_at: job.at,
      changed_at: job.at,
      created_at: job.at,
      created_by: job.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const event = { action: 'queue', state: 'queued', trouble: null, detail: '' } as const
  await insertEvent(w, { jobId: id, printerId: route.printerId, at: job.at, by: job.by, ...event })
  return id
}

interface JobEvent {
  jobId: number
  printerId: number
  action: string
  state: JobState
  trouble: string | null
  detail: string
  at: string
  by: number | null
}

async function insertEvent(w: WriteHandle, event: JobEvent): Promise<void> {
  await w
    .insertInto('print_job_event')
    .values({
      job_id: event.jobId,
      printer_id: event.printerId,
      action: event.action,
      state: event.state,
      trouble: event.trouble,
      detail: event.detail,
      at: event.at,
      by: event.by,
    })
    .execute()
}

/** The pages are there: the lane may take the job. @returns false where it was called off meanwhile. */
export async function markSpooled(
  w: WriteHandle,
  job: { id: number; pages: number; at: string },
): Promise<boolean> {
  const { numUpdatedRows } = await w
    .updateTable('print_job')
    .set({ pages: job.pages, spooled_at: job.at, changed_at: job.at })
    .where('id', '=', job.id)
    .where('state', '=', 'queued')
    .where('cleared_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** One step of a job, as `printJobMachine` has it. */
export interface JobStep {
  action: JobAction
  trouble?: string | null
  detail?: string
  reference?: string | null
  /** Null for what the desk does by itself. */
  by: number | null
  at: string
}

/** Takes a job one step on and writes it down. @returns false where the table has no such step from its state. */
export async function stepJob(
  w: WriteHandle,
  job: JobRow,
  step: JobStep,
  to?: { printerId: number; offsetX: number; offsetY: number; mediaSource: string },
): Promise<boolean> {
  const state = nextState(printJobMachine, job.state, step.action)
  if (state === undefined) return false
  const { trouble = null, detail = '', at, by } = step
  const { numUpdatedRows } = await w
    .updateTable('print_job')
    .set({
      state,
      trouble,
      detail,
      changed_at: at,
      reference: step.reference === undefined ? job.reference : step.reference,
      attempts: job.attempts + (step.action === 'send' ? 1 : 0),
      // Waiting for its printer, a job keeps its age.
      ...((step.action === 'retry' || step.action === 'move') && { queued_at: at }),
      ...(to && {
        printer_id: to.printerId,
        offset_x: to.offsetX,
        offset_y: to.offsetY,
        media_source: to.mediaSource,
      }),
    })
    .where('id', '=', job.id)
    .where('state', '=', job.state)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) return false
  const printerId = to?.printerId ?? job.printer_id
  const { action } = step
  await insertEvent(w, { jobId: job.id, printerId, action, state, trouble, detail, at, by })
  return true
}

export async function findJob(r: ReadHandle, jobId: number): Promise<JobRow | undefined> {
  return r.selectFrom('print_job').selectAll().where('id', '=', jobId).executeTakeFirst()
}

export async function findJobs(r: ReadHandle, jobIds: readonly number[]): Promise<JobRow[]> {
  return r
    .selectFrom('print_job')
    .selectAll()
    .where('id', 'in', [...jobIds])
    .orderBy('id')
    .execute()
}

/** The printers that papers of one kind are at or on their way to, by subject; called off ones are not. */
export async function findStandingJobs(
  r: ReadHandle,
  document: string,
  subjects: readonly string[],
): Promise<Map<string, string>> {
  const rows = await r
    .selectFrom('print_job')
    .innerJoin('printer', 'printer.id', 'print_job.printer_id')
    .select(['print_job.subject', 'printer.name'])
    .where('document', '=', document)
    .where('subject', 'in', [...subjects])
    .where('state', '<>', 'cancelled')
    .orderBy('print_job.id')
    .execute()
  return new Map(rows.map(({ subject, name }) => [subject, name]))
}

/** The oldest job a lane can take now. */
export async function findNextJob(r: ReadHandle, printerId: number): Promise<JobRow | undefined> {
  return r
    .selectFrom('print_job')
    .selectAll()
    .where('state', '=', 'queued')
    .where('printer_id', '=', printerId)
    .where('spooled_at', 'is not', null)
    .orderBy('queued_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** Jobs of one state; with an instant, those queued before it. */
export async function findJobsIn(
  r: ReadHandle,
  state: JobState,
  { printerId, queuedBefore }: { printerId?: number; queuedBefore?: string } = {},
): Promise<JobRow[]> {
  let query = r.selectFrom('print_job').selectAll().where('state', '=', state)
  if (printerId !== undefined) query = query.where('printer_id', '=', printerId)
  if (queuedBefore !== undefined) query = query.where('queued_at', '<', queuedBefore)
  return query.orderBy('id').execute()
}

/** Printers something waits for. */
export async function findBusyPrinters(r: ReadHandle): Promise<number[]> {
  const rows = await r
    .selectFrom('print_job')
    .select('printer_id')
    .distinct()
    .where('state', '=', 'queued')
    .where('spooled_at', 'is not', null)
    .execute()
  return rows.map((row) => row.printer_id)
}

/** Jobs whose files are no longer needed: done ones, and those whose last step lies before these instants. */
export async function findClearable(
  r: ReadHandle,
  before: { open: string; sent: string },
): Promise<number[]> {
  const rows = await r
    .selectFrom('print_job')
    .select('id')
    .where('spooled_at', 'is not', null)
    .where('cleared_at', 'is', null)
    .where((on) =>
      on.or([
        on('state', 'in', ['confirmed', 'cancelled']),
        on.and([on('state', '=', 'sent'), on('changed_at', '<', before.sent)]),
        on.and([on('state', 'in', ['failed', 'unknown']), on('changed_at', '<', before.open)]),
      ]),
    )
    .execute()
  return rows.map(({ id }) => id)
}

export async function markCleared(
  w: WriteHandle,
  jobIds: readonly number[],
  at: string,
): Promise<void> {
  await w
    .updateTable('print_job')
    .set({ cleared_at: at })
    .where('id', 'in', [...jobIds])
    .execute()
}

export interface ListedJob extends JobRow {
  printer_name: string
  created_by_name: string
}

const listedAtOnce = 200

/** Jobs that are on their way or wait for a person. */
const openStates: JobState[] = ['queued', 'sending', 'unknown', 'failed']

/** Jobs for the screen, newest first, and how many there are. */
export async function listJobs(
  r: ReadHandle,
  { view, printerId }: { view: 'open' | 'all'; printerId?: number | undefined },
): Promise<{ jobs: ListedJob[]; total: number }> {
  let query = r
    .selectFrom('print_job')
    .innerJoin('printer', 'printer.id', 'print_job.printer_id')
    .innerJoin('operator', 'operator.id', 'print_job.created_by')
  if (view === 'open') query = query.where('print_job.state', 'in', openStates)
  if (printerId !== undefined) query = query.where('print_job.printer_id', '=', printerId)
  const { total } = await query
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const jobs = await query
    .selectAll('print_job')
    .select(['printer.name as printer_name', 'operator.name as created_by_name'])
    .orderBy('print_job.id', 'desc')
    .limit(listedAtOnce)
    .execute()
  return { jobs, total }
}

/** How many jobs of each open state a printer has. */
export async function countOpenJobs(
  r: ReadHandle,
): Promise<{ printerId: number; state: JobState; jobs: number }[]> {
  const rows = await r
    .selectFrom('print_job')
    .select(['printer_id', 'state', (row) => row.fn.countAll<number>().as('jobs')])
    .where('state', 'in', openStates)
    .groupBy(['printer_id', 'state'])
    .execute()
  return rows.map((row) => ({ printerId: row.printer_id, state: row.state, jobs: row.jobs }))
}

export async function listJobEvents(r: ReadHandle, jobId: number) {
  return r
    .selectFrom('print_job_event')
    .innerJoin('printer', 'printer.id', 'print_job_event.printer_id')
    .leftJoin('operator', 'operator.id', 'print_job_event.by')
    .select([
      'print_job_event.at',
      'print_job_event.action',
      'print_job_event.state',
      'print_job_event.trouble',
      'print_job_event.detail',
      'printer.name as printer_name',
      'operator.name as by_name',
    ])
    .where('job_id', '=', jobId)
    .orderBy('print_job_event.id')
    .execute()
}
