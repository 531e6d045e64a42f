import type { ReadHandle } from '../../../src-main/database/store.ts'
import { shareOfUnit } from '../../../src-main/foundation/money.ts'
import { custodyLogs, oneKeeper, perRepair } from './custody-laws.ts'
import type { World } from './world.ts'

/** What holds at every moment of every history. @returns what is wrong; nothing where all is well. */
export interface Law {
  name: string
  broken(r: ReadHandle, world: World): Promise<string[]>
}

/** What stands of the returned sides of a history, with what each tender gave. */
async function standing(r: ReadHandle, { receiptIds }: World) {
  return r
    .selectFrom('refund_tender')
    .innerJoin('refund', 'refund.id', 'refund_tender.refund_id')
    .select(['refund.receipt_id', 'refund.exchange_id', 'refund.number', 'refund_tender.tender_id'])
    .select(['refund_tender.amount', 'refund_tender.rounding', 'refund_tender.carried'])
    .select(['refund_tender.purpose', 'refund_tender.gift_part'])
    .where('refund.receipt_id', 'in', receiptIds)
    .where('refund.state', '=', 'recorded')
    .execute()
}

/** Worth of the units of a line that are still with the customer, and of those that came back, as credited. */
async function worthOfLines(r: ReadHandle, { receiptIds }: World) {
  const lines = await r
    .selectFrom('sale_line')
    .select(['id', 'receipt_id', 'units', 'paid_amount'])
    .where('receipt_id', 'in', receiptIds)
    .execute()
  const back = await r
    .selectFrom('returned_unit')
    .innerJoin('sale_line', 'sale_line.id', 'returned_unit.sale_line_id')
    .select(['sale_line_id', 'unit_no', 'returned_unit.amount'])
    .where('sale_line.receipt_id', 'in', receiptIds)
    .where('returned_unit.live', '=', 1)
    .execute()
  const given = await r
    .selectFrom('refund_allowance')
    .innerJoin('refund', 'refund.id', 'refund_allowance.refund_id')
    .select(['sale_line_id', 'unit_no', 'refund_allowance.amount'])
    .where('refund.receipt_id', 'in', receiptIds)
    .where('refund.state', '=', 'recorded')
    .execute()
  return lines.map((line) => {
    const own = back.filter((each) => each.sale_line_id === line.id)
    const nos = new Set(own.map((each) => each.unit_no))
    const held = Array.from({ length: line.units }, (_, at) => at + 1).filter((no) => !nos.has(no))
    return {
      ...line,
      // Worth less where a price difference was paid for goods that stayed.
      held:
        sum(held.map((no) => shareOfUnit(line.paid_amount, line.units, no))) -
        sum(
          given
            .filter((each) => each.sale_line_id === line.id && held.includes(each.unit_no))
            .map((each) => each.amount),
        ),
      credited: sum(own.map((each) => each.amount)),
      twice: own.length - nos.size,
    }
  })
}

const sum = (amounts: readonly number[]) => amounts.reduce((left, right) => left + right, 0)

const perSale: Law = {
  name: 'per sale: paid = still held for goods + refunded + carried away',
  broken: async (r, world) => {
    const lines = await worthOfLines(r, world)
    const out = await standing(r, world)
    return world.receiptIds.flatMap((receiptId) => {
      const own = lines.filter((line) => line.receipt_id === receiptId)
      const paid = sum(own.map((line) => line.paid_amount))
      const gone = out.filter((row) => row.receipt_id === receiptId && row.purpose === 'goods')
      const left = paid - sum(gone.map((row) => row.amount - row.rounding))
      const held = sum(own.map((line) => line.held))
      return left === held
        ? []
        : [`sale ${receiptId}: ${left} left of the money, ${held} of the goods`]
    })
  },
}

const perTender: Law = {
  name: 'per tender: never more goes than was paid with it, principal and gift alike',
  broken: async (r, world) => {
    const out = await standing(r, world)
    const tenders = await r
      .selectFrom('tender')
      .leftJoin('tender_gift', 'tender_gift.tender_id', 'tender.id')
      .select(['tender.id', 'amount', 'gift_amount'])
      .where('receipt_id', 'in', world.receiptIds)
      .execute()
    return tenders.flatMap((tender) => {
      const own = out.filter((row) => row.tender_id === tender.id)
      const gone = sum(own.map((row) => row.amount - row.rounding))
      const gift = sum(own.map((row) => row.gift_part))
      const wrong = gone > tender.amount || gone < 0 || gift > (tender.gift_amount ?? 0)
      return wrong ? [`tender ${tender.id}: ${gone} of ${tender.amount}, gift ${gift}`] : []
    })
  },
}

