/**
 * A slip laid out on the character cells of a receipt printer: the same texts, columns, tables, rules and codes in the
 * same order as on its PDF. Pure.
 */
import type { Align, PrintedCode } from '../../printing/content.ts'
import type {
  SlipBlock,
  SlipColumn,
  SlipContent,
  SlipMargin,
  SlipRow,
  SlipRule,
  SlipRun,
  SlipWidth,
} from '../../printing/slip.ts'
import { barcodeSize, qrSize } from './codes.ts'
import { unprintable } from './characters.ts'
import type { EscposOptions } from './options.ts'
import { dotsPerPoint, letterDots, measureRoll, type SlipMargins } from './roll.ts'
import { type Span, Wrapper } from './wrap.ts'

/** One thing the printer does after another. */
export type SlipLine =
  | { kind: 'text'; spans: Span[] }
  | { kind: 'feed'; dots: number }
  /** `number` counts the codes, and the pictures, as the slip's drawing does. */
  | { kind: 'code'; code: PrintedCode; module: number; height: number; number: number }
  | { kind: 'picture'; number: number }

/** The slip cannot be set in the printer's letters; it is to go as dots. */
export class NeedsDots extends Error {
  override readonly name = 'NeedsDots'
}

/** Dots of white between two lines of text. */
export const lineGap = 6

/** Larger than plain text by so much: twice and three times as high. */
const TALL = 1.3
const LARGE = 1.6
const HUGE = 3

/** White of less than this many points is what lies between any two lines. */
const LEAST_GAP = 1.2

/** A pair of box letters that make an unbroken line; each is as wide as two Latin letters. */
const RULES = { thin: '─', thick: '━' } as const

/**
 * Lays a slip out.
 *
 * @throws NeedsDots where it has a character, a drawing or a code that the printer does not have
 */
export function layOutSlip(
  slip: SlipContent,
  options: EscposOptions,
  margins: SlipMargins,
): SlipLine[] {
  return new SlipLayout(slip, options, margins).lay()
}

/** What stands in each column of rows that are laid out alike. */
type Contents = readonly (readonly (readonly SlipBlock[])[])[]

/** What stands below each other in a column. */
type Piece =
  | { kind: 'line'; spans: Span[]; isRule?: true }
  | { kind: 'gap'; points: number }
  | { kind: 'code'; code: PrintedCode; width: number; height: number }
  | { kind: 'picture' }

class SlipLayout {
  readonly #slip: SlipContent
  readonly #wrapper: Wrapper
  readonly #dots: number
  readonly #columns: number
  readonly #hanzi: EscposOptions['hanzi']
  /** Cells to the point. */
  readonly #scale: number

  constructor(slip: SlipContent, options: EscposOptions, margins: SlipMargins) {
    const { dots, columns } = measureRoll(slip.width, options, margins)
    this.#slip = slip
    this.#dots = dots
    this.#columns = columns
    this.#scale = columns / slip.width
    this.#hanzi = options.hanzi
    this.#wrapper = new Wrapper(options.hanzi)
  }

