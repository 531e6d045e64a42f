import { textWidth } from '../text.ts'

/** Width of a text in the face a chart is set in. */
export type TextWidth = (text: string, size: number, bold?: boolean) => number

/**
 * About how wide a text is, rather too wide than too narrow: for how high a chart becomes, which must be known before
 * a face is open and be the same wherever it is drawn.
 */
export const estimateWidth: TextWidth = (text, size) => {
  let width = 0
  for (const letter of text) width += textWidth(letter) === 2 ? 1 : LATIN
  return width * size
}

/** Width of a wide Latin letter in em. */
const LATIN = 0.64

const ELLIPSIS = '…'

/**
 * A label in at most `lines` lines of at most `width`, joined by line feeds; what is left over ends in an ellipsis.
 * Chinese may break between any two characters, Latin words only where they are longer than a line.
 */
export function fitText(
  text: string,
  {
    width,
    lines,
    size,
    widthOf,
  }: { width: number; lines: number; size: number; widthOf: TextWidth },
): string {
  const fits = (part: string) => widthOf(part.trimEnd(), size) <= width
  const pieces = piecesOf(text.replaceAll(/\s+/g, ' ').trim()).flatMap((piece) =>
    fits(piece) ? [{ piece, begins: false }] : splitWord(piece),
  )
  const set: string[] = []
  let line = ''
  for (const [at, { piece, begins }] of pieces.entries()) {
    if (fits(line + piece) && !(begins && line !== '')) {
      line += piece
      continue
    }
    if (set.length + 1 === lines) {
      const left = pieces.slice(at).map((each) => each.piece)
      set.push(shorten(line + left.join(''), fits))
      return set.join('\n')
    }
    set.push(line.trimEnd())
    line = piece.trimStart()
  }
  if (line.trim() !== '') set.push(line.trimEnd())
  return set.join('\n')
}

/** A word longer than a line, letter by letter; it begins a line of its own. */
function splitWord(word: string): { piece: string; begins: boolean }[] {
  return [...word].map((piece, at) => ({ piece, begins: at === 0 && word.length > 1 }))
}

/** Words with the space behind them, and single Hanzi. */
function piecesOf(text: string): string[] {
  return text.match(/[\u0021-\u024f]+ ?|[^]/gu) ?? []
}

function shorten(text: string, fits: (part: string) => boolean): string {
  const characters = [...text]
  while (characters.length > 0 && !fits(`${characters.join('').trimEnd()}${ELLIPSIS}`)) {
    characters.pop()
  }
  return `${characters.join('').trimEnd()}${ELLIPSIS}`
}
