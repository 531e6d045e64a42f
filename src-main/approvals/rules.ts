import { addDays, type BusinessDate } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import type { MinorUnits } from '../foundation/money.ts'
import type { StateMachine } from '../foundation/state-machine.ts'
import { approvalKinds, approverRoles } from './contract.ts'
import type { approvalActions, approvalStates } from './contract.ts'

export type ApprovalKind = (typeof approvalKinds)[number]
export type ApproverRole = (typeof approverRoles)[number]
export type ApprovalState = (typeof approvalStates)[number]
export type ApprovalAction = (typeof approvalActions)[number]

/** Up to which amount a role may decide a kind, inclusive; null where there is no limit. */
export interface Limit {
  kind: ApprovalKind
  role: ApproverRole
  upTo: MinorUnits | null
}

/** Who may decide what: data of the store, in versions (domain.md §3.2). */
export interface Matrix {
  /** The limits are amounts of this currency. */
  currency: string
  limits: readonly Limit[]
  goodwillPerDay: MinorUnits
  highValueFrom: MinorUnits | null
}

export interface Asked {
  kinds: readonly ApprovalKind[]
  amount: MinorUnits
  currency: string
  /** The machine's own operator has no rank: it is asked for what a clerk is asked for. */
  requesterRole: ApproverRole | 'system'
  /** How much of the amount is beyond what anybody owes; all of it where that is not said. */
  compensation?: MinorUnits | null | undefined
  /** What is left of the requester's goodwill today; null where nothing limits it. */
  goodwillLeft?: MinorUnits | null
  /** The lowest role a rule of the store asks for, whatever the amount: it raises, it never lowers. */
  atLeast?: ApproverRole | null | undefined
}

export interface Needed {
  role: ApproverRole
  /** The kind that asks for this role, and what the requester may do of it alone: 0 for nothing, null for all. */
  kind: ApprovalKind
  limit: MinorUnits | null
}

const topRole: ApproverRole = 'store_manager'

export function rankOf(role: ApproverRole | 'system'): number {
  return role === 'system' ? 0 : approverRoles.indexOf(role)
}

/** The role above, or undefined above the highest. */
export function nextRole(role: ApproverRole): ApproverRole | undefined {
  return approverRoles[rankOf(role) + 1]
}

/** Whether a role may decide a kind at all, and up to which amount. */
function limitOf(matrix: Matrix, kind: ApprovalKind, role: ApproverRole): Limit | undefined {
  return matrix.limits.find((each) => each.kind === kind && each.role === role)
}

/** What of an amount a kind is about: compensation is only what goes beyond what is owed. */
export function amountOf(
  kind: ApprovalKind,
  { amount, compensation }: Pick<Asked, 'amount' | 'compensation'>,
): MinorUnits {
  return kind === 'compensation' ? (compensation ?? amount) : amount
}

/**
 * An amount of another currency compares with no limit: only a role without one may decide it, since nobody at the
 * desk may guess an exchange rate.
 */
function covers(
  matrix: Matrix,
  kind: ApprovalKind,
  role: ApproverRole,
  asked: Pick<Asked, 'amount' | 'compensation' | 'currency'>,
): boolean {
  const limit = limitOf(matrix, kind, role)
  if (!limit) return false
  if (limit.upTo === null) return true
  return asked.currency === matrix.currency && amountOf(kind, asked) <= limit.upTo
}

/** The kinds asked for, and high value where the amount alone makes it so. Amounts of another currency cannot. */
export function kindsOf(
  asked: Pick<Asked, 'kinds' | 'amount' | 'currency'>,
  matrix: Matrix,
): ApprovalKind[] {
  const { highValueFrom, currency } = matrix
  const isHigh =
    highValueFrom !== null && asked.currency === currency && asked.amount >= highValueFrom
  const all = new Set<ApprovalKind>(isHigh ? [...asked.kinds, 'high_value'] : asked.kinds)
  return approvalKinds.filter((kind) => all.has(kind))
}

/** Whether a role may decide all of it: every kind, up to this amount. */
export function maySettle(
  role: ApproverRole | 'system',
  asked: Pick<Asked, 'kinds' | 'amount' | 'compensation' | 'currency'>,
  matrix: Matrix,
): boolean {
  const own = role === 'system' ? 'clerk' : role
  return kindsOf(asked, matrix).every((kind) => covers(matrix, kind, own, asked))
}

/**
 * The lowest role that may decide what is asked, or null where whoever asks may alone. Pure; the same for previews
 * and for what is committed. Nothing is ever free for want of a row: a kind nobody may decide goes to the highest role.
 */
export function neededApproval(asked: Asked, matrix: Matrix): Needed | null {
  const kinds = kindsOf(asked, matrix)
  const found = kinds.flatMap((kind) => neededFor(kind, asked, matrix) ?? [])
  const { atLeast } = asked
  if (atLeast && rankOf(atLeast) > rankOf(asked.requesterRole)) {
    found.push({ role: atLeast, kind: kinds[0] ?? 'normal', limit: 0 })
  }
  return found.reduce<Needed | null>(
    (highest, each) => (highest && rankOf(highest.role) >= rankOf(each.role) ? highest : each),
    null,
  )
}

