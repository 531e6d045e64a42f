import { type RawBuilder, sql } from 'kysely'
import { erasedKey } from '../database/erased-key.ts'
import { erasedMark, followLinks, type LinkedRows, setColumns } from '../database/erasure.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { phoneDigits } from '../foundation/phone.ts'

const list = (ids: Iterable<number>) => JSON.stringify([...ids])

/** Rows that hang on a person: what names their rows, and cases and cards of their sales that name nobody else. */
export async function linkPerson(
  r: ReadHandle,
  customerIds: readonly number[],
): Promise<LinkedRows> {
  const ofSales = async (table: 'case_file' | 'card') => {
    const { rows } = await sql<{ id: number }>`
      SELECT paper.id FROM receipt JOIN ${sql.table(table)} AS paper ON paper.receipt_id = receipt.id
      WHERE receipt.customer_id IN (SELECT value FROM json_each(${list(customerIds)}))
        AND receipt.customer_id IS NOT NULL AND paper.customer_id IS NULL`.execute(r)
    return rows.map(({ id }) => id)
  }
  const start = new Map([
    ['customer', customerIds],
    ['case_file', await ofSales('case_file')],
    ['card', await ofSales('card')],
  ])
  const papers = await followLinks(r, start)
  return followLinks(r, new Map([...start, ['attachment', await listAttached(r, papers)]]))
}

/** Papers that files are attached to, by how attachments name them. */
const attachedTo = {
  complaint: 'complaint',
  proof: 'proof_set',
  refund: 'refund',
  exchange: 'exchange',
  handover: 'handover',
  repair: 'repair',
  voucher: 'voucher',
}

/** Attachments of a person's own papers: they name their paper by type and id. */
async function listAttached(r: ReadHandle, papers: LinkedRows): Promise<number[]> {
  const ids: number[] = []
  for (const [type, table] of Object.entries(attachedTo)) {
    const { rows } = await sql<{ id: number }>`
      SELECT id FROM attachment WHERE subject_type = ${type}
        AND subject_id IN (SELECT value FROM json_each(${list(await ownIds(r, papers, table))}))`.execute(
      r,
    )
    ids.push(...rows.map(({ id }) => id))
  }
  return ids
}

/** Cases that wait for something, by the number people know them by. */
export function listOpenCases(r: ReadHandle, linked: LinkedRows): Promise<string[]> {
  return numbersOfCases(r, linked, sql`file.state = 'open'`)
}

/** Cases frozen as evidence: legal hold beats erasing (domain.md §5.3). */
export function listHeldCases(r: ReadHandle, linked: LinkedRows): Promise<string[]> {
  const isHeld = sql`EXISTS (
    SELECT 1 FROM legal_hold WHERE legal_hold.case_id = file.id AND released_at IS NULL)`
  return numbersOfCases(r, linked, isHeld)
}

