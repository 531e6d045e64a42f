/** Draws a slip as its PDF is painted, from the same places on the same page. */
import type { PaperDefinition } from './compose.ts'
import type { DocumentFont, Face } from './font-book.ts'
import {
  type AlignedCell,
  baselineOf,
  type PageMark,
  type Picture,
  placeMark,
  sinkOf,
  type Vector,
} from './painter.ts'
import type { LaidOutPage, OutlineCommand, PageItem, TextLine } from './pdfmake-parts.ts'
import {
  type DrawnBox,
  type Outline,
  OUTLINE_UNITS,
  packDrawing,
  type SlipDrawing,
} from './slip-drawing.ts'

const COMMANDS: Record<OutlineCommand['command'], string> = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
}

/** Lighter than this is a tint behind text, which dots would turn into dirt. */
const LIGHTEST_INK = 0.7

/**
 * Draws the one page of a slip, without the margins of its paper: a printer does not reach them. Null where it shows
 * what is no letter, line, code or picture, and would be missed.
 */
export function drawSlip(
  page: LaidOutPage,
  { page: { margins, reach }, mark }: Pick<PaperDefinition, 'page' | 'mark'>,
  files: ReadonlyMap<string, { bytes: Uint8Array }>,
  boldFont: () => DocumentFont,
): string | null {
  const { width, height } = page.pageSize
  const { left, top, right, bottom } = reach === undefined ? margins : evenly(reach)
  const draft = new Draft(left, top, files)
  const { drawing } = draft
  drawing.width = width - left - right
  drawing.height = height - top - bottom
  if (page.items.some(isChart)) return null
  for (const item of page.items) draft.add(item)
  if (mark) draft.addMark(mark, page, boldFont())
  return packDrawing(drawing)
}

function evenly(all: number) {
  return { left: all, top: all, right: all, bottom: all }
}

function isChart({ type, item }: PageItem): boolean {
  return type === 'vector' && (item as Vector).draw !== undefined
}

class Draft {
  readonly drawing: SlipDrawing = {
    width: 0,
    height: 0,
    outlines: {},
    texts: [],
    boxes: [],
    lines: [],
    codes: [],
    mark: null,
    pictures: [],
  }
  readonly #left: number
  readonly #files: ReadonlyMap<string, { bytes: Uint8Array }>
  #top: number
  readonly #tops: number[] = []
  readonly #faces: Face[] = []

  constructor(left: number, top: number, files: ReadonlyMap<string, { bytes: Uint8Array }>) {
    this.#left = left
    this.#top = top
    this.#files = files
  }

  add({ type, item }: PageItem): void {
    if (type === 'line') this.#addText(item as TextLine)
    else if (type === 'vector') this.#addVector(item as Vector)
    else if (type === 'image') this.#addPicture(item as Picture)
    else if (type === 'beginVerticalAlignment') {
      this.#tops.push(this.#top)
      this.#top -= sinkOf(item as AlignedCell)
    } else if (type === 'endVerticalAlignment') {
      this.#top = this.#tops.pop() ?? this.#top
    }
  }

  addMark({ text }: PageMark, page: LaidOutPage, font: DocumentFont): void {
    const place = placeMark(text, page, font)
    const [x, y] = [place.x - this.#left, place.y - this.#top]
    this.drawing.mark = { ...place, text, face: this.#outline(text, font), x, y }
  }

  #addText(line: TextLine): void {
    const y = round(baselineOf(line) - this.#top)
    for (const { text, x, font, fontSize: size } of line.inlines) {
      if (text.trim() === '') continue
      const face = this.#outline(text, font as DocumentFont)
      this.drawing.texts.push({ x: round(line.x + x - this.#left), y, size, face, text })
    }
  }

  /** Notes the outlines of a text and returns the number of its face. */
  #outline(text: string, font: DocumentFont): number {
    if (!this.#faces.includes(font.face)) this.#faces.push(font.face)
    const face = this.#faces.indexOf(font.face)
    for (const character of text) {
      const key = `${face}${character}`
      const codePoint = character.codePointAt(0) ?? 0
      this.drawing.outlines[key] ??= [
        font.face.widthOf(codePoint),
        packOutline(font.face.outlineOf(codePoint), font.face.unitsPerEm),
      ]
    }
    return face
  }

  #addVector(vector: Vector): void {
    if (vector.type === 'line') {
      this.#addLine(vector)
      return
    }
    const at = this.#box(vector.x, vector.y, vector.w, vector.h)
    if (vector.cells) {
      const cells = vector.cells.map(([x, y, w, h]) => this.#box(vector.x + x, vector.y + y, w, h))
      if (vector.code) this.drawing.codes.push({ code: vector.code, at, cells })
      else this.drawing.boxes.push(...cells)
    } else if (vector.color && lightness(vector.color) < LIGHTEST_INK) {
      this.drawing.boxes.push(at)
    }
  }

  #addLine({ x1, y1, x2, y2, lineWidth: width = 1, dash }: Vector): void {
    const upright = x1 === x2
    this.drawing.lines.push({
      x: round(Math.min(x1, x2) - this.#left),
      y: round(Math.min(y1, y2) - this.#top),
      length: round(upright ? Math.abs(y2 - y1) : Math.abs(x2 - x1)),
      width,
      upright,
      dash: dash ? [dash.length, dash.space ?? dash.length] : [],
    })
  }

  #addPicture({ image, x, y, _width, _height }: Picture): void {
    const base64 = Buffer.from(this.#files.get(image)?.bytes ?? []).toString('base64')
    this.drawing.pictures.push({ at: this.#box(x, y, _width, _height), base64 })
  }

  #box(x: number, y: number, width: number, height: number): DrawnBox {
    return [round(x - this.#left), round(y - this.#top), round(width), round(height)]
  }
}

/** An outline in the units of drawings. */
export function packOutline(commands: readonly OutlineCommand[], unitsPerEm: number): Outline {
  const scale = OUTLINE_UNITS / unitsPerEm
  const last = [0, 0]
  const strokes = commands.map(({ command, args }) => {
    const ways = args.map((place, index) => {
      const rounded = Math.round(place * scale)
      const way = rounded - (last[index % 2] ?? 0)
      last[index % 2] = rounded
      return way
    })
    return COMMANDS[command] + ways.join(' ')
  })
  return strokes.join('')
}

function round(length: number): number {
  return Math.round(length * 1000) / 1000
}

/** 0 black to 1 white. */
function lightness(color: string): number {
  const hex = { black: '#000000', white: '#ffffff' }[color] ?? color
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
    (at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255,
  )
  return red * 0.3 + green * 0.59 + blue * 0.11
}
