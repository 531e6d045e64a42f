import { refuse } from '../foundation/errors.ts'
import { formatDecimal, type MinorUnits, sumMoney } from '../foundation/money.ts'
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
import { type CashRounding, roundCash, roundingUnit } from './rounding.ts'
import { type Figure, writeStrip } from './strip.ts'
import {
  type OtherTenderRequest,
  type PaidTender,
  redirectShares,
  roomOf,
  splitOverTenders,
  type TenderBack,
  type TenderPolicy,
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
  allowances: readonly { line: RefundableLine; units: number; amount: MinorUnits }[]
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

export interface RefundFigures {
  lines: LineFigures[]
  allowances: { line: RefundableLine; units: UnitAllowance[]; amount: MinorUnits }[]
  charges: { charge: PaidCharge; amount: MinorUnits }[]
  keptGifts: { gift: Gift; kept: MinorUnits }[]
  freight: { customer: MinorUnits; store: MinorUnits } | null
  payBacks: PayBack[]
  rounding: MinorUnits
  /** What the customer gets in all; the sum of `payBacks`. */
  amount: MinorUnits
  strip: Figure[]
  /** What goes another way than it came and needs a manager; 0 where nothing does. */
  managerAmount: MinorUnits
  carrierClaim: { freight: MinorUnits; goods: MinorUnits } | null
}

/**
 * Reckons a refund (domain.md §3.1 rows 10 and 11, §5.4): units at what was paid for them, back by the tenders that
 * paid, less what the verdict keeps, with freight and tests on whoever has to bear them, cash rounded as its own
 * figure. Every amount is in the currency of the sale. Nothing is rounded twice, every part sums to its whole.
 *
 * Refuses deductions beyond what there is to give back (`refunds.deductions_exceed`) and all its parts refuse.
 */
export function reckonRefund(facts: RefundFacts): RefundFigures {
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
  const { payBacks, rounding } = payBack(facts, Math.min(due, fromSale), due)
  if (rounding !== 0) others.push(figure('rounding', rounding))
  return {
    lines,
    allowances,
    charges,
    keptGifts,
    freight: freight && { customer: freight.customer, store: freight.store },
    payBacks,
    rounding,
    amount: due + rounding,
    strip: writeStrip({
      listShare: sumMoney(lines.map((line) => Math.max(line.listShare, line.paidShare))),
      paidShare: sumMoney(lines.map((line) => line.paidShare)),
      credited,
      others,
      total: due + rounding,
    }),
    managerAmount: sumMoney(
      payBacks.filter((row) => row.insteadOf?.needs === 'manager').map((row) => row.amount),
    ),
    carrierClaim: claimFromCarrier(
      facts.freight?.liable ?? null,
      freight?.store ?? 0,
      lines.filter((line) => line.choice.condition === 'damaged').map((line) => line.amount),
    ),
  }
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
 * Pays `due`: what the sale paid goes back by its tenders, what lies beyond it (freight the customer advanced) in
 * cash; then the cash of both is rounded as one.
 */
function payBack(
  facts: RefundFacts,
  fromSale: MinorUnits,
  due: MinorUnits,
): { payBacks: PayBack[]; rounding: MinorUnits } {
  const shares = splitOverTenders(fromSale, facts.tenders)
  const back = redirectShares(shares, facts.otherTenders, facts.policy)
  const rows: PayBack[] = back.map((row) => ({ ...row, purpose: 'goods', rounding: 0 }))
  const expenses = due - fromSale
  if (expenses > 0) {
    const cash = { tenderId: null, kind: 'cash', label: '', giftPart: 0, insteadOf: null } as const
    rows.push({ ...cash, amount: expenses, purpose: 'expenses', rounding: 0 })
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
