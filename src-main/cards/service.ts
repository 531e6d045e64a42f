import type { z } from 'zod'
import { record } from '../audit/index.ts'
import { takeDocumentNumber } from '../database/document-counter.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { type BusinessDate, daysBetween } from '../foundation/business-date.ts'
import { refuse } from '../foundation/errors.ts'
import { holidaysOf } from '../foundation/holidays.ts'
import { shareOfUnit } from '../foundation/money.ts'
import { maskPhone } from '../foundation/phone.ts'
import { type Call, command, query, type RoomHandlers } from '../handlers.ts'
import {
  findCategory,
  findTerm,
  promisableTerms,
  type WarrantyTerms,
} from '../policy/categories.ts'
import { goodsCategories } from '../policy/files.ts'
import { ruleSetOf } from '../policy/index.ts'
import type { Rule } from '../policy/rule.ts'
import type { StoreProfile } from '../settings/index.ts'
import { countPrints } from '../printing/store.ts'
import type { cardIssue, cardsContract } from './contract.ts'
import {
  type AskedUnit,
  clocksOf,
  draftTerms,
  plainSerial,
  requireCoverable,
  requireDistinct,
} from './rules.ts'
import {
  type CardCustomer,
  type CardRecord,
  type CardSale,
  type CardSaleLine,
  findCard,
  findCardOfSerial,
  findCardSale,
  insertCard,
  insertCardLine,
  listCardUnits,
  listReplaced,
  writeVoid,
} from './store.ts'
import { verifyCard } from './verify.ts'

/** A draft offers this many units of one line: nobody writes a card for each of ten thousand bags. */
const draftedUnitsPerLine = 100

export async function requireSale(r: ReadHandle, receiptId: number): Promise<CardSale> {
  const sale = await findCardSale(r, receiptId)
  if (!sale) refuse('cards.unknown_sale')
  if (sale.kind === 'return') refuse('cards.return_receipt', { receiptNo: sale.receiptNo })
  return sale
}

export async function requireCard(r: ReadHandle, cardId: number): Promise<CardRecord> {
  return (await findCard(r, cardId)) ?? refuse('cards.unknown_card')
}

/** What law or a rule of the house says of the goods of a line, where a card can promise it (domain.md §1.2). */
function termsOf(
  line: CardSaleLine,
  soldOn: BusinessDate,
  rules: readonly Rule[],
): WarrantyTerms | undefined {
  const category = findCategory(goodsCategories, line)
  const term = category && findTerm(rules, { ...line, category: category.code }, soldOn)
  return term && promisableTerms(term)
}

function draftLine(line: CardSaleLine, warranty: WarrantyTerms | undefined, profile: StoreProfile) {
  const terms = draftTerms(line.warranty, warranty, {
    covers: goodsCategories.covers,
    language: profile.paperLanguage,
    store: profile,
    vendor: line.vendor,
  })
  return unitsToOffer(line).map((unitNo) => {
    const cardNumber = line.cardNumbers.get(unitNo) ?? null
    const returned = line.returnedUnits.has(unitNo)
    return {
      saleLineId: line.id,
      unitNo,
      brand: line.brand,
      model: line.model,
      name: line.name,
      serialNo: line.units === 1 ? line.serialNo : '',
      batchNo: '',
      origin: line.origin,
      installedOn: null,
      ...terms,
      paidAmount: shareOfUnit(line.paidAmount, line.units, unitNo),
      serialTracked: line.serialTracked,
      blocked: returned ? ('returned' as const) : cardNumber ? ('has_card' as const) : null,
      cardNumber,
    }
  })
}

/** The first units of a line, those that can have a card before those that cannot. */
function unitsToOffer(line: CardSaleLine): number[] {
  const free: number[] = []
  const blocked: number[] = []
  for (let unitNo = 1; unitNo <= line.units && free.length < draftedUnitsPerLine; unitNo += 1) {
    const isBlocked = line.returnedUnits.has(unitNo) || line.cardNumbers.has(unitNo)
    ;(isBlocked ? blocked : free).push(unitNo)
  }
  return [...free, ...blocked].slice(0, draftedUnitsPerLine).sort((a, b) => a - b)
}

/**
 * The draft shows a customer's phone masked; left as it was, it stands for the number on file (domain.md §5.3).
 */
function wholePhone(typed: string, customer: CardCustomer | null): string {
  if (!typed.includes('*')) return typed
  if (customer && typed === maskPhone(customer.phone)) return customer.phone
  refuse('cards.phone_masked')
}

