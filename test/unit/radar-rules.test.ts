import { describe, expect, it } from 'vitest'
import {
  assessCell,
  checkEffect,
  falseDiscoveryRates,
  isNews,
  levelOf,
  type RadarInput,
  scanFailures,
  suggestAction,
  tailGivenOne,
  upperTail,
  widened,
} from '../../src-main/radar/rules.ts'
import { shippedRule, syntheticStore } from '../support/radar-data.ts'

const found = (input: RadarInput) =>
  scanFailures(input, shippedRule).cells.filter(({ level }) => level !== null)

describe('the upper tail', () => {
  it('is the Poisson one where goods do not differ', () => {
    // P(X ≥ 4) where 0.5 are expected: 1 − e^−0.5 (1 + 0.5 + 0.125 + 0.0208333) = 0.00175162
    expect(upperTail(4, 0.5, 1e9)).toBeCloseTo(0.001_751_62, 8)
    expect(upperTail(0, 0.5, 10)).toBe(1)
    expect(upperTail(1, 0.5, 1e9)).toBeCloseTo(1 - Math.exp(-0.5), 8)
  })

  it('is wider the more goods differ from each other', () => {
    expect(upperTail(4, 0.5, 2)).toBeGreaterThan(upperTail(4, 0.5, 10))
    expect(upperTail(4, 0.5, 10)).toBeGreaterThan(upperTail(4, 0.5, 1e9))
  })

  it('is held against the chance of one failure: cells without any are never looked at', () => {
    expect(tailGivenOne(1, 0.01, 10)).toBe(1)
    expect(tailGivenOne(4, 0.5, 1e9)).toBeCloseTo(0.001_751_62 / (1 - Math.exp(-0.5)), 7)
  })

  it('keeps its figures far out, where one minus the rest would be nothing', () => {
    const far = upperTail(60, 2, 1e9)
    expect(far).toBeGreaterThan(0)
    expect(far).toBeLessThan(1e-60)
  })
})

describe('false discoveries', () => {
  it('are held down over everything that was tested', () => {
    const rates = falseDiscoveryRates([0.01, 0.8, 0.02, 0.03, 0.5])
    const expected = [0.05, 0.8, 0.05, 0.05, 0.625]
    rates.forEach((rate, at) => expect(rate).toBeCloseTo(expected[at] ?? NaN, 12))
    expect(falseDiscoveryRates([])).toEqual([])
  })
})

describe('the worked figures of docs/radar.md', () => {
  it('four soles of a boot of which 60 were sold, where 8 of 6,000 other shoes did the same', () => {
    const store = (8 + 0.5) / (50_000 + 1)
    const rate = (8 + 200 * store) / (6_000 + 200)
    const spread = widened(10, 8 + 200 * store)
    const { expected, ratio, p } = assessCell({ failures: 4, sold: 60 }, { rate, spread })
    expect(spread).toBeCloseTo(4.746, 3)
    expect(rate).toBeCloseTo(0.001_296, 6)
    expect(expected).toBeCloseTo(0.0777, 4)
    expect(ratio).toBeCloseTo(1.813, 3)
    expect(p).toBeCloseTo(0.000_051, 6)
  })
})

describe('planted faults', () => {
  const planted = [
    { productId: 41, fault: 'sole_off', failures: 9 },
    { productId: 150, fault: 'noise', failures: 12 },
  ]

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'are found, and told by the goods that have them (%i)',
    (seed) => {
      const told = found(syntheticStore(seed, planted)).filter(({ within }) => within === null)
      const keys = told.map(({ key }) => key)
      for (const { productId, fault } of planted)
        expect(keys).toContain(`product:${productId}|${fault}`)
    },
  )

  it('are not found where none are: one store in ten at most is told something', () => {
    const stores = Array.from({ length: 60 }, (_, seed) => found(syntheticStore(1_000 + seed)))
    const alarmed = stores.filter((cells) => cells.length > 0).length
    // Six of 60 are expected where all of the allowed share is used; twelve would be two standard errors more.
    expect(alarmed).toBeLessThanOrEqual(11)
  })
})

describe('levels', () => {
  it('need three failures, whatever the chance', () => {
    expect(levelOf({ failures: 2, q: 1e-9, isSafety: true }, shippedRule)).toBeNull()
    expect(levelOf({ failures: 3, q: 0.05, isSafety: false }, shippedRule)).toBe('watch')
    expect(levelOf({ failures: 3, q: 0.005, isSafety: false }, shippedRule)).toBe('alert')
    expect(levelOf({ failures: 3, q: 0.0005, isSafety: false }, shippedRule)).toBe('alarm')
    expect(levelOf({ failures: 30, q: 0.2, isSafety: true }, shippedRule)).toBeNull()
  })

  it('are one higher for what may hurt somebody', () => {
    expect(levelOf({ failures: 3, q: 0.05, isSafety: true }, shippedRule)).toBe('alert')
    expect(levelOf({ failures: 3, q: 0.0005, isSafety: true }, shippedRule)).toBe('alarm')
  })

  it('suggest what to do first', () => {
    expect(suggestAction({ dimension: 'product', level: 'alarm' }, false)).toBe('pull_from_sale')
    expect(suggestAction({ dimension: 'batch', level: 'watch' }, true)).toBe('pull_from_sale')
    expect(suggestAction({ dimension: 'product', level: 'alert' }, false)).toBe('test_stock')
    expect(suggestAction({ dimension: 'counter', level: 'alarm' }, false)).toBe('test_stock')
    expect(suggestAction({ dimension: 'vendor', level: 'alarm' }, false)).toBe('notify_vendor')
    expect(suggestAction({ dimension: 'brand', level: 'watch' }, false)).toBe('watch')
  })
})

