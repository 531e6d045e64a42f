import { createHash, randomUUID } from 'node:crypto'
import { isKept } from '../attachments/index.ts'
import { appendAudit, findHash, record, verifyChain } from '../audit/index.ts'
import { addEvent, findCaseOwner, momentOf } from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { Store } from '../database/store.ts'
import { isRefusal, refuse, type RefusalReason } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { lostFile, paperJob, readSetUp } from '../papers/index.ts'
import { planJob } from '../printers/index.ts'
import { frameOf } from '../printing/frame.ts'
import { formatInstant } from '../printing/layout.ts'
import { insertPrint } from '../printing/store.ts'
import { type Gathered, gatherCase, partsHashOf } from './gather.ts'
import { findPack, insertPack, type PackPart } from './store.ts'
import { packWords } from './words.ts'

type JobState = 'reading' | 'setting' | 'done' | 'failed' | 'cancelled'

interface Job {
  id: string
  caseId: number
  operatorId: number
  state: JobState
  done: number
  total: number
  stop: AbortController
  reason: RefusalReason | null
  number: string | null
  pdf: Uint8Array | null
  pages: number
}

/** Jobs of each open store; a finished document is kept until a few others are, or the desk closes. */
const jobs = new WeakMap<Store, Map<string, Job>>()
const keptJobs = 4

function jobsOf(call: Call): Map<string, Job> {
  const found = jobs.get(call.store) ?? new Map<string, Job>()
  jobs.set(call.store, found)
  return found
}

function requireJob(call: Call, jobId: string): Job {
  return jobsOf(call).get(jobId) ?? refuse('evidence.unknown_job')
}

/** Begins a pack and comes back at once; one is made for a case at a time. */
export async function startPack(
  call: Call,
  input: { caseId: number; reason: string; masked: boolean },
): Promise<{ jobId: string }> {
  const { caseId } = input
  if (!(await call.store.read((r) => findCaseOwner(r, caseId)))) refuse('cases.unknown_case')
  const all = jobsOf(call)
  const isRunning = (job: Job) => job.state === 'reading' || job.state === 'setting'
  const running = [...all.values()].find((job) => job.caseId === caseId && isRunning(job))
  if (running) return { jobId: running.id }
  const old = [...all.values()].filter((job) => !isRunning(job))
  for (const job of old.slice(0, Math.max(0, old.length - keptJobs + 1))) all.delete(job.id)
  const job: Job = {
    id: randomUUID(),
    caseId,
    operatorId: call.actor.id,
    state: 'reading',
    done: 0,
    total: 1,
    stop: new AbortController(),
    reason: null,
    number: null,
    pdf: null,
    pages: 0,
  }
  all.set(job.id, job)
  void makePack(call, job, input).catch((error: unknown) => fail(call, job, error))
  return { jobId: job.id }
}

function fail(call: Call, job: Job, error: unknown): void {
  if (job.stop.signal.aborted) job.state = 'cancelled'
  else {
    job.state = 'failed'
    const isLost = error instanceof Error && error.message.startsWith(lostFile)
    job.reason = isRefusal(error)
      ? error.reason
      : isLost
        ? 'evidence.file_lost'
        : 'evidence.pack_failed'
  }
  call.announce('evidence')
}

async function makePack(
  call: Call,
  job: Job,
  { caseId, reason, masked }: { caseId: number; reason: string; masked: boolean },
): Promise<void> {
  const { signal } = job.stop
  const gathered = await gatherCase(call, { caseId, masked }, signal)
  const moment = momentOf(call)
  const number = await call.store.write((w) =>
    takeDocumentNumber(w, 'ZJ', call.profile.deskNo, moment.businessDate),
  )
  job.state = 'setting'
  job.total = gathered.parts.length + 2
  const partsHash = partsHashOf(gathered.parts)
  const plain = paperJob(
    'evidence',
    factsOf(call, { number, reason, masked, partsHash, gathered }),
    call.profile.paperLanguage,
  )
  const set = await call.store.read((r) =>
    readSetUp(r, call, { job: plain, document: 'evidence_pack', format: 'A4' }),
  )
  const paper = await call.printing.renderAside(
    { ...set, files: [...gathered.files, ...(set.files ?? [])] },
    {
      signal,
      progress: ({ done }) => {
        job.done = done
      },
    },
  )
  signal.throwIfAborted()
  const pdfHash = createHash('sha256').update(paper.pdf).digest('hex')
  const parts = gathered.parts.map(({ title, sha256, body }): PackPart => {
    const isFile = body.kind === 'picture' || body.kind === 'file'
    return { title, sha256, file: isFile }
  })
  await call.store.write(async (w) => {
    await insertPack(w, {
      number,
      caseId,
      reason,
      masked,
      parts,
      partsHash,
      pdfHash,
      pages: paper.pages,
      audit: gathered.audit,
      moment,
    })
    await addEvent(w, moment, caseId, 'evidence_packed', { number, reason })
    await insertPrint(w, {
      document: 'evidence_pack',
      subject: number,
      format: 'A4',
      printedAt: moment.at,
      printedBy: moment.actorId,
    })
    await appendAudit(w, {
      at: moment.at,
      actorId: moment.actorId,
      action: 'evidence.pack',
      subjectType: 'case',
      subjectId: caseId,
      data: { number, reason, masked, partsHash, pdfHash, auditHead: gathered.audit.head },
    })
  })
  Object.assign(job, { state: 'done', number, pdf: paper.pdf, pages: paper.pages, done: job.total })
  call.announce('evidence', 'cases')
}