const perExchange: Law = {
  name: 'per exchange: the new lines cost what was carried and added; the difference is what the POS was told',
  broken: async (r, world) => {
    const exchanges = await r
      .selectFrom('exchange')
      .select(['id', 'state', 'given', 'credit', 'difference', 'rounding', 'new_receipt_id'])
      .where('id', 'in', world.exchangeIds)
      .execute()
    const wrong: string[] = []
    for (const each of exchanges) {
      const lines = await r
        .selectFrom('exchange_line')
        .select('paid_amount')
        .where('exchange_id', '=', each.id)
        .execute()
      const pays = await r
        .selectFrom('exchange_tender')
        .select(['role', 'amount', 'tender_id'])
        .where('exchange_id', '=', each.id)
        .execute()
      const told = await r
        .selectFrom('pos_instruction')
        .select(['direction', 'amount', 'state'])
        .where('source_type', '=', 'exchange')
        .where('source_id', '=', each.id)
        .where('state', '<>', 'cancelled')
        .execute()
      const cost = sum(lines.map((line) => line.paid_amount))
      const paid = sum(pays.map((tender) => tender.amount))
      const moved = sum(told.map((row) => (row.direction === 'collect' ? row.amount : -row.amount)))
      // What goes back to a voucher of ours moves no money at a till.
      const given = await r
        .selectFrom('voucher_movement')
        .innerJoin('exchange', 'exchange.number', 'voucher_movement.ref_number')
        .select((row) => row.fn.sum<number | null>('voucher_movement.amount').as('sum'))
        .where('exchange.id', '=', each.id)
        .where('voucher_movement.ref_type', '=', 'exchange')
        .executeTakeFirstOrThrow()
      const moves = each.state === 'awaiting_handover' || each.state === 'handed_over'
      if (cost !== each.given || paid !== each.given)
        wrong.push(`exchange ${each.id}: ${cost} given, ${paid} paid for it`)
      if (moved - (given.sum ?? 0) !== (moves ? each.difference : 0))
        wrong.push(`exchange ${each.id}: ${moved} told, ${each.difference} owed`)
      if (each.new_receipt_id === null) continue
      const sale = await r
        .selectFrom('receipt')
        .select('total')
        .where('id', '=', each.new_receipt_id)
        .executeTakeFirstOrThrow()
      const tenders = await r
        .selectFrom('tender')
        .select('amount')
        .where('receipt_id', '=', each.new_receipt_id)
        .execute()
      if (sale.total !== each.given || sum(tenders.map((row) => row.amount)) !== each.given)
        wrong.push(`exchange ${each.id}: its sale is another`)
    }
    return wrong
  },
}

/** The tills took `sold`; the desk told them to collect and to pay: what is left in them pays for the goods outside. */
const perStore: Law = {
  name: 'over all: money in the tills = goods with customers + goods waiting to be handed over',
  broken: async (r, world) => {
    const lines = await worthOfLines(r, world)
    const desk = await r
      .selectFrom('exchange')
      .select(['state', 'given', 'credit', 'difference', 'rounding', 'new_receipt_id'])
      .where('id', 'in', world.exchangeIds)
      .where('state', '<>', 'void')
      .execute()
    const ofDesk = new Set(desk.map((each) => each.new_receipt_id))
    const sold = sum(
      lines.filter((line) => !ofDesk.has(line.receipt_id)).map((line) => line.paid_amount),
    )
    const refunds = (await standing(r, world)).filter((row) => row.exchange_id === null)
    const refunded = sum(refunds.map((row) => row.amount - row.rounding))
    const settled = desk.filter((each) => each.state !== 'ordered')
    const moved = sum(settled.map((each) => each.difference + each.rounding))
    const held = sum(lines.map((line) => line.held))
    const waiting = sum(
      desk.filter((each) => each.state === 'awaiting_handover').map((each) => each.given),
    )
    const ordered = sum(desk.filter((each) => each.state === 'ordered').map((each) => each.credit))
    const money = sold - refunded + moved
    return money === held + waiting + ordered
      ? []
      : [`${money} in the tills, ${held} + ${waiting} + ${ordered} of goods`]
  },
}

