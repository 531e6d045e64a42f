import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { api } from '../app/client.ts'
import { writeDate } from '../ui/dates.ts'
import { Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'

/** Days with something on record, newest first; today is always among them. */
export function DayList({ date, onDate }: { date: string; onDate: (date: string) => void }) {
  const { t, i18n } = useTranslation()
  const { today } = useStore()
  const days = useQuery(api.reports.days.queryOptions())
  if (days.error) return <RefusalAlert error={days.error} />
  if (!days.data) return <LoadingState />
  const known = days.data
  const missing = [...new Set([today, date])].filter(
    (each) => !known.some((day) => day.businessDate === each),
  )
  const rows = [
    ...known,
    ...missing.map((businessDate) => ({ businessDate, complaints: 0, refunds: 0 })),
  ].toSorted((a, b) => b.businessDate.localeCompare(a.businessDate))
  return (
    <Panel className="day-list" title={t('reports:days')}>
      <RowList label={t('reports:days')}>
        {rows.map((day) => {
          const name = writeDate(day.businessDate, today, i18n.language)
          const note =
            day.complaints + day.refunds === 0
              ? t('reports:nothing')
              : [
                  t('reports:countComplaints', { count: day.complaints }),
                  t('reports:countRefunds', { count: day.refunds }),
                ].join(' · ')
          return (
            <li key={day.businessDate}>
              <button
                type="button"
                className={day.businessDate === date ? 'row pick-row pick-current' : 'row pick-row'}
                aria-current={day.businessDate === date ? 'date' : undefined}
                aria-label={`${name} ${note}`}
                onClick={() => onDate(day.businessDate)}
              >
                <span className="row-main">
                  <span className="row-title">{name}</span> <span className="row-note">{note}</span>
                </span>
              </button>
            </li>
          )
        })}
      </RowList>
    </Panel>
  )
}
