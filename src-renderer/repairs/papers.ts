import { formatsOf as all } from '../../src-main/foundation/paper-formats.ts'
import type { Paper } from '../ui/paper-preview.tsx'

/** The papers of a repair, in the order they are needed. */
export const paperKinds = ['sheet', 'stub', 'tag', 'record'] as const
export type PaperKind = (typeof paperKinds)[number]

/** What can come out of the printer as soon as goods are taken in. */
export const intakePapers = ['sheet', 'stub', 'tag'] as const

const formats = {
  sheet: all.repair_sheet,
  stub: all.repair_stub,
  tag: [],
  record: all.repair_record,
} as const satisfies Record<PaperKind, readonly string[]>

export type PaperFormat = (typeof formats)[PaperKind][number]

export function formatsOf(kind: PaperKind): readonly PaperFormat[] {
  return formats[kind]
}

const formatKey = (kind: PaperKind) => `goodwill.repair-${kind}-format`
const PRINTED_KEY = 'goodwill.repair-intake-papers'

/** The format this desk's printers take; remembered on the machine. */
export function readFormat(kind: PaperKind): PaperFormat {
  const own = formatsOf(kind)
  return own.find((each) => each === localStorage.getItem(formatKey(kind))) ?? own[0] ?? 'A5'
}

export function keepFormat(kind: PaperKind, format: PaperFormat): void {
  localStorage.setItem(formatKey(kind), format)
}

export function paperOf(kind: PaperKind, repairId: number, format: PaperFormat): Paper {
  if (kind === 'tag') return { document: 'repair_tag', repairId }
  if (kind === 'stub') {
    return { document: 'repair_stub', repairId, format: format === '58mm' ? '58mm' : '80mm' }
  }
  return {
    document: kind === 'sheet' ? 'repair_sheet' : 'repair_record',
    repairId,
    format: format === '58mm' ? '80mm' : format,
  }
}

/** What this desk prints by itself at intake: all of it, until somebody says otherwise. */
export function readIntakePapers(): PaperKind[] {
  const kept = localStorage.getItem(PRINTED_KEY)
  return intakePapers.filter((kind) => kept === null || kept.split(' ').includes(kind))
}

export function keepIntakePapers(kinds: readonly PaperKind[]): void {
  localStorage.setItem(PRINTED_KEY, kinds.join(' '))
}
