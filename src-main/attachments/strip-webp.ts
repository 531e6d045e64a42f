import { type BareImage, damaged, join } from './damage.ts'
import { readOrientation, writeOrientation } from './orientation.ts'

const hasExif = 0x08
const hasXmp = 0x04

/** Chunks of a picture or of a frame of a moving one. */
const picture: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'ALPH', 'ICCP', 'ANIM', 'ANMF'])
const frameHead = 16

interface Chunk {
  type: string
  body: Uint8Array
}

function readChunks(bytes: Uint8Array, from: number, end: number): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const chunks: Chunk[] = []
  for (let at = from; at < end;) {
    if (at + 8 > end) damaged('breaks off')
    const length = view.getUint32(at + 4, true)
    if (at + 8 + length > end) damaged('a chunk breaks off')
    const type = String.fromCharCode(...bytes.subarray(at, at + 4))
    chunks.push({ type, body: bytes.subarray(at + 8, at + 8 + length) })
    at += 8 + length + (length % 2)
  }
  return chunks
}

function write({ type, body }: Chunk): Uint8Array {
  const whole = new Uint8Array(8 + body.length + (body.length % 2))
  whole.set(
    [...type].map((letter) => letter.charCodeAt(0)),
    0,
  )
  new DataView(whole.buffer).setUint32(4, body.length, true)
  whole.set(body, 8)
  return whole
}

/** A frame of a moving picture may hold chunks of its own. */
function bareFrame(body: Uint8Array): Uint8Array {
  if (body.length < frameHead) damaged('a frame breaks off')
  const inside = readChunks(body, frameHead, body.length).filter(({ type }) => picture.has(type))
  return join([body.subarray(0, frameHead), ...inside.map(write)])
}

/**
 * A WebP without EXIF, XMP, unknown chunks and whatever follows the end. Pixels, colour profile and orientation stay.
 * Throws `DamagedImage` for bytes no picture can be read from.
 */
export function stripWebp(bytes: Uint8Array): BareImage {
  if (bytes.length < 20) damaged('breaks off')
  const end = 8 + new DataView(bytes.buffer, bytes.byteOffset, 8).getUint32(4, true)
  if (end > bytes.length) damaged('breaks off')
  const chunks = readChunks(bytes, 12, end)
  const exif = chunks.find(({ type }) => type === 'EXIF')?.body
  const orientation = exif ? readOrientation(withoutMark(exif)) : 1
  const size = sizeOf(chunks)
  const kept = chunks.flatMap(({ type, body }) => {
    if (type === 'VP8X') return [write({ type, body: flags(body, orientation !== 1) })]
    if (type === 'ANMF') return [write({ type, body: bareFrame(body) })]
    return picture.has(type) ? [write({ type, body })] : []
  })
  // Only the extended form may hold more than pixels.
  if (orientation !== 1 && chunks.some(({ type }) => type === 'VP8X')) {
    kept.push(write({ type: 'EXIF', body: writeOrientation(orientation) }))
  }
  const content = join(kept)
  const head = Uint8Array.from(bytes.subarray(0, 12))
  new DataView(head.buffer).setUint32(4, content.length + 4, true)
  return { bytes: join([head, content]), ...size }
}

/** Some programs put the mark of a JPEG's EXIF before the block. */
function withoutMark(exif: Uint8Array): Uint8Array {
  const isMarked = exif[0] === 0x45 && exif[1] === 0x78 && exif[4] === 0x00
  return isMarked ? exif.subarray(6) : exif
}

function flags(extended: Uint8Array, keepsExif: boolean): Uint8Array {
  const changed = Uint8Array.from(extended)
  changed[0] = ((changed[0] ?? 0) & ~(hasExif | hasXmp)) | (keepsExif ? hasExif : 0)
  return changed
}

function sizeOf(chunks: readonly Chunk[]): { width: number; height: number } {
  const named = (name: string) => chunks.find(({ type }) => type === name)?.body
  const byte = (body: Uint8Array, at: number) => body[at] ?? damaged('breaks off')
  const extended = named('VP8X')
  const lossy = named('VP8 ')
  const lossless = named('VP8L')
  if (!lossy && !lossless && !named('ANMF')) damaged('no pixels')
  if (extended) {
    const three = (at: number) =>
      byte(extended, at) + byte(extended, at + 1) * 256 + byte(extended, at + 2) * 65_536
    return { width: three(4) + 1, height: three(7) + 1 }
  }
  if (lossless) {
    const bits = [1, 2, 3, 4].map((at) => byte(lossless, at))
    const [a = 0, b = 0, c = 0, d = 0] = bits
    return {
      width: 1 + (((b & 0x3f) << 8) | a),
      height: 1 + (((d & 0x0f) << 10) | (c << 2) | (b >> 6)),
    }
  }
  if (!lossy) damaged('no pixels')
  const side = (at: number) => (byte(lossy, at) | (byte(lossy, at + 1) << 8)) & 0x3fff
  const [width, height] = [side(6), side(8)]
  if (width === 0 || height === 0) damaged('no size')
  return { width, height }
}
