import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact } from '../../src-main/lessons/redact.ts'

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })

/** Statements with phones, names and numbers strewn in. */
const statement = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      digits(9).map((rest) => `13${rest.join('')}`),
      fc.constantFrom('周梅', '王先生', '人民路12号3单元', '川A12345', '退货', '开胶', ' ', '，'),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''))

const known = { customers: ['周梅'], staff: ['赵敏'], numbers: ['TS-1'] }

describe('what is taken out of an example', () => {
  it('never leaves a known name or a run of seven digits', () => {
    fc.assert(
      fc.property(statement, (text) => {
        const clean = redact(text, known).text
        expect(clean).not.toContain('周梅')
        expect(clean).not.toMatch(/[\d０-９]{7}/u)
      }),
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(statement, (text) => {
        const { text: clean } = redact(text, known)
        expect(redact(clean, known)).toEqual({ text: clean, removed: [], found: [] })
      }),
    )
  })
})
