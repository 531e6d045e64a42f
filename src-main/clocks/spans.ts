/** The instants from which and before which something holds, in milliseconds since 1970. */
export interface Span {
  from: number
  until: number
}

export const always: Span = { from: -Infinity, until: Infinity }

export function holdsAt({ from, until }: Span, now: number): boolean {
  return from <= now && now < until
}

/** When both hold. */
export function meet(a: Span, b: Span): Span {
  return { from: Math.max(a.from, b.from), until: Math.min(a.until, b.until) }
}

/** Around an instant, as long as none of these instants is reached. */
export function between(instants: Iterable<number>, now: number): Span {
  let { from, until } = always
  for (const at of instants) {
    if (at <= now) from = Math.max(from, at)
    else until = Math.min(until, at)
  }
  return { from, until }
}
