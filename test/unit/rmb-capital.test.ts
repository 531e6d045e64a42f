import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { toCapital } from '../../src-main/foundation/rmb-capital.ts'
import { realFile } from '../support/import-file.ts'
import { readCapital } from '../support/read-capital.ts'

/** Common ground of public test suites and the PBOC appendix, restated: [yuan as text, capitals]. */
const VECTORS: [string, string][] = [
  ['0', '零元整'],
  ['9', '玖元整'],
  ['10', '壹拾元整'],
  ['15', '壹拾伍元整'],
  ['19', '壹拾玖元整'],
  ['100', '壹佰元整'],
  ['101', '壹佰零壹元整'],
  ['105', '壹佰零伍元整'],
  ['209', '贰佰零玖元整'],
  ['324', '叁佰贰拾肆元整'],
  ['999', '玖佰玖拾玖元整'],
  ['1000', '壹仟元整'],
  ['1001', '壹仟零壹元整'],
  ['1010', '壹仟零壹拾元整'],
  ['1024', '壹仟零贰拾肆元整'],
  ['1111', '壹仟壹佰壹拾壹元整'],
  ['10000', '壹万元整'],
  ['10001', '壹万零壹元整'],
  ['99999', '玖万玖仟玖佰玖拾玖元整'],
  ['100000', '壹拾万元整'],
  ['123456', '壹拾贰万叁仟肆佰伍拾陆元整'],
  ['1000000', '壹佰万元整'],
  ['1000010', '壹佰万零壹拾元整'],
  ['3456789', '叁佰肆拾伍万陆仟柒佰捌拾玖元整'],
  ['10000001', '壹仟万零壹元整'],
  ['100000000', '壹亿元整'],
  ['100000001', '壹亿零壹元整'],
  ['100010001', '壹亿零壹万零壹元整'],
  ['101010101', '壹亿零壹佰零壹万零壹佰零壹元整'],
  ['123405001', '壹亿贰仟叁佰肆拾万伍仟零壹元整'],
  ['123450001', '壹亿贰仟叁佰肆拾伍万零壹元整'],
  ['123456789', '壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元整'],
  ['200000000', '贰亿元整'],
  ['1000000000001', '壹万亿零壹元整'],
  ['2000000000000', '贰万亿元整'],
  ['0.05', '伍分'],
  ['0.1', '壹角'],
  ['0.50', '伍角'],
  ['0.55', '伍角伍分'],
  ['0.90', '玖角'],
  ['1.05', '壹元零伍分'],
  ['1.10', '壹元壹角'],
  ['1.50', '壹元伍角'],
  ['10.01', '壹拾元零壹分'],
  ['10.02', '壹拾元零贰分'],
  ['100.12', '壹佰元壹角贰分'],
  ['209.98', '贰佰零玖元玖角捌分'],
  ['325.04', '叁佰贰拾伍元零肆分'],
  ['1409.50', '壹仟肆佰零玖元伍角'],
  ['2421.02', '贰仟肆佰贰拾壹元零贰分'],
  ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
  ['12345678.90', '壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元玖角'],
  ['100000005.10', '壹亿零伍元壹角'],
  ['-100', '负壹佰元整'],
  ['-123', '负壹佰贰拾叁元整'],
  ['-209.98', '负贰佰零玖元玖角捌分'],
  ['-0.50', '负伍角'],
]

describe('toCapital', () => {
  it.each(VECTORS)('%s', (yuan, capitals) => {
    expect(toCapital(Math.round(Number(yuan) * 100))).toBe(`人民币${capitals}`)
  })

  it('refuses what is not an amount in fen', () => {
    for (const value of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => toCapital(value)).toThrow(RangeError)
    }
  })

  it('writes the largest amount a number can hold exactly', () => {
    expect(toCapital(Number.MAX_SAFE_INTEGER)).toBe(
      '人民币玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分',
    )
  })
})

const { file, missing } = realFile('rmb-capital-vectors/rmb_capital.json')
const vector = z.object({ amount: z.string(), text: z.string(), source: z.string() })
const shared = missing
  ? { vectors: [], reverse: [] }
  : z
      .object({ vectors: z.array(vector), reverse: z.array(vector) })
      .parse(JSON.parse(readFileSync(file, 'utf8')))

/** Vectors of other styles: what they write, and the rule of ours they break (docs/decisions, refund money). */
const otherStyles: Record<string, string> = {
  '0 零元': 'an amount that ends at 元 closes with 整',
  '0.00 零元': 'an amount that ends at 元 closes with 整',
  '0.50 零元伍角': 'under one yuan no 零元 is written',
  '0.05 零元零伍分': 'under one yuan no 零元 is written',
  '0.90 零元玖角': 'under one yuan no 零元 is written',
  '-0.50 负零元伍角': 'under one yuan no 零元 is written',
  '1.50 壹元伍角整': 'an amount that ends at 角 closes without 整',
}

const listed: string[] = []
afterAll(() => {
  if (listed.length === 0) return
  process.stdout.write(`\n人民币大写 vectors of another style:\n${listed.join('\n')}\n`)
})

describe('amounts in capitals of other projects', () => {
  it('are there', ({ skip }) => {
    skip(missing !== undefined, missing)
    expect(shared.vectors.length).toBeGreaterThan(0)
  })

  it('agree with one style, but for those of another one, each with its reason', ({ skip }) => {
    skip(missing !== undefined, missing)
    const differing = shared.vectors
      .filter(
        ({ amount, text }) => toCapital(fenOf(amount)) !== `人民币${text.replace('人民币', '')}`,
      )
      .map(({ amount, text }) => `${amount} ${text}`)
    expect([...new Set(differing)].toSorted()).toEqual(Object.keys(otherStyles).toSorted())
    for (const each of differing) {
      const [amount = ''] = each.split(' ')
      listed.push(`  ${each} — ${otherStyles[each]} — ours ${toCapital(fenOf(amount))}`)
    }
  })

  it.each(shared.reverse)('read back: $text', ({ amount, text }) => {
    expect(readCapital(text)).toBe(fenOf(amount))
  })

  it('read back to themselves', () => {
    for (const { amount } of shared.vectors) {
      expect(readCapital(toCapital(fenOf(amount)))).toBe(fenOf(amount))
    }
  })
})

/** Half up to the 分, away from zero, on the decimal text itself: 1.005 is 1.01. */
function fenOf(amount: string): number {
  const match = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<rest>\d+))?$/.exec(amount)
  if (!match?.groups) throw new Error(`no amount: ${amount}`)
  const { sign, whole = '0', rest = '' } = match.groups
  const fen = Number(whole) * 100 + Number(rest.padEnd(2, '0').slice(0, 2))
  return (sign === '-' ? -1 : 1) * (fen + (Number(rest[2] ?? '0') >= 5 ? 1 : 0))
}
