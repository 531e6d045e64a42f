import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { StringDecoder } from 'node:string_decoder'

import iconv from 'iconv-lite'

import { refuse } from '../foundation/errors.ts'

/** The encodings a till's export comes in (domain.md §5.5). */
export type FileEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

export interface DetectedEncoding {
  encoding: FileEncoding
  /** Bytes of the byte order mark, to be skipped. */
  bomLength: number
}

const chunkBytes = 256 * 1024

/**
 * How a file is encoded: by its byte order mark, else strict UTF-8 over the whole file, else GB18030
 * (domain.md §5.5). A file that is neither is read as GB18030 too: what cannot be decoded becomes U+FFFD and its row
 * is refused, never guessed. A look at a large file may stop after `limitBytes`; its import looks at all of it.
 */
export function detectEncoding(
  path: string,
  limitBytes = Number.POSITIVE_INFINITY,
): DetectedEncoding {
  const file = openFile(path)
  try {
    const head = Buffer.alloc(4)
    const got = readSync(file, head, 0, 4, 0)
    const bom = byteOrderMark(head.subarray(0, got))
    if (bom) return bom
    return { encoding: wholeFileIsUtf8(file, limitBytes) ? 'utf-8' : 'gb18030', bomLength: 0 }
  } finally {
    closeSync(file)
  }
}

function byteOrderMark(head: Buffer): DetectedEncoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) {
    return { encoding: 'utf-8', bomLength: 3 }
  }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bomLength: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomLength: 2 }
  return null
}

function wholeFileIsUtf8(file: number, limitBytes: number): boolean {
  const chunk = Buffer.alloc(chunkBytes)
  let kept = 0
  let seen = 0
  for (;;) {
    if (seen >= limitBytes) return true
    const got = readSync(file, chunk, kept, chunkBytes - kept, null)
    seen += got
    const bytes = chunk.subarray(0, kept + got)
    if (got === 0) return bytes.length === 0 || isUtf8(bytes)
    const whole = lengthOfWholeCharacters(bytes)
    if (!isUtf8(bytes.subarray(0, whole))) return false
    bytes.copyWithin(0, whole)
    kept = bytes.length - whole
  }
}

/** Bytes up to a UTF-8 character the end of the chunk may have cut. */
function lengthOfWholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return needs > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

/** Turns bytes into text, chunk by chunk; a character cut by a chunk's end comes with the next. */
interface ChunkDecoder {
  write(bytes: Buffer): string
  end(): string
}

function decoderFor(encoding: FileEncoding): ChunkDecoder {
  switch (encoding) {
    case 'utf-8': {
      const decoder = new StringDecoder('utf8')
      return { write: (bytes) => decoder.write(bytes), end: () => decoder.end() }
    }
    case 'gb18030':
      return gb18030Decoder()
    case 'utf-16le':
    case 'utf-16be': {
      const decoder = iconv.getDecoder(encoding)
      return { write: (bytes) => decoder.write(bytes), end: () => decoder.end() ?? '' }
    }
  }
}

/** ICU's decoder where the runtime carries the table (three times as fast), else iconv-lite's. */
function gb18030Decoder(): ChunkDecoder {
  try {
    const decoder = new TextDecoder('gb18030')
    return {
      write: (bytes) => decoder.decode(bytes, { stream: true }),
      end: () => decoder.decode(),
    }
  } catch {
    const decoder = iconv.getDecoder('gb18030')
    return { write: (bytes) => decoder.write(bytes), end: () => decoder.end() ?? '' }
  }
}

export interface TextChunk {
  text: string
  /** Bytes of the file read so far: what progress is measured by. */
  bytesRead: number
}

/**
 * The file as text, chunk by chunk, in bounded memory; at most `limitBytes` of it when given. Refuses with
 * `import.file_changed` when the file shrinks or goes away while it is read.
 */
export function* readText(
  path: string,
  { encoding, bomLength }: DetectedEncoding,
  limitBytes = Number.POSITIVE_INFINITY,
): Generator<TextChunk> {
  const file = openFile(path)
  try {
    const size = fstatSync(file).size
    const decoder = decoderFor(encoding)
    let position = bomLength
    for (;;) {
      const room = Math.min(chunkBytes, limitBytes - position)
      if (room <= 0) return
      const chunk = Buffer.allocUnsafe(room)
      const got = readBytes(path, file, chunk, position)
      if (got === 0) break
      position += got
      yield { text: decoder.write(chunk.subarray(0, got)), bytesRead: position }
    }
    if (position < size || fstatSync(file).nlink === 0) refuseChanged(path)
    yield { text: decoder.end(), bytesRead: position }
  } finally {
    closeSync(file)
  }
}

function readBytes(path: string, file: number, into: Buffer, position: number): number {
  try {
    return readSync(file, into, 0, into.length, position)
  } catch (error) {
    refuseChanged(path, error)
  }
}

function refuseChanged(path: string, cause?: unknown): never {
  refuse('import.file_changed', { fileName: basename(path) }, cause)
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    refuseChanged(path, error)
  }
}
