/** So many of so many. */
export interface Share {
  count: number
  of: number
}

/** Of fewer than these a percentage says more than is known: they are shown as counts. */
export const leastForPercent = 20

/** Whole percent, or null where too few stand behind it. */
export function percentOf({ count, of }: Share): number | null {
  return of < leastForPercent ? null : Math.round((count / of) * 100)
}