  lay(): SlipLine[] {
    const lines: SlipLine[] = []
    let white = 0
    let codes = 0
    let pictures = 0
    for (const piece of this.#stack(this.#slip.blocks, this.#columns)) {
      if (piece.kind === 'gap') {
        white += piece.points
        continue
      }
      if (white >= LEAST_GAP && lines.length > 0) {
        lines.push({ kind: 'feed', dots: Math.round(white * dotsPerPoint) })
      }
      white = 0
      if (piece.kind === 'line') lines.push({ kind: 'text', spans: piece.spans })
      else if (piece.kind === 'picture') lines.push({ kind: 'picture', number: pictures++ })
      else lines.push({ ...this.#sizeCode(piece), number: codes++ })
    }
    return lines
  }

  #sizeCode({ code, width, height }: Piece & { kind: 'code' }) {
    const module =
      code.kind === 'qr'
        ? qrSize(code.modules, width * dotsPerPoint, this.#dots)
        : barcodeSize(code.text, this.#dots)
    if (module === null) throw new NeedsDots(`a code is too wide: ${code.text}`)
    return { kind: 'code' as const, code, module, height: Math.round(height * dotsPerPoint) }
  }

  #stack(blocks: readonly SlipBlock[], width: number, force?: Align): Piece[] {
    return groupLikeColumns(blocks).flatMap((group) => {
      const contents = contentsOf(group)
      return group.flatMap((block) => this.#block(block, width, force, contents))
    })
  }

  #block(block: SlipBlock, width: number, force: Align | undefined, contents: Contents): Piece[] {
    const [left, top, right, bottom] = block.margin ?? ([0, 0, 0, 0] satisfies SlipMargin)
    const [indent, outdent] = [this.#cellsOf(left), this.#cellsOf(right)]
    const inner = Math.max(width - indent - outdent, 1)
    const pieces = this.#inside(block, inner, force, contents)
    const moved = indent > 0 ? pieces.map((piece) => indentPiece(piece, indent)) : pieces
    return [{ kind: 'gap', points: top }, ...moved, { kind: 'gap', points: bottom }]
  }

  #cellsOf(points: number): number {
    return Math.round(points * this.#scale)
  }

  #inside(block: SlipBlock, width: number, force: Align | undefined, contents: Contents): Piece[] {
    switch (block.kind) {
      case 'text':
        return this.#text(block.runs, width, force ?? block.align)
      case 'stack':
        return this.#stack(block.blocks, width, force)
      case 'columns':
        return this.#beside(block.columns, block.gap, width, contents)
      case 'table':
        return this.#table(block, width, force)
      case 'space':
        return [{ kind: 'gap', points: block.height }]
      case 'code':
        return [{ kind: 'code', code: block.code, width: block.width, height: block.height }]
      case 'picture':
        return [{ kind: 'picture' }]
      case 'drawing':
        throw new NeedsDots('a drawing')
    }
  }

  #text(runs: readonly SlipRun[], width: number, align: Align): Piece[] {
    const missing = runs.flatMap(({ text }) => unprintable(text, this.#hanzi))
    if (missing.length > 0) throw new NeedsDots(`the printer has no ${missing.join(' ')}`)
    const lines = this.#wrapper.wrap(this.#styled(runs, width), width)
    return lines.map((spans) => ({ kind: 'line', spans: this.#aligned(spans, width, align) }))
  }

  /** Runs with their size in letters; what is large and does not fit on one line is only high. */
  #styled(runs: readonly SlipRun[], width: number): Span[] {
    const large = runs.map((run) => spanOf(run, run.size / this.#slip.size))
    if (large.every(({ wide }) => wide === 1)) return large
    if (this.#wrapper.measure(large).line <= width) return large
    const smaller = large.map((span) => (span.wide > 2 ? { ...span, wide: 2, tall: 2 } : span))
    if (this.#wrapper.measure(smaller).line <= width) return smaller
    return large.map((span) => ({ ...span, wide: 1, tall: Math.min(span.tall, 2) }))
  }

  #aligned(spans: Span[], width: number, align: Align): Span[] {
    if (align === 'left' || spans.length === 0) return spans
    const free = Math.max(width - this.#wrapper.widthOf(spans), 0)
    return indented(spans, align === 'right' ? free : Math.floor(free / 2))
  }

  #beside(columns: readonly SlipColumn[], gap: number, width: number, contents: Contents): Piece[] {
    const filled = columns.filter(({ blocks }) => blocks.length > 0)
    const [only] = filled
    if (only && filled.length === 1 && columns.length > 1) {
      const at = columns.indexOf(only)
      const align = alignBetween(columns.slice(0, at), columns.slice(at + 1))
      if (align) return this.#stack(only.blocks, width, align)
    }
    const widths = this.#shareWidths(
      columns.map((column) => column.width),
      contents,
      this.#cellsOf(gap),
      width,
    )
    return this.#sideBySide(
      columns.map(({ blocks }) => blocks),
      widths,
      this.#cellsOf(gap),
      width,
    )
  }

  /**
   * Columns beside each other, line by line. A code takes lines of its own: where one of them has a code, they stand
   * below each other.
   */
  #sideBySide(
    columns: readonly (readonly SlipBlock[])[],
    widths: readonly number[],
    gap: number,
    width: number,
  ): Piece[] {
    if (columns.length > 1 && columns.some((blocks) => blocks.some(hasCode))) {
      return columns.flatMap((blocks) =>
        this.#stack(blocks, width, blocks.some(hasCode) ? 'center' : undefined),
      )
    }
    const loose = columns.map((blocks, index) => {
      const isLast = index === columns.length - 1
      const own = widths[index] ?? 1
      // A cell of white, so that two columns do not read as one word.
      const inner = isLast || gap > 0 ? own : Math.max(own - 1, 1)
      return this.#evenLines(this.#stack(blocks, inner))
    })
    if (columns.length === 1) return loose[0] ?? []
    const laid = levelRules(loose)
    const height = Math.max(...laid.map((pieces) => pieces.length))
    return Array.from({ length: height }, (_, row): Piece => {
      const spans: Span[] = []
      let used = 0
      let start = 0
      laid.forEach((pieces, index) => {
        const piece = pieces[row]
        if (piece?.kind === 'line' && piece.spans.length > 0) {
          if (start > used) spans.push(blank(start - used))
          spans.push(...piece.spans)
          used = start + this.#wrapper.widthOf(piece.spans)
        }
        start += (widths[index] ?? 0) + gap
      })
      return { kind: 'line', spans }
    })
  }

  /** White in whole lines: beside another column nothing smaller can be fed. */
  #evenLines(pieces: readonly Piece[]): Piece[] {
    const lineHeight = (letterDots.height + lineGap) / dotsPerPoint
    const lines: Piece[] = []
    let white = 0
    for (const piece of pieces) {
      if (piece.kind === 'gap') {
        white += piece.points
        continue
      }
      for (let blanks = Math.round(white / lineHeight); blanks > 0; blanks--) {
        if (lines.length > 0) lines.push({ kind: 'line', spans: [] })
      }
      white = 0
      lines.push(piece)
    }
    return lines
  }

  /** Cells of each column: as wide as on the paper, wider where a word would be cut, the rest shared. */
  #shareWidths(
    widths: readonly SlipWidth[],
    contents: Contents,
    gap: number,
    total: number,
  ): number[] {
    const room = total - gap * (widths.length - 1)
    const needs = contents.map((cells) =>
      cells.reduce((most, blocks) => larger(most, this.#measure(blocks)), { line: 0, word: 0 }),
    )
    const spare = (index: number): number => (index < widths.length - 1 && gap === 0 ? 1 : 0)
    const cells = widths.map((width, index) => {
      const { line = 0, word = 0 } = needs[index] ?? {}
      if (width === '*') return 0
      if (width === 'auto') return line + spare(index)
      return Math.max(this.#cellsOf(width), Math.min(word + spare(index), Math.floor(room / 2)))
    })
    this.#widenLabels(widths, cells, needs, contents, room)
    const stars = widths.flatMap((width, index) => (width === '*' ? [index] : []))
    const left = room - cells.reduce((sum, each) => sum + each, 0)
    if (stars.length === 0) return fit(cells, room)
    // A line to write on is to be one.
    const least = Math.max(stars.length * 6, Math.floor(room / 3))
    const share = Math.max(left, least)
    stars.forEach((index, place) => {
      const upTo = (count: number): number => Math.floor((share * count) / stars.length)
      cells[index] = upTo(place + 1) - upTo(place)
    })
    return fit(cells, room)
  }

  /** A column of labels is wider than on the paper where that saves lines. */
  #widenLabels(
    widths: readonly SlipWidth[],
    cells: number[],
    needs: readonly { line: number }[],
    contents: Contents,
    room: number,
  ): void {
    const [label, value] = widths
    const [has = 0] = cells
    if (widths.length !== 2 || typeof label !== 'number' || value !== '*') return
    const most = Math.min((needs[0]?.line ?? 0) + 1, Math.floor(room / 2))
    let fewest = this.#countRows(contents, has, room)
    for (let wide = has + 1; wide <= most; wide++) {
      const lines = this.#countRows(contents, wide, room)
      if (lines < fewest) cells[0] = wide
      fewest = Math.min(lines, fewest)
    }
  }

  /** Lines that labels and values beside each other take, with labels so wide. */
  #countRows([labels = [], values = []]: Contents, wide: number, room: number): number {
    return labels.reduce((sum, label, index) => {
      const left = this.#countLines(label, wide - 1)
      const right = this.#countLines(values[index] ?? [], room - wide)
      return sum + Math.max(left, right)
    }, 0)
  }

  #countLines(blocks: readonly SlipBlock[], width: number): number {
    return blocks.reduce((sum, block) => {
      if (block.kind !== 'text') return sum + 1
      return sum + this.#wrapper.wrap(this.#styled(block.runs, width), width).length
    }, 0)
  }

  #measure(blocks: readonly SlipBlock[]): { line: number; word: number } {
    return blocks.map((block) => this.#measureBlock(block)).reduce(larger, { line: 0, word: 0 })
  }

  #measureBlock(block: SlipBlock): { line: number; word: number } {
    if (block.kind === 'text') return this.#wrapper.measure(this.#styled(block.runs, this.#columns))
    if (block.kind === 'stack') return this.#measure(block.blocks)
    if (block.kind === 'columns') {
      const inner = block.columns.map(({ blocks }) => this.#measure(blocks))
      const line = inner.reduce((sum, each) => sum + each.line + 1, -1)
      return { line, word: Math.max(...inner.map(({ word }) => word)) }
    }
    return { line: 0, word: 0 }
  }

  #table(
    { widths, rows, rules, padded }: SlipBlock & { kind: 'table' },
    width: number,
    force?: Align,
  ): Piece[] {
    const lone = widths.length === 1
    const cells = lone
      ? [width]
      : this.#shareWidths(
          widths,
          widths.map((_, column) => rows.flatMap((row) => cellAt(row, column))),
          0,
          width,
        )
    const pieces: Piece[] = []
    rows.forEach((row, index) => {
      pieces.push(...this.#rule(rules[index], width))
      const inner = this.#row(row, cells, width, force)
      const short = row.height - inner.length * ((letterDots.height + lineGap) / dotsPerPoint)
      pieces.push(...inner, { kind: 'gap', points: Math.max(short, 0) })
      if (padded && inner.length === 0) pieces.push({ kind: 'gap', points: 10 })
    })
    return [...pieces, ...this.#rule(rules[rows.length], width)]
  }

  #row(row: SlipRow, widths: readonly number[], width: number, force?: Align): Piece[] {
    const [only] = row.cells
    if (only && row.cells.length === 1) return this.#stack(only.blocks, width, force)
    let column = 0
    const spans = row.cells.map(({ span }) => {
      const own = widths.slice(column, column + span).reduce((sum, each) => sum + each, 0)
      column += span
      return own
    })
    return this.#sideBySide(
      row.cells.map(({ blocks }) => blocks),
      spans,
      0,
      width,
    )
  }

  #rule(rule: SlipRule | undefined, width: number): Piece[] {
    if (rule === undefined || rule === 'none') return []
    const text = RULES[rule].repeat(Math.floor(width / 2))
    return [{ kind: 'line', spans: [{ text, bold: false, wide: 1, tall: 1 }], isRule: true }]
  }
}

