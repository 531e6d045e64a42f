/** What every paper carries, and how content becomes a paper. */
import type { FormLength } from '../foundation/paper-formats.ts'
import type { Content, TableLayout } from './content.ts'
import type { Labels, OwnLabels } from './labels.ts'
import type { PaperPage, TypeScale } from './pages.ts'
import type { PageMark } from './painter.ts'
import type { DynamicContent } from './pdfmake-parts.ts'
import { bareLayout, boxLayout, formLayout, INK, listLayout, SOFT } from './table-layouts.ts'

/** What the renderer turns into PDF. */
export interface PaperDefinition {
  /** Document title: what a viewer shows in its window. */
  title: string
  /** The store. */
  author: string
  lang: 'zh-CN' | 'en'
  /** Instant of printing, UTC ISO; the only date in the file. */
  createdAt: string
  page: PaperPage
  content: Content[]
  header?: DynamicContent
  footer?: DynamicContent
  mark?: PageMark
  /** A larger sheet that its pages stand on, side by side, to be cut. */
  sheet?: PaperPage
  /** Files put into the document as they are, by SHA-256. */
  attached?: readonly string[]
  styles: Record<string, object>
  defaultStyle: object
  tableLayouts: Record<string, TableLayout>
}

const VOID_MARK = '#f6d6d6'

const PREVIEW_MARK = '#e9ecef'

/** What every paper carries in its frame: who, where, when, which copy. */
export interface PaperFrame {
  store: StoreFacts
  /** Desk that prints, as the store calls it. */
  desk: string
  /** Instant of printing, UTC ISO. */
  printedAt: string
  /** IANA zone the store's clocks show. */
  timeZone: string
  /** Operator as printed: code, name or both. */
  printedBy: string
  /** Set on a slip that was written after its day had been closed. */
  late?: { on: string; bookedOn: string } | undefined
  /** True for a paper to look at, not to hand over: it says so across every page. */
  preview?: boolean
  /** What the store says under this paper, in both languages; an empty one prints nothing. */
  words?: BothWords
  /** Millimetres of the store's continuous forms; the usual ones where it is left out. */
  formLength?: FormLength
  /** How the store set this paper up; as the kit has it where it is left out. */
  design?: PaperDesign
}

/** Words of the store's own in both languages; an empty one prints nothing. */
export interface BothWords {
  zh: string
  en: string
}

/** What a store set up for one kind of paper. */
export interface PaperDesign extends OwnLabels {
  /** Terms and tips above the closing words. */
  terms: BothWords
  /** A box for the store's stamp beside the closing words, on a paper that has none of its own. */
  stamp: boolean
  /** Blocks that stand side by side on a sheet stand below one another on a roll. */
  roll: boolean
}

/** The store's sign: a picture its job brings, by hash, and its size in pixels. */
export interface LogoFacts {
  sha256: string
  width: number
  height: number
}

export interface StoreFacts {
  name: string
  address?: string | null
  postcode?: string | null
  phone?: string | null
  logo?: LogoFacts | null
  /** Below the store's name: a slogan, a hotline. */
  headLine?: BothWords
}

/** Set when a paper has been declared void: it prints across the page. */
export interface VoidFacts {
  /** Business date. */
  on: string
  reason: string
}

/** Joins content and frame into a definition with the kit's styles. */
export function composePaper(parts: {
  title: string
  labels: Labels
  frame: PaperFrame
  page: PaperPage
  type: TypeScale
  content: Content[]
  header?: DynamicContent
  footer?: DynamicContent
  voided?: VoidFacts | null
}): PaperDefinition {
  const { type, labels, frame } = parts
  return {
    title: parts.title,
    author: frame.store.name,
    lang: labels.lang,
    createdAt: frame.printedAt,
    page: parts.page,
    content: parts.content,
    ...(parts.header && { header: parts.header }),
    ...(parts.footer && { footer: parts.footer }),
    ...pageMark(labels, frame, parts.voided),
    styles: {
      label: { fontSize: type.label, color: SOFT },
      second: { fontSize: type.second, color: SOFT },
      small: { fontSize: type.small, color: SOFT },
      strong: { bold: true },
    },
    defaultStyle: { fontSize: type.text, color: INK },
    tableLayouts: { form: formLayout, list: listLayout, bare: bareLayout, box: boxLayout },
  }
}

function pageMark(
  labels: Labels,
  frame: PaperFrame,
  voided: VoidFacts | null | undefined,
): { mark?: PageMark } {
  if (voided)
    return { mark: { text: labels.say('common.void'), color: VOID_MARK, isHandedOver: true } }
  return frame.preview ? { mark: { text: labels.say('common.preview'), color: PREVIEW_MARK } } : {}
}
