import type { ReadHandle } from '../database/store.ts'
import { sumMoney } from '../foundation/money.ts'
import {
  type complaintClasses,
  type ComplaintKind,
  complaintKinds,
  kindRules,
} from '../complaints/contract.ts'
import type { DaySpan, PromiseLife } from './rules.ts'

export interface DayComplaint {
  id: number
  number: string
  caseId: number
  class: (typeof complaintClasses)[number]
  text: string
  solution: string
  floor: string
  counter: string
  customerName: string
  phone: string
  goods: string
  recordedAt: string
  recordedBy: string
  open: boolean
  solvedOnSpot: boolean
  satisfied: boolean | null
}

/** What a day's report counts: complaints, not enquiries, opinions or tips. */
const counted: ComplaintKind[] = complaintKinds.filter((kind) => kindRules[kind].isComplaint)

/** Letters of a statement a report prints: more would fill pages, and stands in its case. */
const reportedLetters = 2000

/** Complaints recorded on a business day in order of arrival, as they stood at its end. */
export async function listDayComplaints(r: ReadHandle, day: DaySpan): Promise<DayComplaint[]> {
  const rows = await r
    .selectFrom('complaint')
    .innerJoin('operator as recorder', 'recorder.id', 'complaint.recorded_by')
    // The round it was in when the day was over: what came up again later belongs to a later day.
    .innerJoin('complaint_round as round', (join) =>
      join.onRef('round.complaint_id', '=', 'complaint.id').on('round.no', '=', (row) =>
        row
          .selectFrom('complaint_round as last')
          .select((each) => each.fn.max('last.no').as('no'))
          .whereRef('last.complaint_id', '=', 'complaint.id')
          .where('last.opened_on', '<=', day.businessDate),
      ),
    )
    .leftJoin('sale_line', 'sale_line.id', 'complaint.sale_line_id')
    .leftJoin('customer', 'customer.id', 'complaint.customer_id')
    .select([
      'complaint.id',
      'complaint.number',
      'complaint.case_id',
      'complaint.class',
      'complaint.floor',
      'complaint.counter',
      'complaint.contact_name',
      'complaint.contact_phone',
      'complaint.recorded_at',
      'complaint.solved_on_spot',
      'round.solved_on',
      'round.solution',
      'round.satisfied',
      'recorder.name as recorder_name',
      'sale_line.name as goods',
      'customer.name as customer_name',
      'customer.phone as customer_phone',
    ])
    .select((row) => [
      row
        .fn<string>('substr', ['complaint.text', row.val(1), row.val(reportedLetters + 1)])
        .as('text'),
    ])
    .where('complaint.business_date', '=', day.businessDate)
    .where('complaint.kind', 'in', counted)
    .orderBy('complaint.id')
    .execute()
  return rows.map((row) => {
    const open = row.solved_on === null || row.solved_on > day.businessDate
    return {
      id: row.id,
      number: row.number,
      caseId: row.case_id,
      class: row.class,
      text: shorten(row.text),
      // What was answered later belongs to a later day.
      solution: open ? '' : row.solution,
      floor: row.floor,
      counter: row.counter,
      customerName: row.contact_name || (row.customer_name ?? ''),
      phone: row.contact_phone || (row.customer_phone ?? ''),
      goods: row.goods ?? '',
      recordedAt: row.recorded_at,
      recordedBy: row.recorder_name,
      open,
      solvedOnSpot: row.solved_on_spot === 1,
      satisfied: open || row.satisfied === null ? null : row.satisfied === 1,
    }
  })
}

function shorten(text: string): string {
  const letters = [...text]
  if (letters.length <= reportedLetters) return text
  return `${letters.slice(0, reportedLetters).join('')}…`
}

/** Complaints recorded earlier and closed on the day. */
export async function countClosedFromEarlier(r: ReadHandle, day: DaySpan): Promise<number> {
  const { count } = await r
    .selectFrom('complaint_round as round')
    .innerJoin('complaint', 'complaint.id', 'round.complaint_id')
    .select((row) => row.fn.count<number>('complaint.id').distinct().as('count'))
    .where('round.solved_on', '=', day.businessDate)
    .where('complaint.business_date', '<', day.businessDate)
    .where('complaint.kind', 'in', counted)
    .executeTakeFirstOrThrow()
  return count
}

