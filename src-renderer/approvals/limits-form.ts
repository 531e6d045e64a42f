import { approvalKinds } from '../../src-main/approvals/contract.ts'
import type { Matrix } from './approval.ts'

/** What stands in one cell: an amount, no limit, or nothing, which means the role may not. */
export interface LimitCell {
  upTo: number | null
  unlimited: boolean
}

/** Cells by `kind role`. */
export type Cells = Record<string, LimitCell>

/** The store manager is never limited, so that nothing is left that nobody may decide. */
export const editedRoles = ['clerk', 'floor_manager'] as const

export function cellsOf(limits: Matrix['limits']): Cells {
  return Object.fromEntries(
    limits.map(({ kind, role, upTo }) => [`${kind} ${role}`, { upTo, unlimited: upTo === null }]),
  )
}

export function limitsOf(cells: Cells): Matrix['limits'] {
  return approvalKinds.flatMap((kind) => [
    ...editedRoles.flatMap((role) => {
      const cell = cells[`${kind} ${role}`]
      if (!cell || (cell.upTo === null && !cell.unlimited)) return []
      return [{ kind, role, upTo: cell.unlimited ? null : cell.upTo }]
    }),
    { kind, role: 'store_manager' as const, upTo: null },
  ])
}
