import type { z } from 'zod'
import { record } from '../audit/index.ts'
import {
  addEvent,
  isContent,
  listPromises,
  momentOf,
  requireOwner,
  requireSatisfaction,
} from '../cases/index.ts'
import { listFamily } from '../customers/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { addDays, businessDateOf } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { maskPhone, phoneDigits } from '../foundation/phone.ts'
import { type Call, command, query, type RoomHandlers, task } from '../handlers.ts'
import { type CallTime, nextTry } from './call-time.ts'
import type { followUpsContract, tryInput } from './contract.ts'
import { readCallHours, writeCallHours } from './plan-store.ts'
import {
  callOffAll,
  isBanned,
  makeFollowUps,
  phonePrint,
  planName,
  readBans,
  readCallTime,
  stateAfter,
} from './planning.ts'
import { readPlans, readPlanVersions, writePlan } from './plans.ts'
import { report } from './report.ts'
import { type FollowUpState, stepAfter } from './rules.ts'
import {
  type BanChannel,
  countWaiting,
  findCaseSubject,
  findFollowUp,
  findStory,
  type FollowUpRecord,
  insertBan,
  insertTry,
  type ListAsked,
  listBans,
  listFloors,
  listLearnt,
  listOfCase,
  listPage,
  listTries,
  listWaiting,
  writeBanLifted,
  writeFollowUp,
} from './store.ts'

/** Follow-ups on one page. */
const pageSize = 50
const learntAtOnce = 30
/** Letters of what was said that stand on the screen of a call; the rest is one key away. */
const saidLetters = 4_000

export async function requireFollowUp(r: ReadHandle, id: number): Promise<FollowUpRecord> {
  return (await findFollowUp(r, id)) ?? refuse('followups.unknown')
}

/** A follow-up that waits, in the state its caller saw. */
async function requireWaiting(
  w: WriteHandle,
  { followUpId, version }: { followUpId: number; version: number },
): Promise<FollowUpRecord> {
  const found = await requireFollowUp(w, followUpId)
  if (found.state !== 'waiting') refuse('followups.over')
  if (isGone(found)) refuse('followups.nobody_to_call')
  if (found.version !== version) refuse('desk.changed_meanwhile')
  return found
}

/** The number somebody was to be called at does not exist any more: the person was erased, or took it back. */
function isGone(row: FollowUpRecord): boolean {
  return row.state === 'waiting' && phoneDigits(row.phone) === ''
}

/** A row as the screens have it. When to call is derived: what was planned never falls into quiet hours set since. */
function rowOf(row: FollowUpRecord, time: CallTime, today: string) {
  const { plan, phone, ...told } = row
  const isWaiting = row.state === 'waiting' && !isGone(row)
  return {
    ...told,
    // What waits for somebody who was erased is over by itself: nothing of it has to be written for that.
    ...(isGone(row) ? ({ state: 'called_off', result: 'erased' } as const) : {}),
    phoneMasked: phone && maskPhone(phone),
    planName: plan.name,
    mostTries: plan.retry.tries,
    nextAt: isWaiting ? new Date(time.next(Date.parse(row.nextAt))).toISOString() : row.nextAt,
    overdue: isWaiting && row.lateAfter < today,
  }
}

async function openFollowUp(r: ReadHandle, call: Call, followUpId: number) {
  const row = await requireFollowUp(r, followUpId)
  const time = await readCallTime(r, call)
  const now = call.now().getTime()
  const story =
    row.complaintId === null ? undefined : await findStory(r, row.complaintId, saidLetters)
  const promises = await listPromises(r, row.caseId)
  const bans = await readBans(r, call, row)
  const learnt = await listLearnt(
    r,
    { caseId: row.caseId, customerId: row.customerId, digits: phoneDigits(row.phone) },
    { before: null, count: learntAtOnce },
  )
  return {
    ...rowOf(row, time, call.today),
    said: story?.said ?? '',
    solution: story?.solution ?? '',
    solvedAt: story?.solvedAt ?? null,
    complaintOpen: story?.isOpen ?? false,
    promises: promises.map(({ text, dueAt, state }) => ({ text, dueAt, state })),
    ask: row.plan.steps[row.step - 1]?.ask ?? [],
    history: await listTries(r, [row.id]),
    learnt,
    callable: time.isCallable(now),
    callableAt: new Date(time.next(now)).toISOString(),
    banned: isBanned(bans, row.channel),
    reachable: phoneDigits(row.phone) !== '',
  }
}

