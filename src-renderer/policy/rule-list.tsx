import { SearchOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Checkbox, Input, Select } from 'antd'
import { useDeferredValue, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { effects, layers, ruleStates } from '../../src-main/policy/contract.ts'
import type { RuleState } from '../../src-main/policy/contract.ts'
import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { Tag } from '../ui/tag.tsx'
import { useBilingual } from './policy.ts'
import type { Effect, RuleSummary } from './policy.ts'
import { useVocabulary } from './use-words.ts'

interface Filter {
  text: string
  layer: (typeof layers)[number] | null
  category: string | null
  effect: Effect | null
  state: RuleState | null
  unverified: boolean
  undecided: boolean
}

const NO_FILTER: Filter = {
  text: '',
  layer: null,
  category: null,
  effect: null,
  state: null,
  unverified: false,
  undecided: false,
}

/** Finds rules by words and by what they are; ↑↓ moves through them. */
export function RuleList({ current }: { current: string | undefined }) {
  const { t } = useTranslation()
  const [filter, setFilter] = useState(NO_FILTER)
  const asked = useDeferredValue(filter)
  const list = useQuery({
    ...api.policy.list.queryOptions({ input: asked }),
    placeholderData: keepPreviousData,
  })
  return (
    <section className="policy-list" aria-label={t('policy-screen:list.title')}>
      <Filters filter={filter} change={(next) => setFilter({ ...filter, ...next })} />
      <RefusalAlert error={list.error} retry={() => list.refetch()} />
      {list.data ? (
        <>
          <p className="row-note" aria-live="polite">
            {t('policy-screen:list.count', {
              shown: list.data.rules.length,
              total: list.data.total,
            })}
          </p>
          <Rows rules={list.data.rules} current={current} />
        </>
      ) : list.error ? null : (
        <LoadingState />
      )}
    </section>
  )
}

function Rows({ rules, current }: { rules: readonly RuleSummary[]; current: string | undefined }) {
  const { t } = useTranslation()
  const say = useBilingual()
  if (rules.length === 0) {
    return (
      <EmptyState
        small
        title={t('policy-screen:list.none')}
        hint={t('policy-screen:list.noneHint')}
      />
    )
  }
  return (
    <div className="policy-rows">
      <RowList label={t('policy-screen:list.title')}>
        {rules.map((rule) => (
          <li key={rule.id}>
            <Link
              className={
                rule.id === current
                  ? 'row row-wrap policy-row policy-current'
                  : 'row row-wrap policy-row'
              }
              aria-current={rule.id === current ? 'true' : undefined}
              to={paths.rules(rule.id)}
            >
              <span className="row-main">
                <span className="row-title">{say(rule.text)}</span>
                <span className="row-note">
                  {t(`policy-screen:layer.${rule.layer}`)} · {say(rule.basis)}
                </span>
                <RuleMarks rule={rule} />
              </span>
            </Link>
          </li>
        ))}
      </RowList>
    </div>
  )
}

const TONES: Partial<Record<RuleState, 'good' | 'soon' | 'teal'>> = {
  in_force: 'good',
  scheduled: 'teal',
  draft: 'soon',
}

/** State and warnings of a rule, each in a word. */
export function RuleMarks({ rule }: { rule: RuleSummary }) {
  const { t } = useTranslation()
  return (
    <span className="policy-marks">
      <Tag tone={TONES[rule.state] ?? 'plain'}>{t(`policy-screen:state.${rule.state}`)}</Tag>
      {rule.unsigned && rule.state !== 'draft' ? (
        <Tag tone="soon">{t('policy-screen:mark.unsigned')}</Tag>
      ) : null}
      {rule.undecided.length > 0 ? (
        <Tag tone="soon">{t('policy-screen:mark.undecided')}</Tag>
      ) : null}
      {rule.weakerThan ? <Tag tone="risk">{t('policy-screen:mark.weaker')}</Tag> : null}
      {rule.unverified ? <Tag tone="soon">{t('policy-screen:mark.unverified')}</Tag> : null}
      {rule.statutory ? <Tag tone="teal">{t('policy-screen:mark.statutory')}</Tag> : null}
      {rule.profile ? (
        <Tag>{t('policy-screen:mark.profile', { code: rule.profile.code.toUpperCase() })}</Tag>
      ) : null}
    </span>
  )
}

interface FiltersProps {
  filter: Filter
  change: (next: Partial<Filter>) => void
}

function Filters({ filter, change }: FiltersProps) {
  const { t } = useTranslation()
  const say = useBilingual()
  const { categories } = useVocabulary()
  const search = useId()
  const options = (codes: readonly string[], group: string) =>
    codes.map((value) => ({ value, label: t(`policy-screen:${group}.${value}`) }))
  return (
    <div className="policy-filters">
      <label className="sr-only" htmlFor={search}>
        {t('policy-screen:list.search')}
      </label>
      <Input
        id={search}
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t('policy-screen:list.search')}
        value={filter.text}
        maxLength={80}
        allowClear
        autoComplete="off"
        onChange={(event) => change({ text: event.target.value })}
      />
      <div className="policy-selects">
        <Select
          aria-label={t('policy-screen:list.layer')}
          placeholder={t('policy-screen:list.layer')}
          allowClear
          value={filter.layer}
          options={options(layers, 'layer')}
          onChange={(layer) => change({ layer: layer ?? null })}
        />
        <Select
          aria-label={t('policy-screen:list.effect')}
          placeholder={t('policy-screen:list.effect')}
          allowClear
          value={filter.effect}
          options={options(effects, 'effect')}
          onChange={(effect) => change({ effect: effect ?? null })}
        />
        <Select
          aria-label={t('policy-screen:list.state')}
          placeholder={t('policy-screen:list.state')}
          allowClear
          value={filter.state}
          options={options(ruleStates, 'state')}
          onChange={(state) => change({ state: state ?? null })}
        />
        <Select
          aria-label={t('policy-screen:list.category')}
          placeholder={t('policy-screen:list.category')}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={filter.category}
          options={categories.map(({ code, name }) => ({ value: code, label: say(name) }))}
          onChange={(category) => change({ category: category ?? null })}
        />
      </div>
      <div className="policy-checks">
        <Checkbox
          checked={filter.undecided}
          onChange={(event) => change({ undecided: event.target.checked })}
        >
          {t('policy-screen:mark.undecided')}
        </Checkbox>
        <Checkbox
          checked={filter.unverified}
          onChange={(event) => change({ unverified: event.target.checked })}
        >
          {t('policy-screen:mark.unverified')}
        </Checkbox>
      </div>
    </div>
  )
}
