import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { ComplaintTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { BusinessDate } from '../foundation/business-date.ts'
import type { PeopleChoice, Stream } from './contract.ts'
import type { LineData, Person } from './format.ts'
import type { caseComplaint } from './lines.ts'

/** A line on its way into the book. */
export interface NewLine {
  stream: Stream
  key: string
  data: LineData
}

/** How far a source was read. */
export async function readProgress(r: ReadHandle, source: string): Promise<number> {
  const row = await r
    .selectFrom('head_office_progress')
    .select('last_id')
    .where('source', '=', source)
    .executeTakeFirst()
  return row?.last_id ?? 0
}

export async function writeProgress(w: WriteHandle, source: string, lastId: number): Promise<void> {
  await w
    .insertInto('head_office_progress')
    .values({ source, last_id: lastId })
    .onConflict((conflict) => conflict.column('source').doUpdateSet({ last_id: lastId }))
    .execute()
}

export async function insertLines(w: WriteHandle, lines: readonly NewLine[]): Promise<void> {
  if (lines.length === 0) return
  await w
    .insertInto('head_office_line')
    .values(lines.map(({ stream, key, data }) => ({ stream, key, data: JSON.stringify(data) })))
    .execute()
}

export async function lastSeq(r: ReadHandle): Promise<number> {
  const row = await r
    .selectFrom('head_office_line')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst()
  return row?.seq ?? 0
}

export interface BookLine {
  seq: number
  stream: Stream
  data: LineData
}

/** Lines of the book after `after`, up to `to`, in order. */
export async function listLines(
  r: ReadHandle,
  range: { after: number; to: number; limit: number },
): Promise<BookLine[]> {
  const rows = await r
    .selectFrom('head_office_line')
    .select(['seq', 'stream', 'data'])
    .where('seq', '>', range.after)
    .where('seq', '<=', range.to)
    .orderBy('seq')
    .limit(range.limit)
    .execute()
  return rows.map(({ seq, stream, data }) => ({ seq, stream, data: JSON.parse(data) as LineData }))
}

export interface ExportRecord {
  id: number
  target: string
  fromSeq: number
  toSeq: number
  people: PeopleChoice
  reason: string
  folder: string
  store: string
  deskNo: string
  state: 'begun' | 'finished'
  previous: string
  manifestSha256: string | null
  begunAt: string
  begunBy: string
  finishedAt: string | null
}

/** Exports of one target or of all, newest first. */
export async function listExports(
  r: ReadHandle,
  { target, id, limit }: { target?: string; id?: number; limit: number },
): Promise<ExportRecord[]> {
  let query = r
    .selectFrom('head_office_export')
    .innerJoin('operator', 'operator.id', 'head_office_export.begun_by')
    .selectAll('head_office_export')
    .select('operator.name as begun_by_name')
  if (target !== undefined) query = query.where('target', '=', target)
  if (id !== undefined) query = query.where('head_office_export.id', '=', id)
  const rows = await query.orderBy('head_office_export.id', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    id: row.id,
    target: row.target,
    fromSeq: row.from_seq,
    toSeq: row.to_seq,
    people: row.people,
    reason: row.reason,
    folder: row.folder,
    store: row.store,
    deskNo: row.desk_no,
    state: row.state,
    previous: row.previous,
    manifestSha256: row.manifest_sha256,
    begunAt: row.begun_at,
    begunBy: row.begun_by_name,
    finishedAt: row.finished_at,
  }))
}

export async function findExport(r: ReadHandle, id: number): Promise<ExportRecord | undefined> {
  const [found] = await listExports(r, { id, limit: 1 })
  return found
}