async function refuseSerialInUse(w: WriteHandle, unit: AskedUnit): Promise<void> {
  if (unit.serialNo === '') return
  const number = await findCardOfSerial(w, unit.serialNo)
  if (number !== undefined) {
    refuse('cards.serial_on_other_card', { serialNo: unit.serialNo, number })
  }
}

/** What another room's transaction knows of a card that the clerk does not type. */
interface IssueTerms {
  /** The day its terms run from; the day of sale (or installation) where absent. */
  startsOn?: BusinessDate
}

/**
 * Issues a card, by itself or inside another room's transaction. Refuses units that cannot have one, and a serial
 * number that stands on another live card.
 */
export async function issueCard(
  w: WriteHandle,
  call: Call,
  input: z.output<typeof cardIssue>,
  terms: IssueTerms = {},
): Promise<{ id: number; number: string }> {
  const { profile } = call
  const now = call.now()
  const businessDate = call.bookedOn
  const sale = await requireSale(w, input.receiptId)
  const units = input.units.map((each) => ({ ...each, serialNo: plainSerial(each.serialNo) }))
  requireDistinct(units)
  const number = await takeDocumentNumber(w, 'XY', profile.deskNo, businessDate)
  const id = await insertCard(w, {
    number,
    receiptId: sale.id,
    customerId: sale.customer?.id ?? null,
    businessDate,
    issuedAt: now.toISOString(),
    issuedBy: call.actor.id,
    consumer: { ...input.consumer, phone: wholePhone(input.consumer.phone, sale.customer) },
    paperLanguage: input.paperLanguage,
  })
  for (const unit of units) {
    const line = sale.lines.find((each) => each.id === unit.saleLineId)
    requireCoverable(unit, line, sale.businessDate)
    await refuseSerialInUse(w, unit)
    await insertCardLine(w, id, {
      ...unit,
      ...clocksOf(unit, terms.startsOn ?? sale.businessDate, holidaysOf(profile.currency)),
      paidAmount: shareOfUnit(line.paidAmount, line.units, unit.unitNo),
    })
  }
  await record(
    w,
    call,
    'cards.issue',
    { type: 'card', id: number },
    {
      receiptNo: sale.receiptNo,
      units: units.length,
    },
  )
  return { id, number }
}

/** What cards of a sale could say of its units, as far as catalogue and rules know. */
export async function draftUnits(r: ReadHandle, call: Call, sale: CardSale) {
  const { rules } = await ruleSetOf(r, call)
  return sale.lines
    .filter((line) => line.kind === 'goods' && line.units > 0)
    .flatMap((line) => draftLine(line, termsOf(line, sale.businessDate, rules), call.profile))
}

/**
 * Declares a card void and frees its units, by itself or inside another room's transaction. Refuses one that is void
 * already, and a version that somebody changed meanwhile.
 */
async function voidCard(
  w: WriteHandle,
  call: Call,
  asked: { cardId: number; reason: string; version: number },
): Promise<void> {
  const card = await requireCard(w, asked.cardId)
  if (card.state === 'void') refuse('cards.already_void', { number: card.number })
  const voided = { at: call.now().toISOString(), by: call.actor.id, reason: asked.reason }
  if (!(await writeVoid(w, { id: card.id, version: asked.version }, voided))) {
    refuse('desk.changed_meanwhile')
  }
  await record(w, call, 'cards.void', { type: 'card', id: card.number }, { reason: asked.reason })
}

export const cardsHandlers: RoomHandlers<typeof cardsContract> = {
  verify: query((r, _call, input) => verifyCard(r, input.text)),

  draft: query(async (r, call, input) => {
    const sale = await requireSale(r, input.receiptId)
    const { customer } = sale
    return {
      currency: sale.currency,
      consumer: {
        name: customer?.name ?? '',
        phone: customer?.phone ? maskPhone(customer.phone) : '',
        address: customer?.address ?? '',
        postcode: '',
      },
      units: await draftUnits(r, call, sale),
    }
  }),

  issue: command(['cards', 'sales'], (w, call, input) => issueCard(w, call, input)),

  open: query(async (r, call, input) => {
    const card = await requireCard(r, input.cardId)
    const units = await listCardUnits(r, card.id)
    return {
      ...card,
      replaces: await listReplaced(r, card.id),
      consumer: {
        name: card.consumer.name,
        phoneMasked: card.consumer.phone && maskPhone(card.consumer.phone),
      },
      prints: await countPrints(r, 'card', card.number),
      units: units.map((unit) => ({
        ...unit,
        daysLeft: daysBetween(call.today, unit.unitEndsOn),
      })),
    }
  }),

  void: command(['cards', 'sales'], async (w, call, input) => {
    await voidCard(w, call, input)
    return { version: input.version + 1 }
  }),
}
