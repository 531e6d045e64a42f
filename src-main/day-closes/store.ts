import type { DayCountTable } from '../database/schema.ts'
import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { BusinessDate } from '../foundation/business-date.ts'
import type { DocumentType } from '../foundation/document-number.ts'

export interface CloseRecord {
  id: number
  deskNo: string
  businessDate: BusinessDate
  version: number
  ledger: string[]
  ledgerHash: string
  /** JSON as it was hashed. */
  facts: string
  auditSeq: number
  auditHash: string
  prevHash: string
  hash: string
  closedAt: string
  closedById: number
  closedBy: string
  reopened: { at: string; by: string; reason: string } | null
}

function selectCloses(r: ReadHandle) {
  return r
    .selectFrom('day_close')
    .innerJoin('operator as closer', 'closer.id', 'day_close.closed_by')
    .leftJoin('operator as opener', 'opener.id', 'day_close.reopened_by')
    .selectAll('day_close')
    .select(['closer.name as closer_name', 'opener.name as opener_name'])
}

type CloseRow = Awaited<ReturnType<ReturnType<typeof selectCloses>['execute']>>[number]

function toClose(row: CloseRow): CloseRecord {
  return {
    id: row.id,
    deskNo: row.desk_no,
    businessDate: row.business_date,
    version: row.version,
    ledger: JSON.parse(row.ledger) as string[],
    ledgerHash: row.ledger_hash,
    facts: row.facts,
    auditSeq: row.audit_seq,
    auditHash: row.audit_hash,
    prevHash: row.prev_hash,
    hash: row.hash,
    closedAt: row.closed_at,
    closedById: row.closed_by,
    closedBy: row.closer_name,
    reopened:
      row.reopened_at === null
        ? null
        : { at: row.reopened_at, by: row.opener_name ?? '', reason: row.reopen_reason },
  }
}

/** Every close of a day, the newest first. */
export async function listCloses(r: ReadHandle, date: BusinessDate): Promise<CloseRecord[]> {
  const rows = await selectCloses(r)
    .where('business_date', '=', date)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(toClose)
}

/** Closes after an id, oldest first, a page at a time. */
export async function pageOfCloses(
  r: ReadHandle,
  after: number,
  limit: number,
): Promise<CloseRecord[]> {
  const rows = await selectCloses(r)
    .where('day_close.id', '>', after)
    .orderBy('day_close.id')
    .limit(limit)
    .execute()
  return rows.map(toClose)
}

export async function findLastHash(r: ReadHandle): Promise<string | undefined> {
  const row = await r
    .selectFrom('day_close')
    .select('hash')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.hash
}

export interface CloseState {
  businessDate: BusinessDate
  version: number
  isClosed: boolean
  late: number
}

/** How every closed or reopened day stands, by its last close. */
export async function listCloseStates(r: ReadHandle): Promise<CloseState[]> {
  const rows = await r
    .selectFrom('day_close')
    .select(['business_date', 'version', 'reopened_at', 'late'])
    .orderBy('business_date')
    .orderBy('version')
    .execute()
  const last = new Map(
    rows.map((row) => [
      row.business_date,
      {
        businessDate: row.business_date,
        version: row.version,
        isClosed: row.reopened_at === null,
        late: row.late,
      },
    ]),
  )
  return [...last.values()]
}

/** The days nothing is booked on any more. */
export async function listClosedDates(r: ReadHandle): Promise<Set<BusinessDate>> {
  const rows = await r
    .selectFrom('day_close')
    .select('business_date')
    .where('reopened_at', 'is', null)
    .execute()
  return new Set(rows.map(({ business_date: date }) => date))
}

export interface NewClose extends Omit<CloseRecord, 'id' | 'ledger' | 'closedBy' | 'reopened'> {
  ledger: readonly string[]
  late: number
}

