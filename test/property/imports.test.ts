import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundLines, roundToMinor } from '../../src-main/imports/receipts.ts'
import { RunIndex } from '../../src-main/imports/runs.ts'
import { type Row, Tokenizer, tokenize } from '../../src-main/imports/tokenizer.ts'
import { decimalText, parseAmount } from '../../src-main/imports/values.ts'

const delimiter = fc.constantFrom(',', '\t', ';', '|')
const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('"', ',', ';', '\n', '\r', '\t', '|', '电', 'a', ' '),
    maxLength: 8,
  }),
)
const lineEnd = fc.constantFrom('\n', '\r\n')

function quoteCell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** A table as an export writes it: every cell with something special quoted, the others as chance has it. */
const table = fc
  .tuple(
    delimiter,
    lineEnd,
    fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 2, maxLength: 6 }), {
      minLength: 1,
      maxLength: 8,
    }),
  )
  .map(([by, end, rows]) => ({
    by,
    text: rows
      .map((row) =>
        row
          .map(([text, quoted]) =>
            quoted || /["\r\n]/.test(text) || text.includes(by) ? quoteCell(text) : text,
          )
          .join(by),
      )
      .join(end),
    end,
  }))

describe('the tokenizer', () => {
  it('reads what a reference parser reads', () => {
    fc.assert(
      fc.property(table, ({ by, text, end }) => {
        const oracle = parse(text, {
          delimiter: by,
          relax_column_count: true,
          record_delimiter: end,
        })
        expect(tokenize(text, { delimiter: by }).map((row) => row.cells)).toEqual(oracle)
      }),
      { numRuns: 500 },
    )
  })

  it('reads the same however the text is cut', () => {
    fc.assert(
      fc.property(table, fc.array(fc.nat(200), { maxLength: 12 }), ({ by, text }, cuts) => {
        const tokenizer = new Tokenizer({ delimiter: by })
        const rows: Row[] = []
        const take = () => {
          for (let row = tokenizer.next(); row; row = tokenizer.next()) rows.push(row)
        }
        let from = 0
        for (const cut of [...new Set(cuts)].sort((a, b) => a - b)) {
          tokenizer.push(text.slice(from, Math.max(from, cut)))
          from = Math.max(from, Math.min(cut, text.length))
          take()
        }
        tokenizer.push(text.slice(from))
        tokenizer.end()
        take()
        expect(rows).toEqual(tokenize(text, { delimiter: by }))
      }),
      { numRuns: 500 },
    )
  })

  it('loses no line of any text, quotes or not', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', 'a') }), (text) => {
        const rows = tokenize(text, { delimiter: ',' })
        expect(rows.map((row) => row.raw).join('\n')).toBe(text.replace(/\n$/, ''))
        let line = 1
        for (const row of rows) {
          expect(row.line).toBe(line)
          line += row.raw.split('\n').length
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('rounding', () => {
  const micro = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })

  it('lets lines sum to the rounded total, each within a minor unit of its exact amount', () => {
    fc.assert(
      fc.property(fc.array(micro, { minLength: 1, maxLength: 12 }), (amounts) => {
        const lines = roundLines(amounts, 10_000)
        const exact = amounts.reduce((sum, amount) => sum + amount, 0)
        expect(lines.reduce((sum, line) => sum + line, 0)).toBe(roundToMinor(exact, 10_000))
        lines.forEach((line, index) => {
          expect(Math.abs(line * 10_000 - (amounts[index] ?? 0))).toBeLessThanOrEqual(10_000)
        })
      }),
    )
  })

  it('reads back every amount it writes', () => {
    fc.assert(
      fc.property(micro, (amount) => {
        expect(parseAmount(decimalText(BigInt(amount)))).toEqual({ micro: amount })
      }),
    )
  })
})

describe('runs of rows', () => {
  it('says exactly once, at its last run, that a receipt is whole', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }), (keys) => {
        const index = new RunIndex(keys.length)
        for (const key of keys) index.note(key)
        index.rewind()
        const lastRunOf = new Map<string, number>()
        keys.forEach((key, at) => {
          if (keys[at - 1] !== key) lastRunOf.set(key, at)
        })
        keys.forEach((key, at) => {
          if (index.enter(key)) expect(index.comesAgain(key)).toBe(lastRunOf.get(key) !== at)
        })
      }),
    )
  })
})
