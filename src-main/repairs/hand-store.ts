import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { remindWays, takers } from './contract.ts'

/** Goods going back to customers, loan units, reminders and the store's numbers. */

export interface HandBack {
  repairId: number
  at: string
  businessDate: string
  by: number
  proof: 'code' | 'manager'
  approvalId: number | null
  whom: (typeof takers)[number]
  name: string
  phone: string
  identity: string
  signature: string | null
  signedOnPaper: boolean
  itemIds: readonly number[]
}

/** Writes a hand-back; an item that was given back before is refused by the database. */
export async function insertHandBack(w: WriteHandle, handBack: HandBack): Promise<number> {
  const { id } = await w
    .insertInto('repair_hand_back')
    .values({
      repair_id: handBack.repairId,
      at: handBack.at,
      business_date: handBack.businessDate,
      by: handBack.by,
      proof: handBack.proof,
      approval_id: handBack.approvalId,
      whom: handBack.whom,
      name: handBack.name,
      phone: handBack.phone,
      identity: handBack.identity,
      signature_sha256: handBack.signature,
      signed_on_paper: handBack.signedOnPaper ? 1 : 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await w
    .insertInto('repair_hand_back_item')
    .values(handBack.itemIds.map((itemId) => ({ hand_back_id: id, item_id: itemId })))
    .execute()
  return id
}

export interface HandBackRecord {
  id: number
  at: string
  by: string
  proof: 'code' | 'manager'
  approvalId: number | null
  whom: (typeof takers)[number]
  name: string
  phone: string
  identity: string
  signature: string | null
  signedOnPaper: boolean
  itemIds: number[]
}

export async function listHandBacks(r: ReadHandle, repairId: number): Promise<HandBackRecord[]> {
  const rows = await r
    .selectFrom('repair_hand_back')
    .innerJoin('operator', 'operator.id', 'repair_hand_back.by')
    .selectAll('repair_hand_back')
    .select('operator.name as by_name')
    .where('repair_id', '=', repairId)
    .orderBy('repair_hand_back.id')
    .execute()
  const items = await r
    .selectFrom('repair_hand_back_item')
    .innerJoin('repair_hand_back', 'repair_hand_back.id', 'hand_back_id')
    .select(['hand_back_id', 'item_id'])
    .where('repair_hand_back.repair_id', '=', repairId)
    .orderBy('item_id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    by: row.by_name,
    proof: row.proof,
    approvalId: row.approval_id,
    whom: row.whom,
    name: row.name,
    phone: row.phone,
    identity: row.identity,
    signature: row.signature_sha256,
    signedOnPaper: row.signed_on_paper === 1,
    itemIds: items.filter((item) => item.hand_back_id === row.id).map((item) => item.item_id),
  }))
}

export async function insertReminder(
  w: WriteHandle,
  reminder: {
    repairId: number
    at: string
    businessDate: string
    by: number
    how: (typeof remindWays)[number]
    note: string
  },
): Promise<void> {
  await w
    .insertInto('repair_reminder')
    .values({
      repair_id: reminder.repairId,
      at: reminder.at,
      business_date: reminder.businessDate,
      by: reminder.by,
      how: reminder.how,
      note: reminder.note,
    })
    .execute()
}

export async function listReminders(r: ReadHandle, repairIds: readonly number[]) {
  if (repairIds.length === 0) return []
  return r
    .selectFrom('repair_reminder')
    .innerJoin('operator', 'operator.id', 'repair_reminder.by')
    .select([
      'repair_id as repairId',
      'at',
      'business_date as businessDate',
      'operator.name as by',
      'how',
      'repair_reminder.note',
    ])
    .where('repair_id', 'in', repairIds)
    .orderBy('repair_reminder.id')
    .execute()
}

export interface LoanUnitRecord {
  id: number
  code: string
  name: string
  serialNo: string
  condition: string
  retired: boolean
  version: number
}

export async function listLoanUnits(r: ReadHandle): Promise<LoanUnitRecord[]> {
  const rows = await r
    .selectFrom('loan_unit')
    .select(['id', 'code', 'name', 'serial_no', 'condition', 'retired', 'version'])
    .orderBy('code')
    .execute()
  return rows.map(({ serial_no, retired, ...row }) => ({
    ...row,
    serialNo: serial_no,
    retired: retired === 1,
  }))
}

