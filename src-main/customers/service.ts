import { record } from '../audit/index.ts'
import type { ReadHandle } from '../database/store.ts'
import type { Call } from '../handlers.ts'
import { command, query, type RoomHandlers, task } from '../handlers.ts'
import { openCard, requireCustomer, requireRoot, rowOf } from './card.ts'
import { readSettings } from './card-store.ts'
import { type CustomerField, customerFields, type customersContract } from './contract.ts'
import {
  addCustomer,
  addNote,
  changeCustomer,
  changeSettings,
  endOnCard,
  setContactRule,
  setDetail,
  setGrade,
  setReferral,
  withdrawDetail,
} from './edit.ts'
import { eraseCustomer, findObstacles } from './erase.ts'
import { exportPerson } from './export.ts'
import { fieldsOf, findDuplicates, mergeCustomers, tellApart, undoMerge } from './merge.ts'
import { type CustomerFields, likenessOf, shownPerson } from './rules.ts'
import { pageServices } from './service-store.ts'
import {
  findRoot,
  listCustomers,
  listFamily,
  listLike,
  listTiers,
  pageRoots,
  searchCustomers,
} from './store.ts'

const pageLength = 30
/** Rows shown to somebody who types: more would be no help. */
const mostTaken = 5

/** Everybody, or who answers to a text, each person once under the row that stands for them. */
async function listPeople(
  r: ReadHandle,
  call: Call,
  input: { text: string; before?: number | undefined },
) {
  if (input.text === '') {
    const ids = await pageRoots(r, input.before, pageLength + 1)
    const rows = inOrder(await listCustomers(r, ids), ids).map((row) => rowOf(call, row))
    return { rows: rows.slice(0, pageLength), more: rows.length > pageLength }
  }
  const found = await searchCustomers(r, input.text, pageLength)
  const asked = new Map((await listCustomers(r, found)).map((row) => [row.id, row]))
  const roots = new Map<number, string | null>()
  for (const id of found) {
    const root = await findRoot(r, id)
    const row = asked.get(id)
    if (!roots.has(root)) roots.set(root, root === id ? null : (row?.memberNo ?? row?.name ?? null))
  }
  const ids = [...roots.keys()]
  const rows = inOrder(await listCustomers(r, ids), ids)
  return {
    rows: rows.map((row) => rowOf(call, row, roots.get(row.id) ?? null)),
    more: found.length === pageLength,
  }
}

function inOrder<Row extends { id: number }>(rows: Row[], ids: readonly number[]): Row[] {
  return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}

/** Who has this phone or member number already, with what speaks for their being the same person. */
async function listTaken(
  r: ReadHandle,
  call: Call,
  input: { phone: string; memberNo: string; except?: number | undefined },
) {
  const { phone, memberNo } = input
  const typed = { id: 0, memberNo: memberNo || null, name: '', namePinyin: '', phone, address: '' }
  const except = input.except ?? 0
  const rows = await listLike(r, { phone, memberNo, except }, mostTaken)
  return rows
    .map((row) => ({ row, reasons: likenessOf(typed, row) }))
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ row, reasons }) => likelyOf(call, row, reasons))
}

function likelyOf<Reasons>(
  call: Call,
  row: Parameters<typeof rowOf>[1] & { address: string },
  reasons: Reasons,
) {
  const { address } = shownPerson(row, call.may('customers.reveal'))
  return { ...rowOf(call, row), address, reasons }
}

/** A field as a line of text; the phone masked. */
function sayField(
  field: CustomerField,
  fields: CustomerFields,
  shown: ReturnType<typeof shownPerson>,
): string {
  if (field === 'tier') return fields.tier.tier
  if (field === 'phone') return shown.phoneMasked
  if (field === 'name' || field === 'address') return shown[field]
  return fields[field] === null ? '' : String(fields[field])
}

async function compare(r: ReadHandle, call: Call, survivorId: number, mergedId: number) {
  const mayReveal = call.may('customers.reveal')
  const side = async (id: number) => {
    const row = await requireRoot(r, id)
    const shown = shownPerson(row, mayReveal)
    return { fields: fieldsOf(row), shown, card: await openCard(r, call, id) }
  }
  const survivor = await side(survivorId)
  const merged = await side(mergedId)
  return {
    survivor: survivor.card,
    merged: merged.card,
    fields: customerFields.map((field) => {
      const here = sayField(field, survivor.fields, survivor.shown)
      const there = sayField(field, merged.fields, merged.shown)
      const same = JSON.stringify(survivor.fields[field]) === JSON.stringify(merged.fields[field])
      return { field, survivor: here, merged: there, same, proposed: here === '' && there !== '' }
    }),
  }
}

export const customersHandlers: RoomHandlers<typeof customersContract> = {
  open: query((r, call, input) => openCard(r, call, input.customerId)),

  services: query(async (r, _call, input) => {
    await requireCustomer(r, input.customerId)
    const ids = await listFamily(r, input.customerId)
    const found = await pageServices(r, ids, input.after, pageLength + 1)
    const rows = found.slice(0, pageLength)
    const last = rows.at(-1)
    const next = found.length > pageLength && last ? last : null
    return {
      rows,
      next: next && { businessDate: next.businessDate, kind: next.kind, id: next.id },
    }
  }),

  list: query((r, call, input) => listPeople(r, call, input)),

  tiers: query((r) => listTiers(r)),

  revealPhone: task(async (call, input) => {
    // Only the fact is logged, once per request: the number itself stays out of the command log.
    await call.commit(async (w) => {
      const { id } = await requireRoot(w, input.customerId)
      const subject = { type: 'customer', id }
      await record(w, call, 'customers.reveal_phone', subject, { reason: input.reason })
      return null
    })
    const { phone } = await call.store.read((r) => requireRoot(r, input.customerId))
    return { phone }
  }),

  taken: query((r, call, input) => listTaken(r, call, input)),
  add: command(['customers'], addCustomer),
  change: command(['customers'], changeCustomer),
  setContactRule: command(['customers'], setContactRule),
  endContactRule: command(['customers'], (w, call, input) =>
    endOnCard(w, call, 'endContactRule', input.ruleId),
  ),
  addNote: command(['customers'], addNote),
  endNote: command(['customers'], (w, call, input) => endOnCard(w, call, 'endNote', input.noteId)),
  setGrade: command(['customers'], setGrade),
  setReferral: command(['customers'], setReferral),
  endReferral: command(['customers'], (w, call, input) =>
    endOnCard(w, call, 'endReferral', input.referralId),
  ),

  settings: query((r) => readSettings(r)),
  changeSettings: command(['customers'], changeSettings),
  setDetail: command(['customers'], setDetail),
  withdrawDetail: command(['customers'], withdrawDetail),

  duplicates: query(async (r, call, input) =>
    (await findDuplicates(r, input.customerId)).map(({ row, reasons }) =>
      likelyOf(call, row, reasons),
    ),
  ),
  compare: query((r, call, input) => compare(r, call, input.survivorId, input.mergedId)),
  merge: command(['customers', 'cases'], mergeCustomers),
  undoMerge: command(['customers', 'cases'], undoMerge),
  tellApart: command(['customers'], async (w, call, input) => {
    await tellApart(w, call, [input.customerId, input.otherId])
    return { done: true }
  }),

  exportData: task((call, input) => exportPerson(call, input)),
  obstacles: query((r, _call, input) => findObstacles(r, input.customerId)),
  erase: task((call, input) => eraseCustomer(call, input)),
}
