import { complaintKinds, kindRules } from '../complaints/contract.ts'
import type { ReadHandle } from '../database/store.ts'
import type { BusinessDate } from '../foundation/business-date.ts'
import type { LedgerLine, SlipKind } from './rules.ts'

/** A line of a kind that counts as a slip. */
function line(
  kind: string,
  slip: SlipKind | null,
  of: { number: string; at: string; amount?: number },
  facts: readonly (string | number)[] = [],
): LedgerLine {
  const { number, at, amount = 0 } = of
  return { kind, slip, number, at, amount, facts, isVoid: false }
}

function voidLine(
  kind: string,
  slip: SlipKind | null,
  of: { number: string; at: string | null; amount: number },
): LedgerLine {
  return { ...line(`${kind}.void`, slip, { ...of, at: of.at ?? '' }, [of.amount]), isVoid: true }
}

type Source = (r: ReadHandle, on: BusinessDate) => Promise<LedgerLine[]>

const refunds: Source = async (r, on) => {
  const rows = await r
    .selectFrom('refund')
    .select(['id', 'number', 'slip_kind', 'exchange_id', 'amount', 'currency'])
    .select(['business_date', 'recorded_at', 'voided_on', 'voided_at'])
    .where((row) => row.or([row('business_date', '=', on), row('voided_on', '=', on)]))
    .execute()
  const ids = rows.map(({ id }) => id)
  const units = await sumUnits(r, ids)
  const tenders = await listTenders(r, ids)
  return rows.flatMap((row) => {
    const slip = row.slip_kind === 'return' ? ('refund' as const) : row.slip_kind
    // The returned side of an exchange is counted with the exchange.
    const counted = row.exchange_id === null ? slip : null
    const kind = row.exchange_id === null ? slip : 'exchange_return'
    const { number, amount, currency } = row
    const written = line(kind, counted, { number, at: row.recorded_at, amount }, [
      amount,
      currency,
      units.get(row.id) ?? 0,
      tenders.get(row.id) ?? '',
    ])
    const lines = row.business_date === on ? [written] : []
    return row.voided_on === on
      ? [...lines, voidLine(kind, counted, { number, at: row.voided_at, amount })]
      : lines
  })
}

async function sumUnits(r: ReadHandle, ids: readonly number[]): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map()
  const rows = await r
    .selectFrom('refund_line')
    .select((row) => ['refund_id', row.fn.sum<number>('units').as('units')])
    .where('refund_id', 'in', ids)
    .groupBy('refund_id')
    .execute()
  return new Map(rows.map(({ refund_id, units }) => [refund_id, units]))
}

async function listTenders(r: ReadHandle, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await r
    .selectFrom('refund_tender')
    .select(['refund_id', 'kind', 'amount'])
    .where('refund_id', 'in', ids)
    .orderBy('refund_id')
    .orderBy('id')
    .execute()
  const tenders = new Map<number, string>()
  for (const { refund_id, kind, amount } of rows) {
    const before = tenders.get(refund_id)
    tenders.set(refund_id, `${before === undefined ? '' : `${before} `}${kind}:${amount}`)
  }
  return tenders
}

const exchanges: Source = async (r, on) => {
  const rows = await r
    .selectFrom('exchange')
    .select(['number', 'credit', 'given', 'rounding', 'difference', 'currency'])
    .select(['business_date', 'recorded_at', 'handed_over_on', 'handed_over_at'])
    .select(['voided_on', 'voided_at'])
    .where((row) =>
      row.or([
        row('business_date', '=', on),
        row('handed_over_on', '=', on),
        row('voided_on', '=', on),
      ]),
    )
    .execute()
  return rows.flatMap((row) => {
    const { number, credit, given, rounding, difference, currency } = row
    const lines: LedgerLine[] = []
    if (row.business_date === on) {
      const of = { number, at: row.recorded_at, amount: difference }
      lines.push(line('exchange', 'exchange', of, [credit, given, rounding, difference, currency]))
    }
    if (row.handed_over_on === on) {
      lines.push(line('exchange.handed_over', null, { number, at: row.handed_over_at ?? '' }))
    }
    if (row.voided_on === on) {
      lines.push(
        voidLine('exchange', 'exchange', { number, at: row.voided_at, amount: difference }),
      )
    }
    return lines
  })
}

const handovers: Source = async (r, on) => {
  const rows = await r
    .selectFrom('handover')
    .select(['number', 'business_date', 'opened_at', 'closed_on', 'closed_at'])
    .where((row) => row.or([row('business_date', '=', on), row('closed_on', '=', on)]))
    .execute()
  return rows.flatMap(({ number, business_date, opened_at, closed_on, closed_at }) => [
    ...(business_date === on ? [line('handover', 'handover', { number, at: opened_at })] : []),
    ...(closed_on === on ? [line('handover.closed', null, { number, at: closed_at ?? '' })] : []),
  ])
}

const repairs: Source = async (r, on) => {
  const taken = await r
    .selectFrom('repair')
    .select(['number', 'recorded_at as at'])
    .where('business_date', '=', on)
    .execute()
  const back = await r
    .selectFrom('repair_hand_back')
    .innerJoin('repair', 'repair.id', 'repair_hand_back.repair_id')
    .select(['repair.number', 'repair_hand_back.at', 'repair_hand_back.proof'])
    .where('repair_hand_back.business_date', '=', on)
    .execute()
  return [
    ...taken.map((row) => line('repair', 'repair_in', row)),
    ...back.map((row) => line('repair.handed_back', 'repair_out', row, [row.proof])),
  ]
}

