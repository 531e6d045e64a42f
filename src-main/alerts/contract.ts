import { z } from 'zod'
import { businessDate, id, instant, line, procedure, text } from '../foundation/procedure.ts'

/** To whom a message can go beside a person, from the bottom up: nobody's answer carries it to the next. */
export const alertRoles = ['clerk', 'floor_manager', 'duty_manager', 'store_manager'] as const

export const alertSeverities = ['info', 'warning', 'urgent'] as const

/** What a message can be about; each has a sentence in `alerts.json`, filled by the message's parameters. */
export const alertKinds = [
  'clock',
  'manager_called',
  'message',
  'risk_raised',
  'high_value',
  'case_escalated',
  'duty_given',
  'hold_placed',
  'hold_released',
  'execution_overdue',
  'settlement_level',
  'vendor_silent',
  'quality_radar',
  'recall_hit',
  'day_not_closed',
  'yesterday_not_closed',
  'closing_papers_missed',
] as const

/** Flat facts of a message: what its sentence names. */
const params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

const alert = z.object({
  /** Names the message whether it was written down or follows from a clock. */
  key: z.string(),
  kind: z.enum(alertKinds),
  severity: z.enum(alertSeverities),
  /** A person by name, or a role. */
  to: z.object({ name: z.string().nullable(), role: z.enum(alertRoles).nullable() }),
  floor: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  case: z
    .object({
      id,
      number: z.string(),
      complaintId: id.nullable(),
      text: z.string(),
    })
    .nullable(),
  params,
  dueAt: instant.nullable(),
  raisedAt: instant,
  raisedBy: z.string().nullable(),
  /** The role it has climbed to, unanswered. */
  climbed: z.enum(alertRoles).nullable(),
  seen: z.array(z.object({ name: z.string(), at: instant })),
  seenByMe: z.boolean(),
  /** Whether it is the caller's to answer. */
  mine: z.boolean(),
  answered: z.object({ at: instant, by: z.string(), note: z.string() }).nullable(),
})

const dutyRow = z.object({
  id,
  businessDate,
  floor: z.string(),
  operator: z.object({ id, name: z.string(), phone: z.string() }),
  note: z.string(),
  setAt: instant,
  setBy: z.string(),
})

const key = z.string().min(1).max(200)

export const alertsContract = {
  /** For the bell of every screen: what waits for the caller, and how much of it they have not seen. */
  count: procedure('signed_in').output(
    z.object({ mine: z.int(), unseen: z.int(), urgent: z.int() }),
  ),
  /** What waits for the caller, the most urgent first. */
  inbox: procedure('signed_in').output(z.array(alert)),
  /** Messages that were written down, the newest first, a page at a time. */
  list: procedure('signed_in')
    .input(z.object({ state: z.enum(['open', 'answered']), before: id.optional() }))
    .output(z.object({ rows: z.array(alert.extend({ id })), next: id.nullable() })),
  /** Everything that was ever said about a case. */
  ofCase: procedure('sales.read')
    .input(z.object({ caseId: id }))
    .output(
      z.object({
        rows: z.array(alert),
        /** The level the case would go up to next; null at the top and where it is closed. */
        next: z.enum(alertRoles).nullable(),
      }),
    ),
  /** The caller has read these. */
  see: procedure('signed_in')
    .input(z.object({ keys: z.array(key).min(1).max(200) }))
    .output(z.object({ seen: z.int() })),
  /** The caller takes it on: nobody above is told any more. */
  answer: procedure('signed_in')
    .input(z.object({ key, note: line(200).default('') }))
    .output(z.object({ key })),
  /** Writes to a colleague or to a role, about a case where there is one. */
  send: procedure('signed_in')
    .input(
      z.object({
        to: z.union([z.object({ operatorId: id }), z.object({ role: z.enum(alertRoles) })]),
        severity: z.enum(alertSeverities),
        text: text(500).min(1),
        caseId: id.nullable().default(null),
      }),
    )
    .output(z.object({ key })),
  /** Takes a case to the next level, with the reason. */
  escalate: procedure('complaints.record')
    .input(z.object({ caseId: id, reason: line(200).min(2) }))
    .output(z.object({ to: z.enum(alertRoles) })),
  /** Who has the duty today, floor by floor, and what changed; the caller's own floors. */
  duty: procedure('signed_in')
    .input(z.object({ businessDate: businessDate.optional() }))
    .output(
      z.object({
        businessDate,
        now: z.array(dutyRow),
        history: z.array(dutyRow),
        floors: z.array(z.string()),
        maySet: z.boolean(),
      }),
    ),
  /** Gives the duty of a day and a floor to a manager; the whole store where the floor is empty. */
  setDuty: procedure('signed_in')
    .input(
      z.object({
        businessDate,
        floor: line(40).default(''),
        operatorId: id,
        note: line(200).default(''),
      }),
    )
    .output(z.object({ id })),
}
