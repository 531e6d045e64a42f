import { hasEventSince, lastEventId } from '../cases/index.ts'
import type { ReadHandle, Store } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { ruleSetOf } from '../policy/index.ts'
import { overdueOf } from './lists.ts'
import { countReady } from './store.ts'

interface Counted {
  /** The rules, the day and the last event it was counted by: while they stand, so does the count. */
  rules: unknown
  today: string
  eventId: number
  overdue: number
}

const countedBy = new WeakMap<Store, Counted>()

/** Repairs past a limit of the rules, and those whose goods wait for their customer. */
export async function countRepairs(
  r: ReadHandle,
  call: Call,
): Promise<{ overdue: number; ready: number }> {
  return { overdue: await countOverdue(r, call), ready: await countReady(r) }
}

async function countOverdue(r: ReadHandle, call: Call): Promise<number> {
  const rules = await ruleSetOf(r, call)
  const { today } = call
  const eventId = await lastEventId(r)
  const known = countedBy.get(call.store)
  const stands = known?.rules === rules && known.today === today
  if (stands && !(await hasEventSince(r, known.eventId, 'repair_'))) {
    if (eventId > known.eventId) countedBy.set(call.store, { ...known, eventId })
    return known.overdue
  }
  const late = (await overdueOf(r, call)).filter(({ overdue }) => overdue)
  const overdue = new Set(late.map(({ repairId }) => repairId)).size
  countedBy.set(call.store, { rules, today, eventId, overdue })
  return overdue
}
