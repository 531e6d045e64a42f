import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalDocumentNumber,
  compactDocumentNumber,
  DOCUMENT_TYPES,
  formatDocumentNumber,
  parseDocumentNumber,
  QR_TEXT_MARK,
  shortDocumentNumber,
  type DocumentType,
} from '../../src-main/foundation/document-number.ts'

const parts = fc.record({
  type: fc.constantFrom(...(Object.keys(DOCUMENT_TYPES) as DocumentType[])),
  desk: fc.integer({ min: 0, max: 9999 }).map((desk) => String(desk).padStart(4, '0')),
  businessDate: fc
    .date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10)),
  serial: fc.integer({ min: 1, max: 9999 }),
})

describe('document number', () => {
  it('has the documented shape', () => {
    const number = formatDocumentNumber({
      type: 'TH',
      desk: '0312',
      businessDate: '2025-07-14',
      serial: 57,
    })
    expect(number).toMatch(/^TH-0312-250714-0057-[0-9A-Z]$/)
    expect(shortDocumentNumber(number)).toBe(number.slice(-6))
  })

  it('is read back in every spelling a desk meets', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const number = formatDocumentNumber(given)
        const fullWidth = [...number]
          .map((c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0))
          .join('')
        for (const text of [
          number,
          ` ${number.toLowerCase()}\r`,
          compactDocumentNumber(number),
          number.replaceAll('-', ' '),
          number.replaceAll('-', '—'),
          fullWidth,
          `${QR_TEXT_MARK}|${number}|20250714|SKU1`,
        ]) {
          expect(parseDocumentNumber(text)).toEqual(given)
          expect(canonicalDocumentNumber(text)).toBe(number)
        }
      }),
    )
  })

  it('refuses a mistyped number', () => {
    fc.assert(
      fc.property(parts, fc.nat(15), (given, at) => {
        const compact = compactDocumentNumber(formatDocumentNumber(given))
        const wrong = compact[at] === '5' ? '6' : '5'
        expect(parseDocumentNumber(compact.slice(0, at) + wrong + compact.slice(at + 1))).toBeNull()
      }),
    )
  })

  it('refuses what is no document number', () => {
    for (const text of [
      '',
      '123',
      '6901028075886',
      'XY',
      'AB-0312-250714-0057-K',
      'XY-0312-251314-0057-K',
    ]) {
      expect(parseDocumentNumber(text)).toBeNull()
    }
  })

  it('does not issue numbers that cannot be read back', () => {
    const good = { type: 'XY', desk: '0001', businessDate: '2026-01-31', serial: 1 } as const
    for (const bad of [
      { businessDate: '2026-02-30' },
      { businessDate: '1999-01-01' },
      { desk: '1' },
      { serial: 0 },
      { serial: 10_000 },
      { serial: 1.5 },
    ]) {
      expect(() => formatDocumentNumber({ ...good, ...bad })).toThrow(RangeError)
    }
  })
})