/** Rows of columns that follow each other with the same widths are laid out as one table would be. */
function groupLikeColumns(blocks: readonly SlipBlock[]): SlipBlock[][] {
  const groups: SlipBlock[][] = []
  let before: string | null = null
  for (const block of blocks) {
    const widths = block.kind === 'columns' ? fixedWidths(block.columns) : null
    if (widths !== null && widths === before) groups.at(-1)?.push(block)
    else groups.push([block])
    before = widths
  }
  return groups
}

/** Widths that are the same whatever stands in the columns; null where one goes by its content. */
function fixedWidths(columns: readonly SlipColumn[]): string | null {
  const widths = columns.map(({ width }) => width)
  return widths.includes('auto') ? null : widths.join(' ')
}

function contentsOf(group: readonly SlipBlock[]): Contents {
  const rows = group.flatMap((block) => (block.kind === 'columns' ? [block.columns] : []))
  return (rows[0] ?? []).map((_, index) => rows.map((columns) => columns[index]?.blocks ?? []))
}

function spanOf({ text, bold }: SlipRun, ratio: number): Span {
  if (ratio >= HUGE) return { text, bold, wide: 3, tall: 3 }
  if (ratio >= LARGE) return { text, bold, wide: 2, tall: 2 }
  return { text, bold, wide: 1, tall: ratio >= TALL ? 2 : 1 }
}

