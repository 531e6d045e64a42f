import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { addDays } from '../../src-main/foundation/business-date.ts'
import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'

type Rates = InferClientOutputs<typeof desk>['promises']['keptRate']
type Rate = Rates['all']

/** Days the period has until somebody chooses another. */
const usualDays = 30

/** How many promises were kept in a period, by person and floor: each share with the numbers behind it. */
export function KeptRates() {
  const { t } = useTranslation()
  const { today } = useStore()
  const [period, setPeriod] = useState({ from: addDays(today, 1 - usualDays), to: today })
  const rates = useQuery(api.promises.keptRate.queryOptions({ input: period }))
  return (
    <Panel
      title={t('promises:rate.title')}
      extra={
        <span className="list-tools">
          {(['from', 'to'] as const).map((edge) => (
            <DatePicker
              key={edge}
              aria-label={`${t('promises:rate.period')} ${t(`promises:rate.${edge}`)}`}
              prefix={t(`promises:rate.${edge}`)}
              allowClear={false}
              value={dayjs(period[edge])}
              onChange={(next) =>
                next && setPeriod({ ...period, [edge]: next.format('YYYY-MM-DD') })
              }
            />
          ))}
        </span>
      }
    >
      <RefusalAlert error={rates.error} />
      {rates.isLoading ? <LoadingState /> : null}
      {rates.data ? <RateTables rates={rates.data} /> : null}
    </Panel>
  )
}

function RateTables({ rates }: { rates: Rates }) {
  const { t } = useTranslation()
  if (rates.all.due === 0) return <p className="row-note">{t('promises:rate.none')}</p>
  const floors = rates.floors.map((each) => ({
    ...each,
    name: each.floor || t('promises:rate.noFloor'),
  }))
  return (
    <>
      <div className="rate-tables">
        <RateTable of="people" rows={rates.people} all={rates.all} />
        <RateTable of="floors" rows={floors} all={rates.all} />
      </div>
      <p className="row-note">{t('promises:rate.note')}</p>
    </>
  )
}

interface RateTableProps {
  of: 'people' | 'floors'
  rows: readonly (Rate & { name: string })[]
  all: Rate
}

function RateTable({ of, rows, all }: RateTableProps) {
  const { t } = useTranslation()
  const numbers = ['due', 'kept', 'broken', 'overdue'] as const
  return (
    <table className="rate-table">
      <caption>{t(`promises:rate.${of}`)}</caption>
      <thead>
        <tr>
          <th scope="col">{t(of === 'people' ? 'promises:rate.name' : 'promises:rate.floor')}</th>
          {numbers.map((name) => (
            <th key={name} scope="col">
              {t(`promises:rate.${name}`)}
            </th>
          ))}
          <th scope="col">{t('promises:rate.share')}</th>
        </tr>
      </thead>
      <tbody>
        {[...rows, { ...all, name: t('promises:rate.all') }].map((row, at) => (
          <tr key={`${at} ${row.name}`} className={at === rows.length ? 'rate-sum' : undefined}>
            <th scope="row">{row.name}</th>
            {numbers.map((name) => (
              <td key={name}>{row[name]}</td>
            ))}
            <td>
              {t('promises:rate.percent', { percent: Math.round((row.kept / row.due) * 100) })}{' '}
              <span className="row-note">
                {t('promises:rate.of', { kept: row.kept, due: row.due })}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
