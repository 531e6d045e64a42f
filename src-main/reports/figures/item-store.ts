/** What stands on the list behind a figure: one page at a time. */
import type { ReadHandle } from '../../database/store.ts'
import { maskName } from '../../foundation/phone.ts'
import type { ReportItem } from './contract.ts'

/** An item before its date and value are put beside it. */
export type Described = Omit<ReportItem, 'date' | 'value'>

/** Letters of a text that a list shows. */
const shownLetters = 80

export async function describeComplaints(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('complaint')
    .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .select((row) => [
      'complaint.id',
      'complaint.number',
      'operator.name',
      row.fn<string>('substr', ['complaint.text', row.val(1), row.val(shownLetters)]).as('text'),
    ])
    .where('complaint.id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ id, number, name, text }) => [
      id,
      { kind: 'complaint', id, number, owner: name, text, link: { page: 'complaint', id } },
    ]),
  )
}

export async function describePromises(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('promise')
    .innerJoin('operator', 'operator.id', 'promise.owner_id')
    .leftJoin('complaint', 'complaint.id', 'promise.complaint_id')
    .leftJoin('repair', 'repair.id', 'promise.repair_id')
    .leftJoin('exchange', 'exchange.id', 'promise.exchange_id')
    .select((row) => [
      'promise.id',
      'promise.case_id',
      'operator.name',
      row.fn
        .coalesce('complaint.number', 'repair.number', 'exchange.number', row.val(''))
        .as('number'),
      row.fn<string>('substr', ['promise.text', row.val(1), row.val(shownLetters)]).as('text'),
    ])
    .where('promise.id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ id, case_id, number, name, text }) => [
      id,
      { kind: 'promise', id, number, owner: name, text, link: { page: 'case', id: case_id } },
    ]),
  )
}

/** Refunds, exchanges by their own number, and price adjustments. */
export async function describeSlips(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('refund')
    .innerJoin('operator', 'operator.id', 'refund.recorded_by')
    .leftJoin('exchange', 'exchange.id', 'refund.exchange_id')
    .select((row) => [
      'refund.id',
      'refund.number',
      'refund.note',
      'refund.exchange_id',
      'exchange.number as exchange_number',
      'operator.name',
      row
        .selectFrom('refund_line')
        .innerJoin('sale_line', 'sale_line.id', 'refund_line.sale_line_id')
        .select('sale_line.name')
        .whereRef('refund_line.refund_id', '=', 'refund.id')
        .orderBy('refund_line.id')
        .limit(1)
        .as('goods'),
    ])
    .where('refund.id', 'in', ids)
    .execute()
  return new Map(
    rows.map((row): [number, Described] => {
      const { id, exchange_id: exchangeId } = row
      const said = { owner: row.name, text: row.goods ?? row.note }
      if (exchangeId === null) {
        const link = { page: 'refund' as const, id }
        return [id, { kind: 'refund', id, number: row.number, ...said, link }]
      }
      const number = row.exchange_number ?? row.number
      const link = { page: 'exchange' as const, id: exchangeId }
      return [id, { kind: 'exchange', id: exchangeId, number, ...said, link }]
    }),
  )
}

/** Goods in repair, by their ticket. */
export async function describeRepairs(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('repair_item')
    .innerJoin('repair', 'repair.id', 'repair_item.repair_id')
    .innerJoin('case_file', 'case_file.id', 'repair.case_id')
    .innerJoin('operator', 'operator.id', 'case_file.owner_id')
    .select([
      'repair_item.id',
      'repair_item.name as goods',
      'repair_item.fault',
      'repair.id as repair_id',
      'repair.number',
      'operator.name',
    ])
    .where('repair_item.id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ id, goods, fault, repair_id: repairId, number, name }) => [
      id,
      {
        kind: 'repair',
        id: repairId,
        number,
        owner: name,
        text: shorten([goods, fault].filter(Boolean).join(' · ')),
        link: { page: 'repair', id: repairId },
      },
    ]),
  )
}

