import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src-main/database/store.ts'
import { bigramQuery, bigramsOf } from '../../src-main/foundation/bigrams.ts'
import { isRefusal } from '../../src-main/foundation/errors.ts'
import { findEverything } from '../../src-main/sales/find.ts'
import { nameStrength, readQuestion } from '../../src-main/sales/rules.ts'
import { largeStore } from '../support/large-store.ts'

const desk = { today: '2026-11-21', minorDigits: 2 }
const hanzi = fc.constantFrom(...'张伟王小明洗衣机短靴羊毛大单曾欧阳步云里面膜')
const name = fc.string({ unit: hanzi, minLength: 2, maxLength: 12 })

/** True when the index row answers the query: each term is a gram, or begins one where it ends in `*`. */
function answers(query: string, grams: string): boolean {
  const kept = grams.split(' ')
  return query.split(' ').every((term) => {
    const text = term.replaceAll('"', '').replace('*', '')
    return kept.some((gram) => (term.endsWith('*') ? gram.startsWith(text) : gram === text))
  })
}

describe('bigrams', () => {
  it('find every name by any part of it', () => {
    fc.assert(
      fc.property(name, fc.nat(), fc.nat(), (whole, from, length) => {
        const letters = [...whole]
        const start = from % letters.length
        const part = letters.slice(start, start + 1 + (length % letters.length)).join('')
        expect(answers(bigramQuery(part), bigramsOf(whole))).toBe(true)
        expect(nameStrength(whole, part)).not.toBeNull()
      }),
    )
  })
})

describe('the box', () => {
  const store = openStore(largeStore({ lines: 4_000, products: 600, customers: 500 }))
  afterAll(() => store.close())
  const find = (text: string) =>
    store
      .read((r) => findEverything(r, readQuestion(text, desk), 8))
      .catch((error: unknown) => {
        if (isRefusal(error)) return null
        throw error
      })

  it('answers whatever is typed, pasted or scanned', async () => {
    const pieces = fc.constantFrom(
      '599',
      '11-12',
      '¥',
      '"',
      '*',
      "'",
      '%',
      '-',
      'NEAR(',
      ' OR ',
      '张',
      'zw',
      'XY0312',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    )
    await fc.assert(
      fc.asyncProperty(text, async (typed) => {
        const found = await find(typed)
        for (const group of found?.groups ?? []) expect(group.hits.length).toBeLessThanOrEqual(8)
      }),
      { numRuns: 300 },
    )
  })

  it('opens every receipt by its number, with separators or without', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_500 }), fc.boolean(), async (id, bare) => {
        const number = await store.read((r) =>
          r
            .selectFrom('receipt')
            .select('receipt_no')
            .where('id', '=', id)
            .executeTakeFirstOrThrow(),
        )
        const text = bare ? number.receipt_no.replaceAll('-', '').toLowerCase() : number.receipt_no
        expect((await find(text))?.exact).toMatchObject({ kind: 'receipt', id })
      }),
      { numRuns: 60 },
    )
  })
})
