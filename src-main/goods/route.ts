import routingData from '../../resources/goods/routing.json' with { type: 'json' }
import { record } from '../audit/index.ts'
import type { Moment } from '../cases/index.ts'
import type { WriteHandle } from '../database/store.ts'
import { compactDocumentNumber } from '../foundation/document-number.ts'
import { refuse } from '../foundation/errors.ts'
import { shareOfUnit } from '../foundation/money.ts'
import { nextState } from '../foundation/state-machine.ts'
import type { Call } from '../handlers.ts'
import { kindOf } from './category.ts'
import type { Destination, GoodsSource } from './contract.ts'
import { isGivenBack, proposeDestination, type Routing, unitMachine } from './rules.ts'
import {
  countOfNumber,
  findLine,
  type GoodsLine,
  hasSafetyComplaint,
  insertMovements,
  insertUnits,
  isSerialHeld,
  lastPlaceOf,
  listHeld,
  listOfSource,
  type NewMovement,
  type NewUnit,
  type UnitRecord,
  writeUnit,
} from './store.ts'

export const routing = routingData as Routing

/** A unit that came back, as whoever takes it in sees it. */
export interface ReturnedGoods {
  saleLineId: number
  unitNo: number
  condition: NewUnit['condition']
  packagingIntact?: boolean
  /** What the sale says where nobody said otherwise. */
  name?: string
  serialNo?: string
  qtyMilli?: number
  /** Whose workshop still has it, where a repair led here (empty: nobody said whose); null where it lies at the desk. */
  awayWith?: string | null
}

export interface Routed {
  unitId: number
  tag: string
  name: string
  serialNo: string
  destination: Destination
}

/**
 * Takes units that came back into the store's hands, inside the caller's transaction: each gets a label number, a
 * destination by the store's rules (resources/goods/routing.json) and the first line of its custody log. What a
 * repairer still has begins there. Refuses a unit another paper holds already (`goods.already_here`).
 */
export async function routeUnits(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  back: {
    source: GoodsSource
    caseId: number | null
    /** Why the customer brought them back. */
    reason?: string
    units: readonly ReturnedGoods[]
  },
): Promise<Routed[]> {
  if (back.units.length === 0) return []
  const { source, caseId } = back
  const before = await countOfNumber(w, source.number)
  const lines = new Map<number, KnownLine>()
  const fresh: NewUnit[] = []
  for (const [index, unit] of back.units.entries()) {
    const line = lines.get(unit.saleLineId) ?? (await readLine(w, unit))
    lines.set(unit.saleLineId, line)
    const tag = `${compactDocumentNumber(source.number)}.${before + index + 1}`
    const held = line.held.get(unit.unitNo)
    if (held) refuse('goods.already_here', { name: held.name, number: held.source.number })
    fresh.push(await proposeFor(w, moment, { ...back, unit, line, tag }))
  }
  const ids = await insertUnits(w, fresh)
  await insertMovements(
    w,
    fresh.map((unit, at) => {
      const made = { id: ids.get(unit.tag) ?? 0, state: null }
      const { state: to, destination } = unit
      const place = back.units[at]?.awayWith ?? ''
      return movementOf(moment, made, { action: 'receive', to, at: destination, place })
    }),
  )
  await record(
    w,
    call,
    'goods.route',
    { type: source.type, id: source.number },
    { caseId, ...summaryOf(fresh) },
  )
  return fresh.map(({ tag, name, serialNo, destination }) => ({
    unitId: ids.get(tag) ?? 0,
    tag,
    name,
    serialNo,
    destination,
  }))
}

/** What came back in few words: a line of ten thousand is one sentence of the chain. */
function summaryOf(routed: readonly NewUnit[]) {
  const [first] = routed
  const count = (to: Destination) => routed.filter(({ destination }) => destination === to).length
  const used = [...new Set(routed.map(({ destination }) => destination))]
  return {
    from: first?.tag ?? '',
    to: routed.at(-1)?.tag ?? '',
    destinations: Object.fromEntries(used.map((to) => [to, count(to)])),
    serialNos: routed.map(({ serialNo }) => serialNo).filter(Boolean),
  }
}

interface KnownLine extends GoodsLine {
  category: string | null
  tags: string[]
  safety: boolean
  /** Units of it that are held already. */
  held: ReadonlyMap<number, UnitRecord>
}

async function readLine(w: WriteHandle, unit: ReturnedGoods): Promise<KnownLine> {
  const line = await findLine(w, unit.saleLineId)
  if (!line) throw new Error(`no sale line ${unit.saleLineId}`)
  const kind = kindOf({ category: line.categoryWords, name: line.name })
  const held = await listHeld(w, unit.saleLineId)
  return {
    ...line,
    ...kind,
    safety: await hasSafetyComplaint(w, line),
    held: new Map(held.map((each) => [each.unitNo, each])),
  }
}

