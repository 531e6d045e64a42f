import { sql } from 'kysely'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { pageOfHistory } from './contract.ts'
import type { ApprovalAction, ApprovalKind, ApprovalState, ApproverRole, Limit } from './rules.ts'

/** One version of the limits, without the store's currency. */
export interface MatrixRecord {
  version: number
  limits: Limit[]
  goodwillPerDay: number
  highValueFrom: number | null
  note: string
  changedAt: string
  changedBy: string | null
}

/** Versions of the limits, newest first; the newest is in force. */
export async function listMatrices(r: ReadHandle, count: number): Promise<MatrixRecord[]> {
  const rows = await r
    .selectFrom('approval_matrix')
    .leftJoin('operator', 'operator.id', 'approval_matrix.changed_by')
    .selectAll('approval_matrix')
    .select('operator.name as changed_by_name')
    .orderBy('approval_matrix.version', 'desc')
    .limit(count)
    .execute()
  const versions = rows.map((row) => row.version)
  const limits = await r
    .selectFrom('approval_limit')
    .select(['matrix_version', 'kind', 'role', 'up_to'])
    .where('matrix_version', 'in', versions)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    version: row.version,
    limits: limits
      .filter((each) => each.matrix_version === row.version)
      .map((each) => ({ kind: each.kind, role: each.role, upTo: each.up_to })),
    goodwillPerDay: row.goodwill_per_day,
    highValueFrom: row.high_value_from,
    note: row.note,
    changedAt: row.changed_at,
    changedBy: row.changed_by_name,
  }))
}

/** The limits in force. */
export async function findMatrix(r: ReadHandle): Promise<MatrixRecord> {
  const [matrix] = await listMatrices(r, 1)
  if (!matrix) throw new Error('a store without limits')
  return matrix
}

export async function insertMatrix(
  w: WriteHandle,
  matrix: Omit<MatrixRecord, 'changedBy'> & { changedBy: number },
): Promise<void> {
  await w
    .insertInto('approval_matrix')
    .values({
      version: matrix.version,
      goodwill_per_day: matrix.goodwillPerDay,
      high_value_from: matrix.highValueFrom,
      note: matrix.note,
      changed_at: matrix.changedAt,
      changed_by: matrix.changedBy,
    })
    .execute()
  await w
    .insertInto('approval_limit')
    .values(
      matrix.limits.map(({ kind, role, upTo }) => ({
        matrix_version: matrix.version,
        kind,
        role,
        up_to: upTo,
      })),
    )
    .execute()
}

export interface PersonRecord {
  id: number
  code: string
  name: string
  role: ApproverRole | 'system'
}

export interface ApprovalRecord {
  id: number
  state: ApprovalState
  kinds: ApprovalKind[]
  amount: number
  /** How much of it is beyond what anybody owes; null where that was not said. */
  compensation: number | null
  currency: string
  subject: { type: string; id: string; hash: string }
  summary: string
  reason: string
  caseId: number | null
  requestedBy: PersonRecord
  requestedAt: string
  level: ApproverRole
  decidedBy: PersonRecord | null
  decidedRole: ApproverRole | null
  decidedAt: string | null
  decisionNote: string
  usedAt: string | null
  usedFor: { type: string; id: string } | null
  version: number
}

function selectApprovals(r: ReadHandle) {
  return r
    .selectFrom('approval')
    .innerJoin('operator as requester', 'requester.id', 'approval.requested_by')
    .leftJoin('operator as decider', 'decider.id', 'approval.decided_by')
    .selectAll('approval')
    .select([
      'requester.code as requester_code',
      'requester.name as requester_name',
      'requester.role as requester_role',
      'decider.code as decider_code',
      'decider.name as decider_name',
      'decider.role as decider_role',
    ])
}

type ApprovalRow = Awaited<ReturnType<ReturnType<typeof selectApprovals>['execute']>>[number]

function toApproval(row: ApprovalRow): ApprovalRecord {
  return {
    id: row.id,
    state: row.state,
    kinds: row.kinds.split(' ') as ApprovalKind[],
    amount: row.amount,
    compensation: row.compensation,
    currency: row.currency,
    subject: { type: row.subject_type, id: row.subject_id, hash: row.subject_hash },
    summary: row.summary,
    reason: row.reason,
    caseId: row.case_id,
    requestedBy: {
      id: row.requested_by,
      code: row.requester_code,
      name: row.requester_name,
      role: row.requester_role,
    },
    requestedAt: row.requested_at,
    level: row.level,
    decidedBy:
      row.decided_by === null
        ? null
        : {
            id: row.decided_by,
            code: row.decider_code ?? '',
            name: row.decider_name ?? '',
            role: row.decider_role ?? 'clerk',
          },
    decidedRole: row.decided_role,
    decidedAt: row.decided_at,
    decisionNote: row.decision_note,
    usedAt: row.used_at,
    usedFor:
      row.used_for_id === null ? null : { type: row.used_for_type ?? '', id: row.used_for_id },
    version: row.version,
  }
}

