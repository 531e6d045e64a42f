import type { TFunction } from 'i18next'

import type {
  Bilingual,
  Fee,
  Rule,
  Scope,
  Trigger,
  Window,
} from '../../src-main/policy/contract.ts'
import { formatMoney } from '../../src-main/foundation/money.ts'
import { writeDate } from '../ui/dates.ts'
import { writePercent } from './policy.ts'

/** What turns a rule into sentences on this screen. */
export interface Words {
  t: TFunction
  language: string
  today: string
  currency: string
  say: (text: Bilingual) => string
  nameOfCategory: (code: string) => string
}

/** One line of a rule in words. */
export interface RuleFact {
  /** Key of its label under `policy-screen:fact`. */
  label: string
  text: string
}

type Adjustment = Extract<Rule, { effect: 'adjustment' }>
type RemedyRule = Extract<Rule, { effect: 'remedy' }>
type TermRule = Extract<Rule, { effect: 'term' }>

/** What a rule says beyond its text: goods, days, remedies and figures, in the order a clerk would ask. */
export function describeRule(rule: Rule, words: Words): RuleFact[] {
  return [
    { label: 'goods', text: describeScope(rule.scope, words) },
    ...describeEffect(rule, words),
    { label: 'valid', text: describeValidity(rule, words) },
  ].filter(({ text }) => text !== '')
}

function describeEffect(rule: Rule, words: Words): RuleFact[] {
  switch (rule.effect) {
    case 'remedy':
      return describeRemedy(rule, words)
    case 'term':
      return describeTerm(rule, words)
    case 'exclusion':
      return [reasonsOf(rule.reasons, words), remediesOf('takesAway', rule.remedies, words)]
    case 'adjustment':
      return [reasonsOf(rule.reasons, words), ...describeAdjustment(rule, words)]
    case 'void':
      return [
        ...(rule.reasons ? [reasonsOf(rule.reasons, words)] : []),
        { label: 'findings', text: listOf(rule.findings, 'finding', words, 'disjunction') },
      ]
    case 'exposure':
      return [reasonsOf(rule.reasons, words), { label: 'exposure', text: sumOf(rule, words) }]
    case 'duty':
      return [
        reasonsOf(rule.reasons, words),
        remediesOf('dutyWith', rule.remedies, words),
        {
          label: 'due',
          text:
            rule.withinDays === null
              ? words.t('policy-screen:due.atOnce')
              : [
                  words.t(`policy-screen:due.${rule.dayKind ?? 'calendar'}`, {
                    count: rule.withinDays,
                  }),
                  ...(rule.metByLoan ? [words.t('policy-screen:due.byLoan')] : []),
                ].join(words.t('policy-screen:due.comma')),
        },
      ]
  }
}

function sumOf(rule: Extract<Rule, { effect: 'exposure' }>, words: Words): string {
  if (rule.delayDays !== null) {
    return words.t('policy-screen:exposure.delay', { count: rule.delayDays })
  }
  return words.t('policy-screen:exposure.times', {
    times: rule.times,
    floor: formatMoney(rule.floor, words.currency, words.language),
  })
}

function reasonsOf(reasons: readonly string[], words: Words): RuleFact {
  return { label: 'reasons', text: listOf(reasons, 'reasonClass', words, 'disjunction') }
}

function remediesOf(label: string, remedies: readonly string[], words: Words): RuleFact {
  return { label, text: listOf(remedies, 'remedy', words) }
}

function listOf(
  codes: readonly string[],
  group: string,
  { t, language }: Words,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return joinWords(
    codes.map((code) => t(`policy-screen:${group}.${code}`)),
    language,
    type,
  )
}

function joinWords(
  texts: readonly string[],
  language: string,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat(language, { type }).format(texts)
}

/** `手机、电脑；不含特价` — all goods where nothing narrows it. */
export function describeScope(scope: Scope, words: Words): string {
  const { t } = words
  const parts = scopeParts(scope, words)
  const all =
    parts.length > 0 ? parts.join(t('policy-screen:scope.and')) : t('policy-screen:scope.all')
  const without = scope.not ? scopeParts(scope.not, words) : []
  if (without.length === 0) return all
  return t('policy-screen:scope.without', {
    all,
    without: without.join(t('policy-screen:scope.and')),
  })
}

