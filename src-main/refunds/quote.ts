import type { z } from 'zod'
import type { ReadHandle } from '../database/store.ts'
import { localTime } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { sumMoney } from '../foundation/money.ts'
import type { Call } from '../handlers.ts'
import { unitsInRepair } from '../repairs/index.ts'
import type { refundAsk } from './contract.ts'
import {
  type DecidedLine,
  type Decision,
  decisionOf,
  type ReturnRemedy,
  termsOf,
} from './decided.ts'
import {
  type FreightLiable,
  type Gift,
  type GiftRule,
  giftValue,
  isGiftLine,
  usualFreightLiable,
  usualGiftRule,
} from './deductions.ts'
import { listGivenBack, listTenderGifts, sumRefundedTenders, sumRounding } from './money-store.ts'
import { mirrorOf, type TillReturn, unclaimedReturnsOf } from '../pos-instructions/index.ts'
import {
  type CreditFigures,
  payOut,
  reckonCredit,
  type RefundFacts,
  type RefundFigures,
} from './rules.ts'
import { readRefundSettings, type RefundSettings } from './settings.ts'
import { findRefundSale, listReturnedUnits, type RefundSale, sumTillReturns } from './store.ts'
import { giftPaidOf, type PaidTender, withoutChange } from './tenders.ts'
import { freeUnits, lineOf, type PaidCharge, type RefundableLine } from './units.ts'

export type RefundAsk = z.output<typeof refundAsk>

/** What comes back, and for an exchange whether the same model goes out at once. */
export type ReturnAsk = RefundAsk & { sameModelInStock?: boolean | null }

/** What a sale was and what went back of it since: what every refund of it is reckoned from. */
interface Books {
  lines: RefundableLine[]
  charges: PaidCharge[]
  tenders: PaidTender[]
  /** Stored-value payments nobody has split into principal and gift yet. */
  unsplit: PaidTender[]
  knownGifts: ReadonlyMap<number, number>
  carried: number
}

/** What goods that come back are worth, and from what: the returned side of a refund and of an exchange. */
export interface ReturnQuote extends CreditFigures {
  sale: RefundSale
  /** The case it is to join. */
  caseId: number | null
  decision: Decision
  facts: RefundFacts
  settings: RefundSettings
  chargesLeft: PaidCharge[]
  unsplit: PaidTender[]
  /** Gift parts of payments that were written down before. */
  knownGifts: ReadonlyMap<number, number>
  /** Who bears freight where the form does not say. */
  usualLiable: FreightLiable
  giftsOut: { saleLineId: number; name: string; units: number; value: number }[]
  /** What tills gave back of the lines asked for that no paper of the desk stands for. */
  tillReturns: TillReturn[]
}

/** What a choice comes to, and from what: preview and record are told the same by the same rules. */
export type Quote = ReturnQuote & RefundFigures

/** Reckons what is asked for on the books as they stand in this unit of work. */
export async function quoteOf(r: ReadHandle, call: Call, ask: RefundAsk): Promise<Quote> {
  requireApart(ask)
  const quote = await reckonReturn(r, call, ask, 'refund')
  return { ...quote, ...payOut(quote.facts, quote) }
}

/**
 * What goods that come back are worth, whatever is given for them: the same books, decisions and deductions for both
 * remedies. An exchange pays with the credit before anything is paid back.
 */
export async function reckonReturn(
  r: ReadHandle,
  call: Call,
  ask: ReturnAsk,
  remedy: ReturnRemedy,
): Promise<ReturnQuote> {
  const sale = await requireSale(r, call, ask)
  const settings = await readRefundSettings(r)
  const books = await readBooks(r, call, sale, { giftParts: ask.giftParts, remedy })
  const decision = await decisionOf(r, call, sale.id, ask)
  const said = ask.lines.map(({ units }, at) => termsOf(decision.lines[at] ?? null, units, remedy))
  const facts = factsOf(sale, books, settings, { ...ask, remedy }, said)
  const asked = new Set(ask.lines.map(({ saleLineId }) => saleLineId))
  const atTills = await unclaimedReturnsOf(r, sale.id)
  return {
    ...reckonCredit(facts),
    sale,
    caseId: ask.caseId,
    decision,
    facts,
    settings,
    chargesLeft: books.charges.filter((charge) => charge.paidAmount > charge.refundedBefore),
    unsplit: books.unsplit,
    knownGifts: books.knownGifts,
    usualLiable: liableOf(
      ask,
      said.filter((each) => each !== null),
    ),
    tillReturns: atTills.filter(({ lineIds }) => lineIds.some((each) => asked.has(each))),
    giftsOut: books.lines.filter(isGiftLine).flatMap((line) => giftsStillOut(line, ask)),
  }
}

