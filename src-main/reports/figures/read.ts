import type { ReadHandle } from '../../database/store.ts'
import type { BusinessDate, BusinessDay } from '../../foundation/business-date.ts'
import { listDueBetween } from '../../promises/store.ts'
import { listApprovals, listOverrides } from './approval-ledger-store.ts'
import { judgeClosings, judgeReplies } from './clock-ledger.ts'
import {
  type ComplaintRow,
  listComplaintRows,
  listRoundRows,
  type RoundRow,
  toComplaint,
  toSolution,
} from './complaint-ledger-store.ts'
import { listGoodwill, listKept } from './goodwill-ledger-store.ts'
import type { LedgerName, Ledgers, PromiseEntry } from './ledgers.ts'
import { ownerAt, type OwnersThen, readOwners } from './owner-ledger-store.ts'
import { listGotReady, listTakenIn } from './repair-ledger-store.ts'
import { listPayments, listSlips, listUnits } from './return-ledger-store.ts'
import { spanOf } from '../rules.ts'
import type { Period } from './rules.ts'

/** What a report must know of its store and hour; plain, because it travels to a worker. */
export interface Setting {
  day: BusinessDay
  currency: string
  today: BusinessDate
  /** Instant. */
  now: string
}

/** A read of the ledgers: what two of them are made of is asked for once. */
class LedgerReader {
  readonly #rows = new Map<string, Promise<unknown>>()
  readonly r: ReadHandle
  readonly setting: Setting

  constructor(r: ReadHandle, setting: Setting) {
    this.r = r
    this.setting = setting
  }

  /** Each with who had it when the day it was recorded on was over, as the report of that day says. */
  complaintRows(period: Period): Promise<ComplaintRow[]> {
    return this.#once('complaints', period, async () => {
      const owners = await this.#owners()
      const rows = await listComplaintRows(this.r, period)
      return rows.map((row) => {
        if (!owners.has(row.case_id)) return row
        const { until } = spanOf(row.business_date, this.setting.day)
        return { ...row, owner_id: ownerAt(owners, row, until) }
      })
    })
  }

  /** Each with who had it when it was solved. */
  roundRows(period: Period): Promise<RoundRow[]> {
    return this.#once('rounds', period, async () => {
      const owners = await this.#owners()
      const rows = await listRoundRows(this.r, period)
      return rows.map((row) => {
        if (row.solved_at === null || !owners.has(row.case_id)) return row
        return { ...row, owner_id: ownerAt(owners, row, row.solved_at) }
      })
    })
  }

  #owners(): Promise<OwnersThen> {
    return this.#once('owners', { from: '', to: '' }, () => readOwners(this.r))
  }

  #once<T>(what: string, { from, to }: Period, read: () => Promise<T>): Promise<T> {
    const key = `${what} ${from} ${to}`
    const known = (this.#rows.get(key) as Promise<T> | undefined) ?? read()
    this.#rows.set(key, known)
    return known
  }
}

export type { LedgerReader }

export function openLedgers(r: ReadHandle, setting: Setting): LedgerReader {
  return new LedgerReader(r, setting)
}

/** The one query of each ledger: every report, paper and list reads these and nothing else. */
const readers: {
  [Name in LedgerName]: (reader: LedgerReader, period: Period) => Promise<readonly Ledgers[Name][]>
} = {
  complaints: async (reader, period) =>
    (await reader.complaintRows(period)).map((row) => toComplaint(row, reader.setting.day)),
  solutions: async (reader, period) => (await reader.roundRows(period)).map(toSolution),
  replies: async (reader, period) =>
    judgeReplies(reader.r, await reader.complaintRows(period), reader.setting),
  closings: async (reader, period) =>
    judgeClosings(reader.r, await reader.roundRows(period), reader.setting),
  promises: ({ r, setting }, period) => listPromises(r, period, setting),
  slips: ({ r }, period) => listSlips(r, period),
  payments: ({ r }, period) => listPayments(r, period),
  units: ({ r }, period) => listUnits(r, period),
  takenIn: ({ r, setting }, period) => listTakenIn(r, period, setting.today),
  gotReady: ({ r, setting }, period) => listGotReady(r, period, setting.today),
  approvals: ({ r }, period) => listApprovals(r, period),
  overrides: ({ r }, period) => listOverrides(r, period),
  goodwill: ({ r }, period) => listGoodwill(r, period),
  kept: ({ r, setting }, period) => listKept(r, period, setting.today),
}

export function readLedger<Name extends LedgerName>(
  reader: LedgerReader,
  name: Name,
  period: Period,
): Promise<readonly Ledgers[Name][]> {
  return readers[name](reader, period)
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
    broken: each.state === 'broken',
    overdue: each.state === 'open' && each.dueAt < now,
  }))
}
