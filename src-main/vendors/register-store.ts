import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { Terms, VendorKind } from './contract.ts'
import { openStates } from './rules.ts'

export interface VendorName {
  id: number
  kind: VendorKind
  name: string
}

/** A version of what the contract says; version 0 where nothing was ever written. */
export interface WrittenTerms extends Terms {
  version: number
  writtenAt: string | null
  writtenBy: string | null
}

/** What holds while nobody wrote anything: an answer within seven days, silence means nothing (domain.md §3.5). */
const unwritten: WrittenTerms = {
  contact: '',
  phone: '',
  address: '',
  contractNo: '',
  deductionRate: null,
  paymentDay: null,
  duties: '',
  responseDays: 7,
  silence: 'open',
  claimDays: null,
  note: '',
  version: 0,
  writtenAt: null,
  writtenBy: null,
}

export async function findVendor(r: ReadHandle, id: number): Promise<VendorName | undefined> {
  return r
    .selectFrom('vendor')
    .select(['id', 'kind', 'name'])
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function findVendorByName(
  r: ReadHandle,
  kind: VendorKind,
  name: string,
): Promise<VendorName | undefined> {
  return r
    .selectFrom('vendor')
    .select(['id', 'kind', 'name'])
    .where('kind', '=', kind)
    .where('name', '=', name)
    .executeTakeFirst()
}

/** @returns undefined where that name is there already. */
export async function insertVendor(
  w: WriteHandle,
  vendor: { kind: VendorKind; name: string },
): Promise<number | undefined> {
  try {
    const { id } = await w
      .insertInto('vendor')
      .values(vendor)
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    if (isUniqueViolation(error)) return undefined
    throw error
  }
}

interface Page {
  kind: VendorKind
  words: string
  after: { name: string; id: number } | null
}

/** So many vendors by name, behind the last of the page before. */
export async function listVendors(
  r: ReadHandle,
  { kind, words, after }: Page,
  today: string,
  count: number,
) {
  const rows = await r
    .selectFrom('vendor')
    .leftJoin('vendor_terms', (join) =>
      join
        .onRef('vendor_terms.vendor_id', '=', 'vendor.id')
        .on('vendor_terms.version', '=', (any) =>
          any
            .selectFrom('vendor_terms as newest')
            .whereRef('newest.vendor_id', '=', 'vendor.id')
            .select((each) => each.fn.max('newest.version').as('version')),
        ),
    )
    .select(['vendor.id', 'vendor.kind', 'vendor.name', 'vendor_terms.contact'])
    .select('vendor_terms.phone')
    .select((row) => [
      row
        .selectFrom('vendor_claim')
        .whereRef('vendor_claim.vendor_id', '=', 'vendor.id')
        .where('vendor_claim.state', 'in', openStates)
        .select((each) => each.fn.countAll<number>().as('count'))
        .as('openClaims'),
      row
        .selectFrom('vendor_claim')
        .whereRef('vendor_claim.vendor_id', '=', 'vendor.id')
        .where('vendor_claim.state', 'in', ['sent', 'escalated'])
        .where('vendor_claim.reply_by', '<', today)
        .select((each) => each.fn.countAll<number>().as('count'))
        .as('overdueClaims'),
      row
        .selectFrom('charge_back')
        .leftJoin('deduction_list_entry', 'deduction_list_entry.charge_back_id', 'charge_back.id')
        .whereRef('charge_back.vendor_id', '=', 'vendor.id')
        .where('deduction_list_entry.id', 'is', null)
        .select((each) => each.fn.sum<number | null>('charge_back.amount').as('sum'))
        .as('waiting'),
    ])
    .where('vendor.kind', '=', kind)
    .$if(words !== '', (all) =>
      all.where((row) =>
        row.or([
          row(row.fn<number>('instr', ['vendor.name', row.val(words)]), '>', 0),
          row(
            row.fn<number>('instr', [
              row.fn.coalesce('vendor_terms.contact', row.val('')),
              row.val(words),
            ]),
            '>',
            0,
          ),
        ]),
      ),
    )
    .$if(after !== null, (all) =>
      all.where((row) =>
        row.or([
          row('vendor.name', '>', after?.name ?? ''),
          row.and([
            row('vendor.name', '=', after?.name ?? ''),
            row('vendor.id', '>', after?.id ?? 0),
          ]),
        ]),
      ),
    )
    .orderBy('vendor.name')
    .orderBy('vendor.id')
    .limit(count)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    contact: row.contact ?? '',
    phone: row.phone ?? '',
    openClaims: row.openClaims ?? 0,
    overdueClaims: row.overdueClaims ?? 0,
    waiting: row.waiting ?? 0,
  }))
}

/** Counters at which goods of a vendor are sold, as the catalogue has them. */
export async function listCounters(r: ReadHandle, name: string): Promise<string[]> {
  const rows = await r
    .selectFrom('product')
    .select(['floor', 'counter'])
    .distinct()
    .where('vendor', '=', name)
    .where('counter', '<>', '')
    .orderBy('floor')
    .orderBy('counter')
    .limit(30)
    .execute()
  return rows.map(({ floor, counter }) => [floor, counter].filter(Boolean).join(' '))
}

/** Every version, the newest first. */
export async function listTerms(r: ReadHandle, vendorId: number): Promise<WrittenTerms[]> {
  const rows = await r
    .selectFrom('vendor_terms')
    .innerJoin('operator', 'operator.id', 'vendor_terms.written_by')
    .selectAll('vendor_terms')
    .select('operator.name')
    .where('vendor_id', '=', vendorId)
    .orderBy('vendor_terms.version', 'desc')
    .execute()
  return rows.map((row) => ({
    contact: row.contact,
    phone: row.phone,
    address: row.address,
    contractNo: row.contract_no,
    deductionRate: row.deduction_rate,
    paymentDay: row.payment_day,
    duties: row.duties,
    responseDays: row.response_days,
    silence: row.silence,
    claimDays: row.claim_days,
    note: row.note,
    version: row.version,
    writtenAt: row.written_at,
    writtenBy: row.name,
  }))
}

/** What holds today. */
export async function findTerms(r: ReadHandle, vendorId: number): Promise<WrittenTerms> {
  return (await listTerms(r, vendorId))[0] ?? unwritten
}

/** @returns false when somebody else wrote this version first. */
export async function insertTerms(
  w: WriteHandle,
  terms: Terms & { vendorId: number; version: number; at: string; by: number },
): Promise<boolean> {
  try {
    await w
      .insertInto('vendor_terms')
      .values({
        vendor_id: terms.vendorId,
        version: terms.version,
        contact: terms.contact,
        phone: terms.phone,
        address: terms.address,
        contract_no: terms.contractNo,
        deduction_rate: terms.deductionRate,
        payment_day: terms.paymentDay,
        duties: terms.duties,
        response_days: terms.responseDays,
        silence: terms.silence,
        claim_days: terms.claimDays,
        note: terms.note,
        written_at: terms.at,
        written_by: terms.by,
      })
      .execute()
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}
