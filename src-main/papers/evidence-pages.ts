/**
 * 证据包: everything of a case in one document, A4 (domain.md §3.6 row 30). It stands here because it holds other
 * rooms' papers as they were printed, and this room knows them all.
 */
import type { Labels } from '../printing/labels.ts'
import {
  type Block,
  composePaper,
  type Content,
  contentWidth,
  heading,
  mm,
  pageFooter,
  paperHead,
  PAPERS,
  type PaperDefinition,
  type PaperFrame,
  rule,
  storeWords,
  type TypeScale,
} from '../printing/layout.ts'

/** What one part shows. */
export type EvidenceBody =
  | { kind: 'fields'; fields: readonly (readonly [string, string])[] }
  | { kind: 'text'; text: string }
  | {
      kind: 'table'
      heads: readonly string[]
      /** Points; `*` shares the rest. */
      widths: readonly (number | '*')[]
      rows: readonly (readonly string[])[]
    }
  | { kind: 'picture'; sha256: string }
  | { kind: 'file' }
  | { kind: 'paper'; template: string; facts: { frame: PaperFrame } }

export interface EvidencePart {
  title: string
  /** Of what it shows, or of the file's bytes. */
  sha256: string
  /** Who, when, what for: above the body. */
  note: string
  body: EvidenceBody
}

/** Everything the pack prints, in words of the store's language. */
export interface EvidenceFacts {
  frame: PaperFrame
  number: string
  title: string
  subtitle: string
  /** The facts of the cover, label by label. */
  cover: readonly (readonly [string, string])[]
  heads: { no: string; part: string; page: string; hash: string; index: string; sha256: string }
  parts: readonly EvidencePart[]
  /** Files handed over inside the document as they are. */
  attached: readonly string[]
  /** The first page of each part; filled in by the worker. */
  pages?: readonly number[]
  /** Only this part, to count its pages; -1 is the cover. */
  only?: number
}

/** Sets another room's paper. */
type ComposePaper = (template: string, facts: { frame: PaperFrame }) => PaperDefinition

const TYPE: TypeScale = { text: 9.5, label: 8.5, second: 7, small: 7 }

/** Side margins of the widest paper it holds. */
const SIDE = mm(9)
const page = {
  ...PAPERS.a4Portrait,
  margins: { ...PAPERS.a4Portrait.margins, left: SIDE, right: SIDE },
}
const WIDTH = contentWidth(page)
const TALLEST = mm(210)

/** Composes the pack, or one part of it; pure. */
export function composeEvidence(
  facts: EvidenceFacts,
  labels: Labels,
  compose: ComposePaper,
): PaperDefinition {
  const { only, parts } = facts
  const chosen = parts.map((part, index) => ({ part, index }))
  const shown = only === undefined ? chosen : chosen.filter(({ index }) => index === only)
  const isWhole = only === undefined
  const content: Content[] = [
    ...(isWhole || only === -1 ? coverBlocks(facts, labels) : []),
    ...shown.flatMap(({ part, index }) => partBlocks(part, index + 1, facts, compose, isWhole)),
  ]
  const definition = composePaper({
    title: `${facts.title} ${facts.number}`,
    labels,
    frame: facts.frame,
    page,
    type: TYPE,
    footer: pageFooter(labels, facts.frame, page, facts.number),
    content,
  })
  return isWhole ? { ...definition, attached: facts.attached } : definition
}

function coverBlocks(facts: EvidenceFacts, labels: Labels): Content[] {
  const { heads, parts, pages } = facts
  return [
    paperHead({
      labels,
      title: facts.title,
      subtitle: facts.subtitle,
      store: facts.frame.store,
      copy: 0,
      size: 20,
    }),
    fieldTable(facts.cover),
    heading(heads.index, 12, [0, 12, 0, 4]),
    table(
      [heads.no, heads.part, heads.page, heads.hash],
      [24, '*', 34, 264],
      parts.map(({ title, sha256 }, index) => [
        String(index + 1),
        title,
        String(pages?.[index] ?? 0),
        sha256,
      ]),
      { align: { 2: 'right' }, size: { 3: 7 } },
    ),
    ...storeWords(labels, facts.frame),
  ]
}

function partBlocks(
  part: EvidencePart,
  no: number,
  { heads }: EvidenceFacts,
  compose: ComposePaper,
  breaks: boolean,
): Content[] {
  const head: Block = {
    stack: [
      heading(`${no}  ${part.title}`, 13, [0, 0, 0, 2]),
      { text: `${heads.sha256} ${part.sha256}`, style: 'small' },
      ...noteBlocks(part.note),
    ],
    ...(breaks ? { pageBreak: 'before' } : {}),
  }
  return [head, rule(0.8, [0, 4, 0, 6]), ...bodyBlocks(part.body, compose)]
}

function noteBlocks(note: string): Block[] {
  return note === '' ? [] : [{ text: note, style: 'label', margin: [0, 2, 0, 0] }]
}

function bodyBlocks(body: EvidenceBody, compose: ComposePaper): Content[] {
  switch (body.kind) {
    case 'fields':
      return [fieldTable(body.fields)]
    case 'text':
      return [{ text: body.text, lineHeight: 1.3 }]
    case 'table':
      return [
        table(body.heads, body.widths, body.rows, { align: {}, size: hashColumn(body.heads) }),
      ]
    case 'picture':
      return [{ image: body.sha256, fit: [WIDTH, TALLEST] }]
    case 'file':
      return []
    case 'paper':
      return compose(body.template, body.facts).content
  }
}

/** Hashes are long, and read by machines: small. */
function hashColumn(heads: readonly string[]): Readonly<Record<number, number>> {
  return Object.fromEntries(heads.flatMap((head, at) => (head === 'SHA-256' ? [[at, 7]] : [])))
}

function fieldTable(fields: readonly (readonly [string, string])[]): Block {
  return {
    layout: 'form',
    table: {
      widths: [mm(34), '*'],
      body: fields.map(([name, value]) => [{ text: name, style: 'label' }, { text: value || ' ' }]),
    },
  }
}

const PADDING = 6

/** How single columns differ from the others. */
interface Looks {
  align: Readonly<Record<number, 'right'>>
  size: Readonly<Record<number, number>>
}

function table(
  heads: readonly string[],
  widths: readonly (number | '*')[],
  rows: readonly (readonly string[])[],
  { align, size }: Looks = { align: {}, size: {} },
): Block {
  const fixed = widths.reduce<number>((sum, width) => sum + (width === '*' ? 0 : width), 0)
  const stars = widths.filter((width) => width === '*').length
  const star = (WIDTH - widths.length * PADDING - fixed) / Math.max(stars, 1)
  const cell = (text: string, index: number): Block => ({
    text,
    alignment: align[index] ?? 'left',
    fontSize: size[index] ?? TYPE.text,
  })
  return {
    layout: 'list',
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      widths: widths.map((width) => (width === '*' ? star : width)),
      body: [
        heads.map((text, index): Block => ({ ...cell(text, index), style: 'label', bold: true })),
        ...rows.map((row) => row.map(cell)),
      ],
    },
  }
}