/** Complaints open at the end of the day, whenever recorded. */
export async function countOpenAtEnd(r: ReadHandle, day: DaySpan): Promise<number> {
  const { count } = await r
    .selectFrom('complaint_round as round')
    .innerJoin('complaint', 'complaint.id', 'round.complaint_id')
    .select((row) => row.fn.count<number>('complaint.id').distinct().as('count'))
    .where('round.opened_on', '<=', day.businessDate)
    .where('complaint.kind', 'in', counted)
    .where((row) =>
      row.or([row('round.solved_on', 'is', null), row('round.solved_on', '>', day.businessDate)]),
    )
    .executeTakeFirstOrThrow()
  return count
}

export interface DayPromise extends PromiseLife {
  id: number
  caseId: number
  complaintId: number
  complaintNumber: string
  customerName: string
  phone: string
  text: string
}

/** Promises that were open at some time of the day: given before its end and not settled before its start. */
export async function listDayPromises(r: ReadHandle, day: DaySpan): Promise<DayPromise[]> {
  const rows = await r
    .selectFrom('promise')
    .innerJoin('complaint', 'complaint.id', 'promise.complaint_id')
    .leftJoin('customer', 'customer.id', 'complaint.customer_id')
    .selectAll('promise')
    .select([
      'complaint.id as about_id',
      'complaint.number',
      'complaint.contact_name',
      'complaint.contact_phone',
      'customer.name as customer_name',
      'customer.phone as customer_phone',
    ])
    .where('promise.created_at', '<', day.until)
    .where((row) =>
      row.or([row('promise.settled_at', 'is', null), row('promise.settled_at', '>=', day.from)]),
    )
    .orderBy('promise.due_at')
    .orderBy('promise.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    complaintId: row.about_id,
    complaintNumber: row.number,
    customerName: row.contact_name || (row.customer_name ?? ''),
    phone: row.contact_phone || (row.customer_phone ?? ''),
    text: row.text,
    dueAt: row.due_at,
    dueOn: row.due_on,
    createdAt: row.created_at,
    state: row.state,
    settledAt: row.settled_at,
  }))
}

/** Who owned each case at an instant, by its history: owners change, reports of past days do not. */
export async function listOwnersAt(
  r: ReadHandle,
  caseIds: readonly number[],
  until: string,
): Promise<Map<number, string>> {
  if (caseIds.length === 0) return new Map()
  const rows = await r
    .selectFrom('case_event')
    .select(['case_id', 'data'])
    .where('case_id', 'in', caseIds)
    .where('kind', 'in', ['complaint_recorded', 'owner_changed'])
    .where('at', '<', until)
    .orderBy('id')
    .execute()
  return new Map(
    rows.map((row) => [row.case_id, (JSON.parse(row.data) as { owner?: string }).owner ?? '']),
  )
}

export interface DayRefund {
  id: number
  number: string
  kind: 'return' | 'price_adjustment'
  reason: string
  goods: string
  amount: number
}

/** Slips of the day that stand; one written by mistake is void before the day is over. */
export async function listDayRefunds(r: ReadHandle, businessDate: string): Promise<DayRefund[]> {
  const refunds = await r
    .selectFrom('refund')
    .select(['id', 'number', 'slip_kind as kind', 'reason', 'amount'])
    .where('business_date', '=', businessDate)
    .where('state', '=', 'recorded')
    .where('exchange_id', 'is', null)
    .orderBy('id')
    .execute()
  const goods = await listGoods(
    r,
    refunds.map((refund) => refund.id),
  )
  return refunds.map((refund) => ({ ...refund, goods: goods.get(refund.id)?.join('、') ?? '' }))
}

/** Exchanges recorded that day and not declared void before its end: how many, and what they collected and paid back. */
export async function sumDayExchanges(
  r: ReadHandle,
  { businessDate, until }: DaySpan,
): Promise<{ exchanges: number; exchangeCollected: number; exchangePaidBack: number }> {
  const rows = await r
    .selectFrom('exchange')
    .select('difference')
    .where('business_date', '=', businessDate)
    .where((each) => each.or([each('voided_at', 'is', null), each('voided_at', '>=', until)]))
    .execute()
  const differences = rows.map((row) => row.difference)
  return {
    exchanges: rows.length,
    exchangeCollected: sumMoney(differences.filter((each) => each > 0)),
    exchangePaidBack: -sumMoney(differences.filter((each) => each < 0)) || 0,
  }
}

/**
 * What the POS had been told to pay out by the end of the day and had not been seen paying: as it stood then, whatever
 * was matched or undone later. Sums are minor units of the store's currency.
 */
