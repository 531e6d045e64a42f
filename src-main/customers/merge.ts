import { record } from '../audit/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { requireRoot } from './card.ts'
import type { CustomerField } from './contract.ts'
import {
  findMerge,
  insertDistinct,
  insertMerge,
  listDistinct,
  listMerges,
  listOwn,
  writeOwn,
  writeTaken,
  writeUndone,
} from './merge-store.ts'
import {
  type CustomerFields,
  layMerges,
  likenessOf,
  type LiveMerge,
  settleEdits,
  type TreeNode,
} from './rules.ts'
import {
  type CustomerRecord,
  findRoot,
  listCustomers,
  listFamily,
  listLike,
  writePerson,
} from './store.ts'

/** Rows looked at for being the same person. */
const mostCandidates = 40

export function fieldsOf(row: CustomerRecord): CustomerFields {
  return {
    name: row.name,
    phone: row.phone,
    address: row.address,
    joinedOn: row.joinedOn,
    points: row.points,
    tier: { tier: row.tier, source: row.tierSource },
    note: row.note,
  }
}

interface Tree {
  nodes: TreeNode[]
  merges: LiveMerge[]
}

/** Every row of these people with the merges between them, and what was edited since made their own. */
async function readTree(r: ReadHandle, ids: readonly number[]): Promise<Tree> {
  const rows = await listCustomers(r, ids)
  const kept = await listOwn(r, ids)
  const nodes = rows.map((row) => ({
    id: row.id,
    row: fieldsOf(row),
    kept: kept.get(row.id) ?? null,
  }))
  return settleEdits(nodes, await listMerges(r, ids))
}

/** Puts the rows as the merges that stand make them; a row that says the same already is left alone. */
async function layTree(w: WriteHandle, ids: readonly number[]): Promise<void> {
  const { nodes, merges } = await readTree(w, ids)
  for (const { id, taken } of merges) await writeTaken(w, id, taken)
  const before = new Map(nodes.map((node) => [node.id, node.row]))
  for (const node of layMerges(nodes, merges)) {
    await writeOwn(w, node.id, node.kept)
    if (JSON.stringify(before.get(node.id)) !== JSON.stringify(node.row)) {
      await writePerson(w, node.id, node.row)
    }
  }
}

/**
 * Makes two rows one person: the one stands for both, with the fields of the other that were chosen. Nothing that hangs
 * on the other row moves. Refuses rows that are the same person already or gone.
 */
export async function mergeCustomers(
  w: WriteHandle,
  call: Call,
  input: { survivorId: number; mergedId: number; taken: readonly CustomerField[]; reason: string },
): Promise<{ mergeId: number }> {
  const survivor = await requireRoot(w, input.survivorId)
  const merged = await requireRoot(w, input.mergedId)
  if (survivor.id === merged.id) refuse('customers.same_person')
  if (survivor.id !== input.survivorId || merged.id !== input.mergedId) {
    refuse('customers.merged_meanwhile')
  }
  const ids = [...(await listFamily(w, survivor.id)), ...(await listFamily(w, merged.id))]
  await layTree(w, ids)
  const at = call.now().toISOString()
  const taken = [...new Set(input.taken)]
  const mergeId = await insertMerge(w, {
    survivorId: survivor.id,
    mergedId: merged.id,
    taken,
    reason: input.reason,
    at,
    by: call.actor.id,
  })
  await layTree(w, ids)
  const subject = { type: 'customer', id: survivor.id }
  await record(w, call, 'customers.merge', subject, { mergeId, mergedId: merged.id, taken })
  return { mergeId }
}

/** Two people after all: each row says again what it said by itself, with what was edited since. */
export async function undoMerge(
  w: WriteHandle,
  call: Call,
  input: { mergeId: number; reason: string },
): Promise<{ survivorId: number; mergedId: number }> {
  const merge = (await findMerge(w, input.mergeId)) ?? refuse('customers.unknown_merge')
  const root = await requireRoot(w, merge.survivorId)
  const ids = await listFamily(w, root.id)
  await layTree(w, ids)
  const at = call.now().toISOString()
  const undo = { reason: input.reason, at, by: call.actor.id }
  if (!(await writeUndone(w, merge, undo))) refuse('customers.merge_undone')
  await layTree(w, ids)
  const { survivorId, mergedId } = merge
  const subject = { type: 'customer', id: survivorId }
  await record(w, call, 'customers.undo_merge', subject, { mergeId: merge.id, mergedId })
  return { survivorId, mergedId }
}

/** Rows that may be the same person as this one, with what speaks for it; those told apart before are left out. */
export async function findDuplicates(r: ReadHandle, customerId: number) {
  const customer = await requireRoot(r, customerId)
  const apart = new Set(await listDistinct(r, customer.id))
  const rows = await listLike(
    r,
    {
      phone: customer.phone,
      memberNo: customer.memberNo ?? '',
      name: customer.name,
      namePinyin: customer.namePinyin,
      except: customer.id,
    },
    mostCandidates,
  )
  return rows
    .filter((row) => !apart.has(row.id))
    .map((row) => ({ row, reasons: likenessOf(customer, row) }))
    .filter(({ reasons }) => reasons.length > 0)
    .toSorted((a, b) => b.reasons.length - a.reasons.length || a.row.id - b.row.id)
}

export async function tellApart(
  w: WriteHandle,
  call: Call,
  pair: readonly [number, number],
): Promise<void> {
  for (const id of pair) await requireRoot(w, id)
  if ((await findRoot(w, pair[0])) === (await findRoot(w, pair[1]))) refuse('customers.same_person')
  await insertDistinct(w, pair, { at: call.now().toISOString(), by: call.actor.id })
  const subject = { type: 'customer', id: pair[0] }
  await record(w, call, 'customers.tell_apart', subject, { otherId: pair[1] })
}
