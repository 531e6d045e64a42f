import { z } from 'zod'
import { complaintClasses, retentions, satisfaction } from '../cases/contract.ts'
import {
  businessDate,
  id,
  instant,
  line,
  procedure,
  text,
  version,
} from '../foundation/procedure.ts'

/** What a customer is contacted for (domain.md §3.6 rows 14, 34, 64, 81, 87). */
export const purposes = [
  'after_reply',
  'installed',
  'thanks',
  'win_back',
  'maintenance',
  'upgrade',
  'contact',
] as const
export type Purpose = (typeof purposes)[number]

export const contactChannels = ['phone', 'message', 'letter', 'visit'] as const
export type ContactChannel = (typeof contactChannels)[number]

/** What came of one try. */
export const outcomes = [
  'content',
  'not_content',
  'no_answer',
  'wrong_number',
  'not_to_be_called',
  'postponed',
] as const
export type Outcome = (typeof outcomes)[number]

/** What came of a follow-up: an outcome that ends it, or why it is not needed any more. */
export const results = [
  'content',
  'not_content',
  'no_answer',
  'wrong_number',
  'not_to_be_called',
  'reopened',
  'erased',
  'merged',
  'called_off',
] as const
export type Result = (typeof results)[number]

export const followUpStates = ['waiting', 'reached', 'unreached', 'called_off'] as const

/** What a contact taught about a customer, for the next one and for the next sale (domain.md §3.6 rows 48, 82). */
export const learntAbouts = ['preference', 'size', 'need', 'goods', 'service', 'price'] as const

/** Where a customer's turn comes: due today or before, past their last day, later on, or over. */
export const listViews = ['due', 'overdue', 'later', 'done'] as const
export const listWhose = ['mine', 'all'] as const

/** With fewer answers than this a share says nothing: the count stands alone. */
export const fewAnswers = 10

const words = z.strictObject({
  zh: z.string().trim().min(1).max(120),
  en: z.string().trim().min(1).max(120),
})
const code = z.string().regex(/^[a-z0-9_]{2,40}$/)

/** For whom a plan is: what is left out holds for all. */
const scope = z.strictObject({
  kinds: z.array(code).min(1).optional(),
  classes: z.array(z.enum(complaintClasses)).min(1).optional(),
  severities: z
    .array(z.enum(['slight', 'ordinary', 'serious']))
    .min(1)
    .optional(),
  retention: z.array(z.enum(retentions)).min(1).optional(),
  /** Points given at the close, both ends included. */
  points: z
    .strictObject({ from: z.int().min(1).max(5), to: z.int().min(1).max(5) })
    .refine(({ from, to }) => from <= to)
    .optional(),
  /** Words of the goods' name or category. */
  goods: z.array(z.string().trim().min(1).max(40)).min(1).max(60).optional(),
  /** Solved on the spot, or not; left out: both. */
  onSpot: z.boolean().optional(),
})

const step = z.strictObject({
  /** Days of the calendar after the start; what falls on a day nobody is called is called on the next. */
  afterDays: z.int().min(0).max(1100),
  /** Days it may take from then on before it counts as late. */
  withinDays: z.int().min(0).max(60),
  /** What to ask or say. */
  ask: z.array(words).min(1).max(6),
})

const retry = z.strictObject({
  tries: z.int().min(1).max(9),
  minutesBetween: z.int().min(30).max(10_080),
  /** The next try is at another time of day. */
  otherTimeOfDay: z.boolean(),
})

/** Who is contacted, when, about what, and how often it is tried. */
export const followUpPlan = z.strictObject({
  name: words,
  purpose: z.enum(purposes),
  /** When it begins by itself: as a complaint is solved, or never. */
  starts: z.enum(['solved', 'by_hand']),
  /** Of several plans that fit, the one with the lowest. */
  priority: z.int().min(1).max(99),
  for: scope,
  channel: z.enum(contactChannels),
  steps: z
    .array(step)
    .min(1)
    .max(6)
    .refine((steps) =>
      steps.every((each, at) => at === 0 || each.afterDays > (steps[at - 1]?.afterDays ?? 0)),
    ),
  retry,
})

