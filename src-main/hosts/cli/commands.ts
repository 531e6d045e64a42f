import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { open, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isBusinessDate } from '../../foundation/business-date.ts'
import { refuse, type RefusalParams } from '../../foundation/errors.ts'
import { formatMoney } from '../../foundation/money.ts'
import { say, sayRefusal } from '../words.ts'
import type { CliSession, DeskClient } from './session.ts'
import { type Arguments, type CommandSpec, UsageError } from './usage.ts'

/** What a command leaves behind: data for scripts, lines for people. */
export interface Outcome {
  /** False when the command did its work and the answer is bad news, as a broken audit chain is. */
  ok: boolean
  /** Another exit code than 0 or 1, where scripts have to tell more than yes and no. */
  exit?: number
  data: Record<string, unknown>
  lines: string[]
}

/** A command whose arguments are known to make sense. */
export type Run = (session: CliSession, onProgress: (line: string) => void) => Promise<Outcome>

export interface Command extends CommandSpec {
  /** Has the demo store made in an empty data folder before it runs. */
  makesDemo?: boolean
  /** Reads the arguments before any data is opened. Throws `UsageError`. */
  prepare: (args: Arguments) => Run
}

/** Pieces in which a file is handed to the desk. */
const PIECE_BYTES = 4 * 2 ** 20

const POLL_MS = 100

const IMPORT_KINDS = ['sales', 'returns', 'products', 'customers'] as const
type ImportKind = (typeof IMPORT_KINDS)[number]
type ImportJob = Awaited<ReturnType<DeskClient['imports']['job']>>

/** The commands that work on an open data folder. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'import',
    words: ['FILE'],
    options: [{ name: 'kind', value: 'KIND' }],
    prepare: importFile,
  },
  {
    name: 'find',
    words: ['TEXT'],
    takesMore: true,
    options: [{ name: 'limit', value: 'N' }],
    prepare: find,
  },
  {
    name: 'report',
    words: ['day'],
    options: [
      { name: 'date', value: 'D', required: true },
      { name: 'out', value: 'F.pdf', required: true, help: 'outFile' },
    ],
    prepare: reportDay,
  },
  {
    name: 'instructions',
    words: ['ACTION'],
    options: [
      { name: 'date', value: 'D' },
      { name: 'format', value: 'FORMAT' },
      { name: 'out', value: 'F', help: 'outInstructions' },
    ],
    prepare: instructions,
  },
  {
    name: 'export',
    words: [],
    options: [
      { name: 'out', value: 'DIR', help: 'outFolder' },
      { name: 'target', value: 'NAME' },
      { name: 'people', value: 'CHOICE' },
      { name: 'reason', value: 'TEXT' },
    ],
    prepare: exportForHeadOffice,
  },
  { name: 'verify', words: [], options: [], prepare: () => verify },
  { name: 'verify-pack', words: ['FILE'], options: [], prepare: verifyPack },
  { name: 'backup', words: [], options: [], prepare: () => backUp },
  {
    name: 'demo',
    words: [],
    options: [{ name: 'data', value: 'DIR', help: 'demoData' }],
    makesDemo: true,
    prepare: () => tellDemo,
  },
]

function importFile(args: Arguments): Run {
  const kind = readKind(args.options['kind'])
  const file = args.words[0] ?? ''
  return async (session, onProgress) => {
    const { client, language } = session
    const fileId = await uploadFile(client, file)
    const seen = await client.imports.inspect({ fileId, kind })
    const { mapping } = seen
    onProgress(
      say(language, 'cli.import.started', {
        fileName: seen.fileName,
        encoding: seen.encoding,
        headerLine: seen.headerLine,
        kind: say(language, `cli.import.kinds.${mapping.kind}`),
      }),
    )
    const { jobId } = await client.imports.start({ fileId, mapping })
    const ended = await followJob(session, jobId, onProgress)
    const { rejectDir } = session.desk.folder
    const rejectFile = ended.rejectFile && path.join(rejectDir, ended.rejectFile)
    const job = { ...ended, rejectFile }
    if (job.failure) refuse(asReason(job.failure.reason), job.failure.params)
    return {
      ok: job.state === 'finished',
      data: { kind: mapping.kind, ...job },
      lines: describeJob(session, mapping.kind, job),
    }
  }
}

function readKind(given: string | undefined): ImportKind | null {
  return given === undefined ? null : readChoice('--kind', given, IMPORT_KINDS)
}

/** One of the words an option can be. Throws `UsageError` that names them all. */
function readChoice<Choice extends string>(
  what: string,
  given: string,
  choices: readonly Choice[],
): Choice {
  const chosen = choices.find((known) => known === given)
  if (chosen) return chosen
  throw new UsageError('choice', { what, value: given, choices: choices.join(' | ') })
}

