import type { InferClientOutputs } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import type { desk } from '../app/client.ts'
import { writeDate } from '../ui/dates.ts'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'

type DayRow = InferClientOutputs<typeof desk>['dayCloses']['days'][number]

const tones = { closed: 'good', open: 'soon', reopened: 'risk', empty: 'plain' } as const

export function DayState({ state }: { state: DayRow['state'] }) {
  const { t } = useTranslation()
  return <Tag tone={tones[state]}>{t(`day-closes:state.${state}`)}</Tag>
}

/** Days with something on them, the newest first, each with how it stands. */
export function DayList({ date, onDate }: { date: string; onDate: (date: string) => void }) {
  const { t, i18n } = useTranslation()
  const { today } = useStore()
  const days = useQuery(api.dayCloses.days.queryOptions())
  return (
    <Panel className="close-days" title={t('day-closes:days')}>
      {days.error ? <RefusalAlert error={days.error} retry={days.refetch} /> : null}
      {days.data || days.error ? null : <LoadingState />}
      <RowList label={t('day-closes:days')}>
        {(days.data ?? []).map((day) => (
          <li key={day.businessDate}>
            <button
              type="button"
              className={day.businessDate === date ? 'row close-day is-current' : 'row close-day'}
              aria-current={day.businessDate === date ? 'date' : undefined}
              onClick={() => onDate(day.businessDate)}
            >
              <span className="row-main">
                <span className="row-title">
                  {writeDate(day.businessDate, today, i18n.language)}
                </span>
                <span className="row-note">
                  {[
                    day.late > 0 ? t('day-closes:lateCount', { count: day.late }) : '',
                    day.unmatched > 0 ? t('day-closes:unmatched', { count: day.unmatched }) : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <DayState state={day.state} />
            </button>
          </li>
        ))}
      </RowList>
    </Panel>
  )
}
