import { z } from 'zod'
import { promise } from '../cases/contract.ts'
import { complaintClasses } from '../complaints/contract.ts'
import { businessDate, id, instant, line, money, procedure } from '../foundation/procedure.ts'
import { bothWords, figuresContract } from './figures/contract.ts'

export const dayReport = z.object({
  businessDate,
  storeName: z.string(),
  deskNo: z.string(),
  currency: z.string(),
  /** Where the day is closed: these are the figures that were signed then. */
  closed: z
    .object({
      version: z.int(),
      closedAt: instant,
      hash: z.string(),
      /** Slips of it written after the day before had been closed. */
      late: z.int(),
    })
    .nullable(),
  totals: z.object({
    /** Complaints recorded on the day. */
    received: z.int(),
    solvedOnSpot: z.int(),
    /** Recorded and closed on the day, on the spot or later. */
    closedSameDay: z.int(),
    /** Recorded on an earlier day and closed on this one. */
    closedFromEarlier: z.int(),
    /** Open at the end of the day, whenever recorded. */
    carriedOver: z.int(),
    /** Promises due by the end of the day and not kept by then; a broken one counts up to the day it is settled. */
    overduePromises: z.int(),
    /** Of those recorded and closed on the day: what the customer said; the three sum to `closedSameDay`. */
    satisfied: z.int(),
    dissatisfied: z.int(),
    /** Closed without the customer having been asked. */
    notAsked: z.int(),
    refunds: z.int(),
    refundAmount: money,
    /** Exchanges recorded that day, none of them a sale or a refund, and the differences of them. */
    exchanges: z.int(),
    exchangeCollected: money,
    exchangePaidBack: money,
    /** Payments the tills had not made by the end of the day, of that day and before it. */
    moneyPending: z.int(),
    pendingAmount: money,
    /** A price that fell, goods that stayed: no return. */
    priceAdjustments: z.int(),
    priceAdjustmentAmount: money,
    cardsIssued: z.int(),
  }),
  /** Weather, promotions: what a manager wrote of the day; empty where nobody did. */
  note: z.string(),
  /** Hand-overs of this desk on the day; `takenBy` is null while nobody has accepted it. */
  shifts: z.array(
    z.object({
      number: z.string(),
      givenAt: instant,
      givenBy: z.string(),
      takenBy: z.string().nullable(),
    }),
  ),
  /** The five vendors with the most complaints of the day. */
  topVendors: z.array(z.object({ vendor: z.string(), count: z.int() })),
  /** What was given beyond refunds and exchanges, beside what may be given. */
  beyond: z.object({
    compensations: z.int(),
    compensationAmount: money,
    goodwill: z.int(),
    goodwillAmount: money,
    /** What one clerk may give on a day, and the most that one person gave. */
    goodwillLimit: money,
    goodwillMostByOne: money,
    /** Approvals decided on the day. */
    granted: z.int(),
    grantedAmount: money,
    denied: z.int(),
  }),
  repairs: z.object({
    takenIn: z.int(),
    givenBack: z.int(),
    /** At the end of the day: not ready yet, and of these taken in more than 30 days before. */
    inRepair: z.int(),
    overdue: z.int(),
  }),
  /** Open promises due on the next business day. */
  promisesTomorrow: z.int(),
  /** What the quality radar raised on the day, the gravest first. */
  findings: z.array(
    z.object({
      id,
      label: z.string(),
      /** Null: no fault in particular. */
      fault: bothWords.nullable(),
      level: z.enum(['watch', 'alert', 'alarm']),
      failures: z.int(),
      sold: z.int(),
    }),
  ),
  /** The example chosen on the day. */
  lesson: z
    .object({
      complaintId: id,
      number: z.string(),
      title: z.string(),
      takeaway: z.string(),
    })
    .nullable(),
  byClass: z.array(z.object({ class: z.enum(complaintClasses), count: z.int() })),
  /** Floors in the order of their names; an empty name is "not stated". */
  byFloor: z.array(
    z.object({
      floor: z.string(),
      total: z.int(),
      counts: z.array(z.object({ class: z.enum(complaintClasses), count: z.int() })),
    }),
  ),
  complaints: z.array(
    z.object({
      id,
      number: z.string(),
      recordedAt: instant,
      class: z.enum(complaintClasses),
      text: z.string(),
      solution: z.string(),
      floor: z.string(),
      counter: z.string(),
      /** Masked. */
      customer: z.string(),
      goods: z.string(),
      /** As it stood at the end of that business day. */
      open: z.boolean(),
      solvedOnSpot: z.boolean(),
      satisfied: z.boolean().nullable(),
      ownerName: z.string(),
      recordedBy: z.string(),
      promise: z.object({ text: z.string(), dueAt: instant }).nullable(),
    }),
  ),
  refunds: z.array(
    z.object({
      id,
      number: z.string(),
      kind: z.enum(['return', 'price_adjustment']),
      reason: z.string(),
      goods: z.string(),
      amount: money,
    }),
  ),
  /** Promises still open at the end of the day, with those due on the next day first. */
  openPromises: z.array(
    promise.pick({ id: true, ownerName: true, text: true, dueAt: true, dueOn: true }).extend({
      complaintNumber: z.string(),
      /** Masked. */
      customer: z.string(),
      overdue: z.boolean(),
    }),
  ),
})