async function numbersOfCases(
  r: ReadHandle,
  linked: LinkedRows,
  condition: RawBuilder<unknown>,
): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    SELECT coalesce(
      (SELECT number FROM complaint WHERE case_id = file.id ORDER BY id LIMIT 1),
      (SELECT number FROM repair WHERE case_id = file.id ORDER BY id LIMIT 1),
      '#' || file.id) AS number
    FROM case_file AS file
    WHERE ${condition} AND file.id IN (SELECT value FROM json_each(${list(idsOf(linked, 'case_file'))}))
    ORDER BY file.id`.execute(r)
  return rows.map(({ number }) => number)
}

/** Named vouchers that still have money: whoever holds one must be able to say it is theirs. */
export async function listOpenVouchers(r: ReadHandle, linked: LinkedRows): Promise<string[]> {
  const rows = await r
    .selectFrom('voucher')
    .select('number')
    .where('state', '=', 'active')
    .where('balance', '>', 0)
    .where('is_named', '=', 1)
    .where('id', 'in', idsOf(linked, 'voucher'))
    .execute()
  return rows.map(({ number }) => number)
}

export function idsOf(linked: LinkedRows, table: string): number[] {
  return [...(linked.get(table)?.ids ?? [])]
}

/** Names and numbers that somebody gave with a paper of this person, beside those of the card. */
export async function listGivenPersons(
  r: ReadHandle,
  linked: LinkedRows,
): Promise<{ names: string[]; phones: string[] }> {
  const names = new Set<string>()
  const phones = new Set<string>()
  for (const { table, name, phone } of givenIn) {
    const { rows } = await sql<{ name: string; phone: string }>`
      SELECT DISTINCT ${sql.ref(name)} AS name, ${sql.ref(phone)} AS phone FROM ${sql.table(table)}
      WHERE rowid IN (SELECT value FROM json_each(${list(await ownIds(r, linked, table))}))`.execute(
      r,
    )
    for (const row of rows) {
      names.add(row.name)
      phones.add(row.phone)
    }
  }
  return { names: [...names].filter(Boolean), phones: [...phones].filter(Boolean) }
}

const givenIn = [
  { table: 'complaint', name: 'contact_name', phone: 'contact_phone' },
  { table: 'claim_refusal', name: 'contact_name', phone: 'contact_phone' },
  { table: 'proof_set', name: 'contact_name', phone: 'contact_phone' },
  { table: 'repair', name: 'contact_name', phone: 'contact_phone' },
  { table: 'handover', name: 'receiver_name', phone: 'receiver_phone' },
  { table: 'voucher', name: 'holder_name', phone: 'holder_phone' },
  { table: 'card', name: 'consumer_name', phone: 'consumer_phone' },
] as const

/** Linked rows that are this person's own: of their cases, or naming them. A card of theirs may be in somebody else's case. */
async function ownIds(r: ReadHandle, linked: LinkedRows, table: string): Promise<number[]> {
  const ids = idsOf(linked, table)
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM pragma_table_info(${table}) WHERE name IN ('case_id', 'customer_id')`.execute(
    r,
  )
  const columns = rows.map(({ name }) => name)
  if (columns.length === 0) return ids
  const roots = { case_id: 'case_file', customer_id: 'customer' } as const
  const isOwn = columns.map(
    (column) =>
      sql`${sql.ref(column)} IN (SELECT value FROM json_each(${list(
        idsOf(linked, roots[column as keyof typeof roots]),
      )}))`,
  )
  const { rows: own } = await sql<{ id: number }>`
    SELECT rowid AS id FROM ${sql.table(table)}
    WHERE rowid IN (SELECT value FROM json_each(${list(ids)})) AND (${sql.join(isOwn, sql` OR `)})`.execute(
    r,
  )
  return own.map(({ id }) => id)
}

/** How the audit log names what hangs on this person: `type:id`. */
export async function listSubjects(r: ReadHandle, linked: LinkedRows): Promise<string[]> {
  const types = [
    ...Object.entries(attachedTo),
    ['customer', 'customer'],
    ['case', 'case_file'],
    ['refusal', 'claim_refusal'],
    ['card', 'card'],
  ] as const
  const subjects: string[] = []
  for (const [type, table] of types) {
    for (const id of await ownIds(r, linked, table)) subjects.push(`${type}:${id}`)
  }
  return subjects
}

/** Numbers of every paper of this person: what an entry elsewhere knows it by. */
export async function listPaperNumbers(r: ReadHandle, linked: LinkedRows): Promise<string[]> {
  const numbers: string[] = []
  for (const table of linked.keys()) {
    const { rows: has } = await sql`
      SELECT 1 FROM pragma_table_info(${table}) WHERE name = 'number'`.execute(r)
    if (has.length === 0) continue
    const { rows } = await sql<{ number: string }>`
      SELECT number FROM ${sql.table(table)}
      WHERE rowid IN (SELECT value FROM json_each(${list(await ownIds(r, linked, table))}))`.execute(
      r,
    )
    numbers.push(...rows.map(({ number }) => number))
  }
  return numbers
}

