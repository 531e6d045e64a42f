/**
 * The text in the QR code of a card: its facts and a signature over them, so that any desk can read and check it
 * without a network and without the card's database (docs/verify.md has the format byte by byte).
 */
import {
  ByteReader,
  ByteWriter,
  dateOfDay,
  dayOfCentury,
  fitBytes,
  lettersOf,
  plainCode,
  readLetters,
  UnreadableBytes,
  writeLetters,
} from './code-text.ts'
import { CARD_CODE_MARK, formatDocumentNumber, parseDocumentNumber } from './document-number.ts'

/** What a card says of one unit. Empty text and null: nobody wrote it on the card. */
export interface CodeUnit {
  name: string
  brand: string
  model: string
  serialNo: string
  /** What was paid for it, minor units. */
  paid: number
  unitEndsOn: string
  partEndsOn: string | null
  mainParts: string
}

export interface CodeFacts {
  /** `XY-…`; its desk and day of issue are inside. */
  number: string
  /** 1 on a first card, one more on each that stands in for another after an exchange. */
  issue: number
  store: string
  saleDate: string
  receiptNo: string
  currency: string
  /** Units the card stands for; those that did not fit are only counted. */
  unitCount: number
  units: CodeUnit[]
}

/** Bytes of a signature (Ed25519), and those of a key's id. */
const SIGNATURE_BYTES = 64
export const KEY_ID_BYTES = 5

/** Length, key id, desk, day and serial: what every code begins with. */
const HEAD_BYTES = 2 + KEY_ID_BYTES + 6
const LEAST_BYTES = HEAD_BYTES + 8 + SIGNATURE_BYTES

/** A code of so many bytes is a QR of 69 modules at most: 26 mm with three dots of a 203 dpi printer each. */
export const MOST_CODE_BYTES = 280

/** Longest text that is looked at as a code: several times one, for a trigger held too long. */
export const LONGEST_SCAN = 3_000

/** Bytes a text may take, and where one unit alone is too much, the least it is cut to. */
const ROOM = { store: 36, receiptNo: 40, name: 90, brand: 20, model: 30, serialNo: 60, parts: 24 }
const TIGHT = { store: 24, receiptNo: 32, name: 36, brand: 0, model: 20, serialNo: 32, parts: 0 }

/**
 * What of a card goes into its code: texts as long as there is room, and units in their order until the code is full.
 * A unit is never half there.
 */
export function fitCodeFacts(facts: CodeFacts): CodeFacts {
  for (const room of [ROOM, { ...ROOM, name: 66 }, { ...ROOM, name: 45, parts: 0 }]) {
    const fitted = cutTexts(facts, room)
    if (sizeOf({ ...fitted, units: fitted.units.slice(0, 1) }) > MOST_CODE_BYTES) continue
    let count = fitted.units.length
    while (
      count > 1 &&
      sizeOf({ ...fitted, units: fitted.units.slice(0, count) }) > MOST_CODE_BYTES
    )
      count -= 1
    return { ...fitted, units: fitted.units.slice(0, count) }
  }
  const tight = cutTexts(facts, TIGHT)
  return { ...tight, units: tight.units.slice(0, 1) }
}

function cutTexts(facts: CodeFacts, room: typeof ROOM): CodeFacts {
  return {
    ...facts,
    store: fitBytes(facts.store, room.store),
    receiptNo: fitBytes(facts.receiptNo, room.receiptNo),
    units: facts.units.map((unit) => ({
      ...unit,
      name: fitBytes(unit.name, room.name),
      brand: room.brand === 0 ? '' : fitBytes(unit.brand, room.brand),
      model: fitBytes(unit.model, room.model),
      serialNo: fitBytes(unit.serialNo, room.serialNo),
      mainParts: room.parts === 0 ? '' : fitBytes(unit.mainParts, room.parts),
    })),
  }
}

function sizeOf(facts: CodeFacts): number {
  return writeBody(facts, new Uint8Array(KEY_ID_BYTES)).length + SIGNATURE_BYTES
}

/**
 * The bytes that are signed: the mark, so that a signature is good for nothing but a card's code of this format, and
 * all that stands before the signature.
 *
 * @throws RangeError when the facts are none a card can have
 */
export function bytesToSign(facts: CodeFacts, keyId: Uint8Array): Uint8Array<ArrayBuffer> {
  return withMark(writeBody(facts, keyId))
}

/** The code of facts whose `bytesToSign` were signed. */
export function writeCardCode(facts: CodeFacts, keyId: Uint8Array, signature: Uint8Array): string {
  if (signature.length !== SIGNATURE_BYTES) throw new RangeError('not a signature')
  const body = writeBody(facts, keyId)
  return CARD_CODE_MARK + writeLetters(new ByteWriter().bytes(body).bytes(signature).done())
}

function withMark(body: Uint8Array): Uint8Array<ArrayBuffer> {
  return new ByteWriter().bytes(new TextEncoder().encode(CARD_CODE_MARK)).bytes(body).done()
}

