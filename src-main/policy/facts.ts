import type { BusinessDate } from '../foundation/business-date.ts'
import type { HolidayCalendar } from '../foundation/holidays.ts'
import type { MinorUnits } from '../foundation/money.ts'
import type {
  ApproverRole,
  Bilingual,
  Channel,
  ConditionGrade,
  ReasonClass,
  Remedy,
  VoidFinding,
} from './rule.ts'

/** What the engine decides on. Null means "not known": the engine asks for it where it would change the answer. */
export interface RightsFacts {
  today: BusinessDate
  /** `CN`, and the province where the store stands (`CN-33`). */
  country: string
  region: string | null
  /** Moves last days that fall on a public holiday; null where none does. */
  calendar: HolidayCalendar | null
  currency: string
  channel: Channel
  line: {
    category: string | null
    sku: string
    brand: string
    counter: string
    tags: readonly string[]
    /** Paid for the units that are asked about, and how many they are. */
    paid: MinorUnits
    units: number
    unitsSold: number
    unitsReturned: number
    /** The shelf price of the same units today, where it is known. */
    currentPrice: MinorUnits | null
  }
  tier: string | null
  dates: {
    sold: BusinessDate
    delivered: BusinessDate | null
    installed: BusinessDate | null
    /** The unit is a replacement handed over that day. */
    exchanged: BusinessDate | null
  }
  /** Terms promised on the live card, where there is one: never shorter than law gives. */
  card: { unitMonths: number; partMonths: number | null; startsOn: BusinessDate } | null
  reason: ReasonClass | null
  condition: ConditionGrade | null
  complete: boolean | null
  /** The main part that failed; null for the whole unit. */
  part: string | null
  proof: { receipt: boolean; memberCard: boolean; medical: boolean; repairRecords: boolean }
  /** Null while nobody looked. */
  findings: readonly VoidFinding[] | null
  foundSubstandard: boolean
  repairs: readonly RepairFact[]
  sameModelInStock: boolean | null
  /** What the customer asks for. */
  wish: Remedy | null
}

export interface RepairFact {
  part: string | null
  handedIn: BusinessDate
  /** Null while it is with the repairer. */
  handedBack: BusinessDate | null
  /** Days of it spent waiting for parts. */
  waitedForParts: number
  /** Whose delay it was where it took long. */
  delayedBy: 'repairer' | 'other' | null
  /** Handed back, and the same unit failed again (or still). */
  failed: boolean
  /** There is a written record: without one it does not count. */
  recorded: boolean
}

export interface RuleRef {
  id: string
  version: number
}

/** A sentence with its figures; the screens and papers say it in their language (locale `policy.json`). */
export interface Reason {
  key: string
  params: Readonly<Record<string, string | number>>
}

export interface AllowedRemedy {
  remedy: Remedy
  allowed: true
  /** Last day, inclusive; null without end. */
  until: BusinessDate | null
  /** Days after today on which it can still be claimed: 0 on the last one. */
  daysLeft: number | null
  /** What the customer gets back (refund, price difference) and what is kept from it. */
  amount: MinorUnits
  fee: {
    kind: 'none' | 'depreciation' | 'grade' | 'restock' | 'daily'
    amount: MinorUnits
    days: number
  }
  chooser: 'customer' | 'store'
  freight: 'store' | 'customer' | 'shared' | 'by_liability'
  gift: 'return' | 'keep' | 'return_or_value'
  approver: ApproverRole | null
  statutory: boolean
  basis: readonly Bilingual[]
  because: readonly RuleRef[]
}

export interface RefusedRemedy {
  remedy: Remedy
  allowed: false
  reasons: readonly Reason[]
  /** Rules that say so, or whose window is over. */
  because: readonly RuleRef[]
}

/** A fact that is not known yet and would change the answer; asked as a one-key question. */
export const questions = [
  'reason',
  'condition',
  'complete',
  'findings',
  'part',
  'same_model_in_stock',
  'delivered_on',
  'installed_on',
] as const
export type Question = (typeof questions)[number]

export interface Clock {
  /** `unit`, or the code of a main part. */
  of: string
  name: Bilingual | null
  startsOn: BusinessDate
  /** Null: the store must decide the term. */
  endsOn: BusinessDate | null
  /** Days added for repairs and waiting for parts. */
  extendedDays: number
  /** The end before a holiday moved it; null where none did. */
  rolledFrom: BusinessDate | null
}

export interface TraceStep {
  rule: RuleRef
  applies: boolean
  reasons: readonly Reason[]
}

export interface Exposure {
  rule: RuleRef
  /** Addition to the price, in minor units; null where it is about a delay. */
  amount: MinorUnits | null
  delayDays: number | null
  text: Bilingual
  basis: Bilingual
}

/** What the customer may have today for the asked units, and why. */
export interface Verdict {
  /** One entry for each remedy, allowed ones first, in the order the store prefers to offer them. */
  remedies: readonly (AllowedRemedy | RefusedRemedy)[]
  questions: readonly Question[]
  clocks: readonly Clock[]
  /** The term or rate of this category is not settled: the store must decide. */
  undecided: readonly ('unit_months' | 'part_months' | 'daily_ppm')[]
  duties: readonly {
    rule: RuleRef
    text: Bilingual
    basis: Bilingual
    dueOn: BusinessDate | null
  }[]
  exposures: readonly Exposure[]
  testFee: {
    fault: 'store' | 'customer'
    noFault: 'store' | 'customer'
    unknown: 'store' | 'customer' | 'shared'
  } | null
  burdenOfProof: 'seller' | 'customer' | null
  trace: readonly TraceStep[]
  /** Every rule that bears on the answer, to be frozen into the case. */
  rules: readonly RuleRef[]
}