const cards: Source = async (r, on) => {
  const rows = await r
    .selectFrom('card')
    .innerJoin('card_line', 'card_line.card_id', 'card.id')
    .select((row) => [
      'card.number',
      'card.issued_at as at',
      row.fn.count<number>('card_line.id').as('units'),
      row.fn.sum<number>('card_line.paid_amount').as('paid'),
    ])
    .where('card.business_date', '=', on)
    .groupBy('card.id')
    .execute()
  return rows.map((row) => line('card', 'card', row, [row.units, row.paid]))
}

const vouchers: Source = async (r, on) => {
  const rows = await r
    .selectFrom('voucher_movement as m')
    .innerJoin('voucher', 'voucher.id', 'm.voucher_id')
    .select([
      'voucher.number',
      'voucher.currency',
      'm.kind',
      'm.seq',
      'm.amount',
      'm.balance',
      'm.at',
    ])
    .where('m.business_date', '=', on)
    .execute()
  return rows.map(({ number, currency, kind, seq, amount, balance, at }) =>
    line(`voucher.${kind}`, kind === 'issue' ? 'voucher' : null, { number, at, amount }, [
      seq,
      amount,
      balance,
      currency,
    ]),
  )
}

const complaints: Source = async (r, on) => {
  const rows = await r
    .selectFrom('complaint')
    .select(['number', 'recorded_at as at', 'kind'])
    .where('business_date', '=', on)
    .execute()
  const counted = complaintKinds.filter((kind) => kindRules[kind].isComplaint)
  return rows.map(({ kind, ...row }) =>
    line('complaint', counted.includes(kind) ? 'complaint' : null, row),
  )
}

const amends: Source = async (r, on) => {
  const paid = await r
    .selectFrom('compensation')
    .select(['number', 'at', 'amount', 'currency', 'kind', 'paid_how'])
    .where('business_date', '=', on)
    .execute()
  const given = await r
    .selectFrom('goodwill_entry')
    .select(['id', 'at', 'amount', 'currency'])
    .where('business_date', '=', on)
    .execute()
  return [
    ...paid.map((row) =>
      line('compensation', 'compensation', row, [row.amount, row.currency, row.kind, row.paid_how]),
    ),
    ...given.map(({ id, ...row }) =>
      line('goodwill', 'goodwill', { ...row, number: `G${id}` }, [row.amount, row.currency]),
    ),
  ]
}

const refusals: Source = async (r, on) => {
  const rows = await r
    .selectFrom('claim_refusal')
    .select(['number', 'recorded_at as at', 'units'])
    .where('business_date', '=', on)
    .execute()
  return rows.map((row) => line('refusal', 'refusal', row, [row.units]))
}

const instructions: Source = async (r, on) => {
  const rows = await r
    .selectFrom('pos_instruction')
    .select(['number', 'raised_at as at', 'direction', 'tender_kind', 'amount', 'currency'])
    .where('business_date', '=', on)
    .execute()
  return rows.map((row) =>
    line('instruction', null, row, [row.direction, row.tender_kind, row.amount, row.currency]),
  )
}

const goods: Source = async (r, on) => {
  const rows = await r
    .selectFrom('goods_movement as m')
    .innerJoin('goods_unit as u', 'u.id', 'm.goods_unit_id')
    .select(['m.id', 'u.tag', 'u.qty_milli', 'm.at', 'm.action', 'm.to_state'])
    .where('m.business_date', '=', on)
    .execute()
  return rows.map((row) =>
    line('goods', null, { number: row.tag, at: row.at }, [
      row.id,
      row.action,
      row.to_state,
      row.qty_milli,
    ]),
  )
}

const vendors: Source = async (r, on) => {
  const claims = await r
    .selectFrom('vendor_claim')
    .select(['number', 'opened_at as at'])
    .where('business_date', '=', on)
    .execute()
  const charges = await r
    .selectFrom('charge_back')
    .innerJoin('vendor_claim', 'vendor_claim.id', 'charge_back.claim_id')
    .select(['charge_back.id', 'vendor_claim.number', 'charge_back.at'])
    .select(['charge_back.amount', 'charge_back.currency'])
    .where('charge_back.business_date', '=', on)
    .execute()
  return [
    ...claims.map((row) => line('vendor_claim', null, row)),
    ...charges.map(({ id, number, at, amount, currency }) =>
      line('charge_back', null, { number, at }, [id, amount, currency]),
    ),
  ]
}

const sources: readonly Source[] = [
  refunds,
  exchanges,
  handovers,
  repairs,
  cards,
  vouchers,
  complaints,
  amends,
  refusals,
  instructions,
  goods,
  vendors,
]

/** Everything the desk wrote on a business day, in no particular order (docs/day-close.md). */
export async function readLedger(r: ReadHandle, on: BusinessDate): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = []
  for (const source of sources) lines.push(...(await source(r, on)))
  return lines
}

const datedTables = [
  'refund',
  'exchange',
  'handover',
  'repair',
  'repair_hand_back',
  'card',
  'voucher_movement',
  'complaint',
  'compensation',
  'goodwill_entry',
  'claim_refusal',
] as const

/** Business dates with something on them from `from` on, the oldest first. */
export async function listLedgerDates(r: ReadHandle, from: BusinessDate): Promise<BusinessDate[]> {
  const dates = new Set<BusinessDate>()
  for (const table of datedTables) {
    const rows = await r
      .selectFrom(table)
      .select('business_date')
      .distinct()
      .where('business_date', '>=', from)
      .execute()
    for (const { business_date: date } of rows) dates.add(date)
  }
  return [...dates].toSorted()
}
