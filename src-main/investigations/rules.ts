import { refuse } from '../foundation/errors.ts'
import { allocate, type MinorUnits } from '../foundation/money.ts'
import type { StateMachine } from '../foundation/state-machine.ts'

export type InvestigationState = 'open' | 'decided'
export type InvestigationAction = 'settle_fact' | 'write' | 'decide' | 'reopen'

/** Nothing is decided before the facts are settled, or knowingly left out (domain.md §3.6 row 165). */
export const investigationMachine: StateMachine<InvestigationState, InvestigationAction> = {
  initial: 'open',
  states: ['open', 'decided'],
  transitions: [
    { from: 'open', action: 'settle_fact', to: 'open', needs: ['words, or a reason to leave out'] },
    { from: 'open', action: 'write', to: 'open' },
    {
      from: 'open',
      action: 'decide',
      to: 'decided',
      needs: ['every fact settled or left out', 'cause and its analysis', 'fault', 'finding'],
    },
    { from: 'decided', action: 'reopen', to: 'open', needs: ['reason', 'no settlement under way'] },
  ],
}

/** What is still wanted before it can be decided, in the order of the form. */
export function missingToDecide(found: {
  facts: readonly { state: 'open' | 'settled' | 'skipped' }[]
  cause: string
  analysis: string
  fault: string | null
  finding: string | null
}): ('facts' | 'cause' | 'analysis' | 'fault' | 'finding')[] {
  const missing: ReturnType<typeof missingToDecide> = []
  if (found.facts.some(({ state }) => state === 'open')) missing.push('facts')
  if (found.cause === '') missing.push('cause')
  if (found.analysis === '') missing.push('analysis')
  if (found.fault === null) missing.push('fault')
  if (found.finding === null) missing.push('finding')
  return missing
}

export type FeeBearer = 'store' | 'customer' | 'shared'

/** What is owed of a fee after the test: to the customer who laid it out, or by the customer to the store. */
export function feeOwed(
  fee: MinorUnits,
  paidBy: 'store' | 'customer',
  bearer: FeeBearer,
): { toCustomer: MinorUnits; byCustomer: MinorUnits } {
  const [store = 0, customer = 0] = bearer === 'shared' ? allocate(fee, [1, 1]) : []
  const ofStore = bearer === 'shared' ? store : bearer === 'store' ? fee : 0
  const ofCustomer = bearer === 'shared' ? customer : bearer === 'customer' ? fee : 0
  return {
    toCustomer: paidBy === 'customer' ? ofStore : 0,
    byCustomer: paidBy === 'store' ? ofCustomer : 0,
  }
}

export type Party = 'store' | 'vendor' | 'carrier' | 'maker' | 'customer'

export interface WeighedParty {
  party: Party
  name: string
  /** A percentage or an amount: only the proportion counts. */
  weight: number
}

/**
 * Splits an amount over those who are liable, by largest remainder: the shares sum exactly to it (domain.md §5.4).
 * Weights that are the amounts themselves come out as they are. Refuses no weight at all (`investigations.no_weight`),
 * the same party twice (`investigations.party_twice`), and a vendor, carrier or maker without a name
 * (`investigations.party_unnamed`).
 */
export function splitLiability<Of extends WeighedParty>(
  total: MinorUnits,
  parties: readonly Of[],
): (Of & { amount: MinorUnits })[] {
  if (!parties.some(({ weight }) => weight > 0)) refuse('investigations.no_weight')
  const keys = parties.map(({ party, name }) => `${party} ${name}`)
  if (new Set(keys).size < keys.length) refuse('investigations.party_twice')
  const isNamed = ({ party, name }: Of) => name !== '' || party === 'store' || party === 'customer'
  if (!parties.every(isNamed)) refuse('investigations.party_unnamed')
  const amounts = allocate(
    total,
    parties.map(({ weight }) => weight),
  )
  return parties.map((each, index) => ({ ...each, amount: amounts[index] ?? 0 }))
}
