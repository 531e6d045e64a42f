/**
 * Text measuring and line building for pdfmake's layout, set in `font-book` faces.
 *
 * pdfmake resolves the style of every word by walking the style stack some twenty times, and a Chinese
 * text has as many words as characters; here a stretch of text resolves its style once, and the words
 * of a finished line are joined again, so that a line is painted and copied out as one piece of text.
 */
import type { TextWidth } from '../foundation/chart/fit-text.ts'
import { findBreaks } from './line-breaks.ts'
import { MISSING_MARK, type DocumentFont, type Face } from './font-book.ts'
import {
  PdfmakeLayoutBuilder,
  PdfmakeLine,
  type Inline,
  type LaidOutPage,
  type MeasuredText,
  type StyleStack,
  type TextLine,
  type TextMeasure,
} from './pdfmake-parts.ts'

/** Height of a line in units of the font size: room for Hanzi with stacked accents of Latin. */
const LINE_HEIGHT = 1.34

/**
 * A word may be cut after this many em where a column is narrower than the word: a column that insists
 * on a long code would push its neighbours off the paper.
 */
const LEAST_WORD = 3

/** A character no face has, as it stood in the text; printed as □. */
export interface MissingGlyph {
  text: string
  /** For example `U+1F44D`. */
  codePoints: string
  count: number
}

interface Style {
  font: DocumentFont
  fontSize: number
  color: string
  alignment: string
  noWrap: boolean
  height: number
}

/** Sets single texts in the document's faces, for what is painted without being laid out. */
export interface Typesetter {
  fontFor(bold: boolean): DocumentFont
  /** The text as the face can show it; what it lacks is noted once painted. */
  show(text: string, font: DocumentFont): string
  readonly widthOf: TextWidth
}

/** Cuts texts into measured inlines, replacing what the faces cannot show and keeping a list of it. */
export class PaperTextMeasure implements TextMeasure, Typesetter {
  readonly missing = new Map<string, MissingGlyph>()
  readonly #fontFor: (bold: boolean) => DocumentFont

  readonly #least: number

  /** @param least no type is set smaller, in points; the hair-thin texts of rules stay as they are */
  constructor(fontFor: (bold: boolean) => DocumentFont, least = 0) {
    this.#least = least
    this.#fontFor = fontFor
  }

  fontFor(bold: boolean): DocumentFont {
    return this.#fontFor(bold)
  }

  show(text: string, font: DocumentFont): string {
    return this.#showable(text, font.face)
  }

  readonly widthOf: TextWidth = (text, size, bold = false) => {
    const font = this.#fontFor(bold)
    return font.widthOf(
      showable(text, font.face, () => {}),
      size,
    )
  }

