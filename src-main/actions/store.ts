import type { CorrectiveActionTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'

export interface ActionRecord {
  id: number
  number: string
  title: string
  incidentId: number | null
  incident: { id: number; number: string } | null
  cell: string | null
  goods: string
  cause: CorrectiveActionTable['cause']
  rootCause: string
  what: string
  owner: string
  ownerId: number
  dueOn: string
  state: CorrectiveActionTable['state']
  doneOn: string | null
  proof: string
  checkOn: string | null
  version: number
}

function selectActions(r: ReadHandle) {
  return r
    .selectFrom('corrective_action')
    .innerJoin('operator', 'operator.id', 'corrective_action.owner_id')
    .leftJoin('incident', 'incident.id', 'corrective_action.incident_id')
    .select([
      'corrective_action.id',
      'corrective_action.number',
      'corrective_action.title',
      'corrective_action.incident_id as incidentId',
      'incident.number as incidentNumber',
      'corrective_action.cell',
      'corrective_action.goods',
      'cause',
      'root_cause as rootCause',
      'what',
      'operator.name as owner',
      'corrective_action.owner_id as ownerId',
      'due_on as dueOn',
      'corrective_action.state',
      'done_on as doneOn',
      'proof',
      'check_on as checkOn',
      'corrective_action.version',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectActions>['execute']>>[number]

function toAction({ incidentNumber, ...row }: Row): ActionRecord {
  const { incidentId } = row
  return {
    ...row,
    incident: incidentId === null ? null : { id: incidentId, number: incidentNumber ?? '' },
  }
}

const mostActions = 300

/** Under way by the day that counts next, or all, the newest first; of a case or an incident where given. */
export async function listActions(
  r: ReadHandle,
  asked: { all: boolean; caseId?: number | undefined; incidentId?: number | undefined },
): Promise<ActionRecord[]> {
  const { all, caseId, incidentId } = asked
  const rows = await selectActions(r)
    .$if(!all, (rows_) => rows_.where('corrective_action.state', 'in', ['planned', 'done']))
    .$if(incidentId !== undefined, (rows_) =>
      rows_.where('corrective_action.incident_id', '=', incidentId ?? 0),
    )
    .$if(caseId !== undefined, (rows_) =>
      rows_.where('corrective_action.id', 'in', (linked) =>
        linked
          .selectFrom('corrective_action_case')
          .select('action_id')
          .where('case_id', '=', caseId ?? 0),
      ),
    )
    .orderBy((row) => row.fn.coalesce('check_on', 'due_on'), all ? 'desc' : 'asc')
    .orderBy('corrective_action.id', all ? 'desc' : 'asc')
    .limit(mostActions)
    .execute()
  return rows.map(toAction)
}

export async function findAction(r: ReadHandle, id: number): Promise<ActionRecord | undefined> {
  const row = await selectActions(r).where('corrective_action.id', '=', id).executeTakeFirst()
  return row && toAction(row)
}

export async function insertAction(
  w: WriteHandle,
  fresh: {
    number: string
    title: string
    incidentId: number | null
    cell: string | null
    goods: string
    cause: CorrectiveActionTable['cause']
    rootCause: string
    what: string
    ownerId: number
    dueOn: string
    businessDate: string
    at: string
    by: number
    caseIds: readonly number[]
  },
): Promise<number> {
  const { id } = await w
    .insertInto('corrective_action')
    .values({
      number: fresh.number,
      title: fresh.title,
      incident_id: fresh.incidentId,
      cell: fresh.cell,
      goods: fresh.goods,
      cause: fresh.cause,
      root_cause: fresh.rootCause,
      what: fresh.what,
      owner_id: fresh.ownerId,
      due_on: fresh.dueOn,
      state: 'planned',
      business_date: fresh.businessDate,
      planned_at: fresh.at,
      planned_by: fresh.by,
      done_on: null,
      check_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const caseId of new Set(fresh.caseIds)) {
    await w
      .insertInto('corrective_action_case')
      .values({ action_id: id, case_id: caseId })
      .execute()
  }
  return id
}

export type ActionColumns = Partial<
  Pick<CorrectiveActionTable, 'cause' | 'root_cause' | 'what' | 'title' | 'owner_id' | 'due_on'> &
    Pick<CorrectiveActionTable, 'state' | 'done_on' | 'check_on'> & { proof: string }
>

/** @returns false when somebody else changed it since `version`. */
export async function writeAction(
  w: WriteHandle,
  action: { id: number; version: number },
  columns: ActionColumns,
): Promise<boolean> {
  const result = await w
    .updateTable('corrective_action')
    .set({ ...columns, version: action.version + 1 })
    .where('id', '=', action.id)
    .where('version', '=', action.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function listActionCases(r: ReadHandle, actionId: number): Promise<number[]> {
  const rows = await r
    .selectFrom('corrective_action_case')
    .select('case_id')
    .where('action_id', '=', actionId)
    .execute()
  return rows.map((row) => row.case_id)
}

type EventData = Record<string, string | number | boolean | null>

export async function insertActionEvent(
  w: WriteHandle,
  event: { actionId: number; at: string; actorId: number; kind: string; data: EventData },
): Promise<void> {
  await w
    .insertInto('corrective_action_event')
    .values({
      action_id: event.actionId,
      at: event.at,
      actor_id: event.actorId,
      kind: event.kind,
      data: JSON.stringify(event.data),
    })
    .execute()
}

export async function listActionEvents(r: ReadHandle, actionId: number) {
  const rows = await r
    .selectFrom('corrective_action_event')
    .innerJoin('operator', 'operator.id', 'corrective_action_event.actor_id')
    .select(['corrective_action_event.id', 'at', 'operator.name as actor', 'kind', 'data'])
    .where('action_id', '=', actionId)
    .orderBy('corrective_action_event.id')
    .execute()
  return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as EventData }))
}
