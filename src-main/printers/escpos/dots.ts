/**
 * A slip set in black dots from its drawing: for printers without Hanzi and slips with what they do not have.
 *
 * Letters are scan-converted from their outlines, each always on whole dots, so that the same letter looks the same
 * everywhere; the bars and cells of codes are whole numbers of dots wide, because a scanner measures them.
 */
import { DamagedImage } from '../../attachments/damage.ts'
import {
  type DrawnBox,
  type Outline,
  OUTLINE_UNITS,
  type SlipDrawing,
} from '../../printing/slip-drawing.ts'
import { fillOutline, type Glyph } from './glyphs.ts'
import { readPng } from './read-png.ts'

/** Rows of dots, eight to a byte, the leftmost in the highest bit. `width` is a multiple of eight. */
export interface Dots {
  width: number
  height: number
  rows: Uint8Array
}

/** Sets the whole slip in dots, `width` across. */
export function setInDots(drawing: SlipDrawing, width: number): Dots {
  const scale = width / drawing.width
  const paper = new DotPaper(Math.ceil(width / 8) * 8, Math.ceil(drawing.height * scale))
  const letters = new LetterCase(drawing)
  if (drawing.mark) letters.setMark(paper, drawing.mark, scale)
  for (const text of drawing.texts) letters.setText(paper, text, scale)
  for (const box of drawing.boxes) paper.fill(...wholeBox(box, scale))
  for (const line of drawing.lines) setLine(paper, line, scale)
  for (const { at, base64 } of drawing.pictures) setPicture(paper, wholeBox(at, scale), base64)
  for (const { at, cells, code } of drawing.codes) {
    const fitting = Math.floor((at[2] * scale) / code.modules + 0.02)
    // Bars of one dot are read by no scanner: rather they are wider than on the paper.
    const module = code.modules * 2 <= width ? Math.max(fitting, 2) : Math.max(fitting, 1)
    const left = Math.round((at[0] + at[2] / 2) * scale - (module * code.modules) / 2)
    const own = { at, cells, code }
    const height = code.kind === 'qr' ? module * code.modules : Math.round(at[3] * scale)
    const top = Math.round(at[1] * scale + (at[3] * scale - height) / 2)
    setCells(paper, own, { left, top, module, height })
  }
  return paper
}

/** One code alone, in the middle of a band `width` dots across. */
export function drawCode(
  drawn: SlipDrawing['codes'][number],
  module: number,
  height: number,
  width: number,
): Dots {
  const { code } = drawn
  const high = code.kind === 'qr' ? module * code.modules : height
  const paper = new DotPaper(Math.ceil(width / 8) * 8, high)
  const left = Math.floor((width - module * code.modules) / 2)
  setCells(paper, drawn, { left, top: 0, module, height: high })
  return paper
}

/** One picture alone, in the middle of a band `width` dots across. */
export function drawPicture(
  { at, base64 }: SlipDrawing['pictures'][number],
  scale: number,
  width: number,
): Dots {
  const [, , wide, high] = wholeBox(at, scale)
  const paper = new DotPaper(Math.ceil(width / 8) * 8, high)
  setPicture(paper, [Math.max(Math.floor((width - wide) / 2), 0), 0, wide, high], base64)
  return paper
}

/** A picture that was made for a roll has a point for each dot; of others the nearest point decides. */
function setPicture(paper: DotPaper, [left, top, wide, high]: DrawnBox, base64: string): void {
  const picture = readable(base64)
  // A logo that cannot be read leaves white: the slip is worth more.
  if (!picture) return
  for (let y = 0; y < high; y++) {
    const row = Math.floor(((y + 0.5) * picture.height) / high)
    for (let x = 0; x < wide; x++) {
      const column = Math.floor(((x + 0.5) * picture.width) / wide)
      if (picture.isDark(column, row)) paper.fill(left + x, top + y, 1, 1)
    }
  }
}

function readable(base64: string): ReturnType<typeof readPng> | null {
  try {
    return readPng(Buffer.from(base64, 'base64'))
  } catch (error) {
    if (error instanceof DamagedImage) return null
    throw error
  }
}

/** The cells of a code, each as many whole dots wide as it has modules. */
function setCells(
  paper: DotPaper,
  { at, cells, code }: SlipDrawing['codes'][number],
  to: { left: number; top: number; module: number; height: number },
): void {
  const unit = at[2] / code.modules
  const modules = (length: number): number => Math.round(length / unit)
  for (const [x, y, width, height] of cells) {
    const left = to.left + modules(x - at[0]) * to.module
    const wide = modules(width) * to.module
    if (code.kind === 'code128') paper.fill(left, to.top, wide, to.height)
    else {
      const top = to.top + modules(y - at[1]) * to.module
      paper.fill(left, top, wide, modules(height) * to.module)
    }
  }
}

