import type { z } from 'zod'
import { attach } from '../attachments/index.ts'
import { record } from '../audit/index.ts'
import {
  addEvent,
  type Complained,
  type Moment,
  momentOf,
  requireOpenComplained,
  requireOwner,
} from '../cases/index.ts'
import type { CaseEventKind } from '../cases/contract.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import { nextState } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { requireAuthority } from './authority.ts'
import type { settlementsContract } from './contract.ts'
import {
  declineOf,
  levelAfter,
  type Option,
  requireSound,
  type SettlementAction,
  settlementMachine,
  type SettlementState,
  totalOf,
} from './rules.ts'
import {
  findFound,
  findSettlement,
  insertAnswer,
  insertOptions,
  insertSettlement,
  listExecutions,
  listItems,
  listOpenOutlays,
  listOptions,
  listSettlements,
  type SettlementRecord,
  writeSettlement,
} from './store.ts'
import { isAtRisk, reaches } from './view.ts'

export type Inputs = {
  [Name in keyof typeof settlementsContract]: z.output<
    NonNullable<(typeof settlementsContract)[Name]['~orpc']['inputSchema']>
  >
}

/** A settlement of an open complaint, in the version its caller saw, on which its table allows `action`. */
export async function requireStep(
  w: WriteHandle,
  seen: { settlementId: number; version: number },
  action: SettlementAction,
): Promise<{ settlement: SettlementRecord; complaint: Complained; state: SettlementState }> {
  const settlement = (await findSettlement(w, seen.settlementId)) ?? refuse('settlements.unknown')
  const complaint = await requireOpenComplained(w, settlement.complaintId)
  const state = nextState(settlementMachine, settlement.state, action)
  if (!state) refuse('settlements.no_such_step', { number: settlement.number })
  if (settlement.version !== seen.version) refuse('desk.changed_meanwhile')
  return { settlement, complaint, state }
}

/** Writes a step into the settlement, the case's history and the audit log. */
export async function takeStep(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  settlement: SettlementRecord,
  step: {
    state: SettlementState
    columns?: Parameters<typeof writeSettlement>[2]
    kind: CaseEventKind
    data: Record<string, string | number | boolean | null>
  },
): Promise<{ state: SettlementState; version: number }> {
  const { state, columns, kind, data } = step
  if (!(await writeSettlement(w, settlement, { ...columns, state }))) {
    refuse('desk.changed_meanwhile')
  }
  const { number, caseId } = settlement
  await addEvent(w, moment, caseId, kind, { number, ...data })
  await record(
    w,
    call,
    `settlements.${kind.replace(/^\w+?_/, '')}`,
    { type: 'settlement', id: number },
    { state, ...data },
  )
  return { state, version: settlement.version + 1 }
}

/**
 * What is at hand for a proposal: the settlement that goes into its next round, if any. Refuses while the facts are not
 * settled, what the table does not allow, and below the level it has come to.
 */
export async function requireProposal(
  r: ReadHandle,
  call: Call,
  complaintId: number,
): Promise<{ complaint: Complained; before: SettlementRecord | null; round: number }> {
  const complaint = await requireOpenComplained(r, complaintId)
  if (!(await findFound(r, complaintId))?.decided) refuse('settlements.facts_open')
  const [last] = await listSettlements(r, complaintId)
  const isOver = !last || ['executed', 'failed', 'void'].includes(last.state)
  if (isOver) return { complaint, before: null, round: 1 }
  if (!nextState(settlementMachine, last.state, 'propose')) {
    refuse('settlements.no_such_step', { number: last.number })
  }
  if (!reaches(call.actor.role, last.level)) refuse('settlements.level', { role: last.level })
  return { complaint, before: last, round: last.round + 1 }
}

/** Options as they are asked about: sound, and within what the customer paid himself. */
export async function soundOptions(
  r: ReadHandle,
  complaintId: number,
  options: readonly Option[],
): Promise<readonly Option[]> {
  requireSound(options, await listOpenOutlays(r, complaintId))
  return options
}

export async function propose(w: WriteHandle, call: Call, input: Inputs['propose']) {
  const moment = momentOf(call)
  const { complaint, before, round } = await requireProposal(w, call, input.complaintId)
  if ((before?.version ?? 0) !== input.version) refuse('desk.changed_meanwhile')
  const options = await soundOptions(w, complaint.id, input.options)
  const { caseId } = complaint
  const { currency, deskNo, language } = call.profile
  const number = before?.number ?? (await takeDocumentNumber(w, 'HJ', deskNo, moment.businessDate))
  const { amount, approvalId } = await requireAuthority(w, call, moment, {
    complaint,
    round,
    options,
    approvalId: input.approvalId,
    usedFor: number,
  })
  const id =
    before?.id ??
    (await insertSettlement(w, {
      number,
      complaintId: complaint.id,
      caseId,
      currency,
      approved: amount,
      approvalId,
      businessDate: moment.businessDate,
      at: moment.at,
      by: moment.actorId,
    }))
  await insertOptions(w, id, round, options)
  const settlement = await findSettlement(w, id)
  if (!settlement) throw new Error(`no settlement ${id}`)
  const columns = {
    round,
    approved: amount,
    approval_id: approvalId,
    proposed_at: moment.at,
    proposed_by: moment.actorId,
  }
  const text = options.map(
    ({ title, items }) => `${title} ${formatMoney(totalOf(items), currency, language)}`,
  )
  const { version } = await takeStep(w, call, moment, settlement, {
    state: 'offered',
    columns: before ? columns : {},
    kind: 'settlement_proposed',
    data: { round, text: text.join(' / '), approvalId },
  })
  return { id, number, version }
}

