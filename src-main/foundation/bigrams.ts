import { toHalfWidth } from './text.ts'

/**
 * Names as a full-text index keeps them: Hanzi as overlapping pairs, everything else as whole words. Pairs find a
 * two-character word (退货, 耳机) inside a long name without reading every row; FTS5's own trigrams cannot.
 *
 * Whoever writes a name writes its index row: products index `name brand model category` joined by spaces, customers
 * their name. Find asks with `bigramQuery`.
 */

const cjk = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`
const cjkRun = new RegExp(`^[${cjk}]+$`, 'u')
/** Runs of Hanzi, or of letters and digits of any other script; punctuation parts them. */
const runPattern = new RegExp(`[${cjk}]+|(?:(?![${cjk}])[\\p{L}\\p{N}])+`, 'gu')

function runsOf(text: string): string[] {
  return foldName(text).match(runPattern) ?? []
}

/** A name as it is compared: half width, lower case, accents dropped. */
export function foldName(text: string): string {
  return toHalfWidth(text).toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC')
}

/**
 * The space-separated grams of a name, for a full-text column: `小米 Mi电视` → `小米 米 mi 电视 视`. The last Hanzi
 * of a run stands alone too, so that any single one of them is a gram's beginning.
 */
export function bigramsOf(text: string): string {
  const grams = new Set<string>()
  for (const run of runsOf(text)) {
    if (!cjkRun.test(run)) {
      grams.add(run)
      continue
    }
    const letters = [...run]
    letters.forEach((letter, index) => grams.add(letter + (letters[index + 1] ?? '')))
  }
  return [...grams].join(' ')
}

/**
 * The FTS5 query for names containing `text`: every pair of its Hanzi, and every word as the beginning of one; ''
 * when there is nothing to look for. Pairs can stand apart in a name, so callers check what they find.
 */
export function bigramQuery(text: string): string {
  const terms = new Set<string>()
  for (const run of runsOf(text)) {
    const letters = [...run]
    if (!cjkRun.test(run) || letters.length === 1) terms.add(`"${run}"*`)
    else letters.slice(1).forEach((letter, index) => terms.add(`"${letters[index]}${letter}"`))
  }
  return [...terms].join(' ')
}
