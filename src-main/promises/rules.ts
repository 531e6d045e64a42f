/** What became of promises that fell due. */
export interface KeptRate {
  due: number
  kept: number
  broken: number
  overdue: number
}

interface DuePromise {
  state: 'open' | 'kept' | 'broken'
  /** UTC ISO instant. */
  dueAt: string
}

/**
 * Counts what fell due by `at`. One that is kept counts even before its time; one that is open and not yet due counts
 * nowhere: nobody can have broken it. Kept, broken and overdue add up to what was due.
 */
export function countKept(promises: readonly DuePromise[], at: string): KeptRate {
  const rate = { due: 0, kept: 0, broken: 0, overdue: 0 }
  for (const { state, dueAt } of promises) {
    if (state === 'open' && dueAt >= at) continue
    rate.due += 1
    rate[state === 'open' ? 'overdue' : state] += 1
  }
  return rate
}