export async function sumPendingAtEnd(
  r: ReadHandle,
  { businessDate, until }: DaySpan,
): Promise<{ moneyPending: number; pendingAmount: number }> {
  const row = await r
    .selectFrom('pos_instruction as i')
    .select((told) => [
      told.fn.countAll<number>().as('count'),
      told.fn.sum<number | null>('i.amount').as('sum'),
    ])
    .where('i.business_date', '<=', businessDate)
    .where('i.direction', '=', 'pay_out')
    // What came to rest before the day's end and stayed so needs no look at its history.
    .where((told) =>
      told.or([
        told('i.state', 'in', ['pending', 'ambiguous']),
        told('i.settled_at', '>=', until),
        told('i.cancelled_at', '>=', until),
      ]),
    )
    .where(
      (told) =>
        told
          .selectFrom('pos_instruction_event as e')
          .select('e.state')
          .whereRef('e.instruction_id', '=', 'i.id')
          .where('e.at', '<', until)
          .orderBy('e.id', 'desc')
          .limit(1),
      'in',
      ['pending', 'ambiguous'],
    )
    .executeTakeFirst()
  return { moneyPending: row?.count ?? 0, pendingAmount: row?.sum ?? 0 }
}

/** Ids in one statement at most, well below SQLite's limit of variables. */
const idsPerStatement = 5_000

/** What each slip is about, in its order: goods that came back, then what money was given back for. */
async function listGoods(r: ReadHandle, refundIds: number[]): Promise<Map<number, string[]>> {
  const goods = new Map<number, string[]>()
  for (let start = 0; start < refundIds.length; start += idsPerStatement) {
    const ids = refundIds.slice(start, start + idsPerStatement)
    const lines = await r
      .selectFrom('refund_line')
      .innerJoin('sale_line', 'sale_line.id', 'refund_line.sale_line_id')
      .select(['refund_line.refund_id', 'sale_line.name', 'refund_line.units'])
      .where('refund_line.refund_id', 'in', ids)
      .orderBy('refund_line.id')
      .execute()
    const allowances = await r
      .selectFrom('refund_allowance')
      .innerJoin('sale_line', 'sale_line.id', 'refund_allowance.sale_line_id')
      .select((row) => ['refund_id', 'name', row.fn.countAll<number>().as('units')])
      .where('refund_id', 'in', ids)
      .groupBy(['refund_id', 'sale_line_id', 'name'])
      .execute()
    const charges = await r
      .selectFrom('refund_charge')
      .innerJoin('sale_line', 'sale_line.id', 'refund_charge.sale_line_id')
      .select(['refund_charge.refund_id', 'sale_line.name'])
      .where('refund_charge.refund_id', 'in', ids)
      .orderBy('refund_charge.id')
      .execute()
    for (const row of [
      ...lines,
      ...allowances,
      ...charges.map((each) => ({ ...each, units: 1 })),
    ]) {
      const name = row.units > 1 ? `${row.name} ×${row.units}` : row.name
      goods.set(row.refund_id, [...(goods.get(row.refund_id) ?? []), name])
    }
  }
  return goods
}

/** Cards issued on the day and not declared void before its end. */
export async function countDayCards(r: ReadHandle, day: DaySpan): Promise<number> {
  const { count } = await r
    .selectFrom('card')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('business_date', '=', day.businessDate)
    .where((row) => row.or([row('voided_at', 'is', null), row('voided_at', '>=', day.until)]))
    .executeTakeFirstOrThrow()
  return count
}

/** Business dates with a complaint or a refund that stands, newest first. */
export async function listDays(
  r: ReadHandle,
  limit: number,
): Promise<{ businessDate: string; complaints: number; refunds: number }[]> {
  const complaints = await r
    .selectFrom('complaint')
    .select((row) => ['business_date', row.fn.countAll<number>().as('count')])
    .where('kind', 'in', counted)
    .groupBy('business_date')
    .orderBy('business_date', 'desc')
    .limit(limit)
    .execute()
  const refunds = await r
    .selectFrom('refund')
    .select((row) => ['business_date', row.fn.countAll<number>().as('count')])
    .where('state', '=', 'recorded')
    .where('exchange_id', 'is', null)
    .groupBy('business_date')
    .orderBy('business_date', 'desc')
    .limit(limit)
    .execute()
  const counts = (rows: { business_date: string; count: number }[]) =>
    new Map(rows.map((row) => [row.business_date, row.count]))
  const byDate = { complaints: counts(complaints), refunds: counts(refunds) }
  const dates = new Set([...byDate.complaints.keys(), ...byDate.refunds.keys()])
  return [...dates]
    .sort()
    .reverse()
    .slice(0, limit)
    .map((businessDate) => ({
      businessDate,
      complaints: byDate.complaints.get(businessDate) ?? 0,
      refunds: byDate.refunds.get(businessDate) ?? 0,
    }))
}

