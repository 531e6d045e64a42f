/** Slips as the bytes a receipt printer is sent. */
import type { SlipContent } from '../../printing/slip.ts'
import { readDrawing, type SlipDrawing } from '../../printing/slip-drawing.ts'
import { cleanText, printedCharacter } from './characters.ts'
import { barcodeCommand, qrCommand } from './codes.ts'
import { type Dots, drawCode, drawPicture, setInDots } from './dots.ts'
import { layOutSlip, lineGap, NeedsDots, type SlipLine } from './lay-out.ts'
import type { EscposOptions } from './options.ts'
import {
  inPlace,
  letterDots,
  marginsOf,
  measureRoll,
  type SlipMargins,
  type SlipOffset,
} from './roll.ts'
import { type Look, sameLook, type Span } from './wrap.ts'

const ESC = 0x1b
const FS = 0x1c
const GS = 0x1d
const LF = 0x0a

/** What a printer is to be sent, and how it came about. */
export interface EncodedSlip {
  bytes: Uint8Array
  mode: EscposOptions['mode']
  /** Why a printer that sets text gets dots; null where it gets what it is set to. */
  because: string | null
}

/** A slip for a printer with these options, `copies` times, each cut off and moved as its way says. */
export function encodeSlip(
  slip: SlipContent,
  options: EscposOptions,
  copies = 1,
  offset: SlipOffset = inPlace,
): EncodedSlip {
  const margins = marginsOf(offset, options)
  const { body, mode, because } = encodeBody(slip, options, margins)
  const place = placeBytes(margins, measureRoll(slip.width, options, margins).dots)
  const bytes = new Bytes()
  for (let copy = 0; copy < copies; copy++) {
    bytes.add(START, place, body, endOf(options, copy === 0))
  }
  return { bytes: bytes.take(), mode, because }
}

function encodeBody(slip: SlipContent, options: EscposOptions, margins: SlipMargins) {
  if (options.mode === 'dots') {
    return { body: encodeDots(slip, options, margins), mode: options.mode, because: null }
  }
  try {
    const body = encodeLines(layOutSlip(slip, options, margins), slip, options, margins)
    return { body, mode: options.mode, because: null }
  } catch (error) {
    if (!(error instanceof NeedsDots)) throw error
    const body = encodeDots(slip, options, margins)
    return { body, mode: 'dots' as const, because: error.message }
  }
}

/** Forgets what another program left set; Hanzi mode on. */
const START = Uint8Array.of(ESC, 0x40, FS, 0x26)

/** GS L, GS W and a feed: nothing where the slip stays in its place. */
function placeBytes({ left, right, top }: SlipMargins, dots: number): Uint8Array {
  const bytes = new Bytes()
  if (left > 0 || right > 0) {
    bytes.add([GS, 0x4c, left & 0xff, left >> 8, GS, 0x57, dots & 0xff, dots >> 8])
  }
  bytes.add(feedBytes(top))
  return bytes.take()
}

/** ESC J, as often as it takes. */
function feedBytes(dots: number): Uint8Array {
  const bytes = new Bytes()
  for (let left = dots; left > 0; left -= 255) bytes.add([ESC, 0x4a, Math.min(left, 255)])
  return bytes.take()
}

/** Feeds to the cutter and cuts, Hanzi mode off again; the drawer opens only where it is set, once. */
export function endOf({ cutter, drawer }: EscposOptions, isFirst: boolean): Uint8Array {
  const kick = drawer === 'off' || !isFirst ? [] : [ESC, 0x70, drawer === 'pin2' ? 0 : 1, 50, 250]
  const cut =
    cutter === 'none' ? [ESC, 0x64, TEAR_LINES] : [GS, 0x56, cutter === 'full' ? 65 : 66, 0]
  return Uint8Array.of(FS, 0x2e, ...kick, ...cut)
}

/** Lines until the end of the slip is above the edge it is torn at. */
const TEAR_LINES = 5

/** Dots a printer with a small memory takes at a time. */
const BAND_ROWS = 128

function encodeDots(slip: SlipContent, options: EscposOptions, margins: SlipMargins): Uint8Array {
  const { dots } = measureRoll(slip.width, options, margins)
  return dotsBytes(setInDots(readDrawing(slip.drawing), dots))
}

/** GS v 0 in bands. */
export function dotsBytes({ width, height, rows }: Dots): Uint8Array {
  const across = width / 8
  const bytes = new Bytes()
  for (let top = 0; top < height; top += BAND_ROWS) {
    const count = Math.min(BAND_ROWS, height - top)
    bytes.add(
      [GS, 0x76, 0x30, 0, across & 0xff, across >> 8, count & 0xff, count >> 8],
      rows.subarray(top * across, (top + count) * across),
    )
  }
  return bytes.take()
}

