import type { IncidentTable } from '../database/schema.ts'
import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'

export type IncidentState = IncidentTable['state']
export type EventData = Record<string, string | number | boolean | null>

export interface IncidentRecord {
  id: number
  number: string
  title: string
  goods: string
  fault: string | null
  state: IncidentState
  owner: string
  cases: number
  businessDate: string
  openedAt: string
  productId: number | null
  cell: string | null
  batchNo: string
  brand: string
  vendor: string
  ownerId: number
  conclusion: string
  version: number
}

function selectIncidents(r: ReadHandle) {
  return r
    .selectFrom('incident')
    .innerJoin('operator', 'operator.id', 'incident.owner_id')
    .select([
      'incident.id',
      'incident.number',
      'title',
      'goods',
      'fault',
      'state',
      'operator.name as owner',
      'business_date as businessDate',
      'opened_at as openedAt',
      'product_id as productId',
      'cell',
      'batch_no as batchNo',
      'brand',
      'vendor',
      'owner_id as ownerId',
      'conclusion',
      'incident.version',
    ])
    .select((row) =>
      row
        .selectFrom('incident_case')
        .select((all) => all.fn.countAll<number>().as('cases'))
        .whereRef('incident_case.incident_id', '=', 'incident.id')
        .where('removed_at', 'is', null)
        .$asScalar()
        .$notNull()
        .as('cases'),
    )
}

/** Open ones, or closed as well: the newest first. */
export function listIncidents(r: ReadHandle, closed: boolean): Promise<IncidentRecord[]> {
  return selectIncidents(r)
    .$if(!closed, (rows) => rows.where('state', '<>', 'closed'))
    .orderBy('incident.id', 'desc')
    .limit(200)
    .execute()
}

export function findIncident(r: ReadHandle, id: number): Promise<IncidentRecord | undefined> {
  return selectIncidents(r).where('incident.id', '=', id).executeTakeFirst()
}

/** Open incidents of a finding, or of goods. */
export function listIncidentsOf(
  r: ReadHandle,
  of: { cell?: string; productIds?: readonly number[] },
): Promise<IncidentRecord[]> {
  const { cell, productIds } = of
  return selectIncidents(r)
    .where('state', '<>', 'closed')
    .where((row) =>
      row.or([
        ...(cell === undefined ? [] : [row('cell', '=', cell)]),
        ...(productIds && productIds.length > 0 ? [row('product_id', 'in', productIds)] : []),
      ]),
    )
    .orderBy('incident.id', 'desc')
    .execute()
}

export async function insertIncident(
  w: WriteHandle,
  fresh: Omit<IncidentRecord, 'id' | 'owner' | 'cases' | 'state' | 'conclusion' | 'version'> & {
    openedBy: number
  },
): Promise<number> {
  const { id } = await w
    .insertInto('incident')
    .values({
      number: fresh.number,
      title: fresh.title,
      product_id: fresh.productId,
      goods: fresh.goods,
      brand: fresh.brand,
      vendor: fresh.vendor,
      batch_no: fresh.batchNo,
      fault: fresh.fault,
      cell: fresh.cell,
      state: 'open',
      owner_id: fresh.ownerId,
      business_date: fresh.businessDate,
      opened_at: fresh.openedAt,
      opened_by: fresh.openedBy,
      closed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @returns false when somebody else changed it since `version`. */
export async function writeIncident(
  w: WriteHandle,
  incident: { id: number; version: number },
  columns: Partial<
    Pick<IncidentTable, 'state' | 'owner_id' | 'closed_at'> & { conclusion: string }
  > = {},
): Promise<boolean> {
  const result = await w
    .updateTable('incident')
    .set({ ...columns, version: incident.version + 1 })
    .where('id', '=', incident.id)
    .where('version', '=', incident.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false where the case is part of an incident already. */
export async function insertMember(
  w: WriteHandle,
  member: { incidentId: number; caseId: number; at: string; by: number },
): Promise<boolean> {
  try {
    await w
      .insertInto('incident_case')
      .values({
        incident_id: member.incidentId,
        case_id: member.caseId,
        added_at: member.at,
        added_by: member.by,
        removed_at: null,
        removed_by: null,
      })
      .execute()
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** @returns false where the case is not part of it. */
export async function writeMemberRemoved(
  w: WriteHandle,
  member: { incidentId: number; caseId: number },
  removed: { at: string; by: number; reason: string },
): Promise<boolean> {
  const result = await w
    .updateTable('incident_case')
    .set({ removed_at: removed.at, removed_by: removed.by, remove_reason: removed.reason })
    .where('incident_id', '=', member.incidentId)
    .where('case_id', '=', member.caseId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function listMembers(r: ReadHandle, incidentId: number): Promise<number[]> {
  const rows = await r
    .selectFrom('incident_case')
    .select('case_id')
    .where('incident_id', '=', incidentId)
    .where('removed_at', 'is', null)
    .orderBy('case_id')
    .execute()
  return rows.map((row) => row.case_id)
}

/** Cases that are part of some incident, or were taken out of this one: none of them is proposed. */
export async function listTaken(r: ReadHandle, incidentId: number | null): Promise<Set<number>> {
  const rows = await r
    .selectFrom('incident_case')
    .select('case_id')
    .where((row) =>
      row.or([
        row('removed_at', 'is', null),
        ...(incidentId === null ? [] : [row('incident_id', '=', incidentId)]),
      ]),
    )
    .execute()
  return new Set(rows.map((row) => row.case_id))
}

export async function insertIncidentEvent(
  w: WriteHandle,
  event: { incidentId: number; at: string; actorId: number; kind: string; data: EventData },
): Promise<void> {
  await w
    .insertInto('incident_event')
    .values({
      incident_id: event.incidentId,
      at: event.at,
      actor_id: event.actorId,
      kind: event.kind,
      data: JSON.stringify(event.data),
    })
    .execute()
}

/** What was done in an incident and in its cases since it was opened, the oldest first. */
export async function listTimeline(r: ReadHandle, incidentId: number) {
  const rows = await r
    .selectFrom('incident_event')
    .innerJoin('operator', 'operator.id', 'incident_event.actor_id')
    .select(['incident_event.id', 'at', 'operator.name as actor', 'kind', 'data'])
    .where('incident_id', '=', incidentId)
    .orderBy('incident_event.id')
    .execute()
  return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as EventData }))
}

/** What is known of goods for their papers. */
export async function findProduct(r: ReadHandle, productId: number) {
  return r
    .selectFrom('product')
    .select(['id', 'name', 'brand', 'model', 'barcode', 'vendor', 'floor', 'counter'])
    .where('id', '=', productId)
    .executeTakeFirst()
}

/** Counters that sold goods of late, as their sales name them. */
export async function listCounters(r: ReadHandle, productId: number): Promise<string[]> {
  const rows = await r
    .selectFrom('radar_sold')
    .select('counter')
    .distinct()
    .where('product_id', '=', productId)
    .where('counter', '<>', '')
    .orderBy('counter')
    .execute()
  return rows.map(({ counter }) => counter)
}