export async function insertExport(
  w: WriteHandle,
  made: Omit<ExportRecord, 'id' | 'state' | 'manifestSha256' | 'begunBy' | 'finishedAt'> & {
    begunBy: number
  },
): Promise<number> {
  const { id } = await w
    .insertInto('head_office_export')
    .values({
      target: made.target,
      from_seq: made.fromSeq,
      to_seq: made.toSeq,
      people: made.people,
      reason: made.reason,
      folder: made.folder,
      store: made.store,
      desk_no: made.deskNo,
      state: 'begun',
      previous: made.previous,
      begun_at: made.begunAt,
      begun_by: made.begunBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** An interrupted export goes on with what is chosen now; its range stays. */
export async function writeChoice(
  w: WriteHandle,
  id: number,
  choice: { people: PeopleChoice; reason: string; folder: string },
): Promise<void> {
  await w.updateTable('head_office_export').set(choice).where('id', '=', id).execute()
}

export async function writeFinished(
  w: WriteHandle,
  id: number,
  finished: { manifestSha256: string; at: string },
): Promise<void> {
  await w
    .updateTable('head_office_export')
    .set({ state: 'finished', manifest_sha256: finished.manifestSha256, finished_at: finished.at })
    .where('id', '=', id)
    .where('state', '=', 'begun')
    .execute()
}

/** People as they are in the book of customers now, by their number; merged rows stand for themselves. */
export async function listPeople(r: ReadHandle, ids: readonly number[]): Promise<Person[]> {
  if (ids.length === 0) return []
  const rows = await r
    .selectFrom('customer')
    .select(['id', 'name', 'phone', 'member_no', 'erased_at'])
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    customerRef: row.id,
    erased: row.erased_at !== null,
    name: row.name,
    phone: row.phone,
    memberNo: row.member_no ?? '',
  }))
}

/** Rows of one source after `after`: what becomes a line, and the id up to which it was read. */
export interface Slice {
  lines: NewLine[]
  lastId: number
  more: boolean
}

/** Reads one slice of a source; those that only grow go by their ids, steps taken later by what has no line yet. */
export type Source = (
  r: ReadHandle,
  from: {
    after: number
    limit: number
    /** The business date of an instant, where a step was written down without one. */
    dayOf: (at: string) => BusinessDate
  },
) => Promise<Slice>

function sliceOf<Row extends { id: number }>(
  rows: readonly Row[],
  after: number,
  limit: number,
  lineOf: (row: Row) => NewLine | null,
): Slice {
  return {
    lines: rows.flatMap((row) => lineOf(row) ?? []),
    lastId: rows.at(-1)?.id ?? after,
    more: rows.length === limit,
  }
}

/** A ledger line; `amount` is what the store gives (or adds to a voucher), negative what it gets. */
function ledgerLine(
  key: string,
  of: {
    kind: string
    number: string
    businessDate: string
    at: string
    amount: number
    currency: string
    operator: string
    balance?: number
    how?: string
    caseId?: number | null
    receiptNo?: string | null
    party?: string
    reverses?: string
  },
): NewLine {
  const { reverses = '' } = of
  return {
    stream: 'ledger',
    key,
    data: {
      businessDate: of.businessDate,
      at: of.at,
      kind: of.kind,
      reversed: reverses !== '',
      number: of.number,
      amount: of.amount,
      currency: of.currency,
      balance: of.balance ?? null,
      how: of.how ?? '',
      caseId: of.caseId ?? null,
      receiptNo: of.receiptNo ?? '',
      party: of.party ?? '',
      operator: of.operator,
      reverses,
    },
  }
}

const refundQuery = (r: ReadHandle) =>
  r
    .selectFrom('refund')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt_id')
    .innerJoin('operator', 'operator.id', 'refund.recorded_by')
    .leftJoin('operator as voider', 'voider.id', 'refund.voided_by')
    .select(['refund.id', 'refund.number', 'refund.case_id', 'refund.amount', 'refund.currency'])
    .select(['refund.business_date', 'refund.recorded_at', 'refund.slip_kind'])
    .select(['refund.exchange_id', 'refund.voided_at', 'refund.voided_on'])
    .select(['receipt.receipt_no', 'operator.code', 'voider.code as voider_code'])

type RefundRow = Awaited<ReturnType<ReturnType<typeof refundQuery>['execute']>>[number]