/** Refuses a sale the store does not have, a till's return receipt, one that only repeats a paper of the desk and a sale in another currency than asked. */
async function requireSale(
  r: ReadHandle,
  call: Call,
  ask: Pick<RefundAsk, 'receiptId' | 'currency'>,
): Promise<RefundSale> {
  const sale = await findRefundSale(r, ask.receiptId)
  if (!sale) refuse('refunds.unknown_sale')
  if (sale.kind === 'return') refuse('refunds.return_receipt', { receiptNo: sale.receiptNo })
  // The till wrote down once more what the desk has on a paper of its own: the goods are refunded there.
  const mirrored = await mirrorOf(r, sale.id)
  if (mirrored) {
    refuse('refunds.mirrored_sale', { receiptNo: sale.receiptNo, number: mirrored.number })
  }
  const asked = ask.currency ?? call.profile.currency
  if (sale.currency !== asked) refuse('refunds.other_currency', { sale: sale.currency, asked })
  return sale
}

async function readBooks(
  r: ReadHandle,
  call: Call,
  sale: RefundSale,
  { giftParts, remedy }: { giftParts: RefundAsk['giftParts']; remedy: ReturnRemedy },
): Promise<Books> {
  const returned = await listReturnedUnits(r, sale.id)
  const given = await listGivenBack(r, sale.id)
  const inRepair = await unitsInRepair(r, sale.id)
  const lines = sale.lines.map((line): RefundableLine => ({
    ...line,
    allowances: given.allowances.get(line.id) ?? [],
    inRepair: inRepair
      .filter(({ saleLineId }) => saleLineId === line.id)
      .map(({ unitNo, number, leadsTo, reception }) => ({
        unitNo,
        number,
        leadsHere: leadsTo === remedy,
        isHere: reception !== 'expected',
      })),
    // The time a refusal reads out: the store's clock, to the minute.
    returned: (returned.get(line.id) ?? []).map((each) => ({
      ...each,
      time: localTime(new Date(each.time), call.profile.timeZone).replace('T', ' ').slice(0, 16),
    })),
  }))
  const charges = sale.lines
    .filter((line) => line.kind === 'non_goods' && line.paidAmount > 0)
    .map((line) => ({
      saleLineId: line.id,
      name: line.name,
      paidAmount: line.paidAmount,
      refundedBefore: given.charges.get(line.id) ?? 0,
    }))
  const known = await listTenderGifts(r, sale.id)
  const paid = await listPaidTenders(r, sale, known)
  const tenders = withGiftParts(paid, known, giftParts)
  return {
    lines,
    charges,
    tenders,
    unsplit: paid.filter(
      (each) => isStoredValue(each) && each.giftPaid === 0 && !known.has(each.tenderId ?? 0),
    ),
    knownGifts: known,
    carried: await sumRounding(r, sale.id),
  }
}

