import type { InferContractRouterOutputs } from '@orpc/contract'
import type { ReadHandle } from '../database/store.ts'
import type { CodeFacts } from '../foundation/card-code.ts'
import { canonicalDocumentNumber } from '../foundation/document-number.ts'
import { verifyByKnownKeys } from '../seals/index.ts'
import type { cardsContract } from './contract.ts'
import { agreesWithBook } from './seal.ts'
import { type CardRecord, findCard, findCardId, listCardUnits } from './store.ts'

type Verified = InferContractRouterOutputs<typeof cardsContract>['verify']

/** What the code of a card is worth, and what this desk's own book says of that card. */
export async function verifyCard(r: ReadHandle, text: string): Promise<Verified> {
  const found = await verifyByKnownKeys(r, text)
  const nothing = { facts: null, signer: null, fingerprint: '', missing: 0, here: null }
  switch (found.verdict) {
    case 'genuine':
    case 'key_void':
    case 'key_withdrawn': {
      const { facts, signer } = found
      const here = await findHere(r, facts.number, facts)
      // What the code alone cannot prove any more, the book of the desk that issued it can.
      const isKnown = found.verdict === 'key_withdrawn' && here?.agrees === true
      return { ...nothing, verdict: isKnown ? 'genuine' : found.verdict, facts, signer, here }
    }
    case 'unknown_key': {
      const { verdict, facts, fingerprint } = found
      const here = await findHere(r, facts.number, facts)
      return { ...nothing, verdict, facts, fingerprint, here }
    }
    case 'incomplete':
      return { ...nothing, verdict: 'incomplete', missing: found.missing }
    case 'no_code': {
      const number = canonicalDocumentNumber(text)
      const here = number === null ? null : await findHere(r, number, null)
      return { ...nothing, verdict: here ? 'unsigned' : 'no_code', here }
    }
    case 'forged':
    case 'newer':
      return { ...nothing, verdict: found.verdict }
  }
}

async function findHere(
  r: ReadHandle,
  number: string,
  facts: CodeFacts | null,
): Promise<Verified['here']> {
  const id = await findCardId(r, number)
  const card = id === undefined ? undefined : await findCard(r, id)
  return card ? tellOf(r, card, facts) : null
}

async function tellOf(
  r: ReadHandle,
  card: CardRecord,
  facts: CodeFacts | null,
): Promise<NonNullable<Verified['here']>> {
  const units = await listCardUnits(r, card.id)
  const newer = new Map(
    units.flatMap(({ replaced }) =>
      replaced?.cardId && replaced.number ? [[replaced.cardId, replaced.number] as const] : [],
    ),
  )
  return {
    cardId: card.id,
    number: card.number,
    receiptId: card.receiptId,
    state: card.state,
    voidReason: card.voidReason,
    newer: [...newer].map(([cardId, number]) => ({ cardId, number })),
    returned: units.filter((unit) => unit.returned).length,
    units: units.length,
    agrees: facts && agreesWithBook(facts, card, units),
  }
}
