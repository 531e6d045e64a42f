import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

import { appendAudit } from '../audit/index.ts'
import { refuse } from '../foundation/errors.ts'
import { minorDigits } from '../foundation/money.ts'
import { type Call, query, type RoomHandlers, task } from '../handlers.ts'
import type { importsContract } from './contract.ts'
import { matchTillPayments } from '../pos-instructions/index.ts'
import { columnsFor, headerSignature, type ImportField } from './headers.ts'
import { formFor, type Inspection, requireMapping } from './inspect-file.ts'
import type { ImportJob, JobState, Mapping } from './job.ts'
import {
  failUnfinished,
  findBatchFile,
  findProfileByHeader,
  listBatches,
  listProfiles,
  saveProfile,
} from './batches/store.ts'

/** The import's procedures. Each import is one job at a time, in a worker thread; its end is written to the audit log. */
export const importsHandlers: RoomHandlers<typeof importsContract> = {
  upload: task((call, input) => call.imports.receive(input)),
  inspect: task(async (call, { fileId, kind }) =>
    describe(call, await call.imports.inspect(fileId, kind)),
  ),
  dryRun: task((call, input) => startJob(call, input, true)),
  start: task((call, input) => startJob(call, input, false)),
  job: task((call, { jobId }) => {
    const { fileName, dryRun, state } = call.imports.job(jobId)
    const { longestLockMs: _, ...shown } = state
    return Promise.resolve({ ...shown, fileName, dryRun })
  }),
  cancel: task((call, { jobId }) => Promise.resolve({ done: call.imports.cancel(jobId) })),
  list: task(async (call) => {
    if (!call.imports.isBusy()) {
      await call.store.write((w) => failUnfinished(w, call.now().toISOString()))
    }
    return call.store.read((r) => listBatches(r))
  }),
  rejects: task((call, { importId }) => readRejects(call, importId)),
  profiles: query((r) => listProfiles(r)),
  saveProfile: task(async (call, { name, fileId, mapping }) => {
    const { form } = await call.imports.inspect(fileId, mapping.kind)
    const profile = {
      name,
      mapping,
      headerSignature: headerSignature(form.header),
      createdAt: call.now().toISOString(),
    }
    const saved = await call.commit(async (w) => ({ id: await saveProfile(w, profile) }))
    call.announce('imports')
    return saved
  }),
}

async function describe(call: Call, inspection: Inspection) {
  const { form, layout, kind } = inspection
  const saved = await call.store.read((r) => findProfileByHeader(r, headerSignature(form.header)))
  const usable = saved !== null && (kind === null || saved.mapping.kind === kind)
  const mapping = usable ? saved.mapping : inspection.mapping
  const fieldOf = new Map<number, ImportField>()
  for (const [field, index] of Object.entries(mapping.columns))
    fieldOf.set(index, field as ImportField)
  return {
    fileName: form.name,
    size: form.size,
    encoding: form.encoding,
    delimiter: form.delimiter,
    firstLines: inspection.firstLines,
    headerLine: form.headerLine,
    columns: form.header.map((header, index) => ({
      index,
      header,
      samples: samplesOf(layout.sample.map((row) => row.cells[index] ?? '')),
      field: fieldOf.get(index) ?? null,
    })),
    mapping,
    profile: usable ? { id: saved.id, name: saved.name } : null,
    problems: usable ? [] : inspection.problems,
  }
}

function samplesOf(cells: readonly string[]): string[] {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  return [...new Set(filled)].slice(0, 5).map((cell) => cell.slice(0, 120))
}

async function startJob(
  call: Call,
  { fileId, mapping }: { fileId: string; mapping: Mapping },
  dryRun: boolean,
): Promise<{ jobId: string }> {
  const inspection = await call.imports.inspect(fileId, mapping.kind)
  requireMapping(inspection, mapping)
  requireColumns(inspection, mapping)
  const job = jobFor(call, inspection, mapping, dryRun)
  // The same request again is answered with the same job, so a second Enter starts nothing.
  const { jobId } = await call.commit(() => Promise.resolve({ jobId: randomUUID() }))
  call.imports.start(jobId, fileId, job, (state) => recordEnd(call, job, state))
  if (!dryRun) call.announce('imports')
  return { jobId }
}

/** A mapping may come from a profile of another file: every column it names has to be there. */
function requireColumns({ form }: Inspection, { columns }: Mapping): void {
  const beyond = Object.values(columns).some(
    (index) => index >= Math.max(form.width, form.header.length),
  )
  if (beyond) refuse('import.no_header', { fileName: form.name })
}

function jobFor(call: Call, inspection: Inspection, mapping: Mapping, dryRun: boolean): ImportJob {
  const { storeCode, currency, timeZone, cutoffMinutes, language } = call.profile
  return {
    databaseFile: call.folder.databaseFile,
    rejectDir: call.folder.rejectDir,
    form: formFor(inspection, mapping),
    mapping: { ...mapping, columns: columnsFor(mapping.kind, mapping.columns) },
    store: {
      storeCode,
      currency,
      microPerMinor: 10 ** (6 - minorDigits(currency)),
      timeZone,
      cutoffMinutes,
      language,
    },
    operatorId: call.actor.id,
    dryRun,
  }
}

async function recordEnd(call: Call, job: ImportJob, state: JobState): Promise<void> {
  const { importId, counts, totals } = state
  if (importId === null) return
  await call.store.write((w) =>
    appendAudit(w, {
      at: call.now().toISOString(),
      actorId: job.operatorId,
      action: `import.${state.state}`,
      subjectType: 'import',
      subjectId: importId,
      data: {
        fileName: job.form.name,
        kind: job.mapping.kind,
        ...counts,
        receipts: totals.receipts,
        returnReceipts: totals.returnReceipts,
        ...(state.failure ? { reason: state.failure.reason } : {}),
      },
    }),
  )
  if (counts.accepted > 0 && tillKinds.some((kind) => kind === job.mapping.kind)) {
    await call.store.write((w) => matchTillPayments(w, call))
    call.announce('instructions')
  }
  call.announce('imports', 'sales', 'products', 'customers')
}

/** Files that can hold what the POS paid for the desk. */
const tillKinds = ['sales', 'returns'] as const

async function readRejects(call: Call, importId: number): Promise<{ fileName: string; csv: Blob }> {
  const fileName = await call.store.read((r) => findBatchFile(r, importId))
  if (fileName === null) refuse('import.no_reject_file')
  try {
    const bytes = await readFile(path.join(call.folder.rejectDir, path.basename(fileName)))
    return { fileName, csv: new Blob([new Uint8Array(bytes)], { type: 'text/csv' }) }
  } catch (error) {
    refuse('import.no_reject_file', {}, error)
  }
}