/** How the sale was paid and what went back since, at this desk and at tills; the uncovered rest as `other`. */
async function listPaidTenders(
  r: ReadHandle,
  sale: RefundSale,
  gifts: ReadonlyMap<number, number>,
): Promise<PaidTender[]> {
  const atDesk = await sumRefundedTenders(r, sale.id)
  const atTills = await sumTillReturns(r, sale.id)
  const paid = sale.tenders.map((tender): PaidTender => {
    const { id, kind, label, amount } = tender
    const { amount: refundedBefore = 0, giftPart = 0 } = atDesk.get(id) ?? {}
    return {
      tenderId: id,
      kind,
      label,
      paid: amount,
      refundedBefore,
      giftPaid: giftPaidOf({ kind, label, paid: amount }, gifts.get(id)),
      giftRefundedBefore: giftPart,
    }
  })
  const tenders = withoutChange(paid, sale.total).map((tender) => {
    const room = Math.max(tender.paid - tender.refundedBefore, 0)
    const atTill = Math.min(room, atTills.get(tender.kind) ?? 0)
    atTills.set(tender.kind, (atTills.get(tender.kind) ?? 0) - atTill)
    return { ...tender, refundedBefore: tender.refundedBefore + atTill }
  })
  const covered = sumMoney(tenders.map((tender) => tender.paid))
  const uncovered: PaidTender = {
    tenderId: null,
    kind: 'other',
    label: '',
    paid: Math.max(sale.total - covered, 0),
    refundedBefore: atDesk.get(null)?.amount ?? 0,
    giftPaid: 0,
    giftRefundedBefore: 0,
  }
  return [...tenders, uncovered]
}

function isStoredValue(tender: PaidTender): boolean {
  return tender.kind === 'stored_value' && tender.tenderId !== null
}

/** What the clerk says of stored value, where nobody has said it before. */
function withGiftParts(
  tenders: readonly PaidTender[],
  known: ReadonlyMap<number, number>,
  giftParts: RefundAsk['giftParts'],
): PaidTender[] {
  for (const { tenderId, amount } of giftParts) {
    const tender = tenders.find((each) => each.tenderId === tenderId)
    if (!tender || !isStoredValue(tender)) refuse('refunds.unknown_tender')
    if (amount > tender.paid) refuse('refunds.gift_part_too_large')
    if ((known.get(tenderId) ?? amount) !== amount) refuse('refunds.gift_part_known')
  }
  return tenders.map((tender) => {
    const part = giftParts.find((each) => each.tenderId === tender.tenderId)
    return part ? { ...tender, giftPaid: part.amount } : tender
  })
}

function factsOf(
  sale: RefundSale,
  books: Books,
  settings: RefundSettings,
  ask: RefundAsk & { remedy: ReturnRemedy },
  said: readonly (DecidedLine | null)[],
): RefundFacts {
  requireOnce(sale, ask)
  const { freight, testFee } = ask
  const known = said.filter((each) => each !== null)
  return {
    currency: sale.currency,
    reason: ask.reason,
    grades: settings.grades,
    lines: ask.lines.map(({ saleLineId, ...choice }, index) => {
      const decision = said[index]
      return {
        ...choice,
        // What was decided and written down is not up to the form.
        ...(decision && { fee: decision.fee, priceRise: decision.priceRise }),
        line: lineOf(books.lines, saleLineId),
        isDecided: decision !== null && decision !== undefined,
      }
    }),
    allowances: ask.allowances.map(({ saleLineId, ...allowance }) => ({
      ...allowance,
      line: lineOf(books.lines, saleLineId),
    })),
    charges: ask.charges.map(({ saleLineId, amount }) => ({
      charge: chargeOf(sale, books, saleLineId),
      amount,
    })),
    gifts: giftsOf(books, ask, known),
    freight: freight && { ...freight, liable: freight.liable ?? liableOf(ask, known) },
    testFee: testFee && { ...testFee, customerPpm: bearerPpm[testFee.bearer] },
    tenders: books.tenders,
    otherTenders: ask.otherTenders,
    policy: settings.policy,
    rounding: { ...settings.rounding, carried: books.carried },
  }
}

const bearerPpm = { store: 0, customer: 1_000_000, shared: 500_000 } as const

/**
 * Who bears freight: as it was decided, the customer's best answer where lines differ, else as the reason has it.
 * Without a reason yet nothing is kept from the customer for what nobody has said.
 */
