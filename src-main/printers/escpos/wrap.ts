/** Text in lines of character cells, broken where the paper itself may break. */
import { findBreaks } from '../../printing/line-breaks.ts'
import { cleanText, printedCharacter } from './characters.ts'
import type { EscposOptions } from './options.ts'

/** How letters look: so many times as wide and as high as plain ones. */
export interface Look {
  bold: boolean
  wide: number
  tall: number
}

/** A stretch of one look. */
export interface Span extends Look {
  text: string
}

interface Cell {
  text: string
  width: number
  look: Look
}

/** Measures and breaks text for printers with these Hanzi. */
export class Wrapper {
  readonly #hanzi: EscposOptions['hanzi']

  constructor(hanzi: EscposOptions['hanzi']) {
    this.#hanzi = hanzi
  }

  /** Cells a line takes. */
  widthOf(spans: readonly Span[]): number {
    return sumWidth(spans.flatMap((span) => this.#cells(span)))
  }

  /** Cells of the longest line the text has by itself, and of its longest word. */
  measure(spans: readonly Span[]): { line: number; word: number } {
    let line = 0
    let word = 0
    let current = 0
    for (const { cells, required } of this.#words(spans)) {
      word = Math.max(word, sumWidth(trimEnd(cells)))
      line = Math.max(line, current + sumWidth(trimEnd(cells)))
      current = required ? 0 : current + sumWidth(cells)
    }
    return { line, word }
  }

  /** Lines of at most `width` cells; a word longer than a line is cut, as on the paper. */
  wrap(spans: readonly Span[], width: number): Span[][] {
    const lines: Cell[][] = [[]]
    let used = 0
    const open = (): void => {
      lines.push([])
      used = 0
    }
    for (const { cells, required } of this.#words(spans)) {
      const needed = sumWidth(trimEnd(cells))
      if (used > 0 && used + needed > width) open()
      for (const cell of cells) {
        const isSpace = cell.text === ' '
        if (isSpace && used + cell.width > width) continue
        if (used > 0 && used + cell.width > width) open()
        lines.at(-1)?.push(cell)
        used += cell.width
      }
      if (required) open()
    }
    keepCompany(lines, width)
    return lines.map((line) => joinCells(trimEnd(line)))
  }

  /** Stretches after which a line may end; a line feed at their end is dropped. */
  #words(spans: readonly Span[]): { cells: Cell[]; required: boolean }[] {
    const cleaned = spans.map((span) => ({ ...span, text: cleanText(span.text) }))
    const whole = cleaned.map(({ text }) => text).join('')
    const cells = cleaned.flatMap((span) => this.#cells(span))
    const words: { cells: Cell[]; required: boolean }[] = []
    let next = 0
    let at = 0
    for (const { position, required } of findBreaks(whole)) {
      const word: Cell[] = []
      for (let cell = cells[next]; cell && at < position; cell = cells[next]) {
        at += cell.text.length
        if (cell.text !== '\n') word.push(cell)
        next++
      }
      words.push({ cells: word, required })
    }
    return words.map(({ cells: word, required }) => ({
      cells: word.map(asPrinted(this.#hanzi)),
      required,
    }))
  }

  #cells({ text, bold, wide, tall }: Span): Cell[] {
    const look = { bold, wide, tall }
    return [...text].map((character) => ({
      text: character,
      width: printedCharacter(character, this.#hanzi).cells * wide,
      look,
    }))
  }
}

/** A lone letter at the end of a text takes the word before it along: a name is not cut for want of one cell. */
function keepCompany(lines: Cell[][], width: number): void {
  const [before, last] = lines.slice(-2)
  if (!before || !last || lines.length < 2 || last.length !== 1) return
  const space = before.findLastIndex(({ text }) => text === ' ')
  const moved = before.slice(space + 1)
  if (space < 0 || sumWidth(moved) * 2 > width || moved.some(({ look }) => look.wide > 1)) return
  before.length = space
  last.unshift(...moved)
}

function asPrinted(hanzi: EscposOptions['hanzi']): (cell: Cell) => Cell {
  return (cell) => ({ ...cell, text: printedCharacter(cell.text, hanzi).text })
}

function sumWidth(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0)
}

function trimEnd(cells: readonly Cell[]): readonly Cell[] {
  let end = cells.length
  while (end > 0 && cells[end - 1]?.text === ' ') end--
  return cells.slice(0, end)
}

function joinCells(cells: readonly Cell[]): Span[] {
  const spans: Span[] = []
  for (const { text, look } of cells) {
    const last = spans.at(-1)
    if (last && sameLook(last, look)) last.text += text
    else spans.push({ ...look, text })
  }
  return spans
}

/** Whether two stretches can be one. */
export function sameLook(one: Look, other: Look): boolean {
  return one.bold === other.bold && one.wide === other.wide && one.tall === other.tall
}
