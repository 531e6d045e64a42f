import { z } from 'zod'
import { runningClock } from '../clocks/contract.ts'
import { businessDate, id, instant, line, money, procedure } from '../foundation/procedure.ts'

/** Cases of one floor; an empty name is "not stated". */
const floorRow = z.object({
  floor: z.string(),
  /** Open complaints and other entries. */
  open: z.int(),
  overdue: z.int(),
  soon: z.int(),
})

/** A case that waits for the caller, and why. */
const waitingRow = z.object({
  why: z.enum(['call', 'offer', 'unanswered', 'orphan', 'second']),
  caseId: id,
  complaintId: id.nullable(),
  number: z.string(),
  text: z.string(),
  /** Who came with it, is called, or does not work here any more. */
  who: z.string(),
  since: instant.nullable(),
})

export const board = z.object({
  at: instant,
  businessDate,
  /** The floor shown: null for the whole store, empty for what names no floor. */
  floor: z.string().nullable(),
  /** Only what is the caller's own. */
  mine: z.boolean(),
  cases: z.object({ open: z.int(), overdue: z.int(), soon: z.int() }),
  floors: z.array(floorRow),
  promises: z.object({ due: z.int(), overdue: z.int() }),
  /** What waits for the caller, whatever the floor. */
  waiting: z.object({
    cases: z.int(),
    approvals: z.int(),
    clocks: z.int(),
    alerts: z.int(),
    urgentAlerts: z.int(),
  }),
  /** The whole store's, whatever the floor: what tills have not paid, and goods in repair. */
  money: z.object({ count: z.int(), ambiguous: z.int(), payOut: money, collect: money }),
  repairs: z.object({ overdue: z.int(), ready: z.int() }),
  /** What runs out first. */
  urgent: z.array(runningClock),
})

export const boardsContract = {
  /**
   * What is to be done today, for one floor or the whole store; where none is named, for the floor chosen last. It is
   * told to a locked screen as well, which may hang on a wall, but then without words or names.
   */
  now: procedure('locked')
    .input(
      z.object({
        floor: line(40).nullable().optional(),
        /** Clerks see their own unless they ask for all. */
        mine: z.boolean().optional(),
      }),
    )
    .output(board),
  /** The floor this operator sees from now on; null for the whole store. */
  choose: procedure('sales.read')
    .input(z.object({ floor: line(40).nullable() }))
    .output(z.object({ done: z.boolean() })),
  /** Every case that waits for the caller: offered, called for, unanswered, without an owner, or second to somebody. */
  waiting: procedure('sales.read').output(z.array(waitingRow)),
}
