import { z } from 'zod'
import { complaintClasses } from '../cases/contract.ts'
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

const words = z.object({ zh: z.string(), en: z.string() })

/** One clock of a case as it stands now. */
export const clock = z.object({
  rule: z.string(),
  /** What the clerk calls it, and where it comes from. */
  names: words,
  sources: words,
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

/** Which open cases: those that press on whoever asks, late ones, those soon due, or all. */
export const runningViews = ['forMe', 'overdue', 'due', 'all'] as const

/** After which case the next page begins. */
const runningCursor = z.object({ dueAt: instant.nullable(), caseId: id })

/** The store's own targets and ladders (`house.ts`). */
export const houseClocks = z.object({
  targets: z
    .array(
      z.object({
        rule: z.string().max(60),
        class: z.enum(complaintClasses).nullable(),
        severity: z.enum(severities).nullable(),
        /** In the unit of the rule. */
        amount: z.int().min(0).max(100_000),
      }),
    )
    .max(200),
  ladders: z
    .array(
      z.object({
        id: z.string().max(60),
        /** Open minutes after a clock runs out, step by step; negative before it. */
        minutes: z.array(z.int().min(-14_400).max(14_400)).max(10),
      }),
    )
    .max(20),
})

const houseVersion = z.object({
  version: z.int().min(0),
  reason: z.string(),
  changedAt: instant,
  changedBy: z.string(),
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
  pauseReasons: procedure('signed_in').output(z.array(z.object({ id: z.string(), names: words }))),
  ofCase: procedure('sales.read')
    .input(z.object({ caseId: id }))
    .output(
      z.object({
        clocks: z.array(clock),
        open: z.boolean(),
        /** The pause that runs now. */
        pause: z
          .object({
            reason: z.string(),
            note: z.string(),
            since: instant,
            by: z.string(),
            /** When it ends by itself. */
            endsAt: instant.nullable(),
          })
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
  /** Open cases with their clocks, the most urgent first, a page at a time. */
  running: procedure('sales.read')
    .input(
      z
        .object({
          view: z.enum(runningViews).default('all'),
          floor: line(40).optional(),
          after: runningCursor.optional(),
          limit: z.int().min(1).max(100).default(50),
        })
        .default({ view: 'all', limit: 50 }),
    )
    .output(
      z.object({
        rows: z.array(runningClock),
        next: runningCursor.nullable(),
        counts: z.object({ forMe: z.int(), overdue: z.int(), due: z.int(), all: z.int() }),
      }),
    ),
  /** How many open cases each view has. */
  counts: procedure('sales.read').output(
    z.object({ forMe: z.int(), overdue: z.int(), due: z.int(), all: z.int() }),
  ),
  /** What comes due next in each of these cases, for the lists that show them. */
  nextOf: procedure('sales.read')
    .input(z.object({ caseIds: z.array(id).max(2000) }))
    .output(z.array(runningClock.pick({ caseId: true, next: true, told: true }))),
  /** The clocks as they hold in this store, and what it has changed of them. */
  house: procedure('signed_in').output(
    houseClocks.extend({
      version: z.int().min(0),
      rules: z.array(
        z.object({
          id: z.string(),
          names: words,
          sources: words,
          legal: z.boolean(),
          unit: z.enum(['same_day', 'store_minutes', 'open_days', 'working_days', 'natural_days']),
          /** As it came with the program. */
          amount: z.int(),
          min: z.int(),
          max: z.int(),
          /** The severity it holds for; null for both. */
          severity: z.enum(severities).nullable(),
        }),
      ),
      steps: z.array(
        z.object({
          id: z.string(),
          legal: z.boolean(),
          severity: z.enum(severities).nullable(),
          steps: z.array(z.object({ tell: z.enum(ladderLevels), minutes: z.int() })),
        }),
      ),
      history: z.array(houseVersion),
    }),
  ),
  /** Writes the store's targets and ladders anew; every version stays. What outlasts a line of law is refused. */
  changeHouse: procedure('settings.change')
    .input(houseClocks.extend({ reason: line(200).min(2), version: z.int().min(0) }))
    .output(z.object({ version })),
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
    .input(
      z.object({
        caseId: id,
        reason: z.string().max(60),
        note: line(200).default(''),
        /** It ends by itself then, unless somebody ends it before. */
        endsAt: instant.nullable().default(null),
      }),
    )
    .output(z.object({ id })),
  resume: procedure('complaints.record')
    .input(z.object({ caseId: id }))
    .output(z.object({ id })),
}
