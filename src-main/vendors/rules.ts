import { addDays, addMonths, type BusinessDate, daysBetween } from '../foundation/business-date.ts'
import { allocate, type MinorUnits, sumMoney } from '../foundation/money.ts'
import type { StateMachine } from '../foundation/state-machine.ts'

export type ClaimState =
  | 'drafted'
  | 'sent'
  | 'negotiating'
  | 'escalated'
  | 'disputed'
  | 'agreed'
  | 'deemed'
  | 'ruled'
  | 'withdrawn'
  | 'reversed'

export type ClaimAction =
  | 'send'
  | 'reply'
  | 'offer'
  | 'note'
  | 'agree'
  | 'deem'
  | 'rule'
  | 'escalate'
  | 'dispute'
  | 'withdraw'
  | 'reverse'

/** Both signatures: theirs on screen or paper, ours with the authority the amount takes. */
const signed = ['their signature', 'authority for the amount', 'within what the store gave']
const ruled = ['store manager', 'grounds', 'within what the store gave']

/**
 * The thread of a case with a vendor or a carrier (domain.md §3.5, §3.6 rows 12 and 16). It goes its own way: the
 * customer's case may be closed long before.
 */
export const vendorClaimMachine: StateMachine<ClaimState, ClaimAction> = {
  initial: 'drafted',
  states: [
    'drafted',
    'sent',
    'negotiating',
    'escalated',
    'disputed',
    'agreed',
    'deemed',
    'ruled',
    'withdrawn',
    'reversed',
  ],
  transitions: [
    { from: 'drafted', action: 'note', to: 'drafted' },
    { from: 'drafted', action: 'send', to: 'sent', needs: ['channel', 'day of the answer'] },
    { from: 'drafted', action: 'agree', to: 'agreed', needs: signed },
    { from: 'drafted', action: 'withdraw', to: 'withdrawn', needs: ['reason'] },
    { from: 'sent', action: 'send', to: 'sent', needs: ['channel'] },
    { from: 'sent', action: 'note', to: 'sent' },
    { from: 'sent', action: 'reply', to: 'negotiating' },
    { from: 'sent', action: 'offer', to: 'negotiating', needs: ['amount'] },
    { from: 'sent', action: 'agree', to: 'agreed', needs: signed },
    {
      from: 'sent',
      action: 'deem',
      to: 'deemed',
      needs: ['contract takes silence for a yes', 'day of the answer is over'],
    },
    { from: 'sent', action: 'escalate', to: 'escalated', needs: ['reason'] },
    { from: 'sent', action: 'dispute', to: 'disputed', needs: ['reason'] },
    { from: 'sent', action: 'withdraw', to: 'withdrawn', needs: ['reason'] },
    { from: 'negotiating', action: 'reply', to: 'negotiating' },
    { from: 'negotiating', action: 'offer', to: 'negotiating', needs: ['amount'] },
    { from: 'negotiating', action: 'note', to: 'negotiating' },
    { from: 'negotiating', action: 'agree', to: 'agreed', needs: signed },
    { from: 'negotiating', action: 'escalate', to: 'escalated', needs: ['reason'] },
    { from: 'negotiating', action: 'dispute', to: 'disputed', needs: ['reason'] },
    { from: 'negotiating', action: 'withdraw', to: 'withdrawn', needs: ['reason'] },
    { from: 'escalated', action: 'send', to: 'escalated', needs: ['channel'] },
    { from: 'escalated', action: 'reply', to: 'negotiating' },
    { from: 'escalated', action: 'offer', to: 'negotiating', needs: ['amount'] },
    { from: 'escalated', action: 'note', to: 'escalated' },
    { from: 'escalated', action: 'agree', to: 'agreed', needs: signed },
    { from: 'escalated', action: 'rule', to: 'ruled', needs: ruled },
    { from: 'escalated', action: 'dispute', to: 'disputed', needs: ['reason'] },
    { from: 'escalated', action: 'withdraw', to: 'withdrawn', needs: ['reason'] },
    { from: 'disputed', action: 'reply', to: 'disputed' },
    { from: 'disputed', action: 'offer', to: 'disputed', needs: ['amount'] },
    { from: 'disputed', action: 'note', to: 'disputed' },
    { from: 'disputed', action: 'agree', to: 'agreed', needs: signed },
    { from: 'disputed', action: 'rule', to: 'ruled', needs: ruled },
    { from: 'disputed', action: 'withdraw', to: 'withdrawn', needs: ['reason'] },
    { from: 'agreed', action: 'reverse', to: 'reversed', needs: ['manager', 'reason'] },
    { from: 'deemed', action: 'reverse', to: 'reversed', needs: ['manager', 'reason'] },
    { from: 'ruled', action: 'reverse', to: 'reversed', needs: ['manager', 'reason'] },
  ],
}

