import { addMonths, type BusinessDate } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import type { MinorUnits } from '../foundation/money.ts'
import type { StateMachine } from '../foundation/state-machine.ts'
import type { giveBackWays, issuers, voucherStates } from './contract.ts'

export type VoucherState = (typeof voucherStates)[number]
export type Issuer = (typeof issuers)[number]
export type GiveBack = (typeof giveBackWays)[number]
export type VoucherAction =
  | 'redeem_part'
  | 'redeem_rest'
  | 'credit'
  | 'cash_out'
  | 'undo_cash_out'
  | 'extend'
  | 'report_loss'
  | 'void'

/** The life of a voucher. What is spent can get money back from a refund; what is void or lost is dead for good. */
export const voucherMachine: StateMachine<VoucherState, VoucherAction> = {
  initial: 'active',
  states: ['active', 'spent', 'void', 'lost'],
  transitions: [
    { from: 'active', action: 'redeem_part', to: 'active', needs: ['code', 'receipt or exchange'] },
    { from: 'active', action: 'redeem_rest', to: 'spent', needs: ['code', 'receipt or exchange'] },
    { from: 'active', action: 'credit', to: 'active', needs: ['earlier redemption'] },
    { from: 'spent', action: 'credit', to: 'active', needs: ['earlier redemption'] },
    {
      from: 'active',
      action: 'cash_out',
      to: 'spent',
      needs: ['code', 'law, store rule or approval'],
    },
    {
      from: 'spent',
      action: 'undo_cash_out',
      to: 'active',
      needs: ['payment not made', 'approval'],
    },
    {
      from: 'active',
      action: 'undo_cash_out',
      to: 'active',
      needs: ['payment not made', 'approval'],
    },
    { from: 'active', action: 'extend', to: 'active', needs: ['later day'] },
    { from: 'active', action: 'report_loss', to: 'lost', needs: ['named', 'holder'] },
    { from: 'active', action: 'void', to: 'void', needs: ['reason', 'approval'] },
  ],
}

/** How much a voucher may hold by law: for one voucher, or for all one consumer has together. */
interface Cap {
  amount: MinorUnits
  per: 'voucher' | 'consumer'
}

/** A rule of a place about prepaid vouchers: resources/vouchers/law.json (domain.md §2.8, R26, R29). */
export interface VoucherLaw {
  id: string
  place: { country: string; region: string | null }
  law: { zh: string; en: string }
  /** In the place's currency; amounts are minor units of it. */
  caps: Record<Issuer, { named: Cap; bearer: Cap }>
  /** Null where the place says nothing of the day a voucher ends. */
  expiry: { named: 'forbidden' | null; bearer: { minMonths: number } | null } | null
  /** Null where the place says nothing of paying out what is left. */
  rest: RestLaw | null
}

/** What a place says of paying out what is left on a voucher that was paid for. */
interface RestLaw {
  /** `over`: what is left when its last day is over; `agreed`: only what the store's own rules promise. */
  grants: 'over' | 'agreed'
  /** More than this goes to a bank account, not in cash; null where any amount may be cash. */
  cashUpTo: MinorUnits | null
  law: { zh: string; en: string }
}

/** Why what is left may be paid out without anybody's approval. */
export type RestGround = 'law' | 'store'

/**
 * Who grants that the rest of a voucher is paid out: a law of the place, else the store's own rule; null where nobody
 * does and somebody above the clerk has to. What the store gave away nobody has a right to in money.
 */
export function restGroundOf(
  laws: readonly VoucherLaw[],
  { cashOutUpTo }: { cashOutUpTo: MinorUnits | null },
  voucher: { balance: MinorUnits; isGift: boolean; isOver: boolean },
): { ground: RestGround; law: RestLaw['law'] | null } | null {
  if (voucher.isGift) return null
  const granting = laws.find(({ rest }) => rest?.grants === 'over')
  if (voucher.isOver && granting) return { ground: 'law', law: granting.rest?.law ?? null }
  if (cashOutUpTo !== null && voucher.balance <= cashOutUpTo) return { ground: 'store', law: null }
  return null
}

/** The rule that keeps so much from being paid in cash; null where none does. */
export function brokenCashLimit(
  laws: readonly VoucherLaw[],
  amount: MinorUnits,
): { cashUpTo: MinorUnits; law: RestLaw['law'] } | null {
  for (const { rest } of laws) {
    if (rest?.cashUpTo != null && amount > rest.cashUpTo) {
      return { cashUpTo: rest.cashUpTo, law: rest.law }
    }
  }
  return null
}

/** The rules of a place: its country's and its region's, both of which hold. */
export function lawsOf(
  laws: readonly VoucherLaw[],
  place: { country: string; region: string | null },
): VoucherLaw[] {
  return laws.filter(
    (each) =>
      each.place.country === place.country &&
      (each.place.region === null || each.place.region === place.region),
  )
}

