import { z } from 'zod'
import {
  businessDate,
  id,
  instant,
  line,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'

/** Where the cause lay. */
export const actionCauses = [
  'product',
  'transport',
  'storage',
  'handling',
  'information',
  'service',
  'process',
  'unknown',
] as const
export const actionStates = ['planned', 'done', 'effective', 'ineffective', 'cancelled'] as const

const row = z.object({
  id,
  number: z.string(),
  title: z.string(),
  goods: z.string(),
  cause: z.enum(actionCauses),
  rootCause: z.string(),
  what: z.string(),
  owner: z.string(),
  ownerId: id,
  dueOn: businessDate,
  state: z.enum(actionStates),
  doneOn: businessDate.nullable(),
  proof: z.string(),
  checkOn: businessDate.nullable(),
  /** Not done by its day, or not checked by its day. */
  overdue: z.boolean(),
  incident: z.object({ id, number: z.string() }).nullable(),
  version,
})

const counts = z.object({ failures: z.int(), sold: z.int() })

const plan = z.object({
  title: line(80).min(2),
  cause: z.enum(actionCauses),
  rootCause: text(2000).min(2),
  what: text(2000).min(2),
  ownerId: id,
  dueOn: businessDate,
})

export const actionsContract = {
  /** Under way, the most urgent first; or all of them, the newest first. */
  list: procedure('sales.read')
    .input(
      z.object({
        all: z.boolean().default(false),
        caseId: id.optional(),
        incidentId: id.optional(),
      }),
    )
    .output(z.array(row)),
  open: procedure('sales.read')
    .input(z.object({ actionId: id }))
    .output(
      row.extend({
        cases: z.array(
          z.object({
            caseId: id,
            complaintId: id.nullable(),
            number: z.string(),
            excerpt: z.string(),
          }),
        ),
        /** Failures before and after it was done; null where it is for no goods, or not done yet. */
        effect: z
          .object({
            before: counts,
            after: counts,
            days: z.int(),
            fewer: z.number(),
            proposal: z.enum(['effective', 'recurred', 'unclear']),
          })
          .nullable(),
        events: z.array(
          z.object({
            id,
            at: instant,
            actor: z.string(),
            kind: z.string(),
            data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
          }),
        ),
      }),
    ),
  /** Plans what is done so that it does not happen again (domain.md §3.6 row 124). */
  plan: procedure('quality.manage')
    .input(
      plan.extend({
        incidentId: id.nullable().default(null),
        /** The finding it is for; without one that of its incident. */
        cell: line(300).nullable().default(null),
        goods: line(160).default(''),
        caseIds: z.array(id).max(100).default([]),
      }),
    )
    .output(z.object({ actionId: id, number: z.string() })),
  change: procedure('quality.manage')
    .input(plan.extend({ actionId: id, version }))
    .output(z.object({ version })),
  done: procedure('complaints.record')
    .input(z.object({ actionId: id, doneOn: businessDate, proof: text(2000).min(2), version }))
    .output(z.object({ version })),
  /** Whether it helped, as a person sees it; the figures of that day stay with it. */
  judge: procedure('quality.manage')
    .input(z.object({ actionId: id, helped: z.boolean(), note: text(2000).min(2), version }))
    .output(z.object({ version })),
  /** Takes it up again where it did not help. */
  planAgain: procedure('quality.manage')
    .input(plan.extend({ actionId: id, version }))
    .output(z.object({ version })),
  cancel: procedure('quality.manage')
    .input(z.object({ actionId: id, reason: line(200).min(2), version }))
    .output(z.object({ version })),
}
