/** Papers and type sizes. Lengths are points (1/72 inch) unless a name says millimetres. */
import type { FormLength } from '../foundation/paper-formats.ts'
import type { Margins } from './pdfmake-parts.ts'

/** Millimetres in points. */
export function mm(millimetres: number): number {
  return (millimetres * 72) / 25.4
}

export interface PaperPage {
  width: number
  /** `Infinity` on a roll: the page ends where its content does. */
  height: number
  margins: Margins
  /** Printed by needles on carbonless parts: black alone, no fills, no hair lines, no type under 8 points. */
  impact?: true
  /** Of a roll whose content keeps more white: what a printer leaves white at either side, and above. */
  reach?: number
}

function page(
  width: number,
  height: number,
  sides: number,
  bottom: number,
  top = sides,
): PaperPage {
  const margins = { left: mm(sides), top: mm(top), right: mm(sides), bottom: mm(bottom) }
  return { width: mm(width), height: mm(height), margins }
}

/** The papers the desk prints on. Bottom margins hold the footer. */
export const PAPERS = {
  a4Portrait: page(210, 297, 14, 15),
  a4Landscape: page(297, 210, 12, 14),
  a5Landscape: page(210, 148, 9, 11),
  a6Portrait: page(105, 148, 6, 8),
  /** 80 mm roll: printers reach 72 mm of it. */
  roll80: page(80, Infinity, 4, 6),
  /** Label of 70 by 50 mm, one to a page. */
  label70: page(70, 50, 4, 4),
  /** 58 mm roll: printers reach 48 mm of it. */
  roll58: page(58, Infinity, 5, 6),
} satisfies Record<string, PaperPage>

/** Continuous form between two rows of holes; needles reach 210 mm of its width (domain.md §5.2). */
export function continuousForm(length: FormLength): PaperPage {
  return { ...page(241, length, 15.5, 12, 6), impact: true }
}

/** Width between a page's margins. */
export function contentWidth({ width, margins }: PaperPage): number {
  return width - margins.left - margins.right
}

/** Type sizes of one paper, in points. */
export interface TypeScale {
  text: number
  label: number
  /** Second-language labels. */
  second: number
  small: number
}

export const CARD_TYPE: TypeScale = { text: 7, label: 6, second: 4.8, small: 5.6 }
/** The card in two languages carries twice the labels on the same paper. */
export const BILINGUAL_CARD_TYPE: TypeScale = { text: 6.6, label: 5.7, second: 4.5, small: 5.3 }

export const SLIP_TYPE: TypeScale = { text: 8, label: 7, second: 5.8, small: 6.4 }

export const LABEL_TYPE: TypeScale = { text: 8, label: 6.5, second: 5.6, small: 5.6 }

export const SHEET_TYPE: TypeScale = { text: 7.5, label: 7, second: 5.6, small: 6.2 }
/** A sheet with room, read at a desk. */
export const WIDE_SHEET_TYPE: TypeScale = { text: 8, label: 7.4, second: 6, small: 6.8 }
/** What needles print through three parts. */
export const IMPACT_TYPE: TypeScale = { text: 8.4, label: 8, second: 8, small: 8 }
/** A sheet in two languages that is to stay one page. */
export const BILINGUAL_SHEET_TYPE: TypeScale = { text: 7.1, label: 6.5, second: 5.3, small: 5.9 }
