import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type Failure,
  type RadarInput,
  scanFailures,
  type Sold,
} from '../../src-main/radar/rules.ts'
import { shippedRule } from '../support/radar-data.ts'
import { ROOT } from '../support/run-command.ts'

const file = path.join(ROOT, '..', 'shared', 'data', 'warranty-claims', 'df_Clean.csv')
const issues = [
  'AC_1001_Issue',
  'AC_1002_Issue',
  'AC_1003_Issue',
  'TV_2001_Issue',
  'TV_2002_Issue',
  'TV_2003_Issue',
]

type Claim = Record<string, string>

function readClaims(): Claim[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  const names = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))
  })
}

/**
 * Claims as failures: what was sold is not in the data, so each claim stands for a unit, an issue that had to be
 * replaced (code 2) for a failure of it, the state for the counter and where it was bought for the vendor.
 */
function asRadar(claims: readonly Claim[]): RadarInput {
  const products = new Map<string, number>()
  const idOf = (claim: Claim) => {
    const key = `${claim['Product_type']} of ${claim['Service_Centre']}`
    const id = products.get(key) ?? products.size + 1
    products.set(key, id)
    return id
  }
  const place = (claim: Claim) => ({
    productId: idOf(claim),
    counter: claim['State'] ?? '',
    vendor: claim['Purchased_from'] ?? '',
  })
  const sold = claims.map((claim): Sold => ({ ...place(claim), units: 1 }))
  const failures = claims.flatMap((claim, at) =>
    issues
      .filter((issue) => claim[issue] === '2')
      .map((fault): Failure => ({
        ...place(claim),
        party: `claim ${at}`,
        caseId: at,
        batch: '',
        fault,
        on: '2026-10-01',
      })),
  )
  const goods = new Map(
    [...products].map(
      ([key, id]) => [id, { category: key.slice(0, 2), brand: '', style: '' }] as const,
    ),
  )
  return { failures, sold, batches: [], goods, safety: new Set() }
}

describe.runIf(existsSync(file))('358 real warranty claims', () => {
  const claims = existsSync(file) ? readClaims() : []
  const input = asRadar(claims)
  const foundOf = (each: RadarInput) =>
    scanFailures(each, shippedRule).cells.filter(({ level }) => level !== null)

  it('are read whole', () => {
    expect(claims).toHaveLength(358)
    expect(input.failures.length).toBeGreaterThan(140)
  })

  it('show no state, seller or service centre that stands out beyond what so few claims allow', () => {
    expect(foundOf(input)).toEqual([])
    const [most] = scanFailures(input, shippedRule).cells
    // Nine of the 144 counts are as odd by chance alone.
    expect(most?.q).toBeGreaterThan(0.5)
  })

  it('show the one service centre that a fault is planted in, by its name and and by nothing else', () => {
    const [first] = input.sold
    if (!first) throw new Error('no claims')
    const planted = Array.from({ length: 9 }, (_, at): Failure => ({
      ...first,
      party: `planted ${at}`,
      caseId: 10_000 + at,
      batch: '',
      fault: 'compressor',
      on: '2026-10-02',
    }))
    const told = foundOf({ ...input, failures: [...input.failures, ...planted] }).filter(
      ({ within }) => within === null,
    )
    expect(told.map(({ key, failures }) => [key, failures])).toEqual([
      [`product:${first.productId}|compressor`, 9],
    ])
  })
})