/** The goods that come back in an exchange are no money by themselves: its difference is. */
function refundLine(row: RefundRow, how: string): NewLine | null {
  if (row.exchange_id !== null) return null
  return ledgerLine(`refund:${row.id}`, {
    kind: row.slip_kind === 'return' ? 'refund' : row.slip_kind,
    number: row.number,
    businessDate: row.business_date,
    at: row.recorded_at,
    amount: row.amount,
    currency: row.currency,
    caseId: row.case_id,
    receiptNo: row.receipt_no,
    operator: row.code,
    how,
  })
}

async function tendersOf(r: ReadHandle, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await r
    .selectFrom('refund_tender')
    .select(['refund_id', 'kind', 'amount'])
    .where('refund_id', 'in', ids)
    .orderBy('id')
    .execute()
  const tenders = new Map<number, string[]>()
  for (const { refund_id: of, kind, amount } of rows) {
    tenders.set(of, [...(tenders.get(of) ?? []), `${kind}:${amount}`])
  }
  return new Map([...tenders].map(([of, parts]) => [of, parts.join(' ')]))
}

const refunds: Source = async (r, { after, limit }) => {
  const rows = await refundQuery(r)
    .where('refund.id', '>', after)
    .orderBy('refund.id')
    .limit(limit)
    .execute()
  const tenders = await tendersOf(
    r,
    rows.map(({ id }) => id),
  )
  return sliceOf(rows, after, limit, (row) => refundLine(row, tenders.get(row.id) ?? ''))
}

/** Steps that are taken on a row later: those without a line, whenever they were taken. */
const noLine = (stream: Stream, prefix: string, id: string) =>
  sql<boolean>`NOT EXISTS (SELECT 1 FROM head_office_line AS told WHERE told.stream = ${sql.lit(stream)}
    AND told.key = ${sql.lit(prefix)} || ${sql.ref(id)})`

const refundVoids: Source = async (r, { limit }) => {
  const rows = await refundQuery(r)
    .where('refund.voided_on', 'is not', null)
    .where('refund.exchange_id', 'is', null)
    .where(noLine('ledger', 'refund-void:', 'refund.id'))
    .orderBy('refund.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, 0, limit, (row) =>
    ledgerLine(`refund-void:${row.id}`, {
      kind: row.slip_kind === 'return' ? 'refund' : row.slip_kind,
      number: row.number,
      businessDate: row.voided_on ?? row.business_date,
      at: row.voided_at ?? '',
      amount: -row.amount,
      currency: row.currency,
      caseId: row.case_id,
      receiptNo: row.receipt_no,
      operator: row.voider_code ?? '',
      reverses: row.number,
    }),
  )
}

const exchangeQuery = (r: ReadHandle) =>
  r
    .selectFrom('exchange')
    .innerJoin('receipt', 'receipt.id', 'exchange.receipt_id')
    .innerJoin('operator', 'operator.id', 'exchange.recorded_by')
    .leftJoin('operator as voider', 'voider.id', 'exchange.voided_by')
    .select(['exchange.id', 'exchange.number', 'exchange.case_id', 'exchange.currency'])
    .select(['exchange.credit', 'exchange.given', 'exchange.difference'])
    .select(['exchange.business_date', 'exchange.recorded_at'])
    .select(['exchange.voided_at', 'exchange.voided_on'])
    .select(['receipt.receipt_no', 'operator.code', 'voider.code as voider_code'])

const exchanges: Source = async (r, { after, limit }) => {
  const rows = await exchangeQuery(r)
    .where('exchange.id', '>', after)
    .orderBy('exchange.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, after, limit, (row) =>
    ledgerLine(`exchange:${row.id}`, {
      kind: 'exchange',
      number: row.number,
      businessDate: row.business_date,
      at: row.recorded_at,
      amount: -row.difference,
      currency: row.currency,
      caseId: row.case_id,
      receiptNo: row.receipt_no,
      operator: row.code,
      how: `back:${row.credit} given:${row.given}`,
    }),
  )
}

