import type { ReadHandle } from '../../database/store.ts'
import { addDays, type BusinessDate } from '../../foundation/business-date.ts'
import type { GoodwillEntry, KeptEntry } from './ledgers.ts'
import type { Period } from './rules.ts'

/** Days after a goodwill, or a complaint, within which what its customer buys is counted. */
export const keptDays = 180

/**
 * What the store gave beyond its duty in a period, in order: what was written into the ledger of goodwill, and the
 * compensations of settlements that stand. The two are written apart, and nothing stands in both. `person` gave it.
 */
export async function listGoodwill(r: ReadHandle, period: Period): Promise<GoodwillEntry[]> {
  const all = [...(await listGifts(r, period)), ...(await listCompensations(r, period))]
  return all.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id - b.id))
}

/** The ledger of goodwill alone: what counts against the day of whoever gave it. */
export async function listGifts(r: ReadHandle, { from, to }: Period): Promise<GoodwillEntry[]> {
  const rows = await r
    .selectFrom('goodwill_entry')
    .leftJoin('case_file', 'case_file.id', 'goodwill_entry.case_id')
    .select([
      'goodwill_entry.id',
      'goodwill_entry.business_date',
      'goodwill_entry.amount',
      'goodwill_entry.operator_id',
      'case_file.customer_id',
    ])
    .where('goodwill_entry.business_date', '>=', from)
    .where('goodwill_entry.business_date', '<=', to)
    .orderBy('goodwill_entry.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    on: row.business_date,
    source: 'goodwill',
    kind: 'gift',
    person: String(row.operator_id),
    group: row.customer_id === null ? 'unknown' : 'given',
    customerId: row.customer_id,
    amount: row.amount,
    byOthers: 0,
  }))
}

/** Compensations of settlements of a period that stand, or that stood at an instant. */
export async function listCompensations(
  r: ReadHandle,
  { from, to }: Period,
  stoodAt: string | null = null,
): Promise<GoodwillEntry[]> {
  const rows = await r
    .selectFrom('compensation')
    .innerJoin('case_file', 'case_file.id', 'compensation.case_id')
    .select([
      'compensation.id',
      'compensation.business_date',
      'compensation.kind',
      'compensation.amount',
      'compensation.borne_by',
      'compensation.by',
      'case_file.customer_id',
    ])
    .where('compensation.business_date', '>=', from)
    .where('compensation.business_date', '<=', to)
    .where((each) =>
      each.or([
        each('compensation.voided_at', 'is', null),
        ...(stoodAt === null ? [] : [each('compensation.voided_at', '>=', stoodAt)]),
      ]),
    )
    .orderBy('compensation.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    on: row.business_date,
    source: 'compensation',
    kind: `settled_${row.kind}`,
    person: String(row.by),
    group: row.customer_id === null ? 'unknown' : 'given',
    customerId: row.customer_id,
    amount: row.amount,
    byOthers: row.borne_by === 'store' ? 0 : row.amount,
  }))
}

/**
 * Customers of a period with what they bought in the days after: those who were given goodwill, counted from the first
 * of it, and to compare those who complained and were given nothing, counted from their first complaint.
 */
export async function listKept(
  r: ReadHandle,
  period: Period,
  today: BusinessDate,
): Promise<KeptEntry[]> {
  const given = new Map<number, BusinessDate>()
  for (const { customerId, on } of await listGoodwill(r, period)) {
    if (customerId !== null && !given.has(customerId)) given.set(customerId, on)
  }
  const complained = await r
    .selectFrom('complaint')
    .select((row) => ['customer_id', row.fn.min('business_date').as('first_on')])
    .where('business_date', '>=', period.from)
    .where('business_date', '<=', period.to)
    .where('kind', '=', 'complaint')
    .where('customer_id', 'is not', null)
    .groupBy('customer_id')
    .execute()
  const entries = new Map<number, KeptEntry>()
  const add = (id: number, on: BusinessDate, group: 'given' | 'without') =>
    entries.set(id, { id, on, group, receipts: 0, bought: 0 })
  for (const [id, on] of given) add(id, on, 'given')
  for (const { customer_id: id, first_on: on } of complained) {
    if (id !== null && on !== null && !given.has(id)) add(id, on, 'without')
  }
  await addPurchases(r, entries, period, today)
  return [...entries.values()].toSorted((a, b) =>
    a.on < b.on ? -1 : a.on > b.on ? 1 : a.id - b.id,
  )
}

/** Ids in one statement at most, well below SQLite's limit of variables. */
const idsPerStatement = 5_000

/** What each customer bought after their day and by another, less what they brought back to the tills. */
async function addPurchases(
  r: ReadHandle,
  entries: ReadonlyMap<number, KeptEntry>,
  period: Period,
  today: BusinessDate,
): Promise<void> {
  const last = addDays(period.to, keptDays)
  const ids = [...entries.keys()]
  for (let start = 0; start < ids.length; start += idsPerStatement) {
    const receipts = await r
      .selectFrom('receipt')
      .select(['customer_id', 'business_date', 'kind', 'total'])
      .where('customer_id', 'in', ids.slice(start, start + idsPerStatement))
      .where('business_date', '>', period.from)
      .where('business_date', '<=', last < today ? last : today)
      .execute()
    for (const { customer_id: id, business_date: date, kind, total } of receipts) {
      const entry = entries.get(id ?? 0)
      if (entry === undefined || date <= entry.on || date > addDays(entry.on, keptDays)) continue
      if (kind === 'sale') entry.receipts += 1
      entry.bought += kind === 'sale' ? total : -Math.abs(total)
    }
  }
}
