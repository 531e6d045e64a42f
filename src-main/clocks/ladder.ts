import type { ReadHandle, Store } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { type Level, type PlannedClock, turnsOf } from './derive.ts'
import { type Gathered, gather } from './gather.ts'
import { type PlannedCase, readPlanned } from './planned.ts'
import { between } from './spans.ts'
import type { ClockedCase } from './store.ts'
import { namesOf } from './view.ts'

/** A level of the ladder that a clock reaches, and when: derived, nobody has written it. */
export interface ReachedStep {
  caseId: number
  ownerId: number
  floor: string
  rule: string
  names: { zh: string; en: string }
  legal: boolean
  /** When the clock began: opened again, it is another one. */
  startedAt: number
  dueAt: number
  level: Level
  at: number
}

const reachedBy = new WeakMap<Store, Gathered<PlannedCase, ReachedStep>>()

/**
 * The steps of the ladder that clocks of open cases have reached by now, in no order. The same list as long as no case
 * changes and no further step is reached, and of a case that stays as it is the same steps, so that a bell on every
 * screen costs next to nothing.
 */
export async function listReachedSteps(r: ReadHandle, call: Call): Promise<readonly ReachedStep[]> {
  const { cases } = await readPlanned(r, call)
  const now = call.now().getTime()
  const reached = gather(cases, now, stepsOfCase, reachedBy.get(call.store))
  reachedBy.set(call.store, reached)
  return reached.items
}

function stepsOfCase({ of, clocks }: PlannedCase, now: number) {
  return {
    items: clocks.flatMap((clock) => reachedOf(of, clock, now)),
    span: between(clocks.flatMap(turnsOf), now),
  }
}

function reachedOf(
  of: ClockedCase,
  { rule, measure, startedAt, dueAt, stoppedAt, steps, rests, isOver }: PlannedClock,
  now: number,
): ReachedStep[] {
  // One that rests says nothing; what ended tells nobody any more.
  if (startedAt === null || dueAt === null || stoppedAt !== null) return []
  if (rests && !isOver) return []
  return steps
    .filter(({ at }) => at <= now)
    .map(({ tell, at }) => ({
      caseId: of.caseId,
      ownerId: of.ownerId,
      floor: of.floor,
      rule: rule.id,
      names: namesOf(rule, measure),
      legal: rule.legal,
      startedAt,
      dueAt,
      level: tell,
      at,
    }))
}
