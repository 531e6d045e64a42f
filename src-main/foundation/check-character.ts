/**
 * Check character of document numbers: Luhn mod N (here N = 36) over 0-9 A-Z (domain.md §2.10).
 *
 * The algorithm detects every single wrong character. Of adjacent transpositions it detects all but
 * the pair of the alphabet's first and last character (0 and Z), as Luhn mod 10 misses 09/90.
 */

export const CHECK_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const SIZE = CHECK_ALPHABET.length

/**
 * Computes the check character of a body.
 *
 * @param body characters of the alphabet only, upper case, without separators
 * @throws RangeError on any other character: callers normalise first
 */
export function computeCheckCharacter(body: string): string {
  const sum = sumDoubling(body, true)
  return CHECK_ALPHABET.charAt((SIZE - (sum % SIZE)) % SIZE)
}

/** Tells whether a body followed by its check character is intact; foreign characters are not. */
export function hasValidCheckCharacter(bodyWithCheck: string): boolean {
  if (bodyWithCheck.length < 2) return false
  for (const character of bodyWithCheck) {
    if (!CHECK_ALPHABET.includes(character)) return false
  }
  return sumDoubling(bodyWithCheck, false) % SIZE === 0
}

function sumDoubling(text: string, doubleLast: boolean): number {
  let double = doubleLast
  let sum = 0
  for (let index = text.length - 1; index >= 0; index--) {
    const value = CHECK_ALPHABET.indexOf(text.charAt(index))
    if (value < 0) throw new RangeError(`not a check character: ${text.charAt(index)}`)
    const addend = double ? value * 2 : value
    sum += Math.floor(addend / SIZE) + (addend % SIZE)
    double = !double
  }
  return sum
}
