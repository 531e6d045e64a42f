/** A word of the statement, or the goods it is about, and the newest complaints that have it. */
export interface WordFound {
  /** null: the same goods. */
  word: string | null
  complaintIds: readonly number[]
  /** There are more of them than were read: the word says little. */
  isCommon: boolean
}

/** What two complaints can have in common beside words. */
export const likenesses = ['product', 'brand', 'category', 'class', 'counter'] as const
export type Likeness = (typeof likenesses)[number]

/** What a complaint is about, as far as it is known. */
export interface About {
  class: string | null
  productIds: readonly number[]
  brands: readonly string[]
  categories: readonly string[]
  counter: string
}

/** A complaint that shares words with the statement. */
export interface Candidate {
  complaintId: number
  /** Share of the statement's weight that its words carry, 0 to 1. */
  coverage: number
  words: string[]
  isSameProduct: boolean
}

/** What each likeness adds to the coverage of words; the same goods say more than many words. */
const likenessWeight: Readonly<Record<Likeness, number>> = {
  product: 0.45,
  brand: 0.12,
  category: 0.12,
  class: 0.08,
  counter: 0.06,
}

/** Below this a case is not shown: one common word in common helps nobody. */
const leastScore = 0.18
/** A statement of this many characters is as long as most; longer ones share words by chance. */
const usualLength = 200

/** How much a word says: the fewer complaints have it, the more (inverse document frequency). */
export function weightOf({ word, complaintIds, isCommon }: WordFound, total: number): number {
  if (word === null || complaintIds.length === 0) return 0
  const weight = Math.log(1 + total / complaintIds.length)
  return isCommon ? weight / 2 : weight
}

/**
 * Gathers the complaints that share words or goods with a statement, the most promising first. Words no complaint has
 * carry no weight: a rare name must not hide what the rest has in common.
 */
export function gatherCandidates(
  found: readonly WordFound[],
  total: number,
  limit: number,
): Candidate[] {
  const weights = found.map((each) => weightOf(each, total))
  const whole = weights.reduce((sum, weight) => sum + weight, 0) || 1
  const coverage = new Map<number, number>()
  found.forEach(({ word, complaintIds }, index) => {
    const share = word === null ? likenessWeight.product : (weights[index] ?? 0) / whole
    for (const id of complaintIds) coverage.set(id, (coverage.get(id) ?? 0) + share)
  })
  const candidates = new Map(
    mostPromising(coverage, limit).map((complaintId) => [complaintId, freshCandidate(complaintId)]),
  )
  found.forEach(({ word, complaintIds }, index) => {
    for (const id of complaintIds) {
      const candidate = candidates.get(id)
      if (!candidate) continue
      if (word === null) candidate.isSameProduct = true
      else candidate.words.push(word)
      candidate.coverage += (weights[index] ?? 0) / whole
    }
  })
  return [...candidates.values()]
}

function freshCandidate(complaintId: number): Candidate {
  return { complaintId, coverage: 0, words: [], isSameProduct: false }
}

/** Of tens of thousands the few with the most, newest first among equals, without sorting all of them. */
function mostPromising(coverage: ReadonlyMap<number, number>, limit: number): number[] {
  const best: [number, number][] = []
  for (const [id, share] of coverage) {
    const last = best.at(-1)
    const isBetter = !last || share > last[1] || (share === last[1] && id > last[0])
    if (best.length >= limit && !isBetter) continue
    const at = best.findIndex(([known, its]) => share > its || (share === its && id > known))
    best.splice(at === -1 ? best.length : at, 0, [id, share])
    if (best.length > limit) best.pop()
  }
  return best.map(([id]) => id)
}

/** What `one` and `other` have in common. */
export function likenessOf(one: About, other: About): Likeness[] {
  const meets = <T>(a: readonly T[], b: readonly T[]) => a.some((each) => b.includes(each))
  const shared: Record<Likeness, boolean> = {
    product: meets(one.productIds, other.productIds),
    brand: meets(one.brands, other.brands),
    category: meets(one.categories, other.categories),
    class: one.class !== null && one.class === other.class,
    counter: one.counter !== '' && one.counter === other.counter,
  }
  return likenesses.filter((likeness) => shared[likeness])
}

/** How alike two cases are; 0 where it is not worth showing. */
export function scoreOf(
  { coverage, words }: Pick<Candidate, 'coverage' | 'words'>,
  shared: readonly Likeness[],
  length: number,
): number {
  const ownWords = words.length >= 2 || shared.includes('product') ? coverage : coverage / 2
  const byChance = 1 + Math.log10(Math.max(length, usualLength) / usualLength)
  const score = shared.reduce((sum, each) => sum + likenessWeight[each], ownWords / byChance)
  // The same class or counter alone makes no case similar.
  const isAlike = words.length > 0 || shared.includes('product')
  return isAlike && score >= leastScore ? score : 0
}
