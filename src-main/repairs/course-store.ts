import type { RepairMovementTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import type { consentWays, feeKinds } from './contract.ts'

/** What happened to the goods of a repair: custody, waiting for parts, work, checks, quotes. */

export interface Movement {
  itemId: number
  at: string
  businessDate: string
  actorId: number
  action: string
  reception: string
  holder: RepairMovementTable['holder']
  holderName?: string
  holderContact?: string
  waybill?: string
  isDiagnosis?: boolean
  note?: string
}

export async function insertMovement(w: WriteHandle, movement: Movement): Promise<void> {
  await w
    .insertInto('repair_movement')
    .values({
      item_id: movement.itemId,
      at: movement.at,
      business_date: movement.businessDate,
      actor_id: movement.actorId,
      action: movement.action,
      reception: movement.reception,
      holder: movement.holder,
      holder_name: movement.holderName ?? '',
      holder_contact: movement.holderContact ?? '',
      waybill: movement.waybill ?? '',
      is_diagnosis: movement.isDiagnosis ? 1 : 0,
      note: movement.note ?? '',
    })
    .execute()
}

export interface MovementRecord {
  id: number
  itemId: number
  at: string
  actor: string
  action: string
  reception: string
  holder: RepairMovementTable['holder']
  holderName: string
  holderContact: string
  waybill: string
  isDiagnosis: boolean
  note: string
}

/** The custody log of some items, oldest first. */
export async function listMovements(
  r: ReadHandle,
  itemIds: readonly number[],
): Promise<MovementRecord[]> {
  if (itemIds.length === 0) return []
  const rows = await r
    .selectFrom('repair_movement')
    .innerJoin('operator', 'operator.id', 'repair_movement.actor_id')
    .selectAll('repair_movement')
    .select('operator.name as actor')
    .where('item_id', 'in', itemIds)
    .orderBy('repair_movement.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    at: row.at,
    actor: row.actor,
    action: row.action,
    reception: row.reception,
    holder: row.holder,
    holderName: row.holder_name,
    holderContact: row.holder_contact,
    waybill: row.waybill,
    isDiagnosis: row.is_diagnosis === 1,
    note: row.note,
  }))
}

export interface WaitRecord {
  id: number
  itemId: number
  part: string
  startedOn: string
  endedOn: string | null
}