type Try = z.output<typeof tryInput>

/** What a try says must agree with itself, before any of it is written down. */
function requireSound(input: Try): void {
  const { outcome, satisfaction, note } = input
  if (satisfaction) requireSatisfaction(satisfaction)
  const points = satisfaction?.points ?? null
  const isReached = outcome === 'content' || outcome === 'not_content'
  if (points !== null && (!isReached || isContent(points) !== (outcome === 'content'))) {
    refuse('followups.points_differ')
  }
  if (outcome === 'not_content' && note === '') refuse('followups.needs_note')
  if ((outcome === 'postponed') !== (input.nextAt !== null)) refuse('followups.needs_time')
}

/** When to try next: as the customer asked, or as the rule has it; never in quiet hours. */
async function nextAfter(
  w: WriteHandle,
  call: Call,
  row: FollowUpRecord,
  input: Try,
): Promise<string | null> {
  const time = await readCallTime(w, call)
  const now = call.now()
  if (input.nextAt !== null) {
    const asked = Date.parse(input.nextAt)
    if (asked <= now.getTime()) refuse('followups.time_is_past')
    if (!time.isCallable(asked)) refuse('followups.quiet_hours')
    return new Date(asked).toISOString()
  }
  if (input.outcome !== 'no_answer') return null
  const tries = await listTries(w, [row.id])
  const tried = tries
    .filter(({ outcome }) => outcome === 'no_answer')
    .map(({ at }) => Date.parse(at))
  return new Date(nextTry(time, [...tried, now.getTime()], row.plan.retry)).toISOString()
}

export interface Settled {
  state: FollowUpState
  nextAt: string | null
  version: number
}

/**
 * Writes down one try to reach a customer. Nobody answered: it is tried again by the rule of its plan, and given up
 * after the last try. Whoever asked not to be called is not called again, for any matter.
 */
export async function settleFollowUp(w: WriteHandle, call: Call, input: Try): Promise<Settled> {
  const moment = momentOf(call)
  const row = await requireWaiting(w, input)
  requireSound(input)
  const { outcome, channel } = input
  const unanswered = row.tries + (outcome === 'no_answer' ? 1 : 0)
  const { action, result } = stepAfter(outcome, unanswered, row.plan.retry.tries)
  const state = stateAfter(action)
  const nextAt = state === 'waiting' ? await nextAfter(w, call, row, input) : null
  const history = await listTries(w, [row.id])
  await insertTry(w, {
    ...input,
    followUpId: row.id,
    no: history.length + 1,
    at: moment.at,
    businessDate: moment.businessDate,
    byId: moment.actorId,
    answer: input.satisfaction?.answer ?? null,
    points: input.satisfaction?.points ?? null,
    reason: input.satisfaction?.reason ?? null,
    nextAt,
  })
  const written = await writeFollowUp(w, row, {
    tries: unanswered,
    ...(state === 'waiting'
      ? nextAt === null
        ? {}
        : { next_at: nextAt, next_on: businessDateOf(new Date(nextAt), call.profile) }
      : {
          state,
          result,
          ended_at: moment.at,
          ended_on: moment.businessDate,
          ended_by: moment.actorId,
        }),
  })
  if (!written) refuse('desk.changed_meanwhile')
  await addEvent(w, moment, row.caseId, 'followup_tried', {
    plan: planName(call, row.plan.name),
    outcome,
    channel,
    points: input.satisfaction?.points ?? null,
    note: [input.note, input.learnt].filter(Boolean).join('\n'),
    ...(nextAt === null ? {} : { dueAt: nextAt }),
  })
  const subject = { type: 'followup', id: row.id }
  const audited = { outcome, channel, state, satisfaction: input.satisfaction }
  await record(w, call, 'followups.settle', subject, audited)
  if (state === 'reached') await callOffTwins(w, call, row)
  if (outcome === 'not_to_be_called') {
    await banNumber(w, call, row.phone, { channel, reason: input.note, caseId: row.caseId })
  }
  return { state, nextAt, version: row.version + 1 }
}

