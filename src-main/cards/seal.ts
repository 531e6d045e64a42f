import type { ReadHandle } from '../database/store.ts'
import type { CodeFacts, CodeUnit } from '../foundation/card-code.ts'
import { QR_TEXT_MARK } from '../foundation/document-number.ts'
import type { Call } from '../handlers.ts'
import { type CardRecord, type CardUnitRecord, listReplaced } from './store.ts'

/** Before this day a code has no number for; no till that prints cards was in use then. */
const firstDay = '2000-01-01'

/**
 * Text of a card's QR code, signed by the desk that prints it. A card that stands for nothing any more, void or with all
 * its goods gone back, gets its bare number: nobody without this desk's book must take it for a good one. So does
 * one printed at a desk that has no key.
 */
export async function codeOfCard(
  r: ReadHandle,
  call: Call,
  card: CardRecord,
  units: readonly CardUnitRecord[],
): Promise<string> {
  const live = units.filter((unit) => !unit.returned && unit.replaced === null)
  const stands = card.state === 'active' && live.length > 0 && card.saleDate >= firstDay
  const signed = stands ? call.seals.sign(await factsToSign(r, call, card, live)) : null
  return signed ?? [QR_TEXT_MARK, card.number].join('|')
}

async function factsToSign(
  r: ReadHandle,
  call: Call,
  card: CardRecord,
  units: readonly CardUnitRecord[],
): Promise<CodeFacts> {
  return {
    number: card.number,
    issue: await issueOf(r, card.id),
    store: call.profile.name,
    saleDate: card.saleDate,
    receiptNo: card.receiptNo,
    currency: card.currency,
    unitCount: units.length,
    units: units.map(unitFacts),
  }
}

function unitFacts(unit: CardUnitRecord): CodeUnit {
  return {
    name: unit.name,
    // Most names of goods begin with the brand already.
    brand: unit.name.includes(unit.brand) ? '' : unit.brand,
    model: unit.model,
    serialNo: unit.serialNo,
    paid: Math.max(unit.paidAmount, 0),
    unitEndsOn: unit.unitEndsOn,
    partEndsOn: unit.partEndsOn,
    mainParts: unit.partEndsOn === null ? '' : unit.mainParts,
  }
}

/**
 * Whether the facts of a code are those of the card in this desk's book, long texts cut and returned units left out as
 * a code has them. Somebody with a stolen key knows how to sign, and not what the book says.
 */
export function agreesWithBook(
  facts: CodeFacts,
  card: Pick<CardRecord, 'number' | 'saleDate' | 'receiptNo' | 'currency'>,
  units: readonly CardUnitRecord[],
): boolean {
  const left = units.map(unitFacts)
  return (
    facts.number === card.number &&
    facts.saleDate === card.saleDate &&
    facts.currency === card.currency &&
    isCutOf(facts.receiptNo, card.receiptNo) &&
    facts.unitCount <= units.length &&
    facts.units.every((told) => {
      const at = left.findIndex((unit) => isUnit(told, unit))
      if (at >= 0) left.splice(at, 1)
      return at >= 0
    })
  )
}

function isUnit(told: CodeUnit, unit: CodeUnit): boolean {
  return (
    told.paid === unit.paid &&
    told.unitEndsOn === unit.unitEndsOn &&
    told.partEndsOn === unit.partEndsOn &&
    isCutOf(told.name, unit.name) &&
    isCutOf(told.model, unit.model) &&
    isCutOf(told.serialNo, unit.serialNo)
  )
}

function isCutOf(told: string, whole: string): boolean {
  return told === whole || (told.endsWith('…') && whole.startsWith(told.slice(0, -1)))
}

/** More exchanges one after another than any goods see. */
const longestChain = 50

/** 1 for a first card, one more than the card it stands in for. */
async function issueOf(r: ReadHandle, cardId: number): Promise<number> {
  let cards = [cardId]
  for (let issue = 1; ; issue += 1) {
    const before = await Promise.all(cards.map((id) => listReplaced(r, id)))
    cards = [...new Set(before.flat().map((card) => card.cardId))]
    if (cards.length === 0 || issue === longestChain) return issue
  }
}
