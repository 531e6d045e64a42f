import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CodeFacts,
  fitCodeFacts,
  looksLikeCardCode,
  MOST_CODE_BYTES,
  readCardCode,
} from '../../src-main/foundation/card-code.ts'
import { lettersOf, readLetters, writeLetters } from '../../src-main/foundation/code-text.ts'
import {
  canonicalDocumentNumber,
  formatDocumentNumber,
} from '../../src-main/foundation/document-number.ts'
import { keyIdOf, readPublicKey, sealCard, writePublicKey } from '../../src-main/seals/keys.ts'
import { verifyCardCode } from '../../src-main/seals/verify.ts'
import { codeFacts, fixedKey } from '../support/seal-key.ts'

const key = fixedKey(1)
const other = fixedKey(2)
const signer = { publicKey: key.publicKey, store: '鹤翔百货', deskNo: '0001', voidFrom: null }
const keys = [signer, { publicKey: other.publicKey, store: '二店', deskNo: '0002', voidFrom: null }]

const day = fc
  .integer({ min: 0, max: 60_000 })
  .map((days) => new Date(Date.UTC(2000, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))
const number = fc
  .record({
    desk: fc.integer({ min: 0, max: 9_999 }).map((desk) => String(desk).padStart(4, '0')),
    businessDate: day.filter((date) => date < '2100'),
    serial: fc.integer({ min: 1, max: 9_999 }),
  })
  .map((parts) => formatDocumentNumber({ type: 'XY', ...parts }))
const words = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength }),
    fc.string({ unit: fc.constantFrom(...'冰箱龘𠮷éA0 -，"|\n'), maxLength }),
  )