/** Hands a file over piece by piece. Refuses what is no readable file. */
async function uploadFile(client: DeskClient, file: string): Promise<string> {
  const fileName = path.basename(file)
  const { size, mtimeMs } = await statFile(file)
  const handle = await open(file)
  try {
    let fileId: string | null = null
    let offset = 0
    do {
      const piece = Buffer.alloc(Math.min(PIECE_BYTES, size - offset))
      const { bytesRead } = await handle.read(piece, 0, piece.length, offset)
      if (bytesRead < piece.length) refuse('import.file_changed', { fileName })
      const chunk = new Blob([piece])
      const answer: { fileId: string } = await client.imports.upload({
        fileId,
        fileName,
        offset,
        chunk,
      })
      fileId = answer.fileId
      offset += bytesRead
    } while (offset < size)
    const after = await handle.stat()
    // The POS is still writing: its last receipt may be cut in two.
    if (after.size !== size || after.mtimeMs !== mtimeMs)
      refuse('import.file_changed', { fileName })
    return fileId
  } finally {
    await handle.close()
  }
}

async function statFile(file: string): Promise<Stats> {
  const fileName = path.basename(file)
  const found = await stat(file).catch((error: NodeJS.ErrnoException) =>
    refuse('import.file_unreadable', { fileName, cause: error.code ?? '' }, error),
  )
  if (found.isDirectory()) refuse('import.is_directory', { fileName })
  if (found.size === 0) refuse('import.empty_file', { fileName })
  return found
}

async function followJob(
  { client, language }: CliSession,
  jobId: string,
  onProgress: (line: string) => void,
): Promise<ImportJob> {
  for (let shown = -1; ;) {
    const job = await client.imports.job({ jobId })
    if (job.state !== 'running') return job
    const percent = Math.floor((100 * job.bytesRead) / Math.max(1, job.bytesTotal))
    // A line for every tenth tells enough in a scheduled task's mail.
    if (Math.floor(percent / 10) > shown) {
      shown = Math.floor(percent / 10)
      onProgress(say(language, 'cli.import.progress', { percent, rows: job.rowsPerSecond }))
    }
    await sleep(POLL_MS)
  }
}

function describeJob({ language }: CliSession, kind: ImportKind, job: ImportJob): string[] {
  const hasReceipts = kind === 'sales' || kind === 'returns'
  return [
    say(language, 'cli.import.rows', job.counts),
    ...(hasReceipts ? [say(language, 'cli.import.totals', scalarsOf(job.totals))] : []),
    say(language, 'cli.import.catalogue', scalarsOf(job.totals)),
    ...[...job.rejectReasons, ...job.skipReasons].map(({ reason, count, params }) =>
      say(language, 'cli.import.reason', { count, text: sayRefusal(language, reason, params) }),
    ),
    ...(job.rejectFile ? [say(language, 'cli.import.rejectFile', { file: job.rejectFile })] : []),
  ]
}

/** The parts of an answer that fit into a sentence. */
function scalarsOf(facts: Record<string, unknown>): RefusalParams {
  const entries = Object.entries(facts)
  return Object.fromEntries(
    entries.filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  )
}

function find(args: Arguments): Run {
  const text = args.words.join(' ')
  const limit = readNumber('--limit', args.options['limit'], { min: 1, max: 50 })
  return async ({ client, language, currency }) => {
    const found = await client.sales.find({ text, ...(limit === undefined ? {} : { limit }) })
    const lines = found.groups.flatMap(({ kind, hits, more }) => [
      say(language, `cli.find.kinds.${kind}`),
      ...hits.map((hit) =>
        [
          ' ',
          hit.label,
          hit.businessDate,
          hit.amount === null ? null : formatMoney(hit.amount, currency, language),
          hit.note,
        ]
          .filter((part) => part !== null && part !== '')
          .join(' '),
      ),
      ...(more ? [say(language, 'cli.find.more')] : []),
    ])
    return {
      ok: true,
      data: found,
      lines: lines.length > 0 ? lines : [say(language, 'cli.find.none', { text })],
    }
  }
}

