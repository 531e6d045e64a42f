import { createHash } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { record } from '../audit/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { csvText } from '../foundation/csv.ts'
import { compactDocumentNumber } from '../foundation/document-number.ts'
import { refuse } from '../foundation/errors.ts'
import { formatDecimal } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import { type ExportFormat, insertExport, nextSequence } from './export-store.ts'
import { describeInstructions, type DescribedInstruction, reconcile } from './list.ts'
import { listInstructionIds } from './list-store.ts'
import { readSettings } from './settings.ts'

/** Name and version of the files: a reader refuses what it does not know (docs/pos-instructions.md). */
const instructionsFormat = { name: 'goodwill-desk.pos-instructions', version: 1 }
const unmatchedFormat = { name: 'goodwill-desk.pos-unmatched', version: 1 }

/** More than a desk can raise in a day: its numbers end at 9999. */
const mostOfDay = 10_000

export interface DayFile {
  fileName: string
  rows: number
  text: string
}

interface FileOrder {
  businessDate: string
  format: ExportFormat
}

/** A day's instructions with the state they have now: the file is whole each time it is made. */
export async function instructionsFile(
  r: ReadHandle,
  call: Call,
  { businessDate, format }: FileOrder,
  sequence: number | null = null,
): Promise<DayFile> {
  const days = { from: businessDate, to: businessDate }
  const ids = await listInstructionIds(r, days, mostOfDay)
  const rows = (await describeInstructions(r, call, ids)).map(instructionRow)
  const fileName = nameOf(call, 'instructions', { businessDate, format }, sequence)
  const head = headOf(call, instructionsFormat, businessDate, sequence)
  return { fileName, rows: rows.length, text: textOf(format, head, rows, instructionColumns) }
}

/** What does not agree between the desk and the tills on a day, and at the desk before it. */
export async function unmatchedFile(
  r: ReadHandle,
  call: Call,
  { businessDate, format }: FileOrder,
): Promise<DayFile> {
  const { desk, till } = await reconcile(r, call, { from: businessDate, to: businessDate })
  const rows = [
    ...desk.filter((each) => each.businessDate <= businessDate).map(unmatchedAtDesk),
    ...till.filter((each) => each.businessDate === businessDate).map(unmatchedAtTill),
  ]
  const fileName = nameOf(call, 'unmatched', { businessDate, format }, null)
  const head = headOf(call, unmatchedFormat, businessDate, null)
  return { fileName, rows: rows.length, text: textOf(format, head, rows, unmatchedColumns) }
}

function nameOf(
  call: Call,
  what: string,
  { businessDate, format }: FileOrder,
  sequence: number | null,
): string {
  const day = businessDate.replaceAll('-', '')
  const number = sequence === null ? '' : `-${String(sequence).padStart(3, '0')}`
  return `pos-${what}-${call.profile.deskNo}-${day}${number}.${format}`
}

function headOf(
  call: Call,
  { name, version }: { name: string; version: number },
  businessDate: string,
  sequence: number | null,
) {
  const { profile } = call
  return {
    format: name,
    version,
    store: { name: profile.name, code: profile.storeCode, desk: profile.deskNo },
    businessDate,
    sequence,
    exportedAt: call.now().toISOString(),
  }
}

type Cell = string | number | null
type FileRow = Record<string, Cell>

const instructionColumns = [
  'number',
  'barcode',
  'direction',
  'tender',
  'tender_label',
  'tender_reference',
  'amount',
  'amount_minor',
  'currency',
  'state',
  'source',
  'source_number',
  'original_receipt',
  'original_till',
  'original_date',
  'business_date',
  'raised_at',
  'raised_by',
  'pos_number',
  'settled_on',
  'cancel_reason',
] as const

function instructionRow(each: DescribedInstruction): FileRow {
  return {
    number: each.number,
    barcode: compactDocumentNumber(each.number),
    direction: each.direction,
    tender: each.tender.kind,
    tender_label: each.tender.label,
    tender_reference: each.tender.reference,
    amount: formatDecimal(each.amount, each.currency),
    amount_minor: each.amount,
    currency: each.currency,
    state: each.state === 'ambiguous' ? 'pending' : each.state,
    source: each.source.type,
    source_number: each.source.number,
    original_receipt: each.receiptNo,
    original_till: each.till,
    original_date: each.soldOn,
    business_date: each.businessDate,
    raised_at: each.raisedAt,
    raised_by: each.raisedBy,
    pos_number: each.posNumber,
    settled_on: each.settledOn,
    cancel_reason: each.cancelReason,
  }
}

const unmatchedColumns = [
  'side',
  'business_date',
  'age_days',
  'number',
  'source_number',
  'till',
  'direction',
  'tender',
  'amount',
  'amount_minor',
  'currency',
  'original_receipt',
  'state',
  'note',
] as const

