import type { Bilingual } from '../../policy/rule.ts'
import type { FormatOf } from '../../foundation/paper-formats.ts'
import type { PaperFrame } from '../../printing/layout.ts'
import type { Acceptance, consentWays, feeKinds, Outcome, takers } from '../contract.ts'

/** Everything the papers of one repair print; each takes what it needs. Texts that nobody knows are empty or null. */
export interface RepairFacts {
  frame: PaperFrame
  paper: FormatOf<'repair_sheet' | 'repair_stub'> | '70x50'
  /** `WX-…` with check character. */
  number: string
  /** 0 on the original, n on the n-th reprint. */
  copy: number
  currency: string
  /** Instant of intake, UTC ISO. */
  recordedAt: string
  recordedBy: string
  /** The phone is masked already. */
  customer: { name: string; phone: string }
  /** What was promised, while the promise stands. */
  promise: { text: string; dueAt: string; owner: string } | null
  note: string
  /** On the claim stub only, and not on a preview of it. */
  pickupCode: string
  storage: { days: number; feePerDay: number; from: string | null }
  loans: { code: string; name: string; serialNo: string; isBack: boolean }[]
  items: RepairItemFacts[]
  /** What the customer pays for all of it, minor units. */
  due: number
}

export interface RepairItemFacts {
  /** `WX-…/1`. */
  tagNo: string
  kind: 'sold' | 'proven' | 'elsewhere'
  receiptNo: string | null
  soldOn: string | null
  name: string
  brand: string
  model: string
  serialNo: string
  fault: string
  appearance: string
  accessories: { tagNo: string; name: string; note: string; returned: boolean }[]
  acceptance: Acceptance
  quote: {
    estimate: number
    limit: number
    consent: { by: string; how: (typeof consentWays)[number]; at: string } | null
  } | null
  isExpected: boolean
  receivedOn: string | null
  /** Day of hand-back, or the day it stayed with the store. */
  endedOn: string | null
  outcome: Outcome | null
  outcomeNote: string
  remedyNumber: string | null
  /** Which repair of these goods it is: 1 for the first. */
  count: number
  former: { number: string; endedOn: string; isRefailure: boolean } | null
  days: number
  waitDays: number
  works: WorkFacts[]
  fees: number
  due: number
  warrantyDays: number | null
  warrantyUntil: string | null
  exchangeRight: { reached: boolean; failed: number; text: Bilingual; basis: Bilingual } | null
  handBack: {
    /** Instant, UTC ISO. */
    at: string
    name: string
    whom: (typeof takers)[number]
    proof: 'code' | 'manager'
    by: string
  } | null
}

export interface WorkFacts {
  actualFault: string
  work: string
  doneBy: string
  minutes: number
  hourFee: number
  parts: { name: string; partNo: string; serialNo: string }[]
  fees: { kind: (typeof feeKinds)[number]; text: string; amount: number }[]
}
