/** Outlines of letters filled with dots. */
import type { Outline } from '../../printing/slip-drawing.ts'

/** A letter in dots; `left` and `top` from its origin, downwards. */
export interface Glyph {
  left: number
  top: number
  width: number
  height: number
  /** One to a dot, row by row. */
  ink: Uint8Array
}

/**
 * A dot is black when the outline covers this much of it. Less than half, because thermal paper loses what is thinner
 * than a dot, and small Hanzi have strokes of about one.
 */
const LEAST_COVER = 0.4

/** Pieces a curve is drawn in; at these sizes more makes no dot different. */
const CURVE_PIECES = 4

type Place = (x: number, y: number) => [number, number]

/** Fills an outline; `place` puts its units on dots. */
export function fillOutline(outline: Outline, place: Place): Glyph {
  const edges = flatten(outline, place)
  if (edges.length === 0) return { left: 0, top: 0, width: 0, height: 0, ink: new Uint8Array() }
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x1, y1, x2, y2] of edges) {
    minX = Math.min(minX, x1, x2)
    maxX = Math.max(maxX, x1, x2)
    minY = Math.min(minY, y1, y2)
    maxY = Math.max(maxY, y1, y2)
  }
  const [left, top] = [Math.floor(minX), Math.floor(minY)]
  const [width, height] = [Math.ceil(maxX) - left + 1, Math.ceil(maxY) - top + 1]
  const cover = new Cover(width, height)
  for (const [x1, y1, x2, y2] of edges) cover.addEdge(x1 - left, y1 - top, x2 - left, y2 - top)
  return { left, top, width, height, ink: cover.toInk(LEAST_COVER) }
}

type Edge = [x1: number, y1: number, x2: number, y2: number]

/** Straight edges of an outline, on dots. */
function flatten(outline: Outline, place: Place): Edge[] {
  const edges: Edge[] = []
  let [x, y] = [0, 0]
  let [startX, startY] = [0, 0]
  let last: [number, number] = [0, 0]
  const lineTo = (to: [number, number]): void => {
    edges.push([...last, ...to])
    last = to
  }
  for (const [, command = '', numbers = ''] of outline.matchAll(/([MLQCZ])([-\d ]*)/g)) {
    const points: [number, number][] = []
    const ways = numbers === '' ? [] : numbers.split(' ').map(Number)
    for (let at = 0; at + 1 < ways.length; at += 2) {
      x += ways[at] ?? 0
      y += ways[at + 1] ?? 0
      points.push(place(x, y))
    }
    const end = points.at(-1)
    if (command === 'M' && end) {
      last = end
      ;[startX, startY] = end
    } else if (command === 'Z') {
      lineTo([startX, startY])
    } else {
      for (const point of curve([last, ...points])) lineTo(point)
    }
  }
  return edges
}

/** Points along a line, or a curve of two or three controls, without the first. */
function curve(controls: [number, number][]): [number, number][] {
  if (controls.length < 3) return controls.slice(1)
  return Array.from({ length: CURVE_PIECES }, (_, index) => {
    const t = (index + 1) / CURVE_PIECES
    let points = controls
    while (points.length > 1)
      points = points.slice(1).map((point, at) => between(points[at] ?? point, point, t))
    return points[0] ?? [0, 0]
  })
}

function between(one: [number, number], other: [number, number], t: number): [number, number] {
  return [one[0] + (other[0] - one[0]) * t, one[1] + (other[1] - one[1]) * t]
}

/** How much of each dot an outline covers, from the signed areas its edges leave to their right. */
class Cover {
  readonly #width: number
  readonly #height: number
  readonly #areas: Float32Array

  constructor(width: number, height: number) {
    this.#width = width
    this.#height = height
    this.#areas = new Float32Array(width * height + 2)
  }

  addEdge(x1: number, y1: number, x2: number, y2: number): void {
    if (y1 === y2) return
    const sign = y1 < y2 ? 1 : -1
    const [topX, topY, endX, endY] = y1 < y2 ? [x1, y1, x2, y2] : [x2, y2, x1, y1]
    const slope = (endX - topX) / (endY - topY)
    let x = topX
    for (let row = Math.floor(topY); row < Math.min(Math.ceil(endY), this.#height); row++) {
      const high = Math.min(row + 1, endY) - Math.max(row, topY)
      const next = x + slope * high
      this.#addRow(row, Math.min(x, next), Math.max(x, next), high * sign)
      x = next
    }
  }

  /** An edge inside one row, from `from` to `to`: what lies right of it is covered `high` more. */
  #addRow(row: number, from: number, to: number, high: number): void {
    const start = row * this.#width
    const first = Math.floor(from)
    const last = Math.max(Math.ceil(to) - 1, first)
    if (last === first) {
      const part = (from + to) / 2 - first
      this.#add(start + first, high * (1 - part))
      this.#add(start + first + 1, high * part)
      return
    }
    // Area to the right of the edge, up to a place.
    const upTo = (place: number): number => {
      const [entered, left] = [Math.max(place - from, 0), Math.max(place - to, 0)]
      return ((entered ** 2 - left ** 2) / 2) * (high / (to - from))
    }
    let before = 0
    for (let dot = first; dot <= last + 1; dot++) {
      const covered = upTo(dot + 1) - upTo(dot)
      this.#add(start + dot, covered - before)
      before = covered
    }
  }

  #add(at: number, area: number): void {
    this.#areas[at] = (this.#areas[at] ?? 0) + area
  }

  toInk(least: number): Uint8Array {
    const ink = new Uint8Array(this.#width * this.#height)
    for (let row = 0; row < this.#height; row++) {
      let cover = 0
      for (let column = 0; column < this.#width; column++) {
        const at = row * this.#width + column
        cover += this.#areas[at] ?? 0
        if (Math.abs(cover) >= least) ink[at] = 1
      }
    }
    return ink
  }
}
