import { record } from '../audit/index.ts'
import { addEvent, isCaseOpen, type Moment, momentOf } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { formatMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import { requireSigner } from '../staff/index.ts'
import { readMatrix } from './limits.ts'
import { hasCase } from './store.ts'
import {
  type DecisionRecord,
  type Exposure,
  insertDecision,
  listDecisions,
  readExposure,
} from './top-store.ts'

/** The amount from which a case is of high value, minor units; null where the store sets none. */
export async function highValueFrom(r: ReadHandle, call: Call): Promise<number | null> {
  return (await readMatrix(r, call)).highValueFrom
}

/** Only the top may settle it: somebody stands behind the customer, or a great deal is demanded. */
function isExposed(exposure: Exposure, threshold: number | null): boolean {
  return exposure.risks.length > 0 || isHigh(exposure, threshold)
}

function isHigh({ demandAmount }: Exposure, threshold: number | null): boolean {
  return threshold !== null && demandAmount >= threshold
}

/** Whether a decision speaks of everything that stands now. */
function covers(decision: DecisionRecord, exposure: Exposure, threshold: number | null): boolean {
  const hasRisks = exposure.risks.every(({ id }) => decision.riskIds.includes(id))
  const hasDemand = !isHigh(exposure, threshold) || decision.demandAmount >= exposure.demandAmount
  return hasRisks && hasDemand && decision.rounds === exposure.rounds
}

/** What sends a case to the top, what the top said, and whether that still holds. */
export async function openTop(r: ReadHandle, call: Call, caseId: number) {
  if (!(await hasCase(r, caseId))) refuse('approvals.unknown_case')
  const exposure = await readExposure(r, caseId)
  const threshold = await highValueFrom(r, call)
  const decisions = await listDecisions(r, caseId)
  const exposed = isExposed(exposure, threshold)
  return {
    risks: exposure.risks.map(({ flag, raisedAt }) => ({ flag, raisedAt })),
    demandAmount: exposure.demandAmount,
    highValue: isHigh(exposure, threshold),
    threshold,
    exposed,
    decided: exposed && decisions.some((each) => covers(each, exposure, threshold)),
    decisions: decisions.map(({ id, text, at, by }) => ({ id, text, at, by })),
  }
}

async function decide(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  decision: { caseId: number; text: string; exposure: Exposure },
): Promise<void> {
  const { caseId, text, exposure } = decision
  await insertDecision(w, {
    ...decision,
    at: moment.at,
    businessDate: moment.businessDate,
    by: moment.actorId,
  })
  const risks = exposure.risks.map(({ flag }) => flag).join(' ')
  await addEvent(w, moment, caseId, 'top_decided', { text, risks })
  await record(
    w,
    call,
    'approvals.decide_case',
    { type: 'case', id: caseId },
    { by: moment.actorId, risks, demandAmount: exposure.demandAmount },
  )
}

/**
 * Stands before whatever settles a case: one with a risk, or of high value, is settled by the top or with its word
 * (domain.md §3.6 rows 25 and 28). The top's own settlement is its word. Refuses with `approvals.case_needs_top`, by
 * screen, procedure and command line alike; the database refuses a complaint with a risk as well.
 */
export async function requireTop(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  settles: { caseId: number; what: string },
): Promise<void> {
  const { caseId, what } = settles
  const exposure = await readExposure(w, caseId)
  const threshold = await highValueFrom(w, call)
  if (!isExposed(exposure, threshold)) return
  const decisions = await listDecisions(w, caseId)
  if (decisions.some((each) => covers(each, exposure, threshold))) return
  if (call.actor.role !== 'store_manager') refuse('approvals.case_needs_top')
  await decide(w, call, moment, { caseId, text: what || '—', exposure })
}

/** The top says how a case may be settled, with code and PIN at whatever desk it is. */
export async function decideCase(
  call: Call,
  input: { caseId: number; text: string; code: string; pin: string },
) {
  const { caseId, text, code, pin } = input
  const signer = await requireSigner(call, code, pin)
  if (signer.role !== 'store_manager') refuse('approvals.no_authority', { role: 'store_manager' })
  const result = await call.commit(async (w) => {
    if (!(await hasCase(w, caseId))) refuse('approvals.unknown_case')
    if (!(await isCaseOpen(w, caseId))) refuse('cases.already_closed')
    const exposure = await readExposure(w, caseId)
    if (!isExposed(exposure, await highValueFrom(w, call))) refuse('approvals.not_needed')
    const moment = { ...momentOf(call), actorId: signer.id }
    await decide(w, call, moment, { caseId, text, exposure })
    return { caseId }
  })
  call.announce('approvals', 'cases')
  return result
}

/** An amount as its alert says it. */
export function sayAmount(call: Call, amount: number): string {
  return formatMoney(amount, call.profile.currency, call.profile.language)
}
