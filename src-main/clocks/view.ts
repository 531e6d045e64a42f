import type { Call } from '../handlers.ts'
import type { Clock } from './derive.ts'
import { amountOf } from './house.ts'
import type { ClockRule } from './rule.ts'
import { shippedClocks } from './shipped.ts'

type Words = ClockRule['name']

export function say(call: Call, words: Words): string {
  return call.profile.language === 'en' ? words.en : words.zh
}

/** The name of a rule; where the store counts otherwise than the program came with, with the store's own number. */
export function nameOf(call: Call, rule: ClockRule, measure: ClockRule['measure']): string {
  const name = say(call, rule.name)
  if (amountOf(measure) === amountOf(rule.measure)) return name
  const count = say(call, shippedClocks().units[measure.unit])
  const plain = name.replace(/\s*[(（][^()（）]*[)）]$/, '')
  const bracket = call.profile.language === 'en' ? [' (', ')'] : ['（', '）']
  return `${plain}${bracket[0]}${count.replace('{n}', String(amountOf(measure)))}${bracket[1]}`
}

/** A name and its source in both languages of the screens; papers and alerts take that of the desk. */
function bothOf(call: Call, rule: ClockRule, measure: ClockRule['measure']) {
  const inLanguage = (language: 'zh-CN' | 'en') => ({
    ...call,
    profile: { ...call.profile, language },
  })
  return {
    names: {
      zh: nameOf(inLanguage('zh-CN'), rule, measure),
      en: nameOf(inLanguage('en'), rule, measure),
    },
    sources: rule.source,
  }
}

/** A clock as the contract shows it. */
export function viewOf(call: Call, clock: Clock) {
  const instantOf = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  const { rule, measure } = clock
  return {
    rule: rule.id,
    ...bothOf(call, rule, measure),
    legal: rule.legal,
    unit: measure.unit,
    state: clock.state,
    startedAt: instantOf(clock.startedAt),
    dueAt: instantOf(clock.dueAt),
    stoppedAt: instantOf(clock.stoppedAt),
    leftMs: clock.leftMs,
    told: clock.told,
  }
}
