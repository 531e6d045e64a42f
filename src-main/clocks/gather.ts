import { always, holdsAt, meet, type Span } from './spans.ts'

/** What follows from one thing, and as long as it does. */
interface Following<Item> {
  items: readonly Item[]
  span: Span
}

/** What follows from many things, and what it was made of. */
export interface Gathered<Thing, Item> {
  from: ReadonlyMap<number, Thing>
  span: Span
  parts: ReadonlyMap<number, Following<Item> & { of: Thing }>
  items: readonly Item[]
}

/**
 * Everything that follows from things at an instant. Of what followed before, all of a thing that is still the same
 * stays as long as it holds: among thousands only what changed, or whose hour has come, is made anew. The same list
 * where nothing is. What stays keeps its order, what is new comes behind it.
 */
export function gather<Thing, Item extends object>(
  things: ReadonlyMap<number, Thing>,
  now: number,
  follow: (of: Thing, now: number) => Following<Item>,
  before: Gathered<Thing, Item> | undefined,
): Gathered<Thing, Item> {
  if (before?.from === things && holdsAt(before.span, now)) return before
  const parts = new Map<number, Following<Item> & { of: Thing }>()
  const fresh: Item[] = []
  const gone = new Set<Item>()
  let span = always
  for (const [id, of] of things) {
    const known = before?.parts.get(id)
    let part = known
    if (part?.of !== of || !holdsAt(part.span, now)) {
      part = { of, ...follow(of, now) }
      fresh.push(...part.items)
      for (const item of known?.items ?? []) gone.add(item)
    }
    if (part.span !== always) span = meet(span, part.span)
    parts.set(id, part)
  }
  for (const [id, { items }] of before?.parts ?? []) {
    if (!things.has(id)) for (const item of items) gone.add(item)
  }
  const stay = before?.items ?? []
  const isSame = fresh.length === 0 && gone.size === 0
  const items = isSame ? stay : [...stay.filter((item) => !gone.has(item)), ...fresh]
  return { from: things, span, parts, items }
}