const exchangeVoids: Source = async (r, { limit }) => {
  const rows = await exchangeQuery(r)
    .where('exchange.voided_on', 'is not', null)
    .where(noLine('ledger', 'exchange-void:', 'exchange.id'))
    .orderBy('exchange.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, 0, limit, (row) =>
    ledgerLine(`exchange-void:${row.id}`, {
      kind: 'exchange',
      number: row.number,
      businessDate: row.voided_on ?? row.business_date,
      at: row.voided_at ?? '',
      amount: row.difference,
      currency: row.currency,
      caseId: row.case_id,
      receiptNo: row.receipt_no,
      operator: row.voider_code ?? '',
      reverses: row.number,
    }),
  )
}

const vouchers: Source = async (r, { after, limit }) => {
  const rows = await r
    .selectFrom('voucher_movement as m')
    .innerJoin('voucher', 'voucher.id', 'm.voucher_id')
    .innerJoin('operator', 'operator.id', 'm.actor_id')
    .select(['m.id', 'm.seq', 'm.kind', 'm.amount', 'm.balance', 'm.at', 'm.business_date'])
    .select(['voucher.number', 'voucher.case_id', 'voucher.currency', 'voucher.source_number'])
    .select('operator.code')
    .where('m.id', '>', after)
    .orderBy('m.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, after, limit, (row) =>
    ledgerLine(`voucher:${row.id}`, {
      kind: `voucher.${row.kind}`,
      number: row.number,
      businessDate: row.business_date,
      at: row.at,
      amount: row.amount,
      currency: row.currency,
      balance: row.balance,
      caseId: row.case_id,
      how: row.source_number,
      operator: row.code,
    }),
  )
}

const compensationQuery = (r: ReadHandle) =>
  r
    .selectFrom('compensation')
    .innerJoin('operator', 'operator.id', 'compensation.by')
    .leftJoin('operator as voider', 'voider.id', 'compensation.voided_by')
    .select(['compensation.id', 'compensation.number', 'compensation.case_id'])
    .select(['compensation.kind', 'compensation.amount', 'compensation.currency'])
    .select(['compensation.borne_by', 'compensation.paid_how', 'compensation.business_date'])
    .select(['compensation.at', 'compensation.voided_at'])
    .select(['operator.code', 'voider.code as voider_code'])

const compensations: Source = async (r, { after, limit }) => {
  const rows = await compensationQuery(r)
    .where('compensation.id', '>', after)
    .orderBy('compensation.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, after, limit, (row) =>
    ledgerLine(`compensation:${row.id}`, {
      kind: `compensation.${row.kind}`,
      number: row.number,
      businessDate: row.business_date,
      at: row.at,
      amount: row.amount,
      currency: row.currency,
      caseId: row.case_id,
      how: row.paid_how,
      party: row.borne_by,
      operator: row.code,
    }),
  )
}

const compensationVoids: Source = async (r, { limit, dayOf }) => {
  const rows = await compensationQuery(r)
    .where('compensation.voided_at', 'is not', null)
    .where(noLine('ledger', 'compensation-void:', 'compensation.id'))
    .orderBy('compensation.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, 0, limit, (row) =>
    ledgerLine(`compensation-void:${row.id}`, {
      kind: `compensation.${row.kind}`,
      number: row.number,
      businessDate: dayOf(row.voided_at ?? row.at),
      at: row.voided_at ?? '',
      amount: -row.amount,
      currency: row.currency,
      caseId: row.case_id,
      how: row.paid_how,
      party: row.borne_by,
      operator: row.voider_code ?? '',
      reverses: row.number,
    }),
  )
}