const period = z.object({ from: businessDate, to: businessDate })

/** So many of so many; a percentage is shown only where enough stand behind it. */
const share = z.object({ count: z.int(), of: z.int() })

export const evaluationFigures = z.object({
  received: z.int(),
  /** Solved while the customer stood there. */
  atOnce: share,
  /** The customer heard from the store on the day of recording. */
  sameDay: share,
  /** Came before: the same matter again. */
  repeats: share,
  /** Solutions of the period, of complaints whenever recorded. */
  solved: z.int(),
  content: share,
  notAsked: z.int(),
  points: z.object({ sum: z.int(), of: z.int() }),
  days: z.object({ median: z.int(), ninetieth: z.int() }).nullable(),
  inFifteenDays: share,
  reopened: share,
  /** Promises that fell due in the period. */
  kept: share,
})

const group = evaluationFigures.extend({ key: z.string(), name: z.string() })

/** What figures are broken down by. */
export const evaluationDimensions = ['owner', 'floor', 'class', 'month'] as const

const signedRule = z.object({
  ruleId: z.string(),
  version: z.int(),
  title: z.string(),
  effectiveOn: businessDate,
})

const stretch = z.object({
  from: businessDate,
  to: businessDate,
  days: z.int(),
  /** Sales receipts: what the others stand against. */
  sales: z.int(),
  complaints: z.int(),
  returns: z.int(),
  returnAmount: money,
  refusals: z.int(),
  goodwill: z.int(),
  goodwillAmount: money,
})

export const reportsContract = {
  ...figuresContract,
  /** How complaints were dealt with in a period: the whole, and by owner, floor, class and month. */
  evaluation: procedure('reports.read')
    .input(period.extend({ ownerId: id.optional(), floor: z.string().max(40).optional() }))
    .output(
      z.object({
        all: evaluationFigures,
        owner: z.array(group),
        floor: z.array(group),
        class: z.array(group),
        month: z.array(group),
      }),
    ),
  /** The same as a file for a spreadsheet: one row a group, counts and what they are of. */
  exportEvaluation: procedure('reports.read')
    .input(
      period.extend({
        by: z.enum(evaluationDimensions),
        ownerId: id.optional(),
        floor: z.string().max(40).optional(),
      }),
    )
    .output(z.object({ fileName: z.string(), content: z.instanceof(Blob) })),
  /** Rules of the store that were signed, the newest first. */
  signedRules: procedure('reports.read').output(z.array(signedRule)),
  /** As many days before a rule began to hold as after it, side by side. */
  ruleEffect: procedure('reports.read')
    .input(
      z.object({ ruleId: z.string().max(120), version: z.int(), days: z.int().min(7).max(366) }),
    )
    .output(z.object({ rule: signedRule, before: stretch, after: stretch.nullable() })),

  day: procedure('reports.read').input(z.object({ businessDate })).output(dayReport),
  /** Writes what is to stand on the report of a day beside its figures; empty takes it away. */
  writeDayNote: procedure('reports.manage')
    .input(z.object({ businessDate, note: line(200) }))
    .output(z.object({ note: z.string() })),
  /** Days with something recorded, newest first, for the list beside the report. */
  days: procedure('reports.read').output(
    z.array(z.object({ businessDate, complaints: z.int(), refunds: z.int() })),
  ),
  /** The home screen: what waits, what today came to, what this desk did last. */
  board: procedure('sales.read').output(
    z.object({
      businessDate,
      today: z.object({
        complaints: z.int(),
        solvedOnSpot: z.int(),
        refunds: z.int(),
        refundAmount: money,
        cards: z.int(),
      }),
      openComplaints: z.int(),
      overduePromises: z.int(),
      receiptsInStore: z.int(),
      lastImportAt: instant.nullable(),
      recent: z.array(
        z.object({
          kind: z.enum([
            'card',
            'refund',
            'price_adjustment',
            'complaint',
            'refusal',
            'proofs',
            'repair',
          ]),
          id,
          number: z.string(),
          note: z.string(),
          at: instant,
          amount: money.nullable(),
        }),
      ),
    }),
  ),
}
