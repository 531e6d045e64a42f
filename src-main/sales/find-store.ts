import { type SelectQueryBuilder, sql } from 'kysely'
import { matchGrams } from '../database/name-index.ts'
import type { Schema } from '../database/schema.ts'
import type { ReadHandle } from '../database/store.ts'
import { reverseText } from '../foundation/text.ts'
import { begins, contains, exact, nameStrength, type Strength, whole } from './rules.ts'

/** What one look found: an id of its kind and how well it answers. Details are read for those that are shown. */
export interface Found {
  id: number
  strength: Strength
}

/**
 * Every function here asks one index and stops at its limit. Partial indexes need their condition in the query word
 * for word, hence the literals.
 */
const filled = sql.lit('')
/** Behind every text that begins with a given one, in the binary order of the indexes. */
const last = '\u{10ffff}'

const found = (rows: readonly { id: number }[], strength: Strength): Found[] =>
  rows.map((row) => ({ id: row.id, strength }))

/** Receipts of this number, newest first. Tills count from one again, so there may be several. */
export async function receiptsByNumber(
  r: ReadHandle,
  key: string,
  limit: number,
): Promise<Found[]> {
  const rows = await r
    .selectFrom('receipt')
    .select('id')
    .where('receipt_key', '=', key)
    .orderBy('business_date', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return found(rows, whole)
}

/** Receipts whose number is this one behind a prefix that ends in a letter: `123` finds `POS 123`. */
export async function receiptsBehindLetters(
  r: ReadHandle,
  key: string,
  limit: number,
): Promise<Found[]> {
  const tail = reverseText(key)
  const rows = await r
    .selectFrom('receipt_by_tail')
    .select('receipt_id as id')
    .where('receipt_key_reversed', '>=', `${tail}A`)
    .where('receipt_key_reversed', '<', `${tail}[`)
    .orderBy('business_date', 'desc')
    .orderBy('receipt_id', 'desc')
    .limit(limit)
    .execute()
  return found(rows, whole)
}

/** Receipts whose number ends so, newest first. */
export async function receiptsByTail(r: ReadHandle, key: string, limit: number): Promise<Found[]> {
  const tail = reverseText(key)
  const rows = await r
    .selectFrom('receipt_by_tail')
    .select('receipt_id as id')
    .where('receipt_key_reversed', '>=', tail)
    .where('receipt_key_reversed', '<', tail + last)
    .orderBy('business_date', 'desc')
    .orderBy('receipt_id', 'desc')
    .limit(limit)
    .execute()
  return found(rows, contains)
}

/** Receipts whose number begins so, the highest number first. */
export async function receiptsByBeginning(
  r: ReadHandle,
  key: string,
  limit: number,
): Promise<Found[]> {
  const rows = await r
    .selectFrom('receipt')
    .select('id')
    .where('receipt_key', '>=', key)
    .where('receipt_key', '<', key + last)
    .orderBy('receipt_key', 'desc')
    .limit(limit)
    .execute()
  return found(rows, begins)
}

/** Receipts that came to exactly this amount, on that day or newest first; a return carries it negative. */
export async function receiptsByAmount(
  r: ReadHandle,
  amount: number,
  date: string | null,
  limit: number,
): Promise<Found[]> {
  const hits: Found[] = []
  for (const total of amount === 0 ? [0] : [amount, -amount]) {
    const rows = await r
      .selectFrom('receipt_by_amount as entry')
      // A receipt that was completed since has an entry for what it came to before, too.
      .innerJoin('receipt', (join) =>
        join
          .onRef('receipt.id', '=', 'entry.receipt_id')
          .onRef('receipt.total', '=', 'entry.total'),
      )
      .select('entry.receipt_id as id')
      .where('entry.total', '=', total)
      .$if(date !== null, (query) => query.where('entry.business_date', '=', date ?? ''))
      .orderBy('entry.business_date', 'desc')
      .orderBy('entry.receipt_id', 'desc')
      .limit(limit)
      .execute()
    hits.push(...found(rows, exact))
  }
  return hits
}

/** Receipts with a barcode that their product does not carry, newest first. */
export async function receiptsByLineBarcode(
  r: ReadHandle,
  barcodes: readonly string[],
  limit: number,
): Promise<Found[]> {
  const hits: Found[] = []
  for (const barcode of barcodes) {
    const rows = await r
      .selectFrom('sale_line')
      .select('receipt_id as id')
      .where('stray_barcode', '=', barcode)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    hits.push(...found(rows, exact))
  }
  return hits
}

type Paper =
  | 'card'
  | 'refund'
  | 'price_adjustment'
  | 'exchange'
  | 'complaint'
  | 'refusal'
  | 'instruction'
  | 'voucher'
  | 'repair'

const tableOf = {
  card: 'card',
  refund: 'refund',
  price_adjustment: 'refund',
  exchange: 'exchange',
  complaint: 'complaint',
  refusal: 'claim_refusal',
  instruction: 'pos_instruction',
  voucher: 'voucher',
  repair: 'repair',
} as const

/**
 * How its numbers begin, where one table holds several papers: what came back for an exchange carries the exchange's
 * number, and a price adjustment one of its own kind.
 */
const numbersOf: Partial<Record<Paper, string>> = { refund: 'TH-%', price_adjustment: 'TJ-%' }

/** The paper of this canonical number. */
export async function papersByNumber(
  r: ReadHandle,
  paper: Paper,
  number: string,
): Promise<Found[]> {
  const rows = await r
    .selectFrom(tableOf[paper])
    .select('id')
    .where('number', '=', number)
    .where('number', 'like', numbersOf[paper] ?? '%')
    .execute()
  return found(rows, whole)
}

/** The complaint behind a settlement slip, a compensation or a letter of apology of this number. */
export async function complaintsBehind(r: ReadHandle, number: string): Promise<Found[]> {
  const behind: Found[] = []
  for (const table of ['settlement', 'compensation', 'apology_letter'] as const) {
    const rows = await r
      .selectFrom(table)
      .select('complaint_id as id')
      .where('number', '=', number)
      .execute()
    behind.push(...found(rows, whole))
  }
  return behind
}

/** Papers whose number ends in `NNNN-K`, newest first. */
export async function papersByShortNumber(
  r: ReadHandle,
  paper: Paper,
  shortNumber: string,
  limit: number,
): Promise<Found[]> {
  const rows = await r
    .selectFrom(tableOf[paper])
    .select('id')
    .where('short_no', '=', shortNumber)
    .where('number', 'like', numbersOf[paper] ?? '%')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return found(rows, exact)
}

/** The voucher of a code: whoever has the code holds the paper. */
export async function vouchersByCode(r: ReadHandle, code: string): Promise<Found[]> {
  const rows = await r.selectFrom('voucher').select('id').where('code', '=', code).execute()
  return found(rows, whole)
}

/** The open repair of a pickup code: whoever has the code holds the stub. */
export async function repairsByPickupCode(r: ReadHandle, code: string): Promise<Found[]> {
  const rows = await r
    .selectFrom('repair')
    .select('id')
    .where('pickup_code', '=', code)
    .where('state', '=', 'open')
    .execute()
  return found(rows, whole)
}

/** Cards, complaints, vouchers and repairs by the phone written on them; `digits` are its last ones. */
export async function papersByPhone(r: ReadHandle, digits: string, limit: number) {
  const cards = await r
    .selectFrom('card')
    .select(['id', 'consumer_phone as phone'])
    .where('consumer_phone_tail', '=', digits.slice(-4))
    .where('consumer_phone', '<>', filled)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const complaints = await r
    .selectFrom('complaint')
    .select(['id', 'contact_phone as phone'])
    .where('contact_phone_tail', '=', digits.slice(-4))
    .where('contact_phone', '<>', filled)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const vouchers = await r
    .selectFrom('voucher')
    .select(['id', 'holder_phone as phone'])
    .where('holder_phone_tail', '=', digits.slice(-4))
    .where('holder_phone', '<>', filled)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const repairs = await r
    .selectFrom('repair')
    .select(['id', 'contact_phone as phone'])
    .where('contact_phone_tail', '=', digits.slice(-4))
    .where('contact_phone', '<>', filled)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const endsSo = (row: { phone: string }) => row.phone.replace(/\D/g, '').endsWith(digits)
  return {
    card: found(cards.filter(endsSo), exact),
    complaint: found(complaints.filter(endsSo), exact),
    voucher: found(vouchers.filter(endsSo), exact),
    repair: found(repairs.filter(endsSo), exact),
  }
}

/** Cards, complaints and vouchers by the name written on them. */
export async function papersByName(r: ReadHandle, name: string, limit: number) {
  const cards = await r
    .selectFrom('card')
    .select(['id', 'consumer_name as name'])
    .where('consumer_name', '>=', name)
    .where('consumer_name', '<', name + last)
    .where('consumer_name', '<>', filled)
    .orderBy('consumer_name')
    .limit(limit)
    .execute()
  const complaints = await r
    .selectFrom('complaint')
    .select(['id', 'contact_name as name'])
    .where('contact_name', '>=', name)
    .where('contact_name', '<', name + last)
    .where('contact_name', '<>', filled)
    .orderBy('contact_name')
    .limit(limit)
    .execute()
  const vouchers = await r
    .selectFrom('voucher')
    .select(['id', 'holder_name as name'])
    .where('holder_name', '>=', name)
    .where('holder_name', '<', name + last)
    .where('holder_name', '<>', filled)
    .orderBy('holder_name')
    .limit(limit)
    .execute()
  const graded = (row: { id: number; name: string }): Found => ({
    id: row.id,
    strength: row.name === name ? exact : begins,
  })
  return {
    card: cards.map(graded),
    complaint: complaints.map(graded),
    voucher: vouchers.map(graded),
  }
}

/** Sale lines of a serial number: as the till wrote it, or as a card did. A line that came back is not a sale. */
export async function linesBySerial(
  r: ReadHandle,
  serials: readonly string[],
  limit: number,
): Promise<Found[]> {
  const ids = new Set<number>()
  for (const serial of serials) {
    const lines = await r
      .selectFrom('sale_line')
      .select('id')
      .where('serial_no', '=', serial)
      .where('serial_no', '<>', filled)
      .where('kind', '=', 'goods')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    const units = await r
      .selectFrom('card_line')
      .select('sale_line_id as id')
      .where('serial_no', '=', serial)
      .where('serial_no', '<>', filled)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    for (const row of [...lines, ...units]) ids.add(row.id)
  }
  return [...ids].map((id) => ({ id, strength: whole }))
}

export async function productsByBarcode(
  r: ReadHandle,
  barcodes: readonly string[],
  limit: number,
): Promise<Found[]> {
  if (barcodes.length === 0) return []
  const rows = await r
    .selectFrom('product')
    .select('id')
    .where('barcode', 'in', [...barcodes])
    .where('barcode', '<>', filled)
    .limit(limit)
    .execute()
  return found(rows, whole)
}

/** Products of this SKU, then those whose SKU begins so where `partly`. */
export async function productsBySku(
  r: ReadHandle,
  key: string,
  partly: boolean,
  limit: number,
): Promise<Found[]> {
  const same = await r
    .selectFrom('product')
    .select('id')
    .where('sku_key', '=', key)
    .limit(limit)
    .execute()
  if (!partly) return found(same, whole)
  const longer = await r
    .selectFrom('product')
    .select('id')
    .where('sku_key', '>', key)
    .where('sku_key', '<', key + last)
    .orderBy('sku_key')
    .limit(limit)
    .execute()
  return [...found(same, whole), ...found(longer, begins)]
}

/** More candidates than are shown, so that a name beginning so is found among those containing it. */
const candidates = 120

/** Products whose name, brand, model or category has every word of `name`, newest first. */
export async function productsByName(r: ReadHandle, name: string, grams: string): Promise<Found[]> {
  const ids = await matchGrams(r, 'product_grams', grams, candidates)
  if (ids.length === 0) return []
  const rows = await r
    .selectFrom('product')
    .select(['id', 'name', 'brand', 'model', 'category'])
    .where('id', 'in', ids)
    .execute()
  return rows.flatMap(({ id, brand, model, category, ...row }) => {
    const strength =
      nameStrength(row.name, name) ??
      nameStrength([row.name, brand, model, category].join(' '), name)
    return strength === null ? [] : [{ id, strength }]
  })
}

export async function customersByMemberNo(
  r: ReadHandle,
  spellings: readonly string[],
): Promise<Found[]> {
  const rows = await r
    .selectFrom('customer')
    .select('id')
    .where('member_no', 'in', [...spellings])
    .execute()
  return found(rows, whole)
}

/** Customers whose phone is or ends in these digits. */
export async function customersByPhone(
  r: ReadHandle,
  digits: string,
  limit: number,
): Promise<Found[]> {
  const rows = await r
    .selectFrom('customer')
    .select(['id', 'phone_digits'])
    .where('phone_tail', '=', digits.slice(-4))
    .where('phone_tail', '<>', filled)
    .where(sql<boolean>`substr(phone_digits, -length(${digits})) = ${digits}`)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    strength: row.phone_digits === digits && digits.length >= 7 ? whole : exact,
  }))
}