const goodwill: Source = async (r, { after, limit }) => {
  const rows = await r
    .selectFrom('goodwill_entry as g')
    .innerJoin('operator', 'operator.id', 'g.operator_id')
    .select(['g.id', 'g.at', 'g.business_date', 'g.amount', 'g.currency', 'g.case_id'])
    .select('operator.code')
    .where('g.id', '>', after)
    .orderBy('g.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, after, limit, (row) =>
    ledgerLine(`goodwill:${row.id}`, {
      kind: 'goodwill',
      number: `G${row.id}`,
      businessDate: row.business_date,
      at: row.at,
      amount: row.amount,
      currency: row.currency,
      caseId: row.case_id,
      operator: row.code,
    }),
  )
}

const chargeBacks: Source = async (r, { after, limit }) => {
  const rows = await r
    .selectFrom('charge_back as c')
    .innerJoin('vendor_claim', 'vendor_claim.id', 'c.claim_id')
    .innerJoin('vendor', 'vendor.id', 'c.vendor_id')
    .innerJoin('operator', 'operator.id', 'c.by')
    .select(['c.id', 'c.kind', 'c.amount', 'c.currency', 'c.business_date', 'c.at'])
    .select(['vendor_claim.number', 'vendor_claim.case_id', 'vendor.name as vendor'])
    .select('operator.code')
    .where('c.id', '>', after)
    .orderBy('c.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, after, limit, (row) =>
    ledgerLine(`charge-back:${row.id}`, {
      kind: 'charge_back',
      number: row.number,
      businessDate: row.business_date,
      at: row.at,
      // What a vendor bears comes to the store.
      amount: -row.amount,
      currency: row.currency,
      caseId: row.case_id,
      party: row.vendor,
      operator: row.code,
      ...(row.kind === 'reversal' && { reverses: row.number }),
    }),
  )
}

