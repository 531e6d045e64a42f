import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'

import type { retentions, satisfactionAnswers } from '../../src-main/cases/contract.ts'
import { api } from '../app/client.ts'
import { Field } from './field.tsx'
import { KeyChoices } from './key-choices.tsx'

/** What came of asking how content somebody is, and why. */
export interface SatisfactionValues {
  answer: (typeof satisfactionAnswers)[number]
  points: number | null
  reason: string | null
  note: string
}

export const notAsked: SatisfactionValues = {
  answer: 'not_asked',
  points: null,
  reason: null,
  note: '',
}

export interface RetentionValues {
  outcome: (typeof retentions)[number]
  reason: string | null
  note: string
}

/** Words of a code in the language of the screen. */
export function useWords(): (words: { zh: string; en: string }) => string {
  const { i18n } = useTranslation()
  return ({ zh, en }) => (i18n.language === 'en' ? en : zh)
}

/** Points by one digit; who was not asked or would not say has none. */
export function SatisfactionFields({
  value,
  onChange,
  called,
}: {
  value: SatisfactionValues
  onChange: (value: SatisfactionValues) => void
  /** Somebody was called for nothing but this: they were asked, and what they said has a field of its own. */
  called?: boolean
}) {
  const { t } = useTranslation()
  const say = useWords()
  const reasons = useQuery(api.cases.closingReasons.queryOptions({ staleTime: Infinity }))
  const points = ([5, 4, 3, 2, 1] as const).map((each) => ({
    keys: String(each),
    value: String(each),
    label: t(`complaints:satisfied.points.${each}`),
  }))
  const chosen = value.answer === 'given' ? String(value.points) : value.answer
  const fitting = (reasons.data?.satisfaction ?? []).filter((each) =>
    each.points.includes(value.points ?? 0),
  )
  const choose = (next: string) => {
    const given = Number(next)
    if (Number.isNaN(given)) {
      onChange({ ...notAsked, answer: next === 'not_asked' ? next : 'would_not_say' })
      return
    }
    const fits = reasons.data?.satisfaction.some(
      ({ id, points: explains }) => id === value.reason && explains.includes(given),
    )
    const reason = fits ? value.reason : null
    onChange({ ...value, answer: 'given', points: given, reason })
  }
  return (
    <>
      <KeyChoices
        legend={t('complaints:satisfied.ask')}
        value={chosen}
        onChoose={choose}
        choices={[
          ...points,
          { keys: '6', value: 'would_not_say', label: t('complaints:satisfied.would_not_say') },
          ...(called
            ? []
            : [{ keys: '0', value: 'not_asked', label: t('complaints:satisfied.not_asked') }]),
        ]}
      />
      {value.answer === 'given' ? (
        <WhyFields
          label={t('complaints:satisfied.why')}
          options={fitting.map(({ id, words }) => ({ value: id, label: say(words) }))}
          value={value}
          {...(called && { withoutNote: true })}
          onChange={({ reason, note }) => onChange({ ...value, reason, note })}
        />
      ) : null}
    </>
  )
}

/** Does the customer come back, as far as anybody can tell. */
export function RetentionFields({
  value,
  onChange,
}: {
  value: RetentionValues
  onChange: (value: RetentionValues) => void
}) {
  const { t } = useTranslation()
  const say = useWords()
  const reasons = useQuery(api.cases.closingReasons.queryOptions({ staleTime: Infinity }))
  const fitting = (reasons.data?.retention ?? []).filter(({ outcomes }) =>
    outcomes.includes(value.outcome),
  )
  return (
    <>
      <KeyChoices
        legend={t('complaints:retention.ask')}
        value={value.outcome}
        onChoose={(outcome) => onChange({ ...value, outcome, reason: null })}
        choices={[
          { keys: '7', value: 'stays', label: t('complaints:retention.stays') },
          { keys: '8', value: 'lost', label: t('complaints:retention.lost') },
          { keys: '9', value: 'unknown', label: t('complaints:retention.unknown') },
        ]}
      />
      {fitting.length > 0 ? (
        <WhyFields
          label={t('complaints:retention.why')}
          options={fitting.map(({ id, words }) => ({ value: id, label: say(words) }))}
          value={value}
          onChange={({ reason, note }) => onChange({ ...value, reason, note })}
        />
      ) : null}
    </>
  )
}

/** A reason by its code, and beside it the words that were used. */
function WhyFields({
  label,
  options,
  value,
  withoutNote,
  onChange,
}: {
  label: string
  options: { value: string; label: string }[]
  value: { reason: string | null; note: string }
  withoutNote?: boolean
  onChange: (value: { reason: string | null; note: string }) => void
}) {
  const { t } = useTranslation()
  return (
    <div className="closing-why">
      <Field label={label}>
        {(id) => (
          <Select
            id={id}
            className="full-width"
            allowClear
            value={value.reason}
            options={options}
            onChange={(reason: string | undefined) =>
              onChange({ ...value, reason: reason ?? null })
            }
          />
        )}
      </Field>
      {withoutNote ? null : (
        <Field label={t('complaints:satisfied.note')}>
          {(id) => (
            <Input
              id={id}
              value={value.note}
              maxLength={300}
              autoComplete="off"
              onChange={(event) => onChange({ ...value, note: event.target.value })}
            />
          )}
        </Field>
      )}
    </div>
  )
}

/** Points with their word, or why there are none. */
export function SatisfactionText({
  value,
  satisfied,
}: {
  value: SatisfactionValues | null
  /** What was asked before there were points. */
  satisfied: boolean | null
}) {
  const { t } = useTranslation()
  const say = useWords()
  const reasons = useQuery(api.cases.closingReasons.queryOptions({ staleTime: Infinity }))
  const reason = reasons.data?.satisfaction.find(({ id }) => id === value?.reason)
  if (value?.answer === 'would_not_say') return <>{t('complaints:satisfied.would_not_say')}</>
  if (value?.points == null) {
    const said = satisfied === null ? 'not_asked' : satisfied ? 'yes' : 'no'
    return <>{t(`complaints:satisfied.${said}`)}</>
  }
  const given = t('complaints:satisfied.given', {
    points: value.points,
    words: t(`complaints:satisfied.points.${value.points}`),
  })
  return <>{[given, reason && say(reason.words), value.note].filter(Boolean).join(' · ')}</>
}
