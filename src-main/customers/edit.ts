import { record } from '../audit/index.ts'
import { isUniqueViolation } from '../database/sqlite.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { requireRoot } from './card.ts'
import {
  endDetails,
  endRow,
  findFileGrade,
  findReferral,
  insertContactRule,
  insertDetail,
  insertGrade,
  insertNote,
  insertReferral,
  insertWording,
  listContactRules,
  readSettings,
  writeSettings,
} from './card-store.ts'
import { wasErased } from './erase-store.ts'
import type { ContactChannel, customersContract, detailFields } from './contract.ts'
import {
  type CustomerValues,
  findRoot,
  insertCustomer,
  listFamily,
  updateCustomer,
  writeTier,
} from './store.ts'

type DetailField = (typeof detailFields)[number]

/** More steps than any chain of recommendations has. */
const longestChain = 1_000

function momentOf(call: Call): { at: string; by: number } {
  return { at: call.now().toISOString(), by: call.actor.id }
}

function requireSomething(values: CustomerValues): void {
  if (values.name === '' && values.phone === '' && values.memberNo === null) {
    refuse('customers.nothing_known')
  }
}

/** The member number is one person's: the database says so, this says it in words. */
async function writeUnique<T>(memberNo: string | null, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isUniqueViolation(error)) {
      return refuse('customers.member_taken', { memberNo: memberNo ?? '' }, error)
    }
    throw error
  }
}

export async function addCustomer(
  w: WriteHandle,
  call: Call,
  { again, ...values }: CustomerValues & { again: boolean },
): Promise<{ id: number }> {
  const typed = { ...values, memberNo: values.memberNo || null }
  requireSomething(typed)
  if (!again && (await wasErased(w, typed))) refuse('customers.was_erased')
  const { at } = momentOf(call)
  const id = await writeUnique(typed.memberNo, () => insertCustomer(w, typed, at, call.today))
  await record(w, call, 'customers.add', { type: 'customer', id })
  return { id }
}

/** Writes what somebody typed; only names of the fields that changed go to the audit log. */
export async function changeCustomer(
  w: WriteHandle,
  call: Call,
  input: Omit<CustomerValues, 'phone'> & {
    customerId: number
    version: number
    phone: string | null
  },
): Promise<{ version: number }> {
  const before = await requireRoot(w, input.customerId)
  const values = {
    memberNo: input.memberNo || null,
    name: input.name,
    phone: input.phone ?? before.phone,
    address: input.address,
    note: input.note,
  }
  requireSomething(values)
  const keys = ['memberNo', 'name', 'phone', 'address', 'note'] as const
  const changed = keys.filter((key) => before[key] !== values[key])
  const done = await writeUnique(values.memberNo, () =>
    updateCustomer(w, before.id, input.version, values),
  )
  if (!done) refuse('desk.changed_meanwhile')
  await record(w, call, 'customers.change', { type: 'customer', id: before.id }, { changed })
  return { version: input.version + 1 }
}

/** One rule a channel: a new one takes the place of what was said before, for whichever row of the person. */
export async function setContactRule(
  w: WriteHandle,
  call: Call,
  input: {
    customerId: number
    channel: ContactChannel
    rule: 'never' | 'prefers'
    until: string | null
    note: string
  },
): Promise<{ id: number }> {
  const { id: customerId } = await requireRoot(w, input.customerId)
  if (input.rule === 'prefers' && input.channel === 'any') refuse('customers.prefers_what')
  if (input.until !== null && input.until < call.today) refuse('customers.rule_over')
  const moment = momentOf(call)
  for (const rule of await listContactRules(w, await listFamily(w, customerId))) {
    if (rule.channel === input.channel) await endRow(w, 'customer_contact_rule', rule.id, moment)
  }
  const id = await insertContactRule(w, { ...input, customerId, ...moment })
  const { channel, rule, until } = input
  const subject = { type: 'customer', id: customerId }
  await record(w, call, 'customers.set_contact_rule', subject, { channel, rule, until })
  return { id }
}

const endings = {
  endContactRule: { table: 'customer_contact_rule', over: 'customers.unknown_rule' },
  endNote: { table: 'customer_note', over: 'customers.unknown_note' },
  endReferral: { table: 'customer_referral', over: 'customers.unknown_referral' },
} as const

/** Ends a contact rule, a note or a referral; the row stays. */
export async function endOnCard(
  w: WriteHandle,
  call: Call,
  what: keyof typeof endings & keyof typeof customersContract,
  id: number,
): Promise<{ id: number }> {
  const { table, over } = endings[what]
  const customerId = (await endRow(w, table, id, momentOf(call))) ?? refuse(over)
  const subject = { type: 'customer', id: customerId }
  await record(w, call, `customers.${what}`, subject, { id })
  return { id }
}

export async function addNote(
  w: WriteHandle,
  call: Call,
  input: {
    customerId: number
    kind: 'preference' | 'size' | 'visit' | 'care'
    text: string
    caseId: number | null
  },
): Promise<{ id: number }> {
  const { id: customerId } = await requireRoot(w, input.customerId)
  const moment = momentOf(call)
  const id = await insertNote(w, { ...input, customerId, businessDate: call.today, ...moment })
  const { kind, caseId } = input
  await record(
    w,
    call,
    'customers.add_note',
    { type: 'customer', id: customerId },
    { kind, caseId },
  )
  return { id }
}

