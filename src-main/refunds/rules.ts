import { refuse } from '../foundation/errors.ts'
import { allocate, formatDecimal, type MinorUnits, sumMoney } from '../foundation/money.ts'
import {
  claimFromCarrier,
  type ConditionGrade,
  type Cost,
  type FreightLiable,
  freightPpm,
  type Gift,
  gradeFee,
  type GradeTable,
  type GiftRule,
  keepForGifts,
  type LineFee,
  type RefundReason,
  shareCost,
} from './deductions.ts'
import { type CashRounding, roundCash, roundingUnit, roundTo } from './rounding.ts'
import { type Figure, writeStrip } from './strip.ts'
import {
  type OtherTenderRequest,
  type PaidTender,
  redirectShares,
  roomOf,
  splitOverTenders,
  type TenderBack,
  type TenderPolicy,
  type TenderShare,
} from './tenders.ts'
import {
  allowForUnits,
  giveBackCharge,
  type LineReturn,
  type PaidCharge,
  type RefundableLine,
  takeUnits,
  type UnitAllowance,
} from './units.ts'

/** A line that comes back, how many units of it, in which state, and what is kept from it by the verdict. */
export interface LineChoice {
  line: RefundableLine
  units: number
  /** Particular units, those of a card for example; empty for any. */
  unitNos: readonly number[]
  condition: ConditionGrade
  /** What is kept from it; where nothing is said and nothing decided it, the grades do. */
  fee: LineFee | null
  isDecided: boolean
  /** What law adds where the shelf price rose since the sale (domain.md §1.5). */
  priceRise: MinorUnits
}

export interface Freight {
  amount: MinorUnits
  paidBy: Cost['paidBy']
  liable: FreightLiable
  /** Parts per million the customer bears where it is shared. */
  sharedPpm: number
}

/** Everything a refund is reckoned from; preview and commit hand over the same. */
export interface RefundFacts {
  currency: string
  /** Null while it is not said: then nothing is kept for the goods' state. */
  reason: RefundReason | null
  /** The store's table of what is kept for goods in a lesser state; empty where it keeps nothing. */
  grades: GradeTable
  lines: readonly LineChoice[]
  /** Money back for units the customer keeps. */
  allowances: readonly {
    line: RefundableLine
    units: number
    amount: MinorUnits
    /** What one unit costs today, where it was seen elsewhere than in the catalogue. */
    seenPrice?: MinorUnits | null
  }[]
  charges: readonly { charge: PaidCharge; amount: MinorUnits | null }[]
  gifts: { rule: GiftRule; items: readonly Gift[] }
  freight: Freight | null
  testFee: Cost | null
  tenders: readonly PaidTender[]
  otherTenders: readonly OtherTenderRequest[]
  policy: TenderPolicy
  rounding: CashRounding & { carried: MinorUnits }
}

/** A row of what is paid out: to a tender of the sale, or the customer's expenses in cash. */
export interface PayBack extends TenderBack {
  purpose: 'goods' | 'expenses'
  /** What rounding changed `amount` by. */
  rounding: MinorUnits
}

export interface LineFigures extends LineReturn {
  choice: LineChoice
  fee: LineFee | null
}

/** What the goods and everything beside them come to, before anybody is paid. */
export interface CreditFigures {
  lines: LineFigures[]
  allowances: { line: RefundableLine; units: UnitAllowance[]; amount: MinorUnits }[]
  charges: { charge: PaidCharge; amount: MinorUnits }[]
  keptGifts: { gift: Gift; kept: MinorUnits }[]
  freight: { customer: MinorUnits; store: MinorUnits } | null
  /** The part of `due` that the sale's tenders paid; the rest is expenses of the customer. */
  fromSale: MinorUnits
  due: MinorUnits
  /** Every figure of the strip between what was paid and the total. */
  others: Figure[]
  carrierClaim: { freight: MinorUnits; goods: MinorUnits } | null
}

