import { appendAudit } from '../audit/index.ts'
import { addEvent, type Moment, momentOf } from '../cases/index.ts'
import type { CaseEventKind } from '../cases/contract.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { type BusinessDate, businessDateOf } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import { nextState } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { findOperator, type Operator } from '../staff/index.ts'
import { maySign, neededBy, type Question, readMatrix } from './limits.ts'
import {
  amountOf,
  type ApprovalAction,
  approvalMachine,
  type ApproverRole,
  findMismatch,
  kindsOf,
  lastDayOf,
  nextRole,
  rankOf,
} from './rules.ts'
import {
  type ApprovalRecord,
  findApproval,
  hasCase,
  insertApproval,
  insertApprovalEvent,
  listOfSubject,
  listUsedFor,
  type StepFacts,
  writeStep,
} from './store.ts'

export interface Subject {
  type: string
  id: string
  hash: string
}

/** What an approval is asked for. */
export interface Request extends Question {
  subject: Subject
  summary: string
  reason: string
  caseId: number | null
}

/** Who let it happen: named on the slip. */
export interface NamedApproval {
  approvalId: number
  approverName: string
  approverCode: string
  role: ApproverRole
  at: string
}

/** The subject under which unauthorised offers wait for the next level; nobody asks for it by hand. */
export const offerSubject = 'offer'

const waiting = ['requested', 'escalated'] as const

export function isWaiting(approval: ApprovalRecord): boolean {
  return waiting.some((state) => state === approval.state)
}

export async function requireKnown(r: ReadHandle, approvalId: number): Promise<ApprovalRecord> {
  return (await findApproval(r, approvalId)) ?? refuse('approvals.unknown')
}

/** A known approval in the version its caller saw. */
export async function requireSeen(
  w: WriteHandle,
  seen: { approvalId: number; version: number },
): Promise<ApprovalRecord> {
  const approval = await requireKnown(w, seen.approvalId)
  if (approval.version !== seen.version) refuse('desk.changed_meanwhile')
  return approval
}

/**
 * Takes one step of the table: state, history, audit, and the case's timeline where there is a case. Refuses with
 * `approvals.no_such_step` what the table does not allow now.
 */
async function take(
  w: WriteHandle,
  moment: Moment,
  approval: ApprovalRecord,
  action: ApprovalAction,
  { reason = '', ...facts }: StepFacts & { reason?: string },
): Promise<ApprovalRecord> {
  const state = nextState(approvalMachine, approval.state, action)
  if (!state) refuse('approvals.no_such_step', { state: approval.state, action })
  if (!(await writeStep(w, approval, state, facts))) refuse('desk.changed_meanwhile')
  const taken = await requireKnown(w, approval.id)
  await writeHistory(w, moment, taken, action, reason)
  return taken
}

const caseEvents: Partial<Record<ApprovalAction, CaseEventKind>> = {
  request: 'approval_asked',
  grant: 'approval_granted',
  deny: 'approval_denied',
  escalate: 'approval_escalated',
  use: 'approval_used',
}

async function writeHistory(
  w: WriteHandle,
  moment: Moment,
  approval: ApprovalRecord,
  action: ApprovalAction,
  reason: string,
): Promise<void> {
  const { id, state, level, amount, currency, kinds, subject, caseId } = approval
  await insertApprovalEvent(w, {
    approvalId: id,
    at: moment.at,
    actorId: moment.actorId,
    action,
    state,
    level,
    reason,
  })
  await appendAudit(w, {
    at: moment.at,
    actorId: moment.actorId,
    action: `approvals.${action}`,
    subjectType: 'approval',
    subjectId: id,
    data: {
      kinds,
      amount,
      currency,
      level,
      subject: `${subject.type} ${subject.id}`,
      reason,
      usedFor: approval.usedFor && `${approval.usedFor.type} ${approval.usedFor.id}`,
    },
  })
  const kind = caseEvents[action]
  if (kind && caseId !== null) {
    const approver = approval.decidedBy?.name ?? ''
    await addEvent(w, moment, caseId, kind, { approvalId: id, approver, amount, currency, reason })
  }
}

/**
 * Asks for an approval. Asked again for exactly the same by the same operator, it is the same approval; for a changed
 * draft of the same subject, the earlier ones are voided. Refuses what needs nobody (`approvals.not_needed`), what was
 * denied already and must go up a level instead (`approvals.denied_before`), and a case that is not there.
 */
