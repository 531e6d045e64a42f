import { nextRole, type ApproverRole } from '../approvals/rules.ts'
import { refuse } from '../foundation/errors.ts'
import { type MinorUnits, sumMoney } from '../foundation/money.ts'
import type { StateMachine } from '../foundation/state-machine.ts'
import type { Party } from '../investigations/rules.ts'
import { type itemKinds, linkedKinds, moneyKinds, type payHows } from './contract.ts'

export type SettlementState =
  | 'offered'
  | 'declined'
  | 'escalated'
  | 'agreed'
  | 'executed'
  | 'failed'
  | 'void'
export type SettlementAction =
  | 'propose'
  | 'accept'
  | 'decline'
  | 'decline_again'
  | 'decline_finally'
  | 'execute'
  | 'complete'
  | 'undo'
  | 'give_up'
  | 'void'

/**
 * Two rounds with the customer; after the second no the next level makes the last offer, or both sides part and the
 * customer is told where to turn (domain.md §2.5, §3.6 rows 168, 169).
 */
export const settlementMachine: StateMachine<SettlementState, SettlementAction> = {
  initial: 'offered',
  states: ['offered', 'declined', 'escalated', 'agreed', 'executed', 'failed', 'void'],
  transitions: [
    {
      from: 'offered',
      action: 'accept',
      to: 'agreed',
      needs: ['option chosen', 'executor'],
    },
    { from: 'offered', action: 'decline', to: 'declined', needs: ['first round'] },
    { from: 'offered', action: 'decline_again', to: 'escalated', needs: ['second round'] },
    { from: 'offered', action: 'decline_finally', to: 'failed', needs: ['third round'] },
    { from: 'declined', action: 'propose', to: 'offered', needs: ['authority or approval'] },
    {
      from: 'escalated',
      action: 'propose',
      to: 'offered',
      needs: ['the next level', 'authority or approval'],
    },
    { from: 'declined', action: 'give_up', to: 'failed', needs: ['reason'] },
    { from: 'escalated', action: 'give_up', to: 'failed', needs: ['reason'] },
    { from: 'agreed', action: 'execute', to: 'agreed', needs: ['proof of the item'] },
    { from: 'agreed', action: 'complete', to: 'executed', needs: ['every item carried out'] },
    {
      from: 'agreed',
      action: 'undo',
      to: 'agreed',
      needs: ['reason', 'floor manager', 'payment not made'],
    },
    {
      from: 'executed',
      action: 'undo',
      to: 'agreed',
      needs: ['reason', 'floor manager', 'payment not made', 'complaint open'],
    },
    { from: 'offered', action: 'void', to: 'void', needs: ['reason'] },
    { from: 'declined', action: 'void', to: 'void', needs: ['reason'] },
    { from: 'escalated', action: 'void', to: 'void', needs: ['reason'] },
    { from: 'agreed', action: 'void', to: 'void', needs: ['reason', 'nothing carried out'] },
  ],
}

/** What a no leads to, round by round. */
export function declineOf(round: number): 'decline' | 'decline_again' | 'decline_finally' {
  return round === 1 ? 'decline' : round === 2 ? 'decline_again' : 'decline_finally'
}

/** The lowest role that makes the offer after a second no: the one above whoever made the last. */
export function levelAfter(round: number, proposer: ApproverRole): ApproverRole {
  return round < 2 ? 'clerk' : (nextRole(proposer) ?? 'store_manager')
}

export type ItemKind = (typeof itemKinds)[number]
export type MoneyKind = (typeof moneyKinds)[number]
export type LinkedKind = (typeof linkedKinds)[number]
export type PayHow = (typeof payHows)[number]

export interface Item {
  kind: ItemKind
  what: string
  amount: MinorUnits
  borneBy: Party
  borneName: string
  payHow: PayHow | null
  outlayId: number | null
}

export interface Option {
  title: string
  items: readonly Item[]
}

export function isMoney(kind: ItemKind): kind is MoneyKind {
  return moneyKinds.some((each) => each === kind)
}

export function isLinked(kind: ItemKind): kind is LinkedKind {
  return linkedKinds.some((each) => each === kind)
}

