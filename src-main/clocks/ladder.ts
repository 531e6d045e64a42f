import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import type { Level, PlannedClock } from './derive.ts'
import { listPlanned } from './running.ts'
import type { ClockedCase } from './store.ts'
import { nameOf } from './view.ts'

/** A level of the ladder that a clock reaches, and when: derived, nobody has written it. */
export interface ReachedStep {
  caseId: number
  ownerId: number
  floor: string
  rule: string
  name: string
  legal: boolean
  /** When the clock began: opened again, it is another one. */
  startedAt: number
  dueAt: number
  level: Level
  at: number
}

/** The steps of the ladder that clocks of open cases have reached by now, oldest first. */
export async function listReachedSteps(r: ReadHandle, call: Call): Promise<ReachedStep[]> {
  const now = call.now().getTime()
  const steps: ReachedStep[] = []
  for (const { of, clocks } of await listPlanned(r, call)) {
    for (const clock of clocks) steps.push(...reachedOf(call, of, clock, now))
  }
  return steps.sort((a, b) => a.at - b.at)
}

function reachedOf(
  call: Call,
  of: ClockedCase,
  { rule, measure, startedAt, dueAt, stoppedAt, steps, rests }: PlannedClock,
  now: number,
): ReachedStep[] {
  // One that rests says nothing; what ended tells nobody any more.
  if (startedAt === null || dueAt === null || stoppedAt !== null) return []
  if (rests && now <= dueAt) return []
  return steps
    .filter(({ at }) => at <= now)
    .map(({ tell, at }) => ({
      caseId: of.caseId,
      ownerId: of.ownerId,
      floor: of.floor,
      rule: rule.id,
      name: nameOf(call, rule, measure),
      legal: rule.legal,
      startedAt,
      dueAt,
      level: tell,
      at,
    }))
}
