import { type ClockHouse, readBook } from './book.ts'
import type { ReadHandle } from '../database/store.ts'
import { type ClockFacts, planClocks, standingOf } from './derive.ts'
import type { clockStops } from './contract.ts'

export type Judged = 'met' | 'late' | 'running'

/**
 * Says of many complaints at once whether the clocks that end in one way were met: late where any was not, running
 * while none is late and one still runs, null where none of them holds. The rules and hours are those that hold now.
 */
export async function readJudge(
  r: ReadHandle,
  house: ClockHouse,
  stops: (typeof clockStops)[number],
): Promise<(facts: ClockFacts, now: number) => Judged | null> {
  const book = await readBook(r, house)
  const own = { ...book, rules: book.rules.filter((rule) => rule.stops === stops) }
  return (facts, now) => {
    let judged: Judged | null = null
    for (const clock of planClocks(own, facts, now)) {
      if (clock.startedAt === null) continue
      const { state } = standingOf(clock, now)
      if (state === 'late' || state === 'overdue') return 'late'
      judged = state === 'met' && judged !== 'running' ? 'met' : 'running'
    }
    return judged
  }
}
