import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import en from '../../resources/locales/en/errors.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/errors.json' with { type: 'json' }
import { readSources } from '../support/import-graph.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Sentences by their whole key, `room.what_is_wrong`. */
function flatten(texts: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [[prefix + key, value] as const]
        : [...flatten(value as object, `${prefix}${key}.`)],
    ),
  )
}

const chinese = flatten(zh)
const english = flatten(en)

/** What the code fills in: the flat names of the record beside a reason. */
interface Refusal {
  where: string
  reason: string
  params: Set<string> | null
}

function findRefusals(): Refusal[] {
  return [...readSources(ROOT, ['src-main'])].flatMap(([where, source]) =>
    [...source.matchAll(/\brefuse\(\s*'([a-z_.]+)'\s*(?:,\s*(\{[^{}]*\})|(\)))?/g)].map(
      ([, reason = '', record, end]) => ({
        where,
        reason,
        params: end ? new Set() : record ? namesIn(record) : null,
      }),
    ),
  )
}

/** Null where the record is spread from elsewhere and cannot be read here. */
function namesIn(record: string): Set<string> | null {
  if (record.includes('...')) return null
  return new Set(
    [...record.matchAll(/(?:^|[{,])\s*(\w+)\s*(?=[:,}])/g)].map((match) => match[1] ?? ''),
  )
}

function placeholdersOf(text: string): Set<string> {
  return new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? ''))
}

const refusals = findRefusals()

describe('every no of the desk', () => {
  it('is found', () => {
    expect(refusals.length).toBeGreaterThan(40)
  })

  it('has a sentence in both languages', () => {
    const missing = refusals.filter(({ reason }) => !chinese.has(reason) || !english.has(reason))
    expect(missing.map(({ where, reason }) => `${where}: ${reason}`)).toEqual([])
  })

  it('fills every place its sentences have', () => {
    const empty = refusals.flatMap(({ where, reason, params }) => {
      const texts = [chinese.get(reason) ?? '', english.get(reason) ?? '']
      const places = texts.flatMap((text) => [...placeholdersOf(text)])
      if (params === null) return []
      return places
        .filter((place) => !params.has(place))
        .map((place) => `${where}: ${reason} {{${place}}}`)
    })
    expect(empty).toEqual([])
  })

  it('says the same in both languages, with the same facts', () => {
    expect([...english.keys()].toSorted()).toEqual([...chinese.keys()].toSorted())
    for (const [reason, text] of chinese) {
      expect([reason, placeholdersOf(english.get(reason) ?? '')]).toEqual([
        reason,
        placeholdersOf(text),
      ])
    }
  })
})