const facts: fc.Arbitrary<CodeFacts> = fc
  .record({
    number,
    issue: fc.integer({ min: 1, max: 300 }),
    store: words(80),
    saleDate: day,
    receiptNo: words(60),
    currency: fc.constantFrom('CNY', 'HKD', 'MOP', ''),
    units: fc.array(
      fc.record({
        name: words(120),
        brand: words(40),
        model: words(60),
        serialNo: words(60),
        paid: fc.nat({ max: 2 ** 40 }),
        unitEndsOn: day,
        partEndsOn: fc.option(day.filter((date) => date > '2000-01-01')),
        mainParts: words(60),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  })
  .map((each) => ({ ...each, unitCount: each.units.length }))

describe('the code of a card', () => {
  it('carries any texts there and back, within what a QR holds', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const code = sealCard(given, key)
        expect(code).toMatch(/^GWC1[0-9A-HJ-NP-X]+$/)
        expect(code.length).toBeLessThanOrEqual(4 + lettersOf(MOST_CODE_BYTES))
        const fitted = fitCodeFacts(given)
        expect(fitted.units.length).toBeGreaterThan(0)
        const found = verifyCardCode(code, keys)
        expect(found).toMatchObject({ verdict: 'genuine', facts: fitted })
        expect(canonicalDocumentNumber(code)).toBe(given.number)
      }),
      { numRuns: 150 },
    )
  })

  it('keeps short texts whole and cuts long ones between letters', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const fitted = fitCodeFacts(given)
        fitted.units.forEach((unit, index) => {
          const whole = given.units[index]?.name ?? ''
          expect(unit.name === whole || whole.startsWith(unit.name.slice(0, -1))).toBe(true)
        })
      }),
      { numRuns: 50 },
    )
  })

  it('is refused with any one character changed, left out or doubled', () => {
    const code = sealCard(codeFacts, key)
    const letter = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$%*+-./:|é冰')
    fc.assert(
      fc.property(fc.nat({ max: code.length - 1 }), letter, (at, instead) => {
        const change = (part: string) => code.slice(0, at) + part + code.slice(at + 1)
        for (const spoilt of [change(instead), change(''), change(code.charAt(at) + instead)]) {
          const isSame = spoilt.replaceAll(/[-\s]/g, '') === code
          expect(verifyCardCode(spoilt, keys).verdict === 'genuine').toBe(isSame)
        }
      }),
      { numRuns: 800 },
    )
  })

  it('is read in small letters, in pieces, full width, and scanned twice in one go', () => {
    const code = sealCard(codeFacts, key)
    const wide = [...code]
      .map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
      .join('')
    const lines = code.match(/.{1,60}/g)?.join('\r\n') ?? ''
    for (const text of [
      code.toLowerCase(),
      ` ${lines}\n`,
      wide,
      code + code,
      code + code.slice(0, 9),
    ]) {
      expect(looksLikeCardCode(text)).toBe(true)
      expect(verifyCardCode(text, keys).verdict).toBe('genuine')
    }
  })

  it('is incomplete without its end, and says by how much', () => {
    const code = sealCard(codeFacts, key)
    for (let length = 4; length < code.length; length += 1) {
      const found = verifyCardCode(code.slice(0, length), keys)
      expect(found.verdict).toBe('incomplete')
      if (length >= 8)
        expect(found).toEqual({ verdict: 'incomplete', missing: code.length - length })
    }
  })

  it('says so where the key is unknown, void on its day, or another one', () => {
    const code = sealCard(codeFacts, key)
    expect(verifyCardCode(code, [])).toMatchObject({ verdict: 'unknown_key', facts: codeFacts })
    const voidFrom = (date: string) => verifyCardCode(code, [{ ...signer, voidFrom: date }]).verdict
    expect(voidFrom('2026-11-21')).toBe('key_void')
    expect(voidFrom('2026-11-01')).toBe('key_void')
    // Whoever has the key can write an earlier day: the code alone is not believed.
    expect(voidFrom('2026-11-22')).toBe('key_withdrawn')
    // Somebody signs with a key of their own and writes the id of a known one over it.
    const forged = sealCard(codeFacts, other)
    const renamed = `${forged.slice(0, 7)}${code.slice(7, 16)}${forged.slice(16)}`
    expect(verifyCardCode(renamed, [signer]).verdict).toBe('forged')
  })

  const signed = ['genuine', 'key_void', 'key_withdrawn']

  it('never takes other texts for a code, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          words(500),
          words(500).map((text) => `GWC1${text}`),
        ),
        (text) => {
          expect(signed).not.toContain(verifyCardCode(text, keys).verdict)
        },
      ),
      { numRuns: 300 },
    )
    // Bytes of any kind in the right letters, with their true length before them and a known key named.
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, isFramed) => {
        const framed = Uint8Array.from([
          (bytes.length + 7) >> 8,
          (bytes.length + 7) & 255,
          ...keyIdOf(key.publicKey),
          ...bytes,
        ])
        const text = `GWC1${writeLetters(isFramed ? framed : bytes)}`
        expect(signed).not.toContain(verifyCardCode(text, keys).verdict)
        expect(readPublicKey(text.replace('GWC1', 'GWK1'))).toBeNull()
      }),
      { numRuns: 2_000 },
    )
    expect(readCardCode('GWD1|XY-0001-261121-0057-0').kind).toBe('no_code')
    expect(readCardCode('GWC2ABC').kind).toBe('newer')
  })
})

describe('letters of a code', () => {
  it('carry any bytes, in one spelling only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const text = writeLetters(bytes)
        expect(text).toHaveLength(lettersOf(bytes.length))
        expect(readLetters(text)).toEqual(bytes)
      }),
    )
    expect(readLetters('01')).toBeNull()
    expect(readLetters('0Y')).toBeNull()
  })
})

describe('a public key as text', () => {
  it('is read back whole and refused with any character changed', () => {
    const made = { store: '鹤翔百货中山店', deskNo: '0312', madeOn: '2026-11-21' }
    const text = writePublicKey(made, key)
    expect(readPublicKey(text)).toEqual({ ...made, publicKey: key.publicKey, text })
    for (let at = 0; at < text.length; at += 1) {
      const instead = text.charAt(at) === 'A' ? 'B' : 'A'
      expect(readPublicKey(text.slice(0, at) + instead + text.slice(at + 1))).toBeNull()
      expect(readPublicKey(text.slice(0, at))).toBeNull()
    }
  })
})
