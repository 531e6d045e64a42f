import { addEvent, type Moment } from '../cases/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { alertKinds } from './contract.ts'
import type { AlertRole, Severity } from './rules.ts'

export type AlertKind = (typeof alertKinds)[number]
export type AlertParams = Record<string, string | number | boolean | null>

/** A message as a room raises it. */
export interface NewAlert {
  /** Names what it is about, e.g. `recall:17:case:5`: raised twice it is one message. */
  key: string
  kind: AlertKind
  severity: Severity
  to: { operatorId: number } | { role: AlertRole; floor?: string }
  subject: { type: string; id: string | number }
  /** Its case, in whose history it is written down. */
  caseId: number | null
  /** What its sentence in `alerts.json` names. */
  params?: AlertParams
}

/**
 * Tells a person or a role, once per key; a case has it in its history. Belongs into the write transaction of what
 * it is about. @returns false where it was told before.
 */
export async function raiseAlert(
  w: WriteHandle,
  moment: Moment,
  alert: NewAlert,
): Promise<boolean> {
  const id = await insertAlert(w, { ...alert, at: moment.at, by: moment.actorId })
  if (id === undefined) return false
  if (alert.caseId !== null) {
    const { kind, severity, to } = alert
    const name = 'operatorId' in to ? await nameOf(w, to.operatorId) : ''
    const role = 'role' in to ? to.role : ''
    await addEvent(w, moment, alert.caseId, 'alert_raised', { alert: kind, severity, name, role })
  }
  return true
}

async function nameOf(r: ReadHandle, operatorId: number): Promise<string> {
  const row = await r
    .selectFrom('operator')
    .select('name')
    .where('id', '=', operatorId)
    .executeTakeFirst()
  return row?.name ?? ''
}

