/**
 * What a receipt printer makes of the bytes it gets: an ESC/POS reader that knows only what the desk may send, and
 * throws at anything else.
 */
import iconv from 'iconv-lite'

/** A letter as it comes out; `cells` are widths of a plain Latin letter. */
export interface PrintedLetter {
  text: string
  cells: number
  bold: boolean
  wide: number
  tall: number
}

export type PrintedPart =
  | { kind: 'line'; letters: PrintedLetter[]; align: number; pitch: number }
  | { kind: 'feed'; dots: number }
  | { kind: 'code128'; text: string; module: number; height: number; align: number }
  | { kind: 'qr'; text: string; module: number; level: number; align: number }
  | { kind: 'dots'; width: number; height: number; rows: Uint8Array }

/** One slip, from a reset to its cut. */
export interface PrintedSlip {
  parts: PrintedPart[]
  /** How it was cut off; null where it is torn. */
  cut: 'full' | 'partial' | null
  /** Where on the roll it is printed, in dots; null where it has all of it. */
  area: { left: number; width: number } | null
}

export interface PrintedRoll {
  slips: PrintedSlip[]
  /** How often the drawer was opened. */
  kicks: number
}

/** Reads all a printer got. */
export function decodeEscpos(bytes: Uint8Array): PrintedRoll {
  return new Decoder(bytes).run()
}

const ESC = 0x1b
const FS = 0x1c
const GS = 0x1d

class Decoder {
  readonly #bytes: Uint8Array
  readonly #roll: PrintedRoll = { slips: [], kicks: 0 }
  #at = 0
  #slip: PrintedSlip = { parts: [], cut: null, area: null }
  #letters: PrintedLetter[] = []
  #hanzi = false
  #bold = false
  #wide = 1
  #tall = 1
  #align = 0
  #pitch = 30
  #bar = { height: 162, width: 3 }
  #qr = { module: 3, level: 48, text: '' }

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  run(): PrintedRoll {
    while (this.#at < this.#bytes.length) this.#step(this.#next())
    this.#endSlip(null)
    return this.#roll
  }

  #next(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) throw new Error('the bytes end in the middle of a command')
    return byte
  }

  #take(count: number): Uint8Array {
    if (this.#at + count > this.#bytes.length) throw new Error('a command lacks its data')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  #step(byte: number): void {
    if (byte === ESC) this.#escape(this.#next())
    else if (byte === FS) this.#hanziMode(this.#next())
    else if (byte === GS) this.#group(this.#next())
    else if (byte === 0x0a) this.#endLine()
    // DLE EOT n: a question that prints nothing.
    else if (byte === 0x10) this.#take(2)
    else this.#letter(byte)
  }

