import { refuse } from '../foundation/errors.ts'
import { allocate, type MinorUnits, sumMoney } from '../foundation/money.ts'
import type { tenderKinds } from '../sales/contract.ts'
import type { otherTenderNeeds } from './contract.ts'

export type TenderKind = (typeof tenderKinds)[number]

/** One way a sale was paid and what went back that way before. */
export interface PaidTender {
  /** Null for the part of the sale no tender in the file covers. */
  tenderId: number | null
  kind: TenderKind
  label: string
  paid: MinorUnits
  refundedBefore: MinorUnits
  /** Of a stored-value payment: how much of it was the store's gift, and how much of the gift went back before. */
  giftPaid: MinorUnits
  giftRefundedBefore: MinorUnits
}

export interface TenderShare {
  tenderId: number | null
  kind: TenderKind
  label: string
  amount: MinorUnits
  /** Part of `amount` that goes back to the gift balance of a stored-value card. */
  giftPart: MinorUnits
}

/**
 * Takes the change out of what tills write as handed over: where the payments come to more than the sale, the rest
 * was given back from the drawer, so it is cash.
 */
export function withoutChange(tenders: readonly PaidTender[], total: MinorUnits): PaidTender[] {
  const handedOver = tenders.filter((tender) => tender.paid > 0)
  let change = Math.max(sumMoney(handedOver.map((tender) => tender.paid)) - Math.max(total, 0), 0)
  return tenders.map((tender) => {
    if (tender.kind !== 'cash' || tender.paid <= 0) return { ...tender }
    const given = Math.min(change, tender.paid)
    change -= given
    return { ...tender, paid: tender.paid - given }
  })
}

/**
 * Splits a refund back the way the sale was paid: in proportion to what is left of each tender, by largest remainder,
 * never more than that tender paid (domain.md §5.4), so that the last refund takes the rest exactly. What no tender
 * covers goes to `other`.
 */
export function splitOverTenders(
  amount: MinorUnits,
  tenders: readonly PaidTender[],
): TenderShare[] {
  const left = tenders.map((tender) => roomOf(tender))
  const covered = Math.min(amount, sumMoney(left))
  const shares = covered > 0 ? allocate(covered, left) : left.map(() => 0)
  const split = tenders.map((tender, index): TenderShare => {
    const share = shares[index] ?? 0
    const { tenderId, kind, label } = tender
    return { tenderId, kind, label, amount: share, giftPart: giftPartOf(tender, share) }
  })
  split.push({ tenderId: null, kind: 'other', label: '', amount: amount - covered, giftPart: 0 })
  return joinUncovered(split.filter((share) => share.amount > 0))
}

/**
 * How much of a payment was the store's gift: as somebody wrote it down, or all of it where the till keeps the gift
 * balance as a payment of its own and names it so.
 */
export function giftPaidOf(
  tender: Pick<PaidTender, 'kind' | 'label' | 'paid'>,
  known: MinorUnits | undefined,
): MinorUnits {
  if (tender.kind !== 'stored_value') return 0
  return known ?? (/赠|gift|bonus/i.test(tender.label) ? Math.max(tender.paid, 0) : 0)
}

/** What can still go back by a tender. */
export function roomOf(tender: PaidTender): MinorUnits {
  return Math.max(tender.paid - tender.refundedBefore, 0)
}

/**
 * Principal and gift of a stored-value card go back in the proportion in which they paid. Counted over all refunds
 * together and rounded half up once, so that no order of refunds moves a 分 and the last one takes the rest.
 */
function giftPartOf(tender: PaidTender, share: MinorUnits): MinorUnits {
  if (tender.giftPaid <= 0 || tender.paid <= 0 || share === 0) return 0
  const backNow = BigInt(Math.min(tender.refundedBefore + share, tender.paid))
  const paid = BigInt(tender.paid)
  const gift = Number((2n * BigInt(tender.giftPaid) * backNow + paid) / (2n * paid))
  const most = Math.min(share, tender.giftPaid - tender.giftRefundedBefore)
  return Math.max(Math.min(gift - tender.giftRefundedBefore, most), 0)
}

