import type { ReadHandle } from '../database/store.ts'
import { daysBetween } from '../foundation/business-date.ts'
import { canonicalDocumentNumber } from '../foundation/document-number.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { candidatesFor } from './candidates.ts'
import {
  findByNumber,
  listDifferingIds,
  listInstructionEvents,
  listInstructionIds,
  listSettlementIds,
  listUnclaimedReturns,
  readContexts,
  sumOpen,
} from './list-store.ts'
import {
  findSettlement,
  listRelatedReceipts,
  readFreePayments,
  readOpenInstructions,
  tenderKey,
  type TillPaymentRecord,
} from './matching-store.ts'
import { readSettings } from './settings.ts'
import { findInstructions, type InstructionRecord, listOfSettlement } from './store.ts'

interface Days {
  from: string
  to: string
}

/** Rows of one side of the list; a day's worth of the largest store several times over. */
const mostRows = 2_000
/** Settlements shown of a range of days. */
const mostSettled = 200

/** Instructions with what a list says of each, in the order of `ids`. */
export async function describeInstructions(r: ReadHandle, call: Call, ids: readonly number[]) {
  if (ids.length === 0) return []
  const records: InstructionRecord[] = []
  for (let from = 0; from < ids.length; from += 500) {
    records.push(...(await findInstructions(r, ids.slice(from, from + 500))))
  }
  const contexts = await readContexts(r, ids)
  const byId = new Map(records.map((each) => [each.id, each]))
  return ids.flatMap((id) => {
    const record = byId.get(id)
    const context = contexts.get(id)
    if (!record || !context) return []
    return [
      { ...record, ...context, age: Math.max(daysBetween(record.businessDate, call.today), 0) },
    ]
  })
}

export type DescribedInstruction = Awaited<ReturnType<typeof describeInstructions>>[number]

/** Everything that does not agree, for a person to settle. */
export async function reconcile(r: ReadHandle, call: Call, days: Days) {
  if (days.from > days.to) refuse('instructions.days_reversed')
  const openIds = await listInstructionIds(r, 'open', mostRows + 1)
  const desk = await describeInstructions(r, call, openIds.slice(0, mostRows))
  const tillIds = await listUnclaimedReturns(r, days, mostRows + 1)
  const inRange = tillIds.slice(0, mostRows)
  const related = await listRelatedReceipts(r, {
    saleIds: [...new Set(desk.flatMap(({ receiptId }) => receiptId ?? []))],
    posKeys: [],
  })
  const payments = await readFreePayments(r, [...inRange, ...related])
  const { windowDays } = await readSettings(r)
  const open = await readOpenInstructions(r)
  const atDesk = new Set(desk.map(({ id }) => id))
  const candidates = candidatesFor(open, payments, windowDays, atDesk)
  const shown = new Set(inRange)
  const named = new Set(candidates.map(({ receiptId }) => receiptId))
  const till = payments
    .filter(({ receiptId }) => shown.has(receiptId) || named.has(receiptId))
    .toSorted((a, b) => a.businessDate.localeCompare(b.businessDate) || a.receiptId - b.receiptId)
  return {
    desk,
    moreAtDesk: openIds.length > mostRows,
    till: till.map((payment) => describePayment(call, payment)),
    moreAtTills: tillIds.length > mostRows,
    candidates,
    differing: await describeSettlements(r, await listDifferingIds(r)),
    settled: await describeSettlements(r, await listSettlementIds(r, days, mostSettled)),
    totals: [
      ...(await totalsAtDesk(r)),
      ...totalsAtTills(till.filter(({ receiptId }) => shown.has(receiptId))),
    ],
  }
}

function describePayment(call: Call, payment: TillPaymentRecord) {
  return {
    ...payment,
    parts: payment.parts && [...payment.parts],
    mentions: [...payment.mentions],
    age: Math.max(daysBetween(payment.businessDate, call.today), 0),
  }
}

async function describeSettlements(r: ReadHandle, ids: readonly number[]) {
  const described = []
  for (const id of ids) {
    const found = await findSettlement(r, id)
    if (!found) continue
    described.push({ ...found, instructions: await listOfSettlement(r, id) })
  }
  return described
}

async function totalsAtDesk(r: ReadHandle) {
  const rows = await sumOpen(r)
  return rows.map((row) => ({
    businessDate: row.business_date,
    side: 'desk' as const,
    direction: row.direction,
    tender: tenderKey({ kind: row.tender_kind, label: row.tender_label }),
    currency: row.currency,
    count: row.count,
    amount: row.sum,
  }))
}

/** A receipt counts once for each way it was paid. */
function totalsAtTills(payments: readonly TillPaymentRecord[]) {
  const totals = new Map<string, ReturnType<typeof emptyTotal>>()
  for (const payment of payments) {
    const parts = payment.parts ?? [{ tender: 'unknown', amount: payment.amount }]
    for (const part of parts) {
      const key = [payment.businessDate, payment.direction, part.tender, payment.currency].join(' ')
      const total = totals.get(key) ?? emptyTotal(payment, part.tender)
      total.count += 1
      total.amount += part.amount
      totals.set(key, total)
    }
  }
  return [...totals.values()]
}

function emptyTotal({ businessDate, direction, currency }: TillPaymentRecord, tender: string) {
  return { businessDate, side: 'till' as const, direction, tender, currency, count: 0, amount: 0 }
}

/** The oldest shown on the first screen. */
const oldestShown = 3

/** What waits for the POS now. */
export async function pendingNow(r: ReadHandle, call: Call) {
  const ids = await listInstructionIds(r, 'open', mostRows)
  const open = await describeInstructions(r, call, ids)
  const sums = await sumOpen(r)
  const sumOf = (direction: string) =>
    sums.filter((row) => row.direction === direction).reduce((sum, row) => sum + row.sum, 0)
  return {
    count: sums.reduce((count, row) => count + row.count, 0),
    ambiguous: open.filter(({ state }) => state === 'ambiguous').length,
    payOut: sumOf('pay_out'),
    collect: sumOf('collect'),
    oldest: open.slice(0, oldestShown),
  }
}

/** One instruction by whatever of its number was typed or scanned. Refuses with `instructions.unknown`. */
export async function openInstruction(r: ReadHandle, call: Call, typed: string) {
  const id = await findByNumber(r, canonicalDocumentNumber(typed) ?? typed.trim().toUpperCase())
  if (id === null) refuse('instructions.unknown')
  const [found] = await describeInstructions(r, call, [id])
  if (!found) refuse('instructions.unknown')
  const { settlementId } = found
  const settlement = settlementId === null ? undefined : await findSettlement(r, settlementId)
  return {
    ...found,
    settlement: settlement ?? null,
    events: await listInstructionEvents(r, id),
  }
}