/** Days ahead in which a second call about the same would be one too many. */
const twinDays = 7

/** Somebody who is two customers, merged since, was reached: they are not called for the same once more. */
async function callOffTwins(w: WriteHandle, call: Call, row: FollowUpRecord): Promise<void> {
  if (row.customerId === null) return
  const family = await listFamily(w, row.customerId)
  const others = family.filter((id) => id !== row.customerId)
  if (others.length === 0) return
  const until = addDays(call.today, twinDays)
  const waiting = await listWaiting(w, { customerIds: others })
  const twins = waiting.filter(
    ({ purpose, nextAt }) =>
      purpose === row.purpose && businessDateOf(new Date(nextAt), call.profile) <= until,
  )
  await callOffAll(w, call, momentOf(call), twins, { result: 'merged', note: '' })
}

/** Nobody contacts this number this way from now on; what waits for it ends with that as its reason. */
async function banNumber(
  w: WriteHandle,
  call: Call,
  phone: string,
  ban: { channel: BanChannel; reason: string; caseId: number },
): Promise<number> {
  const digits = phoneDigits(phone)
  if (digits === '') refuse('followups.nobody_to_call')
  const moment = momentOf(call)
  const phoneHash = phonePrint(phone)
  const { channel, reason, caseId } = ban
  const bans = await listBans(w, phoneHash)
  if (!bans.includes(channel)) {
    await insertBan(w, { phoneHash, channel, reason, at: moment.at, by: moment.actorId })
    await addEvent(w, moment, caseId, 'contact_banned', { channel, reason })
    await record(w, call, 'followups.ban', { type: 'case', id: caseId }, { channel, reason })
  }
  const waiting = await listWaiting(w, { digits })
  const ended = waiting.filter((each) => isBanned([channel], each.channel))
  return callOffAll(w, call, moment, ended, { result: 'not_to_be_called', note: reason })
}

function askedOf(
  call: Call,
  input: { view: ListAsked['view']; whose: ListAsked['whose']; floor?: string | undefined },
): ListAsked {
  return { ...input, floor: input.floor, operatorId: call.actor.id, today: call.today }
}

async function requireCase(r: ReadHandle, caseId: number) {
  return (await findCaseSubject(r, caseId)) ?? refuse('cases.unknown_case')
}

