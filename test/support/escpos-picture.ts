/** A decoded slip as the paper that comes out of the printer: black dots, 8 to the millimetre. */
import { code128Cells, qrCells } from '../../src-main/printing/barcode.ts'
import { FontBook } from '../../src-main/printing/font-book.ts'
import { PdfmakeDocument } from '../../src-main/printing/pdfmake-parts.ts'
import { packOutline } from '../../src-main/printing/draw-slip.ts'
import { OUTLINE_UNITS } from '../../src-main/printing/slip-drawing.ts'
import { fillOutline } from '../../src-main/printers/escpos/glyphs.ts'
import type { PrintedLetter, PrintedPart, PrintedSlip } from './escpos-decoder.ts'
import { makePng } from './pictures.ts'

const fonts = new FontBook()
/** White at the edges, as on the roll. */
const EDGE = 32

/** Letters of which a line is put together, with its thickness: in a printer they touch. */
const RULES: ReadonlyMap<string, number> = new Map([
  ['─', 1],
  ['━', 3],
])

/** The slip as a PNG, `width` dots of it printed. */
export function pictureOf(slip: PrintedSlip, width: number): Uint8Array {
  const paper = new Paper(width)
  for (const part of slip.parts) paper.print(part)
  const { ink } = paper
  const [wide, high] = [width + 2 * EDGE, paper.height + 2 * EDGE]
  const isInk = (x: number, y: number): boolean => ink.has((y - EDGE) * width + x - EDGE)
  const inside = (x: number): boolean => x >= EDGE && x < width + EDGE
  return makePng({
    width: wide,
    height: high,
    isInk: (x, y) => inside(x) && isInk(x, y),
    ground: [255, 255, 255, 255],
  })
}

class Paper {
  readonly ink = new Set<number>()
  height = 0
  readonly #width: number

  constructor(width: number) {
    this.#width = width
  }

  print(part: PrintedPart): void {
    switch (part.kind) {
      case 'line':
        this.#line(part.letters)
        this.height += part.pitch
        return
      case 'feed':
        this.height += part.dots
        return
      case 'code128': {
        const { cells, width } = code128Cells(part.text, part.module, part.height)
        this.#cells(cells, width, part.height)
        return
      }
      case 'qr': {
        const { code } = qrCells(part.text, 100)
        const side = (code?.modules ?? 0) * part.module
        this.#cells(qrCells(part.text, side).cells, side, side)
        return
      }
      case 'dots':
        for (let y = 0; y < part.height; y++) {
          for (let x = 0; x < part.width; x++) {
            const byte = part.rows[(y * part.width + x) >> 3] ?? 0
            if (byte & (0x80 >> (x & 7))) this.#dot(x, this.height + y)
          }
        }
        this.height += part.height
    }
  }

  #dot(x: number, y: number): void {
    if (x >= 0 && x < this.#width) this.ink.add(y * this.#width + x)
  }

  #cells(
    cells: readonly (readonly [number, number, number, number])[],
    width: number,
    height: number,
  ): void {
    const left = Math.floor((this.#width - width) / 2)
    for (const [x, y, w, h] of cells.map((cell) => cell.map(Math.round))) {
      for (let down = 0; down < (h ?? 0); down++) {
        for (let along = 0; along < (w ?? 0); along++) {
          this.#dot(left + (x ?? 0) + along, this.height + (y ?? 0) + down)
        }
      }
    }
    this.height += height
  }

  #line(letters: readonly PrintedLetter[]): void {
    const tall = Math.max(1, ...letters.map((letter) => letter.tall))
    let x = 0
    for (const letter of letters) {
      this.#letter(letter, x, this.height + 24 * tall)
      x += letter.cells * 12
    }
  }

  /** A letter in its cell, standing on the foot of the line. */
  #letter({ text, cells, bold, wide, tall }: PrintedLetter, left: number, foot: number): void {
    const rule = RULES.get(text)
    if (rule) {
      for (let dot = 0; dot < 24 * rule; dot++) {
        this.#dot(left + (dot % 24), foot - 12 + Math.floor(dot / 24))
      }
      return
    }
    const code = text.codePointAt(0) ?? 0
    const face = fonts.face(bold ? 'bold' : 'regular', openScratch)
    const outline = packOutline(face.outlineOf(code), face.unitsPerEm)
    if (outline === '') return
    const isHanzi = cells / wide === 2
    const own = face.widthOf(code) * 23
    const cell = (isHanzi ? 24 : 12) * wide
    const across = Math.min(1, (cell / wide - 0.5) / Math.max(own, 1)) * wide
    const unit = 23 / OUTLINE_UNITS
    const glyph = fillOutline(outline, (a, b) => [a * unit * across, -b * unit * tall])
    const shift = Math.round((cell - own * across) / 2)
    const baseline = foot - Math.round(4 * tall)
    glyph.ink.forEach((isSet, at) => {
      if (!isSet) return
      const x = left + shift + glyph.left + (at % glyph.width)
      this.#dot(x, baseline + glyph.top + Math.floor(at / glyph.width))
    })
  }
}

function openScratch() {
  const options = {
    autoFirstPage: false,
    compress: false,
    displayTitle: false,
    font: null,
  } as const
  const rest = { info: {}, lang: '', pdfVersion: '1.7', size: [1, 1] as [number, number] }
  return new PdfmakeDocument({}, {}, {}, {}, { ...options, ...rest }, null, () => false)
}
