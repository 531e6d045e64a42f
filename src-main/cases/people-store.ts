import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { HandOverState } from './rules.ts'

/** Somebody a case names: with the phone they answer at, and whether they still work here. */
export interface Person {
  id: number
  name: string
  phone: string
  role: 'clerk' | 'floor_manager' | 'store_manager' | 'system'
  active: boolean
}

interface PersonRow {
  id: number
  name: string
  phone: string
  role: Person['role']
  active: 0 | 1
}

function toPerson(row: PersonRow): Person {
  return { ...row, active: row.active === 1 }
}

/** People by id, whether they still work here or not. */
async function findPeople(r: ReadHandle, ids: readonly number[]): Promise<Map<number, Person>> {
  const rows = await r
    .selectFrom('operator')
    .select(['id', 'name', 'phone', 'role', 'active'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, toPerson(row)]))
}

export async function findPerson(r: ReadHandle, id: number): Promise<Person> {
  const found = (await findPeople(r, [id])).get(id)
  if (!found) throw new Error(`no operator ${id}`)
  return found
}

/** Whose case it is. */
export async function findCaseOwner(r: ReadHandle, caseId: number): Promise<Person | undefined> {
  const row = await r
    .selectFrom('case_file')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .select(['operator.id', 'operator.name', 'operator.phone', 'operator.role', 'operator.active'])
    .where('case_file.id', '=', caseId)
    .executeTakeFirst()
  return row && toPerson(row)
}

/** When somebody did something to a case. */
interface Step {
  caseId: number
  at: string
  by: number
}

export interface HandOverRecord {
  id: number
  caseId: number
  from: Person
  to: Person
  offeredBy: Person
  offeredAt: string
  reason: string
  state: HandOverState
}

