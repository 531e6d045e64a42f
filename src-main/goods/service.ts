import { limitsFor, requireApproval, subjectHash } from '../approvals/index.ts'
import { record } from '../audit/index.ts'
import { addEvent, type Moment, momentOf } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { daysBetween } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { nextState } from '../foundation/state-machine.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import { countPrints } from '../printing/store.ts'
import { tagsOfCategory } from './category.ts'
import type { Destination, goodsContract, UnitAction } from './contract.ts'
import { logStep, routing } from './route.ts'
import { actionTo, forbiddenFor, isHeld, unitMachine } from './rules.ts'
import {
  countHeld,
  findUnit,
  findUnitByTag,
  listMovements,
  listOfSource,
  listUnits,
  type UnitRecord,
  writeUnit,
} from './store.ts'

async function requireUnit(r: ReadHandle, unitId: number): Promise<UnitRecord> {
  return (await findUnit(r, unitId)) ?? refuse('goods.unknown')
}

/** A unit in the version its caller saw. */
async function requireSeen(
  w: WriteHandle,
  seen: { unitId: number; version: number },
): Promise<UnitRecord> {
  const unit = await requireUnit(w, seen.unitId)
  if (unit.version !== seen.version) refuse('desk.changed_meanwhile')
  return unit
}

function neverOf({ condition, category }: UnitRecord) {
  const facts = { condition, category, tags: tagsOfCategory(category) }
  return forbiddenFor(facts, routing)
}

/** A unit as the contract tells it. */
function shown(unit: UnitRecord, today: string) {
  const { ruleId, category: _category, ...told } = unit
  const rule = routing.rules.find(({ id }) => id === ruleId)
  return {
    ...told,
    why: { zh: rule?.text.zh ?? '', en: rule?.text.en ?? '' },
    age: Math.max(daysBetween(unit.receivedOn, today), 0),
    never: neverOf(unit).map(({ destination, text }) => ({ destination, ...text })),
  }
}

interface Step {
  action: UnitAction
  destination: Destination
  reason: string
  place: string
  approvalId?: number | null
}

/** Takes one step of the table: where it is now, custody log, case and audit. */
async function take(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  unit: UnitRecord,
  step: Step,
): Promise<{ version: number }> {
  const { action, destination, reason, place } = step
  const state = nextState(unitMachine, unit.state, action)
  if (!state) refuse('goods.no_such_step', { name: unit.name, tag: unit.tag })
  const live = isHeld(state) ? (1 as const) : (0 as const)
  const change = { state, destination, live, at: moment.at }
  if (!(await writeUnit(w, unit, change))) refuse('desk.changed_meanwhile')
  await logStep(w, moment, unit, { ...step, to: state, at: destination })
  const { tag, name, serialNo, caseId } = unit
  if (caseId !== null) {
    await addEvent(w, moment, caseId, 'goods_moved', { tag, goods: name, state, reason })
  }
  await record(
    w,
    call,
    `goods.${action}`,
    { type: 'goods_unit', id: tag },
    { from: unit.state, to: state, destination, reason, place, serialNo },
  )
  return { version: unit.version + 1 }
}

function requireAllowed(unit: UnitRecord, to: Destination): void {
  const never = neverOf(unit).find(({ destination }) => destination === to)
  if (never) refuse(`goods.never_${never.id}`, { name: unit.name })
}

/** Where goods were sent they go without a word; anywhere else somebody says why. */
function requireReason(unit: UnitRecord, to: Destination, reason: string): void {
  const asSent = unit.state === 'at_desk' && unit.destination === to
  if (!asSent && reason.length < 2) refuse('goods.reason_needed', { name: unit.name })
}

/** What scrapping asks of authority: what was paid for it, as any other loss of the store. */
function scrapQuestion(unit: UnitRecord) {
  const { tag, name, value, currency } = unit
  return {
    kinds: ['normal' as const],
    amount: value,
    currency,
    atLeast: null,
    subject: { type: 'goods_scrap', id: tag, hash: subjectHash({ tag, value, currency }) },
    summary: [...`${name} · ${tag}`].slice(0, 200).join(''),
  }
}

async function approveScrap(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  unit: UnitRecord,
  approvalId: number | null,
): Promise<number | null> {
  const approval = await requireApproval(w, call, moment, {
    ...scrapQuestion(unit),
    approvalIds: approvalId === null ? [] : [approvalId],
  })
  return approval?.approvalId ?? null
}

export const goodsHandlers: RoomHandlers<typeof goodsContract> = {
  list: query(async (r, call, { view, text }) => {
    const units = await listUnits(r, view, text)
    return units.map((unit) => shown(unit, call.today))
  }),

  counts: query(async (r, call) => {
    const held = await countHeld(r)
    const of = (state: string) => held.find((each) => each.state === state)
    const oldest = of('in_quarantine')?.oldestOn
    return {
      atDesk: of('at_desk')?.count ?? 0,
      inQuarantine: of('in_quarantine')?.count ?? 0,
      forVendor: of('for_vendor')?.count ?? 0,
      inRepair: of('in_repair')?.count ?? 0,
      oldestQuarantine: oldest ? Math.max(daysBetween(oldest, call.today), 0) : 0,
    }
  }),

  open: query(async (r, call, { unitId }) => {
    const unit = await requireUnit(r, unitId)
    return {
      ...shown(unit, call.today),
      log: await listMovements(r, unitId),
      prints: await countPrints(r, 'goods_label', unit.tag),
    }
  }),

  byTag: query(async (r, _call, { tag }) => {
    const unitId = await findUnitByTag(r, tag.replaceAll(/[\s-]/g, '').toUpperCase())
    return unitId === undefined ? null : { unitId }
  }),

  ofSource: query(async (r, call, source) => {
    const units = await listOfSource(r, source)
    return units.map((unit) => shown(unit, call.today))
  }),

  redirect: command(['goods', 'cases'], async (w, call, input) => {
    const unit = await requireSeen(w, input)
    requireAllowed(unit, input.to)
    const { to: destination, reason } = input
    return take(w, call, momentOf(call), unit, {
      action: 'redirect',
      destination,
      reason,
      place: '',
    })
  }),

  scrapQuestion: query(async (r, call, { unitId }) => {
    const question = scrapQuestion(await requireUnit(r, unitId))
    const { needed } = await limitsFor(r, call, question)
    return { ...question, needed }
  }),

  move: command(['goods', 'cases', 'approvals'], async (w, call, input) => {
    const moment = momentOf(call)
    const unit = await requireSeen(w, input)
    const { to, reason, place } = input
    requireAllowed(unit, to)
    requireReason(unit, to, reason)
    const approvalId =
      to === 'scrap' ? await approveScrap(w, call, moment, unit, input.approvalId) : null
    const step = { action: actionTo[to], destination: to, reason, place, approvalId }
    return take(w, call, moment, unit, step)
  }),

  vendor: command(['goods', 'cases'], async (w, call, input) => {
    const unit = await requireSeen(w, input)
    const { took, place, reason } = input
    return take(w, call, momentOf(call), unit, {
      action: took ? 'vendor_took' : 'vendor_sent_back',
      destination: took ? 'vendor_return' : 'quarantine',
      reason,
      place,
    })
  }),
}
