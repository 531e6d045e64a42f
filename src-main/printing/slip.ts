/**
 * What a paper on a roll says, as plain data: for receipt printers, which set text in a font of their own. Made beside
 * the PDF from the same definition, and kept with a print job as JSON.
 *
 * Lengths are points of the paper the PDF has; how many letters of a printer's font that is, the printer knows.
 */
import type { Align, Block, Content, PrintedCode, Shape, TableLayout } from './content.ts'
import type { PaperDefinition } from './compose.ts'
import type { PaperPage } from './pages.ts'

export interface SlipContent {
  version: 1
  /** Width of the roll between its margins. */
  width: number
  /** Size of plain text. */
  size: number
  blocks: SlipBlock[]
  /** The same slip as it is drawn in the PDF: what `readDrawing` reads. For printers without Hanzi. */
  drawing: string
}

/** A piece of the slip; pieces stand below each other. */
export type SlipBlock = { margin?: SlipMargin } & (
  | { kind: 'text'; runs: SlipRun[]; align: Align; noWrap: boolean }
  | { kind: 'stack'; blocks: SlipBlock[] }
  | { kind: 'columns'; columns: SlipColumn[]; gap: number }
  | { kind: 'table'; widths: SlipWidth[]; rows: SlipRow[]; rules: SlipRule[]; padded: boolean }
  | { kind: 'code'; code: PrintedCode; width: number; height: number; align: Align }
  /** Nothing but white, as high as given. */
  | { kind: 'space'; height: number }
  /** A picture of its own, the next one of the drawing's. */
  | { kind: 'picture' }
  /** Only dots can show it. */
  | { kind: 'drawing'; width: number; height: number; align: Align }
)

/** White around a piece: left, top, right, bottom. */
export type SlipMargin = [number, number, number, number]

/** A stretch of text of one look. */
export interface SlipRun {
  text: string
  bold: boolean
  size: number
}

/** Width of a column: points, as much as it needs, or a share of what is left. */
export type SlipWidth = number | 'auto' | '*'

export interface SlipColumn {
  width: SlipWidth
  blocks: SlipBlock[]
}

/** The line above a row, and below the last one. */
export type SlipRule = 'none' | 'thin' | 'thick'

export interface SlipRow {
  /** Least height. */
  height: number
  cells: { span: number; blocks: SlipBlock[] }[]
}

/** How a text looks where nothing else is said of it. */
interface Look {
  size: number
  bold: boolean
  align: Align
  noWrap: boolean
}

const LINE_HEIGHT = 1.34

/** A line this thick, in points, is a thick one. */
const THICK = 0.9

/** Whether a page is one of a roll: as long as its content, or said to be one. */
export function isRoll({ height, reach }: PaperPage): boolean {
  return height === Infinity || reach !== undefined
}

/**
 * Reads what a paper on a roll says.
 *
 * @param drawing the slip as dots, see `SlipContent.drawing`
 */
export function readSlip(definition: PaperDefinition, drawing: string): SlipContent {
  const { page, mark, content } = definition
  const plain = readPlain(definition)
  const reader = new SlipReader(definition)
  // The mark lies across the drawn slip, below its text: set as text, it comes before it.
  const marked: Block[] = mark
    ? [{ text: mark.text, bold: true, fontSize: plain * 2, alignment: 'center' }]
    : []
  return {
    version: 1,
    width:
      page.width -
      (page.reach === undefined ? page.margins.left + page.margins.right : 2 * page.reach),
    size: plain,
    blocks: reader.read([...marked, ...content], {
      size: plain,
      bold: false,
      align: 'left',
      noWrap: false,
    }),
    drawing,
  }
}

function readPlain({ defaultStyle }: PaperDefinition): number {
  const { fontSize } = defaultStyle as { fontSize?: number }
  return fontSize ?? 8
}

class SlipReader {
  readonly #definition: PaperDefinition

  constructor(definition: PaperDefinition) {
    this.#definition = definition
  }

