import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { VendorKind } from './contract.ts'

/** A line of the ledger of charge-backs; `listNumber` is the list it stands on, null while it waits for one. */
export interface LedgerEntry {
  id: number
  vendorId: number
  kind: 'charge' | 'reversal'
  /** Negative for a reversal. */
  amount: number
  currency: string
  reason: string
  businessDate: string
  by: string
  claimId: number
  claimNumber: string
  caseId: number
  goods: string
  fault: string
  basis: 'agreed' | 'deemed' | 'ruled'
  listId: number | null
  listNumber: string | null
}

function selectEntries(r: ReadHandle) {
  return r
    .selectFrom('charge_back')
    .innerJoin('vendor_claim', 'vendor_claim.id', 'charge_back.claim_id')
    .innerJoin('vendor_split', 'vendor_split.claim_id', 'charge_back.claim_id')
    .innerJoin('operator', 'operator.id', 'charge_back.by')
    .leftJoin('deduction_list_entry', 'deduction_list_entry.charge_back_id', 'charge_back.id')
    .leftJoin('deduction_list', 'deduction_list.id', 'deduction_list_entry.list_id')
    .select([
      'charge_back.id',
      'charge_back.vendor_id as vendorId',
      'charge_back.kind',
      'charge_back.amount',
      'charge_back.currency',
      'charge_back.reason',
      'charge_back.business_date as businessDate',
      'operator.name as by',
      'charge_back.claim_id as claimId',
      'vendor_claim.number as claimNumber',
      'vendor_claim.case_id as caseId',
      'vendor_claim.goods',
      'vendor_claim.fault',
      'vendor_split.basis',
      'deduction_list.id as listId',
      'deduction_list.number as listNumber',
    ])
}

/** The newest entries of a vendor. */
export function listNewest(r: ReadHandle, vendorId: number, count: number): Promise<LedgerEntry[]> {
  return selectEntries(r)
    .where('charge_back.vendor_id', '=', vendorId)
    .orderBy('charge_back.id', 'desc')
    .limit(count)
    .execute()
}

/** Entries of a vendor that no list has yet, up to a day. */
export function listWaiting(
  r: ReadHandle,
  vendorId: number,
  until: string,
): Promise<LedgerEntry[]> {
  return selectEntries(r)
    .where('charge_back.vendor_id', '=', vendorId)
    .where('deduction_list_entry.id', 'is', null)
    .where('charge_back.business_date', '<=', until)
    .orderBy('charge_back.business_date')
    .orderBy('charge_back.id')
    .execute()
}

export function listOfList(r: ReadHandle, listId: number): Promise<LedgerEntry[]> {
  return selectEntries(r)
    .where('deduction_list.id', '=', listId)
    .orderBy('deduction_list_entry.position')
    .execute()
}

/** The charge of a claim and what took it back. */
export function listOfClaim(r: ReadHandle, claimId: number): Promise<LedgerEntry[]> {
  return selectEntries(r)
    .where('charge_back.claim_id', '=', claimId)
    .orderBy('charge_back.id')
    .execute()
}

export async function sumWaiting(r: ReadHandle, vendorId: number): Promise<number> {
  const row = await r
    .selectFrom('charge_back')
    .leftJoin('deduction_list_entry', 'deduction_list_entry.charge_back_id', 'charge_back.id')
    .select((each) => each.fn.sum<number | null>('charge_back.amount').as('sum'))
    .where('charge_back.vendor_id', '=', vendorId)
    .where('deduction_list_entry.id', 'is', null)
    .executeTakeFirst()
  return row?.sum ?? 0
}

export interface NewEntry {
  vendorId: number
  claimId: number
  kind: 'charge' | 'reversal'
  reversesId: number | null
  amount: number
  currency: string
  reason: string
  businessDate: string
  at: string
  by: number
}