function scopeParts(scope: Omit<Scope, 'not'>, words: Words): string[] {
  const { t, language, currency } = words
  const named = (key: string, values: readonly string[] | undefined) =>
    values
      ? [t(`policy-screen:scope.${key}`, { list: joinWords(values, language, 'disjunction') })]
      : []
  const money = (amount: number) => formatMoney(amount, currency, language)
  const { paidFrom, paidTo } = scope
  return [
    ...(scope.categories
      ? [joinWords(scope.categories.map(words.nameOfCategory), language, 'disjunction')]
      : []),
    ...named('brands', scope.brands),
    ...named('counters', scope.counters),
    ...named('skus', scope.skus),
    ...named('tiers', scope.tiers),
    ...named(
      'channels',
      scope.channels?.map((code) => t(`policy-screen:channel.${code}`)),
    ),
    ...named(
      'tags',
      scope.tags?.map((code) => t(`policy-screen:tag.${code}`, { defaultValue: code })),
    ),
    ...(paidFrom !== undefined && paidTo !== undefined
      ? [t('policy-screen:scope.paidBetween', { from: money(paidFrom), to: money(paidTo) })]
      : paidFrom !== undefined
        ? [t('policy-screen:scope.paidFrom', { from: money(paidFrom) })]
        : paidTo !== undefined
          ? [t('policy-screen:scope.paidTo', { to: money(paidTo) })]
          : []),
  ]
}

function describeRemedy(rule: RemedyRule, words: Words): RuleFact[] {
  const { t } = words
  return [
    reasonsOf(rule.reasons, words),
    { label: 'window', text: describeWindow(rule.window, words) },
    ...(rule.season ? [{ label: 'season', text: describeSeason(rule.season, words) }] : []),
    ...(rule.kilometresTo === undefined
      ? []
      : [
          {
            label: 'kilometresTo',
            text: t('policy-screen:kilometres', { count: rule.kilometresTo }),
          },
        ]),
    ...(rule.trigger.kind === 'none'
      ? []
      : [{ label: 'trigger', text: describeTrigger(rule.trigger, words) }]),
    {
      label: 'remedies',
      text: joinWords(
        rule.remedies.map(({ remedy, fee }) => {
          const name = t(`policy-screen:remedy.${remedy}`)
          return fee.kind === 'none'
            ? name
            : t('policy-screen:remedyWithFee', { remedy: name, fee: describeFee(fee, words) })
        }),
        words.language,
        'disjunction',
      ),
    },
    { label: 'chooser', text: t(`policy-screen:chooser.${rule.chooser}`) },
    { label: 'needs', text: describeNeeds(rule, words) },
    { label: 'freight', text: t(`policy-screen:freight.${rule.freight}`) },
    { label: 'gift', text: t(`policy-screen:gift.${rule.gift}`) },
    {
      label: 'approver',
      text: rule.approver === null ? t('policy-screen:byMatrix') : t(`app:role.${rule.approver}`),
    },
  ]
}

/** Days or months a claim can be made in, from what they count. */
export function describeWindow(window: Window | 'term' | 'unit_term', words: Words): string {
  const { t } = words
  if (typeof window === 'string') return t(`policy-screen:window.${window}`)
  const { from, to, unit, dayKind } = window
  const kind = unit === 'days' && dayKind === 'working' ? 'workdays' : unit
  const days =
    to === null
      ? from === 0
        ? t('policy-screen:window.endless')
        : t(`policy-screen:window.${kind}From`, { from })
      : from === 0
        ? t(`policy-screen:window.${kind}To`, { count: to })
        : t(`policy-screen:window.${kind}Between`, { from, to })
  const start = window.start
    .map((each) => t(`policy-screen:start.${each}`))
    .join(t('policy-screen:window.orElse'))
  const extended = window.extendedByRepairs ? t('policy-screen:window.extended') : ''
  return t('policy-screen:window.counted', { days, start }) + extended
}

function describeSeason(
  { soldFrom, soldTo, until }: NonNullable<RemedyRule['season']>,
  { t, today, language }: Words,
): string {
  const day = (date: string) => writeDate(date, today, language)
  return t('policy-screen:season', { from: day(soldFrom), to: day(soldTo), until: day(until) })
}

function describeTrigger(trigger: Trigger, { t }: Words): string {
  const count = 'count' in trigger ? trigger.count : 'days' in trigger ? trigger.days : undefined
  const key = trigger.kind === 'repair_overdue' ? `${trigger.kind}_${trigger.cause}` : trigger.kind
  return t(`policy-screen:trigger.${key}`, count === undefined ? {} : { count })
}