export async function insertWait(
  w: WriteHandle,
  wait: { itemId: number; part: string; startedOn: string; by: number },
): Promise<number> {
  const { id } = await w
    .insertInto('repair_wait')
    .values({
      item_id: wait.itemId,
      part: wait.part,
      started_on: wait.startedOn,
      started_by: wait.by,
      ended_on: null,
      ended_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Ends a wait that still goes on, or all of an item where none is named; @returns how many. */
export async function writeWaitEnded(
  w: WriteHandle,
  wait: { itemId: number; id: number | null },
  ended: { on: string; by: number },
): Promise<number> {
  let query = w
    .updateTable('repair_wait')
    .set({ ended_on: ended.on, ended_by: ended.by })
    .where('item_id', '=', wait.itemId)
    .where('ended_on', 'is', null)
  if (wait.id !== null) query = query.where('id', '=', wait.id)
  const result = await query.executeTakeFirst()
  return Number(result.numUpdatedRows)
}

export async function listWaits(r: ReadHandle, itemIds: readonly number[]): Promise<WaitRecord[]> {
  if (itemIds.length === 0) return []
  return r
    .selectFrom('repair_wait')
    .select(['id', 'item_id as itemId', 'part', 'started_on as startedOn', 'ended_on as endedOn'])
    .where('item_id', 'in', itemIds)
    .orderBy('id')
    .execute()
}

type FeeKind = (typeof feeKinds)[number]

export interface WorkRecord {
  id: number
  itemId: number
  at: string
  by: string
  actualFault: string
  work: string
  doneBy: string
  minutes: number
  hourFee: number
  parts: { name: string; partNo: string; serialNo: string }[]
  fees: { kind: FeeKind; text: string; amount: number }[]
}

export async function insertWork(
  w: WriteHandle,
  work: Omit<WorkRecord, 'id' | 'by'> & { by: number },
): Promise<number> {
  const { id } = await w
    .insertInto('repair_work')
    .values({
      item_id: work.itemId,
      at: work.at,
      by: work.by,
      actual_fault: work.actualFault,
      work: work.work,
      done_by: work.doneBy,
      minutes: work.minutes,
      hour_fee: work.hourFee,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const part of work.parts) {
    await w
      .insertInto('repair_part')
      .values({
        work_id: id,
        name: part.name,
        part_no: part.partNo,
        serial_no: part.serialNo,
      })
      .execute()
  }
  for (const fee of work.fees) {
    await w
      .insertInto('repair_fee')
      .values({ work_id: id, ...fee })
      .execute()
  }
  return id
}

/** The work on some items, oldest first, in three reads however many there are. */
export async function listWorks(r: ReadHandle, itemIds: readonly number[]): Promise<WorkRecord[]> {
  if (itemIds.length === 0) return []
  const rows = await r
    .selectFrom('repair_work')
    .innerJoin('operator', 'operator.id', 'repair_work.by')
    .selectAll('repair_work')
    .select('operator.name as by_name')
    .where('item_id', 'in', itemIds)
    .orderBy('repair_work.id')
    .execute()
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return []
  const parts = await r
    .selectFrom('repair_part')
    .selectAll()
    .where('work_id', 'in', ids)
    .orderBy('id')
    .execute()
  const fees = await r
    .selectFrom('repair_fee')
    .selectAll()
    .where('work_id', 'in', ids)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    at: row.at,
    by: row.by_name,
    actualFault: row.actual_fault,
    work: row.work,
    doneBy: row.done_by,
    minutes: row.minutes,
    hourFee: row.hour_fee,
    parts: parts
      .filter((part) => part.work_id === row.id)
      .map((part) => ({ name: part.name, partNo: part.part_no, serialNo: part.serial_no })),
    fees: fees
      .filter((fee) => fee.work_id === row.id)
      .map(({ kind, text, amount }) => ({ kind, text, amount })),
  }))
}

export interface CheckRecord {
  itemId: number
  at: string
  by: string
  result: 'ok' | 'not_ok' | 'given_up'
  note: string
}

export async function insertCheck(
  w: WriteHandle,
  check: Omit<CheckRecord, 'by'> & { by: number },
): Promise<void> {
  await w
    .insertInto('repair_check')
    .values({
      item_id: check.itemId,
      at: check.at,
      by: check.by,
      result: check.result,
      note: check.note,
    })
    .execute()
}

export async function listChecks(
  r: ReadHandle,
  itemIds: readonly number[],
): Promise<CheckRecord[]> {
  if (itemIds.length === 0) return []
  return r
    .selectFrom('repair_check')
    .innerJoin('operator', 'operator.id', 'repair_check.by')
    .select(['item_id as itemId', 'at', 'operator.name as by', 'result', 'repair_check.note'])
    .where('item_id', 'in', itemIds)
    .orderBy('repair_check.id')
    .execute()
}

export interface QuoteRecord {
  id: number
  itemId: number
  estimate: number
  limit: number
  note: string
  at: string
  by: string
  state: 'open' | 'consented' | 'declined' | 'superseded'
  consentHow: (typeof consentWays)[number] | null
  consentBy: string
  consentAt: string | null
  signature: string | null
}

/** Writes a quote; the one before it, answered yes or not at all, no longer counts. */
export async function insertQuote(
  w: WriteHandle,
  quote: { itemId: number; estimate: number; limit: number; note: string; at: string; by: number },
): Promise<number> {
  await w
    .updateTable('repair_quote')
    .set({ state: 'superseded' })
    .where('item_id', '=', quote.itemId)
    .where('state', 'in', ['open', 'consented'])
    .execute()
  const { id } = await w
    .insertInto('repair_quote')
    .values({
      item_id: quote.itemId,
      at: quote.at,
      by: quote.by,
      estimate: quote.estimate,
      limit_amount: quote.limit,
      note: quote.note,
      answered_at: null,
      answered_by: null,
      consent_how: null,
      signature_sha256: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @returns false when the quote is not open any more. */
export async function writeAnswer(
  w: WriteHandle,
  quote: { id: number; itemId: number },
  answer: {
    state: 'consented' | 'declined'
    at: string
    by: number
    how: (typeof consentWays)[number] | null
    name: string
    signature: string | null
  },
): Promise<boolean> {
  const result = await w
    .updateTable('repair_quote')
    .set({
      state: answer.state,
      answered_at: answer.at,
      answered_by: answer.by,
      consent_how: answer.how,
      consent_by: answer.name,
      signature_sha256: answer.signature,
    })
    .where('id', '=', quote.id)
    .where('item_id', '=', quote.itemId)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The quotes of some items, oldest first. */
export async function listQuotes(
  r: ReadHandle,
  itemIds: readonly number[],
): Promise<QuoteRecord[]> {
  if (itemIds.length === 0) return []
  const rows = await r
    .selectFrom('repair_quote')
    .innerJoin('operator', 'operator.id', 'repair_quote.by')
    .selectAll('repair_quote')
    .select('operator.name as by_name')
    .where('item_id', 'in', itemIds)
    .orderBy('repair_quote.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    estimate: row.estimate,
    limit: row.limit_amount,
    note: row.note,
    at: row.at,
    by: row.by_name,
    state: row.state,
    consentHow: row.consent_how,
    consentBy: row.consent_by,
    consentAt: row.answered_at,
    signature: row.signature_sha256,
  }))
}