export async function requestApproval(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  request: Request,
): Promise<ApprovalRecord> {
  const { matrix, needed } = await neededBy(w, call, call.actor, request)
  if (!needed) refuse('approvals.not_needed')
  const kinds = kindsOf(request, matrix)
  const asked = { ...request, kinds }
  if (request.subject.type === offerSubject) refuse('approvals.offer_stays')
  for (const earlier of await listOfSubject(w, request.subject)) {
    if (earlier.requestedBy.id !== moment.actorId) continue
    const isSame = findMismatch(earlier, asked) === null && earlier.state !== 'void'
    if (isSame && earlier.state === 'denied') {
      refuse('approvals.denied_before', { name: earlier.decidedBy?.name ?? '' })
    }
    const expired = isExpired(call, earlier, moment.today)
    if (isSame && earlier.state !== 'used' && !expired) return earlier
    if (isWaiting(earlier) || earlier.state === 'granted') {
      await take(w, moment, earlier, 'void', { reason: expired ? 'expired' : 'superseded' })
    }
  }
  return openApproval(w, moment, { ...asked, level: needed.role, requestedBy: moment.actorId })
}

/** Asks again for what was granted and expired; refuses another's (`approvals.not_yours`) and one that still holds. */
export async function renewApproval(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  before: ApprovalRecord,
): Promise<ApprovalRecord> {
  if (before.requestedBy.id !== moment.actorId) refuse('approvals.not_yours')
  if (!isExpired(call, before, moment.today)) {
    refuse('approvals.no_such_step', { state: before.state, action: 'request' })
  }
  await take(w, moment, before, 'void', { reason: 'expired' })
  return openApproval(w, moment, { ...before, requestedBy: moment.actorId })
}

/** Writes a request down, whoever's it is. */
export async function openApproval(
  w: WriteHandle,
  moment: Moment,
  request: Omit<Request, 'kinds'> &
    Pick<ApprovalRecord, 'kinds' | 'level'> & { requestedBy: number },
): Promise<ApprovalRecord> {
  const { caseId } = request
  if (caseId !== null && !(await hasCase(w, caseId))) refuse('approvals.unknown_case')
  const id = await insertApproval(w, {
    ...request,
    at: moment.at,
    businessDate: moment.businessDate,
  })
  const approval = await requireKnown(w, id)
  await writeHistory(w, moment, approval, 'request', request.reason)
  return approval
}

/** The approval an operator asked for last of exactly this, whatever became of it; voided ones are forgotten. */
export async function findCurrent(
  r: ReadHandle,
  call: Call,
  asked: Question & { subject: Subject },
): Promise<ApprovalRecord | undefined> {
  const kinds = kindsOf(asked, await readMatrix(r, call))
  return (await listOfSubject(r, asked.subject)).find(
    (each) =>
      each.requestedBy.id === call.actor.id &&
      each.state !== 'void' &&
      findMismatch(each, { ...asked, kinds }) === null,
  )
}

/**
 * Grants in the name of `approver`, whose PIN was checked. Refuses the one who asked (`approvals.own_request`), a role
 * that does not reach (`approvals.no_authority`) and somebody who was switched off meanwhile.
 */
export async function grantApproval(
  w: WriteHandle,
  call: Call,
  approval: ApprovalRecord,
  approver: { id: number; note: string },
): Promise<ApprovalRecord> {
  const signer = await requireAtWork(w, approver.id)
  await refuseWithoutRight(w, call, approval, signer)
  const moment = { ...momentOf(call), actorId: signer.id }
  const { note } = approver
  return take(w, moment, approval, 'grant', {
    decided: { by: signer.id, at: moment.at, role: signer.role, note },
    reason: note,
  })
}

/** Says no, with a reason that stays. Refuses like `grantApproval`. */
export async function denyApproval(
  w: WriteHandle,
  call: Call,
  approval: ApprovalRecord,
  reason: string,
): Promise<ApprovalRecord> {
  const signer = await requireAtWork(w, call.actor.id)
  await refuseWithoutRight(w, call, approval, signer)
  const moment = momentOf(call)
  return take(w, moment, approval, 'deny', {
    decided: { by: signer.id, at: moment.at, role: signer.role, note: reason },
    reason,
  })
}

async function refuseWithoutRight(
  r: ReadHandle,
  call: Call,
  approval: ApprovalRecord,
  operator: Pick<Operator, 'id' | 'role'>,
): Promise<void> {
  if (approval.requestedBy.id === operator.id) refuse('approvals.own_request')
  if (!maySign(operator.role, approval.level, approval, await readMatrix(r, call))) {
    refuse('approvals.no_authority', { role: approval.level })
  }
}

