import type { ReadHandle } from '../database/store.ts'
import { sumMoney } from '../foundation/money.ts'
import type { ClaimRecord } from './claim-store.ts'
import { type Cost, listCosts, sumBornByOthers } from './cost-store.ts'
import { mostToPassOn } from './rules.ts'

/** What the store gave for a case, what others bear of it, and what is left to pass on. */
export interface CaseMoney {
  costs: Cost[]
  given: number
  left: number
}

export async function moneyOfCase(r: ReadHandle, caseId: number): Promise<CaseMoney> {
  const costs = await listCosts(r, caseId)
  const given = sumMoney(costs.map(({ amount }) => amount))
  return { costs, given, left: mostToPassOn(given, await sumBornByOthers(r, caseId)) }
}

/** The part of the costs that is a vendor's: his own goods, and what was for nobody's. */
export function givenFor(costs: readonly Cost[], vendor: string): number {
  const shares = costs.flatMap((each) => each.shares)
  return sumMoney(
    shares
      .filter((each) => each.vendor === vendor || each.vendor === '')
      .map(({ amount }) => amount),
  )
}

/** The most that can be passed on to one party of a case: what is left, and of a vendor no other vendor's goods. */
export function mostOf(
  { costs, left }: CaseMoney,
  party: { kind: 'vendor' | 'carrier'; name: string },
): number {
  return party.kind === 'carrier' ? left : Math.min(left, givenFor(costs, party.name))
}

/** The most a claim can be settled for now. */
export async function mostFor(r: ReadHandle, claim: ClaimRecord): Promise<number> {
  return mostOf(await moneyOfCase(r, claim.caseId), claim.vendor)
}