export async function countReceipts(r: ReadHandle): Promise<number> {
  const { count } = await r
    .selectFrom('receipt')
    .select((row) => row.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export async function findLastImportAt(r: ReadHandle): Promise<string | null> {
  const row = await r
    .selectFrom('import_batch')
    .select('finished_at')
    .where('state', '=', 'finished')
    .where('source', '=', 'file')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.finished_at ?? null
}

export interface Deed {
  kind: 'card' | 'refund' | 'price_adjustment' | 'complaint' | 'refusal' | 'proofs' | 'repair'
  id: number
  number: string
  note: string
  at: string
  amount: number | null
}

/** The last papers, complaints and proofs taken down, newest first; what was declared void is left out. */
export async function listRecent(r: ReadHandle, limit: number): Promise<Deed[]> {
  const cards = await r
    .selectFrom('card')
    .innerJoin('card_line', 'card_line.card_id', 'card.id')
    .select((row) => [
      'card.id',
      'card.number',
      'card.issued_at as at',
      row.fn.min('card_line.name').as('note'),
    ])
    .where('card.state', '=', 'active')
    .groupBy('card.id')
    .orderBy('card.id', 'desc')
    .limit(limit)
    .execute()
  const refunds = await r
    .selectFrom('refund')
    .select(['id', 'number', 'recorded_at as at', 'amount', 'slip_kind'])
    .where('state', '=', 'recorded')
    .where('exchange_id', 'is', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const goods = await listGoods(
    r,
    refunds.map((refund) => refund.id),
  )
  const complaints = await r
    .selectFrom('complaint')
    .select((row) => [
      'id',
      'number',
      row.fn<string>('substr', ['text', row.val(1), row.val(60)]).as('note'),
      'recorded_at as at',
    ])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const refusals = await r
    .selectFrom('claim_refusal')
    .select(['id', 'number', 'goods as note', 'recorded_at as at'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const proofs = await r
    .selectFrom('proof_set')
    .select(['id', 'goods as note', 'recorded_at as at', 'case_id'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const repairs = await r
    .selectFrom('repair')
    .innerJoin('repair_item', 'repair_item.repair_id', 'repair.id')
    .select((row) => [
      'repair.id',
      'repair.number',
      'repair.recorded_at as at',
      row.fn.min('repair_item.name').as('note'),
    ])
    .groupBy('repair.id')
    .orderBy('repair.id', 'desc')
    .limit(limit)
    .execute()
  const deeds: Deed[] = [
    ...cards.map((row) => ({ kind: 'card' as const, amount: null, ...row })),
    ...refunds.map(({ slip_kind, ...row }) => ({
      kind: slip_kind === 'return' ? ('refund' as const) : slip_kind,
      ...row,
      note: goods.get(row.id)?.[0] ?? '',
    })),
    ...complaints.map((row) => ({
      kind: 'complaint' as const,
      amount: null,
      ...row,
      note: firstLine(row.note),
    })),
    ...refusals.map((row) => ({ kind: 'refusal' as const, amount: null, ...row })),
    ...repairs.map((row) => ({ kind: 'repair' as const, amount: null, ...row })),
    ...proofs.map(({ case_id, ...row }) => ({
      kind: 'proofs' as const,
      amount: null,
      ...row,
      number: `#${case_id}`,
    })),
  ]
  return deeds.sort((a, b) => b.at.localeCompare(a.at)).slice(0, limit)
}

/** Enough of a complaint to recognise it by. */
function firstLine(text: string): string {
  return text.trimStart().split('\n')[0] ?? ''
}

/** Open complaints and open promises whose time has passed, now. */
export async function countWaiting(
  r: ReadHandle,
  at: string,
): Promise<{ openComplaints: number; overduePromises: number }> {
  const complaints = await r
    .selectFrom('complaint')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  const promises = await r
    .selectFrom('promise')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('state', '=', 'open')
    .where('due_at', '<', at)
    .executeTakeFirstOrThrow()
  return { openComplaints: complaints.count, overduePromises: promises.count }
}
