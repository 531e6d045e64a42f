import en from '../../resources/locales/en/policy.json' with { type: 'json' }
import zh from '../../resources/locales/zh-CN/policy.json' with { type: 'json' }
import enRights from '../../resources/locales/en/rights.json' with { type: 'json' }
import zhRights from '../../resources/locales/zh-CN/rights.json' with { type: 'json' }
import { formatMoney } from '../foundation/money.ts'
import type { Reason } from '../policy/facts.ts'
import type { Bilingual } from '../policy/rule.ts'

type Words = { [name: string]: string | Words }

/** A reason of the engine as a sentence in both languages, for papers and records that outlive the screen. */
export function sayReason(reason: Reason, currency: string): Bilingual {
  return {
    zh: fill(find(zh as Words, reason), reason, currency, 'zh-CN'),
    en: fill(find(en as Words, reason), reason, currency, 'en'),
  }
}

/** A ground of the desk's own, which no rule says: the proofs of a purchase and what they leave open. */
export function sayGround(
  ground: keyof typeof zhRights.ground,
  params: Record<string, string | number>,
): Bilingual {
  const said = { params }
  return {
    zh: fill(zhRights.ground[ground], said, '', 'zh-CN'),
    en: fill(enRights.ground[ground], said, '', 'en'),
  }
}

/** The sentence of a key; of a counted one the form that fits the count. */
function find(words: Words, { key, params }: Reason): string {
  const form = params['count'] === 1 ? '_one' : '_other'
  const text = walk(words, key) ?? walk(words, key + form) ?? walk(words, `${key}_other`)
  return text ?? key
}

function walk(words: Words, key: string): string | undefined {
  let at: string | Words | undefined = words
  for (const step of key.split('.')) at = typeof at === 'object' ? at[step] : undefined
  return typeof at === 'string' ? at : undefined
}

function fill(
  text: string,
  { params }: Pick<Reason, 'params'>,
  currency: string,
  language: string,
): string {
  return text.replaceAll(/\{\{\s*(\w+)[^}]*\}\}/g, (whole, name: string) => {
    const value = params[name]
    if (value === undefined) return whole
    const isAmount = typeof value === 'number' && name.toLowerCase().endsWith('amount')
    return isAmount ? formatMoney(value, currency, language) : String(value)
  })
}
