import { z } from 'zod'
import {
  businessDate,
  currencyCode,
  id,
  instant,
  line,
  money,
  pin,
  procedure,
  version,
} from '../foundation/procedure.ts'

/** What makes a decision one that may need somebody else (domain.md §3.2). */
export const approvalKinds = [
  'normal',
  'no_slip',
  'abnormal',
  'goodwill',
  'compensation',
  'high_value',
  'risk_flag',
  'other_tender',
] as const

/** Kinds a verbal offer can be of. */
export const offerKinds = ['goodwill', 'compensation', 'normal', 'abnormal'] as const

/** Who may decide, lowest first. */
export const approverRoles = ['clerk', 'floor_manager', 'store_manager'] as const

export const approvalStates = [
  'requested',
  'escalated',
  'granted',
  'denied',
  'void',
  'used',
] as const

export const approvalActions = ['request', 'grant', 'deny', 'escalate', 'void', 'use'] as const

const kind = z.enum(approvalKinds)
const role = z.enum(approverRoles)
const kinds = z.array(kind).min(1).max(approvalKinds.length)
const amount = money.min(0)
/** Why: kept with the decision for good. */
const reason = line(200).min(2)

const limit = z.object({
  kind,
  role,
  /** The largest amount, inclusive; null for no limit. A role that is not named may not decide. */
  upTo: amount.nullable(),
})

export const matrixContent = z.object({
  limits: z.array(limit).max(approvalKinds.length * approverRoles.length),
  /** What a clerk may give away of goodwill on one business day. */
  goodwillPerDay: amount,
  /** From this amount on anything is of high value too; null for never. */
  highValueFrom: money.min(1).nullable(),
})

const matrix = matrixContent.extend({
  version,
  /** Limits are amounts of the store's currency. */
  currency: z.string(),
  note: z.string(),
  changedAt: instant,
  /** Null for the limits the program comes with. */
  changedBy: z.string().nullable(),
})

/** What is to be decided: the hash stands for every fact behind it, so another draft is another subject. */
export const subject = z.object({
  type: line(40).min(1),
  id: line(80).min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})

const question = z.object({
  kinds,
  amount,
  /** How much of it is beyond what anybody owes; all of it where that is not said. */
  compensation: amount.nullable().optional(),
  currency: currencyCode,
  /** The lowest role a rule of the store asks for, whatever the amount. */
  atLeast: role.nullable().optional(),
})

export const approvalRequest = question.extend({
  subject,
  /** One line the approver reads: what this is about. */
  summary: line(200).min(1),
  reason: line(200).default(''),
  caseId: id.nullable().default(null),
})

/** Who let something happen, as slips and files name them. */
export const namedApproval = z.object({
  approvalId: id,
  approverName: z.string(),
  approverCode: z.string(),
  role,
  at: instant,
})

const person = z.object({ id, code: z.string(), name: z.string(), role: z.string() })

const approval = z.object({
  id,
  state: z.enum(approvalStates),
  kinds: z.array(kind),
  amount,
  compensation: amount.nullable(),
  currency: z.string(),
  subject,
  summary: z.string(),
  reason: z.string(),
  caseId: id.nullable(),
  requestedBy: person,
  requestedAt: instant,
  /** The lowest role that may decide now. */
  level: role,
  decidedBy: person.nullable(),
  decidedRole: role.nullable(),
  decidedAt: instant.nullable(),
  decisionNote: z.string(),
  usedAt: instant.nullable(),
  usedFor: z.object({ type: z.string(), id: z.string() }).nullable(),
  /** The last business date a granted one may be used on; null for any other. */
  validUntil: businessDate.nullable(),
  expired: z.boolean(),
  /** What the caller may do with it now. */
  may: z.object({
    /** Ask again for what was granted and not used in time. */
    renew: z.boolean(),
    grant: z.boolean(),
    deny: z.boolean(),
    escalate: z.boolean(),
    withdraw: z.boolean(),
  }),
  version,
})

const offer = z.object({
  id,
  at: instant,
  businessDate,
  recordedBy: z.string(),
  madeBy: z.string(),
  kind,
  amount,
  currency: z.string(),
  what: z.string(),
  toWhom: z.string(),
  caseId: id.nullable(),
  neededRole: role,
  makerRole: role.nullable(),
  authorised: z.boolean(),
  approvalId: id.nullable(),
  /** What became of an unauthorised offer. */
  approvalState: z.enum(approvalStates).nullable(),
})

/** Rows of a page of history or offers; `before` the last one goes on. */
export const pageOfHistory = 100

const step = z.object({ approvalId: id, version })
const stepDone = z.object({ state: z.enum(approvalStates), version })

