import { constants, deflateSync, inflateSync } from 'node:zlib'
import { join } from './damage.ts'
import {
  allPointedAt,
  endOfValue,
  entriesOf,
  type PdfObject,
  type PdfPlace,
  plainName,
  pointsAt,
  readObjects,
  skipSpace,
  UnreadablePdf,
} from './pdf-objects.ts'
import { blankJpeg } from './strip-jpeg.ts'

/** Why a PDF is kept with everything its program wrote beside the pages. */
export type Untouched = 'signed' | 'encrypted' | 'unreadable'

/**
 * A PDF without what programs write beside its pages: who made it, with what and when (Info and XMP, of earlier
 * revisions too), and what cameras wrote into its photos. Every byte keeps its place, so that nothing else of the file
 * can break; pages stay as they are. A signed one stays untouched, because its signature would no longer hold; an
 * encrypted one and one that cannot be read stay untouched too.
 */
export function stripPdf(bytes: Uint8Array): { bytes: Uint8Array; untouched: Untouched | null } {
  try {
    const file = new PdfFile(bytes)
    const untouched = file.reasonToLeave()
    return untouched === null ? { bytes: file.strip(), untouched } : { bytes, untouched }
  } catch (error) {
    if (error instanceof UnreadablePdf) return { bytes, untouched: 'unreadable' }
    throw error
  }
}

/** Text with one character for each byte, and the objects found in it. */
interface Layer {
  text: string
  bytes: Uint8Array
  objects: readonly PdfObject[]
  /** The compressed stream the text was unpacked from; null for the file itself. */
  packed: PdfPlace | null
}

class PdfFile {
  readonly #file: Layer
  readonly #layers: readonly Layer[]
  readonly #trailers: readonly Map<string, PdfPlace>[]