async function requireAtWork(
  r: ReadHandle,
  operatorId: number,
): Promise<Operator & { role: ApproverRole }> {
  const operator = await findOperator(r, operatorId)
  if (!operator?.active) refuse('staff.unknown_operator', { code: operator?.code ?? '' })
  const { role } = operator
  if (role === 'system') refuse('approvals.people_only')
  return { ...operator, role }
}

/**
 * Hands a request to the next level: by who asked, or by who could decide and will not. A denied one can go up too:
 * the decision above is another's. Refuses at the top (`approvals.no_higher_level`).
 */
export async function escalateApproval(
  w: WriteHandle,
  call: Call,
  approval: ApprovalRecord,
  reason: string,
): Promise<ApprovalRecord> {
  if (!mayEscalate(approval, call.actor)) {
    refuse('approvals.no_authority', { role: approval.level })
  }
  const level = nextRole(levelOf(approval))
  if (!level) refuse('approvals.no_higher_level')
  return take(w, momentOf(call), approval, 'escalate', { level, decided: null, reason })
}

/** A no of somebody above the level counts at the height it was said. */
function levelOf(approval: ApprovalRecord): ApproverRole {
  const { level, decidedRole } = approval
  return decidedRole && rankOf(decidedRole) > rankOf(level) ? decidedRole : level
}

export function mayEscalate(
  approval: ApprovalRecord,
  actor: Pick<Operator, 'id' | 'role'>,
): boolean {
  if (approval.requestedBy.id === actor.id) return true
  return actor.role !== 'system' && rankOf(actor.role) >= rankOf(approval.level)
}

/** Takes a request back. An unauthorised offer stays: what was said was said. */
export async function withdrawApproval(
  w: WriteHandle,
  call: Call,
  approval: ApprovalRecord,
  reason: string,
): Promise<ApprovalRecord> {
  if (approval.subject.type === offerSubject) refuse('approvals.offer_stays')
  if (approval.requestedBy.id !== call.actor.id) refuse('approvals.not_yours')
  return take(w, momentOf(call), approval, 'void', { reason })
}

/** What is about to be committed, and the approvals at hand for it. */
export interface Requirement extends Question {
  subject: Subject
  /** Those at hand: the one of this subject is used. Empty where nobody signed. */
  approvalIds: readonly number[]
  /** What the approval was used for, e.g. the refund and its number; the subject itself where absent. */
  usedFor?: { type: string; id: string | number }
}

/**
 * Stands before every commit that moves money or rights. Null where the caller may alone; otherwise the approval is
 * used up and its approver named. Belongs into the write transaction it guards: page, router and command line all
 * pass here, and of two desks with one approval exactly one wins.
 *
 * Refuses without an approval (`approvals.needed`), with one of another subject (`approvals.other_subject`), of other
 * facts (`approvals.changed`, which voids it), one given too long ago (`approvals.expired`), one not granted, denied, void or used already, and one whose approver
 * was switched off or lost the right meanwhile (`approvals.approver_gone`).
 */
export async function requireApproval(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  requirement: Requirement,
): Promise<NamedApproval | null> {
  const { matrix, needed } = await neededBy(w, call, call.actor, requirement)
  if (!needed) return null
  const approval = await chooseApproval(w, requirement)
  if (!approval) {
    refuse('approvals.needed', {
      role: needed.role,
      kind: needed.kind,
      amount: formatMoney(
        amountOf(needed.kind, requirement),
        requirement.currency,
        call.profile.language,
      ),
      limit:
        needed.limit === null
          ? ''
          : formatMoney(needed.limit, call.profile.currency, call.profile.language),
    })
  }
  const asked = { ...requirement, kinds: kindsOf(requirement, matrix) }
  refuseMismatch(call, moment, approval, asked)
  refuseUngranted(approval)
  refuseExpired(call, approval, moment.today)
  const approver = await findOperator(w, approval.decidedBy?.id ?? 0)
  const isLive =
    approver?.active === true &&
    approver.id !== moment.actorId &&
    maySign(approver.role, approval.level, asked, matrix) &&
    rankOf(approver.role) >= rankOf(needed.role)
  if (!isLive) refuse('approvals.approver_gone', { name: approver?.name ?? '' })
  const usedFor = requirement.usedFor ?? requirement.subject
  await take(w, moment, approval, 'use', {
    used: { at: moment.at, for: { type: usedFor.type, id: String(usedFor.id) } },
  })
  return nameOf(approval)
}

