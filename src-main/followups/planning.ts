import { createHash } from 'node:crypto'
import { record } from '../audit/index.ts'
import { addEvent, type Moment } from '../cases/index.ts'
import { readStoreTime } from '../clocks/index.ts'
import { listContactRules, listFamily, mayContact } from '../customers/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { addDays, businessDateOf } from '../foundation/business-date.ts'
import { holidaysOf } from '../foundation/holidays.ts'
import { phoneDigits } from '../foundation/phone.ts'
import { nextState } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import type { CallHours } from './call-time.ts'
import { type CallTime, createCallTime } from './call-time.ts'
import { type ContactChannel, contactChannels, type Result } from './contract.ts'
import { readCallHours, type StoredPlan } from './plan-store.ts'
import { readPlans } from './plans.ts'
import { choosePlan, type FollowUpAction, followUpMachine, type SolvedFacts } from './rules.ts'
import {
  type BanChannel,
  type FollowUpRecord,
  insertFollowUp,
  listBans,
  listWaiting,
  writeFollowUp,
} from './store.ts'

/** When customers of this store may be called. */
export async function readCallTime(r: ReadHandle, call: Call): Promise<CallTime> {
  return callTimeWith(r, call, await readCallHours(r))
}

async function callTimeWith(r: ReadHandle, call: Call, hours: CallHours): Promise<CallTime> {
  const calendar = holidaysOf(call.profile.currency)
  return createCallTime(
    await readStoreTime(r, call),
    hours,
    (date) => calendar?.isHoliday(date) ?? false,
  )
}

/** By which somebody who asked not to be contacted is known: their number itself is not kept with it. */
export function phonePrint(phone: string): string {
  return createHash('sha256').update(phoneDigits(phone)).digest('hex')
}

const channelOnCard = {
  phone: 'phone',
  message: 'message',
  letter: 'mail',
  visit: 'visit',
} as const

/**
 * Ways in which somebody is not to be contacted: what they asked for by their number, and what stands on their customer
 * card or on that of another row of the same person.
 */
export async function readBans(
  r: ReadHandle,
  call: Call,
  { phone, customerId }: { phone: string; customerId: number | null },
): Promise<BanChannel[]> {
  const asked = phoneDigits(phone) === '' ? [] : await listBans(r, phonePrint(phone))
  if (customerId === null) return asked
  const rules = await listContactRules(r, await listFamily(r, customerId))
  const onCard = contactChannels.filter(
    (channel) => !mayContact(rules, channelOnCard[channel], call.today),
  )
  return [...new Set([...asked, ...onCard])]
}

export function isBanned(bans: readonly BanChannel[], channel: ContactChannel): boolean {
  return bans.includes('any') || bans.includes(channel)
}

/** Whom a follow-up is about. */
export interface FollowUpSubject {
  caseId: number
  complaintId: number | null
  customerId: number | null
  ownerId: number
  floor: string
  phone: string
  number: string
}

/**
 * Makes what a plan asks for, each step with the plan as it is now; nothing for whoever cannot be called or asked not
 * to be. `onDate` puts the first step on a day, the others as far behind it as the plan says.
 *
 * @returns how many were made.
 */
export async function makeFollowUps(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  of: FollowUpSubject,
  chosen: StoredPlan,
  { onDate, reason }: { onDate?: string | undefined; reason: string },
): Promise<number> {
  const { plan, planId, version } = chosen
  if (phoneDigits(of.phone) === '') return 0
  if (isBanned(await readBans(w, call, of), plan.channel)) return 0
  const time = await readCallTime(w, call)
  const start = Date.parse(moment.at)
  const first = plan.steps[0]?.afterDays ?? 0
  const dues = plan.steps.map(({ afterDays }) =>
    onDate === undefined
      ? time.dueAfter(start, afterDays)
      : time.onDate(addDays(onDate, afterDays - first)),
  )
  for (const [at, step] of plan.steps.entries()) {
    const fromAt = new Date(dues[at] ?? start)
    const fromOn = businessDateOf(fromAt, call.profile)
    await insertFollowUp(w, {
      ...of,
      planId,
      planVersion: version,
      plan,
      step: at + 1,
      reason,
      at: moment.at,
      by: moment.actorId,
      fromAt: fromAt.toISOString(),
      fromOn,
      lateAfter: addDays(fromOn, step.withinDays),
    })
  }
  await addEvent(w, moment, of.caseId, 'followup_planned', {
    plan: planName(call, plan.name),
    count: plan.steps.length,
    dueAt: new Date(dues[0] ?? start).toISOString(),
    reason,
  })
  const subject = { type: 'followup', id: of.number }
  await record(w, call, 'followups.plan', subject, { planId, version, reason })
  return plan.steps.length
}

export function planName(call: Call, name: { zh: string; en: string }): string {
  return call.profile.language === 'en' ? name.en : name.zh
}

/** As a complaint is solved: begins the plan that is for it, if any, in the same unit of work. */
export async function planFollowUps(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  of: FollowUpSubject,
  facts: SolvedFacts,
): Promise<number> {
  const plans = (await readPlans(w)).filter(({ inUse }) => inUse)
  const chosen = choosePlan(plans, facts)
  return chosen ? makeFollowUps(w, call, moment, of, chosen, { reason: '' }) : 0
}

/** Takes a step of the table; throws where it has none, which is a bug: only what waits is ever asked for. */
export function stateAfter(action: FollowUpAction) {
  const next = nextState(followUpMachine, 'waiting', action)
  if (!next) throw new Error(`no follow-up can ${action}`)
  return next
}

/** Ends follow-ups that wait, each with its reason in the history of its case; nothing of them is lost. */
export async function callOffAll(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  rows: readonly FollowUpRecord[],
  end: { result: Result; note: string },
): Promise<number> {
  const action = end.result === 'not_to_be_called' ? 'give_up' : 'call_off'
  for (const row of rows) {
    await writeFollowUp(w, row, {
      state: stateAfter(action),
      result: end.result,
      ended_at: moment.at,
      ended_on: moment.businessDate,
      ended_by: moment.actorId,
      end_note: end.note,
    })
    await addEvent(w, moment, row.caseId, 'followup_called_off', {
      plan: planName(call, row.plan.name),
      result: end.result,
      reason: end.note,
    })
    const subject = { type: 'followup', id: row.id }
    await record(w, call, 'followups.call_off', subject, { result: end.result, note: end.note })
  }
  return rows.length
}

/** A complaint is open again: nobody is asked how content they are with what is not settled. */
export async function callOffReopened(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  complaintId: number,
): Promise<void> {
  const rows = await listWaiting(w, { complaintId })
  await callOffAll(w, call, moment, rows, { result: 'reopened', note: '' })
}
