import type { z } from 'zod'
import { listGoods, productGram } from '../complaints/index.ts'
import { matchGrams } from '../database/name-index.ts'
import type { ReadHandle } from '../database/store.ts'
import { bigramQuery, foldName } from '../foundation/bigrams.ts'
import { takeTurns } from '../foundation/turns.ts'
import { command, query, type RoomHandlers } from '../handlers.ts'
import type { lessonsContract, pastCase, similarCase, similarQuestion } from './contract.ts'
import { draftLesson, pageLessons, showLesson, withdrawLesson } from './examples.ts'
import { excerptOf } from './excerpt.ts'
import { gatherCandidates, likenessOf, scoreOf, type WordFound } from './rules.ts'
import { aboutOf, countComplaints, listCases, type PastCase } from './store.ts'
import { wordsOf } from './words.ts'

/** Complaints read for one word, the newest first: what happened lately is the better example. */
const perWord = 1_500
/** Words looked up; a longer statement repeats itself. */
const mostWords = 24
/** Complaints compared whole, of those that share the most. */
const compared = 24
const shownCases = 5
/** Complaints read in one go while a text is looked for. */
const searchedAtOnce = 100

type PastCaseShown = z.output<typeof pastCase>

/**
 * Past cases like the one in `asked`, the most alike first. Works on words and goods alone, so it needs no network and
 * can always say why (docs/lessons.md); gives way between words, so that it never holds the desk up.
 */
export async function findSimilar(
  r: ReadHandle,
  asked: z.output<typeof similarQuestion>,
): Promise<z.output<typeof similarCase>[]> {
  const goods = await listGoods(r, asked.saleLineId, asked.cardId)
  const about = aboutOf(asked, goods)
  const total = await countComplaints(r)
  const found = await lookUp(r, wordsOf(asked.text).slice(0, mostWords), about.productIds)
  const frequency = new Map(found.map(({ word, complaintIds }) => [word, complaintIds.length]))
  const candidates = gatherCandidates(found, total, compared + 1).filter(
    ({ complaintId }) => complaintId !== asked.except,
  )
  const byId = new Map(candidates.map((each) => [each.complaintId, each]))
  return (await listCases(r, [...byId.keys()]))
    .flatMap((past) => {
      const candidate = byId.get(past.complaintId)
      if (!candidate) return []
      const same = likenessOf(about, past.about)
      const score = scoreOf(candidate, same, past.text.length)
      return { past, words: candidate.words, same, score }
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || b.past.complaintId - a.past.complaintId)
    .slice(0, shownCases)
    .map(({ past, words, same }) => ({
      ...shown(past, words),
      same,
      words: words.toSorted((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0)),
    }))
}

/** The newest complaints for each word, and those about the same goods. */
async function lookUp(
  r: ReadHandle,
  words: readonly string[],
  productIds: readonly number[],
): Promise<WordFound[]> {
  const takeTurn = takeTurns()
  const found: WordFound[] = []
  const asked = [
    ...words.map((word) => ({ word, grams: bigramQuery(word) })),
    ...productIds.map((id) => ({ word: null, grams: `"${productGram(id)}"` })),
  ]
  for (const { word, grams } of asked) {
    const ids = await matchGrams(r, 'complaint_grams', grams, perWord + 1)
    if (ids.length > 0) {
      found.push({ word, complaintIds: ids.slice(0, perWord), isCommon: ids.length > perWord })
    }
    await takeTurn()
  }
  return found
}

function shown(past: PastCase, words: readonly string[]): PastCaseShown {
  const { text, about: _about, ...told } = past
  return { ...told, excerpt: excerptOf(text, words) }
}

/** Complaints that contain every run of letters of `asked`, newest first. */
export async function searchCases(
  r: ReadHandle,
  asked: { text: string; before: number | null; limit: number },
): Promise<{ cases: PastCaseShown[]; before: number | null }> {
  const grams = bigramQuery(asked.text)
  if (grams === '') return { cases: [], before: null }
  const wanted = foldName(asked.text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  const takeTurn = takeTurns()
  const cases: PastCaseShown[] = []
  let before = asked.before
  for (;;) {
    const ids = await matchGrams(r, 'complaint_grams', grams, searchedAtOnce, before)
    for (let at = 0; at < ids.length; at += asked.limit) {
      for (const past of await listCases(r, ids.slice(at, at + asked.limit))) {
        // Pairs of letters can stand apart in a text: what is shown really has the words.
        const whole = foldName(`${past.text} ${past.solution} ${wordsOfGoods(past)}`)
        if (!wanted.every((word) => whole.includes(word))) continue
        cases.push(shown(past, wanted))
        if (cases.length === asked.limit) return { cases, before: past.complaintId }
      }
      await takeTurn()
    }
    if (ids.length < searchedAtOnce) return { cases, before: null }
    before = ids.at(-1) ?? null
  }
}

function wordsOfGoods({ goods, about }: PastCase): string {
  return [goods, ...about.brands, ...about.categories].join(' ')
}

export const lessonsHandlers: RoomHandlers<typeof lessonsContract> = {
  similar: query((r, _call, input) => findSimilar(r, input)),
  search: query((r, _call, input) => searchCases(r, input)),
  list: query((r, _call, input) => pageLessons(r, input)),
  draft: query((r, _call, input) => draftLesson(r, input.complaintId)),
  show: command(['lessons', 'cases'], showLesson),
  withdraw: command(['lessons', 'cases'], withdrawLesson),
}