  #word(): number {
    const [low = 0, high = 0] = this.#take(2)
    return low + high * 256
  }

  #hanziMode(command: number): void {
    if (command !== 0x26 && command !== 0x2e) throw new Error(`FS ${command}`)
    this.#hanzi = command === 0x26
  }

  #escape(command: number): void {
    switch (command) {
      case 0x40:
        this.#reset()
        return
      case 0x33:
        this.#pitch = this.#next()
        return
      case 0x45:
        this.#bold = this.#next() === 1
        return
      case 0x61:
        this.#align = this.#next()
        return
      case 0x4a:
        this.#endText()
        this.#slip.parts.push({ kind: 'feed', dots: this.#next() })
        return
      case 0x64:
        this.#slip.parts.push({ kind: 'feed', dots: this.#next() * this.#pitch })
        this.#endSlip(null)
        return
      case 0x70:
        this.#take(3)
        this.#roll.kicks++
        return
      default:
        throw new Error(`ESC ${command}`)
    }
  }

  #group(command: number): void {
    switch (command) {
      case 0x21: {
        const size = this.#next()
        this.#wide = (size >> 4) + 1
        this.#tall = (size & 15) + 1
        return
      }
      // A margin holds from the beginning of a line on; the width is measured from it.
      case 0x4c:
        this.#endText()
        this.#slip.area = { left: this.#word(), width: 0 }
        return
      case 0x57:
        this.#endText()
        if (!this.#slip.area) throw new Error('a width without its margin')
        this.#slip.area.width = this.#word()
        return
      case 0x48:
        if (this.#next() !== 0) throw new Error('figures of the printer below its bars')
        return
      case 0x68:
        this.#bar.height = this.#next()
        return
      case 0x77:
        this.#bar.width = this.#next()
        return
      case 0x6b:
        this.#barcode()
        return
      // A question that prints nothing.
      case 0x72:
        this.#take(1)
        return
      case 0x28:
        this.#qrCommand()
        return
      case 0x76:
        this.#picture()
        return
      case 0x56: {
        const how = this.#next()
        if (how !== 65 && how !== 66) throw new Error(`cut ${how}`)
        this.#take(1)
        this.#endSlip(how === 65 ? 'full' : 'partial')
        return
      }
      default:
        throw new Error(`GS ${command}`)
    }
  }

  #reset(): void {
    this.#endSlip(null)
    this.#hanzi = false
    this.#bold = false
    this.#wide = 1
    this.#tall = 1
    this.#align = 0
    this.#pitch = 30
  }

  #letter(byte: number): void {
    if (byte < 0x20) throw new Error(`control byte ${byte}`)
    const look = { bold: this.#bold, wide: this.#wide, tall: this.#tall }
    if (byte < 0x80) {
      this.#letters.push({ text: String.fromCharCode(byte), cells: this.#wide, ...look })
      return
    }
    if (!this.#hanzi) throw new Error('a Hanzi outside of Hanzi mode')
    const second = this.#next()
    const isLong = second >= 0x30 && second <= 0x39
    const bytes = [byte, second, ...(isLong ? this.#take(2) : [])]
    const text = iconv.decode(Buffer.from(bytes), 'gb18030')
    this.#letters.push({ text, cells: 2 * this.#wide, ...look })
  }

  #endLine(): void {
    const tall = Math.max(1, ...this.#letters.map((letter) => letter.tall))
    const pitch = Math.max(this.#pitch, 24 * tall)
    this.#slip.parts.push({ kind: 'line', letters: this.#letters, align: this.#align, pitch })
    this.#letters = []
  }

  #endText(): void {
    if (this.#letters.length > 0) throw new Error('text without a line feed')
  }

  #endSlip(cut: PrintedSlip['cut']): void {
    this.#endText()
    const slip = { ...this.#slip, cut }
    this.#slip = { parts: [], cut: null, area: null }
    if (slip.parts.length > 0) this.#roll.slips.push(slip)
  }

  #barcode(): void {
    this.#endText()
    if (this.#next() !== 73) throw new Error('not a Code 128')
    const text = readSubsets(this.#take(this.#next()))
    const { width: module, height } = this.#bar
    this.#slip.parts.push({ kind: 'code128', text, module, height, align: this.#align })
  }

  #qrCommand(): void {
    this.#endText()
    if (this.#next() !== 0x6b) throw new Error('not a QR code')
    const [low = 0, high = 0] = this.#take(2)
    const [kind, what, ...rest] = this.#take(low + high * 256)
    if (kind !== 0x31) throw new Error('not a QR code')
    if (what === 67) this.#qr.module = rest[0] ?? 0
    else if (what === 69) this.#qr.level = rest[0] ?? 0
    else if (what === 80) this.#qr.text = Buffer.from(rest.slice(1)).toString()
    else if (what === 81) this.#slip.parts.push({ kind: 'qr', ...this.#qr, align: this.#align })
    else if (what !== 65 || rest[0] !== 50) throw new Error(`QR function ${what}`)
  }

  #picture(): void {
    this.#endText()
    const [zero, mode, xl = 0, xh = 0, yl = 0, yh = 0] = this.#take(6)
    if (zero !== 0x30 || mode !== 0) throw new Error('not a plain picture')
    const [across, height] = [xl + xh * 256, yl + yh * 256]
    const rows = Uint8Array.from(this.#take(across * height))
    this.#slip.parts.push({ kind: 'dots', width: across * 8, height, rows })
  }
}

/** Data of GS k in subsets B and C. */
function readSubsets(data: Uint8Array): string {
  let subset = ''
  let text = ''
  for (let at = 0; at < data.length; at++) {
    const byte = data[at] ?? 0
    if (byte === 0x7b) {
      const next = data[++at] ?? 0
      if (next === 0x7b) text += '{'
      else subset = String.fromCharCode(next)
    } else if (subset === 'C') {
      if (byte > 99) throw new Error(`no pair of digits: ${byte}`)
      text += String(byte).padStart(2, '0')
    } else if (subset === 'B') text += String.fromCharCode(byte)
    else throw new Error('no subset chosen')
  }
  return text
}

/** The texts of a slip line by line, as they stand on the paper. */
export function linesOf({ parts }: PrintedSlip): string[] {
  return parts.flatMap((part) =>
    part.kind === 'line' ? [part.letters.map(({ text }) => text).join('')] : [],
  )
}

/** Widest line of a slip in plain Latin letters. */
export function widestLine({ parts }: PrintedSlip): number {
  return Math.max(
    0,
    ...parts.map((part) =>
      part.kind === 'line' ? part.letters.reduce((sum, { cells }) => sum + cells, 0) : 0,
    ),
  )
}

/** All bands of a slip below each other; null where it has none. */
export function joinBands({
  parts,
}: PrintedSlip): { width: number; height: number; rows: Uint8Array } | null {
  const bands = parts.filter((part) => part.kind === 'dots')
  const [first] = bands
  if (!first) return null
  if (bands.some(({ width }) => width !== first.width)) throw new Error('bands of several widths')
  return {
    width: first.width,
    height: bands.reduce((sum, { height }) => sum + height, 0),
    rows: new Uint8Array(Buffer.concat(bands.map(({ rows }) => rows))),
  }
}
