import type { ReadHandle } from '../database/store.ts'
import { formatMoney } from '../foundation/money.ts'
import { refuse } from '../foundation/errors.ts'
import type { Call } from '../handlers.ts'
import { frameOf } from '../printing/frame.ts'
import { openCard, requireRoot } from './card.ts'
import { listPurchases } from './card-store.ts'
import type { CustomerCardFacts, ErasureFacts } from './document.ts'
import { findErasure } from './erase-store.ts'
import { pageServices } from './service-store.ts'
import { listFamily } from './store.ts'

/** Lines of each list: what an A6 card has room for, and what nobody has more of on the whole copy. */
const shownLines = { A6: 5, A4: 400 }

/** What the card of a customer prints, masked for whoever prints it; refuses one whose person was erased. */
export async function customerCardFacts(
  r: ReadHandle,
  call: Call,
  customerId: number,
  paper: CustomerCardFacts['paper'],
): Promise<CustomerCardFacts> {
  await requireRoot(r, customerId)
  const card = await openCard(r, call, customerId)
  const ids = await listFamily(r, customerId)
  const most = shownLines[paper]
  return {
    frame: frameOf(call),
    paper,
    copy: 0,
    number: `KH-${card.id}`,
    name: card.name,
    memberNos: card.memberNos,
    phone: card.phoneMasked,
    address: card.address,
    joinedOn: card.joinedOn,
    points: card.points,
    tier: card.tier,
    referredBy: card.referredBy?.name ?? null,
    bought: {
      receipts: card.bought.receipts,
      total: card.bought.amounts
        .map(({ total, currency }) => formatMoney(total, currency))
        .join(' + '),
      lastOn: card.bought.lastOn,
    },
    contact: card.contactRules
      .filter(({ holds }) => holds)
      .map(({ rule, channel, until, note }) => ({ rule, channel, until, note })),
    notes: card.notes
      .slice(0, most)
      .map(({ kind, text, businessDate }) => ({ kind, text, on: businessDate })),
    details: card.details.map(({ field, value, agreedAt }) => ({
      field,
      value,
      agreedOn: agreedAt.slice(0, 10),
    })),
    promises: card.promises.map(({ text, dueAt, owner }) => ({ text, dueAt, owner })),
    purchases: await listPurchases(r, ids, most),
    services: (await pageServices(r, ids, undefined, most)).map((row) => ({
      on: row.businessDate,
      kind: row.kind,
      number: row.number,
      text: row.text.replaceAll(/\s+/gu, ' ').slice(0, 60),
      amount:
        row.amount === null || row.currency === null ? '' : formatMoney(row.amount, row.currency),
    })),
  }
}

/** What the report of an erasure prints. */
export async function erasureFacts(
  r: ReadHandle,
  call: Call,
  erasureId: number,
): Promise<ErasureFacts> {
  const found = (await findErasure(r, erasureId)) ?? refuse('customers.unknown_erasure')
  const changed = Object.values(found.summary.rows)
  return {
    frame: frameOf(call),
    copy: 0,
    number: `KH-${found.customerId}`,
    erasedAt: found.erasedAt,
    reason: found.reason,
    askedBy: found.askedBy,
    confirmedBy: found.confirmedBy,
    rows: changed.reduce((sum, count) => sum + count, 0),
    tables: changed.length,
    files: found.summary.files,
    auditEntries: found.summary.auditEntries,
  }
}