export async function findApproval(r: ReadHandle, id: number): Promise<ApprovalRecord | undefined> {
  const row = await selectApprovals(r).where('approval.id', '=', id).executeTakeFirst()
  return row && toApproval(row)
}

/** Approvals of a subject, newest first. */
export async function listOfSubject(
  r: ReadHandle,
  subject: { type: string; id: string },
): Promise<ApprovalRecord[]> {
  const rows = await selectApprovals(r)
    .where('approval.subject_type', '=', subject.type)
    .where('approval.subject_id', '=', subject.id)
    .orderBy('approval.id', 'desc')
    .execute()
  return rows.map(toApproval)
}

/** What was done under an approval, by what came of it: a refund's number, an entry of the goodwill ledger. */
export async function listUsedFor(
  r: ReadHandle,
  usedFor: { type: string; id: string },
): Promise<ApprovalRecord[]> {
  const rows = await selectApprovals(r)
    .where('approval.used_for_type', '=', usedFor.type)
    .where('approval.used_for_id', '=', usedFor.id)
    .orderBy('approval.id')
    .execute()
  return rows.map(toApproval)
}

/** Everything that waits for somebody, the oldest first. */
export async function listWaiting(r: ReadHandle): Promise<ApprovalRecord[]> {
  const rows = await selectApprovals(r)
    .where('approval.state', 'in', ['requested', 'escalated'])
    .orderBy('approval.id')
    .execute()
  return rows.map(toApproval)
}

/** What an operator asked for: all that is not at rest, and the rest of one business day; newest first. */
export async function listMine(
  r: ReadHandle,
  operatorId: number,
  businessDate: string,
): Promise<ApprovalRecord[]> {
  const rows = await selectApprovals(r)
    .where('approval.requested_by', '=', operatorId)
    .where((row) =>
      row.or([
        row('approval.state', 'in', ['requested', 'escalated']),
        row.and([
          row('approval.state', '=', 'granted'),
          row('approval.subject_type', '<>', 'offer'),
        ]),
        row('approval.business_date', '=', businessDate),
      ]),
    )
    .orderBy('approval.id', 'desc')
    .execute()
  return rows.map(toApproval)
}

/** Everything ever asked for, or what one operator asked for; newest first, a page at a time. */
export async function listHistory(
  r: ReadHandle,
  filter: { before: number | undefined; requestedBy: number | undefined },
): Promise<ApprovalRecord[]> {
  const { before, requestedBy } = filter
  const rows = await selectApprovals(r)
    .where('approval.id', '<', before ?? Number.MAX_SAFE_INTEGER)
    .$if(requestedBy !== undefined, (each) =>
      each.where('approval.requested_by', '=', requestedBy ?? 0),
    )
    .orderBy('approval.id', 'desc')
    .limit(pageOfHistory)
    .execute()
  return rows.map(toApproval)
}

