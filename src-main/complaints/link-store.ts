import type { z } from 'zod'
import type { retention, satisfaction } from '../cases/contract.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { type ComplaintKind, complaintKinds, excerptLength, kindRules } from './contract.ts'
import type { Candidate, RecomplaintBasis } from './rules.ts'
import type { ComplaintClass } from './store.ts'

export type ItemType = 'sale_line' | 'card' | 'repair'

export interface ItemRef {
  type: ItemType
  id: number
}

/** A round of a complaint: from being said, or coming up again, to being solved. */
export interface RoundRecord {
  no: number
  openedAt: string
  openedBy: string
  reason: string
  solvedAt: string | null
  solution: string
  satisfied: boolean | null
  satisfaction: z.output<typeof satisfaction> | null
  retention: z.output<typeof retention> | null
}

/** How a round ends: what was done, how content the customer is, and whether they stay. */
export interface RoundEnd {
  solution: string
  satisfied: boolean | null
  satisfaction?: z.output<typeof satisfaction> | undefined
  retention?: z.output<typeof retention> | undefined
}

export async function insertRound(
  w: WriteHandle,
  round: {
    complaintId: number
    no: number
    at: string
    businessDate: string
    by: number
    reason: string
    /** Solved in the same breath. */
    solved: RoundEnd | null
  },
): Promise<void> {
  const { solved } = round
  await w
    .insertInto('complaint_round')
    .values({
      complaint_id: round.complaintId,
      no: round.no,
      opened_at: round.at,
      opened_on: round.businessDate,
      opened_by: round.by,
      reason: round.reason,
      solved_at: solved ? round.at : null,
      solved_on: solved ? round.businessDate : null,
      ...endColumns(solved),
      solved_by: solved ? round.by : null,
    })
    .execute()
}

/** The columns of an end, or of a round that still goes on. */
function endColumns(end: RoundEnd | null) {
  const { satisfaction: asked, retention: stays } = end ?? {}
  return {
    solution: end?.solution ?? '',
    satisfied: toFlag(end?.satisfied ?? null),
    points: asked?.points ?? null,
    would_not_say: asked?.answer === 'would_not_say' ? (1 as const) : (0 as const),
    satisfaction_reason: asked?.reason ?? null,
    satisfaction_note: asked?.note ?? '',
    retention: stays?.outcome ?? null,
    retention_reason: stays?.reason ?? null,
    retention_note: stays?.note ?? '',
  }
}

function toFlag(answer: boolean | null): 0 | 1 | null {
  return answer === null ? null : answer ? 1 : 0
}

/** Ends the round a complaint is in. */
export async function writeRoundSolved(
  w: WriteHandle,
  complaintId: number,
  solved: RoundEnd & { at: string; businessDate: string; actorId: number },
): Promise<void> {
  await w
    .updateTable('complaint_round')
    .set({
      solved_at: solved.at,
      solved_on: solved.businessDate,
      solved_by: solved.actorId,
      ...endColumns(solved),
    })
    .where('complaint_id', '=', complaintId)
    .where('solved_at', 'is', null)
    .execute()
}

/** Rounds of a complaint, the first one first. */
export async function listRounds(r: ReadHandle, complaintId: number): Promise<RoundRecord[]> {
  const rows = await r
    .selectFrom('complaint_round as round')
    .innerJoin('operator', 'operator.id', 'round.opened_by')
    .selectAll('round')
    .select('operator.name as opener')
    .where('round.complaint_id', '=', complaintId)
    .orderBy('round.no')
    .execute()
  return rows.map((row) => ({
    no: row.no,
    openedAt: row.opened_at,
    openedBy: row.opener,
    reason: row.reason,
    solvedAt: row.solved_at,
    solution: row.solution,
    satisfied: row.satisfied === null ? null : row.satisfied === 1,
    satisfaction: row.solved_at === null ? null : satisfactionOf(row),
    retention: row.retention && {
      outcome: row.retention,
      reason: row.retention_reason,
      note: row.retention_note,
    },
  }))
}

/** Whoever was asked before there were points has an answer without any. */
function satisfactionOf(row: {
  satisfied: 0 | 1 | null
  points: number | null
  would_not_say: 0 | 1
  satisfaction_reason: string | null
  satisfaction_note: string
}): z.output<typeof satisfaction> {
  const unsaid = row.would_not_say === 1 ? 'would_not_say' : 'not_asked'
  return {
    answer: row.satisfied === null ? unsaid : 'given',
    points: row.points,
    reason: row.satisfaction_reason,
    note: row.satisfaction_note,
  }
}

export async function insertItems(
  w: WriteHandle,
  complaintId: number,
  items: readonly ItemRef[],
  step: { at: string; by: number },
): Promise<void> {
  if (items.length === 0) return
  await w
    .insertInto('complaint_item')
    .values(
      items.map(({ type, id }) => ({
        complaint_id: complaintId,
        type,
        ref_id: id,
        linked_at: step.at,
        linked_by: step.by,
        unlinked_at: null,
        unlinked_by: null,
      })),
    )
    .execute()
}