export async function insertHandOver(
  w: WriteHandle,
  offer: Step & { fromId: number; toId: number; reason: string },
): Promise<number> {
  const { id } = await w
    .insertInto('case_hand_over')
    .values({
      case_id: offer.caseId,
      from_id: offer.fromId,
      to_id: offer.toId,
      reason: offer.reason,
      state: 'offered',
      offered_at: offer.at,
      offered_by: offer.by,
      answered_at: null,
      answered_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @returns false where it was answered already. */
export async function writeHandOverAnswer(
  w: WriteHandle,
  id: number,
  answer: { state: HandOverState; at: string; by: number; text: string },
): Promise<boolean> {
  const result = await w
    .updateTable('case_hand_over')
    .set({
      state: answer.state,
      answered_at: answer.at,
      answered_by: answer.by,
      answer: answer.text,
    })
    .where('id', '=', id)
    .where('state', '=', 'offered')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The offer of a case nobody answered is over. */
export async function lapseHandOver(w: WriteHandle, step: Step): Promise<void> {
  await w
    .updateTable('case_hand_over')
    .set({ state: 'lapsed', answered_at: step.at, answered_by: step.by })
    .where('case_id', '=', step.caseId)
    .where('state', '=', 'offered')
    .execute()
}

/** A case that closes needs nobody any more: no answer, no second person, no manager on the way. */
export async function releasePeople(w: WriteHandle, step: Step): Promise<void> {
  await lapseHandOver(w, step)
  await writeSecondEnded(w, step)
  await w
    .updateTable('duty_call')
    .set({ state: 'called_off', answered_at: step.at, answered_by: step.by })
    .where('case_id', '=', step.caseId)
    .where('state', '=', 'called')
    .execute()
}

function selectHandOvers(r: ReadHandle) {
  return r.selectFrom('case_hand_over').selectAll()
}

type HandOverRow = Awaited<ReturnType<ReturnType<typeof selectHandOvers>['execute']>>[number]

async function toHandOvers(r: ReadHandle, rows: HandOverRow[]): Promise<HandOverRecord[]> {
  if (rows.length === 0) return []
  const people = await findPeople(
    r,
    rows.flatMap((row) => [row.from_id, row.to_id, row.offered_by]),
  )
  return rows.flatMap((row) => {
    const [from, to, offeredBy] = [row.from_id, row.to_id, row.offered_by].map((id) =>
      people.get(id),
    )
    if (!from || !to || !offeredBy) return []
    const { id, case_id: caseId, offered_at: offeredAt, reason, state } = row
    return [{ id, caseId, from, to, offeredBy, offeredAt, reason, state }]
  })
}

export async function findHandOver(r: ReadHandle, id: number): Promise<HandOverRecord | undefined> {
  const rows = await selectHandOvers(r).where('id', '=', id).execute()
  return (await toHandOvers(r, rows))[0]
}

/** The offer of a case that waits for its answer. */
export async function findOffered(
  r: ReadHandle,
  caseId: number,
): Promise<HandOverRecord | undefined> {
  const rows = await selectHandOvers(r)
    .where('case_id', '=', caseId)
    .where('state', '=', 'offered')
    .execute()
  return (await toHandOvers(r, rows))[0]
}

export interface SecondRecord {
  caseId: number
  person: Person
  reason: string
  since: string
}

export async function insertSecond(
  w: WriteHandle,
  second: Step & { operatorId: number; reason: string },
): Promise<void> {
  await w
    .insertInto('case_second')
    .values({
      case_id: second.caseId,
      operator_id: second.operatorId,
      reason: second.reason,
      since: second.at,
      asked_by: second.by,
      until: null,
      ended_by: null,
    })
    .execute()
}

export async function writeSecondEnded(w: WriteHandle, step: Step): Promise<void> {
  await w
    .updateTable('case_second')
    .set({ until: step.at, ended_by: step.by })
    .where('case_id', '=', step.caseId)
    .where('until', 'is', null)
    .execute()
}

/** The second person on a case now. */
export async function findSecond(r: ReadHandle, caseId: number): Promise<SecondRecord | undefined> {
  const row = await r
    .selectFrom('case_second')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('until', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const person = await findPerson(r, row.operator_id)
  return { caseId, person, reason: row.reason, since: row.since }
}

export interface DutyCallRecord {
  id: number
  caseId: number
  manager: Person
  reason: string
  state: 'called' | 'arrived' | 'called_off'
  calledAt: string
  calledBy: Person
  answeredAt: string | null
}

export async function insertDutyCall(
  w: WriteHandle,
  call: Step & { managerId: number; reason: string },
): Promise<number> {
  const { id } = await w
    .insertInto('duty_call')
    .values({
      case_id: call.caseId,
      manager_id: call.managerId,
      reason: call.reason,
      state: 'called',
      called_at: call.at,
      called_by: call.by,
      answered_at: null,
      answered_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @returns false where it was answered already. */
export async function writeCallAnswer(
  w: WriteHandle,
  id: number,
  answer: { state: 'arrived' | 'called_off'; at: string; by: number },
): Promise<boolean> {
  const result = await w
    .updateTable('duty_call')
    .set({ state: answer.state, answered_at: answer.at, answered_by: answer.by })
    .where('id', '=', id)
    .where('state', '=', 'called')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

function selectCalls(r: ReadHandle) {
  return r.selectFrom('duty_call').selectAll()
}

type CallRow = Awaited<ReturnType<ReturnType<typeof selectCalls>['execute']>>[number]

async function toCalls(r: ReadHandle, rows: CallRow[]): Promise<DutyCallRecord[]> {
  if (rows.length === 0) return []
  const people = await findPeople(
    r,
    rows.flatMap((row) => [row.manager_id, row.called_by]),
  )
  return rows.flatMap((row) => {
    const manager = people.get(row.manager_id)
    const calledBy = people.get(row.called_by)
    if (!manager || !calledBy) return []
    return [
      {
        id: row.id,
        caseId: row.case_id,
        manager,
        reason: row.reason,
        state: row.state,
        calledAt: row.called_at,
        calledBy,
        answeredAt: row.answered_at,
      },
    ]
  })
}

export async function findCall(r: ReadHandle, id: number): Promise<DutyCallRecord | undefined> {
  return (await toCalls(r, await selectCalls(r).where('id', '=', id).execute()))[0]
}

/** The last call of a case, answered or not. */
export async function findLastCall(
  r: ReadHandle,
  caseId: number,
): Promise<DutyCallRecord | undefined> {
  const rows = await selectCalls(r)
    .where('case_id', '=', caseId)
    .orderBy('id', 'desc')
    .limit(1)
    .execute()
  return (await toCalls(r, rows))[0]
}

/** What waits for an operator: cases offered to them, and calls. */
export async function listOffersTo(r: ReadHandle, operatorId: number): Promise<HandOverRecord[]> {
  const rows = await selectHandOvers(r)
    .where('to_id', '=', operatorId)
    .where('state', '=', 'offered')
    .orderBy('id')
    .execute()
  return toHandOvers(r, rows)
}

/** Offers of an operator's cases that nobody has answered. */
export async function listOffersOf(r: ReadHandle, operatorId: number): Promise<HandOverRecord[]> {
  const rows = await selectHandOvers(r)
    .where('state', '=', 'offered')
    .where((row) => row.or([row('from_id', '=', operatorId), row('offered_by', '=', operatorId)]))
    .orderBy('id')
    .execute()
  return toHandOvers(r, rows)
}

/** Calls nobody has answered yet: every desk can log the arrival. */
export async function listWaitingCalls(r: ReadHandle): Promise<DutyCallRecord[]> {
  return toCalls(r, await selectCalls(r).where('state', '=', 'called').orderBy('id').execute())
}

/** Few people have left, and thousands of cases are open: what is asked first is who left. */
function leavers(r: ReadHandle) {
  return r.selectFrom('operator as leaver').select('leaver.id').where('leaver.active', '=', 0)
}

/** Open cases whose owner does not work here any more, the oldest first. */
export async function listOrphans(
  r: ReadHandle,
  limit: number,
): Promise<{ caseId: number; ownerId: number; ownerName: string }[]> {
  const rows = await r
    .selectFrom('case_file')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .select(['case_file.id', 'case_file.owner_id', 'operator.name'])
    .where('case_file.owner_id', 'in', leavers(r))
    .where('case_file.state', '=', 'open')
    .orderBy('case_file.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ caseId: row.id, ownerId: row.owner_id, ownerName: row.name }))
}

/** People who do not work here any more and still own open cases or promises, by name. */
export async function listLeavers(
  r: ReadHandle,
): Promise<{ operatorId: number; name: string; cases: number; promises: number }[]> {
  const cases = await r
    .selectFrom('case_file')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .select((row) => ['operator.id', 'operator.name', row.fn.countAll<number>().as('count')])
    .where('case_file.owner_id', 'in', leavers(r))
    .where('case_file.state', '=', 'open')
    .groupBy('operator.id')
    .execute()
  const promises = await r
    .selectFrom('promise')
    .innerJoin('operator', 'operator.id', 'promise.owner_id')
    .select((row) => ['operator.id', 'operator.name', row.fn.countAll<number>().as('count')])
    .where('promise.owner_id', 'in', leavers(r))
    .where('promise.state', '=', 'open')
    .groupBy('operator.id')
    .execute()
  const names = new Map([...cases, ...promises].map(({ id, name }) => [id, name]))
  const countOf = (rows: { id: number; count: number }[], id: number) =>
    rows.find((row) => row.id === id)?.count ?? 0
  return [...names].map(([operatorId, name]) => ({
    operatorId,
    name,
    cases: countOf(cases, operatorId),
    promises: countOf(promises, operatorId),
  }))
}

/** Open cases of an operator, the oldest first. */
export async function listCasesOf(r: ReadHandle, ownerId: number): Promise<number[]> {
  const rows = await r
    .selectFrom('case_file')
    .select('id')
    .where('owner_id', '=', ownerId)
    .where('state', '=', 'open')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Every offer nobody has answered, the oldest first. */
export async function listOffered(r: ReadHandle): Promise<HandOverRecord[]> {
  const rows = await selectHandOvers(r).where('state', '=', 'offered').orderBy('id').execute()
  return toHandOvers(r, rows)
}

/** Open cases somebody is second to, the longest first. */
export async function listSeconds(
  r: ReadHandle,
  operatorId: number,
): Promise<{ caseId: number; ownerName: string; since: string }[]> {
  const rows = await r
    .selectFrom('case_second')
    .innerJoin('case_file', 'case_file.id', 'case_second.case_id')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .select(['case_second.case_id', 'case_second.since', 'operator.name'])
    .where('case_second.operator_id', '=', operatorId)
    .where('case_second.until', 'is', null)
    .where('case_file.state', '=', 'open')
    .orderBy('case_second.id')
    .execute()
  return rows.map((row) => ({ caseId: row.case_id, ownerName: row.name, since: row.since }))
}

/** What people call a case by: the number of its first complaint or remedy. */
export async function listCaseNames(
  r: ReadHandle,
  caseIds: readonly number[],
): Promise<Map<number, { number: string; complaintId: number | null; text: string }>> {
  const names = new Map<number, { number: string; complaintId: number | null; text: string }>()
  if (caseIds.length === 0) return names
  for (const table of ['refund', 'exchange', 'repair'] as const) {
    const rows = await r
      .selectFrom(table)
      .select(['case_id', 'number'])
      .where('case_id', 'in', caseIds)
      .orderBy('id', 'desc')
      .execute()
    for (const { case_id, number } of rows) {
      names.set(case_id, { number, complaintId: null, text: '' })
    }
  }
  const complaints = await r
    .selectFrom('complaint')
    .select((row) => [
      'id',
      'case_id',
      'number',
      row.fn<string>('substr', ['text', row.val(1), row.val(80)]).as('text'),
    ])
    .where('case_id', 'in', caseIds)
    .orderBy('id', 'desc')
    .execute()
  for (const row of complaints) {
    names.set(row.case_id, { number: row.number, complaintId: row.id, text: row.text })
  }
  return names
}
