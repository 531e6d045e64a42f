import { randomUUID } from 'node:crypto'
import { record } from '../audit/index.ts'
import type { Store } from '../database/store.ts'
import { isRefusal, refuse } from '../foundation/errors.ts'
import { type Call, query, type RoomHandlers, task } from '../handlers.ts'
import { findFolders, requireWritableFolder } from '../settings/index.ts'
import { collectLines } from './collect.ts'
import type { ExportJob, headOfficeContract, PeopleChoice } from './contract.ts'
import { nameOfExport } from './format.ts'
import { lastSeq } from './book-store.ts'
import {
  type ExportRecord,
  findExport,
  insertExport,
  listExports,
  writeChoice,
  writeFinished,
} from './export-store.ts'
import { writeExport, type Written } from './write.ts'

const usualTarget = 'head-office'
const shownExports = 30

interface Job extends ExportJob {
  target: string
  stop: AbortController
}

/** Jobs of each open store; a few are kept so that a screen that comes back still sees the end. */
const jobs = new WeakMap<Store, Map<string, Job>>()
const keptJobs = 8

function jobsOf(call: Call): Map<string, Job> {
  const found = jobs.get(call.store) ?? new Map<string, Job>()
  jobs.set(call.store, found)
  return found
}

function requireJob(call: Call, jobId: string): Job {
  return jobsOf(call).get(jobId) ?? refuse('head_office.unknown_job')
}

const isRunning = ({ state }: Job) => state === 'collecting' || state === 'writing'

function beginJob(call: Call, target: string, work: (job: Job) => Promise<Written | null>): string {
  const all = jobsOf(call)
  const running = [...all.values()].find(isRunning)
  if (running) refuse('head_office.under_way', { target: running.target })
  for (const id of [...all.keys()].slice(0, Math.max(0, all.size - keptJobs + 1))) all.delete(id)
  const job: Job = {
    jobId: randomUUID(),
    target,
    state: 'collecting',
    done: 0,
    total: 0,
    reason: null,
    params: {},
    dir: null,
    manifestSha256: null,
    stop: new AbortController(),
  }
  all.set(job.jobId, job)
  void work(job)
    .then((written) => {
      job.state = written ? 'done' : 'nothing_new'
      job.dir = written?.dir ?? null
      job.manifestSha256 = written?.manifestSha256 ?? null
    })
    .catch((error: unknown) => {
      job.state = job.stop.signal.aborted ? 'cancelled' : 'failed'
      job.reason = isRefusal(error) ? error.reason : 'head_office.failed'
      job.params = isRefusal(error) ? { ...error.params } : {}
    })
    .finally(() => call.announce('head_office'))
  return job.jobId
}

/** The folder that is named, else the one of the settings; refuses where there is none or it takes no files. */
async function requireFolder(call: Call, named: string): Promise<string> {
  const folder = named === '' ? (await call.store.read(findFolders)).exports : named
  if (folder === '') refuse('head_office.no_folder')
  requireWritableFolder(folder)
  return folder
}

interface Choice {
  target: string
  folder: string
  people: PeopleChoice
  reason: string
}

/** The range of the next export, written down before its first file: an interruption finds it again. */
async function takeRange(call: Call, choice: Choice): Promise<ExportRecord | null> {
  const { target, folder, people, reason } = choice
  const id = await call.store.write(async (w) => {
    const [last] = await listExports(w, { target, limit: 1 })
    if (last?.state === 'begun') {
      await writeChoice(w, last.id, { people, reason, folder })
      return last.id
    }
    const fromSeq = last?.toSeq ?? 0
    const toSeq = await lastSeq(w)
    if (toSeq <= fromSeq) return null
    return insertExport(w, {
      target,
      fromSeq,
      toSeq,
      people,
      reason,
      folder,
      previous: last?.manifestSha256 ?? '',
      store: call.profile.name,
      deskNo: call.profile.deskNo,
      begunAt: call.now().toISOString(),
      begunBy: call.actor.id,
    })
  })
  return id === null ? null : ((await call.store.read((r) => findExport(r, id))) ?? null)
}

async function writeRange(
  call: Call,
  job: Job,
  made: ExportRecord,
  { folder, people }: { folder: string; people: PeopleChoice },
): Promise<Written> {
  job.state = 'writing'
  job.done = 0
  job.total = made.toSeq - made.fromSeq
  return writeExport(
    call.store,
    { range: { ...made, people }, folder },
    job.stop.signal,
    (done) => (job.done = done),
  )
}

async function exportNext(call: Call, job: Job, choice: Choice): Promise<Written | null> {
  await collectLines(call, job.stop.signal, (lines) => (job.done = lines))
  const made = await takeRange(call, choice)
  if (!made) return null
  const written = await writeRange(call, job, made, choice)
  await call.store.write(async (w) => {
    await writeFinished(w, made.id, {
      manifestSha256: written.manifestSha256,
      at: call.now().toISOString(),
    })
    const { target, fromSeq, toSeq } = made
    const { people, reason } = choice
    const subject = { type: 'head_office_export', id: made.id }
    const told = { target, fromSeq, toSeq, people, reason, manifest: written.manifestSha256 }
    await record(w, call, 'head_office.export', subject, told)
  })
  return written
}

/** Files of a finished range are the same bytes, or something has changed what must not change. */
async function exportAgain(call: Call, job: Job, made: ExportRecord, folder: string) {
  const written = await writeRange(call, job, made, { folder, people: made.people })
  if (written.manifestSha256 !== made.manifestSha256) refuse('head_office.differs')
  const subject = { type: 'head_office_export', id: made.id }
  await call.store.write((w) => record(w, call, 'head_office.export_again', subject, { folder }))
  return written
}

export const headOfficeHandlers: RoomHandlers<typeof headOfficeContract> = {
  exports: query(async (r) => {
    const exports = await listExports(r, { limit: shownExports })
    return {
      exports: exports.map((each) => ({ ...each, name: nameOfExport(each) })),
      target: exports[0]?.target ?? usualTarget,
      folder: (await findFolders(r)).exports || (exports[0]?.folder ?? ''),
    }
  }),

  start: task(async (call, input) => {
    const folder = await requireFolder(call, input.folder)
    if (input.people === 'full' && input.reason.length < 2) refuse('head_office.reason_missing')
    const choice = { ...input, folder }
    return { jobId: beginJob(call, input.target, (job) => exportNext(call, job, choice)) }
  }),

  again: task(async (call, input) => {
    const folder = await requireFolder(call, input.folder)
    const made = await call.store.read((r) => findExport(r, input.id))
    if (made?.state !== 'finished') refuse('head_office.unknown_export')
    return {
      jobId: beginJob(call, made.target, (job) => exportAgain(call, job, made, folder)),
    }
  }),

  job: task(async (call, input) => {
    const { stop: _, target: __, ...job } = requireJob(call, input.jobId)
    return Promise.resolve(job)
  }),

  cancel: task(async (call, input) => {
    const job = requireJob(call, input.jobId)
    if (isRunning(job)) job.stop.abort()
    return Promise.resolve({ jobId: job.jobId })
  }),
}
