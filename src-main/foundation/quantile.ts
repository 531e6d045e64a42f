/** The value so far up a sorted list: 0.5 is the one in the middle, of two the lower; null of an empty one. */
export function quantileOf(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
}