export const approvalsContract = {
  /** The limits as they stand. */
  matrix: procedure('signed_in').output(matrix),
  /** Every version of the limits, newest first. */
  matrixHistory: procedure('approvals.manage').output(z.array(matrix)),
  /** Writes the next version of the limits. */
  changeMatrix: procedure('approvals.manage')
    .input(matrixContent.extend({ note: line(200).default(''), version }))
    .output(z.object({ version })),
  /** Who must decide, were the caller to do this now, and who is here to ask. */
  limits: procedure('approvals.request')
    .input(question)
    .output(
      z.object({
        /** The lowest role that may; null where the caller may alone. */
        needed: role.nullable(),
        /** The kind that decides, and what the caller may do of it alone: null for no limit, 0 for nothing. */
        kind: kind.nullable(),
        limit: amount.nullable(),
        approvers: z.array(person),
      }),
    ),
  /** Asks for an approval; the same subject asked for again by the same operator is the same approval. */
  request: procedure('approvals.request').input(approvalRequest).output(approval),
  /** The caller's latest approval of exactly this; null where none was asked for or it was withdrawn. */
  current: procedure('approvals.request')
    .input(question.extend({ subject }))
    .output(approval.nullable()),
  /** The approver signs at the desk of the one who asks, with their own code and PIN. */
  sign: procedure('approvals.request')
    .input(z.object({ approvalId: id, code: line(12).min(1), pin }))
    .output(approval),
  /** The approver signs on their own screen. */
  grant: procedure('approvals.decide')
    .input(step.extend({ pin, note: line(200).default('') }))
    .output(approval),
  deny: procedure('approvals.decide').input(step.extend({ reason })).output(stepDone),
  /** Hands it to the next level: by who may decide and will not, or by who asked. */
  escalate: procedure('approvals.request').input(step.extend({ reason })).output(stepDone),
  /** Takes a request back. */
  withdraw: procedure('approvals.request').input(step.extend({ reason })).output(stepDone),
  /** Asks anew for what was granted to the caller and expired, word for word. */
  renew: procedure('approvals.request').input(step).output(approval),
  open: procedure('approvals.request')
    .input(z.object({ approvalId: id }))
    .output(
      approval.extend({
        events: z.array(
          z.object({
            id,
            at: instant,
            actor: z.string(),
            action: z.enum(approvalActions),
            state: z.enum(approvalStates),
            level: role,
            reason: z.string(),
          }),
        ),
        approvers: z.array(person),
      }),
    ),
  list: procedure('approvals.request')
    .input(
      z.object({
        view: z.enum(['for_me', 'mine', 'history']),
        /** History goes on below this id. */
        before: id.optional(),
      }),
    )
    .output(z.array(approval)),
  /** How many wait for the caller's decision, and how many of the caller's own wait for somebody. */
  counts: procedure('approvals.request').output(z.object({ forMe: z.int(), mine: z.int() })),
  /** Writes down what was offered by word of mouth; never refused for want of authority, that is what it is for. */
  recordOffer: procedure('approvals.request')
    .input(
      z.object({
        kind: z.enum(offerKinds),
        amount,
        what: line(200).min(2),
        toWhom: line(80).default(''),
        caseId: id.nullable().default(null),
        /** Who said it: an operator, or somebody else by name. */
        madeBy: z.union([z.object({ operatorId: id }), z.object({ name: line(40).min(1) })]),
      }),
    )
    .output(offer),
  offers: procedure('approvals.request')
    .input(
      z.object({
        unauthorised: z.boolean().default(false),
        before: id.optional(),
        /** Those of one case, whoever made them. */
        caseId: id.optional(),
      }),
    )
    .output(z.array(offer)),
  /** What was given away of goodwill on a day and what is left of it today. */
  goodwill: procedure('approvals.request').output(
    z.object({
      businessDate,
      currency: z.string(),
      perDay: amount,
      /** Null where the caller's role has no daily budget. */
      left: amount.nullable(),
      /** Everybody's for those who decide, the caller's own otherwise. */
      people: z.array(person.extend({ spent: amount, approved: amount, left: amount.nullable() })),
      entries: z.array(
        z.object({
          id,
          at: instant,
          operator: z.string(),
          amount,
          what: z.string(),
          toWhom: z.string(),
          approvedBy: z.string().nullable(),
        }),
      ),
    }),
  ),
  /** What sends a case to the top, and what the top decided. */
  caseTop: procedure('sales.read')
    .input(z.object({ caseId: id }))
    .output(
      z.object({
        risks: z.array(z.object({ flag: z.string(), raisedAt: instant })),
        demandAmount: amount,
        highValue: z.boolean(),
        threshold: amount.nullable(),
        /** Nobody below the top may settle it. */
        exposed: z.boolean(),
        /** The top has spoken about everything that stands now. */
        decided: z.boolean(),
        decisions: z.array(z.object({ id, text: z.string(), at: instant, by: z.string() })),
      }),
    ),
  /** The top says how the case may be settled; signed with code and PIN. */
  decideCase: procedure('approvals.request')
    .input(z.object({ caseId: id, text: line(500).min(2), code: line(12).min(1), pin }))
    .output(z.object({ caseId: id })),
  /** Gives goodwill: within the limit and what is left of the day alone, beyond with an approval. */
  giveGoodwill: procedure('approvals.request')
    .input(
      z.object({
        amount: money.min(1),
        what: line(200).min(2),
        toWhom: line(80).default(''),
        caseId: id.nullable().default(null),
        approvalId: id.nullable().default(null),
      }),
    )
    .output(z.object({ id, left: amount.nullable() })),
  /** What an approval of such a gift must be about, and of which kinds it is. */
  goodwillSubject: procedure('approvals.request')
    .input(
      z.object({
        amount: money.min(1),
        what: line(200),
        toWhom: line(80).default(''),
        caseId: id.nullable().default(null),
      }),
    )
    .output(subject.extend({ kinds })),
}
