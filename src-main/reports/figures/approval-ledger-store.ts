import type { ReadHandle } from '../../database/store.ts'
import type { ApprovalEntry, OverrideEntry } from './ledgers.ts'
import type { Period } from './rules.ts'

function minutesBetween(from: string, to: string | null): number | null {
  return to === null ? null : Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000))
}

/** Kinds from the one that says most of a decision to the one that says least. */
const kindsByWeight = [
  'abnormal',
  'no_slip',
  'other_tender',
  'risk_flag',
  'compensation',
  'goodwill',
  'high_value',
  'normal',
] as const
/** Kinds that go past what rules or the original payment say. */
const beyondRules: ReadonlySet<string> = new Set(['abnormal', 'no_slip', 'other_tender'])

/** What an approval of several kinds is counted under: once, by what says most of it. */
function leadingKind(kinds: string): string {
  const asked = kinds.split(' ')
  return kindsByWeight.find((kind) => asked.includes(kind)) ?? asked[0] ?? ''
}

/** Approvals asked for in a period, in order; `person` asked, `approver` decided. */
export async function listApprovals(r: ReadHandle, { from, to }: Period): Promise<ApprovalEntry[]> {
  const rows = await r
    .selectFrom('approval')
    .select((row) => [
      'approval.id',
      'approval.business_date',
      'approval.kinds',
      'approval.amount',
      'approval.requested_by',
      'approval.requested_at',
      'approval.decided_by',
      'approval.decided_at',
      'approval.state',
      row
        .exists(
          row
            .selectFrom('approval_event')
            .select('approval_event.id')
            .whereRef('approval_event.approval_id', '=', 'approval.id')
            .where('approval_event.action', '=', 'escalate'),
        )
        .as('escalated'),
    ])
    .where('approval.business_date', '>=', from)
    .where('approval.business_date', '<=', to)
    .orderBy('approval.business_date')
    .orderBy('approval.id')
    .execute()
  return rows.map((row) => {
    const isGranted = row.state === 'granted' || row.state === 'used'
    const isDecided = isGranted || row.state === 'denied'
    return {
      id: row.id,
      on: row.business_date,
      kind: leadingKind(row.kinds),
      person: String(row.requested_by),
      approver: row.decided_by === null ? '' : String(row.decided_by),
      amount: row.amount,
      isGranted,
      isDecided,
      isUsed: row.state === 'used',
      escalated: Boolean(row.escalated),
      minutes: isDecided ? minutesBetween(row.requested_at, row.decided_at) : null,
    }
  })
}

/**
 * Where somebody went past what the rules or limits say: exchanges that were not owed, handovers closed without their
 * papers, approvals beyond the rules that were used, and offers beyond the limit of whoever made them.
 */
export async function listOverrides(r: ReadHandle, period: Period): Promise<OverrideEntry[]> {
  const all = [
    ...(await listConceded(r, period)),
    ...(await listWaivers(r, period)),
    ...(await listBeyondRules(r, period)),
    ...(await listBeyondLimit(r, period)),
  ]
  return all.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id - b.id))
}

async function listConceded(r: ReadHandle, { from, to }: Period): Promise<OverrideEntry[]> {
  const rows = await r
    .selectFrom('exchange')
    .select(['id', 'business_date', 'recorded_by', 'credit'])
    .where('business_date', '>=', from)
    .where('business_date', '<=', to)
    .where('acceptance', '=', 'conceded')
    // One that somebody approved is counted as that approval.
    .where('approval_ids', '=', '[]')
    .where('state', '<>', 'void')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    on: row.business_date,
    source: 'exchange',
    kind: 'conceded',
    person: String(row.recorded_by),
    amount: row.credit,
  }))
}

async function listWaivers(r: ReadHandle, { from, to }: Period): Promise<OverrideEntry[]> {
  const rows = await r
    .selectFrom('handover_waiver')
    .select(['id', 'business_date', 'asked_by', 'amount'])
    .where('business_date', '>=', from)
    .where('business_date', '<=', to)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    on: row.business_date,
    source: 'waiver',
    kind: 'waived',
    person: String(row.asked_by),
    amount: row.amount,
  }))
}

async function listBeyondRules(r: ReadHandle, period: Period): Promise<OverrideEntry[]> {
  const approvals = await listApprovals(r, period)
  return approvals
    .filter(({ isUsed, kind }) => isUsed && beyondRules.has(kind ?? ''))
    .map(({ id, on, kind = '', person = '', amount }) => ({
      id,
      on,
      source: 'approval',
      kind,
      person,
      amount,
    }))
}

async function listBeyondLimit(r: ReadHandle, { from, to }: Period): Promise<OverrideEntry[]> {
  const rows = await r
    .selectFrom('offer')
    .select(['id', 'business_date', 'recorded_by', 'made_by', 'amount'])
    .where('business_date', '>=', from)
    .where('business_date', '<=', to)
    .where('authorised', '=', 0)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    on: row.business_date,
    source: 'offer',
    kind: 'beyond_limit',
    person: String(row.made_by ?? row.recorded_by),
    amount: row.amount,
  }))
}
