/** Heads and feet: the store, the paper's name, which copy it is, and what stands on every page. */
import type { LogoFacts, PaperFrame, StoreFacts, VoidFacts } from './compose.ts'
import type { Block, Content, Margin } from './content.ts'
import type { LabelKey, Labels } from './labels.ts'
import { mm, type PaperPage } from './pages.ts'
import { centred, rule } from './parts.ts'
import type { DynamicContent } from './pdfmake-parts.ts'
import { formatInstant } from './phrases.ts'
import { SOFT } from './table-layouts.ts'

/** Millimetres a store's sign may take: beside the name on a sheet, above it on a roll. */
const SHEET_LOGO = { width: 30, height: 9 }
const ROLL_LOGO = { width: 44, height: 16 }

/** Head of a slip on a roll: the store, the paper's name, which copy it is, and its number as bars. */
export function rollHead(parts: {
  labels: Labels
  title: LabelKey
  store: StoreFacts
  copy: number
  voided: VoidFacts | null
  size: number
  /** Null where other bars follow. */
  bars: Block | null
}): Content[] {
  const { labels, copy, store, bars } = parts
  const second = labels.second(parts.title)
  const middle = (text: string, block: Block): Block => ({ ...block, text, alignment: 'center' })
  const { width, height } = ROLL_LOGO
  return [
    ...(store.logo
      ? [
          {
            ...centred(logoBlock(store.logo, [mm(width), mm(height)])),
            margin: [0, 0, 0, 3] as Margin,
          },
        ]
      : []),
    middle(store.name, { bold: true, fontSize: 10 }),
    ...headLines(labels, store).map((text) => middle(text, { style: 'small' })),
    middle(labels.say(parts.title), {
      bold: true,
      fontSize: parts.size,
      margin: second ? [0, 1, 0, 0] : [0, 1, 0, 1],
    }),
    ...(second ? [middle(second, { fontSize: 9, margin: [0, 0, 0, 1] })] : []),
    ...(copy > 0 ? [middle(copyText(labels, copy), { bold: true, fontSize: 10 })] : []),
    ...voidLine(labels, parts.voided),
    ...(bars ? [centred(bars)] : []),
    rule(1, [0, 3, 0, 3]),
  ]
}

/** The store's sign as large as `fit` allows, never blown up over 96 points to the inch. */
function logoBlock({ sha256, width, height }: LogoFacts, fit: [number, number]): Block {
  const scale = Math.min(fit[0] / width, fit[1] / height, 0.75)
  return { image: sha256, fit: [width * scale, height * scale] }
}

/** What stands below the store's name, in the languages of the paper. */
export function headLines({ language }: Labels, { headLine }: StoreFacts): string[] {
  if (!headLine) return []
  const lines = [language === 'en' ? '' : headLine.zh, language === 'zh' ? '' : headLine.en]
  return lines.filter((each) => each.trim() !== '')
}

/** Head of a paper: its name to the left, the store and the copy mark to the right. */
export function paperHead(parts: {
  labels: Labels
  title: string
  subtitle: string
  store: StoreFacts
  copy: number
  size: number
  /** Stands at the right end, for example a bar code. */
  aside?: Block
}): Block {
  const { labels, store, size } = parts
  return {
    stack: [
      {
        columns: [
          {
            width: '*',
            text: [
              { text: parts.title, bold: true, fontSize: size },
              { text: `  ${parts.subtitle}`, fontSize: size * 0.5, color: SOFT },
            ],
          },
          ...sheetLogo(store, size),
          {
            width: 'auto',
            text: store.name,
            bold: true,
            fontSize: size * 0.55,
            alignment: 'right',
            margin: [8, size * 0.28, 0, 0],
            noWrap: isShort(store.name),
          },
          ...copyMark(labels, parts.copy, size),
          ...(parts.aside ? [parts.aside] : []),
        ],
      },
      ...headLines(labels, store).map((text): Block => ({
        text,
        style: 'small',
        alignment: 'right',
      })),
      rule(1.1, [0, 1.5, 0, 3]),
    ],
  }
}

/** A name of this many ems stays on one line; the paper's own name gives way beside it. */
const SHORT_NAME_EMS = 10

function isShort(name: string): boolean {
  const ems = [...name].reduce((sum, letter) => sum + (letter < '\u2e80' ? 0.55 : 1), 0)
  return ems <= SHORT_NAME_EMS
}

/** The sign before the store's name, no higher than the line of `size` it stands in. */
export function sheetLogo(
  { logo }: StoreFacts,
  size: number,
  margin: Margin = [6, 0, 0, 1],
): Block[] {
  if (!logo) return []
  const block = logoBlock(logo, [mm(SHEET_LOGO.width), Math.min(mm(SHEET_LOGO.height), size * 1.3)])
  return [{ ...block, width: block.fit?.[0] ?? 0, margin }]
}

/** The boxed words 副本 / COPY with the copy's number; nothing on an original. */
function copyMark(labels: Labels, copy: number, size: number): Block[] {
  if (copy === 0) return []
  const words =
    labels.language === 'en'
      ? labels.say('common.copy', { n: copy })
      : `${labels.say('common.copy', { n: '' }).trim()} / COPY ${copy}`
  return [
    {
      width: 'auto',
      margin: [6, size * 0.2, 0, 0],
      layout: 'form',
      table: { body: [[{ text: words, bold: true, fontSize: size * 0.5, noWrap: true }]] },
    },
  ]
}

/** What stands on every paper but the original, in the languages of the paper. */
function copyText(labels: Labels, copy: number): string {
  const words = labels.say('common.copy', { n: copy })
  return labels.language === 'en' ? words : `${words} · COPY ${copy}`
}

/** A line that says when and why a paper was declared void. */
export function voidLine(labels: Labels, voided: VoidFacts | null | undefined): Content[] {
  if (!voided) return []
  const text = labels.say('common.voidedOn', { date: voided.on, reason: voided.reason })
  return [{ text, bold: true, margin: [0, 0, 0, 3] }]
}

/** Footer of every page: document number, print time and operator, page x of y. */
export function pageFooter(
  labels: Labels,
  frame: PaperFrame,
  paper: PaperPage,
  number: string,
): DynamicContent {
  const { left, right, bottom } = paper.margins
  const printed = printedText(labels, { ...frame, late: undefined })
  const late = lateText(labels, frame)
  // A block is set once: every page has parts of its own.
  const legend = (): Content[] =>
    paper.impact ? [{ text: labels.both('common.threeParts', {}, '   '), alignment: 'center' }] : []
  return (current, pages) => ({
    margin: [left, bottom * (paper.impact ? 0.12 : 0.28), right, 0],
    style: 'small',
    stack: [
      {
        columns: [
          { width: '*', text: number },
          { width: 'auto', text: printed, alignment: 'center' },
          {
            width: '*',
            alignment: 'right',
            text: labels.say('common.page', { page: current, pages }),
          },
        ],
      },
      ...(late === null ? [] : [late]),
      ...legend(),
    ],
  })
}

/** `打印于 2026-11-21 18:05 · 1001 李敏`, and that it is booked on the next day where its own had been closed. */
export function printedText(labels: Labels, frame: PaperFrame): string {
  const time = formatInstant(frame.printedAt, frame.timeZone)
  const printed = labels.say('common.printed', { time, operator: frame.printedBy })
  const late = lateText(labels, frame)
  return late === null ? printed : `${printed}\n${late}`
}

function lateText(labels: Labels, { late }: PaperFrame): string | null {
  return late ? labels.both('common.late', late, ' / ') : null
}
