import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import type { Chance } from '../../src-main/demo/random.ts'
import { complaintStories } from '../../src-main/demo/stories.ts'
import { realFile } from './import-file.ts'

function readTexts(name: string, encoding: string, column: string): string[] {
  const { file, missing } = realFile(name)
  if (missing) return []
  const rows = parse(iconv.decode(readFileSync(file), encoding), {
    columns: true,
    bom: true,
    relax_quotes: true,
  }) as Record<string, string>[]
  return rows.map((row) => row[column] ?? '').filter((text) => text.trim() !== '')
}

/** What customers really wrote, odd characters and all: short reviews and long letters; none where the data are not. */
export function realComplaintTexts(): string[] {
  return [
    ...readTexts('cn-negative-reviews/waimai_negative_gb18030.csv', 'gb18030', 'review'),
    ...readTexts('cn-citizen-complaints/consumer_trade_48.csv', 'utf8', '留言详情'),
  ]
}

/** As many statements of real length as asked for, mixed from sentences of real ones where there are any. */
export function mixComplaintTexts(chance: Chance, count: number): string[] {
  const real = realComplaintTexts()
  const sources = real.length > 0 ? real : complaintStories.map(({ text }) => text)
  const sentences = sources
    .flatMap((text) => text.split(/(?<=[。！？!?\n])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 1)
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + Math.floor(chance.next() ** 2 * 12) }, () =>
      chance.pick(sentences),
    ).join(''),
  )
}
