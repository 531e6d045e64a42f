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

/** What one shift leaves to the next, in the order it is read out. */
export const shiftListKinds = [
  'promises',
  'cases',
  'handovers',
  'repairs',
  'money',
  'goods',
  'approvals',
] as const

/** Rows of one list that a hand-over names; the count says how many there are. */
export const rowsOfList = 40

const shiftList = z.object({
  kind: z.enum(shiftListKinds),
  count: z.int(),
  rows: z.array(
    z.object({
      number: z.string(),
      text: z.string(),
      who: z.string(),
      dueAt: instant.nullable(),
      /** Minor units of the store's currency, where it is about money. */
      amount: z.int().nullable(),
    }),
  ),
})

const shiftRow = z.object({
  id,
  number: z.string(),
  businessDate,
  state: z.enum(['given', 'accepted', 'withdrawn']),
  givenAt: instant,
  givenBy: z.string(),
  settledAt: instant.nullable(),
  settledBy: z.string().nullable(),
})

const shiftHandover = shiftRow.extend({
  givenById: id,
  note: z.string(),
  remark: z.string(),
  lists: z.array(shiftList),
  version,
})

const diaryEntry = z.object({
  id,
  businessDate,
  text: z.string(),
  at: instant,
  by: z.string(),
})

export const shiftsContract = {
  /** What would be handed over now, and what waits to be accepted at this desk. */
  now: procedure('sales.read').output(
    z.object({ lists: z.array(shiftList), waiting: shiftHandover.nullable() }),
  ),
  /** Hand-overs, the newest first, a page at a time: those before an id. */
  list: procedure('sales.read')
    .input(z.object({ before: id.optional() }))
    .output(z.object({ rows: z.array(shiftRow), next: id.nullable() })),
  open: procedure('sales.read')
    .input(z.object({ shiftId: id }))
    .output(shiftHandover),
  /** Freezes the lists as they stand and hands them to the next shift. One waits at a desk at a time. */
  give: procedure('complaints.record')
    .input(z.object({ note: text(2000).default('') }))
    .output(z.object({ id, number: z.string() })),
  /** The next shift has read it: never the one who gave it. */
  accept: procedure('complaints.record')
    .input(z.object({ shiftId: id, remark: line(200).default(''), version }))
    .output(z.object({ version })),
  /** Taken back because nobody accepts it or because much has changed since. */
  withdraw: procedure('complaints.record')
    .input(z.object({ shiftId: id, reason: line(200).min(2), version }))
    .output(z.object({ version })),
  writeDiary: procedure('complaints.record')
    .input(z.object({ text: text(4000).min(1) }))
    .output(z.object({ id })),
  /** Entries of the diary, the newest first, a page at a time; words are looked for in the text as they stand. */
  diary: procedure('sales.read')
    .input(
      z.object({
        words: line(60).default(''),
        on: businessDate.optional(),
        authorId: id.optional(),
        before: id.optional(),
      }),
    )
    .output(z.object({ rows: z.array(diaryEntry), next: id.nullable() })),
}
