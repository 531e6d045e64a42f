import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { ComplaintTable } from '../../database/schema.ts'
import type { ReadHandle } from '../../database/store.ts'
import type { caseComplaint } from '../lines.ts'
import type { Source } from './source-store.ts'

/** A case as it stands once the last thing of this slice happened to it; a later slice tells of what came after. */
export const cases: Source = async (r, { after, limit }) => {
  const events = await r
    .selectFrom('case_event')
    .select(['id', 'case_id'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  const revisions = new Map(events.map(({ id, case_id: caseId }) => [caseId, id]))
  const ids = [...revisions.keys()]
  const heads = ids.length === 0 ? [] : await caseHeads(r, ids)
  const complaints = await caseComplaints(r, ids)
  const settled = heads.filter((head) => head.last_event === revisions.get(head.id))
  return {
    lines: settled.map((head) => {
      const own = complaints.get(head.id) ?? []
      const [first] = own
      return {
        stream: 'case' as const,
        key: `${head.id}:${head.last_event}`,
        data: {
          caseId: head.id,
          revision: head.last_event,
          state: head.state,
          businessDate: head.business_date,
          openedAt: head.opened_at,
          closedOn: head.closed_on,
          owner: head.owner,
          receiptNo: head.receipt_no ?? '',
          customerRef: head.customer_id,
          complaintCount: own.length,
          number: first?.number ?? '',
          kind: first?.kind ?? '',
          class: first?.class ?? '',
          severity: first?.severity ?? '',
          solved: first?.solved ?? null,
          satisfied: first?.satisfied ?? null,
          demand: first?.demand ?? '',
          floor: first?.floor ?? '',
          counter: first?.counter ?? '',
          vendor: first?.vendor ?? '',
          complaints: own,
        },
      }
    }),
    lastId: events.at(-1)?.id ?? after,
    more: events.length === limit,
  }
}

function caseHeads(r: ReadHandle, ids: readonly number[]) {
  return r
    .selectFrom('case_file')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .leftJoin('receipt', 'receipt.id', 'case_file.receipt_id')
    .select(['case_file.id', 'case_file.state', 'case_file.business_date', 'case_file.opened_at'])
    .select(['case_file.closed_on', 'case_file.customer_id', 'receipt.receipt_no'])
    .select('operator.code as owner')
    .select((eb) =>
      eb
        .selectFrom('case_event')
        .select((inner) => inner.fn.max('case_event.id').as('id'))
        .whereRef('case_event.case_id', '=', 'case_file.id')
        .as('last_event'),
    )
    .where('case_file.id', 'in', ids)
    .orderBy('case_file.id')
    .execute()
}

/** The complaints of cases, by case, in the order they were recorded. */
async function caseComplaints(r: ReadHandle, ids: readonly number[]) {
  const rows =
    ids.length === 0
      ? []
      : await r
          .selectFrom('complaint')
          .select(['case_id', 'number', 'kind', 'class', 'severity', 'state', 'satisfied'])
          .select(['demand', 'floor', 'counter', 'vendor', 'business_date'])
          .where('case_id', 'in', ids)
          .orderBy('id')
          .execute()
  const complaints = new Map<number, z.output<typeof caseComplaint>[]>()
  for (const row of rows) {
    const own = complaints.get(row.case_id) ?? []
    complaints.set(row.case_id, [...own, complaintOf(row)])
  }
  return complaints
}

function complaintOf(
  row: Pick<
    Selectable<ComplaintTable>,
    | 'number'
    | 'business_date'
    | 'kind'
    | 'class'
    | 'severity'
    | 'state'
    | 'satisfied'
    | 'demand'
    | 'floor'
    | 'counter'
    | 'vendor'
  >,
): z.output<typeof caseComplaint> {
  return {
    number: row.number,
    businessDate: row.business_date,
    kind: row.kind,
    class: row.class,
    severity: row.severity,
    solved: row.state === 'solved',
    satisfied: row.satisfied === null ? null : row.satisfied === 1,
    demand: row.demand ?? '',
    floor: row.floor,
    counter: row.counter,
    vendor: row.vendor,
  }
}
