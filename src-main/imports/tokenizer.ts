/**
 * Cuts delimited text into rows, streaming. RFC 4180 with what real exports add: CR, LF or CRLF, quoted cells over
 * several lines, doubled quotes, quotes inside an unquoted cell taken as they are. A quote that is never closed, or is
 * closed in the middle of a cell, costs its own physical line and nothing more.
 */
export interface Row {
  cells: string[]
  /** Physical line (1-based) the row begins on. */
  line: number
  /** The row as it stands in the file, without its line end. */
  raw: string
  /** Set when the quotes of the row do not fit together; `cells` then holds the raw line alone. */
  broken?: 'quote'
}

export interface TokenizerOptions {
  delimiter: string
  /** How far a quoted cell may reach before its quote counts as never closed. */
  maxQuotedLength?: number
  /** Cells wanted of a row without quotes, where the first few are enough. */
  cells?: number
}

const quote = '"'

export class Tokenizer {
  readonly #delimiter: string
  readonly #maxQuotedLength: number
  readonly #cells: number | undefined
  #buffer = ''
  #position = 0
  #line = 1
  #ended = false
  /** Where the next quote of the buffer is; beyond its end when there is none. */
  #nextQuote = -1
  #nextCr = -1

  constructor({ delimiter, maxQuotedLength = 64 * 1024, cells }: TokenizerOptions) {
    this.#cells = cells
    this.#delimiter = delimiter
    this.#maxQuotedLength = maxQuotedLength
  }

  /** Adds text; take the rows it completes with `next` before adding more. */
  push(text: string): void {
    this.#buffer =
      this.#position === 0 ? this.#buffer + text : this.#buffer.slice(this.#position) + text
    this.#position = 0
    this.#nextQuote = -1
    this.#nextCr = -1
  }

  /** Says that no text follows: the last line counts even without a line end. */
  end(): void {
    this.#ended = true
  }

  /** The next whole row, or null when more text is needed (or none is left). */
  next(): Row | null {
    const buffer = this.#buffer
    const start = this.#position
    if (start >= buffer.length) return null
    const end = this.#lineEnd(start)
    if (end === -1 && !this.#ended) return null
    const stop = end === -1 ? buffer.length : end
    if (!this.#ended && stop === buffer.length - 1 && buffer.charCodeAt(stop) === 13) return null
    if (this.#nextQuote < start) {
      const found = buffer.indexOf(quote, start)
      this.#nextQuote = found === -1 ? Number.POSITIVE_INFINITY : found
    }
    if (this.#nextQuote >= stop) return this.#plainRow(buffer, start, stop)
    return this.#quotedRow(buffer, start, stop)
  }

  /** The first CR or LF at or after `from`, or -1; a lone CR ends a line too (old Macintosh exports). */
  #lineEnd(from: number): number {
    const buffer = this.#buffer
    if (this.#nextCr < from) {
      const found = buffer.indexOf('\r', from)
      this.#nextCr = found === -1 ? Number.POSITIVE_INFINITY : found
    }
    const lf = buffer.indexOf('\n', from)
    if (lf !== -1 && lf < this.#nextCr) return lf
    return this.#nextCr === Number.POSITIVE_INFINITY ? -1 : this.#nextCr
  }

  #plainRow(buffer: string, start: number, stop: number): Row {
    const raw = buffer.slice(start, stop)
    const row = { cells: raw.split(this.#delimiter, this.#cells), line: this.#line, raw }
    this.#advance(buffer, stop, 1)
    return row
  }

  /** Moves behind the line end at `stop`. */
  #advance(buffer: string, stop: number, lines: number): void {
    const crlf = buffer.charCodeAt(stop) === 13 && buffer.charCodeAt(stop + 1) === 10
    this.#position = Math.min(buffer.length, stop + (crlf ? 2 : 1))
    this.#line += lines
  }

  #quotedRow(buffer: string, start: number, firstStop: number): Row | null {
    const cells: string[] = []
    let at = start
    for (;;) {
      if (buffer.charCodeAt(at) !== 34) {
        const end = this.#lineEnd(at)
        const stop = end === -1 ? buffer.length : end
        const delimiter = buffer.indexOf(this.#delimiter, at)
        if (delimiter === -1 || delimiter >= stop) {
          if (stop === buffer.length && !this.#ended) return null
          if (isCutCr(buffer, stop) && !this.#ended) return null
          cells.push(buffer.slice(at, stop))
          return this.#finishQuoted(buffer, start, stop, cells)
        }
        cells.push(buffer.slice(at, delimiter))
        at = delimiter + this.#delimiter.length
        continue
      }
      const close = this.#closingQuote(buffer, at)
      if (close === 'more') return null
      if (close === 'none') return this.#brokenRow(buffer, start, firstStop)
      cells.push(unquote(buffer, at + 1, close))
      const after = close + 1
      if (buffer.startsWith(this.#delimiter, after)) {
        at = after + this.#delimiter.length
        continue
      }
      if (after >= buffer.length) {
        if (!this.#ended) return null
        return this.#finishQuoted(buffer, start, after, cells)
      }
      const code = buffer.charCodeAt(after)
      if (code !== 10 && code !== 13) return this.#brokenRow(buffer, start, firstStop)
      if (isCutCr(buffer, after) && !this.#ended) return null
      return this.#finishQuoted(buffer, start, after, cells)
    }
  }

  /** Where the quote opened at `open` closes; `more` when the buffer ends first, `none` when it goes on too long. */
  #closingQuote(buffer: string, open: number): number | 'more' | 'none' {
    let at = open + 1
    for (;;) {
      const found = buffer.indexOf(quote, at)
      if (found === -1) {
        if (this.#ended || buffer.length - open > this.#maxQuotedLength) return 'none'
        return 'more'
      }
      if (found - open > this.#maxQuotedLength) return 'none'
      if (found + 1 >= buffer.length && !this.#ended) return 'more'
      if (buffer.charCodeAt(found + 1) !== 34) return found
      at = found + 2
    }
  }

  #finishQuoted(buffer: string, start: number, stop: number, cells: string[]): Row {
    const raw = buffer.slice(start, stop)
    const row = { cells, line: this.#line, raw }
    this.#advance(buffer, stop, 1 + countLineEnds(raw))
    return row
  }

  #brokenRow(buffer: string, start: number, stop: number): Row {
    const raw = buffer.slice(start, stop)
    const row: Row = { cells: [raw], line: this.#line, raw, broken: 'quote' }
    this.#advance(buffer, stop, 1)
    return row
  }
}

function isCutCr(buffer: string, stop: number): boolean {
  return stop === buffer.length - 1 && buffer.charCodeAt(stop) === 13
}

function unquote(buffer: string, from: number, to: number): string {
  const text = buffer.slice(from, to)
  return text.includes(quote) ? text.replaceAll('""', quote) : text
}

function countLineEnds(raw: string): number {
  let count = 0
  for (let at = 0; at < raw.length; at += 1) {
    const code = raw.charCodeAt(at)
    if (code === 10) count += 1
    else if (code === 13 && raw.charCodeAt(at + 1) !== 10) count += 1
  }
  return count
}

/** All rows of a text at once. */
export function tokenize(text: string, options: TokenizerOptions): Row[] {
  const tokenizer = new Tokenizer(options)
  tokenizer.push(text)
  tokenizer.end()
  const rows: Row[] = []
  for (let row = tokenizer.next(); row; row = tokenizer.next()) rows.push(row)
  return rows
}
