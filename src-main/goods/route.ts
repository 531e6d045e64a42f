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
import { isHeld, proposeDestination, type Routing, unitMachine } from './rules.ts'
import {
  countOfNumber,
  findLine,
  type GoodsLine,
  hasSafetyComplaint,
  insertMovements,
  insertUnits,
  isSerialHeld,
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
 * repair holds is taken over. Refuses a unit another paper holds already (`goods.already_here`).
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
  const routed: (NewUnit & { heldId: number | undefined })[] = []
  for (const [index, unit] of back.units.entries()) {
    const line = lines.get(unit.saleLineId) ?? (await readLine(w, unit))
    lines.set(unit.saleLineId, line)
    const tag = `${compactDocumentNumber(source.number)}.${before + index + 1}`
    const made = await proposeFor(w, moment, { ...back, unit, line, tag })
    const held = line.held.get(unit.unitNo)
    if (held) await takeOver(w, moment, held, made)
    else fresh.push(made)
    routed.push({ ...made, heldId: held?.id })
  }
  const ids = await insertUnits(w, fresh)
  await insertMovements(
    w,
    fresh.map((unit) => received(moment, unit, ids.get(unit.tag) ?? 0)),
  )
  await record(
    w,
    call,
    'goods.route',
    { type: source.type, id: source.number },
    { caseId, ...summaryOf(routed) },
  )
  return routed.map(({ heldId, tag, name, serialNo, destination }) => ({
    unitId: heldId ?? ids.get(tag) ?? 0,
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
      source: source.type,
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
    // Goods in for repair are in the workshop's hands from the start.
    state: source.type === 'repair' ? 'in_repair' : 'at_desk',
    destination: to,
    ruleId,
    businessDate: moment.businessDate,
    at: moment.at,
    by: moment.actorId,
  }
}

function received(moment: Moment, unit: NewUnit, unitId: number): NewMovement {
  const { state, destination } = unit
  return movementOf(
    moment,
    { id: unitId, state: null },
    { action: 'receive', to: state, at: destination },
  )
}

/** A line of several units may name several serial numbers: which of them came back only the clerk can say. */
function serialOf({ units, serialNo }: GoodsLine): string {
  return units === 1 ? serialNo : ''
}

/** A refund or exchange of goods that are in for repair: they are the store's own now, with a new label. */
async function takeOver(
  w: WriteHandle,
  moment: Moment,
  held: UnitRecord,
  made: NewUnit,
): Promise<void> {
  const state = nextState(unitMachine, held.state, 'take_over')
  if (held.source.type !== 'repair' || made.source.type === 'repair' || !state) {
    refuse('goods.already_here', { name: held.name, number: held.source.number })
  }
  const { destination, at } = made
  if (!(await writeUnit(w, held, { state, destination, live: 1, at, taken: made }))) {
    refuse('desk.changed_meanwhile')
  }
  await logStep(w, moment, held, { action: 'take_over', to: state, at: destination })
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

/**
 * Gives units of a paper back to the customer: a voided return, a repair that is handed back. Refuses where one is
 * scrapped or with the vendor (`goods.gone`): it cannot be given back.
 */
export async function giveBackUnits(
  w: WriteHandle,
  call: Call,
  moment: Moment,
  source: Pick<GoodsSource, 'type' | 'id' | 'number'>,
  reason: string,
): Promise<void> {
  const units = await listOfSource(w, source)
  const given = units.filter(({ state }) => state !== 'with_customer')
  for (const unit of given) {
    const state = nextState(unitMachine, unit.state, 'give_back')
    if (!state) refuse('goods.gone', { name: unit.name, tag: unit.tag })
    const change = {
      state,
      destination: unit.destination,
      live: isHeld(state) ? (1 as const) : (0 as const),
      at: moment.at,
    }
    if (!(await writeUnit(w, unit, change))) refuse('desk.changed_meanwhile')
    await logStep(w, moment, unit, {
      action: 'give_back',
      to: state,
      at: unit.destination,
      reason,
    })
  }
  if (given.length === 0) return
  const tags = given.map(({ tag }) => tag)
  await record(
    w,
    call,
    'goods.give_back',
    { type: source.type, id: source.number },
    { tags, reason },
  )
}