/** Money beyond the goods in an option. */
export function totalOf(items: readonly Pick<Item, 'kind' | 'amount'>[]): MinorUnits {
  return sumMoney(items.filter(({ kind }) => isMoney(kind)).map(({ amount }) => amount))
}

/** The most an offer can come to: the customer chooses, so the dearest option is what must be approved. */
export function mostOf(options: readonly Option[]): MinorUnits {
  return Math.max(0, ...options.map(({ items }) => totalOf(items)))
}

/**
 * What the limits are asked about: any money beyond the goods is compensation, a gift is goodwill as well, so that
 * nobody gives more than the day allows by calling it a settlement; a risk goes to the top with or without money.
 */
export function kindsOf(
  options: readonly Option[],
  atRisk: boolean,
): ('goodwill' | 'compensation' | 'risk_flag')[] {
  const items = options.flatMap((option) => option.items)
  return [
    ...(items.some(({ kind }) => kind === 'goodwill') ? (['goodwill'] as const) : []),
    ...(items.some(({ kind }) => isMoney(kind)) ? (['compensation'] as const) : []),
    ...(atRisk ? (['risk_flag'] as const) : []),
  ]
}

/**
 * Refuses an option that cannot be carried out: money without an amount or a way to pay, a way to pay for what is no
 * money (`settlements.bad_item`); what is owed paid as a voucher (`settlements.voucher_is_gift`); more back than the
 * customer paid, or the same outlay twice (`settlements.bad_outlay`); a vendor, carrier or maker without a name
 * (`investigations.party_unnamed`); something other than money or a remedy without words (`settlements.bad_item`).
 */
export function requireSound(
  options: readonly Option[],
  outlays: readonly { id: number; amount: MinorUnits }[],
): void {
  for (const { items } of options) {
    for (const item of items) requireSoundItem(item, outlays)
    const used = items.flatMap(({ outlayId }) => outlayId ?? [])
    if (new Set(used).size < used.length) refuse('settlements.bad_outlay')
  }
}

function requireSoundItem(
  item: Item,
  outlays: readonly { id: number; amount: MinorUnits }[],
): void {
  const { kind, amount, payHow, outlayId, borneBy, borneName, what } = item
  const isPaid = isMoney(kind)
  if (isPaid !== (payHow !== null) || (isPaid && amount <= 0)) refuse('settlements.bad_item')
  if (!isPaid && !isLinked(kind) && (amount !== 0 || (kind === 'other' && what === ''))) {
    refuse('settlements.bad_item')
  }
  if (payHow === 'voucher' && kind !== 'goodwill') refuse('settlements.voucher_is_gift')
  if ((kind === 'reimbursement') !== (outlayId !== null)) refuse('settlements.bad_outlay')
  if (outlayId !== null) {
    const outlay = outlays.find(({ id }) => id === outlayId)
    if (!outlay || amount > outlay.amount) refuse('settlements.bad_outlay')
  }
  if (borneName === '' && borneBy !== 'store' && borneBy !== 'customer') {
    refuse('investigations.party_unnamed')
  }
}

/** A compensation as the ledger adds it up. */
export interface LedgerLine {
  kind: MoneyKind
  amount: MinorUnits
  borneBy: Party
  borneName: string
  voided: object | null
}

/** What stands of a ledger, in all, by who bears it (the most first) and by kind; what was taken back counts nothing. */
export function totalsOf(entries: readonly LedgerLine[]) {
  const standing = entries.filter(({ voided }) => voided === null)
  const sumOf = (list: readonly LedgerLine[]) => ({
    count: list.length,
    amount: sumMoney(list.map(({ amount }) => amount)),
  })
  const parties = new Map<string, { party: Party; name: string; lines: LedgerLine[] }>()
  for (const line of standing) {
    const { borneBy: party, borneName: name } = line
    const key = `${party} ${name}`
    const known = parties.get(key)
    if (known) known.lines.push(line)
    else parties.set(key, { party, name, lines: [line] })
  }
  return {
    total: sumOf(standing).amount,
    byParty: [...parties.values()]
      .map(({ party, name, lines }) => ({ party, name, ...sumOf(lines) }))
      .toSorted((a, b) => b.amount - a.amount),
    byKind: moneyKinds
      .map((kind) => ({ kind, ...sumOf(standing.filter((each) => each.kind === kind)) }))
      .filter(({ count }) => count > 0),
  }
}
