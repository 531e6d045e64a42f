/**
 * The two faces every paper is set in, parsed once per process.
 *
 * Opening a font costs 20–60 ms (the file is 10 MB, and the first lookup decodes its tables), several
 * times the cost of a whole card. pdfkit opens it again for each document; here the parsed font is kept
 * and each document only adds a subset of its own, so embedding stays per document.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type {
  EmbeddedFont,
  EmbeddedFontClass,
  InlineFont,
  OutlineCommand,
  ParsedFont,
  PdfDocument,
} from './pdfmake-parts.ts'

export type FaceName = 'regular' | 'bold'

const FILES: Record<FaceName, string> = {
  regular: '400Regular/NotoSansSC_400Regular.ttf',
  bold: '700Bold/NotoSansSC_700Bold.ttf',
}

/** Stands for a character the fonts do not have. */
export const MISSING_MARK = '□'

/** Folder of the bundled Noto Sans SC package, wherever the application is installed. */
export function bundledFontsDir(): string {
  const require = createRequire(import.meta.url)
  return path.dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'))
}

/** Opens both faces lazily. Throws when a file is missing: without a font no paper can be right. */
export class FontBook {
  readonly #dir: string
  readonly #faces = new Map<FaceName, Face>()

  constructor(dir: string = bundledFontsDir()) {
    this.#dir = dir
  }

  /** The face, opened with `scratch` (any document) when this is its first use. */
  face(name: FaceName, scratch: () => PdfDocument): Face {
    let face = this.#faces.get(name)
    if (!face) {
      face = openFace(readFileSync(path.join(this.#dir, FILES[name])), scratch())
      this.#faces.set(name, face)
    }
    return face
  }
}

function openFace(file: Uint8Array, scratch: PdfDocument): Face {
  const embedded = scratch.font(file)._font
  if (!embedded) throw new Error('font file not accepted')
  // pdfkit exports neither its fontkit nor its font class; both come with an opened font.
  return new Face(embedded.font, embedded.constructor as EmbeddedFontClass)
}

const NO_GLYPH = 0
const UNKNOWN = 0xffff

/** One parsed font file: which characters it has, and how wide they are. */
export class Face {
  readonly #font: ParsedFont
  readonly #embed: EmbeddedFontClass
  readonly #scale: number
  readonly #glyphs = new Uint16Array(0x10000).fill(UNKNOWN)
  readonly #widths = new Float32Array(0x10000)
  readonly #rare = new Map<number, { id: number; width: number }>()

  constructor(font: ParsedFont, embed: EmbeddedFontClass) {
    this.#font = font
    this.#embed = embed
    this.#scale = 1 / font.unitsPerEm
  }

  has(codePoint: number): boolean {
    return this.glyphOf(codePoint) !== NO_GLYPH
  }

  /** Glyph number of a character; 0 (.notdef) when the face lacks it. */
  glyphOf(codePoint: number): number {
    if (codePoint > 0xffff) return this.#rareGlyph(codePoint).id
    const known = this.#glyphs[codePoint]
    return known === undefined || known === UNKNOWN ? this.#look(codePoint) : known
  }

  /** Width of a character in em. */
  widthOf(codePoint: number): number {
    if (codePoint > 0xffff) return this.#rareGlyph(codePoint).width
    if (this.#glyphs[codePoint] === UNKNOWN) this.#look(codePoint)
    return this.#widths[codePoint] ?? 0
  }

  get unitsPerEm(): number {
    return this.#font.unitsPerEm
  }

  /** The outline of a character's glyph. */
  outlineOf(codePoint: number): readonly OutlineCommand[] {
    return this.#font.glyphForCodePoint(codePoint).path.commands
  }

  /** A subset of this face inside `document`; `id` names it there. */
  embedIn(document: PdfDocument, id: string): DocumentFont {
    return new DocumentFont(this, new this.#embed(document, this.#font, id), document)
  }

  #look(codePoint: number): number {
    const { id, width } = this.#read(codePoint)
    this.#widths[codePoint] = width
    this.#glyphs[codePoint] = id
    return id
  }

  #rareGlyph(codePoint: number): { id: number; width: number } {
    let glyph = this.#rare.get(codePoint)
    if (!glyph) {
      glyph = this.#read(codePoint)
      this.#rare.set(codePoint, glyph)
    }
    return glyph
  }

  #read(codePoint: number): { id: number; width: number } {
    if (!this.#font.hasGlyphForCodePoint(codePoint)) return { id: NO_GLYPH, width: 0 }
    const glyph = this.#font.glyphForCodePoint(codePoint)
    return { id: glyph.id, width: glyph.advanceWidth * this.#scale }
  }
}

/**
 * A face as one document uses it. Characters map to glyphs one by one: papers are set in Hanzi, Latin
 * and digits, where that is exact (digits are equally wide, so columns of amounts stand in line) and
 * many times cheaper than shaping.
 */
export class DocumentFont implements InlineFont {
  readonly face: Face
  /** Read by pdfmake's line box only; the painter places baselines itself. */
  readonly ascender = 880
  readonly #embedded: EmbeddedFont
  readonly #document: PdfDocument
  readonly #codes = new Map<number, string>()

  constructor(face: Face, embedded: EmbeddedFont, document: PdfDocument) {
    this.face = face
    this.#embedded = embedded
    this.#document = document
  }

  widthOf(text: string, size: number): number {
    let width = 0
    for (let index = 0; index < text.length; index++) {
      const codePoint = text.codePointAt(index) ?? 0
      if (codePoint > 0xffff) index++
      width += this.face.widthOf(codePoint)
    }
    return width * size
  }

  /** Name of the font on the current page, registering it there. */
  resourceName(): string {
    const { id } = this.#embedded
    this.#document._fontFamilies[id] = this.#embedded
    this.#document.page.fonts[id] ??= this.#embedded.ref()
    return id
  }

  /** Glyph codes of a text inside this document's subset, as hexadecimal digits. */
  encode(text: string): string {
    let codes = ''
    for (const character of text) codes += this.#codeOf(character.codePointAt(0) ?? 0)
    return codes
  }

  #codeOf(codePoint: number): string {
    const known = this.#codes.get(codePoint)
    if (known) return known
    const { subset, unicode, widths } = this.#embedded
    const glyph = subset.includeGlyph(this.face.glyphOf(codePoint))
    widths[glyph] = this.face.widthOf(codePoint) * 1000
    // Two characters may share a glyph (Kangxi radicals do); the first one used is the one copied out.
    unicode[glyph] ??= [codePoint]
    const code = glyph.toString(16).padStart(4, '0')
    this.#codes.set(codePoint, code)
    return code
  }
}
