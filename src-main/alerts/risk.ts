import en from '../../resources/locales/en/complaints.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/complaints.json' with { type: 'json' }
import { callManager, findLastCall, isCaseOpen, type Moment } from '../cases/index.ts'
import type { RiskFlag } from '../cases/contract.ts'
import type { WriteHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { dutyOf, readDuty } from './duty.ts'
import { findFloor, findTop, raiseAlert } from './store.ts'

/** What has just become known of a case: who stands behind it, or how much is demanded. */
export interface Notice {
  caseId: number
  risks: readonly RiskFlag[]
  /** The demand in words, where it is of high value. */
  highAmount: string | null
}

/**
 * Tells the duty manager and the store manager at once, and calls the duty manager to the case; nobody below can keep
 * it to themselves (domain.md §3.6 rows 25 and 28). Belongs into the transaction in which it became known.
 */
export async function tellOfRisk(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  notice: Notice,
): Promise<void> {
  const { caseId, risks, highAmount } = notice
  if (risks.length === 0 && highAmount === null) return
  const floor = await findFloor(w, caseId)
  const duty = await readDuty(w, moment.today)
  const roles =
    duty.length > 0 ? (['duty_manager', 'store_manager'] as const) : (['store_manager'] as const)
  const about = risks.length > 0 ? `risk:${risks.join('+')}` : `high:${highAmount ?? ''}`
  for (const role of roles) {
    await raiseAlert(w, moment, {
      key: `${about}:${caseId}:${moment.at}:${role}`,
      kind: risks.length > 0 ? 'risk_raised' : 'high_value',
      severity: 'urgent',
      to: { role, floor },
      subject: { type: 'case', id: caseId },
      caseId,
      params: risks.length > 0 ? { risks: risks.join(' ') } : { amount: highAmount ?? '' },
    })
  }
  await callTo(w, call, moment, { ...notice, managerId: dutyOf(duty, floor)?.id ?? null })
}

/** The call is logged with the case; a manager at the desk already, or on the way, is not called. */
async function callTo(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  { caseId, risks, highAmount, managerId }: Notice & { managerId: number | null },
): Promise<void> {
  if (!(await isCaseOpen(w, caseId))) return
  if ((await findLastCall(w, caseId))?.state === 'called') return
  const called = managerId ?? (await findTop(w))
  if (called === undefined || called === moment.actorId) return
  const reason = reasonOf(call, risks, highAmount)
  await callManager(w, call, { caseId, managerId: called, reason })
}

const words = { 'zh-CN': zh.risk, en: en.risk }

/** Why the manager is called, in the store's language: it stands in the case as it was said. */
function reasonOf(call: Call, risks: readonly RiskFlag[], highAmount: string | null): string {
  const { language } = call.profile
  const named = risks.map((flag) => words[language][flag])
  return [...named, ...(highAmount === null ? [] : [highAmount])].join(
    language === 'en' ? ', ' : '、',
  )
}