  constructor(bytes: Uint8Array) {
    const text = Buffer.from(bytes).toString('latin1')
    const { objects, trailers } = readObjects(text)
    this.#file = { text, bytes: Uint8Array.from(bytes), objects, packed: null }
    this.#trailers = [
      ...trailers,
      ...objects.filter((each) => each.stream && this.#is(each, '/Type', '/XRef')),
    ].map((each) => entriesOf(text, each))
    if (this.#trailers.length === 0) throw new UnreadablePdf('no trailer')
    this.#layers = this.#isEncrypted() ? [this.#file] : [this.#file, ...this.#unpackAll()]
  }

  reasonToLeave(): Untouched | null {
    if (this.#isEncrypted()) return 'encrypted'
    return this.#layers.some(({ text }) => text.includes('/ByteRange')) ? 'signed' : null
  }

  strip(): Uint8Array {
    for (const layer of this.#layers) this.#blankInfo(layer)
    for (const object of this.#file.objects) this.#blankStream(object)
    for (const layer of this.#layers) if (layer.packed) this.#repack(layer, layer.packed)
    return this.#file.bytes
  }

  #isEncrypted(): boolean {
    return this.#trailers.some((entries) => entries.has('/Encrypt'))
  }

  #is(object: PdfPlace, key: string, name: string): boolean {
    const value = entriesOf(this.#file.text, object).get(key)
    return value !== undefined && plainName(this.#file.text.slice(value.at, value.end)) === name
  }

  #unpackAll(): Layer[] {
    let room = mostUnpacked
    return this.#file.objects.flatMap((object) => {
      if (!object.stream || !this.#is(object, '/Type', '/ObjStm')) return []
      const layer = unpack(this.#file, object, object.stream, room)
      room -= layer.bytes.length
      return [layer]
    })
  }

  /** The document information dictionaries and the texts they point at. */
  #blankInfo({ text, bytes, objects }: Layer): void {
    const infos = new Set(
      this.#trailers.map((each) => pointsAt(this.#file.text, each.get('/Info'))),
    )
    const values = new Set(
      this.#layers.flatMap((layer) =>
        layer.objects
          .filter(({ number }) => infos.has(number))
          .flatMap((each) => allPointedAt(layer.text, each)),
      ),
    )
    for (const { number, at, end } of objects) {
      if (infos.has(number) && text.startsWith('<<', at)) bytes.fill(32, at + 2, end - 2)
      else if (values.has(number) && /^[(<](?!<)/.test(text.slice(at, at + 2))) {
        bytes.fill(32, at + 1, end - 1)
      }
    }
  }

  #blankStream(object: PdfObject): void {
    const { stream } = object
    if (!stream) return
    if (this.#is(object, '/Type', '/Metadata') || this.#is(object, '/Subtype', '/XML')) {
      this.#blankMetadata(object, stream)
    } else if (this.#filterOf(object) === '/DCTDecode') {
      blankJpeg(this.#file.bytes.subarray(stream.at, stream.end))
    }
  }

  /** An XMP packet that says nothing, as plain text whatever it was coded as. */
  #blankMetadata(dictionary: PdfPlace, stream: PdfPlace): void {
    const { text, bytes } = this.#file
    const length = entriesOf(text, dictionary).get('/Length')
    if (!length) throw new UnreadablePdf('metadata without a length')
    const said = `/Length ${text.slice(length.at, length.end)}`
    const room = dictionary.end - dictionary.at - 4
    const full = `/Type/Metadata/Subtype/XML${said}`
    writeInto(bytes, dictionary.at + 2, (full.length <= room ? full : said).padEnd(room))
    const size = stream.end - stream.at
    const fits = emptyPacket.length + endOfPacket.length <= size
    const packet = fits ? emptyPacket.padEnd(size - endOfPacket.length) + endOfPacket : ''
    writeInto(bytes, stream.at, packet.padEnd(size))
  }

  /** The only filter of a stream. */
  #filterOf(object: PdfPlace): string | null {
    return onlyName(this.#file.text, entriesOf(this.#file.text, object).get('/Filter'))
  }

  #repack(layer: Layer, place: PdfPlace): void {
    if (Buffer.from(layer.bytes).toString('latin1') === layer.text) return
    this.#file.bytes.set(deflateInto(layer.bytes, place.end - place.at), place.at)
  }
}

const emptyPacket =
  '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' +
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
const endOfPacket = '<?xpacket end="w"?>'

function writeInto(bytes: Uint8Array, at: number, text: string): void {
  bytes.set(Buffer.from(text, 'latin1'), at)
}

function onlyName(text: string, place: PdfPlace | undefined): string | null {
  if (!place) return null
  const [, found] = /^\[?\s*(\/[^\s[\]/]+)\s*\]?$/.exec(text.slice(place.at, place.end)) ?? []
  return found === undefined ? null : plainName(found)
}

/** Bytes of all packed objects of a file: more would take the memory of the desk. */
const mostUnpacked = 64 * 1024 * 1024

/** The objects packed into a stream (ISO 32000-1 §7.5.7). Throws `UnreadablePdf` for a coding nobody uses there. */
function unpack({ text, bytes }: Layer, object: PdfPlace, packed: PdfPlace, room: number): Layer {
  const entries = entriesOf(text, object)
  const wholeOf = (key: string) => {
    const place = entries.get(key)
    return Number(text.slice(place?.at, place?.end))
  }
  if (onlyName(text, entries.get('/Filter')) !== '/FlateDecode' || entries.has('/DecodeParms')) {
    throw new UnreadablePdf('objects packed in another way')
  }
  const content = inflate(bytes.subarray(packed.at, packed.end), room)
  const inside = content.toString('latin1')
  const first = wholeOf('/First')
  const numbers = inside.slice(0, first).trim().split(/\s+/).map(Number)
  const objects = Array.from({ length: wholeOf('/N') }, (_, index) => {
    const [number, offset] = [numbers[index * 2], numbers[index * 2 + 1]]
    if (number === undefined || offset === undefined)
      throw new UnreadablePdf('an object is missing')
    const at = skipSpace(inside, first + offset)
    return { number, at, end: endOfValue(inside, at), stream: null }
  })
  return { text: inside, bytes: Uint8Array.from(content), objects, packed }
}

function inflate(packed: Uint8Array, room: number): Buffer {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, room) })
  } catch {
    throw new UnreadablePdf('packed objects break off')
  }
}

const largestBlock = 0xffff
const blockHead = 5

/**
 * Packs content into exactly `size` bytes, white space behind it filling what is left. Throws `UnreadablePdf` where it
 * does not fit.
 */
function deflateInto(content: Uint8Array, size: number): Uint8Array {
  const packed = deflateSync(content, { level: 9, finishFlush: constants.Z_SYNC_FLUSH })
  const checkLength = 4
  let left = size - packed.length - checkLength
  if (left < blockHead) throw new UnreadablePdf('no room to pack it again')
  const blocks: Uint8Array[] = []
  const filled: Uint8Array[] = [content]
  while (left > 0) {
    // What is left behind a block must hold another one, or nothing.
    const whole = left - blockHead <= largestBlock
    const fill = whole ? left - blockHead : Math.min(largestBlock, left - 2 * blockHead)
    const spaces = new Uint8Array(fill).fill(32)
    const head = [whole ? 1 : 0, fill & 0xff, fill >> 8, ~fill & 0xff, (~fill >> 8) & 0xff]
    blocks.push(new Uint8Array(head), spaces)
    filled.push(spaces)
    left -= blockHead + fill
  }
  const check = new Uint8Array(checkLength)
  new DataView(check.buffer).setUint32(0, adler32(filled))
  return join([packed, ...blocks, check])
}

/** The check sum at the end of packed bytes (RFC 1950 §8.2). */
function adler32(pieces: readonly Uint8Array[]): number {
  let [a, b] = [1, 0]
  for (const piece of pieces) {
    for (const byte of piece) {
      a = (a + byte) % 65_521
      b = (b + a) % 65_521
    }
  }
  return ((b << 16) | a) >>> 0
}
