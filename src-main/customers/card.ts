import { isOverdue } from '../cases/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import { maskPhone } from '../foundation/phone.ts'
import type { Call } from '../handlers.ts'
import {
  findReferral,
  listBrought,
  listContactRules,
  listDetails,
  listGrades,
  listNotes,
  listOpenPromises,
  readSettings,
  sumBought,
} from './card-store.ts'
import { listMerges } from './merge-store.ts'
import { rulesOn, shownPerson } from './rules.ts'
import { type CustomerRecord, findCustomer, findRoot, listCustomers, listFamily } from './store.ts'

export async function requireCustomer(r: ReadHandle, customerId: number): Promise<CustomerRecord> {
  return (await findCustomer(r, customerId)) ?? refuse('customers.unknown_customer')
}

/** The row that stands for this customer; refuses one whose person was erased. */
export async function requireRoot(r: ReadHandle, customerId: number): Promise<CustomerRecord> {
  await requireCustomer(r, customerId)
  const root = await requireCustomer(r, await findRoot(r, customerId))
  if (root.erasedAt !== null) refuse('customers.erased')
  return root
}

/** A customer in a list, as the caller may see them. */
export function briefOf(call: Call, row: CustomerRecord) {
  const { name } = shownPerson(row, call.may('customers.reveal'))
  return { id: row.id, name, memberNo: row.memberNo }
}

/** With the masked phone and the grade. */
export function rowOf(call: Call, row: CustomerRecord, foundAs: string | null = null) {
  const phoneMasked = row.phone && maskPhone(row.phone)
  return { ...briefOf(call, row), phoneMasked, tier: row.tier, foundAs }
}

/** 顾客资料卡: everything the desk knows of a person, whichever of their rows was asked for (domain.md §2.9). */
export async function openCard(r: ReadHandle, call: Call, customerId: number) {
  await requireCustomer(r, customerId)
  const ids = await listFamily(r, customerId)
  const rows = await listCustomers(r, ids)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const root = byId.get(ids[0] ?? 0) ?? refuse('customers.unknown_customer')
  const { asks } = await readSettings(r)
  const today = call.today
  const rules = await listContactRules(r, ids)
  const holding = new Set(rulesOn(rules, today).map(({ id }) => id))
  return {
    id: root.id,
    askedId: customerId,
    memberNo: root.memberNo,
    memberNos: ids.flatMap((id) => byId.get(id)?.memberNo ?? []),
    ...shownPerson(root, call.may('customers.reveal')),
    joinedOn: root.joinedOn,
    points: root.points,
    tier: root.tier,
    tierSource: root.tierSource,
    note: root.note,
    version: root.version,
    erasedAt: root.erasedAt,
    merged: (await listMerges(r, ids)).flatMap(({ id: mergeId, ...merge }) => {
      const row = byId.get(merge.mergedId)
      const { reason, taken, mergedAt, mergedBy, survivorId } = merge
      const told = { mergeId, survivorId, reason, taken: [...taken], mergedAt, mergedBy }
      return row ? [{ ...rowOf(call, row), ...told }] : []
    }),
    contactRules: rules.map((rule) => ({ ...rule, holds: holding.has(rule.id) })),
    notes: await listNotes(r, ids),
    details: firstOfEach(await listDetails(r, ids), ids).filter(({ field }) =>
      asks.includes(field),
    ),
    asks,
    grades: await listGrades(r, ids),
    ...(await referralsOf(r, call, ids)),
    bought: await sumBought(r, ids),
    promises: (await listOpenPromises(r, ids)).map((promise) => ({
      ...promise,
      overdue: isOverdue(promise, call.now().toISOString()),
    })),
  }
}

/** A detail that two rows of one person tell: the survivor's. */
function firstOfEach<Detail extends { field: string; customerId: number }>(
  details: readonly Detail[],
  ids: readonly number[],
): Detail[] {
  const inOrder = details.toSorted((a, b) => ids.indexOf(a.customerId) - ids.indexOf(b.customerId))
  return inOrder.filter(
    (detail, place) => inOrder.findIndex(({ field }) => field === detail.field) === place,
  )
}

/** Who recommended this person, and whom they recommended: never themselves, under whichever row. */
async function referralsOf(r: ReadHandle, call: Call, ids: readonly number[]) {
  const referral = await findReferral(r, ids)
  const by = referral && (await requireCustomer(r, await findRoot(r, referral.referredBy)))
  const isOther = by !== undefined && !ids.includes(by.id) && by.erasedAt === null
  const brought = new Set<number>()
  for (const id of await listBrought(r, ids)) brought.add(await findRoot(r, id))
  const rows = (await listCustomers(r, [...brought])).filter(
    (row) => !ids.includes(row.id) && row.erasedAt === null,
  )
  return {
    referredBy:
      referral && by && isOther
        ? { ...briefOf(call, by), referralId: referral.id, note: referral.note }
        : null,
    brought: rows.map((row) => briefOf(call, row)),
  }
}
