import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { complaintClasses } from './contract.ts'

export type ComplaintClass = (typeof complaintClasses)[number]

/** What a complaint is about, as far as the desk's own data know it. */
export interface Subject {
  receiptId: number | null
  customerId: number | null
  floor: string
  counter: string
  vendor: string
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

export interface NewComplaint extends Subject {
  number: string
  caseId: number
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
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

function toFlag(answer: boolean | null): 0 | 1 | null {
  return answer === null ? null : answer ? 1 : 0
}

function fromFlag(flag: 0 | 1 | null): boolean | null {
  return flag === null ? null : flag === 1
}

/** A complaint with its case and the most urgent promise that is still open. */
export interface ComplaintRecord {
  id: number
  number: string
  caseId: number
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
  closedAt: string | null
  nextPromiseDueAt: string | null
  cardId: number | null
  receipt: { id: number; receiptNo: string; businessDate: string } | null
  lineName: string
  contact: { name: string; phone: string }
  version: number
}

function selectComplaints(r: ReadHandle) {
  return r
    .selectFrom('complaint')
    .innerJoin('case_file', 'case_file.id', 'complaint.case_id')
    .innerJoin('operator as owner', 'owner.id', 'case_file.owner_id')
    .innerJoin('operator as recorder', 'recorder.id', 'complaint.recorded_by')
    .leftJoin('receipt', 'receipt.id', 'complaint.receipt_id')
    .leftJoin('sale_line', 'sale_line.id', 'complaint.sale_line_id')
    .leftJoin('customer', 'customer.id', 'complaint.customer_id')
    .selectAll('complaint')
    .select((row) => [
      'case_file.state as case_state',
      'case_file.owner_id',
      'case_file.closed_at',
      'owner.name as owner_name',
      'recorder.name as recorder_name',
      'receipt.receipt_no',
      'receipt.business_date as sale_date',
      'sale_line.name as line_name',
      'customer.name as customer_name',
      'customer.phone as customer_phone',
      row
        .selectFrom('promise')
        .select((each) => each.fn.min('promise.due_at').as('due_at'))
        .whereRef('promise.case_id', '=', 'complaint.case_id')
        .where('promise.state', '=', 'open')
        .as('next_due_at'),
    ])
}

type ComplaintRow = Awaited<ReturnType<ReturnType<typeof selectComplaints>['execute']>>[number]

function toRecord(row: ComplaintRow): ComplaintRecord {
  return {
    id: row.id,
    number: row.number,
    caseId: row.case_id,
    class: row.class,
    text: row.text,
    solution: row.solution,
    solvedOnSpot: row.solved_on_spot === 1,
    satisfied: fromFlag(row.satisfied),
    businessDate: row.business_date,
    recordedAt: row.recorded_at,
    recordedBy: row.recorder_name,
    floor: row.floor,
    counter: row.counter,
    open: row.case_state === 'open',
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    closedAt: row.closed_at,
    nextPromiseDueAt: row.next_due_at,
    cardId: row.card_id,
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
    version: row.version,
  }
}

export async function findComplaint(
  r: ReadHandle,
  id: number,
): Promise<ComplaintRecord | undefined> {
  const row = await selectComplaints(r).where('complaint.id', '=', id).executeTakeFirst()
  return row && toRecord(row)
}

/** Open complaints of the whole store: those promised earliest first, then the oldest. */
export async function listOpenComplaints(r: ReadHandle): Promise<ComplaintRecord[]> {
  const rows = await selectComplaints(r)
    .where('case_file.state', '=', 'open')
    .orderBy('complaint.id')
    .execute()
  return rows.map(toRecord).sort((a, b) => dueOrder(a) - dueOrder(b))
}

function dueOrder(complaint: ComplaintRecord): number {
  return complaint.nextPromiseDueAt === null ? Infinity : Date.parse(complaint.nextPromiseDueAt)
}

/** Complaints recorded on a business day, newest first. */
export async function listComplaintsOfDay(
  r: ReadHandle,
  businessDate: string,
): Promise<ComplaintRecord[]> {
  const rows = await selectComplaints(r)
    .where('complaint.business_date', '=', businessDate)
    .orderBy('complaint.id', 'desc')
    .execute()
  return rows.map(toRecord)
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

/** @returns false when somebody else changed the complaint since `version`. */
export async function writeSolution(
  w: WriteHandle,
  complaint: { id: number; version: number },
  solved: { solution: string; satisfied: boolean | null },
): Promise<boolean> {
  const result = await w
    .updateTable('complaint')
    .set({
      solution: solved.solution,
      satisfied: toFlag(solved.satisfied),
      version: complaint.version + 1,
    })
    .where('id', '=', complaint.id)
    .where('version', '=', complaint.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * Marks that a complaint's case went on.
 *
 * @returns false when somebody else changed the complaint since `version`.
 */
export async function writeVersion(
  w: WriteHandle,
  complaint: { id: number; version: number },
): Promise<boolean> {
  const result = await w
    .updateTable('complaint')
    .set({ version: complaint.version + 1 })
    .where('id', '=', complaint.id)
    .where('version', '=', complaint.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