  buildInlines(text: unknown, styles: StyleStack): MeasuredText {
    const runs = flatten(text).map((item) => this.#run(item, styles))
    const items: Inline[] = []
    const cuts = findBreaks(runs.map((run) => run.text).join(''))
    let start = 0
    let nextCut = 0
    for (const { text: runText, style } of runs) {
      const end = start + runText.length
      if (style.noWrap) {
        items.push(makeInline(runText, style, false, false))
      } else {
        let position = start
        while (nextCut < cuts.length && (cuts[nextCut]?.position ?? 0) <= start) nextCut++
        for (let cut = nextCut; position < end || (runText === '' && position === start); cut++) {
          const stop = Math.min(cuts[cut]?.position ?? end, end)
          const isBreak = cuts[cut]?.position === stop
          const required = isBreak && cuts[cut]?.required === true
          const word = runText.slice(position - start, stop - start)
          items.push(makeInline(word, style, required, !isBreak))
          position = stop
          if (runText === '') break
        }
      }
      start = end
    }
    const last = items.at(-1)
    if (last) last.noNewLine = false
    return { items, ...measureWidths(items) }
  }

  #run(item: string | object, styles: StyleStack): { text: string; style: Style } {
    const node = typeof item === 'string' ? {} : item
    const content = typeof item === 'string' ? item : String('text' in item ? item.text : '')
    let style: Style | undefined
    styles.auto(node, () => {
      const asked = (styles.getProperty('fontSize') as number | undefined) ?? 8
      const fontSize = content.trim() === '' ? asked : Math.max(asked, this.#least)
      style = {
        font: this.#fontFor(styles.getProperty('bold') === true),
        fontSize,
        color: (styles.getProperty('color') as string | undefined) ?? '#000000',
        alignment: (styles.getProperty('alignment') as string | undefined) ?? 'left',
        noWrap: styles.getProperty('noWrap') === true,
        height:
          fontSize * LINE_HEIGHT * ((styles.getProperty('lineHeight') as number | undefined) ?? 1),
      }
    })
    if (!style) throw new Error('style not resolved')
    return { text: this.#showable(content, style.font.face), style }
  }

  #showable(text: string, face: Face): string {
    return showable(text, face, (grapheme) => this.#note(grapheme))
  }

  #note(grapheme: string): void {
    const points = [...grapheme].map((each) => each.codePointAt(0) ?? 0)
    const codePoints = points
      .map((point) => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`)
      .join(' ')
    const known = this.missing.get(codePoints)
    if (known) known.count++
    else this.missing.set(codePoints, { text: grapheme, codePoints, count: 1 })
  }
}

/** The text with control characters dropped and what the face lacks replaced by □, which `note` hears of. */
function showable(text: string, face: Face, note: (grapheme: string) => void): string {
  if (isPlain(text, face)) return text
  const clean = text
    .normalize('NFC')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (found) =>
      found === '\n' || found === '\u200d' ? found : '',
    )
  let shown = ''
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(clean)) {
    shown += showableCharacter(segment, face, note)
  }
  return shown
}

function showableCharacter(grapheme: string, face: Face, note: (grapheme: string) => void): string {
  const bare = grapheme.replaceAll(/[\p{Variation_Selector}\u200d]/gu, '')
  if (bare === '' || bare === '\n' || isPlain(bare, face)) return bare
  note(grapheme)
  return MISSING_MARK
}

/** True when every character is printable as it is: the common case, checked without allocating. */
function isPlain(text: string, face: Face): boolean {
  for (let index = 0; index < text.length; index++) {
    const codePoint = text.codePointAt(index) ?? 0
    if (codePoint > 0xffff) index++
    if (codePoint === 10) continue
    if (codePoint < 32 || (codePoint >= 0x7f && codePoint < 0xa0) || isFormatMark(codePoint))
      return false
    if (!face.has(codePoint)) return false
  }
  return true
}

function isFormatMark(codePoint: number): boolean {
  return (
    (codePoint >= 0x200b && codePoint <= 0x200f) ||
    (codePoint >= 0x2028 && codePoint <= 0x202e) ||
    (codePoint >= 0x2060 && codePoint <= 0x206f) ||
    (codePoint >= 0x0300 && codePoint <= 0x036f) ||
    (codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
    codePoint === 0xfeff
  )
}

/** Texts of a node in reading order; layout notes page numbers and the like as numbers. */
function flatten(text: unknown): (string | object)[] {
  if (Array.isArray(text)) return text.flatMap(flatten)
  if (typeof text === 'object' && text !== null) {
    if ('text' in text && Array.isArray(text.text)) {
      const { text: inner, ...style } = text
      return flatten(inner).map((part) =>
        typeof part === 'string' ? { ...style, text: part } : { ...style, ...part },
      )
    }
    return [text]
  }
  return [typeof text === 'string' || typeof text === 'number' ? String(text) : '']
}

function makeInline(word: string, style: Style, lineEnd: boolean, noNewLine: boolean): Inline {
  const text = lineEnd ? word.slice(0, -1) : word
  const { font, fontSize } = style
  const spaces = text.length - text.trimEnd().length
  return {
    text,
    x: 0,
    width: font.widthOf(text, fontSize),
    height: style.height,
    leadingCut: 0,
    trailingCut: spaces > 0 ? font.widthOf(text.slice(-spaces), fontSize) : 0,
    font,
    fontSize,
    color: style.color,
    alignment: style.alignment,
    noWrap: style.noWrap,
    lineEnd,
    noNewLine,
  }
}

function measureWidths(items: Inline[]): { minWidth: number; maxWidth: number } {
  let minWidth = 0
  let maxWidth = 0
  let lineWidth = 0
  for (const item of items) {
    const least = item.noWrap ? item.width : Math.min(item.width, item.fontSize * LEAST_WORD)
    minWidth = Math.max(minWidth, least - item.trailingCut)
    maxWidth = Math.max(maxWidth, lineWidth + item.width - item.trailingCut)
    lineWidth = item.lineEnd ? 0 : lineWidth + item.width
  }
  return { minWidth, maxWidth }
}

/** pdfmake's layout with this room's text measuring and line building. */
export class PaperLayoutBuilder extends PdfmakeLayoutBuilder {
  textMeasure: TextMeasure | null = null
  readonly #built = new Set<Inline[]>()

  override tryLayoutDocument(...parts: unknown[]): unknown {
    if (this.textMeasure) this.docMeasure.textInlines = this.textMeasure
    return super.tryLayoutDocument(...parts)
  }

  override buildNextLine(node: { _inlines?: Inline[] }): TextLine | null {
    const waiting = node._inlines
    if (!waiting || waiting.length === 0) return null
    const line = new PdfmakeLine(this.writer.context().availableWidth)
    let bound = false
    for (let inline = waiting[0]; inline; inline = waiting[0]) {
      const following = inline.noNewLine ? waiting.slice(1, 12) : []
      if (!bound && !line.hasEnoughSpaceForInline(inline, following)) break
      waiting.shift()
      const rest = cutToFit(inline, line.getAvailableWidth())
      if (rest) waiting.unshift(rest)
      line.addInline(inline)
      bound = inline.noNewLine && !rest
    }
    line.lastLineInParagraph = waiting.length === 0
    line.inlines = joinInlines(line.inlines)
    this.#built.add(line.inlines)
    return line
  }

  /**
   * True when a line of text stands on none of the pages. pdfmake drops what is to stay together but is
   * taller than a page; lines on pages are copies that share their inlines with the line they come from.
   */
  hasLostText(pages: LaidOutPage[]): boolean {
    const lost = new Set(this.#built)
    for (const { items } of pages) {
      for (const { type, item } of items)
        if (type === 'line') lost.delete((item as TextLine).inlines)
    }
    return lost.size > 0
  }
}

/** Cuts a word wider than the whole line (a long code, a web address) and returns what is left of it. */
function cutToFit(inline: Inline, available: number): Inline | null {
  if (inline.noWrap || inline.text.length < 2 || inline.width - inline.trailingCut <= available) {
    return null
  }
  const characters = [...inline.text]
  let taken = characters[0] ?? ''
  for (const character of characters.slice(1)) {
    if (inline.font.widthOf(taken + character, inline.fontSize) > available) break
    taken += character
  }
  if (taken.length === inline.text.length) return null
  const text = inline.text.slice(taken.length)
  const rest = { ...inline, text, width: inline.font.widthOf(text, inline.fontSize) }
  inline.text = taken
  inline.width = inline.font.widthOf(taken, inline.fontSize)
  inline.trailingCut = 0
  inline.lineEnd = false
  return rest
}

function joinInlines(inlines: Inline[]): Inline[] {
  const joined: Inline[] = []
  for (const inline of inlines) {
    const last = joined.at(-1)
    if (
      last &&
      last.font === inline.font &&
      last.fontSize === inline.fontSize &&
      last.color === inline.color
    ) {
      last.text += inline.text
      last.width += inline.width
    } else {
      joined.push(inline)
    }
  }
  return joined
}