function encodeLines(
  lines: readonly SlipLine[],
  slip: SlipContent,
  options: EscposOptions,
  margins: SlipMargins,
): Uint8Array {
  const writer = new LineWriter(slip, options, margins)
  for (const line of lines) writer.write(line)
  return writer.take()
}

/** Dots of white below a code. */
const CODE_GAP = 6

const PLAIN: Look = { bold: false, wide: 1, tall: 1 }

class LineWriter {
  readonly #bytes = new Bytes()
  readonly #slip: SlipContent
  readonly #options: EscposOptions
  readonly #dots: number
  #drawn: SlipDrawing | null = null
  #look = PLAIN
  #pitch = 0

  constructor(slip: SlipContent, options: EscposOptions, margins: SlipMargins) {
    this.#slip = slip
    this.#options = options
    this.#dots = measureRoll(slip.width, options, margins).dots
  }

  write(line: SlipLine): void {
    if (line.kind === 'text') this.#text(line.spans)
    else if (line.kind === 'feed') this.#feed(line.dots)
    else if (line.kind === 'picture') this.#picture(line.number)
    else this.#code(line)
  }

  take(): Uint8Array {
    this.#setLook(PLAIN)
    return this.#bytes.take()
  }

  #text(spans: readonly Span[]): void {
    const tall = Math.max(1, ...spans.map((span) => span.tall))
    this.#setPitch(letterDots.height * tall + lineGap)
    for (const span of spans) {
      // What is blank looks the same in bold; large blanks are wide.
      if (span.text.trim() !== '' || span.wide !== this.#look.wide) this.#setLook(span)
      this.#bytes.add(textBytes(span.text, this.#options))
    }
    this.#bytes.add([LF])
  }

  /** ESC 3: the way to the next line. */
  #setPitch(dots: number): void {
    if (dots !== this.#pitch) this.#bytes.add([ESC, 0x33, Math.min(dots, 255)])
    this.#pitch = dots
  }

  /** ESC E and GS !, which hold for Latin letters and Hanzi alike. */
  #setLook(look: Look): void {
    if (sameLook(look, this.#look)) return
    if (look.bold !== this.#look.bold) this.#bytes.add([ESC, 0x45, look.bold ? 1 : 0])
    if (look.wide !== this.#look.wide || look.tall !== this.#look.tall) {
      this.#bytes.add([GS, 0x21, ((look.wide - 1) << 4) | (look.tall - 1)])
    }
    this.#look = { bold: look.bold, wide: look.wide, tall: look.tall }
  }

  #feed(dots: number): void {
    this.#bytes.add(feedBytes(dots))
  }

  #drawing(): SlipDrawing {
    return (this.#drawn ??= readDrawing(this.#slip.drawing))
  }

  #picture(number: number): void {
    const picture = this.#drawing().pictures[number]
    if (!picture) throw new Error('the drawing lacks a picture of the text')
    const scale = this.#dots / this.#drawing().width
    this.#bytes.add(dotsBytes(drawPicture(picture, scale, this.#dots)))
    this.#feed(CODE_GAP)
  }

  #code({ code, module, height, number }: SlipLine & { kind: 'code' }): void {
    this.#setLook(PLAIN)
    if (this.#options.codes === 'dots') {
      const drawn = this.#drawing().codes[number]
      if (!drawn) throw new Error('the drawing lacks a code of the text')
      this.#bytes.add(dotsBytes(drawCode(drawn, module, height, this.#dots)))
      this.#feed(CODE_GAP)
      return
    }
    const command =
      code.kind === 'qr' ? qrCommand(code.text, module) : barcodeCommand(code.text, module, height)
    this.#bytes.add([ESC, 0x61, 1], command, [ESC, 0x61, 0])
    this.#feed(CODE_GAP)
  }
}

/**
 * Text in the printer's bytes.
 *
 * @throws Error for a character that it does not have; `unprintable` says which
 */
export function textBytes(text: string, { hanzi }: Pick<EscposOptions, 'hanzi'>): Uint8Array {
  const bytes = new Bytes()
  for (const character of cleanText(text)) {
    const printed = printedCharacter(character, hanzi)
    if (!printed.bytes) throw new Error(`the printer has no ${character}`)
    bytes.add(printed.bytes)
  }
  return bytes.take()
}

/** Bytes put one behind another. */
class Bytes {
  readonly #parts: Uint8Array[] = []

  add(...parts: (Uint8Array | readonly number[])[]): void {
    this.#parts.push(
      ...parts.map((part) => (part instanceof Uint8Array ? part : Uint8Array.from(part))),
    )
  }

  take(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#parts))
  }
}