interface Incoming {
  source: GoodsSource
  caseId: number | null
  reason?: string
  unit: ReturnedGoods
  line: KnownLine
  tag: string
}

async function proposeFor(w: WriteHandle, moment: Moment, incoming: Incoming): Promise<NewUnit> {
  const { source, caseId, unit, line, tag } = incoming
  const serialNo = unit.serialNo ?? serialOf(line)
  const { to, ruleId } = proposeDestination(
    {
      condition: unit.condition,
      reason: incoming.reason ?? '',
      packagingIntact: unit.packagingIntact ?? false,
      category: line.category,
      tags: line.tags,
      hasVendor: line.vendor !== '',
      safety: line.safety,
      serialSeen: await isSerialHeld(w, { ...unit, serialNo }),
    },
    routing,
  )
  return {
    unitNo: unit.unitNo,
    condition: unit.condition,
    name: unit.name ?? line.name,
    serialNo,
    qtyMilli: unit.qtyMilli ?? Math.round(line.qtyMilli / Math.max(line.units, 1)),
    line,
    tag,
    category: line.category,
    value: Math.max(shareOfUnit(line.paidAmount, line.units, unit.unitNo), 0),
    source,
    caseId,
    state: typeof unit.awayWith === 'string' ? 'in_repair' : 'at_desk',
    destination: to,
    ruleId,
    businessDate: moment.businessDate,
    at: moment.at,
    by: moment.actorId,
  }
}

/** A line of several units may name several serial numbers: which of them came back only the clerk can say. */
function serialOf({ units, serialNo }: GoodsLine): string {
  return units === 1 ? serialNo : ''
}

interface Step {
  action: NewMovement['action']
  to: UnitRecord['state']
  at: Destination
  reason?: string
  place?: string
  approvalId?: number | null
}

/** A line of the custody log: who, where, when; it is never changed. */
export function logStep(
  w: WriteHandle,
  moment: Moment,
  unit: { id: number; state: UnitRecord['state'] | null },
  step: Step,
): Promise<void> {
  return insertMovements(w, [movementOf(moment, unit, step)])
}

function movementOf(
  moment: Moment,
  unit: { id: number; state: UnitRecord['state'] | null },
  step: Step,
): NewMovement {
  return {
    unitId: unit.id,
    at: moment.at,
    businessDate: moment.businessDate,
    by: moment.actorId,
    action: step.action,
    from: unit.state,
    to: step.to,
    destination: step.at,
    reason: step.reason ?? '',
    place: step.place ?? '',
    approvalId: step.approvalId ?? null,
  }
}

/** Where a unit was when its paper was declared void. */
export interface GivenUnit {
  saleLineId: number
  unitNo: number
  /** Some workshop has it, as the log last said; null where it was in the store. */
  awayWith: string | null
}

/**
 * Gives the units of a voided paper back: to the customer, or to the repair they came from (`repairOf` says its number).
 * Refuses where one is scrapped or with the vendor (`goods.gone`): it cannot be given back.
 */
export async function giveBackUnits(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  source: Pick<GoodsSource, 'type' | 'id' | 'number'>,
  given: { reason: string; repairOf: (unit: UnitRecord) => string | null },
): Promise<GivenUnit[]> {
  const { reason } = given
  const units = (await listOfSource(w, source)).filter(({ state }) => !isGivenBack(state))
  const done: GivenUnit[] = []
  for (const unit of units) {
    const repair = given.repairOf(unit)
    const action = repair === null ? 'give_back' : 'back_to_repair'
    const state = nextState(unitMachine, unit.state, action)
    if (!state) refuse('goods.gone', { name: unit.name, tag: unit.tag })
    const { destination } = unit
    const awayWith = unit.state === 'in_repair' ? await lastPlaceOf(w, unit.id) : null
    const change = { state, destination, live: 0 as const, at: moment.at }
    if (!(await writeUnit(w, unit, change))) refuse('desk.changed_meanwhile')
    const step = { action, to: state, at: destination, reason, place: repair ?? '' } as const
    await logStep(w, moment, unit, step)
    done.push({ saleLineId: unit.saleLineId, unitNo: unit.unitNo, awayWith })
  }
  if (units.length === 0) return done
  const tags = units.map(({ tag }) => tag)
  await record(
    w,
    call,
    'goods.give_back',
    { type: source.type, id: source.number },
    { tags, reason },
  )
  return done
}
