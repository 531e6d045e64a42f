import { isUniqueViolation } from '../database/sqlite.ts'
import type { PaperWordsTable } from '../database/schema.ts'
import type { ReadHandle, WriteHandle } from '../database/store.ts'

type WordsPlace = PaperWordsTable['place']

export interface StoredWords {
  zh: string
  en: string
  /** 0 where nothing was ever written. */
  version: number
  changedAt: string | null
  changedBy: string | null
}

/** The words a paper carries today. */
export async function findWords(r: ReadHandle, place: WordsPlace): Promise<StoredWords> {
  const row = await r
    .selectFrom('paper_words')
    .innerJoin('operator', 'operator.id', 'paper_words.changed_by')
    .select(['zh', 'en', 'paper_words.version', 'changed_at', 'operator.name'])
    .where('place', '=', place)
    .orderBy('paper_words.version', 'desc')
    .executeTakeFirst()
  if (!row) return { zh: '', en: '', version: 0, changedAt: null, changedBy: null }
  return {
    zh: row.zh,
    en: row.en,
    version: row.version,
    changedAt: row.changed_at,
    changedBy: row.name,
  }
}

/** @returns false when somebody else wrote this version first. */
export async function insertWords(
  w: WriteHandle,
  words: { place: WordsPlace; version: number; zh: string; en: string; at: string; by: number },
): Promise<boolean> {
  try {
    await w
      .insertInto('paper_words')
      .values({
        place: words.place,
        version: words.version,
        zh: words.zh,
        en: words.en,
        changed_at: words.at,
        changed_by: words.by,
      })
      .execute()
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}
