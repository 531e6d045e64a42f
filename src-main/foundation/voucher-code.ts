/**
 * Codes of vouchers: eleven random letters and a check letter, printed `ACDE-2345-HJKM`. Who has the code has the
 * money, so it says nothing of the voucher's number and cannot be counted on to the next one (2^49 codes).
 *
 * The alphabet has no two letters that look alike on thermal paper (0 O Q D, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V W Y each
 * keep one). Its 23 letters are a prime number: a weighted sum over it detects every wrong letter and every two
 * letters that changed places.
 */

const ALPHABET = '23456789ACDEFHJKMNPRTXY'
const SIZE = ALPHABET.length

/** Letters of a code, the check letter included. */
export const voucherCodeLength = 12

/** What a tired eye reads for a letter of the alphabet. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  O: 'D',
  Q: 'D',
  '0': 'D',
  S: '5',
  B: '8',
  Z: '2',
  G: '6',
  V: 'Y',
}

/**
 * Makes a code.
 *
 * @param random gives an integer from 0 below its argument, unpredictably
 */
export function makeVoucherCode(random: (below: number) => number): string {
  const body = Array.from({ length: voucherCodeLength - 1 }, () => ALPHABET.charAt(random(SIZE)))
  return body.join('') + checkLetter(body.join(''))
}

/**
 * Reads a code as scanned or typed: with or without separators, in any case or width, look-alikes taken for what they
 * look like, alone or as the third field of a voucher's QR text.
 *
 * @returns the code as it is kept, or null where it is none or its check letter does not fit
 */
export function parseVoucherCode(text: string): string | null {
  const plain = text.normalize('NFKC').trim().toUpperCase()
  const field = plain.includes('|') ? (plain.split('|')[2] ?? '') : plain
  const letters = field.replaceAll(/[\s\-_‐-―−]/g, '')
  if (letters.length !== voucherCodeLength) return null
  const code = [...letters].map((letter) => LOOKS_LIKE[letter] ?? letter).join('')
  if (![...code].every((letter) => ALPHABET.includes(letter))) return null
  return checkLetter(code.slice(0, -1)) === code.slice(-1) ? code : null
}

/** As it is printed and read aloud: `ACDE-2345-HJKM`. */
export function spellVoucherCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code
}

/**
 * The letter that makes the whole sum divisible: letter k of the code weighs k. No weight is zero and no two are the
 * same in a field of 23, so no wrong letter and no two that changed places go unseen.
 */
function checkLetter(body: string): string {
  let sum = 0
  for (const [index, letter] of [...body].entries()) sum += (index + 1) * ALPHABET.indexOf(letter)
  // The check letter weighs 12, whose inverse in the field is 2.
  return ALPHABET.charAt(((SIZE - (sum % SIZE)) * 2) % SIZE)
}
