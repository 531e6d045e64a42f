import type { ReadHandle } from '../database/store.ts'
import type { Asked } from './rules.ts'

interface Period {
  from: string
  to: string
}

/** An answer, and on which floor and in whose case it was given. */
export interface Answer extends Asked {
  floor: string
  person: string
}

export interface Closing extends Answer {
  retention: 'stays' | 'lost' | 'unknown' | null
  customerId: number | null
  solvedOn: string
}

/** Complaints solved on the business dates of a period, once for each time they were. */
export async function listClosings(r: ReadHandle, { from, to }: Period): Promise<Closing[]> {
  const rows = await r
    .selectFrom('complaint_round as round')
    .innerJoin('complaint', 'complaint.id', 'round.complaint_id')
    .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .select([
      'round.satisfied',
      'round.points',
      'round.would_not_say',
      'round.retention',
      'round.solved_on',
      'complaint.floor',
      'complaint.customer_id',
      'operator.name',
    ])
    .where('round.solved_on', '>=', from)
    .where('round.solved_on', '<=', to)
    .where('complaint.kind', 'in', ['complaint', 'exit_alarm', 'cashier_error'])
    .execute()
  return rows.map((row) => ({
    floor: row.floor,
    person: row.name,
    points: row.points,
    content: row.satisfied === null ? null : row.satisfied === 1,
    answer:
      row.satisfied !== null ? 'given' : row.would_not_say === 1 ? 'would_not_say' : 'not_asked',
    retention: row.retention,
    customerId: row.customer_id,
    solvedOn: row.solved_on ?? '',
  }))
}

/** Customers who were reached on the business dates of a period. */
export async function listReached(r: ReadHandle, { from, to }: Period): Promise<Answer[]> {
  const rows = await r
    .selectFrom('followup_try')
    .innerJoin('followup', 'followup.id', 'followup_try.followup_id')
    .innerJoin('case_file', 'case_file.id', 'followup.case_id')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .select([
      'followup_try.outcome',
      'followup_try.answer',
      'followup_try.points',
      'followup.floor',
      'operator.name',
    ])
    .where('followup_try.business_date', '>=', from)
    .where('followup_try.business_date', '<=', to)
    .where('followup_try.outcome', 'in', ['content', 'not_content'])
    .execute()
  return rows.map((row) => ({
    floor: row.floor,
    person: row.name,
    points: row.points,
    content: row.outcome === 'content',
    // Content or not is an answer even without points.
    answer: row.answer === 'would_not_say' ? 'would_not_say' : 'given',
  }))
}

/** Which of these customers bought something after their day, within so many days: derived from what the POS sold. */
export async function listCameBack(
  r: ReadHandle,
  asked: readonly { customerId: number; after: string; until: string }[],
): Promise<boolean[]> {
  const found: boolean[] = []
  for (const { customerId, after, until } of asked) {
    const row = await r
      .selectFrom('receipt')
      .select('id')
      .where('customer_id', '=', customerId)
      .where('kind', '=', 'sale')
      .where('business_date', '>', after)
      .where('business_date', '<=', until)
      .limit(1)
      .executeTakeFirst()
    found.push(row !== undefined)
  }
  return found
}
