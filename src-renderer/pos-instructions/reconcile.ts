import type { InferClientOutputs } from '@orpc/client'
import dayjs from 'dayjs'

import type { desk } from '../app/client.ts'

export type Reconciliation = InferClientOutputs<typeof desk>['posInstructions']['reconcile']
export type DeskRow = Reconciliation['desk'][number]
export type TillRow = Reconciliation['till'][number]
export type Settlement = Reconciliation['settled'][number]
export type Candidate = Reconciliation['candidates'][number]
export type Ground = Candidate['grounds'][number]

export const views = ['desk', 'till', 'settled'] as const
export type View = (typeof views)[number]

/** Days the list looks back at first: a week of tills. */
const usualDays = 6

export function usualRange(today: string): { from: string; to: string } {
  return { from: dayjs(today).subtract(usualDays, 'day').format('YYYY-MM-DD'), to: today }
}

/** What speaks against two belonging together. */
export function speaksAgainst(ground: Ground): boolean {
  return /_differs?$|_far$/.test(ground)
}

/** Open instructions of the paper an instruction belongs to, that move money the same way. */
export function siblingsOf(rows: readonly DeskRow[], row: DeskRow): DeskRow[] {
  return rows.filter(
    (each) =>
      each.source.type === row.source.type &&
      each.source.id === row.source.id &&
      each.direction === row.direction,
  )
}

/**
 * The instructions of a row's paper that a payment is for: all of them where it comes to all of them, else the one
 * that was chosen.
 */
export function paidBy(rows: readonly DeskRow[], row: DeskRow, payment: TillRow): DeskRow[] {
  const siblings = siblingsOf(rows, row)
  const whole = siblings.reduce((sum, each) => sum + each.amount, 0)
  return siblings.length > 1 && whole === payment.amount ? siblings : [row]
}
