/** Turns a paper's definition into PDF bytes. Runs in the PDF worker; tests call it directly. */
import type { DocumentFont, FaceName, FontBook } from './font-book.ts'
import type { Content } from './content.ts'
import type { PaperDefinition } from './layout.ts'
import { paintPage } from './painter.ts'
import { SheetFiller } from './sheet-filler.ts'
import {
  PdfmakeDocument,
  pdfmakeTableLayouts,
  type LaidOutPage,
  type Margins,
  type OpenedImage,
  type PdfDocument,
  type PdfOptions,
} from './pdfmake-parts.ts'
import { isRoll, readSlip, type SlipContent } from './slip.ts'
import { drawSlip } from './draw-slip.ts'
import { PaperLayoutBuilder, PaperTextMeasure, type MissingGlyph } from './text-layout.ts'

export interface RenderedPaper {
  pdf: Uint8Array
  pages: number
  /** Of its first page, points. */
  height: number
  /** Characters printed as □ because no bundled font has them. */
  missingGlyphs: MissingGlyph[]
  /** What a paper on a roll says; null for every other paper. */
  slip: SlipContent | null
}

/** A document whose fonts come from a font book and which can read no file of its own accord. */
class PaperDocument extends PdfmakeDocument {
  readonly #fonts = new Map<FaceName, DocumentFont>()
  readonly #book: FontBook

  readonly #files: Files
  readonly #opened = new Map<string, OpenedImage>()

  constructor(options: PdfOptions, book: FontBook, files: Files) {
    super({}, {}, {}, {}, options, null, () => false)
    this.#book = book
    this.#files = files
  }

  fontFor(bold: boolean): DocumentFont {
    const name: FaceName = bold ? 'bold' : 'regular'
    let font = this.#fonts.get(name)
    if (!font) {
      const face = this.#book.face(
        name,
        () => new PdfmakeDocument({}, {}, {}, {}, OPENING, null, () => false),
      )
      font = face.embedIn(this, bold ? 'F2' : 'F1')
      this.#fonts.set(name, font)
    }
    return font
  }

  override provideFont(_family: string, bold: boolean): DocumentFont {
    return this.fontFor(bold)
  }

  /** A picture its job brought, by its hash; anything else is none. */
  override provideImage(source: unknown): OpenedImage {
    const name = String(source)
    const before = this.#opened.get(name)
    if (before) return before
    const file = this.#files.get(name)
    if (!file) throw new Error('papers show only pictures that came with them')
    const opened = this.openImage(Buffer.from(file.bytes))
    this.#opened.set(name, opened)
    return opened
  }

  override provideAttachment(): never {
    throw new Error('papers embed no attachments')
  }
}

/** A file a job brings along. */
export interface BroughtFile {
  name: string
  mediaType: string
  bytes: Uint8Array
}

/** By SHA-256. */
type Files = ReadonlyMap<string, BroughtFile>

const noFiles: Files = new Map()

const OPENING: PdfOptions = {
  autoFirstPage: false,
  compress: false,
  displayTitle: false,
  font: null,
  info: {},
  lang: '',
  pdfVersion: '1.7',
  size: [1, 1],
}

/**
 * Renders the paper `compose` gives. The same definition always gives the same bytes: the only date
 * inside is its `createdAt`.
 *
 * @param compose pure; called a second time where something has to break that should stay together, because the layout
 * uses a definition up
 * @throws Error when the definition holds content papers do not use
 */
export async function renderPaper(
  compose: () => PaperDefinition,
  book: FontBook,
  files: Files = noFiles,
): Promise<RenderedPaper> {
  const papers = new PaperStack(book)
  papers.add(compose, files)
  return papers.finish()
}

/**
 * Papers one after the other in one PDF, painted as they are added: what was added is done, whatever comes of the next.
 * Every text is printed whole: when something that should stay together is taller than a page, the paper is composed
 * again and may break anywhere.
 */
export class PaperStack {
  readonly #book: FontBook
  readonly #files = new Map<string, BroughtFile>()
  readonly #missing = new Map<string, MissingGlyph>()
  #open: { document: PaperDocument; bytes: Promise<Uint8Array> } | null = null
  #sheets: SheetFiller | null = null
  #slip: SlipContent | null = null
  #pages = 0
  #height = 0

  constructor(book: FontBook) {
    this.#book = book
  }