export const followUpsHandlers: RoomHandlers<typeof followUpsContract> = {
  list: query(async (r, call, input) => {
    const time = await readCallTime(r, call)
    const found = await listPage(r, askedOf(call, input), {
      after: input.after,
      count: pageSize + 1,
    })
    const rows = found.slice(0, pageSize)
    const last = found.length > pageSize ? rows.at(-1) : undefined
    const at = input.view === 'done' ? last?.endedAt : last?.nextAt
    return {
      rows: rows.map((row) => rowOf(row, time, call.today)),
      next: last && at ? { at, id: last.id } : null,
    }
  }),

  counts: query(async (r, call) => {
    const time = await readCallTime(r, call)
    const now = call.now().getTime()
    return {
      ...(await countWaiting(r, { operatorId: call.actor.id, today: call.today })),
      floors: await listFloors(r),
      callable: time.isCallable(now),
      nextAt: new Date(time.next(now)).toISOString(),
    }
  }),

  ofCase: query(async (r, call, { caseId }) => {
    const subject = await requireCase(r, caseId)
    const time = await readCallTime(r, call)
    const rows = await listOfCase(r, caseId)
    const tries = await listTries(
      r,
      rows.map(({ id }) => id),
    )
    const plans = (await readPlans(r)).filter(
      ({ inUse, plan }) => inUse && plan.starts === 'by_hand',
    )
    return {
      rows: rows.map((row) => ({
        ...rowOf(row, time, call.today),
        history: tries.filter(({ followUpId }) => followUpId === row.id),
      })),
      plans: plans.map(({ planId, plan }) => ({
        planId,
        name: plan.name,
        steps: plan.steps.length,
      })),
      reachable: phoneDigits(subject.phone) !== '',
      bans: await readBans(r, call, subject),
    }
  }),

  open: query((r, call, { followUpId }) => openFollowUp(r, call, followUpId)),

  settle: command(['followups', 'cases'], settleFollowUp),

  callOff: command(['followups', 'cases'], async (w, call, input) => {
    const row = await requireWaiting(w, input)
    const end = { result: 'called_off', note: input.reason } as const
    await callOffAll(w, call, momentOf(call), [row], end)
    return { version: row.version + 1 }
  }),

  handTo: command(['followups'], async (w, call, input) => {
    const row = await requireWaiting(w, input)
    const owner = await requireOwner(w, input.ownerId)
    stateAfter('hand_to')
    if (!(await writeFollowUp(w, row, { owner_id: owner.id }))) refuse('desk.changed_meanwhile')
    const subject = { type: 'followup', id: row.id }
    await record(w, call, 'followups.hand_to', subject, { ownerId: owner.id })
    return { version: row.version + 1 }
  }),

  begin: command(['followups', 'cases'], async (w, call, input) => {
    const subject = await requireCase(w, input.caseId)
    const plans = await readPlans(w)
    const chosen = plans.find(({ planId, inUse }) => planId === input.planId && inUse)
    if (!chosen) refuse('followups.unknown_plan')
    if (input.onDate !== undefined && input.onDate < call.today) refuse('followups.time_is_past')
    if (phoneDigits(subject.phone) === '') refuse('followups.nobody_to_call')
    const made = await makeFollowUps(w, call, momentOf(call), subject, chosen, {
      onDate: input.onDate,
      reason: input.reason,
    })
    if (made === 0) refuse('followups.do_not_contact')
    return { made }
  }),

  revealPhone: task(async (call, { followUpId }) => {
    // Only the fact is logged, once per request: the number itself stays out of the command log.
    await call.commit(async (w) => {
      const row = await requireFollowUp(w, followUpId)
      if (row.state !== 'waiting') refuse('followups.over')
      if (phoneDigits(row.phone) === '') refuse('followups.nobody_to_call')
      if (isBanned(await readBans(w, call, row), row.channel)) refuse('followups.do_not_contact')
      const time = await readCallTime(w, call)
      if (!time.isCallable(call.now().getTime())) refuse('followups.quiet_hours')
      await record(w, call, 'followups.reveal_phone', { type: 'followup', id: followUpId })
      return null
    })
    const { phone } = await call.store.read((r) => requireFollowUp(r, followUpId))
    return { phone }
  }),

  plans: query((r) => readPlans(r)),

  planVersions: query((r, _call, { planId }) => readPlanVersions(r, planId)),

  writePlan: command(['followups'], writePlan),

  settings: query((r) => readCallHours(r)),

  changeSettings: command(['followups'], async (w, call, input) => {
    if (!(await writeCallHours(w, input))) refuse('desk.changed_meanwhile')
    await record(w, call, 'followups.change_settings', { type: 'settings', id: 'followups' }, input)
    return { version: input.version + 1 }
  }),

  ban: command(['followups', 'cases'], async (w, call, { caseId, channel, reason }) => {
    const { phone } = await requireCase(w, caseId)
    return { closed: await banNumber(w, call, phone, { channel, reason, caseId }) }
  }),

  liftBan: command(['followups', 'cases'], async (w, call, { caseId, channel, reason }) => {
    const { phone } = await requireCase(w, caseId)
    if (phoneDigits(phone) === '') refuse('followups.nobody_to_call')
    const moment = momentOf(call)
    const step = { phoneHash: phonePrint(phone), at: moment.at, by: moment.actorId }
    const lifted = await writeBanLifted(w, { ...step, channel, reason })
    if (lifted === 0) refuse('followups.not_banned')
    await addEvent(w, moment, caseId, 'contact_allowed', { channel, reason })
    await record(w, call, 'followups.lift_ban', { type: 'case', id: caseId }, { channel, reason })
    return { lifted }
  }),

  learnt: query(async (r, _call, { caseId, before }) => {
    const subject = caseId === null ? null : await requireCase(r, caseId)
    const of = subject && {
      caseId: subject.caseId,
      customerId: subject.customerId,
      digits: phoneDigits(subject.phone),
    }
    const rows = await listLearnt(r, of, { before, count: learntAtOnce })
    return { rows, before: rows.length < learntAtOnce ? null : (rows.at(-1)?.id ?? null) }
  }),

  report: query((r, call, input) => report(r, call, input)),
}