function describeFee(fee: Fee, { t, language }: Words): string {
  switch (fee.kind) {
    case 'none':
    case 'depreciation':
      return t(`policy-screen:fee.${fee.kind}`)
    case 'restock':
    case 'daily':
      return t(`policy-screen:fee.${fee.kind}Of`, { share: writePercent(fee.ppm, language) })
    case 'grade':
      return Object.entries(fee.ppm)
        .map(([grade, ppm]) =>
          t('policy-screen:fee.gradeOf', {
            grade: t(`policy-screen:condition.${grade}`),
            share: writePercent(ppm, language),
          }),
        )
        .join(t('policy-screen:comma'))
  }
}

function describeNeeds({ needs }: RemedyRule, words: Words): string {
  const { t } = words
  const flags = (
    ['complete', 'receipt', 'memberCard', 'repairRecords', 'medicalProof'] as const
  ).flatMap((flag) => (needs[flag] ? [t(`policy-screen:need.${flag}`)] : []))
  const conditions = needs.conditions
    ? [listOf(needs.conditions, 'condition', words, 'disjunction')]
    : []
  return [...conditions, ...flags].join(t('policy-screen:comma'))
}

function describeTerm(rule: TermRule, { t, language, say }: Words): RuleFact[] {
  const months = (count: number | null) =>
    count === null ? t('policy-screen:undecidedValue') : t('policy-screen:months', { count })
  const start = rule.start
    .map((each) => t(`policy-screen:start.${each}`))
    .join(t('policy-screen:window.orElse'))
  return [
    {
      label: 'unitTerm',
      text: t('policy-screen:window.counted', { days: months(rule.unitMonths), start }),
    },
    {
      label: 'partTerms',
      text: rule.parts
        .map((part) =>
          t('policy-screen:partTerm', { part: say(part.name), months: months(part.months) }),
        )
        .join(t('policy-screen:comma')),
    },
    {
      label: 'dailyRate',
      text:
        rule.dailyPpm === null
          ? t('policy-screen:undecidedValue')
          : t('policy-screen:fee.dailyOf', { share: writePercent(rule.dailyPpm, language) }),
    },
  ]
}

function describeAdjustment(rule: Adjustment, words: Words): RuleFact[] {
  const { t, language } = words
  const { testFee } = rule
  const facts: (RuleFact | false | undefined)[] = [
    rule.window !== undefined && { label: 'window', text: describeWindow(rule.window, words) },
    rule.depreciation && {
      label: 'depreciation',
      text: t(`policy-screen:depreciation.${rule.depreciation}`),
    },
    rule.dailyPpmAtMost !== undefined && {
      label: 'dailyAtMost',
      text: t('policy-screen:fee.dailyOf', { share: writePercent(rule.dailyPpmAtMost, language) }),
    },
    rule.gift && { label: 'gift', text: t(`policy-screen:gift.${rule.gift}`) },
    rule.freight && { label: 'freight', text: t(`policy-screen:freight.${rule.freight}`) },
    testFee && {
      label: 'testFee',
      text: (['fault', 'noFault', 'unknown'] as const)
        .map((outcome) =>
          t(`policy-screen:testFee.${outcome}`, {
            who: t(`policy-screen:payer.${testFee[outcome]}`),
          }),
        )
        .join(t('policy-screen:comma')),
    },
    rule.priceBasis && {
      label: 'priceBasis',
      text: t(`policy-screen:priceBasis.${rule.priceBasis}`),
    },
    rule.burdenOfProof && {
      label: 'burdenOfProof',
      text: t(`policy-screen:burdenOfProof.${rule.burdenOfProof}`),
    },
    rule.repairedPartRestarts && {
      label: 'repairedPart',
      text: t('policy-screen:repairedPartRestarts'),
    },
    rule.lostTime && { label: 'lostTime', text: t('policy-screen:lostTime') },
    rule.offerOrder && {
      label: 'offerOrder',
      text: rule.offerOrder
        .map((remedy) => t(`policy-screen:remedy.${remedy}`))
        .join(t('policy-screen:then')),
    },
  ]
  return facts.filter((each): each is RuleFact => Boolean(each))
}

function describeValidity(rule: Rule, { t, today, language }: Words): string {
  const from = writeDate(rule.validFrom, today, language)
  const by = t(`policy-screen:validBy.${rule.validBy}`)
  return rule.validTo === null
    ? t('policy-screen:valid.from', { from, by })
    : t('policy-screen:valid.between', { from, to: writeDate(rule.validTo, today, language), by })
}