export async function insertApproval(
  w: WriteHandle,
  fresh: Pick<
    ApprovalRecord,
    'kinds' | 'amount' | 'currency' | 'subject' | 'summary' | 'reason' | 'caseId' | 'level'
  > & {
    compensation?: number | null | undefined
    requestedBy: number
    at: string
    businessDate: string
  },
): Promise<number> {
  const { id } = await w
    .insertInto('approval')
    .values({
      state: 'requested',
      kinds: fresh.kinds.join(' '),
      amount: fresh.amount,
      compensation: fresh.compensation ?? null,
      currency: fresh.currency,
      subject_type: fresh.subject.type,
      subject_id: fresh.subject.id,
      subject_hash: fresh.subject.hash,
      summary: fresh.summary,
      reason: fresh.reason,
      case_id: fresh.caseId,
      requested_by: fresh.requestedBy,
      requested_at: fresh.at,
      business_date: fresh.businessDate,
      level: fresh.level,
      decided_by: null,
      decided_at: null,
      decided_role: null,
      used_at: null,
      used_for_type: null,
      used_for_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** What a step writes beside the state. */
export interface StepFacts {
  level?: ApproverRole
  /** Null clears it, as when a denied request goes up a level. */
  decided?: { by: number; at: string; role: ApproverRole; note: string } | null
  used?: { at: string; for: { type: string; id: string } }
}

/** @returns false when somebody else was faster since `version`. */
export async function writeStep(
  w: WriteHandle,
  approval: { id: number; version: number },
  state: ApprovalState,
  { level, decided, used }: StepFacts,
): Promise<boolean> {
  const result = await w
    .updateTable('approval')
    .set({
      state,
      version: approval.version + 1,
      ...(level && { level }),
      ...(decided !== undefined && {
        decided_by: decided?.by ?? null,
        decided_at: decided?.at ?? null,
        decided_role: decided?.role ?? null,
        decision_note: decided?.note ?? '',
      }),
      ...(used && { used_at: used.at, used_for_type: used.for.type, used_for_id: used.for.id }),
    })
    .where('id', '=', approval.id)
    .where('version', '=', approval.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface ApprovalEventRecord {
  id: number
  at: string
  actor: string
  action: ApprovalAction
  state: ApprovalState
  level: ApproverRole
  reason: string
}

export async function insertApprovalEvent(
  w: WriteHandle,
  event: Omit<ApprovalEventRecord, 'id' | 'actor'> & { approvalId: number; actorId: number },
): Promise<void> {
  await w
    .insertInto('approval_event')
    .values({
      approval_id: event.approvalId,
      at: event.at,
      actor_id: event.actorId,
      action: event.action,
      state: event.state,
      level: event.level,
      reason: event.reason,
    })
    .execute()
}

/** The whole history of an approval, oldest first. */
export async function listApprovalEvents(
  r: ReadHandle,
  approvalId: number,
): Promise<ApprovalEventRecord[]> {
  const rows = await r
    .selectFrom('approval_event')
    .innerJoin('operator', 'operator.id', 'approval_event.actor_id')
    .selectAll('approval_event')
    .select('operator.name')
    .where('approval_id', '=', approvalId)
    .orderBy('approval_event.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: row.name,
    action: row.action,
    state: row.state,
    level: row.level,
    reason: row.reason,
  }))
}

/** Operators who work here and are not locked out at `at`, highest role first. */
export async function listReady(r: ReadHandle, at: string): Promise<PersonRecord[]> {
  const rows = await r
    .selectFrom('operator')
    .select(['id', 'code', 'name', 'role'])
    .where('active', '=', 1)
    .where('role', '<>', 'system')
    .where((row) => row.or([row('locked_until', 'is', null), row('locked_until', '<=', at)]))
    .orderBy('code')
    .execute()
  return rows
}

export async function hasCase(r: ReadHandle, id: number): Promise<boolean> {
  const row = await r.selectFrom('case_file').select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}

/** What was paid on the sale a case is about; null where it names none. Minor units. */
export async function findPaidOfCase(r: ReadHandle, caseId: number): Promise<number | null> {
  const row = await r
    .selectFrom('case_file')
    .innerJoin('receipt', 'receipt.id', 'case_file.receipt_id')
    .select('receipt.total')
    .where('case_file.id', '=', caseId)
    .executeTakeFirst()
  return row?.total ?? null
}

export interface OfferRecord {
  id: number
  at: string
  businessDate: string
  recordedBy: string
  madeBy: string
  kind: ApprovalKind
  amount: number
  currency: string
  what: string
  toWhom: string
  caseId: number | null
  neededRole: ApproverRole
  makerRole: ApproverRole | null
  authorised: boolean
  approvalId: number | null
  approvalState: ApprovalState | null
}

export async function insertOffer(
  w: WriteHandle,
  offer: Omit<OfferRecord, 'id' | 'recordedBy' | 'madeBy' | 'approvalState' | 'approvalId'> & {
    recordedBy: number
    madeBy: { operatorId: number } | { name: string }
    matrixVersion: number
  },
): Promise<number> {
  const { madeBy } = offer
  const { id } = await w
    .insertInto('offer')
    .values({
      at: offer.at,
      business_date: offer.businessDate,
      recorded_by: offer.recordedBy,
      made_by: 'operatorId' in madeBy ? madeBy.operatorId : null,
      made_by_name: 'name' in madeBy ? madeBy.name : '',
      kind: offer.kind,
      amount: offer.amount,
      currency: offer.currency,
      what: offer.what,
      to_whom: offer.toWhom,
      case_id: offer.caseId,
      needed_role: offer.neededRole,
      maker_role: offer.makerRole,
      authorised: offer.authorised ? 1 : 0,
      matrix_version: offer.matrixVersion,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

function selectOffers(r: ReadHandle) {
  return r
    .selectFrom('offer')
    .innerJoin('operator as recorder', 'recorder.id', 'offer.recorded_by')
    .leftJoin('operator as maker', 'maker.id', 'offer.made_by')
    .leftJoin('approval', (join) =>
      join
        .on('approval.subject_type', '=', 'offer')
        .on('approval.subject_id', '=', sql<string>`cast(offer.id as text)`),
    )
    .selectAll('offer')
    .select([
      'approval.id as approval_id',
      'recorder.name as recorder_name',
      'maker.name as maker_name',
      'approval.state as approval_state',
    ])
}

type OfferRow = Awaited<ReturnType<ReturnType<typeof selectOffers>['execute']>>[number]

function toOffer(row: OfferRow): OfferRecord {
  return {
    id: row.id,
    at: row.at,
    businessDate: row.business_date,
    recordedBy: row.recorder_name,
    madeBy: row.maker_name ?? row.made_by_name,
    kind: row.kind,
    amount: row.amount,
    currency: row.currency,
    what: row.what,
    toWhom: row.to_whom,
    caseId: row.case_id,
    neededRole: row.needed_role,
    makerRole: row.maker_role,
    authorised: row.authorised === 1,
    approvalId: row.approval_id,
    approvalState: row.approval_state,
  }
}

export async function findOffer(r: ReadHandle, id: number): Promise<OfferRecord | undefined> {
  const row = await selectOffers(r).where('offer.id', '=', id).executeTakeFirst()
  return row && toOffer(row)
}

/** Offers, or those one operator made or wrote down; newest first, a page at a time. */
export async function listOffers(
  r: ReadHandle,
  filter: {
    unauthorised: boolean
    before: number | undefined
    caseId: number | undefined
    ofOperator: number | undefined
  },
): Promise<OfferRecord[]> {
  const { unauthorised, before, caseId, ofOperator = 0 } = filter
  const rows = await selectOffers(r)
    .where('offer.id', '<', before ?? Number.MAX_SAFE_INTEGER)
    .$if(unauthorised, (each) => each.where('offer.authorised', '=', 0))
    .$if(caseId !== undefined, (each) => each.where('offer.case_id', '=', caseId ?? 0))
    .$if(ofOperator > 0, (each) =>
      each.where((row) =>
        row.or([row('offer.made_by', '=', ofOperator), row('offer.recorded_by', '=', ofOperator)]),
      ),
    )
    .orderBy('offer.id', 'desc')
    .limit(pageOfHistory)
    .execute()
  return rows.map(toOffer)
}

export async function insertGoodwill(
  w: WriteHandle,
  entry: {
    at: string
    businessDate: string
    operatorId: number
    amount: number
    currency: string
    what: string
    toWhom: string
    caseId: number | null
    approvalId: number | null
  },
): Promise<number> {
  const { id } = await w
    .insertInto('goodwill_entry')
    .values({
      at: entry.at,
      business_date: entry.businessDate,
      operator_id: entry.operatorId,
      amount: entry.amount,
      currency: entry.currency,
      what: entry.what,
      to_whom: entry.toWhom,
      case_id: entry.caseId,
      approval_id: entry.approvalId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface GoodwillRecord {
  id: number
  at: string
  operatorId: number
  operator: string
  amount: number
  what: string
  toWhom: string
  approvedBy: string | null
}

/** The goodwill ledger of a business day, newest first. */
export async function listGoodwill(r: ReadHandle, businessDate: string): Promise<GoodwillRecord[]> {
  const rows = await r
    .selectFrom('goodwill_entry')
    .innerJoin('operator', 'operator.id', 'goodwill_entry.operator_id')
    .leftJoin('approval', 'approval.id', 'goodwill_entry.approval_id')
    .leftJoin('operator as approver', 'approver.id', 'approval.decided_by')
    .select([
      'goodwill_entry.id',
      'goodwill_entry.at',
      'goodwill_entry.operator_id',
      'operator.name',
      'goodwill_entry.amount',
      'goodwill_entry.what',
      'goodwill_entry.to_whom',
      'approver.name as approver_name',
    ])
    .where('goodwill_entry.business_date', '=', businessDate)
    .orderBy('goodwill_entry.id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    operatorId: row.operator_id,
    operator: row.name,
    amount: row.amount,
    what: row.what,
    toWhom: row.to_whom,
    approvedBy: row.approver_name,
  }))
}

/** What an operator gave away on a day on their own authority; after its close it is booked on the next one. */
export async function sumOwnGoodwill(
  r: ReadHandle,
  operatorId: number,
  businessDate: string,
): Promise<number> {
  const row = await r
    .selectFrom('goodwill_entry')
    .select((entry) => entry.fn.sum<number | null>('amount').as('sum'))
    .where('operator_id', '=', operatorId)
    .where('business_date', '>=', businessDate)
    .where('approval_id', 'is', null)
    .executeTakeFirst()
  return row?.sum ?? 0
}
