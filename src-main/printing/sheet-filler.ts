/** Small pages on large sheets, to be printed on both sides and cut. */
import { mm, type PaperPage } from './pages.ts'
import { type PaintedPage, paintSheet } from './painter.ts'
import type { PdfDocument } from './pdfmake-parts.ts'

/** Front and back of one small paper. */
type Leaf = readonly [PaintedPage, PaintedPage | undefined]

/** How far a mark reaches into the margins of what is cut. */
const MARK = mm(3)

/**
 * Collects leaves until a sheet is full. Backs stand mirrored, so that each lies behind its front when the sheet is
 * turned over its long edge. A single leaf stands front beside back, to be folded: one side of one sheet.
 */
export class SheetFiller {
  readonly #sheet: PaperPage
  readonly #columns: number
  readonly #rows: number
  readonly #page: PaperPage
  #leaves: Leaf[] = []
  #filled = 0

  constructor(sheet: PaperPage, page: PaperPage) {
    this.#sheet = sheet
    this.#page = page
    this.#columns = Math.max(1, Math.floor(sheet.width / page.width + 0.01))
    this.#rows = Math.max(1, Math.floor(sheet.height / page.height + 0.01))
  }

  /** @returns how many sides were added to the document */
  add(document: PdfDocument, pages: readonly PaintedPage[]): number {
    let sides = 0
    for (let first = 0; first < pages.length; first += 2) {
      const front = pages[first]
      if (front) this.#leaves.push([front, pages[first + 1]])
      if (this.#leaves.length === this.#columns * this.#rows) sides += this.#paint(document)
    }
    return sides
  }

  /** Paints what is left on a sheet that is not full. */
  flush(document: PdfDocument): number {
    return this.#leaves.length > 0 ? this.#paint(document) : 0
  }

  #paint(document: PdfDocument): number {
    const leaves = this.#leaves
    this.#leaves = []
    const isAlone = this.#filled === 0 && leaves.length === 1 && this.#columns > 1
    this.#filled += leaves.length
    const sides: (readonly (PaintedPage | undefined)[])[] = isAlone
      ? leaves.map(([front, back]) => [front, back])
      : [leaves.map(([front]) => front), this.#mirrored(leaves.map(([, back]) => back))]
    const shown = sides.filter((side) => side.some((each) => each !== undefined))
    for (const side of shown) {
      const placed = side.flatMap((painted, index) =>
        painted ? [{ painted, ...this.#place(index) }] : [],
      )
      paintSheet(document, this.#sheet, placed, this.#cuts())
    }
    return shown.length
  }

  /** Row by row the other way round, gaps where a row is not full. */
  #mirrored(backs: readonly (PaintedPage | undefined)[]): (PaintedPage | undefined)[] {
    return Array.from({ length: this.#columns * this.#rows }, (_, index) => {
      const row = Math.floor(index / this.#columns)
      const column = index % this.#columns
      return backs[row * this.#columns + (this.#columns - 1 - column)]
    })
  }

  #place(index: number): { x: number; y: number } {
    const { left, top } = this.#corner()
    return {
      x: left + (index % this.#columns) * this.#page.width,
      y: top + Math.floor(index / this.#columns) * this.#page.height,
    }
  }

  #corner(): { left: number; top: number } {
    return {
      left: (this.#sheet.width - this.#columns * this.#page.width) / 2,
      top: (this.#sheet.height - this.#rows * this.#page.height) / 2,
    }
  }

  /** Short lines at the edges of the sheet and a cross where cuts meet, all inside the margins of what is cut. */
  #cuts(): [number, number, number, number][] {
    const { width, height } = this.#sheet
    const { left, top } = this.#corner()
    const across = Array.from(
      { length: this.#columns - 1 },
      (_, n) => left + (n + 1) * this.#page.width,
    )
    const down = Array.from({ length: this.#rows - 1 }, (_, n) => top + (n + 1) * this.#page.height)
    return [
      ...across.flatMap((x): [number, number, number, number][] => [
        [x, 0, x, MARK],
        [x, height - MARK, x, height],
      ]),
      ...down.flatMap((y): [number, number, number, number][] => [
        [0, y, MARK, y],
        [width - MARK, y, width, y],
      ]),
      ...across.flatMap((x) =>
        down.flatMap((y): [number, number, number, number][] => [
          [x - MARK, y, x + MARK, y],
          [x, y - MARK, x, y + MARK],
        ]),
      ),
    ]
  }
}