function larger(
  one: { line: number; word: number },
  other: { line: number; word: number },
): { line: number; word: number } {
  return { line: Math.max(one.line, other.line), word: Math.max(one.word, other.word) }
}

/** Takes from the widest what all together have too much, and gives it what they have too little. */
function fit(cells: number[], room: number): number[] {
  for (let over = cells.reduce((sum, each) => sum + each, 0) - room; over !== 0;) {
    const widest = cells.indexOf(Math.max(...cells))
    const step = over > 0 ? Math.min(1, (cells[widest] ?? 1) - 1) : over
    if (step === 0) break
    cells[widest] = (cells[widest] ?? 0) - step
    over -= step
  }
  return cells
}

function cellAt({ cells }: SlipRow, column: number): (readonly SlipBlock[])[] {
  let at = 0
  for (const { span, blocks } of cells) {
    // What spans several columns says nothing about one of them.
    if (at === column && span === 1) return [blocks]
    at += span
  }
  return []
}

/** Where a block stands that has only white beside it; null where the white has a width of its own. */
function alignBetween(before: readonly SlipColumn[], after: readonly SlipColumn[]): Align | null {
  if ([...before, ...after].some(({ width }) => width !== '*')) return null
  if (before.length === 0) return 'left'
  return after.length === 0 ? 'right' : 'center'
}

