import { sql } from 'kysely'
import type { ReadHandle } from '../database/store.ts'
import { serviceKinds } from './contract.ts'

type ServiceKind = (typeof serviceKinds)[number]

export interface ServiceRow {
  kind: ServiceKind
  id: number
  number: string
  businessDate: string
  state: string
  what: string
  text: string
  amount: number | null
  currency: string | null
  caseId: number | null
}

export interface ServiceCursor {
  businessDate: string
  kind: ServiceKind
  id: number
}

/** Letters of the customer's words that a line shows. */
const shownLetters = 160

interface Source {
  table: string
  state: string
  /** Class, reason or claim, as a code. */
  what: string
  text: string
  amount: string
  currency: string
  /** What it does not count, as the money of an exchange. */
  only?: string
}

/** How each paper says what it is, in the columns of its table. */
const sources: Readonly<Record<ServiceKind, Source>> = {
  complaint: {
    table: 'complaint',
    state: 'state',
    what: 'class',
    text: 'text',
    amount: 'NULL',
    currency: 'NULL',
  },
  refund: {
    table: 'refund',
    state: 'state',
    what: 'reason',
    text: 'note',
    amount: 'amount',
    currency: 'currency',
    only: 'exchange_id IS NULL',
  },
  exchange: {
    table: 'exchange',
    state: 'state',
    what: 'reason',
    text: 'note',
    amount: 'difference',
    currency: 'currency',
  },
  repair: {
    table: 'repair',
    state: 'state',
    what: "''",
    text: 'note',
    amount: 'NULL',
    currency: 'NULL',
  },
  refusal: {
    table: 'claim_refusal',
    state: "'refused'",
    what: 'claim',
    text: 'goods',
    amount: 'NULL',
    currency: 'NULL',
  },
  voucher: {
    table: 'voucher',
    state: 'state',
    what: "''",
    text: 'reason',
    amount: 'amount',
    currency: 'currency',
  },
  card: {
    table: 'card',
    state: 'state',
    what: "''",
    text: "''",
    amount: 'NULL',
    currency: 'NULL',
  },
}

/** Papers without a case name their customer themselves. */
const withoutCase: readonly ServiceKind[] = ['card']

/**
 * What the rows of one person came back for, newest first: one line for each paper. Each kind gives one page of its
 * own by index; the page is the newest of all of them.
 */
export async function pageServices(
  r: ReadHandle,
  customerIds: readonly number[],
  after: ServiceCursor | undefined,
  limit: number,
): Promise<ServiceRow[]> {
  const rows: ServiceRow[] = []
  for (const kind of serviceKinds) {
    rows.push(...(await pageKind(r, kind, customerIds, after, limit)))
  }
  return rows.toSorted(byAge).slice(0, limit)
}

function byAge(a: ServiceRow, b: ServiceRow): number {
  if (a.businessDate !== b.businessDate) return a.businessDate < b.businessDate ? 1 : -1
  return placeOf(a.kind) - placeOf(b.kind) || b.id - a.id
}

const placeOf = (kind: ServiceKind): number => serviceKinds.indexOf(kind)

async function pageKind(
  r: ReadHandle,
  kind: ServiceKind,
  customerIds: readonly number[],
  after: ServiceCursor | undefined,
  limit: number,
): Promise<ServiceRow[]> {
  const { table, state, what, text, amount, currency, only = 'TRUE' } = sources[kind]
  const isOwn = withoutCase.includes(kind)
  const ids = sql.join([...customerIds])
  const whose = isOwn
    ? sql`paper.customer_id IN (${ids}) AND paper.customer_id IS NOT NULL`
    : sql`paper.case_id IN (
        SELECT id FROM case_file WHERE customer_id IN (${ids}) AND customer_id IS NOT NULL)`
  const { rows } = await sql<ServiceRow>`
    SELECT ${sql.lit(kind)} AS kind, id, number, business_date AS "businessDate", ${sql.raw(state)} AS state,
      ${sql.raw(what)} AS what, substr(${sql.raw(text)}, 1, ${sql.lit(shownLetters)}) AS text,
      ${sql.raw(amount)} AS amount, ${sql.raw(currency)} AS currency, ${sql.raw(isOwn ? 'NULL' : 'case_id')} AS "caseId"
    FROM ${sql.table(table)} AS paper
    WHERE ${whose} AND ${sql.raw(only)} AND ${olderThan(kind, after)}
    ORDER BY business_date DESC, id DESC
    LIMIT ${limit}`.execute(r)
  return [...rows]
}

/** Rows of a kind that stand behind the last one shown: of that day only those of later kinds, or of earlier ids. */
function olderThan(kind: ServiceKind, after: ServiceCursor | undefined) {
  if (!after) return sql`TRUE`
  const place = placeOf(kind) - placeOf(after.kind)
  const { businessDate, id } = after
  if (place < 0) return sql`business_date < ${businessDate}`
  if (place > 0) return sql`business_date <= ${businessDate}`
  return sql`(business_date < ${businessDate} OR (business_date = ${businessDate} AND id < ${id}))`
}
