import { AlertOutlined, CheckCircleOutlined } from '@ant-design/icons'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { DatePicker, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'

import { complaintKinds } from '../../src-main/complaints/contract.ts'
import { compareFloors } from '../../src-main/foundation/floors.ts'
import { api } from '../app/client.ts'
import { paths } from '../app/paths.ts'
import { useHotkeys } from '../input/hotkeys.tsx'
import { ActionBar } from '../ui/action-bar.tsx'
import { BusinessDate, Moment } from '../ui/business-date.tsx'
import { CaseAge } from '../ui/case-age.tsx'
import { NextDue, useNextClocks } from '../ui/clock-tag.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { MoreRows } from '../ui/more-rows.tsx'
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

const states = ['open', 'solved', 'all', 'day'] as const
type State = (typeof states)[number]
const keysOf: Record<State, string> = {
  open: 'Alt+O',
  solved: 'Alt+C',
  all: 'Alt+L',
  day: 'Alt+D',
}
/** Days a case can have waited at least; the last one is the line of law. */
const ages = [1, 3, 7, 15] as const
const pageSize = 50
/** Stands in an address for complaints that name no floor. */
const nowhere = '-'

type Cursor = { id: number; nextPromiseDueAt: string | null }

/** The cases: what is open, most urgent first; what is done; everything; or one business day. */
export default function ComplaintsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { today } = useStore()
  const [query, setQuery] = useSearchParams()
  const day = query.get('day')
  const state =
    day === null ? (states.find((each) => each === query.get('state')) ?? 'open') : 'day'
  const change = (next: Record<string, string | null>) => {
    const changed = new URLSearchParams(query)
    for (const [name, value] of Object.entries(next)) {
      if (value === null) changed.delete(name)
      else changed.set(name, value)
    }
    setQuery(changed, { replace: true })
  }
  const show = (next: State) =>
    change({
      state: next === 'solved' || next === 'all' ? next : null,
      day: next === 'day' ? today : null,
    })
  const filter = filterOf(query, state)
  const list = useInfiniteQuery(
    api.complaints.list.infiniteOptions({
      input: (after: Cursor | undefined) => ({
        ...filter,
        limit: pageSize,
        ...(after && { after }),
      }),
      initialPageParam: undefined as Cursor | undefined,
      getNextPageParam: (page) => (page.length < pageSize ? undefined : cursorOf(page.at(-1))),
      placeholderData: keepPreviousData,
    }),
  )
  const total = useQuery(
    api.complaints.count.queryOptions({ input: filter, placeholderData: keepPreviousData }),
  )
  const first = useRef<HTMLDivElement>(null)
  useHotkeys([
    ...states.map((each) => ({
      keys: keysOf[each],
      label: t(`complaints:list.${each}`),
      run: () => show(each),
    })),
    {
      keys: 'Alt+F',
      label: t('complaints:list.filter'),
      run: () => first.current?.querySelector('input')?.focus(),
    },
  ])
  const rows = list.data?.pages.flat()
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
              value={state}
              options={states.map((value) => ({
                value,
                label: (
                  <>
                    {t(`complaints:list.${value}`)} <KeyCap keys={keysOf[value]} />
                  </>
                ),
              }))}
              onChange={show}
            />
            {day === null ? null : (
              <DatePicker
                aria-label={t('complaints:list.date')}
                allowClear={false}
                value={dayjs(day)}
                maxDate={dayjs(today)}
                onChange={(next) => change({ day: next ? next.format('YYYY-MM-DD') : today })}
              />
            )}
          </div>
        }
      />
      <div className="list-tools duty-views" ref={first}>
        <Filters query={query} change={change} />
      </div>
      <RefusalAlert error={list.error} />
      {rows ? (
        <ComplaintList
          rows={rows}
          count={total.data?.count ?? rows.length}
          state={state}
          day={day}
        />
      ) : list.error ? null : (
        <LoadingState />
      )}
      <MoreRows
        more={list.hasNextPage}
        loading={list.isFetchingNextPage}
        loadMore={() => void list.fetchNextPage()}
      />
    </Page>
  )
}

function filterOf(query: URLSearchParams, state: State) {
  const kind = complaintKinds.find((each) => each === query.get('kind'))
  const floor = query.get('floor')
  const owner = Number(query.get('owner'))
  const age = Number(query.get('age'))
  const day = query.get('day')
  return {
    state,
    ...(day !== null && { businessDate: day }),
    ...(kind && { kind }),
    ...(floor !== null && { floor: floor === nowhere ? '' : floor }),
    ...(owner > 0 && { ownerId: owner }),
    ...(age > 0 && { minDays: age }),
  }
}

function cursorOf(row: ComplaintRow | undefined): Cursor | undefined {
  return row && { id: row.id, nextPromiseDueAt: row.nextPromiseDueAt }
}

interface FiltersProps {
  query: URLSearchParams
  change: (next: Record<string, string | null>) => void
}

/** Kind, floor, owner and age: each narrows the list, all stand in the address. */
function Filters({ query, change }: FiltersProps) {
  const { t } = useTranslation()
  const places = useQuery(api.complaints.places.queryOptions())
  const people = useQuery(api.staff.colleagues.queryOptions())
  const floors = (places.data?.floors ?? []).toSorted(compareFloors)
  const choices = [
    {
      name: 'kind',
      all: t('complaints:list.anyKind'),
      options: complaintKinds.map((value) => ({ value, label: t(`complaints:kind.${value}`) })),
    },
    {
      name: 'floor',
      all: t('complaints:list.anyFloor'),
      options: floors.map((floor) => ({
        value: floor || nowhere,
        label: floor || t('complaints:list.noFloor'),
      })),
    },
    {
      name: 'owner',
      all: t('complaints:list.anyOwner'),
      options: (people.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
    },
    {
      name: 'age',
      all: t('complaints:list.anyAge'),
      options: ages.map((days) => ({
        value: String(days),
        label: t('complaints:list.minAge', { count: days }),
      })),
    },
  ]
  return choices.map(({ name, all, options }) => (
    <Select
      key={name}
      className="list-filter"
      aria-label={t(`complaints:list.${name}`)}
      value={query.get(name) ?? ''}
      options={[{ value: '', label: all }, ...options]}
      onChange={(value: string) => change({ [name]: value || null })}
    />
  ))
}

interface ComplaintListProps {
  rows: readonly ComplaintRow[]
  /** How many there are, shown or not. */
  count: number
  state: State
  day: string | null
}

function ComplaintList({ rows, count, state, day }: ComplaintListProps) {
  const { t } = useTranslation()
  const next = useNextClocks(rows.filter(({ open }) => open).map(({ caseId }) => caseId))
  if (rows.length === 0) {
    return (
      <Panel>
        <EmptyState
          icon={<CheckCircleOutlined />}
          title={state === 'open' ? t('complaints:list.noneOpen') : t('complaints:list.noneOfDay')}
          hint={t('complaints:list.teach')}
        />
      </Panel>
    )
  }
  return (
    <Panel
      title={
        day === null ? (
          t(state === 'open' ? 'complaints:list.countOpen' : 'complaints:list.countDay', { count })
        ) : (
          <>
            <BusinessDate date={day} /> · {t('complaints:list.countDay', { count })}
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
                {row.open ? <NextDue row={next.get(row.caseId)} /> : null}
              </span>
              <span className="row-side">
                <span>
                  {row.open ? <CaseAge since={row.businessDate} /> : null}{' '}
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
