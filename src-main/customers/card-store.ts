import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { ContactChannel, detailFields, noteKinds } from './contract.ts'

type DetailField = (typeof detailFields)[number]
type NoteKind = (typeof noteKinds)[number]

/** Rules of how these rows of one person want to be spoken to, those that ended left out. */
export async function listContactRules(r: ReadHandle, customerIds: readonly number[]) {
  if (customerIds.length === 0) return []
  const rows = await r
    .selectFrom('customer_contact_rule as rule')
    .innerJoin('operator', 'operator.id', 'rule.set_by')
    .select(['rule.id', 'rule.customer_id', 'rule.channel', 'rule.rule', 'rule.until', 'rule.note'])
    .select(['rule.set_at', 'operator.name'])
    .where('rule.customer_id', 'in', [...customerIds])
    .where('rule.ended_at', 'is', null)
    .orderBy('rule.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    channel: row.channel,
    rule: row.rule,
    until: row.until,
    note: row.note,
    setAt: row.set_at,
    setBy: row.name,
  }))
}

export async function insertContactRule(
  w: WriteHandle,
  rule: {
    customerId: number
    channel: ContactChannel
    rule: 'never' | 'prefers'
    until: string | null
    note: string
    at: string
    by: number
  },
): Promise<number> {
  const { id } = await w
    .insertInto('customer_contact_rule')
    .values({
      customer_id: rule.customerId,
      channel: rule.channel,
      rule: rule.rule,
      until: rule.until,
      note: rule.note,
      set_at: rule.at,
      set_by: rule.by,
      ended_at: null,
      ended_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

type Ending = 'customer_contact_rule' | 'customer_note' | 'customer_referral'

/** Ends a rule, a note or a referral. @returns its customer, undefined where it is over or never was. */
export async function endRow(
  w: WriteHandle,
  table: Ending,
  id: number,
  moment: { at: string; by: number },
): Promise<number | undefined> {
  const row = await w
    .updateTable(table)
    .set({ ended_at: moment.at, ended_by: moment.by })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('customer_id')
    .executeTakeFirst()
  return row?.customer_id
}

export async function listNotes(r: ReadHandle, customerIds: readonly number[]) {
  const rows = await r
    .selectFrom('customer_note as note')
    .innerJoin('operator', 'operator.id', 'note.written_by')
    .select(['note.id', 'note.kind', 'note.text', 'note.business_date', 'note.case_id'])
    .select('operator.name')
    .where('note.customer_id', 'in', [...customerIds])
    .where('note.ended_at', 'is', null)
    .orderBy('note.id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    text: row.text,
    businessDate: row.business_date,
    caseId: row.case_id,
    by: row.name,
  }))
}

export async function insertNote(
  w: WriteHandle,
  note: {
    customerId: number
    kind: NoteKind
    text: string
    caseId: number | null
    businessDate: string
    at: string
    by: number
  },
): Promise<number> {
  const { id } = await w
    .insertInto('customer_note')
    .values({
      customer_id: note.customerId,
      kind: note.kind,
      text: note.text,
      case_id: note.caseId,
      business_date: note.businessDate,
      written_at: note.at,
      written_by: note.by,
      ended_at: null,
      ended_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function listGrades(r: ReadHandle, customerIds: readonly number[]) {
  const rows = await r
    .selectFrom('customer_grade as grade')
    .leftJoin('operator', 'operator.id', 'grade.given_by')
    .select(['grade.before', 'grade.tier', 'grade.source', 'grade.reason', 'grade.given_at'])
    .select('operator.name')
    .where('grade.customer_id', 'in', [...customerIds])
    .orderBy('grade.id', 'desc')
    .execute()
  return rows.map((row) => ({
    before: row.before,
    tier: row.tier,
    source: row.source,
    reason: row.reason,
    at: row.given_at,
    by: row.name,
  }))
}

/** The last grade a file gave: what holds again when one given by hand is given back. */
export async function findFileGrade(
  r: ReadHandle,
  customerId: number,
): Promise<string | undefined> {
  const rows = await r
    .selectFrom('customer_grade')
    .select(['before', 'tier', 'source'])
    .where('customer_id', '=', customerId)
    .orderBy('id', 'desc')
    .execute()
  const fromFile = rows.find(({ source }) => source === 'import')
  return fromFile?.tier ?? rows.at(-1)?.before
}

export async function insertGrade(
  w: WriteHandle,
  grade: {
    customerId: number
    before: string
    tier: string
    reason: string
    at: string
    by: number
  },
): Promise<void> {
  await w
    .insertInto('customer_grade')
    .values({
      customer_id: grade.customerId,
      before: grade.before,
      tier: grade.tier,
      source: 'hand',
      reason: grade.reason,
      given_at: grade.at,
      given_by: grade.by,
    })
    .execute()
}

/** Who recommended these rows of one person: the first that is known. */
export async function findReferral(r: ReadHandle, customerIds: readonly number[]) {
  const row = await r
    .selectFrom('customer_referral')
    .select(['id', 'customer_id', 'referred_by', 'note'])
    .where('customer_id', 'in', [...customerIds])
    .where('ended_at', 'is', null)
    .orderBy('id')
    .executeTakeFirst()
  return (
    row && { id: row.id, customerId: row.customer_id, referredBy: row.referred_by, note: row.note }
  )
}

/** Whom these rows of one person recommended. */
export async function listBrought(
  r: ReadHandle,
  customerIds: readonly number[],
): Promise<number[]> {
  const rows = await r
    .selectFrom('customer_referral')
    .select('customer_id')
    .where('referred_by', 'in', [...customerIds])
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.customer_id)
}

export async function insertReferral(
  w: WriteHandle,
  said: { customerId: number; referredBy: number; note: string; at: string; by: number },
): Promise<number> {
  const { id } = await w
    .insertInto('customer_referral')
    .values({
      customer_id: said.customerId,
      referred_by: said.referredBy,
      note: said.note,
      said_at: said.at,
      said_by: said.by,
      ended_at: null,
      ended_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface CustomerSettings {
  asks: DetailField[]
  wording: string
  wordingVersion: number | null
  version: number
}

const fields: readonly DetailField[] = ['occupation', 'birth_year', 'gender']

export async function readSettings(r: ReadHandle): Promise<CustomerSettings> {
  const row = await r.selectFrom('customer_settings').selectAll().executeTakeFirstOrThrow()
  const wording = await r
    .selectFrom('customer_consent_wording')
    .select(['version', 'wording'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    asks: fields.filter((field) => row[field] === 1),
    wording: wording?.wording ?? '',
    wordingVersion: wording?.version ?? null,
    version: row.version,
  }
}

/** @returns false when somebody else changed the settings since `version`. */
export async function writeSettings(
  w: WriteHandle,
  version: number,
  asks: readonly DetailField[],
): Promise<boolean> {
  const flag = (field: DetailField) => (asks.includes(field) ? 1 : 0)
  const result = await w
    .updateTable('customer_settings')
    .set({
      occupation: flag('occupation'),
      birth_year: flag('birth_year'),
      gender: flag('gender'),
      version: version + 1,
    })
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function insertWording(
  w: WriteHandle,
  wording: string,
  moment: { at: string; by: number },
): Promise<void> {
  await w
    .insertInto('customer_consent_wording')
    .values({ wording, written_at: moment.at, written_by: moment.by })
    .execute()
}

export async function listDetails(r: ReadHandle, customerIds: readonly number[]) {
  const rows = await r
    .selectFrom('customer_detail as detail')
    .innerJoin('operator', 'operator.id', 'detail.taken_by')
    .select(['detail.id', 'detail.customer_id', 'detail.field', 'detail.value'])
    .select(['detail.wording_version', 'detail.agreed_how', 'detail.agreed_at', 'operator.name'])
    .where('detail.customer_id', 'in', [...customerIds])
    .where('detail.ended_at', 'is', null)
    .orderBy('detail.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    field: row.field,
    value: row.value,
    wordingVersion: row.wording_version,
    agreedHow: row.agreed_how,
    agreedAt: row.agreed_at,
    takenBy: row.name,
  }))
}

export async function insertDetail(
  w: WriteHandle,
  detail: {
    customerId: number
    field: DetailField
    value: string
    wordingVersion: number
    agreedHow: 'signed' | 'spoken' | 'message'
    at: string
    by: number
  },
): Promise<number> {
  const { id } = await w
    .insertInto('customer_detail')
    .values({
      customer_id: detail.customerId,
      field: detail.field,
      value: detail.value,
      wording_version: detail.wordingVersion,
      agreed_how: detail.agreedHow,
      agreed_at: detail.at,
      taken_by: detail.by,
      ended_at: null,
      ended_by: null,
      end_cause: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Takes details away with their consent. @returns how many there were. */
export async function endDetails(
  w: WriteHandle,
  which: { customerIds?: readonly number[]; fields: readonly DetailField[] },
  end: { at: string; by: number; cause: 'withdrawn' | 'replaced' | 'switched_off' | 'erased' },
): Promise<number> {
  if (which.fields.length === 0) return 0
  const { customerIds } = which
  const result = await w
    .updateTable('customer_detail')
    .set({ value: '', ended_at: end.at, ended_by: end.by, end_cause: end.cause })
    .where('field', 'in', [...which.fields])
    .where('ended_at', 'is', null)
    .$if(customerIds !== undefined, (rows) =>
      rows.where('customer_id', 'in', [...(customerIds ?? [])]),
    )
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Receipts read for the sums of one person; a member number whole families shop with has more. */
const mostSummed = 5_000

/** What these rows of one person bought, in the currencies they paid in; the newest receipts where there are too many. */
export async function sumBought(r: ReadHandle, customerIds: readonly number[]) {
  const rows = await r
    .selectFrom(
      r
        .selectFrom('receipt')
        .select(['currency', 'total', 'business_date'])
        .where('customer_id', 'in', [...customerIds])
        .where('customer_id', 'is not', null)
        .orderBy('sold_at', 'desc')
        .limit(mostSummed)
        .as('bought'),
    )
    .select((row) => [
      'currency',
      row.fn.countAll<number>().as('receipts'),
      row.fn.sum<number>('total').as('total'),
      row.fn.max('business_date').as('last_on'),
    ])
    .groupBy('currency')
    .orderBy('currency')
    .execute()
  const receipts = rows.reduce((sum, row) => sum + row.receipts, 0)
  return {
    receipts,
    isAll: receipts < mostSummed,
    amounts: rows.map(({ currency, total }) => ({ currency, total })),
    lastOn: rows.reduce<string | null>(
      (last, row) => (last === null || row.last_on > last ? row.last_on : last),
      null,
    ),
  }
}

/** Promises to these rows of one person that are still open, the earliest due first. */
export async function listOpenPromises(r: ReadHandle, customerIds: readonly number[]) {
  const rows = await r
    .selectFrom('promise')
    .innerJoin('case_file', 'case_file.id', 'promise.case_id')
    .innerJoin('operator', 'operator.id', 'promise.owner_id')
    .select(['promise.id', 'promise.case_id', 'promise.text', 'promise.due_at', 'promise.state'])
    .select('operator.name')
    .where('case_file.customer_id', 'in', [...customerIds])
    .where('case_file.customer_id', 'is not', null)
    .where('promise.state', '=', 'open')
    .orderBy('promise.due_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    text: row.text,
    dueAt: row.due_at,
    owner: row.name,
    state: row.state,
  }))
}

/** The newest things these rows of one person bought: a line for each receipt, with the first goods on it. */
export async function listPurchases(r: ReadHandle, customerIds: readonly number[], limit: number) {
  const rows = await r
    .selectFrom('receipt')
    .select(['receipt.id', 'receipt_no', 'business_date', 'total', 'currency', 'line_count'])
    .select((row) =>
      row
        .selectFrom('sale_line')
        .select('sale_line.name')
        .whereRef('sale_line.receipt_id', '=', 'receipt.id')
        .orderBy('line_no')
        .limit(1)
        .as('first'),
    )
    .where('customer_id', 'in', [...customerIds])
    .where('customer_id', 'is not', null)
    .orderBy('sold_at', 'desc')
    .orderBy('receipt.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    on: row.business_date,
    number: row.receipt_no,
    goods: row.line_count > 1 ? `${row.first ?? ''} +${row.line_count - 1}` : (row.first ?? ''),
    amount: row.total,
    currency: row.currency,
  }))
}
