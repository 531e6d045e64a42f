import { record } from '../audit/index.ts'
import type { ReadHandle } from '../database/store.ts'
import { addDays, businessDateOf, daysBetween } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { sumMoney } from '../foundation/money.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import { listOpenOfVendor, listReplies } from './claim-store.ts'
import type { vendorsContract } from './contract.ts'
import { shownLine } from './due.ts'
import { listFaults, listSold, sumMoneyOf } from './fault-store.ts'
import { listNewest, sumWaiting } from './ledger-store.ts'
import {
  findTerms,
  findVendor,
  insertTerms,
  insertVendor,
  listCounters,
  listTerms,
  listVendors,
  type VendorName,
} from './register-store.ts'
import { medianOf } from './rules.ts'

/** Rows of a page. */
const pageSize = 40
/** Entries of the ledger shown beside a vendor. */
const ledgerShown = 60
/** Answers are reckoned over this many days. */
const repliesOver = 366

export async function requireVendor(r: ReadHandle, vendorId: number): Promise<VendorName> {
  return (await findVendor(r, vendorId)) ?? refuse('vendors.unknown')
}

/** How fast a vendor answered: notices of the last year. */
export async function replyFacts(r: ReadHandle, call: Call, vendorId: number) {
  const replies = await listReplies(r, vendorId, addDays(call.today, -repliesOver))
  const answered = replies.flatMap(({ sentAt, replyBy, firstReplyAt }) =>
    sentAt === null || firstReplyAt === null
      ? []
      : [
          {
            days: daysBetween(
              businessDateOf(new Date(sentAt), call.profile),
              businessDateOf(new Date(firstReplyAt), call.profile),
            ),
            inTime:
              replyBy === null || businessDateOf(new Date(firstReplyAt), call.profile) <= replyBy,
          },
        ],
  )
  return {
    sent: replies.length,
    answered: answered.length,
    inTime: answered.filter(({ inTime }) => inTime).length,
    median: medianOf(answered.map(({ days }) => days)),
  }
}

/** What a vendor's goods brought back in a period, beside what was sold: the same for page and paper. */
export async function faultsOf(
  r: ReadHandle,
  call: Call,
  { vendorId, from, to }: { vendorId: number; from: string; to: string },
) {
  const { name } = await requireVendor(r, vendorId)
  const period = { vendor: name, from, to }
  const sold = await listSold(r, period)
  const soldOf = new Map(sold.map((each) => [each.id, each.qtyMilli]))
  const rows = (await listFaults(r, period))
    .map((each) => ({
      ...each,
      sold: each.productId === null ? null : (soldOf.get(each.productId) ?? 0),
    }))
    .toSorted((a, b) => b.count - a.count || a.product.localeCompare(b.product))
  const { returned, charged, cases } = await sumMoneyOf(r, { ...period, vendorId })
  return {
    rows,
    soldUnits: sold.reduce((sum, each) => sum + each.qtyMilli, 0),
    soldAmount: sumMoney(sold.map((each) => each.amount)),
    cases,
    returned,
    charged,
    currency: call.profile.currency,
  }
}

export const registerHandlers: Pick<
  RoomHandlers<typeof vendorsContract>,
  'list' | 'add' | 'open' | 'saveTerms' | 'faults'
> = {
  list: query(async (r, call, asked) => {
    const found = await listVendors(r, asked, call.today, pageSize + 1)
    const rows = found.slice(0, pageSize)
    const last = rows.at(-1)
    const isMore = found.length > pageSize && last !== undefined
    return { rows, next: isMore ? { name: last.name, id: last.id } : null }
  }),

  add: command(['vendors'], async (w, call, vendor) => {
    const id = await insertVendor(w, vendor)
    if (id === undefined) refuse('vendors.known', { name: vendor.name })
    await record(w, call, 'vendors.add', { type: 'vendor', id }, vendor)
    return { id }
  }),

  open: query(async (r, call, { vendorId }) => {
    const vendor = await requireVendor(r, vendorId)
    const claims = await listOpenOfVendor(r, vendorId)
    return {
      ...vendor,
      counters: vendor.kind === 'vendor' ? await listCounters(r, vendor.name) : [],
      terms: await findTerms(r, vendorId),
      history: await listTerms(r, vendorId),
      openClaims: claims.map((claim) => shownLine(claim, call.today)),
      replies: await replyFacts(r, call, vendorId),
      ledger: await listNewest(r, vendorId, ledgerShown),
      waiting: await sumWaiting(r, vendorId),
      currency: call.profile.currency,
    }
  }),

  saveTerms: command(['vendors'], async (w, call, { vendorId, version, ...terms }) => {
    const vendor = await requireVendor(w, vendorId)
    const before = await findTerms(w, vendorId)
    if (before.version !== version) refuse('desk.changed_meanwhile')
    const at = call.now().toISOString()
    const next = version + 1
    const fresh = { ...terms, vendorId, version: next, at, by: call.actor.id }
    if (!(await insertTerms(w, fresh))) refuse('desk.changed_meanwhile')
    const data = { name: vendor.name, version: next, ...terms }
    await record(w, call, 'vendors.save_terms', { type: 'vendor', id: vendorId }, data)
    return { version: next }
  }),

  faults: query((r, call, asked) => faultsOf(r, call, asked)),
}
