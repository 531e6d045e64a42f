import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import type { Level, PlannedClock } from './derive.ts'
import { readPlanned } from './running.ts'
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

interface Reached {
  /** The instants between which it holds: of the last step that was reached, and of the next. */
  from: number
  until: number
  steps: readonly ReachedStep[]
}

const reachedBy = new WeakMap<object, Reached>()

/**
 * The steps of the ladder that clocks of open cases have reached by now, oldest first. The same list as long as no case
 * changes and no further step is reached, so that a bell on every screen costs next to nothing.
 */
export async function listReachedSteps(r: ReadHandle, call: Call): Promise<readonly ReachedStep[]> {
  const now = call.now().getTime()
  const planned = await readPlanned(r, call)
  const known = reachedBy.get(planned)
  if (known && known.from <= now && now < known.until) return known.steps
  const steps: ReachedStep[] = []
  let until = Infinity
  for (const { of, clocks } of planned.values()) {
    for (const clock of clocks) {
      steps.push(...reachedOf(of, clock, now))
      for (const { at } of clock.steps) if (at > now && at < until) until = at
      // What rests speaks again once it has run out.
      if (clock.dueAt !== null && clock.dueAt >= now && clock.dueAt < until) until = clock.dueAt + 1
    }
  }
  steps.sort((a, b) => a.at - b.at)
  reachedBy.set(planned, { from: now, until, steps })
  return steps
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
