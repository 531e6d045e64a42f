/** A signed card of another desk on its way from the verify screen to where claims without a slip begin. */
export interface BroughtCard {
  code: string
  goods: { name: string; paid: number | null; soldOn: string }
}

const KEY = 'broughtCard'

/** State for the address the card is carried to. */
export function carryCard(card: BroughtCard): Record<string, BroughtCard> {
  return { [KEY]: card }
}

/** What was carried along, if anything. */
export function readBroughtCard(state: unknown): BroughtCard | null {
  if (typeof state !== 'object' || state === null || !(KEY in state)) return null
  return (state as Record<typeof KEY, BroughtCard>)[KEY]
}