function neededFor(kind: ApprovalKind, asked: Asked, matrix: Matrix): Needed | null {
  const own = asked.requesterRole === 'system' ? 'clerk' : asked.requesterRole
  const ownLimit = limitOf(matrix, kind, own)
  const left = kind === 'goodwill' ? (asked.goodwillLeft ?? null) : null
  const isOverDay = left !== null && asked.amount > left
  if (covers(matrix, kind, own, asked) && !isOverDay) return null
  const role =
    approverRoles.find((each) => rankOf(each) > rankOf(own) && covers(matrix, kind, each, asked)) ??
    topRole
  return { role, kind, limit: smaller(ownLimit ? ownLimit.upTo : 0, left) }
}

/** Null stands for no limit. */
function smaller(a: MinorUnits | null, b: MinorUnits | null): MinorUnits | null {
  if (a === null) return b
  return b === null ? a : Math.min(a, b)
}

/**
 * Refuses limits that would make no sense: a role named twice for a kind, a role above with a smaller limit
 * (`approvals.limits_not_rising`), a kind the highest role cannot decide without limit, which would leave cases
 * nobody may settle (`approvals.limits_without_top`).
 */
export function requireSoundMatrix(limits: readonly Limit[]): void {
  for (const kind of approvalKinds) {
    const ofKind = limits.filter((each) => each.kind === kind)
    if (new Set(ofKind.map((each) => each.role)).size < ofKind.length) {
      refuse('approvals.limits_twice', { kind })
    }
    if (ofKind.find((each) => each.role === topRole)?.upTo !== null) {
      refuse('approvals.limits_without_top', { kind })
    }
    let reached = -1
    for (const role of approverRoles) {
      const upTo = upToOf(ofKind.find((each) => each.role === role))
      if (upTo < reached) refuse('approvals.limits_not_rising', { kind, role })
      reached = Math.max(reached, upTo)
    }
  }
}

/** -1 for a role that may not at all, so that it compares with one that may nothing but nought. */
function upToOf(limit: Limit | undefined): number {
  if (!limit) return -1
  return limit.upTo ?? Number.MAX_SAFE_INTEGER
}

/**
 * The life of an approval. `void` and `used` are the end; a denied one can still go up a level, with a reason. What
 * changes meanwhile does not change the approval: it is voided and asked for anew.
 */
export const approvalMachine: StateMachine<ApprovalState, ApprovalAction> = {
  initial: 'requested',
  states: ['requested', 'escalated', 'granted', 'denied', 'void', 'used'],
  transitions: [
    {
      from: 'requested',
      action: 'grant',
      to: 'granted',
      needs: ['PIN', 'role', 'not the requester'],
    },
    {
      from: 'requested',
      action: 'deny',
      to: 'denied',
      needs: ['reason', 'role', 'not the requester'],
    },
    { from: 'requested', action: 'escalate', to: 'escalated', needs: ['reason', 'a level above'] },
    { from: 'requested', action: 'void', to: 'void', needs: ['reason'] },
    {
      from: 'escalated',
      action: 'grant',
      to: 'granted',
      needs: ['PIN', 'role', 'not the requester'],
    },
    {
      from: 'escalated',
      action: 'deny',
      to: 'denied',
      needs: ['reason', 'role', 'not the requester'],
    },
    { from: 'escalated', action: 'escalate', to: 'escalated', needs: ['reason', 'a level above'] },
    { from: 'escalated', action: 'void', to: 'void', needs: ['reason'] },
    {
      from: 'granted',
      action: 'use',
      to: 'used',
      needs: ['same subject', 'same amount', 'live approver'],
    },
    { from: 'granted', action: 'void', to: 'void', needs: ['reason'] },
    { from: 'denied', action: 'escalate', to: 'escalated', needs: ['reason', 'a level above'] },
  ],
}

/** Business days after the one it was given on that a yes holds: what was decided for today is not for next week. */
const daysOfGrant = 1

/** The last business date a yes of that date may be used on. */
export function lastDayOf(grantedOn: BusinessDate): BusinessDate {
  return addDays(grantedOn, daysOfGrant)
}

/** What an approval says it is for, compared with what is about to be done. */
export interface Coverage {
  kinds: readonly ApprovalKind[]
  amount: MinorUnits
  compensation?: MinorUnits | null | undefined
  currency: string
  subject: { type: string; id: string; hash: string }
}

/** What is wrong with using an approval for this: another subject, other facts of the same one, or nothing. */
export function findMismatch(approval: Coverage, asked: Coverage): 'subject' | 'facts' | null {
  const { subject } = approval
  if (subject.type !== asked.subject.type || subject.id !== asked.subject.id) return 'subject'
  const same =
    subject.hash === asked.subject.hash &&
    approval.amount === asked.amount &&
    (approval.compensation ?? null) === (asked.compensation ?? null) &&
    approval.currency === asked.currency &&
    asked.kinds.every((kind) => approval.kinds.includes(kind))
  return same ? null : 'facts'
}
