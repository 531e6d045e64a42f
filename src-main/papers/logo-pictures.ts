/** A store's logo as papers print it: in colour on white, and in black dots for rolls. Pure but for packing. */
import { deflateSync } from 'node:zlib'
import { pngChunk, pngMark, type Points } from '../attachments/index.ts'

/** Dots a roll printer of 203 dpi has for the logo: 44 by 16 mm. */
const ROLL_DOTS = { width: 352, height: 128 }

/** Blacker than this is ink; what a printed shape is seen by. */
const HALF = 128

/** Any more and it is a picture; less is a speck on white, or white alone. */
const LEAST_INK = 24

/** One picture of the logo, packed as PNG. */
interface LogoPicture {
  bytes: Uint8Array
  width: number
  height: number
}

/** The three pictures of a logo; null where it is white all over. */
export function drawLogo(
  drawn: Points,
): { colour: LogoPicture; shapes: LogoPicture; dots: LogoPicture } | null {
  const colour = onWhite(drawn)
  const grey = toRoll(colour)
  const shapes = inShapes(grey)
  if (shapes.points.every((point) => point === 0)) return null
  return { colour: packColour(colour), shapes: packBits(shapes), dots: packBits(inDots(grey)) }
}

interface Picture {
  width: number
  height: number
  points: Uint8Array
}

/** RGB of what stands on white paper. */
function onWhite({ width, height, points, step }: Points): Picture {
  const rgb = new Uint8Array(width * height * 3)
  for (let index = 0; index < width * height; index += 1) {
    const at = index * step
    const alpha = step === 2 || step === 4 ? (points[at + step - 1] ?? 0) : 255
    for (let channel = 0; channel < 3; channel += 1) {
      const value = points[step <= 2 ? at : at + channel] ?? 0
      rgb[index * 3 + channel] = Math.round((value * alpha + 255 * (255 - alpha)) / 255)
    }
  }
  return { width, height, points: rgb }
}

/** Grey in the dots of a roll: each the mean of the points it covers. A small logo is not blown up. */
function toRoll({ width, height, points }: Picture): Picture {
  const scale = Math.min(ROLL_DOTS.width / width, ROLL_DOTS.height / height, 1)
  const across = Math.max(1, Math.round(width * scale))
  const down = Math.max(1, Math.round(height * scale))
  const grey = new Uint8Array(across * down)
  for (let y = 0; y < down; y += 1) {
    const rows = [Math.floor((y * height) / down), Math.ceil(((y + 1) * height) / down)] as const
    for (let x = 0; x < across; x += 1) {
      const columns = [
        Math.floor((x * width) / across),
        Math.ceil(((x + 1) * width) / across),
      ] as const
      grey[y * across + x] = meanOf(points, width, rows, columns)
    }
  }
  return { width: across, height: down, points: grey }
}

function meanOf(
  points: Uint8Array,
  width: number,
  [top, bottom]: readonly [number, number],
  [left, right]: readonly [number, number],
): number {
  let sum = 0
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = (y * width + x) * 3
      // Luminance as the eye weighs colours (ITU-R BT.601).
      sum +=
        0.299 * (points[at] ?? 0) + 0.587 * (points[at + 1] ?? 0) + 0.114 * (points[at + 2] ?? 0)
    }
  }
  return Math.round(sum / ((bottom - top) * (right - left)))
}

/** Black where it is darker than the middle between its lightest and its darkest: 1 is ink. */
function inShapes({ width, height, points }: Picture): Picture {
  const darkest = points.reduce((least, point) => Math.min(least, point), 255)
  if (255 - darkest < LEAST_INK) return { width, height, points: new Uint8Array(points.length) }
  const middle = (255 + darkest) / 2
  return { width, height, points: points.map((point) => (point < middle ? 1 : 0)) }
}

/** Grey as scattered dots (Floyd and Steinberg): 1 is ink. */
function inDots({ width, height, points }: Picture): Picture {
  const rest = Float32Array.from(points)
  const ink = new Uint8Array(points.length)
  const pass = (x: number, y: number, error: number) => {
    if (x < 0 || x >= width || y >= height) return
    const at = y * width + x
    rest[at] = (rest[at] ?? 0) + error
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = rest[y * width + x] ?? 255
      const isInk = value < HALF
      ink[y * width + x] = isInk ? 1 : 0
      const error = value - (isInk ? 0 : 255)
      pass(x + 1, y, (error * 7) / 16)
      pass(x - 1, y + 1, (error * 3) / 16)
      pass(x, y + 1, (error * 5) / 16)
      pass(x + 1, y + 1, error / 16)
    }
  }
  return { width, height, points: ink }
}

function packColour({ width, height, points }: Picture): LogoPicture {
  const rows = new Uint8Array((width * 3 + 1) * height)
  for (let y = 0; y < height; y += 1) {
    rows.set(points.subarray(y * width * 3, (y + 1) * width * 3), y * (width * 3 + 1) + 1)
  }
  return { bytes: pack({ width, height, depth: 8, colour: 2 }, rows), width, height }
}

/** One bit to the dot; in a PNG 0 is black. */
function packBits({ width, height, points }: Picture): LogoPicture {
  const across = Math.ceil(width / 8)
  const rows = new Uint8Array((across + 1) * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (points[y * width + x] === 1) continue
      const at = y * (across + 1) + 1 + (x >> 3)
      rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return { bytes: pack({ width, height, depth: 1, colour: 0 }, rows), width, height }
}

function pack(
  {
    width,
    height,
    depth,
    colour,
  }: { width: number; height: number; depth: number; colour: number },
  rows: Uint8Array,
): Uint8Array {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header.set([depth, colour], 8)
  return Buffer.concat([
    new Uint8Array(pngMark),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', new Uint8Array()),
  ])
}
