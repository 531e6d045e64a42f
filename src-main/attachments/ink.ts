import { inflateSync } from 'node:zlib'
import { damaged } from './damage.ts'
import { readChunks } from './strip-png.ts'

/** A pad is far smaller; more is no signature. */
const widest = 4_000
const highest = 2_000

/** Fewer dark points than this, or all of them in one spot, is a slip of the pen. */
const fewestPoints = 40
const shortestStroke = 12

/** Samples of a point by PNG colour type: grey, RGB, grey with alpha, RGB with alpha. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 }

/**
 * True where somebody wrote something: an empty pad is no signature, whatever the screen says. Reads the PNG a pad
 * makes (8 bits, not interlaced). Throws `DamagedImage` for anything else.
 */
export function hasInk(png: Uint8Array): boolean {
  const { width, height, points, step } = readPoints(png)
  let count = 0
  let [left, right, top, bottom] = [width, -1, height, -1]
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!isDark(points, (y * width + x) * step, step)) continue
      count += 1
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  return count >= fewestPoints && Math.max(right - left, bottom - top) >= shortestStroke
}

/** A drawing as a paper prints it: lengths of ink [x, y, length] on a coarser grid of its own. */
export interface Ink {
  width: number
  height: number
  runs: [number, number, number][]
}

/** A printed signature is some centimetres wide: more points across are only more to paint. */
const printedPoints = 420

/** The ink of a pad's picture, row by row. Throws `DamagedImage` for anything a pad does not make. */
export function inkOfPicture(png: Uint8Array): Ink {
  const { width, height, points, step } = readPoints(png)
  const grain = Math.max(1, Math.ceil(width / printedPoints))
  const across = Math.ceil(width / grain)
  const down = Math.ceil(height / grain)
  const isInked = (column: number, row: number) => {
    for (let y = row * grain; y < Math.min((row + 1) * grain, height); y += 1) {
      for (let x = column * grain; x < Math.min((column + 1) * grain, width); x += 1) {
        if (isDark(points, (y * width + x) * step, step)) return true
      }
    }
    return false
  }
  const runs: Ink['runs'] = []
  for (let row = 0; row < down; row += 1) {
    for (let column = 0; column < across; column += 1) {
      const from = column
      while (column < across && isInked(column, row)) column += 1
      if (column > from) runs.push([from, row, column - from])
    }
  }
  return { width: across, height: down, runs }
}

function isDark(points: Uint8Array, at: number, step: number): boolean {
  const grey = step <= 2 ? (points[at] ?? 0) : Math.max(...points.subarray(at, at + 3))
  const alpha = step === 2 || step === 4 ? (points[at + step - 1] ?? 0) : 255
  return alpha > 64 && grey < 160
}

interface Points {
  width: number
  height: number
  points: Uint8Array
  step: number
}

function readPoints(png: Uint8Array): Points {
  const chunks = readChunks(png)
  const header = chunks[0]?.body ?? damaged('no header')
  if (header.length !== 13) damaged('no header')
  const view = new DataView(header.buffer, header.byteOffset, header.length)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  const step = samples[header[9] ?? -1]
  if (header[8] !== 8 || header[12] !== 0 || step === undefined) damaged('not made by a pad')
  if (width > widest || height > highest) damaged('not made by a pad')
  const coded = chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body)
  return {
    width,
    height,
    step,
    points: unfilter(inflate(coded, (width * step + 1) * height), { width, height, step }),
  }
}

function inflate(coded: readonly Uint8Array[], length: number): Uint8Array {
  let rows: Uint8Array
  try {
    rows = inflateSync(Buffer.concat(coded), { maxOutputLength: length })
  } catch {
    return damaged('pixels cannot be read')
  }
  return rows.length === length ? rows : damaged('rows are missing')
}

/** Undoes what PNG does to each row before it is packed. */
function unfilter(
  rows: Uint8Array,
  { width, height, step }: { width: number; height: number; step: number },
): Uint8Array {
  const across = width * step
  const points = new Uint8Array(across * height)
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (across + 1)] ?? 0
    for (let x = 0; x < across; x += 1) {
      const raw = rows[y * (across + 1) + 1 + x] ?? 0
      const a = x >= step ? (points[y * across + x - step] ?? 0) : 0
      const b = y > 0 ? (points[(y - 1) * across + x] ?? 0) : 0
      const c = x >= step && y > 0 ? (points[(y - 1) * across + x - step] ?? 0) : 0
      points[y * across + x] = raw + guess(filter, a, b, c)
    }
  }
  return points
}

function guess(filter: number, a: number, b: number, c: number): number {
  switch (filter) {
    case 0:
      return 0
    case 1:
      return a
    case 2:
      return b
    case 3:
      return (a + b) >> 1
    case 4:
      return nearest(a, b, c)
    default:
      return damaged('an unknown filter')
  }
}

function nearest(a: number, b: number, c: number): number {
  const [da, db, dc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)]
  if (da <= db && da <= dc) return a
  return db <= dc ? b : c
}