export interface RefundFigures extends CreditFigures {
  payBacks: PayBack[]
  rounding: MinorUnits
  /** What the customer gets in all; the sum of `payBacks`. */
  amount: MinorUnits
  strip: Figure[]
  /** What goes another way than it came and needs a manager; 0 where nothing does. */
  managerAmount: MinorUnits
}

/**
 * Reckons what goods that come back are worth (domain.md §3.1 row 10, §5.4): units at what was paid for them, less
 * what the verdict keeps, with freight and tests on whoever has to bear them. Every amount is in the currency of the
 * sale. Nothing is rounded twice, every part sums to its whole.
 *
 * Refuses deductions beyond what there is to give back (`refunds.deductions_exceed`) and all its parts refuse.
 */
export function reckonCredit(facts: RefundFacts): CreditFigures {
  const lines = facts.lines.map((choice) => reckonLine(choice, facts))
  const allowances = facts.allowances.map(({ line, units, amount }) => ({
    line,
    units: allowForUnits(line, units, amount),
    amount,
  }))
  const charges = facts.charges.map(({ charge, amount }) => ({
    charge,
    amount: giveBackCharge(charge, amount),
  }))
  const keptGifts = keepForGifts(facts.gifts.rule, facts.gifts.items)
  const freight = facts.freight && { ...facts.freight, ...shareFreight(facts.freight) }
  const others = [
    ...lines.flatMap(lineFigures),
    ...allowances.map(({ line, amount }) => figure('allowance', amount, { name: line.name })),
    ...charges.map(({ charge, amount }) => figure('charge', amount, { name: charge.name })),
    ...keptGifts.map(({ gift, kept }) => figure('gift', -kept, { name: gift.name })),
    ...(freight ? [figure('freight', freight.effect, { liable: freight.liable })] : []),
    ...(facts.testFee ? [figure('test_fee', shareCost(facts.testFee).effect)] : []),
  ]
  const credited = sumMoney(lines.map((line) => line.amount))
  const fromSale = credited + sumMoney([...allowances, ...charges].map((each) => each.amount))
  const due = credited + sumMoney(others.map((each) => each.amount))
  if (due < 0) {
    const say = (amount: MinorUnits) => formatDecimal(amount, facts.currency)
    refuse('refunds.deductions_exceed', { credit: say(fromSale), kept: say(fromSale - due) })
  }
  return {
    lines,
    allowances,
    charges,
    keptGifts,
    freight: freight && { customer: freight.customer, store: freight.store },
    fromSale: Math.min(due, fromSale),
    due,
    others,
    carrierClaim: claimFromCarrier(
      facts.freight?.liable ?? null,
      freight?.store ?? 0,
      lines.filter((line) => line.choice.condition === 'damaged').map((line) => line.amount),
    ),
  }
}

/**
 * Pays a credit out (domain.md §3.1 row 11, §5.4): back by the tenders that paid, cash rounded as its own figure.
 */
export function payOut(facts: RefundFacts, credit: CreditFigures): RefundFigures {
  const shares = splitOverTenders(credit.fromSale, facts.tenders)
  const { payBacks, rounding } = payBack(facts, shares, credit.due - credit.fromSale)
  return {
    ...credit,
    payBacks,
    rounding,
    amount: credit.due + rounding,
    strip: stripOf(credit, rounding),
    managerAmount: sumForManager(payBacks),
  }
}

/** What goes back another way than it came, with a manager. */
function sumForManager(payBacks: readonly PayBack[]): MinorUnits {
  const rows = payBacks.filter((row) => row.insteadOf?.needs === 'manager')
  return sumMoney(rows.map((row) => row.amount))
}

function stripOf(credit: CreditFigures, rounding: MinorUnits): Figure[] {
  const { lines, others, due } = credit
  return writeStrip({
    listShare: sumMoney(lines.map((line) => Math.max(line.listShare, line.paidShare))),
    paidShare: sumMoney(lines.map((line) => line.paidShare)),
    credited: sumMoney(lines.map((line) => line.amount)),
    others: rounding === 0 ? others : [...others, figure('rounding', rounding)],
    total: due + rounding,
  })
}