/** Customers of this name, those whose name begins so, and those whose name has it inside. */
export async function customersByName(
  r: ReadHandle,
  name: string,
  grams: string,
  limit: number,
): Promise<Found[]> {
  const same = await r
    .selectFrom('customer')
    .select('id')
    .where('name', '=', name)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const longer = await r
    .selectFrom('customer')
    .select('id')
    .where('name', '>', name)
    .where('name', '<', name + last)
    .orderBy('name')
    .limit(limit)
    .execute()
  const ids = grams === '' ? [] : await matchGrams(r, 'customer_grams', grams, candidates)
  const inside =
    ids.length === 0
      ? []
      : await r.selectFrom('customer').select(['id', 'name']).where('id', 'in', ids).execute()
  const graded = inside.flatMap((row) => {
    const strength = nameStrength(row.name, name)
    return strength === null ? [] : [{ id: row.id, strength }]
  })
  return [...found(same, exact), ...found(longer, begins), ...graded]
}

/** Customers or products by how their name sounds: `zhangwei` and `zw`, whole first, then beginnings. */
export async function namesBySound(
  r: ReadHandle,
  table: 'customer' | 'product',
  letters: string,
  limit: number,
): Promise<Found[]> {
  const hits: Found[] = []
  for (const column of ['name_initials', 'name_pinyin'] as const) {
    const rows = soundsIn(r, table, column)
    const same = await rows.where(column, '=', letters).orderBy('id', 'desc').limit(limit).execute()
    hits.push(...found(same, exact))
    if (same.length >= limit) continue
    const longer = await rows
      .where(column, '>', letters)
      .where(column, '<', letters + last)
      .orderBy(column)
      .limit(limit)
      .execute()
    hits.push(...found(longer, begins))
  }
  return hits
}

type SoundColumn = 'name_initials' | 'name_pinyin'

function soundsIn(
  r: ReadHandle,
  table: 'customer' | 'product',
  column: SoundColumn,
): SelectQueryBuilder<Schema, 'customer', { id: number }> {
  const rows = r.selectFrom(table as 'customer').select('id')
  return rows.where(column, '<>', filled)
}
