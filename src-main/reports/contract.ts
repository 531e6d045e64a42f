import { z } from 'zod'
import { promise } from '../cases/contract.ts'
import { complaintClasses } from '../complaints/contract.ts'
import { businessDate, id, instant, money, procedure } from '../foundation/procedure.ts'

export const dayReport = z.object({
  businessDate,
  storeName: z.string(),
  deskNo: z.string(),
  currency: z.string(),
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

export const reportsContract = {
  day: procedure('reports.read').input(z.object({ businessDate })).output(dayReport),
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