export async function describeApprovals(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('approval')
    .innerJoin('operator', 'operator.id', 'approval.requested_by')
    .select(['approval.id', 'approval.summary', 'approval.used_for_id', 'operator.name'])
    .where('approval.id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ id, summary, used_for_id: usedFor, name }) => [
      id,
      {
        kind: 'approval',
        id,
        number: usedFor ?? '',
        owner: name,
        text: shorten(summary),
        link: { page: 'approval', id },
      },
    ]),
  )
}

/** Exchanges that nobody was owed. */
export async function describeExchanges(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('exchange')
    .innerJoin('operator', 'operator.id', 'exchange.recorded_by')
    .select(['exchange.id', 'exchange.number', 'exchange.note', 'operator.name'])
    .where('exchange.id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ id, number, note, name }) => [
      id,
      {
        kind: 'exchange',
        id,
        number,
        owner: name,
        text: shorten(note),
        link: { page: 'exchange', id },
      },
    ]),
  )
}

/** Handovers that were closed without their papers. */
export async function describeWaivers(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('handover_waiver')
    .innerJoin('handover', 'handover.id', 'handover_waiver.handover_id')
    .innerJoin('operator', 'operator.id', 'handover_waiver.asked_by')
    .select([
      'handover_waiver.id',
      'handover_waiver.reason',
      'handover.number',
      'handover.exchange_id',
      'operator.name',
    ])
    .where('handover_waiver.id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ id, reason, number, exchange_id: exchangeId, name }) => [
      id,
      {
        kind: 'waiver',
        id,
        number,
        owner: name,
        text: shorten(reason),
        link: { page: 'exchange', id: exchangeId },
      },
    ]),
  )
}

/** Offers beyond the limit of whoever made them. */
export async function describeOffers(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('offer')
    .leftJoin('operator', 'operator.id', 'offer.made_by')
    .select(['offer.id', 'offer.what', 'offer.made_by_name', 'offer.case_id', 'operator.name'])
    .where('offer.id', 'in', ids)
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        kind: 'offer',
        id: row.id,
        number: '',
        owner: row.name ?? row.made_by_name,
        text: shorten(row.what),
        link: row.case_id === null ? null : { page: 'case', id: row.case_id },
      },
    ]),
  )
}

export async function describeGoodwill(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('goodwill_entry')
    .innerJoin('operator', 'operator.id', 'goodwill_entry.operator_id')
    .select(['goodwill_entry.id', 'goodwill_entry.what', 'goodwill_entry.case_id', 'operator.name'])
    .where('goodwill_entry.id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ id, what, case_id: caseId, name }) => [
      id,
      {
        kind: 'goodwill',
        id,
        number: '',
        owner: name,
        text: shorten(what),
        link: caseId === null ? null : { page: 'case', id: caseId },
      },
    ]),
  )
}

/** Compensations of settlements, by their own number and the complaint they settle. */
export async function describeCompensations(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('compensation')
    .innerJoin('operator', 'operator.id', 'compensation.by')
    .select([
      'compensation.id',
      'compensation.number',
      'compensation.what',
      'compensation.complaint_id',
      'operator.name',
    ])
    .where('compensation.id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ id, number, what, complaint_id: complaintId, name }) => [
      id,
      {
        kind: 'compensation',
        id,
        number,
        owner: name,
        text: shorten(what),
        link: { page: 'complaint', id: complaintId },
      },
    ]),
  )
}

/** Customers, masked (domain.md §5.3). */
export async function describeCustomers(
  r: ReadHandle,
  ids: readonly number[],
): Promise<Map<number, Described>> {
  const rows = await r
    .selectFrom('customer')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .execute()
  return new Map(
    rows.map(({ id, name }) => [
      id,
      {
        kind: 'customer',
        id,
        number: '',
        owner: '',
        text: maskName(name),
        link: { page: 'customer', id },
      },
    ]),
  )
}

function shorten(text: string): string {
  return [...text].slice(0, shownLetters).join('')
}
