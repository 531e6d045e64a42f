import { z } from 'zod'
import { complaintClasses } from '../complaints/contract.ts'
import {
  businessDate,
  id,
  instant,
  line,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'

/** What points at a person in a text. */
export const personalDataKinds = [
  'phone',
  'identity',
  'mail',
  'chat',
  'plate',
  'number',
  'address',
  'person',
] as const
export type PersonalDataKind = (typeof personalDataKinds)[number]

/** Remedies a case ended in, by the slips written in it. */
export const remedyKinds = ['refund', 'exchange', 'repair', 'voucher', 'goodwill'] as const

export const pastCase = z.object({
  complaintId: id,
  number: z.string(),
  class: z.enum(complaintClasses),
  /** The beginning of the statement, or the part around what was looked for; at most 160 characters. */
  excerpt: z.string(),
  goods: z.string(),
  businessDate,
  open: z.boolean(),
  solvedOnSpot: z.boolean(),
  solution: z.string(),
  satisfied: z.boolean().nullable(),
  remedies: z.array(z.enum(remedyKinds)),
  recordedAt: instant,
  closedAt: instant.nullable(),
})

export const similarCase = pastCase.extend({
  /** Words both statements have, the rarest first. */
  words: z.array(z.string()),
  /** What else they have in common. */
  same: z.array(z.enum(['product', 'brand', 'category', 'class', 'counter'])),
})

/** What an example says; without anything that points at a person. */
export const lessonText = z.object({
  title: line(60).min(2),
  /** What happened. */
  story: text(4_000).min(2),
  /** How it was handled. */
  handling: text(2_000).min(2),
  /** What everybody should remember. */
  takeaway: text(600).min(2),
})

const lesson = lessonText.extend({
  id,
  complaintId: id,
  complaintNumber: z.string(),
  class: z.enum(complaintClasses),
  goods: z.string(),
  state: z.enum(['shown', 'withdrawn']),
  businessDate,
  markedBy: z.string(),
  writtenAt: instant,
  writtenBy: z.string(),
  withdrawReason: z.string().nullable(),
  version,
})

/** A complaint as far as it is written down. */
export const similarQuestion = z.object({
  text: text(20_000),
  class: z.enum(complaintClasses).nullable(),
  saleLineId: id.nullable(),
  cardId: id.nullable(),
  counter: line(60).default(''),
  /** The complaint the question comes from: it is not similar to itself. */
  except: id.nullable(),
})

export const lessonsContract = {
  /** Past cases like the one being written down, the most alike first, each with why (domain.md §3.6 row 19). */
  similar: procedure('sales.read').input(similarQuestion).output(z.array(similarCase)),
  /** Complaints whose statement, solution or goods contain the words, newest first; `before` pages back. */
  search: procedure('sales.read')
    .input(
      z.object({ text: line(80).min(1), before: id.nullable(), limit: z.int().min(1).max(50) }),
    )
    .output(z.object({ cases: z.array(pastCase), before: id.nullable() })),
  /** Examples (典型案例), newest first (domain.md §3.6 rows 20, 21). */
  list: procedure('sales.read')
    .input(z.object({ before: id.nullable(), limit: z.int().min(1).max(50) }))
    .output(z.object({ lessons: z.array(lesson), before: id.nullable() })),
  /**
   * The wording to begin with: of the example there is, or the complaint's own without personal data, and what kinds
   * of them were taken out.
   */
  draft: procedure('lessons.manage')
    .input(z.object({ complaintId: id }))
    .output(
      z.object({
        complaintNumber: z.string(),
        lessonId: id.nullable(),
        /** 0 where there is no example yet. */
        version: z.int().min(0),
        title: z.string(),
        story: z.string(),
        handling: z.string(),
        takeaway: z.string(),
        removed: z.array(z.enum(personalDataKinds)),
      }),
    ),
  /**
   * Shows a case to everybody as an example, or words it anew. Refuses an open case (`lessons.still_open`) and a text
   * in which personal data are still found (`lessons.personal_data`).
   */
  show: procedure('lessons.manage')
    .input(lessonText.extend({ complaintId: id, version: z.int().min(0) }))
    .output(z.object({ id, version })),
  withdraw: procedure('lessons.manage')
    .input(z.object({ lessonId: id, reason: line(200).min(2), version }))
    .output(z.object({ version })),
}