export async function writeItemUnlinked(
  w: WriteHandle,
  complaintId: number,
  item: ItemRef,
  step: { at: string; by: number },
): Promise<void> {
  await w
    .updateTable('complaint_item')
    .set({ unlinked_at: step.at, unlinked_by: step.by })
    .where('complaint_id', '=', complaintId)
    .where('type', '=', item.type)
    .where('ref_id', '=', item.id)
    .where('unlinked_at', 'is', null)
    .execute()
}

export interface ItemRecord extends ItemRef {
  /** Goods of a line, number of a card or a repair. */
  label: string
  note: string
  receiptId: number | null
}

/** What a complaint is about now: lines, cards and repairs with their names. */
export async function listItems(r: ReadHandle, complaintId: number): Promise<ItemRecord[]> {
  const rows = await r
    .selectFrom('complaint_item as item')
    .leftJoin('sale_line', (join) =>
      join.onRef('sale_line.id', '=', 'item.ref_id').on('item.type', '=', 'sale_line'),
    )
    .leftJoin('receipt', 'receipt.id', 'sale_line.receipt_id')
    .leftJoin('card', (join) =>
      join.onRef('card.id', '=', 'item.ref_id').on('item.type', '=', 'card'),
    )
    .leftJoin('repair', (join) =>
      join.onRef('repair.id', '=', 'item.ref_id').on('item.type', '=', 'repair'),
    )
    .select([
      'item.type',
      'item.ref_id',
      'sale_line.name',
      'sale_line.receipt_id as line_receipt',
      'receipt.receipt_no',
      'card.number as card_number',
      'card.receipt_id as card_receipt',
      'repair.number as repair_number',
    ])
    .where('item.complaint_id', '=', complaintId)
    .where('item.unlinked_at', 'is', null)
    .orderBy('item.id')
    .execute()
  return rows.map((row) => ({
    type: row.type,
    id: row.ref_id,
    label: row.name ?? row.card_number ?? row.repair_number ?? '',
    note: row.receipt_no ?? '',
    receiptId: row.line_receipt ?? row.card_receipt,
  }))
}

/** Those of `items` that exist. */
export async function listKnownItems(r: ReadHandle, items: readonly ItemRef[]): Promise<ItemRef[]> {
  const known: ItemRef[] = []
  for (const type of ['sale_line', 'card', 'repair'] as const) {
    const ids = items.filter((item) => item.type === type).map(({ id }) => id)
    if (ids.length === 0) continue
    const rows = await r.selectFrom(type).select('id').where('id', 'in', ids).execute()
    known.push(...rows.map(({ id }) => ({ type, id })))
  }
  return known
}

const matterKinds: ComplaintKind[] = complaintKinds.filter((kind) => kindRules[kind].isComplaint)

/** What two complaints can share. */
export interface Matter {
  caseId: number
  items: readonly ItemRef[]
  customerId: number | null
  contactDigits: string
  productId: number | null
  class: ComplaintClass
}

/** A local number without its area code, at least: shorter ones are everybody's. */
const leastDigits = 7

/**
 * The newest earlier complaint by each thing that `matter` shares with it, since `since`; those of its own case are the
 * same visit and none of them.
 */
export async function listCandidates(
  r: ReadHandle,
  matter: Matter,
  since: string,
  look: Record<'item' | 'customer' | 'cause', boolean>,
): Promise<Candidate[]> {
  const earlier = () =>
    r
      .selectFrom('complaint')
      .leftJoin('recomplaint', (join) =>
        join
          .onRef('recomplaint.complaint_id', '=', 'complaint.id')
          .on('recomplaint.dropped_at', 'is', null),
      )
      .select(['complaint.id', 'complaint.business_date', 'recomplaint.first_id'])
      .where('complaint.kind', 'in', matterKinds)
      .where('complaint.case_id', '<>', matter.caseId)
      .where('complaint.business_date', '>=', since)
      .orderBy('complaint.id', 'desc')
      .limit(1)
  const found: Candidate[] = []
  const add = (basis: RecomplaintBasis, rows: Awaited<ReturnType<typeof newest>>) => {
    for (const row of rows) {
      found.push({
        complaintId: row.id,
        firstId: row.first_id,
        businessDate: row.business_date,
        basis,
      })
    }
  }
  const newest = () => earlier().execute()
  if (look.item) {
    for (const { type, id } of matter.items) {
      const ofItem = earlier()
        .innerJoin('complaint_item as item', 'item.complaint_id', 'complaint.id')
        .where('item.type', '=', type)
        .where('item.ref_id', '=', id)
        .where('item.unlinked_at', 'is', null)
      add('item', await ofItem.execute())
    }
  }
  const { customerId, contactDigits, productId } = matter
  if (look.customer && customerId !== null) {
    add('customer', await earlier().where('complaint.customer_id', '=', customerId).execute())
  }
  if (look.customer && contactDigits.length >= leastDigits) {
    const byPhone = earlier().where('complaint.contact_digits', '=', contactDigits)
    add('customer', await byPhone.execute())
  }
  if (look.cause && productId !== null) {
    const sameCause = earlier()
      .where('complaint.product_id', '=', productId)
      .where('complaint.class', '=', matter.class)
    add('cause', await sameCause.execute())
  }
  return found
}

