import { z } from 'zod'
import { complaintClasses } from '../cases/contract.ts'
import {
  businessDate,
  id,
  instant,
  line,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'

export const reviewStates = ['waiting', 'in_order', 'returned', 'answered'] as const
export const reviewWhys = ['serious', 'sample'] as const
/** Yes, no, or the question has no meaning for this case. */
export const checkAnswers = ['yes', 'no', 'none'] as const
export const reviewViews = ['waiting', 'mine', 'done'] as const

const words = z.object({ zh: z.string(), en: z.string() })

const question = z.object({ id: z.string(), words })

const reviewRow = z.object({
  id,
  drawId: id,
  complaintId: id,
  caseId: id,
  number: z.string(),
  text: z.string(),
  class: z.enum(complaintClasses),
  floor: z.string(),
  why: z.enum(reviewWhys),
  solvedOn: businessDate,
  ownerId: id,
  ownerName: z.string(),
  state: z.enum(reviewStates),
  reviewedAt: instant.nullable(),
  reviewedBy: z.string().nullable(),
  /** The caller worked on it: somebody else has to review it. */
  isOwn: z.boolean(),
  version,
})

const draw = z.object({
  id,
  from: businessDate,
  until: businessDate,
  seed: z.string(),
  share: z.int(),
  /** Complaints closed in these days, how many of them are in the sample, and how many of those are reviewed. */
  closed: z.int(),
  sampled: z.int(),
  serious: z.int(),
  reviewed: z.int(),
  withFindings: z.int(),
  drawnAt: instant,
  drawnBy: z.string(),
})

export const caseReviewsContract = {
  /** Samples, the newest first, each with how far it is; and the days the next one would be of. */
  draws: procedure('sales.read').output(
    z.object({
      draws: z.array(draw),
      next: z.object({ from: businessDate, until: businessDate, closed: z.int() }).nullable(),
    }),
  ),
  /**
   * Draws a sample of what was closed on some days that are over: all serious cases, and of each floor and class a
   * share, chosen by the seed alone. Refuses days that were drawn before.
   */
  draw: procedure('reviews.manage')
    .input(z.object({ from: businessDate, until: businessDate }))
    .output(z.object({ drawId: id, sampled: z.int(), closed: z.int() })),
  /** Draws again what a sample should be, and says whether it is that. */
  check: procedure('reviews.manage')
    .input(z.object({ drawId: id }))
    .output(z.object({ same: z.boolean(), drawn: z.int(), again: z.int() })),
  list: procedure('sales.read')
    .input(z.object({ view: z.enum(reviewViews), afterId: id.optional() }))
    .output(z.object({ rows: z.array(reviewRow), next: id.nullable() })),
  open: procedure('sales.read')
    .input(z.object({ reviewId: id }))
    .output(
      reviewRow.extend({
        said: z.string(),
        solution: z.string(),
        points: z.int().nullable(),
        questions: z.array(question),
        answers: z.record(z.string(), z.enum(checkAnswers)),
        notes: z.string(),
        answer: z.string(),
        answeredAt: instant.nullable(),
        answeredBy: z.string().nullable(),
        mayAnswer: z.boolean(),
      }),
    ),
  /** A verdict on a case of somebody else: in order, or back to its owner with what was found. */
  review: procedure('reviews.manage')
    .input(
      z.object({
        reviewId: id,
        answers: z.record(line(40), z.enum(checkAnswers)),
        notes: text(2000).default(''),
        verdict: z.enum(['in_order', 'returned']),
        version,
      }),
    )
    .output(z.object({ version })),
  /** What the owner says to the findings. */
  answer: procedure('complaints.record')
    .input(z.object({ reviewId: id, answer: text(2000).min(2), version }))
    .output(z.object({ version })),
  counts: procedure('signed_in').output(z.object({ waiting: z.int(), mine: z.int() })),
}
