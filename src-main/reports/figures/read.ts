import type { ReadHandle } from '../../database/store.ts'
import type { BusinessDate, BusinessDay } from '../../foundation/business-date.ts'
import { listDueBetween } from '../../promises/store.ts'
import { listComplaints, listSolutions } from './complaint-ledger-store.ts'
import type { LedgerName, Ledgers, PromiseEntry } from './ledgers.ts'
import { listSlips } from './return-ledger-store.ts'
import type { Period } from './rules.ts'

/** What a report must know of its store and hour; plain, because it travels to a worker. */
export interface Setting {
  day: BusinessDay
  currency: string
  today: BusinessDate
  /** Instant. */
  now: string
}

/** The one query of each ledger: every report, paper and list reads these and nothing else. */
const readers: {
  [Name in LedgerName]: (
    r: ReadHandle,
    period: Period,
    setting: Setting,
  ) => Promise<readonly Ledgers[Name][]>
} = {
  complaints: (r, period, { day }) => listComplaints(r, period, day),
  solutions: (r, period) => listSolutions(r, period),
  promises: listPromises,
  slips: (r, period) => listSlips(r, period),
}

export async function readLedger<Name extends LedgerName>(
  r: ReadHandle,
  name: Name,
  period: Period,
  setting: Setting,
): Promise<readonly Ledgers[Name][]> {
  return readers[name](r, period, setting)
}

/** One that is not due yet was neither kept nor broken by anybody. */
async function listPromises(
  r: ReadHandle,
  period: Period,
  { now }: Setting,
): Promise<PromiseEntry[]> {
  return (await listDueBetween(r, period)).map((each) => ({
    id: each.id,
    on: each.dueOn,
    floor: each.floor,
    person: String(each.ownerId),
    due: each.state !== 'open' || each.dueAt < now,
    kept: each.state === 'kept',
  }))
}
