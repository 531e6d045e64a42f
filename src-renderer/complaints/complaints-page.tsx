import { AlertOutlined, CheckCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { DatePicker, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { NextDue } from '../ui/clock-tag.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Page, PageHeader, Panel } from '../ui/page.tsx'
import { RefusalAlert } from '../ui/refusal-alert.tsx'
import { RowList } from '../ui/row-list.tsx'
import { EmptyState, LoadingState } from '../ui/states.tsx'
import { useStore } from '../ui/store-context.ts'
import { Tag } from '../ui/tag.tsx'
import { ClassIcon } from './class-icon.tsx'
import type { ComplaintRow } from './complaint-form.ts'
import { LosingTag } from './losing-tag.tsx'
import { RiskTags } from './risk-tags.tsx'
import './complaints.css'

/** The cases: what is open, most urgent first, or everything of one business day. */
export default function ComplaintsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { today } = useStore()
  const [query, setQuery] = useSearchParams()
  const day = query.get('day')
  const show = (date: string | null) =>
    setQuery(date === null ? {} : { day: date }, { replace: true })
  const list = useQuery(
    api.complaints.list.queryOptions({
      input: day === null ? { state: 'open' } : { state: 'day', businessDate: day },
    }),
  )
  useHotkeys([
    { keys: 'Alt+O', label: t('complaints:list.open'), run: () => show(null) },
    { keys: 'Alt+D', label: t('complaints:list.day'), run: () => show(day ?? today) },
  ])
  return (
    <Page
      title={t('complaints:list.title')}
      back="/"
      footer={
        <ActionBar
          actions={[
            {
              keys: 'F8',
              label: t('complaints:keys.record'),
              icon: <AlertOutlined />,
              primary: true,
              run: () => void navigate(paths.newComplaint({})),
            },
          ]}
        >
          {t('complaints:list.hint')}
        </ActionBar>
      }
    >
      <PageHeader
        title={t('complaints:list.title')}
        aside={
          <div className="list-tools">
            <Segmented
              aria-label={t('complaints:list.which')}
              value={day === null ? 'open' : 'day'}
              options={[
                {
                  value: 'open',
                  label: (
                    <>
                      {t('complaints:list.open')} <KeyCap keys="Alt+O" />
                    </>
                  ),
                },
                {
                  value: 'day',
                  label: (
                    <>
                      {t('complaints:list.day')} <KeyCap keys="Alt+D" />
                    </>
                  ),
                },
              ]}
              onChange={(which) => show(which === 'open' ? null : today)}
            />
            {day === null ? null : (
              <DatePicker
                aria-label={t('complaints:list.date')}
                allowClear={false}
                value={dayjs(day)}
                maxDate={dayjs(today)}
                onChange={(next) => show(next ? next.format('YYYY-MM-DD') : today)}
              />
            )}
          </div>
        }
      />
      <RefusalAlert error={list.error} />
      {list.data ? (
        <ComplaintList rows={list.data} day={day} />
      ) : list.error ? null : (
        <LoadingState />
      )}
    </Page>
  )
}

function ComplaintList({ rows, day }: { rows: readonly ComplaintRow[]; day: string | null }) {
  const { t } = useTranslation()
  if (rows.length === 0) {
    return (
      <Panel>
        <EmptyState
          icon={<CheckCircleOutlined />}
          title={day === null ? t('complaints:list.noneOpen') : t('complaints:list.noneOfDay')}
          hint={t('complaints:list.teach')}
        />
      </Panel>
    )
  }
  return (
    <Panel
      title={
        day === null ? (
          t('complaints:list.countOpen', { count: rows.length })
        ) : (
          <>
            <BusinessDate date={day} /> · {t('complaints:list.countDay', { count: rows.length })}
          </>
        )
      }
    >
      <RowList label={t('complaints:list.title')}>
        {rows.map((row) => (
          <li key={row.id}>
            <Link className="row complaint-row" to={paths.complaint(row.id)}>
              <span className="complaint-class">
                <ClassIcon of={row.class} />{' '}
                {row.kind === 'complaint'
                  ? t(`complaints:class.${row.class}`)
                  : t(`complaints:kind.${row.kind}`)}
              </span>
              <span className="row-main">
                <span className="row-title">{row.text}</span>
                <span className="row-note">
                  {[row.number, row.floor, row.counter].filter(Boolean).join(' · ')}
                </span>
                {row.open ? <NextDue caseId={row.caseId} /> : null}
              </span>
              <span className="row-side">
                <span>
                  <RiskTags risks={row.risks} />{' '}
                  {row.severity === 'serious' ? (
                    <Tag tone="risk">{t('complaints:severity.serious')}</Tag>
                  ) : null}{' '}
                  {row.ownerActive ? null : <Tag tone="risk">{t('complaints:people.left')}</Tag>}{' '}
                  {row.firstNumber ? <Tag tone="soon">{t('complaints:repeats.title')}</Tag> : null}{' '}
                  {row.reopened > 0 ? (
                    <Tag tone="soon">{t('complaints:reopen.count', { count: row.reopened })}</Tag>
                  ) : null}{' '}
                  <LosingTag signs={row.losing} /> <ComplaintState row={row} />
                </span>
                <span className="row-note">
                  {row.open && row.nextPromiseDueAt ? (
                    <>
                      {row.ownerName} · <Moment at={row.nextPromiseDueAt} />
                    </>
                  ) : (
                    <>
                      {row.ownerName} · <Moment at={row.recordedAt} />
                    </>
                  )}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </RowList>
    </Panel>
  )
}

/** Where a complaint stands, in a word. */
export function ComplaintState({
  row,
}: {
  row: Pick<ComplaintRow, 'open' | 'overdue' | 'solvedOnSpot'>
}) {
  const { t } = useTranslation()
  if (row.overdue) return <Tag tone="risk">{t('complaints:state.overdue')}</Tag>
  if (row.open) return <Tag tone="soon">{t('complaints:state.open')}</Tag>
  return (
    <Tag tone="good">
      {row.solvedOnSpot ? t('complaints:state.solvedOnSpot') : t('complaints:state.closed')}
    </Tag>
  )
}
