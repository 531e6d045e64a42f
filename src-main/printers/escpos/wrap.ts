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

/** A stretch after which a line may end, or, where it is required, ends. */
interface Word {
  cells: Cell[]
  required: boolean
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
      const parts = needed > width ? cutWord(cells, width) : [cells]
      parts.forEach((part, index) => {
        if (index > 0) open()
        lines.at(-1)?.push(...part)
        used += sumWidth(part)
      })
      if (required) open()
    }
    keepCompany(lines, width)
    return lines.map((line) => joinCells(trimEnd(line)))
  }

  /** Stretches after which a line may end; a line feed at their end is dropped. */
  #words(spans: readonly Span[]): Word[] {
    const cleaned = spans.map((span) => ({ ...span, text: cleanText(span.text) }))
    const whole = cleaned.map(({ text }) => text).join('')
    const cells = cleaned.flatMap((span) => this.#cells(span))
    const words: Word[] = []
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
    return joinNumbers(words).map(({ cells: word, required }) => ({
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

/** Longest number that stays in one piece; what is longer is a list. */
const LONGEST_NUMBER = 24

/**
 * Words as a clerk reads them: a date with its time, a telephone number and a document's number stay together, and a
 * wide bracket may begin a line.
 */
function joinNumbers(words: readonly Word[]): Word[] {
  const joined: Word[] = []
  for (const word of words.flatMap(splitAtBracket)) {
    const last = joined.at(-1)
    const goesOn = last && isNumberSoFar(textOf(last)) && /^[\dA-Z]/.test(textOf(word))
    if (goesOn && sumWidth(last.cells) + sumWidth(trimEnd(word.cells)) <= LONGEST_NUMBER) {
      last.cells.push(...word.cells)
      last.required = word.required
    } else joined.push({ ...word, cells: [...word.cells] })
  }
  return joined
}

function isNumberSoFar(text: string): boolean {
  return /^[\dA-Z:-]+\d[ -]$/.test(text)
}

function splitAtBracket({ cells, required }: Word): Word[] {
  const at = cells.findIndex(({ text }, index) => index > 0 && text === '（')
  if (at < 0) return [{ cells, required }]
  const rest = { cells: cells.slice(at), required }
  return [{ cells: cells.slice(0, at), required: false }, ...splitAtBracket(rest)]
}

function textOf({ cells }: Word): string {
  return cells.map(({ text }) => text).join('')
}

/** What is longer than a line in parts, cut behind a hyphen where there is one. */
function cutWord(cells: readonly Cell[], width: number): (readonly Cell[])[] {
  const parts: (readonly Cell[])[] = []
  let rest = cells
  while (sumWidth(trimEnd(rest)) > width && rest.length > 1) {
    const cut = findCut(rest, width)
    parts.push(rest.slice(0, cut))
    rest = rest.slice(cut)
  }
  return [...parts, trimEnd(rest)]
}

const OPENING = /[（(【《「“‘]/
const CLOSING = /[）)】》」”’，。；：、,.;:!?！？]/
const BEHIND = /[-/·_+&=]/

function findCut(cells: readonly Cell[], width: number): number {
  let most = 0
  for (let used = 0; most < cells.length; most++) {
    used += cells[most]?.width ?? 0
    if (used > width) break
  }
  const at = (index: number): string => cells[index]?.text ?? ''
  const good = (cut: number): boolean => BEHIND.test(at(cut - 1)) && !CLOSING.test(at(cut))
  const fair = (cut: number): boolean => !CLOSING.test(at(cut)) && !OPENING.test(at(cut - 1))
  for (let cut = most; cut > most / 2; cut--) if (good(cut)) return cut
  for (let cut = most; cut > most / 2; cut--) if (fair(cut)) return cut
  return Math.max(most, 1)
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
