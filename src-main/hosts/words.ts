import enApp from '../../resources/locales/en/app.json' with { type: 'json' }
import enErrors from '../../resources/locales/en/errors.json' with { type: 'json' }
import enHosts from '../../resources/locales/en/hosts.json' with { type: 'json' }
import zhApp from '../../resources/locales/zh-CN/app.json' with { type: 'json' }
import zhErrors from '../../resources/locales/zh-CN/errors.json' with { type: 'json' }
import zhHosts from '../../resources/locales/zh-CN/hosts.json' with { type: 'json' }
import type { RefusalParams } from '../foundation/errors.ts'

/** Languages a host can speak before, or without, a page. */
export type Language = 'zh-CN' | 'en'

export const LANGUAGES: readonly Language[] = ['zh-CN', 'en']

interface Words {
  [key: string]: string | Words
}

const HOSTS: Record<Language, Words> = { 'zh-CN': zhHosts, en: enHosts }
const ERRORS: Record<Language, Words> = { 'zh-CN': zhErrors, en: enErrors }

const ROLES: Record<Language, Words> = { 'zh-CN': zhApp.role, en: enApp.role }

/** A host's own sentence; `key` is a path in `hosts.json` such as `web.stale.title`. */
export function say(language: Language, key: string, params: RefusalParams = {}): string {
  return fill(look(HOSTS[language], key) ?? key, params)
}

/** The sentence for a refusal, from `errors.json`; the bare reason where a text is missing. A role is named in words. */
export function sayRefusal(language: Language, reason: string, params: RefusalParams = {}): string {
  const role = 'role' in params ? look(ROLES[language], String(params['role'])) : undefined
  return fill(look(ERRORS[language], reason) ?? reason, role ? { ...params, role } : params)
}

/** The language of the machine's user, for what is said before a store is open. */
export function systemLanguage(locale = Intl.DateTimeFormat().resolvedOptions().locale): Language {
  return locale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** Reads `a.b.c` from nested or flat words alike. */
function look(words: Words, key: string): string | undefined {
  const flat = words[key]
  if (typeof flat === 'string') return flat
  let at: string | Words | undefined = words
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined
  return typeof at === 'string' ? at : undefined
}

function fill(text: string, params: RefusalParams): string {
  return text.replaceAll(/\{\{\s*(\w+)[^}]*\}\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  )
}
