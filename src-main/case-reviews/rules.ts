import type { StateMachine } from '../foundation/state-machine.ts'

export type ReviewState = 'waiting' | 'in_order' | 'returned' | 'answered'
export type ReviewAction = 'approve' | 'return' | 'answer'

/** A closed case in a sample: found in order, or returned to its owner, who answers. */
export const reviewMachine: StateMachine<ReviewState, ReviewAction> = {
  initial: 'waiting',
  states: ['waiting', 'in_order', 'returned', 'answered'],
  transitions: [
    {
      from: 'waiting',
      action: 'approve',
      to: 'in_order',
      needs: ['somebody who did not work on it', 'the whole checklist without a no'],
    },
    {
      from: 'waiting',
      action: 'return',
      to: 'returned',
      needs: ['somebody who did not work on it', 'what was found'],
    },
    { from: 'returned', action: 'answer', to: 'answered', needs: ['its owner, or a manager'] },
  ],
}

/** A complaint that was closed, as far as the sample asks for it. */
export interface ClosedCase {
  complaintId: number
  roundNo: number
  number: string
  floor: string
  class: string
  /** Serious by itself, or by who stands behind it: all of these are reviewed. */
  isSerious: boolean
}

export interface SampleRule {
  /** Share of each floor and class, in per cent. */
  share: number
  leastOfStratum: number
}

export interface Sampled extends ClosedCase {
  why: 'serious' | 'sample'
}

/**
 * The sample of closed cases: every serious one, and of the others of each floor and class the share that the rule says,
 * at least so many. Which ones follows from the seed and their numbers alone, so the same cases give the same sample on
 * any day and any machine, and nobody can pick them.
 */
export function drawSample(
  closed: readonly ClosedCase[],
  seed: string,
  { share, leastOfStratum }: SampleRule,
): Sampled[] {
  const strata = new Map<string, ClosedCase[]>()
  const sample: Sampled[] = []
  for (const each of closed) {
    if (each.isSerious) {
      sample.push({ ...each, why: 'serious' })
      continue
    }
    const key = JSON.stringify([each.floor, each.class])
    strata.set(key, [...(strata.get(key) ?? []), each])
  }
  for (const stratum of strata.values()) {
    const wanted = Math.max(leastOfStratum, Math.ceil((stratum.length * share) / 100))
    const ranked = stratum
      .map((each) => ({ each, rank: rankOf(`${seed} ${each.number} ${each.roundNo}`) }))
      .toSorted((a, b) => a.rank - b.rank || (a.each.number < b.each.number ? -1 : 1))
    sample.push(...ranked.slice(0, wanted).map(({ each }) => ({ ...each, why: 'sample' as const })))
  }
  return sample.toSorted((a, b) => a.complaintId - b.complaintId || a.roundNo - b.roundNo)
}

/** A number from 0 to 2³² that looks like chance and follows from the text alone (FNV-1a, mixed as murmur3 does). */
function rankOf(text: string): number {
  let hash = 0x81_1c_9d_c5
  for (const letter of text) {
    hash ^= letter.codePointAt(0) ?? 0
    hash = Math.imul(hash, 0x01_00_01_93)
  }
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85_eb_ca_6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2_b2_ae_35)
  hash ^= hash >>> 16
  return hash >>> 0
}