/** Empties every field made for a person: names, numbers, addresses, notes. @returns changed rows by table. */
export async function clearFields(
  w: WriteHandle,
  linked: LinkedRows,
  at: string,
): Promise<Map<string, number>> {
  const changed = new Map<string, number>()
  const clear = async (
    table: string,
    values: Record<string, string | null>,
    only = 'TRUE',
  ): Promise<void> => {
    const ids = await ownIds(w, linked, table)
    if (ids.length === 0) return
    const count = await setColumns(w, table, ids, values, sql.raw(only))
    if (count > 0) changed.set(table, (changed.get(table) ?? 0) + count)
  }
  const noContact = { contact_name: '', contact_phone: '' }
  await clear(
    'complaint',
    { ...noContact, contact_digits: '' },
    "contact_name || contact_phone <> ''",
  )
  for (const table of ['claim_refusal', 'proof_set', 'repair']) {
    await clear(table, noContact, "contact_name || contact_phone <> ''")
  }
  await clear(
    'handover',
    { receiver_name: '', receiver_phone: '' },
    "receiver_name || receiver_phone <> ''",
  )
  await clear('voucher', { holder_name: erasedMark, holder_phone: erasedMark }, 'is_named = 1')
  await clear('card', {
    consumer_name: '',
    consumer_phone: '',
    consumer_address: '',
    consumer_postcode: '',
  })
  await clear('offer', { to_whom: erasedMark }, "to_whom <> ''")
  await clear('goodwill_entry', { to_whom: erasedMark }, "to_whom <> ''")
  await clear('repair_hand_back', { name: erasedMark, phone: erasedMark, identity: '' })
  await clear('repair_quote', { consent_by: erasedMark }, "consent_by <> ''")
  await clear('repair_private_note', { note: null, erased_at: at }, 'note IS NOT NULL')
  await clear('customer_note', { text: erasedMark })
  await clear('customer_contact_rule', { note: '' }, "note <> ''")
  await clear('customer_referral', { note: '' }, "note <> ''")
  await clear('customer_grade', { reason: erasedMark }, "reason <> ''")
  await clear('customer_merge', { reason: erasedMark })
  await clear('customer_merge', { undo_reason: erasedMark }, 'undo_reason IS NOT NULL')
  await clear('receipt', { member_no: '' }, "member_no <> ''")
  await clear('customer', {
    member_no: null,
    name: '',
    name_pinyin: '',
    name_initials: '',
    phone: '',
    phone_digits: '',
    phone_tail: '',
    address: '',
    joined_on: null,
    points: null,
    tier: '',
    note: '',
    erased_at: at,
  })
  return changed
}

/** Takes the person out of what search asks, and the kept copies of merged rows. */
export async function clearSearch(w: WriteHandle, linked: LinkedRows): Promise<void> {
  const customers = list(idsOf(linked, 'customer'))
  await sql`DELETE FROM customer_grams WHERE rowid IN (SELECT value FROM json_each(${customers}))`.execute(
    w,
  )
  await sql`DELETE FROM customer_own WHERE customer_id IN (SELECT value FROM json_each(${customers}))`.execute(
    w,
  )
  // The next start writes them anew, from what the complaints say then.
  await sql`DELETE FROM complaint_grams
    WHERE rowid IN (SELECT value FROM json_each(${list(idsOf(linked, 'complaint'))}))`.execute(w)
}

/** Marks files as gone: their hashes stay as evidence that there were such files. */
export async function markFiles(
  w: WriteHandle,
  files: readonly string[],
  at: string,
): Promise<void> {
  await sql`UPDATE evidence_file SET erased_at = ${at}, name = ''
    WHERE sha256 IN (SELECT value FROM json_each(${JSON.stringify(files)}))`.execute(w)
}

async function readSecret(r: ReadHandle): Promise<string> {
  const { secret } = await r.selectFrom('erasure_secret').select('secret').executeTakeFirstOrThrow()
  return secret
}

