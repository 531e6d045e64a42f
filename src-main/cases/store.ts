import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { RiskFlag } from './contract.ts'
import type { CaseState, PromiseState } from './rules.ts'

/** What a case hangs on, as far as it is known when it is opened. */
export interface NewCase {
  state: CaseState
  businessDate: string
  at: string
  openedBy: number
  ownerId: number
  receiptId: number | null
  customerId: number | null
}

export interface CaseRecord {
  id: number
  state: CaseState
  ownerId: number
  closedAt: string | null
  closedOn: string | null
}

/** What a promise is about: one of these, or its case as a whole. */
export interface PromiseAbout {
  complaintId?: number
  repairId?: number
  exchangeId?: number
}

export interface PromiseRecord {
  id: number
  caseId: number
  ownerId: number
  ownerName: string
  text: string
  dueAt: string
  dueOn: string
  state: PromiseState
  version: number
  complaintId: number | null
  repairId: number | null
  exchangeId: number | null
}

/** Flat facts of an event, as the contract shows them. */
export type EventData = Record<string, string | number | boolean | null>

export interface CaseEventRecord {
  id: number
  at: string
  actor: string
  kind: string
  data: EventData
}

/** Writes a case; one that is closed from the start is closed at the moment it is opened. */
export async function insertCase(w: WriteHandle, fresh: NewCase): Promise<number> {
  const closed = fresh.state === 'closed'
  const { id } = await w
    .insertInto('case_file')
    .values({
      state: fresh.state,
      business_date: fresh.businessDate,
      opened_at: fresh.at,
      opened_by: fresh.openedBy,
      owner_id: fresh.ownerId,
      receipt_id: fresh.receiptId,
      customer_id: fresh.customerId,
      closed_at: closed ? fresh.at : null,
      closed_on: closed ? fresh.businessDate : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function findCase(r: ReadHandle, id: number): Promise<CaseRecord | undefined> {
  const row = await r
    .selectFrom('case_file')
    .select(['id', 'state', 'owner_id', 'closed_at', 'closed_on'])
    .where('id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      state: row.state,
      ownerId: row.owner_id,
      closedAt: row.closed_at,
      closedOn: row.closed_on,
    }
  )
}

/** @returns false when the case is not open any more. */
export async function writeClosed(
  w: WriteHandle,
  id: number,
  at: string,
  businessDate: string,
): Promise<boolean> {
  const result = await w
    .updateTable('case_file')
    .set((row) => ({
      state: 'closed' as const,
      closed_at: at,
      closed_on: businessDate,
      version: row('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function writeReopened(w: WriteHandle, id: number): Promise<void> {
  await w
    .updateTable('case_file')
    .set((row) => ({
      state: 'open' as const,
      closed_at: null,
      closed_on: null,
      version: row('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

export async function writeOwner(w: WriteHandle, id: number, ownerId: number): Promise<void> {
  await w
    .updateTable('case_file')
    .set((row) => ({ owner_id: ownerId, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Fills in the sale and the customer of a case that knew none. */
export async function writeSubject(
  w: WriteHandle,
  id: number,
  subject: { receiptId: number | null; customerId: number | null },
): Promise<void> {
  await w
    .updateTable('case_file')
    .set((row) => ({
      receipt_id: row.fn.coalesce('receipt_id', row.val(subject.receiptId)),
      customer_id: row.fn.coalesce('customer_id', row.val(subject.customerId)),
    }))
    .where('id', '=', id)
    .execute()
}

/** True while a complaint, an exchange or a repair of the case is under way. */
export async function hasOpenWork(r: ReadHandle, caseId: number): Promise<boolean> {
  const complaint = await r
    .selectFrom('complaint')
    .select('id')
    .where('case_id', '=', caseId)
    .where('state', '=', 'open')
    .executeTakeFirst()
  const exchange = await r
    .selectFrom('exchange')
    .select('id')
    .where('case_id', '=', caseId)
    .where('state', 'in', ['ordered', 'awaiting_handover'])
    .executeTakeFirst()
  const handover = await r
    .selectFrom('handover')
    .select('id')
    .where('case_id', '=', caseId)
    .where('state', 'in', ['open', 'given'])
    .executeTakeFirst()
  const repair = await r
    .selectFrom('repair')
    .select('id')
    .where('case_id', '=', caseId)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return [complaint, exchange, handover, repair].some((work) => work !== undefined)
}

/** The settlement of a complaint that is not over: on offer, or agreed and not carried out. */
export async function findLiveSettlement(
  r: ReadHandle,
  complaintId: number,
): Promise<{ number: string; state: string } | undefined> {
  return r
    .selectFrom('settlement')
    .select(['number', 'state'])
    .where('complaint_id', '=', complaintId)
    .where('state', 'in', ['offered', 'declined', 'escalated', 'agreed'])
    .executeTakeFirst()
}

export async function insertEvent(
  w: WriteHandle,
  event: { caseId: number; at: string; actorId: number; kind: string; data: EventData },
): Promise<void> {
  await w
    .insertInto('case_event')
    .values({
      case_id: event.caseId,
      at: event.at,
      actor_id: event.actorId,
      kind: event.kind,
      data: JSON.stringify(event.data),
    })
    .execute()
}

/** The whole history of a case, oldest first. */
export async function listEvents(r: ReadHandle, caseId: number): Promise<CaseEventRecord[]> {
  const rows = await r
    .selectFrom('case_event')
    .innerJoin('operator', 'operator.id', 'case_event.actor_id')
    .select([
      'case_event.id',
      'case_event.at',
      'case_event.kind',
      'case_event.data',
      'operator.name',
    ])
    .where('case_event.case_id', '=', caseId)
    .orderBy('case_event.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: row.name,
    kind: row.kind,
    data: JSON.parse(row.data) as EventData,
  }))
}

/** The newest event of any case; 0 while there is none. */
export async function lastEventId(r: ReadHandle): Promise<number> {
  const row = await r
    .selectFrom('case_event')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst()
  return row?.id ?? 0
}

/** True where something of a kind that begins so has happened after an event. */
export async function hasEventSince(
  r: ReadHandle,
  eventId: number,
  kindBegins: string,
): Promise<boolean> {
  const row = await r
    .selectFrom('case_event')
    .select('id')
    .where('id', '>', eventId)
    .where('kind', 'like', `${kindBegins}%`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Cases with an event after one, each once; undefined where there are more events than `most`. */
export async function listCasesChangedSince(
  r: ReadHandle,
  eventId: number,
  most: number,
): Promise<number[] | undefined> {
  const rows = await r
    .selectFrom('case_event')
    .select('case_id')
    .where('id', '>', eventId)
    .orderBy('id')
    .limit(most + 1)
    .execute()
  return rows.length > most ? undefined : [...new Set(rows.map((row) => row.case_id))]
}

export async function insertPromise(
  w: WriteHandle,
  promise: {
    caseId: number
    ownerId: number
    text: string
    dueAt: string
    dueOn: string
    at: string
    about: PromiseAbout
  },
): Promise<number> {
  const { id } = await w
    .insertInto('promise')
    .values({
      case_id: promise.caseId,
      owner_id: promise.ownerId,
      text: promise.text,
      due_at: promise.dueAt,
      due_on: promise.dueOn,
      state: 'open',
      settled_at: null,
      settled_by: null,
      created_at: promise.at,
      complaint_id: promise.about.complaintId ?? null,
      repair_id: promise.about.repairId ?? null,
      exchange_id: promise.about.exchangeId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const promiseColumns = [
  'promise.id',
  'promise.case_id',
  'promise.owner_id',
  'operator.name as owner_name',
  'promise.text',
  'promise.due_at',
  'promise.due_on',
  'promise.state',
  'promise.version',
  'promise.complaint_id',
  'promise.repair_id',
  'promise.exchange_id',
] as const

interface PromiseRow {
  id: number
  case_id: number
  owner_id: number
  owner_name: string
  text: string
  due_at: string
  due_on: string
  state: PromiseState
  version: number
  complaint_id: number | null
  repair_id: number | null
  exchange_id: number | null
}

function toPromise(row: PromiseRow): PromiseRecord {
  return {
    id: row.id,
    caseId: row.case_id,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    text: row.text,
    dueAt: row.due_at,
    dueOn: row.due_on,
    state: row.state,
    version: row.version,
    complaintId: row.complaint_id,
    repairId: row.repair_id,
    exchangeId: row.exchange_id,
  }
}

function selectPromises(r: ReadHandle) {
  return r
    .selectFrom('promise')
    .innerJoin('operator', 'operator.id', 'promise.owner_id')
    .select(promiseColumns)
}

export async function findPromise(r: ReadHandle, id: number): Promise<PromiseRecord | undefined> {
  const row = await selectPromises(r).where('promise.id', '=', id).executeTakeFirst()
  return row && toPromise(row)
}

/** Every promise of a case, in the order they were given. */
export async function listPromises(r: ReadHandle, caseId: number): Promise<PromiseRecord[]> {
  const rows = await selectPromises(r)
    .where('promise.case_id', '=', caseId)
    .orderBy('promise.id')
    .execute()
  return rows.map(toPromise)
}

/** The next open promise of each of some repairs, by the repair; in one read however many there are. */
export async function nextPromises(
  r: ReadHandle,
  repairIds: readonly number[],
): Promise<Map<number, PromiseRecord>> {
  if (repairIds.length === 0) return new Map()
  const rows = await selectPromises(r)
    .where('promise.repair_id', 'in', repairIds)
    .where('promise.state', '=', 'open')
    .orderBy('promise.id', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.repair_id ?? 0, toPromise(row)]))
}

export interface DuePromise extends PromiseRecord {
  complaintNumber: string | null
  complaintText: string | null
  repairNumber: string | null
}

/** Letters of a complaint that stand beside its promise. */
const firstWords = 120

/** Open promises of the whole store, the earliest due first. */
export async function listOpenPromises(r: ReadHandle): Promise<DuePromise[]> {
  const rows = await selectPromises(r)
    .leftJoin('complaint', 'complaint.id', 'promise.complaint_id')
    .select('complaint.number as complaint_number')
    .select((row) =>
      row
        .fn<string | null>('substr', ['complaint.text', row.val(1), row.val(firstWords)])
        .as('complaint_text'),
    )
    .leftJoin('repair', 'repair.id', 'promise.repair_id')
    .select('repair.number as repair_number')
    .where('promise.state', '=', 'open')
    .orderBy('promise.due_at')
    .orderBy('promise.id')
    .execute()
  return rows.map((row) => ({
    ...toPromise(row),
    complaintNumber: row.complaint_number,
    complaintText: row.complaint_text,
    repairNumber: row.repair_number,
  }))
}

/** @returns false when somebody else settled or changed the promise since `version`. */
export async function writeSettled(
  w: WriteHandle,
  promise: { id: number; version: number },
  settled: { state: 'kept' | 'broken'; at: string; by: number },
): Promise<boolean> {
  const result = await w
    .updateTable('promise')
    .set({
      state: settled.state,
      settled_at: settled.at,
      settled_by: settled.by,
      version: promise.version + 1,
    })
    .where('id', '=', promise.id)
    .where('version', '=', promise.version)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Open promises of whoever had a case go where the case goes; what others promised stays theirs. */
export async function writePromiseOwner(
  w: WriteHandle,
  caseId: number,
  owner: { from: number; to: number },
): Promise<void> {
  await w
    .updateTable('promise')
    .set((row) => ({ owner_id: owner.to, version: row('version', '+', 1) }))
    .where('case_id', '=', caseId)
    .where('state', '=', 'open')
    .where('owner_id', '=', owner.from)
    .execute()
}

/** Open promises of an operator in cases of others, the earliest due first. */
export async function listPromisesOf(r: ReadHandle, ownerId: number): Promise<PromiseRecord[]> {
  const rows = await selectPromises(r)
    .where('promise.owner_id', '=', ownerId)
    .where('promise.state', '=', 'open')
    .orderBy('promise.due_at')
    .execute()
  return rows.map(toPromise)
}

/** The risks each of these cases, or any, carries now, in the order they were raised. */
export async function listRisks(
  r: ReadHandle,
  caseIds: readonly number[] | 'any',
): Promise<Map<number, RiskFlag[]>> {
  const risks = new Map<number, RiskFlag[]>()
  if (caseIds.length === 0) return risks
  const rows = await r
    .selectFrom('case_risk')
    .select(['case_id', 'flag'])
    .$if(caseIds !== 'any', (all) => all.where('case_id', 'in', caseIds === 'any' ? [] : caseIds))
    .where('cleared_at', 'is', null)
    .orderBy('id')
    .execute()
  for (const { case_id, flag } of rows) risks.set(case_id, [...(risks.get(case_id) ?? []), flag])
  return risks
}

export async function insertRisk(
  w: WriteHandle,
  risk: { caseId: number; flag: RiskFlag; at: string; by: number },
): Promise<void> {
  await w
    .insertInto('case_risk')
    .values({
      case_id: risk.caseId,
      flag: risk.flag,
      raised_at: risk.at,
      raised_by: risk.by,
      cleared_at: null,
      cleared_by: null,
    })
    .execute()
}

export async function writeRiskCleared(
  w: WriteHandle,
  risk: { caseId: number; flag: RiskFlag; at: string; by: number },
): Promise<void> {
  await w
    .updateTable('case_risk')
    .set({ cleared_at: risk.at, cleared_by: risk.by })
    .where('case_id', '=', risk.caseId)
    .where('flag', '=', risk.flag)
    .where('cleared_at', 'is', null)
    .execute()
}

/** Risks of the open cases of a sale, of its customer, and of one case, each once. */
export async function findOpenRisks(
  r: ReadHandle,
  about: { receiptId: number | null; customerId: number | null; caseId: number | null },
): Promise<RiskFlag[]> {
  const rows = await r
    .selectFrom('case_file')
    .innerJoin('case_risk', 'case_risk.case_id', 'case_file.id')
    .select('case_risk.flag')
    .distinct()
    .where('case_file.state', '=', 'open')
    .where('case_risk.cleared_at', 'is', null)
    .where((row) =>
      row.or([
        row('case_file.receipt_id', '=', about.receiptId),
        row('case_file.customer_id', '=', about.customerId),
        row('case_file.id', '=', about.caseId),
      ]),
    )
    .orderBy('case_risk.flag')
    .execute()
  return rows.map((row) => row.flag)
}
