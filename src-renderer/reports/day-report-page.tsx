import { FilePdfOutlined, TableOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { DatePicker, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { isBusinessDate } from '../../src-main/foundation/business-date.ts'
import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { BusinessDate } from '../ui/business-date.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Page, PageHeader } from '../ui/page.tsx'
import { PaperPreview } from '../ui/paper-preview.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { DayList } from './day-list.tsx'
import { DayNote } from './day-note.tsx'
import { DayTables } from './day-tables.tsx'
import { ReportTabs } from './report-tabs.tsx'
import '../ui/list-detail.css'
import './reports.css'

/** 顾客投诉日报表: the days on the left, on the right the paper itself or the same figures as tables. */
export default function DayReportPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { today } = useStore()
  const [query] = useSearchParams()
  const asked = query.get('date') ?? ''
  const date = isBusinessDate(asked) ? asked : today
  const view = query.get('view') === 'tables' ? 'tables' : 'paper'
  const show = (nextDate: string, nextView: string) =>
    void navigate(`${paths.dayReport(nextDate)}${nextView === 'tables' ? '&view=tables' : ''}`, {
      replace: true,
    })
  const report = useQuery(api.reports.day.queryOptions({ input: { businessDate: date } }))
  const otherView = view === 'paper' ? 'tables' : 'paper'
  useHotkeys([
    { keys: 'Alt+T', label: t(`reports:view.${otherView}`), run: () => show(date, otherView) },
  ])
  return (
    <Page title={t('reports:title')} back="/">
      <div className="report-page">
        <DayList date={date} onDate={(next) => show(next, view)} />
        <div className="report-main">
          <PageHeader
            title={t('reports:title')}
            facts={[
              <BusinessDate key="date" date={date} distance="ago" />,
              report.data ? t('reports:received', { count: report.data.totals.received }) : null,
              report.data ? (
                <Link key="close" to={paths.dayClose(date)}>
                  {t(`day-closes:state.${report.data.closed ? 'closed' : 'open'}`)}
                </Link>
              ) : null,
            ]}
            aside={
              <div className="report-tools">
                <ReportTabs current="day" />
                <DatePicker
                  aria-label={t('reports:date')}
                  allowClear={false}
                  value={dayjs(date)}
                  maxDate={dayjs(today)}
                  onChange={(next) => show(next ? next.format('YYYY-MM-DD') : today, view)}
                />
                <Segmented
                  aria-label={t('reports:view.title')}
                  value={view}
                  options={[
                    {
                      value: 'paper',
                      icon: <FilePdfOutlined />,
                      label: t('reports:view.paper'),
                    },
                    {
                      value: 'tables',
                      icon: <TableOutlined />,
                      label: t('reports:view.tables'),
                    },
                  ]}
                  onChange={(next) => show(date, next)}
                />
                <KeyCap keys="Alt+T" />
              </div>
            }
          />
          {report.data ? <DayNote key={date} businessDate={date} note={report.data.note} /> : null}
          {view === 'paper' ? (
            <PaperPreview
              paper={{ document: 'day_report', businessDate: date }}
              revision={report.dataUpdatedAt}
              label={t('reports:paper', { date })}
            />
          ) : report.data ? (
            <DayTables report={report.data} />
          ) : report.error ? (
            <RefusalAlert error={report.error} />
          ) : (
            <LoadingState />
          )}
        </div>
      </div>
    </Page>
  )
}
