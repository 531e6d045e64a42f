import type { ExpressionBuilder } from 'kysely'
import type { Schema } from '../database/schema.ts'
import type { ReadHandle } from '../database/store.ts'
import type { promiseViews } from './contract.ts'

export type PromiseView = (typeof promiseViews)[number]

export interface Cursor {
  dueAt: string
  id: number
}

/** What a view is asked at: the instant, the business date and the person. */
export interface Viewer {
  at: string
  today: string
  operatorId: number
  /** Only what belongs to this floor. */
  floor?: string | undefined
}

export type BookedPromise = Awaited<ReturnType<typeof listPage>>[number]

/** So many promises of a view, after one of them where there is one. */
export async function listPage(
  r: ReadHandle,
  view: PromiseView | 'open',
  viewer: Viewer,
  { after, count }: { after: Cursor | undefined; count: number },
) {
  const isAll = view === 'all'
  const rows = await selectView(r, view, viewer)
    .innerJoin('operator', 'operator.id', 'promise.owner_id')
    .select((row) => [
      'promise.id',
      'promise.case_id',
      'promise.owner_id',
      'operator.name as owner_name',
      'promise.text',
      'promise.due_at',
      'promise.due_on',
      'promise.state',
      'promise.version',
      'promise.created_at',
      'promise.settled_at',
      'promise.complaint_id',
      'promise.repair_id',
      floorOf(row).as('floor'),
    ])
    .$if(after !== undefined, (query) =>
      query.where((row) =>
        row(
          row.refTuple('promise.due_at', 'promise.id'),
          isAll ? '<' : '>',
          row.tuple(after?.dueAt ?? '', after?.id ?? 0),
        ),
      ),
    )
    .orderBy('promise.due_at', isAll ? 'desc' : 'asc')
    .orderBy('promise.id', isAll ? 'desc' : 'asc')
    .limit(count)
    .execute()
  const complaints = await listComplaints(
    r,
    rows.flatMap(({ complaint_id }) => complaint_id ?? []),
  )
  const repairs = await listRepairs(
    r,
    rows.flatMap(({ repair_id }) => repair_id ?? []),
  )
  return rows.map((row) => {
    const complaint = row.complaint_id === null ? undefined : complaints.get(row.complaint_id)
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
      createdAt: row.created_at,
      settledAt: row.settled_at,
      floor: row.floor,
      complaint: complaint ? { id: complaint.id, number: complaint.number } : null,
      repair: row.repair_id === null ? null : (repairs.get(row.repair_id) ?? null),
    }
  })
}

function selectView(r: ReadHandle, view: PromiseView | 'open', viewer: Viewer) {
  const { floor } = viewer
  const all = r
    .selectFrom('promise')
    .$if(floor !== undefined, (each) => each.where((row) => row(floorOf(row), '=', floor ?? '')))
  if (view === 'all') return all
  const open = all.where('promise.state', '=', 'open')
  if (view === 'open') return open
  if (view === 'due') return open.where('promise.due_on', '<=', viewer.today)
  if (view === 'overdue') return open.where('promise.due_at', '<', viewer.at)
  return open.where('promise.owner_id', '=', viewer.operatorId)
}

export async function countView(
  r: ReadHandle,
  view: PromiseView | 'open',
  viewer: Viewer,
): Promise<number> {
  const { count } = await selectView(r, view, viewer)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

async function listComplaints(r: ReadHandle, ids: readonly number[]) {
  if (ids.length === 0) return new Map<number, { id: number; number: string }>()
  const rows = await r
    .selectFrom('complaint')
    .select(['id', 'number'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

async function listRepairs(r: ReadHandle, ids: readonly number[]) {
  if (ids.length === 0) return new Map<number, { id: number; number: string }>()
  const rows = await r
    .selectFrom('repair')
    .select(['id', 'number'])
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Which promises are counted: due by a business date and past an instant, of one owner and of one floor. */
export interface PromiseCount {
  at: string
  today: string
  ownerId?: number
  floor?: string
}

/** Promises still open that are due by today, and those of them whose time has passed. */
export async function countPromises(
  r: ReadHandle,
  { at, today, ownerId, floor }: PromiseCount,
): Promise<{ due: number; overdue: number }> {
  const row = await r
    .selectFrom('promise')
    .select((each) => [
      each.fn.countAll<number>().as('due'),
      each.fn
        .coalesce(
          each.fn.sum<number>(each.case().when('promise.due_at', '<', at).then(1).else(0).end()),
          each.val(0),
        )
        .as('overdue'),
    ])
    .where('promise.state', '=', 'open')
    .where('promise.due_on', '<=', today)
    .$if(ownerId !== undefined, (all) => all.where('promise.owner_id', '=', ownerId ?? 0))
    .$if(floor !== undefined, (all) => all.where((each) => each(floorOf(each), '=', floor ?? '')))
    .executeTakeFirstOrThrow()
  return { due: row.due, overdue: row.overdue }
}

/**
 * The floor a promise belongs to: of its complaint, of the goods in its repair, else of another complaint of its case
 * or of what the case's sale began with. Empty where nothing names one.
 */
function floorOf(row: ExpressionBuilder<Schema, 'promise'>) {
  return row.fn.coalesce(
    row
      .selectFrom('complaint')
      .select('complaint.floor')
      .whereRef('complaint.id', '=', 'promise.complaint_id')
      .where('complaint.floor', '<>', ''),
    row
      .selectFrom('repair_item')
      .innerJoin('sale_line', 'sale_line.id', 'repair_item.sale_line_id')
      .select('sale_line.floor')
      .whereRef('repair_item.repair_id', '=', 'promise.repair_id')
      .where('sale_line.floor', '<>', '')
      .orderBy('repair_item.id')
      .limit(1),
    row
      .selectFrom('complaint')
      .select('complaint.floor')
      .whereRef('complaint.case_id', '=', 'promise.case_id')
      .where('complaint.floor', '<>', '')
      .orderBy('complaint.id')
      .limit(1),
    row
      .selectFrom('case_file')
      .innerJoin('sale_line', 'sale_line.receipt_id', 'case_file.receipt_id')
      .select('sale_line.floor')
      .whereRef('case_file.id', '=', 'promise.case_id')
      .where('sale_line.floor', '<>', '')
      .orderBy('sale_line.id')
      .limit(1),
    row.val(''),
  )
}

export interface SettledPromise {
  id: number
  ownerId: number
  ownerName: string
  floor: string
  state: 'open' | 'kept' | 'broken'
  dueAt: string
  dueOn: string
}

/** Promises that were due on the business dates from one to another, both included. */
export async function listDueBetween(
  r: ReadHandle,
  period: { from: string; to: string },
): Promise<SettledPromise[]> {
  const rows = await r
    .selectFrom('promise')
    .innerJoin('operator', 'operator.id', 'promise.owner_id')
    .select((row) => [
      'promise.id',
      'promise.owner_id',
      'operator.name',
      'promise.state',
      'promise.due_at',
      'promise.due_on',
      floorOf(row).as('floor'),
    ])
    .where('promise.due_on', '>=', period.from)
    .where('promise.due_on', '<=', period.to)
    .orderBy('promise.due_on')
    .orderBy('promise.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    ownerId: row.owner_id,
    ownerName: row.name,
    floor: row.floor,
    state: row.state,
    dueAt: row.due_at,
    dueOn: row.due_on,
  }))
}