/** States in which somebody still has to do something. */
export const openStates = ['drafted', 'sent', 'negotiating', 'escalated', 'disputed'] as const

export function isOpenClaim(state: ClaimState): boolean {
  return openStates.some((each) => each === state)
}

/** How near the day of an answer is: `soon` from the day before. */
export function dueOf(
  claim: { state: ClaimState; replyBy: BusinessDate | null },
  today: BusinessDate,
): 'none' | 'later' | 'soon' | 'overdue' {
  const waits = claim.state === 'sent' || claim.state === 'escalated'
  if (!waits || claim.replyBy === null) return 'none'
  return nearness(claim.replyBy, today, 1)
}

/** The same for any last day. */
export function nearness(
  last: BusinessDate,
  today: BusinessDate,
  soonDays: number,
): 'later' | 'soon' | 'overdue' {
  const left = daysBetween(today, last)
  if (left < 0) return 'overdue'
  return left <= soonDays ? 'soon' : 'later'
}

/**
 * The last day of an answer: so many workdays of the store after the day the notice went out. `isWorkday` says which
 * days count; a store that is closed for good gets calendar days instead of none.
 */
export function replyDay(
  sentOn: BusinessDate,
  workdays: number,
  isWorkday: (date: BusinessDate) => boolean,
): BusinessDate {
  let day = sentOn
  let left = workdays
  for (let passed = 0; left > 0 && passed < 366; passed += 1) {
    day = addDays(day, 1)
    if (isWorkday(day)) left -= 1
  }
  return left > 0 ? addDays(sentOn, workdays) : day
}

/** What a refund cost the store, by what it was spent on. */
export interface RefundCosts {
  /** What the customer got for it, expenses he had advanced included. */
  paidOut: MinorUnits
  costs: readonly {
    kind: 'freight' | 'test_fee'
    amount: MinorUnits
    paidBy: 'store' | 'customer'
    customerAmount: MinorUnits
    storeAmount: MinorUnits
  }[]
}

/**
 * Parts what a refund paid out into goods and expenses: what the customer had advanced for the store's account is no
 * money for goods, and what he bears of an expense the store paid was taken off his money for the goods.
 */
export function partRefund({ paidOut, costs }: RefundCosts): {
  goods: MinorUnits
  freight: MinorUnits
  testFee: MinorUnits
} {
  const advanced = sumMoney(
    costs.filter((each) => each.paidBy === 'customer').map((each) => each.storeAmount),
  )
  const setOff = sumMoney(
    costs.filter((each) => each.paidBy === 'store').map((each) => each.customerAmount),
  )
  const of = (kind: 'freight' | 'test_fee') =>
    sumMoney(costs.filter((each) => each.kind === kind).map((each) => each.storeAmount))
  return {
    goods: Math.max(paidOut - advanced + setOff, 0),
    freight: of('freight'),
    testFee: of('test_fee'),
  }
}

/** The share of goods that are one vendor's, of money paid for the goods of several. */
export function shareOfVendor(
  goods: MinorUnits,
  lines: readonly { vendor: string; amount: MinorUnits }[],
  vendor: string,
): MinorUnits {
  const total = sumMoney(lines.map((each) => each.amount))
  if (total <= 0) return 0
  const shares = allocate(
    goods,
    lines.map((each) => each.amount),
  )
  return sumMoney(shares.filter((_, index) => lines[index]?.vendor === vendor))
}

/** What may still be passed on: never more than the store gave, less what others bear already. */
export function mostToPassOn(given: MinorUnits, bornByOthers: MinorUnits): MinorUnits {
  return Math.max(given - bornByOthers, 0)
}

/** Both parts of a split; refuses to make the other side bear more than there is by returning null. */
export function splitOf(
  total: MinorUnits,
  vendorAmount: MinorUnits,
): { vendorAmount: MinorUnits; storeAmount: MinorUnits } | null {
  if (vendorAmount < 0 || vendorAmount > total) return null
  return { vendorAmount, storeAmount: total - vendorAmount }
}

/** The last day of a month written `2026-11`. */
export function lastDayOf(month: string): BusinessDate {
  return addDays(addMonths(`${month}-01`, 1), -1)
}

export interface LedgerLine {
  id: number
  amount: MinorUnits
  businessDate: BusinessDate
}

/**
 * What a vendor's list of a month carries: every entry up to its last day that no earlier list has. What is booked
 * after a month was closed waits for the next one, whatever its day.
 */
export function entriesForMonth<Entry extends LedgerLine>(
  entries: readonly Entry[],
  listed: ReadonlySet<number>,
  month: string,
): Entry[] {
  const last = lastDayOf(month)
  return entries
    .filter((each) => each.businessDate <= last && !listed.has(each.id))
    .toSorted((a, b) => a.businessDate.localeCompare(b.businessDate) || a.id - b.id)
}

/** The middle of some whole numbers; the lower one of two middles. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}
