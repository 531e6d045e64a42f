import { isUniqueViolation } from '../database/sqlite.ts'
import type {
  VoucherMovementTable,
  VoucherRedemptionTable,
  VoucherSettingsTable,
  VoucherTable,
} from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { canonicalDocumentNumber } from '../foundation/document-number.ts'
import { phoneDigits } from '../foundation/phone.ts'
import { parseVoucherCode } from '../foundation/voucher-code.ts'

export type VoucherSource = VoucherTable['source_type']
export type MovementKind = VoucherMovementTable['kind']
export type ReferenceType = NonNullable<VoucherMovementTable['ref_type']>

export interface NewVoucher {
  number: string
  code: string
  source: { type: VoucherSource; id: number | null; number: string }
  caseId: number | null
  customerId: number | null
  currency: string
  amount: number
  holder: Holder | null
  reason: string
  businessDate: string
  issuedAt: string
  issuedBy: number
  expiresOn: string | null
  approvalId: number | null
  replacesId: number | null
}

/** Whose voucher it is, where it is named. */
export interface Holder {
  name: string
  phone: string
}

/** Writes a voucher with nothing on it yet: its first movement puts the money there. */
export async function insertVoucher(w: WriteHandle, voucher: NewVoucher): Promise<number> {
  const { id } = await w
    .insertInto('voucher')
    .values({
      number: voucher.number,
      code: voucher.code,
      state: 'active',
      source_type: voucher.source.type,
      source_id: voucher.source.id,
      source_number: voucher.source.number,
      case_id: voucher.caseId,
      customer_id: voucher.customerId,
      currency: voucher.currency,
      amount: voucher.amount,
      is_named: voucher.holder ? 1 : 0,
      holder_name: voucher.holder?.name ?? '',
      holder_phone: voucher.holder?.phone ?? '',
      reason: voucher.reason,
      business_date: voucher.businessDate,
      issued_at: voucher.issuedAt,
      issued_by: voucher.issuedBy,
      expires_on: voucher.expiresOn,
      approval_id: voucher.approvalId,
      replaces_id: voucher.replacesId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface VoucherRecord {
  id: number
  number: string
  code: string
  state: VoucherTable['state']
  source: { type: VoucherSource; id: number | null; number: string }
  caseId: number | null
  customerId: number | null
  currency: string
  amount: number
  balance: number
  holder: Holder | null
  reason: string
  businessDate: string
  issuedAt: string
  issuedBy: string
  expiresOn: string | null
  approvalId: number | null
  replaces: { id: number; number: string } | null
  replacedBy: { id: number; number: string } | null
  version: number
}

function selectVouchers(r: ReadHandle) {
  return r
    .selectFrom('voucher')
    .innerJoin('operator', 'operator.id', 'voucher.issued_by')
    .leftJoin('voucher as earlier', 'earlier.id', 'voucher.replaces_id')
    .leftJoin('voucher as later', 'later.replaces_id', 'voucher.id')
    .selectAll('voucher')
    .select([
      'operator.name as issued_by_name',
      'earlier.number as earlier_number',
      'later.id as later_id',
      'later.number as later_number',
    ])
}

type VoucherRow = Awaited<ReturnType<ReturnType<typeof selectVouchers>['execute']>>[number]

function toRecord(row: VoucherRow): VoucherRecord {
  return {
    id: row.id,
    number: row.number,
    code: row.code,
    state: row.state,
    source: { type: row.source_type, id: row.source_id, number: row.source_number },
    caseId: row.case_id,
    customerId: row.customer_id,
    currency: row.currency,
    amount: row.amount,
    balance: row.balance,
    holder: row.is_named === 1 ? { name: row.holder_name, phone: row.holder_phone } : null,
    reason: row.reason,
    businessDate: row.business_date,
    issuedAt: row.issued_at,
    issuedBy: row.issued_by_name,
    expiresOn: row.expires_on,
    approvalId: row.approval_id,
    replaces:
      row.replaces_id === null ? null : { id: row.replaces_id, number: row.earlier_number ?? '' },
    replacedBy: row.later_id === null ? null : { id: row.later_id, number: row.later_number ?? '' },
    version: row.version,
  }
}

export async function findVoucher(r: ReadHandle, id: number): Promise<VoucherRecord | undefined> {
  const row = await selectVouchers(r).where('voucher.id', '=', id).executeTakeFirst()
  return row && toRecord(row)
}

export async function findVoucherByCode(
  r: ReadHandle,
  code: string,
): Promise<VoucherRecord | undefined> {
  const row = await selectVouchers(r).where('voucher.code', '=', code).executeTakeFirst()
  return row && toRecord(row)
}

export async function findVoucherByNumber(
  r: ReadHandle,
  number: string,
): Promise<VoucherRecord | undefined> {
  const row = await selectVouchers(r).where('voucher.number', '=', number).executeTakeFirst()
  return row && toRecord(row)
}

/** Vouchers one remedy issued, in the order they were written. */
export async function listIssuedFor(
  r: ReadHandle,
  source: { type: VoucherSource; number: string },
): Promise<VoucherRecord[]> {
  const rows = await selectVouchers(r)
    .where('voucher.source_type', '=', source.type)
    .where('voucher.source_number', '=', source.number)
    .orderBy('voucher.id')
    .execute()
  return rows.map(toRecord)
}

/** What live named vouchers of a phone number hold together. */
export async function sumHeldBy(r: ReadHandle, phone: string, currency: string): Promise<number> {
  const row = await r
    .selectFrom('voucher')
    .select((voucher) => voucher.fn.sum<number | null>('balance').as('sum'))
    .where('holder_phone', '=', phone)
    .where('holder_phone_tail', '=', phone.slice(-4))
    .where('is_named', '=', 1)
    .where('currency', '=', currency)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return row?.sum ?? 0
}

export interface NewMovement {
  kind: MovementKind
  amount: number
  at: string
  businessDate: string
  actorId: number
  deskNo: string
  ref: { type: ReferenceType; number: string } | null
  reason: string
  approvalId: number | null
  /** The redemption it gives back. */
  redemptionId: number | null
}

/**
 * Adds a movement behind the last one and sets the voucher's state.
 *
 * @returns the movement's id, or null when somebody else moved the voucher since it was read.
 */
export async function insertMovement(
  w: WriteHandle,
  voucher: Pick<VoucherRecord, 'id' | 'version'>,
  state: VoucherTable['state'],
  movement: NewMovement,
): Promise<number | null> {
  const moved = await w
    .updateTable('voucher')
    .set({ state, version: voucher.version + 1 })
    .where('id', '=', voucher.id)
    .where('version', '=', voucher.version)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) return null
  const last = await w
    .selectFrom('voucher_movement')
    .select(['seq', 'balance'])
    .where('voucher_id', '=', voucher.id)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const { id } = await w
    .insertInto('voucher_movement')
    .values({
      voucher_id: voucher.id,
      seq: (last?.seq ?? 0) + 1,
      kind: movement.kind,
      amount: movement.amount,
      balance: (last?.balance ?? 0) + movement.amount,
      at: movement.at,
      business_date: movement.businessDate,
      actor_id: movement.actorId,
      desk_no: movement.deskNo,
      ref_type: movement.ref?.type ?? null,
      ref_number: movement.ref?.number ?? '',
      reason: movement.reason,
      approval_id: movement.approvalId,
      redemption_id: movement.redemptionId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface MovementRecord {
  id: number
  seq: number
  kind: MovementKind
  amount: number
  balance: number
  at: string
  businessDate: string
  actor: string
  approvedBy: string | null
  deskNo: string
  ref: { type: ReferenceType; number: string } | null
  reason: string
  /** The redemption it gives back. */
  gaveBack: number | null
}

/** Every movement of a voucher, the first one first. */
export async function listMovements(r: ReadHandle, voucherId: number): Promise<MovementRecord[]> {
  const rows = await r
    .selectFrom('voucher_movement')
    .innerJoin('operator', 'operator.id', 'voucher_movement.actor_id')
    .leftJoin('approval', 'approval.id', 'voucher_movement.approval_id')
    .leftJoin('operator as approver', 'approver.id', 'approval.decided_by')
    .selectAll('voucher_movement')
    .select(['operator.name as actor', 'approver.name as approved_by'])
    .where('voucher_id', '=', voucherId)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    seq: row.seq,
    kind: row.kind,
    amount: row.amount,
    balance: row.balance,
    at: row.at,
    businessDate: row.business_date,
    actor: row.actor,
    approvedBy: row.approved_by,
    deskNo: row.desk_no,
    ref: row.ref_type === null ? null : { type: row.ref_type, number: row.ref_number },
    reason: row.reason,
    gaveBack: row.redemption_id,
  }))
}

export interface NewRedemption {
  voucherId: number
  movementId: number
  forType: VoucherRedemptionTable['for_type']
  forNumber: string
  till: string
  receiptDate: string | null
  receiptKey: string
  amount: number
}

/** @returns its id, or null when the voucher was taken for the same already. */
export async function insertRedemption(
  w: WriteHandle,
  redemption: NewRedemption,
): Promise<number | null> {
  try {
    const { id } = await w
      .insertInto('voucher_redemption')
      .values({
        voucher_id: redemption.voucherId,
        movement_id: redemption.movementId,
        for_type: redemption.forType,
        for_number: redemption.forNumber,
        till: redemption.till,
        receipt_date: redemption.receiptDate,
        receipt_key: redemption.receiptKey,
        amount: redemption.amount,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    if (isUniqueViolation(error)) return null
    throw error
  }
}

export interface RedemptionRecord {
  id: number
  voucherId: number
  movementId: number
  forType: VoucherRedemptionTable['for_type']
  forNumber: string
  till: string
  receiptDate: string | null
  receiptKey: string
  amount: number
  live: boolean
  at: string
  actor: string
  deskNo: string
}

function selectRedemptions(r: ReadHandle) {
  return r
    .selectFrom('voucher_redemption')
    .innerJoin('voucher_movement', 'voucher_movement.id', 'voucher_redemption.movement_id')
    .innerJoin('operator', 'operator.id', 'voucher_movement.actor_id')
    .selectAll('voucher_redemption')
    .select(['voucher_movement.at', 'voucher_movement.desk_no', 'operator.name as actor'])
    .orderBy('voucher_redemption.id')
}

type RedemptionRow = Awaited<ReturnType<ReturnType<typeof selectRedemptions>['execute']>>[number]

function toRedemption(row: RedemptionRow): RedemptionRecord {
  return {
    id: row.id,
    voucherId: row.voucher_id,
    movementId: row.movement_id,
    forType: row.for_type,
    forNumber: row.for_number,
    till: row.till,
    receiptDate: row.receipt_date,
    receiptKey: row.receipt_key,
    amount: row.amount,
    live: row.live === 1,
    at: row.at,
    actor: row.actor,
    deskNo: row.desk_no,
  }
}

/** What a voucher was taken for, undone redemptions included, the first one first. */
export async function listRedemptions(
  r: ReadHandle,
  voucherId: number,
): Promise<RedemptionRecord[]> {
  const rows = await selectRedemptions(r)
    .where('voucher_redemption.voucher_id', '=', voucherId)
    .execute()
  return rows.map(toRedemption)
}

/** Redemptions that stand for one exchange. */
export async function listRedeemedForExchange(
  r: ReadHandle,
  number: string,
): Promise<RedemptionRecord[]> {
  const rows = await selectRedemptions(r)
    .where('for_type', '=', 'exchange')
    .where('for_number', '=', number)
    .where('live', '=', 1)
    .execute()
  return rows.map(toRedemption)
}

/** Redemptions that stand for one receipt of a till; one recorded without a till fits any. */
export async function listRedeemedForReceipt(
  r: ReadHandle,
  receipt: { receiptKey: string; receiptDate: string; till: string },
): Promise<RedemptionRecord[]> {
  const rows = await selectRedemptions(r)
    .where('for_type', '=', 'receipt')
    .where('receipt_key', '=', receipt.receiptKey)
    .where('receipt_date', '=', receipt.receiptDate)
    .where('live', '=', 1)
    .execute()
  return rows
    .filter(({ till }) => till === '' || receipt.till === '' || till === receipt.till)
    .map(toRedemption)
}

export async function findRedemption(
  r: ReadHandle,
  id: number,
): Promise<RedemptionRecord | undefined> {
  const row = await selectRedemptions(r).where('voucher_redemption.id', '=', id).executeTakeFirst()
  return row && toRedemption(row)
}

export async function endRedemption(w: WriteHandle, id: number): Promise<void> {
  await w.updateTable('voucher_redemption').set({ live: 0 }).where('id', '=', id).execute()
}

/** What one remedy gave back to a voucher, for one redemption, and did not take away again. */
export interface Credit {
  voucherId: number
  /** Null where nobody wrote down what the voucher was taken for. */
  redemptionId: number | null
  amount: number
}

export async function listCredits(
  r: ReadHandle,
  ref: { type: ReferenceType; number: string },
): Promise<Credit[]> {
  const rows = await r
    .selectFrom('voucher_movement')
    .select((row) => ['voucher_id', 'redemption_id', row.fn.sum<number>('amount').as('amount')])
    .where('kind', 'in', ['credit', 'credit_undo'])
    .where('ref_type', '=', ref.type)
    .where('ref_number', '=', ref.number)
    .groupBy(['voucher_id', 'redemption_id'])
    .orderBy('voucher_id')
    .execute()
  return rows.map((row) => ({
    voucherId: row.voucher_id,
    redemptionId: row.redemption_id,
    amount: row.amount,
  }))
}

/** What went back of a redemption, on any voucher. */
export async function sumGivenBack(r: ReadHandle, redemptionId: number): Promise<number> {
  const row = await r
    .selectFrom('voucher_movement')
    .select((each) => each.fn.sum<number | null>('amount').as('sum'))
    .where('redemption_id', '=', redemptionId)
    .executeTakeFirst()
  return row?.sum ?? 0
}

/** The receipt of a till as redemptions name it. */
export interface ReceiptKey {
  receiptNo: string
  receiptKey: string
  receiptDate: string
  till: string
}

export async function findReceiptKey(
  r: ReadHandle,
  receiptId: number,
): Promise<ReceiptKey | undefined> {
  const row = await r
    .selectFrom('receipt')
    .select(['receipt_no', 'receipt_key', 'business_date', 'till'])
    .where('id', '=', receiptId)
    .executeTakeFirst()
  return (
    row && {
      receiptNo: row.receipt_no,
      receiptKey: row.receipt_key,
      receiptDate: row.business_date,
      till: row.till,
    }
  )
}

export async function writeExpiry(
  w: WriteHandle,
  id: number,
  expiresOn: string | null,
): Promise<void> {
  await w.updateTable('voucher').set({ expires_on: expiresOn }).where('id', '=', id).execute()
}

/** The store's rules as they are kept; undefined while they are the usual ones. */
export async function findVoucherSettings(
  r: ReadHandle,
): Promise<VoucherSettingsTable | undefined> {
  return r.selectFrom('voucher_settings').selectAll().executeTakeFirst()
}

/** @returns false when somebody else changed them since `version`. */
export async function writeVoucherSettings(
  w: WriteHandle,
  version: number,
  settings: {
    issuer: VoucherSettingsTable['issuer']
    expiryMonths: number | null
    giftExpiryMonths: number | null
    giveBack: VoucherSettingsTable['give_back']
    cashOutUpTo: number | null
  },
): Promise<boolean> {
  const columns = {
    issuer: settings.issuer,
    expiry_months: settings.expiryMonths,
    gift_expiry_months: settings.giftExpiryMonths,
    give_back: settings.giveBack,
    cash_out_up_to: settings.cashOutUpTo,
    version: version + 1,
  }
  const found = await findVoucherSettings(w)
  if (!found) {
    if (version !== 1) return false
    await w
      .insertInto('voucher_settings')
      .values({ id: 1, ...columns })
      .execute()
    return true
  }
  const result = await w
    .updateTable('voucher_settings')
    .set(columns)
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface ListQuestion {
  state: VoucherTable['state'] | null
  /** A number, a code, a name, or the last digits of a phone number; empty for all. */
  text: string
  before: number | undefined
  limit: number
}

/** Vouchers, the newest first. */
export async function listVouchers(
  r: ReadHandle,
  { state, text, before, limit }: ListQuestion,
): Promise<VoucherRecord[]> {
  let rows = selectVouchers(r).orderBy('voucher.id', 'desc').limit(limit)
  if (state !== null) rows = rows.where('voucher.state', '=', state)
  if (before !== undefined) rows = rows.where('voucher.id', '<', before)
  const asked = text.trim()
  if (asked !== '') {
    const code = parseVoucherCode(asked)
    const number = canonicalDocumentNumber(asked)
    const digits = phoneDigits(asked)
    rows = rows.where((voucher) =>
      voucher.or([
        voucher('voucher.number', '=', number ?? asked.toUpperCase()),
        voucher('voucher.short_no', '=', asked.toUpperCase()),
        voucher('voucher.holder_name', '=', asked),
        ...(code === null ? [] : [voucher('voucher.code', '=', code)]),
        ...(digits.length < 4
          ? []
          : [
              voucher.and([
                voucher('voucher.holder_phone_tail', '=', digits.slice(-4)),
                voucher('voucher.holder_phone', 'like', `%${digits}`),
              ]),
            ]),
      ]),
    )
  }
  return (await rows.execute()).map(toRecord)
}

/** What the movements of a business day come to, by kind. */
export async function sumDay(
  r: ReadHandle,
  businessDate: string,
  currency: string,
): Promise<{ kind: MovementKind; count: number; amount: number }[]> {
  const rows = await r
    .selectFrom('voucher_movement')
    .innerJoin('voucher', 'voucher.id', 'voucher_movement.voucher_id')
    .select((row) => [
      'kind',
      row.fn.countAll<number>().as('count'),
      row.fn.sum<number>('voucher_movement.amount').as('amount'),
    ])
    .where('voucher_movement.business_date', '=', businessDate)
    .where('voucher.currency', '=', currency)
    .groupBy('kind')
    .orderBy('kind')
    .execute()
  return rows
}

/** What all vouchers held together at the end of a business day. */
export async function sumOutstanding(
  r: ReadHandle,
  businessDate: string,
  currency: string,
): Promise<number> {
  const row = await r
    .selectFrom('voucher_movement')
    .innerJoin('voucher', 'voucher.id', 'voucher_movement.voucher_id')
    .select((each) => each.fn.sum<number | null>('voucher_movement.amount').as('sum'))
    .where('voucher_movement.business_date', '<=', businessDate)
    .where('voucher.currency', '=', currency)
    .executeTakeFirst()
  return row?.sum ?? 0
}

/** One thing a voucher has to do with a sale. */
export interface OfReceipt {
  kind: 'issued' | 'used' | 'given_back'
  id: number
  number: string
  state: VoucherTable['state']
  businessDate: string
  amount: number
  ref: string
}

/** Papers that did something about a sale: refunds and price adjustments, exchanges of it or that gave it out, repairs. */
async function listPapersOf(r: ReadHandle, receiptId: number): Promise<string[]> {
  const refunds = await r
    .selectFrom('refund')
    .select('number')
    .where('receipt_id', '=', receiptId)
    .execute()
  const exchanges = await r
    .selectFrom('exchange')
    .select('number')
    .where((each) =>
      each.or([each('receipt_id', '=', receiptId), each('new_receipt_id', '=', receiptId)]),
    )
    .execute()
  return [...new Set([...refunds, ...exchanges].map(({ number }) => number))]
}

/**
 * What a sale has to do with vouchers, newest first: those that were issued or given back to by what was done about
 * it, and those that paid for it, at a till or in the exchange that gave it out. What was taken back is left out.
 */
export async function listOfReceipt(r: ReadHandle, receiptId: number): Promise<OfReceipt[]> {
  const receipt = await findReceiptKey(r, receiptId)
  if (!receipt) return []
  const papers = await listPapersOf(r, receiptId)
  const paid = [
    ...(await listRedeemedForReceipt(r, receipt)),
    ...(await Promise.all(papers.map((number) => listRedeemedForExchange(r, number)))).flat(),
  ]
  const found: OfReceipt[] = []
  for (const redemption of paid) {
    const voucher = await findVoucher(r, redemption.voucherId)
    const on = await findMovementDate(r, redemption.movementId)
    if (!voucher || on === undefined) continue
    const { amount, forNumber } = redemption
    found.push({ kind: 'used', ...briefOf(voucher), businessDate: on, amount, ref: forNumber })
  }
  const moved = await r
    .selectFrom('voucher_movement as m')
    .innerJoin('voucher', 'voucher.id', 'm.voucher_id')
    .select(['m.kind', 'm.amount', 'm.business_date', 'm.ref_number'])
    .select(['voucher.id', 'voucher.number', 'voucher.state'])
    .where('m.ref_number', 'in', papers)
    .where('m.kind', 'in', ['issue', 'credit', 'credit_undo'])
    .orderBy('m.id')
    .execute()
  const takenBack = new Set(
    moved
      .filter(({ kind }) => kind === 'credit_undo')
      .map((row) => `${row.id} ${row.ref_number} ${-row.amount}`),
  )
  for (const row of moved) {
    if (row.kind === 'credit_undo') continue
    if (row.kind === 'credit' && takenBack.has(`${row.id} ${row.ref_number} ${row.amount}`))
      continue
    found.push({
      kind: row.kind === 'issue' ? 'issued' : 'given_back',
      ...briefOf(row),
      businessDate: row.business_date,
      amount: row.amount,
      ref: row.ref_number,
    })
  }
  return found.toSorted((a, b) => b.businessDate.localeCompare(a.businessDate))
}

function briefOf({ id, number, state }: Pick<VoucherRecord, 'id' | 'number' | 'state'>) {
  return { id, number, state }
}

async function findMovementDate(r: ReadHandle, id: number): Promise<string | undefined> {
  const row = await r
    .selectFrom('voucher_movement')
    .select('business_date')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.business_date
}