/** Gives a grade by hand, or gives it back to the customer file (`tier` null). */
export async function setGrade(
  w: WriteHandle,
  call: Call,
  input: { customerId: number; tier: string | null; reason: string; version: number },
): Promise<{ version: number }> {
  const customer = await requireRoot(w, input.customerId)
  const source = input.tier === null ? 'import' : 'hand'
  if (source === 'import' && customer.tierSource === 'import') refuse('customers.grade_not_given')
  const tier = input.tier ?? (await findFileGrade(w, customer.id)) ?? ''
  if (!(await writeTier(w, customer.id, input.version, tier, source))) {
    refuse('desk.changed_meanwhile')
  }
  const { at, by } = momentOf(call)
  const { reason } = input
  const before = customer.tier
  await insertGrade(w, { customerId: customer.id, before, tier, reason, at, by })
  const subject = { type: 'customer', id: customer.id }
  await record(w, call, 'customers.set_grade', subject, { before, tier, source })
  return { version: input.version + 1 }
}

/** Writes down who recommended a customer; refuses a chain that comes back to them. */
export async function setReferral(
  w: WriteHandle,
  call: Call,
  input: { customerId: number; referredBy: number; note: string },
): Promise<{ id: number }> {
  const { id: customerId } = await requireRoot(w, input.customerId)
  const { id: referredBy } = await requireRoot(w, input.referredBy)
  if (await leadsTo(w, referredBy, customerId)) refuse('customers.referral_circle')
  const moment = momentOf(call)
  const before = await findReferral(w, await listFamily(w, customerId))
  if (before) await endRow(w, 'customer_referral', before.id, moment)
  const id = await insertReferral(w, { customerId, referredBy, note: input.note, ...moment })
  const subject = { type: 'customer', id: customerId }
  await record(w, call, 'customers.set_referral', subject, { referredBy })
  return { id }
}

/** Whether somebody was recommended, over however many others, by `target`, or is them. */
async function leadsTo(r: ReadHandle, from: number, target: number): Promise<boolean> {
  const seen = new Set<number>()
  let person: number | undefined = from
  while (person !== undefined && !seen.has(person) && seen.size < longestChain) {
    if (person === target) return true
    seen.add(person)
    const referral = await findReferral(r, await listFamily(r, person))
    person = referral && (await findRoot(r, referral.referredBy))
  }
  return false
}

/** Switches details on or off; what is known of one that is switched off goes with it. */
export async function changeSettings(
  w: WriteHandle,
  call: Call,
  input: { asks: readonly DetailField[]; wording: string; version: number },
): Promise<{ version: number; removed: number }> {
  const before = await readSettings(w)
  if (input.asks.length > 0 && input.wording === '') refuse('customers.wording_missing')
  if (!(await writeSettings(w, input.version, input.asks))) refuse('desk.changed_meanwhile')
  const moment = momentOf(call)
  if (input.wording !== '' && input.wording !== before.wording) {
    await insertWording(w, input.wording, moment)
  }
  const off = before.asks.filter((field) => !input.asks.includes(field))
  const removed = await endDetails(w, { fields: off }, { ...moment, cause: 'switched_off' })
  const subject = { type: 'customer_settings', id: 1 }
  await record(w, call, 'customers.change_settings', subject, { asks: [...input.asks], removed })
  return { version: input.version + 1, removed }
}

/** Keeps a detail with the consent it stands on; refuses one the store does not ask for, or under an old wording. */
export async function setDetail(
  w: WriteHandle,
  call: Call,
  input: {
    customerId: number
    field: DetailField
    value: string
    agreedHow: 'signed' | 'spoken' | 'message'
    wordingVersion: number
  },
): Promise<{ id: number }> {
  const { id: customerId } = await requireRoot(w, input.customerId)
  const { asks, wordingVersion } = await readSettings(w)
  const { field, agreedHow } = input
  if (!asks.includes(field)) refuse('customers.detail_off')
  if (input.wordingVersion !== wordingVersion) refuse('customers.wording_changed')
  const year = Number(call.today.slice(0, 4))
  if (field === 'birth_year' && !isYear(input.value, year)) refuse('customers.birth_year')
  const moment = momentOf(call)
  const customerIds = await listFamily(w, customerId)
  await endDetails(w, { customerIds, fields: [field] }, { ...moment, cause: 'replaced' })
  const id = await insertDetail(w, { ...input, customerId, ...moment })
  const subject = { type: 'customer', id: customerId }
  await record(w, call, 'customers.set_detail', subject, { field, agreedHow, wordingVersion })
  return { id }
}

/** A customer under 14 needs a guardian's consent (PIPL Art. 31): the desk does not take it. */
const youngest = 14

function isYear(value: string, thisYear: number): boolean {
  return /^\d{4}$/u.test(value) && Number(value) >= 1900 && Number(value) <= thisYear - youngest
}

/** The consent is withdrawn: what was told goes, that it was told stays. */
export async function withdrawDetail(
  w: WriteHandle,
  call: Call,
  input: { customerId: number; field: DetailField },
): Promise<{ id: number }> {
  const { id: customerId } = await requireRoot(w, input.customerId)
  const { field } = input
  const customerIds = await listFamily(w, customerId)
  const end = { ...momentOf(call), cause: 'withdrawn' as const }
  if ((await endDetails(w, { customerIds, fields: [field] }, end)) === 0) {
    refuse('customers.unknown_detail')
  }
  const subject = { type: 'customer', id: customerId }
  await record(w, call, 'customers.withdraw_detail', subject, { field })
  return { id: customerId }
}
