import { z } from 'zod'
import { promise } from '../cases/contract.ts'
import { businessDate, id, instant, line, procedure } from '../foundation/procedure.ts'

/** Which promises: still open and due by today, past their time, given by me, or every one. */
export const promiseViews = ['due', 'overdue', 'mine', 'all'] as const

export const promiseRow = promise
  .omit({ complaintId: true, repairId: true, exchangeId: true })
  .extend({
    createdAt: instant,
    settledAt: instant.nullable(),
    floor: z.string(),
    complaint: z.object({ id, number: z.string() }).nullable(),
    repair: z.object({ id, number: z.string() }).nullable(),
  })

/** Where the next page begins: after this promise. */
const cursor = z.object({ dueAt: instant, id })

/** Of what fell due in a period: how many, and what became of them. */
const rate = z.object({
  due: z.int(),
  kept: z.int(),
  broken: z.int(),
  /** Past their time and not settled: they count as not kept. */
  overdue: z.int(),
})

export const promisesContract = {
  /** The book of promises, a page at a time: open ones the earliest due first, all of them the latest due first. */
  list: procedure('sales.read')
    .input(
      z.object({
        view: z.enum(promiseViews),
        floor: line(40).optional(),
        after: cursor.optional(),
      }),
    )
    .output(z.object({ rows: z.array(promiseRow), next: cursor.nullable() })),
  counts: procedure('sales.read').output(
    z.object({ due: z.int(), overdue: z.int(), mine: z.int() }),
  ),
  /** How many of the promises that fell due in a period were kept, by person and by floor, each with its sum. */
  keptRate: procedure('reports.read')
    .input(z.object({ from: businessDate, to: businessDate }))
    .output(
      z.object({
        all: rate,
        people: z.array(rate.extend({ operatorId: id, name: z.string() })),
        floors: z.array(rate.extend({ floor: line(40) })),
      }),
    ),
}