/** The approval of this subject among those at hand; another one only where there is none, to say what is wrong. */
async function chooseApproval(
  r: ReadHandle,
  { approvalIds, subject }: Requirement,
): Promise<ApprovalRecord | undefined> {
  const atHand: ApprovalRecord[] = []
  for (const id of new Set(approvalIds)) atHand.push(await requireKnown(r, id))
  const fitting = atHand.filter(
    (each) => each.subject.type === subject.type && each.subject.id === subject.id,
  )
  return (
    fitting.find((each) => each.state === 'granted' && each.subject.hash === subject.hash) ??
    fitting[0] ??
    atHand[0]
  )
}

function refuseMismatch(
  call: Call,
  moment: Moment,
  approval: ApprovalRecord,
  asked: Pick<Requirement, 'kinds' | 'amount' | 'compensation' | 'currency' | 'subject'>,
): void {
  const mismatch = findMismatch(approval, asked)
  if (mismatch === null) return
  call.whenRefused(['approvals'], (w) => writeMisuse(w, moment, approval.id, asked.subject))
  if (mismatch === 'subject') refuse('approvals.other_subject', { summary: approval.summary })
  call.whenRefused(['approvals'], (w) => voidChanged(w, moment, approval.id))
  refuse('approvals.changed', {
    approved: formatMoney(approval.amount, approval.currency, call.profile.language),
    now: formatMoney(asked.amount, asked.currency, call.profile.language),
  })
}

/** Somebody held an approval out for something else: refused, and on record. */
function writeMisuse(
  w: WriteHandle,
  moment: Moment,
  approvalId: number,
  subject: Subject,
): Promise<void> {
  return appendAudit(w, {
    at: moment.at,
    actorId: moment.actorId,
    action: 'approvals.misuse',
    subjectType: 'approval',
    subjectId: approvalId,
    data: { subject: `${subject.type} ${subject.id}` },
  })
}

async function voidChanged(w: WriteHandle, moment: Moment, approvalId: number): Promise<void> {
  const approval = await requireKnown(w, approvalId)
  if (!nextState(approvalMachine, approval.state, 'void')) return
  if (approval.subject.type === offerSubject) return
  await take(w, moment, approval, 'void', { reason: 'changed' })
}

function refuseUngranted(approval: ApprovalRecord): void {
  const name = approval.decidedBy?.name ?? ''
  switch (approval.state) {
    case 'granted':
      return
    case 'denied':
      return refuse('approvals.denied', { name, reason: approval.decisionNote })
    case 'used':
      return refuse('approvals.used', { name })
    case 'void':
      return refuse('approvals.void')
    case 'requested':
    case 'escalated':
      return refuse('approvals.waiting', { role: approval.level })
  }
}

/** The last business date a granted approval may be used on; null for one that is not granted, and for an offer. */
export function validUntil(call: Call, approval: ApprovalRecord): BusinessDate | null {
  const { state, decidedAt, subject } = approval
  if (state !== 'granted' || decidedAt === null || subject.type === offerSubject) return null
  return lastDayOf(businessDateOf(new Date(decidedAt), call.profile))
}

/** A yes that was given too long ago for what stands today. */
export function isExpired(
  call: Call,
  approval: ApprovalRecord,
  businessDate: BusinessDate,
): boolean {
  const until = validUntil(call, approval)
  return until !== null && businessDate > until
}

function refuseExpired(call: Call, approval: ApprovalRecord, businessDate: BusinessDate): void {
  if (!isExpired(call, approval, businessDate)) return
  refuse('approvals.expired', {
    name: approval.decidedBy?.name ?? '',
    date: validUntil(call, approval) ?? '',
  })
}

function nameOf(approval: ApprovalRecord): NamedApproval {
  const { decidedBy, decidedRole, decidedAt } = approval
  if (!decidedBy || !decidedRole || decidedAt === null) {
    throw new Error(`approval ${approval.id} names nobody`)
  }
  return {
    approvalId: approval.id,
    approverName: decidedBy.name,
    approverCode: decidedBy.code,
    role: decidedRole,
    at: decidedAt,
  }
}

/** Who approved what was done, e.g. `{ type: 'refund', id: number }`: for slips and files. */
export async function approversOf(
  r: ReadHandle,
  usedFor: { type: string; id: string | number },
): Promise<NamedApproval[]> {
  const used = await listUsedFor(r, { type: usedFor.type, id: String(usedFor.id) })
  return used.map(nameOf)
}