const onePlace: Law = {
  name: 'no unit is in two places',
  broken: async (r, world) => {
    const twice = (await worthOfLines(r, world)).filter((line) => line.twice > 0)
    const rows = await r
      .selectFrom('sale_line')
      .select(['id', 'serial_no', 'units'])
      .where('receipt_id', 'in', world.receiptIds)
      .where('serial_no', '<>', '')
      .execute()
    const places = new Map<string, number>()
    const add = (serial: string) => places.set(serial, (places.get(serial) ?? 0) + 1)
    const back = await r
      .selectFrom('returned_unit')
      .select('sale_line_id')
      .where('live', '=', 1)
      .where(
        'sale_line_id',
        'in',
        rows.map((row) => row.id),
      )
      .execute()
    const returned = new Set(back.map((row) => row.sale_line_id))
    for (const row of rows) if (!returned.has(row.id)) add(row.serial_no)
    const waiting = await r
      .selectFrom('exchange_line')
      .select('serial_no')
      .where('exchange_id', 'in', world.exchangeIds)
      .where('live', '=', 1)
      .where('serial_no', '<>', '')
      .execute()
    for (const row of waiting) add(row.serial_no)
    const doubled = [...places].filter(([, count]) => count > 1)
    return [
      ...twice.map((line) => `line ${line.id}: a unit came back twice`),
      ...doubled.map(([serial, count]) => `${serial} is in ${count} places`),
    ]
  },
}

const vouchersBalance: Law = {
  name: 'per voucher: what moved is what is left, never negative, never above its face; lost ones go on once',
  broken: async (r) => {
    const vouchers = await r
      .selectFrom('voucher')
      .innerJoin('voucher_movement', 'voucher_movement.voucher_id', 'voucher.id')
      .select(['voucher.id', 'voucher.amount', 'voucher.balance', 'voucher.state'])
      .select((row) => row.fn.sum<number>('voucher_movement.amount').as('moved'))
      .groupBy('voucher.id')
      .execute()
    return vouchers.flatMap(({ id, amount, balance, moved, state }) => {
      const isDead = state !== 'active' && balance !== 0
      return moved === balance && balance >= 0 && balance <= amount && !isDead
        ? []
        : [`voucher ${id}: ${moved} moved, ${balance} of ${amount} left, ${state}`]
    })
  },
}

/** What slips say was put on vouchers is there: issued instead of money, or given back for what a voucher had paid. */
const perSlip: Law = {
  name: 'per slip: what became a voucher is on vouchers',
  broken: async (r, world) => {
    const rows = await r
      .selectFrom('refund_tender')
      .innerJoin('refund', 'refund.id', 'refund_tender.refund_id')
      .select(['refund.number', 'refund_tender.amount'])
      .where('refund.receipt_id', 'in', world.receiptIds)
      .where('refund.state', '=', 'recorded')
      .where('refund.exchange_id', 'is', null)
      .where('refund_tender.kind', '=', 'voucher')
      .execute()
    const wrong: string[] = []
    for (const number of new Set(rows.map((row) => row.number))) {
      const said = sum(rows.filter((row) => row.number === number).map((row) => row.amount))
      const moved = await r
        .selectFrom('voucher_movement')
        .select((row) => row.fn.sum<number | null>('amount').as('sum'))
        .where('ref_number', '=', number)
        .where('kind', 'in', ['issue', 'credit'])
        .executeTakeFirstOrThrow()
      const told = await r
        .selectFrom('pos_instruction')
        .select((row) => row.fn.sum<number | null>('amount').as('sum'))
        .where('source_number', '=', number)
        .where('tender_kind', '=', 'voucher')
        .where('state', '<>', 'cancelled')
        .executeTakeFirstOrThrow()
      if ((moved.sum ?? 0) + (told.sum ?? 0) !== said)
        wrong.push(`${number}: ${said} as vouchers, ${moved.sum} on them, ${told.sum} at the till`)
    }
    return wrong
  },
}

/** What holds whatever was done; who adds a remedy adds its deeds, and its laws here. */
export const laws: readonly Law[] = [
  perSale,
  perTender,
  perExchange,
  perStore,
  onePlace,
  vouchersBalance,
  perSlip,
  oneKeeper,
  custodyLogs,
  perRepair,
]
