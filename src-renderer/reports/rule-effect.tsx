import type { InferClientOutputs } from '@orpc/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { Money } from '../ui/money.tsx'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'

type Effect = InferClientOutputs<typeof desk>['reports']['ruleEffect']
type Stretch = Effect['before']

const lengths = [14, 30, 90, 180] as const

/** What a changed rule of the store came with: as many days before it as after it. */
export function RuleEffect() {
  const { t } = useTranslation()
  const [chosen, choose] = useState<string | null>(null)
  const [days, setDays] = useState<number>(30)
  const rules = useQuery(api.reports.signedRules.queryOptions())
  const keyOf = (rule: { ruleId: string; version: number }) => `${rule.ruleId} ${rule.version}`
  const rule = rules.data?.find((each) => keyOf(each) === chosen) ?? rules.data?.[0]
  if (!rules.data) return rules.error ? <RefusalAlert error={rules.error} /> : <LoadingState />
  if (!rule) {
    return <EmptyState title={t('evaluation:rules.none')} hint={t('evaluation:rules.teach')} />
  }
  return (
    <>
      <div className="list-tools evaluation-person">
        <Select
          className="evaluation-rule"
          aria-label={t('evaluation:rules.rule')}
          value={keyOf(rule)}
          options={rules.data.map((each) => ({
            value: keyOf(each),
            label: t('evaluation:rules.name', {
              title: each.title,
              version: each.version,
              date: each.effectiveOn,
            }),
          }))}
          onChange={choose}
        />
        <Select
          className="list-filter"
          aria-label={t('evaluation:rules.days')}
          value={days}
          options={lengths.map((value) => ({
            value,
            label: t('evaluation:rules.length', { count: value }),
          }))}
          onChange={setDays}
        />
      </div>
      <EffectOf ruleId={rule.ruleId} version={rule.version} days={days} />
    </>
  )
}

const counts = ['sales', 'complaints', 'returns', 'refusals', 'goodwill'] as const
const amounts = ['returnAmount', 'goodwillAmount'] as const

function EffectOf(asked: { ruleId: string; version: number; days: number }) {
  const { t } = useTranslation()
  const found = useQuery(
    api.reports.ruleEffect.queryOptions({ input: asked, placeholderData: keepPreviousData }),
  )
  if (!found.data) return found.error ? <RefusalAlert error={found.error} /> : <LoadingState />
  const { before, after } = found.data
  if (!after) return <EmptyState title={t('evaluation:rules.notYet')} />
  const sides = [before, after]
  return (
    <Panel title={t('evaluation:rules.title', { count: after.days })}>
      <table className="evaluation-table">
        <thead>
          <tr>
            <th scope="col">{t('evaluation:rules.what')}</th>
            {sides.map((side, at) => (
              <th key={side.from} scope="col">
                {t(at === 0 ? 'evaluation:rules.before' : 'evaluation:rules.after')}
                <br />
                {side.from} – {side.to}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((name) => (
            <tr key={name}>
              <th scope="row">{t(`evaluation:rules.${name}`)}</th>
              {sides.map((side) => (
                <td key={side.from}>
                  {side[name]} {name === 'sales' ? null : <PerThousand of={side} name={name} />}
                </td>
              ))}
            </tr>
          ))}
          {amounts.map((name) => (
            <tr key={name}>
              <th scope="row">{t(`evaluation:rules.${name}`)}</th>
              {sides.map((side) => (
                <td key={side.from}>
                  <Money amount={side[name]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="row-note">{t('evaluation:rules.note')}</p>
    </Panel>
  )
}

/** Of a thousand sales; of fewer than that nothing is said. */
function PerThousand({
  of,
  name,
}: {
  of: Stretch
  name: Exclude<(typeof counts)[number], 'sales'>
}) {
  const { t } = useTranslation()
  if (of.sales < 1000) return null
  const rate = ((of[name] / of.sales) * 1000).toFixed(1)
  return <span className="row-note">{t('evaluation:rules.perThousand', { rate })}</span>
}