/** A case as it stands once the last thing of this slice happened to it; a later slice tells of what came after. */
const cases: Source = async (r, { after, limit }) => {
  const events = await r
    .selectFrom('case_event')
    .select(['id', 'case_id'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  const revisions = new Map(events.map(({ id, case_id: caseId }) => [caseId, id]))
  const ids = [...revisions.keys()]
  const heads = ids.length === 0 ? [] : await caseHeads(r, ids)
  const complaints = await caseComplaints(r, ids)
  const settled = heads.filter((head) => head.last_event === revisions.get(head.id))
  return {
    lines: settled.map((head) => {
      const own = complaints.get(head.id) ?? []
      const [first] = own
      return {
        stream: 'case' as const,
        key: `${head.id}:${head.last_event}`,
        data: {
          caseId: head.id,
          revision: head.last_event,
          state: head.state,
          businessDate: head.business_date,
          openedAt: head.opened_at,
          closedOn: head.closed_on,
          owner: head.owner,
          receiptNo: head.receipt_no ?? '',
          customerRef: head.customer_id,
          complaintCount: own.length,
          number: first?.number ?? '',
          kind: first?.kind ?? '',
          class: first?.class ?? '',
          severity: first?.severity ?? '',
          solved: first?.solved ?? null,
          satisfied: first?.satisfied ?? null,
          demand: first?.demand ?? '',
          floor: first?.floor ?? '',
          counter: first?.counter ?? '',
          vendor: first?.vendor ?? '',
          complaints: own,
        },
      }
    }),
    lastId: events.at(-1)?.id ?? after,
    more: events.length === limit,
  }
}

function caseHeads(r: ReadHandle, ids: readonly number[]) {
  return r
    .selectFrom('case_file')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .leftJoin('receipt', 'receipt.id', 'case_file.receipt_id')
    .select(['case_file.id', 'case_file.state', 'case_file.business_date', 'case_file.opened_at'])
    .select(['case_file.closed_on', 'case_file.customer_id', 'receipt.receipt_no'])
    .select('operator.code as owner')
    .select((eb) =>
      eb
        .selectFrom('case_event')
        .select((inner) => inner.fn.max('case_event.id').as('id'))
        .whereRef('case_event.case_id', '=', 'case_file.id')
        .as('last_event'),
    )
    .where('case_file.id', 'in', ids)
    .orderBy('case_file.id')
    .execute()
}

/** The complaints of cases, by case, in the order they were recorded. */
async function caseComplaints(r: ReadHandle, ids: readonly number[]) {
  const rows =
    ids.length === 0
      ? []
      : await r
          .selectFrom('complaint')
          .select(['case_id', 'number', 'kind', 'class', 'severity', 'state', 'satisfied'])
          .select(['demand', 'floor', 'counter', 'vendor', 'business_date'])
          .where('case_id', 'in', ids)
          .orderBy('id')
          .execute()
  const complaints = new Map<number, z.output<typeof caseComplaint>[]>()
  for (const row of rows) {
    const own = complaints.get(row.case_id) ?? []
    complaints.set(row.case_id, [...own, complaintOf(row)])
  }
  return complaints
}

function complaintOf(
  row: Pick<
    Selectable<ComplaintTable>,
    | 'number'
    | 'business_date'
    | 'kind'
    | 'class'
    | 'severity'
    | 'state'
    | 'satisfied'
    | 'demand'
    | 'floor'
    | 'counter'
    | 'vendor'
  >,
): z.output<typeof caseComplaint> {
  return {
    number: row.number,
    businessDate: row.business_date,
    kind: row.kind,
    class: row.class,
    severity: row.severity,
    solved: row.state === 'solved',
    satisfied: row.satisfied === null ? null : row.satisfied === 1,
    demand: row.demand ?? '',
    floor: row.floor,
    counter: row.counter,
    vendor: row.vendor,
  }
}

const closeQuery = (r: ReadHandle) =>
  r
    .selectFrom('day_close as d')
    .innerJoin('operator', 'operator.id', 'd.closed_by')
    .leftJoin('operator as opener', 'opener.id', 'd.reopened_by')
    .select(['d.id', 'd.desk_no', 'd.business_date', 'd.version', 'd.ledger', 'd.ledger_hash'])
    .select(['d.late', 'd.facts', 'd.hash', 'd.prev_hash', 'd.closed_at', 'd.reopened_at'])
    .select(['operator.code', 'opener.code as opener_code'])

type CloseRow = Awaited<ReturnType<ReturnType<typeof closeQuery>['execute']>>[number]

function closeLine(row: CloseRow, reopened: boolean): NewLine {
  const { slips = [], money = [] } = JSON.parse(row.facts) as {
    slips?: unknown[]
    money?: unknown[]
  }
  return {
    stream: 'day_close',
    key: `${reopened ? 'reopened' : 'closed'}:${row.id}`,
    data: {
      deskNo: row.desk_no,
      businessDate: row.business_date,
      version: row.version,
      reopened,
      at: reopened ? (row.reopened_at ?? '') : row.closed_at,
      operator: reopened ? (row.opener_code ?? '') : row.code,
      lines: (JSON.parse(row.ledger) as unknown[]).length,
      late: row.late,
      ledgerHash: row.ledger_hash,
      hash: row.hash,
      prevHash: row.prev_hash,
      slips,
      money,
    },
  }
}

const dayCloses: Source = async (r, { after, limit }) => {
  const rows = await closeQuery(r).where('d.id', '>', after).orderBy('d.id').limit(limit).execute()
  return sliceOf(rows, after, limit, (row) => closeLine(row, false))
}

const reopenings: Source = async (r, { limit }) => {
  const rows = await closeQuery(r)
    .where('d.reopened_at', 'is not', null)
    .where(noLine('day_close', 'reopened:', 'd.id'))
    .orderBy('d.id')
    .limit(limit)
    .execute()
  return sliceOf(rows, 0, limit, (row) => closeLine(row, true))
}

/** What the book is filled from, in this order. */
export const sources: Readonly<Record<string, Source>> = {
  refunds,
  refundVoids,
  exchanges,
  exchangeVoids,
  vouchers,
  compensations,
  compensationVoids,
  goodwill,
  chargeBacks,
  cases,
  dayCloses,
  reopenings,
}
