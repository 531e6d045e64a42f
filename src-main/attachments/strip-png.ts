import { crc32 } from 'node:zlib'
import { type BareImage, damaged, join } from './damage.ts'
import { readOrientation, writeOrientation } from './orientation.ts'

export const pngMark: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Chunks that say how the picture looks; every other one, text and unknown ones above all, goes. */
const picture: ReadonlySet<string> = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'pHYs',
  'bKGD',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'sBIT',
  'cICP',
])

export interface Chunk {
  type: string
  body: Uint8Array
  /** Length, type, body and check sum as they stand. */
  whole: Uint8Array
}

/** The chunks of a PNG up to its end. Throws `DamagedImage` where one breaks off or its check sum is wrong. */
export function readChunks(bytes: Uint8Array): Chunk[] {
  if (!pngMark.every((byte, index) => bytes[index] === byte)) damaged('no start')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const chunks: Chunk[] = []
  for (let at = pngMark.length; ;) {
    if (at + 12 > bytes.length) damaged('breaks off')
    const length = view.getUint32(at)
    const end = at + 12 + length
    if (end > bytes.length) damaged('a chunk breaks off')
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) {
      damaged(`the check sum of ${type}`)
    }
    chunks.push({ type, body: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) })
    if (type === 'IEND') return chunks
    at = end
  }
}

/** One chunk of a PNG: length, type, body and check sum. */
export function pngChunk(type: string, body: Uint8Array): Uint8Array {
  const whole = new Uint8Array(body.length + 12)
  const view = new DataView(whole.buffer)
  view.setUint32(0, body.length)
  whole.set(
    [...type].map((letter) => letter.charCodeAt(0)),
    4,
  )
  whole.set(body, 8)
  view.setUint32(body.length + 8, crc32(whole.subarray(4, body.length + 8)))
  return whole
}

/**
 * A PNG without what programs write beside the picture: EXIF, text, XMP, times, other pictures and whatever follows
 * the end. Pixels, colours and orientation stay. Throws `DamagedImage` for bytes no picture can be read from.
 */
export function stripPng(bytes: Uint8Array): BareImage {
  const chunks = readChunks(bytes)
  const [header] = chunks
  if (header?.type !== 'IHDR' || header.body.length !== 13) damaged('no header')
  if (!chunks.some(({ type }) => type === 'IDAT')) damaged('no pixels')
  const exif = chunks.find(({ type }) => type === 'eXIf')
  const orientation = exif ? readOrientation(exif.body) : 1
  const kept = chunks.filter(({ type }) => picture.has(type)).map(({ whole }) => whole)
  if (orientation !== 1) kept.splice(1, 0, pngChunk('eXIf', writeOrientation(orientation)))
  const size = new DataView(header.body.buffer, header.body.byteOffset, 8)
  const [width, height] = [size.getUint32(0), size.getUint32(4)]
  if (width === 0 || height === 0) damaged('no size')
  return { bytes: join([new Uint8Array(pngMark), ...kept]), width, height }
}