/** A risk that came up after the offer sends it to the top all the same. */
export async function requireTopAtRisk(
  r: ReadHandle,
  call: Call,
  settlement: SettlementRecord,
): Promise<void> {
  if (!(await isAtRisk(r, settlement.caseId))) return
  const { approverRole, proposerRole } = settlement
  const decided = [approverRole, proposerRole, call.actor.role]
  if (!decided.includes('store_manager')) refuse('settlements.risk_since')
}

export async function answer(w: WriteHandle, call: Call, input: Inputs['answer']) {
  const moment = momentOf(call)
  const seen = (await findSettlement(w, input.settlementId)) ?? refuse('settlements.unknown')
  const action = input.accepts ? 'accept' : declineOf(seen.round)
  const { settlement, complaint, state } = await requireStep(w, input, action)
  const { round, number } = settlement
  const { channel, words, sha256 } = input
  const chosen = (await listOptions(w, settlement.id)).find(
    (option) => option.round === round && option.id === input.optionId,
  )
  if (input.accepts !== (chosen !== undefined)) refuse('settlements.choose_option')
  await insertAnswer(w, {
    settlementId: settlement.id,
    round,
    accepts: input.accepts,
    optionId: chosen?.id ?? null,
    channel,
    words,
    sha256,
    at: moment.at,
    by: moment.actorId,
  })
  if (sha256 !== null) {
    const subject = { type: 'complaint' as const, id: complaint.id }
    const { caseId } = complaint
    await attach(w, call, moment, { sha256, subject, caseId, role: 'signature', label: number })
  }
  if (!chosen) return declined(w, call, moment, { settlement, state, channel, words })
  await requireTopAtRisk(w, call, settlement)
  if (input.executorId === null) refuse('settlements.choose_executor')
  const executor = await requireOwner(w, input.executorId)
  const promisedAt = input.promisedAt && new Date(input.promisedAt).toISOString()
  if (promisedAt !== null && promisedAt <= moment.at) refuse('cases.promise_in_past')
  return takeStep(w, call, moment, settlement, {
    state,
    columns: {
      option_id: chosen.id,
      agreed_at: moment.at,
      executor_id: executor.id,
      promised_at: promisedAt,
    },
    kind: 'settlement_accepted',
    data: { round, text: chosen.title, channel, note: words, executor: executor.name },
  })
}

/** A no: the first asks for another offer, the second goes up a level, the third ends it. */
async function declined(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  no: {
    settlement: SettlementRecord
    state: SettlementState
    channel: string
    words: string
  },
) {
  const { settlement, state, channel, words } = no
  const { round, proposerRole } = settlement
  const level = levelAfter(round, proposerRole === 'system' ? 'clerk' : proposerRole)
  const closed = { closed_at: moment.at, closed_by: moment.actorId, close_reason: words }
  return takeStep(w, call, moment, settlement, {
    state,
    columns: { level, ...(state === 'failed' ? closed : {}) },
    kind:
      state === 'escalated'
        ? 'settlement_escalated'
        : state === 'failed'
          ? 'settlement_failed'
          : 'settlement_declined',
    data: { round, channel, note: words, level },
  })
}

/** Ends a settlement that comes to nothing, or takes it back. */
async function close(
  w: WriteHandle,
  call: Call,
  input: Inputs['void'],
  action: 'give_up' | 'void',
) {
  const moment = momentOf(call)
  const { settlement, state } = await requireStep(w, input, action)
  if ((await listExecutions(w, settlement.id)).length > 0) {
    refuse('settlements.partly_done', { number: settlement.number })
  }
  const { reason } = input
  return takeStep(w, call, moment, settlement, {
    state,
    columns: { closed_at: moment.at, closed_by: moment.actorId, close_reason: reason },
    kind: action === 'void' ? 'settlement_voided' : 'settlement_failed',
    data: { reason },
  })
}

export function giveUp(w: WriteHandle, call: Call, input: Inputs['giveUp']) {
  return close(w, call, input, 'give_up')
}

export function voidSettlement(w: WriteHandle, call: Call, input: Inputs['void']) {
  return close(w, call, input, 'void')
}

/** An item of the option that was agreed. */
export async function requireItem(r: ReadHandle, settlement: SettlementRecord, itemId: number) {
  const item = (await listItems(r, settlement.id)).find(
    ({ id, optionId }) => id === itemId && optionId === settlement.optionId,
  )
  return item ?? refuse('settlements.unknown')
}
