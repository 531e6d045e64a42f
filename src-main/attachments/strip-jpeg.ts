import { type BareImage, damaged, DamagedImage, join } from './damage.ts'
import { readOrientation, writeOrientation } from './orientation.ts'

const startOfImage = 0xd8
const endOfImage = 0xd9
const startOfScan = 0xda

const exifMark = [0x45, 0x78, 0x69, 0x66, 0x00, 0x00]
const jfifMark = [0x4a, 0x46, 0x49, 0x46, 0x00]
const iccMark = [...'ICC_PROFILE\0'].map((letter) => letter.charCodeAt(0))

/** Without its thumbnail: the version, density and nothing after them. */
const jfifLength = 14

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
const stands = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
const begins = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte)

/** Tables and frames, by their markers: what a decoder needs to paint the picture. */
function isPicture(marker: number): boolean {
  return (marker >= 0xc0 && marker <= 0xcf) || (marker >= 0xda && marker <= 0xdf)
}

function segment(marker: number, body: Uint8Array): Uint8Array {
  const length = body.length + 2
  return join([new Uint8Array([0xff, marker, length >> 8, length & 0xff]), body])
}

/**
 * A JPEG without what cameras, phones and programs write beside the picture: EXIF with its place and its thumbnail,
 * XMP, IPTC, comments, previews and whatever follows the end. Coded pixels, colour profile and orientation stay,
 * byte for byte. Throws `DamagedImage` for bytes no picture can be read from.
 */
export function stripJpeg(bytes: Uint8Array): BareImage {
  const picture = new Picture()
  for (const { marker, body } of readParts(bytes)) {
    if (marker === null) picture.addScan(body)
    else picture.add(marker, body)
  }
  return picture.finish()
}

/** Wipes the same where it stands, so that what the picture is packed into keeps its form. */
export function blankJpeg(bytes: Uint8Array): void {
  try {
    for (const { marker, body } of readParts(bytes)) {
      if (marker !== null && !isPicture(marker) && !isForm(marker, body)) body.fill(0)
    }
  } catch (error) {
    // What a picture says beside itself stands before its pixels, and is wiped by then.
    if (!(error instanceof DamagedImage)) throw error
  }
}

/** Version, colour profile, and how the colours are coded. */
function isForm(marker: number, body: Uint8Array): boolean {
  if (marker === 0xe0) return begins(body, jfifMark)
  return marker === 0xee || (marker === 0xe2 && begins(body, iccMark))
}

/** Segments by their markers, coded pixels by none, up to the end of the picture. */
function* readParts(bytes: Uint8Array): Generator<{ marker: number | null; body: Uint8Array }> {
  let at = 2
  if (bytes[0] !== 0xff || bytes[1] !== startOfImage) damaged('no start')
  for (;;) {
    if (bytes[at] !== 0xff) damaged('no marker')
    while (bytes[at] === 0xff) at += 1
    const marker = bytes[at] ?? damaged('breaks off')
    at += 1
    if (marker === endOfImage) return
    if (stands(marker)) continue
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    if (length < 2 || at + length > bytes.length) damaged('a segment breaks off')
    yield { marker, body: bytes.subarray(at + 2, at + length) }
    at += length
    if (marker !== startOfScan) continue
    const end = endOfScan(bytes, at)
    yield { marker: null, body: bytes.subarray(at, end) }
    at = end
    // A picture that was cut short in its last rows is still worth keeping.
    if (at >= bytes.length) return
  }
}

/** Where coded pixels end: at a marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; ;) {
    at = bytes.indexOf(0xff, at)
    if (at < 0 || at + 1 >= bytes.length) return bytes.length
    const next = bytes[at + 1] ?? 0
    if (next === 0xff) at += 1
    else if (next !== 0x00 && !stands(next)) return at
    else at += 2
  }
}

/** The parts of a picture that stay, in the order they came. */
class Picture {
  readonly #parts: Uint8Array[] = []
  #jfif: Uint8Array | null = null
  #orientation = 1
  #width = 0
  #height = 0
  #scans = 0

  add(marker: number, body: Uint8Array): void {
    if (marker === 0xe0 && begins(body, jfifMark)) this.#keepJfif(body)
    else if (marker === 0xe1 && begins(body, exifMark)) this.#readExif(body)
    else if (marker === 0xe2 && begins(body, iccMark)) this.#parts.push(segment(marker, body))
    // Adobe's mark says how the colours are coded.
    else if (marker === 0xee) this.#parts.push(segment(marker, body.subarray(0, 12)))
    else if (isPicture(marker)) this.#keep(marker, body)
  }

  #keepJfif(body: Uint8Array): void {
    if (this.#jfif !== null || body.length < jfifLength) return
    this.#jfif = segment(0xe0, join([body.subarray(0, jfifLength - 2), new Uint8Array(2)]))
  }

  #readExif(body: Uint8Array): void {
    if (this.#orientation === 1) this.#orientation = readOrientation(body.subarray(exifMark.length))
  }

  #keep(marker: number, body: Uint8Array): void {
    if (isFrame(marker) && this.#width === 0) {
      if (body.length < 6) damaged('a frame breaks off')
      this.#height = ((body[1] ?? 0) << 8) | (body[2] ?? 0)
      this.#width = ((body[3] ?? 0) << 8) | (body[4] ?? 0)
    }
    if (marker === startOfScan && this.#width === 0) damaged('pixels before their frame')
    this.#parts.push(segment(marker, body))
  }

  addScan(coded: Uint8Array): void {
    this.#scans += 1
    this.#parts.push(coded)
  }

  finish(): BareImage {
    if (this.#width === 0 || this.#height === 0 || this.#scans === 0) damaged('no picture')
    const exif =
      this.#orientation === 1
        ? []
        : [segment(0xe1, join([new Uint8Array(exifMark), writeOrientation(this.#orientation)]))]
    const pieces = [
      new Uint8Array([0xff, startOfImage]),
      ...(this.#jfif ? [this.#jfif] : []),
      ...exif,
      ...this.#parts,
      new Uint8Array([0xff, endOfImage]),
    ]
    return { bytes: join(pieces), width: this.#width, height: this.#height }
  }
}
