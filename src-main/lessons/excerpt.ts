/** Characters of an excerpt, the ellipses included. */
const shown = 160
/** Characters kept before what was looked for. */
const before = 40

/**
 * A part of a statement on one line: its beginning, or the part around the first of `words` that is further in. Never
 * cuts a character of two code units in half.
 */
export function excerptOf(text: string, words: readonly string[]): string {
  const letters = [...text.replace(/\s+/gu, ' ').trim()]
  if (letters.length <= shown) return letters.join('')
  const places = words
    .map((word) => letters.join('').toLowerCase().indexOf(word))
    .filter((at) => at >= 0)
  const first = places.length === 0 ? 0 : Math.min(...places)
  const start = first < shown - before ? 0 : first - before
  const end = Math.min(start + shown - 2, letters.length)
  return `${start > 0 ? '…' : ''}${letters.slice(start, end).join('')}${end < letters.length ? '…' : ''}`
}
