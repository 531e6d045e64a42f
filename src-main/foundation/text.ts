/** Full-width letters, digits and punctuation as their ASCII twins; the ideographic space as a space. */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
}

/**
 * A code as search compares it: half width, upper case, without spaces and separators. Receipt numbers, SKUs,
 * barcodes and serial numbers are names: leading zeros stay.
 */
export function searchKey(code: string): string {
  return toHalfWidth(code)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** The text backwards, so that a tail can be found by a prefix index. */
export function reverseText(text: string): string {
  return [...text].reverse().join('')
}

/** Columns a text takes where a Hanzi takes two (slips, domain.md §5.2). */
export function textWidth(text: string): number {
  let width = 0
  for (const letter of text) width += isWide(letter.codePointAt(0) ?? 0) ? 2 : 1
  return width
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe4f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1f64f) ||
    (code >= 0x20000 && code <= 0x3fffd)
  )
}
