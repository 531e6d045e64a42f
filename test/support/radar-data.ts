import rule from '../../resources/radar/rule.json' with { type: 'json' }
import type { Failure, RadarInput, RadarRule, Sold } from '../../src-main/radar/rules.ts'

export const shippedRule: RadarRule = rule

/** A stream of numbers from 0 to 1 that is the same every time. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function poisson(mean: number, chance: () => number): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = chance(); product > limit; product *= chance()) count += 1
  return count
}

/** A gamma of a whole shape, mean 1: how goods of one group differ from each other. */
function differing(shape: number, chance: () => number): number {
  let sum = 0
  for (let at = 0; at < shape; at += 1) sum -= Math.log(1 - chance())
  return sum / shape
}

const faults = ['sole_off', 'fading', 'noise', 'screen']

export interface Planted {
  productId: number
  fault: string
  failures: number
}

/** A store of 12 categories with 25 goods each: every fault happens by chance, and what is planted comes to it. */
export function syntheticStore(seed: number, planted: readonly Planted[] = []): RadarInput {
  const chance = seeded(seed)
  const goods = new Map<number, { category: string; brand: string; style: string }>()
  const sold: Sold[] = []
  const failures: Failure[] = []
  let party = 0
  const fail = (row: Sold, fault: string) => {
    party += 1
    const { productId, vendor, counter } = row
    failures.push({
      party: `receipt:${party}`,
      caseId: party,
      productId,
      vendor,
      counter,
      batch: '',
      fault,
      on: `2026-10-${String(1 + (party % 28)).padStart(2, '0')}`,
    })
  }
  for (let productId = 1; productId <= 300; productId += 1) {
    const category = productId % 12
    const maker = Math.floor(productId / 6)
    goods.set(productId, { category: `category ${category}`, brand: `brand ${maker}`, style: '' })
    const units = 10 + Math.floor(chance() ** 3 * 600)
    const row = { productId, vendor: `vendor ${maker % 15}`, counter: `counter ${maker}`, units }
    sold.push(row)
    for (const fault of faults) {
      const rate = 0.002 * (1 + category / 6) * differing(10, chance)
      for (let count = poisson(units * rate, chance); count > 0; count -= 1) fail(row, fault)
    }
  }
  for (const { productId, fault, failures: count } of planted) {
    const row = sold.find((each) => each.productId === productId)
    for (let at = 0; row && at < count; at += 1) fail(row, fault)
  }
  return { failures, sold, batches: [], goods, safety: new Set(['burning']) }
}