function reportDay(args: Arguments): Run {
  const { date = '', out = '' } = args.options
  if (!isBusinessDate(date)) throw new UsageError('value', { what: '--date', value: date })
  const file = path.resolve(out)
  return async ({ client, language }) => {
    const { pdf, missingGlyphs } = await client.papers.print({
      document: 'day_report',
      businessDate: date,
    })
    const bytes = Buffer.from(await pdf.arrayBuffer())
    await writeFile(file, bytes).catch((error: NodeJS.ErrnoException) =>
      refuse('cli.cannot_write', { file, cause: error.code ?? '' }, error),
    )
    return {
      ok: true,
      data: { file, bytes: bytes.length, missingGlyphs },
      lines: [
        say(language, 'cli.report.written', { file, bytes: bytes.length }),
        ...(missingGlyphs.length > 0
          ? [say(language, 'cli.report.missingGlyphs', { glyphs: missingGlyphs.join(' ') })]
          : []),
      ],
    }
  }
}

const PEOPLE = ['none', 'masked', 'full'] as const

/** The next export for head office, into a folder; the exit code is 0 where there was nothing new, too. */
function exportForHeadOffice(args: Arguments): Run {
  const { out, target = 'head-office', reason = '' } = args.options
  const people = readChoice('--people', args.options['people'] ?? 'masked', PEOPLE)
  // Without one, the folder of the settings.
  const folder = out ? path.resolve(out) : ''
  return async ({ client, language }, onProgress) => {
    const { jobId } = await client.headOffice.start({ target, folder, people, reason })
    for (let shown = 0; ;) {
      const job = await client.headOffice.job({ jobId })
      const { state, dir, done, total } = job
      if (state === 'failed') refuse(asReason(job.reason ?? ''), job.params)
      if (state === 'done' || state === 'nothing_new') {
        const line = state === 'done' ? 'written' : 'nothing'
        return {
          ok: true,
          data: { state, dir, manifestSha256: job.manifestSha256 },
          lines: [say(language, `cli.export.${line}`, { dir: dir ?? '' })],
        }
      }
      const tenth = total === 0 ? 0 : Math.floor((10 * done) / total)
      if (tenth > shown) onProgress(say(language, 'cli.export.progress', { done, total }))
      shown = Math.max(shown, tenth)
      await sleep(POLL_MS)
    }
  }
}

const EXPORT_FORMATS = ['csv', 'json'] as const

/** `instructions list`: what waits for the POS; `instructions export`: a day's file, into the folder or to `--out`. */
function instructions(args: Arguments): Run {
  const [action] = args.words
  if (action === 'list') return listInstructions
  readChoice('ACTION', action ?? '', ['list', 'export'])
  const { date, out } = args.options
  if (date !== undefined && !isBusinessDate(date)) {
    throw new UsageError('value', { what: '--date', value: date })
  }
  const format = readChoice('--format', args.options['format'] ?? 'csv', EXPORT_FORMATS)
  return async ({ client, language }) => {
    const { businessDate } = await client.settings.status()
    const order = { businessDate: date ?? businessDate ?? '', format }
    if (out === undefined) {
      const put = await client.posInstructions.exportToFolder(order)
      const file = path.join(put.folder, put.fileName)
      return { ok: true, data: { ...put, file }, lines: [sayExported(language, file, put.rows)] }
    }
    const { rows, content } = await client.posInstructions.file(order)
    const file = path.resolve(out)
    await writeFile(file, Buffer.from(await content.arrayBuffer())).catch(
      (error: NodeJS.ErrnoException) =>
        refuse('cli.cannot_write', { file, cause: error.code ?? '' }, error),
    )
    return { ok: true, data: { file, rows }, lines: [sayExported(language, file, rows)] }
  }
}

function sayExported(language: CliSession['language'], file: string, rows: number): string {
  return say(language, 'cli.instructions.exported', { file, rows })
}

async function listInstructions({ client, language }: CliSession): Promise<Outcome> {
  const { businessDate } = await client.settings.status()
  const day = businessDate ?? ''
  const { desk, totals } = await client.posInstructions.reconcile({ from: day, to: day })
  const waiting = await client.posInstructions.pending()
  return {
    ok: true,
    data: { instructions: desk, totals, ...scalarsOf(waiting) },
    lines: [
      ...desk.map(({ number, source, businessDate: raised, tender, amount, currency, state }) =>
        [
          number,
          raised,
          source.number,
          tender.label || tender.kind,
          formatMoney(amount, currency, language),
          state,
        ].join('  '),
      ),
      say(language, 'cli.instructions.waiting', { count: waiting.count }),
    ],
  }
}

