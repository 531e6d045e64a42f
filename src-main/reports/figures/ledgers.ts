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
  /** What it is, in a ledger of several things. */
  source?: 'exchange' | 'waiver' | 'approval' | 'offer' | 'goodwill' | 'compensation'
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
  broken: boolean
  /** Open, and its time has passed. */
  overdue: boolean
}

/** A slip: goods that came back, the returned side of an exchange, or a price that fell; `kind` says which. */
export interface SlipEntry extends BaseEntry {
  /** Minor units paid back; of an exchange nothing, it settles its own difference. */
  amount: number
  /** How much of it nobody was owed. */
  beyondOwed: number
}

/** One way some money of a slip went back. */
export interface PaymentEntry extends BaseEntry {
  amount: number
  /** Not the way the sale was paid. */
  otherWay: boolean
}

/** A unit of goods that came back. */
export interface UnitEntry extends BaseEntry {
  /** What it was credited with. */
  value: number
}

/** Goods in repair, on the day they were taken in or got ready. */
export interface RepairEntry extends BaseEntry {
  receivedOn: BusinessDate
  /** From being taken in to being ready, waiting for parts included; null while they are not. */
  days: number | null
  isOver: boolean
  /** Still not ready on the thirty-first day (domain.md §1.1 SB-30). */
  overThirtyDays: boolean
  /** The same fault within the warranty of an earlier repair. */
  refailed: boolean
}

/** A complaint with a clock for its first answer, on the day it was recorded. */
export interface ReplyEntry extends BaseEntry {
  state: ClockResult
}

/** A round of a complaint that was solved, with the clocks that end with the solution. */
export interface ClosingEntry extends BaseEntry {
  state: ClockResult
}

/** `running`: its time has not come, so nobody was late. */
export type ClockResult = 'met' | 'late' | 'running'

/** An approval, on the day it was asked for. */
export interface ApprovalEntry extends BaseEntry {
  amount: number
  isDecided: boolean
  isGranted: boolean
  isUsed: boolean
  escalated: boolean
  /** From being asked to being decided. */
  minutes: number | null
}

/** Where somebody went past what rules or limits say. */
export interface OverrideEntry extends BaseEntry {
  amount: number
}

/** Something given beyond duty: goodwill, or a compensation of a settlement; `source` says which. */
export interface GoodwillEntry extends BaseEntry {
  customerId: number | null
  amount: number
  /** How much of it a vendor, a carrier or another bears. */
  byOthers: number
}

/** A customer with what they bought after a goodwill, or after a complaint without one. */
export interface KeptEntry extends BaseEntry {
  receipts: number
  bought: number
}

export interface Ledgers {
  complaints: ComplaintEntry
  solutions: SolutionEntry
  replies: ReplyEntry
  closings: ClosingEntry
  promises: PromiseEntry
  slips: SlipEntry
  payments: PaymentEntry
  units: UnitEntry
  takenIn: RepairEntry
  gotReady: RepairEntry
  approvals: ApprovalEntry
  overrides: OverrideEntry
  goodwill: GoodwillEntry
  kept: KeptEntry
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
const ofSlips = ['reason', 'person', 'kind'] as const
const ofRepairs = [
  'floor',
  'counter',
  'vendor',
  'brand',
  'category',
  'fault',
  'person',
  'repairer',
] as const

/** What each ledger can be read by, beside time. */
export const ledgerDimensions: Readonly<Record<LedgerName, readonly Dimension[]>> = {
  complaints: [...aboutComplaints, 'basis'],
  solutions: aboutComplaints,
  replies: aboutComplaints,
  closings: aboutComplaints,
  promises: ['floor', 'person'],
  slips: ofSlips,
  payments: [...ofSlips, 'tender'],
  units: [...ofSlips, 'floor', 'counter', 'vendor', 'brand', 'category', 'destination'],
  takenIn: ofRepairs,
  gotReady: [...ofRepairs, 'outcome'],
  approvals: ['kind', 'person', 'approver'],
  overrides: ['kind', 'person'],
  goodwill: ['person', 'group', 'kind'],
  kept: ['group'],
}
