import type { z } from 'zod'
import { record } from '../audit/index.ts'
import { addEvent, momentOf, requireOwner } from '../cases/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { addDays } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState } from '../foundation/state-machine.ts'
import { type Call, command, query, type RoomHandlers, task } from '../handlers.ts'
import {
  checkEffect,
  countPeriods,
  findIncident,
  insertIncidentEvent,
  listSeen,
  radarRule,
} from '../radar/index.ts'
import type { actionsContract } from './contract.ts'
import { actionMachine, type ActionStep, isActionOverdue } from './rules.ts'
import {
  type ActionColumns,
  type ActionRecord,
  findAction,
  insertAction,
  insertActionEvent,
  listActionCases,
  listActionEvents,
  listActions,
  writeAction,
} from './store.ts'

type InputOf<Name extends keyof typeof actionsContract> = z.output<
  NonNullable<(typeof actionsContract)[Name]['~orpc']['inputSchema']>
>

const withOverdue = (action: ActionRecord, today: string) => ({
  ...action,
  overdue: isActionOverdue(action, today),
})

async function requireAction(r: ReadHandle, actionId: number): Promise<ActionRecord> {
  return (await findAction(r, actionId)) ?? refuse('actions.unknown')
}

/**
 * Failures of so many days before it was done and of as many after it, or as many as are over. The day itself counts
 * to neither: what was sold in the morning may be the old goods.
 */
async function effectOf(call: Call, action: ActionRecord) {
  const { cell, doneOn } = action
  if (cell === null || doneOn === null) return null
  const days = radarRule.effectDays
  const after = addDays(doneOn, days)
  const to = after < call.today ? after : call.today
  const periods = [
    { from: addDays(doneOn, -days), to: addDays(doneOn, -1) },
    { from: addDays(doneOn, 1), to },
  ]
  const none = { failures: 0, sold: 0 }
  const [before = none, since = none] = await countPeriods(call.store, cell, periods)
  const { fewer, proposal } = checkEffect(before, since, radarRule)
  return { before, after: since, days, fewer, proposal }
}

async function openAction(call: Call, actionId: number) {
  const action = await call.store.read((r) => requireAction(r, actionId))
  const effect = await effectOf(call, action)
  return call.store.read(async (r) => ({
    ...withOverdue(action, call.today),
    cases: await listSeen(r, await listActionCases(r, actionId)),
    effect,
    events: await listActionEvents(r, actionId),
  }))
}

async function planAction(w: WriteHandle, call: Call, input: InputOf<'plan'>) {
  const moment = momentOf(call)
  const { incidentId, caseIds, title } = input
  const incident = incidentId === null ? undefined : await findIncident(w, incidentId)
  if (incidentId !== null && !incident) refuse('radar.unknown_incident')
  const seen = await listSeen(w, [...new Set(caseIds)])
  if (seen.length < new Set(caseIds).size) refuse('cases.unknown_case')
  const ofIncident = incident?.productId
    ? `product:${incident.productId}|${incident.fault ?? '*'}`
    : null
  const ofCase = seen.find(({ productId }) => productId !== null)
  const ofGoods = ofCase ? `product:${ofCase.productId}|${ofCase.fault || '*'}` : null
  const cell = input.cell ?? incident?.cell ?? ofIncident ?? ofGoods
  const goods = input.goods || incident?.goods || ofCase?.goods || ''
  if (!incident && seen.length === 0 && cell === null && goods === '')
    refuse('actions.needs_subject')
  const owner = await requireOwner(w, input.ownerId)
  const { at, businessDate, actorId: by } = moment
  const number = await takeDocumentNumber(w, 'JC', call.profile.deskNo, businessDate)
  const actionId = await insertAction(w, { ...input, cell, goods, number, businessDate, at, by })
  await insertActionEvent(w, {
    actionId,
    at,
    actorId: by,
    kind: 'planned',
    data: { title, owner: owner.name, dueOn: input.dueOn },
  })
  for (const { caseId } of seen) {
    await addEvent(w, moment, caseId, 'action_linked', { actionId, number, title })
  }
  if (incident) {
    const data = { actionId, number, title }
    await insertIncidentEvent(w, {
      incidentId: incident.id,
      at,
      actorId: by,
      kind: 'action_planned',
      data,
    })
  }
  await record(
    w,
    call,
    'actions.plan',
    { type: 'corrective_action', id: number },
    { ...input, cell },
  )
  return { actionId, number }
}