/** @returns undefined where this claim was charged, or its charge taken back, already. */
export async function insertEntry(w: WriteHandle, entry: NewEntry): Promise<number | undefined> {
  try {
    const { id } = await w
      .insertInto('charge_back')
      .values({
        vendor_id: entry.vendorId,
        claim_id: entry.claimId,
        kind: entry.kind,
        reverses_id: entry.reversesId,
        amount: entry.amount,
        currency: entry.currency,
        reason: entry.reason,
        business_date: entry.businessDate,
        at: entry.at,
        by: entry.by,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    if (isUniqueViolation(error)) return undefined
    throw error
  }
}

export interface DeductionListRecord {
  id: number
  number: string
  vendorId: number
  vendorName: string
  vendorKind: VendorKind
  month: string
  currency: string
  entries: number
  total: number
  closedOn: string
  closedBy: string
}

function selectLists(r: ReadHandle) {
  return r
    .selectFrom('deduction_list')
    .innerJoin('vendor', 'vendor.id', 'deduction_list.vendor_id')
    .innerJoin('operator', 'operator.id', 'deduction_list.closed_by')
    .select([
      'deduction_list.id',
      'deduction_list.number',
      'deduction_list.vendor_id as vendorId',
      'vendor.name as vendorName',
      'vendor.kind as vendorKind',
      'deduction_list.month',
      'deduction_list.currency',
      'deduction_list.entries',
      'deduction_list.total',
      'deduction_list.closed_on as closedOn',
      'operator.name as closedBy',
    ])
}

export function findList(
  r: ReadHandle,
  vendorId: number,
  month: string,
): Promise<DeductionListRecord | undefined> {
  return selectLists(r)
    .where('deduction_list.vendor_id', '=', vendorId)
    .where('deduction_list.month', '=', month)
    .executeTakeFirst()
}

export function listsOfMonth(r: ReadHandle, month: string): Promise<DeductionListRecord[]> {
  return selectLists(r)
    .where('deduction_list.month', '=', month)
    .orderBy('vendor.name')
    .orderBy('deduction_list.id')
    .execute()
}

/** The newest month closed for a vendor. */
export async function lastClosed(r: ReadHandle, vendorId: number): Promise<string | null> {
  const row = await r
    .selectFrom('deduction_list')
    .select((each) => each.fn.max<string | null>('month').as('month'))
    .where('vendor_id', '=', vendorId)
    .executeTakeFirst()
  return row?.month ?? null
}

/** What waits for a list up to a day, by vendor. */
export async function listWaitingSums(r: ReadHandle, until: string) {
  return r
    .selectFrom('charge_back')
    .innerJoin('vendor', 'vendor.id', 'charge_back.vendor_id')
    .leftJoin('deduction_list_entry', 'deduction_list_entry.charge_back_id', 'charge_back.id')
    .select(['vendor.id', 'vendor.kind', 'vendor.name'])
    .select((row) => [
      row.fn.countAll<number>().as('entries'),
      row.fn.sum<number>('charge_back.amount').as('total'),
    ])
    .where('deduction_list_entry.id', 'is', null)
    .where('charge_back.business_date', '<=', until)
    .groupBy('vendor.id')
    .orderBy('vendor.name')
    .orderBy('vendor.id')
    .execute()
}

/** @returns undefined where the month of this vendor was closed meanwhile. */
export async function insertList(
  w: WriteHandle,
  list: {
    number: string
    vendorId: number
    month: string
    currency: string
    total: number
    closedOn: string
    at: string
    by: number
    entryIds: readonly number[]
  },
): Promise<number | undefined> {
  try {
    const { id } = await w
      .insertInto('deduction_list')
      .values({
        number: list.number,
        vendor_id: list.vendorId,
        month: list.month,
        currency: list.currency,
        entries: list.entryIds.length,
        total: list.total,
        closed_on: list.closedOn,
        closed_at: list.at,
        closed_by: list.by,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const [index, entryId] of list.entryIds.entries()) {
      await w
        .insertInto('deduction_list_entry')
        .values({ charge_back_id: entryId, list_id: id, position: index + 1 })
        .execute()
    }
    return id
  } catch (error) {
    if (isUniqueViolation(error)) return undefined
    throw error
  }
}