  /** Adds a paper and the files it shows; the first gives the document its title and its date. */
  add(compose: () => PaperDefinition, files: Files = noFiles): void {
    for (const [sha256, file] of files) this.#files.set(sha256, file)
    const first = compose()
    const document = this.#document(first)
    const { definition, pages, measure } = layOutWhole(first, compose, document)
    this.#attach(document, definition)
    const { margins } = definition.page
    for (const page of pages) {
      if (page.pageSize.height === Infinity) page.pageSize.height = contentHeight(page, margins)
    }
    this.#height ||= pages[0]?.pageSize.height ?? 0
    const { mark, page: paper, sheet } = definition
    const impact = paper.impact === true
    const painted = pages.map((page) => ({ page, mark, impact, setter: measure }))
    if (sheet) {
      this.#sheets ??= new SheetFiller(sheet, paper)
      this.#pages += this.#sheets.add(document, painted)
    } else {
      for (const each of painted) paintPage(document, each)
      this.#pages += pages.length
    }
    // Pictures are set in type while they are painted.
    this.#note(measure.missing.values())
    const [roll] = isRoll(definition.page) ? pages : []
    if (!roll) return
    const drawing = drawSlip(roll, definition, this.#files, () => document.fontFor(true))
    // Of several papers a receipt printer would print the first alone: together they are pages.
    this.#slip = drawing && this.#pages === 1 ? readSlip(compose(), drawing) : null
  }

  /** Closes the document. At least one paper is in it. */
  async finish(): Promise<RenderedPaper> {
    if (!this.#open) throw new Error('no paper to render')
    const { document, bytes } = this.#open
    this.#pages += this.#sheets?.flush(document) ?? 0
    document.end()
    const missingGlyphs = [...this.#missing.values()]
    return {
      pdf: await bytes,
      pages: this.#pages,
      height: this.#height,
      missingGlyphs,
      slip: this.#slip,
    }
  }

  #document(definition: PaperDefinition): PaperDocument {
    if (!this.#open) {
      const document = new PaperDocument(pdfOptions(definition), this.#book, this.#files)
      this.#open = { document, bytes: collect(document) }
    }
    return this.#open.document
  }

  #note(glyphs: Iterable<MissingGlyph>): void {
    for (const glyph of glyphs) {
      const known = this.#missing.get(glyph.codePoints)
      if (known) known.count += glyph.count
      else this.#missing.set(glyph.codePoints, glyph)
    }
  }

  #attach(document: PaperDocument, definition: PaperDefinition): void {
    const date = new Date(definition.createdAt)
    for (const sha256 of definition.attached ?? []) {
      const file = this.#files.get(sha256)
      if (!file) throw new Error('papers carry only files that came with them')
      const { name, mediaType: type } = file
      document.file(Buffer.from(file.bytes), { name, type, creationDate: date, modifiedDate: date })
    }
  }
}

/** Smaller letters run together through three parts. */
const LEAST_NEEDLE_TYPE = 8

/** How much paper a paper takes. */
export interface PaperSize {
  pages: number
  /** Of its first page, points. */
  height: number
}

/** How much paper a definition takes; nothing is painted, which is most of the work of a paper. */
export function measurePaper(
  compose: () => PaperDefinition,
  book: FontBook,
  files: Files = noFiles,
): PaperSize {
  const first = compose()
  const document = new PaperDocument(pdfOptions(first), book, files)
  const { definition, pages } = layOutWhole(first, compose, document)
  const [page] = pages
  if (!page) return { pages: 0, height: 0 }
  const { height } = page.pageSize
  const isEndless = height === Infinity
  return {
    pages: pages.length,
    height: isEndless ? contentHeight(page, definition.page.margins) : height,
  }
}

function layOutWhole(
  first: PaperDefinition,
  again: () => PaperDefinition,
  document: PaperDocument,
): LaidOutPaper {
  const paper = layOut(first, document) ?? layOut(loosen(again()), document)
  if (!paper) throw new Error('a text of this paper fits on no page')
  return paper
}

interface LaidOutPaper {
  definition: PaperDefinition
  pages: LaidOutPage[]
  measure: PaperTextMeasure
}

/** Lays a definition out on pages; null when text got lost between them. */
function layOut(definition: PaperDefinition, document: PaperDocument): LaidOutPaper | null {
  const { width, height, margins } = definition.page
  const least = definition.page.impact ? LEAST_NEEDLE_TYPE : 0
  const measure = new PaperTextMeasure((bold) => document.fontFor(bold), least)
  const orientation = width > height ? 'landscape' : 'portrait'
  const layout = new PaperLayoutBuilder({ width, height, orientation }, margins, null)
  layout.textMeasure = measure
  layout.registerTableLayouts({ ...pdfmakeTableLayouts, ...definition.tableLayouts })
  const pages = layout.layoutDocument(
    definition.content,
    document,
    definition.styles,
    definition.defaultStyle,
    undefined,
    definition.header,
    definition.footer,
  )
  if (layout.hasLostText(pages)) return null
  return { definition, pages, measure }
}

/** The definition with nothing left that has to stay together. */
function loosen(definition: PaperDefinition): PaperDefinition {
  for (const content of definition.content) loosenContent(content)
  return definition
}

function loosenContent(content: Content): void {
  if (typeof content === 'string') return
  delete content.unbreakable
  for (const part of [...(content.stack ?? []), ...(content.columns ?? [])]) loosenContent(part)
  if (!content.table) return
  delete content.table.dontBreakRows
  delete content.table.keepWithHeaderRows
  for (const cell of content.table.body.flat()) loosenContent(cell)
}

function pdfOptions(definition: PaperDefinition): PdfOptions {
  const { width, height } = definition.page
  return {
    ...OPENING,
    compress: true,
    displayTitle: true,
    info: {
      Title: definition.title,
      Author: definition.author,
      Creator: 'Goodwill Desk',
      Producer: 'Goodwill Desk',
      CreationDate: new Date(definition.createdAt),
    },
    lang: definition.lang,
    size: [width, height],
  }
}

/** A roll is cut where the content ends. */
function contentHeight(page: LaidOutPage, margins: Margins): number {
  let bottom = margins.top
  for (const { item } of page.items) bottom = Math.max(bottom, bottomOf(item))
  return Math.ceil(bottom + margins.bottom)
}

function bottomOf(item: object): number {
  const place = item as { y?: number; y1?: number; y2?: number; h?: number; getHeight?(): number }
  if (place.getHeight) return (place.y ?? 0) + place.getHeight()
  return Math.max((place.y ?? 0) + (place.h ?? 0), place.y1 ?? 0, place.y2 ?? 0)
}

function collect(document: PdfDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    document.on('data', (chunk) => chunks.push(chunk))
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))))
    document.on('error', reject)
  })
}
