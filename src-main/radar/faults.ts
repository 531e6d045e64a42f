import vocabulary from '../../resources/radar/faults.json' with { type: 'json' }

export interface Fault {
  code: string
  group: string
  zh: string
  en: string
  /** True where it may hurt somebody. */
  safety: boolean
}

interface Spelled extends Fault {
  words: readonly string[]
}

/** What counts as a fault, in the order it is offered (domain.md §3.6 rows 15, 24). */
const spelled: readonly Spelled[] = vocabulary.faults.map((fault) => ({
  code: fault.code,
  group: fault.group,
  zh: fault.zh,
  en: fault.en,
  safety: 'safety' in fault,
  words: [...fault.words, ...fault.wordsEn],
}))

export const faults: readonly Fault[] = spelled.map(({ code, group, zh, en, safety }) => ({
  code,
  group,
  zh,
  en,
  safety,
}))
export const safetyFaults: ReadonlySet<string> = new Set(
  faults.flatMap(({ code, safety }) => (safety ? [code] : [])),
)

export function isFault(code: string): boolean {
  return faults.some((fault) => fault.code === code)
}

/** Faults whose words say little: any other one is the better guess. */
const vague = 'other_fault'
/** Beyond this a statement repeats itself; characters. */
const readCharacters = 4_000
const isDenied = /(?:没有|并未|并没|不是|没|未|不|无)$/u

const wordPattern = new RegExp(
  spelled
    .flatMap(({ words }) => words)
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`))
    .join('|'),
  'gu',
)
const faultsOfWord = new Map<string, Spelled[]>()
for (const fault of spelled) {
  for (const word of fault.words) {
    faultsOfWord.set(word, [...(faultsOfWord.get(word) ?? []), fault])
  }
}

/** Groups of goods whose faults are looked for first, by the words of their name. */
export function groupsOf(goods: string): string[] {
  const folded = goods.toLowerCase()
  return vocabulary.groups
    .filter((group) => group.goods.some((word) => folded.includes(word)))
    .map(({ code }) => code)
}

/**
 * The fault a text speaks of, or null: the longest of the vocabulary's words, those of the goods' own group first. A
 * word that is denied (没有开胶) does not count.
 */
export function proposeFault(text: string, goods: string): string | null {
  const folded = text.slice(0, readCharacters).toLowerCase()
  const groups = groupsOf(goods)
  let best: { code: string; weight: number } | null = null
  for (const match of folded.matchAll(wordPattern)) {
    if (isDenied.test(folded.slice(Math.max(0, match.index - 2), match.index))) continue
    for (const fault of faultsOfWord.get(match[0]) ?? []) {
      const weight = weightOf(fault, match[0], groups)
      if (weight > (best?.weight ?? 0)) best = { code: fault.code, weight }
    }
  }
  return best?.code ?? null
}

function weightOf(fault: Spelled, word: string, groups: readonly string[]): number {
  if (fault.code === vague) return 0.5
  const isOwn = groups.includes(fault.group)
  // A boot does not fail to cool: where the group of the goods is known, other groups are left out.
  if (!isOwn && fault.group !== 'any' && groups.length > 0) return 0
  return word.length + (isOwn ? 4 : 0) + (fault.safety ? 6 : 0)
}