export async function insertRecomplaint(
  w: WriteHandle,
  link: {
    complaintId: number
    firstId: number
    basis: RecomplaintBasis
    days: number
    at: string
    by: number
  },
): Promise<void> {
  await w
    .insertInto('recomplaint')
    .values({
      complaint_id: link.complaintId,
      first_id: link.firstId,
      basis: link.basis,
      days: link.days,
      linked_at: link.at,
      linked_by: link.by,
      dropped_at: null,
      dropped_by: null,
      drop_reason: null,
    })
    .execute()
}

/** @returns false where it repeats none. */
export async function writeRecomplaintDropped(
  w: WriteHandle,
  complaintId: number,
  dropped: { at: string; by: number; reason: string },
): Promise<boolean> {
  const result = await w
    .updateTable('recomplaint')
    .set({ dropped_at: dropped.at, dropped_by: dropped.by, drop_reason: dropped.reason })
    .where('complaint_id', '=', complaintId)
    .where('dropped_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface Neighbour {
  complaintId: number
  number: string
  text: string
  open: boolean
  basis: RecomplaintBasis
  days: number
}

function selectNeighbours(r: ReadHandle, side: 'first_id' | 'complaint_id') {
  return r
    .selectFrom('recomplaint')
    .innerJoin('complaint', 'complaint.id', `recomplaint.${side}`)
    .select((row) => [
      'complaint.id',
      'complaint.number',
      row.fn<string>('substr', ['complaint.text', row.val(1), row.val(excerptLength)]).as('text'),
      'complaint.state',
      'recomplaint.basis',
      'recomplaint.days',
    ])
    .where('recomplaint.dropped_at', 'is', null)
}

type NeighbourRow = Awaited<ReturnType<ReturnType<typeof selectNeighbours>['execute']>>[number]

function toNeighbour(row: NeighbourRow): Neighbour {
  const { id, number, text, state, basis, days } = row
  return { complaintId: id, number, text, open: state === 'open', basis, days }
}

/** The complaint this one repeats. */
export async function findFirst(
  r: ReadHandle,
  complaintId: number,
): Promise<Neighbour | undefined> {
  const row = await selectNeighbours(r, 'first_id')
    .where('recomplaint.complaint_id', '=', complaintId)
    .executeTakeFirst()
  return row && toNeighbour(row)
}

/** Complaints that repeat this one, in the order they came. */
export async function listRepeats(r: ReadHandle, firstId: number): Promise<Neighbour[]> {
  const rows = await selectNeighbours(r, 'complaint_id')
    .where('recomplaint.first_id', '=', firstId)
    .orderBy('complaint.id')
    .execute()
  return rows.map(toNeighbour)
}

/** A complaint by its number, with the first of its chain. */
export async function findByNumber(
  r: ReadHandle,
  number: string,
): Promise<{ id: number; firstId: number | null; businessDate: string } | undefined> {
  const row = await r
    .selectFrom('complaint')
    .leftJoin('recomplaint', (join) =>
      join
        .onRef('recomplaint.complaint_id', '=', 'complaint.id')
        .on('recomplaint.dropped_at', 'is', null),
    )
    .select(['complaint.id', 'complaint.business_date', 'recomplaint.first_id'])
    .where('complaint.number', '=', number)
    .executeTakeFirst()
  return row && { id: row.id, firstId: row.first_id, businessDate: row.business_date }
}

export interface ComplaintSettings {
  recomplaintDays: number
  byCustomer: boolean
  byItem: boolean
  byCause: boolean
  version: number
}

export async function readSettings(r: ReadHandle): Promise<ComplaintSettings> {
  const row = await r.selectFrom('complaint_settings').selectAll().executeTakeFirstOrThrow()
  return {
    recomplaintDays: row.recomplaint_days,
    byCustomer: row.by_customer === 1,
    byItem: row.by_item === 1,
    byCause: row.by_cause === 1,
    version: row.version,
  }
}

/** @returns false when somebody else changed them since `version`. */
export async function writeSettings(w: WriteHandle, next: ComplaintSettings): Promise<boolean> {
  const result = await w
    .updateTable('complaint_settings')
    .set({
      recomplaint_days: next.recomplaintDays,
      by_customer: next.byCustomer ? 1 : 0,
      by_item: next.byItem ? 1 : 0,
      by_cause: next.byCause ? 1 : 0,
      version: next.version + 1,
    })
    .where('version', '=', next.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
