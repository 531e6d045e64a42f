import type { z } from 'zod'
import { listGoods } from '../complaints/index.ts'
import type { ReadHandle } from '../database/store.ts'
import type { pastCase, remedyKinds } from './contract.ts'
import type { About } from './rules.ts'

type RemedyKind = (typeof remedyKinds)[number]

/** A complaint with what came of it. */
export interface PastCase extends Omit<z.output<typeof pastCase>, 'excerpt'> {
  text: string
  about: About
}

/** The highest complaint id stands for how many there are: no row is ever deleted. */
export async function countComplaints(r: ReadHandle): Promise<number> {
  const row = await r
    .selectFrom('complaint')
    .select((all) => all.fn.max('id').as('newest'))
    .executeTakeFirst()
  return row?.newest ?? 0
}

/** Whole cases, in the order of `ids`. */
export async function listCases(r: ReadHandle, ids: readonly number[]): Promise<PastCase[]> {
  if (ids.length === 0) return []
  const rows = await r
    .selectFrom('complaint')
    .selectAll('complaint')
    // A complaint that came up again is as old as its last solution.
    .select((row) =>
      row
        .selectFrom('complaint_round')
        .select((each) => each.fn.max('complaint_round.solved_at').as('solved_at'))
        .whereRef('complaint_round.complaint_id', '=', 'complaint.id')
        .as('solved_at'),
    )
    .where('complaint.id', 'in', ids)
    .execute()
  const remedies = await listRemedies(
    r,
    rows.map((row) => row.case_id),
  )
  const cases = new Map<number, PastCase>()
  for (const row of rows) {
    const goods = await listGoods(r, row.sale_line_id, row.card_id)
    cases.set(row.id, {
      complaintId: row.id,
      number: row.number,
      class: row.class,
      text: row.text,
      goods: goods.map(({ name }) => name).join('、'),
      businessDate: row.business_date,
      open: row.state === 'open',
      solvedOnSpot: row.solved_on_spot === 1,
      solution: row.solution,
      satisfied: row.satisfied === null ? null : row.satisfied === 1,
      remedies: remedies.get(row.case_id) ?? [],
      recordedAt: row.recorded_at,
      closedAt: row.state === 'open' ? null : row.solved_at,
      about: aboutOf({ class: row.class, counter: row.counter }, goods),
    })
  }
  return ids.flatMap((id) => cases.get(id) ?? [])
}

/** What a complaint is about, from what the desk knows of its goods. */
export function aboutOf(
  { class: kind, counter }: Pick<About, 'class' | 'counter'>,
  goods: Awaited<ReturnType<typeof listGoods>>,
): About {
  const filled = (values: readonly string[]) => values.filter((value) => value !== '')
  return {
    class: kind,
    counter,
    productIds: goods.flatMap(({ productId }) => productId ?? []),
    brands: filled(goods.map(({ brand }) => brand)),
    categories: filled(goods.map(({ category }) => category)),
  }
}

/** What each case ended in, by the slips that stand. */
async function listRemedies(
  r: ReadHandle,
  caseIds: readonly number[],
): Promise<Map<number, RemedyKind[]>> {
  const found: { caseId: number | null; kind: RemedyKind }[] = []
  const add = (kind: RemedyKind, rows: readonly { case_id: number | null }[]) =>
    found.push(...rows.map((row) => ({ caseId: row.case_id, kind })))
  add(
    'refund',
    await r
      .selectFrom('refund')
      .select('case_id')
      .where('case_id', 'in', caseIds)
      .where('exchange_id', 'is', null)
      .where('state', '=', 'recorded')
      .execute(),
  )
  add(
    'exchange',
    await r
      .selectFrom('exchange')
      .select('case_id')
      .where('case_id', 'in', caseIds)
      .where('state', '<>', 'void')
      .execute(),
  )
  for (const [kind, table] of [
    ['repair', 'repair'],
    ['voucher', 'voucher'],
    ['goodwill', 'goodwill_entry'],
  ] as const) {
    add(kind, await r.selectFrom(table).select('case_id').where('case_id', 'in', caseIds).execute())
  }
  const remedies = new Map<number, RemedyKind[]>()
  for (const { caseId, kind } of found) {
    if (caseId === null) continue
    const kinds = remedies.get(caseId) ?? []
    if (!kinds.includes(kind)) remedies.set(caseId, [...kinds, kind])
  }
  return remedies
}