function unmatchedAtDesk(each: DescribedInstruction): FileRow {
  return {
    side: 'desk',
    business_date: each.businessDate,
    age_days: each.age,
    number: each.number,
    source_number: each.source.number,
    till: each.till,
    direction: each.direction,
    tender: each.tender.label || each.tender.kind,
    amount: formatDecimal(each.amount, each.currency),
    amount_minor: each.amount,
    currency: each.currency,
    original_receipt: each.receiptNo,
    state: each.state,
    note: each.doubt === 'none' ? '' : each.doubt,
  }
}

type TillRow = Awaited<ReturnType<typeof reconcile>>['till'][number]

function unmatchedAtTill(each: TillRow): FileRow {
  return {
    side: 'till',
    business_date: each.businessDate,
    age_days: each.age,
    number: each.receiptNo,
    source_number: each.mentions.join(' '),
    till: each.till,
    direction: each.direction,
    tender: each.parts?.map(({ tender }) => tender).join('+') ?? '',
    amount: formatDecimal(each.amount, each.currency),
    amount_minor: each.amount,
    currency: each.currency,
    original_receipt: null,
    state: 'unclaimed',
    note: each.goods,
  }
}

function textOf(
  format: ExportFormat,
  head: ReturnType<typeof headOf>,
  rows: readonly FileRow[],
  columns: readonly string[],
): string {
  if (format === 'json') return `${JSON.stringify({ ...head, rows }, null, 2)}\n`
  const stamp = `${head.format}/${head.version}`
  return csvText([
    ['format', ...columns],
    ...rows.map((row) => [stamp, ...columns.map((column) => String(row[column] ?? ''))]),
  ])
}

/**
 * Writes a day's instructions into the folder of the POS as the next file of that day: whole or not at all. Nothing
 * is lost when it fails: the instructions stay, and the same day can be written again.
 *
 * Refuses without a folder (`instructions.no_folder`), one that is not there (`instructions.folder_missing`) and one
 * that cannot be written (`instructions.folder_unwritable`).
 */
export async function exportToFolder(w: WriteHandle, call: Call, order: FileOrder) {
  const { exportFolder: folder } = await readSettings(w)
  if (folder === '') refuse('instructions.no_folder')
  requireFolder(folder)
  const { businessDate, format } = order
  const prefix = nameOf(call, 'instructions', order, null).replace(`.${format}`, '')
  const sequence = Math.max(
    await nextSequence(w, businessDate, format),
    lastInFolder(folder, prefix, format) + 1,
  )
  const { fileName, rows, text } = await instructionsFile(w, call, order, sequence)
  const sha256 = createHash('sha256').update(text).digest('hex')
  const exportedAt = call.now().toISOString()
  const file = { businessDate, sequence, format, fileName, folder, rows, sha256, exportedAt }
  await insertExport(w, { ...file, exportedBy: call.actor.id })
  await record(
    w,
    call,
    'instructions.export',
    { type: 'pos_export', id: fileName },
    { rows, sha256 },
  )
  writeWhole(path.join(folder, fileName), text)
  return file
}

/** Refuses what is no folder to put files into. */
export function requireFolder(folder: string): void {
  const isFolder =
    path.isAbsolute(folder) && (statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false)
  if (!isFolder) refuse('instructions.folder_missing', { folder })
}

/**
 * Puts a file of another room into the folder of the POS, whole or not at all; one of the same name is replaced.
 * Refuses as `exportToFolder` does.
 */
export async function putIntoFolder(
  r: ReadHandle,
  files: readonly { fileName: string; content: Uint8Array }[],
): Promise<string> {
  const { exportFolder: folder } = await readSettings(r)
  if (folder === '') refuse('instructions.no_folder')
  requireFolder(folder)
  for (const { fileName, content } of files) writeWhole(path.join(folder, fileName), content)
  return folder
}

/** The highest number among a day's files in the folder, whoever wrote them; 0 for none. */
function lastInFolder(folder: string, prefix: string, format: ExportFormat): number {
  const numbers = readdirSync(folder).flatMap((name) =>
    name.startsWith(`${prefix}-`) && name.endsWith(`.${format}`)
      ? Number(name.slice(prefix.length + 1, -format.length - 1))
      : [],
  )
  return Math.max(0, ...numbers.filter(Number.isInteger))
}

/** Beside its place first, on the disk, then under its name: a reader never sees half a file. */
function writeWhole(file: string, content: string | Uint8Array): void {
  const part = `${file}.part`
  try {
    const handle = openSync(part, 'w')
    try {
      writeSync(handle, typeof content === 'string' ? Buffer.from(content) : content)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    const cause = (error as NodeJS.ErrnoException).code ?? ''
    refuse('instructions.folder_unwritable', { folder: path.dirname(file), cause }, error)
  }
}
