import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { addDays } from '../../src-main/foundation/business-date.ts'
import { fewAnswers } from '../../src-main/followups/contract.ts'
import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'

type Report = InferClientOutputs<typeof desk>['followups']['report']
type Row = Report['floors'][number]
type Count = Row['closed']

/** Days the period has until somebody chooses another. */
const usualDays = 30

/** How content customers are in a period: each share with the numbers behind it, and few answers without a share. */
export function Rates() {
  const { t } = useTranslation()
  const { today } = useStore()
  const [period, setPeriod] = useState({ from: addDays(today, 1 - usualDays), to: today })
  const report = useQuery(api.followups.report.queryOptions({ input: period }))
  return (
    <>
      <Panel
        title={t('followups:rate.title')}
        extra={
          <span className="list-tools">
            {(['from', 'to'] as const).map((edge) => (
              <DatePicker
                key={edge}
                aria-label={t(`followups:rate.${edge}`)}
                prefix={t(`followups:rate.${edge}`)}
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
        <RefusalAlert error={report.error} />
        {report.isLoading ? <LoadingState /> : null}
        {report.data ? (
          <>
            <RateTable of="floors" rows={report.data.floors} all={report.data.all} />
            <RateTable of="people" rows={report.data.people} all={report.data.all} />
            <p className="row-note">{t('followups:rate.note', { few: fewAnswers })}</p>
          </>
        ) : null}
      </Panel>
      {report.data ? <Staying report={report.data} /> : null}
    </>
  )
}

/** A share where there are enough answers for one, the count alone where there are not. */
function Share({ part, of }: { part: number; of: number }) {
  const { t } = useTranslation()
  if (of === 0) return <>{t('followups:rate.nobody')}</>
  const counts = t('followups:rate.of', { part, of })
  if (of < fewAnswers) return <>{counts}</>
  return (
    <>
      {t('followups:rate.percent', { percent: Math.round((part / of) * 100) })}{' '}
      <span className="row-note">{counts}</span>
    </>
  )
}

function RateTable({
  of,
  rows,
  all,
}: {
  of: 'floors' | 'people'
  rows: readonly Row[]
  all: Report['all']
}) {
  const { t } = useTranslation()
  const lines = [...rows, { ...all, name: t('followups:rate.all') }]
  return (
    <table className="rate-table followup-rates">
      <caption>{t(`followups:rate.${of}`)}</caption>
      <thead>
        <tr>
          <th scope="col" rowSpan={2}>
            {t(of === 'floors' ? 'followups:rate.floor' : 'followups:rate.person')}
          </th>
          <th scope="colgroup" colSpan={6}>
            {t('followups:rate.closed')}
          </th>
          <th scope="colgroup" colSpan={2}>
            {t('followups:rate.called')}
          </th>
        </tr>
        <tr>
          {(['all', 'asked', 'notAsked', 'wouldNotSay', 'answered'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`followups:rate.${name}`)}
            </th>
          ))}
          <th scope="col">{t('followups:rate.content')}</th>
          <th scope="col">{t('followups:rate.reached')}</th>
          <th scope="col">{t('followups:rate.content')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((row, at) => (
          <tr key={`${at} ${row.name}`} className={at === rows.length ? 'rate-sum' : undefined}>
            <th scope="row">{row.name || t('followups:rate.noFloor')}</th>
            <Cells count={row.closed} />
            <td>{row.called.all}</td>
            <td>
              <Share part={row.called.content} of={row.called.answered} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cells({ count }: { count: Count }) {
  return (
    <>
      <td>{count.all}</td>
      <td>{count.asked}</td>
      <td>{count.notAsked}</td>
      <td>{count.wouldNotSay}</td>
      <td>{count.answered}</td>
      <td>
        <Share part={count.content} of={count.answered} />
      </td>
    </>
  )
}

/** Whether customers stay, as it was noted, and who came back, as the till saw it. */
function Staying({ report }: { report: Report }) {
  const { t } = useTranslation()
  const { retention, cameBack } = report
  const lines = [
    ['backAll', cameBack.back, cameBack.known],
    ['backContent', cameBack.contentBack, cameBack.contentKnown],
    ['backDiscontent', cameBack.discontentBack, cameBack.discontentKnown],
  ] as const
  return (
    <Panel title={t('followups:rate.staying')}>
      <dl className="facts-list">
        {(['stays', 'lost', 'unknown', 'notNoted'] as const).map((name) => (
          <div key={name} className="followup-fact">
            <dt>{t(`followups:rate.${name}`)}</dt>
            <dd>{retention[name]}</dd>
          </div>
        ))}
        {lines.map(([name, part, of]) => (
          <div key={name} className="followup-fact">
            <dt>{t(`followups:rate.${name}`, { days: cameBack.days })}</dt>
            <dd>
              <Share part={part} of={of} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="row-note">{t('followups:rate.backNote')}</p>
    </Panel>
  )
}
