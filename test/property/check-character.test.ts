import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CHECK_ALPHABET,
  computeCheckCharacter,
  hasValidCheckCharacter,
} from '../../src-main/foundation/check-character.ts'

const character = fc.constantFrom(...CHECK_ALPHABET)
const body = fc.string({ unit: character, minLength: 1, maxLength: 24 })
const withCheck = body.map((text) => text + computeCheckCharacter(text))

describe('check character', () => {
  it('accepts what it made', () => {
    fc.assert(fc.property(withCheck, (text) => hasValidCheckCharacter(text)))
  })

  it('detects every single wrong character', () => {
    fc.assert(
      fc.property(withCheck, fc.nat(), character, (text, at, wrong) => {
        const index = at % text.length
        fc.pre(text[index] !== wrong)
        return !hasValidCheckCharacter(text.slice(0, index) + wrong + text.slice(index + 1))
      }),
    )
  })

  it('detects adjacent transpositions, all but the pair of first and last character', () => {
    fc.assert(
      fc.property(withCheck, fc.nat(), (text, at) => {
        const index = at % (text.length - 1)
        const [left, right] = [text.charAt(index), text.charAt(index + 1)]
        fc.pre(left !== right && `${left}${right}` !== '0Z' && `${left}${right}` !== 'Z0')
        const swapped = text.slice(0, index) + right + left + text.slice(index + 2)
        return !hasValidCheckCharacter(swapped)
      }),
    )
  })

  it('misses exactly the 0Z transposition', () => {
    const text = `10Z${computeCheckCharacter('10Z')}`
    expect(hasValidCheckCharacter(`1Z0${text.at(-1)}`)).toBe(true)
  })

  it('refuses foreign characters', () => {
    expect(() => computeCheckCharacter('AB-1')).toThrow(RangeError)
    expect(hasValidCheckCharacter('ab1')).toBe(false)
    expect(hasValidCheckCharacter('A')).toBe(false)
  })
})
