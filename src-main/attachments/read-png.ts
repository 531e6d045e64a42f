import { inflateSync } from 'node:zlib'
import { damaged } from './damage.ts'
import { readChunks } from './strip-png.ts'

/** Samples of a point by PNG colour type: grey, RGB, grey with alpha, RGB with alpha. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 }

/** Points of a picture, row by row, `step` bytes each: grey, grey and alpha, RGB, or RGB and alpha. */
export interface Points {
  width: number
  height: number
  points: Uint8Array
  step: number
}

/** A PNG as it lies in its file, but unpacked: rows of whole bytes, `depth` bits to each of `samples` of a point. */
export interface Rows {
  width: number
  height: number
  depth: number
  samples: number
  /** Bytes of a row. */
  across: number
  rows: Uint8Array
}

/**
 * Rows of a PNG of 8 bits a sample, or of black and white, not interlaced, no larger than `most`. Throws
 * `DamagedImage` for anything else.
 */
export function readRows(png: Uint8Array, most: { width: number; height: number }): Rows {
  const chunks = readChunks(png)
  const header = chunks[0]?.body ?? damaged('no header')
  if (header.length !== 13) damaged('no header')
  const view = new DataView(header.buffer, header.byteOffset, header.length)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  const [depth = 0, colour = -1] = header.subarray(8, 10)
  const count = samples[colour]
  const isKnown = depth === 8 || (depth === 1 && colour === 0)
  if (!isKnown || header[12] !== 0 || count === undefined) damaged('not made by a screen')
  if (width > most.width || height > most.height) damaged('larger than a screen makes it')
  const coded = chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body)
  const across = Math.ceil((width * count * depth) / 8)
  const packed = inflate(coded, (across + 1) * height)
  const step = Math.max(1, (count * depth) / 8)
  const rows = unfilter(packed, { across, height, step })
  return { width, height, depth, samples: count, across, rows }
}

/**
 * Points of a PNG as screens make them: 8 bits, not interlaced, no larger than `most`. Throws `DamagedImage` for
 * anything else.
 */
export function readPoints(png: Uint8Array, most: { width: number; height: number }): Points {
  const { width, height, depth, samples: step, rows: points } = readRows(png, most)
  if (depth !== 8) damaged('not made by a screen')
  return { width, height, step, points }
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
  { across, height, step }: { across: number; height: number; step: number },
): Uint8Array {
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