/** The cover and the parts, in the words of the store's papers. */
function factsOf(
  call: Call,
  pack: {
    number: string
    reason: string
    masked: boolean
    partsHash: string
    gathered: Gathered
  },
) {
  const { say } = packWords(call.profile.paperLanguage)
  const { number, reason, masked, partsHash, gathered } = pack
  const { audit, hold, parts, attached } = gathered
  const frame = frameOf(call)
  return {
    frame,
    number,
    title: say('title'),
    subtitle: `${number}   ${gathered.caseNumber}`,
    cover: [
      [say('number'), number],
      [say('case'), gathered.caseNumber],
      [say('reason'), reason],
      [say('made'), `${formatInstant(frame.printedAt, frame.timeZone)} · ${frame.printedBy}`],
      [say('masked'), say(masked ? 'maskedYes' : 'maskedNo')],
      [say('hold'), hold ?? say('noHold')],
      [
        say('chain'),
        audit.brokenAt === null
          ? say('chainSound', { entries: audit.entries, head: audit.head })
          : say('chainBroken', { at: audit.brokenAt }),
      ],
      [say('listHash'), partsHash],
      [say('check'), say('howToCheck')],
    ] as const,
    heads: {
      no: say('no'),
      part: say('part'),
      page: say('page'),
      hash: say('sha256'),
      index: say('index'),
      sha256: 'SHA-256',
    },
    parts,
    attached,
  }
}

export function jobView(call: Call, jobId: string) {
  const { state, done, total, number, pages, reason, caseId } = requireJob(call, jobId)
  return { jobId, caseId, state, done, total, number, pages, reason }
}

/** Stops a pack that is being made; nothing of it was handed out, its number stays unused. */
export async function cancelPack(call: Call, jobId: string): Promise<{ jobId: string }> {
  const job = requireJob(call, jobId)
  if (job.state === 'reading' || job.state === 'setting') {
    job.stop.abort()
    job.state = 'cancelled'
    const moment = momentOf(call)
    await call.store.write((w) =>
      appendAudit(w, {
        at: moment.at,
        actorId: moment.actorId,
        action: 'evidence.cancel_pack',
        subjectType: 'case',
        subjectId: job.caseId,
        data: {},
      }),
    )
  }
  return { jobId }
}

/** A pack that is there, with its document. */
function requireMade(call: Call, jobId: string) {
  const { pdf, number, pages } = requireJob(call, jobId)
  if (!pdf || !number) refuse('evidence.not_ready')
  return { pdf, number, pages }
}

/** Sends a pack to the printer of its way; it is on the record already, and each print of it in the audit log. */
export async function printPack(call: Call, jobId: string): Promise<{ printer: string | null }> {
  const { pdf, number, pages } = requireMade(call, jobId)
  const job = await call.commit(async (w) => {
    const pack = { printId: null, document: 'evidence_pack', subject: number, format: 'A4' }
    const planned = await planJob(w, call, { ...pack, copyNo: 0 })
    if (planned) {
      const { printer, copies } = planned
      const subject = { type: 'evidence_pack', id: number }
      await record(w, call, 'evidence.print_pack', subject, { printer, copies })
    }
    return planned
  })
  if (job) await call.printers.lanes.spool(job.jobId, { pdf, slip: null, pages })
  return { printer: job?.printer ?? null }
}

export function packFile(call: Call, jobId: string) {
  const { pdf, number, pages } = requireMade(call, jobId)
  return {
    fileName: `${number}.pdf`,
    pdf: new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }),
    pages,
  }
}

/**
 * Whether a document is one this store handed out, unchanged, and whether everything it names is still as it was: its
 * list of parts, the kept files, and the audit chain up to the entry it names. Refuses an unknown one
 * (`evidence.unknown_pack`).
 */
export async function verifyPack(call: Call, sha256: string) {
  const pack =
    (await call.store.read((r) => findPack(r, sha256))) ?? refuse('evidence.unknown_pack')
  const chain = await call.store.read((r) => verifyChain(r))
  const head = await call.store.read((r) => findHash(r, pack.auditEntries))
  const isBefore = chain.brokenAt === null || chain.brokenAt > pack.auditEntries
  const files = pack.parts.filter(({ file }) => file)
  const lost: string[] = []
  for (const file of files) {
    if (!(await isKept(call, file.sha256))) lost.push(file.sha256)
  }
  const partsOk = partsHashOf(pack.parts) === pack.partsHash
  const auditOk = isBefore && (pack.auditEntries === 0 || head === pack.auditHead)
  const { number, caseNumber, caseId, madeAt, madeBy, reason, masked, pages } = pack
  return {
    ok: partsOk && auditOk && lost.length === 0,
    number,
    caseId,
    caseNumber,
    madeAt,
    madeBy,
    reason,
    masked,
    pages,
    parts: pack.parts.length,
    partsOk,
    files: files.length,
    lost,
    auditOk,
    auditEntries: pack.auditEntries,
    auditHead: pack.auditHead,
  }
}