  read(contents: readonly Content[], look: Look): SlipBlock[] {
    return contents.flatMap((content) => this.#block(content, look))
  }

  #block(content: Content, outer: Look): SlipBlock[] {
    if (typeof content === 'string') return readText([{ text: content, look: outer }], outer)
    const look = this.#look(content, outer)
    const blocks = this.#inside(content, look)
    const margin = content.margin
    if (!margin || blocks.length === 0 || margin.every((side) => side === 0)) return blocks
    const [only] = blocks
    if (only && blocks.length === 1 && !only.margin) return [{ ...only, margin }]
    return [{ kind: 'stack', blocks, margin }]
  }

  #inside(block: Block, look: Look): SlipBlock[] {
    if (block.stack) return this.read(block.stack, look)
    if (block.columns) return [this.#columns(block.columns, block.columnGap ?? 0, look)]
    if (block.table) return [this.#table(block, look)]
    if (block.canvas) return block.canvas.map((shape) => readShape(shape, look.align))
    if (block.image !== undefined) return [{ kind: 'picture' }]
    return readText(this.#runs(block, look), look)
  }

  #look(block: Block, outer: Look): Look {
    const style = block.style ? (this.#definition.styles[block.style] as Block | undefined) : {}
    return {
      size: block.fontSize ?? style?.fontSize ?? outer.size,
      bold: block.bold ?? style?.bold ?? outer.bold,
      align: block.alignment ?? style?.alignment ?? outer.align,
      noWrap: block.noWrap ?? outer.noWrap,
    }
  }

  #runs(block: Block, look: Look): { text: string; look: Look }[] {
    const { text = '' } = block
    if (typeof text === 'string') return [{ text, look }]
    return text.flatMap((part) =>
      typeof part === 'string' ? [{ text: part, look }] : this.#runs(part, this.#look(part, look)),
    )
  }

  #columns(columns: readonly Content[], gap: number, look: Look): SlipBlock {
    return {
      kind: 'columns',
      gap,
      columns: columns.map((column) => ({
        width: (typeof column === 'string' ? undefined : column.width) ?? '*',
        blocks: this.#block(column, look),
      })),
    }
  }

  #table({ table, layout }: Block, look: Look): SlipBlock {
    if (!table) throw new Error('no table')
    const form = typeof layout === 'string' ? this.#definition.tableLayouts[layout] : layout
    const { body, heights } = table
    const columns = Math.max(...body.map((row) => row.length))
    return {
      kind: 'table',
      widths: table.widths ?? Array.from({ length: columns }, () => 'auto'),
      padded: (form?.paddingLeft?.(0) ?? 0) > 0,
      rules: Array.from({ length: body.length + 1 }, (_, line) =>
        weightOf(form?.hLineWidth?.(line, { table }) ?? 0),
      ),
      rows: body.map((row, index) => ({
        height: heights?.[index] ?? 0,
        cells: this.#cells(row, look, form),
      })),
    }
  }

  #cells(row: readonly Content[], look: Look, form: TableLayout | undefined): SlipRow['cells'] {
    const cells: SlipRow['cells'] = []
    for (let column = 0; column < row.length;) {
      const cell = row[column] ?? ''
      const span = typeof cell === 'string' ? 1 : (cell.colSpan ?? 1)
      // What is set in no size is there to carry a line.
      const isCarrier = typeof cell !== 'string' && (cell.fontSize ?? 1) < 1 && form !== undefined
      cells.push({ span, blocks: isCarrier ? [] : this.#block(cell, look) })
      column += span
    }
    return cells
  }
}

function weightOf(width: number): SlipRule {
  if (width <= 0) return 'none'
  return width < THICK ? 'thin' : 'thick'
}

function readText(parts: readonly { text: string; look: Look }[], look: Look): SlipBlock[] {
  const runs = parts
    .filter(({ text }) => text !== '')
    .map(({ text, look: { bold, size } }) => ({ text, bold, size }))
  if (runs.length === 0) return []
  const whole = runs.map(({ text }) => text).join('')
  if (whole.trim() === '') {
    const size = Math.max(...runs.map((run) => run.size))
    return [{ kind: 'space', height: whole.split('\n').length * size * LINE_HEIGHT }]
  }
  return [{ kind: 'text', runs, align: look.align, noWrap: look.noWrap }]
}

function readShape({ w: width, h: height, cells, code }: Shape, align: Align): SlipBlock {
  if (code) return { kind: 'code', code, width, height, align }
  if (cells?.length === 0) return { kind: 'space', height }
  return { kind: 'drawing', width, height, align }
}