/** @returns the new row's id; undefined where the key is taken. */
export async function insertAlert(
  w: WriteHandle,
  alert: NewAlert & { at: string; by: number | null },
): Promise<number | undefined> {
  const { to } = alert
  const row = await w
    .insertInto('alert')
    .values({
      key: alert.key,
      kind: alert.kind,
      severity: alert.severity,
      to_operator_id: 'operatorId' in to ? to.operatorId : null,
      to_role: 'role' in to ? to.role : null,
      floor: 'role' in to ? (to.floor ?? '') : '',
      subject_type: alert.subject.type,
      subject_id: String(alert.subject.id),
      case_id: alert.caseId,
      params: JSON.stringify(alert.params ?? {}),
      raised_at: alert.at,
      raised_by: alert.by,
      answered_at: null,
      answered_by: null,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export interface AlertRecord {
  id: number
  key: string
  kind: string
  severity: Severity
  toOperatorId: number | null
  /** The role it is for, or that of the person it is for. */
  toRole: AlertRole
  toName: string | null
  floor: string
  subject: { type: string; id: string }
  caseId: number | null
  params: AlertParams
  raisedAt: string
  raisedBy: string | null
  answeredAt: string | null
  answeredBy: string | null
  answer: string
}

function selectAlerts(r: ReadHandle) {
  return r
    .selectFrom('alert')
    .leftJoin('operator as person', 'person.id', 'alert.to_operator_id')
    .leftJoin('operator as raiser', 'raiser.id', 'alert.raised_by')
    .leftJoin('operator as answerer', 'answerer.id', 'alert.answered_by')
    .selectAll('alert')
    .select([
      'person.name as person_name',
      'person.role as person_role',
      'raiser.name as raiser_name',
      'answerer.name as answerer_name',
    ])
}

type AlertRow = Awaited<ReturnType<ReturnType<typeof selectAlerts>['execute']>>[number]

function toRecord(row: AlertRow): AlertRecord {
  const { person_role: role } = row
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    severity: row.severity,
    toOperatorId: row.to_operator_id,
    toRole: row.to_role ?? (role === null || role === 'system' ? 'clerk' : role),
    toName: row.person_name,
    floor: row.floor,
    subject: { type: row.subject_type, id: row.subject_id },
    caseId: row.case_id,
    params: JSON.parse(row.params) as AlertParams,
    raisedAt: row.raised_at,
    raisedBy: row.raiser_name,
    answeredAt: row.answered_at,
    answeredBy: row.answerer_name,
    answer: row.answer,
  }
}

/** Messages nobody has answered, oldest first. */
export async function listOpenAlerts(r: ReadHandle): Promise<AlertRecord[]> {
  const rows = await selectAlerts(r)
    .where('alert.answered_at', 'is', null)
    .orderBy('alert.id')
    .execute()
  return rows.map(toRecord)
}

/** Messages, answered or not, the newest first: a page of those before an id. */
export async function listAlerts(
  r: ReadHandle,
  of: { state: 'open' | 'answered'; before: number | undefined; limit: number },
): Promise<AlertRecord[]> {
  const all = selectAlerts(r)
    .where('alert.answered_at', of.state === 'open' ? 'is' : 'is not', null)
    .orderBy('alert.id', 'desc')
    .limit(of.limit)
  const { before } = of
  const rows = await (before === undefined ? all : all.where('alert.id', '<', before)).execute()
  return rows.map(toRecord)
}

export async function listAlertsOfCase(r: ReadHandle, caseId: number): Promise<AlertRecord[]> {
  const rows = await selectAlerts(r)
    .where('alert.case_id', '=', caseId)
    .orderBy('alert.id', 'desc')
    .execute()
  return rows.map(toRecord)
}

export async function findAlert(r: ReadHandle, key: string): Promise<AlertRecord | undefined> {
  const row = await selectAlerts(r).where('alert.key', '=', key).executeTakeFirst()
  return row && toRecord(row)
}

/** A statement takes so many values at most, and some to spare. */
const keysAtOnce = 10_000

/** Which of these keys are written down. */
export async function listKnownKeys(
  r: ReadHandle,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (let from = 0; from < keys.length; from += keysAtOnce) {
    const some = keys.slice(from, from + keysAtOnce)
    const rows = await r.selectFrom('alert').select('key').where('key', 'in', some).execute()
    for (const { key } of rows) known.add(key)
  }
  return known
}

/** Keys of clocks of open cases that are written down: there are tens of thousands that only follow. */
export async function listClockKeys(r: ReadHandle): Promise<ReadonlySet<string>> {
  const rows = await r
    .selectFrom('case_file')
    .innerJoin('alert', 'alert.case_id', 'case_file.id')
    .select('alert.key')
    .where('case_file.state', '=', 'open')
    .where('alert.kind', '=', 'clock')
    .execute()
  return new Set(rows.map(({ key }) => key))
}

export interface SeenRecord {
  alertId: number
  operatorId: number
  name: string
  at: string
}

export async function listSeen(
  r: ReadHandle,
  alertIds: readonly number[],
): Promise<Map<number, SeenRecord[]>> {
  const seen = new Map<number, SeenRecord[]>()
  if (alertIds.length === 0) return seen
  const rows = await r
    .selectFrom('alert_seen')
    .innerJoin('operator', 'operator.id', 'alert_seen.operator_id')
    .select(['alert_id', 'operator_id', 'operator.name', 'seen_at'])
    .where('alert_id', 'in', alertIds)
    .orderBy('seen_at')
    .execute()
  for (const row of rows) {
    const one = {
      alertId: row.alert_id,
      operatorId: row.operator_id,
      name: row.name,
      at: row.seen_at,
    }
    seen.set(row.alert_id, [...(seen.get(row.alert_id) ?? []), one])
  }
  return seen
}

/** @returns false where they had seen it before. */
export async function insertSeen(
  w: WriteHandle,
  seen: { alertId: number; operatorId: number; at: string },
): Promise<boolean> {
  const result = await w
    .insertInto('alert_seen')
    .values({ alert_id: seen.alertId, operator_id: seen.operatorId, seen_at: seen.at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** Answers a message whose reason is gone, and those of the same reason that begin with its key. */
export async function answerAlert(
  w: WriteHandle,
  key: string,
  answered: { at: string; by: number },
): Promise<void> {
  await w
    .updateTable('alert')
    .set({ answered_at: answered.at, answered_by: answered.by })
    .where((row) => row.or([row('key', '=', key), row('key', 'like', `${key}:%`)]))
    .where('answered_at', 'is', null)
    .execute()
}

/** @returns false where somebody else answered first. */
export async function writeAnswered(
  w: WriteHandle,
  id: number,
  answered: { at: string; by: number; note: string },
): Promise<boolean> {
  const result = await w
    .updateTable('alert')
    .set({ answered_at: answered.at, answered_by: answered.by, answer: answered.note })
    .where('id', '=', id)
    .where('answered_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface DutyRecord {
  id: number
  businessDate: string
  floor: string
  operator: { id: number; name: string; phone: string }
  note: string
  setAt: string
  setBy: string
}

/** Everything that was said about the duty of a day, oldest first. */
export async function listDuty(r: ReadHandle, businessDate: string): Promise<DutyRecord[]> {
  const rows = await r
    .selectFrom('duty_roster')
    .innerJoin('operator', 'operator.id', 'duty_roster.operator_id')
    .innerJoin('operator as setter', 'setter.id', 'duty_roster.set_by')
    .select([
      'duty_roster.id',
      'business_date',
      'floor',
      'operator.id as operator_id',
      'operator.name',
      'operator.phone',
      'note',
      'set_at',
      'setter.name as setter_name',
    ])
    .where('business_date', '=', businessDate)
    .orderBy('duty_roster.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    businessDate: row.business_date,
    floor: row.floor,
    operator: { id: row.operator_id, name: row.name, phone: row.phone },
    note: row.note,
    setAt: row.set_at,
    setBy: row.setter_name,
  }))
}

export async function insertDuty(
  w: WriteHandle,
  duty: {
    businessDate: string
    floor: string
    operatorId: number
    note: string
    at: string
    by: number
  },
): Promise<number> {
  const { id } = await w
    .insertInto('duty_roster')
    .values({
      business_date: duty.businessDate,
      floor: duty.floor,
      operator_id: duty.operatorId,
      note: duty.note,
      set_at: duty.at,
      set_by: duty.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Floors complaints came from, as they were written: what a roster can be kept for. */
export async function listFloors(r: ReadHandle): Promise<string[]> {
  const rows = await r
    .selectFrom('complaint')
    .select('floor')
    .distinct()
    .where('floor', '<>', '')
    .where('state', '=', 'open')
    .orderBy('floor')
    .limit(50)
    .execute()
  return rows.map(({ floor }) => floor)
}

/** The place a case is about: the floor of its first complaint. */
export async function findFloor(r: ReadHandle, caseId: number): Promise<string> {
  const row = await r
    .selectFrom('complaint')
    .select('floor')
    .where('case_id', '=', caseId)
    .where('floor', '<>', '')
    .orderBy('id')
    .executeTakeFirst()
  return row?.floor ?? ''
}

/** A store manager who can be called. */
export async function findTop(r: ReadHandle): Promise<number | undefined> {
  const row = await r
    .selectFrom('operator')
    .select('id')
    .where('role', '=', 'store_manager')
    .where('active', '=', 1)
    .orderBy('id')
    .executeTakeFirst()
  return row?.id
}

/** How often a case was taken to the next level. */
export async function listEscalations(r: ReadHandle, caseId: number): Promise<AlertRole[]> {
  const rows = await r
    .selectFrom('alert')
    .select('to_role')
    .where('case_id', '=', caseId)
    .where('kind', '=', 'case_escalated')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ to_role }) => to_role ?? [])
}