/** One row for what no tender covers, whichever way it arose. */
function joinUncovered(split: TenderShare[]): TenderShare[] {
  const uncovered = split.filter((share) => share.tenderId === null)
  const first = uncovered[0]
  if (!first || uncovered.length === 1) return split
  const amount = sumMoney(uncovered.map((share) => share.amount))
  return [...split.filter((share) => share.tenderId !== null), { ...first, amount }]
}

export type OtherTenderNeed = (typeof otherTenderNeeds)[number]

/**
 * Which tenders may go back as what. A pair that is not listed is not allowed; the original tender always is
 * (domain.md §3.1 row 11, §4.2 I21: paying by card and taking cash is a known fraud).
 */
export interface TenderPolicy {
  /** The original tender is mandatory: no other way, whatever the list says. */
  originalOnly: boolean
  ways: readonly { from: TenderKind; to: TenderKind; needs: OtherTenderNeed }[]
}

/** What a store starts with: cash instead of a card or a wallet with a manager, a voucher with the form alone. */
export const usualTenderPolicy: TenderPolicy = {
  originalOnly: false,
  ways: [
    { from: 'bank_card', to: 'cash', needs: 'manager' },
    { from: 'alipay', to: 'cash', needs: 'manager' },
    { from: 'wechat', to: 'cash', needs: 'manager' },
    { from: 'stored_value', to: 'cash', needs: 'manager' },
    { from: 'other', to: 'cash', needs: 'manager' },
    { from: 'cash', to: 'stored_value', needs: 'form' },
    { from: 'cash', to: 'voucher', needs: 'form' },
    { from: 'bank_card', to: 'voucher', needs: 'form' },
    { from: 'alipay', to: 'voucher', needs: 'form' },
    { from: 'wechat', to: 'voucher', needs: 'form' },
    { from: 'other', to: 'voucher', needs: 'form' },
  ],
}

/** The customer asks for another way than the one the sale was paid. */
export interface OtherTenderRequest {
  tenderId: number | null
  to: TenderKind
  /** What the form gives as the reason. */
  reason: string
}

/** A share on its way back: by the tender that paid, or by another one on request. */
export interface TenderBack extends TenderShare {
  /** What it was paid with, where it goes back otherwise. */
  insteadOf: { kind: TenderKind; label: string; needs: OtherTenderNeed; reason: string } | null
}

/**
 * Turns shares to another tender where that was asked for and the store allows it.
 *
 * Refuses a tender the sale was not paid with or nothing goes back by (`refunds.unknown_tender`), a way the store
 * does not allow (`refunds.tender_not_allowed`) and a request without a reason (`refunds.form_needs_reason`).
 */
export function redirectShares(
  shares: readonly TenderShare[],
  requests: readonly OtherTenderRequest[],
  policy: TenderPolicy,
): TenderBack[] {
  for (const request of requests) {
    if (!shares.some((share) => share.tenderId === request.tenderId)) {
      refuse('refunds.unknown_tender')
    }
  }
  return shares.flatMap((share) => {
    const request = requests.find((each) => each.tenderId === share.tenderId)
    if (!request || request.to === share.kind) return [{ ...share, insteadOf: null }]
    const needs = needOf(policy, share.kind, request.to)
    if (needs === null) refuse('refunds.tender_not_allowed')
    if (request.reason.trim() === '') refuse('refunds.form_needs_reason')
    const { kind, label, giftPart } = share
    const insteadOf = { kind, label, needs, reason: request.reason }
    const principal = share.amount - giftPart
    return [
      { ...share, kind: request.to, label: '', amount: principal, giftPart: 0, insteadOf },
      // The store's gift was never the customer's money: it goes back to the card, whatever the rest becomes.
      { ...share, amount: giftPart, insteadOf: null },
    ].filter((part) => part.amount > 0)
  })
}

/** Who must agree to pay `from` back as `to`; null where nobody can. */
export function needOf(
  policy: TenderPolicy,
  from: TenderKind,
  to: TenderKind,
): OtherTenderNeed | null {
  if (policy.originalOnly) return null
  return policy.ways.find((way) => way.from === from && way.to === to)?.needs ?? null
}

/** Every other way the store allows for a tender, and what each takes. */
export function waysFor(
  policy: TenderPolicy,
  from: TenderKind,
): { to: TenderKind; needs: OtherTenderNeed }[] {
  if (policy.originalOnly) return []
  return policy.ways.filter((way) => way.from === from).map(({ to, needs }) => ({ to, needs }))
}
