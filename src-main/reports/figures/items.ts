import type { ReadHandle } from '../../database/store.ts'
import type { ReportItem } from './contract.ts'
import {
  describeComplaints,
  type Described,
  describePromises,
  describeSlips,
} from './item-store.ts'
import type { LedgerName } from './ledgers.ts'
import type { Listed } from './tabulate.ts'

type Describe = (r: ReadHandle, ids: readonly number[]) => Promise<Map<number, Described>>

/** How the entries of each ledger are told on a list. */
const describers: Record<LedgerName, Describe> = {
  complaints: describeComplaints,
  solutions: describeComplaints,
  promises: describePromises,
  slips: describeSlips,
}

/** A page of what is behind a figure, in the order it was given. */
export async function readItems(
  r: ReadHandle,
  ledger: LedgerName,
  page: readonly Listed[],
): Promise<ReportItem[]> {
  if (page.length === 0) return []
  const ids = [...new Set(page.map(({ entry }) => entry.id))]
  const described = await describers[ledger](r, ids)
  return page.flatMap(({ entry, value }) => {
    const item = described.get(entry.id)
    return item === undefined ? [] : [{ ...item, date: entry.on, value }]
  })
}