interface Step {
  action: ActionStep
  columns?: ActionColumns
  data: Record<string, string | number | boolean | null>
}

async function takeStep(
  w: WriteHandle,
  call: Call,
  input: { actionId: number; version: number },
  { action: step, columns = {}, data }: Step,
) {
  const moment = momentOf(call)
  const action = await requireAction(w, input.actionId)
  const { id, number } = action
  const state =
    nextState(actionMachine, action.state, step) ?? refuse('actions.no_such_step', { number })
  if (!(await writeAction(w, { id, version: input.version }, { ...columns, state }))) {
    refuse('desk.changed_meanwhile')
  }
  await insertActionEvent(w, {
    actionId: id,
    at: moment.at,
    actorId: moment.actorId,
    kind: step,
    data,
  })
  if (action.incidentId !== null) {
    await insertIncidentEvent(w, {
      incidentId: action.incidentId,
      at: moment.at,
      actorId: moment.actorId,
      kind: `action_${step}`,
      data: { ...data, number, actionId: id },
    })
  }
  await record(w, call, `actions.${step}`, { type: 'corrective_action', id: number }, data)
  return { version: input.version + 1 }
}

async function writePlan(
  w: WriteHandle,
  call: Call,
  input: InputOf<'change'>,
  action: 'change' | 'plan_again',
) {
  const owner = await requireOwner(w, input.ownerId)
  const { title, cause, rootCause, what, dueOn } = input
  const columns: ActionColumns = {
    title,
    cause,
    root_cause: rootCause,
    what,
    owner_id: owner.id,
    due_on: dueOn,
    ...(action === 'plan_again' && { done_on: null, check_on: null, proof: '' }),
  }
  const data = { title, owner: owner.name, dueOn, what }
  return takeStep(w, call, input, { action, columns, data })
}

/** The figures are read before the transaction: counting takes a worker, and writers must not wait for it. */
async function judgeAction(call: Call, input: InputOf<'judge'>) {
  const action = await call.store.read((r) => requireAction(r, input.actionId))
  const { helped, note } = input
  if (helped && action.checkOn !== null && call.today < action.checkOn) {
    refuse('actions.check_too_early', { date: action.checkOn })
  }
  const effect = await effectOf(call, action)
  const figures = effect && {
    failuresBefore: effect.before.failures,
    soldBefore: effect.before.sold,
    failuresAfter: effect.after.failures,
    soldAfter: effect.after.sold,
    proposal: effect.proposal,
    rule: radarRule.version,
  }
  const result = await call.commit((w) =>
    takeStep(w, call, input, {
      action: helped ? 'judge_good' : 'judge_bad',
      data: { note, ...figures },
    }),
  )
  call.announce('actions', 'radar')
  return result
}

export const actionsHandlers: RoomHandlers<typeof actionsContract> = {
  list: query(async (r, call, input) => {
    const actions = await listActions(r, input)
    return actions.map((action) => withOverdue(action, call.today))
  }),

  open: task((call, input) => openAction(call, input.actionId)),

  plan: command(['actions', 'cases'], planAction),

  change: command(['actions'], (w, call, input) => writePlan(w, call, input, 'change')),

  done: command(['actions'], (w, call, input) => {
    const { doneOn, proof } = input
    if (doneOn > call.today) refuse('actions.too_early')
    const checkOn = addDays(doneOn, radarRule.effectDays)
    return takeStep(w, call, input, {
      action: 'do',
      columns: { done_on: doneOn, check_on: checkOn, proof },
      data: { doneOn, proof, checkOn },
    })
  }),

  judge: task((call, input) => judgeAction(call, input)),

  planAgain: command(['actions'], (w, call, input) => writePlan(w, call, input, 'plan_again')),

  cancel: command(['actions'], (w, call, input) =>
    takeStep(w, call, input, { action: 'cancel', data: { reason: input.reason } }),
  ),
}
