/** Bar codes and QR codes as a receipt printer is told to draw them. */

/** Bars thinner than this are not read from thermal paper, wider ones need no more room. */
const BAR_DOTS = { least: 2, most: 3 } as const

/** White a reader needs at either end of the bars, in modules, and dots of paper the printer does not reach. */
const QUIET_MODULES = 10
const UNREACHED_DOTS = 32

/** Dots of a cell that a phone still reads from thermal paper. */
const LEAST_CELL = 3
const MOST_CELL = 12

/**
 * Dots of the narrowest bar of a Code 128 across `dots` of paper; null where the bars would be too thin to be read.
 *
 * @throws Error when `text` is not printable ASCII
 */
export function barcodeSize(text: string, dots: number): number | null {
  const modules = code128Modules(text)
  for (let size: number = BAR_DOTS.most; size >= BAR_DOTS.least; size--) {
    const quiet = Math.max(2 * (QUIET_MODULES * size - UNREACHED_DOTS), 0)
    if (modules * size + quiet <= dots) return size
  }
  return null
}

/** Dots of one cell of a QR code that is to be `side` dots wide; null where it would be too small to be read. */
export function qrSize(modules: number, side: number, dots: number): number | null {
  const size = Math.min(Math.floor((Math.min(side, dots) + 0.5) / modules), MOST_CELL)
  return size >= LEAST_CELL ? size : null
}

const SYMBOL_MODULES = 11
const STOP_MODULES = 13

/** Width of a Code 128 in narrowest bars. */
export function code128Modules(text: string): number {
  const parts = splitSubsets(text)
  const symbols = parts.reduce((sum, { symbols: own }) => sum + own.length, 0)
  // Start, every change of the subset, and the check symbol.
  return (parts.length + symbols + 1) * SYMBOL_MODULES + STOP_MODULES
}

/** What one subset says, symbol by symbol: a character of B, two digits of C. */
interface SubsetPart {
  subset: 'B' | 'C'
  symbols: string[]
}

/** Digits in a row for which changing to subset C and back pays: alone, at either end, between other characters. */
const LEAST_DIGITS = { alone: 2, atEnd: 4, between: 6 } as const

/** The shortest way to say a text in subsets B and C (ISO/IEC 15417, annex E). */
function splitSubsets(text: string): SubsetPart[] {
  if (!/^[\x20-\x7e]+$/.test(text)) throw new Error(`not a Code 128 text: ${text}`)
  const parts: SubsetPart[] = []
  const add = (subset: 'B' | 'C', symbols: readonly string[]): void => {
    const last = parts.at(-1)
    if (last?.subset === subset) last.symbols.push(...symbols)
    else if (symbols.length > 0) parts.push({ subset, symbols: [...symbols] })
  }
  const stretches = text.match(/\d+|\D+/g) ?? []
  stretches.forEach((stretch, index) => {
    const [isFirst, isLast] = [index === 0, index === stretches.length - 1]
    const place = isFirst && isLast ? 'alone' : isFirst || isLast ? 'atEnd' : 'between'
    if (!/^\d/.test(stretch) || stretch.length < LEAST_DIGITS[place]) {
      add('B', [...stretch])
      return
    }
    // An odd digit stays with its neighbours in B.
    const odd = stretch.length % 2
    const head = isFirst ? 0 : odd
    add('B', Array.from(stretch.slice(0, head)))
    add('C', stretch.slice(head, stretch.length - (odd - head)).match(/../g) ?? [])
    add('B', Array.from(stretch.slice(stretch.length - (odd - head))))
  })
  return parts
}

const GS = 0x1d

/**
 * GS k: a Code 128 with bars `module` dots wide and `height` dots high, without the printer's own figures below it.
 */
export function barcodeCommand(text: string, module: number, height: number): number[] {
  const data = splitSubsets(text).flatMap(({ subset, symbols }) => [
    BRACE,
    subset.charCodeAt(0),
    ...symbols.flatMap((symbol) => (subset === 'C' ? [Number(symbol)] : letterBytes(symbol))),
  ])
  const high = Math.min(Math.max(height, 1), 255)
  return [GS, 0x48, 0, GS, 0x68, high, GS, 0x77, module, GS, 0x6b, 73, data.length, ...data]
}

/** A brace begins a command: one that is meant is doubled. */
const BRACE = 0x7b

function letterBytes(letter: string): number[] {
  const byte = letter.charCodeAt(0)
  return byte === BRACE ? [BRACE, BRACE] : [byte]
}

/** GS ( k: a QR code, model 2, medium correction, cells `module` dots wide. */
export function qrCommand(text: string, module: number): number[] {
  const data = Buffer.from(text)
  const command = (...bytes: number[]): number[] => {
    const length = bytes.length + 1
    return [GS, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, ...bytes]
  }
  return [
    ...command(65, 50, 0),
    ...command(67, module),
    ...command(69, 49),
    ...command(80, 48, ...data),
    ...command(81, 48),
  ]
}
