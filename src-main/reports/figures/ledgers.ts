/** What the ledgers of the reports hold: one entry each for whatever a figure counts. */
import type { BusinessDate } from '../../foundation/business-date.ts'
import type { Dimension } from './contract.ts'

/** Everything a report can be read by or narrowed to; an absent one is unknown to its ledger, an empty one not stated. */
export interface BaseEntry extends Partial<
  Record<Exclude<Dimension, 'day' | 'month' | 'quarter'>, string>
> {
  /** Of what the entry stands for: see `itemOf`. */
  id: number
  on: BusinessDate
}

/** A complaint, on the day it was recorded. */
export interface ComplaintEntry extends BaseEntry {
  /** Solved while the customer stood there (domain.md §3.6 row 172). */
  atOnce: boolean
  /** The customer heard from the store on the day of recording. */
  sameDay: boolean
  /** It repeats an earlier one. */
  repeats: boolean
  /** It came up again since, under its own number or under another. */
  cameAgain: boolean
  open: boolean
}

/** A complaint, or a round of one that came up again, on the day it was solved. */
export interface SolutionEntry extends BaseEntry {
  openedOn: BusinessDate
  satisfied: boolean | null
  points: number | null
  reopened: boolean
  days: number
}

/** A promise, on the day it was due. */
export interface PromiseEntry extends BaseEntry {
  /** Kept or broken, or open after its time; false while its time has not come. */
  due: boolean
  kept: boolean
}

/** A slip: goods that came back, the returned side of an exchange, or a price that fell. */
export interface SlipEntry extends BaseEntry {
  /** Minor units paid back; of an exchange nothing, it settles its own difference. */
  amount: number
  isExchange: boolean
  isReturn: boolean
}

export interface Ledgers {
  complaints: ComplaintEntry
  solutions: SolutionEntry
  promises: PromiseEntry
  slips: SlipEntry
}
export type LedgerName = keyof Ledgers

const aboutComplaints = [
  'floor',
  'counter',
  'vendor',
  'brand',
  'category',
  'class',
  'fault',
  'person',
] as const

/** What each ledger can be read by, beside time. */
export const ledgerDimensions: Readonly<Record<LedgerName, readonly Dimension[]>> = {
  complaints: [...aboutComplaints, 'basis'],
  solutions: aboutComplaints,
  promises: ['floor', 'person'],
  slips: ['reason', 'person', 'kind'],
}
