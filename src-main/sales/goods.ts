import type { ReadHandle } from '../database/store.ts'
import { bigramQuery } from '../foundation/bigrams.ts'
import type { Call } from '../handlers.ts'
import { minorDigits } from '../foundation/money.ts'
import { namesBySound, productsByBarcode, productsByName, productsBySku } from './find-store.ts'
import { readQuestion, whole } from './rules.ts'

/** Products a scanned or typed text stands for, best first; `exact` where it names one and nothing else. */
export async function findGoods(
  r: ReadHandle,
  call: Call,
  text: string,
  limit: number,
): Promise<{ exact: number | null; ids: number[] }> {
  const question = readQuestion(text, {
    today: call.today,
    minorDigits: minorDigits(call.profile.currency),
  })
  const hits = [
    ...(await productsByBarcode(r, question.barcodes, limit)),
    ...(question.code === null
      ? []
      : await productsBySku(r, question.code, question.partial, limit)),
    ...(question.sound === null ? [] : await namesBySound(r, 'product', question.sound, limit)),
    ...(question.name === null || question.grams === ''
      ? []
      : await productsByName(r, question.name, question.grams)),
  ]
  const named = [...new Set(hits.filter((hit) => hit.strength === whole).map((hit) => hit.id))]
  const best = hits.toSorted((a, b) => a.strength - b.strength).map((hit) => hit.id)
  return {
    exact: named.length === 1 ? (named[0] ?? null) : null,
    ids: [...new Set(best)].slice(0, limit),
  }
}

/** Products whose name has every word of `name`: those of one model among them. */
export async function findNamesakes(r: ReadHandle, name: string): Promise<number[]> {
  const grams = bigramQuery(name)
  if (grams === '') return []
  return (await productsByName(r, name, grams)).map((hit) => hit.id)
}
