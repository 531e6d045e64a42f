import enComplaints from '../../resources/locales/en/complaints.json' with { type: 'json' }
import enEvidence from '../../resources/locales/en/evidence.json' with { type: 'json' }
import zhComplaints from '../../resources/locales/zh-CN/complaints.json' with { type: 'json' }
import zhEvidence from '../../resources/locales/zh-CN/evidence.json' with { type: 'json' }

interface Words {
  [key: string]: string | Words
}

const books: Record<'zh' | 'en', { evidence: Words; complaints: Words }> = {
  zh: { evidence: zhEvidence, complaints: zhComplaints },
  en: { evidence: enEvidence, complaints: enComplaints },
}

type Facts = Readonly<Record<string, unknown>>

/** What the pack says, in the first language of the store's papers. */
export interface PackWords {
  language: 'zh' | 'en'
  /** A text of `evidence.json`, below `pack`. */
  say: (key: string, facts?: Facts) => string
  /** A text of `complaints.json`; the last step of the key where there is none. */
  name: (key: string, facts?: Facts) => string
}

export function packWords(paperLanguage: 'zh' | 'en' | 'bilingual'): PackWords {
  const language = paperLanguage === 'en' ? 'en' : 'zh'
  const { evidence, complaints } = books[language]
  return {
    language,
    say: (key, facts = {}) => fill(look(evidence, `pack.${key}`) ?? key, facts),
    name: (key, facts = {}) => fill(look(complaints, key) ?? key.split('.').at(-1) ?? key, facts),
  }
}

function look(words: Words, key: string): string | undefined {
  let node: string | Words | undefined = words
  for (const step of key.split('.')) node = typeof node === 'object' ? node[step] : undefined
  return typeof node === 'string' ? node : undefined
}

function fill(text: string, facts: Facts): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => {
    const value = facts[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  })
}
