import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../support/run-command.ts'

const folder = path.join(ROOT, 'resources', 'locales')
const files = readdirSync(path.join(folder, 'zh-CN'))

type Texts = Map<string, string>

function collect(value: unknown, name: string, into: Texts): Texts {
  if (typeof value === 'string') into.set(name, value)
  // Lists hold names in the order of their language; they are compared as one.
  else if (Array.isArray(value)) into.set(name, '')
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      collect(inner, name ? `${name}.${key}` : key, into)
  }
  return into
}

function read(language: string, file: string): Texts {
  return collect(JSON.parse(readFileSync(path.join(folder, language, file), 'utf8')), '', new Map())
}

/** Chinese has one form for all counts, English two: forms of one text count as one. */
const base = (key: string) => key.replace(/_(?:zero|one|two|few|many|other)$/, '')
const placeholders = (text: string) =>
  new Set(
    [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).filter((name) => name !== 'count'),
  )

describe('texts', () => {
  it('exist in both languages, file by file', () => {
    expect(readdirSync(path.join(folder, 'en'))).toEqual(files)
  })

  it.each(files)('%s says the same things in both', (file) => {
    const zh = read('zh-CN', file)
    const en = read('en', file)
    expect([...new Set([...zh.keys()].map(base))].toSorted()).toEqual(
      [...new Set([...en.keys()].map(base))].toSorted(),
    )
    for (const [key, text] of zh) {
      const other = en.get(key) ?? en.get(`${base(key)}_other`) ?? ''
      expect(placeholders(other), `${file} ${key}`).toEqual(placeholders(text))
      expect(text === '' && other !== '', `${file} ${key} is empty`).toBe(false)
    }
  })

  it.each(files)('%s counts in both forms wherever English counts', (file) => {
    const en = [...read('en', file).keys()]
    const alone = en.filter(
      (key) =>
        key.endsWith('_one') && !en.includes(`${base(key)}_other`) && !en.includes(base(key)),
    )
    expect(alone).toEqual([])
  })

  it.each(files)('%s writes Chinese with full-width punctuation', (file) => {
    const wrong = [...read('zh-CN', file)]
      .map(([key, text]) => [key, text.replaceAll(/\{\{.*?\}\}/g, '')] as const)
      .filter(([, text]) => /[\u4e00-\u9fff][,;?!]|[,;?!][\u4e00-\u9fff]/.test(text))
      .map(([key, text]) => `${key}: ${text}`)
    expect(wrong).toEqual([])
  })
})