export interface CapQuestion {
  issuer: Issuer
  isNamed: boolean
  amount: MinorUnits
  /** What vouchers of the same holder hold already. */
  heldByHolder: MinorUnits
}

/** The lowest cap for named or bearer vouchers; null where no law says anything. */
export function lowestCap(
  laws: readonly VoucherLaw[],
  issuer: Issuer,
  holder: 'named' | 'bearer',
): { law: VoucherLaw; cap: Cap } | null {
  return lowestOf(laws.map((law) => ({ law, cap: law.caps[issuer][holder] })))
}

function lowestOf<Capped extends { cap: Cap }>(all: readonly Capped[]): Capped | null {
  return all.reduce<Capped | null>(
    (lowest, each) => (lowest && lowest.cap.amount <= each.cap.amount ? lowest : each),
    null,
  )
}

/** The cap an amount breaks, the lowest first; null where it breaks none. */
export function brokenCap(
  laws: readonly VoucherLaw[],
  { issuer, isNamed, amount, heldByHolder }: CapQuestion,
): { law: VoucherLaw; cap: Cap } | null {
  const broken = laws
    .map((law) => ({ law, cap: law.caps[issuer][isNamed ? 'named' : 'bearer'] }))
    .filter(({ cap }) => amount + (cap.per === 'consumer' ? heldByHolder : 0) > cap.amount)
  return lowestOf(broken)
}

/** Months a store lets its vouchers run; null where they never end. */
export interface ExpirySettings {
  expiryMonths: number | null
  giftExpiryMonths: number | null
}

/**
 * Last day of a voucher, inclusive, null for none. What the customer paid for ends only as far as law lets it; the
 * store's own gift ends as the store says.
 */
export function expiryOf(
  laws: readonly VoucherLaw[],
  settings: ExpirySettings,
  voucher: { isGift: boolean; isNamed: boolean; issuedOn: BusinessDate },
): BusinessDate | null {
  const months = voucher.isGift ? settings.giftExpiryMonths : settings.expiryMonths
  if (months === null) return null
  const isForbidden = laws.some(({ expiry }) => expiry?.named === 'forbidden')
  if (!voucher.isGift && voucher.isNamed && isForbidden) return null
  return addMonths(voucher.issuedOn, months)
}

/** The rule that makes a term for bought vouchers too short; null where none does. */
export function brokenTerm(
  laws: readonly VoucherLaw[],
  months: number | null,
): { law: VoucherLaw; minMonths: number } | null {
  if (months === null) return null
  for (const law of laws) {
    const minMonths = law.expiry?.bearer?.minMonths ?? 0
    if (months < minMonths) return { law, minMonths }
  }
  return null
}

export function isExpired(
  voucher: { state: VoucherState; expiresOn: BusinessDate | null },
  today: BusinessDate,
): boolean {
  return voucher.state === 'active' && voucher.expiresOn !== null && voucher.expiresOn < today
}

/** What the last use of a voucher says to whoever comes second with its picture. */
export interface LastUse {
  time: string
  place: string
  what: string
  who: string
}

export interface RedeemableVoucher {
  number: string
  state: VoucherState
  balance: MinorUnits
  expiresOn: BusinessDate | null
  /** Number of the voucher that took the place of a lost one. */
  replacedBy: string | null
  lastUse: LastUse | null
}

/**
 * Refuses a voucher that cannot be used now: void (`vouchers.is_void`), reported lost (`vouchers.is_lost`), used up
 * (`vouchers.used_up`, with when and where), over (`vouchers.expired`: it is extended at no charge), of too little
 * balance (`vouchers.balance_short`).
 */
export function requireRedeemable(
  voucher: RedeemableVoucher,
  amount: MinorUnits,
  today: BusinessDate,
  say: (amount: MinorUnits) => string,
): void {
  const { number, state, balance, lastUse } = voucher
  const last = {
    time: lastUse?.time ?? '',
    place: lastUse?.place ?? '',
    what: lastUse?.what ?? '',
    who: lastUse?.who ?? '',
  }
  if (state === 'void') refuse('vouchers.is_void', { number })
  if (state === 'lost') {
    refuse('vouchers.is_lost', { number, replacement: voucher.replacedBy ?? '' })
  }
  if (state === 'spent') refuse('vouchers.used_up', { number, ...last })
  if (isExpired(voucher, today)) {
    refuse('vouchers.expired', { number, date: voucher.expiresOn ?? '' })
  }
  if (amount > balance) {
    const short = { number, asked: say(amount), balance: say(balance) }
    if (lastUse) refuse('vouchers.balance_short_used', { ...short, ...last })
    refuse('vouchers.balance_short', short)
  }
}
