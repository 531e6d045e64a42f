import { sql, type SelectQueryBuilder } from 'kysely'
import { matchGrams } from '../database/name-index.ts'
import type { Schema } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { bigramQuery, bigramsOf } from '../foundation/bigrams.ts'
import { phoneDigits } from '../foundation/phone.ts'
import { namePinyin } from '../foundation/pinyin.ts'

export interface CustomerRecord {
  id: number
  memberNo: string | null
  name: string
  namePinyin: string
  phone: string
  address: string
  joinedOn: string | null
  points: number | null
  /** As the store's club names it; empty for none. */
  tier: string
  tierSource: 'import' | 'hand'
  note: string
  mergedInto: number | null
  erasedAt: string | null
  version: number
}

const columns = [
  'id',
  'member_no as memberNo',
  'name',
  'name_pinyin as namePinyin',
  'phone',
  'address',
  'joined_on as joinedOn',
  'points',
  'tier',
  'tier_source as tierSource',
  'note',
  'merged_into as mergedInto',
  'erased_at as erasedAt',
  'version',
] as const

export async function findCustomer(r: ReadHandle, id: number): Promise<CustomerRecord | undefined> {
  return r.selectFrom('customer').select(columns).where('id', '=', id).executeTakeFirst()
}

export async function listCustomers(
  r: ReadHandle,
  ids: readonly number[],
): Promise<CustomerRecord[]> {
  if (ids.length === 0) return []
  return r
    .selectFrom('customer')
    .select(columns)
    .where('id', 'in', [...ids])
    .execute()
}

/** More rows of one person than anybody has: a loop could not end otherwise. */
const deepest = 1_000

/** Who stands for this customer: itself, or whoever it was merged into, however often. */
export async function findRoot(r: ReadHandle, customerId: number): Promise<number> {
  let id = customerId
  for (let step = 0; step < deepest; step += 1) {
    const row = await r
      .selectFrom('customer')
      .select('merged_into')
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row || row.merged_into === null) return id
    id = row.merged_into
  }
  throw new Error(`customer ${customerId} is merged in a circle`)
}

/** Every row of the same person, the one that stands for all of them first. */
export async function listFamily(r: ReadHandle, customerId: number): Promise<number[]> {
  const family = [await findRoot(r, customerId)]
  let under = family
  while (under.length > 0 && family.length < deepest) {
    const rows = await r
      .selectFrom('customer')
      .select('id')
      .where('merged_into', 'in', under)
      .where('merged_into', 'is not', null)
      .orderBy('id')
      .execute()
    under = rows.map(({ id }) => id)
    family.push(...under)
  }
  return family
}