const planRow = z.object({
  planId: z.string(),
  /** 0: as it comes with the program. */
  version: z.int().min(0),
  inUse: z.boolean(),
  plan: followUpPlan,
  note: z.string(),
  writtenAt: instant.nullable(),
  writtenBy: z.string().nullable(),
})

const callHours = z
  .object({
    /** Minutes after midnight. */
    from: z.int().min(0).max(1439),
    until: z.int().min(1).max(1440),
    onHolidays: z.boolean(),
  })
  .refine(({ from, until }) => from < until, { path: ['until'] })

const followUpRow = z.object({
  id,
  caseId: id,
  complaintId: id.nullable(),
  number: z.string(),
  /** Beginning of what was said. */
  text: z.string(),
  name: z.string(),
  phoneMasked: z.string(),
  planName: words,
  purpose: z.enum(purposes),
  channel: z.enum(contactChannels),
  step: z.int(),
  steps: z.int(),
  reason: z.string(),
  floor: z.string(),
  ownerId: id,
  ownerName: z.string(),
  nextAt: instant,
  lateAfter: businessDate,
  tries: z.int(),
  mostTries: z.int(),
  state: z.enum(followUpStates),
  overdue: z.boolean(),
  result: z.enum(results).nullable(),
  endedAt: instant.nullable(),
  version,
})

const tryRow = z.object({
  no: z.int(),
  at: instant,
  by: z.string(),
  channel: z.enum(contactChannels),
  outcome: z.enum(outcomes),
  points: z.int().nullable(),
  reason: z.string().nullable(),
  note: z.string(),
  learntAbout: z.enum(learntAbouts).nullable(),
  learnt: z.string(),
  nextAt: instant.nullable(),
})

const learntRow = z.object({
  id,
  at: instant,
  by: z.string(),
  about: z.enum(learntAbouts).nullable(),
  text: z.string(),
  caseId: id,
  number: z.string(),
})

/** What came of one try to reach a customer. */
export const tryInput = z.object({
  followUpId: id,
  version,
  channel: z.enum(contactChannels),
  outcome: z.enum(outcomes),
  /** How content they are, where somebody was reached. */
  satisfaction: satisfaction.optional(),
  /** What was said; asked for where somebody is not content. */
  note: text(2000).default(''),
  learntAbout: z.enum(learntAbouts).nullable().default(null),
  learnt: line(300).default(''),
  /** When they asked to be called instead; of a call that is postponed. */
  nextAt: instant.nullable().default(null),
})

const cursor = z.object({ at: instant, id })

/** Of so many closed or called: who was asked, who answered, and who is content. */
const satisfactionCount = z.object({
  all: z.int(),
  asked: z.int(),
  notAsked: z.int(),
  wouldNotSay: z.int(),
  answered: z.int(),
  content: z.int(),
  /** Answers by points, from one to five. */
  points: z.array(z.int()).length(5),
})

const reportRow = z.object({ closed: satisfactionCount, called: satisfactionCount })

