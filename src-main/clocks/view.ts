import type { Call } from '../handlers.ts'
import type { Clock } from './derive.ts'
import { amountOf } from './house.ts'
import type { ClockRule } from './rule.ts'
import { shippedClocks } from './shipped.ts'

type Words = ClockRule['name']

/** In the language of the desk, for whom no screen can choose. */
export function say(call: Call, words: Words): string {
  return call.profile.language === 'en' ? words.en : words.zh
}

const brackets = { zh: ['（', '）'], en: [' (', ')'] } as const

/** A rule's name; where the store counts otherwise than the program came with, with the store's own number. */
export function namesOf(rule: ClockRule, measure: ClockRule['measure']): Words {
  const amount = amountOf(measure)
  if (amount === amountOf(rule.measure)) return rule.name
  const inTongue = (tongue: 'zh' | 'en'): string => {
    const count = shippedClocks().units[measure.unit][tongue].replace('{n}', String(amount))
    const plain = rule.name[tongue].replace(/\s*[(（][^()（）]*[)）]$/, '')
    return `${plain}${brackets[tongue].join(count)}`
  }
  return { zh: inTongue('zh'), en: inTongue('en') }
}

/** A clock as the contract shows it. */
export function viewOf(clock: Clock) {
  const instantOf = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  const { rule, measure } = clock
  return {
    rule: rule.id,
    names: namesOf(rule, measure),
    sources: rule.source,
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