/** Checks database, audit chain and every kept file. */
export async function verify({ client, language }: CliSession): Promise<Outcome> {
  const found = await client.settings.verify()
  const closes = await client.dayCloses.verify()
  const line = say(language, found.ok ? 'cli.verify.ok' : 'cli.verify.broken', {
    integrity: found.integrity,
    entries: found.auditEntries,
    violations: found.foreignKeyViolations,
    at: found.auditBrokenAt ?? say(language, 'cli.verify.none'),
  })
  return {
    ok: found.ok && closes.ok,
    data: { ...found, ok: found.ok && closes.ok, closes },
    lines: [
      line,
      ...describeEvidence(language, found.evidence),
      ...describeCloses(language, closes),
    ],
  }
}

/** The closed days in numbers, then each close that does not hold against the data, with the documents that differ. */
function describeCloses(
  language: CliSession['language'],
  { closes, faults }: Awaited<ReturnType<DeskClient['dayCloses']['verify']>>,
): string[] {
  return [
    say(language, 'cli.verify.closes', { closes, faults: faults.length }),
    ...faults.map(({ businessDate, version, fault, numbers }) =>
      say(language, `cli.verify.closeFault.${fault}`, {
        date: businessDate,
        version,
        numbers: numbers.join(', '),
      }),
    ),
  ]
}

type EvidenceCheck = Awaited<ReturnType<DeskClient['settings']['verify']>>['evidence']

/** The kept files in numbers, then each one that is gone, changed or unnamed. */
function describeEvidence(language: CliSession['language'], evidence: EvidenceCheck): string[] {
  const { files, missing, changed, orphans } = evidence
  return [
    say(language, 'cli.verify.files', {
      files,
      missing: missing.length,
      changed: changed.length,
      orphans: orphans.length,
    }),
    ...missing.map((file) => say(language, 'cli.verify.missing', { ...file })),
    ...changed.map((file) => say(language, 'cli.verify.changed', { ...file })),
    ...orphans.map((sha256) => say(language, 'cli.verify.orphan', { sha256 })),
  ]
}

/** Holds an evidence pack against the store: the document itself, its parts, its files, the audit chain it names. */
function verifyPack(args: Arguments): Run {
  const file = args.words[0] ?? ''
  return async ({ client, language }) => {
    await statFile(file)
    const sha256 = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
    const found = await client.evidence.verifyPack({ sha256 })
    const { number, caseNumber, madeBy, madeAt, parts, pages, auditEntries, auditHead } = found
    const named = { number, case: caseNumber, by: madeBy, at: madeAt, parts, pages }
    const verdict = say(language, found.auditOk ? 'cli.verifyPack.fine' : 'cli.verifyPack.wrong')
    return {
      ok: found.ok,
      data: { sha256, ...found },
      lines: [
        say(language, found.ok ? 'cli.verifyPack.ok' : 'cli.verifyPack.broken', named),
        say(language, 'cli.verifyPack.audit', { entries: auditEntries, head: auditHead, verdict }),
        ...found.lost.map((lost) => say(language, 'cli.verifyPack.lost', { sha256: lost })),
      ],
    }
  }
}

async function backUp({ client, language }: CliSession): Promise<Outcome> {
  const written = await client.settings.backUp()
  return { ok: true, data: written, lines: [say(language, 'cli.backup.written', written)] }
}

async function tellDemo({ client, desk, language }: CliSession): Promise<Outcome> {
  const { demoSignIn } = await client.settings.status()
  const data = { dir: desk.folder.dir, code: demoSignIn?.code ?? '', pin: demoSignIn?.pin ?? '' }
  return { ok: true, data, lines: [say(language, 'cli.demo.ready', data)] }
}

/** Reads a whole number from an option. Throws `UsageError` for anything else. */
export function readNumber(
  what: string,
  given: string | undefined,
  { min, max }: { min: number; max: number },
): number | undefined {
  if (given === undefined) return undefined
  const value = Number(given)
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new UsageError('value', { what, value: given })
  }
  return value
}

/** Reasons that cross the desk's door are plain text there. */
function asReason(text: string): `${string}.${string}` {
  return text.includes('.') ? (text as `${string}.${string}`) : `imports.${text}`
}
