import type { SelectQueryBuilder } from 'kysely'
import type { Schema } from '../database/schema.ts'
import type { ReadHandle } from '../database/store.ts'
import { type ComplaintKind, excerptLength } from './contract.ts'
import { type ComplaintRecord, listComplaintsByIds } from './store.ts'

/** What a list is narrowed to; what is left out does not matter. */
export interface ComplaintFilter {
  state: 'open' | 'solved' | 'all'
  businessDate?: string | undefined
  kind?: ComplaintKind | undefined
  /** A floor by its name; empty for those that name none. */
  floor?: string | undefined
  ownerId?: number | undefined
  /** Recorded on this business date or before. */
  until?: string | undefined
}

/** Where a page begins: after this row. */
export interface ComplaintCursor {
  id: number
  nextPromiseDueAt: string | null
}

interface Page {
  after: ComplaintCursor | undefined
  limit: number
}

function narrow<Q extends SelectQueryBuilder<Schema, 'complaint', object>>(
  query: Q,
  filter: ComplaintFilter,
): Q {
  const { state, businessDate, kind, floor, ownerId, until } = filter
  let narrowed: SelectQueryBuilder<Schema, 'complaint', object> = query
  if (state !== 'all') narrowed = narrowed.where('complaint.state', '=', state)
  if (businessDate !== undefined) {
    narrowed = narrowed.where('complaint.business_date', '=', businessDate)
  }
  if (kind !== undefined) narrowed = narrowed.where('complaint.kind', '=', kind)
  if (floor !== undefined) narrowed = narrowed.where('complaint.floor', '=', floor)
  if (until !== undefined) narrowed = narrowed.where('complaint.business_date', '<=', until)
  if (ownerId !== undefined) {
    narrowed = narrowed.where('complaint.case_id', 'in', (cases) =>
      cases
        .selectFrom('case_file')
        .select('case_file.id')
        .where('case_file.owner_id', '=', ownerId),
    )
  }
  return narrowed as Q
}

/** Open ones: promised earliest first, then those without a promise, the oldest first. */
async function listOpenIds(r: ReadHandle, filter: ComplaintFilter, page: Page): Promise<number[]> {
  const { after, limit } = page
  const due = after?.nextPromiseDueAt
  const promised = due === null ? [] : await listPromisedIds(r, filter, { after, limit })
  if (promised.length === limit) return promised
  const rest = await narrow(r.selectFrom('complaint').select('complaint.id'), filter)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('promise')
            .select('promise.id')
            .whereRef('promise.complaint_id', '=', 'complaint.id')
            .where('promise.state', '=', 'open'),
        ),
      ),
    )
    .$if(due === null, (all) => all.where('complaint.id', '>', after?.id ?? 0))
    .orderBy('complaint.id')
    .limit(limit - promised.length)
    .execute()
  return [...promised, ...rest.map(({ id }) => id)]
}

/** Follows the promises by their time; of a complaint with several the first one counts. */
async function listPromisedIds(
  r: ReadHandle,
  filter: ComplaintFilter,
  { after, limit }: Page,
): Promise<number[]> {
  const joined = r
    .selectFrom('promise')
    .innerJoin('complaint', 'complaint.id', 'promise.complaint_id')
    .select('complaint.id')
    .where('promise.state', '=', 'open')
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('promise as sooner')
            .select('sooner.id')
            .whereRef('sooner.complaint_id', '=', 'promise.complaint_id')
            .where('sooner.state', '=', 'open')
            .where((each) =>
              each(
                each.refTuple('sooner.due_at', 'sooner.id'),
                '<',
                each.refTuple('promise.due_at', 'promise.id'),
              ),
            ),
        ),
      ),
    )
    .$if(after !== undefined, (all) =>
      all.where((row) =>
        row.and([
          row('promise.due_at', '>=', after?.nextPromiseDueAt ?? ''),
          row(
            row.refTuple('promise.due_at', 'complaint.id'),
            '>',
            row.tuple(after?.nextPromiseDueAt ?? '', after?.id ?? 0),
          ),
        ]),
      ),
    )
    .orderBy('promise.due_at')
    .orderBy('complaint.id')
    .limit(limit)
  const rows = await narrow(
    joined as unknown as SelectQueryBuilder<Schema, 'complaint', { id: number }>,
    filter,
  ).execute()
  return rows.map(({ id }) => id)
}

/** All others: the newest first. */
async function listNewestIds(
  r: ReadHandle,
  filter: ComplaintFilter,
  { after, limit }: Page,
): Promise<number[]> {
  const rows = await narrow(r.selectFrom('complaint').select('complaint.id'), filter)
    .$if(after !== undefined, (all) => all.where('complaint.id', '<', after?.id ?? 0))
    .orderBy('complaint.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** A page of complaints; what they say is cut to an excerpt. */
export async function listComplaints(
  r: ReadHandle,
  filter: ComplaintFilter,
  page: Page,
): Promise<ComplaintRecord[]> {
  const list = filter.state === 'open' ? listOpenIds : listNewestIds
  return listComplaintsByIds(r, await list(r, filter, page), excerptLength)
}

export async function countComplaints(r: ReadHandle, filter: ComplaintFilter): Promise<number> {
  const { count } = await narrow(
    r.selectFrom('complaint').select(({ fn }) => fn.countAll<number>().as('count')),
    filter,
  ).executeTakeFirstOrThrow()
  return count
}

/** Every floor a complaint ever named, empty for none. */
export async function listFloors(r: ReadHandle): Promise<string[]> {
  const rows = await r.selectFrom('complaint').select('floor').distinct().execute()
  return rows.map(({ floor }) => floor)
}

/** Open entries of every kind by floor: the whole store's, or one owner's. */
export async function countOpenByFloor(
  r: ReadHandle,
  ownerId?: number,
): Promise<{ floor: string; count: number }[]> {
  const filter = { state: 'open' as const, ownerId }
  return narrow(
    r
      .selectFrom('complaint')
      .select('complaint.floor')
      .select(({ fn }) => fn.countAll<number>().as('count')),
    filter,
  )
    .groupBy('complaint.floor')
    .execute()
}