function wholeBox([x, y, width, height]: DrawnBox, scale: number): DrawnBox {
  const [left, top] = [Math.round(x * scale), Math.round(y * scale)]
  const right = Math.max(Math.round((x + width) * scale), left + 1)
  const bottom = Math.max(Math.round((y + height) * scale), top + 1)
  return [left, top, right - left, bottom - top]
}

function setLine(paper: DotPaper, line: SlipDrawing['lines'][number], scale: number): void {
  const thick = Math.max(1, Math.round(line.width * scale))
  const across = Math.round((line.upright ? line.x : line.y) * scale - thick / 2)
  const start = Math.round((line.upright ? line.y : line.x) * scale)
  const end = Math.round(((line.upright ? line.y : line.x) + line.length) * scale)
  const [dash = Infinity, white = 0] = line.dash.map((each) =>
    Math.max(1, Math.round(each * scale)),
  )
  for (let at = start; at < end; at += dash + white) {
    const length = Math.min(dash, end - at)
    if (line.upright) paper.fill(across, at, thick, length)
    else paper.fill(at, across, length, thick)
  }
}

/** The letters of one slip in the sizes it uses. */
class LetterCase {
  readonly #outlines: SlipDrawing['outlines']
  readonly #glyphs = new Map<string, Glyph>()

  constructor({ outlines }: SlipDrawing) {
    this.#outlines = outlines
  }

  setText(
    paper: DotPaper,
    { x, y, size, face, text }: SlipDrawing['texts'][number],
    scale: number,
  ): void {
    const baseline = Math.round(y * scale)
    let along = x * scale
    for (const character of text) {
      const [advance, outline] = this.#find(face, character)
      if (outline !== '') {
        paper.stamp(
          this.#glyph(`${face}${character}`, outline, size * scale),
          Math.round(along),
          baseline,
        )
      }
      along += advance * size * scale
    }
  }

  /** The word across the slip, in grey: every fourth dot of its letters. */
  setMark(paper: DotPaper, mark: NonNullable<SlipDrawing['mark']>, scale: number): void {
    const unit = (mark.size * scale) / OUTLINE_UNITS
    let along = 0
    for (const character of mark.text) {
      const [advance, outline] = this.#find(mark.face, character)
      const [x, y] = [mark.x * scale + along * mark.cos, mark.y * scale - along * mark.sin]
      const turned = (a: number, b: number): [number, number] => [
        (a * mark.cos - b * mark.sin) * unit,
        (-a * mark.sin - b * mark.cos) * unit,
      ]
      if (outline !== '')
        paper.stamp(fillOutline(outline, turned), Math.round(x), Math.round(y), true)
      along += advance * mark.size * scale
    }
  }

  #find(face: number, character: string): [number, Outline] {
    return this.#outlines[`${face}${character}`] ?? [0, '']
  }

  #glyph(name: string, outline: Outline, size: number): Glyph {
    const key = `${name}${size}`
    let glyph = this.#glyphs.get(key)
    if (!glyph) {
      const unit = size / OUTLINE_UNITS
      glyph = fillOutline(outline, (x, y) => [x * unit, -y * unit])
      this.#glyphs.set(key, glyph)
    }
    return glyph
  }
}

/** White paper that dots are set on. */
class DotPaper implements Dots {
  readonly width: number
  readonly height: number
  readonly rows: Uint8Array

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.rows = new Uint8Array((width / 8) * height)
  }

  #set(x: number, y: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return
    const at = (y * this.width + x) >> 3
    this.rows[at] = (this.rows[at] ?? 0) | (0x80 >> (x & 7))
  }

  fill(left: number, top: number, width: number, height: number): void {
    for (let y = top; y < top + height; y++) {
      for (let x = left; x < left + width; x++) this.#set(x, y)
    }
  }

  /** A letter with its origin at the given dot; `grey` sets one dot in four. */
  stamp({ left, top, width, height, ink }: Glyph, x: number, y: number, grey = false): void {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        if (!ink[row * width + column]) continue
        const [across, down] = [x + left + column, y + top + row]
        if (!grey || ((across & 1) === 0 && (down & 1) === 0)) this.#set(across, down)
      }
    }
  }
}