export async function insertErasure(
  w: WriteHandle,
  erasure: {
    customerId: number
    reason: string
    businessDate: string
    at: string
    askedBy: number
    confirmedBy: number
    summary: ErasureSummary
    phones: readonly string[]
    memberNos: readonly string[]
  },
): Promise<number> {
  const { id } = await w
    .insertInto('customer_erasure')
    .values({
      customer_id: erasure.customerId,
      reason: erasure.reason,
      business_date: erasure.businessDate,
      erased_at: erasure.at,
      asked_by: erasure.askedBy,
      confirmed_by: erasure.confirmedBy,
      summary: JSON.stringify(erasure.summary),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const secret = await readSecret(w)
  const keys = [
    ...erasure.phones.map((value) => ({ kind: 'phone' as const, value })),
    ...erasure.memberNos.map((value) => ({ kind: 'member' as const, value })),
  ]
  for (const { kind, value } of keys) {
    await w
      .insertInto('erased_key')
      .values({ hash: erasedKey(secret, kind, value), kind, erasure_id: id })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return id
}

/** What an erasing did, in numbers. */
export interface ErasureSummary {
  rows: Record<string, number>
  files: number
  auditEntries: number
}

/** Whether a phone or member number belonged to somebody who was erased. */
export async function wasErased(
  r: ReadHandle,
  asked: { phone: string; memberNo: string | null },
): Promise<boolean> {
  const secret = await readSecret(r)
  const hashes = [
    ...(phoneDigits(asked.phone).length >= 7 ? [erasedKey(secret, 'phone', asked.phone)] : []),
    ...(asked.memberNo ? [erasedKey(secret, 'member', asked.memberNo)] : []),
  ]
  if (hashes.length === 0) return false
  const row = await r
    .selectFrom('erased_key')
    .select('hash')
    .where('hash', 'in', hashes)
    .executeTakeFirst()
  return row !== undefined
}

export async function findErasure(r: ReadHandle, erasureId: number) {
  const row = await r
    .selectFrom('customer_erasure as erasure')
    .innerJoin('operator as asker', 'asker.id', 'erasure.asked_by')
    .innerJoin('operator as other', 'other.id', 'erasure.confirmed_by')
    .select(['erasure.id', 'erasure.customer_id', 'erasure.reason', 'erasure.business_date'])
    .select([
      'erasure.erased_at',
      'erasure.summary',
      'asker.name as asked',
      'other.name as confirmed',
    ])
    .where('erasure.id', '=', erasureId)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      customerId: row.customer_id,
      reason: row.reason,
      businessDate: row.business_date,
      erasedAt: row.erased_at,
      askedBy: row.asked,
      confirmedBy: row.confirmed,
      summary: JSON.parse(row.summary) as ErasureSummary,
    }
  )
}

/** Secrets that are worth money or goods to whoever reads them: they leave on their own paper alone. */
const secrets = new Set(['code', 'pickup_code', 'wrong_codes'])

/** Every row that hangs on a person, as the store keeps it: by table, with the lines of their receipts. */
export async function dumpPerson(
  r: ReadHandle,
  linked: LinkedRows,
): Promise<Record<string, Record<string, unknown>[]>> {
  const tables: Record<string, Record<string, unknown>[]> = {}
  for (const [table, { ids, by }] of [...linked].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const conditions = by.map(
      (each) => sql`${sql.ref(each.column)} IN (SELECT value FROM json_each(${list(each.ids)}))`,
    )
    if (ids.size > 0) {
      conditions.push(sql`rowid IN (SELECT value FROM json_each(${list(ids)}))`)
    }
    if (conditions.length === 0) continue
    const { rows } = await sql<Record<string, unknown>>`
      SELECT * FROM ${sql.table(table)} WHERE ${sql.join(conditions, sql` OR `)}`.execute(r)
    if (rows.length > 0) tables[table] = rows.map(withoutSecrets)
  }
  const { rows: lines } = await sql<Record<string, unknown>>`
    SELECT * FROM sale_line
    WHERE receipt_id IN (SELECT value FROM json_each(${list(idsOf(linked, 'receipt'))}))`.execute(r)
  if (lines.length > 0) tables['sale_line'] = [...lines]
  return tables
}

function withoutSecrets(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !secrets.has(column)))
}
