import type { FollowupTable, FollowupTryTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type {
  ContactChannel,
  learntAbouts,
  listViews,
  listWhose,
  Outcome,
  Result,
} from './contract.ts'
import type { FollowUpState, Plan } from './rules.ts'

export interface NewFollowUp {
  caseId: number
  complaintId: number | null
  customerId: number | null
  planId: string
  planVersion: number
  plan: Plan
  step: number
  reason: string
  ownerId: number
  floor: string
  at: string
  by: number
  fromAt: string
  fromOn: string
  lateAfter: string
}

export async function insertFollowUp(w: WriteHandle, fresh: NewFollowUp): Promise<number> {
  const { id } = await w
    .insertInto('followup')
    .values({
      case_id: fresh.caseId,
      complaint_id: fresh.complaintId,
      customer_id: fresh.customerId,
      plan_id: fresh.planId,
      plan_version: fresh.planVersion,
      plan: JSON.stringify(fresh.plan),
      purpose: fresh.plan.purpose,
      channel: fresh.plan.channel,
      step: fresh.step,
      steps: fresh.plan.steps.length,
      reason: fresh.reason,
      owner_id: fresh.ownerId,
      floor: fresh.floor,
      made_at: fresh.at,
      made_by: fresh.by,
      from_at: fresh.fromAt,
      late_after: fresh.lateAfter,
      next_at: fresh.fromAt,
      next_on: fresh.fromOn,
      state: 'waiting',
      result: null,
      ended_at: null,
      ended_on: null,
      ended_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** A follow-up with its plan as it was, and who is to be reached now. */
export interface FollowUpRecord {
  id: number
  caseId: number
  complaintId: number | null
  customerId: number | null
  number: string
  text: string
  name: string
  phone: string
  plan: Plan
  planId: string
  purpose: FollowupTable['purpose']
  channel: ContactChannel
  step: number
  steps: number
  reason: string
  floor: string
  ownerId: number
  ownerName: string
  nextAt: string
  lateAfter: string
  tries: number
  state: FollowUpState
  result: Result | null
  endedAt: string | null
  endNote: string
  version: number
}

/** Letters of what was said that stand in a list. */
const shownLetters = 120

function selectFollowUps(r: ReadHandle) {
  return r
    .selectFrom('followup')
    .innerJoin('operator', 'operator.id', 'followup.owner_id')
    .leftJoin('complaint', 'complaint.id', 'followup.complaint_id')
    .leftJoin('customer', 'customer.id', 'followup.customer_id')
    .selectAll('followup')
    .select((row) => [
      'operator.name as owner_name',
      'complaint.number',
      'complaint.contact_name',
      'complaint.contact_phone',
      'customer.name as customer_name',
      'customer.phone as customer_phone',
      row
        .fn<string | null>('substr', ['complaint.text', row.val(1), row.val(shownLetters)])
        .as('text'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectFollowUps>['execute']>>[number]

function toRecord(row: Row): FollowUpRecord {
  return {
    id: row.id,
    caseId: row.case_id,
    complaintId: row.complaint_id,
    customerId: row.customer_id,
    number: row.number ?? `#${row.case_id}`,
    text: row.text ?? row.reason,
    name: row.contact_name || (row.customer_name ?? ''),
    phone: row.contact_phone || (row.customer_phone ?? ''),
    plan: JSON.parse(row.plan) as Plan,
    planId: row.plan_id,
    purpose: row.purpose,
    channel: row.channel,
    step: row.step,
    steps: row.steps,
    reason: row.reason,
    floor: row.floor,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    nextAt: row.next_at,
    lateAfter: row.late_after,
    tries: row.tries,
    state: row.state,
    result: row.result,
    endedAt: row.ended_at,
    endNote: row.end_note,
    version: row.version,
  }
}

export async function findFollowUp(r: ReadHandle, id: number): Promise<FollowUpRecord | undefined> {
  const row = await selectFollowUps(r).where('followup.id', '=', id).executeTakeFirst()
  return row && toRecord(row)
}

export interface ListAsked {
  view: (typeof listViews)[number]
  whose: (typeof listWhose)[number]
  floor: string | undefined
  /** The operator who asks, and the business date. */
  operatorId: number
  today: string
}

/** What a view shows: rows that wait, or those that are over. */
function selectView(
  r: ReadHandle,
  {
    view,
    whose,
    floor,
    operatorId,
    today,
  }: Omit<ListAsked, 'view'> & { view: ListAsked['view'] | 'waiting' },
) {
  const all = r
    .selectFrom('followup')
    .$if(whose === 'mine', (query) => query.where('followup.owner_id', '=', operatorId))
    .$if(floor !== undefined, (query) => query.where('followup.floor', '=', floor ?? ''))
  if (view === 'done') return all.where('followup.state', '<>', 'waiting')
  const waiting = all
    .leftJoin('complaint', 'complaint.id', 'followup.complaint_id')
    .leftJoin('customer', 'customer.id', 'followup.customer_id')
    .where('followup.state', '=', 'waiting')
    // Whoever was erased has no number any more: what waited for them is over by itself.
    .where((row) =>
      row.or([row('complaint.contact_phone', '<>', ''), row('customer.phone', '<>', '')]),
    )
  if (view === 'waiting') return waiting
  if (view === 'due') return waiting.where('followup.next_on', '<=', today)
  if (view === 'later') return waiting.where('followup.next_on', '>', today)
  return waiting.where('followup.late_after', '<', today)
}

/** So many follow-ups of a view, after one of them where there is one. Ids first: a page joins no more than itself. */
export async function listPage(
  r: ReadHandle,
  asked: ListAsked,
  { after, count }: { after: { at: string; id: number } | undefined; count: number },
): Promise<FollowUpRecord[]> {
  const isOver = asked.view === 'done'
  const column = isOver ? 'followup.ended_at' : 'followup.next_at'
  const order = isOver ? 'desc' : 'asc'
  const ids = await selectView(r, asked)
    .select('followup.id')
    .$if(after !== undefined, (query) =>
      query.where((row) =>
        row(
          row.refTuple(column, 'followup.id'),
          isOver ? '<' : '>',
          row.tuple(after?.at ?? '', after?.id ?? 0),
        ),
      ),
    )
    .orderBy(column, order)
    .orderBy('followup.id', order)
    .limit(count)
    .execute()
  if (ids.length === 0) return []
  const rows = await selectFollowUps(r)
    .where(
      'followup.id',
      'in',
      ids.map(({ id }) => id),
    )
    .orderBy(column, order)
    .orderBy('followup.id', order)
    .execute()
  return rows.map(toRecord)
}

/** How many wait: due today or before, of those due whose they are, and past their last day. Read in one go. */
export async function countWaiting(
  r: ReadHandle,
  { operatorId, today }: { operatorId: number; today: string },
): Promise<{ due: number; mine: number; overdue: number }> {
  const asked = { view: 'waiting', whose: 'all', floor: undefined, operatorId, today } as const
  return selectView(r, asked)
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('followup.next_on', '<=', today).as('due'),
      fn
        .countAll<number>()
        .filterWhere('followup.next_on', '<=', today)
        .filterWhere('followup.owner_id', '=', operatorId)
        .as('mine'),
      fn.countAll<number>().filterWhere('followup.late_after', '<', today).as('overdue'),
    ])
    .executeTakeFirstOrThrow()
}

/** Floors on which somebody waits to be called. */
export async function listFloors(r: ReadHandle): Promise<string[]> {
  const rows = await r
    .selectFrom('followup')
    .select('floor')
    .distinct()
    .where('state', '=', 'waiting')
    .where('floor', '<>', '')
    .orderBy('floor')
    .execute()
  return rows.map(({ floor }) => floor)
}

export async function listOfCase(r: ReadHandle, caseId: number): Promise<FollowUpRecord[]> {
  const rows = await selectFollowUps(r)
    .where('followup.case_id', '=', caseId)
    .orderBy('followup.id')
    .execute()
  return rows.map(toRecord)
}

/** Follow-ups that wait: of a complaint, of some customers, or of whoever has a number. */
export async function listWaiting(
  r: ReadHandle,
  of: { complaintId: number } | { customerIds: readonly number[] } | { digits: string },
): Promise<FollowUpRecord[]> {
  const rows = await selectFollowUps(r)
    .where('followup.state', '=', 'waiting')
    .$if('complaintId' in of, (query) =>
      query.where('followup.complaint_id', '=', 'complaintId' in of ? of.complaintId : 0),
    )
    .$if('customerIds' in of, (query) =>
      query.where('followup.customer_id', 'in', 'customerIds' in of ? [...of.customerIds] : []),
    )
    .$if('digits' in of, (query) =>
      query.where((row) => {
        const digits = 'digits' in of ? of.digits : ''
        return row.or([
          row('complaint.contact_digits', '=', digits),
          row('customer.phone_digits', '=', digits),
        ])
      }),
    )
    .orderBy('followup.id')
    .execute()
  return rows.map(toRecord)
}

export interface TryRecord {
  followUpId: number
  no: number
  at: string
  by: string
  channel: ContactChannel
  outcome: Outcome
  points: number | null
  reason: string | null
  note: string
  learntAbout: (typeof learntAbouts)[number] | null
  learnt: string
  nextAt: string | null
}

/** Tries of some follow-ups, in their order. */
export async function listTries(r: ReadHandle, ids: readonly number[]): Promise<TryRecord[]> {
  if (ids.length === 0) return []
  const rows = await r
    .selectFrom('followup_try')
    .innerJoin('operator', 'operator.id', 'followup_try.by_id')
    .selectAll('followup_try')
    .select('operator.name')
    .where('followup_id', 'in', [...ids])
    .orderBy('followup_id')
    .orderBy('no')
    .execute()
  return rows.map((row) => ({
    followUpId: row.followup_id,
    no: row.no,
    at: row.at,
    by: row.name,
    channel: row.channel,
    outcome: row.outcome,
    points: row.points,
    reason: row.reason,
    note: row.note,
    learntAbout: row.learnt_about,
    learnt: row.learnt,
    nextAt: row.next_at,
  }))
}

export async function insertTry(
  w: WriteHandle,
  fresh: Omit<TryRecord, 'by'> & {
    businessDate: string
    byId: number
    answer: FollowupTryTable['answer']
  },
): Promise<void> {
  await w
    .insertInto('followup_try')
    .values({
      followup_id: fresh.followUpId,
      no: fresh.no,
      at: fresh.at,
      business_date: fresh.businessDate,
      by_id: fresh.byId,
      channel: fresh.channel,
      outcome: fresh.outcome,
      answer: fresh.answer,
      points: fresh.points,
      reason: fresh.reason,
      note: fresh.note,
      learnt_about: fresh.learntAbout,
      learnt: fresh.learnt,
      next_at: fresh.nextAt,
    })
    .execute()
}

type Changes = Partial<
  Pick<
    FollowupTable,
    'next_at' | 'next_on' | 'state' | 'result' | 'ended_at' | 'ended_on' | 'ended_by' | 'owner_id'
  >
> & { tries?: number; end_note?: string }

/** @returns false when somebody else changed the follow-up since `version`, or it is over. */
export async function writeFollowUp(
  w: WriteHandle,
  { id, version }: { id: number; version: number },
  changes: Changes,
): Promise<boolean> {
  const result = await w
    .updateTable('followup')
    .set({ ...changes, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** A case as a plan that begins by hand finds it: its newest complaint, its customer and their number. */
export async function findCaseSubject(r: ReadHandle, caseId: number) {
  const row = await r
    .selectFrom('case_file')
    .leftJoin('complaint', (join) =>
      join.on('complaint.id', '=', (row) =>
        row
          .selectFrom('complaint as newest')
          .select((each) => each.fn.max('newest.id').as('id'))
          .whereRef('newest.case_id', '=', 'case_file.id'),
      ),
    )
    .leftJoin('customer', (join) =>
      join.on((row) =>
        row('customer.id', '=', row.fn.coalesce('complaint.customer_id', 'case_file.customer_id')),
      ),
    )
    .leftJoin('receipt', 'receipt.id', 'case_file.receipt_id')
    .select([
      'case_file.owner_id',
      'complaint.id as complaint_id',
      'complaint.number',
      'complaint.floor',
      'complaint.contact_phone',
      'customer.id as customer_id',
      'customer.phone as customer_phone',
    ])
    .where('case_file.id', '=', caseId)
    .executeTakeFirst()
  return (
    row && {
      caseId,
      ownerId: row.owner_id,
      complaintId: row.complaint_id,
      number: row.number ?? `#${caseId}`,
      floor: row.floor ?? '',
      customerId: row.customer_id,
      phone: row.contact_phone || (row.customer_phone ?? ''),
    }
  )
}

/** What was said and done about a complaint, for whoever calls. */
export async function findStory(r: ReadHandle, complaintId: number, letters: number) {
  const row = await r
    .selectFrom('complaint')
    .select((each) => [
      each.fn<string>('substr', ['text', each.val(1), each.val(letters)]).as('said'),
      'solution',
      'state',
      each
        .selectFrom('complaint_round')
        .select((round) => round.fn.max('solved_at').as('at'))
        .whereRef('complaint_round.complaint_id', '=', 'complaint.id')
        .as('solved_at'),
    ])
    .where('id', '=', complaintId)
    .executeTakeFirst()
  return row && { ...row, solvedAt: row.solved_at, isOpen: row.state === 'open' }
}

export interface LearntRecord {
  id: number
  at: string
  by: string
  about: (typeof learntAbouts)[number] | null
  text: string
  caseId: number
  number: string
}

/** What contacts taught, newest first: of everybody, or of one case's customer. */
export async function listLearnt(
  r: ReadHandle,
  of: { caseId: number; customerId: number | null; digits: string } | null,
  { before, count }: { before: number | null; count: number },
): Promise<LearntRecord[]> {
  const rows = await r
    .selectFrom('followup_try')
    .innerJoin('followup', 'followup.id', 'followup_try.followup_id')
    .innerJoin('operator', 'operator.id', 'followup_try.by_id')
    .leftJoin('complaint', 'complaint.id', 'followup.complaint_id')
    .select([
      'followup_try.id',
      'followup_try.at',
      'followup_try.learnt_about',
      'followup_try.learnt',
      'followup.case_id',
      'operator.name',
      'complaint.number',
    ])
    .where('followup_try.learnt', '<>', '')
    .$if(before !== null, (query) => query.where('followup_try.id', '<', before ?? 0))
    .$if(of !== null, (query) =>
      query.where((row) =>
        row.or([
          row('followup.case_id', '=', of?.caseId ?? 0),
          ...(of?.customerId ? [row('followup.customer_id', '=', of.customerId)] : []),
          ...(of?.digits ? [row('complaint.contact_digits', '=', of.digits)] : []),
        ]),
      ),
    )
    .orderBy('followup_try.id', 'desc')
    .limit(count)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    by: row.name,
    about: row.learnt_about,
    text: row.learnt,
    caseId: row.case_id,
    number: row.number ?? `#${row.case_id}`,
  }))
}

export type BanChannel = 'any' | ContactChannel

/** Ways in which whoever has this number asked not to be contacted. */
export async function listBans(r: ReadHandle, phoneHash: string): Promise<BanChannel[]> {
  const rows = await r
    .selectFrom('contact_ban')
    .select('channel')
    .where('phone_hash', '=', phoneHash)
    .where('lifted_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ channel }) => channel)
}

export async function insertBan(
  w: WriteHandle,
  ban: { phoneHash: string; channel: BanChannel; reason: string; at: string; by: number },
): Promise<void> {
  await w
    .insertInto('contact_ban')
    .values({
      phone_hash: ban.phoneHash,
      channel: ban.channel,
      reason: ban.reason,
      set_at: ban.at,
      set_by: ban.by,
      lifted_at: null,
      lifted_by: null,
      lift_reason: null,
    })
    .execute()
}

export async function writeBanLifted(
  w: WriteHandle,
  ban: { phoneHash: string; channel: BanChannel; reason: string; at: string; by: number },
): Promise<number> {
  const result = await w
    .updateTable('contact_ban')
    .set({ lifted_at: ban.at, lifted_by: ban.by, lift_reason: ban.reason })
    .where('phone_hash', '=', ban.phoneHash)
    .where('channel', '=', ban.channel)
    .where('lifted_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}