function liableOf({ reason }: RefundAsk, decided: readonly DecidedLine[]): FreightLiable {
  const [best] = bestFirst(decided, (each) => each.freight, ['store', 'shared', 'customer'])
  const usual = reason === null ? 'store' : usualFreightLiable(reason)
  // Towards the customer it is the store that bears it; whom the store has it back from goes by the reason.
  const isBehindStore = usual !== 'customer' && usual !== 'shared'
  return best === undefined || (best === 'store' && isBehindStore) ? usual : best
}

/** The answers of decided lines that stand in `order`, in it. */
function bestFirst<Answer extends string>(
  decided: readonly DecidedLine[],
  answerOf: (line: DecidedLine) => Answer | null,
  order: readonly Answer[],
): Answer[] {
  const given = new Set(decided.map(answerOf))
  return order.filter((answer) => given.has(answer))
}

/**
 * A price difference for goods that stay is a slip of its own, a price adjustment: with goods or charges that go back
 * on one slip, nobody could say later what was paid for what, and the two have other limits and other papers.
 */
function requireApart({ lines, allowances, charges }: RefundAsk): void {
  if (allowances.length > 0 && lines.length + charges.length > 0) refuse('refunds.price_apart')
}

/** A line is either taken back or given a price difference for, once. */
function requireOnce(sale: RefundSale, ask: RefundAsk): void {
  const ids = [...ask.lines, ...ask.allowances, ...ask.charges].map((each) => each.saleLineId)
  const twice = ids.find((each, index) => ids.indexOf(each) !== index)
  if (twice === undefined) return
  refuse('refunds.line_twice', { name: lineOf(sale.lines, twice).name })
}

function chargeOf(sale: RefundSale, books: Books, saleLineId: number): PaidCharge {
  const { name } = lineOf(sale.lines, saleLineId)
  const charge = books.charges.find((each) => each.saleLineId === saleLineId)
  return charge ?? refuse('refunds.nothing_paid', { name })
}

const mildestFirst: readonly GiftRule[] = ['keep', 'return_or_value', 'return']

/**
 * Nobody knows which goods a gift came with: while some of them are kept, or others are given for them, so is the
 * gift.
 */
function giftsOf(
  books: Books,
  ask: RefundAsk & { remedy: ReturnRemedy },
  decided: readonly DecidedLine[],
): { rule: GiftRule; items: Gift[] } {
  const allBack = ask.remedy === 'refund' && isEverythingBack(books, ask)
  const [best] = bestFirst(decided, (each) => each.gift, mildestFirst)
  const rule = ask.gifts.rule ?? (best && allBack ? best : usualGiftRule(ask.reason, allBack))
  const items = books.lines.filter(isGiftLine).map((line) => giftOf(line, ask))
  const earned = ask.gifts.earned.map((each) => ({ ...each, saleLineId: null }))
  return { rule, items: [...items.filter((each) => each !== null), ...earned] }
}

/** A gift of the sale with the units of it that stay with the customer; null where all are back since earlier. */
function giftOf(line: RefundableLine, ask: RefundAsk): Gift | null {
  const free = freeUnits(line)
  const back = ask.lines.find((each) => each.saleLineId === line.id)?.units ?? 0
  const out = free.slice(back)
  if (out.length === 0 && back === 0) return null
  return {
    saleLineId: line.id,
    kind: 'gift',
    name: line.name,
    value: giftValue(line, out.length > 0 ? out : free),
    cameBack: out.length === 0,
  }
}

function giftsStillOut(line: RefundableLine, ask: RefundAsk): Quote['giftsOut'] {
  const back = ask.lines.find((each) => each.saleLineId === line.id)?.units ?? 0
  const out = freeUnits(line).slice(back)
  if (out.length === 0) return []
  const { id, name } = line
  return [{ saleLineId: id, name, units: out.length, value: giftValue(line, out) }]
}

/** Whether nothing that was paid for stays with the customer. */
function isEverythingBack(books: Books, ask: RefundAsk): boolean {
  const paidFor = books.lines.filter((line) => line.kind === 'goods' && line.paidAmount > 0)
  return paidFor.every((line) => {
    const now = ask.lines.find((each) => each.saleLineId === line.id)?.units ?? 0
    return freeUnits(line).length <= now
  })
}
