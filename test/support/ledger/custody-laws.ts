import type { ReadHandle } from '../../../src-main/database/store.ts'
import type { Law } from './laws.ts'
import type { World } from './world.ts'

type Reading = Awaited<ReturnType<typeof readKeepers>>

const key = (unit: { sale_line_id: number | null; unit_no: number | null }) =>
  `${unit.sale_line_id} ${unit.unit_no}`

/** Everybody who says that they have a unit of this history. */
async function readKeepers(r: ReadHandle, { receiptIds }: World) {
  const lines = await r
    .selectFrom('sale_line')
    .select(['id', 'units'])
    .where('receipt_id', 'in', receiptIds)
    .where('kind', '=', 'goods')
    .execute()
  const lineIds = lines.map(({ id }) => id)
  const repaired = await r
    .selectFrom('repair_item')
    .select(['id', 'sale_line_id', 'unit_no', 'reception', 'remedy_number'])
    .where('sale_line_id', 'in', lineIds)
    .orderBy('id')
    .execute()
  const routed = await r
    .selectFrom('goods_unit')
    .select(['id', 'sale_line_id', 'unit_no', 'state', 'live', 'source_number'])
    .where('sale_line_id', 'in', lineIds)
    .orderBy('id')
    .execute()
  const returned = await r
    .selectFrom('returned_unit')
    .innerJoin('refund', 'refund.id', 'returned_unit.refund_id')
    .leftJoin('exchange', 'exchange.id', 'refund.exchange_id')
    .select(['returned_unit.sale_line_id', 'returned_unit.unit_no'])
    .select(['refund.number', 'exchange.reception'])
    .where('returned_unit.live', '=', 1)
    .where('returned_unit.sale_line_id', 'in', lineIds)
    .execute()
  return { lines, repaired, routed, returned }
}

const physical = ['received', 'with_repairer', 'back', 'ready']

/** Where a unit is, by everybody who says so; one place each, or something is wrong. */
function placesOf(unit: string, { repaired, routed, returned }: Reading): string[] {
  const inRepair = repaired
    .filter((each) => key(each) === unit && physical.includes(each.reception))
    .map(({ id, reception }) => `repair ${id}: ${reception}`)
  const own = routed.filter((each) => key(each) === unit)
  const held = own.filter(({ live }) => live === 1).map(({ id, state }) => `goods ${id}: ${state}`)
  const back = returned.filter((each) => key(each) === unit)
  const gone = own
    .filter(({ live, source_number: by }) => live === 0 && by === back[0]?.number)
    .filter(({ state }) => ['on_floor', 'with_vendor', 'scrapped'].includes(state))
    .map(({ id, state }) => `goods ${id}: ${state}`)
  // Paid back or exchanged, and not brought yet: the exchange waits for it.
  const isAwaited = back[0]?.reception === 'awaited' && held.length + gone.length === 0
  const isTheirs = back.length === 0 && inRepair.length === 0
  const customer = isTheirs || isAwaited ? ['the customer'] : []
  return [...inRepair, ...held, ...gone, ...customer]
}

/** What the store holds of its own is what it paid back for; what it repairs is the customer's. */
function wrongOwner({ routed, returned }: Reading): string[] {
  const paidBack = new Set(returned.map((each) => `${key(each)} ${each.number}`))
  return routed
    .filter(({ live }) => live === 1)
    .filter((each) => !paidBack.has(`${key(each)} ${each.source_number}`))
    .map(({ id }) => `goods ${id}: held without a paper that stands`)
}

export const oneKeeper: Law = {
  name: 'each unit has one keeper: the customer, a repair, or the store',
  broken: async (r, world) => {
    const reading = await readKeepers(r, world)
    const units = reading.lines.flatMap((line) =>
      Array.from({ length: line.units }, (_, at) => `${line.id} ${at + 1}`),
    )
    const wrong = units.flatMap((unit) => {
      const places = placesOf(unit, reading)
      return places.length === 1 ? [] : [`unit ${unit}: ${places.join(' and ') || 'nowhere'}`]
    })
    return [...wrong, ...wrongOwner(reading)]
  },
}

