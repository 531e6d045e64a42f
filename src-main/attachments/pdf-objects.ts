/**
 * Reads where the objects of a PDF are (ISO 32000-1 §7.3, §7.5), as far as neutralising its metadata needs it. Works on
 * text of one character for each byte, so that places in it are places in the file.
 */

/** A value between two places of the text it stands in. */
export interface PdfPlace {
  at: number
  end: number
}

export interface PdfObject extends PdfPlace {
  number: number
  /** The bytes behind a dictionary, where the object is a stream. */
  stream: PdfPlace | null
}

/** The text is no PDF as the format describes it. */
export class UnreadablePdf extends Error {}

const white = '\\0\\t\\n\\f\\r '
const regular = new RegExp(`[^${white}()<>[\\]{}/%]+`, 'y')
const space = new RegExp(`(?:[${white}]|%[^\\r\\n]*)*`, 'y')
const name = new RegExp(`/[^${white}()<>[\\]{}/%]*`, 'y')
const hex = new RegExp(`<[0-9A-Fa-f${white}]*>`, 'y')
const reference = new RegExp(`(\\d+)[${white}]+\\d+[${white}]+R(?![^${white}()<>[\\]{}/%])`, 'y')
const anObject = new RegExp(`(?:(\\d+)[${white}]+\\d+[${white}]+obj|trailer)(?![A-Za-z])`, 'g')
const opening: ReadonlySet<string> = new Set(['<<', '['])
const closing: ReadonlySet<string> = new Set(['>>', ']'])

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Where the next token begins: behind white space and comments. */
export function skipSpace(text: string, at: number): number {
  return at + (matchAt(space, text, at)?.[0].length ?? 0)
}

/** Where a token ends. */
function endOfToken(text: string, at: number): number {
  const two = text.slice(at, at + 2)
  if (two === '<<' || two === '>>') return at + 2
  const first = text[at] ?? ''
  if (first === '(') return endOfString(text, at)
  if (first === '[' || first === ']' || first === '{' || first === '}') return at + 1
  const found =
    first === '/'
      ? matchAt(name, text, at)
      : first === '<'
        ? matchAt(hex, text, at)
        : matchAt(regular, text, at)
  if (!found) throw new UnreadablePdf(`nothing to read at ${at}`)
  return at + found[0].length
}

function endOfString(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at]
    if (letter === '\\') at += 1
    else if (letter === '(') depth += 1
    else if (letter === ')') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  throw new UnreadablePdf('a string breaks off')
}

/** Where a value ends: a dictionary or array with all that is in it, a reference with its three parts. */
export function endOfValue(text: string, from: number): number {
  const pointed = matchAt(reference, text, from)
  if (pointed) return from + pointed[0].length
  let depth = 0
  for (let at = from; ; at = skipSpace(text, at)) {
    const end = endOfToken(text, at)
    const token = text.slice(at, Math.min(end, at + 2))
    if (opening.has(token)) depth += 1
    else if (closing.has(token)) depth -= 1
    if (depth <= 0) return end
    at = end
  }
}

/** The entries of a dictionary by their keys; empty where the value is none. */
export function entriesOf(text: string, { at: from }: PdfPlace): Map<string, PdfPlace> {
  const entries = new Map<string, PdfPlace>()
  if (!text.startsWith('<<', from)) return entries
  for (let at = skipSpace(text, from + 2); !text.startsWith('>>', at);) {
    const endOfKey = endOfToken(text, at)
    const key = plainName(text.slice(at, endOfKey))
    const value = skipSpace(text, endOfKey)
    const end = endOfValue(text, value)
    entries.set(key, { at: value, end })
    at = skipSpace(text, end)
  }
  return entries
}

/** A name as it is meant: `/M#65tadata` is `/Metadata`. */
export function plainName(written: string): string {
  return written.replace(/#([0-9A-Fa-f]{2})/g, (_whole, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** The number of the object a value points at; null for a value that stands there itself. */
export function pointsAt(text: string, place: PdfPlace | undefined): number | null {
  const found = place && matchAt(reference, text, place.at)
  return found ? Number(found[1]) : null
}

/** The numbers of all objects a value points at. */
export function allPointedAt(text: string, { at, end }: PdfPlace): number[] {
  const numbers: number[] = []
  for (let next = at; next < end; next += 1) {
    const found = matchAt(reference, text, next)
    if (!found) continue
    numbers.push(Number(found[1]))
    next += found[0].length - 1
  }
  return numbers
}

/**
 * All objects of a file in the order they stand there, those of earlier revisions included, and the dictionaries of
 * its trailers. Throws `UnreadablePdf` where one cannot be read.
 */
export function readObjects(text: string): { objects: PdfObject[]; trailers: PdfPlace[] } {
  const objects: PdfObject[] = []
  const trailers: PdfPlace[] = []
  const lengths = readNumbers(text)
  for (let from = 0; ;) {
    const found = matchAt(anObject, text, from)
    if (!found) return { objects, trailers }
    const at = skipSpace(text, found.index + found[0].length)
    // An empty object stands for null.
    const end = text.startsWith('endobj', at) ? at : endOfValue(text, at)
    from = end
    if (found[1] === undefined) {
      trailers.push({ at, end })
      continue
    }
    const stream = streamBehind(text, { at, end }, lengths)
    objects.push({ number: Number(found[1]), at, end, stream })
    if (stream) from = stream.end
  }
}

/** Objects that are a whole number: lengths of streams stand there. */
function readNumbers(text: string): Map<number, number> {
  const found = text.matchAll(/(\d+)\s+\d+\s+obj\s+(\d+)\s+endobj/g)
  return new Map([...found].map(([, number, value]) => [Number(number), Number(value)]))
}

function streamBehind(
  text: string,
  dictionary: PdfPlace,
  lengths: ReadonlyMap<number, number>,
): PdfPlace | null {
  const keyword = skipSpace(text, dictionary.end)
  if (!text.startsWith('stream', keyword) || !text.startsWith('<<', dictionary.at)) return null
  const at = keyword + 'stream'.length + (text.startsWith('\r\n', keyword + 6) ? 2 : 1)
  const length = entriesOf(text, dictionary).get('/Length')
  const pointed = pointsAt(text, length)
  const said =
    pointed === null ? Number(text.slice(length?.at, length?.end)) : (lengths.get(pointed) ?? -1)
  if (said >= 0 && text.startsWith('endstream', skipWhite(text, at + said))) {
    return { at, end: at + said }
  }
  const end = text.indexOf('endstream', at)
  if (end < 0) throw new UnreadablePdf('a stream breaks off')
  return { at, end }
}

function skipWhite(text: string, from: number): number {
  let at = from
  while (at < text.length && '\0\t\n\f\r '.includes(text[at] ?? '')) at += 1
  return at
}
