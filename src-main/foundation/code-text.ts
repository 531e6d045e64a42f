/**
 * Bytes as text that a scanner types and nothing on the way spoils: capital letters and digits only, so that neither
 * an input method nor Caps Lock nor Shift changes it, without Y and Z, which German keyboards swap, and without I and O,
 * which people take for digits. In a QR code such text takes 5.5 bits a character, one tenth more than the bytes.
 */

import { type BusinessDate, dayNumber, fromDayNumber } from './business-date.ts'

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRSTUVWX'
const VALUES = new Map([...ALPHABET].map((letter, value) => [letter, value]))

/** Letters that so many bytes take. */
export function lettersOf(bytes: number): number {
  return Math.ceil((bytes * 8) / 5)
}

/** Writes bytes as letters, five bits each; the last one is filled up with zeros. */
export function writeLetters(bytes: Uint8Array): string {
  let text = ''
  let kept = 0
  let bits = 0
  for (const byte of bytes) {
    kept = ((kept << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET.charAt((kept >> bits) & 31)
    }
  }
  return bits > 0 ? text + ALPHABET.charAt((kept << (5 - bits)) & 31) : text
}

/** Reads letters back, whole bytes only; null where one is none of ours, or a bit is set that stands for nothing. */
export function readLetters(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8))
  let kept = 0
  let bits = 0
  let at = 0
  for (const letter of text) {
    const value = VALUES.get(letter)
    if (value === undefined) return null
    kept = ((kept << 5) | value) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes[at] = (kept >> bits) & 0xff
    at += 1
  }
  const rest = kept & ((1 << bits) - 1)
  return bits >= 5 || rest !== 0 ? null : bytes
}

/** A code as it is compared: what a pasted mail or a scan set wrong adds (blanks, line ends, small letters) is gone. */
export function plainCode(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s\-_]/g, '')
    .toUpperCase()
}

/** Collects the parts of a code. */
export class ByteWriter {
  readonly #bytes: number[] = []

  /** Two bytes, the higher first. */
  pair(value: number): this {
    if (!Number.isInteger(value) || value < 0 || value > 0xffff) {
      throw new RangeError(`does not fit two bytes: ${value}`)
    }
    this.#bytes.push(value >> 8, value & 0xff)
    return this
  }

  /** A whole number, seven bits a byte, the lowest first. */
  count(value: number): this {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a count: ${value}`)
    let left = value
    while (left > 0x7f) {
      this.#bytes.push((left % 0x80) | 0x80)
      left = Math.floor(left / 0x80)
    }
    this.#bytes.push(left)
    return this
  }

  /** Text with its length before it. */
  text(value: string): this {
    const bytes = new TextEncoder().encode(value)
    return this.count(bytes.length).bytes(bytes)
  }

  bytes(value: Uint8Array): this {
    this.#bytes.push(...value)
    return this
  }

  get length(): number {
    return this.#bytes.length
  }

  done(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#bytes)
  }
}

/** What a reader throws where the bytes end too early or make no sense; callers turn it into an answer. */
export class UnreadableBytes extends Error {}

/** Reads what `ByteWriter` wrote, and nothing else: every text has one spelling only. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  pair(): number {
    const [high = 0, low = 0] = this.take(2)
    return high * 256 + low
  }

  count(): number {
    let value = 0
    for (let place = 1; ; place *= 0x80) {
      const [byte = 0] = this.take(1)
      value += (byte & 0x7f) * place
      if (!Number.isSafeInteger(value)) throw new UnreadableBytes('a number is too large')
      if (byte < 0x80) {
        if (byte === 0 && place > 1) throw new UnreadableBytes('a number has zeros before it')
        return value
      }
    }
  }

  text(): string {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
        this.take(this.count()),
      )
    } catch (error) {
      throw new UnreadableBytes('not a text', { cause: error })
    }
  }

  take(length: number): Uint8Array {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new UnreadableBytes('ends too early')
    const part = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return part
  }

  /** The rest has to be nothing. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw new UnreadableBytes('does not end')
  }
}

/** Days since 2000-01-01, which fit two bytes until 2179. */
export function dayOfCentury(businessDate: BusinessDate): number {
  return dayNumber(businessDate) - EPOCH
}

export function dateOfDay(day: number): BusinessDate {
  return fromDayNumber(EPOCH + day)
}

const EPOCH = dayNumber('2000-01-01')

/**
 * Cuts a text to so many bytes of UTF-8 between two letters; what was cut ends with an ellipsis. Lone halves of
 * letters, which no text of a person has, become the sign for them.
 */
export function fitBytes(text: string, most: number): string {
  const bytes = new TextEncoder().encode(text)
  const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  if (bytes.length <= most) return whole
  const size = (part: string) => new TextEncoder().encode(part).length
  let kept = ''
  let used = size('…')
  for (const letter of whole) {
    used += size(letter)
    if (used > most) break
    kept += letter
  }
  return `${kept}…`
}