/** Reckons a refund whole: what the goods are worth, paid out. */
export function reckonRefund(facts: RefundFacts): RefundFigures {
  return payOut(facts, reckonCredit(facts))
}

/** A payment of the old sale as far as it goes into the new one; without a tender, the store's debt set off. */
export interface CarriedShare extends TenderShare {
  purpose: PayBack['purpose']
}

/** How a credit and the goods that are given for it come to nothing (多退少补, domain.md §3.4). */
export interface Settlement {
  /** What of the credit pays for the new goods. */
  carried: CarriedShare[]
  payBacks: PayBack[]
  /** Of cash that is paid back, as in a refund. */
  rounding: MinorUnits
  /** What the customer has to add, and what rounding of cash changed it by. */
  toCollect: MinorUnits
  collectRounding: MinorUnits
  /** Positive: the customer pays it; negative: it is paid back. */
  difference: MinorUnits
  /** The strip of the returned side: what it comes to is the credit. */
  strip: Figure[]
  managerAmount: MinorUnits
}

/**
 * Sets a credit against new goods of `replacement`. What the sale's tenders paid goes over first, by tender in
 * proportion, then what the store owes the customer beside it; only the rest is paid back, as a refund would pay it.
 */
export function settleCredit(
  facts: RefundFacts,
  credit: CreditFigures,
  replacement: MinorUnits,
  collectKind: PayBack['kind'],
): Settlement {
  const shares = splitOverTenders(credit.fromSale, facts.tenders)
  const expenses = credit.due - credit.fromSale
  const back = Math.max(credit.fromSale - replacement, 0)
  const parts = cutShares(shares, back)
  const offset = Math.min(Math.max(replacement - credit.fromSale, 0), expenses)
  const { payBacks, rounding } = payBack(
    withoutCarried(facts, parts),
    parts.back,
    expenses - offset,
  )
  const { toCollect } = settleExchange(credit.due, replacement)
  const { step, mode } = facts.rounding
  const unit = collectKind === 'cash' ? roundingUnit(step, facts.currency) : 1
  const collected = roundTo(toCollect, unit, mode)
  const carried: CarriedShare[] = parts.carried.map((share) => ({ ...share, purpose: 'goods' }))
  if (offset > 0) carried.push({ ...expensesInCash, amount: offset })
  return {
    carried,
    payBacks,
    rounding,
    toCollect: collected,
    collectRounding: collected - toCollect,
    difference: collected - sumMoney(payBacks.map((row) => row.amount)),
    strip: stripOf(credit, 0),
    managerAmount: sumForManager(payBacks),
  }
}

const expensesInCash = {
  tenderId: null,
  kind: 'cash',
  label: '',
  giftPart: 0,
  purpose: 'expenses',
} as const

/** Parts each share into what is paid back, `back` in all, and what is carried over: neither beyond the share. */
function cutShares(
  shares: readonly TenderShare[],
  back: MinorUnits,
): { carried: TenderShare[]; back: TenderShare[] } {
  const amounts =
    back > 0
      ? allocate(
          back,
          shares.map((each) => each.amount),
        )
      : []
  const cut = shares.map((share, index) => {
    const amount = amounts[index] ?? 0
    const principal = share.amount - share.giftPart
    const giftPart = amount === 0 ? 0 : (allocate(amount, [share.giftPart, principal])[0] ?? 0)
    const left = { amount: share.amount - amount, giftPart: share.giftPart - giftPart }
    return { back: { ...share, amount, giftPart }, carried: { ...share, ...left } }
  })
  const some = (each: TenderShare) => each.amount > 0
  return {
    carried: cut.map((each) => each.carried).filter(some),
    back: cut.map((each) => each.back).filter(some),
  }
}

