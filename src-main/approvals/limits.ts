import { record } from '../audit/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import {
  type ApprovalKind,
  type ApproverRole,
  type Matrix,
  maySettle,
  type Needed,
  neededApproval,
  rankOf,
  requireSoundMatrix,
} from './rules.ts'
import {
  findMatrix,
  insertMatrix,
  listMatrices,
  listReady,
  type MatrixRecord,
  type PersonRecord,
  sumOwnGoodwill,
} from './store.ts'

/** What somebody wants to do, as far as authority goes. */
export interface Question {
  kinds: readonly ApprovalKind[]
  /** Minor units of `currency`. */
  amount: number
  /** How much of it is beyond what anybody owes; all of it where that is not said. */
  compensation?: number | null | undefined
  currency: string
  /** The lowest role a rule asks for, whatever the amount. */
  atLeast?: ApproverRole | null | undefined
}

export type StoreMatrix = Matrix & MatrixRecord

/** The limits in force, in the store's currency. */
export async function readMatrix(r: ReadHandle, call: Call): Promise<StoreMatrix> {
  return { ...(await findMatrix(r)), currency: call.profile.currency }
}

/** Every version of the limits, newest first. */
export async function readMatrices(r: ReadHandle, call: Call): Promise<StoreMatrix[]> {
  const { currency } = call.profile
  return (await listMatrices(r, 1_000)).map((each) => ({ ...each, currency }))
}

/**
 * Writes the next version of the limits; earlier ones stay. Refuses limits that make no sense, a version that is not
 * the newest any more, and the machine's own operator: limits are a person's word.
 */
export async function changeMatrix(
  w: WriteHandle,
  call: Call,
  change: Omit<Matrix, 'currency'> & { note: string; version: number },
): Promise<{ version: number }> {
  refuseMachine(call)
  requireSoundMatrix(change.limits)
  const before = await findMatrix(w)
  if (before.version !== change.version) refuse('desk.changed_meanwhile')
  const version = before.version + 1
  const { limits, goodwillPerDay, highValueFrom, note } = change
  await insertMatrix(w, {
    version,
    limits: [...limits],
    goodwillPerDay,
    highValueFrom,
    note,
    changedAt: call.now().toISOString(),
    changedBy: call.actor.id,
  })
  await record(
    w,
    call,
    'approvals.change_limits',
    { type: 'approval_matrix', id: version },
    { limits, goodwillPerDay, highValueFrom, note, before },
  )
  return { version }
}

/** Refuses the operator behind the command line, who is nobody and can sign nothing. */
export function refuseMachine(call: Call): void {
  if (call.actor.role === 'system') refuse('approvals.people_only')
}

/**
 * What is left of an operator's goodwill today. Null where nothing limits it: the day's budget is for clerks, whose
 * authority the machine's own operator shares.
 */
export async function goodwillLeft(
  r: ReadHandle,
  operator: { id: number; role: ApproverRole | 'system' },
  matrix: Matrix,
  businessDate: string,
): Promise<number | null> {
  if (rankOf(operator.role) > 0) return null
  const spent = await sumOwnGoodwill(r, operator.id, businessDate)
  return Math.max(matrix.goodwillPerDay - spent, 0)
}

/** Who must decide, were this operator to do it now; null where they may alone. */
export async function neededBy(
  r: ReadHandle,
  call: Call,
  operator: { id: number; role: ApproverRole | 'system' },
  question: Question,
): Promise<{ matrix: StoreMatrix; needed: Needed | null }> {
  const matrix = await readMatrix(r, call)
  const left = question.kinds.includes('goodwill')
    ? await goodwillLeft(r, operator, matrix, call.today)
    : null
  const asked = { ...question, requesterRole: operator.role, goodwillLeft: left }
  return { matrix, needed: neededApproval(asked, matrix) }
}

/** Colleagues who are here to be asked: active, not locked out, of a role that may, and not `requesterId`. */
export async function listApprovers(
  r: ReadHandle,
  call: Call,
  question: Question,
  level: ApproverRole,
  requesterId: number,
): Promise<PersonRecord[]> {
  const matrix = await readMatrix(r, call)
  const ready = await listReady(r, call.now().toISOString())
  return ready
    .filter(({ id, role }) => id !== requesterId && maySign(role, level, question, matrix))
    .sort((a, b) => rankOf(a.role) - rankOf(b.role))
}

/** A role may sign where it reaches the level a request waits at and its limits cover all of it. */
export function maySign(
  role: ApproverRole | 'system',
  level: ApproverRole,
  question: Question,
  matrix: Matrix,
): boolean {
  return role !== 'system' && rankOf(role) >= rankOf(level) && maySettle(role, question, matrix)
}

/** For previews: who is needed, up to what the caller may go alone, and who can be asked. */
export async function limitsFor(
  r: ReadHandle,
  call: Call,
  question: Question,
): Promise<{
  needed: ApproverRole | null
  kind: ApprovalKind | null
  limit: number | null
  approvers: PersonRecord[]
}> {
  const { needed } = await neededBy(r, call, call.actor, question)
  if (!needed) return { needed: null, kind: null, limit: null, approvers: [] }
  return {
    needed: needed.role,
    kind: needed.kind,
    limit: needed.limit,
    approvers: await listApprovers(r, call, question, needed.role, call.actor.id),
  }
}
