import { type ComplaintKind, complaintKinds, kindRules } from '../../complaints/contract.ts'
import type { ReadHandle } from '../../database/store.ts'
import { businessDateOf, type BusinessDay, daysBetween } from '../../foundation/business-date.ts'
import type { ComplaintEntry, SolutionEntry } from './ledgers.ts'
import { type Period, placeName } from './rules.ts'

const counted: readonly ComplaintKind[] = complaintKinds.filter(
  (kind) => kindRules[kind].isComplaint,
)

function selectComplaints(r: ReadHandle) {
  return r
    .selectFrom('complaint')
    .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
    .leftJoin('product', 'product.id', 'complaint.product_id')
    .where('complaint.kind', 'in', counted)
    .select((row) => [
      'complaint.id',
      'complaint.case_id',
      'complaint.kind',
      'complaint.severity',
      'complaint.mode',
      'complaint.recorded_at',
      'complaint.class',
      'complaint.floor',
      'complaint.counter',
      'complaint.vendor',
      'product.brand',
      'product.category',
      'case_file.owner_id',
      row
        .selectFrom('case_fault')
        .select('case_fault.fault')
        .whereRef('case_fault.case_id', '=', 'complaint.case_id')
        .orderBy('case_fault.id', 'desc')
        .limit(1)
        .as('fault'),
    ])
}

interface About {
  class: string
  floor: string
  counter: string
  vendor: string
  brand: string | null
  category: string | null
  owner_id: number
  fault: string | null
}

/** What both ledgers of complaints can be read by. */
export function aboutOf(row: About) {
  return {
    class: row.class,
    floor: row.floor,
    counter: placeName(row.floor, row.counter),
    vendor: row.vendor,
    brand: row.brand ?? '',
    category: row.category ?? '',
    fault: row.fault ?? '',
    person: String(row.owner_id),
  }
}

export type ComplaintRow = Awaited<ReturnType<typeof listComplaintRows>>[number]

/** Complaints recorded in a period, in order, with their first round: what two ledgers are made of. */
export async function listComplaintRows(r: ReadHandle, { from, to }: Period) {
  return selectComplaints(r)
    .leftJoin('recomplaint', (join) =>
      join
        .onRef('recomplaint.complaint_id', '=', 'complaint.id')
        .on('recomplaint.dropped_at', 'is', null),
    )
    .innerJoin('complaint_round as round', (join) =>
      join.onRef('round.complaint_id', '=', 'complaint.id').on('round.no', '=', 1),
    )
    .select((row) => [
      'complaint.business_date',
      'complaint.solved_on_spot',
      'complaint.state',
      'recomplaint.basis',
      'round.opened_at',
      'round.solved_at',
      'round.solved_on',
      row
        .selectFrom('case_answer')
        .select((each) => each.fn.min('case_answer.answered_at').as('at'))
        .whereRef('case_answer.case_id', '=', 'complaint.case_id')
        .whereRef('case_answer.answered_at', '>=', 'complaint.recorded_at')
        .as('answered_at'),
      row
        .or([
          row.exists(
            row
              .selectFrom('complaint_round')
              .select('complaint_round.id')
              .whereRef('complaint_round.complaint_id', '=', 'complaint.id')
              .where('complaint_round.no', '=', 2),
          ),
          row.exists(
            row
              .selectFrom('recomplaint as later')
              .select('later.id')
              .whereRef('later.first_id', '=', 'complaint.id')
              .where('later.dropped_at', 'is', null),
          ),
        ])
        .as('came_again'),
    ])
    .where('complaint.business_date', '>=', from)
    .where('complaint.business_date', '<=', to)
    .orderBy('complaint.business_date')
    .orderBy('complaint.id')
    .execute()
}

/** `person` is who had the case at the end of that day. */
export function toComplaint(row: ComplaintRow, day: BusinessDay): ComplaintEntry {
  return {
    ...aboutOf(row),
    id: row.id,
    on: row.business_date,
    basis: row.basis ?? '',
    atOnce: row.solved_on_spot === 1,
    sameDay:
      row.solved_on === row.business_date ||
      (row.answered_at !== null &&
        businessDateOf(new Date(row.answered_at), day) === row.business_date),
    repeats: row.basis !== null,
    cameAgain: Boolean(row.came_again),
    open: row.state === 'open',
  }
}

export type RoundRow = Awaited<ReturnType<typeof listRoundRows>>[number]

/** Rounds of complaints solved in a period, in order: what two ledgers are made of. */
export async function listRoundRows(r: ReadHandle, { from, to }: Period) {
  return selectComplaints(r)
    .innerJoin('complaint_round as round', 'round.complaint_id', 'complaint.id')
    .leftJoin('complaint_round as later', (join) =>
      join
        .onRef('later.complaint_id', '=', 'round.complaint_id')
        .on((on) => on('later.no', '=', on('round.no', '+', 1))),
    )
    .select((row) => [
      'round.opened_at',
      'round.opened_on',
      'round.solved_at',
      'round.solved_on',
      'round.satisfied',
      'round.points',
      'later.no as later_no',
      row
        .selectFrom('case_answer')
        .select((each) => each.fn.min('case_answer.answered_at').as('at'))
        .whereRef('case_answer.case_id', '=', 'complaint.case_id')
        .whereRef('case_answer.answered_at', '>=', 'round.opened_at')
        .where('case_answer.kind', '=', 'plan')
        .as('planned_at'),
    ])
    .where('round.solved_on', '>=', from)
    .where('round.solved_on', '<=', to)
    .orderBy('round.solved_on')
    .orderBy('round.id')
    .execute()
}

export function toSolution(row: RoundRow): SolutionEntry {
  const on = row.solved_on ?? row.opened_on
  return {
    ...aboutOf(row),
    id: row.id,
    on,
    openedOn: row.opened_on,
    satisfied: row.satisfied === null ? null : row.satisfied === 1,
    points: row.points,
    reopened: row.later_no !== null,
    days: daysBetween(row.opened_on, on),
  }
}

/** Every pause of a clock there was, by case: few cases have one. */
export async function listAllPauses(r: ReadHandle) {
  return r
    .selectFrom('clock_pause')
    .select([
      'case_id as caseId',
      'paused_at as pausedAt',
      'resumed_at as resumedAt',
      'ends_at as endsAt',
    ])
    .orderBy('id')
    .execute()
}