/** What was carried over is as gone from its tender as what was paid back. Requests for what is gone are moot. */
function withoutCarried(
  facts: RefundFacts,
  { carried, back }: { carried: readonly TenderShare[]; back: readonly TenderShare[] },
): RefundFacts {
  const tenders = facts.tenders.map((tender) => {
    const gone = carried.filter((each) => each.tenderId === tender.tenderId)
    const refundedBefore = tender.refundedBefore + sumMoney(gone.map((each) => each.amount))
    return { ...tender, refundedBefore }
  })
  const otherTenders = facts.otherTenders.filter(
    ({ tenderId }) =>
      back.some((each) => each.tenderId === tenderId) ||
      !carried.some((each) => each.tenderId === tenderId),
  )
  return { ...facts, tenders, otherTenders }
}

/** A preview may be of nothing; a refund is of something (`refunds.nothing_chosen`). */
export function requireChoice(facts: Pick<RefundFacts, 'lines' | 'allowances' | 'charges'>): void {
  const chosen = facts.lines.length + facts.allowances.length + facts.charges.length
  if (chosen === 0) refuse('refunds.nothing_chosen')
}

function reckonLine(choice: LineChoice, { grades, reason }: RefundFacts): LineFigures {
  const back = takeUnits(choice.line, choice.units, choice.unitNos)
  const graded = choice.isDecided ? null : gradeFee(back.amount, choice.condition, grades, reason)
  const fee = choice.fee ?? graded
  if (fee && (fee.amount < 0 || fee.amount > back.amount + choice.priceRise)) {
    refuse('refunds.fee_beyond_line', { name: choice.line.name })
  }
  return { ...back, choice, fee }
}

function lineFigures({ choice, fee }: LineFigures): Figure[] {
  const { name } = choice.line
  return [
    figure('price_rise', choice.priceRise, { name }),
    ...(fee ? [figure(fee.kind, -fee.amount, { name, days: fee.days })] : []),
  ]
}

function figure(kind: Figure['kind'], amount: MinorUnits, detail: Figure['detail'] = {}): Figure {
  return { kind, amount: amount || 0, detail }
}

function shareFreight(freight: Freight) {
  return shareCost({ ...freight, customerPpm: freightPpm(freight.liable, freight.sharedPpm) })
}

/**
 * Pays shares of the sale's tenders back by them, and what lies beyond the sale (freight the customer advanced) in
 * cash; then the cash of both is rounded as one.
 */
function payBack(
  facts: RefundFacts,
  shares: readonly TenderShare[],
  expenses: MinorUnits,
): { payBacks: PayBack[]; rounding: MinorUnits } {
  const back = redirectShares(shares, facts.otherTenders, facts.policy)
  const rows: PayBack[] = back.map((row) => ({ ...row, purpose: 'goods', rounding: 0 }))
  if (expenses > 0) {
    rows.push({ ...expensesInCash, amount: expenses, rounding: 0, insteadOf: null })
  }
  const { step, mode, carried } = facts.rounding
  const cashRoom = sumMoney(facts.tenders.filter(isCash).map(roomOf))
  const cashGoods = sumMoney(back.filter(isOwnCash).map((row) => row.amount))
  const otherCash = sumMoney(
    rows.filter((row) => isCash(row) && !isOwnCash(row)).map((row) => row.amount),
  )
  const payBacks = roundCash(rows, {
    unit: roundingUnit(step, facts.currency),
    mode,
    carried,
    takesRest: cashGoods === cashRoom && otherCash === 0,
    most: cashRoom + otherCash - carried,
  })
  return { payBacks, rounding: sumMoney(payBacks.map((row) => row.rounding)) }
}

function isCash(row: { kind: string }): boolean {
  return row.kind === 'cash'
}

/** Cash for cash, as far as the sale's tenders say. */
function isOwnCash(row: TenderBack): boolean {
  return isCash(row) && row.insteadOf === null && row.tenderId !== null
}

/**
 * 多退少补: what the customer gets back or pays at the till when goods are exchanged for others; the credit is what
 * was paid for the old ones, never their list price (domain.md §3.4).
 */
export function settleExchange(
  credit: MinorUnits,
  replacement: MinorUnits,
): { toRefund: MinorUnits; toCollect: MinorUnits } {
  return {
    toRefund: Math.max(credit - replacement, 0),
    toCollect: Math.max(replacement - credit, 0),
  }
}
