/** Characters as a receipt printer with Hanzi has them: which bytes, and how wide. */
import iconv from 'iconv-lite'
import type { EscposOptions } from './options.ts'

type Hanzi = EscposOptions['hanzi']

/**
 * What looks the same and is in every Hanzi font. The half-width yen sign prints as garbage in GB mode (domain.md
 * §5.2, I56).
 */
const TWINS: Readonly<Record<string, string>> = {
  '¥': '￥',
  '\u00a0': ' ',
  '\u2212': '-',
  '\u2010': '-',
  '\u2011': '-',
  '•': '·',
  '・': '·',
  '‧': '·',
  '✓': '√',
  '✔': '√',
  '✗': '×',
}

/** A character as it is printed, and the cells it takes; null bytes where the printer does not have it. */
export interface PrintedCharacter {
  text: string
  bytes: Uint8Array | null
  /**
   * Latin letters of the printer's plain font. Not `textWidth`: what is not ASCII comes from the Hanzi font, where
   * even é and · are as wide as a Hanzi.
   */
  cells: 1 | 2
}

const known = { gbk: new Map<string, PrintedCharacter>(), gb18030: new Map() } satisfies Record<
  Hanzi,
  Map<string, PrintedCharacter>
>

/** One character (a code point) for a printer with these Hanzi. */
export function printedCharacter(character: string, hanzi: Hanzi): PrintedCharacter {
  const before = known[hanzi].get(character)
  if (before) return before
  const text = TWINS[character] ?? character
  const bytes = encode(text, hanzi)
  const printed: PrintedCharacter = { text, bytes, cells: bytes?.length === 1 ? 1 : 2 }
  known[hanzi].set(character, printed)
  return printed
}

function encode(text: string, hanzi: Hanzi): Uint8Array | null {
  const code = text.codePointAt(0) ?? 0
  if (code >= 0x20 && code < 0x7f) return Uint8Array.of(code)
  // Private letters have bytes of their own, and no printer has the same ones.
  if (code < 0x80 || (code >= 0xe000 && code <= 0xf8ff)) return null
  const bytes = new Uint8Array(iconv.encode(text, 'gb18030'))
  if (bytes.length === 2) return isGbk(text) ? bytes : null
  return bytes.length === 4 && hanzi === 'gb18030' && isKnown(code) ? bytes : null
}

/** GB18030 has two-byte letters that a font of GBK lacks, the euro among them. */
function isGbk(text: string): boolean {
  return iconv.encode(text, 'gbk').length === 2
}

/** The Hanzi that GB18030 adds in four bytes: its extensions, not the rest of Unicode. */
function isKnown(code: number): boolean {
  return (code >= 0x3400 && code <= 0x4dbf) || (code >= 0x9fa6 && code <= 0x9fff) || code >= 0x20000
}

/** Text as it is set: composed, without control characters, as on the paper itself. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Variation_Selector}\u2028\u2029]/gu, (found) =>
      found === '\n' ? found : '',
    )
}

/** Characters of a text that a printer with these Hanzi cannot print, each once. */
export function unprintable(text: string, hanzi: Hanzi): string[] {
  const missing = new Set<string>()
  for (const character of cleanText(text)) {
    if (character !== '\n' && !printedCharacter(character, hanzi).bytes) missing.add(character)
  }
  return [...missing]
}