/** Rows that stand for a person, the newest first. */
export async function pageRoots(
  r: ReadHandle,
  before: number | undefined,
  limit: number,
): Promise<number[]> {
  const rows = await r
    .selectFrom('customer')
    .select('id')
    .where('merged_into', 'is', null)
    .where('erased_at', 'is', null)
    .where('id', '<', before ?? Number.MAX_SAFE_INTEGER)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

type Customers = SelectQueryBuilder<Schema, 'customer', { id: number }>

const lastLetter = '\u{10ffff}'

/**
 * Ids of customers who answer to a text, best first: a member number, the end of a phone number, a name or a part of
 * it, how it sounds (`zhangwei`, `zw`). One look into an index each.
 */
export async function searchCustomers(
  r: ReadHandle,
  text: string,
  limit: number,
): Promise<number[]> {
  const found = new Set<number>()
  const take = async (rows: Customers) => {
    for (const { id } of await rows.where('erased_at', 'is', null).limit(limit).execute()) {
      found.add(id)
    }
  }
  const all = () => r.selectFrom('customer').select('id')
  await take(all().where('member_no', '=', text))
  const digits = phoneDigits(text)
  if (/^[\d\s+()-]+$/u.test(text) && digits.length >= 4) await take(endingIn(all(), digits))
  if (found.size < limit) await take(all().where('name', '=', text).orderBy('id', 'desc'))
  if (found.size < limit) {
    await take(
      all()
        .where('name', '>', text)
        .where('name', '<', text + lastLetter)
        .orderBy('name'),
    )
  }
  const letters = text.toLowerCase().replaceAll(/[^a-z0-9]/gu, '')
  if (/^[a-z][a-z\s']*$/iu.test(text)) {
    for (const column of ['name_initials', 'name_pinyin'] as const) {
      if (found.size >= limit) break
      await take(
        all()
          .where(column, '>=', letters)
          .where(column, '<', letters + lastLetter)
          .where(column, '<>', sql.lit(''))
          .orderBy(column),
      )
    }
  }
  if (found.size < limit) {
    const grams = bigramQuery(text)
    const ids = grams === '' ? [] : await matchGrams(r, 'customer_grams', grams, limit)
    if (ids.length > 0) await take(all().where('id', 'in', ids).orderBy('id', 'desc'))
  }
  return [...found].slice(0, limit)
}

function endingIn(rows: Customers, digits: string): Customers {
  return rows
    .where('phone_tail', '=', digits.slice(-4))
    .where('phone_tail', '<>', sql.lit(''))
    .where(sql<boolean>`substr(phone_digits, -length(${digits})) = ${digits}`)
    .orderBy('id', 'desc')
}

/** Rows that one with these facts could be a second of: by index alone, so that it may be asked with every key. */
export async function listLike(
  r: ReadHandle,
  about: { phone: string; memberNo: string; name?: string; namePinyin?: string; except?: number },
  limit: number,
): Promise<CustomerRecord[]> {
  const ids = new Set<number>()
  const take = async (rows: Customers) => {
    const kept = rows.where('erased_at', 'is', null).where('merged_into', 'is', null).limit(limit)
    for (const { id } of await kept.execute()) if (id !== about.except) ids.add(id)
  }
  const all = () => r.selectFrom('customer').select('id')
  const digits = phoneDigits(about.phone)
  if (about.memberNo !== '') {
    await take(all().where('member_no', 'in', spellingsOf(about.memberNo)))
  }
  if (digits.length >= 7) {
    await take(all().where('phone_digits', '=', digits).where('phone_digits', '<>', sql.lit('')))
  }
  if (about.name) await take(all().where('name', '=', about.name).orderBy('id', 'desc'))
  if (about.namePinyin) {
    await take(
      all()
        .where('name_pinyin', '=', about.namePinyin)
        .where('name_pinyin', '<>', sql.lit(''))
        .orderBy('id', 'desc'),
    )
  }
  return listCustomers(r, [...ids].slice(0, limit))
}

/** A member number as it is typed, bare, and with the zeros that other tills put before it. */
function spellingsOf(memberNo: string): string[] {
  const bare = memberNo.replaceAll(/[\s-]/gu, '')
  const short = bare.replace(/^0+/u, '')
  return [...new Set([memberNo, bare, short, `0${short}`, `00${short}`])].filter(Boolean)
}

/** What a row says, as somebody types it. */
export interface CustomerValues {
  memberNo: string | null
  name: string
  phone: string
  address: string
  note: string
}

function valuesOf(values: CustomerValues) {
  return {
    member_no: values.memberNo,
    ...nameColumns(values.name),
    ...phoneColumns(values.phone),
    address: values.address,
    note: values.note,
  }
}

function nameColumns(name: string) {
  const { full, initials } = namePinyin(name)
  return { name, name_pinyin: full, name_initials: initials }
}

function phoneColumns(phone: string) {
  const digits = phoneDigits(phone)
  return { phone, phone_digits: digits, phone_tail: digits.slice(-4) }
}

export async function insertCustomer(
  w: WriteHandle,
  values: CustomerValues,
  at: string,
  joinedOn: string,
): Promise<number> {
  const { id } = await w
    .insertInto('customer')
    .values({
      ...valuesOf(values),
      joined_on: joinedOn,
      points: null,
      import_id: null,
      created_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await writeGrams(w, id, values.name)
  return id
}

/** @returns false when somebody else changed the customer since `version`. */
export async function updateCustomer(
  w: WriteHandle,
  id: number,
  version: number,
  values: CustomerValues,
): Promise<boolean> {
  const result = await w
    .updateTable('customer')
    .set({ ...valuesOf(values), version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (result.numUpdatedRows !== 1n) return false
  await writeGrams(w, id, values.name)
  return true
}

/** Writes what a row says of a person, with everything search compares; the member number stays. */
export async function writePerson(
  w: WriteHandle,
  id: number,
  person: {
    name: string
    phone: string
    address: string
    joinedOn: string | null
    points: number | null
    tier: { tier: string; source: 'import' | 'hand' }
    note: string
  },
): Promise<void> {
  await w
    .updateTable('customer')
    .set((row) => ({
      ...nameColumns(person.name),
      ...phoneColumns(person.phone),
      address: person.address,
      joined_on: person.joinedOn,
      points: person.points,
      tier: person.tier.tier,
      tier_source: person.tier.source,
      note: person.note,
      version: row('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
  await writeGrams(w, id, person.name)
}

export async function writeGrams(w: WriteHandle, id: number, name: string): Promise<void> {
  await w.deleteFrom('customer_grams').where('rowid', '=', id).execute()
  if (name === '') return
  await w
    .insertInto('customer_grams')
    .values({ rowid: id, grams: bigramsOf(name) })
    .execute()
}

/** @returns false when somebody else changed the customer since `version`. */
export async function writeTier(
  w: WriteHandle,
  id: number,
  version: number,
  tier: string,
  source: 'import' | 'hand',
): Promise<boolean> {
  const result = await w
    .updateTable('customer')
    .set({ tier, tier_source: source, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** More would be no tiers but a column mapped by mistake. */
const mostTiers = 50

/** The tiers customers are of, in order. One look into the index for each, however many customers there are. */
export async function listTiers(r: ReadHandle): Promise<string[]> {
  const tiers: string[] = []
  while (tiers.length < mostTiers) {
    const row = await r
      .selectFrom('customer')
      .select('tier')
      .where('tier', '<>', '')
      .where('tier', '>', tiers.at(-1) ?? '')
      .orderBy('tier')
      .limit(1)
      .executeTakeFirst()
    if (!row) break
    tiers.push(row.tier)
  }
  return tiers
}
