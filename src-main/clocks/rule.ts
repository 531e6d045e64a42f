import { z } from 'zod'
import { complaintClasses } from '../cases/contract.ts'
import { clockModes, clockStarts, clockStops, ladderLevels, severities } from './contract.ts'

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

/** How a clock counts. */
export const clockMeasure = z.discriminatedUnion('unit', [
  /** Until the store closes on the day it begins; at least so many open minutes. */
  z.strictObject({ unit: z.literal('same_day'), atLeastMinutes: z.int().min(0) }),
  z.strictObject({ unit: z.literal('store_minutes'), amount: z.int().positive() }),
  /** Days the store is open: one of them is "24 hours" to a store that closes at night. */
  z.strictObject({ unit: z.literal('open_days'), amount: z.int().positive() }),
  /** Workdays of the country's calendar; the day it begins does not count. */
  z.strictObject({ unit: z.literal('working_days'), amount: z.int().positive() }),
  /** Days of the calendar; the day it begins does not count, the last one counts to its end. */
  z.strictObject({ unit: z.literal('natural_days'), amount: z.int().positive() }),
])

/** For which complaints a rule holds; what is left out holds for all. */
const scope = z.strictObject({
  classes: z.array(z.enum(complaintClasses)).min(1).optional(),
  severities: z.array(z.enum(severities)).min(1).optional(),
  modes: z.array(z.enum(clockModes)).min(1).optional(),
})

const clockRule = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  name: words,
  starts: z.enum(clockStarts),
  stops: z.enum(clockStops),
  for: scope,
  measure: clockMeasure,
  /**
   * A line that law or a regulator draws: counted in days of the calendar whatever the store's hours, and no pause
   * moves it.
   */
  legal: z.boolean(),
  source: words,
})

const ladder = z.strictObject({
  id: z.string(),
  legal: z.boolean(),
  severities: z.array(z.enum(severities)).min(1).optional(),
  /** Open minutes after the clock ran out; negative before it. */
  steps: z
    .array(z.strictObject({ tell: z.enum(ladderLevels), minutes: z.int() }))
    .min(1)
    .refine((steps) => steps.every((step, at) => step.minutes >= (steps[at - 1]?.minutes ?? -1e9))),
})

/** What resources/clocks/complaints.json holds; `clock.schema.json` beside it is made from this. */
export const clockFile = z
  .strictObject({
    $schema: z.literal('./clock.schema.json'),
    rules: z.array(clockRule).min(1),
    /** How long a clock runs, in words: `{n}` stands for the number. */
    units: z.strictObject({
      same_day: words,
      store_minutes: words,
      open_days: words,
      working_days: words,
      natural_days: words,
    }),
    pauseReasons: z.array(
      z.strictObject({ id: z.string().regex(/^[a-z_]+$/), name: words, source: words }),
    ),
    ladders: z.array(ladder).min(1),
  })
  .refine(({ rules }) => new Set(rules.map(({ id }) => id)).size === rules.length)

export type ClockFile = z.output<typeof clockFile>
export type ClockRule = z.output<typeof clockRule>
export type Ladder = z.output<typeof ladder>