/** @returns false where somebody else closed the day first. */
export async function insertClose(w: WriteHandle, close: NewClose): Promise<boolean> {
  try {
    await w
      .insertInto('day_close')
      .values({
        desk_no: close.deskNo,
        business_date: close.businessDate,
        version: close.version,
        ledger: JSON.stringify(close.ledger),
        ledger_hash: close.ledgerHash,
        late: close.late,
        facts: close.facts,
        audit_seq: close.auditSeq,
        audit_hash: close.auditHash,
        prev_hash: close.prevHash,
        hash: close.hash,
        closed_at: close.closedAt,
        closed_by: close.closedById,
        reopened_at: null,
        reopened_by: null,
      })
      .execute()
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

export async function writeReopened(
  w: WriteHandle,
  id: number,
  reopened: { at: string; by: number; reason: string },
): Promise<boolean> {
  const result = await w
    .updateTable('day_close')
    .set({
      reopened_at: reopened.at,
      reopened_by: reopened.by,
      reopen_reason: reopened.reason,
    })
    .where('id', '=', id)
    .where('reopened_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export type Destination = DayCountTable['destination']

export interface CountRecord {
  destination: Destination
  recorded: number
  counted: number
  note: string
  at: string
  by: string
}

/** The last count of each destination. */
export async function listCounts(r: ReadHandle, date: BusinessDate): Promise<CountRecord[]> {
  const rows = await r
    .selectFrom('day_count')
    .innerJoin('operator', 'operator.id', 'day_count.counted_by')
    .select([
      'destination',
      'recorded',
      'counted',
      'note',
      'counted_at as at',
      'operator.name as by',
    ])
    .where('business_date', '=', date)
    .orderBy('day_count.id')
    .execute()
  return [...new Map(rows.map((row) => [row.destination, row])).values()]
}

export async function insertCount(
  w: WriteHandle,
  count: {
    deskNo: string
    businessDate: BusinessDate
    destination: Destination
    recorded: number
    counted: number
    note: string
    at: string
    by: number
  },
): Promise<number> {
  const { id } = await w
    .insertInto('day_count')
    .values({
      desk_no: count.deskNo,
      business_date: count.businessDate,
      destination: count.destination,
      recorded: count.recorded,
      counted: count.counted,
      note: count.note,
      counted_at: count.at,
      counted_by: count.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Units that came back on the day and that the desk answered for, by where they are to go. */
export async function countGoods(
  r: ReadHandle,
  date: BusinessDate,
): Promise<Map<Destination, number>> {
  const rows = await r
    .selectFrom('goods_unit')
    .select((row) => ['destination', row.fn.countAll<number>().as('count')])
    .where('business_date', '=', date)
    .where('state', 'not in', ['with_customer', 'back_in_repair'])
    .groupBy('destination')
    .execute()
  return new Map(rows.map(({ destination, count }) => [destination, count]))
}

/** What the POS was told on the day, by direction, tender and whether it is done; minor units. */
export async function sumInstructions(r: ReadHandle, date: BusinessDate) {
  return r
    .selectFrom('pos_instruction')
    .select(['direction', 'tender_kind as tender', 'state'])
    .select((row) => [
      row.fn.countAll<number>().as('count'),
      row.fn.sum<number>('amount').as('amount'),
    ])
    .where('business_date', '=', date)
    .where('state', '<>', 'cancelled')
    .groupBy(['direction', 'tender_kind', 'state'])
    .orderBy('direction')
    .orderBy('tender_kind')
    .execute()
}

/** Instructions of these days that no payment of a till stands for, by day. */
export async function countUnmatched(
  r: ReadHandle,
  from: BusinessDate,
): Promise<Map<BusinessDate, number>> {
  const rows = await r
    .selectFrom('pos_instruction')
    .select((row) => ['business_date', row.fn.countAll<number>().as('count')])
    .where('state', 'in', ['pending', 'ambiguous'])
    .where('business_date', '>=', from)
    .groupBy('business_date')
    .execute()
  return new Map(rows.map(({ business_date: date, count }) => [date, count]))
}

export async function findAuditHead(r: ReadHandle): Promise<{ seq: number; hash: string }> {
  const row = await r
    .selectFrom('audit_log')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? { seq: 0, hash: '0'.repeat(64) }
}

export interface CloseSettings {
  signers: 2 | 3
  remindMinutes: number
  papers: ('day_report' | 'day_close')[]
  version: number
}

/** Three signatures, and a reminder half an hour before the store closes. */
const usualSettings: CloseSettings = { signers: 3, remindMinutes: 30, papers: [], version: 0 }

export async function findSettings(r: ReadHandle): Promise<CloseSettings> {
  const row = await r.selectFrom('day_close_settings').selectAll().executeTakeFirst()
  if (!row) return usualSettings
  return {
    signers: row.signers === 2 ? 2 : 3,
    remindMinutes: row.remind_minutes,
    papers: JSON.parse(row.papers) as CloseSettings['papers'],
    version: row.version,
  }
}

/** @returns false when somebody else changed them since. */
export async function writeSettings(
  w: WriteHandle,
  next: Omit<CloseSettings, 'version'>,
  version: number,
): Promise<boolean> {
  const columns = {
    signers: next.signers,
    remind_minutes: next.remindMinutes,
    papers: JSON.stringify(next.papers),
    version: version + 1,
  }
  if (version === 0) {
    const inserted = await w
      .insertInto('day_close_settings')
      .values({ id: 1, ...columns })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    return inserted.numInsertedOrUpdatedRows === 1n
  }
  const result = await w
    .updateTable('day_close_settings')
    .set(columns)
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

type WrittenAt = (
  r: ReadHandle,
  number: string,
) => { executeTakeFirst(): Promise<{ at: string } | undefined> }

const refundAt: WrittenAt = (r, number) =>
  r.selectFrom('refund').select('recorded_at as at').where('number', '=', number)

/** Where each kind of document of the ledger says when it was written. */
const writtenAt: Partial<Record<DocumentType, WrittenAt>> = {
  TH: refundAt,
  TJ: refundAt,
  HH: (r, number) =>
    r.selectFrom('exchange').select('recorded_at as at').where('number', '=', number),
  WX: (r, number) =>
    r.selectFrom('repair').select('recorded_at as at').where('number', '=', number),
  TS: (r, number) =>
    r.selectFrom('complaint').select('recorded_at as at').where('number', '=', number),
  JJ: (r, number) =>
    r.selectFrom('handover').select('opened_at as at').where('number', '=', number),
  PZ: (r, number) => r.selectFrom('voucher').select('issued_at as at').where('number', '=', number),
  XY: (r, number) => r.selectFrom('card').select('issued_at as at').where('number', '=', number),
  JS: (r, number) =>
    r.selectFrom('claim_refusal').select('recorded_at as at').where('number', '=', number),
  BC: (r, number) => r.selectFrom('compensation').select('at').where('number', '=', number),
}

/** The instant a document of the ledger was written at; undefined for other numbers. */
export async function findWrittenAt(
  r: ReadHandle,
  type: DocumentType,
  number: string,
): Promise<string | undefined> {
  const row = await writtenAt[type]?.(r, number).executeTakeFirst()
  return row?.at
}

export async function hasClosingPrint(
  r: ReadHandle,
  deskNo: string,
  date: BusinessDate,
): Promise<boolean> {
  const row = await r
    .selectFrom('closing_print')
    .select('made_at')
    .where('desk_no', '=', deskNo)
    .where('business_date', '=', date)
    .executeTakeFirst()
  return row !== undefined
}

/** @returns false where the papers of that day were made before. */
export async function insertClosingPrint(
  w: WriteHandle,
  print: { deskNo: string; businessDate: BusinessDate; papers: readonly string[]; at: string },
): Promise<boolean> {
  const result = await w
    .insertInto('closing_print')
    .values({
      desk_no: print.deskNo,
      business_date: print.businessDate,
      papers: JSON.stringify(print.papers),
      made_at: print.at,
    })
    .onConflict((conflict) => conflict.columns(['desk_no', 'business_date']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}
