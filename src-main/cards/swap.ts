import { record } from '../audit/index.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'
import { type BusinessDate, businessDateOf } from '../foundation/business-date.ts'
import type { Call } from '../handlers.ts'
import { draftUnits, issueCard, requireCard, requireSale } from './service.ts'
import {
  type CardUnitRecord,
  hasLiveUnits,
  type LiveCard,
  listCardUnits,
  listLiveCards,
  listTakenOff,
  writeReplaced,
  writeVoid,
} from './store.ts'

interface Unit {
  saleLineId: number
  unitNo: number
}

/** An exchange as its cards see it. */
export interface CardSwap {
  /** Units that came back. */
  back: readonly Unit[]
  /** The sale of the desk that what was given out stands on. */
  receiptId: number
  /** Units given out, each with the unit it stands in for where there is one. */
  given: readonly (Unit & { serialNo: string; standsFor: Unit | null })[]
  /** The day the new card's terms run from (domain.md §1.1, SB-14). */
  startsOn: BusinessDate
  /** Number of the handover: printed with the exchange stamp on the old card. */
  under: string
  /** Number of the handover before it, that took the old cards, where goods go out on two days. */
  after: string | null
}

/** The card of what was given out, and the first day one of its terms ends on, inclusive. */
interface ReplacementCard {
  id: number
  number: string
  endsOn: BusinessDate | null
}

/** The live cards of units that are exchanged: what has to come back with them. */
export function cardsOfUnits(r: ReadHandle, units: readonly Unit[]): Promise<LiveCard[]> {
  return listLiveCards(r, units)
}

/**
 * Takes exchanged units off their cards and issues the card of what was given out for them, in the caller's
 * transaction. A card that stands for nothing else any more is void; one that still covers other units stays, with
 * the exchange stamp on the unit that went. The same model keeps what its card promised; other goods get what catalogue
 * and rules say of them, or the old promise where they say nothing. Goods that follow on another day get a card of their own, by the cards that came
 * back before. Null where no card came back and so none is due.
 */
export async function swapCards(
  w: WriteHandle,
  call: Call,
  swap: CardSwap,
): Promise<ReplacementCard | null> {
  const old =
    swap.after === null ? await listLiveCards(w, swap.back) : await listTakenOff(w, swap.after)
  if (old.length === 0) return null
  const next = await issueReplacement(w, call, swap, old)
  if (swap.after === null) await takeOff(w, call, swap, old, next)
  if (!next) return null
  const ends = (await listCardUnits(w, next.id)).map((unit) => unit.unitEndsOn).toSorted()
  return { ...next, endsOn: ends[0] ?? null }
}

/** Takes the units that came back off their cards; a card that stands for nothing else any more is void. */
async function takeOff(
  w: WriteHandle,
  call: Call,
  swap: CardSwap,
  old: readonly LiveCard[],
  next: { id: number; number: string } | null,
): Promise<void> {
  const at = call.now()
  const on = businessDateOf(at, call.profile)
  await writeReplaced(
    w,
    old.map((each) => each.cardLineId),
    { on, under: swap.under, by: next?.id ?? null },
  )
  for (const [cardId, card] of new Map(old.map((each) => [each.cardId, each]))) {
    if (!(await hasLiveUnits(w, cardId))) {
      const voided = { at: at.toISOString(), by: call.actor.id, reason: swap.under }
      await writeVoid(w, { id: cardId, version: card.version }, voided)
    }
    await record(
      w,
      call,
      'cards.replace',
      { type: 'card', id: card.number },
      { under: swap.under, by: next?.number ?? null },
    )
  }
}

async function issueReplacement(
  w: WriteHandle,
  call: Call,
  swap: CardSwap,
  old: readonly LiveCard[],
): Promise<{ id: number; number: string } | null> {
  const sale = await requireSale(w, swap.receiptId)
  const drafts = await draftUnits(w, call, sale)
  const before = await readOldUnits(w, old)
  const [first] = old
  const card = await requireCard(w, first?.cardId ?? 0)
  const units = swap.given.flatMap(({ saleLineId, unitNo, serialNo, standsFor }) => {
    const draft = drafts.find((each) => each.saleLineId === saleLineId && each.unitNo === unitNo)
    const former = standsFor && before.get(keyOf(standsFor))
    const terms = draft && termsOf(draft, former ?? undefined)
    if (!draft || !terms || draft.blocked !== null) return []
    return [{ ...draft, ...terms, serialNo: serialNo || draft.serialNo }]
  })
  if (units.length === 0) return null
  return issueCard(
    w,
    call,
    {
      receiptId: swap.receiptId,
      consumer: card.consumer,
      paperLanguage: card.paperLanguage,
      units,
    },
    { startsOn: swap.startsOn },
  )
}

function keyOf({ saleLineId, unitNo }: Unit): string {
  return `${saleLineId}:${unitNo}`
}

async function readOldUnits(
  r: ReadHandle,
  old: readonly LiveCard[],
): Promise<ReadonlyMap<string, CardUnitRecord>> {
  const units: CardUnitRecord[] = []
  for (const cardId of new Set(old.map((each) => each.cardId))) {
    units.push(...(await listCardUnits(r, cardId)))
  }
  return new Map(units.map((unit) => [keyOf(unit), unit]))
}

type Draft = Awaited<ReturnType<typeof draftUnits>>[number]

/** What the new card promises; null where neither the catalogue nor an old card knows a term. */
function termsOf(draft: Draft, former: CardUnitRecord | undefined) {
  if (former && (isSameModel(draft, former) || draft.unitMonths === null)) {
    const { unitMonths, partMonths, mainParts, provider, providerName, providerPhone } = former
    const { scope, costBearer } = former
    return {
      unitMonths,
      partMonths,
      mainParts,
      provider,
      providerName,
      providerPhone,
      scope,
      costBearer,
    }
  }
  return draft.unitMonths === null ? null : { ...draft, unitMonths: draft.unitMonths }
}

function isSameModel(draft: Draft, former: CardUnitRecord): boolean {
  if (draft.name === former.name) return true
  return draft.model !== '' && draft.model === former.model && draft.brand === former.brand
}
