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
  /** The day the customer first asked, where that was earlier: a right asked for in time stays. Null: today. */
  claimedOn: BusinessDate | null
  /** Moves last days that fall on a public holiday; null where none does. */
  calendar: HolidayCalendar | null
  /** The store's own; the sale must be in the same. */
  currency: string
  channel: Channel
  line: {
    currency: string
    category: string | null
    sku: string
    brand: string
    counter: string
    tags: readonly string[]
    /** What somebody has said it is not; a tag in neither list was not asked. */
    notTags?: readonly string[]
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
  /** The main part that failed, `unit` for the whole unit; null while nobody said. */
  part: string | null
  /** `receipt` is the slip or a card; weaker proofs together may stand for it (rights room). */
  proof: { receipt: boolean; memberCard: boolean; medical: boolean; repairRecords: boolean }
  /** Null while nobody looked: until then nothing is held against the customer. */
  findings: readonly VoidFinding[] | null
  foundSubstandard: boolean
  repairs: readonly RepairFact[]
  sameModelInStock: boolean | null
  /** What a vehicle has run; null or absent while nobody read it: until then no limit is held against it. */
  kilometres?: number | null
  /** What the customer asks for. */
  wish: Remedy | null
}

export interface RepairFact {
  /** Null for the unit as a whole. */
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

/** Keys of the sentences under `reason` in `policy.json`. */
export const reasonKeys = [
  // no rule, or not for these goods
  'reason.no_rule',
  'reason.other_goods',
  'reason.not_in_force',
  'reason.excluded',
  'reason.no_term',
  'reason.term_undecided',
  // days: {until} or {from}
  'reason.window_over',
  'reason.not_yet',
  'reason.not_started',
  // {kilometres} and {limit}
  'reason.too_many_kilometres',
  // what has to have happened: {count}, {needed} or {days}, {limit}
  'reason.too_few_repairs',
  'reason.parts_not_missing',
  'reason.repair_not_overdue',
  'reason.repairs_not_long',
  'reason.not_failed_again',
  'reason.not_found_substandard',
  'reason.price_not_fallen',
  'reason.price_unknown',
  'reason.no_exchange_right',
  'reason.same_model_there',
  'reason.same_model_missing',
  // what the goods and papers must be like
  'reason.condition_sealed',
  'reason.condition_opened',
  'reason.condition_used',
  'reason.condition_faulty',
  'reason.condition_damaged',
  'reason.incomplete',
  'reason.needs_receipt',
  'reason.needs_member_card',
  'reason.needs_repair_records',
  'reason.needs_medical_proof',
  // findings that end a free remedy
  'reason.void_misuse',
  'reason.void_opened_by_others',
  'reason.void_no_proof',
  'reason.void_proof_mismatch',
  'reason.void_force_majeure',
  // not known yet
  'reason.ask_reason',
  'reason.ask_condition',
  'reason.ask_complete',
  'reason.ask_same_model_in_stock',
  'reason.ask_part',
  // paid repair
  'reason.repair_is_free',
  'reason.nothing_to_repair',
] as const
export type ReasonKey = (typeof reasonKeys)[number]

export interface RuleRef {
  id: string
  version: number
}

/** A sentence with its figures; the screens and papers say it in their language (`policy.json`, by the whole key). */
export interface Reason {
  key: ReasonKey
  params: Readonly<Record<string, string | number>>
}

export interface AllowedRemedy {
  remedy: Remedy
  allowed: true
  /** Last day on which it can be claimed on any terms, inclusive; null without end. */
  until: BusinessDate | null
  /** Days after the claim on which that is still so: 0 on the last one. */
  daysLeft: number | null
  /** Last day on today's terms (fee, chooser, approver): a refund is free for 7 days, then costs depreciation. */
  sameTermsUntil: BusinessDate | null
  /** What a refund is reckoned from: what was paid, or today's price where law says so. Refund + fee = price. */
  price: MinorUnits
  /** What the customer gets back (refund, price difference); 0 for the others. */
  amount: MinorUnits
  /** What is kept from a refund, or paid by the customer for the others; `ppm` of the price, once or per day. */
  fee: {
    kind: 'none' | 'depreciation' | 'grade' | 'restock' | 'daily'
    amount: MinorUnits
    ppm: number
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
  /** Questions some answer to which would allow it; empty where it is refused for good. */
  open: readonly Question[]
  /** Legal lines and house rules to name in the refusal, the most telling first. */
  basis: readonly Bilingual[]
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
  'kilometres',
  'car_fault',
  'contract_rate',
  'no_tag',
  'opened_media',
  'confirmed_unsuitable',
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
  /** Last day before the delay counts; null where it is about an amount. */
  dueOn: BusinessDate | null
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
    /** The remedies with which it comes. */
    remedies: readonly Remedy[]
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
  /** The seller also pays for the customer's lost time and ways. */
  lostTime: boolean
  trace: readonly TraceStep[]
  /** Every rule that bears on the answer, to be frozen into the case. */
  rules: readonly RuleRef[]
}
