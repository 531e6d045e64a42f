import { removeKept } from '../attachments/index.ts'
import { record } from '../audit/index.ts'
import {
  erasedMark,
  findWords,
  listFilesOf,
  markAudit,
  markLooseTexts,
  markWords,
  withoutTriggers,
} from '../database/erasure.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { phoneDigits } from '../foundation/phone.ts'
import type { Call } from '../handlers.ts'
import { mayDo, requireSigner } from '../staff/index.ts'
import { requireRoot } from './card.ts'
import { endDetails } from './card-store.ts'
import { detailFields } from './contract.ts'
import {
  clearFields,
  clearSearch,
  type ErasureSummary,
  insertErasure,
  linkPerson,
  listGivenPersons,
  listHeldCases,
  listOpenCases,
  listOpenVouchers,
  listPaperNumbers,
  listSubjects,
  markFiles,
} from './erase-store.ts'
import { wordsOf } from './rules.ts'
import { type CustomerRecord, listCustomers, listFamily } from './store.ts'

type Linked = Awaited<ReturnType<typeof linkPerson>>

/** What stands in the way of erasing a person; empty where nothing does. */
export async function findObstacles(r: ReadHandle, customerId: number) {
  const root = await requireRoot(r, customerId)
  const linked = await linkPerson(r, await listFamily(r, root.id))
  return {
    cases: [...(await listOpenCases(r, linked)), ...(await listHeldCases(r, linked))],
    vouchers: await listOpenVouchers(r, linked),
  }
}

async function requireErasable(r: ReadHandle, linked: Linked): Promise<void> {
  const [held] = await listHeldCases(r, linked)
  if (held !== undefined) refuse('customers.case_held', { number: held })
  const [openCase] = await listOpenCases(r, linked)
  if (openCase !== undefined) refuse('customers.case_open', { number: openCase })
  const [voucher] = await listOpenVouchers(r, linked)
  if (voucher !== undefined) refuse('customers.voucher_open', { number: voucher })
}

/** Words that say who this person is, and those of them that are this person’s alone. */
async function gatherWords(r: ReadHandle, rows: readonly CustomerRecord[], linked: Linked) {
  const given = await listGivenPersons(r, linked)
  return wordsOf({
    names: [...rows.map(({ name }) => name), ...given.names],
    phones: [...rows.map(({ phone }) => phone), ...given.phones],
    memberNos: rows.flatMap(({ memberNo }) => memberNo ?? []),
    addresses: rows.map(({ address }) => address),
  })
}

/**
 * Erases a person: every field made for a person is emptied, their name and numbers are marked out of every text that
 * hangs on them, their files go; money, numbers, dates and the audit chain stay (domain.md §5.3, PIPL Art. 47).
 * Refuses while a case of theirs is open or a named voucher has money. @returns the erasure and the files to remove.
 */
async function erasePerson(
  w: WriteHandle,
  call: Call,
  input: { customerId: number; reason: string; confirmedBy: number },
): Promise<{ erasureId: number; files: string[] }> {
  const root = await requireRoot(w, input.customerId)
  const ids = await listFamily(w, root.id)
  const rows = await listCustomers(w, ids)
  const linked = await linkPerson(w, ids)
  await requireErasable(w, linked)
  const { terms, signs } = await gatherWords(w, rows, linked)
  const numbers = await listPaperNumbers(w, linked)
  const files = await listFilesOf(w, linked)
  const at = call.now().toISOString()
  const summary: ErasureSummary = { rows: {}, files: files.length, auditEntries: 0 }
  const count = (changed: ReadonlyMap<string, number>) => {
    for (const [table, rowsChanged] of changed) {
      summary.rows[table] = (summary.rows[table] ?? 0) + rowsChanged
    }
  }
  const auditSeqs = await withoutTriggers(w, async () => {
    await endDetails(
      w,
      { customerIds: ids, fields: detailFields },
      { at, by: call.actor.id, cause: 'erased' },
    )
    count(await clearFields(w, linked, at))
    count(await markWords(w, linked, terms))
    count(await markLooseTexts(w, [...signs, ...numbers], terms))
    await clearSearch(w, linked)
    await markFiles(w, files, at)
    const about = [...numbers, ...files, ...(await listSubjects(w, linked))]
    return markAudit(w, signs, about, terms)
  })
  summary.auditEntries = auditSeqs.length
  const left = await findWords(w, linked, terms)
  if (left.length > 0) throw new Error(`erased words are left in ${left.join(', ')}`)
  const reason = terms.reduce((text, term) => text.replaceAll(term, erasedMark), input.reason)
  const erasureId = await insertErasure(w, {
    customerId: root.id,
    reason,
    businessDate: call.today,
    at,
    askedBy: call.actor.id,
    confirmedBy: input.confirmedBy,
    summary,
    phones: rows.map(({ phone }) => phone).filter((phone) => phoneDigits(phone).length >= 7),
    memberNos: rows.flatMap(({ memberNo }) => memberNo ?? []),
  })
  // The chain accepts the changed entries because this one names them (audit/store.ts).
  const told = { erasureId, confirmedBy: input.confirmedBy, ...summary, auditSeqs }
  await record(w, call, 'customers.erase', { type: 'customer', id: root.id }, told)
  return { erasureId, files }
}

/** Erases under two people's names: the one who asks, and another who may and signs with a PIN. */
export async function eraseCustomer(
  call: Call,
  input: { customerId: number; reason: string; signature: { code: string; pin: string } },
): Promise<{ erasureId: number }> {
  const second = await requireSigner(call, input.signature.code, input.signature.pin)
  if (second.id === call.actor.id) refuse('customers.second_person')
  if (!mayDo(second.role, 'customers.manage')) {
    refuse('staff.not_allowed', { permission: 'customers.manage' })
  }
  const { erasureId, files } = await call.commit((w) =>
    erasePerson(w, call, { ...input, confirmedBy: second.id }),
  )
  call.announce('customers', 'cases', 'complaints', 'sales', 'cards', 'vouchers', 'repairs')
  for (const sha256 of files) await removeKept(call.folder, sha256)
  return { erasureId }
}
