import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { Role } from './rules.ts'

/** Somebody who works at the desk. */
export interface Operator {
  id: number
  code: string
  name: string
  phone: string
  role: Role
}

export interface OperatorRecord extends Operator {
  pinHash: string | null
  failedAttempts: number
  lockedUntil: string | null
  active: boolean
  version: number
}

const columns = [
  'id',
  'code',
  'name',
  'phone',
  'role',
  'pin_hash',
  'failed_attempts',
  'locked_until',
  'active',
  'version',
] as const

interface OperatorRow {
  id: number
  code: string
  name: string
  phone: string
  role: Role
  pin_hash: string | null
  failed_attempts: number
  locked_until: string | null
  active: 0 | 1
  version: number
}

function toRecord(row: OperatorRow): OperatorRecord {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    phone: row.phone,
    role: row.role,
    pinHash: row.pin_hash,
    failedAttempts: row.failed_attempts,
    lockedUntil: row.locked_until,
    active: row.active === 1,
    version: row.version,
  }
}

/** Codes are compared as typed at a till: `lj01` is `LJ01`. */
export async function findOperatorByCode(
  r: ReadHandle,
  code: string,
): Promise<OperatorRecord | undefined> {
  const row = await r
    .selectFrom('operator')
    .select(columns)
    .where('code', '=', code.toUpperCase())
    .executeTakeFirst()
  return row && toRecord(row)
}

export async function findOperator(r: ReadHandle, id: number): Promise<OperatorRecord | undefined> {
  const row = await r.selectFrom('operator').select(columns).where('id', '=', id).executeTakeFirst()
  return row && toRecord(row)
}

/** People only: the system operator is nobody's colleague. */
export async function listOperators(r: ReadHandle): Promise<OperatorRecord[]> {
  const rows = await r
    .selectFrom('operator')
    .select(columns)
    .where('role', '<>', 'system')
    .orderBy('active', 'desc')
    .orderBy('code')
    .execute()
  return rows.map(toRecord)
}

export async function insertOperator(
  w: WriteHandle,
  operator: Omit<Operator, 'id'> & { pinHash: string | null; createdAt: string },
): Promise<number> {
  const { id } = await w
    .insertInto('operator')
    .values({
      code: operator.code.toUpperCase(),
      name: operator.name,
      phone: operator.phone,
      role: operator.role,
      pin_hash: operator.pinHash,
      created_at: operator.createdAt,
      locked_until: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @returns false when somebody else changed the operator since `version`. */
export async function updateOperator(
  w: WriteHandle,
  id: number,
  version: number,
  change: { name: string; phone: string; role: Role; active: boolean },
): Promise<boolean> {
  const result = await w
    .updateTable('operator')
    .set({
      name: change.name,
      phone: change.phone,
      role: change.role,
      active: change.active ? 1 : 0,
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function writePin(w: WriteHandle, id: number, pinHash: string): Promise<void> {
  await w
    .updateTable('operator')
    .set({ pin_hash: pinHash, failed_attempts: 0, locked_until: null })
    .where('id', '=', id)
    .execute()
}

export async function writeAttempts(
  w: WriteHandle,
  id: number,
  failed: number,
  lockedUntil: string | null,
): Promise<void> {
  await w
    .updateTable('operator')
    .set({ failed_attempts: failed, locked_until: lockedUntil })
    .where('id', '=', id)
    .execute()
}
