import { randomInt } from 'node:crypto'
import {
  CHECK_ALPHABET,
  computeCheckCharacter,
  hasValidCheckCharacter,
} from '../foundation/check-character.ts'
import { QR_TEXT_MARK } from '../foundation/document-number.ts'
import { searchKey } from '../foundation/text.ts'

/** Letters and digits nobody takes for another when they are read out or written down. */
const readable = '23456789ACDEFGHJKMNPQRTUVWXY'
const letters = 5

/**
 * A pickup code: five random letters and a check character, 28⁵ (17 million) of them. It is kept as it is, for the
 * stub is printed again with it; it stands on no list and in no log.
 */
export function drawPickupCode(): string {
  for (;;) {
    let body = ''
    for (let at = 0; at < letters; at += 1) body += readable[randomInt(readable.length)] ?? ''
    const code = body + computeCheckCharacter(body)
    if (readable.includes(code.slice(-1))) return code
  }
}

/** A code as somebody typed it, or scanned it from the stub; null where it is none, so that a slip of the finger is told from a guess. */
export function readPickupCode(text: string): string | null {
  const [mark, , scanned = ''] = text.trim().split('|')
  const code = searchKey(mark === QR_TEXT_MARK ? scanned : text)
  const isShaped =
    code.length === letters + 1 && [...code].every((each) => CHECK_ALPHABET.includes(each))
  return isShaped && hasValidCheckCharacter(code) ? code : null
}
