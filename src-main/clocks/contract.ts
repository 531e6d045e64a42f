import { z } from 'zod'
import { businessDate, id, instant, line, procedure, version } from '../foundation/procedure.ts'

/** What ends a clock: the customer heard from us, was told what will be done, or has it. */
export const clockStops = ['answered', 'planned', 'closed'] as const
/** What a clock counts from. */
export const clockStarts = ['opened', 'first_recorded', 'planned'] as const
export const severities = ['ordinary', 'serious'] as const
export const clockModes = ['store', 'odr'] as const
/** Who is told while a case waits, from the bottom up. */
export const ladderLevels = ['owner', 'floor_manager', 'store_manager'] as const

export const clockStates = [
  'not_started',
  'running',
  'soon',
  'overdue',
  'paused',
  'met',
  'late',
] as const

/** Minutes after midnight; a store that closes after midnight closes past 1440. */
export const openSpan = z
  .object({ opens: z.int().min(0).max(1439), closes: z.int().min(1).max(1800) })
  .refine(({ opens, closes }) => closes > opens, { path: ['closes'] })

export const openingHours = z.object({
  /** Monday first; null where the store is closed all day. */
  weekdays: z.array(openSpan.nullable()).length(7),
  /** Days with hours of their own, or closed; each once. */
  days: z
    .array(z.object({ date: businessDate, hours: openSpan.nullable(), note: line(60) }))
    .max(400),
})

/** One clock of a case as it stands now. */
export const clock = z.object({
  rule: z.string(),
  /** What the clerk calls it, in the language of the desk. */
  name: z.string(),
  source: z.string(),
  legal: z.boolean(),
  unit: z.string(),
  state: z.enum(clockStates),
  startedAt: instant.nullable(),
  dueAt: instant.nullable(),
  stoppedAt: instant.nullable(),
  /** Milliseconds left as the clock counts them: open hours, or plain hours for a legal line; negative after it. */
  leftMs: z.int().nullable(),
  /** Who has been told by now; null before the first step. */
  told: z.enum(ladderLevels).nullable(),
})

/** The clocks of one open case in a list: what comes due next, and who knows. */
export const runningClock = z.object({
  caseId: id,
  complaintId: id,
  number: z.string(),
  text: z.string(),
  floor: z.string(),
  counter: z.string(),
  ownerId: id,
  ownerName: z.string(),
  next: clock.nullable(),
  /** The highest step of the ladder that any clock of the case has reached. */
  told: z.enum(ladderLevels).nullable(),
  overdue: z.int(),
  waitedMs: z.int(),
})

export const answerKinds = ['heard', 'plan'] as const
export const answerChannels = ['phone', 'in_person', 'message', 'letter'] as const

export const clocksContract = {
  /** When the store is open; version 0 while nobody changed it. */
  hours: procedure('signed_in').output(
    openingHours.extend({ version: z.int().min(0), openNow: z.boolean(), opensAt: instant }),
  ),
  changeHours: procedure('settings.change')
    .input(openingHours.extend({ version: z.int().min(0) }))
    .output(z.object({ version })),
  /** Named reasons for which a clock may rest. */
  pauseReasons: procedure('signed_in').output(
    z.array(z.object({ id: z.string(), name: z.string() })),
  ),
  ofCase: procedure('sales.read')
    .input(z.object({ caseId: id }))
    .output(
      z.object({
        clocks: z.array(clock),
        open: z.boolean(),
        /** The pause that runs now. */
        pause: z
          .object({ reason: z.string(), note: z.string(), since: instant, by: z.string() })
          .nullable(),
        answers: z.array(
          z.object({
            at: instant,
            by: z.string(),
            kind: z.enum(answerKinds),
            channel: z.enum(answerChannels),
            text: z.string(),
          }),
        ),
        /** The computer's clock stands before the case began: nothing can be said until it is right. */
        clockBehind: z.boolean(),
      }),
    ),
  /** Clocks of every open case, the most urgent first. */
  running: procedure('sales.read').output(z.array(runningClock)),
  /** Cases offered to somebody who has not answered: the caller's own, to a manager all of them. */
  handOvers: procedure('signed_in').output(
    z.array(
      z.object({
        handOverId: id,
        caseId: id,
        number: z.string(),
        complaintId: id.nullable(),
        text: z.string(),
        fromName: z.string(),
        toName: z.string(),
        /** False where the one asked does not work here any more. */
        toActive: z.boolean(),
        /** Offered to the caller. */
        isMine: z.boolean(),
        offeredAt: instant,
        /** Open minutes of the store. */
        waitedMinutes: z.int().min(0),
        overdue: z.boolean(),
      }),
    ),
  ),
  /** Writes down that the customer heard from us, or was told what will be done. */
  answer: procedure('complaints.record')
    .input(
      z.object({
        caseId: id,
        kind: z.enum(answerKinds),
        channel: z.enum(answerChannels),
        text: line(500).min(1),
      }),
    )
    .output(z.object({ id })),
  pause: procedure('complaints.record')
    .input(z.object({ caseId: id, reason: z.string().max(60), note: line(200).default('') }))
    .output(z.object({ id })),
  resume: procedure('complaints.record')
    .input(z.object({ caseId: id }))
    .output(z.object({ id })),
}