/** Whether something of it takes lines of its own. */
function hasCode(block: SlipBlock): boolean {
  switch (block.kind) {
    case 'code':
    case 'picture':
    case 'drawing':
      return true
    case 'stack':
      return block.blocks.some(hasCode)
    case 'columns':
      return block.columns.some(({ blocks }) => blocks.some(hasCode))
    case 'table':
      return block.rows.some(({ cells }) => cells.some(({ blocks }) => blocks.some(hasCode)))
    case 'text':
    case 'space':
      return false
  }
}

function blank(cells: number): Span {
  return { text: ' '.repeat(cells), bold: false, wide: 1, tall: 1 }
}

function indented(spans: Span[], cells: number): Span[] {
  return cells > 0 && spans.length > 0 ? [blank(cells), ...spans] : spans
}

/** Lines to sign on stand level, however many lines their labels take. */
function levelRules(columns: Piece[][]): Piece[][] {
  const places = columns.map((pieces) =>
    pieces.findIndex((piece) => piece.kind === 'line' && piece.isRule),
  )
  if (places.some((place) => place < 0)) return columns
  const lowest = Math.max(...places)
  return columns.map((pieces, index) => {
    const place = places[index] ?? 0
    const blanks = Array.from({ length: lowest - place }, (): Piece => ({
      kind: 'line',
      spans: [],
    }))
    return [...pieces.slice(0, place), ...blanks, ...pieces.slice(place)]
  })
}

function indentPiece(piece: Piece, cells: number): Piece {
  return piece.kind === 'line' ? { ...piece, spans: indented(piece.spans, cells) } : piece
}