/** Who has the goods by the state they are in. */
const holdersIn: Record<string, readonly string[]> = {
  expected: ['customer'],
  received: ['desk'],
  with_repairer: ['maker', 'vendor', 'repairer', 'workshop'],
  back: ['desk'],
  ready: ['desk'],
  handed_back: ['customer'],
  cancelled: ['customer'],
  kept: ['desk', 'maker', 'vendor', 'repairer', 'workshop'],
}

export const custodyLogs: Law = {
  name: 'the log of a repair ends where its goods are, and the store goes on from there',
  broken: async (r, { repairIds }) => {
    const items = await r
      .selectFrom('repair_item')
      .innerJoin('repair', 'repair.id', 'repair_item.repair_id')
      .select(['repair_item.id', 'reception', 'remedy_number', 'sale_line_id', 'unit_no'])
      .select('repair.number')
      .where('repair_id', 'in', repairIds)
      .execute()
    const wrong: string[] = []
    for (const item of items) {
      const log = await r
        .selectFrom('repair_movement')
        .select(['action', 'reception', 'holder', 'holder_name'])
        .where('item_id', '=', item.id)
        .orderBy('id')
        .execute()
      const last = log.at(-1)
      const fits = holdersIn[item.reception]?.includes(last?.holder ?? '') ?? false
      if (last?.reception !== item.reception || !fits) {
        wrong.push(`repair item ${item.id}: ${item.reception}, ${last?.holder} has it`)
      }
      const again = log.filter(({ action }) => action.startsWith('restore'))
      for (const [at, left] of (await listGoneBack(r, item)).entries()) {
        const isAway = again[at]?.reception === 'with_repairer'
        if (isAway !== (left === 'in_repair')) {
          wrong.push(`repair item ${item.id}: came back from ${left} as ${again[at]?.reception}`)
        }
      }
      if (item.reception !== 'kept') continue
      const first = await r
        .selectFrom('goods_unit')
        .innerJoin('goods_movement', 'goods_movement.goods_unit_id', 'goods_unit.id')
        .select(['to_state', 'place'])
        .where('source_number', '=', item.remedy_number ?? '')
        .where('sale_line_id', '=', item.sale_line_id ?? 0)
        .where('unit_no', '=', item.unit_no ?? 0)
        .orderBy('goods_movement.id')
        .executeTakeFirst()
      const [state, place] =
        last?.holder === 'desk' ? ['at_desk', ''] : ['in_repair', last?.holder_name]
      if (first?.to_state !== state || first.place !== place) {
        wrong.push(`repair item ${item.id}: left at ${place || 'the desk'}, ${first?.to_state}`)
      }
    }
    return wrong
  },
}

/** Where a unit was each time it went back to its repair, the first time first. */
async function listGoneBack(
  r: ReadHandle,
  item: { sale_line_id: number | null; unit_no: number | null; number: string },
): Promise<(string | null)[]> {
  const rows = await r
    .selectFrom('goods_movement')
    .innerJoin('goods_unit', 'goods_unit.id', 'goods_movement.goods_unit_id')
    .select('from_state')
    .where('action', '=', 'back_to_repair')
    .where('goods_movement.place', '=', item.number)
    .where('sale_line_id', '=', item.sale_line_id ?? 0)
    .where('unit_no', '=', item.unit_no ?? 0)
    .orderBy('goods_movement.id')
    .execute()
  return rows.map(({ from_state: from }) => from)
}

export const perRepair: Law = {
  name: 'per repair: the POS was told what is due, and nothing is due without consent',
  broken: async (r, { repairIds, client }) => {
    const wrong: string[] = []
    for (const repairId of repairIds) {
      const { due, items } = await client.repairs.open({ repairId })
      const told = await r
        .selectFrom('pos_instruction')
        .select(['direction', 'amount'])
        .where('source_type', '=', 'repair')
        .where('source_id', '=', repairId)
        .where('state', '<>', 'cancelled')
        .execute()
      const sum = told.reduce(
        (all, { direction, amount }) => all + (direction === 'collect' ? amount : -amount),
        0,
      )
      const free = items.filter(({ acceptance }) => acceptance === 'free')
      if (sum !== due || free.some((item) => item.due !== 0)) {
        wrong.push(`repair ${repairId}: ${sum} told, ${due} due`)
      }
    }
    return wrong
  },
}
