/**
 * The parts of pdfmake and pdfkit this room is built from, with the few members it touches typed.
 *
 * pdfmake serves as the layout engine: tables, columns, page breaks, repeated headers. Fonts, text
 * measuring and painting are the room's own (font-book, text-layout, painter), because pdfmake parses
 * every font file again for each document and paints each Hanzi as an operation of its own. The package
 * is pinned to one exact version and the document tests read finished papers back, so a part that moves
 * is noticed at once.
 */
import { createRequire } from 'node:module'
import type { Content } from './content.ts'

export interface Glyph {
  id: number
  advanceWidth: number
  path: { commands: readonly OutlineCommand[] }
}

/** One stroke of a letter's outline, in font units, upwards from the baseline. */
export interface OutlineCommand {
  command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath'
  args: readonly number[]
}

/** A parsed font file. */
export interface ParsedFont {
  unitsPerEm: number
  hasGlyphForCodePoint(codePoint: number): boolean
  glyphForCodePoint(codePoint: number): Glyph
}

/** A font as one document embeds it: the subset of glyphs used so far. */
export interface EmbeddedFont {
  readonly id: string
  readonly font: ParsedFont
  subset: { includeGlyph(glyphId: number): number }
  unicode: number[][]
  widths: number[]
  ref(): unknown
}

export type EmbeddedFontClass = new (
  document: PdfDocument,
  font: ParsedFont,
  id: string,
) => EmbeddedFont

/** A picture as a document holds it. */
export interface OpenedImage {
  width: number
  height: number
}

export interface PdfDocument {
  page: { width: number; height: number; fonts: Record<string, unknown> }
  _font: EmbeddedFont | null
  _fontFamilies: Record<string, EmbeddedFont>
  font(file: Uint8Array): PdfDocument
  addPage(options: { size: [number, number] }): PdfDocument
  addContent(operators: string): PdfDocument
  /** Reads an SVG path and draws it into whatever it is called on. */
  path(path: string): unknown
  on(event: 'data', listener: (chunk: Uint8Array) => void): void
  on(event: 'end', listener: () => void): void
  on(event: 'error', listener: (error: Error) => void): void
  end(): void
  provideFont(family: string, bold: boolean, italics: boolean): unknown
  provideImage(source: unknown): unknown
  openImage(bytes: Uint8Array): OpenedImage
  image(image: OpenedImage, x: number, y: number, box: { width: number; height: number }): unknown
  /** Puts a file into the document as it is. */
  file(
    bytes: Uint8Array,
    options: { name: string; type: string; creationDate: Date; modifiedDate: Date },
  ): unknown
  provideAttachment(source: unknown): unknown
}

export interface PdfOptions {
  autoFirstPage: false
  compress: boolean
  displayTitle: boolean
  font: null
  info: Record<string, string | Date>
  lang: string
  pdfVersion: string
  size: [number, number]
}

type PdfDocumentClass = new (
  fonts: object,
  images: object,
  patterns: object,
  attachments: object,
  options: PdfOptions,
  virtualFiles: null,
  localAccessPolicy: (path: string) => boolean,
) => PdfDocument

/** The face and size a stretch of text is set in. */
export interface InlineFont {
  widthOf(text: string, size: number): number
  ascender: number
}

/** A stretch of text that stays on one line, with its look resolved. */
export interface Inline {
  text: string
  x: number
  width: number
  height: number
  leadingCut: number
  trailingCut: number
  font: InlineFont
  fontSize: number
  color: string
  alignment: string
  noWrap: boolean
  lineEnd: boolean
  /** No line may end after this stretch. */
  noNewLine: boolean
}

export interface TextLine {
  maxWidth: number
  inlines: Inline[]
  x: number
  y: number
  lastLineInParagraph?: boolean
  addInline(inline: Inline): void
  getAvailableWidth(): number
  getHeight(): number
  hasEnoughSpaceForInline(inline: Inline, next: Inline[]): boolean
}

export interface StyleStack {
  auto(item: object, work: () => void): void
  getProperty(name: string): unknown
}

export interface MeasuredText {
  items: Inline[]
  minWidth: number
  maxWidth: number
}

/** Cuts the text of a node into inlines and measures them. */
export interface TextMeasure {
  buildInlines(text: unknown, styles: StyleStack): MeasuredText
}

export interface PageItem {
  type: string
  item: object
}

export interface LaidOutPage {
  items: PageItem[]
  pageSize: PageSize
}

export interface PageSize {
  width: number
  height: number
  orientation: 'portrait' | 'landscape'
}

export interface Margins {
  left: number
  top: number
  right: number
  bottom: number
}

export type DynamicContent = (page: number, pages: number) => Content

interface LayoutBuilder {
  docMeasure: { textInlines: TextMeasure }
  writer: { context(): { availableWidth: number } }
  registerTableLayouts(layouts: object): void
  layoutDocument(
    content: unknown,
    document: PdfDocument,
    styles: object,
    defaultStyle: object,
    background?: undefined,
    header?: DynamicContent,
    footer?: DynamicContent,
  ): LaidOutPage[]
  tryLayoutDocument(...parts: unknown[]): unknown
  buildNextLine(node: { _inlines?: Inline[] }): TextLine | null
}

type LayoutBuilderClass = new (
  pageSize: PageSize,
  margins: Margins,
  svgMeasure: null,
) => LayoutBuilder

const requireHere = createRequire(import.meta.url)
const requireFromPdfmake = createRequire(requireHere.resolve('pdfmake'))

function loadDefault<Part>(path: string): Part {
  const loaded: { default: Part } = requireHere(`pdfmake/js/${path}`)
  return loaded.default
}

export const PdfmakeDocument = loadDefault<PdfDocumentClass>('PDFDocument')
export const PdfmakeLayoutBuilder = loadDefault<LayoutBuilderClass>('LayoutBuilder')
export const PdfmakeLine = loadDefault<new (maxWidth: number) => TextLine>('Line')
export const pdfmakeTableLayouts: object = requireHere('pdfmake/js/tableLayouts').tableLayouts
/** An element, text or comment of an XML document. */
export interface XmlNode {
  readonly type: 'element'
  readonly name: string
  readonly attr: Readonly<Record<string, string>>
  readonly children: readonly (
    | XmlNode
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'cdata' | 'comment' }
  )[]
}

const { XmlDocument }: { XmlDocument: new (xml: string) => XmlNode } = requireFromPdfmake('xmldoc')

/** The root element of an XML document; throws where it is none. */
export function readXml(xml: string): XmlNode {
  return new XmlDocument(xml)
}
