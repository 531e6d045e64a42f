import { alertRoles, type alertSeverities } from './contract.ts'

export type AlertRole = (typeof alertRoles)[number]
export type Severity = (typeof alertSeverities)[number]

const minute = 60_000

/**
 * Open minutes a message waits at one level before the next hears of it; null where nobody else ever does. The
 * store's own start values: what is urgent has a customer waiting at the desk.
 */
const patience: Record<Severity, number | null> = { info: null, warning: 60, urgent: 15 }

/** To whom a message goes: somebody, whose role says who is above, or everybody of a role. */
export interface Addressee {
  operatorId: number | null
  role: AlertRole
  floor: string
}

/** A level a message reaches, and when; instants in milliseconds since 1970. */
export interface Step {
  role: AlertRole
  at: number
}

/**
 * The levels above its addressee that an unanswered message climbs to. `addOpen` counts open time, so that nobody
 * is told at midnight (domain.md §3.3, I42).
 */
export function climbOf(
  message: { to: Addressee; severity: Severity; raisedAt: number },
  addOpen: (from: number, milliseconds: number) => number,
): Step[] {
  const wait = patience[message.severity]
  if (wait === null) return []
  const above = alertRoles.slice(alertRoles.indexOf(message.to.role) + 1)
  return above.map((role, place) => ({
    role,
    at: addOpen(message.raisedAt, wait * minute * (place + 1)),
  }))
}

/** Somebody who may read messages. */
export interface Reader {
  id: number
  role: 'clerk' | 'floor_manager' | 'store_manager' | 'system'
  /** Floors the reader has the duty of today; '' for the whole store. */
  duty: readonly string[]
}

/** Who has the duty: with nobody on the roster, the store manager is who is meant. */
export interface Roster {
  floors: readonly string[]
}

/** Whether a level means this reader. */
export function isMeant(
  role: AlertRole,
  floor: string,
  reader: Reader,
  { floors }: Roster,
): boolean {
  if (role !== 'duty_manager') return reader.role === role
  const hasFloor = floor !== '' && floors.includes(floor)
  if (hasFloor) return reader.duty.includes(floor)
  if (floors.includes('')) return reader.duty.includes('')
  return floors.length > 0 && floor === ''
    ? reader.duty.length > 0
    : reader.role === 'store_manager'
}

/** What the reader is to a message now: its addressee, somebody it has climbed to, or nobody. */
export function readsIt(
  message: { to: Addressee; climb: readonly Step[] },
  reader: Reader,
  roster: Roster,
  now: number,
): boolean {
  const { to, climb } = message
  const isTo =
    to.operatorId === null
      ? isMeant(to.role, to.floor, reader, roster)
      : to.operatorId === reader.id
  if (isTo) return true
  return climb.some(({ role, at }) => at <= now && isMeant(role, to.floor, reader, roster))
}

/** The highest level a message has climbed to by now. */
export function climbedTo(climb: readonly Step[], now: number): AlertRole | null {
  return climb.findLast(({ at }) => at <= now)?.role ?? null
}

/** The level a case goes up to next, counted from the highest one that knows; null at the top. */
export function nextLevel(known: AlertRole, isDutyFilled: boolean): AlertRole | null {
  const above = alertRoles.slice(alertRoles.indexOf(known) + 1)
  return above.find((role) => role !== 'duty_manager' || isDutyFilled) ?? null
}

/** The most urgent first, then what waits longest. */
export function byUrgency(
  a: { severity: Severity; raisedAt: string; key: string },
  b: { severity: Severity; raisedAt: string; key: string },
): number {
  const rank: Record<Severity, number> = { urgent: 0, warning: 1, info: 2 }
  const first = rank[a.severity] - rank[b.severity]
  if (first !== 0) return first
  return a.raisedAt.localeCompare(b.raisedAt) || a.key.localeCompare(b.key)
}
