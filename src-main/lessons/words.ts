import stopWords from '../../resources/lessons/stop-words.json' with { type: 'json' }
import { foldName } from '../foundation/bigrams.ts'

/**
 * Words are found by the runtime's own dictionary (`Intl.Segmenter`): offline, and the clerk is told words, not pairs
 * of letters. What is looked up are the pairs of these words, so two programs that part a text differently still find
 * each other's cases.
 */
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
const ignored = new Set([...stopWords.zh, ...stopWords.en])

/** Beyond this the rest of a statement only repeats itself; characters. */
const readCharacters = 4_000

const isWord = /^(?:\p{Script=Han}{2,8}|[\p{L}\p{N}]*\p{L}[\p{L}\p{N}]{2,}|[\p{L}\p{N}]{3,20})$/u
const isHanzi = /^\p{Script=Han}$/u
/** Amounts, dates and phone numbers say nothing about what happened. */
const isNumber = /^[\d.]+$/

/** Hanzi that only hold a sentence together: never half of a word that was parted. */
const particles = new Set(
  '的了是不也都很就又和与在把被给让对从到说要有没过着吗呢吧啊呀上下来去个只这那我你他她它们还再太好等用会能可以为之其此件双台部位些种次几一二三两元天年月日',
)

/**
 * The words of a statement that say what it is about, each once, in the order they come: no pronouns, no polite
 * phrases, no numbers.
 */
export function wordsOf(text: string): string[] {
  const words = new Set<string>()
  let parted = ''
  for (const { segment } of segmenter.segment(foldName(text.slice(0, readCharacters)))) {
    // The dictionary is a general one and parts words of the trade (开|胶, 退|货): neighbours are put together again.
    const isHalf = isHanzi.test(segment) && !particles.has(segment)
    if (isHalf && parted) keepWord(words, parted + segment)
    parted = isHalf ? segment : ''
    keepWord(words, segment)
  }
  return [...words]
}

function keepWord(words: Set<string>, word: string): void {
  if (isWord.test(word) && !isNumber.test(word) && !ignored.has(word)) words.add(word)
}