describe('a finding', () => {
  const boots = (parties: readonly string[]): RadarInput => ({
    failures: parties.map((party, at) => ({
      party,
      caseId: at + 1,
      productId: 1,
      vendor: 'X',
      counter: '1F',
      batch: '',
      fault: 'sole_off',
      on: `2026-11-0${at + 1}`,
    })),
    sold: [
      { productId: 1, vendor: 'X', counter: '1F', units: 40 },
      { productId: 2, vendor: 'Y', counter: '2F', units: 4_000 },
    ],
    batches: [],
    goods: new Map([
      [1, { category: 'boots', brand: 'B', style: '' }],
      [2, { category: 'boots', brand: 'C', style: '' }],
    ]),
    safety: new Set(),
  })

  it('counts the same customer or receipt once', () => {
    expect(found(boots(['a', 'a', 'a', 'a']))).toEqual([])
    const [cell] = found(boots(['a', 'b', 'c', 'a']))
    expect(cell).toMatchObject({ key: 'product:1|sole_off', failures: 3, sold: 40 })
    expect(cell).toMatchObject({ firstOn: '2026-11-01', lastOn: '2026-11-04' })
  })

  it('is told once: brand, counter and vendor stand behind the goods', () => {
    const cells = found(boots(['a', 'b', 'c', 'd']))
    expect(cells.filter(({ within }) => within === null).map(({ key }) => key)).toEqual([
      'product:1|sole_off',
    ])
    expect(cells.length).toBeGreaterThan(3)
  })

  it('names the model where its sizes fail a little each', () => {
    const input = boots(['a', 'b', 'c', 'd'])
    const cells = found({
      ...input,
      failures: input.failures.map((failure, at) => ({ ...failure, productId: 10 + at })),
      sold: [
        ...[10, 11, 12, 13].map((productId) => ({
          productId,
          vendor: 'X',
          counter: '1F',
          units: 10,
        })),
        { productId: 2, vendor: 'Y', counter: '2F', units: 4_000 },
      ],
      goods: new Map([
        ...[10, 11, 12, 13].map(
          (id) => [id, { category: 'boots', brand: 'B', style: 'B · boot' }] as const,
        ),
        [2, { category: 'boots', brand: 'C', style: '' }],
      ]),
    })
    const [told, ...others] = cells.filter(({ within }) => within === null)
    expect([told?.key, others]).toEqual(['style:B · boot|sole_off', []])
  })

  it('names the batch where the other batches of the goods are sound', () => {
    const input = boots(['a', 'b', 'c', 'd'])
    const cells = found({
      ...input,
      failures: input.failures.map((failure) => ({ ...failure, batch: 'B7' })),
      batches: [
        { productId: 1, batch: 'B7', units: 10 },
        { productId: 1, batch: 'B8', units: 2_000 },
      ],
    })
    expect(cells.find(({ within }) => within === null)?.key).toBe('batch:1/B7|sole_off')
  })

  it('is news once, and again only when it is worse or comes back', () => {
    const cell = { firstOn: '2026-10-01', level: 'alert' as const }
    expect(isNews(cell, null)).toBe(true)
    expect(isNews(cell, { level: 'alert', lastOn: '2026-10-20' })).toBe(false)
    expect(isNews(cell, { level: 'alarm', lastOn: '2026-10-20' })).toBe(false)
    expect(isNews(cell, { level: 'watch', lastOn: '2026-10-20' })).toBe(true)
    expect(isNews(cell, { level: 'alert', lastOn: '2026-06-20' })).toBe(true)
  })
})

describe('the effect of a corrective action', () => {
  it('is proposed where failures became fewer than chance explains', () => {
    const effect = checkEffect({ failures: 8, sold: 200 }, { failures: 0, sold: 200 }, shippedRule)
    // All eight before, by chance: 0.5^8.
    expect(effect.fewer).toBeCloseTo(0.5 ** 8, 10)
    expect(effect.proposal).toBe('effective')
  })

  it('is unclear with too few, and when nothing was sold any more', () => {
    expect(
      checkEffect({ failures: 2, sold: 200 }, { failures: 0, sold: 200 }, shippedRule).proposal,
    ).toBe('unclear')
    expect(
      checkEffect({ failures: 8, sold: 200 }, { failures: 0, sold: 0 }, shippedRule).proposal,
    ).toBe('unclear')
  })

  it('is none where as many fail as before', () => {
    expect(
      checkEffect({ failures: 4, sold: 200 }, { failures: 5, sold: 200 }, shippedRule).proposal,
    ).toBe('recurred')
  })
})