function writeBody(facts: CodeFacts, keyId: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts = parseDocumentNumber(facts.number)
  if (parts?.type !== 'XY') throw new RangeError(`not a card number: ${facts.number}`)
  if (keyId.length !== KEY_ID_BYTES) throw new RangeError('not a key id')
  const after = new ByteWriter()
    .bytes(keyId)
    .pair(Number(parts.desk))
    .pair(dayOfCentury(parts.businessDate))
    .pair(parts.serial)
    .count(facts.issue)
    .text(facts.store)
    .count(dayOfCentury(facts.saleDate))
    .text(facts.receiptNo)
    .text(facts.currency)
    .count(facts.unitCount)
    .count(facts.units.length)
  for (const unit of facts.units) {
    after
      .text(unit.name)
      .text(unit.brand)
      .text(unit.model)
      .text(unit.serialNo)
      .count(unit.paid)
      .count(dayOfCentury(unit.unitEndsOn))
      .count(unit.partEndsOn === null ? 0 : dayOfCentury(unit.partEndsOn))
      .text(unit.mainParts)
  }
  return new ByteWriter()
    .pair(2 + after.length + SIGNATURE_BYTES)
    .bytes(after.done())
    .done()
}

/** What a scanned or pasted text is, before any key is asked. */
export type CardCodeReading =
  | { kind: 'code'; facts: CodeFacts; keyId: Uint8Array; signed: Uint8Array; signature: Uint8Array }
  /** The scanner stopped early: letters that are missing. */
  | { kind: 'incomplete'; missing: number }
  /** It begins like a code, but nothing that a desk wrote reads like this. */
  | { kind: 'unreadable' }
  /** A format this program does not know yet. */
  | { kind: 'newer' }
  | { kind: 'no_code' }

const ANY_CODE = /^GWC\d/

/** Whether a scanned text means to be a card's code, whole or not. */
export function looksLikeCardCode(text: string): boolean {
  return ANY_CODE.test(plainCode(text.slice(0, 40)))
}

/** Reads a code without checking its signature. A code scanned twice in one go is one code. */
export function readCardCode(text: string): CardCodeReading {
  const plain = plainCode(text)
  if (!ANY_CODE.test(plain)) return { kind: 'no_code' }
  if (!plain.startsWith(CARD_CODE_MARK)) return { kind: 'newer' }
  const letters = plain.slice(CARD_CODE_MARK.length)
  const length = readLength(letters)
  if (length === 'short')
    return { kind: 'incomplete', missing: lettersOf(LEAST_BYTES) - letters.length }
  if (length === null || length < LEAST_BYTES) return { kind: 'unreadable' }
  const needed = lettersOf(length)
  if (letters.length < needed) return { kind: 'incomplete', missing: needed - letters.length }
  const once = letters.slice(0, needed)
  if (letters.length > needed && !isRepeated(plain, CARD_CODE_MARK + once)) {
    return { kind: 'unreadable' }
  }
  const bytes = readLetters(once)
  if (bytes?.length !== length) return { kind: 'unreadable' }
  return readBody(bytes)
}

function readLength(letters: string): number | 'short' | null {
  if (letters.length < lettersOf(2)) return 'short'
  // Sixteen bits are three letters and one bit of the fourth.
  const bytes = readLetters(`${letters.slice(0, 4)}0000`)
  return bytes && new ByteReader(bytes).pair()
}

/** A trigger held too long types the code again, whole or not. */
function isRepeated(plain: string, code: string): boolean {
  const again = plain.slice(code.length)
  return (
    again.startsWith(CARD_CODE_MARK) &&
    code.repeat(Math.ceil(plain.length / code.length)).startsWith(plain)
  )
}

function readBody(bytes: Uint8Array): CardCodeReading {
  const split = bytes.length - SIGNATURE_BYTES
  try {
    const reader = new ByteReader(bytes.subarray(0, split))
    reader.pair()
    const keyId = reader.take(KEY_ID_BYTES)
    const facts = readFacts(reader)
    reader.end()
    const signed = withMark(bytes.subarray(0, split))
    return { kind: 'code', facts, keyId, signed, signature: bytes.subarray(split) }
  } catch (error) {
    if (error instanceof UnreadableBytes || error instanceof RangeError) {
      return { kind: 'unreadable' }
    }
    throw error
  }
}

function readFacts(reader: ByteReader): CodeFacts {
  const number = formatDocumentNumber({
    type: 'XY',
    desk: String(reader.pair()).padStart(4, '0'),
    businessDate: dateOfDay(reader.pair()),
    serial: reader.pair(),
  })
  const head = {
    number,
    issue: reader.count(),
    store: reader.text(),
    saleDate: readDate(reader),
    receiptNo: reader.text(),
    currency: reader.text(),
    unitCount: reader.count(),
  }
  const units: CodeUnit[] = []
  for (let left = reader.count(); left > 0; left -= 1) {
    units.push({
      name: reader.text(),
      brand: reader.text(),
      model: reader.text(),
      serialNo: reader.text(),
      paid: reader.count(),
      unitEndsOn: readDate(reader),
      partEndsOn: readPartDate(reader),
      mainParts: reader.text(),
    })
  }
  return { ...head, units }
}

function readDate(reader: ByteReader): string {
  const day = reader.count()
  // Year 2269: later than any warranty, earlier than a date that reads differently.
  if (day > 98_600) throw new UnreadableBytes('not a day')
  return dateOfDay(day)
}

function readPartDate(reader: ByteReader): string | null {
  const date = readDate(reader)
  return date === '2000-01-01' ? null : date
}
