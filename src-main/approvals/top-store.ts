import type { ReadHandle, WriteHandle } from '../database/store.ts'

/** What of a case sends it to the top. */
export interface Exposure {
  /** Risks that stand, and when each was raised. */
  risks: { id: number; flag: string; raisedAt: string }[]
  /** The highest amount anybody demands in it, minor units of the store's currency. */
  demandAmount: number
  /** How often its complaints have been opened. */
  rounds: number
}

export async function readExposure(r: ReadHandle, caseId: number): Promise<Exposure> {
  const risks = await r
    .selectFrom('case_risk')
    .select(['id', 'flag', 'raised_at'])
    .where('case_id', '=', caseId)
    .where('cleared_at', 'is', null)
    .orderBy('id')
    .execute()
  const demand = await r
    .selectFrom('complaint')
    .select(({ fn }) => fn.max('demand_amount').as('amount'))
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  const rounds = await r
    .selectFrom('complaint_round')
    .innerJoin('complaint', 'complaint.id', 'complaint_round.complaint_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('complaint.case_id', '=', caseId)
    .executeTakeFirst()
  return {
    risks: risks.map(({ id, flag, raised_at }) => ({ id, flag, raisedAt: raised_at })),
    demandAmount: demand?.amount ?? 0,
    rounds: rounds?.count ?? 0,
  }
}

export interface DecisionRecord {
  id: number
  text: string
  riskIds: number[]
  demandAmount: number
  rounds: number
  at: string
  by: string
}

/** What the top decided in a case, the newest first. */
export async function listDecisions(r: ReadHandle, caseId: number): Promise<DecisionRecord[]> {
  const rows = await r
    .selectFrom('top_decision')
    .innerJoin('operator', 'operator.id', 'top_decision.decided_by')
    .select([
      'top_decision.id',
      'text',
      'risk_ids',
      'demand_amount',
      'rounds',
      'decided_at',
      'operator.name',
    ])
    .where('case_id', '=', caseId)
    .orderBy('top_decision.id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    text: row.text,
    riskIds: JSON.parse(row.risk_ids) as number[],
    demandAmount: row.demand_amount,
    rounds: row.rounds,
    at: row.decided_at,
    by: row.name,
  }))
}

export async function insertDecision(
  w: WriteHandle,
  decision: {
    caseId: number
    text: string
    exposure: Exposure
    at: string
    businessDate: string
    by: number
  },
): Promise<void> {
  const { exposure } = decision
  await w
    .insertInto('top_decision')
    .values({
      case_id: decision.caseId,
      text: decision.text,
      risk_ids: JSON.stringify(exposure.risks.map(({ id }) => id)),
      demand_amount: exposure.demandAmount,
      rounds: exposure.rounds,
      business_date: decision.businessDate,
      decided_at: decision.at,
      decided_by: decision.by,
    })
    .execute()
}
