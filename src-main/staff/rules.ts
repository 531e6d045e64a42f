import { type Permission, permissions } from '../foundation/procedure.ts'

export type Role = 'clerk' | 'floor_manager' | 'store_manager' | 'system'

const clerk: readonly Permission[] = [
  'sales.read',
  'cards.issue',
  'refunds.record',
  'exchanges.record',
  'vouchers.issue',
  'vouchers.redeem',
  'complaints.record',
  'repairs.record',
  'customers.reveal',
  'customers.edit',
  'reports.read',
  'days.close',
  'papers.print',
  'attachments.add',
  'goods.move',
  'vendors.record',
  'approvals.request',
  'instructions.settle',
]

const floorManager: readonly Permission[] = [
  ...clerk,
  'sales.import',
  'cards.void',
  'refunds.void',
  'exchanges.void',
  'lessons.manage',
  'customers.manage',
  'quality.manage',
  'followups.manage',
  'reviews.manage',
  'reports.manage',
  'repairs.reveal',
  'repairs.manage',
  'complaints.guide',
  'cases.assign',
  'approvals.decide',
  'instructions.manage',
  'vendors.manage',
]

/** Which role may do what. The system operator is the command line of store IT, who owns the machine. */
const grants: Record<Role, readonly Permission[]> = {
  clerk,
  floor_manager: floorManager,
  store_manager: permissions,
  system: permissions,
}

export function permissionsOf(role: Role): readonly Permission[] {
  return grants[role]
}

export function mayDo(role: Role, permission: Permission): boolean {
  return grants[role].includes(permission)
}

/** Wrong PINs in a row that lock an operator out, and for how long. */
export const pinAttempts = 5
export const lockOutMinutes = 5

/** What a wrong PIN leads to: the attempts left, or the lock-out. */
export function afterWrongPin(failedBefore: number): {
  failed: number
  left: number
  lockOut: boolean
} {
  const failed = failedBefore + 1
  return { failed, left: Math.max(pinAttempts - failed, 0), lockOut: failed >= pinAttempts }
}

/** A PIN that anybody would try first: one digit repeated, or digits counting up or down. */
export function isWeakPin(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]))
  return [0, 1, -1].some((step) => steps.every((each) => each === step))
}
