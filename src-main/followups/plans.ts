import { z } from 'zod'
import data from '../../resources/followups/plans.json' with { type: 'json' }
import { record } from '../audit/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { followUpPlan } from './contract.ts'
import { insertPlan, listPlanVersions, type StoredPlan } from './plan-store.ts'
import type { Plan } from './rules.ts'

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

/** What resources/followups/plans.json holds; `plan.schema.json` beside it is made from this. */
export const planFile = z
  .strictObject({
    $schema: z.literal('./plan.schema.json'),
    plans: z.array(
      z.strictObject({ id: z.string().regex(/^[a-z_]+$/), source: words, plan: followUpPlan }),
    ),
  })
  .refine(({ plans }) => new Set(plans.map(({ id }) => id)).size === plans.length)

let read: z.output<typeof planFile> | undefined

/** The plans that come with the desk: read once, never written. */
export function shippedPlans(): z.output<typeof planFile>['plans'] {
  return (read ??= planFile.parse(data)).plans
}

const shippedRow = (planId: string, plan: Plan): StoredPlan => ({
  planId,
  version: 0,
  inUse: true,
  plan,
  note: '',
  writtenAt: null,
  writtenBy: null,
})

/** Every plan as it holds now: what the store wrote last, else as it comes with the program. */
export async function readPlans(r: ReadHandle): Promise<StoredPlan[]> {
  const newest = new Map<string, StoredPlan>()
  for (const row of await listPlanVersions(r, null)) {
    if (!newest.has(row.planId)) newest.set(row.planId, row)
  }
  const shipped = shippedPlans()
    .filter(({ id }) => !newest.has(id))
    .map(({ id, plan }) => shippedRow(id, plan))
  return [...shipped, ...newest.values()].toSorted(
    (a, b) => a.plan.priority - b.plan.priority || (a.planId < b.planId ? -1 : 1),
  )
}

/** Every version of a plan, the newest first. */
export async function readPlanVersions(r: ReadHandle, planId: string): Promise<StoredPlan[]> {
  const own = await listPlanVersions(r, planId)
  const shipped = shippedPlans().find(({ id }) => id === planId)
  return shipped ? [...own, shippedRow(planId, shipped.plan)] : own
}

/** Writes a new version; follow-ups that are made already keep theirs. */
export async function writePlan(
  w: WriteHandle,
  call: Call,
  input: { planId: string | null; version: number; plan: Plan; inUse: boolean; note: string },
): Promise<{ planId: string; version: number }> {
  const plans = await readPlans(w)
  const before = plans.find(({ planId }) => planId === input.planId)
  if (input.planId !== null && !before) refuse('followups.unknown_plan')
  if ((before?.version ?? 0) !== input.version) refuse('desk.changed_meanwhile')
  const own = plans.filter(({ planId }) => planId.startsWith('own_')).length
  const planId = input.planId ?? `own_${own + 1}`
  const version = input.version + 1
  const { plan, inUse, note } = input
  await insertPlan(w, {
    planId,
    version,
    plan,
    inUse,
    note,
    at: call.now().toISOString(),
    by: call.actor.id,
  })
  const subject = { type: 'followup_plan', id: planId }
  await record(w, call, 'followups.write_plan', subject, { version, plan, inUse, note })
  return { planId, version }
}