/** Refuses a code another unit has (`repairs.loan_code_taken`). */
export async function insertLoanUnit(
  w: WriteHandle,
  unit: {
    code: string
    name: string
    serialNo: string
    condition: string
    at: string
    by: number
  },
): Promise<number> {
  try {
    const { id } = await w
      .insertInto('loan_unit')
      .values({
        code: unit.code,
        name: unit.name,
        serial_no: unit.serialNo,
        condition: unit.condition,
        created_at: unit.at,
        created_by: unit.by,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    if (isUniqueViolation(error)) refuse('repairs.loan_code_taken', { code: unit.code }, error)
    throw error
  }
}

/** @returns false when somebody else changed the unit since `version`. */
export async function writeLoanUnit(
  w: WriteHandle,
  seen: { id: number; version: number },
  unit: { name: string; serialNo: string; condition: string; retired: boolean },
): Promise<boolean> {
  const result = await w
    .updateTable('loan_unit')
    .set({
      name: unit.name,
      serial_no: unit.serialNo,
      condition: unit.condition,
      retired: unit.retired ? 1 : 0,
      version: seen.version + 1,
    })
    .where('id', '=', seen.id)
    .where('version', '=', seen.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface LoanRecord {
  id: number
  repairId: number
  repairNumber: string
  loanUnitId: number
  code: string
  name: string
  serialNo: string
  outAt: string
  outBy: string
  outCondition: string
  backAt: string | null
  backBy: string | null
  backCondition: string
  backOk: boolean | null
}

/** Lends a unit; the unique index refuses one that another customer has (`repairs.loan_out`). */
export async function insertLoan(
  w: WriteHandle,
  loan: {
    repairId: number
    loanUnitId: number
    code: string
    at: string
    by: number
    condition: string
  },
): Promise<number> {
  try {
    const { id } = await w
      .insertInto('repair_loan')
      .values({
        repair_id: loan.repairId,
        loan_unit_id: loan.loanUnitId,
        out_at: loan.at,
        out_by: loan.by,
        out_condition: loan.condition,
        back_at: null,
        back_by: null,
        back_ok: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const [out] = await listLoans(w, { loanUnitId: loan.loanUnitId, isOut: true })
    refuse('repairs.loan_out', { code: loan.code, number: out?.repairNumber ?? '' }, error)
  }
}

/** @returns false when it is back already. */
export async function writeLoanBack(
  w: WriteHandle,
  loan: { id: number; repairId: number },
  back: { at: string; by: number; ok: boolean; condition: string },
): Promise<boolean> {
  const result = await w
    .updateTable('repair_loan')
    .set({
      back_at: back.at,
      back_by: back.by,
      back_ok: back.ok ? 1 : 0,
      back_condition: back.condition,
    })
    .where('id', '=', loan.id)
    .where('repair_id', '=', loan.repairId)
    .where('back_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function listLoans(
  r: ReadHandle,
  filter: { repairIds?: readonly number[]; loanUnitId?: number; isOut?: boolean },
): Promise<LoanRecord[]> {
  if (filter.repairIds?.length === 0) return []
  let query = r
    .selectFrom('repair_loan')
    .innerJoin('loan_unit', 'loan_unit.id', 'repair_loan.loan_unit_id')
    .innerJoin('repair', 'repair.id', 'repair_loan.repair_id')
    .innerJoin('operator as lender', 'lender.id', 'repair_loan.out_by')
    .leftJoin('operator as taker', 'taker.id', 'repair_loan.back_by')
    .select([
      'repair_loan.id',
      'repair_loan.repair_id as repairId',
      'repair.number as repairNumber',
      'loan_unit.id as loanUnitId',
      'loan_unit.code',
      'loan_unit.name',
      'loan_unit.serial_no as serialNo',
      'repair_loan.out_at as outAt',
      'lender.name as outBy',
      'repair_loan.out_condition as outCondition',
      'repair_loan.back_at as backAt',
      'taker.name as backBy',
      'repair_loan.back_condition as backCondition',
      'repair_loan.back_ok',
    ])
    .orderBy('repair_loan.id')
  if (filter.repairIds) query = query.where('repair_loan.repair_id', 'in', [...filter.repairIds])
  if (filter.loanUnitId !== undefined)
    query = query.where('repair_loan.loan_unit_id', '=', filter.loanUnitId)
  if (filter.isOut) query = query.where('repair_loan.back_at', 'is', null)
  const rows = await query.execute()
  return rows.map(({ back_ok, ...row }) => ({
    ...row,
    backOk: back_ok === null ? null : back_ok === 1,
  }))
}

/** Units of the store that customers have. */
export async function countLoansOut(r: ReadHandle): Promise<number> {
  const { count } = await r
    .selectFrom('repair_loan')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('back_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

export interface SettingsRow {
  storageDays: number
  storageFee: number
  warrantyDays: number
  promiseDays: number
  version: number
}

export async function findSettings(r: ReadHandle): Promise<SettingsRow | undefined> {
  return r
    .selectFrom('repair_settings')
    .select([
      'storage_days as storageDays',
      'storage_fee as storageFee',
      'warranty_days as warrantyDays',
      'promise_days as promiseDays',
      'version',
    ])
    .executeTakeFirst()
}

/** @returns false when somebody else changed the numbers since `version`; 0 where nobody ever did. */
export async function writeSettings(
  w: WriteHandle,
  version: number,
  settings: Omit<SettingsRow, 'version'>,
): Promise<boolean> {
  const columns = {
    storage_days: settings.storageDays,
    storage_fee: settings.storageFee,
    warranty_days: settings.warrantyDays,
    promise_days: settings.promiseDays,
    version: version + 1,
  }
  if (version === 0) {
    const result = await w
      .insertInto('repair_settings')
      .values({ id: 1, ...columns })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return result.numInsertedOrUpdatedRows === 1n
  }
  const result = await w
    .updateTable('repair_settings')
    .set(columns)
    .where('id', '=', 1)
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
