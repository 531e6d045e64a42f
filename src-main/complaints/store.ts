import type { ComplaintClass } from '../cases/contract.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import {
  type complainants,
  type ComplaintKind,
  type demands,
  type modes,
  type severities,
} from './contract.ts'

export type { ComplaintClass }

/** What the store's form wants beside the words (domain.md §2.5). */
export interface Details {
  desired: string
  demand: (typeof demands)[number] | null
  demandAmount: number | null
  mode: (typeof modes)[number]
  severity: (typeof severities)[number]
  complainant: (typeof complainants)[number]
}

/** What a complaint is about, as far as the desk's own data know it. */
export interface Subject {
  receiptId: number | null
  customerId: number | null
  floor: string
  counter: string
  vendor: string
  productId: number | null
}

/** The sale a line belongs to, and where in the store it was sold. */
export async function findLineSubject(
  r: ReadHandle,
  saleLineId: number,
): Promise<Subject | undefined> {
  const row = await r
    .selectFrom('sale_line')
    .innerJoin('receipt', 'receipt.id', 'sale_line.receipt_id')
    .select([
      'sale_line.receipt_id',
      'sale_line.floor',
      'sale_line.counter',
      'sale_line.vendor',
      'sale_line.product_id',
      'receipt.customer_id',
    ])
    .where('sale_line.id', '=', saleLineId)
    .executeTakeFirst()
  return (
    row && {
      receiptId: row.receipt_id,
      customerId: row.customer_id,
      floor: row.floor,
      counter: row.counter,
      vendor: row.vendor,
      productId: row.product_id,
    }
  )
}

/** The sale of a card and, where the card covers one line only, that line. */
export async function findCardSubject(
  r: ReadHandle,
  cardId: number,
): Promise<
  { receiptId: number; customerId: number | null; saleLineId: number | null } | undefined
> {
  const card = await r
    .selectFrom('card')
    .select(['receipt_id', 'customer_id'])
    .where('id', '=', cardId)
    .executeTakeFirst()
  if (!card) return undefined
  const lines = await r
    .selectFrom('card_line')
    .select('sale_line_id')
    .distinct()
    .where('card_id', '=', cardId)
    .execute()
  return {
    receiptId: card.receipt_id,
    customerId: card.customer_id,
    saleLineId: lines.length === 1 ? (lines[0]?.sale_line_id ?? null) : null,
  }
}

export async function findReceiptSubject(
  r: ReadHandle,
  receiptId: number,
): Promise<{ customerId: number | null } | undefined> {
  const row = await r
    .selectFrom('receipt')
    .select('customer_id')
    .where('id', '=', receiptId)
    .executeTakeFirst()
  return row && { customerId: row.customer_id }
}

export async function hasCustomer(r: ReadHandle, customerId: number): Promise<boolean> {
  const row = await r
    .selectFrom('customer')
    .select('id')
    .where('id', '=', customerId)
    .executeTakeFirst()
  return row !== undefined
}

export interface NewComplaint extends Subject, Details {
  number: string
  caseId: number
  kind: ComplaintKind
  currency: string
  contactDigits: string
  class: ComplaintClass
  text: string
  solution: string
  solvedOnSpot: boolean
  businessDate: string
  recordedAt: string
  recordedBy: number
  saleLineId: number | null
  cardId: number | null
  contact: { name: string; phone: string }
  satisfied: boolean | null
  /** The customer says they will not come back. */
  saysLeaving: boolean
}