export const followUpsContract = {
  /** The call list, a page at a time, the earliest first; what is over the newest first. */
  list: procedure('sales.read')
    .input(
      z.object({
        view: z.enum(listViews),
        whose: z.enum(listWhose).default('all'),
        floor: line(40).optional(),
        after: cursor.optional(),
      }),
    )
    .output(z.object({ rows: z.array(followUpRow), next: cursor.nullable() })),
  counts: procedure('sales.read').output(
    z.object({
      due: z.int(),
      overdue: z.int(),
      mine: z.int(),
      floors: z.array(z.string()),
      /** Whether customers may be called now, and when next. */
      callable: z.boolean(),
      nextAt: instant,
    }),
  ),
  ofCase: procedure('sales.read')
    .input(z.object({ caseId: id }))
    .output(
      z.object({
        rows: z.array(followUpRow.extend({ history: z.array(tryRow) })),
        /** Plans that can be begun by hand. */
        plans: z.array(z.object({ planId: z.string(), name: words, steps: z.int() })),
        /** Somebody can be called at all. */
        reachable: z.boolean(),
        bans: z.array(z.enum(['any', ...contactChannels])),
      }),
    ),
  /** A customer's turn: what was said, promised and done, on one screen. */
  open: procedure('sales.read')
    .input(z.object({ followUpId: id }))
    .output(
      followUpRow.extend({
        said: z.string(),
        solution: z.string(),
        solvedAt: instant.nullable(),
        complaintOpen: z.boolean(),
        promises: z.array(z.object({ text: z.string(), dueAt: instant, state: z.string() })),
        ask: z.array(words),
        history: z.array(tryRow),
        learnt: z.array(learntRow),
        endNote: z.string(),
        /** Customers may be contacted this way now; else when next. */
        callable: z.boolean(),
        callableAt: instant,
        banned: z.boolean(),
        reachable: z.boolean(),
      }),
    ),
  /** Writes down what came of a try; whoever is not content is heard by `complaints.takeUpAgain`. */
  settle: procedure('complaints.record')
    .input(tryInput)
    .output(z.object({ state: z.enum(followUpStates), nextAt: instant.nullable(), version })),
  callOff: procedure('complaints.record')
    .input(z.object({ followUpId: id, reason: line(200).min(2), version }))
    .output(z.object({ version })),
  handTo: procedure('complaints.record')
    .input(z.object({ followUpId: id, ownerId: id, version }))
    .output(z.object({ version })),
  /** Begins a plan for a case by hand; `onDate` moves its first step. */
  begin: procedure('complaints.record')
    .input(
      z.object({
        caseId: id,
        planId: z.string(),
        onDate: businessDate.optional(),
        reason: line(200).default(''),
      }),
    )
    .output(z.object({ made: z.int() })),
  /** The whole number, to call: refused in quiet hours and for whoever asked not to be called; audited. */
  revealPhone: procedure('complaints.record')
    .input(z.object({ followUpId: id }))
    .output(z.object({ phone: z.string() })),
  plans: procedure('signed_in').output(z.array(planRow)),
  planVersions: procedure('signed_in')
    .input(z.object({ planId: z.string() }))
    .output(z.array(planRow)),
  /** A new version of a plan, or with `planId` null a plan of the store's own. */
  writePlan: procedure('followups.manage')
    .input(
      z.object({
        planId: z.string().nullable(),
        /** The version it was written from; 0 for a new one or a shipped one. */
        version: z.int().min(0),
        plan: followUpPlan,
        inUse: z.boolean(),
        note: line(200).min(2),
      }),
    )
    .output(z.object({ planId: z.string(), version: z.int() })),
  settings: procedure('signed_in').output(callHours.extend({ version })),
  changeSettings: procedure('settings.change')
    .input(callHours.extend({ version }))
    .output(z.object({ version })),
  /** Somebody asked not to be contacted, or may be again. */
  ban: procedure('complaints.record')
    .input(
      z.object({
        caseId: id,
        channel: z.enum(['any', ...contactChannels]),
        reason: line(200).min(2),
      }),
    )
    .output(z.object({ closed: z.int() })),
  liftBan: procedure('followups.manage')
    .input(
      z.object({
        caseId: id,
        channel: z.enum(['any', ...contactChannels]),
        reason: line(200).min(2),
      }),
    )
    .output(z.object({ lifted: z.int() })),
  /** What contacts taught, newest first; of the customer of a case, or of everybody. */
  learnt: procedure('sales.read')
    .input(z.object({ caseId: id.nullable(), before: id.nullable() }))
    .output(z.object({ rows: z.array(learntRow), before: id.nullable() })),
  /**
   * How content customers are, at the close and when they were called: all, by floor, and by the person whose case it
   * was; and which of them came back.
   */
  report: procedure('reports.read')
    .input(z.object({ from: businessDate, to: businessDate }))
    .output(
      z.object({
        all: reportRow,
        floors: z.array(reportRow.extend({ name: z.string() })),
        people: z.array(reportRow.extend({ name: z.string() })),
        retention: z.object({
          stays: z.int(),
          lost: z.int(),
          unknown: z.int(),
          notNoted: z.int(),
        }),
        /** Solved complaints of customers the till knows, and how many of them bought again afterwards. */
        cameBack: z.object({
          days: z.int(),
          known: z.int(),
          back: z.int(),
          /** Of those who were content, and of those who were not. */
          contentKnown: z.int(),
          contentBack: z.int(),
          discontentKnown: z.int(),
          discontentBack: z.int(),
        }),
      }),
    ),
}
