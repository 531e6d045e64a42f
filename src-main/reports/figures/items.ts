import type { ReadHandle } from '../../database/store.ts'
import type { ReportItem } from './contract.ts'
import {
  describeApprovals,
  describeCompensations,
  describeComplaints,
  describeCustomers,
  type Described,
  describeExchanges,
  describeGoodwill,
  describeOffers,
  describePromises,
  describeRepairs,
  describeSlips,
  describeWaivers,
} from './item-store.ts'
import type { BaseEntry, LedgerName } from './ledgers.ts'
import type { Listed } from './tabulate.ts'

type Describe = (r: ReadHandle, ids: readonly number[]) => Promise<Map<number, Described>>

/** How the entries of each ledger are told on a list. */
const describers: Record<Exclude<LedgerName, 'overrides' | 'goodwill'>, Describe> = {
  complaints: describeComplaints,
  solutions: describeComplaints,
  replies: describeComplaints,
  closings: describeComplaints,
  promises: describePromises,
  slips: describeSlips,
  payments: describeSlips,
  units: describeSlips,
  takenIn: describeRepairs,
  gotReady: describeRepairs,
  approvals: describeApprovals,
  kept: describeCustomers,
}

/** The same in the ledgers that hold several things. */
const bySource: Record<NonNullable<BaseEntry['source']>, Describe> = {
  exchange: describeExchanges,
  waiver: describeWaivers,
  approval: describeApprovals,
  offer: describeOffers,
  goodwill: describeGoodwill,
  compensation: describeCompensations,
}

function describerOf(ledger: LedgerName, { source }: BaseEntry): Describe {
  if (ledger === 'overrides') return bySource[source ?? 'approval']
  return ledger === 'goodwill' ? bySource[source ?? 'goodwill'] : describers[ledger]
}

/** A page of what is behind a figure, in the order it was given. */
export async function readItems(
  r: ReadHandle,
  ledger: LedgerName,
  page: readonly Listed[],
): Promise<ReportItem[]> {
  const described = new Map<Describe, Map<number, Described>>()
  const wanted = new Map<Describe, Set<number>>()
  for (const { entry } of page) {
    const describe = describerOf(ledger, entry)
    wanted.set(describe, (wanted.get(describe) ?? new Set()).add(entry.id))
  }
  for (const [describe, ids] of wanted) described.set(describe, await describe(r, [...ids]))
  return page.flatMap(({ entry, value }) => {
    const item = described.get(describerOf(ledger, entry))?.get(entry.id)
    return item === undefined ? [] : [{ ...item, date: entry.on, value }]
  })
}