export async function insertComplaint(w: WriteHandle, complaint: NewComplaint): Promise<number> {
  const { id } = await w
    .insertInto('complaint')
    .values({
      number: complaint.number,
      case_id: complaint.caseId,
      class: complaint.class,
      text: complaint.text,
      solution: complaint.solution,
      solved_on_spot: complaint.solvedOnSpot ? 1 : 0,
      business_date: complaint.businessDate,
      recorded_at: complaint.recordedAt,
      recorded_by: complaint.recordedBy,
      receipt_id: complaint.receiptId,
      sale_line_id: complaint.saleLineId,
      card_id: complaint.cardId,
      customer_id: complaint.customerId,
      contact_name: complaint.contact.name,
      contact_phone: complaint.contact.phone,
      floor: complaint.floor,
      counter: complaint.counter,
      vendor: complaint.vendor,
      satisfied: toFlag(complaint.satisfied),
      kind: complaint.kind,
      state: complaint.solvedOnSpot ? 'solved' : 'open',
      ...detailColumns(complaint),
      currency: complaint.demandAmount === null ? null : complaint.currency,
      contact_digits: complaint.contactDigits,
      product_id: complaint.productId,
      says_leaving: complaint.saysLeaving ? 1 : 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

function detailColumns(details: Details) {
  return {
    desired: details.desired,
    demand: details.demand,
    demand_amount: details.demandAmount,
    mode: details.mode,
    severity: details.severity,
    complainant: details.complainant,
  }
}

function toFlag(answer: boolean | null): 0 | 1 | null {
  return answer === null ? null : answer ? 1 : 0
}

function fromFlag(flag: 0 | 1 | null): boolean | null {
  return flag === null ? null : flag === 1
}

/** A complaint with its case and the most urgent promise that is still open. */
export interface ComplaintRecord extends Details {
  id: number
  number: string
  caseId: number
  kind: ComplaintKind
  class: ComplaintClass
  text: string
  solution: string
  solvedOnSpot: boolean
  satisfied: boolean | null
  businessDate: string
  recordedAt: string
  recordedBy: string
  floor: string
  counter: string
  open: boolean
  ownerId: number
  ownerName: string
  ownerActive: boolean
  reopened: number
  firstNumber: string | null
  closedAt: string | null
  nextPromiseDueAt: string | null
  cardId: number | null
  saleLineId: number | null
  customerId: number | null
  currency: string | null
  receipt: { id: number; receiptNo: string; businessDate: string } | null
  lineName: string
  contact: { name: string; phone: string }
  saysLeaving: boolean
  version: number
}

/** Everything of a complaint but its words, which may be long. */
const columns = [
  'complaint.id',
  'complaint.number',
  'complaint.case_id',
  'complaint.kind',
  'complaint.class',
  'complaint.state',
  'complaint.desired',
  'complaint.demand',
  'complaint.demand_amount',
  'complaint.currency',
  'complaint.mode',
  'complaint.severity',
  'complaint.complainant',
  'complaint.solution',
  'complaint.solved_on_spot',
  'complaint.satisfied',
  'complaint.business_date',
  'complaint.recorded_at',
  'complaint.floor',
  'complaint.counter',
  'complaint.receipt_id',
  'complaint.sale_line_id',
  'complaint.card_id',
  'complaint.customer_id',
  'complaint.contact_name',
  'complaint.contact_phone',
  'complaint.says_leaving',
  'complaint.version',
] as const

/** `letters` of the words, or all of them: the database's own functions stop at a NUL, which a statement may have. */
function selectComplaints(r: ReadHandle, letters: number | 'all') {
  return (
    r
      .selectFrom('complaint')
      .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
      .innerJoin('operator as owner', 'owner.id', 'case_file.owner_id')
      .innerJoin('operator as recorder', 'recorder.id', 'complaint.recorded_by')
      // The round it is in, or was solved in last.
      .innerJoin('complaint_round as round', (join) =>
        join.onRef('round.complaint_id', '=', 'complaint.id').on('round.no', '=', (row) =>
          row
            .selectFrom('complaint_round as last')
            .select((each) => each.fn.max('last.no').as('no'))
            .whereRef('last.complaint_id', '=', 'complaint.id'),
        ),
      )
      .leftJoin('receipt', 'receipt.id', 'complaint.receipt_id')
      .leftJoin('sale_line', 'sale_line.id', 'complaint.sale_line_id')
      .leftJoin('customer', 'customer.id', 'complaint.customer_id')
      .leftJoin('recomplaint', (join) =>
        join
          .onRef('recomplaint.complaint_id', '=', 'complaint.id')
          .on('recomplaint.dropped_at', 'is', null),
      )
      .leftJoin('complaint as first', 'first.id', 'recomplaint.first_id')
      .select(columns)
      .select((row) => [
        (letters === 'all'
          ? row.ref('complaint.text')
          : row.fn<string>('substr', ['complaint.text', row.val(1), row.val(letters)])
        ).as('text'),
        'case_file.owner_id',
        'owner.name as owner_name',
        'owner.active as owner_active',
        'recorder.name as recorder_name',
        'round.no as round_no',
        'round.solved_at',
        'receipt.receipt_no',
        'receipt.business_date as sale_date',
        'sale_line.name as line_name',
        'customer.name as customer_name',
        'customer.phone as customer_phone',
        'first.number as first_number',
        row
          .selectFrom('promise')
          .select((each) => each.fn.min('promise.due_at').as('due_at'))
          .whereRef('promise.complaint_id', '=', 'complaint.id')
          .where('promise.state', '=', 'open')
          .as('next_due_at'),
      ])
  )
}

type ComplaintRow = Awaited<ReturnType<ReturnType<typeof selectComplaints>['execute']>>[number]

function toRecord(row: ComplaintRow): ComplaintRecord {
  return {
    id: row.id,
    number: row.number,
    caseId: row.case_id,
    kind: row.kind,
    class: row.class,
    text: row.text,
    desired: row.desired,
    demand: row.demand,
    demandAmount: row.demand_amount,
    currency: row.currency,
    mode: row.mode,
    severity: row.severity,
    complainant: row.complainant,
    solution: row.solution,
    solvedOnSpot: row.solved_on_spot === 1,
    satisfied: fromFlag(row.satisfied),
    businessDate: row.business_date,
    recordedAt: row.recorded_at,
    recordedBy: row.recorder_name,
    floor: row.floor,
    counter: row.counter,
    open: row.state === 'open',
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    ownerActive: row.owner_active === 1,
    reopened: row.round_no - 1,
    firstNumber: row.first_number,
    closedAt: row.solved_at,
    nextPromiseDueAt: row.next_due_at,
    cardId: row.card_id,
    saleLineId: row.sale_line_id,
    customerId: row.customer_id,
    receipt:
      row.receipt_id === null
        ? null
        : {
            id: row.receipt_id,
            receiptNo: row.receipt_no ?? '',
            businessDate: row.sale_date ?? '',
          },
    lineName: row.line_name ?? '',
    contact: {
      name: row.contact_name || (row.customer_name ?? ''),
      phone: row.contact_phone || (row.customer_phone ?? ''),
    },
    saysLeaving: row.says_leaving === 1,
    version: row.version,
  }
}

/** A complaint with every word of it. */
export async function findComplaint(
  r: ReadHandle,
  id: number,
): Promise<ComplaintRecord | undefined> {
  const row = await selectComplaints(r, 'all').where('complaint.id', '=', id).executeTakeFirst()
  return row && toRecord(row)
}

/** Complaints in the order asked for, with so many letters of their words. */
export async function listComplaintsByIds(
  r: ReadHandle,
  ids: readonly number[],
  letters: number,
): Promise<ComplaintRecord[]> {
  if (ids.length === 0) return []
  const rows = await selectComplaints(r, letters).where('complaint.id', 'in', ids).execute()
  const place = new Map(ids.map((id, index) => [id, index]))
  return rows.map(toRecord).sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
}

/** Names of the goods on a card, for a complaint that names no line. */
export async function listCardGoods(r: ReadHandle, cardId: number): Promise<string[]> {
  const rows = await r
    .selectFrom('card_line')
    .select('name')
    .distinct()
    .where('card_id', '=', cardId)
    .execute()
  return rows.map((row) => row.name)
}

type Columns = Partial<{
  class: ComplaintClass
  state: 'open' | 'solved'
  solution: string
  satisfied: 0 | 1 | null
  floor: string
  counter: string
  contact_name: string
  contact_phone: string
  contact_digits: string
  receipt_id: number
  customer_id: number | null
  sale_line_id: number | null
  card_id: number | null
  product_id: number | null
  vendor: string
  currency: string | null
}> &
  Partial<ReturnType<typeof detailColumns>>

/**
 * Writes what changed; nothing but the version where the case alone went on.
 *
 * @returns false when somebody else changed the complaint since `version`.
 */
export async function writeComplaint(
  w: WriteHandle,
  complaint: { id: number; version: number },
  columnsNow: Columns = {},
): Promise<boolean> {
  const result = await w
    .updateTable('complaint')
    .set({ ...columnsNow, version: complaint.version + 1 })
    .where('id', '=', complaint.id)
    .where('version', '=', complaint.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Details that are given, as columns. */
export function columnsOf(details: Partial<Details>): Columns {
  const all = Object.entries({
    desired: details.desired,
    demand: details.demand,
    demand_amount: details.demandAmount,
    mode: details.mode,
    severity: details.severity,
    complainant: details.complainant,
  })
  return Object.fromEntries(all.filter(([, value]) => value !== undefined))
}

/** Marks a complaint as solved, with how and how content the customer is. */
export function writeSolution(
  w: WriteHandle,
  complaint: { id: number; version: number },
  solved: { solution: string; satisfied: boolean | null },
): Promise<boolean> {
  const { solution, satisfied } = solved
  return writeComplaint(w, complaint, { state: 'solved', solution, satisfied: toFlag(satisfied) })
}
