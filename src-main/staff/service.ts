import { appendAudit, record } from '../audit/index.ts'
import type { WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { command, query, type Call, type RoomHandlers, task } from '../handlers.ts'
import type { staffContract } from './contract.ts'
import { hashPin, pinMatches } from './pin.ts'
import { afterWrongPin, isWeakPin, lockOutMinutes, permissionsOf, type Role } from './rules.ts'
import {
  findOperator,
  findOperatorByCode,
  insertOperator,
  listOperators,
  type Operator,
  type OperatorRecord,
  updateOperator,
  writeAttempts,
  writePin,
} from './store.ts'

type Person = Exclude<Role, 'system'>

export const staffHandlers: RoomHandlers<typeof staffContract> = {
  signIn: task(async (call, input) => {
    const operator = await requireSigner(call, input.code, input.pin)
    return {
      token: call.sessions.open(operator.id, call.now()),
      operator: personOf(operator),
      permissions: [...permissionsOf(operator.role)],
    }
  }),

  signOut: task(async (call) => {
    call.sessions.close(call.sessionToken)
    return Promise.resolve({ done: true })
  }),

  lock: task(async (call) => {
    call.sessions.setLocked(call.sessionToken, true)
    return Promise.resolve({ done: true })
  }),

  unlock: task(async (call, input) => {
    const operator = await call.store.read((r) => findOperator(r, call.actor.id))
    if (!operator?.active) refuse('staff.unknown_operator', { code: call.actor.code })
    await checkPin(call, operator, input.pin)
    call.sessions.setLocked(call.sessionToken, false)
    return { done: true }
  }),

  me: task(async (call) =>
    Promise.resolve({
      operator: personOf(call.actor),
      permissions: [...permissionsOf(call.actor.role)],
      locked: call.sessions.find(call.sessionToken, call.now())?.locked ?? false,
    }),
  ),

  colleagues: query(async (r) => {
    const operators = await listOperators(r)
    return operators.filter((each) => each.active).map(personOf)
  }),

  list: query(async (r) => {
    const operators = await listOperators(r)
    return operators.map((each) => ({
      ...personOf(each),
      active: each.active,
      lockedUntil: each.lockedUntil,
      version: each.version,
    }))
  }),

  add: task(async (call, input) => {
    refuseWeakPin(input.pin)
    const pinHash = await hashPin(input.pin)
    const added = await call.commit(async (w) => {
      if (await findOperatorByCode(w, input.code)) {
        refuse('staff.code_taken', { code: input.code.toUpperCase() })
      }
      const id = await insertOperator(w, {
        code: input.code,
        name: input.name,
        phone: input.phone,
        role: input.role,
        pinHash,
        createdAt: call.now().toISOString(),
      })
      await record(
        w,
        call,
        'staff.add',
        { type: 'operator', id },
        { code: input.code, role: input.role },
      )
      return { id }
    })
    call.announce('staff')
    return added
  }),

  change: command(['staff'], async (w, call, input) => {
    await refuseLosingLastManager(w, input.id, input.role, input.active)
    if (!(await updateOperator(w, input.id, input.version, input))) refuse('desk.changed_meanwhile')
    await record(
      w,
      call,
      'staff.change',
      { type: 'operator', id: input.id },
      { role: input.role, active: input.active },
    )
    if (!input.active) call.sessions.closeAllOf(input.id)
    return { version: input.version + 1 }
  }),

  resetPin: task(async (call, input) => {
    refuseWeakPin(input.pin)
    const pinHash = await hashPin(input.pin)
    await call.commit(async (w) => {
      if (!(await findOperator(w, input.id))) refuse('staff.unknown_operator', { code: '' })
      await writePin(w, input.id, pinHash)
      await record(w, call, 'staff.reset_pin', { type: 'operator', id: input.id })
      return null
    })
    if (input.id !== call.actor.id) call.sessions.closeAllOf(input.id)
    call.announce('staff')
    return { done: true }
  }),
}

export function refuseWeakPin(pin: string): void {
  if (isWeakPin(pin)) refuse('staff.weak_pin')
}

/** Somebody must be left who can manage staff and settings. */
async function refuseLosingLastManager(
  w: WriteHandle,
  id: number,
  role: Person,
  active: boolean,
): Promise<void> {
  if (role === 'store_manager' && active) return
  const managers = (await listOperators(w)).filter(
    (each) => each.active && each.role === 'store_manager' && each.id !== id,
  )
  if (managers.length === 0) refuse('staff.last_manager')
}

/**
 * The active operator behind a code and PIN, as a signature: the same wrong tries count and lock out as at sign-in.
 * Refuses like `signIn`.
 */
export async function requireSigner(call: Call, code: string, pin: string): Promise<Operator> {
  const operator = await call.store.read((r) => findOperatorByCode(r, code))
  if (!operator?.active) {
    await pinMatches(pin, null)
    refuse('staff.unknown_operator', { code })
  }
  await checkPin(call, operator, pin)
  return operator
}

/** Compares the PIN, counts a wrong one and locks out after too many; every attempt that fails is audited. */
async function checkPin(call: Call, operator: OperatorRecord, pin: string): Promise<void> {
  const now = call.now()
  if (operator.lockedUntil !== null && operator.lockedUntil > now.toISOString()) {
    refuse('staff.locked_out', { minutes: minutesUntil(operator.lockedUntil, now) })
  }
  if (await pinMatches(pin, operator.pinHash)) {
    if (operator.failedAttempts > 0) {
      await call.store.write((w) => writeAttempts(w, operator.id, 0, null))
    }
    return
  }
  const verdict = await call.store.write((w) => countWrongPin(w, operator.id, now))
  if (verdict.lockOut) refuse('staff.locked_out', { minutes: lockOutMinutes })
  refuse('staff.wrong_pin', { left: verdict.left })
}

async function countWrongPin(
  w: WriteHandle,
  id: number,
  now: Date,
): Promise<{ left: number; lockOut: boolean }> {
  const current = await findOperator(w, id)
  const { failed, left, lockOut } = afterWrongPin(current?.failedAttempts ?? 0)
  const until = lockOut ? new Date(now.getTime() + lockOutMinutes * 60_000).toISOString() : null
  await writeAttempts(w, id, lockOut ? 0 : failed, until)
  await appendAudit(w, {
    at: now.toISOString(),
    actorId: id,
    action: lockOut ? 'staff.locked_out' : 'staff.wrong_pin',
    subjectType: 'operator',
    subjectId: id,
    data: { failed },
  })
  return { left, lockOut }
}

function minutesUntil(until: string, now: Date): number {
  return Math.max(1, Math.ceil((Date.parse(until) - now.getTime()) / 60_000))
}

function personOf(operator: { id: number; code: string; name: string; phone: string; role: Role }) {
  return {
    id: operator.id,
    code: operator.code,
    name: operator.name,
    phone: operator.phone,
    // The system operator never signs in; on the command line it acts with a store manager's rights.
    role: operator.role === 'system' ? ('store_manager' as const) : operator.role,
  }
}
