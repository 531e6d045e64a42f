/**
 * What a page is put together from: the part of pdfmake's document format that papers use. Narrower than
 * the library's own types on purpose: no links, and no files but those its job brought, so a paper can reach nothing
 * outside its facts.
 */

import type { TextWidth } from '../foundation/chart/fit-text.ts'

/** Left, top, right, bottom. */
export type Margin = [number, number, number, number]

export type Align = 'left' | 'right' | 'center'

export type Content = string | Block

export interface Block {
  text?: string | Content[]
  stack?: Content[]
  columns?: Content[]
  table?: Table
  canvas?: Shape[]
  /** A picture that came with the job, by the SHA-256 of its bytes; JPEG or PNG. */
  image?: string
  /** Largest width and height of a picture. */
  fit?: [number, number]
  layout?: string | TableLayout
  margin?: Margin
  width?: number | 'auto' | '*'
  style?: 'label' | 'second' | 'small' | 'strong'
  bold?: boolean
  fontSize?: number
  color?: string
  alignment?: Align
  verticalAlignment?: 'top' | 'middle' | 'bottom'
  noWrap?: boolean
  lineHeight?: number
  columnGap?: number
  pageBreak?: 'before'
  /** Kept on one page when it fits on one. */
  unbreakable?: boolean
  /** Columns a table cell spans. */
  colSpan?: number
  fillColor?: string
  border?: [boolean, boolean, boolean, boolean]
}

export interface Table {
  body: Content[][]
  widths?: (number | 'auto' | '*')[]
  heights?: number[]
  headerRows?: number
  keepWithHeaderRows?: number
  dontBreakRows?: boolean
}

/** A filled or stroked box; `cells` are filled boxes inside it, relative to its corner. */
export interface Shape {
  type: 'rect'
  x: number
  y: number
  w: number
  h: number
  cells?: readonly (readonly [number, number, number, number])[]
  /** What the cells say, where they are a code: a printer may draw it itself. */
  code?: PrintedCode
  /** The SVG that fills the box, once the faces to measure its texts with are open. */
  draw?: (widthOf: TextWidth) => string
}

/** A bar code or QR code; `modules` is its width in narrowest bars or cells, without the white around it. */
export interface PrintedCode {
  kind: 'code128' | 'qr'
  text: string
  modules: number
}

interface TableNode {
  table: Table
}

interface LineStyle {
  dash?: { length: number; space: number }
}

export interface TableLayout {
  hLineWidth?(line: number, node: TableNode): number
  vLineWidth?(line: number, node: TableNode): number
  hLineColor?(line: number, node: TableNode): string
  vLineColor?(line: number, node: TableNode): string
  hLineStyle?(line: number, node: TableNode): LineStyle | null
  vLineStyle?(line: number, node: TableNode): LineStyle | null
  fillColor?(row: number, node: TableNode): string | null
  paddingLeft?(column: number): number
  paddingRight?(column: number): number
  paddingTop?(row: number): number
  paddingBottom?(row: number): number
}
